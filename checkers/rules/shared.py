"""One function, several checks: each looks at some of the cases or of the results.

    Shared("pool2d", pool2d, (
        Share("max", cases=lambda case: case.args[4] == "max"),
        Share("average", cases=lambda case: case.args[4] == "average")))

What goes wrong in the same way in two of them is one cause, and costs one check.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from checkers.exercise import Exercise
from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.reference import Reference, results_of
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.functions import Equals, failure, failure_found, pairs_of
from checkers.snapshot import Facts, FunctionFacts, ResultFacts, Snapshot

__all__ = ["Share", "Shared"]

_UNEXPLAINED = ("FUNCTION.WRONG_RESULT",)  # two of these may have two causes

Wrong = tuple[Callable[..., Any] | Reference, str]


@dataclass(frozen=True)
class Share:
    """What one check looks at.

    Attributes:
        check: Name of the check.
        cases: Says which cases count for it; None for all.
        result: Position of the result that it looks at, if there are several.
        slips: Wrong references beside those of the whole rule.
    """

    check: str
    cases: Callable[[Case], bool] | None = None
    result: int | None = None
    slips: tuple[Wrong, ...] = ()


@dataclass(frozen=True)
class Shared:
    """Every share of a function's results must equal a reference.

    Attributes:
        part: The function's part.
        reference: Gets the case's arguments, returns the right result (see `Equals`).
        shares: One per check, the first cause first.
        slips: Wrong references with their codes, tried for every share.
        tolerance: Absolute tolerance for numbers.
    """

    part: str
    reference: Callable[..., Any] | Reference
    shares: tuple[Share, ...]
    slips: tuple[Wrong, ...] = ()
    tolerance: float = 1e-6

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return tuple(share.check for share in self.shares)

    def run(self, context: Context) -> Outcome:
        """Compare each share; the same cause is told once."""
        stopped = self._stopped(context)
        if stopped is not None:
            first, *others = self.checks
            reason = say("SKIPPED.unusable", part=self.part)
            return Outcome(
                (replace(stopped, check=first),), dict.fromkeys(others, reason)
            )
        found: list[Found] = []
        skipped: dict[str, str] = {}
        for share in self.shares:
            for one in self._look(share, context):
                told = {other.code for other in found} - set(_UNEXPLAINED)
                if one.code in told:
                    skipped[share.check] = say("SKIPPED.same_cause")
                else:
                    found.append(one)
        return Outcome(tuple(found), skipped)

    def _stopped(self, context: Context) -> Found | None:
        """Return the finding on the first case without a result to compare."""
        pairs = pairs_of(context, self.part)
        for case, result in pairs:
            code = failure(result)
            if code:
                return failure_found(code, "", self.part, case, result)
        case, result = pairs[0]
        right = results_of(self.reference, [case.args])[0]
        if not isinstance(right, tuple):
            return None
        received = len(result.value) if isinstance(result.value, list) else 1
        if result.kind not in ("tuple", "list", "") or received != len(right):
            values = {"part": self.part, "case": case.label}
            count = received if result.kind in ("tuple", "list", "") else 1
            both = str(len(right)), str(count)
            return Found("FUNCTION.WRONG_COUNT", "", values, None, *both)
        return None

    def _look(self, share: Share, context: Context) -> tuple[Found, ...]:
        """Return what is wrong with one share."""
        rule = Equals(
            share.check,
            self.part,
            self.reference,
            tolerance=self.tolerance,
            slips=(*share.slips, *self.slips),
            pick=None if share.result is None else _Pick(share.result),
        )
        if share.cases is None:
            return rule.run(context).found
        some = _Some(context.exercise, context.snapshot, share.cases, self.part)
        return rule.run(some).found


@dataclass(frozen=True)
class _Pick:
    """Takes one of several results."""

    place: int

    def __call__(self, results: Any) -> Any:
        """Return the result at the place."""
        return results[self.place]


@dataclass(frozen=True)
class _Some(Context):
    """A context in which only some cases of one function exist."""

    exercise: Exercise
    snapshot: Snapshot
    counts: Callable[[Case], bool]
    narrowed: str

    def cases(self, part: str) -> tuple[Case, ...]:
        """Return the cases that count."""
        every = super().cases(part)
        if part != self.narrowed:
            return every
        return tuple(case for case in every if self.counts(case))

    def facts(self, part: str) -> Facts:
        """Return what was captured, without the results of the other cases."""
        facts = super().facts(part)
        if part != self.narrowed or not isinstance(facts, FunctionFacts):
            return facts
        results: list[ResultFacts] = [
            result
            for case, result in zip(super().cases(part), facts.results, strict=False)
            if self.counts(case)
        ]
        return replace(facts, results=tuple(results))
