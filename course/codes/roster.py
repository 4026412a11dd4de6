"""Give every student of a class list a personal code."""

from __future__ import annotations

import csv
import io

from course.codes.code import personal_code

__all__ = ["RosterError", "code_roster"]

ID_COLUMNS = ("id", "student_id", "student", "username", "login")
CODE_COLUMN = "code"


class RosterError(ValueError):
    """The class list cannot be used; the text names the line and what to do."""


def code_roster(text: str, secret: str) -> str:
    r"""Return the class list with a column `code`.

    Args:
        text: A CSV file with a heading; one column holds the ids and is called "id",
            "student_id", "student", "username" or "login". Other columns are kept.
        secret: The course's secret.

    Raises:
        RosterError: If there is no such column or no student, or an id is missing or
            appears twice.
        CodeError: If an id cannot have a code.

    Example:
        >>> print(code_roster("id,name\nada,Ada", "a secret for the documentation"))
        id,name,code
        ada,Ada,ada-909245c190
        <BLANKLINE>
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restval="")
    columns = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = columns
    id_column = _id_column(columns)
    kept = [name for name in columns if name != CODE_COLUMN]
    written = io.StringIO()
    writer = csv.DictWriter(
        written, [*kept, CODE_COLUMN], extrasaction="ignore", lineterminator="\n"
    )
    writer.writeheader()
    seen: dict[str, int] = {}
    for row in reader:
        student_id = row[id_column].strip()
        _check_id(student_id, reader.line_num, seen)
        writer.writerow({**row, CODE_COLUMN: personal_code(student_id, secret)})
    if not seen:
        raise RosterError(
            "Expected at least one student below the heading. Received: none. "
            "Next: export the class list again."
        )
    return written.getvalue()


def _id_column(columns: list[str]) -> str:
    """Return the name of the column that holds the ids."""
    for name in columns:
        if name.lower().replace(" ", "_") in ID_COLUMNS:
            return name
    listed = ", ".join(columns) or "an empty file"
    raise RosterError(
        f"Expected a column called one of {', '.join(ID_COLUMNS)}. Received: {listed}. "
        "Next: put a heading line with the column 'id' at the top of the class list."
    )


def _check_id(student_id: str, line: int, seen: dict[str, int]) -> None:
    """Refuse an id that is missing or was there before."""
    if not student_id:
        raise RosterError(
            f"Line {line} of the class list has no id. Next: fill it in or delete the "
            "line."
        )
    if student_id in seen:
        raise RosterError(
            f"The id {student_id!r} is in line {seen[student_id]} and in line {line} "
            "of the class list. Next: give each student an id of their own."
        )
    seen[student_id] = line
