"""What `explain` says: why a layer has as many parameters as it has."""

from checkers.i18n import N_

__all__ = ["EXPLAINING"]

EXPLAINING = {
    # Terms of a sum; the numbers in them multiply.
    "COUNT.sum": N_("{items} + {item}"),
    "COUNT.total": N_("{terms} = {total}"),
    "COUNT.dense": N_("{inputs} × {units}"),
    "COUNT.input": N_("{count} input"),
    "COUNT.inputs": N_("{count} inputs"),
    "COUNT.unit": N_("{count} unit"),
    "COUNT.units": N_("{count} units"),
    "COUNT.bias": N_("{count} bias"),
    "COUNT.biases": N_("{count} biases"),
    "COUNT.channel": N_("{count} channel"),
    "COUNT.channels": N_("{count} channels"),
    "COUNT.filter": N_("{count} filter"),
    "COUNT.filters": N_("{count} filters"),
    "COUNT.conv": N_("{window} places × {channels} × {filters}"),
    "COUNT.conv_groups": N_("{window} places × {channels} of one group × {filters}"),
    "COUNT.depthwise": N_("{window} places × {channels} × {each} each"),
    "COUNT.pointwise": N_("{channels} × {filters} of one place"),
    "COUNT.trained": N_("{times} × {count} trained ({names})"),
    "COUNT.moving": N_("{times} × {count} moving ({names})"),
    "COUNT.stored": N_("{times} × {count} stored ({names})"),
    "COUNT.counter": N_("1 counter"),
    "COUNT.embedding": N_("{rows} tokens × {size} numbers"),
    "COUNT.recurrent": N_("{units} × {units} fed back"),
    "COUNT.recurrent_conv": N_("{window} places × {filters} × {filters} fed back"),
    "COUNT.gates": N_("{gates} gates × ({terms})"),
    "COUNT.directions": N_("2 directions × ({terms})"),
    "COUNT.each_step": N_("the same at every step: {terms}"),
    "COUNT.slopes": N_("{count} slopes, one per entry"),
    "COUNT.heads": N_("{part} {inputs} × {heads} heads × {size}"),
    "COUNT.heads_out": N_("output {heads} heads × {size} × {inputs}"),
    "COUNT.kernel": N_("a kernel of {shape} ({equation})"),
    "COUNT.weight": N_("{name} {shape}"),
    "COUNT.none": N_("none"),
    "COUNT.none_random": N_("none: it only acts at random in training"),
    "COUNT.none_pool": N_("none: one fixed rule for every window"),
    "COUNT.none_shape": N_("none: the same numbers in another shape"),
    "COUNT.none_activation": N_("none: a fixed function of each number"),
    "COUNT.none_merge": N_("none: it joins its inputs by a fixed rule"),
    "COUNT.none_fixed": N_("none: its numbers are settings"),
    "COUNT.shared": N_("the same layer as {number} above: counted there"),
    "COUNT.frozen": N_("{why} (frozen)"),
    "COUNT.idle": N_("{why} (never called)"),
    # The table.
    "EXPLAIN.headline": N_("{name} ({kind}): {params} parameters, {memory} as float32"),
    "EXPLAIN.caption": N_("Layer by layer; shapes are those of one example"),
    "EXPLAIN.layer": N_("layer"),
    "EXPLAIN.named": N_("{name} ({kind})"),
    "EXPLAIN.from": N_("from"),
    "EXPLAIN.gets": N_("gets"),
    "EXPLAIN.gives": N_("gives"),
    "EXPLAIN.params": N_("parameters"),
    "EXPLAIN.why": N_("why"),
    "EXPLAIN.input": N_("input"),
    "EXPLAIN.input_number": N_("input {number}"),
    "EXPLAIN.operation": N_("operation"),
    "EXPLAIN.inputs": N_("Inputs: {shapes}."),
    "EXPLAIN.outputs": N_("Outputs: {shapes}."),
    "EXPLAIN.output": N_("{shape} from {number}"),
    "EXPLAIN.trained": N_("Trained: {trained} of {params}."),
    "EXPLAIN.moving": N_(
        "{count} are stored and follow the data without gradients, such as moving "
        "means."
    ),
    "EXPLAIN.frozen": N_("{count} are frozen by trainable=False: {numbers}."),
    "EXPLAIN.shared": N_(
        "Called more than once, with the same weights each time: {numbers}."
    ),
    "EXPLAIN.idle": N_("Never called, so without effect: {numbers}."),
    "EXPLAIN.nested": N_("Inside other models or blocks: {names}."),
    "EXPLAIN.own": N_("{count} parameters belong to the model itself, to no layer."),
}
