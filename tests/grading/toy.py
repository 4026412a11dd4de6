"""A lesson without TensorFlow, so that whole runs can be tested in seconds."""

import copy
import json
import sys
from pathlib import Path

from course.catalog import Lesson
from course.grading.release import ReleasedNotebook
from course.grading.snapshots import MIME

JUDGE = (sys.executable, str(Path(__file__).with_name("toy_judge.py")))
BROKEN_JUDGE = (*JUDGE, "--broken")
LESSON = Lesson(
    folder="90_toy",
    slug="toy",
    title="Toy",
    lesson_minutes=1,
    exercise_minutes=1,
    points=4,
    exercises=("toy-a", "toy-b"),
)


def code(source, cell_id, **nbgrader):
    """Return a code cell; `nbgrader` values make it a cell of an exercise."""
    metadata = {}
    if nbgrader:
        defaults = {"grade": False, "solution": False, "locked": False, "task": False}
        metadata["nbgrader"] = {
            **defaults,
            "schema_version": 3,
            "grade_id": cell_id,
            "checksum": "0",
            **nbgrader,
        }
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def text(source, cell_id):
    """Return a text cell."""
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}


def exercise(name):
    """Return the four cells of one exercise; the answer is the variable `name`."""
    show = (
        f"show({{{MIME!r}: {{'exercise': 'toy-{name}', 'value': {name}}}}}, raw=True)"
    )
    check = code(
        f"grade_{name}()", f"toy-{name}-check", grade=True, locked=True, points=2
    )
    return [
        text(f"## Exercise {name}", f"toy-{name}-text"),
        code(
            f"{name} = None\n...  # your code here", f"toy-{name}-answer", solution=True
        ),
        code(show, f"toy-{name}-capture", locked=True),
        check,
    ]


def release(tmp_path):
    """Write the toy release below `tmp_path` and return it."""
    header = code("from IPython.display import display as show", "toy-header")
    content = {
        "cells": [header, *exercise("a"), *exercise("b")],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = tmp_path / "release" / "90_toy" / "exercises.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return ReleasedNotebook("90_toy", "exercises", content, path)


def answered(released, **sources):
    """Return the release with answers filled in: `answered(r, a="a = 42")`."""
    content = copy.deepcopy(released.content)
    for cell in content["cells"]:
        for name, source in sources.items():
            if cell["id"] == f"toy-{name}-answer":
                cell["source"] = source
    return content


def cell_of(content, key):
    """Return the cell with this id."""
    return next(cell for cell in content["cells"] if cell["id"] == key)
