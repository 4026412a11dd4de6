"""Show a verdict or a line: in a notebook as rich output, elsewhere as text."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checkers.verdict import Verdict

__all__ = ["show", "show_text"]

_NARROW, _WIDE = 80, 120


def show(verdict: Verdict) -> None:
    """Show a verdict."""
    if _is_notebook():
        from IPython.display import display

        display(verdict)
    else:
        sys.stdout.write(verdict.to_text(_columns()) + "\n")


def show_text(text: str) -> None:
    """Show one line."""
    sys.stdout.write(text + "\n")


def _columns() -> int:
    """Return how wide the terminal is, within reason; 80 for a file or a pipe."""
    if not sys.stdout.isatty():
        return _NARROW
    return min(max(shutil.get_terminal_size().columns, _NARROW), _WIDE)


def _is_notebook() -> bool:
    """Return True where a Jupyter kernel shows the output."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and hasattr(shell, "kernel")
