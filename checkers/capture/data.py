"""Containers and numbers of any library as plain scalars, lists and dicts.

What is read is never changed: an iterator, whose values can be taken only once, is
left alone.
"""

from __future__ import annotations

import array
import dataclasses
import datetime
import enum
import math
import numbers
import sys
import types
from collections import abc, deque
from pathlib import PurePath
from typing import Any

from checkers.capture.stubs import clean_text

__all__ = ["MAX_ENTRIES", "NoPlainForm", "dtype_of", "shape_of", "to_plain"]

MAX_ENTRIES = 50_000  # about 1 MB of text; a snapshot may have 4 MB
_MAX_DEPTH = 20
_MAX_TEXT = 10_000
_LONGEST_INT = 1_000  # bits; Python refuses to write out more than 4,300 digits
_VIEWS = (abc.KeysView, abc.ValuesView, abc.ItemsView)
_LISTS = (list, tuple, range, deque, array.array, memoryview, *_VIEWS)


class NoPlainForm(TypeError):
    """A value has no plain form: a model, a generator, an object of some class.

    Attributes:
        reason: "generator", "function", "symbolic", "complex", "too_large",
            "too_deep", or "" for any other kind.
    """

    def __init__(self, text: str, reason: str = "") -> None:
        """Keep the reason beside the text."""
        super().__init__(text)
        self.reason = reason


def to_plain(value: Any, *, max_entries: int = MAX_ENTRIES) -> Any:
    """Return numbers, texts and containers of them as scalars, lists and dicts.

    Tuples, ranges, sets, arrays, tables and tensors become lists; NumPy's scalars,
    fractions and decimals become numbers; dataclasses and histories become dicts;
    masked and missing entries become None.

    Raises:
        NoPlainForm: If a value is of another kind, too deep or too large.
    """
    return _Reader(max_entries).read(value, 0)


def shape_of(value: Any) -> tuple[int, ...]:
    """Return the shape of an array or of a regular list; () for anything else."""
    try:
        shape = getattr(value, "shape", None)
        if shape is not None:
            return tuple(int(size) for size in shape)
        if isinstance(value, _LISTS):
            inner = {shape_of(item) for item in value}
            return (len(value), *inner.pop()) if len(inner) == 1 else (len(value),)
    except Exception:
        return ()
    return ()


def dtype_of(value: Any) -> str:
    """Return an array's dtype as text; "" for anything else."""
    try:
        dtype = getattr(value, "dtype", None)
        name = getattr(dtype, "name", dtype)
        return "" if name is None else clean_text(str(name), 50)
    except Exception:
        return ""


class _Reader:
    """Reads one value, counting its entries."""

    def __init__(self, max_entries: int) -> None:
        """Allow this many entries."""
        self._left = max_entries

    def read(self, value: Any, depth: int) -> Any:
        """Return the plain form of one value and of all inside it."""
        self._count(1)
        if depth > _MAX_DEPTH:
            raise NoPlainForm("nested too deeply", "too_deep")
        scalar, is_scalar = _scalar(value)
        if is_scalar:
            return scalar
        if isinstance(value, abc.Mapping):
            return self._dict(value, depth)
        if isinstance(value, set | frozenset):
            return _in_order([self.read(item, depth + 1) for item in value])
        if isinstance(value, _LISTS):
            self._count(len(value))
            return [self.read(item, depth + 1) for item in value]
        if isinstance(value, type):
            raise NoPlainForm(value.__name__, "function")
        if isinstance(value, types.SimpleNamespace):
            return self._dict(vars(value), depth)
        if dataclasses.is_dataclass(value):
            fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
            return self._dict(fields, depth)
        return self._foreign(value, depth)

    def _count(self, entries: int) -> None:
        self._left -= entries
        if self._left < 0:
            raise NoPlainForm("too many entries", "too_large")

    def _dict(self, value: abc.Mapping[Any, Any], depth: int) -> dict[str, Any]:
        self._count(len(value))
        return {
            clean_text(str(_scalar(key)[0]), 500): self.read(item, depth + 1)
            for key, item in value.items()
        }

    def _foreign(self, value: Any, depth: int) -> Any:
        """Return the plain form of an object of some library."""
        name = type(value).__name__
        inside = _unwrapped(value)
        if inside is not value:
            return self.read(inside, depth + 1)
        if not _has(value, "__array__", "numpy") and (
            callable(value) or not _has(value, "dtype")
        ):
            if _has(value, "__next__", "cr_code"):
                raise NoPlainForm(name, "generator")
            raise NoPlainForm(name, "function" if callable(value) else "")
        shape = shape_of(value)
        self._count(math.prod(shape) if shape else 0)
        found = _as_array(value)
        self._count(found.size)
        if found.dtype.hasobject:
            item = found.item() if found.ndim == 0 else found.tolist()
            if item is value:
                raise NoPlainForm(name)  # NumPy only wrapped it
            return self.read(item, depth + 1)
        if found.dtype.kind not in "biufUTV":
            raise NoPlainForm(name)
        plain = found.tolist()
        return self.read(plain, depth + 1) if found.dtype.kind in "UTV" else plain


def _scalar(value: Any) -> tuple[Any, bool]:
    """Return a plain scalar and True, or anything and False."""
    if value is None or isinstance(value, bool):
        return value, True
    if isinstance(value, enum.Enum):
        return _scalar(value.value)
    if isinstance(value, int):
        return _short_int(int(value)), True
    if isinstance(value, str):
        return clean_text(value, _MAX_TEXT), True
    if isinstance(value, float):
        return float(value), True
    if isinstance(value, bytes):
        return clean_text(value.decode("utf-8", "replace"), _MAX_TEXT), True
    if _is_missing_entry(value):
        return None, True
    if isinstance(value, PurePath | datetime.timedelta):
        return str(value), True
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat(), True
    if isinstance(value, complex):
        if value.imag != 0:
            raise NoPlainForm(type(value).__name__, "complex")
        return value.real, True
    is_number = isinstance(value, numbers.Real) or type(value).__name__ == "Decimal"
    if is_number and not _has(value, "dtype"):
        return float(value), True
    return value, False


def _short_int(value: int) -> int | float:
    """Return a whole number that can be written out."""
    if value.bit_length() <= _LONGEST_INT:
        return value
    return math.inf if value > 0 else -math.inf


def _is_missing_entry(value: Any) -> bool:
    """Return True for pandas' own marks of a missing entry."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and (value is pandas.NA or value is pandas.NaT)


def _in_order(values: list[Any]) -> list[Any]:
    """Return the entries of a set in an order that repeats."""
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=repr)


def _has(value: Any, *names: str) -> bool:
    """Return True if an object has one of these attributes; never raises."""
    try:
        return any(hasattr(value, name) for name in names)
    except Exception:  # a property that raises: whatever it is, no array
        return False


def _unwrapped(value: Any) -> Any:
    """Return what a library's object holds, or the object itself.

    Raises:
        NoPlainForm: If a tensor has a shape but no numbers.
    """
    keras, tensorflow = sys.modules.get("keras"), sys.modules.get("tensorflow")
    if keras is not None and isinstance(value, keras.KerasTensor):
        raise NoPlainForm("KerasTensor", "symbolic")
    if keras is not None and isinstance(value, keras.callbacks.History):
        return getattr(value, "history", {})
    if tensorflow is not None:
        if isinstance(value, tensorflow.RaggedTensor):
            return value.to_list()
        if isinstance(value, tensorflow.SparseTensor):
            return tensorflow.sparse.to_dense(value)
        if isinstance(value, tensorflow.IndexedSlices):
            return tensorflow.convert_to_tensor(value)
        if isinstance(value, tensorflow.Tensor) and not _has(value, "numpy"):
            raise NoPlainForm("Tensor", "symbolic")
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(value, pandas.Series | pandas.Index):
        # Dates and pandas' own types say only in a list which entries are missing.
        is_plain = getattr(value.dtype, "kind", "O") in "biufc" and not _has(
            value.dtype, "na_value"
        )
        return value.to_numpy() if is_plain else value.tolist()
    if type(value).__module__.startswith("scipy.sparse") and _has(value, "toarray"):
        if math.prod(value.shape) > MAX_ENTRIES:
            raise NoPlainForm(type(value).__name__, "too_large")
        return value.toarray()
    return value


def _as_array(value: Any) -> Any:
    """Return anything that NumPy understands as an array of plain entries."""
    import numpy as np

    try:
        if isinstance(value, np.ma.MaskedArray):
            return np.array(value.tolist(), "O")
        if _has(value, "detach"):
            value = value.detach()
        # A single bfloat16 of TensorFlow's is no array to NumPy, but its number is.
        is_single = shape_of(value) == () and _has(value, "numpy")
        found = np.asarray(value.numpy() if is_single else value)
        kind = found.dtype.kind
        if kind == "c" and (found.imag == 0).all():
            return found.real
        if kind == "c":
            raise NoPlainForm(type(value).__name__, "complex")
        if kind in "Mm":
            return found.astype(str)
        if kind == "S":
            return np.char.decode(found, "utf-8", "replace")
        if kind == "V" and found.dtype.names is None:
            return found.astype("float64")  # bfloat16 and other short floats
        if kind == "f" and found.dtype.itemsize > 8:
            return found.astype("float64")
    except NoPlainForm:
        raise
    except Exception as error:
        raise NoPlainForm(type(value).__name__) from error
    return found
