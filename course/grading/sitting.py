"""Run one repaired notebook in a kernel and survive what it does.

A cell that takes too long or kills its kernel is taken out, and the rest is run again:
one bad answer costs its own points and not those of the others. This also stops loops
that swallow interrupts.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from course.grading.release import CAPTURE, CHECK, cell_key
from course.jails.request import Jail
from course.running.notebook import NotebookFailed, execute

__all__ = ["MAX_RUNS", "Sitting", "run_notebook"]

MAX_RUNS = 3  # a notebook with more than two such cells is given up


@dataclass(frozen=True)
class Sitting:
    """An executed notebook.

    Attributes:
        content: The notebook with outputs.
        stopped: Why a cell failed or was taken out, in a sentence, by cell key.
    """

    content: dict[str, Any]
    stopped: dict[str, str]


def run_notebook(
    content: dict[str, Any],
    folder: Path,
    *,
    env: Mapping[str, str],
    timeout_s: int,
    jail: Jail | None = None,
) -> Sitting:
    """Run a notebook to its end, whatever its cells do.

    Check cells are not run: their verdicts come from another process.

    Args:
        content: The repaired notebook.
        folder: Working directory; it belongs to this run alone.
        env: Variables added to the kernel's environment.
        timeout_s: Seconds that one cell may take.
        jail: What each kernel is locked into.

    Raises:
        KernelError: If the jail cannot be made; nothing of the notebook has run then.
    """
    planned = copy.deepcopy(content)
    sources = _blank_checks(planned)
    taken_out: dict[str, str] = {}
    for _ in range(MAX_RUNS):
        try:
            executed = execute(
                nbformat.from_dict(planned),
                folder=folder,
                env=env,
                timeout_s=timeout_s,
                allow_errors=True,
                jail=jail,
                is_ours=False,
            )
            break
        except NotebookFailed as failure:
            executed = failure.notebook
            if failure.cell_index is None:
                break
            cell = planned["cells"][failure.cell_index]
            taken_out[cell_key(cell)] = _sentence(failure, timeout_s)
            sources.setdefault(cell_key(cell), cell["source"])
            cell["source"] = ""
    for cell in executed["cells"]:
        cell["source"] = sources.get(cell_key(cell), cell["source"])
    return Sitting(executed, {**_errors(executed), **taken_out})


def _blank_checks(planned: dict[str, Any]) -> dict[str, str]:
    """Empty the check cells; return their sources by key."""
    sources = {}
    for cell in planned["cells"]:
        if cell_key(cell).endswith(CHECK):
            sources[cell_key(cell)] = cell["source"]
            cell["source"] = ""
    return sources


def _sentence(failure: NotebookFailed, timeout_s: int) -> str:
    """Say why a cell was taken out."""
    if failure.ename == "TimeoutError":
        return f"The cell took longer than {timeout_s} seconds and was taken out."
    if failure.ename == "LimitPassed":
        return f"The cell was stopped and taken out. {failure.evalue}"
    return "The cell stopped Python itself and was taken out."


def _errors(executed: dict[str, Any]) -> dict[str, str]:
    """Return the errors of all cells by key, in a sentence.

    An error in a capture cell is a consequence (its answer has no value), so it is
    left out where the answer cell itself failed.
    """
    stopped: dict[str, str] = {}
    for cell in executed["cells"]:
        for output in cell.get("outputs", []):
            if output.get("output_type") == "error":
                name, text = output.get("ename", ""), str(output.get("evalue", ""))
                key = cell_key(cell)
                where = "capture cell" if key.endswith(CAPTURE) else "cell"
                stopped[key] = f"The {where} stopped with {name}: {text[:300]}"
    return stopped
