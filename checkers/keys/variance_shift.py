"""Lesson 11, variance shift: what is right."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._variance_shift_measured import ratios, reestimate
from checkers.keys._variance_shift_noise import uniform_net
from checkers.rules.base import Context, Found
from checkers.rules.either import EitherNetwork
from checkers.rules.models import Network
from checkers.rules.slips import (
    extra_layer,
    looks_like,
    missing_layer,
    other_kind,
    value_slip,
)
from checkers.rules.values import ChoiceIs, Look, NumberIs, Slip
from checkers.snapshot import Facts, ValueFacts
from checkers.spec import (
    BatchNormalization,
    Dense,
    Dropout,
    LayerSpec,
    ModelSpec,
    between,
)

__all__ = [
    "monte_carlo_net",
    "ratios",
    "reading",
    "reestimate",
    "uniform_net",
    "variances",
    "wine_net",
]

# -- 1 · What comes out of a dropout layer -------------------------------------------

_TOLERANCE = 0.006  # two decimals, rounded
Parameters = dict[str, Any]


def _behind(p: Parameters, mean: float) -> float:
    """Return v/q + (1 - q)/q · m²: the variance behind inverted dropout."""
    q = 1 - p["rate"]
    return float(p["variance"] / q + (1 - q) / q * mean**2)


def _centered(p: Parameters) -> float:
    return _behind(p, 0.0)


def _rectified(p: Parameters) -> float:
    return _behind(p, p["mean"])


def _thinned(p: Parameters, mean: float) -> float:
    """Return the variance where nothing is divided: vanilla dropout."""
    q = 1 - p["rate"]
    return float(q * p["variance"] + q * (1 - q) * mean**2)


def _slips(mean: Callable[[Parameters], float]) -> tuple[Slip, ...]:
    """Return wrong thoughts that do not depend on the mean being 0 or not."""
    return (
        Slip(lambda p: p["variance"], "VARSHIFT.VARIANCE_KEPT"),
        Slip(lambda p: _thinned(p, mean(p)), "VARSHIFT.TIMES_KEEP"),
        Slip(lambda p: (1 - p["rate"]) * p["variance"], "VARSHIFT.TIMES_KEEP"),
        Slip(lambda p: p["variance"] / p["rate"], "VARSHIFT.RATE_FOR_KEEP"),
        Slip(
            lambda p: (
                p["variance"] / p["rate"] + (1 - p["rate"]) / p["rate"] * mean(p) ** 2
            ),
            "VARSHIFT.RATE_FOR_KEEP",
        ),
        Slip(lambda p: p["variance"] / (1 - p["rate"]) ** 2, "VARSHIFT.ONLY_SCALED"),
        Slip(lambda p: math.sqrt(_behind(p, mean(p))), "VARSHIFT.DEVIATION"),
    )


def _mean_square(p: Parameters) -> float:
    """Return the mean of the squares: the mean was not taken off."""
    return _rectified(p) + float(p["mean"]) ** 2


def _look_at_gaussian(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare with the right value, or with the learner's own for Dropout.

    The point is that both are equal; a wrong variance costs its own check only.
    """
    assert isinstance(facts, ValueFacts)
    own = context.facts("rectified")
    if isinstance(own, ValueFacts) and abs(facts.value - own.value) <= _TOLERANCE:
        return
    rule = NumberIs(
        "gaussian",
        "gaussian",
        _rectified,
        tolerance=_TOLERANCE,
        slips=(
            Slip(lambda p: p["variance"], "VARSHIFT.GAUSSIAN_LESS"),
            Slip(
                lambda p: p["variance"] + p["rate"] / (1 - p["rate"]),
                "VARSHIFT.NOISE_ADDED",
            ),
            Slip(
                lambda p: p["variance"] + p["rate"] / (1 - p["rate"]) * p["mean"] ** 2,
                "VARSHIFT.GAUSSIAN_LESS",
            ),
            Slip(_centered, "VARSHIFT.MEAN_FORGOTTEN"),
            *_slips(lambda p: p["mean"]),
        ),
    )
    for one in rule.run(context).found:
        is_known = one.code != "NUMBER.WRONG"
        is_less = facts.value < _rectified(context.parameters)
        code = one.code if is_known or not is_less else "VARSHIFT.GAUSSIAN_LESS"
        yield replace(one, code=code)


variances = Key(
    exercise="variance-shift-variances",
    rules=(
        NumberIs(
            "centered",
            "centered",
            _centered,
            tolerance=_TOLERANCE,
            slips=_slips(lambda p: 0.0),
        ),
        NumberIs(
            "rectified",
            "rectified",
            _rectified,
            tolerance=_TOLERANCE,
            slips=(
                Slip(_centered, "VARSHIFT.MEAN_FORGOTTEN"),
                Slip(
                    lambda p: _centered(p) + p["rate"] / (1 - p["rate"]) * p["mean"],
                    "VARSHIFT.MEAN_NOT_SQUARED",
                ),
                Slip(_mean_square, "VARSHIFT.MEAN_SQUARE"),
                *_slips(lambda p: p["mean"]),
            ),
        ),
        Look("gaussian", "gaussian", _look_at_gaussian),
    ),
    solution=N_(
        "q = 1 - rate. centered = variance / q. rectified = variance / q + (1 - q) / q "
        "* mean ** 2. gaussian = rectified.\n"
        "Dropout multiplies by a number of mean 1 and variance (1 - q)/q. "
        "GaussianDropout draws from another distribution with the same mean and the "
        "same variance, so it shifts as much."
    ),
)

# -- 3 · Repair the wine network -----------------------------------------------------

_DENSE, _DROP, _HEAD = Dense(1024, "relu"), Dropout(0.3), Dense(1)


def _norm(**settings: Any) -> LayerSpec:
    """Return a BatchNormalization with the settings that lesson 10 allows."""
    free = {"momentum": between(0.9, 0.999), "epsilon": between(0.0, 0.01)}
    return replace(BatchNormalization(**free, **settings), given=tuple(settings))


_NORM = _norm()


def _wine(*layers: LayerSpec) -> ModelSpec:
    return ModelSpec(inputs=(11,), layers=layers)


def _blocks(*block: LayerSpec) -> tuple[LayerSpec, ...]:
    return block * 3


_REPAIRED = _wine(*_blocks(_DENSE, _NORM), _DROP, _HEAD)


def _wrong_wine(
    code: str, layer: int | None, *layers: LayerSpec, topic: str = "Dropout"
) -> Any:
    return looks_like(_wine(*layers), f"VARSHIFT.{code}", topic=topic, layer=layer)


wine_net = Key(
    exercise="variance-shift-wine-net",
    rules=(
        Network(
            "wine_net",
            _REPAIRED,
            claims={"dropout": ("Dropout", "Dropout.*"), "network": ("*",)},
            given=_wine(*_blocks(_DENSE, _DROP, _NORM), _HEAD),
            slips=(
                _wrong_wine("SWAPPED", 2, *_blocks(_DENSE, _NORM, _DROP), _HEAD),
                _wrong_wine(
                    "NORM_DELETED",
                    None,
                    *_blocks(_DENSE, _DROP),
                    _HEAD,
                ),
                _wrong_wine(
                    "NORM_DELETED",
                    None,
                    *(_DENSE, _DENSE, _DENSE, _DROP, _HEAD),
                ),
                _wrong_wine("ON_OUTPUT", 7, *_blocks(_DENSE, _NORM), _HEAD, _DROP),
                _wrong_wine("NO_DROPOUT", None, *_blocks(_DENSE, _NORM), _HEAD),
                _wrong_wine(
                    "STILL_BEFORE",
                    5,
                    *(_DENSE, _NORM, _DENSE, _NORM, _DENSE, _DROP, _NORM, _HEAD),
                ),
                _wrong_wine(
                    "THREE_IN_A_ROW",
                    7,
                    *_blocks(_DENSE, _NORM),
                    *(_DROP, _DROP, _DROP, _HEAD),
                ),
                extra_layer("Dropout", "VARSHIFT.ONE_MORE"),
                missing_layer("BatchNormalization", "VARSHIFT.NORM_DELETED"),
                value_slip("Dropout.rate", 0.7, "DROPOUT.RATE_IS_KEEP"),
                other_kind("Dropout", "GaussianDropout", "VARSHIFT.GAUSSIAN_FOR_PLACE"),
            ),
        ),
    ),
    solution=N_(
        "Three times Dense(1024, relu), BatchNormalization(); then Dropout(0.3), "
        "Dense(1).\n"
        "No normalization lies behind the dropout, so each stores the variance that it "
        "will see at inference. The parameters stay 2,124,801."
    ),
)

# -- 5 · What a score can show -------------------------------------------------------

reading = Key(
    exercise="variance-shift-reading",
    rules=(
        ChoiceIs(
            "accuracy",
            "accuracy",
            ("both",),
            slips=(
                ("no_shift", "VARSHIFT.SCORE_FOR_RATIO"),
                ("one_seed", "VARSHIFT.ONE_SEED"),
                ("always_worse", "VARSHIFT.ALWAYS_WORSE"),
                ("cancels", "VARSHIFT.SHIFT_CANCELS"),
            ),
        ),
        ChoiceIs(
            "biology",
            "biology",
            ("zeros",),
            slips=(
                ("layer", "VARSHIFT.LAYER_IN_CELLS"),
                ("augmentation", "VARSHIFT.LAYER_IN_CELLS"),
                ("cells", "VARSHIFT.LOST_CELLS"),
            ),
        ),
    ),
    solution=N_(
        "accuracy: the scores tell the cost, the ratios tell the shift. biology: zeros "
        "that the measurement made.\n"
        "Imputation guesses what was missed; no layer is involved."
    ),
)

# -- 7 · Masks on, statistics off ----------------------------------------------------

_WIDE, _HALF = Dense(64, "relu"), Dropout(0.5)


def _monte_carlo(norm: LayerSpec, **more: Any) -> Network:
    """Return the rule on one way to keep the normalization at inference."""
    return Network(
        "monte_carlo_net",
        _wine(_WIDE, norm, _HALF, _HEAD),
        claims={"network": ("*",)},
        **more,
    )


monte_carlo_net = Key(
    exercise="variance-shift-monte-carlo-net",
    rules=(
        EitherNetwork(
            _monte_carlo(
                _norm(trainable=False),
                slips=(
                    looks_like(
                        _wine(_WIDE, _HALF, _HEAD), "VARSHIFT.NORM_DELETED", layer=None
                    ),
                    looks_like(
                        _wine(_WIDE, _norm(trainable=False), _HEAD),
                        "VARSHIFT.NO_DROPOUT",
                        layer=None,
                    ),
                    value_slip(
                        "BatchNormalization.trainable", True, "VARSHIFT.NORM_STILL_ON"
                    ),
                ),
            ),
            also=(
                _monte_carlo(_norm(switch="off")),
                _monte_carlo(_norm(trainable=False, switch="off")),
            ),
        ),
        ChoiceIs(
            "reason",
            "reason",
            ("batch",),
            slips=(
                ("masks", "VARSHIFT.MASK_MEAN"),
                ("passes", "VARSHIFT.FEW_PASSES"),
                ("gamma", "VARSHIFT.CALLS_TRAIN"),
            ),
        ),
    ),
    solution=N_(
        "Dense(64, relu), BatchNormalization(trainable=False), Dropout(0.5), Dense(1); "
        "reason: training=True reaches the normalization as well.\n"
        "A BatchNormalization that is not trainable uses its stored statistics in both "
        "modes. In a subclass, self.norm(x, training=False) does the same; in a "
        "functional network it does not, because the mode of the whole model overrules "
        "it."
    ),
)
