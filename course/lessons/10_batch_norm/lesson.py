# %% [markdown]
# # Batch normalization
#
# *I build a network, pass it my table as it is, press run, and the loss reads `nan`.
# There is no missing value in my data. What happened, and what can I do about it?*
#
# You will watch the numbers run away, update by update. Then you will meet batch
# normalization: what it computes while training, what it computes afterwards, which of
# its numbers are trained, and where it can stand. At the end you can also say what else
# would have helped, because it is one cure among several.
#
# Reading and running: about 40 minutes. You need lesson 01 (models, training, curves).
# Core exercises: about 60 minutes.

# %%
import keras
import numpy as np
from keras import layers

from course import datasets, plots, results
from course.gradients import numeric_gradient, relative_error
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)

SEEDS = tuple(5 * SEED + i for i in range(1 if is_fast() else 5))
EPOCHS = 6 if is_fast() else 100

# %% [markdown]
# ## Concrete, as it comes
#
# Each row is one mix of concrete: seven ingredients in kilograms per cubic meter, and
# the age in days at which a sample of it was crushed. The target is the pressure that
# it bore, in megapascals (MPa). Seventy rows of a hundred train, thirty validate.
#
# Look at the ranges. One column lives below 35, another around 1,000.

# %%
concrete = datasets.load("concrete")
split = datasets.concrete_split(concrete, seed=0)

for name, column in zip(split.feature_names, split.x_train.T, strict=True):
    print(f"{name:18} {column.min():7.1f} to {column.max():7.1f}")

median = float(np.median(split.y_train))
baseline = float(np.mean(np.abs(split.y_val - median)))
print(f"\nAlways predicting {median:.1f} MPa: validation MAE {baseline:.2f} MPa")

# %% [markdown]
# ## The run that breaks
#
# Three hidden layers of 512 ReLU units, one linear unit for the strength, plain
# stochastic gradient descent (SGD) at Keras's own learning rate, 0.01. `stack` can
# place a `BatchNormalization` layer before each dense layer; for now it does not.


# %%
def stack(normalize=False, momentum=0.99):
    steps = [keras.Input(shape=(8,))]
    for units in (512, 512, 512, 1):
        if normalize:
            steps.append(layers.BatchNormalization(momentum=momentum))
        steps.append(layers.Dense(units, activation="relu" if units > 1 else None))
    return keras.Sequential(steps)


RAW = (split.x_train, split.x_val)


def run(build, optimizer="sgd", seed=SEED, x=RAW, epochs=EPOCHS):
    keras.utils.set_random_seed(seed)
    model = build()
    model.compile(optimizer=optimizer, loss="mae")
    rows = {"x": x[0], "y": split.y_train, "batch_size": 64}
    rows["validation_data"] = (x[1], split.y_val)
    return model.fit(**rows, epochs=epochs, verbose=0)


# %%
plain = run(stack, epochs=6)
last = plain.history["val_loss"][-1]
results.report("concrete-plain-final-val-mae", last, source=concrete.source)

# %% [markdown]
# `nan`: "not a number". It is what a computer returns for ∞ − ∞. So something became
# infinite first. An epoch is twelve updates here; let us stop after each one and
# measure the error on all training rows.


# %%
def error_by_update(updates=12):
    keras.utils.set_random_seed(SEED)
    model = stack()
    model.compile(optimizer="sgd", loss="mae")
    order = np.random.default_rng(SEED).permutation(len(split.x_train))
    errors = []
    for update in range(updates):
        predicted = model(split.x_train).numpy()[:, 0]
        errors.append(float(np.mean(np.abs(predicted - split.y_train))))
        rows = order[64 * update : 64 * update + 64]
        model.train_on_batch(split.x_train[rows], split.y_train[rows])
    return np.array(errors)


with np.errstate(over="ignore", invalid="ignore"):
    errors = error_by_update()
print(", ".join(f"{error:.3g}" for error in errors))

# %%
kept = np.flatnonzero(np.isfinite(errors))
figure = plots.new_figure()
axes = figure.subplots()
axes.semilogy(kept, errors[kept], "o-", color=plots.look(0).color)
for update in range(kept[-1] + 1, len(errors)):
    axes.text(update, errors[kept[-1]], f"{errors[update]:.0f}", ha="center")
axes.axhline(baseline, linestyle=":", color="0.35")
axes.annotate("constant baseline", (4.2, baseline * 6), fontsize=9)
axes.set_xlim(-0.5, len(errors) - 0.5)
dressing = {"x": "Updates done", "y": "Training MAE (MPa, logarithmic)"}
plots.dress(axes, title="A loss on its way to nan: one epoch", **dressing)
words = ", ".join(f"{errors[update]:.1g}" for update in kept)
plots.describe(
    figure,
    f"Training error after each update, logarithmic axis: {words}; then not finite.",
    caption=f"After {kept[-1] + 1} updates the error is no longer a finite number.",
)
plots.show(figure, source=concrete.source)

# %% [markdown]
# The first update is already fatal: the error grows several thousandfold. The gradient
# of a weight is *error signal × the value that the weight multiplies*. A value of 1,000
# gives a gradient a thousand times that of a value of 1, and the learning rate is the
# same for both. The next error signal passes through the grown weights, so it grows
# too.
#
# With another seed the network may fail in a second way: one huge step pushes every
# ReLU below zero, nothing passes any more, and only the last bias still learns. The
# loss is then a number, and useless. Of our five seeds four end in `nan`; seed 2 ends
# with dead units.
#
# What do the layers receive? Here are the inputs of each dense layer, before training.


# %%
def received(model):
    values, seen = split.x_train, {}
    for layer in model.layers:
        if isinstance(layer, layers.Dense):
            seen[f"into Dense {len(seen) + 1}"] = np.asarray(values)
        values = layer(values, training=True)
    return seen


keras.utils.set_random_seed(SEED)
raw = received(stack())
options = {"panels": True, "same_x": False, "label": "Value", "bins": 30}
options["caption"] = "Each panel has its own horizontal axis: read its numbers."
title = "Raw inputs: each layer starts with values up to hundreds or thousands"
plots.show(plots.histograms(raw, title=title, **options), source=concrete.source)

# %% [markdown]
# ## What batch normalization computes
#
# Batch normalization puts every column of its input on one scale, using the rows of the
# current batch. For one column with values $x_1 … x_m$:
#
# $$\mu = \frac{1}{m}\sum_i x_i \qquad \sigma^2 = \frac{1}{m}\sum_i (x_i-\mu)^2 \qquad
# \hat{x}_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\varepsilon}} \qquad
# y_i = \gamma\,\hat{x}_i + \beta$$
#
# - **ε** (0.001 in Keras) keeps the root away from zero. A column that never changes
#   would otherwise divide by 0.
# - **γ** and **β** start at 1 and 0 and are trained. They let the network choose
#   another scale and center, or even undo the normalization, where that lowers the
#   loss.
# - The variance divides by m, not by m − 1. That is the *biased* variance.
#
# At inference there may be no batch: one customer asks about one mix. So the layer
# keeps two running averages. Each training batch moves them a little; the share that
# stays is called **momentum**, 0.99 by default:
#
# $$\text{moving} \leftarrow 0.99\cdot\text{moving} + 0.01\cdot\text{batch}$$
#
# They start at mean 0 and variance 1. `predict` and `evaluate` use them in place of μ
# and σ². A few lines of NumPy, compared with the layer:

# %%
batch = split.x_train[:64]
norm = layers.BatchNormalization()
by_keras = np.asarray(norm(batch, training=True))

mu, variance = batch.mean(axis=0), batch.var(axis=0)
by_hand = (batch - mu) / np.sqrt(variance + 0.001)
print("training, largest difference: ", f"{np.abs(by_keras - by_hand).max():.1e}")

moving_mean, moving_variance = 0.01 * mu, 0.99 * 1 + 0.01 * variance
by_hand = (batch - moving_mean) / np.sqrt(moving_variance + 0.001)
by_keras = np.asarray(norm(batch, training=False))
print("inference, largest difference:", f"{np.abs(by_keras - by_hand).max():.1e}")

flat = np.full((64, 1), 5.0)
with np.errstate(invalid="ignore"):
    print("constant column by standard deviation:", (flat - 5.0)[0] / flat.std())
by_layer = layers.BatchNormalization()(flat, training=True)
print("constant column by the layer:", np.asarray(by_layer)[0])

# %% [markdown]
# After one batch the two modes disagree widely: the moving averages are still 99 %
# initial values. Remember that; it comes back below. The last two lines show what ε is
# for: a column that never changes gives 0 / 0 without it, and 0 with it.
#
# Now the same network with a normalization before each dense layer:

# %%
keras.utils.set_random_seed(SEED)
normalized = received(stack(normalize=True))
for name in raw:
    before, after = np.abs(raw[name]).max(), np.abs(normalized[name]).max()
    print(f"{name}: largest value {before:6.0f} without, {after:4.1f} with")

options["caption"] = (
    "Each dense layer gets columns with mean 0 and standard deviation 1."
)
title = "With batch normalization: every layer starts with values around 0"
plots.show(plots.histograms(normalized, title=title, **options), source=concrete.source)

# %% [markdown]
# ## Four numbers per column, two of them trained
#
# For C input columns a `BatchNormalization` layer holds γ, β, moving mean and moving
# variance: **4·C numbers**. Gradient descent trains γ and β. The two moving averages
# follow the rule above; no gradient reaches them. Keras counts them as *non-trainable*.
# (You will find "2·C parameters" on the web: that counts γ and β only.)

# %%
model = stack(normalize=True)
for layer in model.layers:
    frozen = sum(int(np.prod(w.shape)) for w in layer.non_trainable_weights)
    name, count = type(layer).__name__, layer.count_params()
    print(f"{name:19}{count:8,} parameters, not trained: {frozen:,}")

frozen = sum(int(np.prod(w.shape)) for w in model.non_trainable_weights)
results.report("concrete-net-params", model.count_params())
results.report("concrete-net-frozen-params", frozen)

# %% [markdown]
# ## The way back
#
# What gradient does the layer hand down? Mean and variance are computed *from* the
# batch, so one entry of x acts on three ways: by itself, through μ, and through σ².
# With $dy$ for the gradient that comes in, and a bar for the mean of a column:
#
# $$dx = \frac{\gamma}{\sqrt{\sigma^2+\varepsilon}}\left(dy - \overline{dy} -
# \hat{x}\cdot\overline{dy\cdot\hat{x}}\right)$$
#
# Many hand-written versions keep the first term only, as if μ and σ were constants. Lay
# both beside a measured slope (`numeric_gradient` nudges one entry at a time):


# %%
def loss(x):
    hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 0.001)
    return np.sum(dy * hat)


x = batch.astype("float64")
dy = np.random.default_rng(SEED).normal(size=x.shape)
root = np.sqrt(x.var(axis=0) + 0.001)
hat = (x - x.mean(axis=0)) / root

measured = numeric_gradient(loss, x)
short_cut = dy / root
whole = (dy - dy.mean(axis=0) - hat * (dy * hat).mean(axis=0)) / root
print(
    f"μ and σ as constants, relative error: {relative_error(short_cut, measured):.2f}"
)
print(f"all three terms, relative error:      {relative_error(whole, measured):.0e}")
print(f"largest column sum of dx: {np.abs(whole.sum(axis=0)).max():.0e}")

# %% [markdown]
# With 64 rows the short cut is off by 7 % of the largest slope: little enough to go
# unnoticed, and more in smaller batches. The last line says what the two extra terms
# do: no gradient is left for shifting a whole column, because the layer would take the
# shift out again. The same holds for stretching it. γ and β act on every row, so their
# gradients are *sums* over the rows: $\sum dy\cdot\hat{x}$ and $\sum dy$.
#
# ## Does it train?
#
# Same data, same SGD, same learning rate. In full mode the next cell trains with five
# seeds, about a minute; one seed proves nothing.

# %%
runs = {seed: run(lambda: stack(normalize=True), seed=seed) for seed in SEEDS}
lowest = {seed: min(history.history["val_loss"]) for seed, history in runs.items()}
for seed, value in lowest.items():
    final = runs[seed].history["val_loss"][-1]
    print(f"seed {seed}: lowest validation MAE {value:.2f}, last {final:.2f}")
middle = float(np.median(list(lowest.values())))
name = "concrete-bn-min-val-mae"
results.report(name, middle, source=concrete.source, seeds=SEEDS)

plots.show(
    plots.learning_curves(
        {"with four BN layers": runs[SEEDS[0]], "without": plain},
        label="MAE",
        unit="MPa",
        title="The same SGD with and without batch normalization, seed 0",
        **{"panels": True, "baseline": baseline},
        caption="Without batch normalization there is no curve: every value is nan.",
    ),
    source=concrete.source,
)

# %% [markdown]
# It trains, and it ends far below the baseline. Two details of the curve deserve a
# question.
#
# *Why is it so slow at first?* At the start every prediction lies below every true
# strength. The absolute error then pushes all rows by the same amount, and a batch
# normalization subtracts exactly what all rows share. Only the biases and β can follow,
# in small steps, until some rows are predicted too high. After that the network learns
# what tells mixes apart.
#
# *Why does the error jump in the last epochs?* Twelve updates an epoch and a fixed
# step. The best epoch and the last one differ by several tenths of a MPa, so keep the
# best one.

# %% [markdown]
# ## Moving averages need time
#
# We feed only the first layer: batch after batch of raw concrete, and watch its moving
# mean of the cement column on the way from 0 to the true mean.

# %%
rng = np.random.default_rng(SEED)
slow, quick = layers.BatchNormalization(), layers.BatchNormalization(momentum=0.9)
path = {"means of single batches": [], "moving, 0.99": [], "moving, 0.9": []}
for _ in range(300):
    cement = split.x_train[rng.integers(len(split.x_train), size=64), :1]
    path["means of single batches"].append(cement.mean())
    for name, layer in (("moving, 0.99", slow), ("moving, 0.9", quick)):
        layer(cement, training=True)
        path[name].append(float(layer.moving_mean[0]))

truth, here = split.x_train[:, 0].mean(), path["moving, 0.99"][59]
print(f"after 60 updates: {here / truth:.0%} of the way; 0.99^60 = {0.99**60:.2f}")
curves = {name: (range(1, 301), means) for name, means in path.items()}
words = {"x_label": "Updates", "y_label": "Mean of the cement column (kg/m³)"}
words["title"] = "Momentum 0.99 is a long memory"
words["caption"] = "After 60 updates it still holds 55 % of the initial value, 0."
marks = {"60 updates": (60, here)}
figure = plots.lines(curves, level=truth, level_label="true mean", marks=marks, **words)
plots.show(figure, source=concrete.source)

# %% [markdown]
# In a short run this is a trap. Handwritten digits, 30 of each kind, a small
# convolutional network (lesson 06), ten epochs of six batches: 60 updates. Exercise 8
# asks you for the test accuracy. Write down your guess first.

# %%
digits = datasets.load("mnist")
few = [np.flatnonzero(digits.y_train == kind)[:30] for kind in range(10)]
few = np.concatenate(few)
x_few, y_few = digits.x_train[few].reshape(-1, 28, 28, 1) / 255, digits.y_train[few]
x_many = digits.x_test.reshape(-1, 28, 28, 1).astype("float32") / 255


def digit_net(momentum):
    steps = [keras.Input(shape=(28, 28, 1))]
    for filters in (16, 32, 64):
        steps.append(layers.Conv2D(filters, 3, padding="same", use_bias=False))
        steps.append(layers.BatchNormalization(momentum=momentum))
        steps += [layers.ReLU(), layers.MaxPooling2D(2)]
    steps += [layers.GlobalAveragePooling2D(), layers.Dense(10, activation="softmax")]
    return keras.Sequential(steps)


# %%
short = {}
for momentum in (0.99, 0.9):
    keras.utils.set_random_seed(SEED)
    model, entropy = digit_net(momentum), "sparse_categorical_crossentropy"
    model.compile(optimizer="adam", loss=entropy, metrics=["accuracy"])
    fitted = model.fit(x_few, y_few, batch_size=50, epochs=10, verbose=0).history
    found = {"training, batches' statistics": 100 * fitted["accuracy"][-1]}
    pairs = {"training": (x_few, y_few), "test": (x_many, digits.y_test)}
    for name, pair in pairs.items():
        accuracy = model.evaluate(*pair, batch_size=500, verbose=0)[1]
        found[f"{name}, moving averages"] = 100 * accuracy
    short[momentum] = found
    print(f"momentum {momentum}:", *(f"{k} {v:.1f} %;" for k, v in found.items()))

trap, cured = (short[m]["test, moving averages"] for m in (0.99, 0.9))
results.report("bn-short-run-test-accuracy", trap, source=digits.source)
results.report("bn-short-run-quick-test-accuracy", cured, source=digits.source)

# %% [markdown]
# Nothing is overfitted and nothing is broken. The weights have learned with the
# statistics of the batches; `evaluate` reads them with averages that have not arrived,
# and fails on the *training* images too. In short runs set `momentum=0.9`, or train
# longer.
#
# ## Before or after the activation?
#
# The 2015 paper normalizes the sum *before* the activation: dense → normalization →
# ReLU. Ours stands in front of the next dense layer, so *after* the ReLU. Both are in
# use, and neither is wrong. Measure:


# %%
def before_activation():
    steps = [keras.Input(shape=(8,)), layers.BatchNormalization()]
    for _ in range(3):
        steps.append(layers.Dense(512, use_bias=False))
        steps.append(layers.BatchNormalization())
        steps.append(layers.ReLU())
    return keras.Sequential([*steps, layers.Dense(1)])


early = run(before_activation)
print(f"before each ReLU, seed 0: {min(early.history['val_loss']):.2f}")
print(f"before each dense, seed 0: {min(runs[SEEDS[0]].history['val_loss']):.2f}")

# %% [markdown]
# Over five seeds we measured medians of 4.33 (before the ReLU) and 4.00 (before the
# dense layer). That is one data set and one width: a result, not a law.
#
# Why `use_bias=False`? A bias adds the same number to a column in every row. The
# normalization subtracts the column's mean, and the number is gone; β does the bias's
# work.

# %%
keras.utils.set_random_seed(SEED)
dense, norm = layers.Dense(4), layers.BatchNormalization()
without = np.asarray(norm(dense(split.x_train), training=True))
dense.bias.assign_add([5.0, -50.0, 500.0, 0.5])
with_bias = np.asarray(norm(dense(split.x_train), training=True))
print(f"largest change of the output: {np.abs(with_bias - without).max():.1e}")

# %% [markdown]
# The bias is not harmful, only redundant, and only *directly before* a batch
# normalization. With a ReLU in between it is needed: it moves the place where the ReLU
# bends.
#
# ## A scaler made of a layer
#
# Placed first, batch normalization scales the raw inputs, and no scaler has to be
# fitted, saved and shipped. A `Normalization` layer does that too, but must be shown
# the training rows once (`adapt`). Red wine, 11 inputs, two hidden layers of 64, SGD:

# %%
wine = datasets.load("red-wine")
wines = datasets.wine_split(wine, seed=0)
adapted = layers.Normalization()
adapted.adapt(wines.x_train)
firsts = {"nothing": [], "Normalization": [adapted]}
firsts["BatchNormalization"] = [layers.BatchNormalization()]

fixed = {"epochs": 3 if is_fast() else 40, "batch_size": 64, "verbose": 0}
fixed["validation_data"] = (wines.x_val, wines.y_val)
for name, first in firsts.items():
    keras.utils.set_random_seed(SEED)
    hidden = [layers.Dense(64, activation="relu") for _ in range(2)]
    model = keras.Sequential([keras.Input((11,)), *first, *hidden, layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mae")
    history = model.fit(wines.x_train, wines.y_train, **fixed).history
    print(f"{name:18} lowest validation MAE {min(history['val_loss']):.3f} points")

# %% [markdown]
# One seed each; over three seeds the two scalers are level.
#
# ## Other cures
#
# The trouble was the size of the inputs, so more than one thing helps. Standardize the
# columns beforehand; take an optimizer that rescales its steps (Adam); lower the rate.

# %%
center, width = split.x_train.mean(axis=0), split.x_train.std(axis=0)
scaled = ((split.x_train - center) / width, (split.x_val - center) / width)

cures = {"BN before each dense, SGD": list(lowest.values())}
cures["BN before each ReLU, SGD"] = min(early.history["val_loss"])
trials = {
    "standardized inputs, SGD": {"x": scaled},
    "raw inputs, SGD at 0.0001": {"optimizer": keras.optimizers.SGD(1e-4)},
    "raw inputs, Adam": {"optimizer": "adam"},
    "standardized inputs, Adam": {"x": scaled, "optimizer": "adam"},
}
for name, change in trials.items():
    cures[name] = min(run(stack, **change).history["val_loss"])

# %%
plots.show(
    plots.bar_compare(
        cures,
        label="Lowest validation MAE",
        unit="MPa",
        digits=2,
        title="Batch normalization is one cure, not the only one",
        caption="BN before each dense: one dot per seed. The others: seed 0.",
    ),
    source=concrete.source,
)

# %% [markdown]
# Medians of the lowest validation MAE on the real data, seeds 0 to 4, 100 epochs,
# measured for this course:
#
# | network | SGD | Adam |
# | --- | --- | --- |
# | raw inputs | nan | 4.36 |
# | raw inputs, rate 0.0001 | 6.41 | |
# | raw inputs, gradient clipped to norm 1 | 7.70 | |
# | standardized inputs | 4.79 | **3.67** |
# | one BN, on the inputs | 5.49 | |
# | BN before each ReLU | 4.33 | |
# | BN before each dense | **4.00** | 3.89 |
#
# With SGD, batch normalization wins. The best figure of the table uses none at all. The
# noise of the batch statistics has a price on 721 rows. Batch normalization was made
# for deep networks and large data; a table like this one is a small test.
#
# ## One row at a time
#
# A batch of one is its own mean and has variance 0. In training mode the layer then
# returns β, whatever the row says. At inference one row is no problem: the moving
# averages are there.

# %%
first, second = split.x_train[:1], split.x_train[1:2]
norm = layers.BatchNormalization()
norm(split.x_train, training=True)
print("training mode: ", np.abs(np.asarray(norm(first, training=True))).max())

network = runs[SEEDS[0]].model
one_by_one = [float(network(row, training=False)[0, 0]) for row in (first, second)]
together = np.asarray(network(split.x_train[:2], training=False))[:, 0]
print("inference, alone:   ", np.round(one_by_one, 3))
print("inference, together:", np.round(together, 3))

for size in (4, 64):
    picks = np.random.default_rng(SEED).integers(len(split.x_train), size=(200, size))
    noise = split.x_train[picks, 0].mean(axis=1).std()
    print(f"batches of {size}: the cement mean varies by {noise:.1f} kg/m³ (sd)")

stored = float(network.layers[0].moving_mean[0])
print(f"moving mean of cement {stored:.2f}, of all rows {truth:.2f}")

# %% [markdown]
# In training, a row's output depends on its neighbors in the batch. So shuffle, lest a
# batch hold only one kind of row, and avoid tiny batches: the mean of 4 rows is about
# four times as noisy as that of 64, the root of 16. The last line compares the moving
# mean with the mean of all training rows: close, and not the same. It is an average
# over the latest batches.
#
# ## Why does it help? Two answers
#
# Ioffe and Szegedy (2015) gave this reason: while the early layers learn, the inputs of
# the later ones shift, and each layer chases a moving target. They called it *internal
# covariate shift* and designed batch normalization to reduce it. That it speeds up
# training, they showed on ImageNet.
#
# Santurkar and others (2018) tested the reason. They added random shifts *after* each
# batch normalization, so the inputs of each layer moved more than in a plain network.
# It trained nearly as well all the same. They argue that the loss surface becomes
# smoother: the gradient at a point stays a good guide over a longer step, so larger
# rates work. Our `nan` run fits that picture; it does not decide the question. Call the
# first reason the historical motive, the second a well-supported one, and neither one
# proved.
#
# ## Summary
#
# - Raw inputs of size 1,000 with SGD give gradients that explode: error, infinity,
#   `nan`.
# - In training, batch normalization uses the batch's mean and biased variance, with ε
#   under the root. It then applies γ and β.
# - At inference it uses moving averages, which need a few hundred updates at momentum
#   0.99.
# - On the way back, the mean and the variance pass on a share of the gradient too.
# - 4·C numbers: γ and β trained, moving mean and moving variance not.
# - It may stand first, before or after an activation. A bias right before it is
#   redundant.
# - Standardized inputs, Adam or both cure this data set too. Measure before you choose.
#
# ## What people get wrong
#
# - "nan means that my data have gaps." **Wrong** here: no value is missing.
# - "It has 2·C parameters." **Loose**: 2·C are trained, 4·C are stored.
# - "It divides by the standard deviation." **Loose**: by √(σ² + ε). For a constant
#   column only the second is defined.
# - "At test time it uses the statistics of the full data." **Wrong**: averages of batch
#   statistics, which only approximate them. The paper averages over many batches, Keras
#   exponentially.
# - "The moving averages are trained," or "fixed after epoch 1." **Wrong**: no gradient
#   touches them, and every training batch moves them.
# - "On the way back, mean and variance are constants." **Wrong**: see the relative
#   error above.
# - "A single row cannot be normalized." **Wrong** at inference; true in training mode.
# - "It must stand before the activation," and "after it." **Convention**: both work.
# - "Biased variance is a bug." **Convention**: Keras uses it for batch and moving
#   statistics. PyTorch and the paper take the unbiased one at inference.
# - "Momentum 0.99 means the same everywhere." **Convention**: Keras's 0.99 is PyTorch's
#   0.01.
# - "It removes internal covariate shift, that is proved." **Loose**: it was the motive,
#   and it is contested.
# - "Without it such data cannot be trained." **Wrong**: see the table of cures.
#
# ## Papers
#
# - S. Ioffe, C. Szegedy: *Batch Normalization: Accelerating Deep Network Training by
#   Reducing Internal Covariate Shift*, ICML 2015, arXiv 1502.03167.
# - S. Santurkar, D. Tsipras, A. Ilyas, A. Mądry: *How Does Batch Normalization Help
#   Optimization?*, NeurIPS 2018, arXiv 1805.11604.
# - I.-C. Yeh: *Modeling of strength of high-performance concrete using artificial
#   neural networks*, Cement and Concrete Research 28 (1998). The data.
# - P. Cortez and others: *Modeling wine preferences by data mining from physicochemical
#   properties*, Decision Support Systems 47 (2009). The data of the red wines.
