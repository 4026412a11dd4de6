"""Equivalent writings become one form: a graph of nodes with settled properties.

Expected and found models meet here: a `Node` has the same kind and properties
whichever API, argument form or activation style it was written in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from checkers.layers import (
    ACTIVATION_KINDS,
    DEFAULTS,
    IDENTITY_KINDS,
    MODE_KINDS,
    OWN_CODE,
    REQUIRED,
    SAME_AS_POOL,
    defaults_of,
)
from checkers.snapshot import CallFacts, LayerFacts, ModelFacts, Shape, TraceFacts
from checkers.spec import fits, simplify
from checkers.verdict import LayerRef

__all__ = [
    "Graph",
    "Node",
    "as_own_step",
    "has_no_effect",
    "normalize",
    "with_activations_first",
    "without_idle",
]

# Keras operations that are an activation, and layers whose plain operation does the
# same: keras.ops.relu(x) is relu wherever it stands.
_OPERATIONS = {
    "Relu": "relu",
    "Relu6": "relu6",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Softplus": "softplus",
    "Softsign": "softsign",
    "Silu": "silu",
    "Gelu": "gelu",
    "Elu": "elu",
    "Selu": "selu",
    "Exp": "exponential",
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
    "HardSigmoid": "hard_sigmoid",
    "LeakyRelu": "leaky_relu",
}
_IDENTITY_OPERATIONS = {"ConvertToTensor", "Identity", "Copy"}
# A number that leaves the other side of such an operation as it is.
_NEUTRAL_NUMBERS = {"Add": 0, "Subtract": 0, "Multiply": 1, "Divide": 1, "Power": 1}


# Weights that no optimizer moves.
_STATISTICS = {"mean", "variance", "count", "seed_generator_state"}
# Applied twice they give what they give once.
_IDEMPOTENT = {"relu", "relu6"}
# a + b + c in one step or in two; the same for the others.
_ASSOCIATIVE = {"Add", "Multiply", "Maximum", "Minimum", "Concatenate"}
# Which activations may change places with the layer before them, and give the same:
# scaling and dropping keep the sign, the largest value stays the largest under any
# rising function, and flattening moves values without changing them.
_SCALE_FREE = {"relu", "leaky_relu"}
_RISING = {
    *_SCALE_FREE,
    *("relu6", "sigmoid", "tanh", "softplus", "softsign", "elu", "selu", "exponential"),
}
_COMMUTES = {
    "Dropout": _SCALE_FREE,
    **{f"SpatialDropout{n}D": _SCALE_FREE for n in (1, 2, 3)},
    **{f"MaxPooling{n}D": _RISING for n in (1, 2, 3)},
    **{f"GlobalMaxPooling{n}D": _RISING for n in (1, 2, 3)},
    "Flatten": _RISING | {"gelu", "silu", "mish", "hard_sigmoid"},
}


@dataclass(frozen=True)
class Node:
    """One step of a model in its normal form.

    Attributes:
        kind: Keras class name, or the learner's class name for a layer of their own.
        properties: Settled values of every property that the kind has.
        inputs: Positions of the nodes that feed it; -1, -2 … are the model's inputs.
        layer: What the learner sees; None for an operation without a layer.
        index: Index into `ModelFacts.layers`; None for an operation.
        is_keras: False for an impostor or a class of the learner's.
        output_shape: Shape that it returns.
        start: Names of weights whose entries are all equal, with that value.
        has_weights: True if the layer owns weights.
        fused: The activation that stood behind it as a step of its own, if any.
        input_shape: Shape of the first tensor that it gets.
    """

    kind: str
    properties: dict[str, Any]
    inputs: tuple[int, ...]
    layer: LayerRef | None = None
    index: int | None = None
    is_keras: bool = True
    output_shape: Shape = ()
    start: dict[str, float] | None = None
    has_weights: bool = False
    fused: Node | None = None
    input_shape: Shape = ()


@dataclass(frozen=True)
class Graph:
    """A model in its normal form.

    Attributes:
        inputs: One shape per input.
        nodes: Steps in calling order.
        outputs: Positions of the nodes that the model returns.
    """

    inputs: tuple[Shape, ...]
    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]

    @property
    def is_chain(self) -> bool:
        """True if each step gets the step before it, and the last one is returned."""
        expected = [(position - 1,) for position in range(len(self.nodes))]
        return [node.inputs for node in self.nodes] == expected and self.outputs == (
            len(self.nodes) - 1,
        )


def normalize(model: ModelFacts, *, training: bool = True) -> Graph:
    """Return the graph that a model computes in one mode, in its normal form.

    Raises:
        ValueError: If the model could not be traced.
    """
    trace = model.training if training else model.inference
    if trace is None:
        raise ValueError("This model was not traced.")
    other = model.inference if training else model.training
    modes = _modes(trace, other, training=training)
    nodes = [
        _node(call, model.layers, mode)
        for call, mode in zip(trace.calls, modes, strict=True)
    ]
    graph = Graph(model.inputs, tuple(nodes), trace.outputs)
    graph = _without_unused(graph)
    graph = _without(graph, _is_identity)
    graph = _joined(graph)
    graph = _fuse_activations(graph)
    return _without(graph, _repeats)


def with_activations_first(graph: Graph) -> tuple[Graph, tuple[Node, Node] | None]:
    """Return an equal graph in which activations stand as early as they can.

    `Dense`, `Dropout`, `ReLU` computes what `Dense`, `ReLU`, `Dropout` computes.

    Returns:
        The graph, and the first activation that was moved with the layer that it
        passed (None if none was moved).
    """
    nodes = list(graph.nodes)
    moved: tuple[Node, Node] | None = None
    position = 0
    while position < len(nodes):
        node = nodes[position]
        source = node.inputs[0] if len(node.inputs) == 1 else -1
        if (
            node.kind == "Activation"
            and source >= 0
            and _may_swap(nodes, graph, source)
        ):
            before = nodes[source]
            if node.properties["activation"] in _COMMUTES[before.kind]:
                # The two trade places; whoever used the activation gets the layer.
                nodes[source] = replace(node, inputs=before.inputs)
                nodes[position] = replace(before, inputs=(source,))
                moved, position = moved or (node, before), source
                continue
        position += 1
    if moved is None:
        return graph, None
    return _without(
        _fuse_activations(replace(graph, nodes=tuple(nodes))), _repeats
    ), moved


def _may_swap(nodes: list[Node], graph: Graph, source: int) -> bool:
    """Return True if only the next step uses a layer that an activation may pass."""
    before = nodes[source]
    uses = sum(node.inputs.count(source) for node in nodes)
    return (
        before.kind in _COMMUTES
        and before.is_keras
        and len(before.inputs) == 1
        and uses + graph.outputs.count(source) == 1
    )


def _node(call: CallFacts, layers: tuple[LayerFacts, ...], mode: str) -> Node:
    """Return one call in its normal form."""
    if call.layer is None:
        return _operation_node(call)
    layer = layers[call.layer]
    ref = LayerRef(call.layer, layer.name, layer.kind)
    properties = _properties(layer, call, mode)
    kind = layer.kind
    activation = layer.activation
    is_own = not layer.is_keras and kind not in DEFAULTS
    is_own_activation = is_own and not layer.weights and activation
    if is_own_activation or (
        layer.is_keras and kind in ACTIVATION_KINDS and activation
    ):
        kind, properties = _activation(activation, properties)
    elif layer.is_keras and kind == "Reshape" and _flattens(call):
        kind, properties = "Flatten", _switches(properties)
    elif layer.is_keras and kind == "Dropout" and _drops_maps(call, properties):
        kind = f"SpatialDropout{len(properties['noise_shape']) - 2}D"
        properties = {**_switches(properties), "rate": properties["rate"]}
    start = {
        weight.name: weight.mean
        for weight in layer.weights
        if weight.is_constant and weight.name in ("kernel", "embeddings")
    }
    return Node(
        kind,
        properties,
        call.inputs,
        ref,
        call.layer,
        layer.is_keras or bool(is_own_activation),
        call.output_shape,
        start,
        bool(layer.weights),
        input_shape=call.input_shapes[0] if call.input_shapes else (),
    )


def _operation_node(call: CallFacts) -> Node:
    """Return an operation without a layer: an activation, or itself."""
    if call.operation == "Activation":
        name = call.settings["activation"]
    else:
        name = _OPERATIONS.get(call.operation)
    # maximum(x, 0) is relu, however it was written.
    if call.operation == "Maximum" and call.settings.get("numbers") in ([0], [0.0]):
        name = "relu"
    properties: dict[str, Any] = {"trainable": True, "switch": "normal"}
    pool = _global_pool(call)
    if pool:
        kind, properties = pool, {**properties, "keepdims": False}
    elif name is None and call.operation == "Reshape" and _flattens(call):
        kind = "Flatten"
    elif name is None:
        kind = call.operation
        properties |= {key: simplify(value) for key, value in call.settings.items()}
        properties = _with_axis_from_behind(properties, call)
    else:
        kind, properties = _activation(name, properties)
    ref = LayerRef(None, call.operation.lower(), call.operation)
    return Node(
        kind,
        properties,
        call.inputs,
        ref,
        is_keras=kind != OWN_CODE,
        output_shape=call.output_shape,
    )


def _global_pool(call: CallFacts) -> str:
    """Return the layer that a mean or maximum over all positions is; "" if none."""
    names = {"Mean": "GlobalAveragePooling", "Max": "GlobalMaxPooling"}
    rank = len(call.input_shapes[0]) if call.input_shapes else 0
    axes = call.settings.get("axis")
    if call.operation not in names or rank < 3 or call.settings.get("keepdims"):
        return ""
    listed = [
        axis
        for axis in (axes if isinstance(axes, list) else [axes])
        if isinstance(axis, int)
    ]
    if sorted(axis % rank for axis in listed) != list(range(1, rank - 1)):
        return ""
    return f"{names[call.operation]}{rank - 2}D"


def _activation(name: str, properties: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return kind and properties of a standalone activation."""
    switches = _switches(properties)
    slope = slope_of(name)
    if slope is not None:
        return "LeakyReLU", {**switches, "negative_slope": slope}
    return "Activation", {**switches, "activation": name}


def as_own_step(activation: Any) -> tuple[str, dict[str, Any]]:
    """Return kind and properties of an activation that stands on its own."""
    return _activation(str(activation), {"trainable": True, "switch": "normal"})


def slope_of(activation: Any) -> float | None:
    """Return the slope of "leaky_relu" or "leaky_relu(0.1)"; None for any other."""
    name = str(activation)
    if name == "leaky_relu":
        return 0.2
    if not name.startswith("leaky_relu("):
        return None
    return float(name[len("leaky_relu(") : -1])


def _switches(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties that every node has."""
    return {key: properties[key] for key in ("trainable", "switch")}


def _properties(layer: LayerFacts, call: CallFacts, mode: str) -> dict[str, Any]:
    """Return the settled properties of a layer."""
    learns = any(weight.name not in _STATISTICS for weight in layer.weights)
    found: dict[str, Any] = {
        # Freezing a layer without weights to train changes nothing.
        "trainable": layer.trainable or not learns,
        "switch": mode,
    }
    names = defaults_of(layer.kind) if layer.is_keras else layer.config
    for name, default in (names or {}).items():
        known = None if default in (REQUIRED, SAME_AS_POOL) else default
        found[name] = simplify(layer.config.get(name, known))
    if "activation" in found and layer.activation:
        found["activation"] = layer.activation
    if "strides" in found and found["strides"] is None:
        found["strides"] = found.get("pool_size")
    for name, value in found.items():
        if name.endswith("_regularizer"):
            found[name] = None if _is_zero_penalty(value) else _one_penalty(value)
        elif name.endswith("factor"):
            found[name] = _symmetric(value)
    found = _with_axis_from_behind(found, call)
    if layer.kind in MODE_KINDS and found.get("noise_shape") is not None:
        found["noise_shape"] = _settled_noise(layer.config["noise_shape"], call)
    return found


def _with_axis_from_behind(properties: dict[str, Any], call: CallFacts) -> Any:
    """Return the properties with the axis counted from the last one, -1."""
    axis = properties.get("axis")
    rank = len(call.input_shapes[0]) if call.input_shapes else 0
    if isinstance(axis, int) and not isinstance(axis, bool) and axis >= 0 and rank:
        return {**properties, "axis": axis - rank}
    return properties


def _settled_noise(noise_shape: Any, call: CallFacts) -> Any:
    """Return None for a noise shape that draws one value per entry anyway."""
    shape = call.input_shapes[0] if call.input_shapes else ()
    if not isinstance(noise_shape, list) or len(noise_shape) != len(shape):
        return noise_shape
    pairs = zip(noise_shape, shape, strict=True)
    if all(noise is None or noise == size for noise, size in pairs):
        return None
    return tuple(noise_shape)


def _drops_maps(call: CallFacts, properties: dict[str, Any]) -> bool:
    """Return True for a noise shape that drops whole maps: (None, 1, 1, channels)."""
    noise, shape = properties.get("noise_shape"), call.input_shapes[0]
    if not isinstance(noise, tuple) or len(noise) != len(shape) or len(noise) < 3:
        return False
    between = noise[1:-1]
    return noise[0] is None and set(between) == {1} and noise[-1] in (None, shape[-1])


def _is_zero_penalty(value: Any) -> bool:
    """Return True for L1(0), L2(0.0) and the like."""
    if not isinstance(value, str) or "(" not in value:
        return False
    numbers = [
        part.split("=")[-1] for part in value.rstrip(")").split("(")[1].split(",")
    ]
    return all(number.strip() in ("0", "0.0") for number in numbers)


def _one_penalty(value: Any) -> Any:
    """Return L2(l2=0.01) for L1L2(l1=0, l2=0.01)."""
    if not isinstance(value, str) or not value.startswith("L1L2("):
        return value
    parts = [part.strip() for part in value[len("L1L2(") : -1].split(",")]
    used = [part for part in parts if float(part.split("=")[1]) != 0]
    if len(used) != 1:
        return value
    return f"{used[0].split('=')[0].upper()}({used[0]})"


def _symmetric(value: Any) -> Any:
    """Return 0.1 for the range (-0.1, 0.1), as augmentation layers take it."""
    if isinstance(value, tuple) and len(value) == 2 and value[0] == -value[1]:
        return value[1]
    return value


def _flattens(call: CallFacts) -> bool:
    """Return True if a reshape makes one row per example."""
    return len(call.output_shape) == 2


def _modes(trace: TraceFacts, other: TraceFacts | None, *, training: bool) -> list[str]:
    """Return per call: normal, off (in training) or on (at inference)."""
    seen: dict[int, int] = {}
    partners = {}
    for call in other.calls if other else ():
        if call.layer is not None:
            seen[call.layer] = seen.get(call.layer, 0) + 1
            partners[call.layer, seen[call.layer]] = call
    count: dict[int, int] = {}
    modes = []
    for call in trace.calls:
        if call.layer is None:
            modes.append("normal")
            continue
        count[call.layer] = count.get(call.layer, 0) + 1
        partner = partners.get((call.layer, count[call.layer]))
        first, second = (call, partner) if training else (partner, call)
        if first is not None and first.training is False:
            modes.append("off")
        elif second is not None and second.training is True:
            modes.append("on")
        else:
            modes.append("normal")
    return modes


_NEUTRAL = {
    "rate": 0,
    "stddev": 0,
    "pool_size": 1,
    "size": 1,
    "factor": 0,
    "activation": "linear",
}


def has_no_effect(node: Node) -> bool:
    """Return True for a layer whose settings make it change nothing: Dropout(0)."""
    names = [name for name in _NEUTRAL if name in node.properties]
    return (
        node.is_keras
        and not node.has_weights
        and bool(names)
        and all(fits(_NEUTRAL[name], node.properties[name]) for name in names)
        and fits(1, node.properties.get("strides", 1))
    )


def _is_identity(graph: Graph, position: int) -> bool:
    """Return True for a step without any effect."""
    node = graph.nodes[position]
    if node.kind in IDENTITY_KINDS or node.kind in _IDENTITY_OPERATIONS:
        return node.is_keras
    if node.index is None and _is_neutral(node):
        return True
    if node.kind == "Activation":
        return bool(node.properties["activation"] == "linear")
    if node.kind in ("Flatten", "Reshape") and node.inputs:
        source = node.inputs[0]
        before = (
            graph.nodes[source].output_shape
            if source >= 0
            else graph.inputs[-1 - source]
        )
        return before == node.output_shape
    return False


def _repeats(graph: Graph, position: int) -> bool:
    """Return True for relu on what is relu's result already."""
    node = graph.nodes[position]
    if node.kind != "Activation" or not node.inputs or node.inputs[0] < 0:
        return False
    before = graph.nodes[node.inputs[0]]
    name = node.properties["activation"]
    is_same = before.is_keras and before.properties.get("activation") == name
    return is_same and name in _IDEMPOTENT


def without_idle(graph: Graph) -> Graph:
    """Return the graph without layers that change nothing: `GaussianNoise(0)`."""
    kept = _without(graph, lambda g, position: has_no_effect(g.nodes[position]))
    return graph if kept is graph else _without(_fuse_activations(kept), _repeats)


def _joined(graph: Graph) -> Graph:
    """Return the graph with a + (b + c) as one step, where b + c is used only there."""
    uses = _uses(graph)
    nodes = list(graph.nodes)
    for position, node in enumerate(nodes):
        if node.kind not in _ASSOCIATIVE or len(node.inputs) < 2:
            continue
        inputs: list[int] = []
        for source in node.inputs:
            inner = nodes[source] if source >= 0 else None
            is_part = (
                inner is not None and inner.kind == node.kind and uses[source] == 1
            )
            if inner and is_part and inner.properties == node.properties:
                inputs += inner.inputs
            else:
                inputs.append(source)
        nodes[position] = replace(node, inputs=tuple(inputs))
    return _without_unused(replace(graph, nodes=tuple(nodes)))


def _uses(graph: Graph) -> dict[int, int]:
    """Return how often the result of each step is used."""
    uses: dict[int, int] = {}
    for source in (*graph.outputs, *(s for node in graph.nodes for s in node.inputs)):
        uses[source] = uses.get(source, 0) + 1
    return uses


def _is_neutral(node: Node) -> bool:
    """Return True for an operation such as `x * 1.0` or a cast to float32."""
    if node.kind == "Cast":
        return node.properties.get("dtype") == "float32"
    neutral = _NEUTRAL_NUMBERS.get(node.kind)
    return neutral is not None and fits(neutral, node.properties.get("numbers"))


def _without(graph: Graph, drops: Any) -> Graph:
    """Return the graph without some steps; what they fed gets what fed them."""
    dropped = {
        position
        for position, node in enumerate(graph.nodes)
        if len(node.inputs) == 1 and drops(graph, position)
    }
    if not dropped:
        return graph
    target: dict[int, int] = {}
    nodes: list[Node] = []
    for position, node in enumerate(graph.nodes):
        inputs = tuple(target.get(source, source) for source in node.inputs)
        if position in dropped:
            target[position] = inputs[0]
            continue
        target[position] = len(nodes)
        nodes.append(replace(node, inputs=inputs))
    outputs = tuple(target.get(source, source) for source in graph.outputs)
    return Graph(graph.inputs, tuple(nodes), outputs)


def _without_unused(graph: Graph) -> Graph:
    """Return the graph without steps whose results nothing uses."""
    needed = set()
    waiting = list(graph.outputs)
    while waiting:
        position = waiting.pop()
        if position >= 0 and position not in needed:
            needed.add(position)
            waiting.extend(graph.nodes[position].inputs)
    if len(needed) == len(graph.nodes):
        return graph
    order = sorted(needed)
    target = {position: new for new, position in enumerate(order)}
    nodes = tuple(
        replace(
            graph.nodes[position],
            inputs=tuple(target.get(s, s) for s in graph.nodes[position].inputs),
        )
        for position in order
    )
    outputs = tuple(target.get(position, position) for position in graph.outputs)
    return Graph(graph.inputs, nodes, outputs)


def _fuse_activations(graph: Graph) -> Graph:
    """Return the graph with `Dense` + `Activation("relu")` as `Dense("relu")`.

    Only where nothing else uses the result in between.
    """
    uses = _uses(graph)
    nodes = list(graph.nodes)
    fused = set()
    for position, node in enumerate(nodes):
        if node.kind != "Activation" or len(node.inputs) != 1 or node.inputs[0] < 0:
            continue
        source = node.inputs[0]
        before = nodes[source]
        is_free = before.is_keras and before.properties.get("activation") == "linear"
        if is_free and before.kind != "Activation" and uses[source] == 1:
            activation = {"activation": node.properties["activation"]}
            nodes[source] = replace(
                before, properties=before.properties | activation, fused=node
            )
            fused.add(position)
    graph = replace(graph, nodes=tuple(nodes))
    return _without(graph, lambda _, position: position in fused)
