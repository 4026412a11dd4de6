"""One function, several checks: each looks at some of the cases or of the results.

    Shared("pool2d", pool2d, (
        Share("max", lambda x, size, kind: kind == "max"),
        Share("average", lambda x, size, kind: kind == "average")))

What goes wrong in the same way in two of them is one cause, and costs one check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checkers.exercise import Exercise
from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.reference import Reference, plain, results_of
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.functions import Equals, failure, pairs_of
from checkers.snapshot import Facts, FunctionFacts, ResultFacts, Snapshot

__all__ = ["Share", "Shared"]

_UNEXPLAINED = ("FUNCTION.WRONG_RESULT",)  # two of these may have two causes

Right = Callable[..., Any] | Reference
Slip = tuple[Right, str] | tuple[Right, str, str]


@dataclass(frozen=True)
class Share:
    """What one check looks at.

    Attributes:
        check: Name of the check.
        cases: Says by a case's arguments whether it counts for this check; None for
            every case. A case counts for the first share that it belongs to.
        result: Position of the result that it looks at, if the function returns
            several; positions where it looks at more than one. It looks at every case,
            or at those of `cases`.
        slips: Wrong references beside those of the whole rule.
    """

    check: str
    cases: Callable[..., bool] | None = None
    result: int | tuple[int, ...] | None = None
    slips: tuple[tuple[Right, str], ...] = ()


@dataclass(frozen=True)
class Shared:
    """Every share of a function's results must equal a reference.

    Attributes:
        part: The function's part.
        reference: Gets a case's arguments, returns the right result (see `Equals`).
        shares: One per check, the first cause first.
        slips: Wrong references, each with the code of the thought behind it; tried for
            every share. Where a slip names a check too and explains all cases, it is
            one cause: it costs that check and no other.
        tolerance: Absolute tolerance for numbers.
    """

    part: str
    reference: Right
    shares: tuple[Share, ...]
    slips: tuple[Slip, ...] = ()
    tolerance: float = 1e-6

    def __post_init__(self) -> None:
        """Refuse a slip that costs a check of another rule: the author's error."""
        unknown = {check for _, _, check in self._whole} - set(self.checks)
        if unknown:
            raise ValueError(f"{self.part}: no share is called {sorted(unknown)}.")

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return tuple(share.check for share in self.shares)

    @property
    def _whole(self) -> Iterator[tuple[Right, str, str]]:
        """The slips that may explain all cases, with the check that each costs."""
        return (slip for slip in self.slips if len(slip) == 3)

    def run(self, context: Context) -> Outcome:
        """Look for one cause first, then at each share on its own."""
        pairs = pairs_of(context, self.part)
        miscounted = self._miscounted(pairs)
        if miscounted is not None:
            reason = say("SKIPPED.unusable", part=self.part)
            return Outcome((miscounted,), dict.fromkeys(self.checks[1:], reason))
        if len(pairs) == len(context.cases(self.part)):  # none was too slow
            found = self._equals(self.checks[0]).run(context).found
            if not found or found[0].is_note or found[0].code == "FUNCTION.MUTATES":
                return Outcome(found)
            for slip, code, check in self._whole:
                found = self._equals(check, ((slip, code),)).run(context).found
                if found[0].code == code:
                    return Outcome(found)
        return self._apart(context)

    def _apart(self, context: Context) -> Outcome:
        """Judge each share; the same cause is told once."""
        found: list[Found] = []
        skipped: dict[str, str] = {}
        for share in self.shares:
            some = _Some(context.exercise, context.snapshot, self, share)
            if not pairs_of(some, self.part):  # an earlier case was too slow
                skipped[share.check] = say("SKIPPED.unusable", part=self.part)
                continue
            slips = (*share.slips, *self._slips_for(share, context))
            told = {other.code for other in found} - set(_UNEXPLAINED)
            for one in self._equals(share.check, slips, share.result).run(some).found:
                if one.code in told:
                    skipped[share.check] = say("SKIPPED.same_cause")
                else:
                    found.append(one)
        return Outcome(tuple(found), skipped)

    def _slips_for(self, share: Share, context: Context) -> Iterator[tuple[Right, str]]:
        """The rule's slips, without those whose own share they leave unexplained.

        A sum along the wrong axis that is seen on two cases of large scores, and not
        where the sums are asked for, is there by chance.
        """
        for slip in self.slips:
            own = next((s for s in self.shares if s.check in slip[2:]), share)
            some = _Some(context.exercise, context.snapshot, self, own)
            if own is not share:
                equals = self._equals(own.check, (slip[:2],), own.result)
                found = equals.run(some).found
                if pairs_of(some, self.part) and (
                    not found or found[0].code != slip[1]
                ):
                    continue
            yield slip[0], slip[1]

    def counts(self, case: Case, share: Share) -> bool:
        """Return True if a share looks at a case."""
        arguments = plain(case.args)
        if share.result is not None:
            return share.cases is None or share.cases(*arguments)
        belongs = (s for s in self.shares if s.cases is None or s.cases(*arguments))
        return next(belongs, None) is share

    def _equals(
        self,
        check: str,
        slips: tuple[tuple[Right, str], ...] = (),
        result: int | tuple[int, ...] | None = None,
    ) -> Equals:
        """Return the rule for one share, or for the whole."""
        pick = None if result is None else _Pick(result)
        places = result if isinstance(result, tuple) else ()
        names = tuple(str(place + 1) for place in places)
        return Equals(
            check,
            self.part,
            self.reference,
            self.tolerance,
            slips,
            pick=pick,
            names=names,
        )

    def _miscounted(self, pairs: Sequence[tuple[Case, ResultFacts]]) -> Found | None:
        """Return the finding on the first case with another number of results."""
        if all(share.result is None for share in self.shares):
            return None
        for case, result in pairs:
            if failure(result):
                continue
            right = results_of(self.reference, [case.args])[0]
            is_several = result.kind in ("tuple", "list", "")
            count = len(result.value) if isinstance(result.value, list) else 1
            if not is_several or count != len(right):
                values = {"part": self.part, "case": case.label}
                both = str(len(right)), str(count if is_several else 1)
                return Found(
                    "FUNCTION.WRONG_COUNT", self.checks[0], values, None, *both
                )
        return None


@dataclass(frozen=True)
class _Pick:
    """Takes one of several results, or some of them."""

    place: int | tuple[int, ...]

    def __call__(self, results: Any) -> Any:
        """Return the result at the place; several in the form that they came in."""
        if isinstance(self.place, int):
            return results[self.place]
        return type(results)(results[place] for place in self.place)


@dataclass(frozen=True)
class _Some(Context):
    """A context in which only the cases of one share exist."""

    exercise: Exercise
    snapshot: Snapshot
    rule: Shared
    share: Share

    def cases(self, part: str) -> tuple[Case, ...]:
        """Return the cases that count."""
        every = super().cases(part)
        if part != self.rule.part:
            return every
        return tuple(case for case in every if self.rule.counts(case, self.share))

    def facts(self, part: str) -> Facts:
        """Return what was captured, without the results of the other cases."""
        facts = super().facts(part)
        if part != self.rule.part or not isinstance(facts, FunctionFacts):
            return facts
        results: list[ResultFacts] = [
            result
            for case, result in zip(super().cases(part), facts.results, strict=False)
            if self.rule.counts(case, self.share)
        ]
        return replace(facts, results=tuple(results))
