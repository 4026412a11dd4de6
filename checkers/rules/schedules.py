"""A rule on learning-rate schedules: the rates at some steps, and whether `fit` works.

ScheduleIs("runs", "rates", "decay", lambda step, p: p["start"] / (1 + step))
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from checkers.messages.sentences import say
from checkers.rules.base import Context, Found, Outcome
from checkers.snapshot import ErrorFacts, ScheduleFacts

__all__ = ["Rate", "ScheduleIs"]

Rate = Callable[[int, dict[str, Any]], float]
"""Gets a step, from 0, and the personal parameters; gives the rate."""

_TOLERANCE = 1e-4  # relative; float32 needs 1e-6


@dataclass(frozen=True)
class ScheduleIs:
    """A schedule must give certain rates, and work where an optimizer calls it.

    Attributes:
        runs: Check that it works in an optimizer.
        rates: Check that its rates are right.
        part: Its part.
        expected: The right rate.
        slips: Wrong formulas, each with the code of the thought behind it; a slip
            counts if it explains the rates at all steps.
    """

    runs: str
    rates: str
    part: str
    expected: Rate
    slips: tuple[tuple[Rate, str], ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.runs, self.rates)

    def run(self, context: Context) -> Outcome:
        """Compare the rates; name the slip that explains them."""
        facts = context.facts(self.part)
        assert isinstance(facts, ScheduleFacts)
        about = {"part": self.part}
        if facts.error is not None:
            values = about | _error_values(facts.error)
            found = Found("SCHEDULE.RAISES", self.runs, values)
            return Outcome((found,), {self.rates: _skipped(self.part)})
        pairs = list(zip(facts.steps, facts.rates, strict=True))
        lost = next((step for step, rate in pairs if rate is None), None)
        if lost is not None:
            found = Found("SCHEDULE.NO_RATE", self.runs, about | {"step": lost})
            return Outcome((found,), {self.rates: _skipped(self.part)})
        found_all: list[Found] = []
        if facts.optimizer_error is not None:
            values = about | _error_values(facts.optimizer_error)
            found_all.append(Found("SCHEDULE.NOT_IN_FIT", self.runs, values))
        known = [(step, rate) for step, rate in pairs if rate is not None]
        return Outcome((*found_all, *self._wrong_rates(known, context.parameters)))

    def _wrong_rates(
        self, received: Sequence[tuple[int, float]], parameters: dict[str, Any]
    ) -> tuple[Found, ...]:
        """Return the finding on the first wrong rate, if there is one."""
        wrong = [
            (step, rate)
            for step, rate in received
            if not _is_close(self.expected(step, parameters), rate)
        ]
        if not wrong:
            return ()
        step, rate = wrong[0]
        code = self._code(received, parameters)
        values = {"part": self.part, "step": step}
        expected = f"{self.expected(step, parameters):.4g}"
        found = Found(code, self.rates, values, None, expected, f"{rate:.4g}")
        return (found,)

    def _code(
        self, received: Sequence[tuple[int, float]], parameters: dict[str, Any]
    ) -> str:
        """Return the code that explains all rates."""
        for slip, code in self.slips:
            if all(
                _is_close(_safely(slip, s, parameters), rate) for s, rate in received
            ):
                return code
        first = received[0][1]
        is_constant = all(_is_close(first, rate) for _, rate in received)
        return "SCHEDULE.CONSTANT" if is_constant else "SCHEDULE.WRONG_RATE"


def _safely(slip: Rate, step: int, parameters: dict[str, Any]) -> float:
    """Return a wrong formula's rate; nan where it gives none."""
    try:
        return slip(step, parameters)
    except ArithmeticError:
        return math.nan


def _is_close(expected: float, received: float) -> bool:
    """Return True if two rates agree, up to the rounding of a short float."""
    return math.isclose(expected, received, rel_tol=_TOLERANCE, abs_tol=1e-9)


def _error_values(error: ErrorFacts) -> dict[str, str]:
    return {
        "error": error.kind,
        "error_text": error.first_line,
        "line": error.line,
    }


def _skipped(part: str) -> str:
    return say("SKIPPED.unusable", part=part)
