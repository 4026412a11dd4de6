"""The warm jail: kernels forked from a parent that has TensorFlow imported.

unshare, a root of its own, Landlock and seccomp, in a child of the warm parent;
bubblewrap would have to exec, and an exec loses the imports.
"""

from course.jails.order import Order
from course.jails.stage import stage
from course.kernels.parent import PARENT
from course.kernels.process import KernelProcess

__all__ = ["start_warm"]

CHILD = "course.jails.warm_child"
PARENT.modules += ("pyseccomp", CHILD)


def start_warm(order: Order) -> KernelProcess:
    """Start a kernel in a warm jail; returns before it has settled."""
    return PARENT.ask(CHILD, order.to_json(), str(stage().place))
