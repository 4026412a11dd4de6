"""The figures that the lessons share.

Every function returns a matplotlib `Figure` with title, axis labels with units,
colors that color-blind readers can tell apart, a second cue beside the color, and
alternative text. `show` puts it into a notebook.

Example:
    >>> from course import plots
    >>> figure = plots.split_sizes({"training": 1119, "validation": 480})
    >>> plots.alt_text(figure)
    'One bar of 1,599 rows: training 1,119 (70%), validation 480 (30%).'
"""

from course.plots._canvas import (
    alt_text,
    caption,
    describe,
    dress,
    new_figure,
    with_unit,
)
from course.plots._palette import Look, look
from course.plots.comparison import bar_compare, split_sizes
from course.plots.curves import learning_curves
from course.plots.display import STAND_IN, FigureView, show
from course.plots.distribution import histograms
from course.plots.heatmap import heatmaps
from course.plots.regression import prediction_scatter, residuals
from course.plots.sweep import rate_sweep

__all__ = [
    "STAND_IN",
    "FigureView",
    "Look",
    "alt_text",
    "bar_compare",
    "caption",
    "describe",
    "dress",
    "heatmaps",
    "histograms",
    "learning_curves",
    "look",
    "new_figure",
    "prediction_scatter",
    "rate_sweep",
    "residuals",
    "show",
    "split_sizes",
    "with_unit",
]
