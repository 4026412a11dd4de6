"""Capture never raises, whatever is handed in, for any kind of part."""

import unittest.mock

import keras
import numpy as np
import pandas as pd
import pytest
import tensorflow as tf

from checkers.capture import capture
from checkers.exercise import Check, Exercise
from checkers.parts import (
    Callback,
    Case,
    Choice,
    Function,
    Model,
    Number,
    Option,
    Trained,
    Values,
)
from checkers.snapshot import ModelFacts, OtherFacts, Snapshot

layers = keras.layers

PARTS = {
    "model": Model("it", inputs=(4,)),
    "models": Model("it", inputs=((4,), (3,)), dtype=("float32", "int32")),
    "number": Number("it"),
    "choice": Choice("it", (Option("a", "A"), Option("b", "B"))),
    "choices": Choice("it", (Option("a", "A"), Option("b", "B")), multiple=True),
    "values": Values("it"),
    "fields": Values("it", fields=("a", "b")),
    "function": Function("it", cases=lambda rng, parameters: (Case((1,)), Case(([],)))),
    "trained": Trained("it", model=Model("it", inputs=(4,))),
    "callback": Callback("it"),
}
_KEPT = {
    *("__new__", "__init__", "__init_subclass__", "__subclasshook__", "__del__"),
    *("__setattr__", "__delattr__", "__class__", "__dict__", "__weakref__"),
}
_DUNDERS = {
    name
    for kind in (object, int, float, str, list, dict, type(lambda: 0))
    for name in dir(kind)
    if name.startswith("__") and name not in _KEPT and callable(getattr(kind, name, 0))
} | {"__array__", "__enter__", "__exit__", "__fspath__", "__getattr__", "__iter__"}


def raising(error, base=object, *, name="Hostile"):
    """Return a class all of whose special methods raise."""

    def method(self, *args, **kwargs):
        raise error

    def attribute(self):
        raise error

    body = dict.fromkeys(_DUNDERS - {"__getattribute__"}, method)
    body |= {"__class__": property(attribute), "shape": property(attribute)}
    return type(name, (base,), body)


class Stubborn:
    """Raises on every attribute, from the first one or from the n-th one on."""

    def __init__(self, patience):
        object.__setattr__(self, "patience", patience)

    def __getattribute__(self, name):
        left = object.__getattribute__(self, "patience")
        object.__setattr__(self, "patience", left - 1)
        if left <= 0:
            raise RuntimeError(name)
        return 3


class Liar:
    """Says that it is a model."""

    __class__ = keras.Sequential


class BadMeta(type):
    """A class that raises when it is asked for its name, or for its instances."""

    @property
    def __name__(cls):
        raise RuntimeError("no name")

    @property
    def __mro__(cls):
        raise RuntimeError("no order")

    def __instancecheck__(cls, thing):
        raise RuntimeError("no instances")

    def __subclasscheck__(cls, thing):
        raise RuntimeError("no subclasses")

    def __repr__(cls):
        raise RuntimeError("no repr")


class OfBadMeta(metaclass=BadMeta):
    pass


class BadText(str):
    def __len__(self):
        raise RuntimeError("no length")

    def __getitem__(self, key):
        raise RuntimeError("no item")

    def __str__(self):
        raise RuntimeError("no text")


class BadRepr:
    def __repr__(self):
        return BadText("x" * 500)


class BadError(Exception):
    def __str__(self):
        raise RuntimeError("no text")


class Helper:
    def __repr__(self):
        raise RuntimeError("no repr")

    def __float__(self):
        raise RuntimeError("no number")


def looped():
    values = [1]
    values.append(values)
    return values


def deep():
    values = []
    for _ in range(50_000):
        values = [values]
    return values


def fails(*_, **__):
    raise BadError


def leaves(*_, **__):
    raise SystemExit(3)


def endless():
    while True:
        yield 1


class Plain(keras.Model):
    """A model for the hostile ones to inherit from."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)

    def call(self, x):
        return self.dense(x)


def with_property(name, error=RuntimeError("no")):  # noqa: B008 - one is enough
    """Return a model that raises when an attribute of it is read, once it is made."""
    before = getattr(Plain, name, None)

    def get(self):
        if "is_made" in vars(self):
            raise error
        return before.fget(self) if isinstance(before, property) else before

    def keep(self, value):
        if isinstance(before, property) and before.fset:
            before.fset(self, value)

    model = type("Hidden", (Plain,), {name: property(get, keep)})()
    vars(model)["is_made"] = True
    return model


def with_method(name, method):
    return type("Odd", (Plain,), {name: method})


class NoInit(keras.Model):
    def __init__(self):
        self.dense = 3

    def call(self, x):
        return x


class Fading(Plain):
    """Its attributes go away once it is made."""

    def __init__(self):
        super().__init__()
        self.is_made = True

    def __getattribute__(self, name):
        is_made = "is_made" in object.__getattribute__(self, "__dict__")
        if name in ("layers", "variables", "built") and is_made:
            raise KeyError(name)
        return super().__getattribute__(name)


class OddWeight(layers.Layer):
    @property
    def weights(self):
        return [3, None, "kernel"]

    def call(self, x):
        return x


class OddLayer(layers.Layer):
    def call(self, x):
        return x

    def get_config(self):
        return {1: fails, "x": looped(), "y": object()}

    def __repr__(self):
        raise RuntimeError("no repr")


class RaisingEverywhere(layers.Layer):
    """A layer inside a working model that raises on whatever is asked for."""

    def call(self, x):
        return x

    def get_config(self):
        raise SystemExit

    def __getattr__(self, name):
        if name in ("activation", "rate", "stateful"):
            raise ValueError(name)
        raise AttributeError(name)


def missing(self, name):
    """Raise something else than AttributeError for what is not there."""
    if name in ("inputs", "stateful", "rate", "activation", "__array__"):
        raise KeyError(name)
    raise AttributeError(name)


def recursive(self, x):
    return self(x)


HOSTILE = {
    "raising": lambda: raising(RuntimeError("no"))(),
    "raising attribute": lambda: raising(AttributeError("no"))(),
    "raising exit": lambda: raising(SystemExit())(),
    "raising bad error": lambda: raising(BadError())(),
    "raising stop": lambda: raising(StopIteration())(),
    "raising class": lambda: raising(RuntimeError("no")),
    "raising int": lambda: raising(RuntimeError("no"), int)(),
    "raising float": lambda: raising(RuntimeError("no"), float)(),
    "raising str": lambda: raising(RuntimeError("no"), str)(),
    "raising list": lambda: raising(RuntimeError("no"), list)(),
    "raising dict": lambda: raising(RuntimeError("no"), dict)(),
    "raising tuple": lambda: raising(RuntimeError("no"), tuple)(),
    "raising history": lambda: raising(RuntimeError("no"), keras.callbacks.History)(),
    "raising callback": lambda: raising(RuntimeError("no"), keras.callbacks.Callback)(),
    "stubborn 0": lambda: Stubborn(0),
    "stubborn 3": lambda: Stubborn(3),
    "stubborn 20": lambda: Stubborn(20),
    "liar": Liar,
    "bad meta": OfBadMeta,
    "bad meta class": lambda: OfBadMeta,
    "bad repr": BadRepr,
    "bad text": lambda: BadText("a"),
    "mock": unittest.mock.MagicMock,
    "mock of a model": lambda: unittest.mock.MagicMock(spec=keras.Model),
    "looped": looped,
    "deep": deep,
    "huge int": lambda: 10**6000,
    "nan": lambda: float("nan"),
    "range": lambda: range(10**12),
    "bytes": lambda: b"\xff\x00",
    "surrogate": lambda: "\ud800",
    "endless": endless,
    "fails": lambda: fails,
    "leaves": lambda: leaves,
    "objects": lambda: np.array([fails, Helper()], dtype=object),
    "empty array": lambda: np.zeros((0, 3)),
    "structured": lambda: np.zeros(2, dtype=[("a", "f4"), ("b", "U3")]),
    "masked": lambda: np.ma.masked_array([1.0, 2.0], mask=[True, False]),
    "dates": lambda: np.array(["2020-01-01"], dtype="datetime64[D]"),
    "complex": lambda: np.array([1j]),
    "frame": lambda: pd.DataFrame({"a": [object()], 3: [None]}),
    "index": lambda: pd.MultiIndex.from_tuples([(1, "a")]),
    "sparse": lambda: tf.sparse.from_dense([[0.0, 1.0]]),
    "ragged": lambda: tf.ragged.constant([[1.0], [2.0, 3.0]]),
    "strings": lambda: tf.constant(["a"]),
    "symbolic": lambda: keras.Input((3,)),
    "variable": lambda: keras.Variable(np.ones(3)),
    "dataset": lambda: tf.data.Dataset.range(3),
    "many layers": lambda: [layers.Identity()] * 10_000,
    "keys": lambda: {"a": fails, "b": looped()},
    "model": Plain,
    "no init": lambda: NoInit.__new__(NoInit),
    "fading": Fading,
    "odd weight": lambda: keras.Sequential([keras.Input((4,)), OddWeight()]),
    "odd layer": lambda: keras.Sequential([keras.Input((4,)), OddLayer()]),
    "raising layer": lambda: keras.Sequential([keras.Input((4,)), RaisingEverywhere()]),
    **{
        f"no {name}": lambda name=name: with_property(name)
        for name in (
            *("layers", "weights", "variables", "trainable_weights", "inputs", "input"),
            *("trainable_variables", "compiled", "optimizer", "name", "path", "losses"),
            *("dtype_policy", "output", "stateful", "trainable"),
        )
    },
    "exit in layers": lambda: with_property("layers", SystemExit()),
    "call raises": lambda: with_method("call", fails)(),
    "call leaves": lambda: with_method("call", leaves)(),
    "call recurs": lambda: with_method("call", recursive)(),
    "call gives None": lambda: with_method("call", lambda self, x: None)(),
    "call gives text": lambda: with_method("call", lambda self, x: "text")(),
    "call gives dict": lambda: with_method("call", lambda self, x: {"a": {"b": x}})(),
    "call gives floats": lambda: with_method("call", lambda self, x: [1.0, x])(),
    "call wants more": lambda: with_method("call", lambda self, x, y, z: x)(),
    "config raises": lambda: with_method("get_config", fails)(),
    "config leaves": lambda: with_method("get_config", leaves)(),
    "build raises": lambda: with_method("build", fails)(),
    "repr raises": lambda: with_method("__repr__", fails)(),
    "getattr raises": lambda: with_method("__getattr__", missing)(),
    "eq raises": lambda: with_method("__eq__", fails)(),
    "bool raises": lambda: with_method("__bool__", fails)(),
    "len raises": lambda: with_method("__len__", fails)(),
}


@pytest.mark.filterwarnings("ignore")  # hostile answers warn as they please
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", HOSTILE)
def test_is_there_a_snapshot_of_anything(name, part):
    try:
        answer = HOSTILE[name]()
    except BaseException as error:
        pytest.fail(f"the test itself: {error!r}")
    check = (Check("a", 1, "b"),)
    exercise = Exercise("toy-one", "T", "M", (PARTS[part],), check, ("a", "b", "c"))
    snapshot = capture(exercise, (answer,), data=([[0.0] * 4], [1.0]))
    text = snapshot.to_json()
    assert Snapshot.from_json(text).to_json() == text
    facts = snapshot.parts["it"]
    # Never "our fault": whatever the answer does is a fact about the answer.
    assert getattr(facts, "reason", "") != "capture_failed", facts


def facts_of(model, inputs):
    exercise = Exercise(
        "toy-one",
        "T",
        "M",
        (Model("it", inputs=inputs),),
        (Check("a", 1, "b"),),
        ("a", "b", "c"),
    )
    return capture(exercise, (model,)).parts["it"]


def test_is_a_layer_of_billions_of_weights_not_built():
    model = keras.Sequential([layers.Dense(10**9), layers.Dense(1)])
    facts = facts_of(model, (18,))
    assert isinstance(facts, ModelFacts)
    assert facts.error is not None
    assert facts.error.kind == "TooLarge"
    assert "18,000,000,000" in facts.error.message
    assert not model.built


def test_is_a_huge_input_read_but_not_run():
    model = keras.Sequential(
        [keras.Input((40_000, 40_000, 3)), layers.Conv2D(1, 1), layers.Flatten()]
    )
    facts = facts_of(model, (40_000, 40_000, 3))
    assert [layer.kind for layer in facts.layers] == ["Conv2D", "Flatten"]
    assert [probe.name for probe in facts.probes] == ["weights", "too_large"]
    assert facts.error is None


def test_is_a_list_of_layers_named_however_long():
    facts = facts_of([layers.Identity() for _ in range(10_000)], (4,))
    assert isinstance(facts, OtherFacts)
    assert facts.reason == "list_of_layers"
