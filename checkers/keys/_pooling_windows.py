"""Pooling, its way back, and the receptive field, in plain Python.

Maps are nested lists of shape `(height, width)`. A right calculation takes the same
route as a wrong one; each slip is one argument away from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

__all__ = ["field_of", "margins", "pool2d", "spread", "windows"]

Map = list[list[float]]
Place = tuple[int, int]


def margins(size: int, window: int, stride: int) -> tuple[int, int]:
    """Return how many rows "same" adds before and behind an axis.

    Args:
        size: Length of the axis in pixels.
        window: Side of the window in pixels.
        stride: Step in pixels.

    Example:
        >>> margins(7, 3, 2), margins(8, 3, 2), margins(7, 2, 3)
        ((1, 1), (0, 1), (0, 1))

    Source: keras 3.15, padding="same"; the odd row goes to the end.
    """
    count = math.ceil(size / stride)
    missing = max((count - 1) * stride + window - size, 0)
    return missing // 2, missing - missing // 2


def spans(
    size: int, window: int, stride: int, padding: str, *, slip: str = ""
) -> Iterator[range]:
    """Yield the positions that each window covers along one axis, outside ones too.

    Args:
        size: Length of the axis.
        window: Side of the window.
        stride: Step.
        padding: "valid" or "same".
        slip: "" or what goes wrong: "ragged" (the incomplete window at the end of
            "valid" stays), "front" (the odd row of "same" goes in front), "frame"
            ("same" takes the margins of stride 1).
    """
    step = 1 if slip == "frame" else stride
    before, behind = margins(size, window, step) if padding == "same" else (0, 0)
    if slip == "front":
        before, behind = behind, before
    last = size if slip == "ragged" else size + behind - window + 1
    for start in range(-before, last, stride):
        yield range(start, start + window)


def windows(
    shape: Place, window: int, stride: int, padding: str = "valid", *, slip: str = ""
) -> list[list[list[Place]]]:
    """Return the positions in each window, row by row; outside ones included."""
    rows, columns = (
        list(spans(size, window, stride, padding, slip=slip)) for size in shape
    )
    return [
        [[(r, c) for r in row for c in column] for column in columns] for row in rows
    ]


def pool2d(
    x: Map,
    size: int,
    stride: int,
    padding: str,
    kind: str,
    *,
    fill: float | None = None,
    slip: str = "",
) -> Map:
    """Return the largest or the average entry of each window.

    Args:
        x: Map of shape `(height, width)`.
        size: Side of the window.
        stride: Step.
        padding: "valid" (whole windows only) or "same" (the map gets margins).
        kind: "max" or "average".
        fill: The slip that counts a margin as pixels of this value; None leaves
            margins out.
        slip: One of `spans`, or "sum" (no division).
    """
    height, width = len(x), len(x[0])

    def entries(places: Sequence[Place]) -> list[float]:
        real = [(0 <= r < height and 0 <= c < width, r, c) for r, c in places]
        found = [x[r][c] for inside, r, c in real if inside]
        if fill is not None:
            found += [fill] * (len(places) - len(found))
        return found

    def pick(values: list[float]) -> float:
        if any(map(math.isnan, values)):
            return math.nan
        if kind == "max":
            return max(values)
        return math.fsum(values) / (1 if slip == "sum" else len(values))

    grid = windows((height, width), size, stride, padding, slip=slip)
    return [[pick(entries(places)) for places in row] for row in grid]


def spread(
    x: Map, delta: Map, size: int, stride: int, *, kind: str, slip: str = ""
) -> Map:
    """Return the gradient that pooling (no padding) hands to its input.

    Args:
        x: The map that was pooled.
        delta: Gradient of the loss by each pooled value.
        size: Side of the window.
        stride: Step.
        kind: "max" or "average".
        slip: "" or what goes wrong: "last" (of ties), "all" (each of the ties gets
            it), "split" (the ties share it), "whole" (average gives each pixel the
            whole value), "strides" (average divides by stride²), "overwrite"
            (windows replace what others gave), "mean" (max spreads like average),
            "corner" (the first pixel gets it).
    """
    grid = windows((len(x), len(x[0])), size, stride)
    found = [[0.0] * len(x[0]) for _ in x]
    for row, deltas in zip(grid, delta, strict=True):
        for places, value in zip(row, deltas, strict=True):
            for r, c, part in _parts(x, places, kind, stride, slip):
                before = 0.0 if slip == "overwrite" else found[r][c]
                found[r][c] = before + part * value
    return found


def _parts(
    x: Map, places: list[Place], kind: str, stride: int, slip: str
) -> list[tuple[int, int, float]]:
    """Return who gets which share of one window's gradient."""
    if slip == "corner":
        return [(*places[0], 1.0)]
    if kind == "average" or slip == "mean":
        count = {"strides": stride**2, "whole": 1}.get(slip, len(places))
        return [(r, c, 1 / count) for r, c in places]
    largest = max(x[r][c] for r, c in places)
    winners = [(r, c) for r, c in places if x[r][c] == largest]
    if slip in ("all", "split"):
        count = len(winners) if slip == "split" else 1
        return [(r, c, 1 / count) for r, c in winners]
    return [(*winners[-1 if slip == "last" else 0], 1.0)]


def field_of(layers: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """Return receptive field and step of a stack, in pixels of its input.

    Args:
        layers: Window, stride and dilation of each layer, first layer first.

    Returns:
        How many pixels along one axis a number of the last map depends on, and how
        many pixels lie between the fields of two neighbors there.

    Example:
        >>> field_of([(3, 1, 1)] * 3), field_of([(3, 1, 1), (2, 2, 1), (3, 1, 1)])
        ((7, 1), (8, 2))

    Source: A. Araujo, W. Norris, J. Sim, "Computing receptive fields of
        convolutional neural networks", Distill, 2019.
    """
    field, step = 1, 1
    for window, stride, dilation in layers:
        field += (window - 1) * dilation * step
        step *= stride
    return field, step
