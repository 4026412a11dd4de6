"""What a model computes with drawn weights: inputs, weights and outputs as numbers.

With these a key can work the outputs out anew, whatever layers the learner wrote.
"""

from __future__ import annotations

from typing import Any

from checkers.capture.probes.inputs import Inputs

__all__ = ["measure_computed"]

_MAX_NUMBERS = 20_000
_DIGITS = 8  # a float32 has seven


def measure_computed(inputs: Inputs) -> dict[str, Any]:
    """Return one input, all weights (drawn anew) and the outputs at inference.

    Weights are drawn from a uniform distribution between -0.5 and 0.5, so that no two
    are equal and no sum is far from 0. Whoever calls puts the old ones back.

    Returns:
        "inputs" and "outputs": nested lists without the batch axis, one per input and
        output; "weights": name, shape and entries of each; "too_large" with the count
        alone where there are more than 20,000 numbers.
    """
    import keras
    import numpy as np

    rng = np.random.default_rng(0)
    weights = []
    for variable in inputs.model.variables:
        if "float" not in str(variable.dtype):
            continue
        drawn = rng.uniform(-0.5, 0.5, tuple(variable.shape))
        variable.assign(drawn.astype(str(variable.dtype)))
        weights.append(
            {
                "name": str(variable.path).rsplit("/", 1)[-1],
                "shape": list(variable.shape),
                "trainable": bool(variable.trainable),
                "values": _plain(variable.numpy().reshape(-1)),
            }
        )
    drawn = keras.tree.flatten(inputs.draw(1))
    packed = inputs.packed([np.asarray(one) for one in drawn])
    outputs = keras.tree.flatten(inputs.model(packed, training=False))
    given = [np.asarray(one)[0] for one in drawn]
    found = [keras.ops.convert_to_numpy(one)[0] for one in outputs]
    count = sum(one.size for one in (*given, *found))
    count += sum(len(weight["values"]) for weight in weights)
    if count > _MAX_NUMBERS:
        counts = [{**weight, "values": []} for weight in weights]
        return {"too_large": int(count), "weights": counts}
    return {
        "inputs": [_plain(one) for one in given],
        "outputs": [_plain(one) for one in found],
        "weights": weights,
    }


def _plain(array: Any) -> Any:
    """Return an array as nested lists of short numbers."""
    import numpy as np

    return np.round(array.astype("float64"), _DIGITS).tolist()
