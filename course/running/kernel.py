"""The kernel that runs our notebooks: this interpreter, and nothing left behind."""

import os
import signal
import sys
from collections.abc import Mapping

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from traitlets import Dict

from course.kernels.open_kernels import open_metadata

__all__ = ["kernel_environment", "kernel_manager", "kill_group"]

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


def kernel_manager(private_folder: str, *, is_ours: bool) -> AsyncKernelManager:
    """Return a manager, not yet started, for a kernel of this interpreter.

    Args:
        private_folder: Holds the connection file and, where the system has them, the
            sockets: no other user of the machine can reach the kernel.
        is_ours: True for notebooks of the course: their kernels are forked from one
            process, where the system can do that.
    """
    metadata = open_metadata() if is_ours else {}
    return AsyncKernelManager(
        kernel_name="python3",
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
