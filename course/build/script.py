"""Read a lesson's percent script into cells."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext

from course.build.errors import BuildError

__all__ = ["ScriptCell", "read_script"]

OPTIONS = ("answer", "solution", "tags")
# jupytext notes blank lines for the way back to the script; ours is one-way.
IGNORED_OPTIONS = ("lines_to_next_cell", "lines_to_end_of_cell_marker")


@dataclass(frozen=True)
class ScriptCell:
    """One cell as its author wrote it.

    Attributes:
        kind: "code" or "markdown".
        source: Its text.
        answer: Id of the exercise that this cell answers; None for any other cell.
        solution: Id of the exercise that this cell explains; it never reaches students.
        tags: Jupyter tags.
    """

    kind: str
    source: str
    answer: str | None = None
    solution: str | None = None
    tags: tuple[str, ...] = field(default=())

    @property
    def first_line(self) -> str:
        """The line that names the cell in messages."""
        return self.source.strip().partition("\n")[0]


def read_script(path: Path) -> tuple[ScriptCell, ...]:
    """Return the cells of a percent script, in order.

    Raises:
        BuildError: If a cell has an option that the build does not know, or is of a
            kind that a lesson does not use.
    """
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    return tuple(_cell(path, cell) for cell in notebook.cells)


def _cell(path: Path, cell: Any) -> ScriptCell:
    """Turn one cell of jupytext's notebook into ours."""
    options = {k: v for k, v in cell.metadata.items() if k not in IGNORED_OPTIONS}
    first = cell.source.strip().partition("\n")[0]
    unknown = sorted(set(options) - set(OPTIONS))
    if unknown:
        raise BuildError(
            path,
            f"the cell `{first}` has unknown options {unknown}.",
            f"use only {', '.join(OPTIONS)} after `# %%`.",
        )
    if cell.cell_type not in ("code", "markdown"):
        raise BuildError(
            path, f"the cell `{first}` is {cell.cell_type}.", "use code or [markdown]."
        )
    return ScriptCell(
        kind=cell.cell_type,
        source=cell.source,
        answer=options.get("answer"),
        solution=options.get("solution"),
        tags=tuple(options.get("tags", ())),
    )
