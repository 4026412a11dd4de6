"""Rules on models: structure decides, behavior confirms.

`Network` compares what a model computes with a `ModelSpec`, names every difference,
recognizes declared slips, and charges each finding to one check.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checkers.compare import Edit, equals
from checkers.compare.forms import nearest_form
from checkers.messages.sentences import say
from checkers.normalize import Graph, Node, normalize
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.behavior import compare_modes, judge_probes, stopped
from checkers.rules.comparison import Comparison, merge
from checkers.rules.disclosure import disclose, kept_back
from checkers.rules.slips import LooksLike, Slip, same_shapes
from checkers.rules.table import layer_rows
from checkers.rules.writings import USUAL, Writings
from checkers.snapshot import ModelFacts, TrainedFacts
from checkers.spec import GraphSpec, ModelSpec

__all__ = ["Network"]

_ALWAYS_FREE = frozenset({"name"})
_RESHAPES = {"Flatten", "Reshape", "ExpandDims", "Squeeze"}


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
        notes: What works and was asked for otherwise: it passes with a note (see
            `checkers.rules.writings`). What is named nowhere is free.
        strict: Ways of writing that cost the check, although they work.
    """

    part: str
    expects: ModelSpec | GraphSpec | Callable[[dict[str, Any]], ModelSpec | GraphSpec]
    claims: dict[str, tuple[str, ...]]
    free: tuple[str, ...] = ()
    given: ModelSpec | GraphSpec | None = None
    slips: tuple[Slip | LooksLike, ...] = ()
    notes: tuple[str, ...] = USUAL
    strict: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse claims that leave a finding without a check, or with two."""
        Writings(self.notes, self.strict)
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
        is_given = self.given and _is_same(self.given, graph, self._free)
        is_untouched = bool(is_given) and not _has_idle_layers(model)
        if not graph.outputs:
            return self._only(
                Found("MODEL.RETURNS_NOTHING", self._owner("*"), {"part": self.part})
            )
        form, usual = nearest_form(spec, graph, self._free), graph
        graph, alignment = form.graph, form.alignment
        told = disclose(
            spec,
            alignment,
            context.exercise.states,
            differs_elsewhere=not same_shapes(spec, graph),
        )
        seen = Comparison(spec, model, graph, alignment, usual, told)
        rows = layer_rows(graph, alignment, told)
        found = self._findings(seen)
        if not found:
            free = _ALWAYS_FREE | frozenset(self.free)
            used = self._writings.find(seen, form.passed, free, self._owner)
            for one in used:
                merge(found, self._with_part(one))
        return Outcome(tuple(found), self._skipped(seen), rows, is_untouched)

    @property
    def _free(self) -> frozenset[str]:
        return _ALWAYS_FREE | frozenset(self.free) | self._writings.settings

    @property
    def _writings(self) -> Writings:
        return Writings(self.notes, self.strict)

    def _findings(self, seen: Comparison) -> list[Found]:
        """Return all findings, the cause first."""
        is_whole = not seen.alignment.edits and same_shapes(seen.spec, seen.graph)
        found = [] if is_whole or seen.has_idle_layer else self._recognized(seen)
        if not found:
            found = self._input(seen) + self._structure(seen) + self._start(seen)
        if not found:
            owner = self._owner("behavior")
            found = compare_modes(seen, owner) + judge_probes(seen, owner)
        return [self._with_part(one) for one in found]

    def _recognized(self, seen: Comparison) -> list[Found]:
        """Return the findings of declared wrong networks that the answer equals."""
        found = [
            slip.find(seen.usual, self._free)
            for slip in self.slips
            if isinstance(slip, LooksLike)
        ]
        return [self._claim(one) for one in found if one is not None]

    def _with_part(self, found: Found) -> Found:
        return replace(found, values={"part": self.part, **found.values})

    def _input(self, seen: Comparison) -> list[Found]:
        """Compare number, shapes and order of the inputs."""
        expected = list(seen.spec.input_shapes)
        received = [tuple(shape[1:]) for shape in seen.graph.inputs]
        if received == expected:
            return []
        owner = self._owner("input")
        if len(received) != len(expected):
            both = _shapes(expected), _shapes(received)
            return [Found("INPUT.COUNT", owner, {}, None, *both)]
        if sorted(map(str, received)) == sorted(map(str, expected)):
            both = _shapes(expected), _shapes(received)
            return [Found("INPUT.ORDER", owner, {}, None, *both)]
        return [
            _wrong_shape(wanted, given, owner, 0 if len(expected) == 1 else number)
            for number, (wanted, given) in enumerate(
                zip(expected, received, strict=True), start=1
            )
            if wanted != given
        ]

    def _structure(self, seen: Comparison) -> list[Found]:
        """Turn the edits into findings; equal ones become one."""
        found: list[Found] = []
        kept: list[str] = []
        for edit in seen.alignment.edits:
            if _follows_from_input(seen, edit):
                continue  # the inputs are a finding already
            one = self._slip(edit, seen) or seen.describe(edit, self._owner)
            if edit in seen.told.kept:
                kept.append(one.check)
            else:
                merge(found, seen.told.limit(one, edit))
        return found + kept_back(kept)

    def _slip(self, edit: Edit, seen: Comparison) -> Found | None:
        """Return the finding of the first declared slip that fits an edit."""
        if edit.what == "missing" and seen.has_idle_layer:
            return None  # a layer that is never called is the more exact cause
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
        for node in _before_weights(seen.graph):
            for name, value in (node.start or {}).items():
                one = Found(
                    "WEIGHTS.IDENTICAL",
                    self._owner("start"),
                    {"weight": name},
                    node.layer,
                    received=f"{value:g}",
                )
                merge(found, one)
        return found

    def _skipped(self, seen: Comparison) -> dict[str, str]:
        """Return checks on properties of a kind that the answer does not have."""
        skipped: dict[str, str] = {}
        present = {
            seen.spec.layers[pair.expected].kind
            for pair in seen.alignment.pairs
            if pair.expected is not None
            and pair.found is not None
            and seen.spec.layers[pair.expected].kind
            == seen.graph.nodes[pair.found].kind
        }
        for check, topics in self.claims.items():
            kinds = [topic.split(".")[0] for topic in topics if "." in topic]
            if len(kinds) == len(topics) and not present & set(kinds):
                is_known = seen.told.names(kinds[0])
                name = "SKIPPED.no_layer" if is_known else "SKIPPED.not_there"
                skipped[check] = say(name, kind=kinds[0])
        return skipped

    def _stopped(self, model: ModelFacts) -> Outcome:
        """Return the one finding on a model that cannot be called."""
        found = stopped(model, model.error, self._owner("*"))
        if model.error and model.error.kind == "TooLarge":  # refused by capture/limits
            found = replace(found, code="MODEL.TOO_LARGE")
        return self._only(replace(found, values={"part": self.part, **found.values}))

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


def _follows_from_input(seen: Comparison, edit: Edit) -> bool:
    """Return True for what follows from other inputs than the expected ones.

    Layers connected otherwise, or a reshape that turns the input into the expected one.
    """
    if same_shapes(seen.spec, seen.graph):
        return False
    if edit.what in ("wiring", "order"):
        return len(seen.graph.inputs) > 1 or len(seen.spec.input_shapes) > 1
    node = seen.graph.nodes[edit.found or 0]
    if edit.what != "extra" or node.kind not in _RESHAPES:
        return False
    is_first = bool(node.inputs) and all(source < 0 for source in node.inputs)
    return is_first and tuple(node.output_shape[1:]) in seen.spec.input_shapes


def _wrong_shape(
    expected: tuple[int, ...], received: tuple[int | None, ...], owner: str, number: int
) -> Found:
    """Return the finding on one input; `number` is 0 if it is the only one."""
    has_batch_axis = received[1:] == expected
    code = "INPUT.BATCH_AXIS" if has_batch_axis else "INPUT.SHAPE"
    name = say("SOURCE.inputs", number=number) if number else say("SOURCE.input")
    values = {"input": name[:1].upper() + name[1:]}
    return Found(code, owner, values, None, str(expected), str(received))


def _shapes(shapes: Sequence[tuple[int | None, ...]]) -> str:
    """Return the shapes of all inputs as a learner would write them."""
    return ", ".join(str(shape) for shape in shapes)


def _is_same(spec: ModelSpec | GraphSpec, graph: Graph, free: frozenset[str]) -> bool:
    """Return True if a graph is exactly what a spec says."""
    return same_shapes(spec, graph) and equals(spec, graph, free)


def _before_weights(graph: Graph) -> list[Node]:
    """Return the steps whose results reach further weights.

    Equal weights keep the units of a hidden layer equal for good. In the last layer
    they do no harm: a head that starts at zero is a right answer.
    """
    reaching: set[int] = set()
    for position in range(len(graph.nodes) - 1, -1, -1):
        node = graph.nodes[position]
        if node.has_weights or position in reaching:
            reaching |= set(node.inputs)
    return [node for position, node in enumerate(graph.nodes) if position in reaching]


def _has_idle_layers(model: ModelFacts) -> bool:
    """Return True if the model owns a layer that its call never uses."""
    called = {call.layer for call in model.training.calls} if model.training else set()
    return not called >= set(range(len(model.layers)))
