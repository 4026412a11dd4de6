"""The door of capture: one exercise, its answers, one snapshot."""

from __future__ import annotations

import os
import random
from typing import Any

from checkers.capture.quiet import quiet
from checkers.capture.stubs import (
    is_missing,
    is_own_fault,
    own_error,
    short_text,
    type_name,
)
from checkers.exercise import Exercise
from checkers.messages.sentences import say
from checkers.parts import (
    Callback,
    Choice,
    Function,
    Model,
    Number,
    Schedule,
    Trained,
    Values,
)
from checkers.snapshot import (
    Facts,
    FunctionFacts,
    MissingFacts,
    ModelFacts,
    OtherFacts,
    Snapshot,
    TrainedFacts,
    ValueFacts,
)

__all__ = ["SNAPSHOT_MIME", "capture", "show_captured"]

SNAPSHOT_MIME = "application/vnd.layerwise.snapshot+json"


def capture(
    exercise: Exercise,
    answers: tuple[Any, ...],
    *,
    code: str = "",
    data: Any = None,
    stand_in: bool = False,
    seed: int | None = None,
) -> Snapshot:
    """Return a snapshot of the answers to one exercise.

    Args:
        exercise: What is asked.
        answers: One value per part. Missing ones count as not attempted.
        code: Personal code.
        data: Arrays for a trained model, inputs first.
        stand_in: True if the notebook works on stand-in data.
        seed: Seed of the cases that functions are run on; `COURSE_CASE_SEED` or a
            fresh one if not given.
    """
    seed = _case_seed() if seed is None else int(seed)
    code = code if isinstance(code, str) else ""
    parts: dict[str, Facts] = {}
    for position, part in enumerate(exercise.parts):
        answer = answers[position] if position < len(answers) else None
        try:
            with quiet():
                parts[part.name] = _read(part, answer, exercise, code, seed, data)
        except (Exception, SystemExit) as error:
            parts[part.name] = _unread(answer, error)
    return Snapshot(exercise.id, parts, code, seed, bool(stand_in))


def _unread(answer: Any, error: BaseException) -> OtherFacts:
    """Return what kept an answer from being read, and whose fault that is.

    Where the learner's own code raised, it is a fact about the answer. Anything else is
    ours, and the judge words it so.
    """
    known = own_error(error)
    if is_own_fault(error) or not _is_honest(answer):
        text = f"{known.kind}: {known.message}"
        return OtherFacts("unreadable", type_name(answer), text[:200], known)
    return OtherFacts("capture_failed", type_name(answer), short_text(answer), known)


def _is_honest(answer: Any) -> bool:
    """Return False for an object that says it is of another class than it is."""
    try:
        return answer.__class__ is type(answer)
    except (Exception, SystemExit):
        return False


def show_captured(snapshot: Snapshot) -> None:
    """Print one line about a snapshot, and attach it for a grader.

    With `COURSE_GRADING=1` the snapshot travels in the cell's output, so that it can
    be judged in a process in which no learner's code ran.
    """
    text = say("CAPTURED", what=_describe(snapshot))
    if os.environ.get("COURSE_GRADING") != "1":
        from checkers.show import show_text

        show_text(text)
        return
    from IPython.display import display

    bundle = {SNAPSHOT_MIME: snapshot.to_json(), "text/plain": text}
    display(bundle, raw=True)


def _read(
    part: Any, answer: Any, exercise: Exercise, code: str, seed: int, data: Any
) -> Facts:
    """Return the facts of one part."""
    if is_missing(answer):
        return MissingFacts()
    if isinstance(part, Model):
        from checkers.capture.model import capture_model

        return capture_model(answer, part)
    if isinstance(part, Function):
        from checkers.capture.functions import capture_function

        cases = part.cases(random.Random(seed), exercise.parameters(code))  # noqa: S311
        return capture_function(answer, part, cases)
    if isinstance(part, Trained):
        from checkers.capture.trained import capture_trained

        return capture_trained(answer, part, data)
    if isinstance(part, Callback):
        from checkers.capture.callbacks import capture_callback

        return capture_callback(answer)
    if isinstance(part, Schedule):
        from checkers.capture.schedules import capture_schedule

        return capture_schedule(answer, part)
    from checkers.capture.values import capture_choice, capture_number, capture_values

    if isinstance(part, Number):
        return capture_number(answer)
    if isinstance(part, Choice):
        return capture_choice(answer, exercise.choices(code, part=part.name))
    assert isinstance(part, Values)
    return capture_values(answer, part.fields)


def _case_seed() -> int:
    """Return the grader's seed if there is one, a fresh one otherwise."""
    given = os.environ.get("COURSE_CASE_SEED", "")
    if given.isdigit():
        return int(given)
    return random.SystemRandom().randrange(2**31)


def _describe(snapshot: Snapshot) -> str:
    """Return what was captured in a few words."""
    return "; ".join(_describe_part(name, f) for name, f in snapshot.parts.items())


def _describe_part(name: str, facts: Facts) -> str:
    if isinstance(facts, TrainedFacts):
        facts = facts.model
    if isinstance(facts, ModelFacts):
        return say(
            "CAPTURED.MODEL",
            name=name,
            layers=len(facts.layers),
            params=f"{facts.num_params:,}",
        )
    if isinstance(facts, FunctionFacts):
        return say("CAPTURED.FUNCTION", name=name, calls=len(facts.results))
    if isinstance(facts, ValueFacts):
        return f"{name} = {short_text(facts.value)}"
    if isinstance(facts, MissingFacts):
        return say("CAPTURED.NOTHING", name=name)
    return name
