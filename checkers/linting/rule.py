"""A lint rule: a code, a severity, a source, and a function on plain facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from checkers.linting.subject import Subject

__all__ = ["NEEDS", "SEVERITIES", "Hit", "Rule", "rule"]

SEVERITIES = ("error", "warning", "advice")
NEEDS = ("model", "compile", "data")


@dataclass(frozen=True)
class Hit:
    """One place where a rule applies.

    Attributes:
        layers: Indices into the model's layers, the one to look at first.
        values: Numbers and names for the message.
    """

    layers: tuple[int, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


Look = Callable[[Subject], Iterator[Hit]]


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        code: Code of its message.
        severity: error: it does not do what was meant. warning: it rarely does.
            advice: worth a look or a measurement.
        needs: What must be known: model, compile or data.
        source: Where to read more: section of a paper, or page of the manual.
        look: Finds the places.
    """

    code: str
    severity: str
    needs: str
    source: str
    look: Look


def rule(
    code: str, severity: str, source: str, *, needs: str = "model"
) -> Callable[[Look], Rule]:
    """Make a rule of a function.

    Raises:
        ValueError: If severity or need is unknown: the author's error.
    """
    if severity not in SEVERITIES or needs not in NEEDS:
        raise ValueError(
            f"Expected severity in {SEVERITIES} and needs in {NEEDS}, received "
            f"{severity!r} and {needs!r} for {code}."
        )
    return lambda look: Rule(f"LINT.{code}", severity, needs, source, look)
