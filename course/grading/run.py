"""Grade a class: from paths to a report."""

import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from checkers import all_exercises
from course.catalog import Lesson
from course.grading.archives import unpack_all
from course.grading.batch import grade_all
from course.grading.data_in_use import DataInUse, data_in_use
from course.grading.directory import CourseDirectory
from course.grading.finished import Finished, result_key
from course.grading.outcomes import GradedNotebook, Outcome, Refused
from course.grading.release import load_release
from course.grading.roster import find_mismatches
from course.grading.submissions import Planned, find_submissions, plan
from course.grading.task import Settings
from course.grading.writing import ResultWriter
from course.reports.class_report import ClassReport, summarize
from course.reports.files import write_report

__all__ = ["ClassRun", "GradedClass", "NothingToGrade", "StandInData", "grade_class"]

Progress = Callable[[Outcome, int, int], None]


class NothingToGrade(ValueError):
    """No submission of the lesson was found."""


class StandInData(RuntimeError):
    """Marks would be given for figures that were measured on stand-in data."""


@dataclass(frozen=True)
class ClassRun:
    """What a teacher asks for.

    Attributes:
        paths: Folders and files with submissions.
        allow_stand_in: Grade although a needed data set is a stand-in.
        codes: Personal code by student, from the roster.
        again: Grade anew what an earlier run has finished.
    """

    paths: Sequence[Path]
    lesson: Lesson
    directory: CourseDirectory
    num_workers: int = 2
    settings: Settings = field(default_factory=Settings)
    allow_stand_in: bool = False
    codes: dict[str, str] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True)
class GradedClass:
    """The finished run.

    Attributes:
        report: What was found out.
        page: The class report for people.
        feedback: Each student's page.
    """

    report: ClassReport
    page: Path
    feedback: dict[str, Path]


def grade_class(run: ClassRun, on_result: Progress | None = None) -> GradedClass:
    """Grade every submission and write everything into the course directory.

    Args:
        run: What to grade and how.
        on_result: Called with each outcome, the number done and the number in all.

    Raises:
        StandInData: Before anything runs, if the marks would depend on stand-in data.
        NothingToGrade: If there is no submission of the lesson.
        ReleaseError: If the released notebooks are missing.
        LessonChanged: If the gradebook knows the lesson with other cells.
    """
    with tempfile.TemporaryDirectory(prefix="layerwise-handed-in-") as folder:
        paths, refused = unpack_all(run.paths, Path(folder))
        return _grade(run, paths, refused, on_result)


def _grade(
    run: ClassRun,
    paths: Sequence[Path],
    refused: Sequence[Refused],
    on_result: Progress | None,
) -> GradedClass:
    """Grade what lies in folders and files by now."""
    started = time.monotonic()
    releases = load_release(run.lesson)
    data = data_in_use(run.lesson, releases)
    _refuse_stand_in(run, data)
    found, more = find_submissions(paths, run.lesson.folder)
    planned, last = plan(found, releases)
    refused = [*refused, *more, *last]
    if not planned and not refused:
        places = ", ".join(map(str, run.paths)) or "nothing"
        raise NothingToGrade(
            f"No submission of {run.lesson.folder} was found in {places}. Next: give a "
            "folder with <student>/exercises.ipynb, a zip, or single notebooks."
        )
    settings = replace(_with_fresh_seed(run.settings), offline=data.is_stand_in)
    outcomes: list[Outcome] = list(refused)
    feedback: dict[str, Path] = {}
    with ResultWriter(run.directory, run.lesson, releases) as writer:
        writer.enter_students(planned, [each.student for each in refused])
        total = len(planned) + len(refused)
        for number, refusal in enumerate(refused, start=1):
            _report(on_result, refusal, number, total)
        for outcome in _results(run, planned, settings, data):
            outcomes.append(outcome)
            if isinstance(outcome, GradedNotebook):
                writer.save(outcome)
                path = writer.feedback_path(outcome.student, outcome.notebook)
                feedback.setdefault(outcome.student, path)
            _report(on_result, outcome, len(outcomes), total)
    report = summarize(
        outcomes,
        lesson=run.lesson.folder,
        title=run.lesson.title,
        points={k: v for each in releases for k, v in each.points.items()},
        titles=_titles(outcomes),
        data=data.sentence,
        bonus=run.lesson.bonus,
        notes=_notes(run, data, outcomes),
        seconds=round(time.monotonic() - started, 1),
    )
    page = write_report(report, run.directory.reports / run.lesson.folder)
    return GradedClass(report, page, dict(sorted(feedback.items())))


def _results(
    run: ClassRun, planned: Sequence[Planned], settings: Settings, data: DataInUse
) -> Iterator[Outcome]:
    """Yield what earlier runs have finished, then what is graded now."""
    finished = Finished(run.directory.finished)
    keys = {}
    waiting = []
    for each in planned:
        try:
            key = result_key(each, settings, data.sentence)
        except OSError:
            key = ""  # its task will say what is wrong with the file
        keys[each.student, each.release.name] = key
        kept = finished.find(each, key) if key and not run.again else None
        if kept is None:
            waiting.append(each)
        else:
            yield replace(kept, from_earlier_run=True)
    for outcome in grade_all(waiting, settings, num_workers=run.num_workers):
        if isinstance(outcome, GradedNotebook):
            keyed = replace(outcome, key=keys[outcome.student, outcome.notebook])
            # What waits for a person may be a fault of ours: the next run tries again.
            if keyed.key and not keyed.needs_person:
                finished.keep(keyed)
            yield keyed
        else:
            yield outcome


def _refuse_stand_in(run: ClassRun, data: DataInUse) -> None:
    """Stop before anything runs if the marks would depend on stand-in data."""
    if data.decides_marks and data.is_stand_in and not run.allow_stand_in:
        raise StandInData(
            f"Marks of {run.lesson.folder} depend on data, and {data.sentence} Next: "
            "get the real data with `course data fetch`, or add --allow-stand-in if "
            "these are no marks."
        )


def _with_fresh_seed(settings: Settings) -> Settings:
    """Draw the seed of random cases now, after the students' code was fixed."""
    if settings.case_seed:
        return settings
    return replace(settings, case_seed=1 + secrets.randbelow(2**31 - 1))


def _report(
    on_result: Progress | None, outcome: Outcome, number: int, total: int
) -> None:
    """Tell the caller about one outcome."""
    if on_result is not None:
        on_result(outcome, number, total)


def _titles(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Return exercise titles: as declared, else as the judge gave them."""
    declared = {key: each.title for key, each in all_exercises().items()}
    judged = {
        verdict.exercise: verdict.title
        for outcome in outcomes
        if not isinstance(outcome, Refused)
        for verdict in outcome.judged
    }
    return judged | declared


def _notes(run: ClassRun, data: DataInUse, outcomes: Sequence[Outcome]) -> list[str]:
    """Return what the teacher must know besides points."""
    graded = [each for each in outcomes if isinstance(each, GradedNotebook)]
    notes = []
    measured = any(v.stand_in for each in graded for v in each.judged)
    if measured or (data.decides_marks and data.is_stand_in):
        notes.append(
            "STAND-IN DATA: these points are for trying out, not for marks. "
            "Get the real data with `course data fetch`."
        )
    num_kept = sum(each.from_earlier_run for each in graded)
    if num_kept:
        notes.append(
            f"{num_kept} of {len(graded)} notebooks were graded by an earlier run and "
            "not run again, because nothing has changed. To grade all: --again."
        )
    notes += [each.sentence for each in find_mismatches(graded, run.codes)]
    return notes
