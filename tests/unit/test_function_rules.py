"""Function exercises: every right answer passes, every wrong one gets its code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers.capture import capture
from checkers.judge import judge
from checkers.snapshot import Snapshot
from tests.unit.function_bank import TASKS

RIGHT = [(task, name) for task in TASKS.values() for name in task.right]
WRONG = [(task, name) for task in TASKS.values() for name in task.wrong]


def verdict_on(task, answer, seed):
    snapshot = capture(task.exercise, (answer,), seed=seed)
    text = snapshot.to_json()
    again = Snapshot.from_json(text)
    assert again.to_json() == text
    return judge(again, exercise=task.exercise, key=task.key)


def name_of(value):
    return value if isinstance(value, str) else value.name


@pytest.mark.parametrize(("task", "name"), RIGHT, ids=name_of)
@pytest.mark.parametrize("seed", [1, 20_250_101])
def test_does_a_right_answer_pass_however_it_is_written(task, name, seed):
    verdict = verdict_on(task, task.right[name], seed)
    assert verdict.status in ("passed", "passed with a note"), verdict.to_text()


@pytest.mark.parametrize(("task", "name"), WRONG, ids=name_of)
@pytest.mark.parametrize("seed", [1, 20_250_101])
def test_does_a_wrong_answer_get_its_most_exact_code(task, name, seed):
    answer, code = task.wrong[name]
    verdict = verdict_on(task, answer, seed)
    assert verdict.status == "failed", verdict.to_text()
    assert verdict.findings[0].code == code, verdict.to_text()


@settings(max_examples=150, deadline=None)
@given(answer=st.sampled_from(RIGHT), seed=st.integers(0, 2**31 - 1))
def test_does_a_right_answer_pass_whatever_the_seed(answer, seed):
    task, name = answer
    verdict = verdict_on(task, task.right[name], seed)
    assert verdict.status in ("passed", "passed with a note"), verdict.to_text()


@settings(max_examples=150, deadline=None)
@given(
    answer=st.sampled_from([one for one in WRONG if one[1] != "endless"]),
    seed=st.integers(0, 2**31 - 1),
)
def test_does_a_wrong_answer_fail_whatever_the_seed(answer, seed):
    task, name = answer
    verdict = verdict_on(task, task.wrong[name][0], seed)
    assert verdict.status == "failed", verdict.to_text()
