"""Find what students handed in, and read it without trusting it.

Names follow one rule, see `owners`. A notebook in a folder of its own belongs to the
student whom the first folder names (`anna/exercises.ipynb`,
`anna/09_dropout/exercises.ipynb`, as in nbgrader's `submitted/`). A notebook that lies
directly in a given folder, or is given by itself, belongs to the student whom the file
names (`anna.ipynb`).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.grading.outcomes import Refused
from course.grading.owners import (
    LESSON_FOLDER,
    RELEASED_NAMES,
    is_ignored,
    name_from_lms,
    why_no_name,
)
from course.grading.release import ReleasedNotebook, cell_key

__all__ = [
    "Planned",
    "Submission",
    "UnreadableNotebook",
    "find_submissions",
    "match_release",
    "plan",
    "read_notebook",
]

MAX_BYTES = 50_000_000  # pictures of an honest notebook stay far below this


class UnreadableNotebook(ValueError):
    """A file is no notebook that could be graded; the message says why."""


@dataclass(frozen=True)
class Submission:
    """One notebook of one student.

    Attributes:
        own_folder: True if the file's folder holds this student's files only, so that
            the files beside the notebook may be copied with it.
    """

    student: str
    path: Path
    own_folder: bool


@dataclass(frozen=True)
class Planned(Submission):
    """A submission and the released notebook that it was made from."""

    release: ReleasedNotebook


def find_submissions(
    paths: Sequence[Path], lesson: str
) -> tuple[list[Submission], list[Refused]]:
    """Return the notebooks below `paths` that may belong to `lesson`, by student.

    Args:
        paths: Folders and files as a teacher gives them.
        lesson: Folder name of the lesson; work of other lessons is left out.
    """
    found: dict[Path, Submission] = {}
    refused = []
    for path in paths:
        for submission in _below(path, lesson):
            reason = _reason_to_refuse(submission)
            if reason:
                refused.append(
                    Refused(submission.student, str(submission.path), reason)
                )
            else:
                found.setdefault(submission.path.resolve(), submission)
    ordered = sorted(found.values(), key=lambda each: (each.student, str(each.path)))
    return ordered, refused


def _below(path: Path, lesson: str) -> Iterator[Submission]:
    """Yield candidates of one given path."""
    if not path.is_dir():
        named_by_folder = path.stem in RELEASED_NAMES
        student = path.resolve().parent.name if named_by_folder else path.stem
        if LESSON_FOLDER.fullmatch(student):
            student = path.resolve().parent.parent.name
        yield Submission(student, path, own_folder=named_by_folder)
        return
    for file in sorted(path.rglob("*.ipynb")):
        parts = file.relative_to(path).parts
        if is_ignored(parts) or file.name == "lesson.ipynb":
            continue
        folders = parts[:-1]
        lessons = [part for part in folders if LESSON_FOLDER.fullmatch(part)]
        if lessons and lesson not in lessons:
            continue
        named = [part for part in folders if part not in lessons]
        is_own = bool(folders) or file.stem in RELEASED_NAMES
        if is_own and not named:  # a student's own folder was given
            named = [path.resolve().name]
        by_lms = name_from_lms(named[0] if named else file.name)
        student = named[0] if named else file.stem
        yield Submission(by_lms[0] if by_lms else student, file, is_own)


def _reason_to_refuse(submission: Submission) -> str:
    """Return why a file is not even opened, or ""."""
    path = submission.path
    if reason := why_no_name(submission.student):
        return f"Nobody can be called so. {reason} Next: rename the folder or the file."
    if path.is_symlink():
        return "It is a link, not a file. Next: ask for the notebook itself."
    try:
        size_bytes = path.stat().st_size
    except OSError as error:
        return f"It cannot be read: {error.strerror}."
    if not path.is_file():
        return "It is not a regular file. Next: ask for the notebook itself."
    if size_bytes > MAX_BYTES:
        return (
            f"It is {size_bytes / 1e6:,.0f} MB; at most {MAX_BYTES / 1e6:,.0f} MB are "
            "read. Next: ask for it again with outputs cleared."
        )
    return ""


def read_notebook(data: bytes) -> dict[str, Any]:
    """Return a handed-in notebook as a dictionary with a list of cells.

    Only cell types and sources are used later, so nothing else is validated.

    Raises:
        UnreadableNotebook: If it is empty, truncated, no notebook or too old.
    """
    if not data.strip():
        raise UnreadableNotebook("The file is empty. Next: ask for it again.")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableNotebook(
            f"The file is damaged: it is no JSON ({error}). Next: ask for it again."
        ) from error
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list):
        raise UnreadableNotebook(
            "The file is JSON but no notebook of format 4: it has no list of cells. "
            "Next: ask for the notebook itself, saved by a current Jupyter."
        )
    plain = [_plain_cell(cell) for cell in cells if isinstance(cell, dict)]
    return {**content, "cells": plain}


def _plain_cell(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a cell whose source is one string."""
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return {**cell, "source": source if isinstance(source, str) else ""}


def plan(
    submissions: Sequence[Submission], releases: Sequence[ReleasedNotebook]
) -> tuple[list[Planned], list[Refused]]:
    """Decide which file counts as which notebook of which student.

    A student who hands in `exercises.ipynb` and `exercises-Copy1.ipynb` gets the one
    with the released name graded; the other is named in the report.
    """
    chosen: dict[tuple[str, str], Planned] = {}
    refused = []
    for each in submissions:
        try:
            content = read_notebook(each.path.read_bytes())
            release = match_release(content, each.path.stem, releases)
        except (UnreadableNotebook, OSError) as error:
            refused.append(Refused(each.student, str(each.path), str(error)))
            continue
        planned = Planned(each.student, each.path, each.own_folder, release)
        other = chosen.setdefault((each.student, release.name), planned)
        if other is planned:
            continue
        if planned.path.stem == release.name != other.path.stem:
            chosen[each.student, release.name], planned = planned, other
        counting = chosen[each.student, release.name].path
        reason = f"The same notebook was handed in twice; {counting} was graded."
        refused.append(Refused(each.student, str(planned.path), reason))
    return list(chosen.values()), refused


def match_release(
    content: dict[str, Any], name: str, releases: Sequence[ReleasedNotebook]
) -> ReleasedNotebook:
    """Return the released notebook that a submission was made from, by its content.

    Args:
        content: The submission.
        name: Its file name without suffix; decides only where the content cannot.
        releases: The lesson's graded notebooks.

    Raises:
        UnreadableNotebook: If it has no answer cell of any of them.
    """
    keys = {cell_key(cell) for cell in content["cells"]}
    sources = {cell["source"].strip() for cell in content["cells"]} - {""}
    scores = []
    for release in releases:
        released = {cell["source"].strip() for cell in release.keys.values()} - {""}
        overlap = len(keys & set(release.answer_keys)) + len(sources & released)
        scores.append((overlap, release.name == name, release))
    overlap, same_name, best = max(scores, key=lambda score: score[:2])
    if overlap == 0 and not same_name:
        raise UnreadableNotebook(
            f"No cell of lesson {best.lesson} is in this notebook. "
            "Next: check that the right file was handed in."
        )
    return best
