"""Text in columns: how wide it is on a terminal, where it may break, side by side.

Chinese, Japanese and Korean characters take two columns, accents none, and a line
may break between any two wide characters, but not before closing punctuation.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence

__all__ = ["align", "clean", "display_width", "wrap"]

_OPEN = "（〔［｛〈《「『【“‘"
_CLOSE = "）〕］｝〉》」』】”’、。，．：；！？…%"
_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60"
_WIDE += "\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd"
# What must stay on one line: a wide character or a word, with its punctuation.
_PIECE = re.compile(
    rf"[{_OPEN}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPEN}]+)[{_CLOSE}]* *|[{_OPEN}]+ *| +"
)
# Escape sequences, and marks that turn the direction of what follows them.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANK = re.compile(r"[ \t\r\n\v\f\u2028\u2029]+")
_LEAST = 12  # columns that a cell of a table keeps, however narrow the terminal


def clean(text: str) -> str:
    """Return a text on one line, with a sign in the place of every control character.

    Example:
        >>> clean("two" + chr(10) + "lines, " + chr(27) + "[31mred")
        'two lines, �[31mred'
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _BLANK.sub(" ", text)).strip()


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Example:
        >>> display_width("rate"), display_width("丢弃率")
        (4, 6)
    """
    if text.isascii():
        return len(text)
    return sum(_columns_of(character) for character in text)


def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return a text in lines of at most `width` columns.

    Args:
        text: One paragraph.
        width: Columns per line, indent included.
        first: Indent of the first line.
        rest: Indent of all others.

    Example:
        >>> wrap("a word and another", 12, rest="  ")
        ['a word and', '  another']
    """
    lines: list[str] = []
    line, is_empty = first, True
    for piece in _pieces(clean(text), width - max(len(first), len(rest))):
        if not is_empty and display_width((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = rest
        line += piece
        is_empty = False
    return [*lines, line.rstrip()]


def align(
    lines: Sequence[Sequence[str]], width: int, *, fixed: int = 0, gap: int = 2
) -> list[list[str]]:
    """Return the lines of a table, each cell as wide as its column.

    A line of the table whose cells need several lines becomes several.

    Args:
        lines: Cells by line, the heads first.
        width: Columns of the terminal that the table may take.
        fixed: Number of leading columns that are never made narrower.
        gap: Blanks between two columns.
    """
    columns = list(zip(*lines, strict=True))
    natural = [max(display_width(clean(cell)) for cell in column) for column in columns]
    room = width - gap * (len(columns) - 1) - sum(natural[:fixed])
    widths = natural[:fixed] + _share(natural[fixed:], room)
    return [_side_by_side(line, widths, gap) for line in lines]


def _side_by_side(line: Sequence[str], widths: Sequence[int], gap: int) -> list[str]:
    """Return the terminal lines of one line of a table."""
    cells = [wrap(cell, width) for cell, width in zip(line, widths, strict=True)]
    return [
        (" " * gap)
        .join(
            text + " " * (width - display_width(text))
            for text, width in zip(texts, widths, strict=True)
        )
        .rstrip()
        for texts in itertools.zip_longest(*cells, fillvalue="")
    ]


def _share(natural: Sequence[int], room: int) -> list[int]:
    """Return column widths: narrow columns keep theirs, wide ones share the rest."""
    widths = list(natural)
    wide = list(range(len(natural)))
    while wide and sum(widths) > room:
        left = room - sum(widths[c] for c in range(len(widths)) if c not in wide)
        fair = max(left // len(wide), _LEAST)
        narrow = [column for column in wide if natural[column] <= fair]
        if not narrow:
            for column in wide:
                widths[column] = fair
            break
        wide = [column for column in wide if column not in narrow]
    return widths


def _pieces(text: str, width: int) -> list[str]:
    """Return what may not be broken; a piece that is too long is cut after all."""
    found: list[str] = []
    for piece in _PIECE.findall(text):
        while display_width(piece.rstrip()) > width:
            cut = _cut(piece, width)
            found.append(piece[:cut])
            piece = piece[cut:]
        found.append(piece)
    return found


def _cut(piece: str, width: int) -> int:
    """Return where to cut: after the last comma or bracket that fits, else anywhere."""
    end, columns = 0, 0
    for character in piece:
        columns += _columns_of(character)
        if columns > width and end:
            break
        end += 1
    places = [
        max((match.end() for match in re.finditer(marks, piece[:end])), default=0)
        for marks in (r"[,(\[]", r"[=/._-]")
    ]
    return next((place for place in places if place > end // 2), end)


def _columns_of(character: str) -> int:
    """Return 2 for a wide character, 0 for an accent on the one before it, else 1."""
    if unicodedata.combining(character) or unicodedata.category(character) in (
        "Mn",
        "Cf",
    ):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
