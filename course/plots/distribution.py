"""Distributions: histograms side by side or on one axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import MaxNLocator

from course.plots._canvas import (
    describe,
    dress,
    entries_of,
    headline,
    legend_below,
    panel_grid,
    with_unit,
)
from course.plots._numbers import flat, short, span
from course.plots._palette import INK, look

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def histograms(
    samples: Mapping[str, npt.ArrayLike],
    *,
    label: str = "Value",
    unit: str = "",
    title: str = "Distribution",
    bins: int = 40,
    panels: bool = False,
    columns: int = 4,
    same_x: bool = True,
    markers: Mapping[str, float] | None = None,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw how numbers are spread, one outline or one panel per name.

    The vertical axis is the share of the values in a bin, so samples of different
    sizes compare. Values that are not finite are left out and counted in the
    alternative text.

    Args:
        samples: Numbers in any shape, by name.
        label: What the numbers are, for the horizontal axis.
        unit: Their unit.
        title: Title of the figure.
        bins: Number of bins.
        panels: One panel per name instead of outlines on one axis.
        columns: With panels: panels in a row.
        same_x: With panels: whether all panels share one horizontal range.
        markers: Values to mark with a vertical line, by name.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.
    """
    kept = {name: _finite(value, name) for name, value in samples.items()}
    num_panels = len(kept) if panels else 1
    figure, grid = panel_grid(num_panels, columns=columns)
    shared = np.histogram_bin_edges(np.concatenate(list(kept.values())), bins=bins)
    for i, (name, sample) in enumerate(kept.items()):
        axes = grid[i if panels else 0]
        edges = (
            np.histogram_bin_edges(sample, bins=bins)
            if panels and not same_x
            else shared
        )
        _outline(axes, sample, edges, name=name, index=0 if panels else i)
    for i, axes in enumerate(grid):
        for j, (name, value) in enumerate((markers or {}).items()):
            line = look(j + len(kept)).line
            axes.axvline(value, color=INK, linestyle=line, linewidth=1.4, label=name)
        dress(
            axes,
            title=list(kept)[i] if panels else "",
            x=with_unit(label, unit),
            y="Share of values" if i % columns == 0 else "",
        )
    if panels:
        for axes in grid:
            axes.xaxis.set_major_locator(MaxNLocator(4))
    if panels and same_x:
        _level_tops(grid, columns)
    if not panels or markers:
        entries = entries_of(grid[0])
        names = markers or {} if panels else entries
        legend_below(figure, {name: entries[name] for name in names})
    headline(figure, title)
    return describe(figure, alt or _alt(samples, kept, label, unit), caption)


def _level_tops(grid: Sequence[Axes], columns: int) -> None:
    """Give all panels one vertical range; the first of a row names it."""
    top = max(axes.get_ylim()[1] for axes in grid)
    for i, axes in enumerate(grid):
        axes.set_ylim(0, top)
        axes.tick_params(labelleft=i % columns == 0)


def _finite(values: npt.ArrayLike, name: str) -> npt.NDArray[np.float64]:
    array = flat(values, name=name)
    return flat(array[np.isfinite(array)], name=f"finite values of {name}")


def _outline(
    axes: Axes,
    sample: npt.NDArray[np.float64],
    edges: npt.NDArray[np.float64],
    *,
    name: str,
    index: int,
) -> None:
    counts, _ = np.histogram(sample, bins=edges)
    style = look(index)
    axes.stairs(
        counts / sample.size,
        edges,
        fill=True,
        color=style.color,
        alpha=0.25,
    )
    axes.stairs(
        counts / sample.size,
        edges,
        color=style.color,
        linestyle=style.line,
        linewidth=1.6,
        label=name,
    )


def _alt(
    samples: Mapping[str, npt.ArrayLike],
    kept: Mapping[str, npt.NDArray[np.float64]],
    label: str,
    unit: str,
) -> str:
    parts = []
    for name, sample in kept.items():
        lost = np.size(samples[name]) - sample.size
        text = (
            f"{name}: mean {short(float(np.mean(sample)))}, standard deviation "
            f"{short(float(np.std(sample)))}, {span(sample)}"
        )
        parts.append(text + (f", {lost:,} values not finite" if lost else ""))
    return f"Histograms of {with_unit(label, unit).lower()}. {'; '.join(parts)}."
