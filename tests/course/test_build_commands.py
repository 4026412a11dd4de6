"""Do `course build`, `verify`, `list` and `release` say and return what they should?"""

import json

import pytest
from click.testing import CliRunner

from course.build.misconceptions import PAGE
from course.build.pipeline import Derivative
from course.catalog import Lesson
from course.cli import build, main, release, verify
from course.cli import list as listing


@pytest.fixture
def project(tiny, monkeypatch):
    """Let the commands see the tiny project in place of the course."""
    for module in (build, verify, release):
        monkeypatch.setattr(module, "load_catalog", lambda: (tiny.lesson,))
        monkeypatch.setattr(module, "lessons_path", lambda: tiny.lessons_folder)
        monkeypatch.setattr(
            module, "share_path", lambda *parts: tiny.root.joinpath(*parts)
        )
    page = Derivative(PAGE, PAGE, "# Misconceptions\n", "edit the messages")
    monkeypatch.setattr(build, "misconceptions_page", lambda *_: page)
    monkeypatch.setattr(listing, "load_catalog", lambda: (tiny.lesson,))
    monkeypatch.setattr("checkers.tasks.all_exercises", lambda: tiny.registry)
    monkeypatch.setattr(verify, "_exercises", lambda: (tiny.registry, {}))
    return tiny


def run(command, *arguments):
    return CliRunner().invoke(command.command, arguments)


def test_build_writes_and_then_has_nothing_to_do(project):
    first, second = run(build), run(build, "05")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "wrote notebooks/05_tiny/exercises.ipynb" in first.output
    assert "4 generated files: 0 changed, 4 as they were" in second.output


def test_is_the_catalog_of_misconceptions_built_with_all_lessons(project):
    run(build, "05")
    page = project.root / PAGE
    assert not page.exists()
    assert f"wrote {PAGE.as_posix()}" in run(build).output
    page.write_text("mine", encoding="utf-8")
    checked = run(build, "--check")
    assert checked.exit_code == 1
    assert "edit the messages" in checked.output


def test_check_fails_on_drift_and_names_file_and_command(project):
    run(build)
    assert run(build, "--check").exit_code == 0
    project.edit("exercises.py", "# # Tiny", "# # Small")
    result = run(build, "--check")
    assert result.exit_code == 1
    assert "changed notebooks/05_tiny/exercises.ipynb" in result.output
    assert "edit course/lessons/05_tiny/exercises.py and run `course build 05`" in (
        result.output
    )


def test_notebooks_of_a_renamed_lesson_are_drift_and_deleted(project):
    run(build)
    old = project.root / "notebooks" / "04_tiny" / "lesson.ipynb"
    old.parent.mkdir()
    old.touch()
    assert "stray notebooks/04_tiny/lesson.ipynb" in run(build, "--check").output
    assert run(build, "05", "--check").exit_code == 0
    assert "deleted notebooks/04_tiny/lesson.ipynb" in run(build).output
    assert not old.exists()


def test_a_wrong_script_stops_its_own_lesson_only(project, monkeypatch):
    broken = Lesson("06_none", "none", "None", 1, 1, 1, exercises=("none-one",))
    monkeypatch.setattr(build, "load_catalog", lambda: (broken, project.lesson))
    result = run(build)
    assert result.exit_code == 1
    assert "error lessons/06_none/exercises.py: it does not exist" in result.output
    assert "wrote notebooks/05_tiny/lesson.ipynb" in result.output


@pytest.mark.parametrize("command", [build, verify, listing])
def test_an_unknown_lesson_is_answered_in_a_sentence(project, command):
    result = run(command, "42")
    assert result.exit_code == 1
    assert "No lesson is called '42'. There are: 05_tiny." in result.output


def test_verify_prints_one_line_per_invariant(project):
    run(build)
    result = run(verify, "05", "--no-run")
    assert result.exit_code == 0, result.output
    assert result.output.count("✓") == 6
    assert result.output.count("not run") == 3
    assert "All invariants hold in 1 lesson." in result.output


def test_verify_fails_with_the_fix(project):
    result = run(verify, "05", "--no-run")
    assert result.exit_code == 1
    assert "notebooks/05_tiny/lesson.ipynb: it is missing." in result.output
    assert "Next: edit course/lessons/05_tiny/lesson.py" in result.output


def test_list_shows_types_points_and_minutes(project):
    result = run(listing)
    assert result.exit_code == 0
    for word in ("05_tiny", "tiny-twice", "Doubling", "F", "2.5", "F function"):
        assert word in result.output


def test_list_gives_json_to_machines(project):
    project.declare(bonus=("tiny-twice",))
    content = json.loads(run(listing, "--json").output)
    (lesson,) = content["lessons"]
    assert content["format_version"] == 1
    assert lesson["exercises"][1] == {
        "id": "tiny-twice",
        "title": "Doubling",
        "kind": "F",
        "kind_name": "function",
        "points": 2.5,
        "minutes": 10,
        "notebook": "exercises",
        "bonus": True,
    }


def test_release_makes_a_bundle_of_current_notebooks_only(project, tmp_path):
    out = tmp_path / "out"
    stale = run(release, str(out), "--for-marks")
    assert stale.exit_code == 1
    assert "is missing. Next: edit" in stale.output
    run(build)
    made = run(release, str(out), "--for-marks")
    assert made.exit_code == 0, made.output
    assert "without keys" in made.output
    assert (out / "notebooks" / "05_tiny" / "exercises.ipynb").is_file()


def test_all_four_are_commands_of_course():
    names = main.list_commands(None)
    assert {"build", "verify", "list", "release"} <= set(names)
