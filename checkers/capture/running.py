"""One call of a learner's function: limited in time, alone, and without traces.

The call runs in a thread, because a thread can be left alone. A loop in Python is
stopped by an exception that is raised inside the thread. What waits inside a library
(`time.sleep`, a long matrix product), or catches everything that is raised, cannot be
stopped from here: it is left behind and reported.
"""

from __future__ import annotations

import builtins
import ctypes
import io
import os
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from checkers.capture.stubs import clean_text, own_error
from checkers.snapshot import ErrorFacts

__all__ = ["Run", "run_limited", "surroundings_unchanged"]

_MAX_PRINTED = 2_000  # characters
_MAX_WARNINGS = 5
_STACK_BYTES = 64 * 2**20  # a thread gets 0.5 MB on macOS: too little for recursion
_MAX_RECURSION = 5_000
_GRACE = 20  # times 0.05 s in which a stopped thread may end
_BUSY = 4  # times its limit a call may take by the clock on a busy machine


class _Stopped(BaseException):
    """Raised inside a call that ran out of time."""


class _Asked(BaseException):
    """Raised where a call would wait for someone to type."""


class _Exited(BaseException):
    """Raised where a call would end the process."""


@dataclass
class Run:
    """What one call did.

    Attributes:
        value: What it returned.
        error: What it raised.
        problem: "timeout", "not_stopped", "input", "exit", "recursion", "overflow" or
            "memory" where that is why there is no value; "" otherwise.
        seconds: Wall time.
        printed: What it printed, at most 2,000 characters.
        warnings: Warnings of Python and NumPy: "overflow encountered in exp".
    """

    value: Any = None
    error: ErrorFacts | None = None
    problem: str = ""
    seconds: float = 0.0
    printed: str = ""
    warnings: tuple[str, ...] = ()
    marks: set[str] = field(default_factory=set)


def run_limited(call: Callable[[], Any], limit_s: float) -> Run:
    """Run a call and stop waiting for it after a while; never raises.

    Args:
        call: The call.
        limit_s: Seconds of work. On a busy machine the same work takes longer: time in
            which the process had no processor does not count, up to four times the
            limit by the clock.
    """
    run = Run()
    thread = threading.Thread(target=_guarded, args=(call, run), daemon=True)
    printed = _Printed()
    with _recorded_warnings() as caught, _guards(run, printed):
        start = time.perf_counter()
        _start(thread)
        _wait(thread, limit_s)
        run.seconds = time.perf_counter() - start
        late = thread.is_alive()
        stopped = not late or _stop(thread)
    run.printed = printed.text()
    run.warnings = tuple(caught)
    if late:
        run.value = None
        run.problem = "timeout" if stopped else "not_stopped"
        run.error = ErrorFacts("TimeoutError", f"stopped after {limit_s:g} seconds")
    elif run.marks:
        run.value, run.problem = None, min(run.marks)
        run.error = run.error or ErrorFacts("RuntimeError", run.problem)
    return run


def _guarded(call: Callable[[], Any], run: Run) -> None:
    """Keep what a call returns or raises."""
    try:
        try:
            run.value = call()
        except BaseException as caught:
            run.problem = _problem(caught)
            run.error = own_error(caught)
    except BaseException:  # stopped in the very moment in which it ended
        return


def _problem(error: BaseException) -> str:
    """Return the word for errors that have a sentence of their own."""
    for kind, word in (
        (_Asked, "input"),
        (EOFError, "input"),
        (_Exited, "exit"),
        (SystemExit, "exit"),
        (RecursionError, "recursion"),
        (OverflowError, "overflow"),
        (MemoryError, "memory"),
    ):
        if isinstance(error, kind):
            return word
    return ""


def _start(thread: threading.Thread) -> None:
    """Start a thread with room for deep recursion."""
    try:
        before = threading.stack_size(_STACK_BYTES)
    except (ValueError, RuntimeError):  # a platform that does not allow it
        thread.start()
        return
    try:
        thread.start()
    finally:
        threading.stack_size(before)


def _wait(thread: threading.Thread, limit_s: float) -> None:
    """Wait until a thread ends, or has used up its time."""
    worked, start = time.process_time(), time.perf_counter()
    thread.join(limit_s)
    while thread.is_alive():
        is_over = time.perf_counter() - start > _BUSY * limit_s
        if is_over or time.process_time() - worked >= limit_s:
            return
        thread.join(0.05)


def _stop(thread: threading.Thread) -> bool:
    """Raise an exception inside a thread until it ends; return whether it did."""
    for _ in range(_GRACE):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_Stopped)
        )
        thread.join(0.05)
        if not thread.is_alive():
            return True
    return False


class _Printed(io.TextIOBase):
    """A stream that keeps the beginning of what is printed."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._kept: list[str] = []
        self._left = _MAX_PRINTED

    def write(self, text: str) -> int:
        """Keep a text, as long as there is room."""
        if self._left > 0:
            self._kept.append(text[: self._left])
            self._left -= len(text)
        return len(text)

    def text(self) -> str:
        """Return what was kept."""
        return clean_text("".join(self._kept), _MAX_PRINTED).strip()


@contextmanager
def _recorded_warnings() -> Iterator[list[str]]:
    """Collect the texts of warnings, each once."""
    texts: list[str] = []

    def keep(message: Any, category: type[Warning], *_: Any, **__: Any) -> None:
        text = clean_text(str(message), 200)
        if text not in texts and len(texts) < _MAX_WARNINGS:
            texts.append(text)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = keep
        yield texts


@contextmanager
def _guards(run: Run, printed: _Printed) -> Iterator[None]:
    """Keep a call from printing, from waiting for input and from ending the process."""

    def asked(*_: Any, **__: Any) -> Any:
        run.marks.add("input")
        raise _Asked

    def exited(*_: Any, **__: Any) -> Any:
        run.marks.add("exit")
        raise _Exited

    replaced = [
        (sys, "stdout", printed),
        (sys, "stderr", _Printed()),
        (sys, "stdin", io.StringIO()),
        (sys, "breakpointhook", asked),
        (builtins, "input", asked),
        (os, "_exit", exited),
        (os, "abort", exited),
    ]
    before = [(place, name, getattr(place, name)) for place, name, _ in replaced]
    try:
        for place, name, value in replaced:
            setattr(place, name, value)
        yield
    finally:
        for place, name, value in before:
            setattr(place, name, value)


@contextmanager
def surroundings_unchanged() -> Iterator[None]:
    """Put settings of the process back that a function may change on its way.

    That covers the working directory, environment variables, the recursion limit,
    NumPy's printing, and Matplotlib's settings and open figures.
    """
    with ExitStack() as stack:
        for put_back in (
            _directory(),
            _environment(),
            _recursion(),
            _numpy(),
            _matplotlib(),
        ):
            stack.callback(put_back)
        yield


def _directory() -> Callable[[], None]:
    try:
        before = os.getcwd()
    except OSError:
        return lambda: None
    return lambda: os.chdir(before)


def _environment() -> Callable[[], None]:
    before = dict(os.environ)

    def put_back() -> None:
        if dict(os.environ) != before:
            os.environ.clear()
            os.environ.update(before)

    return put_back


def _recursion() -> Callable[[], None]:
    """Keep recursion without end from filling the memory first."""
    before = sys.getrecursionlimit()
    if before > _MAX_RECURSION:
        sys.setrecursionlimit(_MAX_RECURSION)
    return lambda: sys.setrecursionlimit(before)


def _numpy() -> Callable[[], None]:
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return lambda: None
    errors, printing = numpy.geterr(), numpy.get_printoptions()

    def put_back() -> None:
        numpy.seterr(**errors)
        if numpy.get_printoptions() != printing:
            numpy.set_printoptions(**printing)

    return put_back


def _matplotlib() -> Callable[[], None]:
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib is None:
        return lambda: None
    settings = matplotlib.rcParams.copy()
    figures = set(_figures())

    def put_back() -> None:
        for number in set(_figures()) - figures:
            sys.modules["matplotlib.pyplot"].close(number)
        if dict(matplotlib.rcParams.copy()) != dict(settings):
            # As rc_context does it: without checking the values once more.
            dict.update(matplotlib.rcParams, settings)

    return put_back


def _figures() -> list[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return [] if pyplot is None else list(pyplot.get_fignums())
