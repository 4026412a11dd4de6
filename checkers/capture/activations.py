"""Name an activation by what it does, not by what it is called.

A lambda that calls relu is relu; a function called relu that does something else is
not; `ReLU(max_value=6)` is relu6.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

__all__ = ["UNKNOWN", "activation_of", "name_of"]

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
    function = getattr(layer, "activation", None)
    return name_of(function) if callable(function) else ""


def name_of(function: Callable[[Any], Any]) -> str:
    """Return the name of the Keras activation that `function` equals on a grid."""
    import keras
    import numpy as np

    for name in _NAMES:
        if getattr(keras.activations, name, None) is function:
            return name
    try:
        grid = keras.ops.convert_to_tensor(np.array(_GRID, "float32"))
        found = np.asarray(keras.ops.convert_to_numpy(function(grid)))
    except Exception:
        return UNKNOWN
    for name, values in _table():
        if found.shape == values.shape and np.allclose(found, values, 1e-5, 1e-6):
            return name
    return UNKNOWN


@functools.cache
def _table() -> tuple[tuple[str, Any], ...]:
    """Return the values of all named activations on the grid."""
    import keras
    import numpy as np

    grid = keras.ops.convert_to_tensor(np.array(_GRID, "float32"))
    return tuple(
        (name, keras.ops.convert_to_numpy(getattr(keras.activations, name)(grid)))
        for name in _NAMES
        if hasattr(keras.activations, name)
    )
