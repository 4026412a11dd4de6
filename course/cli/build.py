"""`course build`: make solutions/ and notebooks/ from the lesson scripts."""

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from course.build.errors import BuildError
from course.build.misconceptions import misconceptions_page
from course.build.pipeline import (
    Derivative,
    build_lesson,
    find_drift,
    unlisted_folders,
    write,
)
from course.catalog import CatalogError, Lesson, find_lessons, load_catalog
from course.paths import is_clone, lessons_path, share_path

__all__ = ["command"]


@click.command()
@click.argument("lesson", default="all")
@click.option("--check", is_flag=True, help="Change nothing; fail if files differ.")
def command(lesson: str, check: bool) -> None:
    """Build LESSON (a number, a folder name or "all") into solutions/ and notebooks/.

    The scripts in course/lessons are the only place to edit. "all" also writes the
    catalog of misconceptions, docs/misconceptions.md. Exit code 1: a script is
    wrong, or with --check a generated file is not what its script gives.
    """
    if not is_clone():
        raise click.ClickException(
            "An installed course has no scripts to build from. "
            "Next: run this in a clone of the project."
        )
    catalog = load_catalog()
    try:
        lessons = find_lessons(lesson, catalog)
    except CatalogError as error:
        raise click.ClickException(str(error)) from error
    console = Console(highlight=False, soft_wrap=True)
    derivatives, built = _build(lessons, console)
    if lesson == "all":
        from checkers.tasks import all_exercises

        derivatives.append(misconceptions_page(catalog, all_exercises()))
    root = share_path()
    is_right = len(built) == len(lessons)
    folders = built + (unlisted_folders(root, catalog) if lesson == "all" else [])
    if check:
        is_right = _report_drift(derivatives, root, folders, console) and is_right
    else:
        _write(derivatives, root, folders, console)
    if not is_right:
        raise SystemExit(1)


def _build(
    lessons: tuple[Lesson, ...], console: Console
) -> tuple[list[Derivative], list[str]]:
    """Build each lesson; report a wrong one and go on with the next."""
    from checkers.tasks import all_exercises

    registry = all_exercises()
    derivatives: list[Derivative] = []
    built: list[str] = []
    for lesson in lessons:
        try:
            derivatives += build_lesson(lesson, registry, lessons_path())
        except BuildError as error:
            console.print(f"[bold red]error[/] {escape(str(error))}")
        else:
            built.append(lesson.folder)
    return derivatives, built


def _report_drift(
    derivatives: list[Derivative], root: Path, folders: list[str], console: Console
) -> bool:
    """Print every difference; return True if there is none."""
    drift = find_drift(derivatives, root, folders)
    for item in drift:
        path = escape(item.path.as_posix())
        console.print(f"[bold red]{item.state}[/] {path}\n  Next: {escape(item.fix)}")
    if not drift:
        console.print(f"{len(derivatives)} generated files are current.")
    return not drift


def _write(
    derivatives: list[Derivative], root: Path, folders: list[str], console: Console
) -> None:
    """Write what changed and say so."""
    touched = write(derivatives, root, folders)
    for path in touched:
        verb = "wrote" if (root / path).is_file() else "deleted"
        console.print(f"{verb} {escape(path.as_posix())}")
    num_written = sum((root / path).is_file() for path in touched)
    console.print(
        f"{len(derivatives)} generated files: {num_written} changed, "
        f"{len(derivatives) - num_written} as they were."
    )
