"""All lint rules, in the order in which they are looked at. One module per topic."""

from __future__ import annotations

from types import ModuleType

from checkers.linting.rule import Rule
from checkers.linting.rules import (
    activations,
    blocks,
    compiling,
    data,
    heads,
    labels,
    metrics,
    modes,
    sizes,
    weights,
)

__all__ = ["RULES"]


def _rules_of(module: ModuleType) -> list[Rule]:
    """Return the rules of a module in the order of their lines."""
    return [value for value in vars(module).values() if isinstance(value, Rule)]


RULES = tuple(
    one
    for module in (
        *(heads, labels, metrics, compiling, data),
        *(activations, blocks, sizes, modes, weights),
    )
    for one in _rules_of(module)
)
