"""What capture writes down about an answer: frozen plain data, JSON both ways.

A `Snapshot` holds one *facts* object per part of the exercise. Facts say what was
seen and never whether it is right. They contain numbers, strings and shapes only, so
a snapshot can leave a sandbox as text and be judged where no learner's code ran.

Axis order of all shapes: batch, height, width, channels; None stands for any size.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from checkers.codec import CodecError, decode, encode

__all__ = [
    "SCHEMA_VERSION",
    "CallFacts",
    "CallbackFacts",
    "ClassFacts",
    "ErrorFacts",
    "Facts",
    "FunctionFacts",
    "LayerFacts",
    "MissingFacts",
    "ModelFacts",
    "OtherFacts",
    "ProbeFacts",
    "ResultFacts",
    "ScheduleFacts",
    "Snapshot",
    "SnapshotError",
    "TraceFacts",
    "TrainedFacts",
    "ValueFacts",
    "WeightFacts",
    "first_line",
]

SCHEMA_VERSION = 1
MAX_BYTES = 4_000_000  # a ten-layer model takes about 10 kB

Shape = tuple[int | None, ...]


class SnapshotError(ValueError):
    """A text is no snapshot of this version: damaged, too large or forged."""


def first_line(text: str) -> str:
    """Return the first line that is not empty, its words one blank apart."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return next((line for line in lines if line), "")


@dataclass(frozen=True)
class ErrorFacts:
    """An exception that the answer raised.

    Attributes:
        kind: Exception class name.
        message: Its text, at most 2,000 characters.
        line: The line of the learner's own code where it arose; "" if unknown.
        line_number: 1-based number of that line in its cell, 0 if unknown.
        layer: Name of the layer that was at work, the innermost one; "" if none was.
    """

    kind: str
    message: str
    line: str = ""
    line_number: int = 0
    layer: str = ""

    @property
    def first_line(self) -> str:
        """What a sentence quotes of the message: at most 300 characters."""
        line = first_line(self.message)
        return line if len(line) <= 300 else f"{line[:299]}…"


@dataclass(frozen=True)
class MissingFacts:
    """The part was not attempted: None, Ellipsis or an untouched stub."""


@dataclass(frozen=True)
class OtherFacts:
    """Something that is not the kind of answer the part asks for.

    Attributes:
        reason: Which misunderstanding it looks like; a key of the messages.
        type_name: Class name of what was handed in.
        text: Its short repr, at most 200 characters.
    """

    reason: str
    type_name: str
    text: str = ""
    error: ErrorFacts | None = None


@dataclass(frozen=True)
class WeightFacts:
    """One weight of a layer.

    Attributes:
        name: Last part of the weight's path: kernel, bias, gamma …
        shape: Its shape.
        trainable: True if the optimizer may change it.
        is_constant: True if all of at least two entries are equal.
        mean: Mean over all entries.
        std: Standard deviation over all entries.
        is_finite: True if no entry is nan or infinite.
    """

    name: str
    shape: Shape
    trainable: bool
    is_constant: bool
    mean: float
    std: float
    is_finite: bool
    values: tuple[float, ...] = ()  # all entries, where there are at most 64


@dataclass(frozen=True)
class LayerFacts:
    """One layer object, however often it is called.

    Attributes:
        name: The layer's own name.
        kind: Class name.
        module: Module that defines the class.
        is_keras: True if Keras itself exports this very class under this name; False
            for an impostor and for any class of the learner's.
        base: Nearest Keras class that it inherits from; equals `kind` for Keras's own.
        config: Public configuration, cut down to plain values.
        activation: Name of the activation, found by what it does; "" if the layer has
            none, "unknown" if it does nothing that has a name.
        path: Names of the nested models and blocks around it, outermost first.
        trainable: The layer's own switch.
        weights: Its weights, in Keras's order.
        compute_dtype: Element type in which it calculates.
    """

    name: str
    kind: str
    module: str
    is_keras: bool
    base: str
    config: dict[str, Any]
    activation: str
    path: tuple[str, ...]
    trainable: bool
    weights: tuple[WeightFacts, ...]
    compute_dtype: str = "float32"

    @property
    def num_params(self) -> int:
        """Number of entries of all its weights."""
        return sum(_size(weight.shape) for weight in self.weights)


@dataclass(frozen=True)
class CallFacts:
    """One call in the graph that the answer really computes.

    Attributes:
        layer: Index into `ModelFacts.layers`; None for an operation without a layer.
        operation: Class name of the operation when `layer` is None.
        settings: The operation's plain arguments.
        inputs: Indices of the calls that feed it; -1, -2 … are the model's inputs.
        training: What the call was told: True, False or None.
        input_shapes: Shapes that it received.
        output_shape: Shape that it returned.
    """

    layer: int | None
    operation: str
    settings: dict[str, Any]
    inputs: tuple[int, ...]
    training: bool | None
    input_shapes: tuple[Shape, ...]
    output_shape: Shape


@dataclass(frozen=True)
class TraceFacts:
    """The graph in one mode.

    Attributes:
        calls: In the order in which they happened.
        outputs: Indices of the calls whose results the model returns.
        symbolic: False if it had to be read off one run with numbers.
    """

    calls: tuple[CallFacts, ...]
    outputs: tuple[int, ...]
    symbolic: bool = True


@dataclass(frozen=True)
class ProbeFacts:
    """Numbers measured by running the answer or one of its layers.

    Attributes:
        name: Which probe: forward, dropout, …
        layer: Index of the layer that was probed; None for the whole model.
        values: What was measured, by name.
        error: What went wrong instead.
    """

    name: str
    layer: int | None
    values: dict[str, Any]
    error: ErrorFacts | None = None


@dataclass(frozen=True)
class ModelFacts:
    """A Keras model: its layers, what it computes, how it is compiled, how it acts.

    Attributes:
        api: sequential, functional or subclass.
        class_name: Class name of the model.
        inputs: One shape per input, batch axis first.
        layers: All layers, those called first and in calling order, then unused ones.
        training: The graph with training=True; None if it could not be traced.
        inference: The graph with training=False; None if it could not be traced.
        compiled: Optimizer, loss and metrics; None if not compiled.
        probes: What was measured.
        num_params: Entries of all weights.
        num_trainable: Entries of all trainable weights.
        built_here: True if the model arrived unbuilt and capture built it.
        error: What kept the model from being traced.
    """

    api: str
    class_name: str
    inputs: tuple[Shape, ...]
    layers: tuple[LayerFacts, ...]
    training: TraceFacts | None
    inference: TraceFacts | None
    compiled: dict[str, Any] | None
    probes: tuple[ProbeFacts, ...]
    num_params: int
    num_trainable: int
    built_here: bool
    error: ErrorFacts | None = None


@dataclass(frozen=True)
class ValueFacts:
    """A number, a text or an array of them, as plain data.

    Attributes:
        value: The data; numbers are int, float or bool, arrays are nested lists.
        type_name: Class name of what was handed in.
        shape: Shape of an array; () for a single value.
        dtype: The array's dtype; "" for a single value.
    """

    value: Any
    type_name: str
    shape: tuple[int, ...] = ()
    dtype: str = ""


@dataclass(frozen=True)
class ResultFacts:
    """What one case of a function exercise gave.

    Attributes:
        value: The result as plain data; None when there is an error or `other`.
        error: The exception that it raised.
        other: Class name of a result that has no plain form; "" otherwise.
        mutated: True if the function changed its arguments.
        seconds: Wall time of the call.
        observed: What capture measured about the result, by name.
        problem: Why there is no value, in a word that has a sentence of its own:
            "timeout", "arguments", "input" …; "" otherwise.
        changed: Names of the arguments that the function changed.
        printed: What it printed, at most 2,000 characters.
        warnings: Warnings on the way, such as "overflow encountered in exp".
        kind: Class name of the result.
        shape: Shape of a result that is an array; () for anything else.
        dtypes: Element type of the result, or of each entry of a short tuple.
    """

    value: Any
    error: ErrorFacts | None = None
    other: str = ""
    mutated: bool = False
    seconds: float = 0.0
    observed: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    changed: tuple[str, ...] = ()
    printed: str = ""
    warnings: tuple[str, ...] = ()
    kind: str = ""
    shape: tuple[int, ...] = ()
    dtypes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FunctionFacts:
    """A function and its results on the cases drawn from the snapshot's seed."""

    name: str
    results: tuple[ResultFacts, ...]


@dataclass(frozen=True)
class CallbackFacts:
    """A Keras callback: class name, whether Keras exports it, and public settings."""

    kind: str
    is_keras: bool
    settings: dict[str, Any]


@dataclass(frozen=True)
class ClassFacts:
    """What a classifier answered on the rows that it was evaluated on.

    Attributes:
        num_outputs: Numbers per row; 1 for one sigmoid unit.
        is_finite: True if no output is nan or infinite.
        confusion: Rows by true class (first axis) and predicted class (second axis);
            () if the classes are too many for a table.
        hits: One bit per row in hexadecimal, 1 where the row is right; the first row
            is the highest bit. "" if the rows are too many.
        input_range: Smallest and largest entry of the inputs; () if unknown.
        other_inputs: Share of right rows on at most 1,000 of them: "as_given", and with
            the inputs changed: "times_255", "divided_by_255", "minus_1_to_1",
            "standardized", "inverted" (black for white), "mirrored" (left for right),
            "turned" (rows for columns).
    """

    num_outputs: int
    is_finite: bool
    confusion: tuple[tuple[int, ...], ...] = ()
    hits: str = ""
    input_range: tuple[float, ...] = ()
    other_inputs: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class ScheduleFacts:
    """A learning-rate schedule and the rates that it gives.

    Attributes:
        kind: Class name.
        is_keras: True if Keras itself exports this very class.
        steps: Steps at which it was called.
        rates: The rate at each of them; None where the call raised or gave no single
            finite number.
        error: What a call with a plain whole number raised.
        optimizer_error: What a call raised that was made as an optimizer makes it,
            with its counter of steps, one by one or compiled.
    """

    kind: str
    is_keras: bool
    steps: tuple[int, ...]
    rates: tuple[float | None, ...]
    error: ErrorFacts | None = None
    optimizer_error: ErrorFacts | None = None


@dataclass(frozen=True)
class TrainedFacts:
    """A trained model with what it scores on the arrays that it was given.

    Attributes:
        model: The model itself.
        scores: Metric name to value, for example {"mae": 0.193}.
        num_rows: Rows that it was evaluated on.
        notes: Plain facts that came with the data, e.g. the baseline's score.
        classes: What it answered, where the accuracy was measured.
    """

    model: ModelFacts
    scores: dict[str, float]
    num_rows: int
    notes: dict[str, Any] = field(default_factory=dict)
    classes: ClassFacts | None = None


Facts = (
    MissingFacts
    | OtherFacts
    | ModelFacts
    | ValueFacts
    | FunctionFacts
    | CallbackFacts
    | ScheduleFacts
    | TrainedFacts
)


@dataclass(frozen=True)
class Snapshot:
    """One captured answer.

    Attributes:
        exercise: Exercise id.
        parts: Facts by part name, in the exercise's order.
        code: The learner's personal code; "" for the public default.
        seed: Seed of the random cases that functions were run on.
        stand_in: True if the notebook said that its data are built-in stand-ins.
        schema_version: Version of this format.
    """

    exercise: str
    parts: dict[str, Facts]
    code: str = ""
    seed: int = 0
    stand_in: bool = False
    schema_version: int = SCHEMA_VERSION

    def to_json(self) -> str:
        """Return the snapshot as one line of JSON."""
        plain = encode(self)
        return json.dumps(
            plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )

    @classmethod
    def from_json(cls, text: str) -> Snapshot:
        """Read a snapshot that `to_json` wrote.

        Raises:
            SnapshotError: If the text is too large, no JSON, nested too deeply, of
                another version, or if a field is missing or of the wrong type.
        """
        if len(text) > MAX_BYTES:
            raise SnapshotError(
                f"Expected at most {MAX_BYTES:,} characters, received {len(text):,}."
            )
        try:
            plain = json.loads(text)
            version = plain.get("schema_version") if isinstance(plain, dict) else None
            if version != SCHEMA_VERSION:
                raise SnapshotError(
                    f"Expected schema_version {SCHEMA_VERSION}, received {version!r}. "
                    "Next: capture the answer again with this version of checkers."
                )
            snapshot = decode(cls, plain, _NAMES)
        except (ValueError, RecursionError, CodecError) as error:
            raise SnapshotError(f"This is no snapshot: {error}") from error
        assert isinstance(snapshot, cls)
        return snapshot


def _size(shape: Shape) -> int:
    """Return the number of entries of a weight."""
    size = 1
    for length in shape:
        size *= length or 0
    return size


_NAMES: dict[str, Any] = {
    **{facts.__name__: facts for facts in Facts.__args__},
    **globals(),
}
