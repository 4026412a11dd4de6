"""Does `course progress` show what was passed, as a table, as JSON and as a panel?"""

import json

import pytest
from click.testing import CliRunner

from checkers.progress import record
from checkers.verdict import Verdict
from course import progress
from course.cli.progress import command


@pytest.fixture
def tried(monkeypatch, tmp_path):
    """Lesson 09: one exercise passed, one failed, one with a star passed."""
    path = tmp_path / "progress.jsonl"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    monkeypatch.delenv("COURSE_GRADING", raising=False)
    for name, status, points in (
        ("dropout-spotify-net", "passed", 3.0),
        ("dropout-gain", "failed", 1.0),
        ("dropout-monte-carlo", "passed", 3.0),
    ):
        record(Verdict(name, "", status, points, 3.0))
    return path


def run(*arguments):
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_does_the_overview_name_the_next_exercise(tried):
    row = next(line for line in run().splitlines() if "09_dropout" in line)
    assert "1 of 6" in row
    assert "4 of 16" in row
    assert row.split()[-1] == "dropout-gain"


def test_does_one_lesson_show_each_exercise(tried):
    text = run("09")
    assert "1 of 6 exercises passed and 1 with ★, 4 of 16 points" in text
    assert text.count("✓ passed") == 2
    assert text.count("✗ not yet") == 1
    assert text.count("not tried") == 5


def test_is_json_complete(tried):
    (lesson,) = json.loads(run("09", "--json"))["lessons"]
    assert (lesson["passed"], lesson["points"], lesson["next"]) == (
        1,
        4,
        "dropout-gain",
    )
    assert len(lesson["standings"]) == 3


def test_does_an_empty_file_say_how_to_begin(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "none"))
    assert "course lab 00" in run()


def test_is_an_unreadable_file_an_error_with_a_next_step(monkeypatch, tmp_path):
    path = tmp_path / "progress.jsonl"
    path.write_text("")
    monkeypatch.setenv("COURSE_PROGRESS", str(path))

    def refuse(*_args, **_options):
        raise PermissionError("refused")

    monkeypatch.setattr("pathlib.Path.read_text", refuse)
    monkeypatch.setattr("course.cli.progress.load_catalog", lambda: ())
    monkeypatch.setattr("course.cli.progress.find_lessons", lambda *_: ())
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 1
    assert "COURSE_PROGRESS" in result.output


def test_says_the_panel_in_text_what_it_shows_in_color(tried):
    shown = progress.panel()
    assert "1 of 6 exercises passed" in repr(shown)
    html = shown.to_html()
    assert '<progress max="6" value="1"' in html
    assert ">1 of 6<" in html
    assert "script" not in html
