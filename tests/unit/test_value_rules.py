"""What the rules on numbers, fields, callbacks, scores and statistics say."""

import math
from dataclasses import replace

import pytest

from checkers.exercise import (
    Callback,
    Check,
    Choice,
    Exercise,
    Model,
    Number,
    Option,
    Trained,
    Values,
)
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.adapted import Adapted, Statistics
from checkers.rules.base import Context, Found
from checkers.rules.values import (
    CallbackIs,
    ChoiceIs,
    Committed,
    FieldIs,
    Look,
    NumberIs,
    Score,
    Slip,
)
from checkers.snapshot import (
    CallbackFacts,
    Snapshot,
    TrainedFacts,
    ValueFacts,
    WeightFacts,
)
from tests.unit.models import chain, dense, layer


def findings(rule, facts, part=None, **settings):
    part = part or Values("p")
    checks = tuple(Check(name, 1, name) for name in rule.checks)
    exercise = Exercise("toy-v", "V", "A", (part,), checks, ("a", "b", "c"))
    snapshot = Snapshot("toy-v", {"p": facts}, **settings)
    verdict = judge(snapshot, exercise=exercise, key=Key("toy-v", (rule,), ""))
    assert verdict.status != "broken", verdict.to_text()
    assert verdict.to_html()
    return list(verdict.findings)


def codes(*args, **settings):
    return [found.code for found in findings(*args, **settings)]


def test_has_a_wrong_number_the_code_of_the_thought_behind_it():
    rule = NumberIs(
        "a", "p", 5, slips=(Slip(8, "CHOICE.WRONG"), Slip(7, "NUMBER.SIGN"))
    )
    assert codes(rule, ValueFacts(7, "int")) == ["NUMBER.SIGN"]
    assert codes(rule, ValueFacts(5, "int")) == []
    own = NumberIs("a", "p", 5, code="CHOICE.WRONG")
    assert codes(own, ValueFacts(-5, "int")) == ["CHOICE.WRONG"]


def test_is_no_thought_told_where_two_lead_to_one_number():
    slips = Slip(8, "CHOICE.WRONG"), Slip(8, "NUMBER.SIGN")
    rule = NumberIs("a", "p", 5, slips=slips)
    assert codes(rule, ValueFacts(8, "int")) == ["NUMBER.WRONG"]


@pytest.mark.parametrize(
    ("value", "whole", "expected"),
    [(3, True, 0), (3.5, True, 1), (3.5, False, 0), (-1, False, 1), (11, False, 1)],
)
def test_does_a_committed_number_lie_in_its_range(value, whole, expected):
    part = Number("p", low=0, high=10, unit="points", whole=whole)
    found = findings(Committed("a", "p"), ValueFacts(value, "float"), part)
    assert len(found) == expected
    assert all("0 to 10 points" in one.message for one in found)


def test_is_a_range_without_a_unit_said_without_one():
    part = Number("p", low=0)
    (found,) = findings(Committed("a", "p"), ValueFacts(-1, "int"), part)
    assert "from 0 to inf," in found.message


def test_is_a_missing_entry_named():
    rule = FieldIs("a", "p", "mean", 2.0, slips=(Slip(3.0, "NUMBER.SIGN"),))
    assert codes(rule, ValueFacts({"sd": 1}, "dict")) == ["VALUES.FIELD_MISSING"]
    assert codes(rule, ValueFacts([2.0], "list")) == ["VALUES.FIELD_MISSING"]
    assert codes(rule, ValueFacts({"mean": 2.0}, "dict")) == []
    assert codes(rule, ValueFacts({"mean": 3.0}, "dict")) == ["NUMBER.SIGN"]
    assert codes(rule, ValueFacts({"mean": 9.0}, "dict")) == ["VALUES.WRONG"]


def test_is_a_long_wrong_value_cut():
    rule = FieldIs("a", "p", "", 2.0)
    (found,) = findings(rule, ValueFacts(list(range(10_000)), "list"))
    assert len(found.received) <= 300


def test_has_each_setting_of_a_callback_its_code():
    rule = CallbackIs(
        "a",
        "p",
        "EarlyStopping",
        {"patience": 5, "monitor": "val_loss"},
        codes=(("patience", "NUMBER.SIGN"),),
    )
    part = Callback("p")
    facts = CallbackFacts("EarlyStopping", True, {"patience": 3, "monitor": "loss"})
    assert codes(rule, facts, part) == ["NUMBER.SIGN", "CALLBACK.SETTING"]
    other = CallbackFacts("History", True, {})
    assert codes(rule, other, part) == ["CALLBACK.OTHER"]


@pytest.mark.parametrize(
    ("metric", "score", "expected"),
    [
        ("mae", 0.19, []),
        ("mae", 0.21, ["TRAINED.SCORE"]),
        ("mae", math.nan, ["TRAINED.NOT_FINITE"]),
        ("accuracy", 0.21, []),
        ("accuracy", 0.19, ["TRAINED.SCORE"]),
    ],
)
def test_is_a_score_compared_with_its_limit(metric, score, expected):
    rule = Score("a", "p", metric, lambda notes: notes["limit"])
    facts = TrainedFacts(chain(dense(1)), {metric: score}, 10, {"limit": 0.2})
    assert codes(rule, facts, Trained("p")) == expected
    plain = Score("a", "p", metric, 0.2)
    assert codes(plain, facts, Trained("p")) == expected


def test_has_a_wrong_option_the_code_of_the_thought_behind_it():
    part = Choice("p", options=tuple(Option(one, one) for one in ("x", "y", "z")))
    rule = ChoiceIs("a", "p", ("x",), slips=(("y", "NUMBER.SIGN"),))
    exercise = Exercise("toy-v", "V", "C", (part,), (Check("a", 1, ""),), ("a",) * 3)
    choices = exercise.choices()

    def code_of(option):
        facts = ValueFacts(choices.letter_of(option), "str")
        snapshot = Snapshot("toy-v", {"p": facts})
        verdict = judge(snapshot, exercise=exercise, key=Key("toy-v", (rule,), ""))
        return [found.code for found in verdict.findings]

    assert [code_of(one) for one in ("x", "y", "z")] == [
        [],
        ["NUMBER.SIGN"],
        ["CHOICE.WRONG"],
    ]


# -- statistics of a Normalization layer ---------------------------------------------

RIGHT = Statistics((1.0, 2.0), (4.0, 9.0))
ALL_ROWS = Statistics((1.5, 2.5), (4.0, 9.0))
ADAPTED = Adapted(
    "p",
    "adapted",
    "rows",
    RIGHT,
    ((ALL_ROWS, "FIRST_MODEL.ADAPTED_ALL_ROWS"),),
    not_adapted="FIRST_MODEL.NOT_ADAPTED",
    other="FIRST_MODEL.ADAPTED_OTHER_ROWS",
)


def normalization(means, variances, /, **config):
    def weight(name, values):
        return WeightFacts(name, (len(values),), False, False, 0.0, 1.0, True, values)

    weights = (weight("mean", means), weight("variance", variances)) if means else ()
    return replace(layer("Normalization", **config), weights=weights)


def statistics(held, variance_held, *, stand_in=False, **config):
    model = chain(normalization(held, variance_held, **config), dense(1), inputs=2)
    part = Model("p", inputs=(2,))
    return codes(ADAPTED, model, part, stand_in=stand_in)


@pytest.mark.parametrize(
    ("mean", "variance", "expected"),
    [
        ((1.0, 2.0), (4.0, 9.0), []),
        ((1.001, 2.0), (4.001, 9.0), []),
        ((1.5, 2.5), (4.0, 9.0), ["FIRST_MODEL.ADAPTED_ALL_ROWS"]),
        ((1.0, 2.0), (4.0, 12.0), ["FIRST_MODEL.ADAPTED_OTHER_ROWS"]),
        ((0.0, 0.0), (1.0, 1.0), ["FIRST_MODEL.NOT_ADAPTED"]),
        ((), (), ["FIRST_MODEL.NOT_ADAPTED"]),
        ((3.0,), (5.0,), []),  # one mean for all: the axis is what is wrong
    ],
)
def test_are_the_rows_named_that_a_layer_was_adapted_to(mean, variance, expected):
    assert statistics(mean, variance) == expected


def test_are_statistics_read_from_the_settings_too():
    given = {"mean": [[1.0, 2.0]], "variance": [4.0, 9.0]}
    assert statistics((), (), **given) == []
    assert statistics((), (), mean=1.0, variance="x") == ["FIRST_MODEL.NOT_ADAPTED"]


def test_do_stand_in_data_decide_no_rows():
    assert statistics((7.0, 7.0), (4.0, 9.0), stand_in=True) == []


def test_is_a_model_without_the_layer_not_looked_at():
    part = Model("p", inputs=(2,))
    assert codes(ADAPTED, chain(dense(1), inputs=2), part) == []
    assert not RIGHT.fits(Statistics((1.0,), (4.0,)))


def test_does_a_finding_without_a_check_cost_the_check_of_its_rule():
    """A finding that costs no check would leave full points to a wrong answer."""
    exercise = Exercise(
        "demo-look", "Look", "N", (Number("x"),), (Check("named", 1, "x"),), ("h",)
    )
    rule = Look("named", "x", lambda facts, context: [Found("NUMBER.WRONG", "")])
    snapshot = Snapshot("demo-look", {"x": ValueFacts(1, "int")})
    found = rule.run(Context(exercise, snapshot)).found
    assert [one.check for one in found] == ["named"]
