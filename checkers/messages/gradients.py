"""What can be wrong with a gradient that was worked out by hand."""

from checkers.i18n import N_
from checkers.messages.message import Message

MESSAGES = (
    Message(
        "GRADIENT.WRONG",
        N_(
            "{part} on {case}: the gradient for {name} is {received}, the numeric one "
            "{expected}."
        ),
        N_(
            "The numeric one is the slope between two close points: a measurement, "
            "without a formula."
        ),
        N_(
            "Nudge one entry, look at how much the loss moves, then check this term of "
            "the chain rule."
        ),
    ),
    Message(
        "GRADIENT.SHAPE",
        N_(
            "{part} on {case}: the gradient for {name} has shape {received}, {name} "
            "has {expected}{how}."
        ),
        N_("Each entry has one slope, so both have the same shape."),
        N_("Look for a missing transpose, or a sum over the rows."),
    ),
    Message(
        "GRADIENT.SIGN",
        N_("{part} on {case}: the gradient for {name} has the wrong sign."),
        N_("With it every step climbs."),
        N_("Look at the inner derivative and at what is subtracted from what."),
    ),
    Message(
        "GRADIENT.FACTOR",
        N_(
            "{part} on {case}: the gradient for {name} is {factor} times the numeric "
            "one, on all cases."
        ),
        N_("One factor of the chain rule is missing or is there twice."),
        N_(
            "Look for the 1/N of a mean, the 2 of a square, or a scale of the forward "
            "pass."
        ),
    ),
    Message(
        "GRADIENT.TRANSPOSED",
        N_(
            "{part} on {case}: rows and columns of the gradient for {name} have "
            "changed places."
        ),
        N_("The values are right, at each other's position."),
        N_("Swap the two factors of the product, or transpose the result."),
    ),
    Message(
        "GRADIENT.ZERO",
        N_("{part} on {case}: the gradient for {name} is 0 everywhere."),
        N_("Then nothing is ever learned from it."),
        N_(
            "Look for a mask that is always false, or a result that is never filled in."
        ),
    ),
    Message(
        "GRADIENT.NOT_MASKED",
        N_(
            "{part} on {case}: the gradient for {name} should be 0 where the forward "
            "pass is flat."
        ),
        N_("What does not change the output gets no gradient."),
        N_("Multiply by the mask of the forward pass."),
    ),
    Message(
        "GRADIENT.UPSTREAM",
        N_(
            "{part} on {case}: the gradient for {name} does not use the gradient that "
            "comes in."
        ),
        N_("The chain rule multiplies it with the slope of this step."),
        N_("Multiply by the incoming gradient."),
    ),
    Message(
        "GRADIENT.ORDER",
        N_(
            "{part} on {case}: the gradients for {name} and {other} have changed "
            "places."
        ),
        N_("The caller takes them apart by their order."),
        N_("Return them in the order of the task."),
    ),
    Message(
        "GRADIENT.TERM_MISSING",
        N_(
            "{part} on {case}: the gradient for {name} has a term missing: {received} "
            "for {expected}."
        ),
        N_("An input that acts on two ways gets a gradient from both."),
        N_("Draw the paths from {name} to the output and add one term for each."),
    ),
)
