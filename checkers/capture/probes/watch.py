"""Watch what goes into and comes out of each layer while a model runs on numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

__all__ = ["Watched", "watched_calls"]


@dataclass(frozen=True)
class Watched:
    """One call of a layer, with the tensors themselves."""

    layer: Any
    inputs: list[Any]
    outputs: list[Any]

    @property
    def first_input(self) -> Any:
        """The first tensor that it received; None without one."""
        return self.inputs[0] if self.inputs else None


@contextmanager
def watched_calls(
    touch: Callable[[Any], None] = lambda tensor: None,
) -> Iterator[list[Watched]]:
    """Collect all layer calls that end inside the block, inner ones first.

    Args:
        touch: Is handed every tensor that goes into or comes out of a layer.
    """
    import keras

    calls: list[Watched] = []
    layer_class = keras.layers.Layer
    plain_call = layer_class.__call__

    def watch(self: Any, *args: Any, **kwargs: Any) -> Any:
        given = _tensors((args, kwargs))
        for tensor in given:
            touch(tensor)
        outputs = plain_call(self, *args, **kwargs)
        made = _tensors(outputs)
        for tensor in made:
            touch(tensor)
        calls.append(Watched(self, given, made))
        return outputs

    layer_class.__call__ = watch
    try:
        yield calls
    finally:
        layer_class.__call__ = plain_call


def _tensors(values: Any) -> list[Any]:
    import keras

    return [one for one in keras.tree.flatten(values) if keras.ops.is_tensor(one)]
