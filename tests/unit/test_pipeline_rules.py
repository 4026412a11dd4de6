"""Two epochs of a pipeline become a verdict; so do learning curves and gains."""

from dataclasses import replace

import pytest

from checkers.judge import judge
from checkers.keys import _augmentation_measured as measured
from checkers.snapshot import (
    ClassFacts,
    FunctionFacts,
    OtherFacts,
    ResultFacts,
    Snapshot,
    TrainedFacts,
    ValueFacts,
)
from checkers.tasks import augmentation
from tests.unit.models import chain, dense, layer

ROWS, SIZE = 150, 32
PLAIN = (92.4, 91.7, 92.0)  # as a notebook may measure them
NAMES = ("first_model", "second_model", "third_model")
TRAINING = {
    "kind": "_PrefetchDataset",
    "problem": "",
    "received": "",
    "rows": ROWS,
    "size": SIZE,
    "ends_with_prefetch": True,
    "sizes": [32, 32, 32, 32, 22],
    "num_seen": ROWS,
    "num_different": ROWS,
    "labels_right": 1.0,
    "in_order": False,
    "same_order": False,
    "whole_batches": False,
    "wandering": 1.0,
    "changed": 1.0,
    "changed_otherwise": 0.0,
    "noise_again": 0.0,
    "was_called": True,
    "was_told": True,
}
VALIDATION = {
    **TRAINING,
    "in_order": True,
    "same_order": True,
    "whole_batches": True,
    "wandering": 0.0,
    "changed": 0.0,
    "noise_again": 1.0,
}


def result(seen):
    return ResultFacts(None, other="_PrefetchDataset", observed=seen)


def verdict_on(training=None, validation=None):
    first = {**TRAINING, **(training or {})}
    second = {**VALIDATION, **(validation or {})}
    parts = {
        "training_batches": FunctionFacts("f", (result(first), result(first))),
        "validation_batches": FunctionFacts("g", (result(second), result(second))),
    }
    verdict = judge(Snapshot("augmentation-pipeline", parts))
    assert verdict.status != "broken", verdict.to_text()
    assert "{" not in verdict.to_text()
    return verdict


def names(verdict):
    return [one.code.removeprefix("AUGMENTATION.") for one in verdict.findings]


def test_is_a_good_pipeline_right():
    assert verdict_on().status == "passed"


def test_is_a_missing_prefetch_a_note():
    verdict = verdict_on({"ends_with_prefetch": False})
    assert verdict.status == "passed with a note"
    assert names(verdict) == ["NO_PREFETCH"]


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ({"problem": "no_dataset", "received": "tuple"}, "NO_DATASET"),
        ({"problem": "raises", "received": "ValueError: x"}, "PIPELINE_RAISES"),
        ({"problem": "no_pair", "received": "1"}, "NO_PAIRS"),
        ({"problem": "no_batches", "received": "(4, 4, 1)"}, "NO_BATCHES"),
        ({"problem": "other_pictures", "received": "0.5"}, "OTHER_PICTURES"),
        ({"problem": "empty", "received": "0"}, "EMPTY_PIPELINE"),
        ({"num_seen": 451, "sizes": [32] * 14}, "ENDLESS"),
        ({"num_seen": 128, "sizes": [32] * 4, "num_different": 128}, "TAIL_DROPPED"),
        ({"num_different": 100}, "PICTURES_MISSING"),
        ({"labels_right": 0.01}, "LABELS_APART"),
        ({"sizes": [64, 64, 22]}, "OTHER_BATCH_SIZE"),
        ({"in_order": True, "same_order": True}, "NOT_SHUFFLED"),
        ({"whole_batches": True}, "BATCHES_SHUFFLED"),
        ({"same_order": True}, "SAME_ORDER"),
        ({"wandering": 0.1}, "SMALL_BUFFER"),
        ({"changed_otherwise": 0.5}, "OTHER_PICTURES"),
        ({"changed": 0.0, "was_told": False}, "NO_TRAINING_FLAG"),
        ({"changed": 0.0, "was_called": False}, "NOT_AUGMENTED"),
        ({"changed": 0.5}, "SOME_AUGMENTED"),
        ({"noise_again": 1.0}, "AUGMENTED_ONCE"),
        ({"noise_again": 1.0, "same_order": True}, "AUGMENTED_ONCE"),
    ],
)
def test_has_each_fault_in_training_its_name(seen, code):
    assert names(verdict_on(seen)) == [code]


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ({"changed": 1.0}, "VALIDATION_AUGMENTED"),
        ({"in_order": False}, "VALIDATION_SHUFFLED"),
        ({"changed_otherwise": 1.0}, "OTHER_PICTURES"),
        ({"num_seen": 451, "sizes": [32] * 14}, "ENDLESS"),
    ],
)
def test_has_each_fault_in_validation_its_name(seen, code):
    assert names(verdict_on(validation=seen)) == [code]


def curves(**tables):
    choices = augmentation.learning_curve.choices(part="reading")
    given = {
        name: [list(row) for row in rows] for name, rows in measured.CURVES.items()
    }
    parts = {
        "curves": ValueFacts({**given, **tables}, "dict"),
        "reading": ValueFacts(choices.letter_of("both"), "str"),
    }
    verdict = judge(Snapshot("augmentation-learning-curve", parts))
    assert verdict.status != "broken", verdict.to_text()
    return names(verdict)


def test_are_the_computed_tables_right():
    assert curves() == []


def test_is_a_table_of_another_form_named():
    rows = [list(row) for row in measured.CURVES["linear"]]
    turned = [list(column) for column in zip(*rows, strict=True)]
    assert curves(linear=turned) == ["CURVE_TURNED"]
    assert curves(linear=[row[0] for row in rows]) == ["NO_REPEATS"]
    assert curves(linear=[[row[0]] for row in rows]) == ["NO_REPEATS"]
    assert curves(linear=[[row[0]] * 3 for row in rows]) == ["NO_REPEATS"]
    assert curves(linear=rows[:2]) == ["CURVE_SHAPE"]
    assert curves(linear=None) == ["VALUES.FIELD_MISSING"]
    fractions = [[one / 100 for one in row] for row in rows]
    assert curves(linear=fractions) == ["CURVE_FRACTIONS"]
    errors = [[100 - one for one in row] for row in rows]
    assert curves(linear=errors) == ["CURVE_OF_ERRORS"]
    others = [[one + 1.0 for one in row] for row in rows]
    assert curves(linear=others) == ["OTHER_TEST_SET"]
    assert curves(nearest=[[100.0, 100.0, 99.95]] * 4) == ["TRAINING_IMAGES_TESTED"]
    assert curves(linear=[[1.0, 50.0, 9.0]] * 4) == ["CURVE_OUTSIDE"]


def trained(share, *, hits, mirrored=0.4, front=(), params=27_690):
    counts = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)
    right = [round(share * count) for count in counts]
    table = [[0] * 10 for _ in counts]
    for digit, count in enumerate(counts):
        table[digit][digit] = right[digit]
        table[digit][(digit + 1) % 10] = count - right[digit]
    others = {"as_given": share, "mirrored": mirrored}
    rows = tuple(map(tuple, table))
    seen = ClassFacts(10, True, rows, hits, (0.0, 1.0), others)
    model = chain(*front, dense(10, "softmax"), num_params=params)
    notes = dict(zip(measured.PLAIN, PLAIN, strict=True))
    return TrainedFacts(model, {"accuracy": share}, 10_000, notes, seen)


def gains(*points, **settings):
    """Return the names of findings for networks that are better by these points."""
    parts = {
        name: trained((base + gain) / 100, hits=f"{at:02x}", **settings)
        for at, (name, base, gain) in enumerate(
            zip(
                NAMES,
                PLAIN,
                points,
                strict=True,
            )
        )
    }
    verdict = judge(Snapshot("augmentation-thousand-images", parts))
    assert verdict.status != "broken", verdict.to_text()
    assert "{" not in verdict.to_text()
    return names(verdict)


def test_is_a_mean_gain_enough():
    assert gains(1.0, 1.0, 1.0) == []
    assert gains(2.0, 0.5, 0.0) == []


def test_has_each_missed_gain_its_name():
    assert gains(0.3, 0.4, 0.2) == ["GAIN_TOO_SMALL"]
    assert gains(1.5, 0.0, 0.1) == ["ONE_SET"]
    assert gains(-4.0, -4.0, -5.0, mirrored=0.9) == ["TRAINED_ON_MIRRORED"]
    held = layer("Dropout", rate=0.7)
    assert gains(-4.0, -4.0, -5.0, front=(held,)) == ["HELD_DOWN"]
    heavy = layer("Activation", kernel_regularizer="L2(l2=0.03)")
    assert gains(-4.0, -4.0, -5.0, front=(heavy,)) == ["HELD_DOWN"]
    assert gains(-4.0, -4.0, -5.0) == ["WORSE_THAN_PLAIN"]


def test_are_three_networks_asked_for_and_small_ones():
    same = trained(0.96, hits="aa")
    parts = dict.fromkeys(NAMES, same)
    verdict = judge(Snapshot("augmentation-thousand-images", parts))
    assert names(verdict) == ["SAME_MODEL_TWICE"]
    assert gains(1.0, 1.0, 1.0, params=40_000) == ["TRAINED.TOO_MANY_PARAMS"] * 3


def test_is_a_missing_model_told():
    parts = {
        "first_model": trained(0.96, hits="aa"),
        "second_model": OtherFacts("no_such_file", "str", "x.keras"),
        "third_model": trained(0.96, hits="bb"),
    }
    verdict = judge(Snapshot("augmentation-thousand-images", parts))
    assert names(verdict) == ["TRAINED.NO_SUCH_FILE"]


def test_is_a_plain_network_beyond_belief_no_baseline():
    facts = trained(0.96, hits="aa")
    for notes in ({}, {"set_1": 20.0, "set_2": 92.0, "set_3": 92.0}):
        parts = {
            name: replace(
                facts, notes=notes, classes=replace(facts.classes, hits=f"{at:02x}")
            )
            for at, name in enumerate(NAMES)
        }
        verdict = judge(Snapshot("augmentation-thousand-images", parts))
        assert names(verdict) == ["TRAINED.NO_BASELINE"]
