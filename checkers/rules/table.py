"""The layer table of a verdict: *expected | yours | difference*."""

from __future__ import annotations

from checkers.compare import Alignment, Edit, Pair, describe_node
from checkers.messages.sentences import say, say_list
from checkers.normalize import Graph
from checkers.rules.disclosure import Disclosure
from checkers.spec import show_value
from checkers.verdict import NO_VALUE, Row

__all__ = ["layer_rows"]

_CONNECTIONS = ("wiring", "order", "shared", "unshared", "outputs")


def layer_rows(
    graph: Graph, alignment: Alignment, disclosure: Disclosure
) -> tuple[Row, ...]:
    """Return one row per aligned pair.

    An expected value shows only where the task's text states it, or for the one
    property that a finding names; otherwise a dash. A missing layer that no finding
    names has no row.
    """
    rows = (_row(pair, graph, alignment, disclosure) for pair in alignment.pairs)
    return tuple(row for row in rows if row is not None)


def _row(
    pair: Pair, graph: Graph, alignment: Alignment, disclosure: Disclosure
) -> Row | None:
    """Return the row of one pair, if it may be shown."""
    edits = tuple(
        edit
        for edit in alignment.edits
        if (edit.expected is not None and edit.expected == pair.expected)
        or (edit.found is not None and edit.found == pair.found)
    )
    if pair.found is None and disclosure.kept.issuperset(edits):
        return None
    expected = received = inputs = NO_VALUE
    given: tuple[str, ...] = ()
    if pair.expected is not None:
        expected = disclosure.describe(pair.expected, edits)
        given = disclosure.settings(pair.expected, edits)
    if pair.found is not None:
        received = describe_node(graph.nodes[pair.found], given)
        inputs = _inputs(pair.found, graph)
    is_named = pair.expected is not None and expected != NO_VALUE
    if is_named and not edits and disclosure.hides_settings(pair.expected or 0):
        expected = received  # what is as asked looks like it
    words = list(dict.fromkeys(_word(edit, graph, disclosure) for edit in edits))
    difference = say_list(words, form="FORM.clauses") if words else say("ROW.same")
    is_wrong = bool(edits)
    return Row(
        _number(pair, graph),
        expected,
        received,
        difference,
        is_wrong,
        "" if graph.is_chain else inputs,
    )


def _number(pair: Pair, graph: Graph) -> str:
    """Return the number by which messages call the learner's layer."""
    layer = None if pair.found is None else graph.nodes[pair.found].layer
    return "" if layer is None or layer.index is None else str(layer.index + 1)


def _inputs(position: int, graph: Graph) -> str:
    """Return what feeds a step: the numbers of the learner's layers, or inputs."""
    return say_list([_source(source, graph) for source in graph.nodes[position].inputs])


def _source(position: int, graph: Graph) -> str:
    """Return one source of a step in a word."""
    if position < 0 and len(graph.inputs) == 1:
        return say("SOURCE.input")
    if position < 0:
        return say("SOURCE.inputs", number=-position)
    node = graph.nodes[position]
    return node.kind if node.index is None else str(node.index + 1)


def _word(edit: Edit, graph: Graph, disclosure: Disclosure) -> str:
    """Return an edit in a few words."""
    if edit in disclosure.kept:
        return say("ROW.kept")
    if edit.name == "switch":
        return say(f"ROW.mode_{graph.nodes[edit.found or 0].properties['switch']}")
    if edit.what == "property":
        layer = disclosure.spec.layers[edit.expected or 0]
        expected = show_value(layer.properties[edit.name])
        return say("ROW.property", name=edit.name, expected=expected)
    words = {
        "missing": "ROW.missing",
        "extra": "ROW.extra",
        "moved": "ROW.moved",
        "swapped": "ROW.moved",
        "late": "ROW.moved",
        "kind": "ROW.other_kind",
        "impostor": "ROW.other_kind",
        **{what: f"ROW.{what}" for what in _CONNECTIONS},
    }
    return say(words[edit.what])
