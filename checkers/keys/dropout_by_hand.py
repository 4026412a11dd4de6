"""Keys of lesson 08, dropout by hand: what is right, and the thoughts beside it."""

from __future__ import annotations

import math
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys import _dropout_by_hand_ensemble as masks
from checkers.keys._dropout_by_hand_layer import HandMadeLayer
from checkers.keys._dropout_by_hand_masks import (
    INFERENCE,
    PREDICT,
    SAFE,
    TRAIN,
    TRAINING,
)
from checkers.keys._dropout_by_hand_means import MeansAre
from checkers.rules.models import Network
from checkers.rules.shared import Share, Shared
from checkers.rules.slips import looks_like, moved_layer, value_slip
from checkers.rules.values import ChoiceIs, Committed, NumberIs, Slip
from checkers.spec import Dense, Dropout, ModelSpec
from checkers.tasks import dropout_by_hand as tasks

__all__ = [
    "dropped_units",
    "ensemble",
    "inverted",
    "keras_rate",
    "layer",
    "two_means",
    "vanilla",
    "which_p",
]

_CODE = "BY_HAND."

# -- 1 · How many are dropped? ---------------------------------------------------------


def _variance(p: dict[str, Any]) -> float:
    return float(p["units"] * p["rate"] * (1 - p["rate"]))


dropped_units = Key(
    exercise="dropout-by-hand-dropped-units",
    rules=(
        NumberIs(
            "mean",
            "mean_dropped",
            lambda p: p["units"] * p["rate"],
            tolerance=1e-6,
            slips=(
                Slip(lambda p: p["units"] * (1 - p["rate"]), _CODE + "KEPT_COUNTED"),
                Slip(lambda p: p["rate"], _CODE + "SHARE_FOR_COUNT"),
            ),
        ),
        NumberIs(
            "sd",
            "sd_dropped",
            lambda p: math.sqrt(_variance(p)),
            tolerance=0.05,
            slips=(
                Slip(0.0, _CODE + "ALWAYS_EXACTLY"),
                Slip(_variance, _CODE + "VARIANCE_FOR_SD"),
                Slip(
                    lambda p: math.sqrt(p["units"] * p["rate"]),
                    _CODE + "KEPT_SHARE_LEFT_OUT",
                ),
                Slip(
                    lambda p: math.sqrt(p["units"] * (1 - p["rate"])),
                    _CODE + "KEPT_SHARE_LEFT_OUT",
                ),
                Slip(
                    lambda p: math.sqrt(p["rate"] * (1 - p["rate"])),
                    _CODE + "SD_OF_ONE_UNIT",
                ),
            ),
        ),
    ),
    solution=N_(
        "units * rate and sqrt(units * rate * (1 - rate)). With 1000 units and rate "
        "0.4: 400 and 15.5.\n"
        "Each unit is drawn on its own, so a count of exactly 400 is rare: it comes up "
        "in one draw of forty. Most counts lie between 370 and 430, two standard "
        "deviations to either side."
    ),
)

# -- 2 · The vanilla pair --------------------------------------------------------------

vanilla = Key(
    exercise="dropout-by-hand-vanilla",
    rules=(TRAIN, PREDICT),
    solution=N_(
        "def vanilla_train(x, keep):\n"
        "    return x * (np.random.rand(*x.shape) < keep)\n"
        "\n"
        "def vanilla_predict(x, keep):\n"
        "    return x * keep\n"
        "A mask entry is 1 with probability keep, so the expected value in training is "
        "keep · x. Prediction uses that expected value and draws nothing."
    ),
)

# -- 3 · Inverted dropout --------------------------------------------------------------

inverted = Key(
    exercise="dropout-by-hand-inverted",
    rules=(TRAINING, INFERENCE, SAFE),
    solution=N_(
        "def inverted(x, rate, training):\n"
        "    if not 0 <= rate < 1:\n"
        '        raise ValueError(f"expected 0 <= rate < 1, received {rate}")\n'
        "    if not training:\n"
        "        return x\n"
        "    mask = np.random.rand(*x.shape) >= rate\n"
        "    return x * mask / (1 - rate)\n"
        "x * mask makes a new array: the caller's x stays as it is, and whole numbers "
        "turn into floats. At rate 1 nothing would be kept, and 1 / (1 - rate) would "
        "divide by zero."
    ),
)

# -- 4 · A layer with a way back -------------------------------------------------------

layer = Key(
    exercise="dropout-by-hand-layer",
    rules=(HandMadeLayer("DropoutLayer"),),
    solution=N_(
        "class DropoutLayer:\n"
        "    def __init__(self, rate):\n"
        "        self.rate = rate\n"
        "\n"
        "    def forward(self, x, training):\n"
        "        self.scale = np.ones(x.shape)\n"
        "        if training:\n"
        "            mask = np.random.rand(*x.shape) >= self.rate\n"
        "            self.scale = mask / (1 - self.rate)\n"
        "        return x * self.scale\n"
        "\n"
        "    def backward(self, dout):\n"
        "        return dout * self.scale\n"
        "y is x times a number, entry by entry, and that number is the slope: the mask "
        "and its factor, the very ones of the forward pass. At inference it is 1."
    ),
)

# -- 5 · Two means that do not meet ----------------------------------------------------
# Exact over all masks: train -0.19343 (standard error of a drawn mean 0.0015), predict
# -0.24787; vanilla with the same weights: -0.24555 and -0.25728; without ReLU -0.3814.

_TRAIN, _PREDICT = -0.19343, -0.24786749
_VANILLA_TRAIN, _VANILLA_PREDICT = -0.24555, -0.25728
_NO_RELU = -0.38139

two_means = Key(
    exercise="dropout-by-hand-two-means",
    rules=(
        Committed("guess", "guessed_difference"),
        MeansAre(
            "measured",
            "means",
            (_TRAIN, _PREDICT),
            slips=(
                ((_PREDICT, _TRAIN), _CODE + "MEANS_SWAPPED"),
                ((_VANILLA_TRAIN, _VANILLA_PREDICT), _CODE + "VANILLA_MEANS"),
                ((_NO_RELU, _NO_RELU), _CODE + "NO_RELU"),
                ((0.5332, 0.4632), _CODE + "OTHER_NETWORK"),
                ((0.0815, 0.1353), _CODE + "OTHER_NETWORK"),
            ),
        ),
        ChoiceIs(
            "reason",
            "reason",
            ("jensen",),
            (
                ("noise", _CODE + "MORE_SAMPLES"),
                ("factor", _CODE + "EXACTLY_TWICE"),
                ("weights", _CODE + "MASKS_CHANGE_WEIGHTS"),
                ("second_mask", _CODE + "SECOND_MASK"),
            ),
        ),
    ),
    solution=N_(
        "train_pass(x).mean() is -0.1922 with the masks of seed 1, and predict_pass(x)"
        ".mean() is -0.2479. Over all masks the first is -0.1934: a million samples "
        "leave a standard error of 0.0015, and the difference of 0.0544 stays.\n"
        "The first mask goes through the second ReLU, which is bent; there the mean of "
        "the function is not the function of the mean. The second mask goes through "
        "linear steps only."
    ),
)

# -- 6 · Which p is meant? -------------------------------------------------------------

which_p = Key(
    exercise="dropout-by-hand-which-p",
    rules=(
        ChoiceIs(
            "keeps",
            "keeps_80",
            ("keras_02", "torch_02", "tf1_08", "paper_08", "numpy_above"),
            (
                ("keras_08", _CODE + "KERAS_RATE_KEEPS"),
                ("tf1_02", _CODE + "KEEP_PROB_DROPS"),
                ("numpy_below", _CODE + "MASK_BELOW_P"),
            ),
        ),
        ChoiceIs(
            "switch",
            "switch",
            ("four",),
            (
                ("one", _CODE + "SWITCH_TOO_EARLY"),
                ("two", _CODE + "SWITCH_TOO_EARLY"),
                ("three", _CODE + "SWITCH_TOO_EARLY"),
                ("five", _CODE + "SWITCH_TOO_LATE"),
            ),
        ),
    ),
    solution=N_(
        "Keras and PyTorch drop: 0.2. keep_prob and the paper's p keep: 0.8. A random "
        "number is below p with probability p, so the mask `> 0.2` keeps 80 %.\n"
        "The page drops with p until sentence 3. Sentence 4 multiplies by p at test "
        "time, which is right only if p is the share kept."
    ),
)

# -- 7 · The same dropout in Keras -----------------------------------------------------


def _net(parameters: dict[str, Any]) -> ModelSpec:
    rate = round(1 - parameters["keep"], 10)
    hidden, head = Dense(64, "relu"), Dense(10, "softmax")
    return ModelSpec((784,), (hidden, Dropout(rate), head))


_HIDDEN, _HEAD = Dense(64, "relu"), Dense(10, "softmax")
_KEPT = tasks.keras_rate.personal["keep"]
_RATES = tuple(round(1 - keep, 10) for keep in _KEPT)

keras_rate = Key(
    exercise="dropout-by-hand-keras-rate",
    rules=(
        Network(
            "keras_net",
            _net,
            claims={"dropout": ("Dropout", "behavior"), "network": ("*",)},
            slips=(
                *(
                    value_slip("Dropout.rate", keep, _CODE + "RATE_FROM_KEEP")
                    for keep in _KEPT
                ),
                *(
                    looks_like(
                        ModelSpec((784,), (Dropout(rate), _HIDDEN, _HEAD)),
                        _CODE + "DROPS_PIXELS",
                        topic="Dropout",
                        layer=0,
                    )
                    for rate in _RATES
                ),
                *(
                    looks_like(
                        ModelSpec((784,), (_HIDDEN, _HEAD, Dropout(rate))),
                        _CODE + "OTHER_PLACE",
                        topic="Dropout",
                        layer=2,
                    )
                    for rate in _RATES
                ),
                moved_layer("Dropout", _CODE + "OTHER_PLACE"),
            ),
        ),
    ),
    solution=N_(
        'keras.Input((784,)), Dense(64, activation="relu"), Dropout(1 - keep), '
        'Dense(10, activation="softmax").\n'
        "Keras asks for the share that is dropped. 1 - 0.8 is 0.19999999999999996 to "
        "Python; that is 0.2 for every purpose."
    ),
)

# -- 8 · All thinned networks ----------------------------------------------------------

ensemble = Key(
    exercise="dropout-by-hand-ensemble",
    rules=(
        Shared(
            "ensemble",
            masks.ensemble,
            (
                Share(
                    "exact",
                    result=0,
                    slips=(
                        (masks.scaled_for_exact, _CODE + "LOGITS_AVERAGED"),
                        (masks.unweighted, _CODE + "UNWEIGHTED"),
                        (masks.losses, _CODE + "LOSSES_AVERAGED"),
                        (masks.log_mean, _CODE + "LOSSES_AVERAGED"),
                        (masks.drops_weights, _CODE + "WEIGHTS_DROPPED"),
                        (masks.no_factor, _CODE + "MASKS_UNSCALED"),
                        (masks.shares_swapped, _CODE + "SHARES_SWAPPED"),
                        (masks.no_softmax, _CODE + "NO_SOFTMAX"),
                    ),
                ),
                Share(
                    "scaled",
                    result=1,
                    slips=(
                        (masks.kept_scale, _CODE + "SCALES_THE_FULL_PASS"),
                        (masks.no_softmax, _CODE + "NO_SOFTMAX"),
                    ),
                ),
            ),
        ),
        masks.Sampled("sampled", "ensemble"),
    ),
    solution=N_(
        "def ensemble(h, w, b, keep, draws):\n"
        "    def outputs(mask):\n"
        "        return softmax((mask * h / keep) @ w + b)\n"
        "\n"
        "    exact = np.zeros(len(b))\n"
        "    for mask in itertools.product((0, 1), repeat=len(h)):\n"
        "        kept = sum(mask)\n"
        "        chance = keep**kept * (1 - keep) ** (len(h) - kept)\n"
        "        exact += chance * outputs(np.array(mask))\n"
        "    drawn = np.random.rand(draws, len(h)) < keep\n"
        "    sampled = np.mean([outputs(mask) for mask in drawn], axis=0)\n"
        "    return exact, outputs(keep), sampled\n"
        "A unit is there or not: n units give 2^n masks, whatever the number of "
        "weights. Only at keep 0.5 do all have the same weight. The pass without masks "
        "is near the exact mean, and not equal to it: softmax is bent."
    ),
)
