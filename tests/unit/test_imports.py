"""What importing and judging may load: the standard library and nothing else."""

import subprocess
import sys
import textwrap

WATCH = textwrap.dedent(
    """
    import builtins, sys
    real = builtins.__import__
    allowed = set(sys.stdlib_module_names) | {"checkers"}

    def watched(name, globals=None, locals=None, fromlist=(), level=0):
        # An attempt that fails loads nothing: `platform` looks for Windows' _wmi.
        module = real(name, globals, locals, fromlist, level)
        if level == 0 and name.split(".")[0] not in allowed:
            raise SystemExit(f"imported {name}")
        return module

    builtins.__import__ = watched
    """
)


def run(code: str) -> str:
    """Run code in a fresh interpreter; return what it says when it stops early."""
    result = subprocess.run(
        [sys.executable, "-c", WATCH + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stderr.strip() if result.returncode else ""


def test_does_the_watch_notice_a_foreign_import():
    assert run("import click").startswith("imported")


def test_does_importing_checkers_load_the_standard_library_only():
    assert run("import checkers; checkers.all_exercises()") == ""


def test_does_judging_load_the_standard_library_only():
    code = """
    from checkers import judge, all_exercises
    from checkers.judge import find_key
    from checkers.snapshot import MissingFacts, Snapshot, ValueFacts
    for exercise in all_exercises().values():
        find_key(exercise.id).validate(exercise)
        parts = {part.name: MissingFacts() for part in exercise.parts}
        text = judge(Snapshot(exercise.id, parts)).to_text()
        assert "not attempted" in text, text
        judge(Snapshot(exercise.id, parts)).to_html()
    """
    assert run(code) == ""


def test_do_explain_and_lint_wait_until_they_are_called():
    code = """
    import checkers, checkers.linting.rules, checkers.explaining.faces
    from checkers.linting.judging import look
    assert callable(checkers.lint) and callable(checkers.explain)
    """
    assert run(code) == ""


def test_does_importing_course_load_no_heavy_library():
    code = """
    allowed |= {"course", "click"}
    import course, course.catalog, course.answers, course.cli
    """
    assert run(code) == ""
