"""Activations that may change places with the layer before them."""

from __future__ import annotations

from dataclasses import replace

from checkers.normalize.graph import Graph, Node
from checkers.normalize.passes import fuse_activations, repeats, without

__all__ = ["with_activations_first"]

# Which activations may change places with the layer before them, and give the same:
# scaling and dropping keep the sign, the largest value stays the largest under any
# rising function, and flattening moves values without changing them.
_SCALE_FREE = {"relu", "leaky_relu"}
_RISING = {
    *_SCALE_FREE,
    *("relu6", "sigmoid", "tanh", "softplus", "softsign", "elu", "selu", "exponential"),
}
_COMMUTES = {
    "Dropout": _SCALE_FREE,
    **{f"SpatialDropout{n}D": _SCALE_FREE for n in (1, 2, 3)},
    **{f"MaxPooling{n}D": _RISING for n in (1, 2, 3)},
    **{f"GlobalMaxPooling{n}D": _RISING for n in (1, 2, 3)},
    "Flatten": _RISING | {"gelu", "silu", "mish", "hard_sigmoid"},
}


def with_activations_first(graph: Graph) -> tuple[Graph, tuple[Node, Node] | None]:
    """Return an equal graph in which activations stand as early as they can.

    `Dense`, `Dropout`, `ReLU` computes what `Dense`, `ReLU`, `Dropout` computes.

    Returns:
        The graph, and the first activation that was moved with the layer that it
        passed (None if none was moved).
    """
    nodes = list(graph.nodes)
    moved: tuple[Node, Node] | None = None
    position = 0
    while position < len(nodes):
        node = nodes[position]
        source = node.inputs[0] if len(node.inputs) == 1 else -1
        if (
            node.kind == "Activation"
            and source >= 0
            and _may_swap(nodes, graph, source)
        ):
            before = nodes[source]
            if node.properties["activation"] in _COMMUTES[before.kind]:
                # The two trade places; whoever used the activation gets the layer.
                nodes[source] = replace(node, inputs=before.inputs)
                nodes[position] = replace(before, inputs=(source,))
                moved, position = moved or (node, before), source
                continue
        position += 1
    if moved is None:
        return graph, None
    return without(fuse_activations(replace(graph, nodes=tuple(nodes))), repeats), moved


def _may_swap(nodes: list[Node], graph: Graph, source: int) -> bool:
    """Return True if only the next step uses a layer that an activation may pass."""
    before = nodes[source]
    uses = sum(node.inputs.count(source) for node in nodes)
    return (
        before.kind in _COMMUTES
        and before.is_keras
        and len(before.inputs) == 1
        and uses + graph.outputs.count(source) == 1
    )
