"""A warm jail from inside: namespaces, walls, kernel; forked by `course.kernels`.

The first process makes the namespaces, stays outside of the new pid namespace and
waits; the second is process 1 inside, so that all that the kernel started ends with it.
"""

from py_landlock import get_abi_version

from course.jails.inside import become_kernel
from course.jails.order import Order
from course.jails.settling import enter_user_namespace
from course.jails.walls import build_walls
from course.kernels.child import run_watched
from course.kernels.system_calls import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUTS,
    unshare,
)

__all__ = ["NAMESPACES", "main"]

NAMESPACES = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS

get_abi_version()  # looks for the C library, once for all children of the parent


def main(status: int, text: str, place: str) -> None:
    """Start a kernel in namespaces of its own and wait for its end; never returns.

    Args:
        status: File descriptor for news.
        text: An `Order` as JSON.
        place: Empty folder on which the root is mounted.
    """
    order = Order.from_json(text)

    def prepare() -> None:
        if order.uid is None:
            enter_user_namespace()
        unshare(NAMESPACES)

    def become() -> None:
        build_walls(order, place)
        become_kernel(order, status)

    run_watched(status, prepare, become)
