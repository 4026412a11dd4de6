"""Expected and found model side by side; each difference in its plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from checkers.compare import Alignment, Edit, describe_node
from checkers.messages.sentences import say
from checkers.normalize import Graph
from checkers.rules.base import Found
from checkers.snapshot import ModelFacts
from checkers.spec import LayerSpec, ModelSpec, show_value
from checkers.verdict import LayerRef

__all__ = ["Comparison", "merge"]


@dataclass(frozen=True)
class Comparison:
    """Expected and found model side by side."""

    spec: ModelSpec
    model: ModelFacts
    graph: Graph
    alignment: Alignment

    @property
    def expects_repeatable(self) -> bool:
        """True unless the spec wants a layer that stays on at inference."""
        return all(layer.properties.get("mode") != "on" for layer in self.spec.layers)

    @property
    def has_idle_layer(self) -> bool:
        """True if a missing layer is there, but is never called."""
        return any(
            edit.what == "missing"
            and self._uncalled(self.spec.layers[edit.expected or 0]) is not None
            for edit in self.alignment.edits
        )

    def describe(self, edit: Edit, owner: Callable[[str], str]) -> Found:
        """Return the plain finding of one edit."""
        if edit.what == "property":
            return self._property(edit, owner)
        if edit.what == "missing":
            return self._missing(edit, owner)
        node = self.graph.nodes[edit.found or 0]
        spec = None if edit.expected is None else self.spec.layers[edit.expected]
        codes = {
            "extra": "LAYER.EXTRA",
            "moved": "LAYER.MOVED",
            "swapped": "LAYER.SWAPPED",
            "kind": "LAYER.WRONG_KIND",
            "impostor": "LAYER.IMPOSTOR",
        }
        values = {"kind": node.kind, "position": self._position(edit)}
        code, about = codes[edit.what], spec.kind if spec else node.kind
        if edit.what == "kind" and spec and not node.is_keras:
            code = "LAYER.OWN_CLASS"
        return Found(
            code,
            owner(about),
            values,
            node.layer,
            expected=spec.describe() if spec else say("ROW.extra"),
            received=describe_node(node),
        )

    def _missing(self, edit: Edit, owner: Callable[[str], str]) -> Found:
        """Describe a missing layer, or one that is owned but never called."""
        spec = self.spec.layers[edit.expected or 0]
        values: dict[str, Any] = {"kind": spec.kind, "position": self._position(edit)}
        idle = self._uncalled(spec)
        code = "LAYER.MISSING"
        if idle is not None:
            code, values["name"] = "LAYER.NOT_CALLED", idle.name
        ref = idle or LayerRef(None, "", spec.kind)
        return Found(
            code, owner(spec.kind), values, ref, spec.describe(), say("ROW.missing")
        )

    def _uncalled(self, spec: LayerSpec) -> LayerRef | None:
        """Return a layer of the missing kind that the model owns but never calls."""
        trace = self.model.training
        called = {call.layer for call in trace.calls} if trace else set()
        for index, layer in enumerate(self.model.layers):
            if index not in called and layer.kind == spec.kind:
                return LayerRef(index, layer.name, layer.kind)
        return None

    def _property(self, edit: Edit, owner: Callable[[str], str]) -> Found:
        """Describe one setting that differs."""
        spec = self.spec.layers[edit.expected or 0]
        node = self.graph.nodes[edit.found or 0]
        expected, received = spec.properties[edit.name], node.properties.get(edit.name)
        code = "LAYER.PROPERTY"
        if edit.name == "trainable" and expected is True:
            code = "LAYER.FROZEN"
        elif edit.name == "mode":
            code = "LAYER.SWITCHED_OFF" if received == "off" else "LAYER.ALWAYS_ON"
        elif expected is None:
            code = "LAYER.EXTRA_SETTING"
        return Found(
            code,
            owner(f"{spec.kind}.{edit.name}"),
            {"property": edit.name, "kind": spec.kind},
            node.layer,
            expected=show_value(expected),
            received=show_value(received),
        )

    def _position(self, edit: Edit) -> str:
        """Return in words where a layer belongs: after which found layer."""
        before = edit.before
        while before > 0 and self.graph.nodes[before - 1].layer is None:
            before -= 1
        if before == 0:
            return say("POSITION.first")
        layer = self.graph.nodes[before - 1].layer
        assert layer is not None
        number = before if layer.index is None else layer.index + 1
        return say("POSITION.after", number=number, kind=layer.kind)


def merge(found: list[Found], one: Found) -> None:
    """Add a finding, or join it to one that says the same of another layer."""
    for position, other in enumerate(found):
        is_same = (other.code, other.expected, other.received, other.check) == (
            one.code,
            one.expected,
            one.received,
            one.check,
        )
        if not (is_same and other.layer and one.layer):
            continue
        if other.layer.kind == one.layer.kind and one.layer.index is not None:
            known = str(other.values.get("numbers") or (other.layer.index or 0) + 1)
            numbers = f"{known}, {one.layer.index + 1}"
            found[position] = replace(
                other, values={**other.values, "numbers": numbers}
            )
            return
    found.append(one)
