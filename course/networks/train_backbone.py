"""Trains the network "backbone" and writes weights, facts and card.

`course train-backbone` is the way to run it. The weights are shipped because another
machine, or another number of cores, gives slightly other ones.
"""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from course.networks.backbone_card import model_card
from course.networks.source_classes import build, split

__all__ = ["Facts", "Plan", "augmented", "train", "write"]

LARGEST_SHIFT = 3
"""Pixels that a training picture is moved by at most, along each axis."""


@dataclass(frozen=True)
class Plan:
    """How to train.

    Attributes:
        epochs: Passes over the training pictures, at least 1.
        images: Use only so many training pictures; 0 means all 27,000.
        batch: Pictures per update.
        learning_rate: Adam's first rate; it falls to 0 along half a cosine.
        seed: The only source of chance: weights, order, flips and shifts.
    """

    epochs: int = 10
    images: int = 0
    batch: int = 64
    learning_rate: float = 2e-3
    seed: int = 0


@dataclass(frozen=True)
class Facts:
    """What a training run was and reached; written beside the weights."""

    plan: Plan
    images: int
    parameters: int
    test_accuracy: float
    sha256: str
    size_bytes: int
    made_with: dict[str, str]
    log: list[dict[str, float]] = field(default_factory=list)


def train(
    pictures: Any, plan: Plan, tell: Callable[[str], None] = print
) -> tuple[bytes, Facts]:
    """Return the file of weights and the facts of one run.

    The test pictures of the source classes are opened once, after the last epoch, by
    the weights as they are stored (float16).

    Args:
        pictures: What `course.datasets.load("cifar10")` returns.
        plan: How to train.
        tell: Gets one line per epoch.
    """
    import keras

    data = split(pictures)
    rows = plan.images or len(data.x_train)
    x_train, y_train = data.x_train[:rows], data.y_train[:rows]
    keras.utils.set_random_seed(plan.seed)
    model = build()
    steps = plan.epochs * -(-len(x_train) // plan.batch)
    rate = keras.optimizers.schedules.CosineDecay(plan.learning_rate, steps)
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    log: list[dict[str, float]] = []
    for epoch in range(plan.epochs):
        start = time.perf_counter()
        rng = np.random.default_rng([plan.seed, epoch])
        history = model.fit(
            augmented(x_train, rng),
            y_train,
            batch_size=plan.batch,
            validation_data=(data.x_val, data.y_val),
            verbose=0,
        )
        row = {name: round(values[0], 5) for name, values in history.history.items()}
        log.append({"epoch": epoch, **row})
        seconds = time.perf_counter() - start
        told = " · ".join(f"{name} {value:.4f}" for name, value in row.items())
        tell(f"epoch {epoch + 1} of {plan.epochs} · {told} · {seconds:.0f} s")

    content, stored = _packed(model.get_weights())
    model.set_weights(stored)
    accuracy = float(model.evaluate(data.x_test, data.y_test, verbose=0)[1])
    facts = Facts(
        plan=plan,
        images=len(x_train),
        parameters=model.count_params(),
        test_accuracy=round(accuracy, 4),
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        made_with=_versions(),
        log=log,
    )
    return content, facts


def augmented(pictures: Any, rng: np.random.Generator) -> Any:
    """Return a copy of the pictures, half of them mirrored, each moved a little.

    Where a moved picture leaves a gap, its own edge is repeated.

    Args:
        pictures: (batch, height, width, channels), unchanged.
        rng: Draws the flips and the shifts.
    """
    count, height, width = pictures.shape[:3]
    reach = LARGEST_SHIFT
    margin = ((0, 0), (reach, reach), (reach, reach), (0, 0))
    padded = np.pad(pictures, margin, mode="edge")
    down, right = rng.integers(0, 2 * reach + 1, size=(2, count))
    flips = rng.random(count) < 0.5
    moved = np.empty_like(pictures)
    for row in range(count):
        top, left = down[row], right[row]
        piece = padded[row, top : top + height, left : left + width]
        moved[row] = piece[:, ::-1] if flips[row] else piece
    return moved


def write(content: bytes, facts: Facts, folder: Path) -> list[Path]:
    """Write weights, facts and card into a folder, and return the three paths."""
    folder.mkdir(parents=True, exist_ok=True)
    weights, told, card = (
        folder / f"backbone.{ending}" for ending in ("npz", "json", "md")
    )
    weights.write_bytes(content)
    told.write_text(json.dumps(asdict(facts), indent=1) + "\n", encoding="utf-8")
    card.write_text(model_card(facts), encoding="utf-8")
    return [weights, told, card]


def _packed(weights: list[Any]) -> tuple[bytes, list[Any]]:
    """Return the file's bytes and the weights as that file gives them back."""
    half = {f"w{place}": each.astype("float16") for place, each in enumerate(weights)}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **half)
    return buffer.getvalue(), [each.astype("float32") for each in half.values()]


def _versions() -> dict[str, str]:
    """Return the versions of what computed."""
    import platform

    import keras
    import tensorflow as tf

    return {
        "TensorFlow": tf.__version__,
        "Keras": keras.__version__,
        "NumPy": np.__version__,
        "Python": platform.python_version(),
    }
