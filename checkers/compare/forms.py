"""One model has several equal forms; the one nearest to the expectation is compared.

`Dense(32, "relu")` is a `Dense(32)` with a relu behind it. Where the task puts a layer
between the two, the second form shows what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checkers.compare import compare
from checkers.compare.edits import Alignment
from checkers.layers import ACTIVATION_KINDS
from checkers.normalize import (
    Graph,
    Node,
    as_own_step,
    with_activations_first,
    without_idle,
)
from checkers.spec import GraphSpec, ModelSpec

__all__ = ["Form", "nearest_form"]


@dataclass(frozen=True)
class Form:
    """One form of a model, aligned with the expectation.

    Attributes:
        graph: The model in this form.
        alignment: Its alignment.
        passed: An activation that had to be moved forward to get it, and the layer
            that it stood behind; None if nothing was moved.
    """

    graph: Graph
    alignment: Alignment
    passed: tuple[Node, Node] | None = None


def nearest_form(
    spec: ModelSpec | GraphSpec, graph: Graph, free: frozenset[str]
) -> Form:
    """Return the form with the fewest differences, the usual one if in doubt."""
    form = Form(graph, compare(spec, graph, free))
    if not form.alignment.edits:
        return form
    active = without_idle(graph)
    if active is not graph:
        plain = Form(active, compare(spec, active, free))
        if len(plain.alignment.edits) < len(form.alignment.edits):
            form, graph = plain, active
    earlier, passed = with_activations_first(graph)
    if passed is not None:
        moved = Form(earlier, compare(spec, earlier, free), passed)
        if not moved.alignment.edits:
            return moved
    return _split(spec, form, free)


def _split(spec: ModelSpec | GraphSpec, form: Form, free: frozenset[str]) -> Form:
    """Return the form in which activations stand alone wherever that explains more."""
    if not any(step.layer.kind in ACTIVATION_KINDS for step in spec.steps):
        return form
    tried: set[int | None] = set()
    while form.alignment.edits:
        places = [
            place
            for place, node in enumerate(form.graph.nodes)
            if _may_split(node, tried)
        ]
        if not places:
            return form
        tried.add(form.graph.nodes[places[0]].index)
        graph = _with_own_activation(form.graph, places[0])
        alignment = compare(spec, graph, free)
        if len(alignment.edits) < len(form.alignment.edits):
            form = Form(graph, alignment)
    return form


def _may_split(node: Node, tried: set[int | None]) -> bool:
    """Return True for a layer with an activation that was not taken apart yet."""
    activation = node.properties.get("activation")
    has_one = activation not in (None, "linear")
    is_known = activation != "unknown" or node.fused is not None
    return node.has_weights and has_one and is_known and node.index not in tried


def _with_own_activation(graph: Graph, place: int) -> Graph:
    """Return the graph with the activation of one layer as a step behind it."""
    node = graph.nodes[place]
    kind, properties = as_own_step(node.properties["activation"])
    activation = Node(
        kind=kind,
        properties=properties,
        inputs=(place,),
        layer=node.layer,
        index=node.index,
        output_shape=node.output_shape,
    )
    if node.fused is not None:
        activation = replace(node.fused, inputs=(place,))

    def moved(source: int) -> int:
        return source + 1 if source >= place else source

    bare = replace(
        node, properties={**node.properties, "activation": "linear"}, fused=None
    )
    before = graph.nodes[:place]
    after = [
        replace(later, inputs=tuple(moved(source) for source in later.inputs))
        for later in graph.nodes[place + 1 :]
    ]
    outputs = tuple(moved(source) for source in graph.outputs)
    return Graph(graph.inputs, (*before, bare, activation, *after), outputs)
