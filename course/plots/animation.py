"""Stills as an animation that runs only when a reader asks for it.

It needs no script: the frames are pictures, a style sheet shows one of them. Closed it
is one line. Opened it shows the first frame; buttons choose a frame or play all, and
the Tab key goes from frame to frame. A reader who asked the system for less motion gets
the buttons, and nothing moves. In a notebook that JupyterLab does not trust there is no
style sheet: all frames stand below each other.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PIL import Image

from course.plots._canvas import alt_text, expect
from course.plots.display import STAND_IN, stamp

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DPI: Final = 84
_COLORS: Final = 48
_LIMIT_BYTES: Final = 300_000


class Animation:
    """Frames as a notebook sees them; made by `animate`, shown by `plots.show`."""

    def __init__(
        self, frames: Sequence[Figure], *, title: str, seconds: float, caption: str
    ) -> None:
        """Keep the frames; `animate` checks them."""
        self._frames = list(frames)
        self._title, self._seconds, self._caption = title, seconds, caption
        self._is_stand_in = False

    def __repr__(self) -> str:
        """Return the texts of all frames: what a reader without pictures gets."""
        told = [alt_text(frame) for frame in self._frames]
        lines = [f"{i}. {text}" for i, text in enumerate(told, 1)]
        mark = f"{STAND_IN}. " if self._is_stand_in else ""
        return "\n".join([f"{mark}Animation: {self._title}", *lines])

    def mark_stand_in(self) -> None:
        """Mark every frame as made from stand-in data."""
        self._is_stand_in = True
        for frame in self._frames:
            stamp(frame)

    def to_html(self) -> str:
        """Return a closed `<details>` element with all frames inside.

        Raises:
            ValueError: If the frames take more than 300 kB.
        """
        pictures = [base64.b64encode(_png(frame)).decode() for frame in self._frames]
        size = sum(len(picture) for picture in pictures)
        wanted = f"an animation of at most {_LIMIT_BYTES // 1000} kB"
        received = f"{size / 1000:.0f} kB in {len(pictures)} frames"
        expect(size <= _LIMIT_BYTES, wanted, received, "take fewer or smaller frames")
        seed = "".join([self._title, *pictures]).encode()
        name = "lw" + hashlib.sha256(seed).hexdigest()[:10]
        mark = f"{STAND_IN}. " if self._is_stand_in else ""
        frames = "".join(
            f'<img alt="{html.escape(alt_text(frame), quote=True)}" '
            f'src="data:image/png;base64,{picture}"/>'
            for frame, picture in zip(self._frames, pictures, strict=True)
        )
        below = html.escape(mark + self._caption).strip()
        return (
            f'<details id="{name}" style="margin:0.5em 0; max-width:60em">'
            f"<summary>{html.escape(mark)}Animation: {html.escape(self._title)} "
            f"({len(pictures)} frames; opens still)</summary>"
            f"<style>{_style(name, len(pictures), self._seconds)}</style>"
            f'<div role="group" aria-label="Frames" class="lw-bar">'
            f"{_buttons(name, len(pictures))}"
            f'<div class="lw-frames">{frames}</div></div>'
            f"<p>{below}</p></details>"
        )

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str]:
        return {"text/html": self.to_html(), "text/plain": repr(self)}


def animate(
    frames: Sequence[Figure],
    *,
    title: str,
    seconds: float = 1.2,
    caption: str = "",
) -> Animation:
    """Return figures as an animation that is off until a reader starts it.

    Show the same thing as a still beside it: not everybody opens an animation.

    Args:
        frames: Figures of one size, each with alternative text; at least two.
        title: What moves; the line that a reader clicks.
        seconds: How long a frame stays.
        caption: Line below the frames.

    Raises:
        ValueError: If there are fewer than two frames, or one has no text.
    """
    step = "pass figures of course.plots"
    expect(len(frames) > 1, "at least two frames", len(frames), step)
    told = sum(bool(alt_text(frame)) for frame in frames)
    wanted = f"alternative text for {len(frames)} frames"
    expect(told == len(frames), wanted, f"{told} texts", "call plots.describe on each")
    return Animation(frames, title=title, seconds=seconds, caption=caption)


def _png(frame: Figure) -> bytes:
    """Return a frame as a small PNG: few colors suffice for a drawing."""
    drawn, small = io.BytesIO(), io.BytesIO()
    frame.savefig(drawn, format="png", dpi=_DPI, metadata={"Software": None})
    with Image.open(drawn) as picture:
        few = picture.convert("RGB").quantize(_COLORS, dither=Image.Dither.NONE)
        few.save(small, format="png", optimize=True)
    return small.getvalue()


def _buttons(name: str, num: int) -> str:
    """One button per frame and one that plays; radio buttons need no script.

    JupyterLab takes the arrow keys for itself, so every label is a stop of the Tab key.
    """
    words = [(i, str(i)) for i in range(1, num + 1)] + [(0, "play")]
    return "".join(
        f'<input type="radio" name="{name}" id="{name}-{i}"{" checked" * (i == 1)}/>'
        f'<label for="{name}-{i}" id="{name}-{i}-stop" tabindex="0">{text}</label>'
        for i, text in words
    )


def _style(name: str, num: int, seconds: float) -> str:
    """Return the rules that show one frame at a time.

    The chosen frame is shown; while a label has the focus, its frame is.
    """
    own = f"#{name}"
    rules = [
        f"{own} .lw-frames{{display:grid}}",
        f"{own} .lw-frames img{{grid-area:1/1;visibility:hidden;max-width:100%}}",
        f"{own} label{{margin:0 0.7em 0 0.2em}}",
        f"{own} label:focus-visible{{outline:2px solid}}",
        f"{own} p{{margin:0.3em 0}}",
        f"{own} .lw-bar label:focus~.lw-frames img:nth-child(n)"
        "{visibility:hidden;animation:none}",
    ]
    rules += [f"{_frame(name, i, i)}{{visibility:visible}}" for i in range(1, num + 1)]
    share = 100 / num
    moves = [
        f"@keyframes {name}{{0%,{share:.3f}%{{visibility:visible}}"
        f"{share + 0.001:.3f}%,100%{{visibility:hidden}}}}",
        *(
            f"{_frame(name, 0, i)}{{animation:{name} "
            f"{num * seconds:g}s step-end {(i - 1) * seconds:g}s infinite}}"
            for i in range(1, num + 1)
        ),
    ]
    still = (
        f"{_frame(name, 0, 1)}{{visibility:visible}}"
        f"#{name}-0,#{name}-0+label{{display:none}}"
    )
    rules.append(f"@media(prefers-reduced-motion:no-preference){{{''.join(moves)}}}")
    rules.append(f"@media(prefers-reduced-motion:reduce){{{still}}}")
    return "".join(rules)


def _frame(name: str, button: int, frame: int) -> str:
    """Return the selector of a frame while a button is chosen or has the focus."""
    picture = f"~.lw-frames img:nth-child({frame})"
    chosen = f"#{name}-{button}:checked{picture}"
    return f"{chosen},#{name} .lw-bar #{name}-{button}-stop:focus{picture}"
