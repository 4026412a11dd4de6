"""The kernel's process, from the moment its walls stand to its end.

Both jails call `become_kernel`. Everything up to the last line is our code, run before
any student code, so the process has one thread and reads nothing that a student wrote.
"""

import importlib
import os
import shutil
import sys
from pathlib import Path

from course.jails.order import Order, View
from course.jails.settling import settle
from course.jails.walls import FILES, SOCKETS
from course.kernels.child import serve_cells

__all__ = ["CONNECTION_FILE", "WORK", "become_kernel"]

HOME, WORK = "/tmp/home", "/tmp/work"  # noqa: S108 - a /tmp of this jail alone
CONNECTION_FILE = f"{SOCKETS}/kernel.json"
OURS = ("course", "checkers")


def become_kernel(order: Order, status: int) -> None:
    """Settle, say so, and serve cells until the kernel ends.

    Args:
        order: What was asked for.
        status: File descriptor that gets "settled", and is closed then: it is the last
            thing inside that leads outside, except for the sockets.
    """
    os.environ.clear()
    os.environ.update(order.environment)
    os.umask(0o022)
    settle(order.limits, order.uid)
    for folder in (HOME, WORK):
        os.mkdir(folder)
    shutil.copytree(FILES, WORK, dirs_exist_ok=True)
    _forget_outside(order.view)
    _draw_new_seeds()
    os.write(status, b"settled\n")
    os.close(status)
    serve_cells(["-f", CONNECTION_FILE, *order.argv], WORK)


def _forget_outside(view: View) -> None:
    """Import from the jail's own paths from now on.

    The course was imported from the grader's side, with what only a grader may see; it
    is imported again from the student's side.
    """
    os.chdir("/")
    sys.path[:] = view.path
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()
    for name in [each for each in sys.modules if each.split(".")[0] in OURS]:
        del sys.modules[name]
    sys.argv = ["ipykernel"]
    main = sys.modules["__main__"]
    if getattr(main, "__file__", None) and Path(main.__file__ or "").name in {
        "zygote.py",
        "cold_entry.py",
    }:
        vars(main).pop("__file__")


def _draw_new_seeds() -> None:
    """Give this kernel its own random state; a fork inherits NumPy's."""
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
