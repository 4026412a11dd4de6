"""Dataclasses to plain JSON values and back, checked field by field.

The standard library's `asdict` goes one way only, and a snapshot from a sandbox is
hostile text until every field has the declared type.
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from typing import Any

__all__ = ["CodecError", "decode", "encode"]

_TAG = "type"  # names the class where a field may hold one of several
_NUMBERS = {
    "nan": math.nan,
    "inf": math.inf,
    "-inf": -math.inf,
}  # JSON has none of them
_MAX_DEPTH = 40


class CodecError(ValueError):
    """A plain value does not fit the class that it should become."""


def encode(value: Any) -> Any:
    """Return `value` as dicts, lists and scalars; dataclasses carry their name."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            field.name: encode(getattr(value, field.name))
            for field in dataclasses.fields(value)
        }
        return {_TAG: type(value).__name__, **fields}
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return {_TAG: "float", "value": str(float(value))}
    return value


def decode(cls: Any, plain: Any, names: dict[str, Any], *, depth: int = 0) -> Any:
    """Return `plain` as an instance of the annotation `cls`.

    Args:
        cls: A dataclass, a scalar type, `tuple[X, ...]`, `dict[str, X]`, a union or
            `Any` (for plain JSON).
        plain: What `encode` gave.
        names: Where annotations written as text are looked up.
        depth: How deep the value lies; nesting beyond 40 is refused.

    Raises:
        CodecError: If the value does not fit.
    """
    if depth > _MAX_DEPTH:
        raise CodecError("nested too deeply")
    deeper = depth + 1
    if cls is Any:
        return _decode_plain(plain, deeper)
    if dataclasses.is_dataclass(cls):
        return _decode_dataclass(cls, plain, names, deeper)
    origin = typing.get_origin(cls)
    arguments = typing.get_args(cls)
    if origin in (types.UnionType, typing.Union):
        return _decode_union(arguments, plain, names, deeper)
    if origin is tuple and isinstance(plain, list):
        return tuple(decode(arguments[0], item, names, depth=deeper) for item in plain)
    if origin is dict and isinstance(plain, dict):
        return {
            key: decode(arguments[1], item, names, depth=deeper)
            for key, item in plain.items()
        }
    if cls is float and (type(plain) in (int, float) or _is_number(plain)):
        return float(_NUMBERS[plain["value"]] if isinstance(plain, dict) else plain)
    if isinstance(cls, type) and type(plain) is cls:
        return plain
    raise CodecError(f"expected {cls}, received {type(plain).__name__}")


def _decode_dataclass(cls: Any, plain: Any, names: dict[str, Any], depth: int) -> Any:
    """Build one dataclass; unknown and missing fields are errors."""
    if not isinstance(plain, dict) or plain.get(_TAG) != cls.__name__:
        raise CodecError(f"expected a {cls.__name__}")
    hints = typing.get_type_hints(cls, names)
    known = {field.name for field in dataclasses.fields(cls)}
    unknown = set(plain) - known - {_TAG}
    if unknown:
        raise CodecError(f"{cls.__name__} has no field {sorted(unknown)[0]!r}")
    values = {
        name: decode(hints[name], plain[name], names, depth=depth)
        for name in known & set(plain)
    }
    try:
        return cls(**values)
    except TypeError as error:
        raise CodecError(f"{cls.__name__}: {error}") from error


def _decode_union(
    choices: tuple[Any, ...], plain: Any, names: dict[str, Any], depth: int
) -> Any:
    """Build the member of a union whose name or type fits."""
    if plain is None and type(None) in choices:
        return None
    is_object = isinstance(plain, dict) and not _is_number(plain)
    tag = plain.get(_TAG) if is_object else None
    for choice in choices:
        if dataclasses.is_dataclass(choice):
            if getattr(choice, "__name__", None) == tag:
                return decode(choice, plain, names, depth=depth)
        elif choice is not type(None) and tag is None:
            return decode(choice, plain, names, depth=depth)
    raise CodecError(f"unexpected {tag or type(plain).__name__}")


def _decode_plain(value: Any, depth: int) -> Any:
    """Return JSON's own types; refuse others, and nesting beyond the limit."""
    if depth > _MAX_DEPTH:
        raise CodecError("nested too deeply")
    if _is_number(value):
        return _NUMBERS[value["value"]]
    if isinstance(value, dict):
        return {key: _decode_plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_decode_plain(item, depth + 1) for item in value]
    if value is not None and not isinstance(value, str | int | float | bool):
        raise CodecError(f"unexpected {type(value).__name__}")
    return value


def _is_number(value: Any) -> bool:
    """Return True for what `encode` writes for nan and the infinities."""
    return (
        isinstance(value, dict)
        and set(value) == {_TAG, "value"}
        and value[_TAG] == "float"
        and value["value"] in _NUMBERS
    )
