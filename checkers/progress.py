"""What a learner has passed so far: one line per verdict, in a file of their own.

The file lies in the user's data folder, so it survives a new clone, a new environment
and a new installation. A line holds the exercise's id, the status and the points;
nothing of the answer. `course progress` reads it. While a submission is graded, and
with `COURSE_PROGRESS=off`, nothing is written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checkers.verdict import Verdict

__all__ = ["Standing", "is_kept", "progress_path", "record", "standings"]

FORMAT_VERSION = 1
_COUNTED = ("passed", "passed with a note", "failed")
_PASSED = ("passed", "passed with a note")


@dataclass(frozen=True)
class Standing:
    """How far a learner is with one exercise.

    Attributes:
        exercise: Exercise id.
        passed: True if an answer passed once.
        points: Most points of any answer.
        max_points: Points that could be reached then.
        tries: Number of answers that were judged.
        last: Time of the last one, ISO 8601 in UTC.
    """

    exercise: str
    passed: bool
    points: float
    max_points: float
    tries: int
    last: str


def progress_path() -> Path:
    """Return the file: `$COURSE_PROGRESS`, or one in the user's data folder."""
    chosen = os.environ.get("COURSE_PROGRESS", "")
    if chosen and chosen != "off":
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("layerwise", False)) / "progress.jsonl"


def is_kept() -> bool:
    """Return False where nothing is written down."""
    return (
        os.environ.get("COURSE_GRADING") != "1"
        and os.environ.get("COURSE_PROGRESS") != "off"
    )


def record(verdict: Verdict) -> None:
    """Write a verdict down; an unwritable folder never disturbs a lesson.

    An untouched answer and a fault of the checker are nothing to write down.
    """
    if not is_kept() or verdict.status not in _COUNTED:
        return
    line = {
        "format": FORMAT_VERSION,
        "exercise": verdict.exercise,
        "status": verdict.status,
        "points": verdict.points,
        "max_points": verdict.max_points,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with suppress(OSError):
        path = progress_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        # One short write at the end of the file: two notebooks do not mix their lines.
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def standings() -> dict[str, Standing]:
    """Return the standing of each exercise that was tried, by id.

    Lines that are damaged, or of a later version, are passed over.

    Raises:
        OSError: If there is a file that cannot be read.
    """
    found: dict[str, Standing] = {}
    for line in _lines():
        try:
            name, points = str(line["exercise"]), float(line["points"])
            maximum, at = float(line["max_points"]), str(line["at"])
            has_passed = line["status"] in _PASSED
        except (KeyError, TypeError, ValueError):
            continue
        old = found.get(name, Standing(name, False, 0.0, maximum, 0, at))
        best = max((old.points, old.max_points), (points, maximum))
        passed, tries = old.passed or has_passed, old.tries + 1
        found[name] = Standing(name, passed, *best, tries, max(old.last, at))
    return found


def _lines() -> Iterator[dict[str, Any]]:
    path = progress_path()
    if not path.is_file():
        return
    for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
        with suppress(ValueError):
            line = json.loads(text)
            if isinstance(line, dict) and line.get("format") == FORMAT_VERSION:
                yield line
