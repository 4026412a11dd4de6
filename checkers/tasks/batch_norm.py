"""Exercises of lesson 10: batch normalization."""

from __future__ import annotations

import random
from typing import Any

from checkers.draws import away_from, normal, uniform
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
    Trained,
    Values,
)
from checkers.i18n import N_, translate

__all__ = [
    "backward",
    "block_net",
    "concrete_model",
    "concrete_net",
    "forward",
    "parameter_split",
    "short_run",
    "statements",
    "wine_net",
]

parameter_split = Exercise(
    id="batch-norm-parameter-split",
    title=N_("What a layer stores"),
    kind="N",
    parts=(
        Number("total", low=1, high=1_000_000, unit=N_("numbers"), whole=True),
        Number("not_trained", low=0, high=1_000_000, unit=N_("numbers"), whole=True),
    ),
    checks=(
        Check("total", 1, N_("how many numbers the layer stores")),
        Check("split", 1, N_("how many of them are not trained")),
    ),
    hints=(
        N_(
            "Call the layer once on some rows and print layer.weights: how many "
            "weights are there, and how long is each?"
        ),
        N_(
            "Each weight of the layer has one entry per unit of the dense layer above "
            "it."
        ),
        N_(
            "layer.trainable_weights and layer.non_trainable_weights tell the two "
            "sorts apart."
        ),
    ),
    strict=N_("whole numbers, for the one BatchNormalization layer"),
    free=N_("the way you count"),
    personal={"units": (96, 24, 40, 56, 72, 80, 88, 104, 112, 120, 136, 144, 152, 168)},
    minutes=5,
)


def _columns(rng: random.Random, rows: int, columns: int) -> Array:
    """Draw a batch whose columns lie in different places and are not equally wide."""
    places = [(rng.uniform(-5.0, 5.0), rng.uniform(0.5, 3.0)) for _ in range(columns)]
    return Array(
        [
            [center + width * rng.gauss(0.0, 1.0) for center, width in places]
            for _ in range(rows)
        ]
    )


def _same_entries(batch: Array) -> Array:
    """Return the batch with one entry all down its first column."""
    first = batch.values[0][0]
    return Array([[first, *row[1:]] for row in batch.values])


def _forward_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw batches for both modes; rows and columns differ in number."""
    del parameters
    cases = []
    for training, rows, columns, note in (
        (True, 6, 3, ""),
        (True, 5, 4, ""),
        (True, 7, 2, N_(", one column the same in all rows")),
        (False, 6, 3, ""),
        (False, 1, 4, ""),
    ):
        batch = _columns(rng, rows, columns)
        args = (
            _same_entries(batch) if note else batch,
            uniform(rng, columns, low=0.5, high=2.0),
            away_from(rng, columns, gap=0.2),
            normal(rng, columns, scale=3.0),
            uniform(rng, columns, low=0.5, high=4.0),
            training,
            round(rng.uniform(0.6, 0.95), 2),
            rng.choice((0.001, 0.002, 0.005, 0.01)),
        )
        mode = N_("training=True, {rows} x {columns}{note}")
        if not training:
            mode = N_("training=False, {rows} x {columns}{note}")
        label = translate(
            mode, rows=rows, columns=columns, note=translate(note) if note else ""
        )
        cases.append(Case(args, label))
    return tuple(cases)


forward = Exercise(
    id="batch-norm-forward",
    title=N_("Both passes by hand"),
    kind="F",
    parts=(Function("normalize_batch", cases=_forward_cases),),
    checks=(
        Check("training", 1.5, N_("the output in training")),
        Check("inference", 1, N_("the output at inference")),
        Check("moving", 1.5, N_("the moving mean and variance after the call")),
    ),
    hints=(
        N_(
            "Which mean and which variance does each mode divide with? Choose them "
            "first; the rest is the same line."
        ),
        N_(
            "x.mean(axis=0) and x.var(axis=0) have one entry per column. var divides "
            "by the number of rows, as Keras does."
        ),
        N_(
            "In training: momentum * moving + (1 - momentum) * batch, for the mean and "
            "for the variance. At inference both stay as they are."
        ),
    ),
    strict=N_("three results in this order; biased variance; arguments unchanged"),
    free=N_("how you write it"),
    minutes=12,
)

concrete_net = Exercise(
    id="batch-norm-concrete-net",
    title=N_("The concrete network"),
    kind="M",
    parts=(Model("concrete_net", inputs=(8,)),),
    checks=(
        Check(
            "placement", 1, N_("a BatchNormalization directly before each dense layer")
        ),
        Check("settings", 1, N_("the layers normalize as the task says")),
        Check("network", 1, N_("the given network unchanged")),
    ),
    hints=(
        N_(
            "Go through the network from the input on. In front of which layers do "
            "numbers get multiplied by weights?"
        ),
        N_("The output layer is a dense layer too."),
        N_("keras.Input, then normalization and dense layer in turn, four times."),
    ),
    strict=N_("number and place of the layers, units, activations, bias, trainable"),
    free=N_("names, initial values, API; momentum 0.9 to 0.999, epsilon up to 0.01"),
    states=("all",),
)

concrete_model = Exercise(
    id="batch-norm-concrete-model",
    title=N_("A number in place of nan"),
    kind="T",
    parts=(
        Trained(
            "model_file",
            data=("x_val", "y_val"),
            metrics=("mae",),
            model=Model("model_file", inputs=(8,)),
        ),
        Values("val_mae"),
    ),
    checks=(
        Check(
            "recipe", 0.5, N_("the network of exercise 3, trained with SGD on raw rows")
        ),
        Check(
            "score",
            1,
            N_("validation MAE at most 5.2 MPa"),
            needs=("recipe",),
            needs_real_data=True,
        ),
        Check("best", 0.5, N_("the weights of the best epoch")),
    ),
    hints=(
        N_("Take the network of exercise 3 and compile it with SGD and the loss mae."),
        N_(
            "keras.callbacks.ModelCheckpoint has an argument that makes it overwrite "
            "the file only when the validation loss is lower than ever."
        ),
        N_(
            "history.history holds one validation loss per epoch; hand in the whole "
            "list."
        ),
    ),
    strict=N_("the network of exercise 3, raw inputs, SGD, weights of the best epoch"),
    free=N_("learning rate, momentum, batch size, number of epochs"),
    minutes=15,
    states=("all",),
)

block_net = Exercise(
    id="batch-norm-block-net",
    title=N_("Before the activation"),
    kind="M",
    parts=(Model("block_net", inputs=(11,)),),
    checks=(
        Check("order", 1, N_("dense layer, normalization, activation, in this order")),
        Check("bias", 1, N_("no bias where the normalization makes it redundant")),
        Check("network", 1, N_("units, activations and output layer as given")),
    ),
    hints=(
        N_(
            "An activation inside a dense layer acts before the next layer sees "
            "anything."
        ),
        N_("layers.ReLU() is the activation as a layer of its own."),
        N_(
            "A normalization subtracts the mean of its column. What does that do to a "
            "number that was added to every row? The argument is called use_bias."
        ),
    ),
    strict=N_("units, order, which layers have a bias, trainable"),
    free=N_("names, initial values, API; momentum 0.9 to 0.999, epsilon up to 0.01"),
    # Which bias is redundant, the learner finds out.
    states=("layers", "units", "activation", "momentum", "epsilon"),
)

wine_net = Exercise(
    id="batch-norm-wine-net",
    title=N_("A scaler made of a layer"),
    kind="M",
    parts=(Model("wine_net", inputs=(11,)),),
    checks=(
        Check("scaler", 1, N_("batch normalization in the place of a scaler")),
        Check("network", 1, N_("the given network unchanged")),
    ),
    hints=(
        N_("A scaler works on the rows before the network sees them."),
        N_("So which layer may receive the raw rows?"),
        N_("The layer goes between keras.Input and the first dense layer."),
    ),
    strict=N_("place of the layer, units, activation, bias, trainable"),
    free=N_("names, initial values, API; momentum 0.9 to 0.999, epsilon up to 0.01"),
    # Where the layer belongs, the learner finds out.
    states=("Dense", "momentum", "epsilon"),
)

statements = Exercise(
    id="batch-norm-statements",
    title=N_("Four questions"),
    kind="C",
    parts=(
        Choice(
            "one_row",
            options=(
                Option(
                    "moving", N_("It works: the moving mean and variance are used.")
                ),
                Option(
                    "impossible",
                    N_(
                        "It cannot be normalized: the variance of a single row is 0, "
                        "so the layer returns β."
                    ),
                ),
                Option(
                    "last_batch",
                    N_(
                        "It is normalized with the statistics of the last training "
                        "batch."
                    ),
                ),
                Option("untouched", N_("The layer is skipped, as a dropout layer is.")),
            ),
        ),
        Choice(
            "shuffling",
            options=(
                Option(
                    "neighbors",
                    N_(
                        "What a row becomes in training depends on its batch. Sorted "
                        "rows make batches of one kind, whose statistics mislead."
                    ),
                ),
                Option(
                    "not_needed",
                    N_(
                        "There is no need: normalization makes all batches alike, so "
                        "their order and content do not matter."
                    ),
                ),
                Option(
                    "first_epoch",
                    N_(
                        "The moving averages are fixed after epoch 1, so its batches "
                        "should be well mixed. Later epochs need no shuffling."
                    ),
                ),
                Option(
                    "order",
                    N_("A row's output depends on its position within the batch."),
                ),
            ),
        ),
        Choice(
            "gamma_beta",
            options=(
                Option(
                    "trained",
                    N_(
                        "Gradient descent trains them. They may choose another scale "
                        "and center, or undo the normalization."
                    ),
                ),
                Option(
                    "statistics",
                    N_(
                        "They are standard deviation and mean of the column, averaged "
                        "over the batches for inference."
                    ),
                ),
                Option(
                    "fixed",
                    N_(
                        "They start at 1 and 0 and are fixed after epoch 1, when scale "
                        "and center of the data are known."
                    ),
                ),
                Option(
                    "training_only",
                    N_(
                        "They act in training only. At inference the moving averages "
                        "take their place."
                    ),
                ),
            ),
        ),
        Choice(
            "covariate_shift",
            options=(
                Option(
                    "contested",
                    N_(
                        "It was the motive of 2015. Networks with added shifts train "
                        "well too, so it is contested."
                    ),
                ),
                Option(
                    "proved",
                    N_(
                        "It is proved: the paper of 2015 showed faster training, and "
                        "less shift is what makes it faster."
                    ),
                ),
                Option(
                    "no_help",
                    N_(
                        "It was refuted in 2018: batch normalization does not speed up "
                        "training."
                    ),
                ),
                Option(
                    "inputs",
                    N_(
                        "It means that training and test rows come from different "
                        "sources, and batch normalization repairs that."
                    ),
                ),
            ),
        ),
    ),
    checks=(
        Check("one_row", 0.75, N_("a batch of one at inference")),
        Check("shuffling", 0.75, N_("why rows are shuffled")),
        Check("gamma_beta", 0.75, N_("what γ and β are")),
        Check("covariate_shift", 0.75, N_("what is known of the reason")),
    ),
    hints=(
        N_("The section “One row at a time” of the lesson runs the first question."),
        N_("Of the four numbers per column, which two does a gradient reach?"),
        N_(
            "A measured effect and the reason given for it are two claims. The lesson "
            "names a paper for each."
        ),
    ),
    strict=N_("one letter each"),
    free=N_("nothing"),
    minutes=8,
)

short_run = Exercise(
    id="batch-norm-short-run",
    title=N_("Sixty updates"),
    kind="P",
    parts=(
        Number("guessed_accuracy", low=0, high=100, unit=N_("%")),
        Values("measured", fields=("batches", "moving", "quick")),
        Number("initial_share"),
        Choice(
            "reason",
            options=(
                Option(
                    "not_arrived",
                    N_(
                        "At inference the layers use moving averages, which are still "
                        "more than half initial values."
                    ),
                ),
                Option(
                    "overfitting",
                    N_("The network has learned its 300 images by heart."),
                ),
                Option(
                    "bug",
                    N_(
                        "There is a bug: fit and evaluate must agree on the very same "
                        "images and weights."
                    ),
                ),
                Option(
                    "untrained",
                    N_("Sixty updates are too few for the weights to learn anything."),
                ),
            ),
        ),
        Choice(
            "cure",
            options=(
                Option(
                    "momentum",
                    N_("Set momentum to 0.9, or train for many more updates."),
                ),
                Option("dropout", N_("Add dropout, or raise its rate.")),
                Option("higher", N_("Set momentum to 0.999, for steadier averages.")),
                Option("stop", N_("Stop earlier, at the best epoch.")),
            ),
        ),
    ),
    checks=(
        Check("guess", 1, N_("a number was written down before measuring")),
        Check("measured", 0.5, N_("three measured accuracies"), needs_real_data=True),
        Check("share", 0.5, N_("what is left of the initial value")),
        Check("reason", 0.5, N_("why training and test differ")),
        Check("cure", 0.5, N_("what helps")),
    ),
    hints=(
        N_("The lesson prints three accuracies in its section on moving averages."),
        N_(
            "Each update keeps 0.99 of the moving average. What is left of the initial "
            "value after two updates, and after sixty?"
        ),
        N_(
            "The same weights do well with the statistics of their batches. So which "
            "numbers of the layers are not ready?"
        ),
    ),
    strict=N_("accuracies in percent; the share between 0 and 1"),
    free=N_("the guess"),
    minutes=10,
)


def _backward_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw batches away from a tiny variance, where slopes would be too steep."""
    del parameters
    cases = []
    for rows, columns in ((6, 3), (5, 4), (8, 2)):
        args = (
            normal(rng, rows, columns),
            _spread(rng, rows, columns),
            uniform(rng, columns, low=0.5, high=2.0),
            normal(rng, columns),
            rng.choice((0.001, 0.002, 0.005, 0.01)),
        )
        label = translate(
            N_("{rows} rows, {columns} columns"), rows=rows, columns=columns
        )
        cases.append(Case(args, label))
    return tuple(cases)


def _spread(rng: random.Random, rows: int, columns: int) -> Array:
    """Draw columns whose entries are never closer than 0.2 to each other."""
    found = []
    for _ in range(columns):
        center = rng.uniform(-2.0, 2.0)
        column = [
            center + 0.4 * (place - rows / 2) + rng.uniform(-0.1, 0.1)
            for place in range(rows)
        ]
        rng.shuffle(column)
        found.append(column)
    return Array([list(row) for row in zip(*found, strict=True)])


backward = Exercise(
    id="batch-norm-backward",
    title=N_("The way back through a batch"),
    kind="F",
    parts=(Function("backward", cases=_backward_cases),),
    checks=(
        Check("input", 2, N_("the gradient of the input")),
        Check("scale", 1, N_("the gradients of γ and β")),
    ),
    hints=(
        N_(
            "β is added to every row of its column, and γ multiplies x̂ in every row. "
            "What do all rows together send back?"
        ),
        N_(
            "An entry of x acts on three ways: by itself, through the mean, and "
            "through the variance."
        ),
        N_(
            "dx is gamma / √(variance + epsilon) times: dy, minus the column's mean of "
            "dy, minus x̂ times the column's mean of dy · x̂."
        ),
    ),
    strict=N_("relative error below 0.000001; float64"),
    free=N_("how you write it; a tuple, list or dict of three arrays"),
    minutes=15,
)
