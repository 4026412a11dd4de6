"""Small multiples of arrays as pictures: digits, photographs, kernels, maps, masks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize

from course.plots._canvas import describe, expect, headline, panel_grid
from course.plots._numbers import short
from course.plots._palette import INK, look

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Pictures: TypeAlias = (
    "Mapping[str, npt.ArrayLike] | Sequence[tuple[str, npt.ArrayLike]]"
)

_FEW_CELLS: Final = 49
_FINE: Final = 6  # points per cell that dots are laid over
_DIVERGING: Final = LinearSegmentedColormap.from_list(
    "layerwise_signed", [look(0).color, "#ffffff", look(1).color]
)


def gallery(
    pictures: Pictures,
    *,
    title: str,
    value_label: str = "",
    x_label: str = "",
    y_label: str = "",
    columns: int = 5,
    limits: tuple[float, float] | None = None,
    one_scale: bool = True,
    signed: bool = False,
    numbers: bool | None = None,
    digits: int = 2,
    square: bool = True,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw arrays as pictures, dark is high; all share one scale.

    With `signed` the scale is blue below zero, white at zero, orange above, and dots
    cover what is negative, so that no sign hangs on a color alone.

    Args:
        pictures: Arrays `(rows, columns)` or `(rows, columns, 1)` for values, or
            `(rows, columns, 3)` for colors (0 to 255, or 0 to 1), by title; or pairs
            of title and array, where titles repeat.
        title: Title of the figure.
        value_label: What the shade means; "" draws no scale.
        x_label: What a column is, where that needs saying.
        y_label: What a row is.
        columns: Pictures in a row.
        limits: Values at the ends of the scale; None takes them from the arrays.
        one_scale: False gives each picture a scale of its own; then no scale is drawn.
        signed: Values on both sides of zero that mean opposite things.
        numbers: Write the values into the cells; None does so for signed pictures
            of up to 49 cells.
        digits: Decimals of these numbers, at most; whole numbers get none.
        square: Square cells; False fills the panel, for tables that are no pictures.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If there is no picture, or one has not such a shape.
    """
    pairs = pictures.items() if isinstance(pictures, Mapping) else pictures
    arrays = [(name, as_picture(name, value)) for name, value in pairs]
    expect(bool(arrays), "at least one picture", "none", "pass an array by title")
    tallest = max(array.shape[0] / array.shape[1] for _, array in arrays)
    panel_width = max(6.6, min(3.3 * columns, 10.5)) / min(columns, len(arrays))
    height = min(0.86 * panel_width * tallest, 4.0) + 0.35 if square else 2.4
    figure, grid = panel_grid(len(arrays), columns=columns, height=height)
    values = [array for _, array in arrays if array.ndim == 2]
    shared = _norm(values, limits, signed=signed) if values else None
    cmap: str | Colormap = _DIVERGING if signed else "Greys"
    for axes, (name, array) in zip(grid, arrays, strict=True):
        norm = shared if one_scale else None
        if array.ndim == 2:
            norm = norm or _norm([array], limits, signed=signed)
            write = array.size <= _FEW_CELLS if signed and numbers is None else numbers
            draw_values(axes, array, norm, cmap=cmap, digits=digits if write else None)
            if signed and not write:
                _dot_negatives(axes, array)
        else:
            axes.imshow(array)
        axes.set_aspect("equal" if square else "auto")
        _frame(axes, name)
    for axes in grid[:: min(columns, len(grid))]:
        axes.set_ylabel(y_label, fontsize=9)
    for axes in grid[max(0, len(grid) - columns) :]:
        axes.set_xlabel(x_label, fontsize=9)
    if value_label and one_scale and shared is not None:
        shade = next(
            axes for axes in grid if axes.images and axes.images[0].norm is shared
        )
        figure.colorbar(shade.images[0], ax=figure.axes, label=value_label, shrink=0.8)
    headline(figure, title)
    return describe(figure, alt or _alt(arrays, title, value_label, signed), caption)


def as_picture(name: str, value: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return `(rows, columns)` of values or `(rows, columns, 3)` of colors in 0 to 1.

    Args:
        name: The picture's title, for the error message.
        value: The array.

    Raises:
        ValueError: If the array has another shape.
    """
    array = np.asarray(value, dtype=np.float64)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    fits = array.ndim == 2 or (array.ndim == 3 and array.shape[2] == 3)
    expect(
        fits and array.size > 0,
        f"shape (rows, columns) or (rows, columns, 3) in '{name}'",
        f"shape {array.shape}",
        "pick one example or one channel",
    )
    if array.ndim == 3:
        array = array / 255 if array.max() > 1 else array
        array = np.clip(array, 0, 1)
    return array


def draw_values(
    axes: Axes,
    array: npt.NDArray[np.float64],
    norm: Normalize,
    *,
    cmap: str | Colormap = "Greys",
    digits: int | None = None,
) -> None:
    """Draw a table of values as shades, with the numbers where `digits` says so.

    Args:
        axes: The panel.
        array: Values `(rows, columns)`; what is not finite stays blank.
        norm: The scale.
        cmap: The shades.
        digits: Decimals of the written numbers, at most; None writes none.
    """
    shown = np.ma.masked_invalid(array)
    axes.imshow(shown, cmap=cmap, norm=norm)
    if digits is None:
        return
    shades = axes.images[-1].to_rgba(shown)
    size = 9 if max(array.shape) <= 7 else 6.5
    known = array[np.isfinite(array)]
    round_at = (d for d in range(digits) if np.allclose(known, known.round(d)))
    decimals = next(round_at, digits)
    for (row, column), value in np.ndenumerate(array):
        if not np.isfinite(value):
            continue
        dark = float(shades[row, column, :3] @ (0.3, 0.59, 0.11)) < 0.5
        text = f"{round(value, decimals) + 0.0:.{decimals}f}"
        axes.text(
            column,
            row,
            text,
            ha="center",
            va="center",
            fontsize=size,
            color="white" if dark else INK,
        )


def _norm(
    arrays: Sequence[npt.NDArray[np.float64]],
    limits: tuple[float, float] | None,
    *,
    signed: bool,
) -> Normalize:
    if limits is not None:
        return Normalize(*limits)
    finite = np.concatenate([array[np.isfinite(array)] for array in arrays])
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 1.0)
    if signed:
        most = max(abs(low), abs(high)) or 1.0
        return Normalize(-most, most)
    return Normalize(low, high if high > low else low + 1.0)


def _dot_negatives(axes: Axes, array: npt.NDArray[np.float64]) -> None:
    """Cover negative values with dots: a second cue beside the color."""
    below = np.kron(array < 0, np.ones((_FINE, _FINE)))
    rows, columns = array.shape
    if below.any():
        axes.contourf(
            below,
            levels=[0.5, 1.5],
            colors="none",
            hatches=["...."],
            origin="lower",
            extent=(-0.5, columns - 0.5, -0.5, rows - 0.5),
        )


def _frame(axes: Axes, name: str) -> None:
    axes.set_title(name, loc="left", fontsize=9, color=INK)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color("#999999")


def _alt(
    arrays: Sequence[tuple[str, npt.NDArray[np.float64]]],
    title: str,
    value_label: str,
    signed: bool,
) -> str:
    kind = "signed " if signed else ""
    of = f" of {value_label}" if value_label else ""
    parts = []
    for name, array in arrays:
        name = name.replace("\n", " ")  # a title of two lines
        if array.ndim == 3:
            parts.append(f"{name} ({array.shape[0]} x {array.shape[1]}, in color)")
            continue
        low, high = short(float(np.nanmin(array))), short(float(np.nanmax(array)))
        size = f"{array.shape[0]} x {array.shape[1]}"
        parts.append(f"{name} ({size}, from {low} to {high})")
    return f"{title}. {len(arrays)} {kind}pictures{of}: {', '.join(parts)}."
