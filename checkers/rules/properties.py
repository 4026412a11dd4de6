"""Properties that every right result has, whatever way it was computed.

Has("distribution", "softmax", (InRange(0, 1), SumsTo(1)))
Related("shift", "softmax", 0, 1, same_result, N_("a shift of all inputs …"))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from checkers.i18n import translate
from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.reference import plain
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.differences import shape_hint, show_shape
from checkers.rules.functions import failure, failure_found, pairs_of
from checkers.rules.grids import Grid, is_close
from checkers.rules.results import Result, show_number, tolerance_for
from checkers.snapshot import ResultFacts

__all__ = [
    "Has",
    "HasDtype",
    "HasShape",
    "InRange",
    "Monotone",
    "Property",
    "Related",
    "SumsTo",
    "Symmetric",
    "permuted_result",
    "same_result",
]

_TOLERANCE = 1e-6


class Property(Protocol):
    """One property of one result."""

    def look(
        self, case: Case, result: ResultFacts, grid: Grid, tolerance: float
    ) -> Found | None:
        """Return what is wrong; check, part and case are filled in."""


@dataclass(frozen=True)
class Has:
    """Every result must have some properties; the first one missing counts.

    Attributes:
        check: Check that it decides.
        part: Its part.
        properties: What is looked at, the most basic first.
        pick: Takes the part to look at out of a result.
    """

    check: str
    part: str
    properties: tuple[Property, ...]
    pick: Callable[[Any], Any] | None = None

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Look at all cases."""
        for case, result in pairs_of(context, self.part):
            code = failure(result)
            grid = None if code else _grid(result, self.pick)
            if code or grid is None:
                code = code or "FUNCTION.OTHER_RESULT"
                found = failure_found(code, self.check, self.part, case, result)
                return Outcome((found,))
            slack = _slack(case, result, grid)
            for one in self.properties:
                wrong = one.look(case, result, grid, slack)
                if wrong is not None:
                    values = {"part": self.part, "case": case.label, **wrong.values}
                    return Outcome((replace(wrong, check=self.check, values=values),))
        return Outcome()


@dataclass(frozen=True)
class HasShape:
    """A result must have a shape, which follows from the case's arguments."""

    shape: Callable[..., tuple[int, ...]]

    def look(
        self, case: Case, result: ResultFacts, grid: Grid, tolerance: float
    ) -> Found | None:
        """Compare the shapes."""
        expected = tuple(self.shape(*plain(case.args)))
        if grid.shape == expected:
            return None
        return Found(
            "FUNCTION.WRONG_SHAPE",
            "",
            {"how": shape_hint(expected, grid.shape)},
            expected=show_shape(expected),
            received=show_shape(grid.shape),
        )


@dataclass(frozen=True)
class HasDtype:
    """A result must hold entries of a type: "float", "int", "bool" or "float32".

    Lists do not tell their type; of them only the entries are looked at.
    """

    dtype: str

    def look(
        self, case: Case, result: ResultFacts, grid: Grid, tolerance: float
    ) -> Found | None:
        """Compare the types."""
        known = [one for one in result.dtypes if one]
        if not known:
            kinds = {type(entry).__name__ for entry in grid.entries}
            known = ["float"] if "float" in kinds else sorted(kinds)
        wrong = [one for one in known if not self._fits(one)]
        if not wrong:
            return None
        return Found("FUNCTION.WRONG_DTYPE", "", expected=self.dtype, received=wrong[0])

    def _fits(self, dtype: str) -> bool:
        if self.dtype == "int":
            return dtype.startswith(("int", "uint"))
        if self.dtype == "float":
            return dtype.startswith(("float", "bfloat"))
        # Python's own float says nothing about the width that is asked for.
        return dtype in (self.dtype, self.dtype.rstrip("0123456789"))


@dataclass(frozen=True)
class InRange:
    """All entries must be from `low` to `high`."""

    low: float
    high: float

    def look(
        self, case: Case, result: ResultFacts, grid: Grid, tolerance: float
    ) -> Found | None:
        """Find the first entry outside."""
        for entry in grid.entries:
            if not self.low - tolerance <= entry <= self.high + tolerance:
                low, high = f"{self.low:g}", f"{self.high:g}"
                expected = say("VALUE.range", low=low, high=high)
                return _wrong("OUT_OF_RANGE", expected, show_number(entry))
        return None


@dataclass(frozen=True)
class SumsTo:
    """The entries along an axis must add up to a number."""

    total: float = 1.0
    axis: int = -1

    def look(
        self, case: Case, result: ResultFacts, grid: Grid, tolerance: float
    ) -> Found | None:
        """Add up; tell the other axis from no sum at all."""
        if not grid.shape:
            grid = Grid((1,), grid.entries)
        slack = tolerance * grid.shape[self.axis]
        bad = self._bad(grid, self.axis, slack)
        if bad is None:
            return None
        others = [a for a in range(len(grid.shape)) if a != self.axis % len(grid.shape)]
        is_axis = any(self._bad(grid, axis, slack) is None for axis in others)
        code = "WRONG_AXIS" if is_axis else "WRONG_SUM"
        return _wrong(code, f"{self.total:g}", show_number(bad))

    def _bad(self, grid: Grid, axis: int, slack: float) -> float | None:
        """Return the first sum that is not as it should be."""
        sums = grid.sums(axis).entries
        return next((s for s in sums if not abs(s - self.total) <= slack), None)


@dataclass(frozen=True)
class Monotone:
    """Entries along the last axis must never fall, or never rise."""

    rising: bool = True

    def look(
        self, case: Case, result: ResultFacts, grid: Grid, tolerance: float
    ) -> Found | None:
        """Find the first step in the wrong direction."""
        size = grid.shape[-1] if grid.shape else 1
        for at in range(1, len(grid.entries)):
            step = grid.entries[at] - grid.entries[at - 1]
            if at % size and not (step if self.rising else -step) >= -tolerance:
                text = f"{grid.entries[at - 1]:.6g}, {grid.entries[at]:.6g}"
                word = say("VALUE.rising" if self.rising else "VALUE.falling")
                return _wrong("NOT_MONOTONE", word, text)
        return None


@dataclass(frozen=True)
class Symmetric:
    """A square result must equal its transpose."""

    def look(
        self, case: Case, result: ResultFacts, grid: Grid, tolerance: float
    ) -> Found | None:
        """Compare with the transpose."""
        turned = grid.transposed()
        if is_close(grid, turned, tolerance):
            return None
        if grid.shape != turned.shape:
            return _wrong("NOT_SYMMETRIC", "", show_shape(grid.shape))
        one, other = next(
            (one, other)
            for one, other in zip(grid.entries, turned.entries, strict=True)
            if not abs(one - other) <= tolerance
        )
        text = f"{show_number(one)}, {show_number(other)}"
        return _wrong("NOT_SYMMETRIC", "", text)


Relation = Callable[[Grid, Grid, float], bool]


@dataclass(frozen=True)
class Related:
    """Two results must have something to do with each other.

    Attributes:
        check: Check that it decides.
        part: Its part.
        first: Position of one case.
        second: Position of the other; its arguments may be `Earlier(first)`, which
            gives f(f(x)).
        relation: Gets both results and the tolerance.
        because: The relation in words, for the message.
    """

    check: str
    part: str
    first: int
    second: int
    relation: Relation
    because: str

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the two cases."""
        pairs = pairs_of(context, self.part)
        chosen = [pairs[at] for at in (self.first, self.second) if at < len(pairs)]
        grids: list[Grid] = []
        for case, result in chosen:
            code = failure(result)
            grid = None if code else _grid(result, None)
            if code or grid is None:
                code = code or "FUNCTION.OTHER_RESULT"
                found = failure_found(code, self.check, self.part, case, result)
                return Outcome((found,))
            grids.append(grid)
        if len(grids) < 2:  # an earlier case was too slow
            case, result = pairs[-1]
            code = failure(result) or "FUNCTION.TOO_SLOW"
            found = failure_found(code, self.check, self.part, case, result)
            return Outcome((found,))
        slack = max(
            _slack(case, result, grid)
            for (case, result), grid in zip(chosen, grids, strict=True)
        )
        if self.relation(grids[0], grids[1], slack):
            return Outcome()
        values = {
            "part": self.part,
            "case": chosen[0][0].label,
            "other": chosen[1][0].label,
            "relation": translate(self.because),
        }
        return Outcome((Found("FUNCTION.NOT_RELATED", self.check, values),))


def same_result(first: Grid, second: Grid, tolerance: float) -> bool:
    """Relation: both results agree (a shift changes nothing, a second call neither)."""
    return is_close(first, second, tolerance)


def permuted_result(order: Sequence[int]) -> Relation:
    """Relation: row k of the second result is row `order[k]` of the first."""

    def relation(first: Grid, second: Grid, tolerance: float) -> bool:
        if first.shape != second.shape:
            return False
        rows = first.rows()
        return all(
            is_close(rows[place], row, tolerance)
            for place, row in zip(order, second.rows(), strict=True)
        )

    return relation


def _grid(result: ResultFacts, pick: Callable[[Any], Any] | None) -> Grid | None:
    try:
        return Grid.of(result.value if pick is None else pick(result.value))
    except (KeyError, IndexError, TypeError):
        return None


def _slack(case: Case, result: ResultFacts, grid: Grid) -> float:
    """Return the tolerance that the type of the numbers asks for."""
    one = Result(case, result, plain(case.args), None, None)
    return tolerance_for(one, grid, grid, _TOLERANCE)


def _wrong(code: str, expected: str, received: str) -> Found:
    return Found(f"FUNCTION.{code}", "", expected=expected, received=received)
