"""What a lint rule looks at: a model's facts with walks through its graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from checkers.linting.data import ArrayFacts, DataFacts
from checkers.linting.settings import Named, parse, parse_all
from checkers.snapshot import CallFacts, LayerFacts, ModelFacts, Shape

__all__ = ["CONVS", "DROPOUTS", "MIXING", "Head", "Subject"]

DROPOUTS = frozenset(
    (
        *("Dropout", "AlphaDropout", "GaussianDropout"),
        *(f"SpatialDropout{n}D" for n in (1, 2, 3)),
    )
)
CONVS = frozenset(
    f"{kind}{n}D{tail}"
    for kind, tail in (("Conv", ""), ("Conv", "Transpose"))
    for n in (1, 2, 3)
) | {f"{kind}Conv{n}D" for kind in ("Depthwise", "Separable") for n in (1, 2)}
MIXING = CONVS | {"Dense", "EinsumDense"}
# What passes numbers on as they are, or in another shape.
_PASSIVE = DROPOUTS | {
    *("Flatten", "Reshape", "Permute", "Identity", "GaussianNoise"),
    "ActivityRegularization",
}
_NOTHING = frozenset(("ConvertToTensor", "Copy", "Identity", "StopGradient"))
_OPERATIONS = {
    "Relu": "relu",
    "Relu6": "relu6",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
}
_ACTIVATION_KINDS = frozenset(("Activation", "ReLU", "Softmax", "LeakyReLU", "ELU"))


@dataclass(frozen=True)
class Head:
    """Where one output comes from.

    Attributes:
        position: Which output of the model.
        call: The call that makes its numbers.
        width: Numbers on its last axis; None if unknown.
        activation: What is applied last: softmax, linear …; "" if that is unknown.
        base: The call with the weights below; None if an unknown step is between.
        passed: Calls between it and the model's output, the last first.
        shape: Shape that the model returns.
        loss: What it is trained with; None if unknown.
    """

    position: int
    call: int
    width: int | None
    activation: str
    base: int | None
    passed: tuple[int, ...]
    shape: Shape
    loss: Named | None


@dataclass(frozen=True)
class Subject:
    """A model as lint sees it, with its data if there are any."""

    model: ModelFacts
    data: DataFacts | None = None

    @property
    def calls(self) -> tuple[CallFacts, ...]:
        """The calls of one prediction, in order, without operations that do nothing."""
        return self._graph[0]

    @property
    def outputs(self) -> tuple[int, ...]:
        """The calls whose results the model returns."""
        return self._graph[1]

    @cached_property
    def _graph(self) -> tuple[tuple[CallFacts, ...], tuple[int, ...]]:
        """Leave out operations that only hand their input on."""
        trace = self.model.inference
        if trace is None:
            return (), ()
        kept: list[CallFacts] = []
        now: dict[int, int] = {}  # old position -> new one
        for position, call in enumerate(trace.calls):
            inputs = tuple(now.get(source, source) for source in call.inputs)
            if call.layer is None and call.operation in _NOTHING and inputs:
                now[position] = inputs[0]
            else:
                now[position] = len(kept)
                kept.append(replace(call, inputs=inputs))
        return tuple(kept), tuple(now.get(call, call) for call in trace.outputs)

    @cached_property
    def consumers(self) -> dict[int, tuple[int, ...]]:
        """Which calls read the result of a call (or of an input: -1, -2 …)."""
        found: dict[int, list[int]] = {}
        for position, call in enumerate(self.calls):
            for source in call.inputs:
                found.setdefault(source, []).append(position)
        return {source: tuple(readers) for source, readers in found.items()}

    def layer(self, position: int) -> LayerFacts | None:
        """Return the layer of a call; None for an operation or an input."""
        if position < 0 or self.calls[position].layer is None:
            return None
        return self.model.layers[self.calls[position].layer or 0]

    def index(self, position: int) -> int:
        """Return the layer of a call as an index into the model's layers."""
        index = self.calls[position].layer
        assert index is not None
        return index

    def kind(self, position: int) -> str:
        """Return what a call does: a Keras class or operation; "" if unknown."""
        if position < 0:
            return "Input"
        layer = self.layer(position)
        if layer is None:
            return self.calls[position].operation
        return layer.kind if layer.is_keras else ""

    def layers_of(self, *kinds: str) -> Iterator[tuple[int, LayerFacts]]:
        """Yield index and facts of the layers of some kinds, those in use."""
        for index, layer in enumerate(self.model.layers):
            if layer.is_keras and layer.kind in kinds and index in self.used:
                yield index, layer

    @cached_property
    def used(self) -> frozenset[int]:
        """Indices of the layers that are called in training or at inference."""
        traces = [t for t in (self.model.training, self.model.inference) if t]
        return frozenset(
            call.layer for t in traces for call in t.calls if call.layer is not None
        )

    def calls_of(self, *kinds: str) -> Iterator[tuple[int, CallFacts, LayerFacts]]:
        """Yield position, call and layer of all calls of layers of some kinds."""
        for position, call in enumerate(self.calls):
            layer = self.layer(position)
            if layer is not None and layer.is_keras and layer.kind in kinds:
                yield position, call, layer

    def activation(self, position: int) -> str:
        """Return the activation that a call ends with.

        That is "linear" for a layer with weights and none, "" where it is unknown.
        """
        layer = self.layer(position)
        if layer is None and self.kind(position) == "Activation":
            # Some operations together, recognized by what they do.
            name = self.calls[position].settings.get("activation")
            return name if isinstance(name, str) and name != "unknown" else ""
        if layer is None:
            return _OPERATIONS.get(self.kind(position), "")
        if layer.is_keras and (layer.kind in MIXING or layer.kind in _ACTIVATION_KINDS):
            return "" if layer.activation == "unknown" else layer.activation
        return ""

    def is_activation(self, position: int) -> bool:
        """Return True if a call is nothing but an activation."""
        kind = self.kind(position)
        return kind in _ACTIVATION_KINDS or (
            self.layer(position) is None and kind in _OPERATIONS
        )

    def is_passive(self, position: int) -> bool:
        """Return True if a call passes numbers on as they are."""
        if self.kind(position) in _PASSIVE and self.calls[position].inputs:
            return True
        return self.is_activation(position) and self.activation(position) == "linear"

    def only_input(self, position: int) -> int | None:
        """Return what feeds a call, if that is one thing."""
        if position < 0:
            return None
        inputs = set(self.calls[position].inputs)
        return inputs.pop() if len(inputs) == 1 else None

    def only_consumer(self, position: int) -> int | None:
        """Return the one call that reads a result; None if several or the caller do."""
        readers = self.consumers.get(position, ())
        if len(readers) != 1 or position in self.outputs:
            return None
        return readers[0]

    def next_active(self, position: int) -> int | None:
        """Return the only call behind a result that does more than pass it on."""
        after = self.only_consumer(position)
        while after is not None and self.is_passive(after):
            after = self.only_consumer(after)
        return after

    def behind(self, position: int) -> Iterator[int]:
        """Yield all calls that a result reaches, each once."""
        waiting, seen = [position], {position}
        while waiting:
            for reader in self.consumers.get(waiting.pop(), ()):
                if reader not in seen:
                    seen.add(reader)
                    waiting.append(reader)
                    yield reader

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """Where each output of the model comes from."""
        return tuple(
            self._head(position, call) for position, call in enumerate(self.outputs)
        )

    def _head(self, position: int, output: int) -> Head:
        """Walk from an output to the call that makes its numbers."""
        passed: list[int] = []
        call = output
        while call >= 0 and self.is_passive(call):
            passed.append(call)
            call = self.calls[call].inputs[0]
        base: int | None = call
        if call >= 0 and self.is_activation(call):
            base = self.only_input(call)
            while base is not None and base >= 0 and self.is_passive(base):
                base = self.only_input(base)
        if base is not None and self.kind(base) not in MIXING:
            base = None
        shape = self.calls[output].output_shape if output >= 0 else ()
        return Head(
            position,
            call,
            shape[-1] if shape else None,
            self.activation(call) if call >= 0 else "",
            base,
            tuple(passed),
            shape,
            self._loss(position),
        )

    def _loss(self, position: int) -> Named | None:
        """Return the loss of one output."""
        loss = (self.model.compiled or {}).get("loss")
        if isinstance(loss, dict):
            loss = loss.get(self._output_names(loss)[position])
        if isinstance(loss, list):
            loss = loss[position] if len(loss) == len(self.outputs) else None
        return parse(loss) if isinstance(loss, str) else None

    def _output_names(self, loss: dict[str, Any]) -> list[str]:
        """Return the name of each output by which a dict of losses may call it."""
        layers = [self.layer(output) for output in self.outputs]
        names = [layer.name if layer else "" for layer in layers]
        if len(loss) == len(names) and not set(loss) <= set(names):
            return sorted(loss)  # outputs in a dict: Keras takes its keys in order
        return names

    @cached_property
    def metrics(self) -> tuple[Named, ...]:
        """The metrics of a model with one output; () for several outputs."""
        if len(self.outputs) != 1 or not self.model.compiled:
            return ()
        return tuple(parse_all(self.model.compiled.get("metrics")))

    def targets(self, head: Head) -> ArrayFacts | None:
        """Return the targets of one output, if they are numbers."""
        if self.data is None or len(self.data.targets) != len(self.outputs):
            return None
        found = self.data.targets[head.position]
        return found if found.is_number else None
