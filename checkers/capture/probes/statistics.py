"""Which statistics a batch normalization uses, found by moving them.

Gamma, beta and the moving statistics are set to random values first. Then the layer's
output tells whose mean and variance went into it.
"""

from __future__ import annotations

from typing import Any

__all__ = ["is_batch_norm", "measure_statistics"]

_ROWS = 32


def is_batch_norm(layer: Any) -> bool:
    """Return True for Keras's BatchNormalization and for classes made of it."""
    import keras

    return isinstance(layer, keras.layers.BatchNormalization) and bool(layer.built)


def measure_statistics(layer: Any, seen: Any) -> dict[str, Any]:
    """Measure what one layer normalizes with, in both modes.

    Args:
        layer: A batch normalization; its state is put back by the caller.
        seen: The tensor that it received in the model; None if it was not called.
    """
    import numpy as np

    rng = np.random.default_rng(0)
    length = int(layer.moving_mean.shape[0])
    rank = layer.input_spec.ndim if seen is None else len(seen.shape)
    axis = int(layer.axis) % rank
    shape = [3] * rank
    shape[0], shape[axis] = max(4, _ROWS // 3 ** (rank - 2)), length
    spread = [length if position == axis else 1 for position in range(rank)]
    inputs = rng.normal(size=shape) * rng.uniform(0.5, 2, spread)
    inputs = (inputs + rng.normal(size=spread)).astype("float32")
    others = tuple(position for position in range(rank) if position != axis)
    batch = inputs.mean(axis=others), inputs.var(axis=others)
    moving = batch[0] + rng.uniform(2, 4, length), rng.uniform(3, 6, length)
    layer.moving_mean.assign(moving[0])
    layer.moving_variance.assign(moving[1])
    scale, shift = _affine(layer, rng, length)

    def normal(statistics: tuple[Any, Any]) -> Any:
        mean, variance = (one.reshape(spread) for one in statistics)
        values = (inputs - mean) / np.sqrt(variance + layer.epsilon)
        return values * scale.reshape(spread) + shift.reshape(spread)

    known = {"moving": normal(moving), "batch": normal(batch)}
    at_inference = _named(layer, inputs, known, training=False)
    moved_early = not np.allclose(_array(layer.moving_mean), moving[0], 1e-4)
    in_training = _named(layer, inputs, known, training=True)
    kept = (_array(layer.moving_mean) - batch[0]) / (moving[0] - batch[0])
    return {
        "training": in_training,
        "inference": at_inference,
        "momentum": float(np.median(kept)),
        "moves_at_inference": bool(moved_early),
    }


def _affine(layer: Any, rng: Any, length: int) -> tuple[Any, Any]:
    """Set gamma and beta, where the layer has them, and return both."""
    import numpy as np

    scale, shift = np.ones(length), np.zeros(length)
    if layer.gamma is not None:
        scale = rng.uniform(0.5, 2, length)
        layer.gamma.assign(scale)
    if layer.beta is not None:
        shift = rng.normal(size=length)
        layer.beta.assign(shift)
    return scale, shift


def _named(layer: Any, inputs: Any, known: dict[str, Any], *, training: bool) -> str:
    """Return whose statistics the output shows: batch, moving or other."""
    import keras
    import numpy as np

    found = _array(layer(keras.ops.convert_to_tensor(inputs), training=training))
    is_half = str(layer.compute_dtype) in ("float16", "bfloat16")
    for name, expected in known.items():
        if np.allclose(found, expected, *((0.1, 0.1) if is_half else (1e-2, 1e-3))):
            return name
    return "other"


def _array(tensor: Any) -> Any:
    import keras

    return keras.ops.convert_to_numpy(keras.ops.cast(tensor, "float32"))
