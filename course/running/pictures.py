"""The pictures of an executed notebook as files, for looking at them."""

from __future__ import annotations

import base64
import html
import re
from pathlib import Path

from nbformat import NotebookNode

__all__ = ["save_pictures"]

_IMAGE = re.compile(r'<img alt="([^"]*)" src="data:image/png;base64,([^"]+)"')


def save_pictures(notebook: NotebookNode, folder: Path, *, stem: str) -> list[Path]:
    """Write every picture of a notebook into a folder, numbered in order.

    Beside each picture lies a text file with its alternative text: what a reader who
    does not see the picture gets.

    Args:
        notebook: An executed notebook.
        folder: Where the files go; it is made.
        stem: What the file names begin with.

    Returns:
        The pictures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{stem}-[0-9][0-9].*"):
        old.unlink()
    written = []
    for number, (picture, alt) in enumerate(_pictures(notebook), 1):
        path = folder / f"{stem}-{number:02d}.png"
        path.write_bytes(picture)
        path.with_suffix(".txt").write_text(f"{alt}\n", encoding="utf-8")
        written.append(path)
    return written


def _pictures(notebook: NotebookNode) -> list[tuple[bytes, str]]:
    """Return pictures and their words: those of `plots.show`, and plain ones."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            text = "".join(data.get("text/html", ""))
            shown = [(code, html.unescape(alt)) for alt, code in _IMAGE.findall(text)]
            if not shown and "image/png" in data:
                shown = [("".join(data["image/png"]), "(no alternative text)")]
            found += [(base64.b64decode(code), alt) for code, alt in shown]
    return found
