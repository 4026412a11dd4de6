"""What can be wrong with numbers, choices, arrays, callbacks and trained models."""

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
        "NUMBER.BOOLEAN",
        N_("{part}: expected a number, received {text}."),
        N_("True and False are answers to a question, not amounts."),
        N_("Assign the number that is asked for."),
    ),
    Message(
        "NUMBER.IN_QUOTES",
        N_("{part}: expected a number, received the text {text}."),
        N_("In quotes it is a text; Python cannot calculate with it."),
        N_("Take the quotes off."),
    ),
    Message(
        "NUMBER.DECIMAL_COMMA",
        N_("{part}: expected one number, received {text}."),
        N_("Python writes decimals with a point. A comma makes two values of it."),
        N_("Write a point for the comma, without quotes."),
    ),
    Message(
        "NUMBER.PERCENT_SIGN",
        N_("{part}: expected a number, received the text {text}."),
        N_("Python has no percent sign: 30 % is the number 0.3."),
        N_("Assign the share as a number between 0 and 1, without quotes."),
    ),
    Message(
        "NUMBER.SEVERAL",
        N_("{part}: expected one number, received several: {text}."),
        N_("Only a single number can be compared."),
        N_("Compute or pick the one number that is asked for."),
    ),
    Message(
        "NUMBER.NOT_CALLED",
        N_("{part}: expected a number, received {text}, which is not a value yet."),
        N_("A function gives its number only when it is called."),
        N_("Call it, with brackets, and assign the result."),
    ),
    Message(
        "NUMBER.SYMBOLIC",
        N_("{part}: expected a number, received a tensor without values: {text}."),
        N_("It stands for what flows through a model later; no number is in it yet."),
        N_("Call the model on data, then assign the number."),
    ),
    Message(
        "NUMBER.COMPLEX",
        N_("{part}: expected a real number, received {text}."),
        N_("The root of a negative number is complex."),
        N_("Look for a root or a power of something negative."),
    ),
    Message(
        "NUMBER.NOT_FINITE",
        N_("{part}: expected a finite number, received {received}."),
        N_("A division by zero, or the logarithm of zero, ends like this."),
        N_("Print the values that go into the last step of the calculation."),
    ),
    Message(
        "NUMBER.SIGN",
        N_("{part}: {received} has the wrong sign."),
        N_("The size is right. The difference was taken the other way round."),
        N_("Look at what is subtracted from what."),
    ),
    Message(
        "NUMBER.PERCENT",
        N_("{part}: {received} is in another unit than the one asked for."),
        N_("The digits are right; percent and share differ by a factor of 100."),
        N_("Read the unit in the task, then move the decimal point by two places."),
    ),
    Message(
        "NUMBER.ROUNDED",
        N_("{part}: {received} is rounded further than the task allows."),
        N_("What is rounded away cannot be compared."),
        N_("Assign the result of the calculation itself, with all its digits."),
    ),
    Message(
        "CHOICE.SEVERAL",
        N_("{part}: expected one letter, received {received}."),
        N_("Exactly one option is asked for."),
        N_("Decide for one letter."),
    ),
    Message(
        "CHOICE.INCOMPLETE",
        N_("{part}: {received} belongs to the answer, and something is missing."),
        N_("More than one option is right."),
        N_("Judge each of the other options on its own: true or not?"),
    ),
    Message(
        "VALUES.NOT_CALLED",
        N_("{part}: expected numbers, received {text}, which is not a value yet."),
        N_("A function gives its numbers only when it is called."),
        N_("Call it, with brackets, and assign the result."),
    ),
    Message(
        "VALUES.GENERATOR",
        N_(
            "{part}: expected numbers, received {type_name}, which gives its values "
            "only once."
        ),
        N_("Reading it here would use it up in your notebook."),
        N_("Make a list of it: list(...)."),
    ),
    Message(
        "VALUES.SYMBOLIC",
        N_("{part}: expected numbers, received a tensor without values: {text}."),
        N_("It stands for what flows through a model later; no number is in it yet."),
        N_("Call the model on data and assign the result."),
    ),
    Message(
        "VALUES.COMPLEX",
        N_("{part}: expected real numbers, received complex ones."),
        N_("The root of a negative number is complex."),
        N_("Look for a root or a power of something negative."),
    ),
    Message(
        "VALUES.TOO_LARGE",
        N_(
            "{part}: expected few numbers, received a {type_name} with more than "
            "50,000."
        ),
        N_("This much cannot be compared entry by entry."),
        N_("Assign the result that is asked for, not the data behind it."),
    ),
    Message(
        "VALUES.NOT_FINITE",
        N_("{part}{field}: expected finite numbers, received {received}."),
        N_("A division by zero, or the logarithm of zero, ends like this."),
        N_("Find the first entry that is not finite and print what it is made of."),
    ),
    Message(
        "ANSWER.UNREADABLE",
        N_("{part}: received {type_name}, which cannot be read: {text}."),
        N_("It is none of the kinds of answer that this exercise takes."),
        N_("Compare it with the answer cell of the task."),
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
    Message(
        "TRAINED.WEIGHTS_ONLY",
        N_("{part}: {text} holds weights only."),
        N_("Without the layers nobody can tell what the weights belong to."),
        N_('Save the whole model with model.save("name.keras").'),
    ),
    Message(
        "TRAINED.OUTPUT_SHAPE",
        N_(
            "{part}: expected one prediction per row of the targets, received "
            "{error_text}."
        ),
        N_("A score compares each prediction with one target."),
        N_("Look at the number of units of the last layer."),
    ),
    Message(
        "CALLBACK.CLASS",
        N_("{part}: expected a callback, received the class {text}."),
        N_("A class is the plan; a callback made from it has the settings."),
        N_("Add brackets with the settings behind the name."),
    ),
    Message(
        "CALLBACK.HISTORY",
        N_("{part}: expected the callback, received the history that fit returns."),
        N_("The history holds the losses. The callback is what you hand to fit."),
        N_("Give the callback a name before you hand it to fit."),
    ),
    Message(
        "CALLBACK.SEVERAL",
        N_("{part}: expected one callback, received several."),
        N_("Each callback is looked at on its own."),
        N_("Assign only the one that is asked for."),
    ),
    Message(
        "CALLBACK.IMPOSTOR",
        N_(
            "{part}: {received} is a class of your own with the name of a Keras "
            "callback."
        ),
        N_("What it does is decided by your code, not by Keras."),
        N_("Use the one from keras.callbacks."),
    ),
)
