"""The rows of a layer table, made without Keras."""

import pytest

from checkers.compare import Alignment, Edit, Pair
from checkers.normalize import Graph, Node
from checkers.rules.disclosure import Disclosure
from checkers.rules.table import layer_rows
from checkers.spec import Dense, Dropout, GraphSpec, Input, layer
from checkers.verdict import LayerRef

SWITCHES = {"trainable": True, "switch": "normal"}
SOURCE = Input((4,))
SPEC = GraphSpec(
    (SOURCE,), (layer("Concatenate")(Dense(2)(SOURCE), Dropout(0.3)(SOURCE)),)
)


def node(kind: str, *inputs: int, index: int | None = None, **settings) -> Node:
    """Return a found layer, or an operation without one."""
    ref = None if index is None else LayerRef(index, kind.lower(), kind)
    return Node(kind, {**SWITCHES, **settings}, inputs, ref, index)


GRAPH = Graph(
    ((None, 4),),
    (
        node("Dense", -1, index=1, units=2, activation="linear"),
        node("Abs", -1),
        node("Dropout", 1, index=2, rate=0.3),
        node("Concatenate", 0, 2, index=3, axis=-1),
    ),
    (3,),
)
PAIRS = (Pair(0, 0), Pair(None, 1), Pair(1, 2), Pair(2, 3))
EDITS = (Edit("extra", None, 1), Edit("wiring", 1, 2))


def test_says_a_row_what_its_layer_gets():
    rows = layer_rows(
        GRAPH, Alignment(PAIRS, EDITS), Disclosure(SPEC, frozenset({"all"}))
    )
    assert [(row.number, row.inputs, row.difference) for row in rows] == [
        ("2", "the input", "as asked"),
        ("", "the input", "not asked for"),
        ("3", "Abs", "gets something else"),
        ("4", "2, 3", "as asked"),
    ]


def test_are_several_inputs_numbered():
    two = Graph(((None, 4), (None, 4)), (node("Add", -1, -2, index=2),), (0,))
    rows = layer_rows(
        two,
        Alignment((Pair(2, 0),), ()),
        Disclosure(SPEC, frozenset({"all"})),
    )
    assert rows[0].inputs == "input 1, input 2"


@pytest.mark.parametrize(("mode", "word"), [("off", "training"), ("on", "inference")])
def test_says_a_row_when_a_layer_is_switched(mode, word):
    found = node("Dropout", -1, index=1, rate=0.3)
    found.properties["switch"] = mode
    rows = layer_rows(
        Graph(((None, 4),), (found,), (0,)),
        Alignment((Pair(1, 0),), (Edit("property", 1, 0, "switch"),)),
        Disclosure(SPEC, frozenset({"all"})),
    )
    assert word in rows[0].difference
    assert rows[0].inputs == ""
