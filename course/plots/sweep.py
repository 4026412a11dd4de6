"""Sweeps: a result against the setting that was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from course.plots._canvas import (
    describe,
    dress,
    entries_of,
    legend_below,
    level_line,
    new_figure,
    with_unit,
)
from course.plots._numbers import short
from course.plots._palette import look

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.figure import Figure


def rate_sweep(
    rates: Sequence[float],
    results: npt.ArrayLike | Mapping[str, npt.ArrayLike],
    *,
    x_label: str = "Rate (share of units dropped)",
    label: str = "Validation error",
    unit: str = "",
    title: str = "A sweep of the rate",
    baseline: float | None = None,
    baseline_label: str = "constant baseline",
    log_x: bool = False,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw a result against a setting, with the spread over seeds as a band.

    Args:
        rates: The settings, in the order of the results.
        results: One number per setting `(settings,)`, or one row per seed
            `(seeds, settings)`; several of these by name. A row of seeds becomes
            its median with a band from the lowest to the highest.
        x_label: Name of the setting, with its unit.
        label: Name of the result.
        unit: Unit of the result.
        title: Title of the figure.
        baseline: Value of a constant prediction, drawn as a level line.
        baseline_label: What that constant is.
        log_x: Logarithmic horizontal axis, for learning rates.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If a result has not one number per setting.
    """
    named = results if isinstance(results, Mapping) else {"": results}
    tables = {name: _table(rates, value, name) for name, value in named.items()}
    figure = new_figure()
    axes = figure.subplots()
    x = np.asarray(rates, dtype=np.float64)
    for i, (name, table) in enumerate(tables.items()):
        style = look(i)
        middle = np.median(table, axis=0)
        axes.plot(
            x,
            middle,
            color=style.color,
            linestyle=style.line,
            marker=style.marker,
            linewidth=1.8,
            label=name,
        )
        if table.shape[0] > 1:
            low, high = np.min(table, axis=0), np.max(table, axis=0)
            axes.fill_between(x, low, high, color=style.color, alpha=0.18, linewidth=0)
    if baseline is not None:
        level_line(axes, baseline, label=f"{baseline_label}: {short(baseline)}")
    if log_x:
        axes.set_xscale("log")
    dress(axes, title=title, x=x_label, y=with_unit(label, unit))
    if baseline is not None or len(tables) > 1:
        legend_below(figure, entries_of(axes))
    return describe(figure, alt or _alt(x, tables, x_label, label, baseline), caption)


def _table(
    rates: Sequence[float], values: npt.ArrayLike, name: str
) -> npt.NDArray[np.float64]:
    table = np.atleast_2d(np.asarray(values, dtype=np.float64))
    if table.ndim != 2 or table.shape[1] != len(rates):
        msg = (
            f"Expected one result per setting, {len(rates)} of them, in '{name}'. "
            f"Received shape {table.shape}. "
            "Next: pass (settings,) or (seeds, settings)."
        )
        raise ValueError(msg)
    return table


def _alt(
    x: npt.NDArray[np.float64],
    tables: Mapping[str, npt.NDArray[np.float64]],
    x_label: str,
    label: str,
    baseline: float | None,
) -> str:
    parts = []
    for name, table in tables.items():
        middle = np.median(table, axis=0)
        points = ", ".join(
            f"{short(float(a))}: {short(float(b))}"
            for a, b in zip(x, middle, strict=True)
        )
        seeds = f" (median of {table.shape[0]} seeds)" if table.shape[0] > 1 else ""
        parts.append(f"{name + ', ' if name else ''}{points}{seeds}")
    end = f" Constant baseline {short(baseline)}." if baseline is not None else ""
    return (
        f"Line chart of {label.lower()} by {x_label.lower()}. {'; '.join(parts)}.{end}"
    )
