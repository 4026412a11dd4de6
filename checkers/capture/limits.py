"""Refuse to build what does not fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["MAX_BUILT", "TooLarge", "built_small"]

MAX_BUILT = 100_000_000  # weights; 0.4 GB


class TooLarge(Exception):  # noqa: N818 - its name is shown to the learner
    """An unbuilt model would get more weights than the checker makes room for."""


@contextmanager
def built_small() -> Iterator[None]:
    """Let layers make at most `MAX_BUILT` weights inside the block.

    Raises:
        TooLarge: Before the first weight too many is made; its text is the number.
    """
    import keras

    layer_class = keras.layers.Layer
    add_weight = layer_class.add_weight
    total = 0

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

    layer_class.add_weight = counted
    try:
        yield
    finally:
        layer_class.add_weight = add_weight
