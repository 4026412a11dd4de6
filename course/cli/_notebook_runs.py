"""Run notebooks under a bar that counts cells; `run` and `results` share it."""

import os
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

from course.running.solution import Run, Target, run_target

__all__ = ["run_all", "show_failures"]


def run_all(
    targets: Sequence[Target],
    console: Console,
    *,
    fast: bool,
    timeout_s: int,
    on_run: Callable[[Run], None] = lambda run: None,
) -> list[Run]:
    """Run the notebooks one after the other.

    Args:
        targets: The notebooks.
        console: Where the bars are drawn.
        fast: Whether to shorten the training.
        timeout_s: Seconds that one cell may take.
        on_run: Called with each run when it ends.
    """
    # Our own solutions are nobody's progress.
    env = {"COURSE_FAST": "1" if fast else "", "COURSE_PROGRESS": "off"}
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
            on_run(run)
    return runs


def show_failures(runs: Sequence[Run], console: Console) -> None:
    """Show what stopped each failed notebook."""
    for run in runs:
        if run.failure:
            console.print(f"[red]{run.target.title}[/]", highlight=False)
            console.print(escape(run.failure), highlight=False)
            console.print(
                f"Next: open {escape(str(run.saved))} to see all outputs up to there.",
                highlight=False,
            )
