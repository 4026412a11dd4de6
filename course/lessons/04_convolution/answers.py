"""Right variants and wrong answers of lesson 04, convolution."""

import math

import keras
import numpy as np
from keras import layers
from scipy import signal

from checkers import convolution
from course.answers import right, wrong

# -- 1 · conv_params -----------------------------------------------------------------

PARAMS = "convolution-conv-params"


@right(PARAMS)
def one_product():
    return lambda filters, size, depth, bias: filters * (size**2 * depth + bias)


@right(PARAMS)
def filter_by_filter():
    def conv_params(filters, size, depth, bias):
        total = 0
        for _ in range(filters):
            total += size * size * depth
            if bias:
                total += 1
        return total

    return conv_params


@right(PARAMS)
def counted_by_keras():
    def conv_params(filters, size, depth, bias):
        layer = layers.Conv2D(filters, size, use_bias=bias)
        layer.build((None, 32, 32, depth))
        return layer.count_params()

    return conv_params


@right(PARAMS)
def product_of_a_shape():
    def conv_params(filters, size, depth, bias):
        weights = np.prod((size, size, depth, filters))
        return weights + np.where(bias, filters, 0)

    return conv_params


@wrong(PARAMS, code="CONV.COUNT_NO_DEPTH")
def depth_forgotten():
    return lambda k, f, d, b: k * f * f + k * b


@wrong(PARAMS, code="CONV.COUNT_BIAS_PER_WEIGHT")
def bias_per_weight():
    return lambda k, f, d, b: k * f * f * d * (2 if b else 1)


@wrong(PARAMS, code="CONV.COUNT_PIXELS")
def times_the_pixels():
    return lambda k, f, d, b: (k * f * f * d + k * b) * 28 * 28


@wrong(PARAMS, code="CONV.COUNT_ONE_BIAS")
def one_bias_for_all():
    return lambda k, f, d, b: k * f * f * d + int(b)


@wrong(PARAMS, code="CONV.COUNT_BIAS_ALWAYS")
def bias_always_there():
    return lambda k, f, d, b: k * f * f * d + k


@wrong(PARAMS, code="CONV.COUNT_BIAS_PER_CHANNEL")
def bias_per_channel():
    return lambda k, f, d, b: k * d * (f * f + b)


@wrong(PARAMS, code="CONV.COUNT_ONE_FILTER")
def one_filter():
    return lambda k, f, d, b: f * f * d + b


@wrong(PARAMS, code="CONV.COUNT_ONE_SIDE")
def one_side_of_the_kernel():
    return lambda k, f, d, b: k * f * d + k * b


@wrong(PARAMS, code="FUNCTION.PRINTS_NOT_RETURNS")
def prints_the_count():
    def conv_params(filters, size, depth, bias):
        print(filters * (size**2 * depth + bias))

    return conv_params


# -- 2 · xcorr1d ---------------------------------------------------------------------

LINE = "convolution-xcorr1d"


def windows(x, k, starts):
    return np.array([x[start : start + len(k)] @ k for start in starts])


@right(LINE)
def windows_from_a_range():
    def xcorr1d(x, k, stride, pad):
        x = np.pad(x, pad)
        return windows(x, k, range(0, len(x) - len(k) + 1, stride))

    return xcorr1d


@right(LINE)
def numpy_correlate():
    def xcorr1d(x, k, stride, pad):
        return np.correlate(np.pad(x, pad), k, mode="valid")[::stride]

    return xcorr1d


@right(LINE)
def lists_and_loops():
    def xcorr1d(x, k, stride, pad):
        x = [0.0] * pad + list(x) + [0.0] * pad
        size = (len(x) - len(k)) // stride + 1
        out = []
        for i in range(size):
            total = 0.0
            for j, weight in enumerate(k):
                total += weight * x[i * stride + j]
            out.append(total)
        return out

    return xcorr1d


@right(LINE)
def convolve_with_the_flip_undone():
    def xcorr1d(x, k, stride, pad):
        return np.convolve(np.pad(x, pad), k[::-1], mode="valid")[::stride]

    return xcorr1d


@right(LINE)
def a_keras_layer():
    def xcorr1d(x, k, stride, pad):
        x = np.pad(x, pad).astype("float32")[None, :, None]
        kernel = k.astype("float32")[:, None, None]
        return np.asarray(keras.ops.conv(x, kernel, strides=stride))[0, :, 0]

    return xcorr1d


@wrong(LINE, code="CONV.FLIPPED")
def convolve_flips():
    return lambda x, k, stride, pad: np.convolve(np.pad(x, pad), k, "valid")[::stride]


@wrong(LINE, code="CONV.LAST_WINDOW")
def off_by_one():
    def xcorr1d(x, k, stride, pad):
        x = np.pad(x, pad)
        return windows(x, k, range(0, len(x) - len(k), stride))

    return xcorr1d


@wrong(LINE, code="CONV.STRIDE_IGNORED")
def stride_ignored():
    return lambda x, k, stride, pad: np.correlate(np.pad(x, pad), k)


@wrong(LINE, code="CONV.PAD_IGNORED")
def pad_ignored():
    return lambda x, k, stride, pad: np.correlate(x, k)[::stride]


@wrong(LINE, code="CONV.PAD_ONE_SIDE")
def padded_in_front():
    return lambda x, k, stride, pad: np.correlate(np.pad(x, (pad, 0)), k)[::stride]


@wrong(LINE, code="CONV.PAD_REPEATS")
def ends_repeated():
    return lambda x, k, stride, pad: np.correlate(np.pad(x, pad, "edge"), k)[::stride]


@wrong(LINE, code="FUNCTION.INTEGER")
def cut_to_whole_numbers():
    def xcorr1d(x, k, stride, pad):
        x = np.pad(x, pad)
        out = np.zeros((len(x) - len(k)) // stride + 1, dtype=int)
        for i in range(len(out)):
            out[i] = x[i * stride : i * stride + len(k)] @ k
        return out

    return xcorr1d


# -- 3 · out_size --------------------------------------------------------------------

SIZE = "convolution-out-size"


def size_rule(valid=None, same=None):
    def out_size(size, kernel, stride, padding):
        if padding == "same":
            return (same or (lambda h, f, s: math.ceil(h / s)))(size, kernel, stride)
        return (valid or (lambda h, f, s: (h - f) // s + 1))(size, kernel, stride)

    return out_size


@right(SIZE)
def two_ceilings():
    return size_rule(valid=lambda h, f, s: math.ceil((h - f + 1) / s))


@right(SIZE)
def floats_from_numpy():
    def out_size(size, kernel, stride, padding):
        if padding == "valid":
            return np.floor((size - kernel) / stride) + 1
        return np.ceil(size / stride)

    return out_size


@right(SIZE)
def starts_counted():
    def out_size(size, kernel, stride, padding):
        last = size if padding == "same" else size - kernel + 1
        return len(range(0, last, stride))

    return out_size


@right(SIZE)
def whole_numbers_only():
    return size_rule(same=lambda h, f, s: -(-h // s))


@wrong(SIZE, code="CONV.SAME_FLOORED")
def floor_for_same():
    return size_rule(same=lambda h, f, s: h // s)


@wrong(SIZE, code="CONV.SAME_NO_STRIDE")
def same_is_the_same():
    return size_rule(same=lambda h, f, s: h)


@wrong(SIZE, code="CONV.SIZE_NO_FIRST")
def h_minus_f():
    return size_rule(valid=lambda h, f, s: (h - f) // s)


@wrong(SIZE, code="CONV.SIZE_FLOORED")
def floor_of_the_places():
    return size_rule(valid=lambda h, f, s: (h - f + 1) // s)


@wrong(SIZE, code="CONV.SIZE_NOT_ROUNDED")
def not_rounded():
    return size_rule(valid=lambda h, f, s: (h - f) / s + 1)


@wrong(SIZE, code="CONV.SIZE_NO_STRIDE")
def stride_1_for_valid():
    return size_rule(valid=lambda h, f, s: h - f + 1)


@wrong(SIZE, code="CONV.SAME_EVEN")
def symmetric_padding():
    return size_rule(same=lambda h, f, s: (h - f + 2 * ((f - 1) // 2)) // s + 1)


@wrong(SIZE, code="CONV.SIZE_ROUNDED")
def nearest_number():
    return size_rule(same=lambda h, f, s: round(h / s))


@wrong(SIZE, code="CONV.SIZE_VALID_FOR_SAME")
def one_formula_for_both():
    return lambda h, f, s, padding: (h - f) // s + 1


# -- 4 · xcorr2d ---------------------------------------------------------------------

PICTURE = "convolution-xcorr2d"


def slide(image, kernels, bias, sums):
    height, width = (image.shape[axis] - kernels.shape[axis] + 1 for axis in (0, 1))
    out = np.zeros((height, width, kernels.shape[3]))
    for i, j in np.ndindex(height, width):
        window = image[i : i + kernels.shape[0], j : j + kernels.shape[1]]
        for f in range(kernels.shape[3]):
            out[i, j, f] = sums(window, kernels[..., f], bias[f])
    return out


def slid(sums):
    return lambda image, kernels, bias: slide(image, kernels, bias, sums)


@right(PICTURE)
def three_loops():
    return slid(lambda window, kernel, b: (window * kernel).sum() + b)


@right(PICTURE)
def einsum_over_windows():
    def xcorr2d(image, kernels, bias):
        view = np.lib.stride_tricks.sliding_window_view
        found = view(image, kernels.shape[:2], axis=(0, 1))
        return np.einsum("hwcij,ijcf->hwf", found, kernels) + bias

    return xcorr2d


@right(PICTURE)
def kernel_place_by_kernel_place():
    def xcorr2d(image, kernels, bias):
        rows, columns = kernels.shape[:2]
        height, width = image.shape[0] - rows + 1, image.shape[1] - columns + 1
        out = np.zeros((height, width, kernels.shape[3])) + bias
        for u, v in np.ndindex(rows, columns):
            out += image[u : u + height, v : v + width] @ kernels[u, v]
        return out

    return xcorr2d


@right(PICTURE)
def keras_itself():
    def xcorr2d(image, kernels, bias):
        batch, kernels = image[None].astype("float32"), kernels.astype("float32")
        return np.asarray(keras.ops.conv(batch, kernels))[0] + bias

    return xcorr2d


@right(PICTURE)
def scipy_channel_by_channel():
    def xcorr2d(image, kernels, bias):
        maps = []
        for f in range(kernels.shape[3]):
            sums = [
                signal.correlate2d(image[..., c], kernels[..., c, f], mode="valid")
                for c in range(image.shape[2])
            ]
            maps.append(sum(sums) + bias[f])
        return np.stack(maps, axis=-1)

    return xcorr2d


@wrong(PICTURE, code="CONV.ONE_SLICE")
def one_flat_kernel_for_all_channels():
    return slid(lambda window, kernel, b: (window * kernel[..., :1]).sum() + b)


@wrong(PICTURE, code="CONV.BIAS_PER_CHANNEL")
def bias_in_the_loop_over_channels():
    def sums(window, kernel, b):
        channels = range(window.shape[2])
        return sum((window[..., c] * kernel[..., c]).sum() + b for c in channels)

    return slid(sums)


@wrong(PICTURE, code="CONV.LAST_WINDOW")
def one_row_and_column_short():
    right_one = three_loops()
    return lambda image, kernels, bias: right_one(image, kernels, bias)[:-1, :-1]


@wrong(PICTURE, code="CONV.FLIPPED")
def mathematical_convolution():
    return slid(lambda window, kernel, b: (window * kernel[::-1, ::-1]).sum() + b)


@wrong(PICTURE, code="CONV.FIRST_CHANNEL")
def first_channel_only():
    return slid(lambda window, kernel, b: (window * kernel)[..., 0].sum() + b)


@wrong(PICTURE, code="CONV.BIAS_IGNORED")
def bias_forgotten():
    return slid(lambda window, kernel, b: (window * kernel).sum())


@wrong(PICTURE, code="CONV.BIAS_PER_WEIGHT")
def bias_inside_the_sum():
    return slid(lambda window, kernel, b: (window * kernel + b).sum())


@wrong(PICTURE, code="CONV.FILTERS_FIRST")
def filters_first():
    right_one = three_loops()
    return lambda *args: np.moveaxis(right_one(*args), -1, 0)


# -- 5 · sharing ---------------------------------------------------------------------

TABLE = "convolution-sharing"
COUNTS = {
    "unshared": 768_000,
    "shared": 750,
    "with_biases": 760,
    "unshared_biases": 10_240,
}


@right(TABLE)
def written_out():
    return COUNTS


@right(TABLE)
def computed():
    filters = convolution.sharing.parameters("")["filters"]
    window, places = np.int64(5 * 5 * 3), 32.0 * 32
    return {
        "shared": window * filters,
        "with_biases": window * filters + filters,
        "unshared": window * places * filters,
        "unshared_biases": places * filters,
    }


@wrong(TABLE, code="CONV.SHARING_BIASES_IN")
def biases_counted_as_weights():
    return COUNTS | {"shared": 760}


@wrong(TABLE, code="CONV.SHARING_NO_BIASES")
def biases_forgotten():
    return COUNTS | {"with_biases": 750}


@wrong(TABLE, code="CONV.SHARING_28")
def map_without_padding():
    return COUNTS | {"unshared": 75 * 784 * 10, "unshared_biases": 7_840}


@wrong(TABLE, code="CONV.SHARING_BIASES_SHARED")
def shared_biases_for_both():
    return COUNTS | {"unshared_biases": 10}


@wrong(TABLE, code="CONV.SHARING_NO_DEPTH")
def flat_kernels():
    return COUNTS | {"unshared": 256_000, "shared": 250, "with_biases": 260}


# -- 6 · shrinking_net ---------------------------------------------------------------

NET = "convolution-shrinking-net"


def conv(filters, **settings):
    settings = {"padding": "same", "activation": "relu", **settings}
    return layers.Conv2D(filters, 3, **settings)


def images(*steps):
    return keras.Sequential([keras.Input(shape=(128, 128, 3)), *steps])


@right(NET)
def sequential():
    return images(conv(32, strides=2), conv(16)), 896


@right(NET)
def functional_with_tuples():
    inputs = keras.Input((128, 128, 3), name="pictures")
    x = layers.Conv2D(32, (3, 3), (2, 2), "same", activation=keras.ops.relu)(inputs)
    x = layers.Conv2D(16, (3, 3), (1, 1), "SAME", activation="relu")(x)
    return keras.Model(inputs, x), 3 * 3 * 3 * 32 + 32


@right(NET)
def activation_layers():
    return images(
        *(conv(32, strides=2, activation=None), layers.ReLU()),
        *(conv(16, activation=None), layers.Activation("relu")),
    ), np.int64(896)


@right(NET)
def subclass():
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.first, self.second = conv(32, strides=2), conv(16)

        def call(self, inputs):
            return self.second(self.first(inputs))

    return Net(), 896


@right(NET)
def defaults_written_out_and_nested():
    settings = {
        "dilation_rate": 1,
        "groups": 1,
        "use_bias": True,
        "data_format": "channels_last",
        "kernel_initializer": "he_normal",
    }
    first = keras.Sequential([conv(32, strides=[2, 2], **settings)])
    return images(first, conv(16, **settings)), 896.0


@right(NET)
def relu_in_own_code():
    def relu(x):
        return keras.ops.maximum(x, 0.0)

    return images(conv(32, strides=2, activation=relu), conv(16, activation=relu)), 896


@wrong(NET, code="CONV.VALID_GIVES_63", layer=0)
def valid_gives_63():
    return images(conv(32, strides=2, padding="valid"), conv(16)), 896


@wrong(NET, code="CONV.STRIDES_LATER", layer=0)
def stride_in_the_second_layer():
    return images(conv(32), conv(16, strides=2)), 896


@wrong(NET, code="CONV.CHANNELS_FIRST", layer=0)
def channels_first():
    first = conv(32, strides=2, data_format="channels_first")
    return images(first, conv(16, data_format="channels_first")), 896


@wrong(NET, code="CONV.NO_STRIDE", layer=0)
def no_stride():
    return images(conv(32), conv(16)), 896


@wrong(NET, code="CONV.STRIDES_TWICE", layer=1)
def stride_in_both():
    return images(conv(32, strides=2), conv(16, strides=2)), 896


@wrong(NET, code="LAYER.PROPERTY", layer=0)
def kernel_of_five():
    first = layers.Conv2D(32, 5, strides=2, padding="same", activation="relu")
    return images(first, conv(16)), 896


@wrong(NET, code="LAYER.EXTRA")
def pool_in_place_of_the_stride():
    return images(conv(32), layers.MaxPooling2D(2), conv(16)), 896


@wrong(NET, code="CONV.FIRST_NO_DEPTH")
def count_without_depth():
    return images(conv(32, strides=2), conv(16)), 288


@wrong(NET, code="CONV.COUNT_BOTH_LAYERS")
def count_of_both_layers():
    return images(conv(32, strides=2), conv(16)), 5520


# -- 7 · padding_rule ----------------------------------------------------------------

RULE = "convolution-padding-rule"


def letters(rule, moved):
    choices = convolution.padding_rule.choices
    return choices(part="rule").letter_of(rule), choices(part="moved").letter_of(moved)


@right(RULE)
def solved_for_p():
    size = convolution.padding_rule.parameters("")["kernel_size"]
    return (size - 1) / 2, *letters("derived", "equivariant")


@right(RULE)
def small_letters():
    rule, moved = letters("derived", "equivariant")
    return np.int64(4), rule.lower(), moved.lower()


@wrong(RULE, code="CONV.PAD_EMPIRICAL")
def called_empirical():
    return 4, *letters("empirical", "equivariant")


@wrong(RULE, code="CONV.PAD_EVEN")
def also_for_even_kernels():
    return 4, *letters("even", "equivariant")


@wrong(RULE, code="CONV.ROTATION")
def rotations_too():
    return 4, *letters("derived", "rotation")


@wrong(RULE, code="CONV.INVARIANT")
def called_invariant():
    return 4, *letters("derived", "invariant")


@wrong(RULE, code="CONV.PAD_BOTH_SIDES")
def both_sides_together():
    return 8, *letters("derived", "equivariant")


@wrong(RULE, code="CONV.PAD_HALF")
def half_the_kernel():
    return 4.5, *letters("derived", "equivariant")


@wrong(RULE, code="CONV.PAD_ANY_STRIDE")
def for_any_stride():
    return 4, *letters("stride", "equivariant")


# -- 8 ★ · flip ----------------------------------------------------------------------

TURN = "convolution-flip"


def wide(image, kernel):
    rows, columns = (size - 1 for size in kernel.shape)
    image = np.pad(image, ((rows, rows), (columns, columns)))
    return signal.correlate2d(image, kernel, mode="valid")


@right(TURN)
def scipy_convolve2d():
    return lambda image, kernel: signal.convolve2d(image, kernel)


@right(TURN)
def turned_and_slid():
    def convolve2d(image, kernel):
        turned, (f, g) = np.rot90(kernel, 2), kernel.shape
        height, width = image.shape[0] + f - 1, image.shape[1] + g - 1
        image = np.pad(image, ((f - 1, f - 1), (g - 1, g - 1)))
        out = np.zeros((height, width))
        for i, j in np.ndindex(height, width):
            out[i, j] = (image[i : i + f, j : j + g] * turned).sum()
        return out

    return convolve2d


@right(TURN)
def each_pixel_stamps_the_kernel():
    def convolve2d(image, kernel):
        f, g = kernel.shape
        out = np.zeros((image.shape[0] + f - 1, image.shape[1] + g - 1))
        for (i, j), value in np.ndenumerate(image):
            out[i : i + f, j : j + g] += value * kernel
        return out

    return convolve2d


@right(TURN)
def by_fourier_transform():
    def convolve2d(image, kernel):
        shape = [a + b - 1 for a, b in zip(image.shape, kernel.shape, strict=True)]
        product = np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape)
        return np.fft.irfft2(product, shape)

    return convolve2d


@wrong(TURN, code="CONV.ONE_AXIS")
def upside_down_only():
    return lambda image, kernel: wide(image, kernel[::-1])


@wrong(TURN, code="CONV.TURN_IS_TRANSPOSE")
def transposed():
    return lambda image, kernel: wide(image, kernel.T)


@wrong(TURN, code="CONV.QUARTER_TURN")
def a_quarter_turn():
    return lambda image, kernel: wide(image, np.rot90(kernel))


@wrong(TURN, code="FUNCTION.RAISES")
def one_side_for_both():
    def convolve2d(image, kernel):
        side = len(kernel)
        padded = np.pad(image, side - 1)
        out = np.zeros((image.shape[0] + side - 1, image.shape[1] + side - 1))
        for i, j in np.ndindex(out.shape):
            window = padded[i : i + side, j : j + side]
            out[i, j] = (window * kernel[::-1, ::-1]).sum()
        return out

    return convolve2d


@wrong(TURN, code="CONV.NOT_FLIPPED")
def what_keras_does():
    return wide


@wrong(TURN, code="CONV.RESULT_TURNED")
def image_turned_instead():
    return lambda image, kernel: wide(image[::-1, ::-1], kernel)


@wrong(TURN, code="FUNCTION.WRONG_SHAPE")
def narrow_size():
    return lambda image, kernel: signal.convolve2d(image, kernel, mode="same")
