"""The lock, environment.yml and pyproject.toml name the same versions."""

import importlib.util
import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from course.doctor.pins import read_pins
from course.paths import share_path

LOCK = share_path("requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads(share_path("pyproject.toml").read_text("utf-8"))["project"]
PYTHONS = ("3.11", "3.12", "3.13")


def load_script(name):
    path = share_path("scripts", f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"layerwise_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def lock_script():
    return load_script("lock")


def test_the_lock_was_made_from_the_present_dependency_lists(lock_script):
    """Was `make lock` run after the last change of pyproject.toml?"""
    assert lock_script.find_problems() == []


def test_a_changed_dependency_list_is_noticed(lock_script, tmp_path, monkeypatch):
    """Does the check fail when a dependency is added?"""
    text = share_path("pyproject.toml").read_text("utf-8")
    changed = tmp_path / "pyproject.toml"
    changed.write_text(text.replace('"rich>=', '"rich!=99,>='))
    monkeypatch.setattr(lock_script, "PYPROJECT", changed)
    assert lock_script.find_problems() == [
        "requirements.lock was made for other dependency lists."
    ]


def test_a_changed_conda_pin_is_noticed(lock_script, tmp_path, monkeypatch):
    """Does the check fail when environment.yml drifts?"""
    text = share_path("environment.yml").read_text("utf-8")
    changed = tmp_path / "environment.yml"
    monkeypatch.setattr(lock_script, "ENVIRONMENT", changed)
    for wrong in ("      - keras==3.0.0\n", ""):
        changed.write_text(re.sub(r" +- keras==[0-9.]+\n", wrong, text))
        assert lock_script.find_problems() == [
            "environment.yml pins something else than requirements.lock."
        ]


def test_a_missing_conda_pin_is_added(lock_script):
    """Does `make lock` write a line for a new dependency?"""
    text = "    - pip:\n      - keras==3.0.0 # kept\n      - --editable .\n"
    assert lock_script.with_pins(text, {"keras": "3.1.0", "rich": "15.0.0"}) == (
        "    - pip:\n      - keras==3.1.0 # kept\n      - rich==15.0.0\n"
        "      - --editable .\n"
    )


def test_conda_users_get_the_locked_versions():
    """Is every runtime dependency pinned as in the lock, and nothing else?"""
    environment = yaml.safe_load(share_path("environment.yml").read_text("utf-8"))
    python, pip, packages = environment["dependencies"]
    version = python.removeprefix("python=")
    locked = read_pins(LOCK, python_version=version)
    *pinned, last = packages["pip"]
    direct = {canonicalize_name(Requirement(d).name) for d in PROJECT["dependencies"]}
    assert (pip, last) == ("pip", "--editable .")
    assert version in PYTHONS
    assert dict(line.split("==") for line in pinned) == {n: locked[n] for n in direct}


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_satisfies_the_project_on_every_python(python):
    """Does each supported Python find every dependency in a fitting version?"""
    locked = read_pins(LOCK, python_version=python)
    lists = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    for requirement in map(Requirement, lists):
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement


def test_the_lock_carries_hashes_and_no_address():
    """Can it be used anywhere, and nothing be slipped in?"""
    blocks = re.split(r"\n(?=\S)", LOCK.strip())
    pins = [block for block in blocks if not block.startswith("#")]
    assert all("--hash=sha256:" in pin for pin in pins)
    assert not re.search(r"https?://|file:|--index|--find-links|/home/", LOCK)
