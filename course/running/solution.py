"""Run a lesson's solution notebooks and keep what they reached."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course.catalog import Lesson
from course.paths import share_path, work_path
from course.results import Result, results_in
from course.running.notebook import NotebookFailed, execute
from course.running.seeds import with_seed

__all__ = [
    "NOTEBOOKS",
    "MissingNotebook",
    "Run",
    "Target",
    "find_targets",
    "run_target",
]

NOTEBOOKS = ("lesson", "exercises", "challenge")
EXCERPT_LINES = 6


class MissingNotebook(FileNotFoundError):
    """A solution notebook is asked for that is not there."""


@dataclass(frozen=True)
class Target:
    """One solution notebook to run.

    Attributes:
        lesson: The lesson that it belongs to.
        name: "lesson", "exercises" or "challenge".
        path: The notebook file.
        seed: What the notebook's seed line shall say; None leaves it as it is.
    """

    lesson: Lesson
    name: str
    path: Path
    seed: int | None = None

    @property
    def title(self) -> str:
        """The notebook as a person names it: `09_dropout/lesson`."""
        title = f"{self.lesson.folder}/{self.name}"
        return title if self.seed is None else f"{title}, seed {self.seed}"

    @property
    def file_name(self) -> str:
        """What its executed copy is called."""
        end = "" if self.seed is None else f"-seed{self.seed}"
        return f"{self.name}{end}.ipynb"

    def read(self) -> nbformat.NotebookNode:
        """Return the notebook as it will run.

        Raises:
            NoSeedLine: If a seed is wanted and the notebook has no line for it.
        """
        notebook = nbformat.read(self.path, as_version=4)
        if self.seed is None:
            return notebook
        return with_seed(notebook, self.seed, title=self.title)

    def num_code_cells(self) -> int:
        """Count the cells that will run."""
        return sum(cell.cell_type == "code" for cell in self.read().cells)


@dataclass(frozen=True)
class Run:
    """What came out of running one notebook.

    Attributes:
        target: The notebook.
        saved: Where its executed copy lies.
        seconds: Wall-clock time, the start of the kernel included.
        results: The figures that it reported.
        failure: "" or what stopped it, with the cell and the end of the traceback.
    """

    target: Target
    saved: Path
    seconds: float
    results: tuple[Result, ...]
    failure: str = ""

    @property
    def outside(self) -> tuple[Result, ...]:
        """The figures that were compared and lie outside their band."""
        return tuple(result for result in self.results if result.is_outside)


def find_targets(lessons: tuple[Lesson, ...], names: tuple[str, ...]) -> list[Target]:
    """Return the solution notebooks to run, in course order.

    Args:
        lessons: The lessons to run.
        names: Notebook names; () is all that a lesson has.

    Raises:
        MissingNotebook: If a lesson has no solution notebooks, or no lesson has one of
            the wanted names.
    """
    targets = list(_existing(lessons, names or NOTEBOOKS))
    if targets:
        return targets
    wanted = ", ".join(lesson.folder for lesson in lessons)
    named = f" called {' or '.join(names)}" if names else ""
    folder = share_path("solutions")
    raise MissingNotebook(
        f"Expected a solution notebook{named} of {wanted} in {folder}. "
        "Received: none. Next: run `course build`, or name another notebook."
    )


def run_target(
    target: Target,
    *,
    env: Mapping[str, str],
    timeout_s: int | None,
    on_cell: Callable[[], None] = lambda: None,
) -> Run:
    """Run one notebook in a folder of its own and save the executed copy.

    A failure is part of the answer, not an exception: the other notebooks still run.

    Args:
        target: The notebook.
        env: Variables for its kernel, such as COURSE_FAST.
        timeout_s: Seconds that one cell may take; None is no limit.
        on_cell: Called after each code cell.
    """
    folder = work_path() / "executed" / target.lesson.folder
    folder.mkdir(parents=True, exist_ok=True)
    saved = folder / target.file_name
    start, failure = time.monotonic(), ""
    try:
        notebook = execute(
            target.read(),
            folder=folder,
            env=env,
            timeout_s=timeout_s,
            on_cell=lambda index, cell: on_cell(),
        )
    except NotebookFailed as error:
        notebook, failure = error.notebook, describe(error)
    seconds = time.monotonic() - start
    nbformat.write(notebook, saved)
    return Run(target, saved, seconds, tuple(results_in(notebook)), failure)


def describe(error: NotebookFailed) -> str:
    """Return what stopped a notebook: the cell, the error, where in the code."""
    source = ""
    if error.cell_index is not None:
        lines = error.notebook.cells[error.cell_index].source.strip().splitlines()
        source = "\n".join(f"    {line}" for line in lines[:EXCERPT_LINES])
        if len(lines) > EXCERPT_LINES:
            source += f"\n    … {len(lines) - EXCERPT_LINES} more lines"
    return f"{error}\n{source}".rstrip()


def _existing(lessons: tuple[Lesson, ...], names: tuple[str, ...]) -> Iterator[Target]:
    """Yield the wanted notebooks that are there."""
    for lesson in lessons:
        for name in names:
            path = share_path("solutions", lesson.folder, f"{name}.ipynb")
            if path.is_file():
                yield Target(lesson, name, path)
