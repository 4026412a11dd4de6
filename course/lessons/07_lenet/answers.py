"""Right variants and wrong answers of lesson 07, LeNet-5."""

import keras
import numpy as np
from keras import layers, ops

from checkers import lenet
from course.answers import right, wrong

# -- 1 · table_saving ----------------------------------------------------------------

MAPS_THAT_SEE = lenet.table_saving.parameters("")["maps_that_see"]
KERNELS = sum(seen * count for seen, count in MAPS_THAT_SEE.items())


@right("lenet-table-saving")
def unused_kernels():
    return 25 * (96 - KERNELS)


@right("lenet-table-saving")
def difference_of_two_layers():
    full = 16 * (6 * 25 + 1)
    table = sum(count * (seen * 25 + 1) for seen, count in MAPS_THAT_SEE.items())
    return np.int64(full - table)


@right("lenet-table-saving")
def as_a_float():
    return 25.0 * (96 - KERNELS)


@wrong("lenet-table-saving", code="LENET.BIAS_PER_KERNEL")
def a_bias_per_kernel():
    return 26 * (96 - KERNELS)


@wrong("lenet-table-saving", code="LENET.KERNELS_FOR_WEIGHTS")
def kernels_only():
    return 96 - KERNELS


@wrong("lenet-table-saving", code="LENET.SAVED_CONNECTIONS")
def connections_saved():
    return 100 * 25 * (96 - KERNELS)


@wrong("lenet-table-saving", code="LENET.WHAT_IS_LEFT")
def what_the_table_needs():
    return 25 * KERNELS + 16


@wrong("lenet-table-saving", code="LENET.MAPS_FOR_KERNELS")
def one_kernel_per_map():
    return 16 * 26 - (25 * KERNELS + 16)


@wrong("lenet-table-saving", code="LENET.SAVING_OF_LENET")
def saving_of_the_paper():
    return 900


@wrong("lenet-table-saving", code="LENET.FULL_IS_NO_SAVING")
def full_connection():
    return 2416


@wrong("lenet-table-saving", code="NUMBER.SIGN")
def other_way_round():
    return 25 * (KERNELS - 96)


# -- 2 · counts ----------------------------------------------------------------------

ROWS = {
    "C1": (156, 122304),
    "S2": (12, 5880),
    "C3": (1516, 151600),
    "S4": (32, 2000),
    "C5": (48120, 48120),
    "F6": (10164, 10164),
    "output": (0, 840),
}


def table(total=None, **changed):
    rows = {**ROWS, **changed}
    sums = tuple(sum(row[place] for row in rows.values()) for place in range(2))
    return {**rows, "total": total or sums}


@right("lenet-counts")
def computed():
    def lenet_table():
        def conv(kernels, maps, size):
            weights = kernels * 25 + maps
            return weights, weights * size * size

        def pool(maps, size):
            return 2 * maps, 5 * maps * size * size

        rows = {
            "C1": conv(6, 6, 28),
            "S2": pool(6, 14),
            "C3": conv(6 * 3 + 9 * 4 + 6, 16, 10),
            "S4": pool(16, 5),
            "C5": conv(16 * 120, 120, 1),
            "F6": (121 * 84, 121 * 84),
            "output": (0, 84 * 10),
        }
        rows["total"] = [sum(column) for column in zip(*rows.values(), strict=True)]
        return rows

    return lenet_table


@right("lenet-counts")
def written_down():
    return lambda: table()


@right("lenet-counts")
def rows_with_names():
    return lambda: [[name, *map(np.int64, row)] for name, row in table().items()]


@right("lenet-counts")
def named_columns():
    def lenet_table():
        names = ("parameters", "connections")
        rows = {name: np.array(row) for name, row in table().items()}
        return {
            name: dict(zip(names, row.tolist(), strict=True))
            for name, row in rows.items()
        }

    return lenet_table


@right("lenet-counts")
def small_letters():
    def lenet_table():
        rows = {name.lower(): list(row) for name, row in table().items()}
        rows["RBF"] = rows.pop("output")
        return rows

    return lenet_table


@wrong("lenet-counts", code="LENET.CONNECTIONS_ARE_PARAMETERS")
def connections_as_parameters():
    return lambda: table(C1=(156, 156), C3=(1516, 1516))


@wrong("lenet-counts", code="LENET.FULL_C3")
def c3_sees_all():
    return lambda: table(C3=(2416, 241600))


@wrong("lenet-counts", code="LENET.RBF_TRAINED")
def codes_trained():
    return lambda: table(output=(840, 840))


@wrong("lenet-counts", code="LENET.RBF_TRAINED")
def codes_in_the_total_only():
    return lambda: table(total=(60840, 340908))


@wrong("lenet-counts", code="LENET.RBF_UNCONNECTED")
def codes_not_connected():
    return lambda: table(output=(0, 0))


@wrong("lenet-counts", code="LENET.POOL_WITHOUT_WEIGHTS")
def pools_of_today():
    return lambda: table(S2=(0, 4704), S4=(0, 1600))


@wrong("lenet-counts", code="LENET.ONE_PAIR")
def one_pair_per_pool():
    return lambda: table(S2=(2, 5880), S4=(2, 2000))


@wrong("lenet-counts", code="LENET.BIAS_FORGOTTEN")
def no_biases():
    return lambda: table(C1=(150, 117600))


@wrong("lenet-counts", code="LENET.BIAS_FORGOTTEN")
def no_bias_connections():
    return lambda: table(S2=(12, 4704))


@wrong("lenet-counts", code="LENET.INPUTS_NOT_COUNTED")
def weights_times_outputs():
    return lambda: table(S2=(12, 2352))


@wrong("lenet-counts", code="LENET.COLUMNS_SWAPPED")
def columns_swapped():
    return lambda: {name: row[::-1] for name, row in table().items()}


@wrong("lenet-counts", code="LENET.TOTAL")
def wrong_sum():
    return lambda: table(total=(60000, 340000))


@wrong("lenet-counts", code="LENET.ROW_MISSING")
def no_total():
    return lambda: dict(ROWS)


@wrong("lenet-counts", code="LENET.ROW_MISSING")
def empty_table():
    return lambda: {}


@wrong("lenet-counts", code="LENET.TABLE_CELL")
def f6_without_its_size():
    return lambda: table(F6=(10200, 10200))


# -- 3 · modern_net ------------------------------------------------------------------

SPARSE = "sparse_categorical_crossentropy"


def compiled(model, loss=SPARSE):
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return model


def modern(
    size=32, *, padding="valid", first=None, pool=layers.MaxPooling2D, head="softmax"
):
    steps = [
        keras.Input(shape=(size, size, 1)),
        layers.Conv2D(6, 5, activation="relu", padding=first or padding),
        pool(2),
        layers.Conv2D(16, 5, activation="relu", padding=padding),
        pool(2),
        layers.Flatten(),
        layers.Dense(120, activation="relu"),
        layers.Dense(84, activation="relu"),
        layers.Dense(10, activation=head),
    ]
    return keras.Sequential(steps)


@right("lenet-modern-net")
def sequential():
    return compiled(modern())


@right("lenet-modern-net")
def logits_with_a_loss_that_knows():
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return compiled(modern(head=None), loss)


@right("lenet-modern-net")
def functional_with_activation_layers():
    inputs = keras.Input(shape=(32, 32, 1))
    x = layers.Conv2D(6, (5, 5), strides=(1, 1), padding="valid", use_bias=True)(inputs)
    x = layers.MaxPool2D((2, 2), strides=2)(layers.ReLU()(x))
    x = layers.Activation("relu")(layers.Conv2D(16, 5)(x))
    x = layers.MaxPool2D(pool_size=[2, 2])(x)
    x = layers.Reshape((400,))(x)
    for units in (120, 84):
        x = layers.Dense(units, activation=keras.activations.relu)(x)
    return compiled(keras.Model(inputs, layers.Softmax()(layers.Dense(10)(x))))


@right("lenet-modern-net")
def c5_as_a_convolution():
    inputs = keras.Input(shape=(32, 32, 1))
    x = layers.Conv2D(6, 5, activation="relu")(inputs)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(16, 5, activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(layers.Conv2D(120, 5, activation="relu")(x))
    x = layers.Dense(84, activation="relu")(x)
    return compiled(keras.Model(inputs, layers.Dense(10, activation="softmax")(x)))


class LeNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.maps = [layers.Conv2D(6, 5), layers.Conv2D(16, 5)]
        self.pool = layers.MaxPooling2D(2)
        self.flat = layers.Flatten()
        self.dense = [layers.Dense(120), layers.Dense(84)]
        self.head = layers.Dense(10, activation="softmax")

    def call(self, x):
        for layer in self.maps:
            x = self.pool(ops.relu(layer(x)))
        x = self.flat(x)
        for layer in self.dense:
            x = ops.relu(layer(x))
        return self.head(x)


@right("lenet-modern-net")
def subclass():
    return compiled(LeNet(), keras.losses.SparseCategoricalCrossentropy())


@wrong("lenet-modern-net", code="LENET.NO_BORDER")
def digits_without_a_border():
    return compiled(modern(28))


@wrong("lenet-modern-net", code="LENET.SAME_FOR_BORDER")
def border_by_padding():
    return compiled(modern(28, first="same"))


@wrong("lenet-modern-net", code="LENET.SAME_PADDING", layer=0)
def same_padding():
    return compiled(modern(padding="same"))


@wrong("lenet-modern-net", code="LENET.AVERAGE_POOL", layer=1)
def average_pooling():
    return compiled(modern(pool=layers.AveragePooling2D))


@wrong("lenet-modern-net", code="COMPILE.LOGITS_TWICE")
def softmax_called_logits():
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return compiled(modern(), loss)


@wrong("lenet-modern-net", code="COMPILE.MISSING")
def never_compiled():
    return modern()


@wrong("lenet-modern-net", code="COMPILE.ONE_HOT_LOSS")
def one_hot_loss():
    return compiled(modern(), "categorical_crossentropy")


@wrong("lenet-modern-net", code="LENET.NO_FLATTEN")
def no_flatten():
    steps = [keras.Input(shape=(32, 32, 1))]
    for maps in (6, 16):
        steps += [layers.Conv2D(maps, 5, activation="relu"), layers.MaxPooling2D()]
    steps += [layers.Dense(units, activation="relu") for units in (120, 84)]
    return compiled(keras.Sequential([*steps, layers.Dense(10, activation="softmax")]))


@wrong("lenet-modern-net", code="LENET.NO_ACTIVATION", layer=0)
def no_activation_in_c1():
    model = modern()
    model.layers[0].activation = keras.activations.linear
    return compiled(keras.Sequential([keras.Input((32, 32, 1)), *model.layers]))


# -- 4 · subsampling -----------------------------------------------------------------


class Subsampling(layers.Layer):
    """w * sum + b, in the ways that the answers below differ in."""

    def __init__(self, *, shape=None, way="sum", trained=True, bias=True):
        super().__init__()
        self.shape, self.way, self.trained, self.bias = shape, way, trained, bias

    def build(self, input_shape):
        shape = (input_shape[-1],) if self.shape is None else self.shape
        options = {"shape": shape, "trainable": self.trained}
        self.w = self.add_weight(initializer="ones", **options)
        self.b = self.add_weight(initializer="zeros", **options) if self.bias else 0.0

    def call(self, x):
        mean = ops.average_pool(x, 2, strides=2)
        if self.way == "mean":
            return self.w * mean + self.b
        if self.way == "max":
            return self.w * ops.max_pool(x, 2, strides=2) + self.b
        if self.way == "bias inside":
            return self.w * (4 * mean + self.b)
        if self.way == "squashed":
            return ops.tanh(self.w * 4 * mean + self.b)
        return self.w * 4 * mean + self.b


def front_of(layer, activation="tanh"):
    return keras.Sequential(
        [
            keras.Input(shape=(32, 32, 1)),
            layers.Conv2D(6, 5, activation=activation),
            layer,
        ]
    )


class SlicedSum(layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(1, 1, 1, input_shape[-1]))
        self.shift = self.add_weight(shape=(1, 1, 1, input_shape[-1]))

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return four * self.scale + self.shift

    def get_config(self):
        return super().get_config()


class OneTable(layers.Layer):
    def build(self, input_shape):
        self.pairs = self.add_weight(shape=(2, input_shape[-1]))

    def call(self, x):
        rows = ops.reshape(x, (-1, 14, 2, 14, 2, 6))
        return self.pairs[0] * ops.sum(rows, axis=(2, 4)) + self.pairs[1]


class Scale(layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        return x * self.w + self.b


@right("lenet-subsampling")
def average_times_four():
    return front_of(Subsampling())


@right("lenet-subsampling")
def four_slices():
    inputs = keras.Input(shape=(32, 32, 1))
    c1 = layers.Activation("tanh")(layers.Conv2D(6, (5, 5))(inputs))
    return keras.Model(inputs, SlicedSum()(c1))


@right("lenet-subsampling")
def pairs_in_one_weight():
    return front_of(OneTable())


@right("lenet-subsampling")
def pool_then_scale():
    inputs = keras.Input(shape=(32, 32, 1))
    x = layers.Conv2D(6, 5, activation=ops.tanh)(inputs)
    x = layers.AveragePooling2D(2)(x) * 4
    return keras.Model(inputs, Scale()(x))


class Front(keras.Model):
    def __init__(self):
        super().__init__()
        self.c1 = layers.Conv2D(6, 5)
        self.s2 = SlicedSum()

    def call(self, x):
        return self.s2(ops.tanh(self.c1(x)))


@right("lenet-subsampling")
def model_as_subclass():
    return Front()


@wrong("lenet-subsampling", code="LENET.ONE_PAIR_FOR_ALL")
def one_pair_for_all():
    return front_of(Subsampling(shape=()))


@wrong("lenet-subsampling", code="LENET.PAIR_PER_PIXEL")
def a_pair_per_pixel():
    return front_of(Subsampling(shape=(14, 14, 6)))


@wrong("lenet-subsampling", code="LENET.MEAN_FOR_SUM")
def mean_for_sum():
    return front_of(Subsampling(way="mean"))


@wrong("lenet-subsampling", code="LENET.MAX_FOR_SUM")
def largest_for_sum():
    return front_of(Subsampling(way="max"))


@wrong("lenet-subsampling", code="LENET.BIAS_SCALED")
def bias_inside():
    return front_of(Subsampling(way="bias inside"))


@wrong("lenet-subsampling", code="LENET.SQUASHED_TWICE")
def squashed():
    return front_of(Subsampling(way="squashed"))


@wrong("lenet-subsampling", code="LENET.PAIR_FROZEN")
def frozen_pair():
    return front_of(Subsampling(trained=False))


@wrong("lenet-subsampling", code="LENET.HALF_A_PAIR")
def no_bias():
    return front_of(Subsampling(bias=False))


@wrong("lenet-subsampling", code="LENET.NO_WEIGHTS")
def pooling_of_today():
    return front_of(layers.AveragePooling2D(2))


@wrong("lenet-subsampling", code="LENET.FOUR_WEIGHTS")
def depthwise():
    return front_of(layers.DepthwiseConv2D(2, strides=2))


@wrong("lenet-subsampling", code="LENET.C1_ACTIVATION")
def relu_in_c1():
    return front_of(Subsampling(), activation="relu")


@wrong("lenet-subsampling", code="LENET.FRONT_SHAPE")
def flattened_behind():
    return keras.Sequential([front_of(Subsampling()), layers.Flatten()])


# -- 5 · digits_model ----------------------------------------------------------------
# No training here, and no images: "pictures" that hold their class as a bright corner
# stand in, and a network that reads the corner stands in for a trained one.

COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)


def pictures(counts=COUNTS, *, top=1.0, scale=1.0):
    labels = np.random.default_rng(0).permutation(np.repeat(np.arange(10), counts))
    x = np.zeros((len(labels), 28, 28, 1), "float32")
    x[np.arange(len(labels)), 0, labels, 0] = scale
    x[:, 27, 27, 0] = top
    return x, labels


def reader(order=range(10), *, offset=0.0, units=10):
    """Return a model that calls each class what `order` says."""
    model = keras.Sequential(
        [keras.Input(shape=(28, 28, 1)), layers.Flatten(), layers.Dense(units)]
    )
    kernel = np.zeros((784, units), "float32")
    for true, called in enumerate(order):
        kernel[true, called % units] = 1.0
    kernel[783, 0] = offset  # a bright corner that says "zero" if it is too bright
    model.layers[1].set_weights([kernel, np.zeros(units)])
    return model


def saved_model(model):
    model.save("lenet_digits.keras")
    return "lenet_digits.keras"


@right("lenet-digits-model")
def saved_and_all_right():
    return saved_model(reader()), 100.0, pictures()


@right("lenet-digits-model")
def the_model_itself_nearly_all_right():
    x, labels = pictures()
    x[:200] = 0  # 200 empty pictures are called 0
    right_ones = 100 * (len(labels) - 200 + np.sum(labels[:200] == 0)) / len(labels)
    return reader(), np.float64(right_ones), (x, labels)


@wrong("lenet-digits-model", code="LENET.FOLDER_LABELS")
def positions_of_folders():
    order = (3, 1, 0, 2, 9, 5, 6, 8, 7, 4)
    return reader(order), 28.93, pictures()


@wrong("lenet-digits-model", code="LENET.OTHER_SCALE")
def trained_on_0_to_255():
    model = reader()
    kernel, _ = model.layers[1].get_weights()
    bias = np.zeros(10)
    bias[7] = 100.0  # nothing but 200 and more is seen at all
    model.layers[1].set_weights([kernel, bias])
    return model, 10.28, pictures()


@wrong("lenet-digits-model", code="TRAINED.TOO_MANY_PARAMS")
def too_large():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Flatten(),
            layers.Dense(100, activation="relu"),
            layers.Dense(10),
        ]
    )
    first, second = np.zeros((784, 100)), np.zeros((100, 10))
    first[:10, :10], second[:10] = np.eye(10), np.eye(10)
    model.set_weights([first, np.zeros(100), second, np.zeros(10)])
    return model, 100.0, pictures()


@wrong("lenet-digits-model", code="TRAINED.ONE_ANSWER")
def always_zero():
    return reader(offset=9.0), 9.8, pictures()


@wrong("lenet-digits-model", code="TRAINED.OTHER_ROWS")
def fewer_rows():
    return reader(), 100.0, pictures((100,) * 10)


@wrong("lenet-digits-model", code="TRAINED.OTHER_PIXELS")
def test_images_changed():
    return reader(), 100.0, pictures(top=255.0, scale=255.0)


@wrong("lenet-digits-model", code="TRAINED.NUM_CLASSES")
def one_output():
    return reader((0,) * 10, units=1), 9.8, pictures()


@wrong("lenet-digits-model", code="TRAINED.TAIL_DROPPED")
def tail_batch_dropped():
    x, labels = pictures()
    x[-20:] = 0
    hits = labels == np.where(np.arange(len(labels)) < len(labels) - 20, labels, 0)
    return reader(), 100 * hits[: 156 * 64].mean(), (x, labels)


@wrong("lenet-digits-model", code="TRAINED.MEAN_OF_MEANS")
def batch_means_averaged():
    x, labels = pictures()
    x[-20:] = 0
    hits = labels == np.where(np.arange(len(labels)) < len(labels) - 20, labels, 0)
    means = [hits[start : start + 64].mean() for start in range(0, len(hits), 64)]
    return reader(), 100 * np.mean(means), (x, labels)


@wrong("lenet-digits-model", code="TRAINED.MEASURED_AS_FRACTION")
def a_fraction():
    return reader(), 1.0, pictures()


@wrong("lenet-digits-model", code="TRAINED.NO_SUCH_FILE")
def never_saved():
    return "not_there.keras", 98.1, pictures()


# -- 6 · rbf_output ------------------------------------------------------------------


def squares(x, codes):
    return np.square(x[:, None, :] - codes[None, :, :]).sum(axis=2)


def nearest(x, codes):
    return np.argmin(squares(x, codes), axis=1)


@right("lenet-rbf-output")
def broadcast():
    return squares, nearest


@right("lenet-rbf-output")
def loops():
    def rbf_output(x, codes):
        rows = []
        for row in x:
            rows.append([float(((row - code) ** 2).sum()) for code in codes])
        return np.array(rows)

    def rbf_class(x, codes):
        return [int(np.argmin(row)) for row in rbf_output(x, codes)]

    return rbf_output, rbf_class


@right("lenet-rbf-output")
def roots_in_keras():
    def rbf_output(x, codes):
        return ops.norm(ops.expand_dims(x, 1) - codes, axis=-1)

    def rbf_class(x, codes):
        return ops.argmin(rbf_output(x, codes), axis=-1)

    return rbf_output, rbf_class


@right("lenet-rbf-output")
def three_products():
    def rbf_output(x, codes):
        ours, theirs = (x**2).sum(1)[:, None], (codes**2).sum(1)
        return ours - 2 * x @ codes.T + theirs

    return rbf_output, lambda x, codes: rbf_output(x, codes).argmin(1)


@wrong("lenet-rbf-output", code="LENET.LARGEST_WINS")
def largest_wins():
    return squares, lambda x, codes: np.argmax(squares(x, codes), axis=1)


@wrong("lenet-rbf-output", code="LENET.PRODUCT_FOR_DISTANCE")
def a_dense_layer():
    return lambda x, codes: x @ codes.T, nearest


@wrong("lenet-rbf-output", code="LENET.PRODUCT_FOR_DISTANCE")
def winner_by_product():
    return squares, lambda x, codes: np.argmax(x @ codes.T, axis=1)


@wrong("lenet-rbf-output", code="LENET.NOT_SQUARED")
def absolute_differences():
    return lambda x, codes: np.abs(x[:, None] - codes).sum(2), nearest


@wrong("lenet-rbf-output", code="LENET.MEAN_DISTANCE")
def mean_of_squares():
    return lambda x, codes: np.square(x[:, None] - codes).mean(2), nearest


@wrong("lenet-rbf-output", code="FUNCTION.WRONG_SHAPE")
def one_row_per_code():
    def rbf_output(x, codes):
        return squares(x, codes).T

    return rbf_output, nearest
