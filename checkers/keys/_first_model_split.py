"""Rule of `first-model-split`: what a split must keep, whatever way it is made."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from checkers.i18n import N_, translate
from checkers.messages.sentences import say, say_list
from checkers.parts import Case
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.functions import failure, failure_values
from checkers.snapshot import FunctionFacts, ResultFacts

__all__ = ["Splits"]

SHARES = (0.6, 0.2, 0.2)
SLACK = 2  # keys: room for every way of rounding 60, 20 and 20 %

_TEXT = 60  # letters of a result in a message

Rows = list[list[int]]


@dataclass(frozen=True)
class Splits:
    """`split(keys, seed)` must cut completely, repeatably, with copies together."""

    part: str
    complete: str = "complete"
    repeatable: str = "repeatable"
    copies: str = "copies"

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.complete, self.repeatable, self.copies)

    def run(self, context: Context) -> Outcome:
        """Look at all cases; the first failure of each check counts."""
        facts = context.facts(self.part)
        assert isinstance(facts, FunctionFacts)
        pairs = list(zip(context.cases(self.part), facts.results, strict=False))
        for case, result in pairs:
            stopped = self._stopped(case, result)
            if stopped is not None:
                reason = say("SKIPPED.unusable", part=self.part)
                skipped = dict.fromkeys((self.repeatable, self.copies), reason)
                return Outcome((stopped,), skipped)
        runs = [(case, result, _calls(case, result)) for case, result in pairs]
        looks = (
            (self.complete, self._incomplete(runs)),
            (self.repeatable, self._unrepeatable(runs)),
            (self.copies, self._torn(runs)),
        )
        first = [(check, next(found, None)) for check, found in looks]
        skipped = {}
        if first[0][1] is not None and first[0][1].code in _NO_PLACE:
            # A row without a place of its own tears copies apart as well: one cause.
            first, skipped = first[:2], {self.copies: say("SKIPPED.same_cause")}
        return Outcome(
            tuple(
                Found(
                    one.code,
                    check,
                    {"part": self.part, **one.values},
                    expected=one.expected,
                    received=one.received,
                )
                for check, one in first
                if one is not None
            ),
            skipped,
        )

    def _stopped(self, case: Case, result: ResultFacts) -> Found | None:
        """Return the finding on a case that gave no three lists of row numbers."""
        code, received = failure(result), result.other or "None"
        if not code and result.mutated:
            code = "FUNCTION.MUTATES"
        if not code and all(one is None for one in _calls(case, result)):
            code = "FUNCTION.NO_RESULT"
        if not code and not all(_is_split(one) for one in _calls(case, result)):
            code, received = "FUNCTION.OTHER_RESULT", _short(_calls(case, result)[0])
        if not code:
            return None
        values = failure_values(self.part, case, result)
        wanted = translate(N_("three lists of row numbers"))
        return Found(code, self.complete, values, expected=wanted, received=received)

    def _incomplete(self, runs: Sequence[Run]) -> Iterator[Found]:
        """Yield rows that are there twice, missing or unknown, then wrong shares."""
        for case, _, calls in runs:
            keys, parts = case.args[0], calls[0]
            rows = [row for part in parts for row in part]
            unknown = sorted(set(rows) - set(range(len(keys))))
            twice = len(rows) - len(set(rows))
            missing = len(keys) - len(set(rows))
            about = {"case": case.label}
            if unknown:
                wanted = translate(
                    N_("row numbers from 0 to {last}"), last=len(keys) - 1
                )
                yield Found(
                    _SPLIT + "UNKNOWN_ROW", "", about, None, wanted, str(unknown[0])
                )
            if twice:
                yield Found(_SPLIT + "REPEATS", "", about, received=str(twice))
            if missing:
                yield Found(_SPLIT + "DROPS_ROWS", "", about, received=str(missing))
            known = [[row for row in part if row not in unknown] for part in parts]
            held = [len({keys[row] for row in part}) for part in known]
            total = len(set(keys))
            if sum(held) == total and not _sizes_fit(held, total):
                wanted = " / ".join(f"{share * total:g}" for share in SHARES)
                text = " / ".join(str(count) for count in held)
                yield Found(_SPLIT + "SHARES", "", about, None, wanted, text)

    def _unrepeatable(self, runs: Sequence[Run]) -> Iterator[Found]:
        """Yield use of the global random state, then what the seed does not decide."""
        for case, result, calls in runs:
            about = {"case": case.label}
            if result.observed.get("touched_random"):
                yield Found(_SPLIT + "GLOBAL_SEED", "", about)
            if any(_sorted(call) != _sorted(calls[0]) for call in calls):
                yield Found(_SPLIT + "NOT_REPEATABLE", "", about)
        (_, _, first), (other, _, second) = runs[0], runs[1]
        if _sorted(first[0]) == _sorted(second[0]):
            yield Found(_SPLIT + "SEED_IGNORED", "", {"case": other.label})

    def _torn(self, runs: Sequence[Run]) -> Iterator[Found]:
        """Yield a key whose rows are in two parts."""
        for case, _, calls in runs:
            keys = case.args[0]
            homes: dict[Any, set[int]] = {}
            for number, part in enumerate(calls[0]):
                for row in part:
                    if 0 <= row < len(keys):
                        homes.setdefault(keys[row], set()).add(number)
            torn = [
                key
                for key, parts in homes.items()
                if len(parts) > 1 and keys.count(key) > 1
            ]
            if torn:
                rows = [row for row, key in enumerate(keys) if key == torn[0]]
                yield Found(
                    _SPLIT + "COPIES_APART",
                    "",
                    {"case": case.label, "key": repr(torn[0])},
                    expected=translate(N_("one part")),
                    received=translate(
                        N_("rows {rows}"), rows=say_list(map(str, rows))
                    ),
                )


_SPLIT = "FIRST_MODEL.SPLIT_"
_NO_PLACE = {_SPLIT + "UNKNOWN_ROW", _SPLIT + "REPEATS"}
Run = tuple[Case, ResultFacts, list[Rows]]


def _calls(case: Case, result: ResultFacts) -> list[Any]:
    """Return the result of each call of a case."""
    return result.value if case.repeat > 1 else [result.value]


def _is_split(value: Any) -> bool:
    """Return True for three lists of whole numbers."""
    return (
        isinstance(value, list)
        and len(value) == len(SHARES)
        and all(
            isinstance(part, list) and all(type(row) is int for row in part)
            for part in value
        )
    )


def _sizes_fit(held: Sequence[int], total: int) -> bool:
    return all(
        abs(count - share * total) <= SLACK
        for count, share in zip(held, SHARES, strict=True)
    )


def _sorted(parts: Rows) -> Rows:
    """Return the parts with the order inside each removed: it is free."""
    return [sorted(part) for part in parts]


def _short(value: Any) -> str:
    """Return what came back in its place, short enough to read."""
    if not isinstance(value, list) or not all(isinstance(p, list) for p in value):
        return textwrap.shorten(repr(value), _TEXT, placeholder=" …")
    if len(value) != len(SHARES):
        return translate(N_("{count} lists"), count=len(value))
    entries = [row for part in value for row in part if type(row) is not int]
    kind = type(entries[0]).__name__
    return translate(N_("lists with entries of type {kind}"), kind=kind)
