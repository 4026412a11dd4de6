# %% [markdown]
# # 03 · ReLU and descent
#
# *I stack ten layers, press run, and the loss does not move. Or it moves, to `nan`. I
# change the activation, the rate, the optimizer, at random. What is it that goes wrong
# between the layers, and which knob is for what?*
#
# You will see what an activation does to a number and to a gradient; how a gradient is
# worked out by hand; how weights should start; how long a step may be; and which of six
# famous cures helps against vanishing, which against explosion, which against neither.
#
# Reading and running: about 45 minutes. You need lessons 01 and 02. Signs such as
# $\partial$ are on the [symbols card](../00_welcome/lesson.ipynb#Symbols).

# %%
import keras
import numpy as np
import tensorflow as tf
from keras import layers

from course import datasets, plots, results
from course.gradients import numeric_gradient, relative_error
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)
EPOCHS = 2 if is_fast() else 20  # COURSE_FAST=1 shortens the runs
SEEDS = range(2 * SEED, 2 * SEED + (1 if is_fast() else 2))

# %%
wine, concrete = datasets.load("red-wine"), datasets.load("concrete")


def standardized(parts):
    """Return inputs and target with mean 0 and deviation 1, by the training rows."""
    mean, std = parts.x_train.mean(axis=0), parts.x_train.std(axis=0)
    center, scale = parts.y_train.mean(), parts.y_train.std()
    x = (parts.x_train - mean) / std, (parts.x_val - mean) / std
    y = (parts.y_train - center) / scale, (parts.y_val - center) / scale
    return *x, *y, float(scale)


parts = datasets.wine_split(wine, seed=0)
x_train, x_val, y_train, y_val, points = standardized(parts)
median = np.median(parts.y_train)
baseline = float(np.mean(np.abs(parts.y_val - median)))
print(f"Always saying {median:.0f}: MAE {baseline:.3f} quality points")

# %% [markdown]
# ## Why a network must bend
#
# A dense layer computes $z = Wx + b$. A dense layer of a dense layer is
# $W_2(W_1x + b_1) + b_2$: again a matrix and a constant. However many you stack, you
# get **one** layer. What is between them has to bend: the **activation**, a function of
# each single number.
#
# | name | formula | slope |
# | --- | --- | --- |
# | sigmoid | $\sigma(z) = 1 / (1 + e^{-z})$ | $\sigma(1 - \sigma)$, at most 1/4 |
# | tanh | $2\sigma(2z) - 1$ | $1 - \tanh^2 z$, at most 1 |
# | softplus | $\log(1 + e^z)$ | $\sigma(z)$ |
# | ReLU | $\max(0, z)$ | 0 below zero, 1 above |
# | LeakyReLU | $z$ above 0, $\alpha z$ below, fixed $\alpha$ | $\alpha$ or 1 |
# | PReLU | the same, each $\alpha$ is **learned** | $\alpha$ or 1 |
# | RReLU | the same, each $\alpha$ is **drawn** in training | $\alpha$ or 1 |
#
# At 0 a ReLU has a kink; libraries take the slope 0 there. TensorFlow's *tape* records
# what is computed and gives back slopes:

# %%
z = np.linspace(-5, 5, 401)
bends = {
    "sigmoid": keras.activations.sigmoid,
    "tanh": keras.activations.tanh,
    "softplus": keras.activations.softplus,
    "ReLU": keras.activations.relu,
    "LeakyReLU, 0.1": layers.LeakyReLU(negative_slope=0.1, dtype="float64"),
}
panels = {"Activation": {}, "Slope": {}}
for name, bend in bends.items():
    inputs = tf.constant(z)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = bend(inputs)
    panels["Activation"][name] = z, outputs.numpy()
    panels["Slope"][name] = z, tape.gradient(outputs, inputs).numpy()

# %%
figure = plots.lines(
    panels,
    x_label="z",
    y_label="Value",
    title="Five activations, and what they do to a gradient",
    caption="Right: the factor with which each activation multiplies what comes back.",
    columns=2,
    y_limits=(-1.2, 3.0),
)
plots.show(figure)

# %%
with np.errstate(invalid="ignore", divide="ignore"):
    few = np.array([-2.0, -1.0, 0.0, 1.0])
    print("log(1 + e·z)", np.log(1 + np.e * few), "← printed on some pages")
    print("log(1 + e^z)", np.log1p(np.exp(few)).round(3), "← softplus")
sigmoid = 1 / (1 + np.exp(-np.array([0.0, 2.0, 5.0, 10.0])))
print("slope of the sigmoid at 0, 2, 5, 10:", (sigmoid * (1 - sigmoid)).round(5))


class RReLU(layers.Layer):
    """Slopes below zero drawn from 1/8 to 1/3 in training; their mean otherwise."""

    def call(self, z, training=False):
        """Bend what comes in."""
        shape = keras.ops.shape(z)
        drawn = keras.random.uniform(shape, 1 / 8, 1 / 3)
        return keras.ops.where(z >= 0, z, z * (drawn if training else 11 / 48))


print("RReLU(-1), four times:", RReLU()(-np.ones(4), training=True).numpy().round(3))

# %% [markdown]
# Three things to read.
#
# 1. **Saturation.** At $z = 10$ the sigmoid's slope is 0.00005. Whatever gradient
#    arrives is multiplied by that. The unit is *saturated*: it hardly learns. tanh
#    saturates as well; ReLU does so on one side only.
# 2. Softplus is a smooth ReLU. Some pages lost the exponent; their formula is not even
#    a number at $-1$.
# 3. Keras has no RReLU; the class above is one. At inference it uses the mean slope.
#
# ## Half of the units are silent
#
# A ReLU gives exact zeros. The share of zeros in a layer's output is its **sparsity**.
# It is often wished for: each input is then described by some of the units only. A
# sentence in circulation goes: "N layers divide the share of active units by $2^N$."
# Let us count, in ten fresh layers, on the wines.


# %%
def deep_net(bend, draw, depth=10):
    """Return `depth` layers of 64 units and a linear head, all drawn by one rule."""
    net = keras.Sequential([keras.Input((11,))])
    for _ in range(depth):
        net.add(layers.Dense(64, activation=bend, kernel_initializer=draw()))
    net.add(layers.Dense(1, kernel_initializer=draw()))
    return net


depth = np.arange(1, 11)
active = {}
for seed in range(3 * SEED, 3 * SEED + 3):
    keras.utils.set_random_seed(seed)
    values, shares = x_train, []
    for layer in deep_net("relu", keras.initializers.HeNormal).layers[:-1]:
        values = layer(values)
        shares.append(100 * float(np.mean(values.numpy() > 0)))
    active[f"counted, seed {seed}"] = depth, shares

# %%
active["divided by 2 per layer"] = depth, 100 / 2.0**depth
share = float(np.mean([shares[-1] for _, shares in list(active.values())[:3]]))
results.report("relu-active-share", share, source=wine.source)
figure = plots.lines(
    active,
    x_label="Layer",
    y_label="Active (% of all outputs)",
    title="The share of active units stays near one half",
    caption="Ten ReLU layers of 64 units with He's start, on 1,119 wines.",
    dots=True,
    y_limits=(0, 100),
)
plots.show(figure, source=wine)

# %% [markdown]
# The sentence is **wrong**. Each layer has weights of its own, of both signs. Whatever
# it receives, about half of its sums are positive. What does halve with each layer is
# another thing: the *share of paths* through the net on which every unit is active.
#
# ## Units that die
#
# A ReLU whose $z$ is below zero **on every row** has slope 0 on every row. No gradient
# reaches its weights, so they stay as they are: it is **dead**. What kills it is mostly
# one step that is too long. We train the red-wine network 11-64-32-1 with several rates
# and count the units that are silent on all 1,119 training wines.


# %%
def fit(net, rate, epochs=EPOCHS, data=None, **options):
    """Train with SGD and the squared error; return the errors by epoch."""
    x, x_new, y, y_new, unit = data or (x_train, x_val, y_train, y_val, points)
    rule = keras.optimizers.SGD(rate, **options.pop("rule", {}))
    net.compile(rule, loss=options.pop("loss", "mse"), metrics=["mae"])
    rows = {"x": x, "y": y, "validation_data": (x_new, y_new), "batch_size": 64}
    history = net.fit(**rows, epochs=epochs, verbose=0, **options).history
    return unit * np.array(history["val_mae"])


def wine_net(bend):
    steps = [keras.Input((11,))]
    for units in (64, 32):
        steps += [layers.Dense(units), bend()]
    return keras.Sequential([*steps, layers.Dense(1)])


# %%
def dead_share(net):
    """Return how many of a hundred hidden units are silent on all training rows."""
    values, silent = tf.constant(x_train), []
    for layer in net.layers[:-1]:
        values = layer(values)
        if not isinstance(layer, layers.Dense):
            silent.append((values.numpy() <= 0).all(axis=0))
    return 100 * float(np.mean(np.concatenate(silent)))


# %%
rates = (0.1, 1.0, 2.0, 3.0)
dead = []
for seed in SEEDS:
    dead.append([])
    for rate in rates:
        keras.utils.set_random_seed(seed)
        net = wine_net(layers.ReLU)
        fit(net, rate, epochs=EPOCHS // 4 or 1, loss="mae")
        dead[-1].append(dead_share(net))
figure = plots.rate_sweep(
    rates,
    dead,
    x_label="Learning rate",
    label="Silent on all training rows",
    unit="% of 96 hidden units",
    title="Long steps kill ReLU units",
    caption="Red wine, 11-64-32-1, SGD, MAE. Line: median of two seeds; band: both.",
)
plots.show(figure, source=wine)

# %% [markdown]
# Up to rate 1 hardly a unit dies. From 2 on, a sixth to a third of them are gone after
# five epochs, and their weights stand still: the network has become smaller. The cures
# are a shorter step, a start that fits (below), or a slope below zero. A LeakyReLU
# always lets some gradient pass. So does a PReLU, once its $\alpha$ has left 0, where
# Keras starts it; there is one $\alpha$ per unit. But a slope below zero does not
# shorten the step.
#
# ## A gradient by hand
#
# One weight, one row: $y = wx$, and the loss $L = (wx - t)^2$. Let $w = 2$, $x = 3$ and
# $t = 4$. Forward, one operation at a time ($p$ is the product, $d$ the distance):
#
# $$p = wx = 6, \qquad d = p - t = 2, \qquad L = d^2 = 4 .$$
#
# Backward, the same operations from last to first. Each contributes its own slope, and
# the **chain rule** multiplies them:
#
# $$\frac{\partial L}{\partial d} = 2d = 4, \quad \frac{\partial d}{\partial p} = 1,
# \quad \frac{\partial p}{\partial w} = x = 3, \qquad \frac{\partial L}{\partial w} = 4
# \cdot 1 \cdot 3 = 12 .$$
#
# So at this point $L$ grows by 12 per unit of $w$. Put a ReLU behind $p$, and the
# product gets one more factor: 1 if $p > 0$, else 0. Where a number acts in several
# places (in several units, or on several rows), what comes back from them is added up.
# That is all of **backpropagation**: a second pass that multiplies slopes, and uses the
# values that the forward pass has stored. It is not "the forward pass run backwards":
# nothing is inverted. (And a net whose values only go forward is *feedforward*, not
# "forward feedback".)
#
# Never trust a gradient that you have not measured: nudge $w$ both ways and divide.


# %%
def loss_of(w, x=3.0, t=4.0):
    return (w[0] * x - t) ** 2


w = np.array([2.0])  # float64: float32 cannot see such small nudges
p = w[0] * 3.0
by_hand = np.array([2 * (p - 4.0) * 1.0 * 3.0])
measured = numeric_gradient(loss_of, w)
print(by_hand, measured, f"relative error {relative_error(by_hand, measured):.0e}")

# %% [markdown]
# ## How weights should start
#
# In ten layers there are ten such factors, and ten **kernels** between them. A kernel
# is a layer's table of weights, without the bias. In Keras its shape is (inputs,
# units), also called (*fan_in*, *fan_out*). A unit adds up *fan_in* products. If the
# weights have variance $v$, the sum has about $\textit{fan\_in} \cdot v$ times the
# variance of the inputs. Over ten layers that is a tenth power: it vanishes or it
# explodes, unless the factor is 1.
#
# - **Glorot** (Xavier): $v = 2 / (\textit{fan\_in} + \textit{fan\_out})$, a compromise
#   between both directions. Made for tanh; Keras's default.
# - **He**: $v = 2 / \textit{fan\_in}$. The 2 makes up for the half that a ReLU
#   silences.
#
# These are variances; the standard deviation is the root. We start ten layers in three
# ways. On the way forward we note the spread (standard deviation) of each layer's
# output, on the way back the size of the signal: the norm $\sqrt{\sum g^2}$ of the
# loss's gradient $g$ by that output.


# %%
def passes(net, rows=256):
    """Return, by layer, the spread of the output and the norm of its gradient."""
    values, outputs = tf.constant(x_train[:rows]), []
    with tf.GradientTape() as tape:
        for layer in net.layers:
            values = layer(values)
            tape.watch(values)
            outputs.append(values)
        loss = tf.reduce_mean((values[:, 0] - y_train[:rows]) ** 2)
    signals = tape.gradient(loss, outputs[:-1])
    spreads = [float(np.std(one)) for one in outputs[:-1]]
    return spreads, [float(np.linalg.norm(one)) for one in signals]


starts = {
    "0.01": lambda: keras.initializers.RandomNormal(0.0, 0.01),
    "Glorot": keras.initializers.GlorotNormal,
    "He": keras.initializers.HeNormal,
}

# %%
forward, backward = {}, {}
for bend in ("sigmoid", "tanh", "relu"):
    for name, draw in starts.items():
        keras.utils.set_random_seed(SEED)
        spreads, signals = passes(deep_net(bend, draw))
        forward.setdefault(f"{bend}, forward", {})[name] = depth, spreads
        backward.setdefault(f"{bend}, backward", {})[name] = depth, signals
figure = plots.lines(
    forward | backward,
    x_label="Layer",
    y_label="Spread, or norm",
    title="Ten fresh layers: what arrives, and what comes back",
    log_y=True,
    dots=True,
    caption="Above: standard deviation of each layer's output. Below: norm of the "
    "loss's gradient by it. Read the lower row from right to left. Red wine, 256 rows.",
)
plots.show(figure, source=wine)

# %% [markdown]
# - **sigmoid**: forward all is calm, backward each layer takes a factor of about 3 to
#   50. That is the classic *vanishing gradient*, and no start of these prevents it.
# - **tanh** with Glorot or He, **ReLU** with He: nearly level lines, both ways.
# - **ReLU** with Glorot: both fall by a factor near $\sqrt 2$ per layer. The 2 is
#   missing.
# - **0.01**, long a habit: the way back dies for every activation, the way forward for
#   tanh and ReLU.
#
# The gradient of a *kernel* is made of the two: values from before, signal from behind.
# (The tape watches weights by itself: ask `tape.gradient(loss, layer.kernel)`.)
# Exercise 4 has a surprise for you there.
#
# ## Batch, mini-batch, stochastic
#
# Now the step itself: $w \leftarrow w - \mathrm{lr} \cdot \partial L / \partial w$. The
# gradient may come from **all** rows (*batch* descent), from **one** (*stochastic*), or
# from some (*mini-batch*, what `fit` does). We compare them where the answer is known:
# a linear model of concrete strength. Its squared error has one valley, and least
# squares finds the bottom exactly.

# %%
x_mix, x_mix_new, strength, strength_new, mpa = standardized(
    datasets.concrete_split(concrete, seed=0)
)
mix = np.column_stack([x_mix, np.ones(len(x_mix))]).astype("float64")
lowest = np.mean((mix @ np.linalg.lstsq(mix, strength)[0] - strength) ** 2)


def descend(size, rate, decay=0.0, epochs=60):
    """Return the loss above the lowest one, by epoch; the rate falls with the steps."""
    rng, w, step, above = np.random.default_rng(SEED), np.zeros(9), 0, []
    for _ in range(epochs):
        above.append(np.mean((mix @ w - strength) ** 2) - lowest)
        order = rng.permutation(len(mix))
        for rows in np.array_split(order, len(mix) // size):
            slope = 2 * mix[rows].T @ (mix[rows] @ w - strength[rows]) / len(rows)
            w -= rate / (1 + decay * step) * slope
            step += 1
    return np.arange(epochs), np.array(above)


# %%
figure = plots.lines(
    {
        "batch, 0.3": descend(len(mix), 0.3),
        "mini-batch of 32, 0.05": descend(32, 0.05),
        "stochastic, 0.01": descend(1, 0.01),
        "stochastic, falling from 0.01": descend(1, 0.01, decay=0.001),
    },
    x_label="Epoch",
    y_label="Squared error above the lowest",
    title="One valley: who arrives, and how fast?",
    log_y=True,
    caption="Linear model of concrete strength. An epoch is 1, 22 or 721 steps.",
)
plots.show(figure, source=concrete)

# %% [markdown]
# "Batch descent finds the global optimum": here it does, *because there is only one
# valley*. "Stochastic descent is less accurate": after one epoch it is far ahead of
# batch descent, then it jumps around the bottom, *because its rate stays the same*.
# With a falling rate it comes closest of all. Both sentences are **loose**. With two
# valleys:


# %%
def end_of(w, mu=0.0, rate=0.01):
    """Descend on w⁴ - 3w² + w, whose deep valley is at -1.30, the other at 1.13."""
    velocity = 0.0
    for _ in range(500):
        velocity = mu * velocity + 4 * w**3 - 6 * w + 1
        w = w - rate * velocity
    return w


origins = np.random.default_rng(SEED).uniform(-2.5, 2.5, 1_000)
for mu in (0.0, 0.9):
    reached = np.mean(end_of(origins, mu) < 0)
    print(f"momentum {mu}: {reached:.0%} of 1,000 starts end in the deep valley")

# %% [markdown]
# The top of the hill lies at 0.17. From its right side, plain descent ends in the wrong
# valley, however exact the gradient. Momentum carries some starts over the hill, and
# restarts raise the chance: one in two becomes 999 in 1,000 with ten starts. Neither
# *guarantees* the global minimum.
#
# ## How long is a step?
#
# The learning rate is the first knob to turn, in **decades**: by factors of ten. Red
# wine again:

# %%
decades = (1e-4, 1e-3, 1e-2, 1e-1, 1.0)
sweep = []
for seed in SEEDS:
    sweep.append([])
    for rate in decades:
        keras.utils.set_random_seed(seed)
        errors = fit(wine_net(layers.ReLU), rate, epochs=EPOCHS // 2)
        sweep[-1].append(min(errors) if errors[-1] < 100 else np.nan)
figure = plots.rate_sweep(
    decades,
    sweep,
    x_label="Learning rate",
    label="Lowest validation MAE",
    unit="quality points",
    title="Too slow, good, gone",
    baseline=baseline,
    log_x=True,
    caption="SGD, squared error, 10 epochs. No point: diverged. Band: two seeds.",
)
plots.show(figure, source=wine)

# %% [markdown]
# With 0.0001 ten epochs lead hardly anywhere. 0.01 and 0.1 are good. At 1.0 the error
# grows from step to step, until it is infinite, then `nan`: it **diverges**. Between
# the best rate and the first useless one lies a factor of ten. So search in decades
# first, then in steps of 3.
#
# A good rate at the start is too long at the end. So let it fall:
#
# - by a formula, a **schedule**: $\mathrm{lr} = \mathrm{start} / (1 + \mathrm{rate}
#   \cdot \mathrm{step} / \mathrm{decay\_steps})$, for example;
# - by looking: the callback `ReduceLROnPlateau` cuts it when the validation loss has
#   stopped improving;
# - with *warm restarts*: let it fall, set it back, several times
#   (`CosineDecayRestarts`).

# %%
schedule = keras.optimizers.schedules.InverseTimeDecay(0.1, 10, 0.5)
print("0.1 / (1 + 0.5 · 20 / 10) =", float(schedule(20)))
concrete_data = x_mix, x_mix_new, strength, strength_new, mpa
plateau = keras.callbacks.ReduceLROnPlateau(patience=3, factor=0.3)
fits = {"rate 0.3": [], "ReduceLROnPlateau": [plateau]}
for name, callbacks in fits.items():
    keras.utils.set_random_seed(SEED)
    net = keras.Sequential(
        [keras.Input((8,)), layers.Dense(64, activation="relu"), layers.Dense(1)]
    )
    length = {"epochs": 2 * EPOCHS, "callbacks": callbacks}
    errors = fit(net, 0.3, data=concrete_data, **length)
    rate = float(net.optimizer.learning_rate)
    print(
        f"{name:18} lowest {min(errors):.2f}, last five epochs "
        f"{min(errors[-5:]):.2f} to {max(errors[-5:]):.2f} MPa, rate now {rate:.4f}"
    )

# %% [markdown]
# 0.3 is long: with seed 0 the last five errors lie between 4.8 and 6.1 MPa.
# `ReduceLROnPlateau` has cut it once, to 0.09, and they lie between 4.60 and 4.64.
# Where a rate is not too long, it has nothing to do.
#
# ## Momentum
#
# A valley that is steep across and flat along is hard for plain descent: a rate that is
# right for one direction is wrong for the other. **Momentum** keeps a velocity $v$:
#
# $$v \leftarrow \mu v + g, \qquad w \leftarrow w - \mathrm{lr} \cdot v .$$
#
# Across the valley the gradients change sign and cancel; along it they add up, to
# $1/(1 - \mu)$ times a single one. The bowl below is synthetic:
# $L = \frac12(w_1^2 + 20 w_2^2)$.


# %%
def walk(lr, mu=0.0, steps=25):
    w, v = np.array([-9.0, 2.0]), np.zeros(2)
    path = [w]
    for _ in range(steps):
        v = mu * v + np.array([1.0, 20.0]) * w
        w = w - lr * v
        path.append(w)
    return np.array(path).T


# %%
figure = plots.surface(
    np.linspace(-10, 4, 141),
    np.linspace(-3, 3, 121),
    lambda a, b: (a**2 + 20 * b**2) / 2,
    x_label="w₁ (flat)",
    y_label="w₂ (steep)",
    value_label="Loss",
    title="A narrow bowl, 25 steps each",
    paths={
        "lr 0.02": walk(0.02),
        "lr 0.095": walk(0.095),
        "lr 0.02, momentum 0.8": walk(0.02, 0.8),
    },
    marks={"minimum": (0, 0)},
    caption="The short rate crawls, the long one zigzags, momentum overshoots and "
    "comes closest: the losses at the end are 14.7, 0.48 and 0.02.",
)
plots.show(figure)

# %% [markdown]
# Keras writes `v = mu * v - lr * g; w = w + v`: the same path. Some texts write
# $v \leftarrow \mu v + (1 - \mu) g$: with the same lr that is another path, with steps
# $1 - \mu$ times as long.
#
# ## Six cures, measured
#
# "Against vanishing and exploding gradients use: pretraining; clipping or L2; another
# activation; batch normalization; residual connections; LSTM." The list mixes two
# diseases. We make both in ten layers on red wine: ten **sigmoid** layers (vanishing),
# and ten **ReLU** layers that start with standard deviation 0.5 (exploding). Each gets
# the cures, one at a time; pretraining, which is slow, only the first, and LSTM neither
# (see below).


# %%
def patient(bend, draw, norm=False, skip=False, l2=None):
    """Return ten layers with or without a cure inside; `skip` adds x to each layer."""
    inputs = values = keras.Input((11,))
    for number in range(10):
        shrink = keras.regularizers.L2(l2) if l2 else None
        start = {"kernel_initializer": draw(), "kernel_regularizer": shrink}
        hidden = layers.Dense(64, **start)(values)
        if norm:
            hidden = layers.BatchNormalization(momentum=0.9)(hidden)
        hidden = layers.Activation(bend)(hidden)
        values = values + hidden if skip and number else hidden
    return keras.Model(inputs, layers.Dense(1)(values))


def wide():
    return keras.initializers.RandomNormal(0.0, 0.5)


# %%
def pretrained(bend, draw, rate):
    """Train two layers at a time, with a head, on top of the frozen rest."""
    body = keras.Sequential([keras.Input((11,))])
    for _ in range(5):
        new = [layers.Dense(64, bend, kernel_initializer=draw()) for _ in range(2)]
        for layer in new:
            body.add(layer)
        net = keras.Sequential([body, layers.Dense(1)])
        for layer in body.layers[:-2]:
            layer.trainable = False
        fit(net, rate, epochs=max(1, EPOCHS // 5))
    body.trainable = True
    return net


cures = {"none": ({}, {}), "clipping": ({}, {"clipnorm": 1.0})}
cures |= {"L2": ({"l2": 0.001}, {}), "batch normalization": ({"norm": True}, {})}
cures["residual"] = ({"skip": True}, {})


# %%
def treated(bend, draw, rate):
    length, found = EPOCHS // 2, {}
    for name, (inside, rule) in cures.items():
        keras.utils.set_random_seed(SEED)
        net = patient(bend, draw, **inside)
        found[name] = fit(net, rate, epochs=length, rule=rule)
    other = ("relu", starts["He"]) if bend == "sigmoid" else ("tanh", draw)
    keras.utils.set_random_seed(SEED)
    found[f"activation: {other[0]}"] = fit(patient(*other), rate, epochs=length)
    if bend == "sigmoid":
        keras.utils.set_random_seed(SEED)
        net = pretrained(bend, draw, rate)
        found["pretraining"] = fit(net, rate, epochs=length)
    return {
        name: min(e) if np.isfinite(e).all() else np.nan for name, e in found.items()
    }


# %%
diseases = {
    "Ten sigmoid layers: vanishing": ("sigmoid", starts["Glorot"], 0.003),
    "Ten wide ReLU layers: exploding": ("relu", wide, 0.03),
}
results_of = {title: treated(*disease) for title, disease in diseases.items()}

uncured = results_of["Ten sigmoid layers: vanishing"]["none"]
results.report("wine-deep-sigmoid-mae", uncured, source=wine.source)

# %%
for title, found in results_of.items():
    lost = [name for name, error in found.items() if not error < 5]
    figure = plots.bar_compare(
        {name: error for name, error in found.items() if name not in lost},
        kind="dots",
        label="Lowest validation MAE",
        unit="quality points",
        title=title,
        baseline=baseline,
        caption=f"{EPOCHS // 2} epochs, SGD {diseases[title][2]}, one seed. Not shown, "
        f"diverged or above 5 points: {', '.join(lost) or 'none'}.",
    )
    plots.show(figure, source=wine)

# %% [markdown]
# Against vanishing, three cures work: batch normalization, ReLU and residual
# connections lead from 0.70 to 0.50 to 0.53 points. The others stay above what a
# constant reaches. Against explosion two work: tanh and batch normalization. Clipping
# keeps the run finite, and useless; the rest ends in `nan`. The rates differ, because a
# cure can hurt: with 0.03 in the first net, residual connections diverge, and so does
# ReLU.
#
# Sorted by what each does:
#
# | cure | against vanishing | against explosion |
# | --- | --- | --- |
# | pretraining | a better start | no |
# | clipping, L2 | no | clipping at once, L2 slowly |
# | another activation | ReLU, with He's start | a bounded one, such as tanh |
# | batch normalization | yes | yes |
# | residual connections | yes, while the sums stay small | no, they add to it |
# | LSTM | in recurrent nets only | no |
#
# - **Clipping** shortens a gradient that is longer than a limit, **L2** pulls weights
#   toward 0: both make things smaller. Clipping keeps an exploding run finite; that
#   alone does not make it good. L2 takes 0.006 % off each weight per step here (2 ·
#   0.03 · 0.001): far too slow for a run that becomes nan at once.
# - A bounded **activation** such as tanh pays with saturation.
# - **Batch normalization** brings the values of each layer back to one size (lesson
#   10).
# - **Residual** connections add a path with slope 1. Sums grow, though: behind a
#   sigmoid, whose outputs are all positive, they can make an explosion of their own.
# - **Pretraining** looks for a better start, layer by layer. That was a way to train
#   deep networks in 2006; a fitting start made it unnecessary. In ten short epochs it
#   is no help here.
#
# So first find out which disease you have.
#
# **LSTM** is missing from the bars: it is for recurrent networks, which apply one layer
# again at every step of a sequence. There, fifty steps are fifty factors. Its cell
# hands a state on by *addition*, through a gate. Keras starts this gate at $\sigma(1)$:
# 73 % pass, and $0.73^{50}$ is about $10^{-7}$. With 99.3 % it would be 0.7. So an LSTM
# remembers if its gate has learned to stay open. Below: how much the last output still
# depends on the first step, compared with the last step (wines in a row stand in for a
# sequence; nothing is trained).


# %%
def memory(layer, steps=50):
    rows = tf.constant(x_train[: 20 * steps].reshape(20, steps, 11))
    with tf.GradientTape() as tape:
        tape.watch(rows)
        last = tf.reduce_sum(layer(rows) ** 2)
    return np.linalg.norm(tape.gradient(last, rows).numpy(), axis=(0, 2))


keras.utils.set_random_seed(SEED)
plain, gated, opened = layers.SimpleRNN(32), layers.LSTM(32), layers.LSTM(32)
opened.build((None, 50, 11))
kernel, recurrent, bias = opened.get_weights()
bias[32:64] = 5.0  # the forget gate lets 99.3 % of the state pass
opened.set_weights([kernel, recurrent, bias])
nets = {"SimpleRNN": plain, "LSTM": gated, "LSTM, open gate": opened}
for name, layer in nets.items():
    kept = memory(layer)
    print(f"{name:16} first step / last step: {kept[0] / kept[-1]:.0e}")

# %% [markdown]
# ## What people get wrong
#
# Sentences in circulation. *Wrong* fails when run or claims what is false, *outdated*
# names something that is gone, *loose* is true under a condition that it does not
# state, *convention* means that both are used.
#
# - **wrong** · "Softplus is log(1 + ex)." An exponent got lost; run above.
# - **wrong** · "The logistic function maps to (0, 1), or to (-1, 1)." The second one is
#   tanh, $2\sigma(2z) - 1$.
# - **wrong** · "The sigmoid is an unsuitable *loss*." It is an activation; a loss
#   compares output and target.
# - **wrong** · "ReLU solves vanishing *and* exploding gradients." Its slope 1 damps
#   nothing; measured above, the wide start explodes with ReLU.
# - **wrong** · "N layers divide the active share by $2^N$." It stays near one half.
# - **wrong** · "Clipping and L2 are cures for vanishing gradients." Both only make
#   things smaller.
# - **wrong** · "Random restarts, or momentum, obtain the global minimum." They raise
#   the chance, and guarantee nothing.
# - **wrong** · "Backpropagation runs the forward pass backwards." Nothing is inverted;
#   slopes are multiplied. And the nets are *feedforward*, not "forward feedback".
# - **loose** · "Batch descent gives the global optimum." With one valley and a rate
#   that is small enough.
# - **loose** · "Stochastic descent is less accurate." At a fixed rate.
# - **loose** · "ReLU has no gradient problem for positive inputs." For positive $z$;
#   the weights still multiply.
# - **loose** · "A dead unit is dead for ever." No gradient reaches its own weights; but
#   if the layers below it change, its inputs change, and that can wake it.
# - **outdated** · `LeakyReLU(alpha=0.1)`. Keras 3 takes it and warns; the name is
#   `negative_slope`.
# - **convention** · The slope of LeakyReLU: 0.3 in Keras's layer, 0.2 in its function,
#   0.01 in PyTorch and in the paper. State it.
# - **convention** · Momentum with $g$ or with $(1 - \mu) g$: two paths. Say which.
# - **convention** · The slope of ReLU at exactly 0: libraries take 0.
#
# ## Summary
#
# - Without a bend, any stack is one layer. Hidden layers get ReLU, a head for a score
#   gets none.
# - Going back, an activation multiplies by its slope: sigmoid at most 1/4, ReLU 0 or 1.
# - The chain rule multiplies the slopes of the links. Measure what you derive.
# - Start by the activation: Glorot for tanh, He for ReLU.
# - Search the rate by decades; let it fall; give it momentum.
# - First ask which disease you have: print the norms by layer. Then take the cure for
#   that one.
#
# ## Papers
#
# - D. Rumelhart, G. Hinton, R. Williams, *Learning representations by back-propagating
#   errors*, Nature 323, 1986.
# - H. Robbins, S. Monro, *A stochastic approximation method*, Annals of Mathematical
#   Statistics 22, 1951. B. Polyak, *Some methods of speeding up the convergence of
#   iteration methods*, USSR Computational Mathematics and Mathematical Physics 4, 1964
#   (momentum).
# - C. Dugas, Y. Bengio et al., *Incorporating second-order functional knowledge for
#   better option pricing*, NeurIPS 2000 (softplus).
# - V. Nair, G. Hinton, *Rectified linear units improve restricted Boltzmann machines*,
#   ICML 2010. X. Glorot, A. Bordes, Y. Bengio, *Deep sparse rectifier neural networks*,
#   AISTATS 2011.
# - A. Maas, A. Hannun, A. Ng, *Rectifier nonlinearities improve neural network acoustic
#   models*, ICML workshop, 2013 (LeakyReLU). B. Xu et al., *Empirical evaluation of
#   rectified activations in convolutional network*, arXiv:1505.00853, 2015 (RReLU).
# - X. Glorot, Y. Bengio, *Understanding the difficulty of training deep feedforward
#   neural networks*, AISTATS 2010. K. He et al., *Delving deep into rectifiers*, ICCV
#   2015 (He's start, PReLU).
# - Y. Bengio, P. Simard, P. Frasconi, *Learning long-term dependencies with gradient
#   descent is difficult*, IEEE Transactions on Neural Networks 5, 1994. S. Hochreiter,
#   J. Schmidhuber, *Long short-term memory*, Neural Computation 9, 1997. F. Gers, J.
#   Schmidhuber, F. Cummins, *Learning to forget: continual prediction with LSTM*,
#   Neural Computation 12, 2000 (the forget gate). R. Pascanu, T. Mikolov, Y. Bengio,
#   *On the difficulty of training recurrent neural networks*, ICML 2013 (clipping).
# - Y. Bengio et al., *Greedy layer-wise training of deep networks*, NeurIPS 2006. S.
#   Ioffe, C. Szegedy, *Batch normalization*, ICML 2015. K. He et al., *Deep residual
#   learning for image recognition*, CVPR 2016.
# - I. Loshchilov, F. Hutter, *SGDR: stochastic gradient descent with warm restarts*,
#   ICLR 2017.
