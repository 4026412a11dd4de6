# %% [markdown]
# # Variance shift: exercises
#
# Five core exercises, 13 points, about 55 minutes; two with a star for the curious.
# Nothing here trains a network. In all of them, q = 1 - rate is the share that stays.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# You may run them as often as you like. For a hint, run for example
# `variance_shift.variances.hint()`, then `variance_shift.variances.hint(2)`.

# %%
import keras
import numpy as np
from keras import layers

from checkers import variance_shift

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one

# %% [markdown]
# ## Exercise 1 · What comes out of a dropout layer (3 points)
#
# Over the training rows, a number has the variance `variance`. It passes a layer in
# **training mode**. What is its variance behind the layer?
#
# 1. `centered`: its mean is 0, the layer is `Dropout(rate)`.
# 2. `rectified`: its mean is `mean`, the layer is `Dropout(rate)`.
# 3. `gaussian`: its mean is `mean`, the layer is `GaussianDropout(rate)`.
#
# Keras's own layers are meant. The cell below shows your `rate`, `variance` and `mean`.
#
# *Strict:* two decimals are enough, one is not. (A simulation is too rough for that,
# and good for checking yourself.) *Free:* the way you work it out.

# %%
given = variance_shift.variances.parameters(PERSONAL_CODE)
given

# %% answer="variance-shift-variances"
centered = None
rectified = None
gaussian = None
### BEGIN SOLUTION
q = 1 - given["rate"]
centered = given["variance"] / q
rectified = given["variance"] / q + (1 - q) / q * given["mean"] ** 2
gaussian = rectified
### END SOLUTION

# %% [markdown] solution="variance-shift-variances"
# The output is the input x times a number k of mean 1 that is drawn apart from x. So
# the mean stays, and the mean of the squares is that of x² times that of k². For
# `Dropout` k is 0 or 1/q, and its square has the mean q · 1/q² = 1/q. That gives (v +
# m²)/q - m² = v/q + (1 - q)/q · m². `GaussianDropout` draws k from a normal
# distribution with the same mean and, in Keras, the same variance rate/(1 - rate) = (1
# - q)/q. Nothing else of k entered the calculation, so the result is the same.

# %% [markdown]
# ## Exercise 2 · The shift ratio of every normalization (3 points)
#
# Write `shift_ratios(model, x)` for a `keras.Sequential` model and rows `x`, a NumPy
# array. It returns a list with one number for each `BatchNormalization` of the model,
# in order, the ratio of the lesson:
#
# - numerator: the variance that the layer has **stored**, averaged over its units;
# - denominator: the variance, over the rows of `x`, of what the layer **receives at
#   inference**, averaged over its units.
#
# The network is as before after the call.
#
# *Strict:* the definition, dropout off, nothing changed. *Free:* how you get at the
# input of a layer; variance by n or by n - 1.


# %% answer="variance-shift-ratios"
def shift_ratios(model, x):
    """Return the shift ratio of each BatchNormalization, a list of floats."""
    ### BEGIN SOLUTION
    ratios, values = [], x
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            stored = np.mean(layer.moving_variance)
            ratios.append(float(stored / np.mean(np.var(values, axis=0))))
        values = layer(values, training=False)
    return ratios
    ### END SOLUTION


# %% [markdown] solution="variance-shift-ratios"
# `values` is always what the layers so far have made of `x`. When a normalization
# comes, `values` is its input. `training=False` keeps the masks off and the moving
# statistics where they are. Averaging before dividing keeps units that hardly ever
# fire from deciding the result.

# %% [markdown]
# ## Exercise 3 · Repair the wine network (3 points)
#
# This is the network of a well-known tutorial, for the 11 columns of red wine. It has
# 2,124,801 parameters.
#
# ```python
# wine_net = keras.Sequential(
#     [
#         keras.Input(shape=(11,)),
#         layers.Dense(1024, activation="relu"),
#         layers.Dropout(0.3),
#         layers.BatchNormalization(),
#         layers.Dense(1024, activation="relu"),
#         layers.Dropout(0.3),
#         layers.BatchNormalization(),
#         layers.Dense(1024, activation="relu"),
#         layers.Dropout(0.3),
#         layers.BatchNormalization(),
#         layers.Dense(1),
#     ]
# )
# ```
#
# Repair it by place: **no normalization may have a dropout anywhere before it**. All
# dense layers and all three normalizations stay, each normalization directly behind its
# dense layer. **One** `Dropout(0.3)` stays, where it thins the inputs of the output
# layer.
#
# *Strict:* places, rate, units, activations. *Free:* names, initial values, the API.

# %% answer="variance-shift-wine-net"
wine_net = None
### BEGIN SOLUTION
wine_net = keras.Sequential([keras.Input(shape=(11,))])
for _ in range(3):
    wine_net.add(layers.Dense(1024, activation="relu"))
    wine_net.add(layers.BatchNormalization())
wine_net.add(layers.Dropout(0.3))
wine_net.add(layers.Dense(1))
### END SOLUTION

# %% [markdown] solution="variance-shift-wine-net"
# Swapping each pair is not enough: the first dropout would still stand upstream of the
# second and the third normalization. `checkers.lint(wine_net)` notes a dropout before a
# normalization as advice, not as an error: the shift is certain, its cost is not.

# %% [markdown]
# ## Exercise 4 · A dropout of your own (2 points)
#
# Write a layer `UniformDropout` with an argument `beta`. In training it multiplies each
# entry of its input by 1 + r, where r is uniform between -β and β and drawn anew for
# each entry and each call. At inference it returns its input. Begin with the class
# `WithBeta` below, or from scratch.
#
# Then build `uniform_net` on 11 inputs: `Dense(64, activation="relu")`, your layer with
# your personal β, `Dense(1)`.
#
# The layer also has to work inside `fit`, which compiles it: draw with
# `keras.random.uniform(shape, minval, maxval, seed=...)`, and take the shape from
# `keras.ops.shape(inputs)`. A `keras.random.SeedGenerator` as seed gives new numbers at
# each call; `WithBeta` has one.
#
# *Strict:* mean and spread of the multiplier, a layer of your own, its place. *Free:*
# names, how you draw, whether the layer can be saved.

# %%
BETA = variance_shift.uniform_net.parameters(PERSONAL_CODE)["beta"]
print("Your β:", BETA)


class WithBeta(layers.Layer):
    """A layer that knows β and can draw; what it does to its input is up to you."""

    def __init__(self, beta, **settings):
        """Keep beta, and a generator of seeds."""
        super().__init__(**settings)
        self.beta = beta
        self.seed_generator = keras.random.SeedGenerator()


# %% answer="variance-shift-uniform-net"
uniform_net = None
### BEGIN SOLUTION


class UniformDropout(WithBeta):
    """Multiply by 1 + r in training, r uniform between -beta and beta."""

    def call(self, inputs, training=None):
        """Return the inputs with noise; at inference as they are."""
        if not training:
            return inputs
        shape, seed = keras.ops.shape(inputs), self.seed_generator
        noise = keras.random.uniform(shape, -self.beta, self.beta, seed=seed)
        return inputs * (1 + noise)


steps = [layers.Dense(64, activation="relu"), UniformDropout(BETA), layers.Dense(1)]
uniform_net = keras.Sequential([keras.Input(shape=(11,)), *steps])
### END SOLUTION

# %% [markdown] solution="variance-shift-uniform-net"
# 1 + r has mean 1, so nothing is divided, and variance β²/3. Numbers drawn with NumPy
# would look right in a direct call. In `fit` they would be drawn once, when the
# network is compiled, and then stay: noise that can be learned by heart.

# %% [markdown]
# ## Exercise 5 · What a score can show (2 points)
#
# Two texts, one letter each.
#
# **`accuracy`.** The lesson trained a network with dropout before each of three
# normalizations, and one with dropout behind each of them, five seeds each. The last
# shift ratio is near 3 in the first network and near 1.2 in the second. Their test
# accuracies overlap. What follows for the first one?
#
# **`biology`.** From a paper on measuring the genes of single cells: "The dropout rate
# of this platform is 60 %. We imputed dropouts before clustering." What is a dropout
# here?

# %%
variance_shift.reading.choices(PERSONAL_CODE, part="accuracy")

# %%
variance_shift.reading.choices(PERSONAL_CODE, part="biology")

# %% answer="variance-shift-reading"
accuracy = None  # a letter
biology = None  # a letter
### BEGIN SOLUTION
chosen = variance_shift.reading.choices(PERSONAL_CODE, part="accuracy")
accuracy = chosen.letter_of("both")
chosen = variance_shift.reading.choices(PERSONAL_CODE, part="biology")
biology = chosen.letter_of("zeros")
### END SOLUTION

# %% [markdown] solution="variance-shift-reading"
# A score tells what something costs, on this task. It does not tell whether a
# variance moved; that was measured directly. And one word can have two meanings: in
# single-cell biology a dropout is a molecule that the measurement missed.

# %% [markdown]
# ## Exercise 6 ★ · Measure the variances anew (3 bonus points)
#
# The third remedy repairs a network that is trained already. Write `reestimate(model,
# split)`: after the call, what each `BatchNormalization` of the `keras.Sequential`
# model stores fits **dropout off** on the training rows: each shift ratio on
# `split.x_train` is between 0.9 and 1.1.
#
# All weights that are trained stay as they are, and so do the rates of the dropout
# layers and the momenta of the normalizations once you are done. `split` has `x_train`,
# `y_train`, `x_val` and `y_val`, as in lesson 01. The dropout layers are `Dropout`, the
# model is compiled.
#
# *Strict:* the rows, the limits, what stays. *Free:* one pass or many; in place, or a
# network that you return.


# %% answer="variance-shift-reestimate"
def reestimate(model, split):
    """Store variances in `model` that fit the training rows with dropout off."""
    ### BEGIN SOLUTION
    drops = [one for one in model.layers if isinstance(one, layers.Dropout)]
    norms = [one for one in model.layers if isinstance(one, layers.BatchNormalization)]
    rates, momenta = [one.rate for one in drops], [one.momentum for one in norms]
    for one in drops:
        one.rate = 0
    for one in norms:
        one.momentum = 0
    model(split.x_train, training=True)
    for one, rate in zip(drops, rates, strict=True):
        one.rate = rate
    for one, momentum in zip(norms, momenta, strict=True):
        one.momentum = momentum
    ### END SOLUTION


# %% [markdown] solution="variance-shift-reestimate"
# With momentum 0 one pass is enough: nothing of the old averages stays. In training
# mode each normalization uses the batch, here all training rows, so the layers behind
# it receive what they will receive later. Whoever measures all inputs at inference
# first and stores afterwards gets only the first layer right.

# %% [markdown]
# ## Exercise 7 ★ · Masks on, statistics off (2 bonus points)
#
# Monte Carlo dropout (lesson 09) calls a network many times with `training=True`. For
# this one, the mean of 10,000 such calls depends on **which other rows** are in the
# call, and what the normalization stores moves with every call:
#
# ```python
# [
#     keras.Input(shape=(11,)),
#     layers.Dense(64, activation="relu"),
#     layers.BatchNormalization(),
#     layers.Dropout(0.5),
#     layers.Dense(1),
# ]
# ```
#
# Why? `reason` is a letter. Then build `monte_carlo_net` from the same layers so that
# `monte_carlo_net(x, training=True)` draws masks, while the normalization uses its
# stored statistics in both modes. `predict` draws no masks, as usual.
#
# *Strict:* the layers and their order, rate 0.5. *Free:* how the normalization is kept
# at inference; the API.

# %%
variance_shift.monte_carlo_net.choices(PERSONAL_CODE)

# %% answer="variance-shift-monte-carlo-net"
monte_carlo_net = None
reason = None  # a letter
### BEGIN SOLUTION
monte_carlo_net = keras.Sequential(
    [
        keras.Input(shape=(11,)),
        layers.Dense(64, activation="relu"),
        layers.BatchNormalization(trainable=False),
        layers.Dropout(0.5),
        layers.Dense(1),
    ]
)
reason = variance_shift.monte_carlo_net.choices(PERSONAL_CODE).letter_of("batch")
### END SOLUTION

# %% [markdown] solution="variance-shift-monte-carlo-net"
# A `BatchNormalization` that is not trainable runs at inference in both modes; a
# `Dropout` has nothing to train, and still drops. In a trained network you would set
# `layer.trainable = False` on its normalizations before the Monte Carlo passes. Writing
# `training=False` at the layer's call works in a subclass; in a functional network the
# mode that the whole model is called with overrules it.
