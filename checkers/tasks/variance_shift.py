"""Lesson 11, variance shift: what a learner's process may know of its exercises."""

from __future__ import annotations

import random
from typing import Any

from checkers.exercise import (
    Array,
    Case,
    Check,
    Choice,
    Exercise,
    Function,
    Made,
    Model,
    Number,
    Option,
)
from checkers.i18n import N_, translate

__all__ = [
    "monte_carlo_net",
    "ratios",
    "reading",
    "reestimate",
    "uniform_net",
    "variances",
    "wine_net",
]

variances = Exercise(
    id="variance-shift-variances",
    title=N_("What comes out of a dropout layer"),
    kind="N",
    parts=(
        Number("centered", low=0),
        Number("rectified", low=0),
        Number("gaussian", low=0),
    ),
    checks=(
        Check("centered", 1, N_("variance behind Dropout, mean 0")),
        Check("rectified", 1, N_("variance behind Dropout, mean not 0")),
        Check("gaussian", 1, N_("variance behind GaussianDropout")),
    ),
    hints=(
        N_(
            "q is the share that stays, 1 - rate. The output is the input times 0, or "
            "times 1/q."
        ),
        N_(
            "The mean stays m. So the variance is the mean of the squares minus m². "
            "Squares are multiplied by 0 or by 1/q², the latter with probability q."
        ),
        N_(
            "The mean of the squares is (v + m²)/q. For GaussianDropout, look up in "
            "the lesson which variance its multiplier has."
        ),
    ),
    strict=N_("the training mode; two decimals are enough"),
    free=N_("the way you work it out"),
    personal={
        "rate": (0.2, 0.25, 0.4, 0.6, 0.75),
        "variance": (2.0, 5.0, 6.0),
        "mean": (2.0, 3.0, 5.0),
    },
)

_STACKS = (
    ("before", (7,), N_("one normalization, dropout before it")),
    ("before", (8, 6, 5), N_("three normalizations, dropout before each")),
    ("between", (6, 8), N_("two normalizations, dropout between them")),
    ("after", (9, 4), N_("two normalizations, dropout after them")),
)


def _ratio_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return networks with stored variances that do not fit, and rows."""
    cases = []
    for order, units, label in _STACKS:
        rows = [[rng.gauss(0, 1) for _ in range(6)] for _ in range(200)]
        settings = {
            "seed": rng.randrange(10_000),
            "units": list(units),
            "order": order,
        }
        args = (Made("normed_model", settings), Array(rows, "float32"))
        cases.append(Case(args=args, label=translate(label), repeat=2))
    return tuple(cases)


ratios = Exercise(
    id="variance-shift-ratios",
    title=N_("The shift ratio of every normalization"),
    kind="A",
    parts=(
        Function(
            "shift_ratios", cases=_ratio_cases, observe="shift_ratios", limit_s=20.0
        ),
    ),
    checks=(
        Check("ratios", 2, N_("one ratio per BatchNormalization, dropout off")),
        Check("unchanged", 1, N_("the network is as it was before")),
    ),
    hints=(
        N_(
            "Walk through model.layers and keep what the layers so far have made of x. "
            "Each layer gets training=False."
        ),
        N_(
            "When you meet a BatchNormalization, what you hold is its input. Take the "
            "variance of each column before you go on."
        ),
        N_(
            "np.mean(layer.moving_variance) / np.mean(np.var(values, axis=0)), then "
            "values = layer(values, training=False)."
        ),
    ),
    strict=N_("the definition of the ratio, the order of the layers, dropout off"),
    free=N_("how you get at the input of a layer; variance by n or by n - 1"),
    minutes=12,
)

wine_net = Exercise(
    id="variance-shift-wine-net",
    title=N_("Repair the wine network"),
    kind="M",
    parts=(Model("wine_net", inputs=(11,)),),
    checks=(
        Check("dropout", 2, N_("one Dropout, behind the last BatchNormalization")),
        Check("network", 1, N_("dense layers and normalizations as given")),
    ),
    hints=(
        N_(
            "Walk from each normalization back to the input. Do you pass a Dropout on "
            "the way?"
        ),
        N_(
            "Swapping each pair is not enough: the first Dropout then still stands "
            "before the second and the third normalization."
        ),
        N_(
            "Three times Dense and BatchNormalization, then the one Dropout, then the "
            "output."
        ),
    ),
    strict=N_("three normalizations, one Dropout of rate 0.3, units, activations"),
    free=N_("names, initial values, the API"),
    states=("Dense", "BatchNormalization", "rate"),
)

uniform_net = Exercise(
    id="variance-shift-uniform-net",
    title=N_("A dropout of your own"),
    kind="M",
    parts=(Model("uniform_net", inputs=(11,), is_computed=True, multiplies=True),),
    checks=(
        Check("noise", 1, N_("in training: times 1 + r, with r uniform in (-β, β)")),
        Check("rest", 0.5, N_("at inference: the input, unchanged")),
        Check("network", 0.5, N_("your layer between Dense 64 and Dense 1")),
    ),
    hints=(
        N_("Write a subclass of layers.Layer whose call takes inputs and training."),
        N_(
            "keras.random.uniform(keras.ops.shape(inputs), minval, maxval) draws one "
            "number for each entry, in a compiled network too."
        ),
        N_(
            "if not training: return inputs. Else return inputs * (1 + r). With a "
            "keras.random.SeedGenerator as seed, each call draws anew."
        ),
    ),
    strict=N_("mean and spread of the multiplier, a layer of your own, its place"),
    free=N_("names, how you draw, whether the layer can be saved"),
    personal={"beta": (0.5, 0.3, 0.4, 0.6, 0.8)},
    minutes=12,
)

reading = Exercise(
    id="variance-shift-reading",
    title=N_("What a score can show"),
    kind="C",
    parts=(
        Choice(
            "accuracy",
            options=(
                Option(
                    "both",
                    N_(
                        "The accuracy says what the shift costs here: little. Whether "
                        "there is a shift, only the ratios say; and there is one."
                    ),
                ),
                Option(
                    "no_shift",
                    N_(
                        "Equal accuracies prove that the variances in training and at "
                        "inference are equal."
                    ),
                ),
                Option(
                    "one_seed",
                    N_(
                        "The order with the higher accuracy for seed 0 is the better "
                        "one; further seeds only blur the picture."
                    ),
                ),
                Option(
                    "always_worse",
                    N_(
                        "Dropout before BatchNormalization is always worse, so the "
                        "experiment must have an error."
                    ),
                ),
                Option(
                    "cancels",
                    N_(
                        "The shift is gone at inference, because dropout is off there; "
                        "that is why the accuracies agree."
                    ),
                ),
            ),
        ),
        Choice(
            "biology",
            options=(
                Option(
                    "zeros",
                    N_(
                        "Zeros in the measured table: the gene was active in the cell, "
                        "and the measurement missed it."
                    ),
                ),
                Option(
                    "layer",
                    N_(
                        "A dropout layer of rate 0.6 in the network that analyzed the "
                        "cells."
                    ),
                ),
                Option("cells", N_("60 % of the cells were taken out of the study.")),
                Option(
                    "augmentation",
                    N_(
                        "60 % of the values were set to 0 on purpose, so that a model "
                        "does not overfit."
                    ),
                ),
            ),
        ),
    ),
    checks=(
        Check("accuracy", 1, N_("what the accuracies show")),
        Check("biology", 1, N_("what “dropout” means in that paper")),
    ),
    hints=(
        N_("Two questions: is there a shift? Does it cost anything here?"),
        N_(
            "A softmax layer asks which output is largest. Many shifts leave that "
            "answer as it is."
        ),
        N_("In the second text, which step makes the zeros: a model, or a machine?"),
    ),
    strict=N_("one letter each"),
    free=N_("upper or lower case"),
    minutes=8,
)


def _reestimate_cases(
    rng: random.Random, parameters: dict[str, Any]
) -> tuple[Case, ...]:
    """Return networks with stored variances that do not fit, and a split."""
    cases = []
    for order, units, label in (_STACKS[1], _STACKS[2]):
        settings = {
            "seed": rng.randrange(10_000),
            "units": list(units),
            "order": order,
        }
        rows = {"seed": rng.randrange(10_000), "count": 256}
        args = (Made("normed_model", settings), Made("rows", rows))
        cases.append(Case(args=args, label=translate(label)))
    return tuple(cases)


reestimate = Exercise(
    id="variance-shift-reestimate",
    title=N_("Measure the variances anew"),
    kind="F",
    parts=(
        Function(
            "reestimate",
            cases=_reestimate_cases,
            observe="reestimated",
            limit_s=60.0,
        ),
    ),
    checks=(
        Check("variances", 2, N_("stored variances that fit the training rows")),
        Check("kept", 1, N_("everything else is as it was")),
    ),
    hints=(
        N_(
            "Dropout layers have an attribute rate. With rate 0 they rest, in training "
            "mode too."
        ),
        N_(
            "model(x, training=True) moves the stored statistics a little. How much "
            "stays is the momentum. What would momentum 0 do?"
        ),
        N_(
            "Note rates and momenta, set both to 0, call the model once in training "
            "mode on all training rows, and put both back."
        ),
    ),
    strict=N_(
        "training rows; every ratio below 1.1; weights, rates, momenta as before"
    ),
    free=N_("one pass or many; in place, or a network that you return"),
    minutes=15,
)

monte_carlo_net = Exercise(
    id="variance-shift-monte-carlo-net",
    title=N_("Masks on, statistics off"),
    kind="M",
    parts=(
        Model("monte_carlo_net", inputs=(11,)),
        Choice(
            "reason",
            options=(
                Option(
                    "batch",
                    N_(
                        "training=True reaches the normalization as well: it centers "
                        "and scales with the rows at hand, not with what it stored."
                    ),
                ),
                Option(
                    "masks",
                    N_("The masks do not have mean 1, so their average is too small."),
                ),
                Option(
                    "passes",
                    N_(
                        "Too few passes: with 10,000 the mean would be that of predict."
                    ),
                ),
                Option(
                    "gamma",
                    N_("Each call with training=True trains γ and β a little."),
                ),
            ),
        ),
    ),
    checks=(
        Check("network", 1, N_("masks in training mode, stored statistics always")),
        Check("reason", 1, N_("why the mean moves")),
    ),
    hints=(
        N_("Lesson 10: which statistics does the layer use in which mode?"),
        N_(
            "Every layer has a switch that keeps its weights as they are. For "
            "BatchNormalization it does more than that."
        ),
        N_("layers.BatchNormalization(trainable=False) always runs at inference."),
    ),
    strict=N_("the layers and their order, rate 0.5"),
    free=N_("how the normalization is kept at inference; the API"),
    states=("layers", "Dense", "Dropout"),
)
