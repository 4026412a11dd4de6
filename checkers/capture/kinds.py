"""What was handed in: a model or something else; a layer of Keras's or an own class."""

from __future__ import annotations

import functools
import inspect
import sys
from typing import Any

__all__ = ["kind_of", "why_no_model"]


def why_no_model(answer: Any) -> str:
    """Return why this is no model; "" if it is one."""
    keras = sys.modules.get("keras")
    if isinstance(answer, tuple | list | dict) and keras is not None:
        return _what_box(answer)
    if keras is None:
        return "not_a_model"
    if isinstance(answer, type):
        is_class = issubclass(answer, keras.Model | keras.layers.Layer)
        return "class_not_instance" if is_class else "not_a_model"
    if isinstance(answer, keras.Model):
        return _why_no_use(answer)
    for kind, reason in (
        (keras.layers.Layer, "layer_not_model"),
        (keras.KerasTensor, "tensor_not_model"),
        (keras.callbacks.History, "history_not_model"),
    ):
        if isinstance(answer, kind):
            return reason
    if type(answer).__name__ == "ImageDataGenerator":
        return "image_generator"
    is_function = inspect.isroutine(answer) or isinstance(answer, functools.partial)
    return "function_not_called" if is_function else "not_a_model"


def _what_box(answer: Any) -> str:
    """Return what a list, tuple or dict holds in place of being a model."""
    import keras

    items = list(answer.values() if isinstance(answer, dict) else answer)
    if any(isinstance(item, keras.Model) for item in items):
        is_comma = isinstance(answer, tuple) and len(items) == 1
        return "trailing_comma" if is_comma else "not_alone"
    step = keras.layers.Layer | keras.KerasTensor
    is_list = any(isinstance(item, keras.layers.Layer) for item in items)
    is_list = is_list and all(isinstance(item, step) for item in items)
    return "list_of_layers" if is_list else "not_a_model"


def _why_no_use(model: Any) -> str:
    """Return what keeps an instance of a model class from working; "" if nothing."""
    import keras

    try:
        _ = model.built, model.layers
    except AttributeError:
        return "no_super_init"
    if isinstance(model, keras.Sequential):
        return "" if model.layers else "empty_model"
    has_call = type(model).call is not keras.Model.call
    if type(model) is keras.Model or getattr(model, "inputs", None):
        return "" if getattr(model, "inputs", None) else "empty_model"
    return "" if has_call else "no_call"


@functools.cache
def _exported() -> frozenset[type]:
    """Return all classes that Keras itself offers as layers."""
    import keras

    return frozenset(
        one for one in vars(keras.layers).values() if isinstance(one, type)
    )


def kind_of(layer: Any, *, by_base: bool = False) -> tuple[str, bool, str]:
    """Return class name, whether Keras's own code does the work, nearest Keras class.

    A subclass that overrides none of the methods that compute is as good as its base.

    Args:
        layer: The layer.
        by_base: True if its own code was seen to leave the work to its base.
    """
    import keras

    cls = type(layer)
    if cls in _exported():  # some classes have another name outside than inside
        return cls.__name__, True, cls.__name__
    for base in cls.__mro__[1:]:
        if base in _exported():
            same = by_base or all(
                getattr(cls, name, None) is getattr(base, name, None)
                for name in ("call", "build", "__call__", "compute_output_shape")
            )
            is_base = same and base is not keras.layers.Layer
            return (base.__name__ if is_base else cls.__name__), is_base, base.__name__
    return cls.__name__, cls.__module__.split(".")[0] == "keras", ""
