"""What a message shows of a value that it has no other words for."""

import random

import numpy as np

from checkers.capture.stubs import short_text


def test_is_an_object_its_class_without_module_and_address():
    assert short_text(random.Random()) == "<Random>"
    assert short_text([random.Random()]) == "[<Random>]"


def test_is_a_function_its_name():
    assert short_text(random.choice) == "choice"


def test_blanks_of_an_arrays_columns_are_left_out():
    assert short_text(np.array([[0.5, -0.25], [10.0, 3.0]])) == (
        "array([[0.5, -0.25], [10., 3.]])"
    )
