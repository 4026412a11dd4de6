"""Lesson 06, convolutional networks: what a learner's process may know."""

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
    "any_size",
    "bottleneck",
    "cifar_model",
    "cifar_net",
    "compile_for",
    "dense_share",
    "functional",
    "inception",
    "mnist_net",
    "which_edit",
]

functional = Exercise(
    id="conv2d-functional",
    title=N_("The same network, functional"),
    kind="M",
    parts=(Model("functional_net", inputs=(28, 28, 1)),),
    checks=(
        Check("api", 1, N_("written with the functional API")),
        Check(
            "network",
            1,
            N_("the same graph, with the shared layer shared"),
            needs=("api",),
        ),
    ),
    hints=(
        N_("Start with inputs = keras.Input(shape=(28, 28, 1)), and call it once."),
        N_(
            "Call each layer on the result of the line above: x = layer(x). Which "
            "layer stands in the list twice?"
        ),
        N_(
            "Make the layer `mix` once, in a line of its own; then x = mix(x) twice. "
            "End with keras.Model(inputs, outputs)."
        ),
    ),
    strict=N_("the graph: layers, settings, order, and which weights are shared"),
    free=N_("names, initial values"),
    minutes=10,
    states=("all",),
)

mnist_net = Exercise(
    id="conv2d-mnist-net",
    title=N_("A network for digits"),
    kind="M",
    parts=(Model("mnist_net", inputs=(28, 28, 1)),),
    checks=(
        Check("maps", 1, N_("two convolutions, then one pooling layer")),
        Check("head", 1, N_("Flatten, Dense 128, and ten probabilities")),
        Check("loss", 1, N_("compiled with the loss for these labels and this head")),
    ),
    hints=(
        N_("A 3 x 3 kernel without padding makes 26 x 26 maps of 28 x 28 pixels."),
        N_(
            "The pooling layer stands behind the second convolution, so that Flatten "
            "gives 12 x 12 x 64 = 9,216 numbers. The total is 1,199,882."
        ),
        N_(
            "The last layer has softmax already, and the labels are whole numbers: "
            "which loss takes those, and does it expect logits?"
        ),
    ),
    strict=N_("layers, settings, order; the loss"),
    free=N_("names, initial values, the API, optimizer, metrics"),
    states=("all",),
)

cifar_net = Exercise(
    id="conv2d-cifar-net",
    title=N_("A network for small photographs"),
    kind="M",
    parts=(Model("cifar_net", inputs=(32, 32, 3)),),
    checks=(
        Check("maps", 2, N_("three convolutions with a pooling layer behind each")),
        Check("head", 1, N_("Flatten, Dense 500 with ReLU, and ten probabilities")),
    ),
    hints=(
        N_("With padding 'same' only the pooling layers make the maps smaller."),
        N_("32, 16, 8, 4: how many numbers are in 64 maps of 4 x 4?"),
        N_(
            "Conv2D(16, 2), pool, Conv2D(32, 2), pool, Conv2D(64, 2), pool; the first "
            "number is the count of filters, the second the width of the kernel."
        ),
    ),
    strict=N_("layers, settings, order"),
    free=N_("names, initial values, the API"),
    states=("all",),
)

dense_share = Exercise(
    id="conv2d-dense-share",
    title=N_("Where the parameters are"),
    kind="N",
    parts=(
        Number("share", low=0, high=100, unit=N_("percent")),
        Number("gap_total", low=0, unit=N_("parameters"), whole=True),
    ),
    checks=(
        Check("share", 1, N_("the share of the layer Dense 500")),
        Check("gap_total", 1, N_("the total with global average pooling")),
    ),
    hints=(
        N_("A dense layer has inputs x units weights, and one bias per unit."),
        N_(
            "Global average pooling leaves one number per map. How many maps are there?"
        ),
        N_(
            "So the first dense layer has 64 inputs; the convolutions stay as they are."
        ),
    ),
    strict=N_("percent with two decimals; a whole number"),
    free=N_("the way you compute it"),
    personal={"units": (500, 300, 400, 600, 800)},
)

which_edit = Exercise(
    id="conv2d-which-edit",
    title=N_("Which edit was it?"),
    kind="C",
    parts=(
        Choice(
            "edit",
            options=(
                Option("valid", N_("padding 'valid' in all three convolutions")),
                Option("no_pool", N_("the last pooling layer is left out")),
                Option("stride", N_("strides=2 in the first convolution")),
                Option("kernel", N_("a 3 x 3 kernel in the third convolution")),
                Option("dropout", N_("Dropout(0.3) behind the last pooling layer")),
                Option("batch", N_("batches of 64 in place of 32")),
            ),
        ),
        Choice(
            "reason",
            options=(
                Option(
                    "input",
                    N_(
                        "The convolutions keep their counts. The dense layer behind "
                        "Flatten has another one, because its input has another length."
                    ),
                ),
                Option(
                    "convolution",
                    N_(
                        "A convolution has one weight per place of its output, so its "
                        "own count changes with the size of the maps."
                    ),
                ),
                Option(
                    "pool",
                    N_("A pooling layer has weights, and their number has changed."),
                ),
                Option(
                    "never",
                    N_(
                        "Padding, strides and pooling change shapes only, never a "
                        "count: some layer must have other filters."
                    ),
                ),
            ),
        ),
    ),
    checks=(
        Check("edit", 2, N_("the edit that gives this total")),
        Check("reason", 1, N_("whose count has changed, and why")),
    ),
    hints=(
        N_("Work out how large the maps are in front of Flatten, for each edit."),
        N_(
            "The convolutions and the last layer have 208 + 2,080 + 8,256 + 5,010 "
            "parameters. What is left belongs to Dense 500."
        ),
        N_(
            "Subtract 500 biases and divide by 500: that is the number of inputs of "
            "Dense 500. Divide by 64 maps."
        ),
    ),
    strict=N_("one letter each"),
    free=N_("the way you find it"),
    personal={"total": (304_054, 2_064_054, 144_054)},
)


def _compile_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return a small network and labels: two heads by two forms of labels."""
    cases = []
    for head, form, label in (
        ("softmax", "whole", N_("softmax, whole labels")),
        ("softmax", "one_hot", N_("softmax, one-hot labels")),
        ("logits", "whole", N_("no softmax, whole labels")),
        ("logits", "one_hot", N_("no softmax, one-hot labels")),
        ("softmax", "column", N_("softmax, labels of shape (n, 1)")),
    ):
        classes = rng.randrange(3, 7)
        labels = [rng.randrange(classes) for _ in range(9)]
        values: Any = labels
        if form == "column":
            values = [[one] for one in labels]
        elif form == "one_hot":
            values = [[float(one == k) for k in range(classes)] for one in labels]
        settings = {"seed": rng.randrange(10_000), "classes": classes, "head": head}
        dtype = "float32" if form == "one_hot" else "uint8"
        model = Made("classifier", settings)
        cases.append(Case(args=(model, Array(values, dtype)), label=translate(label)))
    return tuple(cases)


compile_for = Exercise(
    id="conv2d-compile-for",
    title=N_("The loss that fits"),
    kind="F",
    parts=(
        Function(
            "compile_for",
            cases=_compile_cases,
            observe="compiled_classifier",
            limit_s=10.0,
        ),
    ),
    checks=(
        Check("loss", 1.5, N_("the cross-entropy of this head with these labels")),
        Check("optimizer", 1, N_("Adadelta with the learning rate of the original")),
        Check("metric", 0.5, N_("the accuracy as a metric")),
    ),
    hints=(
        N_(
            "Two questions, one about the model's last layer and one about the shape "
            "of y. The lesson has a table of the four answers."
        ),
        N_(
            "model.layers[-1].activation is keras.activations.softmax, or it is not. "
            "One-hot labels have two axes, and the second is longer than 1."
        ),
        N_(
            "Both crossentropy classes take from_logits. Write the learning rate out: "
            "keras.optimizers.Adadelta(learning_rate=1.0)."
        ),
    ),
    strict=N_("the loss, the optimizer with its learning rate; the model is returned"),
    free=N_("how you find out which head and which labels these are"),
    minutes=12,
)

cifar_model = Exercise(
    id="conv2d-cifar-model",
    title=N_("Eight points above the dense network"),
    kind="T",
    parts=(
        Trained(
            "model_file",
            data=("x_check", "y_check"),
            metrics=("accuracy",),
            model=Model("model", inputs=(32, 32, 3)),
        ),
        Values("val_accuracy"),
        Number("check_accuracy", unit=N_("percent")),
    ),
    checks=(
        Check("network", 0.5, N_("a network of convolutions")),
        Check(
            "score",
            1.5,
            N_("8 points more than the dense network, on images it never saw"),
            needs=("network",),
            needs_real_data=True,
        ),
        Check("best", 0.5, N_("the weights of the best epoch"), needs_real_data=True),
        Check("own", 0.5, N_("the accuracy that you measured yourself")),
    ),
    hints=(
        N_(
            "The network of exercise 3 is enough. Divide the pixels by 255 in the "
            "model or before it; but the check hands in pixels from 0 to 1."
        ),
        N_(
            "keras.callbacks.ModelCheckpoint with save_best_only=True and "
            "monitor='val_accuracy' keeps the weights of the best epoch."
        ),
        N_(
            "The labels have shape (n, 1). Make them (n,) before you compare them with "
            "predictions: y.reshape(-1) or y[:, 0]."
        ),
    ),
    strict=N_("convolutions; training on the training part only; the best epoch"),
    free=N_("layers, optimizer, epochs, augmentation"),
    minutes=15,
)

any_size = Exercise(
    id="conv2d-any-size",
    title=N_("A network for every size"),
    kind="M",
    parts=(
        Model(
            "any_size_net",
            inputs=(28, 28, 1),
            sizes=((28, 28, 1), (40, 40, 1)),
        ),
    ),
    checks=(
        Check("sizes", 2, N_("it runs on 28 x 28 and on 40 x 40 pixels")),
        Check("network", 1, N_("convolutions, no Flatten, ten probabilities")),
    ),
    hints=(
        N_(
            "An axis of any length is written None: keras.Input(shape=(None, None, 1))."
        ),
        N_(
            "Flatten makes as many numbers as there are places. Which layer makes one "
            "number per map, however large the maps are?"
        ),
        N_(
            "Conv2D, MaxPooling2D, Conv2D, GlobalAveragePooling2D, Dense(10) with "
            "softmax. Two pooling layers leave something of 28 pixels; five do not."
        ),
    ),
    strict=N_("both sizes, at least one Conv2D, no Flatten, ten probabilities"),
    free=N_("everything else"),
    states=("all",),
)

inception = Exercise(
    id="conv2d-inception",
    title=N_("Four branches"),
    kind="M",
    parts=(Model("inception_net", inputs=(28, 28, 192)),),
    checks=(
        Check("branches", 2, N_("four branches on one input, put together")),
        Check("settings", 1, N_("filters, kernels, padding, ReLU")),
    ),
    hints=(
        N_("All four branches start at `inputs`, not at one another."),
        N_("Every branch must keep 28 x 28, the pooling layer too: strides=1."),
        N_("layers.Concatenate()([one, three, five, pooled]) puts the maps together."),
    ),
    strict=N_("the branches in the stated order, all settings"),
    free=N_("names, initial values"),
    states=("all",),
)

bottleneck = Exercise(
    id="conv2d-bottleneck",
    title=N_("Narrow before wide"),
    kind="M",
    parts=(
        Model("bottleneck_net", inputs=(28, 28, 192)),
        Number("saving", unit=N_("parameters"), whole=True),
    ),
    checks=(
        Check("branches", 1, N_("a 1 x 1 convolution in the right place of a branch")),
        Check("settings", 1, N_("filters, kernels, padding, ReLU")),
        Check("saving", 1, N_("parameters saved")),
    ),
    hints=(
        N_("A 1 x 1 convolution mixes the channels of one pixel and can make fewer."),
        N_("It stands before the expensive convolution, and behind the pooling layer."),
        N_("Two calls of count_params() give the saving, biases included."),
    ),
    strict=N_("the branches in the stated order, all settings; a whole number"),
    free=N_("names, initial values"),
    states=("all",),
)
