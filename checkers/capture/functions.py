"""A learner's function, run on drawn cases; results, errors and side effects."""

from __future__ import annotations

import copy
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from checkers.capture.makers import make, observe
from checkers.capture.stubs import own_error, short_text
from checkers.capture.values import NoPlainForm, to_plain
from checkers.parts import Array, Case, Function, Made
from checkers.snapshot import (
    ErrorFacts,
    Facts,
    FunctionFacts,
    OtherFacts,
    ResultFacts,
)

__all__ = ["capture_function"]


def capture_function(answer: Any, part: Function, cases: tuple[Case, ...]) -> Facts:
    """Return what a function gave on each case.

    A case that runs over its time limit is recorded as a TimeoutError, and the
    remaining cases are not run.
    """
    if not callable(answer) or isinstance(answer, type):
        return OtherFacts("not_a_function", type(answer).__name__, short_text(answer))
    results: list[ResultFacts] = []
    for case in cases:
        with tempfile.TemporaryDirectory(prefix="layerwise-") as folder:
            result = _run_case(answer, part, case, Path(folder))
        results.append(result)
        if result.error is not None and result.error.kind == "TimeoutError":
            break
    name = str(getattr(answer, "__name__", type(answer).__name__))
    return FunctionFacts(name, tuple(results))


def _run_case(
    function: Callable[..., Any], part: Function, case: Case, folder: Path
) -> ResultFacts:
    """Run one case, `repeat` times."""
    args = [_argument(value, folder) for value in case.args]
    before = [_frozen(value) for value in args]
    numbers = _random_states()
    start = time.perf_counter()
    value, error = _limited(lambda: _repeated(function, args, case), part.limit_s)
    seconds = time.perf_counter() - start
    observed: dict[str, Any] = {"touched_random": _random_states() != numbers}
    mutated = any(
        known is not None and known != _frozen(arg)
        for known, arg in zip(before, args, strict=True)
    )
    if error is not None:
        # The folder has another name each time and says nothing to the learner.
        text = error.message.replace(f"{folder}{os.sep}", "")
        error = replace(error, message=text)
        return ResultFacts(None, error, "", mutated, seconds, observed)
    if part.observe:
        observed |= observe(part.observe, value, args, folder)
    try:
        return ResultFacts(to_plain(value), None, "", mutated, seconds, observed)
    except NoPlainForm:
        kind = type(value).__name__
        return ResultFacts(None, None, kind, mutated, seconds, observed)


def _repeated(function: Callable[..., Any], args: list[Any], case: Case) -> Any:
    """Call once, or several times with the same arguments into a list."""
    if case.repeat == 1:
        return function(*args)
    return [function(*args) for _ in range(case.repeat)]


def _argument(value: Any, folder: Path) -> Any:
    """Return an argument as the function gets it; lists are copied."""
    if isinstance(value, Array):
        import numpy as np

        return np.array(value.values, value.dtype)
    if isinstance(value, Made):
        return make(value, folder)
    return copy.deepcopy(value)


def _frozen(value: Any) -> Any:
    """Return something that shows whether an argument was changed."""
    try:
        return to_plain(value)
    except NoPlainForm:
        return None


def _random_states() -> tuple[Any, ...]:
    """Return the global random states, to see whether a function uses them."""
    numpy = sys.modules.get("numpy")
    state = () if numpy is None else numpy.random.get_state()
    return random.getstate(), *(to_plain(list(state)[1:3]) if state else ())


def _limited(call: Callable[[], Any], limit_s: float) -> tuple[Any, ErrorFacts | None]:
    """Run a call in a thread and stop waiting for it after a while."""
    result: list[Any] = [None]
    error: list[ErrorFacts | None] = [None]

    def run() -> None:
        try:
            result[0] = call()
        except BaseException as caught:
            error[0] = own_error(caught)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(limit_s)
    if thread.is_alive():
        return None, ErrorFacts("TimeoutError", f"stopped after {limit_s:g} seconds")
    return result[0], error[0]
