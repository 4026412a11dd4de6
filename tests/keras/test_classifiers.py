"""What is observed of a classifier that a learner's function compiled."""

import functools
from pathlib import Path

import keras
import numpy as np
import pytest

from checkers.capture.made.classifiers import make_classifier, observe_classifier

FOLDER = Path("unused")  # these makers and observers need no folder

pytestmark = pytest.mark.keras

WHOLE = np.array([0, 2, 1, 1], "uint8")
ONE_HOT = np.eye(3, dtype="float32")[WHOLE]


def observed(labels, **settings):
    model = make_classifier(FOLDER, seed=3, classes=3, head="softmax")
    model.compile(keras.optimizers.Adadelta(learning_rate=1.0), **settings)
    return observe_classifier(model, [model, labels], FOLDER)


def test_may_the_loss_be_a_partial_that_keras_cannot_describe():
    function = keras.losses.sparse_categorical_crossentropy
    seen = observed(WHOLE, loss=functools.partial(function, from_logits=False))
    assert seen["loss"] == pytest.approx(seen["expected"], rel=1e-4)
    assert seen["loss_name"] == ""


def test_is_the_accuracy_looked_at_where_the_loss_stops():
    loss = "sparse_categorical_crossentropy"
    seen = observed(ONE_HOT, loss=loss, metrics=["accuracy"])
    assert seen["loss_error"]
    assert seen["metrics"] == [pytest.approx(seen["accuracy"])]


def test_is_a_metric_that_stops_told_from_none():
    loss = "sparse_categorical_crossentropy"
    assert observed(WHOLE, loss=loss, metrics=["mse"])["metric_error"]
    assert "metric_error" not in observed(WHOLE, loss=loss)
