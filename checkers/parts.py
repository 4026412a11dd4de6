"""What an exercise may ask for: one part is one variable of the answer cell.

Parts are declarations only. `checkers.capture` knows how to read each kind, the keys
know what is right.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "Array",
    "Callback",
    "Case",
    "Choice",
    "Earlier",
    "Function",
    "Made",
    "Model",
    "Number",
    "Option",
    "Part",
    "Schedule",
    "Trained",
    "Values",
]

Parameters = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One variable of an answer.

    Attributes:
        name: The variable's name in the notebook.
    """

    name: str


@dataclass(frozen=True)
class Model(Part):
    """A Keras model, written in any API.

    Attributes:
        inputs: Shape of one example without the batch axis: (18,) or (28, 28, 1); a
            tuple of such shapes for a model with several inputs. An unbuilt model is
            built on it.
        dtype: Element type of the inputs; a tuple of one per input if they differ.
        is_computed: True if the key works the outputs out anew: one input, all weights
            (drawn for this) and the outputs are written down. For small models with
            layers of the learner's own.
        multiplies: True if it is measured what layers of the learner's own multiply
            their input with in training.
        bends: True if it is measured how far the model is from a straight line.
        sizes: Shapes of one example that the model is run on besides, where an
            exercise asks for a network that takes several; one input only.
        pictures: True if it is measured what happens to input pictures before the
            first layer with weights, in training and at inference.
    """

    inputs: tuple[int, ...] | tuple[tuple[int, ...], ...] = ()
    dtype: str | tuple[str, ...] = "float32"
    is_computed: bool = False
    bends: bool = False
    multiplies: bool = False
    sizes: tuple[tuple[int, ...], ...] = ()
    pictures: bool = False

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """One shape per input, without the batch axis."""
        several = tuple(shape for shape in self.inputs if isinstance(shape, tuple))
        if several:
            return several
        return (tuple(size for size in self.inputs if not isinstance(size, tuple)),)

    @property
    def dtypes(self) -> tuple[str, ...]:
        """One element type per input."""
        if isinstance(self.dtype, tuple):
            return self.dtype
        return (self.dtype,) * len(self.shapes)


@dataclass(frozen=True)
class Number(Part):
    """A single number.

    Attributes:
        low: Least value that is taken for a serious answer, if any.
        high: Greatest such value, if any.
        unit: Unit for messages, e.g. "points of the quality score".
        whole: True if only whole numbers make sense.
    """

    low: float | None = None
    high: float | None = None
    unit: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Option:
    """One option of a choice: an id for the key, a sentence for the learner."""

    id: str
    text: str


@dataclass(frozen=True)
class Choice(Part):
    """One letter, or several, out of options that are shuffled per student."""

    options: tuple[Option, ...] = ()
    multiple: bool = False


@dataclass(frozen=True)
class Values(Part):
    """Numbers in a list, array, table, tensor, or a dict of named values.

    Attributes:
        shape: Expected shape, if it is stated; None lets the key decide.
        fields: Names of a dict's entries, if the answer is a dict.
    """

    shape: tuple[int, ...] | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Array:
    """An argument that reaches the learner's function as a NumPy array."""

    values: Any
    dtype: str = "float64"


@dataclass(frozen=True)
class Made:
    """An argument that capture makes by name, for example a small Keras model.

    Attributes:
        maker: Name of a maker in `checkers.capture.made`.
        settings: Its plain arguments.
    """

    maker: str
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """An argument that is what the function gave on an earlier case.

    Attributes:
        case: Position of that case, from 0.
    """

    case: int


@dataclass(frozen=True)
class Case:
    """One call of the learner's function.

    Attributes:
        args: Plain values, `Array`, `Made` or `Earlier`; also in lists, tuples, dicts.
        label: What this case shows, for messages: "two equal rows".
        repeat: Number of times that the same call is made (results in a list).
    """

    args: tuple[Any, ...]
    label: str = ""
    repeat: int = 1


Cases = Callable[[random.Random, Parameters], tuple[Case, ...]]


@dataclass(frozen=True)
class Function(Part):
    """A function, run on cases that are drawn from a seed.

    Attributes:
        cases: Draws the cases from a random generator and the personal parameters.
        observe: Name of an observer in `checkers.capture.made` that measures each
            result ("" for none).
        limit_s: Seconds that one call may take.
        is_class: True if a class is handed in: it is called with a case's arguments,
            and the observer looks at the object that it makes.
    """

    cases: Cases = field(default=lambda rng, parameters: ())
    observe: str = ""
    limit_s: float = 5.0
    is_class: bool = False


@dataclass(frozen=True)
class Trained(Part):
    """A trained model (the path of its `.keras` file, or the model itself).

    Attributes:
        data: Names of the notebook's arrays that it is evaluated on, inputs first.
        metrics: What is measured: "mae" or "accuracy".
        model: How its layers are read.
    """

    data: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ("mae",)
    model: Model = field(default_factory=lambda: Model("model"))


@dataclass(frozen=True)
class Callback(Part):
    """A Keras callback, before or after `fit`."""


@dataclass(frozen=True)
class Schedule(Part):
    """A Keras `LearningRateSchedule`: an object that turns a step into a rate.

    Attributes:
        steps: Steps at which it is called; an optimizer counts from 0.
    """

    steps: tuple[int, ...] = (0, 1, 10, 100)
