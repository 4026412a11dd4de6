"""Histories of long training runs, written by `bench/long_histories.py`.

    history = histories.load("cifar10-rmsprop")
    history.curves["val_accuracy"]

They are what was really run: a history may have fewer epochs than were planned.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "Recorded", "load"]

FOLDER = Path(__file__).resolve().parent
_FORMAT_VERSION = 1


@dataclass(frozen=True)
class Recorded:
    """One run.

    Attributes:
        name: Name of the file.
        curves: One list per quantity, as Keras's `history.history`; one entry per
            epoch. Accuracies are shares from 0 to 1.
        epochs_run: How many epochs there are.
        about: All that the script knew: data, images, optimizer, rate, batch, seed.
    """

    name: str
    curves: dict[str, list[float]]
    epochs_run: int
    about: dict[str, Any]

    @property
    def caption(self) -> str:
        """Return one line that says what was run."""
        about = self.about
        return (
            f"{about['data']}, {about['training_images']:,} training images, "
            f"{about['optimizer']} with learning rate {about['learning_rate']:g}, "
            f"batches of {about['batch_size']}, seed {about['seed']}; "
            f"{self.epochs_run} epochs, run by {about['script']}."
        )


def load(name: str) -> Recorded:
    """Return a history by its name.

    Raises:
        FileNotFoundError: If there is none; the message lists those that there are.
    """
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in FOLDER.glob("*.json")))
        raise FileNotFoundError(f"No history {name!r}. There are: {known}.")
    content = json.loads(path.read_text("utf-8"))
    if content.pop("format_version") != _FORMAT_VERSION:
        raise ValueError(f"{path.name} has another format than {_FORMAT_VERSION}.")
    curves = content.pop("history")
    return Recorded(name, curves, content["epochs_run"], content)
