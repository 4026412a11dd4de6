# %% [markdown]
# # Dropout by hand: exercises
#
# Seven core exercises, 18 points, about 70 minutes; one with a star for the curious.
# This notebook trains nothing.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# You may run them as often as you like. For a hint, run for example
# `dropout_by_hand.vanilla.hint()`, then `dropout_by_hand.vanilla.hint(2)`.
#
# Mind the names: `keep` is the share that **stays**, `rate` the share that is
# **dropped**.

# %%
import itertools

import keras
import numpy as np
from keras import layers

from checkers import dropout_by_hand

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one

# %% [markdown]
# ## Exercise 1 · How many are dropped? (2 points)
#
# A hidden layer with `units` units, dropout with rate `rate`. Your numbers are below.
# In each training step some units are dropped, each drawn on its own. Over many steps,
# what is the mean of the **number of units dropped**, and what is its standard
# deviation?
#
# *Strict:* dropped, not kept; the standard deviation to 0.05. *Free:* by hand or with
# code.

# %%
dropout_by_hand.dropped_units.parameters(PERSONAL_CODE)

# %% answer="dropout-by-hand-dropped-units"
mean_dropped = None
sd_dropped = None
### BEGIN SOLUTION
numbers = dropout_by_hand.dropped_units.parameters(PERSONAL_CODE)
mean_dropped = numbers["units"] * numbers["rate"]
sd_dropped = np.sqrt(mean_dropped * (1 - numbers["rate"]))
### END SOLUTION

# %% [markdown] solution="dropout-by-hand-dropped-units"
# With 1,000 units and rate 0.4: mean 400, standard deviation 15.5. Exactly 400 comes up
# in about one step of forty. The variances p (1 - p) of the units add up; the root
# comes last.

# %% [markdown]
# ## Exercise 2 · The vanilla pair (3 points)
#
# The dropout of the first papers. Write two functions for a float array `x` of any
# shape:
#
# - `vanilla_train(x, keep)`: each number is kept as it is with probability `keep`, on
#   its own, and is 0 otherwise.
# - `vanilla_predict(x, keep)`: what the next layer should get at prediction, so that it
#   is the **expected value** of what it got in training. Nothing is drawn.
#
# *Strict:* shares and scales, a new draw in each call, `x` stays as it is. *Free:* the
# generator, `<` or `>`, loops or arrays.


# %% answer="dropout-by-hand-vanilla"
def vanilla_train(x, keep):
    """Return x with each number kept with probability `keep`."""
    ### BEGIN SOLUTION
    return x * (np.random.rand(*x.shape) < keep)
    ### END SOLUTION


def vanilla_predict(x, keep):
    """Return the expected value of `vanilla_train(x, keep)`."""
    ### BEGIN SOLUTION
    return x * keep
    ### END SOLUTION


# %% [markdown] solution="dropout-by-hand-vanilla"
# A number between 0 and 1 is below `keep` with probability `keep`. The mask is 1 that
# often, so its mean is `keep`: that is the factor at prediction. It is neither 1 / keep
# nor 1 - keep.

# %% [markdown]
# ## Exercise 3 · Inverted dropout (3 points)
#
# The dropout of Keras. Write `inverted(x, rate, training)` for an array `x` of any
# shape:
#
# - In training, each number is **dropped** with probability `rate`, and what is kept is
#   scaled so that the mean over many draws is `x`.
# - If `training` is False, the result is `x`.
# - `x` itself is never changed, and an array of whole numbers works as well.
# - A rate for which that makes no sense (below 0, or 1 and more) raises a `ValueError`.
#
# *Strict:* all of it. *Free:* the generator, the text of the error; at inference, `x`
# or a copy.


# %% answer="dropout-by-hand-inverted"
def inverted(x, rate, training):
    """Return x after inverted dropout."""
    ### BEGIN SOLUTION
    if not 0 <= rate < 1:
        raise ValueError(f"expected 0 <= rate < 1, received {rate}")
    if not training:
        return x
    mask = np.random.rand(*x.shape) >= rate
    return x * mask / (1 - rate)
    ### END SOLUTION


# %% [markdown] solution="dropout-by-hand-inverted"
# `x * mask / (1 - rate)` makes a new array of floats. `x *= mask` would write into the
# array that the caller still needs, and `x /= 1 - rate` stops on whole numbers, because
# they cannot hold the result.

# %% [markdown]
# ## Exercise 4 · A layer with a way back (4 points)
#
# Write the class `DropoutLayer` with inverted dropout at `rate`, the share dropped.
#
# - `forward(x, training)` returns what exercise 3 returns, with a **new mask** in each
#   call.
# - `backward(dout)` gets the gradient of the loss by the output of the **last** call of
#   forward, and returns its gradient by `x`, an array of the same shape. That call may
#   have been in training or at inference.
# - Both leave the array that they get as it is.
#
# One way to test it: make a layer, call `forward(x, True)` once, and hold
# `backward(dout)` against `numeric_gradient` of `(dout * x * scale).sum()` by `x`,
# where `scale` is what forward multiplied with (`y / x`).
#
# *Strict:* the names and arguments of the two methods; the slopes. *Free:* the
# generator, names inside the class.


# %% answer="dropout-by-hand-layer"
class DropoutLayer:
    """Inverted dropout with a way back."""

    def __init__(self, rate):
        """Keep the rate."""
        self.rate = rate

    def forward(self, x, training):
        """Return x with a share of `rate` dropped in training, x at inference."""
        ### BEGIN SOLUTION
        self.scale = np.ones(x.shape)
        if training:
            mask = np.random.rand(*x.shape) >= self.rate
            self.scale = mask / (1 - self.rate)
        return x * self.scale
        ### END SOLUTION

    def backward(self, dout):
        """Return the gradient by x of the last forward pass."""
        ### BEGIN SOLUTION
        return dout * self.scale
        ### END SOLUTION


# %% [markdown] solution="dropout-by-hand-layer"
# The slope of c · x is c. Here c is the mask *with* its factor, the same as on the way
# there. `dout * mask` alone gives gradients that are too small: at keep 0.8 their ratio
# to the measured slope is 0.8. Keeping one number for both methods leaves no room for
# that slip.

# %% [markdown]
# ## Exercise 5 · Two means that do not meet (2 points)
#
# The next cell is an experiment that goes round on the web: a network with random
# weights, a million random inputs, dropout with keep 0.5, and the mean of all outputs,
# once in training and once at prediction. (These inputs are noise on purpose: only
# means are compared.)
#
# First **predict**: by how much will `predict` minus `train` differ from 0? Your guess
# is never compared with anything. Then run the passes, each **once**, and write down
# both means, with at least four digits. Last, pick the reason:
# `dropout_by_hand.two_means.choices(PERSONAL_CODE)` shows the options.

# %%
np.random.seed(1)
w1, b1 = np.random.randn(4, 3), np.random.randn(4, 1)
w2, b2 = np.random.randn(4, 4), np.random.randn(4, 1)
w3, b3 = np.random.randn(4, 4), np.random.randn(4, 1)
x = np.random.randn(3, 1_000_000)  # one column per input


def train_pass(x, keep=0.5):
    h1 = np.maximum(0, w1 @ x + b1)
    h1 *= (np.random.rand(*h1.shape) < keep) / keep
    h2 = np.maximum(0, w2 @ h1 + b2)
    h2 *= (np.random.rand(*h2.shape) < keep) / keep
    return w3 @ h2 + b3


def predict_pass(x):
    h1 = np.maximum(0, w1 @ x + b1)
    h2 = np.maximum(0, w2 @ h1 + b2)
    return w3 @ h2 + b3


# %%
dropout_by_hand.two_means.choices(PERSONAL_CODE)

# %% answer="dropout-by-hand-two-means"
guessed_difference = None
means = None  # {"train": ..., "predict": ...}
reason = None  # a letter
### BEGIN SOLUTION
guessed_difference = 0.0
means = {"train": train_pass(x).mean(), "predict": predict_pass(x).mean()}
reason = dropout_by_hand.two_means.choices(PERSONAL_CODE).letter_of("jensen")
### END SOLUTION

# %% [markdown] solution="dropout-by-hand-two-means"
# -0.1922 and -0.2479. The second mask goes through a linear step only. The first goes
# through the ReLU behind `w2`, and there the mean of a bent function is not the
# function of the mean. Averaged over all 16 first masks instead of drawn ones, the mean
# in training is -0.1934: a million inputs leave 0.0015 of noise, and 0.0544 of gap.

# %% [markdown]
# ## Exercise 6 · Which p is meant? (2 points)
#
# 1. `keeps_80`: which of the lines keep each unit with probability **0.8**? Answer with
#    all their letters, for example `"ADF"`.
# 2. `switch`: a page on dropout uses one letter p throughout. At which sentence does p
#    begin to mean something else?
#
#     1. In each training step, each unit is switched off with probability p.
#     2. With p = 0.3, a layer of 10 units loses 3 of them on average.
#     3. With p = 0 you get the plain network back.
#     4. At test time nothing is switched off, and all outputs are multiplied by p.
#     5. With p = 1 that factor changes nothing.
#
# *Strict:* all lines that keep 80 %, and no other. *Free:* the order of the letters.

# %%
print(dropout_by_hand.which_p.choices(PERSONAL_CODE, part="keeps_80"))
print()
print(dropout_by_hand.which_p.choices(PERSONAL_CODE, part="switch"))

# %% answer="dropout-by-hand-which-p"
keeps_80 = None  # letters
switch = None  # a letter
### BEGIN SOLUTION
lines = dropout_by_hand.which_p.choices(PERSONAL_CODE, part="keeps_80")
keeping = ["keras_02", "torch_02", "tf1_08", "paper_08", "numpy_above"]
keeps_80 = "".join(lines.letter_of(line) for line in keeping)
sentences = dropout_by_hand.which_p.choices(PERSONAL_CODE, part="switch")
switch = sentences.letter_of("four")
### END SOLUTION

# %% [markdown] solution="dropout-by-hand-which-p"
# Keras's `rate` and PyTorch's `p` are dropped; `keep_prob` and the p of the 2014 paper
# are kept. In code the mask decides: `rand < p` is True with probability p, `rand > p`
# with 1 - p. On the page, sentences 1 to 3 drop with p. A factor of p at test time
# (sentence 4) fits only a p that is kept: at p = 0 it would switch everything off.

# %% [markdown]
# ## Exercise 7 · The same dropout in Keras (2 points)
#
# A paper says: "784 inputs, 64 ReLU units of which each is **retained with probability
# `keep`** in training, softmax over 10 classes." Build it: `keras_net`. Your `keep` is
# below.
#
# *Strict:* inputs, units, activations, the share kept, the place. *Free:* names,
# initial values, the API.

# %%
dropout_by_hand.keras_rate.parameters(PERSONAL_CODE)

# %% answer="dropout-by-hand-keras-rate"
keras_net = None
### BEGIN SOLUTION
keep = dropout_by_hand.keras_rate.parameters(PERSONAL_CODE)["keep"]
keras_net = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        layers.Dense(64, activation="relu"),
        layers.Dropout(1 - keep),
        layers.Dense(10, activation="softmax"),
    ]
)
### END SOLUTION

# %% [markdown] solution="dropout-by-hand-keras-rate"
# Keras asks for the share that goes: 1 - keep. (`1 - 0.8` is 0.19999999999999996 in
# Python, and as good as 0.2.)

# %% [markdown]
# ## Exercise 8 ★ · All thinned networks (3 bonus points)
#
# One softmax layer on `n` hidden outputs `h`, shape `(n,)`, with weights `w` of shape
# `(n, classes)` and biases `b` of shape `(classes,)`. Inverted dropout on `h`: under
# the mask m the class probabilities are softmax((m · h / keep) w + b). `softmax` is
# given below; n is at most 8.
#
# Write `ensemble(h, w, b, keep, draws)`. It returns three arrays of shape `(classes,)`:
#
# 1. the **exact** expected value of the probabilities, over all $2^n$ masks;
# 2. the probabilities of the one pass **without** masks;
# 3. the mean of the probabilities over `draws` masks that are **drawn**.
#
# *Strict:* three arrays in this order. *Free:* loops or arrays, the generator.


# %%
def softmax(z):
    powers = np.exp(z - np.max(z))
    return powers / powers.sum()


# %% answer="dropout-by-hand-ensemble"
def ensemble(h, w, b, keep, draws):
    """Return the exact mean, the pass without masks, and the mean over draws."""
    ### BEGIN SOLUTION

    def outputs(mask):
        return softmax((mask * h / keep) @ w + b)

    exact = np.zeros(len(b))
    for mask in itertools.product((0, 1), repeat=len(h)):
        kept = sum(mask)
        chance = keep**kept * (1 - keep) ** (len(h) - kept)
        exact += chance * outputs(np.array(mask))
    drawn = np.random.rand(draws, len(h)) < keep
    sampled = np.mean([outputs(mask) for mask in drawn], axis=0)
    return exact, outputs(keep), sampled
    ### END SOLUTION


# %% [markdown] solution="dropout-by-hand-ensemble"
# A mask has one entry per unit, so there are 2^n masks however many weights there are.
# Every keep between 0 and 1 can give all of them; only at 0.5 are they equally likely,
# so each needs its weight. The pass without masks is near the exact mean, and not equal
# to it: softmax is bent. The mean over draws comes closer with more draws.
