"""Look at everything, in the order in which problems cause one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from course.doctor.course_files import (
    check_jupyter,
    check_nbgrader,
    check_notebooks,
    check_settings,
)
from course.doctor.data_files import check_data
from course.doctor.finding import Finding, problem
from course.doctor.frameworks import check_keras
from course.doctor.isolation import check_isolation
from course.doctor.machine import check_disk, check_memory, check_work_folder
from course.doctor.python_setup import (
    check_layerwise,
    check_lock,
    check_packages,
    check_python,
)

__all__ = ["examine"]

Check = Callable[[], "Finding | list[Finding]"]

CHECKS: dict[str, Check] = {
    "Python": check_python,
    "Layerwise": check_layerwise,
    "Packages": check_packages,
    "Tested versions": check_lock,
    "TensorFlow and Keras": check_keras,
    "Jupyter": check_jupyter,
    "nbgrader": check_nbgrader,
    "Notebooks": check_notebooks,
    "Data": check_data,
    "Disk": check_disk,
    "Memory": check_memory,
    "Work folder": check_work_folder,
    "Grading": check_isolation,
    "Settings": check_settings,
}


def examine() -> Iterator[Finding]:
    """Yield the findings of every check, one after the other.

    A check that itself breaks becomes a finding: the doctor must not fall ill.
    """
    for name, check in CHECKS.items():
        try:
            found = check()
        except Exception as error:
            yield problem(
                name,
                f"The check broke: {type(error).__name__}: {error}",
                "Report this text to the people who look after the course.",
            )
            continue
        yield from found if isinstance(found, list) else [found]
