"""Key of exercise 6 of lesson 05: a shift, and what the given network makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.rules.base import Context, Found
from checkers.rules.functions import Equals
from checkers.rules.values import ChoiceIs, Look
from checkers.snapshot import Facts, ValueFacts

__all__ = ["shifted_digits"]

_CODE = "POOLING."
Row = list[list[float]]  # columns of channels
Pictures = list[list[Row]]

# -- the shift -------------------------------------------------------------------------


def _zeros(row: Row, count: int) -> Row:
    """Return columns of zeros with as many channels as a row has."""
    return [[0.0] * len(row[0]) for _ in range(count)]


def _each_row(change: Callable[[Row], Row], x: Pictures) -> Pictures:
    return [[change(row) for row in picture] for picture in x]


def _right(x: Pictures, pixels: int) -> Pictures:
    return _each_row(lambda row: _zeros(row, pixels) + row[: len(row) - pixels], x)


def _left(x: Pictures, pixels: int) -> Pictures:
    return _each_row(lambda row: row[pixels:] + _zeros(row, pixels), x)


def _wraps(x: Pictures, pixels: int) -> Pictures:
    return _each_row(lambda row: row[len(row) - pixels :] + row[: len(row) - pixels], x)


def _repeats_edge(x: Pictures, pixels: int) -> Pictures:
    return _each_row(lambda row: row[:1] * pixels + row[: len(row) - pixels], x)


def _down(x: Pictures, pixels: int) -> Pictures:
    empty = _zeros(x[0][0], len(x[0][0]))
    return [[empty] * pixels + picture[: len(picture) - pixels] for picture in x]


def _grows(x: Pictures, pixels: int) -> Pictures:
    return _each_row(lambda row: _zeros(row, pixels) + row, x)


def _cuts(x: Pictures, pixels: int) -> Pictures:
    return _each_row(lambda row: row[: len(row) - pixels], x)


# -- the accuracies --------------------------------------------------------------------
# Measured with data/networks/digits.npz on the 10,000 test digits; see design.md.

ACCURACIES: dict[str, tuple[float, ...]] = {
    "shift": (95.67, 93.36, 81.21, 62.84, 44.73),
    "rotation": (95.67, 93.97, 87.11, 72.03, 44.50),
}
TOLERANCE = 1.0  # points
_CHANCE = 25.0  # percent: an untrained network stays below


def _agree(received: list[float], expected: tuple[float, ...], unit: float) -> bool:
    return all(
        abs(one * unit - other) <= TOLERANCE
        for one, other in zip(received, expected, strict=True)
    )


def _look_at_accuracies(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare both rows; the first cause explains the rest."""
    del context
    assert isinstance(facts, ValueFacts)
    given: dict[str, Any] = facts.value if isinstance(facts.value, dict) else {}
    rows: dict[str, list[float]] = {}
    for name, expected in ACCURACIES.items():
        about = {"part": "accuracies", "field": f"[{name!r}]"}
        row = given.get(name)
        if row is None:
            yield Found("VALUES.FIELD_MISSING", "", about, expected=name)
            return
        if not _is_row(row, len(expected)):
            shape = f"({len(row)},)" if isinstance(row, list) else "()"
            wanted = f"({len(expected)},)"
            yield Found("VALUES.SHAPE", "", about, None, wanted, shape)
            return
        rows[name] = [float(one) for one in row]
    yield from _compare(rows)


def _is_row(row: Any, length: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) == length
        and all(isinstance(one, int | float) for one in row)
    )


def _compare(rows: dict[str, list[float]]) -> Iterable[Found]:
    wrong = [n for n, right in ACCURACIES.items() if not _agree(rows[n], right, 1.0)]
    if not wrong:
        return
    first = wrong[0]
    row = rows[first]
    values = {"part": "accuracies", "field": f"[{first!r}]"}
    received = ", ".join(f"{one:.4g}" for one in row)
    every = [one for values in rows.values() for one in values]
    if all(_agree(rows[name], right, 100.0) for name, right in ACCURACIES.items()):
        code = "ACCURACY_FRACTION"
    elif max(every) <= _CHANCE and max(every) > 1:
        code = "UNTRAINED"
    elif max(row) - min(row) <= TOLERANCE:
        code = "NOT_MOVED"
    elif _agree(row, ACCURACIES["rotation" if first == "shift" else "shift"], 1.0):
        code = "ROWS_SWAPPED"
    elif abs(row[0] - ACCURACIES[first][0]) > TOLERANCE:
        code = "OTHER_NETWORK"
    else:
        code = "OTHER_ACCURACY"
    yield Found(_CODE + code, "", values, received=received)


shifted_digits = Key(
    exercise="pooling-shifted-digits",
    rules=(
        Equals(
            "shift",
            "shift_right",
            _right,
            slips=(
                (_wraps, _CODE + "WRAPS"),
                (_left, _CODE + "SHIFTS_LEFT"),
                (_down, _CODE + "SHIFTS_DOWN"),
                (_repeats_edge, _CODE + "REPEATS_EDGE"),
                (_grows, _CODE + "PICTURE_GROWS"),
                (_cuts, _CODE + "PICTURE_SHRINKS"),
            ),
        ),
        Look("accuracies", "accuracies", _look_at_accuracies),
        ChoiceIs(
            "reading",
            "reading",
            ("one",),
            (
                ("full", _CODE + "FULL_INVARIANCE"),
                ("four", _CODE + "SHRINK_FOR_SHIFT"),
                ("rotation", _CODE + "ROTATION_INVARIANCE"),
            ),
        ),
    ),
    solution=N_(
        "def shift_right(images, pixels):\n"
        "    moved = np.zeros_like(images)\n"
        "    moved[:, :, pixels:] = images[:, :, : images.shape[2] - pixels]\n"
        "    return moved\n"
        "One pixel costs little, two cost clearly more, four cost about half of all "
        "digits: two 2 x 2 poolings forgive about one pixel. Rotation is not forgiven "
        "at all, only survived while it is small."
    ),
)
