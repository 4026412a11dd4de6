"""Correlation and convolution in NumPy: references of lessons 04 and 05.

The judge reaches them through `Reference("checkers.keys._correlation:xcorr2d")` and
never imports this module itself. Wrong variants, for slips, stand below the right ones.

Axes: an image is (height, width) or (height, width, channels); kernels are (height,
width) or, in Keras's order, (height, width, channels, filters).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

__all__ = ["convolve2d", "full_xcorr2d", "rot180", "xcorr1d", "xcorr2d"]

Numbers = Any  # arrays of floats, at most a few thousand entries


def xcorr1d(x: Numbers, k: Numbers, stride: int = 1, pad: int = 0) -> Numbers:
    """Return the cross-correlation of a signal with a kernel, zeros around it.

    Args:
        x: Signal of length M.
        k: Kernel of length K, at most M + 2 * pad.
        stride: Steps between two windows, at least 1.
        pad: Zeros on each side: 0 is narrow, K - 1 wide, (K - 1) / 2 equal width.

    Shape: (floor((M - K + 2 * pad) / stride) + 1,).

    Example:
        >>> xcorr1d(np.array([1, 2, 4, 7]), np.array([-1, 1])).tolist()
        [1, 2, 3]
    """
    padded = np.pad(np.asarray(x), pad)
    return sliding_window_view(padded, len(k))[::stride] @ np.asarray(k)


def xcorr2d(
    image: Numbers,
    kernels: Numbers,
    bias: Numbers = 0.0,
    stride: int = 1,
    pad: int = 0,
) -> Numbers:
    """Return the cross-correlation of an image with all filters, as Keras computes it.

    Args:
        image: (height, width, channels).
        kernels: (height, width, channels, filters).
        bias: One number per filter, or 0.
        stride: Steps between two windows, in both directions.
        pad: Zeros on each of the four sides.

    Shape: (rows, columns, filters), each side floor((H - F + 2 * pad) / stride) + 1.

    Example:
        >>> ones = np.ones((3, 3, 2))
        >>> xcorr2d(ones, np.ones((2, 2, 2, 1)), np.array([0.5]))[:, :, 0].tolist()
        [[8.5, 8.5], [8.5, 8.5]]
    """
    image, kernels = np.asarray(image), np.asarray(kernels)
    padded = np.pad(image, ((pad, pad), (pad, pad), (0, 0)))
    windows = sliding_window_view(padded, kernels.shape[:2], axis=(0, 1))
    windows = windows[::stride, ::stride]
    return np.einsum("hwcij,ijcf->hwf", windows, kernels) + np.asarray(bias)


def full_xcorr2d(image: Numbers, kernel: Numbers) -> Numbers:
    """Return the wide cross-correlation of one channel: every overlap counts.

    Shape: (H + F - 1, W + G - 1).
    """
    image, kernel = np.asarray(image), np.asarray(kernel)
    rows, columns = (size - 1 for size in kernel.shape)
    padded = np.pad(image, ((rows, rows), (columns, columns)))
    windows = sliding_window_view(padded, kernel.shape)
    return np.einsum("hwij,ij->hw", windows, kernel)


def convolve2d(image: Numbers, kernel: Numbers) -> Numbers:
    """Return the wide true convolution of one channel: the kernel turned by 180°.

    Example:
        >>> convolve2d(np.array([[1, 2]]), np.array([[3, 4]])).tolist()
        [[3, 10, 8]]
    """
    return full_xcorr2d(image, rot180(kernel))


def rot180(kernel: Numbers) -> Numbers:
    """Return a kernel with its first two axes reversed."""
    return np.asarray(kernel)[::-1, ::-1]


# -- wrong variants of xcorr1d -------------------------------------------------------


def flipped1d(x: Numbers, k: Numbers, stride: int, pad: int) -> Numbers:
    """Return the result with the kernel turned round."""
    return xcorr1d(x, k[::-1], stride, pad)


def short1d(x: Numbers, k: Numbers, stride: int, pad: int) -> Numbers:
    """Return the result without the window that ends at the last number."""
    starts = range(0, len(x) + 2 * pad - len(k), stride)
    return xcorr1d(x, k, stride, pad)[: len(starts)]


def dense1d(x: Numbers, k: Numbers, stride: int, pad: int) -> Numbers:
    """Return the result at every place, whatever the stride."""
    del stride
    return xcorr1d(x, k, 1, pad)


def unpadded1d(x: Numbers, k: Numbers, stride: int, pad: int) -> Numbers:
    """Return the result without zeros."""
    del pad
    return xcorr1d(x, k, stride, 0)


def left1d(x: Numbers, k: Numbers, stride: int, pad: int) -> Numbers:
    """Return the result with zeros on the left only."""
    return xcorr1d(np.pad(x, (pad, 0)), k, stride, 0)


def right1d(x: Numbers, k: Numbers, stride: int, pad: int) -> Numbers:
    """Return the result with zeros on the right only."""
    return xcorr1d(np.pad(x, (0, pad)), k, stride, 0)


def edges1d(x: Numbers, k: Numbers, stride: int, pad: int) -> Numbers:
    """Return the result with the first and the last number repeated."""
    return xcorr1d(np.pad(x, pad, mode="edge"), k, stride, 0)


# -- wrong variants of xcorr2d -------------------------------------------------------


def flipped2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return the result with every kernel turned by 180 degrees."""
    return xcorr2d(image, rot180(kernels), bias)


def transposed2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return the result with rows and columns of every kernel swapped."""
    return xcorr2d(image, np.swapaxes(kernels, 0, 1), bias)


def one_slice2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return the result with the kernel of the first channel used for all."""
    return xcorr2d(image, np.repeat(kernels[:, :, :1], image.shape[2], axis=2), bias)


def first_channel2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return the result of the first channel alone."""
    return xcorr2d(image[:, :, :1], kernels[:, :, :1], bias)


def averaged2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return the mean over the channels in place of their sum."""
    return xcorr2d(image, kernels) / image.shape[2] + bias


def bias_per_channel2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return the result with the bias added once for each channel."""
    return xcorr2d(image, kernels, image.shape[2] * np.asarray(bias))


def bias_per_weight2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return the result with the bias added to each product."""
    count = np.prod(kernels.shape[:3])
    return xcorr2d(image, kernels, count * np.asarray(bias))


def no_bias2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return the result without the bias."""
    del bias
    return xcorr2d(image, kernels)


def short2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return the result without its last row and column."""
    return xcorr2d(image, kernels, bias)[:-1, :-1]


def apart2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return one map per channel and filter."""
    maps = [
        xcorr2d(image[:, :, [c]], kernels[:, :, [c]], bias)
        for c in range(image.shape[2])
    ]
    return np.stack(maps, axis=2)


def filters_first2d(image: Numbers, kernels: Numbers, bias: Numbers) -> Numbers:
    """Return the maps as (filters, height, width)."""
    return np.moveaxis(xcorr2d(image, kernels, bias), -1, 0)


# -- wrong variants of convolve2d ----------------------------------------------------


def only_rows(image: Numbers, kernel: Numbers) -> Numbers:
    """Return the result with the kernel turned upside down only."""
    return full_xcorr2d(image, kernel[::-1])


def only_columns(image: Numbers, kernel: Numbers) -> Numbers:
    """Return the result with the kernel mirrored left to right only."""
    return full_xcorr2d(image, kernel[:, ::-1])


def turned_back(image: Numbers, kernel: Numbers) -> Numbers:
    """Return the result turned by 180 degrees: the image was turned as well."""
    return rot180(convolve2d(image, kernel))


def swapped_roles(image: Numbers, kernel: Numbers) -> Numbers:
    """Return the wide cross-correlation of the kernel with the image."""
    return rot180(full_xcorr2d(image, kernel))


def transposed_kernel(image: Numbers, kernel: Numbers) -> Numbers:
    """Return the result with the kernel transposed in place of turned."""
    return full_xcorr2d(image, np.asarray(kernel).T)


def transposed_inside(image: Numbers, kernel: Numbers) -> Numbers:
    """Return the same, with the windows of the kernel that was not transposed.

    Raises:
        ValueError: If the kernel is not square.
    """
    kernel = np.asarray(kernel)
    if kernel.shape != kernel.T.shape:
        raise ValueError(f"Expected a square kernel, received shape {kernel.shape}.")
    return transposed_kernel(image, kernel)


def quarter_turn(image: Numbers, kernel: Numbers) -> Numbers:
    """Return the result with the kernel turned by 90 degrees only."""
    return full_xcorr2d(image, np.rot90(np.asarray(kernel)))


def three_quarter_turn(image: Numbers, kernel: Numbers) -> Numbers:
    """Return the result with the kernel turned by 90 degrees the other way."""
    return full_xcorr2d(image, np.rot90(np.asarray(kernel), 3))
