"""Tell an untouched stub from an answer, and name what was handed in."""

from __future__ import annotations

import linecache
import re
import reprlib
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from checkers.snapshot import ErrorFacts

__all__ = ["is_missing", "is_own_fault", "own_error", "short_text", "type_name"]


def is_missing(answer: Any) -> bool:
    """Return True for None, Ellipsis, and a function or class that is the stub."""
    if answer is None or answer is ...:
        return True
    if type(answer) is type and answer.__bases__ == (object,):
        return _is_stub_class(answer)
    return type(answer) is FunctionType and _is_stub(answer)


def short_text(value: Any, limit: int = 200) -> str:
    """Return a short repr that never fails and is the same in every process.

    Functions and classes are their names; addresses and modules are left out.
    """
    try:
        # By the type itself: an object may lie about its class.
        if issubclass(type(value), type | _FUNCTIONS):
            return clean_text(str(getattr(value, "__name__", type(value))), limit)
        text = reprlib.repr(value) if _is_long(value) else repr(value)
        text = re.sub(r" at 0x[0-9a-fA-F]+", "", text)
        if not isinstance(value, str | bytes | list | tuple | dict | set):
            # NumPy pads its columns with blanks.
            text = re.sub(r" (?=[,\]])|(?<=\[) ", "", re.sub(r"\s+", " ", text))
        # Where a class of a library stands is nothing for a reader.
        return clean_text(re.sub(r"<(?:\w+\.)+(\w+) object>", r"<\1>", text), limit)
    except (Exception, SystemExit):
        return f"<{type_name(value)}>"


def type_name(value: Any) -> str:
    """Return the name of an object's class, past what its metaclass says."""
    return str(type.__dict__["__name__"].__get__(type(value)))


def is_own_fault(error: BaseException) -> bool:
    """Return True if the learner's own code raised, or called what raised.

    The last frame that is theirs or ours decides; what a library does in between is
    the doing of the one who called it.
    """
    is_theirs = False
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).is_relative_to(_OURS):
            is_theirs = False
        elif _is_own_code(frame.filename):
            is_theirs = True
    return is_theirs


def clean_text(text: str, limit: int) -> str:
    """Return a text that any terminal, file or page can hold, cut to a length."""
    text = _ANSI.sub("", str(text)).encode("utf-8", "replace").decode()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def own_error(error: BaseException) -> ErrorFacts:
    """Return an exception as data, with the line of the learner's own code.

    The layer at work is found in the frames of the traceback, which is whole while
    `quiet` keeps Keras from shortening it.

    Keras wraps what a layer raises into a report on all arguments; the learner's own
    error is the one inside.
    """
    line, number = "", 0
    for frame in traceback.extract_tb(error.__traceback__):
        if _is_own_code(frame.filename):
            line = frame.line or linecache.getline(frame.filename, frame.lineno or 0)
            line, number = line.strip(), frame.lineno or 0
    kind, text = _innermost(error)
    layer = clean_text(_layer_at_work(error), 200)
    return ErrorFacts(
        kind, clean_text(text, 2000), clean_text(line, 300), number, layer
    )


_OURS = Path(__file__).parents[1]
_FUNCTIONS = FunctionType | MethodType | BuiltinFunctionType
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_WRAPPED = (
    re.compile(
        r"\AException encountered when calling [^\n]*\n\n(.*?)"
        r"(?:\n\nArguments received by .*)?\Z",
        re.DOTALL,
    ),
    re.compile(
        r"\ACould not automatically infer .*?Error encountered:\s*(.*)\Z", re.DOTALL
    ),
)
_LONG = 1000  # entries; writing them all out takes seconds for a long list


def _layer_at_work(error: BaseException) -> str:
    """Return the name of the innermost layer, no model, that an error passed."""
    keras = sys.modules.get("keras")
    name = ""
    if keras is None:
        return name
    for frame, _ in traceback.walk_tb(error.__traceback__):
        owner: Any = frame.f_locals.get("self")
        sort = type(owner)
        if issubclass(sort, keras.layers.Layer) and not issubclass(sort, keras.Model):
            with suppress(Exception):  # a name may be of the learner's own making
                name = str(owner.name)
    return name


def _is_long(value: Any) -> bool:
    return type(value) in (list, tuple, dict, set, frozenset, str, bytes) and (
        len(value) > _LONG
    )


def _innermost(error: BaseException) -> tuple[str, str]:
    """Return kind and text of the error that Keras found inside a layer."""
    kind, text = type(error).__name__, _text_of(error)
    for _ in range(20):  # models in models in models
        match = next((m for p in _WRAPPED if (m := p.search(text))), None)
        if match is None:
            break
        text = match[1].strip()
        inside = error.__cause__ or error.__context__
        if inside is not None:
            error = inside
            if _text_of(inside) == text:
                kind = type(inside).__name__
    return kind, text


def _text_of(error: BaseException) -> str:
    """Return an exception's text without colors; never fails."""
    try:
        return _ANSI.sub("", str(error))
    except Exception:
        return ""


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


def _is_stub_class(sort: type) -> bool:
    """Return True if a class has methods, and none but `__init__` has a body."""
    methods = [
        value
        for name, value in vars(sort).items()
        if type(value) is FunctionType and name != "__init__"
    ]
    return bool(methods) and all(map(_is_stub, methods))


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
