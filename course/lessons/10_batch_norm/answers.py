"""Right variants and wrong answers of lesson 10."""

import os
import tempfile

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from checkers import batch_norm
from course.answers import right, wrong

UNITS = batch_norm.parameter_split.parameters("")["units"]

# Exercise 1


@right("batch-norm-parameter-split")
def by_rule():
    return 4 * UNITS, 2 * UNITS


@right("batch-norm-parameter-split")
def counted_on_a_layer():
    norm = layers.BatchNormalization()
    norm.build((None, UNITS))
    not_trained = sum(np.prod(w.shape) for w in norm.non_trainable_weights)
    return np.int64(norm.count_params()), not_trained


@right("batch-norm-parameter-split")
def as_floats():
    return 4.0 * UNITS, 2.0 * UNITS


@wrong("batch-norm-parameter-split", code="BATCHNORM.TWO_PER_COLUMN")
def gamma_and_beta_only():
    return 2 * UNITS, UNITS


@wrong("batch-norm-parameter-split", code="BATCHNORM.PER_ACTIVATION")
def one_set_per_row():
    return 32 * 4 * UNITS, 32 * 2 * UNITS


@wrong("batch-norm-parameter-split", code="BATCHNORM.MOVING_TRAINED")
def all_trained():
    return 4 * UNITS, 0


@wrong("batch-norm-parameter-split", code="BATCHNORM.ALL_FROZEN")
def none_trained():
    return 4 * UNITS, 4 * UNITS


@wrong("batch-norm-parameter-split", code="BATCHNORM.DENSE_COUNTED")
def with_the_bias():
    return 5 * UNITS, 2 * UNITS


@wrong("batch-norm-parameter-split", code="NUMBER.WRONG")
def a_guess():
    return 1000, 500


# Exercise 2


def by_mode(
    x, gamma, beta, moving_mean, moving_variance, training, momentum, epsilon, **slip
):
    """Return the right results, or what a slip makes of them."""
    mean, variance = moving_mean, moving_variance
    if training or slip.get("batch_at_test"):
        mean, variance = x.mean(axis=0), x.var(axis=0, ddof=slip.get("ddof", 0))
    after = moving_mean, moving_variance
    if training or slip.get("always_moves"):
        kept = 1 - momentum if slip.get("swapped") else momentum
        batch = x.mean(axis=0), x.var(axis=0, ddof=slip.get("moving_ddof", 0))
        after = tuple(
            kept * old + (1 - kept) * new for old, new in zip(after, batch, strict=True)
        )
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, *after


def slipping(**slip):
    def normalize_batch(*args):
        return by_mode(*args, **slip)

    return normalize_batch


@right("batch-norm-forward")
def one_line_for_both_modes():
    return by_mode


@right("batch-norm-forward")
def by_keras_ops():
    def normalize_batch(
        x, gamma, beta, moving_mean, moving_variance, training, momentum, epsilon
    ):
        if not training:
            y = keras.ops.batch_normalization(
                x, moving_mean, moving_variance, -1, beta, gamma, epsilon
            )
            return np.asarray(y), moving_mean.copy(), moving_variance.copy()
        mean, variance = keras.ops.moments(keras.ops.cast(x, "float64"), [0])
        y = keras.ops.batch_normalization(x, mean, variance, -1, beta, gamma, epsilon)
        mean, variance = np.asarray(mean), np.asarray(variance)
        moving_mean = moving_mean * momentum + mean * (1 - momentum)
        moving_variance = moving_variance * momentum + variance * (1 - momentum)
        return np.asarray(y), moving_mean, moving_variance

    return normalize_batch


@right("batch-norm-forward")
def with_loops():
    def normalize_batch(
        x, gamma, beta, moving_mean, moving_variance, training, momentum, epsilon
    ):
        rows, columns = x.shape
        y, means, variances = np.empty(x.shape), [], []
        for c in range(columns):
            column = [float(v) for v in x[:, c]]
            mean = sum(column) / rows
            variance = sum((v - mean) ** 2 for v in column) / rows
            if training:
                means.append(moving_mean[c] + (1 - momentum) * (mean - moving_mean[c]))
                step = (1 - momentum) * (variance - moving_variance[c])
                variances.append(moving_variance[c] + step)
            else:
                mean, variance = moving_mean[c], moving_variance[c]
                means.append(mean)
                variances.append(variance)
            y[:, c] = (
                gamma[c] * (x[:, c] - mean) / (variance + epsilon) ** 0.5 + beta[c]
            )
        return [y, means, variances]

    return normalize_batch


@right("batch-norm-forward")
def by_the_layer():
    def normalize_batch(
        x, gamma, beta, moving_mean, moving_variance, training, momentum, epsilon
    ):
        layer = layers.BatchNormalization(
            momentum=momentum, epsilon=epsilon, dtype="float64"
        )
        layer.build(x.shape)
        layer.set_weights([gamma, beta, moving_mean, moving_variance])
        y = layer(x, training=training)
        return np.asarray(y), *layer.get_weights()[2:]

    return normalize_batch


@wrong("batch-norm-forward", code="BATCHNORM.BATCH_AT_INFERENCE")
def batch_statistics_at_inference():
    return slipping(batch_at_test=True)


@wrong("batch-norm-forward", code="BATCHNORM.UNBIASED")
def unbiased_everywhere():
    return slipping(ddof=1, moving_ddof=1)


@wrong("batch-norm-forward", code="BATCHNORM.UNBIASED_MOVING")
def unbiased_average_only():
    return slipping(moving_ddof=1)


@wrong("batch-norm-forward", code="BATCHNORM.MOMENTUM_SWAPPED")
def weights_of_the_average_swapped():
    return slipping(swapped=True)


@wrong("batch-norm-forward", code="BATCHNORM.MOVED_AT_INFERENCE")
def moves_at_inference():
    return slipping(always_moves=True)


@wrong("batch-norm-forward", code="BATCHNORM.MOVED_AT_INFERENCE")
def moves_first_at_inference():
    def normalize_batch(x, gamma, beta, mean, variance, training, momentum, epsilon):
        own, spread = x.mean(axis=0), x.var(axis=0)
        mean = momentum * mean + (1 - momentum) * own
        variance = momentum * variance + (1 - momentum) * spread
        use = (own, spread) if training else (mean, variance)
        y = gamma * (x - use[0]) / np.sqrt(use[1] + epsilon) + beta
        return y, mean, variance

    return normalize_batch


def with_output(output):
    """Return the function with an output of its own in place of the right one."""

    def normalize_batch(x, gamma, beta, mean, variance, training, momentum, epsilon):
        args = (x, gamma, beta, mean, variance, training, momentum, epsilon)
        after = by_mode(*args)[1:]
        uses = (x.mean(axis=0), x.var(axis=0)) if training else (mean, variance)
        return output(x, gamma, beta, *uses, epsilon), *after

    return normalize_batch


@wrong("batch-norm-forward", code="BATCHNORM.NO_EPSILON")
def divided_by_the_deviation():
    return with_output(lambda x, g, b, mean, var, e: g * (x - mean) / np.sqrt(var) + b)


@wrong("batch-norm-forward", code="BATCHNORM.EPSILON_OUTSIDE")
def epsilon_beside_the_root():
    return with_output(
        lambda x, g, b, mean, var, e: g * (x - mean) / (np.sqrt(var) + e) + b
    )


@wrong("batch-norm-forward", code="BATCHNORM.BY_VARIANCE")
def no_root():
    return with_output(lambda x, g, b, mean, var, e: g * (x - mean) / (var + e) + b)


@wrong("batch-norm-forward", code="BATCHNORM.NO_SCALE")
def gamma_and_beta_forgotten():
    return with_output(lambda x, g, b, mean, var, e: (x - mean) / np.sqrt(var + e))


@wrong("batch-norm-forward", code="BATCHNORM.SCALE_SWAPPED")
def gamma_added():
    return with_output(
        lambda x, g, b, mean, var, e: b * (x - mean) / np.sqrt(var + e) + g
    )


@wrong("batch-norm-forward", code="BATCHNORM.WHOLE_BATCH")
def one_mean_for_all_columns():
    def normalize_batch(x, gamma, beta, mean, variance, training, momentum, epsilon):
        center, spread = mean, variance
        if training:
            center, spread = x.mean(), x.var()
            mean = momentum * mean + (1 - momentum) * center
            variance = momentum * variance + (1 - momentum) * spread
        return gamma * (x - center) / np.sqrt(spread + epsilon) + beta, mean, variance

    return normalize_batch


@wrong("batch-norm-forward", code="FUNCTION.RAISES")
def mean_of_each_row():
    def normalize_batch(x, gamma, beta, mean, variance, training, momentum, epsilon):
        if training:
            own, spread = x.mean(axis=1), x.var(axis=1)
            mean = momentum * mean + (1 - momentum) * own
            variance = momentum * variance + (1 - momentum) * spread
        return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, mean, variance

    return normalize_batch


@wrong("batch-norm-forward", code="BATCHNORM.MOVING_IN_TRAINING")
def averages_in_training():
    def normalize_batch(x, gamma, beta, mean, variance, training, momentum, epsilon):
        if training:
            mean = momentum * mean + (1 - momentum) * x.mean(axis=0)
            variance = momentum * variance + (1 - momentum) * x.var(axis=0)
        return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, mean, variance

    return normalize_batch


@wrong("batch-norm-forward", code="BATCHNORM.MOVING_SPREAD")
def average_of_the_deviation():
    def normalize_batch(*args):
        y, mean, variance = by_mode(*args)
        if args[5]:
            variance = args[6] * args[4] + (1 - args[6]) * args[0].std(axis=0)
        return y, mean, variance

    return normalize_batch


@wrong("batch-norm-forward", code="BATCHNORM.NEVER_MOVES")
def averages_not_returned():
    return lambda *args: (by_mode(*args)[0], args[3], args[4])


@wrong("batch-norm-forward", code="BATCHNORM.REPLACED")
def statistics_of_the_last_batch():
    def normalize_batch(*args):
        x = args[0]
        after = (x.mean(axis=0), x.var(axis=0)) if args[5] else args[3:5]
        return by_mode(*args)[0], *after

    return normalize_batch


@wrong("batch-norm-forward", code="BATCHNORM.MOVING_ORDER")
def variance_before_mean():
    def normalize_batch(*args):
        y, mean, variance = by_mode(*args)
        return y, variance, mean

    return normalize_batch


@wrong("batch-norm-forward", code="BATCHNORM.TRAINING_IGNORED")
def training_in_both_modes():
    return lambda *args: by_mode(*args[:5], True, *args[6:])


@wrong("batch-norm-forward", code="BATCHNORM.MODES_SWAPPED")
def modes_swapped():
    return lambda *args: by_mode(*args[:5], not args[5], *args[6:])


@wrong("batch-norm-forward", code="BATCHNORM.VALUE_WRITTEN_IN")
def momentum_written_in():
    return lambda *args: by_mode(*args[:6], 0.99, args[7])


@wrong("batch-norm-forward", code="FUNCTION.WRONG_COUNT")
def output_only():
    return lambda *args: by_mode(*args)[0]


@wrong("batch-norm-forward", code="FUNCTION.MUTATES")
def averages_changed_in_place():
    def normalize_batch(x, gamma, beta, mean, variance, training, momentum, epsilon):
        uses = mean, variance
        if training:
            uses = x.mean(axis=0), x.var(axis=0)
            mean *= momentum
            mean += (1 - momentum) * uses[0]
            variance *= momentum
            variance += (1 - momentum) * uses[1]
        y = gamma * (x - uses[0]) / np.sqrt(uses[1] + epsilon) + beta
        return y, mean, variance

    return normalize_batch


# Exercise 3


def stack(inputs=8, norm=None, dense=None, skip=()):
    """Return the concrete network; `norm` and `dense` change settings by position."""
    model = keras.Sequential([keras.Input(shape=(inputs,))])
    for position in range(4):
        if position not in skip:
            model.add(layers.BatchNormalization(**(norm or {}).get(position, {})))
        settings = {"units": 1} if position == 3 else {"units": 512}
        if position < 3:
            settings["activation"] = "relu"
        model.add(layers.Dense(**{**settings, **(dense or {}).get(position, {})}))
    return model


def everywhere(**settings):
    return dict.fromkeys(range(4), settings)


@right("batch-norm-concrete-net")
def sequential():
    return stack()


@right("batch-norm-concrete-net")
def functional():
    inputs = keras.Input(shape=(8,))
    x = inputs
    for _ in range(3):
        x = layers.BatchNormalization()(x)
        x = layers.Dense(512, activation="relu")(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.Dense(1)(x))


def with_activation(make):
    steps = [keras.Input(shape=(8,))]
    for _ in range(3):
        steps += [layers.BatchNormalization(), layers.Dense(512), make()]
    return keras.Sequential([*steps, layers.BatchNormalization(), layers.Dense(1)])


@right("batch-norm-concrete-net")
def activation_layers():
    return with_activation(lambda: layers.Activation("relu"))


@right("batch-norm-concrete-net")
def relu_layers():
    return with_activation(layers.ReLU)


@right("batch-norm-concrete-net")
def lambda_that_calls_relu():
    relu = {"activation": lambda x: keras.ops.relu(x)}
    return stack(dense={0: relu, 1: relu, 2: relu})


@right("batch-norm-concrete-net")
def nested_blocks():
    steps = [keras.Input(shape=(8,))]
    for _ in range(3):
        block = [layers.BatchNormalization(), layers.Dense(512, activation="relu")]
        steps.append(keras.Sequential(block))
    return keras.Sequential([*steps, layers.BatchNormalization(), layers.Dense(1)])


class ConcreteNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.norms = [layers.BatchNormalization() for _ in range(4)]
        self.hidden = [layers.Dense(512, activation="relu") for _ in range(3)]
        self.head = layers.Dense(1)

    def call(self, inputs, training=None):
        x = inputs
        for norm, dense in zip(self.norms, [*self.hidden, self.head], strict=True):
            x = dense(norm(x, training=training))
        return x


@right("batch-norm-concrete-net")
def subclass():
    return ConcreteNet()


@right("batch-norm-concrete-net")
def short_memory():
    return stack(norm=everywhere(momentum=0.9, epsilon=1e-5))


@right("batch-norm-concrete-net")
def named_and_initialized():
    other = {"kernel_initializer": "he_normal", "bias_initializer": "ones"}
    return stack(norm={0: {"name": "scaler", "axis": 1}}, dense={1: other})


@right("batch-norm-concrete-net")
def compiled():
    model = stack()
    model.compile(optimizer="sgd", loss="mae")
    return model


@right("batch-norm-concrete-net", status="passed with a note")
def input_not_declared():
    steps = []
    for _ in range(3):
        steps += [layers.BatchNormalization(), layers.Dense(512, activation="relu")]
    return keras.Sequential([*steps, layers.BatchNormalization(), layers.Dense(1)])


@wrong("batch-norm-concrete-net", code="BATCHNORM.BEFORE_ACTIVATION", layer=2)
def before_each_relu():
    model = keras.Sequential([keras.Input(shape=(8,)), layers.BatchNormalization()])
    for _ in range(3):
        model.add(layers.Dense(512))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Dense(1))
    return model


@wrong("batch-norm-concrete-net", code="BATCHNORM.AFTER_DENSE", layer=7)
def after_each_dense():
    model = keras.Sequential([keras.Input(shape=(8,))])
    for _ in range(3):
        model.add(layers.Dense(512, activation="relu"))
        model.add(layers.BatchNormalization())
    model.add(layers.Dense(1))
    model.add(layers.BatchNormalization())
    return model


@wrong("batch-norm-concrete-net", code="BATCHNORM.INPUT_NOT_NORMALIZED")
def only_between_dense_layers():
    return stack(skip=(0,))


@wrong("batch-norm-concrete-net", code="BATCHNORM.NONE_BEFORE_OUTPUT")
def none_before_the_last():
    return stack(skip=(3,))


@wrong("batch-norm-concrete-net", code="LAYER.MISSING")
def only_three():
    return stack(skip=(2,))


@wrong("batch-norm-concrete-net", code="BATCHNORM.NO_MEMORY", layer=0)
def momentum_zero():
    return stack(norm=everywhere(momentum=0.0))


@wrong("batch-norm-concrete-net", code="BATCHNORM.EPSILON_LARGE", layer=0)
def epsilon_thousand():
    return stack(norm=everywhere(epsilon=1000.0))


@wrong("batch-norm-concrete-net", code="INPUT.SHAPE")
def wrong_input_width():
    return stack(inputs=9)


@wrong("batch-norm-concrete-net", code="LAYER.FROZEN", layer=3)
def frozen_dense():
    model = stack()
    model.layers[3].trainable = False
    return model


@wrong("batch-norm-concrete-net", code="LAYER.FROZEN", layer=2)
def frozen_normalization():
    model = stack()
    model.layers[2].trainable = False
    return model


@wrong("batch-norm-concrete-net", code="LAYER.PROPERTY", layer=1)
def without_bias():
    return stack(dense={0: {"use_bias": False}})


@wrong("batch-norm-concrete-net", code="WEIGHTS.IDENTICAL", layer=1)
def zero_kernel():
    return stack(dense={0: {"kernel_initializer": "zeros"}})


@wrong("batch-norm-concrete-net", code="LAYER.EXTRA_SETTING", layer=3)
def huge_penalty():
    return stack(dense={1: {"kernel_regularizer": keras.regularizers.L2(100)}})


@wrong("batch-norm-concrete-net", code="LAYER.EXTRA_SETTING", layer=7)
def relu_on_the_output():
    return stack(dense={3: {"activation": "relu"}})


@wrong("batch-norm-concrete-net", code="LAYER.PROPERTY", layer=5)
def other_width():
    return stack(dense={2: {"units": 256}})


@wrong("batch-norm-concrete-net", code="LAYER.PROPERTY", layer=0)
def no_gamma():
    return stack(norm={0: {"scale": False}})


class ForgetsItsNorms(ConcreteNet):
    def call(self, inputs, training=None):
        x = inputs
        for dense in [*self.hidden, self.head]:
            x = dense(x)
        return x


@wrong("batch-norm-concrete-net", code="LAYER.NOT_CALLED")
def norms_never_called():
    return ForgetsItsNorms()


class NormOffInTraining(ConcreteNet):
    def call(self, inputs, training=None):
        x = inputs
        for norm, dense in zip(self.norms, [*self.hidden, self.head], strict=True):
            x = dense(norm(x, training=False))
        return x


@wrong("batch-norm-concrete-net", code="LAYER.SWITCHED_OFF", layer=0)
def norms_switched_off():
    return NormOffInTraining()


class BatchNormalization(layers.Layer):
    """A class of the learner's that is only named like Keras's."""

    def call(self, inputs):
        return inputs


@wrong("batch-norm-concrete-net", code="LAYER.IMPOSTOR", layer=0)
def own_class_of_that_name():
    model = keras.Sequential([keras.Input(shape=(8,))])
    for _ in range(3):
        model.add(BatchNormalization())
        model.add(layers.Dense(512, activation="relu"))
    model.add(BatchNormalization())
    model.add(layers.Dense(1))
    return model


@wrong("batch-norm-concrete-net", code="LAYER.WRONG_KIND", layer=0)
def layer_normalization():
    model = keras.Sequential([keras.Input(shape=(8,))])
    for _ in range(3):
        model.add(layers.LayerNormalization())
        model.add(layers.Dense(512, activation="relu"))
    model.add(layers.LayerNormalization())
    model.add(layers.Dense(1))
    return model


@wrong("batch-norm-concrete-net", code="MODEL.EMPTY")
def empty():
    return keras.Sequential()


@wrong("batch-norm-concrete-net", code="MODEL.LIST_OF_LAYERS")
def list_of_layers():
    return stack().layers


# Exercise 4: (model, errors by epoch, rows to evaluate on)


def rows(count=64):
    """Return rows whose columns lie where those of raw concrete lie."""
    rng = np.random.default_rng(0)
    means = np.array([281, 72, 55, 182, 6, 974, 772, 45])
    x = np.abs(rng.normal(means, means / 4, size=(count, 8))).astype("float32")
    return x, np.full(count, 36.0, "float32")


def fitted(model, optimizer="sgd", scale=1.0, answer=36.0):
    """Return the model after two dozen updates, made to predict about `answer`.

    So its error is known without minutes of training.
    """
    x, y = rows()
    model.compile(optimizer=optimizer, loss="mae")
    model.fit(x * scale, y, epochs=12, batch_size=32, verbose=0)
    kernel, _ = model.layers[-1].get_weights()
    model.layers[-1].set_weights([kernel * 1e-6, np.array([answer], "float32")])
    return model


def saved(model):
    path = os.path.join(tempfile.mkdtemp(), "concrete.keras")
    model.save(path)
    return path


@right("batch-norm-concrete-model")
def file_of_the_best_epoch():
    return saved(fitted(stack(), answer=32.0)), [34.0, 4.0, 4.9], rows()


@right("batch-norm-concrete-model")
def model_itself_and_array():
    optimizer = keras.optimizers.SGD(0.02, momentum=0.9)
    model = fitted(stack(), optimizer, answer=39.5)
    return model, np.array([34.0, 12.5, 3.5]), rows()


@wrong("batch-norm-concrete-model", code="BATCHNORM.NONE")
def still_nan():
    plain = stack(skip=(0, 1, 2, 3))
    plain.compile(optimizer="sgd", loss="mae")
    plain.set_weights([np.full_like(w, np.nan) for w in plain.get_weights()])
    return plain, [float("nan")] * 3, rows()


@wrong("batch-norm-concrete-model", code="TRAINED.NOT_FINITE")
def nan_in_spite_of_it():
    return fitted(stack(), answer=np.nan), [float("nan")] * 3, rows()


@wrong("batch-norm-concrete-model", code="BATCHNORM.CURVE_NAN")
def no_number_in_the_list():
    return fitted(stack()), [float("nan")] * 3, rows()


@wrong("batch-norm-concrete-model", code="BATCHNORM.NOT_SGD")
def adam():
    return saved(fitted(stack(), "adam", answer=32.0)), [34.0, 4.0], rows()


@wrong("batch-norm-concrete-model", code="BATCHNORM.STANDARDIZED_INPUTS", layer=0)
def trained_on_scaled_rows():
    return fitted(stack(), scale=0.001, answer=32.0), [34.0, 4.0], rows()


@wrong("batch-norm-concrete-model", code="BATCHNORM.LAST_EPOCH")
def last_epoch():
    return fitted(stack(), answer=31.5), [34.0, 4.1, 4.5], rows()


@wrong("batch-norm-concrete-model", code="BATCHNORM.OTHER_EPOCH")
def list_of_another_run():
    return fitted(stack(), answer=33.0), [34.0, 4.1, 4.3], rows()


@wrong("batch-norm-concrete-model", code="TRAINED.SCORE")
def hardly_trained():
    return fitted(stack(), answer=2.0), [36.0, 34.0], rows()


@wrong("batch-norm-concrete-model", code="BATCHNORM.UNTRAINED", layer=0)
def never_trained():
    model = stack()
    model.compile(optimizer="sgd", loss="mae")
    return model, [36.0, 34.0], rows()


@wrong("batch-norm-concrete-model", code="COMPILE.MISSING")
def never_compiled():
    return stack(), [36.0, 34.0], rows()


# Exercise 5


def block(units, **settings):
    return layers.Dense(units, **{"use_bias": False, **settings})


def blocks(*steps):
    return keras.Sequential([keras.Input(shape=(11,)), *steps, layers.Dense(1)])


def norm():
    return layers.BatchNormalization()


@right("batch-norm-block-net")
def relu_as_layer():
    return blocks(block(64), norm(), layers.ReLU(), block(32), norm(), layers.ReLU())


@right("batch-norm-block-net")
def functional_blocks():
    inputs = keras.Input(shape=(11,))
    x = inputs
    for units in (64, 32):
        x = keras.ops.relu(norm()(block(units)(x)))
    return keras.Model(inputs, layers.Dense(1)(x))


@right("batch-norm-block-net")
def activation_by_name():
    first = [block(64), norm(), layers.Activation("relu")]
    return blocks(*first, block(32), norm(), layers.Activation(keras.activations.relu))


@wrong("batch-norm-block-net", code="BATCHNORM.BIAS_KEPT", layer=0)
def bias_kept():
    first = [layers.Dense(64), norm(), layers.ReLU()]
    return blocks(*first, layers.Dense(32), norm(), layers.ReLU())


@wrong("batch-norm-block-net", code="BATCHNORM.RELU_INSIDE", layer=0)
def relu_in_dense_and_after():
    first = [block(64, activation="relu"), norm(), layers.ReLU()]
    return blocks(*first, block(32, activation="relu"), norm(), layers.ReLU())


@wrong("batch-norm-block-net", code="BATCHNORM.AFTER_ACTIVATION", layer=1)
def normalization_last():
    first = [block(64, activation="relu"), norm()]
    return blocks(*first, block(32, activation="relu"), norm())


@wrong("batch-norm-block-net", code="BATCHNORM.AFTER_ACTIVATION")
def normalization_last_with_bias():
    first = [layers.Dense(64), layers.ReLU(), norm()]
    return blocks(*first, layers.Dense(32), layers.ReLU(), norm())


@wrong("batch-norm-block-net", code="LAYER.PROPERTY", layer=6)
def no_bias_on_the_output():
    first = [block(64), norm(), layers.ReLU()]
    hidden = [*first, block(32), norm(), layers.ReLU()]
    head = layers.Dense(1, use_bias=False)
    return keras.Sequential([keras.Input(shape=(11,)), *hidden, head])


@wrong("batch-norm-block-net", code="BATCHNORM.RELU_MISSING")
def one_activation_forgotten():
    return blocks(block(64), norm(), layers.ReLU(), block(32), norm())


# Exercise 6


def wine(*firsts, between=(), last=()):
    hidden = layers.Dense(64, activation="relu")
    steps = [*firsts, hidden, *between, layers.Dense(1), *last]
    return keras.Sequential([keras.Input(shape=(11,)), *steps])


@right("batch-norm-wine-net")
def first_layer():
    return wine(norm())


@right("batch-norm-wine-net")
def functional_scaler():
    inputs = keras.Input(shape=(11,))
    x = layers.Dense(64)(layers.BatchNormalization(momentum=0.95)(inputs))
    return keras.Model(inputs, layers.Dense(1)(layers.ReLU()(x)))


@wrong("batch-norm-wine-net", code="BATCHNORM.SCALER_LATE", layer=1)
def after_the_dense_layer():
    return wine(between=(norm(),))


@wrong("batch-norm-wine-net", code="BATCHNORM.SCALER_LATE", layer=2)
def on_the_output():
    return wine(last=(norm(),))


@wrong("batch-norm-wine-net", code="BATCHNORM.NORMALIZATION_NOT_ADAPTED", layer=0)
def normalization_not_adapted():
    return wine(layers.Normalization())


@wrong("batch-norm-wine-net", code="BATCHNORM.NORMALIZATION_LAYER", layer=0)
def normalization_adapted():
    scaler = layers.Normalization()
    scaler.adapt(np.random.default_rng(0).normal(5, 2, size=(32, 11)))
    return wine(scaler)


@wrong("batch-norm-wine-net", code="BATCHNORM.NORMALIZATION_LAYER", layer=0)
def normalization_with_constants():
    return wine(layers.Normalization(mean=[5.0] * 11, variance=[4.0] * 11))


@wrong("batch-norm-wine-net", code="LAYER.FROZEN", layer=0)
def frozen_scaler():
    scaler = norm()
    scaler.trainable = False
    return wine(scaler)


@wrong("batch-norm-wine-net", code="LAYER.EXTRA")
def two_scalers():
    return wine(norm(), between=(norm(),))


# Exercise 7: (one_row, shuffling, gamma_beta, covariate_shift)

RIGHT_OPTIONS = {
    "one_row": "moving",
    "shuffling": "neighbors",
    "gamma_beta": "trained",
    "covariate_shift": "contested",
}


def letters(**other):
    chosen = {**RIGHT_OPTIONS, **other}
    return tuple(
        batch_norm.statements.choices("", part=part).letter_of(option)
        for part, option in chosen.items()
    )


@right("batch-norm-statements")
def four_letters():
    return letters()


@right("batch-norm-statements")
def small_letters():
    return tuple(letter.lower() for letter in letters())


@wrong("batch-norm-statements", code="BATCHNORM.ONE_ROW_IMPOSSIBLE")
def a_row_has_no_variance():
    return letters(one_row="impossible")


@wrong("batch-norm-statements", code="BATCHNORM.LAST_BATCH_COUNTS")
def statistics_of_the_batch_before():
    return letters(one_row="last_batch")


@wrong("batch-norm-statements", code="BATCHNORM.SKIPPED_AT_INFERENCE")
def like_dropout():
    return letters(one_row="untouched")


@wrong("batch-norm-statements", code="BATCHNORM.BATCHES_ALIKE")
def no_shuffling():
    return letters(shuffling="not_needed")


@wrong("batch-norm-statements", code="BATCHNORM.FIXED_AFTER_EPOCH")
def fixed_averages():
    return letters(shuffling="first_epoch")


@wrong("batch-norm-statements", code="BATCHNORM.POSITION_COUNTS")
def position_in_the_batch():
    return letters(shuffling="order")


@wrong("batch-norm-statements", code="BATCHNORM.GAMMA_IS_STATISTIC")
def gamma_as_deviation():
    return letters(gamma_beta="statistics")


@wrong("batch-norm-statements", code="BATCHNORM.FIXED_AFTER_EPOCH")
def fixed_gamma():
    return letters(gamma_beta="fixed")


@wrong("batch-norm-statements", code="BATCHNORM.GAMMA_IN_TRAINING_ONLY")
def gamma_replaced():
    return letters(gamma_beta="training_only")


@wrong("batch-norm-statements", code="BATCHNORM.SHIFT_PROVED")
def shift_proved():
    return letters(covariate_shift="proved")


@wrong("batch-norm-statements", code="BATCHNORM.SHIFT_DISPROVES")
def no_gain():
    return letters(covariate_shift="no_help")


@wrong("batch-norm-statements", code="BATCHNORM.OTHER_SHIFT")
def shift_of_the_rows():
    return letters(covariate_shift="inputs")


# Exercise 8: (guess, measured, initial share, reason, cure)

MEASURED = {"batches": 93.0, "moving": 11.3, "quick": 64.0}


def short(guess=80, share=0.547, reason="not_arrived", cure="momentum", **other):
    measured = {**MEASURED, **other}
    picked = (
        batch_norm.short_run.choices("", part=part).letter_of(option)
        for part, option in (("reason", reason), ("cure", cure))
    )
    return guess, measured, share, *picked


@right("batch-norm-short-run")
def of_the_lesson():
    return short()


@right("batch-norm-short-run")
def unrounded_share():
    return short(guess=12.5, share=np.float32(0.99) ** 60)


@right("batch-norm-short-run")
def share_from_the_lesson():
    return short(guess=0, share=0.55)


@wrong("batch-norm-short-run", code="NUMBER.OUT_OF_RANGE")
def more_than_all():
    return short(guess=1200)


@wrong("batch-norm-short-run", code="BATCHNORM.CALLED_OVERFITTING")
def overfitting():
    return short(reason="overfitting")


@wrong("batch-norm-short-run", code="BATCHNORM.CALLED_A_BUG")
def a_bug():
    return short(reason="bug")


@wrong("batch-norm-short-run", code="BATCHNORM.CALLED_UNTRAINED")
def untrained():
    return short(reason="untrained")


@wrong("batch-norm-short-run", code="BATCHNORM.CURED_BY_DROPOUT")
def more_dropout():
    return short(cure="dropout")


@wrong("batch-norm-short-run", code="BATCHNORM.LONGER_MEMORY")
def longer_memory():
    return short(cure="higher")


@wrong("batch-norm-short-run", code="BATCHNORM.STOPS_EARLIER")
def early_stop():
    return short(cure="stop")


@wrong("batch-norm-short-run", code="BATCHNORM.FRACTION_FOR_PERCENT")
def fractions():
    return short(batches=0.93, moving=0.113, quick=0.64)


@wrong("batch-norm-short-run", code="BATCHNORM.ACCURACIES_SWAPPED")
def changed_places():
    return short(batches=11.3, moving=93.0)


@wrong("batch-norm-short-run", code="BATCHNORM.NOT_MEASURED")
def guessed_accuracies():
    return short(moving=35.0)


@wrong("batch-norm-short-run", code="BATCHNORM.SHARE_ARRIVED")
def what_has_arrived():
    return short(share=0.453)


@wrong("batch-norm-short-run", code="BATCHNORM.SHARE_LINEAR")
def a_hundredth_each():
    return short(share=0.4)


@wrong("batch-norm-short-run", code="NUMBER.PERCENT")
def share_in_percent():
    return short(share=54.7)


# Exercise 9


def on_paper(dy, x, gamma, beta, epsilon, **slip):
    """Return the three gradients, or what a slip makes of them."""
    variance = x.var(axis=0)
    width = np.sqrt(variance + epsilon)
    if slip.get("no_epsilon"):
        width = np.sqrt(variance)
    hat = (x - x.mean(axis=0)) / width
    mean = np.sum if slip.get("sums") else np.mean
    shared = np.zeros_like(x)
    if not slip.get("no_mean"):
        shared += mean(dy, axis=0)
    if not slip.get("no_variance"):
        shared += hat * mean(dy * hat, axis=0)
    scale = 1 if slip.get("no_gamma") else gamma
    total = np.mean if slip.get("means") else np.sum
    seen = x if slip.get("raw") else gamma * hat if slip.get("output") else hat
    return scale / width * (dy - shared), total(dy * seen, axis=0), total(dy, axis=0)


def back(**slip):
    def backward(*args):
        return on_paper(*args, **slip)

    return backward


@right("batch-norm-backward")
def three_terms():
    return on_paper


@right("batch-norm-backward")
def step_by_step():
    def backward(dy, x, gamma, beta, epsilon):
        m = len(x)
        centered = x - x.mean(axis=0)
        inverse = 1 / np.sqrt((centered**2).mean(axis=0) + epsilon)
        dhat = dy * gamma
        dvariance = (dhat * centered).sum(axis=0) * -0.5 * inverse**3
        dmean = -(dhat * inverse).sum(axis=0) + dvariance * -2 * centered.mean(axis=0)
        dx = dhat * inverse + dvariance * 2 * centered / m + dmean / m
        return {
            "dx": dx,
            "dgamma": (dy * centered * inverse).sum(axis=0),
            "dbeta": dy.sum(axis=0),
        }

    return backward


@right("batch-norm-backward")
def by_tape():
    def backward(dy, x, gamma, beta, epsilon):
        inputs = [tf.Variable(one) for one in (x, gamma, beta)]
        with tf.GradientTape() as tape:
            mean, variance = tf.nn.moments(inputs[0], [0])
            y = tf.nn.batch_normalization(
                inputs[0], mean, variance, inputs[2], inputs[1], epsilon
            )
            total = tf.reduce_sum(y * dy)
        return tuple(one.numpy() for one in tape.gradient(total, inputs))

    return backward


@right("batch-norm-backward")
def by_a_matrix():
    def backward(dy, x, gamma, beta, epsilon):
        m, columns = x.shape
        dx = np.empty_like(x)
        center = np.eye(m) - np.ones((m, m)) / m
        for c in range(columns):
            width = np.sqrt(x[:, c].var() + epsilon)
            hat = center @ x[:, c] / width
            slopes = gamma[c] / width * (center - np.outer(hat, hat) / m)
            dx[:, c] = slopes.T @ dy[:, c]
        hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + epsilon)
        return dx, np.einsum("rc,rc->c", dy, hat), dy.sum(axis=0)

    return backward


@wrong("batch-norm-backward", code="BATCHNORM.STATISTICS_CONSTANT")
def statistics_as_constants():
    return back(no_mean=True, no_variance=True)


@wrong("batch-norm-backward", code="BATCHNORM.MEAN_CONSTANT")
def mean_as_constant():
    return back(no_mean=True)


@wrong("batch-norm-backward", code="BATCHNORM.VARIANCE_CONSTANT")
def variance_as_constant():
    return back(no_variance=True)


@wrong("batch-norm-backward", code="BATCHNORM.MEANS_FOR_SUMS")
def gamma_by_a_mean():
    return back(means=True)


@wrong("batch-norm-backward", code="BATCHNORM.NO_EPSILON_BACK")
def no_epsilon():
    return back(no_epsilon=True)


@wrong("batch-norm-backward", code="BATCHNORM.SUMS_FOR_MEANS")
def sums_in_dx():
    return back(sums=True)


@wrong("batch-norm-backward", code="BATCHNORM.GAMMA_NOT_ON_THE_WAY")
def gamma_forgotten():
    return back(no_gamma=True)


@wrong("batch-norm-backward", code="BATCHNORM.GAMMA_OF_RAW")
def raw_in_dgamma():
    return back(raw=True)


@wrong("batch-norm-backward", code="BATCHNORM.GAMMA_OF_OUTPUT")
def output_in_dgamma():
    return back(output=True)


@wrong("batch-norm-backward", code="GRADIENT.SHAPE")
def not_summed():
    def backward(dy, x, gamma, beta, epsilon):
        dx, _, dbeta = on_paper(dy, x, gamma, beta, epsilon)
        return dx, dy * x, dbeta

    return backward


@wrong("batch-norm-backward", code="GRADIENT.ORDER")
def beta_before_gamma():
    def backward(*args):
        dx, dgamma, dbeta = on_paper(*args)
        return dx, dbeta, dgamma

    return backward


@wrong("batch-norm-backward", code="FUNCTION.WRONG_COUNT")
def input_only():
    return lambda *args: on_paper(*args)[0]
