"""Lines over numbers: functions, values by layer, sweeps, calibration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
from matplotlib.ticker import MaxNLocator

from course.plots._canvas import (
    describe,
    dress,
    entries_of,
    expect,
    headline,
    label_outer,
    legend_below,
    level_line,
    panel_grid,
)
from course.plots._numbers import Points, short, xy
from course.plots._palette import INK, look

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Curves: TypeAlias = Mapping[str, Points]
Limits: TypeAlias = tuple[float, float]


def lines(
    curves: Curves | Mapping[str, Curves],
    *,
    x_label: str,
    y_label: str,
    title: str,
    panels: bool = False,
    columns: int = 3,
    dots: bool = False,
    log_x: bool = False,
    log_y: bool = False,
    marks: Curves | None = None,
    level: float | None = None,
    level_label: str = "",
    x_limits: Limits | None = None,
    y_limits: Limits | None = None,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw curves on one panel, or on panels that share both axes.

    For a history use `learning_curves`, for results with a spread over seeds
    `rate_sweep`.

    Args:
        curves: A pair `(x, y)` by name. A mapping of such mappings draws one panel
            per outer name; a curve keeps its look in all of them.
        x_label: Label of the horizontal axis, with its unit.
        y_label: Label of the vertical axis, with its unit.
        title: Title of the figure.
        panels: One panel per curve.
        columns: Panels in a row.
        dots: Mark every point, for values that have nothing between them.
        log_x: Logarithmic horizontal axis.
        log_y: Logarithmic vertical axis; what is not positive is left out.
        marks: Single points `(x, y)` by name, drawn on every panel.
        level: Value of a level line.
        level_label: What that value is.
        x_limits: Ends of the horizontal axis.
        y_limits: Ends of the vertical axis.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If there is no curve, or a curve has not as many x as y.
    """
    groups = _groups(curves, panels=panels)
    names = list(dict.fromkeys(name for group in groups.values() for name in group))
    # One curve in each panel needs no second look: the panel's title names it.
    looks = {name: 0 if panels else i for i, name in enumerate(names)}
    share = len(groups) > 1
    figure, grid = panel_grid(len(groups), columns=columns, share=share)
    entries: dict[str, Artist] = {}
    for axes, (panel, group) in zip(grid, groups.items(), strict=True):
        for name, points in group.items():
            _draw(axes, *xy(name, points), name=name, index=looks[name], dots=dots)
        for j, (name, points) in enumerate((marks or {}).items()):
            _mark(axes, *xy(name, points), name=name, index=j)
        if level is not None:
            level_line(axes, level, label=level_label or f"level {short(level)}")
        _scale(axes, log_x=log_x, log_y=log_y, x_limits=x_limits, y_limits=y_limits)
        if dots and not log_x and _are_counts(group):
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        dress(axes, title=panel, x=x_label, y=y_label)
        entries |= entries_of(axes)
    if share:
        label_outer(grid, columns=columns)
    if panels:
        entries = {key: entry for key, entry in entries.items() if key not in names}
    if len(entries) > 1 or marks or level is not None or share:
        legend_below(figure, {key: entry for key, entry in entries.items() if key})
    headline(figure, title)
    words = alt or _alt(groups, x_label, y_label, level, level_label)
    return describe(figure, words, caption)


def _groups(
    curves: Curves | Mapping[str, Curves], *, panels: bool
) -> Mapping[str, Curves]:
    """Return the curves by panel."""
    expect(bool(curves), "at least one curve", "none", "pass a pair (x, y) by name")
    if any(isinstance(value, Mapping) for value in curves.values()):
        return cast("Mapping[str, Curves]", curves)
    one_by_one = cast("Curves", curves)
    if panels:
        return {name: {name: points} for name, points in one_by_one.items()}
    return {"": one_by_one}


def _are_counts(group: Curves) -> bool:
    """Return True if every x is a whole number: there is no layer 1.5."""
    return all(np.all(np.mod(xy(name, one)[0], 1) == 0) for name, one in group.items())


def _draw(
    axes: Axes,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    *,
    name: str,
    index: int,
    dots: bool,
) -> None:
    style = look(index)
    axes.plot(
        x,
        y,
        color=style.color,
        linestyle=style.line,
        marker=style.marker if dots else None,
        markersize=5,
        linewidth=1.8,
        label=name,
    )


def _mark(
    axes: Axes,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    *,
    name: str,
    index: int,
) -> None:
    marker = look(index).marker
    axes.plot(
        x, y, marker, color=INK, markerfacecolor="white", markersize=8, label=name
    )


def _scale(
    axes: Axes,
    *,
    log_x: bool,
    log_y: bool,
    x_limits: Limits | None,
    y_limits: Limits | None,
) -> None:
    if log_x:
        axes.set_xscale("log", nonpositive="mask")
    if log_y:
        axes.set_yscale("log", nonpositive="mask")
    if x_limits is not None:
        axes.set_xlim(*x_limits)
    if y_limits is not None:
        axes.set_ylim(*y_limits)


def _alt(
    groups: Mapping[str, Curves],
    x_label: str,
    y_label: str,
    level: float | None,
    level_label: str,
) -> str:
    parts = []
    for panel, group in groups.items():
        for name, points in group.items():
            x, y = xy(name, points)
            known = y[np.isfinite(y)]
            reach = (
                f"between {short(float(known.min()))} and {short(float(known.max()))}"
                if known.size
                else "never a finite number"
            )
            who = ", ".join(dict.fromkeys(word for word in (panel, name) if word))
            parts.append(
                f"{who + ': ' if who else ''}{short(float(y[0]))} at "
                f"{short(float(x[0]))}, {short(float(y[-1]))} at "
                f"{short(float(x[-1]))}, {reach}"
            )
    named = f" ({level_label})" if level_label else ""
    end = f" A dotted line lies at {short(level)}{named}." if level is not None else ""
    return f"Line chart of {y_label} by {x_label}. {'; '.join(parts)}.{end}"
