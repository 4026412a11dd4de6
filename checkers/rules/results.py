"""Results of a function beside the right ones: are they right, and if not, why?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.rules.base import Found
from checkers.rules.differences import Compared, difference, shape_hint, show_shape
from checkers.rules.grids import Grid, is_close, precision_of
from checkers.rules.values import agree
from checkers.snapshot import ResultFacts

__all__ = ["Result", "Verdicts", "read_results", "show_number", "tolerance_for"]

_MOST_SHOWN = 8  # entries of a result that are written out whole
_LARGE = 80.0  # exp(89) is more than a float32 holds


@dataclass(frozen=True)
class Result:
    """One case with what it should give and what it gave.

    Attributes:
        case: The case.
        facts: What was captured.
        args: The case's arguments, arrays as nested lists.
        expected: Right result; a tuple where there are several.
        received: The learner's.
        name: Which of several results this is; "" if there is one.
    """

    case: Case
    facts: ResultFacts
    args: tuple[Any, ...]
    expected: Any
    received: Any
    name: str = ""

    @property
    def label(self) -> str:
        """Words for the case, and for the result if there are several."""
        if not self.name:
            return self.case.label
        return say("CASE.result", case=self.case.label, name=self.name)


@dataclass(frozen=True)
class Verdicts:
    """All results of a function, one list per result that it returns.

    Attributes:
        groups: Comparisons of the first, second … result on all cases.
        stop: A finding that keeps the results from being compared at all.
    """

    groups: tuple[_Group, ...]
    stop: tuple[str, Result, str, str] | None = None

    @property
    def are_right(self) -> bool:
        """True if all results on all cases are right."""
        return self.stop is None and all(group.is_right for group in self.groups)

    @property
    def has_one_entry(self) -> bool:
        """True if an array with one entry stands for a number."""
        return any(group.has_one_entry for group in self.groups)

    def found(self, part: str, check: str) -> Found:
        """Return the finding on the first result that is wrong."""
        if self.stop is not None:
            code, result, expected, received = self.stop
            values = {"part": part, "case": result.label}
            return Found(code, check, values, None, expected, received)
        return next(g for g in self.groups if not g.is_right).found(part, check)

    def first_wrong(self, part: str, check: str) -> Found:
        """Return a finding that shows the first wrong value, without a reason."""
        if self.stop is not None:
            return self.found(part, check)
        return next(g for g in self.groups if not g.is_right).plainly(part, check)


def read_results(
    results: Sequence[Result], tolerance: float, names: Sequence[str] = ()
) -> Verdicts:
    """Compare results with the right ones."""
    split: list[list[Result]] = []
    for result in results:
        if not isinstance(result.expected, tuple):
            parts = [result]
        elif not isinstance(result.received, list) or (
            len(result.received) != len(result.expected)
        ):
            one = not isinstance(result.received, list)
            received = "1" if one else str(len(result.received))
            wanted = str(len(result.expected))
            return Verdicts((), ("FUNCTION.WRONG_COUNT", result, wanted, received))
        else:
            parts = [
                replace(
                    result,
                    expected=expected,
                    received=received,
                    name=names[number] if number < len(names) else str(number + 1),
                )
                for number, (expected, received) in enumerate(
                    zip(result.expected, result.received, strict=True)
                )
            ]
        split.append(parts)
    groups = tuple(_Group(group, tolerance) for group in zip(*split, strict=True))
    return Verdicts(groups)


class _Group:
    """One result of a function on all cases."""

    def __init__(self, results: Sequence[Result], tolerance: float) -> None:
        """Compare each case."""
        self._results = list(results)
        self._tolerance = tolerance
        self.has_one_entry = False
        self._compared = [self._compare(result) for result in results]
        self._right = [
            self._is_right(result, compared)
            for result, compared in zip(results, self._compared, strict=True)
        ]
        self.is_right = all(self._right)

    def _compare(self, result: Result) -> Compared | None:
        """Return the two grids; None if one of them is none."""
        expected, received = Grid.of(result.expected), Grid.of(result.received)
        if expected is None or received is None:
            return None
        if not expected.shape and received.shape and len(received.entries) == 1:
            received = Grid((), received.entries)
            self.has_one_entry = True
        argument = Grid.of(result.args[0]) if result.args else None
        tolerance = tolerance_for(result, expected, received, self._tolerance)
        return Compared(expected, received, tolerance, argument)

    def _is_right(self, result: Result, compared: Compared | None) -> bool:
        if compared is not None:
            return compared.is_right
        if Grid.of(result.expected) is not None:
            return False
        return agree(result.expected, result.received, self._tolerance)

    def plainly(self, part: str, check: str) -> Found:
        """Return the finding on the first wrong case, without a pattern."""
        place = self._right.index(False)
        result, compared = self._results[place], self._compared[place]
        values = {"part": part, "case": result.label}
        if compared is None or compared.expected.shape != compared.received.shape:
            expected, received = _short(result.expected), _short(result.received)
        else:
            expected, received = _shown(compared)
        return Found("FUNCTION.WRONG_RESULT", check, values, None, expected, received)

    def found(self, part: str, check: str) -> Found:
        """Return what is wrong, by the most exact name that there is."""
        plain = self.plainly(part, check)
        wrong = [
            (result, compared)
            for result, compared, right in zip(
                self._results, self._compared, self._right, strict=True
            )
            if not right
        ]
        for result, compared in wrong:
            if compared is None:
                is_array = Grid.of(result.expected) is not None
                code = "FUNCTION.OTHER_RESULT" if is_array else plain.code
                return replace(plain, code=code)
        pairs = [(result, one) for result, one in wrong if one is not None]
        for result, compared in pairs:
            if compared.expected.shape != compared.received.shape:
                return _wrong_shape(result, compared, plain)
        finite = [one for _, one in pairs if one.received.is_finite]
        if not finite:
            return _not_finite(*pairs[0], plain)
        known = [
            one
            for one in self._compared
            if one is not None and one.received.is_finite and one.expected.is_finite
        ]
        is_told = not all(one.is_right for one in known)
        pattern = difference(known) if is_told else None
        if pattern is None:
            return plain
        values = {**plain.values, **pattern.values}
        return replace(plain, code=f"FUNCTION.{pattern.kind}", values=values)


def tolerance_for(
    result: Result, expected: Grid, received: Grid, tolerance: float
) -> float:
    """Return how far entries may be apart: as stated, plus what rounding explains."""
    precision = precision_of(result.facts.dtypes, received)
    inputs = [Grid.of(arg) for arg in result.args]
    largest = max((grid.largest for grid in inputs if grid is not None), default=0.0)
    # A short float loses in the input already, and large inputs lose more.
    amplified = max(1.0, largest / 10) if precision > 1e-6 else 1.0
    return tolerance + precision * amplified * max(1.0, expected.largest)


def _wrong_shape(result: Result, compared: Compared, plain: Found) -> Found:
    expected, received = compared.expected.shape, compared.received.shape
    return replace(
        plain,
        code="FUNCTION.WRONG_SHAPE",
        values={
            **plain.values,
            "case": result.label,
            "how": shape_hint(expected, received),
        },
        expected=show_shape(expected),
        received=show_shape(received),
    )


def _not_finite(result: Result, compared: Compared, plain: Found) -> Found:
    """Return the finding on nan or inf where a number is right."""
    warning = result.facts.warnings[0] if result.facts.warnings else ""
    inputs = [Grid.of(arg) for arg in result.args]
    largest = max((grid.largest for grid in inputs if grid is not None), default=0.0)
    is_overflow = any("overflow" in text for text in result.facts.warnings) or (
        not warning and largest > _LARGE
    )
    text = say("VALUE.in_brackets", text=warning) if warning else ""
    expected, received = _shown(compared)
    return replace(
        plain,
        code="FUNCTION.OVERFLOW" if is_overflow else "FUNCTION.NAN",
        values={"part": plain.values["part"], "case": result.label, "warning": text},
        expected=expected,
        received=received,
    )


def _shown(compared: Compared) -> tuple[str, str]:
    """Return both results as text: whole if short, else the first difference."""
    expected, received = compared.expected, compared.received
    if len(expected.entries) <= _MOST_SHOWN:
        return _text(expected), _text(received)
    index, one, other = next(
        (index, one, other)
        for index, one, other in zip(
            expected.indices(), expected.entries, received.entries, strict=True
        )
        if not is_close(Grid((), (one,)), Grid((), (other,)), compared.tolerance)
    )
    place = "".join(f"[{number}]" for number in index)
    return (
        say("VALUE.at", value=show_number(one), place=place),
        say("VALUE.at", value=show_number(other), place=place),
    )


def _text(grid: Grid) -> str:
    """Return a grid as a nested list of short numbers."""
    if not grid.shape:
        return show_number(grid.entries[0])
    return "[" + ", ".join(_text(row) for row in grid.rows()) + "]"


def show_number(value: float) -> str:
    """Return a number with six digits: enough to tell, short enough to read."""
    return str(value) if isinstance(value, int) else f"{value:.6g}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:299]}…"
