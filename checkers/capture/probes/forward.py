"""One tiny forward pass on the declared input, in both modes."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from checkers.capture.plain import shape_of
from checkers.capture.probes.inputs import Inputs
from checkers.capture.probes.watch import Watched
from checkers.capture.unchanged import unchanged

__all__ = ["run_forward"]


def run_forward(inputs: Inputs, calls: list[Watched]) -> dict[str, Any]:
    """Run the model at inference and in training.

    Args:
        inputs: Draws inputs that fit.
        calls: Collects the layer calls; those of the first run are kept.
    """
    # A recurrent layer that keeps its state between batches starts anew.
    keeps = unchanged(inputs.model) if inputs.is_stateful else nullcontext()
    with keeps:
        drawn, first = _first_run(inputs)
    del calls[_run_end(calls, inputs.model) :]
    outputs = _arrays(first)
    floats = [output for output in outputs if output.dtype.kind == "f"]
    rest = _second_run(inputs, drawn, first)
    training = _arrays(inputs.model(drawn, training=True))
    return {
        "output_shapes": [_shape(tensor, inputs.batch) for tensor in _flat(first)],
        "dtypes": [str(tensor.dtype.name) for tensor in _flat(first)],
        "is_finite": all(_is_finite(output) for output in floats),
        **rest,
        "training_differs": not _all_close(outputs, training),
    }


def _first_run(inputs: Inputs) -> tuple[Any, Any]:
    """Run on ordinary numbers; where a lookup cannot take them, on whole ones."""
    drawn = inputs.draw()
    try:
        return drawn, inputs.model(drawn, training=False)
    except Exception:
        whole = inputs.draw(whole=True)
        try:
            found = inputs.model(whole, training=False)
        except Exception:
            found = None
        if found is None:
            raise
        inputs.levels = inputs.levels or 10
        return whole, found


def _run_end(calls: list[Watched], model: Any) -> int:
    """Return the number of calls up to the end of the first run of the model."""
    for position, call in enumerate(calls):
        if call.layer is model:
            return position + 1
    return len(calls)


def _second_run(inputs: Inputs, drawn: Any, first: Any) -> dict[str, Any]:
    """Run again without the last example: nothing may change for the others."""
    before = [array[:-1] if array.ndim else array for array in _arrays(first)]
    if not inputs.is_fixed:
        try:
            fewer = _arrays(inputs.model(inputs.all_but_last(drawn), training=False))
        except Exception:  # code that works with one batch size only
            fewer = None
        if fewer is not None and _all_close(before, fewer):
            return {"is_repeatable": True, "is_rowwise": True}
    else:
        fewer = None
    again = _arrays(inputs.model(drawn, training=False))
    is_repeatable = _all_close(_arrays(first), again)
    is_rowwise = None if fewer is None or not is_repeatable else False
    return {"is_repeatable": is_repeatable, "is_rowwise": is_rowwise}


def _shape(tensor: Any, batch: int) -> list[int | None]:
    """Return a shape with None for the batch axis."""
    shape = list(shape_of(tensor))
    if shape and shape[0] == batch:
        shape[0] = None
    return shape


def _flat(outputs: Any) -> list[Any]:
    import keras

    return [keras.ops.convert_to_tensor(one) for one in keras.tree.flatten(outputs)]


def _arrays(outputs: Any) -> list[Any]:
    """Return outputs as arrays; half precision as float32, to compare them."""
    import keras

    found = []
    for tensor in _flat(outputs):
        is_half = tensor.dtype.name in ("float16", "bfloat16")
        tensor = keras.ops.cast(tensor, "float32") if is_half else tensor
        found.append(keras.ops.convert_to_numpy(tensor))
    return found


def _is_finite(array: Any) -> bool:
    import numpy as np

    return bool(np.isfinite(array).all())


def _all_close(first: list[Any], second: list[Any]) -> bool:
    """Return True for equal outputs, up to rounding in sums of another order."""
    return len(first) == len(second) and all(
        _close(one, other) for one, other in zip(first, second, strict=True)
    )


def _close(one: Any, other: Any) -> bool:
    import numpy as np

    if one.shape != other.shape:
        return False
    if one.dtype.kind != "f":
        return bool(np.array_equal(one, other))
    finite = np.abs(one[np.isfinite(one)])
    scale = float(finite.max()) if finite.size else 1.0
    return bool(np.allclose(one, other, 1e-3, 1e-4 * scale, equal_nan=True))
