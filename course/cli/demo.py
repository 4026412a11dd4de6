"""`course demo`: an invented class for lesson 09, graded from end to end."""

import shutil
from pathlib import Path

import click
from rich.console import Console

from course.catalog import find_lessons, load_catalog
from course.cli._grading_progress import show_progress
from course.grading.directory import CourseDirectory
from course.grading.release import ReleaseError, load_release
from course.grading.task import Settings
from course.paths import work_path

__all__ = ["command"]

LESSON = "09_dropout"
MARK = "made-by-course-demo.txt"


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write; emptied first. Default: demo/ in the folder of your work.",
)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def command(folder: Path | None, workers: int) -> None:
    """Grade a small invented class of lesson 09 and show what a teacher gets."""
    # nbgrader takes a second to import: help must stay quick.
    from course.demo.class_of_ten import write_submissions
    from course.grading.run import ClassRun, grade_class
    from course.reports.terminal import show_report

    console = Console()
    folder = (folder or work_path() / "demo").resolve()
    (lesson,) = find_lessons(LESSON, load_catalog())
    try:
        releases = load_release(lesson)
    except ReleaseError as error:
        raise click.ClickException(str(error)) from error
    _empty(folder)
    students = write_submissions(releases[0], folder / "handed-in")
    console.print(f"{len(students)} submissions of lesson {LESSON}, an invented class.")
    console.print("Each runs in a kernel of its own; the first takes the longest.")
    run = ClassRun(
        paths=[folder / "handed-in"],
        lesson=lesson,
        directory=CourseDirectory(folder / "class"),
        num_workers=workers,
        settings=Settings(timeout_s=120),
        allow_stand_in=True,  # nobody gets marks from a demo
    )
    with show_progress(console) as on_result:
        graded = grade_class(run, on_result)
    show_report(graded.report, console)
    console.print(f"Graded in {graded.report.seconds:.0f} s. Open in a browser:")
    for path in (graded.page, *graded.feedback.values()):
        console.print(f"  {path}", soft_wrap=True, highlight=False)


def _empty(folder: Path) -> None:
    """Empty the demo's folder; a folder that the demo did not make is left alone."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise click.ClickException(
            f"{folder} holds files that the demo did not make. "
            "Next: name another folder with --folder."
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text = "`course demo` made this folder and empties it each time.\n"
    (folder / MARK).write_text(text, encoding="utf-8")
