"""Right variants and wrong answers of lesson 10."""

import os
import tempfile

import keras
import numpy as np
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
