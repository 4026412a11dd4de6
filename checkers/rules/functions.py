"""Rules on functions: every case of the seed, errors first, then the author's test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checkers.messages.sentences import say, say_list
from checkers.parts import Case
from checkers.reference import Reference, ReferenceFailed, plain, results_of
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.results import Result, Verdicts, read_results
from checkers.snapshot import FunctionFacts, ResultFacts, first_line

__all__ = [
    "Each",
    "Equals",
    "Runs",
    "failure",
    "failure_found",
    "failure_values",
    "pairs_of",
]

_NO_RESULT = (ArithmeticError, ValueError, LookupError, TypeError)

Test = Callable[[Case, ResultFacts, dict[str, Any]], Iterable[Found]]

_PROBLEMS = {
    "timeout": "FUNCTION.TOO_SLOW",
    "not_stopped": "FUNCTION.NOT_STOPPED",
    "arguments": "FUNCTION.WRONG_ARGUMENTS",
    "input": "FUNCTION.ASKS_INPUT",
    "exit": "FUNCTION.EXITS",
    "recursion": "FUNCTION.ENDLESS_RECURSION",
    "overflow": "FUNCTION.OVERFLOW",
}
_OTHERS = {
    "generator": "FUNCTION.YIELDS",
    "function": "FUNCTION.RETURNS_FUNCTION",
    "symbolic": "FUNCTION.SYMBOLIC",
    "complex": "FUNCTION.COMPLEX",
    "too_large": "FUNCTION.TOO_LARGE",
}


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
        for case, result in pairs_of(context, self.part):
            code = failure(result, plain=self.plain)
            if not code and result.mutated and not self.may_mutate:
                code = "FUNCTION.MUTATES"
            if code:
                found = failure_found(code, self.check, self.part, case, result)
                return Outcome((found,))
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
        for case, result in pairs_of(context, self.part):
            code = failure(result, plain=self.plain)
            if code:
                found = failure_found(code, self.check, self.part, case, result)
                return Outcome((found,))
            for found in self.test(case, result, context.parameters):
                values = {"part": self.part, "case": case.label, **found.values}
                return Outcome((replace(found, check=self.check, values=values),))
        return Outcome()


@dataclass(frozen=True)
class Equals:
    """Every result must equal a reference.

    Numbers agree within `tolerance`, plus what the type of the received numbers
    explains (a relative 1e-9 for float64, 2e-5 for float32, 4e-3 for float16).
    Where results are wrong, the pattern that explains all cases is named.

    Attributes:
        check: Check that it decides.
        part: Its part.
        reference: Gets the case's arguments, returns the right result: a tuple where
            the function returns several. Plain Python, or a `Reference`.
        tolerance: Absolute tolerance for numbers.
        slips: Wrong references, each with the code of the thought behind it; a slip
            counts if it explains every case.
        pick: Takes the compared part out of a result (for example one dict entry).
        also: Other right results; one of them must fit every case.
        names: Names of the results, if there are several.
        may_mutate: True if the function may change its arguments.
    """

    check: str
    part: str
    reference: Callable[..., Any] | Reference
    tolerance: float = 1e-6
    slips: tuple[tuple[Callable[..., Any] | Reference, str], ...] = ()
    pick: Callable[[Any], Any] | None = None
    also: tuple[Callable[..., Any] | Reference, ...] = ()
    names: tuple[str, ...] = ()
    may_mutate: bool = False

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare all cases; name the slip or the pattern that explains all of them."""
        pairs = pairs_of(context, self.part)
        for case, result in pairs:
            code = failure(result)
            if code:
                found = self._stopping_slip(pairs) or failure_found(
                    code, self.check, self.part, case, result
                )
                return Outcome((found,))
        verdicts = self._against(self.reference, pairs)
        if not verdicts.are_right:
            return self._wrong(verdicts, pairs)
        for case, result in pairs:
            if result.mutated and not self.may_mutate:
                code = "FUNCTION.MUTATES"
                found = failure_found(code, self.check, self.part, case, result)
                return Outcome((found,))
        if verdicts.has_one_entry:
            values = {"part": self.part}
            return Outcome(
                (Found("FUNCTION.ONE_ENTRY", self.check, values, is_note=True),)
            )
        return Outcome()

    def _wrong(
        self, verdicts: Verdicts, pairs: Sequence[tuple[Case, ResultFacts]]
    ) -> Outcome:
        """Return what is wrong, by the most exact name that there is."""
        if any(self._fits(other, pairs) for other in self.also):
            return Outcome()
        found = verdicts.found(self.part, self.check)
        for slip, code in self.slips:
            if self._fits(slip, pairs):
                first = verdicts.first_wrong(self.part, self.check)
                is_shape = found.code == "FUNCTION.WRONG_SHAPE"
                if not is_shape or found.values["case"] != first.values["case"]:
                    found = first  # two shapes say more where they differ at once
                return Outcome((replace(found, code=code),))
        return Outcome((found,))

    def _stopping_slip(self, pairs: Sequence[tuple[Case, ResultFacts]]) -> Found | None:
        """Return the finding of a slip that stops just where the function did.

        A transposed kernel multiplies if it is square, and raises if it is not.
        """
        stopped = [pair for pair in pairs if failure(pair[1]) == "FUNCTION.RAISES"]
        others = [pair for pair in pairs if not failure(pair[1])]
        if not others or len(stopped) + len(others) < len(pairs):
            return None
        for slip, code in self.slips:
            if self._fits(slip, others) and all(_raises(slip, c) for c, _ in stopped):
                verdicts = self._against(self.reference, others)
                if not verdicts.are_right:
                    found = verdicts.first_wrong(self.part, self.check)
                    return replace(found, code=code)
        return None

    def _fits(
        self,
        reference: Callable[..., Any] | Reference,
        pairs: Sequence[tuple[Case, ResultFacts]],
    ) -> bool:
        """Return True if another reference explains all cases."""
        try:
            return self._against(reference, pairs).are_right
        except (*_NO_RESULT, ReferenceFailed):
            return False  # the thought leads to no result on some case

    def _against(
        self,
        reference: Callable[..., Any] | Reference,
        pairs: Sequence[tuple[Case, ResultFacts]],
    ) -> Verdicts:
        """Compare all results with a reference."""
        expected = results_of(reference, [case.args for case, _ in pairs])
        results = []
        for (case, result), right in zip(pairs, expected, strict=True):
            received: Any = result.value
            if self.pick is not None:
                right = self.pick(right)
                received = _picked(self.pick, received)
            results.append(Result(case, result, plain(case.args), right, received))
        return read_results(results, self.tolerance, self.names)


def _raises(reference: Callable[..., Any] | Reference, case: Case) -> bool:
    """Return True if a wrong calculation leads to no result on a case."""
    try:
        results_of(reference, [case.args])
    except (*_NO_RESULT, ReferenceFailed):
        return True
    return False


def _picked(pick: Callable[[Any], Any], value: Any) -> Any:
    """Return the compared part of a result; None if it is not there."""
    try:
        return pick(value)
    except (KeyError, IndexError, TypeError):
        return None


def failure(result: ResultFacts, *, plain: bool = True) -> str:
    """Return the code of what kept a case from giving a result; "" if nothing."""
    if result.error is not None:
        is_late = result.error.kind == "TimeoutError"
        default = "FUNCTION.TOO_SLOW" if is_late else "FUNCTION.RAISES"
        return _PROBLEMS.get(result.problem, default)
    if plain and result.other:
        return _OTHERS.get(result.problem, "FUNCTION.OTHER_RESULT")
    if plain and result.value is None:
        prints = bool(result.printed)
        return "FUNCTION.PRINTS_NOT_RETURNS" if prints else "FUNCTION.NO_RESULT"
    return ""


def failure_values(part: str, case: Case, result: ResultFacts) -> dict[str, str]:
    """Return what the messages on a case without a result need."""
    error = result.error
    warning = result.warnings[0] if result.warnings else ""
    return {
        "part": part,
        "case": case.label,
        "error": error.kind if error else "",
        "error_text": error.first_line if error else "",
        "line": error.line if error else "",
        "count": str(len(case.args)),
        "takes": str(result.observed.get("takes", "")),
        "printed": repr(first_line(result.printed)[:80]) if result.printed else "",
        "changed": say_list(result.changed or (say("VALUE.argument"),)),
        "warning": say("VALUE.in_brackets", text=warning) if warning else "",
    }


def failure_found(
    code: str, check: str, part: str, case: Case, result: ResultFacts
) -> Found:
    """Return the finding of a case that gave no result."""
    received = result.other or (result.error.kind if result.error else "None")
    return Found(
        code,
        check,
        failure_values(part, case, result),
        expected=say("VALUE.plain"),
        received=received,
    )


def pairs_of(context: Context, part: str) -> list[tuple[Case, ResultFacts]]:
    """Return cases, drawn again from the seed, with their results."""
    facts = context.facts(part)
    assert isinstance(facts, FunctionFacts)
    return list(zip(context.cases(part), facts.results, strict=False))
