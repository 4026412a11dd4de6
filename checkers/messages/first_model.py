"""Misconceptions of lesson 01_first_model."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "first_model"

_BASELINE = (
    Message(
        "FIRST_MODEL.BASELINE_MEAN",
        N_("{part}: {received} is the error of always saying the training mean."),
        N_("The mean makes the squared error small; the median makes the MAE small."),
        N_("Use np.median for the constant."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.BASELINE_WRONG_ROWS",
        N_("{part}: {received} is measured on rows that include training rows."),
        N_("The constant comes from the training rows; a fair judgment needs others."),
        N_("Take the differences to y_val, and to y_val only."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.BASELINE_RMSE",
        N_("{part}: {received} is a root mean squared error, not a MAE."),
        N_("Squares weigh a miss of 2 four times as much as a miss of 1."),
        N_("Take the mean of the absolute differences, without squares."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.BASELINE_MSE",
        N_("{part}: {received} is a mean squared error, not a MAE."),
        N_("Its unit is squared points; it cannot be compared with a MAE."),
        N_("Take the mean of the absolute differences, without squares."),
        _LESSON,
    ),
)

_SPLIT = (
    Message(
        "FIRST_MODEL.SPLIT_UNKNOWN_ROW",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_(
            "The parts are lists of positions, not of keys: the keys only say which "
            "rows are copies."
        ),
        N_("Collect the positions with enumerate(keys)."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.SPLIT_REPEATS",
        N_("{part} on {case}: {received} rows are there more than once."),
        N_(
            "Drawing with replacement puts a row into several parts. A model that "
            "trained on a row cannot be judged by it."
        ),
        N_("Shuffle once, then cut: each key then has one place."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.SPLIT_DROPS_ROWS",
        N_("{part} on {case}: {received} rows are in no part."),
        N_("60, 20 and 20 % rounded down do not add up to all rows."),
        N_("Cut at two places; the last part is everything after the second cut."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.SPLIT_SHARES",
        N_("{part} on {case}: expected about {expected} keys, received {received}."),
        N_("The shares decide how much there is to learn from and to judge by."),
        N_("Cut the shuffled keys at 60 % and at 80 % of their number."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.SPLIT_GLOBAL_SEED",
        N_("{part} uses or sets the global random state, on {case}."),
        N_(
            "Then whatever else draws numbers, before or after, depends on this call "
            "and changes it."
        ),
        N_(
            "Make a generator of your own: random.Random(seed) or "
            "np.random.default_rng(seed)."
        ),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.SPLIT_NOT_REPEATABLE",
        N_("{part} gives two different splits for one seed, on {case}."),
        N_("A split that changes moves rows from training into the test."),
        N_("Let everything random come from a generator made with this seed."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.SPLIT_SEED_IGNORED",
        N_("{part} gives the same split for two seeds, on {case}."),
        N_("With one fixed split you cannot see how much a result depends on it."),
        N_("Shuffle with a generator made from the argument seed."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.SPLIT_COPIES_APART",
        N_(
            "{part} on {case}: expected all rows with the key {key} in {expected}, "
            "received them in several: {received}."
        ),
        N_("A copy in training tells the model the answer to its twin in validation."),
        N_("Shuffle and cut the distinct keys; then give each row its key's part."),
        _LESSON,
    ),
)

_LINE = (
    Message(
        "FIRST_MODEL.SIGMOID_ON_A_SCORE",
        N_("{where}: expected no activation, received {received}."),
        N_("A sigmoid ends at 1, and scores go up to 10: the model could never say 6."),
        N_("Leave the activation out."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.NO_NORMALIZATION",
        N_("A Normalization layer is missing {position}."),
        N_("Without it, one step size has to fit columns of very different size."),
        N_("Put an adapted Normalization layer between the input and Dense(1)."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.NOT_ADAPTED",
        N_("{where} knows no data: its means are 0 and its variances 1."),
        N_("It subtracts 0 and divides by 1, without a word."),
        N_("Call its method adapt with the training rows, before you build the model."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.ADAPTED_ALL_ROWS",
        N_("{where} holds the means and variances of all rows."),
        N_("The validation rows took part, so the model has peeked at what judges it."),
        N_("Adapt on x_train only."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.ADAPTED_OTHER_ROWS",
        N_("{where} holds other means and variances than those of the training rows."),
        N_("New wines are scaled with these numbers; they belong to the training."),
        N_("Adapt once, on x_train as the first cell makes it, before it is changed."),
        _LESSON,
    ),
)

_CURVES = (
    Message(
        "FIRST_MODEL.LAST_EPOCH",
        N_("{part}{field}: {received} is the last epoch."),
        N_("Training longer is not always better; three of the four runs show it."),
        N_("Look for the lowest validation loss."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.TRAINING_LOSS",
        N_("{part}{field}: at {received} the training loss is lowest."),
        N_("The training loss can fall for ever. What is new to the model decides."),
        N_("Look for the lowest value in val_loss."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.ONE_BASED",
        N_("{part}{field}: {received} counts from 1; this exercise counts from 0."),
        N_(
            "Keras prints epochs from 1, lists and callbacks count from 0. One off "
            "here is the wrong set of weights later."
        ),
        N_("Take the position in the list as it is."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.GAP_SIGN",
        N_("{part}{field}: {received} has the wrong sign, or none."),
        N_(
            "A positive gap says that new rows are harder; a negative one, that they "
            "are not. The sign is the message."
        ),
        N_("Subtract the training loss from the validation loss."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.GAP_LAST_EPOCH",
        N_("{part}{field}: {received} is the gap at the last epoch."),
        N_("The weights that you would keep are those of the best epoch."),
        N_("Take both losses at the best epoch."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.GAP_TRAINING_LOSS",
        N_("{part}{field}: {received} is the gap where the training loss is lowest."),
        N_("The weights that you would keep are those of the lowest validation loss."),
        N_("Take both losses at the epoch with the lowest val_loss."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.DIAGNOSIS_WORD",
        N_("diagnoses[{run!r}]: expected one of {expected}, received {received}."),
        N_("Only these four words are compared."),
        N_("Write the word as the task does."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.CURVES_PART",
        N_("diagnoses[{run!r}]: {received} does not fit this run."),
        N_("One of its curves falls to the end while the other turns and rises."),
        N_("Compare the first and the last five values of both curves."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.CURVES_JUMP",
        N_("diagnoses[{run!r}]: {received} does not fit this run."),
        N_("Both of its curves jump, and neither has come down at the end."),
        N_("Look at how far val_loss moves from one epoch to the next."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.CURVES_END_LOW",
        N_("diagnoses[{run!r}]: {received} does not fit this run."),
        N_("Its curves fall together, end flat, and end well below the baseline."),
        N_("Look at the height at which each run ends."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.CURVES_END_HIGH",
        N_("diagnoses[{run!r}]: {received} does not fit this run."),
        N_("Its curves agree and are flat, but no better than saying the median."),
        N_("Look at the height at which each run ends."),
        _LESSON,
    ),
)

_STOPPING = (
    Message(
        "FIRST_MODEL.STOP_WRONG",
        N_("{part} on {case}: expected the {which} {expected}, received {received}."),
        N_("One clause of the rule is applied in another way."),
        N_("Walk through this curve by hand and note the best epoch at each step."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.STOP_TEST_SET",
        N_(
            "{part} watches test_loss: expected {expected}, received {received} on "
            "{case}."
        ),
        N_(
            "The test set is opened once. What stops the training has chosen, and its "
            "number is too good afterwards."
        ),
        N_('Read history["val_loss"] only.'),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.STOP_TRAINING_LOSS",
        N_(
            "{part} watches the training loss: expected {expected}, received "
            "{received} on {case}."
        ),
        N_("The training loss goes on falling while the model overfits."),
        N_('Read history["val_loss"] only.'),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.STOP_PATIENCE_COUNTS_BEST",
        N_(
            "{part} stops one epoch early: expected {expected}, received {received} on "
            "{case}."
        ),
        N_("The best epoch does not count as waiting; patience counts those after it."),
        N_("Stop when the epoch is best + patience."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.STOP_PATIENCE_ONE_LATE",
        N_(
            "{part} stops one epoch late: expected {expected}, received {received} on "
            "{case}."
        ),
        N_("Training stops at the epoch that uses up the patience, not after it."),
        N_("Compare with >= in place of >."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.STOP_NO_MIN_DELTA",
        N_(
            "{part} counts every small improvement: expected {expected}, received "
            "{received} on {case}."
        ),
        N_("Without min_delta a curve that creeps down by noise never stops."),
        N_("Better means below best - min_delta."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.STOP_ONE_BASED",
        N_(
            "{part} counts epochs from 1: expected {expected}, received {received} on "
            "{case}."
        ),
        N_("Lists and Keras's callbacks count from 0."),
        N_("Use enumerate without a start value."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.STOP_NO_RESTORE",
        N_(
            "{part} keeps the last weights: expected {expected}, received {received} "
            "on {case}."
        ),
        N_("After waiting, the last weights are `patience` epochs past the best ones."),
        N_("Return the best epoch as the restored one."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.STOP_LOWEST_NOT_BEST",
        N_(
            "{part} restores the lowest epoch: expected {expected}, received "
            "{received} on {case}."
        ),
        N_(
            "A value that is lower by less than min_delta is not better by the rule: "
            "its weights were not kept."
        ),
        N_("Return the epoch that last moved the best value."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.STOP_RESTORE_ONLY_EARLY",
        N_(
            "{part} restores only when it stops early: expected {expected}, received "
            "{received} on {case}."
        ),
        N_("Keras 3 also restores when the epochs are used up."),
        N_("Return the best epoch at the end of the curve too."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.CALLBACK_MONITOR",
        N_("{part}: expected monitor {expected}, received {received}."),
        N_("The training loss hides overfitting, and the test set must not choose."),
        N_("Monitor the validation loss."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.CALLBACK_NO_RESTORE",
        N_("{part}: expected restore_best_weights {expected}, received {received}."),
        N_("The default keeps the last weights, `patience` epochs past the best ones."),
        N_("Set restore_best_weights to {expected}."),
        _LESSON,
    ),
)

_SAVING = (
    Message(
        "FIRST_MODEL.NO_FILE",
        N_("{part}: expected the model in a file {expected}, received {received}."),
        N_("What is not in the file is lost when the notebook closes."),
        N_("Save to the argument path, unchanged."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.HDF5_PATH",
        N_("{part}: expected {expected}, received {received}."),
        N_(
            "HDF5 is the old format. Keras 3 still writes it from save, but its "
            "checkpoints refuse the name."
        ),
        N_("Save to the argument path, which ends in .keras."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.WEIGHTS_ONLY",
        N_("{part}: expected the whole model in {expected}, received {received}."),
        N_(
            "Weights alone do not say which layers they belong to, nor how the model "
            "was compiled."
        ),
        N_("Use the model's method save."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.NOT_LOADED",
        N_("{part} returns the model that it was given, not one read from the file."),
        N_("Only a model that was read shows that the file is complete."),
        N_("Return what keras.saving.load_model gives."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.REINITIALIZED",
        N_("{part}: expected outputs that differ by {expected}, received {received}."),
        N_("The layers are there, but their weights were drawn anew or never read."),
        N_("Read the model from the file; do not build or clone it."),
        _LESSON,
    ),
    Message(
        "FIRST_MODEL.OTHER_OUTPUTS",
        N_("{part}: the model that comes back cannot be compared: {received}."),
        N_("It should take the same inputs and give outputs of the same shape."),
        N_("Read the model from the file that you have just written."),
        _LESSON,
    ),
)

MESSAGES = (*_BASELINE, *_SPLIT, *_LINE, *_CURVES, *_STOPPING, *_SAVING)
