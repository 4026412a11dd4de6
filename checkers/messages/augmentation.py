"""Misconceptions that lesson 12, augmentation, names."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "augmentation"

MESSAGES = (
    Message(
        "AUGMENTATION.HALF_TWICE",
        N_("{part}: the weights shrink by half as much as they should."),
        N_(
            "The ½ in front of the penalty cancels the 2 of its slope. After that it "
            "is gone."
        ),
        N_("Write the slope of (lam / 2m) w² down once: (lam / m) w."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.HALF_FORGOTTEN",
        N_("{part}: the weights shrink by twice as much as they should."),
        N_(
            "Here the penalty has a ½ in front, lam / (2m); its slope is (lam / m) w. "
            "Keras's L2 has no ½; that is another convention."
        ),
        N_("Leave the 2 out."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ADDED_TO_RATE",
        N_("{part}: the penalty was added to the learning rate."),
        N_(
            "The learning rate says how far to go along a slope. The penalty is a part "
            "of the cost, so it adds a slope of its own, that of the weight."
        ),
        N_("Shrink w by lr * lam / m, then take lr * dw away."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.DECAY_WITHOUT_RATE",
        N_("{part}: the penalty's step does not contain the learning rate."),
        N_(
            "The penalty is a part of the cost; a step goes lr times the slope of all "
            "of it."
        ),
        N_("Multiply the penalty's slope by lr as well."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NOT_DIVIDED_BY_M",
        N_("{part}: the penalty is not divided by m."),
        N_(
            "dw is a mean over m examples, and so the penalty is shared by them too: "
            "lam / m."
        ),
        N_("Divide lam by m."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.DECAY_GROWS",
        N_("{part}: the penalty makes the weights larger."),
        N_(
            "A step goes against the slope. The slope of the penalty points away from "
            "0."
        ),
        N_("Subtract the penalty's slope."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.DECAY_AFTER_STEP",
        N_(
            "{part}: the weights are shrunk after the step, the new ones in place of "
            "the old."
        ),
        N_("Both slopes belong to the same place: to the weights before the step."),
        N_("Work both parts out with the old w: w * (1 - lr * lam / m) - lr * dw."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.L1_FOR_L2_STEP",
        N_("{part}: each weight moves by the same amount; that is the step of L1."),
        N_("The slope of w² grows with w, so L2 takes a share of each weight away."),
        N_("Take lr * lam / m times the weight itself."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.L2_FOR_L1_STEP",
        N_("{part}: each weight loses a share of itself; that is the step of L2."),
        N_("The slope of |w| is 1 or -1, however large w is."),
        N_("Take lr * lam / m times the sign of the weight."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SIZE_FOR_SIGN",
        N_("{part}: |w| stands where its slope should stand."),
        N_("A step follows the slope of the cost. That of |w| is the sign of w."),
        N_("Use np.sign(w), which is 0 at 0."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SIGN_OF_GRADIENT",
        N_("{part}: the sign is that of the gradient, not of the weight."),
        N_("The penalty pulls each weight toward 0, whatever the data say."),
        N_("Take the sign of w."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.HALF_IN_L1",
        N_("{part}: the weights move by half as much as they should."),
        N_("L1 has no ½: there is no 2 in the slope of |w| to cancel."),
        N_("Leave the ½ out."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SIGN_FORGOTTEN",
        N_(
            "{part}: every weight is made smaller by the same amount, negative ones "
            "too."
        ),
        N_("A negative weight is pulled up, toward 0."),
        N_("Multiply by the sign of w."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.STEP_WITHOUT_PENALTY",
        N_("{part}: received a plain step, without the penalty."),
        N_("The cost has two parts here, and each has a slope."),
        N_("Add the penalty's slope to dw."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.BIAS_DECAYED",
        N_("{part}: the biases are held small too."),
        N_(
            "A bias shifts a unit and multiplies nothing. The penalty counts weights "
            "only."
        ),
        N_("Move the biases by lr * db and nothing else."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ADAM_DIVIDES_PENALTY",
        N_("{part}: expected another sentence than {received}."),
        N_(
            "kernel_regularizer adds the penalty's slope to the gradient, and Adam "
            "divides that sum by the size that the weight's gradients usually have. A "
            "weight with large gradients then hardly shrinks."
        ),
        N_("Look at the lesson's two weights under SGD, Adam and AdamW."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.RATE_IS_NO_DECAY",
        N_("{part}: expected another sentence than {received}."),
        N_("A smaller rate makes all steps shorter. It pulls no weight toward 0."),
        N_("Look for the optimizer that takes the shrinking apart from the gradient."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ADAM_DOES_NOT_SHRINK",
        N_("{part}: expected another sentence than {received}."),
        N_(
            "Adam's averages are of gradients. Where the data give no gradient, a "
            "weight stays as it is."
        ),
        N_("Look for the optimizer that takes the shrinking apart from the gradient."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.HALF_OF_L2",
        N_("{part}: received {received}, half of what Keras adds."),
        N_(
            "Textbooks often write (lam / 2) w². Keras's L2 has no ½ (convention); "
            "TensorFlow's tf.nn.l2_loss has one."
        ),
        N_("Leave the ½ out."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NORM_NOT_SQUARED",
        N_("{part}: received {received}, with the root of the sum of squares."),
        N_("The penalty is the square of the weights' length. No root is taken."),
        N_("Leave the root out."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.MEAN_OF_L2",
        N_("{part}: received {received}, with the mean of the squares."),
        N_("The penalty is a sum: a layer with more weights pays more."),
        N_("Add the squares; do not divide."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.L1_FOR_L2",
        N_("{part}: received {received}, with the sizes of the weights. That is L1."),
        N_("L2 adds up squares."),
        N_("Square each weight first."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SQUARE_OF_SUM",
        N_("{part}: received {received}, with the square of the sum."),
        N_("Weights of opposite sign would cancel, and large ones would cost nothing."),
        N_("Square each weight, then add."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.FACTOR_FORGOTTEN",
        N_("{part}: received {received}, without the factor 0.01."),
        N_("The factor says how much the penalty counts beside the loss."),
        N_("Multiply by 0.01."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SLOPE_WITH_HALF",
        N_("{part}: received {received}. That would be the slope with a ½ in front."),
        N_("The slope of 0.01 w² is 0.02 w. Only a ½ would cancel the 2."),
        N_("Multiply by 2."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.PENALTY_FOR_SLOPE",
        N_("{part}: received {received}, what this weight adds to the penalty."),
        N_("The slope says how fast the penalty grows when this weight does."),
        N_("Take the derivative of 0.01 w²."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SLOPE_OF_L1",
        N_("{part}: received {received}, the slope of L1."),
        N_("The slope of a square grows with the weight."),
        N_("Take the derivative of 0.01 w²."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.BIAS_PENALIZED",
        N_("{where}: a penalty on the bias was not asked for; received {received}."),
        N_(
            "A bias only shifts a unit. Holding it small costs fit and makes nothing "
            "smoother."
        ),
        N_("Leave bias_regularizer out."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.OUTPUTS_PENALIZED",
        N_("{where}: a penalty on the outputs was not asked for; received {received}."),
        N_(
            "activity_regularizer punishes large outputs, and so depends on the data. "
            "The penalty on weights is another one."
        ),
        N_("Pass the penalty as kernel_regularizer."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.DEFAULT_FACTOR",
        N_("{where}: expected {expected}, received {received}."),
        N_('The text "l2" stands for the factor 0.01, ten times what is asked for.'),
        N_("Write keras.regularizers.L2(0.001)."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.L1_PENALTY",
        N_("{where}: expected {expected}, received {received}."),
        N_("L1 takes the same amount from each weight, L2 a share of it."),
        N_("Use keras.regularizers.L2."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.VARIANCE_FOR_STDDEV",
        N_("{where}: expected {expected}, received {received}: its square."),
        N_("GaussianNoise takes the standard deviation, not the variance."),
        N_("Pass {expected}."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NOISE_MULTIPLIES",
        N_("{where}: expected GaussianNoise, received GaussianDropout."),
        N_(
            "GaussianDropout multiplies by noise around 1; an input of 0 stays 0. "
            "Noise that is added reaches every input alike."
        ),
        N_("Use layers.GaussianNoise with the standard deviation."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.DROPS_INPUTS",
        N_("{where}: expected GaussianNoise, received Dropout."),
        N_("Dropout sets whole inputs to 0. Noise moves each of them a little."),
        N_("Use layers.GaussianNoise with the standard deviation."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NOISE_ON_UNITS",
        N_("{where} stands behind the first Dense layer."),
        N_(
            "There it disturbs what the layer has computed. Asked for is noise on the "
            "measured inputs."
        ),
        N_("Make it the first layer."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NOISE_ON_OUTPUT",
        N_("{where} stands on the output."),
        N_(
            "There it makes the prediction itself uncertain in training, and the "
            "inputs stay as they are."
        ),
        N_("Make it the first layer."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NOTHING_HAPPENS",
        N_(
            "{part}: in training, the first layer with weights gets every picture "
            "unchanged."
        ),
        N_(
            "A network that sees the same pictures in each epoch can learn them by "
            "heart."
        ),
        N_("Put random layers between the input and the first convolution."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.LATE",
        N_("{part}: {where} comes behind the first layer with weights."),
        N_(
            "Behind a convolution there are maps, not pictures: what was to vary has "
            "been computed already, and mirrored maps are not the maps of a mirrored "
            "picture."
        ),
        N_("Move it in front of the first convolution."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NOT_FINITE",
        N_("{part}: in training the pictures contain nan or infinity."),
        N_("Nothing can be learned from them."),
        N_("Look for a division by zero or an empty range in the augmentation."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ALWAYS_THE_SAME",
        N_("{part}: in training each call changes the pictures in the same way."),
        N_(
            "A fixed change makes other pictures once. It is the new draw in each "
            "epoch that keeps a network from learning them by heart."
        ),
        N_(
            "Draw anew in each call; a seed belongs to a generator that moves on, not "
            "to each draw."
        ),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ONE_DRAW",
        N_("{part}: all pictures of a batch get the same change."),
        N_(
            "One draw per batch gives far fewer different pictures than one draw per "
            "picture."
        ),
        N_("Draw one number per picture: its shape begins with the batch size."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.LOST",
        N_(
            "{part}: hardly anything is left of the picture in training ({received} of "
            "it, 1 is all)."
        ),
        N_("What no person could name, no network should be asked to learn."),
        N_("Make the changes smaller, and look at a few pictures."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NO_SHIFT",
        N_("{part}: in training no picture is shifted."),
        N_(
            "Digits and things stand a little elsewhere in each picture. That is what "
            "the shift teaches."
        ),
        N_("Add layers.RandomTranslation(0.1, 0.1)."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ONLY_SIDEWAYS",
        N_("{part}: pictures are shifted sideways only."),
        N_("They may stand higher or lower too."),
        N_("Give RandomTranslation both factors: height first, then width."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ONLY_UP_AND_DOWN",
        N_("{part}: pictures are shifted up and down only."),
        N_("They may stand further left or right too."),
        N_("Give RandomTranslation both factors: height first, then width."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NOT_MIRRORED",
        N_("{part}: no photograph is mirrored in training."),
        N_(
            "A car that drives to the left is a car. Mirror images are new pictures "
            "with a true label, for nothing."
        ),
        N_('Add layers.RandomFlip("horizontal").'),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ALWAYS_MIRRORED",
        N_("{part}: every photograph is mirrored in training."),
        N_("Then the network never sees one as it will come at the test."),
        N_("Mirror about half of them, drawn anew each time."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.MIRRORED_DIGITS",
        N_("{part}: {received} of the digits are mirrored in training."),
        N_(
            "A mirrored 2 looks like a 5, and is labeled 2 all the same. In the lesson "
            "this cost several points."
        ),
        N_("Leave the flip out; shift only."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.HALF_TURN",
        N_("{part}: {received} of the digits are turned upside down in training."),
        N_("A 6 upside down is a 9, and is labeled 6 all the same."),
        N_("Leave turns by more than a few degrees out."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.UPSIDE_DOWN",
        N_("{part}: {received} of the photographs stand on their head in training."),
        N_(
            "Photographs at the test stand upright; the network would learn what it "
            "never needs."
        ),
        N_('Flip left and right only: RandomFlip("horizontal").'),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.TURNED_FAR",
        N_("{part}: pictures are turned by up to {received} in training."),
        N_("Neither digits nor photographs come at such an angle at the test."),
        N_("Leave the turn out, or keep it to a few degrees."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SHIFTED_FAR",
        N_(
            "{part}: pictures are shifted by up to {received} pixels; a tenth of the "
            "size is {expected}."
        ),
        N_(
            "Shifted too far, a part of the picture is gone, and what is left may be "
            "another one."
        ),
        N_("RandomTranslation(0.1, 0.1) takes shares of height and width."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ACTIVE_AT_INFERENCE",
        N_("{part}: at inference the pictures are changed at random too."),
        N_(
            "The same picture would get another answer each time, and a worse one on "
            "average."
        ),
        N_("Let the change depend on `training`, as Keras's own layers do."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.CHANGED_AT_INFERENCE",
        N_("{part}: at inference the pictures do not arrive as they are."),
        N_(
            "The test pictures are ready as they come; every picture is changed in the "
            "same way here."
        ),
        N_("Let the change depend on `training`, and hand the pictures on otherwise."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NO_DATASET",
        N_("{part}: expected a tf.data.Dataset, received {received}."),
        N_("fit takes a data set batch by batch, in each epoch anew."),
        N_(
            "Begin with tf.data.Dataset.from_tensor_slices((x, y)) and return the "
            "result."
        ),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.PIPELINE_RAISES",
        N_("{part}: reading the data set stopped ({case}): {received}"),
        N_("A data set runs when it is read, not when it is written down."),
        N_("Read one batch: next(iter(data))."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NO_PAIRS",
        N_(
            "{part}: expected elements of 2 parts, images and labels; received "
            "{received}."
        ),
        N_("fit needs images and labels together."),
        N_(
            "from_tensor_slices takes one tuple, (x, y); map must return a tuple of "
            "two as well."
        ),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NO_BATCHES",
        N_("{part}: expected batches of shape (batch, 4, 4, 1), received {received}."),
        N_("fit takes batches; a network gets many pictures at once."),
        N_("Call batch(batch_size) once."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.OTHER_PICTURES",
        N_(
            "{part}: pictures arrive that were not handed in, or changed beyond the "
            "augmentation ({received})."
        ),
        N_(
            "A pipeline carries pictures on. What changes them is the augmentation, "
            "and nothing else."
        ),
        N_("Leave scaling and casting to whoever makes x."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.EMPTY_PIPELINE",
        N_("{part}: the data set is empty."),
        N_("fit would have nothing to learn from."),
        N_("Read one batch: next(iter(data))."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ENDLESS",
        N_(
            "{part}: an epoch of {expected} pictures does not end ({received} were "
            "read)."
        ),
        N_(
            "fit begins the next epoch by itself. After repeat() an epoch never ends, "
            "unless its steps are counted by hand."
        ),
        N_("Leave repeat() out."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.TAIL_DROPPED",
        N_(
            "{part}: expected {expected} pictures per epoch, received {received}: the "
            "last, smaller batch is missing."
        ),
        N_(
            "Pictures in it are lost: for training in this epoch, for validation in "
            "every one."
        ),
        N_("Leave drop_remainder out."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.PICTURES_MISSING",
        N_(
            "{part}: expected {expected} different pictures per epoch, received "
            "{received}."
        ),
        N_("Each picture belongs into each epoch once."),
        N_("Look for take, sample or a second batch call."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.LABELS_APART",
        N_("{part}: {received} of the labels belong to their pictures."),
        N_(
            "Two shuffles, one of the images and one of the labels, tear the pairs "
            "apart, and nothing can be learned."
        ),
        N_(
            "Put both into one data set first: from_tensor_slices((x, y)). Then "
            "shuffle."
        ),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.OTHER_BATCH_SIZE",
        N_("{part}: expected batches of {expected}, received up to {received}."),
        N_("The size of a batch is a setting of training; it comes as an argument."),
        N_("Pass batch_size to batch."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NOT_SHUFFLED",
        N_("{part}: the pictures come in the order of the arrays."),
        N_(
            "Where the rows are sorted, a batch then holds one class only, and the "
            "same pictures are always together."
        ),
        N_("Call shuffle(len(x)) before batch."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.BATCHES_SHUFFLED",
        N_(
            "{part}: batches are shuffled, not pictures: the same pictures are always "
            "together."
        ),
        N_("shuffle mixes what comes in. Behind batch that is whole batches."),
        N_("Call shuffle before batch."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SAME_ORDER",
        N_("{part}: both epochs have the same order."),
        N_("Then the same pictures meet in the same batch each time."),
        N_("Leave reshuffle_each_iteration as it is, and put no cache behind shuffle."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SMALL_BUFFER",
        N_(
            "{part}: the pictures hardly leave their places (1 is a full shuffle, "
            "received {received})."
        ),
        N_("shuffle draws from a buffer. With a small one, early rows come early."),
        N_("Make the buffer as large as the data: shuffle(len(x))."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.AUGMENTED_ONCE",
        N_("{part}: a picture looks the same in both epochs."),
        N_(
            "Changed once and kept, by a cache or in the arrays, it can be learned by "
            "heart like any other."
        ),
        N_("Let map(augment) come behind cache, inside the data set."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NO_TRAINING_FLAG",
        N_(
            "{part}: augment is called, but not told that this is training; it changes "
            "nothing."
        ),
        N_(
            "Inside fit, Keras tells each layer of the model. Nobody does in a data "
            "set."
        ),
        N_("Call augment(images, training=True)."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NOT_AUGMENTED",
        N_("{part}: no picture is changed."),
        N_("Without augmentation every epoch shows the same pictures."),
        N_("map a function that returns (augment(images, training=True), labels)."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SOME_AUGMENTED",
        N_("{part}: expected all pictures changed, received {received}."),
        N_(
            "Each picture gets its own draw; how often it changes something is the "
            "augmentation's own business."
        ),
        N_("map over the whole data set."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NO_PREFETCH",
        N_(
            "{part}: right. With prefetch at its end, the next batch would be made "
            "while the network works on this one."
        ),
        N_("It changes no number, only the time."),
        N_("Add .prefetch(tf.data.AUTOTUNE) as the last step."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.VALIDATION_AUGMENTED",
        N_("{part}: the validation pictures are augmented."),
        N_(
            "Validation asks how good the network is on pictures as they come. Other "
            "pictures each epoch cannot be compared."
        ),
        N_("Leave map out here."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.VALIDATION_SHUFFLED",
        N_("{part}: the validation pictures are shuffled."),
        N_(
            "The score is the same in any order; in theirs, predictions stand beside "
            "their labels."
        ),
        N_("Leave shuffle out here."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.CURVE_FRACTIONS",
        N_("{part}{field}: received fractions, such as {received}."),
        N_("The task asks for percent."),
        N_("Multiply by 100."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.CURVE_OF_ERRORS",
        N_("{part}{field}: received errors, such as {received}."),
        N_("Accuracy counts the right answers."),
        N_("Subtract from 100."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.CURVES_CHANGED_PLACES",
        N_("{part}{field}: this is the table of the other model."),
        N_("The names say which model was measured."),
        N_("Exchange the two."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.NO_REPEATS",
        N_(
            "{part}{field}: there is one value per size, not three different ones "
            "({received})."
        ),
        N_(
            "One draw of 500 images may be a lucky one. Three draws show by how much "
            "values vary by chance."
        ),
        N_("Measure with the seeds 0, 1 and 2 for each size, and keep all three."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.TRAINING_IMAGES_TESTED",
        N_("{part}{field}: every image is named right ({received})."),
        N_(
            "The nearest neighbor of a training image is that image itself. This "
            "measures memory."
        ),
        N_("Measure on x_test, y_test."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.OTHER_TEST_SET",
        N_(
            "{part}{field}: close, but not the values of the notebook's test images "
            "(received {received})."
        ),
        N_(
            "Two models, or two sizes, can be compared only on the same test images: "
            "another 2,000 images alone give other values."
        ),
        N_(
            "Use x_test and y_test as they stand, for all of them, and the seeds 0, 1, "
            "2."
        ),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.CURVE_OUTSIDE",
        N_(
            "{part}{field}: these are not the accuracies of this model (first value "
            "{received})."
        ),
        N_(
            "The values are computed, not drawn: on the same images everybody gets the "
            "same."
        ),
        N_("Call training_rows(size, seed), then accuracy."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.CURVE_TURNED",
        N_(
            "{part}{field}: expected one row per size, received {received}: one row "
            "per seed."
        ),
        N_("Rows and columns have a meaning here."),
        N_("Let the sizes be the outer loop."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.CURVE_SHAPE",
        N_("{part}{field}: expected four rows of three numbers, received {received}."),
        N_("One row per size, one column per seed."),
        N_("Make the table with two loops: sizes outside, seeds inside."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ALGORITHM_ALONE",
        N_("{part}: expected another sentence than {received}."),
        N_("Compare the first model's last row with the second model's first row."),
        N_("Look for a pair of sizes at which the first model is better."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.DATA_ALONE",
        N_("{part}: expected another sentence than {received}."),
        N_("At each size the two rows lie several points apart."),
        N_("Compare the rows of one size."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SAME_GAIN",
        N_("{part}: expected another sentence than {received}."),
        N_(
            "From 500 to 20,000 images one of the models gains several points more "
            "than the other."
        ),
        N_("Subtract the first row from the last one, for each model."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.SAME_MODEL_TWICE",
        N_("{part} gives the very answers of {other}."),
        N_(
            "Three sets of images show whether a gain is more than the luck of one "
            "set. One network three times shows nothing new."
        ),
        N_("Train a fresh network on each of the three sets."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.TRAINED_ON_MIRRORED",
        N_(
            "{part}: gains of {gains} points; expected {expected} on average, received "
            "{received}. Mirrored digits are named as well as true ones."
        ),
        N_(
            "That happens when mirrored digits are in the training: a mirrored 2 "
            "labeled 2 takes room from the 5."
        ),
        N_("Leave the flip out; shift in its place."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.HELD_DOWN",
        N_(
            "{part}: gains of {gains} points; expected {expected} on average, received "
            "{received}. The network is held down: heavy penalty or heavy dropout."
        ),
        N_(
            "Each of them takes capacity. Together they can leave the network unable "
            "to learn its own training images."
        ),
        N_("Look at the training accuracy. Where it is low, loosen."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.ONE_SET",
        N_(
            "{part}: gains of {gains} points; expected {expected} on average, received "
            "{received}. Only one set gained."
        ),
        N_(
            "A gain on one set of images may be luck, or a better recipe that was used "
            "once."
        ),
        N_("Use the same recipe on all three sets."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.WORSE_THAN_PLAIN",
        N_(
            "{part}: gains of {gains} points; expected {expected} on average, received "
            "{received}: worse than the plain network."
        ),
        N_(
            "A change that makes labels untrue, or takes capacity, costs more than it "
            "brings."
        ),
        N_("Take one change at a time, and look at training and test accuracy."),
        _LESSON,
    ),
    Message(
        "AUGMENTATION.GAIN_TOO_SMALL",
        N_(
            "{part}: gains of {gains} points; expected {expected} on average, received "
            "{received}."
        ),
        N_(
            "A shifted digit is a new picture with a true label. It takes more epochs "
            "to learn, since no two epochs are alike."
        ),
        N_("Shift by a little more or less, or train for more epochs."),
        _LESSON,
    ),
)
