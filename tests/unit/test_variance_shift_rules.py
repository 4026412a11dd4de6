"""Rules of lesson 11: numbers that must not collide, noise, ratios, new variances."""

import itertools

import pytest

from checkers.exercise import Array, Case, Check, Exercise, Function
from checkers.judge import judge
from checkers.key import Key
from checkers.keys import _variance_shift_measured as measured
from checkers.keys import _variance_shift_noise as noise
from checkers.keys import variance_shift as keys
from checkers.rules.values import NumberIs
from checkers.snapshot import FunctionFacts, ResultFacts, Snapshot, ValueFacts
from checkers.tasks import variance_shift as tasks

PERSONAL = tasks.variances.personal
EVERY = [
    dict(zip(PERSONAL, values, strict=True))
    for values in itertools.product(*PERSONAL.values())
]


@pytest.mark.parametrize("parameters", EVERY, ids=str)
def test_is_no_wrong_thought_a_right_number(parameters):
    for rule in keys.variances.rules:
        if not isinstance(rule, NumberIs):
            continue
        right = rule.expected(parameters)
        for slip in rule.slips:
            assert abs(slip.value(parameters) - right) > 3 * rule.tolerance, slip.code


def numbers(*values):
    parts = [part.name for part in tasks.variances.parts]
    facts = {
        name: ValueFacts(value, "float")
        for name, value in zip(parts, values, strict=True)
    }
    snapshot = Snapshot(tasks.variances.id, facts)
    verdict = judge(snapshot, exercise=tasks.variances, key=keys.variances)
    return [found.code for found in verdict.findings]


def test_costs_a_wrong_variance_its_own_check_only():
    """With rate 0.2, variance 2 and mean 2: 2.5, 3.5 and 3.5."""
    assert numbers(2.5, 3.5, 3.5) == []
    assert numbers(2.5, 2.5, 2.5) == ["VARSHIFT.MEAN_FORGOTTEN"]
    assert numbers(2.5, 3.5, 2.0) == ["VARSHIFT.GAUSSIAN_LESS"]
    assert numbers(1.6, 3.5, 3.5) == ["VARSHIFT.TIMES_KEEP"]


def uniform(beta, **other):
    seen = {
        "mean": 1.0,
        "variance": beta**2 / 3,
        "fourth": beta**4 / 5,
        "low": 1 - beta,
        "high": 1 + beta,
        "draws": 8192,
        "is_same_twice": False,
        "is_shared_by_rows": False,
        "is_shared_by_units": False,
        "is_fixed_in_fit": False,
        "size_on_zeros": 0.0,
    }
    return seen | other


@pytest.mark.parametrize("beta", tasks.uniform_net.personal["beta"])
def test_is_uniform_noise_told_from_its_relatives(beta):
    judged = {
        "": uniform(beta),
        "ONE_SIDED": uniform(beta, mean=1 + beta / 2, variance=beta**2 / 12),
        "WITHOUT_ONE": uniform(beta, mean=0.0),
        "OTHER_SPREAD": uniform(beta, variance=beta**2 / 12, fourth=beta**4 / 80),
        "NOT_UNIFORM": uniform(beta, fourth=3 * (beta**2 / 3) ** 2, high=1 + 2 * beta),
        "ADDED": uniform(beta, size_on_zeros=beta),
        "FIXED_DRAW": uniform(beta, is_same_twice=True),
        "FIXED_IN_FIT": uniform(beta, is_fixed_in_fit=True),
        "STOPS_IN_FIT": uniform(beta, is_fixed_in_fit=None),
        "SHARED_DRAW": uniform(beta, is_shared_by_rows=True),
        "NOT_FINITE": uniform(beta, mean=float("nan")),
        "NEVER_ON": uniform(beta, variance=0.0),
        "NO_DRAW": uniform(beta, variance=0.0, mean=0.5),
    }
    found = {code: noise._noise_code(seen, beta)[0] for code, seen in judged.items()}
    assert found == {code: code for code in judged}


def two_checks(look, observed, value=None, stops=frozenset()):
    """Return codes by check, and the checks that were skipped."""
    part = Function("f", cases=lambda rng, p: (Case((Array([1.0]),), "a", repeat=2),))
    checks = (Check("first", 1, "1"), Check("second", 1, "2"))
    exercise = Exercise("toy-o", "O", "F", (part,), checks, ("a",) * 3)
    rule = measured.Observed("f", ("first", "second"), look, stops, plain=False)
    facts = FunctionFacts("f", (ResultFacts(value, observed=observed),))
    verdict = judge(
        Snapshot("toy-o", {"f": facts}),
        exercise=exercise,
        key=Key("toy-o", (rule,), ""),
    )
    assert verdict.status != "broken", verdict.to_text()
    return [found.code for found in verdict.findings], verdict.points


def test_stops_a_cause_the_checks_behind_it():
    def look(result):
        yield measured._found("RETRAINED", "second")
        yield measured._found("STILL_OFF", "first")

    both = ["VARSHIFT.RETRAINED", "VARSHIFT.STILL_OFF"]
    assert two_checks(look, {}) == (both, 0)
    stops = frozenset({"VARSHIFT.RETRAINED"})
    assert two_checks(look, {}, stops=stops) == (both[:1], 0)
    assert two_checks(lambda result: (), {}) == ([], 2)


KNOWN = {
    "expected": [2.0, 3.0],
    "unbiased": [1.99, 2.985],
    "upside_down": [1 / 2, 1 / 3],
    "deviations": [1.41, 1.73],
    "root": [2**0.5, 3**0.5],
    "unit_ratios": [2.2, 3.3],
    "moving_mean": [0.6, 0.7],
    "means": [0.9, 1.1],
    "after_norm": [1.2, 1.3],
    "no_axis": [1.8, 2.4],
    "batch_over_off": [2.5, 4.0],
}


@pytest.mark.parametrize(
    ("first", "second", "changed", "code"),
    [
        ([2.0, 3.0], [2.0, 3.0], [], ""),
        ([1.99, 2.985], [1.99, 2.985], [], ""),
        ([0.5, 1 / 3], [0.5, 1 / 3], [], "UPSIDE_DOWN"),
        ([1.0, 1.0], [1.0, 1.0], [], "BATCH_VARIANCE"),
        ([2.45, 4.1], [2.52, 3.9], [], "BATCH_VARIANCE"),
        ([0.8, 0.7], [0.9, 0.6], [], "DROPOUT_ON"),
        ([2.0, 2.0], [2.0, 2.0], ["moving_mean"], "DROPOUT_ON"),
        ([2.0, 2.0], [2.0, 2.0], [], "LATER_RATIOS"),
        ([7.0, 2.0], [7.0, 2.0], [], "OTHER_RATIOS"),
        ([float("nan"), 2.0], [float("nan"), 2.0], [], "NOT_FINITE"),
    ],
)
def test_is_the_way_behind_wrong_ratios_named(first, second, changed, code):
    assert measured._ratio_code([first, second], KNOWN, changed) == code


def new(**other):
    seen = {
        "finite": True,
        "train": [1.0, 1.02],
        "val": [0.3, 0.4],
        "means": [0.0, 0.0],
        "old_means": [False, False],
        "kept": [False, False],
        "at_once": [1.0, 1.4],
        "noisy": [0.5, 0.4],
    }
    return seen | other


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        (new(), ""),
        (new(means=[9.0, 0.0], old_means=[True, False]), ""),
        (new(means=[9.0, 0.0]), "MEAN_LOST"),
        (new(train=[1.0, 1.2]), "STILL_OFF"),
        (new(train=[2.0, 2.0], kept=[True, True]), "NOTHING_STORED"),
        (new(train=[3.0, 2.0], val=[1.0, 1.0]), "VALIDATION_ROWS"),
        (new(train=[1.0, 0.6], at_once=[1.0, 1.0]), "ALL_AT_ONCE"),
        (new(train=[2.0, 2.5], noisy=[1.1, 0.95]), "MASKS_STILL_ON"),
        (new(finite=False), "NOT_FINITE"),
    ],
)
def test_is_named_why_new_variances_do_not_fit(seen, code):
    assert measured._variance_code(seen) == code
