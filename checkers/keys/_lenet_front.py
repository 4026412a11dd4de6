"""Rule of `lenet-subsampling`: the model's outputs, worked out anew from its weights.

The learner may write the layer in any way. With drawn weights the model is run once;
C1 and S2 are computed here with the same numbers, in each way that learners mean by
"subsampling". The way that gives the model's outputs is what the model computes.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from checkers.messages.sentences import say
from checkers.rules.base import Context, Found, Outcome
from checkers.snapshot import ModelFacts, ProbeFacts

__all__ = ["Front"]

Grid = list[list[float]]
_MAPS, _KERNEL = 6, 5
_C1 = _MAPS * (_KERNEL**2 + 1)
_POOL = 2 * _MAPS
_CELLS = ((0, 0), (4, 9), (13, 13), (7, 2))  # of a map of S2
_NEAR = 2e-4
_PICTURE, _SHAPE = (32, 32, 1), (14, 14, _MAPS)
_STOPS = {"MODEL.RAISES", "INPUT.SHAPE", "LENET.FRONT_SHAPE", "LENET.OTHER_C1"}

Pool = Callable[[list[float], float, float], float]
_WAYS: tuple[tuple[str, Pool], ...] = (
    ("", lambda four, w, b: w * sum(four) + b),
    ("LENET.MEAN_FOR_SUM", lambda four, w, b: w * sum(four) / 4 + b),
    ("LENET.MAX_FOR_SUM", lambda four, w, b: w * max(four) + b),
    ("LENET.BIAS_SCALED", lambda four, w, b: w * (sum(four) + b)),
    ("LENET.SQUASHED_TWICE", lambda four, w, b: math.tanh(w * sum(four) + b)),
)
_ACTIVATIONS: tuple[tuple[str, Callable[[float], float]], ...] = (
    ("tanh", math.tanh),
    ("none", lambda z: z),
    ("relu", lambda z: max(0.0, z)),
    ("sigmoid", lambda z: 1 / (1 + math.exp(-z))),
    ("scaled tanh", lambda z: 1.7159 * math.tanh(2 * z / 3)),
)


@dataclass(frozen=True)
class Front:
    """C1 and S2 of LeNet-5 as one model.

    Attributes:
        subsampling: The check on the layer.
        model: The check on all around it.
        part: The model's part.
    """

    subsampling: str = "subsampling"
    model: str = "model"
    part: str = "front"

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.subsampling, self.model)

    def run(self, context: Context) -> Outcome:
        """Name the first cause; what could not be looked at is skipped."""
        facts = context.facts(self.part)
        assert isinstance(facts, ModelFacts)
        for found in self._wrong(facts):
            values = {"part": self.part, **found.values}
            one = replace(found, values=values)
            reason = say("SKIPPED.unusable", part=self.part)
            others = {name: reason for name in self.checks if name != found.check}
            return Outcome((one,), others if found.code in _STOPS else {})
        return Outcome()

    def _wrong(self, facts: ModelFacts) -> Iterator[Found]:
        """Yield what is wrong, the cause before what follows from it."""
        probe = _probe(facts)
        error = probe.error if probe else facts.error
        if error is not None or probe is None:
            values = {
                "error": error.kind if error else "",
                "error_text": error.message if error else "",
                "line": error.line if error else "",
            }
            yield Found("MODEL.RAISES", self.model, values)
            return
        inputs = [tuple(shape[1:]) for shape in facts.inputs]
        if inputs and inputs != [_PICTURE]:
            name = say("SOURCE.input")
            about = {"input": name[:1].upper() + name[1:]}
            received = ", ".join(map(str, inputs))
            yield Found("INPUT.SHAPE", self.model, about, None, str(_PICTURE), received)
        kernels = [weight.shape for layer in facts.layers for weight in layer.weights]
        if kernels.count((_KERNEL, _KERNEL, 1, _MAPS)) != 1:
            yield Found("LENET.OTHER_C1", self.model)
        outputs = _output_shapes(facts)
        if outputs != [_SHAPE]:
            received = ", ".join(map(str, outputs))
            shapes = str(_SHAPE), received
            yield Found("LENET.FRONT_SHAPE", self.model, {}, None, *shapes)
        own = facts.num_params - _C1
        if own != _POOL:
            yield self._found(_count_cause(own), received=str(own))
        if facts.num_trainable != facts.num_params:
            yield self._found("LENET.PAIR_FROZEN", received=str(facts.num_trainable))
        yield from self._computed(probe.values)

    def _computed(self, seen: dict[str, Any]) -> Iterator[Found]:
        """Yield the way that explains the outputs, if it is not the right one."""
        parts = _parts(seen)
        if parts is None:
            yield Found("LENET.OTHER_C1", self.model)
            return
        kernel, vectors, picture, maps = parts
        for (activation, squash), bias in itertools.product(_ACTIVATIONS, range(3)):
            c1 = _first_maps(picture, kernel, vectors[bias], squash)
            rest = [vector for place, vector in enumerate(vectors) if place != bias]
            for (code, pool), (weights, biases) in itertools.product(
                _WAYS, itertools.permutations(rest)
            ):
                if not _fits(c1, maps, pool, weights, biases):
                    continue
                if activation != "tanh":
                    about = {"activation": activation}
                    yield Found("LENET.C1_ACTIVATION", self.model, about)
                elif code:
                    yield self._found(code)
                return
        yield self._found("LENET.OTHER_SUBSAMPLING")

    def _found(self, code: str, received: str = "—") -> Found:
        """Return a finding on the layer."""
        return Found(code, self.subsampling, received=received)


def _probe(facts: ModelFacts) -> ProbeFacts | None:
    """Return what was computed, or the probe that failed before it."""
    for name in ("computed", "forward", "inputs"):
        for probe in facts.probes:
            if probe.name == name and (name == "computed" or probe.error):
                return probe
    return None


def _count_cause(own: int) -> str:
    """Return the code of a wrong number of weights beside C1's."""
    pixels = 14 * 14
    if own == 0:
        return "LENET.NO_WEIGHTS"
    if own == 2:
        return "LENET.ONE_PAIR_FOR_ALL"
    if own >= pixels:
        return "LENET.PAIR_PER_PIXEL"
    if own in (5 * _MAPS, 4 * _MAPS):
        return "LENET.FOUR_WEIGHTS"
    if own in (_MAPS, _MAPS + 1):
        return "LENET.HALF_A_PAIR"
    return "LENET.OTHER_COUNT"


def _output_shapes(facts: ModelFacts) -> list[tuple[int | None, ...]]:
    """Return the shapes of the outputs without the batch axis."""
    for probe in facts.probes:
        if probe.name == "forward" and probe.error is None:
            return [tuple(shape[1:]) for shape in probe.values["output_shapes"]]
    return []


def _parts(seen: dict[str, Any]) -> tuple[Any, list[list[float]], Any, Any] | None:
    """Return C1's kernel, the three vectors of six, the picture and the maps."""
    if "too_large" in seen:
        return None
    weights = seen["weights"]
    shapes = [weight["shape"] for weight in weights]
    kernels = [w for w in weights if w["shape"] == [_KERNEL, _KERNEL, 1, _MAPS]]
    vectors = [w["values"] for w in weights if len(w["values"]) == _MAPS]
    if len(kernels) != 1 or len(vectors) != 3:
        joined = [w["values"] for w in weights if len(w["values"]) == _POOL]
        if len(kernels) != 1 or len(vectors) != 1 or len(joined) != 1:
            return None
        # One weight for both: rows (2, 6) or pairs (6, 2).
        by_row = next(s for s in shapes if math.prod(s) == _POOL)[0] == 2
        both = joined[0]
        halves = (both[:_MAPS], both[_MAPS:]) if by_row else (both[::2], both[1::2])
        vectors = [*vectors, *map(list, halves)]
    return kernels[0]["values"], vectors, seen["inputs"][0], seen["outputs"][0]


def _first_maps(
    picture: Any,
    kernel: list[float],
    bias: list[float],
    squash: Callable[[float], float],
) -> dict[tuple[int, int, int], float]:
    """Return C1 at the pixels that the looked-at cells of S2 need."""
    needed = {
        (2 * row + down, 2 * column + right)
        for row, column in _CELLS
        for down, right in itertools.product(range(2), repeat=2)
    }
    found = {}
    for (row, column), channel in itertools.product(needed, range(_MAPS)):
        total = bias[channel]
        for i, j in itertools.product(range(_KERNEL), repeat=2):
            weight = kernel[(i * _KERNEL + j) * _MAPS + channel]
            total += weight * picture[row + i][column + j][0]
        found[row, column, channel] = squash(total)
    return found


def _fits(
    c1: dict[tuple[int, int, int], float],
    maps: Any,
    pool: Pool,
    weights: list[float],
    biases: list[float],
) -> bool:
    """Return True if this way gives the model's outputs."""
    for (row, column), channel in itertools.product(_CELLS, range(_MAPS)):
        four = [
            c1[2 * row + down, 2 * column + right, channel]
            for down, right in itertools.product(range(2), repeat=2)
        ]
        value = pool(four, weights[channel], biases[channel])
        if abs(value - maps[row][column][channel]) > _NEAR * max(1.0, abs(value)):
            return False
    return True
