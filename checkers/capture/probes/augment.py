"""That augmentation layers act in training and rest at inference."""

from __future__ import annotations

from typing import Any

__all__ = ["is_augmentation", "measure_augmentation"]

_SIZE = 12  # pixels along each side: turning and shifting show on a small picture
_TRIES = 6
# These give pictures of another size, at inference as well.
_RESIZING = ("RandomCrop",)


def is_augmentation(layer: Any) -> bool:
    """Return True for Keras's random picture layers and for classes made of them."""
    import keras

    return any(
        cls.__name__.startswith("Random")
        and cls.__name__ not in _RESIZING
        and getattr(keras.layers, cls.__name__, None) is cls
        for cls in type(layer).__mro__
    )


def measure_augmentation(layer: Any, seen: Any) -> dict[str, Any]:
    """Measure one layer on small random pictures.

    Args:
        layer: An augmentation layer; its state is put back by the caller.
        seen: The tensor that it received in the model; None if it was not called.
    """
    import keras
    import numpy as np

    channels = 3 if seen is None else int(seen.shape[-1])
    top = float(np.max(getattr(layer, "value_range", (0, 255))))
    rng = np.random.default_rng(0)
    values = rng.uniform(0.1 * top, 0.9 * top, (4, _SIZE, _SIZE, channels))
    pictures = keras.ops.convert_to_tensor(values.astype("float32"))
    kept = _array(layer(pictures, training=False))
    before = _array(keras.ops.cast(pictures, layer.compute_dtype))
    acts = False
    for _ in range(_TRIES):  # a flip leaves all four pictures alone now and then
        acts = not np.allclose(_array(layer(pictures, training=True)), before, 1e-3)
        if acts:
            break
    return {
        "acts_in_training": acts,
        "is_identity_at_inference": bool(np.array_equal(kept, before)),
    }


def _array(tensor: Any) -> Any:
    import keras

    return keras.ops.convert_to_numpy(keras.ops.cast(tensor, "float32"))
