"""Copy a lesson's released notebooks to a folder where the learner works."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from course.catalog import Lesson
from course.paths import share_path, work_path

__all__ = ["Workspace", "WorkspaceError", "prepare"]

FIRST_OPENED = ("lesson.ipynb", "exercises.ipynb")


class WorkspaceError(RuntimeError):
    """The copies cannot be made; the text says what to do."""


@dataclass(frozen=True)
class Workspace:
    """A learner's folder for one lesson.

    Attributes:
        folder: Where the copies lie.
        copied: Names of the files that were copied now.
        kept: Names of the files that were there already and stay as they are.
        backup: Where the former folder went, if a fresh copy was asked for.
    """

    folder: Path
    copied: tuple[str, ...]
    kept: tuple[str, ...]
    backup: Path | None = None

    @property
    def first_notebook(self) -> str:
        """The notebook to open first, or "" where there is none."""
        names = sorted(self.copied + self.kept)
        preferred = [name for name in FIRST_OPENED if name in names]
        return next(iter(preferred + names), "")


def prepare(
    lesson: Lesson, *, fresh: bool = False, now: datetime | None = None
) -> Workspace:
    """Copy the released notebooks of a lesson; a file that exists is never replaced.

    Args:
        lesson: The lesson to work on.
        fresh: Start again: the present folder is renamed with the date, then copied
            anew.
        now: The time for that name; default is the clock's.

    Raises:
        WorkspaceError: If the lesson has no release, or the folder cannot be written.
    """
    release = share_path("notebooks", lesson.folder)
    sources = sorted(release.glob("*.ipynb"))
    if not sources:
        raise WorkspaceError(
            f"Expected the released notebooks of {lesson.folder} in {release}. "
            "Received: none. Next: run `course build`."
        )
    folder = work_path() / lesson.folder
    try:
        backup = _set_aside(folder, now or datetime.now()) if fresh else None
        folder.mkdir(parents=True, exist_ok=True)
        missing = [source for source in sources if not (folder / source.name).exists()]
        for source in missing:
            _copy_whole(source, folder / source.name)
    except OSError as error:
        raise WorkspaceError(
            f"The copies could not be written to {folder}: {error.strerror}. Next: "
            "free some space, or set COURSE_WORK to a folder of your own."
        ) from error
    copied = tuple(source.name for source in missing)
    kept = tuple(source.name for source in sources if source.name not in copied)
    return Workspace(folder, copied, kept, backup)


def _set_aside(folder: Path, now: datetime) -> Path | None:
    """Rename a folder to a dated name that is free; None if there is no folder."""
    if not folder.exists():
        return None
    dated = folder.with_name(f"{folder.name}.{now:%Y-%m-%d_%H%M%S}")
    backup, number = dated, 2
    while backup.exists():
        backup, number = dated.with_name(f"{dated.name}_{number}"), number + 1
    return folder.rename(backup)


def _copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that an interrupted copy leaves no half of it.

    The copy is writable even where the release (an installed wheel) is not.
    """
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, part)
    part.replace(target)
