"""Learning curves: a metric by epoch, for training and validation."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from matplotlib.ticker import MaxNLocator

from course.plots._canvas import (
    describe,
    dress,
    legend_below,
    level_line,
    new_figure,
    with_unit,
)
from course.plots._numbers import best_epoch, short
from course.plots._palette import INK, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Curves: TypeAlias = Mapping[str, Sequence[float]]


class HasHistory(Protocol):
    """What `model.fit` returns."""

    @property
    def history(self) -> Curves:
        """Values by metric name, one per epoch."""


Run: TypeAlias = HasHistory | Curves


def learning_curves(
    runs: Run | Mapping[str, Run],
    *,
    metric: str = "loss",
    label: str = "Loss",
    unit: str = "",
    title: str = "Learning curves",
    baseline: float | None = None,
    baseline_label: str = "constant baseline",
    panels: bool = False,
    y_limits: tuple[float, float] | None = None,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw training and validation curves of one or several runs.

    Training is the thin line, validation the thick one; a marker sits on the best
    validation epoch. A curve that stops being finite ends there with a cross.

    Args:
        runs: What `model.fit` returned, or its `.history`, or several of either
            by name.
        metric: Name in the history; `val_` + name is the validation curve.
        label: Name of the metric for the vertical axis.
        unit: Unit of the metric.
        title: Title of the figure.
        baseline: Validation value of a constant prediction, drawn as a line.
        baseline_label: What that constant is.
        panels: One panel per run instead of one for all.
        y_limits: Lowest and highest value shown; None lets the curves decide.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If a run lacks the metric.
    """
    by_name = _by_name(runs, metric)
    columns = len(by_name) if panels else 1
    figure = new_figure(1, columns)
    grid = figure.subplots(1, columns, squeeze=False, sharey=panels)[0]
    for i, (name, curves) in enumerate(by_name.items()):
        axes = grid[i if panels else 0]
        _draw_run(axes, curves, metric=metric, name=name, index=0 if panels else i)
    for i, axes in enumerate(grid):
        panel_title = list(by_name)[i] if panels else ""
        _finish(axes, panel_title, with_unit(label, unit) if i == 0 else "")
        if baseline is not None:
            words = f"{baseline_label}: {short(baseline)}"
            level_line(axes, baseline, label=words)
        if y_limits is not None:
            axes.set_ylim(*y_limits)
    _legend(figure, grid[0], panels=panels)
    figure.suptitle(title, x=0.02, ha="left", fontsize=11)
    return describe(figure, alt or _alt(by_name, metric, label, baseline), caption)


def _by_name(runs: Run | Mapping[str, Run], metric: str) -> dict[str, Curves]:
    named = {name: _curves(run) for name, run in _named(runs).items()}
    for name, curves in named.items():
        if metric not in curves and f"val_{metric}" not in curves:
            msg = (
                f"Expected the metric '{metric}' in the run '{name}'. "
                f"Received {', '.join(curves) or 'an empty history'}. "
                "Next: pass one of these names as `metric`."
            )
            raise ValueError(msg)
    return named


def _named(runs: Run | Mapping[str, Run]) -> dict[str, Run]:
    """Tell one run from several: the values of several are runs themselves."""
    if isinstance(runs, Mapping):
        values = list(runs.values())
        if any(isinstance(value, Mapping) or _is_history(value) for value in values):
            return dict(cast("Mapping[str, Run]", runs))
    return {"": cast("Run", runs)}


def _is_history(value: object) -> bool:
    return hasattr(value, "history")


def _curves(run: Run) -> Curves:
    return run if isinstance(run, Mapping) else run.history


def _draw_run(
    axes: Axes, curves: Curves, *, metric: str, name: str, index: int
) -> None:
    style = look(index)
    prefix = f"{name}, " if name else ""
    for key, width, part in (
        (metric, 1.0, "training"),
        (f"val_{metric}", 2.2, "validation"),
    ):
        curve = list(curves.get(key, ()))
        if not curve:
            continue
        epochs = range(1, len(curve) + 1)
        _make_room(axes, len(curve))
        axes.plot(
            epochs,
            curve,
            color=style.color,
            linestyle=style.line if part == "validation" else "-",
            linewidth=width,
            alpha=1.0 if part == "validation" else 0.75,
            label=prefix + part,
        )
        _mark_end(axes, curve, style.color)
    validation = list(curves.get(f"val_{metric}", ()))
    best = best_epoch(validation, highest=_is_better_high(metric))
    if best is not None:
        value = curves[f"val_{metric}"][best]
        axes.plot(best + 1, value, style.marker, color=style.color, markersize=7)


def _is_better_high(metric: str) -> bool:
    """Return True for a metric whose best value is its highest."""
    return "accuracy" in metric or metric in ("acc", "auc")


def _make_room(axes: Axes, epochs: int) -> None:
    """Show all epochs, those without a finite value too."""
    right = max(axes.get_xlim()[1] if axes.lines else 0.0, epochs + 0.5)
    axes.set_xlim(0.5, right)


def _mark_end(axes: Axes, curve: Sequence[float], color: str) -> None:
    """Mark where a curve stops being finite before its last epoch."""
    finite = [i for i, value in enumerate(curve) if math.isfinite(value)]
    first_lost = finite[-1] + 1 if finite else 0
    if first_lost >= len(curve):
        return
    if finite:
        axes.plot(first_lost, curve[finite[-1]], "x", color=color, markersize=9, mew=2)
    text = f"nan from epoch {first_lost + 1}"
    if all(note.get_text() != text for note in axes.texts):
        axes.text(0.5, 0.5, text, transform=axes.transAxes, ha="center", color=INK)


def _finish(axes: Axes, title: str, y: str) -> None:
    dress(axes, title=title, x="Epoch", y=y)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def _legend(figure: Figure, axes: Axes, *, panels: bool) -> None:
    """Draw one legend below, in small multiples without the run's name."""
    handles, labels = axes.get_legend_handles_labels()
    if panels:
        labels = [text.rpartition(", ")[2] for text in labels]
    legend_below(figure, dict(zip(labels, handles, strict=True)))


def _alt(
    runs: Mapping[str, Curves], metric: str, label: str, base: float | None
) -> str:
    parts = [f"Line chart of {label.lower()} by epoch."]
    for name, curves in runs.items():
        who = f"{name}: " if name else ""
        training = list(curves.get(metric, ()))
        validation = list(curves.get(f"val_{metric}", ()))
        if training:
            parts.append(
                f"{who}training from {short(training[0])} to {short(training[-1])}."
            )
        is_high = _is_better_high(metric)
        best = best_epoch(validation, highest=is_high)
        if best is not None:
            extreme = "highest" if is_high else "lowest"
            parts.append(
                f"{who}validation {extreme} {short(validation[best])} "
                f"at epoch {best + 1}, last {short(validation[-1])}."
            )
        elif validation:
            parts.append(f"{who}validation is never a finite number.")
    if base is not None:
        parts.append(f"A dotted line marks the constant baseline, {short(base)}.")
    return " ".join(parts)
