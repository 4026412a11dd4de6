"""Exercises of lesson 10: batch normalization."""

from checkers.exercise import Check, Exercise, Model, Number, Trained, Values
from checkers.i18n import N_

parameter_split = Exercise(
    id="batch-norm-parameter-split",
    title=N_("What a layer stores"),
    kind="N",
    parts=(
        Number("total", low=1, high=1_000_000, unit=N_("numbers"), whole=True),
        Number("not_trained", low=0, high=1_000_000, unit=N_("numbers"), whole=True),
    ),
    checks=(
        Check("total", 1, N_("how many numbers the layer stores")),
        Check("split", 1, N_("how many of them are not trained")),
    ),
    hints=(
        N_(
            "Call the layer once on some rows and print layer.weights: how many "
            "weights are there, and how long is each?"
        ),
        N_(
            "Each weight of the layer has one entry per unit of the dense layer above "
            "it."
        ),
        N_(
            "layer.trainable_weights and layer.non_trainable_weights tell the two "
            "sorts apart."
        ),
    ),
    strict=N_("whole numbers, for the one BatchNormalization layer"),
    free=N_("the way you count"),
    personal={"units": (96, 24, 40, 56, 72, 80, 88, 104, 112, 120, 136, 144, 152, 168)},
    minutes=5,
)

concrete_net = Exercise(
    id="batch-norm-concrete-net",
    title=N_("The concrete network"),
    kind="M",
    parts=(Model("concrete_net", inputs=(8,)),),
    checks=(
        Check(
            "placement", 1, N_("a BatchNormalization directly before each dense layer")
        ),
        Check("settings", 1, N_("the layers normalize as the task says")),
        Check("network", 1, N_("the given network unchanged")),
    ),
    hints=(
        N_(
            "Go through the network from the input on. In front of which layers do "
            "numbers get multiplied by weights?"
        ),
        N_("The output layer is a dense layer too."),
        N_("keras.Input, then normalization and dense layer in turn, four times."),
    ),
    strict=N_("number and place of the layers, units, activations, bias, trainable"),
    free=N_("names, initial values, API; momentum 0.9 to 0.999, epsilon up to 0.01"),
    states=("all",),
)

concrete_model = Exercise(
    id="batch-norm-concrete-model",
    title=N_("A number in place of nan"),
    kind="T",
    parts=(
        Trained(
            "model_file",
            data=("x_val", "y_val"),
            metrics=("mae",),
            model=Model("model_file", inputs=(8,)),
        ),
        Values("val_mae"),
    ),
    checks=(
        Check(
            "recipe", 0.5, N_("the network of exercise 3, trained with SGD on raw rows")
        ),
        Check(
            "score",
            1,
            N_("validation MAE at most 5.2 MPa"),
            needs=("recipe",),
            needs_real_data=True,
        ),
        Check("best", 0.5, N_("the weights of the best epoch")),
    ),
    hints=(
        N_("Take the network of exercise 3 and compile it with SGD and the loss mae."),
        N_(
            "keras.callbacks.ModelCheckpoint has an argument that makes it overwrite "
            "the file only when the validation loss is lower than ever."
        ),
        N_(
            "history.history holds one validation loss per epoch; hand in the whole "
            "list."
        ),
    ),
    strict=N_("the network of exercise 3, raw inputs, SGD, weights of the best epoch"),
    free=N_("learning rate, momentum, batch size, number of epochs"),
    minutes=15,
    states=("all",),
)

block_net = Exercise(
    id="batch-norm-block-net",
    title=N_("Before the activation"),
    kind="M",
    parts=(Model("block_net", inputs=(11,)),),
    checks=(
        Check("order", 1, N_("dense layer, normalization, activation, in this order")),
        Check("bias", 1, N_("no bias where the normalization makes it redundant")),
        Check("network", 1, N_("units, activations and output layer as given")),
    ),
    hints=(
        N_(
            "An activation inside a dense layer acts before the next layer sees "
            "anything."
        ),
        N_("layers.ReLU() is the activation as a layer of its own."),
        N_(
            "A normalization subtracts the mean of its column. What does that do to a "
            "number that was added to every row? The argument is called use_bias."
        ),
    ),
    strict=N_("units, order, which layers have a bias, trainable"),
    free=N_("names, initial values, API; momentum 0.9 to 0.999, epsilon up to 0.01"),
    # Which bias is redundant, the learner finds out.
    states=("layers", "units", "activation", "momentum", "epsilon"),
)

wine_net = Exercise(
    id="batch-norm-wine-net",
    title=N_("A scaler made of a layer"),
    kind="M",
    parts=(Model("wine_net", inputs=(11,)),),
    checks=(
        Check("scaler", 1, N_("batch normalization in the place of a scaler")),
        Check("network", 1, N_("the given network unchanged")),
    ),
    hints=(
        N_("A scaler works on the rows before the network sees them."),
        N_("So which layer may receive the raw rows?"),
        N_("The layer goes between keras.Input and the first dense layer."),
    ),
    strict=N_("place of the layer, units, activation, bias, trainable"),
    free=N_("names, initial values, API; momentum 0.9 to 0.999, epsilon up to 0.01"),
    # Where the layer belongs, the learner finds out.
    states=("Dense", "momentum", "epsilon"),
)
