"""Try out the walls of a warm jail, in a process of its own: they cannot be undone.

`python -m course.jails.probe FOLDER [UID]` makes every wall around a child that then
ends; the exit code is 0 if all stand, else the error is on standard error. Importing
`course.jails.isolation` does not need what this imports.
"""

import os
import sys
import traceback

from course.jails.order import Limits, Order, View
from course.jails.settling import enter_user_namespace, settle
from course.jails.walls import build_walls
from course.jails.warm_child import NAMESPACES
from course.kernels.system_calls import unshare

__all__ = ["main"]


def main() -> None:
    """Make the walls and say whether they stand."""
    folder, uid = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else None
    places = [os.path.join(folder, name) for name in ("place", "sockets", "files")]
    for place in places:
        os.mkdir(place)
    order = Order((), places[1], places[2], {}, View(()), Limits(), uid)
    if uid is None:
        enter_user_namespace()
    unshare(NAMESPACES)
    child = os.fork()
    if child == 0:
        _try(order, places[0])
    _, how = os.waitpid(child, 0)
    sys.exit(os.waitstatus_to_exitcode(how))


def _try(order: Order, place: str) -> None:
    """Settle behind walls; never returns."""
    try:
        # While the interpreter and the C library can still be seen.
        import pyseccomp  # noqa: F401

        build_walls(order, place)
        settle(order.limits, order.uid)
        os._exit(0)
    except BaseException:
        traceback.print_exc(limit=-2)
        sys.stderr.flush()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
