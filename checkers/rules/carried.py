"""A rule on weights that were carried over: are they the trained ones?

Mean and spread of each weight tell: a fresh kernel has the spread of its initializer,
and a fresh BatchNormalization layer has mean 0 and variance 1.

    Carried("frozen", "net", PRINTS, code="TRANSFER_LEARNING.FRESH_WEIGHTS")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checkers.messages.sentences import say
from checkers.normalize import Node, normalize
from checkers.rules.base import Context, Found, Outcome
from checkers.snapshot import ModelFacts, TrainedFacts, WeightFacts

__all__ = ["Carried", "Print"]

Print = tuple[float, float]
"""Mean and standard deviation of one weight, as capture measures them."""

_KINDS = ("Conv2D", "BatchNormalization")
_EXACT = 0.002  # of the spread; half precision and a round trip need less


@dataclass(frozen=True)
class Carried:
    """The first convolutions and normalizations must hold certain trained weights.

    Attributes:
        check: Check that it decides.
        part: The model's part.
        prints: One entry per layer, in the order of the graph: the prints of its
            weights in Keras's order.
        code: Message code; it gets the layer and how many layers are not the trained
            ones.
        may_move: True if these layers may have been trained further: then they must
            only be nearer to the trained weights than fresh ones are.
        count: How many of the layers are looked at, from the first; None for all. It
            may be a function of the personal parameters.
    """

    check: str
    part: str
    prints: tuple[tuple[Print, ...], ...]
    code: str
    may_move: bool = False
    count: object = None

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare layer by layer; layers that are not there are another rule's."""
        facts = context.facts(self.part)
        model = facts.model if isinstance(facts, TrainedFacts) else facts
        assert isinstance(model, ModelFacts)
        if model.error is not None or model.training is None:
            reason = say("SKIPPED.unusable", part=self.part)
            return Outcome(skipped={self.check: reason})
        count = context.resolve(self.count)
        wanted = self.prints[: len(self.prints) if count is None else count]
        nodes = _weighted(normalize(model).nodes)
        pairs = [
            (node, prints, model.layers[node.index or 0].weights)
            for node, prints in zip(nodes, wanted, strict=False)
        ]
        if len(pairs) < len(wanted) or any(
            len(weights) != len(prints) for _, prints, weights in pairs
        ):
            return Outcome()  # other layers: the rule on the network names them
        other = [
            node for node, prints, weights in pairs if not self._fits(prints, weights)
        ]
        if not other:
            return Outcome()
        values = {"part": self.part, "count": len(other), "total": len(wanted)}
        return Outcome((Found(self.code, self.check, values, other[0].layer),))

    def _fits(self, prints: Sequence[Print], weights: Sequence[WeightFacts]) -> bool:
        """Return True if a layer holds the trained weights."""
        if self.may_move:
            return any(not _is_fresh(weight) for weight in weights) and all(
                _is_near(one, weight, 0.5)
                for one, weight in zip(prints, weights, strict=True)
                if weight.name == "kernel"
            )
        return all(
            _is_near(one, weight, _EXACT)
            for one, weight in zip(prints, weights, strict=True)
        )


def _weighted(nodes: Sequence[Node]) -> list[Node]:
    """Return one step per convolution or normalization, in the order of the graph."""
    found: dict[int, Node] = {}
    for node in nodes:
        if node.kind in _KINDS and node.index is not None:
            found.setdefault(node.index, node)
    return list(found.values())


def _is_near(one: Print, weight: WeightFacts, share: float) -> bool:
    """Return True if mean and spread agree within a share of the spread."""
    mean, std = one
    slack = share * max(std, 1e-3)
    return abs(weight.mean - mean) <= slack and abs(weight.std - std) <= slack


def _is_fresh(weight: WeightFacts) -> bool:
    """Return True for a weight of a normalization layer as Keras first makes it."""
    return weight.is_constant and weight.mean in (0.0, 1.0)
