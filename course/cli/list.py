"""`course list`: lessons and exercises with types, points and minutes."""

import json
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course.catalog import CatalogError, Lesson, find_lessons, load_catalog

__all__ = ["command"]

FORMAT_VERSION = 1
BONUS = "★"


@click.command(name="list")
@click.argument("lesson", default="all")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def command(lesson: str, as_json: bool) -> None:
    """List LESSON (a number, a folder name or "all") with its exercises."""
    try:
        lessons = find_lessons(lesson, load_catalog())
    except CatalogError as error:
        raise click.ClickException(str(error)) from error
    described = [describe(one) for one in lessons]
    if as_json:
        content = {"format_version": FORMAT_VERSION, "lessons": described}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    for one in described:
        console.print(lesson_table(one))
    console.print(legend())


def describe(lesson: Lesson) -> dict[str, Any]:
    """Return a lesson and its exercises as plain data."""
    return {
        "folder": lesson.folder,
        "slug": lesson.slug,
        "title": lesson.title,
        "lesson_minutes": lesson.lesson_minutes,
        "exercise_minutes": lesson.exercise_minutes,
        "points": lesson.points,
        "prerequisites": list(lesson.prerequisites),
        "exercises": [
            _describe_exercise(name, notebook, name in lesson.bonus)
            for notebook, names in lesson.notebook_ids().items()
            for name in names
        ],
    }


def lesson_table(lesson: dict[str, Any]) -> Table:
    """Return one lesson as a table for the terminal."""
    title = (
        f"[bold]{escape(lesson['folder'])}  {escape(lesson['title'])}[/]  "
        f"[dim]{lesson['points']:g} points · {lesson['lesson_minutes']} min lesson · "
        f"{lesson['exercise_minutes']} min exercises[/]"
    )
    table = Table(title=title, title_justify="left", title_style="", box=None)
    for heading in ("", "type", "points", "min", "exercise", "title", "notebook"):
        is_number = heading in ("points", "min")
        table.add_column(
            heading,
            justify="right" if is_number else "left",
            no_wrap=heading == "exercise",  # an id is copied, so it stays whole
        )
    for one in lesson["exercises"]:
        table.add_row(
            BONUS if one["bonus"] else "",
            one["kind"] or "?",
            "?" if one["points"] is None else f"{one['points']:g}",
            "?" if one["minutes"] is None else str(one["minutes"]),
            escape(one["id"]),
            escape(one["title"] or "not declared in checkers/tasks"),
            one["notebook"],
        )
    return table


def legend() -> str:
    """Return what letters and star mean."""
    from checkers.exercise import KINDS

    kinds = " · ".join(f"{letter} {name}" for letter, name in KINDS.items())
    return f"[dim]{kinds} · {BONUS} bonus, outside the pass mark[/]"


def _describe_exercise(name: str, notebook: str, is_bonus: bool) -> dict[str, Any]:
    """Return one exercise; None where nothing is declared yet."""
    from checkers.exercise import KINDS
    from checkers.tasks import all_exercises

    exercise = all_exercises().get(name)
    return {
        "id": name,
        "title": exercise.title if exercise else None,
        "kind": exercise.kind if exercise else None,
        "kind_name": KINDS[exercise.kind] if exercise else None,
        "points": exercise.points if exercise else None,
        "minutes": exercise.minutes if exercise else None,
        "notebook": notebook,
        "bonus": is_bonus,
    }
