"""Keras's and TensorFlow's values, callbacks and trained models as facts."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from checkers.capture import capture
from checkers.capture.data import NoPlainForm, to_plain
from checkers.capture.stubs import own_error, short_text
from checkers.capture.values import capture_number, capture_values
from checkers.exercise import Callback, Check, Exercise, Model, Trained
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.values import CallbackIs
from checkers.snapshot import CallbackFacts, OtherFacts, Snapshot, TrainedFacts
from tests.unit.function_bank import TASKS

layers = keras.layers
ops = keras.ops


@pytest.mark.parametrize(
    "value",
    [
        tf.constant(3.0),
        tf.constant([3]),
        tf.constant(3.0, tf.bfloat16),
        tf.Variable(3.0),
        keras.Variable(3.0),
        ops.convert_to_tensor([[3.0]]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_is_a_tensor_with_one_entry_a_number(value):
    assert capture_number(value).value == 3


def symbolic():
    found = []

    @tf.function
    def traced(x):
        found.append(x)
        return x

    traced(tf.constant(1.0))
    return found[0]


@pytest.mark.parametrize("build", [lambda: keras.Input((3,)), symbolic])
def test_has_a_tensor_without_values_a_reason_of_its_own(build):
    assert capture_number(build()).reason == "number_symbolic"
    assert capture_values(build()).reason == "values_symbolic"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (tf.ragged.constant([[1], [2, 3]]), [[1], [2, 3]]),
        (tf.sparse.from_dense([[0.0, 2.0]]), [[0.0, 2.0]]),
        (tf.IndexedSlices(tf.constant([2.0]), [1], [3]), [0.0, 2.0, 0.0]),
        (tf.constant(["a"]), ["a"]),
        (tf.Variable([1.0, 2.0]), [1.0, 2.0]),
        (keras.Variable([1.0, 2.0]), [1.0, 2.0]),
        ([tf.constant(1.0), np.float32(2)], [1.0, 2.0]),
        (tf.constant([1.5], tf.bfloat16), [1.5]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_has_every_tensor_a_plain_form(value, plain):
    assert to_plain(value) == plain


def test_has_a_model_no_plain_form():
    with pytest.raises(NoPlainForm) as caught:
        to_plain(keras.Sequential())
    assert caught.value.reason == "function"


def fitted(*callbacks, **settings):
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    model.compile("adam", "mae")
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(16, 2)), rng.normal(size=16)
    return model.fit(
        x, y, validation_split=0.5, epochs=2, verbose=0, callbacks=list(callbacks)
    )


def test_is_a_history_read_in_any_clothes():
    history = fitted()
    expected = capture_values(history.history).value
    assert set(expected) == {"loss", "val_loss"}
    assert capture_values(history).value == expected
    import pandas as pd

    table = pd.DataFrame(history.history)
    assert capture_values(table, ("loss", "val_loss")).value == expected
    rows = [dict(zip(history.history, row, strict=True)) for row in table.to_numpy()]
    assert capture_values(rows).value[0].keys() == expected.keys()


def exercise(part):
    return Exercise("toy-k", "K", "P", (part,), (Check("a", 1, "a"),), ("a", "b", "c"))


STOPPER = exercise(Callback("stopper"))
RULE = CallbackIs("a", "stopper", "EarlyStopping", {"patience": 3, "min_delta": 0.001})


def codes(answer):
    snapshot = capture(STOPPER, (answer,))
    snapshot = Snapshot.from_json(snapshot.to_json())
    verdict = judge(snapshot, exercise=STOPPER, key=Key("toy-k", (RULE,), ""))
    assert verdict.status != "broken", verdict.to_text()
    return [found.code for found in verdict.findings]


def stopper(**settings):
    return keras.callbacks.EarlyStopping(
        **{"patience": 3, "min_delta": 0.001, **settings}
    )


def used():
    found = stopper()
    fitted(found)
    return found


@pytest.mark.parametrize(
    "build",
    [
        stopper,
        used,
        lambda: [stopper()],
        lambda: (stopper(),),
        lambda: keras.callbacks.CallbackList([stopper()], add_history=True),
    ],
)
def test_is_a_callback_the_same_before_and_after_fit_and_in_a_list(build):
    assert codes(build()) == []


class EarlyStopping(keras.callbacks.Callback):
    patience, min_delta = 3, 0.001

    @property
    def monitor(self):
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: stopper(patience=5), "CALLBACK.SETTING"),
        (lambda: keras.callbacks.TerminateOnNaN(), "CALLBACK.OTHER"),
        (EarlyStopping, "CALLBACK.IMPOSTOR"),
        (lambda: keras.callbacks.EarlyStopping, "CALLBACK.CLASS"),
        (fitted, "CALLBACK.HISTORY"),
        (lambda: [stopper(), stopper()], "CALLBACK.SEVERAL"),
        (
            lambda: keras.callbacks.CallbackList([stopper(), stopper()]),
            "CALLBACK.SEVERAL",
        ),
        (lambda: "early stopping", "CALLBACK.NOT_A_CALLBACK"),
        (lambda: [1, 2], "CALLBACK.NOT_A_CALLBACK"),
    ],
)
def test_has_each_thing_that_is_no_such_callback_its_code(build, code):
    assert codes(build()) == [code]


def test_are_all_kinds_of_callbacks_read():
    for one in (
        keras.callbacks.ReduceLROnPlateau(factor=0.5),
        keras.callbacks.ModelCheckpoint("a.keras"),
        keras.callbacks.LearningRateScheduler(lambda epoch: 0.1),
        keras.callbacks.LambdaCallback(),
        keras.callbacks.CSVLogger("log.csv"),
    ):
        found = capture(STOPPER, (one,)).parts["stopper"]
        assert isinstance(found, CallbackFacts)
        assert found.is_keras


# -- trained models ------------------------------------------------------------------


def classifier(units, activation):
    model = keras.Sequential([keras.Input((2,)), layers.Dense(units, activation)])
    weights = np.eye(2, units) if units > 1 else np.array([[1.0], [-1.0]])
    model.set_weights([weights, np.zeros(units)])
    return model


X = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 1.0], [0.5, 3.0]])
LABELS = np.array([0, 1, 0, 0])


def score(model, targets, metric="accuracy"):
    part = Trained("t", metrics=(metric,), model=Model("t", inputs=(2,)))
    asked = exercise(part)
    found = capture(asked, (model,), data=(X, targets)).parts["t"]
    return found.scores[metric] if isinstance(found, TrainedFacts) else found


@pytest.mark.parametrize("targets", [LABELS, LABELS[:, None], np.eye(2)[LABELS]])
def test_is_accuracy_measured_for_labels_of_any_form(targets):
    assert score(classifier(2, "softmax"), targets) == 0.75


def test_is_accuracy_measured_for_one_sigmoid_unit():
    assert score(classifier(1, "sigmoid"), 1 - LABELS) == 0.75
    assert score([classifier(1, "sigmoid")], (1 - LABELS)[:, None]) == 0.75


@pytest.mark.parametrize(
    ("model", "metric", "targets"),
    [
        (lambda: classifier(2, None), "mae", LABELS),
        (lambda: classifier(2, None), "mae", LABELS[:3]),
        (
            lambda: keras.Model(
                i := keras.Input((2,)), [layers.Dense(1)(i), layers.Dense(1)(i)]
            ),
            "mae",
            LABELS,
        ),
        (
            lambda: keras.Sequential(
                [keras.Input((2,)), layers.RepeatVector(3), layers.Dense(2)]
            ),
            "accuracy",
            LABELS,
        ),
    ],
)
def test_is_an_output_that_fits_no_target_named(model, metric, targets):
    found = score(model(), targets, metric)
    assert isinstance(found, OtherFacts)
    assert found.reason == "wrong_output"


def answers(model, inputs, targets):
    part = Trained("t", metrics=("accuracy",), model=Model("t", inputs=(2,)))
    snapshot = capture(exercise(part), (model,), data=(inputs, targets))
    assert Snapshot.from_json(snapshot.to_json()) == snapshot
    return snapshot.parts["t"].classes


@pytest.mark.parametrize("targets", [LABELS, LABELS[:, None], np.eye(2)[LABELS]])
def test_are_the_answers_of_a_classifier_written_down(targets):
    found = answers(classifier(2, None), X, targets)
    assert found.confusion == ((2, 1), (0, 1))
    assert found.num_outputs == 2
    assert found.is_finite
    assert found.hits == "e0"  # three right rows, then a wrong one
    assert found.input_range == (0.0, 3.0)
    assert found.other_inputs["as_given"] == 0.75
    assert set(found.other_inputs) >= {"divided_by_255", "standardized", "inverted"}


def test_is_a_single_unit_without_sigmoid_cut_at_zero():
    model = classifier(1, None)
    model.set_weights([np.array([[1.0], [-1.0]]), np.array([-0.9])])
    assert score(model, 1 - LABELS) == 0.75  # cut at one half it would be 0.25


def test_are_inputs_of_another_scale_tried():
    model = classifier(2, None)
    model.set_weights([np.array([[1.0, 0.0], [0.0, 0.0]]), np.array([0.0, 100.0])])
    found = answers(model, X / 3, LABELS)  # class 0 needs inputs above 100
    assert found.other_inputs["as_given"] == 0.25
    assert found.other_inputs["times_255"] == 0.5


def test_are_weights_alone_no_model(tmp_path):
    path = tmp_path / "net.weights.h5"
    classifier(2, None).save_weights(path)
    assert score(str(path), LABELS).reason == "weights_only"


def test_does_a_score_leave_no_trace_on_the_model():
    model = classifier(2, None)
    before = dict(vars(model))
    score(model, LABELS)
    assert vars(model) == before


# -- errors --------------------------------------------------------------------------


class Broken(keras.Model):
    def call(self, x):
        return x.nope


class Outer(keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = Broken()

    def call(self, x):
        return self.inner(x)


@pytest.mark.filterwarnings("ignore:Layer .* looks like it has unbuilt state")
@pytest.mark.parametrize("build", [Broken, Outer])
@pytest.mark.parametrize("inputs", [np.ones((1, 2), "float32"), keras.Input((2,))])
def test_is_the_learners_own_error_found_inside_keras_report(build, inputs):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever Keras makes of it
        build()(inputs)
    facts = own_error(caught.value)
    assert facts.kind == "AttributeError"
    assert facts.message.endswith("has no attribute 'nope'")
    assert "\x1b" not in facts.message
    assert facts.line == "return x.nope"


def test_has_a_short_text_no_address_and_no_length():
    assert short_text(len) == "len"
    assert short_text(Broken) == "Broken"
    assert "0x" not in short_text(object())
    assert len(short_text(list(range(10**6)))) < 100
    assert short_text("a\ud800") == "'a?'" or "ud800" in short_text("a\ud800")


# -- functions written with Keras -----------------------------------------------------

KERAS_RIGHT = {
    "softmax": {
        "keras.ops": lambda z, t: ops.softmax(z / t, axis=-1),
        "activations": lambda z, t: keras.activations.softmax(
            ops.convert_to_tensor(z / t)
        ),
        "tf": lambda z, t: tf.nn.softmax(z / t),
        "float32": lambda z, t: ops.softmax(ops.cast(z, "float32") / t),
        "layer": lambda z, t: layers.Softmax()(z / t),
    },
    "sigmoid": {
        "keras.ops": lambda x, x0, k: ops.sigmoid(k * (x - x0)),
        "tf.function": tf.function(lambda x, x0, k: tf.sigmoid(k * (x - x0))),
    },
    "one_hot": {
        "utils": lambda y, n: keras.utils.to_categorical(y, n),
        "ops": ops.one_hot,
    },
    "relu": {"ops": ops.relu, "layer": layers.ReLU().call, "tf": tf.nn.relu},
    "entropy": {
        "ops": lambda p: -ops.sum(p * ops.log(ops.maximum(p, 1e-12))),
    },
    "bce": {
        "losses": lambda y, p: keras.losses.BinaryCrossentropy()(
            y[:, None].astype("float32"), p[:, None].astype("float32")
        ),
    },
    "conv2d": {
        "ops": lambda x, k, b: ops.conv(x[None], k, padding="valid")[0] + b,
    },
    "pool": {
        "ops": lambda x, s: ops.max_pool(x[None, ..., None], s)[0, ..., 0],
    },
    "bn": {
        "ops": lambda x, g, b: (
            g * (x - ops.mean(x, axis=0)) / ops.sqrt(ops.var(x, axis=0) + 1e-3) + b
        ),
    },
    "dropout": {
        "layer": lambda x, rate: layers.Dropout(rate)(x, training=True),
        "random": lambda x, rate: keras.random.dropout(x, rate),
    },
    "confusion": {"tf": lambda y, p, n: tf.math.confusion_matrix(y, p, n)},
    "relu_back": {"tape": lambda dout, x: _taped(tf.nn.relu, x, dout)},
}


def _taped(function, x, dout):
    x = tf.convert_to_tensor(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = function(x)
    return tape.gradient(y, x, output_gradients=tf.convert_to_tensor(dout))


@pytest.mark.parametrize(
    ("name", "style"),
    [(name, style) for name, styles in KERAS_RIGHT.items() for style in styles],
)
def test_does_a_function_written_with_keras_pass(name, style):
    task = TASKS[name]
    snapshot = capture(task.exercise, (KERAS_RIGHT[name][style],), seed=4)
    snapshot = Snapshot.from_json(snapshot.to_json())
    verdict = judge(snapshot, exercise=task.exercise, key=task.key)
    assert verdict.status == "passed", verdict.to_text()
