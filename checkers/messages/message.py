"""One message: a code with its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checkers.i18n import fill, translate

__all__ = ["Message"]


@dataclass(frozen=True)
class Message:
    """What a learner reads when a code applies.

    Templates may use `{where}`, `{expected}`, `{received}` and whatever else the rule
    hands over.

    Attributes:
        code: Its name in reports: DROPOUT.RATE_IS_KEEP.
        sentence: Where, what was expected, what was received.
        why: Why it matters.
        next: What to do next.
        lesson: Slug of the lesson that treats it; "" if it belongs to none.
    """

    code: str
    sentence: str
    why: str
    next: str
    lesson: str = ""

    def fill(self, values: dict[str, Any]) -> tuple[str, str, str]:
        """Return sentence, why and next step with the values put in."""
        return (
            fill(translate(self.sentence), values),
            fill(translate(self.why), values),
            fill(translate(self.next), values),
        )
