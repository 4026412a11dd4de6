"""Invariant 1: course.toml, scripts, exercises and keys name the same things."""

import re
from collections.abc import Iterator

from course.catalog import Lesson, load_catalog
from course.verify.problem import Problem
from course.verify.subject import Subject

__all__ = ["find_identity_problems"]

ID = re.compile(r"^[a-z0-9-]{1,48}$")
NUM_HINTS = 3
SOURCE_FILES = {
    "lesson.py",
    "exercises.py",
    "challenge.py",
    "design.md",
    "answers.py",
}
CACHES = {"__pycache__", ".ipynb_checkpoints"}
ROLES = ("answer", "capture", "check")


def find_identity_problems(subject: Subject) -> Iterator[Problem]:
    """Yield what is missing, misspelled or left over."""
    yield from _missing_files(subject)
    yield from _stray_files(subject)
    for name in subject.lesson.exercise_ids:
        yield from _id_problems(subject, name)
    yield from _unlisted(subject)
    yield from _missing_cells(subject)


def _missing_files(subject: Subject) -> Iterator[Problem]:
    wanted = {"lesson.py", "design.md"}
    if subject.lesson.exercises:
        wanted |= {"exercises.py", "answers.py"}
    if subject.lesson.challenge:
        wanted.add("challenge.py")
    for name in sorted(wanted):
        if not (subject.folder / name).is_file():
            where = subject.source_name(name)
            yield Problem(where, "it does not exist.", f"write {where}")


def _stray_files(subject: Subject) -> Iterator[Problem]:
    if not subject.folder.is_dir():
        return
    for path in sorted(subject.folder.iterdir()):
        if path.name not in SOURCE_FILES | CACHES:
            where = subject.source_name(path.name)
            yield Problem(
                where,
                f"a lesson's folder holds only {', '.join(sorted(SOURCE_FILES))}.",
                f"move {path.name} where its job is, or delete it",
            )


def _id_problems(subject: Subject, name: str) -> Iterator[Problem]:
    slug = subject.lesson.slug.replace("_", "-")
    task = f"checkers/tasks/{subject.lesson.slug}.py"
    if not ID.match(name):
        yield Problem(name, f"ids match {ID.pattern}.", "rename it everywhere")
    if not name.startswith(f"{slug}-"):
        yield Problem(name, f"ids of this lesson begin with {slug}-.", "rename it")
    exercise = subject.registry.get(name)
    if exercise is None:
        yield Problem(name, "no exercise is declared.", f"declare it in {task}")
        return
    if name in subject.key_problems:
        key = task.replace("tasks", "keys")
        yield Problem(name, subject.key_problems[name], f"write its key in {key}")
    hints = [hint for hint in exercise.hints if hint.strip()]
    if len(hints) != NUM_HINTS or len(exercise.hints) != NUM_HINTS:
        yield Problem(
            name,
            f"expected {NUM_HINTS} hints in steps, found {len(hints)}.",
            f"write them in {task}; none gives the answer away at once",
        )


def _prefix(lesson: Lesson) -> str:
    return lesson.slug.replace("_", "-") + "-"


def _unlisted(subject: Subject) -> Iterator[Problem]:
    """Yield declared exercises of this lesson that course.toml does not list.

    `dropout-by-hand-layer` begins with `dropout-` and belongs to another lesson.
    """
    prefix = _prefix(subject.lesson)
    every = map(_prefix, load_catalog())
    longer = tuple(one for one in every if one != prefix and one.startswith(prefix))
    listed = set(subject.lesson.exercise_ids)
    for name in subject.registry:
        is_here = name.startswith(prefix) and not name.startswith(longer)
        if is_here and name not in listed:
            yield Problem(
                name,
                "it is declared, but course.toml does not list it.",
                "add it to the lesson in course/course.toml, or delete the task",
            )
    for name in subject.lesson.bonus:
        if name not in listed:
            yield Problem(
                name,
                "`bonus` names it, but no notebook lists it.",
                "add it to `exercises` or `challenge` in course/course.toml",
            )


def _missing_cells(subject: Subject) -> Iterator[Problem]:
    for target, name, notebook in subject.derivatives():
        found = {cell.id for cell in notebook.cells}
        for exercise in subject.lesson.notebook_ids().get(name, ()):
            missing = [r for r in ROLES if f"{exercise}-{r}" not in found]
            if missing:
                yield Problem(
                    f"{target}/{subject.lesson.folder}/{name}.ipynb",
                    f"{exercise} has no {missing[0]} cell.",
                    subject.rebuild(),
                )
