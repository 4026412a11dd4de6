"""What a message shows of a value that it has no other words for."""

import random

from checkers.capture.stubs import short_text


def test_is_an_object_its_class_without_module_and_address():
    assert short_text(random.Random()) == "<Random>"
    assert short_text([random.Random()]) == "[<Random>]"


def test_is_a_function_its_name():
    assert short_text(random.choice) == "choice"
