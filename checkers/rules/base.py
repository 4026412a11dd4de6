"""What every rule gets and gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from checkers.exercise import Exercise
from checkers.parts import Case, Function
from checkers.snapshot import Facts, Snapshot
from checkers.verdict import NO_VALUE, LayerRef, Row

__all__ = ["Context", "Found", "Outcome", "Rule"]


@dataclass(frozen=True)
class Found:
    """One finding before it has its sentences.

    Attributes:
        code: Message code.
        check: Name of the check that it costs.
        values: What the message's template needs.
        layer: The layer it is about.
        expected: Expected value as text.
        received: Received value as text.
        is_note: True if the answer is right all the same.
    """

    code: str
    check: str
    values: dict[str, Any] = field(default_factory=dict)
    layer: LayerRef | None = None
    expected: str = NO_VALUE
    received: str = NO_VALUE
    is_note: bool = False


@dataclass(frozen=True)
class Outcome:
    """What one rule found.

    Attributes:
        found: Findings, the cause first.
        skipped: Checks that could not be looked at, with the reason.
        rows: The layer table, for models.
        is_untouched: True if the answer is still what the task gave.
    """

    found: tuple[Found, ...] = ()
    skipped: dict[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    is_untouched: bool = False


@dataclass(frozen=True)
class Context:
    """What a rule may look at: the exercise and the snapshot, nothing else."""

    exercise: Exercise
    snapshot: Snapshot

    @property
    def parameters(self) -> dict[str, Any]:
        """Personal parameters of this answer's code."""
        return self.exercise.parameters(self.snapshot.code)

    def facts(self, part: str) -> Facts:
        """Return what was captured of a part."""
        return self.snapshot.parts[part]

    def resolve(self, value: Any) -> Any:
        """Return an expectation: itself, or what it is for these parameters."""
        return value(self.parameters) if callable(value) else value

    def cases(self, part: str) -> tuple[Case, ...]:
        """Return the cases of a function part, drawn again from the seed."""
        for declared in self.exercise.parts:
            if declared.name == part and isinstance(declared, Function):
                rng = random.Random(self.snapshot.seed)  # noqa: S311 - not a secret
                return declared.cases(rng, self.parameters)
        raise KeyError(part)


class Rule(Protocol):
    """One rule of a key: a pure function of the context."""

    @property
    def part(self) -> str:
        """The part whose facts it reads."""

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""

    def run(self, context: Context) -> Outcome:
        """Look at the facts and say what was found."""


Expectation = Any | Callable[[dict[str, Any]], Any]
