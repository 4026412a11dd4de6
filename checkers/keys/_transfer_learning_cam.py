"""Grad-CAM worked out without Keras, and the wrong ways to it; needs NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = [
    "added_up",
    "averaged_maps",
    "by_position",
    "cam",
    "cut_first",
    "largest",
    "not_cut",
    "of_all_classes",
    "of_probability",
    "scaled_to_one",
    "unweighted",
]

Array = Any


def cam(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return relu(Σ_k α_k A_k), α_k the mean gradient of a score by map k."""
    return np.maximum(not_cut(base, head, picture, label), 0.0)


def not_cut(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return the sum with its negative values."""
    maps, gradient = _maps_and_gradient(base, head, picture, label)
    return maps @ gradient.mean(axis=(0, 1))


def added_up(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return the map for sums of gradients in place of means."""
    maps, gradient = _maps_and_gradient(base, head, picture, label)
    return np.maximum(maps @ gradient.sum(axis=(0, 1)), 0.0)


def largest(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return the map for the largest gradient of each map."""
    maps, gradient = _maps_and_gradient(base, head, picture, label)
    return np.maximum(maps @ gradient.max(axis=(0, 1)), 0.0)


def by_position(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return gradient times map, position by position."""
    maps, gradient = _maps_and_gradient(base, head, picture, label)
    return np.maximum((maps * gradient).sum(axis=-1), 0.0)


def averaged_maps(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return the mean over the maps in place of the sum."""
    maps, gradient = _maps_and_gradient(base, head, picture, label)
    weights = gradient.mean(axis=(0, 1))
    return np.maximum((maps * weights).mean(axis=-1), 0.0)


def unweighted(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return the plain sum of the maps, cut at 0."""
    maps, _ = _maps_and_gradient(base, head, picture, label)
    return np.maximum(maps.sum(axis=-1), 0.0)


def of_all_classes(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return the map for the sum of all scores."""
    maps, _ = _maps_and_gradient(base, head, picture, label)
    gradient = sum(_maps_and_gradient(base, head, picture, one)[1] for one in range(3))
    return np.maximum(maps @ np.asarray(gradient).mean(axis=(0, 1)), 0.0)


def of_probability(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return the map for the gradient of a softmax probability."""
    maps, _ = _maps_and_gradient(base, head, picture, label)
    scores = _scores(base, head, picture)
    shares = np.exp(scores - scores.max())
    shares = shares / shares.sum()
    slopes = [
        shares[label] * ((one == label) - shares[one]) for one in range(len(shares))
    ]
    gradient = sum(
        slope * _maps_and_gradient(base, head, picture, one)[1]
        for one, slope in enumerate(slopes)
    )
    return np.maximum(maps @ np.asarray(gradient).mean(axis=(0, 1)), 0.0)


def scaled_to_one(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return the right map divided by its largest entry."""
    right = cam(base, head, picture, label)
    top = right.max()
    return right / top if top > 0 else right


def _maps(base: Any, picture: Array) -> Array:
    """Return the base's maps (height, width, 4)."""
    kernel, bias = _drawn(_setting(base, "seed"), [(3, 3, 3, 4), (4,)], 2.0)
    pixels = np.asarray(picture, "float64")
    windows = np.lib.stride_tricks.sliding_window_view(pixels, (3, 3), axis=(0, 1))
    return np.tanh(np.einsum("rcdij,ijdk->rck", windows, kernel) + bias)


def _layers(head: Any) -> list[Array]:
    """Return the weights of the head's two Dense layers."""
    rows, columns = _setting(head, "rows"), _setting(head, "columns")
    shapes = [(rows * columns * 4, 6), (6,), (6, 3), (3,)]
    return _drawn(_setting(head, "seed") + 1, shapes, 3.0)


def _scores(base: Any, head: Any, picture: Array) -> Array:
    w_1, b_1, w_2, b_2 = _layers(head)
    hidden = np.tanh(_maps(base, picture).reshape(-1) @ w_1 + b_1)
    return hidden @ w_2 + b_2


def _maps_and_gradient(
    base: Any, head: Any, picture: Array, label: int
) -> tuple[Array, Array]:
    """Return the maps and the gradient of one score by them."""
    maps = _maps(base, picture)
    w_1, b_1, w_2, _ = _layers(head)
    hidden = np.tanh(maps.reshape(-1) @ w_1 + b_1)
    gradient = w_1 @ ((1 - hidden**2) * w_2[:, label])
    return maps, gradient.reshape(maps.shape)


def _setting(made: Any, name: str) -> int:
    """Return a setting of a made argument, as an object or as plain data."""
    settings = made["settings"] if isinstance(made, dict) else made.settings
    return int(settings[name])


def _drawn(seed: int, shapes: list[tuple[int, ...]], gain: float) -> list[Array]:
    """Return the weights that `capture.made.transferred` gives its networks."""
    rng = np.random.default_rng(seed)
    spreads = [
        gain / np.sqrt(np.prod(shape[:-1])) if len(shape) > 1 else 0.1
        for shape in shapes
    ]
    return [rng.normal(0.0, s, shape) for s, shape in zip(spreads, shapes, strict=True)]


def cut_first(base: Any, head: Any, picture: Array, label: int) -> Array:
    """Return the sum of the positive parts of the weighted maps."""
    maps, gradient = _maps_and_gradient(base, head, picture, label)
    return np.maximum(maps * gradient.mean(axis=(0, 1)), 0.0).sum(axis=-1)
