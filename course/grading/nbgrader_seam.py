"""The one place that names nbgrader's classes and settings.

`configure` is what `nbgrader_config.py` calls. The functions below it are what the rest
of the grader knows of nbgrader's gradebook.
"""

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades, SaveCells
from nbgrader.utils import determine_grade

from course.build.release import configure_release
from course.grading.directory import CourseDirectory
from course.paths import is_clone, share_path

__all__ = [
    "COURSE_ID",
    "AssignLatePenalties",
    "Gradebook",
    "MissingEntry",
    "SaveAutoGrades",
    "SaveCells",
    "configure",
    "determine_grade",
    "open_gradebook",
    "quiet_sqlalchemy",
]

COURSE_ID = "layerwise"
# `lesson.ipynb` is a walk-through that trains; grading a class never runs it.
GRADED_NOTEBOOKS = "[ec]*"  # exercises and challenge
OURS = "course.grading.preprocessors."
THEIRS = "nbgrader.preprocessors."


def configure(c: Any, directory: Path | str | None = None) -> None:
    """Put the course's settings into nbgrader's configuration object.

    Args:
        c: What `get_config()` returned.
        directory: Course directory; default: as `CourseDirectory.choose` decides.
    """
    course = CourseDirectory.choose(directory)
    course.root.mkdir(parents=True, exist_ok=True)  # nbgrader changes into it
    c.CourseDirectory.course_id = COURSE_ID
    c.CourseDirectory.root = str(course.root)
    c.CourseDirectory.source_directory = str(share_path("solutions"))
    # An installed copy is not written to; its release goes into the course directory.
    release = share_path("notebooks") if is_clone() else course.root / "notebooks"
    c.CourseDirectory.release_directory = str(release)
    c.CourseDirectory.notebook_id = GRADED_NOTEBOOKS
    # The release exists already (`course build` made it). Without this, nbgrader would
    # skip it and never tell its gradebook what the cells are worth.
    c.GenerateAssignment.force = True
    configure_release(c)  # the same stubs and stripping as `course build`
    _configure_execution(c)
    _configure_safety(c)


def open_gradebook(url: str) -> Gradebook:
    """Open the gradebook at a SQLAlchemy URL; a new database gets nbgrader's tables.

    nbgrader asks the command `alembic` for the version of its tables, by name. It lies
    beside this interpreter, which need not be on the PATH.
    """
    if shutil.which("alembic") is None:
        commands = Path(sys.executable).parent
        os.environ["PATH"] = f"{commands}{os.pathsep}{os.environ.get('PATH', '')}"
    return Gradebook(url, COURSE_ID)


@contextmanager
def quiet_sqlalchemy() -> Iterator[None]:
    """Hide a warning about how nbgrader makes its submissions; the rows are right."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Object of type <Submitted")
        yield


def _configure_execution(c: Any) -> None:
    """Set time limits and keep TensorFlow quiet.

    Text on standard error costs a graded cell its points. Check cells import no
    TensorFlow; the environment keeps the other cells readable as well.
    """
    c.Execute.timeout = 120  # seconds per cell; exercises train at most 10 s
    c.Execute.startup_timeout = 180  # a loaded machine starts Python slowly
    c.Execute.iopub_timeout = 30
    c.Execute.interrupt_on_timeout = True
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ.setdefault("COURSE_FAST", "1")


def _configure_safety(c: Any) -> None:
    """Close the ways in which nbgrader gives points that nobody earned, or none."""
    c.Autograde.sanitize_preprocessors = [
        THEIRS + "ClearOutput",
        OURS + "RestoreFromRelease",
        THEIRS + "DeduplicateIds",
        THEIRS + "OverwriteKernelspec",
        THEIRS + "OverwriteCells",
        THEIRS + "CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        THEIRS + "Execute",
        THEIRS + "LimitOutput",
        OURS + "NeutralizeOutputs",
        THEIRS + "SaveAutoGrades",
        OURS + "RouteToManualGrading",
        THEIRS + "AssignLatePenalties",
        THEIRS + "CheckCellMetadata",
    ]
    c.ExportApp.plugin_class = "course.grading.export.GradesCsv"
