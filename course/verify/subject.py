"""What the invariants look at: one lesson with everything that belongs to it."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode

from course.build.notebook import Registry
from course.build.pipeline import SCRIPTS, TARGETS
from course.build.script import ScriptCell, read_script
from course.catalog import Lesson

if TYPE_CHECKING:
    from checkers.exercise import Exercise

__all__ = ["Execution", "Subject"]


@dataclass(frozen=True)
class Execution:
    """What became of one run of a notebook.

    Attributes:
        notebook: The executed notebook, None if it did not run to its end.
        failure: What stopped it, "" if nothing.
        seconds: How long it took.
    """

    notebook: NotebookNode | None
    failure: str
    seconds: float


@dataclass(frozen=True)
class Subject:
    """A lesson, its source folder, its derivatives and its exercises.

    Attributes:
        lesson: The lesson as `course.toml` states it.
        registry: All declared exercises by id.
        key_problems: What is wrong with an exercise's key, by id; absent if nothing.
        lessons_folder: Folder of the lesson sources.
        root: The project's top level, with `solutions/` and `notebooks/`.
    """

    lesson: Lesson
    registry: Registry
    key_problems: Mapping[str, str]
    lessons_folder: Path
    root: Path
    seconds: dict[str, float] = field(default_factory=dict)
    """Measured times by notebook, filled by the invariants that run notebooks."""
    begun: dict[tuple[str, str], Future[Execution]] = field(default_factory=dict)
    """Runs that were started ahead, by target and notebook."""

    @property
    def folder(self) -> Path:
        """The lesson's source folder."""
        return self.lessons_folder / self.lesson.folder

    @cached_property
    def scripts(self) -> dict[str, tuple[ScriptCell, ...]]:
        """Cells of the scripts there are, by notebook name."""
        paths = {name: self.folder / f"{name}.py" for name in SCRIPTS}
        return {
            name: read_script(path) for name, path in paths.items() if path.is_file()
        }

    @property
    def exercises(self) -> tuple["Exercise", ...]:
        """The lesson's exercises that are declared, in order."""
        ids = self.lesson.exercise_ids
        return tuple(self.registry[name] for name in ids if name in self.registry)

    def source_name(self, file: str) -> str:
        """Return how messages name a file of the source folder."""
        return f"course/lessons/{self.lesson.folder}/{file}"

    def rebuild(self) -> str:
        """Return the command that makes the derivatives anew."""
        return f"run `course build {self.lesson.number}`"

    def path_of(self, target: str, name: str) -> Path:
        """Return the path of a derivative: `path_of("notebooks", "exercises")`."""
        return self.root / target / self.lesson.folder / f"{name}.ipynb"

    def read(self, target: str, name: str) -> NotebookNode | None:
        """Return a derivative, None if it is not there."""
        path = self.path_of(target, name)
        return nbformat.read(path, as_version=4) if path.is_file() else None

    def derivatives(self) -> Iterator[tuple[str, str, NotebookNode]]:
        """Yield target, name and notebook of all derivatives there are."""
        for target in TARGETS:
            for name in SCRIPTS:
                notebook = self.read(target, name)
                if notebook is not None:
                    yield target, name, notebook
