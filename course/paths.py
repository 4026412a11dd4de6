"""Where things are, in a clone and in an installed wheel."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_share"


def is_clone() -> bool:
    """Return True when the package runs from a checkout of the project."""
    return not _INSTALLED.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file()


def share_path(*parts: str) -> Path:
    """Return a path below the project's top level, e.g. `share_path("data")`.

    In a wheel the top-level folders that users need lie inside the package.
    """
    root = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)


def lessons_path() -> Path:
    """Return the folder that holds the lesson sources."""
    return _PACKAGE / "lessons"


def catalog_path() -> Path:
    """Return the file that lists all lessons in order."""
    return _PACKAGE / "course.toml"


def work_path() -> Path:
    """Return the folder for a learner's own copies.

    It is `$COURSE_WORK` if set, `work/` at the top of a clone, and `layerwise/` in
    the home folder for an installed copy.
    """
    chosen = os.environ.get("COURSE_WORK")
    if chosen:
        return Path(chosen).expanduser()
    return share_path("work") if is_clone() else Path.home() / "layerwise"
