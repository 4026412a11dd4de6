"""Two differences with one cause become one."""

from __future__ import annotations

from dataclasses import replace

from checkers.compare.edits import Edit
from checkers.layers import ACTIVATION_KINDS
from checkers.normalize import Graph
from checkers.spec import GraphSpec, ModelSpec

__all__ = ["with_one_activation"]

_ACTIVATIONS = ACTIVATION_KINDS | {"PReLU"}


def with_one_activation(
    edits: tuple[Edit, ...], spec: ModelSpec | GraphSpec, graph: Graph
) -> tuple[Edit, ...]:
    """Return the edits with "no relu" and "LeakyReLU too many" as one difference."""
    result = list(edits)
    for edit in edits:
        if edit.name != "activation" or edit.found is None or edit.expected is None:
            continue
        is_bare = graph.nodes[edit.found].properties.get("activation") == "linear"
        after = _activation_after(edit.found, graph) if is_bare else None
        extra = next((e for e in edits if e.what == "extra" and e.found == after), None)
        if after is not None and extra in result:
            result.remove(extra)
            result[result.index(edit)] = replace(edit, found=after)
    return tuple(result)


def _activation_after(position: int, graph: Graph) -> int | None:
    """Return the activation behind a layer, past layers without weights."""
    while True:
        users = [p for p, node in enumerate(graph.nodes) if position in node.inputs]
        if len(users) != 1:
            return None
        (position,) = users
        node = graph.nodes[position]
        if node.kind in _ACTIVATIONS:
            return position
        if node.has_weights:
            return None
