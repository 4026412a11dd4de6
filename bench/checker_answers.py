"""The hand-written answers of every lesson through the checker."""

from __future__ import annotations

import warnings
from collections import Counter
from pathlib import Path
from typing import Any

__all__ = ["measure", "show"]

_LESSONS = Path(__file__).resolve().parents[1] / "course" / "lessons"


def measure() -> dict[str, Any]:
    """Return how many answers get the verdict that `answers.py` states."""
    from checkers.tasks import find_exercise
    from course.answers import judge_answer, load_answers

    counts: Counter[str] = Counter()
    wrong = []
    for path in sorted(_LESSONS.glob("*/answers.py")):
        for answer in load_answers(path):
            if not answer.can_be_judged:
                counts["needs real data"] += 1
                continue
            side = "right" if answer.is_right else "wrong"
            counts[side] += 1
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                verdict = judge_answer(answer, find_exercise(answer.exercise))
            problem = _problem(answer, verdict)
            if problem:
                wrong.append(f"{answer.exercise}/{answer.name}: {problem}")
    return {"answers": dict(counts), "wrong verdicts": wrong}


def show(found: dict[str, Any]) -> str:
    """Return the counts as text."""
    counts, wrong = found["answers"], found["wrong verdicts"]
    lines = [
        f"\nHand-written answers: {counts.get('right', 0)} right, "
        f"{counts.get('wrong', 0)} wrong, {counts.get('needs real data', 0)} not "
        f"judged without real data; {len(wrong)} verdicts not as stated"
    ]
    return "\n".join([*lines, *(f"  {line}" for line in wrong)])


def _problem(answer: Any, verdict: Any) -> str:
    """Return what the verdict should have said and did not."""
    if verdict.status != answer.status:
        return f"expected {answer.status}, is {verdict.status}"
    if answer.code is None:
        return ""
    found = [one for one in verdict.findings if one.code == answer.code]
    if not found:
        return f"expected {answer.code}, found {[f.code for f in verdict.findings]}"
    layer = found[0].layer
    if answer.layer is not None and (layer is None or layer.index != answer.layer):
        return f"expected layer {answer.layer}, found {layer}"
    return ""
