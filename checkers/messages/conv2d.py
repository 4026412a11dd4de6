"""Misconceptions that lesson 06, convolutional networks, names."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "conv2d"


def _message(code: str, what: str, why: str, next_step: str) -> Message:
    return Message(f"CONV2D.{code}", what, why, next_step, _LESSON)


_GRAPHS = (
    _message(
        "NOT_FUNCTIONAL",
        N_("{part}: expected keras.Model(inputs, outputs), received a {received}."),
        N_("Only the functional API can branch and join; a Sequential is one chain."),
        N_("Call the layers one after the other and end with keras.Model."),
    ),
    _message(
        "NOT_SHARED",
        N_("{where}: a layer of its own; the given network calls one layer twice."),
        N_("Two layers learn two sets of weights. Two calls of one layer share a set."),
        N_("Make the layer once, give it a name, and call that name twice."),
    ),
    _message(
        "CALLED_ONCE",
        N_("{where}: called once; the given network calls it twice in a row."),
        N_("summary() lists a layer that is called twice in two lines."),
        N_("Call the layer again on its own result."),
    ),
    _message(
        "LOOSE_END",
        N_("{part}: a layer is missing {position}: {kind}."),
        N_(
            "A layer whose result no later call uses lies on no way from inputs to "
            "outputs, and the model does not contain it."
        ),
        N_("Look whether each line continues with the result of the line above it."),
    ),
    _message(
        "PADDING_SAME",
        N_("{where}: padding 'same' is set; none is asked for."),
        N_("Then Flatten gives 14 x 14 x 64 = 12,544 numbers, not 9,216."),
        N_("Leave padding out: 'valid' is the default."),
    ),
    _message(
        "POOL_EARLY",
        N_("{where} stands behind the first convolution, not the second."),
        N_("The second convolution then sees maps of 13 x 13 and not of 26 x 26."),
        N_("Move it below the second convolution."),
    ),
    _message(
        "POOL_TWICE",
        N_("{where}: one pooling layer too many; only one is asked for."),
        N_("Many networks pool behind each convolution. This one pools once."),
        N_("Remove the pooling layer behind the first convolution."),
    ),
    _message(
        "KERNEL_THREE",
        N_("{where}: expected a kernel of {expected}, received {received}."),
        N_("A 3 x 3 kernel has 9 weights per channel and filter, a 2 x 2 kernel 4."),
        N_("Set kernel_size to {expected}."),
    ),
    _message(
        "PADDING_VALID",
        N_("{where}: no padding; 'same' is asked for in all three convolutions."),
        N_("Without it each convolution loses a row and a column: 3 x 3 are left."),
        N_("Pass padding='same' to each convolution."),
    ),
    _message(
        "FILTERS_REVERSED",
        N_("{where}: the filters fall from 64 to 16; they should rise from 16 to 64."),
        N_("Pooling leaves fewer places, and more maps keep what was found there."),
        N_("Use 16, 32 and 64 filters in this order."),
    ),
    _message(
        "SIXTEEN_MAPS",
        N_("{where}: 16 filters in the last convolution; 64 are asked for."),
        N_(
            "A comment in circulation says 4·4·16 = 1024. That product is 256; the "
            "last convolution has 64 maps, and 4·4·64 is 1,024."
        ),
        N_("Set the filters of the last convolution to 64."),
    ),
    _message(
        "HIDDEN_LINEAR",
        N_("{where}: without an activation; relu is asked for."),
        N_("Two dense layers with nothing in between compute no more than one."),
        N_("Pass activation='relu'."),
    ),
    _message(
        "GAP_FOR_FLATTEN",
        N_("{where}: global average pooling in the place of Flatten."),
        N_("It saves 480,000 parameters here, and makes another network."),
        N_("Use Flatten in this exercise; the next one counts the difference."),
    ),
)

_COUNTS = (
    _message(
        "BIASES_FORGOTTEN",
        N_("{part}: {received} leaves biases out."),
        N_("Every unit and every filter has a bias, and it is trained like a weight."),
        N_("Add one bias per unit and one per filter."),
    ),
    _message(
        "BOTH_DENSE",
        N_("{part}: {received} is the share of both dense layers."),
        N_("The question is about the hidden one with 500 units."),
        N_("Leave the last layer's 5,010 out of the numerator."),
    ),
    _message(
        "SIXTEEN_MAPS_COUNTED",
        N_("{part}: {received} counts 256 numbers behind Flatten."),
        N_("The last convolution has 64 maps of 4 x 4, so Flatten gives 1,024."),
        N_("Multiply height, width and the number of maps."),
    ),
    _message(
        "GAP_KEEPS_PLACES",
        N_("{part}: {received} still has 4 x 4 x 64 numbers in front of the layer."),
        N_("Global average pooling leaves one number per map, its mean."),
        N_("Count the maps: that is the number of inputs now."),
    ),
    _message(
        "GAP_KEEPS_ONE_MAP",
        N_("{part}: {received} has 16 numbers in front of the dense layer."),
        N_("The mean is taken over the 16 places of a map, not over the 64 maps."),
        N_("Count the maps: that is the number of inputs now."),
    ),
    _message(
        "POOL_HAS_PARAMETERS",
        N_("{part}: {received} gives the pooling layer parameters."),
        N_("A mean or a maximum is a fixed rule; nothing in it is learned."),
        N_("Count 0 for every pooling layer."),
    ),
    _message(
        "ONE_BIAS",
        N_("{part}: {received} lacks one number per unit of the hidden layer."),
        N_("A dense layer has units x (inputs + 1) parameters: + 1 for the bias."),
        N_("Count 64 weights and one bias for each hidden unit."),
    ),
    _message(
        "HIDDEN_LEFT_OUT",
        N_("{part}: {received} has no hidden dense layer."),
        N_("Only Flatten is replaced; the dense layers stay."),
        N_("Put the hidden layer between the pooling and the last layer."),
    ),
    _message(
        "ADDS_NOTHING",
        N_("{part}: option {received} changes no count at all."),
        N_("Dropout has no parameters and keeps the shape."),
        N_("Look for an edit that makes the row behind Flatten longer or shorter."),
    ),
    _message(
        "BATCH_COUNTED",
        N_("{part}: option {received} changes no count at all."),
        N_("The weights are the same for every picture of a batch."),
        N_("Look for an edit that makes the row behind Flatten longer or shorter."),
    ),
    _message(
        "KERNEL_COUNT",
        N_("{part}: option {received} changes the third convolution only."),
        N_("64 filters of 3 x 3 x 32 make 18,496 in place of 8,256: 538,294 in all."),
        N_("Work out the total of each edit and compare."),
    ),
    _message(
        "OTHER_LENGTH",
        N_("{part}: option {received} gives another total."),
        N_("Each edit leaves maps of another size in front of Flatten."),
        N_("Follow 32 x 32 through all layers, with this edit."),
    ),
    _message(
        "WEIGHT_PER_PLACE",
        N_("{part}: with option {received}, each place would have its own weights."),
        N_(
            "A convolution uses one kernel in all places: filters x (kernel x channels "
            "+ 1), whatever the size of the map."
        ),
        N_("Compare the counts of both networks layer by layer."),
    ),
    _message(
        "POOL_HAS_WEIGHTS",
        N_("{part}: with option {received}, a pooling layer would have weights."),
        N_("A mean or a maximum is a fixed rule; nothing in it is learned."),
        N_("Print summary() and look at the pooling layers."),
    ),
    _message(
        "SHAPES_NEVER_COUNT",
        N_("{part}: with option {received}, shapes would never matter."),
        N_("True for the convolutions. The dense layer has one weight per input."),
        N_("Ask what stands behind Flatten."),
    ),
)

_COMPILING = (
    _message(
        "NOT_RETURNED",
        N_("{part} on {case}: nothing is returned."),
        N_("compile changes the model and returns None itself."),
        N_("End the function with: return model."),
    ),
    _message(
        "RETURNS_NO_MODEL",
        N_("{part} on {case}: something else than the model is returned."),
        N_("The caller wants to call fit on what it gets."),
        N_("End the function with: return model."),
    ),
    _message(
        "NOT_COMPILED",
        N_("{part} on {case}: the model is not compiled."),
        N_("Without compile there is no loss, and fit cannot run."),
        N_("Call model.compile with loss, optimizer and metrics."),
    ),
    _message(
        "SPARSE_WITH_ONE_HOT",
        N_("{part} on {case}: the loss does not take these labels: {received}"),
        N_("The labels are one-hot; the sparse loss expects whole numbers."),
        N_("Use CategoricalCrossentropy when y has a second axis longer than 1."),
    ),
    _message(
        "ONE_HOT_LOSS",
        N_("{part} on {case}: the loss does not take these labels: {received}"),
        N_("The labels are whole numbers; this loss expects one-hot rows."),
        N_("Use SparseCategoricalCrossentropy for labels (n,) and (n, 1)."),
    ),
    _message(
        "LOSS_RAISES",
        N_("{part} on {case}: the loss stops with: {received}"),
        N_("The loss must take these labels and this head together."),
        N_("Use one of the two crossentropy classes."),
    ),
    _message(
        "LOGITS_TWICE",
        N_("{part} on {case}: expected a loss of {expected}, received {received}."),
        N_(
            "The head has softmax, and the loss applies softmax once more. Keras on "
            "TensorFlow warns and takes it back in fit; other backends do not."
        ),
        N_("Set from_logits=True only where the last layer has no softmax."),
    ),
    _message(
        "LOGITS_AS_PROBABILITIES",
        N_("{part} on {case}: expected a loss of {expected}, received {received}."),
        N_("The head gives any numbers, and the loss takes them for probabilities."),
        N_("Set from_logits=True where the last layer has no softmax."),
    ),
    _message(
        "LOSS_VALUE",
        N_("{part} on {case}: expected a loss of {expected}, received {received}."),
        N_("The mean cross-entropy over the rows is asked for."),
        N_("Use the crossentropy class that fits the labels, with its defaults."),
    ),
    _message(
        "NOT_ADADELTA",
        N_("{part} on {case}: the optimizer is {received}."),
        N_("The program that is being rebuilt used Adadelta."),
        N_("Use keras.optimizers.Adadelta with learning rate 1.0."),
    ),
    _message(
        "ADADELTA_DEFAULT",
        N_("{part} on {case}: expected learning rate {expected}, received {received}."),
        N_(
            "Keras 3 has 0.001 as Adadelta's default; early Keras had 1.0, and the old "
            "program relied on it. With 0.001 it hardly learns."
        ),
        N_("Write the rate out: keras.optimizers.Adadelta(learning_rate=1.0)."),
    ),
    _message(
        "OTHER_RATE",
        N_("{part} on {case}: expected learning rate {expected}, received {received}."),
        N_("The program that is being rebuilt relied on the rate {expected}."),
        N_("Pass learning_rate={expected}."),
    ),
    _message(
        "NO_METRIC",
        N_("{part} on {case}: no metric is measured."),
        N_("The loss says little to a person; the share of right answers does."),
        N_("Pass metrics=['accuracy'] to compile."),
    ),
    _message(
        "NO_ACCURACY",
        N_("{part} on {case}: no metric gives the share of right answers."),
        N_("A sparse metric with one-hot labels, or the reverse, counts other things."),
        N_("Pass metrics=['accuracy']: Keras picks the form that fits the labels."),
    ),
)

_TRAINED = (
    _message(
        "NO_CONVOLUTION",
        N_("{part}: there is no convolution in this network."),
        N_("The exercise is about what convolutions gain."),
        N_("Use at least one Conv2D layer."),
    ),
    _message(
        "BELOW_LIMIT",
        N_("{part}: expected an accuracy of {expected}, received {received}."),
        N_("That is not yet 8 points above the dense network."),
        N_("Train a few epochs more, and keep the best one by validation."),
    ),
    _message(
        "NO_CURVE",
        N_("{part}: expected one accuracy per epoch, received {received}."),
        N_("The list shows which epoch was the best one."),
        N_("Hand in history.history['val_accuracy'], the whole list."),
    ),
    _message(
        "LAST_EPOCH",
        N_("{part}: the best epoch has {expected} %, this model {received} %."),
        N_("These are the last epoch's weights; validation chooses the epoch."),
        N_("Save with ModelCheckpoint(save_best_only=True, monitor='val_accuracy')."),
    ),
    _message(
        "OTHER_EPOCH",
        N_("{part}: the best epoch has {expected} %, this model {received} %."),
        N_("The saved weights are not those of the best epoch of this list."),
        N_("Hand in the file and the list of one and the same training run."),
    ),
    _message(
        "LABEL_COLUMN",
        N_("{part}: {received} % is what comparing (n, 1) with (n,) gives."),
        N_(
            "The labels have shape (n, 1), the predictions (n,). Compared with ==, "
            "NumPy makes a table of n x n, and one class in ten agrees by chance."
        ),
        N_("Take y_check[:, 0] before you compare."),
    ),
)

_SIZES = (
    _message(
        "NOT_RUN",
        N_("{part} could not be run on pictures."),
        N_("It is either too large for a check or takes another kind of input."),
        N_("Take one input of shape (None, None, 1), and a few filters."),
    ),
    _message(
        "FIXED_INPUT",
        N_("{part} refuses {size} pixels: its input is fixed at {received}."),
        N_("A convolution would take any size; the declared input does not."),
        N_("Declare keras.Input(shape=(None, None, 1))."),
    ),
    _message(
        "DECLARED_SIZE",
        N_("{part}: the input is declared as {received}, yet both sizes run."),
        N_(
            "Keras lets a Sequential take another size than it declares; a functional "
            "model refuses it."
        ),
        N_(
            "Declare keras.Input(shape=(None, None, 1)), so that it says what it takes."
        ),
    ),
    _message(
        "FLATTEN_FIXES",
        N_("{part} stops at {size} pixels, because of Flatten."),
        N_("A longer row comes out, and the dense layer has no weights for it."),
        N_("Use a pooling layer that leaves one number per map."),
    ),
    _message(
        "STOPS_AT_SIZE",
        N_("{part} stops at {size} pixels: {received}"),
        N_("Each layer must take what the layer before it leaves of this size."),
        N_("Follow the height through all layers."),
    ),
    _message(
        "POOLED_AWAY",
        N_("{part} gives no finite numbers for {size} pixels."),
        N_("Nothing is left of the maps, and the mean of nothing is nan."),
        N_("Pool less often, or pad: follow the height through all layers."),
    ),
    _message(
        "HAS_FLATTEN",
        N_("{part}: {received} is in the network."),
        N_("It ties a dense layer behind it to one size of picture."),
        N_("Replace it by GlobalAveragePooling2D or GlobalMaxPooling2D."),
    ),
    _message(
        "NOT_TEN_NUMBERS",
        N_("{part} returns an array of shape {received} per picture, not ten numbers."),
        N_("One probability per class is asked for, wherever the object is."),
        N_("Average over the places before the last layer, or after it."),
    ),
    _message(
        "NO_PROBABILITIES",
        N_("{part}: the ten numbers are no probabilities."),
        N_("Probabilities are not below 0 and add up to 1."),
        N_("Let softmax be the last step."),
    ),
)

_BRANCHES = (
    _message(
        "BRANCHES_IN_A_ROW",
        N_("{part}: the branches stand one behind the other."),
        N_("Side by side, each kernel size sees the input itself."),
        N_("Call all four branches on inputs."),
    ),
    _message(
        "NO_POOL_BRANCH",
        N_("{part}: the branch with max pooling is missing."),
        N_("It passes the strongest answer of each neighborhood on."),
        N_("Add MaxPooling2D(3, strides=1, padding='same') on inputs."),
    ),
    _message(
        "AVERAGE_BRANCH",
        N_("{part}: the pooling branch averages; max pooling is asked for."),
        N_("A mean blurs a single strong answer; a maximum keeps it."),
        N_("Use MaxPooling2D."),
    ),
    _message(
        "BRANCH_LINEAR",
        N_("{where}: no activation; every convolution of the module has a ReLU."),
        N_("Two convolutions in a row without one compute no more than a single one."),
        N_("Pass activation='relu'."),
    ),
    _message(
        "NARROW_AFTER",
        N_("{part}: the 1 x 1 convolutions stand behind the wide ones."),
        N_("The wide kernel then still sees all 192 channels, and nothing is saved."),
        N_("Make the channels fewer first, then use the wide kernel."),
    ),
    _message(
        "NARROW_BEFORE_POOL",
        N_("{part}: in the pooling branch the 1 x 1 convolution stands first."),
        N_("The module pools its input, then makes the maps fewer."),
        N_("Call the pooling layer on inputs, and the convolution on its result."),
    ),
    _message(
        "POOL_NOT_NARROWED",
        N_("{part}: the pooling branch still has 192 maps."),
        N_("Without a 1 x 1 convolution behind it, each module would add 192 maps."),
        N_("Add Conv2D(32, 1) with ReLU behind the pooling layer."),
    ),
    _message(
        "NO_BOTTLENECK",
        N_("{part}: this is the module of the exercise before."),
        N_("Without 1 x 1 convolutions the wide kernels see all 192 channels."),
        N_("Put a 1 x 1 convolution in front of each wide one."),
    ),
    _message(
        "SAVING_IS_TOTAL",
        N_("{part}: {received} is what is left, not what is saved."),
        N_("The saving is the difference of the two modules."),
        N_("Subtract it from the count of the module without 1 x 1 convolutions."),
    ),
    _message(
        "PROJECTION_FORGOTTEN",
        N_("{part}: {received} leaves the 1 x 1 convolution behind the pool out."),
        N_("It is new in this module and has 6,176 parameters."),
        N_("Count all convolutions of both modules."),
    ),
)

MESSAGES = (*_GRAPHS, *_COUNTS, *_COMPILING, *_TRAINED, *_SIZES, *_BRANCHES)
