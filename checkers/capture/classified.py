"""What a classifier answers on rows whose classes are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from checkers.snapshot import ClassFacts

__all__ = ["WrongShape", "classes_of", "classified", "labels_of"]

_MAX_CLASSES = 200  # a table of 200 times 200 counts takes about 100 kB
_MAX_HITS = 200_000  # rows; a quarter of that in hexadecimal digits
_SOME = 1_000  # rows on which changed inputs are tried

Predict = Callable[[Any], Any]


class WrongShape(ValueError):
    """A model predicts something else than one row per target."""


def classified(
    predict: Predict, inputs: Any, predicted: Any, targets: Any
) -> tuple[float, ClassFacts]:
    """Return the share of right rows, and what each class was taken for.

    Args:
        predict: Gives the model's prediction for other inputs.
        inputs: What `predicted` was predicted for, shape (rows, …).
        predicted: Scores or probabilities, shape (rows, classes), or one sigmoid unit.
        targets: Labels as numbers, as a column or as one-hot rows.

    Raises:
        WrongShape: If there is not one prediction per row.
    """
    import numpy as np

    labels, found = labels_of(targets), classes_of(predicted)
    if found.shape != labels.shape:
        raise WrongShape(str(predicted.shape))
    hits = found == labels
    width = 1 if predicted.ndim == 1 else int(predicted.shape[-1])
    size = int(max(labels.max(initial=0), found.max(initial=0), width - 1)) + 1
    table: Any = np.zeros((0, 0), "int64")
    if size <= _MAX_CLASSES and labels.min(initial=0) >= 0:
        pairs = labels.astype("int64") * size + found.astype("int64")
        table = np.bincount(pairs, minlength=size * size).reshape(size, size)
    facts = ClassFacts(
        num_outputs=width,
        is_finite=bool(np.isfinite(predicted).all()),
        confusion=tuple(tuple(map(int, row)) for row in table),
        hits=np.packbits(hits).tobytes().hex() if len(hits) <= _MAX_HITS else "",
        input_range=_range(inputs),
        other_inputs=_with_other_inputs(predict, inputs, labels),
    )
    return float(hits.mean()), facts


def classes_of(predicted: Any) -> Any:
    """Return the class of each row: the largest score, or a threshold for one unit.

    One unit is a probability, cut at one half; where a value lies outside 0 to 1 it is
    a logit, cut at 0.
    """
    if predicted.ndim > 1 and predicted.shape[-1] > 1:
        return predicted.argmax(axis=-1)
    alone = predicted.reshape(-1)
    is_probability = bool(((alone >= 0) & (alone <= 1)).all())
    return (alone >= (0.5 if is_probability else 0.0)).astype("int64")


def labels_of(targets: Any) -> Any:
    """Return labels as one whole number per row."""
    import numpy as np

    expected = np.asarray(targets)
    is_one_hot = expected.ndim > 1 and expected.shape[-1] > 1
    labels = expected.argmax(axis=-1) if is_one_hot else expected.reshape(-1)
    return labels.astype("int64") if labels.dtype.kind in "biuf" else labels


def _range(inputs: Any) -> tuple[float, ...]:
    """Return the smallest and the largest input; () if they are no numbers."""
    import numpy as np

    found = np.asarray(inputs)
    if found.dtype.kind not in "biuf" or not found.size:
        return ()
    return float(found.min()), float(found.max())


def _with_other_inputs(predict: Predict, inputs: Any, labels: Any) -> dict[str, float]:
    """Return the share of right rows on some rows, as given and changed."""
    import numpy as np

    rows = np.linspace(0, len(labels) - 1, min(_SOME, len(labels))).astype(int)
    shares: dict[str, float] = {}
    try:
        some = np.asarray(inputs)[rows].astype("float32")
        for name, changed in _changed(some):
            found = classes_of(np.asarray(predict(changed)))
            shares[name] = float((found == labels[rows]).mean())
    except Exception:  # a model that takes these inputs only; what was found stays
        return shares
    return shares


def _changed(inputs: Any) -> Iterator[tuple[str, Any]]:
    """Yield the inputs as given, and in the forms that are often mistaken for them."""
    low, high = float(inputs.min()), float(inputs.max())
    yield "as_given", inputs
    if high > 1.5:
        yield "divided_by_255", inputs / 255
    elif low >= 0:
        yield "times_255", inputs * 255
        yield "minus_1_to_1", inputs * 2 - 1
    spread = float(inputs.std())
    if spread > 0:
        yield "standardized", (inputs - inputs.mean()) / spread
    yield "inverted", low + high - inputs
    if inputs.ndim >= 3:
        yield "mirrored", inputs[:, :, ::-1]
    if inputs.ndim >= 3 and inputs.shape[1] == inputs.shape[2]:
        yield "turned", inputs.swapaxes(1, 2)
