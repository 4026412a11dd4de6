"""Misconceptions that lesson 08, dropout by hand, names."""

from __future__ import annotations

from checkers.i18n import N_
from checkers.messages.message import Message

__all__ = ["MESSAGES"]

_LESSON = "dropout_by_hand"

_COUNTS = (
    Message(
        "BY_HAND.KEPT_COUNTED",
        N_("{part}: {received} is the mean number of units that stay."),
        N_("The rate is the share that is dropped."),
        N_("Multiply the number of units by the rate itself."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SHARE_FOR_COUNT",
        N_("{part}: {received} is a share; a number of units is asked for."),
        N_("A share of 0.4 says nothing about how many there are."),
        N_("Multiply by the number of units."),
        _LESSON,
    ),
    Message(
        "BY_HAND.ALWAYS_EXACTLY",
        N_(
            "{part}: {received} would mean that nearly every draw drops the same "
            "number."
        ),
        N_(
            "Each unit is drawn on its own. Nobody counts on the way, so the number "
            "dropped varies from draw to draw."
        ),
        N_("Add up the variances of all units and take the square root, in units."),
        _LESSON,
    ),
    Message(
        "BY_HAND.VARIANCE_FOR_SD",
        N_("{part}: {received} is the variance."),
        N_(
            "A variance has the unit units²; only its square root can be laid beside "
            "the mean."
        ),
        N_("Take the square root."),
        _LESSON,
    ),
    Message(
        "BY_HAND.KEPT_SHARE_LEFT_OUT",
        N_("{part}: {received} leaves out one of the two shares."),
        N_(
            "A draw that can go two ways varies by p (1 - p): not at all if either "
            "way is certain."
        ),
        N_("Multiply units, the rate, and 1 - rate; then take the root."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SD_OF_ONE_UNIT",
        N_("{part}: {received} is the standard deviation of a single unit."),
        N_("Variances of units that are drawn apart add up."),
        N_("Multiply the variance by the number of units before the root."),
        _LESSON,
    ),
)

_VANILLA = (
    Message(
        "BY_HAND.KEEP_IS_DROPPED",
        N_(
            "{part} on {case}: expected a share of zeros of {expected}, received "
            "{received}."
        ),
        N_("keep is the share that stays; here it is the share that goes."),
        N_("The mask is 1 where a random number between 0 and 1 is below keep."),
        _LESSON,
    ),
    Message(
        "BY_HAND.EXACT_COUNT",
        N_(
            "{part}: every call drops exactly the stated share, on {case} {received} "
            "numbers."
        ),
        N_(
            "Each number is to be drawn on its own, so the count varies. With a fixed "
            "count, one number that is dropped saves another."
        ),
        N_("Compare one random number per entry with the share."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SCALED_IN_TRAINING",
        N_(
            "{part} on {case}: what is kept is multiplied by {received}; vanilla "
            "dropout leaves it as it is."
        ),
        N_(
            "Scaling up in training is the inverted way. Together with keep at "
            "prediction, the scale would be wrong at one end."
        ),
        N_("Multiply by the mask and by nothing else."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SCALED_TWICE",
        N_("{part} on {case}: the factor keep is there once too often."),
        N_(
            "It stands for the mean of the mask, at prediction. In training the mask "
            "itself is there."
        ),
        N_("Training: x * mask. Prediction: x * keep."),
        _LESSON,
    ),
    Message(
        "BY_HAND.NOT_SCALED_AT_TEST",
        N_("{part} on {case}: expected {expected}, received {received}: x itself."),
        N_(
            "In training only a share keep of x arrives on average. Without the "
            "factor, the next layer gets more than it was trained on."
        ),
        N_("Multiply by keep."),
        _LESSON,
    ),
    Message(
        "BY_HAND.INVERSE_AT_TEST",
        N_("{part} on {case}: expected {expected}, received {received}: divided."),
        N_(
            "All units are there at prediction, so the sum is already larger than in "
            "training. Dividing makes it larger still."
        ),
        N_("Multiply by keep, the share that was kept in training."),
        _LESSON,
    ),
    Message(
        "BY_HAND.TIMES_DROPPED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: multiplied "
            "by the share that is dropped."
        ),
        N_("A mask that is 1 with probability keep has the mean keep."),
        N_("Multiply by keep."),
        _LESSON,
    ),
    Message(
        "BY_HAND.DROPS_AT_TEST",
        N_("{part} on {case}: a share of {received} is 0."),
        N_("Prediction uses the whole network; only training draws masks."),
        N_("Leave the mask out, and multiply by keep."),
        _LESSON,
    ),
)

_INVERTED = (
    Message(
        "BY_HAND.RATE_IS_KEPT",
        N_(
            "{part} on {case}: expected a share of zeros of {expected}, received "
            "{received}."
        ),
        N_("Here, as in Keras, rate is the share that is dropped."),
        N_("Keep where a random number is at least rate, or below 1 - rate."),
        _LESSON,
    ),
    Message(
        "BY_HAND.NO_FACTOR",
        N_(
            "{part} on {case}: what is kept is multiplied by {received}; expected "
            "{expected}."
        ),
        N_(
            "Without the factor the mean falls to 1 - rate of what it was, and at "
            "inference nothing makes up for it."
        ),
        N_("Divide what is kept by 1 - rate."),
        _LESSON,
    ),
    Message(
        "BY_HAND.TIMES_KEEP",
        N_(
            "{part} on {case}: what is kept is multiplied by {received}; expected "
            "{expected}."
        ),
        N_("Dropping made the mean smaller; multiplying makes it smaller once more."),
        N_("Divide by 1 - rate."),
        _LESSON,
    ),
    Message(
        "BY_HAND.BY_THE_RATE",
        N_(
            "{part} on {case}: what is kept is multiplied by {received}; expected "
            "{expected}."
        ),
        N_(
            "A share of 1 - rate is left. To make up for the rest, divide by what is "
            "left, not by what went."
        ),
        N_("Divide by 1 - rate."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SCALES_AT_INFERENCE",
        N_("{part} on {case}: expected {expected}, received {received}."),
        N_(
            "Inverted dropout has scaled in training already. Scaling again at "
            "inference brings the two out of step."
        ),
        N_("At inference, return x as it is."),
        _LESSON,
    ),
    Message(
        "BY_HAND.DROPS_AT_INFERENCE",
        N_("{part} on {case}: a share of {received} is dropped at inference."),
        N_("Two predictions for one input would differ."),
        N_("Look at `training` before you draw a mask."),
        _LESSON,
    ),
    Message(
        "BY_HAND.WHOLE_NUMBERS",
        N_("{part} stops with {error} on {case}: {error_text}"),
        N_(
            "An in-place step such as `x *= mask` or `x /= keep` must store its "
            "result in x, and an array of whole numbers cannot hold 1.67."
        ),
        N_("Make a new array: x * mask / (1 - rate). Your line: {line}"),
        _LESSON,
    ),
    Message(
        "BY_HAND.CUT_NUMBERS",
        N_("{part} on {case}: every number of the result is whole."),
        N_(
            "What is kept has to grow by 1 / (1 - rate); stored as whole numbers, it "
            "is cut, and the mean is lost."
        ),
        N_("Let the result be floats: x * mask / (1 - rate)."),
        _LESSON,
    ),
    Message(
        "BY_HAND.RATE_ZERO",
        N_("{part} on {case}: the result is not x."),
        N_("Rate 0 drops nothing, and the factor is 1."),
        N_("Try it with a small array of ones."),
        _LESSON,
    ),
    Message(
        "BY_HAND.BAD_RATE",
        N_("{part}: rate {received} is taken; expected a {expected}."),
        N_(
            "At rate 1 everything is dropped and the factor 1 / (1 - rate) does not "
            "exist; beyond, it is negative. Such a slip should stop at once."
        ),
        N_("raise ValueError unless 0 <= rate < 1."),
        _LESSON,
    ),
    Message(
        "BY_HAND.OTHER_ERROR",
        N_("{part} on {case}: expected a {expected}, received {received}."),
        N_("Callers catch the kind of error that they were promised."),
        N_("Test the rate first, and raise ValueError yourself."),
        _LESSON,
    ),
)

_LAYER = (
    Message(
        "BY_HAND.NO_METHOD",
        N_("{part}: expected the methods {expected}; missing: {received}."),
        N_("A network calls forward on the way there and backward on the way back."),
        N_("Define both inside the class, indented."),
        _LESSON,
    ),
    Message(
        "BY_HAND.NOTHING_DROPPED",
        N_("{part} on {case}: nothing is dropped in training."),
        N_("Expected a share of zeros of {expected}, received {received}."),
        N_("Draw a mask of the shape of x when training is True."),
        _LESSON,
    ),
    Message(
        "BY_HAND.DROP_FOR_KEEP",
        N_(
            "{part} on {case}: expected a share of zeros of {expected}, received "
            "{received}."
        ),
        N_(
            "The layer gets the share to drop, and the mask treats it as the share to "
            "keep. At 0.5 nobody would notice."
        ),
        N_("Keep with probability 1 - rate."),
        _LESSON,
    ),
    Message(
        "BY_HAND.OTHER_SHARE",
        N_(
            "{part} on {case}: expected a share of zeros of {expected}, received "
            "{received}."
        ),
        N_("The distance is more than five standard deviations: this is no chance."),
        N_("Compare random numbers between 0 and 1 with the rate."),
        _LESSON,
    ),
    Message(
        "BY_HAND.ROWS_ALIKE",
        N_("{part} on {case}: every row has the same mask."),
        N_("Each example of a batch has a mask of its own."),
        N_("Draw an array of the shape of x."),
        _LESSON,
    ),
    Message(
        "BY_HAND.ONE_MASK",
        N_("{part} on {case}: two forward passes in training have the same mask."),
        N_(
            "A mask that stays makes one small network out of a large one; dropout "
            "draws a new one for each pass."
        ),
        N_("Draw the mask inside forward, without a fixed seed."),
        _LESSON,
    ),
    Message(
        "BY_HAND.OTHER_FACTOR",
        N_(
            "{part} on {case}: what is kept is multiplied by {received}; expected "
            "{expected}."
        ),
        N_("The mean over many masks is not x then."),
        N_("Divide what is kept by 1 - rate."),
        _LESSON,
    ),
    Message(
        "BY_HAND.OTHER_INFERENCE",
        N_("{part} on {case}: at inference x is multiplied by {received}."),
        N_("Inverted dropout does nothing at inference."),
        N_("Return x as it is when training is False."),
        _LESSON,
    ),
    Message(
        "BY_HAND.NO_FACTOR_BACK",
        N_(
            "{part} on {case}: backward is right up to a factor: its ratio to the "
            "measured slope is {received}."
        ),
        N_(
            "forward multiplied by mask / (1 - rate), so that is the slope. dout * "
            "mask leaves the division out, and every gradient below is too small."
        ),
        N_("Keep mask / (1 - rate) in self, and multiply dout by that."),
        _LESSON,
    ),
    Message(
        "BY_HAND.BACK_UNTOUCHED",
        N_("{part} on {case}: backward hands dout on as it is."),
        N_(
            "A unit that was dropped did not take part: its slope is 0. One that was "
            "kept was multiplied, and so is its gradient."
        ),
        N_("Multiply dout by what x was multiplied with."),
        _LESSON,
    ),
    Message(
        "BY_HAND.BACK_UNMASKED",
        N_("{part} on {case}: backward scales, but drops nothing."),
        N_("A dropped unit did not take part in the output: its slope is 0."),
        N_("Multiply by the mask of the forward pass too."),
        _LESSON,
    ),
    Message(
        "BY_HAND.FACTOR_TWICE",
        N_(
            "{part} on {case}: expected the slope {expected}, received {received}: "
            "the factor is there twice."
        ),
        N_("x was multiplied by mask / (1 - rate) once, so dout is too."),
        N_("If the factor is part of the mask already, do not divide again."),
        _LESSON,
    ),
    Message(
        "BY_HAND.TIMES_KEEP_BACK",
        N_(
            "{part} on {case}: expected the slope {expected}, received {received}: "
            "multiplied where it should be divided."
        ),
        N_(
            "The way back does not undo the way there. It multiplies by the same "
            "number."
        ),
        N_("Multiply dout by mask / (1 - rate)."),
        _LESSON,
    ),
    Message(
        "BY_HAND.TIMES_OUTPUT",
        N_("{part} on {case}: backward multiplies dout by the layer's output."),
        N_("The slope of c · x by x is c, whatever x is."),
        N_("Keep the factor in self, not the output."),
        _LESSON,
    ),
    Message(
        "BY_HAND.NEW_MASK",
        N_(
            "{part} on {case}: the mask of backward is not the one of the last "
            "forward pass."
        ),
        N_(
            "The gradient belongs to the thinned network that made the output. "
            "Another mask sends it to units that did not take part."
        ),
        N_("Store the mask in forward, and draw nothing in backward."),
        _LESSON,
    ),
    Message(
        "BY_HAND.OTHER_BACKWARD",
        N_("{part} on {case}: expected the slope {expected}, received {received}."),
        N_("y is c · x, entry by entry, and its slope by x is that c."),
        N_("Compare with numeric_gradient on one small array."),
        _LESSON,
    ),
    Message(
        "BY_HAND.INFERENCE_BACKWARD",
        N_(
            "{part} on {case}: after a forward pass at inference, expected the slope "
            "{expected}, received {received}."
        ),
        N_(
            "At inference y = x, so the gradient passes as it is. A mask that is left "
            "over from training does not belong there."
        ),
        N_("Let forward set what backward uses in both modes."),
        _LESSON,
    ),
)

_MEANS = (
    Message(
        "BY_HAND.MEANS_SWAPPED",
        N_("{part}{field}: {received} are the right means, swapped."),
        N_("The two are compared with each other; swapped, the sign turns."),
        N_("train is the pass with masks, predict the one without."),
        _LESSON,
    ),
    Message(
        "BY_HAND.VANILLA_MEANS",
        N_("{part}{field}: {received} are the means of vanilla dropout."),
        N_(
            "The task's passes divide by keep in training and do nothing at prediction."
        ),
        N_("Use the functions of the task as they are."),
        _LESSON,
    ),
    Message(
        "BY_HAND.NO_RELU",
        N_("{part}{field}: {received} belong to a network without ReLU."),
        N_("Without a bend both means agree; the bend is what is looked at here."),
        N_("Use the functions of the task as they are."),
        _LESSON,
    ),
    Message(
        "BY_HAND.OTHER_NETWORK",
        N_("{part}{field}: {received} come from a network with other weights."),
        N_(
            "Two means can be compared only if the same weights made both. A module "
            "that draws its weights without a seed has others each time."
        ),
        N_("Run the given cell first: it sets the seed and draws weights and inputs."),
        _LESSON,
    ),
    Message(
        "BY_HAND.MORE_SAMPLES",
        N_("{part}: option {received} calls the difference noise."),
        N_(
            "With a million inputs the mean in training is known to 0.0015. The "
            "difference is 36 times as large, and more inputs do not shrink it."
        ),
        N_("Compare the difference with its standard error."),
        _LESSON,
    ),
    Message(
        "BY_HAND.EXACTLY_TWICE",
        N_("{part}: option {received} asks for a factor of exactly 2."),
        N_(
            "Your two means are nowhere near a factor of 2: the division by keep is "
            "there to keep the mean, not to double it."
        ),
        N_("Divide one of your means by the other."),
        _LESSON,
    ),
    Message(
        "BY_HAND.MASKS_CHANGE_WEIGHTS",
        N_("{part}: option {received} says that the weights differ."),
        N_("Both passes use the same arrays; a mask multiplies outputs of units."),
        N_("Look at what train_pass reads and what it changes."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SECOND_MASK",
        N_("{part}: option {received} blames the mask that does no harm."),
        N_(
            "Behind the second mask only w3 and b3 follow: a linear step, and means "
            "pass through linear steps unchanged."
        ),
        N_("Ask behind which mask a ReLU follows."),
        _LESSON,
    ),
)

_NAMES = (
    Message(
        "BY_HAND.KERAS_RATE_KEEPS",
        N_("{part}: {received} takes Keras's rate for the share kept."),
        N_("Keras's Dropout(0.8) drops 80 % and keeps 20 %."),
        N_("Read Keras's number as the share that goes."),
        _LESSON,
    ),
    Message(
        "BY_HAND.KEEP_PROB_DROPS",
        N_("{part}: {received} takes keep_prob for the share dropped."),
        N_("TensorFlow 1 named its argument after what is kept."),
        N_("keep_prob=0.2 keeps 20 %."),
        _LESSON,
    ),
    Message(
        "BY_HAND.MASK_BELOW_P",
        N_("{part}: {received} has a mask that is True with probability 0.2."),
        N_("A number drawn evenly between 0 and 1 is below p with probability p."),
        N_("Ask of each mask how often it is True."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SWITCH_TOO_EARLY",
        N_("{part}: up to the sentence of option {received}, p is the share dropped."),
        N_("At p = 0 nothing would be dropped: that holds for it as well."),
        N_("Put p = 0 into each sentence and look where it stops making sense."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SWITCH_TOO_LATE",
        N_("{part}: before the sentence of option {received}, p has changed already."),
        N_("A factor at test time stands for the share that was kept."),
        N_("Put p = 0 into each sentence and look where it first goes wrong."),
        _LESSON,
    ),
    Message(
        "BY_HAND.RATE_FROM_KEEP",
        N_("{where}: received rate {received}, which is the share to keep."),
        N_("Keras drops a share of rate: this layer keeps too little, or too much."),
        N_("Pass 1 - keep."),
        _LESSON,
    ),
    Message(
        "BY_HAND.DROPS_PIXELS",
        N_("{where} drops inputs; units of the hidden layer are to be dropped."),
        N_("A missing pixel and a missing unit are two different noises."),
        N_("Put Dropout behind Dense 64."),
        _LESSON,
    ),
    Message(
        "BY_HAND.OTHER_PLACE",
        N_("{where} stands in another place than behind the hidden layer."),
        N_("Dropout thins what comes out of the layer above it."),
        N_("Put it behind Dense 64."),
        _LESSON,
    ),
)

_ENSEMBLE = (
    Message(
        "BY_HAND.LOGITS_AVERAGED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: the pass "
            "without masks once more."
        ),
        N_(
            "Averaging masks or logits before the softmax gives the full network. The "
            "ensemble averages probabilities, behind the softmax."
        ),
        N_("Apply softmax for each mask, then average."),
        _LESSON,
    ),
    Message(
        "BY_HAND.UNWEIGHTED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: every mask "
            "counts the same."
        ),
        N_(
            "All 2^n masks can come up at each keep, but only at 0.5 equally often. "
            "At keep 0.8 masks with many units are far more likely."
        ),
        N_("Weight each mask with keep^k (1 - keep)^(n - k), k units being kept."),
        _LESSON,
    ),
    Message(
        "BY_HAND.LOSSES_AVERAGED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: a mean of "
            "logarithms."
        ),
        N_(
            "Training averages losses; an ensemble averages predictions. The mean of "
            "-ln p is never below -ln of the mean p."
        ),
        N_("Average the probabilities themselves."),
        _LESSON,
    ),
    Message(
        "BY_HAND.WEIGHTS_DROPPED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: single "
            "weights are dropped."
        ),
        N_(
            "Dropout drops units: one draw takes a whole row of w away. Drawing each "
            "weight on its own is DropConnect, with many more masks."
        ),
        N_("Draw one 0 or 1 per unit of h."),
        _LESSON,
    ),
    Message(
        "BY_HAND.MASKS_UNSCALED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: what is kept "
            "is not divided by keep."
        ),
        N_("This is inverted dropout; without the division the logits are too small."),
        N_("Use mask * h / keep."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SHARES_SWAPPED",
        N_(
            "{part} on {case}: expected {expected}, received {received}: keep and "
            "1 - keep are swapped."
        ),
        N_("A unit is kept with probability keep, so that goes with the ones."),
        N_("keep to the power of units kept, 1 - keep to that of units dropped."),
        _LESSON,
    ),
    Message(
        "BY_HAND.NO_SOFTMAX",
        N_("{part} on {case}: expected {expected}, received {received}: logits."),
        N_("Logits can be averaged without any gap; probabilities are asked for."),
        N_("Apply softmax before averaging."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SCALES_THE_FULL_PASS",
        N_(
            "{part} on {case}: expected {expected}, received {received}: multiplied "
            "by keep."
        ),
        N_("Inverted dropout needs no factor without masks; vanilla dropout does."),
        N_("Use h as it is."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SAMPLED_SHAPE",
        N_("{part} on {case}: third result: expected {expected}, received {received}."),
        N_("The mean over draws has one probability per class."),
        N_("Average over the axis of the draws."),
        _LESSON,
    ),
    Message(
        "BY_HAND.NOT_SAMPLED",
        N_("{part} on {case}: the third result is the exact mean, to the last digit."),
        N_("A mean over random masks is near it, and never that near."),
        N_("Draw as many masks as `draws` says, and average over those."),
        _LESSON,
    ),
    Message(
        "BY_HAND.MASKS_AVERAGED",
        N_("{part} on {case}: the third result is the pass without masks."),
        N_("Averaging the masks first leaves no mask at all."),
        N_("Compute the probabilities for each drawn mask, then average."),
        _LESSON,
    ),
    Message(
        "BY_HAND.ONE_DRAW",
        N_("{part} on {case}: the third result belongs to a single mask."),
        N_("One thinned network can be far from the mean of all."),
        N_("Average over as many masks as `draws` says."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SAMPLES_UNSCALED",
        N_(
            "{part} on {case}: third result: expected about {expected}, received "
            "{received}: the masks are not divided by keep."
        ),
        N_("What is kept has to make up for what is dropped."),
        N_("Use mask * h / keep."),
        _LESSON,
    ),
    Message(
        "BY_HAND.SAMPLES_SWAPPED",
        N_(
            "{part} on {case}: third result: expected about {expected}, received "
            "{received}: units are kept with another probability."
        ),
        N_("keep is the probability of a 1 in the mask."),
        N_("np.random.rand(len(h)) < keep."),
        _LESSON,
    ),
    Message(
        "BY_HAND.OTHER_SAMPLED",
        N_(
            "{part} on {case}: third result: expected about {expected}, received "
            "{received}."
        ),
        N_("The distance is more than five standard errors: this is no chance."),
        N_("Compare one drawn mask with one of the exact sum."),
        _LESSON,
    ),
)

MESSAGES = (
    *_COUNTS,
    *_VANILLA,
    *_INVERTED,
    *_LAYER,
    *_MEANS,
    *_NAMES,
    *_ENSEMBLE,
)
