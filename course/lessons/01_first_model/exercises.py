# %% [markdown]
# # A first model: exercises
#
# Six exercises, 15 points, about 70 minutes. Nothing here trains for longer than a
# second.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# Run them as often as you like. For a hint, run for example `first_model.split.hint()`,
# then `first_model.split.hint(2)`.

# %%
import random

import keras
import numpy as np

from checkers import first_model
from course import plots
from course.datasets import load, wine_split

SEED = 0
keras.utils.set_random_seed(SEED)
wine = load("red-wine")
STAND_IN = wine.is_stand_in
print(wine.source.label())

# 70 % training: frame.sample(frac=0.7, random_state=0)
parts = wine_split(wine, seed=0)
x_train, y_train = parts.x_train, parts.y_train
x_val, y_val = parts.x_val, parts.y_val
print(x_train.shape, y_train.shape, x_val.shape, y_val.shape)

# %% [markdown]
# ## Exercise 1 · The number to beat (1 point)
#
# The first cell cuts the wines 70 / 30, the way a well-known lesson does. Somebody who
# knows no chemistry always says the median score of the **training** wines. What is the
# mean absolute error of that on the **validation** wines?
#
# Assign a number; compute it in the cell. *Strict:* the split, the constant, where it
# is judged. 0.0005 is tolerated. *Free:* how you compute it.

# %% answer="first-model-baseline"
baseline_mae = None
### BEGIN SOLUTION
baseline_mae = np.abs(y_val - np.median(y_train)).mean()
### END SOLUTION

# %% [markdown] solution="first-model-baseline"
# The training median is 6, and the error is 0.6646. The training mean, 5.62, gives
# 0.7026: it makes the squared error small, not the absolute one. On the training wines
# themselves the median has 0.6550. (The validation median happens to be 6 as well. It
# would give the same number here, and still be the wrong constant: you do not have it
# when you predict.)

# %% solution="first-model-baseline"
from course.results import report

report("wine-median-baseline-mae", baseline_mae, source=wine.source)

# %% [markdown]
# ## Exercise 2 · A split that you can defend (3 points)
#
# Write `split(keys, seed)`. `keys` is a list with one key per row: a number or a text.
# Rows with **equal keys are copies** of one wine. Return three lists of row numbers
# (positions in `keys`, from 0): training, validation, test.
#
# - Each row is in exactly one part.
# - Of the *distinct keys*, 60 % go to training, 20 % to validation, 20 % to test. Each
#   part may be off by 2 keys, so round as you like.
# - All rows with the same key are in the same part.
# - The same `keys` and `seed` give the same split, another seed gives another one. The
#   global random state (`random.seed`, `np.random.seed`) is neither used nor changed.
#
# *Free:* which key goes where, the order inside a part, lists or arrays.


# %% answer="first-model-split"
def split(keys, seed):
    """Cut rows 60 / 20 / 20, copies together.

    Args:
        keys: One key per row; equal keys mark copies of one row.
        seed: Whole number that decides the split.

    Returns:
        Three lists of row numbers: training, validation, test.
    """
    ### BEGIN SOLUTION
    distinct = list(dict.fromkeys(keys))
    random.Random(seed).shuffle(distinct)
    first, second = round(0.6 * len(distinct)), round(0.8 * len(distinct))
    pieces = distinct[:first], distinct[first:second], distinct[second:]
    return [
        [row for row, key in enumerate(keys) if key in set(piece)] for piece in pieces
    ]
    ### END SOLUTION


# %% [markdown] solution="first-model-split"
# The *keys* are shuffled and cut; the rows follow. So copies travel together. Two cuts
# make three pieces, and nothing is left over. `random.Random(seed)` is a generator of
# its own: it takes nothing from the global one and leaves it as it was. `dict.fromkeys`
# removes repeats and keeps the order; the order of a `set` of texts changes from one
# run of Python to the next.

# %% [markdown]
# ## Exercise 3 · A line that scales its inputs (3 points)
#
# Build `scaled_line`: 11 inputs, a `Normalization` layer that was adapted on the
# training rows and on nothing else, then `Dense(1)`. You need not compile or train it.
# The score is a number like 5.6, so the last layer has no activation.
#
# (`adapt` wants an array: give it `x_train`. It refuses a DataFrame.)
#
# *Strict:* layers, their order, no activation, the rows that Normalization saw. *Free:*
# API, names, initial weights.

# %% answer="first-model-scaled-line"
scaled_line = None
### BEGIN SOLUTION
normalization = keras.layers.Normalization()
normalization.adapt(x_train)
scaled_line = keras.Sequential(
    [keras.Input((11,)), normalization, keras.layers.Dense(1)]
)
### END SOLUTION

# %% [markdown] solution="first-model-scaled-line"
# The order matters twice. `adapt` comes before the model, or the layer holds means 0
# and variances 1 and says nothing. And `Normalization` comes before `Dense`, so that
# the weights meet columns of equal size. Adapting on all 1,599 rows would move the
# means only a little here. It is a habit that costs more on small tables, and the
# checker sees it.

# %% [markdown]
# ## Exercise 4 · Read four histories (3 points)
#
# `first_model.HISTORIES` holds four real runs on red wine, named A to D, 16 epochs
# each. Every run is a dictionary with the lists `"loss"` and `"val_loss"`, in quality
# points. A constant guess has about two thirds of a point.
#
# Answer with three dictionaries, from the names A to D:
#
# - `best_epochs`: the epoch that you would keep, **counted from 0**;
# - `gaps`: validation loss minus training loss at that epoch, to 0.0001;
# - `diagnoses`: one of `"underfit"`, `"overfit"`, `"rate too high"`, `"fine"`.

# %%
histories = first_model.HISTORIES
figure = plots.learning_curves(
    histories,
    panels=True,
    label="MAE",
    unit="quality points",
    title="Runs A to D",
    baseline=0.66,
)
plots.show(figure)

# %% answer="first-model-read-curves"
best_epochs = None
gaps = None
diagnoses = None
### BEGIN SOLUTION
best_epochs = {name: np.argmin(run["val_loss"]) for name, run in histories.items()}
gaps = {
    name: run["val_loss"][best_epochs[name]] - run["loss"][best_epochs[name]]
    for name, run in histories.items()
}
diagnoses = {"A": "overfit", "B": "rate too high", "C": "fine", "D": "underfit"}
### END SOLUTION

# %% [markdown] solution="first-model-read-curves"
# Best epochs: 3, 5, 12, 10. The figure marks them one further right, because it counts
# from 1. Gaps: 0.1624, -0.1772, 0.0006, 0.0082.
#
# A saw 60 wines with 512 hidden units: training falls to 0.24, validation turns at
# epoch 3. B took steps with rate 2: both curves jump, and the best epoch is luck. C, 16
# units and all rows, is fine. D saw one column, residual sugar: its curves agree and
# are flat at 0.665, where the median is. Small gaps do not make D good.

# %% [markdown]
# ## Exercise 5 · Early stopping by hand (3 points)
#
# Write `early_stopping(history, patience, min_delta)`. `history` is a dictionary with
# the lists `"loss"`, `"val_loss"` and `"test_loss"`, one value per epoch. Return two
# numbers: the last epoch that is trained and the epoch whose weights are restored. The
# rule is that of the lesson, epochs count from 0:
#
# 1. An epoch is better only if `current < best - min_delta`. The first one always is.
# 2. Training stops at epoch `best + patience`, where `best` is the best epoch so far.
# 3. The weights of *that* best epoch are restored, also when the list ends before
#    patience does. Then the last epoch is the last one of the list.
#
# Then make `stopper`: the same rule as a Keras callback, with patience 5 and min_delta
# 0.001, watching the validation loss. (1 point; it may be fresh or already used in
# `fit`.)


# %% answer="first-model-early-stopping"
def early_stopping(history, patience, min_delta):
    """Return (last_epoch, restored_epoch), both counted from 0."""
    ### BEGIN SOLUTION
    best, lowest = 0, float("inf")
    for epoch, loss in enumerate(history["val_loss"]):
        if loss < lowest - min_delta:
            best, lowest = epoch, loss
        elif epoch - best >= patience:
            return epoch, best
    return len(history["val_loss"]) - 1, best
    ### END SOLUTION


stopper = None
### BEGIN SOLUTION
stopper = keras.callbacks.EarlyStopping(
    monitor="val_loss", patience=5, min_delta=0.001, restore_best_weights=True
)
### END SOLUTION

# %% [markdown] solution="first-model-early-stopping"
# The lowest value need not be the best one: from 0.5996, a dip to 0.5992 is no
# improvement with min_delta 0.001, so its weights were never kept. `epoch - best`
# counts the epochs *after* the best one, so the best one itself does not use up
# patience.

# %% [markdown]
# ## Exercise 6 · Save, load, compare (2 points)
#
# Write `save_and_load(model, path)`. It saves the whole model to `path`, which ends in
# `.keras`, reads the file, and returns the model that it read. Its outputs must equal
# those of the given model to 0.000001.
#
# *Strict:* the path, the format, equal outputs. The checker calls your function on
# small models in a folder of its own.


# %% answer="first-model-save-load"
def save_and_load(model, path):
    """Save `model` to `path` and return the model read from there."""
    ### BEGIN SOLUTION
    model.save(path)
    return keras.saving.load_model(path)
    ### END SOLUTION


# %% [markdown] solution="first-model-save-load"
# One `.keras` file is a zip archive with the layers, the weights, the optimizer's state
# and the compile settings. `save_weights` writes the weights alone and wants a name
# that ends in `.weights.h5`; whoever reads it must build the same layers first.
