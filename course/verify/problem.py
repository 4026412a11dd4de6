"""What an invariant reports."""

from dataclasses import dataclass

__all__ = ["Problem"]


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold, with the way to put it right.

    Attributes:
        where: The file or the exercise.
        what: What was expected and what was found.
        fix: What to edit and to run next.
    """

    where: str
    what: str
    fix: str
