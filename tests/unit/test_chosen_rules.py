"""Rules on some of the cases, rules in a row, and slips of random results."""

import random

import pytest

from checkers.capture import capture
from checkers.exercise import Array, Case, Check, Exercise, Function
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.chosen import FirstOf, OnCases
from checkers.rules.distributions import Distribution
from checkers.rules.functions import Equals, Runs


def cases(rng, parameters):
    del rng, parameters
    return (Case((1.0, True), "on"), Case((2.0, False), "off"))


def verdict_on(answer, rule, draw=cases, limit_s=0.5):
    part = Function("f", cases=draw, limit_s=limit_s)
    asked = Exercise("demo-f", "F", "F", (part,), (Check("c", 1, "c"),), ("h",))
    return judge(
        capture(asked, (answer,), seed=3),
        exercise=asked,
        key=Key(asked.id, (rule,), ""),
    )


def codes(verdict):
    return [finding.code for finding in verdict.findings]


ON = OnCases(Equals("c", "f", lambda x, on: x), lambda case: case.args[1])


def test_does_a_rule_look_at_the_cases_that_count_only():
    assert verdict_on(lambda x, on: x if on else 100.0, ON).passed


def test_does_a_rule_find_what_is_wrong_in_them():
    assert codes(verdict_on(lambda x, on: 100.0 if on else x, ON))


def test_is_a_check_skipped_whose_cases_were_never_reached():
    def slow(x, on):
        while on:
            pass
        return x

    off = OnCases(Equals("c", "f", lambda x, on: x), lambda case: not case.args[1])
    verdict = verdict_on(slow, off, limit_s=0.2)
    assert [check.state for check in verdict.checks] == ["skipped"]


def test_counts_the_first_rule_that_finds_something():
    def changes(x):
        x *= 2
        return x

    def arrays(rng, parameters):
        del rng, parameters
        return (Case((Array([1.0, 2.0, 3.0]),), "three"),)

    rule = FirstOf((Runs("c", "f"), Equals("c", "f", lambda x: x)))
    assert codes(verdict_on(changes, rule, arrays)) == ["FUNCTION.MUTATES"]
    assert verdict_on(lambda x: x, rule, arrays).passed


def test_are_rules_on_several_parts_refused():
    with pytest.raises(ValueError, match="received"):
        FirstOf((Runs("c", "f"), Runs("c", "g")))


def thinned(share, factor):
    def f(x):
        return [[0.0 if random.random() < share else v * factor for v in r] for r in x]

    return f


def tables(rng, parameters):
    del parameters
    table = [[rng.uniform(1, 2) for _ in range(30)] for _ in range(40)]
    return (Case((Array(table),), "a table"),)


LAW = Distribution(
    "c",
    "f",
    zeros=lambda x: 0.2,
    scale=lambda x: 1.25,
    share_slips=((lambda x: 0.8, "BY_HAND.RATE_IS_KEPT"),),
    scale_slips=((lambda x: 0.8, "BY_HAND.TIMES_KEEP"),),
)


def test_does_a_law_hold():
    assert verdict_on(thinned(0.2, 1.25), LAW, tables).passed


def test_is_a_share_named_that_stands_for_a_thought():
    assert codes(verdict_on(thinned(0.8, 1.25), LAW, tables)) == [
        "BY_HAND.RATE_IS_KEPT"
    ]


def test_is_a_factor_named_that_stands_for_a_thought():
    found = codes(verdict_on(thinned(0.2, 0.8), LAW, tables))
    assert found == ["BY_HAND.TIMES_KEEP"]


def test_is_any_other_factor_called_wrong():
    found = codes(verdict_on(thinned(0.2, 3.0), LAW, tables))
    assert found == ["FUNCTION.WRONG_SCALE"]
