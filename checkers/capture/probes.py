"""Small numbers measured by running an answer; every state is put back.

Each probe runs on a few values only: a check with all of them stays well under a
tenth of a second.
"""

from __future__ import annotations

from typing import Any

from checkers.capture.plain import shape_of
from checkers.capture.quiet import unchanged
from checkers.capture.stubs import own_error
from checkers.layers import MODE_KINDS
from checkers.parts import Model
from checkers.snapshot import ProbeFacts

__all__ = ["probe_model"]

_BATCH = 4
_DROPOUT_ENTRIES = 4096  # 5 sigma of the dropped share at rate 0.5: 0.039
_DROPS = {kind for kind in MODE_KINDS if "Dropout" in kind and "Gaussian" not in kind}


def probe_model(
    model: Any, part: Model, layers: list[tuple[Any, tuple[str, ...]]]
) -> tuple[ProbeFacts, ...]:
    """Return all probes that fit the model.

    Args:
        model: A built model.
        part: What the exercise says about its input.
        layers: The model's layers with the names of the containers around them.
    """
    found: list[ProbeFacts] = []
    with unchanged(model):
        found.append(
            _guarded("forward", None, lambda: _forward(model, part.inputs, part))
        )
        for index, (layer, _) in enumerate(layers):
            if type(layer).__name__ in _DROPS and type(layer).__module__.startswith(
                "keras"
            ):
                found.append(_guarded("dropout", index, lambda d=layer: _dropout(d)))
    return tuple(found)


def _guarded(name: str, layer: int | None, measure: Any) -> ProbeFacts:
    """Run one probe; an error becomes data."""
    try:
        return ProbeFacts(name, layer, measure())
    except Exception as error:
        return ProbeFacts(name, layer, {}, own_error(error))


def _forward(model: Any, shape: tuple[int, ...], part: Model) -> dict[str, Any]:
    """Run the model on a few random inputs of the declared shape, in both modes."""
    import keras
    import numpy as np

    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(_BATCH, *shape)).astype(part.dtype)
    tensors = keras.ops.convert_to_tensor(inputs)
    first = model(tensors, training=False)
    again = keras.ops.convert_to_numpy(model(tensors, training=False))
    training = keras.ops.convert_to_numpy(model(tensors, training=True))
    found = keras.ops.convert_to_numpy(first)
    return {
        "output_shape": [None, *shape_of(first)[1:]],
        "is_finite": bool(np.isfinite(found).all()),
        "is_repeatable": bool(np.allclose(found, again, equal_nan=True)),
        "training_differs": not np.allclose(found, training, equal_nan=True),
    }


def _dropout(layer: Any) -> dict[str, Any]:
    """Measure what a dropout layer drops in training and keeps at inference."""
    import keras
    import numpy as np

    rank = 2
    for size in range(2, 6):
        if f"{size - 2}D" in type(layer).__name__:
            rank = size
    shape = (_DROPOUT_ENTRIES // 4, 4) if rank == 2 else (64, *(2,) * (rank - 2), 64)
    ones = keras.ops.ones(shape)
    dropped = keras.ops.convert_to_numpy(layer(ones, training=True))
    kept = keras.ops.convert_to_numpy(layer(ones, training=False))
    return {
        "zeros": float((dropped == 0).mean()),
        "mean": float(dropped.mean()),
        "draws": int(dropped.size if rank == 2 else 64 * 64),
        "is_identity_at_inference": bool(np.array_equal(kept, np.ones(shape))),
    }
