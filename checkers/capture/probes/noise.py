"""What dropout and noise layers do in training, and that they rest at inference."""

from __future__ import annotations

import math
from typing import Any

__all__ = ["is_noise", "measure_noise"]

# At least so many independent draws: 5 sigma of the share at rate 0.5 is 0.039.
_DRAWS = 4096
_MAX_RUNS = 16
_GAUSSIAN = ("GaussianDropout", "GaussianNoise")
_KINDS = (
    "Dropout",
    "AlphaDropout",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "SpatialDropout3D",
    *_GAUSSIAN,
)


def is_noise(layer: Any) -> bool:
    """Return True for Keras's dropout and noise layers and for classes made of them."""
    return bool(_kind(layer))


def measure_noise(layer: Any, seen: Any) -> dict[str, Any]:
    """Measure one layer, as it is, on inputs of its own.

    Args:
        layer: A layer that `is_noise`; its state is put back by the caller.
        seen: The tensor that it received in the model; None if it was not called.
    """
    kind = _kind(layer)
    shape, draws = _plan(layer, kind)
    found = (
        _gaussian(layer, shape) if kind in _GAUSSIAN else _dropped(layer, shape, draws)
    )
    return {**found, "is_identity_at_inference": _rests(layer, shape, seen)}


def _kind(layer: Any) -> str:
    """Return the Keras class whose work a layer does; "" for another layer."""
    import keras

    for cls in type(layer).__mro__:
        name = cls.__name__
        if name in _KINDS and getattr(keras.layers, name) is cls:
            return name
    return ""


def _plan(layer: Any, kind: str) -> tuple[tuple[int, ...], int]:
    """Return an input shape and how many independent draws it brings."""
    noise = getattr(layer, "noise_shape", None)
    if kind.startswith("Spatial"):
        between = (2,) * int(kind[-2])
        if getattr(layer, "data_format", "") == "channels_first":
            return (64, 64, *between), 64 * 64
        return (64, *between, 64), 64 * 64
    if not noise:
        return (_DRAWS // 4, 4), _DRAWS
    fixed = math.prod(size for size in noise if size)
    shape = [2 if size == 1 else size or 4 for size in noise]
    draws = math.prod(size or 4 for size in noise)
    if None in noise:
        first = noise.index(None)
        free = [size for size in noise if size is None][1:]
        shape[first] = -(-_DRAWS // (fixed * 4 ** len(free)))
        draws = draws // 4 * shape[first]
    return tuple(shape), draws


def _dropped(layer: Any, shape: tuple[int, ...], draws: int) -> dict[str, Any]:
    """Measure the share of ones that is dropped, and what becomes of the others.

    Where the share looks unlikely for the layer's own rate, more draws decide: with
    thousands of checks, 5 sigma are passed by chance now and then.
    """
    runs = min(_MAX_RUNS, -(-_DRAWS // draws))
    outputs = [_on_ones(layer, shape) for _ in range(runs)]
    rate = float(getattr(layer, "rate", 0.0))
    sigma = math.sqrt(max(rate * (1 - rate), 1e-9) / (draws * runs))
    if abs(_share(outputs)[0] - rate) > 4 * sigma:
        outputs += [_on_ones(layer, shape) for _ in range(4 * runs)]
    share, low, high = _share(outputs)
    return {
        "zeros": share,
        "low": low,
        "high": high,
        "mean": float(sum(output.mean() for output in outputs) / len(outputs)),
        "draws": draws * len(outputs),
    }


def _share(outputs: list[Any]) -> tuple[float, float, float]:
    """Return the share of the lower of two values, and both values.

    Dropout leaves 0 in place of what it drops, AlphaDropout another constant.
    """
    low = float(min(output.min() for output in outputs))
    high = float(max(output.max() for output in outputs))
    if high - low < 1e-6:
        return (1.0 if high == 0 else 0.0), low, high
    middle = (low + high) / 2
    count = sum(int((output < middle).sum()) for output in outputs)
    return count / sum(output.size for output in outputs), low, high


def _gaussian(layer: Any, shape: tuple[int, ...]) -> dict[str, Any]:
    """Measure the spread on ones and on zeros: noise that multiplies spares zeros."""
    import keras

    on_ones = _on_ones(layer, shape)
    zeros = keras.ops.zeros(shape)
    on_zeros = _array(layer(zeros, training=True))
    return {
        "mean": float(on_ones.mean()),
        "std": float(on_ones.std()),
        "std_on_zeros": float(on_zeros.std()),
        "draws": int(on_ones.size),
    }


def _on_ones(layer: Any, shape: tuple[int, ...]) -> Any:
    import keras

    return _array(layer(keras.ops.ones(shape), training=True))


def _rests(layer: Any, shape: tuple[int, ...], seen: Any) -> bool:
    """Return True if the layer hands its input on unchanged at inference."""
    import keras
    import numpy as np

    if seen is None:
        values = np.random.default_rng(0).normal(size=shape).astype("float32")
        seen = keras.ops.convert_to_tensor(values)
    kept = layer(seen, training=False)
    same = keras.ops.cast(seen, kept.dtype)
    return bool(np.array_equal(_array(kept), _array(same), equal_nan=True))


def _array(tensor: Any) -> Any:
    import keras

    return keras.ops.convert_to_numpy(keras.ops.cast(tensor, "float32"))
