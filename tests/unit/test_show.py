"""Where a verdict is shown, and how wide."""

import os
import shutil
import sys
import types

import pytest

from checkers.show import show, show_text
from checkers.verdict import Row, Verdict

WIDE = Row("1", "x" * 30, "y" * 30, "z" * 30, True)
VERDICT = Verdict("toy-net", "A net", "failed", 0.0, 1.0, (), (), (WIDE,))


def test_is_a_verdict_in_a_pipe_eighty_columns_wide(capsys):
    show(VERDICT)
    assert capsys.readouterr().out == VERDICT.to_text(80) + "\n"


@pytest.mark.parametrize(("columns", "used"), [(40, 80), (100, 100), (300, 120)])
def test_does_a_verdict_use_the_width_of_a_terminal(monkeypatch, capsys, columns, used):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    size = os.terminal_size((columns, 24))
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: size)
    show(VERDICT)
    assert capsys.readouterr().out == VERDICT.to_text(used) + "\n"


def test_does_a_notebook_choose_the_face(monkeypatch, capsys):
    shown = []
    display = types.SimpleNamespace(display=shown.append)
    shell = types.SimpleNamespace(kernel=object())
    ipython = types.SimpleNamespace(get_ipython=lambda: shell, display=display)
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    show(VERDICT)
    assert (shown, capsys.readouterr().out) == ([VERDICT], "")


def test_is_one_line_just_written(capsys):
    show_text("Captured: net.")
    assert capsys.readouterr().out == "Captured: net.\n"
