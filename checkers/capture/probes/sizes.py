"""Runs of one model on inputs of several sizes."""

from __future__ import annotations

from typing import Any

from checkers.capture.stubs import own_error
from checkers.parts import Model

__all__ = ["run_sizes"]

_BATCH = 2


def run_sizes(model: Any, part: Model) -> dict[str, Any]:
    """Run the model at inference on each size that the exercise states.

    Args:
        model: A built model with one input.
        part: Its `sizes` are shapes of one example.

    Returns:
        One dict per size under "runs": `size`; then either `error`, or `shape` of one
        result, `is_finite`, and `sum_error`, how far the entries of a result are from
        adding up to 1 without one below 0 (None for anything but rows of numbers).
    """
    return {"runs": [_run(model, size, part.dtypes[0]) for size in part.sizes]}


def _run(model: Any, size: tuple[int, ...], dtype: str) -> dict[str, Any]:
    import keras
    import numpy as np

    rng = np.random.default_rng(0)
    drawn = rng.normal(size=(_BATCH, *size)).astype(dtype)
    try:
        found = model(keras.ops.convert_to_tensor(drawn), training=False)
        result = np.asarray(keras.ops.convert_to_numpy(found), "float64")
    except Exception as error:
        return {"size": list(size), "error": own_error(error).message[:500]}
    is_finite = bool(np.isfinite(result).all())
    seen: dict[str, Any] = {
        "size": list(size),
        "shape": [int(length) for length in result.shape[1:]],
        "is_finite": is_finite,
        "sum_error": None,
    }
    if result.ndim == 2 and is_finite:
        below = float(max(0.0, -result.min()))
        seen["sum_error"] = max(below, float(np.abs(result.sum(axis=1) - 1).max()))
    return seen
