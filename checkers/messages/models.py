"""What can be wrong with a model, whatever the exercise."""

from checkers.i18n import N_
from checkers.messages.message import Message

MESSAGES = (
    Message(
        "MODEL.NOT_A_MODEL",
        N_("{part}: expected a Keras model, received {what}."),
        N_("The checker reads the layers of a model; there are none here."),
        N_("Assign the model itself, for example keras.Sequential([...])."),
    ),
    Message(
        "MODEL.TRAILING_COMMA",
        N_("{part}: expected a model, received a tuple with one model in it."),
        N_("A comma at the end of the line makes a tuple: `x = f(),`."),
        N_("Delete the comma after the closing bracket."),
    ),
    Message(
        "MODEL.NOT_ALONE",
        N_("{part}: expected one model, received a {type_name} with a model in it."),
        N_("A function may return several things; only the model is asked for."),
        N_("Take the model out of it, for example model, history = f()."),
    ),
    Message(
        "MODEL.NO_SUPER_INIT",
        N_("{part}: the __init__ of {type_name} does not call super().__init__()."),
        N_("Keras prepares the model there; without it no layer can be kept."),
        N_("Make super().__init__() the first line of __init__."),
    ),
    Message(
        "MODEL.NO_CALL",
        N_("{part}: the class {type_name} has no method call(self, inputs)."),
        N_("call says which layer gets what; without it the model computes nothing."),
        N_("Write def call(self, inputs) and return the last result."),
    ),
    Message(
        "MODEL.LIST_OF_LAYERS",
        N_("{part}: expected a model, received a list of layers."),
        N_("A list does not connect its layers; a model does."),
        N_("Wrap the list: keras.Sequential([...])."),
    ),
    Message(
        "MODEL.CLASS_NOT_INSTANCE",
        N_("{part}: expected a model, received the class {text}."),
        N_("A class is the plan of a model. Calling it builds one."),
        N_("Add the brackets: MyModel()."),
    ),
    Message(
        "MODEL.EMPTY",
        N_("{part}: expected a model with layers, received an empty one."),
        N_("A model without layers gives its input back unchanged."),
        N_("Put the layers into the list, or add them with model.add(...)."),
    ),
    Message(
        "MODEL.LAYER_NOT_MODEL",
        N_("{part}: expected a model, received a single layer ({type_name})."),
        N_("A layer is one step; fit, compile and evaluate belong to models."),
        N_("Wrap it: keras.Sequential([layer])."),
    ),
    Message(
        "MODEL.TENSOR_NOT_MODEL",
        N_("{part}: expected a model, received a symbolic tensor."),
        N_("The tensor is what the last layer returns; the model is the way to it."),
        N_("Write keras.Model(inputs, outputs)."),
    ),
    Message(
        "MODEL.HISTORY_NOT_MODEL",
        N_("{part}: expected a model, received what fit returned."),
        N_("fit returns a History with the curves, not the model."),
        N_("Keep the two apart: history = model.fit(...)."),
    ),
    Message(
        "MODEL.IMAGE_GENERATOR",
        N_("{part}: expected a model, received an {type_name}."),
        N_(
            "ImageDataGenerator makes batches outside of the model; Keras 3 has left "
            "it behind. Layers do its work now, and a saved model keeps them."
        ),
        N_("Put layers such as RandomTranslation in front of the network."),
    ),
    Message(
        "MODEL.FUNCTION_NOT_CALLED",
        N_("{part}: expected a model, received the function {text}."),
        N_("A function that builds a model has to be called first."),
        N_("Add the brackets and assign what it returns."),
    ),
    Message(
        "MODEL.RAISES",
        N_("{part} stops with {error}: {error_text}"),
        N_("A model that cannot be called on its input cannot be trained."),
        N_("Look at this line of yours: {line}"),
    ),
    Message(
        "LAYER.RAISES",
        N_("{where} stops with {error}: {error_text}"),
        N_("A model that cannot be called on its input cannot be trained."),
        N_(
            "Compare the settings of this layer with the shape that reaches it, and "
            "look at this line of yours: {line}"
        ),
    ),
    Message(
        "MODEL.OUTPUT_ORDER",
        N_("{part}: expected to return {expected}, returns {received}."),
        N_("fit compares the outputs with the labels in the order they are listed."),
        N_("Exchange the outputs."),
    ),
    Message(
        "MODEL.RETURNS_NOTHING",
        N_("The call of {part} returns no tensor."),
        N_("A model predicts what its call returns; without `return` that is None."),
        N_("End call() with return, followed by the last result."),
    ),
    Message(
        "ACTIVATION.LATER",
        N_("{where} stands after {after}; usually it stands before it."),
        N_("Here both orders compute the same, so it counts as right."),
        N_("Nothing to mend. Most readers expect it right after the layer it serves."),
    ),
    Message(
        "MODEL.FURTHER",
        N_("{part}: further differences from the network that is asked for: {count}."),
        N_("One difference often brings others with it."),
        N_("Mend what is named above, then look again."),
    ),
    Message(
        "MODEL.OUTPUTS",
        N_("{part}: expected to return {expected}, returns {received}."),
        N_("The loss compares what the model returns with the labels."),
        N_("Return only the result of the step that is asked for."),
    ),
    Message(
        "MODEL.MODES_DIFFER",
        N_("{part} uses other layers at inference than in training."),
        N_(
            "What was trained must be what predicts; only dropout, noise and "
            "augmentation rest at inference."
        ),
        N_("Look for `if training:` around a layer that has weights."),
    ),
    Message(
        "MODEL.NOT_FINITE",
        N_("{part} returns nan or infinity on ordinary inputs."),
        N_("Such a model gives no loss to descend on."),
        N_("Look for a division, a logarithm or a huge setting in your layers."),
    ),
    Message(
        "MODEL.NOT_REPEATABLE",
        N_("{part} gives two answers for one input at inference."),
        N_("Dropout and noise belong to training; predictions must repeat."),
        N_("Remove training=True from the call of the layer."),
    ),
    Message(
        "INPUT.SHAPE",
        N_("{input}: expected shape {expected} per example, received {received}."),
        N_("The first layer's weights fit one input width only."),
        N_("Declare the input as keras.Input(shape={expected})."),
        "first_model",
    ),
    Message(
        "INPUT.BATCH_AXIS",
        N_("{input}: expected shape {expected}, received {received}."),
        N_("keras.Input takes the shape of one example; Keras adds the batch axis."),
        N_("Declare the input as keras.Input(shape={expected})."),
        "first_model",
    ),
    Message(
        "INPUT.COUNT",
        N_("The inputs: expected {expected}, received {received}."),
        N_("Each kind of data enters through an input of its own."),
        N_("Declare one keras.Input for each, and pass all of them to keras.Model."),
    ),
    Message(
        "INPUT.ORDER",
        N_("The inputs: expected in the order {expected}, received {received}."),
        N_("fit hands the arrays over in the order in which the model lists them."),
        N_("List the inputs in the order that the task states."),
    ),
    Message(
        "LAYER.MISSING",
        N_("A layer is missing {position}: {kind}."),
        N_("The network that is asked for has it there."),
        N_("Add the layer in that place."),
    ),
    Message(
        "LAYER.MISSING_SEVERAL",
        N_("Layers are missing {position}: {kind}."),
        N_("The network that is asked for has them there."),
        N_("Add the layers in these places."),
    ),
    Message(
        "LAYER.NOT_CALLED",
        N_("The model owns {kind} “{name}”, but its call never uses it {position}."),
        N_("What call() does not use has no effect, whatever __init__ makes."),
        N_("Call the layer in call()."),
    ),
    Message(
        "LAYER.ONLY_AT_INFERENCE",
        N_("The model calls {kind} “{name}” at inference only, not in training."),
        N_("Such layers act in training, and rest at inference by themselves."),
        N_("Call the layer in both modes, without asking for training."),
    ),
    Message(
        "LAYER.RESULT_UNUSED",
        N_("The model calls {kind} “{name}”, but nothing uses its result {position}."),
        N_("A layer returns a new tensor; it does not change the one it is given."),
        N_("Keep the result and pass it on: x = layer(x)."),
    ),
    Message(
        "LAYER.WRONG_INPUT",
        N_("{where}: expected it to get {expected}; it gets {received}."),
        N_("A layer sees only what it is called on."),
        N_("Check the variable in the call of this layer."),
    ),
    Message(
        "LAYER.INPUT_ORDER",
        N_(
            "{where}: expected the inputs in the order {expected}, received {received}."
        ),
        N_("For this layer the order of its inputs changes the result."),
        N_("Exchange the inputs."),
    ),
    Message(
        "LAYER.SHARED",
        N_("{where} is called again here; expected another layer in this place."),
        N_("One layer has one set of weights, however often it is called."),
        N_("Make a new layer for each place."),
    ),
    Message(
        "LAYER.NOT_SHARED",
        N_("{where}: a layer of its own; expected the one that is used before."),
        N_("Only one and the same layer, called twice, uses the same weights."),
        N_("Make the layer once, and call it on each input."),
    ),
    Message(
        "LAYER.OWN_CODE",
        N_("{where}: operations of your own follow; expected {expected} there."),
        N_("The checker reads Keras layers; it cannot tell what this code stands for."),
        N_("Use the Keras layer in this place."),
    ),
    Message(
        "LAYER.EXTRA",
        N_("{where}: not asked for."),
        N_("Every further layer changes what the network computes or learns."),
        N_("Remove the layer."),
    ),
    Message(
        "LAYER.EXTRA_STEP",
        N_("{where}: an operation follows that is not asked for: {step}."),
        N_("Every further step changes what the network computes or learns."),
        N_("Remove the operation."),
    ),
    Message(
        "LAYER.MOVED",
        N_("{where}: in another place; it belongs {position}."),
        N_("A layer works on what the layer before it returns; order matters."),
        N_("Move the layer."),
    ),
    Message(
        "LAYER.SWAPPED",
        N_("{where} and {other} have changed places."),
        N_("A layer works on what the layer before it returns; order matters."),
        N_("Swap the two layers."),
    ),
    Message(
        "LAYER.ACTIVATION_LATE",
        N_("{where}: expected right after {other}; other layers stand between."),
        N_("What stands between works on numbers before the activation."),
        N_("Move the activation to the layer that it belongs to."),
    ),
    Message(
        "LAYER.ACTIVATION_EARLY",
        N_("{where} stands after the activation of {other}; expected before it."),
        N_("An activation passed as an argument acts right after its own layer."),
        N_("Take it out there, and put it in its place as a layer of its own."),
    ),
    Message(
        "LAYER.WRONG_KIND",
        N_("{where}: expected {expected}, received {received}."),
        N_("The two layers compute different things."),
        N_("Use the layer that is asked for."),
    ),
    Message(
        "LAYER.IMPOSTOR",
        N_("{where}: a class of your own that is only named {kind}."),
        N_("The name says {kind}; what it computes is something else."),
        N_("Use keras.layers.{kind}, or rename your class if you mean your own."),
    ),
    Message(
        "LAYER.OWN_CLASS",
        N_("{where}: expected {expected}, received a class of your own, {received}."),
        N_("The checker cannot find a Keras layer inside it that does the work."),
        N_("Use the Keras layer, or call it inside your class."),
    ),
    Message(
        "INPUT.NOT_DECLARED",
        N_("{part} declares no input; it was built here on {expected}."),
        N_("A model with a declared input has its weights and its shapes at once."),
        N_("Begin with keras.Input(shape={expected})."),
        "first_model",
    ),
    Message(
        "WRITING.ACTIVATION_LAYER",
        N_("{where}: the activation is a layer of its own; an argument was asked for."),
        N_("Both compute the same. The argument keeps the two together."),
        N_('Pass activation="{activation}" to the layer before it.'),
    ),
    Message(
        "WRITING.IDLE_LAYER",
        N_("{where}: has no effect here."),
        N_("It hands on what it receives, value by value."),
        N_("Leave the layer out."),
    ),
    Message(
        "WRITING.DTYPE",
        N_("{where}: calculates in {received}; {expected} was asked for."),
        N_("The type decides how exact and how fast the numbers are."),
        N_("Leave dtype out."),
    ),
    Message(
        "WRITING.INITIALIZER",
        N_("{where}: starts from {received}; Keras's own is {expected}."),
        N_("Training ends elsewhere; the network is the same."),
        N_("Leave kernel_initializer out."),
    ),
    Message(
        "WRITING.SETTING",
        N_("{where}: {property} is {received}; the task says {expected}."),
        N_("The network works with either value."),
        N_("Set {property} to {expected}."),
    ),
    Message(
        "LAYER.PROPERTY",
        N_("{where}: expected {property} {expected}, received {received}."),
        N_("It changes what the layer computes or what it can learn."),
        N_("Set {property} to {expected}."),
    ),
    Message(
        "LAYER.EXTRA_SETTING",
        N_("{where}: {property} is {received}; the task asks for no such setting."),
        N_("It changes what the layer computes or what it can learn."),
        N_("Leave {property} out."),
    ),
    Message(
        "LAYER.FROZEN",
        N_("{where}: frozen, the weights do not change in training."),
        N_("With trainable=False the optimizer passes the layer by."),
        N_("Leave trainable at True."),
    ),
    Message(
        "LAYER.SWITCHED_OFF",
        N_("{where}: switched off in training, by a call with training=False."),
        N_("Then the layer acts in training as it does at inference."),
        N_("Do not pass training, or hand on the one that call() receives."),
    ),
    Message(
        "LAYER.ALWAYS_ON",
        N_("{where}: still on at inference, by a call with training=True."),
        N_("Then predictions change from call to call."),
        N_("Do not pass training, or hand on the one that call() receives."),
    ),
    Message(
        "WEIGHTS.IDENTICAL",
        N_("{where}: all entries of its {weight} are equal ({received})."),
        N_("Units that start equal get equal gradients and stay equal."),
        N_("Keep the default initializer, or another random one."),
    ),
    Message(
        "COMPILE.MISSING",
        N_("{part} is not compiled."),
        N_("compile says which loss falls and who takes the steps."),
        N_("Call compile before you hand the model in."),
    ),
    Message(
        "COMPILE.SETTING",
        N_("{part}: expected {property} {expected}, received {received}."),
        N_("It decides what the training minimizes and how."),
        N_("Change it in compile and run the cell again."),
    ),
)
