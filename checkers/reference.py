"""References that need NumPy, behind one small door.

The judge loads the standard library only. A key whose reference is plain Python hands
over the function itself. Where that would be slow or hard to read, it hands over

    Reference("checkers.keys.numpy_convolution:conv2d")

and the function lives in a module that is only ever imported where NumPy may be:

- in this process, if NumPy is loaded already, as in a learner's notebook;
- otherwise, or if `COURSE_REFERENCE_PROCESS` is set, as graders set it, in a process of
  its own: `python -m checkers.reference_worker`. No code of a learner's runs there.

Arguments and results cross as plain numbers, texts, lists and dicts. An argument that
is declared as `Array` arrives as a NumPy array; a tuple of results stays a tuple.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkers.codec import encode
from checkers.parts import Array

__all__ = ["Reference", "ReferenceFailed", "find", "plain", "results_of", "to_json"]

_LIMIT_S = 60.0


class ReferenceFailed(RuntimeError):
    """A reference gave no result: the author's error, never the learner's."""


@dataclass(frozen=True)
class Reference:
    """A right result that needs NumPy.

    Attributes:
        name: Module and function: "checkers.keys.numpy_convolution:conv2d".
    """

    name: str


def results_of(
    reference: Reference | Callable[..., Any], calls: Sequence[tuple[Any, ...]]
) -> list[Any]:
    """Return what a reference gives for the arguments of each call.

    A plain function gets arrays as nested lists; a `Reference` gets NumPy's.

    Raises:
        ReferenceFailed: If a `Reference` gives no result.
    """
    if not isinstance(reference, Reference):
        return [reference(*plain(args)) for args in calls]
    if "numpy" in sys.modules and not os.environ.get("COURSE_REFERENCE_PROCESS"):
        from checkers.reference_worker import answer

        return _from_json(answer(to_json(reference.name, calls)))
    return _from_json(_ask_worker(to_json(reference.name, calls)))


def find(name: str) -> Callable[..., Any]:
    """Return the function behind a reference's name."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def plain(value: Any) -> Any:
    """Return arguments with every `Array` as a nested list."""
    if isinstance(value, Array):
        return plain(value.values)
    if isinstance(value, list | tuple):
        return type(value)(plain(item) for item in value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def to_json(name: str, calls: Sequence[tuple[Any, ...]]) -> str:
    """Return the worker's question as one line."""
    return json.dumps({"name": name, "calls": encode(list(calls))})


def _from_json(text: str) -> list[Any]:
    """Return the worker's answer, tuples as tuples."""
    values: list[Any] = _with_tuples(json.loads(text)["values"])
    return values


def _with_tuples(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_tuples(item) for item in value]
    if isinstance(value, dict) and set(value) == {"several"}:
        return tuple(_with_tuples(item) for item in value["several"])
    if isinstance(value, dict):
        return {key: _with_tuples(item) for key, item in value.items()}
    return value


@functools.lru_cache(maxsize=64)
def _ask_worker(question: str) -> str:
    """Ask a process in which nothing of a learner's ever ran."""
    root = str(Path(__file__).parents[1])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH", "")])]
    worker = subprocess.run(
        [sys.executable, "-P", "-m", "checkers.reference_worker"],
        input=question,
        capture_output=True,
        text=True,
        timeout=_LIMIT_S,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
    if worker.returncode != 0:
        last = worker.stderr.strip().splitlines()[-1:] or ["no message"]
        raise ReferenceFailed(f"Expected results from the worker, received {last[0]}.")
    return worker.stdout
