"""Adds up what a submission uses, and ends it when it is too much.

Limits of the system hold for one process, or mean nothing to whoever may start many;
this holds for all processes of a jail together, with or without cgroups. It looks every
0.2 seconds, so a burst can pass a limit for that long: address space, file sizes and
the number of tasks are limited by the system as well, without delay.
"""

import os
import threading
import time
from pathlib import Path

import psutil

from course.jails.order import Limits
from course.jails.walls import SHARED_FILES
from course.kernels.process import KernelProcess

__all__ = ["Watch"]

PERIOD_S = 0.2
MAX_SOCKETS = 16  # a kernel makes five sockets in a folder with its connection file
WRITABLE = ("tmp", "dev/shm")
GB = 1024**3


class Watch(threading.Thread):
    """Watches one jail until it ends.

    Attributes:
        reason: Which limit was passed, in a sentence; "" if none was.
    """

    def __init__(
        self, jail: KernelProcess, limits: Limits, folder: Path | None
    ) -> None:
        """Prepare to watch; `start` begins.

        Args:
            jail: A settled jail.
            limits: For all its processes together.
            folder: Where its sockets are: the one place outside that it can fill.
        """
        super().__init__(daemon=True, name=f"watch-{jail.pid}")
        self.jail, self.limits, self.folder, self.reason = jail, limits, folder, ""
        self._done = threading.Event()
        self._began_at = time.monotonic()

    def run(self) -> None:
        """Look again and again until the jail has ended or must end."""
        while not self._done.wait(PERIOD_S):
            try:
                reason = self._passed_limit()
            except (psutil.NoSuchProcess, FileNotFoundError):
                continue  # it has just ended
            if reason:
                self.reason = reason
                self.jail.kill()
                return

    def stop(self) -> None:
        """Stop watching."""
        self._done.set()

    def _passed_limit(self) -> str:
        """Return a sentence on the limit that is passed, or ""."""
        limits = self.limits
        if time.monotonic() - self._began_at > limits.wall_s:
            return f"It took longer than {limits.wall_s} seconds in all."
        if self.folder is not None and len(os.listdir(self.folder)) > MAX_SOCKETS:
            return f"It made more than {MAX_SOCKETS} sockets."
        first = psutil.Process(self.jail.pid)
        processes = [first, *first.children(recursive=True)]
        if len(processes) > limits.num_processes:
            return f"It had more than {limits.num_processes} processes."
        if sum(map(_cpu_seconds, processes)) > limits.cpu_s:
            return f"It used more than {limits.cpu_s} seconds of processor time."
        disk_bytes, num_files = self._written()
        if num_files > limits.num_files + SHARED_FILES:
            return f"It made more than {limits.num_files} files."
        # Counting shared pages once is slow, so it is done near the limit only.
        if disk_bytes + sum(map(_resident, processes)) > limits.memory_bytes:
            used = disk_bytes + sum(map(_proportional, processes))
            if used > limits.memory_bytes:
                return f"It used more than {limits.memory_bytes / GB:.1f} GB of memory."
        return ""

    def _written(self) -> tuple[int, int]:
        """Return bytes and files in the writable folders, which lie in memory."""
        size, files = 0, 0
        for name in WRITABLE:
            try:
                found = os.statvfs(f"/proc/{self.jail.pid}/root/{name}")
            except OSError:  # it has just ended, or this system does not show it
                continue
            size += (found.f_blocks - found.f_bfree) * found.f_frsize
            files += found.f_files - found.f_ffree
        return size, files


def _cpu_seconds(process: psutil.Process) -> float:
    """Return processor seconds of a process and of its children that have ended."""
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(
        times.user + times.system + times.children_user + times.children_system
    )


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _proportional(process: psutil.Process) -> int:
    """Return memory with each shared page divided among those who share it."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return _resident(process)
