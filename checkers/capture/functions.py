"""A learner's function, run on drawn cases; results, errors and side effects."""

from __future__ import annotations

import copy
import functools
import inspect
import os
import random
import sys
import tempfile
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from checkers.capture.data import MAX_ENTRIES, NoPlainForm, dtype_of, shape_of, to_plain
from checkers.capture.made import make, observe
from checkers.capture.running import run_limited, surroundings_unchanged
from checkers.capture.stubs import clean_text, own_error, short_text
from checkers.capture.unchanged import unchanged
from checkers.parts import Array, Case, Earlier, Function, Made
from checkers.snapshot import (
    ErrorFacts,
    Facts,
    FunctionFacts,
    OtherFacts,
    ResultFacts,
)

__all__ = ["capture_function"]

_SCALARS = (bool, int, float, str)
_MAX_FUNCTIONS = 200  # of the learner's own that one function may reach


def capture_function(answer: Any, part: Function, cases: tuple[Case, ...]) -> Facts:
    """Return what a function gave on each case.

    A case that runs over its time limit is recorded as a TimeoutError, and the
    remaining cases are not run. Globals, defaults and objects that the function
    reaches are put back afterwards.
    """
    reason = _why_no_function(answer, part)
    if reason:
        return OtherFacts(reason, type(answer).__name__, short_text(answer))
    with _everything_unchanged(answer):
        results = tuple(_run_cases(answer, part, cases))
    return FunctionFacts(_name_of(answer), results)


def _why_no_function(answer: Any, part: Function) -> str:
    """Return which misunderstanding this looks like; "" for what the part asks for."""
    if isinstance(answer, type):
        return "" if part.is_class else "function_class"
    keras = sys.modules.get("keras")
    if keras is not None and isinstance(answer, keras.layers.Layer):
        return "not_a_function"  # a model can be called, but is no function
    if callable(answer):
        inner = answer.func if isinstance(answer, functools.partial) else answer
        if inspect.iscoroutinefunction(inner):
            return "function_async"
        is_generator = inspect.isgeneratorfunction(inner)
        return "function_generator" if is_generator else ""
    if isinstance(answer, str):
        return "function_text"
    if isinstance(answer, tuple | list) and len(answer) == 1 and callable(answer[0]):
        return "function_comma"
    try:
        to_plain(answer)
    except NoPlainForm as error:
        is_result = error.reason in ("too_large", "generator", "symbolic", "complex")
        return "function_result" if is_result else "not_a_function"
    return "function_result"


def _name_of(function: Any) -> str:
    """Return the name of a function, of a partial's function or of a class."""
    inner = function.func if isinstance(function, functools.partial) else function
    return clean_text(getattr(inner, "__name__", type(inner).__name__), 100)


def _run_cases(
    function: Callable[..., Any], part: Function, cases: tuple[Case, ...]
) -> Iterator[ResultFacts]:
    """Yield one result per case, up to the first that is too slow."""
    left = MAX_ENTRIES
    values: list[Any] = []
    for case in cases:
        with tempfile.TemporaryDirectory(prefix="layerwise-") as folder:
            result, value = _run_case(function, part, case, Path(folder), values, left)
        values.append(value)
        left -= _count(result.value)
        yield result
        if result.problem in ("timeout", "not_stopped"):
            return


def _run_case(
    function: Callable[..., Any],
    part: Function,
    case: Case,
    folder: Path,
    values: list[Any],
    max_entries: int,
) -> tuple[ResultFacts, Any]:
    """Run one case, `repeat` times; return the facts and the bare result."""
    args = [_argument(value, folder, values) for value in case.args]
    wrong = _wrong_arguments(function, args)
    if wrong is not None:
        return wrong, None
    before = [_frozen(value) for value in args]
    numbers = _random_states()
    run = run_limited(lambda: _repeated(function, args, case), part.limit_s)
    observed: dict[str, Any] = {"touched_random": _random_states() != numbers}
    changed = tuple(
        name
        for name, known, arg in zip(_names(function, args), before, args, strict=True)
        if known is not None and known != _frozen(arg)
    )
    facts = ResultFacts(
        value=None,
        error=run.error,
        mutated=bool(changed),
        seconds=run.seconds,
        observed=observed,
        printed=run.printed,
        warnings=run.warnings,
        problem=run.problem,
        changed=changed,
    )
    if run.error is not None:
        # The folder has another name each time and says nothing to the learner.
        text = run.error.message.replace(f"{folder}{os.sep}", "")
        return replace(facts, error=replace(run.error, message=text)), None
    raw, plain = run.value
    value = raw if case.repeat > 1 else raw[0]
    if part.observe:
        facts = replace(
            facts, observed=observed | observe(part.observe, value, args, folder)
        )
    return _with_result(facts, value, plain, case, max_entries), value


def _repeated(function: Callable[..., Any], args: list[Any], case: Case) -> Any:
    """Call once or several times; return results and what they are as plain data.

    Each is read before the next call, which may reuse the same array.
    """
    raw: list[Any] = []
    plain: list[Any] = []
    for _ in range(case.repeat):
        raw.append(function(*args))
        try:
            plain.append(to_plain(raw[-1]))
        except NoPlainForm as error:
            plain.append(error)
    return raw, plain


def _with_result(
    facts: ResultFacts, value: Any, plain: list[Any], case: Case, max_entries: int
) -> ResultFacts:
    """Return the facts with the result, or with the reason why there is none."""
    bad = next((item for item in plain if isinstance(item, NoPlainForm)), None)
    if bad is not None:
        _close(value if case.repeat == 1 else value[plain.index(bad)])
        kind = type(value if case.repeat == 1 else value[plain.index(bad)]).__name__
        return replace(facts, other=clean_text(kind, 100), problem=bad.reason)
    if sum(map(_count, plain)) > max_entries:
        return replace(facts, other=type(value).__name__, problem="too_large")
    one = value if case.repeat == 1 else value[0]
    is_lost = any(item is None for item in plain)
    return replace(
        facts,
        value=None if is_lost else plain if case.repeat > 1 else plain[0],
        kind=clean_text(type(one).__name__, 100),
        shape=shape_of(one),
        dtypes=_dtypes(one),
    )


def _dtypes(value: Any) -> tuple[str, ...]:
    """Return the element type of an array, or of each entry of a tuple of arrays."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list) and len(value) <= 20:
        return tuple(dtype_of(item) or _scalar_type(item) for item in value)
    return (dtype_of(value) or _scalar_type(value),)


def _scalar_type(value: Any) -> str:
    return type(value).__name__ if isinstance(value, _SCALARS) else ""


def _count(value: Any) -> int:
    """Return the number of entries of a plain value."""
    if isinstance(value, dict):
        value = list(value.values())
    return sum(map(_count, value)) if isinstance(value, list) else 1


def _close(value: Any) -> None:
    """End a coroutine that nobody will wait for, so that nothing is printed of it."""
    if inspect.iscoroutine(value):
        value.close()


def _wrong_arguments(function: Any, args: list[Any]) -> ResultFacts | None:
    """Return the facts of a call that cannot be made; None if it can."""
    try:
        signature = inspect.signature(function)
    except Exception:  # some functions written in C have none
        return None
    try:
        signature.bind(*args)
    except TypeError as error:
        line = clean_text(f"{_name_of(function)}{signature}", 300)
        facts = own_error(error)
        return ResultFacts(
            None,
            ErrorFacts("TypeError", facts.message, line),
            observed={"takes": _takes(signature)},
            problem="arguments",
        )
    return None


def _takes(signature: inspect.Signature) -> str:
    """Return how many arguments a function takes by position: "2", "1–3", "≥ 1"."""
    positional = [
        one
        for one in signature.parameters.values()
        if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)
    ]
    least = sum(one.default is one.empty for one in positional)
    if any(one.kind == one.VAR_POSITIONAL for one in signature.parameters.values()):
        return f"≥ {least}"
    most = len(positional)
    return str(least) if least == most else f"{least}–{most}"


def _names(function: Any, args: list[Any]) -> list[str]:
    """Return the function's own name of each argument, or its number."""
    numbers = [str(number) for number in range(1, len(args) + 1)]
    try:
        bound = inspect.signature(function).bind(*args).signature.parameters.values()
    except Exception:
        return numbers
    names = [one.name for one in bound if one.kind != one.VAR_POSITIONAL]
    return (names + numbers[len(names) :])[: len(args)]


def _argument(value: Any, folder: Path, values: list[Any]) -> Any:
    """Return an argument as the function gets it; containers are copied."""
    if isinstance(value, Array):
        import numpy as np

        return np.array(value.values, value.dtype)
    if isinstance(value, Made):
        return make(value, folder)
    if isinstance(value, Earlier):
        return copy.deepcopy(values[value.case])
    if type(value) in (list, tuple):
        return type(value)(_argument(item, folder, values) for item in value)
    if type(value) is dict:
        return {key: _argument(item, folder, values) for key, item in value.items()}
    return copy.deepcopy(value)


def _frozen(value: Any) -> Any:
    """Return something that shows whether an argument was changed; None if nothing."""
    if _is_array(value):
        return value.dtype.str, value.shape, value.tobytes()
    if type(value) in (list, tuple):
        return type(value).__name__, [_frozen(item) for item in value]
    if type(value) is dict:
        return [(repr(key), _frozen(item)) for key, item in value.items()]
    try:
        return repr(to_plain(value))  # a text: nan is not equal to itself
    except NoPlainForm:
        return None


def _is_array(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return (
        numpy is not None
        and isinstance(value, numpy.ndarray)
        and not value.dtype.hasobject
    )


def _random_states() -> tuple[Any, ...]:
    """Return the global random states, to see whether a function uses them."""
    numpy = sys.modules.get("numpy")
    state = () if numpy is None else numpy.random.get_state()
    return random.getstate(), *(to_plain(list(state)[1:3]) if state else ())


@contextmanager
def _everything_unchanged(function: Any) -> Iterator[None]:
    """Put back what a function reaches: globals, defaults, closures, its object."""
    functions = _reachable(function)
    spaces = {id(one.__globals__): one.__globals__ for one in functions}
    names = {name for one in functions for name in _names_in(one.__code__)}
    held = [space[name] for space in spaces.values() for name in names & set(space)]
    saved = [(space, dict(space)) for space in spaces.values()]
    owner = getattr(function, "__self__", None)
    roots = [function, owner, _attributes(function), _attributes(owner), *held]
    for one in functions:
        roots += [one.__defaults__, one.__kwdefaults__, vars(one)]
        roots += [_content(cell) for cell in one.__closure__ or ()]
    with surroundings_unchanged(), unchanged(*roots):
        try:
            yield
        finally:
            for space, before in saved:
                _put_names_back(space, before, names)


def _attributes(value: Any) -> Any:
    """Return an object's own attributes, if it has any and is no module."""
    is_module = isinstance(value, types.ModuleType | type)
    return None if is_module else getattr(value, "__dict__", None)


def _put_names_back(
    space: dict[str, Any], before: dict[str, Any], names: set[str]
) -> None:
    """Give global names that a function may assign the values that they had."""
    for name in names:
        if name in before and space.get(name) is not before[name]:
            space[name] = before[name]
        elif name not in before:
            space.pop(name, None)


def _reachable(function: Any) -> list[types.FunctionType]:
    """Return the learner's own functions that a function may call, itself included."""
    # An object that is called like a function has its code in the class.
    waiting: list[Any] = [function, vars(type(function)).get("__call__")]
    if isinstance(function, type):
        waiting += vars(function).values()
    found: dict[int, types.FunctionType] = {}
    while waiting and len(found) < _MAX_FUNCTIONS:
        one = waiting.pop()
        if isinstance(one, functools.partial):
            waiting += [one.func, *one.args]
        elif isinstance(one, types.MethodType):
            waiting.append(one.__func__)
        elif isinstance(one, types.FunctionType) and id(one) not in found:
            if "site-packages" in one.__code__.co_filename:
                continue
            found[id(one)] = one
            waiting += [_content(cell) for cell in one.__closure__ or ()]
            waiting += [one.__globals__.get(name) for name in _names_in(one.__code__)]
            waiting.append(getattr(one, "__wrapped__", None))
    return list(found.values())


def _names_in(code: types.CodeType) -> set[str]:
    """Return all global names that a code object and those inside it use."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _names_in(constant)
    return names


def _content(cell: Any) -> Any:
    """Return what a closure holds; None if it is still empty."""
    try:
        return cell.cell_contents
    except ValueError:
        return None
