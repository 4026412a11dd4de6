# %% [markdown]
# # ReLU and descent: exercises
#
# Seven core exercises, 18 points, about 70 minutes; three more with a star, 8 points,
# for the curious. One exercise trains five small networks, for a few seconds each.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# Run them as often as you like. For a hint, run for example `relu.wine_mlp.hint()`,
# then `relu.wine_mlp.hint(2)`.

# %%
import keras
import numpy as np
import tensorflow as tf
from keras import layers

from checkers import relu
from course.datasets import concrete_split, load, wine_split

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one
SEED = 0
keras.utils.set_random_seed(SEED)

wine, concrete = load("red-wine"), load("concrete")
STAND_IN = wine.is_stand_in or concrete.is_stand_in
print(wine.source.label(), "·", concrete.source.label())

# %% [markdown]
# ## Exercise 1 · The slope of one neuron (2 points)
#
# One neuron: $z = wx + b$, then $a = \max(0, z)$. One loss: $L = (a - t)^2$. For each
# of the three points, what is $\partial L / \partial w$?
#
# | point | $w$ | $b$ | $x$ | $t$ |
# | --- | --- | --- | --- | --- |
# | A | 2 | -1 | 3 | 4 |
# | B | -1 | 0.5 | 2 | 1 |
# | C | 0.5 | 1 | -1.5 | 2 |
#
# (In code: `relu.POINTS`.)
#
# *Strict:* three numbers, to 0.0001. *Free:* on paper or in code.

# %% answer="relu-neuron-slope"
slopes = None  # {"A": ..., "B": ..., "C": ...}
### BEGIN SOLUTION
slopes = {}
for name, point in relu.POINTS.items():
    w, b, x, t = point["w"], point["b"], point["x"], point["t"]
    z = w * x + b
    slopes[name] = 2 * (max(z, 0) - t) * (z > 0) * x
### END SOLUTION

# %% [markdown] solution="relu-neuron-slope"
# Three links: $\partial L/\partial a = 2(a - t)$; $\partial a/\partial z$ is 1 where
# $z > 0$ and 0 where $z < 0$; and $\partial z/\partial w = x$.
#
# - A: $z = 5$, so $2 \cdot 1 \cdot 1 \cdot 3 = 6$.
# - B: $z = -1.5$, so 0, however wrong the output is.
# - C: $z = 0.25$, so $2 \cdot (-1.75) \cdot 1 \cdot (-1.5) = 5.25$. The *input* is
#   negative and $z$ is not: the ReLU looks at $z$.

# %% [markdown]
# ## Exercise 2 · A network that can bend (3 points)
#
# Build `wine_mlp` for the 11 measurements of a wine: two hidden layers with **ReLU**,
# with as many units as the next cell prints (`first`, then `second`), and a last layer
# that gives one score. A score is a number like 5.6. You need not compile it.
#
# *Strict:* units, activations, bias, everything trainable. *Free:* names, initial
# values, the API.

# %%
widths = relu.wine_mlp.parameters(PERSONAL_CODE)
print(widths)

# %% answer="relu-wine-mlp"
wine_mlp = None
### BEGIN SOLUTION
wine_mlp = keras.Sequential(
    [
        keras.Input((11,)),
        layers.Dense(widths["first"], activation="relu"),
        layers.Dense(widths["second"], activation="relu"),
        layers.Dense(1),
    ]
)
### END SOLUTION

# %% [markdown] solution="relu-wine-mlp"
# The two hidden layers bend, the head does not: it must be able to give any number. The
# checker also runs your network on 50 random inputs. A network without a bend gives
# $f(x) + f(-x) - 2 f(0) = 0$ for each of them, whatever its layers are called. (The
# test $f(2x) = 2 f(x)$ would not do: a fresh ReLU network passes it too, because Keras
# starts its biases at 0.)

# %% [markdown]
# ## Exercise 3 · A slope below zero (2 points)
#
# The network 11-64-32-1 in two variants. `leaky_net`: behind each hidden layer a
# **LeakyReLU** with the slope that the next cell prints. `prelu_net`: a **PReLU**
# behind each, as Keras makes it. The head stays linear. And how many parameters has the
# whole of `prelu_net`? That number is `prelu_params`.
#
# *Strict:* units, slope, one activation per hidden layer, a linear head. *Free:* names,
# initial values, the API; the activation as a layer or as an argument.

# %%
slope = relu.slopes_below.parameters(PERSONAL_CODE)["slope"]
print(slope)

# %% answer="relu-slopes-below"
leaky_net = None
prelu_net = None
prelu_params = None
### BEGIN SOLUTION


def net_with(bend):
    steps = [keras.Input((11,)), layers.Dense(64), bend(), layers.Dense(32), bend()]
    return keras.Sequential([*steps, layers.Dense(1)])


leaky_net = net_with(lambda: layers.LeakyReLU(negative_slope=slope))
prelu_net = net_with(layers.PReLU)
prelu_params = prelu_net.count_params()
### END SOLUTION

# %% [markdown] solution="relu-slopes-below"
# The dense layers have 768 + 2,080 + 33 = 2,881 parameters. PReLU adds one slope per
# unit, 64 + 32: together 2,977. `LeakyReLU()` without an argument takes 0.3, and the
# text `"leaky_relu"` means 0.2: two defaults for one idea. `alpha=`, the name that old
# pages use, still works in Keras 3 and warns.

# %% [markdown]
# ## Exercise 4 · Ten layers deep (3 points)
#
# The next two cells make nine networks, `nets[name]`: ten hidden layers of 64 units and
# a linear head; three activations, each with three starts. `"0.01"` draws the weights
# with standard deviation 0.01. Nothing is trained. For each name in `names`:
#
# - `gradient_norms[name]`: ten numbers, the norm $\sqrt{\sum g^2}$ of the gradient of
#   `loss_of(nets[name])` by each hidden **kernel**, first layer first;
# - `spreads[name]`: ten numbers, `np.std` over all entries of each hidden layer's
#   output (after the activation) on `x_batch`.
#
# Then `healthy`: a list of the names for which all ten norms *and* all ten spreads are
# above 0.1.
#
# *Strict:* untrained networks, the given batch, kernels and not biases. *Free:* lists,
# arrays or tensors; how you compute them.

# %%
parts = wine_split(wine, seed=0)
mean, std = parts.x_train.mean(axis=0), parts.x_train.std(axis=0)
x_batch = ((parts.x_train - mean) / std)[:256]
y_batch = ((parts.y_train - parts.y_train.mean()) / parts.y_train.std())[:256, None]


def loss_of(net):
    return tf.reduce_mean((net(x_batch) - y_batch) ** 2)


# %%
def deep_net(name, seed=SEED):
    activation, start = name.split(", ")
    net = keras.Sequential([keras.Input((11,))])
    for number, units in enumerate([64] * 10 + [1]):
        draw = {
            "Glorot": keras.initializers.GlorotNormal(seed=100 * seed + number),
            "He": keras.initializers.HeNormal(seed=100 * seed + number),
            "0.01": keras.initializers.RandomNormal(0.0, 0.01, 100 * seed + number),
        }[start]
        bend = activation if units > 1 else None
        net.add(layers.Dense(units, activation=bend, kernel_initializer=draw))
    return net


names = relu.NETS
nets = {name: deep_net(name) for name in names}
print(names)

# %% answer="relu-depth"
gradient_norms, spreads = None, None  # two dicts
healthy = None  # a list of names
### BEGIN SOLUTION
gradient_norms, spreads = {}, {}
for name, net in nets.items():
    hidden = net.layers[:10]
    with tf.GradientTape() as tape:
        loss = loss_of(net)
    gradients = tape.gradient(loss, [layer.kernel.value for layer in hidden])
    gradient_norms[name] = [np.linalg.norm(gradient) for gradient in gradients]
    spreads[name], values = [], x_batch
    for layer in hidden:
        values = layer(values)
        spreads[name].append(np.std(values))
healthy = [n for n in names if min(gradient_norms[n]) > 0.1 and min(spreads[n]) > 0.1]
### END SOLUTION

# %% [markdown] solution="relu-depth"
# `healthy` holds `"tanh, Glorot"`, `"tanh, He"` and `"relu, He"`. A ReLU with Glorot's
# start loses half of the variance in each layer. The sigmoid's slope is at most 1/4,
# and none of the starts makes up for ten of them. With 0.01 every tanh or ReLU layer
# shrinks what it gets, on the way there and on the way back. Look at its norms once
# more: they are all of *one* size, about 1e-13 for relu. The gradient of a kernel is
# the signal from behind times the value from before. In the last layer the values are
# tiny, in the first one the signal is. So "the first layers learn slowest" is true of
# the sigmoid here; with a start that is too small, all of them stand still.

# %% [markdown]
# ## Exercise 5 · How wide to draw (2 points)
#
# A Dense layer's kernel has the **shape** that the next cell prints. The layer is
# followed by a ReLU. With which standard deviation does He's rule draw its weights?
#
# *Strict:* a number, to 0.0005. *Free:* the way you compute it.

# %%
sizes = relu.he_start.parameters(PERSONAL_CODE)
print((sizes["inputs"], sizes["units"]))

# %% answer="relu-he-start"
he_std = None
### BEGIN SOLUTION
he_std = np.sqrt(2 / sizes["inputs"])
### END SOLUTION

# %% [markdown] solution="relu-he-start"
# Each unit adds up `fan_in` products, one per row of the kernel. The variance of a sum
# of independent terms is the sum of their variances; so a weight may have the variance
# 1 / fan_in, and 2 / fan_in where a ReLU silences half. The root of that is the
# standard deviation.

# %% [markdown]
# ## Exercise 6 · Five rates (3 points)
#
# `train(rate)` trains one small network on concrete, with plain SGD, for 20 epochs, and
# returns the 20 validation errors (MAE in MPa). Train with each of `RATES`.
#
# - `sweep`: five numbers in the order of `RATES`: the **lowest** error of each run. For
#   a run without any finite error write `float("nan")`.
# - `best_rate`: the rate with the lowest of them.
# - `first_diverging`: the lowest rate whose run diverges, that is, becomes nan.
#
# *Strict:* the given network, data and number of epochs; the order of `RATES`. *Free:*
# list, array or dict by rate; nan, inf or None for a run that diverged.

# %%
concrete_parts = concrete_split(concrete, seed=0)
center, scale = concrete_parts.x_train.mean(axis=0), concrete_parts.x_train.std(axis=0)
x_train, x_val = (
    (rows - center) / scale for rows in (concrete_parts.x_train, concrete_parts.x_val)
)
target_mean, target_std = concrete_parts.y_train.mean(), concrete_parts.y_train.std()
y_train, y_val = (
    (y - target_mean) / target_std
    for y in (concrete_parts.y_train, concrete_parts.y_val)
)
RATES = relu.RATES
print(RATES)


# %%
def train(rate, epochs=20):
    keras.utils.set_random_seed(SEED)
    net = keras.Sequential(
        [keras.Input((8,)), layers.Dense(32, activation="relu"), layers.Dense(1)]
    )
    net.compile(keras.optimizers.SGD(rate), loss="mse", metrics=["mae"])
    fit = {"validation_data": (x_val, y_val), "batch_size": 64, "verbose": 0}
    history = net.fit(x_train, y_train, epochs=epochs, **fit)
    return [error * target_std for error in history.history["val_mae"]]


# %% answer="relu-rate-sweep"
sweep = None
best_rate = None
first_diverging = None
### BEGIN SOLUTION
errors = {rate: np.array(train(rate)) for rate in RATES}
sweep = [run.min() if np.isfinite(run).all() else np.nan for run in errors.values()]
best_rate = RATES[np.nanargmin(sweep)]
first_diverging = min(rate for rate in RATES if np.isnan(errors[rate][-1]))
### END SOLUTION

# %% [markdown] solution="relu-rate-sweep"
# About 15, 11, 8 and 5 MPa, then nan. Up to 0.1, faster is better in 20 epochs; ten
# times more is too much, and nothing is left. Between the last good decade and the
# first bad one lies less than a factor of ten: search there, in steps of 2 or 3.

# %% [markdown]
# ## Exercise 7 · Eight sentences (3 points)
#
# All eight are in circulation. Some are **wrong**. Some are **loose**: true under a
# condition that they do not state. Some are right. Which are wrong, and which loose?
#
# Answer with letters, for example `"AB"`; both answers use the letters of one list.
#
# *Strict:* all letters of each sort, none of another. *Free:* text, list or set.

# %%
print(relu.statements.choices(PERSONAL_CODE, part="wrong_ones"))

# %% answer="relu-statements"
wrong_ones = None
loose_ones = None
### BEGIN SOLUTION
choices = relu.statements.choices(PERSONAL_CODE, part="wrong_ones")
wrong_ones = [
    choices.letter_of(i) for i in ("sigmoid", "explode", "restarts", "halves")
]
loose_ones = [choices.letter_of(i) for i in ("batch", "stochastic")]
### END SOLUTION

# %% [markdown] solution="relu-statements"
# **Wrong.** A sigmoid is an activation; a loss compares two numbers. The slope of an
# active ReLU is 1, so it damps nothing, and large weights explode as before. Nothing
# guarantees the global minimum of a loss with many valleys. The share of active units
# stays near one half in every layer (measured in the lesson).
#
# **Loose.** Batch descent ends in the global optimum if the loss has one valley and the
# rate is small enough. Stochastic descent keeps jumping around the optimum as long as
# its rate does not fall; with a falling rate it arrives.
#
# **Right.** A unit that is negative on all rows gets no gradient. Clipping shortens
# what is long and leaves the rest.

# %% [markdown]
# ## ★ Exercise 8 · The way back, by hand (3 points)
#
# A network with one hidden layer, and the **mean** squared error over the rows,
# `np.mean((out - y) ** 2)`; `y` and `out` have shape `(rows, 1)`. Copy these lines into
# the function and write the three that are missing. Each comment names a shape.
#
# ```python
# z = x @ w1 + b1  # (rows, hidden)
# a = np.maximum(z, 0)  # (rows, hidden)
# out = a @ w2 + b2  # (rows, 1)
# d_out = ...  # (rows, 1): slope of the loss by each entry of out
# dw2 = a.T @ d_out
# db2 = d_out.sum(axis=0)
# d_z = ...  # (rows, hidden): slope of the loss by each entry of z
# dw1 = ...  # (inputs, hidden)
# db1 = d_z.sum(axis=0)
# return dw1, db1, dw2, db2
# ```
#
# *Strict:* relative error below 0.000001 against a numeric gradient, in float64.
# *Free:* how you write the lines; a tuple or list in this order, or a dict.


# %% answer="relu-backward"
def backward(x, y, w1, b1, w2, b2):
    """Return dw1, db1, dw2, db2: the slopes of the loss by each parameter."""
    ### BEGIN SOLUTION
    z = x @ w1 + b1  # (rows, hidden)
    a = np.maximum(z, 0)  # (rows, hidden)
    out = a @ w2 + b2  # (rows, 1)

    d_out = 2 * (out - y) / len(x)  # (rows, 1): the slope of the loss by out
    dw2 = a.T @ d_out
    db2 = d_out.sum(axis=0)

    d_z = (d_out @ w2.T) * (z > 0)  # (rows, hidden): by z
    dw1 = x.T @ d_z  # (inputs, hidden): by w1
    db1 = d_z.sum(axis=0)
    return dw1, db1, dw2, db2
    ### END SOLUTION


# %% [markdown] solution="relu-backward"
# Each line answers one line of the way forward, from the last to the first. What was
# multiplied with `w2` comes back through `w2` transposed. `(z > 0)` is the slope of the
# ReLU. A mean over N rows gives each row the weight 1/N, once, at the start of the way
# back.

# %% [markdown]
# ## ★ Exercise 9 · A rate that falls (2 points)
#
# Make `schedule`: an object that an optimizer can take as its `learning_rate`, with
#
# $$\mathrm{lr}(\mathrm{step}) = \frac{\mathrm{start}}{1 + \mathrm{rate} \cdot
# \mathrm{step} / \mathrm{decay\_steps}}$$
#
# and the three numbers in `decay`. Steps are updates, not epochs (concrete, in batches
# of 64, has 12 updates per epoch). Write the class yourself, by the pattern `class
# InverseTime(keras.optimizers.schedules.LearningRateSchedule)` with `__init__` and
# `__call__(self, step)`; or find Keras's own.
#
# *Strict:* the rate at every step; it must also work inside `fit`. *Free:* your own
# class or one of Keras's.

# %% answer="relu-inverse-time"
decay = relu.inverse_time.parameters(PERSONAL_CODE)  # start, rate, decay_steps
schedule = None
### BEGIN SOLUTION


class InverseTime(keras.optimizers.schedules.LearningRateSchedule):
    """A rate that is divided by 1, then 1.5, then 2 … as the steps go on."""

    def __init__(self, start, rate, decay_steps):
        """Keep the three numbers."""
        self.start, self.rate, self.decay_steps = start, rate, decay_steps

    def __call__(self, step):
        """Return the rate of one step."""
        return self.start / (1 + self.rate * step / self.decay_steps)


schedule = InverseTime(**decay)
### END SOLUTION

# %% [markdown] solution="relu-inverse-time"
# With 0.1, 0.5 and 10 the rate is 0.1 at step 0 and 0.05 at step 20. Inside `fit` the
# step is a variable in compiled code: `int(step)` or `math.exp(step)` would stop there,
# although they work with a plain number. Keras's own class is
# `keras.optimizers.schedules.InverseTimeDecay(start, decay_steps, rate)`; its arguments
# come in another order than in the formula.

# %% [markdown]
# ## ★ Exercise 10 · A ball with a memory (3 points)
#
# Write `momentum(gradient, start, lr, mu, steps)`. `gradient` is a function: it takes a
# point and returns the slopes there. `start` is a point, an array of shape `(n,)`. The
# velocity v begins at 0; in each step
#
# $$v \leftarrow \mu v + g(w), \qquad w \leftarrow w - \mathrm{lr} \cdot v .$$
#
# Return the path: `steps + 1` points, `start` first, as an array of shape `(steps + 1,
# n)`.
#
# *Strict:* all points. *Free:* list or array; Keras's own way of writing it, with the
# sign in the velocity, is the same path.


# %% answer="relu-momentum"
def momentum(gradient, start, lr, mu, steps):
    """Return the points of a descent with momentum, `start` included."""
    ### BEGIN SOLUTION
    w, v = np.array(start), np.zeros(len(start))
    path = [w]
    for _ in range(steps):
        v = mu * v + gradient(w)
        w = w - lr * v
        path.append(w)
    return np.array(path)
    ### END SOLUTION


# %% [markdown] solution="relu-momentum"
# `w = w - lr * v` makes a new array in each step. `w -= lr * v` would change the one
# that the path already holds, and all points would be the last one.
#
# The form `v = mu * v + (1 - mu) * g` is in use as well. Here not just a sign differs:
# with the same lr its steps are 1 - mu times as long, and the path is another one.
