"""Right variants and wrong answers of lesson 05, pooling."""

import keras
import numpy as np
from keras import layers

from checkers import pooling
from course.answers import right, wrong

# -- 1 · receptive_field -------------------------------------------------------------
# The public numbers: 4 plain layers, a window of 5, a dilation of 4.


def walk(stack):
    field, step = 1, 1
    for window, stride, dilation in stack:
        field += (window - 1) * dilation * step
        step *= stride
    return field


NUMBERS = pooling.receptive_field.parameters("")
MIXED = [
    *((3, 1, 1), (2, 2, 1), (NUMBERS["window"], 1, 1)),
    *((3, 2, 1), (3, 1, NUMBERS["dilation"])),
]


@right("pooling-receptive-field")
def walked_with_code():
    return walk([(3, 1, 1)] * NUMBERS["layers"]), walk(MIXED)


@right("pooling-receptive-field")
def by_hand():
    return 9, 3 + 1 + 8 + 4 + 32


@right("pooling-receptive-field")
def as_numpy_numbers():
    return np.int64(9), np.float32(48)


@wrong("pooling-receptive-field", code="POOLING.ADDS_WINDOWS")
def windows_added():
    return 12, 48


@wrong("pooling-receptive-field", code="POOLING.STRIDES_IGNORED")
def earlier_strides_ignored():
    return 9, 1 + 2 + 1 + 4 + 2 + 8


@wrong("pooling-receptive-field", code="POOLING.FIELD_IS_PARAMETERS")
def parameters_counted():
    return 9, 80 + 1608 + 584 + 584


@wrong("pooling-receptive-field", code="POOLING.DILATION_IGNORED")
def dilation_ignored():
    return 9, 24


@wrong("pooling-receptive-field", code="POOLING.OWN_STRIDE")
def stride_widens_its_own_window():
    return 9, 53


@wrong("pooling-receptive-field", code="POOLING.FIELD_AREA")
def area_for_side():
    return 81, 48


@wrong("pooling-receptive-field", code="POOLING.DILATED_WINDOW")
def window_times_dilation():
    return 9, 60


@wrong("pooling-receptive-field", code="NUMBER.WRONG")
def one_layer_too_few():
    return 7, 48


@wrong("pooling-receptive-field", code="POOLING.FIELD_STRIDE")
def stride_of_the_pool_forgotten():
    return 9, 26


# -- 2 · pool2d ----------------------------------------------------------------------


def margins(n, size, stride):
    missing = max((-(-n // stride) - 1) * stride + size - n, 0)
    return missing // 2, missing - missing // 2


def padded(x, size, stride, fill):
    ends = [margins(n, size, stride) for n in x.shape]
    return np.pad(x, ends, constant_values=fill)


def pooled(x, size, stride, pick):
    rows = range(0, x.shape[0] - size + 1, stride)
    columns = range(0, x.shape[1] - size + 1, stride)
    return np.array(
        [[pick(x[r : r + size, c : c + size]) for c in columns] for r in rows]
    )


@right("pooling-pool2d")
def with_nan():
    def pool2d(x, size, stride, padding, kind):
        if padding == "same":
            x = padded(x, size, stride, np.nan)
        return pooled(x, size, stride, np.nanmax if kind == "max" else np.nanmean)

    return pool2d


@right("pooling-pool2d")
def with_keras():
    def pool2d(x, size, stride, padding, kind):
        make = layers.MaxPooling2D if kind == "max" else layers.AveragePooling2D
        layer = make(size, strides=stride, padding=padding, dtype="float64")
        return np.asarray(layer(x[None, :, :, None]))[0, :, :, 0]

    return pool2d


@right("pooling-pool2d")
def with_counts_of_real_pixels():
    def pool2d(x, size, stride, padding, kind):
        is_real = np.ones_like(x)
        if padding == "same":
            is_real = padded(is_real, size, stride, 0.0)
            fill = -np.inf if kind == "max" else 0.0
            x = padded(x, size, stride, fill)
        if kind == "max":
            return pooled(x, size, stride, np.max)
        return pooled(x, size, stride, np.sum) / pooled(is_real, size, stride, np.sum)

    return pool2d


@right("pooling-pool2d")
def windows_cut_at_the_edges():
    def pool2d(x, size, stride, padding, kind):
        starts = []
        for n in x.shape:
            before, behind = margins(n, size, stride) if padding == "same" else (0, 0)
            starts.append(range(-before, n + behind - size + 1, stride))
        result = []
        for r in starts[0]:
            row = []
            for c in starts[1]:
                window = x[max(r, 0) : r + size, max(c, 0) : c + size]
                row.append(window.max() if kind == "max" else window.mean())
            result.append(row)
        return result

    return pool2d


@wrong("pooling-pool2d", code="POOLING.NEVER_OVERLAPS")
def step_of_the_window():
    def pool2d(x, size, stride, padding, kind):
        return with_nan()(x, size, size, padding, kind)

    return pool2d


@wrong("pooling-pool2d", code="POOLING.NAN_KEPT")
def nan_is_kept():
    def pool2d(x, size, stride, padding, kind):
        if padding == "same":
            x = padded(x, size, stride, np.nan)
        return pooled(x, size, stride, np.max if kind == "max" else np.mean)

    return pool2d


@wrong("pooling-pool2d", code="POOLING.ZEROS_COUNTED")
def zeros_are_averaged():
    def pool2d(x, size, stride, padding, kind):
        if padding == "same":
            x = padded(x, size, stride, 0.0)
        return pooled(x, size, stride, np.max if kind == "max" else np.mean)

    return pool2d


@wrong("pooling-pool2d", code="POOLING.INFINITY_AVERAGED")
def infinity_is_averaged():
    def pool2d(x, size, stride, padding, kind):
        if padding == "same":
            x = padded(x, size, stride, -np.inf)
        return pooled(x, size, stride, np.max if kind == "max" else np.mean)

    return pool2d


@wrong("pooling-pool2d", code="POOLING.NEVER_PADS")
def padding_ignored():
    def pool2d(x, size, stride, padding, kind):
        return pooled(x, size, stride, np.max if kind == "max" else np.mean)

    return pool2d


@wrong("pooling-pool2d", code="POOLING.MARGIN_OF_STRIDE_1")
def margin_of_stride_1():
    def pool2d(x, size, stride, padding, kind):
        if padding == "same":
            x = padded(x, size, 1, np.nan)
        return pooled(x, size, stride, np.nanmax if kind == "max" else np.nanmean)

    return pool2d


@wrong("pooling-pool2d", code="POOLING.MARGIN_IN_FRONT")
def odd_row_in_front():
    def pool2d(x, size, stride, padding, kind):
        if padding == "same":
            ends = [margins(n, size, stride)[::-1] for n in x.shape]
            x = np.pad(x, ends, constant_values=np.nan)
        return pooled(x, size, stride, np.nanmax if kind == "max" else np.nanmean)

    return pool2d


@wrong("pooling-pool2d", code="POOLING.RAGGED_KEPT")
def ragged_windows_kept():
    def pool2d(x, size, stride, padding, kind):
        if padding == "same":
            return with_nan()(x, size, stride, padding, kind)
        pick = np.max if kind == "max" else np.mean
        rows, columns = (range(0, n, stride) for n in x.shape)
        return np.array(
            [[pick(x[r : r + size, c : c + size]) for c in columns] for r in rows]
        )

    return pool2d


@wrong("pooling-pool2d", code="POOLING.KIND_IGNORED")
def always_max():
    def pool2d(x, size, stride, padding, kind):
        return with_nan()(x, size, stride, padding, "max")

    return pool2d


@wrong("pooling-pool2d", code="POOLING.SUM_FOR_AVERAGE")
def sum_for_average():
    def pool2d(x, size, stride, padding, kind):
        if padding == "same":
            x = padded(x, size, stride, np.nan)
        return pooled(x, size, stride, np.nanmax if kind == "max" else np.nansum)

    return pool2d


@wrong("pooling-pool2d", code="POOLING.ALWAYS_PADS")
def always_padded():
    def pool2d(x, size, stride, padding, kind):
        return with_nan()(x, size, stride, "same", kind)

    return pool2d


@wrong("pooling-pool2d", code="POOLING.KINDS_SWAPPED")
def kinds_swapped():
    def pool2d(x, size, stride, padding, kind):
        other = {"max": "average", "average": "max"}[kind]
        return with_nan()(x, size, stride, padding, other)

    return pool2d


@wrong("pooling-pool2d", code="FUNCTION.MUTATES")
def map_is_changed():
    def pool2d(x, size, stride, padding, kind):
        result = with_nan()(x, size, stride, padding, kind)
        x[0, 0] = 0.0
        return result

    return pool2d


# -- 3 · source_pool -----------------------------------------------------------------


def maps(*steps):
    return keras.Sequential([keras.Input(shape=(100, 100, 15)), *steps])


@right("pooling-source-pool")
def window_only():
    return maps(layers.MaxPooling2D(2)), 0


@right("pooling-source-pool")
def functional_with_defaults_written_out():
    inputs = keras.Input(shape=(100, 100, 15))
    pool = layers.MaxPooling2D(pool_size=(2, 2), strides=(2, 2), padding="valid")
    return keras.Model(inputs, pool(inputs)), np.int64(0)


@right("pooling-source-pool")
def subclass():
    class Pool(keras.Model):
        def __init__(self):
            super().__init__()
            self.pool = layers.MaxPool2D()

        def call(self, inputs):
            return self.pool(inputs)

    return Pool(), 0


@right("pooling-source-pool")
def nested():
    return maps(keras.Sequential([layers.MaxPooling2D(2, strides=2)])), 0


@right("pooling-source-pool")
def functional_with_strides():
    inputs = keras.Input((100, 100, 15), name="maps")
    outputs = layers.MaxPooling2D((2, 2), strides=2, name="pool")(inputs)
    return keras.Model(inputs=inputs, outputs=outputs), 0.0


@wrong("pooling-source-pool", code="POOLING.STEP_OF_ONE", layer=0)
def step_of_one():
    return maps(layers.MaxPooling2D(2, strides=1)), 0


@wrong("pooling-source-pool", code="POOLING.AVERAGE", layer=0)
def average():
    return maps(layers.AveragePooling2D(2)), 0


@wrong("pooling-source-pool", code="POOLING.FLATTENED", layer=1)
def flattened():
    return maps(layers.MaxPooling2D(2), layers.Flatten()), 0


@wrong("pooling-source-pool", code="POOLING.GLOBAL", layer=0)
def global_pool():
    return maps(layers.GlobalMaxPooling2D()), 0


@wrong("pooling-source-pool", code="POOLING.CONV_FOR_POOL", layer=0)
def convolution():
    return maps(layers.Conv2D(15, 2, strides=2)), 0


@wrong("pooling-source-pool", code="POOLING.POOL_HAS_WEIGHTS")
def counted_like_a_convolution():
    return maps(layers.MaxPooling2D(2)), 915


@wrong("pooling-source-pool", code="POOLING.COUNTS_PIXELS")
def counted_what_flows():
    return maps(layers.MaxPooling2D(2)), 50 * 50 * 15


@wrong("pooling-source-pool", code="INPUT.SHAPE")
def channels_first():
    return keras.Sequential([keras.Input((15, 100, 100)), layers.MaxPooling2D(2)]), 0


# -- 4 · field_stack -----------------------------------------------------------------
# The public numbers: field 18, 8 filters.


def view(*steps):
    return keras.Sequential([keras.Input(shape=(64, 64, 1)), *steps])


def conv(filters=8, side=3, **settings):
    settings = {"activation": "relu", **settings}
    return layers.Conv2D(filters, side, **settings)


def pool(**settings):
    return layers.MaxPooling2D(2, **settings)


@right("pooling-field-stack")
def three_convolutions():
    return view(conv(), pool(), conv(), pool(), conv())


@right("pooling-field-stack")
def functional_with_activation_layers():
    inputs = x = keras.Input(shape=(64, 64, 1))
    for place in range(3):
        if place:
            x = pool()(x)
        x = layers.Activation("relu")(conv(activation=None)(x))
    return keras.Model(inputs, x)


@right("pooling-field-stack")
def subclass_with_lists():
    class View(keras.Model):
        def __init__(self):
            super().__init__()
            self.convs = [conv(padding="valid") for _ in range(3)]
            self.pool = pool()

        def call(self, inputs):
            x = self.convs[0](inputs)
            for layer in self.convs[1:]:
                x = layer(self.pool(x))
            return x

    return View()


@right("pooling-field-stack")
def nested_blocks():
    def block():
        return keras.Sequential([pool(), conv(strides=1)])

    return view(conv(side=(3, 3)), block(), block())


@right("pooling-field-stack")
def relu_as_function_and_layer():
    return view(
        *(conv(activation=keras.activations.relu), pool(strides=2, padding="valid")),
        *(conv(activation=None), layers.ReLU(), pool()),
        conv(activation=lambda x: keras.ops.maximum(x, 0.0)),
    )


@wrong("pooling-field-stack", code="POOLING.POOL_LAST")
def pool_last():
    return view(conv(), pool(), conv(), pool(), conv(), pool())


@wrong("pooling-field-stack", code="POOLING.OTHER_FIELD")
def one_convolution_too_few():
    return view(conv(), pool(), conv())


@wrong("pooling-field-stack", code="POOLING.OTHER_FIELD")
def one_convolution_too_many():
    return view(conv(), pool(), conv(), pool(), conv(), pool(), conv())


@wrong("pooling-field-stack", code="POOLING.SAME_FOR_VALID", layer=0)
def same_padding():
    steps = [conv(padding="same"), pool(), conv(padding="same"), pool()]
    return view(*steps, conv(padding="same"))


@wrong("pooling-field-stack", code="POOLING.AVERAGE", layer=1)
def average_pools():
    return view(
        *(conv(), layers.AveragePooling2D(2), conv()),
        *(layers.AveragePooling2D(2), conv()),
    )


@wrong("pooling-field-stack", code="POOLING.STEP_OF_ONE", layer=1)
def pools_with_step_one():
    return view(conv(), pool(strides=1), conv(), pool(strides=1), conv())


@wrong("pooling-field-stack", code="LAYER.PROPERTY", layer=0)
def larger_window():
    return view(conv(side=5), pool(), conv(), pool(), conv())


@wrong("pooling-field-stack", code="LAYER.PROPERTY", layer=0)
def other_filters():
    return view(conv(16), pool(), conv(), pool(), conv())


@wrong("pooling-field-stack", code="LAYER.MISSING")
def two_convolutions_in_a_row():
    return view(conv(), conv(), pool(), conv())


# -- 5 · strided_stack ---------------------------------------------------------------
# The public number: 8 filters, so each new layer has 4 x 64 + 8 = 264 parameters.


def picture(*steps):
    return keras.Sequential([keras.Input(shape=(64, 64, 1)), *steps])


def strided(side=2, **settings):
    return conv(side=side, **{"strides": 2, **settings})


@right("pooling-strided-stack")
def sequential():
    return picture(conv(), strided(), conv(), strided(), conv()), 528


@right("pooling-strided-stack")
def functional():
    inputs = x = keras.Input(shape=(64, 64, 1))
    for layer in (conv(), strided(), conv(), strided(), conv()):
        x = layer(x)
    return keras.Model(inputs, x), 2 * (4 * 8**2 + 8)


@right("pooling-strided-stack")
def with_add():
    model = picture()
    for place in range(3):
        if place:
            model.add(strided(side=(2, 2), strides=(2, 2), padding="VALID"))
        model.add(conv())
    return model, 528.0


@right("pooling-strided-stack")
def subclassed():
    class Strided(keras.Model):
        def __init__(self):
            super().__init__()
            self.steps = [conv(), strided(), conv(), strided(), conv()]

        def call(self, inputs):
            for step in self.steps:
                inputs = step(inputs)
            return inputs

    return Strided(), 528


@right("pooling-strided-stack")
def activations_as_layers():
    def block(layer):
        return keras.Sequential([layer, layers.ReLU()])

    bare = {"activation": None}
    return picture(
        *(block(conv(**bare)), block(strided(**bare)), block(conv(**bare))),
        *(block(strided(**bare)), block(conv(**bare))),
    ), 528


@wrong("pooling-strided-stack", code="POOLING.POOL_LEFT")
def pool_left_in():
    return picture(
        *(conv(), strided(), pool(), conv()), *(strided(), pool(), conv())
    ), 528


@wrong("pooling-strided-stack", code="POOLING.POOL_LEFT", layer=3)
def second_pool_left():
    return picture(conv(), strided(), conv(), pool(), conv()), 264


@wrong("pooling-strided-stack", code="POOLING.OTHER_WINDOW", layer=1)
def window_of_three():
    return picture(conv(), strided(3), conv(), strided(3), conv()), 528


@wrong("pooling-strided-stack", code="POOLING.SAME_FOR_VALID", layer=3)
def padded_steps():
    steps = [strided(padding="same"), conv(), strided(padding="same"), conv()]
    return picture(conv(), *steps), 528


@wrong("pooling-strided-stack", code="POOLING.STRIDES_ON_GIVEN", layer=0)
def strides_on_the_given_layers():
    return picture(conv(strides=2), conv(strides=2), conv()), 0


@wrong("pooling-strided-stack", code="POOLING.STRIDE_FORGOTTEN", layer=1)
def stride_forgotten():
    return picture(conv(), conv(side=2), conv(), conv(side=2), conv()), 528


@wrong("pooling-strided-stack", code="POOLING.NO_RELU", layer=1)
def no_activation():
    steps = [strided(activation=None), conv(), strided(activation=None), conv()]
    return picture(conv(), *steps), 528


@wrong("pooling-strided-stack", code="POOLING.RISE_OF_ONE")
def one_layer_counted():
    return picture(conv(), strided(), conv(), strided(), conv()), 264


@wrong("pooling-strided-stack", code="POOLING.RISE_NO_BIAS")
def biases_left_out():
    return picture(conv(), strided(), conv(), strided(), conv()), 512


@wrong("pooling-strided-stack", code="POOLING.OTHER_WINDOW_COUNT")
def counted_for_three_by_three():
    return picture(conv(), strided(), conv(), strided(), conv()), 1168


@wrong("pooling-strided-stack", code="POOLING.RISE_NO_DEPTH")
def depth_left_out():
    return picture(conv(), strided(), conv(), strided(), conv()), 80


@wrong("pooling-strided-stack", code="POOLING.RISE_OF_ZERO")
def no_rise():
    return picture(conv(), strided(), conv(), strided(), conv()), 0


# -- 6 · shifted_digits --------------------------------------------------------------


def to_right(images, pixels):
    moved = np.zeros_like(images)
    moved[:, :, pixels:] = images[:, :, : images.shape[2] - pixels]
    return moved


def reading(option):
    return pooling.shifted_digits.choices().letter_of(option)


SHIFT = [95.67, 93.36, 81.21, 62.84, 44.73]
ROTATION = [95.67, 93.97, 87.11, 72.03, 44.5]
MEASURED = {"shift": SHIFT, "rotation": ROTATION}
ONE = reading("one")


@right("pooling-shifted-digits")
def copied_into_zeros():
    return to_right, MEASURED, ONE


@right("pooling-shifted-digits")
def padded_and_cut():
    def shift_right(images, pixels):
        ends = [(0, 0)] * images.ndim
        ends[2] = (pixels, 0)
        return np.pad(images, ends)[:, :, : images.shape[2]]

    arrays = {name: np.round(row) for name, row in MEASURED.items()}
    return shift_right, arrays, ONE.lower()


@right("pooling-shifted-digits")
def rolled_and_cleared():
    def shift_right(images, pixels):
        moved = np.roll(images, pixels, axis=2)
        moved[:, :, :pixels] = 0
        return moved

    return shift_right, {name: tuple(row) for name, row in MEASURED.items()}, ONE


@wrong("pooling-shifted-digits", code="POOLING.WRAPS")
def wraps_around():
    def shift_right(images, pixels):
        return np.roll(images, pixels, axis=2)

    return shift_right, MEASURED, ONE


@wrong("pooling-shifted-digits", code="POOLING.SHIFTS_LEFT")
def to_the_left():
    def shift_right(images, pixels):
        return to_right(images[:, :, ::-1], pixels)[:, :, ::-1]

    return shift_right, MEASURED, ONE


@wrong("pooling-shifted-digits", code="POOLING.SHIFTS_DOWN")
def down():
    def shift_right(images, pixels):
        return np.swapaxes(to_right(np.swapaxes(images, 1, 2), pixels), 1, 2)

    return shift_right, MEASURED, ONE


@wrong("pooling-shifted-digits", code="POOLING.REPEATS_EDGE")
def edge_repeated():
    def shift_right(images, pixels):
        ends = ((0, 0), (0, 0), (pixels, 0), (0, 0))
        return np.pad(images, ends, mode="edge")[:, :, : images.shape[2]]

    return shift_right, MEASURED, ONE


@wrong("pooling-shifted-digits", code="POOLING.PICTURE_GROWS")
def picture_grows():
    def shift_right(images, pixels):
        return np.pad(images, ((0, 0), (0, 0), (pixels, 0), (0, 0)))

    return shift_right, MEASURED, ONE


@wrong("pooling-shifted-digits", code="POOLING.PICTURE_SHRINKS")
def picture_shrinks():
    def shift_right(images, pixels):
        return images[:, :, : images.shape[2] - pixels]

    return shift_right, MEASURED, ONE


@wrong("pooling-shifted-digits", code="FUNCTION.WRONG_SHAPE")
def empty_for_no_shift():
    def shift_right(images, pixels):
        ends = ((0, 0), (0, 0), (pixels, 0), (0, 0))
        return np.pad(images[:, :, :-pixels], ends)

    return shift_right, MEASURED, ONE


@wrong("pooling-shifted-digits", code="FUNCTION.MUTATES")
def pictures_are_changed():
    def shift_right(images, pixels):
        moved = to_right(images, pixels)
        images[:] = moved
        return moved

    return shift_right, MEASURED, ONE


@wrong("pooling-shifted-digits", code="POOLING.UNTRAINED")
def untrained_network():
    rows = {"shift": [9.8, 10.1, 9.9, 9.6, 10.3], "rotation": [9.8, 9.7, 9.9, 10.2, 10]}
    return to_right, rows, ONE


@wrong("pooling-shifted-digits", code="POOLING.ACCURACY_FRACTION")
def shares_for_percent():
    rows = {name: [one / 100 for one in row] for name, row in MEASURED.items()}
    return to_right, rows, ONE


@wrong("pooling-shifted-digits", code="POOLING.NOT_MOVED")
def never_moved():
    return to_right, {"shift": [95.67] * 5, "rotation": ROTATION}, ONE


@wrong("pooling-shifted-digits", code="POOLING.ROWS_SWAPPED")
def rows_swapped():
    return to_right, {"shift": ROTATION, "rotation": SHIFT}, ONE


@wrong("pooling-shifted-digits", code="POOLING.OTHER_NETWORK")
def own_network():
    return to_right, {**MEASURED, "shift": [98.9, 98.1, 93.0, 80.0, 61.0]}, ONE


@wrong("pooling-shifted-digits", code="POOLING.OTHER_ACCURACY")
def turned_the_other_way():
    rows = {**MEASURED, "rotation": [95.67, 93.15, 84.09, 66.29, 35.31]}
    return to_right, rows, ONE


@wrong("pooling-shifted-digits", code="VALUES.FIELD_MISSING")
def rotation_left_out():
    return to_right, {"shift": SHIFT}, ONE


@wrong("pooling-shifted-digits", code="POOLING.FULL_INVARIANCE")
def full_invariance():
    return to_right, MEASURED, reading("full")


@wrong("pooling-shifted-digits", code="POOLING.SHRINK_FOR_SHIFT")
def shift_of_four_is_free():
    return to_right, MEASURED, reading("four")


@wrong("pooling-shifted-digits", code="POOLING.ROTATION_INVARIANCE")
def rotation_is_free():
    return to_right, MEASURED, reading("rotation")


# -- 7 · pool_backward ---------------------------------------------------------------


def route(share, add=True):
    """Return a backward pass that hands `share(window, kind, stride)` of delta on."""

    def pool_backward(x, delta, size, stride, kind):
        dx = np.zeros_like(x)
        for r, c in np.ndindex(delta.shape):
            rows = slice(r * stride, r * stride + size)
            columns = slice(c * stride, c * stride + size)
            part = share(x[rows, columns], kind, stride) * delta[r, c]
            dx[rows, columns] = part + (dx[rows, columns] if add else 0)
        return dx

    return pool_backward


def first_largest(window):
    mask = np.zeros(window.size)
    mask[window.argmax()] = 1
    return mask.reshape(window.shape)


def right_share(window, kind, stride):
    if kind == "max":
        return first_largest(window)
    return np.full(window.shape, 1 / window.size)


@right("pooling-pool-backward")
def masks():
    return route(right_share)


@right("pooling-pool-backward")
def plain_loops():
    def pool_backward(x, delta, size, stride, kind):
        dx = [[0.0] * x.shape[1] for _ in range(x.shape[0])]
        for r, row in enumerate(delta):
            for c, value in enumerate(row):
                places = [
                    (r * stride + i, c * stride + j)
                    for i in range(size)
                    for j in range(size)
                ]
                if kind == "max":
                    i, j = max(places, key=lambda place: x[place])
                    dx[i][j] += value
                else:
                    for i, j in places:
                        dx[i][j] += value / len(places)
        return np.array(dx)

    return pool_backward


@right("pooling-pool-backward")
def slope_of_keras():
    import tensorflow as tf

    def pool_backward(x, delta, size, stride, kind):
        make = layers.MaxPooling2D if kind == "max" else layers.AveragePooling2D
        layer = make(size, strides=stride, dtype="float64")
        inputs = tf.constant(x[None, :, :, None])
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            loss = tf.reduce_sum(layer(inputs)[0, :, :, 0] * delta)
        return tape.gradient(loss, inputs).numpy()[0, :, :, 0]

    return pool_backward


@wrong("pooling-pool-backward", code="POOLING.TIE_LAST")
def last_of_ties():
    def share(window, kind, stride):
        if kind == "max":
            return first_largest(window[::-1, ::-1])[::-1, ::-1]
        return right_share(window, kind, stride)

    return route(share)


@wrong("pooling-pool-backward", code="POOLING.TIES_ALL")
def all_of_the_ties():
    def share(window, kind, stride):
        if kind == "max":
            return (window == window.max()).astype(float)
        return right_share(window, kind, stride)

    return route(share)


@wrong("pooling-pool-backward", code="POOLING.TIES_SPLIT")
def ties_share():
    def share(window, kind, stride):
        if kind == "max":
            return (window == window.max()) / np.sum(window == window.max())
        return right_share(window, kind, stride)

    return route(share)


@wrong("pooling-pool-backward", code="POOLING.MAX_SPREADS")
def maximum_spreads():
    return route(lambda window, kind, stride: right_share(window, "average", stride))


@wrong("pooling-pool-backward", code="POOLING.AVERAGE_WHOLE")
def average_undivided():
    def share(window, kind, stride):
        return right_share(window, kind, stride) * (window.size if kind != "max" else 1)

    return route(share)


@wrong("pooling-pool-backward", code="POOLING.AVERAGE_BY_STRIDE")
def average_by_stride():
    def share(window, kind, stride):
        if kind == "max":
            return first_largest(window)
        return np.full(window.shape, 1 / stride**2)

    return route(share)


@wrong("pooling-pool-backward", code="POOLING.OVERWRITES")
def overlap_overwritten():
    return route(right_share, add=False)


@wrong("pooling-pool-backward", code="POOLING.CORNER")
def to_the_corner():
    def share(window, kind, stride):
        corner = np.zeros(window.shape)
        corner[0, 0] = 1
        return corner

    return route(share)


# -- 8 · conv_backward ---------------------------------------------------------------


def xcorr(x, w):
    views = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return np.einsum("rcij,ij->rc", views, w)


def full(delta, w):
    height, width = w.shape
    return np.pad(delta, ((height - 1, height - 1), (width - 1, width - 1)))


@right("pooling-conv-backward")
def by_correlations():
    def conv_backward(x, w, delta):
        return xcorr(full(delta, w), w[::-1, ::-1]), xcorr(x, delta), delta.sum()

    return conv_backward


@right("pooling-conv-backward")
def with_scipy():
    from scipy.signal import convolve2d, correlate2d

    def conv_backward(x, w, delta):
        return convolve2d(delta, w), correlate2d(x, delta, "valid"), np.sum(delta)

    return conv_backward


@right("pooling-conv-backward")
def window_by_window():
    def conv_backward(x, w, delta):
        dx, dw, db = np.zeros_like(x), np.zeros_like(w), 0.0
        height, width = w.shape
        for r, c in np.ndindex(delta.shape):
            dx[r : r + height, c : c + width] += delta[r, c] * w
            dw += delta[r, c] * x[r : r + height, c : c + width]
            db += delta[r, c]
        return [dx, dw, np.array(db)]

    return conv_backward


@wrong("pooling-conv-backward", code="POOLING.NO_TURN")
def kernel_not_turned():
    def conv_backward(x, w, delta):
        return xcorr(full(delta, w), w), xcorr(x, delta), delta.sum()

    return conv_backward


@wrong("pooling-conv-backward", code="POOLING.HALF_TURN")
def one_axis_flipped():
    def conv_backward(x, w, delta):
        return xcorr(full(delta, w), w[::-1]), xcorr(x, delta), delta.sum()

    return conv_backward


@wrong("pooling-conv-backward", code="POOLING.TRANSPOSED")
def kernel_transposed():
    def conv_backward(x, w, delta):
        return xcorr(full(delta, w), w.T), xcorr(x, delta), delta.sum()

    return conv_backward


@wrong("pooling-conv-backward", code="POOLING.NO_MARGIN")
def valid_for_full():
    def conv_backward(x, w, delta):
        return xcorr(delta, w[::-1, ::-1]), xcorr(x, delta), delta.sum()

    return conv_backward


@wrong("pooling-conv-backward", code="POOLING.MEANS")
def mean_for_sum():
    def conv_backward(x, w, delta):
        dx = xcorr(full(delta, w), w[::-1, ::-1])
        return dx, xcorr(x, delta) / delta.size, delta.mean()

    return conv_backward


@wrong("pooling-conv-backward", code="POOLING.DW_TURNED")
def delta_turned_too():
    def conv_backward(x, w, delta):
        dx = xcorr(full(delta, w), w[::-1, ::-1])
        return dx, xcorr(x, delta[::-1, ::-1]), delta.sum()

    return conv_backward


@wrong("pooling-conv-backward", code="POOLING.BIAS_ONE")
def bias_slope_of_one():
    def conv_backward(x, w, delta):
        return xcorr(full(delta, w), w[::-1, ::-1]), xcorr(x, delta), 1.0

    return conv_backward


@wrong("pooling-conv-backward", code="POOLING.BIAS_PER_PIXEL")
def bias_slope_per_pixel():
    def conv_backward(x, w, delta):
        return xcorr(full(delta, w), w[::-1, ::-1]), xcorr(x, delta), delta

    return conv_backward


@wrong("pooling-conv-backward", code="FUNCTION.WRONG_COUNT")
def bias_forgotten():
    def conv_backward(x, w, delta):
        return xcorr(full(delta, w), w[::-1, ::-1]), xcorr(x, delta)

    return conv_backward
