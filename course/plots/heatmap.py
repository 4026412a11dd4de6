"""Small multiples of two-dimensional arrays: masks, digits, feature maps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from course.plots._canvas import describe, new_figure
from course.plots._palette import INK

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.figure import Figure


def heatmaps(
    arrays: Mapping[str, npt.ArrayLike],
    *,
    x_label: str,
    y_label: str,
    value_label: str,
    title: str = "Values",
    columns: int = 4,
    limits: tuple[float, float] | None = None,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw each array as a gray picture; all share one scale, dark is high.

    Args:
        arrays: Arrays of shape `(rows, columns)` by name.
        x_label: What a column is, for the horizontal axis.
        y_label: What a row is, for the vertical axis.
        value_label: What the shade means, for the scale.
        title: Title of the figure.
        columns: Panels in a row.
        limits: Values at the ends of the scale; None takes them from the arrays.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If an array has not two dimensions.
    """
    tables = {
        name: np.asarray(value, dtype=np.float64) for name, value in arrays.items()
    }
    for name, table in tables.items():
        if table.ndim != 2:
            msg = (
                f"Expected two dimensions in '{name}'. Received shape {table.shape}. "
                "Next: pick one example or one channel."
            )
            raise ValueError(msg)
    low, high = limits or (
        min(float(np.min(table)) for table in tables.values()),
        max(float(np.max(table)) for table in tables.values()),
    )
    columns = min(columns, len(tables))
    rows = -(-len(tables) // columns)
    figure = new_figure(rows, columns, height=2.4)
    grid = figure.subplots(rows, columns, squeeze=False)
    for axes in grid.flat[len(tables) :]:
        axes.set_visible(False)
    for axes, (name, table) in zip(grid.flat, tables.items(), strict=False):
        picture = axes.imshow(table, cmap="Greys", vmin=low, vmax=high, aspect="auto")
        axes.set_title(name, loc="left", fontsize=9, color=INK)
        axes.set_xticks([])
        axes.set_yticks([])
    for axes in grid[:, 0]:
        axes.set_ylabel(y_label, fontsize=9)
    for axes in grid.flat[max(len(tables) - columns, 0) : len(tables)]:
        axes.set_xlabel(x_label, fontsize=9)
    figure.colorbar(picture, ax=grid, label=value_label, shrink=0.8)
    figure.suptitle(title, x=0.02, ha="left", fontsize=11)
    words = alt or (
        f"{len(tables)} gray pictures of {value_label.lower()}: {', '.join(tables)}. "
        f"Each has {y_label.lower()} down and {x_label.lower()} across."
    )
    return describe(figure, words, caption)
