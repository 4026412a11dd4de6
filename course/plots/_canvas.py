"""New figures in the house look, and the words that belong to each of them.

Figures are made without `pyplot`, so nothing is drawn twice in a notebook and no
figure stays in memory after its cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from course.plots._palette import GRID, INK, REFERENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_HEIGHT = 4.0
_WIDTH = 6.6
_PANEL_HEIGHT = 2.7


def new_figure(rows: int = 1, columns: int = 1, *, height: float = 0.0) -> Figure:
    """Return an empty figure sized for a notebook column.

    Args:
        rows: Number of rows of panels.
        columns: Number of panels in a row.
        height: Height of one row in inches; 0 takes the default.
    """
    row_height = height or (_HEIGHT if rows == columns == 1 else _PANEL_HEIGHT)
    width = max(_WIDTH, min(3.3 * columns, 10.5))
    return Figure(figsize=(width, row_height * rows), layout="constrained")


def panel_grid(
    panels: int, *, columns: int, height: float = 0.0, share: bool = False
) -> tuple[Figure, list[Axes]]:
    """Return a figure with so many panels, filled row by row.

    Args:
        panels: Number of panels, at least 1.
        columns: Panels in a row, at most.
        height: Height of one row in inches; 0 takes the default.
        share: Whether all panels have the same two axes.

    Returns:
        The figure, and one panel for each; what is left of the last row is empty.
    """
    columns = max(1, min(columns, panels))
    rows = -(-panels // columns)
    figure = new_figure(rows, columns, height=height)
    grid = figure.subplots(rows, columns, squeeze=False, sharex=share, sharey=share)
    for axes in grid.flat[panels:]:
        axes.set_visible(False)
    return figure, list(grid.flat[:panels])


def label_outer(grid: list[Axes], *, columns: int) -> None:
    """Keep the labels of shared axes at the left and at the bottom only.

    Args:
        grid: All panels, row by row.
        columns: Panels in a row, at most.
    """
    columns = max(1, min(columns, len(grid)))
    for i, axes in enumerate(grid):
        is_left, is_lowest = i % columns == 0, i >= len(grid) - columns
        axes.tick_params(labelleft=is_left, labelbottom=is_lowest)
        axes.set_ylabel(axes.get_ylabel() if is_left else "")
        axes.set_xlabel(axes.get_xlabel() if is_lowest else "")


def headline(figure: Figure, title: str) -> None:
    """Put a title over all panels of a figure."""
    if title:
        figure.suptitle(title, x=0.02, ha="left", fontsize=11, color=INK)


def expect(condition: bool, expected: str, received: object, step: str) -> None:
    """Refuse an argument in the words of the course.

    Args:
        condition: What must hold.
        expected: What the argument should be.
        received: What it is.
        step: What to do next.

    Raises:
        ValueError: If the condition does not hold.
    """
    if not condition:
        raise ValueError(f"Expected {expected}. Received {received}. Next: {step}.")


def dress(axes: Axes, *, title: str, x: str, y: str) -> None:
    """Give a panel its title, its axis labels and the light grid of the course.

    Args:
        axes: The panel.
        title: What the panel shows, or "".
        x: Label of the horizontal axis, with its unit; see `with_unit`.
        y: Label of the vertical axis, with its unit.
    """
    axes.set_title(title, loc="left", fontsize=10, color=INK)
    axes.set_xlabel(x, color=INK, fontsize=9.5)
    axes.set_ylabel(y, color=INK, fontsize=9.5)
    axes.grid(visible=True, color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def level_line(
    axes: Axes, value: float, *, label: str = "", upright: bool = False
) -> None:
    """Draw the dotted line that stands for a constant prediction.

    Args:
        axes: The panel.
        value: Where the line lies.
        label: What the constant is, for the legend.
        upright: A vertical line instead of a level one.
    """
    draw = axes.axvline if upright else axes.axhline
    draw(value, color=REFERENCE, linestyle=":", linewidth=1.8, label=label)


def legend_below(figure: Figure, entries: Mapping[str, Artist]) -> None:
    """Put one legend under the panels, where it hides no curve.

    Args:
        figure: The figure.
        entries: Drawn things by the words for them; none draws no legend.
    """
    if entries:
        figure.legend(
            entries.values(),
            entries.keys(),
            loc="outside lower center",
            ncols=min(len(entries), 3),
            fontsize=8,
            frameon=False,
        )


def entries_of(axes: Axes) -> dict[str, Artist]:
    """Return what a legend of this panel would list."""
    handles, labels = axes.get_legend_handles_labels()
    return dict(zip(labels, handles, strict=True))


def with_unit(label: str, unit: str) -> str:
    """Return an axis label with its unit in brackets, where there is one.

    Example:
        >>> with_unit("Compressive strength", "MPa")
        'Compressive strength (MPa)'
        >>> with_unit("Epoch", "")
        'Epoch'
    """
    return f"{label} ({unit})" if unit else label


def describe(figure: Figure, alt: str, caption: str = "") -> Figure:
    """Attach alternative text and a caption to a figure.

    Args:
        figure: The figure, changed in place.
        alt: What a reader who cannot see the figure needs to know: kind of
            figure, axes, and what it shows, in one to three sentences.
        caption: The line below the figure; "" for none.

    Returns:
        The same figure, so that the call can end a function.

    Raises:
        ValueError: If `alt` is empty.
    """
    if not alt.strip():
        msg = (
            "Expected a sentence that describes the figure. Received an empty text. "
            "Next: say what the axes are and what the reader should see."
        )
        raise ValueError(msg)
    figure.alt_text = alt  # type: ignore[attr-defined]  # matplotlib has no such field
    figure.caption = caption  # type: ignore[attr-defined]
    return figure


def alt_text(figure: Figure) -> str:
    """Return the alternative text of a figure, or "" when it has none."""
    return str(getattr(figure, "alt_text", ""))


def caption(figure: Figure) -> str:
    """Return the caption of a figure, or "" when it has none."""
    return str(getattr(figure, "caption", ""))
