"""References that need NumPy: in this process or in one of their own."""

import json
import math
import subprocess
import sys
import textwrap

import pytest

from checkers import reference, reference_worker
from checkers.exercise import Array, Case, Check, Exercise, Function
from checkers.key import Key
from checkers.reference import Reference, ReferenceFailed, results_of
from checkers.rules.functions import Equals

MODULE = "tests.unit.numpy_references"
MOMENTS = Reference(f"{MODULE}:moments")
CALLS = [(Array([[1.0, 2.0], [3.0, 4.0]]),), (Array([[0.0, math.inf]]),)]


@pytest.fixture(params=["here", "process"])
def _form(request, monkeypatch):
    """Ask in this process or in another one."""
    reference._ask_worker.cache_clear()
    if request.param == "process":
        monkeypatch.setenv("COURSE_REFERENCE_PROCESS", "1")


@pytest.mark.usefixtures("_form")
def test_gives_a_reference_the_same_in_both_forms():
    first, second = results_of(MOMENTS, CALLS)
    assert first == ([2.0, 3.0], [1.0, 1.0])
    assert second[0] == [0.0, math.inf]
    assert math.isnan(second[1][1])


def test_gets_a_plain_function_nested_lists():
    seen = []
    results_of(lambda x: seen.append(x), [([Array([1.0])],), ({"a": Array([2.0])},)])
    assert seen == [[[1.0]], {"a": [2.0]}]


def test_is_a_reference_that_fails_the_authors_error(monkeypatch):
    monkeypatch.setenv("COURSE_REFERENCE_PROCESS", "1")
    with pytest.raises(ReferenceFailed, match="ours"):
        results_of(Reference(f"{MODULE}:fails"), [(1,)])
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ReferenceFailed, match="no message"):
        results_of(Reference(f"{MODULE}:fails"), [(2,)])


def test_are_results_of_all_kinds_plain():
    assert reference_worker._plain({"a": [(1, 2)]}) == {"a": [{"several": [1, 2]}]}
    assert reference._with_tuples({"a": [{"several": [1, 2]}]}) == {"a": [(1, 2)]}
    assert reference_worker._argument({"a": [1.0]}) == {"a": [1.0]}
    assert reference_worker._argument({"type": "float", "value": "inf"}) == math.inf


def cases(rng, parameters):
    return (Case((Array([[rng.random(), 1.0]]),)),)


EXERCISE = Exercise(
    "toy-moments",
    "Moments",
    "F",
    (Function("f", cases=cases),),
    (Check("values", 1, "mean and variance"), Check("other", 1, "without NumPy")),
    ("a", "b", "c"),
)
KEY = Key(
    EXERCISE.id,
    (Equals("values", "f", MOMENTS), Equals("other", "f", lambda x: ([0], [0]))),
    "",
)


@pytest.fixture
def _installed(monkeypatch):
    """Let the worker find the toy exercise."""
    monkeypatch.setattr("checkers.tasks.find_exercise", lambda _: EXERCISE)
    monkeypatch.setattr(sys.modules["checkers.judge"], "find_key", lambda _: KEY)


@pytest.mark.usefixtures("_installed")
def test_prints_the_worker_what_the_references_of_a_key_give(capsys):
    reference_worker.main(["toy-moments", "--seed", "7"])
    printed = json.loads(capsys.readouterr().out)
    found = reference_worker.expected_results("toy-moments", 7)
    assert printed == found
    assert list(found) == ["values"]
    assert found != reference_worker.expected_results("toy-moments", 8)


def test_answers_the_worker_a_question_on_stdin(monkeypatch, capsys):
    import io

    question = reference.to_json(MOMENTS.name, [([[1.0]],)])
    monkeypatch.setattr(sys, "stdin", io.StringIO(question.replace("moments", "fails")))
    with pytest.raises(ZeroDivisionError):
        reference_worker.main([])
    question = reference.to_json(MOMENTS.name, [(Array([[1.0]]),)])
    monkeypatch.setattr(sys, "stdin", io.StringIO(question))
    reference_worker.main([])
    assert json.loads(capsys.readouterr().out) == {
        "values": [{"several": [[1.0], [0.0]]}]
    }


def test_loads_the_judge_no_numpy_where_a_reference_needs_it():
    code = """
    import sys
    from checkers.parts import Array
    from checkers.reference import Reference, results_of
    import checkers.rules.gradients, checkers.rules.distributions
    import checkers.rules.properties, checkers.rules.functions, checkers.draws
    name = "tests.unit.numpy_references:moments"
    values = results_of(Reference(name), [(Array([[1.0, 3.0]]),)])
    assert values == [([1.0, 3.0], [0.0, 0.0])], values
    assert "numpy" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True)


def test_is_the_helper_a_program():
    worker = [sys.executable, "-m", "checkers.reference_worker", "welcome-first-number"]
    ran = subprocess.run(worker, check=True, capture_output=True, text=True)
    assert ran.stdout == "{}\n"
