"""System calls that no homework needs and that attacks on a kernel begin with.

A list of what is refused, not of what is allowed: TensorFlow, NumPy and IPython use a
large and changing part of the rest, and a homework that stops with EPERM would be our
fault. The namespaces and Landlock are the walls; this makes them harder to dig at.
"""

import errno
import socket

__all__ = ["filter_system_calls"]

# Namespaces and mounts; other processes' memory; keys; the kernel itself; clocks.
REFUSED = (
    *("unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "move_mount"),
    *("open_tree", "fsopen", "fsmount", "fsconfig", "fspick", "mount_setattr"),
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd"),
    *("process_madvise", "move_pages", "migrate_pages"),
    *("add_key", "request_key", "keyctl"),
    *("bpf", "perf_event_open", "userfaultfd", "fanotify_init", "lookup_dcookie"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register"),
    *("name_to_handle_at", "open_by_handle_at", "quotactl", "acct", "syslog"),
    *("kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "vhangup"),
    *("init_module", "finit_module", "delete_module", "iopl", "ioperm"),
    *("settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "stime"),
    *("sethostname", "setdomainname", "nfsservctl", "vm86", "vm86old", "modify_ldt"),
)
NEW_USER = 0x10000000  # the namespace that lets an ordinary user make the others
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
# A network namespace holds these back; not so, for one, AF_VSOCK, which talks to the
# host of a virtual machine. ZeroMQ aborts where AF_NETLINK is refused.
FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK)


def filter_system_calls() -> None:
    """Install the filter, in this process and all that it starts; it cannot be undone.

    Raises:
        ImportError: If libseccomp is not on this machine.
        OSError: If the system takes no filter.
    """
    import pyseccomp as seccomp

    refuse = seccomp.ERRNO(errno.EPERM)
    rules = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
    for name in REFUSED:
        try:
            rules.add_rule(refuse, name)
        except (OSError, ValueError):  # unknown to this architecture or libseccomp
            continue
    masked = seccomp.Arg(0, seccomp.MASKED_EQ, NEW_USER, NEW_USER)
    rules.add_rule(refuse, "clone", masked)  # a new user namespace opens the others
    # Its flags lie in memory, where no filter sees them; C libraries fall back.
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    for request in (TIOCSTI, TIOCLINUX):
        rules.add_rule(
            refuse, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, request)
        )
    family = seccomp.ERRNO(errno.EAFNOSUPPORT)
    others = [number for number in range(64) if number not in FAMILIES]
    for number in others:
        rules.add_rule(family, "socket", seccomp.Arg(0, seccomp.EQ, number))
    rules.add_rule(family, "socket", seccomp.Arg(0, seccomp.GE, 64))
    rules.load()
