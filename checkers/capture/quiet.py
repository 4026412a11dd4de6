"""Nothing printed and nothing changed while an answer is read.

TensorFlow writes to file descriptor 2 from C++, and nbgrader scores a cell 0 for any
text there; so the descriptor itself is turned away for the moment.
"""

from __future__ import annotations

import os
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["quiet", "unchanged"]


@contextmanager
def quiet() -> Iterator[None]:
    """Swallow file descriptor 2, `sys.stderr`, `sys.stdout` and warnings.

    Python's random state and NumPy's are put back afterwards.
    """
    python_state = random.getstate()
    numpy_state = _numpy_state()
    with open(os.devnull, "w") as sink, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        saved = _redirect(sink.fileno())
        streams = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = sink
        try:
            yield
        finally:
            sys.stdout, sys.stderr = streams
            _put_back(saved)
            random.setstate(python_state)
            _set_numpy_state(numpy_state)


@contextmanager
def unchanged(model: Any) -> Iterator[None]:
    """Put every variable of a model back afterwards.

    That covers weights, moving statistics and the states of seed generators.
    """
    before = [(variable, variable.numpy()) for variable in model.variables]
    try:
        yield
    finally:
        import numpy as np

        for variable, value in before:
            if not np.array_equal(variable.numpy(), value, equal_nan=_is_float(value)):
                variable.assign(value)


def _is_float(value: Any) -> bool:
    return bool(value.dtype.kind == "f")


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


def _numpy_state() -> Any:
    """Return NumPy's global random state if NumPy is loaded at all."""
    numpy = sys.modules.get("numpy")
    return None if numpy is None else numpy.random.get_state()


def _set_numpy_state(state: Any) -> None:
    if state is not None:
        sys.modules["numpy"].random.set_state(state)
