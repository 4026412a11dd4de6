"""Misconceptions that lesson 09, dropout, names."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "dropout"

MESSAGES = (
    Message(
        "DROPOUT.RATE_IS_KEEP",
        N_("{where}: expected rate {expected}, received {received}."),
        N_("In Keras, rate is the share that is dropped, not the share that is kept."),
        N_("Pass {expected}."),
        _LESSON,
    ),
    Message(
        "DROPOUT.NOISE_SHARED",
        N_("{where}: expected one draw per unit, received noise_shape {received}."),
        N_(
            "A 1 in noise_shape makes all units of that axis share one draw: they are "
            "dropped together or not at all."
        ),
        N_("Leave noise_shape out."),
        _LESSON,
    ),
    Message(
        "DROPOUT.ONLY_ONE",
        N_("{where} is the only dropout layer; the task asks for two."),
        N_("Each dropout layer thins only the layer above it."),
        N_("Add one after the other hidden Dense layer too."),
        _LESSON,
    ),
    Message(
        "DROPOUT.BEFORE_DENSE",
        N_("{where} stands before the Dense layer with 128 units, on the inputs."),
        N_(
            "There it drops properties of the song. After the Dense layer it drops "
            "what that layer has learned to see."
        ),
        N_("Move it below the Dense layer whose outputs it should drop."),
        _LESSON,
    ),
    Message(
        "DROPOUT.ON_OUTPUT",
        N_("{where} stands behind the last Dense layer, on the output."),
        N_("In training it would set the prediction itself to 0, and scale the rest."),
        N_("Let the Dense layer end the network."),
        _LESSON,
    ),
    Message(
        "DROPOUT.IN_A_ROW",
        N_("{where} follows another dropout layer; one is asked for after each Dense."),
        N_(
            "Two in a row act as one with a higher rate, and the other hidden layer is "
            "never thinned."
        ),
        N_("Move one of the two behind the other hidden Dense layer."),
        _LESSON,
    ),
    Message(
        "DROPOUT.RATES_SWAPPED",
        N_("{where}: the two rates have changed places."),
        N_("The Dense layer has most of the parameters and bears the higher rate."),
        N_("Swap the two rates."),
        _LESSON,
    ),
    Message(
        "DROPOUT.BEFORE_POOL",
        N_("{where} stands before the pooling layer; it belongs behind it."),
        N_("The pool would put the largest survivor in the place of what was dropped."),
        N_("Move the dropout layer one line down."),
        _LESSON,
    ),
    Message(
        "DROPOUT.SINGLE_PIXELS",
        N_("{where} drops single pixels of the maps."),
        N_("The neighbors of a dropped pixel say nearly the same, so little is lost."),
        N_("Use the layer that drops whole maps; the lesson shows both."),
        _LESSON,
    ),
    Message(
        "DROPOUT.NO_MAPS_LEFT",
        N_("{where} stands after Flatten, where no maps are left to drop."),
        N_("Flatten makes one long row out of all maps."),
        N_("Put the layer that drops maps between the convolution and Flatten."),
        _LESSON,
    ),
    Message(
        "DROPOUT.BEFORE_CONVOLUTION",
        N_("{where} stands before the convolution; the input has one map only."),
        N_("There it drops the whole picture of one example in five."),
        N_("Move it below the convolution."),
        _LESSON,
    ),
    Message(
        "DROPOUT.POINTS_FOR_HUNDREDTHS",
        N_("{part}: {received} is in popularity points, 0 to 100."),
        N_("The network learned popularity / 100, and its errors are in that unit."),
        N_("Divide by 100."),
        _LESSON,
    ),
    Message(
        "DROPOUT.TOO_GOOD",
        N_("{part}: {received} is below what any full run on these data gives."),
        N_("Always predicting the median gives 0.207; these columns cannot say much."),
        N_("Run the lesson in full and take the best validation MAE it prints."),
        _LESSON,
    ),
    Message(
        "DROPOUT.LAST_FOR_BEST",
        N_("{part}: {received} compares the last epochs, not the best ones."),
        N_(
            "Without dropout the last epoch is long past the best one: stopping in "
            "time is a gain too, but not of dropout."
        ),
        N_("Compare the lowest value of one curve with the lowest of the other."),
        _LESSON,
    ),
    Message(
        "DROPOUT.SIGN",
        N_("{part}: {received} has the other sign."),
        N_("A gain is positive when the error with dropout is the lower one."),
        N_("Subtract the error with dropout from the error without."),
        _LESSON,
    ),
    Message(
        "DROPOUT.NOT_MEASURED",
        N_("{part}: {received} lies outside what full runs on the real data give."),
        N_("Short runs (COURSE_FAST=1) and other epochs give other numbers."),
        N_("Run the lesson in full, from top to bottom, and read the number again."),
        _LESSON,
    ),
    Message(
        "DROPOUT.GAIN_OVERRATED",
        N_("{part}: with option {received}, most of the error would be gone."),
        N_("What the error lost is small beside what is left of it."),
        N_("Compare the gain with the error that is left."),
        _LESSON,
    ),
    Message(
        "DROPOUT.GAIN_DENIED",
        N_("{part}: with option {received}, the network would equal a constant."),
        N_("Both networks stay well below the error of the constant."),
        N_("Compare both networks with the constant baseline in the plot."),
        _LESSON,
    ),
    Message(
        "DROPOUT.SPLIT_BY_ROW",
        N_("{part}: {received} artists have songs on both sides."),
        N_(
            "Songs of one artist are alike; the network can recognize the artist, and "
            "the validation error looks better than it is."
        ),
        N_("Split by group: pass the artists as groups."),
        _LESSON,
    ),
    Message(
        "DROPOUT.SPLIT_NOT_SEEDED",
        N_("{part}: {received} training rows are not those of your seed."),
        N_("Another split has another baseline; the two results cannot be compared."),
        N_("Pass random_state=SEED and train_size=0.75."),
        _LESSON,
    ),
    Message(
        "DROPOUT.SCALED_ON_ALL",
        N_("{part}: {received} is the mean tempo of all rows."),
        N_("A scaler that has seen the validation rows tells the network about them."),
        N_("Take the mean over the training rows only."),
        _LESSON,
    ),
    Message(
        "DROPOUT.OTHER_MEAN",
        N_("{part}: {received} is not the mean tempo of your training rows."),
        N_("The positions of a split count within the rows that were split."),
        N_("Index the tempo array of the notebook with the training positions."),
        _LESSON,
    ),
    Message(
        "DROPOUT.OTHER_ROWS",
        N_("{part}: judged on {received} rows; the split of your seed has others."),
        N_("The limit belongs to one validation part; other rows have another one."),
        N_("Run the notebook from the top, without changes to x_val and y_val."),
        _LESSON,
    ),
    Message(
        "DROPOUT.SCORE",
        N_("{part}: expected a validation MAE up to {expected}, received {received}."),
        N_("It beats the median ({baseline}), but not yet by five percent."),
        N_("Look at the curves: train longer, or add dropout if the gap opens."),
        _LESSON,
    ),
    Message(
        "DROPOUT.NO_BETTER",
        N_("{part}: a validation MAE of {received} is no better than a constant."),
        N_("Always predicting the training median gives {baseline}."),
        N_("Check that the model was trained on these scaled inputs and on y / 100."),
        _LESSON,
    ),
    Message(
        "DROPOUT.FRACTION_FOR_PERCENT",
        N_("{part}: {received} is a fraction; percent are asked for."),
        N_("A change of 0.02 as a fraction is one of 2 percentage points."),
        N_("Multiply by 100."),
        _LESSON,
    ),
    Message(
        "DROPOUT.CHANGED_PLACES",
        N_("{part}: the two accuracies have changed places."),
        N_("Here dropout costs accuracy; it does not always help."),
        N_("Look which line of the lesson's output names dropout 0.5."),
        _LESSON,
    ),
    Message(
        "DROPOUT.NO_LOSS_SEEN",
        N_("{part}: with {received} % the dropout made no difference."),
        N_(
            "Behind the hidden layer it costs accuracy. Behind the last layer it "
            "thins no hidden unit, so almost nothing happens."
        ),
        N_("Measure with the dropout layer between the two Dense layers."),
        _LESSON,
    ),
    Message(
        "DROPOUT.MASKED_ACCURACY",
        N_("{part}: {received} is what the network reaches with its masks on."),
        N_(
            "Training accuracy, and any call with training=True, drops half of the "
            "units. The test runs without masks."
        ),
        N_("Take the test accuracy, from evaluate or from the lesson's output."),
        _LESSON,
    ),
    Message(
        "DROPOUT.ALWAYS_HELPS",
        N_("{part}: with option {received}, the loss would be chance."),
        N_("Over five seeds the loss is much larger than what chance moves."),
        N_("Ask what thirty units can spare."),
        _LESSON,
    ),
    Message(
        "DROPOUT.ACTIVE_AT_INFERENCE",
        N_("{part}: with option {received}, units would be missing at the test."),
        N_("At inference a dropout layer returns its input unchanged."),
        N_("Look at the first demonstration of the lesson again."),
        _LESSON,
    ),
    Message(
        "DROPOUT.CALLED_OVERFITTING",
        N_("{part}: with option {received}, the network would fit training too well."),
        N_("Its training accuracy is lower than without dropout: it underfits."),
        N_("Compare training and test accuracy before you name the disease."),
        _LESSON,
    ),
    Message(
        "DROPOUT.REMOVES_PARAMETERS",
        N_("{part}: with option {received}, parameters would be gone."),
        N_("Dropped units come back in the next update; count_params() is the same."),
        N_("Ask what is missing during one update, and what after training."),
        _LESSON,
    ),
    Message(
        "DROPOUT.OUTPUT_COUNT",
        N_("{part}: expected {expected} outputs, received {received}."),
        N_("Each mask gives an output of its own, and each output a loss of its own."),
        N_("Collect the results in a list and pass the list to keras.Model."),
        _LESSON,
    ),
    Message(
        "DROPOUT.OTHER_PATH",
        N_("{part}: expected {expected} on the way to each output, got {received}."),
        N_("The hidden layer is shared; masks and head come behind it."),
        N_("Follow one output back to the input, layer by layer."),
        _LESSON,
    ),
    Message(
        "DROPOUT.ONE_MASK",
        N_("{part}: expected {expected} masks, received {received}."),
        N_("Outputs behind one mask are equal, and so are their losses."),
        N_("Call a dropout layer once for each output."),
        _LESSON,
    ),
    Message(
        "DROPOUT.SAME_SEED",
        N_("{part}: several dropout layers have the same seed, {received}."),
        N_("Layers with equal seeds draw equal masks; four of them act as one."),
        N_("Leave seed out, or give each layer another one."),
        _LESSON,
    ),
    Message(
        "DROPOUT.MANY_HEADS",
        N_("{part}: expected {expected} layer behind all masks, received {received}."),
        N_("Separate heads learn separate weights; the idea is to share them."),
        N_("Make the Dense(1) layer once, and call it on each masked result."),
        _LESSON,
    ),
    Message(
        "DROPOUT.MANY_HIDDEN",
        N_(
            "{part}: expected {expected} hidden layer before all masks, got {received}."
        ),
        N_("The masks are to thin one and the same hidden layer in different ways."),
        N_("Call Dense(128) once, and every dropout layer on its result."),
        _LESSON,
    ),
    Message(
        "DROPOUT.SUM_OF_LOSSES",
        N_("{part}: expected loss weights of {expected}, received {received}."),
        N_("Without them Keras adds the four losses instead of averaging them."),
        N_("Pass loss_weights=[0.25] * 4 to compile."),
        _LESSON,
    ),
    Message(
        "DROPOUT.NOT_A_PAIR",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("The mean says where the predictions lie, the spread how far they reach."),
        N_("End with: return mean, spread."),
        _LESSON,
    ),
    Message(
        "DROPOUT.WRONG_AXIS",
        N_("{part} on {case}: expected shape {expected}, received {received}."),
        N_("The passes are averaged; rows and outputs stay apart."),
        N_("Stack the passes on axis 0, then take mean and std over axis 0."),
        _LESSON,
    ),
    Message(
        "DROPOUT.NOT_FINITE",
        N_("{part} on {case}: {received} is not a finite number."),
        N_("Dividing by passes - 1 fails when there is one pass."),
        N_("Divide by the number of passes, as NumPy's std does by default."),
        _LESSON,
    ),
    Message(
        "DROPOUT.PREDICT_DROPS_NOTHING",
        N_("{part} on {case}: the mean is the prediction at inference."),
        N_("predict, and a plain model(x), drop nothing: all passes are equal."),
        N_("Call model(x, training=True)."),
        _LESSON,
    ),
    Message(
        "DROPOUT.OTHER_MONTE_CARLO_MEAN",
        N_("{part} on {case}: the mean is further off than chance allows."),
        N_("Each pass counts the same, and every pass is needed."),
        N_("Print the shape of all passes together before you average."),
        _LESSON,
    ),
    Message(
        "DROPOUT.ONE_PASS",
        N_("{part} on {case}: the spread is 0 everywhere."),
        N_("One pass, or one pass repeated, has no spread."),
        N_("Call the model anew for each pass."),
        _LESSON,
    ),
    Message(
        "DROPOUT.VARIANCE_FOR_SPREAD",
        N_("{part} on {case}: this is the variance."),
        N_("The standard deviation is its square root, in the unit of the target."),
        N_("Use std, or take the square root."),
        _LESSON,
    ),
    Message(
        "DROPOUT.OTHER_SPREAD",
        N_("{part} on {case}: the spread is further off than chance allows."),
        N_("It should be the standard deviation over the passes."),
        N_("Take std over axis 0 of all passes."),
        _LESSON,
    ),
)
