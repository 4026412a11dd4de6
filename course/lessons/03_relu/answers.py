"""Right variants and wrong answers of lesson 03_relu."""

import warnings
from functools import cache

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from checkers import relu
from checkers.tasks.relu import NETS, POINTS, RATES
from course.answers import right, wrong
from course.datasets import load, wine_split

NEURON = "relu-neuron-slope"
MLP = "relu-wine-mlp"
BELOW = "relu-slopes-below"
DEPTH = "relu-depth"
HE = "relu-he-start"
SWEEP = "relu-rate-sweep"
SAID = "relu-statements"
BACK = "relu-backward"
DECAY = "relu-inverse-time"
BALL = "relu-momentum"
WINE = "red-wine"

Dense, Input, Sequential = layers.Dense, keras.Input, keras.Sequential

# --- 1 the slope of one neuron ------------------------------------------------------


@right(NEURON)
def on_paper():
    return {"A": 6, "B": 0, "C": 5.25}


@right(NEURON)
def in_order():
    return [6.0, 0.0, 5.25]


@right(NEURON)
def by_tape():
    found = {}
    for name, point in POINTS.items():
        w = tf.Variable(point["w"])
        with tf.GradientTape() as tape:
            a = tf.nn.relu(w * point["x"] + point["b"])
            loss = (a - point["t"]) ** 2
        found[name] = tape.gradient(loss, w)
    return found


def _slopes(rule):
    found = {}
    for name, point in POINTS.items():
        z = point["w"] * point["x"] + point["b"]
        found[name] = rule(z, max(z, 0.0), **point)
    return found


@wrong(NEURON, code="RELU.SLOPE_BELOW_ZERO")
def always_active():
    return _slopes(lambda z, a, w, b, x, t: 2 * (a - t) * x)


@wrong(NEURON, code="RELU.SLOPE_BELOW_ZERO")
def no_relu_at_all():
    return _slopes(lambda z, a, w, b, x, t: 2 * (z - t) * x)


@wrong(NEURON, code="RELU.FACTOR_TWO")
def no_factor_two():
    return _slopes(lambda z, a, w, b, x, t: (a - t) * (z > 0) * x)


@wrong(NEURON, code="RELU.SLOPE_SIGN")
def target_minus_output():
    return _slopes(lambda z, a, w, b, x, t: 2 * (t - a) * (z > 0) * x)


@wrong(NEURON, code="RELU.INPUT_FORGOTTEN")
def slope_for_the_bias():
    return _slopes(lambda z, a, w, b, x, t: 2 * (a - t) * (z > 0))


@wrong(NEURON, code="RELU.INPUT_SIGN")
def looks_at_the_input():
    return {"A": 6.0, "B": 0.0, "C": 0.0}


@wrong(NEURON, code="VALUES.FIELD_MISSING")
def one_point_missing():
    return {"A": 6.0, "B": 0.0}


# --- 2 a network that can bend ------------------------------------------------------

FIRST, SECOND = relu.wine_mlp.parameters("").values()


def _mlp(first="relu", second="relu", head=None, units=(FIRST, SECOND, 1), inputs=11):
    return Sequential(
        [
            Input((inputs,)),
            Dense(units[0], activation=first),
            Dense(units[1], activation=second),
            Dense(units[2], activation=head),
        ]
    )


@right(MLP)
def sequential_mlp():
    return _mlp()


@right(MLP)
def functional_mlp():
    inputs = Input((11,))
    hidden = Dense(FIRST, activation="relu")(inputs)
    hidden = Dense(SECOND, activation="relu")(hidden)
    return keras.Model(inputs, Dense(1, activation="linear")(hidden))


@right(MLP)
def layers_that_bend():
    return Sequential(
        [
            Input((11,)),
            Dense(FIRST),
            layers.ReLU(),
            Dense(SECOND),
            layers.Activation("relu"),
            Dense(1),
        ]
    )


@right(MLP)
def functions_that_bend():
    return _mlp(keras.activations.relu, lambda z: ops.maximum(z, 0.0))


class WineNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.first, self.second, self.head = Dense(FIRST), Dense(SECOND), Dense(1)

    def call(self, inputs):
        hidden = ops.relu(self.first(inputs))
        return self.head(tf.nn.relu(self.second(hidden)))


@right(MLP)
def subclass_mlp():
    return WineNet()


@right(MLP)
def trained_mlp():
    net = _mlp()
    net.compile("adam", "mae")
    net.fit(np.ones((8, 11)), np.ones(8), verbose=0)
    return net


@right(MLP)
def he_start_written_out():
    return Sequential(
        [
            Input((11,)),
            Dense(FIRST, "relu", kernel_initializer="he_normal", name="first"),
            Dense(SECOND, "relu", kernel_initializer="he_normal"),
            Dense(1, use_bias=True),
        ]
    )


@wrong(MLP, code="RELU.RELU_ON_OUTPUT", layer=2)
def relu_on_output():
    return _mlp(head="relu")


@wrong(MLP, code="RELU.SIGMOID_HEAD", layer=2)
def sigmoid_on_output():
    return _mlp(head="sigmoid")


@wrong(MLP, code="RELU.BENT_HEAD", layer=2)
def softplus_on_output():
    return _mlp(head="softplus")


@wrong(MLP, code="RELU.LINEAR_STACK", layer=0)
def linear_stack():
    return _mlp(None, None)


@wrong(MLP, code="RELU.LINEAR_STACK", layer=1)
def second_without_activation():
    return _mlp("relu", None)


@wrong(MLP, code="LAYER.PROPERTY", layer=0)
def tanh_inside():
    return _mlp("tanh", "relu")


@wrong(MLP, code="LAYER.PROPERTY", layer=0)
def widths_swapped():
    return _mlp(units=(SECOND, FIRST, 1))


@wrong(MLP, code="INPUT.SHAPE")
def quality_counted_as_input():
    return _mlp(inputs=12)


@wrong(MLP, code="LAYER.FROZEN", layer=0)
def first_layer_frozen():
    net = _mlp()
    net.layers[0].trainable = False
    return net


@wrong(MLP, code="RELU.DOES_NOT_BEND")
def bias_lifts_all_above_zero():
    net = _mlp()
    for layer in net.layers[:2]:
        kernel, bias = layer.get_weights()
        layer.set_weights([kernel, bias + 1000])
    return net


# --- 3 a slope below zero -----------------------------------------------------------

SLOPE = relu.slopes_below.parameters("")["slope"]


def _bent(first, second=None, head=None, inside=None):
    return Sequential(
        [
            Input((11,)),
            Dense(64, activation=inside),
            first(),
            Dense(32, activation=inside),
            (second or first)(),
            Dense(1, activation=head),
        ]
    )


def _leaky():
    return layers.LeakyReLU(negative_slope=SLOPE)


def _answer(leaky=None, prelu=None, count=2977):
    return leaky or _bent(_leaky), prelu or _bent(layers.PReLU), count


@right(BELOW)
def layers_of_keras():
    return _answer()


@right(BELOW)
def functional_below():
    inputs = Input((11,))
    hidden = _leaky()(Dense(64)(inputs))
    hidden = _leaky()(Dense(32)(hidden))
    prelu = _bent(lambda: layers.PReLU(alpha_initializer="zeros"))
    return keras.Model(inputs, Dense(1)(hidden)), prelu, prelu.count_params()


@right(BELOW)
def relu_with_a_slope():
    return _answer(_bent(lambda: layers.ReLU(negative_slope=SLOPE)))


@right(BELOW)
def activation_as_argument():
    net = Sequential(
        [
            Input((11,)),
            Dense(64, activation=lambda z: ops.leaky_relu(z, negative_slope=SLOPE)),
            Dense(32, activation=layers.LeakyReLU(SLOPE)),
            Dense(1),
        ]
    )
    return _answer(net)


@right(BELOW)
def old_name_alpha():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that alpha is the old name
        return _answer(_bent(lambda: layers.LeakyReLU(alpha=SLOPE)))


class LeakyNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.first, self.second, self.head = Dense(64), Dense(32), Dense(1)

    def call(self, inputs):
        hidden = keras.activations.leaky_relu(self.first(inputs), negative_slope=SLOPE)
        hidden = keras.activations.leaky_relu(self.second(hidden), negative_slope=SLOPE)
        return self.head(hidden)


@right(BELOW)
def subclass_below():
    return _answer(LeakyNet())


@wrong(BELOW, code="RELU.DEFAULT_SLOPE", layer=1)
def slope_left_out():
    return _answer(_bent(layers.LeakyReLU))


@wrong(BELOW, code="RELU.STRING_SLOPE", layer=0)
def slope_of_the_text():
    net = Sequential(
        [
            Input((11,)),
            Dense(64, activation="leaky_relu"),
            Dense(32, activation="leaky_relu"),
            Dense(1),
        ]
    )
    return _answer(net)


@wrong(BELOW, code="RELU.OTHER_SLOPE", layer=1)
def share_above_zero():
    return _answer(_bent(lambda: layers.LeakyReLU(negative_slope=1 - SLOPE)))


@wrong(BELOW, code="RELU.TWICE", layer=0)
def relu_and_leaky():
    return _answer(_bent(_leaky, inside="relu"))


@wrong(BELOW, code="RELU.TWICE", layer=0)
def relu_and_prelu():
    return _answer(prelu=_bent(layers.PReLU, inside="relu"))


@wrong(BELOW, code="RELU.SHARED_SLOPE", layer=1)
def one_slope_for_all():
    return _answer(prelu=_bent(lambda: layers.PReLU(shared_axes=[1])))


@wrong(BELOW, code="RELU.PRELU_SHARES")
def one_slope_per_layer():
    return _answer(count=2883)


@wrong(BELOW, code="RELU.PRELU_WITHOUT_PARAMETERS")
def slopes_not_counted():
    return _answer(count=2881)


@wrong(BELOW, code="RELU.FIXED_SLOPE", layer=1)
def leaky_for_prelu():
    return _answer(prelu=_bent(_leaky))


@wrong(BELOW, code="RELU.NO_LEAK")
def one_leak_only():
    net = Sequential([Input((11,)), Dense(64), _leaky(), Dense(32), Dense(1)])
    return _answer(net)


# --- 4 ten layers deep --------------------------------------------------------------


@cache
def _batch():
    parts = wine_split(load(WINE), seed=0)
    mean, std = parts.x_train.mean(axis=0), parts.x_train.std(axis=0)
    y = (parts.y_train - parts.y_train.mean()) / parts.y_train.std()
    return ((parts.x_train - mean) / std)[:256], y[:256, None]


def _deep_net(name, seed=0):
    activation, start = name.split(", ")
    net = Sequential([Input((11,))])
    for number, units in enumerate([64] * 10 + [1]):
        draw = {
            "Glorot": keras.initializers.GlorotNormal(seed=100 * seed + number),
            "He": keras.initializers.HeNormal(seed=100 * seed + number),
            "0.01": keras.initializers.RandomNormal(0.0, 0.01, 100 * seed + number),
        }[start]
        bend = activation if units > 1 else None
        net.add(Dense(units, activation=bend, kernel_initializer=draw))
    return net


def _measure(net):
    """Return gradients of kernels, of biases, kernels, and outputs by layer."""
    x, y = _batch()
    hidden = net.layers[:10]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x) - y) ** 2)
    kernels = [layer.kernel.value for layer in hidden]
    biases = [layer.bias.value for layer in hidden]
    gradients = tape.gradient(loss, kernels + biases)
    outputs, values = [], x
    for layer in hidden:
        values = layer(values)
        outputs.append(np.asarray(values))
    return gradients[:10], gradients[10:], kernels, outputs


@cache
def _measured(seed=0):
    return {name: _measure(_deep_net(name, seed)) for name in NETS}


HEALTHY = ["tanh, Glorot", "tanh, He", "relu, He"]


def _norms(which=0, norm=np.linalg.norm, seed=0):
    found = _measured(seed)
    return {name: [norm(one) for one in found[name][which]] for name in NETS}


def _deep(norms=None, spreads=None, healthy=None):
    return (
        norms or _norms(),
        spreads or _norms(3, np.std),
        HEALTHY if healthy is None else healthy,
    )


@right(DEPTH, data=WINE)
def tape_and_loop():
    return _deep()


@right(DEPTH, data=WINE)
def another_draw():
    norms, spreads = _norms(seed=7), _norms(3, np.std, seed=7)
    norms = {name: np.array(values) for name, values in norms.items()}
    return norms, spreads, ("relu, He", "tanh, He", "tanh, Glorot")


@right(DEPTH, data=WINE)
def tensors():
    norms = _norms(norm=lambda one: tf.sqrt(tf.reduce_sum(one**2)))
    return _deep(norms, healthy=set(HEALTHY))


@wrong(DEPTH, code="RELU.WEIGHTS_NOT_GRADIENTS", data=WINE)
def norms_of_kernels():
    return _deep(_norms(2))


@wrong(DEPTH, code="RELU.BIASES_ONLY", data=WINE)
def norms_of_biases():
    return _deep(_norms(1))


@wrong(DEPTH, code="RELU.NORM_SQUARED", data=WINE)
def sum_of_squares():
    return _deep(_norms(norm=lambda one: np.sum(np.square(one))))


@wrong(DEPTH, code="RELU.LAST_LAYER_FIRST", data=WINE)
def backward_order():
    return _deep({name: values[::-1] for name, values in _norms().items()})


@wrong(DEPTH, code="RELU.BIASES_TOO", data=WINE)
def kernel_and_bias_in_one_norm():
    kernels, biases = _norms(0), _norms(1)
    return _deep({name: np.hypot(kernels[name], biases[name]) for name in NETS})


@wrong(DEPTH, code="RELU.TRAINED_NETS", data=WINE)
def trained_nets():
    x, y = _batch()
    norms = dict(_norms())
    for name in ("tanh, 0.01", "relu, He"):
        net = _deep_net(name)
        net.compile("adam", "mse")
        net.fit(x, y, epochs=10, verbose=0)
        norms[name] = [np.linalg.norm(one) for one in _measure(net)[0]]
    return _deep(norms)


@wrong(DEPTH, code="RELU.GRADIENT_OUTSIDE", data=WINE)
def another_loss():
    norms = {name: [50 * one for one in values] for name, values in _norms().items()}
    return _deep(norms)


@wrong(DEPTH, code="RELU.OTHER_HEALTHY", data=WINE)
def one_healthy_missing():
    return _deep(healthy=["relu, He", "tanh, Glorot"])


@wrong(DEPTH, code="RELU.VARIANCE_FOR_SPREAD", data=WINE)
def variances():
    return _deep(spreads=_norms(3, np.var))


@wrong(DEPTH, code="VALUES.SHAPE", data=WINE)
def one_number_per_net():
    return _deep({name: float(np.mean(v)) for name, v in _norms().items()})


@wrong(DEPTH, code="VALUES.FIELD_MISSING", data=WINE)
def one_net_missing():
    norms = _norms()
    norms.pop("tanh, 0.01")
    return _deep(norms)


@wrong(DEPTH, code="RELU.HALVED_NOT_HEALTHY", data=WINE)
def glorot_called_healthy():
    return _deep(healthy=[*HEALTHY, "relu, Glorot"])


@wrong(DEPTH, code="RELU.SIGMOID_HEALTHY", data=WINE)
def sigmoid_called_healthy():
    return _deep(healthy=["sigmoid, Glorot", "relu, He"])


# --- 5 how wide to draw -------------------------------------------------------------

INPUTS, UNITS = relu.he_start.parameters("").values()


@right(HE)
def root_of_two_parts():
    return (2 / INPUTS) ** 0.5


@right(HE)
def rounded_to_four():
    return round(float(np.sqrt(2 / INPUTS)), 4)


@wrong(HE, code="RELU.VARIANCE_FOR_STD")
def variance():
    return 2 / INPUTS


@wrong(HE, code="RELU.GLOROT_FOR_HE")
def glorot():
    return np.sqrt(2 / (INPUTS + UNITS))


@wrong(HE, code="RELU.FAN_OUT")
def fan_out():
    return np.sqrt(2 / UNITS)


@wrong(HE, code="RELU.LECUN_FOR_HE")
def lecun():
    return np.sqrt(1 / INPUTS)


@wrong(HE, code="RELU.LIMIT_FOR_STD")
def uniform_limit():
    return np.sqrt(6 / INPUTS)


# --- 6 five rates -------------------------------------------------------------------
# Numbers of a full run, seed 0.

LOWEST = [14.6, 11.4, 8.0, 5.4, float("nan")]


def _rates(sweep=None, best=0.1, first=1.0):
    return LOWEST if sweep is None else sweep, best, first


@right(SWEEP)
def lowest_of_each():
    return _rates()


@right(SWEEP)
def by_rate():
    return _rates(dict(zip(RATES, [15.9, 12.0, 7.4, 5.1, np.inf], strict=True)))


@right(SWEEP)
def arrays():
    return _rates(np.array(LOWEST), np.float32(0.1), np.int64(1))


@wrong(SWEEP, code="RELU.SWEEP_LAST_EPOCH")
def last_epoch():
    return _rates([*LOWEST[:3], 6.4, np.nan])


@wrong(SWEEP, code="RELU.NAN_AS_ZERO")
def nan_as_zero():
    return _rates(np.nan_to_num(LOWEST), best=1.0)


@wrong(SWEEP, code="RELU.NAN_IS_BEST")
def nan_wins():
    return _rates(best=1.0)


@wrong(SWEEP, code="RELU.SWEEP_TOO_SHORT")
def first_epoch_only():
    return _rates([16.9, 16.2, 12.5, 10.7, np.nan])


@wrong(SWEEP, code="RELU.SWEEP_TOO_SHORT")
def one_batch_only():
    return _rates([16.9, 16.1, 12.3, 10.9, np.nan])


@wrong(SWEEP, code="RELU.SAFEST_IS_BEST")
def slowest_rate():
    return _rates(best=1e-4)


@wrong(SWEEP, code="RELU.JUMPS_DIVERGE")
def jumps_called_divergence():
    return _rates(first=0.1)


@wrong(SWEEP, code="RELU.POSITION_FOR_RATE")
def position_of_the_best():
    return _rates(best=3)


# --- 7 eight sentences --------------------------------------------------------------

CHOICES = relu.statements.choices("", part="wrong_ones")
WRONG, LOOSE = ("sigmoid", "explode", "restarts", "halves"), ("batch", "stochastic")


def _letters(*ids):
    return "".join(CHOICES.letter_of(one) for one in ids)


def _said(wrong_ones=WRONG, loose_ones=LOOSE):
    return _letters(*wrong_ones), _letters(*loose_ones)


@right(SAID)
def as_text():
    return _said()


@right(SAID)
def as_lists():
    return tuple(list(letters) for letters in _said())


@wrong(SAID, code="RELU.LOOSE_CALLED_WRONG")
def batch_called_wrong():
    return _said((*WRONG, "batch"), ("stochastic",))


@wrong(SAID, code="RELU.GUARANTEE_CALLED_LOOSE")
def guarantee_called_loose():
    return _said(("sigmoid", "explode", "halves"), (*LOOSE, "restarts"))


@wrong(SAID, code="RELU.EXPLOSION_CALLED_LOOSE")
def explosion_called_loose():
    return _said(("sigmoid", "restarts", "halves"), (*LOOSE, "explode"))


@wrong(SAID, code="RELU.HALVES_CALLED_LOOSE")
def halves_called_loose():
    return _said(("sigmoid", "restarts", "explode"), (*LOOSE, "halves"))


@wrong(SAID, code="RELU.DEAD_IS_RIGHT")
def dead_unit_called_wrong():
    return _said((*WRONG, "dead"))


@wrong(SAID, code="RELU.CLIPPING_IS_RIGHT")
def clipping_called_wrong():
    return _said((*WRONG, "clipping"))


@wrong(SAID, code="CHOICE.INCOMPLETE")
def two_missing():
    return _said(("sigmoid", "restarts"))


# --- ★ 8 the way back ---------------------------------------------------------------


def _backward(mask=lambda z, a, signal: z > 0, mean=True, order=(0, 1, 2, 3)):
    def backward(x, y, w1, b1, w2, b2):
        z = x @ w1 + b1
        a = np.maximum(z, 0)
        d_out = 2 * (a @ w2 + b2 - y) / (len(x) if mean else 1)
        back = d_out @ w2.T
        d_z = back * mask(z, a, back)
        found = x.T @ d_z, d_z.sum(axis=0), a.T @ d_out, d_out.sum(axis=0)
        return tuple(found[number] for number in order)

    return backward


@right(BACK)
def given_lines_filled():
    return _backward()


@right(BACK)
def where_and_einsum():
    def backward(x, y, w1, b1, w2, b2):
        z = x @ w1 + b1
        out = np.where(z > 0, z, 0) @ w2 + b2
        d_out = (out - y) * 2 / y.size
        d_z = np.where(z > 0, np.outer(d_out, w2), 0.0)
        return {
            "dw1": np.einsum("ri,rh->ih", x, d_z),
            "db1": d_z.sum(0),
            "dw2": np.maximum(z, 0).T @ d_out,
            "db2": d_out.sum(0),
        }

    return backward


@right(BACK)
def tape_in_float64():
    def backward(x, y, w1, b1, w2, b2):
        weights = [tf.Variable(one) for one in (w1, b1, w2, b2)]
        with tf.GradientTape() as tape:
            hidden = tf.nn.relu(x @ weights[0] + weights[1])
            loss = tf.reduce_mean((hidden @ weights[2] + weights[3] - y) ** 2)
        return tape.gradient(loss, weights)

    return backward


@wrong(BACK, code="RELU.EVERY_UNIT_PASSES")
def no_mask():
    return _backward(lambda z, a, signal: 1.0)


@wrong(BACK, code="RELU.SUM_FOR_MEAN")
def sum_for_mean():
    return _backward(mean=False)


@wrong(BACK, code="RELU.OTHER_MASK")
def mask_of_the_signal():
    return _backward(lambda z, a, signal: signal > 0)


@wrong(BACK, code="RELU.ACTIVATED_SIGNAL")
def output_for_slope():
    return _backward(lambda z, a, signal: a)


@wrong(BACK, code="GRADIENT.SHAPE")
def kernel_transposed():
    def backward(*args):
        dw1, db1, dw2, db2 = _backward()(*args)
        return dw1.T, db1, dw2, db2

    return backward


@wrong(BACK, code="GRADIENT.FACTOR")
def two_forgotten():
    def backward(*args):
        return tuple(one / 2 for one in _backward()(*args))

    return backward


@wrong(BACK, code="FUNCTION.WRONG_COUNT")
def only_the_first_layer():
    return _backward(order=(0, 1))


# --- ★ 9 a rate that falls ----------------------------------------------------------

SCHEDULE = relu.inverse_time.parameters("")
_Base = keras.optimizers.schedules.LearningRateSchedule


class _Decay(_Base):
    """Any formula of step, start, rate and decay_steps."""

    def __init__(self, formula, cast="float32"):
        self.formula, self.cast = formula, cast

    def __call__(self, step):
        step = ops.cast(step, self.cast) if self.cast else step
        return self.formula(step, **SCHEDULE)


def _inverse(step, start, rate, decay_steps):
    return start / (1 + rate * step / decay_steps)


@right(DECAY)
def own_class():
    return _Decay(_inverse)


@right(DECAY)
def of_keras():
    return keras.optimizers.schedules.InverseTimeDecay(
        SCHEDULE["start"], SCHEDULE["decay_steps"], SCHEDULE["rate"]
    )


@right(DECAY)
def divided_before_multiplied():
    return _Decay(
        lambda step, start, rate, decay_steps: (
            start / (1.0 + ops.cast(step / decay_steps, "float32") * rate)
        ),
        cast="",
    )


@right(DECAY)
def tensorflow_only():
    class InverseTime(_Base):
        def __call__(self, step):
            return _inverse(tf.cast(step, tf.float32), **SCHEDULE)

    return InverseTime()


@wrong(DECAY, code="RELU.NO_DECAY_STEPS")
def no_decay_steps():
    return _Decay(lambda step, start, rate, decay_steps: start / (1 + rate * step))


@wrong(DECAY, code="RELU.EXPONENTIAL_DECAY")
def exponential_decay():
    return keras.optimizers.schedules.ExponentialDecay(
        SCHEDULE["start"], SCHEDULE["decay_steps"], SCHEDULE["rate"]
    )


@wrong(DECAY, code="RELU.EPOCHS_FOR_STEPS")
def epochs_for_steps():
    return _Decay(lambda step, **p: _inverse(step // 12, **p))


@wrong(DECAY, code="RELU.STAIRS")
def staircase():
    return keras.optimizers.schedules.InverseTimeDecay(
        SCHEDULE["start"], SCHEDULE["decay_steps"], SCHEDULE["rate"], staircase=True
    )


@right(DECAY)
def without_a_cast():
    return _Decay(_inverse, cast="")


@wrong(DECAY, code="SCHEDULE.NOT_IN_FIT")
def read_as_a_python_number():
    return _Decay(lambda step, **p: _inverse(float(step), **p), cast="")


@wrong(DECAY, code="SCHEDULE.WRONG_RATE")
def arguments_in_the_order_of_the_formula():
    return keras.optimizers.schedules.InverseTimeDecay(*SCHEDULE.values())


@wrong(DECAY, code="SCHEDULE.NUMBER")
def one_number():
    return 0.05


@wrong(DECAY, code="SCHEDULE.CALLBACK")
def a_callback():
    return keras.callbacks.LearningRateScheduler(lambda epoch: 0.1 / (1 + epoch))


@wrong(DECAY, code="SCHEDULE.CLASS")
def the_class_itself():
    return _Decay


@wrong(DECAY, code="SCHEDULE.FUNCTION")
def a_plain_function():
    return lambda step: _inverse(step, **SCHEDULE)


# --- ★ 10 a ball with a memory ------------------------------------------------------


def _ball(step):
    def momentum(gradient, start, lr, mu, steps):
        w, v = np.array(start), np.zeros(len(start))
        path = [w]
        for _ in range(steps):
            w, v = step(w, v, gradient, lr, mu)
            path.append(w)
        return np.array(path)

    return momentum


@right(BALL)
def velocity_then_place():
    def step(w, v, gradient, lr, mu):
        v = mu * v + gradient(w)
        return w - lr * v, v

    return _ball(step)


@right(BALL)
def sign_of_keras():
    def step(w, v, gradient, lr, mu):
        v = mu * v - lr * gradient(w)
        return w + v, v

    return _ball(step)


@right(BALL)
def keras_itself():
    def momentum(gradient, start, lr, mu, steps):
        optimizer = keras.optimizers.SGD(lr, momentum=mu)
        w = keras.Variable(start, dtype="float64")
        path = [np.array(start)]
        for _ in range(steps):
            optimizer.apply([ops.convert_to_tensor(gradient(w.numpy()))], [w])
            path.append(w.numpy().copy())
        return [list(point) for point in path]

    return momentum


@wrong(BALL, code="RELU.VELOCITY_RESET")
def velocity_reset():
    return _ball(lambda w, v, gradient, lr, mu: (w - lr * gradient(w), v))


@wrong(BALL, code="RELU.NO_RATE")
def no_rate():
    def step(w, v, gradient, lr, mu):
        v = mu * v + gradient(w)
        return w - v, v

    return _ball(step)


@wrong(BALL, code="RELU.DAMPED_GRADIENT")
def damped():
    def step(w, v, gradient, lr, mu):
        v = mu * v + (1 - mu) * gradient(w)
        return w - lr * v, v

    return _ball(step)


@wrong(BALL, code="RELU.AVERAGED_WEIGHTS")
def averages_places():
    return _ball(
        lambda w, v, gradient, lr, mu: (mu * w + (1 - mu) * (w - lr * gradient(w)), v)
    )


@wrong(BALL, code="RELU.NESTEROV")
def nesterov():
    def step(w, v, gradient, lr, mu):
        g = gradient(w)
        v = mu * v + g
        return w - lr * (g + mu * v), v

    return _ball(step)


@wrong(BALL, code="FUNCTION.WRONG_SHAPE")
def start_left_out():
    def momentum(*args):
        return velocity_then_place()(*args)[1:]

    return momentum


@wrong(BALL, code="FUNCTION.MUTATES")
def moves_the_start():
    def momentum(gradient, start, lr, mu, steps):
        v, path = np.zeros(len(start)), [start.copy()]
        for _ in range(steps):
            v = mu * v + gradient(start)
            start -= lr * v
            path.append(start.copy())
        return np.array(path)

    return momentum
