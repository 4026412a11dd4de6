"""Lesson 09, dropout: what is right.

The networks stand here; measured numbers and the starred exercises have modules of
their own.
"""

from __future__ import annotations

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys.dropout_measured import gain, small_net, spotify_model
from checkers.keys.dropout_stars import many_masks, monte_carlo
from checkers.rules.models import Network
from checkers.rules.slips import (
    extra_layer,
    looks_like,
    other_kind,
    value_slip,
)
from checkers.spec import (
    ANYTHING,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    LayerSpec,
    MaxPooling2D,
    ModelSpec,
    layer,
)

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

# -- 1 · Two dropout layers ----------------------------------------------------------

_FIRST, _SECOND, _HEAD = Dense(128, "relu"), Dense(64, "relu"), Dense(1)
_DROP = Dropout(0.3, why=N_("Every update trains another thinned network."))


def _songs(*layers: LayerSpec) -> ModelSpec:
    return ModelSpec(inputs=(18,), layers=layers)


spotify_net = Key(
    exercise="dropout-spotify-net",
    rules=(
        Network(
            "spotify_net",
            _songs(_FIRST, _DROP, _SECOND, _DROP, _HEAD),
            claims={
                "placement": ("Dropout",),
                "rate": ("Dropout.*",),
                "network": ("*",),
            },
            given=_songs(_FIRST, _SECOND, _HEAD),
            slips=(
                value_slip("Dropout.rate", 0.7, "DROPOUT.RATE_IS_KEEP"),
                value_slip("Dropout.noise_shape", ANYTHING, "DROPOUT.NOISE_SHARED"),
                looks_like(
                    _songs(_FIRST, _DROP, _SECOND, _HEAD),
                    "DROPOUT.ONLY_ONE",
                    topic="Dropout",
                    layer=1,
                ),
                looks_like(
                    _songs(_FIRST, _SECOND, _DROP, _HEAD),
                    "DROPOUT.ONLY_ONE",
                    topic="Dropout",
                    layer=2,
                ),
                looks_like(
                    _songs(_DROP, _FIRST, _DROP, _SECOND, _HEAD),
                    "DROPOUT.BEFORE_DENSE",
                    topic="Dropout",
                    layer=0,
                ),
                looks_like(
                    _songs(_DROP, _FIRST, _SECOND, _DROP, _HEAD),
                    "DROPOUT.BEFORE_DENSE",
                    topic="Dropout",
                    layer=0,
                ),
                looks_like(
                    _songs(_FIRST, _DROP, _SECOND, _HEAD, _DROP),
                    "DROPOUT.ON_OUTPUT",
                    topic="Dropout",
                    layer=4,
                ),
                looks_like(
                    _songs(_FIRST, _DROP, _DROP, _SECOND, _HEAD),
                    "DROPOUT.IN_A_ROW",
                    topic="Dropout",
                    layer=2,
                ),
                looks_like(
                    _songs(_FIRST, _SECOND, _DROP, _DROP, _HEAD),
                    "DROPOUT.IN_A_ROW",
                    topic="Dropout",
                    layer=3,
                ),
                extra_layer("Dropout", "DROPOUT.ON_OUTPUT", position=-1),
            ),
        ),
    ),
    solution=N_(
        "Dense(128, relu), Dropout(0.3), Dense(64, relu), Dropout(0.3), Dense(1).\n"
        "A dropout layer drops what comes out of the layer above it. None follows "
        "Dense(1): on the output it would set the prediction itself to 0. The model "
        "still has 10,753 parameters."
    ),
)

# -- 5 · Dropout in two picture networks ---------------------------------------------


def _mnist(first: float = 0.25, second: float = 0.5, **moved: bool) -> ModelSpec:
    """Return the MNIST network, with its first dropout before the pool if moved."""
    pool = (MaxPooling2D(2), Dropout(first))
    return ModelSpec(
        inputs=(28, 28, 1),
        layers=(
            Conv2D(32, 3, "relu"),
            Conv2D(64, 3, "relu"),
            *(reversed(pool) if moved else pool),
            Flatten(),
            Dense(128, "relu"),
            Dropout(second),
            Dense(10, "softmax"),
        ),
    )


def _cifar(first: float = 0.3, second: float = 0.4, **moved: bool) -> ModelSpec:
    """Return the CIFAR-10 network, with its first dropout before the pool if moved."""
    pool = (MaxPooling2D(2), Dropout(first))
    blocks = [Conv2D(filters, 2, "relu", padding="same") for filters in (16, 32, 64)]
    return ModelSpec(
        inputs=(32, 32, 3),
        layers=(
            *(blocks[0], MaxPooling2D(2), blocks[1], MaxPooling2D(2), blocks[2]),
            *(reversed(pool) if moved else pool),
            Flatten(),
            Dense(500, "relu"),
            Dropout(second),
            Dense(10, "softmax"),
        ),
    )


_PICTURE_CLAIMS: dict[str, tuple[str, ...]] = {
    "placement": ("Dropout",),
    "rates": ("Dropout.*",),
    "networks": ("*",),
}

picture_nets = Key(
    exercise="dropout-picture-nets",
    rules=(
        Network(
            "mnist_net",
            _mnist(),
            claims=_PICTURE_CLAIMS,
            slips=(
                value_slip("Dropout.rate", 0.75, "DROPOUT.RATE_IS_KEEP"),
                looks_like(
                    _mnist(0.5, 0.25),
                    "DROPOUT.RATES_SWAPPED",
                    topic="Dropout.rate",
                    layer=3,
                ),
                looks_like(
                    _mnist(moved=True),
                    "DROPOUT.BEFORE_POOL",
                    topic="Dropout",
                    layer=2,
                ),
                extra_layer("Dropout", "DROPOUT.ON_OUTPUT", position=-1),
            ),
        ),
        Network(
            "cifar_net",
            _cifar(),
            claims=_PICTURE_CLAIMS,
            slips=(
                value_slip("Dropout.rate", 0.7, "DROPOUT.RATE_IS_KEEP"),
                value_slip("Dropout.rate", 0.6, "DROPOUT.RATE_IS_KEEP"),
                looks_like(
                    _cifar(0.4, 0.3),
                    "DROPOUT.RATES_SWAPPED",
                    topic="Dropout.rate",
                    layer=6,
                ),
                looks_like(
                    _cifar(moved=True),
                    "DROPOUT.BEFORE_POOL",
                    topic="Dropout",
                    layer=5,
                ),
                extra_layer("Dropout", "DROPOUT.ON_OUTPUT", position=-1),
            ),
        ),
    ),
    solution=N_(
        "mnist_net: Dropout(0.25) between MaxPooling2D and Flatten, Dropout(0.5) "
        "between Dense 128 and Dense 10.\n"
        "cifar_net: Dropout(0.3) between the third MaxPooling2D and Flatten, "
        "Dropout(0.4) between Dense 500 and Dense 10.\n"
        "Before a pool, the largest survivor of each window steps in for what was "
        "dropped."
    ),
)

# -- 6 · Whole maps ------------------------------------------------------------------

_CONV, _MAPS = Conv2D(16, 3, "relu"), layer("SpatialDropout2D", rate=0.2)


def _maps(*layers: LayerSpec) -> ModelSpec:
    return ModelSpec(inputs=(28, 28, 1), layers=layers)


map_net = Key(
    exercise="dropout-map-net",
    rules=(
        Network(
            "map_net",
            _maps(_CONV, _MAPS, Flatten(), Dense(10, "softmax")),
            claims={
                "maps": ("SpatialDropout2D", "SpatialDropout2D.*", "Dropout"),
                "network": ("*",),
            },
            slips=(
                value_slip("SpatialDropout2D.rate", 0.8, "DROPOUT.RATE_IS_KEEP"),
                other_kind("SpatialDropout2D", "Dropout", "DROPOUT.SINGLE_PIXELS"),
                looks_like(
                    _maps(_CONV, Flatten(), Dropout(0.2), Dense(10, "softmax")),
                    "DROPOUT.NO_MAPS_LEFT",
                    topic="Dropout",
                    layer=2,
                ),
                looks_like(
                    _maps(_MAPS, _CONV, Flatten(), Dense(10, "softmax")),
                    "DROPOUT.BEFORE_CONVOLUTION",
                    topic="SpatialDropout2D",
                    layer=0,
                ),
            ),
        ),
    ),
    solution=N_(
        "Conv2D(16, 3, relu), SpatialDropout2D(0.2), Flatten(), Dense(10, softmax).\n"
        "It draws one number per map and example, so that neighbors cannot tell what "
        "was dropped."
    ),
)
