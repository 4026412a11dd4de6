"""Run a case through the checker and say what is wrong with its verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.field.corpus import OUTCOMES, Case, run

if TYPE_CHECKING:
    from checkers.exercise import Exercise
    from checkers.key import Key
    from checkers.verdict import Finding, Verdict

__all__ = ["check", "complaints", "unclear"]

_MAX_WORDS = 45
_PLACEHOLDERS = re.compile(r"\{\w+(!\w)?\}|<[\w.]+ object|\b0x[0-9a-f]{6,}|\x1b")


def check(
    case: Case, exercise: Exercise, key: Key | None, names: dict[str, Any]
) -> Verdict | str:
    """Return the verdict, or the name of the error that the answer itself raised."""
    import keras

    from checkers.capture import capture
    from checkers.judge import judge

    keras.backend.clear_session(free_memory=False)
    keras.utils.set_random_seed(0)
    try:
        found = run(case, names)
    except Exception as error:
        if case.outcome == "raises":
            return type(error).__name__
        raise
    answers = [found.get(part.name) for part in exercise.parts]
    data = {"data": found["data"]} if "data" in found else {}
    if key is None:
        return exercise.check(*answers, **data)
    return judge(capture(exercise, tuple(answers)), exercise=exercise, key=key)


def complaints(case: Case, verdict: Verdict | str) -> list[str]:
    """Return what the verdict should have said and did not."""
    if isinstance(verdict, str):
        return [] if verdict == case.error else [f"raised {verdict}"]
    if case.outcome == "raises":
        return [f"the answer raises nothing, the verdict is {verdict.status}"]
    expected = OUTCOMES[case.outcome]
    if verdict.status not in expected:
        return [f"expected {' or '.join(expected)}, is {verdict.status}"]
    if verdict.passed and case.outcome != "note":
        return [] if verdict.points == verdict.max_points else ["points are missing"]
    if not verdict.findings:
        return [] if case.outcome == "untouched" else ["no finding"]
    first, many = verdict.findings[0], len(verdict.findings)
    found = [
        f"expected {word} {' or '.join(values)}, is {_seen(word, first)}"
        for word, values in case.demands.items()
        if word not in ("faults", "data") and not _meets(word, values, first)
    ]
    if many > case.faults:
        found.append(f"{many} findings for {case.faults} fault(s)")
    return found


def _meets(word: str, values: tuple[str, ...], first: Finding) -> bool:
    """Return True if the finding does what is demanded."""
    if word == "says":
        message = first.message.lower()
        return all(
            any(one.strip() in message for one in value.lower().split(" / "))
            for value in values
        )
    return _seen(word, first) in values


def _seen(word: str, first: Finding) -> str:
    """Return what the finding has in the place of a demand."""
    layer = first.layer
    if word == "layer":
        return "none" if layer is None or layer.index is None else str(layer.index + 1)
    if word == "missing":
        return "none" if layer is None or layer.index is not None else layer.kind
    if word == "code":
        return first.code
    return first.part if word == "part" else repr(first.message)


def unclear(verdict: Verdict) -> list[str]:
    """Return what would trip a reader of the verdict's sentences."""
    found = []
    messages = [finding.message for finding in verdict.findings]
    if len(set(messages)) < len(messages):
        found.append("one sentence stands there twice")
    for finding in verdict.findings:
        for text in (finding.message, finding.why, finding.next):
            if len(text.split()) > _MAX_WORDS:
                found.append(f"over {_MAX_WORDS} words: {text}")
            if _PLACEHOLDERS.search(text):
                found.append(f"not for a reader: {text}")
            if re.search(r" {2}| [.,;:]( |$)|\n", text):
                found.append(f"odd spaces: {text}")
    return found
