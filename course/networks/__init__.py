"""Trained networks that the course ships, small enough to travel with it.

The same weights on every machine give the same accuracies, to a digit or two in
10,000; a training run does not. Each network has a card beside its file.

Example:
    from course import networks

    digit_net = networks.load("digits")
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.paths import share_path

if TYPE_CHECKING:
    import keras

__all__ = [
    "CHECKSUMS",
    "NetworkError",
    "architecture",
    "backbone",
    "facts",
    "load",
    "weights_path",
]

CHECKSUMS = {
    "backbone": "0f7fe90f27ae796d1eff667e7c51380f0b38bd9937dfa1c8490434dd1eac3bd4",
    "digits": "f9cc0fd229199312c840b2050f07dd9dd1966dee7225099c26c81e9396192d5c",
}
"""SHA-256 of each network's file in `data/networks`."""


class NetworkError(RuntimeError):
    """A shipped network cannot be used; the message says what to do."""


def weights_path(name: str) -> Path:
    """Return where a network's weights lie.

    Raises:
        NetworkError: If there is no network of this name.
    """
    if name not in CHECKSUMS:
        raise NetworkError(
            f"Expected one of {', '.join(CHECKSUMS)}. Received {name!r}. "
            "Next: pass one of these names."
        )
    return share_path("data", "networks", f"{name}.npz")


def load(name: str) -> keras.Model:
    """Return a trained network, not compiled.

    Args:
        name: "digits": 28 x 28 x 1 pictures scaled to 0-1, ten probabilities.
            "backbone": 32 x 32 x 3 pictures scaled to 0-1, six probabilities.

    Raises:
        NetworkError: If its file is missing or is not the one that belongs here.
    """
    import io

    import numpy as np

    path = weights_path(name)
    if not path.is_file():
        raise NetworkError(
            f"Expected the weights in {path}; there is no such file. Next: take the "
            "folder data/networks from the course again."
        )
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != CHECKSUMS[name]:
        raise NetworkError(
            f"Expected the SHA-256 {CHECKSUMS[name]} of {path}. Received {found}. "
            "Next: take the file from the course again."
        )
    model = architecture(name)
    with np.load(io.BytesIO(content), allow_pickle=False) as weights:
        arrays = [weights[f"w{place}"] for place in range(len(model.weights))]
    model.set_weights([array.astype("float32") for array in arrays])
    return model


def backbone(*, end: str = "") -> keras.Model:
    """Return the blocks of "backbone" with their trained weights, without its head.

    Each call returns a model of its own: freezing one leaves the others as they are.

    Args:
        end: Name of the last layer to keep, e.g. "block2_pool"; "" keeps all blocks.

    Shape:
        input: (None, 32, 32, 3), pictures scaled to 0-1.
        output: (None, 4, 4, 128) with all blocks.

    Raises:
        NetworkError: If the file is missing or is not the one that belongs here.
    """
    from course.networks.source_classes import without_head

    return without_head(load("backbone"), end)


def facts(name: str) -> dict[str, Any]:
    """Return what is told about a network in a file of its own.

    Args:
        name: "backbone": how it was trained, with the log of every epoch. "transfer":
            the measured table of the four cases.

    Raises:
        NetworkError: If there is no such file.
    """
    import json

    path = share_path("data", "networks", f"{name}.json")
    if not path.is_file():
        raise NetworkError(
            f"Expected facts in {path}; there is no such file. Next: pass 'backbone' "
            "or 'transfer', or take the folder data/networks from the course again."
        )
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def architecture(name: str) -> keras.Model:
    """Return a network with fresh weights.

    Raises:
        NetworkError: If there is no network of this name.
    """
    weights_path(name)
    if name == "backbone":
        from course.networks.source_classes import build

        return build(name)
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(6, 5, padding="same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(16, 5, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(120, activation="relu"),
            layers.Dense(84, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ],
        name=name,
    )
