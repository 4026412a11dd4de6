# %% [markdown]
# # Losses: exercises
#
# Seven exercises, 17 points, about 70 minutes. Nothing here is trained.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# Run them as often as you like. For a hint, run for example `losses.softmax.hint()`,
# then `losses.softmax.hint(2)`.

# %%
import keras
import numpy as np
from keras import layers

from checkers import losses

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one

# %% [markdown]
# ## Exercise 1 · The logistic function (2 points)
#
# Write `sigmoid(x, x0, k)`, the logistic function with midpoint `x0` and slope `k`:
#
# $$\sigma(x) = \frac{1}{1 + e^{-k\,(x - x_0)}}$$
#
# `x` is a NumPy array or a single number; the result has its shape. `k` is above 0.
#
# *Strict:* values to 0.000001; `x` from -1000 to 1000 **without overflow**. A warning
# of NumPy's (`overflow encountered in exp`) counts as one, and costs half a point.
# *Free:* how you compute it.


# %% answer="losses-sigmoid"
def sigmoid(x, x0, k):
    """Return the logistic function of `x` with midpoint `x0` and slope `k`."""
    ### BEGIN SOLUTION
    z = k * (x - x0)
    small = np.exp(-np.abs(z))  # never above 1
    return np.where(z >= 0, 1, small) / (1 + small)
    ### END SOLUTION


# %% [markdown] solution="losses-sigmoid"
# For $z \ge 0$ this is $1/(1+e^{-z})$. For $z < 0$ numerator and denominator are
# multiplied by $e^{z}$, which gives $e^{z}/(1+e^{z})$: the same number, and no power
# above 1. `np.where(z >= 0, 1 / (1 + np.exp(-z)), …)` would be too late: both branches
# are computed before one is picked. Another stable way: `0.5 * (1 + np.tanh(z / 2))`.

# %% [markdown]
# ## Exercise 2 · Softmax with a temperature (3 points)
#
# Write `softmax(z, T)`. `z` is an array of shape `(batch, classes)`, one row of scores
# per example; `T` is a temperature above 0. Return an array of the same shape:
#
# $$p_i = \frac{e^{z_i / T}}{\sum_j e^{z_j / T}} \quad \text{in each row.}$$
#
# Scores of ±1000 must work; `T` may be as small as 0.001 or as large as 1,000,000.
#
# *Strict:* shape, values to 0.000001, finite results. *Free:* how you compute it.


# %% answer="losses-softmax"
def softmax(z, T):
    """Return the softmax of each row of `z` at temperature `T`."""
    ### BEGIN SOLUTION
    z = z / T
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %% [markdown] solution="losses-softmax"
# A row is one example, so maximum and sum go over the last axis; `keepdims=True` leaves
# a column of shape `(batch, 1)` that divides each row. Subtracting a row's maximum
# multiplies numerator and denominator by the same number. It must be the maximum of
# *that row*: with one maximum for the whole batch, a row of low scores becomes 0 / 0.

# %% [markdown]
# ## Exercise 3 · Entropy, KL divergence, cross-entropy (3 points)
#
# `p` and `q` are arrays: two distributions over the same classes. `p` is the truth, `q`
# the guess. Write three functions, each returning one number **in nats**:
#
# $$H(p) = -\sum_i p_i \ln p_i \qquad
# D(p \,\|\, q) = \sum_i p_i \ln \frac{p_i}{q_i} \qquad
# H(p, q) = -\sum_i p_i \ln q_i$$
#
# A class with $p_i = 0$ adds nothing, whatever $q_i$ is. Where $p_i > 0$, $q_i$ is
# above 0 as well.
#
# *Strict:* nats, the order of `p` and `q`, to 0.00001. *Free:* how you compute it.


# %% answer="losses-entropies"
def entropy(p):
    """Return the entropy of `p` in nats."""
    ### BEGIN SOLUTION
    p = p[p > 0]
    return -np.sum(p * np.log(p))
    ### END SOLUTION


def kl(p, q):
    """Return the KL divergence of the guess `q` from the truth `p` in nats."""
    ### BEGIN SOLUTION
    keep = p > 0
    return np.sum(p[keep] * np.log(p[keep] / q[keep]))
    ### END SOLUTION


def cross_entropy(p, q):
    """Return the cross-entropy of the guess `q` under the truth `p` in nats."""
    ### BEGIN SOLUTION
    return entropy(p) + kl(p, q)
    ### END SOLUTION


# %% [markdown] solution="losses-entropies"
# $p \ln p$ goes to 0 with $p$, so the classes with $p = 0$ are left out before NumPy
# takes their logarithm. The last function is the identity of the lesson,
# $H(p, q) = H(p) + D(p \,\|\, q)$; writing the sum out gives the same. $D$ is 0 for
# equal distributions, above 0 otherwise, and another number when `p` and `q` change
# places.

# %% [markdown]
# ## Exercise 4 · The cross-entropy of one guess (2 points)
#
# A network looks at one picture and gives three classes the probabilities `guess`. The
# class with the number `true_class` (counted from 0) is the right one. The next cell
# prints both. What is the cross-entropy of the guess, in nats?
#
# *Strict:* nats, to 0.0005. *Free:* the way you compute it.

# %%
question = losses.one_number.parameters(PERSONAL_CODE)
print("guess", question["guess"], "true class", question["true_class"])

# %% answer="losses-one-number"
cross_entropy_of_guess = None
### BEGIN SOLUTION
cross_entropy_of_guess = -np.log(question["guess"][question["true_class"]])
### END SOLUTION

# %% [markdown] solution="losses-one-number"
# The truth is one-hot: all terms but one are multiplied by 0. For [0.7, 0.2, 0.1] and
# class 0 it is $-\ln 0.7 = 0.3567$. How the rest is spread over the wrong classes does
# not matter to this loss.

# %% [markdown]
# ## Exercise 5 · Binary cross-entropy (2 points)
#
# Write `bce(y, p, reduction)`. `y` is an array of labels 0 and 1, `p` an array of
# predicted probabilities of the same length. `reduction` is `"sum"` or `"mean"`; return
# one number. Predictions are first clipped to the range from 1e-7 to 1 - 1e-7, as Keras
# does.
#
# For `y = [1, 0, 1, 1]` and `p = [0.4, 0.6, 0.1, 0.5]` the sum is 4.8283 and the mean
# 1.2071.
#
# *Strict:* both reductions, the clipping, to 0.00001. *Free:* how you compute it.


# %% answer="losses-bce"
def bce(y, p, reduction):
    """Return the binary cross-entropy of the predictions `p` for the labels `y`."""
    ### BEGIN SOLUTION
    p = np.clip(p, 1e-7, 1 - 1e-7)
    costs = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    return costs.sum() if reduction == "sum" else costs.mean()
    ### END SOLUTION


# %% [markdown] solution="losses-bce"
# For a label 1 the second product is 0, for a label 0 the first. Without clipping, one
# prediction of exactly 0 for a label 1 costs infinity, and a *right* one of exactly 1
# gives `0 * log(0)`, which is nan. With it, the worst cost of one label is
# $-\ln 10^{-7} \approx 16.1$.

# %% [markdown]
# ## Exercise 6 · Which head, which loss? (3 points)
#
# Three tasks. For each of them pick the last layer and the loss that belong together.
#
# - `digits`: a picture shows one digit. The labels are the numbers 0 to 9.
# - `fruit`: a page is about the word *apple*. Two tags, "fruit" and "3C" (computers,
#   communication, consumer electronics). Either, both or none may be right; the labels
#   are rows such as `[1, 1]`.
# - `score`: a wine has a score from 0 to 10. Saying 3 for a 6 is worse than saying 5.
#
# Answer with one letter each, for example `digits = "A"`.
#
# *Strict:* one letter each. *Free:* nothing.

# %%
for name in ("digits", "fruit", "score"):
    print(name, losses.head_and_loss.choices(PERSONAL_CODE, part=name), sep="\n")

# %% answer="losses-head-and-loss"
digits = None
fruit = None
score = None
### BEGIN SOLUTION
digits = losses.head_and_loss.choices(PERSONAL_CODE, part="digits").letter_of(
    "softmax_sparse"
)
fruit = losses.head_and_loss.choices(PERSONAL_CODE, part="fruit").letter_of(
    "sigmoid_bce"
)
score = losses.head_and_loss.choices(PERSONAL_CODE, part="score").letter_of(
    "linear_mse"
)
### END SOLUTION

# %% [markdown] solution="losses-head-and-loss"
# One of ten is true: softmax, and the sparse loss because labels are class numbers. Two
# questions of their own: sigmoids and binary cross-entropy. A value with a size: no
# activation, and a loss that grows with the miss. Treating the score as eleven classes
# does run; it forgets that 5 lies next to 6.

# %% [markdown]
# ## Exercise 7 · Three heads (2 points)
#
# Now build the three networks of exercise 6 and compile each one. Each has **one**
# hidden layer, `Dense(units, activation="relu")`; the next cell prints `units`. (`relu`
# turns negative numbers into 0; lesson 03 is about it.) Then comes the head.
#
# | network | inputs | targets |
# | --- | --- | --- |
# | `digit_net` | 784 pixels | a class number from 0 to 9 |
# | `fruit_net` | 50 word counts | two tags, 0 or 1 each |
# | `wine_net` | 11 measurements | one score |
#
# *Strict:* inputs, hidden layer, units of the head, head and loss together. *Free:*
# optimizer, metrics, names, initial values, the API; which of the fitting losses.

# %%
units = losses.three_heads.parameters(PERSONAL_CODE)["units"]
print("units of the hidden layer:", units)

# %% answer="losses-three-heads"
digit_net = None
fruit_net = None
wine_net = None
### BEGIN SOLUTION
digit_net = keras.Sequential([keras.Input((784,)), layers.Dense(units, "relu")])
digit_net.add(layers.Dense(10, activation="softmax"))
digit_net.compile(optimizer="adam", loss="sparse_categorical_crossentropy")

fruit_net = keras.Sequential([keras.Input((50,)), layers.Dense(units, "relu")])
fruit_net.add(layers.Dense(2, activation="sigmoid"))
fruit_net.compile(optimizer="adam", loss="binary_crossentropy")

wine_net = keras.Sequential([keras.Input((11,)), layers.Dense(units, "relu")])
wine_net.add(layers.Dense(1))
wine_net.compile(optimizer="adam", loss="mse")
### END SOLUTION

# %% [markdown] solution="losses-three-heads"
# The trunk does not know what it works for; the head and the loss do. Both
# cross-entropies also take raw scores: leave the activation out and write
# `loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True)`. For the score,
# `"mae"` or `keras.losses.Huber()` are as right as `"mse"`.
