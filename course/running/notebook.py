"""Execute one notebook in a kernel of its own."""

import copy
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from nbformat import NotebookNode

from course.jails.request import Jail
from course.running.bounded_client import BoundedClient
from course.running.kernel import kernel_environment, kernel_manager, kill_group

__all__ = ["NotebookFailed", "execute"]

CellHook = Callable[[int, NotebookNode], None]


class NotebookFailed(RuntimeError):
    """A notebook did not run to its end.

    Attributes:
        notebook: The notebook with the outputs made so far.
        cell_index: 0-based index of the cell that stopped it; None if the kernel never
            got as far as a cell.
        ename: Name of the error, `TimeoutError`, `DeadKernelError` or, in a jail,
            `LimitPassed`.
        evalue: Its message.
    """

    def __init__(
        self, notebook: NotebookNode, cell_index: int | None, ename: str, evalue: str
    ) -> None:
        """Make the sentence that a person reads."""
        self.notebook, self.cell_index = notebook, cell_index
        self.ename, self.evalue = ename, evalue
        super().__init__(f"{self._where()} stopped with {ename}: {evalue}")

    def _where(self) -> str:
        if self.cell_index is None:
            return "The kernel"
        cell = self.notebook.cells[self.cell_index]
        first = cell.source.strip().partition("\n")[0]
        return f"Cell {self.cell_index + 1} ({cell.get('id', 'no id')}, `{first}`)"


def execute(
    nb: NotebookNode,
    *,
    folder: Path,
    env: Mapping[str, str] | None = None,
    timeout_s: int | None = 600,
    allow_errors: bool = False,
    on_cell: CellHook | None = None,
    jail: Jail | None = None,
    is_ours: bool = True,
) -> NotebookNode:
    """Run `nb` from top to bottom and return an executed copy.

    The kernel is the interpreter that calls this function, whatever kernelspecs are
    installed; it and every process of its group are gone when this returns or raises.

    Args:
        nb: The notebook; it is not changed.
        folder: Working directory of the kernel.
        env: Variables added to the environment.
        timeout_s: Seconds that one cell may take; None is no limit.
        allow_errors: Go on after a cell that raises; its error stays in the output.
        on_cell: Called with the cell's index and the cell after each code cell.
        jail: What the kernel is locked into; then `folder` is copied into it, and
            nothing comes back but outputs.
        is_ours: False for strangers' code: without a jail its kernel is an interpreter
            of its own.

    Raises:
        NotebookFailed: If a cell raises (unless allowed), takes too long, or the
            kernel dies.
        KernelError: If the jail cannot be made; no cell has run then.
    """
    copied = copy.deepcopy(nb)
    last: list[int] = []
    # Windows keeps files of a killed process open for a moment; the folder is private.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as private_folder:
        manager = kernel_manager(private_folder, jail, is_ours=is_ours)
        client = BoundedClient(
            copied,
            limits=jail.limits if jail else None,
            km=manager,
            timeout=timeout_s,
            startup_timeout=180,  # a loaded machine starts Python slowly
            allow_errors=allow_errors,
            record_timing=False,
            store_widget_state=False,
            shutdown_kernel="immediate",
            resources={"metadata": {"path": str(folder)}},
            **_hooks(last, on_cell),
        )
        environment = kernel_environment(env or {}, private_folder)
        try:
            # TensorFlow's libraries write to file descriptor 2 before anything can
            # silence them; what cells write to stderr arrives as output all the same.
            client.execute(env=environment, cleanup_kc=True, stderr=subprocess.DEVNULL)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            index = last[-1] if last else None
            index = index if client.culprit is None else client.culprit
            raise NotebookFailed(
                copied, index, *_cause(error, timeout_s, client.why_killed)
            ) from error
        finally:
            kill_group(getattr(manager.provisioner, "pgid", None))
    return copied


def _hooks(last: list[int], on_cell: CellHook | None) -> dict[str, Any]:
    """Return nbclient's hooks: remember the running cell, report the finished one."""

    def started(cell: NotebookNode, cell_index: int) -> None:
        last.append(cell_index)

    def finished(cell: NotebookNode, cell_index: int, **_: Any) -> None:
        if on_cell is not None:
            on_cell(cell_index, cell)

    return {"on_cell_start": started, "on_cell_executed": finished}


def _cause(error: Exception, timeout_s: int | None, why_killed: str) -> tuple[str, str]:
    """Return an error's name and message in a person's words."""
    if why_killed:
        return "LimitPassed", why_killed
    if isinstance(error, CellExecutionError):
        return error.ename, error.evalue
    if isinstance(error, CellTimeoutError) and "IOPub" in str(error):
        return "LimitPassed", "It wrote one output that is too large to be kept."
    if isinstance(error, CellTimeoutError):
        return "TimeoutError", f"the cell took longer than {timeout_s} seconds"
    return "DeadKernelError", "the kernel died; memory may have run out"
