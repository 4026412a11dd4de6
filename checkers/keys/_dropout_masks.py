"""Rules of `dropout-many-masks`: four masks, one head, the mean of four losses.

What one sees from an output back to the input is named first: how many outputs, masks,
heads and hidden layers there are. Only then the layers are compared one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from checkers.i18n import N_, translate
from checkers.messages.sentences import say
from checkers.normalize import Graph, Node, normalize
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.compiling import Compiled
from checkers.rules.models import Network
from checkers.snapshot import Facts, ModelFacts
from checkers.spec import Dense, Dropout, GraphSpec, Input

__all__ = ["Masks", "look_at_loss"]

_MASKS = 4
_PART = "many_masks"
_PATH = ["Dense", "Dropout", "Dense"]  # from an output back to the input


def _expected() -> GraphSpec:
    """Return the network: one hidden layer, four masks, one head behind all."""
    songs = Input((18,))
    hidden, head = Dense(128, "relu")(songs), Dense(1)
    masked = [Dropout(0.5)(hidden) for _ in range(_MASKS)]
    return GraphSpec((songs,), tuple(head(one) for one in masked))


_NETWORK = Network(_PART, _expected(), claims={"masks": ("*",)})
_LOSS = Compiled("loss", _PART, losses=("mae",), judges_head=False)


@dataclass(frozen=True)
class Masks:
    """Four masks between one hidden layer and one head.

    Attributes:
        masks: The check on outputs, masks and the hidden layer.
        head: The check on the layer behind the masks.
        part: The model's part.
    """

    masks: str = "masks"
    head: str = "head"
    part: str = _PART

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.masks, self.head)

    def run(self, context: Context) -> Outcome:
        """Count first, then compare layer by layer."""
        facts = context.facts(self.part)
        assert isinstance(facts, ModelFacts)
        outcome = _NETWORK.run(context)
        if facts.error is not None or facts.training is None:
            reason = say("SKIPPED.unusable", part=self.part)
            return replace(outcome, skipped={**outcome.skipped, self.head: reason})
        graph = normalize(facts)
        counted = list(self._counted(facts, graph))
        if counted:
            return replace(outcome, found=tuple(counted))
        heads = {path[0].index for path in _paths(graph) if path}
        found = tuple(
            replace(one, check=self.head)
            if one.layer is not None and one.layer.index in heads
            else one
            for one in outcome.found
        )
        return replace(outcome, found=found)

    def _counted(self, model: ModelFacts, graph: Graph) -> Iterable[Found]:
        """Yield what is wrong with the numbers of outputs, masks and layers."""
        if graph.inputs != ((None, 18),):
            return
        paths = _paths(graph)
        if len(paths) != _MASKS:
            yield _wrong("OUTPUT_COUNT", self.masks, _MASKS, len(paths))
            return
        odd = [path for path in paths if [node.kind for node in path] != _PATH]
        if odd:
            kinds = " → ".join(node.kind for node in reversed(odd[0]))
            received = kinds or translate(N_("nothing"))
            expected = " → ".join(reversed(_PATH))
            yield _wrong("OTHER_PATH", self.masks, expected, received)
            return
        yield from self._shared(model, paths)

    def _shared(self, model: ModelFacts, paths: list[list[Node]]) -> Iterable[Found]:
        """Yield layers that are there several times, and masks that are not."""
        heads, masks, hidden = ([path[at] for path in paths] for at in range(3))
        calls = {id(mask) for mask in masks}  # one node per call
        if len(calls) < _MASKS:
            yield _wrong("ONE_MASK", self.masks, _MASKS, len(calls))
        elif (seed := _repeated_seed(model, masks)) is not None:
            yield _wrong("SAME_SEED", self.masks, "—", seed)
        if (count := len({node.index for node in hidden})) > 1:
            yield _wrong("MANY_HIDDEN", self.masks, 1, count)
        if (count := len({node.index for node in heads})) > 1:
            yield _wrong("MANY_HEADS", self.head, 1, count)


def _paths(graph: Graph) -> list[list[Node]]:
    """Return the nodes from each output back to the input, where each has one."""
    found = []
    for output in graph.outputs:
        path: list[Node] = []
        position = output
        while position >= 0:
            path.append(graph.nodes[position])
            position = path[-1].inputs[0] if len(path[-1].inputs) == 1 else -1
        found.append(path)
    return found


def _repeated_seed(model: ModelFacts, masks: list[Node]) -> Any:
    """Return an integer seed that two mask layers have in common, or None."""
    layers = {mask.index for mask in masks if mask.index is not None}
    seeds = [model.layers[index].config.get("seed") for index in sorted(layers)]
    given = [seed for seed in seeds if seed is not None]
    return next((seed for seed in given if given.count(seed) > 1), None)


def _wrong(code: str, check: str, expected: Any, received: Any) -> Found:
    values = {"part": _PART}
    return Found(f"DROPOUT.{code}", check, values, None, str(expected), str(received))


def look_at_loss(facts: Facts, context: Context) -> Iterable[Found]:
    """Require four mean absolute errors that weigh a quarter each."""
    assert isinstance(facts, ModelFacts)
    if facts.error is not None:
        # The same finding as the other checks have: one cause, told once.
        yield from (replace(one, check="loss") for one in _NETWORK.run(context).found)
        return
    if facts.compiled is None:
        yield Found("COMPILE.MISSING", "loss", {"part": _PART})
        return
    num_outputs = len(facts.training.outputs) if facts.training else 0
    if num_outputs != _MASKS:
        yield _wrong("OUTPUT_COUNT", "loss", _MASKS, num_outputs)
        return
    wrong = _LOSS.run(context).found
    yield from wrong
    if wrong:
        return
    weights = facts.compiled.get("loss_weights")
    given = [1.0] * _MASKS if weights is None else _each(weights)
    off = [one for one in given if abs(float(one) - 1 / _MASKS) > 1e-6]
    if off:
        yield _wrong("SUM_OF_LOSSES", "loss", 0.25, f"{float(off[0]):g}")


def _each(setting: Any) -> list[Any]:
    """Return what compile was given per output: a list, a dict or one for all."""
    if isinstance(setting, dict):
        return list(setting.values())
    return setting if isinstance(setting, list) else [setting]
