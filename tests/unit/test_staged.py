"""A function whose cases belong to several checks: one cause costs one of them."""

import pytest

from checkers.capture import capture
from checkers.exercise import Case, Check, Exercise, Function
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.staged import Staged


def cases(rng, parameters):
    numbers = [(rng.randint(2, 9), rng.randint(2, 9)) for _ in range(6)]
    return (
        *(Case((a, b, "sum"), f"the sum of {a} and {b}") for a, b in numbers),
        *(Case((a, b, "product"), f"the product of {a} and {b}") for a, b in numbers),
    )


def right(a, b, what):
    return a + b if what == "sum" else a * b


def one_more(a, b, what):
    return a + b + 1 if what == "sum" else a * b


RULE = Staged(
    "f",
    right,
    stages=(
        ("sums", lambda a, b, what: what == "sum"),
        ("products", lambda a, b, what: what == "product"),
    ),
    slips=(
        (one_more, "CONV.SIZE_ONE_MORE", "sums"),
        (lambda a, b, what: right(a, b, what) + b, "CONV.COUNT_NO_BIAS", "products"),
    ),
)
EXERCISE = Exercise(
    "toy-staged",
    "Staged",
    "F",
    (Function("f", cases=cases, limit_s=0.5),),
    (Check("sums", 1, "sums"), Check("products", 1, "products")),
    ("a", "b", "c"),
)


def verdict(function):
    key = Key(EXERCISE.id, (RULE,), "the solution")
    return judge(capture(EXERCISE, (function,), seed=5), exercise=EXERCISE, key=key)


def states(found):
    return [check.state for check in found.checks]


def codes(found):
    return [finding.code for finding in found.findings]


def test_does_a_right_function_pass_every_check():
    assert verdict(right).status == "passed"


def test_does_a_slip_in_one_stage_cost_that_stage():
    found = verdict(one_more)
    assert codes(found) == ["CONV.SIZE_ONE_MORE"]
    assert states(found) == ["failed", "passed"]


def test_does_a_slip_that_explains_all_cases_cost_the_check_that_it_names():
    found = verdict(lambda a, b, what: right(a, b, what) + b)
    assert codes(found) == ["CONV.COUNT_NO_BIAS"]
    assert states(found) == ["passed", "failed"]


def test_are_two_causes_told_apart():
    found = verdict(lambda a, b, what: one_more(a, b, what) if what == "sum" else -1)
    assert codes(found) == ["CONV.SIZE_ONE_MORE", "FUNCTION.CONSTANT_RESULT"]
    assert states(found) == ["failed", "failed"]


def test_is_the_same_cause_told_once():
    found = verdict(lambda a, b, what: a / 0)
    assert codes(found) == ["FUNCTION.RAISES"]
    assert states(found) == ["failed", "skipped"]


def test_does_an_error_in_one_stage_leave_the_other_alone():
    def breaks(a, b, what):
        return a + b if what == "sum" else a * c  # noqa: F821 - the mistake

    found = verdict(breaks)
    assert codes(found) == ["FUNCTION.RAISES"]
    assert states(found) == ["passed", "failed"]


def test_are_cases_after_a_slow_one_skipped():
    def waits(a, b, what):
        while True:
            pass

    found = verdict(waits)
    assert codes(found) == ["FUNCTION.TOO_SLOW"]
    assert states(found) == ["failed", "skipped"]


def test_does_an_array_with_one_entry_get_a_note():
    found = verdict(lambda a, b, what: [right(a, b, what)])
    assert codes(found) == ["FUNCTION.ONE_ENTRY"]
    assert found.status == "passed with a note"


def test_is_a_slip_of_an_unknown_check_refused():
    with pytest.raises(ValueError, match="no stage"):
        Staged("f", right, (("sums", lambda *_: True),), ((right, "X", "other"),))
