# %% [markdown]
# # Convolution
#
# *Two networks have about as many parameters and see the same digits. One of them makes
# about half as many mistakes as the other. All that it does differently is to slide a
# small window over the picture. What does that window compute, and why does it help?*
#
# You will compute a convolution by hand, in one dimension and in two, until your
# numbers are those of Keras. At the end you can say how large its result gets, count
# parameters before you build, and tell what a convolution does when a digit moves.
#
# Reading and running: about 45 minutes. You need lesson 01 (models, training), and from
# lessons 02 and 03 softmax, cross-entropy and ReLU.

# %%
import keras
import numpy as np
from keras import layers
from scipy import ndimage, signal

from course import datasets, plots, results
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)

IMAGES, EPOCHS = (2_000, 1) if is_fast() else (60_000, 4)

digits = datasets.load("mnist")
x_train = digits.x_train[:IMAGES, :, :, None].astype("float32") / 255
y_train = digits.y_train[:IMAGES]
x_test = digits.x_test[:, :, :, None].astype("float32") / 255
x_train.shape, x_test.shape

# %% [markdown]
# A digit has 28 x 28 pixels, from 0 (paper) to 1 (ink), and one *channel*: gray. A
# color picture has three. The axes are batch, height, width, channels.
#
# ## The result to explain
#
# `Flatten` writes all numbers of a picture into one row. The first network does that
# at once; its 15 hidden units see all 784 pixels. The second one starts with a
# convolution: 8 *filters*, each a window of 5 x 5 weights. ReLU replaces negative
# numbers by 0 in both; softmax turns ten scores into shares that add up to 1.

# %%
image = keras.Input(shape=(28, 28, 1))
softmax = {"units": 10, "activation": "softmax"}


def digit_net(*steps):
    keras.utils.set_random_seed(SEED)
    return keras.Sequential([image, *steps, layers.Dense(**softmax)])


nets = {
    "all pixels": digit_net(layers.Flatten(), layers.Dense(15, activation="relu")),
    "windows of 5 x 5": digit_net(
        layers.Conv2D(8, 5, strides=2, activation="relu"), layers.Flatten()
    ),
}
for name, net in nets.items():
    print(f"{name:17} {net.count_params():,} parameters")

# %%
accuracy = {}
for name, net in nets.items():
    keras.utils.set_random_seed(SEED)
    loss = "sparse_categorical_crossentropy"
    net.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    net.fit(x_train, y_train, batch_size=128, epochs=EPOCHS, verbose=0)
    accuracy[name] = 100 * net.evaluate(x_test, digits.y_test, verbose=0)[1]

results.report(
    "mnist-one-convolution-test-accuracy",
    accuracy["windows of 5 x 5"],
    source=digits.source,
)

# %%
figure = plots.bar_compare(
    {name: 100 - value for name, value in accuracy.items()},
    label="Test digits named wrongly",
    unit="%",
    digits=1,
    title="About as many parameters, far fewer mistakes",
    caption="One run each. The networks have 11,935 and 11,738 parameters.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# Over the model seeds 0 to 4, the network that sees all pixels names 6.5 to 7.1 % of
# the test digits wrongly, the one with windows 2.5 to 3.9 %. So it is no luck. The
# convolution itself has only 208 of the 11,738 parameters. What do they do?
#
# ## A window on a line
#
# Take one row of pixels, $x$, and three weights $k = (-1, 0, 1)$, the *kernel*. Lay the
# kernel on the first three pixels, multiply what lies on top of each other, add up, and
# write the sum down. Move one pixel to the right. Repeat:
#
# $$y_i = \sum_{j=0}^{K-1} k_j \, x_{i+j}.$$
#
# This is *cross-correlation*. Our kernel subtracts the left neighbor from the right
# one: it answers where the row gets darker or lighter, and stays 0 where nothing
# changes. $K$ is the length of the kernel, $M$ that of the row.


# %%
def xcorr(x, k, stride=1, pad=0):
    padded = np.pad(x, pad)
    starts = range(0, len(padded) - len(k) + 1, stride)
    return np.array([padded[i : i + len(k)] @ k for i in starts])


# %%
digit = x_test[0, :, :, 0]
row, edge = digit[14], np.array([-1.0, 0.0, 1.0])
pixels = np.arange(28)
curves = {
    "row 14 of a digit": (pixels, row),
    "its cross-correlation with (-1, 0, 1)": (pixels, xcorr(row, edge, pad=1)),
}
figure = plots.lines(
    curves,
    x_label="Column (pixel)",
    y_label="Ink, or weighted sum",
    title="The kernel answers where the ink begins and where it ends",
    caption="Up: ink begins. Down: it ends. Zero: nothing changes.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# How long is the result? A window of 3 fits into 28 pixels at 26 places. If you put $P$
# zeros at each end (*padding*) there are more, and if the window moves by $S$ pixels
# (the *stride*) there are fewer:
#
# $$\left\lfloor \frac{M - K + 2P}{S} \right\rfloor + 1.$$
#
# The signs $\lfloor\ \rfloor$ round down: what is left over at the end gives no window.
# Three paddings have names; the lengths are those for stride 1. **Narrow**: $P = 0$,
# $M - K + 1$ numbers. **Equal width**: $P = (K - 1)/2$ for odd $K$, $M$ numbers.
# **Wide**: $P = K - 1$, every overlap counts, $M + K - 1$ numbers.

# %%
for name, pad in {"narrow": 0, "equal": 1, "wide": 2}.items():
    by_stride = [len(xcorr(row, edge, stride, pad)) for stride in (1, 2, 3)]
    formula = [(28 - 3 + 2 * pad) // stride + 1 for stride in (1, 2, 3)]
    print(f"{name:6} P = {pad}: {by_stride} with strides 1, 2, 3; formula {formula}")

# %% [markdown]
# ## Correlation or convolution?
#
# Mathematics calls something else *convolution*: the kernel is turned round first. The
# only difference is a sign,
#
# $$y_i = \sum_j k_j \, x_{i-j}.$$
#
# Where the index of $k$ grows, that of $x$ falls. NumPy has both.

# %%
x, k = row[14:22], np.array([1.0, 2.0, 4.0])
convolved = np.convolve(x, k, mode="full")
print("convolution is correlation with the turned kernel:", end=" ")
print(np.allclose(convolved, xcorr(x, k[::-1], pad=2)))
print("wide convolution, arguments swapped: equal?", end=" ")
print(np.allclose(convolved, np.convolve(k, x, mode="full")))
print("wide correlation, arguments swapped: equal?", end=" ")
print(np.allclose(xcorr(x, k, pad=2), xcorr(k, x, pad=7)))

# %% [markdown]
# The turn buys a rule: wide convolution **commutes**, it does not matter which of the
# two is the kernel. Correlation swapped gives the same numbers in reverse order.
#
# In two dimensions the turn is by 180°: rows *and* columns are reversed,
# `k[::-1, ::-1]`. And which of the two does Keras's `Conv2D` compute?

# %%
kernel = np.array([[0.0, 0.0, 1.0], [0.0, 2.0, 0.0], [-3.0, 0.0, 0.0]])
turned = kernel[::-1, ::-1]
layer = layers.Conv2D(1, 3, use_bias=False)
layer.build((None, 28, 28, 1))
layer.set_weights([kernel[:, :, None, None]])  # rows, columns, channels, filters
by_keras = np.asarray(layer(x_test[:1]))[0, :, :, 0]

for name, function in {
    "correlation": signal.correlate2d,
    "convolution": signal.convolve2d,
}.items():
    difference = np.abs(function(digit, kernel, mode="valid") - by_keras).max()
    print(f"Keras minus SciPy's {name}: at most {difference:.6f}")

# %% [markdown]
# Keras computes **cross-correlation**, and so do PyTorch and nearly all libraries for
# deep learning. It does not matter for a network, because its kernels are *learned*. To
# see that, let a true convolution of digits be the target, and let Keras learn the
# kernel.

# %%
some = x_test[:64]
targets = [signal.convolve2d(one, kernel, "valid") for one in some[:, :, :, 0]]
keras.utils.set_random_seed(SEED)
learner = keras.Sequential([image, layers.Conv2D(1, 3, use_bias=False)])
learner.compile(optimizer=keras.optimizers.Adam(0.2), loss="mse")
target = np.stack(targets)[..., None]
learner.fit(some, target, batch_size=64, epochs=150, verbose=0)
learned = learner.get_weights()[0][:, :, 0, 0]

figure = plots.gallery(
    {"kernel of the convolution": kernel, "turned by 180°": turned, "learned": learned},
    title="Keras learns the turned kernel",
    value_label="Weight",
    columns=3,
    signed=True,
    caption="Digits convolved with the left kernel were the target.",
)
plots.show(figure)

# %% [markdown]
# The learned kernel is the turned one. Turned or not, the network can express the same
# functions; only the picture of the kernel differs. That is why everybody says
# "convolution".
#
# ## The window in two dimensions
#
# A small piece of the digit, 5 x 5 pixels in whole numbers, and a kernel that subtracts
# the left column from the right one:

# %%
patch = np.round(9 * digit[12:17, 15:20])
upright = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
figure = plots.sliding_window(
    patch,
    upright,
    steps=[0, 1, -1],
    title="A 3 x 3 window on 5 x 5 pixels: 3 x 3 places",
    caption="The first, the second and the last place; right, the sums so far.",
)
plots.show(figure, source=digits.source)

# %%
frames = [plots.sliding_window(patch, upright, steps=[i]) for i in range(9)]
plots.show(plots.animate(frames, title="The same window, all nine places"))

# %% [markdown]
# The result is a *map*: it says where in the picture the pattern of the kernel is, and
# how strongly.
#
# ### More than one channel
#
# In two dimensions the letters are others, as in most books: $F$ is the side of the
# kernel, and $K$ the number of filters.
#
# A filter is **local in space and full in depth**. On a picture with $D$ channels it
# has $F \times F \times D$ weights. Each channel has its own slice; the sums of the
# channels are added, then one bias. With $K$ filters there are $K$ maps, and they are
# the channels of the next layer. All numbers of map $k$ come from the same filter $k$,
# and no other map uses it:
#
# $$y_{ijk} = b_k + \sum_{a,\,b,\,d} W_{abdk} \; x_{i+a,\; j+b,\; d}.$$
#
# Here $a$ and $b$ run over the rows and columns of the window and $d$ over the
# channels. This is one place, the upper left one, of a 5 x 5 x 3 picture with a border
# of one zero:

# %%
corner = np.zeros((3, 3, 3))
corner[1:, 1:, 0] = [[1, 2], [1, 0]]
corner[1:, 1:, 1] = [[0, 1], [1, 2]]
corner[1:, 1:, 2] = [[2, 1], [0, 1]]
filter_ = np.zeros((3, 3, 3))
filter_[1:, 1:, 0] = [[-1, 1], [-1, 1]]
filter_[1:, 1:, 1] = [[1, 0], [0, 1]]
filter_[1:, 1:, 2] = [[0, -1], [1, 1]]
filter_[0, 0, :] = 1  # meets the border of zeros

sums = (corner * filter_).sum(axis=(0, 1))
total = " + ".join(f"{value:.0f}" for value in sums)
print(f"channel sums {total}, and the bias 1: {sums.sum() + 1:.0f}")

# %% [markdown]
# ## How large is the map?
#
# For each side, with kernel $F$, stride $S$ and padding $P$ on both ends:
#
# $$\left\lfloor \frac{H - F + 2P}{S} \right\rfloor + 1.$$
#
# The 5 x 5 x 3 picture above becomes 7 x 7 x 3 with one zero around it. With $F = 3$:
# stride 1 gives $(7 - 3)/1 + 1 = 5$, stride 2 gives 3.
#
# In Keras you choose the padding by a word:
#
# - `"valid"`: none. $\lceil (H - F + 1) / S \rceil$, which is the formula above with
#   $P = 0$
# - `"same"`: as many zeros as it takes for $\lceil H / S \rceil$
#
# ($\lceil\ \rceil$ rounds up.) `"same"` keeps the size for stride 1 **only**. A formula
# is worth checking:

# %%
rng = np.random.default_rng(SEED)
wrong = 0
for _ in range(200):
    F, S = int(rng.integers(1, 8)), int(rng.integers(1, 5))
    H = int(rng.integers(F, 60))
    rule = {"same": -(-H // S), "valid": -(-(H - F + 1) // S)}
    for padding, expected in rule.items():
        one = layers.Conv2D(1, F, strides=S, padding=padding)
        wrong += one.compute_output_shape((None, H, H, 3))[1] != expected
print(f"{wrong} of 400 sizes differ from the formulas.")

example = layers.Conv2D(32, 3, strides=2, padding="same")
example.build((None, 128, 128, 3))
shape = example.compute_output_shape((None, 128, 128, 3))[1:]
print("32 filters of 3 x 3, stride 2, same, on 128 x 128 x 3:", shape, end=", ")
results.report("conv-stride-2-params", example.count_params())

# %% [markdown]
# ### Which padding keeps the size?
#
# Put $S = 1$ into the formula and ask for $H$: $H - F + 2P + 1 = H$, so
# $P = (F - 1)/2$. For 3, 5 and 7 that is 1, 2 and 3. No experience is needed, only two
# conditions: stride 1, and **odd** $F$. For $F = 4$ it would be 1.5; `"same"` then puts
# one zero in front and two behind. You can see it: a kernel of ones on a row of ones
# counts the real pixels in each window.

# %%
ones = np.ones((1, 6, 1), "float32")
for F in (3, 4, 5):
    counter = layers.Conv1D(
        1, F, padding="same", kernel_initializer="ones", use_bias=False
    )
    print(f"F = {F}: real pixels per window", np.asarray(counter(ones))[0, :, 0])

# %% [markdown]
# ## How many parameters?
#
# $K$ filters, each with $F \cdot F \cdot D$ weights and one bias:
#
# $$K \cdot F \cdot F \cdot D + K.$$
#
# $32 \cdot 3 \cdot 3 \cdot 3 + 32 = 896$. The size of the picture is not in it, nor are
# stride and padding: **the same kernel serves all places**. What does that save? Take
# ten filters of 5 x 5 on 32 x 32 x 3 pixels, padded with 2 zeros on each side so that
# the maps are 32 x 32 as well. (Without padding they would be 28 x 28.) Compare them
# with a layer that has weights of its own for each place of each map.

# %%
window, places, filters = 5 * 5 * 3, 32 * 32, 10
sharing = {
    "weights, each place its own": window * places * filters,
    "biases, each place its own": places * filters,
    "weights, shared": window * filters,
    "biases, shared": filters,
}
figure = plots.bar_compare(
    sharing,
    label="Parameters",
    digits=0,
    title="Sharing: 760 parameters in place of 778,240",
    caption="The two lower bars are too short to be seen: that is the point.",
)
axes = figure.axes[0]
axes.set_xticks([0, 400_000, 800_000], ["0", "400,000", "800,000"])
plots.show(figure)
unshared, shared = (window * places * filters, (window + 1) * filters)
results.report("weight-sharing-ratio", unshared / shared)

# %% [markdown]
# The ratio 1,010.5 compares 768,000 weights with 760 weights and biases, as is often
# done. Like with like it is 778,240 to 760, or 768,000 to 750: in both cases **1,024,
# the number of places**.
#
# Now the first figure makes sense. The second network spends 208 parameters on patterns
# that can stand anywhere, and the rest on where they were found. The first one must
# learn each stroke anew for each place.
#
# ## Kernels that people made
#
# Before kernels were learned, they were designed. A *Gaussian* averages neighbors, the
# near ones more; its weights add up to 1. An *edge* kernel subtracts one side from the
# other; its weights add up to 0, so even areas give 0.

# %%
bell = np.exp(-(np.arange(-2, 3) ** 2) / 2)
gaussian = np.outer(bell, bell) / bell.sum() ** 2
sobel = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
designed = {"Gaussian": gaussian, "upright edges": sobel, "level edges": sobel.T}


def correlate(picture, kernel):
    margin = len(kernel) // 2
    windows = np.lib.stride_tricks.sliding_window_view(
        np.pad(picture, margin), kernel.shape
    )
    return (windows * kernel).sum(axis=(2, 3))


maps = {name: correlate(digit, one) for name, one in designed.items()}
for name, one in designed.items():
    by_scipy = ndimage.correlate(digit, one, mode="constant")
    difference = np.abs(maps[name] - by_scipy).max()
    print(f"{name}: differs from SciPy by at most {difference:.1e}")

# %%
panels = [("digit", digit), *maps.items()]
figure = plots.gallery(
    panels,
    title="One digit, three designed kernels",
    columns=4,
    one_scale=False,
    signed=True,
    caption="Each picture has its own scale. Blue with dots is negative: there, going "
    "right or down, the ink ends.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# And these are the eight kernels that the network above has learned. They are less
# tidy than designed ones. Look for those that weigh one side of the window against
# another: nobody told them to.

# %%
plots.show(
    plots.kernels(nets["windows of 5 x 5"], "conv2d", title="Eight learned kernels"),
    source=digits.source,
)

# %% [markdown]
# ## What happens when the digit moves?
#
# One kernel for all places has a consequence. Move the digit by three columns, then
# compute the map. Or compute the map, then move it. And do the same with a quarter
# turn.

# %%
moved, quarter = np.roll(digit, 3, axis=1), np.rot90(digit)
edges = maps["upright edges"]
pairs = {
    "map of the digit": edges,
    "map of the moved digit": correlate(moved, sobel),
    "moved map": np.roll(edges, 3, axis=1),
    "map of the turned digit": correlate(quarter, sobel),
    "turned map": np.rot90(edges),
}
names = list(pairs)
by_move = np.abs(pairs[names[1]] - pairs[names[2]]).max()
by_turn = np.abs(pairs[names[3]] - pairs[names[4]]).max()
still = np.abs(pairs[names[1]] - edges).max()
print(f"moved digit against moved map:   differs by at most {by_move:.2f}")
print(f"moved digit against the old map: differs by at most {still:.2f}")
print(f"turned digit against turned map: differs by at most {by_turn:.2f}")

# %%
figure = plots.gallery(
    pairs,
    title="Moved digit, moved map; a turned digit gives another map",
    value_label="Weighted sum",
    columns=3,
    signed=True,
    alt="Five maps of upright edges of a 7. The map of the digit moved by three "
    "columns equals the moved map. The map of the digit turned by a quarter differs "
    "from the turned map: its strokes are other ones.",
    caption="The second and third picture are equal; the fourth and fifth differ.",
)
plots.show(figure, source=digits.source)

# %% [markdown]
# Moving first or last makes no difference: a convolution is **equivariant** under
# shifts. It is not *invariant*: that would mean the same map wherever the digit stands,
# and the second line shows how far from the truth that is. (Two conditions: the stride
# is 1, and the digit stays away from the edge.) For rotations it is neither, unless the
# kernel itself looks the same after the turn. Lesson 05 measures what *pooling* adds: a
# little invariance, for about one pixel.
#
# One more consequence: a convolution does not know how large the picture is.

# %%
anywhere = keras.Sequential([keras.Input((None, None, 1)), layers.Conv2D(8, 5)])
for side in (28, 40):
    print(side, "->", anywhere(np.zeros((1, side, side, 1))).shape[1:])

# %% [markdown]
# ## What people get wrong
#
# Sentences in circulation. *Wrong* fails when run, *outdated* names something that is
# gone, *loose* is true under a condition that it does not state, *convention* means
# that both are used.
#
# - **convention** · "Keras convolves." It correlates; the kernel is not turned. With
#   learned kernels both are equally able. With a *given* kernel turn it yourself.
# - **wrong** · "A CNN is invariant to shift, rotation and scale." A convolution is
#   equivariant under shifts, and that is all. Lesson 05 moves, turns and scales digits.
# - **wrong** · "$P = (F - 1)/2$ is empirical." It follows from the size formula.
# - **loose** · "`same` keeps the size." For stride 1. Otherwise $\lceil H/S \rceil$.
# - **loose** · "A 3 x 3 kernel has 9 weights." Per channel. On 3 channels it has 27,
#   and the layer one bias per filter.
# - **loose** · "768,000 against 760." The second number counts biases, the first does
#   not: it would be 778,240. And its 32 x 32 maps need padding 2; the same page counts
#   28 x 28 elsewhere.
# - **wrong** · "Each channel gets its own map." In `Conv2D` the sums over channels are
#   added; a map belongs to a filter.
# - **wrong** · "A convolutional network needs pictures of one size." A convolution does
#   not, as you saw; a `Dense` layer after `Flatten` does (lesson 06).
# - **loose** · "Convolutions have few parameters." Few for what they compute: the layer
#   of exercise 6 has 896 parameters and computes 131,072 sums.
# - **loose** · "Padding and stride do not change the count." They leave that of the
#   convolution alone. But give our second network `padding="same"`: its maps become
#   14 x 14 in place of 12 x 12, the `Dense` layer behind `Flatten` gets 1,568 inputs in
#   place of 1,152, and the total is 15,898 in place of 11,738.
#
# ## Summary
#
# - Cross-correlation: lay the kernel on a window, multiply, add up, move on. Turn the
#   kernel by 180° first and it is a convolution, which commutes.
# - $\lfloor (H - F + 2P)/S \rfloor + 1$ per side; `"valid"`
#   $\lceil (H - F + 1)/S \rceil$, `"same"` $\lceil H/S \rceil$.
# - A filter is local in space and full in depth: $F \cdot F \cdot D$ weights, one bias,
#   one map. $K$ filters have $K(F^2 D + 1)$ parameters, whatever the size.
# - One kernel serves all places. That saves a factor of the number of places, and makes
#   the layer equivariant under shifts.
#
# ## Papers
#
# - K. Fukushima, *Neocognitron: a self-organizing neural network model for a mechanism
#   of pattern recognition unaffected by shift in position*, Biological Cybernetics 36,
#   1980.
# - Y. LeCun et al., *Backpropagation applied to handwritten zip code recognition*,
#   Neural Computation 1(4), 1989 (shared weights, learned).
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-based learning applied to
#   document recognition*, Proceedings of the IEEE 86(11), 1998.
# - V. Dumoulin, F. Visin, *A guide to convolution arithmetic for deep learning*,
#   arXiv:1603.07285, 2016.
# - T. Cohen, M. Welling, *Group equivariant convolutional networks*, ICML 2016
#   (equivariance for rotations, too).
