# %% [markdown]
# # Pooling
#
# *My network reads a digit in the middle of the picture. I move it by four pixels, and
# it reads another one. People say that pooling makes networks blind to shifts. Why does
# mine see them?*
#
# You will measure how much shift a network forgives, and why it is not more. On the way
# you learn how far one number of a map can see, and how an error finds its way back
# through a pool and through a convolution.
#
# Reading and running: about 45 minutes. You need lesson 03 (gradients) and lesson 04
# (convolution, maps, stride, padding).

# %%
import keras
import numpy as np
from keras import layers
from scipy import ndimage

from course import datasets, plots, results
from course.gradients import numeric_gradient, relative_error
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)

digits = datasets.load("mnist")
num_train, num_test, epochs = (1000, 200, 1) if is_fast() else (12_000, 10_000, 2)
x_train = digits.x_train[:num_train, ..., None].astype("float32") / 255
x_test = digits.x_test[:num_test, ..., None].astype("float32") / 255
y_train, y_test = digits.y_train[:num_train], digits.y_test[:num_test]

# %% [markdown]
# ## One number for each window
#
# A **pool** lays a window on a map, as a convolution does, and keeps one number of what
# lies inside. **Max pooling** keeps the largest. **Average pooling** keeps the mean.
# The usual window has 2 x 2 pixels and moves on by its own side, so that windows touch
# and do not overlap: `MaxPooling2D(2)`, where `strides` is the window's side unless you
# say otherwise. Half the rows and half the columns are left. Each map is pooled on its
# own: the number of maps stays the same. Sizes follow lesson 04's formulas, with one
# difference: in a pool the margin of `padding="same"` never counts, neither as the
# largest nor in the mean.

# %%
seven = digits.x_test[0].astype("float32") / 255
patch = np.round(seven[6:10, 5:11], 1)  # a piece of the bar of a seven
figure = plots.sliding_window(
    patch,
    pool="max",
    size=2,
    stride=2,
    steps=[0, 1, 5],
    title="Three of six windows: each keeps its largest pixel",
    caption="The first, the second and the last window; right, the results so far.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# A third way to halve a map is a convolution that moves on by two pixels (lesson 04's
# stride). Its weights are learned; here, before training, we give it the 2 x 2 window
# with 1 at the upper left and 0 elsewhere. It keeps every second pixel of every second
# row and throws the others away.

# %%
picture = seven[None, :, :, None]
skip = layers.Conv2D(1, 2, strides=2, use_bias=False)
skip.build(picture.shape)
skip.set_weights([np.array([[1.0, 0.0], [0.0, 0.0]]).reshape(2, 2, 1, 1)])
halved = {
    "the digit, 28 x 28": picture,
    "max pooling": layers.MaxPooling2D(2)(picture),
    "average pooling": layers.AveragePooling2D(2)(picture),
    "stride 2, keeps one of four": skip(picture),
}
figure = plots.gallery(
    {name: np.asarray(maps)[0, :, :, 0] for name, maps in halved.items()},
    title="Three ways to halve a map: max thickens, average blurs, stride skips",
    value_label="Ink (1 = full)",
    columns=4,
    alt="A handwritten seven, then three versions of 14 x 14 pixels: strokes thicker "
    "after max pooling, gray at the edges after average pooling, thin and ragged where "
    "only every second pixel is kept.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# ### What a pool is not
#
# You can read that a pool is "a special convolution with a max kernel". A convolution
# is **linear**: if you add two pictures and convolve, you get the sum of the two
# results (its bias apart). An average pool passes this test. It *is* a convolution, of
# each map by itself, with four weights of 1/4 that nobody trains. A max pool fails it:
# no kernel can pick the largest.
#
# A pool has nothing to learn: **0 parameters**. You can also read that it "reduces the
# parameters". It reduces the *numbers that flow*. A convolution behind it has as many
# weights as without it. Only a Dense layer behind `Flatten` has fewer, because it has
# fewer inputs. Take the mean of each map in place of `Flatten`
# (`GlobalAveragePooling2D`, lesson 06), and the count does not notice the pool at all.


# %%
def head(maps, pool):
    model = keras.Sequential([keras.Input(shape=(28, 28, 1)), layers.Conv2D(8, 3)])
    if pool:
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Conv2D(8, 3))
    model.add(
        layers.Flatten() if maps == "Flatten" else layers.GlobalAveragePooling2D()
    )
    model.add(layers.Dense(10))
    return model.count_params()


one, other = x_test[:1], x_test[1:2]
for pool in (layers.AveragePooling2D(2), layers.MaxPooling2D(2)):
    gap = np.abs(pool(one) + pool(other) - pool(one + other)).max()
    print(f"{pool.name}: sum of results and result of the sum differ by {gap:.2f}")
for maps in ("Flatten", "one mean per map"):
    print(
        f"Dense behind {maps}: {head(maps, False):,} → {head(maps, True):,} parameters"
    )

# %% [markdown]
# Padding and stride act in the same way: the convolution keeps its count, and the Dense
# layer gets another number of inputs.

# %%
for padding in ("valid", "same"):
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    model.add(layers.Conv2D(32, 3, padding=padding))
    model.add(layers.MaxPooling2D(2))
    model.add(layers.Flatten())
    model.add(layers.Dense(10))
    first, total = model.layers[0].count_params(), model.count_params()
    print(f"{padding}: Conv2D {first}, in all {total:,} parameters")

# %% [markdown]
# ## How far does a number see?
#
# Why shrink maps at all? Because it makes later windows see more. The **receptive
# field** of a number is the square of input pixels that it depends on. You can work it
# out with two numbers: the *field* so far, and the *step*, which is the distance in
# input pixels between neighbors on the current map. Both start at 1.
#
# - A window of side $k$ adds $k - 1$ steps: field ← field + (k − 1) · step.
# - A stride $s$ makes steps longer: step ← step · s. This counts only for the layers
#   *behind* it.
# - **Dilation** $d$ puts gaps into the window: its entries lie $d$ apart. It adds
#   $(k - 1) \cdot d$ steps with the same number of weights.


# %%
def fields(stack):
    """Return the receptive field after each (window, stride, dilation)."""
    field, step, seen = 1, 1, [1]
    for window, stride, dilation in stack:
        field += (window - 1) * dilation * step
        step *= stride
        seen.append(field)
    return seen


# %%
stacks = {
    "3 x 3 only": [(3, 1, 1)] * 8,
    "3 x 3 and 2 x 2 pools in turn": [(3, 1, 1), (2, 2, 1)] * 4,
    "3 x 3 with dilation 1, 2, 4, 8, …": [(3, 1, d) for d in (1, 2, 4, 8) * 2],
}
figure = plots.lines(
    {name: (range(9), fields(stack)) for name, stack in stacks.items()},
    x_label="Layers",
    y_label="Side of the receptive field (input pixels)",
    title="Without stride or dilation the field grows by 2 pixels a layer",
    caption="After eight layers: 17 pixels, with pools 46, with dilation 61.",
    dots=True,
)
plots.show(figure)

# %% [markdown]
# Three 3 x 3 layers see 3, 5, then **7** pixels: as much as one 7 x 7 layer. They do it
# with 27 weights in place of 49 (per pair of maps), and with three ReLUs in place of
# one. That is why many networks stack small windows. Adding up 3 + 3 + 3 = 9 is the
# common slip: the second window starts from a number that has seen three pixels
# already, so only two are new.
#
# Is the rule right? Ask a network. Set all weights to 1, take one number of its last
# map, and ask TensorFlow for its gradient by every input pixel: where that is not 0,
# the number looks. (Average pools, because a max pool looks at one pixel at a time.)

# %%
import tensorflow as tf

kinds = {
    "three 3 x 3": [layers.Conv2D(1, 3) for _ in range(3)],
    "with two pools": [
        *(layers.Conv2D(1, 3), layers.AveragePooling2D(2), layers.Conv2D(1, 3)),
        *(layers.AveragePooling2D(2), layers.Conv2D(1, 3)),
    ],
    "dilation 1, 2, 4": [layers.Conv2D(1, 3, dilation_rate=d) for d in (1, 2, 4)],
}

# %%
looks = {}
for name, stack in kinds.items():
    model = keras.Sequential([keras.Input(shape=(28, 28, 1)), *stack])
    model.set_weights([np.ones_like(w) * (w.ndim > 1) for w in model.get_weights()])
    with tf.GradientTape() as tape:
        tape.watch(inputs := tf.constant(picture))
        middle = model(inputs)[
            0, model.output_shape[1] // 2, model.output_shape[2] // 2
        ]
    seen = tape.gradient(middle, inputs).numpy()[0, :, :, 0]
    side = int((seen != 0).any(axis=1).sum())
    looks[f"{name}: {side} x {side}"] = seen / seen.max()

# %%
figure = plots.gallery(
    looks,
    title="What one number of the last map looks at, with all weights 1",
    value_label="Slope (1 = largest)",
    columns=3,
    alt="Three squares of input pixels. Three 3 x 3 layers: 7 x 7 pixels, dark in the "
    "middle and pale at the edge. With two pools: 18 x 18, the same way. With dilation "
    "1, 2, 4: 15 x 15, with weak rows and columns between strong ones.",
    caption="In the first two, more ways lead to the middle than to the edge. Dilation "
    "is uneven: its gaps leave some pixels with fewer ways than their neighbors.",
)
plots.show(figure)

# %% [markdown]
# The measured sides are those of the rule. Note the shading: without dilation, a number
# hears the middle of its field much louder than the edge. The field says what *can*
# matter, not what does.
#
# ## Equivariant is not invariant
#
# Two words that are often mixed up:
#
# - **Equivariant:** move the input, and the output moves along.
# - **Invariant:** move the input, and the output stays the same.
#
# A convolution with stride 1 is equivariant to shifts, away from the edges. A pool with
# stride 2 is equivariant to shifts by 2 pixels: they move its map by 1. A shift by 1
# pixel has no such rule. Some windows still hold their largest pixel and do not change:
# that is the little invariance that pooling gives.
#
# First we need a shift. `np.roll` would bring back at the left what leaves at the
# right; we fill with zeros.


# %%
def shift(images, pixels):
    """Move each picture to the right; zeros fill the columns at the left."""
    moved = np.zeros_like(images)
    moved[:, :, pixels:] = images[:, :, : images.shape[2] - pixels]
    return moved


some = x_test[:200]
conv = layers.Conv2D(4, 3, padding="same", activation="relu")
maps = np.asarray(conv(some))
moved = np.asarray(conv(shift(some, 1)))
inside = (slice(None), slice(1, -1), slice(2, -2))
print("convolution, shift 1:", np.abs(moved - shift(maps, 1))[inside].max())

# %%
pool = layers.MaxPooling2D(2)
before = np.asarray(pool(maps))
by_one, by_two = (np.asarray(pool(shift(maps, pixels))) for pixels in (1, 2))
print("pool, shift 2:", np.abs(by_two - shift(before, 1)).max())
is_ink = np.maximum(before, by_one) > 0
same = np.mean(before[is_ink] == by_one[is_ink])
print(f"pool, shift 1: {same:.0%} of the numbers that are not empty stay the same")

# %% [markdown]
# ## How much shift does a network forgive?
#
# Three networks: the same two convolutions and Dense layers, and in between a max pool,
# an average pool, or a convolution with stride 2. (With pools this is the network of
# lesson 07.) All three train on 12,000 **centered** digits. Then we move and turn the
# test digits. Nothing is trained on moved digits.


# %%
def digit_net(halve):
    keras.utils.set_random_seed(SEED)
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(6, 5, padding="same", activation="relu"),
            halve(6),
            layers.Conv2D(16, 5, activation="relu"),
            halve(16),
            layers.Flatten(),
            layers.Dense(120, activation="relu"),
            layers.Dense(84, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


# %%
halves = {
    "max pool": lambda maps: layers.MaxPooling2D(2),
    "average pool": lambda maps: layers.AveragePooling2D(2),
    "stride 2": lambda maps: layers.Conv2D(maps, 2, strides=2, activation="relu"),
}

# %%
nets = {}
for name, halve in halves.items():
    nets[name] = model = digit_net(halve)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(x_train, y_train, batch_size=64, epochs=epochs, verbose=0)


def rotate(images, degrees):
    """Turn each picture counterclockwise; zeros fill what was outside."""
    return ndimage.rotate(images, degrees, axes=(1, 2), reshape=False, order=1)


def accuracy(model, images):
    predicted = model.predict(images, batch_size=500, verbose=0).argmax(axis=1)
    return 100 * float(np.mean(predicted == y_test))


# %%
steps, angles = [0, 1, 2, 3, 4], [0, 10, 20, 30, 45]
by_shift = {
    name: [accuracy(model, shift(x_test, pixels)) for pixels in steps]
    for name, model in nets.items()
}
by_angle = {
    name: [accuracy(model, rotate(x_test, angle)) for angle in angles]
    for name, model in nets.items()
}
for name in nets:
    print(f"{name:12} shift {np.round(by_shift[name], 1)}")
    print(f"{name:12} angle {np.round(by_angle[name], 1)}")

# %%
LOOK = {"y_label": "Test accuracy (%)", "dots": True, "y_limits": (0, 100)}
LOOK["caption"] = "One run of each network, trained on digits that were never moved."
figure = plots.lines(
    {name: (steps, row) for name, row in by_shift.items()},
    x_label="Shift to the right (pixels)",
    title="One pixel is forgiven, four are not",
    level=10,
    level_label="guessing one of ten",
    **LOOK,
)
plots.show(figure, source=digits.source)
figure = plots.lines(
    {name: (angles, row) for name, row in by_angle.items()},
    x_label="Rotation (degrees, counterclockwise)",
    title="Rotation is survived while it is small, and then it is not",
    level=10,
    level_label="guessing one of ten",
    **LOOK,
)
plots.show(figure, source=digits.source)

# %%
results.report(
    "digits-lenet-test-accuracy", by_shift["max pool"][0], source=digits.source
)
results.report("digits-shift-1-accuracy", by_shift["max pool"][1], source=digits.source)
results.report("digits-shift-2-accuracy", by_shift["max pool"][2], source=digits.source)
results.report("digits-shift-4-accuracy", by_shift["max pool"][4], source=digits.source)
results.report(
    "digits-rotation-20-accuracy", by_angle["max pool"][2], source=digits.source
)
results.report(
    "digits-rotation-45-accuracy", by_angle["max pool"][4], source=digits.source
)


# %%
def zoom(images, factor):
    """Scale each picture around its middle; zeros fill what was outside."""
    middle = (images.shape[1] - 1) / 2
    offset = middle - middle / factor
    scale, start = [1, 1 / factor, 1 / factor, 1], [0, offset, offset, 0]
    return ndimage.affine_transform(images, scale, start, order=1)


for factor in (0.6, 0.8, 1.2):
    print(
        f"scaled by {factor}: {accuracy(nets['max pool'], zoom(x_test, factor)):.1f} %"
    )

# %% [markdown]
# Read the pictures in four steps.
#
# 1. **One pixel is forgiven, more are not.** Over the seeds 0 to 2, the network with
#    max pools is right on 95.6 to 96.2 % of the centered digits, on 93.4 to 95.5 %
#    after one pixel, 81 to 91 % after two, and 45 to 52 % after four. It never saw a
#    digit off the center.
# 2. **Why one?** Each pool forgives a shift only while the largest pixel stays in its
#    window. Four pixels move the last map by one whole pixel, and then each Dense
#    weight meets another number than the one that it was trained on.
# 3. **Max leads, but look at the start.** With max pools the network is ahead of the
#    other two at each shift, with each seed. It is also 0.8 to 1.7 points ahead on
#    the unmoved digits, so not all of the lead is forgiveness.
# 4. **Rotation and scale.** 20 degrees cost about as much as 2 pixels; at 45 degrees
#    more than half of the digits are lost. Nothing in these layers turns with the
#    picture, or grows with it. Small angles survive because people write at small
#    angles.
#
# The number for two pixels moves by ten points with the seed. Never quote one run.
#
# ## The way back through a pool
#
# Training needs the gradient of the loss by every weight, and lesson 03's chain rule
# takes it backward, layer by layer. We call the gradient by a layer's results
# $\delta$ (delta). What does a pool hand on to its input?
#
# - **Max:** change a pixel a little that is not the largest, and nothing happens. Its
#   slope is 0. The largest pixel has slope 1, so it gets all of its window's $\delta$.
#   At a tie, Keras gives it to the first.
# - **Average:** each of the $n$ pixels counts $1/n$, so each gets $\delta / n$.
#
# Where windows overlap, a pixel collects from each of them.

# %%
delta = np.array([[4.0, -8.0, 12.0], [2.0, 4.0, -4.0]])
figure = plots.pool_gradient(
    patch,
    delta,
    steps=[0, 1, 5],
    caption="All of each delta goes to one pixel; among equal ones, to the first.",
)
plots.show(figure, source=digits.source)
figure = plots.pool_gradient(
    patch,
    delta,
    pool="average",
    steps=[1],
    caption="Each of the four pixels gets a quarter of the -8.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# The next cell is the same as a small film, window by window. It is closed; open it if
# motion helps you.

# %%
frames = [
    plots.pool_gradient(patch, delta, size=2, stride=2, steps=[i]) for i in range(6)
]
plots.show(plots.animate(frames, title="Each window hands its delta to one pixel"))

# %% [markdown]
# Now check it. `numeric_gradient` moves one pixel at a time by a tiny step and measures
# how the loss changes. Our loss is $\sum \delta \cdot y$, so that the gradient by $y$
# is $\delta$. The arrays are float64: with float32 such small steps drown in rounding.
#
# A digit is full of ties: most windows are all 0. There the maximum has a **kink**, and
# no single slope is right. So we check on a map without ties, and look at a tie apart.

# %%
rng = np.random.default_rng(SEED)
x = rng.permutation(24.0 * np.arange(24)).reshape(4, 6) / 100  # no two are equal


def max_pool(x):
    rows, columns = x.shape[0] // 2, x.shape[1] // 2
    return x.reshape(rows, 2, columns, 2).max(axis=(1, 3))


grown = np.kron(max_pool(x), np.ones((2, 2)))  # each result at its four pixels
dx = np.where(x == grown, np.kron(delta, np.ones((2, 2))), 0.0)
measured = numeric_gradient(lambda x: (delta * max_pool(x)).sum(), x)
print(f"max pool: relative error {relative_error(dx, measured):.0e}")

tie = tf.ones((1, 2, 2, 1), dtype="float64")
with tf.GradientTape() as tape:
    tape.watch(tie)
    y = layers.MaxPooling2D(2, dtype="float64")(tie)
print("four equal pixels, Keras:", tape.gradient(y, tie).numpy().ravel())

# %% [markdown]
# ## The way back through a convolution
#
# The forward pass of Keras is $y = \text{xcorr}(x, W) + b$: the window slides without a
# flip (lesson 04). Each result is a sum of products, so every slope can be read off.
#
# - **Bias.** $b$ enters each result once: $\partial L / \partial b = \sum \delta$.
# - **Weights.** $W_{ij}$ meets $x_{r+i,\,c+j}$ for each result $y_{rc}$. So
#   $\partial L / \partial W_{ij} = \sum_{rc} \delta_{rc}\, x_{r+i,\,c+j}$: slide
#   $\delta$ over $x$. **dW = xcorr(x, δ).**
# - **Input.** The pixel $x_{pq}$ meets $W_{p-r,\,q-c}$ in $y_{rc}$. So
#   $\partial L / \partial x_{pq} = \sum_{rc} \delta_{rc}\, W_{p-r,\,q-c}$. Where the
#   index of $\delta$ grows, that of $W$ falls: this is a *true* convolution, over all
#   places where the two touch (*full*). **dX = full convolution of δ with W**, which is
#   the full cross-correlation with W turned by 180°.
#
# By hand, with $W = (1\;\,2)$, $x = (3\;\,5\;\,4)$ and $\delta = (10\;\,1)$: dW = (10·3
# + 1·5, 10·5 + 1·4) = (35, 54); dX = (10·1, 10·2 + 1·1, 1·2) = (10, 21, 2); db = 11.
# The middle pixel was in both windows and collects from both.


# %%
def xcorr(x, w):
    views = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return np.einsum("rcij,ij->rc", views, w)


def full(delta, w):
    """Give delta a margin of zeros, as wide as the kernel reaches."""
    return np.pad(delta, [(side - 1, side - 1) for side in w.shape])


# %%
x, w = np.array([[3.0, 5.0, 4.0]]), np.array([[1.0, 2.0]])
small = np.array([[10.0, 1.0]])
print("by hand:", xcorr(x, small), xcorr(full(small, w), w[::-1, ::-1]), small.sum())

x, w = seven[6:14, 5:15].astype("float64"), rng.normal(size=(3, 2))
delta = rng.normal(size=xcorr(x, w).shape)
by_x = numeric_gradient(lambda x: (delta * xcorr(x, w)).sum(), x)
by_w = numeric_gradient(lambda w: (delta * xcorr(x, w)).sum(), w)
right, slip = xcorr(full(delta, w), w[::-1, ::-1]), xcorr(full(delta, w), w)
print(f"dW: relative error {relative_error(xcorr(x, delta), by_w):.0e}")
print(f"dX: relative error {relative_error(right, by_x):.0e}")
print(f"dX with W not turned: relative error {relative_error(slip, by_x):.1f}")

# %% [markdown]
# Two remarks. If the forward pass *is* a true convolution, as in many textbooks, the
# formulas swap: then dX = full xcorr(δ, W), without a flip, and dW is xcorr(x, δ)
# turned by 180°. And these are sums, because each weight is used at every place. If the
# loss takes a mean over the batch, $\delta$ is already divided; do not divide again.
#
# ## Where pooling is less used
#
# A pool trades place for reach. Where the place is the answer, that is a bad trade.
#
# - **Segmentation** names a class for each pixel. Networks there keep their maps large
#   and reach far with **dilation**, or shrink them and grow them again.
# - **Detection** has to say where a thing is, to the pixel. Strided convolutions, and
#   maps of several sizes side by side, are common.
# - Many newer classification networks shrink by **stride** and keep one pool: the
#   *global* average at the end, which leaves one mean per map. It makes the network
#   indifferent to the size of the picture, too (lesson 06).
#
# ## What people get wrong
#
# Sentences in circulation. *Wrong* fails when run, *loose* is true under a condition
# that it does not state, *convention* means that both are used.
#
# - **wrong** · "A CNN is invariant to rotation and scale." At 45 degrees most digits
#   are lost, and 0.6 of the size costs about as much.
# - **loose** · "Pooling makes the network invariant to shifts." To about one pixel, for
#   two pools of 2 x 2. A convolution is *equivariant*; so is a pool, for shifts by
#   whole strides.
# - **wrong** · "Two pools shrink by 4, so 4 pixels are free." The last map moves by one
#   whole pixel, and Dense weights belong to places.
# - **wrong** · "A pool is a special convolution with a max kernel." A maximum is not
#   linear. An *average* pool is one.
# - **loose** · "Pooling reduces the parameters." Only those of a Dense layer behind
#   `Flatten`. Padding and stride change the same count, and no other.
# - **wrong** · "Three 3 x 3 layers see 9 x 9." They see 7 x 7.
# - **loose** · "The receptive field is what a number reacts to." It is what it can
#   react to; without dilation the middle counts most.
# - **convention** · "Average pooling with padding averages zeros." Keras leaves the
#   margin out with `padding="same"`; PyTorch counts it unless you switch that off.
# - **convention** · Which of equal pixels gets the gradient: the first, in Keras on a
#   CPU. Some texts split it.
# - **convention** · dX with or without a flip: it depends on what the forward pass
#   calls convolution.
# - **loose** · "Test shifts with `np.roll`." It wraps around. On MNIST, whose digits
#   have an empty frame, the numbers hardly differ; on photographs they would.
# - **wrong** · "Max pooling blocks the gradient." It hands on all of it, to one pixel.
#
# ## Summary
#
# - A pool keeps one number of each window, map by map, and has no parameters. A
#   convolution with stride 2 does the same job with weights that are learned.
# - field ← field + (k − 1) · d · step, then step ← step · s. Three 3 x 3 see 7 x 7.
# - Convolution is equivariant to shifts. Two 2 x 2 pools forgive about one pixel.
#   Nothing in these layers forgives rotation. What should be forgiven has to be in the
#   training pictures (lesson 12).
# - Backward, max routes $\delta$ to the largest pixel, average spreads it; for a
#   convolution dW = xcorr(x, δ), dX = full convolution of δ with W, db = Σδ.
#
# ## Papers
#
# - K. Fukushima, *Neocognitron: a self-organizing neural network model for a mechanism
#   of pattern recognition unaffected by shift in position*, Biological Cybernetics 36,
#   1980.
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-based learning applied to
#   document recognition*, Proceedings of the IEEE 86, 1998.
# - D. Scherer, A. Müller, S. Behnke, *Evaluation of pooling operations in convolutional
#   architectures for object recognition*, ICANN 2010.
# - K. Simonyan, A. Zisserman, *Very deep convolutional networks for large-scale image
#   recognition*, arXiv:1409.1556, 2014 (three 3 x 3 in place of 7 x 7).
# - J. T. Springenberg, A. Dosovitskiy, T. Brox, M. Riedmiller, *Striving for
#   simplicity: the all convolutional net*, arXiv:1412.6806, 2014.
# - F. Yu, V. Koltun, *Multi-scale context aggregation by dilated convolutions*,
#   arXiv:1511.07122, 2015.
# - W. Luo, Y. Li, R. Urtasun, R. Zemel, *Understanding the effective receptive field in
#   deep convolutional neural networks*, NeurIPS 2016.
# - A. Araujo, W. Norris, J. Sim, *Computing receptive fields of convolutional neural
#   networks*, Distill, 2019.
# - R. Zhang, *Making convolutional networks shift-invariant again*, ICML 2019.
