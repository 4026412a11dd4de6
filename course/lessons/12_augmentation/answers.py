"""Right variants and wrong answers of lesson 12, augmentation."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from checkers import augmentation
from course.answers import right, wrong

# -- 1 · penalty_steps ---------------------------------------------------------------


def adam(option="adamw"):
    return augmentation.penalty_steps.choices(part="with_adam").letter_of(option)


def l2(w, b, dw, db, lr, lam, m):
    return w * (1 - lr * lam / m) - lr * dw, b - lr * db


def l1(w, b, dw, db, lr, lam, m):
    return w - lr * lam / m * np.sign(w) - lr * dw, b - lr * db


def steps(l2_step=l2, l1_step=l1, option="adamw"):
    return l2_step, l1_step, adam(option)


@right("augmentation-penalty-steps")
def shrink_then_step():
    return steps()


@right("augmentation-penalty-steps")
def slope_of_the_cost():
    def l2_step(w, b, dw, db, lr, lam, m):
        slope = dw + (lam / m) * w
        return np.subtract(w, lr * slope), np.subtract(b, lr * db)

    def l1_step(w, b, dw, db, lr, lam, m):
        slope = dw + lam / m * ((w > 0).astype(float) - (w < 0))
        return [w - lr * slope, b - lr * db]

    return l2_step, l1_step, adam().lower()


@right("augmentation-penalty-steps")
def loops_over_entries():
    def l2_step(w, b, dw, db, lr, lam, m):
        new = [
            [one - lr * (slope + lam * one / m) for one, slope in zip(*rows)]
            for rows in zip(w, dw, strict=True)
        ]
        return np.array(new), b - lr * db

    def l1_step(w, b, dw, db, lr, lam, m):
        new = w.copy()
        for place, one in np.ndenumerate(w):
            pull = 0 if one == 0 else lam / m * one / abs(one)
            new[place] -= lr * (dw[place] + pull)
        return new, b - lr * db

    return steps(l2_step, l1_step)


@right("augmentation-penalty-steps")
def tensors():
    def l2_step(w, b, dw, db, lr, lam, m):
        return tf.constant(w) * (1 - lr * lam / m) - lr * dw, b - lr * tf.constant(db)

    return steps(l2_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.HALF_TWICE")
def half_taken_twice():
    def l2_step(w, b, dw, db, lr, lam, m):
        return w * (1 - lr * lam / (2 * m)) - lr * dw, b - lr * db

    return steps(l2_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.HALF_FORGOTTEN")
def slope_of_keras():
    def l2_step(w, b, dw, db, lr, lam, m):
        return w - lr * (dw + 2 * lam / m * w), b - lr * db

    return steps(l2_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.BIAS_DECAYED")
def biases_shrink_too():
    def l2_step(w, b, dw, db, lr, lam, m):
        keep = 1 - lr * lam / m
        return w * keep - lr * dw, b * keep - lr * db

    return steps(l2_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.BIAS_DECAYED")
def biases_pulled_in_l1():
    def l1_step(w, b, dw, db, lr, lam, m):
        new = [one - lr * lam / m * np.sign(one) for one in (w, b)]
        return new[0] - lr * dw, new[1] - lr * db

    return steps(l1_step=l1_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.ADDED_TO_RATE")
def added_to_the_rate():
    def l2_step(w, b, dw, db, lr, lam, m):
        return w - (lr + lam / m) * dw, b - lr * db

    return steps(l2_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.DECAY_WITHOUT_RATE")
def decay_without_rate():
    def l2_step(w, b, dw, db, lr, lam, m):
        return w * (1 - lam / m) - lr * dw, b - lr * db

    return steps(l2_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.NOT_DIVIDED_BY_M")
def not_divided():
    def l2_step(w, b, dw, db, lr, lam, m):
        return w * (1 - lr * lam) - lr * dw, b - lr * db

    return steps(l2_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.DECAY_AFTER_STEP")
def shrunk_after_the_step():
    def l2_step(w, b, dw, db, lr, lam, m):
        new = w - lr * dw
        return new - lr * lam / m * new, b - lr * db

    return steps(l2_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.L2_FOR_L1_STEP")
def l2_twice():
    return steps(l2, l2)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.SIZE_FOR_SIGN")
def size_in_place_of_sign():
    def l1_step(w, b, dw, db, lr, lam, m):
        return w - lr * (dw + lam / m * np.abs(w)), b - lr * db

    return steps(l1_step=l1_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.SIGN_OF_GRADIENT")
def sign_of_the_gradient():
    def l1_step(w, b, dw, db, lr, lam, m):
        return w - lr * (dw + lam / m * np.sign(dw)), b - lr * db

    return steps(l1_step=l1_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.HALF_IN_L1")
def half_in_l1():
    def l1_step(w, b, dw, db, lr, lam, m):
        return w - lr * (dw + lam / (2 * m) * np.sign(w)), b - lr * db

    return steps(l1_step=l1_step)


@wrong("augmentation-penalty-steps", code="FUNCTION.NAN")
def divided_by_size():
    def l1_step(w, b, dw, db, lr, lam, m):
        return w - lr * (dw + lam / m * w / np.abs(w)), b - lr * db

    return steps(l1_step=l1_step)


@wrong("augmentation-penalty-steps", code="FUNCTION.MUTATES")
def changed_in_place():
    def l2_step(w, b, dw, db, lr, lam, m):
        w *= 1 - lr * lam / m
        w -= lr * dw
        return w, b - lr * db

    return steps(l2_step)


@wrong("augmentation-penalty-steps", code="FUNCTION.WRONG_COUNT")
def weights_alone():
    def l2_step(w, b, dw, db, lr, lam, m):
        return w * (1 - lr * lam / m) - lr * dw

    return steps(l2_step)


@wrong("augmentation-penalty-steps", code="AUGMENTATION.ADAM_DIVIDES_PENALTY")
def adam_with_a_regularizer():
    return steps(option="kernel_regularizer")


@wrong("augmentation-penalty-steps", code="AUGMENTATION.RATE_IS_NO_DECAY")
def adam_with_a_smaller_rate():
    return steps(option="rate")


# -- 2 · keras_penalty ---------------------------------------------------------------

W = augmentation.keras_penalty.parameters("")["weights"]


@right("augmentation-keras-penalty")
def sum_of_squares():
    return 0.01 * sum(w**2 for w in W), 0.02 * W[0]


@right("augmentation-keras-penalty")
def asked_of_keras():
    weights = tf.Variable(np.array(W, "float32"))
    with tf.GradientTape() as tape:
        penalty = keras.regularizers.L2(0.01)(weights)
    return penalty, tape.gradient(penalty, weights)[0]


@right("augmentation-keras-penalty")
def l2_loss_doubled():
    return 0.01 * 2 * tf.nn.l2_loss(np.array(W, "float32")), np.float32(0.02 * W[0])


@wrong("augmentation-keras-penalty", code="AUGMENTATION.HALF_OF_L2")
def with_a_half():
    return 0.005 * sum(w**2 for w in W), 0.02 * W[0]


@wrong("augmentation-keras-penalty", code="AUGMENTATION.NORM_NOT_SQUARED")
def with_a_root():
    return 0.01 * float(np.linalg.norm(W)), 0.02 * W[0]


@wrong("augmentation-keras-penalty", code="AUGMENTATION.MEAN_OF_L2")
def mean_of_squares():
    return 0.01 * float(np.mean(np.square(W))), 0.02 * W[0]


@wrong("augmentation-keras-penalty", code="AUGMENTATION.L1_FOR_L2")
def sum_of_sizes():
    return 0.01 * sum(map(abs, W)), 0.02 * W[0]


@wrong("augmentation-keras-penalty", code="AUGMENTATION.SQUARE_OF_SUM")
def square_of_the_sum():
    return 0.01 * sum(W) ** 2, 0.02 * W[0]


@wrong("augmentation-keras-penalty", code="AUGMENTATION.SLOPE_WITH_HALF")
def slope_of_the_books():
    return 0.01 * sum(w**2 for w in W), 0.01 * W[0]


@wrong("augmentation-keras-penalty", code="AUGMENTATION.FACTOR_FORGOTTEN")
def factor_left_out():
    return sum(w**2 for w in W), 2 * W[0]


# -- 3 · penalized_net ---------------------------------------------------------------


def small(**settings):
    return {"kernel_regularizer": keras.regularizers.L2(0.001), **settings}


def wine(*steps):
    return keras.Sequential([keras.Input(shape=(11,)), *steps])


def noise(stddev=0.2):
    return layers.GaussianNoise(stddev)


def hidden(**settings):
    return layers.Dense(32, activation="relu", **small(**settings))


def head(**settings):
    return layers.Dense(1, **small(**settings))


@right("augmentation-penalized-net")
def noisy_sequential():
    return wine(noise(), hidden(), head())


@right("augmentation-penalized-net")
def noisy_functional():
    inputs = keras.Input((11,))
    penalty = keras.regularizers.l2(1e-3)
    x = layers.GaussianNoise(stddev=0.2, seed=1)(inputs)
    x = layers.Dense(32, kernel_regularizer=penalty)(x)
    x = layers.ReLU()(x)
    return keras.Model(inputs, layers.Dense(1, kernel_regularizer=penalty)(x))


@right("augmentation-penalized-net")
def noisy_subclass():
    class WineNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.noise, self.hidden, self.head = noise(), hidden(), head()

        def call(self, inputs, training=None):
            return self.head(self.hidden(self.noise(inputs, training=training)))

    return WineNet()


@right("augmentation-penalized-net")
def l1_and_l2_with_one_zero():
    both = keras.regularizers.L1L2(l1=0.0, l2=0.001)
    return wine(
        noise(0.1 + 0.1),
        layers.Dense(32, "relu", kernel_regularizer=both, bias_regularizer=None),
        layers.Dense(
            1, kernel_regularizer={"class_name": "L2", "config": {"l2": 1e-3}}
        ),
    )


@right("augmentation-penalized-net")
def penalty_as_a_function():
    def penalty(weights):
        return 0.001 * keras.ops.sum(keras.ops.square(weights))

    return wine(
        noise(),
        layers.Dense(32, activation="relu", kernel_regularizer=penalty),
        layers.Dense(1, kernel_regularizer=lambda w: 0.002 * tf.nn.l2_loss(w)),
    )


@wrong("augmentation-penalized-net", code="AUGMENTATION.BIAS_PENALIZED", layer=1)
def biases_penalized_too():
    penalty = keras.regularizers.L2(0.001)
    return wine(
        noise(), hidden(bias_regularizer=penalty), head(bias_regularizer=penalty)
    )


@wrong("augmentation-penalized-net", code="AUGMENTATION.OUTPUTS_PENALIZED", layer=1)
def outputs_penalized():
    penalty = keras.regularizers.L2(0.001)
    dense = layers.Dense(32, activation="relu", activity_regularizer=penalty)
    return wine(noise(), dense, head())


@wrong("augmentation-penalized-net", code="AUGMENTATION.DEFAULT_FACTOR", layer=1)
def the_word_l2():
    return wine(noise(), hidden(kernel_regularizer="l2"), head(kernel_regularizer="l2"))


@wrong("augmentation-penalized-net", code="AUGMENTATION.L1_PENALTY", layer=1)
def l1_in_place_of_l2():
    penalty = keras.regularizers.L1(0.001)
    return wine(
        noise(), hidden(kernel_regularizer=penalty), head(kernel_regularizer=penalty)
    )


@wrong("augmentation-penalized-net", code="LAYER.PROPERTY", layer=2)
def one_layer_penalized():
    return wine(noise(), hidden(), layers.Dense(1))


@wrong("augmentation-penalized-net", code="LAYER.PROPERTY", layer=1)
def function_with_a_half():
    dense = layers.Dense(
        32, activation="relu", kernel_regularizer=lambda w: 0.001 * tf.nn.l2_loss(w)
    )
    return wine(noise(), dense, head())


@wrong("augmentation-penalized-net", code="AUGMENTATION.NOISE_ON_UNITS", layer=1)
def noise_behind_the_first_layer():
    return wine(hidden(), noise(), head())


@wrong("augmentation-penalized-net", code="AUGMENTATION.NOISE_ON_OUTPUT", layer=2)
def noise_on_the_output():
    return wine(hidden(), head(), noise())


@wrong("augmentation-penalized-net", code="AUGMENTATION.VARIANCE_FOR_STDDEV", layer=0)
def variance_of_the_noise():
    return wine(noise(0.04), hidden(), head())


@wrong("augmentation-penalized-net", code="AUGMENTATION.NOISE_MULTIPLIES", layer=0)
def noise_that_multiplies():
    return wine(layers.GaussianDropout(0.2), hidden(), head())


# -- 4 · augmented_nets --------------------------------------------------------------


def behind():
    return [
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]


def shift(factor=0.1, other=None, **settings):
    return layers.RandomTranslation(
        factor, factor if other is None else other, **settings
    )


def mirror(mode="horizontal"):
    return layers.RandomFlip(mode)


def digit_net(*front):
    return keras.Sequential([keras.Input((28, 28, 1)), *front, *behind()])


def photo_net(*front):
    return keras.Sequential([keras.Input((32, 32, 3)), *front, *behind()])


def both(digits=None, photos=None):
    return digits or digit_net(shift()), photos or photo_net(shift(), mirror())


@right("augmentation-augmented-nets")
def layers_in_front():
    return both()


@right("augmentation-augmented-nets")
def mirrored_before_the_shift():
    shift_ = shift((-0.1, 0.1), (-0.1, 0.1), fill_mode="constant", seed=3)
    return digit_net(shift_), photo_net(mirror(), shift(0.07, fill_mode="nearest"))


@right("augmentation-augmented-nets")
def nested_and_functional():
    block = keras.Sequential([shift(), mirror()], name="augmentation")
    inputs = keras.Input((32, 32, 3))
    x = block(inputs)
    for step in behind():
        x = step(x)
    inner = keras.Sequential(behind(), name="network")
    return digit_net_of(shift(), inner), keras.Model(inputs, x)


def digit_net_of(front, network):
    return keras.Sequential([keras.Input((28, 28, 1)), front, network])


class RollPictures(layers.Layer):
    """Shifts each picture by whole pixels, and mirrors some; in training only."""

    def __init__(self, most, *, mirrors=False, always=False, per_batch=False):
        super().__init__()
        self.most, self.mirrors, self.always = most, mirrors, always
        self.per_batch = per_batch

    def call(self, images, training=None):
        if not training and not self.always:
            return images
        if self.per_batch:
            return self.moved(images)
        return tf.map_fn(self.moved, images)

    def moved(self, image):
        by = tf.random.uniform((2,), -self.most, self.most + 1, dtype="int32")
        moved = tf.roll(image, by, axis=[-3, -2])
        if not self.mirrors:
            return moved
        left_right = tf.reverse(moved, axis=[-2])
        return tf.where(tf.random.uniform(()) < 0.5, left_right, moved)


@right("augmentation-augmented-nets")
def layers_of_ones_own():
    return digit_net(RollPictures(2)), photo_net(RollPictures(3, mirrors=True))


@right("augmentation-augmented-nets")
def subclass_with_a_mode():
    class PhotoNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.front = [shift(0.05), mirror()]
            self.steps = behind()

        def call(self, x, training=None):
            if training:
                for step in self.front:
                    x = step(x, training=True)
            for step in self.steps:
                x = step(x)
            return x

    return both(photos=PhotoNet())


@right("augmentation-augmented-nets")
def a_little_turn_as_well():
    turn = layers.RandomRotation(0.02, fill_mode="constant")
    return both(digit_net(shift(), turn))


@wrong("augmentation-augmented-nets", code="AUGMENTATION.MIRRORED_DIGITS")
def digits_mirrored():
    return both(digit_net(shift(), mirror()))


@wrong("augmentation-augmented-nets", code="AUGMENTATION.MIRRORED_DIGITS")
def digits_mirrored_by_own_layer():
    return both(digit_net(RollPictures(2, mirrors=True)))


@wrong("augmentation-augmented-nets", code="AUGMENTATION.HALF_TURN")
def digits_turned_all_the_way():
    return both(digit_net(shift(), layers.RandomRotation(0.5, fill_mode="constant")))


@wrong("augmentation-augmented-nets", code="AUGMENTATION.UPSIDE_DOWN")
def photographs_on_their_head():
    return both(photos=photo_net(shift(), mirror("horizontal_and_vertical")))


@wrong("augmentation-augmented-nets", code="AUGMENTATION.NOT_MIRRORED")
def photographs_only_shifted():
    return both(photos=photo_net(shift()))


@wrong("augmentation-augmented-nets", code="AUGMENTATION.LATE")
def behind_the_convolution():
    first, *others = behind()
    model = keras.Sequential([keras.Input((28, 28, 1)), first, shift(), *others])
    return both(model)


@wrong("augmentation-augmented-nets", code="AUGMENTATION.NOTHING_HAPPENS")
def nothing_in_front():
    return both(digit_net())


@wrong("augmentation-augmented-nets", code="AUGMENTATION.NOTHING_HAPPENS")
def switched_off():
    class DigitNet(keras.Model):
        def __init__(self):
            super().__init__()
            self.front, self.steps = shift(), behind()

        def call(self, x):
            x = self.front(x, training=False)
            for step in self.steps:
                x = step(x)
            return x

    return both(DigitNet())


@wrong("augmentation-augmented-nets", code="AUGMENTATION.ACTIVE_AT_INFERENCE")
def always_on():
    return both(digit_net(RollPictures(2, always=True)))


@wrong("augmentation-augmented-nets", code="AUGMENTATION.ALWAYS_THE_SAME")
def one_fixed_shift():
    class Fixed(layers.Layer):
        def call(self, images, training=None):
            return tf.roll(images, (2, 1), axis=(1, 2)) if training else images

    return both(digit_net(Fixed()))


@wrong("augmentation-augmented-nets", code="AUGMENTATION.ONE_DRAW")
def one_draw_for_the_batch():
    return both(digit_net(RollPictures(2, per_batch=True)))


@wrong("augmentation-augmented-nets", code="LAYER.RAISES")
def padded_then_cropped():
    crop = layers.RandomCrop(28, 28)  # in Keras 3.15 it crops in training only
    return both(digit_net(layers.ZeroPadding2D(2), crop))


@wrong("augmentation-augmented-nets", code="AUGMENTATION.SHIFTED_FAR")
def shifted_by_three_tenths():
    return both(digit_net(shift(0.3)))


@wrong("augmentation-augmented-nets", code="AUGMENTATION.ONLY_UP_AND_DOWN")
def shifted_up_and_down():
    return both(digit_net(shift(0.1, 0.0)))


@wrong("augmentation-augmented-nets", code="LAYER.PROPERTY")
def another_convolution():
    steps = [shift(), layers.Conv2D(16, 5, activation="relu"), *behind()[1:]]
    return both(keras.Sequential([keras.Input((28, 28, 1)), *steps]))


@wrong("augmentation-augmented-nets", code="MODEL.IMAGE_GENERATOR")
def the_old_generator():
    old = tf.keras.preprocessing.image
    return both(old.ImageDataGenerator(width_shift_range=0.1))


# -- 5 · pipeline --------------------------------------------------------------------

pairs = tf.data.Dataset.from_tensor_slices


def checked(x, y, batch_size):
    return pairs((x, y)).batch(batch_size)


def piped(build, validate=checked):
    return build, validate


def changed(augment, **mode):
    mode = mode or {"training": True}
    return lambda images, labels: (augment(images, **mode), labels)


@right("augmentation-pipeline")
def shuffled_batched_mapped():
    def train(x, y, batch_size, augment):
        data = pairs((x, y)).shuffle(len(x)).batch(batch_size)
        return data.map(changed(augment)).prefetch(tf.data.AUTOTUNE)

    return piped(train)


@right("augmentation-pipeline")
def cached_before_the_shuffle():
    def train(x, y, batch_size, augment):
        data = pairs((x, y)).cache().shuffle(1_000, reshuffle_each_iteration=True)
        data = data.batch(batch_size)
        data = data.map(changed(augment), num_parallel_calls=tf.data.AUTOTUNE)
        return data.prefetch(1)

    def validate(x, y, batch_size):
        return checked(x, y, batch_size).cache().prefetch(1)

    return piped(train, validate)


@right("augmentation-pipeline")
def single_pictures_augmented():
    def train(x, y, batch_size, augment):
        data = pairs((x, y)).shuffle(len(x)).map(changed(augment))
        return data.batch(batch_size).prefetch(2)

    return piped(train)


@right("augmentation-pipeline")
def zipped_before_the_shuffle():
    def train(x, y, batch_size, augment):
        data = tf.data.Dataset.zip(pairs(x), pairs(y)).shuffle(x.shape[0], seed=7)
        return data.batch(batch_size).map(changed(augment)).prefetch(1)

    return piped(train)


@right("augmentation-pipeline", status="passed with a note")
def without_prefetch():
    def train(x, y, batch_size, augment):
        return pairs((x, y)).shuffle(len(x)).batch(batch_size).map(changed(augment))

    return piped(train)


def wrongly(**steps):
    """Return a pipeline in which some steps are others."""

    def train(x, y, batch_size, augment):
        data = steps.get("start", lambda x, y: pairs((x, y)))(x, y)
        data = steps.get("first", lambda d, n: d.shuffle(n))(data, len(x))
        data = steps.get("batch", lambda d, size: d.batch(size))(data, batch_size)
        data = steps.get("change", lambda d, a: d.map(changed(a)))(data, augment)
        return steps.get("last", lambda d, n: d)(data, len(x)).prefetch(1)

    return train


@wrong("augmentation-pipeline", code="AUGMENTATION.BATCHES_SHUFFLED")
def shuffled_behind_batch():
    return piped(wrongly(first=lambda d, n: d, last=lambda d, n: d.shuffle(n)))


@wrong("augmentation-pipeline", code="AUGMENTATION.AUGMENTED_ONCE")
def cached_behind_augment():
    return piped(wrongly(last=lambda d, n: d.cache()))


@wrong("augmentation-pipeline", code="AUGMENTATION.AUGMENTED_ONCE")
def augmented_before_the_data_set():
    def train(x, y, batch_size, augment):
        x = augment(x, training=True)
        return pairs((x, y)).shuffle(len(y)).batch(batch_size).prefetch(1)

    return piped(train)


@wrong("augmentation-pipeline", code="AUGMENTATION.ENDLESS")
def repeated_for_ever():
    return piped(wrongly(last=lambda d, n: d.repeat()))


@wrong("augmentation-pipeline", code="AUGMENTATION.NO_TRAINING_FLAG")
def augment_not_told():
    return piped(wrongly(change=lambda d, a: d.map(lambda x, y: (a(x), y))))


@wrong("augmentation-pipeline", code="AUGMENTATION.NOT_AUGMENTED")
def never_mapped():
    return piped(wrongly(change=lambda d, a: d))


@wrong("augmentation-pipeline", code="AUGMENTATION.NOT_SHUFFLED")
def never_shuffled():
    return piped(wrongly(first=lambda d, n: d))


@wrong("augmentation-pipeline", code="AUGMENTATION.SMALL_BUFFER")
def a_buffer_of_ten():
    return piped(wrongly(first=lambda d, n: d.shuffle(10)))


@wrong("augmentation-pipeline", code="AUGMENTATION.SAME_ORDER")
def shuffled_once():
    def once(data, rows):
        return data.shuffle(rows, reshuffle_each_iteration=False)

    return piped(wrongly(first=once))


@wrong("augmentation-pipeline", code="AUGMENTATION.LABELS_APART")
def shuffled_apart():
    def apart(x, y):
        count = len(x)
        return tf.data.Dataset.zip(pairs(x).shuffle(count), pairs(y).shuffle(count))

    return piped(wrongly(start=apart))


@wrong("augmentation-pipeline", code="AUGMENTATION.TAIL_DROPPED")
def tail_dropped():
    return piped(wrongly(batch=lambda d, size: d.batch(size, drop_remainder=True)))


@wrong("augmentation-pipeline", code="AUGMENTATION.NO_PAIRS")
def images_alone():
    return piped(wrongly(change=lambda d, a: d.map(lambda x, y: a(x, training=True))))


@wrong("augmentation-pipeline", code="AUGMENTATION.NO_DATASET")
def arrays_returned():
    def train(x, y, batch_size, augment):
        return np.asarray(augment(x, training=True)), y

    return piped(train)


@wrong("augmentation-pipeline", code="AUGMENTATION.NO_BATCHES")
def never_batched():
    return piped(wrongly(batch=lambda d, size: d))


@wrong("augmentation-pipeline", code="AUGMENTATION.VALIDATION_SHUFFLED")
def validation_shuffled():
    def validate(x, y, batch_size):
        return pairs((x, y)).shuffle(len(x)).batch(batch_size)

    return piped(wrongly(), validate)


@wrong("augmentation-pipeline", code="AUGMENTATION.ENDLESS")
def validation_repeated():
    def validate(x, y, batch_size):
        return checked(x, y, batch_size).repeat()

    return piped(wrongly(), validate)


@wrong("augmentation-pipeline", code="AUGMENTATION.NO_DATASET")
def nothing_returned():
    def validate(x, y, batch_size):
        checked(x, y, batch_size)

    return piped(wrongly(), validate)


# -- 6 · learning_curve --------------------------------------------------------------
# What the notebook's cells compute on the real data.

LINEAR = np.array(
    [
        [72.45, 74.85, 74.1],
        [75.8, 78.35, 77.45],
        [80.65, 81.0, 80.4],
        [82.2, 82.7, 81.6],
    ]
)
NEAREST = np.array(
    [[80.6, 79.6, 82.55], [83.65, 85.0, 84.7], [90.55, 91.2, 91.3], [94.0, 94.35, 93.5]]
)


def said(option="both"):
    return augmentation.learning_curve.choices(part="reading").letter_of(option)


def tables(linear=LINEAR, nearest=NEAREST, option="both"):
    return {"linear": linear, "nearest": nearest}, said(option)


@right("augmentation-learning-curve")
def tables_as_computed():
    return tables()


@right("augmentation-learning-curve")
def lists_of_rounded_numbers():
    rows = [[round(one, 1) for one in row] for row in NEAREST.tolist()]
    return tables(LINEAR.tolist(), rows, "both")


@wrong("augmentation-learning-curve", code="AUGMENTATION.NO_REPEATS")
def one_seed_per_size():
    return tables(LINEAR[:, 0], NEAREST[:, 0])


@wrong("augmentation-learning-curve", code="AUGMENTATION.NO_REPEATS")
def one_seed_three_times():
    return tables(LINEAR[:, :1].repeat(3, axis=1), NEAREST[:, :1].repeat(3, axis=1))


@wrong("augmentation-learning-curve", code="AUGMENTATION.OTHER_TEST_SET")
def other_test_images():
    return tables(LINEAR + 1.5, NEAREST + 1.5)


@wrong("augmentation-learning-curve", code="AUGMENTATION.TRAINING_IMAGES_TESTED")
def tested_on_training_images():
    return tables(nearest=np.full((4, 3), 100.0))


@wrong("augmentation-learning-curve", code="AUGMENTATION.CURVE_TURNED")
def seeds_as_rows():
    return tables(LINEAR.T, NEAREST.T)


@wrong("augmentation-learning-curve", code="AUGMENTATION.CURVE_FRACTIONS")
def fractions():
    return tables(LINEAR / 100, NEAREST / 100)


@wrong("augmentation-learning-curve", code="AUGMENTATION.CURVES_CHANGED_PLACES")
def models_changed_places():
    return tables(NEAREST, LINEAR)


@wrong("augmentation-learning-curve", code="AUGMENTATION.ALGORITHM_ALONE")
def the_better_model_always_wins():
    return tables(option="algorithm")


@wrong("augmentation-learning-curve", code="AUGMENTATION.DATA_ALONE")
def only_data_count():
    return tables(option="data")


# -- 7 · thousand_images -------------------------------------------------------------
# In place of trained networks: a network that names its class by the brightest of ten
# pixels, and pictures that it names right as often as a test wants. `spoiled` pictures
# of the ten thousand name another class for each of the three networks.

COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)


def pixel_net(place, front=(), behind_it=()):
    """Return a network whose answer is the brightest of ten pixels in row `place`."""
    steps = [*front, layers.Flatten(), layers.Dense(10, "softmax"), *behind_it]
    model = keras.Sequential([keras.Input((28, 28, 1)), *steps])
    kernel = np.zeros((784, 10), "float32")
    for digit in range(10):
        kernel[28 * place + digit, digit] = 9.0
    dense = next(one for one in model.layers if isinstance(one, layers.Dense))
    dense.set_weights([kernel, np.zeros(10, "float32")])
    return model


PLAIN = {"set_1": 92.4, "set_2": 91.7, "set_3": 92.0}  # as the notebook measures them


def pictures(*shares, mirrored=False):
    """Return 10,000 pictures that network `n` names right in a share of all cases."""
    labels = np.repeat(np.arange(10), COUNTS)
    images = np.zeros((10_000, 28, 28, 1), "float32")
    spread = np.random.default_rng(0).permutation(10_000)
    for place, share in enumerate(shares):
        said_ = labels.copy()
        lost = np.roll(spread, 37 * place)[: round(10_000 * (1 - share))]
        said_[lost] = (labels[lost] + 1) % 10
        images[np.arange(10_000), place, said_, 0] = 1.0
        if mirrored:
            images[np.arange(10_000), place, 27 - said_, 0] = 1.0
    return images, labels, PLAIN


def three(*shares, mirrored=False, **settings):
    nets = [pixel_net(place, **settings) for place in range(3)]
    return (*nets, pictures(*shares, mirrored=mirrored))


@right("augmentation-thousand-images")
def a_gain_on_each_set():
    return three(0.955, 0.95, 0.96)


@right("augmentation-thousand-images")
def saved_files():
    first, second, third, data = three(0.955, 0.935, 0.96)
    first.save("first.keras")
    return "first.keras", second, third, data


@wrong("augmentation-thousand-images", code="AUGMENTATION.GAIN_TOO_SMALL")
def no_better_than_plain():
    return three(0.925, 0.92, 0.925)


@wrong("augmentation-thousand-images", code="AUGMENTATION.ONE_SET")
def one_set_only():
    return three(0.94, 0.92, 0.92)


@wrong("augmentation-thousand-images", code="AUGMENTATION.SAME_MODEL_TWICE")
def one_model_for_all():
    first, second, _, data = three(0.955, 0.95, 0.96)
    return first, second, first, data


@wrong("augmentation-thousand-images", code="AUGMENTATION.TRAINED_ON_MIRRORED")
def trained_on_mirrored_digits():
    return three(0.87, 0.88, 0.86, mirrored=True)


@wrong("augmentation-thousand-images", code="AUGMENTATION.HELD_DOWN")
def held_down():
    return three(0.85, 0.86, 0.84, front=[layers.Dropout(0.7)])


@wrong("augmentation-thousand-images", code="TRAINED.TOO_MANY_PARAMS")
def a_larger_network():
    first, second, _, data = three(0.955, 0.95, 0.96)
    wide = keras.Sequential([layers.Dense(300), layers.Dense(10)])
    large = pixel_net(2)
    outputs = layers.Add()(
        [large.outputs[0], wide(layers.Flatten()(large.inputs[0])) * 0.0]
    )
    return first, second, keras.Model(large.inputs, outputs), data


@wrong("augmentation-thousand-images", code="TRAINED.OTHER_SCALE")
def trained_on_raw_pixels():
    nets = [
        pixel_net(place, front=[layers.Lambda(lambda x: keras.ops.relu(x - 100.0))])
        for place in range(3)
    ]
    return (*nets, pictures(0.955, 0.95, 0.96))
