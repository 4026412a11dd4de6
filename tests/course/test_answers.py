"""Every answer of every lesson's `answers.py`, and the exact words of each verdict.

The goldens are texts to be read: `pytest tests/course/test_answers.py
--update-goldens` writes them anew, and the difference is reviewed like prose.
"""

from __future__ import annotations

import random
from pathlib import Path

import keras
import pytest

from checkers import find_exercise
from course.answers import judge_answer, load_answers
from course.catalog import load_catalog

pytestmark = pytest.mark.keras

GOLDENS = Path(__file__).parent.parent / "goldens"
ANSWERS = [
    pytest.param(answer, id=f"{answer.exercise}:{answer.name}")
    for lesson in load_catalog()
    if (lesson.path / "answers.py").is_file()
    for answer in load_answers(lesson.path / "answers.py")
]
SEED = "20240229"


@pytest.fixture(autouse=True)
def settled(monkeypatch, tmp_path, request):
    """Draw the same cases and numbers, and work in an empty folder, each time."""
    # Capture lends TensorFlow a seed that nobody has used. Here each answer has its
    # own, so that shares and counts in a sentence are the same in every run.
    numbers = random.Random(request.node.name)
    monkeypatch.setattr(random, "SystemRandom", lambda: numbers)
    monkeypatch.setenv("COURSE_CASE_SEED", SEED)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("answer", ANSWERS)
def test_has_an_answer_the_verdict_that_it_states(answer, update_goldens):
    if not answer.can_be_judged:
        pytest.skip(f"the real {answer.data} data are not here (COURSE_DATA)")
    # Here and not in the fixture: the random order of tests brings seeds of its own.
    keras.backend.clear_session(free_memory=False)  # layer names count from 1 again
    keras.utils.set_random_seed(0)
    verdict = judge_answer(answer, find_exercise(answer.exercise))
    assert verdict.status == answer.status, verdict.to_text()
    if answer.is_right:
        assert verdict.points == verdict.max_points
        return
    codes = [finding.code for finding in verdict.findings]
    assert answer.code in codes, verdict.to_text()
    if answer.layer is not None:
        finding = verdict.findings[codes.index(answer.code)]
        assert finding.layer is not None
        assert finding.layer.index == answer.layer
    golden = GOLDENS / answer.exercise / f"{answer.name}.txt"
    text = verdict.to_text() + "\n"
    if update_goldens:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text


def test_has_every_exercise_two_right_and_three_wrong_answers():
    answers = [parameter.values[0] for parameter in ANSWERS]
    for lesson in load_catalog():
        for name in lesson.exercise_ids:
            right = [a for a in answers if a.exercise == name and a.is_right]
            wrong = [a for a in answers if a.exercise == name and not a.is_right]
            assert len(right) >= 2, name
            assert len(wrong) >= 3, name


def test_belongs_every_golden_to_an_answer():
    known = {
        f"{parameter.values[0].exercise}/{parameter.values[0].name}.txt"
        for parameter in ANSWERS
    }
    folders = {path.name for path in GOLDENS.iterdir() if path.is_dir()} - {"lint"}
    found = {
        path.relative_to(GOLDENS).as_posix()
        for folder in folders
        for path in (GOLDENS / folder).glob("*.txt")
    }
    assert found <= known
