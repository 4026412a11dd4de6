"""All invariants in the order of the numbers in the house rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from course.verify.answers import find_answer_problems
from course.verify.derivatives import (
    find_drift_problems,
    find_metadata_problems,
    find_points_problems,
    find_stub_problems,
)
from course.verify.problem import Problem
from course.verify.prose import find_format_problems
from course.verify.running import (
    Judge,
    find_solution_problems,
    find_untouched_problems,
)
from course.verify.structure import find_identity_problems
from course.verify.subject import Subject

__all__ = ["Invariant", "lesson_invariants"]


@dataclass(frozen=True)
class Invariant:
    """Something that always holds for a lesson.

    Attributes:
        number: Its number.
        title: What holds, in a few words.
        find: Yields the problems of one lesson.
        runs: "notebooks" or "answers" if it runs those, which takes a minute or more.
    """

    number: str
    title: str
    find: Callable[[Subject], Iterator[Problem]]
    runs: str = ""


def lesson_invariants(judge: Judge) -> tuple[Invariant, ...]:
    """Return the invariants of one lesson, the quick ones first.

    Args:
        judge: Judges a snapshot that a notebook left.
    """
    return (
        Invariant("1", "ids, hints, keys and files fit", find_identity_problems),
        Invariant("2", "the build is current", find_drift_problems),
        Invariant("6", "stub lines occur in the solution", find_stub_problems),
        Invariant("7", "no outputs, no stray metadata", find_metadata_problems),
        Invariant("8", "points and minutes fit", find_points_problems),
        Invariant("10", "lengths, plots, sections", find_format_problems),
        Invariant(
            "3",
            'untouched release runs, all "not attempted"',
            lambda subject: find_untouched_problems(subject, judge),
            runs="notebooks",
        ),
        Invariant(
            "4",
            "solutions run and get full points",
            lambda subject: find_solution_problems(subject, judge),
            runs="notebooks",
        ),
        Invariant(
            "5",
            "right variants pass, wrong ones fail",
            find_answer_problems,
            runs="answers",
        ),
    )
