"""The examples themselves, and what they mean for the model."""

from __future__ import annotations

import math
from collections.abc import Iterator

from checkers.linting.data import ArrayFacts
from checkers.linting.rule import Hit, rule
from checkers.linting.subject import MIXING, Subject
from checkers.snapshot import Shape

_LARGE = 50.0  # inputs of ordinary networks lie within a few units of 0
_RATIO = 100.0
_BATCH = 32  # what `fit` takes if nothing is said
_RECURRENT = frozenset(("LSTM", "GRU", "SimpleRNN", "Bidirectional"))
_SCALE = "LeCun, Bottou, Orr, Müller 1998, Efficient BackProp, section 4.3"


@rule("NAN_IN_DATA", "error", "IEEE 754: nan + x = nan, for every x", needs="data")
def nan_in_data(subject: Subject) -> Iterator[Hit]:
    """One nan makes the loss nan, and every weight after the first step."""
    assert subject.data is not None
    for array in (*subject.data.inputs, *subject.data.targets):
        if array.num_nan or array.num_inf:
            values = {"nan": f"{array.num_nan:,}", "inf": f"{array.num_inf:,}"}
            yield Hit((), {"name": array.name, **values})


@rule(
    "DATA_DOES_NOT_FIT",
    "error",
    "Keras manual, Input: keras.io/api/layers/core_layers/input",
    needs="data",
)
def data_does_not_fit(subject: Subject) -> Iterator[Hit]:
    """Examples of another shape than the model's input."""
    for shape, array in _inputs(subject):
        if not _takes(shape, array.shape):
            values = {"name": array.name, "shape": array.shape[1:]}
            yield Hit((), {**values, "expected": shape[1:]})


def _takes(shape: Shape, found: tuple[int, ...]) -> bool:
    """Return True if Keras accepts examples of a shape; it adds or drops a last 1."""
    wanted, given = list(shape[1:]), list(found[1:])
    if len(given) == len(wanted) + 1 and given[-1] == 1:
        given.pop()
    if len(wanted) == len(given) + 1 and wanted[-1] == 1:
        wanted.pop()
    return len(wanted) == len(given) and all(
        a is None or a == b for a, b in zip(wanted, given, strict=True)
    )


def _inputs(subject: Subject) -> Iterator[tuple[Shape, ArrayFacts]]:
    """Yield the shape of each input with the array that goes there."""
    assert subject.data is not None
    if len(subject.data.inputs) == len(subject.model.inputs):
        yield from zip(subject.model.inputs, subject.data.inputs, strict=True)


@rule("INPUT_NOT_SCALED", "warning", _SCALE, needs="data")
def input_not_scaled(subject: Subject) -> Iterator[Hit]:
    """Large numbers meet weights that were drawn for small ones."""
    for position, (_, array) in enumerate(_inputs(subject)):
        largest = max(abs(array.low), abs(array.high))
        if not array.is_number or largest <= _LARGE:
            continue
        for call in _first_active(subject, -1 - position):
            if subject.kind(call) in MIXING | _RECURRENT:
                yield Hit(
                    (subject.index(call),),
                    {
                        "name": array.name,
                        "low": f"{array.low:g}",
                        "high": f"{array.high:g}",
                        "mean": f"{array.mean:g}",
                    },
                )


@rule("COLUMNS_DIFFER", "warning", _SCALE, needs="data")
def columns_differ(subject: Subject) -> Iterator[Hit]:
    """Columns of a table on very different scales."""
    for position, (_, array) in enumerate(_inputs(subject)):
        if array.width > 256 or not array.narrow:
            continue  # pixels in a row are no table
        if array.wide < _RATIO * array.narrow:
            continue
        for call in _first_active(subject, -1 - position):
            if subject.kind(call) in MIXING:
                narrow, wide = f"{array.narrow:.3g}", f"{array.wide:.3g}"
                values = {"name": array.name, "narrow": narrow, "wide": wide}
                yield Hit((subject.index(call),), values)


def _first_active(subject: Subject, source: int) -> Iterator[int]:
    """Yield the calls that first do something with an input."""
    for call in subject.consumers.get(source, ()):
        if subject.is_passive(call) or subject.kind(call).startswith("Random"):
            yield from _first_active(subject, call)
        else:
            yield call


@rule(
    "TOKENS_OUT_OF_RANGE",
    "error",
    "Keras manual, Embedding: keras.io/api/layers/core_layers/embedding",
    needs="data",
)
def tokens_out_of_range(subject: Subject) -> Iterator[Hit]:
    """A token for which the embedding has no row."""
    for position, (_, array) in enumerate(_inputs(subject)):
        for call in _first_active(subject, -1 - position):
            layer = subject.layer(call)
            if layer is None or subject.kind(call) != "Embedding":
                continue
            rows = layer.config.get("input_dim") or 0
            if array.is_number and (array.high >= rows or array.low < 0):
                values = {"rows": rows, "last": rows - 1, "low": f"{array.low:g}"}
                yield Hit((subject.index(call),), {**values, "high": f"{array.high:g}"})


@rule(
    "CONSTANT_COLUMNS",
    "advice",
    "Guyon, Elisseeff 2003, An Introduction to Variable and Feature Selection, "
    "section 2",
    needs="data",
)
def constant_columns(subject: Subject) -> Iterator[Hit]:
    """Columns that tell nothing, because they never change."""
    assert subject.data is not None
    for array in subject.data.inputs:
        if array.constant_columns and array.width <= 256:
            columns = ", ".join(str(one) for one in array.constant_columns)
            yield Hit((), {"name": array.name, "columns": columns})


@rule(
    "MANY_PARAMETERS",
    "advice",
    "Zhang et al. 2017, Understanding Deep Learning Requires Rethinking "
    "Generalization, section 2",
    needs="data",
)
def many_parameters(subject: Subject) -> Iterator[Hit]:
    """Enough parameters to learn every example by heart."""
    assert subject.data is not None
    rows, trained = subject.data.num_rows, subject.model.num_trainable
    if trained > 100 * rows:
        values = {"params": f"{trained:,}", "rows": f"{rows:,}"}
        yield Hit((), {**values, "ratio": f"{trained / rows:,.0f}"})


@rule(
    "BATCHNORM_SHORT_RUN",
    "advice",
    "Keras manual, BatchNormalization, argument momentum: "
    "keras.io/api/layers/normalization_layers/batch_normalization",
    needs="data",
)
def batchnorm_short_run(subject: Subject) -> Iterator[Hit]:
    """Moving statistics that still hold their starting values after an epoch."""
    assert subject.data is not None
    updates = math.ceil(subject.data.num_rows / _BATCH)
    for index, layer in subject.layers_of("BatchNormalization"):
        momentum = layer.config.get("momentum")
        if not layer.trainable or not isinstance(momentum, int | float):
            continue
        left = float(momentum) ** updates
        if left > 0.3:
            yield Hit(
                (index,),
                {
                    "momentum": f"{momentum:g}",
                    "updates": updates,
                    "left": f"{100 * left:.0f}",
                },
            )
