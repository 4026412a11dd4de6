"""Running notebooks: one way for `course run`, `course verify` and the tests."""

from course.running.notebook import NotebookFailed, execute

__all__ = ["NotebookFailed", "execute"]
