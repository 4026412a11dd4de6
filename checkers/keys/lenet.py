"""Keys of lesson 07, LeNet-5: what is right, and the thoughts behind what is not."""

from __future__ import annotations

import math
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._lenet_front import Front
from checkers.keys._lenet_table import (
    kernels,
    look_at_connections,
    look_at_parameters,
    saving,
)
from checkers.rules.compiling import Compiled
from checkers.rules.either import EitherNetwork
from checkers.rules.functions import Each, Equals
from checkers.rules.models import Network
from checkers.rules.slips import looks_like, missing_layer, other_kind, value_slip
from checkers.rules.trained import Accuracy, AtMostParams, MeasuredAccuracy
from checkers.rules.values import NumberIs, Slip
from checkers.spec import (
    ANYTHING,
    Conv2D,
    Dense,
    Flatten,
    MaxPooling2D,
    ModelSpec,
)

__all__ = [
    "counts",
    "digits_model",
    "modern_net",
    "rbf_output",
    "subsampling",
    "table_saving",
]

# -- 1 · What a connection table saves -----------------------------------------------

_ALL = 16 * 6


def _unused(p: dict[str, Any]) -> int:
    return _ALL - kernels(p["maps_that_see"])


table_saving = Key(
    exercise="lenet-table-saving",
    rules=(
        NumberIs(
            "saved",
            "saved",
            lambda p: saving(p["maps_that_see"]),
            slips=(
                Slip(lambda p: 26 * _unused(p), "LENET.BIAS_PER_KERNEL"),
                Slip(_unused, "LENET.KERNELS_FOR_WEIGHTS"),
                Slip(lambda p: 100 * 25 * _unused(p), "LENET.SAVED_CONNECTIONS"),
                Slip(
                    lambda p: 25 * kernels(p["maps_that_see"]) + 16,
                    "LENET.WHAT_IS_LEFT",
                ),
                Slip(lambda p: 25 * kernels(p["maps_that_see"]), "LENET.WHAT_IS_LEFT"),
                Slip(
                    lambda p: 16 * 26 - 25 * kernels(p["maps_that_see"]) - 16,
                    "LENET.MAPS_FOR_KERNELS",
                ),
                Slip(lambda p: 25 * len(p["maps_that_see"]), "LENET.MAPS_FOR_KERNELS"),
                Slip(900, "LENET.SAVING_OF_LENET"),
                Slip(2_416, "LENET.FULL_IS_NO_SAVING"),
            ),
        ),
    ),
    solution=N_(
        "Fully connected: 16 x 6 = 96 kernels. Your table: the maps times what each of "
        "them sees, added up. The difference times 25. The 16 biases stay, so they "
        "cancel."
    ),
)

# -- 2 · LeNet-5 in numbers ----------------------------------------------------------

counts = Key(
    exercise="lenet-counts",
    rules=(
        Each("parameters", "lenet_table", look_at_parameters),
        Each("connections", "lenet_table", look_at_connections),
    ),
    solution=N_(
        "C1 156 / 122,304; S2 12 / 5,880; C3 1,516 / 151,600; S4 32 / 2,000; C5 48,120 "
        "/ 48,120; F6 10,164 / 10,164; output 0 / 840; total 60,000 / 340,908.\n"
        "Each output of a layer has as many connections as numbers go into it, the "
        "bias included; parameters are shared by all outputs of a map."
    ),
)

# -- 3 · LeNet as it is built today --------------------------------------------------


def _modern(
    size: int = 32,
    *,
    padding: str = "valid",
    first_padding: str | None = None,
    head: Any = ANYTHING,
) -> ModelSpec:
    """Return the modern network, or a relative of it."""
    between = MaxPooling2D(2)
    first = Conv2D(6, 5, "relu", padding=first_padding or padding)
    return ModelSpec(
        inputs=(size, size, 1),
        layers=(
            first,
            between,
            Conv2D(16, 5, "relu", padding=padding),
            between,
            Flatten(),
            Dense(120, "relu"),
            Dense(84, "relu"),
            Dense(10, head),
        ),
    )


def _network(spec: ModelSpec, *, slips: tuple[Any, ...] = ()) -> Network:
    """Return the rule on one form of the network."""
    claims: dict[str, tuple[str, ...]] = {
        "maps": ("*",),
        "dense": ("Flatten", "Dense", "Dense.*"),
    }
    return Network("modern_net", spec, claims=claims, slips=slips)


# A 5 x 5 kernel on 5 x 5 maps sees all of them: Dense(120) written as C5 of 1998.
_AS_CONVOLUTION = ModelSpec(
    inputs=(32, 32, 1),
    layers=(
        *_modern().layers[:4],
        Conv2D(120, 5, "relu"),
        Flatten(),
        *_modern().layers[6:],
    ),
)

modern_net = Key(
    exercise="lenet-modern-net",
    rules=(
        EitherNetwork(
            _network(
                _modern(),
                slips=(
                    looks_like(_modern(28), "LENET.NO_BORDER"),
                    looks_like(
                        _modern(28, first_padding="same"), "LENET.SAME_FOR_BORDER"
                    ),
                    looks_like(_modern(padding="same"), "LENET.SAME_PADDING", layer=0),
                    value_slip("Conv2D.padding", "same", "LENET.SAME_PADDING"),
                    value_slip("Conv2D.activation", "linear", "LENET.NO_ACTIVATION"),
                    other_kind(
                        "MaxPooling2D", "AveragePooling2D", "LENET.AVERAGE_POOL"
                    ),
                    missing_layer("Flatten", "LENET.NO_FLATTEN"),
                ),
            ),
            also=(_network(_AS_CONVOLUTION),),
        ),
        Compiled(
            "compile",
            "modern_net",
            losses=("sparse_categorical_crossentropy",),
            units=10,
        ),
    ),
    solution=N_(
        "Input (32, 32, 1); Conv2D(6, 5, relu), MaxPooling2D(2); Conv2D(16, 5, relu), "
        "MaxPooling2D(2); Flatten; Dense(120, relu), Dense(84, relu), Dense(10, "
        "softmax); loss sparse_categorical_crossentropy.\n"
        "156 + 2,416 + 48,120 + 10,164 + 850 = 61,706 parameters."
    ),
)

# -- 4 · Subsampling that learns -----------------------------------------------------

subsampling = Key(
    exercise="lenet-subsampling",
    rules=(Front(),),
    solution=N_(
        "In build: self.w = self.add_weight(shape=(input_shape[-1],)), self.b "
        "likewise. In call: w * 4 * average_pool(x, 2, strides=2) + b. Then Conv2D(6, "
        "5, tanh) and this layer in a model: 156 + 12 = 168 parameters."
    ),
)

# -- 5 · Digits with at most 70,000 parameters ---------------------------------------

_LIMIT = 0.97
_TEST_COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)

digits_model = Key(
    exercise="lenet-digits-model",
    rules=(
        AtMostParams("size", "model_file", 70_000),
        Accuracy(
            "score",
            "model_file",
            _LIMIT,
            10,
            counts=_TEST_COUNTS,
            pixels=(0.0, 1.0),
            codes=(
                ("TRAINED.RENAMED", "LENET.FOLDER_LABELS"),
                ("TRAINED.OTHER_SCALE", "LENET.OTHER_SCALE"),
            ),
        ),
        MeasuredAccuracy("measured", "test_accuracy", "model_file"),
    ),
    solution=N_(
        "Labels are int(name) of each folder, images are divided by 255. ZeroPadding2D"
        "(2) and the network of exercise 3 with a Dropout(0.3) behind Flatten, eight "
        "epochs of Adam whose rate falls to 0; then model.evaluate on all rows."
    ),
)

# -- 6 · Codes and distances ---------------------------------------------------------

Rows = list[list[float]]


def _squares(x: Rows, codes: Rows) -> Rows:
    return [
        [sum((a - b) ** 2 for a, b in zip(row, code, strict=True)) for code in codes]
        for row in x
    ]


def _roots(x: Rows, codes: Rows) -> Rows:
    return [[math.sqrt(one) for one in row] for row in _squares(x, codes)]


def _products(x: Rows, codes: Rows) -> Rows:
    return [
        [sum(a * b for a, b in zip(row, code, strict=True)) for code in codes]
        for row in x
    ]


def _sizes(x: Rows, codes: Rows) -> Rows:
    return [
        [sum(abs(a - b) for a, b in zip(row, code, strict=True)) for code in codes]
        for row in x
    ]


def _means(x: Rows, codes: Rows) -> Rows:
    return [[one / len(codes[0]) for one in row] for row in _squares(x, codes)]


def _smallest(x: Rows, codes: Rows) -> list[int]:
    return [row.index(min(row)) for row in _squares(x, codes)]


def _largest(x: Rows, codes: Rows) -> list[int]:
    return [row.index(max(row)) for row in _squares(x, codes)]


def _most_alike(x: Rows, codes: Rows) -> list[int]:
    return [row.index(max(row)) for row in _products(x, codes)]


rbf_output = Key(
    exercise="lenet-rbf-output",
    rules=(
        Equals(
            "distances",
            "rbf_output",
            _squares,
            tolerance=1e-6,
            also=(_roots,),
            slips=(
                (_products, "LENET.PRODUCT_FOR_DISTANCE"),
                (_sizes, "LENET.NOT_SQUARED"),
                (_means, "LENET.MEAN_DISTANCE"),
            ),
        ),
        Equals(
            "smallest",
            "rbf_class",
            _smallest,
            slips=(
                (_largest, "LENET.LARGEST_WINS"),
                (_most_alike, "LENET.PRODUCT_FOR_DISTANCE"),
            ),
        ),
    ),
    solution=N_(
        "rbf_output: np.square(x[:, None, :] - codes[None, :, :]).sum(axis=2); "
        "rbf_class: np.argmin(rbf_output(x, codes), axis=1).\n"
        "A distance is an error: the smallest one wins. Its root has the same order."
    ),
)
