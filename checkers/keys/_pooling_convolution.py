"""Convolution of one map and its way back, in plain Python.

The forward pass is Keras's: `y = xcorr(x, w) + b`, no padding, stride 1. Maps and
kernels are nested lists.
"""

from __future__ import annotations

import math

__all__ = ["backward", "flipped", "framed", "xcorr"]

Map = list[list[float]]


def xcorr(x: Map, w: Map) -> Map:
    """Return the cross-correlation of a map with a kernel, whole windows only.

    Example:
        >>> xcorr([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 1]])
        [[6.0, 8.0]]
    """
    height, width = len(w), len(w[0])
    return [
        [
            math.fsum(
                x[r + i][c + j] * w[i][j] for i in range(height) for j in range(width)
            )
            for c in range(len(x[0]) - width + 1)
        ]
        for r in range(len(x) - height + 1)
    ]


def flipped(w: Map, *, rows: bool = True, columns: bool = True) -> Map:
    """Return a kernel turned by 180 degrees, or flipped along one axis only.

    Example:
        >>> flipped([[1, 2], [3, 4]])
        [[4, 3], [2, 1]]
    """
    step = -1 if columns else 1
    return [row[::step] for row in (w[::-1] if rows else w)]


def framed(x: Map, rows: int, columns: int) -> Map:
    """Return a map with a frame of zeros: some rows and columns on each side.

    Example:
        >>> framed([[1]], 0, 1)
        [[0.0, 1, 0.0]]
    """
    empty = [[0.0] * (len(x[0]) + 2 * columns) for _ in range(rows)]
    side = [0.0] * columns
    return [*empty, *([*side, *row, *side] for row in x), *empty]


def backward(
    x: Map, w: Map, delta: Map, *, turn: tuple[bool, bool] = (True, True)
) -> tuple[Map, Map, float]:
    """Return the gradients by x, w and b.

    Args:
        x: Map of shape `(height, width)`.
        w: Kernel.
        delta: Gradient of the loss by each entry of the result.
        turn: Axes along which the kernel is flipped for dx; all but (True, True) is
            a slip.
    """
    kernel = flipped(w, rows=turn[0], columns=turn[1])
    dx = xcorr(framed(delta, len(w) - 1, len(w[0]) - 1), kernel)
    return dx, xcorr(x, delta), math.fsum(entry for row in delta for entry in row)
