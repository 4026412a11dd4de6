"""A network that may be built in several ways that are not one graph.

A convolution whose kernel covers the whole map computes what Flatten and Dense compute,
with as many parameters: both are right answers to one task.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkers.rules.base import Context, Outcome
from checkers.rules.models import Network

__all__ = ["EitherNetwork"]


@dataclass(frozen=True)
class EitherNetwork:
    """A model must be one of several networks.

    Where it is none of them, it is compared with the first, the one that the task
    describes, unless a declared slip of another says what is meant.

    Attributes:
        network: The network of the task.
        also: Other right networks, each with the same part and checks.
    """

    network: Network
    also: tuple[Network, ...]

    def __post_init__(self) -> None:
        """Refuse alternatives that decide other checks: the author's error."""
        mine = self.network
        for other in self.also:
            if (other.part, set(other.checks)) != (mine.part, set(mine.checks)):
                raise ValueError(
                    f"Expected the part {mine.part!r} and the checks {mine.checks}, "
                    f"received {other.part!r} and {other.checks}."
                )

    @property
    def part(self) -> str:
        """The model's part."""
        return self.network.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return self.network.checks

    def run(self, context: Context) -> Outcome:
        """Return the outcome of the form that fits, else that of the task's own."""
        first = self.network.run(context)
        if _is_right(first) or first.is_untouched:
            return first
        for other in self.also:
            outcome = other.run(context)
            if _is_right(outcome):
                return outcome
        return first


def _is_right(outcome: Outcome) -> bool:
    """Return True if nothing was found but notes."""
    return not outcome.skipped and all(found.is_note for found in outcome.found)
