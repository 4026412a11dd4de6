"""Keys of lesson 00_welcome."""

from __future__ import annotations

from checkers.i18n import N_
from checkers.key import Key
from checkers.rules.models import Network
from checkers.rules.slips import looks_like
from checkers.rules.values import NumberIs, Slip
from checkers.spec import Dense, ModelSpec

first_number = Key(
    "welcome-first-number",
    (
        NumberIs(
            "value",
            "first_number",
            32 * 28 * 28 * 1,
            slips=(
                Slip(32 + 28 + 28 + 1, "WELCOME.SHAPE_ADDED"),
                Slip(28 * 28, "WELCOME.BATCH_FORGOTTEN"),
                Slip(32 * 28, "WELCOME.AXIS_FORGOTTEN"),
                Slip(4, "WELCOME.AXES_COUNTED"),
            ),
        ),
    ),
    solution=N_("32 * 28 * 28 * 1 is 25088: 32 images of 784 numbers each."),
)

try_me = Key(
    "welcome-try-me",
    (
        Network(
            "try_me",
            ModelSpec((3,), (Dense(2),)),
            claims={"layer": ("*",), "input": ("input",)},
            free=("start",),
        ),
    ),
    solution=N_("""\
keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])

Input says what goes in, the units of Dense say what comes out."""),
)

one_layer = Key(
    "welcome-one-layer",
    (
        Network(
            "one_layer",
            ModelSpec((4,), (Dense(3),)),
            claims={"layer": ("*",), "input": ("input",)},
            free=("start",),
            slips=(
                looks_like(
                    ModelSpec((3,), (Dense(4),)),
                    "WELCOME.INPUT_AND_UNITS_SWAPPED",
                    topic="*",
                    layer=0,
                    expected=N_("4 in, 3 out"),
                    received=N_("3 in, 4 out"),
                ),
            ),
        ),
    ),
    solution=N_("keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])"),
)
