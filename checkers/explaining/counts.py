"""Why a layer has as many parameters as it has, with its own numbers put in.

Every formula is checked against the real count; where they differ, or where the kind
of layer is unknown, the weights are listed instead.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from checkers.linting.settings import parse
from checkers.messages.sentences import say, say_list
from checkers.snapshot import LayerFacts, Shape, WeightFacts

__all__ = ["why_none", "why_so_many"]

_GATES = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}
_RANDOM = ("Dropout", "Noise", "Random", "AugMix", "CutMix", "MixUp", "RandAugment")
_SHAPES = ("Flatten", "Reshape", "Permute")
_EDGES = ("Cropping", "ZeroPadding", "CenterCrop", "UpSampling", "RepeatVector")
_MERGES = (
    *("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"),
    "Dot",
)
_ACTIVATIONS = ("Activation", "ReLU", "LeakyReLU", "ELU", "Softmax")
_FIXED = ("Rescaling", "UnitNormalization", "Resizing")


@dataclass(frozen=True)
class _Term:
    """One summand: how it reads and what it comes to."""

    text: str
    size: int


_Formula = Callable[[LayerFacts], Iterator[_Term]]


def why_so_many(layer: LayerFacts) -> str:
    """Return one line: "18 inputs × 128 units + 128 biases = 2,432"."""
    if not layer.weights:
        return say(why_none(layer.kind) if layer.is_keras else "COUNT.none")
    terms = _terms(layer)
    return say("COUNT.total", terms=_sum(terms), total=f"{layer.num_params:,}")


def _terms(layer: LayerFacts) -> list[_Term]:
    """Return the summands of a layer's count."""
    formula = _FORMULAS.get(layer.kind)
    if formula is not None:
        try:
            terms = list(formula(layer))
        except (KeyError, ValueError, TypeError, IndexError):
            terms = []  # another version of the layer holds other weights
        if terms and sum(term.size for term in terms) == layer.num_params:
            return terms
    return [
        _Term(
            say("COUNT.weight", name=weight.name, shape=_times(weight.shape) or "1"),
            _size(weight),
        )
        for weight in layer.weights
    ]


def _sum(terms: list[_Term]) -> str:
    """Return the terms with plus signs."""
    return say_list((term.text for term in terms), form="COUNT.sum")


def _count(number: int | None, noun: str, plural: str = "s") -> str:
    """Return "1 unit" or "128 units"."""
    key = f"COUNT.{noun}" if number == 1 else f"COUNT.{noun}{plural}"
    return say(key, count=f"{number:,}")


def _weight(layer: LayerFacts, name: str) -> WeightFacts:
    """Return the one weight of a name; ValueError if it is not one."""
    (found,) = [weight for weight in layer.weights if weight.name == name]
    return found


def _size(weight: WeightFacts) -> int:
    return math.prod(size or 0 for size in weight.shape)


def _times(shape: Shape) -> str:
    """Return "3 × 3"."""
    return " × ".join(f"{size:,}" for size in shape if size is not None)


def _biases(layer: LayerFacts) -> Iterator[_Term]:
    """Yield the biases of a layer, if it has any."""
    for weight in layer.weights:
        if weight.name == "bias":
            count = _size(weight)
            yield _Term(_count(count, "bias", "es"), count)


def _dense(layer: LayerFacts) -> Iterator[_Term]:
    kernel = _weight(layer, "kernel")
    inputs, units = kernel.shape
    text = say(
        "COUNT.dense", inputs=_count(inputs, "input"), units=_count(units, "unit")
    )
    yield _Term(text, _size(kernel))
    yield from _biases(layer)


def _conv(layer: LayerFacts) -> Iterator[_Term]:
    kernel = _weight(layer, "kernel")
    *window, channels, filters = kernel.shape
    key = "COUNT.conv_groups" if layer.config.get("groups", 1) != 1 else "COUNT.conv"
    yield _window_term(key, kernel, tuple(window), channels, filters)
    yield from _biases(layer)


def _transpose(layer: LayerFacts) -> Iterator[_Term]:
    kernel = _weight(layer, "kernel")
    *window, filters, channels = kernel.shape
    yield _window_term("COUNT.conv", kernel, tuple(window), channels, filters)
    yield from _biases(layer)


def _window_term(
    key: str,
    kernel: WeightFacts,
    window: Shape,
    channels: int | None,
    filters: int | None,
) -> _Term:
    """Return the kernel of a convolution as a term."""
    values = {
        "channels": _count(channels, "channel"),
        "filters": _count(filters, "filter"),
    }
    return _Term(say(key, window=_times(window), **values), _size(kernel))


def _depthwise(layer: LayerFacts) -> Iterator[_Term]:
    names = [weight.name for weight in layer.weights]
    name = "depthwise_kernel" if "depthwise_kernel" in names else "kernel"
    kernel = _weight(layer, name)
    *window, channels, each = kernel.shape
    values = {
        "channels": _count(channels, "channel"),
        "each": _count(each, "filter"),
    }
    text = say("COUNT.depthwise", window=_times(tuple(window)), **values)
    yield _Term(text, _size(kernel))
    if "pointwise_kernel" in names:
        point = _weight(layer, "pointwise_kernel")
        maps, filters = point.shape[-2:]
        values = {
            "channels": _count(maps, "channel"),
            "filters": _count(filters, "filter"),
        }
        yield _Term(say("COUNT.pointwise", **values), _size(point))
    yield from _biases(layer)


def _norm(layer: LayerFacts) -> Iterator[_Term]:
    """Explain scale and shift, and what is stored beside them."""
    stored = ("moving_mean", "moving_variance", "mean", "variance")
    for key, is_stored in (("COUNT.trained", False), ("COUNT.moving", True)):
        weights = [w for w in layer.weights if (w.name in stored) is is_stored]
        if is_stored and layer.kind == "Normalization":
            key = "COUNT.stored"
        weights = [w for w in weights if w.name != "count"]
        if not weights:
            continue
        names = say_list(w.name.removeprefix("moving_") for w in weights)
        (count,) = {_size(weight) for weight in weights}
        values = {"times": len(weights), "count": f"{count:,}", "names": names}
        yield _Term(say(key, **values), len(weights) * count)
    if any(weight.name == "count" for weight in layer.weights):
        yield _Term(say("COUNT.counter"), 1)


def _embedding(layer: LayerFacts) -> Iterator[_Term]:
    table = _weight(layer, "embeddings")
    rows, size = table.shape
    text = say("COUNT.embedding", rows=f"{rows:,}", size=f"{size:,}")
    yield _Term(text, _size(table))


def _recurrent(layer: LayerFacts) -> Iterator[_Term]:
    """Explain one gate, then how many there are."""
    gates = _GATES[layer.kind]
    kernel, back = _weight(layer, "kernel"), _weight(layer, "recurrent_kernel")
    units, inputs = back.shape[0], kernel.shape[0]
    text = say(
        "COUNT.dense", inputs=_count(inputs, "input"), units=_count(units, "unit")
    )
    terms = [
        _Term(text, _size(kernel) // gates),
        _Term(say("COUNT.recurrent", units=f"{units:,}"), _size(back) // gates),
        *_gate_biases(layer, gates),
    ]
    yield from _gated(gates, terms)


def _recurrent_conv(layer: LayerFacts) -> Iterator[_Term]:
    kernel, back = _weight(layer, "kernel"), _weight(layer, "recurrent_kernel")
    *window, channels, _ = kernel.shape
    filters = back.shape[-2]
    first = _window_term("COUNT.conv", kernel, tuple(window), channels, filters)
    text = say(
        "COUNT.recurrent_conv",
        window=_times(back.shape[:-2]),
        filters=f"{filters:,}",
    )
    terms = [
        replace(first, size=_size(kernel) // 4),
        _Term(text, _size(back) // 4),
        *_gate_biases(layer, 4),
    ]
    yield from _gated(4, terms)


def _gate_biases(layer: LayerFacts, gates: int) -> Iterator[_Term]:
    """Yield the biases of one gate; GRU has two sets with reset_after."""
    for term in _biases(layer):
        count = term.size // gates
        yield _Term(_count(count, "bias", "es"), count)


def _gated(gates: int, terms: list[_Term]) -> Iterator[_Term]:
    """Yield the terms of one gate as they are, or those of several in brackets."""
    if gates == 1:
        yield from terms
        return
    size = gates * sum(term.size for term in terms)
    yield _Term(say("COUNT.gates", gates=gates, terms=_sum(terms)), size)


def _inner(layer: LayerFacts, weights: tuple[WeightFacts, ...]) -> list[_Term]:
    """Return the terms of the layer inside a wrapper."""
    inside = parse(str(layer.config["layer"]))
    kind = inside.text
    return _terms(replace(layer, kind=kind, config=inside.settings, weights=weights))


def _directions(layer: LayerFacts) -> Iterator[_Term]:
    """Explain one direction of Bidirectional."""
    half = len(layer.weights) // 2
    first, second = layer.weights[:half], layer.weights[half:]
    if [w.shape for w in first] != [w.shape for w in second]:
        raise ValueError("The two directions differ.")
    terms = _inner(layer, first)
    text = say("COUNT.directions", terms=_sum(terms))
    yield _Term(text, 2 * sum(term.size for term in terms))


def _each_step(layer: LayerFacts) -> Iterator[_Term]:
    """Explain the layer inside TimeDistributed."""
    terms = _inner(layer, layer.weights)
    text = say("COUNT.each_step", terms=_sum(terms))
    yield _Term(text, sum(term.size for term in terms))


def _slopes(layer: LayerFacts) -> Iterator[_Term]:
    count = _size(_weight(layer, "alpha"))
    yield _Term(say("COUNT.slopes", count=f"{count:,}"), count)


def _attention(layer: LayerFacts) -> Iterator[_Term]:
    """Explain the four maps of an attention layer and their biases."""
    kernels = [weight for weight in layer.weights if weight.name == "kernel"]
    if len(kernels) != 4:
        raise ValueError("Expected query, key, value and output.")
    for part, kernel in zip(("query", "key", "value"), kernels, strict=False):
        inputs, heads, size = kernel.shape
        values = {"heads": f"{heads:,}", "size": f"{size:,}"}
        text = say("COUNT.heads", part=part, inputs=f"{inputs:,}", **values)
        yield _Term(text, _size(kernel))
    heads, size, inputs = kernels[3].shape
    values = {"heads": f"{heads:,}", "size": f"{size:,}"}
    text = say("COUNT.heads_out", inputs=f"{inputs:,}", **values)
    yield _Term(text, _size(kernels[3]))
    biases = sum(_size(w) for w in layer.weights if w.name == "bias")
    if biases:
        yield _Term(_count(biases, "bias", "es"), biases)


def _einsum(layer: LayerFacts) -> Iterator[_Term]:
    kernel = _weight(layer, "kernel")
    equation = str(layer.config["equation"])
    text = say("COUNT.kernel", shape=_times(kernel.shape), equation=equation)
    yield _Term(text, _size(kernel))
    yield from _biases(layer)


_FORMULAS: dict[str, _Formula] = {
    "Dense": _dense,
    **{f"Conv{n}D": _conv for n in (1, 2, 3)},
    **{f"Conv{n}DTranspose": _transpose for n in (1, 2, 3)},
    **{
        f"{kind}Conv{n}D": _depthwise
        for kind in ("Depthwise", "Separable")
        for n in (1, 2)
    },
    **dict.fromkeys(
        (
            *("BatchNormalization", "LayerNormalization", "GroupNormalization"),
            *("RMSNormalization", "Normalization"),
        ),
        _norm,
    ),
    "Embedding": _embedding,
    "ReversibleEmbedding": _embedding,
    **dict.fromkeys(_GATES, _recurrent),
    **{f"ConvLSTM{n}D": _recurrent_conv for n in (1, 2, 3)},
    "Bidirectional": _directions,
    "TimeDistributed": _each_step,
    "PReLU": _slopes,
    "MultiHeadAttention": _attention,
    "GroupedQueryAttention": _attention,
    "EinsumDense": _einsum,
}


def why_none(kind: str) -> str:
    """Return the key of the sentence that says why there are no parameters."""
    for key, kinds in (
        ("COUNT.none_random", _RANDOM),
        ("COUNT.none_shape", _SHAPES),
        ("COUNT.none_edges", _EDGES),
        ("COUNT.none_pool", ("Pooling",)),
        ("COUNT.none_activation", _ACTIVATIONS),
        ("COUNT.none_merge", _MERGES),
        ("COUNT.none_fixed", _FIXED),
    ):
        if any(name in kind for name in kinds):
            return key
    return "COUNT.none"
