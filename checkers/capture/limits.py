"""Refuse to build what does not fit into memory, or what calls itself for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["MAX_BUILT", "TooLarge", "built_small"]

MAX_BUILT = 100_000_000  # weights; 0.4 GB
_MAX_NESTED = 8  # calls of a layer inside its own call


class TooLarge(Exception):
    """An unbuilt model would get more weights than the checker makes room for."""


@contextmanager
def built_small() -> Iterator[None]:
    """Let layers make at most `MAX_BUILT` weights inside the block.

    Raises:
        TooLarge: Before the first weight too many is made; its text is the number.
        RecursionError: If a layer calls itself. Python would find out as well, but
            Keras makes a graph for each of a hundred calls first: that takes seconds.
    """
    import keras

    layer_class = keras.layers.Layer
    add_weight, call = layer_class.add_weight, layer_class.__call__
    total = 0
    nested: dict[int, int] = {}

    def counted(self: Any, *args: Any, **kwargs: Any) -> Any:
        nonlocal total
        shape = kwargs.get("shape") or (args[0] if args else ())
        size = 1
        for length in shape if isinstance(shape, list | tuple) else (shape,):
            size *= int(length or 0)
        total += size
        if total > MAX_BUILT:
            raise TooLarge(f"{total:,}")
        return add_weight(self, *args, **kwargs)

    def watched(self: Any, *args: Any, **kwargs: Any) -> Any:
        nested[id(self)] = nested.get(id(self), 0) + 1
        try:
            if nested[id(self)] > _MAX_NESTED:
                raise RecursionError("maximum recursion depth exceeded")
            return call(self, *args, **kwargs)
        finally:
            nested[id(self)] -= 1

    layer_class.add_weight, layer_class.__call__ = counted, watched
    try:
        yield
    finally:
        layer_class.add_weight, layer_class.__call__ = add_weight, call
