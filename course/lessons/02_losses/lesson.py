# %% [markdown]
# # 02 · Losses: the one number that training makes small
#
# *My network is to read digits. Its last layer gives ten numbers. Do I put a softmax
# behind them, or sigmoids, or nothing? Keras has more than twenty losses: which one do
# I write into compile? And what have logarithms to do with it?*
#
# Training sees nothing of your wishes but one number, the **loss**. If it does not say
# what you mean, the network will learn something else, and learn it well. In this
# lesson you build the common losses from school mathematics, and measure what a wrong
# pair of last layer and loss costs.
#
# Plan 45 minutes. You need lesson 01. Signs such as $\sum$ and $\ln$ are on the
# [symbols card](../00_welcome/lesson.ipynb#Symbols).

# %%
import keras
import numpy as np
from keras import layers

from course import datasets, plots
from course.results import report
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)
EPOCHS = 1 if is_fast() else 8

digits = datasets.load("mnist")
x = digits.x_train[:15_000].reshape(-1, 784).astype("float32") / 255
y = digits.y_train[:15_000].astype("int64")
x_train, y_train, x_val, y_val = x[:10_000], y[:10_000], x[10_000:], y[10_000:]

wine = datasets.load("red-wine")
scores_of_wines = wine.frame["quality"].to_numpy()
print(digits.source.label(), wine.source.label(), sep="\n")

# %% [markdown]
# ## Ten scores
#
# The plainest network for digits is one `Dense` layer with ten units: each unit adds up
# the 784 pixels with weights of its own. We train it (how, you will know at the end of
# the lesson) and look at what it says about one picture that it has never seen, and on
# which it hesitates.


# %%
def score_net():
    keras.utils.set_random_seed(SEED)
    model = keras.Sequential([keras.Input((784,)), layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return model


scorer = score_net()
scorer.fit(x_train, y_train, batch_size=64, epochs=EPOCHS, verbose=0)
logits = scorer.predict(x_val, verbose=0)

ranked = np.sort(logits, axis=1)
lead = ranked[:, -1] - ranked[:, -2]  # of the largest score over the second
doubtful = int(np.argmin(np.abs(lead - 1)))  # a picture with a lead of about 1
print("Scores of one picture:", np.round(logits[doubtful], 1))
print("The largest belongs to", logits[doubtful].argmax(), "- it is a", y_val[doubtful])

# %% [markdown]
# Scores may be any numbers, also negative ones. The largest one names the class. But
# they do not say *how sure* the network is, and they do not sum to anything. Raw scores
# like these are called **logits**. We want probabilities from them.
#
# ## One question: the logistic function
#
# For one yes-or-no question there is one score $z$. The **logistic function**, or
# *sigmoid*, turns it into a probability. With a midpoint $x_0$ and a slope $k$:
#
# $$\sigma(x) = \frac{1}{1 + e^{-k (x - x_0)}}$$
#
# It rises from 0 to 1 and passes 1/2 at $x = x_0$. Keras's `sigmoid` has neither $x_0$
# nor $k$, and needs neither: a layer with the weight $k$ and the bias $-k x_0$ has the
# score $k (x - x_0)$ already.

# %%
z = np.linspace(-6, 6, 241)


def logistic(x, x0=0.0, k=1.0):
    return 1 / (1 + np.exp(-k * (x - x0)))


# %%
figure = plots.lines(
    {
        "x0 = 0, k = 1": (z, logistic(z)),
        "x0 = 0, k = 4": (z, logistic(z, k=4)),
        "x0 = 2, k = 1": (z, logistic(z, x0=2)),
        "tanh": (z, np.tanh(z)),
    },
    x_label="x",
    y_label="Value",
    title="k makes it steeper, x0 moves it; tanh is another curve",
    level=0.5,
    level_label="1/2",
    caption="Each logistic curve runs from 0 to 1; tanh runs from -1 to 1.",
)
plots.show(figure)
print("tanh is a stretched one:", np.allclose(np.tanh(z), 2 * logistic(2 * z) - 1))

# %% [markdown]
# Some texts say that the sigmoid "maps to (0, 1) or (-1, 1)". The second range belongs
# to **tanh**, which is $2\,\sigma(2x) - 1$. A probability cannot be -0.9.
#
# ## One of several: softmax
#
# A picture shows *one* digit. If one probability rises, the others have to fall.
# **Softmax** does that: raise $e$ to each score, which makes all of them positive, and
# divide by the sum.
#
# $$p_i = \frac{e^{z_i / T}}{\sum_j e^{z_j / T}}$$
#
# $T$ is the **temperature**, 1 in Keras. Cold ($T \to 0$) gives everything to the
# largest score; hot ($T \to \infty$) makes all classes equal. The order never changes.


# %%
def softmax(z, T=1.0):
    z = np.asarray(z, "float64") / T
    powers = np.exp(z - z.max(axis=-1, keepdims=True))  # the shift cancels out
    return powers / powers.sum(axis=-1, keepdims=True)


for T in (0.1, 1, 10):
    print(f"T = {T:>4}:", np.round(softmax([1, 2, 3], T), 3))
report("softmax-123-largest", softmax([1, 2, 3])[2])

# %%
panels = {
    f"T = {T}": {"probability": (np.arange(10), softmax(logits[doubtful], T))}
    for T in (0.1, 0.5, 1, 2, 5, 20)
}
figure = plots.lines(
    panels,
    x_label="Digit",
    y_label="Probability",
    title="The same ten scores at six temperatures",
    dots=True,
    caption="T = 0.1: nearly all for one digit. T = 20: about a tenth for each.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# The subtraction inside `softmax` is not decoration: `np.exp(1000)` is infinite, and
# infinity divided by infinity is no number. A row may be shifted by any constant, and
# its softmax stays the same.
#
# The same trouble waits in `logistic`: far below $x_0$ it computes a huge power. With
# $z = k (x - x_0)$ there are two writings of one number,
#
# $$\frac{1}{1 + e^{-z}} = \frac{e^{z}}{1 + e^{z}} .$$
#
# For $z \ge 0$ the left one has no power above 1, for $z < 0$ the right one. Exercise 1
# is about that.
#
# ### One of several, or several of several?
#
# A page is about the word *apple*. Is it tagged "fruit"? Is it tagged "3C" (computers,
# communication, consumer electronics)? Both may be true at once: a farmer's app. Here
# softmax is wrong, because it lets the tags compete. Two sigmoids answer two questions.

# %%
tags = np.array([2.0, 1.5])  # scores for "fruit" and "3C" of one page
print("softmax  ", np.round(softmax(tags), 2), "sum", softmax(tags).sum())
print("sigmoids ", np.round(logistic(tags), 2), "sum", round(logistic(tags).sum(), 2))
print("one unit ", softmax([2.0]), softmax([-7.0]), softmax([0.0]))

# %% [markdown]
# Sigmoids say 0.88 and 0.82: probably both. Softmax says 0.62 and 0.38, and can never
# say "both". Classes that **exclude** each other: softmax. Labels that may be true
# **together**: one sigmoid each.
#
# The last line is a trap. On a *single* unit softmax is $e^z / e^z$, which is 1 for
# every input. Such a network says 1 and learns nothing.
#
# ## What a wrong answer should cost
#
# Now the loss. The network says a *distribution* $q$, that is, one number per class,
# none below 0, with the sum 1: 0.7 for class 0, 0.2 for class 1, 0.1 for class 2. The
# truth is class 0. Written as a distribution too, the truth is $p = (1, 0, 0)$: a one
# for the true class, zeros elsewhere. That is called **one-hot**.
#
# How surprised should we be if something happens that we gave the probability $q$? The
# measure is its **information**, $-\ln q$. A sure thing ($q = 1$) carries none. A
# surprise of one in a thousand carries 6.9. And for two independent events the
# surprises add up, because logarithms turn products into sums.
#
# The unit depends on the logarithm: base $e$ gives **nats** (Keras, this course), base
# 2 gives **bits**. One bit is 0.693 nats.

# %%
q = np.linspace(0.005, 1, 400)
figure = plots.lines(
    {
        "information, -ln q": (q, -np.log(q)),
        "squared miss, (1 - q)²": (q, (1 - q) ** 2),
        "absolute miss, 1 - q": (q, 1 - q),
    },
    x_label="Probability q that was given to the true class",
    y_label="Cost",
    title="Only the logarithm makes being surely wrong expensive",
    y_limits=(0, 5.5),
    caption="Far left, the truth was given almost nothing: two curves end at 1, "
    "the logarithm grows without end.",
)
plots.show(figure)

# %% [markdown]
# ### Entropy, divergence, cross-entropy
#
# Three averages of surprise, all weighted with the truth $p$:
#
# $$\underbrace{H(p) = -\sum_i p_i \ln p_i}_{\text{entropy}} \qquad
# \underbrace{H(p, q) = -\sum_i p_i \ln q_i}_{\text{cross-entropy}} \qquad
# \underbrace{D(p \,\|\, q) = \sum_i p_i \ln \frac{p_i}{q_i}}_{\text{KL divergence}}$$
#
# **Entropy** is the surprise that is left if you know $p$ exactly. **Cross-entropy** is
# your surprise if you believe $q$ while $p$ is true. The **Kullback-Leibler
# divergence** is the difference, the price of believing the wrong thing:
#
# $$H(p, q) = H(p) + D(p \,\|\, q)$$
#
# A class with $p_i = 0$ adds nothing, since $p \ln p$ goes to 0 with $p$.
#
# Take the wines. Their scores have a distribution $p$. Compare two beliefs: all six
# scores that occur are equally frequent, or the shares of 100 wines.


# %%
def entropies(p, q):
    keep = p > 0
    p, q = p[keep], q[keep]
    cross, entropy = -np.sum(p * np.log(q)), -np.sum(p * np.log(p))
    return cross, entropy, np.sum(p * np.log(p / q))


values = np.unique(scores_of_wines)
p = np.array([np.mean(scores_of_wines == value) for value in values])
sample = np.random.default_rng(SEED).choice(scores_of_wines, 100)
beliefs = {"all equal": np.full(len(values), 1 / len(values))}
beliefs["100 wines"] = np.array([np.sum(sample == v) + 1 for v in values])
beliefs["100 wines"] = beliefs["100 wines"] / beliefs["100 wines"].sum()

for name, belief in beliefs.items():
    cross, entropy, divergence = entropies(p, belief)
    other_way = entropies(belief, p)[2]
    print(f"{name:10} cross {cross:.4f} = entropy {entropy:.4f} + {divergence:.4f}")
    print(f"{'':10} the divergence the other way round is {other_way:.4f}")

# %% [markdown]
# (One is added to each count of the 100 wines. A score that does not occur among them
# would get $q = 0$, and one single such wine would then cost infinity.)
#
# Two things to read. The divergence is not symmetric: $D(p\|q)$ and $D(q\|p)$ differ,
# so it is **no distance**. And the entropy does not depend on the belief. So the
# weights with the smallest cross-entropy are those with the smallest divergence.
#
# The surface shows it for a coin: heads have the true probability $p$, and you believe
# $q$. For each $p$ (go up one column) the lowest place lies at $q = p$. What is left
# there is the entropy: nothing at the corners, $\ln 2$ in the middle.

# %%
grid = np.linspace(0.02, 0.98, 97)
figure = plots.surface(
    grid,
    grid,
    lambda p, q: -p * np.log(q) - (1 - p) * np.log(1 - q),
    x_label="True probability p",
    y_label="Believed probability q",
    value_label="Cross-entropy (nats)",
    title="The valley of the cross-entropy runs along q = p",
    paths={"the valley, q = p": (grid[::12], grid[::12])},
    marks={"sure and wrong": (0.95, 0.05)},
    levels=[0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3],
    caption="On each line the cross-entropy has one value. It is lowest in the corners "
    "where belief and truth agree, highest in the corners where they contradict.",
)
plots.show(figure)

# %% [markdown]
# ### With a one-hot truth little is left
#
# If $p$ is one-hot, its entropy is 0 and all terms but one vanish. The cross-entropy is
# $-\ln q_\text{true}$: minus the logarithm of what the network gave to the true class.
# Keras has it twice, for two forms of labels:
#
# | labels | example | loss |
# | --- | --- | --- |
# | class numbers | `0` | `"sparse_categorical_crossentropy"` |
# | one-hot rows | `[1, 0, 0]` | `"categorical_crossentropy"` |

# %%
guess = np.array([[0.7, 0.2, 0.1]])
one_hot = keras.utils.to_categorical([0], 3)
by_hand = -np.log(guess[0, 0])
sparse = float(keras.losses.SparseCategoricalCrossentropy()(np.array([0]), guess))
dense = float(keras.losses.CategoricalCrossentropy()(one_hot, guess))
print(f"by hand {by_hand:.4f}, class number {sparse:.4f}, one-hot {dense:.4f}")
report("one-hot-cross-entropy", by_hand)

# %% [markdown]
# ### Yes or no: binary cross-entropy
#
# For one sigmoid there are two cases, $y = 1$ and $y = 0$. Mind the letters, which are
# the usual ones: here $y$ is the truth and $p$ the guess. It is the coin's
# cross-entropy once more:
#
# $$-\bigl(y \ln p + (1 - y) \ln (1 - p)\bigr)$$
#
# The first product is switched off for $y = 0$, the second one for $y = 1$. This much
# copied function computes it. It has three problems; run it and see.


# %%
def copied(Y, P):
    Y, P = np.float_(Y), np.float_(P)
    return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P))


labels, guesses = [1, 0, 1, 1], [0.4, 0.6, 0.1, 0.5]
try:
    copied(labels, guesses)
except AttributeError as error:
    print("1.", str(error).splitlines()[0])


def summed(Y, P):
    Y, P = np.asarray(Y, "float64"), np.asarray(P, "float64")
    return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P))


# %%
pair = np.array(labels), np.array(guesses)
keras_mean = float(keras.losses.BinaryCrossentropy()(*pair))
print(f"2. sum {summed(labels, guesses):.4f}, Keras {keras_mean:.4f}")
report("bce-sum", summed(labels, guesses))
report("bce-mean", keras_mean)

with np.errstate(divide="ignore", invalid="ignore"):
    print(
        "3. sure and wrong:", summed([1], [0.0]), " sure and right:", summed([1], [1.0])
    )
clipped = np.clip([0.0, 1.0], 1e-7, 1 - 1e-7)
print(
    "   clipped:",
    round(summed([1], clipped[:1]), 1),
    round(summed([1], clipped[1:]), 7),
)

# %% [markdown]
# 1. `np.float_` is gone since NumPy 2 (**outdated**). Write `np.asarray(Y, "float64")`.
# 2. It **sums**: 4.8283. Keras takes the **mean**: 1.2071. Both are in use
#    (**convention**), but a sum over a batch of twice the size is twice as large, and
#    so is the step that it causes.
# 3. It does not **clip**. A sure and wrong answer costs infinity; a sure and *right*
#    one gives $0 \cdot \ln 0$, which is nan. Keras clips at $10^{-7}$: no label costs
#    more than 16.1.
#
# ## Why not the squared error?
#
# For a measured value, the squared error is fine. For a probability it has a flaw, and
# you can see it with one unit. Its score is $z$, its probability $p = \sigma(z)$, the
# truth is 1. How fast does the loss change when $z$ rises? That is the slope of the
# loss. For the cross-entropy it is $p - 1$. For the squared error $(p - 1)^2$ it is
# $2 (p - 1)\, p\, (1 - p)$, and the factor $p$ is almost 0 exactly where the unit is
# most wrong.

# %%
chance = logistic(z)
figure = plots.lines(
    {
        "cross-entropy": (z, chance - 1),
        "squared error": (z, 2 * (chance - 1) * chance * (1 - chance)),
    },
    x_label="Score z (the truth is 1, so far left is most wrong)",
    y_label="Slope of the loss",
    title="Where the unit is most wrong, the squared error hardly pulls",
    level=0,
    level_label="no pull",
    caption="At z = -6 the slopes are -1.00 and -0.005.",
)
plots.show(figure)

# %% [markdown]
# ## Head and loss belong together
#
# The last layer with its activation is called the **head**. This is the table that you
# came for:
#
# | target | head | loss |
# | --- | --- | --- |
# | one of `n`, class numbers | `n`, softmax | `"sparse_categorical_crossentropy"` |
# | one of `n`, one-hot rows | `n`, softmax | `"categorical_crossentropy"` |
# | `n` yes-or-no questions | `n`, sigmoid | `"binary_crossentropy"` |
# | a measured value | 1, no activation | `"mse"`, `"mae"` or Huber |
#
# For the first three there is a second writing. Leave the activation out and tell the
# loss that it gets raw scores: `SparseCategoricalCrossentropy(from_logits=True)`; the
# other two take the same argument. Then activation and logarithm are computed in one
# step, which is more exact far out. What is never right is half of it. Let us measure:
# digits, eight epochs, five pairs.


# %%
def trained(activation, loss, seed=SEED):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((784,)), layers.Dense(32, "relu")])
    model.add(layers.Dense(10, activation=activation))
    model.compile(optimizer="sgd", loss=loss)
    model.fit(x_train, y_train, batch_size=64, epochs=EPOCHS, verbose=0)
    return model


def accuracy(model):
    return 100 * np.mean(model.predict(x_val, verbose=0).argmax(axis=1) == y_val)


def squared(y_true, y_pred):
    labels = keras.ops.one_hot(keras.ops.cast(keras.ops.ravel(y_true), "int32"), 10)
    return keras.ops.mean(keras.ops.square(labels - y_pred), axis=-1)


# %%
sparse = "sparse_categorical_crossentropy"
of_scores = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
pairs = {
    "softmax, cross-entropy": ("softmax", sparse),
    "scores, from_logits=True": (None, of_scores),
    "sigmoids, sparse cross-entropy": ("sigmoid", sparse),
    "softmax, squared error": ("softmax", squared),
    "scores, cross-entropy not told": (None, sparse),
}

# %%
nets = {name: trained(*pair) for name, pair in pairs.items()}
figure = plots.bar_compare(
    {name: accuracy(net) for name, net in nets.items()},
    label="Validation accuracy",
    unit="%",
    digits=1,
    title="A wrong pair runs without a complaint",
    baseline=100 * np.mean(y_val == 1),
    baseline_label="always answering 1",
    caption="784-32-10, SGD with Keras's rate of 0.01, trained on 10,000 digits, "
    "judged on 5,000 others, seed 0.",
)
plots.show(figure, source=digits.source)

for name, net in nets.items():
    outputs = net.predict(x_val, verbose=0)
    print(f"{name:32} ten outputs sum to {outputs.sum(axis=1).mean():.2f} on average")

# %% [markdown]
# The first two are the same thing in two writings. The **third** is a surprise: ten
# sigmoids beside the sparse loss reach the same accuracy. Keras on TensorFlow looks
# behind the last activation, finds the scores, and trains on them as if a softmax stood
# there. It says nothing about it. The largest output still names the right class, but
# the ten outputs sum to about 4, not to 1: none of them is the probability of a class.
#
# The **squared error** learns as well, far more slowly: its slopes are small, and each
# is divided by ten classes. The **last** pair takes raw scores for probabilities. What
# lies below 0 or above 1 is cut off, and where something is cut off there is no slope
# and nothing to learn from. None of the five printed a warning.
#
# ## When 0.9 should mean nine in ten
#
# Accuracy asks only which probability is the largest. Is the *number* true? Collect all
# predictions of about 0.9: nine in ten of them should be right. If that holds for 0.6,
# 0.7 and every other number too, the network is **calibrated**. A network that trains
# long on few examples is usually too sure of itself. We train one on 2,000 digits and
# sort its answers by confidence, that is, by their largest probability.


# %%
edges = np.linspace(0.3, 1, 8)


def calibration(probabilities):
    sure = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == y_val[2500:]
    place = np.clip(np.digitize(sure, edges) - 1, 0, len(edges) - 2)
    bins = [place == k for k in range(len(edges) - 1) if np.sum(place == k) >= 20]
    points = [sure[b].mean() for b in bins], [right[b].mean() for b in bins]
    gap = sum(b.mean() * abs(sure[b].mean() - right[b].mean()) for b in bins)
    return points, gap


keras.utils.set_random_seed(SEED)
keen = keras.Sequential([keras.Input((784,)), layers.Dense(128, "relu")])
keen.add(layers.Dense(10))
keen.compile(optimizer="adam", loss=of_scores)
keen.fit(x_train[:2000], y_train[:2000], batch_size=32, epochs=4 * EPOCHS, verbose=0)
keen_logits = keen.predict(x_val, verbose=0)

# %%
temperatures = np.linspace(0.5, 4, 36)
choosing, judging = keen_logits[:2500], keen_logits[2500:]  # two halves of x_val
rows = np.arange(2500)
costs = [
    -np.log(softmax(choosing, T)[rows, y_val[:2500]] + 1e-12).mean()
    for T in temperatures
]
best_T = temperatures[int(np.argmin(costs))]

# %%
curves, gaps = {}, {}
for name, T in {"T = 1, as trained": 1.0, f"T = {best_T:.1f}": best_T}.items():
    curves[name], gaps[name] = calibration(softmax(judging, T))
curves["calibrated"] = ([0.3, 1], [0.3, 1])
figure = plots.lines(
    curves,
    x_label="Confidence (mean of the largest probability)",
    y_label="Share that is right",
    title="Too sure of itself, and helped by one number",
    dots=True,
    caption="784-128-10, trained on 2,000 digits. Each dot is a group of answers with "
    "similar confidence. Below the diagonal: too sure.",
)
plots.show(figure, source=digits.source)
print({name: f"mean gap {gap:.3f}" for name, gap in gaps.items()})

# %% [markdown]
# As trained, the network is right less often than it claims, in every group. We divide
# all scores by one number: the one with the lowest cross-entropy on 2,500 digits. On
# 2,500 others it brings the mean gap from 0.060 to 0.017. The accuracy stays the same
# to the last digit: a temperature never changes the order.
#
# ## A value has a size: which miss counts?
#
# Back to the wines. Suppose that you may only say one constant score. The mean absolute
# error (MAE) is then lowest at the median, the mean squared error (MSE) at the mean.
# **Huber** is half the square up to a miss of $\delta = 1$ and a straight line beyond,
# so one odd wine cannot pull far.

# %%
constants = np.linspace(4, 7.5, 141)
misses = scores_of_wines[None, :] - constants[:, None]
small = np.abs(misses) <= 1
huber = np.where(small, misses**2 / 2, np.abs(misses) - 0.5).mean(axis=1)
lines = {
    "MSE": (misses**2).mean(axis=1),
    "MAE": np.abs(misses).mean(axis=1),
    "Huber": huber,
}
lowest = {name: constants[int(np.argmin(line))] for name, line in lines.items()}
figure = plots.lines(
    {name: (constants, line) for name, line in lines.items()},
    x_label="Constant guess (quality points)",
    y_label="Loss (points, or points²)",
    title="Three losses, three best constants",
    marks={f"{at:.2f}, for {n}": (at, lines[n].min()) for n, at in lowest.items()},
    caption=f"{len(scores_of_wines):,} wines; median "
    f"{np.median(scores_of_wines):.0f}, mean {np.mean(scores_of_wines):.2f}.",
)
plots.show(figure, source=wine.source)

# %% [markdown]
# No loss is the true one. Ask what a miss costs *you*: if one miss of 4 is as bad as
# four misses of 1, take MAE; if it is as bad as sixteen, MSE.
#
# ## What people get wrong
#
# *Wrong* fails when run or claims what is false, *outdated* names something that is
# gone, *loose* is true under a condition that it does not state, *convention* means
# that both are used.
#
# - **wrong** · "The sigmoid maps to (0, 1) or (-1, 1)." The second one is tanh.
# - **wrong** · "Softmax for several labels." They would compete; use sigmoids.
# - **wrong** · "Softmax on one unit for yes or no." It is always 1.
# - **wrong** · "KL divergence is a distance." It changes when p and q change places.
# - **loose** · "Minimizing cross-entropy minimizes KL." Yes, while the labels are
#   fixed: then the entropy is a constant.
# - **outdated** · `np.float_`. Gone since NumPy 2.
# - **convention** · Sum or mean over the batch. Nats or bits, that is, the base of the
#   logarithm.
# - **wrong** · "log needs no clipping, a network never says exactly 0." In float32 a
#   sigmoid says exactly 1 from a score of about 17 on; run below.
# - **wrong** · "from_logits=True makes it more stable, so I set it anyway." Only with a
#   head that gives raw scores.
# - **loose** · "Mean squared error cannot train a classifier." It can, but more slowly:
#   above, it had only begun after eight epochs.
# - **loose** · "A softmax output is the probability of being right." Only if
#   calibrated.
# - **wrong** · "Sigmoid is an unsuitable *loss*." A sigmoid is an activation; a loss
#   compares two things. (Lesson 03 says when it is an unsuitable activation.)

# %%
scores = np.array([5, 16, 17, 20], "float32")
print("1 - sigmoid in float32:", 1 - np.asarray(keras.ops.sigmoid(scores)))

twice = keras.losses.CategoricalCrossentropy(from_logits=True)
sure_and_right = np.array([[1.0, 0.0, 0.0]])
print("sure, right, squeezed twice:", round(float(twice(one_hot, sure_and_right)), 3))
print("the best that can be said:  ", round(float(-np.log(softmax([1, 0, 0])[0])), 3))

# %% [markdown]
# Probabilities that are taken for scores lie between 0 and 1. Softmax makes of
# $(1, 0, 0)$ only $(0.58, 0.21, 0.21)$, so even a perfect answer costs 0.551. (If
# softmax is the very last step of a model, Keras on TensorFlow notices, warns, and uses
# the scores from before. Other back ends do not, and nothing notices it in your own
# code.)
#
# ## Summary
#
# - A head turns scores into what the target is: softmax for one of several, a sigmoid
#   for each yes-or-no question, nothing for a value.
# - Information is $-\ln q$. Cross-entropy averages it, and equals entropy plus
#   divergence. For one-hot labels it is $-\ln q_\text{true}$.
# - Labels decide between *sparse* and *categorical*; the head decides about
#   `from_logits`.
# - Cross-entropy pulls hardest where the network is most wrong; clip before logarithms.
# - Confidence has to be checked, and one temperature often repairs it.
# - For values, choose the loss by what a miss costs you.
#
# ## Papers
#
# - C. Shannon, *A mathematical theory of communication*, Bell System Technical Journal
#   27, 1948 (information and entropy).
# - S. Kullback, R. Leibler, *On information and sufficiency*, Annals of Mathematical
#   Statistics 22, 1951.
# - P. Huber, *Robust estimation of a location parameter*, Annals of Mathematical
#   Statistics 35, 1964.
# - J. Bridle, *Probabilistic interpretation of feedforward classification network
#   outputs, with relationships to statistical pattern recognition*, Neurocomputing,
#   Springer 1990 (softmax).
# - P. Golik, P. Doetsch, H. Ney, *Cross-entropy vs. squared error training: a
#   theoretical and experimental comparison*, Interspeech 2013.
# - C. Guo, G. Pleiss, Y. Sun, K. Weinberger, *On calibration of modern neural
#   networks*, ICML 2017, arXiv:1706.04599 (one temperature).
