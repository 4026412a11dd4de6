"""Small bases and heads for the functions of lesson 13, and what they saw."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["cam_base", "cam_head", "counted_base", "observe_heads", "small_head"]

BATCH = 32
"""Pictures that one forward call may be expected to take."""


def counted_base(_: Path, *, seed: int) -> Any:
    """Return a base that counts its forward calls, in a model of its own.

    It adds noise while it trains, and normalizes by the batch or by moving statistics:
    what it gives depends on the mode. (No random picture layer: in Keras 3.15 those act
    in a plain call as well.)

    Shape:
        input: (None, 6, 6, 3).
        output: (None, 2, 2, 5).
    """
    import keras
    import numpy as np
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((6, 6, 3)),
            _counter(),
            layers.GaussianNoise(0.5),
            layers.Conv2D(5, 3, strides=2, activation="softplus"),
            layers.BatchNormalization(),
        ],
        name="base",
    )
    rng = np.random.default_rng(seed)
    for layer in model.layers[1:]:
        weights = layer.get_weights()
        drawn = [np.abs(rng.normal(1.0, 0.4, w.shape)) for w in weights]
        if layer.name.startswith("conv"):
            drawn = [rng.normal(0.0, 0.5, w.shape) for w in weights]
        if drawn:
            layer.set_weights(drawn)
    return model


def _counter() -> Any:
    """Return a layer that changes nothing and counts how often it runs."""
    import keras

    class Counter(keras.layers.Layer):  # type: ignore[misc]
        """Counts its runs, also inside a compiled function."""

        def build(self, input_shape: Any) -> None:
            """Make the two counts."""
            for name in ("runs", "training_runs"):
                weight = self.add_weight(
                    shape=(), initializer="zeros", trainable=False, name=name
                )
                setattr(self, name, weight)

        def call(self, inputs: Any, training: bool | None = None) -> Any:
            """Count, and return the inputs."""
            self.runs.assign_add(1.0)
            if training:
                self.training_runs.assign_add(1.0)
            return inputs

    return Counter(name="counter")


def small_head(_: Path, *, seed: int) -> Any:
    """Return a head on 2 x 2 x 5 features, four probabilities, with dropout."""
    import keras
    import numpy as np
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((2, 2, 5)),
            layers.GlobalAveragePooling2D(),
            layers.Dropout(0.5),
            layers.Dense(4, activation="softmax"),
        ]
    )
    rng = np.random.default_rng(seed)
    dense = model.layers[-1]
    dense.set_weights([rng.normal(size=w.shape) for w in dense.get_weights()])
    return model


def observe_heads(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Compare each head's outputs with end to end, and tell the number of calls."""
    import numpy as np

    base, heads, pictures = args
    counter = base.layers[0]
    found: dict[str, Any] = {
        "runs": int(counter.runs.numpy()),
        "training_runs": int(counter.training_runs.numpy()),
        "allowed": -(-len(pictures) // BATCH),
        "problem": "",
        "expected": str(len(heads)),
        "received": "",
    }
    if not isinstance(result, list | tuple) and not hasattr(result, "shape"):
        return found | {"problem": "list", "received": type(result).__name__}
    if len(result) != len(heads):
        return found | {"problem": "count", "received": str(len(result))}
    features = base(pictures, training=False)
    worst = 0.0
    for number, (head, one) in enumerate(zip(heads, result, strict=True)):
        right = np.asarray(head(features, training=False), "float64")
        try:
            given = np.asarray(one, "float64")
        except (TypeError, ValueError):
            return found | {"problem": "numbers", "received": type(one).__name__}
        if given.shape != right.shape:
            shapes = {"expected": str(right.shape), "received": str(given.shape)}
            return found | {"problem": "shape", "head": number, **shapes}
        worst = max(worst, float(np.abs(given - right).max()))
    is_finite = bool(np.isfinite(worst))
    return found | {"difference": worst if is_finite else -1.0, "is_finite": is_finite}


def cam_base(_: Path, *, seed: int) -> Any:
    """Return a base with four 3 x 3 kernels: maps of 4 channels, two pixels smaller."""
    import keras

    model = keras.Sequential(
        [keras.Input((None, None, 3)), keras.layers.Conv2D(4, 3, activation="tanh")]
    )
    model.set_weights(_drawn(seed, [w.shape for w in model.get_weights()], 2.0))
    return model


def cam_head(_: Path, *, seed: int, rows: int, columns: int) -> Any:
    """Return a head on such maps that gives three scores."""
    import keras

    model = keras.Sequential(
        [
            keras.Input((rows, columns, 4)),
            keras.layers.Flatten(),
            keras.layers.Dense(6, activation="tanh"),
            keras.layers.Dense(3),
        ]
    )
    model.set_weights(_drawn(seed + 1, [w.shape for w in model.get_weights()], 3.0))
    return model


def _drawn(seed: int, shapes: list[tuple[int, ...]], gain: float) -> list[Any]:
    """Return weights from a seed, smaller where many inputs are added up.

    The reference of the key draws the same.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    spreads = [
        gain / np.sqrt(np.prod(shape[:-1])) if len(shape) > 1 else 0.1
        for shape in shapes
    ]
    return [rng.normal(0.0, s, shape) for s, shape in zip(spreads, shapes, strict=True)]
