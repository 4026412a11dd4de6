"""The cold jail: a fresh interpreter behind bubblewrap's walls.

It shows the same files as the warm jail and settles with the same code; it needs no
parent, and pays for the import of TensorFlow in every kernel.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from course.jails.order import Limits, Order
from course.jails.walls import FILES, SHARED_BYTES, SOCKETS
from course.kernels.process import KernelError, KernelProcess

__all__ = ["start_cold"]

# As root bubblewrap makes no user namespace; the kernel's process needs these to become
# an unprivileged user, and gives them up with all others when it settles.
KEPT = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")


class ColdProcess(KernelProcess):
    """A jail whose end is the end of bubblewrap's own process."""

    def __init__(self, status: int, bubblewrap: "subprocess.Popen[bytes]") -> None:
        """Follow the pipe for news, and bubblewrap for the end."""
        super().__init__(status)
        self.bubblewrap = bubblewrap

    def poll(self) -> int | None:
        """Return bubblewrap's exit code; it ends after everything inside."""
        if self.exit_code is None:
            self.exit_code = self.bubblewrap.poll()
        return self.exit_code

    def kill(self) -> None:
        """Kill everything inside; also while bubblewrap has not started it."""
        super().kill()
        if not self.pid:
            self.bubblewrap.kill()

    def _exit_after_silence(self) -> int | None:
        return self.bubblewrap.poll()


def start_cold(order: Order) -> KernelProcess:
    """Start a kernel in a cold jail; returns before it has settled.

    Raises:
        KernelError: If bubblewrap is not installed.
    """
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise KernelError("bubblewrap (the command bwrap) is not installed.")
    reading, writing = os.pipe()
    told, telling = os.pipe()
    command = [bwrap, *_walls(order), "--info-fd", str(telling)]
    python = [sys.executable, "-P", "-m", "course.jails.cold_entry", str(writing)]
    process = subprocess.Popen(  # noqa: S603 - no shell, a list of our own making
        [*command, "--", *python],
        pass_fds=(writing, telling),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=writing,
        env={},
    )
    os.close(writing)
    os.close(telling)
    jail = ColdProcess(reading, process)
    with os.fdopen(told, "rb") as info:
        text = info.read()
    if text:
        jail.follow(json.loads(text)["child-pid"])
    threading.Thread(target=_hand_over, args=(process, order), daemon=True).start()
    return jail


def _hand_over(process: "subprocess.Popen[bytes]", order: Order) -> None:
    """Write the order to the kernel; nobody reads it if the walls did not stand."""
    try:
        process.communicate(order.to_json().encode())
    except (OSError, ValueError):
        return


def _walls(order: Order) -> list[str]:
    """Return bubblewrap's options for what the order shows."""
    options = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    options += ["--unshare-cgroup-try", "--as-pid-1", "--die-with-parent"]
    options += ["--new-session", "--clearenv"]
    if order.uid is None:
        options += ["--unshare-user"]
    else:
        options += [text for name in KEPT for text in ("--cap-add", name)]
    options += ["--proc", "/proc", "--dev", "/dev", *_private(order.limits)]
    # Otherwise it copies the rights of folders above, and a home folder has none.
    insides = [SOCKETS, *(inside for _, inside in order.view.binds)]
    above = {str(path) for inside in insides for path in Path(inside).parents}
    for folder in sorted(above - {"/", "/tmp"}):  # noqa: S108 - these stand already
        options += ["--perms", "0755", "--dir", folder]
    for outside, inside in order.view.binds:
        options += ["--ro-bind", outside, inside]
    for name, target in order.view.links:
        options += ["--symlink", target, name]
    options += ["--ro-bind", order.files, FILES, "--bind", order.sockets, SOCKETS]
    settings = {**order.environment, "PYTHONPATH": os.pathsep.join(order.view.path)}
    for name, value in settings.items():
        options += ["--setenv", name, value]
    return [*options, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]


def _private(limits: Limits) -> list[str]:
    """Return the options for the two writable folders."""
    sizes = {"/tmp": limits.disk_bytes, "/dev/shm": SHARED_BYTES}  # noqa: S108
    return [
        text
        for path, size in sizes.items()
        for text in ("--perms", "1777", "--size", str(size), "--tmpfs", path)
    ]
