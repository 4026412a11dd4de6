"""Right variants and wrong answers of lesson 02, losses."""

import functools
import math

import keras
import numpy as np
from keras import layers

from checkers import losses
from course.answers import right, wrong

# -- 1 · sigmoid ---------------------------------------------------------------------

SIGMOID = "losses-sigmoid"


@right(SIGMOID)
def by_tanh():
    return lambda x, x0, k: 0.5 * (1 + np.tanh(k * (x - x0) / 2))


@right(SIGMOID)
def by_keras():
    def sigmoid(x, x0, k):
        return keras.ops.sigmoid(np.asarray(k * (x - x0), "float64"))

    return sigmoid


@right(SIGMOID)
def clipped_power():
    def sigmoid(x, x0, k):
        z = np.clip(k * (x - x0), -60, 60)
        return 1 / (1 + np.exp(-z))

    return sigmoid


@right(SIGMOID)
def by_logaddexp():
    return lambda x, x0, k: np.exp(-np.logaddexp(0, -k * (x - x0)))


@right(SIGMOID)
def with_masks():
    def sigmoid(x, x0, k):
        z = np.atleast_1d(k * (np.asarray(x, "float64") - x0))
        result = np.empty_like(z)
        result[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
        result[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
        return result if np.ndim(x) else float(result[0])

    return sigmoid


@wrong(SIGMOID, code="LOSSES.SIGMOID_IS_TANH")
def tanh():
    return lambda x, x0, k: np.tanh(k * (x - x0))


@wrong(SIGMOID, code="LOSSES.SIGMOID_IS_TANH")
def stretched_to_minus_one():
    return lambda x, x0, k: 2 * by_tanh()(x, x0, k) - 1


@wrong(SIGMOID, code="LOSSES.SLOPE_OUTSIDE")
def slope_in_front():
    return lambda x, x0, k: k * by_tanh()(x, x0, 1)


@wrong(SIGMOID, code="LOSSES.SIGMOID_OVERFLOW")
def as_written():
    return lambda x, x0, k: 1 / (1 + np.exp(-k * (x - x0)))


@wrong(SIGMOID, code="FUNCTION.OVERFLOW")
def power_in_the_numerator():
    def sigmoid(x, x0, k):
        power = np.exp(k * (x - x0))
        return power / (1 + power)

    return sigmoid


@wrong(SIGMOID, code="LOSSES.SIGMOID_OVERFLOW")
def both_branches_computed():
    def sigmoid(x, x0, k):
        z = k * (x - x0)
        return np.where(z >= 0, 1 / (1 + np.exp(-z)), 1 - 1 / (1 + np.exp(z)))

    return sigmoid


@wrong(SIGMOID, code="LOSSES.MIDPOINT_SIGN")
def midpoint_added():
    return lambda x, x0, k: by_tanh()(x, -x0, k)


@wrong(SIGMOID, code="LOSSES.MIDPOINT_NOT_SCALED")
def brackets_forgotten():
    return lambda x, x0, k: 0.5 * (1 + np.tanh((k * x - x0) / 2))


@wrong(SIGMOID, code="LOSSES.SIGMOID_FALLS")
def power_with_the_other_sign():
    return lambda x, x0, k: by_tanh()(-x, -x0, k)


@wrong(SIGMOID, code="LOSSES.SLOPE_IGNORED")
def without_slope():
    return lambda x, x0, k: by_tanh()(x, x0, 1)


@wrong(SIGMOID, code="LOSSES.MIDPOINT_IGNORED")
def without_midpoint():
    return lambda x, x0, k: by_tanh()(x, 0, k)


@wrong(SIGMOID, code="LOSSES.SLOPE_DIVIDES")
def slope_divides():
    return lambda x, x0, k: by_tanh()(x, x0, 1 / k)


# -- 2 · softmax ---------------------------------------------------------------------

SOFTMAX = "losses-softmax"


def rows(z):
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


@right(SOFTMAX)
def maximum_after_the_temperature():
    return lambda z, T: rows(z / T)


@right(SOFTMAX)
def by_keras_ops():
    return lambda z, T: keras.ops.softmax(z / T, axis=-1)


@right(SOFTMAX)
def row_by_row():
    def softmax(z, T):
        result = []
        for row in z:
            top = max(row)
            powers = [math.exp((score - top) / T) for score in row]
            result.append([power / sum(powers) for power in powers])
        return result

    return softmax


@right(SOFTMAX)
def by_log_sum_exp():
    def softmax(z, T):
        z = z / T
        total = functools.reduce(np.logaddexp, z.T)
        return np.exp(z - total[:, None])

    return softmax


@wrong(SOFTMAX, code="LOSSES.SOFTMAX_AXIS")
def over_the_examples():
    return lambda z, T: rows((z / T).T).T


@wrong(SOFTMAX, code="LOSSES.SOFTMAX_OVER_BATCH")
def one_sum_for_the_batch():
    def softmax(z, T):
        powers = np.exp(z / T - np.max(z / T))
        return powers / np.sum(powers)

    return softmax


@wrong(SOFTMAX, code="LOSSES.TEMPERATURE_MULTIPLIES")
def times_temperature():
    return lambda z, T: rows(z * T)


@wrong(SOFTMAX, code="LOSSES.TEMPERATURE_IGNORED")
def without_temperature():
    return lambda z, T: rows(z)


@wrong(SOFTMAX, code="LOSSES.TEMPERATURE_ON_RESULT")
def probabilities_divided():
    return lambda z, T: rows(z) / T


@wrong(SOFTMAX, code="LOSSES.SOFTMAX_NO_MAX")
def no_maximum_subtracted():
    def softmax(z, T):
        powers = np.exp(z / T)
        return powers / powers.sum(axis=-1, keepdims=True)

    return softmax


@wrong(SOFTMAX, code="LOSSES.SOFTMAX_NO_MAX")
def maximum_of_the_batch():
    def softmax(z, T):
        powers = np.exp(z / T - np.max(z / T))
        return powers / powers.sum(axis=-1, keepdims=True)

    return softmax


@wrong(SOFTMAX, code="FUNCTION.MUTATES")
def in_place():
    def softmax(z, T):
        z /= T
        return rows(z)

    return softmax


# -- 3 · entropies -------------------------------------------------------------------

ENTROPIES = "losses-entropies"


def terms(p, q, log=np.log):
    keep = p > 0
    return p[keep] * log(q[keep])


def entropy(p):
    return -terms(p, p).sum()


def kl(p, q):
    return (terms(p, p) - terms(p, q)).sum()


def cross_entropy(p, q):
    return -terms(p, q).sum()


@right(ENTROPIES)
def masked():
    return entropy, kl, cross_entropy


@right(ENTROPIES)
def with_a_small_number():
    def small_entropy(p):
        return -np.sum(p * np.log(p + 1e-12))

    def small_kl(p, q):
        return np.sum(p * np.log((p + 1e-12) / (q + 1e-12)))

    def small_cross_entropy(p, q):
        return -np.sum(p * np.log(q + 1e-12))

    return small_entropy, small_kl, small_cross_entropy


@right(ENTROPIES)
def loops():
    def loop_entropy(p):
        return -sum(one * math.log(one) for one in p if one)

    def loop_cross_entropy(p, q):
        return -sum(a * math.log(b) for a, b in zip(p, q, strict=True) if a)

    def loop_kl(p, q):
        return loop_cross_entropy(p, q) - loop_entropy(p)

    return loop_entropy, loop_kl, loop_cross_entropy


@right(ENTROPIES)
def log_by_where():
    def safe(values):
        return np.log(np.where(values > 0, values, 1))

    return (
        lambda p: -np.dot(p, safe(p)),
        lambda p, q: np.dot(p, safe(p) - safe(q)),
        lambda p, q: -np.dot(p, safe(q)),
    )


@wrong(ENTROPIES, code="LOSSES.BITS")
def in_bits():
    return (
        lambda p: -terms(p, p, np.log2).sum(),
        lambda p, q: (terms(p, p, np.log2) - terms(p, q, np.log2)).sum(),
        lambda p, q: -terms(p, q, np.log2).sum(),
    )


@wrong(ENTROPIES, code="LOSSES.KL_SWAPPED")
def divergence_swapped():
    def swapped(p, q):
        with np.errstate(divide="ignore"):
            return np.sum(q[q > 0] * np.log(q[q > 0] / p[q > 0]))

    return entropy, swapped, cross_entropy


@wrong(ENTROPIES, code="LOSSES.LOG_OF_ZERO")
def zeros_not_left_out():
    return (
        lambda p: -np.sum(p * np.log(p)),
        lambda p, q: np.sum(p * np.log(p / q)),
        cross_entropy,
    )


@wrong(ENTROPIES, code="LOSSES.KL_OF_ENTROPIES")
def difference_of_entropies():
    return entropy, lambda p, q: entropy(q) - entropy(p), cross_entropy


@wrong(ENTROPIES, code="LOSSES.KL_IS_CROSS_ENTROPY")
def cross_entropy_twice():
    return entropy, cross_entropy, cross_entropy


@wrong(ENTROPIES, code="LOSSES.CROSS_ENTROPY_SWAPPED")
def truth_and_guess_swapped():
    def swapped(p, q):
        with np.errstate(divide="ignore"):
            return -np.sum(q[q > 0] * np.log(p[q > 0]))

    return entropy, kl, swapped


@wrong(ENTROPIES, code="LOSSES.CROSS_ENTROPY_IS_KL")
def divergence_twice():
    return entropy, kl, kl


@wrong(ENTROPIES, code="LOSSES.CROSS_ENTROPY_IGNORES_Q")
def guess_ignored():
    return entropy, kl, lambda p, q: entropy(p)


@wrong(ENTROPIES, code="LOSSES.ENTROPY_SIGN")
def sign_forgotten():
    return lambda p: terms(p, p).sum(), kl, cross_entropy


@wrong(ENTROPIES, code="LOSSES.DECIMAL_LOGARITHM")
def decimal_logarithm():
    return lambda p: -terms(p, p, np.log10).sum(), kl, cross_entropy


@wrong(ENTROPIES, code="LOSSES.MEAN_OVER_CLASSES")
def mean_over_classes():
    return entropy, kl, lambda p, q: cross_entropy(p, q) / len(p)


# -- 4 · one number ------------------------------------------------------------------

NUMBER = "losses-one-number"
QUESTION = losses.one_number.parameters("")
GUESS, TRUE_CLASS = np.array(QUESTION["guess"]), QUESTION["true_class"]


@right(NUMBER)
def minus_logarithm():
    return -math.log(GUESS[TRUE_CLASS])


@right(NUMBER)
def by_keras_loss():
    loss = keras.losses.SparseCategoricalCrossentropy()
    return loss(np.array([TRUE_CLASS]), GUESS[None])


@right(NUMBER)
def from_the_source():
    return 0.3567


@wrong(NUMBER, code="LOSSES.ALL_CLASSES")
def sum_over_all_classes():
    return -np.log(GUESS).sum()


@wrong(NUMBER, code="LOSSES.DECIMAL_LOGARITHM_NUMBER")
def to_base_ten():
    return -np.log10(GUESS[TRUE_CLASS])


@wrong(NUMBER, code="LOSSES.LOSS_SIGN")
def without_the_minus():
    return np.log(GUESS[TRUE_CLASS])


@wrong(NUMBER, code="LOSSES.BITS_NUMBER")
def to_base_two():
    return -np.log2(GUESS[TRUE_CLASS])


@wrong(NUMBER, code="LOSSES.OTHER_CLASSES")
def of_the_others():
    return -np.log(1 - GUESS[TRUE_CLASS])


@wrong(NUMBER, code="LOSSES.ENTROPY_OF_GUESS")
def entropy_of_the_guess():
    return -np.sum(GUESS * np.log(GUESS))


# -- 5 · binary cross-entropy --------------------------------------------------------

BCE = "losses-bce"


def costs(y, p, epsilon=1e-7):
    p = np.clip(p, epsilon, 1 - epsilon)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@right(BCE)
def clipped():
    def bce(y, p, reduction):
        return {"sum": np.sum, "mean": np.mean}[reduction](costs(y, p))

    return bce


@right(BCE)
def probability_of_the_label():
    def bce(y, p, reduction):
        found = np.where(y == 1, p, 1 - p)
        cost = -np.log(np.maximum(found, 1e-7))
        return cost.sum() if reduction == "sum" else cost.mean()

    return bce


@right(BCE)
def loop_over_labels():
    def bce(y, p, reduction):
        total = 0.0
        for label, guess in zip(y, p, strict=True):
            guess = min(max(guess, 1e-7), 1 - 1e-7)
            total -= math.log(guess) if label else math.log(1 - guess)
        return total / len(y) if reduction == "mean" else total

    return bce


@right(BCE)
def by_keras_function():
    def bce(y, p, reduction):
        mean = keras.losses.binary_crossentropy(y.astype("float64"), p)
        return float(mean) * (len(y) if reduction == "sum" else 1)

    return bce


@wrong(BCE, code="LOSSES.SUM_FOR_MEAN")
def always_the_sum():
    return lambda y, p, reduction: costs(y, p).sum()


@wrong(BCE, code="LOSSES.MEAN_FOR_SUM")
def always_the_mean():
    return lambda y, p, reduction: costs(y, p).mean()


@wrong(BCE, code="LOSSES.ONLY_ONES")
def second_half_forgotten():
    def bce(y, p, reduction):
        cost = -y * np.log(np.clip(p, 1e-7, 1 - 1e-7))
        return cost.sum() if reduction == "sum" else cost.mean()

    return bce


@wrong(BCE, code="LOSSES.NO_CLIP")
def nothing_clipped():
    return lambda y, p, reduction: clipped_by(y, p, reduction, epsilon=0)


def clipped_by(y, p, reduction, epsilon):
    cost = costs(y, p, epsilon)
    return cost.sum() if reduction == "sum" else cost.mean()


@wrong(BCE, code="LOSSES.LABELS_SWAPPED")
def labels_swapped():
    return lambda y, p, reduction: clipped_by(1 - y, p, reduction, 1e-7)


@wrong(BCE, code="LOSSES.ENTROPY_SIGN")
def minus_forgotten():
    return lambda y, p, reduction: -clipped_by(y, p, reduction, 1e-7)


@wrong(BCE, code="LOSSES.BITS")
def logarithm_to_base_two():
    return lambda y, p, reduction: clipped_by(y, p, reduction, 1e-7) / math.log(2)


@wrong(BCE, code="FUNCTION.WRONG_RESULT")
def another_clip():
    return lambda y, p, reduction: clipped_by(y, p, reduction, 1e-3)


# -- 6 · head and loss ---------------------------------------------------------------

CHOICES = "losses-head-and-loss"


def letters(digits="softmax_sparse", fruit="sigmoid_bce", score="linear_mse"):
    task = losses.head_and_loss
    return tuple(
        task.choices("", part=part).letter_of(option)
        for part, option in (("digits", digits), ("fruit", fruit), ("score", score))
    )


@right(CHOICES)
def the_three_pairs():
    return letters()


@right(CHOICES)
def small_letters():
    return tuple(letter.lower() for letter in letters())


@wrong(CHOICES, code="LOSSES.SIGMOID_WITH_SPARSE")
def sigmoids_for_digits():
    return letters(digits="sigmoid_sparse")


@wrong(CHOICES, code="LOSSES.ONE_HOT_FOR_NUMBERS")
def one_hot_loss():
    return letters(digits="softmax_one_hot")


@wrong(CHOICES, code="LOSSES.DIGIT_AS_VALUE")
def digit_as_value():
    return letters(digits="one_value")


@wrong(CHOICES, code="LOSSES.SOFTMAX_TWICE")
def softmax_twice():
    return letters(digits="softmax_logits")


@wrong(CHOICES, code="LOSSES.SOFTMAX_FOR_TAGS")
def softmax_for_tags():
    return letters(fruit="softmax_one_hot")


@wrong(CHOICES, code="LOSSES.SPARSE_FOR_TAGS")
def sparse_for_tags():
    return letters(fruit="sigmoid_sparse")


@wrong(CHOICES, code="LOSSES.ONE_UNIT_FOR_TAGS")
def one_unit_for_tags():
    return letters(fruit="one_sigmoid")


@wrong(CHOICES, code="LOSSES.SOFTMAX_IS_ONE")
def softmax_on_one_unit():
    return letters(score="softmax_mse")


@wrong(CHOICES, code="LOSSES.SIGMOID_FOR_SCORE")
def sigmoid_for_score():
    return letters(score="sigmoid_mse")


@wrong(CHOICES, code="LOSSES.SCORE_AS_CLASS")
def score_as_class():
    return letters(score="softmax_sparse")


# -- 7 · three heads -----------------------------------------------------------------

HEADS = "losses-three-heads"
UNITS = losses.three_heads.parameters("")["units"]
SPARSE = "sparse_categorical_crossentropy"
WIDTHS = {"digits": 784, "fruit": 50, "score": 11}
USUAL = {
    "digits": (10, "softmax", SPARSE),
    "fruit": (2, "sigmoid", "binary_crossentropy"),
    "score": (1, None, "mse"),
}


def net(width, units, activation, loss, *, hidden=UNITS):
    model = keras.Sequential([keras.Input((width,)), layers.Dense(hidden, "relu")])
    model.add(layers.Dense(units, activation=activation))
    if loss is not None:
        model.compile(optimizer="adam", loss=loss)
    return model


def three(**heads):
    return tuple(
        net(WIDTHS[name], *heads.get(name, head)) for name, head in USUAL.items()
    )


@right(HEADS)
def texts():
    return three(score=(1, "linear", "mean_absolute_error"))


@right(HEADS)
def raw_scores():
    sparse = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    binary = keras.losses.BinaryCrossentropy(from_logits=True)
    return three(
        digits=(10, None, sparse),
        fruit=(2, None, binary),
        score=(1, None, keras.losses.Huber()),
    )


@right(HEADS)
def objects_and_functional_models():
    def functional(width, units, activation, loss):
        inputs = keras.Input((width,))
        hidden = layers.Activation("relu")(layers.Dense(UNITS)(inputs))
        outputs = layers.Dense(units)(hidden)
        if activation:
            outputs = layers.Activation(activation)(outputs)
        model = keras.Model(inputs, outputs)
        model.compile(optimizer=keras.optimizers.SGD(0.1), loss=loss)
        return model

    return (
        functional(784, 10, "softmax", keras.losses.SparseCategoricalCrossentropy()),
        functional(50, 2, "sigmoid", keras.losses.BinaryCrossentropy()),
        functional(11, 1, None, keras.losses.MeanSquaredError()),
    )


@right(HEADS)
def functions_as_losses():
    return three(
        digits=(
            10,
            keras.activations.softmax,
            keras.losses.sparse_categorical_crossentropy,
        ),
        fruit=(2, keras.ops.sigmoid, keras.losses.binary_crossentropy),
        score=(1, None, keras.losses.mean_squared_error),
    )


@right(HEADS)
def losses_written_by_hand():
    def of_scores(y_true, y_pred):
        return keras.losses.sparse_categorical_crossentropy(
            y_true, y_pred, from_logits=True
        )

    def squared(y_true, y_pred):
        return keras.ops.mean(keras.ops.square(y_true - y_pred), axis=-1)

    return three(digits=(10, None, of_scores), score=(1, None, squared))


@right(HEADS)
def subclasses_with_metrics():
    class Net(keras.Model):
        def __init__(self, units, activation):
            super().__init__()
            self.hidden = layers.Dense(UNITS)
            self.relu = layers.ReLU()
            self.head = layers.Dense(units, activation)

        def call(self, inputs):
            return self.head(self.relu(self.hidden(inputs)))

    models = []
    for name, (units, activation, loss) in USUAL.items():
        model = Net(units, activation)
        model.compile("rmsprop", loss, metrics=["mae" if name == "score" else "acc"])
        model(np.zeros((1, WIDTHS[name])))
        models.append(model)
    return tuple(models)


@wrong(HEADS, code="COMPILE.SIGMOID_EXCLUSIVE", layer=1)
def sigmoids_on_digits():
    return three(digits=(10, "sigmoid", SPARSE))


@wrong(HEADS, code="COMPILE.SOFTMAX_MULTILABEL", layer=1)
def softmax_on_tags():
    return three(fruit=(2, "softmax", "binary_crossentropy"))


@wrong(HEADS, code="COMPILE.SOFTMAX_ONE_UNIT", layer=1)
def softmax_on_a_score():
    return three(score=(1, "softmax", "mse"))


@wrong(HEADS, code="COMPILE.LOGITS_NOT_TOLD", layer=1)
def raw_scores_not_told():
    return three(digits=(10, None, SPARSE))


@wrong(HEADS, code="COMPILE.LOGITS_TWICE", layer=1)
def sigmoid_applied_twice():
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    return three(fruit=(2, "sigmoid", loss))


@wrong(HEADS, code="COMPILE.ONE_HOT_LOSS")
def loss_for_one_hot_labels():
    return three(digits=(10, "softmax", "categorical_crossentropy"))


@wrong(HEADS, code="COMPILE.EXCLUSIVE_LOSS")
def tags_that_exclude_each_other():
    return three(fruit=(2, "sigmoid", SPARSE))


@wrong(HEADS, code="COMPILE.VALUE_LOSS")
def squared_error_on_classes():
    return three(digits=(10, "softmax", "mse"))


@wrong(HEADS, code="COMPILE.CLASS_LOSS")
def binary_loss_on_a_score():
    return three(score=(1, None, "binary_crossentropy"))


@wrong(HEADS, code="COMPILE.VALUE_HEAD", layer=1)
def sigmoid_on_a_score():
    return three(score=(1, "sigmoid", "mse"))


@wrong(HEADS, code="COMPILE.MISSING")
def not_compiled():
    return three(fruit=(2, "sigmoid", None))


@wrong(HEADS, code="COMPILE.UNKNOWN_LOSS")
def name_that_keras_does_not_know():
    return three(digits=(10, "softmax", "crossentropy"))


@wrong(HEADS, code="LAYER.PROPERTY", layer=1)
def nine_units_for_ten_digits():
    return three(digits=(9, "softmax", SPARSE))


@wrong(HEADS, code="LAYER.PROPERTY", layer=0)
def hidden_layer_of_another_width():
    return (net(784, *USUAL["digits"], hidden=100), *three()[1:])
