"""Keys of lesson 01_first_model: what is right, and the thoughts behind what is not."""

from __future__ import annotations

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._first_model_curves import (
    best_epochs,
    diagnoses,
    file_is_whole,
    gaps,
    model_is_same,
)
from checkers.keys._first_model_split import Splits
from checkers.keys._first_model_stopping import Stopping
from checkers.rules.adapted import Adapted, Statistics
from checkers.rules.functions import Each
from checkers.rules.models import Network
from checkers.rules.slips import missing_layer, value_slip
from checkers.rules.values import CallbackIs, Look, NumberIs, Slip
from checkers.spec import Dense, ModelSpec, any_of, layer

_CODE = "FIRST_MODEL"

# Red wine, columns in the table's order: 1,119 rows of sample(frac=.7, random_state=0).
TRAINING_ROWS = Statistics(
    mean=(
        *(8.298927614, 0.526595174, 0.269776586, 2.509472744, 0.086906166, 15.63002681),
        *(46.233690795, 0.996748981, 3.314468275, 0.656014298, 10.435865356),
    ),
    variance=(
        *(3.07923, 0.0302065, 0.03775893, 1.627354, 0.001946975, 101.3162),
        *(1083.388, 3.533172e-06, 0.02377968, 0.0246002, 1.169368),
    ),
)
ALL_ROWS = Statistics(
    mean=(
        *(8.319637, 0.5278205, 0.2709756, 2.538806, 0.08746654, 15.87492),
        *(46.46779, 0.9967467, 3.311113, 0.6581488, 10.42298),
    ),
    variance=(
        *(3.029521, 0.03204233, 0.03792375, 1.986654, 0.002213757, 109.3465),
        *(1081.426, 3.559802e-06, 0.02382027, 0.02871465, 1.134937),
    ),
)

baseline = Key(
    "first-model-baseline",
    (
        NumberIs(
            "value",
            "baseline_mae",
            0.66458,
            tolerance=0.0005,
            slips=(
                Slip(0.70256, f"{_CODE}.BASELINE_MEAN"),
                Slip(0.65505, f"{_CODE}.BASELINE_WRONG_ROWS"),
                Slip(0.65791, f"{_CODE}.BASELINE_WRONG_ROWS"),
                Slip(0.88624, f"{_CODE}.BASELINE_RMSE"),
                Slip(0.82536, f"{_CODE}.BASELINE_RMSE"),
                Slip(0.78542, f"{_CODE}.BASELINE_MSE"),
            ),
        ),
    ),
    solution=N_("""\
np.abs(y_val - np.median(y_train)).mean() is 0.6646. The constant comes from
the training wines, the judgment from the validation wines."""),
)

split = Key(
    "first-model-split",
    (Splits("split"),),
    solution=N_("""\
def split(keys, seed):
    distinct = list(dict.fromkeys(keys))
    random.Random(seed).shuffle(distinct)
    cuts = round(0.6 * len(distinct)), round(0.8 * len(distinct))
    pieces = distinct[: cuts[0]], distinct[cuts[0] : cuts[1]], distinct[cuts[1] :]
    return [[row for row, key in enumerate(keys) if key in set(piece)]
            for piece in pieces]

The keys are shuffled, not the rows, so copies travel together. Two cuts make three
pieces and lose nothing."""),
)

scaled_line = Key(
    "first-model-scaled-line",
    (
        Network(
            "scaled_line",
            ModelSpec((11,), (layer("Normalization"), Dense(1))),
            claims={"network": ("*",)},
            free=("start",),
            slips=(
                value_slip(
                    "Dense.activation", "sigmoid", f"{_CODE}.SIGMOID_ON_A_SCORE"
                ),
                missing_layer("Normalization", f"{_CODE}.NO_NORMALIZATION"),
            ),
        ),
        Adapted(
            "scaled_line",
            adapted="adapted",
            rows="rows",
            expected=TRAINING_ROWS,
            slips=((ALL_ROWS, f"{_CODE}.ADAPTED_ALL_ROWS"),),
            not_adapted=f"{_CODE}.NOT_ADAPTED",
            other=f"{_CODE}.ADAPTED_OTHER_ROWS",
        ),
    ),
    solution=N_("""\
normalization = keras.layers.Normalization()
normalization.adapt(x_train)
scaled_line = keras.Sequential(
    [keras.Input((11,)), normalization, keras.layers.Dense(1)])

adapt sees training rows only; Dense(1) has no activation: it can reach any score."""),
)

read_curves = Key(
    "first-model-read-curves",
    (
        Look("best", "best_epochs", best_epochs),
        Look("gap", "gaps", gaps),
        Look("diagnosis", "diagnoses", diagnoses),
    ),
    solution=N_("""\
Best epochs: A 3, B 5, C 12, D 10. Gaps there: A 0.1624, B -0.1772, C 0.0006, D 0.0082.
A is overfit: training keeps falling, validation turns at epoch 3 and rises.
B has a rate that is too high: it jumps, and its training loss does not fall either.
C is fine. D is underfit: both curves are flat at about 0.66, where the median is."""),
)

early_stopping = Key(
    "first-model-early-stopping",
    (
        Stopping("early_stopping"),
        CallbackIs(
            "callback",
            "stopper",
            "EarlyStopping",
            {
                "monitor": "val_loss",
                "patience": 5,
                "min_delta": 0.001,
                "restore_best_weights": True,
                "mode": any_of("auto", "min"),
                "baseline": None,
                "start_from_epoch": 0,
            },
            codes=(
                ("monitor", f"{_CODE}.CALLBACK_MONITOR"),
                ("restore_best_weights", f"{_CODE}.CALLBACK_NO_RESTORE"),
            ),
        ),
    ),
    solution=N_("""\
def early_stopping(history, patience, min_delta):
    best, lowest = 0, float("inf")
    for epoch, loss in enumerate(history["val_loss"]):
        if loss < lowest - min_delta:
            best, lowest = epoch, loss
        elif epoch - best >= patience:
            return epoch, best
    return len(history["val_loss"]) - 1, best

stopper = keras.callbacks.EarlyStopping(
    monitor="val_loss", patience=5, min_delta=0.001, restore_best_weights=True)"""),
)

save_load = Key(
    "first-model-save-load",
    (
        Each("file", "save_and_load", file_is_whole, plain=False),
        Each("model", "save_and_load", model_is_same, plain=False),
    ),
    solution=N_("""\
def save_and_load(model, path):
    model.save(path)
    return keras.saving.load_model(path)

One .keras file holds layers, weights and compile settings."""),
)
