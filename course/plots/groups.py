"""Points by group: clouds in a plane, and values over seeds in several panels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from course.plots._canvas import (
    describe,
    dress,
    entries_of,
    expect,
    headline,
    label_outer,
    legend_below,
    panel_grid,
    with_unit,
)
from course.plots._numbers import xy
from course.plots._palette import INK, look

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.figure import Figure

    Groups = Mapping[str, tuple[npt.ArrayLike, npt.ArrayLike]]

__all__ = ["clouds", "dot_panels"]


def clouds(
    panels: Mapping[str, Groups],
    *,
    title: str,
    x_label: str = "",
    y_label: str = "",
    columns: int = 2,
    alt: str,
    caption: str = "",
) -> Figure:
    """Draw points in a plane, one color and marker per group.

    Each panel has axes of its own: the positions of a projection have no unit, and
    only near and far count.

    Args:
        panels: By panel, a pair `(x, y)` by group; a group keeps its look in all.
        title: Title of the figure.
        x_label: Label of the horizontal axes.
        y_label: Label of the vertical axes.
        columns: Panels in a row.
        alt: Alternative text: which groups lie apart, and in which panel.
        caption: Line below the figure.

    Raises:
        ValueError: If there is no panel, or a group has not as many x as y.
    """
    expect(bool(panels), "at least one panel", "none", "pass one by name")
    names = list(dict.fromkeys(name for groups in panels.values() for name in groups))
    figure, grid = panel_grid(len(panels), columns=columns, height=3.3)
    for axes, (panel, groups) in zip(grid, panels.items(), strict=True):
        for name, points in groups.items():
            style = look(names.index(name))
            xs, ys = xy(name, points)
            axes.plot(
                xs,
                ys,
                style.marker,
                color=style.color,
                markersize=4,
                alpha=0.75,
                markeredgewidth=0,
                label=name,
            )
        dress(axes, title=panel, x=x_label, y=y_label)
        axes.set_xticks([])
        axes.set_yticks([])
    legend_below(figure, entries_of(grid[0]))
    headline(figure, title)
    return describe(figure, alt, caption)


def dot_panels(
    panels: Mapping[str, Mapping[str, npt.ArrayLike]],
    *,
    label: str,
    unit: str = "",
    title: str,
    columns: int = 2,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw one value per seed in rows, with their mean, one panel per case.

    The panels share the rows; each has a horizontal axis of its own.

    Args:
        panels: By panel, one number per seed by row.
        label: What is compared.
        unit: Its unit.
        title: Title of the figure.
        columns: Panels in a row.
        alt: Alternative text; "" writes one from the means.
        caption: Line below the figure.

    Raises:
        ValueError: If there is no panel, or a row has no value.
    """
    expect(bool(panels), "at least one panel", "none", "pass one by name")
    rows = list(next(iter(panels.values())))
    figure, grid = panel_grid(len(panels), columns=columns, height=2.4)
    told = []
    for axes, (panel, values) in zip(grid, panels.items(), strict=True):
        means = []
        for row, name in enumerate(rows):
            sample = np.atleast_1d(np.asarray(values[name], "float64"))
            expect(sample.size > 0, f"a value for {name}", "none", "measure it first")
            style, mean = look(row), float(sample.mean())
            heights = np.full(sample.size, float(row))
            axes.plot(sample, heights, style.marker, color=style.color, markersize=5)
            axes.plot([mean, mean], [row - 0.3, row + 0.3], color=INK, linewidth=1.6)
            axes.annotate(
                f"{mean:.1f}",
                (mean, row - 0.32),
                ha="center",
                va="bottom",
                fontsize=8,
                color=INK,
            )
            means.append(f"{name} {mean:.1f}")
        axes.set_yticks(range(len(rows)), rows)
        axes.set_ylim(len(rows) - 0.4, -0.9)
        dress(axes, title=panel, x=with_unit(label, unit), y="")
        axes.grid(visible=False, axis="y")
        axes.margins(x=0.14)
        told.append(f"{panel}: {', '.join(means)}")
    label_outer(grid, columns=columns)
    for axes in grid:
        axes.tick_params(labelbottom=True)  # each panel has a scale of its own
    headline(figure, title)
    words = f"Mean {with_unit(label.lower(), unit)} by row. {'; '.join(told)}."
    return describe(figure, alt or words, caption)
