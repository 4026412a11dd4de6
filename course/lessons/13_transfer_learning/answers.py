"""Right variants and wrong answers of lesson 13, transfer learning."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from checkers import transfer_learning as lesson
from course import networks
from course.answers import right, wrong

PICTURE = (32, 32, 3)


def mean_per_map():
    return layers.GlobalAveragePooling2D()


def soft(units):
    return layers.Dense(units, activation="softmax")


def chain(*steps):
    return keras.Sequential([keras.Input(shape=PICTURE), *steps])


def frozen(end=""):
    base = networks.backbone(end=end)
    base.trainable = False
    return base


# -- 1 · Case 1 ----------------------------------------------------------------------

FROZEN = "transfer-learning-frozen-head"


@right(FROZEN)
def in_a_row():
    return chain(frozen(), mean_per_map(), soft(4))


@right(FROZEN)
def functional_in_inference_mode():
    base = frozen()
    inputs = keras.Input(shape=PICTURE)
    x = base(inputs, training=False)
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    return keras.Model(inputs, layers.Dense(4, "softmax", name="kinds")(x))


@right(FROZEN)
def on_the_output_of_the_base():
    base = frozen()
    return keras.Model(base.input, soft(4)(mean_per_map()(base.output)))


@right(FROZEN)
def each_layer_switched_off():
    base = networks.backbone()
    for each in base.layers:
        each.trainable = False
    head = keras.Sequential([mean_per_map(), layers.Dense(4), layers.Softmax()])
    return chain(base, head)


@right(FROZEN)
def subclass():
    class Frozen(keras.Model):
        def __init__(self):
            super().__init__()
            self.base = frozen()
            self.mean = mean_per_map()
            self.head = soft(4)

        def call(self, inputs):
            return self.head(self.mean(self.base(inputs, training=False)))

    return Frozen()


@right(FROZEN)
def mean_as_an_operation():
    base = frozen()
    inputs = keras.Input(shape=PICTURE)
    means = keras.ops.mean(base(inputs), axis=(1, 2))
    return keras.Model(inputs, soft(4)(means))


@right(FROZEN)
def compiled_and_cut_from_the_whole():
    whole = networks.load("backbone")
    whole.trainable = False
    means = whole.get_layer("mean_per_map").output
    model = keras.Model(whole.input, soft(4)(means))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# In a functional model Keras 3.15 forgets it when the whole model is called.
@wrong(FROZEN, code="TRANSFER_LEARNING.NOT_FROZEN", layer=0)
def training_false_only():
    base = networks.backbone()
    inputs = keras.Input(shape=PICTURE)
    x = mean_per_map()(base(inputs, training=False))
    return keras.Model(inputs, soft(4)(x))


@wrong(FROZEN, code="TRANSFER_LEARNING.TRAINING_FOR_TRAINABLE", layer=0)
def training_false_in_a_subclass():
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.base, self.mean = networks.backbone(), mean_per_map()
            self.head = soft(4)

        def call(self, inputs):
            return self.head(self.mean(self.base(inputs, training=False)))

    return Net()


@wrong(FROZEN, code="TRANSFER_LEARNING.NOT_FROZEN", layer=0)
def nothing_frozen():
    return chain(networks.backbone(), mean_per_map(), soft(4))


@wrong(FROZEN, code="TRANSFER_LEARNING.NOT_FROZEN")
def last_block_free():
    base = frozen()
    for each in base.layers:
        each.trainable = each.name.startswith("block4")
    return chain(base, mean_per_map(), soft(4))


@wrong(FROZEN, code="TRANSFER_LEARNING.FLATTEN")
def flatten_behind_the_maps():
    return chain(frozen(), layers.Flatten(), soft(4))


@wrong(FROZEN, code="TRANSFER_LEARNING.FRESH_WEIGHTS", layer=0)
def cloned_without_weights():
    base = keras.models.clone_model(networks.backbone())
    base.trainable = False
    return chain(base, mean_per_map(), soft(4))


@wrong(FROZEN, code="TRANSFER_LEARNING.SOURCE_CLASSES")
def six_classes_kept():
    return chain(frozen(), mean_per_map(), soft(6))


@wrong(FROZEN, code="TRANSFER_LEARNING.HEAD_FROZEN")
def whole_model_frozen():
    model = chain(frozen(), mean_per_map(), soft(4))
    model.trainable = False
    return model


# -- 2 · Case 2 ----------------------------------------------------------------------

EARLY = "transfer-learning-early-blocks"
END = f"block{lesson.early_blocks.parameters('')['blocks']}_pool"


def digits_head():
    return (
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        mean_per_map(),
        soft(10),
    )


def to_one():
    return layers.Rescaling(1 / 255)


@right(EARLY)
def cut_by_name():
    return chain(to_one(), frozen(END), *digits_head())


@right(EARLY)
def cut_by_hand():
    whole = networks.backbone()
    base = keras.Model(whole.input, whole.get_layer(END).output)
    base.trainable = False
    inputs = keras.Input(shape=PICTURE)
    x = base(layers.Rescaling(scale=1.0 / 255)(inputs), training=False)
    x = layers.Conv2D(64, (3, 3), padding="same")(x)
    x = layers.ReLU()(x)
    return keras.Model(inputs, soft(10)(mean_per_map()(x)))


@right(EARLY)
def layers_one_by_one():
    base = frozen(END)
    return chain(to_one(), *base.layers[1:], *digits_head())


@right(EARLY)
def nested_parts():
    body = keras.Sequential([to_one(), frozen(END)])
    return chain(body, keras.Sequential(list(digits_head())))


@right(EARLY)
def subclass_of_parts():
    class Early(keras.Model):
        def __init__(self):
            super().__init__()
            self.scale, self.base = to_one(), frozen(END)
            self.head = keras.Sequential(list(digits_head()))

        def call(self, inputs):
            return self.head(self.base(self.scale(inputs)))

    return Early()


@right(EARLY)
def divided_by_hand():
    inputs = keras.Input(shape=PICTURE)
    x = frozen(END)(inputs / 255.0, training=False)
    for each in digits_head():
        x = each(x)
    return keras.Model(inputs, x)


@wrong(EARLY, code="TRANSFER_LEARNING.INPUT_RANGE")
def divided_twice():
    inputs = keras.Input(shape=PICTURE)
    x = frozen(END)(layers.Rescaling(1 / 255)(inputs / 255.0))
    for each in digits_head():
        x = each(x)
    return keras.Model(inputs, x)


@wrong(EARLY, code="TRANSFER_LEARNING.KEEPS_LAST")
def all_blocks_kept():
    return chain(to_one(), frozen(), *digits_head())


@wrong(EARLY, code="TRANSFER_LEARNING.NOT_FROZEN")
def early_blocks_free():
    return chain(to_one(), networks.backbone(end=END), *digits_head())


@wrong(EARLY, code="TRANSFER_LEARNING.INPUT_RANGE")
def raw_pixels():
    return chain(frozen(END), *digits_head())


@wrong(EARLY, code="TRANSFER_LEARNING.INPUT_RANGE")
def from_minus_one_to_one():
    return chain(layers.Rescaling(1 / 127.5, offset=-1), frozen(END), *digits_head())


@wrong(EARLY, code="TRANSFER_LEARNING.FRESH_WEIGHTS")
def fresh_blocks():
    base = keras.models.clone_model(networks.backbone(end=END))
    base.trainable = False
    return chain(to_one(), base, *digits_head())


@wrong(EARLY, code="TRANSFER_LEARNING.HEAD_FROZEN")
def frozen_dense_head():
    model = chain(to_one(), frozen(END), *digits_head())
    model.layers[-1].trainable = False
    return model


# -- 3 · Cases 3 and 4 ---------------------------------------------------------------

TUNE = "transfer-learning-fine-tune"
LOSS = "sparse_categorical_crossentropy"


def tuned(rate=1e-4, *, base=None, units=10, optimizer=keras.optimizers.Adam):
    model = chain(base or networks.backbone(), mean_per_map(), soft(units))
    model.compile(optimizer(rate), LOSS, metrics=["accuracy"])
    return model


@right(TUNE)
def small_rate():
    return tuned()


@right(TUNE)
def keras_default_rate():
    model = chain(networks.backbone(), mean_per_map(), soft(10))
    model.compile("adam", LOSS)
    return model


@right(TUNE)
def scores_and_momentum():
    base = networks.backbone()
    scores = layers.Dense(10)(mean_per_map()(base.output))
    model = keras.Model(base.input, keras.activations.softmax(scores))
    sgd = keras.optimizers.SGD(1e-3, momentum=0.9)
    model.compile(sgd, keras.losses.SparseCategoricalCrossentropy())
    return model


@right(TUNE)
def thawed_after_a_first_stage():
    base = frozen()
    model = chain(base, mean_per_map(), soft(10))
    base.trainable = True
    model.compile(keras.optimizers.AdamW(1e-5), LOSS)
    return model


@right(TUNE)
def base_in_inference_mode():
    base = networks.backbone()
    inputs = keras.Input(shape=PICTURE)
    outputs = soft(10)(mean_per_map()(base(inputs, training=False)))
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.RMSprop(1e-4), LOSS)
    return model


@right(TUNE)
def trained_a_little_already():
    model = tuned(1e-3)
    rng = np.random.default_rng(0)
    model.fit(rng.random((8, *PICTURE)), np.arange(8), verbose=0)
    return model


@right(TUNE)
def rate_that_falls():
    model = tuned()
    falling = keras.optimizers.schedules.ExponentialDecay(1e-3, 100, 0.9)
    model.compile(keras.optimizers.Adam(falling), LOSS)
    return model


@wrong(TUNE, code="TRANSFER_LEARNING.RATE")
def schedule_that_begins_too_high():
    model = tuned()
    falling = keras.optimizers.schedules.CosineDecay(0.1, 100)
    model.compile(keras.optimizers.Adam(falling), LOSS)
    return model


@wrong(TUNE, code="TRANSFER_LEARNING.NO_RATE")
def rate_of_zero():
    return tuned(0.0)


@wrong(TUNE, code="TRANSFER_LEARNING.RATE")
def rate_of_one():
    return tuned(1.0)


@wrong(TUNE, code="TRANSFER_LEARNING.RATE")
def keras_default_of_sgd():
    return tuned(0.01, optimizer=keras.optimizers.SGD)


@wrong(TUNE, code="TRANSFER_LEARNING.STILL_FROZEN")
def still_frozen():
    return tuned(base=frozen())


@wrong(TUNE, code="TRANSFER_LEARNING.SOURCE_CLASSES")
def classes_of_the_source():
    return tuned(units=6)


@wrong(TUNE, code="TRANSFER_LEARNING.OTHER_TARGET")
def classes_of_exercise_one():
    return tuned(units=4)


@wrong(TUNE, code="TRANSFER_LEARNING.FRESH_WEIGHTS")
def scratch_in_disguise():
    return tuned(base=keras.models.clone_model(networks.backbone()))


@wrong(TUNE, code="COMPILE.MISSING")
def not_compiled():
    return chain(networks.backbone(), mean_per_map(), soft(10))


@wrong(TUNE, code="TRANSFER_LEARNING.NOT_RECOMPILED")
def thawed_behind_the_back_of_fit():
    base = frozen()
    model = tuned(1e-4, base=base)
    rng = np.random.default_rng(0)
    model.fit(rng.random((8, *PICTURE)), np.arange(8), verbose=0)
    base.trainable = True
    return model


# -- 4 · The second stage ------------------------------------------------------------

STAGES = "transfer-learning-two-stages"


def stage_one():
    """Return a frozen base with a head that was trained for a moment."""
    model = chain(frozen(), mean_per_map(), soft(4))
    model.compile(keras.optimizers.Adam(1e-3), LOSS, metrics=["accuracy"])
    rng = np.random.default_rng(0)
    model.fit(rng.random((8, *PICTURE)), np.arange(8) % 4, verbose=0)
    return model


def thaw(model, *, first=4, norms=False):
    base = model.layers[0]
    base.trainable = True
    wanted = tuple(f"block{number}" for number in range(first, 5))
    for each in base.layers:
        is_norm = isinstance(each, layers.BatchNormalization)
        each.trainable = each.name.startswith(wanted) and (norms or not is_norm)
    return model


def compiled(model, rate=1e-5):
    model.compile(keras.optimizers.Adam(rate), LOSS, metrics=["accuracy"])
    return model


@right(STAGES)
def thawed_then_compiled():
    return compiled(thaw(stage_one()))


@right(STAGES)
def switched_one_by_one():
    model = stage_one()
    for name in ("block4_conv1", "block4_conv2"):
        model.layers[0].get_layer(name).trainable = True
    return compiled(model, 1e-4)


@right(STAGES)
def by_position_with_another_optimizer():
    model = stage_one()
    model.layers[0].trainable = True
    for each in model.layers[0].layers[:-6]:
        each.trainable = False
    for each in model.layers[0].layers[-6:]:
        if "norm" in each.name:
            each.trainable = False
    model.compile(keras.optimizers.SGD(1e-4, momentum=0.9), loss=LOSS)
    return model


@right(STAGES)
def trained_on_afterwards():
    model = compiled(thaw(stage_one()))
    rng = np.random.default_rng(0)
    model.fit(rng.random((8, *PICTURE)), np.arange(8) % 4, verbose=0)
    return model


@right(STAGES)
def a_new_model_around_the_same_layers():
    model = thaw(stage_one())
    inputs = keras.Input(shape=PICTURE)
    x = model.layers[0](inputs, training=False)
    for each in model.layers[1:]:
        x = each(x)
    return compiled(keras.Model(inputs, x))


@wrong(STAGES, code="TRANSFER_LEARNING.NORM_THAWED")
def norms_thawed_as_well():
    return compiled(thaw(stage_one(), norms=True))


@wrong(STAGES, code="TRANSFER_LEARNING.NOT_RECOMPILED")
def not_compiled_anew():
    model = thaw(stage_one())
    model.optimizer.learning_rate = 1e-5
    return model


@wrong(STAGES, code="TRANSFER_LEARNING.HEAD_FROZEN")
def head_frozen_now():
    model = thaw(stage_one())
    model.layers[-1].trainable = False
    return compiled(model)


@wrong(STAGES, code="TRANSFER_LEARNING.RATE")
def rate_of_stage_one():
    return compiled(thaw(stage_one()), 1e-3)


@wrong(STAGES, code="TRANSFER_LEARNING.ALL_THAWED")
def everything_thawed():
    model = stage_one()
    model.layers[0].trainable = True
    return compiled(model)


@wrong(STAGES, code="TRANSFER_LEARNING.TOO_EARLY")
def two_blocks_thawed():
    return compiled(thaw(stage_one(), first=3))


@wrong(STAGES, code="TRANSFER_LEARNING.STILL_FROZEN")
def compiled_only():
    model = stage_one()
    model.layers[0].get_layer("block4_conv2").trainable = True
    return compiled(model)


# -- 5 · Several heads, one pass -----------------------------------------------------

HEADS = "transfer-learning-heads-on-cache"


@right(HEADS)
def predicted_once():
    def try_heads(base, heads, pictures):
        features = base.predict(pictures, verbose=0)
        return [head.predict(features, verbose=0) for head in heads]

    return try_heads


@right(HEADS)
def all_at_once_without_predict():
    def try_heads(base, heads, pictures):
        features = base(pictures, training=False)
        return [head(features, training=False).numpy() for head in heads]

    return try_heads


@right(HEADS)
def batches_by_hand():
    def try_heads(base, heads, pictures):
        starts = range(0, len(pictures), 32)
        pieces = [base(pictures[i : i + 32], training=False) for i in starts]
        features = np.concatenate(pieces)
        return tuple(np.asarray(head(features)) for head in heads)

    return try_heads


@right(HEADS)
def plain_calls():
    def try_heads(base, heads, pictures):
        features = base(pictures)
        return [head(features) for head in heads]

    return try_heads


@wrong(HEADS, code="TRANSFER_LEARNING.IN_TRAINING")
def features_in_training_mode():
    def try_heads(base, heads, pictures):
        features = base(pictures, training=True)
        return [head(features).numpy() for head in heads]

    return try_heads


@wrong(HEADS, code="TRANSFER_LEARNING.ONCE_PER_HEAD")
def end_to_end_for_each_head():
    def try_heads(base, heads, pictures):
        return [
            head.predict(base.predict(pictures, verbose=0), verbose=0) for head in heads
        ]

    return try_heads


@wrong(HEADS, code="TRANSFER_LEARNING.ONE_BY_ONE")
def picture_by_picture():
    def try_heads(base, heads, pictures):
        pieces = [base(picture[None], training=False) for picture in pictures]
        features = np.concatenate(pieces)
        return [head(features).numpy() for head in heads]

    return try_heads


@wrong(HEADS, code="TRANSFER_LEARNING.HEADS_DIFFER")
def heads_in_training_mode():
    def try_heads(base, heads, pictures):
        features = base.predict(pictures, verbose=0)
        return [head(features, training=True).numpy() for head in heads]

    return try_heads


@wrong(HEADS, code="TRANSFER_LEARNING.HEAD_COUNT")
def first_head_only():
    def try_heads(base, heads, pictures):
        features = base.predict(pictures, verbose=0)
        return [heads[0].predict(features, verbose=0)]

    return try_heads


# -- 6 · The heads of VGG16 ----------------------------------------------------------

SIZES = "transfer-learning-head-sizes"
CLASSES = lesson.head_sizes.parameters("")["classes"]


@right(SIZES)
def by_hand():
    return 513 * CLASSES, (7 * 7 * 512 + 1) * CLASSES


@right(SIZES)
def counted_by_keras():
    def head(pool):
        model = keras.Sequential([keras.Input(shape=(7, 7, 512)), pool])
        model.add(layers.Dense(CLASSES))
        return model.count_params()

    return head(mean_per_map()), head(layers.Flatten())


@wrong(SIZES, code="TRANSFER_LEARNING.BIAS_FORGOTTEN")
def weights_only():
    return 512 * CLASSES, 7 * 7 * 512 * CLASSES


@wrong(SIZES, code="TRANSFER_LEARNING.POSITIONS_FOR_MAPS")
def positions_for_maps():
    return (7 * 7 + 1) * CLASSES, (7 * 7 * 512 + 1) * CLASSES


@wrong(SIZES, code="TRANSFER_LEARNING.BASE_COUNTED")
def base_included():
    return 513 * CLASSES + 14_714_688, 25_089 * CLASSES + 14_714_688


@wrong(SIZES, code="TRANSFER_LEARNING.OTHER_HEAD")
def changed_places():
    return 25_089 * CLASSES, 513 * CLASSES


@wrong(SIZES, code="TRANSFER_LEARNING.ONE_SIDE")
def rows_only():
    return 513 * CLASSES, (7 * 512 + 1) * CLASSES


VGG = "transfer-learning-vgg-head"


def vgg(*steps):
    return keras.Sequential([keras.Input(shape=(7, 7, 512)), *steps])


@right(VGG)
def plain_head():
    return vgg(mean_per_map(), soft(133))


@right(VGG)
def functional_head():
    inputs = keras.Input((7, 7, 512), name="features")
    outputs = layers.Dense(133, "softmax", name="breeds")(mean_per_map()(inputs))
    return keras.Model(inputs, outputs)


@right(VGG)
def softmax_as_a_layer():
    return vgg(mean_per_map(), layers.Dense(133), layers.Softmax())


@right(VGG)
def activation_as_a_layer():
    return vgg(mean_per_map(), layers.Dense(133), layers.Activation("softmax"))


@right(VGG)
def subclassed_head():
    class Head(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = layers.Dense(133, activation=keras.activations.softmax)

        def call(self, features):
            return self.dense(keras.ops.mean(features, axis=[1, 2]))

    return Head()


@wrong(VGG, code="TRANSFER_LEARNING.FLATTEN")
def flattened():
    return vgg(layers.Flatten(), soft(133))


@wrong(VGG, code="TRANSFER_LEARNING.LARGEST")
def largest_of_each_map():
    return vgg(layers.GlobalMaxPooling2D(), soft(133))


@wrong(VGG, code="TRANSFER_LEARNING.NO_BIAS")
def without_bias():
    return vgg(mean_per_map(), layers.Dense(133, activation="softmax", use_bias=False))


@wrong(VGG, code="TRANSFER_LEARNING.SIGMOID_HEAD")
def sigmoid_head():
    return vgg(mean_per_map(), layers.Dense(133, activation="sigmoid"))


@wrong(VGG, code="INPUT.SHAPE")
def features_of_another_base():
    return keras.Sequential([keras.Input((4, 4, 128)), mean_per_map(), soft(133)])


# -- 7 · Which strategy, in which case? ----------------------------------------------

CASES = "transfer-learning-case-by-case"
PARTS = ("small_similar", "small_different", "large_similar", "large_different")


def letters(**changed):
    """Return the right letters of each case, some of them changed."""
    from checkers.keys._transfer_learning_table import WITHIN

    chosen = {**WITHIN, **changed}
    found = []
    for part in PARTS:
        choices = lesson.case_by_case.choices("", part=part)
        found.append("".join(choices.letter_of(one) for one in chosen[part]))
    return found


def read(option):
    return lesson.case_by_case.choices("", part="reading").letter_of(option)


@right(CASES)
def read_off_the_table():
    return 20, *letters(), read("data")


@right(CASES)
def lists_and_small_letters():
    return -5.5, *(list(text.lower()) for text in letters()), read("data").lower()


@wrong(CASES, code="TRANSFER_LEARNING.ALWAYS_TUNE")
def always_tune():
    return 20, *letters(**dict.fromkeys(PARTS, ("tune",))), read("tune")


@wrong(CASES, code="TRANSFER_LEARNING.ALWAYS_FREEZE")
def always_freeze():
    return 20, *letters(**dict.fromkeys(PARTS, ("frozen",))), read("data")


@wrong(CASES, code="TRANSFER_LEARNING.CUT_CHOSEN")
def early_blocks_for_few_digits():
    return 20, *letters(small_different=("cut",)), read("data")


@wrong(CASES, code="TRANSFER_LEARNING.FEW_MEANS_FREEZE")
def the_usual_recipe():
    return 20, *letters(), read("freeze")


@wrong(CASES, code="TRANSFER_LEARNING.CASES_EQUAL")
def case_four_is_case_three():
    return 20, *letters(), read("same")


@wrong(CASES, code="TRANSFER_LEARNING.SCRATCH_CHOSEN")
def scratch_in_case_one():
    return 20, *letters(small_similar=("scratch", "frozen")), read("data")


@wrong(CASES, code="NUMBER.OUT_OF_RANGE")
def guess_out_of_range():
    return 740, *letters(), read("data")


# -- 8 · Capstone --------------------------------------------------------------------

CAPSTONE = "transfer-learning-capstone"
TRAIN, VAL = list(range(300)), list(range(300, 400))
CURVES = {
    "accuracy": [0.5, 0.7, 0.8, 0.82],
    "val_accuracy": [0.5, 0.7, 0.78, 0.76],
}


def reader(scale=1.0):
    """Return a network that answers with the class that the first pixel encodes."""
    inputs = keras.Input(shape=PICTURE)
    head = layers.Dense(4)
    model = keras.Model(inputs, head(layers.Flatten()(inputs)))
    kernel = np.zeros(head.kernel.shape, "float32")
    kernel[0] = 2 * 3 * np.arange(4) / scale
    head.set_weights([kernel, -(np.arange(4, dtype="float32") ** 2)])
    return model


def pictures(share):
    """Return 4,000 pictures, of which so many percent show their class."""
    labels = np.arange(4_000) % 4
    is_shown = np.arange(4_000) // 4 < share * 10
    shown = np.where(is_shown, labels, (labels + 1 + np.arange(4_000) // 4 % 3) % 4)
    x = np.zeros((4_000, *PICTURE), "float32")
    x[:, 0, 0, 0] = shown / 3
    x[:, 1, 1, 1] = 1.0
    return x, labels


def handed_in(
    share=80.0,
    *,
    train=TRAIN,
    val=VAL,
    baseline=25.0,
    curves=CURVES,
    said=("best_earlier", "no_gap"),
    model=None,
    own=None,
):
    """Return what a learner hands in, with the check's pictures."""
    choices = lesson.capstone.choices("", part="reading")
    reading = "".join(choices.letter_of(one) for one in said)
    (model or reader()).save("transfer.keras")
    measured = share if own is None else own
    parts = (train, val, baseline, curves, reading, "transfer.keras", measured)
    return *parts, pictures(share)


@right(CAPSTONE)
def above_the_limit():
    return handed_in()


@right(CAPSTONE)
def arrays_and_percent():
    order = np.random.default_rng(3).permutation(400)
    curves = {name: np.array(each) * 100 for name, each in CURVES.items()}
    return handed_in(
        83.0, train=order[:280], val=order[280:], curves=curves, own=np.float32(83.0)
    )


@right(CAPSTONE)
def best_at_the_end_and_overfitting():
    curves = {"accuracy": [0.6, 0.99], "val_accuracy": [0.6, 0.81]}
    return handed_in(curves=curves, said=("best_last", "gap"))


@wrong(CAPSTONE, code="TRANSFER_LEARNING.NOT_DISJOINT")
def validation_among_training():
    return handed_in(train=list(range(400)))


@wrong(CAPSTONE, code="TRANSFER_LEARNING.DRAWN_TWICE")
def drawn_with_replacement():
    return handed_in(train=np.random.default_rng(0).integers(0, 300, 300))


@wrong(CAPSTONE, code="TRANSFER_LEARNING.OUTSIDE_POOL")
def positions_of_another_array():
    return handed_in(val=list(range(400, 500)))


@wrong(CAPSTONE, code="TRANSFER_LEARNING.FEW_VALIDATE")
def ten_to_validate():
    return handed_in(train=list(range(390)), val=list(range(390, 400)))


@wrong(CAPSTONE, code="TRANSFER_LEARNING.NO_POSITIONS")
def counts_in_place_of_positions():
    return handed_in(train=[0.75], val=[0.25])


@wrong(CAPSTONE, code="TRANSFER_LEARNING.TEN_CLASSES")
def one_in_ten():
    return handed_in(baseline=10)


@wrong(CAPSTONE, code="TRANSFER_LEARNING.BELOW_LIMIT")
def hardly_better_than_scratch():
    return handed_in(55.0)


@wrong(CAPSTONE, code="TRAINED.OTHER_SCALE")
def trained_on_0_to_255():
    return handed_in(model=reader(scale=255.0), own=25.0)


@wrong(CAPSTONE, code="TRANSFER_LEARNING.EPOCH_READ")
def best_epoch_misread():
    return handed_in(said=("best_last", "no_gap"))


@wrong(CAPSTONE, code="TRANSFER_LEARNING.GAP_READ")
def gap_misread():
    return handed_in(said=("best_earlier", "gap"))


@wrong(CAPSTONE, code="TRANSFER_LEARNING.TWO_SENTENCES")
def all_sentences():
    return handed_in(said=("best_earlier", "best_last", "gap"))


@wrong(CAPSTONE, code="TRAINED.MEASURED_AS_FRACTION")
def accuracy_as_a_share():
    return handed_in(own=0.8)


# -- ★ 9 · Grad-CAM ------------------------------------------------------------------

CAM = "transfer-learning-grad-cam"


def maps_and_gradient(base, head, picture, label):
    with tf.GradientTape() as tape:
        maps = base(picture[None])
        tape.watch(maps)
        score = head(maps)[0, label]
    return maps.numpy()[0], tape.gradient(score, maps).numpy()[0]


@right(CAM)
def with_numpy():
    def grad_cam(base, head, picture, label):
        maps, gradient = maps_and_gradient(base, head, picture, label)
        return np.maximum(maps @ gradient.mean(axis=(0, 1)), 0)

    return grad_cam


@right(CAM)
def with_tensorflow():
    def grad_cam(base, head, picture, label):
        maps = tf.Variable(base(tf.convert_to_tensor(picture)[None]))
        with tf.GradientTape() as tape:
            scores = head(maps)
            score = tf.reduce_sum(scores * tf.one_hot([label], 3))
        weights = tf.reduce_mean(tape.gradient(score, maps), axis=[1, 2])
        return tf.nn.relu(tf.einsum("bijk,bk->bij", maps, weights))[0]

    return grad_cam


@right(CAM)
def map_by_map():
    def grad_cam(base, head, picture, label):
        maps, gradient = maps_and_gradient(base, head, picture, label)
        total = np.zeros(maps.shape[:2])
        for number in range(maps.shape[-1]):
            total += gradient[..., number].mean() * maps[..., number]
        return total * (total > 0)

    return grad_cam


def cam(formula):
    def grad_cam(base, head, picture, label):
        return formula(*maps_and_gradient(base, head, picture, label))

    return grad_cam


@wrong(CAM, code="TRANSFER_LEARNING.CAM_NOT_CUT")
def negative_values_kept():
    return cam(lambda a, g: a @ g.mean(axis=(0, 1)))


@wrong(CAM, code="TRANSFER_LEARNING.CAM_SUMS")
def sums_of_gradients():
    return cam(lambda a, g: np.maximum(a @ g.sum(axis=(0, 1)), 0))


@wrong(CAM, code="TRANSFER_LEARNING.CAM_BY_POSITION")
def gradient_times_map():
    return cam(lambda a, g: np.maximum((a * g).sum(axis=-1), 0))


@wrong(CAM, code="TRANSFER_LEARNING.CAM_UNWEIGHTED")
def maps_without_weights():
    return cam(lambda a, g: np.maximum(a.sum(axis=-1), 0))


@wrong(CAM, code="TRANSFER_LEARNING.CAM_MEAN_OF_MAPS")
def mean_over_the_maps():
    return cam(lambda a, g: np.maximum((a * g.mean(axis=(0, 1))).mean(axis=-1), 0))


@wrong(CAM, code="TRANSFER_LEARNING.CAM_CUT_FIRST")
def cut_map_by_map():
    return cam(lambda a, g: np.maximum(a * g.mean(axis=(0, 1)), 0).sum(axis=-1))


@wrong(CAM, code="TRANSFER_LEARNING.CAM_SCALED")
def divided_by_its_largest():
    def formula(a, g):
        found = np.maximum(a @ g.mean(axis=(0, 1)), 0)
        return found / found.max() if found.max() > 0 else found

    return cam(formula)


@wrong(CAM, code="TRANSFER_LEARNING.CAM_ALL_CLASSES")
def gradient_of_all_scores():
    def grad_cam(base, head, picture, label):
        with tf.GradientTape() as tape:
            maps = base(picture[None])
            tape.watch(maps)
            scores = head(maps)
        gradient = tape.gradient(scores, maps).numpy()[0]
        return np.maximum(maps.numpy()[0] @ gradient.mean(axis=(0, 1)), 0)

    return grad_cam


@wrong(CAM, code="TRANSFER_LEARNING.CAM_PROBABILITY")
def gradient_of_a_probability():
    def grad_cam(base, head, picture, label):
        with tf.GradientTape() as tape:
            maps = base(picture[None])
            tape.watch(maps)
            share = tf.nn.softmax(head(maps))[0, label]
        gradient = tape.gradient(share, maps).numpy()[0]
        return np.maximum(maps.numpy()[0] @ gradient.mean(axis=(0, 1)), 0)

    return grad_cam
