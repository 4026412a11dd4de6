"""The warm jail: kernels forked from a parent that has TensorFlow imported.

unshare, a root of its own, Landlock and seccomp, in a child of `course.jails.zygote`;
bubblewrap would have to exec, and an exec loses the imports.
"""

import atexit
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from course.jails.order import Order
from course.jails.processes import JailProcess
from course.jails.stage import stage

__all__ = ["PARENT", "WarmParent", "start_warm"]

# Before Python starts: OpenBLAS would start threads, and a thread cannot be forked.
QUIET = {
    "OPENBLAS_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


class WarmParent:
    """The one process that forks kernels; restarted when it died.

    Attributes:
        modules: What it imports; empty means everything that lessons use.
    """

    def __init__(self, modules: tuple[str, ...] = ()) -> None:
        """Start nothing yet."""
        self.modules = modules
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._requests: socket.socket | None = None
        self.log = Path(tempfile.gettempdir()) / "unused"

    def start(self) -> None:
        """Start the parent, so that it imports while other things are prepared."""
        with self._lock:
            self._ensure()

    def ask(self, order: Order) -> JailProcess:
        """Have a kernel forked; returns at once."""
        reading, writing = os.pipe()
        try:
            with self._lock:
                requests = self._ensure()
                socket.send_fds(requests, [order.to_json().encode()], [writing])
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        return JailProcess(reading)

    def stop(self) -> None:
        """End the parent and all its kernels."""
        with self._lock:
            if self._requests is not None:
                self._requests.close()
                self._requests = None
            if self._process is not None:
                self._process.kill()
                self._process.wait()
                self._process = None

    def _ensure(self) -> socket.socket:
        """Return the socket to a running parent."""
        if self._process is not None and self._process.poll() is None:
            assert self._requests is not None
            return self._requests
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        home = stage().root / "parent"
        home.mkdir(exist_ok=True)
        self.log = home / "log.txt"
        program = (sys.executable, "-P", "-m", "course.jails.zygote")
        with theirs, self.log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                (*program, str(theirs.fileno()), str(stage().place), *self.modules),
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=_clean_environment(home),
            )
        if self._requests is not None:
            self._requests.close()
        else:
            atexit.register(self.stop)
        self._requests = ours
        return ours


def _clean_environment(home: Path) -> dict[str, str]:
    """Return the parent's environment, which its children can read: no secrets."""
    paths = [path for path in sys.path if path]
    return {
        **QUIET,
        "HOME": str(home),
        "MPLCONFIGDIR": str(home),
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": os.pathsep.join(paths),
    }


PARENT = WarmParent()


def start_warm(order: Order) -> JailProcess:
    """Start a kernel in a warm jail; returns before it has settled."""
    return PARENT.ask(order)
