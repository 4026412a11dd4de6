"""How far a model is from a straight line.

A model without a bend, however many layers it has, obeys f(x) + f(-x) = 2 f(0) for all
x. (f(2x) = 2 f(x) tells nothing: a fresh ReLU network obeys it too, because Keras's
biases start at 0.)
"""

from __future__ import annotations

from typing import Any

from checkers.capture.probes.inputs import Inputs

__all__ = ["NUM_POINTS", "measure_bends"]

NUM_POINTS = 50
_ROUNDING = 1e-5  # of the largest output: a sum of some hundred float32 terms


def measure_bends(inputs: Inputs) -> dict[str, Any]:
    """Return the largest |f(x) + f(-x) - 2 f(0)|, as a share of the outputs' size.

    Args:
        inputs: Knows the shape of the model's one float input.
    """
    import keras
    import numpy as np

    if len(inputs.shapes) != 1 or not inputs.dtypes[0].startswith("float"):
        return {}
    rng = np.random.default_rng(0)
    points = rng.normal(size=(NUM_POINTS, *inputs.shapes[0]))
    zero = np.zeros((1, *inputs.shapes[0]))
    both = np.concatenate([points, -points, zero]).astype("float32")
    outputs = inputs.model(inputs.packed([both]), training=False)
    values = keras.ops.convert_to_numpy(keras.tree.flatten(outputs)[0])
    values = values.astype("float64").reshape(len(both), -1)
    plus, minus, center = np.split(values, [NUM_POINTS, 2 * NUM_POINTS])
    size = float(np.abs(values - center).max())
    noise = _ROUNDING * float(np.abs(values).max())
    bend = max(0.0, float(np.abs(plus + minus - 2 * center).max()) - noise)
    return {"points": NUM_POINTS, "bend": bend / size if size else 0.0}
