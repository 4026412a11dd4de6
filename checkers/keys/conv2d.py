"""Lesson 06, convolutional networks: what is right.

Compiling, the trained model, free architectures and branches have modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._conv2d_branches import bottleneck, inception
from checkers.keys._conv2d_compiling import compile_for
from checkers.keys._conv2d_sizes import any_size
from checkers.keys._conv2d_trained import cifar_model
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.compiling import Compiled
from checkers.rules.models import Network
from checkers.rules.slips import looks_like, missing_layer, other_kind, value_slip
from checkers.rules.values import ChoiceIs, Look, NumberIs, Slip
from checkers.snapshot import Facts, ModelFacts
from checkers.spec import (
    Conv2D,
    Dense,
    Flatten,
    GraphSpec,
    Input,
    LayerSpec,
    MaxPooling2D,
    ModelSpec,
)

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

# -- 1 · The same network, functional ------------------------------------------------


def _same(filters: int) -> LayerSpec:
    return Conv2D(filters, 3, "relu", padding="same")


def _stack(*, shared: bool = True, times: int = 2) -> GraphSpec:
    """Return the given network; `mix` twice, or two layers in its place."""
    image = Input((28, 28, 1))
    x, mix = _same(8)(image), _same(8)
    for number in range(times):
        x = (mix if shared or not number else _same(8))(x)
    x = Flatten()(MaxPooling2D(2)(x))
    return GraphSpec((image,), (Dense(10, "softmax")(x),))


def _look_at_api(facts: Facts, context: Context) -> Iterable[Found]:
    """Require keras.Model(inputs, outputs)."""
    assert isinstance(facts, ModelFacts)
    if facts.api != "functional":
        values = {"part": "functional_net"}
        received = facts.class_name
        yield Found("CONV2D.NOT_FUNCTIONAL", "api", values, received=received)


functional = Key(
    exercise="conv2d-functional",
    rules=(
        Look("api", "functional_net", _look_at_api),
        Network(
            "functional_net",
            _stack(),
            claims={"network": ("*",)},
            slips=(
                looks_like(
                    _stack(shared=False), "CONV2D.NOT_SHARED", topic="Conv2D", layer=2
                ),
                looks_like(
                    _stack(times=1), "CONV2D.CALLED_ONCE", topic="Conv2D", layer=1
                ),
                *(
                    missing_layer(kind, "CONV2D.LOOSE_END")
                    for kind in ("Conv2D", "MaxPooling2D")
                ),
            ),
        ),
    ),
    solution=N_(
        "x = stem(inputs); x = mix(x); x = mix(x); then pool, flatten and the last "
        "layer, each called on x; keras.Model(inputs, outputs).\n"
        "A call connects a layer. Two calls of one layer share its weights: 16,354 "
        "parameters. Two layers in its place would make 16,938."
    ),
)

# -- 2 · A network for digits --------------------------------------------------------


def _mnist(*maps: LayerSpec) -> ModelSpec:
    head = (Flatten(), Dense(128, "relu"), Dense(10, "softmax"))
    return ModelSpec(inputs=(28, 28, 1), layers=(*maps, *head))


_NARROW, _WIDE, _POOL = Conv2D(32, 3, "relu"), Conv2D(64, 3, "relu"), MaxPooling2D(2)
_PADDED = tuple(Conv2D(filters, 3, "relu", padding="same") for filters in (32, 64))

mnist_net = Key(
    exercise="conv2d-mnist-net",
    rules=(
        Network(
            "mnist_net",
            _mnist(_NARROW, _WIDE, _POOL),
            claims={"head": ("Flatten", "Dense", "Dense.*"), "maps": ("*",)},
            slips=(
                looks_like(
                    _mnist(*_PADDED, _POOL),
                    "CONV2D.PADDING_SAME",
                    topic="Conv2D.padding",
                    layer=0,
                ),
                looks_like(
                    _mnist(_NARROW, _POOL, _WIDE),
                    "CONV2D.POOL_EARLY",
                    topic="MaxPooling2D",
                    layer=1,
                ),
                looks_like(
                    _mnist(_NARROW, _POOL, _WIDE, _POOL),
                    "CONV2D.POOL_TWICE",
                    topic="MaxPooling2D",
                    layer=1,
                ),
            ),
        ),
        Compiled(
            "loss",
            "mnist_net",
            losses=("sparse_categorical_crossentropy",),
            judges_head=False,
        ),
    ),
    solution=N_(
        "Conv2D(32, 3, relu), Conv2D(64, 3, relu), MaxPooling2D(2), Flatten(), "
        "Dense(128, relu), Dense(10, softmax); the loss is "
        "'sparse_categorical_crossentropy'.\n"
        "320 + 18,496 + 1,179,776 + 1,290 = 1,199,882 parameters. The labels are whole "
        "numbers, and the head gives probabilities: no from_logits."
    ),
)

# -- 3 · A network for small photographs ---------------------------------------------


def _cifar(
    *filters: int, kernel: int = 2, padding: str = "same", hidden: str | None = "relu"
) -> ModelSpec:
    blocks = tuple(
        step
        for count in filters
        for step in (Conv2D(count, kernel, "relu", padding=padding), _POOL)
    )
    head = (Flatten(), Dense(500, hidden), Dense(10, "softmax"))
    return ModelSpec(inputs=(32, 32, 3), layers=(*blocks, *head))


cifar_net = Key(
    exercise="conv2d-cifar-net",
    rules=(
        Network(
            "cifar_net",
            _cifar(16, 32, 64),
            claims={"head": ("Flatten", "Dense", "Dense.*"), "maps": ("*",)},
            slips=(
                value_slip("Conv2D.kernel_size", 3, "CONV2D.KERNEL_THREE"),
                looks_like(
                    _cifar(16, 32, 64, padding="valid"),
                    "CONV2D.PADDING_VALID",
                    topic="Conv2D.padding",
                    layer=0,
                ),
                looks_like(
                    _cifar(64, 32, 16),
                    "CONV2D.FILTERS_REVERSED",
                    topic="Conv2D.filters",
                    layer=0,
                ),
                looks_like(
                    _cifar(16, 32, 16),
                    "CONV2D.SIXTEEN_MAPS",
                    topic="Conv2D.filters",
                    layer=4,
                ),
                looks_like(
                    _cifar(16, 32, 64, hidden=None),
                    "CONV2D.HIDDEN_LINEAR",
                    topic="Dense.activation",
                    layer=7,
                ),
                other_kind(
                    "Flatten", "GlobalAveragePooling2D", "CONV2D.GAP_FOR_FLATTEN"
                ),
            ),
        ),
    ),
    solution=N_(
        "Conv2D(16, 2, same, relu), MaxPooling2D(2), Conv2D(32, 2, same, relu), "
        "MaxPooling2D(2), Conv2D(64, 2, same, relu), MaxPooling2D(2), Flatten(), "
        "Dense(500, relu), Dense(10, softmax).\n"
        "208 + 2,080 + 8,256 + 512,500 + 5,010 = 528,054. Flatten gives 4 x 4 x 64 = "
        "1,024 numbers."
    ),
)

# -- 4 · Where the parameters are ----------------------------------------------------

_MAPS = 208 + 2_080 + 8_256  # the three convolutions


def _total(inputs: int, units: int, *, bias: bool = True) -> int:
    """Return the total with `inputs` numbers in front of the hidden dense layer."""
    return _MAPS + (inputs + bias) * units + (units + bias) * 10


def _gap_slip(code: str, inputs: int, extra: int = 0, *, bias: bool = True) -> Slip:
    return Slip(lambda p: _total(inputs, p["units"], bias=bias) + extra, code)


dense_share = Key(
    exercise="conv2d-dense-share",
    rules=(
        NumberIs(
            "share",
            "share",
            100 * 512_500 / 528_054,
            tolerance=0.01,
            slips=(
                Slip(100 * 512_000 / 528_054, "CONV2D.BIASES_FORGOTTEN"),
                Slip(100 * 517_510 / 528_054, "CONV2D.BOTH_DENSE"),
                Slip(100 * 256 * 500 / 528_054, "CONV2D.SIXTEEN_MAPS_COUNTED"),
            ),
        ),
        NumberIs(
            "gap_total",
            "gap_total",
            lambda p: _total(64, p["units"]),
            slips=(
                _gap_slip("CONV2D.GAP_KEEPS_PLACES", 16 * 64),
                _gap_slip("CONV2D.GAP_KEEPS_ONE_MAP", 16),
                _gap_slip("CONV2D.POOL_HAS_PARAMETERS", 64, 64),
                _gap_slip("CONV2D.POOL_HAS_PARAMETERS", 64, 128),
                _gap_slip("CONV2D.POOL_HAS_PARAMETERS", 64, 64 * 16),
                _gap_slip("CONV2D.BIASES_FORGOTTEN", 64, bias=False),
                _gap_slip("CONV2D.BIASES_FORGOTTEN", 64, -112, bias=False),
                _gap_slip("CONV2D.BIASES_FORGOTTEN", 64, -10),
                Slip(lambda p: _total(64, p["units"]) - p["units"], "CONV2D.ONE_BIAS"),
                Slip(lambda p: _MAPS + 64 * 10 + 10, "CONV2D.HIDDEN_LEFT_OUT"),
            ),
        ),
    ),
    solution=N_(
        "512,500 of 528,054 are 97.05 %. With global average pooling the hidden layer "
        "has 64 inputs: 10,544 + 65 x units + 10 x (units + 1); 48,054 for 500 "
        "units.\n"
        "Pooling has no parameters. It decides how long the row in front of the dense "
        "layer is."
    ),
)

# -- 5 · Which edit was it? ----------------------------------------------------------

_EDITS = {304_054: "valid", 2_064_054: "no_pool", 144_054: "stride"}
_EDIT_SLIPS = (
    ("dropout", "CONV2D.ADDS_NOTHING"),
    ("batch", "CONV2D.BATCH_COUNTED"),
    ("kernel", "CONV2D.KERNEL_COUNT"),
    ("valid", "CONV2D.OTHER_LENGTH"),
    ("no_pool", "CONV2D.OTHER_LENGTH"),
    ("stride", "CONV2D.OTHER_LENGTH"),
)


@dataclass(frozen=True)
class _EditIs:
    """The edit that gives the total of this student."""

    check: str = "edit"
    part: str = "edit"

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the option with the total's edit."""
        total: Any = context.parameters["total"]
        right = (_EDITS[total],)
        return ChoiceIs(self.check, self.part, right, _EDIT_SLIPS).run(context)


which_edit = Key(
    exercise="conv2d-which-edit",
    rules=(
        _EditIs(),
        ChoiceIs(
            "reason",
            "reason",
            ("input",),
            (
                ("convolution", "CONV2D.WEIGHT_PER_PLACE"),
                ("pool", "CONV2D.POOL_HAS_WEIGHTS"),
                ("never", "CONV2D.SHAPES_NEVER_COUNT"),
            ),
        ),
    ),
    solution=N_(
        "Maps of 3 x 3 (padding valid), 8 x 8 (no last pool) or 2 x 2 (strides=2) are "
        "left: 576, 4,096 or 256 inputs of Dense 500, so 304,054, 2,064,054 or 144,054 "
        "in all.\n"
        "The convolutions keep their counts: filters, kernel and channels are the "
        "same. Only the dense layer behind Flatten changes."
    ),
)
