"""Right variants and wrong answers of lesson 09, dropout."""

import keras
import numpy as np
from keras import layers

from checkers import dropout
from course.answers import right, wrong

# -- 1 · spotify_net -----------------------------------------------------------------


def songs(*steps):
    return keras.Sequential([keras.Input(shape=(18,)), *steps])


def relu_128():
    return layers.Dense(128, activation="relu")


def relu_64():
    return layers.Dense(64, activation="relu")


def drop(rate=0.3, **settings):
    return layers.Dropout(rate, **settings)


@right("dropout-spotify-net")
def functional():
    inputs = keras.Input(shape=(18,))
    x = relu_128()(inputs)
    x = drop()(x)
    x = relu_64()(x)
    x = drop()(x)
    return keras.Model(inputs, layers.Dense(1)(x))


@right("dropout-spotify-net")
def activation_layers():
    return songs(
        *(layers.Dense(128), layers.Activation("relu"), drop()),
        *(layers.Dense(64), layers.Activation("relu"), drop()),
        layers.Dense(1),
    )


@right("dropout-spotify-net")
def relu_layers():
    return songs(
        *(layers.Dense(128), layers.ReLU(), drop()),
        *(layers.Dense(64), layers.ReLU(), drop()),
        layers.Dense(1),
    )


@right("dropout-spotify-net")
def relu_as_lambda():
    return songs(
        layers.Dense(128, activation=lambda x: keras.activations.relu(x)),
        drop(),
        layers.Dense(64, activation=lambda x: keras.ops.maximum(x, 0.0)),
        drop(),
        layers.Dense(1),
    )


@right("dropout-spotify-net")
def rate_with_rounding():
    return songs(relu_128(), drop(0.1 + 0.2), relu_64(), drop(0.1 + 0.2), one())


def one():
    return layers.Dense(1)


@right("dropout-spotify-net")
def subclass_that_uses_everything():
    class SongNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.first, self.second, self.head = relu_128(), relu_64(), one()
            self.drop_1, self.drop_2 = drop(), drop()

        def call(self, inputs, training=None):
            x = self.drop_1(self.first(inputs), training=training)
            x = self.drop_2(self.second(x), training=training)
            return self.head(x)

    return SongNet()


@right("dropout-spotify-net")
def nested_blocks():
    def block(dense):
        return keras.Sequential([dense, drop()])

    return songs(block(relu_128()), block(relu_64()), one())


@right("dropout-spotify-net")
def names_and_another_start():
    dense = layers.Dense(64, "relu", kernel_initializer="he_normal", name="hidden")
    return songs(relu_128(), drop(seed=7), dense, drop(name="thin"), one())


@right("dropout-spotify-net", status="passed with a note")
def input_left_out():
    return keras.Sequential([relu_128(), drop(), relu_64(), drop(), one()])


@wrong("dropout-spotify-net", code="DROPOUT.RATE_IS_KEEP", layer=1)
def rate_as_share_kept():
    return songs(relu_128(), drop(0.7), relu_64(), drop(0.7), one())


@wrong("dropout-spotify-net", code="DROPOUT.ONLY_ONE", layer=1)
def only_one_dropout():
    return songs(relu_128(), drop(), relu_64(), one())


@wrong("dropout-spotify-net", code="DROPOUT.BEFORE_DENSE", layer=0)
def before_each_dense():
    return songs(drop(), relu_128(), drop(), relu_64(), one())


@wrong("dropout-spotify-net", code="DROPOUT.IN_A_ROW", layer=2)
def both_after_the_first():
    return songs(relu_128(), drop(), drop(), relu_64(), one())


@wrong("dropout-spotify-net", code="LAYER.PROPERTY", layer=1)
def rate_of_zero():
    return songs(relu_128(), drop(0), relu_64(), drop(), one())


@wrong("dropout-spotify-net", code="DROPOUT.ON_OUTPUT", layer=4)
def on_the_output():
    return songs(relu_128(), drop(), relu_64(), one(), drop())


@wrong("dropout-spotify-net", code="INPUT.SHAPE")
def wrong_input_width():
    steps = [relu_128(), drop(), relu_64(), drop(), one()]
    return keras.Sequential([keras.Input(shape=(12,)), *steps])


@wrong("dropout-spotify-net", code="LAYER.FROZEN", layer=0)
def frozen_layer():
    model = songs(relu_128(), drop(), relu_64(), drop(), one())
    model.layers[0].trainable = False
    return model


@wrong("dropout-spotify-net", code="LAYER.PROPERTY", layer=2)
def no_bias():
    dense = layers.Dense(64, activation="relu", use_bias=False)
    return songs(relu_128(), drop(), dense, drop(), one())


@wrong("dropout-spotify-net", code="WEIGHTS.IDENTICAL", layer=0)
def starts_at_zero():
    dense = layers.Dense(128, activation="relu", kernel_initializer="zeros")
    return songs(dense, drop(), relu_64(), drop(), one())


@wrong("dropout-spotify-net", code="DROPOUT.NOISE_SHARED", layer=1)
def one_draw_for_all_units():
    shared = drop(noise_shape=(None, 1))
    return songs(relu_128(), shared, relu_64(), drop(), one())


@wrong("dropout-spotify-net", code="LAYER.EXTRA_SETTING", layer=0)
def heavy_penalty():
    penalty = keras.regularizers.L2(100.0)
    dense = layers.Dense(128, activation="relu", kernel_regularizer=penalty)
    return songs(dense, drop(), relu_64(), drop(), one())


@wrong("dropout-spotify-net", code="LAYER.NOT_CALLED")
def subclass_that_never_drops():
    class SongNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.first, self.second, self.head = relu_128(), relu_64(), one()
            self.drop_1, self.drop_2 = drop(), drop()

        def call(self, inputs):
            return self.head(self.second(self.first(inputs)))

    return SongNet()


@wrong("dropout-spotify-net", code="LAYER.IMPOSTOR", layer=1)
def class_merely_named_dropout():
    class Dropout(keras.layers.Layer):
        def __init__(self, rate):
            super().__init__()
            self.rate = rate

        def call(self, inputs):
            return inputs

        def get_config(self):
            return {**super().get_config(), "rate": self.rate}

    return songs(relu_128(), Dropout(0.3), relu_64(), Dropout(0.3), one())


@wrong("dropout-spotify-net", code="LAYER.SWITCHED_OFF", layer=1)
def switched_off_in_training():
    return SwitchedNet(training=False)


@wrong("dropout-spotify-net", code="LAYER.ALWAYS_ON", layer=1)
def always_on():
    return SwitchedNet(training=True)


class SwitchedNet(keras.Model):
    """The asked network, but its first dropout layer never hears what mode it is."""

    def __init__(self, *, training):
        super().__init__()
        self.switch = training
        self.first, self.second, self.head = relu_128(), relu_64(), one()
        self.drop_1, self.drop_2 = drop(), drop()

    def call(self, inputs):
        x = self.drop_1(self.first(inputs), training=self.switch)
        return self.head(self.drop_2(self.second(x)))


@wrong("dropout-spotify-net", code="MODEL.EMPTY")
def empty_model():
    return keras.Sequential()


@wrong("dropout-spotify-net", code="MODEL.LIST_OF_LAYERS")
def list_of_layers():
    return [relu_128(), drop(), relu_64(), drop(), one()]


# -- 2 · gain ------------------------------------------------------------------------


def reading(option):
    return dropout.gain.choices(part="reading").letter_of(option)


@right("dropout-gain")
def seed_0_with_a_high_guess():
    return 0.1, 0.1920, 0.0029, reading("small")


@right("dropout-gain")
def seed_4_with_a_guess_below_0():
    return -0.01, np.float32(0.1922), np.array([0.0054]), reading("small").lower()


@wrong("dropout-gain", code="DROPOUT.TOO_GOOD")
def error_below_every_run():
    return 0.05, 0.12, 0.003, reading("small")


@wrong("dropout-gain", code="DROPOUT.POINTS_FOR_HUNDREDTHS")
def popularity_points():
    return 0.05, 19.2, 0.29, reading("small")


@wrong("dropout-gain", code="DROPOUT.LAST_FOR_BEST")
def last_epochs_compared():
    return 0.05, 0.1922, 0.0104, reading("small")


@wrong("dropout-gain", code="DROPOUT.SIGN")
def sign_turned_round():
    return 0.05, 0.1920, -0.0029, reading("small")


@wrong("dropout-gain", code="DROPOUT.NOT_MEASURED")
def numbers_of_a_fast_run():
    return 0.05, 0.2090, -0.0129, reading("small")


@wrong("dropout-gain", code="DROPOUT.GAIN_OVERRATED")
def most_of_the_error_gone():
    return 0.05, 0.1920, 0.0029, reading("most")


@wrong("dropout-gain", code="DROPOUT.GAIN_DENIED")
def no_gain_at_all():
    return 0.05, 0.1920, 0.0029, reading("none")


@wrong("dropout-gain", code="NUMBER.OUT_OF_RANGE")
def guess_in_percent():
    return 5, 0.1920, 0.0029, reading("small")


# -- 3 · spotify_model ---------------------------------------------------------------
# The facts are those of the public seed, 1. In place of trained networks: a network
# that says 0.45 for every song, and targets that lie a chosen distance from it.

ROWS = 7972
FACTS = {
    "training_rows": 24856,
    "validation_rows": ROWS,
    "shared_artists": 0,
    "tempo_mean": 120.81265,
}


def constant_net():
    model = songs(one())
    kernel, bias = model.layers[0].get_weights()
    model.layers[0].set_weights([0 * kernel, bias + 0.45])
    return model


def songs_at(distance, rows=ROWS):
    targets = 0.45 + distance * np.where(np.arange(rows) % 2, 1.0, -1.0)
    return np.zeros((rows, 18), "float32"), targets.astype("float32")


def saved(model):
    model.save("song_model.keras")
    return "song_model.keras"


@right("dropout-spotify-model")
def saved_model():
    return FACTS, saved(constant_net()), songs_at(0.19)


@right("dropout-spotify-model")
def model_itself_and_numpy_facts():
    facts = {name: np.float64(value) for name, value in FACTS.items()}
    return facts, constant_net(), songs_at(0.15)


@wrong("dropout-spotify-model", code="DROPOUT.SCORE")
def beats_the_median_but_not_by_enough():
    return FACTS, constant_net(), songs_at(0.2)


@wrong("dropout-spotify-model", code="DROPOUT.NO_BETTER")
def no_better_than_the_median():
    return FACTS, constant_net(), songs_at(0.21)


@wrong("dropout-spotify-model", code="DROPOUT.SPLIT_BY_ROW")
def rows_split_at_random():
    facts = {"training_rows": 24621, "validation_rows": 8207, "shared_artists": 3130}
    return facts | {"tempo_mean": 120.9}, constant_net(), songs_at(0.19)


@wrong("dropout-spotify-model", code="DROPOUT.SPLIT_NOT_SEEDED")
def split_without_the_seed():
    facts = FACTS | {"training_rows": 24671, "validation_rows": 8157}
    return facts, constant_net(), songs_at(0.19)


@wrong("dropout-spotify-model", code="DROPOUT.SCALED_ON_ALL")
def mean_of_all_rows():
    return FACTS | {"tempo_mean": 120.88364}, constant_net(), songs_at(0.19)


@wrong("dropout-spotify-model", code="DROPOUT.OTHER_MEAN")
def mean_of_other_rows():
    return FACTS | {"tempo_mean": 121.5}, constant_net(), songs_at(0.19)


@wrong("dropout-spotify-model", code="DROPOUT.OTHER_ROWS")
def fewer_rows_evaluated():
    return FACTS, constant_net(), songs_at(0.1, rows=1000)


@wrong("dropout-spotify-model", code="VALUES.FIELD_MISSING")
def one_fact_missing():
    facts = {name: FACTS[name] for name in list(FACTS)[:3]}
    return facts, constant_net(), songs_at(0.19)


@wrong("dropout-spotify-model", code="TRAINED.NO_SUCH_FILE")
def never_saved():
    return FACTS, "not_there.keras", songs_at(0.19)


# -- 4 · small_net -------------------------------------------------------------------


def explanation(option):
    return dropout.small_net.choices(part="explanation").letter_of(option)


@right("dropout-small-net")
def seed_0_with_a_hopeful_guess():
    return 2.0, {"without": 96.8, "with": 94.7}, explanation("capacity")


@right("dropout-small-net")
def seed_1_with_a_gloomy_guess():
    accuracies = {"with": np.float32(94.78), "without": np.float32(96.66)}
    return -10, accuracies, explanation("capacity")


@wrong("dropout-small-net", code="DROPOUT.ALWAYS_HELPS")
def dropout_always_helps():
    return 1.0, {"without": 96.8, "with": 94.7}, explanation("always")


@wrong("dropout-small-net", code="DROPOUT.CHANGED_PLACES")
def accuracies_changed_places():
    return 1.0, {"without": 94.7, "with": 96.8}, explanation("capacity")


@wrong("dropout-small-net", code="DROPOUT.MASKED_ACCURACY")
def evaluated_with_masks():
    return 1.0, {"without": 96.8, "with": 86.8}, explanation("capacity")


@wrong("dropout-small-net", code="DROPOUT.NO_LOSS_SEEN")
def dropout_behind_the_last_layer():
    return 1.0, {"without": 96.8, "with": 96.7}, explanation("capacity")


@wrong("dropout-small-net", code="DROPOUT.FRACTION_FOR_PERCENT")
def fractions():
    return 1.0, {"without": 0.968, "with": 0.947}, explanation("capacity")


@wrong("dropout-small-net", code="DROPOUT.ACTIVE_AT_INFERENCE")
def units_missing_at_the_test():
    return 1.0, {"without": 96.8, "with": 94.7}, explanation("inference")


@wrong("dropout-small-net", code="DROPOUT.CALLED_OVERFITTING")
def called_overfitting():
    return 1.0, {"without": 96.8, "with": 94.7}, explanation("overfits")


@wrong("dropout-small-net", code="DROPOUT.REMOVES_PARAMETERS")
def parameters_removed():
    return 1.0, {"without": 96.8, "with": 94.7}, explanation("parameters")


@wrong("dropout-small-net", code="VALUES.FIELD_MISSING")
def one_accuracy_missing():
    return 1.0, {"without": 96.8}, explanation("capacity")


# -- 5 · picture_nets ----------------------------------------------------------------


def mnist(first=0.25, second=0.5, *, before_pool=False, on_output=False):
    pool = [layers.MaxPooling2D(2), layers.Dropout(first)]
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    model.add(layers.Conv2D(32, 3, activation="relu"))
    model.add(layers.Conv2D(64, 3, activation="relu"))
    for step in reversed(pool) if before_pool else pool:
        model.add(step)
    model.add(layers.Flatten())
    model.add(layers.Dense(128, activation="relu"))
    model.add(layers.Dropout(second))
    model.add(layers.Dense(10, activation="softmax"))
    if on_output:
        model.add(layers.Dropout(second))
    return model


def cifar(first=0.3, second=0.4, *, kernel=2, activation="relu"):
    model = keras.Sequential([keras.Input(shape=(32, 32, 3))])
    for filters in (16, 32, 64):
        step = layers.Conv2D(filters, kernel, padding="same", activation="relu")
        model.add(step)
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Dropout(first))
    model.add(layers.Flatten())
    model.add(layers.Dense(500, activation=activation))
    model.add(layers.Dropout(second))
    model.add(layers.Dense(10, activation="softmax"))
    return model


@right("dropout-picture-nets")
def as_given():
    return mnist(), cifar()


@right("dropout-picture-nets")
def functional_with_tuples():
    inputs = keras.Input(shape=(28, 28, 1))
    x = layers.Conv2D(32, (3, 3), strides=(1, 1), padding="valid")(inputs)
    x = layers.ReLU()(x)
    x = layers.Conv2D(64, [3, 3], activation="relu")(x)
    x = layers.MaxPool2D(pool_size=(2, 2), strides=(2, 2))(x)
    x = layers.Dropout(1 / 4)(x)
    x = layers.Reshape((-1,))(x)
    x = layers.Dense(128, activation=keras.activations.relu)(x)
    x = layers.Dropout(1 / 2)(x)
    x = layers.Softmax()(layers.Dense(10)(x))
    return keras.Model(inputs, x), cifar(0.1 + 0.2)


@wrong("dropout-picture-nets", code="DROPOUT.BEFORE_POOL", layer=2)
def before_the_pool():
    return mnist(before_pool=True), cifar()


@wrong("dropout-picture-nets", code="DROPOUT.ON_OUTPUT", layer=8)
def one_more_on_the_output():
    return mnist(on_output=True), cifar()


@wrong("dropout-picture-nets", code="DROPOUT.RATES_SWAPPED", layer=6)
def rates_changed_places():
    return mnist(), cifar(0.4, 0.3)


@wrong("dropout-picture-nets", code="DROPOUT.RATE_IS_KEEP", layer=6)
def rates_as_shares_kept():
    return mnist(), cifar(0.7, 0.6)


@wrong("dropout-picture-nets", code="LAYER.PROPERTY", layer=0)
def kernels_of_three():
    return mnist(), cifar(kernel=3)


@wrong("dropout-picture-nets", code="LAYER.PROPERTY", layer=8)
def dense_without_relu():
    return mnist(), cifar(activation=None)


# -- 6 · map_net ---------------------------------------------------------------------


def images(*steps):
    return keras.Sequential([keras.Input(shape=(28, 28, 1)), *steps])


def conv():
    return layers.Conv2D(16, 3, activation="relu")


def ten():
    return layers.Dense(10, activation="softmax")


@right("dropout-map-net")
def maps_functional():
    inputs = keras.Input(shape=(28, 28, 1))
    x = layers.SpatialDropout2D(rate=0.2)(conv()(inputs))
    return keras.Model(inputs, ten()(layers.Flatten()(x)))


@right("dropout-map-net")
def maps_with_activation_layers():
    return images(
        *(layers.Conv2D(16, (3, 3)), layers.Activation("relu")),
        layers.SpatialDropout2D(0.2),
        *(layers.Flatten(), layers.Dense(10), layers.Softmax()),
    )


@right("dropout-map-net")
def maps_by_noise_shape():
    maps = layers.Dropout(0.2, noise_shape=(None, 1, 1, 16))
    return images(conv(), maps, layers.Flatten(), ten())


@wrong("dropout-map-net", code="DROPOUT.SINGLE_PIXELS", layer=1)
def single_pixels():
    return images(conv(), layers.Dropout(0.2), layers.Flatten(), ten())


@wrong("dropout-map-net", code="DROPOUT.NO_MAPS_LEFT", layer=2)
def after_flatten():
    return images(conv(), layers.Flatten(), layers.Dropout(0.2), ten())


@wrong("dropout-map-net", code="DROPOUT.BEFORE_CONVOLUTION", layer=0)
def before_the_convolution():
    return images(layers.SpatialDropout2D(0.2), conv(), layers.Flatten(), ten())


@wrong("dropout-map-net", code="DROPOUT.RATE_IS_KEEP", layer=1)
def maps_kept():
    return images(conv(), layers.SpatialDropout2D(0.8), layers.Flatten(), ten())


@wrong("dropout-map-net", code="LAYER.RAISES")
def maps_of_sequences():
    steps = [conv(), layers.SpatialDropout1D(0.2), layers.Flatten(), ten()]
    return keras.Sequential(steps)


# -- 7 · many_masks ------------------------------------------------------------------


def masked(masks, *, heads=None, weights=0.25, loss="mae", combine=None):
    inputs = keras.Input(shape=(18,))
    hidden = relu_128()(inputs)
    heads = heads or [one()] * len(masks)
    outputs = [head(mask(hidden)) for head, mask in zip(heads, masks, strict=True)]
    if combine is not None:
        outputs = combine(outputs)
        model = keras.Model(inputs, outputs)
        model.compile(optimizer="adam", loss=loss)
        return model
    model = keras.Model(inputs, outputs)
    settings = {} if weights is None else {"loss_weights": [weights] * len(outputs)}
    model.compile(optimizer="adam", loss=[loss] * len(outputs), **settings)
    return model


@right("dropout-many-masks")
def four_layers_four_masks():
    return masked([drop(0.5) for _ in range(4)])


@right("dropout-many-masks")
def one_layer_called_four_times():
    return masked([drop(0.5)] * 4, loss="mean_absolute_error")


@right("dropout-many-masks")
def four_different_seeds():
    return masked([drop(0.5, seed=seed) for seed in range(4)])


@wrong("dropout-many-masks", code="DROPOUT.MANY_HEADS")
def four_heads():
    return masked([drop(0.5) for _ in range(4)], heads=[one() for _ in range(4)])


@wrong("dropout-many-masks", code="DROPOUT.ONE_MASK")
def one_mask_for_all():
    inputs = keras.Input(shape=(18,))
    thinned, head = drop(0.5)(relu_128()(inputs)), one()
    model = keras.Model(inputs, [head(thinned) for _ in range(4)])
    model.compile(optimizer="adam", loss=["mae"] * 4, loss_weights=[0.25] * 4)
    return model


@wrong("dropout-many-masks", code="DROPOUT.SAME_SEED")
def equal_seeds():
    return masked([drop(0.5, seed=1) for _ in range(4)])


@wrong("dropout-many-masks", code="DROPOUT.MANY_HIDDEN")
def a_hidden_layer_each():
    inputs, head = keras.Input(shape=(18,)), one()
    outputs = [head(drop(0.5)(relu_128()(inputs))) for _ in range(4)]
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss=["mae"] * 4, loss_weights=[0.25] * 4)
    return model


@wrong("dropout-many-masks", code="DROPOUT.SUM_OF_LOSSES")
def losses_added():
    return masked([drop(0.5) for _ in range(4)], weights=None)


@wrong("dropout-many-masks", code="DROPOUT.OUTPUT_COUNT")
def outputs_averaged():
    return masked([drop(0.5) for _ in range(4)], combine=layers.Average())


@wrong("dropout-many-masks", code="LAYER.PROPERTY")
def masks_of_another_rate():
    return masked([drop(0.3) for _ in range(4)])


# -- 8 · monte_carlo -----------------------------------------------------------------


@right("dropout-monte-carlo")
def stacked():
    def monte_carlo(model, x, passes):
        passed = np.stack([model(x, training=True) for _ in range(passes)])
        return passed.mean(axis=0), passed.std(axis=0)

    return monte_carlo


@right("dropout-monte-carlo")
def running_sums():
    def monte_carlo(model, x, passes):
        total, squares = 0.0, 0.0
        for _ in range(passes):
            prediction = np.asarray(model(x, training=True), "float64")
            total, squares = total + prediction, squares + prediction**2
        mean = total / passes
        return mean, np.sqrt(np.maximum(squares / passes - mean**2, 0.0))

    return monte_carlo


@right("dropout-monte-carlo")
def one_call_on_repeated_rows():
    def monte_carlo(model, x, passes):
        many = keras.ops.reshape(
            model(np.repeat(x[None], passes, axis=0).reshape(-1, 3), training=True),
            (passes, len(x), -1),
        )
        return keras.ops.mean(many, axis=0), keras.ops.std(many, axis=0)

    return monte_carlo


@wrong("dropout-monte-carlo", code="DROPOUT.PREDICT_DROPS_NOTHING")
def passes_of_predict():
    def monte_carlo(model, x, passes):
        passed = np.stack([model(x, training=False) for _ in range(passes)])
        return passed.mean(axis=0), passed.std(axis=0)

    return monte_carlo


@wrong("dropout-monte-carlo", code="DROPOUT.ONE_PASS")
def one_pass_repeated():
    def monte_carlo(model, x, passes):
        passed = np.stack([model(x, training=True)] * passes)
        return passed.mean(axis=0), passed.std(axis=0)

    return monte_carlo


@wrong("dropout-monte-carlo", code="DROPOUT.OTHER_MONTE_CARLO_MEAN")
def mean_of_kept_half():
    def monte_carlo(model, x, passes):
        passed = np.stack([model(x, training=True) for _ in range(passes)])
        return 0.5 * passed.mean(axis=0), passed.std(axis=0)

    return monte_carlo


@wrong("dropout-monte-carlo", code="DROPOUT.OTHER_SPREAD")
def standard_error_of_the_mean():
    def monte_carlo(model, x, passes):
        passed = np.stack([model(x, training=True) for _ in range(passes)])
        return passed.mean(axis=0), passed.std(axis=0) / np.sqrt(passes)

    return monte_carlo


@wrong("dropout-monte-carlo", code="DROPOUT.WRONG_AXIS")
def averaged_over_rows():
    def monte_carlo(model, x, passes):
        passed = np.stack([model(x, training=True) for _ in range(passes)])
        return passed.mean(axis=1), passed.std(axis=1)

    return monte_carlo


@wrong("dropout-monte-carlo", code="DROPOUT.VARIANCE_FOR_SPREAD")
def variance():
    def monte_carlo(model, x, passes):
        passed = np.stack([model(x, training=True) for _ in range(passes)])
        return passed.mean(axis=0), passed.var(axis=0)

    return monte_carlo


@wrong("dropout-monte-carlo", code="DROPOUT.NOT_A_PAIR")
def mean_alone():
    def monte_carlo(model, x, passes):
        return np.mean([model(x, training=True) for _ in range(passes)], axis=0)

    return monte_carlo
