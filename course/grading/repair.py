"""Rebuild a handed-in notebook from our own release.

Locked cells, points, ids, tags and metadata come from the release, always. From the
student come the source of each answer cell, found by its key, and code of the
student's own: new cells, and released cells that were free to edit. They run where
they stood. So it does not matter whether a
check cell was edited, deleted, re-typed or doubled, or whether a tag says "skip".
"""

import copy
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from course.grading.release import (
    ANSWER,
    CAPTURE,
    CHECK,
    Cell,
    ReleasedNotebook,
    cell_key,
)

__all__ = ["Repaired", "repair"]


@dataclass(frozen=True)
class Repaired:
    """A notebook that is ready to run.

    Attributes:
        answers: Source of each answer cell by exercise id, as handed in.
        notes: What was put right, in sentences.
    """

    content: dict[str, Any]
    answers: dict[str, str]
    notes: tuple[str, ...]


@dataclass
class _Handed:
    """What one submission holds, sorted by what we make of it."""

    answers: dict[str, str] = field(default_factory=dict)
    extras: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    notes: list[str] = field(default_factory=list)


def repair(content: dict[str, Any], release: ReleasedNotebook) -> Repaired:
    """Return the release with the answers of `content` in it.

    Args:
        content: As `read_notebook` returns it.
        release: The notebook that it was made from.
    """
    handed = _sort_cells(content["cells"], release)
    handed.notes += _differences(content["cells"], release)
    built = copy.deepcopy(release.content)
    built["cells"] = []
    for key, released in release.keys.items():
        cell = copy.deepcopy(released)
        if key in release.answer_keys:
            cell["source"] = handed.answers.get(key, _text(released))
        built["cells"].append(cell)
    _place_extras(built["cells"], handed, release)
    answers = {
        key.removesuffix(ANSWER): handed.answers.get(key, _text(release.keys[key]))
        for key in release.answer_keys
    }
    return Repaired(built, answers, tuple(handed.notes))


def _sort_cells(cells: Sequence[Cell], release: ReleasedNotebook) -> _Handed:
    """Tell answers, released cells and the student's own code apart."""
    handed = _Handed()
    keys = _keys_of(cells, release)
    last_of = {key: index for index, key in enumerate(keys) if key}
    touched_of = {
        key: index
        for index, key in enumerate(keys)
        if key in release.answer_keys and not _is_stub(cells[index], key, release)
    }
    anchor = ""
    for index, (cell, key) in enumerate(zip(cells, keys, strict=True)):
        if key in release.answer_keys:
            anchor = key
            if index == touched_of.get(key, last_of[key]):
                handed.answers[key] = cell["source"]
                continue
            handed.notes.append(
                f"Cell {key} is there more than once; the last one that was filled "
                "counts as the answer."
            )
        elif key:
            anchor = key
            if not _is_own_version(cell, release.keys[key]):
                continue
            handed.notes.append(
                f"Cell {key} was edited; it ran as released, then as handed in."
            )
        if cell.get("cell_type") == "code" and cell["source"].strip():
            handed.extras[anchor].append(cell["source"])
    return handed


def _keys_of(cells: Sequence[Cell], release: ReleasedNotebook) -> list[str]:
    """Return the release's key of each cell, "" for the student's own cells.

    Cells that lost their ids are known by their text: a released cell by its whole
    source, an answer cell by the line with which its stub starts.
    """
    keys = [key if (key := cell_key(cell)) in release.keys else "" for cell in cells]
    by_source = {
        _text(cell).strip(): key
        for key, cell in release.keys.items()
        if key not in keys and _text(cell).strip()
    }
    by_first_line = {
        _text(release.keys[key]).strip().split("\n", 1)[0]: key
        for key in release.answer_keys
        if key not in keys
    }
    for index, cell in enumerate(cells):
        source = cell["source"].strip()
        if not keys[index] and source:
            first_line = source.split("\n", 1)[0]
            found = by_source.pop(source, "") or by_first_line.get(first_line, "")
            if found and found not in keys:
                keys[index] = found
    return keys


def _differences(cells: Sequence[Cell], release: ReleasedNotebook) -> list[str]:
    """Return sentences about released cells that were changed or are missing."""
    keys = _keys_of(cells, release)
    notes = []
    for key, released in release.keys.items():
        graded = key.endswith((ANSWER, CAPTURE, CHECK))
        if key not in keys:
            if graded:
                notes.append(f"Cell {key} was missing and has been put back.")
            continue
        cell = cells[keys.index(key)]
        if (
            key not in release.answer_keys
            and graded
            and cell["source"].strip() != (_text(released).strip())
        ):
            notes.append(f"Cell {key} was edited; the released text was put back.")
        if cell.get("cell_type") != released["cell_type"]:
            notes.append(
                f"Cell {key} had been turned into a {cell.get('cell_type')} cell; "
                f"it is a {released['cell_type']} cell again."
            )
        elif graded and _points(cell) not in (None, _points(released)):
            notes.append(f"The points of cell {key} were changed; ours count.")
    return notes


def _place_extras(
    built: list[Cell], handed: _Handed, release: ReleasedNotebook
) -> None:
    """Put the student's own code cells into the rebuilt notebook.

    They stay behind the cell that they followed, except that nothing comes between
    capture and check. Where an answer cell is empty, the student's cells around it
    are taken as the answer: they move in front of the capture.
    """
    untouched = {
        key
        for key in release.answer_keys
        if handed.answers.get(key, "").strip() in ("", _text(release.keys[key]).strip())
    }
    targets: dict[str, list[str]] = defaultdict(list)
    for anchor, sources in handed.extras.items():
        answer = _zone(anchor, release)
        target = anchor
        if answer in untouched:
            target = answer
            handed.notes.append(
                f"Cell {answer} is empty; the student's own cells beside it were run "
                "as the answer."
            )
        elif anchor.endswith(CAPTURE):
            target = anchor.removesuffix(CAPTURE) + CHECK
        targets[target] += sources
    for target, sources in targets.items():
        place = 1 + next(
            (i for i, cell in enumerate(built) if cell_key(cell) == target), -1
        )
        built[place:place] = [
            _own_cell(source, f"own-{target or 'top'}-{number}"[:64])
            for number, source in enumerate(sources, start=1)
        ]


def _zone(anchor: str, release: ReleasedNotebook) -> str:
    """Return the answer cell to whose exercise the cell `anchor` belongs, or ""."""
    for suffix in (CAPTURE, CHECK):
        if anchor.endswith(suffix):
            return anchor.removesuffix(suffix) + ANSWER
    order = ["", *release.keys]
    near = order[order.index(anchor) :][:2]
    return next((key for key in near if key in release.answer_keys), "")


def _own_cell(source: str, cell_id: str) -> Cell:
    """Return a plain code cell without metadata, tags or outputs."""
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def _is_own_version(cell: Cell, released: Cell) -> bool:
    """Return True for a released code cell that the student was free to edit.

    The cell with imports and the personal code is such a cell: an import added there
    must not be lost.
    """
    nbgrader = released["metadata"].get("nbgrader", {})
    is_free = released["cell_type"] == "code" and not (
        nbgrader.get("locked") or nbgrader.get("grade")
    )
    return is_free and cell["source"].strip() != _text(released).strip()


def _is_stub(cell: Cell, key: str, release: ReleasedNotebook) -> bool:
    """Return True if the answer cell `key` is as it was released."""
    return bool(cell["source"].strip() == _text(release.keys[key]).strip())


def _text(cell: Cell) -> str:
    """Return a cell's source as one string."""
    return "".join(cell["source"])


def _points(cell: Cell) -> float | None:
    """Return the points that a cell's metadata state; nonsense counts as changed."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    points = nbgrader.get("points") if isinstance(nbgrader, dict) else None
    if points is None or isinstance(points, int | float):
        return points
    return -1.0
