"""Read captured answers from an executed notebook; write verdicts into it."""

import json
from dataclasses import dataclass
from typing import Any

from course.grading.neutralize import neutralize
from course.grading.outcomes import Judged
from course.grading.release import CAPTURE, CHECK, ReleasedNotebook, cell_key

__all__ = ["BROKEN", "MIME", "Captured", "read_captured", "write_verdicts"]

MIME = "application/vnd.layerwise.snapshot+json"
BROKEN = "CheckerBroken"  # name of the error that sends a grade to a person


@dataclass(frozen=True)
class Captured:
    """What the capture cell of one exercise left behind.

    Attributes:
        snapshot: The snapshot as JSON text; "" if there is none.
        reason: Why there is none, in a sentence.
        ambiguous: True if there is more than one, so that a person must look.
    """

    exercise: str
    snapshot: str = ""
    reason: str = ""
    ambiguous: bool = False


def read_captured(
    content: dict[str, Any], release: ReleasedNotebook, stopped: dict[str, str]
) -> list[Captured]:
    """Return one entry per graded exercise, in order.

    Only outputs of the released capture cells count: a snapshot that a student's own
    cell prints is not looked at.

    Args:
        content: The executed notebook.
        release: Where it came from.
        stopped: Why a cell failed or was taken out, by cell key.
    """
    cells = {cell_key(cell): cell for cell in content["cells"]}
    found = []
    for exercise in release.points:
        outputs = cells[exercise + CAPTURE].get("outputs", [])
        snapshots = [
            output["data"][MIME] for output in outputs if MIME in output.get("data", {})
        ]
        if len(snapshots) == 1:
            text = snapshots[0]
            text = text if isinstance(text, str) else json.dumps(text)
            found.append(Captured(exercise, text))
        elif snapshots:
            reason = f"The capture cell shows {len(snapshots)} snapshots, not one."
            found.append(Captured(exercise, reason=reason, ambiguous=True))
        else:
            found.append(Captured(exercise, reason=_why_missing(exercise, stopped)))
    return found


def _why_missing(exercise: str, stopped: dict[str, str]) -> str:
    """Return why an answer was not captured: the answer's own error, if it had one."""
    for suffix in ("-answer", CAPTURE):
        if exercise + suffix in stopped:
            return stopped[exercise + suffix]
    return "The answer was not reached, because an earlier cell stopped the notebook."


def write_verdicts(content: dict[str, Any], judged: list[Judged]) -> None:
    """Put verdicts into the check cells and make all other outputs harmless.

    A check cell ends in a builtin float, which nbgrader reads as points. Where a person
    must decide it holds an error, so that nbgrader can never read it as full points.
    """
    verdicts = {verdict.exercise + CHECK: verdict for verdict in judged}
    for count, cell in enumerate(content["cells"], start=1):
        verdict = verdicts.get(cell_key(cell))
        if verdict is None:
            neutralize(cell)
        else:
            cell["execution_count"] = count
            cell["outputs"] = _outputs(verdict, count)


def _outputs(verdict: Judged, count: int) -> list[dict[str, Any]]:
    """Return the outputs of one check cell."""
    shown = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/plain": verdict.text, "text/html": verdict.html},
    }
    if verdict.points is None:
        broken = {
            "output_type": "error",
            "ename": BROKEN,
            "evalue": verdict.reason,
            "traceback": [f"{BROKEN}: {verdict.reason}"],
        }
        return [shown, broken]
    result = {
        "output_type": "execute_result",
        "execution_count": count,
        "metadata": {},
        "data": {"text/plain": repr(float(verdict.points))},
    }
    return [shown, result]
