"""Random results, by their distribution and never by the stream of a generator.

A bound is five standard deviations wide: a right answer misses it once in 1.7 million
draws. Masks made with `<` and with `>` are both right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.reference import plain
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.functions import failure, failure_found, pairs_of
from checkers.rules.grids import Grid
from checkers.snapshot import ResultFacts

__all__ = ["Distribution", "Repeats"]

SIGMAS = 5.0
_EXACT = 1e-4  # relative: a factor on what is kept, also in float32

Number = Callable[..., float]


@dataclass(frozen=True)
class Distribution:
    """The entries of every result must follow a law.

    Each statement is a function of the case's arguments; what is None is free. With
    `Case(repeat=2)` or more, the calls must differ from each other.

    Attributes:
        check: Check that it decides.
        part: Its part.
        zeros: Share of entries that are 0.
        scale: Factor on the entries that are kept, of the argument `values`.
        mean: Mean of the entries.
        variance: Variance of the entries; needed for a bound on the mean.
        values: Position of the argument that is thinned or scaled.
        pick: Takes the entries to look at out of a result.
        independent: True if each entry is drawn on its own.
        share_slips: Wrong shares of zeros, each with the code of the thought behind it.
        scale_slips: Wrong factors on what is kept, each with such a code.
    """

    check: str
    part: str
    zeros: Number | None = None
    scale: Number | None = None
    mean: Number | None = None
    variance: Number | None = None
    values: int = 0
    pick: Callable[[Any], Any] | None = None
    independent: bool = True
    share_slips: tuple[tuple[Number, str], ...] = ()
    scale_slips: tuple[tuple[Number, str], ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Look at all cases; the first thing that is wrong counts."""
        for case, result in pairs_of(context, self.part):
            code = failure(result)
            calls = [] if code else self._calls(case, result)
            if code or any(grid is None or not grid.entries for grid in calls):
                code = code or "FUNCTION.OTHER_RESULT"
                found = failure_found(code, self.check, self.part, case, result)
                return Outcome((found,))
            grids = [grid for grid in calls if grid is not None]
            wrong = self._look(case, grids)
            if wrong is not None:
                return Outcome((wrong,))
        return Outcome()

    def _calls(self, case: Case, result: ResultFacts) -> list[Grid | None]:
        """Return the result of each call."""
        values = result.value if case.repeat > 1 else [result.value]
        try:
            picked = [v if self.pick is None else self.pick(v) for v in values]
        except (KeyError, IndexError, TypeError):
            return [None]
        return [Grid.of(value) for value in picked]

    def _look(self, case: Case, grids: Sequence[Grid]) -> Found | None:
        """Return the first statement that does not hold."""
        args = plain(case.args)
        given = Grid.of(args[self.values]) if self.values < len(args) else None
        looks: list[Callable[[], Found | None]] = [
            lambda: self._shape(case, grids, given),
            lambda: self._finite(case, grids),
            lambda: self._drawn(case, grids, args),
            lambda: self._shared(case, grids, given),
            lambda: self._share(case, grids, args, given),
            lambda: self._scaled(case, grids, args, given),
            lambda: self._moments(case, grids, args),
        ]
        return next((found for look in looks if (found := look()) is not None), None)

    def _shape(
        self, case: Case, grids: Sequence[Grid], given: Grid | None
    ) -> Found | None:
        """A thinned array keeps its shape."""
        if given is None or (self.zeros is None and self.scale is None):
            return None
        wrong = next((grid for grid in grids if grid.shape != given.shape), None)
        if wrong is None:
            return None
        shapes = str(given.shape), str(wrong.shape)
        return self._found("WRONG_SHAPE", case, *shapes, how="")

    def _finite(self, case: Case, grids: Sequence[Grid]) -> Found | None:
        for grid in grids:
            for entry in grid.entries:
                if not math.isfinite(entry):
                    finite = say("VALUE.plain")
                    return self._found("NAN", case, finite, str(entry), warning="")
        return None

    def _drawn(
        self, case: Case, grids: Sequence[Grid], args: tuple[Any, ...]
    ) -> Found | None:
        """Two calls differ, if anything is left to chance."""
        share = None if self.zeros is None else self.zeros(*args)
        if share in (0.0, 1.0) or len(grids) < 2:
            return None
        if any(grid != grids[0] for grid in grids):
            return None
        if share is not None and 0.0 not in grids[0].entries:
            return self._found("NOT_RANDOM", case)
        is_flat = len(set(grids[0].entries)) < 2
        return self._found("NOT_RANDOM" if is_flat else "FIXED_SEED", case)

    def _shared(
        self, case: Case, grids: Sequence[Grid], given: Grid | None
    ) -> Found | None:
        """Rows are drawn apart from each other."""
        if self.zeros is None or not self.independent or given is None:
            return None
        for grid in grids:
            rows = [tuple(entry == 0 for entry in row.entries) for row in grid.rows()]
            is_wide = len(grid.shape) > 1 and len(rows) > 1 and len(rows[0]) >= 20
            if is_wide and any(rows[0]) and len(set(rows)) == 1:
                return self._found("SHARED_MASK", case)
        return None

    def _share(
        self,
        case: Case,
        grids: Sequence[Grid],
        args: tuple[Any, ...],
        given: Grid | None,
    ) -> Found | None:
        """The share of zeros is the stated one."""
        if self.zeros is None:
            return None
        share = self.zeros(*args)
        dropped = [
            entry == 0
            for grid in grids
            for entry, before in zip(
                grid.entries,
                given.entries if given is not None else grid.entries,
                strict=True,
            )
            if given is None or before != 0  # what was 0 before says nothing
        ]
        draws, zeros = len(dropped), sum(dropped)
        if _is_likely(share, zeros, draws):
            return None
        texts = f"{share:.4g}", f"{zeros / draws:.4g}"
        if zeros == 0:
            return self._found("NOT_RANDOM", case, *texts)
        for slip, code in self.share_slips:
            if _is_likely(slip(*args), zeros, draws):
                return self._found(code, case, *texts, draws=str(draws))
        swapped = _is_likely(1 - share, zeros, draws)
        code = "SHARE_SWAPPED" if swapped else "WRONG_SHARE"
        return self._found(code, case, *texts, draws=str(draws))

    def _scaled(
        self,
        case: Case,
        grids: Sequence[Grid],
        args: tuple[Any, ...],
        given: Grid | None,
    ) -> Found | None:
        """What is kept is multiplied by the stated factor."""
        if self.scale is None or given is None:
            return None
        factor = self.scale(*args)
        for grid in grids:
            for entry, before in zip(grid.entries, given.entries, strict=True):
                if entry == 0 or before == 0:
                    continue
                received = entry / before
                if math.isclose(received, factor, rel_tol=_EXACT):
                    continue
                is_bare = math.isclose(received, 1.0, rel_tol=_EXACT)
                code = "NOT_SCALED" if is_bare else "WRONG_SCALE"
                for slip, known in self.scale_slips:
                    if math.isclose(received, slip(*args), rel_tol=_EXACT):
                        code = known
                texts = f"{factor:.4g}", f"{received:.4g}"
                return self._found(code, case, *texts)
        return None

    def _moments(
        self, case: Case, grids: Sequence[Grid], args: tuple[Any, ...]
    ) -> Found | None:
        """Mean and variance are the stated ones."""
        entries = [entry for grid in grids for entry in grid.entries]
        draws = len(entries)
        center = math.fsum(entries) / draws
        squares = [(entry - center) ** 2 for entry in entries]
        spread = math.fsum(squares) / draws
        variance = None if self.variance is None else self.variance(*args)
        if self.mean is not None:
            wanted = self.mean(*args)
            error = math.sqrt((spread if variance is None else variance) / draws)
            if not abs(center - wanted) <= SIGMAS * error + _EXACT * abs(wanted):
                return self._moment("WRONG_MEAN", case, wanted, center, draws)
        if variance is not None:
            fourth = math.fsum(square * square for square in squares) / draws
            error = math.sqrt(max(fourth - spread**2, 0.0) / draws)
            if not abs(spread - variance) <= SIGMAS * error + _EXACT * variance:
                return self._moment("WRONG_VARIANCE", case, variance, spread, draws)
        return None

    def _moment(
        self, code: str, case: Case, wanted: float, received: float, draws: int
    ) -> Found:
        texts = f"{wanted:.4g}", f"{received:.4g}"
        return self._found(code, case, *texts, draws=str(draws))

    def _found(
        self, code: str, case: Case, expected: str = "", received: str = "", **more: str
    ) -> Found:
        values = {"part": self.part, "case": case.label, **more}
        full = code if "." in code else f"FUNCTION.{code}"
        return Found(full, self.check, values, None, expected, received)


@dataclass(frozen=True)
class Repeats:
    """All calls of a repeated case must agree: the seed is among the arguments."""

    check: str
    part: str

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the calls of each case."""
        for case, result in pairs_of(context, self.part):
            code = failure(result)
            if not code and case.repeat > 1:
                texts = {repr(value) for value in result.value}
                code = "FUNCTION.NOT_REPEATABLE" if len(texts) > 1 else ""
            if code:
                found = failure_found(code, self.check, self.part, case, result)
                return Outcome((found,))
        return Outcome()


def _is_likely(share: float, count: int, draws: int) -> bool:
    """Return True if a count is within five standard deviations of its mean."""
    if draws == 0:
        return True
    sigma = math.sqrt(share * (1 - share) * draws)
    # A count is a whole number: half a step is always allowed.
    return abs(count - share * draws) <= SIGMAS * sigma + 0.5
