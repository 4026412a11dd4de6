"""What the loader tells a person, always on standard output.

Graded notebook cells must write nothing to standard error.
"""

import sys
from typing import IO

__all__ = ["Progress", "say", "show_banner"]

_shown: set[str] = set()


def say(text: str) -> None:
    """Write one line."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def show_banner(name: str, reason: str) -> None:
    """Announce a stand-in, once per process and data set."""
    if name in _shown:
        return
    _shown.add(name)
    bar = "=" * 72
    say(
        f"{bar}\nSTAND-IN DATA: the real {name} data are not here.\n{reason}\n"
        f"What follows uses generated data of the same form; its numbers say nothing\n"
        f"about the real data. To get them: connect to a network and run\n"
        f"`course data fetch {name}`, or set COURSE_DATA to a folder that has them.\n"
        f"{bar}"
    )


class Progress:
    """A progress display as pooch wants it: `total`, `update`, `reset`, `close`.

    In a terminal it is one moving line; elsewhere (notebooks, logs) it writes a line
    at every quarter, and nothing for small files.

    Args:
        label: What is being fetched.
        stream: Where to write; standard output if None.
    """

    small_bytes = 1_000_000

    def __init__(  # noqa: D107 - the class docstring has the arguments
        self, label: str, *, stream: IO[str] | None = None
    ) -> None:
        self.label = label
        self.total = 0
        self._stream = stream or sys.stdout
        self._done = 0
        self._last = -1

    def update(self, size_bytes: int) -> None:
        """Count bytes that arrived, and show the state when it changed enough."""
        self._done = min(self._done + size_bytes, self.total or sys.maxsize)
        if self.total <= self.small_bytes:
            return
        is_terminal = self._stream.isatty()
        step = 100 * self._done // self.total // (1 if is_terminal else 25)
        if step == self._last:
            return
        self._last = step
        line = (
            f"{self.label}: {self._done / 1e6:.0f} of {self.total / 1e6:.0f} MB "
            f"({100 * self._done // self.total} %)"
        )
        end = "" if is_terminal and self._done < self.total else "\n"
        self._stream.write(("\r" if is_terminal else "") + line + end)
        self._stream.flush()

    def reset(self) -> None:
        """Start the count again; pooch does so before the last update."""
        self._done = 0

    def close(self) -> None:
        """Do nothing: every line is complete."""
