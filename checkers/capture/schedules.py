"""A Keras learning-rate schedule: what rate it gives at which step.

A schedule is called as a learner would call it, with a whole number, and as an
optimizer calls it: with the counter of steps, a variable of whole numbers, one by one
and inside a compiled function. Code that works for the first and not for the others
stops in `fit`.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

from checkers.capture.data import NoPlainForm, to_plain
from checkers.capture.running import run_limited
from checkers.capture.stubs import short_text, type_name
from checkers.capture.unchanged import unchanged
from checkers.parts import Schedule
from checkers.snapshot import ErrorFacts, Facts, OtherFacts, ScheduleFacts

__all__ = ["capture_schedule"]

_LIMIT_S = 5.0  # for all calls together


def capture_schedule(answer: Any, part: Schedule) -> Facts:
    """Return a schedule's class and the rates that it gives at the part's steps."""
    reason = _why_no_schedule(answer)
    if reason:
        return OtherFacts(reason, type_name(answer), short_text(answer))
    import keras

    cls = type(answer)
    with unchanged(answer):
        called = [_plainly(answer, step) for step in part.steps]
        error = next((one for _, one in called if one is not None), None)
        optimizer_error = _in_optimizer(answer, part.steps)
    rates = tuple(rate for rate, _ in called)
    if error is not None and optimizer_error is None:
        # Written for tensors only: what an optimizer gets is what counts.
        with unchanged(answer):
            rates = tuple(_as_optimizer(answer, step) for step in part.steps)
        error = None
    is_keras = getattr(keras.optimizers.schedules, cls.__name__, None) is cls
    return ScheduleFacts(
        cls.__name__, is_keras, part.steps, rates, error, optimizer_error
    )


def _why_no_schedule(answer: Any) -> str:
    """Return which misunderstanding this looks like; "" for a schedule."""
    keras = sys.modules.get("keras")
    if keras is None:
        return "not_a_schedule"
    base = keras.optimizers.schedules.LearningRateSchedule
    if isinstance(answer, base):
        return ""
    if isinstance(answer, type):
        return "schedule_class" if issubclass(answer, base) else "not_a_schedule"
    if isinstance(answer, keras.callbacks.Callback):
        return "schedule_callback"
    if isinstance(answer, keras.optimizers.Optimizer):
        return "schedule_optimizer"
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        return "schedule_number"
    return "schedule_function" if callable(answer) else "not_a_schedule"


def _plainly(schedule: Any, step: int) -> tuple[float | None, ErrorFacts | None]:
    """Return the rate at a step that is given as a whole number, or the error."""
    run = run_limited(lambda: schedule(step), _LIMIT_S)
    if run.error is not None:
        return None, run.error
    return _number(run.value), None


def _number(value: Any) -> float | None:
    """Return a rate as a finite number; None if it is none."""
    try:
        plain = to_plain(value)
    except NoPlainForm:
        return None
    while isinstance(plain, list) and len(plain) == 1:
        plain = plain[0]
    is_number = isinstance(plain, int | float) and not isinstance(plain, bool)
    return float(plain) if is_number and math.isfinite(plain) else None


def _counter(step: int) -> Any:
    """Return a counter of steps as an optimizer keeps it."""
    import keras

    return keras.Variable(step, dtype="int", trainable=False, name="iteration")


def _as_optimizer(schedule: Any, step: int) -> float | None:
    run = run_limited(lambda: schedule(_counter(step)), _LIMIT_S)
    return None if run.error is not None else _number(run.value)


def _in_optimizer(schedule: Any, steps: tuple[int, ...]) -> ErrorFacts | None:
    """Return what calls with the optimizer's counter raise; None if they work."""
    import keras

    calls: list[Callable[[], Any]] = [lambda: schedule(_counter(steps[-1]))]
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        counter = _counter(steps[-1])
        calls.append(lambda: tf.function(lambda: schedule(counter))())
    for call in calls:
        run = run_limited(call, _LIMIT_S)
        if run.error is not None:
            return run.error
    return None
