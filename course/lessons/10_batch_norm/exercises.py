# %% [markdown]
# # Batch normalization: exercises
#
# Eight core exercises, 22 points, about 70 minutes; one with a star for the curious.
# Number 4 trains a model and has a notebook of its own, `challenge`. This notebook
# trains nothing.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# You may run them as often as you like. For a hint, run for example
# `batch_norm.concrete_net.hint()`, then `batch_norm.concrete_net.hint(2)`.

# %%
import keras
import numpy as np
from keras import layers

from checkers import batch_norm
from course import datasets
from course.gradients import numeric_gradient, relative_error

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one
STAND_IN = datasets.load("mnist").is_stand_in

# %% [markdown]
# ## Exercise 1 · What a layer stores (2 points)
#
# A dense layer with **C units** feeds a `BatchNormalization` layer. Training takes
# batches of 32 rows. The next cell shows your C; it follows from your personal code.
#
# How many numbers does the `BatchNormalization` layer store in total? And how many of
# them are *not* trained by gradient descent?
#
# *Strict:* whole numbers, for this one layer. The dense layer does not count.

# %%
units = batch_norm.parameter_split.parameters(PERSONAL_CODE)["units"]
print(f"C = {units}")

# %% answer="batch-norm-parameter-split"
total = None
not_trained = None
### BEGIN SOLUTION
total = 4 * units
not_trained = 2 * units
### END SOLUTION

# %% [markdown] solution="batch-norm-parameter-split"
# Per unit: γ and β, which gradient descent trains, and the moving mean and moving
# variance, which follow the batches. Four numbers, two of each sort. The number of rows
# in a batch plays no part: all rows share the same four.

# %% [markdown]
# ## Exercise 2 · Both passes by hand (4 points)
#
# Write `normalize_batch(x, gamma, beta, moving_mean, moving_variance, training,
# momentum, epsilon)` with NumPy. `x` has one row per example; the next four have one
# entry per column. `training` is True or False. Return **three arrays**, in this order:
#
# 1. the output `y`, shaped like `x`,
# 2. the moving mean after the call,
# 3. the moving variance after the call.
#
# Do as Keras does. In training the output uses the mean and the **biased** variance of
# the batch, and each moving statistic keeps the share `momentum` of its old value and
# takes the rest from the batch. At inference the output uses the moving statistics, and
# they stay as they are.
#
# *Strict:* the three results and their order; no argument is changed. *Free:* how you
# write it.


# %% answer="batch-norm-forward"
def normalize_batch(
    x, gamma, beta, moving_mean, moving_variance, training, momentum, epsilon
):
    """Return the output, the moving mean and the moving variance after the call."""
    ### BEGIN SOLUTION
    mean, variance = moving_mean, moving_variance
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        moving_mean = momentum * moving_mean + (1 - momentum) * mean
        moving_variance = momentum * moving_variance + (1 - momentum) * variance
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, moving_mean, moving_variance
    ### END SOLUTION


# %% [markdown] solution="batch-norm-forward"
# Both modes end in the same line. They differ only in whose mean and variance that line
# gets. The names are bound anew and nothing is changed in place, so the caller's arrays
# stay as they are. Take `x.var(axis=0, ddof=1)` for the moving variance alone, and you
# have PyTorch's convention.

# %% [markdown]
# ## Exercise 3 · The concrete network (3 points)
#
# This network gave `nan` in the lesson. It takes the 8 concrete inputs as they are:
#
# ```python
# concrete_net = keras.Sequential(
#     [
#         keras.Input(shape=(8,)),
#         layers.Dense(512, activation="relu"),
#         layers.Dense(512, activation="relu"),
#         layers.Dense(512, activation="relu"),
#         layers.Dense(1),
#     ]
# )
# ```
#
# Add **four** `BatchNormalization` layers, one directly before each of the four dense
# layers. The first one becomes the first layer of the network, so the 8 inputs go into
# it.
#
# Compare `concrete_net.count_params()` with 536,609.
#
# *Strict:* number and place of the layers; units, activations, bias; everything
# trainable. *Free:* names, initial values, the API; `momentum` from 0.9 to 0.999 and
# `epsilon` up to 0.01 (Keras's own values are 0.99 and 0.001).

# %% answer="batch-norm-concrete-net"
concrete_net = None
### BEGIN SOLUTION
concrete_net = keras.Sequential(
    [
        keras.Input(shape=(8,)),
        layers.BatchNormalization(),
        layers.Dense(512, activation="relu"),
        layers.BatchNormalization(),
        layers.Dense(512, activation="relu"),
        layers.BatchNormalization(),
        layers.Dense(512, activation="relu"),
        layers.BatchNormalization(),
        layers.Dense(1),
    ]
)
### END SOLUTION

# %% [markdown] solution="batch-norm-concrete-net"
# The first layer scales the raw columns. Each further one scales what 512 ReLU units
# hand on, whatever the layer before it has just learned. The last one stands before the
# output layer: `Dense(1)` also multiplies what it receives. Stored: 4 · 8 + 3 · 4 · 512
# = 6,176 numbers more than before, half of them (3,088) not trained.

# %% [markdown]
# ## Exercise 4 · A number in place of nan (2 points)
#
# This one is in the notebook `challenge`.
#
# ## Exercise 5 · Before the activation (3 points)
#
# A network for the 11 red-wine inputs, already scaled:
#
# ```python
# block_net = keras.Sequential(
#     [
#         keras.Input(shape=(11,)),
#         layers.Dense(64, activation="relu"),
#         layers.Dense(32, activation="relu"),
#         layers.Dense(1),
#     ]
# )
# ```
#
# Normalize each hidden layer **before its activation**, as the 2015 paper does: dense
# layer, then `BatchNormalization`, then ReLU. Leave out every bias that the
# normalization makes redundant. The output layer stays as it is.
#
# *Strict:* units, order, which layers have a bias; everything trainable. *Free:* names,
# initial values, the API, how you write the ReLU; `momentum` and `epsilon` as in
# exercise 3.

# %% answer="batch-norm-block-net"
block_net = None
### BEGIN SOLUTION
block_net = keras.Sequential([keras.Input(shape=(11,))])
for block_units in (64, 32):
    block_net.add(layers.Dense(block_units, use_bias=False))
    block_net.add(layers.BatchNormalization())
    block_net.add(layers.ReLU())
block_net.add(layers.Dense(1))
### END SOLUTION

# %% [markdown] solution="batch-norm-block-net"
# The ReLU has to leave the dense layer, or it would come first. A bias adds the same
# number to every row of a column, and the normalization subtracts the column's mean:
# the bias is gone, and β does its work. The output layer keeps its bias, because
# nothing normalizes after it.

# %% [markdown]
# ## Exercise 6 · A scaler made of a layer (2 points)
#
# Red wine again, this time **raw**: chlorides around 0.09, sulfur dioxide up to 289.
# Nobody scales the rows for you:
#
# ```python
# wine_net = keras.Sequential(
#     [
#         keras.Input(shape=(11,)),
#         layers.Dense(64, activation="relu"),
#         layers.Dense(1),
#     ]
# )
# ```
#
# Let a `BatchNormalization` layer do what a scaler would do. Nothing else changes.
#
# *Strict:* its place; the given layers and their settings. *Free:* names, initial
# values, the API; `momentum` and `epsilon` as in exercise 3.

# %% answer="batch-norm-wine-net"
wine_net = None
### BEGIN SOLUTION
wine_net = keras.Sequential(
    [
        keras.Input(shape=(11,)),
        layers.BatchNormalization(),
        layers.Dense(64, activation="relu"),
        layers.Dense(1),
    ]
)
### END SOLUTION

# %% [markdown] solution="batch-norm-wine-net"
# As the first layer it sees the raw columns and hands them on with mean 0 and standard
# deviation 1. After the dense layer it would come too late: the raw values have already
# been multiplied by weights and added up. A `Normalization` layer in this place is a
# scaler as well, but only after `adapt` has shown it the training rows.

# %% [markdown]
# ## Exercise 7 · Four questions (3 points)
#
# One letter each.
#
# - `one_row`: after training, `predict` gets a **single row**. What does a batch
#   normalization layer do with it?
# - `shuffling`: why are the training rows **shuffled** before each epoch when a network
#   has such a layer?
# - `gamma_beta`: what are **γ and β**?
# - `covariate_shift`: "it helps because it reduces **internal covariate shift**". What
#   is known about that?

# %%
for question in ("one_row", "shuffling", "gamma_beta", "covariate_shift"):
    print(
        f"{question}\n{batch_norm.statements.choices(PERSONAL_CODE, part=question)}\n"
    )

# %% answer="batch-norm-statements"
one_row = None
shuffling = None
gamma_beta = None
covariate_shift = None
### BEGIN SOLUTION
statements = batch_norm.statements
one_row = statements.choices(PERSONAL_CODE, part="one_row").letter_of("moving")
shuffling = statements.choices(PERSONAL_CODE, part="shuffling").letter_of("neighbors")
gamma_beta = statements.choices(PERSONAL_CODE, part="gamma_beta").letter_of("trained")
options = statements.choices(PERSONAL_CODE, part="covariate_shift")
covariate_shift = options.letter_of("contested")
### END SOLUTION

# %% [markdown] solution="batch-norm-statements"
# At inference the variance of the batch is never asked for, so one row is as good as a
# thousand. In training a row's output depends on its neighbors: a batch of one kind
# loses exactly what tells that kind from the others. γ and β are weights like any
# others. And the reason of 2015 is not the effect of 2015: the effect was measured, the
# reason is contested.

# %% [markdown]
# ## Exercise 8 · Sixty updates (3 points)
#
# The lesson trains a network with batch normalization on 300 digits, 30 of each kind,
# in 60 updates. In the batches of its last epoch it gets nine digits of ten right.
# **Predict**: which accuracy, in percent, does `evaluate` give on the test images?
# Chance alone gives 10. Your guess is never compared with anything.
#
# Then run `lesson`, in full, and take three accuracies from its section on moving
# averages, in percent with one decimal: `"batches"` (training images, statistics of the
# batches), `"moving"` (test images, momentum 0.99), `"quick"` (test images, momentum
# 0.9).
#
# Next, calculate `initial_share`: which share of the **initial value** is left in a
# moving average after 60 updates with momentum 0.99? A number between 0 and 1.
#
# Last, pick the reason and the cure.

# %%
print(f"reason\n{batch_norm.short_run.choices(PERSONAL_CODE, part='reason')}\n")
print(f"cure\n{batch_norm.short_run.choices(PERSONAL_CODE, part='cure')}")

# %% answer="batch-norm-short-run"
guessed_accuracy = None
measured = None  # {"batches": ..., "moving": ..., "quick": ...} in percent
initial_share = None
reason = None  # a letter
cure = None  # a letter
### BEGIN SOLUTION
guessed_accuracy = 80
measured = {"batches": 93.0, "moving": 11.3, "quick": 64.0}
initial_share = 0.99**60
reasons = batch_norm.short_run.choices(PERSONAL_CODE, part="reason")
reason = reasons.letter_of("not_arrived")
cures = batch_norm.short_run.choices(PERSONAL_CODE, part="cure")
cure = cures.letter_of("momentum")
### END SOLUTION

# %% [markdown] solution="batch-norm-short-run"
# 0.99 to the power of 60 is 0.547, so more than half of each moving average is still
# its initial value: mean 0, variance 1. The weights have learned with other statistics.
# Nothing is overfitted: on the training images `evaluate` fails as well. With momentum
# 0.9 a share of 0.9 to the power of 60 = 0.002 is left.

# %% [markdown]
# ## Exercise 9 ★ · The way back through a batch (3 bonus points)
#
# In training, `y = gamma * hat + beta` with `hat = (x - mean) / √(variance + epsilon)`;
# mean and biased variance are those of the columns of `x`. Given `dy`, the gradient of
# the loss by `y`, write `backward(dy, x, gamma, beta, epsilon)` and return **three
# arrays**: `dx` (shaped like `x`), `dgamma` and `dbeta` (one entry per column).
#
# The cell after your answer lays your `dx` beside the measured slope: `relative_error`
# should be below 0.000001. Here all numbers are float64.


# %% answer="batch-norm-backward"
def backward(dy, x, gamma, beta, epsilon):
    """Return dx, dgamma, dbeta: the slopes of the loss by each argument."""
    ### BEGIN SOLUTION
    width = np.sqrt(x.var(axis=0) + epsilon)
    hat = (x - x.mean(axis=0)) / width
    dgamma = (dy * hat).sum(axis=0)
    dbeta = dy.sum(axis=0)
    shared = dy.mean(axis=0) + hat * (dy * hat).mean(axis=0)
    dx = gamma / width * (dy - shared)
    return dx, dgamma, dbeta
    ### END SOLUTION


# %%
rng = np.random.default_rng(0)
x, dy, gamma, beta = (rng.normal(size=size) for size in ((6, 3), (6, 3), 3, 3))


def loss(x):
    """Return a loss whose gradient by the output is `dy`."""
    hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 0.001)
    return np.sum(dy * (gamma * hat + beta))


gradients = backward(dy, x, gamma, beta, 0.001)
if gradients is not None:
    print("relative error:", relative_error(gradients[0], numeric_gradient(loss, x)))

# %% [markdown] solution="batch-norm-backward"
# An entry of x acts on three ways: by itself, through the mean, and through the
# variance. The last two take two things out of dy: what would shift the whole column,
# and what would stretch it. The layer undoes both, so no gradient can ask for them. γ
# and β act on every row, hence the sums. β appears nowhere: a constant that is added
# has no part in any slope.
