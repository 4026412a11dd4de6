"""Python itself, and the versions of the packages in it."""

from __future__ import annotations

import platform
import re
import struct
import sys
from importlib import metadata

from packaging.requirements import Requirement

from course import __version__
from course.doctor.finding import Finding, note, ok, problem
from course.doctor.pins import read_pins
from course.paths import is_clone, share_path

__all__ = ["check_layerwise", "check_lock", "check_packages", "check_python"]

SET_UP = "Run `make setup` (Windows: `py scripts/setup.py`)."
OUTSIDE_CLONE = "Install layerwise again into a new environment."


def check_python() -> Finding:
    """Is this a Python that TensorFlow has a build for?"""
    version = platform.python_version()
    bits = struct.calcsize("P") * 8
    says = f"Python {version}, {bits} bit, {sys.executable}"
    if (3, 11) <= sys.version_info[:2] <= (3, 13) and bits == 64:
        return ok("Python", says)
    return problem(
        "Python",
        f"{says}. TensorFlow 2.21 needs a 64-bit Python 3.11, 3.12 or 3.13.",
        "Install Python 3.12, delete .venv and run `make setup`.",
    )


def check_layerwise() -> Finding:
    """Does the course run from a clone or from an installed wheel?"""
    if is_clone():
        return ok("Layerwise", f"version {__version__} in the clone {share_path()}")
    return ok("Layerwise", f"version {__version__}, installed in {share_path()}")


def check_packages() -> Finding:
    """Is every package there that Layerwise needs, in a version that it allows?"""
    try:
        lines = metadata.requires("layerwise") or []
    except metadata.PackageNotFoundError:
        return problem(
            "Packages",
            "Layerwise is not installed in this Python; it only runs from its folder.",
            SET_UP if is_clone() else OUTSIDE_CLONE,
        )
    wrong = [text for line in lines if (text := _unmet(Requirement(line)))]
    if not wrong:
        return ok("Packages", "every needed package is there in a fitting version")
    return problem(
        "Packages", "; ".join(wrong), SET_UP if is_clone() else OUTSIDE_CLONE
    )


def check_lock() -> Finding:
    """Are the versions those that Layerwise was tested with?"""
    path = share_path("requirements.lock")
    if not path.is_file():
        return note(
            "Tested versions",
            f"{path} is missing, so versions are not compared.",
            "Get it with `git checkout requirements.lock`.",
        )
    pins = read_pins(
        path.read_text("utf-8"),
        python_version=".".join(platform.python_version_tuple()[:2]),
    )
    different = [
        f"{name} {installed} (tested: {pins[name]})"
        for name in _direct_names()
        if name in pins and (installed := _installed(name)) not in (None, pins[name])
    ]
    if not different:
        return ok("Tested versions", "the versions of requirements.lock")
    return note(
        "Tested versions",
        f"Other versions than the tested ones: {', '.join(different)}.",
        f"Nothing, as long as all works; else {SET_UP[0].lower()}{SET_UP[1:]}",
    )


def _unmet(requirement: Requirement) -> str:
    """Return what is wrong with one requirement, or ""."""
    if requirement.marker is not None and not requirement.marker.evaluate(
        {"extra": ""}
    ):
        return ""
    installed = _installed(requirement.name)
    if installed is None:
        return f"{requirement.name} is missing"
    if requirement.specifier.contains(installed, prereleases=True):
        return ""
    return f"{requirement.name} {installed} is not {requirement.specifier}"


def _direct_names() -> list[str]:
    """Return the names of the packages that Layerwise itself uses."""
    try:
        lines = metadata.requires("layerwise") or []
    except metadata.PackageNotFoundError:
        return []
    direct = [Requirement(line) for line in lines if "extra ==" not in line]
    return [re.sub(r"[-_.]+", "-", requirement.name).lower() for requirement in direct]


def _installed(name: str) -> str | None:
    """Return the installed version of a package, or None."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
