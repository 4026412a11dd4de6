"""Exercises 9 and 10 of lesson 06: four branches, and narrow layers before wide ones.

Filters as in the first module of GoogLeNet, with 192 channels in front.
"""

from __future__ import annotations

from checkers.i18n import N_
from checkers.key import Key
from checkers.rules.models import Network
from checkers.rules.slips import (
    LooksLike,
    looks_like,
    missing_layer,
    other_kind,
    value_slip,
)
from checkers.rules.values import NumberIs, Slip
from checkers.spec import Conv2D, GraphSpec, Input, LayerSpec, Tensor, layer

__all__ = ["bottleneck", "inception"]

_NAIVE, _NARROW = 387_296, 163_696  # parameters, biases included


def _conv(filters: int, kernel: int) -> LayerSpec:
    """Return a convolution that keeps height and width."""
    return Conv2D(filters, kernel, "relu", padding="same")


def _pool(source: Tensor, kind: str = "MaxPooling2D", strides: int = 1) -> Tensor:
    return layer(kind, pool_size=3, strides=strides, padding="same")(source)


def _joined(image: Tensor, *branches: Tensor) -> GraphSpec:
    return GraphSpec((image,), (layer("Concatenate")(*branches),))


def _naive(pool: str = "MaxPooling2D") -> GraphSpec:
    image = Input((28, 28, 192))
    convs = (_conv(64, 1)(image), _conv(128, 3)(image), _conv(32, 5)(image))
    return _joined(image, *convs, _pool(image, pool))


def _chain() -> GraphSpec:
    """Return the branches one behind the other, all collected."""
    image = Input((28, 28, 192))
    one = _conv(64, 1)(image)
    three = _conv(128, 3)(one)
    five = _conv(32, 5)(three)
    return _joined(image, one, three, five, _pool(five))


def _three_branches() -> GraphSpec:
    image = Input((28, 28, 192))
    return _joined(
        image, _conv(64, 1)(image), _conv(128, 3)(image), _conv(32, 5)(image)
    )


def _narrow(
    *, after: bool = False, pool_first: bool = True, projected: bool = True
) -> GraphSpec:
    """Return the module with 1 x 1 layers, or with them in another place."""
    image = Input((28, 28, 192))
    three, five = (_conv(96, 1), _conv(128, 3)), (_conv(16, 1), _conv(32, 5))
    branches = []
    for first, second in (three, five):
        first, second = (second, first) if after else (first, second)
        branches.append(second(first(image)))
    if not projected:
        pooled = _pool(image)
    elif pool_first:
        pooled = _conv(32, 1)(_pool(image))
    else:
        pooled = _pool(_conv(32, 1)(image))
    return _joined(image, _conv(64, 1)(image), *branches, pooled)


def _slip(network: GraphSpec, code: str, topic: str = "Concatenate") -> LooksLike:
    return looks_like(network, code, topic=topic)


_COMMON = (
    value_slip("Conv2D.activation", "linear", "CONV2D.BRANCH_LINEAR"),
    other_kind("MaxPooling2D", "AveragePooling2D", "CONV2D.AVERAGE_BRANCH"),
    missing_layer("MaxPooling2D", "CONV2D.NO_POOL_BRANCH"),
)
_CLAIMS: dict[str, tuple[str, ...]] = {
    "settings": ("Conv2D.*", "MaxPooling2D.*"),
    "branches": ("*",),
}

inception = Key(
    exercise="conv2d-inception",
    rules=(
        Network(
            "inception_net",
            _naive(),
            claims=_CLAIMS,
            slips=(
                _slip(_chain(), "CONV2D.BRANCHES_IN_A_ROW"),
                _slip(_three_branches(), "CONV2D.NO_POOL_BRANCH"),
                _slip(_naive("AveragePooling2D"), "CONV2D.AVERAGE_BRANCH"),
                *_COMMON,
            ),
        ),
    ),
    solution=N_(
        "one = Conv2D(64, 1), three = Conv2D(128, 3), five = Conv2D(32, 5), each with "
        "padding='same' and ReLU, and pooled = MaxPooling2D(3, strides=1, "
        "padding='same'), all called on inputs; Concatenate()([one, three, five, "
        "pooled]).\n"
        "416 maps come out: 64 + 128 + 32 + 192. Parameters: 387,296."
    ),
)

bottleneck = Key(
    exercise="conv2d-bottleneck",
    rules=(
        Network(
            "bottleneck_net",
            _narrow(),
            claims=_CLAIMS,
            slips=(
                _slip(_narrow(after=True), "CONV2D.NARROW_AFTER"),
                _slip(_narrow(pool_first=False), "CONV2D.NARROW_BEFORE_POOL"),
                _slip(_narrow(projected=False), "CONV2D.POOL_NOT_NARROWED"),
                _slip(_naive(), "CONV2D.NO_BOTTLENECK"),
                *_COMMON,
            ),
        ),
        NumberIs(
            "saving",
            "saving",
            _NAIVE - _NARROW,
            slips=(
                Slip(_NARROW, "CONV2D.SAVING_IS_TOTAL"),
                Slip(_NARROW - _NAIVE, "NUMBER.SIGN"),
                Slip(387_072 - 163_328, "CONV2D.BIASES_FORGOTTEN"),
                Slip(_NAIVE - _NARROW + 6_176, "CONV2D.PROJECTION_FORGOTTEN"),
            ),
        ),
    ),
    solution=N_(
        "Conv2D(96, 1) before the 3 x 3 and Conv2D(16, 1) before the 5 x 5 "
        "convolution, Conv2D(32, 1) behind the pooling layer.\n"
        "387,296 - 163,696 = 223,600 parameters are saved, 58 %."
    ),
)
