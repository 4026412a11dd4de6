"""Answers as learners write them: is each judged as its author expects?"""

from __future__ import annotations

import pytest

from tests.field.corpus import FOLDER, load_cases
from tests.field.judged import check, complaints, unclear
from tests.field.tasks import find, is_here, names_of

pytestmark = pytest.mark.keras

CASES = [case for path in sorted(FOLDER.glob("*.txt")) for case in load_cases(path)]


@pytest.fixture(autouse=True)
def settled(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_CASE_SEED", "20240229")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.exercise}:{case.line}")
def test_is_an_answer_judged_as_its_author_expects(case):
    if not is_here(case.data):
        pytest.skip(f"the real {case.data} data are not here (COURSE_DATA)")
    verdict = check(case, *find(case.exercise), names_of(case))
    text = verdict if isinstance(verdict, str) else verdict.to_text()
    assert not complaints(case, verdict), f"{case.title}\n{text}"
    if not isinstance(verdict, str):
        assert not unclear(verdict), f"{case.title}\n{text}"


def test_has_every_model_exercise_right_and_wrong_answers():
    outcomes = {}
    for case in CASES:
        outcomes.setdefault(case.exercise, set()).add(case.outcome)
    assert {name for name, seen in outcomes.items() if "right" not in seen} == set()
    assert {name for name, seen in outcomes.items() if "wrong" not in seen} == set()
