"""Kernel provisioners: what jupyter_client asks for a kernel in a jail.

Choose one without touching kernelspecs by JUPYTER_DEFAULT_PROVISIONER_NAME, or name it
in a kernelspec's metadata; nbclient, nbgrader and JupyterLab then run in jails.
"""

import asyncio
import itertools
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Dict

from course.jails.cold import start_cold
from course.jails.environment import kernel_variables
from course.jails.inside import CONNECTION_FILE
from course.jails.order import Limits, Order
from course.jails.stage import stage
from course.jails.walls import SOCKETS
from course.jails.warm import start_warm
from course.jails.watch import Watch
from course.kernels.process import KernelProcess

__all__ = ["ColdProvisioner", "JailProvisioner", "WarmProvisioner"]

SETTLE_TIMEOUT_S = 300  # the first warm kernel waits for the import of TensorFlow
FIRST_UID = 1_700_000_000  # far from every real user; a user of its own for each kernel
_numbers = itertools.count()


class JailProvisioner(KernelProvisionerBase):  # type: ignore[misc]  # untyped base
    """Starts a kernel in a jail, watches it, and leaves nothing behind.

    The kernel's working directory inside holds copies of the files of the working
    directory that is asked for; nothing is written back.
    """

    limits = Dict(help="Fields of course.jails.order.Limits; the rest are defaults.")
    starters: ClassVar[dict[str, Callable[[Order], KernelProcess]]] = {
        "warm": start_warm,
        "cold": start_cold,
    }
    kind: ClassVar[str]

    jail: KernelProcess | None = None
    watch: Watch | None = None
    folder: Path | None = None

    @property
    def has_process(self) -> bool:
        """True from the kernel's start to its end."""
        return self.jail is not None

    @property
    def why_killed(self) -> str:
        """Which limit ended the kernel, in a sentence; "" if none did."""
        return self.watch.reason if self.watch else ""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Make the folder for the sockets and the connection file.

        A network namespace has no port in common with the grader, so sockets are files.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="layerwise-kernel-"))
        manager = self.parent
        manager.transport, manager.ip = "ipc", str(self.folder / "k")
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        prepared = await super().pre_launch(cmd=["jail"], **kwargs)
        return dict(prepared)

    async def launch_kernel(
        self, cmd: list[str], **kwargs: Any
    ) -> KernelConnectionInfo:
        """Start the kernel; returns when it can run student code.

        Raises:
            KernelError: If there is no jail to be had; nothing has run then.
        """
        limits = Limits(**self.limits)
        loop = asyncio.get_running_loop()
        self.jail = await loop.run_in_executor(None, self._launch, limits, kwargs)
        self.watch = Watch(self.jail, limits, self.folder)
        self.watch.start()
        return self.connection_info

    async def poll(self) -> int | None:
        """Return None while the kernel runs, else its exit code."""
        return 0 if self.jail is None else self.jail.poll()

    async def wait(self) -> int | None:
        """Wait until nothing inside runs any more."""
        if self.jail is None:
            return 0
        while (code := self.jail.poll()) is None:
            await asyncio.sleep(0.01)
        if self.watch is not None:
            self.watch.stop()
        self.jail.close()
        self.jail = None
        return code

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel."""
        if self.jail is not None:
            self.jail.send_signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """Kill everything inside."""
        if self.jail is not None:
            self.jail.kill()

    async def terminate(self, restart: bool = False) -> None:
        """Kill everything inside: process 1 of a namespace may ignore a request."""
        await self.send_signal(signal.SIGKILL)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the folder of the sockets."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def _launch(self, limits: Limits, kwargs: dict[str, Any]) -> KernelProcess:
        """Start the jail and wait until it has settled."""
        jail = self.starters[self.kind](self._order(limits, kwargs))
        try:
            jail.wait_until_settled(SETTLE_TIMEOUT_S)
        except BaseException:
            jail.kill()
            jail.close()
            raise
        return jail

    def _order(self, limits: Limits, kwargs: dict[str, Any]) -> Order:
        """Return what this kernel's jail is asked for."""
        assert self.folder is not None
        view = stage().view
        files = Path(kwargs.get("cwd") or self.folder / "no-files")
        files.mkdir(exist_ok=True)
        uid = FIRST_UID + next(_numbers) % 100_000 if os.geteuid() == 0 else None
        self._write_inner_connection(uid)
        arguments = ("--log-level=CRITICAL", *kwargs.get("extra_arguments", ()))
        return Order(
            argv=tuple(map(str, arguments)),
            sockets=str(self.folder),
            files=str(files),
            environment={**kernel_variables(kwargs["env"]), **view.environment},
            view=view,
            limits=limits,
            uid=uid,
        )

    def _write_inner_connection(self, uid: int | None) -> None:
        """Write the connection file with the paths that hold inside."""
        assert self.folder is not None
        info = {**self.connection_info, "ip": f"{SOCKETS}/k", "key": ""}
        key = self.connection_info.get("key", b"")
        info["key"] = key.decode() if isinstance(key, bytes) else key
        file = self.folder / Path(CONNECTION_FILE).name
        file.write_text(json.dumps(info), encoding="ascii")
        if uid is not None:
            for path in (file, self.folder):
                os.chown(path, uid, uid)


class WarmProvisioner(JailProvisioner):
    """Kernels forked from a parent that has TensorFlow imported."""

    kind = "warm"


class ColdProvisioner(JailProvisioner):
    """Kernels of a fresh interpreter behind bubblewrap's walls."""

    kind = "cold"
