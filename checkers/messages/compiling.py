"""What can be wrong with the choices in compile, and with the last layer."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "losses"

_LOSS = (
    Message(
        "COMPILE.OTHER",
        N_("{part}: {property} {received} is not what this task asks for."),
        N_("It decides what the training minimizes and how."),
        N_("Read again what the task says of the targets, then look at compile."),
        _LESSON,
    ),
    Message(
        "COMPILE.NO_LOSS",
        N_("{part} is compiled without a loss."),
        N_("The loss is the number that training makes small."),
        N_("Give compile a loss."),
        _LESSON,
    ),
    Message(
        "COMPILE.UNKNOWN_LOSS",
        N_("{part}: Keras has no loss of this name; received {received}."),
        N_("compile takes any text; fit would stop at the first batch."),
        N_("Compare the name, letter by letter, with keras.losses."),
        _LESSON,
    ),
    Message(
        "COMPILE.NUMBERS_LOSS",
        N_("{part}: {received} expects the number of the class as a label."),
        N_("The labels here are rows with one 1: one-hot."),
        N_("Take the categorical cross-entropy without “sparse”."),
        _LESSON,
    ),
    Message(
        "COMPILE.ONE_HOT_LOSS",
        N_("{part}: {received} expects one-hot rows as labels."),
        N_("The labels here are class numbers, one per example."),
        N_("Take the sparse form of the categorical cross-entropy."),
        _LESSON,
    ),
    Message(
        "COMPILE.EXCLUSIVE_LOSS",
        N_("{part}: {received} compares one class with all others."),
        N_("Here each unit answers a question of its own, and several may be yes."),
        N_("Take the cross-entropy of yes-or-no questions."),
        _LESSON,
    ),
    Message(
        "COMPILE.BINARY_LOSS",
        N_("{part}: {received} asks each unit a yes-or-no question of its own."),
        N_("Here exactly one class is true."),
        N_("Take the cross-entropy of classes that exclude each other."),
        _LESSON,
    ),
    Message(
        "COMPILE.VALUE_LOSS",
        N_("{part}: {received} is a loss for measured values."),
        N_(
            "On probabilities its slope nearly vanishes where the answer is most wrong."
        ),
        N_("Take a cross-entropy."),
        _LESSON,
    ),
    Message(
        "COMPILE.CLASS_LOSS",
        N_("{part}: {received} is a loss for classes or yes-or-no questions."),
        N_(
            "The target here is a measured value: it can be 5.6, and a miss has a size."
        ),
        N_("Take a loss that grows with the size of the miss."),
        _LESSON,
    ),
    Message(
        "COMPILE.LOSS_SETTING",
        N_("{part}: {property} of {loss}: expected {expected}, received {received}."),
        N_("It changes the number that training makes small."),
        N_("Leave {property} at its default."),
        _LESSON,
    ),
)

_HEAD = (
    Message(
        "COMPILE.LOGITS_TWICE",
        N_("{where} ends with {activation}, and {received} applies one of its own."),
        N_(
            "from_logits=True says that the model gives raw scores. Probabilities that "
            "are taken for scores are squeezed once more."
        ),
        N_("Drop either the activation or from_logits=True."),
        _LESSON,
    ),
    Message(
        "COMPILE.LOGITS_NOT_TOLD",
        N_("{where} gives raw scores, and {received} takes them for probabilities."),
        N_(
            "Scores below 0 or above 1 are cut off before the logarithm: the loss says "
            "nothing true, and often nothing is learned."
        ),
        N_("Add the activation, or tell the loss with from_logits=True."),
        _LESSON,
    ),
    Message(
        "COMPILE.NO_PROBABILITY",
        N_("{where} ends with {received}: its values are no probabilities."),
        N_("A cross-entropy takes the logarithm of a probability."),
        N_("Look in the lesson's table for the head that belongs to this loss."),
        _LESSON,
    ),
    Message(
        "COMPILE.SIGMOID_EXCLUSIVE",
        N_("{where} ends with {received} for classes that exclude each other."),
        N_(
            "Sigmoids answer one question each: their values need not sum to 1, so "
            "they are no probabilities of classes of which one is true."
        ),
        N_("Take the activation that makes the units compete."),
        _LESSON,
    ),
    Message(
        "COMPILE.SOFTMAX_MULTILABEL",
        N_("{where} ends with {received} for questions that may all be yes."),
        N_("Softmax makes the outputs sum to 1: two full yeses cannot be said."),
        N_("Take the activation that judges each unit on its own."),
        _LESSON,
    ),
    Message(
        "COMPILE.SOFTMAX_ONE_UNIT",
        N_("{where}: softmax on a single unit is always 1."),
        N_("There is nothing to share with: e^z / e^z is 1, whatever the inputs."),
        N_("Ask what one number has to say here: a yes or no, or a value?"),
        _LESSON,
    ),
    Message(
        "COMPILE.VALUE_HEAD",
        N_("{where} ends with {received} in front of a measured value."),
        N_("It bounds what the model can say, and the target does not stop there."),
        N_("Leave the last activation out."),
        _LESSON,
    ),
)

_METRICS = (
    Message(
        "COMPILE.METRICS_AS_WEIGHTS",
        N_("{part}: expected numbers as loss_weights, received {received}."),
        N_(
            "The third place of compile is loss_weights, a factor per loss; metrics "
            "come fourth. fit stops at its first batch."
        ),
        N_("Say the name: metrics=[...]."),
        _LESSON,
    ),
    Message(
        "COMPILE.NO_METRIC",
        N_("{part}: expected the metric {expected}, received {received}."),
        N_("fit and evaluate report only what compile was asked for."),
        N_("Add it to the list metrics."),
        _LESSON,
    ),
    Message(
        "COMPILE.EXACT_ACCURACY",
        N_("{part}: expected {expected}, received {received}."),
        N_(
            "The object counts outputs that equal the label exactly; a probability "
            "never does. The text lets Keras pick the fitting accuracy."
        ),
        N_("Write the text in place of the object."),
        _LESSON,
    ),
    Message(
        "COMPILE.OTHER_ACCURACY",
        N_("{part}: expected {expected}, received {received}."),
        N_("This accuracy expects labels of another form than the loss does."),
        N_("Write the text, and Keras picks the accuracy that fits the loss."),
        _LESSON,
    ),
)

MESSAGES = (*_LOSS, *_HEAD, *_METRICS)
