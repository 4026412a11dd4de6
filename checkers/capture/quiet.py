"""Nothing printed and nothing changed while an answer is read.

TensorFlow writes to file descriptor 2 from C++, and nbgrader scores a cell 0 for any
text there; so the descriptor itself is turned away for the moment.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from checkers.capture.unchanged import (
    session_unchanged,
    unchanged,
    weights_unchanged,
)

__all__ = ["quiet", "unchanged", "weights_unchanged"]


@contextmanager
def quiet() -> Iterator[None]:
    """Swallow file descriptor 2, `sys.stderr`, `sys.stdout`, logs and warnings.

    Random states and Keras's global state are put back afterwards.
    """
    with (
        open(os.devnull, "w") as sink,
        warnings.catch_warnings(),
        session_unchanged(),
        _logs_off(),
    ):
        warnings.simplefilter("ignore")
        _raw_errors()
        saved = _redirect(sink.fileno())
        streams = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = sink
        try:
            yield
        finally:
            sys.stdout, sys.stderr = streams
            _put_back(saved)


def _raw_errors() -> None:
    """Have errors as the learner's code raised them, not as Keras rewrites them.

    Rewriting also takes a second and more where calls are nested deeply. Keras's own
    setting comes back with the session's state.
    """
    keras = sys.modules.get("keras")
    if keras is not None:
        keras.config.disable_traceback_filtering()


@contextmanager
def _logs_off() -> Iterator[None]:
    """Silence `logging`, whose handlers may hold on to an older stream."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _redirect(target: int) -> int | None:
    """Point descriptor 2 at `target`; None where there is no such descriptor."""
    try:
        saved = os.dup(2)
        os.dup2(target, 2)
    except OSError:
        return None
    return saved


def _put_back(saved: int | None) -> None:
    if saved is not None:
        os.dup2(saved, 2)
        os.close(saved)
