"""Is a verdict written down once, read back, and never in anybody's way?"""

import json

import pytest

from checkers.progress import progress_path, record, standings
from checkers.verdict import Verdict


@pytest.fixture
def file(monkeypatch, tmp_path):
    path = tmp_path / "new" / "progress.jsonl"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    monkeypatch.delenv("COURSE_GRADING", raising=False)
    return path


def verdict(status, points, name="dropout-gain"):
    return Verdict(name, "Title", status, points, 2.0)


def test_is_the_best_answer_the_standing_and_the_last_one_its_date(file):
    for status, points in (("failed", 1.0), ("passed", 2.0), ("failed", 0.5)):
        record(verdict(status, points))
    found = standings()["dropout-gain"]
    assert (found.passed, found.points, found.max_points) == (True, 2.0, 2.0)
    assert found.tries == 3
    assert found.last == json.loads(file.read_text().splitlines()[-1])["at"]


def test_does_a_pass_with_a_note_count(file):
    record(verdict("passed with a note", 2.0))
    assert standings()["dropout-gain"].passed


@pytest.mark.parametrize("status", ["not attempted", "broken"])
def test_is_what_says_nothing_about_the_learner_not_written(file, status):
    record(verdict(status, 0.0))
    assert not file.exists()
    assert standings() == {}


@pytest.mark.parametrize(
    ("name", "value"), [("COURSE_GRADING", "1"), ("COURSE_PROGRESS", "off")]
)
def test_is_nothing_written_while_graded_or_switched_off(
    file, monkeypatch, tmp_path, name, value
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv(name, value)
    record(verdict("passed", 2.0))
    assert not list(tmp_path.rglob("*.jsonl"))


def test_does_an_unwritable_place_disturb_nobody(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "file" / "progress.jsonl"))
    record(verdict("passed", 2.0))
    assert standings() == {}


def test_are_damaged_lines_and_later_formats_passed_over(file):
    record(verdict("passed", 2.0))
    with file.open("a") as handle:
        handle.write(
            '{"format": 2, "exercise": "later"}\n[1]\n{"format": 1}\nhalf a li'
        )
    assert list(standings()) == ["dropout-gain"]


def test_lies_the_file_outside_of_the_project(monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_PROGRESS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert progress_path().name == "progress.jsonl"
    assert "layerwise" in progress_path().parts
