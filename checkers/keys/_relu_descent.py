"""Paths of descent with momentum on a bowl, and rates that fall with the steps."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from checkers.parts import Made

__all__ = [
    "averaged_weights",
    "damped",
    "epochs_for_steps",
    "exponential",
    "forgetful",
    "half_damped",
    "inverse_time",
    "late_gradient",
    "linear",
    "momentum",
    "natural_exponential",
    "nesterov",
    "no_decay_steps",
    "parts_of_epochs",
    "stairs",
    "uphill",
    "whole_steps",
]

Point = list[float]
Path = list[Point]
Step = Callable[[Point, Point, Point, float, float], tuple[Point, Point]]
"""Gets place, velocity, gradient, rate, mu; returns the new place and velocity."""

UPDATES_PER_EPOCH = 12


def _walk(
    bowl: Made, start: Point, lr: float, mu: float, steps: int, step: Step
) -> Path:
    """Return the path of a rule from a start on."""
    curvature = bowl.settings["curvature"]
    place, velocity = list(start), [0.0] * len(start)
    path = [list(place)]
    for _ in range(steps):
        gradient = [c * w for c, w in zip(curvature, place, strict=True)]
        place, velocity = step(place, velocity, gradient, lr, mu)
        path.append(list(place))
    return path


def _plus(one: Point, other: Point, factor: float = 1.0) -> Point:
    return [p + factor * q for p, q in zip(one, other, strict=True)]


def _times(factor: float, point: Point) -> Point:
    return [factor * entry for entry in point]


def momentum(bowl: Made, start: Point, lr: float, mu: float, steps: int) -> Path:
    """Return the path of v = mu v + g, w = w - lr v."""

    def step(w: Point, v: Point, g: Point, lr: float, mu: float) -> tuple[Point, Point]:
        v = _plus(g, v, mu)
        return _plus(w, v, -lr), v

    return _walk(bowl, start, lr, mu, steps, step)


def damped(bowl: Made, start: Point, lr: float, mu: float, steps: int) -> Path:
    """Return the path of v = mu v + (1 - mu) g: another path, not another sign."""

    def step(w: Point, v: Point, g: Point, lr: float, mu: float) -> tuple[Point, Point]:
        v = _plus(_times(mu, v), g, 1 - mu)
        return _plus(w, v, -lr), v

    return _walk(bowl, start, lr, mu, steps, step)


def forgetful(bowl: Made, start: Point, lr: float, mu: float, steps: int) -> Path:
    """Set v back to 0 in every step: plain descent."""

    def step(w: Point, v: Point, g: Point, lr: float, mu: float) -> tuple[Point, Point]:
        return _plus(w, g, -lr), v

    return _walk(bowl, start, lr, mu, steps, step)


def whole_steps(bowl: Made, start: Point, lr: float, mu: float, steps: int) -> Path:
    """Leave the rate out."""
    return momentum(bowl, start, 1.0, mu, steps)


def uphill(bowl: Made, start: Point, lr: float, mu: float, steps: int) -> Path:
    """Add the velocity instead of subtracting it."""
    return momentum(bowl, start, -lr, mu, steps)


def averaged_weights(
    bowl: Made, start: Point, lr: float, mu: float, steps: int
) -> Path:
    """Average the places in place of the gradients."""

    def step(w: Point, v: Point, g: Point, lr: float, mu: float) -> tuple[Point, Point]:
        return _plus(_times(mu, w), _plus(w, g, -lr), 1 - mu), v

    return _walk(bowl, start, lr, mu, steps, step)


def half_damped(bowl: Made, start: Point, lr: float, mu: float, steps: int) -> Path:
    """Multiply the gradient in the velocity with the rate, and the velocity again."""

    def step(w: Point, v: Point, g: Point, lr: float, mu: float) -> tuple[Point, Point]:
        v = _plus(_times(mu, v), g, lr)
        return _plus(w, v, -lr), v

    return _walk(bowl, start, lr, mu, steps, step)


def late_gradient(bowl: Made, start: Point, lr: float, mu: float, steps: int) -> Path:
    """Move first and look at the gradient afterward: one step behind."""

    def step(w: Point, v: Point, g: Point, lr: float, mu: float) -> tuple[Point, Point]:
        return _plus(w, v, -lr), _plus(g, v, mu)

    return _walk(bowl, start, lr, mu, steps, step)


def nesterov(bowl: Made, start: Point, lr: float, mu: float, steps: int) -> Path:
    """Return Nesterov's path, as Keras writes it."""

    def step(w: Point, v: Point, g: Point, lr: float, mu: float) -> tuple[Point, Point]:
        v = _plus(g, v, mu)
        return _plus(w, _plus(g, v, mu), -lr), v

    return _walk(bowl, start, lr, mu, steps, step)


def inverse_time(step: int, p: dict[str, Any]) -> float:
    """Return the rate start / (1 + rate step / decay_steps)."""
    return float(p["start"] / (1 + p["rate"] * step / p["decay_steps"]))


def no_decay_steps(step: int, p: dict[str, Any]) -> float:
    """Leave decay_steps out."""
    return float(p["start"] / (1 + p["rate"] * step))


def exponential(step: int, p: dict[str, Any]) -> float:
    """Multiply with the rate every decay_steps."""
    return float(p["start"] * p["rate"] ** (step / p["decay_steps"]))


def natural_exponential(step: int, p: dict[str, Any]) -> float:
    """Take e^(-rate step / decay_steps)."""
    return float(p["start"] * math.exp(-p["rate"] * step / p["decay_steps"]))


def stairs(step: int, p: dict[str, Any]) -> float:
    """Count whole multiples of decay_steps only."""
    return float(p["start"] / (1 + p["rate"] * (step // p["decay_steps"])))


def epochs_for_steps(step: int, p: dict[str, Any]) -> float:
    """Count whole epochs in place of steps."""
    return inverse_time(step // UPDATES_PER_EPOCH, p)


def parts_of_epochs(step: int, p: dict[str, Any]) -> float:
    """Count epochs with their parts in place of steps."""
    return float(
        p["start"] / (1 + p["rate"] * step / UPDATES_PER_EPOCH / p["decay_steps"])
    )


def linear(step: int, p: dict[str, Any]) -> float:
    """Subtract in place of dividing."""
    return float(p["start"] * (1 - p["rate"] * step / p["decay_steps"]))
