"""Export grades as CSV without turning "not graded yet" into a zero."""

import csv
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

__all__ = ["GradesCsv"]

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "needs_manual_grade",
)


class GradesCsv(ExportPlugin):  # type: ignore[misc]  # untyped base
    """nbgrader's CSV export with one more column and proper quoting.

    nbgrader writes 0.0 for a submission that waits for a person. Here its `score` is
    empty until that person has decided, and `needs_manual_grade` says so.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write one line per assignment and student to `--to`, else `grades.csv`."""
        path = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", path)
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            for assignment in gradebook.assignments:
                if self.assignment and assignment.name not in self.assignment:
                    continue
                for student in gradebook.students:
                    if not self.student or student.id in map(str, self.student):
                        writer.writerow(_row(gradebook, assignment, student))


def _row(gradebook: Gradebook, assignment: Any, student: Any) -> dict[str, Any]:
    """Return one line; a student who handed in nothing has 0 points."""
    row = {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "max_score": assignment.max_score,
    }
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        nothing = {"raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0}
        return {**row, **nothing, "needs_manual_grade": False}
    penalty = submission.late_submission_penalty
    waiting = bool(submission.needs_manual_grade)
    return {
        **row,
        "timestamp": submission.timestamp,
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": "" if waiting else max(0.0, submission.score - penalty),
        "needs_manual_grade": waiting,
    }
