"""Layers that stand in each other's way, or are larger than they need to be."""

from __future__ import annotations

import math
from collections.abc import Iterator

from checkers.linting.rule import Hit, rule
from checkers.linting.subject import DROPOUTS, MIXING, Subject
from checkers.snapshot import LayerFacts

_SAVED = 0.95
_LARGE = 100_000


@rule(
    "DROPOUT_BEFORE_BATCHNORM",
    "advice",
    "Li, Chen, Hu, Yang 2019, Understanding the Disharmony between Dropout and Batch "
    "Normalization by Variance Shift, section 3",
)
def dropout_before_batchnorm(subject: Subject) -> Iterator[Hit]:
    """Dropout changes the variance in training, and the stored one with it."""
    # AlphaDropout is made to keep mean and variance.
    kinds = DROPOUTS - {"AlphaDropout"}
    for position, call, layer in subject.calls_of(*kinds):
        rate = layer.config.get("rate")
        if not rate or call.training or _is_residual(subject, position, layer):
            continue
        for behind in sorted(subject.behind(position)):
            if subject.kind(behind) == "BatchNormalization":
                layers = subject.index(position), subject.index(behind)
                yield Hit(layers, {"rate": f"{rate:g}", "norm": layers[1] + 1})
                break


def _is_residual(subject: Subject, position: int, layer: LayerFacts) -> bool:
    """Return True for stochastic depth: the branch of a residual block is dropped."""
    noise = layer.config.get("noise_shape")
    is_whole_branch = isinstance(noise, list) and all(size == 1 for size in noise[1:])
    after = subject.next_active(position)
    return is_whole_branch or (after is not None and subject.kind(after) == "Add")


@rule(
    "BIAS_BEFORE_BATCHNORM",
    "advice",
    "Ioffe, Szegedy 2015, Batch Normalization, section 3.2",
)
def bias_before_batchnorm(subject: Subject) -> Iterator[Hit]:
    """The normalization subtracts the mean, and every bias with it."""
    for position, call, layer in subject.calls_of(*MIXING):
        after = subject.only_consumer(position)
        if after is None or subject.kind(after) != "BatchNormalization":
            continue
        norm = subject.model.layers[subject.index(after)]
        axis = norm.config.get("axis", -1)
        is_last = axis in (-1, len(call.output_shape) - 1)
        biases = [w for w in layer.weights if w.name == "bias" and w.trainable]
        is_linear = subject.activation(position) == "linear"
        if biases and is_last and is_linear:
            count = sum(math.prod(size or 0 for size in w.shape) for w in biases)
            layers = subject.index(position), subject.index(after)
            yield Hit(layers, {"count": f"{count:,}", "norm": layers[1] + 1})


@rule("FLATTEN_LARGE", "advice", "Lin, Chen, Yan 2014, Network in Network, section 3.2")
def flatten_large(subject: Subject) -> Iterator[Hit]:
    """Most parameters of the model stand between a map and one dense layer."""
    for position, call, _ in subject.calls_of("Flatten"):
        shape = call.input_shapes[0]
        after = subject.next_active(position)
        if len(shape) < 4 or None in shape[1:] or after is None:
            continue
        if subject.kind(after) != "Dense":
            continue
        places = math.prod(size or 0 for size in shape[1:-1])
        params = subject.model.layers[subject.index(after)].num_params
        if places == 0 or 1 - 1 / places < _SAVED:
            continue
        if params >= max(_LARGE, subject.model.num_params / 2):
            layers = subject.index(position), subject.index(after)
            values = {
                "dense": layers[1] + 1,
                "params": f"{params:,}",
                "all": f"{subject.model.num_params:,}",
                "places": f"{places:,}",
                "saved": f"{100 * (1 - 1 / places):.1f}",
            }
            yield Hit(layers, values)


@rule(
    "DENSE_WITHOUT_FLATTEN",
    "advice",
    "Keras manual, Dense, Input shape: keras.io/api/layers/core_layers/dense",
)
def dense_without_flatten(subject: Subject) -> Iterator[Hit]:
    """A dense network that sees one row of each picture at a time."""
    kinds = {subject.kind(position) for position in range(len(subject.calls))}
    plain = {"Dense", "Flatten", "Activation", "ReLU", "Softmax", "Rescaling"}
    if not kinds <= plain | DROPOUTS | {"BatchNormalization", "Normalization"}:
        return
    for position, call, _ in subject.calls_of("Dense"):
        shape = call.input_shapes[0]
        if len(shape) > 2:
            places = " × ".join("?" if s is None else str(s) for s in shape[1:-1])
            values = {"shape": shape[1:], "places": places, "last": shape[-1]}
            yield Hit((subject.index(position),), values)
            return


@rule(
    "ONE_UNIT_BOTTLENECK",
    "warning",
    "Tishby, Zaslavsky 2015, Deep Learning and the Information Bottleneck Principle, "
    "section 2",
)
def one_unit_bottleneck(subject: Subject) -> Iterator[Hit]:
    """Everything has to pass through a single number."""
    for position, call, _ in subject.calls_of("Dense"):
        source = subject.only_input(position)
        if call.output_shape[-1] != 1 or source is None:
            continue
        has_no_way_around = subject.consumers.get(source) == (position,)
        after = subject.next_active(position)
        while after is not None and subject.is_activation(after):
            after = subject.next_active(after)
        if after is None or subject.kind(after) != "Dense" or not has_no_way_around:
            continue
        units = subject.calls[after].output_shape[-1]
        if units != 1:
            layers = subject.index(position), subject.index(after)
            yield Hit(layers, {"next": layers[1] + 1, "units": units})


@rule(
    "RESCALED_TWICE",
    "warning",
    "Keras manual, Rescaling: "
    "keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling",
)
def rescaled_twice(subject: Subject) -> Iterator[Hit]:
    """Two small factors in a row, or one on data that were scaled before."""
    for position, call, layer in subject.calls_of("Rescaling"):
        scale = _small_scale(layer)
        if scale is None:
            continue
        source = call.inputs[0]
        while source >= 0 and subject.is_passive(source):
            source = subject.calls[source].inputs[0]
        first = subject.layer(source)
        if first is not None and first.kind == "Rescaling":
            factor = _small_scale(first)
            if factor is not None:
                product = f"{scale * factor:.3g}"
                values = {"scale": f"{scale:.3g}", "product": product}
                yield Hit((subject.index(position), subject.index(source)), values)
        yield from _scaled_data(subject, position, source, scale)


def _small_scale(layer: LayerFacts) -> float | None:
    """Return the factor of a Rescaling layer that makes numbers small."""
    scale = layer.config.get("scale")
    if isinstance(scale, bool) or not isinstance(scale, int | float):
        return None
    return float(scale) if 0 < abs(scale) < 0.1 else None


def _scaled_data(
    subject: Subject, position: int, source: int, scale: float
) -> Iterator[Hit]:
    """Yield a hit if the examples that reach a Rescaling layer are small already."""
    number = -1 - source
    if subject.data is None or not 0 <= number < len(subject.data.inputs):
        return
    array = subject.data.inputs[number]
    largest = max(abs(array.low), abs(array.high))
    if array.is_number and not array.num_nan and 0 < largest <= 1:
        values = {"scale": f"{scale:.3g}", "product": f"{scale * largest:.3g}"}
        yield Hit((subject.index(position),), values)


@rule(
    "UNUSED_INPUT",
    "warning",
    "Keras guide, The Functional API: keras.io/guides/functional_api",
)
def unused_input(subject: Subject) -> Iterator[Hit]:
    """An input that nothing reads."""
    for position, shape in enumerate(subject.model.inputs):
        source = -1 - position
        is_used = source in subject.consumers or source in subject.outputs
        if not is_used and subject.calls:
            values = {"number": position + 1, "total": len(subject.model.inputs)}
            yield Hit((), {**values, "shape": shape[1:]})


@rule(
    "DEAD_LAYER",
    "warning",
    "Keras guide, Making new layers and models via subclassing: "
    "keras.io/guides/making_new_layers_and_models_via_subclassing",
)
def dead_layer(subject: Subject) -> Iterator[Hit]:
    """A layer that the model owns and never calls."""
    if not subject.calls:
        return
    for index, layer in enumerate(subject.model.layers):
        if index not in subject.used:
            yield Hit((index,), {"params": f"{layer.num_params:,}"})


@rule(
    "RELU_RECURRENT",
    "advice",
    "Keras guide, Working with RNNs, section on cuDNN: "
    "keras.io/guides/working_with_rnns",
)
def relu_recurrent(subject: Subject) -> Iterator[Hit]:
    """An unbounded activation inside a loop."""
    for index, layer in subject.layers_of("LSTM", "GRU"):
        if layer.activation == "relu":
            yield Hit((index,))
