"""A kernel without walls, forked from the warm parent: for our own notebooks."""

import importlib
import json
import os
import sys

from course.kernels.child import run_watched, serve_cells
from course.kernels.system_calls import die_with_parent

__all__ = ["main"]

OURS = ("course", "checkers")


def main(status: int, text: str) -> None:
    """Become a kernel; never returns.

    Args:
        status: File descriptor for news.
        text: JSON with `argv` (of ipykernel), `cwd` and `environment`.
    """
    order = json.loads(text)

    def become() -> None:
        die_with_parent()
        os.environ.clear()
        os.environ.update(order["environment"])
        _start_afresh()
        os.write(status, b"settled\n")
        os.close(status)
        serve_cells(order["argv"], order["cwd"])

    run_watched(status, prepare=lambda: None, become=become)


def _start_afresh() -> None:
    """Look like an interpreter that has just started."""
    for name in [each for each in sys.modules if each.split(".")[0] in OURS]:
        del sys.modules[name]  # read again, with this kernel's settings
    importlib.invalidate_caches()
    sys.argv = ["ipykernel"]
    vars(sys.modules["__main__"]).pop("__file__", None)  # the parent's program
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()  # a fork inherits the random state
