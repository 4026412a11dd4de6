"""What layers of the learner's own multiply their input with in training."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from checkers.capture.kinds import kind_of
from checkers.capture.probes.watch import Watched
from checkers.capture.trace import taken_by

__all__ = ["measure_multiplier", "own_layers"]

_DRAWS = 8192  # 5 sigma of the mean of a uniform multiplier from 0 to 2 is 0.032


def own_layers(calls: Sequence[Watched]) -> list[Watched]:
    """Return the first call of each layer whose work is not Keras's own.

    A `Lambda` holds the learner's code, too. A model is no layer in this sense.
    """
    import keras

    found: dict[int, Watched] = {}
    for call in calls:
        layer = call.layer
        if isinstance(layer, keras.Model) or not call.inputs:
            continue
        if isinstance(layer, keras.layers.Lambda) or not kind_of(layer)[1]:
            found.setdefault(id(layer), call)
    return list(found.values())


def measure_multiplier(call: Watched) -> dict[str, Any]:
    """Measure one layer on ones, on threes and on zeros, in both modes.

    Returns:
        Moments of the factors, whether they are drawn anew for each call, row and
        unit, also where `fit` has compiled the layer, and what the layer does at
        inference. "shape" is that of one example.
    """
    import keras
    import numpy as np

    layer, seen = call.layer, np.asarray(call.first_input)
    shape = tuple(seen.shape[1:])
    rows = max(2, math.ceil(_DRAWS / 2 / max(1, math.prod(shape))))

    def run(values: Any, training: bool) -> Any:
        mode = taken_by(layer, {"training": training})
        tensor = keras.ops.convert_to_tensor(np.asarray(values, "float32"))
        return np.asarray(keras.ops.convert_to_numpy(layer(tensor, **mode)), "float64")

    ones = np.ones((rows, *shape))
    first, second = run(ones, True), run(ones, True)
    facts = {"name": str(layer.name), "kind": type(layer).__name__, "shape": shape}
    if first.shape != ones.shape:
        return facts | {"output_shape": tuple(first.shape[1:])}
    factors = np.stack([first, second])
    center = factors - factors.mean()
    spread = run(3 * ones, True) / 3
    resting = [run(seen, False) for _ in range(2)]
    flat = first.reshape(rows, -1)
    return facts | {
        "draws": int(factors.size),
        "mean": float(factors.mean()),
        "variance": float(factors.var()),
        "fourth": float((center**4).mean()),
        "low": float(factors.min()),
        "high": float(factors.max()),
        "is_same_twice": bool(np.array_equal(first, second)),
        "is_shared_by_rows": bool((flat == flat[:1]).all()),
        "is_shared_by_units": bool(flat.shape[1] > 1 and (flat == flat[:, :1]).all()),
        "variance_of_threes": float(spread.var()),
        "size_on_zeros": float(np.abs(run(0 * ones, True)).max()),
        "is_identity_at_inference": bool(np.array_equal(resting[0], seen)),
        "is_random_at_inference": not np.array_equal(*resting),
        "is_fixed_in_fit": _is_fixed_in_fit(layer, ones),
    }


def _is_fixed_in_fit(layer: Any, ones: Any) -> bool | None:
    """Return True if a compiled call draws once for all; None if it cannot compile.

    `fit` turns the layer's Python code into a graph once, for batches of any size.
    Random numbers of NumPy or Python are then constants of that graph.
    """
    import numpy as np
    import tensorflow as tf

    mode = taken_by(layer, {"training": True})
    tensor = tf.constant(np.asarray(ones, "float32"))
    any_batch = tf.TensorSpec((None, *ones.shape[1:]), "float32")

    compiled = tf.function(
        lambda values: layer(values, **mode), input_signature=[any_batch]
    )
    try:
        return bool(np.array_equal(compiled(tensor), compiled(tensor)))
    except Exception:
        return None
