"""Rules on several numbers at once: named entries, and arrays between two bounds.

EntriesAre("active", "slopes", {"A": 6.0, "C": 5.25}, slips=(({"A": 3.0, …}, "…"),))
Within("gradients", "norms", {"relu, He": bands(…)}, undo=((square_root, "…"),))
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checkers.messages.sentences import say
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.grids import Grid
from checkers.snapshot import ValueFacts

__all__ = ["Arrays", "Band", "Bands", "EntriesAre", "Within", "around"]

Band = tuple[float, float]
Arrays = Mapping[str, Sequence[float]]
Bands = Mapping[str, Sequence[Band]]
"""Lowest and highest value that counts, one pair per entry, by name."""

_MOST_NAMED = 2  # entries with a finding of their own


def around(values: Sequence[float], factor: float) -> tuple[Band, ...]:
    """Return bands from value / factor to value x factor, for positive values.

    Example:
        >>> around([1.0, 10.0], 2)
        ((0.5, 2.0), (5.0, 20.0))
    """
    return tuple((value / factor, value * factor) for value in values)


@dataclass(frozen=True)
class EntriesAre:
    """The named entries of a dict must have certain values.

    A list or an array counts in the order of the names, if it has as many entries.

    Attributes:
        check: Check that it decides.
        part: Its part.
        expected: Number by name, or what it is for given personal parameters.
        tolerance: Absolute tolerance.
        slips: Wrong numbers by name, each with the code of the thought behind it. A
            slip counts if it explains every entry; names that it leaves out are right.
        names: All names of the answer, in order, if this rule looks at some of them.
    """

    check: str
    part: str
    expected: Any
    tolerance: float = 1e-6
    slips: tuple[tuple[Any, str], ...] = ()
    names: tuple[str, ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the entries; one cause is one finding."""
        expected: dict[str, float] = context.resolve(self.expected)
        given = _by_name(context, self.part, self.names or tuple(expected))
        for name in expected:
            if given.get(name) is None:
                values = {"part": self.part}
                found = Found("VALUES.FIELD_MISSING", self.check, values, None, name)
                return Outcome((found,))
        wrong = [name for name in expected if not self._fits(expected, given, name)]
        if not wrong:
            return Outcome()
        for slip, code in self.slips:
            thought = {**expected, **context.resolve(slip)}
            if all(self._fits(thought, given, name) for name in expected):
                return Outcome((self._found(code, wrong[0], given),))
        named = wrong if len(wrong) <= _MOST_NAMED else wrong[:1]
        return Outcome(
            tuple(self._found("VALUES.WRONG", name, given) for name in named)
        )

    def _fits(
        self, wanted: Mapping[str, float], given: Mapping[str, Any], name: str
    ) -> bool:
        """Return True if one entry is a number near the wanted one."""
        value = _single(given[name])
        return value is not None and abs(wanted[name] - value) <= self.tolerance + 1e-12

    def _found(self, code: str, name: str, given: Mapping[str, Any]) -> Found:
        value = _single(given[name])
        text = _short(given[name]) if value is None else f"{value:.6g}"
        values = {"part": self.part, "field": f"[{name!r}]"}
        return Found(code, self.check, values, received=text)


@dataclass(frozen=True)
class Within:
    """Each array of a dict must lie between bounds, entry by entry.

    Attributes:
        check: Check that it decides.
        part: Its part.
        expected: Bounds by name.
        slips: Bounds that hold for a known wrong calculation, each with its code; a
            slip counts if it explains every array.
        undo: Changes that would make a known wrong calculation right (a root for what
            was left squared, a reversal for the other order), each with its code.
        signs: What shows a known wrong calculation, looked at in all arrays, each with
            its code.
        outside: Code of everything else.
    """

    check: str
    part: str
    expected: Bands
    slips: tuple[tuple[Bands, str], ...] = ()
    undo: tuple[tuple[Callable[[Sequence[float]], Sequence[float]], str], ...] = ()
    signs: tuple[tuple[Callable[[Arrays], bool], str], ...] = ()
    outside: str = "VALUES.WRONG"

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare all arrays with their bounds."""
        given = _by_name(context, self.part, tuple(self.expected))
        arrays: dict[str, Sequence[float]] = {}
        for name, bounds in self.expected.items():
            if given.get(name) is None:
                values = {"part": self.part}
                found = Found("VALUES.FIELD_MISSING", self.check, values, None, name)
                return Outcome((found,))
            grid = Grid.of(given[name])
            if grid is None or grid.squeezed().shape != (len(bounds),):
                return Outcome((self._wrong_shape(name, given[name], len(bounds)),))
            arrays[name] = grid.entries
        wrong = _outside(self.expected, arrays)
        if wrong is None:
            return Outcome()
        name, at = wrong
        return Outcome((self._found(self._code(arrays), name, at, arrays[name][at]),))

    def _code(self, arrays: Arrays) -> str:
        """Return the code that explains all arrays."""
        if not all(math.isfinite(x) for values in arrays.values() for x in values):
            return "VALUES.NOT_FINITE"
        for bounds, code in self.slips:
            if _outside(bounds, arrays) is None:
                return code
        for change, code in self.undo:
            changed = {name: change(values) for name, values in arrays.items()}
            if _outside(self.expected, changed) is None:
                return code
        for is_there, code in self.signs:
            if is_there(arrays):
                return code
        return self.outside

    def _wrong_shape(self, name: str, value: Any, length: int) -> Found:
        """Return the finding on something else than one number per entry."""
        grid = Grid.of(value)
        received = _short(value) if grid is None else str(grid.shape)
        values = {"part": f"{self.part}[{name!r}]"}
        shape = f"({length},)"
        return Found("VALUES.SHAPE", self.check, values, None, shape, received)

    def _found(self, code: str, name: str, at: int, value: float) -> Found:
        low, high = self.expected[name][at]
        ends = {"low": f"{low:.2g}", "high": f"{high:.2g}"}
        values = {
            "part": self.part,
            "name": name,
            "number": at + 1,
            "field": f"[{name!r}][{at}]",
        }
        expected = say("VALUE.from_to", **ends)
        return Found(code, self.check, values, None, expected, f"{value:.3g}")


def _by_name(context: Context, part: str, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the answer by name; a list of as many entries counts in order."""
    facts = context.facts(part)
    assert isinstance(facts, ValueFacts)
    value = facts.value
    if isinstance(value, list) and len(value) == len(names):
        return dict(zip(names, value, strict=True))
    return value if isinstance(value, dict) else {}


def _outside(bounds: Bands, arrays: Arrays) -> tuple[str, int] | None:
    """Return name and position of the first entry outside its bounds."""
    for name, pairs in bounds.items():
        for at, ((low, high), value) in enumerate(
            zip(pairs, arrays[name], strict=True)
        ):
            if not low <= value <= high:
                return name, at
    return None


def _single(value: Any) -> float | None:
    """Return a number, also one that is alone in an array; None for anything else."""
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None


def _short(value: Any) -> str:
    return textwrap.shorten(repr(value), 80, placeholder=" …")
