"""What makes no difference is taken out of a graph, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checkers.layers import IDENTITY_KINDS
from checkers.normalize.graph import Graph, Node
from checkers.spec import fits

__all__ = [
    "fuse_activations",
    "has_no_effect",
    "is_identity",
    "joined",
    "repeats",
    "without",
    "without_idle",
    "without_unused",
]

_IDENTITY_OPERATIONS = {"ConvertToTensor", "Identity", "Copy"}
# A number that leaves the other side of such an operation as it is.
_NEUTRAL_NUMBERS = {"Add": 0, "Subtract": 0, "Multiply": 1, "Divide": 1, "Power": 1}
# Applied twice they give what they give once.
_IDEMPOTENT = {"relu", "relu6"}
# a + b + c in one step or in two; the same for the others.
_ASSOCIATIVE = {"Add", "Multiply", "Maximum", "Minimum", "Concatenate"}
_NEUTRAL = {
    "rate": 0,
    "stddev": 0,
    "pool_size": 1,
    "size": 1,
    "factor": 0,
    "activation": "linear",
}


def without(graph: Graph, drops: Callable[[Graph, int], bool]) -> Graph:
    """Return the graph without some steps; what they fed gets what fed them."""
    dropped = {
        position
        for position, node in enumerate(graph.nodes)
        if len(node.inputs) == 1 and drops(graph, position)
    }
    if not dropped:
        return graph
    target: dict[int, int] = {}
    nodes: list[Node] = []
    for position, node in enumerate(graph.nodes):
        inputs = tuple(target.get(source, source) for source in node.inputs)
        if position in dropped:
            target[position] = inputs[0]
            continue
        target[position] = len(nodes)
        nodes.append(replace(node, inputs=inputs))
    outputs = tuple(target.get(source, source) for source in graph.outputs)
    return Graph(graph.inputs, tuple(nodes), outputs)


def without_unused(graph: Graph) -> Graph:
    """Return the graph without steps whose results nothing uses."""
    needed = set()
    waiting = list(graph.outputs)
    while waiting:
        position = waiting.pop()
        if position >= 0 and position not in needed:
            needed.add(position)
            waiting.extend(graph.nodes[position].inputs)
    if len(needed) == len(graph.nodes):
        return graph
    order = sorted(needed)
    target = {position: new for new, position in enumerate(order)}
    nodes = tuple(
        replace(
            graph.nodes[position],
            inputs=tuple(target.get(s, s) for s in graph.nodes[position].inputs),
        )
        for position in order
    )
    outputs = tuple(target.get(position, position) for position in graph.outputs)
    return Graph(graph.inputs, nodes, outputs)


def fuse_activations(graph: Graph) -> Graph:
    """Return the graph with `Dense` + `Activation("relu")` as `Dense("relu")`.

    Only where nothing else uses the result in between.
    """
    uses = _uses(graph)
    nodes = list(graph.nodes)
    fused = set()
    for position, node in enumerate(nodes):
        if node.kind != "Activation" or len(node.inputs) != 1 or node.inputs[0] < 0:
            continue
        source = node.inputs[0]
        before = nodes[source]
        is_free = before.is_keras and before.properties.get("activation") == "linear"
        if is_free and before.kind != "Activation" and uses[source] == 1:
            activation = {"activation": node.properties["activation"]}
            nodes[source] = replace(
                before, properties=before.properties | activation, fused=node
            )
            fused.add(position)
    graph = replace(graph, nodes=tuple(nodes))
    return without(graph, lambda _, position: position in fused)


def joined(graph: Graph) -> Graph:
    """Return the graph with a + (b + c) as one step, where b + c is used only there."""
    uses = _uses(graph)
    nodes = list(graph.nodes)
    for position, node in enumerate(nodes):
        if node.kind not in _ASSOCIATIVE or len(node.inputs) < 2:
            continue
        inputs: list[int] = []
        for source in node.inputs:
            inner = nodes[source] if source >= 0 else None
            is_part = (
                inner is not None and inner.kind == node.kind and uses[source] == 1
            )
            if inner and is_part and inner.properties == node.properties:
                inputs += inner.inputs
            else:
                inputs.append(source)
        nodes[position] = replace(node, inputs=tuple(inputs))
    return without_unused(replace(graph, nodes=tuple(nodes)))


def _uses(graph: Graph) -> dict[int, int]:
    """Return how often the result of each step is used."""
    uses: dict[int, int] = {}
    for source in (*graph.outputs, *(s for node in graph.nodes for s in node.inputs)):
        uses[source] = uses.get(source, 0) + 1
    return uses


def is_identity(graph: Graph, position: int) -> bool:
    """Return True for a step without any effect."""
    node = graph.nodes[position]
    if node.kind in IDENTITY_KINDS or node.kind in _IDENTITY_OPERATIONS:
        return node.is_keras
    if node.index is None and _is_neutral(node):
        return True
    if node.kind == "Activation":
        return bool(node.properties["activation"] == "linear")
    if node.kind in ("Flatten", "Reshape") and node.inputs:
        source = node.inputs[0]
        before = (
            graph.nodes[source].output_shape
            if source >= 0
            else graph.inputs[-1 - source]
        )
        return before == node.output_shape
    return False


def _is_neutral(node: Node) -> bool:
    """Return True for an operation such as `x * 1.0` or a cast to float32."""
    if node.kind == "Cast":
        return node.properties.get("dtype") == "float32"
    neutral = _NEUTRAL_NUMBERS.get(node.kind)
    return neutral is not None and fits(neutral, node.properties.get("numbers"))


def repeats(graph: Graph, position: int) -> bool:
    """Return True for relu on what is relu's result already."""
    node = graph.nodes[position]
    if node.kind != "Activation" or not node.inputs or node.inputs[0] < 0:
        return False
    before = graph.nodes[node.inputs[0]]
    name = node.properties["activation"]
    is_same = before.is_keras and before.properties.get("activation") == name
    return is_same and name in _IDEMPOTENT


def has_no_effect(node: Node) -> bool:
    """Return True for a layer whose settings make it change nothing: Dropout(0)."""
    names = [name for name in _NEUTRAL if name in node.properties]
    return (
        node.is_keras
        and not node.has_weights
        and bool(names)
        and all(fits(_NEUTRAL[name], node.properties[name]) for name in names)
        and fits(1, node.properties.get("strides", 1))
    )


def without_idle(graph: Graph) -> Graph:
    """Return the graph without layers that change nothing: `GaussianNoise(0)`."""
    kept = without(graph, lambda g, position: has_no_effect(g.nodes[position]))
    return graph if kept is graph else without(fuse_activations(kept), repeats)
