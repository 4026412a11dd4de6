"""What can be wrong with a learning-rate schedule, in any lesson."""

from checkers.i18n import N_
from checkers.messages.message import Message

MESSAGES = (
    Message(
        "SCHEDULE.NOT_A_SCHEDULE",
        N_("{part}: expected a learning-rate schedule, received {what}."),
        N_("An optimizer asks a schedule for the rate before every update."),
        N_("Assign an object of a class from keras.optimizers.schedules, or of yours."),
    ),
    Message(
        "SCHEDULE.CLASS",
        N_("{part}: expected a schedule, received the class {text} itself."),
        N_("A class is the plan; only an object made from it knows its numbers."),
        N_("Call the class with its numbers, in brackets."),
    ),
    Message(
        "SCHEDULE.CALLBACK",
        N_("{part}: expected a schedule, received the callback {type_name}."),
        N_(
            "A callback changes the rate between epochs, from outside. A schedule is "
            "part of the optimizer and is asked before every update."
        ),
        N_("Make a subclass of LearningRateSchedule, or take one of Keras's own."),
    ),
    Message(
        "SCHEDULE.OPTIMIZER",
        N_("{part}: expected a schedule, received the optimizer {type_name}."),
        N_("The schedule is what an optimizer gets as its learning_rate."),
        N_("Assign the schedule alone."),
    ),
    Message(
        "SCHEDULE.NUMBER",
        N_("{part}: expected a schedule, received the number {text}."),
        N_("A number is the same at every step."),
        N_("Assign the object, without calling it at a step."),
    ),
    Message(
        "SCHEDULE.FUNCTION",
        N_("{part}: expected a schedule, received the function {text}."),
        N_(
            "Keras calls a plain function without a step, so it cannot know how far "
            "the training is."
        ),
        N_("Put the formula into __call__ of a subclass of LearningRateSchedule."),
    ),
    Message(
        "SCHEDULE.RAISES",
        N_("{part} stops at a call with a step. {error}: {error_text}. Line: {line}"),
        N_("An optimizer calls the object with the number of updates done so far."),
        N_("Try it by hand: {part}(0), then {part}(20)."),
    ),
    Message(
        "SCHEDULE.NO_RATE",
        N_("{part}({step}): expected one finite number, received none."),
        N_("Every update needs one rate."),
        N_("Look at what __call__ returns."),
    ),
    Message(
        "SCHEDULE.NOT_IN_FIT",
        N_(
            "{part} works with a plain number but stops inside an optimizer, with "
            "{error}. Line: {line}"
        ),
        N_(
            "In fit the step is a variable inside compiled code. Python's own int(), "
            "float() and math cannot read it there."
        ),
        N_("Calculate with + - * / and with functions of keras.ops."),
    ),
    Message(
        "SCHEDULE.WRONG_RATE",
        N_("{part}({step}): expected the rate {expected}, received {received}."),
        N_("The formula decides how fast the steps shorten."),
        N_("Compute this one step on paper and compare."),
    ),
    Message(
        "SCHEDULE.CONSTANT",
        N_("{part} gives {received} at every step; expected a rate that falls."),
        N_("Without a fall it is the same as a plain number."),
        N_("Look whether the step occurs in the formula."),
    ),
)
