"""The key half of an exercise: what is right. Never shipped where marks count."""

from __future__ import annotations

from dataclasses import dataclass

from checkers.exercise import DeclarationError, Exercise
from checkers.rules.base import Rule

__all__ = ["Key"]


@dataclass(frozen=True)
class Key:
    """What is right for one exercise.

    Attributes:
        exercise: Exercise id.
        rules: Together they decide every check of the exercise.
        solution: The solution with its explanation, as text.
    """

    exercise: str
    rules: tuple[Rule, ...]
    solution: str

    def validate(self, exercise: Exercise) -> None:
        """Compare the two halves.

        Raises:
            DeclarationError: If a check has no rule, a rule decides a check that is
                not declared, or a rule reads a part that does not exist.
        """
        declared = {check.name for check in exercise.checks}
        decided = {name for rule in self.rules for name in rule.checks}
        parts = {part.name for part in exercise.parts}
        unknown = {rule.part for rule in self.rules} - parts
        if declared != decided or unknown:
            raise DeclarationError(
                f"{self.exercise}: checks without a rule {sorted(declared - decided)}, "
                f"rules without a check {sorted(decided - declared)}, "
                f"unknown parts {sorted(unknown)}."
            )
