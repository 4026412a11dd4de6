"""What every forked child does around its kernel: two processes, news, no remains."""

import os
import sys
import traceback
from collections.abc import Callable

from course.kernels.system_calls import die_with_parent

__all__ = ["quiet_streams", "run_watched", "serve_cells", "tell_error"]


def run_watched(
    status: int, prepare: Callable[[], None], become: Callable[[], None]
) -> None:
    """Fork once more, wait for the second process, and tell of both; never returns.

    The first process prepares and stays outside of what it has prepared. The pipe
    gets `pid N`, what the second process tells (`settled`, or `error ...`), and
    `exit N`, one per line.

    Args:
        status: File descriptor for the news.
        prepare: Called in the first process: makes namespaces, for example.
        become: Called in the second process: becomes the kernel.
    """
    try:
        os.setsid()
        prepare()
        die_with_parent()
        pid = os.fork()
        if pid == 0:
            _be_second(status, become)
        os.write(status, f"pid {pid}\n".encode())
        _, how = os.waitpid(pid, 0)
        os.write(status, f"exit {os.waitstatus_to_exitcode(how)}\n".encode())
    except BaseException:
        tell_error(status)
    finally:
        os._exit(0)


def _be_second(status: int, become: Callable[[], None]) -> None:
    """Be the kernel's process; never returns."""
    try:
        quiet_streams()
        # What was inherited: the zygote's socket and whatever a library has opened.
        os.closerange(3, status)
        os.closerange(status + 1, os.sysconf("SC_OPEN_MAX"))
        os.setsid()
        become()
        os._exit(0)
    except BaseException:
        tell_error(status)
    finally:
        os._exit(71)


def serve_cells(argv: list[str], folder: str) -> None:
    """Be an IPython kernel until it ends.

    Args:
        argv: Arguments of ipykernel.
        folder: The working directory; entered last, so that no file in it can be taken
            for a module of ours.
    """
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(argv)
    if "matplotlib" in sys.modules:
        # Pictures become output by a hook that the backend sets when it is imported in
        # a kernel; ours was imported before there was one.
        app.shell.enable_matplotlib("inline")
    os.chdir(folder)
    app.start()


def quiet_streams() -> None:
    """Connect the standard streams to nothing; the kernel sends its output itself."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)


def tell_error(status: int) -> None:
    """Send the error being handled as one line, if somebody still listens."""
    text = " | ".join(traceback.format_exc(limit=-4).strip().splitlines())
    try:
        os.write(status, f"error {text}\n".encode())
    except OSError:
        return
