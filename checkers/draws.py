"""Random inputs for function exercises, from the seed that the grader gives.

    def cases(rng, parameters):
        return (Case((normal(rng, 4, 3), normal(rng, 3)), "four rows"), ...)

A case must be able to tell right from wrong, whatever the seed: sizes differ from each
other, so that a transposed result has another shape; `away_from` keeps entries off a
kink, where a slope cannot be measured; `distinct` leaves a maximum no ties.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from checkers.parts import Array

__all__ = ["away_from", "distinct", "labels", "normal", "shares", "uniform"]


def normal(rng: random.Random, *shape: int, scale: float = 1.0) -> Array:
    """Return normally distributed entries around 0."""
    return Array(_filled(shape, lambda: rng.gauss(0.0, scale)))


def uniform(rng: random.Random, *shape: int, low: float, high: float) -> Array:
    """Return entries from `low` to `high`."""
    return Array(_filled(shape, lambda: rng.uniform(low, high)))


def away_from(
    rng: random.Random, *shape: int, kinks: Sequence[float] = (0.0,), gap: float = 0.05
) -> Array:
    """Return normally distributed entries, none closer than `gap` to a kink."""

    def draw() -> float:
        while True:
            entry = rng.gauss(0.0, 1.0)
            if all(abs(entry - kink) >= gap for kink in kinks):
                return entry

    return Array(_filled(shape, draw))


def distinct(rng: random.Random, *shape: int, gap: float = 0.1) -> Array:
    """Return entries in random order, any two of them at least `gap` apart."""
    size = 1
    for length in shape:
        size *= length
    waiting = [gap * (place - size / 2) for place in range(size)]
    rng.shuffle(waiting)
    return Array(_filled(shape, waiting.pop))


def shares(rng: random.Random, *shape: int) -> Array:
    """Return positive entries that add up to 1 along the last axis."""

    def row() -> list[float]:
        parts = [rng.uniform(0.05, 1.0) for _ in range(shape[-1])]
        return [part / sum(parts) for part in parts]

    return Array(_filled(shape[:-1], row))


def labels(rng: random.Random, count: int, num_classes: int) -> Array:
    """Return class numbers in random order; every class occurs if there is room."""
    found = [number % num_classes for number in range(count)]
    rng.shuffle(found)
    return Array(found, "int64")


def _filled(shape: Sequence[int], draw: Any) -> Any:
    """Return a nested list of a shape."""
    if not shape:
        return draw()
    return [_filled(shape[1:], draw) for _ in range(shape[0])]
