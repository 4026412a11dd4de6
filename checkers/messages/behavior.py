"""What a model does although its settings are right: measured, not read."""

from checkers.i18n import N_
from checkers.messages.message import Message

_BY_SETTINGS = N_("What a layer does counts, not what it is called.")
_USE_KERAS = N_("Use the Keras layer itself, unchanged.")

MESSAGES = (
    Message(
        "BEHAVIOR.DROP_RATE",
        N_("{where}: expected to drop a share of {expected}, it drops {received}."),
        _BY_SETTINGS,
        _USE_KERAS,
    ),
    Message(
        "BEHAVIOR.DROP_SCALE",
        N_("{where}: a kept 1 becomes {received} in training, expected {expected}."),
        N_("Kept values grow as the others go, so that the mean stays."),
        _USE_KERAS,
    ),
    Message(
        "BEHAVIOR.NOISE",
        N_("{where}: expected noise of deviation {expected}, received {received}."),
        _BY_SETTINGS,
        _USE_KERAS,
    ),
    Message(
        "BEHAVIOR.NOT_IDENTITY",
        N_("{where}: changes its input at inference, where it should rest."),
        N_("Predictions should come from the whole network, without chance."),
        _USE_KERAS,
    ),
    Message(
        "BEHAVIOR.RESTS",
        N_("{where}: leaves every picture as it is in training."),
        N_("Augmentation helps by showing the network changed pictures."),
        _USE_KERAS,
    ),
    Message(
        "BEHAVIOR.BATCH_STATISTICS",
        N_("{where}: in training it does not use the mean and variance it should."),
        N_("It takes those of the batch, and when it is frozen the stored ones."),
        _USE_KERAS,
    ),
    Message(
        "BEHAVIOR.MOVING_STATISTICS",
        N_("{where}: at inference it does not use the mean and variance it stored."),
        N_("A prediction must not depend on the other examples of its batch."),
        _USE_KERAS,
    ),
    Message(
        "BEHAVIOR.MOMENTUM",
        N_("{where}: expected to keep a share of {expected}, it keeps {received}."),
        N_("Momentum says how much of the stored statistics outlives one batch."),
        _USE_KERAS,
    ),
    Message(
        "BEHAVIOR.FROZEN",
        N_("{where}: its switch says trainable, yet no step would move {weights}."),
        N_("The model around it, or the weight itself, is switched off."),
        N_("Set model.trainable = True, and leave the weights' switches alone."),
    ),
    Message(
        "BEHAVIOR.NOT_FROZEN",
        N_("{where}: its switch says frozen, yet a step would move {weights}."),
        N_("What the model hands to the optimizer counts, not the switch."),
        N_("Look for another layer that holds the same weight."),
    ),
    Message(
        "BEHAVIOR.TIED",
        N_("{where}: holds a weight that layer {other} ({kind}) holds as well."),
        N_("Two layers with one weight learn the same thing in two places."),
        N_("Give each layer weights of its own."),
    ),
    Message(
        "GRADIENT.STOPS_AT",
        N_("{where}: no gradient passes it; {num_weights} weights before it stay."),
        N_("Rounding, argmax and stop_gradient have no slope to go down."),
        N_("Take that operation out of the way from the weights to the output."),
    ),
    Message(
        "GRADIENT.STOPS_AFTER",
        N_("{where}: the gradient stops after it; {num_weights} weights stay."),
        N_("Rounding, argmax, stop_gradient and NumPy cut the way back."),
        N_("Look at what your call does with the result of this layer."),
    ),
    Message(
        "GRADIENT.NONE",
        N_("{where}: no gradient reaches its {weights}; training never moves it."),
        N_("A weight without a gradient keeps its first values."),
        N_("Look at how the weight is used on the way to the output."),
    ),
    Message(
        "MODEL.TOO_LARGE",
        N_("{part} would get {error_text} weights or more."),
        N_("The checker builds an unbuilt model of at most 100,000,000 weights."),
        N_("Look at the sizes of the layers; often one zero is too many."),
    ),
    Message(
        "MODEL.OUTPUT_SHAPE",
        N_("{part}: by its layers it returns {expected}, on numbers {received}."),
        N_("The first axis counts the examples; None there means any number."),
        N_("Look for a reshape that moves numbers from one example to another."),
    ),
    Message(
        "MODEL.MIXES_EXAMPLES",
        N_("{part}: the prediction for one example changes with the others."),
        N_("At inference each example must get its own answer."),
        N_("Look for a mean, a softmax or a reshape along the first axis."),
    ),
)
