"""Is a loss named by what it computes, in whatever way it was written?"""

import functools

import keras
import pytest
from keras import losses, ops

from checkers.capture.losses import loss_facts

pytestmark = pytest.mark.keras


class Squares(losses.Loss):
    def call(self, y_true, y_pred):
        return ops.mean((y_true - y_pred) ** 2, axis=-1)


def mse(y_true, y_pred):
    """Cube the errors, whatever the name says."""
    return ops.mean(ops.abs(y_true - y_pred) ** 3)


def clipped(y_true, y_pred):
    p = ops.clip(y_pred, 1e-7, 1 - 1e-7)
    return -ops.mean(y_true * ops.log(p) + (1 - y_true) * ops.log(1 - p), axis=-1)


def one_hot(y_true, y_pred):
    return -ops.sum(y_true * ops.log(y_pred), axis=-1)


of_scores = functools.partial(losses.sparse_categorical_crossentropy, from_logits=True)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("mse", "mse"),
        ("crossentropy", "unknown loss crossentropy"),
        (None, None),
        (losses.mean_squared_error, "mean_squared_error"),
        (losses.get("mae"), "mean_absolute_error"),
        (losses.Huber, "Huber"),
        (Squares(), "MeanSquaredError()"),
        (mse, "own loss mse"),
        (lambda y, p: ops.mean(y - p), "own loss <lambda>"),
        (clipped, "BinaryCrossentropy(from_logits=False)"),
        (one_hot, "CategoricalCrossentropy(from_logits=False)"),
        (of_scores, "SparseCategoricalCrossentropy(from_logits=True)"),
        (["mae", Squares()], ["mae", "MeanSquaredError()"]),
        ({"a": mse}, {"a": "own loss mse"}),
    ],
)
def test_is_a_loss_named_by_what_it_computes(given, expected):
    assert loss_facts(given) == expected


def test_is_from_logits_read_from_an_object():
    text = loss_facts(losses.BinaryCrossentropy(from_logits=True, name="mine"))
    assert "from_logits=True" in text
    assert "mine" not in text


def test_keeps_a_model_its_metrics_with_a_loss_that_keras_cannot_describe():
    from checkers.capture.model import capture_model
    from checkers.parts import Model

    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(loss=lambda y, p: ops.mean(ops.abs(y - p)), metrics=["mae"])
    facts = capture_model(model, Model("net", inputs=(3,)), probes=False)
    assert facts.compiled["loss"] == "MeanAbsoluteError()"
    assert facts.compiled["metrics"] == ["mae"]
