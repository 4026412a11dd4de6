"""Tasks of lesson 05, pooling: what a learner's process may know of them."""

from __future__ import annotations

import random
from typing import Any

from checkers.draws import distinct, normal
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
    "conv_backward",
    "field_stack",
    "pool2d",
    "pool_backward",
    "receptive_field",
    "shifted_digits",
    "source_pool",
    "strided_stack",
]

KINDS = ("max", "average")


def _settings(size: int, stride: int, kind: str) -> dict[str, Any]:
    return {"size": size, "stride": stride, "kind": kind}


def _below_zero(rng: random.Random, *shape: int) -> Array:
    """Return different entries that are all negative: a zero would be the largest."""
    drawn = distinct(rng, *shape)
    lift = 0.1 * shape[0] * shape[1] / 2 + 0.5
    return Array([[entry - lift for entry in row] for row in drawn.values])


def pool_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw maps with ragged edges, for strides that are not the window's side."""
    del parameters
    found = []
    for kind in KINDS:
        for shape, size, stride, padding in (
            ((6, 8), 2, 2, "valid"),
            ((7, 9), 2, 2, "valid"),
            ((8, 11), 3, 2, "valid"),
            ((9, 8), 2, 3, "valid"),
            ((8, 9), 3, 2, "same"),
            ((7, 5), 2, 2, "same"),
            ((6, 7), 3, 1, "same"),
            ((7, 10), 2, 3, "same"),
        ):
            label = translate(
                N_("{kind}, {shape} pixels, window {size}, stride {stride}, {padding}"),
                shape="{} x {}".format(*shape),
                padding=padding,
                **_settings(size, stride, kind),
            )
            x = _below_zero(rng, *shape) if padding == "same" else normal(rng, *shape)
            found.append(Case((x, size, stride, padding, kind), label))
    return tuple(found)


def shift_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Draw small batches of pictures with ink up to their edges."""
    del parameters
    return tuple(
        Case(
            (normal(rng, *shape), pixels),
            translate(
                N_("{count} pictures, {pixels} px"), count=shape[0], pixels=pixels
            ),
        )
        for shape, pixels in (((2, 4, 6, 1), 1), ((3, 5, 7, 2), 4), ((2, 6, 5, 1), 0))
    )


def pool_backward_cases(
    rng: random.Random, parameters: dict[str, Any]
) -> tuple[Case, ...]:
    """Draw maps with and without ties, windows with and without overlap."""
    del parameters
    found = []
    for kind in KINDS:
        for shape, size, stride in (
            ((4, 6), 2, 2),
            ((7, 5), 2, 2),
            ((7, 9), 3, 2),
            ((9, 8), 2, 3),
        ):
            label = translate(
                N_("{kind}, {shape} pixels, window {size}, stride {stride}"),
                shape="{} x {}".format(*shape),
                **_settings(size, stride, kind),
            )
            delta = normal(rng, *((side - size) // stride + 1 for side in shape))
            x = distinct(rng, *shape)
            found.append(Case((x, delta, size, stride, kind), label))
    # After a ReLU many pixels are 0: whole windows of ties.
    ties = [[float(max(0, rng.randint(-2, 2))) for _ in range(8)] for _ in range(6)]
    ties[0][:3] = ties[1][:3] = [0.0, 0.0, 0.0]
    ties[2][:2] = ties[3][:2] = [1.0, 1.0]
    for size, stride in ((2, 2), (3, 1)):
        label = translate(
            N_("max, pixels with ties, window {size}, stride {stride}"),
            size=size,
            stride=stride,
        )
        delta = normal(rng, (6 - size) // stride + 1, (8 - size) // stride + 1)
        found.append(Case((Array(ties), delta, size, stride, "max"), label))
    return tuple(found)


def conv_backward_cases(
    rng: random.Random, parameters: dict[str, Any]
) -> tuple[Case, ...]:
    """Draw maps and kernels whose sides all differ."""
    del parameters
    found = []
    for rows, columns, height, width in ((5, 7, 3, 2), (6, 5, 2, 3), (7, 9, 3, 3)):
        label = translate(
            N_("{rows} x {columns} pixels, kernel {height} x {width}"),
            rows=rows,
            columns=columns,
            height=height,
            width=width,
        )
        delta = normal(rng, rows - height + 1, columns - width + 1)
        x, w = normal(rng, rows, columns), normal(rng, height, width)
        found.append(Case((x, w, delta), label))
    return tuple(found)


receptive_field = Exercise(
    id="pooling-receptive-field",
    title=N_("How far does it see?"),
    kind="N",
    parts=(
        Number("plain", low=1, high=1_000_000, unit=N_("pixels"), whole=True),
        Number("mixed", low=1, high=1_000_000, unit=N_("pixels"), whole=True),
    ),
    checks=(
        Check("plain", 1, N_("the field of the plain stack")),
        Check("mixed", 1, N_("the field of the stack with strides and dilation")),
    ),
    hints=(
        N_("Start with one pixel and add what each layer adds, first layer first."),
        N_(
            "A layer adds (window - 1) x dilation steps. How many input pixels is one "
            "step, after the layers before it?"
        ),
        N_(
            "Keep two numbers: field = 1 and step = 1. For each layer: field += "
            "(window - 1) * dilation * step, and only then step *= stride."
        ),
    ),
    strict=N_("the side in pixels of the input, as a whole number"),
    free=N_("by hand or with code"),
    personal={
        "layers": (4, 3, 5, 6, 7),
        "window": (5, 3, 7),
        "dilation": (4, 5, 6),
    },
    minutes=8,
)

pool2d = Exercise(
    id="pooling-pool2d",
    title=N_("Pooling by hand"),
    kind="F",
    parts=(Function("pool2d", cases=pool_cases),),
    checks=(
        Check("max", 1, N_("the largest value of each window, without padding")),
        Check("average", 1, N_("the average of each window, without padding")),
        Check("same", 1, N_('both with padding "same", over real pixels only')),
    ),
    hints=(
        N_("Where do windows start? Rows: range(0, height - size + 1, stride)."),
        N_(
            "A margin must never count. np.pad can fill it with np.nan, and np.nanmax "
            "and np.nanmean leave nan out."
        ),
        N_(
            'For "same", the margin of an axis is missing = max((ceil(n / stride) - 1) '
            "* stride + size - n, 0): half of it (rounded down) goes in front, the "
            "rest behind. After np.pad, go on as without padding."
        ),
    ),
    strict=N_("the windows, and that margins never count"),
    free=N_("loops or arrays"),
    minutes=15,
)

source_pool = Exercise(
    id="pooling-source-pool",
    title=N_("A quarter of the numbers"),
    kind="M",
    parts=(
        Model("pool_net", inputs=(100, 100, 15)),
        Number("num_parameters", low=0, high=10_000_000, whole=True),
    ),
    checks=(
        Check("pool", 1, N_("one layer that turns 100 x 100 x 15 into 50 x 50 x 15")),
        Check("parameters", 1, N_("how many parameters it has")),
    ),
    hints=(
        N_("Which layer of this lesson keeps the largest value of a window?"),
        N_("If no stride is given, the window moves on by its own side."),
        N_("pool_net.summary() shows shapes and parameters. What would it train?"),
    ),
    strict=N_("input shape, windows, step, which value is kept"),
    free=N_("names, the API; arguments that only repeat a default"),
    minutes=5,
    # Which step the layer takes by default, the learner finds out.
    states=("MaxPooling2D", "pool_size"),
)

field_stack = Exercise(
    id="pooling-field-stack",
    title=N_("Build a field of view"),
    kind="M",
    parts=(Model("field_net", inputs=(64, 64, 1)),),
    checks=(
        Check("field", 1, N_("one number of the last map sees the field asked for")),
        Check("shapes", 1, N_("no padding, window and step of every layer")),
        Check("network", 1, N_("filters, activations, the rest as stated")),
    ),
    hints=(
        N_("Write down field and step after each layer: (3, 1), then (4, 2), …"),
        N_("A pool doubles the step, so the next convolution sees twice as far."),
        N_(
            "Field after each convolution of this pattern: 3, 8, 18, 38. The pattern "
            "begins and ends with a convolution."
        ),
    ),
    strict=N_("the pattern, windows, filters, ReLU, no padding, bias, trainable"),
    free=N_("names, initial values, the API"),
    personal={"field": (18, 38), "filters": (8, 6, 10, 12, 16)},
    minutes=12,
    # How deep the pattern goes, the learner finds out.
    states=("Conv2D", "MaxPooling2D"),
)

strided_stack = Exercise(
    id="pooling-strided-stack",
    title=N_("Convolutions in place of pools"),
    kind="M",
    parts=(
        Model("strided_net", inputs=(64, 64, 1)),
        Number("rise", low=-1_000_000, high=1_000_000, whole=True),
    ),
    checks=(
        Check("network", 1, N_("each pool replaced by a convolution with stride 2")),
        Check("rise", 1, N_("by how much the parameter count rises")),
    ),
    hints=(
        N_("The window stays 2 x 2 and the step stays 2; only the layer changes."),
        N_("A convolution has an argument for its step: strides."),
        N_(
            "Each new layer has 2 x 2 x (maps that come in) weights per filter and one "
            "bias per filter. count_params() of both networks tells the difference."
        ),
    ),
    strict=N_("windows, strides, filters, ReLU, no padding, bias, trainable"),
    free=N_("names, initial values, the API"),
    personal={"filters": (8, 6, 10, 12, 14, 16)},
    minutes=12,
    states=("all",),
)

shifted_digits = Exercise(
    id="pooling-shifted-digits",
    title=N_("How much shift does it forgive?"),
    kind="A",
    parts=(
        Function("shift_right", cases=shift_cases),
        Values("accuracies", fields=("shift", "rotation")),
        Choice(
            "reading",
            options=(
                Option(
                    "one",
                    N_(
                        "Two 2 x 2 poolings forgive about one pixel. Beyond that, and "
                        "for rotation, nothing in the network helps."
                    ),
                ),
                Option(
                    "full",
                    N_("Pooling makes the network invariant to shifts of any size."),
                ),
                Option(
                    "four",
                    N_(
                        "Two 2 x 2 poolings shrink the map by 4, so shifts of up to 4 "
                        "pixels change nothing."
                    ),
                ),
                Option(
                    "rotation",
                    N_(
                        "The network is invariant to rotation: its filters see every "
                        "direction."
                    ),
                ),
            ),
        ),
    ),
    checks=(
        Check("shift", 1, N_("a shift that fills with zeros and never wraps")),
        Check(
            "accuracies",
            1,
            N_("ten accuracies of the given network, within 1 point"),
            needs_real_data=True,
        ),
        Check("reading", 1, N_("the sentence that fits them")),
    ),
    hints=(
        N_(
            "Make an array of zeros first, then copy the part of each picture that "
            "stays inside."
        ),
        N_(
            "Columns 0 … width - pixels - 1 move to pixels … width - 1. Try pixels = 0 "
            "as well: x[:, :, :-0] is empty."
        ),
        N_(
            "accuracy(images) gives percent. For shift: [accuracy(shift_right(x_test, "
            "pixels)) for pixels in range(5)]; for rotation the same with "
            "rotate(x_test, degrees)."
        ),
    ),
    strict=N_("zeros where nothing was, the given network, percent"),
    free=N_("how you shift"),
    minutes=15,
)

pool_backward = Exercise(
    id="pooling-pool-backward",
    title=N_("Backward through a pool"),
    kind="F",
    parts=(Function("pool_backward", cases=pool_backward_cases),),
    checks=(
        Check("max", 2, N_("max: all to the largest pixel, the first of ties")),
        Check("average", 2, N_("average: the same share to each pixel")),
    ),
    hints=(
        N_(
            "Go through the windows as on the way forward. Each one hands one entry of "
            "delta back to its own pixels."
        ),
        N_(
            "window.argmax() counts row by row and returns the first of ties; "
            "np.unravel_index turns it into row and column."
        ),
        N_("Windows may overlap: add to dx, with +=, where another window was before."),
    ),
    strict=N_("dx has the shape of x; the first of ties, counted row by row"),
    free=N_("loops or arrays"),
    minutes=15,
)

conv_backward = Exercise(
    id="pooling-conv-backward",
    title=N_("Backward through a convolution"),
    kind="F",
    parts=(Function("conv_backward", cases=conv_backward_cases),),
    checks=(
        Check("dw", 1, N_("the gradient by the kernel")),
        Check("dx", 2, N_("the gradient by the input")),
        Check("db", 1, N_("the gradient by the bias")),
    ),
    hints=(
        N_("How often does the bias enter the result? How does each kernel weight?"),
        N_(
            "dw has the kernel's shape: slide delta over x. dx has the shape of x: "
            "delta needs a margin of (kernel side - 1) zeros all around."
        ),
        N_(
            "A pixel met the kernel's last weight first. So slide the kernel turned by "
            "180 degrees, w[::-1, ::-1], over the padded delta."
        ),
    ),
    strict=N_("the order dx, dw, db; sums over all positions, not means"),
    free=N_("loops, arrays, the given xcorr or your own"),
    minutes=15,
)
