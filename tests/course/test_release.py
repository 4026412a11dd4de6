"""Does a student bundle hold what students need, and no answers?"""

import json
import os
import subprocess
import sys
import sysconfig
import textwrap
from pathlib import Path

import pytest

from course.paths import share_path
from course.release.bundle import BundleError, bundle_files, make_bundle

USE_THE_BUNDLE = """
    import importlib.util, json, sys
    sys.path.insert(0, {bundle!r})
    import checkers
    from checkers.exercise import Check, Exercise, Number
    found = [e for e in checkers.all_exercises().values()]
    small = Exercise("tiny-sum", "A sum", "N", (Number("total"),),
                     (Check("value", 1, "the sum"),), ("a", "b", "c"))
    verdict = small.check(3)
    points = small.grade(small.capture(3))
    print(json.dumps({{
        "file": checkers.__file__,
        "has_keys": importlib.util.find_spec("checkers.keys") is not None,
        "status": verdict.status,
        "text": verdict.to_text(),
        "points": points,
        "type": type(points).__name__,
        "solution": repr(small.solution()),
        "num_exercises": len(found),
        "keras": "keras" in sys.modules,
    }}))
"""


def run_alone(folder: Path, code: str) -> str:
    """Run code that sees the standard library and site-packages, and not our tree."""
    environment = {
        key: value for key, value in os.environ.items() if key != "PYTHONPATH"
    }
    done = subprocess.run(
        [sys.executable, "-I", "-c", textwrap.dedent(code)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("release") / "bundle"
    make_bundle(share_path(), target, (), for_marks=True)
    return target


def test_a_bundle_alone_says_graded_later(bundle):
    output = run_alone(bundle, USE_THE_BUNDLE.format(bundle=str(bundle)))
    answer = json.loads(output.splitlines()[-1])
    assert Path(answer["file"]).is_relative_to(bundle)
    assert not answer["has_keys"]
    assert answer["status"] == "could not check"
    assert "graded later" in answer["text"].lower()
    assert (answer["points"], answer["type"]) == (0.0, "float")
    assert "later" in answer["solution"].lower()
    assert not answer["keras"]


def test_no_file_of_a_bundle_gives_answers_away(bundle):
    names = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*")}
    secret = ("checkers/keys", "solutions", "course/lessons", "course/answers.py")
    assert [n for n in names for s in secret if n == s or n.startswith(f"{s}/")] == []
    notebooks = list(bundle.rglob("*.ipynb"))
    texts = [path.read_text(encoding="utf-8") for path in notebooks]
    assert not any("BEGIN SOLUTION" in text for text in texts)


def test_authors_commands_are_not_in_a_bundle(bundle):
    names = {path.stem for path in (bundle / "course" / "cli").glob("*.py")}
    assert {"list", "__init__"} <= names
    assert not names & {"build", "verify", "release", "grade", "codes", "demo", "run"}


def test_every_command_of_a_bundle_can_be_loaded(bundle):
    """A module that is left out must not be imported by one that stays."""
    code = f"""
        import sys
        sys.path.insert(0, {str(bundle)!r})
        import click
        from course.cli import main
        context = click.Context(main)
        for name in main.list_commands(context):
            assert main.get_command(context, name) is not None
            print(name)
        import course
        assert course.__file__.startswith({str(bundle)!r})
    """
    assert "list" in run_alone(bundle, code).split()


def test_a_bundle_can_be_installed_as_make_setup_does(bundle, tmp_path):
    pytest.importorskip("hatchling")
    code = (
        f"from hatchling.build import build_editable; build_editable({str(tmp_path)!r})"
    )
    run_alone(bundle, code)
    assert list(tmp_path.glob("layerwise-*.whl"))
    assert (bundle / "scripts" / "setup.py").is_file()


def test_notebooks_of_the_wanted_lessons_are_in_the_bundle(tiny):
    tiny.write()
    copies = bundle_files(tiny.root, [tiny.lesson], for_marks=True)
    assert [copy.name.as_posix() for copy in copies] == [
        "notebooks/05_tiny/exercises.ipynb",
        "notebooks/05_tiny/lesson.ipynb",
    ]


def test_keys_stay_where_no_marks_are_at_stake(tiny):
    keys = tiny.root / "checkers" / "keys" / "tiny.py"
    keys.parent.mkdir(parents=True)
    keys.touch()
    for for_marks in (True, False):
        copies = bundle_files(tiny.root, (), for_marks=for_marks)
        names = [copy.name.as_posix() for copy in copies]
        assert ("checkers/keys/tiny.py" in names) is not for_marks


def test_is_a_notebook_that_is_not_built_refused(tiny):
    with pytest.raises(BundleError, match="course build 05"):
        bundle_files(tiny.root, [tiny.lesson], for_marks=True)


def test_is_a_folder_with_something_in_it_refused(tiny):
    tiny.write()
    with pytest.raises(BundleError, match="not an empty folder"):
        make_bundle(tiny.root, tiny.folder, [tiny.lesson], for_marks=True)


def test_site_packages_are_what_the_interpreter_has():
    """The bundle's test is worth something only if our tree is not on that path."""
    code = "import sys; print(sys.path)"
    assert sysconfig.get_path("purelib") in run_alone(Path.cwd(), code)
