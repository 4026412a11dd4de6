# %% [markdown]
# # Dropout: exercises
#
# Six core exercises, 16 points, about 65 minutes; two with a star for the curious.
# Number 3 trains a model and has a notebook of its own, `challenge`. This notebook
# trains nothing.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# You may run them as often as you like. For a hint, run for example
# `dropout.spotify_net.hint()`, then `dropout.spotify_net.hint(2)`.

# %%
import keras
import numpy as np
from keras import layers

from checkers import dropout
from course import datasets

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one
STAND_IN = any(datasets.load(name).is_stand_in for name in ("spotify", "mnist"))

# %% [markdown]
# ## Exercise 1 · Two dropout layers (3 points)
#
# This is the song network of the lesson, on 18 inputs:
#
# ```python
# spotify_net = keras.Sequential(
#     [
#         keras.Input(shape=(18,)),
#         layers.Dense(128, activation="relu"),
#         layers.Dense(64, activation="relu"),
#         layers.Dense(1),
#     ]
# )
# ```
#
# Add two dropout layers: one after the Dense layer with 128 units, and one after the
# Dense layer with 64 units. Both have rate 0.3.
#
# *Strict:* units, activations, rate, order, bias, everything trainable. *Free:* names,
# initial values, the API you write it in.

# %% answer="dropout-spotify-net"
spotify_net = None
### BEGIN SOLUTION
spotify_net = keras.Sequential(
    [
        keras.Input(shape=(18,)),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.3),
        layers.Dense(64, activation="relu"),
        layers.Dropout(0.3),
        layers.Dense(1),
    ]
)
### END SOLUTION

# %% [markdown] solution="dropout-spotify-net"
# A dropout layer drops what comes out of the layer above it. After Dense 128 it drops
# from 128 numbers, after Dense 64 from 64. None follows Dense(1): on the output it
# would set the prediction itself to 0. The model still has 10,753 parameters.

# %% [markdown]
# ## Exercise 2 · What does it gain? (2 points)
#
# First, without looking back: **by how much** does dropout lower the best validation
# MAE of the song network? The unit is popularity / 100; the constant baseline is about
# 0.207. Your guess is never compared with anything. It only has to be a number.
#
# Then run `lesson`, in full, and take the two best validation MAEs from its output: the
# gain is the lowest value without dropout minus the lowest value with dropout.
#
# Last, pick the sentence that fits both numbers. `dropout.gain.choices(PERSONAL_CODE)`
# shows the options; answer with a letter.

# %%
dropout.gain.choices(PERSONAL_CODE)

# %% answer="dropout-gain"
guessed_gain = None
measured_mae = None  # the lowest validation MAE with dropout
measured_gain = None
reading = None  # a letter
### BEGIN SOLUTION
guessed_gain = 0.02
measured_mae = 0.1920
measured_gain = 0.0029
reading = dropout.gain.choices(PERSONAL_CODE).letter_of("small")
### END SOLUTION

# %% [markdown] solution="dropout-gain"
# Dropout moved the best epoch from the 5th to the 44th and gained about 0.003, while
# always predicting the median costs only 0.015 more than the best network. The gain is
# real: it appears with each of five seeds. It is small, because 18 columns say little
# about popularity, and no amount of regularization adds information.

# %% [markdown]
# ## Exercise 3 · A song model of your own (3 points)
#
# This one is in the notebook `challenge`.

# %% [markdown]
# ## Exercise 4 · Thirty hidden units (3 points)
#
# Digits again: 784 inputs, 30 hidden units with ReLU, `Dropout(0.5)` behind them, 10
# classes. **Predict**: by how many percentage points does the dropout change the test
# accuracy after 20 epochs? Write a gain as a positive number and a loss as a negative
# one.
#
# Then take the two accuracies from `lesson`, in percent, with one decimal, and pick the
# explanation that fits.

# %%
dropout.small_net.choices(PERSONAL_CODE)

# %% answer="dropout-small-net"
guessed_change = None
measured = None  # {"without": ..., "with": ...} in percent
explanation = None  # a letter
### BEGIN SOLUTION
guessed_change = 1.0
measured = {"without": 96.8, "with": 94.7}
explanation = dropout.small_net.choices(PERSONAL_CODE).letter_of("capacity")
### END SOLUTION

# %% [markdown] solution="dropout-small-net"
# Thirty units are needed. With half of them gone in each update, the network underfits:
# training accuracy falls as well. There was no gap to close, only capacity to lose.
# With 100 hidden units the loss shrinks to 0.3 points (97.7 and 97.4 %).

# %% [markdown]
# ## Exercise 5 · Dropout in two picture networks (3 points)
#
# Two convolutional networks, given in full. Lessons 04 to 06 explain their layers; here
# you only place dropout. Neither total changes: 1,199,882 and 528,054 parameters.
#
# **`mnist_net`**, 28 x 28 x 1 inputs:
#
# ```python
# layers.Conv2D(32, 3, activation="relu")
# layers.Conv2D(64, 3, activation="relu")
# layers.MaxPooling2D(2)
# layers.Flatten()
# layers.Dense(128, activation="relu")
# layers.Dense(10, activation="softmax")
# ```
#
# Add rate 0.25 directly after the pooling layer and rate 0.5 directly after Dense 128.
#
# **`cifar_net`**, 32 x 32 x 3 inputs:
#
# ```python
# layers.Conv2D(16, 2, padding="same", activation="relu")
# layers.MaxPooling2D(2)
# layers.Conv2D(32, 2, padding="same", activation="relu")
# layers.MaxPooling2D(2)
# layers.Conv2D(64, 2, padding="same", activation="relu")
# layers.MaxPooling2D(2)
# layers.Flatten()
# layers.Dense(500, activation="relu")
# layers.Dense(10, activation="softmax")
# ```
#
# Add rate 0.3 directly after the last pooling layer and rate 0.4 directly after Dense
# 500.
#
# The next cell holds the given layers in lists. `[*mnist_maps, ...]` puts all layers of
# a list into another one. Writing the networks out counts as well.
#
# *Strict:* places, rates, the given layers and their settings. *Free:* names, initial
# values, the API.

# %%
mnist_maps = [
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Conv2D(64, 3, activation="relu"),
    layers.MaxPooling2D(2),
]
mnist_hidden = [layers.Flatten(), layers.Dense(128, activation="relu")]

cifar_maps = [keras.Input(shape=(32, 32, 3))]
for filters in (16, 32, 64):
    cifar_maps.append(layers.Conv2D(filters, 2, padding="same", activation="relu"))
    cifar_maps.append(layers.MaxPooling2D(2))
cifar_hidden = [layers.Flatten(), layers.Dense(500, activation="relu")]

# %% answer="dropout-picture-nets"
mnist_net = None
cifar_net = None
### BEGIN SOLUTION
digits_out = layers.Dense(10, activation="softmax")
mnist_net = keras.Sequential(
    [*mnist_maps, layers.Dropout(0.25), *mnist_hidden, layers.Dropout(0.5), digits_out]
)
things_out = layers.Dense(10, activation="softmax")
cifar_net = keras.Sequential(
    [*cifar_maps, layers.Dropout(0.3), *cifar_hidden, layers.Dropout(0.4), things_out]
)
### END SOLUTION

# %% [markdown] solution="dropout-picture-nets"
# Dropout before a max pooling layer is weaker than it looks: the pool keeps the largest
# value that survived, so a dropped pixel is often replaced by its neighbor. Behind the
# pool, what is dropped is gone. The higher rate sits on the dense layer, which has most
# of the parameters.

# %% [markdown]
# ## Exercise 6 · Whole maps (2 points)
#
# Build `map_net` on 28 x 28 x 1 inputs: a convolution with 16 filters of 3 x 3 and
# ReLU, then dropout that drops **whole maps** at rate 0.2, then `Flatten`, then a Dense
# layer with 10 units and softmax.
#
# *Strict:* everything stated. *Free:* names, initial values, the API.

# %% answer="dropout-map-net"
map_net = None
### BEGIN SOLUTION
map_net = keras.Sequential(
    [
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, activation="relu"),
        layers.SpatialDropout2D(0.2),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]
)
### END SOLUTION

# %% [markdown] solution="dropout-map-net"
# `SpatialDropout2D` draws one number per map and example. The 2D belongs to images of
# `(height, width, channels)`; the 1D form expects sequences. After `Flatten` there is
# no map left to drop.

# %% [markdown]
# ## Exercise 7 ★ · Several masks, one head (3 bonus points)
#
# Multi-sample dropout on the 18 song inputs. Build `many_masks`, a functional model:
#
# - `Dense(128, activation="relu")` on the inputs,
# - four `Dropout(0.5)` layers side by side on its output,
# - **one** `Dense(1)` layer, used behind each of the four,
# - the four results as the model's outputs, in a list.
#
# Compile it with the loss `"mae"` and `loss_weights` of 0.25 each: the total is then
# the mean of the four losses.

# %% answer="dropout-many-masks"
many_masks = None
### BEGIN SOLUTION
inputs = keras.Input(shape=(18,))
hidden = layers.Dense(128, activation="relu")(inputs)
head = layers.Dense(1)
outputs = [head(layers.Dropout(0.5)(hidden)) for _ in range(4)]
many_masks = keras.Model(inputs, outputs)
many_masks.compile(optimizer="adam", loss=["mae"] * 4, loss_weights=[0.25] * 4)
### END SOLUTION

# %% [markdown] solution="dropout-many-masks"
# One head means one set of weights: 2,432 + 129 parameters, as with a single mask. Four
# dropout layers mean four masks. The same integer `seed` in all four would make the
# masks equal, and four equal losses teach no more than one. At inference the four
# outputs are the same number.

# %% [markdown]
# ## Exercise 8 ★ · Monte Carlo dropout (3 bonus points)
#
# Write `monte_carlo(model, x, passes)`: call the model `passes` times on `x` with its
# dropout switched on, and return two arrays shaped like one prediction: the mean over
# the passes and the standard deviation over the passes (dividing by `passes`).


# %% answer="dropout-monte-carlo"
def monte_carlo(model, x, passes):
    """Return mean and standard deviation of `passes` predictions with dropout on."""
    ### BEGIN SOLUTION
    predictions = np.stack([np.asarray(model(x, training=True)) for _ in range(passes)])
    return predictions.mean(axis=0), predictions.std(axis=0)
    ### END SOLUTION


# %% [markdown] solution="dropout-monte-carlo"
# `predict` runs at inference, where nothing is dropped: every pass would be the same
# and the spread 0. The passes are stacked on axis 0, so that is the axis to average
# over; axis 1 would mix different songs or outputs.
