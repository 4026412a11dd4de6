"""The new root of a warm jail: built in the child, before it gives up its powers."""

import os
from pathlib import Path

from course.jails.order import Limits, Order
from course.kernels.system_calls import mount, move_root, restrict_mount

__all__ = ["FILES", "SHARED_BYTES", "SOCKETS", "build_walls"]

SOCKETS = "/run/kernel"  # connection file and sockets: the one folder shared outside
FILES = "/handed-in"  # the student's files; copied into the working directory
TMP, SHARED = "/tmp", "/dev/shm"  # noqa: S108 - of this jail alone
SHARED_FILES, SHARED_BYTES = 1000, 64 * 1024**2  # /dev/shm, for locks and shared arrays
DEVICES = ("null", "zero", "full", "random", "urandom")

MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV, ATTR_NOEXEC = 1, 2, 4, 8
READ_ONLY = ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV


def build_walls(order: Order, place: str) -> None:
    """Make a root of only what the order shows, and move into it.

    Call it as process 1 of a pid namespace, with the power to mount in a mount
    namespace of its own.

    Args:
        order: What is shown.
        place: An empty folder outside, on which the new root is mounted.
    """
    mount("none", "/", "none", MS_REC | MS_PRIVATE)
    mount("jail", place, "tmpfs", MS_NOSUID | MS_NODEV, "size=4m,mode=755")
    _mount_private(order.limits, place)  # first: an interpreter may lie below /tmp
    for outside, inside in order.view.binds:
        _bind(outside, place + inside, READ_ONLY)
    for name, target in order.view.links:
        link = Path(place + name)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)
    _bind(order.files, place + FILES, READ_ONLY | ATTR_NOEXEC)
    # Writable here; Landlock leaves only the right to make sockets in it.
    _bind(order.sockets, place + SOCKETS, ATTR_NOSUID | ATTR_NODEV | ATTR_NOEXEC)
    for name in DEVICES:
        _bind(f"/dev/{name}", f"{place}/dev/{name}", ATTR_NOSUID | ATTR_NOEXEC)
    os.mkdir(f"{place}/old")
    move_root(place)
    restrict_mount("/", ATTR_RDONLY, recursive=False)


def _mount_private(limits: Limits, place: str) -> None:
    """Mount /proc of this pid namespace and the two writable folders."""
    for name in ("/proc", TMP, SHARED, "/dev/pts"):
        os.makedirs(place + name, exist_ok=True)
    flags = MS_NOSUID | MS_NODEV
    mount("proc", f"{place}/proc", "proc", flags | MS_NOEXEC)
    terminals = "newinstance,ptmxmode=0666,mode=620"  # `!command` in a cell wants one
    mount("devpts", f"{place}/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, terminals)
    os.symlink("pts/ptmx", f"{place}/dev/ptmx")
    size = f"size={limits.disk_bytes},nr_inodes={limits.num_files},mode=1777"
    mount("tmp", place + TMP, "tmpfs", flags, size)
    size = f"size={SHARED_BYTES},nr_inodes={SHARED_FILES},mode=1777"
    mount("shm", place + SHARED, "tmpfs", flags, size)


def _bind(outside: str, inside: str, attributes: int) -> None:
    """Show a file or folder inside, with these attributes, mounts below it too."""
    if os.path.isdir(outside):
        os.makedirs(inside, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(inside), exist_ok=True)
        Path(inside).touch()
    mount(outside, inside, "none", MS_BIND | MS_REC)
    restrict_mount(inside, attributes)
