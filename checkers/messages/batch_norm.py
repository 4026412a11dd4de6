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
    Message(
        "BATCHNORM.BATCH_AT_INFERENCE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: normalized "
            "with the batch's own statistics at inference."
        ),
        N_(
            "A prediction would then depend on the rows beside it, and a single row "
            "would always give β."
        ),
        N_("With training=False use moving_mean and moving_variance."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.UNBIASED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the variance "
            "is divided by m - 1, not by m."
        ),
        N_(
            "Both are in use elsewhere. Batch normalization divides by m in training, "
            "in the paper, in Keras and in PyTorch."
        ),
        N_("Leave ddof out: x.var(axis=0) divides by the number of rows."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.UNBIASED_MOVING",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the moving "
            "variance follows the unbiased variance."
        ),
        N_(
            "That is a convention: PyTorch does it and so does the paper at inference. "
            "Keras, and this exercise, take the biased one."
        ),
        N_("Use the same variance for the output and for the moving average."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.MOMENTUM_SWAPPED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the two "
            "weights of the average have changed places."
        ),
        N_(
            "In Keras momentum is the share that stays. PyTorch calls the share that "
            "is new momentum: its 0.01 is Keras's 0.99."
        ),
        N_("Write momentum * moving + (1 - momentum) * batch."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NO_EPSILON",
        N_(
            "{part} on {case}: expected {expected}, received {received}: epsilon is "
            "missing under the root."
        ),
        N_("A column that is the same in all rows would be divided by 0."),
        N_("Divide by the root of variance + epsilon."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.EPSILON_OUTSIDE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: epsilon was "
            "added to the root, not under it."
        ),
        N_(
            "The two differ where the variance is small, which is where epsilon "
            "matters."
        ),
        N_("Add epsilon to the variance first, then take the root."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.BY_VARIANCE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: divided by "
            "the variance, without a root."
        ),
        N_(
            "The variance has the square of the column's unit. Divided by it, the "
            "result does not get the standard deviation 1."
        ),
        N_("Divide by np.sqrt(variance + epsilon)."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NO_SCALE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: γ or β is "
            "missing."
        ),
        N_("Without them the network could not choose another scale or center."),
        N_("Multiply by gamma, then add beta, in both modes."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.CENTER_SCALED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: γ multiplies "
            "β as well."
        ),
        N_("Then β is no longer the center that the column gets."),
        N_("Multiply by gamma first, and add beta to the product."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NOT_CENTERED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the mean is "
            "not subtracted."
        ),
        N_("The column keeps its own center, only narrower or wider."),
        N_("Subtract the mean before you divide."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.SCALE_SWAPPED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: γ and β have "
            "changed places."
        ),
        N_("γ scales and starts at 1, β moves the center and starts at 0."),
        N_("Multiply by gamma and add beta."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.WHOLE_BATCH",
        N_(
            "{part} on {case}: expected {expected}, received {received}: one mean and "
            "one variance for all columns together."
        ),
        N_(
            "Columns live on different scales. Each is normalized by itself, over the "
            "rows."
        ),
        N_("Use x.mean(axis=0) and x.var(axis=0): one entry per column."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.MOVING_IN_TRAINING",
        N_(
            "{part} on {case}: expected {expected}, received {received}: normalized "
            "with the moving statistics in training."
        ),
        N_(
            "In training the output uses the statistics of its batch, so that the "
            "gradient sees what the normalization does. The moving ones only watch."
        ),
        N_("With training=True use the batch's mean and variance for the output."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.MOVED_AT_INFERENCE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the moving "
            "statistics change at inference."
        ),
        N_("A prediction must not change the model: asked twice, it would differ."),
        N_("Update them with training=True only."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.TRAINING_IGNORED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the same is "
            "done in both modes, that of training."
        ),
        N_(
            "At inference a prediction would depend on the rows beside it, and would "
            "change the moving statistics."
        ),
        N_("Let training decide which mean and variance are used and what moves."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.MODES_SWAPPED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the two modes "
            "have changed places."
        ),
        N_("The batch's statistics belong to training, the moving ones to inference."),
        N_("Swap the two branches of the if."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.VALUE_WRITTEN_IN",
        N_(
            "{part} on {case}: expected {expected}, received {received}: Keras's own "
            "0.99 or 0.001 is used, whatever is handed over."
        ),
        N_("momentum and epsilon are arguments; another call may bring other values."),
        N_("Use the arguments in place of the numbers."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.MOVING_SPREAD",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the average "
            "follows the standard deviation."
        ),
        N_("At inference the root is taken of it, so it would be taken twice."),
        N_("Average the variance."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NEVER_MOVES",
        N_(
            "{part} on {case}: expected {expected}, received {received}: a moving "
            "statistic is what it was before the call."
        ),
        N_("At inference it would still be 0 or 1, whatever the data are."),
        N_("Return both updated averages after a call with training=True."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.REPLACED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the batch's "
            "statistics stand in place of the averages."
        ),
        N_("Inference would then depend on the last batch of the training alone."),
        N_("Keep the share momentum of the old value and add the rest of the new one."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.MOVING_ORDER",
        N_("{part} on {case}: moving mean and moving variance have changed places."),
        N_("The caller takes the results apart by their order."),
        N_("Return the output, the moving mean, the moving variance."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.STATISTICS_CONSTANT",
        N_(
            "{part} on {case}: the gradient for {name} is {received}, the numeric one "
            "{expected}: mean and variance were taken for constants."
        ),
        N_(
            "Both are computed from x. Whoever moves one entry moves them too, and "
            "with them every row of the column."
        ),
        N_("Add the way through the mean and the way through the variance."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.MEAN_CONSTANT",
        N_(
            "{part} on {case}: the gradient for {name} is {received}, the numeric one "
            "{expected}: the mean was taken for a constant."
        ),
        N_(
            "Each entry moves the mean by 1/m of its own step, and the mean is "
            "subtracted from every row."
        ),
        N_("Subtract the column's mean of dy."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.VARIANCE_CONSTANT",
        N_(
            "{part} on {case}: the gradient for {name} is {received}, the numeric one "
            "{expected}: the variance was taken for a constant."
        ),
        N_("An entry far from the mean widens the column, which shrinks every row."),
        N_("Subtract x̂ times the column's mean of dy · x̂."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NO_EPSILON_BACK",
        N_(
            "{part} on {case}: the gradient for {name} is {received}, the numeric one "
            "{expected}: epsilon is missing on the way back."
        ),
        N_("The way back divides by the same root as the way forward."),
        N_("Use the root of variance + epsilon, in x̂ too."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.SUMS_FOR_MEANS",
        N_(
            "{part} on {case}: the gradient for {name} is {received}, the numeric one "
            "{expected}: sums where means belong."
        ),
        N_("One entry of m moves the mean by 1/m of its own step."),
        N_("Divide both sums over the rows by the number of rows."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.GAMMA_NOT_ON_THE_WAY",
        N_(
            "{part} on {case}: the gradient for {name} is {received}, the numeric one "
            "{expected}: γ is missing on the way back."
        ),
        N_("What was multiplied by γ on the way forward comes back multiplied by it."),
        N_("Multiply dy by gamma before it goes on to x̂."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.MEANS_FOR_SUMS",
        N_(
            "{part} on {case}: the gradient for {name} is {received}, the numeric one "
            "{expected}: a mean over the rows where a sum belongs."
        ),
        N_(
            "γ and β act on every row, and each row sends its share back. If the loss "
            "is a mean, its 1/m is in dy already."
        ),
        N_("Use sum(axis=0)."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.GAMMA_OF_RAW",
        N_(
            "{part} on {case}: the gradient for {name} is {received}, the numeric one "
            "{expected}: summed with x in place of x̂."
        ),
        N_("γ multiplies the normalized entries, so they are its slope."),
        N_("Sum dy * hat, where hat is (x - mean) / √(variance + epsilon)."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.GAMMA_OF_OUTPUT",
        N_(
            "{part} on {case}: the gradient for {name} is {received}, the numeric one "
            "{expected}: γ is in its own slope."
        ),
        N_("The slope of γ · x̂ by γ is x̂ alone."),
        N_("Sum dy * hat, without gamma."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.ONE_ROW_IMPOSSIBLE",
        N_("{part}: received {received}, the sentence about a variance of 0."),
        N_(
            "That is what happens in training mode. At inference the variance of the "
            "batch is not used at all."
        ),
        N_("Look up which mean and variance predict takes."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.LAST_BATCH_COUNTS",
        N_("{part}: received {received}, the sentence about the last batch."),
        N_(
            "With momentum 0.99 the last batch has a weight of 0.01 in the averages; "
            "all earlier ones share the rest."
        ),
        N_("Look at the rule by which the moving averages follow the batches."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.SKIPPED_AT_INFERENCE",
        N_("{part}: received {received}, the sentence about dropout."),
        N_(
            "The weights behind the layer were trained on normalized columns. Left "
            "alone, they would get others at inference."
        ),
        N_("Look up what the layer computes in each of its two modes."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.FIXED_AFTER_EPOCH",
        N_("{part}: received {received}, a sentence in which something stays fixed."),
        N_(
            "Every training batch moves the averages, and every update trains γ and β, "
            "until training ends."
        ),
        N_("Print layer.get_weights() after each of three epochs."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.BATCHES_ALIKE",
        N_("{part}: received {received}, the sentence that it does not matter."),
        N_(
            "In a batch of one kind its own mean is subtracted, and with it what tells "
            "that kind from the others."
        ),
        N_("Think of a batch with the digit 1 only: what is left of it?"),
        _LESSON,
    ),
    Message(
        "BATCHNORM.POSITION_COUNTS",
        N_("{part}: received {received}, the sentence about the position."),
        N_(
            "Mean and variance are the same in any order. Which rows are in the batch "
            "counts, not where they stand."
        ),
        N_("Swap two rows of a batch and compare the outputs."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.GAMMA_IS_STATISTIC",
        N_("{part}: received {received}, the sentence about mean and deviation."),
        N_(
            "Those are the moving averages. γ and β start at 1 and 0, whatever the "
            "data are, and follow the gradient."
        ),
        N_("Print layer.trainable_weights."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.GAMMA_IN_TRAINING_ONLY",
        N_("{part}: received {received}, the sentence about training only."),
        N_(
            "The moving averages replace the batch's mean and variance. γ and β act "
            "after both, in both modes."
        ),
        N_("Look at the formula of y: where do γ and β stand?"),
        _LESSON,
    ),
    Message(
        "BATCHNORM.SHIFT_PROVED",
        N_("{part}: received {received}, the sentence that it is proved."),
        N_(
            "That training is faster was measured in 2015. That less shift is the "
            "reason was assumed; in 2018 networks with more shift trained as well."
        ),
        N_("Tell the effect from its explanation."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.SHIFT_DISPROVES",
        N_("{part}: received {received}, the sentence that nothing is gained."),
        N_(
            "In 2018 the reason was put in doubt, not the effect. You have seen it: "
            "nan without, a few MPa with."
        ),
        N_("Tell the effect from its explanation."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.OTHER_SHIFT",
        N_("{part}: received {received}, the sentence about two sources of rows."),
        N_(
            "That is covariate shift in statistics. The word internal speaks of a "
            "layer's inputs, which move while the layers before it learn."
        ),
        N_("Read the section on the two answers again."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.NOT_MEASURED",
        N_("{part}{field}: {received} is not what the lesson's network reaches."),
        N_(
            "Five seeds stay in a narrow range, so this number comes from somewhere "
            "else, or from fast mode."
        ),
        N_("Run lesson in full and copy the accuracy in percent."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.FRACTION_FOR_PERCENT",
        N_("{part}{field}: {received} looks like a share; expected percent."),
        N_("Percent and shares differ by a factor of 100."),
        N_("Multiply the accuracies by 100."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.ACCURACIES_SWAPPED",
        N_("{part}{field}: {received} belongs to another of the three entries."),
        N_(
            "The same weights do well with one sort of statistics and fail with the "
            "other."
        ),
        N_("Compare each name with the line that the lesson prints."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.SHARE_ARRIVED",
        N_("{part}: {received} is the share that has arrived."),
        N_("What has arrived and what is left of the initial value add up to 1."),
        N_("Hand in what is left."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.SHARE_LINEAR",
        N_("{part}: {received} takes 0.01 of the initial value off at each update."),
        N_("Each update takes a hundredth of what is left, not of the start."),
        N_("Multiply 0.99 with itself, sixty times."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.SHARE_OF_EPOCHS",
        N_("{part}: {received} counts epochs."),
        N_("The averages move with every batch, so the number of updates counts."),
        N_("Take the power of 60, the number of updates."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.CALLED_OVERFITTING",
        N_("{part}: received {received}, the sentence about learning by heart."),
        N_(
            "An overfitted network does well on its training images in every mode. "
            "Here evaluate fails on the very images that were learned."
        ),
        N_("Compare both accuracies on the training images."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.CALLED_A_BUG",
        N_("{part}: received {received}, the sentence about a bug."),
        N_(
            "fit and evaluate call the layer in two modes, and the modes use different "
            "statistics. They agree once the averages have arrived."
        ),
        N_("Look up which mean and variance each mode takes."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.CALLED_UNTRAINED",
        N_("{part}: received {received}, the sentence about too few updates."),
        N_("With the statistics of a batch the same weights get nine of ten right."),
        N_("Compare both accuracies on the training images."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.CURED_BY_DROPOUT",
        N_("{part}: received {received}, the sentence about dropout."),
        N_("Dropout is against learning by heart. It does not move an average faster."),
        N_("Ask what makes the moving averages arrive sooner."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.LONGER_MEMORY",
        N_("{part}: received {received}, the sentence about momentum 0.999."),
        N_("A larger momentum is a longer memory: after 60 updates 94 % are left."),
        N_("Go the other way."),
        _LESSON,
    ),
    Message(
        "BATCHNORM.STOPS_EARLIER",
        N_("{part}: received {received}, the sentence about stopping."),
        N_("Fewer updates leave more of the initial values."),
        N_("Ask what makes the moving averages arrive sooner."),
        _LESSON,
    ),
)
