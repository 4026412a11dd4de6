"""What the rest of the course asks a jail for; importing this is cheap."""

from dataclasses import asdict, dataclass, field
from importlib.metadata import EntryPoint
from typing import Any, Literal

from course.jails.order import Limits

__all__ = ["PROVISIONERS", "Jail", "Kind"]

Kind = Literal["warm", "cold"]
GROUP = "jupyter_client.kernel_provisioners"
# The same as in pyproject.toml.
PROVISIONERS = {
    "layerwise-warm": "course.jails.provisioner:WarmProvisioner",
    "layerwise-cold": "course.jails.provisioner:ColdProvisioner",
}


@dataclass(frozen=True)
class Jail:
    """A kind of jail and the limits in it.

    Attributes:
        kind: "warm" is forked from a process that has TensorFlow imported; "cold" is a
            fresh interpreter started by bubblewrap.
        limits: What all processes of one kernel may use together.
    """

    kind: Kind = "warm"
    limits: Limits = field(default_factory=Limits)

    def kernelspec_metadata(self) -> dict[str, Any]:
        """Return what in a kernelspec makes jupyter_client use the jail."""
        _register()
        name = f"layerwise-{self.kind}"
        config = {"limits": asdict(self.limits)}
        return {"kernel_provisioner": {"provisioner_name": name, "config": config}}


def _register() -> None:
    """Make the provisioners known where the installation is older than the code.

    An editable installation learns of new entry points only when it is made again.
    """
    from jupyter_client.provisioning import KernelProvisionerFactory

    known = KernelProvisionerFactory.instance().provisioners
    for name, place in PROVISIONERS.items():
        known.setdefault(name, EntryPoint(name, place, GROUP))
