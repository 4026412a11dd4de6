"""References that need NumPy, as a key would hold them."""

import numpy as np


def conv2d(x, k, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, k.shape[:2], axis=(0, 1))
    return np.einsum("hwcij,ijcf->hwf", windows, k) + b


def conv2d_flipped(x, k, b):
    return conv2d(x, k[::-1, ::-1], b)


def moments(x):
    return x.mean(axis=0), x.var(axis=0)


def fails(x):
    raise ZeroDivisionError("ours")
