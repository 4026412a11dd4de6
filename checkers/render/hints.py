"""Hints and solutions as HTML: earlier hints folded, the newest one open."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from checkers.messages.sentences import say
from checkers.render.html import page, safe

if TYPE_CHECKING:
    from checkers.exercise import Hint

__all__ = ["render_hint"]


def render_hint(hint: Hint) -> str:
    """Return hints, a solution or a single sentence as one `<section>`."""
    if hint.total > 1:
        return page(say("LABEL.hints"), _steps(hint))
    title = f"<h4>{safe(hint.title)}</h4>" if hint.title else ""
    # A solution holds code: its lines stay as they are.
    text = f"<pre>{escape(hint.texts[0], quote=False)}</pre>"
    return page(hint.title or say("LABEL.hints"), title + text)


def _steps(hint: Hint) -> str:
    """Return the hints so far, and how to get the next one."""
    parts = []
    for number, text in enumerate(hint.texts, start=1):
        title = say("LABEL.hint_title", number=number, total=hint.total)
        state = " open" if number == len(hint.texts) else ""
        parts.append(
            f"<details{state}><summary>{safe(title)}</summary>"
            f"<p>{safe(text)}</p></details>"
        )
    if len(hint.texts) < hint.total:
        text = say("LABEL.next_hint", number=len(hint.texts) + 1)
        parts.append(f"<p>{safe(text)}</p>")
    return "".join(parts)
