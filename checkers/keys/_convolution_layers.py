"""A network rule that names images with their channels in the wrong place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from checkers.messages.sentences import say
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.models import Network
from checkers.snapshot import ModelFacts
from checkers.spec import show_value
from checkers.verdict import LayerRef

__all__ = ["ChannelsLast"]

_SETTING = "data_format"


@dataclass(frozen=True)
class ChannelsLast:
    """A network, compared only where all of its layers take the channels last.

    Attributes:
        network: The rule that compares.
        check: The check that a layer with channels first costs.
    """

    network: Network
    check: str

    @property
    def part(self) -> str:
        """The model's part."""
        return self.network.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return self.network.checks

    def run(self, context: Context) -> Outcome:
        """Look at the order of the axes first: all sizes follow from it."""
        facts = context.facts(self.part)
        outcome = self.network.run(context)
        layers = facts.layers if isinstance(facts, ModelFacts) else ()
        for index, layer in enumerate(layers):
            given = layer.config.get(_SETTING)
            if given == "channels_first":
                found = Found(
                    "CONV.CHANNELS_FIRST",
                    self.check,
                    {"part": self.part},
                    LayerRef(index, layer.name, layer.kind),
                    show_value("channels_last"),
                    show_value(given),
                )
                reason = say("SKIPPED.unusable", part=self.part)
                others = {name: reason for name in self.checks if name != self.check}
                return replace(outcome, found=(found,), skipped=others)
        return outcome
