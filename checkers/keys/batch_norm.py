"""What is right in lesson 10: batch normalization."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from checkers.key import Key
from checkers.normalize import normalize
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.models import Network
from checkers.rules.slips import (
    looks_like,
    missing_layer,
    other_kind,
    value_slip,
)
from checkers.rules.values import Look, NumberIs, Score, Slip
from checkers.snapshot import Facts, LayerFacts, ModelFacts, TrainedFacts, ValueFacts
from checkers.spec import (
    Activation,
    BatchNormalization,
    Dense,
    LayerSpec,
    ModelSpec,
    between,
)

_ROWS = 32  # rows of a batch in exercise 1, mentioned to be ignored
_LIMIT = 5.2  # worst of ten seeds, 4.75 MPa, plus 0.45
_SAME = 0.01  # MPa; fit averages over batches, capture over all rows at once
_RAW_MEAN = 10.0  # the largest column mean, 974, passes this in two updates


def _norm() -> LayerSpec:
    """Return a BatchNormalization with the settings that the texts allow.

    It describes itself without them: a learner need not write any.
    """
    settings = {"momentum": between(0.9, 0.999), "epsilon": between(0.0, 0.01)}
    return replace(BatchNormalization(**settings), given=())


_SETTINGS = (
    value_slip("BatchNormalization.momentum", 0, "BATCHNORM.NO_MEMORY"),
    value_slip(
        "BatchNormalization.epsilon", between(0.1, 1e9), "BATCHNORM.EPSILON_LARGE"
    ),
)

# Exercise 1


def _stored(parameters: dict[str, int]) -> int:
    return 4 * parameters["units"]


def _split(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare the number of parameters that are not trained.

    Half of a wrong total is right as well: one cause costs one check.
    """
    assert isinstance(facts, ValueFacts)
    total = context.facts("total")
    units, received = context.parameters["units"], facts.value
    given = total.value if isinstance(total, ValueFacts) else None
    if received == 2 * units or (given != 4 * units and 2 * received == given):
        return
    codes = {0: "BATCHNORM.MOVING_TRAINED", 4 * units: "BATCHNORM.ALL_FROZEN"}
    code = codes.get(received, "NUMBER.WRONG")
    yield Found(code, "split", {"part": "not_trained"}, received=str(received))


parameter_split = Key(
    exercise="batch-norm-parameter-split",
    rules=(
        NumberIs(
            "total",
            "total",
            _stored,
            slips=(
                Slip(lambda p: 2 * p["units"], "BATCHNORM.TWO_PER_COLUMN"),
                Slip(lambda p: 4 * p["units"] * _ROWS, "BATCHNORM.PER_ACTIVATION"),
                Slip(lambda p: 2 * p["units"] * _ROWS, "BATCHNORM.PER_ACTIVATION"),
                Slip(lambda p: 5 * p["units"], "BATCHNORM.DENSE_COUNTED"),
                Slip(lambda p: 6 * p["units"], "BATCHNORM.DENSE_COUNTED"),
            ),
        ),
        Look("split", "not_trained", _split),
    ),
    solution="total = 4 * units: γ, β, moving mean, moving variance for each unit. "
    "not_trained = 2 * units: the two moving statistics.",
)

# Exercises 3 and 4

_HIDDEN = (Dense(512, activation="relu"),) * 3
_PLAIN = ModelSpec(inputs=(8,), layers=(*_HIDDEN, Dense(1)))
_CONCRETE = ModelSpec(
    inputs=(8,),
    layers=tuple(layer for dense in (*_HIDDEN, Dense(1)) for layer in (_norm(), dense)),
)
_AFTER_DENSE = ModelSpec(
    inputs=(8,),
    layers=tuple(layer for dense in (*_HIDDEN, Dense(1)) for layer in (dense, _norm())),
)
_PLACES = (
    looks_like(
        _AFTER_DENSE,
        "BATCHNORM.AFTER_DENSE",
        topic="BatchNormalization",
        layer=7,
        expected="before",
        received="after",
    ),
    missing_layer("BatchNormalization", "BATCHNORM.INPUT_NOT_NORMALIZED", position=0),
    missing_layer("BatchNormalization", "BATCHNORM.NONE_BEFORE_OUTPUT", position=6),
    *_SETTINGS,
)

concrete_net = Key(
    exercise="batch-norm-concrete-net",
    rules=(
        Network(
            part="concrete_net",
            expects=_CONCRETE,
            claims={
                "placement": ("BatchNormalization",),
                "settings": ("BatchNormalization.*",),
                "network": ("*",),
            },
            given=_PLAIN,
            slips=_PLACES,
        ),
    ),
    solution="keras.Input(shape=(8,)), then four times BatchNormalization() and the "
    "dense layer: three of 512 units with ReLU, one of a single unit.",
)


def _optimizer(facts: Facts, context: Context) -> Iterable[Found]:
    """Require that the model was compiled with SGD."""
    assert isinstance(facts, TrainedFacts)
    compiled, values = facts.model.compiled, {"part": "model_file"}
    if compiled is None:
        yield Found("COMPILE.MISSING", "recipe", values)
        return
    if compiled["optimizer"] == "SGD":
        return
    yield Found(
        "BATCHNORM.NOT_SGD", "recipe", values, None, "SGD", compiled["optimizer"]
    )


def _raw_rows(facts: Facts, context: Context) -> Iterable[Found]:
    """Look whether the first layer has seen raw columns."""
    assert isinstance(facts, TrainedFacts)
    graph = normalize(facts.model) if facts.model.training else None
    first = graph.nodes[0] if graph and graph.nodes else None
    if first is None or first.kind != "BatchNormalization" or first.index is None:
        return
    means = _weight(facts.model.layers[first.index], "moving_mean")
    if means and max(abs(mean) for mean in means) < _RAW_MEAN:
        text = f"{max(means, key=abs):.2g}"
        yield Found(
            "BATCHNORM.STANDARDIZED_INPUTS", "recipe", {}, first.layer, received=text
        )


def _best(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare the saved model's error with the list of errors by epoch."""
    assert isinstance(facts, ValueFacts)
    trained = context.facts("model_file")
    curve = facts.value if isinstance(facts.value, list) else []
    finite = [v for v in curve if isinstance(v, int | float) and math.isfinite(v)]
    if not finite:
        text = "nan only" if curve else str(facts.value)[:60]
        yield Found("BATCHNORM.CURVE_NAN", "best", {"part": "val_mae"}, received=text)
        return
    if not isinstance(trained, TrainedFacts):
        return
    score, lowest = trained.scores["mae"], min(finite)
    if abs(score - lowest) <= _SAME:
        return
    is_last = abs(score - curve[-1]) <= _SAME
    yield Found(
        "BATCHNORM.LAST_EPOCH" if is_last else "BATCHNORM.OTHER_EPOCH",
        "best",
        {"part": "model_file"},
        expected=f"{lowest:.2f}",
        received=f"{score:.2f}",
    )


def _weight(layer: LayerFacts, name: str) -> tuple[float, ...]:
    """Return the entries of a small weight; () if there is none of that name."""
    return next((w.values for w in layer.weights if w.name == name), ())


concrete_model = Key(
    exercise="batch-norm-concrete-model",
    rules=(
        Network(
            part="model_file",
            expects=_CONCRETE,
            claims={"recipe": ("*",)},
            slips=(
                looks_like(_PLAIN, "BATCHNORM.NONE", received="none", expected="four"),
                *_PLACES,
            ),
        ),
        Look("recipe", "model_file", _optimizer),
        Look("recipe", "model_file", _raw_rows),
        Score("score", "model_file", "mae", _LIMIT),
        Look("best", "val_mae", _best),
    ),
    solution="The network of exercise 3, compiled with SGD and the loss mae, fitted "
    "for 100 epochs with the callback ModelCheckpoint(..., save_best_only=True).",
)

# Exercise 5


def _block(units: int) -> tuple[LayerSpec, ...]:
    """Return dense layer, normalization and activation, in the paper's order."""
    return (Dense(units, use_bias=False), _norm(), Activation("relu"))


def _late_block(units: int, *, use_bias: bool) -> tuple[LayerSpec, ...]:
    """Return the block with the normalization after the activation."""
    return (Dense(units, activation="relu", use_bias=use_bias), _norm())


_BLOCKS = ModelSpec(inputs=(11,), layers=(*_block(64), *_block(32), Dense(1)))
_LATE = tuple(
    looks_like(
        ModelSpec(
            inputs=(11,),
            layers=(
                *_late_block(64, use_bias=use_bias),
                *_late_block(32, use_bias=use_bias),
                Dense(1),
            ),
        ),
        "BATCHNORM.AFTER_ACTIVATION",
        topic="BatchNormalization",
        layer=1,
        expected="before the activation",
        received="after it",
    )
    for use_bias in (True, False)
)

block_net = Key(
    exercise="batch-norm-block-net",
    rules=(
        Network(
            part="block_net",
            expects=_BLOCKS,
            claims={
                "order": ("BatchNormalization", "Activation", "Dense.activation"),
                "bias": ("Dense.use_bias",),
                "network": ("*",),
            },
            given=ModelSpec(
                inputs=(11,),
                layers=(
                    Dense(64, activation="relu"),
                    Dense(32, activation="relu"),
                    Dense(1),
                ),
            ),
            slips=(
                *_LATE,
                value_slip("Dense.use_bias", True, "BATCHNORM.BIAS_KEPT"),
                value_slip("Dense.activation", "relu", "BATCHNORM.RELU_INSIDE"),
                *_SETTINGS,
            ),
        ),
    ),
    solution="Twice Dense(units, use_bias=False), BatchNormalization(), ReLU(), with "
    "64 and 32 units; then Dense(1).",
)

# Exercise 6

_WINE_GIVEN = ModelSpec(inputs=(11,), layers=(Dense(64, activation="relu"), Dense(1)))
_WINE = ModelSpec(inputs=(11,), layers=(_norm(), *_WINE_GIVEN.layers))


@dataclass(frozen=True)
class _Scaler:
    """A network rule that also tells an adapted Normalization from a fresh one."""

    network: Network

    @property
    def part(self) -> str:
        """The model's part."""
        return self.network.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return self.network.checks

    def run(self, context: Context) -> Outcome:
        """Compare the model; name a Normalization that has seen no rows."""
        outcome = self.network.run(context)
        model = context.facts(self.part)
        if not isinstance(model, ModelFacts):
            return outcome
        found = tuple(_unadapted(one, model) for one in outcome.found)
        return replace(outcome, found=found)


def _unadapted(found: Found, model: ModelFacts) -> Found:
    """Return the finding with its code corrected for a fresh Normalization."""
    index = found.layer.index if found.layer else None
    if found.code != "BATCHNORM.NORMALIZATION_LAYER" or index is None:
        return found
    layer = model.layers[index]
    is_fresh = set(_weight(layer, "mean")) <= {0.0}
    has_constants = layer.config.get("mean") is not None
    if not is_fresh or has_constants:
        return found
    return replace(found, code="BATCHNORM.NORMALIZATION_NOT_ADAPTED")


wine_net = Key(
    exercise="batch-norm-wine-net",
    rules=(
        _Scaler(
            Network(
                part="wine_net",
                expects=_WINE,
                claims={
                    "scaler": ("BatchNormalization", "BatchNormalization.*"),
                    "network": ("*",),
                },
                given=_WINE_GIVEN,
                slips=(
                    looks_like(
                        ModelSpec(
                            inputs=(11,),
                            layers=(_WINE_GIVEN.layers[0], _norm(), Dense(1)),
                        ),
                        "BATCHNORM.SCALER_LATE",
                        topic="BatchNormalization",
                        layer=1,
                    ),
                    looks_like(
                        ModelSpec(inputs=(11,), layers=(*_WINE_GIVEN.layers, _norm())),
                        "BATCHNORM.SCALER_LATE",
                        topic="BatchNormalization",
                        layer=2,
                    ),
                    other_kind(
                        "BatchNormalization",
                        "Normalization",
                        "BATCHNORM.NORMALIZATION_LAYER",
                    ),
                    *_SETTINGS,
                ),
            )
        ),
    ),
    solution="keras.Input(shape=(11,)), BatchNormalization(), Dense(64, "
    'activation="relu"), Dense(1).',
)
