"""What the build says when a lesson's source is wrong."""

from pathlib import Path

__all__ = ["BuildError"]


class BuildError(ValueError):
    """A lesson's source cannot become a notebook; the message says what to change.

    Attributes:
        source: The script to edit.
    """

    def __init__(self, source: Path, problem: str, next_step: str) -> None:
        """Make the message: the file by its last three names, the problem, the step."""
        self.source = source
        name = "/".join(source.parts[-3:])
        super().__init__(f"{name}: {problem} Next: {next_step}")
