"""CIFAR-10's stand-in: ten drawn outlines on busy backgrounds, 32x32 in color.

Each class has an outline made of a few simple parts (a ship is a hull and a sail, a
truck a box, a cab and wheels). Size, place, direction, colors, background and noise
vary, and some classes prefer some colors, as in the real pictures. Whole numbers
throughout: the same bytes on every machine.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.uint8]
    Plane = NDArray[np.float64]
    Part = Callable[[Plane, Plane], NDArray[np.bool_]]

__all__ = ["make_pictures"]

_SEED = 32
_NUM_OUTLINES = 160  # per class
_NUM_BACKGROUNDS = 240
_TINTS = (  # color of object and of background that a class leans to, 0-255
    ((200, 200, 205), (120, 160, 205)),
    ((170, 60, 60), (125, 125, 125)),
    ((125, 105, 80), (135, 160, 150)),
    ((135, 110, 85), (125, 115, 105)),
    ((140, 105, 70), (105, 125, 80)),
    ((150, 120, 90), (130, 125, 110)),
    ((95, 125, 70), (115, 110, 75)),
    ((110, 80, 60), (125, 135, 100)),
    ((160, 155, 155), (90, 130, 170)),
    ((150, 110, 90), (150, 155, 160)),
)


def make_pictures() -> "dict[str, Array]":
    """Return x_train, y_train, x_test, y_test in CIFAR-10's shapes and types."""
    import numpy as np

    random = np.random.RandomState(_SEED)
    outlines = np.stack([_outlines(random, parts) for parts in _objects()])
    backgrounds = _backgrounds(random)
    y_train = random.permutation(np.repeat(np.arange(10, dtype=np.uint8), 5000))
    y_test = random.permutation(np.repeat(np.arange(10, dtype=np.uint8), 1000))
    # Training and test images draw on different outlines and backgrounds.
    return {
        "x_train": _compose(random, y_train, outlines[:, 20:], backgrounds[40:]),
        "y_train": y_train,
        "x_test": _compose(random, y_test, outlines[:, :20], backgrounds[:40]),
        "y_test": y_test,
    }


def _compose(
    random: "np.random.RandomState",
    labels: "Array",
    outlines: "Array",
    backgrounds: "NDArray[np.int16]",
) -> "Array":
    """Paint one image per label: a background, and the object's outline over it."""
    import numpy as np

    images = np.empty((len(labels), 32, 32, 3), np.uint8)
    tints = np.array(_TINTS, np.int16)
    for start in range(0, len(labels), 2000):
        some = labels[start : start + 2000]
        count = len(some)
        cover = outlines[some, random.randint(0, outlines.shape[1], count)]
        scene = backgrounds[random.randint(0, len(backgrounds), count)]
        skin = backgrounds[random.randint(0, len(backgrounds), count), ::-1, :, ::-1]
        color = tints[some] + random.randint(-70, 71, (count, 2, 3)).astype(np.int16)
        front = color[:, 0, None, None] + (skin >> 1)
        back = color[:, 1, None, None] + scene
        # int16 holds it: |front - back| stays below 500, cover goes from 0 to 16.
        front -= back
        front *= cover[..., None]
        front >>= 4
        front += back
        images[start : start + count] = np.clip(front, 0, 255)
    return images


def _backgrounds(random: "np.random.RandomState") -> "NDArray[np.int16]":
    """Return busy fields around 0, shape (fields, 32, 32, 3): patches and grain."""
    import numpy as np

    fields = np.zeros((_NUM_BACKGROUNDS, 32, 32, 3), np.int16)
    for cells, spread in ((2, 45), (4, 40), (8, 25), (32, 16)):
        grid = (_NUM_BACKGROUNDS, cells, cells)
        patches = random.randint(-spread, spread + 1, (*grid, 1))
        hues = random.randint(-9, 10, (*grid, 3))
        size = 32 // cells
        fields += (patches + hues).repeat(size, 1).repeat(size, 2).astype(np.int16)
    return fields


def _outlines(random: "np.random.RandomState", parts: "list[Part]") -> "Array":
    """Return how much of each pixel an object covers, in sixteenths."""
    import numpy as np

    ticks = (np.arange(128) + 0.5) / 64 - 1  # four points per pixel and axis
    y, x = np.meshgrid(ticks, ticks, indexing="ij")
    covers = np.empty((_NUM_OUTLINES, 32, 32), np.uint8)
    for cover in covers:
        size, squeeze = random.uniform(0.55, 1.0), random.uniform(0.8, 1.2)
        down, right = random.uniform(-0.3, 0.3, 2)
        angle = np.deg2rad(random.uniform(-18, 18))
        mirror = random.choice([-1, 1])
        v, u = (y - down) / size, mirror * (x - right) / (size * squeeze)
        turned_v = np.cos(angle) * v - np.sin(angle) * u
        turned_u = np.sin(angle) * v + np.cos(angle) * u
        inside = np.any([part(turned_u, turned_v) for part in parts], axis=0)
        cover[:] = inside.reshape(32, 4, 32, 4).sum((1, 3))
    return covers


def _box(left: float, top: float, right: float, bottom: float) -> "Part":
    return lambda u, v: (u > left) & (u < right) & (v > top) & (v < bottom)


def _disk(u0: float, v0: float, wide: float, high: float) -> "Part":
    return lambda u, v: ((u - u0) / wide) ** 2 + ((v - v0) / high) ** 2 < 1


def _wedge(u0: float, top: float, half_width: float, bottom: float) -> "Part":
    """Return a triangle with its tip up at (u0, top)."""
    slope = half_width / (bottom - top)
    return lambda u, v: (v < bottom) & (abs(u - u0) < slope * (v - top))


def _hull(u: "Plane", v: "Plane") -> "NDArray[np.bool_]":
    """Return a ship's body, narrower below."""
    return (v > 0.25) & (v < 0.65) & (abs(u) < 1.1 - v)


def _objects() -> "list[list[Part]]":
    """Return the parts of the ten classes, right = +u, down = +v, within -1 to 1."""
    return [
        [
            _disk(0, 0, 0.95, 0.13),
            _wedge(0, -0.6, 0.3, 0.6),
            _wedge(-0.8, -0.4, 0.15, 0),
        ],
        [
            _box(-0.9, -0.05, 0.9, 0.35),
            _disk(0, -0.05, 0.5, 0.35),
            *(_disk(u, 0.38, 0.2, 0.2) for u in (-0.5, 0.5)),
        ],
        [
            _disk(0, 0.1, 0.5, 0.28),
            _disk(0.5, -0.2, 0.2, 0.2),
            _wedge(-0.2, -0.8, 0.3, 0.1),
        ],
        [
            _disk(0, 0.15, 0.55, 0.55),
            *(_wedge(u, -0.85, 0.25, -0.1) for u in (-0.38, 0.38)),
        ],
        [
            _disk(0, 0.2, 0.5, 0.22),
            _box(0.35, -0.35, 0.5, 0.2),
            *(_box(u, 0.2, u + 0.09, 0.9) for u in (-0.4, 0.32)),
            *(_box(u, -0.9, u + 0.07, -0.3) for u in (0.22, 0.4, 0.6)),
        ],
        [
            _disk(0, 0.05, 0.5, 0.6),
            *(_disk(u, 0.15, 0.18, 0.5) for u in (-0.58, 0.58)),
        ],
        [
            _disk(0, 0.3, 0.85, 0.38),
            *(_disk(u, -0.1, 0.22, 0.22) for u in (-0.35, 0.35)),
        ],
        [
            _box(-0.6, -0.2, 0.45, 0.25),
            _box(0.3, -0.75, 0.55, 0.1),
            _box(0.3, -0.75, 0.85, -0.5),
            *(_box(u, 0.2, u + 0.13, 0.9) for u in (-0.6, -0.35, 0.1, 0.32)),
        ],
        [
            _wedge(0, -0.9, 0.45, 0.2),
            lambda u, v: (v > 0.25) & (v < 0.65) & (abs(u) < 1.1 - v),
        ],
        [
            _box(-0.9, -0.6, 0.3, 0.35),
            _box(0.3, -0.15, 0.85, 0.35),
            *(_disk(u, 0.42, 0.18, 0.18) for u in (-0.6, -0.15, 0.55)),
        ],
    ]
