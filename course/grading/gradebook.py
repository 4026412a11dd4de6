"""Write results into nbgrader's gradebook, as nbgrader would.

nbgrader's own preprocessors decide what a cell is worth; this module decides when the
database is committed: once per notebook, so that a run that is killed leaves whole
notebooks behind, never half of one.
"""

from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

import nbformat

from course.grading.nbgrader_seam import (
    AssignLatePenalties,
    SaveAutoGrades,
    SaveCells,
    open_gradebook,
    quiet_sqlalchemy,
)
from course.grading.outcomes import GradedNotebook
from course.grading.preprocessors import why_manual
from course.grading.release import ReleasedNotebook

__all__ = ["GradebookWriter", "LessonChanged"]


class LessonChanged(RuntimeError):
    """The gradebook knows this lesson with other cells, and has grades for them."""


class GradebookWriter:
    """The one writer of a run; use it as a context manager."""

    def __init__(self, url: str, lesson: str) -> None:
        """Connect to the gradebook at `url` (SQLAlchemy) for one lesson."""
        self.url, self.lesson = url, lesson
        self.gradebook = open_gradebook(url)

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self.gradebook.close()

    def enter_lesson(self, releases: Iterable[ReleasedNotebook]) -> None:
        """Tell the gradebook which cells the lesson has and what they are worth.

        Raises:
            LessonChanged: If other cells of this lesson have been graded before.
        """
        self.gradebook.update_or_create_assignment(self.lesson)
        for release in releases:
            resources = self._resources(release.name, student="")
            try:
                SaveCells().preprocess(nbformat.from_dict(release.content), resources)
            except RuntimeError as error:
                raise LessonChanged(
                    f"The gradebook {self.url} has grades for another version of "
                    f"{self.lesson}/{release.name}: {error}. Next: use another "
                    "--course-directory for this version of the course."
                ) from error

    def enter_student(
        self, student: str, handed_in: Iterable[str], timestamp: str | None = None
    ) -> None:
        """Create student and submission; notebooks not handed in count 0.

        Args:
            student: nbgrader's student id.
            handed_in: Names of the notebooks that there is a file of, readable or not.
            timestamp: When it was handed in, for late penalties.
        """
        self.gradebook.update_or_create_student(student)
        late = {"timestamp": timestamp} if timestamp else {}
        with quiet_sqlalchemy():
            submission = self.gradebook.update_or_create_submission(
                self.lesson, student, **late
            )
        names = set(handed_in)
        for notebook in submission.notebooks:
            for grade in notebook.grades if notebook.name not in names else ():
                grade.auto_score, grade.needs_manual_grade = 0.0, False
        self.gradebook.db.commit()

    def save(self, graded: GradedNotebook) -> None:
        """Write the grades of one notebook in one transaction."""
        notebook = nbformat.from_dict(graded.content)
        resources = self._resources(graded.notebook, graded.student)
        saver = _SaveAtOnce(_Deferred(self.gradebook), resources)
        try:
            for index, cell in enumerate(notebook.cells):
                saver.preprocess_cell(cell, resources, index)
            self._route(notebook, graded)
            self.gradebook.db.commit()
        except BaseException:
            self.gradebook.db.rollback()
            raise
        AssignLatePenalties().preprocess(notebook, resources)

    def _route(self, notebook: Any, graded: GradedNotebook) -> None:
        """Take the automatic score away where a person must decide."""
        for cell in notebook.cells:
            if why_manual(cell):
                grade = self.gradebook.find_grade(
                    cell.metadata["nbgrader"]["grade_id"],
                    graded.notebook,
                    self.lesson,
                    graded.student,
                )
                grade.auto_score, grade.needs_manual_grade = None, True

    def _resources(self, notebook: str, student: str) -> dict[str, Any]:
        """Return what nbgrader hands to its preprocessors."""
        names = {
            "assignment": self.lesson,
            "notebook": notebook,
            "student": student,
            "db_url": self.url,
        }
        return {"nbgrader": names}


class _Deferred:
    """A gradebook whose commit waits for the end of the notebook."""

    def __init__(self, gradebook: Any) -> None:
        self.find_grade = gradebook.find_grade
        self.find_comment = gradebook.find_comment
        self.db = self
        self._session = gradebook.db

    def commit(self) -> None:
        """Send changes to the database without making them final."""
        self._session.flush()


class _SaveAtOnce(SaveAutoGrades):  # type: ignore[misc]  # untyped base
    """nbgrader's SaveAutoGrades on a connection that is already open."""

    def __init__(self, gradebook: _Deferred, resources: dict[str, Any]) -> None:
        super().__init__()
        names = resources["nbgrader"]
        self.gradebook = gradebook
        self.notebook_id = names["notebook"]
        self.assignment_id = names["assignment"]
        self.student_id = names["student"]
