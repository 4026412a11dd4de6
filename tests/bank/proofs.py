"""What a case keeps or changes, measured on models; the checker is not asked.

The expected model and the answer get the same weights and the same random seeds,
layer by layer. Then a rewriting must give the same numbers at inference and in
training, leave the same moving statistics, have the same losses and the same
parameters. A mutant must differ in one of these, or in a property that the key
declares strict.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from checkers.spec import ANYTHING, fits
from tests.bank.building import Built, build
from tests.bank.drafts import Draft
from tests.bank.mutants import Change
from tests.bank.rewritings import BATCH

if TYPE_CHECKING:
    from tests.bank.targets import Target

__all__ = [
    "Reference",
    "Seen",
    "difference",
    "is_given",
    "is_same_graph",
    "look",
    "reference_of",
]

_RTOL, _ATOL = 1e-4, 1e-5
# Rows of several sizes: a relu that is capped at 6 or at 100 shows.
_SCALES = np.array([1, 1, 1, 1, 3, 3, 30, 300])


@dataclass
class Seen:
    """What one model showed.

    Attributes:
        inputs: Shapes of its inputs, without the batch axis.
        counts: All parameters, trainable parameters.
        constant: Expected steps whose kernels start with all entries equal.
        inference: Outputs at inference.
        training: Outputs in training.
        after: Outputs at inference after one pass in training.
        losses: Sum of what the layers add to the loss.
        problem: Error that it raised, "" if none.
    """

    inputs: list[tuple[int, ...]] = field(default_factory=list)
    counts: tuple[int, int] = (0, 0)
    constant: set[int] = field(default_factory=set)
    inference: list[Any] = field(default_factory=list)
    training: list[Any] = field(default_factory=list)
    after: list[Any] = field(default_factory=list)
    losses: float = 0.0
    problem: str = ""


@dataclass
class Reference:
    """The expected model of a target: its weights, and what it shows."""

    draft: Draft
    weights: dict[int, list[Any]]
    rows: list[Any]
    seen: Seen


def reference_of(target: Target) -> Reference:
    """Build the expected model and look at it."""
    draft = target.draft
    built = build(draft)
    rng = np.random.default_rng(7)
    rows = [_rows(shape, rng) for shape in draft.inputs]
    reference = Reference(draft, {}, rows, Seen())
    _call(built.model, rows, training=False)
    for step in draft.steps:
        reference.weights[step.origin] = [
            _random_like(weight, rng) for weight in _weights(built, step.origin)
        ]
    reference.seen = look(built, reference)
    assert not reference.seen.problem, reference.seen.problem
    assert not reference.seen.constant, "a reference must not start constant"
    return reference


def look(built: Built, reference: Reference) -> Seen:
    """Give a model the weights of the reference, run it, and put its own back."""
    seen = Seen()
    model = built.model
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _run(built, reference, seen)
    except Exception as error:
        seen.problem = f"{type(error).__name__}: {error}"[:200]
    seen.inputs = [
        tuple(int(size) for size in shape[1:]) for shape in _input_shapes(model)
    ]
    return seen


def difference(case: Seen, reference: Seen, *, ignore_momentum: bool = False) -> str:
    """Return in a word what differs between two models; "" if nothing does."""
    if case.problem:
        return "raises"
    if case.inputs and case.inputs != reference.inputs:
        return "inputs"
    if case.counts != reference.counts:
        return "parameters"
    if case.constant:
        return "start"
    names = (
        ["inference", "training"]
        if ignore_momentum
        else ["inference", "training", "after"]
    )
    for name in names:
        if not _is_close(getattr(case, name), getattr(reference, name)):
            return name
    if not np.isclose(case.losses, reference.losses, rtol=1e-4, atol=1e-6):
        return "losses"
    return ""


def is_strict(target: Target, change: Change, built: Built, draft: Draft) -> bool:
    """Return True if a declared property of the built layers is not as expected.

    Only for what no forward pass shows. Where a setting can be measured it must be:
    a pool with "same" padding that has nothing to pad is right.
    """
    if change.what != "property" or not change.name.endswith("_constraint"):
        return False
    for origin in change.origins:
        if origin >= len(target.spec.layers):
            continue
        spec = target.spec.layers[origin]
        expected = spec.properties.get(change.name, ANYTHING)
        is_free = {change.name, f"{spec.kind}.{change.name}"} & set(target.free)
        if expected is ANYTHING or is_free:
            continue
        for layer in built.layers(origin):
            config = layer.get_config()
            found = config.get(change.name, ANYTHING)
            if found is ANYTHING:
                continue
            if isinstance(found, dict) and expected is None:
                return True
            if not isinstance(found, dict) and not fits(expected, found):
                return True
    return False


def is_same_graph(target: Target, change: Change, base: Draft) -> bool:
    """Return True if a mutant only gave equal layers other numbers."""
    if change.what not in ("order", "wiring", "outputs"):
        return False
    return base.unrolled() == target.draft.unrolled()


def is_given(target: Target, draft: Draft) -> bool:
    """Return True if a draft is the network that the task hands out."""
    given = target.given_draft
    return given is not None and given.signature() == draft.signature()


# -- Running -------------------------------------------------------------------------


def _run(built: Built, reference: Reference, seen: Seen) -> None:
    model = built.model
    rows = _fitting(model, reference.rows)
    _call(model, rows, training=False)  # gives weights to what has none yet
    own = model.get_weights()
    seen.counts = (_count(model.weights), _count(model.trainable_weights))
    for origin in reference.weights:
        for layer in built.layers(origin):
            kernels = [w for w in layer.weights if w.path.split("/")[-1] in _STARTS]
            if any(_is_constant(weight) for weight in kernels):
                seen.constant.add(origin)
    for origin, values in reference.weights.items():
        weights = _weights(built, origin)
        if [tuple(w.shape) for w in weights] == [v.shape for v in values]:
            for weight, value in zip(weights, values, strict=True):
                weight.assign(value)
        _seed(built, origin)
    seen.inference = _call(model, rows, training=False)
    seen.training = _call(model, rows, training=True)
    seen.losses = float(sum(float(loss) for loss in model.losses))
    seen.after = _call(model, rows, training=False)
    model.set_weights(own)


_STARTS = ("kernel",)


def _weights(built: Built, origin: int) -> list[Any]:
    """Return the weights of an expected step; a scaler keeps what it has."""
    return [
        weight
        for layer in built.layers(origin)
        if type(layer).__name__ != "Normalization"
        for weight in layer.weights
    ]


def _seed(built: Built, origin: int) -> None:
    """Let all draws of a step follow from its number."""
    for layer in built.layers(origin):
        for name in ("seed_generator", "generator"):
            state = getattr(getattr(layer, name, None), "state", None)
            if state is not None:
                state.assign(np.array([1000 + origin, 0]).astype(state.dtype))


def _call(model: Any, rows: list[Any], *, training: bool) -> list[Any]:
    import keras

    given = rows[0] if len(rows) == 1 else rows
    outputs = keras.tree.flatten(model(given, training=training))
    return [np.asarray(keras.ops.convert_to_numpy(one)) for one in outputs]


def _fitting(model: Any, rows: list[Any]) -> list[Any]:
    """Return rows of the shapes that the model declares, ours where it can be."""
    shapes = _input_shapes(model)
    wanted = [tuple(shape[1:]) for shape in shapes]
    if not wanted or wanted == [row.shape[1:] for row in rows]:
        return rows
    by_shape = {row.shape[1:]: row for row in rows}
    rng = np.random.default_rng(8)
    return [
        by_shape.get(shape, rng.normal(size=(BATCH, *shape)).astype("float32"))
        for shape in wanted
    ]


def _input_shapes(model: Any) -> list[tuple[int, ...]]:
    inputs = getattr(model, "inputs", None)
    return [tuple(tensor.shape) for tensor in inputs] if inputs else []


def _rows(shape: tuple[int, ...], rng: np.random.Generator) -> Any:
    """Return a batch of random numbers."""
    rows = rng.normal(size=(BATCH, *shape))
    return (rows * _SCALES.reshape(-1, *(1,) * len(shape))).astype("float32")


def _random_like(weight: Any, rng: np.random.Generator) -> Any:
    """Return values under which every layer leaves its trace."""
    name, shape = weight.path.split("/")[-1], tuple(weight.shape)
    if name in ("gamma", "moving_variance"):
        return rng.uniform(0.5, 1.5, size=shape).astype("float32")
    if name in _STARTS or "kernel" in name:
        return np.asarray(weight.numpy())
    return rng.normal(scale=0.4, size=shape).astype("float32")


def _count(weights: list[Any]) -> int:
    return sum(int(np.prod(weight.shape)) for weight in weights)


def _is_constant(weight: Any) -> bool:
    values = weight.numpy()
    return bool(values.size > 1 and np.ptp(values) == 0)


def _is_close(found: list[Any], expected: list[Any]) -> bool:
    return len(found) == len(expected) and all(
        one.shape == two.shape and np.allclose(one, two, _RTOL, _ATOL, equal_nan=True)
        for one, two in zip(found, expected, strict=True)
    )
