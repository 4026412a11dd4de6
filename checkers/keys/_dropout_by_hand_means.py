"""The rule of exercise 5 of lesson 08: two means, and wrong pairs of them."""

from __future__ import annotations

from dataclasses import dataclass

from checkers.rules.base import Context, Found, Outcome
from checkers.rules.values import FieldIs
from checkers.snapshot import ValueFacts

__all__ = ["MeansAre"]

Pair = tuple[float, float]

# The mean in training is drawn: five standard errors of 0.0015. The other one is not.
_DRAWN, _FIXED = 0.0075, 6e-4
_FIELDS = ("train", "predict")


@dataclass(frozen=True)
class MeansAre:
    """The means in training and at prediction must be these.

    Attributes:
        check: Check that it decides.
        part: Its part, a dict with `train` and `predict`.
        expected: Both means.
        slips: Wrong pairs, each with the code of the thought behind it. The first that
            fits both numbers counts.
    """

    check: str
    part: str
    expected: Pair
    slips: tuple[tuple[Pair, str], ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare field by field; a known pair is one finding."""
        found: list[Found] = []
        for name, mean, tolerance in zip(
            _FIELDS, self.expected, (_DRAWN, _FIXED), strict=True
        ):
            rule = FieldIs(self.check, self.part, name, mean, tolerance)
            found += rule.run(context).found
        if any(one.code == "VALUES.WRONG" for one in found):
            pair = _pair(context, self.part)
            for slip, code in self.slips:
                if pair is not None and _fits(slip, pair):
                    values = {"part": self.part, "field": ""}
                    text = ", ".join(f"{mean:.5g}" for mean in pair)
                    return Outcome((Found(code, self.check, values, received=text),))
        return Outcome(tuple(found))


def _pair(context: Context, part: str) -> Pair | None:
    """Return both numbers, if there are two."""
    facts = context.facts(part)
    assert isinstance(facts, ValueFacts)
    given = facts.value if isinstance(facts.value, dict) else {}
    train, predict = (given.get(name) for name in _FIELDS)
    if isinstance(train, int | float) and isinstance(predict, int | float):
        return float(train), float(predict)
    return None


def _fits(slip: Pair, pair: Pair) -> bool:
    """Return True if both numbers are those of a slip, either of them drawn."""
    return all(
        abs(wrong - mean) <= _DRAWN for wrong, mean in zip(slip, pair, strict=True)
    )
