"""Keys of exercises 5 and 6 of lesson 10: the paper's order, and a scaler."""

from __future__ import annotations

from dataclasses import replace

from checkers.i18n import N_, translate
from checkers.key import Key
from checkers.keys._batch_norm_parts import SETTINGS, Adjusted, norm, weight
from checkers.messages.sentences import say
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.models import Network
from checkers.rules.slips import (
    looks_like,
    missing_layer,
    other_kind,
    swapped_layer,
    value_slip,
)
from checkers.snapshot import ModelFacts
from checkers.spec import Activation, Dense, LayerSpec, ModelSpec

__all__ = ["block_net", "wine_net"]

# Exercise 5


def _block(units: int) -> tuple[LayerSpec, ...]:
    """Return dense layer, normalization and activation, in the paper's order."""
    return (Dense(units, use_bias=False), norm(), Activation("relu"))


def _late_block(units: int, *, use_bias: bool) -> tuple[LayerSpec, ...]:
    """Return the block with the normalization after the activation."""
    return (Dense(units, activation="relu", use_bias=use_bias), norm())


def _skip_bias(outcome: Outcome, context: Context) -> Outcome:
    """Skip the biases where an activation stands before the normalization.

    No bias is redundant there, so there is nothing to look at.
    """
    early = {"BATCHNORM.AFTER_ACTIVATION", "BATCHNORM.RELU_INSIDE"}
    if not early & {found.code for found in outcome.found}:
        return outcome
    title = next(c.title for c in context.exercise.checks if c.name == "order")
    found = tuple(one for one in outcome.found if one.check != "bias")
    reason = say("SKIPPED.needs", needs=translate(title))
    return replace(outcome, found=found, skipped={**outcome.skipped, "bias": reason})


_BLOCKS = ModelSpec(inputs=(11,), layers=(*_block(64), *_block(32), Dense(1)))
_LATE = tuple(
    looks_like(
        ModelSpec(
            inputs=(11,),
            layers=(
                *_late_block(64, use_bias=use_bias),
                *_late_block(32, use_bias=use_bias),
                Dense(1),
            ),
        ),
        "BATCHNORM.AFTER_ACTIVATION",
        topic="BatchNormalization",
        layer=1,
        expected=N_("before the activation"),
        received=N_("after it"),
    )
    for use_bias in (True, False)
)

# Only the hidden layers: no normalization follows the last one.
_INSIDE = tuple(
    replace(
        value_slip("Dense.activation", "relu", "BATCHNORM.RELU_INSIDE"),
        position=position,
    )
    for position in (0, 3)
)

block_net = Key(
    exercise="batch-norm-block-net",
    rules=(
        Adjusted(
            Network(
                part="block_net",
                expects=_BLOCKS,
                claims={
                    "order": ("BatchNormalization", "Activation", "Dense.activation"),
                    "bias": ("Dense.use_bias",),
                    "network": ("*",),
                },
                given=ModelSpec(
                    inputs=(11,),
                    layers=(
                        Dense(64, activation="relu"),
                        Dense(32, activation="relu"),
                        Dense(1),
                    ),
                ),
                slips=(
                    *_LATE,
                    value_slip("Dense.use_bias", True, "BATCHNORM.BIAS_KEPT"),
                    *_INSIDE,
                    swapped_layer("Activation", "BATCHNORM.AFTER_ACTIVATION"),
                    missing_layer("Activation", "BATCHNORM.RELU_MISSING"),
                    *SETTINGS,
                ),
            ),
            _skip_bias,
        ),
    ),
    solution=N_(
        "Twice Dense(units, use_bias=False), BatchNormalization(), ReLU(), with 64 and "
        "32 units; then Dense(1)."
    ),
)

# Exercise 6

_WINE_GIVEN = ModelSpec(inputs=(11,), layers=(Dense(64, activation="relu"), Dense(1)))
_WINE = ModelSpec(inputs=(11,), layers=(norm(), *_WINE_GIVEN.layers))


def _name_unadapted(outcome: Outcome, context: Context) -> Outcome:
    """Correct the code of a Normalization layer that has seen no rows."""
    model = context.facts("wine_net")
    if not isinstance(model, ModelFacts):
        return outcome
    found = tuple(_unadapted(one, model) for one in outcome.found)
    return replace(outcome, found=found)


def _unadapted(found: Found, model: ModelFacts) -> Found:
    """Return the finding, with another code for a fresh Normalization."""
    index = found.layer.index if found.layer else None
    if found.code != "BATCHNORM.NORMALIZATION_LAYER" or index is None:
        return found
    layer = model.layers[index]
    is_fresh = set(weight(layer, "mean")) <= {0.0}
    has_constants = layer.config.get("mean") is not None
    if not is_fresh or has_constants:
        return found
    return replace(found, code="BATCHNORM.NORMALIZATION_NOT_ADAPTED")


wine_net = Key(
    exercise="batch-norm-wine-net",
    rules=(
        Adjusted(
            Network(
                part="wine_net",
                expects=_WINE,
                claims={
                    "scaler": ("BatchNormalization", "BatchNormalization.*"),
                    "network": ("*",),
                },
                given=_WINE_GIVEN,
                slips=(
                    looks_like(
                        ModelSpec(
                            inputs=(11,),
                            layers=(_WINE_GIVEN.layers[0], norm(), Dense(1)),
                        ),
                        "BATCHNORM.SCALER_LATE",
                        topic="BatchNormalization",
                        layer=1,
                    ),
                    looks_like(
                        ModelSpec(
                            inputs=(11,),
                            layers=(Dense(64), norm(), Activation("relu"), Dense(1)),
                        ),
                        "BATCHNORM.SCALER_LATE",
                        topic="BatchNormalization",
                        layer=1,
                    ),
                    looks_like(
                        ModelSpec(inputs=(11,), layers=(*_WINE_GIVEN.layers, norm())),
                        "BATCHNORM.SCALER_LATE",
                        topic="BatchNormalization",
                        layer=2,
                    ),
                    other_kind(
                        "BatchNormalization",
                        "Normalization",
                        "BATCHNORM.NORMALIZATION_LAYER",
                    ),
                    *SETTINGS,
                ),
            ),
            _name_unadapted,
        ),
    ),
    solution=N_(
        "keras.Input(shape=(11,)), BatchNormalization(), Dense(64, "
        'activation="relu"), Dense(1).'
    ),
)
