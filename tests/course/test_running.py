"""Does a notebook run in this interpreter, and is everything gone afterwards?"""

import os
import sys
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.running import NotebookFailed, execute
from course.running.kernel import kernel_environment, kill_group

notebooks = pytest.mark.notebooks


def notebook(*sources: str):
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def is_gone(pid: int) -> bool:
    """A zombie is dead; whoever adopted it has not looked yet."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def text_of(cell) -> str:
    return "".join(output.get("text", "") for output in cell.outputs).strip()


@notebooks
def test_the_kernel_is_this_interpreter_in_the_given_folder(tmp_path: Path):
    source = "import os, sys; print(sys.executable, os.getcwd(), os.environ['A'])"
    executed = execute(notebook(source), folder=tmp_path, env={"A": "b"})
    assert text_of(executed.cells[0]) == f"{sys.executable} {tmp_path} b"


@notebooks
def test_the_given_notebook_is_not_changed_and_each_code_cell_is_reported(tmp_path):
    original = notebook("1", "2")
    original.cells.insert(1, new_markdown_cell("words"))
    seen: list[int] = []
    execute(original, folder=tmp_path, on_cell=lambda index, cell: seen.append(index))
    assert seen == [0, 2]
    assert original.cells[0].outputs == []


@notebooks
def test_a_failing_cell_is_named_with_its_error(tmp_path):
    with pytest.raises(NotebookFailed, match="ZeroDivisionError: division by zero"):
        execute(notebook("1", "1 / 0"), folder=tmp_path)
    executed = execute(notebook("1 / 0", "7"), folder=tmp_path, allow_errors=True)
    assert executed.cells[1].outputs[0].data["text/plain"] == "7"


@notebooks
def test_a_cell_that_takes_too_long_is_stopped(tmp_path):
    with pytest.raises(NotebookFailed, match="longer than 1 seconds") as caught:
        execute(notebook("import time; time.sleep(60)"), folder=tmp_path, timeout_s=1)
    assert caught.value.cell_index == 0


@notebooks
@pytest.mark.skipif(sys.platform == "win32", reason="no process groups")
def test_no_process_of_the_notebook_outlives_it(tmp_path):
    source = "import subprocess; print(subprocess.Popen(['sleep', '600']).pid)"
    executed = execute(notebook(source), folder=tmp_path)
    assert is_gone(int(text_of(executed.cells[0])))


def test_a_plot_backend_of_the_caller_does_not_reach_the_notebook(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    environment = kernel_environment({"COURSE_FAST": "1"}, "/private")
    assert "MPLBACKEND" not in environment
    assert environment["COURSE_FAST"] == "1"
    assert environment["TF_CPP_MIN_LOG_LEVEL"] == "3"
    assert environment["IPYTHONDIR"] == "/private"


def test_the_caller_s_variables_win():
    environment = kernel_environment({"TF_CPP_MIN_LOG_LEVEL": "0"}, "/private")
    assert environment["TF_CPP_MIN_LOG_LEVEL"] == "0"


@pytest.mark.skipif(not hasattr(os, "getpgid"), reason="no process groups")
def test_our_own_group_is_never_killed():
    kill_group(os.getpgid(0))
    kill_group(None)
