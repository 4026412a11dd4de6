"""Declared misconceptions: how a wrong model shows which thought is behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checkers.compare import Edit, equals
from checkers.i18n import translate
from checkers.normalize import Graph
from checkers.rules.base import Found
from checkers.spec import ANYTHING, GraphSpec, ModelSpec, fits

__all__ = [
    "LooksLike",
    "Slip",
    "extra_layer",
    "looks_like",
    "missing_layer",
    "moved_layer",
    "other_kind",
    "same_shapes",
    "swapped_layer",
    "value_slip",
]


@dataclass(frozen=True)
class Slip:
    """A single difference that stands for a known thought.

    Attributes:
        code: Message code.
        what: Sort of edit (see `checkers.compare.Edit`).
        kind: Kind of the expected layer (of the found one for "extra").
        name: The property, for "property".
        received: Value, or kind of layer, that was received instead.
        position: 0-based position among the expected layers (for "extra": among the
            found ones), -1 for the last; None for any.
    """

    code: str
    what: str
    kind: str
    name: str = ""
    received: Any = ANYTHING
    position: int | None = None

    def fits(self, edit: Edit, spec: ModelSpec | GraphSpec, graph: Graph) -> bool:
        """Return True if an edit is this slip."""
        if edit.what != self.what or edit.name != self.name:
            return False
        place = edit.found if self.what == "extra" else edit.expected
        node = None if edit.found is None else graph.nodes[edit.found]
        kind = (
            node.kind
            if self.what == "extra" and node
            else spec.layers[edit.expected or 0].kind
        )
        last = len(graph.nodes if self.what == "extra" else spec.layers) - 1
        wanted = last if self.position == -1 else self.position
        if kind != self.kind or wanted not in (None, place):
            return False
        if self.what == "property" and node:
            return fits(self.received, node.properties.get(self.name))
        if self.what == "kind" and node:
            return fits(self.received, node.kind)
        return True


@dataclass(frozen=True)
class LooksLike:
    """A whole wrong network that stands for a known thought: one cause, one finding.

    Attributes:
        code: Message code.
        network: The wrong network.
        topic: Topic that decides which check it costs.
        layer: 0-based position of the layer of `network` that the finding points at.
        expected: What the finding names as expected.
        received: What the finding names as received.
    """

    code: str
    network: ModelSpec | GraphSpec
    topic: str = "*"
    layer: int | None = None
    expected: str = "—"
    received: str = "—"

    def find(self, graph: Graph, free: frozenset[str]) -> Found | None:
        """Return the finding if the answer is this network."""
        if not same_shapes(self.network, graph):
            return None
        if not equals(self.network, graph, free, with_idle=True):
            return None
        ref = None if self.layer is None else graph.nodes[self.layer].layer
        kind = "" if ref is None else ref.kind
        expected, received = translate(self.expected), translate(self.received)
        return Found(self.code, self.topic, {"kind": kind}, ref, expected, received)


def same_shapes(spec: ModelSpec | GraphSpec, graph: Graph) -> bool:
    """Return True if a model takes the inputs that a spec states."""
    return [tuple(shape[1:]) for shape in graph.inputs] == list(spec.input_shapes)


def value_slip(target: str, received: Any, code: str) -> Slip:
    """Return the slip of one wrong setting: `value_slip("Dropout.rate", 0.7, …)`."""
    kind, name = target.split(".")
    return Slip(code, "property", kind, name, received)


def missing_layer(kind: str, code: str, *, position: int | None = None) -> Slip:
    """Return the slip of a missing layer; `position` among the expected layers."""
    return Slip(code, "missing", kind, position=position)


def extra_layer(kind: str, code: str, *, position: int | None = None) -> Slip:
    """Return the slip of a layer too many; `position` among the found layers."""
    return Slip(code, "extra", kind, position=position)


def moved_layer(kind: str, code: str, *, position: int | None = None) -> Slip:
    """Return the slip of a layer in another place."""
    return Slip(code, "moved", kind, position=position)


def swapped_layer(kind: str, code: str) -> Slip:
    """Return the slip of a layer that stands before the one it should follow."""
    return Slip(code, "swapped", kind)


def other_kind(expected: str, received: str, code: str) -> Slip:
    """Return the slip of one kind of layer in place of another."""
    return Slip(code, "kind", expected, received=received)


def looks_like(
    network: ModelSpec | GraphSpec,
    code: str,
    *,
    topic: str = "*",
    layer: int | None = None,
    expected: str = "—",
    received: str = "—",
) -> LooksLike:
    """Return the slip of a whole wrong network."""
    return LooksLike(code, network, topic, layer, expected, received)
