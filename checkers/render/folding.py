"""Which rows of a layer table are shown, and which become "8 layers as asked"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checkers.verdict import Row

__all__ = ["Fold", "fold"]

_SHORT = 12  # a table of this length is shown whole
_FEWEST = 3  # fewer rows than this are not worth a fold


@dataclass(frozen=True)
class Fold:
    """A run of rows without a difference, as one line.

    Attributes:
        count: Number of rows.
        numbers: The learner's numbers of the first and the last: "3-10".
    """

    count: int
    numbers: str


def fold(rows: Sequence[Row]) -> list[Row | Fold]:
    """Return the rows of a table, long runs of right ones folded."""
    if len(rows) <= _SHORT:
        return list(rows)
    found: list[Row | Fold] = []
    run: list[Row] = []
    for row in rows:
        if row.is_wrong:
            found += [*_folded(run), row]
            run = []
        else:
            run.append(row)
    return [*found, *_folded(run)]


def _folded(run: Sequence[Row]) -> list[Row | Fold]:
    """Return a run of right rows as one line, a short one as it is."""
    if len(run) < _FEWEST:
        return list(run)
    first, last = run[0].number, run[-1].number
    numbers = f"{first}-{last}" if first and last else ""
    return [Fold(len(run), numbers)]
