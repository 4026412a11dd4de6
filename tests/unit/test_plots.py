"""Do the shared figures carry labels, units, words, and honest marks?"""

import math
import re
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
X = np.arange(50)
BOARD = np.arange(16).reshape(4, 4)
AXES = {"x_label": "x", "y_label": "y", "title": "t"}
BOTH = {"x_label": "x", "y_label": "y"}
HEIGHT = {"value_label": "height"}
NO_AXES = {"sliding_kernel", "sliding_pool", "pool_gradient", "worst_errors"}
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
    "histogram_rows": lambda: plots.histograms(
        {name: Y for name in "abcde"}, panels=True
    ),
    "lines": lambda: plots.lines(
        {"a": (X, Y), "b": (X, -Y)}, **AXES, marks={"kink": (0, 0)}, level=0.5
    ),
    "lines_panels": lambda: plots.lines({"a": (X, Y)}, **AXES, panels=True, log_y=True),
    "lines_groups": lambda: plots.lines(
        {name: {"value": (X, Y), "slope": (X, -Y)} for name in "abcd"}, **AXES
    ),
    "surface": lambda: plots.surface(
        [0, 1, 2], [0, 1], np.ones((2, 3)) * [0, 1, 2], **AXES, **HEIGHT
    ),
    "surface_filled": lambda: plots.surface(
        np.linspace(-1, 1, 9),
        np.linspace(-1, 1, 9),
        lambda x, y: x**2 + y**2,
        **AXES,
        **HEIGHT,
        paths={"down": ([1, 0.5], [1, 0.5])},
        marks={"lowest": (0, 0)},
        filled=True,
        log=True,
    ),
    "gallery": lambda: plots.gallery(
        {"a": np.eye(3), "b": np.zeros((3, 3, 1)), "c": np.zeros((3, 3, 3))},
        **BOTH,
        title="t",
        value_label="v",
    ),
    "gallery_signed": lambda: plots.gallery(
        [("a", [[1, -2]]), ("a", np.full((9, 9), -1.0))], **BOTH, title="t", signed=True
    ),
    "gallery_own_scales": lambda: plots.gallery(
        {"a": np.eye(2), "b": 9 * np.eye(2)},
        **BOTH,
        title="t",
        one_scale=False,
        square=False,
        numbers=True,
    ),
    "worst_errors": lambda: plots.worst_errors(
        np.zeros((2, 3, 3)), [0, 1], [[0.1, 0.9], [0.2, 0.8]]
    ),
    "confusion": lambda: plots.confusion([[5, 1], [0, 3]], ["cat", "automobile"]),
    "connections": lambda: plots.connections(np.eye(3), **AXES),
    "sliding_kernel": lambda: plots.sliding_window(BOARD, np.ones((3, 3))),
    "sliding_pool": lambda: plots.sliding_window(
        BOARD, pool="average", stride=2, padding="same", steps=[0, -1]
    ),
    "pool_gradient": lambda: plots.pool_gradient(BOARD, [[1, 2], [3, 4]]),
    "rate_sweep": lambda: plots.rate_sweep([0.1, 0.5], [[1, 2], [3, 4]], baseline=2.0),
}


@pytest.mark.parametrize("name", list(FIGURES))
def test_every_figure_has_words_and_axis_labels(name: str) -> None:
    figure = FIGURES[name]()
    assert len(plots.alt_text(figure)) > 20
    panels = [axes for axes in figure.axes if axes.get_visible()]
    assert name in NO_AXES or any(axes.get_xlabel() for axes in panels)
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
        (lambda: plots.lines({}, **AXES), "Expected at least one curve"),
        (lambda: plots.lines({"a": ([1], [1, 2])}, **AXES), "as many x as y in .a."),
        (
            lambda: plots.surface([1, 2], [1], [[1]], **AXES, **HEIGHT),
            r"Expected heights of shape \(1, 2\)",
        ),
        (lambda: plots.gallery({}, title="t"), "Expected at least one picture"),
        (
            lambda: plots.gallery({"a": np.zeros((2, 2, 2))}, title="t"),
            r"in 'a'. Received shape \(2, 2, 2\)",
        ),
        (lambda: plots.confusion([[1, 2]]), "Expected a square matrix"),
        (lambda: plots.confusion([[1]], ["a", "b"]), "Expected 1 names. Received 2"),
        (lambda: plots.connections([[2]], **AXES), "of 0 and 1"),
        (
            lambda: plots.worst_errors(np.zeros((1, 2, 2)), [0], [[0.9, 0.1]]),
            "Expected at least one error",
        ),
        (lambda: plots.worst_errors([0], [0, 1], [[1]]), "Expected one picture"),
        (lambda: plots.sliding_window(BOARD, np.ones((5, 5))), "a window that fits"),
        (lambda: plots.sliding_window(BOARD, steps=[99]), "steps from 0 to 8"),
        (
            lambda: plots.pool_gradient(BOARD, [1]),
            r"Expected a gradient of shape \(2, 2\)",
        ),
        (lambda: plots.animate([], title="t"), "Expected at least two frames"),
        (lambda: plots.animate([Figure()] * 2, title="t"), "Received 0 texts"),
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


def words_of(figure: Figure) -> list[str]:
    """Return every text inside the panels, those of nested figures too."""
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_do_curves_end_where_they_end() -> None:
    alt = plots.alt_text(plots.lines({"a": ([1, 2], [3, 5])}, **AXES))
    assert "a: 3 at 1, 5 at 2, between 3 and 5" in alt


def test_does_a_panel_name_its_curve_once() -> None:
    figure = plots.lines({"a": ([1], [1]), "b": ([1], [1])}, **AXES, panels=True)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["a", "b"]
    assert not figure.legends


def test_are_signs_more_than_a_color() -> None:
    few = plots.gallery({"a": [[1.0, -2.0]]}, title="t", signed=True)
    assert words_of(few) == ["1", "-2"]
    many = plots.gallery({"a": np.full((9, 9), -1.0)}, title="t", signed=True)
    assert words_of(many) == []
    assert [drawn.hatches for drawn in many.axes[0].collections] == [["...."]]


def test_is_minus_zero_no_number_for_people() -> None:
    figure = plots.gallery({"a": [[-0.001, 0.25]]}, title="t", signed=True)
    assert words_of(figure) == ["0.00", "0.25"]


def test_are_errors_shaded_and_right_answers_not() -> None:
    figure = plots.confusion([[90, 10], [0, 50]])
    shares = figure.axes[0].images[0].get_array()
    assert shares.tolist() == [[0, 0.1], [0, 0]]
    assert "140 of 150 images right" in plots.alt_text(figure)
    assert "Most often: 0 read as 1 10 times" in plots.alt_text(figure)
    assert "No error" in plots.alt_text(plots.confusion([[1]]))


def test_are_connections_counted() -> None:
    figure = plots.connections([[1, 0], [1, 1]], **AXES)
    assert words_of(figure) == ["×", "×", "×", "1", "2", "2", "1", "3"]
    assert "By column: 0: 0, 1; 1: 1." in plots.alt_text(figure)


def test_are_the_surest_errors_first() -> None:
    shares = [[0.4, 0.6], [0.9, 0.1], [0.1, 0.9]]
    figure = plots.worst_errors(np.zeros((3, 2, 2)), [0, 0, 0], shares)
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == ["0,\nread as 1 (90%)", "0,\nread as 1 (60%)"]


def test_is_the_sum_written_out() -> None:
    figure = plots.sliding_window([[1, 2], [3, 4]], [[1, 0], [0, -1]], steps=[0])
    assert "1·1 + 2·0 + 3·0 + 4·(-1) = -3." in plots.alt_text(figure)
    assert words_of(figure)[-1] == "-3"


def test_does_max_route_and_average_spread() -> None:
    board, flow = [[1, 2], [3, 4]], [[8]]
    route = plots.pool_gradient(board, flow)
    assert words_of(route)[-4:] == ["0", "0", "0", "8"]
    spread = plots.pool_gradient(board, flow, pool="average")
    assert words_of(spread)[-4:] == ["2", "2", "2", "2"]
    assert "8 is spread over 4 cells, 2 each" in plots.alt_text(spread)


def test_does_pooling_leave_out_the_border() -> None:
    figure = plots.sliding_window(
        np.full((3, 3), -5), pool="average", stride=2, padding="same", steps=[-1]
    )
    assert "(-5) / 1 = -5." in plots.alt_text(figure)


def moving() -> plots.Animation:
    frames = [plots.sliding_window(BOARD, steps=[i]) for i in range(3)]
    return plots.animate(frames, title="A <window>", caption="Max.")


def test_is_an_animation_off_and_without_script() -> None:
    text = moving().to_html()
    assert text.startswith("<details id=")
    assert "<details open" not in text
    assert "script" not in text
    assert "onclick" not in text
    assert "prefers-reduced-motion" in text
    assert "A &lt;window&gt; (3 frames; opens still)" in text
    assert text.count("<img alt=") == 3
    assert re.findall(r">(\w+)</label>", text) == ["1", "2", "3", "play"]
    assert len(text) < 60_000


def test_is_an_animation_the_same_each_time_and_told_in_words() -> None:
    assert moving().to_html() == moving().to_html()
    told = repr(moving())
    assert told.splitlines()[0] == "Animation: A <window>"
    assert "2. Stills of a 2×2 window" in told


def test_is_a_stand_in_marked_in_each_frame(capsys: pytest.CaptureFixture[str]) -> None:
    plots.show(moving(), source=STAND_IN)
    assert capsys.readouterr().out.startswith("STAND-IN DATA. Animation")
    marked = moving()
    marked.mark_stand_in()
    assert "STAND-IN DATA. Animation" in marked.to_html()


def test_is_a_large_animation_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.plots.animation._LIMIT_BYTES", 1000)
    with pytest.raises(ValueError, match="at most 1 kB"):
        moving().to_html()


def test_does_every_public_name_exist() -> None:
    assert set(plots.__all__) <= set(dir(plots))


def test_is_the_best_epoch_of_an_accuracy_its_highest():
    curves = {"accuracy": [0.4, 0.5, 0.6], "val_accuracy": [0.4, 0.55, 0.5]}
    figure = plots.learning_curves(curves, metric="accuracy", label="Accuracy")
    marked = [line for line in figure.axes[0].lines if len(line.get_xdata()) == 1]
    assert [tuple(line.get_xdata()) for line in marked] == [(2,)]
