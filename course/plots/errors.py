"""The errors of a classifier that it is surest of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from course.plots._canvas import expect
from course.plots._numbers import flat
from course.plots.gallery import gallery

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.figure import Figure


def worst_errors(
    pictures: npt.ArrayLike,
    y_true: npt.ArrayLike,
    probabilities: npt.ArrayLike,
    *,
    class_names: Sequence[str] = (),
    count: int = 10,
    title: str = "The errors that the model is surest of",
    columns: int = 5,
    alt: str = "",
    caption: str = "",
) -> Figure:
    """Draw the wrongly classified pictures with the highest probability.

    Args:
        pictures: All pictures, `(n, height, width)` or with 1 or 3 channels.
        y_true: True classes as integers, `(n,)`.
        probabilities: What `model.predict` returned, `(n, classes)`.
        class_names: Names in order; () takes 0, 1, 2 and so on.
        count: How many at most.
        title: Title of the figure.
        columns: Pictures in a row.
        alt: Alternative text; "" writes one from the numbers.
        caption: Line below the figure.

    Raises:
        ValueError: If the lengths differ, or nothing is wrong.
    """
    images, shares = np.asarray(pictures), np.asarray(probabilities, dtype=np.float64)
    truth = flat(y_true, name="y_true").astype(np.int64)
    received = f"{len(images)}, {truth.size} and shape {shares.shape}"
    fits = shares.ndim == 2 and len(images) == truth.size == len(shares)
    step = "pass the rows that you predicted on"
    expect(fits, "one picture, class and row of probabilities each", received, step)
    guess, sure = np.argmax(shares, axis=1), np.max(shares, axis=1)
    wrong = np.flatnonzero(guess != truth)
    expect(wrong.size > 0, "at least one error", "none", "show the confusion instead")
    worst = wrong[np.argsort(-sure[wrong], kind="stable")][:count]
    names = list(class_names) or [str(i) for i in range(shares.shape[1])]
    shown = [
        (f"{names[truth[i]]},\nread as {names[guess[i]]} ({sure[i]:.0%})", images[i])
        for i in worst
    ]
    return gallery(shown, title=title, columns=columns, alt=alt, caption=caption)
