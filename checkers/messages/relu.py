"""Misconceptions that lesson 03_relu names."""

from checkers.i18n import N_
from checkers.messages.message import Message

_LESSON = "relu"


def _say(code: str, sentence: str, why: str, after: str) -> Message:
    return Message(f"RELU.{code}", sentence, why, after, _LESSON)


_NEURON = (
    _say(
        "FACTOR_TWO",
        N_("{part}{field}: {received} is half of the slope."),
        N_("The square has a slope too: that of (a - t)² is 2 · (a - t)."),
        N_("Multiply by 2."),
    ),
    _say(
        "SLOPE_SIGN",
        N_("{part}{field}: {received} has the wrong sign."),
        N_("With the wrong sign every step climbs instead of going down."),
        N_("The distance is output minus target: a - t."),
    ),
    _say(
        "INPUT_FORGOTTEN",
        N_("{part}{field}: {received} is the slope for b; asked is the one for w."),
        N_("One link of the chain is missing: how much z moves when w moves."),
        N_("z = w · x + b, so multiply by x."),
    ),
    _say(
        "INPUT_SIGN",
        N_("{part}{field}: {received} would be right if z were negative."),
        N_("The ReLU looks at z = w · x + b, not at the input x."),
        N_("Compute z of this point and look at its sign."),
    ),
    _say(
        "WEIGHT_FOR_INPUT",
        N_("{part}{field}: {received} is the slope for x; asked is the one for w."),
        N_("dz/dx is w, and dz/dw is x."),
        N_("Take x as the last factor."),
    ),
    _say(
        "LOSS_FOR_SLOPE",
        N_("{part}{field}: {received} is the loss itself."),
        N_("The slope says how much the loss moves when w moves."),
        N_("Multiply the three links dL/da, da/dz and dz/dw."),
    ),
    _say(
        "SLOPE_BELOW_ZERO",
        N_("{part}{field}: {received} uses a slope of the ReLU where it is flat."),
        N_(
            "z is negative there. A small change of w changes z, the output stays 0, "
            "and so does the loss."
        ),
        N_("Below zero the slope of a ReLU is 0. Put it into the product."),
    ),
)

_NETWORKS = (
    _say(
        "RELU_ON_OUTPUT",
        N_("{where}: expected no activation, received {received}."),
        N_(
            "A ReLU cannot give a number below 0; where its z is negative on all rows "
            "it gives 0 for every wine and learns nothing more."
        ),
        N_("Leave the activation of the last layer out."),
    ),
    _say(
        "SIGMOID_HEAD",
        N_("{where}: expected no activation, received {received}."),
        N_("A sigmoid ends at 1. No wine could get a score of 6."),
        N_("Leave the activation of the last layer out."),
    ),
    _say(
        "BENT_HEAD",
        N_("{where}: expected no activation, received {received}."),
        N_("The head of a network for any number must be able to give any number."),
        N_("Leave the activation of the last layer out."),
    ),
    _say(
        "LINEAR_STACK",
        N_("{where}: expected an activation, received none."),
        N_(
            "Two dense layers without a bend between them compute no more than a "
            "single one: a line of a line is a line."
        ),
        N_('Add activation="relu" to each hidden layer.'),
    ),
    _say(
        "DOES_NOT_BEND",
        N_(
            "{part}: on 50 random inputs x, f(x) + f(-x) - 2 f(0) is 0. This network "
            "is a straight line."
        ),
        N_("Something lets all values pass unchanged, so no unit ever switches."),
        N_("Look at what stands between the dense layers."),
    ),
    _say(
        "TWICE",
        N_("{where}: {received} is one activation, the next layer a second one."),
        N_(
            "Behind a ReLU nothing is negative any more: the slope below zero never "
            "comes into play."
        ),
        N_("Leave the activation argument of the dense layer out."),
    ),
    _say(
        "DEFAULT_SLOPE",
        N_("{where}: expected negative_slope {expected}, received {received}."),
        N_("0.3 is what the layer takes when it is told nothing."),
        N_("Pass negative_slope. The old name alpha still works, with a warning."),
    ),
    _say(
        "STRING_SLOPE",
        N_("{where}: expected negative_slope {expected}, received {received}."),
        N_('The text "leaky_relu" always means a slope of 0.2.'),
        N_("Take the layer, and pass negative_slope."),
    ),
    _say(
        "OTHER_SLOPE",
        N_("{where}: expected negative_slope {expected}, received {received}."),
        N_("The slope is the share of a negative number that passes."),
        N_("Pass the number that the cell above prints."),
    ),
    _say(
        "NO_LEAK",
        N_("A LeakyReLU is missing {position}."),
        N_("Each hidden layer needs a bend of its own."),
        N_("Add the layer there."),
    ),
    _say(
        "LEARNED_SLOPE",
        N_("{where}: expected a fixed slope, received a layer that learns its slopes."),
        N_("PReLU starts at 0 and moves each slope while it trains."),
        N_("Use LeakyReLU in leaky_net, and PReLU in prelu_net."),
    ),
    _say(
        "FIXED_SLOPE",
        N_("{where}: expected slopes that are learned, received a fixed one."),
        N_("The P stands for parametric: the slopes are parameters."),
        N_("Use layers.PReLU() in prelu_net."),
    ),
    _say(
        "SHARED_SLOPE",
        N_("{where}: expected one slope per unit, received shared_axes {received}."),
        N_("With it, all units of that axis have one slope together."),
        N_("Leave shared_axes out. It is meant for the pixels of a picture."),
    ),
    _say(
        "PRELU_WITHOUT_PARAMETERS",
        N_("{part}: {received} counts the dense layers only."),
        N_("A PReLU learns its slopes, so they are parameters."),
        N_("Add the slopes of both PReLU layers."),
    ),
    _say(
        "PRELU_SHARES",
        N_("{part}: {received} counts one slope for a whole layer."),
        N_("Keras gives every unit a slope of its own, unless shared_axes says else."),
        N_("Print the shapes of the weights of a PReLU layer."),
    ),
    _say(
        "PRELU_SLOPES_ONLY",
        N_("{part}: {received} counts the slopes and nothing else."),
        N_("Asked is the whole network."),
        N_("Use count_params() of the network."),
    ),
    _say(
        "PRELU_ONE_LAYER",
        N_("{part}: {received} counts the slopes of one of the two layers."),
        N_("Both hidden layers are followed by a PReLU."),
        N_("Add the slopes of the other one."),
    ),
    _say(
        "PRELU_ON_OUTPUT",
        N_("{part}: {received} counts a slope for the output too."),
        N_("The head is linear: no PReLU follows it."),
        N_("Count the two hidden layers only."),
    ),
)

_START = (
    _say(
        "VARIANCE_FOR_STD",
        N_("{part}: {received} is the variance."),
        N_("The standard deviation is its root, in the unit of the weights."),
        N_("Take the square root."),
    ),
    _say(
        "GLOROT_FOR_HE",
        N_("{part}: {received} is Glorot's value."),
        N_(
            "Glorot averages fan_in and fan_out and leaves out that a ReLU silences "
            "half of what it gets."
        ),
        N_("He's rule has fan_in alone under the 2."),
    ),
    _say(
        "FAN_OUT",
        N_("{part}: {received} uses the number of units."),
        N_(
            "A unit adds up one product per input. How many units there are beside it "
            "does not change its sum."
        ),
        N_("Take fan_in: the rows of the kernel."),
    ),
    _say(
        "LECUN_FOR_HE",
        N_("{part}: {received} leaves the 2 out."),
        N_("The 2 makes up for the half that a ReLU sets to 0."),
        N_("Put a 2 over fan_in."),
    ),
    _say(
        "LIMIT_FOR_STD",
        N_("{part}: {received} is the limit of He's uniform draw."),
        N_("A uniform draw up to a limit has a standard deviation of limit / √3."),
        N_("Take the root of 2 / fan_in."),
    ),
    _say(
        "ROOT_OF_PART",
        N_("{part}: {received} takes the root of fan_in only."),
        N_("The 2 stands under the root as well."),
        N_("Divide first, then take the root."),
    ),
)

_DEPTH = (
    _say(
        "WEIGHTS_NOT_GRADIENTS",
        N_("{part}[{name!r}]: these are the norms of the kernels themselves."),
        N_("A kernel says where the network is; its gradient, whether it can move."),
        N_("Take the norm of what tape.gradient returns."),
    ),
    _say(
        "BIASES_ONLY",
        N_("{part}[{name!r}]: these are the norms of the bias gradients."),
        N_("The kernels hold almost all of the weights."),
        N_("Pass layer.kernel to tape.gradient, or take every other gradient."),
    ),
    _say(
        "BIASES_TOO",
        N_("{part}[{name!r}]: the gradients of the biases are in these norms."),
        N_(
            "Where all kernels start at 0.01, the last bias has a gradient a hundred "
            "million times its kernel's: the norm of both is the bias's."
        ),
        N_("Pass layer.kernel alone to tape.gradient."),
    ),
    _say(
        "NORM_SQUARED",
        N_("{part}[{name!r}]: these are the squares of the norms."),
        N_("A norm is the root of the sum of squares."),
        N_("Take the root, or use np.linalg.norm."),
    ),
    _say(
        "LAST_LAYER_FIRST",
        N_("{part}[{name!r}]: the layers are in reverse order."),
        N_("Layer 1 is the one that sees the wines."),
        N_("Go through net.layers from the first on."),
    ),
    _say(
        "GRADIENT_OUTSIDE",
        N_(
            "{part}[{name!r}], layer {number}: expected {expected}, "
            "received {received}."
        ),
        N_(
            "The range holds fresh networks with other random numbers as well. A "
            "trained network, another batch or another loss falls outside."
        ),
        N_("Make the networks anew, and use x_batch, y_batch and loss_of as given."),
    ),
    _say(
        "TRAINED_NETS",
        N_("{part}[{name!r}]: these networks have been trained."),
        N_(
            "After some epochs the last layers have left their start and the first "
            "ones have not. Asked is how a network starts."
        ),
        N_("Run the cell that makes nets again, then measure before any fit."),
    ),
    _say(
        "VARIANCE_FOR_SPREAD",
        N_("{part}[{name!r}]: these are variances."),
        N_("The spread is asked in the unit of the values: a standard deviation."),
        N_("Use np.std."),
    ),
    _say(
        "SPREAD_OUTSIDE",
        N_(
            "{part}[{name!r}], layer {number}: expected {expected}, "
            "received {received}."
        ),
        N_(
            "The range holds fresh networks with other random numbers as well. A "
            "trained network, or values from before the activation, fall outside."
        ),
        N_("Hand x_batch through the layers one by one; np.std over all entries."),
    ),
    _say(
        "UNKNOWN_NET",
        N_("{part}: expected names out of names, received {received}."),
        N_("Only the nine names are compared."),
        N_('Write them as the networks are called, for example "relu, 0.01".'),
    ),
    _say(
        "HALVED_NOT_HEALTHY",
        N_("{part}: {received} holds one network too many."),
        N_(
            "With Glorot's start a ReLU network loses half of its variance in every "
            "layer; over ten layers that is a factor of about a thousand."
        ),
        N_("Look at the smallest of its ten norms and of its ten spreads."),
    ),
    _say(
        "SIGMOID_HEALTHY",
        N_("{part}: {received} holds a sigmoid network."),
        N_(
            "The slope of a sigmoid is at most 1/4. Ten of them in a row leave little "
            "of any gradient, whatever the start."
        ),
        N_("Compare the norms of its first and its tenth layer."),
    ),
    _say(
        "OTHER_HEALTHY",
        N_("{part}: {received} is not what the norms say."),
        N_("A start is healthy here if all ten norms and all ten spreads exceed 0.1."),
        N_("Take the smallest of the twenty numbers, for each network."),
    ),
)

_SWEEP = (
    _say(
        "NAN_AS_ZERO",
        N_("{part}: an error of {received} for a run that became nan."),
        N_("Zero would be a perfect network; nan is none at all."),
        N_("Write float('nan') for it."),
    ),
    _say(
        "SWEEP_TOO_SHORT",
        N_("{part}: with rate {rate}, {received} is what a dozen updates reach."),
        N_("One epoch, or one batch, shows which rate is fast, not which is good."),
        N_("Train on all rows for all epochs: train(rate) as it is given."),
    ),
    _say(
        "SWEEP_LAST_EPOCH",
        N_("{part}: with rate {rate}, {received} is the error of the last epoch."),
        N_("At a high rate the error jumps, and the last epoch is chance."),
        N_("Take the lowest value of the list."),
    ),
    _say(
        "SWEEP_SCALED",
        N_("{part}: with rate {rate}, {received} is not in MPa."),
        N_("The network learns a standardized target; train() gives the error in MPa."),
        N_("Use what train(rate) returns, and do not scale it again."),
    ),
    _say(
        "SWEEP_OUTSIDE",
        N_("{part}: with rate {rate}, {received} is not what this run reaches."),
        N_("Another seed moves this number by less than one MPa or two."),
        N_("Run train(rate) once for each of RATES and take the lowest value."),
    ),
    _say(
        "DIVERGED_HAS_NO_LOWEST",
        N_("{part}: {received} for the run with the highest rate."),
        N_("Its error is nan from the first epoch on; nothing of it counts."),
        N_("Print train(1.0)."),
    ),
    _say(
        "NAN_IS_BEST",
        N_("{part}: {received} is the rate whose run became nan."),
        N_("Every comparison with nan is false, so min and sorted may let it win."),
        N_("Leave values out that are not finite."),
    ),
    _say(
        "SAFEST_IS_BEST",
        N_("{part}: {received} is the slowest of the five."),
        N_("It jumps least because it hardly moves; its error is the highest."),
        N_("Look for the lowest error."),
    ),
    _say(
        "POSITION_FOR_RATE",
        N_("{part}: {received} is a position in the list, not a rate."),
        N_("The answer should still be true if the list gets longer."),
        N_("Take the entry of RATES at this position."),
    ),
    _say(
        "JUMPS_DIVERGE",
        N_("{part}: {received} jumps, but it stays finite."),
        N_("To diverge is to grow without end: infinite, then nan."),
        N_("Look which run has no finite number."),
    ),
)

_STATEMENTS = (
    _say(
        "LOOSE_CALLED_WRONG",
        N_("{part}: {received} holds a sentence that is true under a condition."),
        N_(
            "For a loss with one valley, or for a rate that never falls, one of the "
            "loose sentences is right."
        ),
        N_("Ask of each: is there a case in which it holds?"),
    ),
    _say(
        "DEAD_IS_RIGHT",
        N_("{part}: {received} holds the sentence about a unit below zero."),
        N_("The slope there is 0 on every row, so the sum over the rows is 0."),
        N_("Look at exercise 1, point B."),
    ),
    _say(
        "CLIPPING_IS_RIGHT",
        N_("{part}: {received} holds the sentence about clipping."),
        N_("Clipping shortens what is long. What is too short stays as it is."),
        N_("Look at the table of the six cures."),
    ),
    _say(
        "GUARANTEE_CALLED_LOOSE",
        N_("{part}: {received} holds the sentence with the word guarantee."),
        N_(
            "More starts make a good valley more likely. No number of them makes it "
            "certain."
        ),
        N_("Ask whether a condition could make the sentence true as it stands."),
    ),
    _say(
        "EXPLOSION_CALLED_LOOSE",
        N_("{part}: {received} holds the sentence about explosion."),
        N_(
            "The slope of an active ReLU is 1: it damps nothing. Large weights pass on."
        ),
        N_("Look at the plot of exploding gradients: which activation is it?"),
    ),
    _say(
        "HALVES_CALLED_LOOSE",
        N_("{part}: {received} holds the sentence with 2^N."),
        N_(
            "Every layer has weights of its own, so about half of its units are active."
        ),
        N_("Look at the measured shares by depth."),
    ),
    _say(
        "SIGMOID_CALLED_LOOSE",
        N_("{part}: {received} holds the sentence about the sigmoid."),
        N_("A loss compares output and target. A sigmoid gets one number only."),
        N_("Ask what a sigmoid is: an activation or a loss?"),
    ),
)

_STARS = (
    _say(
        "SUM_FOR_MEAN",
        N_("{part} on {case}: all gradients are N times too large, N rows."),
        N_(
            "The loss is a mean over the rows. With a sum, the step would grow with "
            "the batch."
        ),
        N_("Divide d_out by the number of rows."),
    ),
    _say(
        "EVERY_UNIT_PASSES",
        N_("{part} on {case}: the gradient for {name} lets every hidden unit pass."),
        N_("Where z was negative the ReLU was flat, and nothing comes back."),
        N_("Multiply by (z > 0)."),
    ),
    _say(
        "OTHER_MASK",
        N_(
            "{part} on {case}: the gradient for {name} asks for the sign of the signal."
        ),
        N_("The ReLU has switched on the way forward, by the sign of z."),
        N_("Use z, not what comes back."),
    ),
    _say(
        "ACTIVATED_SIGNAL",
        N_("{part} on {case}: the gradient for {name} is multiplied by the output."),
        N_("On the way back the slope counts: 1 or 0, not the value itself."),
        N_("Multiply by (z > 0)."),
    ),
    _say(
        "NO_DECAY_STEPS",
        N_("{part}({step}): expected the rate {expected}, received {received}."),
        N_("decay_steps is missing: the rate falls that many times too fast."),
        N_("Divide the step by decay_steps."),
    ),
    _say(
        "EXPONENTIAL_DECAY",
        N_("{part}({step}): expected the rate {expected}, received {received}."),
        N_("This is exponential decay. It falls much faster in the end."),
        N_("Divide by 1 + rate · step / decay_steps."),
    ),
    _say(
        "EPOCHS_FOR_STEPS",
        N_("{part}({step}): expected the rate {expected}, received {received}."),
        N_("The step was turned into epochs of 12 updates. Asked are updates."),
        N_("Use the step as it comes."),
    ),
    _say(
        "STAIRS",
        N_("{part}({step}): expected the rate {expected}, received {received}."),
        N_("The rate falls in stairs, because step / decay_steps is cut to a whole."),
        N_("Divide with / and not with //; leave staircase at False."),
    ),
    _say(
        "LINEAR_DECAY",
        N_("{part}({step}): expected the rate {expected}, received {received}."),
        N_("The fall is subtracted, so the rate soon becomes negative: uphill."),
        N_("Divide the start by 1 + rate · step / decay_steps."),
    ),
    _say(
        "VELOCITY_RESET",
        N_("{part} on {case}: this is plain descent; the velocity is lost."),
        N_("Momentum is what earlier gradients left behind."),
        N_("Set v to 0 once, before the loop."),
    ),
    _say(
        "NO_RATE",
        N_("{part} on {case}: the steps are as long as the velocity itself."),
        N_("Without the rate the path overshoots."),
        N_("Multiply v by lr where w moves."),
    ),
    _say(
        "DAMPED_GRADIENT",
        N_("{part} on {case}: the gradient is multiplied by 1 - mu."),
        N_(
            "That form is in use too, but it is another path: its steps are 1 - mu "
            "times as long. Keras and this exercise add the whole gradient."
        ),
        N_("v = mu * v + gradient(w)."),
    ),
    _say(
        "AVERAGED_WEIGHTS",
        N_("{part} on {case}: places are averaged, not gradients."),
        N_("The memory belongs to the direction; an average of places lags behind."),
        N_("Keep a velocity of its own: v = mu * v + gradient(w)."),
    ),
    _say(
        "UPHILL",
        N_("{part} on {case}: the path climbs."),
        N_("The gradient points uphill."),
        N_("Subtract lr * v."),
    ),
    _say(
        "RATE_TWICE",
        N_("{part} on {case}: the rate is multiplied in twice."),
        N_("It belongs either into the velocity or into the step."),
        N_("Take one of the two out."),
    ),
    _say(
        "LATE_GRADIENT",
        N_("{part} on {case}: each step uses the velocity of the step before."),
        N_("The first step then goes nowhere, because v is still 0."),
        N_("Update v first, then w."),
    ),
    _say(
        "NESTEROV",
        N_("{part} on {case}: this is Nesterov's path."),
        N_("It looks ahead by one velocity: a good method, and another one."),
        N_("w = w - lr * v, with nothing added."),
    ),
)

MESSAGES = (
    *_NEURON,
    *_NETWORKS,
    *_START,
    *_DEPTH,
    *_SWEEP,
    *_STATEMENTS,
    *_STARS,
)
