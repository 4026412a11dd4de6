"""Name an activation by what it does, not by what it is called.

A lambda that calls relu is relu; a function called relu that does something else is
not; `ReLU(max_value=6)` is relu6.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

__all__ = ["UNKNOWN", "activation_of", "learned_activation", "name_of"]

UNKNOWN = "unknown"

_NAMES = (
    "linear",
    "relu",
    "sigmoid",
    "tanh",
    "softmax",
    "softplus",
    "elu",
    "selu",
    "gelu",
    "silu",
    "relu6",
    "leaky_relu",
    "exponential",
    "softsign",
    "hard_sigmoid",
    "log_softmax",
    "mish",
)
# Columns differ, so that softmax along the wrong axis shows; ends show clipping.
_GRID = (
    (-30.0, -6.5, -3.0, -1.0, -0.3, 0.0, 0.2),
    (0.9, 1.0, 2.0, 5.5, 6.5, 30.0, -0.7),
    (-2.5, 0.4, 3.2, -0.05, 7.0, -9.0, 1.5),
)


# Far out, where a bounded function parts from an unbounded one. What overflows there
# (exp, written by hand) is no evidence.
_FAR = ((-1e4, -150.0, 60.0), (1e4, 150.0, 90.0))


def activation_of(layer: Any, kind: str, *, is_keras: bool = True) -> str:
    """Return the name of a layer's activation, "" if it has none.

    A class of the learner's without weights may be an activation as a whole.
    """
    if not is_keras and layer.built and not layer.weights:
        found = name_of(layer)
        return "" if found in (UNKNOWN, "linear") else found
    if kind in ("ReLU", "LeakyReLU", "ELU", "Softmax", "Lambda"):
        found = name_of(layer)
        return "" if found == UNKNOWN else found
    if learned_activation(layer) is not None:
        return "linear"
    function = getattr(layer, "activation", None)
    return name_of(function) if callable(function) else ""


def learned_activation(layer: Any) -> Any:
    """Return the layer that another was given as its activation, if it has weights.

    `Dense(64, activation=PReLU())` is two steps. What is not built yet may have weights
    later; calling it on a grid of ours would build it for the grid.
    """
    import keras

    inner = getattr(layer, "activation", None)
    if not isinstance(inner, keras.layers.Layer):
        return None
    return inner if inner.weights or not inner.built else None


def name_of(function: Callable[[Any], Any]) -> str:
    """Return the name of the Keras activation that `function` equals on a grid.

    A leaky relu with a slope of its own is "leaky_relu(0.1)".
    """
    import keras

    for name in _NAMES:
        if getattr(keras.activations, name, None) is function:
            return name
    try:
        found, far = _values(function)
    except Exception:
        return UNKNOWN
    for name, (values, far_values) in _table().items():
        if _equal(found, values) and _equal(far, far_values, only_finite=True):
            return name
    slope = _slope(found, far)
    return UNKNOWN if slope is None else f"leaky_relu({slope:.6g})"


def _values(function: Callable[[Any], Any]) -> tuple[Any, Any]:
    """Return what a function makes of both grids."""
    import keras
    import numpy as np

    near, far = (
        keras.ops.convert_to_numpy(
            function(keras.ops.convert_to_tensor(np.array(grid, "float32")))
        )
        for grid in (_GRID, _FAR)
    )
    return near, far


def _equal(found: Any, values: Any, *, only_finite: bool = False) -> bool:
    """Return True if two results agree to five digits."""
    import numpy as np

    if found.shape != values.shape:
        return False
    counts = np.isfinite(found) if only_finite else np.full(found.shape, True)
    return bool(np.allclose(found[counts], values[counts], 1e-5, 1e-6))


def _slope(found: Any, far: Any) -> float | None:
    """Return the slope below 0 of a leaky relu; None if it is none."""
    import numpy as np

    grids = (np.array(_GRID, "float32"), np.array(_FAR, "float32"))
    slope = float(found[0][0]) / _GRID[0][0] if found.shape == grids[0].shape else 0.0
    for values, grid in zip((found, far), grids, strict=True):
        if values.shape != grid.shape:
            return None
        if not np.allclose(values, np.where(grid < 0, slope * grid, grid), 1e-4, 1e-5):
            return None
    return slope


@functools.cache
def _table() -> dict[str, tuple[Any, Any]]:
    """Return the values of all named activations on both grids."""
    import keras

    return {
        name: _values(getattr(keras.activations, name))
        for name in _NAMES
        if hasattr(keras.activations, name)
    }
