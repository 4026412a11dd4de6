"""Numbers, letters and arrays in any clothes become facts; impostors get a reason."""

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import math
import pathlib
import types

import numpy as np
import pandas as pd
import pytest
import scipy.sparse

from checkers.capture.data import MAX_ENTRIES, NoPlainForm, dtype_of, shape_of, to_plain
from checkers.capture.values import capture_choice, capture_number, capture_values
from checkers.exercise import Check, Choice, Exercise, Option
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.values import CallbackIs, ChoiceIs, Committed, FieldIs, NumberIs
from checkers.snapshot import (
    CallbackFacts,
    MissingFacts,
    OtherFacts,
    Snapshot,
    ValueFacts,
)

Point = collections.namedtuple("Point", "x y")


class Level(enum.IntEnum):
    LOW = 3


@dataclasses.dataclass
class Pair:
    first: float
    second: float


class Sulky:
    """Raises wherever it is touched."""

    def __getattribute__(self, name):
        if name in ("__class__", "__name__"):  # pytest asks for them
            return Sulky if name == "__class__" else "sulky"
        raise RuntimeError(name)


class Floating(float):
    pass


NUMBERS = [
    3,
    3.0,
    Floating(3),
    Level.LOW,
    fractions.Fraction(3),
    decimal.Decimal("3.0"),
    3 + 0j,
    np.int8(3),
    np.float16(3),
    np.longdouble(3),
    np.array(3),
    np.array([[3.0]]),
    np.array([decimal.Decimal(3)]),
    np.array(3, "O"),
    np.array([3 + 0j]),
    [3],
    (3.0,),
    {3},
    pd.Series([3]),
    pd.Series([3], dtype="Int64"),
    pd.DataFrame({"a": [3]}),
    pd.Index([3]),
    scipy.sparse.csr_matrix([[3]]),
]


@pytest.mark.parametrize("value", NUMBERS, ids=lambda value: type(value).__name__)
def test_is_a_number_a_number_in_any_clothes(value):
    found = capture_number(value)
    assert isinstance(found, ValueFacts), found
    assert type(found.value) in (int, float)
    assert found.value == 3


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (True, "number_bool"),
        (np.True_, "number_bool"),
        ("0.3", "number_text"),
        (" -1e-3 ", "number_text"),
        (".5", "number_text"),
        ("0,3", "number_comma"),
        ((0, 3), "number_pair"),
        ("30 %", "number_percent"),
        ("30%", "number_percent"),
        ("three", "not_a_number"),
        ("", "not_a_number"),
        ([1.0, 2.0], "number_several"),
        ([[1, 2], [3, 4]], "number_several"),
        (np.zeros(3), "number_several"),
        (np.zeros(10**6), "number_several"),
        (len, "number_function"),
        (float, "number_function"),
        (iter([3]), "number_function"),
        (1j, "number_complex"),
        (np.array([1j]), "number_complex"),
        ({"a": 3}, "not_a_number"),
        ([], "not_a_number"),
        (pd.NA, "not_a_number"),
        (["3"], "number_text"),
        (object(), "not_a_number"),
        (datetime.date(2020, 1, 1), "not_a_number"),
        (Sulky(), "not_a_number"),
    ],
)
def test_has_each_thing_that_is_no_number_its_reason(value, reason):
    found = capture_number(value)
    assert isinstance(found, OtherFacts)
    assert found.reason == reason


EXERCISE = Exercise(
    "toy-choice",
    "A choice",
    "C",
    (
        Choice(
            "c",
            options=(
                Option("mean", "The mean is kept."),
                Option("units", "Two layers share their units."),
                Option("none", "None of them"),
            ),
        ),
    ),
    (Check("a", 1, "a"),),
    ("a", "b", "c"),
)
CHOICES = EXERCISE.choices("ada")
A, B, C = (option.text for option in CHOICES.options)


@pytest.mark.parametrize(
    ("answer", "letters"),
    [
        ("a", "A"),
        ("A)", "A"),
        (" B ", "B"),
        ("(b)", "B"),
        ("b.", "B"),
        ("B) because the mean is kept", "B"),
        ("B: 2 of 3", "B"),
        ("option C", "C"),
        ("A and C", "AC"),
        ("A, C", "AC"),
        ("C;A", "AC"),
        ("AC", "AC"),
        ("aca", "AC"),
        (["A", "C"], "AC"),
        (("c", "A"), "AC"),
        ({"A"}, "A"),
        (np.array(["B"]), "B"),
        (np.array("B"), "B"),
        (pd.Series(["A", "B"]), "AB"),
        (b"C", "C"),
        ("Z", "Z"),
        (A, "A"),
        (f"B  {B}", "B"),
        (C.upper(), "C"),
    ],
)
def test_is_a_letter_read_however_it_is_written(answer, letters):
    found = capture_choice(answer, CHOICES)
    assert isinstance(found, ValueFacts), found
    assert found.value == letters


@pytest.mark.parametrize(
    "answer",
    [
        1,
        True,
        2.5,
        "1",
        "relu",
        "the first one",
        [],
        [1],
        [["A"], 2],
        {"A": 1},
        "?",
        len,
    ],
)
def test_is_something_else_no_letter(answer):
    assert capture_choice(answer, CHOICES).reason == "not_a_letter"


def test_is_an_empty_text_not_attempted():
    assert capture_choice("  ", CHOICES) == MissingFacts()


def test_are_letters_read_without_their_options():
    assert capture_choice("ab").value == "AB"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (range(3), [0, 1, 2]),
        ({"a": np.float32(0.5)}.values(), [0.5]),
        ({"a": 1}.keys(), ["a"]),
        ({3, 1, 20}, [1, 3, 20]),
        ({"b", 1}, ["b", 1]),
        (collections.deque([1, 2]), [1, 2]),
        (array.array("d", [1.5]), [1.5]),
        (memoryview(b"\x01\x02"), [1, 2]),
        (Point(1, 2), [1, 2]),
        (Pair(1.0, 2.0), {"first": 1.0, "second": 2.0}),
        (types.SimpleNamespace(a=1), {"a": 1}),
        (types.MappingProxyType({1: 2}), {"1": 2}),
        (np.ma.masked_array([1.0, 2.0], [False, True]), [1.0, None]),
        (np.array([(1, 2.0)], [("a", "i4"), ("b", "f8")]), [[1, 2.0]]),
        (np.array(["a", "b"]), ["a", "b"]),
        (np.array([b"a"]), ["a"]),
        (np.array(["2020-01-01"], "M8[D]"), ["2020-01-01"]),
        (np.array([1, "a", None], "O"), [1, "a", None]),
        (np.array([1.5], np.longdouble), [1.5]),
        (np.array([1 + 0j]), [1.0]),
        (np.zeros((0, 3)), []),
        (pd.Series([1, None], dtype="Int64"), [1, None]),
        (
            pd.Series(pd.to_datetime(["2020-01-01", None])),
            ["2020-01-01T00:00:00", None],
        ),
        (pd.DataFrame({"a": [1, 2], "b": [3, 4]}), [[1, 3], [2, 4]]),
        (pd.Index(["x"]), ["x"]),
        (scipy.sparse.eye(2), [[1.0, 0.0], [0.0, 1.0]]),
        (pathlib.PurePosixPath("a/b"), "a/b"),
        (datetime.timedelta(days=1), "1 day, 0:00:00"),
        (datetime.time(1, 2), "01:02:00"),
        (b"caf\xc3\xa9", "café"),
        ([10**5000, -(10**5000)], [math.inf, -math.inf]),
        ("a\ud800", "a?"),
        ([[1], [2, 3]], [[1], [2, 3]]),
    ],
)
def test_has_every_container_a_plain_form(value, plain):
    assert to_plain(value) == plain


def looped():
    found = []
    found.append(found)
    return found


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ((n for n in [1]), "generator"),
        (map(str, [1]), "generator"),
        (iter([1]), "generator"),
        (len, "function"),
        (Pair, "function"),
        (np.array([1j]), "complex"),
        (np.zeros(MAX_ENTRIES + 1), "too_large"),
        (range(10**12), "too_large"),
        (dict.fromkeys(range(MAX_ENTRIES + 1)), "too_large"),
        (scipy.sparse.eye(10**6), "too_large"),
        (looped(), "too_deep"),
        (object(), ""),
        (np.array(object(), "O"), ""),
        (np.zeros(1, "V4"), ""),
        (Sulky(), ""),
    ],
)
def test_has_everything_without_a_plain_form_a_reason(value, reason):
    with pytest.raises(NoPlainForm) as caught:
        to_plain(value)
    assert caught.value.reason == reason


def test_is_an_iterator_left_as_it_is():
    numbers = iter([1, 2])
    capture_values(numbers)
    assert list(numbers) == [1, 2]


class WrongShape:
    shape = ("a",)

    @property
    def dtype(self):
        raise RuntimeError("none")


def test_do_shapes_and_types_of_odd_objects_never_raise():
    assert (shape_of(WrongShape()), dtype_of(WrongShape())) == ((), "")
    assert shape_of([[1, 2], [3]]) == (2,)


FIELDS = ("with", "without")


@pytest.mark.parametrize(
    "answer",
    [
        {"with": 1.0, "without": 2.0},
        pd.Series({"with": 1.0, "without": 2.0}),
        pd.DataFrame({"with": [1.0], "without": [2.0]}),
        collections.namedtuple("Pair", "without other")(2.0, 1.0),
    ],
)
def test_are_named_values_a_dict(answer):
    assert capture_values(answer, FIELDS).value["without"] == 2.0


def test_is_a_table_a_dict_of_its_columns():
    table = pd.DataFrame({"with": [1, 2], "more": [3, 4]})
    assert capture_values(table, FIELDS).value == {"with": [1, 2], "more": [3, 4]}
    assert capture_values(table).value == [[1, 3], [2, 4]]


def test_does_nan_survive_a_snapshot():
    facts = capture_values({"a": [math.nan, math.inf], "b": -math.inf})
    snapshot = Snapshot("toy-one", {"v": facts})
    text = snapshot.to_json()
    assert "NaN" not in text
    assert "Infinity" not in text
    assert repr(Snapshot.from_json(text)) == repr(snapshot)


# -- rules ---------------------------------------------------------------------------


def codes(rule, facts, exercise=None):
    part = exercise.parts[0].name if exercise else "p"
    if exercise is None:
        from checkers.exercise import Number

        checks = tuple(Check(name, 1, name) for name in rule.checks)
        parts = (Number("p", low=0, high=10),)
        exercise = Exercise("toy-n", "N", "N", parts, checks, ("a", "b", "c"))
    verdict = judge(
        Snapshot(exercise.id, {part: facts}),
        exercise=exercise,
        key=Key(exercise.id, (rule,), ""),
    )
    assert verdict.status != "broken", verdict.to_text()
    assert verdict.to_html()
    return [finding.code for finding in verdict.findings]


@pytest.mark.parametrize(
    ("received", "code"),
    [
        (0.2345, []),
        (0.23454, []),
        (-0.2345, ["NUMBER.SIGN"]),
        (23.45, ["NUMBER.PERCENT"]),
        (0.002345, ["NUMBER.PERCENT"]),
        (0.2, ["NUMBER.ROUNDED"]),
        (0.23, ["NUMBER.ROUNDED"]),
        (0.0, ["NUMBER.WRONG"]),
        (0.9, ["NUMBER.WRONG"]),
        (math.nan, ["NUMBER.NOT_FINITE"]),
        (math.inf, ["NUMBER.NOT_FINITE"]),
    ],
)
def test_is_a_right_number_in_another_form_told_from_a_wrong_one(received, code):
    rule = NumberIs("a", "p", 0.2345, tolerance=0.0001)
    assert codes(rule, ValueFacts(received, "float")) == code


@pytest.mark.parametrize("expected", [0, "text", True])
def test_has_an_expectation_without_a_size_no_other_form(expected):
    rule = NumberIs("a", "p", expected)
    assert codes(rule, ValueFacts(-3, "int")) == ["NUMBER.WRONG"]


def test_is_a_committed_number_finite():
    facts = ValueFacts(math.nan, "float")
    assert codes(Committed("a", "p"), facts) == ["NUMBER.NOT_FINITE"]


@pytest.mark.parametrize(
    "reason",
    [
        "number_bool",
        "number_text",
        "number_comma",
        "number_pair",
        "number_percent",
        "number_several",
        "number_function",
        "number_symbolic",
        "number_complex",
        "values_function",
        "values_generator",
        "values_symbolic",
        "values_complex",
        "values_too_large",
        "values_too_deep",
        "function_class",
        "function_result",
        "function_text",
        "function_comma",
        "function_async",
        "function_generator",
        "callback_class",
        "callback_history",
        "several_callbacks",
        "weights_only",
        "wrong_output",
    ],
)
def test_has_every_reason_a_sentence(reason):
    found = codes(Committed("a", "p"), OtherFacts(reason, "thing", "the thing"))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("letters", "code"),
    [("A", "CHOICE.SEVERAL"), ("BC", "CHOICE.SEVERAL"), ("Z", "CHOICE.NO_SUCH_OPTION")],
)
def test_is_one_letter_asked_for(letters, code):
    right = CHOICES.id_of("A")
    rule = ChoiceIs("a", "c", (right,))
    snapshot = Snapshot(EXERCISE.id, {"c": ValueFacts(letters, "str")}, code="ada")
    verdict = judge(snapshot, exercise=EXERCISE, key=Key(EXERCISE.id, (rule,), ""))
    expected = [] if letters == "A" else [code]
    assert [finding.code for finding in verdict.findings] == expected


@pytest.mark.parametrize(
    ("wrong", "code"), [(False, "CHOICE.INCOMPLETE"), (True, "CHOICE.WRONG")]
)
def test_is_half_an_answer_told_from_a_wrong_one(wrong, code):
    part = dataclasses.replace(EXERCISE.parts[0], multiple=True)
    several = dataclasses.replace(EXERCISE, parts=(part,))
    rule = ChoiceIs("a", "c", ("mean", "none"))
    choices = several.choices()
    letters = choices.letter_of("mean") + (choices.letter_of("units") if wrong else "")
    assert codes(rule, ValueFacts(letters, "str"), several) == [code]


@pytest.mark.parametrize(
    ("received", "code"),
    [
        ([1.0, 2.0], []),
        ([1.0, 3.0], ["VALUES.WRONG"]),
        ([[1.0, 2.0]], ["VALUES.SHAPE"]),
        ([1.0, math.nan], ["VALUES.NOT_FINITE"]),
        (3.0, ["VALUES.WRONG"]),
        ("one", ["VALUES.WRONG"]),
    ],
)
def test_is_a_field_compared_by_shape_first(received, code):
    rule = FieldIs("a", "p", "", [1.0, 2.0])
    assert codes(rule, ValueFacts(received, "list")) == code


def test_is_a_class_with_the_name_of_a_callback_an_impostor():
    rule = CallbackIs("a", "p", "EarlyStopping", {"patience": 5})
    facts = CallbackFacts("EarlyStopping", False, {"patience": 5})
    assert codes(rule, facts) == ["CALLBACK.IMPOSTOR"]
