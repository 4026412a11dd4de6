"""What a model does to its input pictures before its first layer with weights.

Whatever writes the augmentation - layers of Keras, a class of the learner's, plain
operations in `call` - what counts is what the first convolution or Dense layer gets.
So a known picture, four spots that look different after every turn and in a mirror,
goes in many times, and what arrives there is found again among turned, mirrored and
shifted copies.
"""

from __future__ import annotations

import math
from typing import Any

from checkers.capture.probes.inputs import Inputs
from checkers.capture.probes.watch import watched_calls

__all__ = ["measure_pictures"]

_BATCH = 24
_RUNS = 4  # calls in training: 96 pictures in all
_STEP = 10  # degrees between the copies
_SAME = 1e-4
# Spots as (down, right, brightness), in pixels of a picture with 28 rows. Chosen among
# random ones: no turn and no shift makes the mirror image more than 81 % alike.
_SPOTS = ((-3.8, -5.3, 0.89), (1.9, 5.9, 0.7), (-1.7, 1.8, 0.51), (5.4, 0.2, 0.51))
_WIDTH = 1.7


def measure_pictures(inputs: Inputs) -> dict[str, Any]:
    """Return what arrives at the first layer with weights, in training and after.

    Args:
        inputs: Knows the shape of the one input: (height, width, channels).

    Returns:
        "arrives": False if no layer with weights got a picture of the input's size.
        At inference: "rests" and "is_steady" (two runs give the same). In training:
        "changed" (share of pictures), "calls_differ", "examples_differ", "score"
        (how much of the picture is still there, 0 to 1), "mirrored", "upside_down"
        (shares), "angle" (largest turn in degrees of those that stand upright),
        "down" and "right" (largest shift in pixels), "is_finite".
    """
    import numpy as np

    if len(inputs.shapes) != 1 or len(inputs.shapes[0]) != 3:
        return {"arrives": False}
    height, width, channels = inputs.shapes[0]
    picture = _draw(_SPOTS, height, width)
    batch = np.repeat(picture[None, :, :, None], _BATCH, axis=0)
    batch = np.repeat(batch, channels, axis=3).astype("float32")

    def run(*, training: bool) -> Any:
        return _arriving(inputs, batch, training=training)

    kept, again = run(training=False), run(training=False)
    runs = [run(training=True) for _ in range(_RUNS)]
    if any(one is None for one in (kept, again, *runs)):
        return {"arrives": False}
    seen = np.stack(runs)  # run, example, height, width, channel
    return {
        "arrives": True,
        "rests": _is_same(kept, batch),
        "is_steady": _is_same(kept, again),
        "is_finite": bool(np.isfinite(seen).all()),
        "calls_differ": any(not _is_same(seen[0], one) for one in seen[1:]),
        "examples_differ": any(
            not _is_same(one[:1].repeat(_BATCH, axis=0), one) for one in seen
        ),
        "changed": float(
            np.mean([not _is_same(one, batch[0]) for run in seen for one in run])
        ),
        **_found_again(np.nan_to_num(seen.reshape(-1, *seen.shape[2:])).mean(axis=-1)),
    }


def _arriving(inputs: Inputs, batch: Any, *, training: bool) -> Any:
    """Return what the first layer with weights gets, as pictures; None if nothing."""
    import keras

    with watched_calls() as calls:
        inputs.model(inputs.packed([batch]), training=training)
    for call in calls:  # inner ones first: containers end after what they contain
        kind = type(call.layer).__name__
        if not list(call.layer.weights) or kind == "Normalization":
            continue
        given = keras.ops.convert_to_numpy(
            keras.ops.cast(call.first_input, dtype="float32")
        )
        return given.reshape(batch.shape) if given.size == batch.size else None
    return None


def _is_same(one: Any, other: Any) -> bool:
    import numpy as np

    return bool(np.allclose(one, other, atol=_SAME))


def _draw(spots: Any, height: int, width: int) -> Any:
    """Return a picture of smooth spots around the middle, dark elsewhere."""
    import numpy as np

    unit = min(height, width) / 28
    rows = np.arange(height)[:, None] - (height - 1) / 2
    columns = np.arange(width)[None, :] - (width - 1) / 2
    found = np.zeros((height, width))
    for down, right, brightness in spots:
        square = (rows - unit * down) ** 2 + (columns - unit * right) ** 2
        found += brightness * np.exp(-square / (2 * (unit * _WIDTH) ** 2))
    return found


def _copies(height: int, width: int) -> list[tuple[bool, int, Any]]:
    """Return (mirrored, degrees, picture) for all turns, mirrored and not."""
    found = []
    for mirrored in (False, True):
        for degrees in range(0, 360, _STEP):
            angle = math.radians(degrees)
            spots = []
            for down, right, brightness in _SPOTS:
                x = -right if mirrored else right
                turned_down = down * math.cos(angle) - x * math.sin(angle)
                turned_right = down * math.sin(angle) + x * math.cos(angle)
                spots.append((turned_down, turned_right, brightness))
            found.append((mirrored, degrees, _draw(spots, height, width)))
    return found


def _found_again(pictures: Any) -> dict[str, Any]:
    """Return how each picture was mirrored, turned and shifted, in a few numbers."""
    import numpy as np

    height, width = pictures.shape[1:]
    copies = _copies(height, width)
    spectra = np.conj(np.fft.rfft2(np.stack([picture for *_, picture in copies])))
    sizes = [float(np.linalg.norm(picture)) for *_, picture in copies]
    matches = []
    for one in pictures:
        fits = np.fft.irfft2(np.fft.rfft2(one) * spectra, s=(height, width))
        flat = fits.reshape(len(copies), -1)
        shares = flat.max(axis=1) / (np.array(sizes) * (np.linalg.norm(one) + 1e-9))
        best = int(shares.argmax())
        down, right = divmod(int(flat[best].argmax()), width)
        mirrored, degrees, _ = copies[best]
        turn = min(degrees, 360 - degrees)
        matches.append(
            (
                float(shares[best]),
                mirrored,
                turn,
                min(down, height - down),
                min(right, width - right),
            )
        )
    score, sides, turns, downs, rights = zip(*matches, strict=True)
    upright = [turn for turn in turns if turn <= 90]
    return {
        "score": float(np.median(score)),
        "mirrored": float(np.mean(sides)),
        "upside_down": float(np.mean([turn > 90 for turn in turns])),
        "angle": int(max(upright, default=0)),
        "down": int(max(downs)),
        "right": int(max(rights)),
    }
