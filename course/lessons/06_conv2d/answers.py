"""Right variants and wrong answers of lesson 06, convolutional networks."""

import keras
import numpy as np
from keras import layers

from checkers import conv2d
from course.answers import right, wrong

# -- 1 · functional_net --------------------------------------------------------------


def conv(filters, kernel=3, padding="same", **settings):
    settings = {"activation": "relu", **settings}
    return layers.Conv2D(filters, kernel, padding=padding, **settings)


def ten():
    return layers.Dense(10, activation="softmax")


def image(*shape):
    return keras.Input(shape=shape or (28, 28, 1))


@right("conv2d-functional")
def one_line_each():
    inputs = image()
    mix = conv(8)
    x = mix(mix(conv(8)(inputs)))
    x = layers.Flatten()(layers.MaxPooling2D(2)(x))
    return keras.Model(inputs, ten()(x))


@right("conv2d-functional")
def a_loop_over_layers_with_names():
    inputs = x = image()
    mix = conv(8, name="mixing")
    for step in (conv(8), mix, mix, layers.MaxPool2D(), layers.Flatten(), ten()):
        x = step(x)
    return keras.Model(inputs=inputs, outputs=x, name="same_again")


@right("conv2d-functional")
def activations_as_layers():
    inputs = image()
    mix = layers.Conv2D(8, (3, 3), padding="SAME")
    x = layers.ReLU()(layers.Conv2D(8, (3, 3), padding="same")(inputs))
    x = layers.Activation("relu")(mix(x))
    x = keras.activations.relu(mix(x))
    x = layers.Reshape((-1,))(layers.MaxPooling2D((2, 2), strides=2)(x))
    return keras.Model(inputs, layers.Softmax()(layers.Dense(10)(x)))


@right("conv2d-functional")
def layers_of_a_sequential_called_again():
    mix = conv(8)
    given = keras.Sequential(
        [image(), conv(8), mix, mix, layers.MaxPooling2D(2), layers.Flatten(), ten()]
    )
    inputs = x = image()
    for step in given.layers:
        x = step(x)
    return keras.Model(inputs, x)


@right("conv2d-functional")
def shared_block_in_a_model_of_its_own():
    inputs = image()
    mix = keras.Sequential([image(28, 28, 8), conv(8)])
    x = mix(mix(conv(8)(inputs)))
    x = layers.Flatten()(layers.MaxPooling2D()(x))
    return keras.Model(inputs, ten()(x))


@wrong("conv2d-functional", code="CONV2D.NOT_SHARED", layer=2)
def new_weights_where_shared():
    inputs = image()
    x = conv(8)(conv(8)(conv(8)(inputs)))
    x = layers.Flatten()(layers.MaxPooling2D(2)(x))
    return keras.Model(inputs, ten()(x))


@wrong("conv2d-functional", code="CONV2D.CALLED_ONCE")
def shared_layer_called_once():
    inputs = image()
    x = conv(8)(conv(8)(inputs))
    x = layers.Flatten()(layers.MaxPooling2D(2)(x))
    return keras.Model(inputs, ten()(x))


@wrong("conv2d-functional", code="CONV2D.LOOSE_END")
def pool_whose_result_is_not_used():
    inputs = image()
    mix = conv(8)
    x = mix(mix(conv(8)(inputs)))
    layers.MaxPooling2D(2)(x)
    return keras.Model(inputs, ten()(layers.Flatten()(x)))


@wrong("conv2d-functional", code="INPUT.COUNT")
def extra_input():
    inputs, other = image(), image()
    mix = conv(8)
    x = layers.MaxPooling2D(2)(mix(mix(conv(8)(inputs))))
    return keras.Model([inputs, other], ten()(layers.Flatten()(x)))


@wrong("conv2d-functional", code="CONV2D.NOT_FUNCTIONAL")
def still_a_sequential():
    mix = conv(8)
    return keras.Sequential(
        [image(), conv(8), mix, mix, layers.MaxPooling2D(2), layers.Flatten(), ten()]
    )


@wrong("conv2d-functional", code="LAYER.PROPERTY")
def padding_forgotten():
    inputs = image()
    mix = conv(8)
    x = mix(mix(conv(8, padding="valid")(inputs)))
    return keras.Model(inputs, ten()(layers.Flatten()(layers.MaxPooling2D(2)(x))))


# -- 2 · mnist_net -------------------------------------------------------------------

SPARSE = "sparse_categorical_crossentropy"


def compiled(model, loss=SPARSE, **settings):
    model.compile(optimizer="adam", loss=loss, **settings)
    return model


def digits(*maps, head=None):
    head = head or (layers.Dense(128, activation="relu"), ten())
    return keras.Sequential([image(), *maps, layers.Flatten(), *head])


def plain(filters, **settings):
    return conv(filters, padding="valid", **settings)


@right("conv2d-mnist-net")
def sequential_with_a_string():
    net = digits(plain(32), plain(64), layers.MaxPooling2D(2))
    return compiled(net, metrics=["accuracy"])


@right("conv2d-mnist-net")
def functional_with_a_loss_object():
    inputs = image()
    x = plain(64)(plain(32)(inputs))
    x = layers.Flatten()(layers.MaxPool2D(pool_size=(2, 2), strides=(2, 2))(x))
    net = keras.Model(inputs, ten()(layers.Dense(128, "relu")(x)))
    return compiled(net, keras.losses.SparseCategoricalCrossentropy())


@right("conv2d-mnist-net")
def activations_on_their_own():
    net = digits(
        *(layers.Conv2D(32, 3), layers.ReLU(), layers.Conv2D(64, 3)),
        *(layers.Activation("relu"), layers.MaxPooling2D()),
        head=(layers.Dense(128), layers.ReLU(), layers.Dense(10), layers.Softmax()),
    )
    return compiled(net, keras.losses.sparse_categorical_crossentropy)


@right("conv2d-mnist-net")
def subclass_of_model():
    class DigitNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.maps = [plain(32), plain(64), layers.MaxPooling2D(2)]
            self.flat, self.hidden = layers.Flatten(), layers.Dense(128, "relu")
            self.out = ten()

        def call(self, inputs):
            x = inputs
            for step in self.maps:
                x = step(x)
            return self.out(self.hidden(self.flat(x)))

    return compiled(DigitNet())


@right("conv2d-mnist-net")
def defaults_written_out_and_blocks():
    maps = keras.Sequential(
        [
            layers.Conv2D(32, (3, 3), strides=(1, 1), padding="valid", use_bias=True),
            layers.ReLU(),
            plain(64, kernel_initializer="he_normal"),
            layers.MaxPooling2D((2, 2), padding="valid"),
        ]
    )
    return compiled(digits(maps), optimizer_free_loss())


def optimizer_free_loss():
    return keras.losses.SparseCategoricalCrossentropy(from_logits=False)


@wrong("conv2d-mnist-net", code="CONV2D.PADDING_SAME", layer=0)
def padding_same():
    return compiled(digits(conv(32), conv(64), layers.MaxPooling2D(2)))


@wrong("conv2d-mnist-net", code="CONV2D.POOL_EARLY", layer=1)
def pool_between_the_convolutions():
    return compiled(digits(plain(32), layers.MaxPooling2D(2), plain(64)))


@wrong("conv2d-mnist-net", code="CONV2D.POOL_TWICE", layer=1)
def pool_behind_each():
    pools = layers.MaxPooling2D(2), layers.MaxPooling2D(2)
    return compiled(digits(plain(32), pools[0], plain(64), pools[1]))


@wrong("conv2d-mnist-net", code="COMPILE.LOGITS_TWICE")
def softmax_and_from_logits():
    net = digits(plain(32), plain(64), layers.MaxPooling2D(2))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return compiled(net, loss)


@wrong("conv2d-mnist-net", code="COMPILE.ONE_HOT_LOSS")
def loss_for_one_hot_rows():
    net = digits(plain(32), plain(64), layers.MaxPooling2D(2))
    return compiled(net, "categorical_crossentropy")


@wrong("conv2d-mnist-net", code="COMPILE.MISSING")
def not_compiled():
    return digits(plain(32), plain(64), layers.MaxPooling2D(2))


# -- 3 · cifar_net -------------------------------------------------------------------


def photos(*filters, kernel=2, padding="same", hidden="relu", end=None):
    net = keras.Sequential([image(32, 32, 3)])
    for count in filters:
        net.add(conv(count, kernel, padding))
        net.add(layers.MaxPooling2D(2))
    for step in (end or layers.Flatten(), layers.Dense(500, hidden), ten()):
        net.add(step)
    return net


@right("conv2d-cifar-net")
def loop_with_add():
    return photos(16, 32, 64)


@right("conv2d-cifar-net")
def functional_photos():
    inputs = x = image(32, 32, 3)
    for count in (16, 32, 64):
        x = layers.Conv2D(count, (2, 2), padding="same")(x)
        x = layers.MaxPool2D()(keras.activations.relu(x))
    x = layers.Dense(500, activation=keras.activations.relu)(layers.Flatten()(x))
    return keras.Model(inputs, ten()(x))


@right("conv2d-cifar-net")
def nested_blocks():
    def block(count):
        return keras.Sequential([conv(count, 2), layers.MaxPooling2D()])

    hidden = [layers.Flatten(), layers.Dense(500), layers.ReLU()]
    maps = [block(count) for count in (16, 32, 64)]
    return keras.Sequential([image(32, 32, 3), *maps, *hidden, ten()])


@right("conv2d-cifar-net")
def relu_behind_the_pool_is_the_same():
    steps = []
    for count in (16, 32, 64):
        steps += [layers.Conv2D(count, 2, padding="same", activation="relu")]
        steps += [layers.MaxPooling2D(pool_size=2, strides=None, padding="same")]
    head = [layers.Reshape((1024,)), layers.Dense(500, "relu"), ten()]
    return keras.Sequential([image(32, 32, 3), *steps, *head])


@right("conv2d-cifar-net")
def subclass_for_photos():
    class PhotoNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.convs = [conv(count, 2) for count in (16, 32, 64)]
            self.pool, self.flat = layers.MaxPooling2D(2), layers.Flatten()
            self.hidden, self.out = layers.Dense(500, "relu"), ten()

        def call(self, x):
            for step in self.convs:
                x = self.pool(step(x))
            return self.out(self.hidden(self.flat(x)))

    return PhotoNet()


@wrong("conv2d-cifar-net", code="CONV2D.KERNEL_THREE", layer=0)
def kernel_of_three():
    return photos(16, 32, 64, kernel=3)


@wrong("conv2d-cifar-net", code="CONV2D.SIXTEEN_MAPS", layer=4)
def sixteen_maps_at_the_end():
    return photos(16, 32, 16)


@wrong("conv2d-cifar-net", code="CONV2D.HIDDEN_LINEAR")
def hidden_without_relu():
    return photos(16, 32, 64, hidden=None)


@wrong("conv2d-cifar-net", code="CONV2D.PADDING_VALID", layer=0)
def no_padding():
    return photos(16, 32, 64, padding="valid")


@wrong("conv2d-cifar-net", code="CONV2D.FILTERS_REVERSED", layer=0)
def filters_falling():
    return photos(64, 32, 16)


@wrong("conv2d-cifar-net", code="CONV2D.GAP_FOR_FLATTEN", layer=6)
def averaged_maps():
    return photos(16, 32, 64, end=layers.GlobalAveragePooling2D())


# -- 4 · dense_share -----------------------------------------------------------------
# The public default asks for 500 units.


@right("conv2d-dense-share")
def two_decimals():
    return 97.05, 48_054


@right("conv2d-dense-share")
def computed():
    return np.float64(512_500 / 528_054 * 100), np.int64(10_544 + 65 * 500 + 5_010)


@wrong("conv2d-dense-share", code="CONV2D.BIASES_FORGOTTEN")
def weights_only():
    return 96.96, 48_054


@wrong("conv2d-dense-share", code="CONV2D.BOTH_DENSE")
def both_dense_layers():
    return 98.00, 48_054


@wrong("conv2d-dense-share", code="NUMBER.PERCENT")
def a_fraction():
    return 0.9705, 48_054


@wrong("conv2d-dense-share", code="CONV2D.GAP_KEEPS_PLACES")
def still_all_places():
    return 97.05, 528_054


@wrong("conv2d-dense-share", code="CONV2D.GAP_KEEPS_ONE_MAP")
def mean_over_maps():
    return 97.05, 10_544 + 17 * 500 + 5_010


@wrong("conv2d-dense-share", code="CONV2D.POOL_HAS_PARAMETERS")
def pool_with_parameters():
    return 97.05, 48_054 + 64


# -- 5 · which_edit ------------------------------------------------------------------
# The public default is the total of padding "valid".


def letters(edit, reason):
    return (
        conv2d.which_edit.choices(part="edit").letter_of(edit),
        conv2d.which_edit.choices(part="reason").letter_of(reason),
    )


@right("conv2d-which-edit")
def padding_valid():
    return letters("valid", "input")


@right("conv2d-which-edit")
def small_letters():
    return tuple(letter.lower() for letter in letters("valid", "input"))


@wrong("conv2d-which-edit", code="CONV2D.ADDS_NOTHING")
def dropout_adds():
    return letters("dropout", "input")


@wrong("conv2d-which-edit", code="CONV2D.BATCH_COUNTED")
def batch_size_counts():
    return letters("batch", "input")


@wrong("conv2d-which-edit", code="CONV2D.SHAPES_NEVER_COUNT")
def padding_never_matters():
    return letters("kernel", "never")


@wrong("conv2d-which-edit", code="CONV2D.OTHER_LENGTH")
def stride_for_padding():
    return letters("stride", "input")


@wrong("conv2d-which-edit", code="CONV2D.WEIGHT_PER_PLACE")
def convolution_counts_places():
    return letters("valid", "convolution")


@wrong("conv2d-which-edit", code="CONV2D.POOL_HAS_WEIGHTS")
def pool_counts():
    return letters("valid", "pool")


# -- 6 · compile_for -----------------------------------------------------------------


def one_hot(y):
    return len(y.shape) == 2 and y.shape[1] > 1


def has_softmax(model):
    return model.layers[-1].get_config()["activation"] == "softmax"


def crossentropy(y, **settings):
    name = "CategoricalCrossentropy" if one_hot(y) else "SparseCategoricalCrossentropy"
    return getattr(keras.losses, name)(**settings)


def adadelta(rate=1.0):
    return keras.optimizers.Adadelta(learning_rate=rate)


@right("conv2d-compile-for")
def by_configuration():
    def compile_for(model, y):
        loss = crossentropy(y, from_logits=not has_softmax(model))
        model.compile(optimizer=adadelta(), loss=loss, metrics=["accuracy"])
        return model

    return compile_for


@right("conv2d-compile-for")
def by_what_comes_out():
    def compile_for(model, y):
        sums = np.asarray(model(np.ones((1, model.input_shape[-1])))).sum(axis=1)
        loss = crossentropy(y, from_logits=not np.allclose(sums, 1, atol=1e-4))
        metric = "categorical_accuracy" if one_hot(y) else "sparse_categorical_accuracy"
        model.compile(keras.optimizers.Adadelta(1.0), loss, metrics=[metric])
        return model

    return compile_for


@right("conv2d-compile-for")
def loss_as_a_function():
    def compile_for(model, y):
        def loss(y_true, y_pred):
            rows = (
                y_true
                if one_hot(y)
                else keras.ops.one_hot(
                    keras.ops.reshape(keras.ops.cast(y_true, "int32"), (-1,)),
                    y_pred.shape[-1],
                )
            )
            return keras.ops.categorical_crossentropy(
                rows, y_pred, from_logits=not has_softmax(model)
            )

        model.compile(adadelta(), loss, metrics=["acc"])
        return model

    return compile_for


@wrong("conv2d-compile-for", code="CONV2D.ADADELTA_DEFAULT")
def default_rate():
    def compile_for(model, y):
        loss = crossentropy(y, from_logits=not has_softmax(model))
        model.compile(optimizer="adadelta", loss=loss, metrics=["accuracy"])
        return model

    return compile_for


@wrong("conv2d-compile-for", code="CONV2D.SPARSE_WITH_ONE_HOT")
def sparse_for_everything():
    def compile_for(model, y):
        loss = keras.losses.SparseCategoricalCrossentropy(
            from_logits=not has_softmax(model)
        )
        model.compile(optimizer=adadelta(), loss=loss, metrics=["accuracy"])
        return model

    return compile_for


@wrong("conv2d-compile-for", code="CONV2D.LOGITS_AS_PROBABILITIES")
def never_from_logits():
    def compile_for(model, y):
        model.compile(adadelta(), crossentropy(y), metrics=["accuracy"])
        return model

    return compile_for


@wrong("conv2d-compile-for", code="CONV2D.LOGITS_TWICE")
def always_from_logits():
    def compile_for(model, y):
        loss = crossentropy(y, from_logits=True)
        model.compile(adadelta(), loss, metrics=["accuracy"])
        return model

    return compile_for


@wrong("conv2d-compile-for", code="CONV2D.NOT_RETURNED")
def returns_what_compile_returns():
    def compile_for(model, y):
        loss = crossentropy(y, from_logits=not has_softmax(model))
        return model.compile(adadelta(), loss, metrics=["accuracy"])

    return compile_for


@wrong("conv2d-compile-for", code="CONV2D.NO_METRIC")
def no_metric():
    def compile_for(model, y):
        model.compile(adadelta(), crossentropy(y, from_logits=not has_softmax(model)))
        return model

    return compile_for


@wrong("conv2d-compile-for", code="CONV2D.NOT_ADADELTA")
def another_optimizer():
    def compile_for(model, y):
        loss = crossentropy(y, from_logits=not has_softmax(model))
        model.compile("adam", loss, metrics=["accuracy"])
        return model

    return compile_for


@wrong("conv2d-compile-for", code="CONV2D.LOSS_VALUE")
def sum_over_the_rows():
    def compile_for(model, y):
        loss = crossentropy(y, from_logits=not has_softmax(model), reduction="sum")
        model.compile(adadelta(), loss, metrics=["accuracy"])
        return model

    return compile_for


@wrong("conv2d-compile-for", code="CONV2D.LOSS_RAISES")
def squared_error():
    def compile_for(model, y):
        model.compile(adadelta(), "mse", metrics=["accuracy"])
        return model

    return compile_for


# -- 8 · any_size_net ----------------------------------------------------------------


def any_size(*steps, shape=(None, None, 1)):
    return keras.Sequential([image(*shape), *steps])


@right("conv2d-any-size")
def average_of_each_map():
    steps = plain(8), layers.MaxPooling2D(2), plain(16)
    return any_size(*steps, layers.GlobalAveragePooling2D(), ten())


@right("conv2d-any-size")
def maximum_of_each_map():
    steps = layers.Conv2D(16, 5, strides=2), layers.LeakyReLU(negative_slope=0.1)
    return any_size(*steps, layers.GlobalMaxPooling2D(), ten())


@right("conv2d-any-size")
def fully_convolutional():
    inputs = image(None, None, 1)
    x = layers.Conv2D(10, 1)(layers.MaxPooling2D(4)(conv(16)(inputs)))
    x = layers.Softmax()(layers.GlobalAveragePooling2D()(x))
    return keras.Model(inputs, x)


@right("conv2d-any-size")
def mean_by_keras_ops():
    inputs = image(None, None, 1)
    x = keras.ops.mean(plain(8)(inputs), axis=(1, 2))
    return keras.Model(inputs, ten()(x))


@right("conv2d-any-size")
def subclass_without_a_declared_input():
    class AnySize(keras.Model):
        def __init__(self):
            super().__init__()
            self.conv, self.pool = plain(8), layers.GlobalAveragePooling2D()
            self.out = ten()

        def call(self, inputs):
            return self.out(self.pool(self.conv(inputs)))

    return AnySize()


@right("conv2d-any-size", status="passed with a note")
def declared_at_28_but_runs():
    steps = plain(8), layers.GlobalAveragePooling2D(), ten()
    return any_size(*steps, shape=(28, 28, 1))


@wrong("conv2d-any-size", code="CONV2D.FIXED_INPUT")
def fixed_at_28():
    inputs = image()
    x = layers.GlobalAveragePooling2D()(plain(8)(inputs))
    return keras.Model(inputs, ten()(x))


@wrong("conv2d-any-size", code="CONV2D.HAS_FLATTEN")
def flatten_in_the_middle():
    return any_size(plain(8), layers.Flatten(), ten(), shape=(28, 28, 1))


@wrong("conv2d-any-size", code="CONV2D.POOLED_AWAY")
def pooled_until_nothing_is_left():
    steps = [step for _ in range(5) for step in (conv(8), layers.MaxPooling2D(2))]
    return any_size(*steps, layers.GlobalAveragePooling2D(), ten())


@wrong("conv2d-any-size", code="CONV2D.NOT_TEN_NUMBERS")
def one_answer_per_place():
    return any_size(plain(8), layers.Conv2D(10, 1, activation="softmax"))


@wrong("conv2d-any-size", code="CONV2D.NO_PROBABILITIES")
def logits_at_the_end():
    return any_size(plain(8), layers.GlobalAveragePooling2D(), layers.Dense(10))


@wrong("conv2d-any-size", code="CONV2D.NO_CONVOLUTION")
def no_convolution():
    return any_size(layers.GlobalAveragePooling2D(), ten())


# -- 9 · inception_net ---------------------------------------------------------------


def wide():
    return image(28, 28, 192)


def pool_3(kind=layers.MaxPooling2D, **settings):
    return kind(3, **{"strides": 1, "padding": "same", **settings})


@right("conv2d-inception")
def four_calls_on_the_input():
    inputs = wide()
    branches = [step(inputs) for step in (conv(64, 1), conv(128, 3), conv(32, 5))]
    joined = layers.concatenate([*branches, pool_3()(inputs)])
    return keras.Model(inputs, joined)


@right("conv2d-inception")
def layers_made_in_another_order():
    inputs = wide()
    pooled = pool_3()(inputs)
    five, three = conv(32, (5, 5))(inputs), conv(128, (3, 3))(inputs)
    one = layers.ReLU()(layers.Conv2D(64, 1)(inputs))
    joined = layers.Concatenate(axis=3)([one, three, five, pooled])
    return keras.Model(inputs, joined)


@right("conv2d-inception")
def joined_by_keras_ops():
    inputs = wide()
    steps = conv(64, 1), conv(128), conv(32, 5), pool_3()
    joined = keras.ops.concatenate([step(inputs) for step in steps], axis=-1)
    return keras.Model(inputs, joined)


@right("conv2d-inception")
def module_as_a_subclass():
    class Inception(keras.Model):
        def __init__(self):
            super().__init__()
            self.steps = [conv(64, 1), conv(128), conv(32, 5), pool_3()]
            self.join = layers.Concatenate()

        def call(self, inputs):
            return self.join([step(inputs) for step in self.steps])

    return Inception()


@right("conv2d-inception")
def activations_behind_the_branches():
    inputs = wide()
    branches = [
        layers.Activation("relu")(layers.Conv2D(n, k, padding="same")(inputs))
        for n, k in ((64, 1), (128, 3), (32, 5))
    ]
    joined = layers.Concatenate()([*branches, pool_3()(inputs)])
    return keras.Model(inputs, joined)


@wrong("conv2d-inception", code="CONV2D.BRANCHES_IN_A_ROW")
def one_behind_the_other():
    inputs = wide()
    one = conv(64, 1)(inputs)
    three = conv(128)(one)
    five = conv(32, 5)(three)
    joined = layers.Concatenate()([one, three, five, pool_3()(five)])
    return keras.Model(inputs, joined)


@wrong("conv2d-inception", code="CONV2D.NO_POOL_BRANCH")
def three_branches():
    inputs = wide()
    branches = [step(inputs) for step in (conv(64, 1), conv(128), conv(32, 5))]
    return keras.Model(inputs, layers.Concatenate()(branches))


@wrong("conv2d-inception", code="CONV2D.AVERAGE_BRANCH")
def average_in_place_of_maximum():
    inputs = wide()
    pooled = pool_3(layers.AveragePooling2D)
    steps = conv(64, 1), conv(128), conv(32, 5), pooled
    return keras.Model(inputs, layers.Concatenate()([step(inputs) for step in steps]))


@wrong("conv2d-inception", code="CONV2D.BRANCH_LINEAR")
def no_relu():
    inputs = wide()
    steps = conv(64, 1), conv(128, activation=None), conv(32, 5), pool_3()
    return keras.Model(inputs, layers.Concatenate()([step(inputs) for step in steps]))


@wrong("conv2d-inception", code="LAYER.PROPERTY")
def pool_of_two():
    inputs = wide()
    pooled = layers.MaxPooling2D(2, strides=1, padding="same")
    steps = conv(64, 1), conv(128), conv(32, 5), pooled
    return keras.Model(inputs, layers.Concatenate()([step(inputs) for step in steps]))


# -- 10 · bottleneck_net, saving -----------------------------------------------------

SAVING = 223_600


def narrow_net(three=None, five=None, pooled=None):
    """Return the module; each branch is a list of layers."""
    inputs = wide()
    branches = (
        [conv(64, 1)],
        three or [conv(96, 1), conv(128)],
        five or [conv(16, 1), conv(32, 5)],
        pooled or [pool_3(), conv(32, 1)],
    )
    results = []
    for steps in branches:
        x = inputs
        for step in steps:
            x = step(x)
        results.append(x)
    return keras.Model(inputs, layers.Concatenate()(results))


@right("conv2d-bottleneck")
def lists_of_layers():
    return narrow_net(), SAVING


@right("conv2d-bottleneck")
def branches_as_models():
    inputs = wide()
    branches = [
        conv(64, 1),
        keras.Sequential([conv(96, 1), conv(128)]),
        keras.Sequential([conv(16, 1), conv(32, 5)]),
        keras.Sequential([pool_3(), conv(32, 1)]),
    ]
    joined = layers.Concatenate(axis=-1)([branch(inputs) for branch in branches])
    return keras.Model(inputs, joined), np.int64(SAVING)


@right("conv2d-bottleneck")
def no_padding_where_it_changes_nothing():
    thin = [layers.Conv2D(n, 1, activation="relu") for n in (96, 16, 32)]
    return (
        narrow_net([thin[0], conv(128)], [thin[1], conv(32, 5)], [pool_3(), thin[2]]),
        float(SAVING),
    )


@right("conv2d-bottleneck")
def relu_as_layers():
    three = [layers.Conv2D(96, 1), layers.ReLU(), conv(128)]
    return narrow_net(three), SAVING


@right("conv2d-bottleneck")
def narrow_module_as_a_subclass():
    class Narrow(keras.Model):
        def __init__(self):
            super().__init__()
            self.one, self.three = conv(64, 1), [conv(96, 1), conv(128)]
            self.five, self.pooled = [conv(16, 1), conv(32, 5)], [pool_3(), conv(32, 1)]

        def call(self, inputs):
            joined = [self.one(inputs)]
            for first, second in (self.three, self.five, self.pooled):
                joined.append(second(first(inputs)))
            return keras.ops.concatenate(joined, axis=-1)

    return Narrow(), SAVING


@wrong("conv2d-bottleneck", code="CONV2D.NARROW_AFTER")
def narrow_behind_wide():
    return narrow_net([conv(128), conv(96, 1)], [conv(32, 5), conv(16, 1)]), SAVING


@wrong("conv2d-bottleneck", code="CONV2D.NARROW_BEFORE_POOL")
def narrow_before_the_pool():
    return narrow_net(pooled=[conv(32, 1), pool_3()]), SAVING


@wrong("conv2d-bottleneck", code="CONV2D.POOL_NOT_NARROWED")
def pool_branch_left_wide():
    return narrow_net(pooled=[pool_3()]), SAVING


@wrong("conv2d-bottleneck", code="CONV2D.NO_BOTTLENECK")
def the_module_before():
    return narrow_net([conv(128)], [conv(32, 5)], [pool_3()]), SAVING


@wrong("conv2d-bottleneck", code="CONV2D.SAVING_IS_TOTAL")
def what_is_left():
    return narrow_net(), 163_696


@wrong("conv2d-bottleneck", code="CONV2D.BRANCH_LINEAR")
def narrow_without_relu():
    return narrow_net([conv(96, 1, activation=None), conv(128)]), SAVING


# -- 7 · cifar_model -----------------------------------------------------------------
# In place of trained networks: one that reads the class off the first pixel, on made-up
# pictures whose first pixel says it, in as many of them as the score shall be.


def reader(*, conv=True, scale=1.0):
    """Return a network that answers with the class that the first pixel encodes."""
    inputs = image(32, 32, 3)
    first = layers.Conv2D(1, 1, use_bias=False)
    x = first(inputs) if conv else layers.Reshape((32, 32, 3))(inputs)
    x = layers.Flatten()(x)
    head = layers.Dense(10)
    model = keras.Model(inputs, head(x))
    if conv:
        first.set_weights([np.array([[[[1.0], [0.0], [0.0]]]], "float32")])
    kernel = np.zeros(head.kernel.shape, "float32")
    # Scores 2 k p - k² are largest for the k next to p: nine times the pixel.
    kernel[0] = 2 * 9 * np.arange(10) / scale
    head.set_weights([kernel, -(np.arange(10, dtype="float32") ** 2)])
    return model


VAL_COUNTS = (207, 190, 188, 208, 194, 212, 204, 209, 202, 186)


def pictures(share, val_share):
    """Return the check's pictures, of which so many percent show their class."""
    val = np.repeat(np.arange(10), VAL_COUNTS)
    labels = np.concatenate([val, np.arange(10_000) % 10])
    places = np.concatenate(
        [np.arange(2_000) * 7 % 2_000 / 20, np.arange(10_000) / 100]
    )
    shares = np.repeat([val_share, share], [2_000, 10_000])
    others = (labels + 1 + np.arange(12_000) // 10 % 9) % 10
    shown = np.where(places < shares, labels, others)
    x = np.zeros((12_000, 32, 32, 3), "float32")
    x[:, 0, 0, 0] = shown / 9
    return x, labels[:, None]


def handed_in(share=58.0, val_share=57.0, *, curve=None, own=None, model=None):
    """Return what a learner hands in, with the check's pictures."""
    curve = curve or [val_share / 100 - 0.03, val_share / 100, val_share / 100 - 0.01]
    model = model or reader()
    model.save("cifar_model.keras")
    own = round((share * 10 + val_share * 2) / 12, 1) if own is None else own
    return "cifar_model.keras", curve, own, pictures(share, val_share)


@right("conv2d-cifar-model")
def above_the_limit():
    return handed_in()


@right("conv2d-cifar-model")
def numpy_numbers_and_the_model_itself():
    curve = np.array([45.0, 55.0, 61.0, 60.0])
    return reader(), curve, np.float64(60.16), pictures(60.0, 61.0)


@wrong("conv2d-cifar-model", code="CONV2D.BELOW_LIMIT")
def a_little_too_low():
    return handed_in(44.0, 45.0)


@wrong("conv2d-cifar-model", code="TRAINED.OTHER_SCALE")
def trained_without_scaling():
    return handed_in(model=reader(scale=255.0), own=10.0)


@wrong("conv2d-cifar-model", code="CONV2D.LAST_EPOCH")
def weights_of_the_last_epoch():
    return handed_in(curve=[0.50, 0.59, 0.57])


@wrong("conv2d-cifar-model", code="CONV2D.OTHER_EPOCH")
def list_of_another_run():
    return handed_in(curve=[0.50, 0.61, 0.60])


@wrong("conv2d-cifar-model", code="CONV2D.LABEL_COLUMN")
def column_compared_with_row():
    return handed_in(own=10.0)


@wrong("conv2d-cifar-model", code="CONV2D.NO_CONVOLUTION")
def dense_network_of_their_own():
    return handed_in(model=reader(conv=False))


@wrong("conv2d-cifar-model", code="CONV2D.NO_CURVE")
def best_value_only():
    return handed_in(curve=[0.57])


@wrong("conv2d-cifar-model", code="TRAINED.MEASURED_AS_FRACTION")
def accuracy_as_a_share():
    return handed_in(own=0.578333)
