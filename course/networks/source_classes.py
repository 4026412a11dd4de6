"""The network of lesson 13: its layers, and the pictures that it is trained on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras

__all__ = [
    "BLOCKS",
    "SOURCE_CLASSES",
    "TARGET_CLASSES",
    "WIDTHS",
    "build",
    "split",
    "without_head",
]

SOURCE_CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog")
"""CIFAR-10's labels 0 to 5: the network sees these, and no others."""
TARGET_CLASSES = ("frog", "horse", "ship", "truck")
"""CIFAR-10's labels 6 to 9: kept for those who transfer."""
WIDTHS = (16, 32, 64, 128)
BLOCKS = tuple(f"block{number}" for number in range(1, len(WIDTHS) + 1))
HELD_OUT = 3_000
"""Training pictures that are looked at after each epoch and never trained on."""


def build(name: str = "backbone") -> keras.Model:
    """Return the network with fresh weights.

    Four blocks, each twice convolution, batch normalization and ReLU; pooling behind
    the first three; one mean per map; six probabilities.

    Shape:
        input: (None, 32, 32, 3), pictures scaled to 0-1.
        output: (None, 6), one probability per class of `SOURCE_CLASSES`.
    """
    import keras
    from keras import layers

    inputs = keras.Input(shape=(32, 32, 3), name="pictures")
    outputs = inputs
    for block, width in zip(BLOCKS, WIDTHS, strict=True):
        for step in (1, 2):
            outputs = layers.Conv2D(
                width, 3, padding="same", use_bias=False, name=f"{block}_conv{step}"
            )(outputs)
            outputs = layers.BatchNormalization(
                momentum=0.9, name=f"{block}_norm{step}"
            )(outputs)
            outputs = layers.ReLU(name=f"{block}_relu{step}")(outputs)
        if block != BLOCKS[-1]:
            outputs = layers.MaxPooling2D(2, name=f"{block}_pool")(outputs)
    outputs = layers.GlobalAveragePooling2D(name="mean_per_map")(outputs)
    outputs = layers.Dense(len(SOURCE_CLASSES), activation="softmax", name="classes")(
        outputs
    )
    return keras.Model(inputs, outputs, name=name)


def without_head(model: keras.Model, end: str = "") -> keras.Model:
    """Return a model that shares the layers and stops at one of them.

    Args:
        model: What `build` returns.
        end: Name of the last layer to keep, e.g. "block2_pool"; "" keeps all blocks,
            without the mean per map and the six probabilities.
    """
    import keras

    last = model.get_layer(end or f"{BLOCKS[-1]}_relu2")
    return keras.Model(model.input, last.output, name=model.name)


@dataclass(frozen=True)
class SourcePictures:
    """Pictures (batch, 32, 32, 3), float32 in 0-1, and labels 0-5, by part."""

    x_train: Any
    y_train: Any
    x_val: Any
    y_val: Any
    x_test: Any
    y_test: Any


def split(pictures: Any) -> SourcePictures:
    """Return the source classes of CIFAR-10, the last training pictures held out.

    Args:
        pictures: What `course.datasets.load("cifar10")` returns.
    """
    x_train, y_train = _source(pictures.x_train, pictures.y_train)
    x_test, y_test = _source(pictures.x_test, pictures.y_test)
    kept = max(len(x_train) - HELD_OUT, len(x_train) // 2)
    return SourcePictures(
        x_train[:kept], y_train[:kept], x_train[kept:], y_train[kept:], x_test, y_test
    )


def _source(pictures: Any, labels: Any) -> tuple[Any, Any]:
    """Return the pictures of the source classes, scaled, and their labels."""
    flat = np.asarray(labels).reshape(-1)
    wanted = flat < len(SOURCE_CLASSES)
    return pictures[wanted].astype("float32") / 255, flat[wanted].astype("int64")
