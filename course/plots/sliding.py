"""A window that moves over a small array: forward, and what flows back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.patches import Rectangle

from course.plots._canvas import describe, expect, headline, new_figure
from course.plots._palette import INK, look
from course.plots._windows import Padding, Pool, Windows, windows

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

_MANY_TERMS: Final = 9
_FEW_STEPS: Final = 3
_CELL_INCHES: Final = 0.33
_RULE: Final[dict[str, Any]] = {"color": "#999999", "linewidth": 0.8}


def sliding_window(
    x: npt.ArrayLike,
    kernel: npt.ArrayLike | None = None,
    *,
    pool: Pool = "max",
    size: int = 2,
    stride: int = 1,
    padding: Padding = "valid",
    steps: Sequence[int] = (),
    title: str = "",
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw stills of a window that moves over an array, with its sum written out.

    Each row is one step: the array with the window's frame, the kernel, the output so
    far. Without a kernel the window pools.

    Args:
        x: A small array `(rows, columns)`; up to 8 x 8 reads well.
        kernel: Weights `(rows, columns)`; None pools.
        pool: What pooling does.
        size: Side of the pooling window in cells.
        stride: Step in cells.
        padding: "valid", or "same" with the border that Keras adds.
        steps: Which steps to draw, from 0 in reading order, -1 is the last one; ()
            draws the first two and the last.
        title: Title of the figure; "" says what moves.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If the window does not fit, or there is no such step.
    """
    moved = windows(x, kernel, pool=pool, size=size, stride=stride, padding=padding)
    chosen = _chosen(moved, steps)
    figure, rows = _rows(chosen, moved)
    for row, step in zip(rows, chosen, strict=True):
        row.suptitle(_sentence(moved, step), fontsize=9, color=INK)
        out = moved.output(step)
        between = () if moved.kernel is None else (moved.kernel,)
        panels = _panels(row, moved.padded, *between, out)
        _draw_input(panels[0], moved, step, name="Input")
        if moved.kernel is not None:
            _draw(panels[1], moved.kernel, name="Kernel", rows=_height(moved))
        _draw(panels[-1], out, name="Output so far", rows=_height(moved))
        _outline(panels[-1], divmod(step, out.shape[1]), (1, 1))
    side = "×".join(str(side) for side in moved.size)
    kind = f"A {side} kernel" if kernel is not None else f"{pool} pooling".capitalize()
    headline(figure, title or f"{kind}, stride {stride}, padding {padding}")
    words = alt or (
        f"Stills of a {side} window over an array of {_by(moved.shape)}; the output "
        f"has {_by(moved.out_shape)}. {' '.join(_sentence(moved, s) for s in chosen)}"
    )
    return describe(figure, words, caption)


def pool_gradient(
    x: npt.ArrayLike,
    upstream: npt.ArrayLike,
    *,
    pool: Pool = "max",
    size: int = 2,
    stride: int = 2,
    padding: Padding = "valid",
    steps: Sequence[int] = (),
    title: str = "",
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw how pooling hands a gradient back: max routes it, average spreads it.

    Each row is one step: the input with the window's frame, the gradient of the output
    with the value that flows back, the gradient of the input so far.

    Args:
        x: A small array `(rows, columns)`.
        upstream: Gradient of the loss by the output, in the output's shape.
        pool: What pooling does.
        size: Side of the window in cells.
        stride: Step in cells.
        padding: "valid" or "same".
        steps: Which steps to draw; () draws the first two and the last.
        title: Title of the figure; "" says which pooling.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If the window does not fit, or `upstream` has another shape.
    """
    moved = windows(x, None, pool=pool, size=size, stride=stride, padding=padding)
    flow = np.asarray(upstream, dtype=np.float64)
    wanted = f"a gradient of shape {moved.out_shape}"
    step = "give one value per output"
    expect(flow.shape == moved.out_shape, wanted, f"shape {flow.shape}", step)
    chosen = _chosen(moved, steps)
    figure, rows = _rows(chosen, moved)
    for row, step_ in zip(rows, chosen, strict=True):
        row.suptitle(_backward(moved, flow, step_), fontsize=9, color=INK)
        panels = _panels(row, moved.padded, flow, moved.padded)
        _draw_input(panels[0], moved, step_, name="Input")
        _draw(panels[1], flow, name="Gradient of the output", rows=_height(moved))
        _outline(panels[1], divmod(step_, flow.shape[1]), (1, 1))
        back = moved.gradient(flow, step_)
        back[np.isnan(moved.padded)] = np.nan
        _draw(panels[2], back, name="Gradient of the input", rows=_height(moved))
        _outline(panels[2], moved.corner(step_), moved.size)
    verb = "routes" if pool == "max" else "spreads"
    headline(figure, title or f"{pool.capitalize()} pooling {verb} the gradient")
    told = " ".join(_backward(moved, flow, step_) for step_ in chosen)
    words = (
        alt or f"Stills of a gradient that flows back through {pool} pooling. {told}"
    )
    return describe(figure, words, caption)


def _chosen(moved: Windows, steps: Sequence[int]) -> list[int]:
    last = moved.num_steps - 1
    if not steps:
        return list(range(last + 1)) if last < _FEW_STEPS else [0, 1, last]
    fits = all(-moved.num_steps <= step <= last for step in steps)
    expect(fits, f"steps from 0 to {last}", list(steps), "leave out the others")
    return [step % moved.num_steps for step in steps]


def _height(moved: Windows) -> int:
    """Return the rows that every panel needs room for."""
    return max(int(moved.padded.shape[0]), moved.size[0], moved.out_shape[0])


def _rows(chosen: Sequence[int], moved: Windows) -> tuple[Figure, list[SubFigure]]:
    height = 0.75 + _CELL_INCHES * _height(moved)
    figure = new_figure(len(chosen), height=height)
    rows = figure.subfigures(len(chosen), 1, squeeze=False, hspace=0.03)
    return figure, list(rows[:, 0])


def _panels(row: SubFigure, *arrays: npt.NDArray[np.float64]) -> list[Axes]:
    """Return one panel per array, as wide as its columns need."""
    widths = [array.shape[1] + 0.2 for array in arrays]
    return list(row.subplots(1, len(widths), width_ratios=widths, squeeze=False)[0])


def _draw(axes: Axes, array: npt.NDArray[np.float64], *, name: str, rows: int) -> None:
    """Draw numbers in a light grid, as large in one panel as in the next.

    Args:
        axes: The panel.
        array: The numbers; nan leaves a cell empty.
        name: The panel's title.
        rows: Rows that all panels have room for.
    """
    num_rows, num_columns = array.shape
    for row in range(num_rows + 1):
        axes.plot([-0.5, num_columns - 0.5], [row - 0.5] * 2, **_RULE)
    for column in range(num_columns + 1):
        axes.plot([column - 0.5] * 2, [-0.5, num_rows - 0.5], **_RULE)
    for (row, column), value in np.ndenumerate(array):
        if np.isfinite(value):
            text = _number(value).strip("()")
            axes.text(column, row, text, ha="center", va="center", fontsize=8.5)
    axes.set_aspect("equal")
    axes.set_xlim(-0.6, num_columns - 0.4)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_title(name, fontsize=8.5, color=INK)
    axes.set_axis_off()


def _draw_input(axes: Axes, moved: Windows, step: int, *, name: str) -> None:
    _draw(axes, moved.padded, name=name, rows=_height(moved))
    (top, left), (rows, columns) = moved.before, moved.shape
    inside = np.zeros(moved.padded.shape, dtype=bool)
    inside[top : top + rows, left : left + columns] = True
    for row, column in zip(*np.nonzero(~inside), strict=True):
        border = Rectangle((column - 0.5, row - 0.5), 1, 1, hatch="///")
        border.set(facecolor="none", edgecolor="#bbbbbb", linewidth=0)
        axes.add_patch(border)
    _outline(axes, moved.corner(step), moved.size)


def _outline(axes: Axes, corner: tuple[int, int], size: tuple[int, int]) -> None:
    row, column = corner
    frame = Rectangle((column - 0.5, row - 0.5), size[1], size[0])
    color = look(1).color
    frame.set(facecolor=(*_rgb(color), 0.15), edgecolor=color, linewidth=2.4)
    frame.set_clip_on(False)
    frame.set_zorder(3)
    axes.add_patch(frame)


def _rgb(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _number(value: float) -> str:
    text = f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
    return f"({text})" if value < 0 else text


def _sentence(moved: Windows, step: int) -> str:
    """Write out what a window computes."""
    cells, value = moved.cells(step), _number(moved.value(step)).strip("()")
    there = cells[~np.isnan(cells)]
    if moved.kernel is not None:
        pairs = list(zip(cells.flat, moved.kernel.flat, strict=True))
        terms = [f"{_number(a)}·{_number(w)}" for a, w in pairs]
        text = " + ".join(terms)
        if len(terms) > _MANY_TERMS:
            text = f"sum of {len(terms)} products"
    elif moved.pool == "max":
        text = f"max({', '.join(_number(a).strip('()') for a in there)})"
    else:
        listed = " + ".join(_number(a) for a in there)
        listed = f"({listed})" if there.size > 1 else listed
        text = f"{listed} / {there.size}"
    return f"Step {step + 1} of {moved.num_steps}: {text} = {value}."


def _backward(moved: Windows, flow: npt.NDArray[np.float64], step: int) -> str:
    """Say where one gradient goes."""
    value = _number(float(flow.flat[step])).strip("()")
    shares = moved.shares(step)
    start = f"Step {step + 1} of {moved.num_steps}:"
    if moved.pool == "average":
        count = int(np.count_nonzero(shares))
        part = _number(float(flow.flat[step]) / count).strip("()")
        return f"{start} {value} is spread over {count} cells, {part} each."
    row, column = np.unravel_index(int(np.argmax(shares)), shares.shape)
    kept = _number(float(moved.cells(step)[row, column])).strip("()")
    return (
        f"{start} {value} goes to the cell that was the maximum ({kept}), 0 elsewhere."
    )


def _by(shape: tuple[int, int]) -> str:
    return f"{shape[0]} x {shape[1]}"
