"""The wheel works in an empty environment, far from the clone."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course.paths import share_path

pytestmark = pytest.mark.wheel

CHECK = """
import keras
from checkers import dropout

def net(rate):
    layers = keras.layers
    return keras.Sequential([
        keras.Input((18,)),
        layers.Dense(128, activation="relu"), layers.Dropout(rate),
        layers.Dense(64, activation="relu"), layers.Dropout(rate),
        layers.Dense(1),
    ])

print(dropout.spotify_net.check(net(0.3)).status)
print(dropout.spotify_net.check(net(0.7)).status)
"""


def run(*command, cwd, env=None, code=0):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the clone with the locked build tools."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--wheel", "--no-isolation", "--outdir", folder]
    run(sys.executable, "-m", "build", *options, share_path(), cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """An empty environment with the wheel and the locked versions of its needs."""
    beside = Path(sys.executable).with_name("uv")
    uv = beside if beside.exists() else shutil.which("uv")
    assert uv, "Expected uv beside Python. Next: run `make setup`."
    folder = tmp_path_factory.mktemp("far") / "env"
    run(uv, "venv", "--python", sys.executable, folder, cwd=folder.parent)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    lock = share_path("requirements.lock")
    install = [uv, "pip", "install", "--python", python, "--constraint", lock, wheel]
    try:  # the cache has everything after `make setup`
        run(*install, "--offline", cwd=folder.parent)
    except AssertionError:
        run(*install, cwd=folder.parent)
    return python.parent


@pytest.fixture
def away(tmp_path):
    """A folder outside the clone, and an environment that points nowhere else."""
    kept = ("PATH", "SYSTEMROOT", "LANG", "TF_CPP_MIN_LOG_LEVEL")
    env = {key: os.environ[key] for key in kept if key in os.environ}
    home = tmp_path / "home"
    home.mkdir()
    return {"cwd": tmp_path, "env": {**env, "HOME": str(home)}}


def test_the_wheel_holds_what_users_need_and_nothing_else(wheel):
    """Are lessons, notebooks, data cards and types in it, tests and tools not?"""
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "course/course.toml",
        "course/references.toml",
        "course/py.typed",
        "checkers/py.typed",
        "checkers/locale/zh_CN/LC_MESSAGES/checkers.mo",
        "checkers/keys/locale/zh_CN/LC_MESSAGES/checkers.mo",
        "course/lessons/09_dropout/lesson.py",
        "course/_share/notebooks/09_dropout/exercises.ipynb",
        "course/_share/solutions/09_dropout/lesson.ipynb",
        "course/_share/data/manifest.toml",
        "course/_share/nbgrader_config.py",
        "course/_share/requirements.lock",
    }
    assert wanted <= names
    tops = {name.split("/", 1)[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "course",
        "checkers",
    }
    assert not [name for name in names if "__pycache__" in name or "/." in name]


def test_the_environment_holds_no_development_tool(environment, away):
    """Is it the wheel that brings what it needs, not the clone's environment?"""
    code = (
        "import importlib.util as u, course, checkers;"
        "print([u.find_spec(n) for n in ('pytest', 'ruff', 'playwright')]);"
        "print(course.__file__); print(checkers.__file__)"
    )
    tools, *files = run(environment / "python", "-c", code, **away).splitlines()
    assert tools == "[None, None, None]"
    assert all(str(environment.parent) in file for file in files)


def test_the_doctor_finds_no_problem(environment, away):
    """Does `course doctor` pass far from the clone?"""
    report = json.loads(run(environment / "course", "doctor", "--json", **away))
    problems = [f for f in report["findings"] if f["state"] == "problem"]
    assert problems == []
    tested = [f for f in report["findings"] if f["check"] == "Tested versions"]
    assert [f["state"] for f in tested] == ["ok"]


def test_lessons_are_listed(environment, away):
    """Does `course list` read its lessons from the wheel?"""
    listed = run(environment / "course", "list", "--json", **away)
    assert "dropout-spotify-net" in listed
    json.loads(listed)


def test_a_learner_gets_copies_at_home(environment, away):
    """Does `course lab` work without a clone?"""
    said = run(environment / "course", "lab", "09", "--copy-only", **away)
    copies = Path(away["env"]["HOME"], "layerwise", "09_dropout")
    assert (copies / "exercises.ipynb").is_file()
    assert str(copies) in said


def test_an_answer_is_checked(environment, away):
    """Is a right answer passed and a wrong one failed?"""
    said = run(environment / "python", "-c", CHECK, **away)
    assert said.split() == ["passed", "failed"]
