"""Probes measure what a model does; rules compare it with what its structure says.

Right answers of every kind stay without a finding. Wrong ones have the right structure
and do something else; each is named by its code and its layer.
"""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
import tensorflow as tf

from checkers.capture.model import capture_model
from checkers.capture.quiet import quiet
from checkers.layers import DEFAULTS, REQUIRED
from checkers.normalize import normalize
from checkers.parts import Model
from checkers.rules.behavior import judge_probes
from checkers.snapshot import ModelFacts

layers = keras.layers
ops = keras.ops


def captured(model, inputs=(18,), dtype="float32", probes=True):
    with quiet():
        facts = capture_model(model, Model("net", inputs, dtype), probes=probes)
    assert isinstance(facts, ModelFacts), facts
    assert facts.error is None, facts.error
    return facts


def judged(facts):
    """Return code and layer index of each finding, as if the structure were right."""
    assert [probe for probe in facts.probes if probe.error is not None] == []
    seen = SimpleNamespace(model=facts, graph=normalize(facts), expects_repeatable=True)
    return [
        (one.code, one.layer and one.layer.index) for one in judge_probes(seen, "all")
    ]


def found(model, inputs=(18,), dtype="float32"):
    return judged(captured(model, inputs, dtype))


def values(facts, name, layer=None):
    return next(p.values for p in facts.probes if (p.name, p.layer) == (name, layer))


def chain(*steps, shape=(18,), dtype="float32"):
    return keras.Sequential([keras.Input(shape, dtype=dtype), *steps])


def dense(units, activation=None, **settings):
    return layers.Dense(units, activation=activation, **settings)


class Net(keras.Model):
    """Dense, something of the test's, Dropout, Dense."""

    def __init__(self, between=lambda x, training: x):
        super().__init__()
        self.first = dense(8, "relu")
        self.drop = layers.Dropout(0.3)
        self.head = dense(1)
        self.between = between

    def call(self, x, training=None):
        x = self.between(self.first(x), training)
        return self.head(self.drop(x, training=training))


class Tokens(keras.Model):
    """Looks numbers up; nothing outside says that they are whole."""

    def __init__(self):
        super().__init__()
        self.table = layers.Embedding(20, 4)
        self.head = dense(1)

    def call(self, x):
        return self.head(ops.mean(self.table(x), axis=1))


def frozen(make, *places):
    model = make()
    for place in places:
        model.layers[place].trainable = False
    return model


def two_inputs():
    one, two = keras.Input((8,), name="one"), keras.Input((4,), name="two")
    shared = dense(5)
    joined = layers.Concatenate()([shared(one), dense(3)(two)])
    return keras.Model({"one": one, "two": two}, [dense(1)(joined), shared(one)])


def attention():
    inputs = keras.Input((4, 6))
    attended = layers.MultiHeadAttention(2, 3)(inputs, inputs)
    return keras.Model(inputs, dense(1)(layers.Flatten()(attended)))


def shared_twice():
    inputs, shared = keras.Input((8,)), dense(8)
    return keras.Model(inputs, dense(1)(shared(shared(inputs))))


def trained():
    model = chain(dense(8, "relu"), layers.BatchNormalization(), dense(1))
    model.compile("adam", "mae")
    model.fit(np.zeros((64, 18)), np.zeros(64), verbose=0)
    return model


def block():
    return chain(dense(8), layers.BatchNormalization(), layers.ReLU(), dense(1))


RIGHT = {
    "a head that starts at zero": lambda: (
        chain(dense(8, "relu"), dense(1, kernel_initializer="zeros")),
    ),
    "all weights start at zero": lambda: (
        chain(
            dense(8, "relu", kernel_initializer="zeros"),
            dense(1, kernel_initializer="zeros"),
        ),
    ),
    "softmax": lambda: (chain(dense(8, "relu"), dense(10, "softmax")),),
    "softmax of one": lambda: (chain(dense(8, "relu"), dense(1, "softmax")),),
    "bias before a normalization": lambda: (block(),),
    "normalization of one value": lambda: (
        chain(dense(1), layers.LayerNormalization(), dense(1)),
    ),
    "frozen normalization": lambda: (frozen(block, 1),),
    "all frozen": lambda: (frozen(block, 0, 1, 3),),
    "another momentum": lambda: (
        chain(dense(4), layers.BatchNormalization(momentum=0.5, scale=False)),
    ),
    "normalization along any axis": lambda: (
        chain(
            layers.BatchNormalization(axis=1),
            layers.BatchNormalization(axis=2, center=False),
            layers.Flatten(),
            dense(1),
            shape=(6, 5, 3),
        ),
        (6, 5, 3),
    ),
    "every dropout": lambda: (
        chain(
            layers.Dropout(0.5),
            layers.AlphaDropout(0.3),
            layers.GaussianDropout(0.3),
            layers.GaussianNoise(0.7),
            layers.Dropout(0.0),
            layers.Dropout(0.2, noise_shape=(None, 1)),
            layers.Dropout(0.2, noise_shape=(1, 18)),
            layers.Dropout(1.0),
            dense(1),
        ),
    ),
    "dropped maps": lambda: (
        chain(
            layers.SpatialDropout2D(0.3),
            layers.SpatialDropout2D(0.3, data_format="channels_first"),
            layers.Dropout(0.4, noise_shape=(None, 1, 1, 3)),
            layers.Flatten(),
            dense(1),
            shape=(5, 5, 3),
        ),
        (5, 5, 3),
    ),
    "augmentation": lambda: (
        chain(
            layers.RandomFlip("horizontal"),
            layers.RandomRotation(0.1),
            layers.RandomRotation(0.0),
            layers.RandomBrightness(0.2),
            layers.RandomContrast(0.2, value_range=(0, 1)),
            layers.RandomTranslation(0.0, 0.1),
            layers.GlobalAveragePooling2D(),
            dense(1),
            shape=(8, 8, 3),
        ),
        (8, 8, 3),
    ),
    "two named inputs": lambda: (two_inputs(), ((8,), (4,))),
    "shared weights": lambda: (shared_twice(), (8,)),
    "attention": lambda: (attention(), (4, 6)),
    "one step in time": lambda: (
        chain(layers.LSTM(4), dense(1), shape=(1, 3)),
        (1, 3),
    ),
    "state kept between batches": lambda: (
        keras.Sequential(
            [keras.Input(batch_shape=(4, 5, 3)), layers.GRU(3, stateful=True)]
        ),
        (5, 3),
    ),
    "a declared batch size": lambda: (
        keras.Sequential([keras.Input(batch_shape=(4, 18)), dense(1)]),
    ),
    "lookup of whole numbers": lambda: (
        chain(layers.Embedding(50, 8), layers.Flatten(), dense(1), shape=(7,)),
        (7,),
    ),
    "lookup of int32": lambda: (
        chain(
            layers.Embedding(50, 8, mask_zero=True),
            layers.GRU(3),
            dense(1),
            shape=(7,),
            dtype="int32",
        ),
        (7,),
        "int32",
    ),
    "lookup inside a class": lambda: (Tokens(), (6,)),
    "half precision": lambda: (
        chain(
            dense(8, dtype="mixed_float16"),
            layers.BatchNormalization(dtype="mixed_float16"),
            layers.Dropout(0.3, dtype="mixed_float16"),
            dense(1, dtype="float32"),
        ),
    ),
    "double precision": lambda: (
        chain(
            dense(8, dtype="float64"),
            layers.BatchNormalization(dtype="float64"),
            layers.Dropout(0.3, dtype="float64"),
        ),
    ),
    "subclass": lambda: (Net(),),
    "rounding at inference only": lambda: (
        Net(lambda x, training: x if training else tf.round(x)),
    ),
    "trained": lambda: (trained(),),
    "unbuilt": lambda: (keras.Sequential([dense(8), layers.Dropout(0.3)]),),
    "relu by a lambda": lambda: (
        chain(dense(4), layers.Lambda(lambda x: ops.relu(x)), dense(1)),
    ),
    "relu before PReLU": lambda: (chain(dense(4, "relu"), layers.PReLU(), dense(1)),),
    "no weights at all": lambda: (chain(layers.Dropout(0.5)),),
    "whole numbers out": lambda: (
        chain(dense(4), layers.Lambda(lambda x: ops.argmax(x, -1))),
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_is_a_right_answer_without_a_finding(name):
    answer = RIGHT[name]()
    expected = [("GRADIENT.STOPS_AT", 1)] if name == "whole numbers out" else []
    assert found(*answer) == expected


def example_of(kind):
    """Return a layer of a kind, and an input shape that fits it."""
    by_name = {"target_shape": (-1,), "activation": "relu", "groups": 2}
    needed = {
        name: by_name.get(name, 0.4 if name in ("rate", "stddev") else 2)
        for name, value in DEFAULTS[kind].items()
        if value is REQUIRED
    }
    if kind.startswith("Random"):
        needed = {name: 0.3 for name in needed}
    if kind == "Embedding":
        needed["input_dim"] = 9
    if kind == "GroupNormalization":
        needed["groups"] = 2
    rank = next((n for n in (1, 2, 3) if f"{n}D" in kind), 2)
    if kind in ("SimpleRNN", "LSTM", "GRU"):
        rank = 1
    return getattr(layers, kind)(**needed), (8,) * rank + (4,)


@pytest.mark.parametrize("kind", DEFAULTS)
def test_is_every_layer_that_the_checker_knows_measured_without_a_finding(kind):
    layer, shape = example_of(kind)
    inputs = keras.Input(shape)
    several = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")
    if kind in (*several, "Concatenate"):
        result = layer([dense(4)(inputs), dense(4)(inputs)])
    elif kind == "Embedding":
        result = layer(inputs)
    else:
        result = layer(dense(4)(inputs))
    model = keras.Model(inputs, dense(1)(result))
    assert found(model, shape) == []


@tf.custom_gradient
def without_slope(x):
    return x, lambda gradient: gradient * 0


class Rounding(layers.Layer):
    def call(self, x):
        return ops.round(x)


class Detached(layers.Layer):
    """Multiplies by a weight that it cuts off."""

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 4), name="kernel")

    def call(self, x):
        return x @ ops.stop_gradient(self.kernel)


class Idle(layers.Dropout):
    def call(self, x, training=None):
        return x


def patched(layer, call):
    layer.call = call
    return layer


def through_numpy(x, training):
    copied = tf.numpy_function(lambda values: values, [x], tf.float32)
    return tf.ensure_shape(copied, x.shape)


def one_branch_cut():
    inputs = keras.Input((8,))
    cut = ops.stop_gradient(dense(4)(inputs))
    return keras.Model(inputs, dense(1)(layers.Add()([dense(4)(inputs), cut])))


CUTS = {
    "stop_gradient": (
        lambda: Net(lambda x, training: ops.stop_gradient(x)),
        "GRADIENT.STOPS_AFTER",
        0,
    ),
    "round": (
        lambda: Net(lambda x, training: ops.round(x)),
        "GRADIENT.STOPS_AFTER",
        0,
    ),
    "tf.round": (
        lambda: Net(lambda x, training: tf.round(x)),
        "GRADIENT.STOPS_AFTER",
        0,
    ),
    "argmax": (
        lambda: Net(lambda x, training: tf.one_hot(tf.argmax(x, -1), 8)),
        "GRADIENT.STOPS_AFTER",
        0,
    ),
    "numpy": (
        lambda: Net(lambda x, training: tf.constant(x.numpy())),
        "GRADIENT.STOPS_AFTER",
        0,
    ),
    "numpy function": (lambda: Net(through_numpy), "GRADIENT.STOPS_AFTER", 0),
    "in training only": (
        lambda: Net(lambda x, training: tf.stop_gradient(x) if training else x),
        "GRADIENT.STOPS_AFTER",
        0,
    ),
    "a gradient of zero": (
        lambda: Net(lambda x, training: without_slope(x)),
        "GRADIENT.NONE",
        0,
    ),
    "times zero": (lambda: Net(lambda x, training: x * 0.0), "GRADIENT.NONE", 0),
    "a lambda that rounds": (
        lambda: chain(dense(8), layers.Lambda(lambda x: ops.round(x)), dense(1)),
        "GRADIENT.STOPS_AT",
        1,
    ),
    "a lambda that is relu in values": (
        lambda: chain(
            dense(8),
            layers.Lambda(lambda x: ops.stop_gradient(ops.relu(x))),
            dense(1),
        ),
        "GRADIENT.STOPS_AT",
        1,
    ),
    "an activation that is relu in values": (
        lambda: chain(
            dense(8, activation=lambda x: ops.stop_gradient(ops.relu(x))), dense(1)
        ),
        "GRADIENT.NONE",
        0,
    ),
    "a layer of the learner's": (
        lambda: chain(dense(8), Rounding(), dense(1)),
        "GRADIENT.STOPS_AT",
        1,
    ),
    "one weight": (lambda: chain(dense(8), Detached(), dense(1)), "GRADIENT.NONE", 1),
}


@pytest.mark.parametrize("name", CUTS)
def test_is_a_gradient_that_stops_named_with_its_layer(name):
    build, code, layer = CUTS[name]
    assert found(build()) == [(code, layer)]


def test_is_a_cut_in_one_branch_found():
    ((code, _),) = found(one_branch_cut(), (8,))
    assert code == "GRADIENT.STOPS_AFTER"


def tied():
    inputs, one, two = keras.Input((8,)), dense(8), dense(8)
    model = keras.Model(inputs, dense(1)(two(one(inputs))))
    two._trainable_variables[0] = one.kernel
    return model


def model_switched_off():
    model = keras.Sequential()
    model.trainable = False
    for step in (keras.Input((18,)), dense(8), dense(1)):
        model.add(step)
    return model


def weight_switched_off():
    model = chain(dense(8), dense(1))
    model.layers[0].kernel.trainable = False
    return model


def noise_of(stddev):
    def call(x, training=None):
        noise = keras.random.normal(ops.shape(x), stddev=stddev)
        return x + noise if training else x

    return call


def drop(rate, *, scale=True, always=False):
    def call(x, training=None):
        if not (training or always):
            return x
        kept = keras.random.dropout(x, rate)
        return kept if scale else kept * (1 - rate)

    return call


def moving_always(layer):
    def call(x, training=None, mask=None):
        spread = ops.sqrt(layer.moving_variance + layer.epsilon)
        return (x - layer.moving_mean) / spread * layer.gamma + layer.beta

    return patched(layer, call)


def batch_always(layer):
    call = type(layer).call
    return patched(
        layer, lambda x, training=None, mask=None: call(layer, x, training=True)
    )


def other_momentum():
    layer = layers.BatchNormalization()
    config = layer.get_config()
    layer.momentum = 0.5
    layer.get_config = lambda: config
    return layer


def between(layer):
    return lambda: chain(dense(8), layer(), dense(1))


ODD = {
    "a dropout that rests": (
        between(lambda: patched(layers.Dropout(0.3), lambda x, training=None: x)),
        "BEHAVIOR.DROP_RATE",
        1,
    ),
    "a dropout class that rests": (
        between(lambda: Idle(0.3)),
        "BEHAVIOR.DROP_RATE",
        1,
    ),
    "another rate": (
        between(lambda: patched(layers.Dropout(0.3), drop(0.35))),
        "BEHAVIOR.DROP_RATE",
        1,
    ),
    "no scale": (
        between(lambda: patched(layers.Dropout(0.3), drop(0.3, scale=False))),
        "BEHAVIOR.DROP_SCALE",
        1,
    ),
    "zeros in place of alpha": (
        between(lambda: patched(layers.AlphaDropout(0.3), drop(0.3))),
        "BEHAVIOR.DROP_SCALE",
        1,
    ),
    "on at inference": (
        between(lambda: patched(layers.Dropout(0.3), drop(0.3, always=True))),
        "BEHAVIOR.NOT_IDENTITY",
        1,
    ),
    "less noise": (
        between(lambda: patched(layers.GaussianNoise(0.5), noise_of(0.1))),
        "BEHAVIOR.NOISE",
        1,
    ),
    "noise that adds": (
        between(lambda: patched(layers.GaussianDropout(0.5), noise_of(1.0))),
        "BEHAVIOR.NOISE",
        1,
    ),
    "stored statistics in training": (
        between(lambda: moving_always(layers.BatchNormalization())),
        "BEHAVIOR.BATCH_STATISTICS",
        1,
    ),
    "batch statistics at inference": (
        between(lambda: batch_always(layers.BatchNormalization())),
        "BEHAVIOR.MOVING_STATISTICS",
        1,
    ),
    "another momentum": (between(other_momentum), "BEHAVIOR.MOMENTUM", 1),
    "a model that is switched off": (model_switched_off, "BEHAVIOR.FROZEN", 0),
    "a weight that is switched off": (weight_switched_off, "BEHAVIOR.FROZEN", 0),
    "softmax over the batch": (
        lambda: Net(lambda x, training: tf.nn.softmax(x, axis=0)),
        "MODEL.MIXES_EXAMPLES",
        None,
    ),
    "centered over the batch": (
        lambda: Net(lambda x, training: x - tf.reduce_mean(x, axis=0)),
        "MODEL.MIXES_EXAMPLES",
        None,
    ),
    "more rows than examples": (
        lambda: chain(
            dense(8),
            layers.Lambda(lambda x: ops.reshape(x, (-1, 4)), output_shape=(4,)),
            dense(1),
        ),
        "MODEL.OUTPUT_SHAPE",
        None,
    ),
    "noise at inference": (
        lambda: Net(lambda x, training: x + tf.random.normal(tf.shape(x))),
        "MODEL.NOT_REPEATABLE",
        None,
    ),
    "logarithm of what is negative": (
        lambda: Net(lambda x, training: tf.math.log(x - 1e6)),
        "MODEL.NOT_FINITE",
        None,
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_is_odd_behavior_named(name):
    build, code, layer = ODD[name]
    assert found(build()) == [(code, layer)]


def test_is_a_weight_in_two_layers_named():
    assert found(tied(), (8,)) == [("BEHAVIOR.TIED", 1)]


def test_is_a_flip_that_does_nothing_named():
    flip = patched(layers.RandomFlip(), lambda x, training=None: x)
    model = chain(flip, layers.Flatten(), dense(1), shape=(8, 8, 3))
    assert found(model, (8, 8, 3)) == [("BEHAVIOR.RESTS", 0)]


def test_is_a_flip_at_inference_named():
    flip = patched(layers.RandomFlip(), lambda x, training=None: x[:, ::-1])
    model = chain(flip, layers.Flatten(), dense(1), shape=(8, 8, 3))
    assert found(model, (8, 8, 3)) == [("BEHAVIOR.NOT_IDENTITY", 0)]


def test_is_an_error_on_numbers_named():
    model = Net(lambda x, training: tf.ensure_shape(x, (3, 8)))
    with quiet():
        facts = capture_model(model, Model("net", (18,)))
    forward = next(probe for probe in facts.probes if probe.name == "forward")
    assert forward.error is not None
    seen = SimpleNamespace(model=facts, graph=normalize(facts))
    assert [one.code for one in judge_probes(seen, "all")] == ["MODEL.RAISES"]


def test_is_a_share_that_is_dropped_exact_over_many_draws():
    facts = captured(chain(layers.Dropout(0.25, seed=1), dense(1)))
    dropped = values(facts, "dropout", 0)
    assert dropped["zeros"] == pytest.approx(0.25, abs=5 * 0.0068)
    assert dropped["mean"] == pytest.approx(1, abs=0.06)
    assert dropped["high"] == pytest.approx(1 / 0.75, rel=1e-6)
    assert dropped["draws"] >= 4096


def test_do_two_calls_with_one_layer_show_one_variable():
    facts = captured(shared_twice(), (8,))
    weights = values(facts, "weights")
    assert weights["variables"] == [[0, 1], [2, 3]]
    called = [call.layer for call in facts.inference.calls]
    assert [layer for layer in called if layer is not None] == [0, 0, 1]


def test_does_a_change_of_a_shared_weight_move_both_calls():
    """What the numbers of `weights` stand for, on the model itself."""
    model = shared_twice()
    shared = model.layers[1]
    inputs = np.ones((1, 8), "float32")
    once, twice = shared(inputs), shared(shared(inputs))
    shared.kernel.assign(shared.kernel * 2)
    assert not np.allclose(once, shared(inputs))
    assert not np.allclose(twice, shared(shared(inputs)))


def test_is_a_structure_only_capture_without_probes():
    assert captured(block(), probes=False).probes == ()


def test_are_the_facts_of_a_batch_normalization_those_of_keras():
    facts = captured(frozen(block, 1))
    assert values(facts, "statistics", 1) == {
        "training": "moving",
        "inference": "moving",
        "momentum": pytest.approx(1.0),
        "moves_at_inference": False,
    }
    facts = captured(block())
    assert values(facts, "statistics", 1) == {
        "training": "batch",
        "inference": "moving",
        "momentum": pytest.approx(0.99, abs=1e-3),
        "moves_at_inference": False,
    }


# -- what a model computes, with drawn weights ---------------------------------------


def computed(model):
    facts = capture_model(model, Model("net", inputs=(3,), is_computed=True))
    return next(probe for probe in facts.probes if probe.name == "computed")


def test_is_written_down_what_a_model_computes():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2)])
    before = [weight.copy() for weight in model.get_weights()]
    seen = computed(model).values
    kernel, bias = (weight["values"] for weight in seen["weights"])
    x = np.array(seen["inputs"][0])
    expected = x @ np.reshape(kernel, (3, 2)) + bias
    np.testing.assert_allclose(seen["outputs"][0], expected, rtol=1e-5, atol=1e-6)
    assert [weight["shape"] for weight in seen["weights"]] == [[3, 2], [2]]
    assert all(weight["trainable"] for weight in seen["weights"])
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_has_a_large_model_its_count_alone():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(9_000)])
    seen = computed(model).values
    assert seen["too_large"] > 20_000
    assert all(weight["values"] == [] for weight in seen["weights"])
