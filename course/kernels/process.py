"""A forked kernel as its parent sees it: its process, its end, its news."""

import os
import select
import signal
import time

from course.kernels.guard import watch_over

__all__ = ["KernelError", "KernelProcess"]


class KernelError(RuntimeError):
    """A kernel could not be started; nothing that it was meant for has run."""


class KernelProcess:
    """The process of a kernel; in a jail it takes all others with it when it ends.

    It is watched through a descriptor of the process itself, not through its number,
    which may soon belong to another.
    """

    def __init__(self, status: int) -> None:
        """Follow the kernel that writes to the pipe `status` (the reading end)."""
        self.status, self.pid = status, 0
        self.exit_code: int | None = None
        self._handle: int | None = None
        self._settled, self._rest = False, b""

    def wait_until_settled(self, timeout_s: float) -> None:
        """Return when it can run code.

        Raises:
            KernelError: If it cannot be started, or not in time, with the reason.
        """
        end = time.monotonic() + timeout_s
        while (left := end - time.monotonic()) > 0:
            for line in self._read(left):
                if line.startswith("error"):
                    raise KernelError(line.removeprefix("error "))
                self._settled |= line == "settled"
            if self._settled and self.pid:
                return
            if self.exit_code is not None:
                raise KernelError(f"It ended with exit code {self.exit_code}.")
        raise KernelError(f"It did not settle within {timeout_s:.0f} seconds.")

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        if self.exit_code is None:
            self._read(0)
        return self.exit_code

    def send_signal(self, number: int) -> None:
        """Send a signal to the first process; nothing happens if it has ended."""
        if self._handle is None:
            return
        try:
            signal.pidfd_send_signal(self._handle, number)
        except ProcessLookupError:
            return

    def kill(self) -> None:
        """Kill it, and in a jail everything inside, at once."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Let go of the descriptors."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        if self.status >= 0:
            os.close(self.status)
            self.status = -1

    def follow(self, pid: int) -> None:
        """Take over the process with this number."""
        self.pid = pid
        try:
            self._handle = os.pidfd_open(pid)
            watch_over(self._handle)
        except ProcessLookupError:
            self.exit_code = 71

    def _read(self, timeout_s: float) -> list[str]:
        """Return new lines; act on those about the process."""
        if self.status < 0 or not select.select([self.status], [], [], timeout_s)[0]:
            return []
        data = os.read(self.status, 65536)
        if not data and self.exit_code is None:
            self.exit_code = self._exit_after_silence()
        *lines, self._rest = (self._rest + data).split(b"\n")
        texts = [line.decode(errors="replace") for line in lines]
        for text in texts:
            word, _, rest = text.partition(" ")
            if word == "pid":
                self.follow(int(rest))
            elif word == "exit":
                self.exit_code = int(rest)
        return texts

    def _exit_after_silence(self) -> int | None:
        """Return the exit code when nobody is left who could write it."""
        return 137  # killed
