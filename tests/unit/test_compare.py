"""Alignment: one cause, one edit, at the right place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers.compare import Edit, align
from checkers.normalize import Node
from checkers.spec import Dense, Dropout, LayerSpec, layer

NO_FREE: frozenset[str] = frozenset()
KINDS = st.sampled_from(
    [
        Dense(16, "relu"),
        Dense(32, "relu"),
        Dense(64),
        Dropout(0.2),
        Dropout(0.5),
        layer("BatchNormalization"),
        layer("Flatten"),
    ]
)
CHAINS = st.lists(KINDS, min_size=1, max_size=8).map(tuple)


def node(spec: LayerSpec, **changes: object) -> Node:
    """Return a found layer that is exactly as expected, but for `changes`."""
    return Node(spec.kind, {**spec.properties, **changes}, (0,))


def edits(expected: tuple[LayerSpec, ...], found: list[Node]) -> tuple[Edit, ...]:
    return align(expected, tuple(found), NO_FREE).edits


@given(CHAINS)
def test_has_the_same_network_no_edit(chain):
    assert edits(chain, [node(spec) for spec in chain]) == ()


@given(CHAINS, st.data())
def test_is_one_dropped_layer_one_edit(chain, data):
    place = data.draw(st.integers(0, len(chain) - 1))
    found = [node(spec) for spec in chain]
    del found[place]
    (edit,) = edits(chain, found)
    assert edit.what == "missing"
    assert edit.expected is not None
    assert chain[edit.expected] == chain[place]


@given(CHAINS, KINDS, st.data())
def test_is_one_layer_too_many_one_edit(chain, extra, data):
    place = data.draw(st.integers(0, len(chain)))
    found = [node(spec) for spec in chain]
    found.insert(place, node(extra))
    (edit,) = edits(chain, found)
    assert edit.what == "extra"
    assert edit.found is not None
    assert found[edit.found].kind == extra.kind


@given(CHAINS, st.data())
def test_is_one_wrong_setting_one_edit_that_names_it(chain, data):
    place = data.draw(st.integers(0, len(chain) - 1))
    name = data.draw(st.sampled_from(sorted(chain[place].properties)))
    found = [node(spec) for spec in chain]
    found[place] = node(chain[place], **{name: "something else"})
    assert edits(chain, found) == (Edit("property", place, place, name),)


def test_is_a_swapped_pair_one_edit():
    chain = (Dense(16, "relu"), Dropout(0.5), Dense(1))
    found = [node(chain[1]), node(chain[0]), node(chain[2])]
    (edit,) = edits(chain, found)
    assert edit.what == "swapped"


def test_is_a_layer_in_another_place_one_edit():
    chain = (Dense(16, "relu"), Dense(32), Dense(64), Dropout(0.5), Dense(1))
    found = [
        node(chain[3]),
        node(chain[0]),
        node(chain[1]),
        node(chain[2]),
        node(chain[4]),
    ]
    (edit,) = edits(chain, found)
    assert (edit.what, edit.expected, edit.found) == ("moved", 3, 0)


def test_is_a_class_of_the_learners_an_impostor():
    chain = (Dense(16), Dropout(0.5))
    found = [node(chain[0]), Node("Dropout", {}, (0,), is_keras=False)]
    (edit,) = edits(chain, found)
    assert edit.what == "impostor"


@pytest.mark.parametrize("free", ["rate", "Dropout.rate"])
def test_is_a_free_property_not_compared(free):
    chain = (Dropout(0.5),)
    found = (node(chain[0], rate=0.1),)
    assert align(chain, found, frozenset({free})).edits == ()
