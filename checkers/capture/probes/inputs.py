"""Random inputs that fit a model: shapes, element types and a sensible range."""

from __future__ import annotations

from typing import Any

from checkers.capture.plain import shape_of
from checkers.parts import Model

__all__ = ["BATCH", "MAX_WORK", "Inputs", "work_of"]

BATCH = 8
# Multiplications of one run, and entries of one input batch. ResNet50 on two pictures
# takes 8e9; what is larger is read, but not run.
MAX_WORK = 1e10
_MAX_ENTRIES = 20_000_000
_ANY_SIZE = {4: 32, 5: 16}  # for an axis of any length, by rank; 8 otherwise


class Inputs:
    """Draws batches for one model.

    Attributes:
        model: The model.
        shapes: Shapes of one example per input, without None.
        batch: Examples per batch: the declared number, 8 if any will do.
        is_fixed: True if the model declares its batch size.
        is_stateful: True if a layer keeps its state from batch to batch.
        levels: How many whole numbers can be looked up; None without a lookup.
    """

    def __init__(self, model: Any, part: Model, layers: list[Any]) -> None:
        """Settle shapes and element types, by the model first, then the exercise."""
        self.model = model
        declared = getattr(model, "inputs", None)
        if isinstance(declared, list | tuple) and declared:
            shapes = [shape_of(tensor) for tensor in declared]
            self.dtypes = [str(tensor.dtype) for tensor in declared]
        else:
            shapes = [(None, *shape) for shape in part.shapes]
            self.dtypes = list(part.dtypes)
        hints = [*part.shapes, *((),) * len(shapes)]
        self.shapes = [
            _settled(shape[1:], hint)
            for shape, hint in zip(shapes, hints, strict=False)
        ]
        sizes = {shape[0] for shape in shapes if shape and shape[0]}
        self.is_fixed = bool(sizes)
        self.batch: int = max(sizes) if sizes else BATCH
        if not sizes and sum(_size(shape) for shape in self.shapes) > 100_000:
            self.batch = 2
        self.is_stateful = any(getattr(layer, "stateful", False) for layer in layers)
        self.levels = _levels(layers)

    @property
    def num_entries(self) -> int:
        """Numbers in one batch."""
        return self.batch * sum(_size(shape) for shape in self.shapes)

    def draw(self, seed: int = 0, *, whole: bool = False) -> Any:
        """Return one batch in the structure that the model takes.

        Args:
            seed: Of the random numbers.
            whole: True for whole numbers, which an embedding can look up.
        """
        import numpy as np

        rng = np.random.default_rng(seed)
        arrays = [
            _array(rng, (self.batch, *shape), dtype, self.levels, whole)
            for shape, dtype in zip(self.shapes, self.dtypes, strict=True)
        ]
        return self.packed(arrays)

    def packed(self, arrays: list[Any]) -> Any:
        """Return arrays as tensors: one, a list or a dict, as the model takes them."""
        import keras

        tensors = [keras.ops.convert_to_tensor(array) for array in arrays]
        structure = getattr(self.model, "input", None)
        if len(tensors) == 1 and not isinstance(structure, dict | list | tuple):
            return tensors[0]
        try:
            return keras.tree.pack_sequence_as(structure, tensors)
        except Exception:  # a subclass declares no structure
            return tensors

    def all_but_last(self, drawn: Any) -> Any:
        """Return a drawn batch without its last example."""
        import keras

        return keras.tree.map_structure(lambda tensor: tensor[:-1], drawn)


def work_of(inputs: Inputs, layers: list[Any]) -> float:
    """Return about how many multiplications one run takes.

    A kernel is applied once per place, and there are at most as many places as the
    input has; pooling makes them fewer. The estimate is an upper one.
    """
    if inputs.num_entries > _MAX_ENTRIES:
        return float("inf")
    places = max((_places(shape) for shape in inputs.shapes), default=1)
    work = 0.0
    for layer in layers:
        weights = sum(_size(shape_of(weight)) for weight in layer.weights)
        is_spread = any(len(weight.shape) > 2 for weight in layer.weights)
        reached = _places_of(layer, places) if is_spread else 1
        work += inputs.batch * weights * reached
    return work


def _places_of(layer: Any, most: int) -> int:
    """Return in how many places a layer applies its kernel."""
    try:
        shape = shape_of(layer.output)
    except Exception:  # not part of a functional graph
        return most
    return min(most, _places(tuple(size or 1 for size in shape[1:])))


def _places(shape: tuple[int, ...]) -> int:
    return _size(shape[:-1])


def _size(shape: tuple[int | None, ...]) -> int:
    size = 1
    for length in shape:
        size *= length or 1
    return size


def _settled(shape: tuple[int | None, ...], hint: tuple[int, ...]) -> tuple[int, ...]:
    """Return a shape with a length for every axis."""
    fallback = _ANY_SIZE.get(len(shape) + 1, 8)
    hints = hint if len(hint) == len(shape) else (0,) * len(shape)
    return tuple(
        size or wanted or fallback for size, wanted in zip(shape, hints, strict=True)
    )


def _levels(layers: list[Any]) -> int | None:
    """Return how many whole numbers every embedding can look up; None without one."""
    sizes = [
        int(size)
        for layer in layers
        for size in (
            getattr(layer, "input_dim", None),
            getattr(layer, "num_tokens", None),
        )
        if isinstance(size, int) and size > 0
    ]
    return min(sizes) if sizes else None


def _array(
    rng: Any, shape: tuple[int, ...], dtype: str, levels: int | None, whole: bool
) -> Any:
    """Return random values of an element type."""
    import numpy as np

    if dtype == "string":
        return rng.choice(np.array(["a", "b c", "d"], dtype=object), size=shape)
    if dtype == "bool":
        return rng.random(shape) < 0.5
    if dtype.startswith(("int", "uint")) or whole or levels is not None:
        top = min(levels or (256 if dtype == "uint8" else 10), 2**31)
        return rng.integers(0, top, size=shape).astype(_numpy_type(dtype))
    return rng.normal(size=shape).astype(_numpy_type(dtype))


def _numpy_type(dtype: str) -> str:
    return "float32" if dtype == "bfloat16" else dtype
