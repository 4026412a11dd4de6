"""Key of exercise 4 of lesson 12: which change leaves which label true."""

from __future__ import annotations

from checkers.i18n import N_
from checkers.key import Key
from checkers.rules.pictures import Augmented
from checkers.spec import Conv2D, Dense, Flatten, MaxPooling2D, ModelSpec

__all__ = ["augmented_nets"]

_BEHIND = (
    Conv2D(16, 3, "relu"),
    MaxPooling2D(2),
    Flatten(),
    Dense(10, "softmax"),
)
_MOST = 0.1  # of height and width

augmented_nets = Key(
    exercise="augmentation-augmented-nets",
    rules=(
        Augmented(
            "digit_net", ModelSpec((28, 28, 1), _BEHIND), most=_MOST, mirrors=False
        ),
        Augmented(
            "photo_net", ModelSpec((32, 32, 3), _BEHIND), most=_MOST, mirrors=True
        ),
    ),
    solution=N_(
        "digit_net: RandomTranslation(0.1, 0.1), then the given layers. photo_net: "
        'RandomTranslation(0.1, 0.1), RandomFlip("horizontal"), then the given '
        "layers.\n"
        "A mirrored photograph shows the same thing. A mirrored 2 is no 2. At "
        "inference Keras's random layers hand their input on."
    ),
)
