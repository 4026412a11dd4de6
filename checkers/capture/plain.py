"""Keras's public configuration, cut down to plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checkers.capture.penalties import penalty_text
from checkers.snapshot import Shape

__all__ = ["attributes_of", "config_of", "plain", "plain_settings", "shape_of"]

_DROPPED = {"name", "dtype", "build_config", "quantization_config", "registered_name"}
_MAX_ITEMS = 64
_MAX_DEPTH = 12  # a list may hold itself


def config_of(layer: Any) -> dict[str, Any]:
    """Return a layer's public configuration; {} where it has none."""
    try:
        config = layer.get_config()
    except Exception:
        return {}
    found = {
        str(key): plain(value) for key, value in config.items() if key not in _DROPPED
    }
    # Keras leaves this one out of Dense's configuration.
    regularizer = getattr(layer, "activity_regularizer", None)
    if regularizer is not None:
        found["activity_regularizer"] = _object_text(regularizer)
    for name in found:
        if name.endswith("_regularizer"):
            own = penalty_text(getattr(layer, name, None))
            found[name] = own or found[name]
    return found


def _object_text(value: Any) -> Any:
    """Return a regularizer or constraint as it would be written, None for none."""
    if value is None:
        return None
    return plain({"class_name": type(value).__name__, "config": config_of(value)})


def attributes_of(layer: Any, names: Iterable[str] | None) -> dict[str, Any]:
    """Return a layer's settings by its public attributes.

    For a layer that cannot describe itself: a lambda whose source Python cannot find
    makes `get_config` raise.
    """
    found = {}
    for name in names or ():
        value = getattr(layer, name, None)
        if name.endswith(("_regularizer", "_constraint")):
            found[name] = penalty_text(value) or _object_text(value)
        elif value is not None and not callable(value):
            found[name] = plain(value)
    return found


def plain(value: Any, depth: int = 0) -> Any:
    """Return `value` as scalars, lists and dicts.

    A serialized object (`{"class_name": "L2", "config": {"l2": 0.01}}`) becomes the
    text `L2(l2=0.01)`.
    """
    if value is None or isinstance(value, bool | str):
        return value if not isinstance(value, str) else value[:500]
    if isinstance(value, int | float):
        return value
    if depth < _MAX_DEPTH and isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value[:_MAX_ITEMS]]
    if depth < _MAX_DEPTH and isinstance(value, dict):
        if "class_name" in value:
            return _as_text(value)
        return {str(key): plain(item, depth + 1) for key, item in value.items()}
    if hasattr(value, "item") and getattr(value, "size", 2) == 1:
        return value.item()
    return str(type(value).__name__)


def plain_settings(operation: Any) -> dict[str, Any]:
    """Return the plain public attributes of an operation such as `Add` or `Relu`."""
    return {
        key: plain(value)
        for key, value in vars(operation).items()
        if not key.startswith("_") and key != "name"
        if isinstance(value, bool | int | float | str | list | tuple | None)
    }


def shape_of(tensor: Any) -> Shape:
    """Return a tensor's shape; None for any size."""
    return tuple(None if size is None else int(size) for size in tensor.shape)


def _as_text(value: dict[str, Any]) -> str:
    """Return a serialized Keras object as it would be written."""
    config = value.get("config")
    if not isinstance(config, dict):
        return str(config or value["class_name"])
    inside = ", ".join(
        f"{key}={plain(item)!r}" if not isinstance(item, float) else f"{key}={item:.6g}"
        for key, item in config.items()
        if key not in _DROPPED and item is not None
    )
    return f"{value['class_name']}({inside})"
