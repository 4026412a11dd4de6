"""Networks of coming lessons, so that the bank is wider than today's keys."""

from __future__ import annotations

from checkers.spec import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GraphSpec,
    Input,
    LayerSpec,
    MaxPooling2D,
    ModelSpec,
    between,
    layer,
)

__all__ = ["COMING"]

Spec = ModelSpec | GraphSpec


def _conv_block(filters: int) -> tuple[LayerSpec, ...]:
    """Return convolution, normalization and activation, in the paper's order."""
    return (
        Conv2D(filters, 3, padding="same", use_bias=False),
        BatchNormalization(),
        Activation("relu"),
    )


def _chains() -> dict[str, Spec]:
    average = layer("AveragePooling2D", pool_size=2)
    return {
        "mlp": ModelSpec(
            (784,), (Dense(30, "sigmoid"), Dropout(0.5), Dense(10, "softmax"))
        ),
        "lenet": ModelSpec(
            (32, 32, 1),
            (
                Conv2D(6, 5, "tanh"),
                average,
                Conv2D(16, 5, "tanh"),
                average,
                Flatten(),
                Dense(120, "tanh"),
                Dense(84, "tanh"),
                Dense(10, "softmax"),
            ),
        ),
        "cifar-cnn": ModelSpec(
            (32, 32, 3),
            (
                Conv2D(16, 2, "relu", padding="same"),
                MaxPooling2D(2),
                Conv2D(32, 2, "relu", padding="same"),
                MaxPooling2D(2),
                Conv2D(64, 2, "relu", padding="same"),
                MaxPooling2D(2),
                Flatten(),
                Dense(500, "relu"),
                Dense(10, "softmax"),
            ),
        ),
        "strided": ModelSpec(
            (24, 24, 3), (Conv2D(8, 3, strides=2, padding="same"), Conv2D(4, (3, 1)))
        ),
        "any-size": ModelSpec(
            (16, 16, 1),
            (
                Conv2D(8, 3, "relu"),
                MaxPooling2D(2),
                Conv2D(16, 3, "relu", dilation_rate=2),
                layer("GlobalAveragePooling2D"),
                Dense(10),
            ),
        ),
        "vgg-blocks": ModelSpec(
            (16, 16, 3),
            (
                *(Conv2D(8, 3, "relu", padding="same"),) * 2,
                MaxPooling2D(2),
                *(Conv2D(16, 3, "relu", padding="same"),) * 2,
                MaxPooling2D(2),
                layer("GlobalMaxPooling2D"),
                Dense(32, "relu"),
                Dropout(0.5),
                Dense(5, "softmax"),
            ),
        ),
        "norm-blocks": ModelSpec(
            (12, 12, 3),
            (
                *_conv_block(8),
                MaxPooling2D(2),
                *_conv_block(16),
                layer("SpatialDropout2D", rate=0.1),
                layer("GlobalAveragePooling2D"),
                Dense(4, "softmax"),
            ),
        ),
        "series": ModelSpec(
            (24, 3),
            (
                layer("Conv1D", filters=8, kernel_size=3, activation="relu"),
                layer("MaxPooling1D", pool_size=2),
                layer("Conv1D", filters=16, kernel_size=3, padding="causal"),
                layer("GlobalAveragePooling1D"),
                Dense(1),
            ),
        ),
        "sequence": ModelSpec(
            (6, 4),
            (
                layer("LSTM", units=8, return_sequences=True),
                Dropout(0.2),
                layer("LSTM", units=8),
                Dense(1, "sigmoid"),
            ),
        ),
        "regularized": ModelSpec(
            (11,),
            (
                layer("GaussianNoise", stddev=0.1),
                Dense(32, "relu", kernel_regularizer="L2(l2=0.01)"),
                Dense(16, "relu", kernel_regularizer="L2(l2=0.01)"),
                Dense(1),
            ),
        ),
        "wine-classes": ModelSpec(
            (11,),
            (
                BatchNormalization(momentum=between(0.8, 0.999)),
                Dense(64, "relu"),
                BatchNormalization(momentum=between(0.8, 0.999)),
                Dense(32, "relu"),
                Dropout(between(0.2, 0.5)),
                Dense(6, "softmax"),
            ),
        ),
        "frozen-head": ModelSpec(
            (10,),
            (Dense(16, "relu", trainable=False), Dense(8, "elu"), Dense(3, "softmax")),
        ),
        "spelled-out": ModelSpec(
            (8, 8, 4),
            (
                Conv2D(8, 3, groups=2),
                Activation("relu"),
                Flatten(),
                Dense(16),
                Activation("tanh"),
                Dense(1),
            ),
        ),
        "augmented": ModelSpec(
            (8, 8, 3),
            (
                layer("RandomFlip", mode="horizontal"),
                layer("Rescaling", scale=0.5),
                Conv2D(4, 3, "relu"),
                Flatten(),
                Dense(2, "softmax"),
            ),
        ),
    }


def _inception() -> GraphSpec:
    """A module of four branches."""
    image = Input((12, 12, 8))
    one = Conv2D(4, 1, "relu")(image)
    three = Conv2D(6, 3, "relu", padding="same")(Conv2D(3, 1, "relu")(image))
    five = Conv2D(2, 5, "relu", padding="same")(Conv2D(2, 1, "relu")(image))
    pooled = MaxPooling2D(3, strides=1, padding="same")(image)
    pooled = Conv2D(2, 1, "relu")(pooled)
    return GraphSpec((image,), (layer("Concatenate")(one, three, five, pooled),))


def _residual() -> GraphSpec:
    image = Input((8, 8, 4))
    inside = Activation("relu")(
        BatchNormalization()(Conv2D(4, 3, padding="same", use_bias=False)(image))
    )
    inside = BatchNormalization()(Conv2D(4, 3, padding="same", use_bias=False)(inside))
    joined = Activation("relu")(layer("Add")(inside, image))
    return GraphSpec(
        (image,), (Dense(3, "softmax")(layer("GlobalAveragePooling2D")(joined)),)
    )


def _two_inputs() -> GraphSpec:
    image, table = Input((8, 8, 3)), Input((4,))
    seen = Flatten()(Conv2D(4, 3, "relu")(image))
    read = Dropout(0.3)(Dense(8, "relu")(table))
    return GraphSpec((image, table), (Dense(1)(layer("Concatenate")(seen, read)),))


def _twins() -> GraphSpec:
    """One encoder on two inputs."""
    left, right = Input((10,)), Input((10,))
    encoder, tail = Dense(16, "relu"), Dense(4)
    return GraphSpec(
        (left, right),
        (
            Dense(1, "sigmoid")(
                layer("Subtract")(tail(encoder(left)), tail(encoder(right)))
            ),
        ),
    )


def _two_heads() -> GraphSpec:
    rows = Input((12,))
    body = Dropout(0.25)(Dense(24, "relu")(rows))
    return GraphSpec((rows,), (Dense(1)(body), Dense(5, "softmax")(body)))


def _masks() -> GraphSpec:
    """Several dropout masks, one head."""
    rows = Input((18,))
    hidden, head = Dense(32, "relu")(rows), Dense(1)
    return GraphSpec((rows,), tuple(head(Dropout(0.5)(hidden)) for _ in range(3)))


_GRAPHS = {
    "inception": _inception,
    "residual": _residual,
    "two-inputs": _two_inputs,
    "twins": _twins,
    "two-heads": _two_heads,
    "masks": _masks,
}

# Name to spec and free properties.
COMING: dict[str, tuple[Spec, tuple[str, ...]]] = {
    **{name: (spec, ()) for name, spec in _chains().items()},
    **{name: (make(), ()) for name, make in _GRAPHS.items()},
}
