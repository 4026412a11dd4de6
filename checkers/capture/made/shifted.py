"""Networks whose stored variances do not fit, and what a function makes of them.

A maker gives a network with dropout and batch normalization. Its stored variances are
drawn too large on purpose, as training with dropout leaves them. The observers work
out, with NumPy, what a function on such a network should have found or changed.
"""

from __future__ import annotations

import weakref
from pathlib import Path
from types import SimpleNamespace
from typing import Any

__all__ = [
    "make_normed_model",
    "make_rows",
    "observe_ratios",
    "observe_reestimated",
]

_INPUTS = 6
_RATE = 0.5
_MOMENTUM = 0.99
_DRAWS = 20  # passes with dropout on, to know the variance of such a batch
_STARTS: weakref.WeakKeyDictionary[Any, list[Any]] = weakref.WeakKeyDictionary()


def make_normed_model(_: Path, *, seed: int, units: list[int], order: str) -> Any:
    """Return a small compiled Sequential network, all its numbers drawn from a seed.

    Args:
        seed: Of weights and stored statistics.
        units: Of each hidden layer; a batch normalization belongs to each.
        order: Where dropout stands: "before" or "between" the normalizations, or
            "after" the last one.
    """
    import keras
    import numpy as np
    from keras import layers

    steps: list[Any] = [keras.Input((_INPUTS,))]
    for position, count in enumerate(units):
        steps.append(layers.Dense(count, activation="relu"))
        if order == "before":
            steps.append(layers.Dropout(_RATE))
        steps.append(layers.BatchNormalization(momentum=_MOMENTUM))
        if order == "between" or (order == "after" and position == len(units) - 1):
            steps.append(layers.Dropout(_RATE))
    model = keras.Sequential([*steps, layers.Dense(1)])
    rng = np.random.default_rng(seed)
    values: Any = rng.normal(size=(512, _INPUTS)).astype("float32")
    for layer in model.layers:
        if isinstance(layer, layers.Dense):
            size = int(values.shape[1])
            kernel = rng.normal(size=(size, layer.units)) / np.sqrt(size)
            layer.set_weights([kernel, rng.uniform(0, 0.5, layer.units)])
        elif isinstance(layer, layers.BatchNormalization):
            mean, variance = values.mean(axis=0), values.var(axis=0)
            size = len(mean)
            layer.set_weights(
                [
                    rng.uniform(0.5, 1.5, size),
                    rng.normal(size=size) * 0.3,
                    mean + rng.normal(size=size) * 0.2 * np.sqrt(variance),
                    variance * rng.uniform(1.3, 2.6, size),
                ]
            )
        values = np.asarray(layer(values, training=False))
    model.compile(optimizer="sgd", loss="mse")
    _STARTS[model] = model.get_weights()
    return model


def make_rows(_: Path, *, seed: int, count: int) -> Any:
    """Return training and validation rows as a split has them; they differ clearly."""
    import numpy as np

    rng = np.random.default_rng(seed)
    x_train = rng.normal(size=(count, _INPUTS))
    x_val = 2 * rng.normal(size=(count // 2, _INPUTS)) + 1
    return SimpleNamespace(
        x_train=x_train.astype("float32"),
        y_train=x_train.sum(axis=1).astype("float32"),
        x_val=x_val.astype("float32"),
        y_val=x_val.sum(axis=1).astype("float32"),
    )


def observe_ratios(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Return the right ratios, those of known wrong ways, and what was changed."""
    import numpy as np

    model, x = args
    changed = _changed(model)
    model.set_weights(_STARTS[model])
    noisy = [
        [values.var(axis=0).mean() for _, values, _ in _walk(model, x, is_on=True)]
        for _ in range(_DRAWS)
    ]
    found: dict[str, list[float]] = {}

    def add(name: str, value: Any) -> None:
        found.setdefault(name, []).append(float(value))

    for norm, values, outputs in _walk(model, x):
        mean, stored = np.asarray(norm.moving_mean), np.asarray(norm.moving_variance)
        measured = values.var(axis=0)
        add("expected", stored.mean() / measured.mean())
        add("unbiased", stored.mean() / values.var(axis=0, ddof=1).mean())
        add("upside_down", measured.mean() / stored.mean())
        add("deviations", np.sqrt(stored).mean() / np.sqrt(measured).mean())
        add("root", np.sqrt(stored.mean() / measured.mean()))
        alive = measured > 0  # a ReLU may give nothing but 0
        add("unit_ratios", (stored[alive] / measured[alive]).mean())
        add("moving_mean", mean.mean() / measured.mean())
        add("means", mean.mean() / values.mean())
        add("after_norm", stored.mean() / outputs.var(axis=0).mean())
        add("no_axis", stored.mean() / values.var())
        add("batch_over_off", np.mean([one.pop(0) for one in noisy]) / measured.mean())
    return {"changed": changed, "ratios": found}


def observe_reestimated(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Return what a network stores after a function was to measure it anew."""
    import keras
    import numpy as np

    model, split = args
    start = _STARTS[model]
    final = result if isinstance(result, keras.Model) else model
    if len(final.weights) != len(start) or [
        type(layer).__name__ for layer in final.layers
    ] != [type(layer).__name__ for layer in model.layers]:
        return {"other_model": True}
    changed = _changed(final, start)
    steps: dict[str, Any] = {"train": [], "val": [], "means": [], "finite": True}
    for norm, values, _ in _walk(final, split.x_train):
        mean, stored = np.asarray(norm.moving_mean), np.asarray(norm.moving_variance)
        measured = values.var(axis=0)
        steps["finite"] &= bool(np.isfinite([mean, stored]).all())
        steps["train"].append(float(stored.mean() / measured.mean()))
        off = np.abs(mean - values.mean(axis=0)) / np.sqrt(measured + 1e-6)
        steps["means"].append(float(off.max()))
    for norm, values, _ in _walk(final, split.x_val):
        stored = np.asarray(norm.moving_variance)
        steps["val"].append(float(stored.mean() / values.var(axis=0).mean()))
    variances = [
        np.asarray(norm.moving_variance) for norm, _, _ in _walk(final, split.x_train)
    ]
    means = [np.asarray(norm.moving_mean) for norm, _, _ in _walk(final, split.x_train)]
    drawn = [
        [v.var(axis=0).mean() for _, v, _ in _walk(final, split.x_train, is_on=True)]
        for _ in range(_DRAWS)
    ]
    with_masks = np.mean(drawn, axis=0)  # before the start comes back: it uses `final`
    noisy = [float(v.mean() / w) for v, w in zip(variances, with_masks, strict=True)]
    final.set_weights(start)
    at_once, kept, old_means = [], [], []
    for place, (norm, values, _) in enumerate(_walk(final, split.x_train)):
        measured = values.var(axis=0)
        at_once.append(float(variances[place].mean() / measured.mean()))
        kept.append(
            bool(np.allclose(variances[place], norm.moving_variance, rtol=1e-4))
        )
        old_means.append(bool(np.allclose(means[place], norm.moving_mean, atol=1e-4)))
    return {
        **steps,
        "other_model": False,
        "changed": changed,
        "at_once": at_once,
        "kept": kept,
        "old_means": old_means,
        "noisy": noisy,
    }


def _walk(model: Any, x: Any, *, is_on: bool = False) -> list[tuple[Any, Any, Any]]:
    """Return each batch normalization with what goes in and what comes out.

    Args:
        model: A Sequential network; its normalizations run at inference.
        x: Rows, float32, `(batch, features)`.
        is_on: True to draw masks on the way.
    """
    import numpy as np
    from keras import layers

    found, values = [], np.asarray(x)
    for layer in model.layers:
        drops = is_on and isinstance(layer, layers.Dropout)
        outputs = np.asarray(layer(values, training=drops))
        if isinstance(layer, layers.BatchNormalization):
            found.append((layer, values, outputs))
        values = outputs
    return found


def _changed(model: Any, start: list[Any] | None = None) -> list[str]:
    """Return names of what differs from the start: weights, rate, momentum, switch."""
    import numpy as np
    from keras import layers

    before = _STARTS[model] if start is None else start
    found = [
        str(weight.path).rsplit("/", 1)[-1]
        for weight, old in zip(model.weights, before, strict=True)
        if not np.allclose(weight, old, rtol=1e-5, atol=1e-6)
    ]
    for layer in model.layers:
        if isinstance(layer, layers.Dropout) and float(layer.rate) != _RATE:
            found.append("rate")
        if isinstance(layer, layers.BatchNormalization):
            if not np.isclose(float(layer.momentum), _MOMENTUM):
                found.append("momentum")
            if not layer.trainable:
                found.append("trainable")
    return sorted(set(found))
