"""Are kernels of our own notebooks forked, like new ones, and gone in the end?"""

import os
import subprocess
import sys
import time

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course.kernels.parent import PARENT
from course.kernels.process import KernelError
from course.running import NotebookFailed, execute

pytestmark = [
    pytest.mark.notebooks,
    pytest.mark.skipif(
        not hasattr(os, "pidfd_open"),
        reason="NOT TESTED: kernels are forked on Linux; elsewhere they are started as "
        "test_running.py has it",
    ),
]

IS_FORKED = "import sys; print('tensorflow' in sys.modules)"


def notebook(*sources):
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def printed(cell):
    return "".join(output.get("text", "") for output in cell.outputs).strip()


def test_our_notebooks_find_tensorflow_imported_and_others_do_not(tmp_path):
    ours = execute(notebook(IS_FORKED), folder=tmp_path)
    others = execute(notebook(IS_FORKED), folder=tmp_path, is_ours=False)
    assert [printed(one.cells[0]) for one in (ours, others)] == ["True", "False"]


def test_a_forked_kernel_is_like_a_new_one(tmp_path):
    sources = (
        "import os, sys, numpy as np; print(__name__, '__file__' in globals())",
        "print([name for name in sys.modules if name.startswith('course')])",
        "print(sorted(os.environ.get(name, '') for name in ('A', 'HOME')))",
        "print(np.random.rand())",
        "import tensorflow as tf; print(int(tf.reduce_sum([1, 2])))",
        "import matplotlib.pyplot as plt; plt.plot([1, 2]);",
    )
    one, two = (
        execute(notebook(*sources), folder=tmp_path, env={"A": "b"}) for _ in range(2)
    )
    assert printed(one.cells[0]) == "__main__ False"
    assert printed(one.cells[1]) == "[]"
    assert printed(one.cells[2]) == str(sorted(["b", os.environ["HOME"]]))
    assert printed(one.cells[3]) != printed(two.cells[3])  # not the same random state
    assert printed(one.cells[4]) == "3"
    assert "image/png" in one.cells[5].outputs[0].data


def test_a_kernel_that_ends_itself_is_noticed(tmp_path):
    with pytest.raises(NotebookFailed, match="the kernel died") as caught:
        execute(notebook("1", "import os; os._exit(3)"), folder=tmp_path)
    assert caught.value.ename == "DeadKernelError"


def test_without_a_parent_a_kernel_is_started_as_usual(tmp_path, monkeypatch, capfd):
    def refuse(module, *arguments):
        raise OSError("no parent today")

    monkeypatch.setattr(PARENT, "ask", refuse)
    executed = execute(notebook(IS_FORKED), folder=tmp_path)
    assert printed(executed.cells[0]) == "False"
    assert "no parent today" in capfd.readouterr().err


def test_a_kernel_that_does_not_settle_is_not_left_behind(tmp_path, monkeypatch, capfd):
    made = []
    real = PARENT.ask

    def too_late(timeout_s):
        raise KernelError("It did not settle.")

    def ask(module, *arguments):
        made.append(real(module, *arguments))
        made[0].wait_until_settled(300)
        monkeypatch.setattr(made[0], "wait_until_settled", too_late)
        return made[0]

    monkeypatch.setattr(PARENT, "ask", ask)
    executed = execute(notebook(IS_FORKED), folder=tmp_path)
    assert printed(executed.cells[0]) == "False"
    assert "It did not settle" in capfd.readouterr().err
    wait_for(lambda: not psutil.pid_exists(made[0].pid))


RUN = """
import nbformat
from pathlib import Path
from course.kernels.parent import PARENT
from course.running import execute
PARENT.modules = ("ipykernel.kernelapp",)
source = "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(600)"
cells = [nbformat.v4.new_code_cell(source)]
execute(nbformat.v4.new_notebook(cells=cells), folder=Path.cwd())
"""


def test_a_killed_run_leaves_no_kernel(tmp_path):
    file = tmp_path / "pid"
    run = subprocess.Popen([sys.executable, "-c", RUN], cwd=tmp_path)
    wait_for(lambda: file.is_file() and file.read_text())
    run.kill()
    run.wait()
    kernel = int(file.read_text())
    wait_for(lambda: not psutil.pid_exists(kernel))


def wait_for(condition, tries=1200):
    """Wait at most two minutes."""
    for _ in range(tries):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("It did not happen within two minutes.")
