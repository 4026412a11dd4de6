"""What the rules on carried weights and on the optimizer's memory say."""

import json
import math
from dataclasses import replace

import pytest

from checkers.exercise import Check, Exercise, Model
from checkers.judge import judge
from checkers.key import Key
from checkers.keys._transfer_learning_table import MARGIN, WITHIN
from checkers.rules.carried import Carried
from checkers.rules.optimizing import Optimized, RateAtMost
from checkers.snapshot import Snapshot, WeightFacts
from course.paths import share_path
from tests.unit.models import chain, dense, layer

KERNEL, GAMMA = (0.01, 0.2), (0.9, 0.1)
PRINTS = ((KERNEL,), (GAMMA,))
FRESH = "TRANSFER_LEARNING.FRESH_WEIGHTS"


def weight(name, mean, std):
    return WeightFacts(name, (4, 4), True, std == 0, mean, std, True)


def net(kernel=KERNEL, gamma=GAMMA):
    conv = replace(layer("Conv2D"), weights=(weight("kernel", *kernel),))
    norm = replace(layer("BatchNormalization"), weights=(weight("gamma", *gamma),))
    return chain(conv, norm, dense(4))


def findings(rule, facts):
    checks = tuple(Check(name, 1, name) for name in rule.checks)
    parts = (Model("net", inputs=(18,)),)
    exercise = Exercise("toy-w", "W", "M", parts, checks, ("a", "b", "c"))
    snapshot = Snapshot("toy-w", {"net": facts})
    assert Snapshot.from_json(snapshot.to_json()) == snapshot
    verdict = judge(snapshot, exercise=exercise, key=Key("toy-w", (rule,), ""))
    assert verdict.status != "broken", verdict.to_text()
    assert "{" not in verdict.to_text()
    return verdict.findings


def codes(rule, facts):
    return [found.code for found in findings(rule, facts)]


def test_are_the_trained_weights_right():
    rule = Carried("frozen", "net", PRINTS, FRESH)
    assert codes(rule, net()) == []
    assert codes(rule, net(kernel=(0.0101, 0.2001))) == []


@pytest.mark.parametrize("changed", [{"kernel": (0.0, 0.21)}, {"gamma": (1.0, 0.0)}])
def test_are_other_weights_named_with_their_layer(changed):
    rule = Carried("frozen", "net", PRINTS, FRESH)
    (found,) = findings(rule, net(**changed))
    assert found.code == FRESH
    assert found.layer is not None
    assert found.layer.kind == (
        "Conv2D" if "kernel" in changed else "BatchNormalization"
    )


def test_may_weights_move_where_the_task_lets_them():
    rule = Carried("network", "net", (PRINTS[0],), FRESH, may_move=True)
    assert codes(rule, net(kernel=(0.05, 0.23))) == []
    assert codes(rule, net(kernel=(0.0, 0.5))) == [FRESH]
    norms = Carried("network", "net", PRINTS, FRESH, may_move=True)
    assert codes(norms, net(gamma=(0.8, 0.2))) == []
    assert codes(norms, net(gamma=(1.0, 0.0))) == [FRESH]


def test_are_only_so_many_layers_looked_at():
    rule = Carried("blocks", "net", PRINTS, FRESH, count=lambda parameters: 1)
    assert codes(rule, net(gamma=(1.0, 0.0))) == []


def test_are_missing_layers_left_to_another_rule():
    assert codes(Carried("frozen", "net", PRINTS, FRESH), chain(dense(4))) == []


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (None, []),
        ({"known": 2, "trainable": 2}, []),
        ({"known": 2, "trainable": 6}, ["TRANSFER_LEARNING.NOT_RECOMPILED"]),
    ],
)
def test_is_a_weight_that_the_optimizer_does_not_know_found(known, expected):
    rule = Optimized("compiled", "net", "TRANSFER_LEARNING.NOT_RECOMPILED")
    facts = replace(net(), compiled={"optimizer": "Adam", "optimizer_knows": known})
    assert codes(rule, facts) == expected
    assert codes(rule, replace(facts, compiled=None)) == []


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (1e-4, []),
        (0.0010000000474974513, []),
        (0.01, ["TRANSFER_LEARNING.RATE"]),
        (0.0, ["TRANSFER_LEARNING.NO_RATE"]),
        ("ExponentialDecay(initial_learning_rate=0.0001, decay_steps=9)", []),
        ("CosineDecay(initial_learning_rate=0.1)", ["TRANSFER_LEARNING.RATE"]),
        ({"config": {"initial_learning_rate": 0.5}}, ["TRANSFER_LEARNING.RATE"]),
        ("Schedule()", []),
        (None, []),
    ],
)
def test_is_a_rate_that_is_too_large_found(rate, expected):
    names = ("TRANSFER_LEARNING.RATE", "TRANSFER_LEARNING.NO_RATE")
    rule = RateAtMost("compiled", "net", 1e-3, *names)
    compiled = {"optimizer": "Adam", "optimizer_settings": {"learning_rate": rate}}
    assert codes(rule, replace(net(), compiled=compiled)) == expected


def test_does_the_key_say_what_the_shipped_table_says():
    path = share_path("data", "networks", "transfer.json")
    table = json.loads(path.read_text("utf-8"))["cases"]
    for name, case in table.items():
        means = {
            strategy: math.fsum(values) / len(values)
            for strategy, values in case["accuracy"].items()
        }
        best = max(means.values())
        within = {one for one, mean in means.items() if mean >= best - MARGIN}
        assert within == set(WITHIN[name.replace("-", "_")]), (name, means)
