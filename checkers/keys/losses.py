"""Keys of lesson 02_losses: what is right, and the thoughts behind what is not."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._losses_functions import (
    Renamed,
    WithWarnings,
    bce_of,
    cross_entropy_of,
    curve,
    entropy_of,
    guarded,
    kl_of,
    logistic,
    softmax_of,
    warns_of_overflow,
)
from checkers.linting.settings import REGRESSION
from checkers.rules.compiling import Compiled
from checkers.rules.functions import Each
from checkers.rules.models import Network
from checkers.rules.shared import Share, Shared
from checkers.rules.values import ChoiceIs, NumberIs, Slip
from checkers.spec import ANYTHING, Dense, LayerSpec, ModelSpec

_CODE = "LOSSES"

# -- 1 · sigmoid ---------------------------------------------------------------------


def _is_far(x: Any, *_: Any) -> bool:
    return isinstance(x, list) and max(map(abs, x)) > 100


def _power(function: Callable[[float, float, float], float]) -> Callable[..., Any]:
    """Return the logistic function with another power."""
    return lambda x, x0, k: curve(lambda one: guarded(function(one, x0, k)))(x)


def _tanh(divisor: float) -> Callable[..., Any]:
    """Return the curve from -1 to 1, with a divisor of its argument."""
    return lambda x, x0, k: curve(lambda v: math.tanh(k * (v - x0) / divisor))(x)


sigmoid = Key(
    "losses-sigmoid",
    (
        WithWarnings(
            Shared(
                "sigmoid",
                logistic,
                shares=(Share("stable", _is_far), Share("values")),
                slips=tuple(
                    (slip, f"{_CODE}.{code}", "values")
                    for slip, code in (
                        (_tanh(1), "SIGMOID_IS_TANH"),
                        (_tanh(2), "SIGMOID_IS_TANH"),
                        (
                            lambda x, x0, k: curve(lambda v: k * guarded(v - x0))(x),
                            "SLOPE_OUTSIDE",
                        ),
                        (_power(lambda x, x0, k: k * (x + x0)), "MIDPOINT_SIGN"),
                        (_power(lambda x, x0, k: k * (x0 - x)), "SIGMOID_FALLS"),
                        (_power(lambda x, x0, k: k * x - x0), "MIDPOINT_NOT_SCALED"),
                        (_power(lambda x, x0, k: (x - x0) / k), "SLOPE_DIVIDES"),
                        (_power(lambda x, x0, k: x - x0), "SLOPE_IGNORED"),
                        (_power(lambda x, x0, k: k * x), "MIDPOINT_IGNORED"),
                    )
                ),
            ),
            Each("stable", "sigmoid", warns_of_overflow),
        ),
    ),
    solution=N_("""\
def sigmoid(x, x0, k):
    z = k * (x - x0)
    small = np.exp(-np.abs(z))  # never above 1
    return np.where(z >= 0, 1, small) / (1 + small)

Both branches are the same function: for z < 0, numerator and denominator are
multiplied by e^z. k is inside the exponent; x0 is where the curve passes 1/2."""),
)

# -- 2 · softmax ---------------------------------------------------------------------

Rows = list[list[float]]


def _softmax(z: Rows, T: float) -> Rows:
    return [softmax_of(row, T) for row in z]


def _turned(rows: Rows) -> Rows:
    return [list(column) for column in zip(*rows, strict=True)]


def _over_all(z: Rows, T: float) -> Rows:
    """Return what dividing by one sum of all rows gives."""
    flat = softmax_of([score for row in z for score in row], T)
    width = len(z[0])
    return [flat[at : at + width] for at in range(0, len(flat), width)]


def _row_powers_over_all(z: Rows, T: float) -> Rows:
    """Return what one sum of all rows gives, each row with a maximum of its own."""
    largest = [max(row) for row in z]
    pairs = list(zip(z, largest, strict=True))
    powers = [[math.exp((one - most) / T) for one in row] for row, most in pairs]
    total = sum(map(sum, powers))
    return [[power / total for power in row] for row in powers]


_LARGE = 100.0

softmax = Key(
    "losses-softmax",
    (
        Renamed(
            Shared(
                "softmax",
                _softmax,
                shares=(
                    Share(
                        "stable",
                        lambda z, T: max(abs(v) for row in z for v in row) / T > _LARGE,
                    ),
                    Share("rows", lambda z, T: T == 1),
                    Share("temperature"),
                ),
                slips=(
                    (
                        lambda z, T: _turned(_softmax(_turned(z), T)),
                        f"{_CODE}.SOFTMAX_AXIS",
                        "rows",
                    ),
                    (_over_all, f"{_CODE}.SOFTMAX_OVER_BATCH", "rows"),
                    (_row_powers_over_all, f"{_CODE}.SOFTMAX_OVER_BATCH", "rows"),
                    (
                        lambda z, T: _softmax(z, 1 / T),
                        f"{_CODE}.TEMPERATURE_MULTIPLIES",
                        "temperature",
                    ),
                    (
                        lambda z, T: _softmax(z, 1),
                        f"{_CODE}.TEMPERATURE_IGNORED",
                        "temperature",
                    ),
                    (
                        lambda z, T: [
                            [value / T for value in softmax_of(row)] for row in z
                        ],
                        f"{_CODE}.TEMPERATURE_ON_RESULT",
                        "temperature",
                    ),
                ),
            ),
            codes=(
                ("FUNCTION.OVERFLOW", f"{_CODE}.SOFTMAX_NO_MAX"),
                ("FUNCTION.NAN", f"{_CODE}.SOFTMAX_NO_MAX"),
            ),
        ),
    ),
    solution=N_("""\
def softmax(z, T):
    z = z / T
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)

Each row has its own maximum and its own sum. Subtracting the maximum cancels out in
the division; it only keeps e^z from overflowing."""),
)

# -- 3 · entropy, KL, cross-entropy --------------------------------------------------

_TOLERANCE = 1e-5  # log(p + 1e-7) is a right way around 0
_ZERO = (("FUNCTION.NAN", f"{_CODE}.LOG_OF_ZERO"),)


def _log10(value: float) -> float:
    return math.log10(value)


def _in(log: Callable[[float], float], function: Callable[..., float]) -> Any:
    return lambda *args: function(*args, log=log)


def _units(function: Callable[..., float]) -> tuple[tuple[Any, str], ...]:
    """Return the slips that any of the three can have."""
    return (
        (_in(math.log2, function), f"{_CODE}.BITS"),
        (_in(_log10, function), f"{_CODE}.DECIMAL_LOGARITHM"),
        (lambda *args: -function(*args), f"{_CODE}.ENTROPY_SIGN"),
        (
            lambda *args: function(*args) / len(args[0]),
            f"{_CODE}.MEAN_OVER_CLASSES",
        ),
    )


def _entropy_rule(
    name: str, function: Callable[..., float], *slips: tuple[Any, str]
) -> Renamed:
    rule = Shared(
        name,
        function,
        shares=(Share(name, lambda p, *_: min(p) > 0), Share("zeros")),
        slips=tuple((slip, code, name) for slip, code in (*slips, *_units(function))),
        tolerance=_TOLERANCE,
    )
    return Renamed(rule, _ZERO, tells_one_cause=True)


entropies = Key(
    "losses-entropies",
    (
        _entropy_rule("entropy", entropy_of),
        _entropy_rule(
            "kl",
            kl_of,
            (lambda p, q: kl_of(q, p), f"{_CODE}.KL_SWAPPED"),
            (cross_entropy_of, f"{_CODE}.KL_IS_CROSS_ENTROPY"),
            (lambda p, q: entropy_of(q) - entropy_of(p), f"{_CODE}.KL_OF_ENTROPIES"),
            (lambda p, q: entropy_of(p) - entropy_of(q), f"{_CODE}.KL_OF_ENTROPIES"),
        ),
        _entropy_rule(
            "cross_entropy",
            cross_entropy_of,
            (
                lambda p, q: cross_entropy_of(q, p),
                f"{_CODE}.CROSS_ENTROPY_SWAPPED",
            ),
            (kl_of, f"{_CODE}.CROSS_ENTROPY_IS_KL"),
            (lambda p, q: entropy_of(p), f"{_CODE}.CROSS_ENTROPY_IGNORES_Q"),
        ),
    ),
    solution=N_("""\
def entropy(p):
    p = p[p > 0]
    return -np.sum(p * np.log(p))

def kl(p, q):
    keep = p > 0
    return np.sum(p[keep] * np.log(p[keep] / q[keep]))

def cross_entropy(p, q):
    return entropy(p) + kl(p, q)

A class with p = 0 adds nothing, so it is left out before the logarithm. KL weighs by
p, the truth: swapping p and q is another number."""),
)


# -- 4 · one number ------------------------------------------------------------------


def _value(log: Callable[[float], float]) -> Callable[[dict[str, Any]], float]:
    return lambda p: -log(p["guess"][p["true_class"]])


one_number = Key(
    "losses-one-number",
    (
        NumberIs(
            "value",
            "cross_entropy_of_guess",
            _value(math.log),
            tolerance=0.0005,
            slips=(
                Slip(lambda p: -sum(map(math.log, p["guess"])), f"{_CODE}.ALL_CLASSES"),
                Slip(
                    lambda p: -sum(map(math.log, p["guess"])) / len(p["guess"]),
                    f"{_CODE}.ALL_CLASSES",
                ),
                Slip(_value(math.log10), f"{_CODE}.DECIMAL_LOGARITHM_NUMBER"),
                Slip(_value(math.log2), f"{_CODE}.BITS_NUMBER"),
                Slip(
                    lambda p: math.log(p["guess"][p["true_class"]]),
                    f"{_CODE}.LOSS_SIGN",
                ),
                Slip(
                    lambda p: -math.log(1 - p["guess"][p["true_class"]]),
                    f"{_CODE}.OTHER_CLASSES",
                ),
                Slip(lambda p: entropy_of(p["guess"]), f"{_CODE}.ENTROPY_OF_GUESS"),
            ),
        ),
    ),
    solution=N_(
        "The truth is one-hot, so all terms but one are 0 times something: what is "
        "left is -np.log of the probability that the guess gave the true class. For "
        "0.7 that is 0.3567."
    ),
)

# -- 5 · binary cross-entropy --------------------------------------------------------

bce = Key(
    "losses-bce",
    (
        Renamed(
            Shared(
                "bce",
                bce_of,
                shares=(
                    Share("clip", lambda y, p, reduction: min(p) == 0 or max(p) == 1),
                    Share("sum", lambda y, p, reduction: reduction == "sum"),
                    Share("mean"),
                ),
                slips=(
                    (
                        lambda y, p, reduction: bce_of(y, p, "sum"),
                        f"{_CODE}.SUM_FOR_MEAN",
                        "mean",
                    ),
                    (
                        lambda y, p, reduction: bce_of(y, p, "mean"),
                        f"{_CODE}.MEAN_FOR_SUM",
                        "sum",
                    ),
                    (
                        lambda y, p, reduction: bce_of(
                            y, p, reduction, weights=(1.0, 0.0)
                        ),
                        f"{_CODE}.ONLY_ONES",
                        "sum",
                    ),
                    (
                        lambda y, p, reduction: bce_of(
                            [1 - one for one in y], p, reduction
                        ),
                        f"{_CODE}.LABELS_SWAPPED",
                        "sum",
                    ),
                    (
                        lambda y, p, reduction: -bce_of(y, p, reduction),
                        f"{_CODE}.ENTROPY_SIGN",
                        "sum",
                    ),
                    (
                        lambda y, p, reduction: bce_of(y, p, reduction, log=math.log2),
                        f"{_CODE}.BITS",
                        "sum",
                    ),
                ),
                tolerance=_TOLERANCE,
            ),
            codes=(
                ("FUNCTION.NAN", f"{_CODE}.NO_CLIP"),
                ("FUNCTION.OVERFLOW", f"{_CODE}.NO_CLIP"),
            ),
        ),
    ),
    solution=N_("""\
def bce(y, p, reduction):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    losses = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    return losses.sum() if reduction == "sum" else losses.mean()

The pair of the task gives 4.8283 as a sum and 1.2071 as a mean. Without clipping, one
prediction of exactly 0 or 1 that is wrong makes the loss infinite, and one that is
right makes it nan."""),
)

# -- 6 · head and loss ---------------------------------------------------------------

head_and_loss = Key(
    "losses-head-and-loss",
    (
        ChoiceIs(
            "digits",
            "digits",
            ("softmax_sparse",),
            slips=(
                ("sigmoid_sparse", f"{_CODE}.SIGMOID_WITH_SPARSE"),
                ("softmax_one_hot", f"{_CODE}.ONE_HOT_FOR_NUMBERS"),
                ("one_value", f"{_CODE}.DIGIT_AS_VALUE"),
                ("softmax_logits", f"{_CODE}.SOFTMAX_TWICE"),
            ),
        ),
        ChoiceIs(
            "fruit",
            "fruit",
            ("sigmoid_bce",),
            slips=(
                ("softmax_one_hot", f"{_CODE}.SOFTMAX_FOR_TAGS"),
                ("softmax_bce", f"{_CODE}.SOFTMAX_FOR_TAGS"),
                ("sigmoid_sparse", f"{_CODE}.SPARSE_FOR_TAGS"),
                ("one_sigmoid", f"{_CODE}.ONE_UNIT_FOR_TAGS"),
            ),
        ),
        ChoiceIs(
            "score",
            "score",
            ("linear_mse",),
            slips=(
                ("softmax_mse", f"{_CODE}.SOFTMAX_IS_ONE"),
                ("sigmoid_mse", f"{_CODE}.SIGMOID_FOR_SCORE"),
                ("sigmoid_bce", f"{_CODE}.SIGMOID_FOR_SCORE"),
                ("softmax_sparse", f"{_CODE}.SCORE_AS_CLASS"),
            ),
        ),
    ),
    solution=N_(
        "Digits: 10 units, softmax, sparse categorical cross-entropy (labels are class "
        "numbers). Tags: 2 units, sigmoid, binary cross-entropy (both may be true). "
        "Score: 1 unit, no activation, mean squared error (a miss has a size)."
    ),
)

# -- 7 · three heads -----------------------------------------------------------------


def _head(units: int) -> LayerSpec:
    """Return a head of any activation: `Compiled` judges it beside the loss."""
    return replace(Dense(units, ANYTHING), given=("units",))


def _net(
    part: str, check: str, width: int, units: int, losses: tuple[str, ...]
) -> tuple[Network, Compiled]:
    """Return the rules on one of the three networks."""
    network = Network(
        part,
        lambda p: ModelSpec((width,), (Dense(p["units"], "relu"), _head(units))),
        claims={check: ("*",)},
    )
    return network, Compiled(check, part, losses=losses, free=("delta",))


_VALUE_LOSSES = tuple(sorted(REGRESSION))

three_heads = Key(
    "losses-three-heads",
    (
        *_net("digit_net", "digits", 784, 10, ("sparse_categorical_crossentropy",)),
        *_net(
            "fruit_net",
            "fruit",
            50,
            2,
            ("binary_crossentropy", "binary_focal_crossentropy"),
        ),
        *_net("wine_net", "score", 11, 1, _VALUE_LOSSES),
    ),
    solution=N_("""\
digit_net ends with Dense(10, activation="softmax") and is compiled with
loss="sparse_categorical_crossentropy"; fruit_net with Dense(2, activation="sigmoid")
and "binary_crossentropy"; wine_net with Dense(1) and "mse".

A head without an activation is right for the first two as well, with
from_logits=True in the loss."""),
)
