"""The data sets: which of them are here, and what happens with the others."""

from __future__ import annotations

from pathlib import Path

from course.datasets.errors import DatasetError
from course.datasets.folders import (
    cache_folder,
    course_data_folder,
    find_packaging,
    is_offline,
)
from course.datasets.manifest import DatasetSpec, read_manifest
from course.doctor.finding import Finding, note, ok, problem

__all__ = ["check_data"]

CHECK = "Data"


def check_data() -> list[Finding]:
    """Which data sets are here, and from where?

    Only names are looked at; `course data verify` reads the content.
    """
    try:
        folders = [
            folder for folder in (course_data_folder(), cache_folder()) if folder
        ]
        specs = read_manifest().values()
    except DatasetError as error:
        return [problem(CHECK, error.problem, error.next_step)]
    found, missing, findings = [], [], []
    for spec in specs:
        try:
            place = _place(spec, folders)
        except DatasetError as error:
            findings.append(problem(CHECK, error.problem, error.next_step))
            continue
        if place is None:
            missing.append(spec.name)
        else:
            found.append(f"{spec.name} ({place})")
    if found:
        findings.append(ok(CHECK, f"here: {', '.join(found)}"))
    if missing:
        findings.append(_about_missing(missing))
    return findings


def _place(spec: DatasetSpec, folders: list[Path]) -> str | None:
    """Return the folder that holds a data set, or None."""
    for folder in folders:
        if folder.is_dir() and find_packaging(folder, spec) is not None:
            return str(folder)
    return None


def _about_missing(names: list[str]) -> Finding:
    """Say what a lesson will do without these data sets."""
    listed = ", ".join(names)
    if is_offline():
        return note(
            CHECK,
            f"not here: {listed}. COURSE_OFFLINE is set, so lessons use marked "
            "stand-in data.",
            "Set COURSE_DATA to a folder that has them, or unset COURSE_OFFLINE.",
        )
    return note(
        CHECK,
        f"not here: {listed}. Lessons download them when needed, or use marked "
        "stand-in data without a network.",
        "Run `course data fetch` to download them now.",
    )
