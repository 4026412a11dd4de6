"""What can be wrong with numbers, choices, arrays, functions and trained models."""

from checkers.i18n import N_
from checkers.messages.message import Message

MESSAGES = (
    Message(
        "NUMBER.NOT_A_NUMBER",
        N_("{part}: expected one number, received {type_name}: {text}."),
        N_("Only a single number can be compared."),
        N_("Assign the number itself, without quotes and without a list."),
    ),
    Message(
        "NUMBER.OUT_OF_RANGE",
        N_("{part}: expected a number {expected}, received {received}."),
        N_("Outside this range the number cannot be meant in this unit."),
        N_("Check the unit and the place of the decimal point."),
    ),
    Message(
        "NUMBER.WRONG",
        N_("{part}: {received} is not the number that is asked for."),
        N_("One step of the calculation is different."),
        N_("Read the question again, then take the first hint."),
    ),
    Message(
        "CHOICE.NOT_A_LETTER",
        N_("{part}: expected a letter, received {type_name}: {text}."),
        N_("The options carry letters."),
        N_('Assign the letter in quotes, for example "B".'),
    ),
    Message(
        "CHOICE.NO_SUCH_OPTION",
        N_("{part}: there is no option {received}."),
        N_("The options carry the letters {expected}."),
        N_("Show the options again and assign one of their letters."),
    ),
    Message(
        "CHOICE.WRONG",
        N_("{part}: {received} is not the best answer."),
        N_("Another option fits what the lesson measured."),
        N_("Read the options again, then take the first hint."),
    ),
    Message(
        "VALUES.NOT_VALUES",
        N_("{part}: expected numbers, received {type_name}: {text}."),
        N_("Only numbers, or a container of them, can be compared."),
        N_("Assign a list, an array or a dict of numbers."),
    ),
    Message(
        "VALUES.FIELD_MISSING",
        N_("{part}: the entry “{expected}” is missing."),
        N_("Each entry of the answer is looked at by its name."),
        N_("Add the entry; the names are in the answer cell."),
    ),
    Message(
        "VALUES.SHAPE",
        N_("{part}: expected shape {expected}, received {received}."),
        N_("Values are compared position by position."),
        N_("Print the shape and look for a missing or an extra axis."),
    ),
    Message(
        "VALUES.WRONG",
        N_("{part}{field}: {received} is not what is asked for."),
        N_("One step of the calculation is different."),
        N_("Read the question again, then take the first hint."),
    ),
    Message(
        "FUNCTION.NOT_A_FUNCTION",
        N_("{part}: expected a function, received {type_name}: {text}."),
        N_("The check calls it with inputs of its own."),
        N_("Define it with def and leave out the brackets when you hand it in."),
    ),
    Message(
        "FUNCTION.RAISES",
        N_("{part} stops with {error} on {case}: {error_text}"),
        N_("The function should return a result for every input of the task."),
        N_("Look at this line of yours: {line}"),
    ),
    Message(
        "FUNCTION.TOO_SLOW",
        N_("{part} did not return in time on {case}."),
        N_("A loop may never end."),
        N_("Call it yourself on a small input and print inside the loop."),
    ),
    Message(
        "FUNCTION.NO_RESULT",
        N_("{part} returns nothing on {case}."),
        N_("A function without return gives None."),
        N_("End the function with return."),
    ),
    Message(
        "FUNCTION.OTHER_RESULT",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("The result has to be of this form to be used and compared."),
        N_("Print the result once and compare it with the docstring."),
    ),
    Message(
        "FUNCTION.WRONG_RESULT",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("The result differs from the definition in the task."),
        N_("Work the case out by hand, line by line."),
    ),
    Message(
        "FUNCTION.MUTATES",
        N_("{part} changes the values that it is given, on {case}."),
        N_("The caller's data should be the same after the call."),
        N_("Work on a copy."),
    ),
    Message(
        "TRAINED.NO_SUCH_FILE",
        N_("{part}: there is no file {text}."),
        N_("The saved model is what is graded, not the notebook."),
        N_("Save it with model.save({text!r}), next to this notebook."),
    ),
    Message(
        "TRAINED.NOT_LOADABLE",
        N_("{part}: {text} cannot be loaded: {error_text}"),
        N_(
            "Only the .keras format keeps layers, weights and settings together; code "
            "inside a file is never run."
        ),
        N_(
            'Save the model with model.save("name.keras"), without lambdas and '
            "classes of your own."
        ),
    ),
    Message(
        "TRAINED.NO_DATA",
        N_("{part}: there were no data to evaluate it on."),
        N_("A score needs inputs and targets."),
        N_("Run the notebook from the top."),
    ),
    Message(
        "TRAINED.DOES_NOT_PREDICT",
        N_("{part} cannot predict on the task's inputs: {error_text}"),
        N_("It has to take the inputs that the notebook prepares."),
        N_("Compare the model's input shape with the shape of x_val."),
    ),
    Message(
        "TRAINED.NOT_FINITE",
        N_("{part}: the {metric} is {received}."),
        N_("The weights have run away; nothing was learned."),
        N_("Look at the loss per epoch: where does it become nan?"),
    ),
    Message(
        "TRAINED.SCORE",
        N_("{part}: expected {metric} {expected}, received {received}."),
        N_(
            "The task asks for a network that beats this limit on rows that it was "
            "not trained on."
        ),
        N_("Look at the learning curves: is it underfitting or overfitting?"),
    ),
    Message(
        "CALLBACK.NOT_A_CALLBACK",
        N_("{part}: expected a Keras callback, received {type_name}: {text}."),
        N_("fit calls it after every epoch."),
        N_("Make one, for example keras.callbacks.EarlyStopping(...)."),
    ),
    Message(
        "CALLBACK.OTHER",
        N_("{part}: expected {expected}, received {received}."),
        N_("Another callback does another job."),
        N_("Use the callback that is asked for."),
    ),
    Message(
        "CALLBACK.SETTING",
        N_("{part}: expected {property} {expected}, received {received}."),
        N_("It decides when the training stops and what is kept."),
        N_("Set {property} to {expected}."),
    ),
)
