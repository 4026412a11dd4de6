"""Tables that are read cell by cell: confusions and connections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from course.plots._canvas import describe, dress, expect, new_figure
from course.plots._palette import INK, look

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAMED = 5


def confusion(
    matrix: npt.ArrayLike,
    class_names: Sequence[str] = (),
    *,
    title: str = "True class against predicted class",
    unit: str = "images",
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw a confusion matrix: true class down, predicted class across.

    Every cell carries its count. The shade shows errors only, as a share of the row:
    a right answer is boxed and stays white, so that rare errors can be seen.

    Args:
        matrix: Counts `(classes, classes)`, one row per true class.
        class_names: Names in order; () takes 0, 1, 2 and so on.
        title: Title of the figure.
        unit: What is counted.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If the matrix is not square or the names do not fit.
    """
    counts = np.asarray(matrix)
    square = counts.ndim == 2 and counts.shape[0] == counts.shape[1] > 0
    step = "give one row and one column per class"
    expect(square, "a square matrix of counts", f"shape {counts.shape}", step)
    names = [str(name) for name in class_names] or [str(i) for i in range(len(counts))]
    expect(len(names) == len(counts), f"{len(counts)} names", len(names), step)
    totals = counts.sum(axis=1, keepdims=True)
    share = counts / np.maximum(totals, 1)
    np.fill_diagonal(share, 0.0)
    figure = new_figure(height=1.6 + 0.36 * len(names))
    axes = figure.subplots()
    most = max(float(share.max()), 1e-9)
    axes.imshow(share, cmap="Greys", vmin=0, vmax=1.6 * most, aspect="auto")
    for (row, column), count in np.ndenumerate(counts):
        if count:
            weight = "bold" if row == column else "normal"
            _write(axes, column, row, f"{int(count):,}", weight=weight)
        if row == column:
            _box(axes, column, row)
    _ticks(axes, names, names)
    dress(axes, title=title, x="Predicted class", y="True class")
    axes.grid(visible=False)
    words = alt or _confusion_alt(counts, names, unit)
    return describe(figure, words, caption)


def connections(
    table: npt.ArrayLike,
    *,
    row_names: Sequence[str] = (),
    column_names: Sequence[str] = (),
    x_label: str,
    y_label: str,
    title: str,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw a table of yes and no: a cross where a row and a column are connected.

    The number of connections stands at the end of every row and column.

    Args:
        table: 0 and 1 (or False and True), `(rows, columns)`.
        row_names: Names in order; () takes 0, 1, 2 and so on.
        column_names: Names in order; () takes 0, 1, 2 and so on.
        x_label: What a column is.
        y_label: What a row is.
        title: Title of the figure.
        alt: Alternative text; "" writes one from the table.
        caption: Line below the figure.

    Raises:
        ValueError: If the table holds other values or the names do not fit.
    """
    cells = np.asarray(table)
    yes_no = cells.ndim == 2 and cells.size > 0 and bool(np.isin(cells, (0, 1)).all())
    step = "give rows of 0 and 1"
    expect(yes_no, "a table (rows, columns) of 0 and 1", f"shape {cells.shape}", step)
    rows = [str(name) for name in row_names] or [str(i) for i in range(len(cells))]
    columns = [str(name) for name in column_names]
    columns = columns or [str(i) for i in range(cells.shape[1])]
    received = f"{len(rows)} row names and {len(columns)} column names"
    fits = (len(rows), len(columns)) == cells.shape
    expect(
        fits, f"names for shape {cells.shape}", received, "name every row and column"
    )
    figure = new_figure(height=1.4 + 0.34 * len(rows))
    axes = figure.subplots()
    axes.imshow(cells, cmap="Greys", vmin=0, vmax=5, aspect="auto")
    for row, column in zip(*np.nonzero(cells), strict=True):
        _write(axes, column, row, "×", size=13)
    for row, total in enumerate(cells.sum(axis=1)):
        _write(axes, len(columns) - 0.05, row, f"{int(total)}", size=8.5)
    for column, total in enumerate(cells.sum(axis=0)):
        _write(axes, column, len(rows) - 0.05, f"{int(total)}", size=8.5)
    total = int(cells.sum())
    _write(axes, len(columns) - 0.05, len(rows) - 0.05, f"{total}", weight="bold")
    axes.set_xlim(-0.5, len(columns) + 0.4)
    axes.set_ylim(len(rows) + 0.4, -0.5)
    _ticks(axes, rows, columns)
    dress(axes, title=title, x=x_label, y=y_label)
    axes.grid(visible=False)
    axes.set_xticks(np.arange(len(columns) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(rows) + 1) - 0.5, minor=True)
    axes.grid(visible=True, which="minor", color="#bbbbbb", linewidth=0.6)
    axes.tick_params(which="both", length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    lists = [
        f"{name}: {', '.join(np.asarray(rows)[cells[:, i] == 1]) or 'none'}"
        for i, name in enumerate(columns)
    ]
    words = (
        f"Table of {y_label} (down) against {x_label} (across), {total} of "
        f"{cells.size} connected. By column: {'; '.join(lists)}."
    )
    return describe(figure, alt or words, caption)


def _write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = 8.0,
    weight: str = "normal",
) -> None:
    axes.text(
        x, y, text, ha="center", va="center", fontsize=size, weight=weight, color=INK
    )


def _box(axes: Axes, column: int, row: int) -> None:
    left, right, top, bottom = column - 0.5, column + 0.5, row - 0.5, row + 0.5
    axes.plot(
        [left, right, right, left, left],
        [top, top, bottom, bottom, top],
        color=look(0).color,
        linewidth=1.2,
    )


def _ticks(axes: Axes, rows: Sequence[str], columns: Sequence[str]) -> None:
    turned = max(len(name) for name in columns) > 4
    axes.set_xticks(
        range(len(columns)),
        columns,
        fontsize=8.5,
        rotation=40 if turned else 0,
        ha="right" if turned else "center",
        rotation_mode="anchor",
    )
    axes.set_yticks(range(len(rows)), rows, fontsize=8.5)


def _confusion_alt(
    counts: npt.NDArray[np.generic], names: Sequence[str], unit: str
) -> str:
    total, right = int(counts.sum()), int(np.trace(counts))
    wrong = [
        (int(count), names[row], names[column])
        for (row, column), count in np.ndenumerate(counts)
        if row != column and count
    ]
    often = [
        f"{true} read as {predicted} {count:,} times"
        for count, true, predicted in sorted(wrong, key=lambda item: -item[0])[:_NAMED]
    ]
    most = f" Most often: {', '.join(often)}." if often else " No error."
    return (
        f"Table of true class (down) against predicted class (across): {right:,} of "
        f"{total:,} {unit} right.{most}"
    )
