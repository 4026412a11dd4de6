"""Numbers, letters and arrays as plain data."""

from __future__ import annotations

from typing import Any

from checkers.capture.stubs import short_text
from checkers.snapshot import Facts, OtherFacts, ValueFacts

__all__ = [
    "NoPlainForm",
    "capture_choice",
    "capture_number",
    "capture_values",
    "to_plain",
]

_MAX_ENTRIES = 200_000
_MAX_DEPTH = 20


class NoPlainForm(TypeError):
    """A value has no plain form: a model, a generator, an object of some class."""


def capture_number(answer: Any) -> Facts:
    """Return one number; arrays and tensors with a single entry count as one."""
    try:
        value = to_plain(answer)
    except NoPlainForm:
        value = None
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return OtherFacts("not_a_number", type(answer).__name__, short_text(answer))
    return ValueFacts(value, type(answer).__name__)


def capture_choice(answer: Any) -> Facts:
    """Return the letters that were chosen, sorted, as one text: "A" or "AC"."""
    letters = answer
    if isinstance(answer, list | tuple | set | frozenset):
        letters = "".join(item for item in answer if isinstance(item, str))
    if not isinstance(letters, str):
        return OtherFacts("not_a_letter", type(answer).__name__, short_text(answer))
    kept = sorted({letter for letter in letters.upper() if letter.isalpha()})
    return ValueFacts("".join(kept), type(answer).__name__)


def capture_values(answer: Any) -> Facts:
    """Return numbers in any container, or a dict of named values."""
    try:
        value = to_plain(answer)
    except NoPlainForm:
        return OtherFacts("not_values", type(answer).__name__, short_text(answer))
    return ValueFacts(value, type(answer).__name__, _shape(answer), _dtype(answer))


def to_plain(value: Any, depth: int = 0) -> Any:
    """Return numbers, texts and containers of them as scalars, lists and dicts.

    Tuples, ranges, sets, arrays, tables and tensors become lists; NumPy's scalars
    become numbers.

    Raises:
        NoPlainForm: If a value is of another kind, too deep or too large.
    """
    if depth > _MAX_DEPTH:
        raise NoPlainForm("nested too deeply")
    if value is None or type(value) in (bool, int, float, str):
        return value
    for kind in (int, float, str):
        if isinstance(value, kind):
            return kind(value)  # a subclass, such as NumPy's float64
    if isinstance(value, dict):
        return {str(key): to_plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | range):
        return [to_plain(item, depth + 1) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((to_plain(item, depth + 1) for item in value), key=repr)
    return _array_to_plain(value)


def _array_to_plain(value: Any) -> Any:
    """Return anything that NumPy understands as numbers or texts."""
    import numpy as np

    if not any(hasattr(value, name) for name in ("__array__", "dtype", "numpy")):
        raise NoPlainForm(type(value).__name__)
    try:
        array = np.asarray(value)
    except Exception as error:
        raise NoPlainForm(type(value).__name__) from error
    if array.dtype.kind not in "biufUO" or array.size > _MAX_ENTRIES:
        raise NoPlainForm(type(value).__name__)
    if array.dtype.kind == "O" and array.ndim == 0:
        raise NoPlainForm(type(value).__name__)  # NumPy wrapped a single object
    plain = array.tolist()
    return to_plain(plain) if array.dtype.kind == "O" else plain


def _shape(value: Any) -> tuple[int, ...]:
    """Return the shape of an array or of a regular list."""
    shape = getattr(value, "shape", None)
    if shape is not None:
        return tuple(int(size) for size in shape)
    if isinstance(value, list | tuple):
        inner = {_shape(item) for item in value}
        return (len(value), *inner.pop()) if len(inner) == 1 else (len(value),)
    return ()


def _dtype(value: Any) -> str:
    """Return an array's dtype as text; "" for anything else."""
    dtype = getattr(value, "dtype", None)
    return "" if dtype is None else str(getattr(dtype, "name", dtype))
