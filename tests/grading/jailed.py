"""Run cells in a jail, in tests."""

import nbformat
import pytest

from course.jails.isolation import why_not
from course.jails.order import Limits
from course.jails.request import Jail
from course.jails.warm import CHILD
from course.running.notebook import execute

KINDS = ("warm", "cold")
MODULES = ("ipykernel.kernelapp", "ipykernel.zmqshell", "pyseccomp", CHILD)


def skip_without(kind):
    """Skip a test, and say so loudly, where this machine cannot make a jail."""
    if reason := why_not(kind):
        pytest.skip(f"NOT TESTED: this machine has no {kind} jail. {reason}")


def run_cells(kind, folder, *sources, timeout_s=60, **limits):
    """Run cells in a jail and return the executed notebook; errors stay in it."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    folder.chmod(0o755)
    return execute(
        nbformat.v4.new_notebook(cells=cells),
        folder=folder,
        timeout_s=timeout_s,
        allow_errors=True,
        jail=Jail(kind, Limits(**limits)),
    )


def printed(cell):
    """Return what a cell printed."""
    return "".join(out.text for out in cell.outputs if out.output_type == "stream")


def error_of(cell):
    """Return the name of the error that a cell ended with, or ""."""
    found = [out.ename for out in cell.outputs if out.output_type == "error"]
    return found[0] if found else ""
