"""Preprocessors of ours between nbgrader's own, for plain `nbgrader autograde`.

`course grade` does not need them: it repairs, judges and writes by itself, with the
same functions. They keep both ways to the same points.
"""

import json
import math
from collections.abc import Iterable
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from course.catalog import CatalogError, find_lessons, load_catalog
from course.grading.neutralize import neutralize
from course.grading.release import (
    CAPTURE,
    CHECK,
    ReleasedNotebook,
    ReleaseError,
    cell_key,
    load_release,
)
from course.grading.repair import repair
from course.grading.snapshots import BROKEN

__all__ = [
    "NeutralizeOutputs",
    "RestoreFromRelease",
    "RouteToManualGrading",
    "failed_captures",
    "why_manual",
]

Notebook = Any
Resources = Any


class RestoreFromRelease(NbGraderPreprocessor):  # type: ignore[misc]  # untyped base
    """Rebuild the submission from our release, as `course grade` does.

    nbgrader's OverwriteCells puts back what was edited, but not what was deleted: its
    `add_missing_cells` raises KeyError where a locked, ungraded cell stands between
    answer and check, as it does here.
    """

    def preprocess(self, nb: Notebook, resources: Resources) -> tuple[Any, Any]:
        """Return the rebuilt notebook; other assignments pass through unchanged."""
        names = resources["nbgrader"]
        release = _release(names["assignment"], names["notebook"])
        if release is None:
            return nb, resources
        repaired = repair(json.loads(json.dumps(nb)), release)
        for note in repaired.notes:
            self.log.warning("%s: %s", names["student"], note)
        rebuilt = type(nb)(**_nodes(repaired.content, type(nb)))
        return rebuilt, resources


class NeutralizeOutputs(NbGraderPreprocessor):  # type: ignore[misc]  # untyped base
    """Take HTML and JavaScript out of all outputs, for formgrader and feedback."""

    def preprocess_cell(
        self, cell: Any, resources: Resources, cell_index: int
    ) -> tuple[Any, Any]:
        """Make the outputs of one cell harmless; text and pictures stay."""
        neutralize(cell)
        cell.update(_nodes(dict(cell), type(cell)))
        return cell, resources


class RouteToManualGrading(NbGraderPreprocessor):  # type: ignore[misc]  # untyped base
    """Send grades that nbgrader cannot be trusted with to a person.

    Placed after SaveAutoGrades. A fault of the checker would be a zero, and a check
    cell without a readable number would be full points; both become "needs manual
    grading" without an automatic score, so that formgrader shows an empty field.
    """

    def preprocess(self, nb: Notebook, resources: Resources) -> tuple[Any, Any]:
        """Look at every check cell; write to the gradebook only where one needs it."""
        names = resources["nbgrader"]
        where = names["notebook"], names["assignment"], names["student"]
        failed = failed_captures(nb.cells)
        with Gradebook(names["db_url"]) as gradebook:
            for cell in nb.cells:
                grade_id = cell_key(cell)
                if grade_id in failed:
                    grade = gradebook.find_grade(grade_id, *where)
                    grade.auto_score, grade.needs_manual_grade = 0.0, False
                elif reason := why_manual(cell):
                    said = "%s of %s needs manual grading: %s"
                    self.log.error(said, grade_id, names["student"], reason)
                    grade = gradebook.find_grade(grade_id, *where)
                    grade.auto_score, grade.needs_manual_grade = None, True
            gradebook.db.commit()
        return nb, resources


def failed_captures(cells: Iterable[Any]) -> set[str]:
    """Return the check cells whose capture cell stopped with an error.

    Then there is no answer: its cell has an error of the student's own. What the check
    cell shows belongs to the exercise before, so it counts nothing.
    """
    return {
        cell_key(cell).removesuffix(CAPTURE) + CHECK
        for cell in cells
        if cell_key(cell).endswith(CAPTURE)
        and any(output.output_type == "error" for output in cell.get("outputs", []))
    }


def why_manual(cell: Any) -> str:
    """Return why nbgrader's score of an executed check cell must not count, or "".

    Only locked check cells are looked at. An exception of the student's own making, in
    their answer cell, stays theirs, whatever they call it.
    """
    if not is_grade(cell) or is_solution(cell) or cell.cell_type != "code":
        return ""
    errors = [out for out in cell.outputs if out.output_type == "error"]
    broken = [out for out in errors if out.ename == BROKEN]
    if broken:
        return f"the checker failed: {broken[0].evalue}"
    if errors:
        return ""
    results = [out for out in cell.outputs if out.output_type == "execute_result"]
    if not results:
        return "the check cell shows no points"
    return _why_no_number(results[0], float(cell.metadata["nbgrader"]["points"]))


def _why_no_number(output: Any, full: float) -> str:
    """Return what is wrong with the number that a check cell ends in, or ""."""
    text = str(output.get("data", {}).get("text/plain", ""))
    try:
        points = float(text)
    except ValueError:
        return f"the check cell ends in {text[:80]!r}, which is no number"
    if not (math.isfinite(points) and 0.0 <= points <= full):
        return f"the check cell ends in {text[:80]}, outside 0 to {full:g} points"
    return ""


def _release(assignment: str, notebook: str) -> ReleasedNotebook | None:
    """Return our release of a notebook; None for assignments that are not ours."""
    try:
        (lesson,) = find_lessons(assignment, load_catalog())
        releases = load_release(lesson)
    except (CatalogError, ReleaseError, ValueError):
        return None
    return next((each for each in releases if each.name == notebook), None)


def _nodes(value: Any, node: type) -> Any:
    """Turn nested dictionaries into notebook nodes, which allow attribute access."""
    if isinstance(value, dict):
        return node(**{key: _nodes(each, node) for key, each in value.items()})
    if isinstance(value, list):
        return [_nodes(each, node) for each in value]
    return value
