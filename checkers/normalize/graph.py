"""A model in its normal form: nodes with settled properties, and what feeds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checkers.snapshot import Shape
from checkers.verdict import LayerRef

__all__ = ["Graph", "Node"]


@dataclass(frozen=True)
class Node:
    """One step of a model in its normal form.

    Attributes:
        kind: Keras class name, or the learner's class name for a layer of their own.
        properties: Settled values of every property that the kind has.
        inputs: Positions of the nodes that feed it; -1, -2 … are the model's inputs.
        layer: What the learner sees; None for an operation without a layer.
        index: Index into `ModelFacts.layers`; None for an operation.
        is_keras: False for an impostor or a class of the learner's.
        output_shape: Shape that it returns.
        start: Names of weights whose entries are all equal, with that value.
        has_weights: True if the layer owns weights.
        fused: The activation that stood behind it as a step of its own, if any.
        input_shape: Shape of the first tensor that it gets.
    """

    kind: str
    properties: dict[str, Any]
    inputs: tuple[int, ...]
    layer: LayerRef | None = None
    index: int | None = None
    is_keras: bool = True
    output_shape: Shape = ()
    start: dict[str, float] | None = None
    has_weights: bool = False
    fused: Node | None = None
    input_shape: Shape = ()


@dataclass(frozen=True)
class Graph:
    """A model in its normal form.

    Attributes:
        inputs: One shape per input.
        nodes: Steps in calling order.
        outputs: Positions of the nodes that the model returns.
    """

    inputs: tuple[Shape, ...]
    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]

    @property
    def is_chain(self) -> bool:
        """True if each step gets the step before it, and the last one is returned."""
        expected = [(position - 1,) for position in range(len(self.nodes))]
        return [node.inputs for node in self.nodes] == expected and self.outputs == (
            len(self.nodes) - 1,
        )
