"""What is expected: every network of every key, and those of coming lessons."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from dataclasses import dataclass
from typing import Any

import checkers.keys
from checkers.exercise import Check, Exercise, Model
from checkers.key import Key
from checkers.rules.models import Network
from checkers.spec import GraphSpec, ModelSpec
from checkers.tasks import find_exercise
from tests.bank.coming import COMING
from tests.bank.drafts import Draft, draft_of

__all__ = ["Target", "all_targets", "targets_of_keys"]


@dataclass(frozen=True)
class Target:
    """One expected network with the exercise that asks for it.

    Attributes:
        name: Exercise id and, where there are several models, the part.
        spec: What is expected.
        free: Properties that the key leaves free.
        exercise: An exercise with this model as its only part.
        key: Its key.
        given: The network that the task hands out, if any.
        also: Other networks that the key takes as right.
    """

    name: str
    spec: ModelSpec | GraphSpec
    free: tuple[str, ...]
    exercise: Exercise
    key: Key
    given: ModelSpec | GraphSpec | None = None
    also: tuple[ModelSpec | GraphSpec, ...] = ()

    @functools.cached_property
    def draft(self) -> Draft:
        """The plainest right answer."""
        return draft_of(self.spec)

    @functools.cached_property
    def given_draft(self) -> Draft | None:
        """The network that the task hands out."""
        return None if self.given is None else draft_of(self.given)


@functools.cache
def all_targets() -> tuple[Target, ...]:
    """Return the networks of all keys, then those of coming lessons."""
    return (*targets_of_keys(), *(_coming(name) for name in COMING))


@functools.cache
def targets_of_keys() -> tuple[Target, ...]:
    """Return one target per network rule of the keys."""
    found = []
    for info in pkgutil.iter_modules(checkers.keys.__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"checkers.keys.{info.name}")
        for key in vars(module).values():
            if isinstance(key, Key):
                found += _of_key(key)
    return tuple(found)


def _of_key(key: Key) -> list[Target]:
    """Return the targets of one key, each with its network as the only part."""
    exercise = find_exercise(key.exercise)
    rules = [
        (rule, network)
        for rule in key.rules
        if isinstance(network := getattr(rule, "network", rule), Network)
    ]
    found = []
    for rule, network in rules:
        name = key.exercise if len(rules) == 1 else f"{key.exercise}/{rule.part}"
        spec, *also = (
            _spec_of(one, exercise) for one in (network, *getattr(rule, "also", ()))
        )
        if len(key.rules) == 1 == len(exercise.parts):
            found.append(
                Target(
                    name, spec, network.free, exercise, key, network.given, tuple(also)
                )
            )
            continue
        part = next(part for part in exercise.parts if part.name == rule.part)
        model = part if isinstance(part, Model) else getattr(part, "model", None)
        alone = Exercise(
            id=exercise.id,
            title=exercise.title,
            kind="M",
            parts=(model or Model(rule.part, _shapes(spec)),),
            checks=tuple(
                Check(check.name, check.points, check.title)
                for check in exercise.checks
                if check.name in rule.checks
            ),
            hints=exercise.hints,
            personal=exercise.personal,
            states=exercise.states,
        )
        only = Key(exercise.id, (rule,), key.solution)
        found.append(
            Target(name, spec, network.free, alone, only, network.given, tuple(also))
        )
    return found


def _spec_of(network: Network, exercise: Exercise) -> ModelSpec | GraphSpec:
    """Return what a rule expects without a personal code."""
    expects: Any = network.expects
    spec: ModelSpec | GraphSpec = (
        expects(exercise.parameters()) if callable(expects) else expects
    )
    return spec


def _coming(name: str) -> Target:
    """Return a network of a coming lesson with an exercise made for it."""
    spec, free = COMING[name]
    exercise = Exercise(
        id=f"bank-{name}",
        title=name,
        kind="M",
        parts=(Model("net", inputs=_shapes(spec)),),
        checks=(Check("network", 1, "the network"),),
        hints=("Read the text again.",),
        states=("all",),
    )
    rule = Network("net", spec, claims={"network": ("*",)}, free=free)
    return Target(f"bank-{name}", spec, free, exercise, Key(exercise.id, (rule,), ""))


def _shapes(spec: ModelSpec | GraphSpec) -> Any:
    shapes = spec.input_shapes
    return shapes[0] if len(shapes) == 1 else shapes
