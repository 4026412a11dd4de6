"""The course's own parts: generated notebooks, Jupyter, nbgrader, settings."""

from __future__ import annotations

import difflib
import os
from importlib import metadata

from course.catalog import CatalogError, load_catalog
from course.doctor.finding import Finding, note, ok, problem
from course.doctor.python_setup import OUTSIDE_CLONE, SET_UP
from course.paths import is_clone, share_path

__all__ = ["check_jupyter", "check_nbgrader", "check_notebooks", "check_settings"]

SETTINGS = {
    "COURSE_BROWSER": "the browser of tests/browser",
    "COURSE_CACHE": "folder for downloaded data sets",
    "COURSE_CASE_SEED": "fixes the random inputs of function exercises",
    "COURSE_DATA": "folder with the data sets",
    "COURSE_DIRECTORY": "a teacher's folder for submissions and grades",
    "COURSE_FAST": "short training",
    "COURSE_GRADING": "set by the autograder only",
    "COURSE_LANG": "language of the messages",
    "COURSE_LEADERBOARD": "file of the leaderboard of lesson 06",
    "COURSE_OFFLINE": "no downloads",
    "COURSE_PROGRESS": "file of what you have passed; off: none",
    "COURSE_REFERENCE_PROCESS": "set by graders only: references run by themselves",
    "COURSE_WORK": "folder of your copies",
}


def check_notebooks() -> Finding:
    """Are the generated notebooks of every lesson there?"""
    check = "Notebooks"
    repair = "Run `course build`." if is_clone() else OUTSIDE_CLONE
    try:
        lessons = load_catalog()
    except (CatalogError, OSError) as error:
        return problem(check, f"The list of lessons is unusable: {error}", repair)
    missing = [
        f"{folder}/{lesson.folder}/{name}.ipynb"
        for lesson in lessons
        for folder in ("notebooks", "solutions")
        for name in ("lesson", *lesson.notebook_ids())
        if not share_path(folder, lesson.folder, f"{name}.ipynb").is_file()
    ]
    if missing:
        says = f"{len(missing)} are missing, the first is {missing[0]}."
        return problem(check, says, repair)
    return ok(check, f"{len(lessons)} lessons with notebooks and solutions")


def check_jupyter() -> Finding:
    """Can `course lab` and `course run` start a kernel of this Python?"""
    check = "Jupyter"
    versions = []
    for name in ("jupyterlab", "ipykernel", "nbclient"):
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            return problem(
                check, f"{name} is missing.", SET_UP if is_clone() else OUTSIDE_CLONE
            )
    return ok(check, ", ".join(versions))


def check_nbgrader() -> Finding:
    """Is nbgrader there with its settings? Only teachers need it."""
    check = "nbgrader"
    try:
        version = metadata.version("nbgrader")
    except metadata.PackageNotFoundError:
        return problem(
            check,
            "nbgrader is missing; teachers grade with it.",
            SET_UP if is_clone() else OUTSIDE_CLONE,
        )
    config = share_path("nbgrader_config.py")
    if not config.is_file():
        return problem(
            check,
            f"nbgrader {version}, but {config} is missing.",
            "Get it with `git checkout nbgrader_config.py`."
            if is_clone()
            else OUTSIDE_CLONE,
        )
    return ok(check, f"nbgrader {version} with {config.name}")


def check_settings() -> list[Finding]:
    """Do the COURSE_ variables make sense?"""
    check = "Settings"
    findings = []
    found = {key: text for key, text in os.environ.items() if key.startswith("COURSE_")}
    for key, text in sorted(found.items()):
        if key not in SETTINGS:
            near = difflib.get_close_matches(key, SETTINGS, n=1)
            meant = f"Did you mean {near[0]}? " if near else ""
            findings.append(
                note(
                    check,
                    f"{key} is set, but Layerwise knows no such setting.",
                    f"{meant}Known: {', '.join(SETTINGS)}.",
                )
            )
        elif key == "COURSE_CASE_SEED" and not text.lstrip("-").isdigit():
            findings.append(
                problem(
                    check,
                    f"COURSE_CASE_SEED is {text!r}; it must be a whole number.",
                    "Set it to a number such as 7, or unset it.",
                )
            )
        elif key == "COURSE_GRADING" and text not in ("", "0"):
            findings.append(
                note(
                    check,
                    "COURSE_GRADING is set, which only the autograder should do: "
                    "check cells carry extra output.",
                    "Unset it.",
                )
            )
        else:
            findings.append(ok(check, f"{key}={text}: {SETTINGS[key]}"))
    return findings or [ok(check, "no COURSE_ variable is set; defaults are used")]
