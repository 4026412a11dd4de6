"""Train the long runs whose histories lesson 06 shows, and write them down.

    python bench/long_histories.py rmsprop                    100 epochs on CIFAR-10
    python bench/long_histories.py adadelta --epochs 12       MNIST, Keras 3's default
    python bench/long_histories.py adadelta-1 --epochs 3      MNIST, learning rate 1.0
    python bench/long_histories.py adadelta --images 6000     on the first 6,000 images

Each epoch is written at once to `course/histories/NAME.json`, with the epochs that
were really run; a run that is stopped leaves a shorter history, not a false one.
Needs the real data; refuses to run on stand-ins.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import keras
from keras import layers

from course import datasets
from course.histories import FOLDER

SEED = 0


def cifar_net() -> Any:
    """Return the CIFAR-10 network of 528,054 parameters, with its dropout layers."""
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for filters in (16, 32, 64):
        model.add(layers.Conv2D(filters, 2, padding="same", activation="relu"))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Dropout(0.3))
    model.add(layers.Flatten())
    model.add(layers.Dense(500, activation="relu"))
    model.add(layers.Dropout(0.4))
    model.add(layers.Dense(10, activation="softmax"))
    return model


def mnist_net() -> Any:
    """Return the MNIST network of 1,199,882 parameters, with its dropout layers."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )


class WriteEpochs(keras.callbacks.Callback):  # type: ignore[misc]
    """Writes the history so far after each epoch."""

    def __init__(self, path: Path, about: dict[str, Any]) -> None:
        """Keep where to write, and what is known before the run."""
        super().__init__()
        self.path, self.about = path, about
        self.curves: dict[str, list[float]] = {}

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Write all epochs up to this one."""
        for name, value in (logs or {}).items():
            self.curves.setdefault(name, []).append(round(float(value), 4))
        content = {**self.about, "epochs_run": epoch + 1, "history": self.curves}
        self.path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train one network and keep its history."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", choices=("rmsprop", "adadelta", "adadelta-1"))
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--images", type=int, help="only the first so many images")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    is_cifar = chosen.run == "rmsprop"
    images = datasets.load("cifar10" if is_cifar else "mnist")
    if images.is_stand_in:
        sys.exit("Only stand-in data are here. Next: set COURSE_DATA or fetch them.")
    shape = (32, 32, 3) if is_cifar else (28, 28, 1)
    x: Any = images.x_train.reshape(-1, *shape).astype("float32") / 255
    y: Any = images.y_train.reshape(-1)
    # The first 5,000 validate, as in the program that the network comes from.
    x_val, y_val, x, y = x[:5000], y[:5000], x[5000:], y[5000:]
    x, y = x[: chosen.images], y[: chosen.images]
    epochs = chosen.epochs or (100 if is_cifar else 12)
    batch_size = 32 if is_cifar else 128
    keras.utils.set_random_seed(SEED)
    model = cifar_net() if is_cifar else mnist_net()
    optimizer = {
        "rmsprop": keras.optimizers.RMSprop,
        "adadelta": keras.optimizers.Adadelta,
        "adadelta-1": lambda: keras.optimizers.Adadelta(learning_rate=1.0),
    }[chosen.run]()
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    name = {
        "rmsprop": "cifar10-rmsprop",
        "adadelta": "mnist-adadelta-default",
        "adadelta-1": "mnist-adadelta-one",
    }[chosen.run]
    about = {
        "format_version": 1,
        "name": name,
        "script": "bench/long_histories.py",
        "data": "CIFAR-10" if is_cifar else "MNIST",
        "training_images": len(x),
        "validation_images": len(x_val),
        "parameters": model.count_params(),
        "optimizer": type(optimizer).__name__,
        "learning_rate": round(float(optimizer.learning_rate), 6),
        "batch_size": batch_size,
        "seed": SEED,
        "keras": keras.__version__,
        "epochs_planned": epochs,
    }
    write = WriteEpochs(chosen.folder / f"{name}.json", about)
    model.fit(
        x,
        y,
        batch_size=batch_size,
        epochs=epochs,
        validation_data=(x_val, y_val),
        verbose=2,
        callbacks=[write],
    )


if __name__ == "__main__":
    main()
