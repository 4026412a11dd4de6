"""Tell an untouched stub from an answer, and name what was handed in."""

from __future__ import annotations

import linecache
import traceback
from types import FunctionType
from typing import Any

from checkers.snapshot import ErrorFacts

__all__ = ["is_missing", "own_error", "short_text"]


def is_missing(answer: Any) -> bool:
    """Return True for None, Ellipsis and a function whose body is the stub."""
    if answer is None or answer is ...:
        return True
    return isinstance(answer, FunctionType) and _is_stub(answer)


def short_text(value: Any, limit: int = 200) -> str:
    """Return a short repr that never fails."""
    try:
        text = repr(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= limit else text[: limit - 1] + "…"


def own_error(error: BaseException) -> ErrorFacts:
    """Return an exception as data, with the line of the learner's own code."""
    line, number = "", 0
    for frame in traceback.extract_tb(error.__traceback__):
        if _is_own_code(frame.filename):
            line = frame.line or linecache.getline(frame.filename, frame.lineno or 0)
            line, number = line.strip(), frame.lineno or 0
    return ErrorFacts(type(error).__name__, str(error)[:2000], line[:300], number)


def _is_own_code(filename: str) -> bool:
    """Return True unless a file belongs to Python, a library or this package."""
    foreign = ("site-packages", "dist-packages", "/lib/python", "\\lib\\", "<frozen")
    path = filename.replace("\\", "/")
    return not any(part in filename for part in foreign) and (
        "/checkers/capture/" not in path
    )


def _is_stub(function: FunctionType) -> bool:
    """Return True if a function's body is at most a docstring, `...`, pass or None."""
    code = function.__code__
    constants = {
        constant
        for constant in code.co_consts
        if constant is not None and constant is not Ellipsis
    }
    constants.discard(function.__doc__)
    # A stub uses no name, makes no local variable and keeps no constant.
    made = code.co_nlocals - code.co_argcount - code.co_kwonlyargcount
    return not constants and not code.co_names and made == 0 and _only_returns(function)


def _only_returns(function: FunctionType) -> bool:
    """Return True if the bytecode does nothing but return None."""
    import dis

    harmless = {
        "RESUME",
        "RETURN_CONST",
        "LOAD_CONST",
        "RETURN_VALUE",
        "NOP",
        "POP_TOP",
    }
    return all(step.opname in harmless for step in dis.get_instructions(function))
