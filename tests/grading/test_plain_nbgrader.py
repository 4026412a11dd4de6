"""Plain nbgrader from release to export, and `course grade` on the same submissions.

Slow: every submission is run in a kernel that imports TensorFlow, by both.
"""

import copy
import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import get_username

from checkers import all_exercises
from course.catalog import find_lessons, load_catalog
from course.datasets import load
from course.demo.answers import ANSWERS
from course.grading.directory import CourseDirectory
from course.grading.release import ANSWER, cell_key, load_release
from course.paths import share_path

pytestmark = pytest.mark.notebooks

LESSON = "09_dropout"
NET, MAPS = "dropout-spotify-net", "dropout-map-net"
FAULT = """
import checkers
from checkers.exercise import Exercise
def grade(self, snapshot):
    raise checkers.CheckerBroken("injected fault")
Exercise.grade = grade
"""
OWN_ERROR = "class CheckerBroken(Exception): ...\nraise CheckerBroken('please')"
SENDER = get_username()  # hands in through the exchange
HANDED_IN = {
    SENDER: {exercise: texts["right"] for exercise, texts in ANSWERS.items()},
    # Half right, then an error of the learner's own; all the rest is untouched.
    "mixed": {NET: ANSWERS[NET]["rate_is_keep"], MAPS: OWN_ERROR},
    "fault": {NET: FAULT + ANSWERS[NET]["right"]},
}


def full(exercise):
    return all_exercises()[exercise].points


def reachable(exercise):
    """Points that a right answer gets here: stand-in data cannot decide some checks."""
    is_stand_in = any(load(name).is_stand_in for name in ("spotify", "mnist"))
    return sum(
        check.points
        for check in all_exercises()[exercise].checks
        if not (is_stand_in and check.needs_real_data)
    )


def check_points(exercise, name):
    checks = all_exercises()[exercise].checks
    return next(check.points for check in checks if check.name == name)


def expected(released):
    """Points that the declared checks give; `fault` waits for a person in nbgrader."""
    return {
        SENDER: sum(map(reachable, released.points)),
        "mixed": full(NET) - check_points(NET, "rate"),
    }


@pytest.fixture(scope="module")
def released():
    (lesson,) = find_lessons(LESSON, load_catalog())
    return next(each for each in load_release(lesson) if each.name == "exercises")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course directory made by `course grade --init`, with an exchange."""
    root = tmp_path_factory.mktemp("teacher")
    run("course", "grade", "--init", "--course-directory", root, folder=root)
    with (root / "nbgrader_config.py").open("a") as file:
        file.write(
            f"c = get_config()\nc.Exchange.root = {str(root / 'exchange')!r}\n"
            # The clone's own notebooks stay untouched while tests run.
            f"c.CourseDirectory.release_directory = {str(root / 'release')!r}\n"
            f"c.Exchange.cache = {str(root / 'cache')!r}\n"
        )
    return CourseDirectory(root)


def run(*command, folder, check=True):
    """Run nbgrader or course as a module of this interpreter."""
    modules = {"nbgrader": "nbgrader", "course": "course.cli.__main__"}
    name, *rest = map(str, command)
    source = "import sys; from course.cli import main; main()"
    start = ["-c", source] if name == "course" else ["-m", modules[name]]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, *start, *rest],
        cwd=folder,
        check=check,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(share_path())},
    )


def filled(released, answers):
    content = copy.deepcopy(released.content)
    for cell in content["cells"]:
        exercise = cell_key(cell).removesuffix(ANSWER)
        if cell_key(cell).endswith(ANSWER) and exercise in answers:
            cell["source"] = answers[exercise]
    return json.dumps(content)


@pytest.fixture(scope="module")
def autograded(course, released):
    """Run a term: release, fetch, submit, collect, autograde."""
    root = course.root
    run("nbgrader", "generate_assignment", LESSON, folder=root)
    run("nbgrader", "release_assignment", LESSON, folder=root)
    student = root / "student"
    student.mkdir()
    config = root / "nbgrader_config.py"
    (student / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        f"c.Exchange.root = {str(root / 'exchange')!r}\n"
        f"c.Exchange.cache = {str(root / 'cache')!r}\n"
        "c.CourseDirectory.course_id = 'layerwise'\n"
    )
    assert config.exists()
    run("nbgrader", "fetch_assignment", LESSON, folder=student)
    notebook = student / LESSON / "exercises.ipynb"
    notebook.write_text(filled(released, HANDED_IN[SENDER]))
    run("nbgrader", "submit", LESSON, folder=student)
    run("nbgrader", "collect", LESSON, folder=root)
    for name, answers in HANDED_IN.items():
        if name != SENDER:
            path = course.submitted / name / LESSON / "exercises.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(filled(released, answers))
            # A walk-through that would fail at once if anything ran it.
            walkthrough = json.loads(filled(released, {}))
            walkthrough["cells"][1]["source"] = "raise SystemError('lesson was run')"
            (path.parent / "lesson.ipynb").write_text(json.dumps(walkthrough))
    return run("nbgrader", "autograde", LESSON, folder=root)


def scores(url):
    with Gradebook(url, "layerwise") as gradebook:
        return {
            each.student.id: (each.score, bool(each.needs_manual_grade))
            for each in gradebook.assignment_submissions(LESSON)
        }


def test_generate_assignment_makes_the_notebooks_that_build_made(course, autograded):
    for path in sorted((course.root / "release" / LESSON).glob("*.ipynb")):
        built = share_path("notebooks", LESSON, path.name)
        assert path.read_bytes() == built.read_bytes()


def test_every_submission_gets_the_points_of_its_checks(course, autograded, released):
    found = scores(course.database_url)
    wanted = {name: (points, False) for name, points in expected(released).items()}
    assert {name: found[name] for name in wanted} == wanted


def test_a_fault_of_the_checker_waits_for_a_person(course, autograded):
    _, waits = scores(course.database_url)["fault"]
    assert waits
    with Gradebook(course.database_url, "layerwise") as gradebook:
        grade = gradebook.find_grade(NET + "-check", "exercises", LESSON, "fault")
        assert (grade.auto_score, grade.needs_manual_grade) == (None, True)
    assert "injected fault" in autograded.stderr


def test_the_walkthrough_is_never_run(course, autograded):
    assert not list(course.autograded.rglob("lesson.ipynb"))
    assert "lesson was run" not in autograded.stderr


def test_check_cells_write_nothing_to_standard_error(course, autograded):
    for path in course.autograded.rglob("exercises.ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            if cell_key(cell).endswith("-check"):
                assert not [o for o in cell["outputs"] if o.get("name") == "stderr"]


def test_feedback_and_export(course, autograded):
    run("nbgrader", "generate_feedback", LESSON, folder=course.root)
    pages = sorted(path.parts[-3] for path in course.feedback.rglob("exercises.html"))
    assert pages == sorted(HANDED_IN)
    run("nbgrader", "export", "--to", "grades.csv", folder=course.root)
    with (course.root / "grades.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    mixed = full(NET) - check_points(NET, "rate")
    assert float(rows["mixed"]["score"]) == mixed
    assert rows["fault"]["score"] == ""  # not graded yet is no zero
    assert rows["fault"]["needs_manual_grade"] == "True"


def test_course_grade_gives_the_same_points(course, autograded, released, tmp_path):
    done = run(
        "course", "grade", course.submitted, "--lesson", "09", "--allow-stand-in",
        "--course-directory", tmp_path / "other", "--json", folder=tmp_path,
    )  # fmt: skip
    report = json.loads(done.stdout)
    totals = {row["student"]: row["total"] for row in report["students"]}
    # Here no student's code reaches the judge, so the injected fault does nothing.
    assert totals == {**expected(released), "fault": full(NET)}
    other = CourseDirectory(tmp_path / "other")
    found = {name: score for name, (score, _) in scores(other.database_url).items()}
    assert found == totals
