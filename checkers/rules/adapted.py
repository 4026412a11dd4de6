"""A rule on Normalization layers: whose means and variances do they hold?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checkers.messages.sentences import say
from checkers.normalize import normalize
from checkers.rules.base import Context, Found, Outcome
from checkers.snapshot import LayerFacts, ModelFacts

__all__ = ["Adapted", "Statistics"]

_SHARE = 0.005  # of a standard deviation, or of the variance; float32 needs 0.00004


@dataclass(frozen=True)
class Statistics:
    """Column means and variances of some rows."""

    mean: tuple[float, ...]
    variance: tuple[float, ...]

    def fits(self, other: Statistics) -> bool:
        """Return True if another mean and variance are these, column by column."""
        if not len(self.mean) == len(other.mean) == len(other.variance):
            return False
        columns = zip(self.mean, self.variance, other.mean, other.variance, strict=True)
        return all(
            abs(mean - other_mean) <= _SHARE * variance**0.5
            and abs(variance - other_variance) <= _SHARE * variance
            for mean, variance, other_mean, other_variance in columns
        )


@dataclass(frozen=True)
class Adapted:
    """The first Normalization layer must be adapted, and on the right rows.

    Attributes:
        part: The model's part.
        adapted: Check that it knows means and variances at all.
        rows: Check that they are the expected ones.
        expected: What it should hold.
        slips: Statistics of other rows, each with the code of the thought behind it.
        not_adapted: Code for a layer that still has mean 0 and variance 1.
        other: Code for any other statistics.
    """

    part: str
    adapted: str
    rows: str
    expected: Statistics
    slips: tuple[tuple[Statistics, str], ...]
    not_adapted: str
    other: str

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.adapted, self.rows)

    def run(self, context: Context) -> Outcome:
        """Compare the statistics of the first Normalization layer."""
        facts = context.facts(self.part)
        assert isinstance(facts, ModelFacts)
        nodes = normalize(facts).nodes if facts.training else ()
        node = next((one for one in nodes if one.kind == "Normalization"), None)
        if node is None or node.index is None:
            reason = say("SKIPPED.no_layer", kind="Normalization")
            return Outcome(skipped=dict.fromkeys(self.checks, reason))
        held = _statistics(facts.layers[node.index])
        if held is None or _is_fresh(held):
            return Outcome((Found(self.not_adapted, self.adapted, {}, node.layer),))
        if len(held.mean) != len(self.expected.mean):
            # Another axis: a finding on the layer says so, and rows cannot be compared.
            return Outcome(skipped={self.rows: say("SKIPPED.same_cause")})
        if context.snapshot.stand_in or self.expected.fits(held):
            return Outcome()  # on stand-in data the check of the rows is skipped
        code = next(
            (code for other, code in self.slips if other.fits(held)), self.other
        )
        return Outcome((Found(code, self.rows, {}, node.layer),))


def _statistics(layer: LayerFacts) -> Statistics | None:
    """Return what a layer holds: from its weights, or from mean= and variance=."""
    values = {weight.name: weight.values for weight in layer.weights}
    if values.get("mean") and values.get("variance"):
        return Statistics(values["mean"], values["variance"])
    mean = _flat(layer.config.get("mean"))
    variance = _flat(layer.config.get("variance"))
    return Statistics(mean, variance) if mean and variance else None


def _flat(value: object) -> tuple[float, ...]:
    """Return the numbers of a nested list in order."""
    if isinstance(value, int | float):
        return (float(value),)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(number for item in value for number in _flat(item))
    return ()


def _is_fresh(held: Statistics) -> bool:
    """Return True if nothing was ever computed: mean 0 and variance 1."""
    return set(held.mean) == {0.0} and set(held.variance) == {1.0}
