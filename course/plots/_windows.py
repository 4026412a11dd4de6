"""Where a sliding window lies, what it computes, and what flows back through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from course.plots._canvas import expect

if TYPE_CHECKING:
    import numpy.typing as npt

Pool: TypeAlias = Literal["max", "average"]
Padding: TypeAlias = Literal["valid", "same"]


@dataclass(frozen=True)
class Windows:
    """All windows over one small array, in reading order.

    Attributes:
        padded: The array with its border, `(rows, columns)`; the border is 0 under a
            kernel and nan (not there) under pooling.
        before: Rows and columns of border above and to the left.
        shape: Rows and columns of the array itself.
        size: Rows and columns of the window.
        stride: Step in cells.
        out_shape: Rows and columns of the output.
        kernel: The weights, or None under pooling.
        pool: What pooling does.
    """

    padded: npt.NDArray[np.float64]
    before: tuple[int, int]
    shape: tuple[int, int]
    size: tuple[int, int]
    stride: int
    out_shape: tuple[int, int]
    kernel: npt.NDArray[np.float64] | None
    pool: Pool

    def corner(self, step: int) -> tuple[int, int]:
        """Return the first row and column of a window, in the padded array."""
        row, column = divmod(step, self.out_shape[1])
        return row * self.stride, column * self.stride

    def cells(self, step: int) -> npt.NDArray[np.float64]:
        """Return what lies under a window."""
        row, column = self.corner(step)
        return self.padded[row : row + self.size[0], column : column + self.size[1]]

    def value(self, step: int) -> float:
        """Return the output of a window."""
        cells = self.cells(step)
        if self.kernel is not None:
            return float(np.sum(cells * self.kernel))
        return float(np.nanmax(cells) if self.pool == "max" else np.nanmean(cells))

    def shares(self, step: int) -> npt.NDArray[np.float64]:
        """Return the slope of the output by each cell under a window."""
        cells = self.cells(step)
        if self.kernel is not None:
            return self.kernel
        there = ~np.isnan(cells)
        if self.pool == "average":
            return np.asarray(there / there.sum())
        share = np.zeros(cells.shape)
        share[np.unravel_index(np.nanargmax(cells), cells.shape)] = 1.0
        return share

    @property
    def num_steps(self) -> int:
        """How many windows there are."""
        return self.out_shape[0] * self.out_shape[1]

    def output(self, last: int) -> npt.NDArray[np.float64]:
        """Return the output up to a window; nan where it has not been yet."""
        done = [self.value(step) for step in range(last + 1)]
        rest = [np.nan] * (self.num_steps - len(done))
        return np.asarray(done + rest).reshape(self.out_shape)

    def gradient(
        self, upstream: npt.NDArray[np.float64], last: int
    ) -> npt.NDArray[np.float64]:
        """Return the gradient of the padded array up to a window."""
        total = np.zeros(self.padded.shape)
        for step in range(last + 1):
            row, column = self.corner(step)
            place = slice(row, row + self.size[0]), slice(column, column + self.size[1])
            total[place] += upstream.flat[step] * self.shares(step)
        return total


def windows(
    x: npt.ArrayLike,
    kernel: npt.ArrayLike | None,
    *,
    pool: Pool,
    size: int,
    stride: int,
    padding: Padding,
) -> Windows:
    """Lay windows over an array as Keras does.

    Args:
        x: The array, `(rows, columns)`.
        kernel: Weights `(rows, columns)`, or None for pooling.
        pool: What pooling does.
        size: Side of the pooling window in cells.
        stride: Step in cells, at least 1.
        padding: "valid" or "same".

    Raises:
        ValueError: If an argument does not fit.

    Source: keras 3.15, ops/operation_utils.py, compute_conv_output_shape; the border
        of "same" is split with the smaller half before (backend/tensorflow/nn.py).
    """
    array = np.asarray(x, dtype=np.float64)
    weights = None if kernel is None else np.asarray(kernel, dtype=np.float64)
    sides = (size, size) if weights is None else weights.shape
    fits = array.ndim == len(sides) == 2 and stride >= 1 and min(sides) >= 1
    received = f"shape {array.shape}, window {sides}, stride {stride}"
    step = "pass one channel and one slice of a kernel"
    expect(fits, "an array and a window of two dimensions, stride >= 1", received, step)
    out, border = [], []
    for length, side in zip(array.shape, sides, strict=True):
        if padding == "same":
            steps = -(-length // stride)
            missing = max((steps - 1) * stride + side - length, 0)
        else:
            steps, missing = (length - side) // stride + 1, 0
        out.append(steps)
        border.append((missing // 2, missing - missing // 2))
    expect(min(out) >= 1, "a window that fits", received, 'take padding="same"')
    padded = np.pad(array, border, constant_values=np.nan if weights is None else 0.0)
    return Windows(
        padded=padded,
        before=(border[0][0], border[1][0]),
        shape=(array.shape[0], array.shape[1]),
        size=(sides[0], sides[1]),
        stride=stride,
        out_shape=(out[0], out[1]),
        kernel=weights,
        pool=pool,
    )
