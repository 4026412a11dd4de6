"""Kills what runs in jails when the grader itself is killed.

A jail dies with its parent by a signal of the system, which is not sent where the
parent may not signal its child: bubblewrap, started by root, has given up that power
over a kernel that became another user. This process keeps it. It gets a descriptor of
each jail's first process over a socket, and when the socket closes, because the grader
has ended in whatever way, it kills them all.

Run as a script, by path, with the standard library alone: it starts in milliseconds.
"""

import array
import atexit
import os
import select
import signal
import socket
import subprocess
import sys
import threading

__all__ = ["watch_over"]

_lock = threading.Lock()
_guard: "tuple[subprocess.Popen[bytes], socket.socket] | None" = None


def watch_over(handle: int) -> None:
    """Have a process killed when this one ends.

    Args:
        handle: Descriptor of the process, from `os.pidfd_open`.
    """
    with _lock:
        sock = _running()
        socket.send_fds(sock, [b"x"], [handle])


def _running() -> socket.socket:
    """Return the socket to the one guard of this process; start it if need be."""
    global _guard
    if _guard is not None and _guard[0].poll() is None:
        return _guard[1]
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - this file, no shell
            [sys.executable, "-I", "-S", __file__, str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # what ends the grader by Ctrl-C must not end this
            env={},
        )
    _guard = process, ours
    atexit.register(_stop, process, ours)
    return ours


def _stop(process: "subprocess.Popen[bytes]", sock: socket.socket) -> None:
    """End a guard; it ends every jail that this process has forgotten."""
    sock.close()
    process.wait()


def main() -> None:
    """Collect descriptors until the socket closes; then kill what still runs."""
    sock = socket.socket(fileno=int(sys.argv[1]))
    handles: list[int] = []
    while True:
        data, extra, _, _ = sock.recvmsg(1, socket.CMSG_SPACE(4))
        if not data:
            break
        received = array.array("i")
        for _, _, content in extra:
            received.frombytes(content)
        handles += received
        ended, _, _ = select.select(handles, [], [], 0)  # one that ended is readable
        for handle in ended:
            os.close(handle)
            handles.remove(handle)
    for handle in handles:
        try:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    main()
