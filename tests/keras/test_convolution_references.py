"""The references of lesson 04 beside Keras, NumPy and SciPy, on random layers."""

import keras
import numpy as np
import pytest
from scipy import signal

from checkers.keys import _correlation as ours
from checkers.keys._convolution_counts import output_size, params

pytestmark = pytest.mark.keras


def test_has_keras_the_sizes_of_the_reference():
    rng = np.random.default_rng(0)
    for _ in range(200):
        kernel, stride = int(rng.integers(1, 12)), int(rng.integers(1, 6))
        size = int(rng.integers(kernel, 231))
        for padding in ("valid", "same"):
            layer = keras.layers.Conv2D(1, kernel, strides=stride, padding=padding)
            shape = layer.compute_output_shape((None, size, size, 1))
            assert shape[1] == output_size(size, kernel, stride, padding)


@pytest.mark.parametrize("bias", [False, True])
def test_has_keras_the_parameters_of_the_reference(bias):
    for filters, size, depth in ((32, 3, 3), (16, 2, 3), (6, 5, 1), (64, 1, 192)):
        layer = keras.layers.Conv2D(filters, size, use_bias=bias)
        layer.build((None, 16, 16, depth))
        assert layer.count_params() == params(filters, size, depth, bias)


@pytest.mark.parametrize(("stride", "pad"), [(1, 0), (2, 0), (1, 2), (3, 1)])
def test_computes_keras_what_the_reference_computes(stride, pad):
    rng = np.random.default_rng(1)
    image = rng.normal(size=(9, 8, 3)).astype("float32")
    kernels = rng.normal(size=(3, 2, 3, 4)).astype("float32")
    bias = rng.normal(size=4).astype("float32")
    padded = np.pad(image, ((pad, pad), (pad, pad), (0, 0)))
    by_keras = np.asarray(keras.ops.conv(padded[None], kernels, strides=stride))[0]
    by_ours = ours.xcorr2d(image, kernels, bias, stride, pad)
    np.testing.assert_allclose(by_ours, by_keras + bias, atol=1e-5)


@pytest.mark.parametrize("pad", [0, 1, 2])
def test_computes_numpy_what_the_reference_computes_on_a_line(pad):
    rng = np.random.default_rng(2)
    x, k = rng.normal(size=9), rng.normal(size=3)
    expected = np.correlate(np.pad(x, pad), k, "valid")[::2]
    np.testing.assert_allclose(ours.xcorr1d(x, k, 2, pad), expected)


def test_is_true_convolution_that_of_scipy_and_does_it_commute():
    rng = np.random.default_rng(3)
    image, kernel = rng.normal(size=(6, 7)), rng.normal(size=(3, 2))
    found = ours.convolve2d(image, kernel)
    np.testing.assert_allclose(found, signal.convolve2d(image, kernel))
    np.testing.assert_allclose(found, ours.convolve2d(kernel, image))
    wide = ours.full_xcorr2d(image, kernel)
    np.testing.assert_allclose(wide, signal.correlate2d(image, kernel))
