"""`course lab`: copies are made once, kept, and set aside on request."""

from datetime import datetime

import pytest
from click.testing import CliRunner

from course.catalog import Lesson
from course.cli import lab as lab_command
from course.lab import WorkspaceError, prepare, workspace

LESSON = Lesson("09_dropout", "dropout", "Dropout", 40, 60, 14)
NOW = datetime(2026, 3, 1, 9, 30, 5)


@pytest.fixture
def release(tmp_path, monkeypatch):
    """A release of two notebooks, read-only as in an installed wheel."""
    folder = tmp_path / "share" / "notebooks" / LESSON.folder
    folder.mkdir(parents=True)
    for name in ("exercises", "lesson"):
        path = folder / f"{name}.ipynb"
        path.write_text(f"released {name}")
        path.chmod(0o444)
    monkeypatch.setattr(
        workspace, "share_path", lambda *parts: tmp_path.joinpath("share", *parts)
    )
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "work"))
    return folder


def test_the_first_call_copies_everything(release, tmp_path):
    """Does a new learner get writable copies and the lesson first?"""
    made = prepare(LESSON)
    assert made.folder == tmp_path / "work" / LESSON.folder
    assert made.copied == ("exercises.ipynb", "lesson.ipynb")
    assert made.first_notebook == "lesson.ipynb"
    copy = made.folder / "lesson.ipynb"
    copy.write_text("mine")
    assert (release / "lesson.ipynb").read_text() == "released lesson"


def test_a_learners_file_is_never_replaced(release):
    """Does a second call keep work and restore only what is missing?"""
    folder = prepare(LESSON).folder
    (folder / "exercises.ipynb").write_text("mine")
    (folder / "lesson.ipynb").unlink()
    again = prepare(LESSON)
    assert (again.copied, again.kept) == (("lesson.ipynb",), ("exercises.ipynb",))
    assert (folder / "exercises.ipynb").read_text() == "mine"


def test_fresh_keeps_a_dated_backup_even_twice_a_second(release):
    """Can anything get lost by starting again?"""
    folder = prepare(LESSON).folder
    backups = []
    for text in ("first", "second"):
        (folder / "exercises.ipynb").write_text(text)
        backups.append(prepare(LESSON, fresh=True, now=NOW).backup)
    names = [backup.name for backup in backups]
    assert names == [
        "09_dropout.2026-03-01_093005",
        "09_dropout.2026-03-01_093005_2",
    ]
    texts = [(backup / "exercises.ipynb").read_text() for backup in backups]
    assert texts == ["first", "second"]
    assert (folder / "exercises.ipynb").read_text() == "released exercises"


def test_fresh_without_former_work_makes_no_backup(release):
    """Is --fresh harmless the first time?"""
    assert prepare(LESSON, fresh=True).backup is None


def test_a_lesson_without_release_is_explained(release):
    """Does a missing build give the next step?"""
    other = Lesson("01_first_model", "first_model", "First", 40, 60, 15)
    with pytest.raises(WorkspaceError, match="Next: run `course build`"):
        prepare(other)


def test_a_folder_that_cannot_be_made_is_explained(release, tmp_path, monkeypatch):
    """Does a file in the way give the next step?"""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "file"))
    with pytest.raises(WorkspaceError, match="set COURSE_WORK"):
        prepare(LESSON)


@pytest.fixture
def started(release, monkeypatch):
    """Collects the commands that would replace the process."""
    commands = []
    monkeypatch.setattr(lab_command, "load_catalog", lambda: (LESSON,))
    monkeypatch.setattr(lab_command, "_become", commands.append)
    return commands


def test_the_command_opens_jupyterlab_on_the_copies(started, tmp_path):
    """Does it start with the lesson, on the chosen port, without a browser?"""
    arguments = ["9", "--no-browser", "--port", "8901"]
    result = CliRunner().invoke(lab_command.command, arguments)
    assert result.exit_code == 0, result.output
    (command,) = started
    assert command[1:3] == ["-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={tmp_path / 'work' / '09_dropout'}" in command
    assert "--LabApp.default_url=/lab/tree/lesson.ipynb" in command
    assert {"--no-browser", "--ServerApp.port=8901"} <= set(command)


def test_the_command_says_what_it_kept(started):
    """Does a learner see that nothing was replaced?"""
    runner = CliRunner()
    first = runner.invoke(lab_command.command, ["09", "--copy-only"])
    second = runner.invoke(lab_command.command, ["dropout", "--copy-only"])
    third = runner.invoke(lab_command.command, ["09_dropout", "--copy-only", "--fresh"])
    assert "Copied exercises.ipynb, lesson.ipynb" in first.output
    assert "Kept your exercises.ipynb, lesson.ipynb" in second.output
    assert "Your former copies are in" in third.output
    assert started == []


@pytest.mark.parametrize(("lesson", "says"), [("77", "There are: 09_dropout")])
def test_an_unknown_lesson_is_explained(started, lesson, says):
    """Does a typing error list the lessons?"""
    result = CliRunner().invoke(lab_command.command, [lesson])
    assert result.exit_code == 1
    assert says in result.output
