"""Rules of exercises 2 and 3 of lesson 08: vanilla and inverted dropout."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from checkers.messages.sentences import say
from checkers.parts import Array, Case
from checkers.reference import plain
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.chosen import FirstOf, OnCases
from checkers.rules.distributions import Distribution
from checkers.rules.functions import (
    Each,
    Equals,
    Runs,
    failure,
    failure_found,
    failure_values,
    pairs_of,
)
from checkers.rules.grids import Grid
from checkers.snapshot import ResultFacts

__all__ = ["INFERENCE", "PREDICT", "SAFE", "TRAIN", "TRAINING"]

_CODE = "BY_HAND."
Matrix = list[list[float]]


def _times(x: Matrix, factor: float) -> Matrix:
    return [[factor * entry for entry in row] for row in x]


@dataclass(frozen=True)
class Unmasked:
    """Results must equal a reference; where numbers are missing, that is the cause.

    Attributes:
        equals: The comparison.
        code: Code of a result in which numbers were dropped.
    """

    equals: Equals
    code: str

    @property
    def part(self) -> str:
        """The function's part."""
        return self.equals.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return self.equals.checks

    def run(self, context: Context) -> Outcome:
        """Compare; a 0 where none was given is named first."""
        outcome = self.equals.run(context)
        if not outcome.found or outcome.found[0].is_note:
            return outcome
        for case, result in pairs_of(context, self.part):
            given, received = Grid.of(plain(case.args)[0]), Grid.of(result.value)
            if failure(result) or given is None or received is None:
                return outcome
            if given.shape == received.shape and _zeros(given, received):
                values = {"part": self.part, "case": case.label}
                share = f"{_zeros(given, received) / len(given.entries):.2g}"
                found = replace(
                    outcome.found[0],
                    code=self.code,
                    values=values,
                    expected="0",
                    received=share,
                )
                return Outcome((found,))
        return outcome


def _zeros(given: Grid, received: Grid) -> int:
    """Return how many entries are 0 that were not."""
    pairs = zip(given.entries, received.entries, strict=True)
    return sum(after == 0 and before != 0 for before, after in pairs)


@dataclass(frozen=True)
class DrawnApart:
    """The number of zeros must vary: one that is always the share is no chance.

    Of 2,000 units with share 0.2, one draw in fifty drops exactly 400. That all calls
    do so happens once in ten million times.

    Attributes:
        check: Check that it decides.
        part: The function's part.
        share: The share of zeros, by a case's arguments.
    """

    check: str
    part: str
    share: Callable[..., float]

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Count the zeros of all calls."""
        last = None
        for case, result in pairs_of(context, self.part):
            calls = [] if failure(result) else result.value
            for value in calls if case.repeat > 1 else [calls]:
                grid = Grid.of(value)
                if grid is None or not grid.entries:
                    return Outcome()
                zeros = sum(entry == 0 for entry in grid.entries)
                wanted = self.share(*plain(case.args)) * len(grid.entries)
                if abs(zeros - wanted) >= 1:
                    return Outcome()
                last = case, zeros
        if last is None:
            return Outcome()
        values = {"part": self.part, "case": last[0].label}
        code = _CODE + "EXACT_COUNT"
        return Outcome((Found(code, self.check, values, received=str(last[1])),))


# -- 2 · The vanilla pair --------------------------------------------------------------

TRAIN = FirstOf(
    (
        Runs("train", "vanilla_train"),
        Distribution(
            "train",
            "vanilla_train",
            zeros=lambda x, keep: 1 - keep,
            scale=lambda x, keep: 1.0,
            share_slips=((lambda x, keep: keep, _CODE + "KEEP_IS_DROPPED"),),
            scale_slips=(
                (lambda x, keep: 1 / keep, _CODE + "SCALED_IN_TRAINING"),
                (lambda x, keep: 1 / (1 - keep), _CODE + "SCALED_IN_TRAINING"),
                (lambda x, keep: keep, _CODE + "SCALED_TWICE"),
            ),
        ),
        DrawnApart("train", "vanilla_train", lambda x, keep: 1 - keep),
    )
)

PREDICT = Unmasked(
    Equals(
        "predict",
        "vanilla_predict",
        _times,
        slips=(
            (lambda x, keep: x, _CODE + "NOT_SCALED_AT_TEST"),
            (lambda x, keep: _times(x, 1 / keep), _CODE + "INVERSE_AT_TEST"),
            (lambda x, keep: _times(x, 1 / (1 - keep)), _CODE + "INVERSE_AT_TEST"),
            (lambda x, keep: _times(x, 1 - keep), _CODE + "TIMES_DROPPED"),
            (lambda x, keep: _times(x, keep * keep), _CODE + "SCALED_TWICE"),
        ),
    ),
    _CODE + "DROPS_AT_TEST",
)

# -- 3 · Inverted dropout --------------------------------------------------------------


def _is_training(case: Case) -> bool:
    """Return True for a pass that is drawn, with a rate that drops something."""
    _, rate, training = case.args
    return bool(training) and 0 < rate < 1 and not _is_whole(case)


def _is_whole(case: Case) -> bool:
    given = case.args[0]
    return isinstance(given, Array) and given.dtype == "int64"


def _draws_anew(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    """Two calls must differ."""
    if result.value[0] == result.value[1]:
        dropped = Grid.of(result.value[0])
        is_drawn = dropped is not None and 0.0 in dropped.entries
        yield Found("FUNCTION.FIXED_SEED" if is_drawn else "FUNCTION.NOT_RANDOM", "")


TRAINING = FirstOf(
    (
        OnCases(
            Distribution(
                "training",
                "inverted",
                zeros=lambda x, rate, training: rate,
                scale=lambda x, rate, training: 1 / (1 - rate),
                share_slips=(
                    (lambda x, rate, training: 1 - rate, _CODE + "RATE_IS_KEPT"),
                ),
                scale_slips=(
                    (lambda x, rate, training: 1.0, _CODE + "NO_FACTOR"),
                    (lambda x, rate, training: 1 - rate, _CODE + "TIMES_KEEP"),
                    (lambda x, rate, training: 1 / rate, _CODE + "BY_THE_RATE"),
                ),
            ),
            lambda case: _is_training(case) and case.repeat == 1,
        ),
        OnCases(
            Each("training", "inverted", _draws_anew),
            lambda case: case.repeat > 1,
        ),
        OnCases(
            DrawnApart("training", "inverted", lambda x, rate, training: rate),
            lambda case: _is_training(case) and case.repeat == 1,
        ),
    )
)

INFERENCE = OnCases(
    Unmasked(
        Equals(
            "inference",
            "inverted",
            lambda x, rate, training: x,
            slips=(
                (
                    lambda x, rate, training: _times(x, 1 - rate),
                    _CODE + "SCALES_AT_INFERENCE",
                ),
                (
                    lambda x, rate, training: _times(x, 1 / (1 - rate)),
                    _CODE + "SCALES_AT_INFERENCE",
                ),
            ),
            may_mutate=True,  # that costs the check "safe"
        ),
        _CODE + "DROPS_AT_INFERENCE",
    ),
    lambda case: not case.args[2],
)


@dataclass(frozen=True)
class Safe:
    """What one gives stays as it is; whole numbers work; a rate that is none stops.

    Attributes:
        check: Check that it decides.
        part: The function's part.
    """

    check: str = "safe"
    part: str = "inverted"

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Return the first thing that is wrong."""
        pairs = pairs_of(context, self.part)
        for case, result in pairs:
            if _is_training(case) and failure(result):
                return Outcome(skipped={self.check: say("SKIPPED.same_cause")})
            if result.mutated and failure(result) == "":
                found = failure_found(
                    "FUNCTION.MUTATES", self.check, self.part, case, result
                )
                return Outcome((found,))
        for case, result in pairs:
            for look in (self._whole, self._nothing, self._refused):
                wrong = look(case, result)
                if wrong is not None:
                    return Outcome((wrong,))
        return Outcome()

    def _whole(self, case: Case, result: ResultFacts) -> Found | None:
        """Whole numbers give broken ones."""
        if not _is_whole(case):
            return None
        code = failure(result)
        if result.error is not None:
            return self._found("WHOLE_NUMBERS", case, result)
        if code:
            return failure_found(code, self.check, self.part, case, result)
        given, received = Grid.of(plain(case.args)[0]), Grid.of(result.value)
        if given is None or received is None or given.shape != received.shape:
            return failure_found(
                "FUNCTION.OTHER_RESULT", self.check, self.part, case, result
            )
        pairs = zip(given.entries, received.entries, strict=True)
        if all(after in (0, before) for before, after in pairs):
            return None  # nothing was scaled: that costs another check
        is_cut = all(float(entry).is_integer() for entry in received.entries)
        # 5/3 of a whole number is whole only for each third of them.
        return self._found("CUT_NUMBERS", case, result) if is_cut else None

    def _nothing(self, case: Case, result: ResultFacts) -> Found | None:
        """At rate 0 nothing is dropped."""
        if case.args[1] != 0 or not case.args[2]:
            return None
        code = failure(result)
        if code:
            return failure_found(code, self.check, self.part, case, result)
        given, received = Grid.of(plain(case.args)[0]), Grid.of(result.value)
        if given is not None and received is not None:
            pairs = zip(given.entries, received.entries, strict=False)
            if all(abs(one - other) <= 1e-5 for one, other in pairs):
                return None
        return self._found("RATE_ZERO", case, result)

    def _refused(self, case: Case, result: ResultFacts) -> Found | None:
        """A rate of 1 or more, or below 0, is a ValueError."""
        rate = case.args[1]
        if 0 <= rate < 1:
            return None
        if result.error is None:
            found = self._found("BAD_RATE", case, result)
            return replace(found, expected="ValueError", received=str(rate))
        if result.error.kind != "ValueError":
            found = self._found("OTHER_ERROR", case, result)
            return replace(found, expected="ValueError", received=result.error.kind)
        return None

    def _found(self, code: str, case: Case, result: ResultFacts) -> Found:
        values = failure_values(self.part, case, result)
        return Found(_CODE + code, self.check, values)


SAFE = Safe()
