"""Rules on functions: every case of the seed, errors first, then the author's test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from checkers.parts import Case
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.values import agree
from checkers.snapshot import FunctionFacts, ResultFacts

__all__ = ["Each", "Equals", "Runs", "failure", "failure_values"]

Test = Callable[[Case, ResultFacts, dict[str, Any]], Iterable[Found]]


@dataclass(frozen=True)
class Runs:
    """A function must return a plain result on every case, and change no argument."""

    check: str
    part: str
    may_mutate: bool = False
    plain: bool = True

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Report the first case that fails."""
        for case, result in _pairs(context, self.part):
            code = failure(result, plain=self.plain)
            if not code and result.mutated and not self.may_mutate:
                code = "FUNCTION.MUTATES"
            if code:
                return Outcome((_found(code, self.check, self.part, case, result),))
        return Outcome()


@dataclass(frozen=True)
class Each:
    """Every case that returned must pass an author's test; the first failure counts.

    Attributes:
        check: Check that it decides.
        part: Its part.
        test: Gets the case, its result and the personal parameters; yields findings
            (`case` and `part` are filled in).
        plain: False if results have no plain form and `observed` is read.
    """

    check: str
    part: str
    test: Test
    plain: bool = True

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Run the test on all cases."""
        for case, result in _pairs(context, self.part):
            code = failure(result, plain=self.plain)
            if code:
                return Outcome((_found(code, self.check, self.part, case, result),))
            for found in self.test(case, result, context.parameters):
                values = {"part": self.part, "case": case.label, **found.values}
                return Outcome(
                    (
                        Found(
                            found.code,
                            self.check,
                            values,
                            expected=found.expected,
                            received=found.received,
                            is_note=found.is_note,
                        ),
                    )
                )
        return Outcome()


@dataclass(frozen=True)
class Equals:
    """Every result must equal a reference, computed here by plain Python.

    Attributes:
        check: Check that it decides.
        part: Its part.
        reference: Gets the case's arguments, returns the right result.
        tolerance: Absolute tolerance for numbers.
        slips: Wrong references, each with the code of the thought behind it; a slip
            counts if it explains every case.
        pick: Takes the compared part out of a result (for example one dict entry).
    """

    check: str
    part: str
    reference: Callable[..., Any]
    tolerance: float = 1e-6
    slips: tuple[tuple[Callable[..., Any], str], ...] = ()
    pick: Callable[[Any], Any] | None = None

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare all cases; name the slip that explains all of them."""
        pairs = _pairs(context, self.part)
        wrong: Found | None = None
        for case, result in pairs:
            code = failure(result)
            if code:
                return Outcome((_found(code, self.check, self.part, case, result),))
            expected = self._picked(self.reference(*case.args))
            if wrong is None and not self._agrees(expected, result):
                received = self._picked(result.value)
                wrong = Found(
                    "FUNCTION.WRONG_RESULT",
                    self.check,
                    {"part": self.part, "case": case.label},
                    expected=repr(expected),
                    received=repr(received),
                )
        if wrong is None:
            return Outcome()
        for slip, code in self.slips:
            if all(self._fits_slip(slip, case, result) for case, result in pairs):
                found = Found(
                    code, self.check, wrong.values, None, wrong.expected, wrong.received
                )
                return Outcome((found,))
        return Outcome((wrong,))

    def _fits_slip(
        self, slip: Callable[..., Any], case: Case, result: ResultFacts
    ) -> bool:
        return self._agrees(self._picked(slip(*case.args)), result)

    def _agrees(self, expected: Any, result: ResultFacts) -> bool:
        try:
            return agree(expected, self._picked(result.value), self.tolerance)
        except (KeyError, IndexError, TypeError):
            return False

    def _picked(self, value: Any) -> Any:
        return value if self.pick is None else self.pick(value)


def failure(result: ResultFacts, *, plain: bool = True) -> str:
    """Return the code of what kept a case from giving a result; "" if nothing."""
    if result.error is not None:
        is_late = result.error.kind == "TimeoutError"
        return "FUNCTION.TOO_SLOW" if is_late else "FUNCTION.RAISES"
    if plain and result.other:
        return "FUNCTION.OTHER_RESULT"
    if plain and result.value is None:
        return "FUNCTION.NO_RESULT"
    return ""


def failure_values(part: str, case: Case, result: ResultFacts) -> dict[str, str]:
    """Return what the messages on a case without a result need."""
    error = result.error
    return {
        "part": part,
        "case": case.label,
        "error": error.kind if error else "",
        "error_text": error.message if error else "",
        "line": error.line if error else "",
    }


def _pairs(context: Context, part: str) -> list[tuple[Case, ResultFacts]]:
    """Return cases, drawn again from the seed, with their results."""
    facts = context.facts(part)
    assert isinstance(facts, FunctionFacts)
    return list(zip(context.cases(part), facts.results, strict=False))


def _found(code: str, check: str, part: str, case: Case, result: ResultFacts) -> Found:
    """Return the finding of a case that gave no result."""
    values = failure_values(part, case, result)
    return Found(
        code,
        check,
        values,
        expected="numbers or lists",
        received=result.other or "None",
    )
