"""The first process inside bubblewrap's walls: settles and becomes the kernel.

The order comes over standard input, so that no file inside holds it; the first argument
is the file descriptor for answers. See `course.jails.cold`.
"""

import os
import sys
import traceback

from course.jails.inside import become_kernel, quiet_streams
from course.jails.order import Order

__all__ = ["main"]


def main() -> None:
    """Read the order and serve it."""
    status = int(sys.argv[1])
    try:
        order = Order.from_json(sys.stdin.read())
        quiet_streams()
        become_kernel(order, status)
    except Exception:
        text = " | ".join(traceback.format_exc(limit=-4).strip().splitlines())
        try:
            os.write(status, f"error {text}\n".encode())
        except OSError:
            os._exit(72)  # settled already: this is the kernel's own end
        os._exit(71)


if __name__ == "__main__":
    main()
