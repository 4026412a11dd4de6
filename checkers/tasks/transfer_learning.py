"""Lesson 13, transfer learning: what a learner's process may know of its exercises."""

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
    "capstone",
    "case_by_case",
    "early_blocks",
    "fine_tune",
    "frozen_head",
    "grad_cam",
    "head_sizes",
    "heads_on_cache",
    "two_stages",
    "vgg_head",
]

_PICTURE = (32, 32, 3)

frozen_head = Exercise(
    id="transfer-learning-frozen-head",
    title=N_("Case 1: a new head on frozen blocks"),
    kind="M",
    parts=(Model("frozen_net", inputs=_PICTURE),),
    checks=(
        Check("frozen", 1, N_("all blocks, with their trained weights, frozen")),
        Check("head", 1, N_("one mean per map, four probabilities")),
    ),
    hints=(
        N_(
            "base = networks.backbone() gives maps of 4 x 4 x 128. Freeze it in a line."
        ),
        N_("base.trainable = False freezes; base(x, training=False) does not."),
        N_(
            "Input, base, GlobalAveragePooling2D(), Dense(4, activation='softmax'), "
            "with base.trainable = False."
        ),
    ),
    strict=N_("all blocks with trained weights, frozen; the head"),
    free=N_("names, the API, whether the base is told training=False"),
    states=("all",),
)

early_blocks = Exercise(
    id="transfer-learning-early-blocks",
    title=N_("Case 2: keep the early blocks only"),
    kind="M",
    parts=(Model("early_net", inputs=_PICTURE),),
    checks=(
        Check("blocks", 1, N_("the right blocks, frozen, on pixels from 0 to 1")),
        Check("head", 1, N_("a fresh convolution and ten probabilities")),
    ),
    hints=(
        N_("networks.backbone(end='block2_pool') stops behind block 2."),
        N_(
            "The pictures come as 0 to 255, the blocks were trained on 0 to 1. Which "
            "Keras layer multiplies by a constant?"
        ),
        N_(
            "Rescaling(1 / 255), the frozen blocks, Conv2D(64, 3, padding='same', "
            "activation='relu'), GlobalAveragePooling2D(), Dense(10, 'softmax')."
        ),
    ),
    strict=N_("where the blocks end, frozen, the scale of the input, the new layers"),
    free=N_("names, the API, initial values of the new layers"),
    personal={"blocks": (2, 1, 3)},
    states=("all",),
)

fine_tune = Exercise(
    id="transfer-learning-fine-tune",
    title=N_("Cases 3 and 4: train everything, gently"),
    kind="M",
    parts=(Model("tuned_net", inputs=_PICTURE),),
    checks=(
        Check("network", 1, N_("all blocks with trained weights, free to move")),
        Check("compiled", 1, N_("a loss for these labels, a rate of at most 0.001")),
    ),
    hints=(
        N_("Start as in exercise 1. Nothing is frozen this time."),
        N_("Ten classes of digits: how many probabilities come out?"),
        N_(
            "compile(keras.optimizers.Adam(1e-4), 'sparse_categorical_crossentropy'). "
            "A rate of 1 would throw away in one step what the weights know."
        ),
    ),
    strict=N_("trained weights, everything trainable, the head, loss and rate"),
    free=N_("names, the API, optimizer, metrics"),
    states=("all",),
)

two_stages = Exercise(
    id="transfer-learning-two-stages",
    title=N_("The second stage"),
    kind="M",
    parts=(Model("model", inputs=_PICTURE),),
    checks=(
        Check("thawed", 1, N_("block 4 and the head train, nothing else")),
        Check("norms", 1, N_("every BatchNormalization layer stays frozen")),
        Check("compiled", 1, N_("compiled anew, with a rate of at most 0.0001")),
    ),
    hints=(
        N_(
            "model.get_layer('backbone').layers lists the layers; their names start "
            "with block1 to block4."
        ),
        N_(
            "Switch the backbone on as a whole, then switch off each layer that should "
            "rest: its block is not the last, or it is a BatchNormalization layer."
        ),
        N_(
            "After that, model.compile(keras.optimizers.Adam(1e-5), "
            "'sparse_categorical_crossentropy'). compile decides what moves."
        ),
    ),
    strict=N_("which layers train, the trained weights, loss and rate"),
    free=N_("how you select the layers, optimizer, metrics, further training"),
    minutes=12,
    states=("all",),
)


def _head_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return calls with a small base, several heads, and pictures."""
    cases = []
    for rows, heads in ((70, 3), (33, 1), (64, 4)):
        seed = rng.randrange(10_000)
        pixels = random.Random(rng.randrange(10_000))  # noqa: S311 - no secret
        pictures = [
            [[[round(pixels.random(), 3)] * 3 for _ in range(6)] for _ in range(6)]
            for _ in range(rows)
        ]
        cases.append(
            Case(
                args=(
                    Made("counted_base", {"seed": seed}),
                    [
                        Made("small_head", {"seed": seed + 1 + number})
                        for number in range(heads)
                    ],
                    Array(pictures, "float32"),
                ),
                label=translate(
                    N_("{rows} pictures, {heads} heads"), rows=rows, heads=heads
                ),
            )
        )
    return tuple(cases)


heads_on_cache = Exercise(
    id="transfer-learning-heads-on-cache",
    title=N_("Several heads, one pass"),
    kind="F",
    parts=(
        Function(
            "try_heads", cases=_head_cases, observe="heads_on_cache", limit_s=30.0
        ),
    ),
    checks=(
        Check("outputs", 1, N_("each head's outputs, as end to end at inference")),
        Check("calls", 1, N_("the base runs once per 32 pictures, at most")),
    ),
    hints=(
        N_("What does the base give? Compute it once, before you look at a head."),
        N_("base.predict(pictures, verbose=0) works in batches of 32, at inference."),
        N_(
            "features = base.predict(pictures, verbose=0); return "
            "[head.predict(features, verbose=0) for head in heads]"
        ),
    ),
    strict=N_("values to 0.00001, one array per head, the number of calls of the base"),
    free=N_("how you loop, batches of 32 or more"),
)

head_sizes = Exercise(
    id="transfer-learning-head-sizes",
    title=N_("What the heads of VGG16 cost"),
    kind="N",
    parts=(
        Number("with_mean", low=0, unit=N_("parameters"), whole=True),
        Number("with_flatten", low=0, unit=N_("parameters"), whole=True),
    ),
    checks=(
        Check("mean", 1, N_("the head behind GlobalAveragePooling2D")),
        Check("flatten", 1, N_("the head behind Flatten")),
    ),
    hints=(
        N_("How many numbers reach the Dense layer, and what does each class have?"),
        N_("One mean per map: 512 numbers. Flatten: 7 x 7 x 512 numbers."),
        N_("(inputs + 1) x classes: each class has one weight per input and one bias."),
    ),
    strict=N_("whole numbers, the head only"),
    free=N_("by hand or with count_params()"),
    personal={"classes": (133, 102, 120, 37, 200)},
)

vgg_head = Exercise(
    id="transfer-learning-vgg-head",
    title=N_("That head as a model"),
    kind="M",
    parts=(Model("vgg_head", inputs=(7, 7, 512)),),
    checks=(
        Check("mean", 1, N_("one mean per map")),
        Check("classes", 1, N_("one probability per class")),
    ),
    hints=(
        N_("The input is what VGG16 gives without its head: 7 x 7 x 512."),
        N_("GlobalAveragePooling2D makes 512 numbers of it."),
        N_("Input, GlobalAveragePooling2D, Dense(133, activation='softmax')."),
    ),
    strict=N_("input, pooling, units, activation, bias"),
    free=N_("names, initial values, the API"),
    states=("all",),
)

_STRATEGIES = (
    Option("scratch", N_("from scratch: the same network with fresh weights")),
    Option("frozen", N_("all blocks frozen, a new head")),
    Option("cut", N_("blocks 1 and 2 frozen, the others replaced by a new head")),
    Option("tune", N_("a new head first, then everything trains")),
)

case_by_case = Exercise(
    id="transfer-learning-case-by-case",
    title=N_("Which strategy, in which case?"),
    kind="P",
    parts=(
        Number("guessed_gain", low=-60, high=75, unit=N_("percentage points")),
        Choice("small_similar", options=_STRATEGIES, multiple=True),
        Choice("small_different", options=_STRATEGIES, multiple=True),
        Choice("large_similar", options=_STRATEGIES, multiple=True),
        Choice("large_different", options=_STRATEGIES, multiple=True),
        Choice(
            "reading",
            options=(
                Option(
                    "data",
                    N_(
                        "The less the new pictures are like the old ones, the further "
                        "the frozen blocks fall behind."
                    ),
                ),
                Option(
                    "tune", N_("Training everything is the best choice in each case.")
                ),
                Option(
                    "freeze",
                    N_("With few pictures, frozen blocks are the best choice."),
                ),
                Option(
                    "same",
                    N_("With many pictures it makes no difference how alike they are."),
                ),
            ),
        ),
    ),
    checks=(
        Check("guess", 0.5, N_("a number was written down before measuring")),
        Check("cases", 1, N_("who is within two points of the best, in each case")),
        Check("reading", 0.5, N_("the sentence that fits the table")),
    ),
    hints=(
        N_("The table of the lesson has one mean per strategy and case."),
        N_(
            "In each case find the largest mean and subtract 2. Every strategy at or "
            "above that counts, so a case may have several letters: 'AC'."
        ),
        N_(
            "Look at the frozen blocks in both cases with many pictures: how far are "
            "they from the best among photographs, how far among digits?"
        ),
    ),
    strict=N_("two points or less below the best mean of the shipped table"),
    free=N_("the guess; the order of letters"),
    minutes=12,
)


def _cam_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return calls with a small base and head whose weights come from a seed."""
    cases = []
    for rows, columns, label in ((7, 7, 0), (6, 8, 2), (9, 6, 1), (7, 7, 2)):
        seed = rng.randrange(10_000)
        picture = [
            [[round(rng.uniform(0, 1), 3) for _ in range(3)] for _ in range(columns)]
            for _ in range(rows)
        ]
        size = {"seed": seed, "rows": rows - 2, "columns": columns - 2}
        cases.append(
            Case(
                args=(
                    Made("cam_base", {"seed": seed}),
                    Made("cam_head", size),
                    Array(picture, "float32"),
                    label,
                ),
                label=translate(
                    N_("a picture of {rows} x {columns}, class {label}"),
                    rows=rows,
                    columns=columns,
                    label=label,
                ),
            )
        )
    return tuple(cases)


grad_cam = Exercise(
    id="transfer-learning-grad-cam",
    title=N_("Where does it look?"),
    kind="F",
    parts=(Function("grad_cam", cases=_cam_cases, limit_s=20.0),),
    checks=(
        Check("map", 2, N_("maps weighted by their mean gradients, added up")),
        Check("relu", 1, N_("negative sums are cut to 0"), needs=("map",)),
    ),
    hints=(
        N_("maps = base(picture[None]); watch them inside a tf.GradientTape."),
        N_(
            "gradient = tape.gradient(head(maps)[0, label], maps) has one number per "
            "position and map. Its mean over the positions is one weight per map."
        ),
        N_(
            "weights: the gradient's mean over axes 1 and 2; add up weight times map "
            "over the maps; np.maximum(…, 0)."
        ),
    ),
    strict=N_("two axes, values to 0.0001, nothing scaled"),
    free=N_("NumPy or TensorFlow, loops or arrays"),
    minutes=15,
)

capstone = Exercise(
    id="transfer-learning-capstone",
    title=N_("Your own transfer, from split to test"),
    kind="T",
    parts=(
        Values("train_rows"),
        Values("val_rows"),
        Number("baseline", unit=N_("percent")),
        Values("curves", fields=("accuracy", "val_accuracy")),
        Choice(
            "reading",
            options=(
                Option(
                    "best_last",
                    N_("The last epoch was the best: a longer run may help."),
                ),
                Option(
                    "best_earlier",
                    N_("The best epoch lies before the last one: more would not help."),
                ),
                Option(
                    "gap",
                    N_(
                        "At the best epoch training accuracy is more than 10 points "
                        "above validation accuracy: it overfits."
                    ),
                ),
                Option(
                    "no_gap",
                    N_("At the best epoch both accuracies are within 10 points."),
                ),
            ),
            multiple=True,
        ),
        Trained(
            "model_file",
            data=("x_test", "y_test"),
            metrics=("accuracy",),
            model=Model("model", inputs=_PICTURE),
        ),
        Number("test_accuracy", unit=N_("percent")),
    ),
    checks=(
        Check("split", 1, N_("two parts of your 400 pictures, none in both")),
        Check("baseline", 0.5, N_("the accuracy of always giving one answer")),
        Check("reading", 1, N_("the two sentences that your curves support")),
        Check(
            "score",
            2,
            N_("the saved model, well above the baseline"),
            needs_real_data=True,
        ),
        Check("own", 0.5, N_("the test accuracy that you measured yourself")),
    ),
    hints=(
        N_(
            "np.random.default_rng(SEED).permutation(400) puts the positions in a "
            "random order; the first 300 train, the others validate."
        ),
        N_(
            "Case 1: freeze the backbone, train GlobalAveragePooling2D and "
            "Dense(4, 'softmax') on its outputs, computed once."
        ),
        N_(
            "EarlyStopping(restore_best_weights=True) or ModelCheckpoint keeps the "
            "best epoch. Save base and head as one model that takes pictures of 0 to 1."
        ),
    ),
    strict=N_("the 400 pictures, the split, one test evaluation"),
    free=N_("layers, strategy, optimizer, epochs, augmentation"),
    personal={"seed": tuple(range(10))},
    minutes=30,
)
