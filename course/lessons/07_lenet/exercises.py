# %% [markdown]
# # LeNet-5: exercises
#
# Five core exercises, 15 points, about 65 minutes; one with a star for the curious.
# Number 5 trains a model and has a notebook of its own, `challenge`. This notebook
# trains nothing.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# You may run them as often as you like. For a hint, run for example
# `lenet.counts.hint()`, then `lenet.counts.hint(2)`.

# %%
import keras
import numpy as np
from keras import layers

from checkers import lenet

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one

# %% [markdown]
# ## Exercise 1 · What a connection table saves (2 points)
#
# A layer like C3: 16 maps, 5 x 5 kernels, six maps above. Your connection table says
# how many of the 16 maps see how many of the six. The next cell prints it:
# `{3: 9, ...}` means that nine maps see three maps each.
#
# **How many parameters does your table save**, compared with 16 maps that each see all
# six?
#
# *Strict:* a whole number. *Free:* the way you compute it.

# %%
maps_that_see = lenet.table_saving.parameters(PERSONAL_CODE)["maps_that_see"]
print(maps_that_see)

# %% answer="lenet-table-saving"
saved = None
### BEGIN SOLUTION
kernels = sum(seen * maps for seen, maps in maps_that_see.items())
saved = 25 * (16 * 6 - kernels)
### END SOLUTION

# %% [markdown] solution="lenet-table-saving"
# Full connection has 96 kernels of 25 weights. A bias belongs to a map, not to a
# kernel: there are 16 with and without a table, so they cancel.

# %% [markdown]
# ## Exercise 2 · LeNet-5 in numbers (4 points)
#
# Write `lenet_table()`, which returns a dictionary with eight entries: `"C1"`, `"S2"`,
# `"C3"`, `"S4"`, `"C5"`, `"F6"`, `"output"` and `"total"`. Each is a pair: the number
# of **trained parameters** and the number of **connections** of LeNet-5 as it was
# published in 1998.
#
# *Strict:* the eight names; whole numbers, parameters first. *Free:* computed or
# written down.


# %% answer="lenet-counts"
def lenet_table():
    """Return trained parameters and connections of each layer, and their totals."""
    ### BEGIN SOLUTION
    rows = {
        "C1": (6 * 26, 6 * 26 * 28 * 28),
        "S2": (6 * 2, 6 * 5 * 14 * 14),
        "C3": (60 * 25 + 16, (60 * 25 + 16) * 10 * 10),
        "S4": (16 * 2, 16 * 5 * 5 * 5),
        "C5": (120 * (16 * 25 + 1), 120 * (16 * 25 + 1)),
        "F6": (84 * 121, 84 * 121),
        "output": (0, 84 * 10),
    }
    rows["total"] = tuple(sum(column) for column in zip(*rows.values(), strict=True))
    return rows
    ### END SOLUTION


# %% [markdown] solution="lenet-counts"
# A connection joins one number to one output, a bias included; a parameter may serve
# many connections. The output layer has 840 connections and no trained parameter: its
# codes were fixed by hand. That is how the paper comes to 60,000 and 340,908.

# %% [markdown]
# ## Exercise 3 · LeNet as it is built today (3 points)
#
# Build `modern_net` on inputs of 32 x 32 x 1 and compile it:
#
# - a convolution with 6 kernels of 5 x 5, ReLU; max pooling 2 x 2,
# - a convolution with 16 kernels of 5 x 5, ReLU; max pooling 2 x 2,
# - `Flatten`; Dense layers of 120 and 84 units, ReLU,
# - ten outputs, one per digit. Labels are whole numbers 0 to 9.
#
# The convolutions are not padded. The head may give probabilities or raw scores; the
# loss has to fit. The total is 61,706 parameters.
#
# *Strict:* sizes, kernels, activations; head, loss and labels that fit. *Free:* names,
# initial values, optimizer, the API.

# %% answer="lenet-modern-net"
modern_net = None
### BEGIN SOLUTION
modern_net = keras.Sequential([keras.Input(shape=(32, 32, 1))])
for maps in (6, 16):
    modern_net.add(layers.Conv2D(maps, 5, activation="relu"))
    modern_net.add(layers.MaxPooling2D(2))
modern_net.add(layers.Flatten())
for units in (120, 84):
    modern_net.add(layers.Dense(units, activation="relu"))
modern_net.add(layers.Dense(10, activation="softmax"))
modern_net.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
### END SOLUTION

# %% [markdown] solution="lenet-modern-net"
# 156 + 2,416 + 48,120 + 10,164 + 850 = 61,706. Sizes: 32, 28, 14, 10, 5. On 28 x 28
# inputs without padding, Flatten would have 256 numbers in place of 400.

# %% [markdown]
# ## Exercise 4 · Subsampling that learns (3 points)
#
# Build `front`, a model on inputs of 32 x 32 x 1 with two layers:
#
# - C1: `Conv2D(6, 5, activation="tanh")`,
# - S2: a **layer of your own**. For each 2 x 2 window of a map (side by side, not
#   overlapping) it gives $w \cdot (\text{sum of the four}) + b$, with one trained $w$
#   and one trained $b$ **per map**. No activation.
#
# The output is 14 x 14 x 6, and the model has 156 + 12 = 168 parameters, all trained.
#
# *Strict:* what is computed, and the number of trained parameters. *Free:* how the sum
# is made, names, initial values, the API.

# %% answer="lenet-subsampling"
front = None
### BEGIN SOLUTION


class Subsampling(layers.Layer):
    """Each output is w times the sum of a 2 x 2 window, plus b."""

    def build(self, input_shape):
        """Make one pair of weights per map."""
        self.w = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, inputs):
        """Return maps of half the height and width."""
        total = 4 * keras.ops.average_pool(inputs, 2, strides=2)
        return self.w * total + self.b


c1 = layers.Conv2D(6, 5, activation="tanh")
front = keras.Sequential([keras.Input(shape=(32, 32, 1)), c1, Subsampling()])
### END SOLUTION

# %% [markdown] solution="lenet-subsampling"
# `build` knows the input's shape, so it makes one entry per map. The four inputs of a
# window share w: that is why S2 has 12 parameters and 5,880 connections.

# %% [markdown]
# ## Exercise 5 · Digits with at most 70,000 parameters (3 points)
#
# This one is in the notebook `challenge`.

# %% [markdown]
# ## Exercise 6 ★ · Codes and distances (3 bonus points)
#
# LeNet-5's output compares the 84 numbers of F6 with one code per class. Write two
# functions:
#
# - `rbf_output(x, codes)`: `x` has shape (rows, features), `codes` (classes, features).
#   Return the **squared distance** of each row to each code, shape (rows, classes).
# - `rbf_class(x, codes)`: the class of each row, shape (rows,).
#
# *Strict:* the shapes. *Free:* loops or arrays; distances in place of their squares are
# accepted.


# %% answer="lenet-rbf-output"
def rbf_output(x, codes):
    """Return the squared distance of each row of `x` to each code."""
    ### BEGIN SOLUTION
    return np.square(x[:, None, :] - codes[None, :, :]).sum(axis=2)
    ### END SOLUTION


def rbf_class(x, codes):
    """Return the class of each row."""
    ### BEGIN SOLUTION
    return np.argmin(rbf_output(x, codes), axis=1)
    ### END SOLUTION


# %% [markdown] solution="lenet-rbf-output"
# A distance is an error, so the smallest one wins. With codes of -1 and 1 all codes are
# equally long, and the nearest code is also the one with the largest product. With
# codes of unequal length that is no longer so.
