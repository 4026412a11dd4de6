"""Misconceptions that lesson 04 names."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "convolution"

_RECEIVED = N_("{part} on {case}: expected {expected}, received {received}.")
_COUNTED = N_("{part}{field}: {received} is not the number that is asked for.")


def _message(name: str, sentence: str, why: str, after: str) -> Message:
    return Message(f"CONV.{name}", sentence, why, after, _LESSON)


# A function's count of parameters.
_COUNTS = (
    _message(
        "COUNT_NO_DEPTH",
        _RECEIVED,
        N_(
            "This counts one flat kernel per filter. A filter is full in depth: it has "
            "weights for every channel."
        ),
        N_("Multiply the weights of a filter by the depth as well."),
    ),
    _message(
        "COUNT_ONE_FILTER",
        _RECEIVED,
        N_("This counts a single filter. Each filter has weights of its own."),
        N_("Multiply by the number of filters."),
    ),
    _message(
        "COUNT_ONE_SIDE",
        _RECEIVED,
        N_("A kernel is a square: it has size × size weights per channel."),
        N_("Use the size twice."),
    ),
    _message(
        "COUNT_PIXELS",
        _RECEIVED,
        N_(
            "This multiplies by the number of places. The same kernel serves every "
            "place: that is what sharing means."
        ),
        N_("Leave height and width out of the calculation."),
    ),
    _message(
        "COUNT_BIAS_PER_WEIGHT",
        _RECEIVED,
        N_("This gives every weight a bias. One is added per filter, after the sum."),
        N_("Add the number of filters, once."),
    ),
    _message(
        "COUNT_BIAS_PER_CHANNEL",
        _RECEIVED,
        N_(
            "This counts a bias for each input channel. The channels are summed first; "
            "then one bias is added."
        ),
        N_("Count one bias per filter."),
    ),
    _message(
        "COUNT_ONE_BIAS",
        _RECEIVED,
        N_("This counts one bias for the whole layer. Each filter has its own."),
        N_("Add as many biases as there are filters."),
    ),
    _message(
        "COUNT_NO_BIAS",
        N_("{part}: received {received}, which holds no bias."),
        N_("Unless it is switched off, each filter adds one number of its own."),
        N_("Add one per filter where there is a bias."),
    ),
    _message(
        "COUNT_BIAS_ALWAYS",
        _RECEIVED,
        N_("This adds the biases even where the layer has none."),
        N_("Look at the argument bias: it may be False."),
    ),
    _message(
        "FIRST_NO_DEPTH",
        N_("{part}: {received} counts one flat kernel per filter."),
        N_("A filter is full in depth: it has weights for each of the 3 channels."),
        N_("Multiply the weights of a filter by the depth as well."),
    ),
    _message(
        "FIRST_PIXELS",
        N_("{part}: {received} multiplies by the number of places."),
        N_("The same kernel serves every place: that is what sharing means."),
        N_("Leave height and width out of the calculation."),
    ),
    _message(
        "COUNT_BOTH_LAYERS",
        N_("{part}: {received} counts both layers."),
        N_("The task asks for the first convolution alone."),
        N_("Count 32 filters on 3 channels only."),
    ),
)

# Sums over windows.
_SUMS = (
    _message(
        "FLIPPED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the kernel "
            "was turned round."
        ),
        N_(
            "That is the convolution of mathematics. Keras, and this exercise, use the "
            "kernel as it is: a cross-correlation."
        ),
        N_("Remove the flip, for example [::-1]; np.convolve flips as well."),
    ),
    _message(
        "TRANSPOSED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: rows and "
            "columns of the kernel were swapped."
        ),
        N_("Each weight belongs to one neighbor: up and left are different places."),
        N_("Give the window and the kernel the same order of axes."),
    ),
    _message(
        "LAST_WINDOW",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the last "
            "window is missing."
        ),
        N_("A window of length K fits into M numbers at M - K + 1 places."),
        N_("Let the range end one later."),
    ),
    _message(
        "STRIDE_IGNORED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the window "
            "moves by 1."
        ),
        N_("With stride S only every S-th place is computed, the first included."),
        N_("Take the stride as the step of the range, or slice with [::stride]."),
    ),
    _message(
        "PAD_IGNORED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: nothing was "
            "padded."
        ),
        N_("The padding decides whether the result is narrow, equal or wide."),
        N_("Put pad zeros at both ends of x first: np.pad(x, pad)."),
    ),
    _message(
        "PAD_ONE_SIDE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: only one end "
            "was padded."
        ),
        N_("P zeros on each side make the input 2P longer."),
        N_("Pad both ends: np.pad(x, pad)."),
    ),
    _message(
        "PAD_REPEATS",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the end "
            "values were repeated."
        ),
        N_("Padding here means zeros, as in Keras."),
        N_('Leave out mode="edge", or use mode="constant".'),
    ),
    _message(
        "ONE_SLICE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: one flat "
            "kernel serves all channels."
        ),
        N_("A filter has a slice of weights of its own for each channel."),
        N_("Multiply channel c of the window with kernels[:, :, c, f]."),
    ),
    _message(
        "FIRST_CHANNEL",
        N_(
            "{part} on {case}: expected {expected}, received {received}: only the "
            "first channel is used."
        ),
        N_("A convolution is full in depth: it sums over all channels."),
        N_("Sum over the channels as well."),
    ),
    _message(
        "CHANNELS_AVERAGED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the channels "
            "were averaged."
        ),
        N_("The products of all channels are added up, not averaged."),
        N_("Use sum over rows, columns and channels."),
    ),
    _message(
        "CHANNELS_APART",
        N_(
            "{part} on {case}: expected shape {expected}, received {received}: one map "
            "per channel and filter."
        ),
        N_("A filter gives one map. Its channel sums are added up."),
        N_("Sum over the channels too."),
    ),
    _message(
        "FILTERS_FIRST",
        N_(
            "{part} on {case}: expected shape {expected}, received {received}: the "
            "filters come first."
        ),
        N_("In Keras the channels are the last axis, of inputs and of maps."),
        N_("Put the filters last: out[i, j, f]."),
    ),
    _message(
        "BIAS_IGNORED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: no bias was "
            "added."
        ),
        N_("Each filter adds one number of its own to every sum."),
        N_("Add bias[f] to map f."),
    ),
    _message(
        "BIAS_PER_CHANNEL",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the bias was "
            "added once per channel."
        ),
        N_("The channels are summed first, then the bias is added once."),
        N_("Move the bias out of the loop over the channels."),
    ),
    _message(
        "BIAS_PER_WEIGHT",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the bias was "
            "added to every product."
        ),
        N_("It is added once, after the sum."),
        N_("Move the bias out of the sum."),
    ),
    _message(
        "NOT_FLIPPED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the kernel "
            "was not turned."
        ),
        N_(
            "This is cross-correlation, what Keras computes. It does not commute; true "
            "convolution does."
        ),
        N_("Reverse both axes of the kernel first: kernel[::-1, ::-1]."),
    ),
    _message(
        "ONE_AXIS",
        N_(
            "{part} on {case}: expected {expected}, received {received}: only one axis "
            "was reversed."
        ),
        N_("One reversed axis is a mirror image. A turn by 180° reverses both."),
        N_("Reverse rows and columns: kernel[::-1, ::-1]."),
    ),
    _message(
        "TURN_IS_TRANSPOSE",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the kernel "
            "was transposed."
        ),
        N_(
            "A transpose swaps rows and columns. A turn by 180° keeps rows as rows and "
            "reverses their order, and the order in each."
        ),
        N_("Write kernel[::-1, ::-1] in place of kernel.T."),
    ),
    _message(
        "QUARTER_TURN",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the kernel "
            "was turned by 90°."
        ),
        N_(
            "A quarter turn makes rows out of columns. Half a turn keeps rows as rows "
            "and reverses their order, and the order in each."
        ),
        N_("Write kernel[::-1, ::-1], or np.rot90(kernel, 2) with the 2."),
    ),
    _message(
        "RESULT_TURNED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the result is "
            "turned by 180°."
        ),
        N_("The image was turned in place of the kernel, or the result as well."),
        N_("Turn the kernel only."),
    ),
)

# A map's size.
_SIZES = (
    _message(
        "SIZE_NO_FIRST",
        _RECEIVED,
        N_(
            "H - F counts the steps. The window also stands at the start, before the "
            "first step."
        ),
        N_("Add 1 after the division: it counts the first place."),
    ),
    _message(
        "SIZE_FLOORED",
        _RECEIVED,
        N_(
            "There are H - F + 1 places. Every S-th is kept, the first included: that "
            "rounds up."
        ),
        N_("Use ceil for (H - F + 1) / S, or floor for (H - F) / S and add 1."),
    ),
    _message(
        "SIZE_ONE_MORE",
        _RECEIVED,
        N_("One place too many is counted, at least for some sizes."),
        N_("Write down the starts of all windows for a size of 7 and stride 2."),
    ),
    _message(
        "SIZE_NO_STRIDE",
        _RECEIVED,
        N_("This is the size for stride 1. With stride S every S-th place is kept."),
        N_("Divide by the stride and round up."),
    ),
    _message(
        "SIZE_NOT_ROUNDED",
        _RECEIVED,
        N_("A map has a whole number of places; what is left over gives no window."),
        N_("Decide whether to round up or down: try 7, kernel 2, stride 2."),
    ),
    _message(
        "SIZE_ROUNDED",
        _RECEIVED,
        N_("The nearest whole number is right only sometimes."),
        N_("Use math.ceil, or // with care."),
    ),
    _message(
        "SIZE_SAME_FOR_VALID",
        _RECEIVED,
        N_('This is the size for "same". With "valid" windows stay inside.'),
        N_("Let the kernel take part: only size - kernel + 1 places are inside."),
    ),
    _message(
        "SIZE_VALID_FOR_SAME",
        _RECEIVED,
        N_(
            'This is the size for "valid". With "same" Keras pads so that the kernel '
            "does not matter."
        ),
        N_('Use the second formula where padding is "same".'),
    ),
    _message(
        "SAME_FLOORED",
        _RECEIVED,
        N_('"same" rounds up: what is left over still gets a window, over the edge.'),
        N_("Use math.ceil(size / stride) in place of //."),
    ),
    _message(
        "SAME_NO_STRIDE",
        _RECEIVED,
        N_('"same" keeps the size for stride 1 only. The stride divides it.'),
        N_("Divide by the stride and round up."),
    ),
    _message(
        "SAME_EVEN",
        _RECEIVED,
        N_(
            "This pads both sides alike. For an even kernel or a larger stride Keras "
            "may put one zero more at the end."
        ),
        N_('Use the formula for "same" that has no kernel in it.'),
    ),
)

# The table of exercise 5.
_SHARING = (
    _message(
        "SHARING_28",
        _COUNTED,
        N_(
            "It takes the map to be 28 × 28. That is its size without padding; here "
            "two zeros on each side make it 32 × 32."
        ),
        N_("Count 32 × 32 places."),
    ),
    _message(
        "SHARING_NO_DEPTH",
        _COUNTED,
        N_("It counts 25 weights per window. A window is full in depth."),
        N_("Count 5 × 5 × 3 weights."),
    ),
    _message(
        "SHARING_ONE_FILTER",
        _COUNTED,
        N_("It counts one filter. Each filter has weights and a map of its own."),
        N_("Multiply by the number of filters."),
    ),
    _message(
        "SHARING_ONE_ROW",
        _COUNTED,
        N_("It counts 32 places. A map has rows and columns."),
        N_("Count 32 × 32 places."),
    ),
    _message(
        "SHARING_DENSE",
        _COUNTED,
        N_(
            "It connects every unit to the whole image. That is a dense layer. Here "
            "each unit sees its own 5 × 5 × 3 window only."
        ),
        N_("Count 75 weights per unit."),
    ),
    _message(
        "SHARING_SHARED",
        _COUNTED,
        N_("This is the number with shared weights: one kernel per filter."),
        N_("Without sharing, every place has a kernel of its own."),
    ),
    _message(
        "SHARING_BIASES_IN",
        _COUNTED,
        N_("It includes biases. This entry asks for weights only."),
        N_("Leave the biases out here; they have entries of their own."),
    ),
    _message(
        "SHARING_NO_BIASES",
        _COUNTED,
        N_("It includes no bias. Each unit adds one, shared or not."),
        N_("Count one bias per map if shared, one per place and map if not."),
    ),
    _message(
        "SHARING_ONE_BIAS",
        _COUNTED,
        N_("It adds one bias for all filters. Each filter has its own."),
        N_("Add as many biases as there are filters."),
    ),
    _message(
        "SHARING_BIAS_PER_CHANNEL",
        _COUNTED,
        N_("It counts a bias per channel. The channels are summed before the bias."),
        N_("Count one bias per filter."),
    ),
    _message(
        "SHARING_BIAS_PER_WEIGHT",
        _COUNTED,
        N_("It counts a bias per weight. One is added after the whole sum."),
        N_("Count one bias per sum."),
    ),
    _message(
        "SHARING_BIAS_PER_PLACE",
        _COUNTED,
        N_("It counts a bias per place. A convolution shares the bias as well."),
        N_("Count one bias per filter."),
    ),
    _message(
        "SHARING_BIASES_ALONE",
        _COUNTED,
        N_("These are the biases alone."),
        N_("Add the shared weights."),
    ),
    _message(
        "SHARING_BIASES_SHARED",
        _COUNTED,
        N_(
            "This is one bias per filter. Where nothing is shared, every unit of every "
            "map has its own. Comparisons in print often forget this."
        ),
        N_("Count one bias per place and map."),
    ),
    _message(
        "SHARING_WEIGHTS_IN",
        _COUNTED,
        N_("It includes the weights. This entry asks for the biases alone."),
        N_("Count one bias per place and map, and nothing else."),
    ),
)

# The model, padding and shifts.
_LAYERS = (
    _message(
        "VALID_GIVES_63",
        N_("{where}: expected padding {expected}, received {received}."),
        N_(
            'Without padding the windows stay inside: with "valid" and stride 2, 128 '
            "becomes ceil(126 / 2) = 63, not 64."
        ),
        N_('Pass padding="same"; without the argument Keras takes "valid".'),
    ),
    _message(
        "NO_STRIDE",
        N_("{where}: expected strides {expected}, received {received}."),
        N_("With stride 1 and padding the map stays 128 × 128."),
        N_("Pass strides=2 to the first convolution."),
    ),
    _message(
        "STRIDES_TWICE",
        N_("{where}: expected strides {expected}, received {received}."),
        N_("The second layer halves the map again: 32 × 32 comes out."),
        N_("Keep the stride of 2 in the first convolution only."),
    ),
    _message(
        "STRIDES_LATER",
        N_(
            "{where} has stride 1, and the second layer has the stride of 2; expected "
            "it the other way round."
        ),
        N_(
            "The output has the right shape and the counts agree. But the first map is "
            "128 × 128, so this layer computes four times as many sums."
        ),
        N_("Move strides=2 to the first convolution."),
    ),
    _message(
        "CHANNELS_FIRST",
        N_("{where}: expected data_format {expected}, received {received}."),
        N_(
            "It takes the first axis for the channels: 128 channels of 128 × 3 pixels. "
            "The images of this course have their channels last."
        ),
        N_("Leave data_format out."),
    ),
    _message(
        "PAD_BOTH_SIDES",
        N_("{part}: {received} is the padding of both sides together."),
        N_("P counts the zeros on each side; the formula holds 2P."),
        N_("Divide by 2."),
    ),
    _message(
        "PAD_HALF",
        N_("{part}: {received} makes the map larger than the image."),
        N_("The window has a middle, and (F - 1) / 2 numbers on each side of it."),
        N_("Take 1 off before you divide by 2."),
    ),
    _message(
        "PAD_EMPIRICAL",
        N_("{part}: {received} says that nobody derived the rule."),
        N_(
            "Much copied pages call it empirical. Solve H - F + 2P + 1 = H for P: "
            "nothing is left to try out."
        ),
        N_("Do that, and look where stride and odd F are needed."),
    ),
    _message(
        "PAD_EVEN",
        N_("{part}: {received} holds for odd F only."),
        N_(
            "For F = 4 the formula asks for 1.5 zeros. One more row on each side makes "
            "the map larger; Keras puts 1 before and 2 behind."
        ),
        N_("Try F = 2 on five numbers."),
    ),
    _message(
        "PAD_ANY_STRIDE",
        N_("{part}: {received} forgets that the stride divides the size."),
        N_("With stride 2 the map has half as many rows, whatever the padding."),
        N_("Compute the size for H = 8, F = 3, P = 1, S = 2."),
    ),
    _message(
        "INVARIANT",
        N_("{part}: {received} calls a convolution invariant."),
        N_(
            "Invariant would mean the same map wherever the digit stands. The lesson "
            "moved a digit, and its map moved with it."
        ),
        N_("Look at the figure of the moved digit once more."),
    ),
    _message(
        "ROTATION",
        N_("{part}: {received} holds for shifts, not for rotations."),
        N_(
            "A kernel for vertical strokes answers little to horizontal ones. Only a "
            "kernel that looks the same after the rotation would not notice."
        ),
        N_("Look at the figure of the rotated digit once more."),
    ),
    _message(
        "NOT_SHARED",
        N_("{part}: {received} describes a layer without sharing."),
        N_("A convolution uses one kernel at all places."),
        N_("Compare the parameter count with the size of the map."),
    ),
)

MESSAGES = (*_COUNTS, *_SUMS, *_SIZES, *_SHARING, *_LAYERS)
