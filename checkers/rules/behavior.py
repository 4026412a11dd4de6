"""What was measured confirms what the structure says, or contradicts it."""

from __future__ import annotations

import math

from checkers.layers import MODE_KINDS
from checkers.normalize import Graph, normalize
from checkers.rules.base import Found
from checkers.rules.comparison import Comparison
from checkers.snapshot import ProbeFacts

__all__ = ["compare_modes", "judge_probes"]

_SIGMA = 5


def compare_modes(seen: Comparison, owner: str) -> list[Found]:
    """Compare what is computed in training with what is computed at inference."""
    if seen.model.inference is None:
        return []
    inference = normalize(seen.model, training=False)
    if _steady(seen.graph) == _steady(inference):
        return []
    return [Found("MODEL.MODES_DIFFER", owner)]


def judge_probes(seen: Comparison, owner: str) -> list[Found]:
    """Return what the measurements contradict."""
    found: list[Found] = []
    for probe in seen.model.probes:
        if probe.name == "forward":
            found += _forward(probe, owner, seen.expects_repeatable)
        elif probe.name == "dropout":
            found += _dropout(probe, seen, owner)
    return found


def _steady(graph: Graph) -> list[tuple[str, int | None]]:
    """Return the steps that must be the same in both modes."""
    return [
        (node.kind, node.index) for node in graph.nodes if node.kind not in MODE_KINDS
    ]


def _forward(probe: ProbeFacts, owner: str, repeatable: bool) -> list[Found]:
    """Judge one forward pass on the declared input."""
    if probe.error is not None:
        values = {
            "error": probe.error.kind,
            "error_text": probe.error.message,
            "line": probe.error.line,
        }
        return [Found("MODEL.RAISES", owner, values)]
    if not probe.values["is_finite"]:
        return [Found("MODEL.NOT_FINITE", owner)]
    if repeatable and not probe.values["is_repeatable"]:
        return [Found("MODEL.NOT_REPEATABLE", owner)]
    return []


def _dropout(probe: ProbeFacts, seen: Comparison, owner: str) -> list[Found]:
    """Judge the share that a dropout layer really drops, at 5 sigma."""
    node = next((node for node in seen.graph.nodes if node.index == probe.layer), None)
    if node is None or probe.error is not None:
        return []
    rate = node.properties.get("rate", 0.0)
    sigma = math.sqrt(max(rate * (1 - rate), 1e-9) / probe.values["draws"])
    is_right = abs(probe.values["zeros"] - rate) <= _SIGMA * sigma + 1e-9
    if is_right and probe.values["is_identity_at_inference"]:
        return []
    received = f"{probe.values['zeros']:.2f}"
    return [Found("MODEL.DISAGREES", owner, {}, node.layer, received=received)]
