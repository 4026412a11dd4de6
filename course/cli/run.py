"""`course run`: execute solution notebooks and compare what they reach."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import nbformat
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from course.catalog import CatalogError, find_lessons, load_catalog
from course.cli._notebook_runs import run_all, show_failures
from course.results import Result
from course.running.pictures import save_pictures
from course.running.solution import (
    NOTEBOOKS,
    MissingNotebook,
    Run,
    find_targets,
)
from course.settings import is_fast

__all__ = ["command"]

MARKS = {
    "inside": ("✓", "green"),
    "below": ("▼", "yellow"),
    "above": ("▲", "yellow"),
    "not finite": ("✗", "red"),
}
INDENT = (0, 0, 0, 4)


@click.command("run")
@click.argument("lesson")
@click.option(
    "--fast", is_flag=True, help="Train briefly (COURSE_FAST=1): a smoke test."
)
@click.option(
    "--notebook",
    "names",
    type=click.Choice(NOTEBOOKS),
    multiple=True,
    help="Only this notebook; may be repeated.",
)
@click.option(
    "--timeout",
    "timeout_s",
    type=click.IntRange(min=1),
    default=1200,
    show_default=True,
    help="Seconds that one cell may take.",
)
@click.option(
    "--strict", is_flag=True, help="Also fail if a figure lies outside its band."
)
@click.option(
    "--figures",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Also write every picture, with its alternative text, into DIR.",
)
def command(
    lesson: str,
    fast: bool,
    names: tuple[str, ...],
    timeout_s: int,
    strict: bool,
    figures: Path | None,
) -> None:
    """Run the solution notebooks of LESSON (09, dropout, 09_dropout or all).

    Shows the time of each notebook and compares the figures that it reports with the
    reference bands. Executed copies are kept in work/executed.
    """
    try:
        targets = find_targets(find_lessons(lesson, load_catalog()), names)
    except (CatalogError, MissingNotebook) as error:
        raise click.ClickException(str(error)) from error
    console = Console()
    fast = fast or is_fast()
    if fast:
        console.print("Fast mode: training is cut short, figures are not compared.")
    runs = run_all(targets, console, fast=fast, timeout_s=timeout_s)
    _show_times(runs, console)
    _show_figures(runs, console)
    if figures is not None:
        _save_pictures(runs, figures, console)
    show_failures(runs, console)
    missed = strict and any(run.outside for run in runs)
    sys.exit(1 if missed or any(run.failure for run in runs) else 0)


def _show_times(runs: list[Run], console: Console) -> None:
    """Show one line per notebook, and where the executed copies lie."""
    table = Table("notebook", "result", title="Notebooks", title_justify="left")
    table.add_column("seconds", justify="right")
    for run in runs:
        state = "[red]failed[/]" if run.failure else "[green]ran to its end[/]"
        table.add_row(run.target.title, state, f"{run.seconds:.1f}")
    table.add_section()
    table.add_row("together", "", f"{sum(run.seconds for run in runs):.1f}")
    console.print(table)
    folder = runs[0].saved.parent.parent
    console.print(f"Executed copies: {escape(str(folder))}", soft_wrap=True)


def _show_figures(runs: list[Run], console: Console) -> None:
    """Show the figures beside their bands, each in a few lines."""
    results = [result for run in runs for result in run.results]
    if results:
        console.print("\n[italic]Reached[/]")
    for result in results:
        mark, color = MARKS.get(result.state, ("·", "default"))
        stand_in = " [yellow]STAND-IN DATA[/]" if result.is_marked else ""
        title = escape(result.title)
        console.print(f"[{color}]{mark}[/]{stand_in} {title}", highlight=False)
        figures = f"[bold]{escape(result.value_text)}[/] · {_reference(result)}"
        state = f"[{color}]{escape(result.state)}[/]"
        console.print(Padding(f"{figures} · {state}", INDENT), highlight=False)


def _reference(result: Result) -> str:
    """Return the band and where it comes from."""
    if result.reference is None:
        return "shown only"
    return escape(f"reference {result.reference.band()} ({result.reference.origin})")


def _save_pictures(runs: list[Run], folder: Path, console: Console) -> None:
    """Write the pictures of all runs and say how many there are."""
    for run in runs:
        notebook = nbformat.read(run.saved, as_version=4)
        stem = f"{run.target.lesson.folder}-{Path(run.target.file_name).stem}"
        pictures = save_pictures(notebook, folder, stem=stem)
        where = escape(str(folder))
        console.print(f"{run.target.title}: {len(pictures)} pictures in {where}")
