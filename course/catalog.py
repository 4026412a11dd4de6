"""The list of lessons: reads `course.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.paths import catalog_path, lessons_path

__all__ = ["CatalogError", "Lesson", "find_lessons", "load_catalog"]

FORMAT_VERSION = 1


class CatalogError(ValueError):
    """`course.toml` is wrong, or a lesson is asked for that it does not list."""


@dataclass(frozen=True)
class Lesson:
    """One lesson as `course.toml` states it.

    Attributes:
        folder: Folder name below `course/lessons`, number first: `09_dropout`.
        slug: Name without the number: `dropout`; also the checker's module.
        lesson_minutes: Minutes to read and run the walk-through.
        exercise_minutes: Minutes for the core exercises.
        points: Points of all exercises outside `bonus`.
        exercises: Exercise ids in the graded notebook, in order.
        challenge: Exercise ids in the challenge notebook, in order.
        bonus: Ids, also listed above, that are outside the pass mark.
        short: True for a lesson that may have fewer words than usual.
    """

    folder: str
    slug: str
    title: str
    lesson_minutes: int
    exercise_minutes: int
    points: int
    prerequisites: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    challenge: tuple[str, ...] = ()
    bonus: tuple[str, ...] = ()
    short: bool = False

    @property
    def number(self) -> str:
        """The lesson's number as written in its folder name: `09`."""
        return self.folder.split("_", 1)[0]

    @property
    def path(self) -> Path:
        """The folder of the lesson's source."""
        return lessons_path() / self.folder

    @property
    def exercise_ids(self) -> tuple[str, ...]:
        """All exercise ids, graded notebook first."""
        return self.exercises + self.challenge

    def notebook_ids(self) -> dict[str, tuple[str, ...]]:
        """Return exercise ids by notebook name, without empty notebooks."""
        pairs = {"exercises": self.exercises, "challenge": self.challenge}
        return {name: ids for name, ids in pairs.items() if ids}


def load_catalog(path: Path | None = None) -> tuple[Lesson, ...]:
    """Return all lessons in course order.

    Raises:
        CatalogError: If the file has another format version, an unknown key, a
            missing key or a folder that does not fit its slug.
    """
    path = path or catalog_path()
    with path.open("rb") as file:
        content = tomllib.load(file)
    version = content.get("format_version")
    if version != FORMAT_VERSION:
        raise CatalogError(
            f"{path.name}: expected format_version = {FORMAT_VERSION}, "
            f"received {version!r}. Next: install the version of layerwise that "
            "this file was written for."
        )
    return tuple(_lesson(entry, path) for entry in content.get("lesson", []))


def find_lessons(wanted: str, lessons: tuple[Lesson, ...]) -> tuple[Lesson, ...]:
    """Return the lessons that `wanted` names: `09`, `9`, a folder, a slug or `all`.

    Raises:
        CatalogError: If no lesson fits; the message lists those there are.
    """
    if wanted == "all":
        return lessons
    key = wanted.strip("/")
    found = tuple(
        lesson
        for lesson in lessons
        if key in (lesson.folder, lesson.slug, lesson.number)
        or (key.isdigit() and int(key) == int(lesson.number))
    )
    if not found:
        names = ", ".join(lesson.folder for lesson in lessons)
        raise CatalogError(
            f"No lesson is called {wanted!r}. There are: {names}. "
            "Next: use a number, a folder name or 'all'."
        )
    return found


def _lesson(entry: dict[str, Any], path: Path) -> Lesson:
    """Turn one `[[lesson]]` table into a `Lesson`."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
    }
    try:
        lesson = Lesson(**values)
    except TypeError as error:
        name = entry.get("folder", "a lesson without folder")
        raise CatalogError(f"{path.name}, {name}: {error}.") from error
    if not lesson.folder.endswith("_" + lesson.slug):
        raise CatalogError(
            f"{path.name}: folder {lesson.folder!r} does not end in _{lesson.slug}."
        )
    return lesson
