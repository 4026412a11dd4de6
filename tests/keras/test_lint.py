"""Each lint rule finds its wrong example and leaves the right one alone."""

import json

import keras
import numpy as np
import pytest
from keras import layers as L

import checkers
from checkers.linting.rule import rule
from checkers.linting.rules import RULES
from checkers.messages import find_message
from tests.keras import lint_cases

CASES = lint_cases.CASES


def loud(report) -> set[str]:
    """Return the codes of errors and warnings."""
    found = (*report.errors, *report.warnings)
    return {finding.code.removeprefix("LINT.") for finding in found}


def codes(report) -> set[str]:
    return {finding.code.removeprefix("LINT.") for finding in report.findings}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_is_the_wrong_example_found(case):
    report = checkers.lint(*case.wrong())
    assert case.code in codes(report), report
    assert loud(report) - {case.code} == case.also, report


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_is_the_right_example_left_alone(case):
    report = checkers.lint(*case.right())
    assert case.code not in codes(report), report
    assert loud(report) == set(), report


def test_has_every_rule_an_example():
    assert {f"LINT.{case.code}" for case in CASES} == {one.code for one in RULES}


def test_is_a_rule_without_a_known_severity_refused():
    with pytest.raises(ValueError, match="received 'fatal'"):
        rule("X", "fatal", "a source")


def test_has_every_rule_a_message_and_a_source():
    assert len({one.code for one in RULES}) == len(RULES) >= 30
    for one in RULES:
        assert find_message(one.code).code == one.code
        assert len(one.source) > 20


# What a report says


def deep() -> keras.Model:
    """Return a model with the same slip in many places."""
    stack = [keras.Input((8,))]
    for number in range(12):
        stack += [L.Dense(8, name=f"d{number}"), L.BatchNormalization(), L.ReLU()]
    return keras.Sequential([*stack, L.Dense(1)], name="deep")


def test_is_one_slip_in_many_places_one_finding():
    report = checkers.lint(deep())
    (found,) = [f for f in report.findings if f.code == "LINT.BIAS_BEFORE_BATCHNORM"]
    assert found.places == 12
    assert [ref.index for ref in found.layers][:4] == [0, 1, 3, 4]
    assert found.message == (
        "Layer 1 (Dense “d0”) has 8 biases, and layer 2 normalizes right behind it. "
        "The same at layers 4, 7, 10, 13, 16, 19, 22, 25 and 3 more."
    )


def test_does_a_report_read_as_text():
    model = lint_cases.net(L.Dense(3, "softmax", name="head"), loss="mse", shape=(4,))
    model.name = "toy"
    lines = checkers.lint(model).to_text().splitlines()
    assert lines[0] == "toy: errors 0, warnings 1, advice 0 (layers 1, rules 52)."
    assert lines[2].startswith("! Warning: Layer 1 (Dense “head”) gives probabilities")
    assert lines[3].startswith("  Why: ")
    assert lines[5] == "  Next: Try categorical_crossentropy and compare."
    assert "  LINT.SOFTMAX_WITH_REGRESSION" in lines
    assert max(map(len, lines)) <= 88


def test_is_a_report_escaped_html_without_scripts():
    model = keras.Sequential(
        [keras.Input((4,)), L.Dense(1, "softmax", name="<script>alert(1)<script>")]
    )
    page = checkers.lint(model).to_html()
    assert "<script" not in page
    assert "&lt;script" in page
    assert page.startswith("<style>")


def test_is_a_report_readable_by_a_script():
    report = checkers.lint(deep())
    content = json.loads(report.to_json())
    assert content["ok"] is report.ok is True
    assert content["findings"][0]["severity"] == "advice"
    assert repr(report) == report.to_text()
    assert set(report._repr_mimebundle_()) == {"text/plain", "text/html"}


def test_does_a_report_say_what_it_waits_for():
    model = keras.Sequential([keras.Input((4,)), L.Dense(1)])
    assert checkers.lint(model).waiting == ("compile", "data")
    model.compile("adam", "mse")
    assert checkers.lint(model, np.zeros((9, 4))).waiting == ()


# What may be handed in


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (3, "expected a Keras model, received int"),
        ([L.Dense(1)], "a list of layers"),
        (L.Dense(1), "a single layer"),
        (keras.Sequential, "the class"),
        (keras.Sequential(), "received an empty one"),
        (None, "expected a Keras model, received NoneType"),
    ],
)
def test_is_what_is_no_model_named(answer, says):
    with pytest.raises(TypeError, match=says):
        checkers.lint(answer)


def test_is_an_unbuilt_model_asked_for_its_input():
    with pytest.raises(ValueError, match="begin with keras"):
        checkers.lint(keras.Sequential([L.Dense(1)]))


def test_do_data_tell_the_input_of_an_unbuilt_model():
    model = keras.Sequential([L.Dense(1)])
    report = checkers.lint(model, (np.ones((9, 4)), np.arange(9.0)))
    assert report.num_layers == 1
    assert not model.built


def test_is_a_model_that_cannot_be_called_told_so():
    class Broken(keras.Model):
        def call(self, x):
            raise RuntimeError("no way")

    with pytest.raises(ValueError, match="no way"):
        checkers.lint(Broken(), np.ones((9, 4)))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ((np.ones((9, 4)), np.ones(8)), "inputs 9, targets 8"),
        ((np.ones((0, 4)), np.ones(0)), "received none"),
        ([], "received none"),
    ],
)
def test_are_data_without_rows_or_with_other_rows_refused(data, says):
    model = lint_cases.net(L.Dense(1), shape=(4,))
    with pytest.raises(ValueError, match=says):
        checkers.lint(model, data)


def test_are_tables_datasets_dicts_and_texts_read():
    import pandas as pd
    import tensorflow as tf

    model = lint_cases.net(L.Dense(1), shape=(4,))
    rows = np.random.default_rng(0).normal(size=(300, 4))
    rows[0, 0] = np.nan
    frame = pd.DataFrame(rows)
    batches = tf.data.Dataset.from_tensor_slices((rows, rows[:, 0])).batch(64)
    for data in ((frame, frame[1]), batches, {"x": rows}, [rows], (rows, None)):
        assert "NAN_IN_DATA" in loud(checkers.lint(model, data)), data
    assert "NAN_IN_DATA" in loud(checkers.lint(model, rows * np.nan))
    texts = np.array([["a", "b", "c", "d"]] * 9)
    assert loud(checkers.lint(model, texts)) == set()


def test_are_several_inputs_and_outputs_matched_by_place():
    first, second = keras.Input((4,)), keras.Input((3,))
    joined = L.Dense(8, "relu")(L.Concatenate()([first, second]))
    heads = [L.Dense(3, "softmax", name="a")(joined), L.Dense(1, name="b")(joined)]
    model = keras.Model([first, second], heads)
    rng = np.random.default_rng(0)
    inputs = [rng.normal(size=(900, 4)), rng.normal(size=(900, 3))]
    targets = [np.arange(900) % 4, rng.normal(size=900)]
    for loss in (
        ["sparse_categorical_crossentropy", "mse"],
        {"a": "sparse_categorical_crossentropy", "b": "mse"},
    ):
        model.compile("adam", loss)
        report = checkers.lint(model, (inputs, targets))
        assert loud(report) == {"LABELS_OUT_OF_RANGE"}


def test_does_lint_change_nothing():
    keras.utils.set_random_seed(1)
    model = lint_cases.net(L.Dropout(0.5), L.BatchNormalization(), L.Dense(1))
    before = [v.numpy().copy() for v in model.variables]
    state = np.random.get_state()[1].tolist()
    checkers.lint(model, (np.ones((40, 8)), np.arange(40.0)))
    checkers.lint(model)
    assert np.random.get_state()[1].tolist() == state
    for old, new in zip(before, model.variables, strict=True):
        np.testing.assert_array_equal(old, new.numpy())
