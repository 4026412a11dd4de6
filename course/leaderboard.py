"""A local leaderboard for the open challenge of lesson 06, on a counted budget.

    budget = leaderboard.Budget()
    budget.fit(model, x, y, epochs=4, batch_size=128)
    leaderboard.enter("my name", model, x_test, y_test, budget)
    print(leaderboard.table())

What counts is every image that `Budget.fit` hands to training: an image that is seen in
four epochs counts four times, augmented or not. Validation counts nothing. Training
outside of the budget is not seen, so the board trusts its owner. Nothing leaves the
machine: the board is one file in the work folder.
"""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from course.paths import work_path
from course.settings import is_fast

__all__ = [
    "LIMIT",
    "START",
    "Budget",
    "BudgetError",
    "Entry",
    "enter",
    "is_open",
    "ranking",
    "table",
]

LIMIT = 600_000  # images: twelve epochs of the 50,000 training images


class BudgetError(ValueError):
    """A training run does not fit into the budget."""


@dataclass(frozen=True)
class Entry:
    """One line of the board.

    Attributes:
        name: Whose it is, or what was tried.
        accuracy: Share of right test images, in percent.
        images_seen: Training images that the budget counted.
        parameters: Entries of all weights.
        date: Day of the entry, `YYYY-MM-DD`.
    """

    name: str
    accuracy: float
    images_seen: int
    parameters: int
    date: str


# Six epochs of 45,000 images, seed 0; the recipe stands in the challenge notebook.
START = Entry("the course's start", 78.46, 270_000, 68_530, "2026-11-21")


class Budget:
    """Counts the images that training sees, and stops a run that would be too long.

    Attributes:
        limit: How many images may be seen in all.
        seen: How many have been seen.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        """Begin with nothing spent."""
        self.limit = limit
        self.seen = 0

    @property
    def left(self) -> int:
        """How many images may still be seen."""
        return self.limit - self.seen

    def fit(
        self,
        model: Any,
        x: Any,
        y: Any,
        *,
        epochs: int,
        batch_size: int = 32,
        **settings: Any,
    ) -> Any:
        """Call `model.fit` and count each batch when it is done.

        A run that is interrupted, or stopped by a callback, costs what it has seen.

        Args:
            model: A compiled Keras model.
            x: Training inputs, an array.
            y: Training labels.
            epochs: Passes through `x`.
            batch_size: Images per step.
            **settings: Whatever else `fit` takes.

        Returns:
            What `fit` returned.

        Raises:
            BudgetError: If the whole run would need more than is left, or if `x` has
                no length to count.
        """
        if not hasattr(x, "__len__") or {"steps_per_epoch"} & set(settings):
            raise BudgetError(
                "Expected arrays and whole epochs, so that images can be counted. "
                "Next: pass arrays, without steps_per_epoch."
            )
        share = float(settings.get("validation_split") or 0.0)
        size = int(len(x) * (1.0 - share))
        needed = size * (epochs - int(settings.get("initial_epoch", 0)))
        if needed > self.left:
            raise BudgetError(
                f"Expected a run of at most {self.left:,} images, received one of "
                f"{needed:,}. Next: train fewer epochs, or on fewer images."
            )
        callbacks = [*settings.pop("callbacks", ()), self._counter(size, batch_size)]
        return model.fit(
            x, y, epochs=epochs, batch_size=batch_size, callbacks=callbacks, **settings
        )

    def _counter(self, size: int, batch_size: int) -> Any:
        """Return a callback that adds each finished batch."""
        import keras

        budget = self

        class Counter(keras.callbacks.Callback):  # type: ignore[misc]
            def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
                budget.seen += min(batch_size, size - batch * batch_size)

        return Counter()


def is_open() -> bool:
    """Return False while a submission is graded: then nobody plays."""
    return os.environ.get("COURSE_GRADING") != "1"


def board_path() -> Path:
    """Return the board's file: `$COURSE_LEADERBOARD`, or one in the work folder."""
    chosen = os.environ.get("COURSE_LEADERBOARD")
    return Path(chosen).expanduser() if chosen else work_path() / "leaderboard.jsonl"


def enter(name: str, model: Any, x_test: Any, y_test: Any, budget: Budget) -> Entry:
    """Evaluate a model, and write its line onto the board if it has a name.

    In fast mode nothing is written: such a run says nothing.

    Args:
        name: Name for the board; "" evaluates only.
        model: The trained model; it gives one row of class scores per image.
        x_test: Test images.
        y_test: Their classes, of shape `(n,)` or `(n, 1)`.
        budget: The budget that the model was trained on.
    """
    import numpy as np

    scores = np.asarray(model.predict(x_test, batch_size=512, verbose=0))
    is_right = scores.argmax(axis=1) == np.asarray(y_test).reshape(-1)
    entry = Entry(
        name=name.strip(),
        accuracy=round(100 * float(is_right.mean()), 2),
        images_seen=budget.seen,
        parameters=int(model.count_params()),
        date=datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
    )
    if entry.name and not is_fast():
        path = board_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
    return entry


def ranking() -> list[Entry]:
    """Return all entries, the best first; of equals, the one that has seen less.

    A line that cannot be read is left out, so that one damaged line costs no other.
    """
    entries = [START]
    path = board_path()
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    for line in lines:
        try:
            entries.append(Entry(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return sorted(entries, key=lambda one: (-one.accuracy, one.images_seen))


def table() -> str:
    """Return the board as text."""
    head = f"{'test %':>11} {'images seen':>12} {'parameters':>11} date       name"
    rows = [
        f"{place:2}. {one.accuracy:7.2f} {one.images_seen:12,} "
        f"{one.parameters:11,} {one.date:10} {one.name}"
        for place, one in enumerate(ranking(), start=1)
    ]
    return "\n".join([head, *rows])
