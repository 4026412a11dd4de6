"""Ways to measure an accuracy, and ways to name the classes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from checkers.snapshot import ClassFacts, TrainedFacts

__all__ = ["best_renaming", "bits_of", "measured_otherwise"]

_BATCHES = (16, 20, 25, 30, 32, 48, 50, 60, 64, 96, 100, 128, 200, 250, 256, 300, 512)


def bits_of(hits: str, num_rows: int) -> list[int]:
    """Return one 0 or 1 per row; [] if they were not written down.

    Example:
        >>> bits_of("a0", 3)
        [1, 0, 1]
    """
    try:
        whole = bytes.fromhex(hits)
    except ValueError:
        return []
    bits = [byte >> place & 1 for byte in whole for place in range(7, -1, -1)]
    return bits[:num_rows] if len(bits) >= num_rows else []


def measured_otherwise(
    facts: TrainedFacts, received: float, tolerance: float
) -> tuple[str, dict[str, Any]]:
    """Return the code of the way of measuring that gives this number.

    Args:
        facts: The model with its accuracy on all rows.
        received: What the learner measured, in percent.
        tolerance: Percentage points.
    """
    right = 100 * facts.scores["accuracy"]
    if abs(100 * received - right) <= 100 * tolerance and received <= 1:
        return "TRAINED.MEASURED_AS_FRACTION", {}
    if abs(100 - received - right) <= tolerance:
        return "TRAINED.MEASURED_ERRORS", {}
    seen = facts.classes or ClassFacts(0, True)
    bits = bits_of(seen.hits, facts.num_rows)
    near = tolerance + 1e-9
    for batch, whole, mean_of_means in _by_batches(bits):
        values = {"batch": batch, "left": facts.num_rows % batch}
        if abs(100 * whole - received) <= near:
            return "TRAINED.TAIL_DROPPED", values
        if abs(100 * mean_of_means - received) <= near:
            return "TRAINED.MEAN_OF_MEANS", values
    return "TRAINED.MEASURED_OTHERWISE", {}


def _by_batches(bits: Sequence[int]) -> Iterator[tuple[int, float, float]]:
    """Yield, per batch size with a ragged tail, two other accuracies.

    The share over all full batches, and the plain mean of the batches' own shares.
    """
    for batch in _BATCHES:
        full = len(bits) // batch
        if not full or len(bits) % batch == 0:
            continue
        means = [sum(bits[i * batch : (i + 1) * batch]) / batch for i in range(full)]
        tail = bits[full * batch :]
        whole = sum(means) / full
        yield batch, whole, (sum(means) + sum(tail) / len(tail)) / (full + 1)


def best_renaming(table: Sequence[Sequence[int]]) -> tuple[list[int], float]:
    """Return the renaming of classes under which most rows are right.

    Each class takes the name that it is called most often; two classes that would take
    the same name show that it is no renaming.

    Args:
        table: Rows by true class and predicted class.

    Returns:
        The name per true class, and the share of right rows under it; ([], 0.0) if no
        renaming explains the table.

    Example:
        >>> best_renaming([[1, 9], [8, 2]])
        ([1, 0], 0.85)
    """
    names = [max(range(len(row)), key=lambda place: row[place]) for row in table]
    total = sum(map(sum, table))
    if not total or len(set(names)) < len(names):
        return [], 0.0
    right = sum(row[name] for row, name in zip(table, names, strict=True))
    return names, right / total
