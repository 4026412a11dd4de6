"""What lint finds in heads, losses, labels, metrics, optimizers and data."""

from checkers.i18n import N_
from checkers.messages.message import Message

MESSAGES = (
    Message(
        "LINT.SOFTMAX_WITH_LOGITS",
        N_(
            "{where} ends with {activation}, and {loss}(from_logits=True) applies it "
            "again."
        ),
        N_(
            "With from_logits=True the loss takes raw scores. Squeezed twice, the "
            "probabilities lie close together and the gradients are small."
        ),
        N_("Drop the activation, or drop from_logits=True."),
    ),
    Message(
        "LINT.LOGITS_WITHOUT_FLAG",
        N_("{where} gives raw scores, and {loss} expects probabilities."),
        N_(
            "Keras cuts values outside 0 to 1 off before the logarithm. The loss is "
            "wrong there and has no gradient."
        ),
        N_(
            'Add activation="{function}" to the layer, or from_logits=True to the loss.'
        ),
    ),
    Message(
        "LINT.HEAD_NOT_PROBABILITY",
        N_("{where} ends with {activation}, and {loss} expects probabilities."),
        N_("Values of {activation} are not confined to 0 to 1, so they are cut off."),
        N_('End with activation="{function}".'),
    ),
    Message(
        "LINT.ONE_CLASS_LOSS",
        N_("{where} has one unit, and {loss} compares classes with each other."),
        N_("With a single class there is nothing to compare; nothing is learned."),
        N_("Use binary_crossentropy with a sigmoid, or one unit per class."),
    ),
    Message(
        "LINT.SIGMOID_WITH_CATEGORICAL",
        N_(
            "{where} scores {width} classes one by one (sigmoid); {loss} expects one "
            "choice."
        ),
        N_(
            "The predictions need not sum to 1, while the loss is meant for one class "
            "per row."
        ),
        N_(
            "One class per row: softmax. Several at once: keep the sigmoid and take "
            "binary_crossentropy."
        ),
    ),
    Message(
        "LINT.SOFTMAX_WITH_BINARY",
        N_(
            "{where} shares a sum of 1 among {width} classes; {loss} asks {width} "
            "separate questions."
        ),
        N_("Two answers that are both yes cannot be reached under softmax."),
        N_(
            "One class per row: categorical_crossentropy. Several at once: sigmoid in "
            "place of softmax."
        ),
    ),
    Message(
        "LINT.SOFTMAX_WITH_REGRESSION",
        N_("{where} gives probabilities of {width} classes, and the loss is {loss}."),
        N_(
            "Where the model is sure and wrong, this loss is nearly flat under "
            "softmax: "
            "it learns slowly just there."
        ),
        N_("Try categorical_crossentropy and compare."),
    ),
    Message(
        "LINT.RELU_ON_REGRESSION",
        N_("{where} ends with {activation}, and {loss} measures distances to numbers."),
        N_(
            "The model can give no negative value, and a unit below zero gets no "
            "gradient."
        ),
        N_(
            "Leave the activation of the last layer out; softplus keeps values "
            "positive."
        ),
    ),
    Message(
        "LINT.BATCHNORM_ON_OUTPUT",
        N_(
            "{where} normalizes what the model returns, and {loss} compares it with "
            "targets."
        ),
        N_("In training every prediction then depends on the other rows of its batch."),
        N_("Move the normalization before the last layer with weights, or remove it."),
    ),
    Message(
        "LINT.DROPOUT_ON_OUTPUT",
        N_("{where} drops a share of {rate} of the answer itself."),
        N_(
            "In training a dropped output is 0 whatever the model knows; the loss "
            "cannot fall."
        ),
        N_("Put dropout between hidden layers, before the last one."),
        "dropout",
    ),
    Message(
        "LINT.LABELS_OUT_OF_RANGE",
        N_(
            "The labels run from {low} to {high}; {place} has {width} units, for "
            "labels 0 to {last}."
        ),
        N_(
            "For a label without a unit the loss is nan or an error, depending on the "
            "machine."
        ),
        N_("Number the classes from 0, or give the head one unit per class."),
    ),
    Message(
        "LINT.ONE_HOT_WITH_SPARSE",
        N_(
            "The targets are one-hot rows of shape {shape}; {loss} expects one number "
            "per row."
        ),
        N_("The two losses compute the same from two forms of the label."),
        N_("Take categorical_crossentropy, or targets.argmax(axis=-1)."),
    ),
    Message(
        "LINT.NUMBERS_WITH_CATEGORICAL",
        N_("The targets are numbers of shape {shape}; {loss} expects rows of {width}."),
        N_("The two losses compute the same from two forms of the label."),
        N_("Take sparse_categorical_crossentropy, or keras.utils.to_categorical."),
    ),
    Message(
        "LINT.BINARY_LABELS",
        N_("The targets run from {low} to {high}; {loss} expects 0 to 1."),
        N_(
            "Outside of that range the loss can fall without end, and the model runs "
            "away."
        ),
        N_("Turn the two labels into 0 and 1."),
    ),
    Message(
        "LINT.TARGETS_OUT_OF_REACH",
        N_(
            "The targets run from {low} to {high}; {place} ends with {activation}, "
            "which gives {least} to {most}."
        ),
        N_("No weights reach a target outside of that range."),
        N_("Leave the activation of the last layer out, or scale the targets."),
    ),
    Message(
        "LINT.TARGET_SHAPE",
        N_("{where} gives {output} per example; the targets have the shape {shape}."),
        N_(
            "Keras stretches one side where it can, and compares numbers that do not "
            "belong together."
        ),
        N_("Give the last layer one unit per target number."),
    ),
    Message(
        "LINT.ONE_TARGET",
        N_("All {rows} targets equal {value}."),
        N_("A model that ignores its input is perfect on such data."),
        N_("Check how the targets were made or split."),
    ),
    Message(
        "LINT.ACCURACY_ON_REGRESSION",
        N_("The metric {metric} counts exact hits, and {loss} is for measured values."),
        N_("A prediction of 3.98 for 4 counts as wrong, so the number says nothing."),
        N_("Use mae or root_mean_squared_error."),
        "first_model",
    ),
    Message(
        "LINT.EXACT_ACCURACY",
        N_(
            "keras.metrics.Accuracy() compares values of {activation} with labels by "
            "==."
        ),
        N_(
            'A probability is hardly ever exactly 0 or 1. The text "accuracy" picks a '
            "fitting metric."
        ),
        N_('Write metrics=["accuracy"].'),
    ),
    Message(
        "LINT.WRONG_ACCURACY",
        N_("The metric {metric} expects labels of another form than {loss}."),
        N_("It compares positions or thresholds that mean something else."),
        N_('Take {fitting}, or the text "accuracy".'),
    ),
    Message(
        "LINT.THRESHOLD_ON_LOGITS",
        N_("The metric {metric} cuts at 0.5, and the model gives raw scores."),
        N_(
            "A probability of 0.5 is a raw score of 0; scores from 0 to 0.5 count as "
            "no."
        ),
        N_(
            "Take BinaryAccuracy(threshold=0), AUC(from_logits=True), or a sigmoid "
            "in the model."
        ),
    ),
    Message(
        "LINT.NOT_COMPILED",
        N_("The model is not compiled."),
        N_(
            "compile says which loss falls; without it, rules about the loss cannot "
            "look."
        ),
        N_("Call compile before you train. To predict, none is needed."),
    ),
    Message(
        "LINT.LEARNING_RATE_ZERO",
        N_("The learning rate of {optimizer} is {rate}."),
        N_("At 0 nothing changes; below 0 the loss is climbed, not descended."),
        N_("Leave learning_rate out to begin with Keras's default."),
    ),
    Message(
        "LINT.LEARNING_RATE",
        N_("The learning rate of {optimizer} is {rate}; in use are {low} to {high}."),
        N_("Too high, the loss jumps or becomes nan; too low, it does not move."),
        N_("Try three rates, each ten times the last, and compare the first epochs."),
    ),
    Message(
        "LINT.ADADELTA_RATE",
        N_("Adadelta runs with a learning rate of {rate}."),
        N_("Its paper uses 1.0. With Keras's default of 0.001 the loss hardly moves."),
        N_("Set learning_rate=1.0, or take Adam."),
    ),
    Message(
        "LINT.NAN_IN_DATA",
        N_("The {name} hold {nan} nan and {inf} infinite values."),
        N_("One of them makes the loss nan, and after that step every weight."),
        N_("Drop those rows or fill the gaps before training."),
    ),
    Message(
        "LINT.DATA_DOES_NOT_FIT",
        N_(
            "The {name} have the shape {shape} per example; the model takes {expected}."
        ),
        N_("The weights of the first layer fit one shape only."),
        N_("Reshape the data, or change the shape in keras.Input."),
    ),
    Message(
        "LINT.INPUT_NOT_SCALED",
        N_(
            "The {name} run from {low} to {high} (mean {mean}) and reach {place} "
            "unscaled."
        ),
        N_(
            "Starting weights are drawn for inputs of a few units around 0; larger "
            "ones "
            "give huge outputs and gradients."
        ),
        N_(
            "Pictures: begin with Rescaling(1 / 255). Tables: Normalization, adapted "
            "on "
            "the training rows."
        ),
        "first_model",
    ),
    Message(
        "LINT.COLUMNS_DIFFER",
        N_(
            "The columns of the {name} differ in spread from {narrow} to {wide} and "
            "reach {place} so."
        ),
        N_("One learning rate fits one scale; the wide columns drown the narrow ones."),
        N_("Begin with Normalization, adapted on the training rows."),
        "first_model",
    ),
    Message(
        "LINT.TOKENS_OUT_OF_RANGE",
        N_(
            "The tokens run from {low} to {high}; {place} has {rows} rows, 0 to {last}."
        ),
        N_(
            "A token without a row stops the training or reads zeros, depending on the "
            "machine."
        ),
        N_("Make input_dim the greatest token plus 1."),
    ),
    Message(
        "LINT.CONSTANT_COLUMNS",
        N_("In the {name}, these columns never change (counted from 0): {columns}."),
        N_("What never changes cannot explain a difference."),
        N_("Drop the columns, or check how they were read."),
    ),
    Message(
        "LINT.MANY_PARAMETERS",
        N_(
            "The model trains {params} parameters on {rows} examples: {ratio} for each."
        ),
        N_("It can learn every example by heart, labels at random included."),
        N_("Watch the validation loss; measure a smaller model beside it."),
    ),
    Message(
        "LINT.BATCHNORM_SHORT_RUN",
        N_(
            "{where}: after an epoch of {updates} steps (batches of 32), its moving "
            "statistics still hold {left} % of their starting values."
        ),
        N_(
            "At inference the layer uses these, with momentum {momentum}. After a "
            "short "
            "run, validation looks far worse than training."
        ),
        N_("Train for more steps, or set momentum=0.9."),
        "batch_norm",
    ),
)
