"""A function whose cases belong to several checks, so that one slip costs one of them.

Staged(
    "out_size",
    output_size,
    stages=(
        ("valid", lambda size, kernel, stride, padding: padding == "valid"),
        ("same", lambda size, kernel, stride, padding: padding == "same"),
    ),
    slips=((floor_for_same, "CONV.SAME_FLOORED", "same"),),
)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.reference import Reference, ReferenceFailed, plain, results_of
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.functions import failure, failure_found, pairs_of
from checkers.rules.results import Result, Verdicts, read_results
from checkers.snapshot import ResultFacts

__all__ = ["Staged"]

Right = Callable[..., Any] | Reference
Pairs = Sequence[tuple[Case, ResultFacts]]
_NO_RESULT = (ArithmeticError, ValueError, LookupError, TypeError)


@dataclass(frozen=True)
class Staged:
    """Every result must equal a reference; each case counts for one check.

    A slip that explains all cases is one cause: it costs the check that it names and
    no other. Where none does, each check is judged by its own cases.

    Attributes:
        part: The function's part.
        reference: Gets a case's arguments, returns the right result.
        stages: Check name, and which cases belong to it: a function of the case's
            arguments. A case counts for the first stage that it belongs to.
        slips: Wrong references, each with the code of the thought behind it and the
            check that it costs.
        tolerance: Absolute tolerance for numbers (see `Equals`).
    """

    part: str
    reference: Right
    stages: tuple[tuple[str, Callable[..., bool]], ...]
    slips: tuple[tuple[Right, str, str], ...] = ()
    tolerance: float = 1e-6

    def __post_init__(self) -> None:
        """Refuse a slip that costs a check of another rule: the author's error."""
        unknown = {check for _, _, check in self.slips} - set(self.checks)
        if unknown:
            raise ValueError(f"{self.part}: no stage is called {sorted(unknown)}.")

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return tuple(check for check, _ in self.stages)

    def run(self, context: Context) -> Outcome:
        """Look for one cause first, then at each check on its own."""
        pairs = pairs_of(context, self.part)
        returned = [pair for pair in pairs if not failure(pair[1])]
        if len(returned) == len(pairs) == len(context.cases(self.part)):
            verdicts = self._against(self.reference, pairs)
            if verdicts.are_right:
                return self._right(verdicts, pairs)
            for slip, code, check in self.slips:
                if self._fits(slip, pairs):
                    return Outcome((self._named(verdicts, code, check),))
        return self._apart(self._grouped(pairs))

    def _grouped(self, pairs: Pairs) -> dict[str, list[tuple[Case, ResultFacts]]]:
        """Return the cases of each check."""
        groups: dict[str, list[tuple[Case, ResultFacts]]]
        groups = {check: [] for check in self.checks}
        for case, result in pairs:
            for check, belongs in self.stages:
                if belongs(*plain(case.args)):
                    groups[check].append((case, result))
                    break
        return groups

    def _apart(self, groups: dict[str, list[tuple[Case, ResultFacts]]]) -> Outcome:
        """Judge each check; the same thing is said once."""
        found: list[Found] = []
        skipped: dict[str, str] = {}
        for check, pairs in groups.items():
            one = self._first(check, pairs)
            if not pairs:  # an earlier case was too slow
                skipped[check] = say("SKIPPED.unusable", part=self.part)
            elif one is not None and any(one.code == other.code for other in found):
                skipped[check] = say("SKIPPED.same_cause")
            elif one is not None:
                found.append(one)
        return Outcome(tuple(found), skipped)

    def _first(self, check: str, pairs: Pairs) -> Found | None:
        """Return what is wrong with the cases of one check, None if nothing is."""
        for case, result in pairs:
            code = failure(result)
            if code:
                return failure_found(code, check, self.part, case, result)
        if not pairs:
            return None
        verdicts = self._against(self.reference, pairs)
        if verdicts.are_right:
            return None
        for slip, code, _ in self.slips:
            if self._fits(slip, pairs):
                return self._named(verdicts, code, check)
        return verdicts.found(self.part, check)

    def _named(self, verdicts: Verdicts, code: str, check: str) -> Found:
        """Return the first wrong result under the code of a thought."""
        found = verdicts.found(self.part, check)
        if found.code != "FUNCTION.WRONG_SHAPE":  # there the two shapes say more
            found = verdicts.first_wrong(self.part, check)
        return replace(found, code=code)

    def _right(self, verdicts: Verdicts, pairs: Pairs) -> Outcome:
        """Return what remains to be said about right results."""
        for case, result in pairs:
            if result.mutated:
                code, check = "FUNCTION.MUTATES", self.checks[0]
                return Outcome((failure_found(code, check, self.part, case, result),))
        if verdicts.has_one_entry:
            values = {"part": self.part}
            note = Found("FUNCTION.ONE_ENTRY", self.checks[0], values, is_note=True)
            return Outcome((note,))
        return Outcome()

    def _fits(self, reference: Right, pairs: Pairs) -> bool:
        """Return True if a wrong reference explains these cases."""
        try:
            return self._against(reference, pairs).are_right
        except (*_NO_RESULT, ReferenceFailed):
            return False  # the thought leads to no result on some case

    def _against(self, reference: Right, pairs: Pairs) -> Verdicts:
        """Compare results with a reference."""
        expected = results_of(reference, [case.args for case, _ in pairs])
        results = [
            Result(case, facts, plain(case.args), right, facts.value)
            for (case, facts), right in zip(pairs, expected, strict=True)
        ]
        return read_results(results, self.tolerance)
