"""Tasks of lesson 00_welcome: two easy ones, and one that the lesson itself tries."""

from __future__ import annotations

from checkers.exercise import Check, Exercise, Model, Number
from checkers.i18n import N_

first_number = Exercise(
    id="welcome-first-number",
    title=N_("Count the numbers"),
    kind="N",
    parts=(Number("first_number", whole=True, unit=N_("numbers")),),
    checks=(Check("value", 1, N_("how many numbers an array of this shape holds")),),
    hints=(
        N_("The shape names four axes. Each one repeats all that come after it."),
        N_("One image of 28 x 28 pixels and one channel holds 784 numbers."),
        N_("There are 32 such images in the batch: multiply."),
    ),
    strict=N_("the exact number"),
    free=N_("how you compute it"),
    minutes=2,
)

# The lesson shows verdicts on this one. It stands in a tuple because it belongs to no
# notebook and no mark: what is bound to a name here is an exercise of the course.
_SHOWN = (
    Exercise(
        id="welcome-try-me",
        title=N_("A first try"),
        kind="M",
        parts=(Model("try_me", inputs=(3,)),),
        checks=(
            Check("layer", 1, N_("one Dense layer with 2 units and no activation")),
            Check("input", 1, N_("3 numbers in")),
        ),
        hints=(
            N_("How many numbers should come out?"),
            N_("Dense(n) gives n numbers for each example."),
            N_("Anything that is not asked for, such as an activation, can go."),
        ),
        strict=N_("the input, the number of units, no activation"),
        free=N_("names, initial weights, the API you write it in"),
        states=("all",),
    ),
)


def __getattr__(name: str) -> Exercise:
    """Return the exercise that the lesson shows: `welcome.try_me`."""
    if name == "try_me":
        return _SHOWN[0]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


one_layer = Exercise(
    id="welcome-one-layer",
    title=N_("One Dense layer"),
    kind="M",
    parts=(Model("one_layer", inputs=(4,)),),
    checks=(
        Check("layer", 1, N_("one Dense layer with 3 units and no activation")),
        Check("input", 1, N_("4 numbers in")),
    ),
    hints=(
        N_("A Sequential model takes a list: first the input, then the layers."),
        N_("keras.Input((4,)) says: 4 numbers per example. The comma belongs to it."),
        N_("Dense wants to know how many numbers come out."),
    ),
    strict=N_("the input, the number of units, no activation"),
    free=N_("names, initial weights, the API you write it in"),
    minutes=4,
    states=("all",),
)
