# %% [markdown]
# # 12 · Regularization and augmentation
#
# *I have 1,000 labeled pictures and cannot get more. My network names every one of them
# and misses one in thirteen of others. Should I punish large weights, add noise, or
# make new pictures out of the old ones? And how do I notice that I have made it worse?*
#
# You will write the two classic penalties by hand and find them in Keras; see which
# changes leave a label true and which make it false; build an input pipeline; and
# measure all of it on the same 1,000 digits. At the end you can read a learning curve
# and say whether more data or a better model is worth your next week.
#
# Reading and running: about 45 minutes. You need lessons 06 (convolutional networks)
# and 09 (dropout).

# %%
import keras
import numpy as np
import tensorflow as tf
from keras import layers

from course import datasets, plots, results
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)
tf.get_logger().setLevel("ERROR")  # many small models here; it would tell of each
STEPS = 96 if is_fast() else 1_280  # updates per network, 32 images each

digits, photos = datasets.load("mnist"), datasets.load("cifar10")

# %% [markdown]
# ## A thousand digits
#
# 1,000 of MNIST's 60,000 training images are our training set. 2,000 others are for
# validation; the 10,000 test images wait until the end.
#
# The network is small on purpose: two convolutions with stride 2 and two dense layers,
# 27,690 parameters. `net` has a place in front of it and a few switches, all off.


# %%
def scaled(images):
    return images[..., None].astype("float32") / 255


def draw_rows(size, seed):
    all_rows = np.arange(len(digits.x_train))
    rows = np.random.default_rng(seed).choice(all_rows, size, replace=False)
    return rows, np.setdiff1d(all_rows, rows)[-2_000:]  # for training; 2,000 others


rows, other_rows = draw_rows(1_000, SEED)
x_train, y_train = scaled(digits.x_train[rows]), digits.y_train[rows]
x_val, y_val = scaled(digits.x_train[other_rows]), digits.y_train[other_rows]
x_test, y_test = scaled(digits.x_test), digits.y_test


# %%
def net(*in_front, penalty=None, drop=0.0):
    keras.utils.set_random_seed(SEED)
    options = {"activation": "relu", "kernel_regularizer": penalty}
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            *in_front,
            layers.Conv2D(8, 5, strides=2, **options),
            layers.Conv2D(16, 3, strides=2, **options),
            layers.Flatten(),
            layers.Dropout(drop),
            layers.Dense(64, **options),
            layers.Dropout(drop),
            layers.Dense(10, activation="softmax", kernel_regularizer=penalty),
        ]
    )


# %%
def train(model, x=x_train, y=y_train, **options):
    loss = "sparse_categorical_crossentropy"
    group = max(1, min(32, len(x) // 32))  # steps per call from Python: only faster
    model.compile("adam", loss, metrics=["accuracy"], steps_per_execution=group)
    epochs = max(1, round(STEPS / np.ceil(len(x) / 32)))
    return model.fit(x, y, epochs=epochs, batch_size=32, verbose=0, **options)


def accuracy(model, x=x_test, y=y_test):
    named = model.predict(x, batch_size=1_000, verbose=0).argmax(axis=1)
    return 100 * float(np.mean(named == y))


plain_net = net()
plain = train(plain_net, validation_data=(x_val, y_val))
plain_score = accuracy(plain_net)
report = {"source": digits.source}
results.report("thousand-plain-test-accuracy", plain_score, unit="%", **report)

# %%
figure = plots.learning_curves(
    {"plain network": plain},
    metric="accuracy",
    label="Accuracy",
    unit="share",
    title="The network knows its 1,000 images; others it does not",
    caption="Thin: training. Thick: validation. Training reaches 1, validation stops.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# Training accuracy reaches 100 %, and there is nothing more to learn from these images.
# Everything in this lesson works on the **gap** that is left. What narrows it without
# more data is called **regularization**: it makes the network simpler, or the task
# harder to learn by heart.
#
# ## Punish large weights
#
# A network that bends sharply between two training points needs large weights. So one
# adds a **penalty** to the cost. With $m$ training examples and a factor $\lambda$:
#
# $$\text{L2:}\quad C = C_0 + \frac{\lambda}{2m}\sum w^2 \qquad\qquad
# \text{L1:}\quad C = C_0 + \frac{\lambda}{m}\sum |w|$$
#
# The slope of the L2 penalty is $\frac{\lambda}{m} w$: the ½ is there to cancel the
# 2. A step of plain gradient descent with learning rate $\alpha$ becomes
#
# $$w \leftarrow \left(1 - \frac{\alpha\lambda}{m}\right) w - \alpha
# \frac{\partial C_0}{\partial w}.$$
#
# Each weight first shrinks by a factor: **weight decay**. For L1 the slope is
# $\frac{\lambda}{m}$ times the *sign* of $w$: each weight loses the same amount, a
# large one and a small one. Biases are left out; they shift a unit and make nothing
# steep.
#
# Keras's `L2(factor)` is `factor * sum(w**2)`, **without** a ½. Books often have one,
# and so has TensorFlow's own `tf.nn.l2_loss`. Both are conventions; know which you
# copy.

# %%
w_34 = keras.ops.convert_to_tensor([3.0, 4.0])
keras_l2 = float(keras.regularizers.L2(0.001)(w_34))
results.report("keras-l2-of-3-4", keras_l2)
print(f"L2(0.001) of 3 and 4: {keras_l2:.3f} = 0.001 * 25")
print(f"tf.nn.l2_loss of 3 and 4: {float(tf.nn.l2_loss(w_34)):.1f} = 25 / 2")

m, lam, rate = 1_000, 50.0, 0.1
w = plain_net.layers[-1].kernel.numpy()
by_hand = w * (1 - rate * lam / m)  # no data: the step of the penalty alone
weight = keras.Variable(w)
with tf.GradientTape() as tape:
    cost = keras.regularizers.L2(lam / (2 * m))(weight.value)
keras.optimizers.SGD(rate).apply([tape.gradient(cost, weight.value)], [weight])
difference = np.abs(by_hand - weight.numpy()).max()
print(f"L2 by hand with λ, and Keras with λ / 2m, differ by at most {difference:.0e}")

# %% [markdown]
# What do the penalties do to the weights? Three dense networks, 784-100-10, on the same
# 1,000 images: without a penalty, with L2, with L1. Each panel shows the 78,400 weights
# of the first layer after training.


# %%
def dense_net(penalty=None):
    keras.utils.set_random_seed(SEED)
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Flatten(),
            layers.Dense(100, activation="relu", kernel_regularizer=penalty),
            layers.Dense(10, activation="softmax", kernel_regularizer=penalty),
        ]
    )


# %%
l2, l1 = keras.regularizers.L2(0.002), keras.regularizers.L1(0.0005)
dense = {
    "no penalty": dense_net(),
    "L2, 0.002": dense_net(l2),
    "L1, 0.0005": dense_net(l1),
}
kernels = {}
for name, model in dense.items():
    train(model)
    kernels[name] = model.layers[1].kernel.numpy()
    tiny = np.mean(np.abs(kernels[name]) < 0.001)
    zeros = np.sum(kernels[name] == 0)
    print(
        f"{name:11} {accuracy(model):.1f} %, {tiny:.0%} below 0.001, exactly 0: {zeros}"
    )

# %%
figure = plots.histograms(
    {name: np.clip(values, -0.2, 0.2) for name, values in kernels.items()},
    label="Weight (cut at ±0.2)",
    title="L2 draws all weights together, L1 sends most of them to 0",
    panels=True,
    columns=3,
    bins=60,
    caption="First layer after training; upward the share of the weights.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# L1 leaves a few weights that matter and sends the rest close to 0. Not *to* 0: with
# plain gradient steps a small weight jumps from one side of 0 to the other, and hardly
# one is exactly 0 (look at the count). Methods that stop at 0 are another step rule.
#
# ### Adam and the penalty
#
# Adam divides each slope by the size that the weight's slopes usually have. If the
# penalty is part of the slope, it is divided too. Two weights start at 1; the data pull
# the first one back and forth strongly, the second one hardly. On average the data want
# nothing, so only the penalty should act, and on both alike.


# %%
def shrink(optimizer, lam=0.0, steps=200):
    pair = keras.Variable([1.0, 1.0])
    strength = np.array([10.0, 0.001], dtype="float32")
    for step in range(steps):
        slope = strength * (-1) ** step + lam * pair.numpy()
        optimizer.apply([keras.ops.convert_to_tensor(slope)], [pair])
    return pair.numpy()


optimizers = keras.optimizers
ways = {
    "SGD and L2": (optimizers.SGD(0.01), 0.1),
    "Adam and L2": (optimizers.Adam(0.01), 0.1),
    "AdamW, weight_decay=0.1": (optimizers.AdamW(0.01, weight_decay=0.1), 0.0),
}
for name, (optimizer, lam) in ways.items():
    first, second = shrink(optimizer, lam)
    print(f"{name:24} noisy weight {first:.2f}, quiet weight {second:.2f}")

# %% [markdown]
# With SGD both shrink by the same factor, to about 0.82. With Adam and L2 the noisy
# weight stays at 0.96 and the quiet one is gone, 0.02. **AdamW** shrinks all weights by
# one factor, apart from the step: with Adam, that is weight decay.
#
# ## Add noise
#
# Another way to make learning by heart hard: `GaussianNoise(sd)` adds a fresh draw to
# each input in training and rests at inference. For a *linear* model that is the same
# as an L2 penalty, exactly on average. With red wine's 11 standardized inputs, 300
# noisy copies of each row against a penalty of $n \sigma^2$:

# %%
parts = datasets.wine_split(datasets.load("red-wine"), seed=SEED)
x_wine = (parts.x_train - parts.x_train.mean(0)) / parts.x_train.std(0)
y_wine = parts.y_train - parts.y_train.mean()
sigma, copies = 0.5, 20 if is_fast() else 300

rng = np.random.default_rng(SEED)
squares, products = np.zeros((11, 11)), np.zeros(11)
for _ in range(copies):
    noisy = x_wine + sigma * rng.normal(size=x_wine.shape)
    squares += noisy.T @ noisy / copies
    products += noisy.T @ y_wine / copies
with_noise = np.linalg.solve(squares, products)

gram, pull = x_wine.T @ x_wine, len(x_wine) * sigma**2 * np.eye(11)
with_penalty = np.linalg.solve(gram + pull, x_wine.T @ y_wine)
without = np.linalg.solve(gram, x_wine.T @ y_wine)
rows_of = {"plain": without, "noise": with_noise, "L2": with_penalty}
for name, found in rows_of.items():
    last = " ".join(f"{weight:+.3f}" for weight in found[-4:])
    print(f"{name:6} length {np.linalg.norm(found):.3f}, the last four: {last}")

# %% [markdown]
# The last two rows agree to 0.001 or 0.002 (three seeds), and the length of all eleven
# weights falls from 0.43 to 0.32. Noise, penalty and dropout (lesson 09) are relatives:
# each makes the network smoother, and none of them knows anything about digits.
#
# ## Make new pictures
#
# **Augmentation** does know something: that a digit two pixels further left is the
# same digit. Each epoch gets pictures that were never there before, with labels that
# are true. In Keras 3 these are layers: `RandomTranslation`, `RandomRotation`,
# `RandomZoom`, `RandomFlip`, `RandomContrast` …

# %%
frog = photos.x_train[np.flatnonzero(photos.y_train[:, 0] == 6)[0]] / np.float32(255)
two = x_test[np.flatnonzero(y_test == 2)[0]]
changes = {
    "shift": layers.RandomTranslation(0.2, 0.2, fill_mode="constant", seed=SEED),
    "turn": layers.RandomRotation(0.08, fill_mode="constant", seed=SEED),
    "zoom": layers.RandomZoom(0.3, fill_mode="constant", seed=SEED),
    "contrast": layers.RandomContrast(0.8, value_range=(0, 1), seed=SEED),
    "flip": layers.RandomFlip("horizontal", seed=SEED + 1),
}
pictures = []
for name, picture in {"2": two.repeat(3, axis=2), "frog": frog}.items():
    pictures.append((name, picture))
    for change, layer in changes.items():
        new = layer(np.stack([picture] * 8), training=True)
        different = np.abs(new - picture).sum(axis=(1, 2, 3))
        pictures.append((change, np.clip(new[int(different.argmax())], 0, 1)))

# %%
figure = plots.gallery(
    pictures,
    title="One picture of each, changed at random in five ways",
    columns=6,
    alt="Two rows of six pictures. A handwritten 2: as it is, shifted, turned, zoomed, "
    "with other contrast, mirrored. A frog in the same six versions.",
    caption="Of eight draws, the one that differs most. Only the mirrored 2 is no 2.",
)
plots.show(figure, source=photos.source)

# %% [markdown]
# Three things must be true of an augmentation. It acts **in training only**: the test
# asks about pictures as they come. It is **random**, drawn anew for each picture and
# each epoch: a fixed change is just another data set to learn by heart. And it leaves
# the **label true**. The first two can be looked at:

# %%
shift = layers.RandomTranslation(0.1, 0.1, fill_mode="constant", seed=SEED)
batch = x_test[:100]
once, again = shift(batch, training=True), shift(batch, training=True)
at_rest = shift(batch, training=False)
plain_call = shift(batch)

print("At inference unchanged:", bool(np.all(at_rest == batch)))
print("In a plain call unchanged:", bool(np.all(plain_call == batch)))
moved = np.abs(once - batch).max(axis=(1, 2, 3)) > 0
print(f"In training {moved.mean():.0%} of the pictures are changed,")
print("the second time otherwise:", bool(np.any(once != again)))

shifting = net(shift)
same = bool(np.allclose(shifting(batch), shifting(batch)))
rests = bool(
    np.allclose(shifting.predict(batch, verbose=0), shifting(batch, training=False))
)
print(f"model(x) twice, equal: {same}; predict and training=False, equal: {rests}")

# %% [markdown]
# `fit` switches random layers on, `predict` and `evaluate` switch them off. Between the
# two lies a trap: in a **plain call**, `layer(x)` or `model(x)`, Keras's random picture
# layers are *on*, while dropout is off. In code of your own, write `training=True` or
# `training=False` out.
#
# ## Changes that make a label false
#
# What is a 2 in a mirror? What is a 6 upside down? Ask the plain network, which never
# saw a mirrored digit.

# %%
mirrored, turned = x_test[:, :, ::-1], x_test[:, ::-1, ::-1]
views = {"as it is": x_test, "mirrored": mirrored, "half a turn": turned}
named = {n: plain_net.predict(v, batch_size=1_000, verbose=0) for n, v in views.items()}

examples = []
for digit, view in (
    (2, "mirrored"),
    (5, "mirrored"),
    (6, "half a turn"),
    (9, "half a turn"),
):
    of_digit = np.flatnonzero(y_test == digit)
    answers = named[view][of_digit]
    other = {2: 5, 5: 2, 6: 9, 9: 6}[digit]
    share = np.mean(answers.argmax(axis=1) == other)
    best = of_digit[answers[:, other].argmax()]
    examples += [(f"a {digit}", x_test[best]), (f"{view}: {other}?", views[view][best])]
    print(f"Of the {digit}s, {view}, {share:.0%} are named {other}.")

# %%
figure = plots.gallery(
    examples,
    title="Mirrored or turned, a digit may be another one",
    columns=4,
    caption="Of each digit, the image that the plain network takes for the other.",
)
plots.show(figure, source=digits.source)

# %%
kept = {}
for digit in range(10):
    right = named["mirrored"][y_test == digit].argmax(axis=1) == digit
    kept[f"{digit}"] = 100 * float(np.mean(right))
figure = plots.bar_compare(
    kept,
    label="Mirrored digits that are still named right",
    unit="%",
    title="In a mirror, hardly a 3, 5 or 7 is named right",
    digits=0,
    caption="The plain network on mirrored test images, by true digit.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# Augmentation with a flip would call all these pictures by their old names. For
# photographs of frogs and cars that is fine, for digits it is not. Which change is safe
# is a question about *your* labels, and no library can answer it: a flip is wrong for
# road signs with arrows, a turn for anything where up matters, a change of color for
# ripe and unripe fruit.
#
# ## Which helps?
#
# The same 1,000 images, the same network, the same number of steps, one change at a
# time.

# %%
arms = {
    "L2, 0.001": net(penalty=keras.regularizers.L2(0.001)),
    "noise, 0.3": net(layers.GaussianNoise(0.3)),
    "dropout, 0.5": net(drop=0.5),
    "shift, 7 %": net(layers.RandomTranslation(0.07, 0.07, fill_mode="constant")),
    "flip (wrong here)": net(layers.RandomFlip("horizontal")),
    "L2 0.03 and dropout 0.7": net(penalty=keras.regularizers.L2(0.03), drop=0.7),
}
scores = {"plain": plain_score}
on_training = {"plain": accuracy(plain_net, x_train, y_train)}
for name, model in arms.items():
    train(model)
    scores[name] = accuracy(model)
    on_training[name] = accuracy(model, x_train, y_train)
for name, score in scores.items():
    print(f"{name:24} training {on_training[name]:5.1f} %, test {score:.1f} %")
gain = scores["shift, 7 %"] - plain_score
results.report("thousand-shift-gain", gain, unit="points", **report)

# %%
figure = plots.bar_compare(
    scores,
    label="Test accuracy",
    unit="%",
    title="What knows something about digits helps most",
    kind="dots",
    digits=1,
    baseline=plain_score,
    baseline_label="the plain network",
    caption="1,000 training images, one run each, all from one seed.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# A run of ours on these 1,000 images with seed 0 gave: plain 92.4 %, L2 92.3, noise
# 92.6, dropout 93.5, **shift 95.4**, flip 86.3, and 85.2 for the heavy pair. Read it in
# three steps.
#
# 1. **What knows something wins.** A shift says that position does not matter, and
#    that is true for digits. A light L2 or noise on the inputs changed less than a
#    single run can show.
# 2. **A false label costs more than any penalty saves.** The flip lost six points. Its
#    training accuracy looks healthy: the network learns the false pictures as well.
# 3. **Held down is not regularized.** With L2 0.03 and dropout 0.7 the network names
#    88 % of its own training images. There was a gap to close; now it is closed, and
#    the network is worse on both sides. Look at both numbers, always.
#
# ## The pipeline
#
# Augmentation can stand in the model, as above: then it is saved with the model and
# `fit` switches it on. Or it stands in the **input pipeline** that makes the batches:
# then a second processor can prepare the next batch while the network works on this
# one. In TensorFlow a pipeline is a `tf.data.Dataset`, a chain of steps:
#
# ```python
# data = tf.data.Dataset.from_tensor_slices((x_train, y_train))
# data = data.shuffle(len(x_train)).batch(32)
# data = data.map(lambda x, y: (shift(x, training=True), y)).prefetch(tf.data.AUTOTUNE)
# ```
#
# Note `training=True`: outside of `fit` nobody tells a layer, and layers differ in what
# they do then. And the order matters. Twelve rows, batches of four:


# %%
def show_epochs(name, data):
    print(name)
    for epoch in (1, 2):
        print(f"  epoch {epoch}:", *(str(row.numpy().round(2)) for row in data))


draws = tf.random.Generator.from_seed(SEED)


def jitter(x):
    return tf.cast(x, "float32") + tf.round(10 * draws.uniform(tf.shape(x))) / 100


def jitter_by_global_seed(x):
    return tf.cast(x, "float32") + tf.round(10 * tf.random.uniform(tf.shape(x))) / 100


# %%
tf.random.set_seed(SEED)
data = tf.data.Dataset.range(12)
show_epochs("shuffle, batch: rows are mixed", data.shuffle(12).batch(4))
show_epochs("batch, shuffle: whole batches move", data.batch(4).shuffle(3))
show_epochs("a buffer of 2: rows hardly move", data.shuffle(2).batch(4))
show_epochs("map(noise), cache: noise drawn once", data.batch(12).map(jitter).cache())
show_epochs("cache, map(noise): drawn anew", data.batch(12).cache().map(jitter))
again = data.batch(12).map(jitter_by_global_seed)
show_epochs("tf.random in map, global seed: begins again", again)

# %% [markdown]
# `cache` keeps what comes out of the step before it. Behind the augmentation it
# freezes one draw for good. The last pair is a trap without a cache: under
# `tf.random.set_seed` a plain `tf.random.uniform` inside `map` begins again with each
# epoch. Keras's random layers go on, and so does a `tf.random.Generator`.
#
# And `repeat()` makes an epoch endless; `fit` begins the
# next epoch by itself. For validation: `batch`, and nothing else.
#
# ## More data, or a better model?
#
# A **learning curve** over data answers that: train on 500, 1,000, 5,000 … images,
# always the same number of steps, always the *same test images*. Two models: the
# dense network 784-100-10 and the convolutional one.

# %%
sizes = (500, 1_000) if is_fast() else (500, 1_000, 5_000, 20_000)
curves = {"784-100-10, dense": [], "convolutional": []}
for size in sizes:
    some, _ = draw_rows(size, SEED)
    x, y = scaled(digits.x_train[some]), digits.y_train[some]
    for name, model in zip(curves, (dense_net(), net()), strict=True):
        train(model, x, y)
        curves[name].append(accuracy(model))
        print(f"{size:6,} images, {name:17} {curves[name][-1]:.1f} %")

# %%
figure = plots.rate_sweep(
    sizes,
    curves,
    x_label="Training images (each step: ten times as many)",
    label="Test accuracy",
    unit="%",
    title="More data help both; the better model needs fewer",
    log_x=True,
    caption="One run per point, seed 0, the same 10,000 test images.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# Read the picture along and across. Along a line you see what more data bring: much at
# first, less with each step. Across, at one size, you see what the better model brings.
# And a level line from one curve to the other tells how many images the better model
# saves.
#
# A figure in circulation: a support vector machine with 50,000 digits reaches 94.48
# %, a dense network with 5,000 only 93.24 %. So "more data beat a better algorithm"?
# It compares two points of two curves, at different places. Drawn as curves, the same
# facts say both: data help, and at equal data the better model is ahead. And a curve
# says what more of each would bring.
#
# Nor does augmentation always bring points. A published CIFAR-10 run of the network
# from lesson 06 reached 68.00 % without it and 68.33 % with shifts and flips, both
# after 100 epochs. Fifty thousand photographs leave less of a gap than 1,000 digits,
# and a small network has no capacity to spare.
#
# ## The test set does not choose
#
# Early stopping on the **test** error is in circulation too. Whatever chooses, looks
# good to the chooser. To see by how much, take a short run, note after each epoch
# which test images are right, and let 200 random ones pick the best epoch, many times
# over.

# %%
hits = []


def note(epoch, logs):
    hits.append(model.predict(x_test[:4_000], batch_size=1_000, verbose=0).argmax(1))


model = net(layers.RandomTranslation(0.07, 0.07, fill_mode="constant"))
train(model, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=note)])
right = np.array(hits) == y_test[:4_000]  # one row per epoch
promised, kept = [], []
for draw in range(500):
    picks = np.random.default_rng(draw).permutation(4_000)
    best = right[:, picks[:200]].mean(axis=1).argmax()
    promised.append(right[best, picks[:200]].mean())
    kept.append(right[best, picks[200:]].mean())
print(
    f"The chosen epoch on the 200 images that chose it: {100 * np.mean(promised):.1f} %"
)
print(f"The same epoch on the other 3,800 images:         {100 * np.mean(kept):.1f} %")

# %% [markdown]
# The images that chose promise more than the others keep. Validation images may choose
# (patience 5 and `min_delta=0.001`, as in lesson 01); the test images are asked once.
#
# ## What people get wrong
#
# - **convention** · "L2 is λ/2 times the sum of squares". In Keras there is no ½; in
#   `tf.nn.l2_loss` there is one. Run above.
# - **loose** · "L2 is weight decay". With plain SGD. With Adam use AdamW.
# - **loose** · "L1 makes weights exactly 0". Near 0; with plain steps hardly one is 0.
# - **outdated** · `from keras.preprocessing.image import ImageDataGenerator`. Gone from
#   Keras 3; `tf.keras` has a copy for old code. Use layers. Run below.
# - **wrong** · "Call `.fit(x_train)` on the generator first". It was needed only for
#   settings that use statistics of the data, such as `featurewise_center`; a shift or a
#   flip needs none. Run below.
# - **wrong** · "Flips are always safe". Not for digits; measured above.
# - **wrong** · "Augment the validation images too". They are to be judged as they come.
# - **wrong** · "Stop early on the test error". Then it is no test any more.
# - **loose** · "More data beat a better algorithm", and the other way round. Draw both
#   curves.
# - **wrong** · "More regularization, less overfitting, better". Held down too much, a
#   network cannot learn even its training images.

# %%
try:
    from keras.preprocessing.image import ImageDataGenerator  # noqa: F401
except ImportError as error:
    print("ImportError:", str(error)[:72])

old = tf.keras.preprocessing.image
plain_copy = old.ImageDataGenerator(horizontal_flip=True)
shifted = next(plain_copy.flow(x_train[:8], batch_size=8, shuffle=False, seed=SEED))
print("Old generator, never fitted, flips:", bool(np.any(shifted != x_train[:8])))

# %% [markdown]
# ## Summary
#
# - Regularization works on a gap between training and validation. Look whether there is
#   one, and look again at the training accuracy afterwards.
# - L2 takes a share of each weight, L1 an equal amount; Keras's L2 has no ½; with Adam,
#   decay is AdamW's.
# - Noise and L2 are relatives. Augmentation adds knowledge: what leaves the label true.
# - Augmentation acts in training only, is drawn anew, and never makes a label false.
# - shuffle, batch, map, prefetch; `cache` before the augmentation; validation plain.
# - Compare models, and amounts of data, on the same test images and over several draws.
#
# ## Papers
#
# - A. Krogh, J. Hertz, *A simple weight decay can improve generalization*, NIPS 1991.
# - R. Tibshirani, *Regression shrinkage and selection via the lasso*, Journal of the
#   Royal Statistical Society B 58, 1996 (L1).
# - C. Bishop, *Training with noise is equivalent to Tikhonov regularization*, Neural
#   Computation 7, 1995 (noise and L2).
# - P. Simard, D. Steinkraus, J. Platt, *Best practices for convolutional neural
#   networks applied to visual document analysis*, ICDAR 2003 (digits, shifted and
#   bent).
# - A. Krizhevsky, I. Sutskever, G. Hinton, *ImageNet classification with deep
#   convolutional neural networks*, NIPS 2012 (shifts and mirror images).
# - I. Loshchilov, F. Hutter, *Decoupled weight decay regularization*, ICLR 2019
#   (AdamW).
