"""Exercises of lessons to come, as their authors would declare them."""

from __future__ import annotations

from checkers.exercise import Check, Exercise, Model
from checkers.key import Key
from checkers.rules.models import Network
from checkers.spec import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GraphSpec,
    Input,
    MaxPooling2D,
    ModelSpec,
    between,
    layer,
    repeat,
)

__all__ = ["ADHOC"]

_POOL = MaxPooling2D(2)


def _task(name, shapes, spec, dtype="float32"):
    """Return both halves of an exercise whose one check is the whole network."""
    slug = f"adhoc-{name}"
    task = Exercise(
        id=slug,
        title=name.replace("-", " "),
        kind="M",
        parts=(Model("model", inputs=shapes, dtype=dtype),),
        checks=(Check("network", 1, "the network as stated"),),
        hints=("Look.", "Look closer.", "Count the layers."),
        states=("all",),
    )
    rule = Network("model", spec, claims={"network": ("*",)})
    return slug, (task, Key(slug, (rule,), "See the text."))


_MNIST = ModelSpec(
    (28, 28, 1),
    (
        *(Conv2D(32, 3, "relu"), Conv2D(64, 3, "relu"), _POOL, Flatten()),
        *(Dense(128, "relu"), Dense(10, "softmax")),
    ),
)
_CIFAR = ModelSpec(
    (32, 32, 3),
    (
        *(Conv2D(16, 2, "relu", padding="same"), _POOL),
        *(Conv2D(32, 2, "relu", padding="same"), _POOL),
        *(Conv2D(64, 2, "relu", padding="same"), _POOL),
        *(Flatten(), Dense(500, "relu"), Dense(10, "softmax")),
    ),
)
_LENET = ModelSpec(
    (32, 32, 1),
    (
        *(Conv2D(6, 5, "relu"), _POOL, Conv2D(16, 5, "relu"), _POOL, Flatten()),
        *(Dense(120, "relu"), Dense(84, "relu"), Dense(10, "softmax")),
    ),
)
_WINE = ModelSpec(
    (11,),
    (
        *repeat((Dense(1024, "relu"), Dropout(0.3), BatchNormalization()), 3),
        Dense(1),
    ),
)
_AUGMENTED = ModelSpec(
    (32, 32, 3),
    (
        layer("RandomTranslation", height_factor=0.1, width_factor=0.1),
        layer("RandomFlip", mode="horizontal"),
        *(Conv2D(16, 3, "relu"), _POOL, layer("GlobalAveragePooling2D")),
        Dense(10, "softmax"),
    ),
)
_FROZEN = ModelSpec(
    (32, 32, 3),
    (
        *(Conv2D(16, 3, "relu", trainable=False), _POOL),
        Conv2D(32, 3, "relu", trainable=False),
        *(layer("GlobalAveragePooling2D"), Dense(4, "softmax")),
    ),
)
_AUTOENCODER = ModelSpec(
    (784,),
    (
        *(Dense(128, "relu"), Dense(32, "relu"), Dense(128, "relu")),
        Dense(784, "sigmoid"),
    ),
)
_LEAKY = ModelSpec(
    (11,),
    (
        *(Dense(64), layer("LeakyReLU", negative_slope=0.1)),
        *(Dense(32), layer("PReLU"), Dense(1)),
    ),
)
_NOISY = ModelSpec(
    (8,),
    (
        layer("GaussianNoise", stddev=between(0.05, 0.2)),
        Dense(64, "relu", kernel_regularizer="L2(l2=0.001)"),
        Dense(1, kernel_regularizer="L2(l2=0.001)"),
    ),
)


def _inception() -> GraphSpec:
    image = Input((28, 28, 192))
    one = Conv2D(64, 1, "relu", padding="same")(image)
    three = Conv2D(96, 1, "relu", padding="same")(image)
    three = Conv2D(128, 3, "relu", padding="same")(three)
    five = Conv2D(16, 1, "relu", padding="same")(image)
    five = Conv2D(32, 5, "relu", padding="same")(five)
    pool = MaxPooling2D(3, strides=1, padding="same")(image)
    pool = Conv2D(32, 1, "relu", padding="same")(pool)
    return GraphSpec((image,), (layer("Concatenate")(one, three, five, pool),))


def _residual() -> GraphSpec:
    image = Input((32, 32, 16))
    x = Conv2D(16, 3, padding="same", use_bias=False)(image)
    x = Activation("relu")(BatchNormalization()(x))
    x = Conv2D(16, 3, padding="same", use_bias=False)(x)
    x = BatchNormalization()(x)
    return GraphSpec((image,), (Activation("relu")(layer("Add")(x, image)),))


def _two_inputs() -> GraphSpec:
    image, table = Input((28, 28, 1)), Input((4,))
    x = Flatten()(MaxPooling2D(2)(Conv2D(16, 3, "relu")(image)))
    y = Dense(8, "relu")(table)
    joined = layer("Concatenate")(x, y)
    return GraphSpec((image, table), (Dense(1)(Dense(32, "relu")(joined)),))


def _shared() -> GraphSpec:
    left, right = Input((11,)), Input((11,))
    tower, second = Dense(32, "relu"), Dense(16, "relu")
    a, b = second(tower(left)), second(tower(right))
    return GraphSpec((left, right), (Dense(1, "sigmoid")(layer("Subtract")(a, b)),))


def _two_heads() -> GraphSpec:
    image = Input((28, 28, 1))
    trunk = Dense(64, "relu")(Flatten()(image))
    return GraphSpec((image,), (Dense(10, "softmax")(trunk), Dense(1)(trunk)))


ADHOC = dict(
    (
        _task("mnist-cnn", (28, 28, 1), _MNIST),
        _task("cifar-cnn", (32, 32, 3), _CIFAR),
        _task("lenet", (32, 32, 1), _LENET),
        _task("wine-bn", (11,), _WINE),
        _task("augmented", (32, 32, 3), _AUGMENTED),
        _task("frozen", (32, 32, 3), _FROZEN),
        _task("autoencoder", (784,), _AUTOENCODER),
        _task("leaky", (11,), _LEAKY),
        _task("noisy", (8,), _NOISY),
        _task("inception", (28, 28, 192), _inception()),
        _task("residual", (32, 32, 16), _residual()),
        _task("two-inputs", ((28, 28, 1), (4,)), _two_inputs()),
        _task("shared", ((11,), (11,)), _shared()),
        _task("two-heads", (28, 28, 1), _two_heads()),
    )
)
