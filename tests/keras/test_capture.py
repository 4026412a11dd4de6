"""Capture writes down and changes nothing."""

import random
import sys

import keras
import numpy as np
import pytest

from checkers import dropout
from checkers.capture import capture
from checkers.capture.activations import UNKNOWN, name_of
from checkers.exercise import Case, Check, Exercise, Function, Model, Number, Trained
from checkers.layers import DEFAULTS, REQUIRED, SAME_AS_POOL
from checkers.snapshot import (
    FunctionFacts,
    MissingFacts,
    ModelFacts,
    OtherFacts,
    Snapshot,
    TrainedFacts,
    ValueFacts,
)
from checkers.spec import simplify
from tests.keras.test_writings import Net, RawTensorFlow, functional, spotify

layers = keras.layers


def exercise(*parts):
    checks = (Check("a", 1, "something"),)
    return Exercise("toy-one", "Toy", "M", parts, checks, ("a", "b", "c"))


MODEL = exercise(Model("net", inputs=(18,)))


def facts(answer, parts=MODEL, **settings):
    snapshot = capture(parts, (answer,), **settings)
    assert Snapshot.from_json(snapshot.to_json()) == snapshot
    return next(iter(snapshot.parts.values()))


def trained():
    """Return a compiled model after two steps of training, with moving statistics."""
    model = keras.Sequential(
        [
            keras.Input((18,)),
            layers.Dense(8, "relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.3, seed=3),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mae")
    rng = np.random.default_rng(0)
    model.fit(rng.normal(size=(64, 18)), rng.normal(size=64), verbose=0)
    return model


def built(model):
    model(np.zeros((1, 18), "float32"))
    return model


@pytest.mark.parametrize(
    "build",
    [
        trained,
        spotify,
        functional,
        lambda: built(Net()),
        lambda: built(RawTensorFlow()),
    ],
)
def test_does_capture_leave_everything_as_it_was(build):
    model = build()
    model.optimizer_before = getattr(model, "optimizer", None)
    variables = [variable.numpy().copy() for variable in model.variables]
    num_layers = len(model.layers)
    random.seed(5)
    np.random.seed(5)
    states = random.getstate(), np.random.get_state()[1].copy()
    facts(model)
    assert random.getstate() == states[0]
    assert (np.random.get_state()[1] == states[1]).all()
    assert len(model.layers) == num_layers
    assert getattr(model, "optimizer", None) is model.optimizer_before
    for variable, value in zip(model.variables, variables, strict=True):
        np.testing.assert_array_equal(variable.numpy(), value)
    assert keras.layers.Layer.__call__.__name__ == "__call__"


def test_does_the_next_dropout_mask_not_depend_on_a_check():
    inputs = np.ones((4, 18), "float32")
    masks = []
    for checks in (0, 3):
        model = keras.Sequential([keras.Input((18,)), layers.Dropout(0.5, seed=1)])
        for _ in range(checks):
            facts(model)
        masks.append(keras.ops.convert_to_numpy(model(inputs, training=True)))
    np.testing.assert_array_equal(*masks)


def test_is_nothing_written_to_stderr(capfd):
    facts(trained())
    assert capfd.readouterr() == ("", "")


def test_are_the_facts_of_a_model_those_of_keras():
    model = trained()
    found = facts(model)
    assert isinstance(found, ModelFacts)
    assert found.num_params == model.count_params()
    assert [layer.kind for layer in found.layers] == [
        "Dense",
        "BatchNormalization",
        "Dropout",
        "Dense",
    ]
    assert found.compiled is not None
    assert found.compiled["optimizer"] == "Adam"
    assert found.compiled["loss"] == "mae"
    forward = next(probe for probe in found.probes if probe.name == "forward")
    assert forward.values == {
        "output_shapes": [[None, 1]],
        "dtypes": ["float32"],
        "is_finite": True,
        "is_repeatable": True,
        "is_rowwise": True,
        "training_differs": True,
    }


class Sulky(keras.Model):
    """Raises in call, in repr and in get_config."""

    def call(self, x):
        raise RuntimeError("not today")

    def __repr__(self):
        raise RuntimeError("no name")

    def get_config(self):
        raise RuntimeError("no config")


def test_does_capture_survive_an_answer_that_raises_everywhere():
    found = facts(Sulky())
    assert isinstance(found, ModelFacts)
    assert found.error is not None
    assert "not today" in found.error.message
    assert "raise RuntimeError" in found.error.line


@pytest.mark.parametrize(
    "name", ["relu", "sigmoid", "tanh", "softmax", "gelu", "linear"]
)
def test_is_an_activation_named_by_what_it_does(name):
    known = getattr(keras.activations, name)
    assert name_of(known) == name
    assert name_of(lambda x: known(x)) == name


def test_is_an_activation_without_a_name_unknown():
    assert name_of(lambda x: x * 1.5 + 1) == UNKNOWN
    assert name_of(lambda x: 1 / 0) == UNKNOWN


@pytest.mark.parametrize("value", [3, 3.0, np.float64(3), np.array([3]), np.float32(3)])
def test_is_a_number_a_number_in_any_clothes(value):
    found = facts(value, exercise(Number("n")))
    assert isinstance(found, ValueFacts)
    assert type(found.value) in (int, float)
    assert found.value == 3


def test_does_a_tensor_count_as_a_number():
    assert facts(keras.ops.convert_to_tensor(3.0), exercise(Number("n"))).value == 3.0


@pytest.mark.parametrize("value", ["three", object(), {"a": 1}])
def test_is_something_else_no_number(value):
    assert facts(value, exercise(Number("n"))).reason == "not_a_number"


def stub(x):
    """Docstring of the stub."""
    ...  # your code here


def stub_with_pass(x):
    pass


@pytest.mark.parametrize("answer", [None, ..., stub, stub_with_pass])
def test_is_an_untouched_stub_not_attempted(answer):
    part = Function("f", cases=lambda rng, parameters: (Case((1,)),))
    assert facts(answer, exercise(part)) == MissingFacts()


def calls(*cases, **settings):
    return exercise(Function("f", cases=lambda rng, p: tuple(cases), **settings))


def test_does_a_function_run_on_all_cases():
    found = facts(lambda x: [x, np.float32(x)], calls(Case((1,)), Case((2,))))
    assert isinstance(found, FunctionFacts)
    assert [result.value for result in found.results] == [[1, 1.0], [2, 2.0]]


def test_is_a_changed_argument_seen():
    found = facts(lambda x: x.append(1) or 1, calls(Case(([],))))
    assert found.results[0].mutated


def test_is_the_use_of_global_randomness_seen():
    found = facts(lambda: random.random(), calls(Case(())))
    assert found.results[0].observed["touched_random"]


def test_does_an_endless_function_stop():
    import threading

    stop = threading.Event()
    found = facts(lambda: stop.wait(30), calls(Case(()), Case(()), limit_s=0.2))
    stop.set()
    assert [result.error.kind for result in found.results] == ["TimeoutError"]


def test_is_an_error_data_with_the_learners_line():
    def broken(x):
        return x["no such key"]

    found = facts(broken, calls(Case(({},))))
    assert found.results[0].error.kind == "KeyError"
    assert found.results[0].error.line == 'return x["no such key"]'


@pytest.mark.parametrize("api", ["list", "steps", "own class"])
def test_is_the_layer_that_stops_named(api):
    """Five columns out of four numbers, in three writings."""
    chain = [
        keras.layers.Dense(4),
        keras.layers.Reshape((5, 1), name="five"),
        keras.layers.Flatten(),
    ]

    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.chain = chain

        def call(self, x):
            for layer in self.chain:
                x = layer(x)
            return x

    model = keras.Sequential(chain) if api == "list" else Own()
    if api == "steps":
        model = keras.Sequential()
        for layer in chain:
            model.add(layer)
    found = facts(model, exercise(Model("net", inputs=(3,))))
    assert found.error.layer == "five"


def test_is_a_saved_model_loaded_and_scored(tmp_path):
    model = trained()
    path = tmp_path / "net.keras"
    model.save(path)
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(40, 18)), rng.normal(size=40)
    part = exercise(Trained("net", metrics=("mae",), model=Model("net", inputs=(18,))))
    found = facts(str(path), part, data=(x, y, {"baseline": np.float64(0.8)}))
    assert isinstance(found, TrainedFacts)
    expected = np.abs(model.predict(x, verbose=0)[:, 0] - y).mean()
    assert found.scores["mae"] == pytest.approx(expected, rel=1e-5)
    assert (found.num_rows, found.notes) == (40, {"baseline": 0.8})
    assert found.model.compiled is not None


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "no_such_file"), (b"", "not_loadable"), (b"PK rubbish", "not_loadable")],
)
def test_is_a_bad_file_named(tmp_path, content, reason):
    path = tmp_path / "net.keras"
    if content is not None:
        path.write_bytes(content)
    found = facts(str(path), exercise(Trained("net")), data=([], []))
    assert isinstance(found, OtherFacts)
    assert found.reason == reason


def test_does_a_saved_lambda_not_run(tmp_path):
    model = keras.Sequential([keras.Input((2,)), layers.Lambda(lambda x: x * 2)])
    path = tmp_path / "net.keras"
    model.save(path)
    found = facts(str(path), exercise(Trained("net")), data=([], []))
    assert found.reason == "not_loadable"


def test_is_a_fault_of_ours_no_fault_of_the_learners(monkeypatch):
    module = sys.modules["checkers.capture.model"]
    # A function of this test would count as the learner's own code.
    code = "def capture_model(*_): raise ZeroDivisionError('ours')"
    found = {}
    exec(compile(code, module.__file__, "exec"), found)
    monkeypatch.setattr(module, "capture_model", found["capture_model"])
    verdict = dropout.spotify_net.check(spotify())
    assert verdict.status == "broken"


@pytest.mark.parametrize("kind", DEFAULTS)
def test_are_the_defaults_those_of_keras(kind):
    needed = {
        name: {"target_shape": (1,), "activation": "relu", "rate": 0.5}.get(name, 1)
        for name, value in DEFAULTS[kind].items()
        if value is REQUIRED
    }
    config = getattr(layers, kind)(**needed).get_config()
    for name, value in DEFAULTS[kind].items():
        if value in (REQUIRED, SAME_AS_POOL) or name == "activity_regularizer":
            continue
        assert simplify(config[name]) == value, name
