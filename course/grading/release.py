"""The notebooks that we released: the only source of cells, points and ids."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from course.catalog import Lesson
from course.paths import share_path

__all__ = ["Cell", "ReleaseError", "ReleasedNotebook", "cell_key", "load_release"]

Cell = dict[str, Any]
ANSWER, CAPTURE, CHECK = "-answer", "-capture", "-check"


class ReleaseError(RuntimeError):
    """The release of a lesson is missing or damaged: ours to put right."""


@dataclass(frozen=True)
class ReleasedNotebook:
    """One graded notebook as students got it.

    Attributes:
        lesson: Folder name of the lesson, nbgrader's assignment id.
        name: File name without suffix, nbgrader's notebook id.
        content: The notebook in nbformat 4.
        path: Where it lies; the folder may hold files that the notebook reads.
    """

    lesson: str
    name: str
    content: dict[str, Any]
    path: Path

    @cached_property
    def keys(self) -> dict[str, Cell]:
        """All cells by key, in order."""
        return {cell_key(cell): cell for cell in self.content["cells"]}

    @cached_property
    def points(self) -> dict[str, float]:
        """Points by exercise id, in order of the notebook."""
        return {
            key.removesuffix(CHECK): float(cell["metadata"]["nbgrader"]["points"])
            for key, cell in self.keys.items()
            if key.endswith(CHECK) and cell["metadata"]["nbgrader"].get("grade")
        }

    @cached_property
    def answer_keys(self) -> tuple[str, ...]:
        """Keys of the cells that students fill."""
        return tuple(
            key
            for key, cell in self.keys.items()
            if cell["metadata"].get("nbgrader", {}).get("solution")
        )


def cell_key(cell: Cell) -> str:
    """Return a cell's key: nbgrader's grade_id, else the cell id, else ""."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    for key in (grade_id, cell.get("id")):
        if isinstance(key, str) and key:
            return key
    return ""


def load_release(lesson: Lesson, folder: Path | None = None) -> list[ReleasedNotebook]:
    """Return the graded notebooks of a lesson; `lesson.ipynb` is never among them.

    Args:
        lesson: From the catalog; it names the graded notebooks.
        folder: Where the releases are; default: the course's own.

    Raises:
        ReleaseError: If a notebook is missing or is no JSON.
    """
    folder = (folder or share_path("notebooks")) / lesson.folder
    found = []
    for name in lesson.notebook_ids():
        path = folder / f"{name}.ipynb"
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ReleaseError(
                f"The released notebook {path} cannot be read: {error}. "
                "Next: make it again with `course build`."
            ) from error
        for cell in content["cells"]:  # on disk a source is a list of lines
            cell["source"] = "".join(cell["source"])
        found.append(ReleasedNotebook(lesson.folder, name, content, path))
    if not found:
        raise ReleaseError(
            f"Lesson {lesson.folder} has no graded notebook. "
            "Next: choose a lesson that `course list` shows with points."
        )
    return found
