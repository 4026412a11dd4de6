"""`course doctor`: every problem is found and explained with the next step."""

import json
import os
import re
import subprocess
from importlib import metadata

import pytest
from click.testing import CliRunner

from course.catalog import Lesson
from course.cli import doctor as doctor_command
from course.datasets.errors import FolderError
from course.doctor import (
    course_files,
    data_files,
    examine,
    frameworks,
    machine,
    python_setup,
)
from course.doctor.finding import Finding, note, ok, problem
from course.paths import share_path

GOOD = {
    "keras": "3.15.1",
    "tensorflow": "2.21.0",
    "backend": "tensorflow",
    "floatx": "float32",
    "format": "channels_last",
    "gpus": 0,
}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch, tmp_path):
    for name in os.environ:
        if name.startswith("COURSE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))


def trial(monkeypatch, *, code=0, out="", err="", timeout=False):
    """Let the trial process answer as given."""

    def run(command, **options):
        if timeout:
            raise subprocess.TimeoutExpired(command, options["timeout"])
        return subprocess.CompletedProcess(command, code, out, err)

    monkeypatch.setattr(frameworks.subprocess, "run", run)
    return frameworks.check_keras()


def test_a_working_keras_is_fine(monkeypatch):
    """Is noise before the answer ignored?"""
    found = trial(monkeypatch, out="noise\nFOUND" + json.dumps(GOOD))
    assert found.state == "ok"
    assert "TensorFlow 2.21.0, Keras 3.15.1" in found.says


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"backend": "torch"}, "backend 'torch'"),
        ({"floatx": "float16"}, "float16"),
        ({"format": "channels_first"}, "channels_first"),
    ],
)
def test_foreign_keras_settings_are_named(monkeypatch, changed, says):
    """Is a keras.json of another project noticed?"""
    found = trial(monkeypatch, out="FOUND" + json.dumps(GOOD | changed))
    assert found.state == "problem"
    assert says in found.says
    assert "keras.json" in found.next


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"timeout": True}, "more than 180 seconds"),
        ({"code": -4}, "AVX"),
        ({"code": -9}, "memory ran out"),
        (
            {"code": 1, "err": "x\nModuleNotFoundError: No module named 'keras'\n"},
            "keras",
        ),
        ({"code": 1, "err": "ImportError: DLL load failed"}, "cannot load its libra"),
        ({"code": 3, "err": "OSError: odd"}, "exit code 3"),
        ({"code": 0, "out": ""}, "without a message"),
    ],
)
def test_a_broken_tensorflow_is_explained(monkeypatch, answer, says):
    """Does every kind of crash end in a next step?"""
    found = trial(monkeypatch, **answer)
    assert found.state == "problem"
    assert says in found.says
    assert found.next


def test_an_unfitting_python_is_named(monkeypatch):
    """Is a Python without TensorFlow refused?"""
    assert python_setup.check_python().state == "ok"
    monkeypatch.setattr(python_setup.sys, "version_info", (3, 14, 0))
    assert "needs a 64-bit Python" in python_setup.check_python().says


def test_missing_and_unfitting_packages_are_named(monkeypatch):
    """Does the finding list each package with what is wrong?"""
    needs = ["click>=8.3", "no-such-package>=1", "rich<1", "extra-only; extra == 'dev'"]
    monkeypatch.setattr(python_setup.metadata, "requires", lambda name: needs)
    found = python_setup.check_packages()
    assert found.state == "problem"
    assert "no-such-package is missing" in found.says
    assert "is not <1" in found.says
    assert "extra-only" not in found.says


def test_a_course_that_is_not_installed_is_named(monkeypatch):
    """Is running from the folder alone noticed?"""

    def requires(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(python_setup.metadata, "requires", requires)
    assert "not installed" in python_setup.check_packages().says
    assert python_setup.check_lock().state == "ok"


def test_other_versions_than_the_tested_ones_are_a_note(monkeypatch, tmp_path):
    """Is a drift from the lock shown without alarm?"""
    lock = tmp_path / "requirements.lock"
    lock.write_text("click==0.0.1 \\\n    --hash=sha256:0\n")
    monkeypatch.setattr(python_setup, "share_path", lambda name: tmp_path / name)
    monkeypatch.setattr(python_setup.metadata, "requires", lambda name: ["click>=8.3"])
    found = python_setup.check_lock()
    assert found.state == "note"
    assert "(tested: 0.0.1)" in found.says
    lock.unlink()
    assert "missing" in python_setup.check_lock().says


def test_missing_notebooks_are_listed(monkeypatch, tmp_path):
    """Does it say which file and how to make it?"""
    lesson = Lesson("09_dropout", "dropout", "Dropout", 40, 60, 14, exercises=("a",))
    monkeypatch.setattr(course_files, "load_catalog", lambda: (lesson,))
    monkeypatch.setattr(course_files, "share_path", tmp_path.joinpath)
    found = course_files.check_notebooks()
    assert found.state == "problem"
    assert "4 are missing" in found.says
    assert "notebooks/09_dropout/lesson.ipynb" in found.says
    assert found.next == "Run `course build`."
    for folder in ("notebooks", "solutions"):
        (tmp_path / folder / lesson.folder).mkdir(parents=True)
        for name in ("lesson", "exercises"):
            (tmp_path / folder / lesson.folder / f"{name}.ipynb").touch()
    assert course_files.check_notebooks().state == "ok"


@pytest.mark.parametrize(
    ("name", "value", "state", "says"),
    [
        ("COURSE_FSAT", "1", "note", "Did you mean COURSE_FAST?"),
        ("COURSE_CASE_SEED", "seven", "problem", "whole number"),
        ("COURSE_GRADING", "1", "note", "only the autograder"),
        ("COURSE_FAST", "1", "ok", "short training"),
    ],
)
def test_settings_are_read_with_care(monkeypatch, name, value, state, says):
    """Is a misspelled or impossible setting explained?"""
    monkeypatch.delenv("COURSE_CACHE")
    monkeypatch.setenv(name, value)
    (found,) = course_files.check_settings()
    assert found.state == state
    assert says in found.says + found.next


def test_every_setting_that_the_code_reads_is_known():
    """Does the doctor call no real setting unknown?"""
    folders = ("course", "checkers", "tests/browser")
    texts = [path.read_text() for f in folders for path in share_path(f).rglob("*.py")]
    read = re.findall(
        r"""(?:environ|getenv)\W+(?:get\(|\[)?\W*(COURSE_[A-Z_]+)""", str(texts)
    )
    assert set(read) <= set(course_files.SETTINGS)
    assert len(set(read)) > 5


def test_data_that_are_missing_are_a_note(monkeypatch):
    """Does a fresh machine learn that lessons will download?"""
    (found,) = data_files.check_data()
    assert found.state == "note"
    assert "red-wine" in found.says
    assert "course data fetch" in found.next
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    (offline,) = data_files.check_data()
    assert "COURSE_OFFLINE" in offline.says


def test_data_of_a_folder_are_found(monkeypatch, tmp_path):
    """Is COURSE_DATA looked at first?"""
    (tmp_path / "red-wine.csv").touch()
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    here, missing = data_files.check_data()
    assert f"red-wine ({tmp_path})" in here.says
    assert "red-wine" not in missing.says


def test_a_data_folder_that_is_none_is_a_problem(monkeypatch, tmp_path):
    """Is a mistyped COURSE_DATA explained?"""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "nowhere"))
    (found,) = data_files.check_data()
    assert found.state == "problem"
    assert "COURSE_DATA" in found.says


def test_the_machine_is_judged(monkeypatch, tmp_path):
    """Are a full disk, little memory and a closed folder found?"""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "work"))
    assert machine.check_work_folder().state == "ok"
    assert not (tmp_path / "work").exists(), "a doctor leaves nothing behind"
    monkeypatch.setattr(machine, "DISK_WANTED", 1e9)
    assert machine.check_disk().state == "problem"
    monkeypatch.setattr(machine, "_memory_gb", lambda: 1.9)
    assert machine.check_memory().state == "note"
    monkeypatch.setattr(machine, "_memory_gb", lambda: None)
    assert machine.check_memory().state == "ok"
    (tmp_path / "file").touch()
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "file" / "work"))
    assert machine.check_work_folder().state == "problem"


def test_a_check_that_breaks_becomes_a_finding(monkeypatch):
    """Does the doctor go on?"""

    def broken():
        raise FolderError("Odd.", next_step="report it.")

    checks = {"First": broken, "Second": lambda: ok("Second", "fine")}
    monkeypatch.setattr("course.doctor.examination.CHECKS", checks)
    first, second = examine()
    assert (first.state, second.state) == ("problem", "ok")
    assert "FolderError" in first.says


@pytest.fixture
def findings(monkeypatch):
    """Lets the command report the given findings."""
    given: list[Finding] = []
    monkeypatch.setattr(doctor_command, "examine", lambda: iter(given))
    return given


def test_notes_do_not_fail(findings):
    """Is the exit code 0 as long as there is no problem?"""
    findings += [ok("A", "fine"), note("B", "so so", "Read this.")]
    result = CliRunner().invoke(doctor_command.command)
    assert result.exit_code == 0
    assert "! B: so so\n    Next: Read this." in result.output
    assert "Everything" in result.output


def test_a_problem_fails_in_words_and_in_json(findings):
    """Can people and machines both read it?"""
    findings += [problem("A", "broken", "Mend it.")]
    text = CliRunner().invoke(doctor_command.command)
    data = CliRunner().invoke(doctor_command.command, ["--json"])
    assert (text.exit_code, data.exit_code) == (1, 1)
    assert "1 problem;" in text.output
    report = json.loads(data.output)
    assert report["problems"] == 1
    assert report["findings"][0]["next"] == "Mend it."
