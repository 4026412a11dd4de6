# %% [markdown]
# # Variance shift
#
# *Dropout helped. Batch normalization helped. A tutorial puts both into one network, so
# I did too. Now somebody tells me that the two get in each other's way. Do they? Does
# it matter? And what should I change?*
#
# You will find the place where the two collide, measure the collision layer by layer,
# and see what it does to a score, and what it does not. Then you try three remedies and
# repair the network of a well-known tutorial.
#
# Reading and running: about 40 minutes. You need lessons 09 (dropout) and 10 (batch
# normalization). Core exercises: about 55 minutes.

# %%
import keras
import numpy as np
from keras import layers

import checkers
from course import datasets, plots, results
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)

SEEDS = tuple(5 * SEED + i for i in range(1 if is_fast() else 5))
EPOCHS = 1 if is_fast() else 5
WINE_EPOCHS = 2 if is_fast() else 40

# %% [markdown]
# ## The same mean, another variance
#
# We work with the first 10,000 training digits of MNIST. A dense layer with ReLU reads
# them; here is one of its units, over all digits. Then the same numbers behind
# `Dropout(0.5)`, in training mode.

# %%
digits = datasets.load("mnist")
x_train = digits.x_train[:10_000].reshape(-1, 784).astype("float32") / 255
y_train = digits.y_train[:10_000]
x_test = digits.x_test.reshape(-1, 784).astype("float32") / 255

keras.utils.set_random_seed(SEED)
hidden = np.asarray(layers.Dense(128, activation="relu")(x_train))
dropped = np.asarray(layers.Dropout(0.5)(hidden, training=True))
unit = int(np.argmax(hidden.mean(axis=0)))  # one that is seldom 0

for name, values in {"without": hidden, "with dropout": dropped}.items():
    column = values[:, unit]
    print(f"{name:13} mean {column.mean():.3f}, variance {column.var():.3f}")

# %%
figure = plots.histograms(
    {
        "at inference": hidden[:, unit],
        "in training, Dropout(0.5)": dropped[:, unit],
    },
    label="Output of one unit",
    bins=40,
    panels=True,
    title="Dropout keeps the mean and widens everything around it",
    caption="One unit, 10,000 digits. Half of the values fall to 0, the others double.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# The mean stays. That is what the division by the share that stays is for. The
# **variance** does not stay: some values fall to 0, the others move away from the mean.
#
# How much it grows can be worked out. Write q = 1 - rate for the share that stays. The
# layer multiplies x by a random k, which is 0 or 1/q:
#
# - k has the mean $q \cdot \tfrac1q = 1$, so the mean m of x stays.
# - k² has the mean $q \cdot \tfrac1{q^2} = \tfrac1q$, so the mean of the squares, v +
#   m², is divided by q.
# - The variance is the mean of the squares minus the squared mean:
#
# $$\frac{v+m^2}{q}-m^2 \;=\; \frac{v}{q}+\frac{1-q}{q}\,m^2.$$
#
# For a number of mean 0 that is v/q. Behind a ReLU the mean is not 0, and the second
# term comes on top. We measure both on the real values: the ReLU's outputs, and the
# same outputs with their column means taken off.

# %%
rates = np.arange(1, 8) / 10
inputs = {"mean 0": hidden - hidden.mean(axis=0), "behind a ReLU": hidden}
growth = {}
for name, values in inputs.items():
    v, m = values.var(axis=0), values.mean(axis=0)
    by_formula = [np.mean(v / (1 - p) + p / (1 - p) * m**2) / v.mean() for p in rates]
    growth[f"{name}, formula"] = (rates, by_formula)
    thinned = [np.asarray(layers.Dropout(p)(values, training=True)) for p in rates]
    measured = [one.var(axis=0).mean() / v.mean() for one in thinned]
    growth[f"{name}, measured"] = (rates, measured)

# %%
figure = plots.lines(
    growth,
    x_label="Rate (share dropped)",
    y_label="Variance behind / variance before",
    title="The larger the mean, the more variance dropout adds",
    dots=True,
    level=1,
    level_label="nothing changes",
    caption="128 units, 10,000 digits, averaged over the units.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# ## What batch normalization makes of it
#
# Remember lesson 10: in training the layer divides by the batch's standard deviation
# and keeps a moving average of the variance; at inference it divides by what it kept.
# Put a dropout before it:
#
# - **In training** it receives thinned values, and stores *their* variance.
# - **At inference** dropout rests. It receives values with a smaller variance, and
#   still divides by the large one.
#
# So everything behind it gets values that are too small. This is the **variance
# shift**. We measure it by the **shift ratio** of a normalization:
#
# $$\text{shift ratio}=\frac{\text{stored variance}}{\text{variance of what it receives
# at inference, on training rows}},$$
#
# each averaged over the units first. At 1 both fit. At 2 the layer divides by
# $\sqrt2 \approx 1.4$ times too much. We use training rows, so that nothing but the
# mode differs.
#
# Now a network for digits: three times a dense layer of 128 units, and a normalization
# with each. The dropout of rate 0.5 can stand *before* each normalization, *between*
# (behind each normalization, so before the next one), only *after* the last one, or
# nowhere.


# %%
def digit_net(order, noise=layers.Dropout, rate=0.5):
    steps = [keras.Input(shape=(784,))]
    for position in range(3):
        steps.append(layers.Dense(128, activation="relu"))
        if order == "before":
            steps.append(noise(rate))
        steps.append(layers.BatchNormalization(momentum=0.9))  # a short run: lesson 10
        if order == "between" or (order == "after" and position == 2):
            steps.append(noise(rate))
    return keras.Sequential([*steps, layers.Dense(10, activation="softmax")])


def train(seed, *setup):
    keras.utils.set_random_seed(seed)
    model = digit_net(*setup)
    loss = "sparse_categorical_crossentropy"
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    model.fit(x_train, y_train, batch_size=128, epochs=EPOCHS, verbose=0)
    return model


# %%
def norms(model):
    return [one for one in model.layers if isinstance(one, layers.BatchNormalization)]


def received(model, norm, rows):
    front = keras.Model(model.inputs[0], norm.input)
    return np.asarray(front(rows, training=False))


def ratio(model, norm, rows=x_train):
    variance = received(model, norm, rows).var(axis=0)
    return float(np.mean(norm.moving_variance) / np.mean(variance))


def score(model):
    loss, accuracy = model.evaluate(x_test, digits.y_test, batch_size=1000, verbose=0)
    return loss, 100 * accuracy


# %% [markdown]
# The next cell trains each order with five seeds in full mode, a good minute.

# %%
orders = ("before", "between", "after", "none")
nets = {order: [train(seed, order) for seed in SEEDS] for order in orders}
scores = {order: [score(model) for model in nets[order]] for order in orders}

ratios = {}
for order in orders:
    rows = [[ratio(model, norm) for norm in norms(model)] for model in nets[order]]
    ratios[order] = np.median(rows, axis=0)
    print(f"{order:8}", ", ".join(f"{value:.2f}" for value in ratios[order]))

source = {"source": digits.source, "seeds": SEEDS}
results.report("shift-ratio-before-first", ratios["before"][0], **source)
results.report("shift-ratio-before-last", ratios["before"][2], **source)
results.report("shift-ratio-between-last", ratios["between"][2], **source)
results.report("shift-ratio-after-last", ratios["after"][2], **source)

# %%
figure = plots.lines(
    {order: ([1, 2, 3], values) for order, values in ratios.items()},
    x_label="BatchNormalization number",
    y_label="Shift ratio",
    title="Dropout before a normalization: it stores two to three times too much",
    dots=True,
    level=1,
    level_label="stored variance fits",
    caption="Medians over the seeds. Rate 0.5, digits, training rows.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# Four things to read.
#
# 1. **Before.** The first ratio is what the formula says: at least 1/q = 2, and a bit
#    more, because a ReLU's mean is not 0. The later ones are larger. At inference the
#    first normalization hands on values that are too small, so the second one receives
#    even less than it stored, and so on.
# 2. **Between.** The first normalization has no dropout upstream and fits. The later
#    ones do not, although a dense layer lies between: it sums many thinned values, and
#    part of the extra variance averages out. So **swapping** dropout and normalization
#    repairs only the first one.
# 3. **After.** No normalization has a dropout upstream: all fit.
# 4. **None** is the baseline. Moving averages are never exact; a few hundredths mean
#    nothing.
#
# ## Does it cost anything?
#
# Predict: how many points of accuracy separate a network with ratios near 3 from one
# with ratios near 1.2?

# %%
figure = plots.bar_compare(
    {
        "before: three dropouts": [accuracy for _, accuracy in scores["before"]],
        "between: three dropouts": [accuracy for _, accuracy in scores["between"]],
        "after: one dropout": [accuracy for _, accuracy in scores["after"]],
        "none": [accuracy for _, accuracy in scores["none"]],
    },
    label="Test accuracy",
    unit="%",
    kind="dots",
    digits=2,
    title="The accuracy does not show the shift",
    caption="Small dots: seeds. Large dots: their medians. 10,000 training digits.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# The upper two rows are the fair comparison: three dropouts in each network. Their last
# ratios differ by a factor above two, and their dots overlap. With one seed you could
# have "proved" either order the better one.
#
# The lower two rows are better, but that does not tell anything about the shift: these
# networks drop less, and 128 units have little to spare (lesson 09's thirty units).
#
# Why so cheap? Values that are too small by much the same factor in all units change
# how *sure* the softmax is, and seldom which output is the largest.
#
# In other networks it does cost. Li and others (2019) put dropout 0.5 into every block
# of a DenseNet for CIFAR-100: 77.42 % fell to 68.55 %. So the honest sentence is: **the
# shift is certain, its price is not. Measure the ratio to see the shift, and the score
# to see the price.**
#
# ## Remedy 1: the place
#
# Dropout only *behind the last normalization*: order "after" above. Nothing is
# upstream, all ratios fit. It costs you the dropouts further in front.
#
# ## Remedy 2: smaller noise
#
# The formula knows only one thing of k: its variance, (1 - q)/q for dropout. Any
# multiplier with mean 1 and variance s makes v grow to v + s · (v + m²). So what about
# other noise?
#
# - `GaussianDropout(rate)` draws k from a normal distribution of mean 1 and variance
#   rate/(1 - rate). That is the **same variance** as dropout's.
# - **Uniform** noise multiplies by 1 + r, r between -β and β. Its variance is β²/3; at
#   β = 0.1 that is 0.0033. (The paper calls it Uout. You write the layer in exercise
#   4.)
#
# On the ReLU outputs from the beginning, with NumPy:

# %%
rng = np.random.default_rng(SEED)
size, v = hidden.shape, hidden.var(axis=0).mean()
noises = {"Dropout": [], "Gaussian": [], "uniform": []}
for rate in (0.1, 0.2, 0.3, 0.4, 0.5):
    mask = (rng.random(size) >= rate) / (1 - rate)
    noises["Dropout"].append((rate / (1 - rate), mask))
    bell = rng.normal(1, np.sqrt(rate / (1 - rate)), size)
    noises["Gaussian"].append((rate / (1 - rate), bell))
for beta in (0.1, 0.5, 1.0):
    flat = 1 + rng.uniform(-beta, beta, size)
    noises["uniform"].append((beta**2 / 3, flat))

shifts = {
    name: tuple(
        zip(*[(s, (hidden * k).var(axis=0).mean() / v) for s, k in drawn], strict=True)
    )
    for name, drawn in noises.items()
}
small = 1 / (1 + float(rng.uniform(-0.1, 0.1, 10**6).var()))
results.report("uniform-noise-ratio", small)

# %%
figure = plots.lines(
    shifts,
    x_label="Variance of the multiplier",
    y_label="Variance behind / variance before",
    title="Only the size of the noise counts, not its shape",
    dots=True,
    level=1,
    level_label="nothing changes",
    caption="Dropout and Gaussian: rates 0.1 to 0.5. Uniform: β = 0.1, 0.5 and 1.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# All points lie on one line. Gaussian dropout of the same rate is no remedy; smaller
# noise is, of whatever shape: a `Dropout(0.1)` as well. The price: small noise
# regularizes less. The same in a trained network, one seed:

# %%
gaussian = train(SEED, "before", layers.GaussianDropout)
for name, model in {"Dropout": nets["before"][0], "GaussianDropout": gaussian}.items():
    print(f"{name:16}", ", ".join(f"{ratio(model, norm):.2f}" for norm in norms(model)))

# %% [markdown]
# ## Remedy 3: measure again
#
# The stored variances are wrong for inference, so store right ones: send the training
# rows through the finished network **with dropout off** and keep what each
# normalization receives. No weight is trained. Front to back, because each repaired
# layer changes what the next one receives.


# %%
def refresh(model):
    for norm in norms(model):
        values = received(model, norm, x_train)
        norm.moving_mean.assign(values.mean(axis=0))
        norm.moving_variance.assign(values.var(axis=0))


for seed, model, old in zip(SEEDS, nets["before"], scores["before"], strict=True):
    refresh(model)
    (old_loss, old_accuracy), (loss, accuracy) = old, score(model)
    last = ratio(model, norms(model)[-1])
    print(
        f"seed {seed}: last ratio {last:.2f}, accuracy {old_accuracy:.2f} to", end=" "
    )
    print(f"{accuracy:.2f} %, cross-entropy {old_loss:.3f} to {loss:.3f}")

# %% [markdown]
# The ratios are 1 now. The accuracy hardly moves, and the cross-entropy gets *worse*: a
# likely reason is that all layers behind had been trained with values of another size;
# larger ones make the network surer, of its mistakes as well. Hendrycks and Gimpel
# (2016) report gains from the same step on CIFAR. So measure here, too, and on rows
# that you do not report on.
#
# ## The wine network
#
# That tutorial, on dropout and batch normalization, predicts the quality of red wine
# with this stack: three times Dense 1024 with ReLU, `Dropout(0.3)`,
# `BatchNormalization`; then Dense 1. That is the order "before". `checkers.lint` knows
# it:


# %%
def wine_net(is_repaired):
    steps = [keras.Input(shape=(11,))]
    for _ in range(3):
        steps.append(layers.Dense(1024, activation="relu"))
        if not is_repaired:
            steps.append(layers.Dropout(0.3))
        steps.append(layers.BatchNormalization())
    if is_repaired:
        steps.append(layers.Dropout(0.3))
    return keras.Sequential([*steps, layers.Dense(1)])


keras.utils.set_random_seed(SEED)
classic = wine_net(is_repaired=False)
frozen = sum(int(np.prod(one.shape)) for one in classic.non_trainable_weights)
results.report("wine-classic-params", classic.count_params())
results.report("wine-classic-frozen-params", frozen)
noted = [one for one in checkers.lint(classic).findings if "DROPOUT" in one.code]
print(noted[0].severity, "·", noted[0].message)

# %% [markdown]
# *Advice*, not an error. The repair by place moves one dropout behind the last
# normalization and takes the others out. Both networks have the same parameters. We
# train both on the raw columns, as the tutorial does.

# %%
wine = datasets.load("red-wine")
wines = datasets.wine_split(wine, seed=0)
median = float(np.median(wines.y_train))
baseline = float(np.mean(np.abs(wines.y_val - median)))

curves = {}
for name, is_repaired in {"classic": False, "repaired": True}.items():
    keras.utils.set_random_seed(SEED)
    model = wine_net(is_repaired)
    model.compile(optimizer="adam", loss="mae")
    options = {"batch_size": 256, "epochs": WINE_EPOCHS, "verbose": 0}
    validation = (wines.x_val, wines.y_val)
    fitted = model.fit(
        wines.x_train, wines.y_train, validation_data=validation, **options
    )
    curves[name] = fitted.history
    found = [ratio(model, norm, wines.x_train) for norm in norms(model)]
    print(f"{name:9} ratios", ", ".join(f"{value:.2f}" for value in found), end="; ")
    print(f"lowest validation MAE {min(curves[name]['val_loss']):.3f}")

# %%
figure = plots.learning_curves(
    curves,
    label="Mean absolute error",
    unit="points",
    title="Red wine: the classic stack and its repair, seed 0",
    y_limits=(0.4, 2.0),
    baseline=baseline,
    baseline_label="always predicting the training median",
    caption="Thin: training, with masks on. Thick: validation.",
)
plots.show(figure, source=wine.source)

# %% [markdown]
# The ratios show the repair at once: high in the classic stack, near 1 in the repaired
# one. The errors are another matter: one seed, 480 validation wines, and networks that
# differ in the number of dropouts as well. Take the repair for what it is: it removes a
# known mismatch, and nothing in this table says that it must lower the error.
#
# ## Monte Carlo dropout next to a normalization
#
# Lesson 09 called a network many times with `training=True`. That switches **every**
# layer into training mode, the normalizations too. They then use the batch at hand, and
# move what they have stored. Look at one wine, alone with 9 others, then with 479:

# %%
model.layers[-2].rate = 0.0  # no masks: what moves now is the normalization's doing
before = np.asarray(norms(model)[0].moving_mean).copy()
few = float(model(wines.x_val[:10], training=True)[0, 0])
many = float(model(wines.x_val, training=True)[0, 0])
after = np.asarray(norms(model)[0].moving_mean)
print(f"the same wine: {few:.3f} among 10, {many:.3f} among {len(wines.x_val)}")
print(f"stored means that moved: {np.mean(before != after):.0%}")

# %% [markdown]
# A prediction that depends on its neighbors is not what you want. The cure: set
# `trainable = False` on each `BatchNormalization` before the passes. Keras then runs it
# at inference in both modes, and a `Dropout` still draws masks. Exercise 7 builds it.
#
# ## The other dropout
#
# If you search for "dropout", you may land in biology. When the active genes of single
# cells are counted, many counts are 0 because the measurement missed the molecule. That
# too is called *dropout*, and guessing the missing values is *imputation*. No layer,
# no rate that you choose: only the word is the same.
#
# ## What people get wrong
#
# *Wrong* fails when run, *loose* is true under a condition that it does not state,
# *convention* means that both are used.
#
# - **wrong** · "Dropout divides by the share that stays, so the statistics stay." The
#   mean does. The variance grows to v/q + (1 - q)/q · m².
# - **wrong** · "Gaussian dropout avoids the shift." At the same rate its variance is
#   the same. Only smaller noise shifts less.
# - **wrong** · "Put dropout behind each normalization, and it is repaired." Only the
#   first one is: what counts is everything upstream.
# - **wrong** · "Equal accuracy, so there is no shift." The ratios of the first two
#   orders differ by a factor above two.
# - **loose** · "Never use dropout and batch normalization together." Behind the last
#   normalization nothing collides; elsewhere the price depends on the network.
# - **loose** · "Dropout before batch normalization makes it worse." The shift is
#   certain. Here the accuracy hardly noticed; a DenseNet lost nine points.
# - **loose** · "Re-estimated statistics are always better." They make the ratios right.
#   Our cross-entropy got worse.
# - **wrong** · "`model(x, training=True)` only switches dropout on." It switches every
#   layer.
# - **convention** · "p". Papers on this topic often write p for the share that stays.
#   We write q for it, and rate for Keras's argument.
#
# ## Summary
#
# - Behind dropout the mean is as before, the variance is not: v/q + (1 - q)/q · m² in
#   training, v at inference.
# - A normalization downstream stores the large variance and divides by it at
#   inference: the shift ratio is above 1, and it adds up from layer to layer.
# - Whether that costs accuracy has to be measured. A score alone shows no shift.
# - Remedies: dropout only behind the last normalization; smaller noise; statistics
#   measured again with dropout off.
# - Monte Carlo passes need normalizations that stay at inference.
#
# ## Papers
#
# - X. Li, S. Chen, X. Hu, J. Yang, *Understanding the disharmony between dropout and
#   batch normalization by variance shift*, CVPR 2019, arXiv:1801.05134 (the shift,
#   remedies 1 and 2, Uout).
# - D. Hendrycks, K. Gimpel, *Adjusting for dropout variance in batch normalization and
#   weight initialization*, arXiv:1607.02488, 2016 (remedy 3).
# - N. Srivastava et al., *Dropout: a simple way to prevent neural networks from
#   overfitting*, JMLR 15, 2014 (Gaussian multipliers in section 10).
# - S. Ioffe, C. Szegedy, *Batch normalization*, ICML 2015, arXiv:1502.03167.
# - P. Lin et al., *CIDR: Ultrafast and accurate clustering through imputation for
#   single-cell RNA-seq data*, Genome Biology 18, 2017 (the other dropout).
