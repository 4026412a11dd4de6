"""The first process inside bubblewrap's walls: settles and becomes the kernel.

The order comes over standard input, so that no file inside holds it; the first argument
is the file descriptor for answers. See `course.jails.cold`.
"""

import os
import sys

from course.jails.inside import become_kernel
from course.jails.order import Order
from course.kernels.child import quiet_streams, tell_error

__all__ = ["main"]


def main() -> None:
    """Read the order and serve it."""
    status = int(sys.argv[1])
    try:
        order = Order.from_json(sys.stdin.read())
        quiet_streams()
        become_kernel(order, status)
    except Exception:
        tell_error(status)
        os._exit(71)


if __name__ == "__main__":
    main()
