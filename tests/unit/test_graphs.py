"""Branching models: one cause, one difference, at the right layer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers.compare import compare
from checkers.compare.forms import nearest_form
from checkers.normalize import Graph, Node
from checkers.spec import (
    Activation,
    Conv2D,
    Dense,
    Dropout,
    GraphSpec,
    Input,
    MaxPooling2D,
    ModelSpec,
    SpecError,
    layer,
)
from checkers.verdict import LayerRef

FREE: frozenset[str] = frozenset()


def graph_of(spec: ModelSpec | GraphSpec) -> Graph:
    """Return a found model that is exactly what a spec says."""
    nodes = tuple(
        Node(
            kind=step.layer.kind,
            properties=dict(step.layer.properties),
            inputs=step.inputs,
            layer=LayerRef(step.shared, f"layer_{step.shared}", step.layer.kind),
            index=step.shared,
            output_shape=(None, 8),
            has_weights=step.layer.kind in ("Dense", "Conv2D"),
        )
        for step in spec.steps
    )
    shapes = tuple((None, *shape) for shape in spec.input_shapes)
    return Graph(shapes, nodes, spec.output_steps)


def edits(spec, graph):
    return [
        (edit.what, edit.expected, edit.found, edit.name)
        for edit in compare(spec, graph, FREE).edits
    ]


def changed(graph: Graph, position: int, **changes) -> Graph:
    nodes = list(graph.nodes)
    properties = {**nodes[position].properties, **changes.pop("properties", {})}
    nodes[position] = replace(nodes[position], properties=properties, **changes)
    return replace(graph, nodes=tuple(nodes))


def without(graph: Graph, position: int) -> Graph:
    """Return the graph without one single-input step."""
    (source,) = graph.nodes[position].inputs

    def moved(old: int) -> int:
        old = source if old == position else old
        return old - 1 if old > position else old

    nodes = [
        replace(node, inputs=tuple(moved(old) for old in node.inputs))
        for place, node in enumerate(graph.nodes)
        if place != position
    ]
    return Graph(graph.inputs, tuple(nodes), tuple(moved(old) for old in graph.outputs))


def inception() -> GraphSpec:
    image = Input((8, 8, 3))
    narrow = Conv2D(4, 1, "relu")(image)
    wide = Conv2D(6, 3, "relu", padding="same")(Conv2D(3, 1, "relu")(image))
    pooled = MaxPooling2D(3, strides=1, padding="same")(image)
    pooled = Conv2D(5, 1, "relu")(pooled)
    joined = layer("Concatenate")(narrow, wide, pooled)
    return GraphSpec((image,), (Dense(10, "softmax")(joined),))


def residual() -> GraphSpec:
    rows = Input((16,))
    inner = Dense(16)(Dropout(0.2)(Dense(16, "relu")(rows)))
    summed = layer("Add")(inner, rows)
    return GraphSpec((rows,), (Dense(1)(Activation("relu")(summed)),))


def twins() -> GraphSpec:
    left, right = Input((6,)), Input((6,))
    shared = Dense(4, "relu")
    joined = layer("Subtract")(shared(left), shared(right))
    return GraphSpec((left, right), (Dense(1)(joined),))


@pytest.mark.parametrize("spec", [inception(), residual(), twins()])
def test_has_the_same_graph_no_edit(spec):
    assert edits(spec, graph_of(spec)) == []


@pytest.mark.parametrize("spec", [inception(), residual(), twins()])
def test_is_each_wrong_setting_found_at_its_layer(spec):
    for position, step in enumerate(spec.steps):
        if step.layer.kind in ("Dense", "Conv2D"):
            graph = changed(graph_of(spec), position, properties={"activation": "tanh"})
            expected = [("property", position, position, "activation")]
            assert edits(spec, graph) == expected


@pytest.mark.parametrize("spec", [inception(), residual()])
def test_is_each_missing_layer_one_difference(spec):
    for position, step in enumerate(spec.steps):
        if len(step.inputs) == 1:
            graph = without(graph_of(spec), position)
            found = edits(spec, graph)
            assert [edit[:2] for edit in found] == [("missing", position)], step


def test_is_a_whole_missing_branch_no_matter_of_wiring():
    spec = inception()
    graph = graph_of(spec)
    joined = changed(graph, 5, inputs=(2, 4))
    nodes = (*joined.nodes[1:],)
    nodes = tuple(
        replace(node, inputs=tuple(old - 1 if old > 0 else old for old in node.inputs))
        for node in nodes
    )
    found = edits(spec, Graph(graph.inputs, nodes, (5,)))
    assert [edit[:2] for edit in found] == [("missing", 0)]


def test_does_the_order_of_branches_not_matter():
    spec = inception()
    graph = changed(graph_of(spec), 5, inputs=(4, 2, 0))
    assert edits(spec, graph) == []


def test_does_the_order_matter_to_a_difference():
    spec = twins()
    graph = changed(graph_of(spec), 2, inputs=(1, 0))
    assert [edit[0] for edit in edits(spec, graph)] == ["order"]


def test_is_a_shortcut_from_another_place_a_wrong_input():
    spec = residual()
    graph = changed(graph_of(spec), 3, inputs=(2, 0))
    assert edits(spec, graph) == [("wiring", 3, 3, "")]


def test_are_neighbors_in_the_wrong_order_swapped():
    spec = inception()
    graph = graph_of(spec)
    # Conv2D(5, 1) before the pooling layer in place of after it.
    nodes = list(graph.nodes)
    nodes[3], nodes[4] = (
        replace(nodes[4], inputs=(-1,)),
        replace(nodes[3], inputs=(3,)),
    )
    assert [edit[0] for edit in edits(spec, replace(graph, nodes=tuple(nodes)))] == [
        "swapped"
    ]


def test_is_one_layer_in_two_places_found():
    spec = twins()
    graph = changed(graph_of(spec), 1, index=7)
    assert edits(spec, graph) == [("unshared", 1, 1, "")]
    chain = ModelSpec((8,), (Dense(8), Dropout(0.1), Dense(8)))
    twice = changed(graph_of(chain), 2, index=0)
    assert edits(chain, twice) == [("shared", 2, 2, "")]


def test_may_a_layer_without_weights_serve_twice():
    chain = ModelSpec((8,), (Dense(8), Dropout(0.1), Dense(4), Dropout(0.1)))
    assert edits(chain, changed(graph_of(chain), 3, index=1)) == []


def test_is_another_output_named():
    spec = residual()
    graph = replace(graph_of(spec), outputs=(4,))
    assert ("outputs", 5, 5, "") in edits(spec, graph)
    two = replace(graph_of(spec), outputs=(5, 4))
    assert edits(spec, two) == [("outputs", 5, 5, "")]


def test_is_an_extra_layer_one_difference():
    spec = residual()
    graph = graph_of(spec)
    extra = Node("Dropout", dict(Dropout(0.5).properties), (2,), index=9)
    nodes = (*graph.nodes[:3], extra, *graph.nodes[3:])
    nodes = tuple(
        replace(node, inputs=tuple(old + 1 if old >= 3 else old for old in node.inputs))
        if place != 3
        else node
        for place, node in enumerate(nodes)
    )
    nodes = (*nodes[:4], replace(nodes[4], inputs=(3, -1)), *nodes[5:])
    found = edits(spec, Graph(graph.inputs, nodes, (6,)))
    assert found == [("extra", None, 3, "")]


def test_does_a_bare_activation_show_what_is_missing_before_it():
    spec = ModelSpec((8,), (Dense(8), layer("BatchNormalization"), Activation("relu")))
    fused = graph_of(ModelSpec((8,), (Dense(8, "relu"),)))
    assert len(compare(spec, fused, FREE).edits) == 3
    form = nearest_form(spec, fused, FREE)
    assert [edit.what for edit in form.alignment.edits] == ["missing"]
    assert [node.kind for node in form.graph.nodes] == ["Dense", "Activation"]


def test_is_relu_after_dropout_the_same_as_before():
    spec = ModelSpec((8,), (Dense(8, "relu"), Dropout(0.3), Dense(1)))
    late = (Dense(8), Dropout(0.3), Activation("relu"), Dense(1))
    form = nearest_form(spec, graph_of(ModelSpec((8,), late)), FREE)
    assert form.alignment.edits == ()
    assert form.passed is not None
    assert [node.kind for node in form.passed] == ["Activation", "Dropout"]


def test_is_sigmoid_after_dropout_something_else():
    spec = ModelSpec((8,), (Dense(8, "sigmoid"), Dropout(0.3), Dense(1)))
    late = (Dense(8), Dropout(0.3), Activation("sigmoid"), Dense(1))
    form = nearest_form(spec, graph_of(ModelSpec((8,), late)), FREE)
    assert form.passed is None
    assert form.alignment.edits != ()


@st.composite
def graphs(draw) -> GraphSpec:
    """Return a random graph on one input; every step is used."""
    tensors = [Input((8,))]
    loose = [0]
    for number in range(draw(st.integers(1, 9))):
        first = draw(st.sampled_from(tensors))
        if len(tensors) > 1 and draw(st.booleans()):
            second = draw(st.sampled_from(tensors))
            tensors.append(layer("Add")(first, second))
        else:
            tensors.append(Dense(8 + number)(first))
        loose.append(len(tensors) - 1)
    used = {id(one) for tensor in tensors for one in tensor.inputs}
    ends = [tensor for tensor in tensors[1:] if id(tensor) not in used]
    if len(ends) == 1:
        return GraphSpec((tensors[0],), (ends[0],))
    return GraphSpec((tensors[0],), (layer("Concatenate")(*ends),))


@given(graphs())
def test_has_any_graph_no_edit_against_itself(spec):
    assert edits(spec, graph_of(spec)) == []


@given(graphs(), st.data())
def test_is_one_changed_width_the_only_difference(spec, data):
    dense = [p for p, step in enumerate(spec.steps) if step.layer.kind == "Dense"]
    position = data.draw(st.sampled_from(dense))
    graph = changed(graph_of(spec), position, properties={"units": 999})
    assert edits(spec, graph) == [("property", position, position, "units")]


def test_refuses_a_spec_that_leads_nowhere():
    rows, other = Input((4,)), Input((4,))
    with pytest.raises(SpecError, match="at least one input"):
        GraphSpec((), ())
    with pytest.raises(SpecError, match="does not list"):
        GraphSpec((rows,), (Dense(1)(other),))
    with pytest.raises(SpecError, match="leads to no output"):
        GraphSpec((rows, other), (Dense(1)(rows),))
    with pytest.raises(SpecError, match="at least one layer"):
        GraphSpec((rows,), (rows,))
    with pytest.raises(SpecError, match="without an input"):
        Dense(1)()
