"""The task half of every exercise: one module per lesson, named by its slug."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from checkers.exercise import Exercise

__all__ = ["all_exercises", "find_exercise", "slugs", "split_id"]


@functools.cache
def slugs() -> tuple[str, ...]:
    """Return the slugs of all lessons that have exercises, sorted."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def split_id(exercise_id: str) -> tuple[str, str]:
    """Return lesson slug and attribute name of an exercise id.

    `batch-norm-concrete-net` is `concrete_net` of `batch_norm`.

    Raises:
        KeyError: If no lesson's slug begins the id.
    """
    name = exercise_id.replace("-", "_")
    for slug in sorted(slugs(), key=len, reverse=True):
        if name.startswith(slug + "_"):
            return slug, name[len(slug) + 1 :]
    raise KeyError(f"No lesson has an exercise {exercise_id!r}.")


def find_exercise(exercise_id: str) -> Exercise:
    """Return one exercise by its id.

    Raises:
        KeyError: If there is none.
    """
    slug, name = split_id(exercise_id)
    module = importlib.import_module(f"{__name__}.{slug}")
    found = getattr(module, name, None)
    if not isinstance(found, Exercise) or found.id != exercise_id:
        raise KeyError(f"No exercise {exercise_id!r} in checkers.tasks.{slug}.")
    return found


@functools.cache
def all_exercises() -> dict[str, Exercise]:
    """Return all exercises by id, in the order of declaration."""
    return {
        value.id: value
        for slug in slugs()
        for value in vars(importlib.import_module(f"{__name__}.{slug}")).values()
        if isinstance(value, Exercise)
    }
