"""Lesson 04, convolution: what a learner's process may know of its exercises."""

from __future__ import annotations

import random
from typing import Any

from checkers import draws
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
    "conv_params",
    "flip",
    "out_size",
    "padding_rule",
    "sharing",
    "shrinking_net",
    "xcorr1d",
    "xcorr2d",
]

# -- 1 · conv_params -----------------------------------------------------------------


def _params_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return layers in pairs, without and with bias; no count equals another."""
    del parameters
    layers = [(32, 3, 3), (16, 2, 3), (6, 5, 1), (64, 1, 192)]
    layers += [
        (rng.randint(7, 96), rng.choice((2, 3, 4, 5, 7)), rng.randint(2, 6))
        for _ in range(6)
    ]
    return tuple(
        Case(
            (filters, size, depth, bias),
            translate(
                N_("{filters} filters of {size} × {size} on {depth} channels, {bias}"),
                filters=filters,
                size=size,
                depth=depth,
                bias=translate(N_("with bias") if bias else N_("without bias")),
            ),
        )
        for filters, size, depth in layers
        for bias in (False, True)
    )


conv_params = Exercise(
    id="convolution-conv-params",
    title=N_("Count a convolution"),
    kind="F",
    parts=(Function("conv_params", cases=_params_cases),),
    checks=(
        Check("weights", 1, N_("the weights of all kernels")),
        Check("bias", 1, N_("what the bias adds")),
    ),
    hints=(
        N_(
            "How many numbers does one filter multiply at one place? It sees all depth."
        ),
        N_("One filter has size × size × depth weights. How many filters are there?"),
        N_(
            "A filter adds one number of its own to each sum, if there is a bias at "
            "all. In Python, True counts as 1."
        ),
    ),
    strict=N_("the number for every layer, with and without bias"),
    free=N_("how you compute it"),
    minutes=6,
)

# -- 2 · xcorr1d ---------------------------------------------------------------------


def _signal_case(
    x: Array, k: Array, stride: int, pad: int, name: str = N_("numbers")
) -> Case:
    """Return one call, with its sizes in words."""
    label = translate(
        N_("{length} {name}, a kernel of {size}, stride {stride}, pad {pad}"),
        length=len(x.values),
        name=translate(name),
        size=len(k.values),
        stride=stride,
        pad=pad,
    )
    return Case((x, k, stride, pad), label)


def _xcorr1d_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return narrow, equal and wide windows, then strides with and without a rest."""
    del parameters
    whole = Array([rng.randint(-9, 9) for _ in range(8)], "int64")
    sizes = [
        *((9, 3, 1, 0), (9, 3, 1, 1), (9, 3, 1, 2), (7, 2, 1, 1), (6, 5, 1, 2)),
        *((4, 4, 1, 0), (6, 1, 1, 0)),
        *((9, 3, 2, 0), (8, 3, 2, 0), (8, 3, 2, 1), (11, 4, 3, 2), (10, 2, 5, 0)),
    ]
    return (
        *(
            _signal_case(draws.normal(rng, length), draws.normal(rng, size), step, pad)
            for length, size, step, pad in sizes
        ),
        _signal_case(whole, draws.normal(rng, 3), 1, 1, N_("whole numbers")),
    )


xcorr1d = Exercise(
    id="convolution-xcorr1d",
    title=N_("A window on a line"),
    kind="F",
    parts=(Function("xcorr1d", cases=_xcorr1d_cases),),
    checks=(
        Check("values", 1, N_("every window, with stride 1 and any padding")),
        Check("stride", 1, N_("other strides")),
    ),
    hints=(
        N_("First put the zeros around x: np.pad(x, pad) does it."),
        N_(
            "The last window starts at len(padded) - len(k), so a range over the "
            "starts ends one later."
        ),
        N_(
            "For each start in range(0, len(padded) - len(k) + 1, stride): multiply "
            "padded[start : start + len(k)] with k, entry by entry, and add up."
        ),
    ),
    strict=N_("cross-correlation as in the lesson, every window that fits"),
    free=N_("loops or NumPy, list or array"),
    minutes=10,
)

# -- 3 · out_size --------------------------------------------------------------------

_CASES_PER_PADDING = 100


def _size_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return 200 layers, half of them "valid" and half "same"."""
    del parameters
    known = [(128, 3, 2), (28, 5, 1), (7, 3, 2), (32, 2, 2), (10, 4, 3)]
    cases = []
    for padding in ("valid", "same"):
        drawn: list[tuple[int, int, int]] = []
        while len(drawn) < _CASES_PER_PADDING - len(known):
            size, stride = rng.randint(5, 230), rng.choice((1, 1, 2, 2, 3, 4, 5))
            drawn.append((size, rng.randint(1, min(size, 11)), stride))
        cases += [(*one, padding) for one in known + drawn]
    return tuple(
        Case(
            one,
            translate(
                N_("size {size}, kernel {kernel}, stride {stride}, {padding}"),
                size=one[0],
                kernel=one[1],
                stride=one[2],
                padding=repr(one[3]),
            ),
        )
        for one in cases
    )


out_size = Exercise(
    id="convolution-out-size",
    title=N_("How large is the map?"),
    kind="F",
    parts=(Function("out_size", cases=_size_cases),),
    checks=(
        Check("valid", 1.5, N_("100 layers without padding, as Keras has them")),
        Check("same", 1.5, N_("100 layers with zeros around, as Keras has them")),
    ),
    hints=(
        N_(
            "Write the two formulas of the lesson down. Which of them contains the "
            "kernel?"
        ),
        N_("math.ceil(7 / 2) is 4. A window that does not fit is no window."),
        N_(
            '"same" is ceil(size / stride); "valid" is ceil((size - kernel + 1) / '
            "stride)."
        ),
    ),
    strict=N_("the number that Keras has; 64 and 64.0 both count"),
    free=N_("how you compute it"),
    minutes=10,
)

# -- 4 · xcorr2d ---------------------------------------------------------------------


def _image_case(image: Array, kernels: Array, bias: Array, name: str) -> Case:
    """Return one call, with its shapes in words."""
    rows, first, deep = image.values, image.values[0], image.values[0][0]
    label = translate(
        N_("{name}: image {image}, kernels {kernels}"),
        name=translate(name),
        image=str((len(rows), len(first), len(deep))),
        kernels=str(
            (
                len(kernels.values),
                len(kernels.values[0]),
                len(kernels.values[0][0]),
                len(kernels.values[0][0][0]),
            )
        ),
    )
    return Case((image, kernels, bias), label)


def _xcorr2d_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return one channel and filter, then depth and filters, then a bias."""
    del parameters
    one, many, bias = (
        N_("one channel, one filter"),
        N_("several channels or filters"),
        N_("with bias"),
    )

    def zeros(filters: int) -> Array:
        return Array([0.0] * filters)

    def case(shape: tuple[int, ...], kernels: tuple[int, ...], name: str) -> Case:
        number = kernels[-1]
        added = draws.away_from(rng, number, gap=0.3) if name is bias else zeros(number)
        image = draws.normal(rng, *shape)
        return _image_case(image, draws.normal(rng, *kernels), added, name)

    pixels = [[[rng.randint(0, 255)] for _ in range(5)] for _ in range(6)]
    digit = Array(pixels, "uint8")
    return (
        case((5, 7, 1), (3, 3, 1, 1), one),
        case((6, 4, 1), (2, 3, 1, 1), one),
        case((4, 4, 1), (1, 1, 1, 1), one),
        _image_case(digit, draws.normal(rng, 2, 2, 1, 1), zeros(1), one),
        case((5, 6, 3), (3, 3, 3, 1), many),
        case((6, 5, 1), (3, 3, 1, 4), many),
        case((5, 7, 3), (2, 2, 3, 4), many),
        case((5, 6, 1), (3, 3, 1, 2), bias),
        case((6, 7, 3), (3, 3, 3, 5), bias),
    )


xcorr2d = Exercise(
    id="convolution-xcorr2d",
    title=N_("What Conv2D computes"),
    kind="F",
    parts=(Function("xcorr2d", cases=_xcorr2d_cases),),
    checks=(
        Check("one_channel", 1, N_("one channel and one filter")),
        Check("channels", 1, N_("several channels, several filters")),
        Check("bias", 1, N_("the bias of each filter")),
    ),
    hints=(
        N_(
            "Begin with the result: an array of zeros of shape (H - F + 1, W - G + 1, "
            "K). Then fill one entry."
        ),
        N_(
            "At row i and column j the window is image[i : i + F, j : j + G, :]. It "
            "has the shape of one kernel, kernels[:, :, :, f]: all channels."
        ),
        N_(
            "out[i, j, f] = (window * kernels[:, :, :, f]).sum() + bias[f]. Three "
            "loops do it."
        ),
    ),
    strict=N_("cross-correlation, stride 1, no padding, Keras's order of axes"),
    free=N_("loops, NumPy or Keras"),
    minutes=15,
)

# -- 5 · sharing ---------------------------------------------------------------------

sharing = Exercise(
    id="convolution-sharing",
    title=N_("What sharing saves"),
    kind="N",
    parts=(
        Values(
            "counts", fields=("unshared", "shared", "with_biases", "unshared_biases")
        ),
    ),
    checks=(
        Check("unshared", 1, N_("weights if every place had weights of its own")),
        Check("shared", 1, N_("weights that a convolution has")),
        Check("with_biases", 0.5, N_("the convolution's biases included")),
        Check("unshared_biases", 0.5, N_("biases if every place had its own")),
    ),
    hints=(
        N_("How many numbers does one window hold? It is full in depth."),
        N_(
            "How many places has one map? The image is padded, so the map is as large "
            "as the image."
        ),
        N_(
            "Not shared: window × places × maps. Shared: window × maps. A bias belongs "
            "to each unit, or, shared, to each map."
        ),
    ),
    strict=N_("four whole numbers, by name"),
    free=N_("how you compute them"),
    personal={"filters": (10, 6, 8, 12, 14, 16, 18, 20, 24, 30)},
    minutes=10,
)

# -- 6 · shrinking_net ---------------------------------------------------------------

shrinking_net = Exercise(
    id="convolution-shrinking-net",
    title=N_("From 128 to 64"),
    kind="M",
    parts=(
        Model("shrinking_net", inputs=(128, 128, 3)),
        Number("first_params", low=0, high=10_000_000, whole=True),
    ),
    checks=(
        Check("maps", 1.5, N_("strides and padding give the maps of the task")),
        Check("network", 1, N_("two convolutions with filters, kernel and ReLU")),
        Check("count", 0.5, N_("the parameters of the first convolution")),
    ),
    hints=(
        N_("Which of the two layers makes the map half as high and wide?"),
        N_(
            "With stride 2, compute the size of the map for both paddings. Which one "
            "gives 64?"
        ),
        N_(
            "The first layer has strides=2, and both have the padding that lets the "
            "window reach over the edge."
        ),
    ),
    strict=N_("two Conv2D layers, filters, kernel, strides, padding, ReLU, bias"),
    free=N_("names, initial values, the API"),
    # Which strides and which padding, the learner finds out.
    states=("layers", "filters", "kernel_size", "activation", "use_bias"),
    minutes=10,
)

# -- 7 · padding_rule ----------------------------------------------------------------

padding_rule = Exercise(
    id="convolution-padding-rule",
    title=N_("Padding, and a digit that moves"),
    kind="C",
    parts=(
        Number("pad", low=0, high=100, unit=N_("zeros on each side")),
        Choice(
            "rule",
            options=(
                Option(
                    "derived",
                    N_(
                        "It follows from the size formula, for stride 1, and it is a "
                        "whole number only for odd F."
                    ),
                ),
                Option(
                    "empirical",
                    N_(
                        "It is a rule of thumb: somebody tried out which padding works "
                        "best for 3, 5 and 7."
                    ),
                ),
                Option(
                    "even",
                    N_(
                        "It follows from the size formula for every F, odd or even; "
                        "round it up."
                    ),
                ),
                Option(
                    "stride",
                    N_(
                        "With it the map is as large as the image, whatever the stride."
                    ),
                ),
            ),
        ),
        Choice(
            "moved",
            options=(
                Option(
                    "equivariant",
                    N_(
                        "The map is the old map moved by three columns too, apart from "
                        "the edges. This is called equivariance."
                    ),
                ),
                Option(
                    "invariant",
                    N_(
                        "The map stays as it was: a convolution does not see where the "
                        "digit stands. This is called invariance."
                    ),
                ),
                Option(
                    "rotation",
                    N_(
                        "The map moves too, and for the same reason the map of a "
                        "rotated digit is the rotated map."
                    ),
                ),
                Option(
                    "new",
                    N_(
                        "The map changes everywhere, because each place has weights "
                        "of its own."
                    ),
                ),
            ),
        ),
    ),
    checks=(
        Check("pad", 0.5, N_("the padding that keeps the size")),
        Check("rule", 0.5, N_("where the rule comes from")),
        Check("moved", 1, N_("what a convolution does with a moved digit")),
    ),
    hints=(
        N_("Put stride 1 into (H - F + 2P) / S + 1 and ask for H."),
        N_("Solve it for P. For which F is the result a whole number?"),
        N_("Look at the figure of the moved digit: which of its pictures are equal?"),
    ),
    strict=N_("one number, one letter each"),
    free=N_("how you find them"),
    personal={"kernel_size": (9, 3, 5, 7, 11, 13, 15, 17, 19, 21)},
    minutes=8,
)

# -- 8 ★ · flip ----------------------------------------------------------------------


def _flip_cases(rng: random.Random, parameters: dict[str, Any]) -> tuple[Case, ...]:
    """Return images with kernels, two of them with their roles swapped."""
    del parameters
    image, kernel = draws.normal(rng, 6, 6), draws.normal(rng, 3, 3)
    square = N_("a 6 × 6 image and a 3 × 3 kernel")
    swapped = N_("the same two with their roles swapped")
    plain = N_("a {rows} × {columns} image and a {height} × {width} kernel")
    drawn = [
        Case(
            (draws.normal(rng, *shape), draws.normal(rng, *sides)),
            translate(
                plain, rows=shape[0], columns=shape[1], height=sides[0], width=sides[1]
            ),
        )
        for shape, sides in (
            ((5, 7), (3, 3)),
            ((4, 6), (2, 2)),
            ((7, 5), (4, 4)),
            ((6, 5), (3, 2)),
            ((5, 6), (2, 4)),
        )
    ]
    dot = Array([[0.0] * 5 for _ in range(5)])
    dot.values[2][2] = 1.0
    return (
        Case((image, kernel), translate(square)),
        Case((kernel, image), translate(swapped)),
        *drawn,
        Case((dot, draws.normal(rng, 3, 3)), translate(N_("an image with one 1"))),
    )


flip = Exercise(
    id="convolution-flip",
    title=N_("True convolution"),
    kind="F",
    parts=(Function("convolve2d", cases=_flip_cases),),
    checks=(
        Check("wide", 0.5, N_("the wide size, for a kernel of any sides")),
        Check("flip", 1.5, N_("the kernel turned by 180°")),
    ),
    hints=(
        N_("Turn the kernel by 180° first: that reverses two axes."),
        N_(
            "Wide: put F - 1 rows of zeros above and below the image, and G - 1 "
            "columns on its left and right."
        ),
        N_(
            "Then it is the cross-correlation of exercise 4 with one channel. Check "
            "yourself: convolve2d(a, b) equals convolve2d(b, a)."
        ),
    ),
    strict=N_("true convolution, the wide size (H + F - 1, W + G - 1)"),
    free=N_("loops, NumPy, SciPy or Keras; the two may have any sizes"),
    minutes=12,
)
