"""Edits that keep the meaning of a draft.

An operator gets a draft and a way to choose; it returns the edited draft, or None
where it does not apply. Writing styles are operators as well: `style:functional`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from tests.bank.drafts import Choose, Draft, Step
from tests.bank.sources import STYLES, fits_style

__all__ = [
    "BATCH",
    "NOTED_STYLES",
    "REWRITINGS",
    "TRAVEL_STYLES",
    "Rewriting",
    "choose_style",
    "is_trip",
]

Rewriting = Callable[[Draft, Choose], Draft | None]

BATCH = 8  # rows of the batches on which a proof looks
# The input is declared late: right, with a note.
NOTED_STYLES = ("sequential_deferred",)
REWRITINGS: dict[str, Rewriting] = {}

_WITH_ACTIVATION = {"Dense", "Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose"}
_WITH_KERNEL = _WITH_ACTIVATION | {"LSTM", "GRU"}
_DROPS = {"Dropout", "SpatialDropout1D", "SpatialDropout2D", "GaussianDropout"}
_POOLS = {f"{kind}Pooling{n}D" for kind in ("Max", "Average") for n in (1, 2)}
_IN_OPS = ("relu", "sigmoid", "tanh", "softmax", "softplus", "elu", "selu")
_IN_TF = ("relu", "sigmoid", "tanh", "softmax", "elu", "selu")
_AS_LAYER = {
    "relu": (
        "layers.ReLU()",
        "layers.ReLU(negative_slope=0.0)",
        "layers.LeakyReLU(negative_slope=0.0)",
    ),
    "softmax": ("layers.Softmax()", "layers.Softmax(axis=-1)"),
    "elu": ("layers.ELU()",),
}


def rewriting(function: Rewriting) -> Rewriting:
    """Register an operator under its name."""
    REWRITINGS[function.__name__] = function
    return function


def choose_style(draft: Draft, choose: Choose, style: str = "") -> Draft | None:
    """Return the draft in a style, with its blocks cut somewhere."""
    if style:
        if not fits_style(draft, style):
            return None
    else:
        style = choose([name for name in STYLES if fits_style(draft, name)])
    cuts = tuple(
        cut for cut in range(1, len(draft.steps)) if choose([True, False])
    ) or (len(draft.steps) // 2,)
    return replace(draft, style=style, cuts=cuts)


def _pick(draft: Draft, choose: Choose, wanted: Callable[[Step], bool]) -> Step | None:
    """Return one of the layers that an operator can edit."""
    found = [step for step in draft.steps if not step.operation and wanted(step)]
    found = [step for step in found if step.same_as is None]
    return choose(found) if found else None


def _has(*names: str) -> Callable[[Step], bool]:
    return lambda step: any(name in step.arguments for name in names)


def _is(kinds: set[str]) -> Callable[[Step], bool]:
    return lambda step: step.kind in kinds and not step.maker


def _value(text: str) -> object:
    """Return a number, text or tuple from its Python text; None if it is none."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None


def _activation_name(step: Step) -> str:
    """Return the plain name of a step's activation, "" if it is not plain."""
    if step.kind not in _WITH_ACTIVATION | {"Activation"}:
        return ""
    found = _value(step.arguments.get("activation", "'linear'"))
    return found if isinstance(found, str) else ""


def _active(step: Step) -> bool:
    return _activation_name(step) not in ("", "linear")


def _in(names: tuple[str, ...]) -> Callable[[Step], bool]:
    return lambda step: _activation_name(step) in names


def _set(draft: Draft, step: Step, **arguments: str | None) -> Draft:
    """Return the draft with arguments of one step set, all written by name."""
    return draft.replaced(replace(step.with_arguments(**arguments), positional=0))


# -- Activations ---------------------------------------------------------------------


@rewriting
def activation_callable(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _active)) is None:
        return None
    name = _activation_name(step)
    texts = [f"keras.activations.{name}", f"keras.activations.get({name!r})"]
    return _set(draft, step, activation=choose(texts))


@rewriting
def activation_ops_function(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _in(_IN_OPS))) is None:
        return None
    return _set(draft, step, activation=f"keras.ops.{_activation_name(step)}")


@rewriting
def activation_tf_function(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _in(_IN_TF))) is None:
        return None
    return _set(draft, step, activation=f"tf.nn.{_activation_name(step)}")


@rewriting
def activation_lambda(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _in(_IN_OPS))) is None:
        return None
    name = _activation_name(step)
    texts = [f"lambda t: keras.ops.{name}(t)", f"lambda t: keras.activations.{name}(t)"]
    if name == "relu":
        texts += [
            "lambda t: keras.ops.maximum(t, 0.0)",
            "lambda t: keras.ops.where(t > 0, t, 0.0)",
            "lambda t: t * keras.ops.cast(t > 0, t.dtype)",
        ]
    if name == "sigmoid":
        texts.append("lambda t: 1 / (1 + keras.ops.exp(-t))")
    return _set(draft, step, activation=choose(texts))


@rewriting
def activation_own_function(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _in(_IN_OPS))) is None:
        return None
    name = _activation_name(step)
    called = choose(["activate", "my_" + name, "sigmoid", "linear", "f"])
    if called in _IN_OPS and called == name:
        called = "activate"
    text = f"def {called}{step.key}(t):\n    return keras.ops.{name}(t)\n"
    draft = replace(draft, preamble=(*draft.preamble, text))
    return _set(draft, step, activation=f"{called}{step.key}")


@rewriting
def activation_layer_object(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _active)) is None:
        return None
    name = _activation_name(step)
    texts = [f"layers.Activation({name!r})", *_AS_LAYER.get(name, ())]
    return _set(draft, step, activation=choose(texts))


@rewriting
def activation_linear_explicit(draft: Draft, choose: Choose) -> Draft | None:
    def wanted(step: Step) -> bool:
        return step.kind in _WITH_ACTIVATION and _activation_name(step) == "linear"

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    texts = ["None", "'linear'", "keras.activations.linear", "lambda t: t"]
    return _set(draft, step, activation=choose(texts))


def _split(draft: Draft, choose: Choose, step: Step, after: Step) -> Draft:
    """Return the draft with the activation of a step on its own."""
    if step.kind == "Activation":
        new = replace(after, key=step.key, inputs=step.inputs, origin=step.origin)
        return draft.replaced(new)
    without = step.with_arguments(activation=None)
    return draft.replaced(without).inserted(step.key, after)


def _alone(draft: Draft, step: Step, kind: str, maker: str = "", **more: str) -> Step:
    return Step(draft.new_key(), kind, dict(more), (), step.origin, maker=maker)


def _can_split(draft: Draft) -> Callable[[Step], bool]:
    """A shared layer keeps its activation: one split would not reach both calls."""
    shared = {step.same_as for step in draft.steps}
    return lambda step: _active(step) and step.key not in shared and not step.call


@rewriting
def activation_separate(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _can_split(draft))) is None:
        return None
    name = _activation_name(step)
    texts = [repr(name), f"keras.activations.{name}"]
    if name in _IN_OPS:
        texts += [f"lambda t: keras.ops.{name}(t)", f"keras.ops.{name}"]
    after = _alone(draft, step, "Activation", activation=choose(texts))
    return _split(draft, choose, step, replace(after, positional=1))


@rewriting
def activation_as_layer(draft: Draft, choose: Choose) -> Draft | None:
    def wanted(step: Step) -> bool:
        return _can_split(draft)(step) and _activation_name(step) in _AS_LAYER

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    text = choose(list(_AS_LAYER[_activation_name(step)]))
    kind, inside = text.removeprefix("layers.").rstrip(")").split("(")
    name, _, value = inside.partition("=")
    more = {name: value} if name else {}
    return _split(draft, choose, step, _alone(draft, step, kind, **more))


@rewriting
def activation_lambda_layer(draft: Draft, choose: Choose) -> Draft | None:
    def wanted(step: Step) -> bool:
        return _can_split(draft)(step) and _activation_name(step) in _IN_OPS

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    name = _activation_name(step)
    texts = [
        f"lambda t: keras.ops.{name}(t)",
        f"keras.ops.{name}",
        f"keras.activations.{name}",
    ]
    after = _alone(draft, step, "Lambda", function=choose(texts))
    return _split(draft, choose, step, replace(after, positional=1))


def _operation(
    draft: Draft,
    choose: Choose,
    wanted: tuple[str, ...],
    texts: Callable[[str], list[str]],
) -> Draft | None:
    """Return the draft with one activation as an operation without a layer."""

    def fits(step: Step) -> bool:
        return _can_split(draft)(step) and _activation_name(step) in wanted

    if (step := _pick(draft, choose, fits)) is None:
        return None
    after = _alone(draft, step, "Activation")
    after = replace(after, operation=choose(texts(_activation_name(step))))
    return _split(draft, choose, step, after)


@rewriting
def activation_operation(draft: Draft, choose: Choose) -> Draft | None:
    def texts(name: str) -> list[str]:
        more = [f"layers.Activation({name!r})({{0}})"]  # made anew in each call
        if name == "relu":
            more += ["keras.ops.maximum({0}, 0.0)", "layers.ReLU()({0})"]
        return [f"keras.ops.{name}({{0}})", f"keras.activations.{name}({{0}})", *more]

    return _operation(draft, choose, _IN_OPS, texts)


@rewriting
def activation_raw_tensorflow(draft: Draft, choose: Choose) -> Draft | None:
    return _operation(draft, choose, _IN_TF, lambda name: [f"tf.nn.{name}({{0}})"])


@rewriting
def activation_fused(draft: Draft, choose: Choose) -> Draft | None:
    """Dense, Activation("relu") becomes Dense(activation="relu")."""
    for step in draft.steps:
        if step.kind != "Activation" or step.operation or step.inputs[0] < 0:
            continue
        before = draft.step(step.inputs[0])
        is_free = (
            before.kind in _WITH_ACTIVATION
            and _activation_name(before) == "linear"
            and before.is_plain
            and draft.users(before.key) == 1
        )
        if is_free:
            text = step.arguments["activation"]
            return _set(draft.dropped(step.key), before, activation=text)
    return None


# -- Layers that change nothing ------------------------------------------------------


_IDENTITIES = (
    ("Activation", {"activation": "'linear'"}, ""),
    ("Activation", {"activation": "None"}, ""),
    ("Identity", {}, ""),
    ("Dropout", {"rate": "0"}, ""),
    ("Dropout", {"rate": "0.0"}, ""),
    ("Lambda", {"function": "lambda t: t"}, ""),
    ("GaussianNoise", {"stddev": "0.0"}, ""),
    ("", {}, "{0} * 1.0"),
    ("", {}, "{0} + 0.0"),
    ("", {}, "keras.ops.identity({0})"),
    ("", {}, "keras.ops.cast({0}, 'float32')"),
)


@rewriting
def identity_layer(draft: Draft, choose: Choose) -> Draft | None:
    places = [step.key for step in draft.steps] + [-1]
    after = choose(places)
    kind, arguments, operation = choose(_IDENTITIES)
    if "keras.ops.identity" in operation:
        operation = "keras.ops.copy({0})"
    origin = draft.step(after).origin if after >= 0 else draft.steps[0].origin
    step = Step(draft.new_key(), kind, arguments, (), origin, operation=operation)
    return draft.inserted(after, step)


@rewriting
def flatten_flat(draft: Draft, choose: Choose) -> Draft | None:
    """A Flatten on what is flat already: behind a Dense, or a Flatten."""
    flat = []
    if draft.is_chain:
        is_flat = len(draft.inputs[0]) == 1
        flat = [-1] if is_flat else []
        for step in draft.steps:
            is_flat = is_flat or step.kind == "Flatten" or "Global" in step.kind
            if is_flat:
                flat.append(step.key)
    if not flat:
        return None
    after = choose(flat)
    origin = draft.step(after).origin if after >= 0 else draft.steps[0].origin
    return draft.inserted(after, Step(draft.new_key(), "Flatten", {}, (), origin))


@rewriting
def flatten_as_reshape(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _is({"Flatten"}))) is None:
        return None
    text = choose(["(-1,)", "[-1]"])
    made = Step(step.key, "Reshape", {"target_shape": text}, step.inputs, step.origin)
    return draft.replaced(replace(made, positional=choose([0, 1])))


@rewriting
def flatten_as_operation(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _is({"Flatten"}))) is None:
        return None
    texts = [
        "keras.ops.reshape({0}, (-1, int(np.prod({0}.shape[1:]))))",
        "layers.Flatten()({0})",
    ]
    return draft.replaced(replace(step, operation=choose(texts)))


# -- Forms of arguments --------------------------------------------------------------

_ORDER = {
    "Dense": ("units", "activation", "use_bias"),
    "Conv1D": ("filters", "kernel_size", "strides", "padding"),
    "Conv2D": ("filters", "kernel_size", "strides", "padding"),
    "MaxPooling2D": ("pool_size", "strides", "padding"),
    "MaxPooling1D": ("pool_size", "strides", "padding"),
    "AveragePooling2D": ("pool_size", "strides", "padding"),
    "Dropout": ("rate", "noise_shape"),
    "SpatialDropout2D": ("rate",),
    "SpatialDropout1D": ("rate",),
    "Activation": ("activation",),
    "Reshape": ("target_shape",),
    "LSTM": ("units", "activation"),
    "GRU": ("units", "activation"),
    "BatchNormalization": ("axis", "momentum", "epsilon"),
    "GaussianNoise": ("stddev",),
    "Rescaling": ("scale", "offset"),
}


@rewriting
def argument_positional(draft: Draft, choose: Choose) -> Draft | None:
    def count(step: Step) -> int:
        order = _ORDER.get(step.kind, ())
        names = list(step.arguments)
        return next(
            (n for n in range(len(order), 0, -1) if set(order[:n]) <= set(names)), 0
        )

    def wanted(step: Step) -> bool:
        return count(step) > 0 and not step.maker

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    number = choose(list(range(1, count(step) + 1)))
    first = _ORDER[step.kind][:number]
    ordered = {
        **{name: step.arguments[name] for name in first},
        **{n: text for n, text in step.arguments.items() if n not in first},
    }
    return draft.replaced(replace(step, arguments=ordered, positional=number))


@rewriting
def argument_order(draft: Draft, choose: Choose) -> Draft | None:
    def wanted(step: Step) -> bool:
        return len(step.arguments) > 1 and not step.positional

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    return draft.replaced(
        replace(step, arguments=dict(reversed(step.arguments.items())))
    )


_SIZES = ("kernel_size", "pool_size", "strides", "dilation_rate", "size")


@rewriting
def argument_size_form(draft: Draft, choose: Choose) -> Draft | None:
    def wanted(step: Step) -> bool:
        return any(
            isinstance(_value(step.arguments.get(name, "")), int | tuple)
            for name in _SIZES
        )

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    names = [n for n in _SIZES if isinstance(_value(step.arguments.get(n, "")), int)]
    if not names:
        return None
    name = choose(names)
    rank = next((n for n in (1, 2, 3) if f"{n}D" in step.kind), 2)
    value = _value(step.arguments[name])
    texts = [
        repr((value,) * rank),
        repr([value] * rank),
        f"({', '.join([str(value)] * rank)},)",
    ]
    return draft.replaced(step.with_arguments(**{name: choose(texts)}))


@rewriting
def argument_padding_case(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _has("padding"))) is None:
        return None
    text = step.arguments["padding"]
    return draft.replaced(
        step.with_arguments(padding=choose([text.upper(), text.title()]))
    )


@rewriting
def pool_strides(draft: Draft, choose: Choose) -> Draft | None:
    def wanted(step: Step) -> bool:
        return step.kind in _POOLS and "strides" not in step.arguments

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    size = step.arguments.get("pool_size", "2")
    return _set(draft, step, strides=choose(["None", size]))


_DEFAULTS = {
    "Dense": {"use_bias": "True", "kernel_initializer": "'glorot_uniform'"},
    "Conv2D": {
        "strides": "1",
        "padding": "'valid'",
        "dilation_rate": "1",
        "groups": "1",
        "use_bias": "True",
        "data_format": "'channels_last'",
    },
    "Conv1D": {"strides": "1", "padding": "'valid'", "use_bias": "True"},
    "MaxPooling2D": {
        "pool_size": "(2, 2)",
        "padding": "'valid'",
        "data_format": "'channels_last'",
    },
    "AveragePooling2D": {"padding": "'valid'"},
    "MaxPooling1D": {"pool_size": "2", "padding": "'valid'"},
    "Dropout": {"noise_shape": "None", "seed": "None"},
    "BatchNormalization": {
        "axis": "-1",
        "center": "True",
        "scale": "True",
        "epsilon": "1e-3",
        "momentum": "0.99",
    },
    "Flatten": {"data_format": "'channels_last'"},
    "GlobalAveragePooling2D": {"keepdims": "False"},
    "LSTM": {
        "activation": "'tanh'",
        "return_sequences": "False",
        "recurrent_activation": "'sigmoid'",
    },
    "Concatenate": {"axis": "-1"},
}


@rewriting
def explicit_default(draft: Draft, choose: Choose) -> Draft | None:
    def left(step: Step) -> list[str]:
        return [n for n in _DEFAULTS.get(step.kind, {}) if n not in step.arguments]

    if (step := _pick(draft, choose, lambda s: bool(left(s)) and not s.maker)) is None:
        return None
    name = choose(left(step))
    text = _DEFAULTS[step.kind][name]
    return draft.replaced(step.with_arguments(**{name: text}))


@rewriting
def explicit_none(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _is(_WITH_KERNEL))) is None:
        return None
    names = [
        "kernel_regularizer",
        "bias_regularizer",
        "activity_regularizer",
        "kernel_constraint",
    ]
    free = [name for name in names if name not in step.arguments]
    if not free:
        return None
    name = choose(free)
    texts = ["None"]
    if "regularizer" in name:
        texts += ["keras.regularizers.L2(0.0)", "keras.regularizers.L1(0)"]
    return draft.replaced(step.with_arguments(**{name: choose(texts)}))


@rewriting
def rate_form(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _has("rate"))) is None:
        return None
    rate = _value(step.arguments["rate"])
    if not isinstance(rate, float):
        return None
    rest = round(1 - rate, 6)
    texts = [
        f"{rate - 0.1:.6g} + 0.1",
        f"1 - {rest}",
        f"{rate * 100:g} / 100",
        f"np.float32({rate})",
        f"np.float64({rate})",
        f"float('{rate}')",
        f"{rate * 1e6:.0f}e-6",
    ]
    return draft.replaced(step.with_arguments(rate=choose(texts)))


@rewriting
def number_form(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _has("units", "filters"))) is None:
        return None
    name = "units" if "units" in step.arguments else "filters"
    value = _value(step.arguments[name])
    if not isinstance(value, int):
        return None
    texts = [
        f"{value - 1} + 1",
        f"int({value}.0)",
        f"len(range({value}))",
        f"int(np.int64({value}))",
    ]
    return draft.replaced(step.with_arguments(**{name: choose(texts)}))


@rewriting
def initializer(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _is(_WITH_KERNEL))) is None:
        return None
    kernel = [
        "'he_normal'",
        "'glorot_normal'",
        "'lecun_uniform'",
        "keras.initializers.HeNormal()",
        "keras.initializers.RandomUniform(-0.05, 0.05)",
        "keras.initializers.GlorotUniform(seed=42)",
        "keras.initializers.TruncatedNormal(stddev=0.1)",
    ]
    bias = ["'ones'", "keras.initializers.Constant(0.1)", "'random_normal'"]
    if choose(["kernel", "bias"]) == "kernel" or "use_bias" in step.arguments:
        return draft.replaced(step.with_arguments(kernel_initializer=choose(kernel)))
    return draft.replaced(step.with_arguments(bias_initializer=choose(bias)))


@rewriting
def dtype_text(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, lambda step: not step.maker)) is None:
        return None
    return draft.replaced(step.with_arguments(dtype="'float32'"))


@rewriting
def dropout_seed(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _is(_DROPS))) is None:
        return None
    return draft.replaced(step.with_arguments(seed=str(step.key)))


@rewriting
def layer_name(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, lambda step: not step.maker)) is None:
        return None
    texts = ["hidden", "head", "dropout", "batch_normalization", "x", "relu", "input"]
    name = f"{choose(texts)}_{step.key}"
    return draft.replaced(step.with_arguments(name=repr(name)))


@rewriting
def trainable_explicit(draft: Draft, choose: Choose) -> Draft | None:
    def wanted(step: Step) -> bool:
        return not step.maker and "trainable" not in step.arguments

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    return draft.replaced(step.with_arguments(trainable="True"))


@rewriting
def frozen_without_weights(draft: Draft, choose: Choose) -> Draft | None:
    """Freezing a layer that has nothing to train changes nothing."""
    kinds = {"Dropout", "Flatten", "Activation", "MaxPooling2D", "Normalization"}
    if (step := _pick(draft, choose, _is({*kinds, "SpatialDropout2D"}))) is None:
        return None
    return draft.replaced(step.with_arguments(trainable="False"))


@rewriting
def value_in_range(draft: Draft, choose: Choose) -> Draft | None:
    """Proven equal only where the key allows a range; see `proofs.is_allowed`."""
    if (step := _pick(draft, choose, _is({"BatchNormalization"}))) is None:
        return None
    name, text = choose(
        [("momentum", "0.9"), ("momentum", "0.95"), ("epsilon", "1e-5")]
    )
    return draft.replaced(step.with_arguments(**{name: text}))


@rewriting
def axis_from_front(draft: Draft, choose: Choose) -> Draft | None:
    if not draft.is_chain:
        return None
    if (step := _pick(draft, choose, _is({"BatchNormalization"}))) is None:
        return None
    rank = len(draft.inputs[0])
    before = draft.steps[: [one.key for one in draft.steps].index(step.key)]
    if any("Flatten" in one.kind or "Global" in one.kind for one in before):
        rank = 1
    return draft.replaced(step.with_arguments(axis=str(rank)))


# -- Constructors --------------------------------------------------------------------

_ALIASES = {
    "Conv2D": "layers.Convolution2D",
    "Conv1D": "layers.Convolution1D",
    "MaxPooling2D": "layers.MaxPool2D",
    "MaxPooling1D": "layers.MaxPool1D",
    "AveragePooling2D": "layers.AvgPool2D",
    "GlobalAveragePooling2D": "layers.GlobalAvgPool2D",
    "GlobalMaxPooling2D": "layers.GlobalMaxPool2D",
}


@rewriting
def class_alias(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _is(set(_ALIASES)))) is None:
        return None
    return draft.replaced(replace(step, maker=_ALIASES[step.kind]))


@rewriting
def class_path(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, lambda step: not step.maker)) is None:
        return None
    maker = choose([f"keras.layers.{step.kind}", f"tf.keras.layers.{step.kind}"])
    return draft.replaced(replace(step, maker=maker))


@rewriting
def class_own_subclass(draft: Draft, choose: Choose) -> Draft | None:
    """A subclass that overrides nothing that computes."""

    def wanted(step: Step) -> bool:
        return not step.maker and step.kind not in ("Lambda", "")

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    name = choose([f"My{step.kind}", "Hidden", step.kind])
    body = choose(
        [
            "    pass\n",
            "    def __init__(self, *args, **kwargs):\n"
            "        super().__init__(*args, **kwargs)\n"
            "        self.note = 'mine'\n",
            "    def get_config(self):\n        return super().get_config()\n",
        ]
    )
    name = f"{name}{step.key}" if name != step.kind else name
    text = f"class {name}(layers.{step.kind}):\n{body}"
    draft = replace(draft, preamble=(*draft.preamble, text))
    return draft.replaced(replace(step, maker=name))


@rewriting
def class_own_call(draft: Draft, choose: Choose) -> Draft | None:
    """A subclass whose call hands everything to its base."""

    def wanted(step: Step) -> bool:
        return not step.maker and step.kind in _DROPS | {"Dense", "BatchNormalization"}

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    taken = "x" if step.kind == "Dense" else "x, training=None"
    given = "x" if step.kind == "Dense" else "x, training=training"
    text = (
        f"class Own{step.kind}(layers.{step.kind}):\n"
        f"    def call(self, {taken}):\n        return super().call({given})\n"
    )
    draft = replace(draft, preamble=(*draft.preamble, text))
    return draft.replaced(replace(step, maker=f"Own{step.kind}"))


@rewriting
def class_preset(draft: Draft, choose: Choose) -> Draft | None:
    """A subclass, or a partial, that has the activation built in."""

    def wanted(step: Step) -> bool:
        return step.kind in _WITH_ACTIVATION and _active(step) and not step.maker

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    activation = step.arguments["activation"]
    without = replace(step.with_arguments(activation=None), positional=0)
    if choose(["partial", "class"]) == "partial":
        maker = f"partial(layers.{step.kind}, activation={activation})"
        return draft.replaced(replace(without, maker=maker))
    name = f"Preset{step.key}"
    text = (
        f"class {name}(layers.{step.kind}):\n"
        "    def __init__(self, **kwargs):\n"
        f"        super().__init__(activation={activation}, **kwargs)\n"
    )
    draft = replace(draft, preamble=(*draft.preamble, text))
    return draft.replaced(replace(without, maker=name))


@rewriting
def class_from_config(draft: Draft, choose: Choose) -> Draft | None:
    def wanted(step: Step) -> bool:
        texts = step.arguments.values()
        # A layer's configuration does not hold the input_shape that it was made with.
        is_whole = not any(name.startswith("input_") for name in step.arguments)
        is_plain = not any("lambda" in text for text in texts)
        return not step.maker and is_whole and is_plain

    if (step := _pick(draft, choose, wanted)) is None:
        return None
    name = f"copied{step.key}"
    text = (
        f"def {name}(**arguments):\n"
        f"    first = layers.{step.kind}(**arguments)\n"
        f"    return layers.{step.kind}.from_config(first.get_config())\n"
    )
    draft = replace(draft, preamble=(*draft.preamble, text))
    return draft.replaced(replace(step, maker=name, positional=0))


@rewriting
def dropout_noise_shape(draft: Draft, choose: Choose) -> Draft | None:
    """SpatialDropout2D(r) as Dropout(r, noise_shape=(None, 1, 1, None)), or back."""
    spatial = _pick(draft, choose, _is({"SpatialDropout2D"}))
    if spatial is not None and "rate" in spatial.arguments:
        more = {"noise_shape": "(None, 1, 1, None)"}
        arguments = {**spatial.arguments, **more}
        made = replace(spatial, kind="Dropout", arguments=arguments)
        return draft.replaced(made)
    plain = _pick(draft, choose, _is({"Dropout"}))
    if plain is None or len(draft.inputs[0]) != 1:
        return None
    return _set(draft, plain, noise_shape="(None, None)")


# -- Inputs and the model around -----------------------------------------------------


@rewriting
def input_form(draft: Draft, choose: Choose) -> Draft | None:
    texts = [
        "keras.Input(shape={shape})",
        "keras.layers.Input(shape={shape})",
        "layers.Input({shape}, name='rows')",
        "keras.Input(shape=list({shape}))",
        "keras.Input(batch_shape=(None, *{shape}))",
        "keras.Input({shape}, dtype='float32')",
        "tf.keras.Input({shape})",
    ]
    if len(draft.inputs) > 1:
        texts = [text for text in texts if "name" not in text]
    return replace(draft, input_text=choose(texts))


@rewriting
def input_batch_size(draft: Draft, choose: Choose) -> Draft | None:
    texts = [
        f"keras.Input({{shape}}, batch_size={BATCH})",
        f"keras.Input(batch_shape=({BATCH}, *{{shape}}))",
    ]
    return replace(draft, input_text=choose(texts))


def _after(draft: Draft, *lines: str) -> Draft:
    return replace(draft, afterwards=(*draft.afterwards, *lines))


@rewriting
def model_compiled(draft: Draft, choose: Choose) -> Draft | None:
    if len(draft.outputs) > 1:
        return None
    return _after(
        draft,
        choose(
            [
                "model.compile(optimizer='adam', loss='mae')",
                "model.compile('sgd', 'mse', metrics=['mae'])",
                "model.compile(loss=keras.losses.Huber())",
            ]
        ),
    )


@rewriting
def model_trained(draft: Draft, choose: Choose) -> Draft | None:
    if len(draft.inputs) > 1 or len(draft.outputs) > 1:
        return None
    if any("layers.Lambda" in text for text in draft.preamble):
        return None
    return _after(
        draft,
        "model.compile('sgd', 'mse', run_eagerly=True)",
        f"rows = np.random.default_rng(0).normal(size=({BATCH}, *{draft.inputs[0]}))",
        "model.train_on_batch(rows, np.zeros(model(rows).shape))",
    )


@rewriting
def model_used(draft: Draft, choose: Choose) -> Draft | None:
    shapes = [f"np.zeros({(BATCH, *shape)}, 'float32')" for shape in draft.inputs]
    given = shapes[0] if len(shapes) == 1 else f"[{', '.join(shapes)}]"
    symbols = [f"keras.Input({shape})" for shape in draft.inputs]
    symbol = symbols[0] if len(symbols) == 1 else f"[{', '.join(symbols)}]"
    lines = [f"model({given})", f"model({given}, training=True)"]
    if "batch" not in draft.input_text:
        lines.append(f"model({symbol})")
    return _after(draft, choose(lines))


@rewriting
def model_summary(draft: Draft, choose: Choose) -> Draft | None:
    return _after(draft, "model.summary(print_fn=lambda *_, **__: None)")


@rewriting
def model_thawed(draft: Draft, choose: Choose) -> Draft | None:
    return _after(draft, "model.trainable = False", "model.trainable = True")


@rewriting
def layers_shared_with_another_model(draft: Draft, choose: Choose) -> Draft | None:
    """A second model on the same layers: a feature extractor, say."""
    if not draft.is_chain:
        return None
    return _after(
        replace(draft, style="functional"),
        "features = keras.Model(model.inputs, model.layers[-1].input)",
    )


def _trip(draft: Draft, *lines: str) -> Draft | None:
    if draft.has_custom_code or draft.afterwards:
        return None
    return _after(draft, *lines)


# Styles that Keras can make anew from a model's own description.
TRAVEL_STYLES = ("sequential", "sequential_add", "functional", "nested_sequential")


def is_trip(draft: Draft) -> bool:
    """Return True if Keras makes the model anew from its description."""
    trips = ("from_config(model", "clone_model", "to_json", "model.save")
    return any(word in text for text in draft.afterwards for word in trips)


@rewriting
def trip_config(draft: Draft, choose: Choose) -> Draft | None:
    return _trip(draft, "model = type(model).from_config(model.get_config())")


@rewriting
def trip_clone(draft: Draft, choose: Choose) -> Draft | None:
    return _trip(draft, "model = keras.models.clone_model(model)")


@rewriting
def trip_json(draft: Draft, choose: Choose) -> Draft | None:
    return _trip(draft, "model = keras.models.model_from_json(model.to_json())")


@rewriting
def trip_file(draft: Draft, choose: Choose) -> Draft | None:
    return _trip(draft, "model.save(path)", "model = keras.saving.load_model(path)")


# -- Subclasses ----------------------------------------------------------------------


def _subclassed(draft: Draft, choose: Choose) -> Draft:
    return replace(draft, style=choose(["subclass", "subclass_training"]))


@rewriting
def subclass_spare_layer(draft: Draft, choose: Choose) -> Draft | None:
    """A layer that the subclass owns and never calls."""
    text = choose(["layers.Dense(5)", "layers.Conv2D(3, 3)", "layers.Identity()"])
    return replace(_subclassed(draft, choose), spare=text)


@rewriting
def subclass_spare_call(draft: Draft, choose: Choose) -> Draft | None:
    """A layer without weights that is called, and whose result nothing uses."""
    text = choose(["layers.ReLU()", "layers.Activation('tanh')"])
    draft = replace(_subclassed(draft, choose), has_spare_call=True)
    return replace(draft, spare=text)


@rewriting
def subclass_attributes_reversed(draft: Draft, choose: Choose) -> Draft | None:
    return replace(_subclassed(draft, choose), reversed_attributes=True)


# -- Branches ------------------------------------------------------------------------

_COMMUTE = {"Add", "Average", "Multiply", "Maximum", "Minimum"}


@rewriting
def merge_order(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _is(_COMMUTE))) is None:
        return None
    return draft.replaced(replace(step, inputs=tuple(reversed(step.inputs))))


@rewriting
def merge_operation(draft: Draft, choose: Choose) -> Draft | None:
    if (step := _pick(draft, choose, _is({"Add", "Concatenate"}))) is None:
        return None
    slots = [f"{{{n}}}" for n in range(len(step.inputs))]
    if step.kind == "Add":
        texts = [" + ".join(slots), f"layers.add([{', '.join(slots)}])"]
        if len(slots) == 2:
            texts.append(f"keras.ops.add({slots[0]}, {slots[1]})")
    else:
        inside = ", ".join(slots)
        texts = [
            f"keras.ops.concatenate([{inside}], axis=-1)",
            f"layers.concatenate([{inside}])",
        ]
    return draft.replaced(replace(step, operation=choose(texts)))


@rewriting
def branch_order(draft: Draft, choose: Choose) -> Draft | None:
    """Branches written in another order."""
    if draft.is_chain:
        return None
    waiting, done, order = list(draft.steps), set(), []
    while waiting:
        ready = [
            step
            for step in waiting
            if all(key < 0 or key in done for key in step.inputs)
            and (step.same_as is None or step.same_as in done)
        ]
        step = choose(list(reversed(ready)))
        waiting.remove(step)
        done.add(step.key)
        order.append(step)
    return replace(draft, steps=tuple(order))


for _style in STYLES:
    REWRITINGS[f"style:{_style}"] = lambda draft, choose, _style=_style: choose_style(
        draft, choose, _style
    )
