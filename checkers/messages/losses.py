"""Misconceptions of lesson 02_losses."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "losses"

_SIGMOID = (
    Message(
        "LOSSES.SIGMOID_IS_TANH",
        N_("{part} on {case}: received {received}, on a curve from -1 to 1."),
        N_("That curve is tanh. The logistic function runs from 0 to 1."),
        N_("Compute 1 / (1 + e^-z) with z = k * (x - x0)."),
        _LESSON,
    ),
    Message(
        "LOSSES.SLOPE_OUTSIDE",
        N_("{part} on {case}: received {received}; k stands outside of the curve."),
        N_("k times the curve runs from 0 to k: it is stretched upward, not steeper."),
        N_("Multiply x - x0 by k, before the exponential."),
        _LESSON,
    ),
    Message(
        "LOSSES.MIDPOINT_SIGN",
        N_("{part} on {case}: received {received}; the midpoint lies at -x0."),
        N_("The curve passes 1/2 where x equals x0, so there the power has to be 0."),
        N_("Subtract x0 from x."),
        _LESSON,
    ),
    Message(
        "LOSSES.SIGMOID_FALLS",
        N_("{part} on {case}: received {received}; the curve falls."),
        N_("With a slope above 0 the logistic function rises."),
        N_("Look at the sign in the exponent: e^-z, not e^z, in the denominator."),
        _LESSON,
    ),
    Message(
        "LOSSES.MIDPOINT_NOT_SCALED",
        N_("{part} on {case}: received {received}; k multiplies x alone."),
        N_("k * x - x0 is 0 at x0 / k, so the midpoint moves with the slope."),
        N_("Put x - x0 in brackets."),
        _LESSON,
    ),
    Message(
        "LOSSES.SLOPE_DIVIDES",
        N_("{part} on {case}: received {received}; a larger k makes it flatter."),
        N_("k is the slope: a larger one is steeper."),
        N_("Multiply by k in place of dividing."),
        _LESSON,
    ),
    Message(
        "LOSSES.SLOPE_IGNORED",
        N_("{part} on {case}: received {received}, the same for every k."),
        N_("Without k all curves have one steepness."),
        N_("Multiply x - x0 by k."),
        _LESSON,
    ),
    Message(
        "LOSSES.MIDPOINT_IGNORED",
        N_("{part} on {case}: received {received}, the same for every x0."),
        N_("Without x0 all curves pass 1/2 at x = 0."),
        N_("Subtract x0 from x."),
        _LESSON,
    ),
    Message(
        "LOSSES.SIGMOID_OVERFLOW",
        N_("{part} on {case}: a power left the range of numbers ({received})."),
        N_(
            "e^1000 has no place in a float. Here the result survives; in a loss or a "
            "gradient, inf soon becomes nan."
        ),
        N_(
            "Use e^-|z|, which is never above 1. np.where computes both of its "
            "branches, so choosing afterwards is too late."
        ),
        _LESSON,
    ),
)

_SOFTMAX = (
    Message(
        "LOSSES.SOFTMAX_AXIS",
        N_("{part} on {case}: the columns sum to 1, not the rows."),
        N_("A row is one example. Its classes share the 1, not the examples."),
        N_("Sum over the last axis: axis=-1, keepdims=True."),
        _LESSON,
    ),
    Message(
        "LOSSES.SOFTMAX_OVER_BATCH",
        N_("{part} on {case}: all rows together sum to 1."),
        N_("Each example has a distribution of its own."),
        N_("Sum over the last axis: axis=-1, keepdims=True."),
        _LESSON,
    ),
    Message(
        "LOSSES.TEMPERATURE_MULTIPLIES",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("The scores are multiplied by T: hot sharpens and cold flattens."),
        N_("Divide the scores by T, before the exponential."),
        _LESSON,
    ),
    Message(
        "LOSSES.TEMPERATURE_IGNORED",
        N_("{part} on {case}: the result is that of T = 1."),
        N_("T decides how even the distribution is."),
        N_("Divide the scores by T, before the exponential."),
        _LESSON,
    ),
    Message(
        "LOSSES.TEMPERATURE_ON_RESULT",
        N_("{part} on {case}: the probabilities are divided by T, not the scores."),
        N_("Then a row sums to 1 / T and its shape is unchanged."),
        N_("Divide the scores by T, before the exponential."),
        _LESSON,
    ),
    Message(
        "LOSSES.SOFTMAX_NO_MAX",
        N_("{part} on {case}: the result is no number{warning}."),
        N_(
            "e^1000 overflows, and e^-1000 is 0: then inf / inf or 0 / 0 is left. "
            "Shifting a row by a constant does not change its softmax."
        ),
        N_("Subtract the maximum of each row before the exponential."),
        _LESSON,
    ),
)

_ENTROPIES = (
    Message(
        "LOSSES.BITS",
        N_("{part} on {case}: {received} is in bits; expected {expected} nats."),
        N_("log2 counts yes-or-no questions. Keras and this task use log to base e."),
        N_("Use np.log."),
        _LESSON,
    ),
    Message(
        "LOSSES.DECIMAL_LOGARITHM",
        N_("{part} on {case}: {received} is to base 10; expected {expected} nats."),
        N_("All logarithms differ by a factor only, and the factor has to be agreed."),
        N_("Use np.log."),
        _LESSON,
    ),
    Message(
        "LOSSES.ENTROPY_SIGN",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("A probability is at most 1, its logarithm at most 0, a loss at least 0."),
        N_("Put one minus sign in front of the sum, or take one away."),
        _LESSON,
    ),
    Message(
        "LOSSES.MEAN_OVER_CLASSES",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("p is the weight of each class already; dividing weighs twice."),
        N_("Sum over the classes; do not take the mean."),
        _LESSON,
    ),
    Message(
        "LOSSES.KL_SWAPPED",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_(
            "That is the divergence the other way round. KL weighs by p, the truth; it "
            "is no distance, and the order counts."
        ),
        N_("Sum p * log(p / q)."),
        _LESSON,
    ),
    Message(
        "LOSSES.KL_IS_CROSS_ENTROPY",
        N_("{part} on {case}: {received} is the cross-entropy, not the divergence."),
        N_("KL is what is left after the entropy of p: 0 where p and q are equal."),
        N_("Divide p by q inside of the logarithm, or subtract the entropy of p."),
        _LESSON,
    ),
    Message(
        "LOSSES.KL_OF_ENTROPIES",
        N_("{part} on {case}: {received} is a difference of two entropies."),
        N_("It can be 0 for two quite different distributions, and below 0."),
        N_("Both logarithms are weighted by p: sum p * (log(p) - log(q))."),
        _LESSON,
    ),
    Message(
        "LOSSES.CROSS_ENTROPY_SWAPPED",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("The truth p weighs, the guess q is inside of the logarithm."),
        N_("Sum -p * log(q)."),
        _LESSON,
    ),
    Message(
        "LOSSES.CROSS_ENTROPY_IS_KL",
        N_("{part} on {case}: {received} is the divergence, not the cross-entropy."),
        N_("Cross-entropy is entropy plus divergence."),
        N_("Inside of the logarithm stands q alone."),
        _LESSON,
    ),
    Message(
        "LOSSES.CROSS_ENTROPY_IGNORES_Q",
        N_("{part} on {case}: {received} is the entropy of p; q plays no part."),
        N_("A loss has to depend on the guess."),
        N_("Take the logarithm of q."),
        _LESSON,
    ),
    Message(
        "LOSSES.LOG_OF_ZERO",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("NumPy's log(0) is -inf, and 0 * -inf is nan. A class with p = 0 costs 0."),
        N_("Leave out the classes with p = 0 before the logarithm."),
        _LESSON,
    ),
)

_NUMBER = (
    Message(
        "LOSSES.ALL_CLASSES",
        N_("{part}: {received} adds up -log q over all classes."),
        N_("Each term is weighted by the truth, and all but one of its entries are 0."),
        N_("Keep the term of the true class only."),
        _LESSON,
    ),
    Message(
        "LOSSES.DECIMAL_LOGARITHM_NUMBER",
        N_("{part}: {received} is to base 10."),
        N_("The unit is nats: the logarithm to base e, as in Keras."),
        N_("Use np.log."),
        _LESSON,
    ),
    Message(
        "LOSSES.BITS_NUMBER",
        N_("{part}: {received} is in bits."),
        N_("The unit is nats: the logarithm to base e, as in Keras."),
        N_("Use np.log."),
        _LESSON,
    ),
    Message(
        "LOSSES.LOSS_SIGN",
        N_("{part}: {received} has lost its minus sign."),
        N_("The logarithm of a probability is below 0; the loss is minus that."),
        N_("Put a minus in front."),
        _LESSON,
    ),
    Message(
        "LOSSES.OTHER_CLASSES",
        N_("{part}: {received} is -log of what the guess gave to the other classes."),
        N_("The loss asks how much the guess gave to the class that is true."),
        N_("Take the logarithm of that probability itself."),
        _LESSON,
    ),
    Message(
        "LOSSES.ENTROPY_OF_GUESS",
        N_("{part}: {received} is the entropy of the guess; the truth plays no part."),
        N_("It would be the same whichever class is true."),
        N_("The truth weighs the terms, the guess stands inside of the logarithm."),
        _LESSON,
    ),
)

_BCE = (
    Message(
        "LOSSES.SUM_FOR_MEAN",
        N_("{part} on {case}: {received} is the sum; the mean is asked for."),
        N_("A sum grows with the number of labels; Keras averages."),
        N_("Divide by the number of labels where reduction is 'mean'."),
        _LESSON,
    ),
    Message(
        "LOSSES.MEAN_FOR_SUM",
        N_("{part} on {case}: {received} is the mean; the sum is asked for."),
        N_("Both are in use, and the argument says which one."),
        N_("Look at reduction before you divide."),
        _LESSON,
    ),
    Message(
        "LOSSES.ONLY_ONES",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_(
            "Labels of 0 cost nothing here. Then always answering 1 is the best "
            "prediction."
        ),
        N_("Add the second half: (1 - y) * log(1 - p)."),
        _LESSON,
    ),
    Message(
        "LOSSES.LABELS_SWAPPED",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_("The labels 1 are charged with log(1 - p), and the labels 0 with log(p)."),
        N_("y goes with log(p), 1 - y with log(1 - p)."),
        _LESSON,
    ),
    Message(
        "LOSSES.NO_CLIP",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_(
            "log(0) is -inf, and 0 times -inf is nan. One sure prediction spoils the "
            "whole batch."
        ),
        N_("Clip p to 1e-7 and 1 - 1e-7 before the logarithms."),
        _LESSON,
    ),
)

_CHOICES = (
    Message(
        "LOSSES.SIGMOID_WITH_SPARSE",
        N_("{part}, answer {received}: ten sigmoids answer ten separate questions."),
        N_("Their values need not sum to 1: 0.9 for three digits at once is possible."),
        N_("Exactly one digit is true: take what makes the units compete."),
        _LESSON,
    ),
    Message(
        "LOSSES.ONE_HOT_FOR_NUMBERS",
        N_("{part}, answer {received}: this loss expects one-hot rows."),
        N_("The labels of this task are class numbers from 0 to 9."),
        N_("Take the form of the loss that reads class numbers."),
        _LESSON,
    ),
    Message(
        "LOSSES.DIGIT_AS_VALUE",
        N_("{part}, answer {received}: it treats the digit as a size."),
        N_("Then reading a 1 as a 2 is a small miss, and as a 7 a large one."),
        N_("A digit is a name, not an amount: one unit per class."),
        _LESSON,
    ),
    Message(
        "LOSSES.SOFTMAX_TWICE",
        N_("{part}, answer {received}: the head and the loss both apply softmax."),
        N_("from_logits=True says that raw scores arrive. They do not."),
        N_("One of the two, not both."),
        _LESSON,
    ),
    Message(
        "LOSSES.SOFTMAX_FOR_TAGS",
        N_("{part}, answer {received}: softmax lets the tags compete."),
        N_("An apple on a page may be fruit and 3C at once; softmax sums to 1."),
        N_("Take what answers each tag on its own."),
        _LESSON,
    ),
    Message(
        "LOSSES.SPARSE_FOR_TAGS",
        N_("{part}, answer {received}: the sparse loss reads one class number."),
        N_("The labels are two answers per page, and both may be 1."),
        N_("Take the loss of yes-or-no questions."),
        _LESSON,
    ),
    Message(
        "LOSSES.ONE_UNIT_FOR_TAGS",
        N_("{part}, answer {received}: one unit gives one answer."),
        N_("There are two questions, and their answers are free of each other."),
        N_("One unit per question."),
        _LESSON,
    ),
    Message(
        "LOSSES.SOFTMAX_IS_ONE",
        N_("{part}, answer {received}: softmax on one unit is always 1."),
        N_("e^z / e^z is 1: the model says 1 for every wine and learns nothing."),
        N_("Ask which head can say 5.6."),
        _LESSON,
    ),
    Message(
        "LOSSES.SIGMOID_FOR_SCORE",
        N_("{part}, answer {received}: a sigmoid ends at 1, and scores go up to 10."),
        N_("No weights can make this head say 6."),
        N_("Ask which head can say 5.6."),
        _LESSON,
    ),
    Message(
        "LOSSES.SCORE_AS_CLASS",
        N_("{part}, answer {received}: it treats scores as names without an order."),
        N_("Then saying 3 for a 6 costs as much as saying 5."),
        N_("Take a loss that grows with the size of the miss."),
        _LESSON,
    ),
)

MESSAGES = (*_SIGMOID, *_SOFTMAX, *_ENTROPIES, *_NUMBER, *_BCE, *_CHOICES)
