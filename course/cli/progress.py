"""`course progress`: what you have passed so far."""

import json
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from checkers.progress import is_kept, progress_path
from course.catalog import CatalogError, find_lessons, load_catalog
from course.progress import LessonProgress, measure

__all__ = ["command"]

FORMAT_VERSION = 1


@click.command("progress")
@click.argument("lesson", default="all")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def command(lesson: str, as_json: bool) -> None:
    """Show what you have passed in LESSON (a number, a folder name or "all").

    Each verdict in a notebook adds one line to a file in your user data folder, which
    stays when you install the course anew. COURSE_PROGRESS names another file, or
    switches it off.
    """
    try:
        found = measure(find_lessons(lesson, load_catalog()))
    except CatalogError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            f"Expected a readable file of progress. Received: {error}. "
            "Next: correct its permissions, or let COURSE_PROGRESS name another file."
        ) from error
    if as_json:
        content = {
            "format_version": FORMAT_VERSION,
            "lessons": list(map(_plain, found)),
        }
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False, soft_wrap=True)
    if len(found) == 1:
        console.print(f"{found[0].lesson.folder}: {escape(found[0].in_words())}")
    console.print(_exercises(found[0]) if len(found) == 1 else _overview(found))
    if not is_kept():
        console.print("[yellow]Nothing is written down: COURSE_PROGRESS is off.[/]")
    elif progress_path().is_file():
        console.print(f"[dim]Kept in {escape(str(progress_path()))}[/]")
    else:
        console.print("[dim]No verdict yet. Next: course lab 00[/]")


def _plain(one: LessonProgress) -> dict[str, Any]:
    """Return one lesson as plain data."""
    return {
        "folder": one.lesson.folder,
        "passed": one.passed(one.core),
        "exercises": len(one.core),
        "points": one.points,
        "max_points": one.lesson.points,
        "next": one.next_exercise,
        "standings": [asdict(standing) for standing in one.standings.values()],
    }


def _overview(lessons: tuple[LessonProgress, ...]) -> Table:
    """Return one row per lesson."""
    table = Table(box=None)
    for heading in ("lesson", "passed", "★", "points", "next"):
        is_number = heading in ("passed", "★", "points")
        table.add_column(heading, justify="right" if is_number else "left")
    for one in lessons:
        table.add_row(
            f"{one.lesson.folder}",
            f"{one.passed(one.core)} of {len(one.core)}",
            str(one.passed(one.lesson.bonus) or ""),
            f"{one.points:g} of {one.lesson.points}",
            escape(one.next_exercise) or "all passed",
        )
    return table


def _exercises(one: LessonProgress) -> Table:
    """Return one row per exercise of a lesson."""
    table = Table(box=None)
    for heading in ("", "exercise", "best", "tries", "last"):
        is_number = heading in ("best", "tries")
        table.add_column(heading, justify="right" if is_number else "left")
    for name in one.lesson.exercise_ids:
        standing = one.standings.get(name)
        star = " ★" if name in one.lesson.bonus else ""
        if standing is None:
            table.add_row("·", f"{escape(name)}{star}", "", "", "not tried")
            continue
        table.add_row(
            "[green]✓ passed[/]" if standing.passed else "[yellow]✗ not yet[/]",
            f"{escape(name)}{star}",
            f"{standing.points:g} of {standing.max_points:g}",
            str(standing.tries),
            standing.last[:10],
        )
    return table
