"""Compare a few named things: bars, dots of single runs, and split sizes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

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
from course.plots._numbers import flat, short
from course.plots._palette import INK, look

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def bar_compare(
    values: Mapping[str, npt.ArrayLike],
    *,
    label: str,
    unit: str = "",
    title: str = "Comparison",
    kind: Literal["bars", "dots"] = "bars",
    baseline: float | None = None,
    baseline_label: str = "constant baseline",
    digits: int = 3,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw one row per name: a bar from zero, or a dot on a free axis.

    Give several numbers for a name (one per seed) and each is drawn; the bar, the
    large dot and the printed value are their median.

    Args:
        values: A number, or one number per seed, by name.
        label: What is compared, for the horizontal axis.
        unit: Its unit.
        title: Title of the figure.
        kind: "bars" start at zero and compare sizes; "dots" show small
            differences without cutting a bar.
        baseline: Value of a constant prediction, drawn as a vertical line.
        baseline_label: What that constant is.
        digits: Decimals of the printed values.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.
    """
    samples = {name: flat(value, name=name) for name, value in values.items()}
    if not samples:
        msg = "Expected at least one name in `values`. Received none. Next: pass one."
        raise ValueError(msg)
    figure = new_figure(height=1.5 + 0.42 * len(samples))
    axes = figure.subplots()
    for row, sample in enumerate(samples.values()):
        _draw_row(axes, row, sample, kind=kind, digits=digits)
    axes.set_yticks(range(len(samples)), list(samples))
    axes.set_ylim(len(samples) - 0.4, -0.6)
    if baseline is not None:
        words = f"{baseline_label}: {baseline:.{digits}f}"
        level_line(axes, baseline, label=words, upright=True)
        legend_below(figure, entries_of(axes))
    dress(axes, title=title, x=with_unit(label, unit), y="")
    axes.grid(visible=False, axis="y")
    axes.margins(x=0.14)
    words = alt or _alt(samples, label, unit, baseline, digits)
    return describe(figure, words, caption)


def split_sizes(
    sizes: Mapping[str, int],
    *,
    unit: str = "rows",
    title: str = "Where the rows go",
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw the parts of a data set as one bar, with counts and shares.

    Args:
        sizes: Number of rows by part, in order.
        unit: What is counted.
        title: Title of the figure.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If the parts hold nothing.
    """
    total = sum(sizes.values())
    if total <= 0:
        msg = f"Expected at least one of the {unit}. Received {dict(sizes)}."
        raise ValueError(msg + " Next: pass the length of each part.")
    figure = new_figure(height=1.9)
    axes = figure.subplots()
    start = 0
    for i, (name, size) in enumerate(sizes.items()):
        style = look(i)
        axes.barh(
            0,
            size,
            left=start,
            height=0.6,
            color=style.color,
            hatch=style.hatch,
            edgecolor="white",
        )
        share = f"{name}\n{size:,} ({size / total:.0%})"
        axes.annotate(
            share,
            xy=(start + size / 2, 0.36),
            ha="center",
            va="bottom",
            fontsize=9,
            color=INK,
        )
        start += size
    axes.set_ylim(-0.35, 1.15)
    axes.set_xlim(0, total)
    axes.set_yticks([])
    axes.xaxis.set_major_formatter("{x:,.0f}")
    dress(axes, title=title, x=with_unit("Number", unit), y="")
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    parts = ", ".join(
        f"{name} {size:,} ({size / total:.0%})" for name, size in sizes.items()
    )
    return describe(figure, alt or f"One bar of {total:,} {unit}: {parts}.", caption)


def _draw_row(
    axes: Axes, row: int, sample: npt.NDArray[np.float64], *, kind: str, digits: int
) -> None:
    style, middle = look(row), float(np.median(sample))
    if kind == "bars":
        axes.barh(
            row,
            middle,
            height=0.6,
            color=style.color,
            hatch=style.hatch,
            edgecolor="white",
        )
    if sample.size > 1:
        axes.plot(
            sample,
            np.full(sample.size, row),
            style.marker,
            color=INK if kind == "bars" else style.color,
            markersize=4,
            alpha=0.6,
            markeredgewidth=0,
        )
    if kind == "dots":
        axes.plot(middle, row, style.marker, color=style.color, markersize=9)
    axes.annotate(
        f"{middle:.{digits}f}",
        xy=(middle if kind == "dots" else max(float(np.max(sample)), 0.0), row),
        xytext=(0, 9) if kind == "dots" else (5, 0),
        textcoords="offset points",
        ha="center" if kind == "dots" else "left",
        va="center",
        fontsize=9,
        color=INK,
    )


def _alt(
    samples: Mapping[str, npt.NDArray[np.float64]],
    label: str,
    unit: str,
    baseline: float | None,
    digits: int,
) -> str:
    rows = []
    for name, sample in samples.items():
        text = f"{name} {float(np.median(sample)):.{digits}f}"
        if sample.size > 1:
            text += (
                f" (median of {sample.size}, from {float(np.min(sample)):.{digits}f} "
                f"to {float(np.max(sample)):.{digits}f})"
            )
        rows.append(text)
    end = f" Constant baseline {short(baseline)}." if baseline is not None else ""
    return f"Comparison of {with_unit(label, unit).lower()}: {'; '.join(rows)}.{end}"
