"""How wrong results differ from right ones, if all cases differ in the same way.

One wrong number says little. Twenty cases that are all twice as large as they should
be say that a factor 2 is too much: a difference counts only if it explains them all.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from checkers.messages.sentences import say
from checkers.rules.grids import Grid, is_close

__all__ = ["Compared", "Difference", "difference", "shape_hint", "show_shape"]

_LEAST_ENTRIES = 3  # numbers that must agree before a pattern is one
_LEAST_INSIDE = 4  # right entries inside a wrong border
_EDGE = 0.7  # share of the border that must be wrong
_CLOSE = 0.01  # of the largest entry: too close for chance, too far for rounding


@dataclass(frozen=True)
class Compared:
    """One case: what it should give and what it gave, of one shape.

    Attributes:
        expected: Right result.
        received: The learner's result.
        tolerance: How far two equal entries may be apart.
        argument: The first argument as a grid, if it is one.
    """

    expected: Grid
    received: Grid
    tolerance: float
    argument: Grid | None = None

    @property
    def is_right(self) -> bool:
        """True if both agree."""
        return is_close(self.expected, self.received, self.tolerance)

    def fits(self, change: Callable[[float], float]) -> bool:
        """Return True if a change of each expected entry gives what was received."""
        return self.agrees(self.expected.map(change))

    def agrees(self, wanted: Grid) -> bool:
        """Return True if a wrong result is this one, as exactly as a right one is."""
        scale = max(1.0, wanted.largest / max(self.expected.largest, 1e-300))
        return is_close(wanted, self.received, self.tolerance * min(scale, 1e3))


@dataclass(frozen=True)
class Difference:
    """A pattern.

    Attributes:
        kind: Last part of a message code: "SIGN", "FACTOR" …
        values: What the message says about it.
    """

    kind: str
    values: dict[str, Any] = field(default_factory=dict)


def difference(cases: Sequence[Compared]) -> Difference | None:
    """Return the pattern that explains all cases, at least one of which is wrong."""
    for look in _LOOKS:
        found = look(cases)
        if found is not None:
            return found
    return None


def show_shape(shape: tuple[int, ...]) -> str:
    """Return a shape as Python writes it."""
    return str(tuple(shape))


def shape_hint(expected: tuple[int, ...], received: tuple[int, ...]) -> str:
    """Return in words what two different shapes have to do with each other."""
    if len(expected) > 1 and received == expected[::-1]:
        return say("SHAPE.transposed")
    short = [tuple(n for n in shape if n != 1) for shape in (expected, received)]
    if short[0] == short[1]:
        is_extra = len(received) > len(expected)
        return say("SHAPE.extra_one" if is_extra else "SHAPE.missing_one")
    if received == ():
        return say("SHAPE.one_number")
    if len(received) == 1 and received[0] == math.prod(expected):
        return say("SHAPE.flat")
    if len(received) < len(expected) and _is_inside(received, expected):
        return say("SHAPE.missing")
    if len(received) > len(expected) and _is_inside(expected, received):
        return say("SHAPE.extra")
    return ""


def _is_inside(short: tuple[int, ...], long: tuple[int, ...]) -> bool:
    """Return True if a shape is another one with some axes left out."""
    rest = iter(long)
    return all(size in rest for size in short)


def _constant(cases: Sequence[Compared]) -> Difference | None:
    """A result that is the same whatever the input is."""
    first = cases[0]
    same = all(case.received == first.received for case in cases)
    varied = any(
        case.expected.shape == first.expected.shape
        and not is_close(first.expected, case.expected, case.tolerance)
        for case in cases
    )
    if same and varied and first.received.largest > 0:
        return Difference("CONSTANT_RESULT")
    return None


def _input(cases: Sequence[Compared]) -> Difference | None:
    """The input itself."""
    wrong = [case for case in cases if not case.is_right]
    same = all(
        case.argument is not None and case.agrees(case.argument) for case in cases
    )
    return Difference("RETURNS_INPUT") if same and wrong else None


def _turned(cases: Sequence[Compared]) -> Difference | None:
    """The right values at each other's place."""
    if _all(cases, lambda case: case.expected.transposed()):
        return Difference("TRANSPOSED")
    dimensions = {len(case.expected.shape) for case in cases}
    if len(dimensions) == 1:
        (count,) = dimensions
        choices: list[tuple[int, ...]] = [(axis,) for axis in range(count)]
        choices += [tuple(range(count))] if count > 1 else []
        for axes in choices:
            if _all(cases, partial(_flipped, axes=axes)):
                return Difference("REVERSED")
    if _all(cases, _sorted_like):
        return Difference("OTHER_ORDER")
    return None


def _flipped(case: Compared, axes: tuple[int, ...]) -> Grid:
    return case.expected.flipped(axes)


def _changed_by(case: Compared, change: Callable[[float], float]) -> Grid:
    return case.expected.map(change)


def _sorted_like(case: Compared) -> Grid:
    """Return the expected entries in the order of size that the received ones have."""
    order = sorted(range(len(case.received.entries)), key=_key(case.received))
    values = sorted(case.expected.entries)
    entries = [math.nan] * len(order)
    for place, value in zip(order, values, strict=True):
        entries[place] = value
    return Grid(case.expected.shape, tuple(entries))


def _key(grid: Grid) -> Callable[[int], float]:
    return lambda place: grid.entries[place]


def _all(cases: Sequence[Compared], wanted: Callable[[Compared], Grid]) -> bool:
    """Return True if all cases are as wanted, with values that could tell."""
    return _tells(cases) and all(case.agrees(wanted(case)) for case in cases)


def _tells(cases: Sequence[Compared]) -> bool:
    """Return True if the right results have enough different entries for a pattern."""
    entries = {
        round(entry, 9)
        for case in cases
        for entry in case.expected.entries
        if abs(entry) > case.tolerance
    }
    return len(entries) >= _LEAST_ENTRIES


def _changed(cases: Sequence[Compared]) -> Difference | None:
    """One simple change of every entry."""
    for kind, change in _CHANGES:
        if _all(cases, partial(_changed_by, change=change)):
            return Difference(kind)
    return None


_CHANGES: tuple[tuple[str, Callable[[float], float]], ...] = (
    ("SIGN", lambda entry: -entry),
    ("COMPLEMENT", lambda entry: 1 - entry),
    ("SQUARE", lambda entry: entry * entry),
    ("ROOT", math.sqrt),
    ("LOGARITHM", math.log),
)


def _whole(cases: Sequence[Compared]) -> Difference | None:
    """Digits that are cut off."""
    entries = [entry for case in cases for entry in case.received.entries]
    tells = any(entries) or len(cases) >= _LEAST_ENTRIES
    is_whole = all(float(entry).is_integer() for entry in entries)
    if tells and is_whole and not all(_is_one_hot(case.received) for case in cases):
        for cut in (math.trunc, math.floor, round):
            if all(case.fits(cut) for case in cases):
                return Difference("INTEGER")
    for digits in (1, 2, 3, 4, 5):
        wanted = [case.expected.map(partial(round, ndigits=digits)) for case in cases]
        exact = [
            is_close(grid, case.received, 1e-9)
            for grid, case in zip(wanted, cases, strict=True)
        ]
        if all(exact):
            return Difference("ROUNDED", {"digits": str(digits)})
    return None


def _is_one_hot(grid: Grid) -> bool:
    """Return True if each row has one 1 and zeros: a choice, nothing was cut off."""
    if len(grid.shape) != 2:
        return False
    return all(
        sorted(row.entries) == [0.0] * (grid.shape[1] - 1) + [1.0]
        for row in grid.rows()
    )


def _scaled(cases: Sequence[Compared]) -> Difference | None:
    """One factor on all cases, or one that follows from the size of the input."""
    if not _tells(cases):
        return None
    factors = [_factor(case) for case in cases]
    known = [factor for factor in factors if factor]
    if not known:
        return None

    def fits(wanted: Sequence[float]) -> bool:
        return all(
            case.fits(partial(operator.mul, factor))
            for case, factor in zip(cases, wanted, strict=True)
        )

    for name, wanted in _sizes(cases):
        if len(set(wanted)) > 1 and fits(wanted):
            return Difference("FACTOR", {"factor": say(f"FACTOR.{name}")})
    if fits([known[0]] * len(cases)):
        return Difference("FACTOR", {"factor": _show_factor(known[0])})
    return None


def _factor(case: Compared) -> float | None:
    """Return received / expected where the expected entry is largest."""
    pairs = zip(case.expected.entries, case.received.entries, strict=True)
    expected, received = max(pairs, key=lambda pair: abs(pair[0]), default=(0.0, 0.0))
    return received / expected if abs(expected) > case.tolerance else None


def _sizes(cases: Sequence[Compared]) -> Iterator[tuple[str, list[float]]]:
    """Yield factors that follow from the size of each first argument."""
    grids = [case.argument for case in cases if case.argument is not None]
    if len(grids) < len(cases) or not all(grid.shape for grid in grids):
        return
    if not all(grid.entries for grid in grids):
        return
    rows = [float(grid.shape[0]) for grid in grids]
    yield "rows", rows
    yield "per_row", [1 / count for count in rows]
    if min(rows) > 1:
        yield "unbiased", [count / (count - 1) for count in rows]
        yield "biased", [(count - 1) / count for count in rows]
        yield "root_rows", [math.sqrt(count) for count in rows]
    sizes = [float(len(grid.entries)) for grid in grids]
    yield "entries", sizes
    yield "per_entry", [1 / count for count in sizes]
    columns = [float(grid.shape[-1]) for grid in grids]
    yield "columns", columns
    yield "per_column", [1 / count for count in columns]


def _show_factor(factor: float) -> str:
    """Return a factor with a name where it has one.

    Example:
        >>> _show_factor(0.5), _show_factor(1.4426950408889634), _show_factor(3.0)
        ('0.5', '1.4427 (1 / ln 2)', '3')
    """
    named = {"1 / ln 2": 1 / math.log(2), "ln 2": math.log(2)}
    named |= {"1 / ln 10": 1 / math.log(10), "ln 10": math.log(10)}
    text = f"{factor:.5g}"
    for name, value in named.items():
        if math.isclose(factor, value, rel_tol=1e-4):
            return f"{text} ({name})"
    return text


def _shifted(cases: Sequence[Compared]) -> Difference | None:
    """One number added to every entry."""
    if not _tells(cases):
        return None
    first = cases[0]
    offset = first.received.entries[0] - first.expected.entries[0]
    if abs(offset) <= first.tolerance or not math.isfinite(offset):
        return None
    if not all(case.fits(lambda entry: entry + offset) for case in cases):
        return None
    if abs(abs(offset) - 1) <= first.tolerance and _are_whole(cases):
        return Difference("OFF_BY_ONE")
    return Difference("OFF_BY_CONSTANT", {"offset": f"{offset:.5g}"})


def _are_whole(cases: Sequence[Compared]) -> bool:
    return all(
        float(entry).is_integer() for case in cases for entry in case.expected.entries
    )


def _border(cases: Sequence[Compared]) -> Difference | None:
    """Right inside, wrong along the edge: chance alone does not look like this."""
    edge: list[bool] = []
    inside = 0
    for case in cases:
        if not case.is_right:
            spots, width = list(_spots(case)), _depth(case)
            at_edge = [is_wrong for depth, is_wrong in spots if depth < width]
            inside += len(spots) - len(at_edge)
            edge += at_edge
    is_clear = inside >= _LEAST_INSIDE and sum(edge) >= _EDGE * len(edge)
    return Difference("BORDER") if is_clear else None


def _depth(case: Compared) -> int:
    """Return how far from the edge the innermost wrong entry is, counted from 1."""
    return 1 + max(depth for depth, is_wrong in _spots(case) if is_wrong)


def _spots(case: Compared) -> Iterator[tuple[int, bool]]:
    """Yield for each entry how far it is from the edge, and whether it is wrong."""
    shape = case.expected.shape
    axes = [axis for axis, size in enumerate(shape) if size >= 3]
    for index, one, other in zip(
        case.expected.indices(),
        case.expected.entries,
        case.received.entries,
        strict=True,
    ):
        ways = [min(index[axis], shape[axis] - 1 - index[axis]) for axis in axes]
        yield min(ways, default=0), not abs(one - other) <= case.tolerance


def _near(cases: Sequence[Compared]) -> Difference | None:
    """Close, and not within the tolerance."""
    if all(
        is_close(case.expected, case.received, _CLOSE * case.expected.largest)
        for case in cases
    ):
        return Difference("CLOSE")
    return None


_LOOKS: tuple[Callable[[Sequence[Compared]], Difference | None], ...] = (
    _constant,
    _input,
    _changed,
    _whole,
    _turned,
    _scaled,
    _shifted,
    _border,
    _near,
)
