"""A progress bar for grading: live in a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from course.grading.outcomes import GradedNotebook, Outcome

__all__ = ["show_progress"]


@contextmanager
def show_progress(console: Console) -> Iterator[Callable[[Outcome, int, int], None]]:
    """Yield a function that shows one more outcome."""
    if not console.is_terminal:

        def print_line(outcome: Outcome, done: int, total: int) -> None:
            console.print(f"[{done}/{total}] {sentence(outcome)}", markup=False)

        yield print_line
        return
    columns = (
        TextColumn("Grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("starting the first notebooks", total=None)

        def move(outcome: Outcome, done: int, total: int) -> None:
            progress.update(
                bar, completed=done, total=total, description=sentence(outcome)
            )

        yield move


def sentence(outcome: Outcome) -> str:
    """Say in a line how one submission ended."""
    if not isinstance(outcome, GradedNotebook):
        return f"{outcome.student}: refused. {outcome.reason}"
    points = f"{outcome.points:g} of {outcome.max_points:g} points"
    waiting = ", waits for a person" if outcome.needs_person else ""
    was_kept = outcome.from_earlier_run
    seconds = " (by an earlier run)" if was_kept else f" ({outcome.seconds:.1f} s)"
    return f"{outcome.student}/{outcome.notebook}: {points}{waiting}{seconds}"
