"""Put results into the course directory: the one writer of a run."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from course.catalog import Lesson
from course.grading.directory import CourseDirectory
from course.grading.feedback import render_feedback
from course.grading.gradebook import GradebookWriter
from course.grading.outcomes import GradedNotebook
from course.grading.release import ReleasedNotebook
from course.grading.submissions import Planned

__all__ = ["ResultWriter"]

# nbgrader's exchange finds the feedback of a submission by these two.
EXCHANGE_FILES = ("timestamp.txt", "submission_secret.txt")


class ResultWriter:
    """Writes gradebook, executed notebooks and feedback; use as a context manager."""

    def __init__(
        self,
        directory: CourseDirectory,
        lesson: Lesson,
        releases: Sequence[ReleasedNotebook],
    ) -> None:
        """Prepare the course directory and the gradebook for one lesson."""
        directory.prepare()
        self.directory, self.lesson = directory, lesson
        self.gradebook = GradebookWriter(directory.database_url, lesson.folder)
        self.gradebook.enter_lesson(releases)
        self._graded: dict[str, list[GradedNotebook]] = defaultdict(list)

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the gradebook."""
        self.gradebook.__exit__(kind, error, trace)

    def enter_students(
        self, planned: Sequence[Planned], refused_students: Iterable[str]
    ) -> None:
        """Create all submissions before grading starts.

        A student whose only file was refused gets a submission that waits for a
        person: a damaged upload is not a zero.
        """
        names: dict[str, set[str]] = defaultdict(set)
        timestamps: dict[str, str] = {}
        for each in planned:
            names[each.student].add(each.release.name)
            stamp = each.path.parent / EXCHANGE_FILES[0]
            if each.own_folder and stamp.is_file():
                timestamps[each.student] = stamp.read_text(encoding="utf-8").strip()
            self._keep_submission(each)
        for student in set(refused_students) - set(names):
            names[student] = set(self.lesson.notebook_ids())
        for student in sorted(names):
            self.gradebook.enter_student(
                student, names[student], timestamps.get(student)
            )

    def save(self, graded: GradedNotebook) -> None:
        """Write one result: gradebook first, then the files."""
        self.gradebook.save(graded)
        self._graded[graded.student].append(graded)
        text = json.dumps(graded.content, indent=1, ensure_ascii=False) + "\n"
        folder = self._folder(self.directory.autograded, graded.student)
        _replace(folder / f"{graded.notebook}.ipynb", text)
        notebooks = sorted(self._graded[graded.student], key=lambda n: n.notebook)
        page = render_feedback(notebooks, self.lesson.title)
        for notebook in notebooks:
            _replace(self.feedback_path(graded.student, notebook.notebook), page)

    def feedback_path(self, student: str, notebook: str) -> Path:
        """Return where a student's page lies; nbgrader's exchange looks there too."""
        folder = self._folder(self.directory.feedback, student)
        return folder / f"{notebook}.html"

    def _keep_submission(self, planned: Planned) -> None:
        """Copy a file from elsewhere into `submitted/`, where nbgrader looks."""
        folder = self._folder(self.directory.submitted, planned.student)
        target = folder / f"{planned.release.name}.ipynb"
        if planned.path.resolve() != target.resolve():
            shutil.copyfile(planned.path, target)
        for name in EXCHANGE_FILES if planned.own_folder else ():
            source = planned.path.parent / name
            if source.is_file():
                for base in (self.directory.autograded, self.directory.feedback):
                    shutil.copyfile(source, self._folder(base, planned.student) / name)

    def _folder(self, base: Path, student: str) -> Path:
        """Return and create `<base>/<student>/<lesson>`."""
        folder = base / student / self.lesson.folder
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def _replace(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never half."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
