"""What a jail is asked for: what is seen, how much may be used; plain data."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Limits", "Order", "View"]

MB = 1024**2


@dataclass(frozen=True)
class Limits:
    """What a submission may use as a whole, all its processes together.

    Attributes:
        memory_bytes: Memory of all processes, and what lies in the private /tmp.
        address_bytes: Address space of one process; TensorFlow alone needs 3 GB. It
            turns most oversized arrays into a MemoryError in the cell that asked.
        num_processes: Processes at a time.
        num_tasks: Processes and threads at a time; TensorFlow starts threads.
        disk_bytes: The private /tmp.
        num_files: Files and folders in the private /tmp.
        cpu_s: Processor seconds of all processes.
        wall_s: Seconds from the kernel's start to its end.
        output_bytes: What all cells may write together before the kernel is killed.
        cell_output_bytes: What is kept of one cell's output.
    """

    memory_bytes: int = 3072 * MB
    address_bytes: int = 6144 * MB
    num_processes: int = 32
    num_tasks: int = 512
    disk_bytes: int = 256 * MB
    num_files: int = 20_000
    cpu_s: int = 600
    wall_s: int = 1200
    output_bytes: int = 64 * MB
    cell_output_bytes: int = MB


@dataclass(frozen=True)
class View:
    """The files that exist inside; everything but /tmp and /dev/shm is read-only.

    Attributes:
        binds: Pairs (path outside, path inside), files or folders.
        links: Pairs (path inside, where the symbolic link points to).
        path: `sys.path` inside.
        environment: Variables that say where things are.
    """

    binds: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...] = ()
    path: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    """One kernel in one jail.

    Attributes:
        argv: Arguments of ipykernel.
        sockets: Folder outside that holds the connection file and gets the sockets.
        files: Folder outside whose files are copied into the working directory.
        environment: All variables of the kernel.
        uid: Unprivileged real user and group to become; None keeps an ordinary user.
    """

    argv: tuple[str, ...]
    sockets: str
    files: str
    environment: dict[str, str]
    view: View
    limits: Limits
    uid: int | None

    def to_json(self) -> str:
        """Return JSON text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Order":
        """Return the order that `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        view = View(
            tuple((out, inside) for out, inside in data["view"]["binds"]),
            tuple((name, target) for name, target in data["view"]["links"]),
            tuple(data["view"]["path"]),
            data["view"]["environment"],
        )
        data["view"], data["limits"] = view, Limits(**data["limits"])
        data["argv"] = tuple(data["argv"])
        return cls(**data)
