"""Expected and found model side by side: the least edit between them, by name.

edits.py    one difference, and how much it weighs
chains.py   layers in one row, aligned
graphs.py   any other graph, matched
sharing.py  one layer in two places
single.py   two differences with one cause become one
forms.py    which of several equal forms of a model is compared
"""

from __future__ import annotations

from checkers.compare.chains import align
from checkers.compare.edits import (
    Alignment,
    Edit,
    Pair,
    describe_node,
    wrong_properties,
)
from checkers.compare.graphs import match
from checkers.compare.sharing import sharing_edits
from checkers.compare.single import with_one_activation
from checkers.normalize import Graph, has_no_effect
from checkers.spec import GraphSpec, ModelSpec

__all__ = [
    "Alignment",
    "Edit",
    "Pair",
    "align",
    "compare",
    "describe_node",
    "equals",
    "match",
    "wrong_properties",
]


def compare(
    spec: ModelSpec | GraphSpec,
    graph: Graph,
    free: frozenset[str],
    *,
    with_idle: bool = False,
) -> Alignment:
    """Return the alignment of a found model with the expected one.

    Args:
        spec: The expected model.
        graph: The found model in its normal form.
        free: Properties that are not compared: "momentum" or "Dropout.rate".
        with_idle: True if an extra layer counts even if it changes nothing.
    """
    if isinstance(spec, ModelSpec) and graph.is_chain:
        found = align(spec.layers, graph.nodes, free)
    else:
        found = match(spec, graph, free)
    if not with_idle:
        found = _without_idle_extras(found, graph)
    edits = with_one_activation(found.edits, spec, graph)
    return Alignment(found.pairs, edits + sharing_edits(spec, graph, found.pairs))


def equals(
    spec: ModelSpec | GraphSpec,
    graph: Graph,
    free: frozenset[str],
    *,
    with_idle: bool = False,
) -> bool:
    """Return True if a found model is the expected one.

    Args: as for `compare`.
    """
    kinds = sorted(
        node.kind for node in graph.nodes if with_idle or not has_no_effect(node)
    )
    if kinds != sorted(step.layer.kind for step in spec.steps):
        return False  # without a search
    return not compare(spec, graph, free, with_idle=with_idle).edits


def _without_idle_extras(found: Alignment, graph: Graph) -> Alignment:
    """Return the alignment without extra layers that change nothing: Dropout(0)."""
    idle = {
        edit.found
        for edit in found.edits
        if edit.what == "extra"
        and edit.found is not None
        and has_no_effect(graph.nodes[edit.found])
    }
    if not idle:
        return found
    return Alignment(
        tuple(pair for pair in found.pairs if pair.found not in idle),
        tuple(
            edit
            for edit in found.edits
            if edit.what != "extra" or edit.found not in idle
        ),
    )
