"""What the keys of lesson 10 share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from checkers.rules.base import Context, Outcome
from checkers.rules.models import Network
from checkers.rules.slips import value_slip
from checkers.snapshot import LayerFacts
from checkers.spec import BatchNormalization, LayerSpec, between

__all__ = ["SETTINGS", "Adjusted", "norm", "weight"]


def norm() -> LayerSpec:
    """Return a BatchNormalization with the settings that the texts allow.

    It describes itself without them: a learner need not write any.
    """
    settings = {"momentum": between(0.9, 0.999), "epsilon": between(0.0, 0.01)}
    return replace(BatchNormalization(**settings), given=())


SETTINGS = (
    value_slip("BatchNormalization.momentum", 0, "BATCHNORM.NO_MEMORY"),
    value_slip(
        "BatchNormalization.epsilon", between(0.1, 1e9), "BATCHNORM.EPSILON_LARGE"
    ),
)


@dataclass(frozen=True)
class Adjusted:
    """A network rule whose outcome is looked at once more.

    Attributes:
        network: The rule.
        adjust: Returns the outcome with what only this exercise knows.
    """

    network: Network
    adjust: Callable[[Outcome, Context], Outcome]

    @property
    def part(self) -> str:
        """The model's part."""
        return self.network.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return self.network.checks

    def run(self, context: Context) -> Outcome:
        """Compare the model, then adjust."""
        return self.adjust(self.network.run(context), context)


def weight(layer: LayerFacts, name: str) -> tuple[float, ...]:
    """Return the entries of a small weight; () if there is none of that name."""
    return next((w.values for w in layer.weights if w.name == name), ())
