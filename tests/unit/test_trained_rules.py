"""What the rules on trained classifiers say, and which cause they name."""

import pytest

from checkers.exercise import Check, Exercise, Number, Trained
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.evaluation import best_renaming, bits_of, measured_otherwise
from checkers.rules.trained import Accuracy, AtMostParams, MeasuredAccuracy
from checkers.snapshot import ClassFacts, OtherFacts, Snapshot, TrainedFacts, ValueFacts
from tests.unit.models import chain, dense

PARTS = (Trained("net", metrics=("accuracy",)), Number("measured"))
RIGHT = ((96, 4, 0), (1, 97, 2), (3, 0, 97))
LIMIT = Accuracy("score", "net", 0.95, 3, counts=(100, 100, 100), pixels=(0.0, 1.0))


def seen(table=RIGHT, *, outputs=3, finite=True, pixels=(0.0, 1.0), others=(), hits=""):
    return ClassFacts(outputs, finite, table, hits, pixels, dict(others))


def trained(classes, *, notes=None):
    rows = sum(map(sum, classes.confusion))
    right = sum(row[place] for place, row in enumerate(classes.confusion))
    scores = {"accuracy": right / max(rows, 1)}
    return TrainedFacts(chain(dense(3)), scores, rows, notes or {}, classes)


def codes(rule, facts, measured=None):
    checks = tuple(Check(name, 1, name) for name in rule.checks)
    exercise = Exercise("toy-t", "T", "T", PARTS, checks, ("a", "b", "c"))
    number = ValueFacts(measured if measured is not None else 0.0, "float")
    snapshot = Snapshot("toy-t", {"net": facts, "measured": number})
    assert Snapshot.from_json(snapshot.to_json()) == snapshot
    verdict = judge(snapshot, exercise=exercise, key=Key("toy-t", (rule,), ""))
    assert verdict.status != "broken", verdict.to_text()
    assert "{" not in verdict.to_text()
    return [found.code for found in verdict.findings]


def test_is_a_good_classifier_right():
    assert codes(LIMIT, trained(seen())) == []
    anybody = Accuracy("score", "net", 0.95, 3)
    assert codes(anybody, trained(seen(pixels=()))) == []


def test_is_the_limit_itself_enough():
    table = ((95, 5, 0), (5, 95, 0), (0, 5, 95))
    assert codes(LIMIT, trained(seen(table))) == []


@pytest.mark.parametrize(
    ("classes", "code"),
    [
        (seen(((80, 10, 10), (5, 90, 5), (5, 5, 90))), "TRAINED.ACCURACY"),
        (seen(((0, 100, 0), (0, 100, 0), (0, 100, 0))), "TRAINED.ONE_ANSWER"),
        (seen(((40, 30, 30), (33, 30, 37), (35, 33, 32))), "TRAINED.CHANCE"),
        (seen(((99, 1, 0), (0, 100, 0), (60, 40, 0))), "TRAINED.NEVER_SAID"),
        (seen(((2, 97, 1), (96, 2, 2), (1, 1, 98))), "TRAINED.RENAMED"),
        (seen(finite=False), "TRAINED.NOT_FINITE"),
        (seen(outputs=4), "TRAINED.NUM_CLASSES"),
        (seen(outputs=1), "TRAINED.NUM_CLASSES"),
        (seen(((96, 4), (1, 97))), "TRAINED.OTHER_ROWS"),
        (seen(pixels=(0.0, 255.0)), "TRAINED.OTHER_PIXELS"),
    ],
)
def test_has_each_cause_of_a_low_score_its_name(classes, code):
    assert codes(LIMIT, trained(classes)) == [code]


@pytest.mark.parametrize(
    "form",
    [
        *("times_255", "divided_by_255", "minus_1_to_1"),
        *("standardized", "inverted", "turned"),
    ],
)
def test_is_another_scale_of_the_inputs_named(form):
    table = ((80, 10, 10), (5, 90, 5), (5, 5, 90))
    others = {"as_given": 0.87, form: 0.96}
    assert codes(LIMIT, trained(seen(table, others=others))) == ["TRAINED.OTHER_SCALE"]


def test_is_a_scale_that_gains_little_no_cause():
    table = ((92, 4, 4), (4, 92, 4), (4, 4, 92))
    others = {"as_given": 0.93, "times_255": 0.935}
    assert codes(LIMIT, trained(seen(table, others=others))) == ["TRAINED.ACCURACY"]


def test_can_a_limit_follow_from_a_baseline():
    rule = Accuracy("score", "net", lambda notes: notes["baseline"] + 0.08, 3)
    assert codes(rule, trained(seen(), notes={"baseline": 0.88})) == []
    low = codes(rule, trained(seen(), notes={"baseline": 0.95}))
    assert low == ["TRAINED.ACCURACY"]
    assert codes(rule, trained(seen())) == ["TRAINED.NO_BASELINE"]


def test_can_a_lesson_give_a_cause_its_own_code():
    rule = Accuracy("a", "net", 0.95, 3, codes=(("TRAINED.CHANCE", "NUMBER.SIGN"),))
    table = ((40, 30, 30), (33, 30, 37), (35, 33, 32))
    assert codes(rule, trained(seen(table))) == ["NUMBER.SIGN"]


def test_is_one_sigmoid_unit_enough_for_two_classes():
    rule = Accuracy("a", "net", 0.9, 2)
    assert codes(rule, trained(seen(((95, 5), (5, 95)), outputs=1))) == []


def test_does_a_score_without_classes_say_that_data_are_missing():
    facts = TrainedFacts(chain(dense(3)), {"mae": 0.1}, 3)
    assert codes(LIMIT, facts) == ["TRAINED.NO_DATA"]


def test_is_a_model_with_too_many_parameters_named():
    facts = trained(seen())
    count = facts.model.num_params
    assert codes(AtMostParams("a", "net", count), facts) == []
    found = codes(AtMostParams("a", "net", count - 1), facts)
    assert found == ["TRAINED.TOO_MANY_PARAMS"]


# -- the number that was measured ----------------------------------------------------

# 300 rows: the last 44 behind batches of 64 or 128 are all wrong.
BITS = [1] * 246 + [0] * 10 + [0] * 44
HITS = int("".join(map(str, BITS)) + "0000", 2).to_bytes(38, "big").hex()
MEASURED = MeasuredAccuracy("a", "measured", "net")


def measurable():
    return trained(seen(((82, 18, 0), (18, 82, 0), (0, 18, 82)), hits=HITS))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (82.0, ""),
        (82.004, ""),
        (0.82, "TRAINED.MEASURED_AS_FRACTION"),
        (18.0, "TRAINED.MEASURED_ERRORS"),
        (100 * 246 / 256, "TRAINED.TAIL_DROPPED"),
        (100 * (3 + 54 / 64 + 0) / 5, "TRAINED.MEAN_OF_MEANS"),
        (97.0, "TRAINED.MEASURED_OTHERWISE"),
    ],
)
def test_does_the_number_belong_to_the_model(number, code):
    assert codes(MEASURED, measurable(), number) == ([code] if code else [])


def test_is_the_number_left_alone_where_there_is_no_model():
    gone = OtherFacts("no_such_file", "str", "net.keras")
    assert codes(MEASURED, gone, 82.0) == []


def test_are_damaged_bits_no_reason_to_break():
    assert bits_of("zz", 3) == []
    assert bits_of("a0", 30) == []
    facts = trained(seen(((82, 18, 0), (18, 82, 0), (0, 18, 82)), hits="zz"))
    assert measured_otherwise(facts, 50.0, 0.005)[0] == "TRAINED.MEASURED_OTHERWISE"


def test_is_a_table_in_which_two_classes_share_a_name_no_renaming():
    assert best_renaming([[9, 1], [8, 2]]) == ([], 0.0)
    assert best_renaming([]) == ([], 0.0)
