"""Which data the marks of a lesson depend on, and whether they are the real ones.

A lesson's marks depend on data if one of its exercises evaluates a trained model or
has a check that stand-in data cannot decide. Then `course grade` refuses to start on
stand-ins. Exercises on structure alone (which layers, which rate) do not: for them the
data are named in the report, and that is all.
"""

import contextlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import checkers
from checkers.exercise import Trained
from course.catalog import Lesson
from course.datasets import load
from course.datasets.manifest import read_manifest
from course.grading.release import ReleasedNotebook

__all__ = ["DataInUse", "data_in_use"]

QUOTED = re.compile(r"""["']([a-z0-9-]+)["']""")


@dataclass(frozen=True)
class DataInUse:
    """The data of one lesson.

    Attributes:
        names: Data sets that the graded notebooks load.
        stand_ins: Those of them that are stand-ins here.
        decides_marks: True if points depend on the data.
    """

    names: tuple[str, ...]
    stand_ins: tuple[str, ...]
    decides_marks: bool

    @property
    def is_stand_in(self) -> bool:
        """True if at least one data set is a stand-in."""
        return bool(self.stand_ins)

    @property
    def sentence(self) -> str:
        """Say which data are used."""
        if not self.names:
            return "The graded notebooks read no data set."
        if self.stand_ins:
            return f"STAND-IN DATA in use for {', '.join(self.stand_ins)}."
        return f"Real data in use for {', '.join(self.names)}."


def data_in_use(lesson: Lesson, releases: Sequence[ReleasedNotebook]) -> DataInUse:
    """Find out what the graded notebooks of a lesson load, and from where.

    Args:
        lesson: From the catalog.
        releases: Its graded notebooks.
    """
    text = "\n".join(
        "".join(cell["source"])
        for release in releases
        for cell in release.content["cells"]
        if cell["cell_type"] == "code"
    )
    known = read_manifest()
    quoted = dict.fromkeys(QUOTED.findall(text)) if "load(" in text else {}
    names = tuple(name for name in quoted if name in known)
    exercises = [checkers.all_exercises()[name] for name in lesson.exercise_ids]
    decides = any(
        isinstance(part, Trained) for each in exercises for part in each.parts
    ) or any(check.needs_real_data for each in exercises for check in each.checks)
    return DataInUse(names, tuple(filter(is_stand_in, names)), decides)


def is_stand_in(name: str) -> bool:
    """Return True if loading this data set gives the built-in stand-in.

    It is loaded once here, before any kernel starts: so it is downloaded once where it
    is missing, and not by every kernel at the same time.
    """
    with contextlib.redirect_stdout(sys.stderr):  # standard output may be JSON
        return load(name).source.is_stand_in
