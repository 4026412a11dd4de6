"""The one warm parent of this process: started at need, asked for kernels, ended."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from course.kernels.process import KernelProcess

__all__ = ["PARENT", "WarmParent"]

# In this order; what a machine lacks is left out, and costs its kernels the import.
WARM = (
    *("tensorflow", "keras", "pandas", "sklearn", "matplotlib.pyplot"),
    *("matplotlib_inline.backend_inline", "ipykernel.kernelapp", "ipykernel.zmqshell"),
)
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
        modules: What it imports, in this order; to be changed before it starts.
        log: What it wrote, for a person who looks for a fault.
    """

    def __init__(self) -> None:
        """Start nothing yet."""
        self.modules: tuple[str, ...] = WARM
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._requests: socket.socket | None = None
        self._home: Path | None = None

    @property
    def log(self) -> Path:
        """Where the parent writes what it has to say."""
        assert self._home is not None
        return self._home / "log.txt"

    def ask(self, module: str, *arguments: str) -> KernelProcess:
        """Have a child forked that calls `main` of a module; returns at once.

        Args:
            module: One of ours, such as `course.kernels.open_child`.
            arguments: Passed on, after the descriptor for news.
        """
        request = json.dumps({"module": module, "arguments": arguments})
        reading, writing = os.pipe()
        try:
            with self._lock:
                socket.send_fds(self._ensure(), [request.encode()], [writing])
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        return KernelProcess(reading)

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
        if self._home is None:
            self._home = Path(tempfile.mkdtemp(prefix="layerwise-parent-"))
            # Last in, first out: it has ended before its folder goes.
            atexit.register(shutil.rmtree, self._home, ignore_errors=True)
            atexit.register(self.stop)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        program = (sys.executable, "-P", "-m", "course.kernels.zygote")
        with theirs, self.log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                (*program, str(theirs.fileno()), *self.modules),
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=_clean_environment(self._home),
            )
        if self._requests is not None:
            self._requests.close()
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
