"""What the rules on named entries, bands and schedules say."""

import math

import pytest

from checkers.exercise import Check, Exercise, Schedule, Values
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.entries import EntriesAre, Within, around
from checkers.rules.schedules import ScheduleIs
from checkers.snapshot import ErrorFacts, ScheduleFacts, Snapshot, ValueFacts


def findings(rule, facts, part=None):
    part = part or Values("p")
    checks = tuple(Check(name, 1, name) for name in rule.checks)
    exercise = Exercise("toy-v", "V", "A", (part,), checks, ("a", "b", "c"))
    snapshot = Snapshot.from_json(Snapshot("toy-v", {"p": facts}).to_json())
    verdict = judge(snapshot, exercise=exercise, key=Key("toy-v", (rule,), ""))
    assert verdict.status != "broken", verdict.to_text()
    return list(verdict.findings)


def codes(rule, value, part=None):
    facts = value if isinstance(value, ScheduleFacts) else ValueFacts(value, "dict")
    return [found.code for found in findings(rule, facts, part)]


ENTRIES = EntriesAre(
    "one", "p", {"a": 6.0, "b": 4.0}, slips=(({"a": 3.0, "b": 2.0}, "NUMBER.SIGN"),)
)


@pytest.mark.parametrize(
    "value", [{"a": 6, "b": 4}, [6, 4.0], {"a": [6.0], "b": 4, "more": 1}]
)
def test_are_right_entries_right_in_any_container(value):
    assert codes(ENTRIES, value) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": 3, "b": 2}, ["NUMBER.SIGN"]),
        ({"a": 3, "b": 4}, ["VALUES.WRONG"]),
        ({"a": 6}, ["VALUES.FIELD_MISSING"]),
        ([6, 4, 1], ["VALUES.FIELD_MISSING"]),
        ({"a": True, "b": 4}, ["VALUES.WRONG"]),
        ({"a": math.nan, "b": 4}, ["VALUES.WRONG"]),
    ],
)
def test_has_a_wrong_entry_one_finding_with_its_cause(value, expected):
    assert codes(ENTRIES, value) == expected


def test_may_a_rule_look_at_some_of_the_entries():
    rule = EntriesAre("one", "p", {"b": 4.0}, names=("a", "b"))
    assert codes(rule, [99, 4]) == []
    assert codes(rule, [4, 99]) == ["VALUES.WRONG"]


BANDS = Within(
    "one",
    "p",
    {"net": around([1.0, 10.0, 100.0], 2)},
    slips=(({"net": around([7.0, 7.0, 7.0], 1.1)}, "NUMBER.PERCENT"),),
    undo=(
        (lambda values: [value**0.5 for value in values], "CHOICE.WRONG"),
        (lambda values: values[::-1], "NUMBER.OUT_OF_RANGE"),
    ),
    signs=((lambda arrays: arrays["net"][0] > 1_000, "NUMBER.WRONG"),),
)


@pytest.mark.parametrize(
    "value", [{"net": [1, 10, 100]}, [[0.5, 20, 51]], {"net": [[1], [10], [100]]}]
)
def test_are_values_inside_their_bands_right(value):
    assert codes(BANDS, value) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([7, 7, 7], "NUMBER.PERCENT"),
        ([1, 100, 10_000], "CHOICE.WRONG"),
        ([100, 10, 1], "NUMBER.OUT_OF_RANGE"),
        ([2_000, 10, 100], "NUMBER.WRONG"),
        ([1, 10, 500], "VALUES.WRONG"),
        ([1, 10, math.nan], "VALUES.NOT_FINITE"),
        ([1, 10], "VALUES.SHAPE"),
        (5.0, "VALUES.SHAPE"),
        (["a", 10, 100], "VALUES.SHAPE"),
    ],
)
def test_has_a_value_outside_its_band_the_code_of_its_cause(values, expected):
    assert codes(BANDS, {"net": values}) == [expected]


def test_names_a_finding_the_layer_that_is_outside():
    (found,) = findings(BANDS, ValueFacts({"net": [1, 10, 500]}, "dict"))
    assert "['net'][2]" in found.message


STEPS = (0, 10, 20)
FALLING = ScheduleIs(
    "runs",
    "rates",
    "p",
    lambda step, p: 0.1 / (1 + step / 20),
    slips=((lambda step, p: 0.1 / (1 + step), "NUMBER.SIGN"),),
)
RIGHT = (0.1, 0.1 / 1.5, 0.05)


def rates(*values, **settings):
    return ScheduleFacts("Mine", False, STEPS, values, **settings)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (rates(*RIGHT), []),
        (rates(0.1, 0.066667, 0.05), []),
        (rates(0.1, 0.1 / 11, 0.1 / 21), ["NUMBER.SIGN"]),
        (rates(0.1, 0.1, 0.1), ["SCHEDULE.CONSTANT"]),
        (rates(0.2, 0.1, 0.05), ["SCHEDULE.WRONG_RATE"]),
        (rates(0.1, None, 0.05), ["SCHEDULE.NO_RATE"]),
        (rates(None, None, None, error=ErrorFacts("E", "m")), ["SCHEDULE.RAISES"]),
        (rates(*RIGHT, optimizer_error=ErrorFacts("E", "m")), ["SCHEDULE.NOT_IN_FIT"]),
    ],
)
def test_has_a_wrong_schedule_the_code_of_its_cause(facts, expected):
    assert codes(FALLING, facts, Schedule("p", STEPS)) == expected
