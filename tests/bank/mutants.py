"""Edits that change the meaning of a draft, each with what it changed and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from checkers.layers import SAME_AS_POOL, defaults_of
from tests.bank.drafts import Choose, Draft, Step
from tests.bank.rewritings import (
    _activation_name,
    _pick,
    _value,
)

__all__ = ["MUTANTS", "Change", "Mutation"]


@dataclass(frozen=True)
class Change:
    """What a mutant changed.

    Attributes:
        what: property, missing, extra, order, kind, wiring, input or outputs.
        origins: Expected steps that a finding may point at.
        kind: Kind of the expected layer, or of the extra one.
        name: The property, if it is one.
        words: A finding names what changed with one of these.
    """

    what: str
    origins: tuple[int, ...]
    kind: str
    name: str = ""
    words: tuple[str, ...] = ()


Mutation = Callable[[Draft, Choose], tuple[Draft, Change] | None]
MUTANTS: dict[str, Mutation] = {}

# Other words by which a sentence may name a property.
_WORDS = {
    "trainable": ("trainable", "frozen", "freez"),
    "switch": ("training=", "switched", "inference", "always on"),
    "use_bias": ("use_bias", "bias"),
    "noise_shape": ("noise_shape", "noise", "mask"),
    "momentum": ("momentum", "memory", "moving"),
    "activation": ("activation",),
    "rate": ("rate", "share", "keep"),
    "scale": ("scale", "pixels"),
    "offset": ("offset", "pixels"),
    "start": ("equal", "kernel"),
}


def mutant(function: Mutation) -> Mutation:
    """Register an operator under its name."""
    MUTANTS[function.__name__] = function
    return function


def _changed(step: Step, name: str, *words: str) -> Change:
    """Return the change of one property."""
    known = _WORDS.get(name, (name,))
    return Change("property", (step.origin,), step.kind, name, (*known, *words))


def _set(
    draft: Draft, step: Step, name: str, text: str | None, *words: str
) -> tuple[Draft, Change]:
    """Return the draft with one argument of a step set, and that change."""
    edited = replace(step.with_arguments(**{name: text}), positional=0)
    return draft.replaced(edited), _changed(step, name, *words)


def _of(*kinds: str) -> Callable[[Step], bool]:
    return lambda step: step.kind.startswith(kinds)


def _with(*names: str) -> Callable[[Step], bool]:
    return lambda step: any(name in step.arguments for name in names)


_KERNEL = ("Dense", "Conv", "LSTM", "GRU")
_WEIGHTS = (*_KERNEL, "BatchNormalization")
_DROPS = ("Dropout", "SpatialDropout")


# -- Numbers -------------------------------------------------------------------------


def _other_number(draft: Draft, choose: Choose, name: str, step: Step) -> str | None:
    value = _value(step.arguments[name])
    if isinstance(value, tuple):
        value = value[0]
    if not isinstance(value, int):
        return None
    options = [value * 2, value + 1, max(value // 2, 1), value * 10]
    return str(choose([number for number in options if number != value]))


def _number(name: str) -> Mutation:
    """Return the operator that changes a whole number."""

    def change(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
        step = _pick(draft, choose, _with(name))
        if step is None:
            return None
        text = _other_number(draft, choose, name, step)
        return None if text is None else _set(draft, step, name, text)

    return change


for _name in ("units", "filters", "kernel_size", "pool_size", "groups"):
    MUTANTS[f"other_{_name}"] = _number(_name)


@mutant
def other_rate(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    if (step := _pick(draft, choose, _with("rate"))) is None:
        return None
    rate = float(str(_value(step.arguments["rate"])))
    options = [0.1, 0.25, 0.5, 0.6, 0.9, rate + 0.05, rate / 10, rate + 1e-3]
    others = [f"{one:.6g}" for one in options if abs(one - rate) > 1e-4]
    return _set(draft, step, "rate", choose(others))


@mutant
def rate_is_keep(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    if (step := _pick(draft, choose, _with("rate"))) is None:
        return None
    rate = float(str(_value(step.arguments["rate"])))
    if rate == 0.5:
        return None
    return _set(draft, step, "rate", f"{1 - rate:.6g}")


@mutant
def rate_zero(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """A dropout that drops nothing: as good as missing."""
    if (step := _pick(draft, choose, _with("rate"))) is None:
        return None
    made, change = _set(draft, step, "rate", choose(["0", "0.0", "1e-9"]))
    return made, replace(change, words=("rate", "missing", "no dropout", "one"))


@mutant
def rates_changed_places(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    found = [step for step in draft.steps if "rate" in step.arguments]
    pairs = [
        (one, two)
        for one in found
        for two in found
        if one.key < two.key and one.arguments["rate"] != two.arguments["rate"]
    ]
    if not pairs:
        return None
    one, two = choose(pairs)
    draft = draft.replaced(one.with_arguments(rate=two.arguments["rate"]))
    draft = draft.replaced(two.with_arguments(rate=one.arguments["rate"]))
    change = _changed(one, "rate")
    return draft, replace(change, origins=(one.origin, two.origin))


# -- Other settings ------------------------------------------------------------------


@mutant
def other_activation(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    if (step := _pick(draft, choose, lambda s: bool(_activation_name(s)))) is None:
        return None
    name = _activation_name(step)
    others = ["linear", "relu", "tanh", "sigmoid", "elu", "softplus", "selu", "gelu"]
    others += ["relu6", "leaky_relu", "softmax"]
    text = repr(choose([other for other in others if other != name]))
    if step.kind == "Activation":
        made, change = _set(draft, step, "activation", text)
        return made, replace(change, words=("activation", "relu", "missing"))
    return _set(draft, step, "activation", text)


@mutant
def no_activation(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    def wanted(step: Step) -> bool:
        is_on = _activation_name(step) not in ("", "linear")
        return is_on and step.kind != "Activation"

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    return _set(draft, step, "activation", None)


@mutant
def other_relu(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """A relu that is none: capped, leaky, shifted."""

    def wanted(step: Step) -> bool:
        return _activation_name(step) == "relu"

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    texts = [
        "layers.ReLU(max_value=6)",
        "layers.ReLU(negative_slope=0.1)",
        "layers.ReLU(threshold=1.0)",
        "layers.LeakyReLU()",
        "lambda t: keras.ops.relu(t) + 0.1",
        "lambda t: keras.ops.maximum(t, 0.01 * t)",
        "lambda t: -keras.ops.relu(-t)",
        "lambda t: keras.ops.clip(t, 0.0, 100.0)",
        "lambda t: keras.ops.square(keras.ops.relu(t))",
        "lambda t: keras.ops.abs(t)",
    ]
    made, change = _set(draft, step, "activation", choose(texts))
    return made, replace(change, words=("activation", "relu"))


@mutant
def activation_with_a_false_name(
    draft: Draft, choose: Choose
) -> tuple[Draft, Change] | None:
    """A function named relu that is something else."""

    def wanted(step: Step) -> bool:
        return _activation_name(step) not in ("", "linear")

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    name = _activation_name(step)
    inside = choose(["keras.ops.abs(t)", "t", "keras.ops.tanh(t)", "0.5 * t"])
    text = f"def {name}(t):\n    return {inside}\n"
    draft = replace(draft, preamble=(*draft.preamble, text))
    made, change = _set(draft, step, "activation", name)
    return made, replace(change, words=("activation", name, "missing"))


@mutant
def activation_on_wrong_axis(
    draft: Draft, choose: Choose
) -> tuple[Draft, Change] | None:
    def wanted(step: Step) -> bool:
        return _activation_name(step) == "softmax" and step.kind != "Activation"

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    texts = [
        "layers.Softmax(axis=0)",
        "lambda t: keras.ops.softmax(t, axis=0)",
        "lambda t: keras.ops.exp(t)",
        "lambda t: keras.ops.log_softmax(t)",
    ]
    made, change = _set(draft, step, "activation", choose(texts))
    return made, replace(change, words=("activation", "softmax"))


def _setting(name: str, kinds: tuple[str, ...], *texts: str) -> Mutation:
    """Return the operator that gives layers of some kinds another setting."""

    def change(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
        def others(step: Step) -> list[str]:
            default = (defaults_of(step.kind) or {}).get(name)
            default = 2 if default is SAME_AS_POOL else default
            now = step.arguments.get(name, repr(default))
            return [text for text in texts if text != now]

        def wanted(step: Step) -> bool:
            return step.kind.startswith(kinds) and bool(others(step))

        step = _pick(draft, choose, wanted)
        if step is None:
            return None
        return _set(draft, step, name, choose(others(step)))

    return change


_L = "keras.regularizers"
_C = "keras.constraints"
for _name, _kinds, _texts in (
    ("padding", ("Conv", "MaxPooling", "AveragePooling"), ("'same'", "'valid'")),
    ("strides", ("Conv", "MaxPooling", "AveragePooling"), ("1", "2", "3")),
    ("dilation_rate", ("Conv",), ("2", "3")),
    ("use_bias", ("Dense", "Conv"), ("False", "True")),
    ("trainable", _WEIGHTS, ("False",)),
    (
        "kernel_regularizer",
        ("Dense", "Conv"),
        ("'l2'", f"{_L}.L2(100.0)", f"{_L}.L1(1e-4)", f"{_L}.L1L2(0.01, 0.01)"),
    ),
    ("bias_regularizer", ("Dense", "Conv"), ("'l2'", f"{_L}.L1(0.5)")),
    ("activity_regularizer", ("Dense", "Conv"), ("'l1'", f"{_L}.L2(0.1)")),
    ("gamma_regularizer", ("BatchNormalization",), ("'l2'",)),
    (
        "kernel_constraint",
        ("Dense", "Conv"),
        (f"{_C}.MaxNorm(1)", "'non_neg'", f"{_C}.UnitNorm()"),
    ),
    ("bias_constraint", ("Dense", "Conv"), ("'non_neg'", f"{_C}.MaxNorm(0.1)")),
    ("momentum", ("BatchNormalization",), ("0", "0.5", "0.01")),
    ("epsilon", ("BatchNormalization",), ("1000.0", "1.0", "0.2")),
    ("scale", ("BatchNormalization",), ("False",)),
    ("center", ("BatchNormalization",), ("False",)),
    ("axis", ("BatchNormalization",), ("1", "2", "0")),
    ("return_sequences", ("LSTM", "GRU"), ("True", "False")),
    ("dropout", ("LSTM", "GRU"), ("0.3",)),
    ("recurrent_activation", ("LSTM",), ("'tanh'",)),
    ("keepdims", ("Global",), ("True",)),
    ("axis", ("Concatenate",), ("1",)),
    ("scale", ("Rescaling",), ("2.0", "0.5")),
):
    _key = f"{_name}_of_{_kinds[0].lower()}" if f"set_{_name}" in MUTANTS else _name
    MUTANTS[f"set_{_key}"] = _setting(_name, _kinds, *_texts)


@mutant
def dropout_noise_shape(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    if (step := _pick(draft, choose, lambda s: s.kind == "Dropout")) is None:
        return None
    texts = ["(None, 1)", "(1, None)"] if len(draft.inputs[0]) == 1 else []
    texts += ["(None, 1, 1, None)", "(None, 1)", "(1, None)"]
    made, change = _set(draft, step, "noise_shape", choose(texts))
    words = (*change.words, "spatialdropout2d")
    return made, replace(change, words=words)


def _feeds_a_kernel(draft: Draft, key: int) -> bool:
    """Return True if a layer with a kernel stands behind a step."""
    users = [step for step in draft.steps if key in step.inputs]
    return any(
        step.kind.startswith(_KERNEL) or _feeds_a_kernel(draft, step.key)
        for step in users
    )


@mutant
def start_constant(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """All kernel entries of a hidden layer start equal; a head may start at 0."""

    def wanted(step: Step) -> bool:
        return step.kind.startswith(_KERNEL) and _feeds_a_kernel(draft, step.key)

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    texts = ["'zeros'", "'ones'", "keras.initializers.Constant(0.01)"]
    made, change = _set(draft, step, "kernel_initializer", choose(texts))
    return made, replace(change, name="start", words=_WORDS["start"])


# -- Layers --------------------------------------------------------------------------


def _layers(draft: Draft) -> list[Step]:
    return [s for s in draft.steps if not s.operation and s.same_as is None]


@mutant
def drop_layer(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    shared = {step.same_as for step in draft.steps}
    found = [step for step in _layers(draft) if step.key not in shared]
    found = [step for step in found if len(step.inputs) == 1]
    if len(draft.steps) < 2 or not found:
        return None
    step = choose(found)
    change = Change("missing", (step.origin,), step.kind)
    return draft.dropped(step.key), change


@mutant
def drop_last_layer(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    if len(draft.steps) < 2 or not draft.is_chain:
        return None
    step = draft.steps[-1]
    change = Change("missing", (step.origin,), step.kind)
    return draft.dropped(step.key), change


@mutant
def drop_all_of_a_kind(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    kinds = sorted({step.kind for step in draft.steps if len(step.inputs) == 1})
    several = [kind for kind in kinds if sum(s.kind == kind for s in draft.steps) > 1]
    if not several:
        return None
    kind = choose(several)
    gone = [step for step in draft.steps if step.kind == kind]
    if len(gone) == len(draft.steps):
        return None
    for step in gone:
        draft = draft.dropped(step.key)
    return draft, Change("missing", tuple(step.origin for step in gone), kind)


@mutant
def duplicate_layer(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    found = [step for step in _layers(draft) if len(step.inputs) == 1]
    if not found:
        return None
    step = choose(found)
    key = draft.new_key()
    made = draft.inserted(step.key, replace(step, key=key, origin=key))
    return made, Change("extra", (key,), step.kind)


_EXTRAS = (
    ("Dense", {"units": "16", "activation": "'relu'"}),
    ("Dense", {"units": "1"}),
    ("Dropout", {"rate": "0.2"}),
    ("BatchNormalization", {}),
    ("Activation", {"activation": "'tanh'"}),
    ("ReLU", {}),
    ("LeakyReLU", {}),
    ("Softmax", {}),
    ("LayerNormalization", {}),
    ("GaussianNoise", {"stddev": "0.1"}),
    ("Rescaling", {"scale": "0.5"}),
    ("UnitNormalization", {}),
    ("Lambda", {"function": "lambda t: 2.0 * t"}),
    ("ActivityRegularization", {"l2": "0.01"}),
    ("AlphaDropout", {"rate": "0.1"}),
)


@mutant
def extra_layer(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    after = choose([*(step.key for step in draft.steps), -1])
    kind, arguments = choose(_EXTRAS)
    key = draft.new_key()
    step = Step(key, kind, dict(arguments), (), key)
    made = draft.inserted(after, step)
    change = Change("extra", (key,), kind)
    before = draft.step(after) if after >= 0 else None
    if before is not None and kind in ("ReLU", "Activation", "LeakyReLU", "Softmax"):
        # Behind a linear layer it is that layer's activation.
        words = ("activation", kind.lower())
        change = replace(change, origins=(key, before.origin), words=words)
    return made, change


@mutant
def extra_operation(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    after = choose([*(step.key for step in draft.steps), -1])
    texts = [
        "{0} * 2.0",
        "{0} + 1.0",
        "keras.ops.tanh({0})",
        "keras.ops.sqrt({0} ** 2)",
    ]
    texts += ["keras.ops.stop_gradient({0})", "-{0}", "keras.ops.relu({0})"]
    key = draft.new_key()
    step = Step(key, "", {}, (), key, operation=choose(texts))
    before = draft.step(after) if after >= 0 else draft.steps[0]
    layer = before if before.same_as is None else draft.step(before.same_as)
    change = Change("extra", (key, layer.origin), "", words=("",))
    if "relu" in step.operation and after >= 0:
        words = ("activation", "relu", "")
        change = replace(change, words=words)
    return draft.inserted(after, step), change


@mutant
def swap_layers(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """Two neighbors change places."""
    pairs = [
        (one, two)
        for one in _layers(draft)
        for two in _layers(draft)
        if two.inputs == (one.key,)
        and len(one.inputs) == 1
        and draft.users(one.key) == 1
        and (one.kind, one.arguments) != (two.kind, two.arguments)
    ]
    if not pairs:
        return None
    one, two = choose(pairs)
    return _exchanged(draft, one, two)


@mutant
def swap_distant(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """Two layers far from each other change places."""
    found = [step for step in _layers(draft) if len(step.inputs) == 1]
    pairs = [
        (one, two)
        for one in found
        for two in found
        if one.key < two.key
        and two.inputs != (one.key,)
        and (one.kind, one.arguments) != (two.kind, two.arguments)
    ]
    if not pairs:
        return None
    return _exchanged(draft, *choose(pairs))


def _exchanged(draft: Draft, one: Step, two: Step) -> tuple[Draft, Change]:
    """Return the draft with two layers at each other's place."""
    first = replace(two, key=one.key, inputs=one.inputs)
    second = replace(one, key=two.key, inputs=two.inputs)
    made = draft.replaced(first).replaced(second)
    origins = [one.origin, two.origin]
    if not draft.is_chain:
        # The same edit in other words: what they feed gets the other one.
        origins += [
            step.origin for step in draft.steps if {one.key, two.key} & set(step.inputs)
        ]
    return made, Change("order", tuple(origins), one.kind)


@mutant
def move_layer(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """One layer stands somewhere else."""
    found = [
        step
        for step in _layers(draft)
        if len(step.inputs) == 1 and (draft.is_chain or draft.users(step.key) == 1)
    ]
    if len(draft.steps) < 3 or not found:
        return None
    step = choose(found)
    rest = draft.dropped(step.key)
    places = [one.key for one in rest.steps if one.key != step.inputs[0]]
    after = choose([*places, *([-1] if step.inputs[0] != -1 else [])])
    made = rest.inserted(after, step)
    if made.signature() == draft.signature():
        return None
    return made, Change("order", (step.origin,), step.kind)


_OTHER_KINDS = {
    "Dense": ("EinsumDense",),
    "MaxPooling2D": ("AveragePooling2D",),
    "AveragePooling2D": ("MaxPooling2D",),
    "MaxPooling1D": ("AveragePooling1D",),
    "Dropout": ("GaussianDropout", "AlphaDropout"),
    "SpatialDropout2D": ("Dropout", "GaussianDropout"),
    "BatchNormalization": ("LayerNormalization", "UnitNormalization"),
    "Flatten": ("GlobalAveragePooling2D", "GlobalMaxPooling2D"),
    "GlobalAveragePooling2D": ("GlobalMaxPooling2D", "Flatten"),
    "GlobalAveragePooling1D": ("GlobalMaxPooling1D", "Flatten"),
    "Conv2D": ("SeparableConv2D", "Conv2DTranspose"),
    "LSTM": ("GRU", "SimpleRNN"),
    "GRU": ("LSTM",),
    "Add": ("Average", "Multiply", "Maximum", "Concatenate"),
    "Average": ("Add",),
    "Concatenate": ("Add", "Average"),
    "Normalization": ("BatchNormalization", "LayerNormalization"),
    "RandomFlip": ("RandomRotation",),
}


@mutant
def other_kind(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    if (step := _pick(draft, choose, lambda s: s.kind in _OTHER_KINDS)) is None:
        return None
    kind = choose(_OTHER_KINDS[step.kind])
    kept = dict(step.arguments)
    if kind == "EinsumDense":
        units = kept.pop("units")
        kept = {"equation": "'ab,bc->ac'", "output_shape": units, "bias_axes": "'c'"}
        if "activation" in step.arguments:
            kept["activation"] = step.arguments["activation"]
    elif kind.startswith("AveragePooling"):
        kept.setdefault("pool_size", "2")
    elif kind == "RandomRotation":
        kept = {"factor": "0.1"}
    elif "Normalization" in kind or kind in ("Flatten", "Add", "Average"):
        kept = {}
    made = replace(step, kind=kind, arguments=kept, positional=0)
    words = (kind.lower(), step.kind.lower(), "single pixels")
    return draft.replaced(made), Change("kind", (step.origin,), step.kind, words=words)


# -- Classes of the learner's --------------------------------------------------------

_IMPOSTORS = {
    "Dropout": (
        "class Dropout(layers.Layer):\n"
        "    def __init__(self, rate, **kwargs):\n"
        "        super().__init__(**kwargs)\n"
        "        self.rate = rate\n\n"
        "    def call(self, x, training=None):\n"
        "        return {body}\n",
        ("x", "x * (1 - self.rate)", "keras.ops.relu(x)"),
    ),
    "BatchNormalization": (
        "class BatchNormalization(layers.Layer):\n"
        "    def __init__(self, **kwargs):\n"
        "        super().__init__()\n\n"
        "    def call(self, x, training=None):\n"
        "        return {body}\n",
        ("x", "(x - keras.ops.mean(x)) / (keras.ops.std(x) + 1e-3)"),
    ),
    "Dense": (
        "class Dense(layers.Layer):\n"
        "    def __init__(self, units, activation=None, **kwargs):\n"
        "        super().__init__()\n"
        "        self.units = units\n"
        "        self.activation = keras.activations.get(activation)\n\n"
        "    def build(self, shape):\n"
        "        self.kernel = self.add_weight(shape=(shape[-1], self.units))\n\n"
        "    def call(self, x):\n"
        "        return {body}\n",
        ("keras.ops.matmul(x, self.kernel)", "keras.ops.matmul(x, self.kernel) ** 2"),
    ),
}


@mutant
def impostor(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """A class of the learner's under the name of a Keras layer."""
    if (step := _pick(draft, choose, lambda s: s.kind in _IMPOSTORS)) is None:
        return None
    text, bodies = _IMPOSTORS[step.kind]
    preamble = (*draft.preamble, text.format(body=choose(bodies)))
    arguments = {
        name: value
        for name, value in step.arguments.items()
        if name in ("units", "activation", "rate")
    }
    made = replace(step, maker=step.kind, arguments=arguments)
    change = Change("kind", (step.origin,), step.kind, words=("own", "class"))
    return replace(draft, preamble=preamble).replaced(made), change


@mutant
def heir_that_changes(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """A subclass of the Keras layer whose call does something else."""
    kinds = ("Dropout", "BatchNormalization", "Dense")
    if (step := _pick(draft, choose, lambda s: s.kind in kinds)) is None:
        return None
    bodies = ["super().call(x) * 2.0", "super().call(x) + x", "x"]
    if step.kind != "Dense":
        bodies = ["super().call(x, training=False)", "super().call(x, training=True)"]
        bodies += ["x", "super().call(x, training=not training)"]
    name = choose([step.kind, f"My{step.kind}"])
    body = choose(bodies)
    given = "x" if step.kind == "Dense" else "x, training=None"
    text = (
        f"class {name}(layers.{step.kind}):\n"
        f"    def call(self, {given}):\n"
        f"        return {body}\n"
    )
    draft = replace(draft, preamble=(*draft.preamble, text))
    words = ("own", "class", "switched", "inference", "missing", "operation")
    change = Change("kind", (step.origin,), step.kind, words=words)
    return draft.replaced(replace(step, maker=name)), change


def _called(mode: str) -> Mutation:
    """Return the operator that calls a layer in one mode always."""

    def change(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
        def wanted(step: Step) -> bool:
            kinds = (*_DROPS, "BatchNormalization", "GaussianNoise", "RandomFlip")
            return step.kind.startswith(kinds) and not step.call

        step = _pick(draft, choose, wanted)
        if step is None:
            return None
        # In a functional model Keras hands on its own mode: no effect there.
        style = choose(
            ["subclass", "subclass_takes_training", "functional_blocks"]
            if draft.is_chain
            else ["subclass", "subclass_training"]
        )
        made = draft.replaced(replace(step, call=f", training={mode}"))
        return replace(made, style=style), _changed(step, "switch")

    return change


MUTANTS["called_switched_off"] = _called("False")
MUTANTS["called_always_on"] = _called("True")


@mutant
def subclass_skips_a_layer(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """The subclass owns a layer, but its call passes it by."""
    if not draft.is_chain or len(draft.steps) < 2:
        return None
    found = [step for step in _layers(draft) if step.kind in ("Dropout", "Dense")]
    found += [step for step in _layers(draft) if step.kind == "BatchNormalization"]
    if not found:
        return None
    step = choose(found)
    spare = replace(draft.dropped(step.key), style="subclass")
    written = ", ".join(f"{name}={text}" for name, text in step.arguments.items())
    spare = replace(spare, spare=f"keep({step.origin}, layers.{step.kind}({written}))")
    if choose([True, False]):
        spare = replace(spare, has_spare_call=True)
    words = ("missing", "never called", "not called", "calls", "uses", "use", "one")
    change = Change("missing", (step.origin,), step.kind, words=words)
    return spare, change


@mutant
def subclass_only_when(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """A layer with weights that runs in one mode only."""
    if (step := _pick(draft, choose, lambda s: s.kind in ("Dense", "Conv2D"))) is None:
        return None
    if not draft.is_chain or step.inputs[0] < 0:
        return None
    key = draft.new_key()
    test = choose(["training", "not training"])
    extra = Step(
        key,
        "",
        {},
        (),
        key,
        operation=f"(keras.ops.tanh({{0}}) if {test} else {{0}})",
    )
    made = replace(draft.inserted(step.inputs[0], extra), style="subclass_training")
    origins = (key, draft.step(step.inputs[0]).origin, step.origin)
    return made, Change("extra", origins, "", words=("",))


# -- Weights in common, frozen blocks ------------------------------------------------


@mutant
def share_weights(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """One layer is called twice in place of two equal ones."""
    found = [step for step in _layers(draft) if step.kind.startswith(_WEIGHTS)]
    pairs = [
        (one, two)
        for one in found
        for two in found
        if one.key < two.key and (one.kind, one.arguments) == (two.kind, two.arguments)
    ]
    if not pairs:
        return None
    one, two = choose(pairs)
    made = draft.replaced(replace(two, same_as=one.key))
    words = ("shared", "share", "same", "twice", "own weights")
    change = Change("property", (one.origin, two.origin), one.kind, "shared", words)
    return made, change


@mutant
def unshare_weights(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """Two layers stand where one is called twice."""
    found = [step for step in draft.steps if step.same_as is not None]
    if not found:
        return None
    step = choose(found)
    words = ("shared", "share", "same", "own weights")
    origins = (step.origin, draft.step(step.same_as or 0).origin)
    change = Change("property", origins, step.kind, "shared", words)
    return draft.replaced(replace(step, same_as=None)), change


@mutant
def freeze_model(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    found = [step for step in _layers(draft) if step.kind.startswith(_WEIGHTS)]
    if not found:
        return None
    line = choose(
        [
            "model.trainable = False",
            "for one in model.layers: one.trainable = False",
            "for one in model.layers[:-1]: one.trainable = False",
        ]
    )
    made = replace(draft, afterwards=(*draft.afterwards, line))
    origins = tuple(step.origin for step in found)
    change = Change(
        "property", origins, found[0].kind, "trainable", _WORDS["trainable"]
    )
    return made, change


# -- Inputs and outputs --------------------------------------------------------------


@mutant
def other_input(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    position = choose(list(range(len(draft.inputs))))
    shape = draft.inputs[position]
    options = [(shape[0] + 1, *shape[1:]), (*shape[:-1], shape[-1] * 2)]
    options += [(*shape, 1), (1, *shape)] if len(shape) == 1 else [shape[:-1]]
    other = choose([one for one in options if one != shape])
    inputs = tuple(
        other if n == position else old for n, old in enumerate(draft.inputs)
    )
    words = ("input", "shape", "width", "swapped", " in,")
    change = Change("input", (draft.steps[0].origin,), "", "input", words)
    return replace(draft, inputs=inputs), change


@mutant
def output_units(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    step = draft.step(draft.outputs[-1]) if draft.outputs[-1] >= 0 else None
    if step is None or "units" not in step.arguments or step.same_as is not None:
        return None
    text = _other_number(draft, choose, "units", step)
    return None if text is None else _set(draft, step, "units", text)


@mutant
def output_activation(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    step = draft.step(draft.outputs[-1]) if draft.outputs[-1] >= 0 else None
    if step is None or not _activation_name(step) or step.kind == "Activation":
        return None
    name = _activation_name(step)
    others = [n for n in ("softmax", "sigmoid", "relu", "linear") if n != name]
    return _set(draft, step, "activation", repr(choose(others)))


# -- Branches ------------------------------------------------------------------------


@mutant
def branch_from_elsewhere(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """A step gets something else than it should."""
    order = [step.key for step in draft.steps]
    options = []
    for step in draft.steps:
        if draft.is_chain:
            break
        earlier = [key for key in order if key < step.key]
        for slot, source in enumerate(step.inputs):
            for other in [*earlier, *(-1 - n for n in range(len(draft.inputs)))]:
                if other not in step.inputs and other != step.key:
                    options.append((step, slot, source, other))
    if not options:
        return None
    step, slot, source, other = choose(options)
    inputs = tuple(other if n == slot else key for n, key in enumerate(step.inputs))
    made = draft.replaced(replace(step, inputs=inputs))
    if any(made.users(one.key) == 0 for one in made.steps):
        return None  # a whole branch would be gone: another mutant
    touched = [step.origin]
    touched += [draft.step(key).origin for key in (source, other) if key >= 0]
    words = ("gets", "input", "expected", "extra", "missing", "asks")
    return made, Change("wiring", tuple(touched), step.kind, words=words)


@mutant
def merge_order(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:

    def wanted(step: Step) -> bool:
        # In front of a dense layer the weights take the new order in their stride.
        is_last = step.key in draft.outputs
        return step.kind == "Subtract" or (step.kind == "Concatenate" and is_last)

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    made = draft.replaced(replace(step, inputs=tuple(reversed(step.inputs))))
    words = ("order", "input", "gets", "wants")
    return made, Change("wiring", (step.origin,), step.kind, words=words)


@mutant
def merge_without_a_branch(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """A merge misses one of its branches."""
    found = [s for s in draft.steps if len(s.inputs) > 2]
    if not found:
        return None
    step = choose(found)
    gone = choose(step.inputs)
    inputs = tuple(key for key in step.inputs if key != gone)
    made = _without_dead(draft.replaced(replace(step, inputs=inputs)))
    origins = tuple(s.origin for s in draft.steps if s not in made.steps)
    lost = [s.kind for s in draft.steps if s.key not in {m.key for m in made.steps}]
    words = ("missing", "gets", "input")
    kind = lost[0] if lost else step.kind
    return made, Change("wiring", (*origins, step.origin), kind, words=words)


def _without_dead(draft: Draft) -> Draft:
    """Return the draft without steps that lead to no output."""
    while dead := [step for step in draft.steps if draft.users(step.key) == 0]:
        kept = tuple(step for step in draft.steps if step not in dead)
        draft = replace(draft, steps=kept)
    return draft


@mutant
def outputs_changed(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """An output too few, or in another order."""
    if len(draft.outputs) < 2:
        return None
    words = ("return", "output", "missing")
    change = Change("outputs", (), "", words=words)
    if choose([True, False]):
        return replace(draft, outputs=tuple(reversed(draft.outputs))), change
    made = _without_dead(replace(draft, outputs=draft.outputs[:-1]))
    lost = [s for s in draft.steps if s.key not in {m.key for m in made.steps}]
    kind = lost[0].kind if lost else ""
    return made, replace(change, kind=kind, origins=tuple(s.origin for s in lost))


@mutant
def output_too_many(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    inner = [s.key for s in draft.steps if s.key not in draft.outputs]
    if not inner:
        return None
    words = ("return", "output")
    made = replace(draft, outputs=(*draft.outputs, choose(inner)))
    return made, Change("outputs", (), "", words=words)


@mutant
def inputs_changed_places(draft: Draft, choose: Choose) -> tuple[Draft, Change] | None:
    """The model takes its inputs in another order."""
    if len(draft.inputs) < 2:
        return None
    count = len(draft.inputs)
    place = {-1 - n: -count + n for n in range(count)}
    steps = tuple(
        replace(step, inputs=tuple(place.get(key, key) for key in step.inputs))
        for step in draft.steps
    )
    made = replace(draft, inputs=tuple(reversed(draft.inputs)), steps=steps)
    return made, Change("input", (), "", "input", ("input", "order"))
