"""Colors, line styles and markers that every figure of the course shares.

The colors are those of Okabe and Ito, which stay apart for the common kinds of
color blindness. No figure tells two things apart by color alone: the n-th series
also gets the n-th line style, marker and hatch.

Source: M. Okabe, K. Ito, "Color Universal Design", 2008.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

INK: Final = "#222222"
GRID: Final = "#d9d9d9"
WARNING: Final = "#a30000"
REFERENCE: Final = "#5a5a5a"

LineStyle: TypeAlias = str | tuple[int, tuple[int, ...]]

_COLORS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9")
_LINES: Final[tuple[LineStyle, ...]] = (
    "-",
    "--",
    "-.",
    ":",
    (0, (5, 1, 1, 1)),
    (0, (3, 1)),
)
_MARKERS: Final = ("o", "s", "^", "D", "v", "P")
_HATCHES: Final = ("", "//", "..", "xx", "\\\\", "--")


class Look(NamedTuple):
    """How one series is drawn."""

    color: str
    """Hex color."""
    line: LineStyle
    """Matplotlib line style."""
    marker: str
    """Matplotlib marker."""
    hatch: str
    """Matplotlib hatch pattern, for filled areas."""


def look(index: int) -> Look:
    """Return the look of the series with this number; it repeats after six.

    Args:
        index: Number of the series, from 0.
    """
    i = index % len(_COLORS)
    return Look(_COLORS[i], _LINES[i], _MARKERS[i], _HATCHES[i])
