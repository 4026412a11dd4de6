"""Keys of exercises 4 and 6 of lesson 03_relu: arrays that were measured."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._relu_bands import (
    BIAS_NORMS,
    GRADIENT_NORMS,
    KERNEL_NORMS,
    SPREADS,
)
from checkers.rules.base import Context, Found
from checkers.rules.entries import Arrays, Within
from checkers.rules.values import Look, NumberIs, Slip
from checkers.snapshot import Facts, ValueFacts
from checkers.tasks.relu import NETS, RATES

__all__ = ["depth", "rate_sweep"]

# -- 4 · Ten layers deep -------------------------------------------------------------

HEALTHY = ("tanh, Glorot", "tanh, He", "relu, He")


def _rooted(values: Sequence[float]) -> list[float]:
    return [math.sqrt(abs(value)) for value in values]


def _squared(values: Sequence[float]) -> list[float]:
    return [value * value for value in values]


def _reversed(values: Sequence[float]) -> list[float]:
    return list(values)[::-1]


def _has_moved(arrays: Arrays) -> bool:
    """Return True if the last layers of a start with 0.01 have left it.

    Fresh, all kernels of such a network have gradients of one size, within a factor of
    4. After some epochs the last layers are 10,000 times ahead of the first.
    """
    return any(
        arrays[name][9] > 100 * arrays[name][0] for name in ("tanh, 0.01", "relu, 0.01")
    )


def _has_biases(arrays: Arrays) -> bool:
    """Return True if the upper half of a start with 0.01 has its biases' gradients."""
    return any(
        all(
            low <= entry <= high
            for (low, high), entry in zip(
                BIAS_NORMS[name][5:], arrays[name][5:], strict=True
            )
        )
        for name in ("tanh, 0.01", "relu, 0.01")
    )


def _has_grown(arrays: Arrays) -> bool:
    """Return True if a start with 0.01 gives outputs that no fresh network gives."""
    return any(arrays[name][9] > 1e-6 for name in ("tanh, 0.01", "relu, 0.01"))


def _healthy(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare the set of names; whatever is no list counts as a list of it."""
    del context
    assert isinstance(facts, ValueFacts)
    value = facts.value
    given = value if isinstance(value, list) else [value]
    names = {str(name).strip().lower() for name in given} if given else set()
    known = {name.lower() for name in NETS}
    right = {name.lower() for name in HEALTHY}
    about = {"part": "healthy"}
    text = ", ".join(sorted(map(str, given))) if given else str(value)
    if not names <= known:
        yield Found("RELU.UNKNOWN_NET", "reading", about, received=text[:200])
    elif names == right:
        return
    elif names & {"relu, glorot"} and right <= names:
        yield Found("RELU.HALVED_NOT_HEALTHY", "reading", about, received=text)
    elif any(name.startswith("sigmoid") for name in names):
        yield Found("RELU.SIGMOID_HEALTHY", "reading", about, received=text)
    else:
        yield Found("RELU.OTHER_HEALTHY", "reading", about, received=text)


depth = Key(
    exercise="relu-depth",
    rules=(
        Within(
            "gradients",
            "gradient_norms",
            GRADIENT_NORMS,
            slips=(
                (KERNEL_NORMS, "RELU.WEIGHTS_NOT_GRADIENTS"),
                (BIAS_NORMS, "RELU.BIASES_ONLY"),
            ),
            undo=(
                (_rooted, "RELU.NORM_SQUARED"),
                (_reversed, "RELU.LAST_LAYER_FIRST"),
            ),
            signs=(
                (_has_biases, "RELU.BIASES_TOO"),
                (_has_moved, "RELU.TRAINED_NETS"),
            ),
            outside="RELU.GRADIENT_OUTSIDE",
        ),
        Within(
            "spreads",
            "spreads",
            SPREADS,
            undo=(
                (_rooted, "RELU.VARIANCE_FOR_SPREAD"),
                (_reversed, "RELU.LAST_LAYER_FIRST"),
            ),
            signs=((_has_grown, "RELU.TRAINED_NETS"),),
            outside="RELU.SPREAD_OUTSIDE",
        ),
        Look("reading", "healthy", _healthy),
    ),
    solution=N_(
        "with tf.GradientTape() as tape: loss = loss_of(net); then the norm of each of "
        "tape.gradient(loss, kernels).\n"
        "Only tanh with Glorot or He and relu with He keep gradients and outputs above "
        "0.1 over ten layers. Each activation wants its own start."
    ),
)

# -- 6 · Five rates ------------------------------------------------------------------
# Lowest validation MAE in 20 epochs (MPa); see design.md for the seeds.
_SWEEP = ((13.0, 16.6), (10.3, 12.9), (6.5, 9.8), (4.6, 5.9))
_EARLY = ((14.0, 17.6), (13.2, 16.9), (10.4, 14.4), (8.0, 11.6))
_LAST = (5.9, 8.0)  # of the fourth rate, at the last epoch


def _inside(value: Any, band: tuple[float, float]) -> bool:
    return isinstance(value, int | float) and band[0] <= value <= band[1]


def _by_rate(value: Any) -> list[Any] | None:
    """Return five entries in the order of the rates; None if they are not there."""
    if isinstance(value, dict):
        try:
            known = {float(name): entry for name, entry in value.items()}
        except ValueError:
            return None
        return [known.get(rate) for rate in RATES] if len(known) == 5 else None
    return value if isinstance(value, list) and len(value) == len(RATES) else None


def _sweep(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare the lowest errors; the fifth run has none."""
    del context
    assert isinstance(facts, ValueFacts)
    entries, about = _by_rate(facts.value), {"part": "sweep"}
    if entries is None:
        size = len(facts.value) if isinstance(facts.value, list | dict) else 1
        shapes = f"({len(RATES)},)", f"({size},)"
        yield Found("VALUES.SHAPE", "sweep", about, None, *shapes)
        return
    finite, lost = entries[:4], entries[4]
    if isinstance(lost, int | float) and lost == 0:
        yield Found("RELU.NAN_AS_ZERO", "sweep", about, received="0")
        return
    if all(map(_inside, finite, _EARLY)):
        yield _sweep_found("RELU.SWEEP_TOO_SHORT", finite, 2)
        return
    for at, (entry, band) in enumerate(zip(finite, _SWEEP, strict=True)):
        if not _inside(entry, band):
            is_last = at == 3 and _inside(entry, _LAST)
            is_scaled = isinstance(entry, int | float) and 0 < entry < 1.5
            code = "RELU.SWEEP_LAST_EPOCH" if is_last else "RELU.SWEEP_OUTSIDE"
            code = "RELU.SWEEP_SCALED" if is_scaled else code
            yield _sweep_found(code, finite, at)
            return
    if isinstance(lost, int | float) and math.isfinite(lost) and lost < 50:
        yield Found("RELU.DIVERGED_HAS_NO_LOWEST", "sweep", about, received=f"{lost:g}")


def _sweep_found(code: str, entries: Sequence[Any], at: int) -> Found:
    entry = entries[at]
    text = f"{entry:.4g}" if isinstance(entry, int | float) else repr(entry)
    values = {"part": "sweep", "rate": f"{RATES[at]:g}"}
    return Found(code, "sweep", values, received=text)


rate_sweep = Key(
    exercise="relu-rate-sweep",
    rules=(
        Look("sweep", "sweep", _sweep),
        NumberIs(
            "best",
            "best_rate",
            0.1,
            tolerance=1e-6,
            slips=(
                Slip(1.0, "RELU.NAN_IS_BEST"),
                Slip(0.0001, "RELU.SAFEST_IS_BEST"),
                Slip(3, "RELU.POSITION_FOR_RATE"),
            ),
        ),
        NumberIs(
            "diverging",
            "first_diverging",
            1.0,
            tolerance=1e-6,
            slips=(
                Slip(0.1, "RELU.JUMPS_DIVERGE"),
                Slip(4, "RELU.POSITION_FOR_RATE"),
            ),
        ),
    ),
    solution=N_(
        "The errors fall with the rate up to 0.1, to about 5.3 MPa. With 1.0 the first "
        "epoch already ends in nan: no lowest value, and no best rate."
    ),
)
