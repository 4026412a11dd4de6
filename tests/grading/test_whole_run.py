"""A toy class through real kernels, a judge of its own and nbgrader's gradebook."""

import json

import pytest
import toy
from nbgrader.api import Gradebook

from course.grading import run as run_module
from course.grading.data_in_use import DataInUse
from course.grading.directory import CourseDirectory
from course.grading.run import ClassRun, StandInData, grade_class
from course.grading.task import Settings

pytestmark = pytest.mark.notebooks

NO_DATA = DataInUse(names=(), stand_ins=(), decides_marks=False)
SCRIPT = "<script>alert(1)</script>"
CLASS = {
    "right": {"a": "a = 42", "b": "b = 42"},
    "half": {"a": "a = 42", "b": "b = 41"},
    "wrong": {"a": "a = 7", "b": "b = 7"},
    "untouched": {},
    "syntax": {"a": "a = = 42", "b": "b = 42"},
    "raises": {"a": "class CheckerBroken(Exception): ...\nraise CheckerBroken('me')"},
    "loops": {
        "a": "a = 42\nwhile True:\n    try: pass\n    except: pass",
        "b": "b = 42",
    },
    "dies": {"a": "import os; os._exit(1)", "b": "b = 42"},
    "html": {"a": f"from IPython.display import HTML; a = 42\nHTML('{SCRIPT}')"},
}
POINTS = {
    "right": 4.0,
    "half": 3.0,
    "wrong": 0.0,
    "untouched": 0.0,
    "syntax": 2.0,
    "raises": 0.0,
    "loops": 2.0,
    "dies": 2.0,
    "html": 2.0,
}


@pytest.fixture
def toy_lesson(released, monkeypatch):
    monkeypatch.setattr(run_module, "load_release", lambda lesson: [released])
    monkeypatch.setattr(run_module, "data_in_use", lambda lesson, releases: NO_DATA)
    return released


def hand_in(released, folder, answers):
    for student, sources in answers.items():
        path = folder / student / "exercises.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(toy.answered(released, **sources)))
    return folder


def grade(folder, tmp_path, judge=toy.JUDGE, jail=None, timeout_s=6, **more):
    settings = Settings(timeout_s=timeout_s, worker=judge, jail=jail)
    directory = CourseDirectory(tmp_path / "class")
    run = ClassRun([folder], toy.LESSON, directory, settings=settings, **more)
    return directory, grade_class(run)


def scores(directory):
    with Gradebook(directory.database_url) as gradebook:
        return {
            each.student.id: (each.score, bool(each.needs_manual_grade))
            for each in gradebook.assignment_submissions("90_toy")
        }


def test_every_submission_gets_its_points_and_the_batch_goes_on(toy_lesson, tmp_path):
    folder = hand_in(toy_lesson, tmp_path / "handed", CLASS)
    (folder / "truncated.ipynb").write_text('{"cells": [')
    (folder / "empty.ipynb").write_text("")
    directory, graded = grade(folder, tmp_path)
    expected = {student: (points, False) for student, points in POINTS.items()}
    refused = {"truncated": (0.0, True), "empty": (0.0, True)}
    assert scores(directory) == expected | refused
    report = graded.report
    assert {row.student: row.total for row in report.students} == POINTS
    assert [each.student for each in report.refused] == ["empty", "truncated"]
    assert [each.code for each in report.misconceptions] == ["TOY.IS_41", "TOY.IS_7"]
    pages = {p: p.read_text() for p in directory.feedback.rglob("*.html")}
    assert len(pages) == len(CLASS)
    for path, text in pages.items():
        others = set(CLASS) - {path.parts[-3]} - {"html", "right", "wrong", "raises"}
        assert not any(f">{other}:" in text for other in others)
    assert all("<script" not in text for text in pages.values())
    executed = (directory.autograded / "html/90_toy/exercises.ipynb").read_text()
    outputs = toy.cell_of(json.loads(executed), "toy-a-answer")["outputs"]
    assert "text/html" not in outputs[0]["data"]


def test_a_broken_judge_means_grading_by_hand_and_never_a_zero(toy_lesson, tmp_path):
    folder = hand_in(toy_lesson, tmp_path / "handed", {"right": CLASS["right"]})
    directory, graded = grade(folder, tmp_path, judge=toy.BROKEN_JUDGE)
    assert scores(directory) == {"right": (0.0, True)}
    with Gradebook(directory.database_url) as gradebook:
        found = gradebook.find_grade("toy-a-check", "exercises", "90_toy", "right")
        assert found.auto_score is None
    (row,) = graded.report.students
    assert row.needs_person
    assert any("broken on purpose" in remark for remark in row.remarks)


def test_grading_twice_gives_the_same_gradebook(toy_lesson, tmp_path):
    answers = {name: CLASS[name] for name in ("right", "half")}
    folder = hand_in(toy_lesson, tmp_path / "handed", answers)
    first = scores(grade(folder, tmp_path)[0])
    directory, _ = grade(folder, tmp_path)
    assert scores(directory) == first == {"right": (4.0, False), "half": (3.0, False)}
    again, _ = grade(directory.submitted, tmp_path)
    assert scores(again) == first


def test_marks_are_not_given_on_stand_in_data(toy_lesson, tmp_path, monkeypatch):
    data = DataInUse(names=("spotify",), stand_ins=("spotify",), decides_marks=True)
    monkeypatch.setattr(run_module, "data_in_use", lambda lesson, releases: data)
    folder = hand_in(toy_lesson, tmp_path / "handed", {"right": CLASS["right"]})
    with pytest.raises(StandInData, match="course data fetch"):
        grade(folder, tmp_path)
    assert not (tmp_path / "class").exists()
    _, graded = grade(folder, tmp_path, allow_stand_in=True)
    assert "STAND-IN" in graded.report.notes[0]
