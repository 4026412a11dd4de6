"""The warm parent: imports TensorFlow once, then forks one kernel per request.

It imports and does nothing else. After one TensorFlow operation its children hang (5 of
5 measured), so it has exactly one thread when it forks, and says so if it has more.
Its memory can be read by its children: it holds no answer, key or hidden input, and is
started with a clean environment.

Requests come over a socket whose number is the first argument: one `Order` as JSON and
one file descriptor for answers per message. It ends when the socket is closed, and all
kernels with it.

Two forks per kernel. The first process makes the namespaces, stays outside of the new
pid namespace and waits; the second is process 1 inside, so that all that the kernel
started ends with it. The descriptor gets `pid N`, `settled` (or `error ...`) and
`exit N`, one per line.
"""

import gc
import importlib
import os
import signal
import socket
import sys
import traceback

from course.jails.inside import become_kernel, quiet_streams
from course.jails.kernel_calls import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUTS,
    die_with_parent,
    unshare,
)
from course.jails.order import Order
from course.jails.settling import enter_user_namespace
from course.jails.walls import build_walls

__all__ = ["MAX_ORDER_BYTES", "WARM", "main"]

MAX_ORDER_BYTES = 128 * 1024  # a packet; the socket's buffer holds more
# In this order; what a machine lacks is left out, and costs its kernels the import.
WARM = (
    *("tensorflow", "keras", "pandas", "sklearn", "matplotlib.pyplot"),
    *("matplotlib_inline.backend_inline", "ipykernel.kernelapp", "ipykernel.zmqshell"),
    *("pyseccomp", "py_landlock"),
)
NAMESPACES = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS


def main() -> None:
    """Import, then fork on request until the socket is closed."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    place, names = sys.argv[2], sys.argv[3:] or WARM
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"not warm: {error}", file=sys.stderr)  # noqa: T201 - our log
    from py_landlock import get_abi_version

    get_abi_version()  # looks for the C library, once for all children
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        sys.exit(f"The warm parent has {threads} threads; expected 1.")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks for their exit codes
    gc.freeze()
    while True:
        text, descriptors, _, _ = socket.recv_fds(requests, MAX_ORDER_BYTES, 1)
        if not text:
            return
        if os.fork() == 0:
            requests.close()
            _watch_over(Order.from_json(text.decode()), place, descriptors[0])
        for descriptor in descriptors:
            os.close(descriptor)


def _watch_over(order: Order, place: str, status: int) -> None:
    """Start the kernel in namespaces of its own and wait for its end; never returns."""
    code = 70
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        if order.uid is None:
            enter_user_namespace()
        die_with_parent()
        unshare(NAMESPACES)
        pid = os.fork()
        if pid == 0:
            _be_first(order, place, status)
        os.write(status, f"pid {pid}\n".encode())
        _, how = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(how)
        os.write(status, f"exit {code}\n".encode())
    except BaseException:
        _tell(status)
    finally:
        os._exit(0)


def _be_first(order: Order, place: str, status: int) -> None:
    """Be process 1 of the jail; never returns."""
    try:
        quiet_streams()
        _close_all_but(status)
        os.setsid()
        build_walls(order, place)
        become_kernel(order, status)
        os._exit(0)
    except BaseException:
        _tell(status)
    finally:
        os._exit(71)


def _close_all_but(kept: int) -> None:
    """Close what was inherited: the zygote's socket and whatever a library opened."""
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def _tell(status: int) -> None:
    """Send the error being handled as one line, if somebody still listens."""
    text = " | ".join(traceback.format_exc(limit=-4).strip().splitlines())
    try:
        os.write(status, f"error {text}\n".encode())
    except OSError:
        return


if __name__ == "__main__":
    main()
