"""Training data as plain facts, for lint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checkers.linting.data import ArrayFacts, DataFacts
from checkers.messages.sentences import say

__all__ = ["read_data"]

_MAX_ENTRIES = 20_000_000  # larger arrays are measured on evenly spaced rows
_MAX_DISTINCT = 10_000
_MAX_COLUMNS = 20  # as many constant columns are listed


def read_data(data: Any) -> DataFacts:
    """Return the facts of `(inputs, targets)` or of inputs alone.

    Args:
        data: A pair; an array, table or tensor; or a `tf.data.Dataset`, of which one
            batch is read. Several inputs or outputs: a list, tuple or dict in each
            place.

    Raises:
        ValueError: If it is empty, or if the rows of its arrays differ in number.
    """
    inputs, targets = _pair(data)
    found = DataFacts(
        tuple(_facts(name, value) for name, value in _named("inputs", inputs)),
        tuple(_facts(name, value) for name, value in _named("targets", targets)),
    )
    arrays = [*found.inputs, *found.targets]
    if not found.inputs or not all(one.shape and one.shape[0] for one in arrays):
        raise ValueError(say("READ.no_rows"))
    if len({one.shape[0] for one in arrays}) > 1:
        texts = ", ".join(f"{one.name} {one.shape[0]:,}" for one in arrays)
        raise ValueError(say("READ.rows_differ", rows=texts))
    return found


def _pair(data: Any) -> tuple[Any, Any]:
    """Return inputs and targets; None for targets that were not given."""
    if hasattr(data, "element_spec") and hasattr(data, "take"):
        data = next(iter(data.take(1)), None)
    if isinstance(data, tuple) and len(data) in (2, 3):
        return data[0], data[1]
    return data, None


def _named(name: str, value: Any) -> list[tuple[str, Any]]:
    """Return arrays with the names that messages use for them."""
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [(f"{name} “{key}”", one) for key, one in value.items()]
    several = isinstance(value, list | tuple) and all(
        hasattr(one, "shape") and len(one.shape) for one in value
    )
    if several and len(value) > 1:
        return [(f"{name} {n}", one) for n, one in enumerate(value, start=1)]
    return [(name, value[0] if several and value else value)]


def _facts(name: str, value: Any) -> ArrayFacts:
    """Return the facts of one array."""
    import numpy as np

    array = np.asarray(value)
    shape = tuple(int(size) for size in array.shape)
    if array.dtype.kind not in "biuf":
        return ArrayFacts(name, shape, str(array.dtype), is_number=False)
    if array.size > _MAX_ENTRIES:
        array = array[:: array.size // _MAX_ENTRIES + 1]
    values = array.astype("float64", copy=False)
    finite = np.isfinite(values)
    kept = values[finite]
    if not kept.size:
        kept = np.zeros(1)
    columns, narrow, wide = _columns(values)
    distinct = np.unique(kept[:1_000_000])
    return ArrayFacts(
        name,
        shape,
        str(array.dtype),
        low=float(kept.min()),
        high=float(kept.max()),
        mean=float(kept.mean()),
        num_nan=int(np.isnan(values).sum()),
        num_inf=int(np.isinf(values).sum()),
        constant_columns=columns,
        narrow=narrow,
        wide=wide,
        is_whole=bool((kept == np.round(kept)).all()),
        is_one_hot=_is_one_hot(values),
        num_distinct=min(int(distinct.size), _MAX_DISTINCT),
    )


def _columns(values: Any) -> tuple[tuple[int, ...], float, float]:
    """Return constant columns of a table, and the extreme deviations of the others."""
    import numpy as np

    if values.ndim != 2 or len(values) < 2 or not values.shape[1]:
        return (), 0.0, 0.0
    known = values[np.isfinite(values).all(axis=1)]
    if len(known) < 2:
        return (), 0.0, 0.0
    spread = known.std(axis=0)
    is_constant = np.ptp(known, axis=0) == 0
    columns = tuple(int(column) for column in np.flatnonzero(is_constant))
    others = spread[~is_constant]
    if not others.size:
        return columns[:_MAX_COLUMNS], 0.0, 0.0
    return columns[:_MAX_COLUMNS], float(others.min()), float(others.max())


def _is_one_hot(values: Any) -> bool:
    """Return True if each row holds one 1 and zeros otherwise."""
    if values.ndim < 2 or values.shape[-1] < 2:
        return False
    is_binary = ((values == 0) | (values == 1)).all()
    return bool(is_binary and (values.sum(axis=-1) == 1).all())
