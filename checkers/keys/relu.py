"""Keys of lesson 03_relu: what is right, and the thoughts behind what is not.

The networks and the measured arrays have modules of their own.
"""

from __future__ import annotations

import math

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys import _relu_backward as way_back
from checkers.keys import _relu_descent as descent
from checkers.keys._relu_measured import depth, rate_sweep
from checkers.keys._relu_networks import slopes_below, wine_mlp
from checkers.rules.entries import EntriesAre
from checkers.rules.functions import Equals
from checkers.rules.gradients import GradientCheck
from checkers.rules.schedules import ScheduleIs
from checkers.rules.values import ChoiceIs, NumberIs, Slip
from checkers.tasks.relu import POINTS

__all__ = [
    "backward",
    "depth",
    "he_start",
    "inverse_time",
    "momentum",
    "neuron_slope",
    "rate_sweep",
    "slopes_below",
    "statements",
    "wine_mlp",
]

# -- 1 · The slope of one neuron -----------------------------------------------------
# z, a and 2 (a - t) x: A 5, 5, 6; B -1.5, 0, 0; C 0.25, 0.25, 5.25.

neuron_slope = Key(
    "relu-neuron-slope",
    (
        EntriesAre(
            "active",
            "slopes",
            {"A": 6.0, "C": 5.25},
            tolerance=1e-4,
            slips=(
                ({"A": 3.0, "C": 2.625}, "RELU.FACTOR_TWO"),
                ({"A": -6.0, "C": -5.25}, "RELU.SLOPE_SIGN"),
                ({"A": -3.0, "C": -2.625}, "RELU.SLOPE_SIGN"),
                ({"A": 2.0, "C": -3.5}, "RELU.INPUT_FORGOTTEN"),
                ({"C": 0.0}, "RELU.INPUT_SIGN"),
                ({"A": 4.0, "C": -1.75}, "RELU.WEIGHT_FOR_INPUT"),
                ({"A": 1.0, "C": 3.0625}, "RELU.LOSS_FOR_SLOPE"),
            ),
            names=tuple(POINTS),
        ),
        EntriesAre(
            "resting",
            "slopes",
            {"B": 0.0},
            tolerance=1e-4,
            slips=(
                *(
                    ({"B": value}, "RELU.SLOPE_BELOW_ZERO")
                    for value in (-4.0, -2.0, 4.0, 2.0, -10.0, -5.0, 10.0, 5.0)
                ),
                ({"B": 1.0}, "RELU.LOSS_FOR_SLOPE"),
            ),
            names=tuple(POINTS),
        ),
    ),
    solution=N_(
        "A: z = 5, so 2 · (5 - 4) · 1 · 3 = 6. B: z = -1.5, the ReLU is flat, so 0. "
        "C: z = 0.25, so 2 · (0.25 - 2) · 1 · (-1.5) = 5.25."
    ),
)

# -- 5 · How wide to draw ------------------------------------------------------------

he_start = Key(
    "relu-he-start",
    (
        NumberIs(
            "value",
            "he_std",
            lambda p: math.sqrt(2 / p["inputs"]),
            tolerance=5e-4,
            slips=(
                Slip(lambda p: 2 / p["inputs"], "RELU.VARIANCE_FOR_STD"),
                Slip(
                    lambda p: math.sqrt(2 / (p["inputs"] + p["units"])),
                    "RELU.GLOROT_FOR_HE",
                ),
                Slip(lambda p: math.sqrt(2 / p["units"]), "RELU.FAN_OUT"),
                Slip(lambda p: math.sqrt(1 / p["inputs"]), "RELU.LECUN_FOR_HE"),
                Slip(lambda p: math.sqrt(6 / p["inputs"]), "RELU.LIMIT_FOR_STD"),
                Slip(lambda p: 2 / math.sqrt(p["inputs"]), "RELU.ROOT_OF_PART"),
            ),
        ),
    ),
    solution=N_(
        "The square root of 2 / fan_in. Of a kernel's shape (rows, columns), fan_in is "
        "the number of rows: one per input."
    ),
)

# -- 7 · Eight sentences -------------------------------------------------------------

_TRUE = (("dead", "RELU.DEAD_IS_RIGHT"), ("clipping", "RELU.CLIPPING_IS_RIGHT"))

statements = Key(
    "relu-statements",
    (
        ChoiceIs(
            "wrong",
            "wrong_ones",
            ("sigmoid", "explode", "restarts", "halves"),
            (
                ("batch", "RELU.LOOSE_CALLED_WRONG"),
                ("stochastic", "RELU.LOOSE_CALLED_WRONG"),
                *_TRUE,
            ),
        ),
        ChoiceIs(
            "loose",
            "loose_ones",
            ("batch", "stochastic"),
            (
                ("restarts", "RELU.GUARANTEE_CALLED_LOOSE"),
                ("explode", "RELU.EXPLOSION_CALLED_LOOSE"),
                ("halves", "RELU.HALVES_CALLED_LOOSE"),
                ("sigmoid", "RELU.SIGMOID_CALLED_LOOSE"),
                *_TRUE,
            ),
        ),
    ),
    solution=N_(
        "Wrong: the sigmoid is no loss; ReLU does not cure explosion; nothing "
        "guarantees the global minimum; measured, the share stays near one half.\n"
        "Loose: batch descent finds the optimum of a loss with one valley; stochastic "
        "descent stays inaccurate as long as its rate never falls."
    ),
)

# -- ★ 8 · The way back, by hand -----------------------------------------------------
# dw1 and db1 have two points, dw2 and db2 one. A factor N is in all four and costs one.

backward = Key(
    "relu-backward",
    (
        way_back.ByLayer(
            GradientCheck(
                "output",
                "backward",
                way_back.loss,
                ("dw1", "db1", "dw2", "db2"),
                (2, 3, 4, 5),
                upstream=None,
                slips=(
                    (way_back.summed, "RELU.SUM_FOR_MEAN"),
                    (way_back.every_unit_passes, "RELU.EVERY_UNIT_PASSES"),
                    (way_back.masked_by_signal, "RELU.OTHER_MASK"),
                    (way_back.activated, "RELU.ACTIVATED_SIGNAL"),
                ),
            ),
            second="output",
            first="hidden",
            of_first=("dw1", "db1"),
            shared=("RELU.SUM_FOR_MEAN",),
        ),
    ),
    solution=N_("""\
d_out = 2 * (out - y) / len(x)
d_z = (d_out @ w2.T) * (z > 0)
dw1 = x.T @ d_z

Each line is the one of the way forward, read from right to left: what was multiplied
with w2 goes back through w2 transposed, and passes where the ReLU passed."""),
)

# -- ★ 9 · A rate that falls ---------------------------------------------------------

inverse_time = Key(
    "relu-inverse-time",
    (
        ScheduleIs(
            "runs",
            "rates",
            "schedule",
            descent.inverse_time,
            slips=(
                (descent.no_decay_steps, "RELU.NO_DECAY_STEPS"),
                (descent.exponential, "RELU.EXPONENTIAL_DECAY"),
                (descent.natural_exponential, "RELU.EXPONENTIAL_DECAY"),
                (descent.epochs_for_steps, "RELU.EPOCHS_FOR_STEPS"),
                (descent.parts_of_epochs, "RELU.EPOCHS_FOR_STEPS"),
                (descent.stairs, "RELU.STAIRS"),
                (descent.linear, "RELU.LINEAR_DECAY"),
            ),
        ),
    ),
    solution=N_("""\
class InverseTime(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, start, rate, decay_steps):
        self.start, self.rate, self.decay_steps = start, rate, decay_steps

    def __call__(self, step):
        return self.start / (1 + self.rate * step / self.decay_steps)

Keras's own is InverseTimeDecay(start, decay_steps, rate): mind the order."""),
)

# -- ★ 10 · A ball with a memory -----------------------------------------------------

momentum = Key(
    "relu-momentum",
    (
        Equals(
            "path",
            "momentum",
            descent.momentum,
            tolerance=1e-6,
            slips=(
                (descent.forgetful, "RELU.VELOCITY_RESET"),
                (descent.whole_steps, "RELU.NO_RATE"),
                (descent.damped, "RELU.DAMPED_GRADIENT"),
                (descent.averaged_weights, "RELU.AVERAGED_WEIGHTS"),
                (descent.uphill, "RELU.UPHILL"),
                (descent.half_damped, "RELU.RATE_TWICE"),
                (descent.late_gradient, "RELU.LATE_GRADIENT"),
                (descent.nesterov, "RELU.NESTEROV"),
            ),
        ),
    ),
    solution=N_("""\
def momentum(gradient, start, lr, mu, steps):
    w, v = np.array(start), np.zeros(len(start))
    path = [w]
    for _ in range(steps):
        v = mu * v + gradient(w)
        w = w - lr * v
        path.append(w)
    return np.array(path)

Keras keeps -lr · v as its velocity: the same path."""),
)
