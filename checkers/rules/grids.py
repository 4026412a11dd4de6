"""Arrays as the judge sees them: a shape and a flat list, without NumPy."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Grid", "is_close", "precision_of"]

Shape = tuple[int, ...]

# Relative error that one value may carry from rounding alone: some units in the last
# place, times the few hundred operations of a course exercise.
_PRECISION = {"float64": 1e-9, "float32": 2e-5, "float16": 4e-3, "bfloat16": 3e-2}


@dataclass(frozen=True)
class Grid:
    """Numbers of one shape.

    Attributes:
        shape: Lengths of the axes; () for a single number.
        entries: All numbers, the last axis running fastest.
    """

    shape: Shape
    entries: tuple[float, ...]

    @classmethod
    def of(cls, value: Any) -> Grid | None:
        """Return a nested list as a grid; None if it is ragged or holds no numbers.

        Example:
            >>> Grid.of([[1, 2], [3, 4]])
            Grid(shape=(2, 2), entries=(1, 2, 3, 4))
        """
        if isinstance(value, int | float):
            return cls((), (value,))
        if not isinstance(value, list | tuple):
            return None
        rows = [cls.of(item) for item in value]
        whole = [row for row in rows if row is not None]
        if len(whole) < len(rows) or len({row.shape for row in whole}) > 1:
            return None
        inner = whole[0].shape if whole else ()
        entries = tuple(entry for row in whole for entry in row.entries)
        return cls((len(rows), *inner), entries)

    @property
    def is_finite(self) -> bool:
        """True if no entry is nan or infinite."""
        return all(map(math.isfinite, self.entries))

    @property
    def largest(self) -> float:
        """Largest absolute value of all finite entries; 0 if there are none."""
        return max((abs(x) for x in self.entries if math.isfinite(x)), default=0.0)

    def map(self, change: Callable[[float], float]) -> Grid:
        """Return the grid with each entry changed; nan where that is impossible."""

        def safely(entry: float) -> float:
            try:
                return change(entry)
            except (ValueError, ArithmeticError):
                return math.nan

        return Grid(self.shape, tuple(safely(entry) for entry in self.entries))

    def indices(self) -> Iterator[Shape]:
        """Yield the position of each entry, in the order of `entries`."""
        return itertools.product(*(range(size) for size in self.shape))

    def transposed(self) -> Grid:
        """Return the grid with its axes in reverse order."""
        shape = self.shape[::-1]
        strides = _strides(self.shape)[::-1]
        entries = tuple(
            self.entries[sum(map(_product, index, strides))]
            for index in itertools.product(*(range(size) for size in shape))
        )
        return Grid(shape, entries)

    def flipped(self, axes: Sequence[int]) -> Grid:
        """Return the grid in reverse order along some axes."""
        strides = _strides(self.shape)
        entries = tuple(
            self.entries[
                sum(
                    (size - 1 - at if axis in axes else at) * stride
                    for axis, (at, size, stride) in enumerate(
                        zip(index, self.shape, strides, strict=True)
                    )
                )
            ]
            for index in self.indices()
        )
        return Grid(self.shape, entries)

    def squeezed(self) -> Grid:
        """Return the grid without axes of length 1."""
        return Grid(tuple(size for size in self.shape if size != 1), self.entries)

    def rows(self) -> list[Grid]:
        """Return the grids along the first axis."""
        size = math.prod(self.shape[1:])
        return [
            Grid(self.shape[1:], self.entries[start : start + size])
            for start in range(0, len(self.entries), size or 1)
        ]

    def sums(self, axis: int) -> Grid:
        """Return the sums along one axis."""
        axis %= len(self.shape)
        shape = (*self.shape[:axis], *self.shape[axis + 1 :])
        totals: dict[Shape, float] = {}
        for index, entry in zip(self.indices(), self.entries, strict=True):
            place = (*index[:axis], *index[axis + 1 :])
            totals[place] = totals.get(place, 0.0) + entry
        return Grid(shape, tuple(totals.values()))


def precision_of(dtypes: Sequence[str], grid: Grid) -> float:
    """Return the relative error that the type of some numbers explains.

    A list does not tell the type of its numbers. Where every one of them is a short
    float, they come from a calculation in short floats.
    """
    known = [_PRECISION[one] for one in dtypes if one in _PRECISION]
    if not known and grid.entries and all(map(_is_short, grid.entries)):
        known = [_PRECISION["float32"]]
    return max(known, default=_PRECISION["float64"])


def is_close(expected: Grid, received: Grid, tolerance: float) -> bool:
    """Return True for equal shapes and entries that agree; nan agrees with nan only."""
    return expected.shape == received.shape and all(
        _agree(one, other, tolerance)
        for one, other in zip(expected.entries, received.entries, strict=True)
    )


def _agree(expected: float, received: float, tolerance: float) -> bool:
    if math.isnan(expected) or math.isnan(received):
        return math.isnan(expected) and math.isnan(received)
    if math.isinf(expected) or math.isinf(received):
        return expected == received
    return abs(expected - received) <= tolerance


def _is_short(entry: float) -> bool:
    """Return True for a number that a float of 32 bits holds exactly."""
    return not math.isfinite(entry) or ctypes.c_float(entry).value == entry


def _strides(shape: Shape) -> Shape:
    """Return how far apart neighbors along each axis are."""
    return tuple(math.prod(shape[axis + 1 :]) for axis in range(len(shape)))


def _product(one: int, other: int) -> int:
    return one * other
