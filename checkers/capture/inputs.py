"""Inputs to run a model on: of its own shapes, or of those that the exercise states."""

from __future__ import annotations

from typing import Any

from checkers.capture.plain import shape_of
from checkers.parts import Model
from checkers.snapshot import Shape

__all__ = [
    "as_taken",
    "declared_inputs",
    "input_shapes",
    "number_inputs",
    "symbolic_inputs",
]


def symbolic_inputs(model: Any, part: Model) -> Any:
    """Return fresh symbolic inputs of the model's own shapes."""
    import keras

    tensors = [
        keras.Input(batch_shape=(None, *shape[1:]), dtype=dtype)
        for shape, dtype in declared_inputs(model, part)
    ]
    return as_taken(model, tensors)


def number_inputs(model: Any, part: Model) -> Any:
    """Return small arrays of the model's own shapes."""
    import keras
    import numpy as np

    rng = np.random.default_rng(0)
    tensors = [
        keras.ops.convert_to_tensor(
            rng.normal(size=(2, *(size or 4 for size in shape[1:]))).astype(dtype)
        )
        for shape, dtype in declared_inputs(model, part)
    ]
    return as_taken(model, tensors)


def as_taken(model: Any, tensors: list[Any]) -> Any:
    """Return inputs in the structure that the model takes: one, a list or a dict."""
    import keras

    if len(tensors) == 1 and not isinstance(getattr(model, "input", None), dict):
        return tensors[0]
    try:
        return keras.tree.pack_sequence_as(model.input, tensors)
    except Exception:  # a subclass has no declared structure
        return tensors


def input_shapes(model: Any, part: Model) -> tuple[Shape, ...]:
    """Return the shapes of the model's inputs, or those that the exercise states."""
    return tuple(shape for shape, _ in declared_inputs(model, part))


def declared_inputs(model: Any, part: Model) -> list[tuple[Shape, str]]:
    """Return shape and element type of each input, by the model or by the exercise."""
    inputs = getattr(model, "inputs", None)
    if isinstance(inputs, list | tuple) and inputs:
        return [(shape_of(tensor), str(tensor.dtype)) for tensor in inputs]
    return [
        ((None, *shape), dtype)
        for shape, dtype in zip(part.shapes, part.dtypes, strict=True)
    ]
