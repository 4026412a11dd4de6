"""Keys of exercises 2 and 3 of lesson 03_relu: networks that bend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.messages.sentences import say
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.models import Network
from checkers.rules.slips import Slip, missing_layer, other_kind, value_slip
from checkers.rules.values import NumberIs
from checkers.rules.values import Slip as Wrong
from checkers.snapshot import ModelFacts
from checkers.spec import ANYTHING, Dense, ModelSpec, layer

__all__ = ["slopes_below", "wine_mlp"]

_NO_BEND = (
    1e-4  # of the outputs' size; float32 leaves 1e-6, a ReLU network 0.3 and more
)

# -- 2 · A network that can bend -----------------------------------------------------


def _mlp(parameters: dict[str, Any]) -> ModelSpec:
    return ModelSpec(
        inputs=(11,),
        layers=(
            Dense(parameters["first"], "relu"),
            Dense(parameters["second"], "relu"),
            Dense(1),
        ),
    )


def _activation(received: Any, code: str, position: int | None = None) -> Slip:
    return replace(value_slip("Dense.activation", received, code), position=position)


_HEADS = {"RELU.RELU_ON_OUTPUT", "RELU.SIGMOID_HEAD", "RELU.BENT_HEAD"}


@dataclass(frozen=True)
class BendingNetwork:
    """A network whose head has a check of its own, and which must not be a line.

    Attributes:
        network: The rule on its layers.
        hidden: Check that is charged with a network that does not bend.
        head: Check that is charged with the activation of the last layer.
    """

    network: Network
    hidden: str
    head: str

    @property
    def part(self) -> str:
        """The model's part."""
        return self.network.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (*self.network.checks, self.head)

    def run(self, context: Context) -> Outcome:
        """Compare the layers; where nothing is wrong, look at what was measured."""
        outcome = self.network.run(context)
        found = tuple(
            replace(one, check=self.head) if one.code in _HEADS else one
            for one in outcome.found
        )
        facts = context.facts(self.part)
        bend = _bend(facts) if isinstance(facts, ModelFacts) else None
        if not found and bend is not None and bend < _NO_BEND:
            one = Found("RELU.DOES_NOT_BEND", self.hidden, {"part": self.part})
            found = (one,)
        skipped = dict(outcome.skipped)
        lost = {one.code for one in found} & {"MODEL.RAISES", "MODEL.TOO_LARGE"}
        if lost or not outcome.rows:
            skipped[self.head] = say("SKIPPED.unusable", part=self.part)
        return replace(outcome, found=found, skipped=skipped)


def _bend(facts: ModelFacts) -> float | None:
    """Return the measured bend as a share of the outputs' size; None if unknown."""
    for probe in facts.probes:
        if probe.name == "bends" and probe.error is None:
            return probe.values.get("bend")
    return None


wine_mlp = Key(
    exercise="relu-wine-mlp",
    rules=(
        BendingNetwork(
            Network(
                part="wine_mlp",
                expects=_mlp,
                claims={"widths": ("*",), "hidden": ("Dense.activation", "behavior")},
                slips=(
                    _activation("relu", "RELU.RELU_ON_OUTPUT", -1),
                    _activation("sigmoid", "RELU.SIGMOID_HEAD", -1),
                    _activation(ANYTHING, "RELU.BENT_HEAD", -1),
                    _activation("linear", "RELU.LINEAR_STACK"),
                ),
            ),
            hidden="hidden",
            head="head",
        ),
    ),
    solution=N_(
        'keras.Input((11,)), Dense(first, activation="relu"), Dense(second, '
        'activation="relu"), Dense(1).\n'
        "Without a bend between them, dense layers in a row are one dense layer. The "
        "head takes no activation: a score may be any number."
    ),
)

# -- 3 · A slope below zero ----------------------------------------------------------


def _leaky(parameters: dict[str, Any]) -> ModelSpec:
    bend = layer("LeakyReLU", negative_slope=parameters["slope"])
    return ModelSpec(inputs=(11,), layers=(Dense(64), bend, Dense(32), bend, Dense(1)))


_PRELU = ModelSpec(
    inputs=(11,),
    layers=(Dense(64), layer("PReLU"), Dense(32), layer("PReLU"), Dense(1)),
)
_DENSE = 11 * 64 + 64 + 64 * 32 + 32 + 32 + 1

_BOTH = (
    value_slip("Dense.activation", "relu", "RELU.TWICE"),
    value_slip("Dense.activation", ANYTHING, "RELU.TWICE"),
)
_HEAD = (
    _activation("relu", "RELU.RELU_ON_OUTPUT", -1),
    _activation("sigmoid", "RELU.SIGMOID_HEAD", -1),
    _activation(ANYTHING, "RELU.BENT_HEAD", -1),
)

slopes_below = Key(
    exercise="relu-slopes-below",
    rules=(
        Network(
            part="leaky_net",
            expects=_leaky,
            claims={"leaky": ("*",)},
            slips=(
                value_slip("LeakyReLU.negative_slope", 0.3, "RELU.DEFAULT_SLOPE"),
                value_slip("LeakyReLU.negative_slope", 0.2, "RELU.STRING_SLOPE"),
                value_slip("LeakyReLU.negative_slope", ANYTHING, "RELU.OTHER_SLOPE"),
                missing_layer("LeakyReLU", "RELU.NO_LEAK"),
                other_kind("LeakyReLU", "PReLU", "RELU.LEARNED_SLOPE"),
                *_HEAD,
                *_BOTH,
            ),
        ),
        Network(
            part="prelu_net",
            expects=_PRELU,
            claims={"prelu": ("*",)},
            slips=(
                value_slip("PReLU.shared_axes", ANYTHING, "RELU.SHARED_SLOPE"),
                other_kind("PReLU", "LeakyReLU", "RELU.FIXED_SLOPE"),
                *_HEAD,
                *_BOTH,
            ),
        ),
        NumberIs(
            "count",
            "prelu_params",
            _DENSE + 64 + 32,
            slips=(
                Wrong(_DENSE, "RELU.PRELU_WITHOUT_PARAMETERS"),
                Wrong(_DENSE + 2, "RELU.PRELU_SHARES"),
                Wrong(_DENSE + 1, "RELU.PRELU_SHARES"),
                Wrong(64 + 32, "RELU.PRELU_SLOPES_ONLY"),
                Wrong(_DENSE + 64, "RELU.PRELU_ONE_LAYER"),
                Wrong(_DENSE + 32, "RELU.PRELU_ONE_LAYER"),
                Wrong(_DENSE + 64 + 32 + 1, "RELU.PRELU_ON_OUTPUT"),
            ),
        ),
    ),
    solution=N_(
        "Dense(64), LeakyReLU(negative_slope=slope), Dense(32), the same, Dense(1); "
        "with layers.PReLU() in their place for the second network.\n"
        "PReLU learns one slope per unit: 2,881 + 64 + 32 = 2,977 parameters."
    ),
)
