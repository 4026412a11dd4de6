"""A class as an answer: stubs, layers that are written by hand."""

from pathlib import Path

import numpy as np
import pytest

from checkers import dropout_by_hand
from checkers.capture.functions import capture_function
from checkers.capture.made.layers import observe_dropout_layer
from checkers.capture.stubs import is_missing
from checkers.exercise import Case, Function
from checkers.snapshot import FunctionFacts, OtherFacts

FOLDER = Path("unused")  # these makers and observers need no folder


class Stub:
    """Nothing is written yet."""

    def __init__(self, rate):
        self.rate = rate

    def forward(self, x, training):
        """Return something."""
        ...

    def backward(self, dout):
        """Return something."""
        ...


class Half(Stub):
    """One method is written."""

    def forward(self, x, training):
        return x

    def backward(self, dout):
        """Return something."""
        ...


class Right(Stub):
    """Inverted dropout."""

    def forward(self, x, training):
        keep = 1 - self.rate
        drawn = np.random.rand(*x.shape) < keep
        self.scale = drawn / keep if training else np.ones(x.shape)
        return x * self.scale

    def backward(self, dout):
        return dout * self.scale


def test_is_a_class_of_stubs_not_attempted():
    assert is_missing(Stub)
    assert dropout_by_hand.layer.check(Stub).status == "not attempted"


@pytest.mark.parametrize("sort", [Half, Right, float, type("Empty", (), {})])
def test_is_a_class_with_a_body_an_answer(sort):
    assert not is_missing(sort)


def test_is_a_class_taken_only_where_one_is_asked_for():
    one = (Case((0.5,), "half"),)
    taken = capture_function(Right, Function("c", is_class=True), one)
    refused = capture_function(Right, Function("c"), one)
    assert isinstance(taken, FunctionFacts)
    assert isinstance(refused, OtherFacts)


def test_are_all_passes_written_down():
    seen = observe_dropout_layer(Right(0.25), [0.25], FOLDER)
    assert [one["name"] for one in seen["passes"]] == ["train", "again", "inference"]
    last = seen["passes"][-1]
    assert last["y"] == last["x"]
    assert last["dx"] == last["dout"]


def test_are_missing_methods_named():
    seen = observe_dropout_layer(object(), [0.25], FOLDER)
    assert seen == {"missing": ["forward", "backward"], "passes": []}


def test_does_an_error_end_the_passes():
    class Fails(Right):
        def backward(self, dout):
            raise KeyError("mask")

    seen = observe_dropout_layer(Fails(0.25), [0.25], FOLDER)
    assert len(seen["passes"]) == 1
    assert seen["passes"][0]["backward"]["error"] == "KeyError"


def test_does_a_right_layer_pass():
    assert dropout_by_hand.layer.check(Right).passed


def test_does_a_layer_that_stops_cost_one_finding():
    class Fails(Right):
        def forward(self, x, training):
            raise KeyError("mask")

    verdict = dropout_by_hand.layer.check(Fails)
    assert [finding.code for finding in verdict.findings] == ["FUNCTION.RAISES"]
