"""Keys of lesson 13 on networks: what the blocks are, and what is done with them."""

from __future__ import annotations

from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._transfer_learning_prints import PRINTS
from checkers.rules.carried import Carried
from checkers.rules.compiling import Compiled
from checkers.rules.models import Network
from checkers.rules.optimizing import Optimized, RateAtMost
from checkers.rules.slips import (
    extra_layer,
    looks_like,
    missing_layer,
    other_kind,
    value_slip,
)
from checkers.spec import (
    ANYTHING,
    BatchNormalization,
    Conv2D,
    Dense,
    Flatten,
    LayerSpec,
    MaxPooling2D,
    ModelSpec,
    any_of,
    between,
    layer,
)

__all__ = ["early_blocks", "fine_tune", "frozen_head", "two_stages", "vgg_head"]

_WIDTHS = (16, 32, 64, 128)
_EITHER = any_of("normal", "off")  # base(x) and base(x, training=False) are both right
_ANY_MOMENTUM = between(0.5, 0.999)  # the backbone has 0.9; a frozen norm uses none
_MEAN = layer("GlobalAveragePooling2D")
_LOSSES = ("sparse_categorical_crossentropy",)


def _block(
    number: int, *, frozen: bool, norms: bool | None = None, switch: Any = _EITHER
) -> tuple[LayerSpec, ...]:
    """Return the layers of one block, 1 to 4; `norms` says if its norms are frozen."""
    learns = {"trainable": not frozen, "switch": switch}
    rests = {"trainable": not (frozen if norms is None else norms), "switch": switch}
    step = (
        Conv2D(_WIDTHS[number - 1], 3, padding="same", use_bias=False, **learns),
        BatchNormalization(momentum=_ANY_MOMENTUM, **rests),
        layer("Activation", activation="relu", switch=switch),
    )
    pool = (MaxPooling2D(2, switch=switch),) if number < len(_WIDTHS) else ()
    return (*step, *step, *pool)


def _blocks(last: int = 4, **how: Any) -> tuple[LayerSpec, ...]:
    return tuple(
        each for number in range(1, last + 1) for each in _block(number, **how)
    )


def _net(*layers: LayerSpec) -> ModelSpec:
    return ModelSpec(inputs=(32, 32, 3), layers=layers)


def _kinds(*kinds: str) -> tuple[str, ...]:
    """Return the topics of whole kinds of layers."""
    return tuple(topic for kind in kinds for topic in (kind, f"{kind}.*"))


_BLOCK_KINDS = _kinds("Conv2D", "BatchNormalization", "Activation", "MaxPooling2D")

# -- 1 · Case 1 ----------------------------------------------------------------------

_FOUR = Dense(4, "softmax")

frozen_head = Key(
    exercise="transfer-learning-frozen-head",
    rules=(
        Network(
            "frozen_net",
            _net(*_blocks(frozen=True), _MEAN, _FOUR),
            claims={"frozen": _BLOCK_KINDS, "head": ("*",)},
            slips=(
                looks_like(
                    _net(*_blocks(frozen=False, switch="off"), _MEAN, _FOUR),
                    "TRANSFER_LEARNING.TRAINING_FOR_TRAINABLE",
                    topic="Conv2D.trainable",
                    layer=0,
                ),
                looks_like(
                    _net(*_blocks(frozen=False, switch="normal"), _MEAN, _FOUR),
                    "TRANSFER_LEARNING.NOT_FROZEN",
                    topic="Conv2D.trainable",
                    layer=0,
                ),
                value_slip("Conv2D.trainable", True, "TRANSFER_LEARNING.NOT_FROZEN"),
                value_slip(
                    "BatchNormalization.trainable", True, "TRANSFER_LEARNING.NOT_FROZEN"
                ),
                value_slip("Dense.trainable", False, "TRANSFER_LEARNING.HEAD_FROZEN"),
                value_slip("Dense.units", 6, "TRANSFER_LEARNING.SOURCE_CLASSES"),
                other_kind(
                    "GlobalAveragePooling2D", "Flatten", "TRANSFER_LEARNING.FLATTEN"
                ),
            ),
        ),
        Carried("frozen", "frozen_net", PRINTS, code="TRANSFER_LEARNING.FRESH_WEIGHTS"),
    ),
    solution=N_("""\
base = networks.backbone()
base.trainable = False
frozen_net = keras.Sequential([
    keras.Input(shape=(32, 32, 3)), base,
    layers.GlobalAveragePooling2D(), layers.Dense(4, activation="softmax"),
])

516 weights are left to train, for 40 pictures. base(x, training=False) would switch \
the mode of BatchNormalization, and let the optimizer move every weight."""),
)

# -- 2 · Case 2 ----------------------------------------------------------------------

_SCALE = layer("Rescaling", scale=1 / 255)
_FRESH = Conv2D(64, 3, "relu", padding="same")
_TEN = Dense(10, "softmax")


def _early(
    parameters: dict[str, Any], *, frozen: bool = True, switch: Any = _EITHER
) -> ModelSpec:
    blocks = _blocks(parameters["blocks"], frozen=frozen, switch=switch)
    return _net(_SCALE, *blocks, _FRESH, _MEAN, _TEN)


early_blocks = Key(
    exercise="transfer-learning-early-blocks",
    rules=(
        Network(
            "early_net",
            _early,
            claims={
                "blocks": (
                    "Conv2D.trainable",
                    *_kinds("BatchNormalization", "MaxPooling2D", "Rescaling"),
                ),
                "head": ("*",),
            },
            slips=(
                looks_like(
                    _net(_SCALE, *_blocks(frozen=True), _FRESH, _MEAN, _TEN),
                    "TRANSFER_LEARNING.KEEPS_LAST",
                    topic="BatchNormalization",
                ),
                looks_like(
                    _net(_SCALE, *_blocks(frozen=True), _MEAN, _TEN),
                    "TRANSFER_LEARNING.KEEPS_LAST",
                    topic="BatchNormalization",
                ),
                value_slip("Conv2D.trainable", True, "TRANSFER_LEARNING.NOT_FROZEN"),
                value_slip("Conv2D.trainable", False, "TRANSFER_LEARNING.HEAD_FROZEN"),
                value_slip(
                    "BatchNormalization.trainable", True, "TRANSFER_LEARNING.NOT_FROZEN"
                ),
                value_slip("Dense.trainable", False, "TRANSFER_LEARNING.HEAD_FROZEN"),
                missing_layer("Rescaling", "TRANSFER_LEARNING.INPUT_RANGE"),
                extra_layer("Rescaling", "TRANSFER_LEARNING.INPUT_RANGE"),
                value_slip(
                    "Rescaling.scale", ANYTHING, "TRANSFER_LEARNING.INPUT_RANGE"
                ),
                value_slip(
                    "Rescaling.offset", ANYTHING, "TRANSFER_LEARNING.INPUT_RANGE"
                ),
            ),
        ),
        Carried(
            "blocks",
            "early_net",
            PRINTS,
            code="TRANSFER_LEARNING.FRESH_WEIGHTS",
            count=lambda parameters: 4 * parameters["blocks"],
        ),
    ),
    solution=N_("""\
base = networks.backbone(end="block2_pool")  # your own block
base.trainable = False
early_net = keras.Sequential([
    keras.Input(shape=(32, 32, 3)), layers.Rescaling(1 / 255), base,
    layers.Conv2D(64, 3, padding="same", activation="relu"),
    layers.GlobalAveragePooling2D(), layers.Dense(10, activation="softmax"),
])

Early blocks see edges and corners, which digits have as well. Late blocks see what \
tells a cat from a dog."""),
)

# -- 3 · Cases 3 and 4 ---------------------------------------------------------------

fine_tune = Key(
    exercise="transfer-learning-fine-tune",
    rules=(
        Network(
            "tuned_net",
            _net(*_blocks(frozen=False), _MEAN, _TEN),
            claims={"network": ("*",)},
            slips=(
                looks_like(
                    _net(*_blocks(frozen=True), _MEAN, _TEN),
                    "TRANSFER_LEARNING.STILL_FROZEN",
                    layer=0,
                ),
                value_slip("Conv2D.trainable", False, "TRANSFER_LEARNING.STILL_FROZEN"),
                value_slip(
                    "BatchNormalization.trainable",
                    False,
                    "TRANSFER_LEARNING.STILL_FROZEN",
                ),
                value_slip("Dense.units", 6, "TRANSFER_LEARNING.SOURCE_CLASSES"),
                value_slip("Dense.units", 4, "TRANSFER_LEARNING.OTHER_TARGET"),
                other_kind(
                    "GlobalAveragePooling2D", "Flatten", "TRANSFER_LEARNING.FLATTEN"
                ),
            ),
        ),
        Carried(
            "network",
            "tuned_net",
            PRINTS,
            code="TRANSFER_LEARNING.FRESH_WEIGHTS",
            may_move=True,
        ),
        Compiled(
            "compiled",
            "tuned_net",
            losses=_LOSSES,
            judges_head=False,
        ),
        RateAtMost(
            "compiled",
            "tuned_net",
            1e-3,
            "TRANSFER_LEARNING.RATE",
            "TRANSFER_LEARNING.NO_RATE",
        ),
        Optimized("compiled", "tuned_net", "TRANSFER_LEARNING.NOT_RECOMPILED"),
    ),
    solution=N_("""\
tuned_net = keras.Sequential([
    keras.Input(shape=(32, 32, 3)), networks.backbone(),
    layers.GlobalAveragePooling2D(), layers.Dense(10, activation="softmax"),
])
tuned_net.compile(
    keras.optimizers.Adam(1e-4), "sparse_categorical_crossentropy",
    metrics=["accuracy"],
)

The weights are a start, not a rule. A small rate lets them keep what is of use."""),
)

# -- 4 · The second stage ------------------------------------------------------------


def _staged(*, thawed: bool, norms: bool = True) -> ModelSpec:
    """Return the network of stage one, or of stage two."""
    early = _blocks(3, frozen=True)
    late = _block(4, frozen=not thawed, norms=norms)
    return _net(*early, *late, _MEAN, _FOUR)


two_stages = Key(
    exercise="transfer-learning-two-stages",
    rules=(
        Network(
            "model",
            _staged(thawed=True),
            claims={
                "thawed": ("*",),
                "norms": ("BatchNormalization.trainable",),
            },
            given=_staged(thawed=False),
            slips=(
                looks_like(
                    _net(*_blocks(frozen=False), _MEAN, _FOUR),
                    "TRANSFER_LEARNING.ALL_THAWED",
                    layer=0,
                ),
                value_slip("Conv2D.trainable", True, "TRANSFER_LEARNING.TOO_EARLY"),
                value_slip("Conv2D.trainable", False, "TRANSFER_LEARNING.STILL_FROZEN"),
                value_slip(
                    "BatchNormalization.trainable",
                    True,
                    "TRANSFER_LEARNING.NORM_THAWED",
                ),
                value_slip("Dense.trainable", False, "TRANSFER_LEARNING.HEAD_FROZEN"),
                extra_layer("Dropout", "TRANSFER_LEARNING.OTHER_MODEL"),
            ),
        ),
        Carried(
            "thawed",
            "model",
            PRINTS,
            code="TRANSFER_LEARNING.FRESH_WEIGHTS",
            count=12,
        ),
        Optimized("compiled", "model", "TRANSFER_LEARNING.NOT_RECOMPILED"),
        Compiled(
            "compiled",
            "model",
            losses=_LOSSES,
            judges_head=False,
        ),
        RateAtMost(
            "compiled",
            "model",
            1e-4,
            "TRANSFER_LEARNING.RATE",
            "TRANSFER_LEARNING.NO_RATE",
        ),
    ),
    solution=N_("""\
backbone = model.get_layer("backbone")
backbone.trainable = True
for each in backbone.layers:
    is_norm = isinstance(each, layers.BatchNormalization)
    each.trainable = each.name.startswith("block4") and not is_norm
model.compile(
    keras.optimizers.Adam(1e-5), "sparse_categorical_crossentropy", metrics=["accuracy"]
)

What may move is read when the model is compiled. A frozen BatchNormalization keeps \
the mean and variance of 27,000 pictures, where a batch of 10 would put its own."""),
)

# -- 6 · The head of VGG16 -----------------------------------------------------------


def _vgg(*layers: LayerSpec) -> ModelSpec:
    return ModelSpec(inputs=(7, 7, 512), layers=layers)


_BREEDS = Dense(133, "softmax")

vgg_head = Key(
    exercise="transfer-learning-vgg-head",
    rules=(
        Network(
            "vgg_head",
            _vgg(_MEAN, _BREEDS),
            claims={
                "mean": (*_kinds("GlobalAveragePooling2D"), "Flatten", "input"),
                "classes": ("*",),
            },
            slips=(
                other_kind(
                    "GlobalAveragePooling2D", "Flatten", "TRANSFER_LEARNING.FLATTEN"
                ),
                other_kind(
                    "GlobalAveragePooling2D",
                    "GlobalMaxPooling2D",
                    "TRANSFER_LEARNING.LARGEST",
                ),
                looks_like(
                    _vgg(Flatten(), _BREEDS),
                    "TRANSFER_LEARNING.FLATTEN",
                    topic="GlobalAveragePooling2D",
                    layer=0,
                ),
                value_slip("Dense.use_bias", False, "TRANSFER_LEARNING.NO_BIAS"),
                value_slip(
                    "Dense.activation", "sigmoid", "TRANSFER_LEARNING.SIGMOID_HEAD"
                ),
            ),
        ),
    ),
    solution=N_(
        "Input((7, 7, 512)), GlobalAveragePooling2D(), Dense(133, softmax).\n"
        "68,229 parameters. Behind Flatten the same Dense layer has 3,336,837."
    ),
)
