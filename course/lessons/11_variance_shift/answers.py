"""Right variants and wrong answers of lesson 11, variance shift."""

import keras
import numpy as np
from keras import layers, ops

from checkers import variance_shift
from course.answers import right, wrong

# -- 1 · What comes out of a dropout layer -------------------------------------------

GIVEN = variance_shift.variances.parameters("")
RATE, V, M = GIVEN["rate"], GIVEN["variance"], GIVEN["mean"]
Q = 1 - RATE
CENTERED = V / Q
RECTIFIED = V / Q + RATE / Q * M**2


@right("variance-shift-variances")
def by_mean_squares():
    centered = (V + 0**2) / Q - 0**2
    rectified = (V + M**2) / Q - M**2
    return centered, rectified, rectified


@right("variance-shift-variances")
def by_the_multiplier():
    noise = RATE / (1 - RATE)
    both = V * (1 + noise) + noise * M * M
    return V * (1 + noise), both, both


@right("variance-shift-variances")
def rounded_to_two_decimals():
    return round(CENTERED, 2), np.float32(round(RECTIFIED, 2)), round(RECTIFIED, 2)


@wrong("variance-shift-variances", code="VARSHIFT.TIMES_KEEP")
def vanilla():
    return Q * V, RECTIFIED, RECTIFIED


@wrong("variance-shift-variances", code="VARSHIFT.MEAN_FORGOTTEN")
def mean_forgotten():
    return CENTERED, CENTERED, CENTERED


@wrong("variance-shift-variances", code="VARSHIFT.GAUSSIAN_LESS")
def gaussian_has_less():
    return CENTERED, RECTIFIED, V


@wrong("variance-shift-variances", code="VARSHIFT.GAUSSIAN_LESS")
def gaussian_has_half():
    return CENTERED, RECTIFIED, RECTIFIED / 2


@wrong("variance-shift-variances", code="VARSHIFT.VARIANCE_KEPT")
def variance_is_kept():
    return V, RECTIFIED, RECTIFIED


@wrong("variance-shift-variances", code="VARSHIFT.RATE_FOR_KEEP")
def divided_by_rate():
    return V / RATE, RECTIFIED, RECTIFIED


@wrong("variance-shift-variances", code="VARSHIFT.ONLY_SCALED")
def only_scaled():
    return V / Q**2, RECTIFIED, RECTIFIED


@wrong("variance-shift-variances", code="VARSHIFT.MEAN_NOT_SQUARED")
def mean_not_squared():
    return CENTERED, CENTERED + RATE / Q * M, RECTIFIED


@wrong("variance-shift-variances", code="VARSHIFT.MEAN_SQUARE")
def mean_of_the_squares():
    return CENTERED, (V + M**2) / Q, RECTIFIED


@wrong("variance-shift-variances", code="VARSHIFT.NOISE_ADDED")
def noise_is_added():
    return CENTERED, RECTIFIED, V + RATE / Q


@wrong("variance-shift-variances", code="VARSHIFT.DEVIATION")
def deviations():
    return CENTERED**0.5, RECTIFIED**0.5, RECTIFIED**0.5


# -- 2 · The shift ratio of every normalization --------------------------------------


def is_norm(layer):
    return isinstance(layer, layers.BatchNormalization)


@right("variance-shift-ratios")
def by_models_of_the_front():
    def shift_ratios(model, x):
        found = []
        for layer in model.layers:
            if is_norm(layer):
                front = keras.Model(model.inputs, layer.input)
                values = front.predict(x, verbose=0)
                found.append(
                    layer.moving_variance.numpy().mean() / values.var(0).mean()
                )
        return found

    return shift_ratios


@right("variance-shift-ratios")
def with_ops_and_sums():
    def shift_ratios(model, x):
        values, found = ops.convert_to_tensor(x), []
        for layer in model.layers:
            if layer.__class__.__name__ == "BatchNormalization":
                _, variance = ops.moments(values, axes=[0])
                found.append(ops.sum(layer.moving_variance) / ops.sum(variance))
            values = layer(values)
        return np.array(found)

    return shift_ratios


@right("variance-shift-ratios")
def unbiased_variance():
    def shift_ratios(model, x):
        values, found = x, []
        for layer in model.layers:
            if is_norm(layer):
                stored = layer.get_weights()[3]
                found.append(stored.mean() / np.var(values, axis=0, ddof=1).mean())
            values = layer(values, training=False).numpy()
        return tuple(found)

    return shift_ratios


def walk(one, training=False, model_first=None):
    """Return an answer that calls `one(layer, values, outputs)` per normalization."""

    def shift_ratios(model, x):
        values, found = x, []
        for layer in model.layers:
            outputs = layer(values, training=training).numpy()
            if is_norm(layer):
                found.append(float(one(layer, np.asarray(values), outputs)))
            values = outputs
        return found

    return shift_ratios


def stored(layer):
    return layer.moving_variance.numpy()


@wrong("variance-shift-ratios", code="VARSHIFT.DROPOUT_ON")
def training_mode():
    return walk(lambda n, v, o: stored(n).mean() / v.var(0).mean(), training=True)


@wrong("variance-shift-ratios", code="VARSHIFT.BATCH_VARIANCE")
def batch_for_stored():
    return walk(lambda n, v, o: v.var(0).mean() / v.var(0).mean())


@wrong("variance-shift-ratios", code="VARSHIFT.BATCH_VARIANCE")
def batch_with_masks_over_without():
    def shift_ratios(model, x):
        on, off, found = x, x, []
        for layer in model.layers:
            if is_norm(layer):
                found.append(np.var(on, axis=0).mean() / np.var(off, axis=0).mean())
            drops = isinstance(layer, layers.Dropout)
            on, off = layer(on, training=drops), layer(off, training=False)
        return found

    return shift_ratios


@wrong("variance-shift-ratios", code="VARSHIFT.MEAN_FOR_VARIANCE")
def moving_mean():
    return walk(lambda n, v, o: n.moving_mean.numpy().mean() / v.var(0).mean())


@wrong("variance-shift-ratios", code="VARSHIFT.UPSIDE_DOWN")
def upside_down():
    return walk(lambda n, v, o: v.var(0).mean() / stored(n).mean())


@wrong("variance-shift-ratios", code="VARSHIFT.DEVIATIONS")
def standard_deviations():
    return walk(lambda n, v, o: np.sqrt(stored(n)).mean() / v.std(0).mean())


@wrong("variance-shift-ratios", code="VARSHIFT.UNIT_RATIOS")
def ratio_per_unit():
    return walk(lambda n, v, o: (stored(n) / v.var(0)).mean())


@wrong("variance-shift-ratios", code="VARSHIFT.BEHIND_NORM")
def behind_the_layer():
    return walk(lambda n, v, o: stored(n).mean() / o.var(0).mean())


@wrong("variance-shift-ratios", code="VARSHIFT.NO_AXIS")
def without_axis():
    return walk(lambda n, v, o: stored(n).mean() / v.var())


@wrong("variance-shift-ratios", code="VARSHIFT.LATER_RATIOS")
def norms_left_out_of_the_walk():
    def shift_ratios(model, x):
        values, found = x, []
        for layer in model.layers:
            if is_norm(layer):
                found.append(stored(layer).mean() / np.var(values, axis=0).mean())
            else:
                values = layer(values, training=False)
        return found

    return shift_ratios


@wrong("variance-shift-ratios", code="VARSHIFT.NOT_ONE_PER_NORM")
def one_list_per_layer():
    def shift_ratios(model, x):
        values, found = x, []
        for layer in model.layers:
            if is_norm(layer):
                found.append(stored(layer) / np.var(values, axis=0))
            values = layer(values, training=False)
        return found

    return shift_ratios


@wrong("variance-shift-ratios", code="VARSHIFT.NETWORK_CHANGED")
def rates_left_at_zero():
    def shift_ratios(model, x):
        for layer in model.layers:
            if isinstance(layer, layers.Dropout):
                layer.rate = 0.0
        return walk(lambda n, v, o: stored(n).mean() / v.var(0).mean())(model, x)

    return shift_ratios


@wrong("variance-shift-ratios", code="FUNCTION.PRINTS_NOT_RETURNS")
def prints_only():
    def shift_ratios(model, x):
        print(walk(lambda n, v, o: stored(n).mean() / v.var(0).mean())(model, x))

    return shift_ratios


# -- 3 · Repair the wine network -----------------------------------------------------


def wines(*steps):
    return keras.Sequential([keras.Input(shape=(11,)), *steps])


def wide():
    return layers.Dense(1024, activation="relu")


def norm(**settings):
    return layers.BatchNormalization(**settings)


def drop(rate=0.3):
    return layers.Dropout(rate)


def pairs():
    return [step for _ in range(3) for step in (wide(), norm())]


@right("variance-shift-wine-net")
def repaired_list():
    return wines(
        *(wide(), norm(), wide(), norm(), wide(), norm()), drop(), layers.Dense(1)
    )


@right("variance-shift-wine-net")
def repaired_functional():
    inputs = keras.Input(shape=(11,))
    x = inputs
    for number in range(3):
        x = layers.Dense(1024, "relu", name=f"hidden_{number}")(x)
        x = layers.BatchNormalization(axis=-1, momentum=0.99, epsilon=0.001)(x)
    return keras.Model(inputs, layers.Dense(1)(layers.Dropout(rate=0.3)(x)))


@right("variance-shift-wine-net")
def repaired_subclass():
    class WineNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden = [wide() for _ in range(3)]
            self.norms = [norm() for _ in range(3)]
            self.thin, self.head = drop(), layers.Dense(1)

        def call(self, inputs, training=None):
            x = inputs
            for dense, scale in zip(self.hidden, self.norms, strict=True):
                x = scale(dense(x), training=training)
            return self.head(self.thin(x, training=training))

    return WineNet()


@right("variance-shift-wine-net")
def repaired_with_activation_layers():
    steps = []
    for _ in range(3):
        steps += [layers.Dense(1024), layers.Activation("relu"), norm()]
    return wines(*steps, drop(0.1 + 0.2), layers.Dense(1, activation="linear"))


@right("variance-shift-wine-net")
def repaired_in_blocks():
    def block():
        return keras.Sequential([layers.Dense(1024), layers.ReLU(), norm()])

    return wines(block(), block(), block(), drop(), layers.Dense(1))


@right("variance-shift-wine-net")
def repaired_with_short_memory():
    steps = [step for _ in range(3) for step in (wide(), norm(momentum=0.9))]
    relu_function = layers.Dense(1024, activation=keras.activations.relu)
    return wines(relu_function, *steps[1:], drop(), layers.Dense(1))


@wrong("variance-shift-wine-net", code="VARSHIFT.SWAPPED", layer=2)
def pairs_swapped():
    steps = [step for _ in range(3) for step in (wide(), norm(), drop())]
    return wines(*steps, layers.Dense(1))


@wrong("variance-shift-wine-net", code="VARSHIFT.NORM_DELETED")
def normalizations_deleted():
    steps = [step for _ in range(3) for step in (wide(), drop())]
    return wines(*steps, layers.Dense(1))


@wrong("variance-shift-wine-net", code="VARSHIFT.NORM_DELETED")
def last_normalization_deleted():
    return wines(*pairs()[:-1], drop(), layers.Dense(1))


@wrong("variance-shift-wine-net", code="VARSHIFT.ON_OUTPUT", layer=7)
def behind_the_output():
    return wines(*pairs(), layers.Dense(1), drop())


@wrong("variance-shift-wine-net", code="VARSHIFT.NO_DROPOUT")
def no_dropout_left():
    return wines(*pairs(), layers.Dense(1))


@wrong("variance-shift-wine-net", code="VARSHIFT.STILL_BEFORE", layer=5)
def before_the_last_normalization():
    return wines(*pairs()[:-1], drop(), norm(), layers.Dense(1))


@wrong("variance-shift-wine-net", code="VARSHIFT.THREE_IN_A_ROW")
def all_three_at_the_end():
    return wines(*pairs(), drop(), drop(), drop(), layers.Dense(1))


@wrong("variance-shift-wine-net", code="VARSHIFT.ONE_MORE", layer=1)
def only_the_last_moved():
    return wines(
        *(wide(), drop(), norm(), wide(), drop(), norm(), wide(), norm(), drop()),
        layers.Dense(1),
    )


@wrong("variance-shift-wine-net", code="DROPOUT.RATE_IS_KEEP", layer=6)
def share_that_stays():
    return wines(*pairs(), drop(0.7), layers.Dense(1))


@wrong("variance-shift-wine-net", code="VARSHIFT.GAUSSIAN_FOR_PLACE", layer=6)
def gaussian_at_the_end():
    return wines(*pairs(), layers.GaussianDropout(0.3), layers.Dense(1))


# -- 4 · A dropout of your own -------------------------------------------------------

BETA = variance_shift.uniform_net.parameters("")["beta"]


def noisy(layer, *, activation="relu", units=64):
    return wines(layers.Dense(units, activation=activation), layer, layers.Dense(1))


def layer_of(draw):
    """Return a layer whose training mode is `draw(inputs)`."""

    class Drawn(layers.Layer):
        def call(self, inputs, training=None):
            return draw(inputs) if training else inputs

    return Drawn()


def uniform(inputs, low=-BETA, high=BETA, **settings):
    return keras.random.uniform(ops.shape(inputs), low, high, **settings)


@right("variance-shift-uniform-net")
def without_seed():
    return noisy(layer_of(lambda x: x * (1 + uniform(x))))


@right("variance-shift-uniform-net")
def factor_from_one_minus_beta():
    class UniformDropout(layers.Layer):
        def __init__(self, beta):
            super().__init__()
            self.low, self.high = 1 - beta, 1 + beta
            self.seed = keras.random.SeedGenerator(7)

        def call(self, x, training=False):
            if training:
                limits = self.low, self.high
                x = x * keras.random.uniform(ops.shape(x), *limits, seed=self.seed)
            return x

    return noisy(UniformDropout(BETA))


@right("variance-shift-uniform-net")
def with_tensorflow():
    import tensorflow as tf

    return noisy(
        layer_of(lambda x: x + x * tf.random.uniform(tf.shape(x), -BETA, BETA))
    )


@right("variance-shift-uniform-net")
def as_a_kind_of_dropout():
    class UniformDropout(layers.Dropout):
        def call(self, inputs, training=False):
            if not training:
                return inputs
            return inputs * (1 + uniform(inputs, seed=self.seed_generator))

    inputs = keras.Input(shape=(11,))
    hidden = layers.ReLU()(layers.Dense(64)(inputs))
    return keras.Model(inputs, layers.Dense(1)(UniformDropout(0.5)(hidden)))


@right("variance-shift-uniform-net")
def in_a_subclassed_model():
    class UniformNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden = layers.Dense(64, "relu")
            self.noise = layer_of(lambda x: x * (1 + BETA * (2 * uniform(x, 0, 1) - 1)))
            self.head = layers.Dense(1)

        def call(self, inputs, training=None):
            return self.head(self.noise(self.hidden(inputs), training=training))

    return UniformNet()


@wrong("variance-shift-uniform-net", code="VARSHIFT.ONE_SIDED")
def from_zero_to_beta():
    return noisy(layer_of(lambda x: x * (1 + uniform(x, 0.0, BETA))))


@wrong("variance-shift-uniform-net", code="VARSHIFT.ONE_SIDED")
def from_zero_to_beta_without_one():
    return noisy(layer_of(lambda x: x * uniform(x, 0.0, BETA)))


@wrong("variance-shift-uniform-net", code="VARSHIFT.SCALED")
def divided_by_what_stays():
    return noisy(layer_of(lambda x: x * (1 + uniform(x)) / (1 - BETA)))


@wrong("variance-shift-uniform-net", code="VARSHIFT.ALWAYS_ON")
def active_in_predict():
    class UniformDropout(layers.Layer):
        def call(self, inputs):
            return inputs * (1 + uniform(inputs))

    return noisy(UniformDropout())


@wrong("variance-shift-uniform-net", code="VARSHIFT.NEVER_ON")
def hands_its_input_on():
    class UniformDropout(layers.Layer):
        def call(self, inputs, training=None):
            return inputs

    return noisy(UniformDropout())


@wrong("variance-shift-uniform-net", code="VARSHIFT.WRONG_WAY_ROUND")
def wrong_way_round():
    class UniformDropout(layers.Layer):
        def call(self, inputs, training=None):
            return inputs if training else inputs * (1 + uniform(inputs))

    return noisy(UniformDropout())


@wrong("variance-shift-uniform-net", code="VARSHIFT.STOPS_IN_FIT")
def shape_with_none():
    def draw(inputs):
        return inputs * (1 + keras.random.uniform(inputs.shape, -BETA, BETA))

    return noisy(layer_of(draw))


@wrong("variance-shift-uniform-net", code="VARSHIFT.FIXED_IN_FIT")
def with_numpy():
    def per_entry(inputs):
        size = tuple(inputs.shape) if inputs.shape[0] else (1, 64)
        return inputs * (1 + np.random.uniform(-BETA, BETA, size).astype("float32"))

    return noisy(layer_of(per_entry))


@wrong("variance-shift-uniform-net", code="VARSHIFT.SHARED_DRAW")
def one_number_per_unit():
    def draw(inputs):
        return inputs * (1 + keras.random.uniform((1, 64), -BETA, BETA))

    return noisy(layer_of(draw))


@wrong("variance-shift-uniform-net", code="VARSHIFT.FIXED_DRAW")
def whole_number_as_seed():
    return noisy(layer_of(lambda x: x * (1 + uniform(x, seed=1))))


@wrong("variance-shift-uniform-net", code="VARSHIFT.ADDED")
def added_noise():
    return noisy(layer_of(lambda x: x + uniform(x)))


@wrong("variance-shift-uniform-net", code="VARSHIFT.WITHOUT_ONE")
def noise_alone():
    return noisy(layer_of(lambda x: x * uniform(x)))


@wrong("variance-shift-uniform-net", code="VARSHIFT.OTHER_SPREAD")
def half_as_wide():
    return noisy(layer_of(lambda x: x * (1 + uniform(x) / 2)))


@wrong("variance-shift-uniform-net", code="VARSHIFT.NOT_UNIFORM")
def normal_noise_of_that_spread():
    def draw(inputs):
        shape = ops.shape(inputs)
        return inputs * (1 + keras.random.normal(shape, 0.0, BETA / 3**0.5))

    return noisy(layer_of(draw))


@wrong("variance-shift-uniform-net", code="VARSHIFT.NO_OWN_LAYER")
def gaussian_dropout():
    return noisy(layers.GaussianDropout(0.1))


@wrong("variance-shift-uniform-net", code="VARSHIFT.OTHER_PLACE")
def noise_on_the_inputs():
    noise = layer_of(lambda x: x * (1 + uniform(x)))
    return wines(noise, layers.Dense(64, activation="relu"), layers.Dense(1))


@wrong("variance-shift-uniform-net", code="VARSHIFT.NO_RELU")
def relu_forgotten():
    return noisy(layer_of(lambda x: x * (1 + uniform(x))), activation=None)


# -- 5 · What a score can show -------------------------------------------------------


def letters(accuracy, biology):
    return tuple(
        variance_shift.reading.choices("", part=part).letter_of(option)
        for part, option in (("accuracy", accuracy), ("biology", biology))
    )


@right("variance-shift-reading")
def as_letters():
    return letters("both", "zeros")


@right("variance-shift-reading")
def as_small_letters():
    return tuple(letter.lower() for letter in letters("both", "zeros"))


@wrong("variance-shift-reading", code="VARSHIFT.ONE_SEED")
def one_run_decides():
    return letters("one_seed", "zeros")


@wrong("variance-shift-reading", code="VARSHIFT.ALWAYS_WORSE")
def always_worse():
    return letters("always_worse", "zeros")


@wrong("variance-shift-reading", code="VARSHIFT.SCORE_FOR_RATIO")
def equal_scores_equal_variances():
    return letters("no_shift", "zeros")


@wrong("variance-shift-reading", code="VARSHIFT.SHIFT_CANCELS")
def off_at_inference():
    return letters("cancels", "zeros")


@wrong("variance-shift-reading", code="VARSHIFT.LAYER_IN_CELLS")
def a_layer_in_biology():
    return letters("both", "layer")


@wrong("variance-shift-reading", code="VARSHIFT.LOST_CELLS")
def cells_left_out():
    return letters("both", "cells")


# -- 6 · Measure the variances anew --------------------------------------------------


def quiet(model):
    """Set all rates to 0; return what puts them back."""
    drops = [one for one in model.layers if isinstance(one, layers.Dropout)]
    rates = [one.rate for one in drops]
    for one in drops:
        one.rate = 0.0

    def put_back():
        for one, rate in zip(drops, rates, strict=True):
            one.rate = rate

    return put_back


def front_to_back(rows, model):
    values = rows
    for layer in model.layers:
        if is_norm(layer):
            layer.moving_mean.assign(np.mean(values, axis=0))
            layer.moving_variance.assign(np.var(values, axis=0))
        values = layer(values, training=False)


@right("variance-shift-reestimate")
def measured_and_assigned():
    def reestimate(model, split):
        front_to_back(split.x_train, model)

    return reestimate


@right("variance-shift-reestimate")
def many_passes():
    def reestimate(model, split):
        put_back = quiet(model)
        for _ in range(400):
            model(split.x_train, training=True)
        put_back()
        return model

    return reestimate


@right("variance-shift-reestimate")
def a_second_network():
    def reestimate(model, split):
        twin = keras.models.clone_model(model)
        twin.set_weights(model.get_weights())
        front_to_back(split.x_train, twin)
        return twin

    return reestimate


@right("variance-shift-reestimate")
def variances_only():
    def reestimate(model, split):
        values = split.x_train
        for layer in model.layers:
            if is_norm(layer):
                weights = layer.get_weights()
                weights[3] = np.asarray(values).var(axis=0)
                layer.set_weights(weights)
            values = layer(values, training=False)

    return reestimate


@wrong("variance-shift-reestimate", code="VARSHIFT.RETRAINED")
def trained_on():
    def reestimate(model, split):
        put_back = quiet(model)
        model.fit(split.x_train, split.y_train, epochs=60, verbose=0)
        put_back()

    return reestimate


@wrong("variance-shift-reestimate", code="VARSHIFT.SCALES_RESET")
def scales_reset():
    def reestimate(model, split):
        for layer in model.layers:
            if is_norm(layer):
                layer.gamma.assign(np.ones(layer.gamma.shape))
                layer.beta.assign(np.zeros(layer.beta.shape))
        front_to_back(split.x_train, model)

    return reestimate


@wrong("variance-shift-reestimate", code="VARSHIFT.VALIDATION_ROWS")
def on_validation_rows():
    def reestimate(model, split):
        front_to_back(split.x_val, model)

    return reestimate


@wrong("variance-shift-reestimate", code="VARSHIFT.ALL_AT_ONCE")
def measured_before_anything_is_stored():
    def reestimate(model, split):
        values, seen = split.x_train, []
        for layer in model.layers:
            if is_norm(layer):
                seen.append((layer, np.var(values, axis=0)))
            values = layer(values, training=False)
        for layer, variance in seen:
            layer.moving_variance.assign(variance)

    return reestimate


@wrong("variance-shift-reestimate", code="VARSHIFT.NOTHING_STORED")
def at_inference():
    def reestimate(model, split):
        put_back = quiet(model)
        model(split.x_train, training=False)
        put_back()

    return reestimate


@wrong("variance-shift-reestimate", code="VARSHIFT.STILL_OFF")
def a_single_pass():
    def reestimate(model, split):
        put_back = quiet(model)
        model(split.x_train, training=True)
        put_back()

    return reestimate


@wrong("variance-shift-reestimate", code="VARSHIFT.MASKS_STILL_ON")
def masks_on():
    def reestimate(model, split):
        for _ in range(400):
            model(split.x_train, training=True)

    return reestimate


@wrong("variance-shift-reestimate", code="VARSHIFT.RATE_LEFT")
def rates_not_put_back():
    def reestimate(model, split):
        quiet(model)
        front_to_back(split.x_train, model)

    return reestimate


@wrong("variance-shift-reestimate", code="VARSHIFT.MOMENTUM_LEFT")
def momenta_not_put_back():
    def reestimate(model, split):
        put_back = quiet(model)
        for layer in model.layers:
            if is_norm(layer):
                layer.momentum = 0.0
        model(split.x_train, training=True)
        put_back()

    return reestimate


@wrong("variance-shift-reestimate", code="VARSHIFT.MEAN_LOST")
def variance_stored_as_mean():
    def reestimate(model, split):
        values = split.x_train
        for layer in model.layers:
            if is_norm(layer):
                layer.moving_variance.assign(np.var(values, axis=0))
                layer.moving_mean.assign(5 + np.var(values, axis=0))
            values = layer(values, training=False)

    return reestimate


# -- 7 · Masks on, statistics off ----------------------------------------------------


def because(option="batch"):
    return variance_shift.monte_carlo_net.choices("").letter_of(option)


def masks(scale):
    return wines(
        layers.Dense(64, activation="relu"), scale, layers.Dropout(0.5), layers.Dense(1)
    )


@right("variance-shift-monte-carlo-net")
def frozen_afterwards():
    model = masks(norm())
    model.layers[1].trainable = False
    return model, because()


@right("variance-shift-monte-carlo-net")
def frozen_functional():
    inputs = keras.Input(shape=(11,))
    x = layers.Activation("relu")(layers.Dense(64)(inputs))
    x = layers.BatchNormalization(trainable=False, name="scale")(x)
    outputs = layers.Dense(1)(layers.Dropout(1 / 2)(x))
    return keras.Model(inputs, outputs), because()


@right("variance-shift-monte-carlo-net")
def told_in_a_subclass():
    class MonteCarloNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden, self.scale = layers.Dense(64, "relu"), norm()
            self.thin, self.head = layers.Dropout(0.5), layers.Dense(1)

        def call(self, inputs, training=None):
            x = self.scale(self.hidden(inputs), training=False)
            return self.head(self.thin(x, training=training))

    return MonteCarloNet(), because()


@right("variance-shift-monte-carlo-net")
def frozen_and_told_in_a_subclass():
    class MonteCarloNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden = layers.Dense(64, activation=keras.activations.relu)
            self.scale = norm(trainable=False)
            self.thin, self.head = layers.Dropout(0.5), layers.Dense(1)

        def call(self, inputs, training=None):
            x = self.scale(self.hidden(inputs), training=False)
            return self.head(self.thin(x, training=training))

    return MonteCarloNet(), because()


@right("variance-shift-monte-carlo-net")
def in_nested_blocks():
    block = keras.Sequential([layers.Dense(64), layers.ReLU(), norm(trainable=False)])
    return wines(block, layers.Dropout(0.5), layers.Dense(1)), because()


@wrong("variance-shift-monte-carlo-net", code="VARSHIFT.NORM_STILL_ON", layer=1)
def as_it_was():
    return masks(norm()), because()


@wrong("variance-shift-monte-carlo-net", code="VARSHIFT.NORM_STILL_ON")
def told_in_a_functional_network():
    inputs = keras.Input(shape=(11,))
    x = layers.Dense(64, activation="relu")(inputs)
    x = norm()(x, training=False)
    outputs = layers.Dense(1)(layers.Dropout(0.5)(x))
    return keras.Model(inputs, outputs), because()


@wrong("variance-shift-monte-carlo-net", code="VARSHIFT.NORM_DELETED")
def normalization_taken_out():
    thin = layers.Dropout(0.5)
    hidden = layers.Dense(64, activation="relu")
    return wines(hidden, thin, layers.Dense(1)), because()


@wrong("variance-shift-monte-carlo-net", code="VARSHIFT.NO_DROPOUT")
def dropout_taken_out():
    hidden = layers.Dense(64, activation="relu")
    return wines(hidden, norm(trainable=False), layers.Dense(1)), because()


@wrong("variance-shift-monte-carlo-net", code="LAYER.FROZEN")
def everything_frozen():
    model = masks(norm())
    model.trainable = False
    return model, because()


@wrong("variance-shift-monte-carlo-net", code="VARSHIFT.MASK_MEAN")
def blames_the_masks():
    return masks(norm(trainable=False)), because("masks")


@wrong("variance-shift-monte-carlo-net", code="VARSHIFT.FEW_PASSES")
def blames_the_passes():
    return masks(norm(trainable=False)), because("passes")


@wrong("variance-shift-monte-carlo-net", code="VARSHIFT.CALLS_TRAIN")
def calls_that_train():
    return masks(norm(trainable=False)), because("gamma")
