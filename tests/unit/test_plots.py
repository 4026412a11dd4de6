"""Do the shared figures carry labels, units, words, and honest marks?"""

import math
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.figure import Figure

from course import plots

CURVES = {"mae": [0.4, 0.3, 0.2], "val_mae": [0.4, 0.25, 0.28]}
LOST = {"mae": [4.0, math.nan, math.nan], "val_mae": [math.nan] * 3}
REAL = SimpleNamespace(is_stand_in=False)
STAND_IN = SimpleNamespace(is_stand_in=True)


Y = np.random.default_rng(0).random(50)
FIGURES: dict[str, Callable[[], Figure]] = {
    "learning_curves": lambda: plots.learning_curves(
        {"a": CURVES, "b": LOST}, metric="mae", baseline=0.5
    ),
    "learning_curves_panels": lambda: plots.learning_curves(
        {"a": CURVES, "b": LOST}, metric="mae", panels=True, y_limits=(0, 1)
    ),
    "prediction_scatter": lambda: plots.prediction_scatter(Y, Y / 2, baseline=0.4),
    "residuals": lambda: plots.residuals(Y, Y / 2),
    "bars": lambda: plots.bar_compare(
        {"a": [1, 2, 3], "b": 2}, label="Error", unit="m"
    ),
    "dots": lambda: plots.bar_compare(
        {"a": [1, 2]}, label="Error", kind="dots", baseline=3
    ),
    "split_sizes": lambda: plots.split_sizes({"training": 3, "test": 1}),
    "histograms": lambda: plots.histograms({"a": Y, "b": [1.0, math.inf]}),
    "histogram_panels": lambda: plots.histograms(
        {"a": Y, "b": -Y}, panels=True, same_x=False, markers={"truth": 0.5}
    ),
    "rate_sweep": lambda: plots.rate_sweep([0.1, 0.5], [[1, 2], [3, 4]], baseline=2.0),
}


@pytest.mark.parametrize("name", list(FIGURES))
def test_every_figure_has_words_and_axis_labels(name: str) -> None:
    figure = FIGURES[name]()
    assert len(plots.alt_text(figure)) > 20
    panels = [axes for axes in figure.axes if axes.get_visible()]
    assert any(axes.get_xlabel() for axes in panels)
    titles = [axes.get_title(loc="left") for axes in panels]
    assert any([figure.get_suptitle(), *titles])


@pytest.mark.parametrize("name", list(FIGURES))
def test_is_the_picture_the_same_each_time(name: str) -> None:
    first, second = FIGURES[name](), FIGURES[name]()
    assert plots.FigureView(first).to_png() == plots.FigureView(second).to_png()


def test_does_the_unit_stand_on_the_axis() -> None:
    figure = plots.bar_compare({"a": 1}, label="Strength", unit="MPa")
    assert figure.axes[0].get_xlabel() == "Strength (MPa)"


def test_are_series_told_apart_by_more_than_color() -> None:
    looks = [plots.look(i) for i in range(6)]
    assert len({look.color for look in looks}) == 6
    assert len({str(look.line) for look in looks}) == 6
    assert len({look.marker for look in looks}) == 6
    assert plots.look(6) == plots.look(0)


def test_is_one_history_object_enough() -> None:
    history = SimpleNamespace(history=CURVES)
    one = plots.learning_curves(history, metric="mae")
    assert plots.alt_text(one) == plots.alt_text(
        plots.learning_curves(CURVES, metric="mae")
    )
    assert "validation lowest 0.25 at epoch 2, last 0.28" in plots.alt_text(one)


def test_does_a_lost_run_say_where_it_was_lost() -> None:
    figure = plots.learning_curves(LOST, metric="mae")
    assert "validation is never a finite number" in plots.alt_text(figure)
    notes = [text.get_text() for text in figure.axes[0].texts]
    assert notes == ["nan from epoch 2", "nan from epoch 1"]


def test_does_an_unknown_metric_name_the_known_ones() -> None:
    with pytest.raises(ValueError, match="Received mae, val_mae"):
        plots.learning_curves(CURVES, metric="accuracy")


def test_are_values_that_are_not_finite_counted() -> None:
    figure = plots.histograms({"a": [1.0, 2.0, math.nan]})
    assert "1 values not finite" in plots.alt_text(figure)


def test_is_the_median_of_the_seeds_what_is_told() -> None:
    figure = plots.bar_compare({"a": [1, 2, 9]}, label="Error", digits=1)
    assert "a 2.0 (median of 3, from 1.0 to 9.0)" in plots.alt_text(figure)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: plots.prediction_scatter([1, 2], [1]), "Received 1 and 2"),
        (lambda: plots.residuals([], []), "Expected at least one number"),
        (lambda: plots.bar_compare({}, label="x"), "Expected at least one name"),
        (lambda: plots.split_sizes({"a": 0}), "Expected at least one"),
        (lambda: plots.rate_sweep([0.1], [1, 2]), "Expected one result per setting"),
        (lambda: plots.describe(Figure(), " "), "Expected a sentence"),
        (lambda: plots.FigureView(Figure()), "alternative text"),
    ],
)
def test_do_errors_say_what_to_do_next(make: object, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        make()  # type: ignore[operator]
    assert "Next:" in str(caught.value)


def test_is_html_escaped_and_described() -> None:
    figure = plots.describe(plots.new_figure(), 'a "b" <c>', "d <e>")
    text = plots.FigureView(figure).to_html()
    assert 'alt="a &quot;b&quot; &lt;c&gt;"' in text
    assert "<figcaption>d &lt;e&gt;</figcaption>" in text


def test_is_stand_in_data_marked_everywhere() -> None:
    figure = FIGURES["bars"]()
    view = plots.FigureView(figure, is_stand_in=True)
    assert view.alt.startswith("STAND-IN DATA. ")
    assert "STAND-IN DATA" in view.caption
    assert [text.get_text() for text in figure.texts] == ["STAND-IN DATA"]
    again = plots.FigureView(figure, is_stand_in=True)
    assert len(figure.texts) == 1
    assert again.to_png() == view.to_png()


@pytest.mark.parametrize(("source", "marked"), [(None, 0), (REAL, 0), (STAND_IN, 1)])
def test_does_show_ask_the_source(
    source: SimpleNamespace | None, marked: int, capsys: pytest.CaptureFixture[str]
) -> None:
    plots.show(FIGURES["bars"](), source=source)
    assert capsys.readouterr().out.count("STAND-IN DATA") == marked


def test_does_every_public_name_exist() -> None:
    assert set(plots.__all__) <= set(dir(plots))
