"""Tasks of lesson 08, dropout by hand: what a learner's process may know of them."""

from __future__ import annotations

import random
from typing import Any

from checkers.draws import away_from, normal
from checkers.exercise import (
    Array,
    Case,
    Check,
    Choice,
    Exercise,
    Function,
    Model,
    Number,
    Option,
    Values,
)
from checkers.i18n import N_, translate

__all__ = [
    "dropped_units",
    "ensemble",
    "inverted",
    "keras_rate",
    "layer",
    "two_means",
    "vanilla",
    "which_p",
]


def _share(rng: random.Random) -> float:
    """Return a share that is not near one half, so that swapping it shows."""
    return round(rng.choice((rng.uniform(0.15, 0.35), rng.uniform(0.65, 0.85))), 2)


def _whole_numbers(rng: random.Random, rows: int, columns: int) -> Array:
    """Return whole numbers, none of them 0."""
    values = [
        [rng.choice((-1, 1)) * rng.randint(1, 9) for _ in range(columns)]
        for _ in range(rows)
    ]
    return Array(values, "int64")


def train_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw arrays and shares kept: large ones, and one that is called twice."""
    del parameters
    cases = []
    for rows, columns, repeat in ((40, 50, 1), (50, 30, 1), (20, 25, 2)):
        keep = _share(rng)
        label = translate(
            N_("{rows} x {columns} numbers, keep {keep}"),
            rows=rows,
            columns=columns,
            keep=keep,
        )
        cases.append(Case((away_from(rng, rows, columns), keep), label, repeat))
    return tuple(cases)


def predict_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw small arrays and shares kept."""
    del parameters
    return tuple(
        Case(
            (normal(rng, rows, columns), keep := _share(rng)),
            translate(
                N_("{rows} x {columns} numbers, keep {keep}"),
                rows=rows,
                columns=columns,
                keep=keep,
            ),
        )
        for rows, columns in ((3, 4), (5, 2))
    )


BAD_RATES = (1.0, 1.5, -0.1)


def inverted_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw training passes, inference, whole numbers, and rates that are none."""
    del parameters
    cases = []
    for rows, columns, repeat in ((40, 50, 1), (50, 30, 1), (20, 25, 2)):
        rate = _share(rng)
        label = translate(
            N_("{rows} x {columns} numbers, rate {rate}, training"),
            rows=rows,
            columns=columns,
            rate=rate,
        )
        x = away_from(rng, rows, columns)
        cases.append(Case((x, rate, True), label, repeat))
    for rows, columns in ((3, 4), (6, 2)):
        rate = _share(rng)
        label = translate(
            N_("{rows} x {columns} numbers, rate {rate}, inference"),
            rows=rows,
            columns=columns,
            rate=rate,
        )
        cases.append(Case((normal(rng, rows, columns), rate, False), label))
    label = translate(N_("rate 0, training"))
    cases.append(Case((away_from(rng, 4, 5), 0.0, True), label))
    label = translate(N_("an array of whole numbers, rate 0.4, training"))
    cases.append(Case((_whole_numbers(rng, 30, 20), 0.4, True), label))
    for rate in BAD_RATES:
        label = translate(N_("rate {rate}, training"), rate=rate)
        cases.append(Case((away_from(rng, 3, 2), rate, True), label))
    return tuple(cases)


def layer_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw rates; what the layer is fed is drawn from the rate."""
    del parameters
    cases = []
    for _ in range(3):
        rate = round(_share(rng) + rng.randrange(1, 10) / 1000, 3)
        label = translate(N_("rate {rate}"), rate=rate)
        cases.append(Case((rate,), label))
    return tuple(cases)


def ensemble_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw small softmax layers; their units are all on, as after a ReLU."""
    del parameters
    cases = []
    for units, classes in ((4, 2), (4, 3), (5, 3), (8, 2)):
        keep = _share(rng)
        label = translate(
            N_("{units} units, {classes} classes, keep {keep}"),
            units=units,
            classes=classes,
            keep=keep,
        )
        hidden = Array([rng.uniform(0.4, 2.0) for _ in range(units)])
        w, b = normal(rng, units, classes), normal(rng, classes, scale=0.5)
        cases.append(Case((hidden, w, b, keep, 2_000), label))
    return tuple(cases)


dropped_units = Exercise(
    id="dropout-by-hand-dropped-units",
    title=N_("How many are dropped?"),
    kind="N",
    parts=(
        Number("mean_dropped", low=0, high=10_000, unit=N_("units")),
        Number("sd_dropped", low=0, high=10_000_000, unit=N_("units")),
    ),
    checks=(
        Check("mean", 1, N_("the mean number of units dropped")),
        Check("sd", 1, N_("its standard deviation")),
    ),
    hints=(
        N_("The rate is the share that is dropped, on average."),
        N_(
            "One unit that is dropped with probability p adds p to the mean and "
            "p (1 - p) to the variance. How much do all units add?"
        ),
        N_(
            "The mean is units x rate. The standard deviation is the square root of "
            "the variance."
        ),
    ),
    strict=N_("the number of units dropped, not kept; the sd to 0.05"),
    free=N_("by hand or with code"),
    personal={
        "units": (1000, 400, 600, 800, 1200),
        "rate": (0.4, 0.3, 0.2),
    },
    minutes=5,
)

vanilla = Exercise(
    id="dropout-by-hand-vanilla",
    title=N_("The vanilla pair"),
    kind="F",
    parts=(
        Function("vanilla_train", cases=train_cases),
        Function("vanilla_predict", cases=predict_cases),
    ),
    checks=(
        Check("train", 2, N_("each number kept with probability keep, unscaled")),
        Check("predict", 1, N_("every number times keep")),
    ),
    hints=(
        N_("A mask has the shape of x, and a draw of its own for every number."),
        N_(
            "np.random.rand(*x.shape) draws numbers between 0 and 1. What share of "
            "them is below keep?"
        ),
        N_(
            "In training: x * mask, nothing else. At prediction no number is dropped, "
            "and each is multiplied by keep."
        ),
    ),
    strict=N_("the share that is kept, what is scaled and what is not"),
    free=N_("the generator, `<` or `>`, loops or arrays"),
    minutes=10,
)

inverted = Exercise(
    id="dropout-by-hand-inverted",
    title=N_("Inverted dropout"),
    kind="F",
    parts=(Function("inverted", cases=inverted_cases),),
    checks=(
        Check("training", 1, N_("dropped with probability rate, the rest scaled up")),
        Check("inference", 1, N_("nothing happens at inference")),
        Check("safe", 1, N_("x stays as it is, whole numbers work, bad rates stop")),
    ),
    hints=(
        N_("Which share is kept? What must the rest be divided by?"),
        N_(
            "`x *= mask` writes into the caller's array. `x = x * mask` makes a new "
            "one, also from whole numbers."
        ),
        N_(
            "Begin with: if not 0 <= rate < 1: raise ValueError(...). Then return x "
            "at inference, and x * mask / (1 - rate) in training."
        ),
    ),
    strict=N_("shares, scale, identity at inference, ValueError for bad rates"),
    free=N_("the generator, the text of the error; a copy or x itself at inference"),
    minutes=12,
)

layer = Exercise(
    id="dropout-by-hand-layer",
    title=N_("A layer with a way back"),
    kind="F",
    parts=(
        Function(
            "DropoutLayer",
            cases=layer_cases,
            observe="dropout_layer",
            is_class=True,
        ),
    ),
    checks=(
        Check("forward", 1, N_("inverted dropout in training, a new mask each time")),
        Check("backward", 2, N_("the gradient is the measured slope, same mask")),
        Check("inference", 1, N_("identity, forward and backward")),
    ),
    hints=(
        N_("forward must keep something in self that backward needs."),
        N_("y = c · x, entry by entry. What is the slope of y by x?"),
        N_(
            "Let self.scale be mask / (1 - rate) in training and 1 at inference. "
            "forward returns x * self.scale; what does backward return?"
        ),
    ),
    strict=N_("the two methods and their arguments; gradients of the last forward"),
    free=N_("the generator, names inside the class"),
    minutes=15,
)

two_means = Exercise(
    id="dropout-by-hand-two-means",
    title=N_("Two means that do not meet"),
    kind="P",
    parts=(
        Number("guessed_difference", low=-10, high=10),
        Values("means", fields=("train", "predict")),
        Choice(
            "reason",
            options=(
                Option(
                    "jensen",
                    N_(
                        "Behind the second ReLU, the mean over masks of a bent "
                        "function is not the function of the mean. More samples only "
                        "measure the difference better."
                    ),
                ),
                Option(
                    "noise",
                    N_(
                        "It is noise: with more samples the two means come as close "
                        "as you like."
                    ),
                ),
                Option(
                    "factor",
                    N_(
                        "At keep 0.5 the kept numbers are doubled, so one mean is "
                        "exactly twice the other."
                    ),
                ),
                Option(
                    "weights",
                    N_(
                        "The masks change the weights: training and prediction use "
                        "two networks with different weights."
                    ),
                ),
                Option(
                    "second_mask",
                    N_(
                        "The mask on the second hidden layer does it; the first one "
                        "keeps the mean."
                    ),
                ),
            ),
        ),
    ),
    checks=(
        Check("guess", 1, N_("a number was written down before measuring")),
        Check("measured", 0.5, N_("both measured means")),
        Check("reason", 0.5, N_("the reason that fits")),
    ),
    hints=(
        N_("Take the functions of the task as they are; one line each is enough."),
        N_(
            "np.mean over all outputs. The two numbers differ by far more than 0.0015, "
            "the standard error of the mean in training."
        ),
        N_(
            "Which steps of the network are linear? Through those the mean survives. "
            "What stands between the first mask and the output?"
        ),
    ),
    strict=N_("the given weights and inputs, keep 0.5"),
    free=N_("the guess"),
    minutes=12,
)

which_p = Exercise(
    id="dropout-by-hand-which-p",
    title=N_("Which p is meant?"),
    kind="C",
    parts=(
        Choice(
            "keeps_80",
            options=(
                Option("keras_02", N_("Keras: layers.Dropout(0.2)")),
                Option("keras_08", N_("Keras: layers.Dropout(0.8)")),
                Option("torch_02", N_("PyTorch: torch.nn.Dropout(p=0.2)")),
                Option("tf1_08", N_("TensorFlow 1: tf.nn.dropout(x, keep_prob=0.8)")),
                Option("tf1_02", N_("TensorFlow 1: tf.nn.dropout(x, keep_prob=0.2)")),
                Option(
                    "paper_08",
                    N_(
                        "The paper of 2014, where weights are multiplied by p at test "
                        "time: p = 0.8"
                    ),
                ),
                Option(
                    "numpy_below",
                    N_("NumPy, p = 0.2: h * (np.random.rand(*h.shape) < p) / p"),
                ),
                Option(
                    "numpy_above",
                    N_("NumPy, p = 0.2: h * (np.random.rand(*h.shape) > p) / (1 - p)"),
                ),
            ),
            multiple=True,
        ),
        Choice(
            "switch",
            options=(
                Option("one", N_("sentence 1")),
                Option("two", N_("sentence 2")),
                Option("three", N_("sentence 3")),
                Option("four", N_("sentence 4")),
                Option("five", N_("sentence 5")),
            ),
        ),
    ),
    checks=(
        Check("keeps", 1, N_("all lines that keep 80 %")),
        Check("switch", 1, N_("where the page changes the meaning of p")),
    ),
    hints=(
        N_("For each line ask: what happens at p = 0, and what at p = 1?"),
        N_(
            "In code, look at the mask: with which probability is it 1? Below p it is "
            "p, above p it is 1 - p."
        ),
        N_(
            "keep_prob says it in its name; rate is dropped. On the page, ask at which "
            "sentence p = 0 stops meaning that nothing is dropped."
        ),
    ),
    strict=N_("all lines that keep 80 %, and no other"),
    free=N_("the order of the letters"),
    minutes=8,
)

keras_rate = Exercise(
    id="dropout-by-hand-keras-rate",
    title=N_("The same dropout in Keras"),
    kind="M",
    parts=(Model("keras_net", inputs=(784,)),),
    checks=(
        Check("dropout", 1, N_("the stated share is kept, behind the hidden layer")),
        Check("network", 1, N_("the layers around it")),
    ),
    hints=(
        N_("The argument of Keras's Dropout is not the share that is kept."),
        N_("What is kept and what is dropped add up to 1."),
        N_("Dense with ReLU, then Dropout(1 - keep), then Dense with softmax."),
    ),
    strict=N_("inputs, units, activations, the share kept, the place, bias"),
    free=N_("names, initial values, the API"),
    personal={"keep": (0.8, 0.9, 0.7, 0.6, 0.75)},
    minutes=5,
    # Which rate keeps that share, the learner finds out.
    states=("layers", "Dense"),
)

ensemble = Exercise(
    id="dropout-by-hand-ensemble",
    title=N_("All thinned networks"),
    kind="F",
    parts=(Function("ensemble", cases=ensemble_cases, limit_s=20.0),),
    checks=(
        Check("exact", 1, N_("the expected probabilities over all 2^n masks")),
        Check("scaled", 1, N_("the one pass without masks")),
        Check("sampled", 1, N_("the mean over drawn masks")),
    ),
    hints=(
        N_(
            "itertools.product((0, 1), repeat=n) lists all masks of n units. One mask "
            "drops units, not single weights."
        ),
        N_(
            "A mask with k units kept has the probability keep^k (1 - keep)^(n - k). "
            "It is the weight of that mask's probabilities in the sum."
        ),
        N_(
            "For each mask: softmax((mask * h / keep) @ w + b). Add them up with their "
            "weights for `exact`; average those of random masks for `sampled`; leave "
            "the mask out for `scaled`."
        ),
    ),
    strict=N_("three arrays of one probability per class, in this order"),
    free=N_("loops or arrays, the generator"),
    minutes=15,
)
