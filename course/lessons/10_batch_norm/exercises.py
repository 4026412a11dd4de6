# %% [markdown]
# # Batch normalization: exercises
#
# Five core exercises, 12 points, about 45 minutes. Number 4 trains a model and has a
# notebook of its own, `challenge`. This notebook trains nothing. Numbers 2, 7, 8 and 9
# follow in a later edition.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# You may run them as often as you like. For a hint, run for example
# `batch_norm.concrete_net.hint()`, then `batch_norm.concrete_net.hint(2)`.

# %%
import keras
from keras import layers

from checkers import batch_norm

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one

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
