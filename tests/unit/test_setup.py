"""The setup script: finds a fitting Python and explains every failure."""

import importlib.util
import json
import sys

import pytest

from course.paths import share_path


@pytest.fixture
def setup_script(tmp_path):
    path = share_path("scripts", "setup.py")
    spec = importlib.util.spec_from_file_location("layerwise_setup", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.VENV = tmp_path / ".venv"
    module.STAMP = module.VENV / "stamp.json"
    return module


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("error: No space left on device (os error 28)", "disk is full"),
        ("Hash mismatch for `keras==3.15.1`", "not the one that requirements.lock"),
        ("invalid peer certificate: UnknownIssuer", "not trusted"),
        ("error: Failed to fetch: dns error", "could not be reached"),
        ("Max retries exceeded with url", "could not be reached"),
        ("ERROR: No matching distribution found for uv==0.13", "could not be reached"),
        ("tensorflow==2.21.0 has no wheels with a matching tag", "no build for this"),
        ("Permission denied: '.venv'", "may not be written"),
        ("something unheard of", "its own message is above"),
    ],
)
def test_every_failure_ends_with_what_to_do(setup_script, output, says):
    """Does the reader get a next step, whatever went wrong?"""
    sentence = setup_script.explain(output)
    assert says in sentence
    assert "Next: " in sentence


@pytest.mark.parametrize(
    ("system", "machine", "says"),
    [
        ("Darwin", "x86_64", "Intel chip"),
        ("Windows", "ARM64", "Windows on ARM"),
    ],
)
def test_machines_without_tensorflow_are_named(
    setup_script, monkeypatch, system, machine, says
):
    """Does an Intel Mac stop before anything is downloaded?"""
    monkeypatch.setattr(setup_script.platform, "system", lambda: system)
    monkeypatch.setattr(setup_script.platform, "machine", lambda: machine)
    with pytest.raises(setup_script.SetupError, match=says):
        setup_script.check_machine()


def test_a_full_disk_is_noticed_before_the_download(setup_script, monkeypatch):
    """Does the script look at the free space first?"""
    usage = type("Usage", (), {"free": 10**9})
    monkeypatch.setattr(setup_script.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(setup_script.SetupError, match=r"1\.0 GB free"):
        setup_script.check_machine()


def test_this_python_fits(setup_script):
    """Is the interpreter of the tests accepted?"""
    assert setup_script.find_python() == sys.executable


def test_unfitting_pythons_are_listed(setup_script, monkeypatch):
    """Does the message say what was found and what to install?"""
    answers = {"python3": [[3, 14], 64], "python": [[3, 12], 32], "python3.13": None}
    monkeypatch.setattr(setup_script.sys, "executable", "")
    monkeypatch.setattr(
        setup_script.shutil, "which", lambda name: name if name in answers else None
    )
    monkeypatch.setattr(
        setup_script, "probe", lambda command, code="": answers[command[0]]
    )
    with pytest.raises(setup_script.SetupError) as caught:
        setup_script.find_python()
    message = str(caught.value)
    assert "python3 (3.14)" in message
    assert "python (32 bit)" in message
    assert "python3.13 (cannot make virtual environments)" in message
    assert "install Python 3.12" in message


def test_no_python_at_all_is_named(setup_script, monkeypatch):
    """Is an empty search path explained?"""
    monkeypatch.setattr(setup_script.sys, "executable", "")
    monkeypatch.setattr(setup_script.shutil, "which", lambda name: None)
    with pytest.raises(setup_script.SetupError, match="no Python at all"):
        setup_script.find_python()


def test_a_stamp_that_fits_makes_setup_a_no_op(setup_script, capsys):
    """Is a second run quick?"""
    program = setup_script.venv_program("course")
    program.parent.mkdir(parents=True)
    program.touch()
    setup_script.STAMP.write_text(json.dumps(setup_script.wanted_stamp()))
    assert setup_script.main() == 0
    assert "nothing to do" in capsys.readouterr().out


@pytest.mark.parametrize("stamp", ["", "{}", '{"inputs": "other", "folder": "x"}'])
def test_any_other_stamp_means_work(setup_script, stamp):
    """Is a changed lock, a moved folder or half a stamp noticed?"""
    setup_script.VENV.mkdir()
    setup_script.STAMP.write_text(stamp)
    assert not setup_script.is_current()


def test_the_pin_of_uv_is_read_with_its_hashes(setup_script):
    """Is uv itself installed by hash?"""
    entry = setup_script.lock_entry("uv")
    assert entry.startswith("uv==")
    assert entry.count("--hash=sha256:") > 10
    assert "\nvirtualenv" not in entry
    with pytest.raises(setup_script.SetupError, match="does not pin nothing-like-it"):
        setup_script.lock_entry("nothing-like-it")


def test_a_failing_command_is_explained(setup_script, capfd):
    """Is the output shown, and the sentence raised?"""
    command = [sys.executable, "-c", "print('dns error'); raise SystemExit(3)"]
    with pytest.raises(setup_script.SetupError, match="could not be reached"):
        setup_script.run(command)
    assert "dns error" in capfd.readouterr().out
