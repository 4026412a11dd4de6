"""The last steps before student code, the same in both jails, in this order.

Whatever has a thread cannot settle: most of what is given up here belongs to a thread,
so a thread that is older than this keeps it.
"""

import os
import resource

from course.jails.filtering import filter_system_calls
from course.jails.order import Limits
from course.jails.walls import SOCKETS
from course.kernels.system_calls import (
    CLONE_NEWUSER,
    die_with_parent,
    drop_capabilities,
    set_dumpable,
    unshare,
)

__all__ = ["enter_user_namespace", "settle"]


def settle(limits: Limits, uid: int | None) -> None:
    """Give up everything that a submission must not have.

    Args:
        limits: What holds for each process; the watch adds up the whole.
        uid: The user to become; None stays who one is, in a user namespace already.
    """
    _limit_resources(limits)
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        set_dumpable()
        enter_user_namespace()
    drop_capabilities()
    die_with_parent()
    _allow_paths()
    filter_system_calls()


def enter_user_namespace() -> None:
    """Enter a user namespace in which only this user exists, under the same number."""
    uid, gid = os.getuid(), os.getgid()
    unshare(CLONE_NEWUSER)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {uid} 1"),
        ("gid_map", f"{gid} {gid} 1"),
    ):
        with open(f"/proc/self/{name}", "wb") as file:
            file.write(text.encode())


def _limit_resources(limits: Limits) -> None:
    """Set the limits that the system counts per process, or per user namespace."""
    most = {
        resource.RLIMIT_AS: limits.address_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: limits.cpu_s,
        resource.RLIMIT_FSIZE: limits.disk_bytes,
        resource.RLIMIT_MEMLOCK: 1024**2,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_NOFILE: 1024,
        resource.RLIMIT_NPROC: limits.num_tasks,
    }
    for kind, value in most.items():
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _allow_paths() -> None:
    """Allow with Landlock: read everything there is, write in /tmp and /dev/shm.

    In the folder of the sockets sockets can be made, and nothing replaced or removed.
    TCP, signals and abstract sockets to the outside are denied where the system can.
    """
    from py_landlock import AccessFs, Landlock

    read = AccessFs.READ_FILE | AccessFs.READ_DIR | AccessFs.EXECUTE
    write = AccessFs.WRITE_FILE | AccessFs.TRUNCATE
    make = AccessFs.MAKE_REG | AccessFs.MAKE_DIR | AccessFs.MAKE_SYM
    make |= AccessFs.MAKE_SOCK | AccessFs.MAKE_FIFO
    remove = AccessFs.REMOVE_FILE | AccessFs.REMOVE_DIR | AccessFs.REFER
    rules = Landlock(strict=False).add_path_rule("/", access=read)
    rules.add_path_rule("/tmp", "/dev/shm", access=read | write | make | remove)  # noqa: S108
    device = AccessFs.READ_FILE | write  # a file takes no rights of folders
    rules.add_path_rule("/dev/null", "/dev/zero", "/dev/full", access=device)
    rules.add_path_rule("/dev/pts", access=device | read | AccessFs.IOCTL_DEV)
    rules.add_path_rule(SOCKETS, access=read | AccessFs.MAKE_SOCK)
    rules.apply()
