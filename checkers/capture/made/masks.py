"""A network whose 16 dropout masks can be listed, and what many passes should give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["dropout_model", "monte_carlo"]


def dropout_model(_: Path, *, seed: int = 0) -> Any:
    """Return a network of four hidden units with dropout, weights from a seed."""
    import keras
    import numpy as np

    model = keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Dense(4, activation="softplus"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(2, activation="softplus"),
        ]
    )
    rng = np.random.default_rng(seed)
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    return model


def monte_carlo(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Compare mean and spread over passes with all 16 masks, in standard errors."""
    import numpy as np

    model, inputs, passes = args
    inference = np.asarray(model(inputs, training=False), "float64")
    found: dict[str, Any] = {"problem": "", "expected": "", "received": ""}
    if not isinstance(result, list | tuple) or len(result) != 2:
        kind = type(result).__name__
        return found | {"problem": "pair", "expected": "2 arrays", "received": kind}
    mean, spread = (np.asarray(part, "float64") for part in result)
    for part in (mean, spread):
        if part.shape != inference.shape:
            shapes = {"expected": str(inference.shape), "received": str(part.shape)}
            return found | {"problem": "shape", **shapes}
        if not np.isfinite(part).all():
            return found | {"problem": "finite", "received": str(part.flat[0])}
    every = _all_masks(model, inputs)
    center, deviation = every.mean(axis=0), every.std(axis=0)
    fourth = ((every - center) ** 4).mean(axis=0)
    mean_error = deviation / np.sqrt(passes)
    variance_error = np.sqrt(np.maximum(fourth - deviation**4, 0.0) / passes)
    spread_error = variance_error / (2 * deviation) + 2 * deviation / passes
    expects_spread = passes > 1
    wanted = deviation if expects_spread else np.zeros_like(deviation)
    return found | {
        "is_inference": bool(np.allclose(mean, inference, atol=1e-5)),
        "is_spread_zero": bool(np.allclose(spread, 0.0, atol=1e-4)),
        "is_variance": bool(
            expects_spread
            and _sigmas(np.sqrt(np.abs(spread)) - wanted, spread_error) <= 5
            and _sigmas(spread - wanted, spread_error) > 5
        ),
        "mean_sigmas": _sigmas(mean - center, mean_error),
        "spread_sigmas": _sigmas(spread - wanted, spread_error),
    }


def _all_masks(model: Any, inputs: Any) -> Any:
    """Return the predictions of `dropout_model` under each of its 16 masks."""
    import itertools

    import numpy as np

    w_1, b_1, w_2, b_2 = (np.asarray(w, "float64") for w in model.get_weights())
    hidden = np.logaddexp(0.0, np.asarray(inputs, "float64") @ w_1 + b_1)
    masks = itertools.product((0.0, 2.0), repeat=4)
    return np.stack(
        [np.logaddexp(0.0, (hidden * np.array(m)) @ w_2 + b_2) for m in masks]
    )


def _sigmas(difference: Any, error: Any) -> float:
    """Return the largest difference in standard errors."""
    import numpy as np

    return float(np.max(np.abs(difference) / (error + 1e-6)))
