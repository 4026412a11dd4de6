"""One answer, many writings: the two classic exercises.

Right answers in every writing pass; wrong ones fail at the right layer. The list
begins with those for which the best known checker gives the wrong verdict.
"""

import keras
import numpy as np
import pytest

from checkers import batch_norm, dropout, pooling
from checkers import relu as lesson_relu

layers = keras.layers


def chain(*steps, width=18):
    return keras.Sequential([keras.Input((width,)), *steps])


def dense(units, activation=None, **settings):
    return layers.Dense(units, activation=activation, **settings)


def relu_by_hand(x):
    return keras.ops.maximum(x, 0.0)


def relu(x):
    """Not relu, whatever its name says."""
    return keras.ops.abs(x)


class Drop(layers.Dropout):
    """As good as its base: it overrides nothing that computes."""


class Block(layers.Layer):
    """A block of the learner's, with Keras layers inside."""

    def __init__(self, units, before=None):
        super().__init__()
        self.dense = dense(units, "relu")
        self.drop = layers.Dropout(0.3)

    def call(self, x, training=None):
        return self.drop(self.dense(x), training=training)


class Net(keras.Model):
    """A subclassed model; `use`, `switch` and `guard` change what its call does."""

    def __init__(self, *, use=True, switch=None, guard=False, takes_training=True):
        super().__init__()
        self.hidden = dense(128, "relu")
        self.second = dense(64, "relu")
        self.head = dense(1)
        self.drop = layers.Dropout(0.3)
        self.drop_too = layers.Dropout(0.3)
        self.use, self.switch, self.guard = use, switch, guard

    def call(self, x, training=None):
        x = self.hidden(x)
        mode = training if self.switch is None else self.switch
        if self.use and (training or not self.guard):
            x = self.drop(x, training=mode)
        x = self.drop_too(self.second(x), training=training)
        return self.head(x)


class NoTraining(keras.Model):
    """Its call does not mention training; Keras hands it on all the same."""

    def __init__(self):
        super().__init__()
        self.steps = [
            dense(128, "relu"),
            layers.Dropout(0.3),
            dense(64, "relu"),
            layers.Dropout(0.3),
            dense(1),
        ]

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return x


class RawTensorFlow(Net):
    """Uses raw TensorFlow, which cannot run on symbolic input."""

    def call(self, x, training=None):
        import tensorflow as tf

        return super().call(tf.cast(x, tf.float32), training=training)


def functional():
    inputs = keras.Input((18,))
    x = keras.ops.relu(dense(128)(inputs))
    x = layers.Dropout(0.1 + 0.2)(x)
    x = layers.Activation("relu")(dense(64)(x))
    x = layers.Dropout(1 - 0.7)(x)
    return keras.Model(inputs, dense(1)(x))


def grown():
    model = keras.Sequential()
    model.add(keras.Input((18,)))
    for step in (
        dense(128, "relu"),
        layers.Dropout(0.3),
        dense(64, "relu"),
        layers.Dropout(0.3),
        dense(1),
    ):
        model.add(step)
    return model


def spotify(first="relu", second="relu", rate=0.3):
    return chain(
        dense(128, first),
        layers.Dropout(rate),
        dense(64, second),
        layers.Dropout(rate),
        dense(1),
    )


RIGHT = {
    "sequential": spotify,
    "functional": functional,
    "grown with add": grown,
    "activation layers": lambda: chain(
        dense(128),
        layers.Activation("relu"),
        layers.Dropout(0.3),
        dense(64),
        layers.ReLU(),
        layers.Dropout(0.3),
        dense(1, "linear"),
    ),
    "a lambda that calls relu": lambda: spotify(lambda x: keras.activations.relu(x)),
    "relu by hand": lambda: spotify(relu_by_hand),
    "keras.ops.relu": lambda: spotify(keras.ops.relu, keras.activations.relu),
    "a Lambda layer": lambda: chain(
        dense(128),
        layers.Lambda(relu_by_hand),
        layers.Dropout(0.3),
        dense(64, "relu"),
        layers.Dropout(0.3),
        dense(1),
    ),
    "a rate of 0.1 + 0.2": lambda: spotify(rate=0.1 + 0.2),
    "subclass": Net,
    "subclass without training": NoTraining,
    "subclass with a guard": lambda: Net(guard=True),
    "raw TensorFlow inside": RawTensorFlow,
    "nested": lambda: chain(
        keras.Sequential([dense(128, "relu"), layers.Dropout(0.3)]),
        keras.Sequential([dense(64, "relu"), layers.Dropout(0.3)]),
        dense(1),
    ),
    "blocks of one's own": lambda: chain(Block(128), Block(64), dense(1)),
    "a subclass that overrides nothing": lambda: chain(
        dense(128, "relu"), Drop(0.3), dense(64, "relu"), Drop(0.3), dense(1)
    ),
    "compiled": lambda: compiled(spotify()),
    "other initializers and names": lambda: chain(
        dense(128, "relu", kernel_initializer="he_normal", name="first"),
        layers.Dropout(0.3, seed=7),
        dense(64, "relu", bias_initializer="ones"),
        layers.Dropout(0.3, noise_shape=(None, 64)),
        dense(1),
    ),
}
NOTED = {
    "no input declared": lambda: keras.Sequential(
        [
            dense(128, "relu"),
            layers.Dropout(0.3),
            dense(64, "relu"),
            layers.Dropout(0.3),
            dense(1),
        ]
    ),
}


def compiled(model):
    model.compile("adam", "mae")
    return model


class Dropout(layers.Layer):
    """An impostor: it only has the name."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x):
        return x


def with_first(first, **settings):
    return chain(
        dense(128, first, **settings),
        layers.Dropout(0.3),
        dense(64, "relu"),
        layers.Dropout(0.3),
        dense(1),
    )


def frozen():
    model = spotify()
    model.layers[2].trainable = False
    return model


def shared():
    inputs = keras.Input((18,))
    x = layers.Dropout(0.3)(dense(128, "relu")(inputs))
    y = layers.Dropout(0.3)(dense(64, "relu")(x))
    return keras.Model(inputs, dense(1)(layers.Concatenate()([x, y])))


L2 = keras.regularizers.L2(100)
# name: (model, layer index or None, property or code that must be named)
WRONG = {
    "a wrong input width": (lambda: chain(dense(128, "relu"), width=17), None, "INPUT"),
    "a frozen layer": (frozen, 2, "LAYER.FROZEN"),
    "no bias": (lambda: with_first("relu", use_bias=False), 0, "use_bias"),
    "zeros to start with": (
        lambda: with_first("relu", kernel_initializer="zeros"),
        0,
        "WEIGHTS",
    ),
    "whole columns dropped": (
        lambda: chain(
            dense(128, "relu"),
            layers.Dropout(0.3, noise_shape=(None, 1)),
            dense(64, "relu"),
            layers.Dropout(0.3),
            dense(1),
        ),
        1,
        "noise_shape",
    ),
    "a huge penalty": (
        lambda: with_first("relu", kernel_regularizer=L2),
        0,
        "kernel_regularizer",
    ),
    "a dropout that call never uses": (lambda: Net(use=False), None, "NOT_CALLED"),
    "a dropout switched off": (lambda: Net(switch=False), 1, "SWITCHED_OFF"),
    "a dropout always on": (lambda: Net(switch=True), 1, "ALWAYS_ON"),
    "an impostor": (
        lambda: chain(
            dense(128, "relu"),
            Dropout(0.3),
            dense(64, "relu"),
            layers.Dropout(0.3),
            dense(1),
        ),
        1,
        "IMPOSTOR",
    ),
    "relu that is not": (lambda: with_first(relu), 0, "activation"),
    "relu6": (
        lambda: chain(
            dense(128),
            layers.ReLU(max_value=6),
            layers.Dropout(0.3),
            dense(64, "relu"),
            layers.Dropout(0.3),
            dense(1),
        ),
        0,
        "activation",
    ),
    "no activation": (lambda: with_first(None), 0, "activation"),
    "a branch": (shared, None, "Concatenate"),
    "keep for drop": (lambda: spotify(rate=0.7), 1, "rate"),
    "an empty model": (keras.Sequential, None, "MODEL.EMPTY"),
    "a list": (lambda: [dense(1)], None, "MODEL.LIST"),
    "a trailing comma": (lambda: (spotify(),), None, "MODEL.TRAILING"),
    "a class": (lambda: Net, None, "MODEL.CLASS"),
    "a layer": (lambda: dense(1), None, "MODEL.LAYER"),
    "a tensor": (lambda: keras.Input((18,)), None, "MODEL.TENSOR"),
    "a function": (lambda: spotify, None, "MODEL.FUNCTION"),
    "a number": (lambda: 42, None, "MODEL.NOT_A_MODEL"),
    "a text": (lambda: "Dense(128)", None, "MODEL.NOT_A_MODEL"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_does_a_right_answer_pass_in_every_writing(name):
    verdict = dropout.spotify_net.check(RIGHT[name]())
    assert (verdict.status, verdict.points) == ("passed", 3.0), verdict.to_text()


@pytest.mark.parametrize("name", NOTED)
def test_does_what_works_but_was_asked_otherwise_pass_with_a_note(name):
    verdict = dropout.spotify_net.check(NOTED[name]())
    assert (verdict.status, verdict.points) == ("passed with a note", 3.0)


@pytest.mark.parametrize("name", WRONG)
def test_does_a_wrong_answer_fail_at_its_layer(name):
    build, layer, word = WRONG[name]
    verdict = dropout.spotify_net.check(build())
    assert verdict.status == "failed", verdict.to_text()
    assert verdict.points < 3.0
    first = verdict.findings[0]
    assert word in first.code or word in first.message, verdict.to_text()
    if layer is not None:
        assert first.layer is not None
        assert first.layer.index == layer


def concrete(norm, *, before=True, final=True, width=8):
    """Return the concrete network with `norm()` in its four places."""
    steps = []
    for units in (512, 512, 512):
        steps += (
            [norm(), dense(units, "relu")] if before else [dense(units, "relu"), norm()]
        )
    return chain(*steps, *([norm()] if final else []), dense(1), width=width)


def norm():
    return layers.BatchNormalization()


class BatchNormalization(layers.Layer):
    """An impostor."""

    def call(self, x):
        return x


def test_does_the_concrete_network_pass():
    verdict = batch_norm.concrete_net.check(concrete(norm))
    assert verdict.status == "passed", verdict.to_text()


def test_does_the_axis_counted_from_the_front_pass():
    model = concrete(lambda: layers.BatchNormalization(axis=1))
    assert batch_norm.concrete_net.check(model).status == "passed"


@pytest.mark.parametrize(
    "build",
    [
        lambda: concrete(norm, width=9),
        lambda: concrete(norm, before=False, final=False),
        lambda: concrete(norm, final=False),
        lambda: concrete(BatchNormalization),
        lambda: concrete(lambda: layers.BatchNormalization(momentum=0.0)),
        lambda: concrete(lambda: layers.BatchNormalization(epsilon=1000.0)),
        lambda: concrete(lambda: layers.BatchNormalization(center=False)),
        lambda: concrete(layers.LayerNormalization),
        keras.Sequential,
    ],
)
def test_does_a_wrong_concrete_network_fail(build):
    verdict = batch_norm.concrete_net.check(build())
    assert verdict.status == "failed", verdict.to_text()


def with_slopes(make):
    return chain(dense(64, make()), dense(32, make()), dense(1), width=11)


def test_is_an_activation_with_weights_a_step_of_its_own():
    slope = lesson_relu.slopes_below.parameters("")["slope"]
    leaky = with_slopes(lambda: layers.LeakyReLU(slope))
    learned = with_slopes(layers.PReLU)
    verdict = lesson_relu.slopes_below.check(leaky, learned, 2977)
    assert verdict.passed, verdict.to_text()
    # The slopes are built for the layer's width, not for what a checker tries out.
    assert learned(np.zeros((2, 11))).shape == (2, 1)
    assert learned.count_params() == 2977


def test_is_a_pool_of_keras_ops_the_layer():
    inputs = keras.Input((100, 100, 15))
    pooled = keras.Model(inputs, keras.ops.max_pool(inputs, 2, padding="valid"))
    assert pooling.source_pool.check(pooled, 0).passed
    wide = keras.Model(inputs, keras.ops.max_pool(inputs, 3, 2, padding="same"))
    assert not pooling.source_pool.check(wide, 0).passed
