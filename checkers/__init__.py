"""Layerwise's checker: reads an answer layer by layer and says what differs, and why.

    from checkers import dropout            # one module per lesson

    dropout.spotify_net.check(model)        # the verdict
    dropout.spotify_net.hint()              # first hint, then hint(2)
    dropout.spotify_net.solution()

For any Keras model, outside any exercise:

    checkers.explain(model)                 # layers, shapes, and why each count is so
    checkers.lint(model, (inputs, targets)) # known mistakes, with their evidence

From snapshot to verdict only the standard library is loaded; Keras is imported when
an answer is captured, by the modules in `checkers.capture`.
"""

from __future__ import annotations

import importlib
from typing import Any

from checkers.exercise import Exercise
from checkers.judge import judge
from checkers.snapshot import Snapshot, SnapshotError
from checkers.tasks import all_exercises, find_exercise, slugs
from checkers.verdict import CheckerBroken, Finding, Verdict

__all__ = [
    "CheckerBroken",
    "Exercise",
    "Finding",
    "Snapshot",
    "SnapshotError",
    "Verdict",
    "all_exercises",
    "explain",
    "find_exercise",
    "judge",
    "lint",
]

_LAZY = {"explain": "checkers.explaining", "lint": "checkers.linting"}


def __getattr__(name: str) -> Any:
    """Return a lesson's exercises, `checkers.dropout`, or what loads on first use."""
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    if name in slugs():
        return importlib.import_module(f"checkers.tasks.{name}")
    raise AttributeError(f"module 'checkers' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names and all lessons, for completion."""
    return sorted([*__all__, *slugs()])
