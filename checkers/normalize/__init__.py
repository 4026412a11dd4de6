"""Equivalent writings become one form: a graph of nodes with settled properties.

Expected and found models meet here: a `Node` has the same kind and properties
whichever API, argument form or activation style it was written in.

graph.py      the normal form
steps.py      one call as one node
settings.py   settings in their shortest form
modes.py      switched on or off
passes.py     what makes no difference is taken out
order.py      activations that may stand later
"""

from __future__ import annotations

from checkers.normalize.graph import Graph, Node
from checkers.normalize.modes import switches_of
from checkers.normalize.order import with_activations_first
from checkers.normalize.passes import (
    fuse_activations,
    has_no_effect,
    is_identity,
    joined,
    repeats,
    without,
    without_idle,
    without_unused,
)
from checkers.normalize.steps import as_own_step, node_of
from checkers.snapshot import ModelFacts

__all__ = [
    "Graph",
    "Node",
    "as_own_step",
    "has_no_effect",
    "normalize",
    "with_activations_first",
    "without_idle",
]


def normalize(model: ModelFacts, *, training: bool = True) -> Graph:
    """Return the graph that a model computes in one mode, in its normal form.

    Raises:
        ValueError: If the model could not be traced.
    """
    trace = model.training if training else model.inference
    if trace is None:
        raise ValueError("This model was not traced.")
    other = model.inference if training else model.training
    modes = switches_of(trace, other, training=training)
    nodes = [
        node_of(call, model.layers, mode)
        for call, mode in zip(trace.calls, modes, strict=True)
    ]
    graph = Graph(model.inputs, tuple(nodes), trace.outputs)
    graph = without_unused(graph)
    graph = without(graph, is_identity)
    graph = joined(graph)
    graph = fuse_activations(graph)
    return without(graph, repeats)
