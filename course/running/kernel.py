"""The kernel that runs our notebooks: this interpreter, and nothing left behind."""

import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

import zmq
from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from traitlets import Dict, default

from course.jails.request import Jail
from course.kernels.open_kernels import open_metadata

__all__ = ["kernel_environment", "kernel_manager", "kill_group"]

MAX_MESSAGE_BYTES = 32 * 1024**2  # of a kernel in a jail; a picture takes below 1 MB
QUIET_TENSORFLOW = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # the same sums in the same order on every machine
}
# A notebook chooses its own plot backend; a value inherited from a test run or from a
# shell would replace the inline one and drop every picture.
DROPPED = ("MPLBACKEND", "JPY_PARENT_PID")


class ThisInterpreter(KernelSpecManager):  # type: ignore[misc]  # ships no types
    """Answers every kernel name with the running interpreter.

    Installed kernelspecs are not asked: a `python3` of another environment would run
    the course against other versions.
    """

    metadata = Dict()

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the one kernel there is, whatever name is asked for."""
        launcher = ("-m", "ipykernel_launcher", "--log-level=ERROR")
        return KernelSpec(
            argv=[sys.executable, *launcher, "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata=self.metadata,
        )


class WaryClient(AsyncKernelClient):  # type: ignore[misc]  # ships no types
    """Refuses a message that would take the grader's memory.

    ZeroMQ then closes the connection for good, before the message is received.
    """

    @default("context")  # type: ignore[untyped-decorator]
    def _bounded_context(self) -> zmq.Context[Any]:
        """Return a context whose sockets refuse large messages."""
        context: zmq.Context[Any] = self._context_default()
        context.setsockopt(zmq.MAXMSGSIZE, MAX_MESSAGE_BYTES)
        return context


def kernel_manager(
    private_folder: str, jail: Jail | None = None, *, is_ours: bool = False
) -> AsyncKernelManager:
    """Return a manager, not yet started, for a kernel of this interpreter.

    Args:
        private_folder: Holds the connection file and, where the system has them, the
            sockets: no other user of the machine can reach the kernel.
        jail: What the kernel is locked into, if anything.
        is_ours: True for notebooks of the course: without a jail their kernels are
            forked from one process, where the system can do that.
    """
    without = open_metadata() if is_ours else {}
    metadata = jail.kernelspec_metadata() if jail else without
    client = WaryClient if jail else AsyncKernelClient
    return AsyncKernelManager(
        kernel_name="python3",
        client_factory=client,
        kernel_spec_manager=ThisInterpreter(metadata=metadata),
        connection_file=os.path.join(private_folder, "kernel.json"),
        transport="tcp" if sys.platform == "win32" else "ipc",
    )


def kernel_environment(extra: Mapping[str, str], private_folder: str) -> dict[str, str]:
    """Return the environment of the kernel.

    Args:
        extra: The caller's variables; they win over everything else.
        private_folder: An empty folder: no start-up file of the user may run.
    """
    inherited = {key: text for key, text in os.environ.items() if key not in DROPPED}
    private = {"IPYTHONDIR": private_folder}
    return {**inherited, **QUIET_TENSORFLOW, **private, **extra}


def kill_group(group: int | None) -> None:
    """Kill what a kernel left in its process group; Windows has no such groups."""
    if group is None or not hasattr(os, "killpg") or group == os.getpgid(0):
        return
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
