"""A function of two variables from above, with the paths that go down on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from matplotlib.colors import LogNorm, Normalize
from matplotlib.ticker import LogLocator, MaxNLocator

from course.plots._canvas import (
    describe,
    dress,
    entries_of,
    expect,
    legend_below,
    new_figure,
)
from course.plots._numbers import Points, flat, short, xy
from course.plots._palette import INK, REFERENCE, look

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Height: TypeAlias = "npt.ArrayLike | Callable[..., npt.ArrayLike]"


def surface(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    z: Height,
    *,
    x_label: str,
    y_label: str,
    value_label: str,
    title: str,
    paths: Mapping[str, Points] | None = None,
    marks: Mapping[str, Points] | None = None,
    filled: bool = False,
    log: bool = False,
    levels: int | Sequence[float] = 10,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw lines of equal height with their values; paths on top.

    Each path begins at a white marker and has one marker per step.

    Args:
        x: Values across, `(columns,)`.
        y: Values up, `(rows,)`.
        z: Heights `(rows, columns)`, or a function of two arrays of that shape.
        x_label: Label of the horizontal axis, with its unit.
        y_label: Label of the vertical axis, with its unit.
        value_label: What the height is, with its unit.
        title: Title of the figure.
        paths: Points `(xs, ys)` of each path, in order, by name.
        marks: Single points `(x, y)` by name, such as the minimum.
        filled: Shade the areas between the lines, dark is high.
        log: Space the lines by factors, for heights over several powers of ten.
        levels: Number of lines, about, or their heights.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If the heights have not one row per y and one column per x.
    """
    across, up = flat(x, name="x"), flat(y, name="y")
    heights = _heights(across, up, z)
    figure = new_figure(height=4.4)
    axes = figure.subplots()
    _draw_heights(
        axes,
        across,
        up,
        heights,
        label=value_label,
        filled=filled,
        log=log,
        levels=levels,
    )
    for i, (name, points) in enumerate((paths or {}).items()):
        _draw_path(axes, *xy(name, points), name=name, index=i)
    for i, (name, points) in enumerate((marks or {}).items()):
        marker = ("*", "P", "X", "h")[i % 4]
        axes.plot(*xy(name, points), marker, color=INK, markersize=11, label=name)
    axes.set_xlim(float(across.min()), float(across.max()))
    axes.set_ylim(float(up.min()), float(up.max()))
    dress(axes, title=title, x=x_label, y=y_label)
    axes.grid(visible=False)
    legend_below(figure, entries_of(axes))
    words = alt or _alt(heights, paths or {}, x_label, y_label, value_label)
    return describe(figure, words, caption)


def _heights(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], z: Height
) -> npt.NDArray[np.float64]:
    values = z(*np.meshgrid(x, y)) if callable(z) else z
    heights = np.asarray(values, dtype=np.float64)
    shape = (y.size, x.size)
    step = "give one row per y and one column per x"
    expect(heights.shape == shape, f"heights of shape {shape}", heights.shape, step)
    return heights


def _draw_heights(
    axes: Axes,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    z: npt.NDArray[np.float64],
    *,
    label: str,
    filled: bool,
    log: bool,
    levels: int | Sequence[float],
) -> None:
    if log:  # what is not positive has no logarithm: it stays blank
        z = np.where(z > 0, z, np.nan)
    chosen = _levels(z, levels, log=log)
    norm = LogNorm() if log else Normalize()
    if filled:
        areas = axes.contourf(x, y, z, chosen, cmap="Greys", norm=norm, alpha=0.5)
        axes.figure.colorbar(areas, ax=axes, label=label, format=_height, ticks=chosen)
    drawn = axes.contour(
        x, y, z, chosen, colors=REFERENCE, linewidths=0.8, linestyles="solid"
    )
    axes.clabel(drawn, fontsize=7.5, colors=INK, fmt=_height)


def _levels(
    z: npt.NDArray[np.float64], levels: int | Sequence[float], *, log: bool
) -> list[float]:
    """Return the heights of the lines, the whole of `z` between the outer two."""
    if not isinstance(levels, int):
        return [float(level) for level in levels]
    low, high = float(np.nanmin(z)), float(np.nanmax(z))
    locator = LogLocator(subs=(1.0, 3.0)) if log else MaxNLocator(levels)
    ticks = [float(tick) for tick in locator.tick_values(low, high)]
    below = max((i for i, tick in enumerate(ticks) if tick <= low), default=0)
    above = min((i for i, tick in enumerate(ticks) if tick >= high), default=-1)
    return ticks[below : above + 1 if above >= 0 else None]


def _height(value: float, position: object = None) -> str:
    """Return a height as the lines and the scale carry it."""
    return short(float(value))


def _draw_path(
    axes: Axes,
    xs: npt.NDArray[np.float64],
    ys: npt.NDArray[np.float64],
    *,
    name: str,
    index: int,
) -> None:
    style = look(index)
    axes.plot(
        xs,
        ys,
        color=style.color,
        linestyle=style.line,
        marker=style.marker,
        markersize=4,
        linewidth=1.6,
        label=name,
    )
    axes.plot(
        xs[0],
        ys[0],
        style.marker,
        color=style.color,
        markerfacecolor="white",
        markersize=8,
    )


def _alt(
    z: npt.NDArray[np.float64],
    paths: Mapping[str, Points],
    x_label: str,
    y_label: str,
    value_label: str,
) -> str:
    parts = [
        f"Contour lines of {value_label} over {x_label} (across) and {y_label} (up), "
        f"from {short(float(np.nanmin(z)))} to {short(float(np.nanmax(z)))}."
    ]
    for name, points in paths.items():
        xs, ys = xy(name, points)
        start, end = (
            f"({short(float(xs[i]))}, {short(float(ys[i]))})" for i in (0, -1)
        )
        parts.append(f"{name}: {xs.size - 1} steps from {start} to {end}.")
    return " ".join(parts)
