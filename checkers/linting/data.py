"""What lint knows about the data: frozen plain facts."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ArrayFacts", "DataFacts"]


@dataclass(frozen=True)
class ArrayFacts:
    """One array of examples or targets.

    Attributes:
        name: Where it stands: inputs, inputs 2, targets …
        shape: Its shape, rows first.
        dtype: Name of its element type.
        is_number: False for texts and other objects; then nothing below is known.
        low: Least finite value.
        high: Greatest finite value.
        mean: Mean of the finite values.
        num_nan: Number of entries that are nan.
        num_inf: Number of entries that are infinite.
        constant_columns: 0-based columns of a table whose values are all equal.
        narrow: Least standard deviation of a column that is not constant.
        wide: Greatest standard deviation of a column.
        is_whole: True if all values are whole numbers.
        is_one_hot: True if each row holds one 1 and zeros otherwise.
        num_distinct: Number of distinct values, at most 10,000.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    is_number: bool = True
    low: float = 0.0
    high: float = 0.0
    mean: float = 0.0
    num_nan: int = 0
    num_inf: int = 0
    constant_columns: tuple[int, ...] = ()
    narrow: float = 0.0
    wide: float = 0.0
    is_whole: bool = False
    is_one_hot: bool = False
    num_distinct: int = 0

    @property
    def width(self) -> int:
        """Numbers per row: 1 for a plain list of them."""
        size = 1
        for length in self.shape[1:]:
            size *= length
        return size


@dataclass(frozen=True)
class DataFacts:
    """The data that a model is to be trained on.

    Attributes:
        inputs: One array per input of the model.
        targets: One array per output; empty if only inputs were given.
    """

    inputs: tuple[ArrayFacts, ...]
    targets: tuple[ArrayFacts, ...] = ()

    @property
    def num_rows(self) -> int:
        """Number of examples."""
        return self.inputs[0].shape[0]

    @property
    def examples(self) -> tuple[tuple[tuple[int, ...], str], ...]:
        """Shape without the batch axis and element type of each input."""
        return tuple(
            (one.shape[1:], "float32" if "float" in one.dtype else one.dtype)
            for one in self.inputs
        )
