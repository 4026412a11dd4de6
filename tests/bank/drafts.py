"""A model as plain steps that can be edited; arguments are Python text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from checkers.layers import REQUIRED, SAME_AS_POOL, defaults_of
from checkers.spec import (
    ANYTHING,
    AnyOf,
    Between,
    GraphSpec,
    LayerSpec,
    ModelSpec,
    fits,
)

__all__ = ["Choose", "Draft", "Step", "draft_of", "value_text"]

T = TypeVar("T")


class Choose(Protocol):
    """Picks one of several things: Hypothesis, or always the first."""

    def __call__(self, options: Sequence[T]) -> T: ...


@dataclass(frozen=True)
class Step:
    """One call.

    Attributes:
        key: Its identity within the draft.
        kind: Keras class name.
        arguments: Argument name to Python text.
        inputs: Keys of the steps that feed it; -1, -2 … are the model's inputs.
        origin: Key of the expected step that it stands for or belongs to.
        same_as: Key of an earlier step whose layer is called again.
        maker: Text of the constructor, if it is not `layers.<kind>`.
        positional: Number of leading arguments that are written without their names.
        operation: Text of a plain operation in place of a layer: "{0} * 1.0".
        call: Text behind the input in the call: ", training=False".
    """

    key: int
    kind: str
    arguments: dict[str, str]
    inputs: tuple[int, ...]
    origin: int
    same_as: int | None = None
    maker: str = ""
    positional: int = 0
    operation: str = ""
    call: str = ""

    @property
    def is_plain(self) -> bool:
        """True for a layer that is called in the ordinary way."""
        return not self.operation and not self.call and self.same_as is None

    def with_arguments(self, **arguments: str | None) -> Step:
        """Return the step with other arguments; None removes one."""
        merged = {**self.arguments, **arguments}
        kept = {name: text for name, text in merged.items() if text is not None}
        return replace(self, arguments=kept)


@dataclass(frozen=True)
class Draft:
    """A model that is still text.

    Attributes:
        inputs: Shape of one example, one per input.
        steps: Calls in order.
        outputs: Keys of the steps that the model returns.
        style: How it is written; a name of `sources.STYLES`.
        preamble: Definitions in front of the model.
        afterwards: Statements behind it.
        input_text: How an input is written, with {shape}.
        cuts: Positions at which a style with blocks begins a new block.
        spare: Text of a layer that a subclass owns to no effect.
        has_spare_call: True if the subclass also calls it and drops the result.
        reversed_attributes: True if a subclass makes its layers in reverse order.
        applied: Names of the operators, for the report.
    """

    inputs: tuple[tuple[int, ...], ...]
    steps: tuple[Step, ...]
    outputs: tuple[int, ...]
    style: str = "functional"
    preamble: tuple[str, ...] = ()
    afterwards: tuple[str, ...] = ()
    input_text: str = "keras.Input({shape})"
    cuts: tuple[int, ...] = ()
    spare: str = ""
    has_spare_call: bool = False
    reversed_attributes: bool = False
    applied: tuple[str, ...] = ()

    def __str__(self) -> str:
        from tests.bank.sources import source_of

        return source_of(self)

    @property
    def is_chain(self) -> bool:
        """True if each step gets the step before it."""
        before = (-1, *(step.key for step in self.steps))
        return (
            len(self.inputs) == 1
            and all(
                step.inputs == (key,)
                for step, key in zip(self.steps, before, strict=False)
            )
            and self.outputs == (before[-1],)
        )

    @property
    def has_custom_code(self) -> bool:
        """True if Keras could not load the model from a file by itself."""
        texts = [
            text
            for step in self.steps
            for text in (*step.arguments.values(), step.operation, step.maker)
        ]
        return bool(self.preamble) or any(
            word in text for text in texts for word in ("lambda", "tf.nn")
        )

    def step(self, key: int) -> Step:
        """Return the step with this key."""
        return next(step for step in self.steps if step.key == key)

    def users(self, key: int) -> int:
        """Return how often a step's result is used."""
        return sum(step.inputs.count(key) for step in self.steps) + self.outputs.count(
            key
        )

    def new_key(self) -> int:
        """Return a key that no step has."""
        return max((step.key for step in self.steps), default=-1) + 100

    def replaced(self, step: Step) -> Draft:
        """Return the draft with another step in place of the one with its key."""
        steps = tuple(step if old.key == step.key else old for old in self.steps)
        return replace(self, steps=steps)

    def inserted(self, after: int, step: Step) -> Draft:
        """Return the draft with a step behind `after` (-1 for the first input)."""
        step = replace(step, inputs=(after,))
        moved = [
            replace(
                old, inputs=tuple(step.key if i == after else i for i in old.inputs)
            )
            for old in self.steps
        ]
        at = 0
        if after >= 0:
            at = [old.key for old in self.steps].index(after) + 1
        outputs = tuple(step.key if key == after else key for key in self.outputs)
        return replace(self, steps=(*moved[:at], step, *moved[at:]), outputs=outputs)

    def dropped(self, key: int) -> Draft:
        """Return the draft without a step; what it fed gets its first input."""
        source = self.step(key).inputs[0]
        steps = tuple(
            replace(old, inputs=tuple(source if i == key else i for i in old.inputs))
            for old in self.steps
            if old.key != key
        )
        outputs = tuple(source if out == key else out for out in self.outputs)
        return replace(self, steps=steps, outputs=outputs)

    def signature(self) -> tuple[Any, ...]:
        """Return what the steps are, whatever their keys."""
        place = {step.key: position for position, step in enumerate(self.steps)}
        return (
            self.inputs,
            tuple(
                (
                    step.kind,
                    tuple(sorted(step.arguments.items())),
                    tuple(place.get(key, key) for key in step.inputs),
                    None if step.same_as is None else place.get(step.same_as),
                    step.maker,
                    step.call,
                )
                for step in self.steps
            ),
            tuple(place.get(key, key) for key in self.outputs),
        )

    def unrolled(self) -> tuple[Any, ...]:
        """Return each output as what leads to it, whatever the keys."""

        def expression(key: int) -> Any:
            if key < 0:
                return key
            step = self.step(key)
            layer = step if step.same_as is None else self.step(step.same_as)
            arguments = tuple(sorted(layer.arguments.items()))
            inside = tuple(expression(source) for source in step.inputs)
            return (layer.kind, arguments, step.call, inside)

        layers = sum(step.same_as is None for step in self.steps)
        return (self.inputs, layers, tuple(expression(key) for key in self.outputs))

    def step_texts(self) -> str:
        """Return all argument names and texts, to look a word up in them."""
        return " ".join(
            f"{name}={text}"
            for step in self.steps
            for name, text in step.arguments.items()
        )

    def noted(self, name: str) -> Draft:
        """Return the draft with the name of an operator added."""
        return replace(self, applied=(*self.applied, name))


def draft_of(spec: ModelSpec | GraphSpec) -> Draft:
    """Return the plainest draft of an expected model."""
    steps = []
    for position, step in enumerate(spec.steps):
        same_as = None if step.shared == position else step.shared
        call = {"on": ", training=True", "off": ", training=False"}.get(
            str(step.layer.properties.get("switch")), ""
        )
        steps.append(
            Step(
                key=position,
                kind=step.layer.kind,
                arguments=_arguments(step.layer),
                inputs=step.inputs,
                origin=position,
                same_as=same_as,
                call=call,
            )
        )
    return Draft(spec.input_shapes, tuple(steps), spec.output_steps)


def value_text(name: str, value: Any) -> str:
    """Return the Python text of a setting."""
    if isinstance(value, str) and "(" in value:
        for suffix, module in (
            ("regularizer", "regularizers"),
            ("constraint", "constraints"),
        ):
            if name.endswith(suffix):
                return f"keras.{module}.{value}"
    return repr(value)


def _arguments(layer: LayerSpec) -> dict[str, str]:
    """Return the arguments that a learner has to write."""
    defaults = defaults_of(layer.kind) or {}
    found = {}
    names = (*layer.given, *layer.properties)
    for name in dict.fromkeys(names):
        if name == "switch":
            continue  # how the layer is called; see `draft_of`
        default = True if name == "trainable" else defaults[name]
        if default is SAME_AS_POOL:
            default = layer.properties["pool_size"]
        expected = layer.properties[name]
        if default is not REQUIRED and fits(expected, default):
            continue
        found[name] = value_text(name, _concrete(expected))
    return found


def _concrete(expected: Any) -> Any:
    """Return one value that an expectation allows."""
    if isinstance(expected, Between):
        middle = (expected.low + expected.high) / 2
        return int(middle) if isinstance(expected.low, int) else middle
    if isinstance(expected, AnyOf):
        return _concrete(expected.values[0])
    if expected is ANYTHING:
        return 1
    return expected
