"""Predictions of a number against the truth."""

from __future__ import annotations

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
from course.plots._numbers import pair, short, span
from course.plots._palette import INK, look

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.figure import Figure

_MANY = 2000


def prediction_scatter(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    *,
    label: str = "Target",
    unit: str = "",
    title: str = "Prediction against truth",
    baseline: float | None = None,
    baseline_label: str = "training median",
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw one dot per row: the truth across, the prediction up.

    A right prediction lies on the diagonal.

    Args:
        y_true: True values, `(n,)` or `(n, 1)`.
        y_pred: Predictions for the same rows.
        label: Name of the target.
        unit: Unit of the target.
        title: Title of the figure.
        baseline: The constant that the baseline predicts, drawn as a level line.
        baseline_label: What that constant is.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.
    """
    truth, prediction = pair(y_true, y_pred)
    figure = new_figure(height=4.4)
    axes = figure.subplots()
    low = float(min(np.min(truth), np.min(prediction)))
    high = float(max(np.max(truth), np.max(prediction)))
    style = look(0)
    axes.plot(
        truth,
        prediction,
        style.marker,
        color=style.color,
        markersize=3 if truth.size > _MANY else 4,
        alpha=0.15 if truth.size > _MANY else 0.4,
        markeredgewidth=0,
    )
    axes.plot([low, high], [low, high], color=INK, linewidth=1.2, label="exactly right")
    if baseline is not None:
        level_line(axes, baseline, label=f"{baseline_label}: {short(baseline)}")
    dress(
        axes,
        title=title,
        x=with_unit(f"True {label.lower()}", unit),
        y=with_unit(f"Predicted {label.lower()}", unit),
    )
    legend_below(figure, entries_of(axes))
    mae = float(np.mean(np.abs(truth - prediction)))
    words = alt or (
        f"Scatter plot of {truth.size:,} rows: true {label.lower()} {span(truth)}, "
        f"predicted {span(prediction)}. "
        f"Mean absolute error {short(mae)}."
    )
    return describe(figure, words, caption)


def residuals(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    *,
    label: str = "Target",
    unit: str = "",
    title: str = "What the predictions miss",
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw truth minus prediction: against the prediction, and as a histogram.

    Args:
        y_true: True values, `(n,)` or `(n, 1)`.
        y_pred: Predictions for the same rows.
        label: Name of the target.
        unit: Unit of the target.
        title: Title of the figure.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.
    """
    truth, prediction = pair(y_true, y_pred)
    missed = truth - prediction
    figure = new_figure(1, 2, height=3.4)
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(2, 1))
    style = look(0)
    left.plot(
        prediction,
        missed,
        style.marker,
        color=style.color,
        markersize=3,
        alpha=0.15 if truth.size > _MANY else 0.4,
        markeredgewidth=0,
    )
    right.hist(missed, bins=40, orientation="horizontal", color=style.color)
    for axes in (left, right):
        axes.axhline(0.0, color=INK, linewidth=1.2)
    dress(
        left,
        title="",
        x=with_unit(f"Predicted {label.lower()}", unit),
        y=with_unit("Truth - prediction", unit),
    )
    dress(right, title="", x="Rows", y="")
    figure.suptitle(title, x=0.02, ha="left", fontsize=11)
    words = alt or (
        f"Two panels about truth minus prediction for {truth.size:,} rows: a scatter "
        f"plot against the prediction and a histogram. Mean "
        f"{short(float(np.mean(missed)))}, median {short(float(np.median(missed)))}, "
        f"{span(missed)}."
    )
    return describe(figure, words, caption)
