"""Rules on the optimizer: what it remembers of the weights, how large its steps are.

Was the model compiled after layers were thawed?

An optimizer like Adam keeps numbers for each weight that it moves. It makes them at the
first `fit` after `compile`. Weights that are trainable now and have none were thawed
later, and `fit` goes on without them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from checkers.rules.base import Context, Found, Outcome
from checkers.snapshot import ModelFacts

__all__ = ["Optimized", "RateAtMost"]

_RATES = re.compile(r"(?:initial_learning_rate|warmup_target)\W+([\d.]+(?:e-?\d+)?)")
"""Where a schedule, written out as text, says its largest rate."""


@dataclass(frozen=True)
class Optimized:
    """Every weight that is trainable must be one that the optimizer moves.

    An optimizer that has not seen a step yet, or that keeps nothing per weight, says
    nothing: then nothing is found.

    Attributes:
        check: Check that it decides.
        part: The model's part.
        code: Message code.
    """

    check: str
    part: str
    code: str

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare what is trainable with what the optimizer knows."""
        facts = context.facts(self.part)
        assert isinstance(facts, ModelFacts)
        known = (facts.compiled or {}).get("optimizer_knows")
        if not isinstance(known, dict) or known["known"] >= known["trainable"]:
            return Outcome()
        values = {"part": self.part, **known}
        found = Found(self.code, self.check, values, received=str(known["known"]))
        return Outcome((found,))


@dataclass(frozen=True)
class RateAtMost:
    """The learning rate must be above 0 and at most so large, a schedule's start too.

    Of a schedule whose settings do not say a rate nothing is found.

    Attributes:
        check: Check that it decides.
        part: The model's part.
        limit: Largest rate that is right.
        code: Message code of a larger one.
        zero: Message code of a rate that moves nothing.
    """

    check: str
    part: str
    limit: float
    code: str
    zero: str

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the rate with the limit."""
        facts = context.facts(self.part)
        assert isinstance(facts, ModelFacts)
        held = (facts.compiled or {}).get("optimizer_settings") or {}
        rate = _largest(held.get("learning_rate"))
        if rate is None or 0 < rate <= self.limit * (1 + 1e-5):
            return Outcome()
        code = self.code if rate > 0 else self.zero
        both = f"{self.limit:g}", f"{rate:g}"
        values = {"part": self.part}
        return Outcome((Found(code, self.check, values, None, *both),))


def _largest(rate: Any) -> float | None:
    """Return a rate, or the largest that a schedule begins with; None if unknown."""
    if isinstance(rate, int | float) and not isinstance(rate, bool):
        return float(rate)
    found = [float(number) for number in _RATES.findall(str(rate))]
    return max(found) if found else None
