"""A two-layer ReLU network in plain Python: its loss, and wrong ways back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from checkers.messages.sentences import say
from checkers.rules.base import Context, Outcome
from checkers.rules.gradients import GradientCheck

__all__ = [
    "ByLayer",
    "activated",
    "every_unit_passes",
    "loss",
    "masked_by_signal",
    "summed",
]

Matrix = list[list[float]]


@dataclass(frozen=True)
class ByLayer:
    """All gradients are compared at once, and each layer has a check of its own.

    Attributes:
        gradients: The rule that compares them.
        second: Check of the layer that the way back meets first.
        first: Check of the other layer.
        of_first: Names of the other layer's gradients.
        shared: Codes of slips that reach both layers from the start of the way.
    """

    gradients: GradientCheck
    second: str
    first: str
    of_first: tuple[str, ...]
    shared: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        """The function's part."""
        return self.gradients.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.second, self.first)

    def run(self, context: Context) -> Outcome:
        """Compare; charge each finding to the layer that it speaks of."""
        found = []
        for one in self.gradients.run(context).found:
            names = set(str(one.values.get("name", "")).split(", "))
            is_first = names <= set(self.of_first) and one.code not in self.shared
            found.append(replace(one, check=self.first if is_first else self.second))
        if any(one.code.startswith("FUNCTION.") for one in found):
            reason = say("SKIPPED.same_cause")
            return Outcome(tuple(found), {self.first: reason})
        return Outcome(tuple(found))


def loss(
    x: Matrix, y: Matrix, w1: Matrix, b1: list[float], w2: Matrix, b2: list[float]
) -> float:
    """Return the mean squared error of relu(x w1 + b1) w2 + b2."""
    _, _, out = _forward(x, w1, b1, w2, b2)
    return sum((one[0] - t[0]) ** 2 for one, t in zip(out, y, strict=True)) / len(y)


def every_unit_passes(x: Matrix, y: Matrix, w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
    """Take the slope 1 for every hidden unit."""
    return _backward(x, y, w1, b1, w2, b2, mask=lambda z, w: 1.0)


def masked_by_signal(x: Matrix, y: Matrix, w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
    """Look at the sign of the signal that comes back, not at that of z."""
    return _backward(x, y, w1, b1, w2, b2, mask=lambda z, signal: float(signal > 0))


def activated(x: Matrix, y: Matrix, w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
    """Multiply with the output of the ReLU in place of its slope."""
    return _backward(x, y, w1, b1, w2, b2, mask=lambda z, signal: max(z, 0.0))


def summed(x: Matrix, y: Matrix, w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
    """Forget that the loss is a mean: every gradient is N times too large."""
    found = _backward(x, y, w1, b1, w2, b2, mask=lambda z, w: float(z > 0))
    return tuple(_scaled(one, len(y)) for one in found)


def _forward(
    x: Matrix, w1: Matrix, b1: list[float], w2: Matrix, b2: list[float]
) -> tuple[Matrix, Matrix, Matrix]:
    z = _plus(_times(x, w1), b1)
    a = [[max(entry, 0.0) for entry in row] for row in z]
    return z, a, _plus(_times(a, w2), b2)


def _backward(
    x: Matrix, y: Matrix, w1: Any, b1: Any, w2: Any, b2: Any, mask: Any
) -> tuple[Any, Any, Any, Any]:
    """Return (dw1, db1, dw2, db2) with a slope of the caller's for the ReLU."""
    z, a, out = _forward(x, w1, b1, w2, b2)
    d_out = [[2 * (one[0] - t[0]) / len(y)] for one, t in zip(out, y, strict=True)]
    back = _times(d_out, _turned(w2))
    d_z = [
        [signal * mask(entry, signal) for signal, entry in zip(*pair, strict=True)]
        for pair in zip(back, z, strict=True)
    ]
    return (
        _times(_turned(x), d_z),
        _sums(d_z),
        _times(_turned(a), d_out),
        _sums(d_out),
    )


def _times(one: Matrix, other: Matrix) -> Matrix:
    columns = _turned(other)
    return [
        [sum(p * q for p, q in zip(row, column, strict=True)) for column in columns]
        for row in one
    ]


def _turned(matrix: Matrix) -> Matrix:
    return [list(column) for column in zip(*matrix, strict=True)]


def _plus(matrix: Matrix, row: list[float]) -> Matrix:
    return [[p + q for p, q in zip(one, row, strict=True)] for one in matrix]


def _sums(matrix: Matrix) -> list[float]:
    return [sum(column) for column in zip(*matrix, strict=True)]


def _scaled(value: Any, factor: float) -> Any:
    if isinstance(value, list):
        return [_scaled(item, factor) for item in value]
    return factor * value
