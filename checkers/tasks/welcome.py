"""Tasks of lesson 00_welcome: two easy ones, to get to know the checker."""

from __future__ import annotations

from checkers.exercise import Check, Exercise, Model, Number

numbers_in_batch = Exercise(
    id="welcome-numbers-in-batch",
    title="Count the numbers",
    kind="N",
    parts=(Number("numbers_in_batch", whole=True, unit="numbers"),),
    checks=(Check("value", 1, "how many numbers an array of this shape holds"),),
    hints=(
        "The shape names four axes. Each one repeats all that come after it.",
        "One image of 28 x 28 pixels and one channel holds 784 numbers.",
        "There are 32 such images in the batch: multiply.",
    ),
    strict="the exact number",
    free="how you compute it",
    minutes=2,
)

one_dense = Exercise(
    id="welcome-one-dense",
    title="One Dense layer",
    kind="M",
    parts=(Model("one_dense", inputs=(4,)),),
    checks=(
        Check("layer", 1, "one Dense layer with 3 units and no activation"),
        Check("input", 1, "4 numbers in"),
    ),
    hints=(
        "A Sequential model takes a list: first the input, then the layers.",
        "keras.Input((4,)) says: 4 numbers per example. The comma belongs to it.",
        "Dense wants to know how many numbers come out.",
    ),
    strict="the input, the number of units, no activation",
    free="names, initial weights, the API you write it in",
    minutes=4,
    states=("all",),
)
