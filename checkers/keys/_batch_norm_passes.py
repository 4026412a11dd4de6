"""Batch normalization in plain Python: both passes, and ways to get them wrong.

Batches are nested lists of shape `(batch, columns)`; γ, β and the moving statistics
have one entry per column. A right calculation takes the same route as a wrong one;
`slip` names what goes wrong on the way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

__all__ = ["backward", "forward", "normalized", "scale_gradients"]

Row = list[float]
Batch = list[Row]


def forward(
    x: Batch,
    gamma: Row,
    beta: Row,
    moving_mean: Row,
    moving_variance: Row,
    training: bool,
    momentum: float,
    epsilon: float,
    *,
    slip: str = "",
) -> tuple[Batch, Row, Row]:
    """Return the output and both moving statistics after the call.

    Args:
        x: One row per example.
        gamma: Scale of each column.
        beta: Center of each column.
        moving_mean: Moving mean before the call.
        moving_variance: Moving variance before the call.
        training: True for the statistics of the batch.
        momentum: Share of the moving statistics that stays, 0 to 1.
        epsilon: What is added to the variance under the root.
        slip: "" or what goes wrong.

    Source: keras 3.15, BatchNormalization: the biased variance for both.
    """
    training = slip == "always_training" or training != (slip == "modes_swapped")
    momentum = 0.99 if slip == "default_momentum" else momentum
    epsilon = 0.001 if slip == "default_epsilon" else epsilon
    mean, variance = _statistics(x, unbiased=slip in ("unbiased", "unbiased_output"))
    if slip == "whole":
        mean, variance = _whole_statistics(x)
    kept, new = momentum, 1 - momentum
    if slip == "momentum":
        kept, new = new, kept
    stored = variance
    if slip == "unbiased_moving":
        stored = _statistics(x, unbiased=True)[1]
    elif slip == "unbiased_output":
        stored = _statistics(x)[1]
    elif slip == "moving_spread":
        stored = [math.sqrt(one) for one in variance]
    moved = (
        [
            kept * one + new * other
            for one, other in zip(moving_mean, mean, strict=True)
        ],
        [
            kept * one + new * other
            for one, other in zip(moving_variance, stored, strict=True)
        ],
    )
    given = (moving_mean, moving_variance)
    after = moved if training or slip.startswith("always_moves") else given
    if slip == "replaced" and training:
        after = (mean, variance)
    if slip == "never_moves":
        after = given
    if slip == "only_mean_moves":
        after = (after[0], moving_variance)
    if slip == "only_variance_moves":
        after = (moving_mean, after[1])
    uses = (mean, variance) if training or slip == "batch_at_test" else given
    if (slip == "moved_in_training" and training) or slip == "always_moves_first":
        uses = moved
    if slip == "given_in_training":
        uses = given
    if slip == "not_centered":
        uses = ([0.0] * len(gamma), uses[1])
    output = _scaled(normalized(x, *uses, epsilon, slip=slip), gamma, beta, slip)
    if slip == "moving_order":
        after = after[::-1]
    return output, after[0], after[1]


def normalized(
    x: Batch, mean: Row, variance: Row, epsilon: float, *, slip: str = ""
) -> Batch:
    """Return each entry minus the mean, over the root of variance plus ε."""
    widths = [_width(one, epsilon, slip) for one in variance]
    columns = list(zip(mean, widths, strict=True))
    return [
        [
            _over(entry - center, width)
            for entry, (center, width) in zip(row, columns, strict=True)
        ]
        for row in x
    ]


def backward(
    dy: Batch, x: Batch, gamma: Row, epsilon: float, *, slip: str = ""
) -> Batch:
    """Return the gradient of the input, from the gradient of the output.

    With n rows: γ / √(σ² + ε) · (dy - mean(dy) - x̂ · mean(dy · x̂)). The second term is
    the way through the mean, the third the way through the variance.

    Args:
        dy: Gradient of the output, shaped like `x`.
        x: What went in.
        gamma: Scale of each column.
        epsilon: What is added to the variance under the root.
        slip: "" or what goes wrong.
    """
    mean, variance = _statistics(x, unbiased=slip == "unbiased")
    hat = normalized(x, mean, variance, epsilon, slip=slip)
    count = 1 if slip == "sums" else len(x)
    found = []
    for column, scale in enumerate(gamma):
        signal = [row[column] for row in dy]
        own = [row[column] for row in hat]
        width = _width(variance[column], epsilon, slip)
        shared = sum(signal) / count
        along = sum(map(_times, signal, own)) / count
        if slip in ("constants", "no_mean"):
            shared = 0.0
        if slip in ("constants", "no_variance"):
            along = 0.0
        factor = _over(1.0 if slip == "no_gamma" else scale, width)
        found.append(
            [
                factor * (one - shared - place * along)
                for one, place in zip(signal, own, strict=True)
            ]
        )
    return [list(row) for row in zip(*found, strict=True)]


def scale_gradients(
    dy: Batch, x: Batch, gamma: Row, epsilon: float, *, slip: str = ""
) -> tuple[Row, Row]:
    """Return the gradients of γ and β: Σ dy · x̂ and Σ dy."""
    statistics = _statistics(x, unbiased=slip == "unbiased")
    hat = normalized(x, *statistics, epsilon, slip=slip)
    if slip == "raw":
        hat = x
    elif slip == "output":
        hat = _scaled(hat, gamma, [0.0] * len(gamma), "")
    count = len(x) if slip == "means" else 1
    return (
        [
            sum(map(_times, signal, own)) / count
            for signal, own in zip(_columns(dy), _columns(hat), strict=True)
        ],
        [sum(signal) / count for signal in _columns(dy)],
    )


def _statistics(x: Batch, *, unbiased: bool = False) -> tuple[Row, Row]:
    """Return mean and variance of each column; the biased one divides by n."""
    count = len(x)
    means = [sum(column) / count for column in _columns(x)]
    squares = [
        sum((entry - mean) ** 2 for entry in column)
        for column, mean in zip(_columns(x), means, strict=True)
    ]
    return means, [_over(one, count - 1 if unbiased else count) for one in squares]


def _whole_statistics(x: Batch) -> tuple[Row, Row]:
    """Return one mean and one variance for all columns together."""
    (mean,), (variance,) = _statistics([[entry] for row in x for entry in row])
    return [mean] * len(x[0]), [variance] * len(x[0])


def _width(variance: float, epsilon: float, slip: str) -> float:
    """Return what the distance from the mean is divided by."""
    if slip == "no_epsilon":
        return math.sqrt(variance)
    if slip == "epsilon_outside":
        return math.sqrt(variance) + epsilon
    if slip == "by_variance":
        return variance + epsilon
    return math.sqrt(variance + epsilon)


def _scaled(hat: Batch, gamma: Row, beta: Row, slip: str) -> Batch:
    """Return γ times each entry plus β."""
    change: Callable[[float, float, float], float] = {
        "no_scale": lambda entry, scale, center: entry,
        "no_gamma": lambda entry, scale, center: entry + center,
        "no_beta": lambda entry, scale, center: scale * entry,
        "swapped": lambda entry, scale, center: center * entry + scale,
        "center_scaled": lambda entry, scale, center: scale * (entry + center),
    }.get(slip, lambda entry, scale, center: scale * entry + center)
    pairs = list(zip(gamma, beta, strict=True))
    return [
        [change(entry, *pair) for entry, pair in zip(row, pairs, strict=True)]
        for row in hat
    ]


def _columns(x: Batch) -> list[Sequence[float]]:
    return list(zip(*x, strict=True))


def _over(one: float, other: float) -> float:
    """Divide as NumPy does: 0 / 0 is nan."""
    if other:
        return one / other
    return math.nan if one == 0 or math.isnan(one) else math.copysign(math.inf, one)


def _times(one: float, other: float) -> float:
    return one * other
