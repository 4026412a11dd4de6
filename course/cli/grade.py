"""`course grade`: submissions in; gradebook, feedback pages and class report out."""

import json
import sys
from pathlib import Path

import click
from rich.console import Console

from course.catalog import CatalogError, Lesson, find_lessons, load_catalog
from course.cli._grading_progress import show_progress
from course.codes.roster import RosterError
from course.datasets import DatasetError
from course.grading.directory import CourseDirectory
from course.grading.release import ReleaseError
from course.grading.roster import read_roster
from course.grading.task import Settings
from course.jails.isolation import NoIsolation, choose
from course.jails.request import Jail

__all__ = ["command"]


@click.command()
@click.argument("submissions", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--lesson", "wanted", help="Lesson by number, folder or name: 09.")
@click.option(
    "--course-directory",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where gradebook.db, submitted/, autograded/, feedback/ and reports/ lie. "
    "Default: $COURSE_DIRECTORY, else the user's data folder.",
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Notebooks at a time; each needs about 0.8 GB of memory.",
)
@click.option(
    "--timeout",
    default=120,
    show_default=True,
    type=click.IntRange(min=1),
    help="Seconds that one cell may take.",
)
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="List with personal codes from `course codes`; other codes are reported.",
)
@click.option(
    "--allow-stand-in",
    is_flag=True,
    help="Grade on stand-in data, for trying out; never for marks.",
)
@click.option(
    "--jail",
    "jail_kind",
    type=click.Choice(["auto", "warm", "cold"]),
    default="auto",
    show_default=True,
    help="What students' code is locked into; `course doctor` says what works here.",
)
@click.option(
    "--unsafe",
    is_flag=True,
    help="Run students' code as yourself, with your files and your network.",
)
@click.option(
    "--again", is_flag=True, help="Also grade what an earlier run has finished."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--init",
    is_flag=True,
    help="Only make the course directory ready for nbgrader, and stop.",
)
def command(
    submissions: tuple[Path, ...],
    wanted: str | None,
    course_directory: Path | None,
    workers: int,
    timeout: int,
    roster: Path | None,
    allow_stand_in: bool,
    jail_kind: str,
    unsafe: bool,
    again: bool,
    as_json: bool,
    init: bool,
) -> None:
    """Grade SUBMISSIONS: folders with <student>/exercises.ipynb, zips, or notebooks.

    Zips as Moodle, Canvas or students make them are read as they are. Who owns a file
    is told by its first folder, or by its name where no folder names anybody.

    A run that was stopped can be started again: what it has finished is not run
    twice, as long as submission, lesson, data and checker are the same.

    Without SUBMISSIONS it grades what lies in the course directory's submitted/.
    """
    directory = CourseDirectory.choose(course_directory)
    if init:
        directory.prepare()
        click.echo(f"Ready: run nbgrader in {directory.root}, or `course grade`.")
        return
    lesson = _lesson(wanted)
    # Everything below imports nbgrader, which takes a second: help must stay quick.
    from course.grading.gradebook import LessonChanged
    from course.grading.run import ClassRun, NothingToGrade, StandInData, grade_class
    from course.reports.terminal import show_report

    console = Console(stderr=as_json)
    jail = None if unsafe else _jail(jail_kind)
    try:
        run = ClassRun(
            paths=submissions or (directory.submitted,),
            lesson=lesson,
            directory=directory,
            num_workers=workers,
            settings=Settings(timeout_s=timeout, jail=jail),
            allow_stand_in=allow_stand_in,
            codes=read_roster(roster) if roster else {},
            again=again,
        )
        with show_progress(console) as on_result:
            graded = grade_class(run, on_result)
    except (
        DatasetError,
        LessonChanged,
        NothingToGrade,
        ReleaseError,
        RosterError,
        StandInData,
    ) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        json.dump(graded.report.to_dict(), sys.stdout, indent=1, ensure_ascii=False)
        click.echo()
        return
    show_report(graded.report, console)
    click.echo(f"Gradebook: {directory.root / 'gradebook.db'}")
    click.echo(f"Class report: {graded.page}")
    click.echo(f"Feedback: {directory.feedback}{'/<student>/'}{lesson.folder}/")


def _jail(kind: str) -> Jail:
    """Return the jail for students' code; without one nothing runs."""
    try:
        return Jail(choose(kind))
    except NoIsolation as error:
        raise click.ClickException(
            f"This machine cannot lock students' code in. {error}. Next: grade on a "
            "Linux machine with user namespaces, or add --unsafe if you trust every "
            "student with your account, your files and your network."
        ) from error


def _lesson(wanted: str | None) -> Lesson:
    """Return the one lesson asked for."""
    if wanted is None:
        raise click.UsageError("Say which lesson: --lesson 09.")
    try:
        lessons = find_lessons(wanted, load_catalog())
    except CatalogError as error:
        raise click.ClickException(str(error)) from error
    if len(lessons) != 1:
        raise click.UsageError("Grade one lesson at a time: --lesson 09.")
    return lessons[0]
