"""A trained model, loaded safely and evaluated on the arrays that came along."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from checkers.capture.classified import WrongShape, classified
from checkers.capture.model import capture_model
from checkers.capture.stubs import own_error, short_text
from checkers.capture.unchanged import unchanged
from checkers.parts import Trained
from checkers.snapshot import (
    ClassFacts,
    Facts,
    ModelFacts,
    OtherFacts,
    TrainedFacts,
)

__all__ = ["capture_trained"]


def capture_trained(answer: Any, part: Trained, data: Any) -> Facts:
    """Return the model's layers and its scores.

    Args:
        answer: Path of a `.keras` file, or the model itself.
        part: Which metrics are measured.
        data: (inputs, targets) and, as an optional third, a dict of plain notes such
            as the baseline's score.
    """
    model = answer
    if isinstance(answer, list | tuple) and len(answer) == 1:
        answer = model = answer[0]
    if isinstance(answer, str | os.PathLike):
        path = Path(answer)
        if path.name.endswith(".weights.h5"):
            return OtherFacts("weights_only", path.suffix, path.name[:200])
        if not path.is_file():
            return OtherFacts("no_such_file", type(answer).__name__, str(path)[:200])
        try:
            model = _load(path)
        except Exception as error:
            return OtherFacts(
                "not_loadable", path.suffix, path.name[:200], own_error(error)
            )
    facts = capture_model(model, part.model)
    if not isinstance(facts, ModelFacts):
        return facts
    if not isinstance(data, tuple | list) or len(data) < 2:
        return OtherFacts("no_data", type(data).__name__, short_text(data))
    inputs, targets = data[0], data[1]
    notes = data[2] if len(data) > 2 and isinstance(data[2], dict) else {}
    try:
        # A model's first `predict` compiles a function and keeps it.
        with unchanged(model):
            scores, classes = _scores(model, inputs, targets, part.metrics)
    except WrongShape as error:
        return OtherFacts("wrong_output", type(model).__name__, "", own_error(error))
    except Exception as error:
        return OtherFacts(
            "does_not_predict", type(model).__name__, "", own_error(error)
        )
    plain_notes = {name: _number(value) for name, value in notes.items()}
    return TrainedFacts(facts, scores, len(targets), plain_notes, classes)


def _load(path: Path) -> Any:
    """Load a saved model; code inside the file is never run.

    Its compile settings come along where Keras knows them; a loss of the learner's
    own is no reason not to read the weights.
    """
    import keras

    try:
        return keras.models.load_model(path, safe_mode=True)
    except Exception:
        # A loss of the learner's own need not load; the layers are what counts.
        return keras.models.load_model(path, compile=False, safe_mode=True)


def _scores(
    model: Any, inputs: Any, targets: Any, metrics: tuple[str, ...]
) -> tuple[dict[str, float], ClassFacts | None]:
    """Measure on all rows. `predict` is silent and changes nothing."""
    import numpy as np

    def predict(rows: Any) -> Any:
        return model.predict(rows, batch_size=512, verbose=0)

    predicted = predict(inputs)
    expected = np.asarray(targets)
    if isinstance(predicted, list | tuple | dict):
        raise WrongShape(f"{len(predicted)} outputs")
    predicted = np.asarray(predicted)
    if len(predicted) != len(expected):
        raise WrongShape(str(predicted.shape))
    if "mae" in metrics and predicted.size != expected.size:
        raise WrongShape(str(predicted.shape))
    found: dict[str, float] = {}
    classes = None
    if "mae" in metrics:
        error = np.abs(predicted.reshape(-1) - expected.reshape(-1).astype("float64"))
        found["mae"] = float(error.mean())
    if "accuracy" in metrics:
        share, classes = classified(predict, inputs, predicted, expected)
        found["accuracy"] = share
    return found, classes


def _number(value: Any) -> Any:
    """Return a note as a plain number or text."""
    item = getattr(value, "item", None)
    value = item() if callable(item) else value
    return value if isinstance(value, bool | int | float | str | None) else str(value)
