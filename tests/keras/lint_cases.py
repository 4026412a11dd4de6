"""One wrong and one right example per lint rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers as L
from keras import losses, metrics, optimizers, regularizers

RNG = np.random.default_rng(0)
ROWS = 4_000


@dataclass(frozen=True)
class Case:
    """A rule, a model that it finds, and one that it leaves alone.

    Attributes:
        code: Code of the rule without LINT.
        wrong: Builds the model that is found, with its data or None.
        right: Builds its mended twin.
        also: Further errors and warnings of the wrong one that are right, too.
    """

    code: str
    wrong: Callable[[], tuple[Any, Any]]
    right: Callable[[], tuple[Any, Any]]
    also: frozenset[str] = frozenset()


CASES: list[Case] = []


def case(code: str, *, also: tuple[str, ...] = ()) -> Callable[[Any], Any]:
    """Register a class with two functions, `wrong` and `right`."""

    def register(cls: Any) -> Any:
        def pair(build: Any) -> Callable[[], tuple[Any, Any]]:
            def made() -> tuple[Any, Any]:
                found = build()
                return found if isinstance(found, tuple) else (found, None)

            return made

        CASES.append(Case(code, pair(cls.wrong), pair(cls.right), frozenset(also)))
        return cls

    return register


def net(*stack: Any, shape: tuple[int, ...] = (8,), loss: Any = "mse", **how: Any):
    """Return a compiled Sequential."""
    model = keras.Sequential([keras.Input(shape), *stack])
    model.compile(how.pop("optimizer", "adam"), loss, **how)
    return model


def hidden() -> Any:
    return L.Dense(16, "relu")


def table(columns: int = 8, rows: int = ROWS) -> np.ndarray:
    return RNG.normal(size=(rows, columns)).astype("float32")


def numbers(rows: int = ROWS) -> np.ndarray:
    return RNG.normal(size=(rows,)).astype("float32")


def classes(count: int = 3, rows: int = ROWS) -> np.ndarray:
    return np.arange(rows) % count


def one_hot(count: int = 3, rows: int = ROWS) -> np.ndarray:
    return keras.utils.to_categorical(classes(count, rows), count)


SPARSE = "sparse_categorical_crossentropy"
CATEGORICAL = "categorical_crossentropy"
BINARY = "binary_crossentropy"


# Heads


@case("SOFTMAX_WITH_LOGITS")
class _:
    def wrong():
        loss = losses.SparseCategoricalCrossentropy(from_logits=True)
        return net(hidden(), L.Dense(3, "softmax"), loss=loss)

    def right():
        loss = losses.SparseCategoricalCrossentropy(from_logits=True)
        return net(hidden(), L.Dense(3), loss=loss)


@case("SOFTMAX_WITH_LOGITS")
class _:
    """As a layer of its own, with dropout between; and a sigmoid."""

    def wrong():
        loss = losses.BinaryCrossentropy(from_logits=True)
        return net(hidden(), L.Dense(1), L.Activation("sigmoid"), loss=loss)

    def right():
        return net(hidden(), L.Dense(1), L.Activation("sigmoid"), loss=BINARY)


@case("LOGITS_WITHOUT_FLAG")
class _:
    def wrong():
        return net(hidden(), L.Dense(3), loss=SPARSE)

    def right():
        return net(hidden(), L.Dense(3), L.Softmax(), loss=SPARSE)


@case("LOGITS_WITHOUT_FLAG")
class _:
    """Softmax as an operation counts as softmax."""

    def wrong():
        x = keras.Input((8,))
        model = keras.Model(x, L.Dense(3, name="head")(hidden()(x)))
        model.compile("adam", {"head": losses.CategoricalCrossentropy()})
        return model

    def right():
        x = keras.Input((8,))
        model = keras.Model(x, keras.ops.softmax(L.Dense(3)(hidden()(x))))
        model.compile("adam", losses.CategoricalCrossentropy())
        return model


@case("HEAD_NOT_PROBABILITY")
class _:
    def wrong():
        return net(hidden(), L.Dense(1, "tanh"), loss=BINARY)

    def right():
        return net(hidden(), L.Dense(1, "sigmoid"), loss=BINARY)


@case("ONE_CLASS_LOSS")
class _:
    def wrong():
        return net(hidden(), L.Dense(1, "sigmoid"), loss=SPARSE)

    def right():
        return net(hidden(), L.Dense(2, "softmax"), loss=SPARSE)


@case("SIGMOID_WITH_CATEGORICAL")
class _:
    def wrong():
        return net(hidden(), L.Dense(3, "sigmoid"), loss=CATEGORICAL)

    def right():
        return net(hidden(), L.Dense(3, "sigmoid"), loss=BINARY)


@case("SOFTMAX_WITH_BINARY")
class _:
    def wrong():
        return net(hidden(), L.Dense(3, "softmax"), loss="bce")

    def right():
        return net(hidden(), L.Dense(3, "softmax"), loss=CATEGORICAL)


@case("SOFTMAX_WITH_REGRESSION")
class _:
    def wrong():
        return net(hidden(), L.Dense(3, "softmax"), loss="mse")

    def right():
        return net(hidden(), L.Dense(3, "sigmoid"), loss="mse")  # an autoencoder


@case("RELU_ON_REGRESSION")
class _:
    def wrong():
        return net(hidden(), L.Dense(1), L.ReLU(), loss="mae")

    def right():
        return net(hidden(), L.Dense(1, "softplus"), loss="mae")


@case("BATCHNORM_ON_OUTPUT")
class _:
    def wrong():
        return net(hidden(), L.Dense(1, use_bias=False), L.BatchNormalization())

    def right():
        return net(L.Dense(16), L.BatchNormalization(), L.ReLU(), L.Dense(1))


@case("BATCHNORM_ON_OUTPUT")
class _:
    def wrong():
        last = (L.Dense(3), L.BatchNormalization(), L.Softmax())
        return net(hidden(), *last, loss=SPARSE)

    def right():
        """A feature extractor is not trained as it stands."""
        last = (L.Conv2D(4, 3), L.BatchNormalization(), L.ReLU())
        return keras.Sequential([keras.Input((8, 8, 3)), *last])


@case("DROPOUT_ON_OUTPUT")
class _:
    def wrong():
        return net(hidden(), L.Dense(1), L.Dropout(0.2))

    def right():
        return net(hidden(), L.Dropout(0.2), L.Dense(1))


@case("DROPOUT_ON_OUTPUT")
class _:
    def wrong():
        last = (L.Dense(3), L.Dropout(0.5), L.Softmax())
        return net(hidden(), *last, loss=SPARSE)

    def right():
        return net(hidden(), L.Dense(3), L.Dropout(0.0), L.Softmax(), loss=SPARSE)


# Labels


@case("LABELS_OUT_OF_RANGE")
class _:
    def wrong():
        model = net(hidden(), L.Dense(3, "softmax"), loss=SPARSE)
        return model, (table(), classes(3) + 1)

    def right():
        model = net(hidden(), L.Dense(3, "softmax"), loss=SPARSE)
        return model, (table(), classes(3))


@case("LABELS_OUT_OF_RANGE")
class _:
    def wrong():
        model = net(hidden(), L.Dense(3, "softmax"), loss=SPARSE)
        return model, (table(), classes(3) - 1)

    def right():
        loss = losses.SparseCategoricalCrossentropy(ignore_class=-1)
        model = net(hidden(), L.Dense(3, "softmax"), loss=loss)
        return model, (table(), classes(3) - 1)


@case("ONE_HOT_WITH_SPARSE")
class _:
    def wrong():
        model = net(hidden(), L.Dense(3, "softmax"), loss=SPARSE)
        return model, (table(), one_hot())

    def right():
        model = net(hidden(), L.Dense(3, "softmax"), loss=CATEGORICAL)
        return model, (table(), one_hot())


@case("NUMBERS_WITH_CATEGORICAL")
class _:
    def wrong():
        model = net(hidden(), L.Dense(3, "softmax"), loss=CATEGORICAL)
        return model, (table(), classes())

    def right():
        model = net(hidden(), L.Dense(3, "softmax"), loss=SPARSE)
        return model, (table(), classes()[:, None])


@case("BINARY_LABELS")
class _:
    def wrong():
        model = net(hidden(), L.Dense(1, "sigmoid"), loss=BINARY)
        return model, (table(), 2 * classes(2) - 1)

    def right():
        model = net(hidden(), L.Dense(1, "sigmoid"), loss=BINARY)
        return model, (table(), classes(2))


@case("TARGETS_OUT_OF_REACH")
class _:
    def wrong():
        return net(hidden(), L.Dense(1, "sigmoid")), (table(), 10 * numbers())

    def right():
        return net(hidden(), L.Dense(1, "sigmoid")), (table(), classes(2) / 1.0)


@case("TARGET_SHAPE")
class _:
    def wrong():
        return net(hidden(), L.Dense(5)), (table(), numbers())

    def right():
        return net(hidden(), L.Dense(1)), (table(), numbers())


@case("TARGET_SHAPE")
class _:
    def wrong():
        return net(hidden(), L.Dense(1)), (table(), table(3))

    def right():
        model = net(L.LSTM(4, return_sequences=True), L.Dense(1), shape=(5, 2))
        return model, (RNG.normal(size=(ROWS, 5, 2)), table(5))


@case("ONE_TARGET")
class _:
    def wrong():
        return net(hidden(), L.Dense(1)), (table(), np.zeros(ROWS))

    def right():
        return net(hidden(), L.Dense(1)), (table(), numbers()[:, None])


# Metrics


@case("ACCURACY_ON_REGRESSION")
class _:
    def wrong():
        return net(hidden(), L.Dense(1), metrics=["acc"])

    def right():
        return net(hidden(), L.Dense(1), metrics=["mae"])


@case("EXACT_ACCURACY")
class _:
    def wrong():
        head = L.Dense(1, "sigmoid")
        return net(hidden(), head, loss=BINARY, metrics=[metrics.Accuracy()])

    def right():
        head = L.Dense(1, "sigmoid")
        return net(hidden(), head, loss=BINARY, metrics=["accuracy"])


@case("WRONG_ACCURACY")
class _:
    def wrong():
        head = L.Dense(3, "softmax")
        return net(hidden(), head, loss=SPARSE, metrics=["categorical_accuracy"])

    def right():
        head = L.Dense(3, "softmax")
        return net(hidden(), head, loss=CATEGORICAL, metrics=["categorical_accuracy"])


@case("WRONG_ACCURACY")
class _:
    def wrong():
        head = L.Dense(3, "softmax")
        found = [metrics.SparseCategoricalAccuracy()]
        return net(hidden(), head, loss=CATEGORICAL, metrics=found)

    def right():
        head = L.Dense(3, "softmax")
        found = [metrics.SparseCategoricalAccuracy()]
        return net(hidden(), head, loss=SPARSE, metrics=found)


@case("THRESHOLD_ON_LOGITS")
class _:
    def wrong():
        loss = losses.BinaryCrossentropy(from_logits=True)
        return net(hidden(), L.Dense(1), loss=loss, metrics=["accuracy"])

    def right():
        loss = losses.BinaryCrossentropy(from_logits=True)
        fitting = [metrics.BinaryAccuracy(threshold=0), metrics.AUC(from_logits=True)]
        return net(hidden(), L.Dense(1), loss=loss, metrics=fitting)


# Compiling


@case("NOT_COMPILED")
class _:
    def wrong():
        return keras.Sequential([keras.Input((8,)), hidden(), L.Dense(1)])

    def right():
        return net(hidden(), L.Dense(1))


@case("LEARNING_RATE_ZERO")
class _:
    def wrong():
        return net(hidden(), L.Dense(1), optimizer=optimizers.Adam(0.0))

    def right():
        return net(hidden(), L.Dense(1), optimizer=optimizers.Adam())


@case("LEARNING_RATE")
class _:
    def wrong():
        return net(hidden(), L.Dense(1), optimizer=optimizers.Adam(1.0))

    def right():
        """A schedule is no single number."""
        rate = optimizers.schedules.ExponentialDecay(5.0, 10, 0.1)
        return net(hidden(), L.Dense(1), optimizer=optimizers.SGD(rate))


@case("ADADELTA_RATE")
class _:
    def wrong():
        return net(hidden(), L.Dense(1), optimizer="adadelta")

    def right():
        return net(hidden(), L.Dense(1), optimizer=optimizers.Adadelta(1.0))


# Data


@case("NAN_IN_DATA")
class _:
    def wrong():
        inputs = table()
        inputs[3, 2] = np.nan
        return net(hidden(), L.Dense(1)), (inputs, numbers())

    def right():
        return net(hidden(), L.Dense(1)), (table(), numbers())


@case("DATA_DOES_NOT_FIT")
class _:
    def wrong():
        return net(hidden(), L.Dense(1)), (table(5), numbers())

    def right():
        """Keras adds a last axis of length 1."""
        model = net(L.Conv2D(4, 3), L.Flatten(), L.Dense(1), shape=(6, 6, 1))
        return model, (RNG.normal(size=(ROWS, 6, 6)), numbers())


def pictures() -> np.ndarray:
    return RNG.integers(0, 256, size=(ROWS, 6, 6, 1)).astype("uint8")


@case("INPUT_NOT_SCALED")
class _:
    def wrong():
        model = net(L.Flatten(), hidden(), L.Dense(1), shape=(6, 6, 1))
        return model, (pictures(), numbers())

    def right():
        scaled = (L.Rescaling(1 / 255), L.Flatten(), hidden(), L.Dense(1))
        return net(*scaled, shape=(6, 6, 1)), (pictures(), numbers())


@case("COLUMNS_DIFFER")
class _:
    def wrong():
        return net(hidden(), L.Dense(1)), (table() * np.geomspace(0.01, 10, 8), None)

    def right():
        norm = L.BatchNormalization()
        model = net(norm, hidden(), L.Dense(1))
        return model, (table() * np.geomspace(0.01, 10, 8), None)


@case("TOKENS_OUT_OF_RANGE")
class _:
    def wrong():
        stack = (L.Embedding(10, 4), L.GlobalAveragePooling1D(), L.Dense(1))
        return net(*stack, shape=(5,)), (RNG.integers(1, 11, (ROWS, 5)), numbers())

    def right():
        stack = (L.Embedding(11, 4), L.GlobalAveragePooling1D(), L.Dense(1))
        return net(*stack, shape=(5,)), (RNG.integers(1, 11, (ROWS, 5)), numbers())


@case("CONSTANT_COLUMNS")
class _:
    def wrong():
        inputs = table()
        inputs[:, 4] = 7
        return net(hidden(), L.Dense(1)), (inputs, numbers())

    def right():
        return net(hidden(), L.Dense(1)), (table(), numbers())


@case("MANY_PARAMETERS")
class _:
    def wrong():
        return net(L.Dense(500, "relu"), L.Dense(1)), (table(rows=10), numbers(10))

    def right():
        return net(L.Dense(500, "relu"), L.Dense(1)), (table(), numbers())


@case("BATCHNORM_SHORT_RUN")
class _:
    def wrong():
        model = net(L.BatchNormalization(), hidden(), L.Dense(1))
        return model, (table(rows=300), numbers(300))

    def right():
        model = net(L.BatchNormalization(momentum=0.8), hidden(), L.Dense(1))
        return model, (table(rows=300), numbers(300))


# Activations


@case("SOFTMAX_ONE_UNIT")
class _:
    def wrong():
        return net(hidden(), L.Dense(1, "softmax"), loss=BINARY)

    def right():
        return net(hidden(), L.Dense(1, "sigmoid"), loss=BINARY)


@case("SOFTMAX_TWICE")
class _:
    def wrong():
        return net(hidden(), L.Dense(3, "softmax"), L.Softmax(), loss=SPARSE)

    def right():
        return net(hidden(), L.Dense(3), L.Softmax(), loss=SPARSE)


@case("DOUBLE_ACTIVATION")
class _:
    def wrong():
        return net(L.Dense(16, "relu"), L.Activation("tanh"), L.Dense(1))

    def right():
        return net(L.Dense(16, "linear"), L.Activation("tanh"), L.Dense(1))


@case("HIDDEN_SOFTMAX")
class _:
    def wrong():
        return net(L.Dense(16, "softmax"), L.Dropout(0.1), L.Dense(1))

    def right():
        """A gate: softmax weighs what other layers say."""
        x = keras.Input((8,))
        gate = L.Dense(16, "softmax")(x)
        model = keras.Model(x, L.Dense(1)(L.Multiply()([gate, hidden()(x)])))
        model.compile("adam", "mse")
        return model


@case("LINEAR_STACK")
class _:
    def wrong():
        return net(L.Dense(16), L.Dropout(0.1), L.Dense(16, "relu"), L.Dense(1))

    def right():
        """A narrow linear layer between wider ones is a low-rank map."""
        return net(L.Dense(2), L.Dense(16, "relu"), L.Dense(1))


@case("SIGMOID_STACK")
class _:
    def wrong():
        stack = [L.Dense(16, "sigmoid") for _ in range(2)]
        return net(*stack, L.Dense(16), L.Activation("sigmoid"), L.Dense(1))

    def right():
        stack = []
        for _ in range(3):
            stack += [L.Dense(16, "sigmoid"), L.BatchNormalization()]
        return net(*stack, L.Dense(1, "sigmoid"), loss=BINARY)


# Blocks


@case("DROPOUT_BEFORE_BATCHNORM")
class _:
    def wrong():
        norm = (L.Dense(16), L.BatchNormalization(), L.ReLU())
        return net(hidden(), L.Dropout(0.3), *norm, L.Dense(1))

    def right():
        """Stochastic depth drops the branch of a residual block."""
        x = keras.Input((8, 8, 4))
        y = L.Conv2D(4, 3, padding="same", use_bias=False)(x)
        y = L.Dropout(0.2, noise_shape=(None, 1, 1, 1))(L.BatchNormalization()(y))
        y = L.BatchNormalization()(L.Add()([x, y]))
        model = keras.Model(x, L.Dense(1)(L.GlobalAveragePooling2D()(y)))
        model.compile("adam", "mse")
        return model


@case("BIAS_BEFORE_BATCHNORM")
class _:
    def wrong():
        return net(L.Dense(16), L.BatchNormalization(), L.ReLU(), L.Dense(1))

    def right():
        first = L.Dense(16, use_bias=False)
        return net(first, L.BatchNormalization(), L.ReLU(), L.Dense(1))


@case("FLATTEN_LARGE")
class _:
    def wrong():
        stack = (L.Conv2D(16, 3, activation="relu"), L.Flatten(), L.Dense(64, "relu"))
        return net(*stack, L.Dense(1), shape=(20, 20, 1))

    def right():
        stack = (L.Conv2D(16, 3, activation="relu"), L.GlobalAveragePooling2D())
        return net(*stack, L.Dense(64, "relu"), L.Dense(1), shape=(20, 20, 1))


@case("DENSE_WITHOUT_FLATTEN")
class _:
    def wrong():
        return net(L.Dense(16, "relu"), L.Flatten(), L.Dense(1), shape=(28, 28))

    def right():
        return net(L.Flatten(), L.Dense(16, "relu"), L.Dense(1), shape=(28, 28))


@case("ONE_UNIT_BOTTLENECK")
class _:
    def wrong():
        return net(hidden(), L.Dense(1), L.Activation("relu"), hidden(), L.Dense(2))

    def right():
        """A score for attention has a way around it."""
        x = keras.Input((8,))
        features = hidden()(x)
        score = L.Dense(1, "sigmoid")(features)
        joined = L.Multiply()([features, score])
        model = keras.Model(x, L.Dense(2)(joined))
        model.compile("adam", "mse")
        return model


@case("RESCALED_TWICE")
class _:
    def wrong():
        stack = (L.Rescaling(1 / 255), L.Rescaling(1 / 255), L.Flatten())
        return net(*stack, L.Dense(1), shape=(6, 6, 1))

    def right():
        stack = (L.Rescaling(1 / 255), L.Rescaling(2.0, offset=-1.0), L.Flatten())
        return net(*stack, L.Dense(1), shape=(6, 6, 1))


@case("RESCALED_TWICE")
class _:
    """Once in the data, once in the model."""

    def wrong():
        model = net(L.Flatten(), L.Rescaling(1 / 255), L.Dense(1), shape=(6, 6, 1))
        return model, (pictures() / 255, numbers())

    def right():
        model = net(L.Flatten(), L.Rescaling(1 / 255), L.Dense(1), shape=(6, 6, 1))
        return model, (pictures(), numbers())


@case("UNUSED_INPUT")
class _:
    def wrong():
        x, unused = keras.Input((8,)), keras.Input((3,))
        model = keras.Model([x, unused], L.Dense(1)(hidden()(x)))
        model.compile("adam", "mse")
        return model

    def right():
        x, other = keras.Input((8,)), keras.Input((3,))
        joined = L.Concatenate()([x, other])
        model = keras.Model([x, other], L.Dense(1)(hidden()(joined)))
        model.compile("adam", "mse")
        return model


class OneIdle(keras.Model):
    """Owns a layer that it calls only if it is told so."""

    def __init__(self, uses: bool) -> None:
        super().__init__()
        self.first, self.drop = L.Dense(16, "relu"), L.Dropout(0.5)
        self.last, self.uses = L.Dense(1), uses

    def call(self, x, training=None):
        x = self.first(x)
        return self.last(self.drop(x, training=training) if self.uses else x)


def idle(uses: bool) -> Any:
    model = OneIdle(uses)
    model.compile("adam", "mse")
    return model, (table(), numbers())


@case("DEAD_LAYER")
class _:
    def wrong():
        return idle(False)

    def right():
        return idle(True)


@case("RELU_RECURRENT")
class _:
    def wrong():
        return net(L.LSTM(4, activation="relu"), L.Dense(1), shape=(5, 2))

    def right():
        return net(L.LSTM(4), L.Dense(1), shape=(5, 2))


# Sizes


@case("STRIDE_SKIPS")
class _:
    def wrong():
        stack = (L.Conv2D(4, 2, strides=3, activation="relu"), L.Flatten())
        return net(*stack, L.Dense(1), shape=(8, 8, 1))

    def right():
        stack = (L.Conv2D(4, 3, strides=3, activation="relu"), L.Flatten())
        return net(*stack, L.Dense(1), shape=(9, 9, 1))


@case("POINTWISE_STRIDE")
class _:
    def wrong():
        stack = (L.Conv2D(4, 1, strides=2, activation="relu"), L.Flatten())
        return net(*stack, L.Dense(1), shape=(8, 8, 1))

    def right():
        stack = (L.AveragePooling2D(2), L.Conv2D(4, 1, activation="relu"), L.Flatten())
        return net(*stack, L.Dense(1), shape=(8, 8, 1))


@case("CUT_OFF")
class _:
    def wrong():
        return net(L.MaxPooling2D(2), L.Flatten(), L.Dense(1), shape=(13, 13, 1))

    def right():
        pool = L.MaxPooling2D(2, padding="same")
        return net(pool, L.Flatten(), L.Dense(1), shape=(13, 13, 1))


@case("KERNEL_LARGER_THAN_MAP")
class _:
    def wrong():
        conv = L.Conv2D(4, 5, padding="same", activation="relu")
        return net(conv, L.Flatten(), L.Dense(1), shape=(2, 2, 3))

    def right():
        conv = L.Conv2D(4, 3, padding="same", activation="relu")
        return net(conv, L.Flatten(), L.Dense(1), shape=(2, 2, 3))


# Modes


@case("DROPOUT_RATE_HIGH")
class _:
    def wrong():
        return net(hidden(), L.Dropout(0.8), L.Dense(1))

    def right():
        return net(hidden(), L.Dropout(0.5), L.Dense(1))


@case("DROPOUT_RATE_ZERO")
class _:
    def wrong():
        return net(hidden(), L.Dropout(0), L.Dense(1))

    def right():
        return net(hidden(), L.Dropout(0.1), L.Dense(1))


def called(layer: Any, shape: tuple[int, ...] = (8,), **how: Any) -> Any:
    """Return a model in which one layer is called in a certain way."""
    x = keras.Input(shape)
    y = layer(x, **how)
    if len(shape) > 1:
        y = L.Flatten()(y)
    model = keras.Model(x, L.Dense(1)(y))
    model.compile("adam", "mse")
    return model


@case("DROPOUT_ALWAYS_ON")
class _:
    def wrong():
        return called(L.Dropout(0.5), training=True)

    def right():
        return called(L.Dropout(0.5))


class Augmented(keras.Model):
    """Flips pictures, and says when or does not."""

    def __init__(self, **how: Any) -> None:
        super().__init__()
        self.flip, self.flat, self.last = L.RandomFlip(), L.Flatten(), L.Dense(1)
        self.how = how

    def call(self, x):
        return self.last(self.flat(self.flip(x, **self.how)))


def augmented(**how: Any) -> Any:
    model = Augmented(**how)
    model.compile("adam", "mse")
    return model, (RNG.normal(size=(ROWS, 6, 6, 1)), numbers())


@case("AUGMENTATION_ALWAYS_ON")
class _:
    def wrong():
        return augmented(training=True)

    def right():
        return augmented()


@case("AUGMENTATION_IN_CALL")
class _:
    def wrong():
        return called(L.RandomFlip(), (8, 8, 3))

    def right():
        return called(L.CenterCrop(4, 4), (8, 8, 3))


@case("BATCHNORM_ALWAYS_TRAINING")
class _:
    def wrong():
        return called(L.BatchNormalization(), training=True)

    def right():
        """Frozen, it uses what it stored whatever it is told."""
        norm = L.BatchNormalization()
        model = called(norm, training=True)
        norm.moving_mean.assign(np.arange(8.0))
        norm.trainable = False
        model.compile("adam", "mse")
        return model


@case("FROZEN_UNTRAINED")
class _:
    def wrong():
        return called(L.BatchNormalization(trainable=False))

    def right():
        norm = L.BatchNormalization(trainable=False)
        model = called(norm)
        norm.moving_variance.assign(np.arange(1.0, 9.0))
        return model


@case("NORMALIZATION_NOT_ADAPTED")
class _:
    def wrong():
        norm = L.Normalization()
        norm.build((None, 8))
        return net(norm, L.Dense(1))

    def right():
        norm = L.Normalization()
        norm.adapt(table() + 3)
        return net(norm, L.Dense(1))


@case("NOTHING_TRAINS")
class _:
    def wrong():
        return net(L.Dense(16, "relu", trainable=False), L.Dense(1, trainable=False))

    def right():
        return net(L.Dense(16, "relu", trainable=False), L.Dense(1))


# Weights


@case("NAN_WEIGHTS")
class _:
    def wrong():
        model = net(hidden(), L.Dense(1))
        model.layers[0].bias.assign(np.full(16, np.nan))
        return model

    def right():
        return net(hidden(), L.Dense(1))


@case("DEAD_RELU")
class _:
    def wrong():
        return net(L.Dense(16, "relu", kernel_initializer="zeros"), L.Dense(1))

    def right():
        """A head may start at zero."""
        return net(hidden(), L.Dense(3, kernel_initializer="zeros"))


@case("EQUAL_UNITS")
class _:
    def wrong():
        return net(L.Dense(16, "relu", kernel_initializer="ones"), L.Dense(1))

    def right():
        """The last layer of a residual branch may start at zero."""
        x = keras.Input((8,))
        y = L.Dense(8, kernel_initializer="zeros")(hidden()(x))
        model = keras.Model(x, L.Dense(1)(L.Add()([x, y])))
        model.compile("adam", "mse")
        return model


@case("REGULARIZER_HUGE")
class _:
    def wrong():
        strong = regularizers.L2(1.0)
        return net(L.Dense(16, "relu", kernel_regularizer=strong), L.Dense(1))

    def right():
        mild = regularizers.L1L2(1e-4, 1e-4)
        return net(L.Dense(16, "relu", kernel_regularizer=mild), L.Dense(1))


@case("BIAS_REGULARIZED")
class _:
    def wrong():
        return net(L.Dense(16, "relu", bias_regularizer="l2"), L.Dense(1))

    def right():
        return net(L.Dense(16, "relu", kernel_regularizer="l2"), L.Dense(1))


@case("FLOAT16_OUTPUT")
class _:
    def wrong():
        head = L.Dense(3, "softmax", dtype="mixed_float16")
        return net(hidden(), head, loss=SPARSE)

    def right():
        body = L.Dense(16, "relu", dtype="mixed_float16")
        return net(body, L.Dense(3), L.Softmax(dtype="float32"), loss=SPARSE)


# Cousins: the same rules where a model is written otherwise


@case("SOFTMAX_WITH_LOGITS")
class _:
    """An operation without any layer."""

    def wrong():
        x = keras.Input((3,))
        model = keras.Model(x, keras.ops.softmax(x))
        model.compile("adam", losses.CategoricalCrossentropy(from_logits=True))
        return model

    def right():
        x = keras.Input((3,))
        model = keras.Model(x, keras.ops.softmax(x))
        model.compile("adam", losses.CategoricalCrossentropy())
        return model


@case("HIDDEN_SOFTMAX")
class _:
    """With a normalization between."""

    def wrong():
        return net(L.Dense(16, "softmax"), L.BatchNormalization(), L.Dense(1))

    def right():
        return net(L.Dense(16, "relu"), L.BatchNormalization(), L.Dense(1))


@case("TARGET_SHAPE")
class _:
    def wrong():
        return net(hidden(), L.Dense(3)), (table(), table(2))

    def right():
        """Keras drops a last axis of length 1 of the targets."""
        model = net(L.LSTM(4), L.Dense(5), shape=(5, 2))
        return model, (RNG.normal(size=(ROWS, 5, 2)), table(5)[..., None])


@case("DATA_DOES_NOT_FIT")
class _:
    def wrong():
        stack = (L.Conv2D(4, 3), L.Flatten(), L.Dense(1))
        return net(*stack, shape=(6, 6, 1)), (RNG.normal(size=(ROWS, 36)), numbers())

    def right():
        model = net(hidden(), L.Dense(1))
        return model, (table()[..., None], numbers())


@case("MANY_PARAMETERS")
class _:
    """A batch of a frozen normalization is no short run."""

    def wrong():
        norm = L.BatchNormalization(trainable=False)
        model = net(L.Dense(500, "relu"), norm, L.Dense(1))
        norm.moving_mean.assign(np.arange(500.0))
        return model, (table(rows=10), numbers(10))

    def right():
        return net(L.Dense(50, "relu"), L.Dense(1)), (table(), numbers())


@case("DROPOUT_BEFORE_BATCHNORM")
class _:
    """A branch that is dropped before it is added: SpatialDropout on a copy."""

    def wrong():
        stack = (L.Conv2D(4, 3, activation="relu"), L.SpatialDropout2D(0.2))
        more = (L.Conv2D(4, 3, use_bias=False), L.BatchNormalization(), L.ReLU())
        return net(*stack, *more, L.Flatten(), L.Dense(1), shape=(8, 8, 1))

    def right():
        x = keras.Input((8,))
        branch = L.Dropout(0.2)(L.Dense(8, "relu")(x))
        joined = L.BatchNormalization()(L.Add()([x, branch]))
        model = keras.Model(x, L.Dense(1)(joined))
        model.compile("adam", "mse")
        return model


@case("NORMALIZATION_NOT_ADAPTED")
class _:
    def wrong():
        norm = L.Normalization()
        norm.build((None, 8))
        return net(norm, hidden(), L.Dense(1))

    def right():
        """Mean and variance can be given."""
        return net(L.Normalization(mean=1.0, variance=4.0), hidden(), L.Dense(1))


@case("TOKENS_OUT_OF_RANGE")
class _:
    """Beside an input of numbers."""

    def wrong():
        return words(10)

    def right():
        return words(11)


def words(rows: int) -> Any:
    tokens, numbers_ = keras.Input((5,), dtype="int32"), keras.Input((4,))
    read = L.GlobalAveragePooling1D()(L.Embedding(rows, 4)(tokens))
    joined = L.Concatenate()([read, keras.ops.sin(numbers_)])
    model = keras.Model([tokens, numbers_], L.Dense(1)(joined))
    model.compile("adam", "mse")
    inputs = [RNG.integers(1, 11, (ROWS, 5)), table(4)]
    return model, (inputs, numbers())


@case("NOTHING_TRAINS")
class _:
    def wrong():
        return net(L.Conv1D(4, 3, trainable=False), shape=(5, 2))

    def right():
        """What was never meant to be trained is not frozen."""
        norm = L.Normalization()
        norm.adapt(table() + 3)
        return net(norm, L.Flatten())


@case("DOUBLE_ACTIVATION")
class _:
    """As operations between layers."""

    def wrong():
        x = keras.Input((8,))
        y = keras.ops.tanh(L.Dense(16, "relu")(x))
        model = keras.Model(x, L.Dense(1)(y))
        model.compile("adam", "mse")
        return model

    def right():
        x = keras.Input((8,))
        model = keras.Model(x, L.Dense(1)(keras.ops.tanh(L.Dense(16)(x))))
        model.compile("adam", "mse")
        return model


@case("DOUBLE_ACTIVATION")
class _:
    def wrong():
        return net(L.Dense(16, "relu"), L.ReLU(), L.Dense(1))

    def right():
        """A linear activation does nothing."""
        return net(L.Dense(16, "relu"), L.Activation("linear"), L.Dense(1))


@case("DEAD_RELU")
class _:
    def wrong():
        zeros = {"kernel_initializer": "zeros", "use_bias": False}
        stack = (L.Conv2D(4, 3, activation="relu", **zeros), L.Flatten(), L.Dense(1))
        return net(*stack, shape=(8, 8, 1))

    def right():
        """With a bias above zero it gets a gradient."""
        how = {"kernel_initializer": "glorot_uniform", "bias_initializer": "ones"}
        return net(L.Dense(16, "relu", **how), L.Dense(1))


@case("ONE_UNIT_BOTTLENECK")
class _:
    def wrong():
        return net(L.Dense(1, "relu"), L.Dense(3))

    def right():
        """A scale and a shift of one number."""
        return net(L.Dense(1, "relu"), L.Dense(1))


@case("RESCALED_TWICE")
class _:
    """Twice in one layer's way: the same picture on two ways."""

    def wrong():
        x = keras.Input((8,))
        y = L.Rescaling(0.01)(x)
        y = L.Add()([L.Rescaling(0.01)(y), L.Dense(8, "relu")(y)])
        model = keras.Model(x, L.Dense(1)(y))
        model.compile("adam", "mse")
        return model

    def right():
        x = keras.Input((8,))
        y = L.Rescaling(0.01)(L.Add()([x, L.Dense(8, "relu")(x)]))
        model = keras.Model(x, L.Dense(1)(y))
        model.compile("adam", "mse")
        return model
