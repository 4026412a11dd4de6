"""`course release`: make the bundle that a teacher hands to students."""

from pathlib import Path

import click
from rich.console import Console

from course.build.errors import BuildError
from course.build.pipeline import build_lesson, find_drift
from course.catalog import CatalogError, Lesson, find_lessons, load_catalog
from course.paths import is_clone, lessons_path, share_path
from course.release.bundle import BundleError, make_bundle

__all__ = ["command"]


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--for-marks",
    is_flag=True,
    help="Leave the keys out: checks say 'graded later'; `course grade` judges.",
)
@click.option("--lesson", default="all", show_default=True, help="Only this lesson.")
def command(out: Path, for_marks: bool, lesson: str) -> None:
    """Copy the course for students into the new folder OUT.

    It never holds solutions/, the scripts with the solutions or answers.py. With
    --for-marks it holds no keys either.
    """
    if not is_clone():
        raise click.ClickException(
            "An installed course cannot make a release. "
            "Next: run this in a clone of the project."
        )
    try:
        lessons = find_lessons(lesson, load_catalog())
        _require_current(lessons)
        num_files = make_bundle(share_path(), out, lessons, for_marks=for_marks)
    except (CatalogError, BuildError, BundleError) as error:
        raise click.ClickException(str(error)) from error
    console = Console(highlight=False, soft_wrap=True)
    keys = "without keys: checks say “graded later”" if for_marks else "with keys"
    console.print(f"{num_files} files in {out}, {keys}.")


def _require_current(lessons: tuple[Lesson, ...]) -> None:
    """Refuse to release notebooks that are older than their scripts."""
    from checkers.tasks import all_exercises

    for lesson in lessons:
        built = build_lesson(lesson, all_exercises(), lessons_path())
        for drift in find_drift(built, share_path(), [lesson.folder]):
            raise BundleError(f"{drift.path} is {drift.state}. Next: {drift.fix}.")
