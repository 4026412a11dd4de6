"""Augmentation inside a model, judged by what arrives at the first weights.

Layers of Keras, classes of the learner's and plain operations are all the same here.
The network behind is compared with a spec as if nothing stood in front of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from checkers.exercise import Exercise
from checkers.layers import MODE_KINDS
from checkers.messages.sentences import say
from checkers.normalize import Graph, normalize
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.behavior import stopped
from checkers.rules.models import Network
from checkers.snapshot import CallFacts, Facts, ModelFacts, Snapshot, TraceFacts
from checkers.spec import ModelSpec
from checkers.verdict import LayerRef

__all__ = ["Augmented", "is_mirrored", "without_front"]

_RARE = 0.03  # share of pictures: one in 96 may be read wrongly
_LEAST_SCORE = 0.6  # of the picture that is still there
_MOST_TURN = 30  # degrees
_READING = 0.75  # pixels by which a shift between two pixels is misread


@dataclass(frozen=True)
class Augmented:
    """A model moves its input pictures at random in training, and only there.

    Attributes:
        part: The model's part, a `Model` with `pictures=True`.
        behind: The network behind the augmentation.
        most: Largest shift that is allowed, as a share of height and width.
        mirrors: True if left and right must be exchanged for about half of the
            pictures, False if they never may.
        acts: Check on what happens in training.
        labels: Check on what no label survives.
        network: Check on inference, and on the network behind.
        lesson: Prefix of the codes.
    """

    part: str
    behind: ModelSpec
    most: float
    mirrors: bool
    acts: str = "acts"
    labels: str = "labels"
    network: str = "network"
    lesson: str = "AUGMENTATION."

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.acts, self.labels, self.network)

    def run(self, context: Context) -> Outcome:
        """Judge what was measured, then the network behind."""
        facts = context.facts(self.part)
        assert isinstance(facts, ModelFacts)
        network = Network(self.part, self.behind, claims={self.network: ("*",)})
        others = dict.fromkeys(
            (self.acts, self.labels), say("SKIPPED.unusable", part=self.part)
        )
        if facts.error is not None or facts.training is None:
            outcome = network.run(context)
            return replace(outcome, skipped={**outcome.skipped, **others})
        seen = next((p for p in facts.probes if p.name == "pictures"), None)
        bare = _Bare(context.exercise, context.snapshot, self.part)
        outcome = network.run(bare)
        unseen = replace(outcome, skipped={**outcome.skipped, **others})
        if seen is None or seen.error is not None:
            if outcome.found:  # it says more: another input, a layer that raises
                return unseen
            stop = stopped(facts, seen.error if seen else None, self.network)
            stop = replace(stop, values={"part": self.part, **stop.values})
            return replace(unseen, found=(stop,))
        if not seen.values["arrives"]:
            return unseen
        values = seen.values
        found = [*self._trains(facts, values), *self._labels(facts, values)]
        rests = list(self._rests(values))
        skipped = dict(outcome.skipped)
        if values["changed"] == 0:  # one cause: no label was put to the test
            skipped[self.labels] = say("SKIPPED.same_cause")
        if any(one.layer is not None for one in found):  # a layer in the wrong place
            skipped[self.network] = say("SKIPPED.same_cause")
            return replace(outcome, found=tuple(found), skipped=skipped)
        all_found = (*found, *(rests or outcome.found))
        return replace(outcome, found=all_found, skipped=skipped)

    def _trains(self, model: ModelFacts, seen: dict[str, Any]) -> Iterator[Found]:
        """Yield the first thing that is missing in training."""
        down, right = seen["down"], seen["right"]
        if seen["changed"] == 0:
            late = _late_layer(model)
            if late is not None:
                yield self._found("LATE", self.acts, layer=late)
            else:
                yield self._found("NOTHING_HAPPENS", self.acts)
        elif not seen["is_finite"]:
            yield self._found("NOT_FINITE", self.acts)
        elif not seen["calls_differ"]:
            yield self._found("ALWAYS_THE_SAME", self.acts)
        elif not seen["examples_differ"]:
            yield self._found("ONE_DRAW", self.acts)
        elif seen["score"] < _LEAST_SCORE:
            yield self._found("LOST", self.acts, received=f"{seen['score']:.2f}")
        elif down < 1 and right < 1:
            yield self._found("NO_SHIFT", self.acts)
        elif down < 1 or right < 1:
            code = "ONLY_SIDEWAYS" if down < 1 else "ONLY_UP_AND_DOWN"
            yield self._found(code, self.acts)
        elif self.mirrors and seen["mirrored"] < _RARE:
            yield self._found("NOT_MIRRORED", self.acts)
        elif self.mirrors and seen["mirrored"] > 1 - _RARE:
            yield self._found("ALWAYS_MIRRORED", self.acts)

    def _labels(self, model: ModelFacts, seen: dict[str, Any]) -> Iterator[Found]:
        """Yield the first change that does not leave the label true."""
        if seen["changed"] == 0 or seen["score"] < _LEAST_SCORE:
            return
        limits = [self.most * size for size in model.inputs[0][1:3] if size]
        mirrored, upside = f"{seen['mirrored']:.0%}", f"{seen['upside_down']:.0%}"
        if not self.mirrors and seen["mirrored"] > _RARE:
            yield self._found("MIRRORED_DIGITS", self.labels, received=mirrored)
        elif seen["upside_down"] > _RARE:
            code = "UPSIDE_DOWN" if self.mirrors else "HALF_TURN"
            yield self._found(code, self.labels, received=upside)
        elif seen["angle"] > _MOST_TURN:
            received = f"{seen['angle']}°"
            yield self._found("TURNED_FAR", self.labels, received=received)
        elif any(
            shift > limit + _READING
            for shift, limit in zip((seen["down"], seen["right"]), limits, strict=True)
        ):
            received = str(max(seen["down"], seen["right"]))
            expected = f"{max(limits):.1f}"
            yield self._found("SHIFTED_FAR", self.labels, expected, received)

    def _rests(self, seen: dict[str, Any]) -> Iterator[Found]:
        """Yield what happens at inference."""
        if not seen["is_steady"]:
            yield self._found("ACTIVE_AT_INFERENCE", self.network)
        elif not seen["rests"]:
            yield self._found("CHANGED_AT_INFERENCE", self.network)

    def _found(
        self,
        name: str,
        check: str,
        expected: str = "—",
        received: str = "—",
        layer: LayerRef | None = None,
    ) -> Found:
        code = self.lesson + name
        return Found(code, check, {"part": self.part}, layer, expected, received)


@dataclass(frozen=True)
class _Bare(Context):
    """A context in which one model begins with its first layer with weights."""

    exercise: Exercise
    snapshot: Snapshot
    part: str

    def facts(self, part: str) -> Facts:
        """Return what was captured; of the model, without what stands in front."""
        facts = super().facts(part)
        if part == self.part and isinstance(facts, ModelFacts):
            return without_front(facts)
        return facts


def without_front(model: ModelFacts) -> ModelFacts:
    """Return a model without the steps before its first layer with weights."""
    return replace(
        model,
        training=_cut(model, model.training),
        inference=_cut(model, model.inference),
    )


def _cut(model: ModelFacts, trace: TraceFacts | None) -> TraceFacts | None:
    """Return one trace without what feeds its first layer with weights."""
    if trace is None:
        return None
    first = next(
        (at for at, call in enumerate(trace.calls) if _has_weights(model, call)), None
    )
    if first is None:
        return trace
    front: set[int] = set()
    waiting = list(trace.calls[first].inputs)
    while waiting:
        at = waiting.pop()
        if at >= 0 and at not in front:
            front.add(at)
            waiting += trace.calls[at].inputs
    kept = [at for at in range(len(trace.calls)) if at not in front]
    new = {at: place for place, at in enumerate(kept)}
    calls = []
    for at in kept:
        call = trace.calls[at]
        inputs = tuple(_moved(source, new) for source in call.inputs)
        if at == first:
            inputs = (-1,)
            call = replace(call, input_shapes=(model.inputs[0],))
        calls.append(replace(call, inputs=inputs))
    outputs = tuple(_moved(source, new) for source in trace.outputs)
    return replace(trace, calls=tuple(calls), outputs=outputs)


def _moved(source: int, new: dict[int, int]) -> int:
    """Return the new place of a call; what stood in front is the input."""
    return new.get(source, -1) if source >= 0 else source


def _has_weights(model: ModelFacts, call: CallFacts) -> bool:
    if call.layer is None:
        return False
    layer = model.layers[call.layer]
    return bool(layer.weights) and layer.kind != "Normalization"


def _late_layer(model: ModelFacts) -> LayerRef | None:
    """Return a random picture layer behind the first layer with weights, if any."""
    graph: Graph = normalize(model)
    has_begun = False
    for node in graph.nodes:
        has_begun = has_begun or node.has_weights
        is_random = node.kind in MODE_KINDS and node.kind.startswith("Random")
        if has_begun and is_random:
            return node.layer
    return None


def is_mirrored(shares: dict[str, float]) -> bool:
    """Return True for a classifier that takes mirror images for what they show.

    A network that was trained on pictures as they are is far worse on mirrored digits;
    one that was trained on mirrored ones is as good on them.

    Example:
        >>> is_mirrored({"as_given": 0.93, "mirrored": 0.91})
        True
        >>> is_mirrored({"as_given": 0.95, "mirrored": 0.41})
        False
    """
    given, mirrored = shares.get("as_given", 0.0), shares.get("mirrored", 0.0)
    return given > 0.5 and mirrored > given - 0.1
