"""Misconceptions that lesson 10 names."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "batch_norm"

MESSAGES = (
    Message(
        "BATCHNORM.TWO_PER_COLUMN",
        N_("{part}: {received} counts two numbers per unit."),
        N_(
            "γ and β are the two that are trained. The layer also stores a moving mean "
            "and a moving variance for inference."
        ),
        N_("Print layer.weights of a layer that was called once, and count them."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.PER_ACTIVATION",
        N_("{part}: {received} counts every row of the batch by itself."),
        N_(
            "All rows share the same numbers, or the layer could not take a batch of "
            "another size."
        ),
        N_("Leave the number of rows out of the calculation."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.DENSE_COUNTED",
        N_("{part}: {received} holds numbers of the dense layer as well."),
        N_("Kernel and bias belong to the dense layer."),
        N_("Count the BatchNormalization layer alone."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.MOVING_TRAINED",
        N_("{part}: received 0, as if all numbers of the layer were trained."),
        N_(
            "The moving mean and variance follow the batches by a rule of their own. "
            "No gradient reaches them."
        ),
        N_("Print layer.non_trainable_weights."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.ALL_FROZEN",
        N_("{part}: {received} counts all numbers of the layer as not trained."),
        N_("Gradient descent trains γ and β."),
        N_("Print layer.trainable_weights."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.AFTER_DENSE",
        N_(
            "{where} follows a dense layer, as all four normalizations do; expected "
            "one before each dense layer."
        ),
        N_(
            "So the first dense layer still multiplies raw values of up to 1,000, and "
            "the prediction itself gets normalized."
        ),
        N_("Move each normalization to the line above its dense layer."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.INPUT_NOT_NORMALIZED",
        N_(
            "No BatchNormalization stands before the first dense layer; expected one "
            "as the first layer."
        ),
        N_(
            "The raw columns are what makes the loss run away: values of up to 1,000 "
            "give gradients a thousand times as large."
        ),
        N_("Put a BatchNormalization between the input and the first dense layer."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NONE_BEFORE_OUTPUT",
        N_("No BatchNormalization stands before the last dense layer; expected one."),
        N_(
            "The output layer is a dense layer too. It multiplies what 512 ReLU units "
            "hand on."
        ),
        N_("Add a BatchNormalization directly before the last dense layer."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NO_MEMORY",
        N_("{where}: expected momentum {expected}, received {received}."),
        N_(
            "Momentum is the share of the moving average that stays. With 0, inference "
            "uses the statistics of the last batch only."
        ),
        N_("Leave momentum out; Keras then takes 0.99."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.EPSILON_LARGE",
        N_("{where}: expected epsilon {expected}, received {received}."),
        N_(
            "Epsilon is added to the variance under the root. One that is as large as "
            "the variance or larger shrinks every value toward 0."
        ),
        N_("Leave epsilon out; Keras then takes 0.001."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.BIAS_KEPT",
        N_("{where}: expected use_bias {expected}, received {received}."),
        N_(
            "The normalization after it subtracts the mean of each column, and a bias "
            "with it. The parameter is stored and updated without any effect."
        ),
        N_("Set use_bias=False in the dense layers that a normalization follows."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.RELU_INSIDE",
        N_("{where}: expected activation {expected}, received {received}."),
        N_(
            "An activation inside the dense layer acts before the normalization. The "
            "layer after it then works on values that have lost their negative half."
        ),
        N_("Leave activation out of the dense layer; the ReLU comes later."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.RELU_MISSING",
        N_("A ReLU is missing {position}."),
        N_(
            "Without it, two dense layers with a normalization between them compute no "
            "more than a single one."
        ),
        N_("Add layers.ReLU() there."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.AFTER_ACTIVATION",
        N_("{where} stands after the ReLU; this exercise asks for it before."),
        N_(
            "Both orders are in use and neither is wrong. Here you build the one of "
            "the 2015 paper."
        ),
        N_("Put the ReLU on the line below the normalization."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.BEFORE_ACTIVATION",
        N_(
            "{where} stands before the ReLU; this exercise asks for it directly before "
            "the next dense layer."
        ),
        N_("Both orders are in use and neither is wrong. Exercise 5 builds the other."),
        N_("Put each ReLU above its normalization, for example into the dense layer."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.SCALER_LATE",
        N_("{where} stands after a dense layer; expected it as the first layer."),
        N_(
            "The dense layer before it still multiplies the raw values, large ones and "
            "small ones."
        ),
        N_("Move the layer between the input and the first dense layer."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NORMALIZATION_NOT_ADAPTED",
        N_(
            "{where} has seen no rows: its mean is 0 and its variance 1. Expected a "
            "BatchNormalization layer."
        ),
        N_(
            "A Normalization layer scales with the statistics that adapt() stored. "
            "Without them it hands the raw values on."
        ),
        N_("Use BatchNormalization: it learns its statistics while training."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NORMALIZATION_LAYER",
        N_("{where}: expected a BatchNormalization layer, received {received}."),
        N_(
            "An adapted Normalization layer scales the inputs as well. This exercise "
            "is about the layer that needs no adapt()."
        ),
        N_("Put a BatchNormalization in its place."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NONE",
        N_("{part}: this network has no BatchNormalization layer."),
        N_(
            "On raw concrete and with SGD the loss of this network becomes nan within "
            "one epoch, or its units die."
        ),
        N_("Put one BatchNormalization before each dense layer, as in exercise 3."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NOT_SGD",
        N_("{part}: expected the optimizer {expected}, received {received}."),
        N_(
            "Adam rescales its steps and is a cure of its own. With it you cannot see "
            "what the normalization does."
        ),
        N_('Compile with optimizer="sgd" or keras.optimizers.SGD(...), train again.'),
        _LESSON,
    ),
    Message(
        "BATCHNORM.STANDARDIZED_INPUTS",
        N_(
            "{where}: no moving mean is larger than {received}; raw concrete has "
            "column means of up to 974."
        ),
        N_(
            "The network was trained on scaled rows, so the raw rows of the task tell "
            "it nothing. Scaling is a cure too; here the first layer does it."
        ),
        N_("Train on x_train as it comes from the split."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.UNTRAINED",
        N_("{where} has seen no batch: its moving mean is 0 in every column."),
        N_("The moving statistics follow the batches of fit."),
        N_("Train the model with fit before you save it."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.LAST_EPOCH",
        N_(
            "{part}: the saved model has the error of the last epoch, {received}; the "
            "lowest of your list is {expected}."
        ),
        N_("The error jumps from epoch to epoch, so the last one is seldom the best."),
        N_("Save at the best epoch: ModelCheckpoint(..., save_best_only=True)."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.OTHER_EPOCH",
        N_(
            "{part}: the saved model has the error {received}; the lowest of your list "
            "is {expected}."
        ),
        N_("Model and list should come from one and the same training run."),
        N_("Run the training again and hand in both from that run."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.CURVE_NAN",
        N_("{part}: expected a list of errors by epoch, received {received}."),
        N_("Where no value is a number, no epoch is the best one."),
        N_('Hand in history.history["val_loss"] of a run whose loss stays finite.'),
        _LESSON,
    ),
)
