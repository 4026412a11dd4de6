"""The measured gradient that learners compare with."""

import numpy as np
import pytest

from course.gradients import numeric_gradient, relative_error


def test_is_the_measured_slope_that_of_a_known_function():
    x = np.random.default_rng(0).normal(size=(3, 4))
    weights = np.arange(12.0).reshape(3, 4)
    measured = numeric_gradient(lambda x: (weights * np.sin(x)).sum(), x)
    assert relative_error(measured, weights * np.cos(x)) < 1e-8


def test_is_the_slope_at_a_kink_the_mean_of_both_sides():
    assert numeric_gradient(lambda x: np.maximum(x, 0.0), 0.0) == pytest.approx(0.5)


def test_does_a_function_of_many_results_get_told_what_to_do():
    with pytest.raises(TypeError, match="sum the results"):
        numeric_gradient(lambda x: x, [1.0, 2.0])


def test_are_two_gradients_of_zeros_equal():
    assert relative_error([0.0, 0.0], [0.0, 0.0]) == 0.0


def test_is_the_point_left_as_it_was():
    x = np.array([1.0, 2.0])
    numeric_gradient(np.sum, x)
    assert x.tolist() == [1.0, 2.0]
