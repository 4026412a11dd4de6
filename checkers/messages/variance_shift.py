"""Misconceptions that lesson 11 names."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "variance_shift"

MESSAGES = (
    # 1 · what comes out of a dropout layer
    Message(
        "VARSHIFT.VARIANCE_KEPT",
        N_("{part}: {received} is the variance that goes in."),
        N_(
            "Dividing by the share that stays keeps the mean. The variance grows: some "
            "outputs fall to 0, the others move away from the mean."
        ),
        N_("Work out the mean of the squares behind the layer first."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.TIMES_KEEP",
        N_("{part}: {received} is the variance of an output that is not divided by q."),
        N_(
            "Keras divides what stays by q in training. That multiplies the variance "
            "by 1/q² once more."
        ),
        N_("Divide the kept outputs by 1 - rate, then take the variance."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.RATE_FOR_KEEP",
        N_("{part}: {received} is divided by the rate."),
        N_("In Keras, rate is the share that is dropped; q is what stays."),
        N_("Put q = 1 - rate into the formula."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.ONLY_SCALED",
        N_("{part}: {received} divides all outputs by q, and drops none."),
        N_("A share of 1 - q is 0. The squares of the others count with weight q."),
        N_("The mean of the squares is q times the square divided by q²."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.DEVIATION",
        N_("{part}: {received} is the standard deviation."),
        N_("Its square is the variance, which the task asks for."),
        N_("Leave the root out."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.MEAN_FORGOTTEN",
        N_("{part}: {received} is the variance of an input whose mean is 0."),
        N_(
            "A dropped output falls from around the mean to 0. The larger the mean, "
            "the longer that way."
        ),
        N_("Add (1 - q)/q times the squared mean."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.MEAN_NOT_SQUARED",
        N_("{part}: {received} adds the mean itself, not its square."),
        N_("A variance is made of squares; its unit is that of the input squared."),
        N_("Square the mean."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.MEAN_SQUARE",
        N_("{part}: {received} is the mean of the squares."),
        N_("The variance is the mean of the squares minus the squared mean."),
        N_("Take off the squared mean. Dropout leaves the mean as it is."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.GAUSSIAN_LESS",
        N_("{part}: {received} is less than behind Dropout of the same rate."),
        N_(
            "Keras gives its Gaussian multiplier the variance rate / (1 - rate). That "
            "is the variance of the multiplier 0 or 1/q. Only smaller noise shifts "
            "less."
        ),
        N_("Compare the variances of the two multipliers."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NOISE_ADDED",
        N_("{part}: {received} adds the noise's variance to that of the input."),
        N_(
            "GaussianDropout multiplies. Its noise is larger where the input is larger."
        ),
        N_("Write the output as x · (1 + r) and take the mean of its square."),
        _LESSON,
    ),
    # 2 · shift ratios
    Message(
        "VARSHIFT.NOT_ONE_PER_NORM",
        N_("{part} on {case}: expected the shape {expected}, received {received}."),
        N_("The result has one number for each BatchNormalization, in their order."),
        N_("Average over the units first, then divide once per layer."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.DROPOUT_ON",
        N_("{part} on {case}: {received} was measured in training mode."),
        N_(
            "With the masks on, you see the variance of training again, and the ratio "
            "hides the shift. A call with training=True also moves what a "
            "BatchNormalization stored."
        ),
        N_("Call each layer with training=False."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.BATCH_VARIANCE",
        N_("{part} on {case}: {received} does not use what the layer stored."),
        N_(
            "The numerator is the stored variance: an average over the batches of "
            "training, and what the layer divides by at inference. The variance of the "
            "rows at hand is another number."
        ),
        N_("Take layer.moving_variance for the numerator."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.MEAN_FOR_VARIANCE",
        N_("{part} on {case}: {received} has the stored mean in the numerator."),
        N_("Means hardly shift under dropout. Variances do."),
        N_("Take layer.moving_variance."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.UPSIDE_DOWN",
        N_(
            "{part} on {case}: {received} is the measured variance over the stored one."
        ),
        N_("Above 1, the ratio is to say that the layer stored too much."),
        N_("Put the stored variance into the numerator."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.DEVIATIONS",
        N_("{part} on {case}: {received} is a ratio of standard deviations."),
        N_(
            "The lesson's ratio is one of variances; a root makes the shift look small."
        ),
        N_("Leave the roots out."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.UNIT_RATIOS",
        N_("{part} on {case}: {received} averages one ratio per unit."),
        N_(
            "A unit that hardly ever fires has a variance near 0. Dividing by it lets "
            "a single unit decide the average."
        ),
        N_("Average both variances over the units first, then divide."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.BEHIND_NORM",
        N_("{part} on {case}: {received} measures what comes out of the layer."),
        N_("The layer has divided by its stored variance already; γ scaled it again."),
        N_("Measure before you call the BatchNormalization."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NO_AXIS",
        N_(
            "{part} on {case}: {received} takes one variance over all columns together."
        ),
        N_(
            "Units have different means. A variance over all of them counts these "
            "differences, which the layer takes off column by column."
        ),
        N_("Pass axis=0 to np.var, then average over the units."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.LATER_RATIOS",
        N_("{part} on {case}: the first of {received} is right, a later one is not."),
        N_(
            "What reaches a later layer has passed all layers before it, the "
            "normalizations included."
        ),
        N_("Hand the values through every layer with training=False, in order."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.OTHER_RATIOS",
        N_("{part} on {case}: {received} are not the ratios of the definition."),
        N_(
            "Stored variance, averaged over the units, divided by the variance of the "
            "layer's input on x with dropout off, averaged in the same way."
        ),
        N_("Print both averages for the first BatchNormalization and compare."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NOT_FINITE",
        N_("{part}: a number is nan or infinite."),
        N_("Somewhere something was divided by 0, or a column had no rows."),
        N_("Print the variances before you divide."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NETWORK_CHANGED",
        N_("{part} on {case}: after the call this is not as it was: {received}."),
        N_("Measuring must not change what is measured, or the second look differs."),
        N_("Call layers with training=False, and put back what you set."),
        _LESSON,
    ),
    # 3 · the wine network
    Message(
        "VARSHIFT.SWAPPED",
        N_(
            "{where} still stands before a BatchNormalization: each pair is swapped, "
            "and the next pair follows."
        ),
        N_(
            "What counts is everything upstream, not the direct neighbor. The second "
            "and the third normalization still receive thinned values in training."
        ),
        N_("Leave one Dropout, behind the last BatchNormalization."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NORM_DELETED",
        N_("{part}: a BatchNormalization is missing; all of them should stay."),
        N_(
            "Without normalization there is no shift, and no normalization either. The "
            "repair keeps both."
        ),
        N_("Put a BatchNormalization behind each dense layer of 1024 or 64 units."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.ON_OUTPUT",
        N_("{where} stands behind the output layer."),
        N_("There it sets predictions themselves to 0 in training."),
        N_("Put it between the last BatchNormalization and Dense(1)."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NO_DROPOUT",
        N_("{part}: no Dropout layer is left; one should stay."),
        N_("This removes the shift and what dropout is there for as well."),
        N_("Put one Dropout behind the last BatchNormalization."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.STILL_BEFORE",
        N_("{where} stands before the last BatchNormalization."),
        N_("That one then stores a variance that inference never shows it."),
        N_("Put the Dropout on the line below the last BatchNormalization."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.THREE_IN_A_ROW",
        N_("{part}: three Dropout layers stand in a row; the task asks for one."),
        N_("Together they keep 0.7³, a third of the units. That is a rate of 0.66."),
        N_("Leave one of them."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.ONE_MORE",
        N_("{where}: more dropout than the task asks for."),
        N_(
            "Each Dropout upstream of a BatchNormalization shifts the variance that it "
            "stores."
        ),
        N_("Keep only the one behind the last BatchNormalization."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.GAUSSIAN_FOR_PLACE",
        N_("{where}: expected a {expected} layer, received {received}."),
        N_(
            "Gaussian noise of the same rate has the same variance. The place is what "
            "repairs this network."
        ),
        N_("Use Dropout(0.3)."),
        _LESSON,
    ),
    # 4 · a dropout of your own
    Message(
        "VARSHIFT.NO_OWN_LAYER",
        N_("{part}: no layer of your own was called."),
        N_(
            "Keras has no layer with uniform noise. Only a layer in the network is "
            "switched on by fit and off by predict."
        ),
        N_(
            "Write class UniformDropout(layers.Layer) and put an instance into the net."
        ),
        _LESSON,
    ),
    Message(
        "VARSHIFT.OTHER_PLACE",
        N_("{where}: expected an input of shape {expected}, received {received}."),
        N_("The task places the layer between Dense 64 and Dense 1."),
        N_("Move it there."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.SEVERAL_OWN",
        N_("{part}: expected one layer of your own, received several: {received}."),
        N_("Noise on noise has a larger variance than the one that was asked for."),
        N_("Keep the one between Dense 64 and Dense 1."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.OTHER_SHAPE",
        N_("{where}: expected an output of shape {expected}, received {received}."),
        N_("Noise changes values, not shapes."),
        N_("Return inputs * (1 + r) with one r for each entry."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.OTHER_DENSE",
        N_("{part}: at inference this is not Dense 64 with ReLU, then Dense 1."),
        N_("The noise rests there, so the outputs are those of the two layers."),
        N_("Compare the layers around yours with those of the task."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NO_RELU",
        N_("{part}: the ReLU of Dense 64 is missing."),
        N_("Without a bend, two dense layers compute no more than one."),
        N_('Write layers.Dense(64, activation="relu").'),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NEVER_ON",
        N_("{where}: in training mode the input comes out unchanged."),
        N_(
            "fit hands training=True to call. A layer whose call does not look at it, "
            "or looks the wrong way round, never acts."
        ),
        N_("Take training in call: if not training, return inputs."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.WRONG_WAY_ROUND",
        N_("{where}: it makes noise at inference and none in training."),
        N_("training is True in fit, and False in predict and evaluate."),
        N_("Turn the condition around: if not training, return inputs."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NO_DRAW",
        N_("{where}: in training mode every entry is multiplied by {received}."),
        N_("A constant factor is no noise."),
        N_("Draw r with keras.random.uniform in call."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.FIXED_DRAW",
        N_("{where}: two calls in training mode give the same numbers."),
        N_(
            "With a whole number as seed, each call draws the same. Noise that never "
            "changes can be learned by heart."
        ),
        N_("Pass a keras.random.SeedGenerator as seed, or none."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.SHARED_DRAW",
        N_("{where}: rows, or units, share one number."),
        N_("As in Dropout, each entry of the batch gets a number of its own."),
        N_("Draw with the shape of the inputs: keras.ops.shape(inputs)."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.FIXED_IN_FIT",
        N_("{where}: called directly it draws anew; compiled, as in fit, it does not."),
        N_(
            "fit turns call into a graph once. A number of NumPy or Python is drawn "
            "then, and stays."
        ),
        N_("Draw with keras.random.uniform and the shape keras.ops.shape(inputs)."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.STOPS_IN_FIT",
        N_("{where}: compiled for a batch of any size, as in fit, it stops."),
        N_("While fit compiles, inputs.shape has None for the number of rows."),
        N_("Take the shape from keras.ops.shape(inputs)."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.ADDED",
        N_("{where}: an input of 0 does not stay 0, so the noise is added."),
        N_("Dropout multiplies. Added noise is GaussianNoise's way."),
        N_("Return inputs * (1 + r)."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.ONE_SIDED",
        N_("{where}: expected a multiplier of mean {expected}, received {received}."),
        N_(
            "Noise from 0 to β does not average to 0. Training then sees other means "
            "than inference."
        ),
        N_("Draw r from -β to β."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.WITHOUT_ONE",
        N_("{where}: expected a multiplier of mean {expected}, received {received}."),
        N_("The noise replaces the input's size and sign, instead of varying it."),
        N_("Multiply by 1 + r, not by r."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.SCALED",
        N_("{where}: expected a multiplier of mean {expected}, received {received}."),
        N_(
            "Dropout divides by q to repair its mean. A multiplier 1 + r has mean 1 "
            "already."
        ),
        N_("Leave the division out."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.OTHER_SPREAD",
        N_("{where}: expected a multiplier of variance {expected}, not {received}."),
        N_("Uniform numbers from -β to β have the variance β²/3."),
        N_("Look at minval, maxval and at your personal β."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NOT_UNIFORM",
        N_(
            "{where}: multiplier not uniform; expected {expected}, received {received}."
        ),
        N_(
            "Uniform noise is bounded by 1 - β and 1 + β. Normal noise now and then "
            "is not."
        ),
        N_("Draw with keras.random.uniform."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.ALWAYS_ON",
        N_("{where}: at inference the input is not returned unchanged."),
        N_("predict would give another answer each time."),
        N_("Take training in call and return inputs where it is not True."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.CHANGES_AT_INFERENCE",
        N_("{where}: at inference the input is changed, without noise."),
        N_("The multiplier has mean 1 in training; inference needs no repair."),
        N_("Return inputs where training is not True."),
        _LESSON,
    ),
    # 5 · what a score can show
    Message(
        "VARSHIFT.SCORE_FOR_RATIO",
        N_("{part}: {received} reads a variance off a score."),
        N_(
            "The lesson measured ratios far above 1 on networks whose accuracy hardly "
            "differs. The answer is the largest output, and many shifts leave it."
        ),
        N_("Ask first what was measured: a score, or a variance."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.ONE_SEED",
        N_("{part}: {received} trusts a single run."),
        N_(
            "Seeds move the accuracy by as much as the orders differ. A single run "
            "cannot tell one from the other."
        ),
        N_("Look at all five dots of each order in the lesson's plot."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.ALWAYS_WORSE",
        N_("{part}: {received} says “always”."),
        N_(
            "The shift is always there; its cost depends on rate, data and task. A "
            "result that contradicts a rule is a reason to look at the rule."
        ),
        N_("Keep apart what is proved here and what it costs here."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.SHIFT_CANCELS",
        N_("{part}: {received} has the shift gone where it acts."),
        N_(
            "At inference dropout is off, and the stored variance was measured with "
            "dropout on. That is the shift."
        ),
        N_("Look at the denominator of the ratio: it is measured at inference."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.LAYER_IN_CELLS",
        N_("{part}: {received} makes the zeros on purpose."),
        N_(
            "In that field a dropout is an accident of the measurement: too little of "
            "a molecule was caught. It shares only the word with the layer."
        ),
        N_("Read again which step brings the zeros into the table."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.LOST_CELLS",
        N_("{part}: {received} counts cells; the rate counts entries of the table."),
        N_("The cell stays in the table, with a zero for a gene that it did use."),
        N_("Read again what is imputed: values, not cells."),
        _LESSON,
    ),
    # 6 · measured anew
    Message(
        "VARSHIFT.OTHER_MODEL",
        N_("{part} on {case}: the returned network has other layers."),
        N_("Only stored statistics should change."),
        N_("Change the network that you were given, and return nothing or itself."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.RETRAINED",
        N_("{part} on {case}: kernels or biases of the network changed."),
        N_(
            "The remedy repairs statistics only. Training moves the weights as well, "
            "and then it is another network."
        ),
        N_("Leave fit out: a forward pass in training mode moves the statistics."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.SCALES_RESET",
        N_("{part} on {case}: γ or β of a BatchNormalization changed."),
        N_("They were trained together with the weights behind them."),
        N_("Assign to moving_mean and moving_variance only, or keep the layer."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.NOTHING_STORED",
        N_("{part} on {case}: still the old stored variances; ratios {received}."),
        N_("At inference a BatchNormalization reads its statistics and moves none."),
        N_("Call the network with training=True, or assign the variances yourself."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.VALIDATION_ROWS",
        N_("{part} on {case}: the variances are those of the validation rows."),
        N_(
            "Then these rows are part of the network, and their error says less about "
            "new rows."
        ),
        N_("Use split.x_train."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.ALL_AT_ONCE",
        N_("{part} on {case}: the later ratios do not fit: {received}."),
        N_(
            "All inputs were measured before anything was stored. Once the first layer "
            "divides by a new variance, the second one receives other values."
        ),
        N_("Go from front to back: measure, store, then call the layer."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.MASKS_STILL_ON",
        N_("{part} on {case}: the masks were on; ratios {received}."),
        N_("So the same shifted variances were stored once more."),
        N_("Set rate to 0 in every Dropout layer before the pass."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.STILL_OFF",
        N_("{part} on {case}: expected ratios near 1, received {received}."),
        N_(
            "Either dropout was not off, or too little of the old average has left: "
            "after k passes 0.99 to the power of k of it is still there."
        ),
        N_("Set momentum to 0 for the pass, or repeat it some hundred times."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.MEAN_LOST",
        N_("{part} on {case}: the variances fit, but a stored mean does not."),
        N_("The layer takes the mean off before it divides."),
        N_("Leave moving_mean alone, or store the mean of the same values."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.RATE_LEFT",
        N_("{part} on {case}: a Dropout layer has another rate than before."),
        N_("If the network is trained further, it drops nothing."),
        N_("Note each rate before the pass and put it back."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.MOMENTUM_LEFT",
        N_("{part} on {case}: a BatchNormalization has another momentum than before."),
        N_("If the network is trained further, only its last batch is stored."),
        N_("Note each momentum before the pass and put it back."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.FROZEN_LEFT",
        N_("{part} on {case}: a BatchNormalization is not trainable any more."),
        N_("If the network is trained further, γ and β stay as they are."),
        N_("Leave trainable as it was."),
        _LESSON,
    ),
    # 7 · masks on, statistics off
    Message(
        "VARSHIFT.NORM_STILL_ON",
        N_("{where} uses the rows at hand when the network runs with training=True."),
        N_(
            "Then a prediction depends on the other rows of the call. In a functional "
            "network, training=False at the layer does not help: the mode of the whole "
            "model overrules it."
        ),
        N_("Pass trainable=False to the BatchNormalization."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.MASK_MEAN",
        N_("{part}: {received} blames the masks."),
        N_("They are divided by q, so their mean is 1."),
        N_("Ask which other layer acts differently when training=True."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.FEW_PASSES",
        N_("{part}: {received} blames the number of passes."),
        N_("More passes measure the same mean more exactly. It stays where it is."),
        N_("Ask which other layer acts differently when training=True."),
        _LESSON,
    ),
    Message(
        "VARSHIFT.CALLS_TRAIN",
        N_("{part}: {received} has a call move trained weights."),
        N_("Only an optimizer moves γ and β. A call moves the stored statistics."),
        N_("Print layer.weights before and after a call with training=True."),
        _LESSON,
    ),
)
