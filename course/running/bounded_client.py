"""nbclient's client, with an end to what a kernel may write."""

from typing import Any

from nbclient import NotebookClient
from nbformat import NotebookNode

from course.jails.order import Limits

__all__ = ["BoundedClient"]

TEXTS = ("text", "data", "traceback", "evalue")
LOST_S = 60  # how long outputs may arrive after a cell's end, on a loaded machine
CUT = "\n[The rest of this cell's output was left out: more than {kb} kB.]\n"


class BoundedClient(NotebookClient):  # type: ignore[misc]  # ships no types
    """Keeps the beginning of a cell's output, and ends a kernel that floods.

    Output is kept in the grader's memory, which no limit inside a jail protects.

    Attributes:
        culprit: Index of the cell whose output ended the kernel; the end may be noticed
            in the cell after it.
    """

    culprit: int | None = None

    def __init__(
        self, nb: NotebookNode, limits: Limits | None, **settings: Any
    ) -> None:
        """Prepare to run `nb`.

        Args:
            nb: Gets the outputs.
            limits: Of the jail; None keeps everything.
            settings: Of nbclient.
        """
        if limits is not None:
            # A message too large ends the connection for outputs, and with it every
            # later output: the cell that sent it must not pass as one without output.
            settings |= {"iopub_timeout": LOST_S, "raise_on_iopub_timeout": True}
        super().__init__(nb, **settings)
        self.limits, self._why = limits, ""
        self._written = self._written_by_cell = 0
        self._cell_index = -1
        self._provisioner: Any = None

    @property
    def why_killed(self) -> str:
        """Which limit ended the kernel, in a sentence; "" if none did."""
        return self._why or getattr(self._provisioner, "why_killed", "")

    async def async_start_new_kernel(self, **settings: Any) -> None:
        """Start a kernel and remember who provides it: its manager will forget."""
        await super().async_start_new_kernel(**settings)
        self._provisioner = self.km.provisioner

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take up a message of the kernel, or a note in place of one too many."""
        if self.limits is None or msg["msg_type"] == "status":
            return super().process_message(msg, cell, cell_index)
        if cell_index != self._cell_index:
            self._cell_index, self._written_by_cell = cell_index, 0
        size = _size(msg["content"]) + sum(map(len, msg.get("buffers", ())))
        was_full = self._written_by_cell > self.limits.cell_output_bytes
        self._written += size
        self._written_by_cell += size
        if self._written > self.limits.output_bytes:
            self._end("It wrote more output than can be kept.")
            return None
        if self._written_by_cell <= self.limits.cell_output_bytes:
            return super().process_message(msg, cell, cell_index)
        if not was_full:
            text = CUT.format(kb=self.limits.cell_output_bytes // 1000)
            msg["msg_type"] = msg["header"]["msg_type"] = "stream"
            msg["content"] = {"name": "stdout", "text": text}
            return super().process_message(msg, cell, cell_index)
        return None

    def _end(self, reason: str) -> None:
        """Kill the kernel; nbclient notices within a second."""
        jail = getattr(self._provisioner, "jail", None)
        if jail is not None and not self._why:
            self._why, self.culprit = reason, self._cell_index
            jail.kill()


def _size(content: dict[str, Any]) -> int:
    """Return about how many bytes a message's texts take, nested ones too."""
    waiting, size = [content.get(name) for name in TEXTS], 0
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
        else:
            size += len(value) if isinstance(value, str) else 8
    return size
