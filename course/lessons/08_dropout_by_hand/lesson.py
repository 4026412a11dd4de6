# %% [markdown]
# # Dropout by hand
#
# *I added a dropout layer, and now my network is better on the validation data than on
# the data that it was trained on. How can that be? And what does the layer do, exactly,
# on the way forward and on the way back?*
#
# You will build dropout from NumPy arrays, check its gradient, list every network that
# hides behind the masks, and find out why training and prediction never quite agree.
# Lesson 09 then uses dropout: where it goes, how high the rate, what it gains.
#
# Reading and running: about 40 minutes. You need lessons 01 (training, curves), 02
# (softmax) and 03 (ReLU, gradients).

# %%
import itertools

import keras
import numpy as np
from keras import layers

from course import datasets, plots, results
from course.gradients import numeric_gradient
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)

EPOCHS = 3 if is_fast() else 8
NUM_MASKS = 100 if is_fast() else 1000

# %% [markdown]
# ## Two curves that look wrong
#
# 5,000 handwritten digits to train on, 5,000 others to validate, one hidden layer of
# 100 ReLU units. Once without dropout, once with `Dropout(0.5)` behind the hidden
# layer.

# %%
digits = datasets.load("mnist")
pictures = digits.x_train[:10_000].reshape(-1, 784).astype("float32") / 255
x_train, x_val = pictures[:5_000], pictures[5_000:]
y_train, y_val = digits.y_train[:5_000], digits.y_train[5_000:10_000]


def digit_net(rate, units=100):
    keras.utils.set_random_seed(SEED)
    model = keras.Sequential(
        [
            keras.Input(shape=(784,)),
            layers.Dense(units, activation="relu"),
            layers.Dropout(rate),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model


# %%
nets, curves = {"no dropout": digit_net(0.0), "dropout 0.5": digit_net(0.5)}, {}
options = {"epochs": EPOCHS, "batch_size": 128, "verbose": 0}
for name, net in nets.items():
    curves[name] = net.fit(
        x_train, y_train, validation_data=(x_val, y_val), **options
    ).history

figure = plots.learning_curves(
    curves,
    label="Cross-entropy",
    unit="nats",
    title="With dropout, the training curve runs above the validation curve",
    panels=True,
    caption="Thin: training. Thick: validation. The marker is the best epoch.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# On the left, what one expects: training below validation, and a gap that grows. On the
# right, epoch after epoch, the *training* loss is the worse one. Nobody made a mistake.
# The two curves are measured on **two different networks**, and by the end of this
# lesson you can say which.
#
# ## One mask
#
# A dropout layer keeps each number with a probability that we call `keep`, and sets it
# to 0 otherwise. That is a multiplication with a **mask** of ones and zeros:
#
# $$y_i = m_i\, x_i, \qquad P(m_i = 1) = \text{keep}.$$
#
# Take it by hand. Six units give 3, 1, 4, 1, 5, 9 and `keep` is 0.5. The mask 1, 0, 0,
# 1, 0, 1 leaves 3, 0, 0, 1, 0, 9. Three of six are left here; with the next mask it may
# be two, or five.

# %%
weights = [w.astype("float64") for w in nets["dropout 0.5"].get_weights()]
hidden = np.maximum(0, x_val @ weights[0] + weights[1])  # (5000, 100)

keep = 0.6
mask = rng.random(hidden.shape) < keep  # a number below 0.6 comes with probability 0.6
vanilla, inverted = hidden * mask, hidden * mask / keep
print(f"{np.mean(mask):.4f} of all mask entries are 1")


# %%
def square(units):
    return units[0].reshape(10, 10)


shown = {
    "no mask": square(hidden),
    "mask": square(mask) * hidden[0].max(),
    "vanilla, training": square(vanilla),
    "vanilla, prediction": square(hidden * keep),
    "inverted, training": square(inverted),
    "inverted, prediction": square(hidden),
}
figure = plots.gallery(
    shown,
    title="Where the factor goes: 100 hidden units, one digit, keep 0.6",
    value_label="Output (mask: dark is kept)",
    columns=3,
    caption="Vanilla is paler at prediction, inverted is darker in training.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# The mean of a mask entry is `keep`, so after masking the next layer gets `keep` times
# as much on average. Somebody has to make up for that. There are two ways.
#
# - **Vanilla** (the first papers): leave training as it is, and multiply by `keep` at
#   prediction.
# - **Inverted** (Keras, PyTorch): divide by `keep` in training, and do nothing at
#   prediction.
#
# Both say the same: prediction uses the *expected value* of what training sends on. Two
# slips are common. Doing both scales twice. Dividing at prediction, "by the inverse of
# the drop probability", makes an output larger that was too large already.
#
# ### How many are dropped?
#
# Keras counts the other way: `rate = 1 - keep` is the share that is **dropped**. With
# 1,000 units and rate 0.4, how many are dropped? Not 400. Each unit is drawn on its
# own: with probability $p$ it adds one to the count. One unit has the mean $p$ and the
# variance $p (1 - p)$; independent units add up, so the count has the mean $np$ and the
# standard deviation $\sqrt{np (1 - p)}$.

# %%
counts = np.sum(rng.random((10_000, 1_000)) < 0.4, axis=1)
print(f"mean {counts.mean():.1f}, standard deviation {counts.std():.1f}")
print(f"exactly 400 in {np.mean(counts == 400):.1%} of the draws")

figure = plots.histograms(
    {"10,000 draws": counts},
    label="Units dropped",
    unit="of 1,000",
    bins=int(np.ptp(counts)) + 1,  # one bin for each count
    title="Rate 0.4 drops 400 units give or take 15, hardly ever exactly 400",
    markers={"1000 · 0.4": 400},
)
plots.show(figure)

# %% [markdown]
# ### What the factor keeps, and what it does not
#
# The next layer adds up: one logit is $z = \sum_i w_i h_i + b$. Here is one logit of
# our trained network for one digit, under many masks and at several rates: its mean,
# and its standard deviation.

# %%
kernel, bias = weights[2:]
true_class = int(y_val[0])
parts = hidden[0] * kernel[:, true_class]  # one summand per unit
rates = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
sums = {}
for rate in rates:
    drawn = rng.random((20 * NUM_MASKS, 100)) >= rate
    sums[rate] = (
        drawn @ parts + bias[true_class],
        drawn @ parts / (1 - rate) + bias[true_class],
    )

# %%
sds = {rate: [z.std() for z in sums[rate]] for rate in rates}
panels = {"Mean": {}, "Standard deviation": {}}
for place, name in enumerate(["masked only", "divided by keep"]):
    means = [sums[rate][place].mean() for rate in rates]
    panels["Mean"][name] = (rates, means)
    panels["Standard deviation"][name] = (rates, [sds[rate][place] for rate in rates])

figure = plots.lines(
    panels,
    x_label="Rate (share dropped)",
    y_label="Logit of the true class",
    title="Dividing by keep saves the mean and makes the noise larger",
    dots=True,
    caption=f"Each point: {20 * NUM_MASKS:,} masks.",
)
plots.show(figure, source=digits.source)

# %%
rate = 0.5
predicted = np.sqrt(rate / (1 - rate) * np.sum(parts**2))
print(f"rate 0.5, standard deviation: measured {sds[0.5][1]:.3f}")
print(f"                              computed {predicted:.3f}")

# %% [markdown]
# The mean stays, at every rate. The noise grows: each summand $w_i h_i$ becomes $w_i
# h_i\, m_i / \text{keep}$, whose variance is $(w_i h_i)^2 \cdot \text{rate} /
# \text{keep}$, and the variances add up. (Lesson 11 asks what that does to a
# BatchNormalization behind it.)
#
# ## The way back
#
# Training needs the gradient. Entry by entry, inverted dropout is $y = c\, x$ with $c =
# m / \text{keep}$, and the slope of $c\, x$ by $x$ is $c$. So the gradient $\partial L
# / \partial y$, which code calls `dout`, goes back as
#
# $$\frac{\partial L}{\partial x} = \texttt{dout} \cdot \frac{m}{\text{keep}}.$$
#
# With the numbers from above, doubled because keep is 0.5: if `dout` is 1 everywhere,
# 2, 0, 0, 2, 0, 2 comes back. It must be the **same** mask as on the way there, and the
# factor belongs to it. The class below is written as it circulates in several tutorials
# and forum threads. Hold it against a measured slope.


# %%
class CirculatingDropout:
    """Inverted dropout with a way back that is not right."""

    def __init__(self, keep):
        """Take the share to keep."""
        self.keep = keep

    def forward(self, x):
        """Return x, masked and divided."""
        self.mask = rng.random(x.shape) < self.keep
        return x * self.mask / self.keep

    def backward(self, dout):
        """Return what circulates as the gradient."""
        return dout * self.mask


# %%
drop = CirculatingDropout(keep=0.8)
x = hidden[0, :12] + 0.5
dout = rng.normal(size=x.shape)
drop.forward(x)
measured = numeric_gradient(lambda x: np.sum(dout * x * drop.mask / drop.keep), x)
alive = drop.mask
ratio = float(np.mean(drop.backward(dout)[alive] / measured[alive]))
results.report("by-hand-backward-ratio", ratio)
print(f"backward / measured slope: {ratio:.4f}")

# %% [markdown]
# The ratio is 0.8, which is `keep`: the division is missing on the way back. The signs
# are right, so such a network still learns, with steps that are too short below each
# dropout layer. That is why nobody notices. (Exercise 4 asks for the right class.)
#
# One more trap is in its name: this class wants the share to **keep**. Hand it a
# dropout ratio, `CirculatingDropout(ratio)`, and 0.2 keeps a fifth. At 0.5 the slip is
# invisible.
#
# A last trap has nothing to do with mathematics. Many functions write into their
# argument:


# %%
def in_place(x, level):
    keep = 1 - level
    x *= rng.random(x.shape) < keep
    x /= keep
    return x


numbers = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0])
in_place(numbers, 0.5)
print("the caller's array is now", numbers)
try:
    in_place(np.array([3, 1, 4]), 0.5)
except TypeError as error:
    print("whole numbers:", str(error)[:60], "…")

# %% [markdown]
# ## All networks behind the masks
#
# Each mask of $n$ units leaves one *thinned* network, and there are $2^n$ masks. That
# is for $n$ **units**; dropping single weights is another method, DropConnect. People
# say that the full network "averages them all". Is that so? With 8 units one can list
# all 256 and look.

# %%
small = digit_net(0.25, units=8)
small.fit(x_train, y_train, **options)
w1, b1, w2, b2 = (w.astype("float64") for w in small.get_weights())
masks = np.array(list(itertools.product((0, 1), repeat=8)))  # (256, 8)


def softmax(z):
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def thinned(x, masks, keep):
    """Return class probabilities, shape (masks, digits, classes)."""
    h = np.maximum(0, x @ w1 + b1)
    return softmax((masks[:, None, :] * h / keep) @ w2 + b2)


# %%
keep = 0.75
x_few, y_few = x_val[:1_000].astype("float64"), y_val[:1_000]
every = thinned(x_few, masks, keep)
full = thinned(x_few, np.full((1, 8), keep), keep)[0]  # no mask: keep / keep = 1

# %% [markdown]
# The expected prediction weights each network with the probability of its mask. A mask
# with $k$ units kept has the probability $\text{keep}^k (1 - \text{keep})^{n - k}$. At
# keep 0.5 all masks are equally likely. At any other they are not, but **none is
# impossible**: a rate of 0.5 gives no more networks than 0.25 does.

# %%
kept = masks.sum(axis=1)
chance = keep**kept * (1 - keep) ** (8 - kept)
exact = np.einsum("m,mdc->dc", chance, every)
unweighted = every.mean(axis=0)
print(f"the 256 probabilities add up to {chance.sum():.6f}")

# %%
sure = exact[np.arange(1_000), y_few]
chosen = int(np.argsort(np.abs(sure - 0.6))[0])  # a digit that is not clear
label = y_few[chosen]
figure = plots.histograms(
    {"256 thinned networks": every[:, chosen, label]},
    label=f"Probability of the true class, {label}",
    title="256 networks hold 256 opinions of one digit",
    markers={
        "expected value": exact[chosen, label],
        "no mask": full[chosen, label],
        "unweighted mean": unweighted[chosen, label],
    },
    bins=25,
)
plots.show(figure, source=digits.source)


# %%
def accuracy(probabilities):
    return 100 * np.mean(probabilities.argmax(axis=-1) == y_few)


# %%
single = [accuracy(one) for one in every]
few = rng.choice(256, size=10, p=chance)
shares = {
    "one thinned network (mean)": float(chance @ single),
    "mean of 10 drawn": accuracy(every[few].mean(axis=0)),
    "expected value, all 256": accuracy(exact),
    "one pass without mask": accuracy(full),
}
figure = plots.bar_compare(
    shares,
    label="Accuracy on 1,000 digits",
    unit="%",
    title="One pass without a mask does the work of 256 networks",
    digits=1,
    kind="dots",
    caption="784-8-10, trained with rate 0.25, seed 0.",
)
plots.show(figure, source=digits.source)

# %%
gap = np.abs(exact - full)
print(f"exact and no mask differ by {gap.mean():.4f}, at most by {gap.max():.3f}")

# %% [markdown]
# Two things to read. A single thinned network is much worse than their mean: that is
# the ensemble at work, and the reason why a prediction uses the whole network. And the
# pass without a mask is *near* the expected value, never equal to it. (There is one
# mean that it hits exactly: the renormalized *geometric* mean of the 256 softmax
# outputs, for a single softmax layer. Average the logits, and you see why.)
#
# ## Why training and prediction never quite meet
#
# Dropout keeps the expected value of what it touches. Behind it, that value lives on
# only through **linear** steps: sums, matrix products, biases. A bent function breaks
# it. Take $f = \text{ReLU}$ and a number that is 2 or -2 with equal chance. Its mean is
# 0, and $f(0) = 0$. But $f$ gives 2 or 0, whose mean is 1. For every function that is
# bent upward the mean of $f$ is at least $f$ of the mean: **Jensen's inequality**.
#
# So the first ReLU or softmax behind a mask opens a gap. Deep networks add more. Below,
# a stack of random layers with dropout behind each, on real digits. We compare the mean
# over many masks with the one pass without.


# %%
def gaps_by_depth(bend, keep=0.8, depth=8, width=64):
    """Return gap and noise, as shares of the layer's size, per layer."""
    draw = np.random.default_rng(SEED)
    sizes = [784] + [width] * depth
    kernels = [draw.normal(0, np.sqrt(2 / n), (n, width)) for n in sizes[:-1]]
    h = x_val[:50].astype("float64")
    plain, total, squares = [], np.zeros((depth, 50, width)), np.zeros(depth)
    for kernel in kernels:
        plain.append(h @ kernel)
        h = bend(plain[-1])
    for _ in range(NUM_MASKS):
        h = bend(plain[0])
        for layer, kernel in enumerate(kernels[1:], start=1):
            z = (h * (draw.random(h.shape) < keep) / keep) @ kernel
            total[layer] += z
            squares[layer] += np.mean((z - plain[layer]) ** 2)
            h = bend(z)
    size = [np.sqrt(np.mean(z**2)) for z in plain[1:]]
    away = np.sqrt(np.mean((total[1:] / NUM_MASKS - plain[1:]) ** 2, axis=(1, 2)))
    return away / size, np.sqrt(squares[1:]) / NUM_MASKS / size


# %%
with_relu, noise = gaps_by_depth(lambda z: np.maximum(0, z))
without, _ = gaps_by_depth(lambda z: z)
bends = list(range(7))  # ReLUs between the first mask and the layer
figure = plots.lines(
    {
        "ReLU": (bends, 100 * with_relu),
        "no ReLU (linear)": (bends, 100 * without),
        "what noise alone would give, ReLU": (bends, 100 * noise),
    },
    x_label="ReLUs between the first mask and this layer",
    y_label="Gap (% of the layer's outputs)",
    title="The first bend opens the gap, and each further one adds to it",
    dots=True,
    caption=f"Mean over {NUM_MASKS:,} masks against one pass without; keep 0.8.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# With no ReLU in between (at 0, and on the whole linear line) only noise is left, which
# shrinks with more masks. With ReLUs the gap stays.
#
# ### An experiment that went round
#
# A page with NumPy code for both kinds of dropout runs a network with random weights
# (3-4-4-4, keep 0.5) on a million random inputs, and prints mean outputs: .5332 in
# training and .4632 at prediction for vanilla dropout, -.1922 and -.2479 for inverted.
# It concludes that the difference shrinks with more data. Run it again, with its seed.
# (Random inputs are what the page uses. They pose as no data here.)

# %%
np.random.seed(1)  # the page's own seed
shapes = [(4, 3), (4, 1), (4, 4), (4, 1), (4, 4), (4, 1)]
v1, c1, v2, c2, v3, c3 = (np.random.randn(*shape) for shape in shapes)
inputs = np.random.randn(3, 1_000_000)


def relu(z):
    return np.maximum(0, z)


def page_mask(h):
    return (np.random.rand(*h.shape) < 0.5) / 0.5


# %%
def page_predict(x):
    return v3 @ relu(v2 @ relu(v1 @ x + c1) + c2) + c3


def page_train(x):
    h1 = relu(v1 @ x + c1)
    h2 = relu(v2 @ (h1 * page_mask(h1)) + c2)
    return v3 @ (h2 * page_mask(h2)) + c3


# %%
train_mean = page_train(inputs).mean()
predict_mean = page_predict(inputs).mean()
results.report("by-hand-inverted-train-mean", train_mean)
results.report("by-hand-inverted-predict-mean", predict_mean)
print(f"inverted, training   {train_mean:.11f}")
print(f"inverted, prediction {predict_mean:.11f}")

h1 = relu(v1 @ inputs + c1)
bent = sum(
    relu(v2 @ (h1 * np.array(m)[:, None]) + c2)
    for m in itertools.product((0, 2), repeat=4)
)
exact_train = (v3 @ (bent / 16) + c3).mean()
results.report("by-hand-jensen-gap", exact_train - predict_mean)
print(f"training, all 16 first masks instead of drawn ones: {exact_train:.5f}")
print(f"gap {exact_train - predict_mean:.5f}")

# %% [markdown]
# The inverted pair comes out to the last digit. The vanilla pair does not, with any
# seed: those lines call a module that draws **weights of its own**, without a seed. Two
# networks were compared there, and no mean of one says anything about the other. (With
# the same weights, vanilla gives about -.2455 and -.2573.)
#
# And more data?

# %%
sizes = [100, 1_000, 10_000, 100_000, 1_000_000]
differences = [
    page_train(inputs[:, :n]).mean() - page_predict(inputs[:, :n]).mean() for n in sizes
]
figure = plots.lines(
    {"training minus prediction": (sizes, differences)},
    x_label="Inputs",
    y_label="Difference of the means",
    title="More data finds the gap; it does not close it",
    log_x=True,
    dots=True,
    level=float(exact_train - predict_mean),
    level_label="exact, over all masks",
    caption="The same network, more and more of the same inputs.",
)
plots.show(figure)

# %% [markdown]
# The difference settles at .054, not at 0. Its noise falls with the root of the number
# of inputs, to .0015 at a million. What is left is Jensen's gap. The second mask does
# not add to it: behind that, only a linear step follows.
#
# Is the gap bad? It is the price of one pass in place of many, and a trained network
# has learned with it. On the small digit network above it cost next to nothing. Lesson
# 09 averages over masks at prediction instead (*Monte Carlo dropout*), and looks at
# what that buys.
#
# ## Back to the two curves
#
# The training loss of an epoch is measured **with masks**: it is the loss of thinned
# networks, averaged while the weights still change. Validation runs without masks. So
# take the same digits, the same weights, and no masks:

# %%
shown_loss = curves["dropout 0.5"]["loss"][-1]
val_loss = curves["dropout 0.5"]["val_loss"][-1]
same_digits = nets["dropout 0.5"].evaluate(x_train, y_train, verbose=0)
figure = plots.bar_compare(
    {
        "training digits, masks (the curve)": shown_loss,
        "training digits, no masks": same_digits,
        "validation digits, no masks": val_loss,
    },
    label="Cross-entropy",
    unit="nats",
    title="Measured alike, training is better than validation again",
    caption="Dropout 0.5 after the last epoch, seed 0.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# Nothing was wrong. Compare like with like, and the gap is where it always was.
#
# ## One letter, two meanings
#
# | where | name | means |
# | --- | --- | --- |
# | Keras `Dropout(rate)`, PyTorch `Dropout(p)` | rate, p | share dropped |
# | TensorFlow 1 `dropout(x, keep_prob)` | keep_prob | share kept |
# | the JMLR paper of 2014 | p | share kept |
#
# Some pages switch half way: p is dropped in the first paragraph and kept in the code.
# Two questions settle it. What happens at p = 0? And in code: with which probability is
# the mask 1?
#
# ## What people get wrong
#
# Sentences in circulation. *Wrong* fails when run, *loose* is true under a condition
# that it does not state, *convention* means that both are used.
#
# - **wrong** · "Rate 0.4 drops exactly 400 of 1,000." 400 ± 15.
# - **wrong** · "At test time, multiply by the inverse of the drop probability." Vanilla
#   multiplies by the share kept; inverted does nothing.
# - **wrong** · "The way back is `dout * mask`." It lacks 1 / keep.
# - **wrong** · "The difference of training and prediction shrinks with more data." Its
#   noise does.
# - **wrong** · "There are $2^n$ networks for $n$ parameters." For $n$ units.
# - **loose** · "Rate 0.5 gives the most networks." Each rate between 0 and 1 can give
#   all; 0.5 makes them equally likely.
# - **loose** · "Dropout keeps the expected value." Of what it touches, and through
#   linear steps.
# - **loose** · "Prediction averages all thinned networks." Nearly; exactly only where
#   nothing bends.
# - **wrong** · "Training loss above validation loss is a bug." It is measured with
#   masks.
# - **convention** · p dropped or p kept; scale in training or at prediction; a mask
#   made with `<` or with `>`.
#
# ## Summary
#
# - Dropout is a multiplication with a random mask. Inverted: y = x · m / keep in
#   training, y = x at prediction. Vanilla: y = x · m, and x · keep.
# - The number dropped has mean np and standard deviation √(np(1 - p)).
# - Back: dout · m / keep, the same m.
# - n units, 2^n networks, each with its probability. The pass without a mask is close
#   to their expected value.
# - The distance is Jensen's gap. It comes from bends, and no amount of data removes it.
# - In Keras: `layers.Dropout(1 - keep)`.
#
# ## Papers
#
# - J. L. W. V. Jensen, *Sur les fonctions convexes et les inégalités entre les valeurs
#   moyennes*, Acta Mathematica 30, 1906.
# - G. Hinton, N. Srivastava, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, *Improving
#   neural networks by preventing co-adaptation of feature detectors*, arXiv:1207.0580,
#   2012.
# - L. Wan, M. Zeiler, S. Zhang, Y. LeCun, R. Fergus, *Regularization of neural networks
#   using DropConnect*, ICML 2013.
# - P. Baldi, P. Sadowski, *Understanding dropout*, NeurIPS 2013 (the geometric mean).
# - N. Srivastava et al., *Dropout: a simple way to prevent neural networks from
#   overfitting*, JMLR 15, 2014 (multiplies the weights by p at test time).
# - D. Warde-Farley, I. Goodfellow, A. Courville, Y. Bengio, *An empirical analysis of
#   dropout in piecewise linear networks*, ICLR 2014 (lists all masks of small ReLU
#   networks, as we did).
