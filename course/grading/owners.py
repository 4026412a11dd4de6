"""To whom a handed-in file belongs: the one rule for names, whatever it came with.

=====================================  =================================================
`anna/exercises.ipynb`                 anna: the first folder (nbgrader's `submitted/`)
`anna.ipynb`                           anna: the file, where no folder names anybody
`Anna M_123_assignsubmission_file_/`   "Anna M_123": Moodle, with folders or without
`musteranna_77_1234_exercises.ipynb`   musteranna_77: Canvas; `_LATE` is left out
=====================================  =================================================

Moodle and Canvas add numbers because names repeat, so the numbers stay in the name.
"""

import re
from collections.abc import Iterable

__all__ = [
    "LESSON_FOLDER",
    "RELEASED_NAMES",
    "is_ignored",
    "name_from_lms",
    "why_no_name",
]

LESSON_FOLDER = re.compile(r"\d\d_[a-z0-9_]+")  # names no student
RELEASED_NAMES = ("exercises", "challenge")  # nor do these
IGNORED_FOLDERS = {".ipynb_checkpoints", "__pycache__", "__MACOSX"}
MAX_NAME = 100  # characters; a folder is made of it, three times over
_MOODLE = re.compile(
    r"(?P<who>.+_\d+)_assignsubmission_[a-z]+_?(?P<rest>.*)", re.DOTALL
)
_CANVAS = re.compile(
    r"(?P<who>[^_]+)(?:_LATE)?_(?P<user>\d+)_\d+_(?P<rest>.+)", re.DOTALL
)
_FORBIDDEN = set('/\\:*?"<>|')


def is_ignored(parts: Iterable[str]) -> bool:
    """Return True for checkpoints, hidden files and what systems add by themselves."""
    return any(part.startswith(".") or part in IGNORED_FOLDERS for part in parts)


def name_from_lms(part: str) -> tuple[str, str] | None:
    """Return student and file name behind a name that Moodle or Canvas made.

    Args:
        part: Name of one folder or file, with its suffix.

    Returns:
        The student and what is left, "" for a folder; None for any other name.
    """
    if found := _MOODLE.fullmatch(part):
        return found["who"], found["rest"]
    if found := _CANVAS.fullmatch(part):
        return f"{found['who']}_{found['user']}", found["rest"]
    return None


def why_no_name(student: str) -> str:
    """Return why a student's folders cannot have this name, or ""."""
    if not student.strip() or student != student.strip() or student.startswith("."):
        return "It begins or ends with a space or a dot, or is empty."
    if len(student) > MAX_NAME:
        return f"It is longer than {MAX_NAME} characters."
    if not student.isprintable() or _FORBIDDEN & set(student):
        return "It has characters that cannot stand in the name of a folder."
    return ""
