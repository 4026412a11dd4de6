"""A rule on the optimizer's memory: was the model compiled after layers were thawed?

An optimizer like Adam keeps numbers for each weight that it moves. It makes them at the
first `fit` after `compile`. Weights that are trainable now and have none were thawed
later, and `fit` goes on without them.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkers.rules.base import Context, Found, Outcome
from checkers.snapshot import ModelFacts

__all__ = ["Optimized"]


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
