"""Lesson 09, dropout: what a learner's process may know of its exercises."""

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
    Trained,
    Values,
)
from checkers.i18n import N_, translate

__all__ = [
    "gain",
    "many_masks",
    "map_net",
    "monte_carlo",
    "picture_nets",
    "small_net",
    "spotify_model",
    "spotify_net",
]

spotify_net = Exercise(
    id="dropout-spotify-net",
    title=N_("Two dropout layers"),
    kind="M",
    parts=(Model("spotify_net", inputs=(18,)),),
    checks=(
        Check("placement", 1, N_("one Dropout layer after each hidden Dense layer")),
        Check("rate", 1, N_("rate 0.3 on both, nothing else set")),
        Check("network", 1, N_("the given network unchanged")),
    ),
    hints=(
        N_("Copy the three Dense layers first. How many gaps are between them?"),
        N_(
            "A Dropout layer works on the outputs of the layer above it. Which outputs "
            "have 128 numbers, and which have 64?"
        ),
        N_(
            "Dense 128, Dropout, Dense 64, Dropout, Dense 1. The argument of Dropout "
            "is the share that is dropped."
        ),
    ),
    strict=N_("units, activations, rate, order, bias, everything trainable"),
    free=N_("names, initial values, the API"),
    states=("all",),
)

gain = Exercise(
    id="dropout-gain",
    title=N_("What does it gain?"),
    kind="P",
    parts=(
        Number("guessed_gain", low=-0.1, high=0.2, unit=N_("popularity / 100")),
        Number("measured_mae", unit=N_("popularity / 100")),
        Number("measured_gain", unit=N_("popularity / 100")),
        Choice(
            "reading",
            options=(
                Option(
                    "small",
                    N_(
                        "Small but real: the best epoch comes later and the error "
                        "falls a little. Most of it stays, because the columns say "
                        "little about popularity."
                    ),
                ),
                Option(
                    "most",
                    N_(
                        "Large: dropout removed most of the error that the network "
                        "without it makes."
                    ),
                ),
                Option(
                    "last",
                    N_(
                        "The gain is the distance of the two validation curves at the "
                        "last epoch."
                    ),
                ),
                Option(
                    "none",
                    N_(
                        "None: both networks are as good as always predicting the "
                        "median."
                    ),
                ),
            ),
        ),
    ),
    checks=(
        Check("guess", 1, N_("a number was written down before measuring")),
        Check("measured", 0.5, N_("both measured numbers"), needs_real_data=True),
        Check("reading", 0.5, N_("the sentence that fits them")),
    ),
    hints=(
        N_("The lesson prints both networks with their best and their last value."),
        N_(
            "The gain compares the best epoch of one network with the best of the "
            "other."
        ),
        N_(
            "Keep the unit: popularity / 100. Compare the gain with the distance from "
            "the network without dropout to the constant baseline, about 0.012."
        ),
    ),
    strict=N_("the unit, popularity / 100"),
    free=N_("the guess"),
)

# Split 9 is left out: the reference network stays only 0.003 below the limit there.
_SPLIT_SEEDS = tuple(seed for seed in range(1, 51) if seed != 9)

spotify_model = Exercise(
    id="dropout-spotify-model",
    title=N_("A song model of your own"),
    kind="T",
    parts=(
        Values(
            "split_facts",
            fields=(
                "training_rows",
                "validation_rows",
                "shared_artists",
                "tempo_mean",
            ),
        ),
        Trained(
            "model_file",
            data=("x_val", "y_val"),
            metrics=("mae",),
            model=Model("model", inputs=(18,)),
        ),
    ),
    checks=(
        Check("split", 1, N_("split by artist with your seed"), needs_real_data=True),
        Check(
            "score", 2, N_("at most 0.95 x the baseline's error"), needs_real_data=True
        ),
    ),
    hints=(
        N_(
            "The network of exercise 1 is enough. GroupShuffleSplit gives two arrays "
            "of positions."
        ),
        N_(
            "Pass random_state=SEED to the split and groups=artists to its split "
            "method. The scaler may see training rows only."
        ),
        N_(
            "Train for 50 epochs with batches of 512 and the loss 'mae', then save "
            "with model.save('song_model.keras')."
        ),
    ),
    strict=N_("the split, 18 inputs, one number per song"),
    free=N_("layers, optimizer, epochs"),
    personal={"seed": _SPLIT_SEEDS},
    minutes=15,
)

small_net = Exercise(
    id="dropout-small-net",
    title=N_("Thirty hidden units"),
    kind="P",
    parts=(
        Number("guessed_change", low=-90, high=10, unit=N_("percentage points")),
        Values("measured", fields=("without", "with")),
        Choice(
            "explanation",
            options=(
                Option(
                    "capacity",
                    N_(
                        "Thirty units are few. With half of them missing in each "
                        "update the network underfits: training accuracy falls as well."
                    ),
                ),
                Option(
                    "always",
                    N_("Dropout always helps in the end; the difference is chance."),
                ),
                Option(
                    "inference",
                    N_(
                        "Half of the units are missing when the network predicts the "
                        "test images."
                    ),
                ),
                Option(
                    "overfits",
                    N_("With dropout the network overfits the training images."),
                ),
                Option(
                    "parameters",
                    N_("Dropout removed half of the parameters of the hidden layer."),
                ),
            ),
        ),
    ),
    checks=(
        Check("guess", 1, N_("a number was written down before measuring")),
        Check("measured", 1, N_("both measured accuracies"), needs_real_data=True),
        Check("explanation", 1, N_("the explanation that fits them")),
    ),
    hints=(
        N_("The lesson prints two test accuracies, in percent."),
        N_(
            "A network that overfits is better on its training images than on others. "
            "Dropout can help only where there is such a gap."
        ),
        N_("At inference no unit is missing, and no parameter is ever removed."),
    ),
    strict=N_("percent, not fractions"),
    free=N_("the guess"),
)

picture_nets = Exercise(
    id="dropout-picture-nets",
    title=N_("Dropout in two picture networks"),
    kind="M",
    parts=(
        Model("mnist_net", inputs=(28, 28, 1)),
        Model("cifar_net", inputs=(32, 32, 3)),
    ),
    checks=(
        Check("placement", 1, N_("two Dropout layers in the stated places of each")),
        Check("rates", 1, N_("the stated rates")),
        Check("networks", 1, N_("the given networks unchanged")),
    ),
    hints=(
        N_(
            "Copy both networks, then look for the two places of each: after a pooling "
            "layer and after a Dense layer."
        ),
        N_("Directly after the last pooling layer is before Flatten."),
        N_(
            "mnist_net: 0.25 after the pool, 0.5 after Dense 128. cifar_net: 0.3 after "
            "the third pool, 0.4 after Dense 500."
        ),
    ),
    strict=N_("places, rates, the given layers and their settings"),
    free=N_("names, initial values, the API"),
    minutes=12,
    states=("all",),
)

map_net = Exercise(
    id="dropout-map-net",
    title=N_("Whole maps"),
    kind="M",
    parts=(Model("map_net", inputs=(28, 28, 1)),),
    checks=(
        Check(
            "maps", 1, N_("whole maps are dropped, right after the convolution, at 0.2")
        ),
        Check("network", 1, N_("the layers around it")),
    ),
    hints=(
        N_("The lesson shows a layer that drops maps and one that drops pixels."),
        N_("Maps exist between the convolution and Flatten."),
        N_("The layer's name ends in 2D, because a map has rows and columns."),
    ),
    strict=N_("everything stated"),
    free=N_("names, initial values, the API"),
    # Which layer drops whole maps, the learner finds out.
    states=("Conv2D", "Flatten", "Dense", "rate"),
)

many_masks = Exercise(
    id="dropout-many-masks",
    title=N_("Several masks, one head"),
    kind="M",
    parts=(Model("many_masks", inputs=(18,)),),
    checks=(
        Check("masks", 1, N_("four outputs behind four masks of rate 0.5")),
        Check("head", 1, N_("one Dense(1) layer behind all four")),
        Check("loss", 1, N_("the mean of the four losses")),
    ),
    hints=(
        N_("Make the head once, before the loop: head = layers.Dense(1)."),
        N_(
            "A dropout layer draws a new mask each time it is called. Call four, then "
            "the head on each result, and collect the four results in a list."
        ),
        N_(
            "keras.Model(inputs, outputs) takes the list. In compile, each loss has "
            "the weight 1/4."
        ),
    ),
    strict=N_("four outputs, rate, one shared head, loss"),
    free=N_("names, optimizer"),
    states=("all",),
)


def _monte_carlo_cases(
    rng: random.Random, parameters: dict[str, Any]
) -> tuple[Case, ...]:
    """Return calls on a small network with dropout, whose weights come from a seed."""
    cases = []
    for rows, passes in ((3, 400), (5, 20), (4, 1)):
        seed = rng.randrange(10_000)
        inputs = [[rng.uniform(-1, 1) for _ in range(3)] for _ in range(rows)]
        cases.append(
            Case(
                args=(
                    Made("dropout_model", {"seed": seed}),
                    Array(inputs, "float32"),
                    passes,
                ),
                label=translate(
                    N_("{rows} rows, {passes} passes"), rows=rows, passes=passes
                ),
            )
        )
    return tuple(cases)


monte_carlo = Exercise(
    id="dropout-monte-carlo",
    title=N_("Monte Carlo dropout"),
    kind="F",
    parts=(
        Function(
            "monte_carlo",
            cases=_monte_carlo_cases,
            observe="monte_carlo",
            limit_s=20.0,
        ),
    ),
    checks=(
        Check("mean", 1, N_("the mean over the passes, one entry per prediction")),
        Check("spread", 2, N_("the standard deviation over the passes")),
    ),
    hints=(
        N_("model(x, training=True) switches dropout on for one call."),
        N_("np.stack puts the passes on a new first axis."),
        N_("Take mean and std over axis 0, and return both."),
    ),
    strict=N_("shapes, dropout on, division by the number of passes"),
    free=N_("loop or array"),
)
