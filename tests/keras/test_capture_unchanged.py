"""Capture changes nothing: not the answer, not what the notebook does next.

Two kinds of proof. One compares every attribute of every layer before and after. The
other runs the same notebook twice, once with checks in between, and compares what it
computes afterwards.
"""

import logging
import random
import sys
import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

from checkers.capture import capture
from checkers.capture.unchanged import unchanged
from checkers.exercise import Check, Exercise, Function, Model, Trained
from checkers.parts import Case, Number
from checkers.snapshot import ModelFacts

layers = keras.layers
# One of the models below warns whenever it is called.
pytestmark = pytest.mark.filterwarnings("ignore:a warning")


def exercise(part):
    return Exercise(
        "toy-one", "Toy", "M", (part,), (Check("a", 1, "b"),), ("a", "b", "c")
    )


def check(answer, part=None):
    part = part or Model("net", inputs=(18,))
    return capture(exercise(part), (answer,)).parts[part.name]


def sequential():
    return keras.Sequential(
        [
            keras.Input((18,)),
            layers.Dense(8, "relu", kernel_regularizer="l2"),
            layers.BatchNormalization(),
            layers.Dropout(0.3),
            layers.Dense(1, activity_regularizer="l1"),
        ]
    )


def unbuilt():
    return keras.Sequential(
        [layers.Dense(8), layers.BatchNormalization(), layers.Dropout(0.3)]
    )


def functional():
    inputs = keras.Input((18,))
    shared = layers.Dense(18)
    joined = layers.Add()([shared(inputs), keras.ops.relu(shared(inputs))])
    return keras.Model(inputs, layers.Dense(1)(layers.Dropout(0.5)(joined)))


def nested():
    block = keras.Sequential([layers.Dense(4), layers.BatchNormalization()])
    return keras.Sequential([keras.Input((18,)), block, layers.Dense(1)])


def compiled():
    model = sequential()
    model.compile("adam", "mae", metrics=["mse"])
    return model


def trained():
    model = compiled()
    rng = np.random.default_rng(0)
    model.fit(rng.normal(size=(64, 18)), rng.normal(size=64), verbose=0)
    return model


class Helper:
    """A plain object of the notebook."""

    def __init__(self):
        self.calls = 0


class Busy(keras.Model):
    """Its call counts, collects, draws and prints."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)
        self.norm = layers.BatchNormalization()
        self.head = layers.Dense(1)
        self.count = 0
        self.log = []
        self.table = {"n": 0}
        self.kinds = set()
        self.helper = Helper()
        self.array = np.zeros(2)
        self.python_random = random.Random(3)
        self.numpy_random = np.random.default_rng(3)
        self.numbers = np.random.RandomState(3)
        self.tensor_random = tf.random.Generator.from_seed(3)
        self.steps = tf.Variable(0)
        self.seeds = keras.random.SeedGenerator(3)
        self.mean = keras.metrics.Mean()

    def call(self, x, training=None):
        self.count += 1
        self.log.append(self.count)
        self.table["n"] = self.table["n"] + 1
        self.kinds.add(self.count)
        self.helper.calls += 1
        self.array += 1
        self.new = "an attribute that was not there"
        self.python_random.random()
        self.numpy_random.random()
        self.numbers.rand()
        self.tensor_random.normal(())
        self.steps.assign_add(1)
        noise = keras.random.normal((1,), seed=self.seeds)
        noise = noise + keras.random.normal((1,)) + tf.random.normal((1,))
        noise = noise + tf.random.normal((1,), seed=3)
        sys.stdout.write("a line\n")
        logging.getLogger("busy").error("a log line")
        warnings.warn("a warning", stacklevel=1)
        random.random()
        np.random.rand()
        keras.config.set_epsilon(1e-3)
        layers.Dense(2)
        self.add_loss(keras.ops.sum(x))
        return self.head(self.norm(self.dense(x), training=training)) + 0 * noise


class Raising(keras.Model):
    """Its call changes an attribute and then raises."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)
        self.count = 0

    def call(self, x):
        self.count += 1
        self.dense(x)
        raise RuntimeError("not today")


class Block(layers.Layer):
    """A block of the learner's that makes its weights in build."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(4)
        self.seen = []

    def build(self, shape):
        self.scale = self.add_weight(shape=(4,), initializer="ones", name="scale")

    def call(self, x):
        self.seen.append(1)
        return self.dense(x) * self.scale


def built(make):
    def build():
        model = make()
        model(np.zeros((1, 18), "float32"))
        return model

    build.__name__ = f"built_{make.__name__}"
    return build


def with_block():
    return keras.Sequential([keras.Input((18,)), Block(), layers.Dense(1)])


def block_unbuilt():
    return keras.Sequential([Block(), layers.Dense(1)])


ANSWERS = (
    sequential,
    unbuilt,
    functional,
    nested,
    compiled,
    trained,
    with_block,
    block_unbuilt,
    Busy,
    built(Busy),
    Raising,
)


def state(model):
    """Return all that can be seen of a model: plain values, and ids of the rest."""
    found = {}
    waiting = [("model", model)]
    seen = set()
    while waiting:
        name, thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, keras.Variable | tf.Variable):
            found[name] = (id(thing), thing.numpy().tolist(), thing.trainable)
        elif isinstance(thing, np.ndarray):
            found[name] = thing.tolist()
        elif isinstance(thing, random.Random):
            found[name] = thing.getstate()
        elif isinstance(thing, np.random.Generator):
            found[name] = str(thing.bit_generator.state)
        elif isinstance(thing, np.random.RandomState):
            found[name] = str(thing.get_state())
        elif isinstance(thing, tf.random.Generator):
            found[name] = thing.state.numpy().tolist()
        elif isinstance(thing, list | tuple):
            found[name] = len(thing)
            waiting += [(f"{name}[{n}]", one) for n, one in enumerate(thing)]
        elif isinstance(thing, dict):
            found[name] = [str(key) for key in thing]
            waiting += [(f"{name}[{key}]", one) for key, one in thing.items()]
        elif isinstance(thing, set):
            found[name] = sorted(map(str, thing))
        elif thing is None or isinstance(thing, bool | int | float | str):
            found[name] = thing
        elif isinstance(thing, keras.Operation | keras.metrics.Metric | Helper) or (
            type(thing).__module__.startswith("keras.src")
        ):
            found[name] = (id(thing), sorted(vars(thing)))
            waiting += [(f"{name}.{key}", one) for key, one in vars(thing).items()]
        else:
            found[name] = id(thing)
    return found


@pytest.mark.parametrize("make", ANSWERS, ids=lambda make: make.__name__)
def test_is_every_attribute_as_it_was(make):
    model = make()
    before = state(model)
    facts = check(model)
    assert isinstance(facts, ModelFacts)
    after = state(model)
    assert {key for key in before if before[key] != after.get(key)} == set()
    assert set(after) == set(before)


def test_does_an_unbuilt_model_stay_unbuilt():
    model = unbuilt()
    assert check(model).built_here
    assert not model.built
    assert [layer.built for layer in model.layers] == [False, False, True]
    assert model.weights == []
    model(np.zeros((2, 7), "float32"))  # another width than the exercise's
    assert model.layers[0].kernel.shape == (7, 8)


def test_can_a_model_be_saved_and_trained_after_a_check(tmp_path):
    model = unbuilt()
    check(model)
    model.compile("adam", "mae")
    model.fit(np.ones((8, 18)), np.ones((8, 8)), verbose=0)
    check(model)
    model.save(tmp_path / "net.keras")
    again = keras.models.load_model(tmp_path / "net.keras")
    for one, other in zip(model.weights, again.weights, strict=True):
        np.testing.assert_array_equal(one.numpy(), other.numpy())


@pytest.mark.parametrize("make", [unbuilt, sequential, functional, nested])
def test_does_training_give_the_same_weights_with_checks_in_between(make):
    found = []
    for checks in (0, 2):
        keras.utils.set_random_seed(4)
        model = make()
        for _ in range(checks):
            check(model)
        model.compile("adam", "mae")
        rng = np.random.default_rng(0)
        x = rng.normal(size=(64, 18)).astype("float32")
        y = np.zeros((64, model(x[:1]).shape[-1]))
        model.fit(x, y, verbose=0, epochs=2)
        for _ in range(checks):
            check(model)
        model.fit(x, y, verbose=0)
        found.append([weight.numpy() for weight in model.weights])
    for one, other in zip(*found, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("make", [sequential, unbuilt, Busy, Raising])
def test_does_the_notebook_draw_the_same_numbers_with_a_check(make, capfd):
    def numbers(checks):
        keras.utils.set_random_seed(11)
        tf.random.get_global_generator().reset_from_seed(5)
        keras.random.normal((1,))
        model = make()
        for _ in range(checks):
            check(model)
        return [
            random.random(),
            np.random.rand(),
            float(keras.random.normal(())),
            float(tf.random.normal(())),
            float(tf.random.normal((), seed=3)),
            float(tf.random.get_global_generator().normal(())),
            layers.Dense(1).kernel_initializer.seed,
        ]

    assert numbers(2) == numbers(0)
    capfd.readouterr()


@pytest.mark.parametrize("make", [sequential, unbuilt, functional, Busy])
def test_do_names_of_later_layers_count_on_as_if_nothing_were(make):
    keras.utils.clear_session()
    make()
    expected = [layers.Dense(1).name, layers.ReLU().name, keras.Input((1,)).name]
    keras.utils.clear_session()
    model = make()
    check(model)
    check(model)
    found = [layers.Dense(1).name, layers.ReLU().name, keras.Input((1,)).name]
    assert found == expected


def test_do_settings_of_the_session_stay():
    seen = lambda: (  # noqa: E731
        keras.config.floatx(),
        keras.config.epsilon(),
        keras.config.image_data_format(),
        keras.config.dtype_policy().name,
        list(warnings.filters),
        logging.root.manager.disable,
        (sys.stdout, sys.stderr),
        keras.layers.Layer.__call__,
        keras.Operation.symbolic_call,
        tf.config.functions_run_eagerly(),
    )
    before = seen()
    keras.config.set_dtype_policy("mixed_float16")
    try:
        policy = keras.config.dtype_policy().name
        check(Busy())
        assert keras.config.dtype_policy().name == policy
    finally:
        keras.config.set_dtype_policy("float32")
    assert seen() == before


def test_does_a_function_that_seeds_and_builds_leave_no_trace():
    def make_block():
        keras.utils.set_random_seed(1)
        keras.config.set_floatx("float64")
        return len(layers.Dense(1).name)

    keras.utils.set_random_seed(9)
    part = Function("f", cases=lambda rng, parameters: (Case(()),))
    check(make_block, part)
    drawn = (random.random(), np.random.rand(), float(tf.random.normal(())))
    keras.utils.set_random_seed(9)
    assert drawn == (random.random(), np.random.rand(), float(tf.random.normal(())))
    assert keras.config.floatx() == "float32"


def test_is_a_session_that_is_cleared_inside_a_call_still_there():
    class Clearing(keras.Model):
        def call(self, x):
            keras.utils.clear_session(free_memory=False)
            return x

    keras.utils.clear_session()
    layers.Dense(1)
    check(Clearing())
    assert layers.Dense(1).name == "dense_1"


def test_is_nothing_printed(capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check(Busy())
    assert capfd.readouterr() == ("", "")


def test_does_the_loss_of_a_call_not_pile_up():
    model = built(Busy)()
    model(np.ones((1, 18), "float32"))
    before = [float(loss) for loss in model.losses]
    check(model)
    assert [float(loss) for loss in model.losses] == before == [18.0]


def test_is_a_trained_model_measured_without_a_trace(tmp_path):
    model = trained()
    part = Trained("net", metrics=("mae",), model=Model("net", inputs=(18,)))
    before = state(model)
    capture(exercise(part), (model,), data=(np.ones((4, 18)), np.ones(4)))
    after = state(model)
    changed = {key for key in before if before[key] != after.get(key)}
    # `predict` keeps its compiled function for the next time.
    assert {key for key in changed if "predict_function" not in key} == set()


def test_is_an_array_handed_in_not_changed():
    values = np.arange(3.0)
    check(values, Number("n"))
    np.testing.assert_array_equal(values, np.arange(3.0))


def test_is_a_large_array_left_alone_and_a_small_one_put_back():
    class Holder(layers.Layer):
        pass

    holder = Holder()
    holder.small, holder.large = np.zeros(3), np.zeros(1_000_001)
    with unchanged(holder):
        holder.small += 1
        holder.large += 1
    assert (holder.small.sum(), holder.large[0]) == (0, 1)


def test_is_a_variable_put_back_however_it_was_changed():
    variable = keras.Variable(np.arange(6.0).reshape(3, 2))
    holder = layers.Layer()
    holder.kept = variable
    with unchanged(holder):
        variable.assign_add(np.ones((3, 2)))
        variable.value.scatter_nd_add([[0]], [[5.0, 5.0]])
        variable.trainable = False
    np.testing.assert_array_equal(variable.numpy(), np.arange(6.0).reshape(3, 2))
    assert variable.trainable
