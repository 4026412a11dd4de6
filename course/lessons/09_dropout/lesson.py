# %% [markdown]
# # Dropout
#
# *My training error keeps falling, and the validation error does not. People say: "add
# dropout". What does that do, where do I put it, and will it help?*
#
# You will answer all three by measuring, on songs and on handwritten digits. At the end
# you can place a dropout layer and choose its rate, say how much it gained, and name a
# case where it does harm.
#
# Reading and running: about 40 minutes. You need lesson 01 (models, training, curves).

# %%
import keras
import numpy as np
from keras import layers

from course import datasets, plots, results
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)

SONG_EPOCHS = 3 if is_fast() else 50
DIGIT_EPOCHS = 1 if is_fast() else 20

# %% [markdown]
# ## The songs
#
# Each row is a song on a Spotify playlist: twelve measured properties (tempo, energy,
# loudness …) and the playlist's genre as six columns of zeros and ones. That makes 18
# inputs. The target is the song's popularity, 0 to 100, divided by 100.
#
# One artist has many songs, often alike. With an artist on both sides of the split, the
# network could recognize the artist, and the validation error would look better than it
# is. So we **split by artist**: nobody is on both sides.
#
# Before any network, we need something to beat. For the mean absolute error (MAE), the
# best constant prediction is the **median of the training targets**. We call its
# validation error the *constant baseline* and draw it into every plot of an error.

# %%
songs = datasets.load("spotify")
split = datasets.spotify_split(songs, seed=0)

median = float(np.median(split.y_train))
baseline = float(np.mean(np.abs(split.y_val - median)))
ERROR = {
    "unit": "popularity / 100",
    "baseline": baseline,
    "baseline_label": "always predicting the training median",
}
print(f"Always predicting {median:.2f} gives a validation MAE of {baseline:.4f}.")

figure = plots.split_sizes(
    {"training": len(split.y_train), "validation": len(split.y_val)},
    unit="playlist entries",
    title="Three quarters of the artists train, one quarter validates",
    caption="The split has a seed: the same rows land on the same side each time.",
)
plots.show(figure, source=songs.source)

# %% [markdown]
# ## A network that learns by heart
#
# Two hidden layers, 128 and 64 units. The function below has a place for dropout
# wherever one could think of it. **Rate 0 drops nothing**, so without arguments the
# network is a plain one.
#
# The seed is set again for each network. Two runs of this notebook give the same
# numbers.


# %%
def song_net(*, on_inputs=0.0, after_128=0.0, after_64=0.0, on_output=0.0):
    keras.utils.set_random_seed(SEED)
    return keras.Sequential(
        [
            keras.Input(shape=(18,)),
            layers.Dropout(on_inputs),
            layers.Dense(128, activation="relu"),
            layers.Dropout(after_128),
            layers.Dense(64, activation="relu"),
            layers.Dropout(after_64),
            layers.Dense(1),
            layers.Dropout(on_output),
        ]
    )


# %%
def train(model):
    model.compile(optimizer="adam", loss="mae")
    options = {"batch_size": 512, "epochs": SONG_EPOCHS, "verbose": 0}
    validation = (split.x_val, split.y_val)
    history = model.fit(
        split.x_train, split.y_train, validation_data=validation, **options
    )
    return history.history


def best(curves):
    return min(curves["val_loss"])


plain_net = song_net()
plain = train(plain_net)
print(f"Best validation MAE {best(plain):.4f}, last {plain['val_loss'][-1]:.4f}.")

# %% [markdown]
# ## What a dropout layer does
#
# **In training**, a dropout layer draws a fresh *mask* for each example and each
# update. Each unit is dropped (set to 0) with probability `rate`, on its own, and kept
# otherwise. What is kept is divided by $1 - \text{rate}$:
#
# $$y_i = \frac{m_i\, x_i}{1 - \text{rate}}, \qquad P(m_i = 1) = 1 - \text{rate}.$$
#
# **At inference** (`predict`, `evaluate`, a plain `model(x)`) it returns its input
# unchanged. The division is what makes this fit: with it, the expected value of $y_i$
# in training is $x_i$ as well.
#
# In Keras, `rate` is the share that is **dropped**.

# %%
keras.utils.set_random_seed(SEED)
drop = layers.Dropout(rate=0.3)
ones = np.ones((1, 1000), dtype="float32")

trained = np.asarray(drop(ones, training=True))
inferred = np.asarray(drop(ones, training=False))

print(f"In training: {np.sum(trained == 0)} of 1000 units are 0")
print(f"             the others are {trained.max():.4f} = 1 / (1 - 0.3)")
print(f"             the mean of all is {trained.mean():.3f}")
print(f"At inference: every unit is {inferred.min():.0f}, nothing is dropped")
print(f"Parameters of the layer: {drop.count_params()}")

# %% [markdown]
# Not exactly 300 of 1,000: each unit is drawn on its own. The count has a mean of 300
# and a standard deviation of $\sqrt{1000 \cdot 0.3 \cdot 0.7} \approx 14.5$.
#
# Here are the masks that four updates draw for eight songs and 32 units.

# %%
masks = {
    f"update {step}": np.asarray(drop(np.ones((8, 32)), training=True)) > 0
    for step in range(1, 5)
}
figure = plots.gallery(
    masks,
    x_label="Unit (32)",
    y_label="Song (8)",
    value_label="Kept (1) or dropped (0)",
    title="Each update and each song has a mask of its own (rate 0.3)",
    columns=2,
    square=False,
    alt="Four pictures of 8 songs by 32 units. About three cells in ten are white "
    "(dropped), at other places in each row and in each picture.",
    caption="White: dropped.",
)
plots.show(figure)

# %% [markdown]
# ### Two scalings, the same idea
#
# The papers of 2012 and 2014 scaled at the other end: no division in training, and at
# inference the weights are multiplied by the share that is kept (*vanilla* dropout).
# Keras and PyTorch divide in training and do nothing at inference (*inverted* dropout),
# so the network that you ship needs no special step.
#
# ### Why could that help?
#
# Three views, all in the literature. **Ensemble:** each mask picks one of $2^n$ thinned
# networks (for $n$ units) that share their weights; inference roughly averages them, a
# bit as a random forest averages trees. **Co-adaptation:** a unit cannot rely on one
# particular partner, which may be gone in the next update. **Noise:** multiplying by
# random masks is a penalty on large weights in disguise, for linear regression exactly
# an L2 penalty, scaled by each input's mean square. None of them promises a gain on
# your data. That has to be measured.
#
# ## Where it goes
#
# Directly **after the hidden layer whose outputs it should drop**, and after that
# layer's activation. "After Dense 128" and "before Dense 64" name the same place. We
# put one after each hidden layer, rate 0.3.

# %%
dropped_net = song_net(after_128=0.3, after_64=0.3)
dropped = train(dropped_net)

figure = plots.learning_curves(
    {"no dropout": plain, "dropout 0.3": dropped},
    label="Mean absolute error",
    title="Without dropout the gap opens early; with it, the curves stay together",
    y_limits=(0.16, 0.235),
    caption="Thin: training. Thick: validation. The marker is the best epoch.",
    **ERROR,
)
plots.show(figure, source=songs.source)

# %% [markdown]
# Read the picture in three steps.
#
# 1. **The gap.** Without dropout, training keeps improving while validation turns after
#    a few epochs: the network learns the training songs by heart. With dropout, both
#    stay close. (Training values are measured *with* masks and averaged over the epoch,
#    so they look a little worse than the network is; validation runs without masks.)
# 2. **The gain.** Compare best with best, on the same split. The difference is small.
# 3. **The floor.** Both networks are only a little better than a constant. Eighteen
#    columns do not say much about popularity, and no dropout rate changes that.
#
# Note the two numbers of the next cell. Exercise 2 asks for them.

# %%
gain = best(plain) - best(dropped)
results.report("spotify-dropout-min-val-mae", best(dropped), source=songs.source)
results.report("spotify-dropout-gain", gain, source=songs.source)
results.report("spotify-net-params", dropped_net.count_params())

for name, curves in {"no dropout": plain, "dropout 0.3": dropped}.items():
    epoch = int(np.argmin(curves["val_loss"])) + 1
    last = curves["val_loss"][-1]
    print(f"{name:12} best {best(curves):.4f} (epoch {epoch}), last {last:.4f}")

# %% [markdown]
# Is a gain of 0.003 luck? One run cannot tell. Over the model seeds 0 to 4, on this
# split, the five gains are 0.0029, 0.0054, 0.0045, 0.0051 and 0.0054. The five networks
# with dropout end up between 0.1920 and 0.1922, the five without between 0.1949 and
# 0.1976. So it is no luck, and no miracle. (Comparing the *last* epochs would give
# 0.010 to 0.014. Most of that is not dropout's merit: stopping at the best epoch gives
# it too.)
#
# ## Which rate?
#
# The same two layers, other rates. Nothing else changes.

# %%
rates = [0.5] if is_fast() else [0.1, 0.2, 0.4, 0.5, 0.7]
by_rate = {0.0: best(plain), 0.3: best(dropped)}
for rate in rates:
    by_rate[rate] = best(train(song_net(after_128=rate, after_64=rate)))

figure = plots.rate_sweep(
    sorted(by_rate),
    [by_rate[rate] for rate in sorted(by_rate)],
    label="Best validation MAE",
    title="The rate matters little between 0.1 and 0.5",
    caption="One run per rate, seed 0. Differences below 0.001 mean nothing here.",
    **ERROR,
)
plots.show(figure, source=songs.source)

# %% [markdown]
# Each rate from 0.1 to 0.5 is better than none, and 0.2 to 0.4 cannot be told apart. At
# 0.7 too little of the network is left in each update, and the gain is gone. A rate
# between 0.2 and 0.5 on hidden layers is a common start.
#
# ## Which place?
#
# Now the rate stays at 0.3 and the place changes.

# %%
places = {
    "on the inputs": {"on_inputs": 0.3},
    "after Dense 128": {"after_128": 0.3},
    "after Dense 64": {"after_64": 0.3},
    "on the output": {"on_output": 0.3},
}
chosen = list(places)[-1:] if is_fast() else list(places)
by_place = {"nowhere": best(plain), "after both hidden layers": best(dropped)}
by_place |= {name: best(train(song_net(**places[name]))) for name in chosen}

# %%
figure = plots.bar_compare(
    by_place,
    label="Best validation MAE",
    title="Where the dropout layer stands",
    kind="dots",
    digits=4,
    caption="One run per place, rate 0.3, seed 0.",
    **ERROR,
)
plots.show(figure, source=songs.source)

# %% [markdown]
# The layer after Dense 128 does most of the work. Dropout on the inputs helps too; it
# drops *properties of the song*, which is another thing. On the **output** it is worse
# than a constant: in training it sets three predictions in ten to 0, and the network
# learns to aim beside the target to make up for that.
#
# ## When it does harm
#
# Dropout takes capacity away in each update. A large network that learns by heart has
# some to spare. A small one may not. Handwritten digits, 784 pixels, **30** hidden
# units, 10 classes: predict first (exercise 4 asks you), then run.


# %%
def digit_net(rate):
    keras.utils.set_random_seed(SEED)
    return keras.Sequential(
        [
            keras.Input(shape=(784,)),
            layers.Dense(30, activation="relu"),
            layers.Dropout(rate),
            layers.Dense(10, activation="softmax"),
        ]
    )


digits = datasets.load("mnist")
x_train = digits.x_train.reshape(-1, 784).astype("float32") / 255
x_test = digits.x_test.reshape(-1, 784).astype("float32") / 255


# %%
def accuracy(rate):
    model = digit_net(rate)
    loss = "sparse_categorical_crossentropy"
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    options = {"batch_size": 128, "epochs": DIGIT_EPOCHS, "verbose": 0}
    model.fit(x_train, digits.y_train, **options)
    return 100 * model.evaluate(x_test, digits.y_test, verbose=0)[1]


without, with_half = accuracy(rate=0.0), accuracy(rate=0.5)
results.report("mnist-30-plain-test-accuracy", without, source=digits.source)
results.report("mnist-30-dropout-test-accuracy", with_half, source=digits.source)

# %%
most_common = 100 * float(np.mean(digits.y_test == 1))
figure = plots.bar_compare(
    {"no dropout": without, "dropout 0.5": with_half},
    label="Test accuracy",
    unit="%",
    title="Thirty units are too few to drop half of them",
    digits=1,
    baseline=most_common,
    baseline_label="always answering 1",
    caption="784-30-10, one run each, seed 0.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# Two points lost, and not by chance: seeds 0 to 4 give 96.4 to 96.8 % without and 94.7
# to 94.8 % with dropout. Training accuracy falls as well, from 98 to 87 % with the
# masks on. The network **underfits**: there was hardly a gap to close, only capacity to
# lose.
#
# ## Between training and inference
#
# Inference uses one unmasked network in place of the average over all masks. For a
# linear network the two are equal. Behind a ReLU they are not: the mean of a bent curve
# differs from the curve at the mean (Jensen's inequality). More data does not close
# that gap, it only measures it better.
#
# You can look at it. Call the trained network with `training=True`, many times: each
# call is another thinned network. This is *Monte Carlo dropout*.

# %%
x_val, y_val = split.x_val, split.y_val
passes = np.stack([dropped_net(x_val, training=True)[:, 0] for _ in range(100)])
single = dropped_net.predict(x_val, verbose=0)[:, 0]

spread = passes.std(axis=0)
order = np.argsort(spread)
shares = {"little": 0.05, "middle": 0.5, "much": 0.95}  # shares of all songs
picked = {name: order[int(share * len(order))] for name, share in shares.items()}
figure = plots.histograms(
    {f"song with {name} spread": passes[:, song] for name, song in picked.items()},
    label="Predicted popularity",
    unit="popularity / 100",
    title="100 thinned networks disagree about each song",
    caption="Each outline is one validation song, predicted 100 times with masks on.",
)
plots.show(figure, source=songs.source)

# %%
shift = passes.mean(axis=0) - single
missed = np.abs(y_val - single)
averaged = np.mean(np.abs(y_val - passes.mean(axis=0)))
print(f"Monte Carlo mean minus predict: {shift.mean():+.4f} on average")
print(f"MAE of predict {missed.mean():.4f}, of the Monte Carlo mean {averaged:.4f}")
print(f"A single mask changes a song by {spread.mean():.4f} (standard deviation)")
print(f"Correlation of spread and error: {np.corrcoef(spread, missed)[0, 1]:.2f}")

# %% [markdown]
# Four things to read.
#
# 1. The mean over the masks lies 0.011 above `predict`. That is Jensen's gap.
# 2. One mask moves a prediction by 0.04, far more than the whole gain of dropout.
# 3. The mean of 100 passes has about the MAE of `predict`: over seeds 0 to 2 it is
#    between 0.0009 better and 0.0002 worse, for 100 times the work.
# 4. The spread does **not** tell which songs are predicted badly: the correlation is
#    near 0. It shows how much the network depends on its masks. What the columns leave
#    out, it cannot see. (Gal and Ghahramani read the spread as the uncertainty of a
#    Bayesian model; their assumptions about prior, rate and noise have to hold for
#    that.)
#
# **Multi-sample dropout** uses the same thought in training: send one batch through
# several masks, compute the loss for each, and average the losses. The masks share all
# weights, so the network gains no parameter, and a head with several masks costs little
# beside the layers below it. At inference all copies are equal.
#
# ## Pictures: drop the whole map
#
# A convolution's output is a stack of *maps*, one per filter; lesson 04 explains them.
# Neighboring pixels of a map say nearly the same. Drop single pixels, and the neighbors
# still tell what was lost. `SpatialDropout2D` drops **whole maps**. Here a digit stands
# in for four maps.

# %%
keras.utils.set_random_seed(SEED)
digit = digits.x_train[0].astype("float32") / 255
maps = np.repeat(digit[None, :, :, None], 4, axis=3)
pixels = np.asarray(layers.Dropout(0.5)(maps, training=True))
whole = np.asarray(layers.SpatialDropout2D(0.5)(maps, training=True))

pictures = {f"Dropout, map {i}": pixels[0, :, :, i] for i in range(4)}
pictures |= {f"SpatialDropout2D, map {i}": whole[0, :, :, i] for i in range(4)}

# %%
figure = plots.gallery(
    pictures,
    x_label="Column (pixel)",
    y_label="Row (pixel)",
    value_label="Output (1 = ink)",
    title="Single pixels, or whole maps (rate 0.5)",
    columns=4,
    caption="Each map is dropped with probability 1/2: on average two of four. By "
    "chance it is three here.",
    alt="Eight pictures of one digit. Above, Dropout: each map has lost about half of "
    "its pixels and the digit is still readable. Below, SpatialDropout2D: a map is "
    "either empty or whole. What is kept is twice as dark.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# Above, all four maps still show the digit. Below, a map is gone or whole, and what is
# kept is doubled, as always. After `Flatten` there are no maps any more: there the
# plain `Dropout` is right.
#
# ## What people get wrong
#
# Sentences in circulation. *Wrong* fails when run, *outdated* names something that is
# gone, *loose* is true under a condition that it does not state, *convention* means
# that both are used.
#
# - **convention** · "`rate=0.8` keeps 80 %". In Keras, `rate` drops. Papers and
#   TensorFlow 1 (`keep_prob`) give the share kept. Ask which one is meant.
# - **outdated** · "`Dropout(keep_prob=0.8)`". The argument is gone; run below. Write
#   `rate=0.2`.
# - **wrong** · "At test time, multiply by the inverse of the drop probability". Vanilla
#   multiplies by the share kept. Keras does nothing at inference.
# - **wrong** · "Dropout multiplies by the probability p". In training it multiplies by
#   0 or by 1 / (1 - rate), drawn at random.
# - **wrong** · "Dropout makes the network smaller". The parameter count is the same;
#   run below.
# - **wrong** · "There are $2^n$ thinned networks for $n$ parameters". For $n$
#   **units**. Dropping single weights is another method, DropConnect.
# - **loose** · "Rate 0.5 gives the most thinned networks". Each rate between 0 and 1
#   can give all $2^n$; 0.5 makes them equally likely.
# - **wrong** · "Dropout cures vanishing gradients". It does not touch what makes them
#   small; run below.
# - **wrong** · "Dropout always helps". The digits above lose two points.
# - **loose** · "No dropout next to convolutions". Single pixels help little there;
#   whole maps, or low rates, are in use.
# - **loose** · "More layers with dropout need more units". Thinned layers have less
#   capacity; more units or more epochs can pay it back. Measure.
# - **wrong** · "Train and predict agree with enough data". The gap is Jensen's, not
#   noise.
# - **loose** · "300 steps without, 3,000 with: dropout won". Compare at equal training,
#   or best with best.
# - **loose** · "It avoids overfitting" (shown on random noise). Noise has nothing to
#   learn; only a validation error on real data can show it.
# - **wrong** · "The graph was built with training switched off, and dropout changed
#   nothing". Then it never ran. In Keras `fit` switches it on by itself.
# - **wrong** · A split without a seed. Two runs then compare two splits: .203 to .214
#   for the very same constant.

# %%
try:
    layers.Dropout(keep_prob=0.8)
except TypeError as error:
    print("keep_prob:", error)

print("Parameters:", plain_net.count_params(), "and", dropped_net.count_params())


# %%
def deep_net(rate):
    keras.utils.set_random_seed(SEED)
    model = keras.Sequential([keras.Input(shape=(18,))])
    for _ in range(10):
        model.add(layers.Dense(64, activation="sigmoid"))
        model.add(layers.Dropout(rate))
    model.add(layers.Dense(1))
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=1.0), loss="mae")
    return model


for rate in (0.0, 0.3):
    model = deep_net(rate)
    before = model.get_weights()
    model.train_on_batch(split.x_train[:512], split.y_train[:512])
    step = np.linalg.norm(model.get_weights()[0] - before[0])
    print(f"Ten sigmoid layers, rate {rate}: the first gradient has norm {step:.0e}")

# %% [markdown]
# ## Summary
#
# - In training each unit is dropped with probability `rate` and the rest is divided by
#   1 - rate; at inference nothing happens. No parameter is added.
# - It goes after a hidden layer's activation. Not on the output; on inputs with care.
# - Compare best with best, on one seeded split, over several seeds, beside a constant
#   baseline. On the songs the gain is real and small; on a tiny network it is a loss.
# - Monte Carlo passes show what single masks do to a prediction. They do not show how
#   far the prediction is from the truth.
# - On maps of a convolution, drop whole maps.
#
# ## Papers
#
# - G. Hinton, N. Srivastava, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, *Improving
#   neural networks by preventing co-adaptation of feature detectors*, arXiv:1207.0580,
#   2012.
# - A. Krizhevsky, I. Sutskever, G. Hinton, *ImageNet classification with deep
#   convolutional neural networks*, NeurIPS 2012 (dropout in the network that won that
#   year's contest).
# - L. Wan et al., *Regularization of neural networks using DropConnect*, ICML 2013.
# - S. Wager, S. Wang, P. Liang, *Dropout training as adaptive regularization*, NeurIPS
#   2013.
# - N. Srivastava et al., *Dropout: a simple way to prevent neural networks from
#   overfitting*, JMLR 15, 2014. It also tells the story of the idea, sexual
#   reproduction included.
# - J. Tompson et al., *Efficient object localization using convolutional networks*,
#   CVPR 2015 (whole maps).
# - Y. Gal, Z. Ghahramani, *Dropout as a Bayesian approximation*, ICML 2016.
# - H. Inoue, *Multi-sample dropout for accelerated training and better generalization*,
#   arXiv:1905.09788, 2019.
# - X. Liang et al., *R-Drop: regularized dropout for neural networks*, NeurIPS 2021
#   (asks two masks to agree).
