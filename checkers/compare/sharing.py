"""Which calls use one layer, and which should."""

from __future__ import annotations

from checkers.compare.edits import Edit, Pair
from checkers.normalize import Graph
from checkers.spec import GraphSpec, ModelSpec

__all__ = ["sharing_edits"]


def sharing_edits(
    spec: ModelSpec | GraphSpec, graph: Graph, pairs: tuple[Pair, ...]
) -> tuple[Edit, ...]:
    """Return where one layer serves two calls against the expectation, or two one.

    A layer without weights may be called as often as one likes.
    """
    steps = spec.steps
    first_with: dict[int, int] = {}  # layer index -> expected step of its first call
    first_for: dict[int, int] = {}  # shared step -> layer index that served it first
    edits: list[Edit] = []
    for pair in sorted(
        pairs, key=lambda pair: -1 if pair.found is None else pair.found
    ):
        if pair.found is None or graph.nodes[pair.found].index is None:
            continue
        node = graph.nodes[pair.found]
        assert node.index is not None
        if not node.has_weights:
            continue
        wanted = None if pair.expected is None else steps[pair.expected].shared
        if node.index in first_with and first_with[node.index] != wanted:
            if pair.expected is not None:  # an extra call is a finding already
                edits.append(Edit("shared", pair.expected, pair.found))
        elif wanted is not None and first_for.get(wanted, node.index) != node.index:
            edits.append(Edit("unshared", pair.expected, pair.found))
        if wanted is not None:
            first_with.setdefault(node.index, wanted)
            first_for.setdefault(wanted, node.index)
    return tuple(edits)
