"""The system calls of Linux that Python does not offer, and nothing else.

Every function raises OSError with the name of the call when the kernel refuses.
Source: the manual pages unshare(2), mount(2), mount_setattr(2), pivot_root(2),
capset(2) and prctl(2).
"""

import ctypes
import functools
import os
import platform
import struct

__all__ = [
    "CLONE_NEWIPC",
    "CLONE_NEWNET",
    "CLONE_NEWNS",
    "CLONE_NEWPID",
    "CLONE_NEWUSER",
    "CLONE_NEWUTS",
    "die_with_parent",
    "drop_capabilities",
    "mount",
    "move_root",
    "restrict_mount",
    "set_dumpable",
    "unshare",
]

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MNT_DETACH = 2
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
SYS_MOUNT_SETATTR = 442  # the same number on every architecture
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41}
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
CAPABILITY_VERSION_3 = 0x20080522
SIGKILL = 9


@functools.cache
def libc() -> ctypes.CDLL:
    """Return the C library; loaded late, so that other systems can import this."""
    return ctypes.CDLL(None, use_errno=True)


def checked(name: str, result: int) -> None:
    """Raise OSError if a call returned -1."""
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def unshare(flags: int) -> None:
    """Leave the namespaces named by `flags`, an or of CLONE_NEW values."""
    checked("unshare", libc().unshare(flags))


def mount(source: str, target: str, kind: str, flags: int = 0, data: str = "") -> None:
    """Mount a file system, or a folder in a second place with MS_BIND."""
    texts = (source.encode(), target.encode(), kind.encode())
    call = libc().mount
    call.argtypes = (*[ctypes.c_char_p] * 3, ctypes.c_ulong, ctypes.c_char_p)
    checked(f"mount {target}", call(*texts, flags, data.encode() or None))


def restrict_mount(target: str, attributes: int, *, recursive: bool = True) -> None:
    """Add attributes (read-only, no set-uid, ...) to a mount and all below it.

    Linux 5.12. Unlike a remount it keeps the flags that the machine has locked, and
    reaches mounts below.
    """
    size = 32  # struct mount_attr: set, clear, propagation, user namespace
    attr = ctypes.create_string_buffer(struct.pack("QQQQ", attributes, 0, 0, 0))
    how = AT_RECURSIVE if recursive else 0
    call = libc().syscall(SYS_MOUNT_SETATTR, AT_FDCWD, target.encode(), how, attr, size)
    checked(f"mount_setattr {target}", call)


def move_root(new_root: str, old: str = "old") -> None:
    """Make `new_root` (a mount) the root, and take the old one away.

    Args:
        new_root: Absolute path.
        old: Name of an empty folder in it; it is removed.
    """
    number = SYS_PIVOT_ROOT[platform.machine()]
    place = os.path.join(new_root, old)
    call = libc().syscall(number, new_root.encode(), place.encode())
    checked("pivot_root", call)
    os.chdir("/")
    checked("umount2", libc().umount2(f"/{old}".encode(), MNT_DETACH))
    os.rmdir(f"/{old}")


def drop_capabilities() -> None:
    """Give up every capability for good, in this thread and all that it starts."""
    last = int(open("/proc/sys/kernel/cap_last_cap").read())  # noqa: SIM115
    prctl = libc().prctl
    for number in range(last + 1):
        # Refused where the capability to do so is gone: then exec gives none either,
        # because of PR_SET_NO_NEW_PRIVS.
        prctl(PR_CAPBSET_DROP, number, 0, 0, 0)
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = ctypes.create_string_buffer(struct.pack("Ii", CAPABILITY_VERSION_3, 0))
    nothing = ctypes.create_string_buffer(24)
    checked("capset", libc().capset(header, nothing))
    checked("no_new_privs", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))


def die_with_parent() -> None:
    """Have this process killed when its parent ends; a change of user undoes it."""
    checked("prctl", libc().prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0))


def set_dumpable() -> None:
    """Own /proc/self again after a change of user, to write the id maps."""
    checked("prctl", libc().prctl(PR_SET_DUMPABLE, 1, 0, 0, 0))
