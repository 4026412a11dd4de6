"""A learner's function is run with limits, alone, and leaves no trace."""

import functools
import math
import os
import random
import sys
import time
import warnings

import numpy as np
import pytest

from checkers.capture import capture
from checkers.capture.running import run_limited
from checkers.exercise import Array, Case, Check, Earlier, Exercise, Function
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.functions import Runs
from checkers.snapshot import FunctionFacts, MissingFacts, OtherFacts, Snapshot


def exercise(*cases, **settings):
    part = Function("f", cases=lambda rng, parameters: tuple(cases), **settings)
    checks = (Check("runs", 1, "it runs"),)
    return Exercise("toy-f", "F", "F", (part,), checks, ("a", "b", "c"))


def facts(answer, *cases, **settings):
    snapshot = capture(exercise(*cases, **settings), (answer,), seed=1)
    text = snapshot.to_json()
    assert Snapshot.from_json(text).to_json() == text
    return snapshot.parts["f"]


def only(answer, *args, **settings):
    """Return the facts of one call."""
    found = facts(answer, Case(args, "one case"), **settings)
    assert isinstance(found, FunctionFacts), found
    return found.results[0]


def code_of(answer, *args, **settings):
    asked = exercise(Case(args, "one case"), **settings)
    snapshot = capture(asked, (answer,), seed=1)
    key = Key(asked.id, (Runs("runs", "f"),), "")
    verdict = judge(snapshot, exercise=asked, key=key)
    assert verdict.status in ("passed", "failed"), verdict.to_text()
    assert verdict.to_html()
    return verdict.findings[0].code if verdict.findings else ""


class Adder:
    def __init__(self):
        self.seen = []

    def __call__(self, x):
        self.seen.append(x)
        return x + 1

    def add(self, x):
        self.seen.append(x)
        return x + 1

    @staticmethod
    def plus(x):
        return x + 1

    @classmethod
    def also(cls, x):
        return x + 1


def decorated(function):
    @functools.wraps(function)
    def inner(*args):
        return function(*args)

    return inner


@decorated
def plus_one(x):
    return x + 1


def with_default(x, y=1, *, z=0):
    return x + y + z


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: x + 1,
        plus_one,
        with_default,
        functools.partial(with_default, y=1),
        functools.partial(plus_one),
        Adder(),
        Adder().add,
        Adder.plus,
        Adder().plus,
        Adder.also,
        functools.lru_cache(plus_one),
        np.vectorize(plus_one),
        functools.partial(np.add, 1),
        lambda *args: args[0] + 1,
    ],
)
def test_does_everything_that_can_be_called_count_as_a_function(answer):
    assert only(answer, 3).value == 4


def test_is_a_ufunc_a_function():
    assert only(np.square, 3).value == 9


async def later(x):
    return x


def generator(x):
    yield x


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Adder, "function_class"),
        (float, "function_class"),
        (later, "function_async"),
        (generator, "function_generator"),
        (functools.partial(generator, 1), "function_generator"),
        ("softmax", "function_text"),
        ((plus_one,), "function_comma"),
        ([plus_one], "function_comma"),
        (3.5, "function_result"),
        (np.zeros(3), "function_result"),
        (np.zeros(10**6), "function_result"),
        ({"a": 1}, "function_result"),
        ([plus_one, plus_one], "not_a_function"),
        (sys, "not_a_function"),
    ],
)
def test_has_each_thing_that_is_no_function_its_reason(answer, reason):
    found = facts(answer, Case((3,)))
    assert isinstance(found, OtherFacts)
    assert found.reason == reason


@pytest.mark.parametrize("answer", [None, ..., lambda x: None])
def test_is_a_stub_not_attempted(answer):
    assert facts(answer, Case((3,))) == MissingFacts()


def endless(x):
    while True:
        x += 1


def swallows(x):
    while True:
        try:
            time.sleep(0.01)
        except BaseException:
            x += 1


def recursive(x):
    return recursive(x) + 1


def types(x):
    return input("x? ") or x


def exits(x):
    sys.exit(x)


def swallows_exit(x):
    try:
        os._exit(x)
    except BaseException:
        return x


def large(x):
    return np.zeros(10**6)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (endless, "FUNCTION.TOO_SLOW"),
        (recursive, "FUNCTION.ENDLESS_RECURSION"),
        (types, "FUNCTION.ASKS_INPUT"),
        (lambda x: sys.stdin.readline() + str(1 / 0), "FUNCTION.RAISES"),
        (lambda x: breakpoint(), "FUNCTION.ASKS_INPUT"),
        (exits, "FUNCTION.EXITS"),
        (lambda x: os._exit(x), "FUNCTION.EXITS"),
        (lambda x: os.abort(), "FUNCTION.EXITS"),
        (swallows_exit, "FUNCTION.EXITS"),
        (lambda: 1, "FUNCTION.WRONG_ARGUMENTS"),
        (lambda x, y: 1, "FUNCTION.WRONG_ARGUMENTS"),
        (lambda x, *, y: 1, "FUNCTION.WRONG_ARGUMENTS"),
        (lambda x, y, *more: 1, "FUNCTION.WRONG_ARGUMENTS"),
        (lambda x: math.exp(1000 * x), "FUNCTION.OVERFLOW"),
        (lambda x: sys.stdout.write("0.5\n") and None, "FUNCTION.PRINTS_NOT_RETURNS"),
        (lambda x: [].append(x), "FUNCTION.NO_RESULT"),
        (lambda x: (one for one in [x]), "FUNCTION.YIELDS"),
        (lambda x: later(x), "FUNCTION.YIELDS"),
        (lambda x: plus_one, "FUNCTION.RETURNS_FUNCTION"),
        (lambda x: 1j * x, "FUNCTION.COMPLEX"),
        (large, "FUNCTION.TOO_LARGE"),
        (lambda x: object(), "FUNCTION.OTHER_RESULT"),
        (lambda x: x[0], "FUNCTION.RAISES"),
    ],
)
def test_has_everything_that_keeps_a_function_from_a_result_its_code(answer, code):
    assert code_of(answer, 3, limit_s=0.5) == code


def test_is_a_function_that_cannot_be_stopped_reported():
    result = only(swallows, 3, limit_s=0.2)
    assert result.problem == "not_stopped"
    assert code_of(swallows, 3, limit_s=0.2) == "FUNCTION.NOT_STOPPED"


def test_does_an_endless_loop_leave_the_processor_free():
    import threading

    before = threading.active_count()
    only(endless, 3, limit_s=0.2)
    assert threading.active_count() == before


def test_is_the_rest_not_run_after_a_case_that_is_too_slow():
    found = facts(endless, Case((1,)), Case((2,)), limit_s=0.2)
    assert [result.problem for result in found.results] == ["timeout"]


def test_is_a_wrong_number_of_arguments_counted():
    result = only(lambda x, y=1, z=2: 1, 1, 2, 3, 4)
    assert result.observed == {"takes": "1–3"}
    assert result.error.line == "<lambda>(x, y=1, z=2)"
    assert only(lambda x, y, *z: 1, 1).observed == {"takes": "≥ 2"}


def test_is_what_was_printed_kept_and_cut():
    result = only(lambda x: [sys.stdout.write("ab" * 5_000), x][1], 3)
    assert (result.value, len(result.printed)) == (3, 2_000)


def test_are_warnings_of_numpy_kept():
    result = only(lambda x: np.log(x) + np.exp(1000 * x), Array([0.0, 1.0]))
    assert result.warnings == (
        "divide by zero encountered in log",
        "overflow encountered in exp",
    )


def test_does_a_warning_of_the_learner_stop_nothing():
    def warns(x):
        for number in range(20):
            warnings.warn(f"number {number}", stacklevel=1)
        return x

    assert len(only(warns, 3).warnings) == 5


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (lambda x, y: x.__setitem__(0, 9.0), ("x",)),
        (lambda x, y: y["a"].append(1), ("y",)),
        (lambda *args: args[1].clear(), ("2",)),
        (lambda x, y: y.update(a=[1]), ()),
        (lambda x, y: x.sum(), ()),
        (lambda x, y: (x.sort(), y.pop("a")), ("x", "y")),
    ],
)
def test_is_a_changed_argument_named(change, changed):
    def answer(*args):
        change(*args)
        return 1

    def named(x, y):
        change(x, y)
        return 1

    function = answer if changed == ("2",) else named
    result = only(function, Array([2.0, math.nan, 1.0]), {"a": [1]})
    assert result.changed == changed
    assert result.mutated == bool(changed)


def test_does_nan_in_an_argument_not_count_as_a_change():
    assert not only(lambda x: 1, [math.nan, {"a": math.nan}]).mutated


def test_is_each_call_read_before_the_next_one_runs():
    buffer = np.zeros(1)

    def answer():
        buffer[0] += 1
        return buffer

    found = facts(answer, Case((), repeat=3))
    assert found.results[0].value == [[1.0], [2.0], [3.0]]
    assert buffer[0] == 0


def test_is_one_call_without_a_result_enough_to_have_none():
    results = iter([1, None])
    calls = [1, None]
    found = facts(lambda: calls.pop(), Case((), repeat=2))
    assert found.results[0].value is None
    assert (calls, next(results)) == ([1, None], 1)


def test_can_a_case_use_an_earlier_result():
    found = facts(lambda x: [2 * one for one in x], Case(([1],)), Case((Earlier(0),)))
    assert [result.value for result in found.results] == [[2], [4]]


def test_are_arrays_inside_containers_handed_over_as_arrays():
    result = only(lambda x: x["a"][0].sum(), {"a": (Array([1.0, 2.0]),)})
    assert result.value == 3.0


LIST: list[int] = []
COUNT = 0


def untidy(x, seen=[]):  # noqa: B006
    global COUNT, FRESH
    COUNT += 1
    FRESH = x
    seen.append(x)
    LIST.append(x)
    helper(x)
    random.random()
    np.random.rand()
    np.set_printoptions(precision=2)
    np.seterr(all="ignore")
    os.chdir("/")
    os.environ["LAYERWISE_TOY"] = "1"
    sys.setrecursionlimit(10_000)
    warnings.simplefilter("error")
    untidy.calls = COUNT
    return len(seen)


def helper(x):
    LIST.append(-x)


def test_is_everything_around_a_function_put_back():
    random.seed(1)
    np.random.seed(1)
    before = (
        os.getcwd(),
        dict(os.environ),
        sys.getrecursionlimit(),
        np.get_printoptions(),
        np.geterr(),
        random.getstate(),
        warnings.filters[:],
        sys.stdin,
    )
    numbers = np.random.get_state()[1].copy()
    found = facts(untidy, Case((1,)), Case((2,)))
    assert [result.value for result in found.results] == [1, 2]
    assert found.results[0].observed["touched_random"]
    after = (
        os.getcwd(),
        dict(os.environ),
        sys.getrecursionlimit(),
        np.get_printoptions(),
        np.geterr(),
        random.getstate(),
        warnings.filters[:],
        sys.stdin,
    )
    assert after == before
    assert (np.random.get_state()[1] == numbers).all()
    assert (LIST, COUNT, untidy.__defaults__) == ([], 0, ([],))
    assert "FRESH" not in globals()
    assert not hasattr(untidy, "calls")


def test_is_an_object_that_is_called_put_back():
    adder = Adder()
    only(adder, 3)
    only(adder.add, 3)
    assert adder.seen == []


def test_are_figures_of_a_function_closed():
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    mine = plt.figure()
    size = mpl.rcParams["font.size"]

    def draws(x):
        plt.figure()
        plt.rcParams["font.size"] = 40
        return x

    assert only(draws, 3).value == 3
    assert plt.get_fignums() == [mine.number]
    assert mpl.rcParams["font.size"] == size
    plt.close(mine)


class BadSignature:
    @property
    def __signature__(self):
        raise RuntimeError("none")

    def __call__(self, x):
        x.append(1)
        return x


def test_does_a_function_without_a_signature_run():
    result = only(BadSignature(), [0])
    assert (result.value, result.changed) == ([0, 1], ("1",))


def test_is_an_error_of_any_kind_data():
    class Own(BaseException):
        def __str__(self):
            raise ValueError

    def raises(x):
        raise Own

    result = only(raises, 3)
    assert (result.error.kind, result.error.line) == ("Own", "raise Own")


def test_has_an_array_its_type_and_shape():
    result = only(lambda x: np.zeros((0, 3), "float32"), 3)
    assert (result.value, result.shape, result.dtypes) == ([], (0, 3), ("float32",))
    pair = only(lambda x: {"a": np.zeros(2), "b": 1}, 3)
    assert pair.dtypes == ("float64", "int")


def test_does_a_slow_function_count_the_time_of_one_call():
    run = run_limited(lambda: time.sleep(0.05), 2.0)
    assert 0.05 <= run.seconds < 1
    assert run.error is None


def test_does_time_without_a_processor_not_count():
    run = run_limited(lambda: time.sleep(0.3) or 5, 0.2)
    assert (run.value, run.problem) == (5, "")


def test_decides_the_seed_that_is_given_the_cases():
    part = Function("f", cases=lambda rng, p: (Case((rng.randrange(10**9),)),))
    asked = Exercise("toy-f", "F", "F", (part,), (Check("r", 1, ""),), ("a", "b", "c"))
    values = [
        asked.capture(lambda x: x, seed=seed).parts["f"].results[0].value
        for seed in (1, 1, 2)
    ]
    assert values[0] == values[1] != values[2]
