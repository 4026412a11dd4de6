"""Right variants and wrong answers of lesson 01_first_model."""

import random
from functools import cache

import keras
import numpy as np

from checkers.tasks.first_model import HISTORIES
from course.answers import right, wrong
from course.datasets import load, wine_split

BASELINE = "first-model-baseline"
SPLIT = "first-model-split"
LINE = "first-model-scaled-line"
CURVES = "first-model-read-curves"
STOPPING = "first-model-early-stopping"
SAVING = "first-model-save-load"
WINE = "red-wine"  # the real rows; on stand-ins these answers mean nothing


@cache
def wines():
    return wine_split(load("red-wine"), seed=0)


# --- 1 the number to beat -----------------------------------------------------------


@right(BASELINE, data=WINE)
def median_of_training():
    return np.abs(wines().y_val - np.median(wines().y_train)).mean()


@right(BASELINE, data=WINE)
def rounded_to_four_places():
    return round(float(median_of_training()), 4)


@right(BASELINE, data=WINE)
def keras_metric():
    y_val = wines().y_val
    guess = np.full_like(y_val, np.median(wines().y_train))
    return keras.metrics.mean_absolute_error(y_val, guess)


@wrong(BASELINE, code="FIRST_MODEL.BASELINE_MEAN", data=WINE)
def mean_for_median():
    return np.abs(wines().y_val - wines().y_train.mean()).mean()


@wrong(BASELINE, code="FIRST_MODEL.BASELINE_WRONG_ROWS", data=WINE)
def judged_on_training_rows():
    return np.abs(wines().y_train - np.median(wines().y_train)).mean()


@wrong(BASELINE, code="FIRST_MODEL.BASELINE_WRONG_ROWS", data=WINE)
def judged_on_all_rows():
    y = np.concatenate([wines().y_train, wines().y_val])
    return np.abs(y - np.median(y)).mean()


@wrong(BASELINE, code="FIRST_MODEL.BASELINE_RMSE", data=WINE)
def root_mean_square():
    return ((wines().y_val - np.median(wines().y_train)) ** 2).mean() ** 0.5


@wrong(BASELINE, code="FIRST_MODEL.BASELINE_MSE", data=WINE)
def mean_square():
    return ((wines().y_val - np.median(wines().y_train)) ** 2).mean()


@wrong(BASELINE, code="NUMBER.WRONG", data=WINE)
def something_else():
    return 0.6


# --- 2 a split that you can defend --------------------------------------------------


def _cut(pieces, keys):
    return [
        [row for row, key in enumerate(keys) if key in set(piece)] for piece in pieces
    ]


@right(SPLIT)
def own_generator():
    def split(keys, seed):
        distinct = list(dict.fromkeys(keys))
        random.Random(seed).shuffle(distinct)
        first, second = round(0.6 * len(distinct)), round(0.8 * len(distinct))
        return _cut((distinct[:first], distinct[first:second], distinct[second:]), keys)

    return split


@right(SPLIT)
def numpy_arrays():
    def split(keys, seed):
        distinct, inverse = np.unique(keys, return_inverse=True)
        shuffled = np.random.default_rng(seed).permutation(len(distinct))
        part = np.empty(len(distinct), int)
        sizes = int(0.6 * len(distinct)), int(0.8 * len(distinct))
        for number, piece in enumerate(np.split(shuffled, sizes)):
            part[piece] = number
        return tuple(np.flatnonzero(part[inverse] == number) for number in range(3))

    return split


@right(SPLIT)
def scikit_learn():
    from sklearn.model_selection import GroupShuffleSplit

    def split(keys, seed):
        rows = np.arange(len(keys))
        cut = GroupShuffleSplit(n_splits=1, test_size=0.2, random_state=seed)
        rest, test = next(cut.split(rows, groups=keys))
        cut = GroupShuffleSplit(n_splits=1, test_size=0.25, random_state=seed)
        train, val = next(cut.split(rest, groups=np.array(keys)[rest]))
        return rest[train], rest[val], test

    return split


@wrong(SPLIT, code="FIRST_MODEL.SPLIT_REPEATS")
def with_replacement():
    def split(keys, seed):
        rng = random.Random(seed)
        rows, n = range(len(keys)), len(keys)
        return [rng.choices(rows, k=round(share * n)) for share in (0.6, 0.2, 0.2)]

    return split


@wrong(SPLIT, code="FIRST_MODEL.SPLIT_GLOBAL_SEED")
def global_seed():
    def split(keys, seed):
        random.seed(seed)
        distinct = list(dict.fromkeys(keys))
        random.shuffle(distinct)
        first, second = round(0.6 * len(distinct)), round(0.8 * len(distinct))
        return _cut((distinct[:first], distinct[first:second], distinct[second:]), keys)

    return split


@wrong(SPLIT, code="FIRST_MODEL.SPLIT_NOT_REPEATABLE")
def fresh_generator():
    def split(keys, seed):
        distinct = list(dict.fromkeys(keys))
        random.Random().shuffle(distinct)
        first, second = round(0.6 * len(distinct)), round(0.8 * len(distinct))
        return _cut((distinct[:first], distinct[first:second], distinct[second:]), keys)

    return split


@wrong(SPLIT, code="FIRST_MODEL.SPLIT_SEED_IGNORED")
def always_the_same():
    def split(keys, seed):
        distinct = list(dict.fromkeys(keys))
        first, second = round(0.6 * len(distinct)), round(0.8 * len(distinct))
        return _cut((distinct[:first], distinct[first:second], distinct[second:]), keys)

    return split


@wrong(SPLIT, code="FIRST_MODEL.SPLIT_DROPS_ROWS")
def drops_the_remainder():
    def split(keys, seed):
        distinct = list(dict.fromkeys(keys))
        random.Random(seed).shuffle(distinct)
        n, m = int(0.6 * len(distinct)), int(0.2 * len(distinct))
        pieces = distinct[:n], distinct[n : n + m], distinct[n + m : n + 2 * m]
        return _cut(pieces, keys)

    return split


@wrong(SPLIT, code="FIRST_MODEL.SPLIT_SHARES")
def other_shares():
    def split(keys, seed):
        distinct = list(dict.fromkeys(keys))
        random.Random(seed).shuffle(distinct)
        first, second = round(0.8 * len(distinct)), round(0.9 * len(distinct))
        return _cut((distinct[:first], distinct[first:second], distinct[second:]), keys)

    return split


@wrong(SPLIT, code="FIRST_MODEL.SPLIT_COPIES_APART")
def shuffles_rows():
    def split(keys, seed):
        rows = list(range(len(keys)))
        random.Random(seed).shuffle(rows)
        first, second = round(0.6 * len(rows)), round(0.8 * len(rows))
        return rows[:first], rows[first:second], rows[second:]

    return split


@wrong(SPLIT, code="FUNCTION.MUTATES")
def shuffles_the_argument():
    def split(keys, seed):
        random.Random(seed).shuffle(keys)
        return own_generator()(keys, seed)

    return split


@wrong(SPLIT, code="FUNCTION.OTHER_RESULT")
def two_parts():
    def split(keys, seed):
        return own_generator()(keys, seed)[:2]

    return split


# --- 3 a line that scales its inputs ------------------------------------------------


def _adapted(rows=None):
    normalization = keras.layers.Normalization()
    normalization.adapt(wines().x_train if rows is None else rows)
    return normalization


@right(LINE, data=WINE)
def sequential():
    return keras.Sequential([keras.Input((11,)), _adapted(), keras.layers.Dense(1)])


@right(LINE, data=WINE)
def functional():
    inputs = keras.Input((11,))
    outputs = keras.layers.Dense(1, activation="linear")(_adapted()(inputs))
    return keras.Model(inputs, outputs)


@right(LINE, data=WINE)
def mean_and_variance_given():
    x_train = wines().x_train
    scale = keras.layers.Normalization(mean=x_train.mean(0), variance=x_train.var(0))
    return keras.Sequential([keras.Input((11,)), scale, keras.layers.Dense(1)])


@right(LINE, data=WINE)
def compiled_and_trained():
    model = sequential()
    model.compile(optimizer="adam", loss="mae")
    model.fit(wines().x_train, wines().y_train, batch_size=512, verbose=0)
    return model


@wrong(LINE, code="FIRST_MODEL.ADAPTED_ALL_ROWS", layer=0, data=WINE)
def adapted_on_all_rows():
    rows = np.concatenate([wines().x_train, wines().x_val])
    return keras.Sequential([keras.Input((11,)), _adapted(rows), keras.layers.Dense(1)])


@wrong(LINE, code="FIRST_MODEL.ADAPTED_OTHER_ROWS", layer=0, data=WINE)
def adapted_on_validation_rows():
    scale = _adapted(wines().x_val)
    return keras.Sequential([keras.Input((11,)), scale, keras.layers.Dense(1)])


@wrong(LINE, code="FIRST_MODEL.NOT_ADAPTED", layer=0, data=WINE)
def not_adapted():
    scale = keras.layers.Normalization()
    return keras.Sequential([keras.Input((11,)), scale, keras.layers.Dense(1)])


@wrong(LINE, code="FIRST_MODEL.SIGMOID_ON_A_SCORE", layer=1, data=WINE)
def sigmoid_on_a_score():
    return keras.Sequential(
        [keras.Input((11,)), _adapted(), keras.layers.Dense(1, activation="sigmoid")]
    )


@wrong(LINE, code="FIRST_MODEL.NO_NORMALIZATION", data=WINE)
def without_normalization():
    return keras.Sequential([keras.Input((11,)), keras.layers.Dense(1)])


@wrong(LINE, code="LAYER.WRONG_KIND", layer=0, data=WINE)
def batch_normalization():
    return keras.Sequential(
        [
            keras.Input((11,)),
            keras.layers.BatchNormalization(),
            keras.layers.Dense(1),
        ]
    )


# --- 4 read four histories ----------------------------------------------------------

DIAGNOSES = {"A": "overfit", "B": "rate too high", "C": "fine", "D": "underfit"}


def _read(pick, gap=None, diagnoses=None):
    best = {name: pick(run) for name, run in HISTORIES.items()}
    right_best = {name: _lowest(run) for name, run in HISTORIES.items()}
    gap = gap or (lambda run, epoch: run["val_loss"][epoch] - run["loss"][epoch])
    gaps = {name: gap(run, right_best[name]) for name, run in HISTORIES.items()}
    return best, gaps, diagnoses or DIAGNOSES


def _lowest(run):
    return int(np.argmin(run["val_loss"]))


@right(CURVES)
def argmin():
    return _read(_lowest)


@right(CURVES)
def numpy_and_rounded():
    best, gaps, words = _read(lambda run: np.argmin(run["val_loss"]))
    return best, {name: np.round(gap, 4) for name, gap in gaps.items()}, words


@wrong(CURVES, code="FIRST_MODEL.LAST_EPOCH")
def last_epoch():
    return _read(lambda run: len(run["loss"]) - 1)


@wrong(CURVES, code="FIRST_MODEL.TRAINING_LOSS")
def lowest_training_loss():
    return _read(lambda run: int(np.argmin(run["loss"])))


@wrong(CURVES, code="FIRST_MODEL.ONE_BASED")
def counted_from_one():
    return _read(lambda run: _lowest(run) + 1)


@wrong(CURVES, code="FIRST_MODEL.GAP_SIGN")
def training_minus_validation():
    return _read(
        _lowest, lambda run, epoch: run["loss"][epoch] - run["val_loss"][epoch]
    )


@wrong(CURVES, code="FIRST_MODEL.GAP_SIGN")
def gap_without_sign():
    return _read(
        _lowest, lambda run, epoch: abs(run["loss"][epoch] - run["val_loss"][epoch])
    )


@wrong(CURVES, code="FIRST_MODEL.GAP_LAST_EPOCH")
def gap_at_the_end():
    return _read(_lowest, lambda run, epoch: run["val_loss"][-1] - run["loss"][-1])


@wrong(CURVES, code="FIRST_MODEL.CURVES_END_HIGH")
def small_gap_called_fine():
    return _read(_lowest, diagnoses=DIAGNOSES | {"D": "fine"})


@wrong(CURVES, code="FIRST_MODEL.CURVES_JUMP")
def jumps_called_overfit():
    return _read(_lowest, diagnoses=DIAGNOSES | {"B": "overfit"})


@wrong(CURVES, code="FIRST_MODEL.CURVES_PART")
def rising_called_fine():
    return _read(_lowest, diagnoses=DIAGNOSES | {"A": "fine"})


@wrong(CURVES, code="FIRST_MODEL.CURVES_END_LOW")
def fine_called_underfit():
    return _read(_lowest, diagnoses=DIAGNOSES | {"C": "underfit"})


@wrong(CURVES, code="FIRST_MODEL.DIAGNOSIS_WORD")
def another_word():
    return _read(_lowest, diagnoses=DIAGNOSES | {"B": "diverges"})


@wrong(CURVES, code="VALUES.FIELD_MISSING")
def one_run_missing():
    best, gaps, words = _read(_lowest)
    del gaps["C"]
    return best, gaps, words


# --- 5 early stopping by hand -------------------------------------------------------


def _stopper(**settings):
    usual = {
        "monitor": "val_loss",
        "patience": 5,
        "min_delta": 0.001,
        "restore_best_weights": True,
    }
    return keras.callbacks.EarlyStopping(**usual | settings)


def _walk(losses, patience, min_delta):
    best, lowest = 0, float("inf")
    for epoch, loss in enumerate(losses):
        if loss < lowest - min_delta:
            best, lowest = epoch, loss
        elif epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best


def _by_hand(history, patience, min_delta):
    return _walk(history["val_loss"], patience, min_delta)


@right(STOPPING)
def loop_and_fresh_callback():
    return _by_hand, _stopper()


@right(STOPPING)
def waiting_counter_and_used_callback():
    def early_stopping(history, patience, min_delta):
        best, wait, restored = None, 0, 0
        for epoch, loss in enumerate(history["val_loss"]):
            wait += 1
            if best is None or loss + min_delta < best:
                best, wait, restored = loss, 0, epoch
            elif wait >= patience:
                break
        return [np.int64(epoch), restored]

    stopper = _stopper(mode="min")
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(loss="mae")
    x = np.zeros((4, 1), "float32")
    fit = {"validation_data": (x, x), "epochs": 2, "verbose": 0, "callbacks": [stopper]}
    model.fit(x, x, **fit)
    return early_stopping, stopper


@right(STOPPING)
def keras_itself():
    def early_stopping(history, patience, min_delta):
        callback = _stopper(patience=patience, min_delta=min_delta)
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        model.compile(loss="mae")
        callback.set_model(model)
        callback.on_train_begin()
        for epoch, loss in enumerate(history["val_loss"]):
            callback.on_epoch_end(epoch, {"val_loss": loss})
            if model.stop_training:
                break
        return epoch, callback.best_epoch

    return early_stopping, [_stopper()]


@wrong(STOPPING, code="FIRST_MODEL.STOP_TEST_SET")
def watches_the_test_set():
    def early_stopping(history, patience, min_delta):
        return _walk(history["test_loss"], patience, min_delta)

    return early_stopping, _stopper()


@wrong(STOPPING, code="FIRST_MODEL.STOP_TRAINING_LOSS")
def watches_the_training_loss():
    def early_stopping(history, patience, min_delta):
        return _walk(history["loss"], patience, min_delta)

    return early_stopping, _stopper()


@wrong(STOPPING, code="FIRST_MODEL.STOP_PATIENCE_COUNTS_BEST")
def patience_counts_the_best():
    return lambda h, p, d: _walk(h["val_loss"], p - 1, d), _stopper()


@wrong(STOPPING, code="FIRST_MODEL.STOP_PATIENCE_ONE_LATE")
def stops_after_patience():
    return lambda h, p, d: _walk(h["val_loss"], p + 1, d), _stopper()


@wrong(STOPPING, code="FIRST_MODEL.STOP_NO_MIN_DELTA")
def every_dip_counts():
    return lambda h, p, d: _walk(h["val_loss"], p, 0.0), _stopper()


@wrong(STOPPING, code="FIRST_MODEL.STOP_ONE_BASED")
def epochs_from_one():
    return lambda h, p, d: tuple(e + 1 for e in _by_hand(h, p, d)), _stopper()


@wrong(STOPPING, code="FIRST_MODEL.STOP_NO_RESTORE")
def keeps_the_last_weights():
    return lambda h, p, d: (_by_hand(h, p, d)[0],) * 2, _stopper()


@wrong(STOPPING, code="FIRST_MODEL.STOP_LOWEST_NOT_BEST")
def restores_the_lowest():
    def early_stopping(history, patience, min_delta):
        stop, _ = _by_hand(history, patience, min_delta)
        return stop, int(np.argmin(history["val_loss"][: stop + 1]))

    return early_stopping, _stopper()


@wrong(STOPPING, code="FIRST_MODEL.STOP_RESTORE_ONLY_EARLY")
def restores_only_when_stopped():
    def early_stopping(history, patience, min_delta):
        stop, best = _by_hand(history, patience, min_delta)
        return stop, best if stop == best + patience else stop

    return early_stopping, _stopper()


@wrong(STOPPING, code="FIRST_MODEL.STOP_WRONG")
def lowest_of_the_whole_curve():
    def early_stopping(history, patience, min_delta):
        return len(history["val_loss"]) - 1, int(np.argmin(history["val_loss"]))

    return early_stopping, _stopper()


@wrong(STOPPING, code="FIRST_MODEL.CALLBACK_NO_RESTORE")
def callback_without_restore():
    return _by_hand, _stopper(restore_best_weights=False)


@wrong(STOPPING, code="FIRST_MODEL.CALLBACK_MONITOR")
def callback_on_training_loss():
    return _by_hand, _stopper(monitor="loss")


@wrong(STOPPING, code="CALLBACK.SETTING")
def callback_with_other_patience():
    return _by_hand, _stopper(patience=3)


# --- 6 save, load, compare ----------------------------------------------------------


@right(SAVING)
def save_and_load_model():
    def save_and_load(model, path):
        model.save(path)
        return keras.saving.load_model(path)

    return save_and_load


@right(SAVING)
def other_names_for_the_same():
    def save_and_load(model, path):
        keras.saving.save_model(model, path)
        return keras.models.load_model(path, compile=False)

    return save_and_load


@wrong(SAVING, code="FIRST_MODEL.HDF5_PATH")
def hdf5_path():
    def save_and_load(model, path):
        path = path.replace(".keras", ".hdf5")
        model.save(path)
        return keras.saving.load_model(path, compile=False)

    return save_and_load


@wrong(SAVING, code="FUNCTION.RAISES")
def hdf5_checkpoint():
    def save_and_load(model, path):
        path = path.replace(".keras", ".hdf5")
        keras.callbacks.ModelCheckpoint(path)
        return keras.saving.load_model(path)

    return save_and_load


@wrong(SAVING, code="FIRST_MODEL.WEIGHTS_ONLY")
def weights_only():
    def save_and_load(model, path):
        path = path.replace(".keras", ".weights.h5")
        model.save_weights(path)
        copy = keras.models.clone_model(model)
        copy.load_weights(path)
        return copy

    return save_and_load


@wrong(SAVING, code="FIRST_MODEL.REINITIALIZED")
def cloned():
    def save_and_load(model, path):
        model.save(path)
        return keras.models.clone_model(model)

    return save_and_load


@wrong(SAVING, code="FIRST_MODEL.NOT_LOADED")
def gives_the_same_model_back():
    def save_and_load(model, path):
        model.save(path)
        return model

    return save_and_load


@wrong(SAVING, code="FIRST_MODEL.NO_FILE")
def nothing_saved():
    def save_and_load(model, path):
        copy = keras.models.clone_model(model)
        copy.set_weights(model.get_weights())
        return copy

    return save_and_load


@wrong(SAVING, code="FUNCTION.NO_RESULT")
def returns_nothing():
    def save_and_load(model, path):
        model.save(path)
        keras.saving.load_model(path)

    return save_and_load
