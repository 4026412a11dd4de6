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
from course.plots.animation import Animation, animate
from course.plots.comparison import bar_compare, split_sizes
from course.plots.contours import surface
from course.plots.curves import learning_curves
from course.plots.display import STAND_IN, FigureView, show
from course.plots.distribution import histograms
from course.plots.errors import worst_errors
from course.plots.functions import lines
from course.plots.gallery import gallery
from course.plots.groups import clouds, dot_panels
from course.plots.models import (
    activation_histograms,
    feature_maps,
    kernels,
    layer_sizes,
    weight_histograms,
)
from course.plots.regression import prediction_scatter, residuals
from course.plots.sliding import pool_gradient, sliding_window
from course.plots.sweep import rate_sweep
from course.plots.tables import confusion, connections

__all__ = [
    "STAND_IN",
    "Animation",
    "FigureView",
    "Look",
    "activation_histograms",
    "alt_text",
    "animate",
    "bar_compare",
    "caption",
    "clouds",
    "confusion",
    "connections",
    "describe",
    "dot_panels",
    "dress",
    "feature_maps",
    "gallery",
    "histograms",
    "kernels",
    "layer_sizes",
    "learning_curves",
    "lines",
    "look",
    "new_figure",
    "pool_gradient",
    "prediction_scatter",
    "rate_sweep",
    "residuals",
    "show",
    "sliding_window",
    "split_sizes",
    "surface",
    "weight_histograms",
    "with_unit",
    "worst_errors",
]
