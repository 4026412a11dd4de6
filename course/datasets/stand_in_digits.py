"""MNIST's stand-in: scikit-learn's 1,797 real 8x8 digits, enlarged to 28x28.

The first 1,438 digits give the training images and the other 359 the test images, each
turned, scaled and moved a little, so that both parts have MNIST's size and no digit
stands in both. Whole numbers throughout: the same bytes on every machine.

Source: UCI "Optical Recognition of Handwritten Digits" (E. Alpaydin, C. Kaynak, 1998,
CC BY 4.0), as shipped with scikit-learn (BSD-3-Clause).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.uint8]

__all__ = ["make_digits"]

_NUM_ORIGINALS = 1438
_UNIT = 1000  # weights are thousandths; sums stay below 2**24, so float32 is exact
_SEED = 28


def make_digits() -> "dict[str, Array]":
    """Return x_train, y_train, x_test, y_test in MNIST's shapes and types."""
    import numpy as np
    from sklearn.datasets import load_digits

    random = np.random.RandomState(_SEED)
    digits = load_digits()
    pixels = digits.data.astype("float32")  # 0 to 16
    labels = digits.target.astype("uint8")
    train, test = slice(0, _NUM_ORIGINALS), slice(_NUM_ORIGINALS, None)
    x_train, y_train = _enlarged(random, pixels[train], labels[train], 60_000)
    x_test, y_test = _enlarged(random, pixels[test], labels[test], 10_000)
    return {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}


def _enlarged(
    random: "np.random.RandomState",
    pixels: "NDArray[np.float32]",
    labels: "Array",
    num_images: int,
) -> "tuple[Array, Array]":
    """Return `num_images` variants, in an order that mixes digits and variants."""
    import numpy as np

    num_variants = -(-num_images // len(pixels))
    images = np.empty((num_variants, len(pixels), 28 * 28), np.uint8)
    for variant in images:
        sums = pixels @ _weights(random)
        # A pixel of 16 gives sums near 16 * _UNIT; steepen the blur into a stroke.
        np.clip((sums - 5.0 * _UNIT) // 26, 0, 255, out=sums)
        variant[:] = sums.astype(np.uint8)
    order = random.permutation(num_variants * len(pixels))[:num_images]
    images = images.reshape(-1, 28, 28)[order]
    return images, np.tile(labels, num_variants)[order]


def _weights(random: "np.random.RandomState") -> "NDArray[np.float32]":
    """Return the blur from 8x8 to a turned, scaled, moved 28x28, shape (64, 784)."""
    import numpy as np

    angle = np.deg2rad(random.uniform(-10, 10))
    pitch = random.uniform(2.3, 2.7)  # pixels of 28x28 for one pixel of 8x8
    down, right = random.uniform(-1.2, 1.2, 2)
    rows, columns = np.divmod(np.arange(28 * 28), 28)
    y, x = (rows - 13.5 - down) / pitch, (columns - 13.5 - right) / pitch
    source_y = np.cos(angle) * y - np.sin(angle) * x + 3.5
    source_x = np.sin(angle) * y + np.cos(angle) * x + 3.5
    grid_y, grid_x = np.divmod(np.arange(64), 8)
    distance = (source_y - grid_y[:, None]) ** 2 + (source_x - grid_x[:, None]) ** 2
    blur = np.exp(-distance / (2 * 0.55**2)) / (2 * np.pi * 0.55**2)
    weights: NDArray[np.float32] = np.rint(blur * _UNIT).astype("float32")
    return weights
