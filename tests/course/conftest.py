"""A tiny lesson in a temporary folder, for the tests of build, verify and release."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from checkers.exercise import Check, Choice, Exercise, Function, Number
from course.build.pipeline import Derivative, build_lesson, write
from course.catalog import Lesson
from course.verify.subject import Subject

LESSON = """\
# %% [markdown]
# # Tiny
# Words about a tiny thing.

# %%
1 + 1

# %%
1 + 1
"""

EXERCISES = '''\
# %% [markdown]
# # Tiny: exercises

# %%
from checkers import tiny

PERSONAL_CODE = ""

# %% [markdown]
# ## Exercise 1 · A sum (1 point)

# %% answer="tiny-sum"
total = None
### BEGIN SOLUTION
total = 1 + 2
### END SOLUTION

# %% [markdown] solution="tiny-sum"
# Three, because one and two are three.

# %% [markdown]
# ## Exercise 2 · Doubling (2.5 points)

# %% answer="tiny-twice"
def twice(x):
    """Return two times x."""
    ### BEGIN SOLUTION
    doubled = 2 * x
    return doubled
    ### END SOLUTION


letter = None
### BEGIN SOLUTION
letter = "A"
### END SOLUTION
'''

DESIGN = """\
# Design of Tiny
## Objectives
## Out of scope
## Prerequisites
## Misconceptions addressed
"""

HINTS = ("Look.", "Look closer.", "Add the two.")
SUM = Exercise(
    id="tiny-sum",
    title="A sum",
    kind="N",
    parts=(Number("total"),),
    checks=(Check("value", 1, "the sum"),),
    hints=HINTS,
)
TWICE = Exercise(
    id="tiny-twice",
    title="Doubling",
    kind="F",
    parts=(Function("twice"), Choice("letter")),
    checks=(Check("values", 2, "its values"), Check("letter", 0.5, "the letter")),
    hints=HINTS,
)


@dataclass
class Tiny:
    """A project with one lesson; tests change it and look what the build says."""

    root: Path
    lesson: Lesson
    registry: dict[str, Exercise]

    @property
    def lessons_folder(self) -> Path:
        return self.root / "course" / "lessons"

    @property
    def folder(self) -> Path:
        return self.lessons_folder / self.lesson.folder

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that must be there."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def declare(self, **changes: Any) -> None:
        """Change what course.toml says."""
        self.lesson = replace(self.lesson, **changes)

    def build(self) -> dict[str, Derivative]:
        """Return the derivatives by path."""
        built = build_lesson(self.lesson, self.registry, self.lessons_folder)
        return {derivative.path.as_posix(): derivative for derivative in built}

    def write(self) -> list[str]:
        """Build, write, and return what was touched."""
        built = self.build().values()
        touched = write(built, self.root, [self.lesson.folder])
        return [path.as_posix() for path in touched]

    def subject(self, **key_problems: str) -> Subject:
        return Subject(
            self.lesson, self.registry, key_problems, self.lessons_folder, self.root
        )


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    lesson = Lesson(
        folder="05_tiny",
        slug="tiny",
        title="Tiny",
        lesson_minutes=10,
        exercise_minutes=10,
        points=3.5,
        exercises=("tiny-sum", "tiny-twice"),
        short=True,
    )
    project = Tiny(tmp_path, lesson, {SUM.id: SUM, TWICE.id: TWICE})
    project.folder.mkdir(parents=True)
    texts = {
        "lesson.py": LESSON,
        "exercises.py": EXERCISES,
        "design.md": DESIGN,
        "answers.py": "",
    }
    for name, text in texts.items():
        (project.folder / name).write_text(text, encoding="utf-8")
    return project
