"""A measured gradient, beside which learners lay one that they worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, SupportsFloat

import numpy as np
import numpy.typing as npt

__all__ = ["numeric_gradient", "relative_error"]

STEP = 6e-6
"""Cube root of a float64's precision: rounding and curvature weigh the same."""


def numeric_gradient(
    f: Callable[[npt.NDArray[np.float64]], SupportsFloat], x: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Return the slope of `f` by each entry of `x`, by central differences.

    Each slope is (f(x + h) - f(x - h)) / 2h with h = 6e-6 · max(1, |x|). At a kink,
    such as a tie of a maximum, it is the mean of the slopes to both sides.

    Args:
        f: Gets an array shaped like `x`, returns one number. It works in float64: a
            network in float32 is too coarse for these steps.
        x: Where the slope is measured.

    Returns:
        An array of the shape of `x`.

    Raises:
        TypeError: If `f` does not return a single number.

    Example:
        >>> print(numeric_gradient(lambda x: (x**2).sum(), [1.0, -3.0]).round(6))
        [ 2. -6.]
    """
    point = np.array(x, dtype=np.float64)
    found = np.zeros_like(point)
    for place in np.ndindex(point.shape):
        size = STEP * max(1.0, abs(float(point[place])))
        up, down = point.copy(), point.copy()
        up[place] += size
        down[place] -= size
        # What is divided by is the distance that the rounded numbers really have.
        found[place] = (_number(f(up)) - _number(f(down))) / (up[place] - down[place])
    return found


def relative_error(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Return the largest distance of two gradients over their largest entry.

    Example:
        >>> relative_error([1.0, 2.0], [1.0, 2.5])
        0.2
    """
    a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    largest = max(float(np.abs(a).max()), float(np.abs(b).max()))
    return float(np.abs(a - b).max()) / largest if largest > 0 else 0.0


def _number(value: Any) -> float:
    array = np.asarray(value)
    if array.ndim != 0:
        raise TypeError(
            f"Expected one number from f. Received shape {array.shape}. "
            "Next: sum the results, weighted with the incoming gradient."
        )
    return float(array)
