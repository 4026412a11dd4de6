"""Which weights are one and the same variable, and which an optimizer would move."""

from __future__ import annotations

from typing import Any

__all__ = ["list_weights"]


def list_weights(model: Any, layers: list[Any]) -> dict[str, Any]:
    """Return, per layer, numbers of its variables and the places of those that move.

    Two layers that hold the same number share that weight. What moves is what the
    model hands to its optimizer, whatever the switch of a single layer says.
    """
    moving = {id(variable) for variable in model.trainable_variables}
    numbers: dict[int, int] = {}
    variables: list[list[int]] = []
    moved: list[list[int]] = []
    for layer in layers:
        weights = list(layer.weights)
        variables.append([numbers.setdefault(id(w), len(numbers)) for w in weights])
        moved.append([place for place, w in enumerate(weights) if id(w) in moving])
    return {
        "variables": variables,
        "moved": moved,
        "num_outside": len(moving - set(numbers)),
    }
