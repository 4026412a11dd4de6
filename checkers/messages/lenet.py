"""Messages of lesson 07, LeNet-5."""

from __future__ import annotations

from checkers.i18n import N_
from checkers.messages.message import Message

__all__ = ["MESSAGES"]

_LESSON = "lenet"


def _message(code: str, sentence: str, why: str, then: str) -> Message:
    """Return a message of this lesson."""
    return Message(f"LENET.{code}", sentence, why, then, _LESSON)


MESSAGES = (
    # -- 1 · table_saving ------------------------------------------------------------
    _message(
        "BIAS_PER_KERNEL",
        N_("{part}: received {received}: a bias is counted with each kernel."),
        N_("A map has one bias, however many maps it sees. The table saves no bias."),
        N_("Count 25 weights per kernel."),
    ),
    _message(
        "KERNELS_FOR_WEIGHTS",
        N_("{part}: received {received}, the number of kernels that are saved."),
        N_("A kernel of 5 x 5 has 25 weights, each of them a parameter."),
        N_("Multiply by 25."),
    ),
    _message(
        "SAVED_CONNECTIONS",
        N_("{part}: received {received}, the connections that are saved."),
        N_(
            "The 10 x 10 outputs of a map share their weights: 100 uses, one parameter."
        ),
        N_("Leave the size of the maps out."),
    ),
    _message(
        "WHAT_IS_LEFT",
        N_("{part}: received {received}: that is what the table needs."),
        N_("The saving is the difference to full connection."),
        N_("Subtract it from what 96 kernels need."),
    ),
    _message(
        "MAPS_FOR_KERNELS",
        N_("{part}: received {received}: one kernel is counted per map."),
        N_("A map that sees four maps has four kernels, one for each."),
        N_("Multiply the number of maps by the number of maps that each of them sees."),
    ),
    _message(
        "SAVING_OF_LENET",
        N_("{part}: received 900, the saving of LeNet-5's own table."),
        N_("Your table is another one."),
        N_("Print the parameters of this exercise."),
    ),
    _message(
        "FULL_IS_NO_SAVING",
        N_("{part}: received 2,416, what full connection needs."),
        N_("The saving is what is not needed of it."),
        N_("Subtract what your table needs."),
    ),
    # -- 2 · counts ------------------------------------------------------------------
    _message(
        "ROW_MISSING",
        N_("{part}: there is no row {layer} with two numbers."),
        N_("The table has seven layers and their total."),
        N_("Return a dictionary: dict(C1=(parameters, connections), ...)."),
    ),
    _message(
        "TABLE_CELL",
        N_("{part}: row {layer} has {received}, which is another number."),
        N_("Count one output of the layer first: what goes into it, bias included?"),
        N_("Then ask how many outputs there are, and which of them share weights."),
    ),
    _message(
        "CONNECTIONS_ARE_PARAMETERS",
        N_("{part}: row {layer} has {received} connections: its parameters."),
        N_("A shared weight is one parameter and many connections, one per output."),
        N_("Multiply what goes into one output by the number of outputs."),
    ),
    _message(
        "COLUMNS_SWAPPED",
        N_("{part}: row {layer} has {received} parameters: its connections."),
        N_("All outputs of a map share their weights: each counts once."),
        N_("Parameters come first, connections second."),
    ),
    _message(
        "FULL_C3",
        N_("{part}: row {layer} has {received}, as if every map saw all six."),
        N_("C3 has a connection table: 60 of the 96 kernels exist."),
        N_("Count six maps that see three, nine that see four, one that sees six."),
    ),
    _message(
        "BIAS_FORGOTTEN",
        N_("{part}: row {layer} has {received}: the biases are missing."),
        N_("Each map, or each dense unit, has a bias, and a bias is a connection too."),
        N_("Add one bias per map, and one connection per output."),
    ),
    _message(
        "POOL_WITHOUT_WEIGHTS",
        N_("{part}: row {layer} has no parameters."),
        N_(
            "That holds for today's pooling. S2 and S4 of 1998 multiply each sum by a "
            "trained weight and add a trained bias."
        ),
        N_("Count two per map."),
    ),
    _message(
        "ONE_PAIR",
        N_("{part}: row {layer} has {received} parameters, one pair for all maps."),
        N_("Each map has a weight and a bias of its own."),
        N_("Count two per map."),
    ),
    _message(
        "INPUTS_NOT_COUNTED",
        N_("{part}: row {layer} has {received} connections."),
        N_("An output joins four inputs, which share one weight, and the bias: five."),
        N_("Multiply 5 by the number of outputs."),
    ),
    _message(
        "RBF_TRAINED",
        N_("{part}: row {layer} has {received} trained parameters."),
        N_(
            "The 84 x 10 numbers of the output are codes that were drawn by hand and "
            "kept fixed. Counted as trained, they would make 60,840."
        ),
        N_("Count 0 trained parameters for the output."),
    ),
    _message(
        "RBF_UNCONNECTED",
        N_("{part}: row {layer} has {received} connections."),
        N_("A fixed number is not trained, but it joins an input all the same."),
        N_("Count 84 connections for each of the ten outputs."),
    ),
    _message(
        "TOTAL",
        N_("{part}: row {layer} has {received}, which is not the sum of the others."),
        N_("The total is what the paper states for the whole network."),
        N_("Add up the seven rows."),
    ),
    # -- 3 · modern_net --------------------------------------------------------------
    _message(
        "NO_BORDER",
        N_(
            "The input has 28 x 28 pixels: behind the second pool 256 numbers are left."
        ),
        N_(
            "LeNet takes 32 x 32, so that strokes near the edge reach the middle of a "
            "kernel. Without the border, Dense 120 has 30,840 parameters, not 48,120."
        ),
        N_("Declare keras.Input(shape=(32, 32, 1))."),
    ),
    _message(
        "SAME_FOR_BORDER",
        N_('The input has 28 x 28 pixels, and padding="same" in C1 adds the border.'),
        N_("That computes the same on padded digits; the task's input is 32 x 32 x 1."),
        N_('Declare keras.Input(shape=(32, 32, 1)) and leave padding at "valid".'),
    ),
    _message(
        "SAME_PADDING",
        N_('{where}: padding="same" keeps the size.'),
        N_(
            "Sizes go 32, 28, 14, 10, 5: each convolution takes four pixels away. With "
            "same padding Flatten has 1,024 numbers, not 400."
        ),
        N_('Leave padding at its default, "valid".'),
    ),
    _message(
        "NO_ACTIVATION",
        N_("{where} has no activation."),
        N_("Without it, convolution, pool and the next convolution bend little."),
        N_('Add activation="relu".'),
    ),
    _message(
        "AVERAGE_POOL",
        N_("{where}: expected max pooling, received average pooling."),
        N_(
            "The average is close to the S2 of 1998 without its weights; today's "
            "version takes the largest value."
        ),
        N_("Use MaxPooling2D(2)."),
    ),
    _message(
        "NO_FLATTEN",
        N_("There is no Flatten in front of the Dense layers."),
        N_("On maps, a Dense layer works on each pixel alone, on its last axis."),
        N_("Put Flatten() behind the second pool."),
    ),
    # -- 4 · subsampling -------------------------------------------------------------
    _message(
        "OTHER_C1",
        N_("{part}: there is no convolution with six kernels of 5 x 5 and a bias."),
        N_("C1 is given: Conv2D(6, 5, activation='tanh') on 32 x 32 x 1."),
        N_("Copy C1 from the task, and put your layer behind it."),
    ),
    _message(
        "FRONT_SHAPE",
        N_("{part}: expected outputs of {expected} per image, received {received}."),
        N_("C1 gives 28 x 28 x 6; windows of 2 x 2 side by side halve both sides."),
        N_("Look at pool size and strides of your sum: both are 2."),
    ),
    _message(
        "NO_WEIGHTS",
        N_("{part}: the subsampling has no weights."),
        N_("Pooling without weights is today's form; S2 has two per map."),
        N_("Make w and b in build with self.add_weight."),
    ),
    _message(
        "ONE_PAIR_FOR_ALL",
        N_("{part}: the subsampling has one weight and one bias for all six maps."),
        N_("Each map has a pair of its own, so that one may be blurred, one sharp."),
        N_("Give both weights the shape (input_shape[-1],)."),
    ),
    _message(
        "PAIR_PER_PIXEL",
        N_("{part}: beside C1 there are {received} weights: one for each pixel."),
        N_("All windows of a map share one pair. That is what makes it 12."),
        N_("Give both weights the shape (input_shape[-1],), not the whole shape."),
    ),
    _message(
        "FOUR_WEIGHTS",
        N_("{part}: beside C1 there are {received} weights: each window has four."),
        N_("The four inputs of a window share one weight: w times their sum."),
        N_("Add the four up first, then multiply by one weight per map."),
    ),
    _message(
        "HALF_A_PAIR",
        N_("{part}: beside C1 there are {received} weights; a pair per map makes 12."),
        N_("w scales the sum, b shifts it: two for each of six maps."),
        N_("Make both with self.add_weight(shape=(input_shape[-1],))."),
    ),
    _message(
        "OTHER_COUNT",
        N_("{part}: beside C1 there are {received} weights."),
        N_("One w and one b for each of six maps make 12."),
        N_("Print front.summary(): in which layer are the others?"),
    ),
    _message(
        "PAIR_FROZEN",
        N_("{part}: {received} of 168 parameters are trained."),
        N_("S2's weights are learned with all others."),
        N_("Leave trainable at True, in the layer and in add_weight."),
    ),
    _message(
        "MEAN_FOR_SUM",
        N_("{part}: it computes w times the mean of the four inputs, plus b."),
        N_(
            "The paper adds the four up. With the mean the same w gives a quarter, so "
            "weights of one do not fit the other."
        ),
        N_("Multiply the average by 4, or add up the four."),
    ),
    _message(
        "MAX_FOR_SUM",
        N_("{part}: it computes w times the largest of the four inputs, plus b."),
        N_("That is max pooling with weights; S2 adds the four up."),
        N_("Use 4 times the average in place of the maximum."),
    ),
    _message(
        "BIAS_SCALED",
        N_("{part}: it computes w times (sum plus b)."),
        N_("The bias is added after the weight; otherwise w scales it too."),
        N_("Write w * total + b."),
    ),
    _message(
        "SQUASHED_TWICE",
        N_("{part}: the subsampling has an activation."),
        N_("The task stops at w * sum + b; a squashing would be the next step."),
        N_("Return w * total + b as it is."),
    ),
    _message(
        "C1_ACTIVATION",
        N_("{part}: S2 is right, but C1's activation is {activation}."),
        N_("C1 is given with tanh."),
        N_("Write Conv2D(6, 5, activation='tanh')."),
    ),
    _message(
        "OTHER_SUBSAMPLING",
        N_("{part}: with drawn weights, its outputs are not w * sum + b."),
        N_("Each output is its map's w times the sum of its 2 x 2 window, plus b."),
        N_("Try your layer on a picture of ones: with w = 1 and b = 0 it gives 4."),
    ),
    # -- 5 · digits_model ------------------------------------------------------------
    _message(
        "FOLDER_LABELS",
        N_(
            "{part}: expected an accuracy of {expected}, received {received}. The "
            "digits are told apart, but {count} of them have another name: a {true} is "
            "called {called}. Renamed, {other_share} are right."
        ),
        N_(
            "Folders come in no particular order. Their position is no label, and two "
            "listings may differ."
        ),
        N_("Take the label from the name: int(name)."),
    ),
    _message(
        "OTHER_SCALE",
        N_(
            "{part}: expected an accuracy of {expected}, received {received}. With the "
            "test images {form}, the same network reaches {other_share}."
        ),
        N_("The folders hold pixels from 0 to 255, the test images run from 0 to 1."),
        N_("Divide the training images by 255, and train again."),
    ),
    # -- 6 · rbf_output --------------------------------------------------------------
    _message(
        "PRODUCT_FOR_DISTANCE",
        N_("{part}, {case}: it goes by the product of x and code."),
        N_(
            "A Dense layer multiplies and adds; an RBF unit subtracts, squares and "
            "adds. The two agree on the winner only if all codes are equally long."
        ),
        N_("Take the difference of x and code first."),
    ),
    _message(
        "NOT_SQUARED",
        N_("{part}, {case}: it adds up absolute differences."),
        N_("The paper squares them, so that one large difference counts for more."),
        N_("Square the differences before you add them up."),
    ),
    _message(
        "MEAN_DISTANCE",
        N_("{part}, {case}: it takes the mean of the squares."),
        N_("The order is the same; the numbers of the task are sums."),
        N_("Use sum in place of mean."),
    ),
    _message(
        "LARGEST_WINS",
        N_("{part}, {case}: it gives the class with the largest distance."),
        N_("These outputs are distances, not probabilities: small means alike."),
        N_("Use argmin."),
    ),
)
