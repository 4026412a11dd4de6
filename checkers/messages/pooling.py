"""Misconceptions that lesson 05, pooling, names."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "pooling"

_FIELD = (
    Message(
        "POOLING.ADDS_WINDOWS",
        N_("{part}: {received} is the sum of the windows."),
        N_(
            "The second window starts from a number that has seen a window already, "
            "so only its further pixels are new: window - 1 steps."
        ),
        N_("Start with 1 pixel and add (window - 1) x dilation x step for each layer."),
        _LESSON,
    ),
    Message(
        "POOLING.FIELD_STRIDE",
        N_("{part}: {received} is the field with one of the two strides left out."),
        N_(
            "After a stride of 2, neighbors on the map are 2 input pixels apart; after "
            "the second, 4."
        ),
        N_("The pool and the strided convolution both double the step."),
        _LESSON,
    ),
    Message(
        "POOLING.STRIDES_IGNORED",
        N_("{part}: {received} is the field of a stack without strides."),
        N_(
            "After a stride of 2, neighbors on the map are 2 input pixels apart, so "
            "each later window spans twice as much."
        ),
        N_("Keep a second number, step, and multiply it with each stride."),
        _LESSON,
    ),
    Message(
        "POOLING.DILATION_IGNORED",
        N_("{part}: {received} is the field without the dilation."),
        N_(
            "With dilation d the entries of a window lie d steps apart: it spans "
            "more with the same weights."
        ),
        N_("Add (window - 1) x dilation steps for that layer."),
        _LESSON,
    ),
    Message(
        "POOLING.OWN_STRIDE",
        N_("{part}: {received} lets each layer's stride widen its own window."),
        N_(
            "A window is laid on the map that comes in; the stride only says where "
            "the next one is laid."
        ),
        N_("Add the window first, and multiply the step with the stride afterwards."),
        _LESSON,
    ),
    Message(
        "POOLING.DILATED_WINDOW",
        N_("{part}: {received} makes the dilated window window x dilation wide."),
        N_("Dilation puts gaps between the entries: 3 entries have 2 gaps, not 3."),
        N_("Take (window - 1) x dilation steps."),
        _LESSON,
    ),
    Message(
        "POOLING.FIELD_AREA",
        N_("{part}: {received} is the area; its side is asked for."),
        N_("Fields are square here, and their side is what people quote."),
        N_("Take the square root."),
        _LESSON,
    ),
    Message(
        "POOLING.FIELD_IS_PARAMETERS",
        N_("{part}: {received} counts numbers that the layers hold."),
        N_(
            "How far a layer sees has nothing to do with how much it learns: a pool "
            "sees without learning."
        ),
        N_("Count input pixels along one axis."),
        _LESSON,
    ),
)

_FORWARD = (
    Message(
        "POOLING.NEVER_OVERLAPS",
        N_("{part} on {case}: the windows move on by their own side, not by stride."),
        N_(
            "Windows may overlap or leave gaps; size says how wide they are, stride "
            "where they start."
        ),
        N_("Step through rows and columns by stride."),
        _LESSON,
    ),
    Message(
        "POOLING.RAGGED_KEPT",
        N_("{part} on {case}: an incomplete window at the edge is kept."),
        N_(
            'Without padding ("valid") only whole windows count; the rest of the map '
            "is dropped."
        ),
        N_("Let the last window start at length - size."),
        _LESSON,
    ),
    Message(
        "POOLING.ALWAYS_PADS",
        N_('{part} on {case}: the map gets a margin though padding is "valid".'),
        N_('"valid" means: only windows that lie inside the map.'),
        N_('Add the margin only if padding == "same".'),
        _LESSON,
    ),
    Message(
        "POOLING.NEVER_PADS",
        N_('{part} on {case}: "same" gives the same result as "valid".'),
        N_(
            'With "same" the result has ceil(length / stride) rows: pixels at the '
            "edge are not dropped."
        ),
        N_(
            "Add the margin of the task before the windows are taken if padding == "
            '"same".'
        ),
        _LESSON,
    ),
    Message(
        "POOLING.NAN_KEPT",
        N_("{part} on {case}: nan is in the result."),
        N_("A nan in a window makes its maximum and its average nan."),
        N_("Leave nan out: np.nanmax and np.nanmean do."),
        _LESSON,
    ),
    Message(
        "POOLING.ZEROS_COUNTED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the zeros "
            "of the margin count."
        ),
        N_(
            "They are no pixels: they pull an average down, and beat every negative "
            "value in a maximum."
        ),
        N_("Take maximum and average over the pixels that lie inside the map."),
        _LESSON,
    ),
    Message(
        "POOLING.INFINITY_AVERAGED",
        N_("{part} on {case}: the margin of minus infinity is averaged."),
        N_("Minus infinity never wins a maximum, but it ruins every average."),
        N_("Leave the margin out of the average, for example with nan and np.nanmean."),
        _LESSON,
    ),
    Message(
        "POOLING.MARGIN_IN_FRONT",
        N_(
            "{part} on {case}: the odd row of the margin is in front; it belongs "
            "behind."
        ),
        N_(
            "All windows move by one pixel. Keras puts the larger half at the end "
            "(other libraries differ)."
        ),
        N_("Put missing // 2 in front, the rest behind."),
        _LESSON,
    ),
    Message(
        "POOLING.MARGIN_OF_STRIDE_1",
        N_("{part} on {case}: the margin is the one for stride 1."),
        N_(
            "With a larger stride fewer pixels are missing, and the windows start "
            "elsewhere."
        ),
        N_(
            "Work the margin out with the stride: max((ceil(n / stride) - 1) * "
            "stride + size - n, 0)."
        ),
        _LESSON,
    ),
    Message(
        "POOLING.KINDS_SWAPPED",
        N_("{part} on {case}: max and average have changed places."),
        N_("Max keeps the strongest response, average the mean one."),
        N_('Look at the line that asks for kind == "max".'),
        _LESSON,
    ),
    Message(
        "POOLING.KIND_IGNORED",
        N_("{part} on {case}: both kinds give the same result."),
        N_("The last argument says which one is asked for."),
        N_('Ask for kind == "max" or kind == "average".'),
        _LESSON,
    ),
    Message(
        "POOLING.SUM_FOR_AVERAGE",
        N_("{part} on {case}: this is the sum of the window."),
        N_(
            "An average is the sum divided by the number of pixels that it is taken "
            "over."
        ),
        N_("Use np.nanmean, or divide."),
        _LESSON,
    ),
)

_NETWORKS = (
    Message(
        "POOLING.STEP_OF_ONE",
        N_("{where}: expected windows side by side, received strides 1."),
        N_("With a step of 1 the windows overlap and the map hardly gets smaller."),
        N_("Leave strides out: a pool then moves on by its own side."),
        _LESSON,
    ),
    Message(
        "POOLING.AVERAGE",
        N_(
            "{where}: the largest value of each window is asked for; this layer "
            "averages."
        ),
        N_("An average halves a single strong response twice; the maximum keeps it."),
        N_("Use MaxPooling2D."),
        _LESSON,
    ),
    Message(
        "POOLING.GLOBAL",
        N_("{where} reduces each map to one number."),
        N_(
            "Global pooling forgets the place altogether. Here a quarter of the "
            "places stays."
        ),
        N_("Use a pool with a window of 2 x 2."),
        _LESSON,
    ),
    Message(
        "POOLING.CONV_FOR_POOL",
        N_("{where} is a convolution; a pool is asked for."),
        N_(
            "A convolution weights and adds, and has parameters. A pool picks the "
            "largest."
        ),
        N_("Use MaxPooling2D."),
        _LESSON,
    ),
    Message(
        "POOLING.FLATTENED",
        N_("{where} turns the maps into one long row."),
        N_(
            "The result should still have rows and columns, so that further windows "
            "can look at it."
        ),
        N_("Leave Flatten out."),
        _LESSON,
    ),
    Message(
        "POOLING.POOL_HAS_WEIGHTS",
        N_("{part}: {received} counts a pool like a convolution."),
        N_(
            "Taking the largest of four numbers needs no weight and no bias: nothing "
            "is learned."
        ),
        N_("Look at pool_net.count_params()."),
        _LESSON,
    ),
    Message(
        "POOLING.COUNTS_PIXELS",
        N_("{part}: {received} counts numbers that flow through the layer."),
        N_(
            "What flows through changes with each picture; parameters stay with the "
            "model."
        ),
        N_("Ask what the optimizer could change in this layer."),
        _LESSON,
    ),
    Message(
        "POOLING.OTHER_FIELD",
        N_("{part}: a number of its last map sees {received} pixels of the input."),
        N_(
            "Each further pool and convolution of the pattern lets it see about "
            "twice as far."
        ),
        N_(
            "Write down field and step after each layer, and end where the field is "
            "the one asked for."
        ),
        _LESSON,
    ),
    Message(
        "POOLING.POOL_LAST",
        N_(
            "{part}: it ends with a pool, and a number of its last map sees "
            "{received} pixels."
        ),
        N_(
            "A pool widens the field too; the pattern asked for begins and ends with "
            "a convolution."
        ),
        N_("End with a convolution, then compare the field with the task."),
        _LESSON,
    ),
    Message(
        "POOLING.SAME_FOR_VALID",
        N_('{where}: expected no padding, received "same".'),
        N_(
            "The receptive field stays, but numbers at the edge see zeros that are "
            "no pixels, and all shapes change."
        ),
        N_("Leave padding out."),
        _LESSON,
    ),
    Message(
        "POOLING.POOL_LEFT",
        N_(
            "{where}: a pool is left; a convolution with stride 2 is asked for in "
            "its place."
        ),
        N_(
            "Pool and stride each halve the map: with both it is halved twice, with "
            "the pool alone nothing is learned there."
        ),
        N_("Put the strided convolution where the pool was, and remove the pool."),
        _LESSON,
    ),
    Message(
        "POOLING.OTHER_WINDOW",
        N_("{where}: expected kernel_size {expected}, received {received}."),
        N_(
            "The layer takes the place of a 2 x 2 pool. A larger window changes the "
            "shapes and the receptive field."
        ),
        N_("Keep the pool's window."),
        _LESSON,
    ),
    Message(
        "POOLING.STRIDE_FORGOTTEN",
        N_("{where}: expected strides {expected}, received {received}."),
        N_("Without a stride the map stays large: nothing takes over the pool's work."),
        N_("Pass strides=2."),
        _LESSON,
    ),
    Message(
        "POOLING.NO_RELU",
        N_("{where}: expected a ReLU, received no activation."),
        N_("Two convolutions in a row without one are a single linear step."),
        N_('Pass activation="relu".'),
        _LESSON,
    ),
    Message(
        "POOLING.STRIDES_ON_GIVEN",
        N_("{where}: the stride moved into the given 3 x 3 convolution."),
        N_(
            "That works too, with fewer layers and another receptive field; asked "
            "for is a layer of its own for each pool."
        ),
        N_("Leave the 3 x 3 convolutions as they are."),
        _LESSON,
    ),
    Message(
        "POOLING.RISE_OF_ONE",
        N_("{part}: {received} is what one of the two new layers adds."),
        N_("Both pools are replaced."),
        N_("Count both layers."),
        _LESSON,
    ),
    Message(
        "POOLING.RISE_NO_BIAS",
        N_("{part}: {received} leaves out the biases."),
        N_("Each filter has a bias beside its weights."),
        N_("Add one number per filter and layer."),
        _LESSON,
    ),
    Message(
        "POOLING.RISE_NO_DEPTH",
        N_("{part}: {received} takes filters that see one map only."),
        N_("A filter reaches through all maps that come in: 2 x 2 x maps weights."),
        N_("Multiply with the number of maps that come in."),
        _LESSON,
    ),
    Message(
        "POOLING.OTHER_WINDOW_COUNT",
        N_("{part}: {received} belongs to windows of 3 x 3."),
        N_("The pools' windows are 2 x 2."),
        N_("Count 2 x 2 weights per map."),
        _LESSON,
    ),
    Message(
        "POOLING.RISE_OF_ZERO",
        N_("{part}: {received} would mean that the new layers learn nothing."),
        N_("A pool has no parameters; a convolution in its place has."),
        N_("Compare count_params() of both networks."),
        _LESSON,
    ),
)

_MEASURED = (
    Message(
        "POOLING.WRAPS",
        N_("{part} on {case}: what leaves at the right comes back at the left."),
        N_(
            "np.roll wraps around. A digit that moved does not show its rest at the "
            "other side."
        ),
        N_("Fill with zeros what was uncovered."),
        _LESSON,
    ),
    Message(
        "POOLING.SHIFTS_LEFT",
        N_("{part} on {case}: the pictures move to the left."),
        N_("Columns count from the left; to the right means to higher column numbers."),
        N_("Column c goes to column c + pixels."),
        _LESSON,
    ),
    Message(
        "POOLING.SHIFTS_DOWN",
        N_("{part} on {case}: the pictures move down."),
        N_("The axes are batch, height, width: the width is the last one."),
        N_("Move along axis 2."),
        _LESSON,
    ),
    Message(
        "POOLING.REPEATS_EDGE",
        N_(
            "{part} on {case}: the first column is repeated in the space that was "
            "uncovered."
        ),
        N_("What was outside of the picture is not known; the task fills with zeros."),
        N_("Fill with zeros."),
        _LESSON,
    ),
    Message(
        "POOLING.PICTURE_GROWS",
        N_("{part} on {case}: the picture gets wider."),
        N_("The network takes pictures of one size; what leaves at the right is lost."),
        N_("Keep only as many columns as there were."),
        _LESSON,
    ),
    Message(
        "POOLING.PICTURE_SHRINKS",
        N_("{part} on {case}: the picture gets narrower."),
        N_("The network takes pictures of one size; zeros fill the uncovered columns."),
        N_("Put columns of zeros in front."),
        _LESSON,
    ),
    Message(
        "POOLING.ACCURACY_FRACTION",
        N_("{part}{field}: {received} are shares; percent are asked for."),
        N_("0.95 is 95 percent; the unit decides what a difference of 1 means."),
        N_("Multiply by 100."),
        _LESSON,
    ),
    Message(
        "POOLING.UNTRAINED",
        N_("{part}{field}: {received} is what guessing gives."),
        N_("Ten classes: a network with fresh weights is right once in ten times."),
        N_("Load the given network and call it as it is; do not build it anew."),
        _LESSON,
    ),
    Message(
        "POOLING.NOT_MOVED",
        N_("{part}{field}: {received} hardly change."),
        N_(
            "A network that was trained on centered digits loses accuracy when they "
            "move."
        ),
        N_(
            "Look at a moved picture: did it move, and is that the one that you "
            "evaluate?"
        ),
        _LESSON,
    ),
    Message(
        "POOLING.ROWS_SWAPPED",
        N_("{part}{field}: these are the accuracies of the other entry."),
        N_("A shift in pixels and a rotation in degrees are two measurements."),
        N_("Swap the two lists."),
        _LESSON,
    ),
    Message(
        "POOLING.OTHER_NETWORK",
        N_(
            "{part}{field}: {received} do not begin with the accuracy of the given "
            "network on unmoved digits."
        ),
        N_("Every number is compared with the first one, for 0 pixels or 0 degrees."),
        N_("Evaluate the given network on all 10,000 test pictures, scaled to 0-1."),
        _LESSON,
    ),
    Message(
        "POOLING.OTHER_ACCURACY",
        N_("{part}{field}: {received} are not the given network's accuracies."),
        N_("Another direction, another filling or other pictures give other numbers."),
        N_("Use your shift_right and the given rotate, in the order of the task."),
        _LESSON,
    ),
    Message(
        "POOLING.FULL_INVARIANCE",
        N_("{part}: with option {received}, a shift of 4 pixels would cost nothing."),
        N_(
            "Your numbers fall with every further pixel. Convolution is equivariant: "
            "the map moves with the picture, and the Dense layer sees other inputs."
        ),
        N_("Compare the accuracies for 0 and 4 pixels."),
        _LESSON,
    ),
    Message(
        "POOLING.SHRINK_FOR_SHIFT",
        N_(
            "{part}: with option {received}, shifts of up to 4 pixels would cost "
            "nothing."
        ),
        N_(
            "Four pixels move the last map by a whole pixel, and Dense weights "
            "belong to places."
        ),
        N_("Compare the accuracies for 0 and 4 pixels."),
        _LESSON,
    ),
    Message(
        "POOLING.ROTATION_INVARIANCE",
        N_("{part}: with option {received}, a turn of 45 degrees would cost nothing."),
        N_(
            "A filter for a level stroke does not answer to a slanted one. Nothing "
            "in the layers turns with the picture."
        ),
        N_("Compare the accuracies for 0 and 45 degrees."),
        _LESSON,
    ),
)

_BACKWARD = (
    Message(
        "POOLING.TIE_LAST",
        N_("{part} on {case}: the last of equal pixels gets the gradient."),
        N_(
            "Any of them would do; libraries take the first, and results can be "
            "compared only if all take the same."
        ),
        N_("np.argmax returns the first."),
        _LESSON,
    ),
    Message(
        "POOLING.TIES_ALL",
        N_("{part} on {case}: each of the equal pixels gets the whole gradient."),
        N_(
            "The window hands on one number. Given to several pixels, it counts "
            "several times."
        ),
        N_("Give it to the first of them only."),
        _LESSON,
    ),
    Message(
        "POOLING.TIES_SPLIT",
        N_("{part} on {case}: equal pixels share the gradient."),
        N_("That is a possible rule; here, as in Keras, the first one gets all."),
        N_("Give it to the first of them only."),
        _LESSON,
    ),
    Message(
        "POOLING.MAX_SPREADS",
        N_("{part} on {case}: the gradient of the maximum is spread over the window."),
        N_(
            "A pixel that is not the largest can change a little without any effect: "
            "its slope is 0."
        ),
        N_("Give all of it to the largest pixel."),
        _LESSON,
    ),
    Message(
        "POOLING.AVERAGE_WHOLE",
        N_("{part} on {case}: each pixel of the window gets the whole gradient."),
        N_("In an average of n pixels each counts 1/n."),
        N_("Divide by the number of pixels of the window."),
        _LESSON,
    ),
    Message(
        "POOLING.AVERAGE_BY_STRIDE",
        N_("{part} on {case}: the gradient is divided by stride x stride."),
        N_("The average is taken over the window, and its side is size."),
        N_("Divide by size x size."),
        _LESSON,
    ),
    Message(
        "POOLING.OVERWRITES",
        N_("{part} on {case}: where windows overlap, only the last one counts."),
        N_("A pixel that is in two windows moves both results: its slopes add up."),
        N_("Add with +=."),
        _LESSON,
    ),
    Message(
        "POOLING.CORNER",
        N_("{part} on {case}: the first pixel of each window gets the gradient."),
        N_("It belongs to the pixels that made the result."),
        N_("Look for the largest pixel inside the window, or share it out."),
        _LESSON,
    ),
    Message(
        "POOLING.DW_TURNED",
        N_("{part} on {case}: the gradient by the kernel is turned by 180 degrees."),
        N_(
            "The forward pass does not flip, so delta slides over x without a flip too."
        ),
        N_("Take xcorr(x, delta) as it is."),
        _LESSON,
    ),
    Message(
        "POOLING.NO_TURN",
        N_("{part} on {case}: the kernel slides over delta without being turned."),
        N_("A pixel met the kernel's last weight first, and its first weight last."),
        N_("Slide w[::-1, ::-1]."),
        _LESSON,
    ),
    Message(
        "POOLING.HALF_TURN",
        N_("{part} on {case}: the kernel is flipped along one axis only."),
        N_("Rows and columns were both met from behind."),
        N_("Flip both axes: w[::-1, ::-1]."),
        _LESSON,
    ),
    Message(
        "POOLING.TRANSPOSED",
        N_("{part} on {case}: the kernel is transposed in place of turned."),
        N_("Transposing swaps rows and columns; a half turn reverses both."),
        N_("Use w[::-1, ::-1]."),
        _LESSON,
    ),
    Message(
        "POOLING.NO_MARGIN",
        N_(
            "{part} on {case}: expected {expected}, received {received}: delta has "
            "no margin."
        ),
        N_(
            "Each pixel of x needs a slope, those at the edge too, which fewer "
            "windows saw."
        ),
        N_("Pad delta with (kernel side - 1) zeros on every side, then slide."),
        _LESSON,
    ),
    Message(
        "POOLING.MEANS",
        N_(
            "{part} on {case}: expected {expected}, received {received}: a mean over "
            "positions."
        ),
        N_(
            "The loss depends on every position, and slopes add up. A mean belongs "
            "here only if the loss takes one."
        ),
        N_("Sum over all positions."),
        _LESSON,
    ),
    Message(
        "POOLING.BIAS_ONE",
        N_("{part} on {case}: the gradient by the bias is 1."),
        N_("The bias is added at every position, so it gets the slope of all of them."),
        N_("Sum delta."),
        _LESSON,
    ),
    Message(
        "POOLING.BIAS_PER_PIXEL",
        N_("{part} on {case}: the bias gets a gradient per position."),
        N_("There is one bias for the whole map, so there is one slope."),
        N_("Sum delta."),
        _LESSON,
    ),
)

MESSAGES = (*_FIELD, *_FORWARD, *_NETWORKS, *_MEASURED, *_BACKWARD)
