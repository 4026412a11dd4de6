"""Layers that act differently in training and at inference."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.linting.rule import Hit, rule
from checkers.linting.subject import DROPOUTS, Subject
from checkers.messages.sentences import say
from checkers.snapshot import CallFacts

_TRANSFER = "Keras guide, Transfer learning: keras.io/guides/transfer_learning"

_AUGMENTING = frozenset(("AugMix", "CutMix", "MixUp", "RandAugment"))


@rule(
    "DROPOUT_RATE_HIGH",
    "warning",
    "Srivastava et al. 2014, Dropout, appendix A.4",
)
def dropout_rate_high(subject: Subject) -> Iterator[Hit]:
    """A rate that leaves a fifth or less; often the share to keep was meant."""
    for index, layer in subject.layers_of(*DROPOUTS):
        rate = layer.config.get("rate") or 0
        if rate >= 0.8:
            values = {"rate": f"{rate:g}", "kept": f"{100 * (1 - rate):.0f}"}
            yield Hit((index,), {**values, "other": f"{round(1 - rate, 6):g}"})


@rule(
    "DROPOUT_RATE_ZERO",
    "advice",
    "Keras manual, Dropout: keras.io/api/layers/regularization_layers/dropout",
)
def dropout_rate_zero(subject: Subject) -> Iterator[Hit]:
    """A dropout layer that never drops."""
    for index, layer in subject.layers_of(*DROPOUTS):
        if layer.config.get("rate") == 0:
            yield Hit((index,))


@rule(
    "DROPOUT_ALWAYS_ON",
    "advice",
    "Gal, Ghahramani 2016, Dropout as a Bayesian Approximation, section 3",
)
def dropout_always_on(subject: Subject) -> Iterator[Hit]:
    """Dropout at inference too: meant for Monte Carlo, else a slip."""
    for position, call, layer in subject.calls_of(*DROPOUTS):
        if call.training and layer.config.get("rate"):
            values = {"rate": f"{layer.config['rate']:g}", "scope": _scope(subject)}
            yield Hit((subject.index(position),), values)


@rule(
    "AUGMENTATION_ALWAYS_ON",
    "warning",
    "Keras manual, Image augmentation layers: "
    "keras.io/api/layers/preprocessing_layers/image_augmentation",
)
def augmentation_always_on(subject: Subject) -> Iterator[Hit]:
    """Pictures are changed at random at inference too."""
    if subject.model.api == "subclass":
        for position, call in _augmenting(subject):
            if call.training:
                yield Hit((subject.index(position),))


@rule(
    "AUGMENTATION_IN_CALL",
    "advice",
    "Keras manual, Image augmentation layers, argument training: "
    "keras.io/api/layers/preprocessing_layers/image_augmentation",
)
def augmentation_in_call(subject: Subject) -> Iterator[Hit]:
    """In a functional model the default, training=True, holds for `model(x)`."""
    if subject.model.api != "subclass":
        for position, _ in _augmenting(subject):
            yield Hit((subject.index(position),))


def _augmenting(subject: Subject) -> Iterator[tuple[int, CallFacts]]:
    """Yield the calls of augmentation layers."""
    for position, call in enumerate(subject.calls):
        kind = subject.kind(position)
        is_random = kind.startswith("Random") or kind in _AUGMENTING
        if is_random and subject.layer(position) is not None:
            yield position, call


def _scope(subject: Subject) -> str:
    """Return where training=True in a layer's call has an effect.

    Measured with Keras 3.15: `predict` and `evaluate` hand training=False to a
    functional model, and it overrules what its layers were called with.
    """
    is_subclass = subject.model.api == "subclass"
    return say("LINT.scope_always" if is_subclass else "LINT.scope_call")


@rule("BATCHNORM_ALWAYS_TRAINING", "warning", _TRANSFER)
def batchnorm_always_training(subject: Subject) -> Iterator[Hit]:
    """A prediction that depends on the other rows of its batch."""
    for position, call, layer in subject.calls_of("BatchNormalization"):
        if call.training and layer.trainable:
            yield Hit((subject.index(position),), {"scope": _scope(subject)})


@rule("FROZEN_UNTRAINED", "warning", _TRANSFER)
def frozen_untrained(subject: Subject) -> Iterator[Hit]:
    """Frozen before it ever saw data: moving mean 0 and moving variance 1."""
    for index, layer in subject.layers_of("BatchNormalization"):
        stored = {weight.name: weight for weight in layer.weights}
        mean, variance = stored.get("moving_mean"), stored.get("moving_variance")
        if layer.trainable or mean is None or variance is None:
            continue
        is_fresh = mean.std == variance.std == mean.mean == 0 and variance.mean == 1
        if is_fresh:
            yield Hit((index,))


@rule(
    "NORMALIZATION_NOT_ADAPTED",
    "warning",
    "Keras manual, Normalization, method adapt: "
    "keras.io/api/layers/preprocessing_layers/numerical/normalization",
)
def normalization_not_adapted(subject: Subject) -> Iterator[Hit]:
    """Stored mean 0 and variance 1: the layer changes nothing.

    Behind a Rescaling no harm comes of it: EfficientNet is shipped so.
    """
    for position, call, layer in subject.calls_of("Normalization"):
        stored = {weight.name: weight for weight in layer.weights}
        mean, variance = stored.get("mean"), stored.get("variance")
        is_scaled = subject.kind(call.inputs[0]) == "Rescaling"
        if mean is None or variance is None or is_scaled:
            continue
        if mean.std == variance.std == mean.mean == 0 and variance.mean == 1:
            yield Hit((subject.index(position),))


@rule("NOTHING_TRAINS", "warning", _TRANSFER, needs="compile")
def nothing_trains(subject: Subject) -> Iterator[Hit]:
    """Compiled for training, and every weight is frozen."""
    if subject.model.num_params and not subject.model.num_trainable:
        frozen = tuple(
            index
            for index, layer in enumerate(subject.model.layers)
            if layer.weights and not layer.trainable
        )
        if frozen:  # what only stores, such as Normalization, was never to be trained
            yield Hit(frozen, {"params": f"{subject.model.num_params:,}"})
