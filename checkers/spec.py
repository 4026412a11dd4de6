"""The vocabulary in which a key says what a model should be.

A chain of layers:

    ModelSpec(inputs=(18,), layers=(
        Dense(128, activation="relu"), Dropout(0.3),
        Dense(64, activation="relu"), Dropout(0.3),
        Dense(1)))

Any other graph is written as Keras's functional API writes it. A layer that is called
twice shares its weights:

    image = Input((32, 32, 3))
    wide = Conv2D(64, 3, "relu", padding="same")(image)
    narrow = Conv2D(64, 1, "relu")(image)
    GraphSpec(inputs=(image,), outputs=(layer("Concatenate")(wide, narrow),))

Values may be ranges (`between`) or alternatives (`any_of`). A contradiction is the
author's error and raises when the key is imported.
"""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass, field
from typing import Any

from checkers.layers import REQUIRED, SAME_AS_POOL, defaults_of
from checkers.messages.sentences import say, say_list

__all__ = [
    "ANYTHING",
    "Activation",
    "AnyOf",
    "BatchNormalization",
    "Between",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "GraphSpec",
    "Input",
    "LayerSpec",
    "MaxPooling2D",
    "ModelSpec",
    "SpecError",
    "SpecStep",
    "Tensor",
    "any_of",
    "between",
    "fits",
    "layer",
    "repeat",
    "show_value",
    "simplify",
]

_TOLERANCE = 1e-6  # float32 settings read back as 0.0010000000474974513


class SpecError(ValueError):
    """A key contradicts itself: the author's error, never the learner's."""


@dataclass(frozen=True)
class Between:
    """Any number from `low` to `high`, both included."""

    low: float
    high: float


@dataclass(frozen=True)
class AnyOf:
    """Any one of several values."""

    values: tuple[Any, ...]


class _Anything:
    """Fits every value."""

    def __repr__(self) -> str:
        return "anything"


ANYTHING = _Anything()


def between(low: float, high: float) -> Between:
    """Return a range; `low` must be below `high`."""
    if not low < high:
        raise SpecError(f"between({low}, {high}) contains nothing.")
    return Between(low, high)


def any_of(*values: Any) -> AnyOf:
    """Return alternatives; there must be at least two."""
    if len(values) < 2:
        raise SpecError("any_of needs at least two values.")
    return AnyOf(values)


def simplify(value: Any) -> Any:
    """Return the shortest equivalent of a setting: (3, 3) and [3, 3] become 3.

    Example:
        >>> simplify([3, 3]), simplify((2, 1)), simplify((1,))
        (3, (2, 1), 1)
    """
    if isinstance(value, list | tuple):
        items = tuple(simplify(item) for item in value)
        if items and all(item == items[0] for item in items):
            return items[0]
        return items
    if isinstance(value, str):
        return value.lower() if value.isupper() else value
    return value


def fits(expected: Any, received: Any) -> bool:
    """Return True if a setting is as expected.

    Example:
        >>> fits(0.3, 0.1 + 0.2), fits(between(0.2, 0.5), 0.7), fits("same", "SAME")
        (True, False, True)
    """
    if expected is ANYTHING or expected is received:
        return True
    if isinstance(expected, AnyOf):
        return any(fits(value, received) for value in expected.values)
    if isinstance(expected, Between):
        return _is_number(received) and (
            expected.low - _TOLERANCE <= received <= expected.high + _TOLERANCE
        )
    expected, received = simplify(expected), simplify(received)
    if _is_number(expected) and _is_number(received):
        return math.isclose(
            expected, received, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE**2
        )
    return type(expected) is type(received) and bool(expected == received)


def show_value(value: Any) -> str:
    """Return a setting as a learner would write it.

    Example:
        >>> show_value(between(0.2, 0.5)), show_value("relu"), show_value(0.1 + 0.2)
        ('0.2 to 0.5', "'relu'", '0.3')
    """
    if isinstance(value, Between):
        return say("VALUE.from_to", low=f"{value.low:g}", high=f"{value.high:g}")
    if isinstance(value, AnyOf):
        return say_list(map(show_value, value.values), form="VALUE.or")
    if isinstance(value, float):
        return f"{value:.6g}"
    return repr(value)


@dataclass(frozen=True)
class LayerSpec:
    """One expected layer.

    Attributes:
        kind: Keras class name.
        properties: Expected value of every property that matters, defaults included.
        given: Names that the author wrote out, in order; they describe the layer.
        why: Why this layer is here, for the verdict.
    """

    kind: str
    properties: dict[str, Any]
    given: tuple[str, ...] = ()
    why: str = ""

    def describe(self) -> str:
        """Return the layer as a learner would write it: `Dense(64, 'relu')`."""
        inside = ", ".join(
            f"{name}={show_value(self.properties[name])}" for name in self.given
        )
        return f"{self.kind}({inside})"

    def __call__(self, *inputs: Tensor) -> Tensor:
        """Return what the layer gives for these inputs, for a `GraphSpec`."""
        if not inputs:
            raise SpecError(f"{self.kind} is called without an input.")
        return Tensor(self, inputs)


_NUMBERS = itertools.count()


@dataclass(frozen=True, eq=False)
class Tensor:
    """What a layer gives, or an input of the model, while a `GraphSpec` is written.

    Attributes:
        layer: The layer that gives it; None for an input.
        inputs: What that layer was called on.
        shape: Shape of one example, for an input.
        number: Rises in the order of writing.
    """

    layer: LayerSpec | None
    inputs: tuple[Tensor, ...] = ()
    shape: tuple[int, ...] = ()
    number: int = field(default_factory=lambda: next(_NUMBERS))


def Input(shape: tuple[int, ...]) -> Tensor:
    """Return an input of the model; `shape` is that of one example."""
    return Tensor(None, (), shape)


@dataclass(frozen=True)
class SpecStep:
    """One expected call of a layer.

    Attributes:
        layer: The expected layer.
        inputs: Positions of the steps that feed it; -1, -2 … are the model's inputs.
        shared: Position of the first step that calls the same layer: its own, unless
            weights are shared.
    """

    layer: LayerSpec
    inputs: tuple[int, ...]
    shared: int


@dataclass(frozen=True)
class ModelSpec:
    """An expected model: a chain of layers on one input.

    Attributes:
        inputs: Shape of one example, without the batch axis.
        layers: Expected layers in order.
    """

    inputs: tuple[int, ...]
    layers: tuple[LayerSpec, ...]

    def __post_init__(self) -> None:
        """Refuse an empty expectation."""
        if not self.layers:
            raise SpecError("A model needs at least one layer.")

    @property
    def input_shapes(self) -> tuple[tuple[int, ...], ...]:
        """Shape of one example, one per input."""
        return (self.inputs,)

    @functools.cached_property
    def steps(self) -> tuple[SpecStep, ...]:
        """All expected calls; each entry of `layers` is a layer of its own."""
        return tuple(
            SpecStep(layer, (position - 1,), position)
            for position, layer in enumerate(self.layers)
        )

    @property
    def output_steps(self) -> tuple[int, ...]:
        """Positions of the steps that the model returns."""
        return (len(self.layers) - 1,)


@dataclass(frozen=True)
class GraphSpec:
    """An expected model with branches, shared layers, several inputs or outputs.

    Attributes:
        inputs: What `Input` gave, in the order in which the model takes them.
        outputs: What the model returns, in order.
    """

    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]

    def __post_init__(self) -> None:
        """Refuse a graph that does not lead from its inputs to its outputs."""
        if not self.inputs or not self.outputs:
            raise SpecError("A graph needs at least one input and one output.")
        used = self._tensors()
        sources = [tensor for tensor in used if tensor.layer is None]
        known = {id(tensor) for tensor in self.inputs}
        if any(id(tensor) not in known for tensor in sources):
            raise SpecError("A step uses an Input that the graph does not list.")
        if len(sources) < len(self.inputs):
            raise SpecError("An input of the graph leads to no output.")
        if len(sources) == len(used):
            raise SpecError("A model needs at least one layer.")

    @property
    def input_shapes(self) -> tuple[tuple[int, ...], ...]:
        """Shape of one example, one per input."""
        return tuple(tensor.shape for tensor in self.inputs)

    @property
    def layers(self) -> tuple[LayerSpec, ...]:
        """The expected layer of each step."""
        return tuple(step.layer for step in self.steps)

    @functools.cached_property
    def steps(self) -> tuple[SpecStep, ...]:
        """All expected calls in the order of writing."""
        positions = self._positions()
        first: dict[int, int] = {}
        steps: list[SpecStep] = []
        for tensor in self._tensors():
            if tensor.layer is not None:
                inputs = tuple(positions[id(source)] for source in tensor.inputs)
                shared = first.setdefault(id(tensor.layer), len(steps))
                steps.append(SpecStep(tensor.layer, inputs, shared))
        return tuple(steps)

    @functools.cached_property
    def output_steps(self) -> tuple[int, ...]:
        """Positions of the steps that the model returns."""
        positions = self._positions()
        return tuple(positions[id(tensor)] for tensor in self.outputs)

    def _positions(self) -> dict[int, int]:
        """Return the position of each tensor, inputs as -1, -2 …."""
        steps = [tensor for tensor in self._tensors() if tensor.layer is not None]
        return {
            **{id(tensor): -1 - place for place, tensor in enumerate(self.inputs)},
            **{id(tensor): place for place, tensor in enumerate(steps)},
        }

    def _tensors(self) -> list[Tensor]:
        """Return all tensors that lead to an output, in the order of writing."""
        found: dict[int, Tensor] = {}
        waiting = list(self.outputs)
        while waiting:
            tensor = waiting.pop()
            if id(tensor) not in found:
                found[id(tensor)] = tensor
                waiting.extend(tensor.inputs)
        return sorted(found.values(), key=lambda tensor: tensor.number)


def layer(kind: str, *, why: str = "", **settings: Any) -> LayerSpec:
    """Return an expected layer of any kind that the checker knows.

    Raises:
        SpecError: If the kind or a setting is unknown, or a required one is missing.
    """
    defaults = defaults_of(kind)
    if defaults is None:
        raise SpecError(f"Unknown layer kind {kind!r}; add it to checkers/layers.py.")
    unknown = set(settings) - set(defaults) - {"trainable", "switch"}
    if unknown:
        raise SpecError(f"{kind} has no property {sorted(unknown)}.")
    merged = {"trainable": True, "switch": "normal", **defaults, **settings}
    missing = [name for name, value in merged.items() if value is REQUIRED]
    if missing:
        raise SpecError(f"{kind} needs {missing}.")
    properties = {
        name: merged["pool_size"] if value is SAME_AS_POOL else value
        for name, value in merged.items()
    }
    return LayerSpec(kind, properties, tuple(settings), why)


def Dense(units: Any, activation: Any = None, **settings: Any) -> LayerSpec:
    """Return an expected Dense layer."""
    if activation is not None:
        settings = {"activation": activation, **settings}
    return layer("Dense", units=units, **settings)


def Conv2D(
    filters: Any, kernel_size: Any, activation: Any = None, **settings: Any
) -> LayerSpec:
    """Return an expected Conv2D layer."""
    if activation is not None:
        settings = {"activation": activation, **settings}
    return layer("Conv2D", filters=filters, kernel_size=kernel_size, **settings)


def MaxPooling2D(pool_size: Any = 2, **settings: Any) -> LayerSpec:
    """Return an expected MaxPooling2D layer."""
    return layer("MaxPooling2D", pool_size=pool_size, **settings)


def Dropout(rate: Any, **settings: Any) -> LayerSpec:
    """Return an expected Dropout layer; `rate` is the share that is dropped."""
    return layer("Dropout", rate=rate, **settings)


def BatchNormalization(**settings: Any) -> LayerSpec:
    """Return an expected BatchNormalization layer."""
    return layer("BatchNormalization", **settings)


def Flatten() -> LayerSpec:
    """Return an expected Flatten layer."""
    return layer("Flatten")


def Activation(activation: Any) -> LayerSpec:
    """Return an expected activation that stands on its own."""
    return layer("Activation", activation=activation)


def repeat(block: tuple[LayerSpec, ...], times: int) -> tuple[LayerSpec, ...]:
    """Return `block` several times in a row."""
    if times < 1:
        raise SpecError("repeat needs at least one time.")
    return block * times


def _is_number(value: Any) -> bool:
    """Return True for numbers, but not for True and False."""
    return isinstance(value, int | float) and not isinstance(value, bool)
