"""Rules on models: structure decides, behavior confirms.

`Network` compares what a model computes with a `ModelSpec`, names every difference,
recognizes declared slips, and charges each finding to one check.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from checkers.compare import Alignment, Edit, align, describe_node
from checkers.messages.sentences import say
from checkers.normalize import Graph, Node, normalize
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.slips import LooksLike, Slip
from checkers.rules.table import layer_rows
from checkers.snapshot import ModelFacts, ProbeFacts, TrainedFacts
from checkers.spec import LayerSpec, ModelSpec, show_value
from checkers.verdict import LayerRef

__all__ = ["Network"]

_ALWAYS_FREE = frozenset({"name"})
_SIGMA = 5


@dataclass(frozen=True)
class Network:
    """A model must compute what a spec says.

    Attributes:
        part: The model's part.
        expects: The spec, or what it is for given personal parameters.
        claims: Check name to the topics that it is charged with. A topic is
            `Kind.property`, `Kind.*`, `Kind` (missing, extra, moved … layers of that
            kind), `input`, `start` (equal initial weights), `behavior`, or `*` for
            all the rest, which exactly one check must claim.
        free: Properties that are not compared: "momentum", "Dense.use_bias".
        given: The network that the task hands out; the same again is "not attempted".
        slips: Declared misconceptions.
    """

    part: str
    expects: ModelSpec | Callable[[dict[str, Any]], ModelSpec]
    claims: dict[str, tuple[str, ...]]
    free: tuple[str, ...] = ()
    given: ModelSpec | None = None
    slips: tuple[Slip | LooksLike, ...] = ()

    def __post_init__(self) -> None:
        """Refuse claims that leave a finding without a check, or with two."""
        topics = [topic for claimed in self.claims.values() for topic in claimed]
        if topics.count("*") != 1 or len(set(topics)) < len(topics):
            raise ValueError(
                f"{self.part}: each topic must be claimed once, and '*' exactly once."
            )

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return tuple(self.claims)

    def run(self, context: Context) -> Outcome:
        """Compare the model with the spec."""
        facts = context.facts(self.part)
        model = facts.model if isinstance(facts, TrainedFacts) else facts
        assert isinstance(model, ModelFacts)
        spec = context.resolve(self.expects)
        if model.error is not None or model.training is None:
            return self._stopped(model)
        graph = normalize(model)
        if not graph.is_chain:
            found = Found("MODEL.BRANCHES", self._owner("*"), {"part": self.part})
            return self._only(found)
        if self.given and _is_same(self.given, graph, self._free):
            return Outcome(is_untouched=True)
        comparison = Comparison(spec, model, graph, align(spec.layers, graph.nodes, self._free))
        found = self._findings(comparison, context)
        rows = layer_rows(comparison.spec, graph, comparison.alignment, context.exercise.states)
        return Outcome(tuple(found), self._skipped(comparison), rows)

    @property
    def _free(self) -> frozenset[str]:
        return _ALWAYS_FREE | frozenset(self.free)

    def _findings(self, seen: Comparison, context: Context) -> list[Found]:
        """Return all findings, the cause first."""
        recognized = [
            slip.find(seen.graph, self._free)
            for slip in self.slips
            if isinstance(slip, LooksLike)
        ]
        found = [self._claim(one) for one in recognized if one is not None]
        if not found:
            found = self._input(seen) + self._structure(seen) + self._start(seen)
        if not found:
            found = self._modes(seen) + self._behavior(seen)
        if not found and seen.model.built_here and seen.model.api == "sequential":
            shape = show_value(seen.spec.inputs)
            note = Found(
                "INPUT.NOT_DECLARED", self._owner("input"), {"part": self.part},
                expected=shape, is_note=True,
            )
            found = [note]
        return [self._with_part(one) for one in found]

    def _with_part(self, found: Found) -> Found:
        return replace(found, values={"part": self.part, **found.values})

    def _input(self, seen: Comparison) -> list[Found]:
        """Compare the input's shape."""
        expected = (None, *seen.spec.inputs)
        received = seen.graph.inputs[0] if len(seen.graph.inputs) == 1 else ()
        if received == expected:
            return []
        return [
            Found(
                "INPUT.SHAPE",
                self._owner("input"),
                expected=f"({', '.join(str(n) for n in seen.spec.inputs)},)"
                if len(seen.spec.inputs) == 1
                else str(seen.spec.inputs),
                received=str(tuple(received[1:])),
            )
        ]

    def _structure(self, seen: Comparison) -> list[Found]:
        """Turn the edits into findings; equal ones become one."""
        found: list[Found] = []
        for edit in seen.alignment.edits:
            one = self._slip(edit, seen) or seen.describe(edit, self._owner)
            _merge(found, one)
        return found

    def _slip(self, edit: Edit, seen: Comparison) -> Found | None:
        """Return the finding of the first declared slip that fits an edit."""
        for slip in self.slips:
            if isinstance(slip, Slip) and slip.fits(edit, seen.spec, seen.graph):
                plain = seen.describe(edit, self._owner)
                return replace(plain, code=slip.code)
        return None

    def _start(self, seen: Comparison) -> list[Found]:
        """Find layers whose weights are all equal."""
        if "start" in self.free:
            return []
        found: list[Found] = []
        for node in seen.graph.nodes:
            for name, value in (node.start or {}).items():
                one = Found(
                    "WEIGHTS.IDENTICAL",
                    self._owner("start"),
                    {"weight": name},
                    node.layer,
                    received=f"{value:g}",
                )
                _merge(found, one)
        return found

    def _modes(self, seen: Comparison) -> list[Found]:
        """Compare what is computed in training with what is computed at inference."""
        if seen.model.inference is None:
            return []
        inference = normalize(seen.model, training=False)
        first, second = _steady(seen.graph), _steady(inference)
        if first == second:
            return []
        return [Found("MODEL.MODES_DIFFER", self._owner("behavior"))]

    def _behavior(self, seen: Comparison) -> list[Found]:
        """Confirm by what was measured."""
        owner = self._owner("behavior")
        found: list[Found] = []
        for probe in seen.model.probes:
            if probe.name == "forward":
                found += _forward(probe, owner, seen.expects_repeatable)
            elif probe.name == "dropout":
                found += _dropout(probe, seen, owner)
        return found

    def _skipped(self, seen: Comparison) -> dict[str, str]:
        """Return checks on properties of a kind that the answer does not have."""
        skipped: dict[str, str] = {}
        present = {
            seen.spec.layers[pair.expected].kind
            for pair in seen.alignment.pairs
            if pair.expected is not None
            and pair.found is not None
            and seen.spec.layers[pair.expected].kind == seen.graph.nodes[pair.found].kind
        }
        for check, topics in self.claims.items():
            kinds = [topic.split(".")[0] for topic in topics if "." in topic]
            if len(kinds) == len(topics) and not present & set(kinds):
                skipped[check] = say("SKIPPED.no_layer", kind=kinds[0])
        return skipped

    def _stopped(self, model: ModelFacts) -> Outcome:
        """Return the one finding on a model that cannot be called."""
        error = model.error
        values = {
            "part": self.part,
            "error": error.kind if error else "",
            "error_text": error.message if error else "",
            "line": error.line if error else "",
        }
        return self._only(Found("MODEL.RAISES", self._owner("*"), values))

    def _only(self, found: Found) -> Outcome:
        """Return one finding; all other checks are skipped."""
        reason = say("SKIPPED.unusable", part=self.part)
        others = {name: reason for name in self.claims if name != found.check}
        return Outcome((found,), others)

    def _claim(self, found: Found) -> Found:
        """Charge a finding whose check is a topic to the check that claims it."""
        return replace(found, check=self._owner(found.check))

    def _owner(self, topic: str) -> str:
        """Return the check that is charged with a topic."""
        kind = topic.split(".")[0]
        for wanted in (topic, f"{kind}.*", kind, "*"):
            for check, topics in self.claims.items():
                if wanted in topics:
                    return check
        raise AssertionError("'*' is always claimed")


@dataclass(frozen=True)
class Comparison:
    """Expected and found model side by side."""

    spec: ModelSpec
    model: ModelFacts
    graph: Graph
    alignment: Alignment
    _cache: dict[str, Any] = field(default_factory=dict)

    @property
    def expects_repeatable(self) -> bool:
        """True unless the spec wants a layer that stays on at inference."""
        return all(layer.properties.get("mode") != "on" for layer in self.spec.layers)

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


def _merge(found: list[Found], one: Found) -> None:
    """Add a finding, or join it to one that says the same of another layer."""
    for position, other in enumerate(found):
        is_same = (other.code, other.expected, other.received, other.check) == (
            one.code, one.expected, one.received, one.check,
        )
        if not (is_same and other.layer and one.layer):
            continue
        if other.layer.kind == one.layer.kind and one.layer.index is not None:
            known = str(other.values.get("numbers") or (other.layer.index or 0) + 1)
            numbers = f"{known}, {one.layer.index + 1}"
            found[position] = replace(other, values={**other.values, "numbers": numbers})
            return
    found.append(one)


def _is_same(spec: ModelSpec, graph: Graph, free: frozenset[str]) -> bool:
    """Return True if a graph is exactly what a spec says."""
    if graph.inputs != ((None, *spec.inputs),):
        return False
    return not align(spec.layers, graph.nodes, free).edits


def _steady(graph: Graph) -> list[tuple[str, int | None]]:
    """Return the steps that must be the same in both modes."""
    from checkers.layers import MODE_KINDS

    return [(node.kind, node.index) for node in graph.nodes if node.kind not in MODE_KINDS]


def _forward(probe: ProbeFacts, owner: str, repeatable: bool) -> list[Found]:
    """Judge one forward pass on the declared input."""
    if probe.error is not None:
        values = {
            "error": probe.error.kind,
            "error_text": probe.error.message,
            "line": probe.error.line,
        }
        return [Found("MODEL.RAISES", owner, values)]
    if not probe.values["is_finite"]:
        return [Found("MODEL.NOT_FINITE", owner)]
    if repeatable and not probe.values["is_repeatable"]:
        return [Found("MODEL.NOT_REPEATABLE", owner)]
    return []


def _dropout(probe: ProbeFacts, seen: Comparison, owner: str) -> list[Found]:
    """Judge the share that a dropout layer really drops, at 5 sigma."""
    node: Node | None = next(
        (node for node in seen.graph.nodes if node.index == probe.layer), None
    )
    if node is None or probe.error is not None:
        return []
    rate = node.properties.get("rate", 0.0)
    sigma = math.sqrt(max(rate * (1 - rate), 1e-9) / probe.values["draws"])
    is_right = abs(probe.values["zeros"] - rate) <= _SIGMA * sigma + 1e-9
    if is_right and probe.values["is_identity_at_inference"]:
        return []
    received = f"{probe.values['zeros']:.2f}"
    return [Found("MODEL.DISAGREES", owner, {}, node.layer, received=received)]
