"""Invariant 5: every right variant passes, every wrong answer trips its finding."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from course.answers import Answer, judge_answer, load_answers
from course.verify.problem import Problem
from course.verify.subject import Subject

if TYPE_CHECKING:
    from checkers.exercise import Exercise
    from checkers.verdict import Verdict

__all__ = ["check_answer", "find_answer_problems"]

MIN_RIGHT, MIN_WRONG = 2, 3


def find_answer_problems(subject: Subject) -> Iterator[Problem]:
    """Yield answers of `answers.py` that are judged otherwise than they declare."""
    path = subject.folder / "answers.py"
    where = subject.source_name("answers.py")
    if not path.is_file():
        return
    from checkers.capture.quiet import quiet

    with quiet():  # importing TensorFlow greets on stderr
        answers = load_answers(path)
    for name in subject.lesson.exercise_ids:
        mine = [answer for answer in answers if answer.exercise == name]
        yield from _number_problems(f"{where}, {name}", mine)
    for answer in answers:
        exercise = subject.registry.get(answer.exercise)
        if exercise is None:
            what = f"no exercise {answer.exercise!r} is declared."
            yield Problem(f"{where}, {answer.name}", what, "correct the id")
            continue
        if not answer.can_be_judged:
            continue  # stand-in data decide nothing; the real run looks at it
        problem = check_answer(answer, exercise)
        if problem:
            keys = f"checkers/keys/{subject.lesson.slug}.py"
            fix = f"correct the answer, or the rules in {keys}"
            yield Problem(f"{where}, {answer.name} ({answer.exercise})", problem, fix)


def check_answer(answer: Answer, exercise: "Exercise") -> str:
    """Return how the verdict differs from what the answer declares, "" if it fits."""
    try:
        verdict = judge_answer(answer, exercise)
    except Exception as error:
        return f"it raises {type(error).__name__}: {error}."
    return _right(answer, verdict) if answer.is_right else _wrong(answer, verdict)


def _right(answer: Answer, verdict: "Verdict") -> str:
    if verdict.status != answer.status:
        return f"expected {answer.status!r}, received: {verdict.to_text()}"
    if verdict.points != verdict.max_points:
        return f"expected full points, received {verdict.points:g}."
    return ""


def _wrong(answer: Answer, verdict: "Verdict") -> str:
    if verdict.status != answer.status:
        return f"expected {answer.status!r}, received {verdict.status!r}."
    found = [finding for finding in verdict.findings if finding.code == answer.code]
    if not found:
        codes = sorted({finding.code for finding in verdict.findings})
        return f"expected the finding {answer.code}, received {codes}."
    if answer.layer is None:
        return ""
    layers = [finding.layer.index if finding.layer else None for finding in found]
    if answer.layer not in layers:
        return f"expected {answer.code} at layer {answer.layer}, received {layers}."
    return ""


def _number_problems(where: str, answers: list[Answer]) -> Iterator[Problem]:
    num_right = sum(answer.is_right for answer in answers)
    num_wrong = len(answers) - num_right
    if num_right < MIN_RIGHT:
        what = f"expected {MIN_RIGHT} right variants, found {num_right}."
        yield Problem(where, what, "write more, each in another style")
    if num_wrong < MIN_WRONG:
        what = f"expected {MIN_WRONG} wrong answers, found {num_wrong}."
        yield Problem(where, what, "write one per typical misconception")
