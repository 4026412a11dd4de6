"""What works but was asked for in another form: "right, with a note".

A key declares per exercise which ways of writing get a note and which are strict; all
others are free. Settings may be declared as well: `notes=("Dropout.seed",)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checkers.compare import wrong_properties
from checkers.layers import ACTIVATION_KINDS
from checkers.normalize import Node
from checkers.rules.base import Found
from checkers.rules.comparison import Comparison
from checkers.snapshot import LayerFacts
from checkers.spec import show_value
from checkers.verdict import LayerRef

__all__ = ["USUAL", "WRITINGS", "Writings"]

WRITINGS = {
    "late input": "INPUT.NOT_DECLARED",  # no input; it was built here
    "later activation": "ACTIVATION.LATER",  # behind a layer that it may pass
    "activation layer": "WRITING.ACTIVATION_LAYER",  # a layer, not an argument
    "idle layer": "WRITING.IDLE_LAYER",  # Identity, Flatten of a row, Dropout(0)
    "dtype": "WRITING.DTYPE",  # calculates in another type than float32
    "initializer": "WRITING.INITIALIZER",  # another start than Keras's own
}
USUAL = ("late input", "later activation")
_DTYPE = "float32"
_START = "GlorotUniform()"

Passed = tuple[Node, Node]
Owner = Callable[[str], str]


@dataclass(frozen=True)
class Writings:
    """Which ways of writing get a note, and which cost the check.

    Attributes:
        notes: Names of `WRITINGS`, or settings: "seed", "Dropout.seed".
        strict: Names of `WRITINGS`.
    """

    notes: tuple[str, ...] = USUAL
    strict: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse unknown names and contradictions: the author's errors."""
        unknown = {name for name in self.notes if " " in name} - set(WRITINGS)
        unknown |= set(self.strict) - set(WRITINGS)
        both = set(self.notes) & set(self.strict)
        if unknown or both:
            raise ValueError(
                f"Expected ways of writing from {sorted(WRITINGS)}, each as a note or "
                f"strict; received unknown {sorted(unknown)}, twice {sorted(both)}."
            )

    @property
    def settings(self) -> frozenset[str]:
        """Settings whose difference is a note; a comparison leaves them out."""
        return frozenset(self.notes) - set(WRITINGS)

    def find(
        self,
        seen: Comparison,
        passed: Passed | None,
        free: frozenset[str],
        owner: Owner,
    ) -> list[Found]:
        """Return the notes on a right answer, and what is strict.

        Args:
            seen: Expected and found model.
            passed: An activation and the layer that it stands behind, if any.
            free: Settings that are not compared at all.
            owner: Gives the check that is charged with a topic.
        """
        declared = {
            **dict.fromkeys(self.notes, True),
            **dict.fromkeys(self.strict, False),
        }
        found = [
            Found(
                WRITINGS[name],
                owner("input" if name == "late input" else kind),
                values,
                ref,
                expected,
                received,
                declared[name],
            )
            for name, kind, values, ref, expected, received in _used(seen, passed)
            if name in declared
        ]
        return found + list(self._other_settings(seen, free, owner))

    def _other_settings(
        self, seen: Comparison, free: frozenset[str], owner: Owner
    ) -> Iterator[Found]:
        """Yield settings that differ: on a right answer only those that are notes."""
        for pair in seen.alignment.pairs:
            assert pair.expected is not None
            assert pair.found is not None
            spec, node = seen.spec.layers[pair.expected], seen.graph.nodes[pair.found]
            for name in wrong_properties(spec, node, free):
                yield Found(
                    "WRITING.SETTING",
                    owner(f"{spec.kind}.{name}"),
                    {"property": name},
                    node.layer,
                    show_value(spec.properties[name]),
                    show_value(node.properties.get(name)),
                    is_note=True,
                )


# Name, topic, values, layer, expected, received.
Use = tuple[str, str, dict[str, str], LayerRef | None, str, str]


def _used(seen: Comparison, passed: Passed | None) -> Iterator[Use]:
    """Yield each way of writing in use; `Use` says what of it."""
    model = seen.model
    if model.built_here and model.api == "sequential":
        shape = show_value(seen.spec.input_shapes[0])
        yield "late input", "", {}, None, shape, ""
    if passed is not None:
        node, other = passed
        yield "later activation", "*", {"after": other.kind}, node.layer, "", ""
    kept = {node.index for node in seen.graph.nodes}
    called = {call.layer for call in model.training.calls} if model.training else set()
    for index, layer in enumerate(model.layers):
        ref = LayerRef(index, layer.name, layer.kind)
        if index in called and index not in kept and layer.kind != "InputLayer":
            name = "activation layer" if _is_activation(layer) else "idle layer"
            yield name, "*", {"activation": layer.activation}, ref, "", layer.kind
        if layer.weights and layer.compute_dtype != _DTYPE:
            yield "dtype", "*", {}, ref, _DTYPE, layer.compute_dtype
        start = layer.config.get("kernel_initializer", _START)
        if start != _START:
            yield "initializer", "*", {}, ref, _START, str(start)
    # An extra layer without any effect, such as Dropout(0), has no place in the pairs.
    placed = {pair.found for pair in seen.alignment.pairs}
    for place, node in enumerate(seen.graph.nodes):
        if place not in placed:
            yield "idle layer", "*", {}, node.layer, "", node.kind


def _is_activation(layer: LayerFacts) -> bool:
    """Return True for a layer that is nothing but an activation."""
    return layer.kind in ACTIVATION_KINDS and layer.activation not in ("", "linear")
