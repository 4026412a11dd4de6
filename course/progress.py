"""How far a learner is, by lesson: for `course progress` and the welcome notebook."""

from __future__ import annotations

import html
from dataclasses import dataclass

from checkers.progress import Standing, is_kept, progress_path, standings
from course.catalog import Lesson, load_catalog

__all__ = ["LessonProgress", "Panel", "measure", "panel"]

_HEADINGS = (("Lesson", 1), ("Exercises passed", 2), ("Points", 1), ("Next", 1))
_CELL = "padding:2px 12px 2px 0;text-align:left;vertical-align:middle"


@dataclass(frozen=True)
class LessonProgress:
    """One lesson with what was passed in it.

    Attributes:
        lesson: The lesson.
        standings: Standing by exercise id; only exercises that were tried.
    """

    lesson: Lesson
    standings: dict[str, Standing]

    @property
    def core(self) -> tuple[str, ...]:
        """Ids of the exercises without a star."""
        bonus = self.lesson.bonus
        return tuple(name for name in self.lesson.exercise_ids if name not in bonus)

    def passed(self, names: tuple[str, ...]) -> int:
        """Return how many of some exercises are passed."""
        return sum(
            name in self.standings and self.standings[name].passed for name in names
        )

    @property
    def points(self) -> float:
        """Most points that were reached in each exercise without a star, added up."""
        found = (self.standings[name] for name in self.core if name in self.standings)
        return round(sum(one.points for one in found), 2)

    @property
    def next_exercise(self) -> str:
        """Id of the first exercise without a star that is not passed; "" if none."""
        waiting = (n for n in self.core if not self.passed((n,)))
        return next(waiting, "")

    def in_words(self) -> str:
        """Return one line: what is passed, of how many, and the points."""
        text = f"{self.passed(self.core)} of {len(self.core)} exercises passed"
        stars = self.passed(self.lesson.bonus)
        text += f" and {stars} with ★" if stars else ""
        return f"{text}, {self.points:g} of {self.lesson.points} points"


def measure(lessons: tuple[Lesson, ...]) -> tuple[LessonProgress, ...]:
    """Return the progress in each lesson.

    Raises:
        OSError: If there is a file of progress that cannot be read.
    """
    found = standings()
    return tuple(
        LessonProgress(lesson, {n: found[n] for n in lesson.exercise_ids if n in found})
        for lesson in lessons
    )


class Panel:
    """The progress in all lessons; shows itself in a notebook, and as text."""

    def __init__(self, lessons: tuple[LessonProgress, ...]) -> None:
        """Keep what is shown."""
        self.lessons = lessons

    def __repr__(self) -> str:
        """Return one line per lesson with exercises."""
        lines = [f"{one.lesson.folder:18} {one.in_words()}" for one in self._counted()]
        return "\n".join((*lines, self._below()))

    def to_html(self) -> str:
        """Return a table with one bar per lesson, without scripts."""
        rows = "".join(map(_row, self._counted()))
        head = "".join(
            f'<th scope="col" colspan="{columns}" style="{_CELL}">{name}</th>'
            for name, columns in _HEADINGS
        )
        return (
            '<table style="border-collapse:collapse"><caption style="text-align:left">'
            f"<strong>Your progress</strong></caption><tr>{head}</tr>{rows}</table>"
            f"<p>{html.escape(self._below())}</p>"
        )

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str]:
        return {"text/html": self.to_html(), "text/plain": repr(self)}

    def _counted(self) -> tuple[LessonProgress, ...]:
        return tuple(one for one in self.lessons if one.core)

    def _below(self) -> str:
        if not is_kept():
            return "Nothing is written down: COURSE_PROGRESS is off, or you are graded."
        return f"Kept in {progress_path()}. An exercise counts once it has passed."


def panel() -> Panel:
    """Return the panel of all lessons."""
    return Panel(measure(load_catalog()))


def _row(one: LessonProgress) -> str:
    """Return one lesson as a row; the bar repeats the words beside it."""
    done, total = one.passed(one.core), len(one.core)
    cells = (
        f'<progress max="{total}" value="{done}" aria-hidden="true"></progress>',
        f"{done} of {total}",
        f"{one.points:g} of {one.lesson.points}",
        html.escape(one.next_exercise) or "all passed",
    )
    name = html.escape(f"{one.lesson.number} {one.lesson.title}")
    data = "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells)
    return (
        f'<tr><th scope="row" style="{_CELL};font-weight:normal">{name}</th>{data}</tr>'
    )
