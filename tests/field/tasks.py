"""The exercises of the cases: those of the course, and ad-hoc ones of later lessons."""

from __future__ import annotations

import functools
from typing import Any

from checkers import find_exercise
from checkers.exercise import Exercise
from checkers.key import Key
from tests.field.adhoc import ADHOC
from tests.field.corpus import Case

__all__ = ["find", "is_here", "names_of"]


def find(exercise_id: str) -> tuple[Exercise, Key | None]:
    """Return an exercise; None for the key of one that is in the course."""
    if exercise_id in ADHOC:
        return ADHOC[exercise_id]
    return find_exercise(exercise_id), None


def is_here(data: str) -> bool:
    """Return False where a data set is here only as a stand-in."""
    if not data:
        return True
    from course.datasets import load

    return not load(data).is_stand_in


def names_of(case: Case) -> dict[str, Any]:
    """Return the names that the notebook's first cells give."""
    if case.exercise == "first-model-scaled-line":
        return dict(_wines())
    if case.exercise == "relu-depth":
        return dict(_deep_nets())
    return {}


@functools.cache
def _wines() -> dict[str, Any]:
    from course.datasets import load, wine_split

    wine = load("red-wine")
    parts = wine_split(wine, seed=0)
    return {
        "x_train": parts.x_train,
        "y_train": parts.y_train,
        "x_val": parts.x_val,
        "y_val": parts.y_val,
        "wine": wine,
    }


@functools.cache
def _deep_nets() -> dict[str, Any]:
    import keras
    import tensorflow as tf
    from keras import initializers, layers

    from checkers import relu

    parts = _wines()
    x, y = parts["x_train"], parts["y_train"]
    x_batch = ((x - x.mean(axis=0)) / x.std(axis=0))[:256]
    y_batch = ((y - y.mean()) / y.std())[:256, None]

    def loss_of(net):
        return tf.reduce_mean((net(x_batch) - y_batch) ** 2)

    def deep_net(name):
        activation, start = name.split(", ")
        net = keras.Sequential([keras.Input((11,))])
        for number, units in enumerate([64] * 10 + [1]):
            draw = {
                "Glorot": initializers.GlorotNormal(seed=number),
                "He": initializers.HeNormal(seed=number),
                "0.01": initializers.RandomNormal(0.0, 0.01, number),
            }[start]
            bend = activation if units > 1 else None
            net.add(layers.Dense(units, activation=bend, kernel_initializer=draw))
        return net

    return {
        "x_batch": x_batch,
        "y_batch": y_batch,
        "loss_of": loss_of,
        "names": relu.NETS,
        "nets": {name: deep_net(name) for name in relu.NETS},
    }
