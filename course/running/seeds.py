"""Give a notebook another seed: its header has one line that says `SEED = 0`."""

from __future__ import annotations

import copy
import re

from nbformat import NotebookNode

__all__ = ["NoSeedLine", "with_seed"]

_LINE = re.compile(r"^SEED = \d+$", re.MULTILINE)


class NoSeedLine(ValueError):
    """A notebook has no seed line, or several."""


def with_seed(notebook: NotebookNode, seed: int, *, title: str) -> NotebookNode:
    """Return a copy of a notebook that starts from another seed.

    Args:
        notebook: The notebook; it is not changed.
        seed: The seed, at least 0.
        title: What the notebook is called, for the error message.

    Raises:
        NoSeedLine: If the code cells have not exactly one line `SEED = 0`.
    """
    copied = copy.deepcopy(notebook)
    cells = [cell for cell in copied.cells if cell.cell_type == "code"]
    found = sum(len(_LINE.findall(cell.source)) for cell in cells)
    if found != 1:
        raise NoSeedLine(
            f"Expected one line `SEED = 0` in {title}. Received {found}. "
            "Next: put it into the header cell of the lesson's script, and let every "
            "other seed follow from it."
        )
    for cell in cells:
        cell.source = _LINE.sub(f"SEED = {seed}", cell.source)
    return copied
