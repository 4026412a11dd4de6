"""What lint finds in layers, their order, sizes, modes and weights."""

from checkers.i18n import N_
from checkers.messages.message import Message

MESSAGES = (
    Message(
        "LINT.SOFTMAX_ONE_UNIT",
        N_("{where} applies softmax to a single number."),
        N_(
            "One number alone always gets the whole sum: the result is 1 for every "
            "input."
        ),
        N_("Use sigmoid with one unit, or softmax with one unit per class."),
    ),
    Message(
        "LINT.SOFTMAX_TWICE",
        N_("{where} applies softmax to what is a softmax already."),
        N_(
            "The second one sees values from 0 to 1: no result can exceed another more "
            "than e = 2.72 times."
        ),
        N_("Keep one of the two."),
    ),
    Message(
        "LINT.DOUBLE_ACTIVATION",
        N_("{where} applies {second} right after {first}."),
        N_("The second activation sees only what the first one let through."),
        N_("Keep one of the two."),
    ),
    Message(
        "LINT.HIDDEN_SOFTMAX",
        N_("{where} applies softmax between layers: {width} values share a sum of 1."),
        N_(
            "What one unit gains, the others lose, and the next layer sees small "
            "numbers."
        ),
        N_("Use relu in hidden layers; softmax belongs to the last one."),
    ),
    Message(
        "LINT.LINEAR_STACK",
        N_("{where} has no activation, and layer {next} is dense again."),
        N_("Two linear maps in a row are one linear map: the layer adds no ability."),
        N_("Give the layer an activation, such as relu, or remove it."),
    ),
    Message(
        "LINT.SIGMOID_STACK",
        N_("{where} begins a row of {count} hidden sigmoid layers."),
        N_(
            "The slope of a sigmoid is at most 1/4. Through all of them at most "
            "{share} "
            "of a gradient passes."
        ),
        N_("Use relu in the hidden layers."),
    ),
    Message(
        "LINT.DROPOUT_BEFORE_BATCHNORM",
        N_("{where} drops a share of {rate}, and layer {norm} normalizes behind it."),
        N_(
            "Dropout widens the variance in training only. It shifts the variance that "
            "the normalization stores for inference."
        ),
        N_("Measure both orders. Dropout after the last normalization avoids it."),
        "variance_shift",
    ),
    Message(
        "LINT.BIAS_BEFORE_BATCHNORM",
        N_("{where} has {count} biases, and layer {norm} normalizes right behind it."),
        N_(
            "The normalization subtracts the mean, and every bias with it: they do "
            "nothing."
        ),
        N_("Set use_bias=False."),
        "batch_norm",
    ),
    Message(
        "LINT.FLATTEN_LARGE",
        N_(
            "{where} feeds {places} places per channel to layer {dense}: {params} of "
            "{all} parameters."
        ),
        N_(
            "GlobalAveragePooling2D in its place saves {saved} % of that layer's "
            "weights."
        ),
        N_("Measure global pooling beside it."),
    ),
    Message(
        "LINT.DENSE_WITHOUT_FLATTEN",
        N_(
            "{where} gets {shape}: it works on the last {last} numbers, at {places} "
            "places."
        ),
        N_("Dense multiplies the last axis only; the places never see each other."),
        N_("Put Flatten before it, if every unit should see the whole example."),
    ),
    Message(
        "LINT.ONE_UNIT_BOTTLENECK",
        N_(
            "{where} has one unit, and layer {next} with {units} units works on it "
            "alone."
        ),
        N_("Whatever the model knows about an example has to fit into one number."),
        N_("Give the layer more units, unless that is what you study."),
    ),
    Message(
        "LINT.RESCALED_TWICE",
        N_(
            "{where} multiplies by {scale} what is small already: up to {product} is "
            "left."
        ),
        N_("Inputs of nearly 0 give outputs and gradients of nearly 0."),
        N_("Scale once: in the data, or in the model."),
    ),
    Message(
        "LINT.UNUSED_INPUT",
        N_("Input {number} of {total}, of shape {shape}, is never read."),
        N_("The model asks for data that change nothing."),
        N_("Connect the input, or leave it out of keras.Model."),
    ),
    Message(
        "LINT.DEAD_LAYER",
        N_("{where} is never called; it holds {params} parameters."),
        N_("What call() does not use has no effect and is not trained."),
        N_("Call the layer, or remove it."),
    ),
    Message(
        "LINT.RELU_RECURRENT",
        N_("{where} uses relu inside its loop."),
        N_(
            "Unbounded values grow from step to step, and the fast cuDNN code needs "
            "tanh."
        ),
        N_("Keep the default tanh, or clip the gradients and watch for nan."),
    ),
    Message(
        "LINT.STRIDE_SKIPS",
        N_(
            "{where} moves a window of {kernel} in steps of {stride}: {share} % is "
            "never read."
        ),
        N_("What lies between two windows has no influence."),
        N_("Make strides at most the size of the window."),
    ),
    Message(
        "LINT.POINTWISE_STRIDE",
        N_(
            "{where} moves a window of {kernel} in steps of {stride}: {share} % is "
            "never read."
        ),
        N_(
            "ResNet has it in its shortcuts; averaging first (ResNet-D) did a little "
            "better."
        ),
        N_("Fine in a known architecture. In one of your own, pool first and measure."),
    ),
    Message(
        "LINT.CUT_OFF",
        N_("{where} never reads {rest} of {size} rows at the edge."),
        N_('With padding="valid" the window stops where it no longer fits.'),
        N_('Harmless for most pictures. To keep the edge, set padding="same".'),
    ),
    Message(
        "LINT.KERNEL_LARGER_THAN_MAP",
        N_(
            "{where} has a window of {kernel} on a map of {map}: {share} % of it only "
            "meets padding."
        ),
        N_("Weights that only ever meet zeros do nothing and are not trained."),
        N_("Use a smaller window there, or pool less before it."),
    ),
    Message(
        "LINT.DROPOUT_RATE_HIGH",
        N_("{where} has rate {rate}: {kept} % of the units are left in a step."),
        N_("In Keras rate is the share that is dropped. Usual are 0.2 to 0.5."),
        N_("If {rate} was meant as the share to keep, pass {other}."),
        "dropout",
    ),
    Message(
        "LINT.DROPOUT_RATE_ZERO",
        N_("{where} has rate 0: it drops nothing."),
        N_("The layer passes its input on unchanged in training and at inference."),
        N_("Set a rate, or remove the layer."),
        "dropout",
    ),
    Message(
        "LINT.DROPOUT_ALWAYS_ON",
        N_("{where} is called with training=True: it drops a share of {rate} {scope}."),
        N_(
            "Results then differ from call to call. Monte Carlo dropout wants just "
            "that, and then predict must not be what is called."
        ),
        N_("Not meant? Leave training out. Meant? Call model(x, training=True)."),
        "dropout",
    ),
    Message(
        "LINT.AUGMENTATION_ALWAYS_ON",
        N_("{where} changes pictures at random at inference too."),
        N_("Augmentation is for training; a prediction should see the picture itself."),
        N_("Hand on the training argument that call() receives."),
    ),
    Message(
        "LINT.AUGMENTATION_IN_CALL",
        N_("{where} changes pictures at random in model(x), though not in predict."),
        N_(
            "Keras takes training=True for augmentation layers where nothing is said. "
            "Results of model(x) then differ from call to call."
        ),
        N_("Write model(x, training=False), or use predict."),
    ),
    Message(
        "LINT.BATCHNORM_ALWAYS_TRAINING",
        N_(
            "{where} is called with training=True: it uses the batch's statistics "
            "{scope}."
        ),
        N_(
            "What comes out then depends on the other rows; one row alone becomes "
            "all zeros."
        ),
        N_("Leave training out of the call."),
        "batch_norm",
    ),
    Message(
        "LINT.FROZEN_UNTRAINED",
        N_(
            "{where} is frozen with moving mean 0 and moving variance 1, as it was "
            "made."
        ),
        N_(
            "Frozen, it never learns what its inputs look like, and normalizes nothing."
        ),
        N_("Load trained weights first, or set trainable=True."),
        "batch_norm",
    ),
    Message(
        "LINT.NORMALIZATION_NOT_ADAPTED",
        N_("{where} holds mean 0 and variance 1: it was not adapted."),
        N_(
            "Until adapt has seen the training rows, the layer passes numbers on "
            "unchanged."
        ),
        N_("Call adapt on the training rows before you train."),
        "first_model",
    ),
    Message(
        "LINT.NOTHING_TRAINS",
        N_(
            "All {params} parameters are frozen, and the model is compiled for "
            "training."
        ),
        N_("fit would run and change nothing."),
        N_("Set trainable=True where it should learn, then compile again."),
    ),
    Message(
        "LINT.NAN_WEIGHTS",
        N_("{where}: its {weight} holds nan or infinite values."),
        N_(
            "Whatever passes through such a layer becomes nan; training cannot mend it."
        ),
        N_(
            "Build the model anew. A lower learning rate or clipnorm=1 keeps it finite."
        ),
    ),
    Message(
        "LINT.DEAD_RELU",
        N_("{where} starts with all weights 0 under relu."),
        N_("It gives 0 for every input and gets the gradient 0: it never learns."),
        N_("Keep the default kernel_initializer."),
    ),
    Message(
        "LINT.EQUAL_UNITS",
        N_("{where}: all weights of its {units} units start as {value}."),
        N_("Equal units compute the same; only later layers can make them differ."),
        N_("Keep the default kernel_initializer, or another random one."),
    ),
    Message(
        "LINT.REGULARIZER_HUGE",
        N_(
            "{where} is regularized by {regularizer}; its squared part adds {penalty} "
            "to the loss now."
        ),
        N_(
            "A penalty that dwarfs the loss drives the weights to 0. Keras's default "
            "is 0.01."
        ),
        N_("Begin with 1e-4 and compare."),
    ),
    Message(
        "LINT.BIAS_REGULARIZED",
        N_("{where} has a penalty on its biases: {regularizer}."),
        N_("Biases are few and hardly overfit; held at 0, they cost fit."),
        N_("Regularize the kernel alone, unless you measured otherwise."),
    ),
    Message(
        "LINT.FLOAT16_OUTPUT",
        N_("{where} computes {activation} in {dtype}."),
        N_(
            "Small probabilities round to 0 or lose their digits, and the loss with "
            "them."
        ),
        N_('Give the last activation dtype="float32".'),
    ),
)
