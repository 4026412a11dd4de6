"""Invariants 2, 6, 7 and 8: what the generated notebooks hold."""

from collections.abc import Iterator
from typing import Any

from course.build.answer import CODE_STUB
from course.build.errors import BuildError
from course.build.pipeline import build_lesson, find_drift
from course.verify.problem import Problem
from course.verify.subject import Subject

__all__ = [
    "find_drift_problems",
    "find_metadata_problems",
    "find_points_problems",
    "find_stub_problems",
]

NOTEBOOK_KEYS = {"kernelspec", "language_info", "layerwise"}
CELL_KEYS = {"nbgrader", "tags", "layerwise"}
LOCK_KEYS = {"deletable", "editable"}  # nbgrader's LockCells adds them to the release


def find_drift_problems(subject: Subject) -> Iterator[Problem]:
    """Invariant 2: yield generated files that are not what the scripts give now."""
    lesson = subject.lesson
    try:
        built = build_lesson(lesson, subject.registry, subject.lessons_folder)
    except BuildError as error:
        problem, _, step = str(error).partition(" Next: ")
        where, _, what = problem.partition(": ")
        yield Problem(where, what, step.rstrip("."))
        return
    for drift in find_drift(built, subject.root, [lesson.folder]):
        yield Problem(drift.path.as_posix(), f"it is {drift.state}.", drift.fix)


def find_stub_problems(subject: Subject) -> Iterator[Problem]:
    """Invariant 6: yield stub lines that the solution does not have."""
    for name in subject.lesson.notebook_ids():
        solved, stubs = (
            _answers(subject, "solutions", name),
            _answers(subject, "notebooks", name),
        )
        for cell_id, stub in stubs.items():
            lines = set(solved.get(cell_id, "").splitlines())
            extra = [
                line
                for line in stub.splitlines()
                if line.strip() != CODE_STUB and line not in lines
            ]
            where = f"notebooks/{subject.lesson.folder}/{name}.ipynb, {cell_id}"
            if extra:
                what = f"the stub line `{extra[0]}` is not in the solution."
                yield Problem(where, what, subject.rebuild())
            if CODE_STUB not in stub:
                yield Problem(where, f"it has no `{CODE_STUB}`.", subject.rebuild())


def find_metadata_problems(subject: Subject) -> Iterator[Problem]:
    """Invariant 7: yield outputs, and metadata outside the allow-list."""
    for target, name, notebook in subject.derivatives():
        where = f"{target}/{subject.lesson.folder}/{name}.ipynb"
        allowed = CELL_KEYS | (LOCK_KEYS if target == "notebooks" else set())
        extra = set(notebook.metadata) - NOTEBOOK_KEYS
        extra |= set(notebook.metadata.get("language_info", {})) - {"name"}
        for cell in notebook.cells:
            extra |= set(cell.metadata) - allowed
            if cell.get("outputs") or cell.get("execution_count") is not None:
                what = f"the cell {cell.id} has outputs."
                yield Problem(where, what, subject.rebuild())
        if extra:
            what = f"metadata outside the allow-list: {sorted(extra)}."
            yield Problem(where, what, subject.rebuild())


def find_points_problems(subject: Subject) -> Iterator[Problem]:
    """Invariant 8: yield points and minutes that do not fit what is declared."""
    lesson = subject.lesson
    for target, name, notebook in subject.derivatives():
        stated = {cell.id: _points(cell) for cell in notebook.cells}
        for exercise in subject.exercises:
            points = stated.get(f"{exercise.id}-check")
            if points is not None and points != exercise.points:
                yield Problem(
                    f"{target}/{lesson.folder}/{name}.ipynb, {exercise.id}",
                    f"expected {exercise.points:g} points, found {points:g}.",
                    subject.rebuild(),
                )
    core = [e.points for e in subject.exercises if e.id not in lesson.bonus]
    if round(sum(core), 2) != lesson.points:
        what = f"its exercises outside `bonus` give {sum(core):g} points,"
        yield Problem(
            f"course/course.toml, {lesson.folder}",
            f"{what} `points` says {lesson.points:g}.",
            f"write points = {sum(core):g}",
        )
    minutes = {
        "lesson_minutes": (lesson.lesson_minutes, 1, 45),
        "exercise_minutes": (lesson.exercise_minutes, 1 if core else 0, 75),
    }
    for key, (value, low, high) in minutes.items():
        if not low <= value <= high:
            yield Problem(
                f"course/course.toml, {lesson.folder}",
                f"expected {key} between {low} and {high}, found {value}.",
                "shorten the lesson, or move exercises to `bonus`",
            )


def _answers(subject: Subject, target: str, name: str) -> dict[str, str]:
    """Return the sources of a notebook's answer cells by cell id."""
    notebook = subject.read(target, name)
    if notebook is None:
        return {}
    return {
        cell.id: cell.source for cell in notebook.cells if cell.id.endswith("-answer")
    }


def _points(cell: Any) -> float | None:
    points = cell.metadata.get("nbgrader", {}).get("points")
    return None if points is None else float(points)
