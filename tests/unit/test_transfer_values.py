"""What the keys of lesson 13 say about numbers, letters and positions."""

from dataclasses import replace

import pytest

from checkers.judge import judge
from checkers.keys import transfer_learning as keys
from checkers.snapshot import Snapshot, ValueFacts
from checkers.tasks import transfer_learning as tasks

LESSON = "TRANSFER_LEARNING."
TRAIN, VAL = list(range(300)), list(range(300, 400))
CURVES = {"accuracy": [0.5, 0.9, 0.95], "val_accuracy": [0.5, 0.85, 0.8]}


def findings(task, key, rules, **parts):
    """Return the codes of some rules of a key on values handed in."""
    wanted = tuple(rule for rule in key.rules if set(rule.checks) & set(rules))
    checks = tuple(check for check in task.checks if check.name in rules)
    exercise = replace(task, checks=checks)
    facts = {
        name: ValueFacts(value, type(value).__name__) for name, value in parts.items()
    }
    facts |= {
        part.name: ValueFacts(0, "int") for part in task.parts if part.name not in facts
    }
    verdict = judge(
        Snapshot(task.id, facts), exercise=exercise, key=replace(key, rules=wanted)
    )
    assert verdict.status != "broken", verdict.to_text()
    assert "{" not in verdict.to_text()
    return [found.code.removeprefix(LESSON) for found in verdict.findings]


def capstone(rules, **parts):
    return findings(tasks.capstone, keys.capstone, rules, **parts)


@pytest.mark.parametrize(
    ("train", "val", "expected"),
    [
        (TRAIN, VAL, []),
        ([True] * 300 + [False] * 100, [False] * 300 + [True] * 100, []),
        (TRAIN, [*VAL, 3], ["NOT_DISJOINT"]),
        ([1, 1, 2], VAL, ["DRAWN_TWICE"]),
        (TRAIN, list(range(350, 410)), ["OUTSIDE_POOL"]),
        (TRAIN, VAL[:20], ["FEW_VALIDATE"]),
        (VAL, TRAIN, ["FEW_TRAIN"]),
        ([0.5], VAL, ["NO_POSITIONS"]),
        ([], VAL, ["NO_POSITIONS"]),
    ],
)
def test_is_a_split_judged_by_its_positions(train, val, expected):
    assert capstone({"split"}, train_rows=train, val_rows=val) == expected


def letters(*names):
    choices = tasks.capstone.choices("", part="reading")
    return "".join(choices.letter_of(name) for name in names)


@pytest.mark.parametrize(
    ("said", "curves", "expected"),
    [
        (("best_earlier", "no_gap"), CURVES, []),
        (("no_gap", "best_earlier"), CURVES, []),
        (("best_last", "no_gap"), CURVES, ["EPOCH_READ"]),
        (("best_earlier", "gap"), CURVES, ["GAP_READ"]),
        (("gap", "no_gap"), CURVES, ["TWO_SENTENCES"]),
        (("best_earlier",), CURVES, ["TWO_SENTENCES"]),
        (("best_earlier", "no_gap"), {"accuracy": [0.5]}, ["NO_CURVES"]),
        (
            ("best_last", "gap"),
            {"accuracy": [50.0, 99.0], "val_accuracy": [50.0, 80.0]},
            [],
        ),
    ],
)
def test_are_two_sentences_compared_with_the_curves(said, curves, expected):
    found = capstone({"reading"}, reading=letters(*said), curves=curves)
    assert found == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (25, []),
        (10, ["TEN_CLASSES"]),
        (16.67, ["SIX_CLASSES"]),
        (0.25, ["SHARE_FOR_PERCENT"]),
    ],
)
def test_is_the_baseline_one_answer_for_all(value, expected):
    assert capstone({"baseline"}, baseline=value) == expected


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ((68_229, 3_336_837), []),
        ((68_096, 3_336_704), ["BIAS_FORGOTTEN"] * 2),
        ((3_336_837, 68_229), ["OTHER_HEAD"] * 2),
        ((14_782_917, 18_051_525), ["BASE_COUNTED"] * 2),
        ((6_650, 476_805), ["POSITIONS_FOR_MAPS", "ONE_SIDE"]),
        ((68_608, 3_361_792), ["BIAS_PER_INPUT"] * 2),
    ],
)
def test_are_the_heads_counted_right(pair, expected):
    parts = {"with_mean": pair[0], "with_flatten": pair[1]}
    checks = {"mean", "flatten"}
    found = findings(tasks.head_sizes, keys.head_sizes, checks, **parts)
    assert found == expected
