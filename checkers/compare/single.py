"""Two differences with one cause become one."""

from __future__ import annotations

from dataclasses import replace

from checkers.compare.edits import Edit
from checkers.layers import ACTIVATION_KINDS, OWN_CODE
from checkers.normalize import Graph
from checkers.spec import GraphSpec, ModelSpec, fits

__all__ = ["with_one_activation"]

_ACTIVATIONS = ACTIVATION_KINDS | {"PReLU", OWN_CODE}


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
        if after is None or extra not in result:
            continue
        result.remove(extra)
        place = result.index(edit)
        wanted = spec.steps[edit.expected].layer.properties["activation"]
        if not fits(wanted, graph.nodes[after].properties.get("activation")):
            result[place] = replace(edit, found=after)
        elif any(_concerns(other, edit) for other in edits):
            del result[place]  # it only follows the layer that stands elsewhere
        else:
            result[place] = replace(edit, what="late", found=after)
    return tuple(result)


def _concerns(other: Edit, edit: Edit) -> bool:
    """Return True if a layer changed places right where an activation comes late."""
    if other.what not in ("moved", "swapped") or edit.found is None:
        return False
    return other.found in (edit.found, edit.found + 1, edit.found - 1)


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
