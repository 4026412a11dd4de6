"""The provisioner of open kernels: forked where that is possible, else started."""

import json
import os
import signal
import sys
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from course.kernels.parent import PARENT
from course.kernels.process import KernelError, KernelProcess

__all__ = ["ForkingProvisioner", "open_metadata"]

NAME = "layerwise-open"
SETTLE_TIMEOUT_S = 300  # the first kernel waits for the import of TensorFlow


class ForkedPopen:
    """A forked kernel with the part of Popen's interface that jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self, process: KernelProcess) -> None:
        """Stand for a settled process."""
        self._process, self.pid = process, process.pid

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        return self._process.poll()

    def wait(self) -> int | None:
        """Return the exit code of a process that has ended, and let go of it."""
        code = self._process.poll()
        self._process.close()
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel."""
        self._process.send_signal(number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class ForkingProvisioner(LocalProvisioner):  # type: ignore[misc]  # untyped base
    """Forks kernels from the warm parent; starts them as usual where it cannot."""

    async def launch_kernel(
        self, cmd: list[str], **kwargs: Any
    ) -> KernelConnectionInfo:
        """Start the kernel and return how to reach it."""
        if not hasattr(os, "pidfd_open"):  # systems other than Linux
            return await super().launch_kernel(cmd, **kwargs)
        order = {
            "argv": cmd[cmd.index("ipykernel_launcher") + 1 :],
            "cwd": str(kwargs.get("cwd") or os.getcwd()),
            "environment": dict(kwargs["env"]),
        }
        process = None
        try:
            process = PARENT.ask("course.kernels.open_child", json.dumps(order))
            process.wait_until_settled(SETTLE_TIMEOUT_S)
        except (KernelError, OSError) as error:  # slower, and as good
            print(f"No warm kernel ({error}); starting one anew.", file=sys.stderr)  # noqa: T201
            if process is not None:
                process.send_signal(signal.SIGKILL)  # it may be late, and still come
                process.close()
            return await super().launch_kernel(cmd, **kwargs)
        self.process = ForkedPopen(process)
        self.pid = self.pgid = process.pid  # it leads its own session
        return self.connection_info


def open_metadata() -> dict[str, Any]:
    """Return what in a kernelspec makes jupyter_client use this provisioner."""
    place = f"{__name__}:{ForkingProvisioner.__name__}"
    known = KernelProvisionerFactory.instance().provisioners
    known.setdefault(
        NAME, EntryPoint(NAME, place, "jupyter_client.kernel_provisioners")
    )
    return {"kernel_provisioner": {"provisioner_name": NAME}}
