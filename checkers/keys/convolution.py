"""What is right in lesson 04, convolution."""

from __future__ import annotations

from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._convolution_counts import (
    PARAMS_SLIPS,
    SIZE_SLIPS,
    Sharing,
    output_size,
    params,
)
from checkers.keys._convolution_layers import ChannelsLast
from checkers.reference import Reference
from checkers.rules.models import Network
from checkers.rules.shared import Share, Shared
from checkers.rules.slips import Slip as Edit
from checkers.rules.slips import looks_like, value_slip
from checkers.rules.values import ChoiceIs, NumberIs, Slip
from checkers.spec import Conv2D, LayerSpec, ModelSpec

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


# Room for sums that Keras computed in float32 and that were added to a float64 later.
_FLOAT32 = 1e-3


def _numpy(name: str) -> Reference:
    return Reference(f"checkers.keys._correlation:{name}")


# -- 1 · Count a convolution ---------------------------------------------------------

conv_params = Key(
    exercise="convolution-conv-params",
    rules=(
        Shared(
            "conv_params",
            params,
            shares=(
                Share("weights", lambda filters, size, depth, bias: not bias),
                Share("bias", lambda filters, size, depth, bias: bias),
            ),
            slips=PARAMS_SLIPS,
        ),
    ),
    solution=N_("""\
def conv_params(filters, size, depth, bias):
    return filters * (size * size * depth + bias)

One filter has size x size weights for each channel, and one bias. Neither the height
and width of the image nor stride and padding occur: the same kernel serves all
places."""),
)

# -- 2 · A window on a line ----------------------------------------------------------

xcorr1d = Key(
    exercise="convolution-xcorr1d",
    rules=(
        Shared(
            "xcorr1d",
            _numpy("xcorr1d"),
            shares=(
                Share("values", lambda x, k, stride, pad: stride == 1),
                Share("stride", lambda x, k, stride, pad: stride > 1),
            ),
            slips=(
                (_numpy("flipped1d"), "CONV.FLIPPED", "values"),
                (_numpy("dense1d"), "CONV.STRIDE_IGNORED", "stride"),
                (_numpy("short1d"), "CONV.LAST_WINDOW", "values"),
                (_numpy("unpadded1d"), "CONV.PAD_IGNORED", "values"),
                (_numpy("left1d"), "CONV.PAD_ONE_SIDE", "values"),
                (_numpy("right1d"), "CONV.PAD_ONE_SIDE", "values"),
                (_numpy("edges1d"), "CONV.PAD_REPEATS", "values"),
            ),
            tolerance=_FLOAT32,
        ),
    ),
    solution=N_("""\
def xcorr1d(x, k, stride, pad):
    padded = np.pad(x, pad)
    starts = range(0, len(padded) - len(k) + 1, stride)
    return np.array([padded[start : start + len(k)] @ k for start in starts])

@ multiplies entry by entry and adds up. The kernel is not turned round: this is what
Keras computes too."""),
)

# -- 3 · How large is the map? -------------------------------------------------------

out_size = Key(
    exercise="convolution-out-size",
    rules=(
        Shared(
            "out_size",
            output_size,
            shares=(
                Share(
                    "valid", lambda size, kernel, stride, padding: padding == "valid"
                ),
                Share("same", lambda size, kernel, stride, padding: padding == "same"),
            ),
            slips=SIZE_SLIPS,
        ),
    ),
    solution=N_("""\
def out_size(size, kernel, stride, padding):
    places = size if padding == "same" else size - kernel + 1
    return math.ceil(places / stride)

With stride 1 there are size - kernel + 1 places inside, or size places with "same".
Every stride-th one is kept, the first included: that rounds up."""),
)

# -- 4 · What Conv2D computes --------------------------------------------------------


def _is_single(image: Any, kernels: Any, bias: list[float]) -> bool:
    """Return True for one channel and one filter without a bias."""
    return len(image[0][0]) == len(kernels[0][0][0]) == 1 and not any(bias)


xcorr2d = Key(
    exercise="convolution-xcorr2d",
    rules=(
        Shared(
            "xcorr2d",
            _numpy("xcorr2d"),
            shares=(
                Share("one_channel", _is_single),
                Share("channels", lambda image, kernels, bias: not any(bias)),
                Share("bias", lambda image, kernels, bias: any(bias)),
            ),
            slips=(
                (_numpy("flipped2d"), "CONV.FLIPPED", "one_channel"),
                (_numpy("transposed2d"), "CONV.TRANSPOSED", "one_channel"),
                (_numpy("short2d"), "CONV.LAST_WINDOW", "one_channel"),
                (_numpy("one_slice2d"), "CONV.ONE_SLICE", "channels"),
                (_numpy("first_channel2d"), "CONV.FIRST_CHANNEL", "channels"),
                (_numpy("averaged2d"), "CONV.CHANNELS_AVERAGED", "channels"),
                (_numpy("apart2d"), "CONV.CHANNELS_APART", "channels"),
                (_numpy("filters_first2d"), "CONV.FILTERS_FIRST", "channels"),
                (_numpy("no_bias2d"), "CONV.BIAS_IGNORED", "bias"),
                (_numpy("bias_per_channel2d"), "CONV.BIAS_PER_CHANNEL", "bias"),
                (_numpy("bias_per_weight2d"), "CONV.BIAS_PER_WEIGHT", "bias"),
            ),
            tolerance=_FLOAT32,
        ),
    ),
    solution=N_("""\
def xcorr2d(image, kernels, bias):
    F, G, _, K = kernels.shape
    H, W, _ = image.shape
    out = np.zeros((H - F + 1, W - G + 1, K))
    for i, j in np.ndindex(out.shape[:2]):
        window = image[i : i + F, j : j + G, :, None]
        out[i, j] = (window * kernels).sum(axis=(0, 1, 2)) + bias
    return out

The sum runs over rows, columns and channels: local in space, full in depth. The bias
is added once per filter, after the sum."""),
)

# -- 5 · What sharing saves ----------------------------------------------------------

sharing = Key(
    exercise="convolution-sharing",
    rules=(Sharing("counts"),),
    solution=N_("""\
A window holds 5 x 5 x 3 = 75 numbers, a padded map has 32 x 32 = 1,024 places.
Unshared: 75 x 1,024 x filters weights and 1,024 x filters biases.
Shared: 75 x filters weights and one bias per filter, 76 x filters together.
With 10 filters: 768,000 and 10,240 against 750 and 10."""),
)

# -- 6 · From 128 to 64 --------------------------------------------------------------


def _first(strides: int = 2, padding: str = "same") -> LayerSpec:
    return Conv2D(32, 3, "relu", strides=strides, padding=padding)


def _second(strides: int = 1, padding: str = "same") -> LayerSpec:
    return Conv2D(16, 3, "relu", strides=strides, padding=padding)


def _images(*layers: LayerSpec) -> ModelSpec:
    return ModelSpec(inputs=(128, 128, 3), layers=layers)


shrinking_net = Key(
    exercise="convolution-shrinking-net",
    rules=(
        ChannelsLast(
            Network(
                "shrinking_net",
                _images(_first(), _second()),
                claims={
                    "maps": ("Conv2D.strides", "Conv2D.padding"),
                    "network": ("*",),
                },
                slips=(
                    looks_like(
                        _images(_first(1), _second(2)),
                        "CONV.STRIDES_LATER",
                        topic="Conv2D.strides",
                        layer=0,
                    ),
                    value_slip("Conv2D.padding", "valid", "CONV.VALID_GIVES_63"),
                    Edit("CONV.NO_STRIDE", "property", "Conv2D", "strides", 1, 0),
                    Edit("CONV.STRIDES_TWICE", "property", "Conv2D", "strides", 2, 1),
                ),
            ),
            check="maps",
        ),
        NumberIs(
            "count",
            "first_params",
            896,
            slips=(
                Slip(864, "CONV.COUNT_NO_BIAS"),
                Slip(288, "CONV.FIRST_NO_DEPTH"),
                Slip(320, "CONV.FIRST_NO_DEPTH"),
                Slip(896 + 4624, "CONV.COUNT_BOTH_LAYERS"),
                Slip(896 * 64 * 64, "CONV.FIRST_PIXELS"),
                Slip(864 * 64 * 64, "CONV.FIRST_PIXELS"),
                Slip(864 * 64 * 64 + 32, "CONV.FIRST_PIXELS"),
            ),
        ),
    ),
    solution=N_("""\
Conv2D(32, 3, strides=2, padding="same", activation="relu"), then
Conv2D(16, 3, padding="same", activation="relu"); first_params = 896.
ceil(128 / 2) = 64 with "same"; "valid" gives ceil(126 / 2) = 63. The stride belongs to
the first layer: it makes the map smaller. 32 x (3 x 3 x 3 + 1) = 896."""),
)

# -- 7 · Padding, and a digit that moves ---------------------------------------------

padding_rule = Key(
    exercise="convolution-padding-rule",
    rules=(
        NumberIs(
            "pad",
            "pad",
            lambda p: (p["kernel_size"] - 1) // 2,
            slips=(
                Slip(lambda p: p["kernel_size"] - 1, "CONV.PAD_BOTH_SIDES"),
                Slip(lambda p: p["kernel_size"] / 2, "CONV.PAD_HALF"),
                Slip(lambda p: (p["kernel_size"] + 1) // 2, "CONV.PAD_HALF"),
            ),
        ),
        ChoiceIs(
            "rule",
            "rule",
            ("derived",),
            slips=(
                ("empirical", "CONV.PAD_EMPIRICAL"),
                ("even", "CONV.PAD_EVEN"),
                ("stride", "CONV.PAD_ANY_STRIDE"),
            ),
        ),
        ChoiceIs(
            "moved",
            "moved",
            ("equivariant",),
            slips=(
                ("invariant", "CONV.INVARIANT"),
                ("rotation", "CONV.ROTATION"),
                ("new", "CONV.NOT_SHARED"),
            ),
        ),
    ),
    solution=N_("""\
H - F + 2P + 1 = H gives P = (F - 1) / 2, a whole number for odd F. For even F, "same"
puts one zero more at the end. The map moves with the digit, because every place has
the same weights: a convolution is equivariant under shifts. It is not invariant, and
for rotations it is neither."""),
)

# -- 8 ★ · True convolution ----------------------------------------------------------


def _is_oblong(image: list[list[float]], kernel: list[list[float]]) -> bool:
    """Return True if the kernel has more rows than columns, or fewer."""
    del image
    return len(kernel) != len(kernel[0])


flip = Key(
    exercise="convolution-flip",
    rules=(
        Shared(
            "convolve2d",
            _numpy("convolve2d"),
            # A kernel that is not square shows who takes one side for both.
            shares=(Share("wide", _is_oblong), Share("flip")),
            slips=(
                (_numpy("full_xcorr2d"), "CONV.NOT_FLIPPED", "flip"),
                (_numpy("only_rows"), "CONV.ONE_AXIS", "flip"),
                (_numpy("only_columns"), "CONV.ONE_AXIS", "flip"),
                (_numpy("transposed_kernel"), "CONV.TURN_IS_TRANSPOSE", "flip"),
                (_numpy("transposed_inside"), "CONV.TURN_IS_TRANSPOSE", "flip"),
                (_numpy("quarter_turn"), "CONV.QUARTER_TURN", "flip"),
                (_numpy("three_quarter_turn"), "CONV.QUARTER_TURN", "flip"),
                (_numpy("swapped_roles"), "CONV.NOT_FLIPPED", "flip"),
                (_numpy("turned_back"), "CONV.RESULT_TURNED", "flip"),
            ),
            tolerance=_FLOAT32,
        ),
    ),
    solution=N_("""\
def convolve2d(image, kernel):
    F, G = kernel.shape
    padded = np.pad(image, ((F - 1, F - 1), (G - 1, G - 1)))
    turned = kernel[::-1, ::-1]
    rows, columns = image.shape[0] + F - 1, image.shape[1] + G - 1
    return np.array([[(padded[i : i + F, j : j + G] * turned).sum()
                      for j in range(columns)] for i in range(rows)])

A turn by 180 degrees reverses both axes. With the turn, convolve2d(a, b) equals
convolve2d(b, a); without it, one is the other one turned."""),
)
