"""Train the network "digits" anew and write its weights.

    python -m course.networks.train_digits

The weights are shipped because another machine, or another number of cores, gives
slightly other ones. Whoever replaces the file also replaces the checksum in
`course/networks/__init__.py`, the card, and the accuracies in the keys of lesson 05.
"""

from __future__ import annotations

import hashlib
import io
import sys

import keras
import numpy as np

from course import networks
from course.datasets import load

__all__ = ["main"]

SEED = 0
ROWS = 12_000
EPOCHS = 2
BATCH = 64


def main() -> None:
    """Train on the first 12,000 MNIST digits, then write the file and its facts."""
    digits = load("mnist", allow_stand_in=False)
    x_train = digits.x_train[:ROWS, ..., None].astype("float32") / 255
    x_test = digits.x_test[..., None].astype("float32") / 255
    keras.utils.set_random_seed(SEED)
    model = networks.architecture("digits")
    loss = "sparse_categorical_crossentropy"
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    options = {"batch_size": BATCH, "epochs": EPOCHS, "verbose": 2}
    model.fit(x_train, digits.y_train[:ROWS], **options)

    half = {
        f"w{place}": weight.astype("float16")
        for place, weight in enumerate(model.get_weights())
    }
    buffer = io.BytesIO()
    np.savez(buffer, **half)
    path = networks.weights_path("digits")
    path.write_bytes(buffer.getvalue())
    model.set_weights([weight.astype("float32") for weight in half.values()])
    accuracy = model.evaluate(x_test, digits.y_test, verbose=0)[1]
    checksum = hashlib.sha256(buffer.getvalue()).hexdigest()
    sys.stdout.write(f"{path}\nSHA-256 {checksum}\n")
    sys.stdout.write(f"{path.stat().st_size:,} bytes, test accuracy {accuracy:.4f}\n")


if __name__ == "__main__":
    main()
