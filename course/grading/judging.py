"""Have snapshots judged by a clean process, and explain what could not be judged."""

import html
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import course
from checkers.i18n import LANGUAGE_VARIABLES
from course.grading.outcomes import Finding, Judged
from course.grading.snapshots import Captured

__all__ = ["WORKER", "judge_captured"]

WORKER = (sys.executable, "-P", "-m", "course.grading.judge_worker")
TIMEOUT_S = 120  # one snapshot takes milliseconds; a loaded machine starts slowly


def judge_captured(
    captured: Sequence[Captured],
    points: dict[str, float],
    *,
    seed: int | None = None,
    worker: Sequence[str] = WORKER,
) -> list[Judged]:
    """Return one verdict per exercise, in the order of `captured`.

    Args:
        captured: From the executed notebook.
        points: Full points by exercise id, from the release.
        seed: Seed of the random cases that functions were run on.
        worker: Command of the judging process; tests put a broken one here.
    """
    asked = [entry for entry in captured if entry.snapshot]
    answers = iter(_ask(asked, seed, worker))
    judged = []
    for entry in captured:
        full = points[entry.exercise]
        if entry.snapshot:
            judged.append(_judged(entry.exercise, full, next(answers)))
        elif entry.ambiguous:
            judged.append(_for_a_person(entry.exercise, full, entry.reason))
        else:
            judged.append(_not_captured(entry, full))
    return judged


def _ask(
    asked: Sequence[Captured], seed: int | None, worker: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the worker's answers, padded with "broken" where it gave none."""
    if not asked:
        return []
    requests = "".join(
        json.dumps({"exercise": e.exercise, "snapshot": e.snapshot, "seed": seed})
        + "\n"
        for e in asked
    )
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            worker,
            input=requests,
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT_S,
            check=False,
            env=_clean_environment(),
        )
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        cause = done.stderr.strip()[-2000:] or f"exit code {done.returncode}"
    except subprocess.TimeoutExpired:
        answers, cause = [], f"no verdict within {TIMEOUT_S} seconds"
    except ValueError as error:
        answers, cause = [], f"the judge wrote no JSON: {error}"
    missing = len(asked) - len(answers)
    return answers + [{"broken": cause}] * missing


def _clean_environment() -> dict[str, str]:
    """Return an environment with the user's language, without other settings."""
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", *LANGUAGE_VARIABLES)
    environment = {key: os.environ[key] for key in kept if key in os.environ}
    assert course.__file__ is not None
    environment["PYTHONPATH"] = str(Path(course.__file__).parents[1])
    environment["PYTHONUTF8"] = "1"
    return environment


def _judged(exercise: str, full: float, answer: dict[str, Any]) -> Judged:
    """Turn one answer of the worker into a verdict."""
    for fault, sentence in (
        ("broken", "The checker failed, which is not the student's fault: "),
        ("unusable", "The captured answer cannot be used: "),
    ):
        if fault in answer:
            return _for_a_person(exercise, full, sentence + str(answer[fault]))
    return Judged(
        exercise=exercise,
        title=answer["title"],
        status=answer["status"],
        # A rounded value that the release's own points can never fall below.
        points=min(round(float(answer["points"]), 2), full),
        max_points=full,
        text=answer["text"],
        html=answer["html"],
        findings=tuple(Finding(**finding) for finding in answer["findings"]),
        code=answer["code"],
        takes_code=answer["takes_code"],
        stand_in=answer["stand_in"],
    )


def _for_a_person(exercise: str, full: float, reason: str) -> Judged:
    """Return a verdict without points: manual grading."""
    last_line = reason.strip().splitlines()[-1]
    text = f"Your teacher will grade this exercise by hand ({full:g} points)."
    return Judged(
        exercise=exercise,
        title=exercise,
        status="needs manual grading",
        points=None,
        max_points=full,
        text=text,
        html=f"<p>{html.escape(text)}</p>",
        reason=reason if len(reason) < 2000 else last_line,
    )


def _not_captured(entry: Captured, full: float) -> Judged:
    """Return 0 points for an answer that stopped with an error of its own."""
    text = f"Could not check: {entry.reason} 0 of {full:g} points."
    return Judged(
        exercise=entry.exercise,
        title=entry.exercise,
        status="could not check",
        points=0.0,
        max_points=full,
        text=text,
        html=f"<p>{html.escape(text)}</p>",
        reason=entry.reason,
    )
