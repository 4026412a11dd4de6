"""Code of the learner's between and inside layers: what it computes counts."""

import keras
import pytest
import tensorflow as tf

from checkers import dropout

layers = keras.layers


class Net(keras.Model):
    """The song network with a step of the test's after the first layer."""

    def __init__(self, step=tf.nn.relu, rate=0.3):
        super().__init__()
        self.first = layers.Dense(128)
        self.second = layers.Dense(64)
        self.drop = layers.Dropout(rate)
        self.head = layers.Dense(1)
        self.step = step

    def call(self, inputs, training=None):
        x = self.drop(self.step(self.first(inputs)), training=training)
        x = self.drop(tf.nn.relu(self.second(x)), training=training)
        return self.head(x)


class Traced(Net):
    @tf.function
    def call(self, inputs, training=None):
        return super().call(inputs, training=training)


class ByKerasOps(Net):
    def call(self, inputs):
        x = self.drop(keras.activations.relu(self.first(inputs)))
        x = self.drop(keras.ops.where(self.second(x) > 0, self.second(x), 0.0))
        return self.head(x)


class OnlyInTraining(Net):
    def call(self, inputs, training=None):
        x = tf.nn.relu(self.first(inputs))
        if training:
            x = self.drop(x, training=True)
        x = tf.nn.relu(self.second(x))
        if training:
            x = self.drop(x, training=True)
        return self.head(x)


class Block(layers.Layer):
    def __init__(self, units, rate=0.3):
        super().__init__()
        self.dense = layers.Dense(units)
        self.drop = layers.Dropout(rate)

    def call(self, inputs):
        return self.drop(tf.nn.relu(self.dense(inputs)))


class Relu(layers.Layer):
    def call(self, inputs):
        return tf.nn.relu(inputs)


class Handed(layers.Dropout):
    def call(self, inputs, training=None):
        return super().call(inputs, training=training)


class Doubled(layers.Dropout):
    def call(self, inputs, training=None):
        return 2 * super().call(inputs, training=training)


class Forced(layers.Dropout):
    def call(self, inputs, training=None):
        return super().call(inputs, training=True)


class Dropout(layers.Layer):
    """An impostor: it only has the name."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, inputs):
        return inputs


class ByHand(Net):
    def call(self, inputs, training=None):
        x = tf.nn.relu(self.first(inputs))
        if training:
            x = tf.nn.dropout(x, 0.3)
        return self.head(self.drop(tf.nn.relu(self.second(x))))


class Joined(Net):
    def call(self, inputs):
        x = self.drop(tf.nn.relu(self.first(inputs)))
        y = self.drop(tf.nn.relu(self.second(x)))
        return self.head(tf.concat([x, y], axis=1))


class Forgotten(Net):
    def call(self, inputs):
        x = tf.nn.relu(self.first(inputs))
        self.drop(x)
        return self.head(self.drop(tf.nn.relu(self.second(x))))


class NoReturn(Net):
    def call(self, inputs):
        self.head(self.first(inputs))


class NoCall(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Dense(1)


class NoInit(keras.Model):
    def __init__(self):
        pass


def chain(*steps):
    return keras.Sequential([keras.Input((18,)), *steps])


def with_drop(drop):
    return chain(
        layers.Dense(128, activation="relu"),
        drop(0.3),
        layers.Dense(64, activation="relu"),
        layers.Dropout(0.3),
        layers.Dense(1),
    )


RIGHT = {
    "tf.nn.relu": lambda: Net(),
    "tf.maximum": lambda: Net(lambda x: tf.maximum(x, 0.0)),
    "tf.where": lambda: Net(lambda x: tf.where(x > 0, x, tf.zeros_like(x))),
    "product": lambda: Net(lambda x: x * tf.cast(x > 0, "float32")),
    "tf.function": lambda: Traced(),
    "keras operations": lambda: ByKerasOps(),
    "if training": lambda: OnlyInTraining(),
    "blocks": lambda: chain(Block(128), Block(64), layers.Dense(1)),
    "own relu": lambda: chain(
        layers.Dense(128),
        Relu(),
        layers.Dropout(0.3),
        layers.Dense(64),
        Relu(),
        layers.Dropout(0.3),
        layers.Dense(1),
    ),
    "handed on to the base": lambda: with_drop(Handed),
    "times one": lambda: Net(lambda x: tf.nn.relu(x) * 1.0),
}


@pytest.mark.parametrize("name", RIGHT)
def test_is_a_right_answer_right_in_own_code(name):
    verdict = dropout.spotify_net.check(RIGHT[name]())
    assert (verdict.status, verdict.findings) == ("passed", ())


WRONG = {
    "square": (lambda: Net(tf.square), "LAYER.PROPERTY", "activation 'relu'"),
    "leaky": (lambda: Net(tf.nn.leaky_relu), "LAYER.PROPERTY", "activation 'relu'"),
    "negative": (lambda: Net(lambda x: -tf.nn.relu(-x)), "LAYER.PROPERTY", "'relu'"),
    "rate": (lambda: Net(rate=0.5), "LAYER.PROPERTY", "rate 0.3, received 0.5"),
    "doubled": (lambda: with_drop(Doubled), "LAYER.EXTRA_STEP", "Layer 2 (Dropout)"),
    "forced": (lambda: with_drop(Forced), "LAYER.ALWAYS_ON", "Layer 2"),
    "impostor": (lambda: with_drop(Dropout), "LAYER.IMPOSTOR", "Layer 2"),
    "by hand": (lambda: ByHand(), "LAYER.OWN_CODE", "Dropout"),
    "joined": (lambda: Joined(), "LAYER.EXTRA_STEP", "Concatenate"),
    "forgotten": (lambda: Forgotten(), "LAYER.RESULT_UNUSED", "uses its result"),
    "no return": (lambda: NoReturn(), "MODEL.RETURNS_NOTHING", "returns no tensor"),
    "no call": (lambda: NoCall(), "MODEL.NO_CALL", "no method call"),
    "no super": (lambda: NoInit(), "MODEL.NO_SUPER_INIT", "super().__init__()"),
    "two models": (lambda: [Net(), Net()], "MODEL.NOT_ALONE", "one model"),
    "empty": (lambda: keras.Model(), "MODEL.EMPTY", "empty"),
}


@pytest.mark.parametrize("name", WRONG)
def test_is_wrong_own_code_named(name):
    make, code, words = WRONG[name]
    verdict = dropout.spotify_net.check(make())
    assert verdict.status == "failed"
    assert verdict.findings[0].code == code
    assert words in verdict.findings[0].message
