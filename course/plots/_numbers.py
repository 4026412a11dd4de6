"""Numbers as the figures and their alternative texts need them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

Points: TypeAlias = "tuple[npt.ArrayLike, npt.ArrayLike]"


def flat(values: npt.ArrayLike, *, name: str) -> npt.NDArray[np.float64]:
    """Return values as one flat array of floats.

    Args:
        values: Numbers in any shape: a column `(n, 1)` counts as n numbers.
        name: What the values are, for the error message.

    Raises:
        ValueError: If there is no value.
    """
    array = np.asarray(values, dtype=np.float64).reshape(-1)
    if array.size == 0:
        msg = (
            f"Expected at least one number in `{name}`. Received none. "
            "Next: check the cell that computes it."
        )
        raise ValueError(msg)
    return array


def pair(
    y_true: npt.ArrayLike, y_pred: npt.ArrayLike
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return truth and prediction as two flat arrays of one length.

    Raises:
        ValueError: If the lengths differ.
    """
    truth, prediction = flat(y_true, name="y_true"), flat(y_pred, name="y_pred")
    if truth.size != prediction.size:
        msg = (
            "Expected as many predictions as true values. "
            f"Received {prediction.size} and {truth.size}. "
            "Next: predict on the same rows that y_true came from."
        )
        raise ValueError(msg)
    return truth, prediction


def xy(
    name: str, points: Points
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the x and the y of some points as two flat arrays of one length.

    Raises:
        ValueError: If the lengths differ.
    """
    x, y = (flat(part, name=name) for part in points)
    if x.size != y.size:
        msg = (
            f"Expected as many x as y in `{name}`. Received {x.size} and {y.size}. "
            "Next: pass arrays of one length."
        )
        raise ValueError(msg)
    return x, y


def best_epoch(curve: Sequence[float], *, highest: bool = False) -> int | None:
    """Return the epoch (from 0) of the lowest finite value, or None.

    With `highest` it is that of the highest one, as for an accuracy.

    Example:
        >>> best_epoch([0.9, 0.4, float("nan"), 0.5])
        1
        >>> best_epoch([float("nan")]) is None
        True
    """
    finite = [(value, i) for i, value in enumerate(curve) if math.isfinite(value)]
    if not finite:
        return None
    sign = -1 if highest else 1
    return min((sign * value, i) for value, i in finite)[1]


def short(value: float) -> str:
    """Return a number with at most four significant digits.

    Example:
        >>> short(0.193149), short(1234.5), short(5), short(float("nan"))
        ('0.1931', '1,234', '5', 'not a number')
    """
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "infinite"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def span(values: npt.NDArray[np.float64]) -> str:
    """Return the lowest and the highest value in words.

    Example:
        >>> span(np.array([3.0, 1.0, 2.0]))
        'from 1 to 3'
    """
    return f"from {short(float(np.min(values)))} to {short(float(np.max(values)))}"
