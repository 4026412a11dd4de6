"""Right and known wrong functions of lesson 02, in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.rules.base import Context, Found, Outcome, Rule
from checkers.rules.functions import Each
from checkers.snapshot import ResultFacts

__all__ = [
    "Renamed",
    "WithWarnings",
    "bce_of",
    "cross_entropy_of",
    "curve",
    "entropy_of",
    "guarded",
    "kl_of",
    "logistic",
    "softmax_of",
    "warns_of_overflow",
]

EPSILON = 1e-7

Numbers = Sequence[float]


def guarded(power: float) -> float:
    """Return 1 / (1 + e^-power) without overflow."""
    small = math.exp(-abs(power))
    return 1 / (1 + small) if power >= 0 else small / (1 + small)


def logistic(x: Any, x0: float, k: float) -> Any:
    """Return the logistic function with midpoint and slope."""
    return curve(lambda one: guarded(k * (one - x0)))(x)


def curve(function: Callable[[float], float]) -> Callable[[Any], Any]:
    """Return a function of one number as a function of a number or a list."""

    def over(x: Any) -> Any:
        return [function(one) for one in x] if isinstance(x, list) else function(x)

    return over


def softmax_of(scores: Numbers, divisor: float = 1.0) -> list[float]:
    """Return softmax of one row."""
    largest = max(score / divisor for score in scores)
    powers = [math.exp(score / divisor - largest) for score in scores]
    return [power / sum(powers) for power in powers]


def entropy_of(p: Numbers, log: Callable[[float], float] = math.log) -> float:
    """Return -Σ p log p; a class with p = 0 adds nothing."""
    return -sum(one * log(one) for one in p if one > 0)


def kl_of(p: Numbers, q: Numbers, log: Callable[[float], float] = math.log) -> float:
    """Return Σ p log(p / q)."""
    return sum(a * log(a / b) for a, b in zip(p, q, strict=True) if a > 0)


def cross_entropy_of(
    p: Numbers, q: Numbers, log: Callable[[float], float] = math.log
) -> float:
    """Return -Σ p log q."""
    return -sum(a * log(b) for a, b in zip(p, q, strict=True) if a > 0)


def bce_of(
    y: Numbers,
    p: Numbers,
    reduction: str,
    *,
    log: Callable[[float], float] = math.log,
    weights: tuple[float, float] = (1.0, 1.0),
) -> float:
    """Return the binary cross-entropy; `weights` of the two terms."""
    total = 0.0
    for label, guess in zip(y, p, strict=True):
        clipped = min(max(guess, EPSILON), 1 - EPSILON)
        total -= weights[0] * label * log(clipped)
        total -= weights[1] * (1 - label) * log(1 - clipped)
    return total / len(y) if reduction == "mean" else total


def warns_of_overflow(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterator[Found]:
    """Find a warning of overflow, whatever came out in the end."""
    del case, parameters
    warning = next((text for text in result.warnings if "overflow" in text), "")
    if warning:
        yield Found("LOSSES.SIGMOID_OVERFLOW", "", received=warning)


@dataclass(frozen=True)
class WithWarnings:
    """A rule on a function's results, then one on its warnings.

    What went wrong in the results of the second rule's check, or kept a call from
    giving a result, is told once.

    Attributes:
        results: The rule on the results.
        warnings: The rule on the warnings; one check, which `results` decides too.
    """

    results: Rule
    warnings: Each

    @property
    def part(self) -> str:
        """The part whose facts it reads."""
        return self.results.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return self.results.checks

    def run(self, context: Context) -> Outcome:
        """Run the second rule where the first one leaves its check open."""
        outcome = self.results.run(context)
        check = self.warnings.check
        if check in outcome.skipped or any(one.check == check for one in outcome.found):
            return outcome
        more = self.warnings.run(context).found
        told = {one.code for one in outcome.found}
        new = tuple(one for one in more if one.code not in told)
        return replace(outcome, found=(*outcome.found, *new))


@dataclass(frozen=True)
class Renamed:
    """A rule whose general findings have a name of their own in this exercise.

    Attributes:
        rule: The rule.
        codes: General code to the code here.
        tells_one_cause: True if a thought that explains one check explains the rest.
    """

    rule: Rule
    codes: tuple[tuple[str, str], ...]
    tells_one_cause: bool = False

    @property
    def part(self) -> str:
        """The part whose facts it reads."""
        return self.rule.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return self.rule.checks

    def run(self, context: Context) -> Outcome:
        """Run the rule and rename."""
        outcome = self.rule.run(context)
        named = [one for one in outcome.found if not one.code.startswith("FUNCTION.")]
        if self.tells_one_cause and named:
            reason = say("SKIPPED.same_cause")
            others = {one.check: reason for one in outcome.found} | outcome.skipped
            others.pop(named[0].check)
            outcome = replace(outcome, found=(named[0],), skipped=others)
        names = dict(self.codes)
        found = tuple(
            replace(one, code=names.get(one.code, one.code)) for one in outcome.found
        )
        return replace(outcome, found=found)
