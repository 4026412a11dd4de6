"""The warm parent: imports what lessons import once, then forks on request.

It imports and does nothing else. After one TensorFlow operation its children hang (5 of
5 measured), so it has exactly one thread when it forks, and says so if it has more.
Its memory can be read by its children: it holds no answer, key or hidden input, and is
started with a clean environment.

Requests come over a socket whose number is the first argument; the other arguments are
modules to import. A request is one message: JSON with `module` and `arguments`, and one
file descriptor for answers. The child calls `main(status, *arguments)` of that module
and never comes back. The parent ends when the socket is closed.
"""

import gc
import importlib
import json
import os
import signal
import socket
import sys
from typing import Any

from course.kernels.child import tell_error

__all__ = ["MAX_REQUEST_BYTES", "main"]

MAX_REQUEST_BYTES = 128 * 1024  # a packet; the socket's buffer holds more


def main() -> None:
    """Import, then fork on request until the socket is closed."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    for name in sys.argv[2:]:
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"not warm: {error}", file=sys.stderr)  # noqa: T201 - our log
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        sys.exit(f"The warm parent has {threads} threads; expected 1.")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks for their exit codes
    gc.freeze()
    while True:
        text, descriptors, _, _ = socket.recv_fds(requests, MAX_REQUEST_BYTES, 1)
        if not text:
            return
        if os.fork() == 0:
            requests.close()
            _serve(json.loads(text), descriptors[0])
        for descriptor in descriptors:
            os.close(descriptor)


def _serve(request: dict[str, Any], status: int) -> None:
    """Call the module that was asked for; never returns."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        importlib.import_module(request["module"]).main(status, *request["arguments"])
    except BaseException:
        tell_error(status)
    finally:
        os._exit(70)


if __name__ == "__main__":
    main()
