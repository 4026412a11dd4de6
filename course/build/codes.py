"""Which message codes a verdict on an exercise can give.

Found by walking from an exercise's rules through their settings and the constants of
their code, so that no list has to be kept up to date by hand. A code that is put
together, such as prefix + "LAST_EPOCH", counts if all of its pieces are there.
"""

import dataclasses
import importlib
import pkgutil
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from checkers import linting, rules
from checkers.exercise import (
    Callback,
    Choice,
    Function,
    Model,
    Number,
    Trained,
    Values,
)
from checkers.messages import all_messages

if TYPE_CHECKING:
    from checkers.exercise import Exercise
    from checkers.key import Key

__all__ = ["codes_by_exercise", "codes_of", "codes_of_rules", "constants"]

_OURS = ("checkers.rules", "checkers.keys", "checkers.linting")
# What a part of each sort can be instead of what it should be: topics of codes.
_TOPICS: dict[type, tuple[str, ...]] = {
    Model: ("MODEL",),
    Trained: ("MODEL", "TRAINED"),
    Number: ("NUMBER",),
    Choice: ("CHOICE",),
    Values: ("VALUES",),
    Function: ("FUNCTION",),
    Callback: ("CALLBACK",),
}
_MOST_PIECES = 3


def codes_by_exercise() -> dict[str, set[str]]:
    """Return the codes of every exercise of the course, by exercise id."""
    from checkers.judge import find_key
    from checkers.tasks import all_exercises

    found = {}
    for name, exercise in all_exercises().items():
        key = find_key(name)
        assert key is not None, "a clone holds all keys"
        found[name] = codes_of(exercise, key)
    return found


def codes_of(exercise: "Exercise", key: "Key") -> set[str]:
    """Return the codes that a verdict on this exercise can give."""
    # By module: the package's attribute `judge` is the function.
    judge = importlib.import_module("checkers.judge")
    topics = {topic for part in exercise.parts for topic in _topics(part)}
    unusable = constants(vars(judge)["_unusable"], vars(judge)["_CODES"])
    texts = constants(*key.rules)
    return {
        code
        for code in all_messages()
        if _is_made_of(code, texts)
        or (code in unusable and code.split(".")[0] in topics)
    }


def codes_of_rules() -> set[str]:
    """Return the codes that some rule can give, whether an exercise uses it or not."""
    modules = [importlib.import_module("checkers.judge")]
    for package in (rules, linting):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            modules.append(importlib.import_module(info.name))
    texts = constants(*map(vars, modules))
    return {code for code in all_messages() if _is_made_of(code, texts)}


def constants(*values: Any) -> set[str]:
    """Return every text that lies in or below some values and in their code."""
    return set(_texts(list(values)))


def _topics(part: Any) -> tuple[str, ...]:
    return next((t for kind, t in _TOPICS.items() if isinstance(part, kind)), ())


def _is_made_of(code: str, texts: set[str], pieces: int = _MOST_PIECES) -> bool:
    """Return True if a code is one of the texts, or some of them joined."""
    if code in texts:
        return True
    return pieces > 1 and any(
        code[:end] in texts and _is_made_of(code[end:], texts, pieces - 1)
        for end in range(2, len(code) - 1)
    )


def _texts(waiting: list[Any]) -> Iterator[str]:
    """Yield the texts that a walk from some values meets."""
    seen: set[int] = set()
    kept = []  # an id is only good while its object lives
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif id(value) not in seen:
            seen.add(id(value))
            kept.append(value)
            waiting += _below(value)


def _below(value: Any) -> list[Any]:
    """Return what a value is made of."""
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, tuple | list | set | frozenset):
        return list(value)
    if isinstance(value, types.MethodType):
        return [value.__self__, value.__func__]
    if isinstance(value, property):
        return [value.fget]
    if isinstance(value, types.FunctionType):
        names = value.__globals__
        used = [names[name] for name in _names(value.__code__) if name in names]
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        return [value.__code__, value.__defaults__, *cells, *filter(_is_ours, used)]
    if isinstance(value, types.CodeType):
        return list(value.co_consts)
    if isinstance(value, type):
        return list(vars(value).values()) if _is_ours(value) else []
    if dataclasses.is_dataclass(value):
        fields = [getattr(value, field.name) for field in dataclasses.fields(value)]
        return [*fields, type(value)]
    return []


def _names(code: types.CodeType) -> set[str]:
    """Return the names that code uses, those of functions inside it too."""
    inner = [_names(one) for one in code.co_consts if isinstance(one, types.CodeType)]
    return set(code.co_names).union(*inner)


def _is_ours(value: Any) -> bool:
    """Return True for plain values, and for what a rule or a key defines."""
    if isinstance(value, types.FunctionType | type):
        return value.__module__.startswith(_OURS)
    return not isinstance(value, types.ModuleType)
