"""Messages on trained classifiers."""

from __future__ import annotations

from checkers.i18n import N_
from checkers.messages.message import Message

__all__ = ["MESSAGES"]

MESSAGES = (
    Message(
        "TRAINED.ACCURACY",
        N_("{part}: expected an accuracy of {expected}, received {received}."),
        N_("It counts the right rows among rows that the network was not trained on."),
        N_("Look at the learning curves: is it underfitting or overfitting?"),
    ),
    Message(
        "TRAINED.OTHER_SCALE",
        N_(
            "{part}: expected an accuracy of {expected}, received {received}. With the "
            "inputs {form}, the same network reaches {other_share}."
        ),
        N_("A network expects at the test what it saw in training, in the same scale."),
        N_(
            "Train it on inputs prepared as the notebook prepares the test inputs, or "
            "make the preparation the network's first layer."
        ),
    ),
    Message(
        "TRAINED.RENAMED",
        N_(
            "{part}: expected an accuracy of {expected}, received {received}. The "
            "classes are told apart, but {count} of them have another name: class "
            "{true} is called {called}. Renamed, {other_share} are right."
        ),
        N_("The numbers of the classes in training must mean the same at the test."),
        N_("Look at a few training images beside their labels."),
    ),
    Message(
        "TRAINED.ONE_ANSWER",
        N_(
            "{part}: expected an accuracy of {expected}, received {received}: it "
            "answers {called} for nearly every row."
        ),
        N_(
            "One answer for all is what a network learns whose loss did not fall, or "
            "whose labels have a shape that the loss reads otherwise."
        ),
        N_("Print the loss per epoch, and the shapes of the labels and of the output."),
    ),
    Message(
        "TRAINED.CHANCE",
        N_(
            "{part}: expected an accuracy of {expected}, received {received}. One "
            "answer for all rows gives {share}."
        ),
        N_(
            "Nothing about the rows was learned: the network is untrained, the labels "
            "do not belong to the rows, or inputs and labels were shuffled apart."
        ),
        N_("Look at a few training images beside their labels; then at the loss."),
    ),
    Message(
        "TRAINED.NEVER_SAID",
        N_(
            "{part}: expected an accuracy of {expected}, received {received}. The "
            "class {called} is hardly ever answered."
        ),
        N_("What is missing among the training rows cannot be learned."),
        N_("Count the training rows of each class."),
    ),
    Message(
        "TRAINED.NUM_CLASSES",
        N_("{part}: expected {expected} outputs, one per class, received {received}."),
        N_("The place of the largest output is the answer: each class needs a place."),
        N_("Give the last layer as many units as there are classes."),
    ),
    Message(
        "TRAINED.OTHER_ROWS",
        N_(
            "{part}: it was evaluated on {received} rows; the task's {expected} rows, "
            "with their labels, are others."
        ),
        N_("Scores on other rows cannot be compared."),
        N_("Restart the kernel and run all cells: the notebook prepares the rows."),
    ),
    Message(
        "TRAINED.OTHER_PIXELS",
        N_(
            "{part}: the test inputs run from {received}; the notebook prepares them "
            "from {expected}."
        ),
        N_("Every network is evaluated on the same inputs."),
        N_(
            "Leave the test inputs as the notebook makes them; what your network needs "
            "otherwise can be its first layer."
        ),
    ),
    Message(
        "TRAINED.NO_BASELINE",
        N_("{part}: the score to compare with is missing."),
        N_("The limit is stated relative to a baseline on the same rows."),
        N_("Run the notebook from the top."),
    ),
    Message(
        "TRAINED.TOO_MANY_PARAMS",
        N_("{part}: expected {expected} parameters, received {received}."),
        N_("The task asks for a good network of limited size."),
        N_("Print model.summary(): which layer has most of them?"),
    ),
    Message(
        "TRAINED.MEASURED_AS_FRACTION",
        N_("{part}: received {received}, the right share as a fraction."),
        N_("The task asks for percent."),
        N_("Multiply it by 100."),
    ),
    Message(
        "TRAINED.MEASURED_ERRORS",
        N_("{part}: received {received}, the share of wrong rows."),
        N_("Accuracy counts the right ones."),
        N_("Subtract it from 100."),
    ),
    Message(
        "TRAINED.TAIL_DROPPED",
        N_(
            "{part}: received {received}. That is the accuracy without the last {left} "
            "rows, which do not fill a batch of {batch}."
        ),
        N_("Rows that are left out were not tested, whatever they would have given."),
        N_("Let the last batch be shorter, or use model.evaluate."),
    ),
    Message(
        "TRAINED.MEAN_OF_MEANS",
        N_(
            "{part}: received {received}, the plain mean over batches of {batch}. The "
            "last batch has only {left} rows."
        ),
        N_("In a plain mean the few rows of the last batch weigh more than others."),
        N_("Count right rows over all batches and divide once, by all rows."),
    ),
    Message(
        "TRAINED.MEASURED_OTHERWISE",
        N_("{part}: {received} is not the accuracy of {model} on all test rows."),
        N_("The number has to belong to the very weights that are handed in."),
        N_("Load the saved file and evaluate that model."),
    ),
)
