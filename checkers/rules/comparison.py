"""Expected and found model side by side; each difference in its plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from checkers.compare import Alignment, Edit, describe_node
from checkers.layers import (
    ACTIVATION_KINDS,
    IDENTITY_KINDS,
    OWN_CODE,
    owns_weights,
)
from checkers.messages.sentences import say, say_list
from checkers.normalize import Graph, Node
from checkers.rules.base import Found
from checkers.rules.disclosure import Disclosure
from checkers.snapshot import ModelFacts
from checkers.spec import GraphSpec, LayerSpec, ModelSpec, show_value
from checkers.verdict import LayerRef

__all__ = ["Comparison", "merge"]

_MISSING = {"LAYER.MISSING", "LAYER.MISSING_SEVERAL"}  # one, then more of a kind
# Layers that the normal form leaves out where they change nothing.
_MAY_VANISH = IDENTITY_KINDS | ACTIVATION_KINDS | {"Flatten", "Reshape"}


@dataclass(frozen=True)
class Comparison:
    """Expected and found model side by side."""

    spec: ModelSpec | GraphSpec
    model: ModelFacts
    graph: Graph
    alignment: Alignment
    usual: Graph
    told: Disclosure

    @property
    def expects_repeatable(self) -> bool:
        """True unless the spec wants a layer that stays on at inference."""
        return all(layer.properties.get("switch") != "on" for layer in self.spec.layers)

    @property
    def has_idle_layer(self) -> bool:
        """True if a missing layer is there, but is never called."""
        return any(
            edit.what == "missing"
            and self._idle(self.spec.layers[edit.expected or 0]) is not None
            for edit in self.alignment.edits
        )

    def describe(self, edit: Edit, owner: Callable[[str], str]) -> Found:
        """Return the plain finding of one edit."""
        if edit.what == "property":
            return self._property(edit, owner)
        if edit.what == "missing":
            return self._missing(edit, owner)
        if edit.what in ("wiring", "order", "outputs"):
            return self._connection(edit, owner)
        if edit.what == "swapped":
            return self._swapped(edit, owner)
        if edit.what == "late":
            return self._late(edit, owner)
        node = self.graph.nodes[edit.found or 0]
        if edit.what == "extra" and node.index is None:
            return self._extra_step(node, owner)
        spec = None if edit.expected is None else self.spec.layers[edit.expected]
        codes = {
            "extra": "LAYER.EXTRA",
            "moved": "LAYER.MOVED",
            "kind": "LAYER.WRONG_KIND",
            "impostor": "LAYER.IMPOSTOR",
            "shared": "LAYER.SHARED",
            "unshared": "LAYER.NOT_SHARED",
        }
        values = {"kind": node.kind, "position": self._position(edit)}
        code, about = codes[edit.what], spec.kind if spec else node.kind
        if edit.what == "kind" and spec and not node.is_keras:
            code = "LAYER.OWN_CLASS"
        ref = node.layer
        if node.kind == OWN_CODE:
            code, ref = "LAYER.OWN_CODE", self._before(node)
        return Found(
            code,
            owner(about),
            values,
            ref,
            expected=spec.describe() if spec else say("ROW.extra"),
            received=describe_node(node),
        )

    def _swapped(self, edit: Edit, owner: Callable[[str], str]) -> Found:
        """Describe two neighbors in the wrong order, by the one that serves the other.

        Of Dense and Dropout it is the dropout that was put in the wrong place.
        """
        first = self.graph.nodes[edit.found or 0]
        users = [node for node in self.graph.nodes if edit.found in node.inputs]
        second = users[0] if users else first
        is_inside = (
            first.kind == "Activation" and first.layer and first.index is not None
        )
        code, node, other = "LAYER.SWAPPED", first, second
        if is_inside and self.model.layers[first.index or 0].weights:
            code, node, other = "LAYER.ACTIVATION_EARLY", second, first
        elif _weight_of(second) < _weight_of(first):
            node, other = second, first
        return Found(
            code,
            owner(node.kind),
            {"kind": node.kind, "other": _name(other), "position": ""},
            node.layer,
            expected=say("SIDE.before" if node is second else "SIDE.after"),
            received=say("SIDE.after" if node is second else "SIDE.before"),
        )

    def _late(self, edit: Edit, owner: Callable[[str], str]) -> Found:
        """Describe the right activation behind further layers."""
        spec = self.spec.layers[edit.expected or 0]
        node = self.graph.nodes[edit.found or 0]
        pairs = {pair.expected: pair.found for pair in self.alignment.pairs}
        served = self.graph.nodes[pairs.get(edit.expected) or 0]
        return Found(
            "LAYER.ACTIVATION_LATE",
            owner(f"{spec.kind}.activation"),
            {"other": _name(served), "kind": node.kind},
            node.layer,
            expected=show_value(spec.properties["activation"]),
            received=describe_node(node),
        )

    def _before(self, node: Node) -> LayerRef | None:
        """Return the layer that an operation follows."""
        while node.index is None and node.inputs and node.inputs[0] >= 0:
            node = self.graph.nodes[node.inputs[0]]
        return node.layer if node.index is not None else None

    def _extra_step(self, node: Node, owner: Callable[[str], str]) -> Found:
        """Describe an operation too many by the layer that it follows."""
        return Found(
            "LAYER.EXTRA_STEP",
            owner(node.kind),
            {"step": say("ROW.own_code") if node.kind == OWN_CODE else node.kind},
            self._before(node),
            expected=say("ROW.extra"),
            received=describe_node(node),
        )

    def _missing(self, edit: Edit, owner: Callable[[str], str]) -> Found:
        """Describe a missing layer, or one that is owned but never called."""
        spec = self.spec.layers[edit.expected or 0]
        values: dict[str, Any] = {"kind": spec.kind, "position": self._position(edit)}
        idle = self._idle(spec)
        code, ref = "LAYER.MISSING", LayerRef(None, "", spec.kind)
        if idle is not None:
            code, ref = idle
            values["name"] = ref.name
        return Found(
            code, owner(spec.kind), values, ref, spec.describe(), say("ROW.missing")
        )

    def _idle(self, spec: LayerSpec) -> tuple[str, LayerRef] | None:
        """Return a layer of the missing kind that the model owns to no effect.

        Either its call never uses it, or nothing uses what it gives.
        """
        trace = self.model.training
        called = Counter(call.layer for call in trace.calls) if trace else Counter()
        used = Counter(node.index for node in self.usual.nodes)
        for index, layer in enumerate(self.model.layers):
            if layer.kind != spec.kind or (called[index] and layer.kind in _MAY_VANISH):
                continue
            ref = LayerRef(index, layer.name, layer.kind)
            if not called[index]:
                late = self.model.inference
                is_late = late and any(call.layer == index for call in late.calls)
                code = "LAYER.ONLY_AT_INFERENCE" if is_late else "LAYER.NOT_CALLED"
                return code, ref
            if called[index] > used[index]:
                return "LAYER.RESULT_UNUSED", ref
        return None

    @property
    def _is_chain(self) -> bool:
        """True if both sides are layers in one row."""
        return isinstance(self.spec, ModelSpec) and self.graph.is_chain

    def _between(self, position: int) -> str:
        """Return in words between which found layers an expected one belongs."""
        partner = {pair.expected: pair.found for pair in self.alignment.pairs}
        steps = self.spec.steps
        source = position
        while source >= 0 and (source == position or partner[source] is None):
            source = steps[source].inputs[0]
        before = self._node_name(source) if source < 0 else self._partner_name(source)
        user: int | None = position
        while user is not None and (user == position or partner[user] is None):
            users = (p for p, step in enumerate(steps) if user in step.inputs)
            user = next(users, None)
        if user is None:
            return say("POSITION.behind", before=before)
        after = self._partner_name(user)
        return say("POSITION.between", before=before, after=after)

    def _connection(self, edit: Edit, owner: Callable[[str], str]) -> Found:
        """Describe a layer that gets something else, or what the model returns."""
        if edit.what == "outputs":
            wanted = [self._partner_name(p) for p in self.spec.output_steps]
            given = [self._node_name(p) for p in self.graph.outputs]
            is_order = len(wanted) > 1 and sorted(wanted) == sorted(given)
            return Found(
                "MODEL.OUTPUT_ORDER" if is_order else "MODEL.OUTPUTS",
                owner("outputs"),
                expected=say_list(wanted),
                received=say_list(given),
            )
        step = self.spec.steps[edit.expected or 0]
        node = self.graph.nodes[edit.found or 0]
        wanted = [self._partner_name(p) for p in step.inputs]
        given = [self._node_name(p) for p in node.inputs]
        if wanted == given:  # one shared layer on several inputs
            wanted = [self._node_name(self._origin(p, ours=True)) for p in step.inputs]
            given = [self._node_name(self._origin(p, ours=False)) for p in node.inputs]
        return Found(
            "LAYER.WRONG_INPUT" if edit.what == "wiring" else "LAYER.INPUT_ORDER",
            owner(f"{step.layer.kind}.inputs"),
            {"kind": node.kind},
            node.layer,
            expected=say_list(wanted),
            received=say_list(given),
        )

    def _origin(self, position: int, *, ours: bool) -> int:
        """Return the model input from which a step gets its values, along the first."""
        steps = self.spec.steps if ours else self.graph.nodes
        while position >= 0:
            position = steps[position].inputs[0] if steps[position].inputs else -1
        return position

    def _partner_name(self, position: int) -> str:
        """Return an expected step by the name of the learner's layer in its place."""
        if position < 0:
            return self._node_name(position)
        for pair in self.alignment.pairs:
            if pair.expected == position and pair.found is not None:
                return self._node_name(pair.found)
        return say("SOURCE.missing", kind=self.spec.steps[position].layer.kind)

    def _node_name(self, position: int) -> str:
        """Return a step of the learner's by number and kind, or an input."""
        if position < 0:
            if len(self.graph.inputs) == 1:
                return say("SOURCE.input")
            return say("SOURCE.inputs", number=-position)
        node = self.graph.nodes[position]
        if node.index is None:
            return node.kind
        return say("SOURCE.layer", number=node.index + 1, kind=node.kind)

    def _property(self, edit: Edit, owner: Callable[[str], str]) -> Found:
        """Describe one setting that differs."""
        spec = self.spec.layers[edit.expected or 0]
        node = self.graph.nodes[edit.found or 0]
        expected, received = spec.properties[edit.name], node.properties.get(edit.name)
        if received is None and node.kind != spec.kind:
            return Found(  # an activation of another kind, as a layer of its own
                "LAYER.PROPERTY",
                owner(f"{spec.kind}.{edit.name}"),
                {"property": edit.name, "kind": spec.kind},
                node.layer if node.index is not None else self._before(node),
                expected=show_value(expected),
                received=describe_node(node),
            )
        code = "LAYER.PROPERTY"
        if edit.name == "trainable" and expected is True:
            code = "LAYER.FROZEN"
        elif edit.name == "switch":
            code = "LAYER.SWITCHED_OFF" if received == "off" else "LAYER.ALWAYS_ON"
        elif expected is None or (edit.name, expected) == ("activation", "linear"):
            code = "LAYER.EXTRA_SETTING"
        return Found(
            code,
            owner(f"{spec.kind}.{edit.name}"),
            {"property": edit.name, "kind": spec.kind},
            node.layer,
            expected=show_value(expected),
            received=say("ROW.own_code")
            if received == "unknown"
            else show_value(received),
        )

    def _position(self, edit: Edit) -> str:
        """Return in words where a layer belongs: after which found layer."""
        if edit.expected is not None and not self._is_chain:
            return self._between(edit.expected)
        before = edit.before
        while before > 0 and self.graph.nodes[before - 1].layer is None:
            before -= 1
        if before == 0:
            return say("POSITION.first")
        layer = self.graph.nodes[before - 1].layer
        assert layer is not None
        number = before if layer.index is None else layer.index + 1
        return say("POSITION.after", number=number, kind=layer.kind)


def _weight_of(node: Node) -> int:
    """Return how much a layer is a place of its own, and not a companion of another."""
    if len(node.inputs) > 1:
        return 3
    if node.kind == "Activation":
        return 1
    return 2 if owns_weights(node.kind) and node.kind != "BatchNormalization" else 0


def _name(node: Node) -> str:
    """Return a step of the learner's by number and kind."""
    if node.layer is None or node.layer.index is None:
        return node.kind
    return say("SOURCE.layer", number=node.layer.index + 1, kind=node.layer.kind)


def _joined_places(other: Found, one: Found) -> Found:
    """Return one finding for two layers of a kind that are missing."""
    places = [
        str(other.values.get("position", "")),
        str(one.values.get("position", "")),
    ]
    kind = str(other.values.get("kind", ""))
    values = {**other.values, "position": places[0]}
    if places[1] in places[0]:
        values["kind"] = f"{kind}, {one.layer.kind}" if one.layer else kind
    else:
        values["position"] = say_list(places)
    is_plain = other.code == "LAYER.MISSING"
    code = "LAYER.MISSING_SEVERAL" if is_plain else other.code
    return replace(other, code=code, values=values)


def merge(found: list[Found], one: Found) -> None:
    """Add a finding, or join it to one that says the same of another layer."""
    for position, other in enumerate(found):
        is_same = (
            {other.code, one.code} <= _MISSING
            or (other.code, other.expected, other.received)
            == (one.code, one.expected, one.received)
        ) and (
            other.check == one.check
            and other.values.get("other") == one.values.get("other")
        )
        if other.code == one.code == "LAYER.EXTRA_STEP" and other.layer == one.layer:
            steps = say_list([str(one.values["step"]), str(other.values["step"])])
            found[position] = replace(other, values={**other.values, "step": steps})
            return
        if not (is_same and other.layer and one.layer):
            continue
        if one.layer.index is None and one.layer == other.layer:
            found[position] = _joined_places(other, one)
            return
        if other.layer.kind == one.layer.kind and one.layer.index is not None:
            known = str(other.values.get("numbers") or (other.layer.index or 0) + 1)
            number = str(one.layer.index + 1)
            if number not in known.split(", "):  # one layer may be called twice
                values = {**other.values, "numbers": f"{known}, {number}"}
                found[position] = replace(other, values=values)
            return
    found.append(one)
