"""Lesson 12, augmentation: what a learner's process may know of its exercises."""

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
    "augmented_nets",
    "keras_penalty",
    "learning_curve",
    "penalized_net",
    "penalty_steps",
    "pipeline",
    "thousand_images",
]


def _step_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return weights, biases, gradients and settings; some weights are exactly 0."""
    del parameters
    cases = []
    for rows, columns in ((4, 3), (2, 5), (1, 1)):
        w = [[rng.uniform(-2, 2) for _ in range(columns)] for _ in range(rows)]
        if rows > 1:
            w[0][0] = 0.0
        dw = [[rng.uniform(-1, 1) for _ in range(columns)] for _ in range(rows)]
        b = [rng.uniform(-1, 1) for _ in range(columns)]
        db = [rng.uniform(-1, 1) for _ in range(columns)]
        # Not 0.5: a forgotten rate would look like a forgotten half.
        lr, lam = rng.choice((0.1, 0.2, 0.3)), rng.uniform(1.0, 6.0)
        m = rng.choice((20, 40, 50))
        label = translate(
            N_("{rows} x {columns} weights, lr {lr}, lam {lam}, m {m}"),
            rows=rows,
            columns=columns,
            lr=f"{lr:g}",
            lam=f"{lam:.2f}",
            m=m,
        )
        arrays = Array(w), Array(b), Array(dw), Array(db)
        cases.append(Case(args=(*arrays, lr, lam, m), label=label))
    return tuple(cases)


penalty_steps = Exercise(
    id="augmentation-penalty-steps",
    title=N_("One step with a penalty"),
    kind="F",
    parts=(
        Function("l2_step", cases=_step_cases),
        Function("l1_step", cases=_step_cases),
        Choice(
            "with_adam",
            options=(
                Option(
                    "adamw",
                    N_(
                        "AdamW: it shrinks each weight by the same factor, apart from "
                        "the step that follows the gradient."
                    ),
                ),
                Option(
                    "kernel_regularizer",
                    N_(
                        "Adam with kernel_regularizer=L2: there too each weight "
                        "shrinks by the same factor per step."
                    ),
                ),
                Option(
                    "rate",
                    N_("Adam with a smaller learning rate: that is the same thing."),
                ),
                Option(
                    "nothing",
                    N_("Plain Adam: its moving averages already shrink the weights."),
                ),
            ),
        ),
    ),
    checks=(
        Check("l2", 1.25, N_("the L2 step: weights shrink by a factor")),
        Check("l1", 1.25, N_("the L1 step: weights move by a fixed amount")),
        Check("adam", 0.5, N_("which optimizer shrinks all weights alike")),
    ),
    hints=(
        N_(
            "Write the cost down first: the data's mean loss plus the penalty. What is "
            "the slope of the penalty for one weight?"
        ),
        N_(
            "The slope of (lam / 2m) w² is (lam / m) w: the ½ is there to cancel the "
            "2. The slope of (lam / m) |w| is (lam / m) times the sign of w."
        ),
        N_(
            "new w = w - lr * (dw + slope of the penalty). The biases have no penalty: "
            "new b = b - lr * db."
        ),
    ),
    strict=N_("both results in this order, the arguments unchanged"),
    free=N_("loops or arrays"),
    minutes=12,
)

keras_penalty = Exercise(
    id="augmentation-keras-penalty",
    title=N_("What Keras adds to the loss"),
    kind="N",
    parts=(Number("penalty"), Number("slope")),
    checks=(
        Check("penalty", 1, N_("what L2(0.01) adds to the loss")),
        Check("slope", 1, N_("its slope for the first weight")),
    ),
    hints=(
        N_("Keras's L2 is a sum of squares times its factor. Is there a ½ in it?"),
        N_("Square each weight, add the squares, multiply by 0.01."),
        N_("The slope of 0.01 w² is 0.02 w, with the sign of w."),
    ),
    strict=N_("two numbers"),
    free=N_("the way you compute them"),
    personal={
        "weights": (
            (6, -3, 2),
            (4, -1, 8),
            (-4, 7, 4),
            (6, -2, 9),
            (3, -4, 12),
            (7, 6, -6),
        )
    },
    minutes=8,
)

penalized_net = Exercise(
    id="augmentation-penalized-net",
    title=N_("Noise in front, a penalty inside"),
    kind="M",
    parts=(Model("penalized_net", inputs=(11,)),),
    checks=(
        Check("noise", 1, N_("noise of 0.2 on the inputs, in training only")),
        Check("penalty", 1, N_("the penalty on both kernels, and on nothing else")),
    ),
    hints=(
        N_("layers.GaussianNoise takes the standard deviation of what it adds."),
        N_(
            "A Dense layer takes three regularizers: for its kernel, for its bias, and "
            "for its outputs. Which one is asked for?"
        ),
        N_(
            "kernel_regularizer=keras.regularizers.L2(0.001) on both Dense layers; the "
            "noise layer comes before the first of them."
        ),
    ),
    strict=N_("places, noise, penalty, units, activations"),
    free=N_("names, initial values, the API"),
    minutes=10,
    states=("all",),
)

augmented_nets = Exercise(
    id="augmentation-augmented-nets",
    title=N_("Two networks, two kinds of picture"),
    kind="M",
    parts=(
        Model("digit_net", inputs=(28, 28, 1), pictures=True),
        Model("photo_net", inputs=(32, 32, 3), pictures=True),
    ),
    checks=(
        Check("acts", 1, N_("in training, each picture is moved at random")),
        Check("labels", 1, N_("no change makes a label wrong")),
        Check("network", 1, N_("at inference nothing happens, in the given networks")),
    ),
    hints=(
        N_(
            "What may a digit go through and stay the same digit? Draw a 2 and look at "
            "it in a mirror."
        ),
        N_(
            "Keras has a layer for each change: layers.RandomTranslation, "
            "layers.RandomFlip … They act in training only, on their own."
        ),
        N_(
            "Put RandomTranslation(0.1, 0.1) right behind the input of both, and "
            'RandomFlip("horizontal") behind it in photo_net.'
        ),
    ),
    strict=N_(
        "shifts up to a tenth of the size; mirror images of photographs, never of "
        "digits; nothing at inference; the given layers"
    ),
    free=N_("which layers do it, your own included; names; the API"),
    minutes=15,
    states=("all",),
)


def _pipeline_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return calls with marked pictures, whose labels tell which picture they are."""
    del parameters
    cases = []
    for rows, size in ((150, 32), (64, 16)):
        settings = {"rows": rows, "seed": rng.randrange(10_000)}
        cases.append(
            Case(
                args=(
                    Made("marked_pictures", settings),
                    Made("marked_labels", settings),
                    size,
                    Made("marked_augment", {}),
                ),
                label=translate(
                    N_("{rows} pictures, batches of {size}"), rows=rows, size=size
                ),
            )
        )
    return tuple(cases)


def _validation_cases(
    rng: random.Random, parameters: dict[str, Any]
) -> tuple[Case, ...]:
    """Return the same calls without the augmentation."""
    return tuple(
        Case(args=case.args[:3], label=case.label)
        for case in _pipeline_cases(rng, parameters)
    )


pipeline = Exercise(
    id="augmentation-pipeline",
    title=N_("An input pipeline"),
    kind="F",
    parts=(
        Function(
            "training_batches",
            cases=_pipeline_cases,
            observe="training_batches",
            limit_s=20.0,
        ),
        Function(
            "validation_batches",
            cases=_validation_cases,
            observe="validation_batches",
            limit_s=20.0,
        ),
    ),
    checks=(
        Check("labels", 1, N_("every picture once an epoch, with its own label")),
        Check(
            "random",
            1,
            N_("each epoch another order, and every picture changed anew"),
            needs=("labels",),
        ),
        Check("validation", 1, N_("validation: in order, unchanged, whole")),
    ),
    hints=(
        N_(
            "tf.data.Dataset.from_tensor_slices((x, y)) gives pairs. Each method of a "
            "data set returns a new one: chain them."
        ),
        N_(
            "shuffle takes a buffer: as many rows as there are. What is shuffled "
            "behind batch: pictures, or batches?"
        ),
        N_(
            "shuffle(len(x)), batch(batch_size), map(lambda images, labels: "
            "(augment(images, training=True), labels)), prefetch(tf.data.AUTOTUNE)."
        ),
    ),
    strict=N_("pairs of (images, labels) in a tf.data.Dataset, one epoch long"),
    free=N_("the order of steps that gives the same, prefetch, cache where it helps"),
    minutes=15,
)

SIZES = (500, 1_000, 5_000, 20_000)
NUM_SEEDS = 3

learning_curve = Exercise(
    id="augmentation-learning-curve",
    title=N_("More data, or a better model?"),
    kind="A",
    parts=(
        Values("curves", fields=("linear", "nearest")),
        Choice(
            "reading",
            options=(
                Option(
                    "both",
                    N_(
                        "Both count. With equally many images the second model is "
                        "better; with forty times as many, the first one is ahead of "
                        "it, on average."
                    ),
                ),
                Option(
                    "algorithm",
                    N_(
                        "The better model always wins: no number of images makes the "
                        "first one as good as the second with 500."
                    ),
                ),
                Option(
                    "data",
                    N_(
                        "Only data count: with equally many images the two models are "
                        "equally good."
                    ),
                ),
                Option(
                    "same_gain",
                    N_(
                        "Going from 500 to 20,000 images helps both models by the "
                        "same number of points."
                    ),
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "curves",
            2,
            N_("four sizes, three seeds, two models, one test set"),
            needs_real_data=True,
        ),
        Check("reading", 1, N_("what the two curves say")),
    ),
    hints=(
        N_(
            "Three loops, one inside the other: models, sizes, seeds. The test images "
            "stand outside of all loops."
        ),
        N_("training_rows(size, seed) gives the images to learn from, and labels."),
        N_(
            "[[accuracy(model, *training_rows(n, s)) for s in range(3)] for n in "
            "SIZES] is the table of one model."
        ),
    ),
    strict=N_("percent; one row per size, one column per seed; the same test images"),
    free=N_("loops or comprehensions"),
    minutes=12,
)

_MODEL = Model("model", inputs=(28, 28, 1))
_NAMES = ("first_model", "second_model", "third_model")

thousand_images = Exercise(
    id="augmentation-thousand-images",
    title=N_("A thousand images"),
    kind="T",
    parts=tuple(
        Trained(
            name,
            data=("x_test", "y_test", "plain"),
            metrics=("accuracy",),
            model=_MODEL,
        )
        for name in _NAMES
    ),
    checks=(
        Check("three", 0.5, N_("three networks, one per set of 1,000 images")),
        Check("size", 0.5, N_("no more parameters than the plain network")),
        Check(
            "gain",
            2,
            N_("on average at least 0.7 points above the plain network"),
            needs=("three",),
            needs_real_data=True,
        ),
    ),
    hints=(
        N_(
            "Begin with one change, and look at the training accuracy too: is there "
            "still a gap to close?"
        ),
        N_("Digits may move a little. They may not be mirrored."),
        N_(
            "RandomTranslation(0.07, 0.07) behind the input of plain_net, and as many "
            "epochs as the plain network had, or more."
        ),
    ),
    strict=N_("three sets, the limit on parameters, inputs from 0 to 1"),
    free=N_("everything that regularizes: layers, optimizer, epochs, pipeline"),
    minutes=15,
)
