"""Lint on facts written by hand: what no ordinary model brings about."""

from dataclasses import replace

import pytest

from checkers.explaining.shapes import memory_text
from checkers.linting.data import ArrayFacts, DataFacts
from checkers.linting.judging import look
from checkers.linting.rule import Rule
from checkers.linting.rules import RULES
from checkers.linting.settings import parse, parse_all
from checkers.linting.subject import Subject
from checkers.snapshot import CallFacts, LayerFacts, ModelFacts, TraceFacts


def model(*layers: tuple[str, dict], shapes=((None, 8),), **how) -> ModelFacts:
    """Return a chain of layers; `shapes` are those between them."""
    shapes = (*shapes, *((None, 8),) * len(layers))
    facts = tuple(
        LayerFacts(f"l{n}", kind, "keras", True, kind, config, "", (), True, ())
        for n, (kind, config) in enumerate(layers)
    )
    calls = tuple(
        CallFacts(n, "", {}, (n - 1,), None, (shapes[n],), shapes[n + 1])
        for n in range(len(layers))
    )
    trace = TraceFacts(calls, (len(calls) - 1,))
    given = {"training": trace, "inference": trace, "compiled": None, **how}
    return ModelFacts(
        "functional", "Model", (shapes[0],), facts, probes=(), num_params=0,
        num_trainable=0, built_here=False, **given,
    )  # fmt: skip


def codes(facts: ModelFacts, data: DataFacts | None = None) -> set[str]:
    report = look(facts, data, name="x")
    assert report.broken == ()
    return {one.code.removeprefix("LINT.") for one in report.findings}


def test_is_a_model_without_a_graph_only_said_to_be_uncompiled():
    facts = model(("Dense", {}), training=None, inference=None)
    assert codes(facts) == {"NOT_COMPILED"}
    assert Subject(facts).heads == ()


@pytest.mark.parametrize(
    "config", [{}, {"kernel_size": "x"}, {"kernel_size": [3]}, {"kernel_size": None}]
)
def test_is_a_window_of_unknown_size_passed_over(config):
    image = ((None, 8, 8, 1), (None, 8, 8, 1))
    assert codes(model(("Conv2D", config), shapes=image)) == {"NOT_COMPILED"}


def test_is_a_map_with_channels_first_passed_over():
    config = {"kernel_size": [2, 2], "strides": [3, 3], "dilation_rate": [1, 1]}
    image = ((None, 1, 8, 8), (None, 1, 3, 3))
    first = {**config, "data_format": "channels_first"}
    assert codes(model(("Conv2D", first), shapes=image)) == {"NOT_COMPILED"}
    assert "STRIDE_SKIPS" in codes(model(("Conv2D", config), shapes=image))


def test_is_an_input_of_any_size_no_mistake():
    config = {"kernel_size": [5, 5], "strides": [2, 2], "padding": "same"}
    image = ((None, None, None, 1), (None, None, None, 4))
    assert codes(model(("Conv2D", config), shapes=image)) == {"NOT_COMPILED"}
    valid = {**config, "padding": "valid"}
    assert codes(model(("Conv2D", valid), shapes=image)) == {"NOT_COMPILED"}


def test_is_an_even_window_on_a_tiny_map_passed_over():
    config = {"kernel_size": [4, 4], "strides": [1, 1], "padding": "same"}
    image = ((None, 2, 2, 1), (None, 2, 2, 4))
    assert codes(model(("Conv2D", config), shapes=image)) == {"NOT_COMPILED"}


def test_are_the_factors_of_a_list_no_small_scale():
    layers = ("Rescaling", {"scale": [0.1, 0.2]}), ("Rescaling", {"scale": 0.01})
    assert codes(model(*layers)) == {"NOT_COMPILED"}
    one = ("Rescaling", {"scale": 0.01})
    assert "RESCALED_TWICE" in codes(model(one, ("Dropout", {"rate": 0.1}), one))
    assert codes(model(one, ("Dense", {}), one)) == {"NOT_COMPILED"}


def test_are_data_for_other_inputs_passed_over():
    array = ArrayFacts("inputs", (9, 3), "float32", high=900.0)
    facts = model(("Dense", {}))
    assert "INPUT_NOT_SCALED" in codes(facts, DataFacts((array,)))
    assert "INPUT_NOT_SCALED" not in codes(facts, DataFacts((array, array)))


def test_are_losses_matched_with_outputs():
    def loss(value, *layers):
        facts = model(*layers, compiled={"loss": value})
        return Subject(facts).heads[0].loss

    dense = ("Dense", {})
    assert loss({"other": "mse"}, dense).name == "meansquarederror"
    assert loss({"l0": "mae", "x": "mse"}, dense).name == "meanabsoluteerror"
    assert loss({"a": "mae", "b": "mse"}, dense) is None
    assert loss(["mse", "mae"], dense) is None
    assert loss(None, dense) is None


@pytest.mark.parametrize(
    ("text", "name", "settings"),
    [
        ("mean_squared_error", "meansquarederror", {}),
        ("Huber(delta=2.0)", "huber", {"delta": 2.0}),
        ("Own(scale=inf)", "own", {"scale": "inf"}),
        ("not python (", "not python (", {}),
        ("a.b(c=1)", "b(c=1)", {}),
        ("lambda", "lambda", {}),
    ],
)
def test_is_a_setting_read(text, name, settings):
    found = parse(text)
    assert (found.name, found.settings) == (name, settings)


def test_are_nested_settings_read():
    found = parse_all({"a": ["mae", None], "b": (("mse",),)})
    assert [one.text for one in found] == ["mae", "mse"]


def test_does_a_rule_that_fails_not_hide_the_others(monkeypatch):
    def fails(subject):
        raise KeyError("our fault")
        yield

    broken = Rule("LINT.NOT_COMPILED", "advice", "model", "a source", fails)
    monkeypatch.setattr("checkers.linting.judging.RULES", (broken, *RULES))
    report = look(model(("Dense", {})), None, name="x")
    assert report.broken == ("LINT.NOT_COMPILED",)
    assert "our fault" in report.to_text()
    assert [one.code for one in report.findings] == ["LINT.NOT_COMPILED"]


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (4_000, "4.0 kB"), (6_400_000_000, "6.4 GB")],
)
def test_has_a_size_a_unit(size, text):
    assert memory_text(size) == text


@pytest.mark.parametrize(
    ("count", "ends"),
    [
        (1, "it drops nothing."),
        (2, "it drops nothing. The same at layer 2."),
        (3, "it drops nothing. The same at layers 2, 3."),
        (10, "The same at layers 2, 3, 4, 5, 6, 7, 8, 9 and 1 more."),
    ],
)
def test_are_further_places_named(count, ends):
    report = look(model(*[("Dropout", {"rate": 0})] * count), None, name="x")
    (found,) = [one for one in report.findings if one.code.endswith("RATE_ZERO")]
    assert found.message.endswith(ends)


def test_is_a_graph_walked_once_where_ways_meet():
    facts = model(("Dropout", {"rate": 0.5}), ("Dense", {}), ("Add", {}))
    last = facts.inference.calls[2]
    calls = (*facts.inference.calls[:2], replace(last, inputs=(0, 1)))
    trace = TraceFacts((*calls, replace(last, inputs=(2,))), (3,))
    subject = Subject(replace(facts, inference=trace))
    assert sorted(subject.behind(0)) == [1, 2, 3]
    assert subject.only_input(2) is None
    assert subject.only_input(-1) is None
