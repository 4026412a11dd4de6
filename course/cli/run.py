"""`course run`: execute solution notebooks and compare what they reach."""

from __future__ import annotations

import os
import sys

import click
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from course.catalog import CatalogError, find_lessons, load_catalog
from course.results import Result
from course.running.solution import (
    NOTEBOOKS,
    MissingNotebook,
    Run,
    Target,
    find_targets,
    run_target,
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
def command(
    lesson: str, fast: bool, names: tuple[str, ...], timeout_s: int, strict: bool
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
    runs = _run_all(targets, console, fast=fast, timeout_s=timeout_s)
    _show_times(runs, console)
    _show_figures(runs, console)
    _show_failures(runs, console)
    missed = strict and any(run.outside for run in runs)
    sys.exit(1 if missed or any(run.failure for run in runs) else 0)


def _run_all(
    targets: list[Target], console: Console, *, fast: bool, timeout_s: int
) -> list[Run]:
    """Run the notebooks one after the other under a bar that counts cells."""
    env = {"COURSE_FAST": "1"} if fast else {}
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("cells"),
        TimeElapsedColumn(),
    )
    runs = []
    with Progress(*columns, console=console) as progress:
        for target in targets:
            task = progress.add_task(target.title, total=target.num_code_cells())
            run = run_target(
                target,
                env={**env, "COLUMNS": os.environ.get("COLUMNS", "100")},
                timeout_s=timeout_s,
                on_cell=lambda task=task: progress.advance(task),  # type: ignore[misc]
            )
            progress.stop_task(task)
            runs.append(run)
    return runs


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


def _show_failures(runs: list[Run], console: Console) -> None:
    """Show what stopped each failed notebook."""
    for run in runs:
        if run.failure:
            console.print(f"[red]{run.target.title}[/]", highlight=False)
            console.print(escape(run.failure), highlight=False)
            console.print(
                f"Next: open {escape(str(run.saved))} to see all outputs up to there.",
                highlight=False,
            )
