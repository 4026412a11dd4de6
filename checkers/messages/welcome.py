"""Misconceptions of lesson 00_welcome."""

from checkers.i18n import N_
from checkers.messages.message import Message

MESSAGES = (
    Message(
        "WELCOME.SHAPE_ADDED",
        N_("{part}: {received} is the sum of the axis lengths."),
        N_("Each axis repeats what comes after it, so lengths multiply."),
        N_("Multiply the four lengths."),
        "welcome",
    ),
    Message(
        "WELCOME.BATCH_FORGOTTEN",
        N_("{part}: {received} numbers are in one image; the array holds more."),
        N_("The first axis is the batch: it counts examples."),
        N_("Multiply by the length of the first axis too."),
        "welcome",
    ),
    Message(
        "WELCOME.AXIS_FORGOTTEN",
        N_("{part}: {received} leaves one of the two 28s out."),
        N_("Height and width are two axes, even where they are equal."),
        N_("Multiply all four lengths."),
        "welcome",
    ),
    Message(
        "WELCOME.AXES_COUNTED",
        N_("{part}: {received} is the number of axes."),
        N_("An array with four axes usually holds far more than four numbers."),
        N_("Multiply the four lengths."),
        "welcome",
    ),
    Message(
        "WELCOME.INPUT_AND_UNITS_SWAPPED",
        N_("{where}: expected {expected}, received {received}."),
        N_("Input says what goes in; the units of Dense say what comes out."),
        N_("Swap the two numbers."),
        "welcome",
    ),
)
