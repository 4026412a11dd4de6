"""Rules on some of a function's cases, and rules of which the first finding counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from checkers.exercise import Exercise
from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.rules.base import Context, Outcome, Rule
from checkers.rules.functions import pairs_of
from checkers.snapshot import Facts, FunctionFacts, Snapshot

__all__ = ["FirstOf", "OnCases"]

Counts = Callable[[Case], bool]


@dataclass(frozen=True)
class OnCases:
    """A rule that sees only the cases that count for it.

    Attributes:
        rule: The rule, on a function part.
        counts: Says whether a case counts.
    """

    rule: Rule
    counts: Counts

    @property
    def part(self) -> str:
        """The function's part."""
        return self.rule.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return self.rule.checks

    def run(self, context: Context) -> Outcome:
        """Run the rule; skip its checks if an earlier case was too slow."""
        some = _Some(context.exercise, context.snapshot, self.part, self.counts)
        if not pairs_of(some, self.part):
            reason = say("SKIPPED.unusable", part=self.part)
            return Outcome(skipped=dict.fromkeys(self.checks, reason))
        return self.rule.run(some)


@dataclass(frozen=True)
class FirstOf:
    """Several rules on one check: the first that finds something tells the cause.

    Attributes:
        rules: Rules on the same part and check, the first cause first.
    """

    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        """Refuse rules on several parts or checks: the author's error."""
        first = self.rules[0]
        for rule in self.rules:
            if (rule.part, rule.checks) != (first.part, first.checks):
                raise ValueError(
                    f"Expected the part {first.part!r} and the checks {first.checks}, "
                    f"received {rule.part!r} and {rule.checks}."
                )

    @property
    def part(self) -> str:
        """The part that all of them read."""
        return self.rules[0].part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that they decide."""
        return self.rules[0].checks

    def run(self, context: Context) -> Outcome:
        """Run the rules in order; a note does not stop the row."""
        notes: tuple[Outcome, ...] = ()
        for rule in self.rules:
            outcome = rule.run(context)
            if outcome.skipped or any(not one.is_note for one in outcome.found):
                return outcome
            notes = (*notes, outcome)
        found = tuple(one for outcome in notes for one in outcome.found)
        return Outcome(found)


@dataclass(frozen=True)
class _Some(Context):
    """A context in which only some cases of one part exist."""

    exercise: Exercise
    snapshot: Snapshot
    some_part: str
    counts: Counts

    def cases(self, part: str) -> tuple[Case, ...]:
        """Return the cases that count."""
        every = super().cases(part)
        if part != self.some_part:
            return every
        return tuple(case for case in every if self.counts(case))

    def facts(self, part: str) -> Facts:
        """Return what was captured, without the results of the other cases."""
        facts = super().facts(part)
        if part != self.some_part or not isinstance(facts, FunctionFacts):
            return facts
        kept = [
            result
            for case, result in zip(super().cases(part), facts.results, strict=False)
            if self.counts(case)
        ]
        return replace(facts, results=tuple(kept))
