"""Lesson 07, LeNet-5: what a learner's process may know of its exercises."""

from __future__ import annotations

import random
from typing import Any

from checkers.exercise import (
    Array,
    Case,
    Check,
    Exercise,
    Function,
    Model,
    Number,
    Trained,
)
from checkers.i18n import N_, translate

__all__ = [
    "counts",
    "digits_model",
    "modern_net",
    "rbf_output",
    "subsampling",
    "table_saving",
]

# -- 1 · A table of one's own --------------------------------------------------------
# How many of the 16 maps see 2, 3 … of the six maps below. The saving of LeNet-5's own
# table, 900, stands in the lesson; none of these has it.
_TABLES = (
    {3: 9, 4: 5, 6: 2},
    {2: 4, 3: 8, 6: 4},
    {3: 10, 5: 5, 6: 1},
    {2: 6, 4: 7, 6: 3},
    {3: 5, 4: 5, 5: 6},
    {2: 8, 3: 4, 6: 4},
    {4: 12, 6: 4},
    {3: 11, 6: 5},
)

table_saving = Exercise(
    id="lenet-table-saving",
    title=N_("What a connection table saves"),
    kind="N",
    parts=(Number("saved", whole=True, unit=N_("parameters")),),
    checks=(Check("saved", 2, N_("the parameters that the table saves")),),
    hints=(
        N_("One kernel of 5 x 5 joins one map above to one map below."),
        N_(
            "Count the kernels with your table, and the kernels if each of the 16 maps "
            "saw all six."
        ),
        N_("The difference of the two counts, times the weights of one kernel."),
    ),
    strict=N_("a whole number"),
    free=N_("the way you compute it"),
    personal={"maps_that_see": _TABLES},
)

# -- 2 · The whole table -------------------------------------------------------------


def _one_call(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return the only call that there is."""
    return (Case((), N_("lenet_table()")),)


counts = Exercise(
    id="lenet-counts",
    title=N_("LeNet-5 in numbers"),
    kind="F",
    parts=(Function("lenet_table", cases=_one_call),),
    checks=(
        Check("parameters", 2, N_("trained parameters of the seven layers, and total")),
        Check("connections", 2, N_("connections of the seven layers, and total")),
    ),
    hints=(
        N_(
            "Start with C1: parameters are weights plus biases. Each of its outputs "
            "has as many connections as the parameters that make it."
        ),
        N_(
            "S2: one weight and one bias per map; each output joins four inputs and "
            "the bias. C3: kernels of the connection table, one bias per map."
        ),
        N_(
            "C5, F6 and the output have one output per set of weights, so connections "
            "equal weights. The codes of the output are fixed: connections, but no "
            "trained parameters."
        ),
    ),
    strict=N_("the eight names, two whole numbers each, parameters first"),
    free=N_("computed or written down; tuples or lists"),
    minutes=15,
)

# -- 3 · LeNet today -----------------------------------------------------------------

modern_net = Exercise(
    id="lenet-modern-net",
    title=N_("LeNet as it is built today"),
    kind="M",
    parts=(Model("modern_net", inputs=(32, 32, 1)),),
    checks=(
        Check("maps", 1, N_("two convolutions, each with its pool")),
        Check("dense", 1, N_("Flatten and three Dense layers")),
        Check("compile", 1, N_("a loss that fits the head and the labels")),
    ),
    hints=(
        N_(
            "Follow the sizes: 32 becomes 28, then 14, then 10, then 5. What does a "
            "5 x 5 kernel without padding do to 32?"
        ),
        N_("Behind the second pool there are 5 x 5 x 16 = 400 numbers."),
        N_(
            "Labels are whole numbers, so the loss is sparse. With softmax in the last "
            "layer the loss gets probabilities; without it, from_logits=True."
        ),
    ),
    strict=N_("sizes, kernels, activations, a head and a loss that fit"),
    free=N_("names, initial values, the API, optimizer, softmax or logits"),
    states=("all",),
)

# -- 4 · Subsampling with weights ----------------------------------------------------

subsampling = Exercise(
    id="lenet-subsampling",
    title=N_("Subsampling that learns"),
    kind="M",
    parts=(Model("front", inputs=(32, 32, 1), is_computed=True),),
    checks=(
        Check("subsampling", 2, N_("w * sum + b, one trained pair per map")),
        Check("model", 1, N_("C1 as given, and a model around both")),
    ),
    hints=(
        N_(
            "In build, the last entry of input_shape is the number of maps. Add two "
            "weights of that shape with add_weight."
        ),
        N_(
            "The sum over 2 x 2 inputs is four times their average: "
            "keras.ops.average_pool(x, 2, strides=2) * 4."
        ),
        N_(
            "return self.w * total + self.b; both have shape (maps,), so the last axis "
            "fits."
        ),
    ),
    strict=N_("what is computed, and the number of trained parameters: 168"),
    free=N_("names, initial values, how the sum is made, the API"),
    states=("all",),
    minutes=15,
)

# -- 5 · Digits, in 70,000 parameters ------------------------------------------------

digits_model = Exercise(
    id="lenet-digits-model",
    title=N_("Digits with at most 70,000 parameters"),
    kind="T",
    parts=(
        Trained(
            "model_file",
            data=("x_test", "y_test"),
            metrics=("accuracy",),
            model=Model("model", inputs=(28, 28, 1)),
        ),
        Number("test_accuracy", unit=N_("percent")),
    ),
    checks=(
        Check("size", 0.5, N_("at most 70,000 parameters")),
        Check("score", 1.5, N_("test accuracy of the saved model"), (), True),
        Check("measured", 1, N_("the accuracy that you measured"), (), True),
    ),
    hints=(
        N_("The network of exercise 3 fits; pad 28 x 28 to 32 x 32 in the model."),
        N_(
            "A folder's name is its label: int(name). The position of a folder in the "
            "dictionary says nothing."
        ),
        N_(
            "Divide the training images by 255 as the test images were. model.evaluate "
            "counts all 10,000 rows, the last short batch too."
        ),
    ),
    strict=N_("28 x 28 x 1 inputs in 0 to 1, ten outputs, the limits"),
    free=N_("layers, optimizer, epochs, augmentation"),
    minutes=15,
)

# -- 6 · Codes and distances ---------------------------------------------------------


def _codes(rng: random.Random, count: int, size: int) -> list[list[float]]:
    """Return codes of -1 and 1."""
    return [[rng.choice((-1.0, 1.0)) for _ in range(size)] for _ in range(count)]


def _near(rng: random.Random, code: list[float], noise: float) -> list[float]:
    """Return outputs of F6 that lie near a code."""
    return [round(entry + rng.gauss(0, noise), 6) for entry in code]


def _distance_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw small and full-sized outputs with their codes."""
    small = _codes(rng, 3, 4)
    full = _codes(rng, 10, 84)
    # Codes of unequal length: the largest scalar product is not the nearest code.
    uneven = [[3.0, 3.0, 3.0], [1.0, 0.5, -0.5], [-0.2, 0.1, 0.3], [4.0, -4.0, 0.0]]
    near = [_near(rng, code, 0.05) for code in (*uneven[1:3], uneven[1])]
    return (
        Case(
            (Array([_near(rng, small[0], 0.2), small[1]]), Array(small)),
            translate(N_("two rows of 4, the second equal to a code")),
        ),
        Case((Array(near), Array(uneven)), translate(N_("codes of unequal length"))),
        Case(
            (Array([_near(rng, full[n], 0.7) for n in (3, 8, 1, 0, 3)]), Array(full)),
            translate(N_("five rows of 84, ten codes")),
        ),
    )


rbf_output = Exercise(
    id="lenet-rbf-output",
    title=N_("Codes and distances"),
    kind="F",
    parts=(
        Function("rbf_output", cases=_distance_cases),
        Function("rbf_class", cases=_distance_cases),
    ),
    checks=(
        Check("distances", 2, N_("squared distances to all codes")),
        Check("smallest", 1, N_("the class of the smallest one")),
    ),
    hints=(
        N_(
            "x has shape (rows, 84), codes (10, 84). Every row needs ten differences, "
            "each of 84 numbers."
        ),
        N_("x[:, None, :] - codes[None, :, :] has shape (rows, 10, 84)."),
        N_("Square it and add up the last axis; the class is the argmin over axis 1."),
    ),
    strict=N_("shapes (rows, codes) and (rows,)"),
    free=N_("loops or arrays; the root of the distances is accepted"),
)
