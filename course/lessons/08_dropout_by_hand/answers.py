"""Right variants and wrong answers of lesson 08, dropout by hand."""

import itertools
import math

import keras
import numpy as np
from keras import layers

from checkers import dropout_by_hand
from course.answers import right, wrong

# -- 1 · dropped_units ---------------------------------------------------------------

NUMBERS = dropout_by_hand.dropped_units.parameters("")
UNITS, RATE = NUMBERS["units"], NUMBERS["rate"]


@right("dropout-by-hand-dropped-units")
def binomial():
    return UNITS * RATE, math.sqrt(UNITS * RATE * (1 - RATE))


@right("dropout-by-hand-dropped-units")
def whole_mean_and_rounded_sd():
    return 400, 15.49


@right("dropout-by-hand-dropped-units")
def numpy_numbers():
    variances = np.full(UNITS, RATE * (1 - RATE))
    return np.float64(UNITS * RATE), np.sqrt(variances.sum())


@wrong("dropout-by-hand-dropped-units", code="BY_HAND.ALWAYS_EXACTLY")
def exactly_four_hundred():
    return 400, 0


@wrong("dropout-by-hand-dropped-units", code="BY_HAND.VARIANCE_FOR_SD")
def variance():
    return 400, 240


@wrong("dropout-by-hand-dropped-units", code="BY_HAND.KEPT_COUNTED")
def units_that_stay():
    return 600, 15.49


@wrong("dropout-by-hand-dropped-units", code="BY_HAND.SHARE_FOR_COUNT")
def share():
    return 0.4, 15.49


@wrong("dropout-by-hand-dropped-units", code="BY_HAND.KEPT_SHARE_LEFT_OUT")
def root_of_the_mean():
    return 400, 20


@wrong("dropout-by-hand-dropped-units", code="BY_HAND.SD_OF_ONE_UNIT")
def one_unit():
    return 400, math.sqrt(0.24)


@wrong("dropout-by-hand-dropped-units", code="BY_HAND.ALWAYS_EXACTLY")
def spread_of_the_share():
    return 400, 0.01549


@wrong("dropout-by-hand-dropped-units", code="NUMBER.WRONG")
def half_of_them():
    return 500, 15.49


# -- 2 · vanilla ---------------------------------------------------------------------


def times_keep(x, keep):
    return x * keep


@right("dropout-by-hand-vanilla")
def below_keep():
    def vanilla_train(x, keep):
        return x * (np.random.rand(*x.shape) < keep)

    return vanilla_train, times_keep


@right("dropout-by-hand-vanilla")
def above_one_minus_keep():
    rng = np.random.default_rng()

    def vanilla_train(x, keep):
        return np.where(rng.random(x.shape) > 1 - keep, x, 0.0)

    return vanilla_train, lambda x, keep: keep * np.array(x)


@right("dropout-by-hand-vanilla")
def binomial_draws():
    def vanilla_train(x, keep):
        return np.random.binomial(1, keep, size=x.shape) * x

    def vanilla_predict(x, keep):
        return (1 - (1 - keep)) * x

    return vanilla_train, vanilla_predict


@right("dropout-by-hand-vanilla")
def copy_and_index():
    def vanilla_train(x, keep):
        y = x.copy()
        y[np.random.uniform(size=x.shape) >= keep] = 0
        return y

    return vanilla_train, times_keep


@right("dropout-by-hand-vanilla")
def two_loops():
    def vanilla_train(x, keep):
        return [[v if np.random.random() < keep else 0.0 for v in row] for row in x]

    def vanilla_predict(x, keep):
        return [[v * keep for v in row] for row in x]

    return vanilla_train, vanilla_predict


@wrong("dropout-by-hand-vanilla", code="BY_HAND.KEEP_IS_DROPPED")
def kept_when_above():
    def vanilla_train(x, keep):
        return x * (np.random.rand(*x.shape) > keep)

    return vanilla_train, times_keep


@wrong("dropout-by-hand-vanilla", code="BY_HAND.EXACT_COUNT")
def always_the_same_number():
    def vanilla_train(x, keep):
        y = x.copy().ravel()
        y[np.random.permutation(x.size)[: round(x.size * (1 - keep))]] = 0
        return y.reshape(x.shape)

    return vanilla_train, times_keep


@wrong("dropout-by-hand-vanilla", code="BY_HAND.SCALED_IN_TRAINING")
def divided_in_training_too():
    def vanilla_train(x, keep):
        return x * (np.random.rand(*x.shape) < keep) / keep

    return vanilla_train, times_keep


@wrong("dropout-by-hand-vanilla", code="BY_HAND.SCALED_TWICE")
def keep_in_both():
    def vanilla_train(x, keep):
        return x * (np.random.rand(*x.shape) < keep) * keep

    return vanilla_train, times_keep


@wrong("dropout-by-hand-vanilla", code="BY_HAND.INVERSE_AT_TEST")
def inverse_factor():
    return below_keep()[0], lambda x, keep: x / keep


@wrong("dropout-by-hand-vanilla", code="BY_HAND.INVERSE_AT_TEST")
def inverse_of_the_drop_probability():
    return below_keep()[0], lambda x, keep: x / (1 - keep)


@wrong("dropout-by-hand-vanilla", code="BY_HAND.NOT_SCALED_AT_TEST")
def nothing_at_test():
    return below_keep()[0], lambda x, keep: x


@wrong("dropout-by-hand-vanilla", code="BY_HAND.TIMES_DROPPED")
def times_the_dropped_share():
    return below_keep()[0], lambda x, keep: x * (1 - keep)


@wrong("dropout-by-hand-vanilla", code="BY_HAND.DROPS_AT_TEST")
def masks_at_test():
    return below_keep()[0], below_keep()[0]


@wrong("dropout-by-hand-vanilla", code="FUNCTION.MUTATES")
def in_place():
    def vanilla_train(x, keep):
        x *= np.random.rand(*x.shape) < keep
        return x

    return vanilla_train, times_keep


@wrong("dropout-by-hand-vanilla", code="FUNCTION.FIXED_SEED")
def seed_inside():
    def vanilla_train(x, keep):
        return x * (np.random.default_rng(0).random(x.shape) < keep)

    return vanilla_train, times_keep


@wrong("dropout-by-hand-vanilla", code="FUNCTION.SHARED_MASK")
def one_mask_for_all_rows():
    def vanilla_train(x, keep):
        return x * (np.random.rand(x.shape[1]) < keep)

    return vanilla_train, times_keep


@wrong("dropout-by-hand-vanilla", code="FUNCTION.NOT_RANDOM")
def expected_value_in_training():
    return times_keep, times_keep


# -- 3 · inverted --------------------------------------------------------------------


def checked(rate):
    if not 0 <= rate < 1:
        raise ValueError("rate")


@right("dropout-by-hand-inverted")
def at_least_rate():
    def inverted(x, rate, training):
        checked(rate)
        if not training:
            return x
        return x * (np.random.rand(*x.shape) >= rate) / (1 - rate)

    return inverted


@right("dropout-by-hand-inverted")
def choice_of_factors():
    def inverted(x, rate, training):
        checked(rate)
        keep = 1.0 - rate
        if training:
            factors = np.random.choice([0, 1 / keep], size=x.shape, p=[rate, keep])
            return factors * x
        return np.array(x)

    return inverted


@right("dropout-by-hand-inverted")
def float32_copy():
    def inverted(x, rate, training=True):
        if rate < 0.0 or rate >= 1.0:
            raise ValueError("Dropout level must be in interval [0, 1[.")
        y = x.astype("float32")
        if training:
            y *= np.random.binomial(n=1, p=1.0 - rate, size=x.shape)
            y /= 1.0 - rate
        return y

    return inverted


@right("dropout-by-hand-inverted")
def keras_layer():
    def inverted(x, rate, training):
        checked(rate)
        return layers.Dropout(rate)(np.asarray(x, "float32"), training=training)

    return inverted


@wrong("dropout-by-hand-inverted", code="FUNCTION.MUTATES")
def source_in_place():
    def inverted(x, rate, training):
        checked(rate)
        if training:
            x *= np.random.binomial(n=1, p=1 - rate, size=x.shape)
            x /= 1 - rate
        return x

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.WHOLE_NUMBERS")
def in_place_on_a_copy():
    def inverted(x, rate, training):
        checked(rate)
        y = x.copy()
        if training:
            y *= np.random.binomial(n=1, p=1 - rate, size=x.shape)
            y /= 1 - rate
        return y

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.CUT_NUMBERS")
def zeros_like_x():
    def inverted(x, rate, training):
        checked(rate)
        if not training:
            return x
        y = np.zeros_like(x)
        kept = np.random.rand(*x.shape) >= rate
        y[kept] = x[kept] / (1 - rate)
        return y

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.EXACT_COUNT")
def a_fixed_number_of_units():
    def inverted(x, rate, training):
        checked(rate)
        if not training:
            return x
        y = (x / (1 - rate)).ravel()
        y[np.random.permutation(x.size)[: int(x.size * rate)]] = 0
        return y.reshape(x.shape)

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.NO_FACTOR")
def not_divided():
    def inverted(x, rate, training):
        checked(rate)
        return x * (np.random.rand(*x.shape) >= rate) if training else x

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.TIMES_KEEP")
def multiplied():
    def inverted(x, rate, training):
        checked(rate)
        if not training:
            return x
        return x * (np.random.rand(*x.shape) >= rate) * (1 - rate)

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.RATE_IS_KEPT")
def rate_for_keep():
    def inverted(x, rate, training):
        checked(rate)
        if not training or rate == 0:
            return x
        return x * (np.random.rand(*x.shape) < rate) / rate

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.SCALES_AT_INFERENCE")
def vanilla_at_inference():
    def inverted(x, rate, training):
        checked(rate)
        if not training:
            return x * (1 - rate)
        return x * (np.random.rand(*x.shape) >= rate) / (1 - rate)

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.DROPS_AT_INFERENCE")
def flag_ignored():
    def inverted(x, rate, training):
        checked(rate)
        return x * (np.random.rand(*x.shape) >= rate) / (1 - rate)

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.BAD_RATE")
def rate_never_tested():
    def inverted(x, rate, training):
        if not training:
            return x
        return x * (np.random.rand(*x.shape) >= rate) / (1 - rate)

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.BAD_RATE")
def one_is_let_in():
    def inverted(x, rate, training):
        if rate < 0 or rate > 1:
            raise ValueError(rate)
        if not training:
            return x
        return x * (np.random.rand(*x.shape) >= rate) / (1 - rate)

    return inverted


@wrong("dropout-by-hand-inverted", code="BY_HAND.OTHER_ERROR")
def assertion():
    def inverted(x, rate, training):
        if not 0 <= rate < 1:
            raise AssertionError(rate)
        if not training:
            return x
        return x * (np.random.rand(*x.shape) >= rate) / (1 - rate)

    return inverted


# -- 4 · layer -----------------------------------------------------------------------


class Scale:
    """One number for both methods."""

    def __init__(self, rate):
        self.rate = rate

    def forward(self, x, training):
        self.scale = np.ones(x.shape)
        if training:
            self.scale = (np.random.rand(*x.shape) >= self.rate) / (1 - self.rate)
        return x * self.scale

    def backward(self, dout):
        return dout * self.scale


@right("dropout-by-hand-layer")
def scale_in_self():
    return Scale


@right("dropout-by-hand-layer")
def mask_and_mode():
    class DropoutLayer:
        def __init__(self, rate):
            self.keep = 1 - rate
            self.mask = None

        def forward(self, x, training=True):
            self.mask = None
            if not training:
                return x
            self.mask = np.random.binomial(1, self.keep, x.shape)
            return x * self.mask / self.keep

        def backward(self, dout):
            if self.mask is None:
                return dout
            return dout * self.mask / self.keep

    return DropoutLayer


@right("dropout-by-hand-layer")
def own_generator_and_float32():
    class DropoutLayer:
        def __init__(self, rate, seed=3):
            self.rate, self.rng = rate, np.random.default_rng(seed)

        def forward(self, x, training):
            keep = 1 - self.rate
            drawn = self.rng.random(x.shape, dtype="float32") < keep
            self.factor = np.where(drawn, 1 / keep, 0) if training else 1.0
            return (x * self.factor).astype("float32")

        def backward(self, dout):
            return (dout * self.factor).astype("float32")

    return DropoutLayer


@right("dropout-by-hand-layer")
def closure_in_self():
    class DropoutLayer:
        def __init__(self, rate):
            self.rate = rate

        def forward(self, x, training):
            factors = [0.0, 1 / (1 - self.rate)] if training else [1.0, 1.0]
            drawn = np.random.random(x.shape) > self.rate
            chosen = np.take(factors, drawn.astype(int))
            self.backward = lambda dout: chosen * dout
            return chosen * x

        def backward(self, dout):
            raise RuntimeError("forward first")

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.NO_FACTOR_BACK")
def source_backward():
    class DropoutLayer(Scale):
        def forward(self, x, training):
            y = super().forward(x, training)
            self.mask = self.scale != 0
            return y

        def backward(self, dout):
            return dout * self.mask

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.NEW_MASK")
def new_mask_on_the_way_back():
    class DropoutLayer(Scale):
        def forward(self, x, training):
            self.training = training
            return super().forward(x, training)

        def backward(self, dout):
            if not self.training:
                return dout
            mask = np.random.rand(*dout.shape) >= self.rate
            return dout * mask / (1 - self.rate)

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.NEW_MASK")
def first_mask_for_ever_on_the_way_back():
    class DropoutLayer(Scale):
        first = None

        def forward(self, x, training):
            y = super().forward(x, training)
            self.first = self.scale if self.first is None else self.first
            self.training = training
            return y

        def backward(self, dout):
            return dout * self.first if self.training else dout

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.SCALES_AT_INFERENCE")
def vanilla_at_inference_too():
    class DropoutLayer(Scale):
        def forward(self, x, training):
            y = super().forward(x, training)
            if not training:
                self.scale = self.scale * (1 - self.rate)
                return x * (1 - self.rate)
            return y

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.DROP_FOR_KEEP")
def drop_ratio_for_keep():
    class KeepLayer(Scale):
        def forward(self, x, training):
            self.scale = np.ones(x.shape)
            if training:
                self.scale = (np.random.rand(*x.shape) < self.rate) / self.rate
            return x * self.scale

    return KeepLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.NO_FACTOR")
def mask_only():
    class DropoutLayer(Scale):
        def forward(self, x, training):
            super().forward(x, training)
            self.scale = (self.scale != 0).astype(float)
            return x * self.scale

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.ONE_MASK")
def mask_kept_for_ever():
    class DropoutLayer(Scale):
        mask = None

        def forward(self, x, training):
            if self.mask is None:
                self.mask = np.random.rand(*x.shape) >= self.rate
            self.scale = self.mask / (1 - self.rate) if training else np.ones(x.shape)
            return x * self.scale

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.BACK_UNTOUCHED")
def straight_through():
    class DropoutLayer(Scale):
        def backward(self, dout):
            return dout

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.FACTOR_TWICE")
def divides_again():
    class DropoutLayer(Scale):
        def backward(self, dout):
            twice = self.scale.max() > 1
            return dout * self.scale / ((1 - self.rate) if twice else 1)

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.TIMES_KEEP_BACK")
def undoes_the_scale():
    class DropoutLayer(Scale):
        def backward(self, dout):
            if self.scale.min() == 1:
                return dout
            return dout * (self.scale != 0) * (1 - self.rate)

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.INFERENCE_BACKWARD")
def old_mask_at_inference():
    class DropoutLayer(Scale):
        def forward(self, x, training):
            return super().forward(x, training) if training else x

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="BY_HAND.NO_METHOD")
def no_backward():
    class DropoutLayer:
        def __init__(self, rate):
            self.rate = rate

        def forward(self, x, training):
            return x

    return DropoutLayer


@wrong("dropout-by-hand-layer", code="FUNCTION.NO_RESULT")
def forward_without_return():
    class DropoutLayer(Scale):
        def forward(self, x, training):
            self.y = super().forward(x, training)

    return DropoutLayer


# -- 5 · two_means -------------------------------------------------------------------

REASONS = dropout_by_hand.two_means.choices("")


@right("dropout-by-hand-two-means")
def measured():
    means = {"train": -0.19223531434, "predict": -0.24786749398}
    return 0.0, means, REASONS.letter_of("jensen")


@right("dropout-by-hand-two-means")
def other_masks_and_a_wild_guess():
    means = {"train": -0.1961, "predict": -0.2479}
    return 3, means, REASONS.letter_of("jensen").lower()


@wrong("dropout-by-hand-two-means", code="BY_HAND.MORE_SAMPLES")
def called_noise():
    return *measured()[:2], REASONS.letter_of("noise")


@wrong("dropout-by-hand-two-means", code="BY_HAND.EXACTLY_TWICE")
def called_twice():
    return *measured()[:2], REASONS.letter_of("factor")


@wrong("dropout-by-hand-two-means", code="BY_HAND.MASKS_CHANGE_WEIGHTS")
def called_other_weights():
    return *measured()[:2], REASONS.letter_of("weights")


@wrong("dropout-by-hand-two-means", code="BY_HAND.SECOND_MASK")
def called_second_mask():
    return *measured()[:2], REASONS.letter_of("second_mask")


@wrong("dropout-by-hand-two-means", code="BY_HAND.OTHER_NETWORK")
def means_of_another_net():
    means = {"train": 0.5332, "predict": 0.4632}
    return 0.0, means, REASONS.letter_of("jensen")


@wrong("dropout-by-hand-two-means", code="BY_HAND.VANILLA_MEANS")
def vanilla_means():
    means = {"train": -0.2457, "predict": -0.2573}
    return 0.0, means, REASONS.letter_of("jensen")


@wrong("dropout-by-hand-two-means", code="BY_HAND.NO_RELU")
def linear_network():
    means = {"train": -0.3802, "predict": -0.3814}
    return 0.0, means, REASONS.letter_of("jensen")


@wrong("dropout-by-hand-two-means", code="VALUES.WRONG")
def one_of_them_wrong():
    means = {"train": -0.19223531434, "predict": -0.3}
    return 0.0, means, REASONS.letter_of("jensen")


@wrong("dropout-by-hand-two-means", code="BY_HAND.MEANS_SWAPPED")
def swapped():
    means = {"train": -0.24786749398, "predict": -0.19223531434}
    return 0.0, means, REASONS.letter_of("jensen")


# -- 6 · which_p ---------------------------------------------------------------------

LINES = dropout_by_hand.which_p.choices("", part="keeps_80")
SENTENCES = dropout_by_hand.which_p.choices("", part="switch")
KEEPING = ("keras_02", "torch_02", "tf1_08", "paper_08", "numpy_above")


def letters(*names):
    return "".join(LINES.letter_of(name) for name in names)


@right("dropout-by-hand-which-p")
def all_five():
    return letters(*KEEPING), SENTENCES.letter_of("four")


@right("dropout-by-hand-which-p")
def as_a_list():
    return [LINES.letter_of(name) for name in KEEPING[::-1]], SENTENCES.letter_of(
        "four"
    )


@wrong("dropout-by-hand-which-p", code="BY_HAND.KERAS_RATE_KEEPS")
def keras_keeps():
    names = ("keras_08", "torch_02", "tf1_08", "paper_08", "numpy_above")
    return letters(*names), SENTENCES.letter_of("four")


@wrong("dropout-by-hand-which-p", code="BY_HAND.KEEP_PROB_DROPS")
def keep_prob_drops():
    names = ("keras_02", "torch_02", "tf1_02", "paper_08", "numpy_above")
    return letters(*names), SENTENCES.letter_of("four")


@wrong("dropout-by-hand-which-p", code="BY_HAND.MASK_BELOW_P")
def below_p():
    names = ("keras_02", "torch_02", "tf1_08", "paper_08", "numpy_below")
    return letters(*names), SENTENCES.letter_of("four")


@wrong("dropout-by-hand-which-p", code="CHOICE.INCOMPLETE")
def one_left_out():
    return letters(*KEEPING[:-1]), SENTENCES.letter_of("four")


@wrong("dropout-by-hand-which-p", code="BY_HAND.SWITCH_TOO_EARLY")
def at_the_third():
    return letters(*KEEPING), SENTENCES.letter_of("three")


@wrong("dropout-by-hand-which-p", code="BY_HAND.SWITCH_TOO_LATE")
def at_the_fifth():
    return letters(*KEEPING), SENTENCES.letter_of("five")


# -- 7 · keras_rate ------------------------------------------------------------------

KEEP = dropout_by_hand.keras_rate.parameters("")["keep"]


def net(*steps):
    return keras.Sequential([keras.Input(shape=(784,)), *steps])


def hidden(**settings):
    return layers.Dense(64, activation="relu", **settings)


def head():
    return layers.Dense(10, activation="softmax")


@right("dropout-by-hand-keras-rate")
def one_minus_keep():
    return net(hidden(), layers.Dropout(1 - KEEP), head())


@right("dropout-by-hand-keras-rate")
def functional():
    inputs = keras.Input((784,))
    x = layers.Dense(64)(inputs)
    x = layers.ReLU()(x)
    x = layers.Dropout(0.2, seed=1)(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


@right("dropout-by-hand-keras-rate")
def activation_layers():
    drop = layers.Dropout(rate=round(1 - KEEP, 2), noise_shape=None, seed=None)
    softmax = layers.Activation("softmax")
    relu = layers.Activation(keras.activations.relu)
    return net(layers.Dense(64), relu, drop, layers.Dense(10), softmax)


@right("dropout-by-hand-keras-rate")
def subclass():
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden, self.head = hidden(), head()
            self.drop = layers.Dropout(1 - KEEP)

        def call(self, inputs, training=None):
            return self.head(self.drop(self.hidden(inputs), training=training))

    return Net()


@right("dropout-by-hand-keras-rate")
def nested_block():
    block = keras.Sequential([hidden(name="units"), layers.Dropout(1 - KEEP)])
    return net(block, layers.Dense(10), layers.Softmax())


@right("dropout-by-hand-keras-rate")
def added_one_by_one():
    model = keras.Sequential()
    model.add(keras.Input(shape=(784,)))
    model.add(layers.Dense(64, activation=keras.ops.relu, use_bias=True))
    model.add(layers.Dropout(0.2))
    model.add(layers.Dense(10, activation=keras.activations.softmax))
    return model


@wrong("dropout-by-hand-keras-rate", code="BY_HAND.RATE_FROM_KEEP", layer=1)
def rate_is_keep():
    return net(hidden(), layers.Dropout(KEEP), head())


@wrong("dropout-by-hand-keras-rate", code="BY_HAND.DROPS_PIXELS", layer=0)
def before_the_hidden_layer():
    return net(layers.Dropout(1 - KEEP), hidden(), head())


@wrong("dropout-by-hand-keras-rate", code="BY_HAND.OTHER_PLACE", layer=2)
def on_the_output():
    return net(hidden(), head(), layers.Dropout(1 - KEEP))


@wrong("dropout-by-hand-keras-rate", code="LAYER.MISSING")
def no_dropout():
    return net(hidden(), head())


@wrong("dropout-by-hand-keras-rate", code="LAYER.PROPERTY", layer=1)
def half():
    return net(hidden(), layers.Dropout(0.5), head())


@wrong("dropout-by-hand-keras-rate", code="LAYER.PROPERTY", layer=0)
def too_few_units():
    return net(layers.Dense(32, activation="relu"), layers.Dropout(1 - KEEP), head())


# -- 8 · ensemble --------------------------------------------------------------------


def softmax(z):
    powers = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def all_masks(n):
    return np.array(list(itertools.product((0, 1), repeat=n)))


def chances(masks, keep):
    return np.prod(np.where(masks == 1, keep, 1 - keep), axis=1)


def drawn_mean(h, w, b, keep, draws):
    drawn = np.random.rand(draws, len(h)) < keep
    return softmax((drawn * h / keep) @ w + b).mean(axis=0)


@right("dropout-by-hand-ensemble")
def vectorized():
    def ensemble(h, w, b, keep, draws):
        masks = all_masks(len(h))
        every = softmax((masks * h / keep) @ w + b)
        exact = chances(masks, keep) @ every
        return exact, softmax(h @ w + b), drawn_mean(h, w, b, keep, draws)

    return ensemble


@right("dropout-by-hand-ensemble")
def bits_of_a_number():
    def ensemble(h, w, b, keep, draws):
        n = len(h)
        exact, sampled = np.zeros(len(b)), np.zeros(len(b))
        for number in range(2**n):
            mask = np.array([number >> place & 1 for place in range(n)])
            kept = mask.sum()
            weight = keep**kept * (1 - keep) ** (n - kept)
            exact = exact + weight * softmax(h * mask / keep @ w + b)
        for _ in range(draws):
            mask = np.random.binomial(1, keep, n)
            sampled += softmax(h * mask / keep @ w + b) / draws
        return [exact, softmax(h @ w + b), sampled]

    return ensemble


@right("dropout-by-hand-ensemble")
def recursion():
    def expected(z, rest, keep):
        if not rest:
            return softmax(z)
        kept = expected(z + rest[0] / keep, rest[1:], keep)
        return keep * kept + (1 - keep) * expected(z, rest[1:], keep)

    def ensemble(h, w, b, keep, draws):
        rows = [entry * row for entry, row in zip(h, w, strict=True)]
        full = softmax(np.sum(rows, axis=0) + b)
        return expected(b, rows, keep), full, drawn_mean(h, w, b, keep, draws)

    return ensemble


def with_exact(change):
    """Return the right function with another first result."""

    def ensemble(h, w, b, keep, draws):
        right_one = vectorized()(h, w, b, keep, draws)
        return (change(h, w, b, keep), *right_one[1:])

    return ensemble


@wrong("dropout-by-hand-ensemble", code="BY_HAND.UNWEIGHTED")
def plain_mean():
    def change(h, w, b, keep):
        return softmax((all_masks(len(h)) * h / keep) @ w + b).mean(axis=0)

    return with_exact(change)


@wrong("dropout-by-hand-ensemble", code="BY_HAND.LOSSES_AVERAGED")
def mean_loss():
    def change(h, w, b, keep):
        masks = all_masks(len(h))
        return chances(masks, keep) @ -np.log(softmax((masks * h / keep) @ w + b))

    return with_exact(change)


@wrong("dropout-by-hand-ensemble", code="BY_HAND.WEIGHTS_DROPPED")
def one_mask_per_parameter():
    def change(h, w, b, keep):
        masks = all_masks(w.size)
        thinned = masks.reshape(-1, *w.shape) * w / keep
        return chances(masks, keep) @ softmax(np.einsum("n,mnk->mk", h, thinned) + b)

    return with_exact(change)


@wrong("dropout-by-hand-ensemble", code="BY_HAND.LOGITS_AVERAGED")
def softmax_last():
    def change(h, w, b, keep):
        masks = all_masks(len(h))
        return softmax(chances(masks, keep) @ ((masks * h / keep) @ w + b))

    return with_exact(change)


@wrong("dropout-by-hand-ensemble", code="BY_HAND.MASKS_UNSCALED")
def without_division():
    def change(h, w, b, keep):
        masks = all_masks(len(h))
        return chances(masks, keep) @ softmax((masks * h) @ w + b)

    return with_exact(change)


@wrong("dropout-by-hand-ensemble", code="BY_HAND.SHARES_SWAPPED")
def keep_for_the_zeros():
    def change(h, w, b, keep):
        masks = all_masks(len(h))
        return chances(1 - masks, keep) @ softmax((masks * h / keep) @ w + b)

    return with_exact(change)


@wrong("dropout-by-hand-ensemble", code="BY_HAND.SCALES_THE_FULL_PASS")
def vanilla_full_pass():
    def ensemble(h, w, b, keep, draws):
        exact, _, sampled = vectorized()(h, w, b, keep, draws)
        return exact, softmax((keep * h) @ w + b), sampled

    return ensemble


@wrong("dropout-by-hand-ensemble", code="BY_HAND.NOT_SAMPLED")
def exact_twice():
    def ensemble(h, w, b, keep, draws):
        exact, full, _ = vectorized()(h, w, b, keep, draws)
        return exact, full, exact

    return ensemble


@wrong("dropout-by-hand-ensemble", code="BY_HAND.ONE_DRAW")
def a_single_mask():
    def ensemble(h, w, b, keep, draws):
        exact, full, _ = vectorized()(h, w, b, keep, draws)
        return exact, full, drawn_mean(h, w, b, keep, 1)

    return ensemble


@wrong("dropout-by-hand-ensemble", code="BY_HAND.SAMPLES_SWAPPED")
def drawn_the_other_way():
    def ensemble(h, w, b, keep, draws):
        exact, full, _ = vectorized()(h, w, b, keep, draws)
        drawn = np.random.rand(draws, len(h)) > keep
        return exact, full, softmax((drawn * h / keep) @ w + b).mean(axis=0)

    return ensemble


@wrong("dropout-by-hand-ensemble", code="FUNCTION.WRONG_COUNT")
def only_two_results():
    def ensemble(h, w, b, keep, draws):
        return vectorized()(h, w, b, keep, draws)[:2]

    return ensemble
