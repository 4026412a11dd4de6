"""Counts and sizes of lesson 04: references, the thoughts that differ, one rule."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from checkers.rules.base import Context, Found, Outcome
from checkers.rules.values import agree
from checkers.snapshot import ValueFacts

__all__ = ["PARAMS_SLIPS", "SIZE_SLIPS", "Sharing", "output_size", "params"]

Number = float | int
Slips = tuple[tuple[Callable[..., Number], str, str], ...]

# -- conv_params ---------------------------------------------------------------------


def params(filters: int, size: int, depth: int, bias: bool) -> int:
    """Return the parameters of a convolution with square kernels.

    Example:
        >>> params(32, 3, 3, True), params(16, 2, 3, True), params(6, 5, 1, True)
        (896, 208, 156)
    """
    return filters * size * size * depth + filters * bias


def _times(filters: int, size: int, depth: int, bias: bool, *, places: int) -> int:
    return places * params(filters, size, depth, bias)


def _weights_times(
    filters: int, size: int, depth: int, bias: bool, *, places: int
) -> int:
    return places * filters * size * size * depth + filters * bias


_PICTURES = range(6, 257)  # sides of a map that somebody may have in mind

PARAMS_SLIPS: Slips = (
    (lambda k, f, d, b: k * f * f + k * b, "CONV.COUNT_NO_DEPTH", "weights"),
    (lambda k, f, d, b: f * f * d + b, "CONV.COUNT_ONE_FILTER", "weights"),
    (lambda k, f, d, b: k * f * d + k * b, "CONV.COUNT_ONE_SIDE", "weights"),
    (lambda k, f, d, b: k * f * f * d * (1 + b), "CONV.COUNT_BIAS_PER_WEIGHT", "bias"),
    (
        lambda k, f, d, b: k * f * f * d + k * d * b,
        "CONV.COUNT_BIAS_PER_CHANNEL",
        "bias",
    ),
    (lambda k, f, d, b: k * f * f * d + d * b, "CONV.COUNT_BIAS_PER_CHANNEL", "bias"),
    (lambda k, f, d, b: k * f * f * d + b, "CONV.COUNT_ONE_BIAS", "bias"),
    (lambda k, f, d, b: k * f * f * d, "CONV.COUNT_NO_BIAS", "bias"),
    (lambda k, f, d, b: k * f * f * d + k, "CONV.COUNT_BIAS_ALWAYS", "bias"),
    *(
        (partial(count, places=side * side), "CONV.COUNT_PIXELS", "weights")
        for count in (_times, _weights_times)
        for side in _PICTURES
    ),
)

# -- out_size ------------------------------------------------------------------------


def output_size(size: int, kernel: int, stride: int, padding: str) -> int:
    """Return the side of a convolution's map.

    Example:
        >>> output_size(128, 3, 2, "same"), output_size(128, 3, 2, "valid")
        (64, 63)

    Source: keras 3.15 ops/operation_utils.py, compute_conv_output_shape; compared with
    it on random layers in tests/keras/test_convolution_references.py.
    """
    return math.ceil((size if padding == "same" else size - kernel + 1) / stride)


def _only(padding: str, wrong: Callable[[int, int, int], Number]) -> Callable[..., Any]:
    """Return a reference that is wrong for one padding and right for the other."""

    def reference(size: int, kernel: int, stride: int, given: str) -> Number:
        if given == padding:
            return wrong(size, kernel, stride)
        return output_size(size, kernel, stride, given)

    return reference


def _symmetric(size: int, kernel: int, stride: int, pad: int) -> int:
    return (size - kernel + 2 * pad) // stride + 1


SIZE_SLIPS: Slips = tuple(
    (_only(padding, wrong), f"CONV.{code}", padding)
    for padding, code, wrong in (
        ("valid", "SIZE_NO_FIRST", lambda h, f, s: (h - f) // s),
        ("valid", "SIZE_NO_FIRST", lambda h, f, s: (h - f) / s),
        ("valid", "SIZE_NO_FIRST", lambda h, f, s: math.ceil((h - f) / s)),
        ("valid", "SIZE_FLOORED", lambda h, f, s: (h - f + 1) // s),
        ("valid", "SIZE_ONE_MORE", lambda h, f, s: math.ceil((h - f) / s) + 1),
        ("valid", "SIZE_ONE_MORE", lambda h, f, s: math.ceil((h - f + 1) / s) + 1),
        ("valid", "SIZE_NO_STRIDE", lambda h, f, s: h - f + 1),
        ("valid", "SIZE_NOT_ROUNDED", lambda h, f, s: (h - f + 1) / s),
        ("valid", "SIZE_NOT_ROUNDED", lambda h, f, s: (h - f) / s + 1),
        ("valid", "SIZE_ROUNDED", lambda h, f, s: round((h - f) / s + 1)),
        ("valid", "SIZE_ROUNDED", lambda h, f, s: round((h - f + 1) / s)),
        ("valid", "SIZE_SAME_FOR_VALID", lambda h, f, s: math.ceil(h / s)),
        ("same", "SAME_FLOORED", lambda h, f, s: h // s),
        ("same", "SAME_NO_STRIDE", lambda h, f, s: h),
        ("same", "SIZE_NOT_ROUNDED", lambda h, f, s: h / s),
        ("same", "SIZE_ROUNDED", lambda h, f, s: round(h / s)),
        ("same", "SIZE_VALID_FOR_SAME", lambda h, f, s: math.ceil((h - f + 1) / s)),
        ("same", "SAME_EVEN", lambda h, f, s: _symmetric(h, f, s, (f - 1) // 2)),
        ("same", "SAME_EVEN", lambda h, f, s: _symmetric(h, f, s, f // 2)),
        ("same", "SIZE_ONE_MORE", lambda h, f, s: h // s + 1),
        ("same", "SIZE_ONE_MORE", lambda h, f, s: math.ceil(h / s) + 1),
    )
)

# -- sharing -------------------------------------------------------------------------

_WINDOW, _SIDE = 5 * 5 * 3, 32
_PLACES = _SIDE * _SIDE
_UNPADDED = 28 * 28


@dataclass(frozen=True)
class Sharing:
    """Four counts of one convolution, with weights of its own per place and without.

    What follows from an earlier wrong count in the right way is right: one cause costs
    one check.
    """

    part: str
    checks: tuple[str, ...] = ("unshared", "shared", "with_biases", "unshared_biases")

    def run(self, context: Context) -> Outcome:
        """Compare the counts in their order."""
        facts = context.facts(self.part)
        assert isinstance(facts, ValueFacts)
        received = facts.value
        filters = context.parameters["filters"]
        return Outcome(tuple(self._found(received, filters)))

    def _found(self, received: Any, filters: int) -> Iterator[Found]:
        """Yield a finding for each count that is not right."""
        for name in self.checks:
            value = received.get(name) if isinstance(received, dict) else None
            if value is None:
                values = {"part": self.part, "field": name}
                yield Found("VALUES.FIELD_MISSING", name, values, expected=name)
                continue
            if agree(_RIGHT[name](filters), value, 0.0):
                continue
            if isinstance(value, str):
                about = {"part": f"{self.part}[{name!r}]", "text": repr(value)}
                yield Found("NUMBER.IN_QUOTES", name, about)
                continue
            if name in _FOLLOWS and _FOLLOWS[name](received, value, filters):
                continue
            slips = ((code, count(filters)) for count, code in _WRONG[name])
            code = next(
                (code for code, count in slips if agree(count, value, 0.0)),
                "VALUES.WRONG",
            )
            values = {"part": self.part, "field": f"[{name!r}]"}
            yield Found(code, name, values, received=str(value))


def _follows_shared(received: dict[str, Any], value: Any, filters: int) -> bool:
    """Return True for one bias per filter on top of a wrong number of weights."""
    shared = received.get("shared")
    if not isinstance(shared, int | float):
        return False
    is_wrong = not agree(_RIGHT["shared"](filters), shared, 0.0)
    return is_wrong and agree(shared + filters, value, 0.0)


def _follows_unshared(received: dict[str, Any], value: Any, filters: int) -> bool:
    """Return True if both counts take the map to be 28 x 28."""
    mistaken = _WINDOW * _UNPADDED * filters
    return agree(mistaken, received.get("unshared"), 0.0) and agree(
        _UNPADDED * filters, value, 0.0
    )


_RIGHT: dict[str, Callable[[int], int]] = {
    "unshared": lambda k: _WINDOW * _PLACES * k,
    "shared": lambda k: _WINDOW * k,
    "with_biases": lambda k: (_WINDOW + 1) * k,
    "unshared_biases": lambda k: _PLACES * k,
}
_FOLLOWS = {"with_biases": _follows_shared, "unshared_biases": _follows_unshared}
_WRONG: dict[str, tuple[tuple[Callable[[int], int], str], ...]] = {
    "unshared": (
        (lambda k: _WINDOW * _UNPADDED * k, "CONV.SHARING_28"),
        (lambda k: 25 * _PLACES * k, "CONV.SHARING_NO_DEPTH"),
        (lambda k: _WINDOW * _PLACES, "CONV.SHARING_ONE_FILTER"),
        (lambda k: (_WINDOW + 1) * _PLACES * k, "CONV.SHARING_BIASES_IN"),
        (lambda k: _WINDOW * _PLACES * k + k, "CONV.SHARING_BIASES_IN"),
        (lambda k: _WINDOW * k, "CONV.SHARING_SHARED"),
        (lambda k: _WINDOW * _SIDE * k, "CONV.SHARING_ONE_ROW"),
        (lambda k: 3 * _PLACES * _PLACES * k, "CONV.SHARING_DENSE"),
    ),
    "shared": (
        (lambda k: (_WINDOW + 1) * k, "CONV.SHARING_BIASES_IN"),
        (lambda k: 25 * k, "CONV.SHARING_NO_DEPTH"),
        (lambda k: 26 * k, "CONV.SHARING_NO_DEPTH"),
        (lambda k: _WINDOW, "CONV.SHARING_ONE_FILTER"),
        (lambda k: _WINDOW * _PLACES, "CONV.SHARING_ONE_FILTER"),
    ),
    "with_biases": (
        (lambda k: _WINDOW * k, "CONV.SHARING_NO_BIASES"),
        (lambda k: _WINDOW * k + 1, "CONV.SHARING_ONE_BIAS"),
        (lambda k: (_WINDOW + 3) * k, "CONV.SHARING_BIAS_PER_CHANNEL"),
        (lambda k: 2 * _WINDOW * k, "CONV.SHARING_BIAS_PER_WEIGHT"),
        (lambda k: _WINDOW * k + _PLACES * k, "CONV.SHARING_BIAS_PER_PLACE"),
        (lambda k: k, "CONV.SHARING_BIASES_ALONE"),
    ),
    "unshared_biases": (
        (lambda k: _UNPADDED * k, "CONV.SHARING_28"),
        (lambda k: k, "CONV.SHARING_BIASES_SHARED"),
        (lambda k: 0, "CONV.SHARING_NO_BIASES"),
        (lambda k: _PLACES, "CONV.SHARING_ONE_FILTER"),
        (lambda k: (_WINDOW + 1) * _PLACES * k, "CONV.SHARING_WEIGHTS_IN"),
        (lambda k: 3 * _PLACES * k, "CONV.SHARING_BIAS_PER_CHANNEL"),
        (lambda k: _WINDOW * _PLACES * k, "CONV.SHARING_BIAS_PER_WEIGHT"),
    ),
}
