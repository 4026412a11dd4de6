"""Copy what students need, and nothing that gives answers away when marks count."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.build.pipeline import SCRIPTS
from course.catalog import Lesson

__all__ = ["BundleError", "bundle_files", "make_bundle"]

# What `make setup` and the conda way need.
TOP_LEVEL = (
    "README.md",
    "Makefile",
    "pyproject.toml",
    "requirements.lock",
    "environment.yml",
    "scripts/setup.py",
    "scripts/wheel_files.py",
)
FOLDERS = ("course", "checkers", "data")
CACHES = ("__pycache__", ".ipynb_checkpoints")

# Authors' and teachers' side of the package: of no use to a student.
AUTHORS = (
    "course/lessons",
    "course/answers.py",
    "course/build",
    "course/verify",
    "course/release",
    "course/grading",
    "course/reports",
    "course/demo",
    *(f"course/cli/{name}.py" for name in ("build", "verify", "release")),
    *(f"course/cli/{name}.py" for name in ("grade", "codes", "demo")),
    "course/cli/_grading_progress.py",
    "course/cli/run.py",  # it runs solutions/, which no bundle holds
)
# What is right. With marks at stake, the verdict comes from the teacher's machine.
ANSWERS = ("checkers/keys",)


class BundleError(RuntimeError):
    """No bundle can be made; the message says what to do."""


@dataclass(frozen=True)
class _Copy:
    """One file to copy: where it is, and its name in the bundle."""

    source: Path
    name: PurePosixPath


def make_bundle(
    root: Path, target: Path, lessons: Iterable[Lesson], *, for_marks: bool
) -> int:
    """Make the bundle and return the number of its files.

    Args:
        root: The project's top level.
        target: A new or empty folder.
        lessons: The lessons that students get.
        for_marks: True leaves the keys out.

    Raises:
        BundleError: If `target` holds something, or a notebook is missing.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BundleError(
            f"{target} is not an empty folder. Next: name a new one, so that nothing "
            "of an earlier release stays in it."
        )
    copies = bundle_files(root, lessons, for_marks=for_marks)
    for copy in copies:
        path = target / copy.name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy.source, path)
    return len(copies)


def bundle_files(
    root: Path, lessons: Iterable[Lesson], *, for_marks: bool
) -> tuple[_Copy, ...]:
    """Return what goes into the bundle, sorted by name."""
    left_out = (*AUTHORS, *ANSWERS) if for_marks else AUTHORS
    files = [root / name for name in TOP_LEVEL if (root / name).is_file()]
    files += sorted(root.glob("LICENSE*"))
    for folder in FOLDERS:
        files += [path for path in (root / folder).rglob("*") if path.is_file()]
    for lesson in lessons:
        files += _notebooks(root, lesson)
    copies = [
        _Copy(path, PurePosixPath(*path.relative_to(root).parts)) for path in files
    ]
    return tuple(
        sorted(
            (copy for copy in copies if not _is_left_out(copy.name, left_out)),
            key=lambda copy: copy.name,
        )
    )


def _notebooks(root: Path, lesson: Lesson) -> list[Path]:
    """Return a lesson's released notebooks; those with exercises must be there."""
    folder = root / "notebooks" / lesson.folder
    for name in lesson.notebook_ids():
        if not (folder / f"{name}.ipynb").is_file():
            raise BundleError(
                f"notebooks/{lesson.folder}/{name}.ipynb does not exist. "
                f"Next: run `course build {lesson.number}`."
            )
    paths = [folder / f"{name}.ipynb" for name in SCRIPTS]
    return [path for path in paths if path.is_file()]


def _is_left_out(name: PurePosixPath, left_out: Iterable[str]) -> bool:
    if set(CACHES) & set(name.parts) or name.suffix == ".pyc":
        return True
    return any(name.is_relative_to(prefix) for prefix in left_out)
