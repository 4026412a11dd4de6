"""Measures the four cases of transfer with every strategy, and writes the table.

    python -m course.networks.measure_transfer --output data/networks/transfer.json

The table that lesson 13 shows was written by it. A run takes about ten minutes on two
cores. It needs the real CIFAR-10 and MNIST, and the shipped backbone.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from course import networks
from course.networks.source_classes import (
    BLOCKS,
    SOURCE_CLASSES,
    build,
    without_head,
)

__all__ = ["CASES", "STRATEGIES", "Case", "as_pictures", "main", "run"]

STRATEGIES = ("scratch", "frozen", "cut", "tune")
CUT = "block2_pool"
RATES = {"scratch": 1e-3, "frozen": 3e-3, "cut": 1e-3, "tune": 3e-4}
"""Adam's learning rate by strategy, the same in all four cases."""
TEST_ROWS = 2_000


@dataclass(frozen=True)
class Case:
    """One of the four cases.

    Attributes:
        name: "small-similar" and so on.
        rows: Training pictures, as many of each class.
        epochs: Passes over them.
        batch: Pictures per update.
    """

    name: str
    rows: int
    epochs: int
    batch: int

    @property
    def is_similar(self) -> bool:
        """True for photographs, False for digits."""
        return self.name.endswith("similar")


CASES = (
    Case("small-similar", 40, 40, 10),
    Case("small-different", 100, 40, 10),
    Case("large-similar", 4_000, 3, 32),
    Case("large-different", 4_000, 3, 32),
)

Arrays = tuple[Any, Any, Any, Any]


def as_pictures(digits: Any) -> Any:
    """Return digits (batch, 28, 28) as gray pictures (batch, 32, 32, 3) in 0-1."""
    padded = np.pad(digits, ((0, 0), (2, 2), (2, 2))).astype("float32") / 255
    return np.repeat(padded[..., None], 3, axis=-1)


def data_of(is_similar: bool) -> Arrays:
    """Return x_train, y_train, x_test, y_test of a target; labels from 0 on."""
    from course.datasets import load

    if not is_similar:
        digits = load("mnist", allow_stand_in=False)
        rows = slice(None, TEST_ROWS)
        return (
            as_pictures(digits.x_train),
            digits.y_train.astype("int64"),
            as_pictures(digits.x_test[rows]),
            digits.y_test[rows].astype("int64"),
        )
    photos = load("cifar10", allow_stand_in=False)
    parts: list[Any] = []
    first = len(SOURCE_CLASSES)
    both = (
        (photos.x_train, photos.y_train, None),
        (photos.x_test, photos.y_test, TEST_ROWS),
    )
    for x, y, limit in both:
        labels = y.reshape(-1)
        wanted = labels >= first
        parts += [
            x[wanted][:limit].astype("float32") / 255,
            labels[wanted][:limit].astype("int64"),
        ]
    return parts[0], parts[1], parts[2], parts[3]


def draw(labels: Any, rows: int, seed: int) -> Any:
    """Return positions of training pictures, as many of each class."""
    rng = np.random.default_rng(seed)
    classes = np.unique(labels)
    chosen = [
        rng.choice(np.flatnonzero(labels == one), rows // len(classes), replace=False)
        for one in classes
    ]
    return rng.permutation(np.concatenate(chosen))


def run(strategy: str, case: Case, data: Arrays, seed: int, thawed: int = 4) -> float:
    """Return the test accuracy of one strategy in percent.

    Args:
        strategy: One of `STRATEGIES`.
        case: How much data and how long.
        data: What `data_of` returns.
        seed: Which pictures, and which first weights.
        thawed: For "tune": how many blocks train, counted from the last one.
    """
    import keras

    x_train, y_train, x_test, y_test = data
    chosen = draw(y_train, case.rows, seed)
    x, y = x_train[chosen], y_train[chosen]
    keras.utils.set_random_seed(seed)
    num_classes = int(y_train.max()) + 1
    if strategy in ("frozen", "cut"):
        base = networks.backbone(end=CUT if strategy == "cut" else "")
        head = _head(base.output_shape[1:], num_classes, fresh_maps=strategy == "cut")
        _fit(head, base.predict(x, verbose=0), y, case, RATES[strategy])
        features = base.predict(x_test, batch_size=250, verbose=0)
        return _accuracy(head, features, y_test)
    base = without_head(build()) if strategy == "scratch" else networks.backbone()
    head = _head(base.output_shape[1:], num_classes)
    model = keras.Sequential([keras.Input((32, 32, 3)), base, head])
    if strategy == "tune":
        _fit(head, base.predict(x, verbose=0), y, case, RATES["frozen"])
        wanted = BLOCKS[len(BLOCKS) - thawed :]
        for layer in base.layers:
            layer.trainable = layer.name.startswith(wanted) if wanted else False
    if strategy == "scratch" or thawed:
        _fit(model, x, y, case, RATES[strategy])
    return _accuracy(model, x_test, y_test)


def _head(shape: tuple[int, ...], num_classes: int, *, fresh_maps: bool = False) -> Any:
    """Return a new head: one mean per map, behind 64 new maps where asked for."""
    import keras
    from keras import layers

    head = keras.Sequential([keras.Input(shape)])
    if fresh_maps:
        head.add(layers.Conv2D(64, 3, padding="same", activation="relu"))
    head.add(layers.GlobalAveragePooling2D())
    head.add(layers.Dense(num_classes, activation="softmax"))
    return head


def _fit(model: Any, x: Any, y: Any, case: Case, rate: float) -> None:
    """Train with Adam, for the case's epochs."""
    import keras

    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    model.fit(x, y, batch_size=case.batch, epochs=case.epochs, verbose=0)


def _accuracy(model: Any, x: Any, y: Any) -> float:
    """Return the share of right answers in percent."""
    predicted = model.predict(x, batch_size=250, verbose=0).argmax(axis=1)
    return round(100 * float(np.mean(predicted == y)), 2)


def main() -> None:
    """Measure everything and write the table after each line of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3, help="from 0 on")
    given = parser.parse_args()
    table: dict[str, Any] = {
        "backbone": networks.CHECKSUMS["backbone"],
        "test_rows": TEST_ROWS,
        "rates": RATES,
        "cases": {},
        "thawed": {},
    }
    data = {is_similar: data_of(is_similar) for is_similar in (True, False)}
    for seed in range(given.seeds):
        for case in CASES:
            lines = table["cases"].setdefault(case.name, _empty(case))
            lines["seeds"].append(seed)
            for name in STRATEGIES:
                accuracy = run(name, case, data[case.is_similar], seed)
                lines["accuracy"][name].append(accuracy)
                _tell(given.output, table, f"{case.name} {name} seed {seed}", accuracy)
        for blocks in range(len(BLOCKS) + 1):
            accuracy = run("tune", CASES[0], data[True], seed, blocks)
            table["thawed"].setdefault(str(blocks), []).append(accuracy)
            _tell(given.output, table, f"{blocks} thawed, seed {seed}", accuracy)


def _empty(case: Case) -> dict[str, Any]:
    """Return the table's entry of a case before anything is measured."""
    return {
        "rows": case.rows,
        "epochs": case.epochs,
        "batch": case.batch,
        "seeds": [],
        "accuracy": {name: [] for name in STRATEGIES},
    }


def _tell(path: Path, table: dict[str, Any], what: str, accuracy: float) -> None:
    """Say what was measured, and write the table so far."""
    sys.stdout.write(f"{what}: {accuracy:.2f} %\n")
    sys.stdout.flush()
    path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
