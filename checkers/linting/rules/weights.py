"""Starting values, regularizers and number formats."""

from __future__ import annotations

import math
from collections.abc import Iterator

from checkers.linting.rule import Hit, rule
from checkers.linting.settings import parse
from checkers.linting.subject import Subject
from checkers.snapshot import LayerFacts, WeightFacts

_KINDS = ("Dense", *(f"Conv{n}D" for n in (1, 2, 3)))
_SYMMETRY = "Goodfellow, Bengio, Courville 2016, Deep Learning, section 8.4"
_HUGE = {"l2": 0.5, "l1": 0.1}


@rule("NAN_WEIGHTS", "error", "IEEE 754: nan + x = nan, for every x")
def nan_weights(subject: Subject) -> Iterator[Hit]:
    """Weights that are no numbers any more."""
    for index, layer in enumerate(subject.model.layers):
        for weight in layer.weights:
            if not weight.is_finite:
                yield Hit((index,), {"weight": weight.name})
                break


def _kernel(layer: LayerFacts) -> WeightFacts | None:
    """Return the kernel of a layer if all its entries are equal."""
    for weight in layer.weights:
        if weight.name == "kernel" and weight.is_constant:
            return weight
    return None


@rule("DEAD_RELU", "error", _SYMMETRY)
def dead_relu(subject: Subject) -> Iterator[Hit]:
    """Zero weights under relu: no output, no gradient, for good."""
    for index, layer in subject.layers_of(*_KINDS):
        kernel = _kernel(layer)
        biases = [w for w in layer.weights if w.name == "bias"]
        is_silent = all(w.std == 0 and w.mean <= 0 for w in biases)
        is_relu = layer.activation == "relu"
        if kernel is not None and kernel.mean == 0 and is_silent and is_relu:
            yield Hit((index,))


@rule("EQUAL_UNITS", "warning", _SYMMETRY)
def equal_units(subject: Subject) -> Iterator[Hit]:
    """Units that all start as the same unit."""
    heads = {head.base for head in subject.heads}
    for position, call, layer in subject.calls_of(*_KINDS):
        kernel = _kernel(layer)
        if kernel is None or kernel.shape[-1] == 1 or position in heads:
            continue
        after = subject.next_active(position)
        # A branch that starts as zero is how some residual networks begin.
        is_branch = after is not None and subject.kind(after) == "Add"
        is_dead = kernel.mean == 0 and (layer.activation == "relu" or is_branch)
        if not is_dead:
            values = {"value": f"{kernel.mean:g}", "units": call.output_shape[-1]}
            yield Hit((subject.index(position),), values)


@rule(
    "REGULARIZER_HUGE",
    "warning",
    "Keras manual, Layer weight regularizers: keras.io/api/layers/regularizers",
)
def regularizer_huge(subject: Subject) -> Iterator[Hit]:
    """A penalty that drowns the loss."""
    for index, layer in enumerate(subject.model.layers):
        text = layer.config.get("kernel_regularizer")
        if not isinstance(text, str):
            continue
        factors = parse(text).settings
        if not any(_factor(factors, name) >= least for name, least in _HUGE.items()):
            continue
        squares = sum(
            math.prod(size or 0 for size in weight.shape)
            * (weight.std**2 + weight.mean**2)
            for weight in layer.weights
            if weight.name == "kernel"
        )
        penalty = f"{_factor(factors, 'l2') * squares:,.1f}"
        yield Hit((index,), {"regularizer": text, "penalty": penalty})


def _factor(settings: dict[str, object], name: str) -> float:
    """Return one factor of a regularizer, 0 if it has none."""
    value = settings.get(name, 0)
    return float(value) if isinstance(value, int | float) else 0.0


@rule(
    "BIAS_REGULARIZED",
    "advice",
    "Goodfellow, Bengio, Courville 2016, Deep Learning, section 7.1",
)
def bias_regularized(subject: Subject) -> Iterator[Hit]:
    """A penalty on biases gains little and costs fit."""
    for index, layer in enumerate(subject.model.layers):
        text = layer.config.get("bias_regularizer")
        if isinstance(text, str) and any(w.name == "bias" for w in layer.weights):
            yield Hit((index,), {"regularizer": text})


@rule(
    "FLOAT16_OUTPUT",
    "warning",
    "TensorFlow guide, Mixed precision, section Building the model: "
    "tensorflow.org/guide/mixed_precision",
)
def float16_output(subject: Subject) -> Iterator[Hit]:
    """Probabilities in half precision: small ones become 0, their log infinite."""
    for head in subject.heads:
        layer = subject.layer(head.call) if head.call >= 0 else None
        if layer is None or head.activation not in ("softmax", "sigmoid"):
            continue
        if layer.compute_dtype in ("float16", "bfloat16"):
            values = {"activation": head.activation, "dtype": layer.compute_dtype}
            yield Hit((subject.index(head.call),), values)
