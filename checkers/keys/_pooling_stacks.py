"""Keys of exercises 3 to 5 of lesson 05: the source's pool and two stacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._pooling_windows import field_of
from checkers.rules.base import Context, Outcome
from checkers.rules.models import Network
from checkers.rules.slips import (
    LooksLike,
    extra_layer,
    looks_like,
    other_kind,
    value_slip,
)
from checkers.rules.values import NumberIs, Slip
from checkers.spec import (
    Conv2D,
    LayerSpec,
    MaxPooling2D,
    ModelSpec,
    any_of,
)
from checkers.tasks import pooling as tasks

__all__ = ["field_stack", "source_pool", "strided_stack"]

_CODE = "POOLING."

# -- 3 · A quarter of the numbers ------------------------------------------------------

_PICTURE = (100, 100, 15)


def _alone(only: LayerSpec) -> ModelSpec:
    return ModelSpec(_PICTURE, (only,))


source_pool = Key(
    exercise="pooling-source-pool",
    rules=(
        Network(
            "pool_net",
            _alone(MaxPooling2D(2)),
            claims={"pool": ("*",)},
            slips=(
                value_slip("MaxPooling2D.strides", 1, _CODE + "STEP_OF_ONE"),
                other_kind("MaxPooling2D", "AveragePooling2D", _CODE + "AVERAGE"),
                other_kind("MaxPooling2D", "GlobalMaxPooling2D", _CODE + "GLOBAL"),
                other_kind("MaxPooling2D", "Conv2D", _CODE + "CONV_FOR_POOL"),
                other_kind("MaxPooling2D", "Flatten", _CODE + "FLATTENED"),
                extra_layer("Flatten", _CODE + "FLATTENED"),
            ),
        ),
        NumberIs(
            "parameters",
            "num_parameters",
            0,
            slips=(
                *(
                    Slip(count, _CODE + "POOL_HAS_WEIGHTS")
                    for count in (4, 5, 60, 61, 75, 900, 915)
                ),
                Slip(50 * 50 * 15, _CODE + "COUNTS_PIXELS"),
                Slip(100 * 100 * 15, _CODE + "COUNTS_PIXELS"),
                Slip(100 * 100 * 15 - 50 * 50 * 15, _CODE + "COUNTS_PIXELS"),
            ),
        ),
    ),
    solution=N_(
        "keras.Sequential([keras.Input(shape=(100, 100, 15)), MaxPooling2D(2)]); 0.\n"
        "The window moves on by its own side when no stride is given: 50 x 50 x 15 "
        "numbers are left of 100 x 100 x 15. Taking the largest needs no weight."
    ),
)

# -- 4 · Build a field of view ---------------------------------------------------------

_VIEW = (64, 64, 1)
_DEPTHS = (1, 2, 3, 4, 5)
_EACH_FILTERS = any_of(*tasks.field_stack.personal["filters"])


def _pattern(depth: int, filters: Any, *, pool_last: bool = False) -> ModelSpec:
    """Return convolutions with pools between them, one more at the end if asked."""
    conv, pool = Conv2D(filters, 3, "relu"), MaxPooling2D(2)
    layers = (conv, *(pool, conv) * (depth - 1))
    return ModelSpec(_VIEW, (*layers, pool) if pool_last else layers)


def field_after(depth: int, *, pool_last: bool = False) -> int:
    """Return the receptive field of a pattern with so many convolutions.

    Example:
        >>> [field_after(depth) for depth in (1, 2, 3, 4)]
        [3, 8, 18, 38]
    """
    pool, conv = (2, 2, 1), (3, 1, 1)
    stack = [conv, *[pool, conv] * (depth - 1)]
    return field_of([*stack, pool] if pool_last else stack)[0]


def _field_net(parameters: dict[str, Any]) -> ModelSpec:
    """Return the pattern whose field is the one asked for."""
    depth = next(d for d in _DEPTHS if field_after(d) == parameters["field"])
    return _pattern(depth, parameters["filters"])


def _other_depths() -> tuple[LooksLike, ...]:
    """Return patterns that are too short, too long, or end with a pool."""
    found = []
    for depth in _DEPTHS:
        for pool_last in (False, True):
            code = "POOL_LAST" if pool_last else "OTHER_FIELD"
            side = field_after(depth, pool_last=pool_last)
            network = _pattern(depth, _EACH_FILTERS, pool_last=pool_last)
            found.append(
                looks_like(
                    network,
                    _CODE + code,
                    topic="MaxPooling2D",
                    received=f"{side} x {side}",
                )
            )
    return tuple(found)


_FIELD_NET = Network(
    "field_net",
    _field_net,
    claims={
        "field": ("Conv2D", "MaxPooling2D"),
        "shapes": (
            "Conv2D.padding",
            "Conv2D.kernel_size",
            "Conv2D.strides",
            "Conv2D.dilation_rate",
            "MaxPooling2D.padding",
            "MaxPooling2D.pool_size",
            "MaxPooling2D.strides",
        ),
        "network": ("Conv2D.*", "MaxPooling2D.*", "*"),
    },
    slips=(
        value_slip("Conv2D.padding", "same", _CODE + "SAME_FOR_VALID"),
        value_slip("MaxPooling2D.strides", 1, _CODE + "STEP_OF_ONE"),
        other_kind("MaxPooling2D", "AveragePooling2D", _CODE + "AVERAGE"),
        extra_layer("Flatten", _CODE + "FLATTENED"),
    ),
)


@dataclass(frozen=True)
class _Pattern:
    """A network rule that tells the field of a pattern of another depth first.

    Attributes:
        network: The rule.
        depths: Patterns of other depths, with their fields.
    """

    network: Network
    depths: tuple[LooksLike, ...]

    @property
    def part(self) -> str:
        """The model's part."""
        return self.network.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return self.network.checks

    def run(self, context: Context) -> Outcome:
        """Compare the model; a pattern of the right field is never called another."""
        side = context.parameters["field"]
        others = tuple(d for d in self.depths if d.received != f"{side} x {side}")
        slips = (*others, *self.network.slips)
        return replace(self.network, slips=slips).run(context)


field_stack = Key(
    exercise="pooling-field-stack",
    rules=(_Pattern(_FIELD_NET, _other_depths()),),
    solution=N_(
        "Field and step, layer by layer: convolution (3, 1), pool (4, 2), convolution "
        "(8, 2), pool (10, 4), convolution (18, 4), pool (22, 8), convolution (38, 8)."
        "\n"
        "Three convolutions with two pools between them see 18 x 18 pixels; four with "
        "three pools see 38 x 38. A pool at the end would widen the field once more."
    ),
)

# -- 5 · Convolutions in place of pools ------------------------------------------------

_STRIDED_INPUT = (64, 64, 1)


def _conv(filters: Any) -> LayerSpec:
    return Conv2D(filters, 3, "relu")


def _pooled(filters: Any) -> ModelSpec:
    """Return the network that the task hands out."""
    conv, pool = _conv(filters), MaxPooling2D(2)
    return ModelSpec(_STRIDED_INPUT, (conv, pool, conv, pool, conv))


def _strided(parameters: dict[str, Any]) -> ModelSpec:
    """Return the network with a strided convolution for each pool."""
    filters = parameters["filters"]
    conv, strided = _conv(filters), Conv2D(filters, 2, "relu", strides=2)
    return ModelSpec(_STRIDED_INPUT, (conv, strided, conv, strided, conv))


def _rise(parameters: dict[str, Any], *, side: int = 2, layers: int = 2) -> int:
    """Return what convolutions in place of pools add."""
    filters = int(parameters["filters"])
    return layers * (side * side * filters * filters + filters)


_FILTERS = any_of(*tasks.strided_stack.personal["filters"])
_BIG_STEPS = ModelSpec(
    _STRIDED_INPUT,
    (
        Conv2D(_FILTERS, 3, "relu", strides=2),
        Conv2D(_FILTERS, 3, "relu", strides=2),
        _conv(_FILTERS),
    ),
)
# The convolutions that take the place of the pools stand at positions 1 and 3.
_SETTING_SLIPS = tuple(
    replace(value_slip(target, value, _CODE + code), position=position)
    for position in (1, 3)
    for target, value, code in (
        ("Conv2D.kernel_size", 3, "OTHER_WINDOW"),
        ("Conv2D.padding", "same", "SAME_FOR_VALID"),
        ("Conv2D.strides", 1, "STRIDE_FORGOTTEN"),
        ("Conv2D.activation", "linear", "NO_RELU"),
    )
)

strided_stack = Key(
    exercise="pooling-strided-stack",
    rules=(
        Network(
            "strided_net",
            _strided,
            claims={"network": ("*",)},
            given=_pooled(_FILTERS),
            slips=(
                looks_like(_BIG_STEPS, _CODE + "STRIDES_ON_GIVEN", layer=0),
                looks_like(_pooled(_FILTERS), _CODE + "POOL_LEFT", layer=1),
                other_kind("Conv2D", "MaxPooling2D", _CODE + "POOL_LEFT"),
                extra_layer("MaxPooling2D", _CODE + "POOL_LEFT"),
                *_SETTING_SLIPS,
            ),
        ),
        NumberIs(
            "rise",
            "rise",
            _rise,
            slips=(
                Slip(lambda p: _rise(p, layers=1), _CODE + "RISE_OF_ONE"),
                Slip(lambda p: 8 * p["filters"] ** 2, _CODE + "RISE_NO_BIAS"),
                Slip(lambda p: 10 * p["filters"], _CODE + "RISE_NO_DEPTH"),
                Slip(lambda p: 8 * p["filters"], _CODE + "RISE_NO_DEPTH"),
                Slip(lambda p: _rise(p, side=3), _CODE + "OTHER_WINDOW_COUNT"),
                Slip(0, _CODE + "RISE_OF_ZERO"),
            ),
        ),
    ),
    solution=N_(
        "Each MaxPooling2D(2) becomes Conv2D(filters, 2, strides=2, "
        'activation="relu"). Shapes and receptive field stay.\n'
        "Each has 2 x 2 x filters weights per filter and one bias per filter: 4 x "
        "filters² + filters. Two of them: twice as much. A pool has nothing to learn; "
        "a convolution in its place has."
    ),
)
