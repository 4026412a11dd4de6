"""Lesson 12, augmentation: what is right.

Penalties stand here; pictures, pipelines and what was measured have modules of their
own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._augmentation_measured import learning_curve, thousand_images
from checkers.keys._augmentation_pictures import augmented_nets
from checkers.keys._augmentation_pipeline import pipeline
from checkers.rules.functions import Equals
from checkers.rules.models import Network
from checkers.rules.slips import looks_like, other_kind, value_slip
from checkers.rules.values import ChoiceIs, NumberIs, Slip
from checkers.spec import ANYTHING, Dense, LayerSpec, ModelSpec, layer

__all__ = [
    "augmented_nets",
    "keras_penalty",
    "learning_curve",
    "penalized_net",
    "penalty_steps",
    "pipeline",
    "thousand_images",
]

# -- 1 · One step with a penalty -----------------------------------------------------

Matrix = list[list[float]]
New = Callable[..., float]  # one weight, its gradient, lr, lam, m


def _sign(value: float) -> float:
    return float((value > 0) - (value < 0))


def _step(new: New, *, biases: bool = False) -> Callable[..., tuple[Matrix, Any]]:
    """Return a step that moves each weight by `new`; `biases` does it to them too."""

    def step(
        w: Matrix,
        b: list[float],
        dw: Matrix,
        db: list[float],
        *settings: float,
    ) -> tuple[Matrix, list[float]]:
        weights = [
            [new(one, slope, *settings) for one, slope in zip(row, slopes, strict=True)]
            for row, slopes in zip(w, dw, strict=True)
        ]
        pairs = zip(b, db, strict=True)
        if biases:
            return weights, [new(one, slope, *settings) for one, slope in pairs]
        return weights, [one - settings[0] * slope for one, slope in pairs]

    return step


def _l2(w: float, dw: float, lr: float, lam: float, m: float) -> float:
    return w * (1 - lr * lam / m) - lr * dw


def _l1(w: float, dw: float, lr: float, lam: float, m: float) -> float:
    return w - lr * lam / m * _sign(w) - lr * dw


_L2_SLIPS: tuple[tuple[New, str], ...] = (
    (lambda w, dw, lr, lam, m: w * (1 - lr * lam / (2 * m)) - lr * dw, "HALF_TWICE"),
    (lambda w, dw, lr, lam, m: w * (1 - 2 * lr * lam / m) - lr * dw, "HALF_FORGOTTEN"),
    (lambda w, dw, lr, lam, m: w - (lr + lam / m) * dw, "ADDED_TO_RATE"),
    (lambda w, dw, lr, lam, m: w - (lr + lr * lam / m) * dw, "ADDED_TO_RATE"),
    (lambda w, dw, lr, lam, m: w - (lr + lam) * dw, "ADDED_TO_RATE"),
    (lambda w, dw, lr, lam, m: w * (1 - lam / m) - lr * dw, "DECAY_WITHOUT_RATE"),
    (lambda w, dw, lr, lam, m: w * (1 - lr * lam) - lr * dw, "NOT_DIVIDED_BY_M"),
    (lambda w, dw, lr, lam, m: w * (1 + lr * lam / m) - lr * dw, "DECAY_GROWS"),
    (lambda w, dw, lr, lam, m: (w - lr * dw) * (1 - lr * lam / m), "DECAY_AFTER_STEP"),
    (
        lambda w, dw, lr, lam, m: w - lr * lam / m * _sign(w) - lr * dw,
        "L1_FOR_L2_STEP",
    ),
    (lambda w, dw, lr, lam, m: w - lr * dw, "STEP_WITHOUT_PENALTY"),
)
_L1_SLIPS: tuple[tuple[New, str], ...] = (
    (_l2, "L2_FOR_L1_STEP"),
    (lambda w, dw, lr, lam, m: w - lr * lam / m * abs(w) - lr * dw, "SIZE_FOR_SIGN"),
    (
        lambda w, dw, lr, lam, m: w - lr * lam / m * _sign(dw) - lr * dw,
        "SIGN_OF_GRADIENT",
    ),
    (
        lambda w, dw, lr, lam, m: w - lr * lam / (2 * m) * _sign(w) - lr * dw,
        "HALF_IN_L1",
    ),
    (lambda w, dw, lr, lam, m: w - lr * lam / m - lr * dw, "SIGN_FORGOTTEN"),
    (
        lambda w, dw, lr, lam, m: w - lam / m * _sign(w) - lr * dw,
        "DECAY_WITHOUT_RATE",
    ),
    (
        lambda w, dw, lr, lam, m: w - lr * lam * _sign(w) - lr * dw,
        "NOT_DIVIDED_BY_M",
    ),
    (
        lambda w, dw, lr, lam, m: w + lr * lam / m * _sign(w) - lr * dw,
        "DECAY_GROWS",
    ),
    (lambda w, dw, lr, lam, m: w - lr * dw, "STEP_WITHOUT_PENALTY"),
)


def _slips(
    right: New, slips: tuple[tuple[New, str], ...]
) -> tuple[tuple[Callable[..., Any], str], ...]:
    """Return all slips, with and without a penalty on the biases."""
    both = [(_step(right, biases=True), "AUGMENTATION.BIAS_DECAYED")]
    both += [(_step(new), f"AUGMENTATION.{code}") for new, code in slips]
    both += [(_step(new, biases=True), f"AUGMENTATION.{code}") for new, code in slips]
    return tuple(both)


penalty_steps = Key(
    exercise="augmentation-penalty-steps",
    rules=(
        Equals(
            "l2",
            "l2_step",
            _step(_l2),
            slips=_slips(_l2, _L2_SLIPS),
            names=("w", "b"),
        ),
        Equals(
            "l1",
            "l1_step",
            _step(_l1),
            slips=_slips(_l1, _L1_SLIPS),
            names=("w", "b"),
        ),
        ChoiceIs(
            "adam",
            "with_adam",
            ("adamw",),
            (
                ("kernel_regularizer", "AUGMENTATION.ADAM_DIVIDES_PENALTY"),
                ("rate", "AUGMENTATION.RATE_IS_NO_DECAY"),
                ("nothing", "AUGMENTATION.ADAM_DOES_NOT_SHRINK"),
            ),
        ),
    ),
    solution=N_(
        "L2: w * (1 - lr * lam / m) - lr * dw. L1: w - lr * lam / m * np.sign(w) - lr "
        "* dw. In both: b - lr * db.\n"
        "Adam divides each slope, that of the penalty included, by the weight's own "
        "scale; AdamW keeps the shrinking apart."
    ),
)

# -- 2 · What Keras adds to the loss -------------------------------------------------

_FACTOR = 0.01


def _squares(p: dict[str, Any]) -> float:
    return float(sum(w * w for w in p["weights"]))


def _first(p: dict[str, Any]) -> float:
    return float(p["weights"][0])


keras_penalty = Key(
    exercise="augmentation-keras-penalty",
    rules=(
        NumberIs(
            "penalty",
            "penalty",
            lambda p: _FACTOR * _squares(p),
            tolerance=1e-5,
            slips=(
                Slip(lambda p: _FACTOR * _squares(p) / 2, "AUGMENTATION.HALF_OF_L2"),
                Slip(
                    lambda p: _FACTOR * _squares(p) ** 0.5,
                    "AUGMENTATION.NORM_NOT_SQUARED",
                ),
                Slip(lambda p: _FACTOR * _squares(p) / 3, "AUGMENTATION.MEAN_OF_L2"),
                Slip(
                    lambda p: _FACTOR * sum(abs(w) for w in p["weights"]),
                    "AUGMENTATION.L1_FOR_L2",
                ),
                Slip(
                    lambda p: _FACTOR * sum(p["weights"]) ** 2,
                    "AUGMENTATION.SQUARE_OF_SUM",
                ),
                Slip(_squares, "AUGMENTATION.FACTOR_FORGOTTEN"),
            ),
        ),
        NumberIs(
            "slope",
            "slope",
            lambda p: 2 * _FACTOR * _first(p),
            tolerance=1e-5,
            slips=(
                Slip(lambda p: _FACTOR * _first(p), "AUGMENTATION.SLOPE_WITH_HALF"),
                Slip(
                    lambda p: _FACTOR * _first(p) ** 2,
                    "AUGMENTATION.PENALTY_FOR_SLOPE",
                ),
                Slip(lambda p: _FACTOR * _sign(_first(p)), "AUGMENTATION.SLOPE_OF_L1"),
                Slip(lambda p: 2 * _first(p), "AUGMENTATION.FACTOR_FORGOTTEN"),
            ),
        ),
    ),
    solution=N_(
        "0.01 times the sum of the squares, and 2 * 0.01 * the first weight. There is "
        "no ½ in Keras's L2, so its slope has a 2."
    ),
)

# -- 3 · Noise in front, a penalty inside --------------------------------------------

_L2 = "L2(l2=0.001)"
_NOISE = layer("GaussianNoise", stddev=0.2)
_HIDDEN = Dense(32, "relu", kernel_regularizer=_L2)
_HEAD = Dense(1, kernel_regularizer=_L2)


def _wine(*layers: LayerSpec) -> ModelSpec:
    return ModelSpec(inputs=(11,), layers=layers)


penalized_net = Key(
    exercise="augmentation-penalized-net",
    rules=(
        Network(
            "penalized_net",
            _wine(_NOISE, _HIDDEN, _HEAD),
            claims={
                "noise": ("GaussianNoise", "GaussianNoise.*"),
                "penalty": ("*",),
            },
            given=_wine(Dense(32, "relu"), Dense(1)),
            slips=(
                value_slip(
                    "Dense.bias_regularizer", ANYTHING, "AUGMENTATION.BIAS_PENALIZED"
                ),
                value_slip(
                    "Dense.activity_regularizer",
                    ANYTHING,
                    "AUGMENTATION.OUTPUTS_PENALIZED",
                ),
                value_slip(
                    "Dense.kernel_regularizer",
                    "L2(l2=0.01)",
                    "AUGMENTATION.DEFAULT_FACTOR",
                ),
                value_slip(
                    "Dense.kernel_regularizer",
                    "L1(l1=0.001)",
                    "AUGMENTATION.L1_PENALTY",
                ),
                value_slip(
                    "GaussianNoise.stddev", 0.04, "AUGMENTATION.VARIANCE_FOR_STDDEV"
                ),
                other_kind(
                    "GaussianNoise", "GaussianDropout", "AUGMENTATION.NOISE_MULTIPLIES"
                ),
                other_kind("GaussianNoise", "Dropout", "AUGMENTATION.DROPS_INPUTS"),
                looks_like(
                    _wine(_HIDDEN, _NOISE, _HEAD),
                    "AUGMENTATION.NOISE_ON_UNITS",
                    topic="GaussianNoise",
                    layer=1,
                ),
                looks_like(
                    _wine(_HIDDEN, _HEAD, _NOISE),
                    "AUGMENTATION.NOISE_ON_OUTPUT",
                    topic="GaussianNoise",
                    layer=2,
                ),
            ),
        ),
    ),
    solution=N_(
        "GaussianNoise(0.2), then Dense(32, relu) and Dense(1), both with "
        "kernel_regularizer=keras.regularizers.L2(0.001).\n"
        "A bias only shifts a unit: holding it small costs fit and saves nothing."
    ),
)
