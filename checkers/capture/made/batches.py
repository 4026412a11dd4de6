"""What an input pipeline gives: marked pictures tell who they are and what was done.

The upper left pixel of a marked picture is its number; its label follows from the
number. `MarkedAugment` adds noise to the lower right pixel and nothing else. So two
epochs tell order, labels, what was augmented, and whether it was augmented anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checkers.capture.stubs import own_error

__all__ = [
    "marked_augment",
    "marked_labels",
    "marked_pictures",
    "observe_training",
    "observe_validation",
]

_SIZE = 4  # pixels along each side
_FACTOR, _MODULUS = 37, 1_009  # label of picture n: 37 (n + seed) mod 1,009


def marked_pictures(_: Path, *, rows: int, seed: int) -> Any:
    """Return pictures (rows, 4, 4, 1) whose upper left pixel is their number."""
    import numpy as np

    found = np.random.default_rng(seed).uniform(0.4, 0.6, (rows, _SIZE, _SIZE, 1))
    found[:, 0, 0, 0] = np.arange(rows)
    return found.astype("float32")


def marked_labels(_: Path, *, rows: int, seed: int) -> Any:
    """Return labels (rows,), all different."""
    import numpy as np

    return (_FACTOR * (np.arange(rows) + seed)) % _MODULUS


def marked_augment(_: Path) -> Any:
    """Return a layer that adds noise to one pixel, in training only.

    Its attribute `modes` lists what each call was told.
    """
    import keras
    import numpy as np
    import tensorflow as tf

    class MarkedAugment(keras.layers.Layer):  # type: ignore[misc]  # untyped Keras
        """Noise on the lower right pixel."""

        def __init__(self) -> None:
            super().__init__()
            self.modes: list[bool] = []

        def call(self, images: Any, training: Any = None) -> Any:
            """Add the noise if `training`."""
            self.modes.append(bool(training))
            images = tf.cast(images, "float32")
            if not training:
                return images
            mask = np.zeros((_SIZE, _SIZE, 1), "float32")
            mask[-1, -1] = 1.0
            # Not TensorFlow's numbers: with a global seed, each new epoch of a data
            # set begins them again, and nothing would seem to be changed anew.
            drawn = tf.numpy_function(_draw, [tf.shape(images)], tf.float32)
            return images + mask * tf.ensure_shape(drawn, images.shape)

    return MarkedAugment()


def _draw(shape: Any) -> Any:
    """Return new numbers between 0.1 and 0.3."""
    import numpy as np

    drawn = np.random.default_rng().uniform(0.1, 0.3, tuple(shape))
    return drawn.astype("float32")


def observe_training(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Return what two epochs of training batches hold.

    Args:
        result: What the function returned.
        args: Pictures, labels, batch size and augmentation.
        folder: Not needed.
    """
    found = _observe(result, args)
    modes = list(getattr(args[3], "modes", []))
    return {**found, "was_called": bool(modes), "was_told": any(modes)}


def observe_validation(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Return what two epochs of validation batches hold."""
    return _observe(result, args)


def _observe(result: Any, args: list[Any]) -> dict[str, Any]:
    """Return the facts of two epochs, or why there are none."""
    import tensorflow as tf

    kind = type(result).__name__
    found: dict[str, Any] = {"kind": kind, "problem": "", "received": ""}
    if not isinstance(result, tf.data.Dataset):
        return found | {"problem": "no_dataset", "received": kind}
    pictures, labels, size = args[:3]
    try:
        epochs = [_epoch(result, pictures, labels) for _ in range(2)]
    except Exception as error:
        facts = own_error(error)
        text = f"{facts.kind}: {facts.message}".split("\n")[0][:200]
        return found | {"problem": "raises", "received": text}
    for epoch in epochs:
        if epoch["problem"]:
            return found | epoch
    first, second = epochs
    return {
        **found,
        "rows": len(pictures),
        "size": int(size),
        "ends_with_prefetch": "Prefetch" in kind,
        "sizes": first["sizes"],
        "num_seen": len(first["numbers"]),
        "num_different": len(set(first["numbers"])),
        "labels_right": first["labels_right"],
        "in_order": first["numbers"] == sorted(first["numbers"]),
        "same_order": first["numbers"] == second["numbers"],
        "whole_batches": _are_blocks(first) and _are_blocks(second),
        "wandering": _wandering(first["numbers"]),
        "changed": first["changed"],
        "changed_otherwise": first["changed_otherwise"],
        "noise_again": _share_equal(first["noise"], second["noise"]),
    }


def _epoch(dataset: Any, pictures: Any, labels: Any) -> dict[str, Any]:
    """Read one epoch, but not more than three times the pictures there are."""
    import numpy as np

    numbers: list[int] = []
    sizes: list[int] = []
    right = changed = otherwise = 0
    noise: dict[int, float] = {}
    for element in dataset:
        if not isinstance(element, tuple | list) or len(element) != 2:
            count = len(element) if isinstance(element, tuple | list) else 1
            return {"problem": "no_pair", "received": str(count)}
        images, given = (np.asarray(part) for part in element)
        if images.shape[1:] != pictures.shape[1:] or len(images) != len(given):
            return {"problem": "no_batches", "received": str(images.shape)}
        seen = np.rint(images[:, 0, 0, 0]).astype(int)
        if seen.min() < 0 or seen.max() >= len(pictures):
            text = f"{float(images[:, 0, 0, 0].max()):g}"
            return {"problem": "other_pictures", "received": text}
        sizes.append(len(seen))
        numbers += seen.tolist()
        plain = pictures[seen]
        right += int((given.reshape(len(seen), -1)[:, 0] == labels[seen]).sum())
        added = (images - plain).reshape(len(seen), -1)
        changed += int((np.abs(added[:, -1]) > 1e-3).sum())
        otherwise += int((np.abs(added[:, :-1]) > 1e-3).any(axis=1).sum())
        noise.update(zip(seen.tolist(), added[:, -1].tolist(), strict=True))
        if len(numbers) > 3 * len(pictures):
            break
    total = max(len(numbers), 1)
    return {
        "problem": "" if numbers else "empty",
        "received": "0",
        "numbers": numbers,
        "sizes": sizes,
        "labels_right": right / total,
        "changed": changed / total,
        "changed_otherwise": otherwise / total,
        "noise": noise,
    }


def _are_blocks(epoch: dict[str, Any]) -> bool:
    """Return True if every batch holds neighbors: batches were shuffled, not rows."""
    start = 0
    for size in epoch["sizes"]:
        batch = sorted(epoch["numbers"][start : start + size])
        if batch != list(range(batch[0], batch[0] + size)):
            return False
        start += size
    return True


def _wandering(numbers: list[int]) -> float:
    """Return how far rows are from their old place: 1 on average in a full shuffle."""
    steps = [abs(place - number) for place, number in enumerate(numbers)]
    return 3 * sum(steps) / max(len(numbers), 1) ** 2


def _share_equal(first: dict[int, float], second: dict[int, float]) -> float:
    """Return the share of pictures with the same noise in both epochs."""
    both = set(first) & set(second)
    equal = sum(abs(first[n] - second[n]) < 1e-6 for n in both)
    return equal / max(len(both), 1)
