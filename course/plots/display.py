"""Show a figure in a notebook with its alternative text and its caption."""

from __future__ import annotations

import base64
import html
import io
from typing import Final, Protocol

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from course.plots._canvas import alt_text, caption
from course.plots._palette import WARNING

STAND_IN: Final = "STAND-IN DATA"
_DPI: Final = 110
_STRIP_INCHES: Final = 0.25
_FIGURE_STYLE: Final = "margin:0.5em 0; max-width:60em"


class DataSource(Protocol):
    """Anything that knows whether its rows are real: a table or its source."""

    @property
    def is_stand_in(self) -> bool:
        """Whether the rows were generated because the real data was missing."""


class FigureView:
    """One figure as a notebook sees it.

    JupyterLab shows the HTML form; a terminal and a screen reader get the text.
    """

    def __init__(self, figure: Figure, *, is_stand_in: bool = False) -> None:
        """Keep the figure, marked when its data is a stand-in.

        Args:
            figure: A figure that went through `describe`.
            is_stand_in: Whether to mark picture, text and caption.

        Raises:
            ValueError: If the figure has no alternative text.
        """
        if not alt_text(figure):
            msg = (
                "Expected a figure with alternative text. Received one without. "
                "Next: call plots.describe(figure, alt, caption) first."
            )
            raise ValueError(msg)
        prefix = f"{STAND_IN}. " if is_stand_in else ""
        if is_stand_in:
            stamp(figure)
        self._figure = figure
        self.alt: str = prefix + alt_text(figure)
        self.caption: str = prefix + caption(figure) if caption(figure) else prefix

    def __repr__(self) -> str:
        """Return the alternative text."""
        return f"Figure: {self.alt}"

    def to_png(self) -> bytes:
        """Return the picture as PNG bytes, the same for the same figure."""
        buffer = io.BytesIO()
        self._figure.savefig(
            buffer, format="png", dpi=_DPI, metadata={"Software": None}
        )
        return buffer.getvalue()

    def to_html(self) -> str:
        """Return a `<figure>` element with the picture inside."""
        picture = base64.b64encode(self.to_png()).decode("ascii")
        alt = html.escape(self.alt, quote=True)
        below = (
            f"<figcaption>{html.escape(self.caption.strip())}</figcaption>"
            if self.caption.strip()
            else ""
        )
        return (
            f'<figure style="{_FIGURE_STYLE}">'
            f'<img alt="{alt}" src="data:image/png;base64,{picture}"/>{below}</figure>'
        )

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str]:
        return {"text/html": self.to_html(), "text/plain": repr(self)}


class CanMove(Protocol):
    """An animation: it marks its own frames."""

    def mark_stand_in(self) -> None:
        """Mark every frame as made from stand-in data."""


def show(figure: Figure | CanMove, *, source: DataSource | None = None) -> None:
    """Display a figure or an animation of the course.

    Args:
        figure: What a function of `course.plots` returned.
        source: The table (or its source) that the numbers come from. When it is
            a stand-in, picture, caption and text say so.
    """
    from IPython.display import display

    is_stand_in = source is not None and source.is_stand_in
    if not isinstance(figure, Figure):
        if is_stand_in:
            figure.mark_stand_in()
        display(figure)
        return
    display(FigureView(figure, is_stand_in=is_stand_in))


def stamp(figure: Figure) -> None:
    """Write the stand-in mark into a strip below the picture, clear of the data."""
    if any(text.get_text() == STAND_IN for text in figure.texts):
        return
    strip = _STRIP_INCHES / (figure.get_figheight() + _STRIP_INCHES)
    figure.set_figheight(figure.get_figheight() + _STRIP_INCHES)
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(rect=(0.0, strip, 1.0, 1.0 - strip))
    figure.text(
        0.985,
        strip / 2,
        STAND_IN,
        ha="right",
        va="center",
        color=WARNING,
        weight="bold",
        fontsize=9,
    )
