"""The layer table of a verdict: *expected | yours | difference*."""

from __future__ import annotations

from checkers.compare import Alignment, Edit, Pair, describe_node
from checkers.messages.sentences import say
from checkers.normalize import Graph
from checkers.spec import GraphSpec, ModelSpec, show_value
from checkers.verdict import NO_VALUE, Row

__all__ = ["layer_rows"]

_CONNECTIONS = ("wiring", "order", "shared", "unshared", "outputs")


def layer_rows(
    spec: ModelSpec | GraphSpec,
    graph: Graph,
    alignment: Alignment,
    states: tuple[str, ...],
) -> tuple[Row, ...]:
    """Return one row per aligned pair.

    An expected value shows only where the task's text states it, or for the one
    property that a finding names; otherwise a dash.
    """
    return tuple(_row(pair, spec, graph, alignment, states) for pair in alignment.pairs)


def _row(
    pair: Pair,
    spec: ModelSpec | GraphSpec,
    graph: Graph,
    alignment: Alignment,
    states: tuple[str, ...],
) -> Row:
    """Return the row of one pair."""
    edits = [
        edit
        for edit in alignment.edits
        if (edit.expected is not None and edit.expected == pair.expected)
        or (edit.found is not None and edit.found == pair.found)
    ]
    expected = NO_VALUE
    received = NO_VALUE
    wanted = None if pair.expected is None else spec.layers[pair.expected]
    if wanted is not None and "all" in states:
        expected = wanted.describe()
    elif wanted is not None and edits:
        expected = wanted.kind
    if pair.found is not None:
        given = wanted.given if wanted is not None else ()
        received = describe_node(graph.nodes[pair.found], given)
    difference = "; ".join(_word(edit, spec) for edit in edits) or say("ROW.same")
    return Row(_number(pair, graph), expected, received, difference, bool(edits))


def _number(pair: Pair, graph: Graph) -> str:
    """Return the number by which messages call the learner's layer."""
    layer = None if pair.found is None else graph.nodes[pair.found].layer
    return "" if layer is None or layer.index is None else str(layer.index + 1)


def _word(edit: Edit, spec: ModelSpec | GraphSpec) -> str:
    """Return an edit in a few words."""
    if edit.what == "property":
        expected = spec.layers[edit.expected or 0].properties[edit.name]
        return say("ROW.property", name=edit.name, expected=show_value(expected))
    words = {
        "missing": "ROW.missing",
        "extra": "ROW.extra",
        "moved": "ROW.moved",
        "swapped": "ROW.moved",
        "kind": "ROW.other_kind",
        "impostor": "ROW.other_kind",
        **{what: f"ROW.{what}" for what in _CONNECTIONS},
    }
    return say(words[edit.what])
