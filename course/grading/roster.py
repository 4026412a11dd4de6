"""Compare the personal codes in submissions with those that were handed out."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course.codes.roster import CODE_COLUMN, ID_COLUMNS, RosterError
from course.grading.outcomes import GradedNotebook

__all__ = ["CodeMismatch", "find_mismatches", "read_roster"]


@dataclass(frozen=True)
class CodeMismatch:
    """A student who worked under a code that is not theirs.

    Attributes:
        used: The code in the notebook; "" if there was none.
        owner: Whose code it is; "" if nobody's.
    """

    student: str
    used: str
    owner: str

    @property
    def sentence(self) -> str:
        """Say it for the report."""
        if not self.used:
            return f"{self.student} used no personal code."
        if self.owner:
            return f"{self.student} used the code of {self.owner}."
        return f"{self.student} used the code {self.used!r}, which nobody was given."


def read_roster(path: Path) -> dict[str, str]:
    """Return codes by student from the list that `course codes` wrote.

    Raises:
        RosterError: If the file has no columns for id and code.
    """
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames or []
        id_column = next((name for name in columns if name.lower() in ID_COLUMNS), None)
        if id_column is None or CODE_COLUMN not in columns:
            raise RosterError(
                f"{path}: expected a column {CODE_COLUMN!r} and one of {ID_COLUMNS}, "
                f"received {columns}. Next: make the list with `course codes`."
            )
        return {row[id_column].strip(): row[CODE_COLUMN].strip() for row in reader}


def find_mismatches(
    graded: Iterable[GradedNotebook], codes: dict[str, str]
) -> list[CodeMismatch]:
    """Return the students of the roster whose notebooks carry another code.

    Exercises that were not captured or need no code say nothing about it.

    Args:
        graded: All graded notebooks.
        codes: Code by student, from the roster.
    """
    owners = {code: student for student, code in codes.items()}
    found = set()
    for notebook in graded:
        expected = codes.get(notebook.student)
        used = {verdict.code for verdict in notebook.judged if verdict.takes_code}
        for code in used - {expected} if expected else ():
            found.add((notebook.student, code, owners.get(code, "")))
    return [CodeMismatch(*each) for each in sorted(found)]
