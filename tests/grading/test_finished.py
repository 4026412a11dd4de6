"""Does a run go on where another has ended, and notice whatever has changed?"""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import toy
from test_whole_run import grade, hand_in, scores, toy_lesson

from course.grading import run as run_module
from course.grading.finished import Finished, result_key
from course.grading.outcomes import Finding, GradedNotebook, Judged
from course.grading.run import ClassRun, grade_class
from course.grading.submissions import Planned
from course.grading.task import Settings
from course.jails.request import Jail

__all__ = ["toy_lesson"]

ANSWERS = {
    "anna": {"a": "a = 42", "b": "b = 42"},
    "ben": {"a": "a = 42", "b": "b = 41"},
    "cleo": {"a": "a = 7", "b": "b = 7"},
}
POINTS = {"anna": (4.0, False), "ben": (3.0, False), "cleo": (0.0, False)}


@pytest.fixture
def planned(released, tmp_path):
    folder = hand_in(released, tmp_path / "handed", {"anna": ANSWERS["anna"]})
    return Planned("anna", folder / "anna" / "exercises.ipynb", True, released)


@pytest.fixture
def begun(monkeypatch):
    """Return the students whose notebooks are run, by run."""
    runs = []
    real = run_module.grade_all

    def note(planned, *arguments, **more):
        runs.append(sorted(each.student for each in planned))
        return real(planned, *arguments, **more)

    monkeypatch.setattr(run_module, "grade_all", note)
    return runs


GRADED = GradedNotebook(
    "anna",
    "exercises",
    {"cells": [], "nbformat": 4},
    (Judged("toy-a", "A", "failed", 0.0, 2.0, "t", "h", (Finding("X.Y", "no"),)),),
    answers={"toy-a": "a = 1"},
    repairs=("one",),
    problems=("two",),
    seconds=1.5,
    key="k" * 64,
)


def test_a_result_comes_back_as_it_was_under_the_name_of_whoever_asks(
    planned, tmp_path
):
    finished = Finished(tmp_path / "finished")
    finished.keep(GRADED)
    assert finished.find(planned, GRADED.key) == GRADED
    other = replace(planned, student="ben")
    assert finished.find(other, GRADED.key) == replace(GRADED, student="ben")
    assert finished.find(planned, "another") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"judged": [1]}'])
def test_a_damaged_file_counts_as_none(planned, tmp_path, text):
    finished = Finished(tmp_path / "finished")
    finished.keep(GRADED)
    (path,) = finished.folder.iterdir()
    path.write_text(text)
    assert finished.find(planned, GRADED.key) is None


def test_whatever_a_result_depends_on_changes_its_key(planned, released):
    settings = Settings()
    key = result_key(planned, settings, "real data")
    assert key == result_key(planned, replace(settings, case_seed=7), "real data")
    assert key == result_key(replace(planned, student="ben"), settings, "real data")
    others = [
        result_key(planned, settings, "stand-in data"),
        result_key(planned, replace(settings, timeout_s=7), "real data"),
        result_key(planned, replace(settings, jail=Jail("cold")), "real data"),
    ]
    content = {**released.content, "cells": released.content["cells"][:-1]}
    other = replace(planned, release=replace(released, content=content))
    others.append(result_key(other, settings, "real data"))
    beside = planned.path.parent / "helper.py"
    beside.write_text("x = 1")
    others.append(result_key(planned, settings, "real data"))
    beside.write_text("x = 2")
    others.append(result_key(planned, settings, "real data"))
    planned.path.write_text("{}")
    others.append(result_key(planned, settings, "real data"))
    assert len({key, *others}) == len(others) + 1


@pytest.mark.notebooks
def test_a_stopped_run_goes_on_with_what_is_left(
    toy_lesson, tmp_path, monkeypatch, begun
):
    folder = hand_in(toy_lesson, tmp_path / "handed", ANSWERS)

    class Stopped(BaseException):
        """Like a signal: nothing catches it."""

    def stop(outcome, done, total):
        raise Stopped

    directory = run_module.CourseDirectory(tmp_path / "class")
    settings = Settings(timeout_s=6, worker=toy.JUDGE)
    run = ClassRun([folder], toy.LESSON, directory, num_workers=1, settings=settings)
    with pytest.raises(Stopped):
        grade_class(run, stop)
    kept = len(list(directory.finished.glob("*.json")))
    assert kept >= 1
    directory, graded = grade(folder, tmp_path)
    assert scores(directory) == POINTS
    assert len(begun[1]) == 3 - kept
    assert any("by an earlier run" in note for note in graded.report.notes)
    assert len(list(directory.feedback.rglob("*.html"))) == 3


@pytest.mark.notebooks
def test_only_what_has_changed_is_run_again(toy_lesson, tmp_path, begun):
    folder = hand_in(toy_lesson, tmp_path / "handed", ANSWERS)
    grade(folder, tmp_path)
    path = folder / "cleo" / "exercises.ipynb"
    path.write_text(json.dumps(toy.answered(toy_lesson, a="a = 42", b="b = 42")))
    directory, _ = grade(folder, tmp_path)
    grade(folder, tmp_path, again=True)
    # Cleo's new notebook is Anna's, to the byte.
    assert begun == [["anna", "ben", "cleo"], [], ["anna", "ben", "cleo"]]
    assert scores(directory) == {**POINTS, "cleo": (4.0, False)}


@pytest.mark.notebooks
def test_what_waits_for_a_person_is_tried_again(toy_lesson, tmp_path, begun):
    folder = hand_in(toy_lesson, tmp_path / "handed", {"anna": ANSWERS["anna"]})
    grade(folder, tmp_path, judge=toy.BROKEN_JUDGE)
    grade(folder, tmp_path, judge=toy.BROKEN_JUDGE)
    assert begun == [["anna"], ["anna"]]
    assert list(Path(tmp_path / "class" / "finished").glob("*.json")) == []
