"""`course explain` and `course lint`: what they print, and which files they refuse."""

import json
import zipfile

import keras
import numpy as np
import pytest
from click.testing import CliRunner
from keras import layers as L

from course.cli import main

pytestmark = pytest.mark.keras


@keras.saving.register_keras_serializable("toy")
class Own(L.Layer):
    def call(self, x):
        return x


def squared(x):
    return x * x


def own_loss(y, p):
    return keras.ops.mean(y - p)


def saved(folder, *stack, loss=None):
    """Return the path of a small model."""
    model = keras.Sequential([keras.Input((8,)), *stack], name="toy")
    if loss is not None:
        model.compile("adam", loss)
    path = folder / "toy.keras"
    model.save(path)
    return path


def run(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def wrong(tmp_path):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return saved(tmp_path, L.Dense(4, "relu"), L.Dense(3, "softmax"), loss=loss)


@pytest.fixture
def right(tmp_path):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return saved(tmp_path, L.Dense(4, "relu"), L.Dense(3), loss=loss)


def test_is_a_saved_model_explained(right):
    result = run("explain", right)
    assert result.exit_code == 0
    assert "8 inputs × 4 units + 4 biases = 36" in result.output
    content = json.loads(run("explain", right, "--json").output)
    assert [row["num_params"] for row in content["rows"]] == [36, 15]


def test_does_lint_fail_on_an_error_only(right, wrong, tmp_path):
    result = run("lint", wrong)
    assert (result.exit_code, "LINT.SOFTMAX_WITH_LOGITS" in result.output) == (1, True)
    path = saved(tmp_path, L.Dense(4, "relu"), L.Dense(3), loss="mse")
    assert run("lint", path).exit_code == 0


def test_does_strict_lint_fail_on_a_warning(tmp_path):
    path = saved(tmp_path, L.Dense(4, "relu"), L.Dense(1, "relu"), loss="mse")
    assert run("lint", path).exit_code == 0
    assert run("lint", path, "--strict").exit_code == 1


@pytest.mark.parametrize(
    "names", [("inputs", "targets"), ("x", "y"), ("x_train", "y_train")]
)
def test_are_data_of_a_file_looked_at(right, tmp_path, names):
    data = tmp_path / "data.npz"
    arrays = np.random.default_rng(0).normal(size=(90, 8)), np.arange(90) % 4
    np.savez(data, **dict(zip(names, arrays, strict=True)))
    content = json.loads(run("lint", right, "--data", data, "--json").output)
    assert [one["code"] for one in content["findings"]] == ["LINT.LABELS_OUT_OF_RANGE"]
    assert content["waiting"] == []


def test_are_data_without_targets_enough(right, tmp_path):
    data = tmp_path / "data.npz"
    np.savez(data, x=np.full((90, 8), np.nan))
    assert "LINT.NAN_IN_DATA" in run("lint", right, "--data", data).output


def test_are_data_that_do_not_fit_together_refused(right, tmp_path):
    data = tmp_path / "data.npz"
    np.savez(data, x=np.ones((9, 8)), y=np.ones(8))
    result = run("lint", right, "--data", data)
    assert result.exit_code == 1
    assert "Expected as many targets as inputs" in result.output


@pytest.mark.parametrize("command", ["explain", "lint"])
def test_is_a_missing_file_named(command, tmp_path):
    result = run(command, tmp_path / "none.keras")
    assert result.exit_code == 1
    assert "There is no file" in result.output


def test_is_a_damaged_or_foreign_file_refused(right, tmp_path):
    cut = tmp_path / "cut.keras"
    cut.write_bytes(right.read_bytes()[:900])
    text = tmp_path / "model.h5"
    text.write_text("no model")
    empty = tmp_path / "empty.keras"
    with zipfile.ZipFile(empty, "w") as file:
        file.writestr("other.txt", "")
    for path in (cut, text, empty):
        result = run("explain", path)
        assert result.exit_code == 1
        assert "is no .keras file, or only a part of one" in result.output


def test_is_a_file_of_another_keras_refused(tmp_path):
    path = tmp_path / "odd.keras"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("config.json", json.dumps({"class_name": "X", "config": {}}))
        file.writestr("metadata.json", "{}")
    result = run("explain", path)
    assert result.exit_code == 1
    assert "damaged or of another Keras version" in result.output


def test_is_code_in_a_file_never_run(tmp_path):
    path = saved(tmp_path, L.Lambda(lambda x: x + 1), L.Dense(1))
    result = run("lint", path)
    assert result.exit_code == 1
    assert "holds a Lambda layer" in result.output
    assert "checkers.lint(model)" in result.output


@pytest.mark.parametrize(
    ("stack", "name"), [((Own(),), "Own"), ((L.Dense(1, squared),), "squared")]
)
def test_is_code_of_the_authors_own_named(tmp_path, stack, name):
    result = run("explain", saved(tmp_path, *stack))
    assert result.exit_code == 1
    assert f"uses code that Keras does not have: {name}." in result.output


def test_is_an_own_loss_left_out_and_said_so(tmp_path):
    path = saved(tmp_path, L.Dense(4, "relu"), L.Dense(1), loss=own_loss)
    result = run("lint", path)
    assert result.exit_code == 0
    assert "Left out: compile settings" in result.output


def test_are_other_data_files_refused(right, tmp_path):
    text = tmp_path / "data.npz"
    text.write_text("no arrays")
    other = tmp_path / "other.npz"
    np.savez(other, a=np.ones(3))
    for path, says in (
        (tmp_path / "none.npz", "There is no file"),
        (text, "no readable .npz file"),
        (other, "Expected arrays named inputs and targets in other.npz, received a."),
    ):
        result = run("lint", right, "--data", path)
        assert result.exit_code == 1
        assert says in result.output
