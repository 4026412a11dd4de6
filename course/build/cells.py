"""Make notebook cells: ids, nbgrader metadata, and the two cells after an answer."""

import hashlib
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from course.build.script import ScriptCell

if TYPE_CHECKING:
    from checkers.exercise import Exercise

__all__ = [
    "SOLUTION_TAG",
    "answer_cell",
    "capture_call",
    "capture_cell",
    "check_cell",
    "needed_names",
    "plain_cell",
    "solution_cell",
]

SOLUTION_TAG = "solution"  # nbconvert's TagRemovePreprocessor drops these cells
PERSONAL_CODE = "PERSONAL_CODE"
STAND_IN = "STAND_IN"


def plain_cell(cell: ScriptCell, notebook: str) -> NotebookNode:
    """Return a cell that nbgrader does not know, with an id from its content.

    An id that follows from the content changes only with its own cell; a running
    number would change every id below an insertion.
    """
    digest = hashlib.sha256(f"{cell.kind}\n{cell.source}".encode()).hexdigest()
    return _node(cell, f"{notebook}-{digest[:8]}", cell.tags)


def solution_cell(cell: ScriptCell, number: int) -> NotebookNode:
    """Return an explanation that stays in `solutions/`.

    Args:
        cell: A cell with the option `solution`.
        number: 1 for the first explanation of its exercise.
    """
    suffix = "" if number == 1 else f"-{number}"
    tags = (*cell.tags, SOLUTION_TAG)
    return _node(cell, f"{cell.solution}-solution{suffix}", tags)


def answer_cell(cell: ScriptCell) -> NotebookNode:
    """Return the cell that the learner edits."""
    node = _node(cell, f"{cell.answer}-answer", cell.tags)
    node.metadata["nbgrader"] = _nbgrader(node.id, solution=True)
    return node


def capture_cell(exercise: "Exercise", slug: str) -> NotebookNode:
    """Return the locked cell that writes the answer down as plain data.

    It is a cell of its own, without points: Keras may write to stderr here, and
    nbgrader gives 0 points to a graded cell that does.
    """
    node = new_code_cell(capture_call(exercise, slug), id=f"{exercise.id}-capture")
    node.metadata["nbgrader"] = _nbgrader(node.id, locked=True)
    return node


def check_cell(exercise: "Exercise", slug: str) -> NotebookNode:
    """Return the locked, graded cell that shows the verdict."""
    source = f"{_path(exercise, slug)}.grade(captured)"
    node = new_code_cell(source, id=f"{exercise.id}-check")
    points = exercise.points
    node.metadata["nbgrader"] = {
        **_nbgrader(node.id, locked=True, grade=True),
        "points": int(points) if points == int(points) else points,
    }
    return node


def capture_call(exercise: "Exercise", slug: str) -> str:
    """Return the line of the capture cell.

    Example: `captured = dropout.spotify_net.capture(spotify_net)`.
    """
    arguments = [part.name for part in exercise.parts]
    if exercise.needs_code:
        arguments.append(f"code={PERSONAL_CODE}")
    data = _data_names(exercise)
    if data:
        comma = "," if len(data) == 1 else ""
        arguments.append(f"data=({', '.join(data)}{comma})")
    if _needs_real_data(exercise):
        arguments.append(f"stand_in={STAND_IN}")
    return f"captured = {_path(exercise, slug)}.capture({', '.join(arguments)})"


def needed_names(exercise: "Exercise", slug: str) -> tuple[str, ...]:
    """Return the names that must be bound above, beside the answer's own."""
    flags = {PERSONAL_CODE: exercise.needs_code, STAND_IN: _needs_real_data(exercise)}
    wanted = tuple(name for name, is_needed in flags.items() if is_needed)
    return (slug, *wanted, *_data_names(exercise))


def _needs_real_data(exercise: "Exercise") -> bool:
    return any(check.needs_real_data for check in exercise.checks)


def _data_names(exercise: "Exercise") -> tuple[str, ...]:
    """Return the arrays that trained models are evaluated on."""
    names = [name for part in exercise.parts for name in getattr(part, "data", ())]
    return tuple(dict.fromkeys(names))


def _path(exercise: "Exercise", slug: str) -> str:
    """Return `module.attribute` of an exercise, as a learner writes it."""
    attribute = exercise.id.removeprefix(slug.replace("_", "-") + "-")
    return f"{slug}.{attribute.replace('-', '_')}"


def _node(cell: ScriptCell, cell_id: str, tags: tuple[str, ...]) -> NotebookNode:
    new = new_code_cell if cell.kind == "code" else new_markdown_cell
    node = new(cell.source, id=cell_id)
    if tags:
        node.metadata["tags"] = list(tags)
    return node


def _nbgrader(
    grade_id: str, *, solution: bool = False, locked: bool = False, grade: bool = False
) -> dict[str, Any]:
    """Return nbgrader's metadata of one cell."""
    return {
        "schema_version": 3,
        "grade_id": grade_id,
        "solution": solution,
        "locked": locked,
        "grade": grade,
        "task": False,
    }
