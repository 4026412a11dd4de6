"""Judge snapshots in a process in which no student's code ran.

Reads one JSON request per line from standard input: `{"exercise", "snapshot", "seed"}`;
writes one JSON answer per line to standard output. It imports `checkers` and the
standard library only. Whatever goes wrong here is ours, so it is answered as "broken"
and never as points.

Run by `course.grading.judging`: `python -m course.grading.judge_worker`.
"""

import json
import math
import sys
import traceback
from typing import Any

import checkers
from checkers.snapshot import Snapshot, SnapshotError

__all__ = ["main"]


def main() -> None:
    """Answer every request, in order, until standard input ends."""
    for line in sys.stdin:
        answer = answer_request(json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def answer_request(request: dict[str, Any]) -> dict[str, Any]:
    """Return the verdict on one snapshot as plain data.

    A snapshot that is damaged or belongs to another exercise is answered with
    `unusable`: it came from the student's process, and a person must look at it.
    """
    try:
        snapshot = Snapshot.from_json(request["snapshot"])
    except SnapshotError as error:
        return {"unusable": str(error)}
    if snapshot.exercise != request["exercise"]:
        return {"unusable": f"The snapshot is of exercise {snapshot.exercise!r}."}
    if snapshot.seed != (request.get("seed") or snapshot.seed):
        return {"unusable": f"The cases were drawn with another seed, {snapshot.seed}."}
    try:
        verdict = checkers.judge(snapshot)
        return {**_plain(verdict), **_origin(snapshot)}
    except Exception:  # our own fault, whatever it is
        return {"broken": traceback.format_exc(limit=8)}


def _origin(snapshot: Snapshot) -> dict[str, Any]:
    """Return under which code and on which data an answer was captured."""
    exercise = checkers.all_exercises()[snapshot.exercise]
    return {
        "code": snapshot.code,
        "takes_code": bool(exercise.needs_code),
        "stand_in": snapshot.stand_in,
    }


def _plain(verdict: Any) -> dict[str, Any]:
    """Return what the grader needs of a verdict; raises if it is no sane verdict."""
    points, max_points = float(verdict.points), float(verdict.max_points)
    if verdict.status == "broken":
        reasons = dict.fromkeys(check.reason for check in verdict.checks)
        return {"broken": "; ".join(filter(None, reasons)) or verdict.summary}
    if not (math.isfinite(points) and 0.0 <= points <= max_points):
        raise ValueError(
            f"Expected points between 0 and {max_points}, received {points}."
        )
    return {
        "title": verdict.title,
        "status": verdict.status,
        "points": points,
        "text": verdict.to_text(),
        "html": verdict.to_html(),
        "findings": [
            {"code": finding.code, "message": finding.message}
            for finding in verdict.findings
            if not finding.is_note
        ],
    }


if __name__ == "__main__":
    main()
