# %% [markdown]
# # LeNet-5
#
# *LeNet-5, a famous small network, has "60,000 parameters". My Keras version has
# 61,706. Which is right, and where do the 1,706 come from?*
#
# You will count the network of 1998 layer by layer, write its unusual layers yourself,
# and build the version that people mean today. At the end you can write a layer with
# weights, tell parameters from connections, and say what changed between 1998 and now.
#
# Reading and running: about 45 minutes. You need lessons 04 to 06 (convolution,
# pooling, convolutional networks).

# %%
import os
import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from course import datasets, plots, results
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)

EPOCHS = 1 if is_fast() else 5

# %% [markdown]
# ## The digits, with a border
#
# LeNet-5 takes pictures of 32 x 32 pixels, and MNIST's digits have 28 x 28. The border
# is there on purpose: a stroke that ends at the edge of the digit can still lie in the
# *middle* of a 5 x 5 kernel. We work with 12,000 training images.

# %%
digits = datasets.load("mnist")
NUM_TRAIN = 2_000 if is_fast() else 12_000


def prepared(images):
    scaled = images[..., None].astype("float32") / 255
    return np.pad(scaled, ((0, 0), (2, 2), (2, 2), (0, 0)))


x_train, y_train = prepared(digits.x_train[:NUM_TRAIN]), digits.y_train[:NUM_TRAIN]
x_test, y_test = prepared(digits.x_test), digits.y_test
print("Training images:", x_train.shape, "test images:", x_test.shape)

# %% [markdown]
# ## A layer of your own
#
# Some of LeNet-5's layers do not exist in Keras. So we write layers first, and begin
# with the smallest that has something to learn: each map is multiplied by a number of
# its own.
#
# - `build(input_shape)` runs once, when the layer sees its input's shape. It makes the
#   **weights** with `add_weight`; only now is it known how many maps there are.
# - `call(inputs)` is what the layer **computes**.
# - `get_config()` returns the **arguments** of the constructor, so that a saved model
#   can make the layer again.


# %%
class ScaleMaps(layers.Layer):
    """Multiplies each map by a trained number of its own."""

    def __init__(self, start=1.0, **kwargs):
        """Keep the start."""
        super().__init__(**kwargs)
        self.start = start

    def build(self, input_shape):
        """Make one weight per map."""
        start = keras.initializers.Constant(self.start)
        self.w = self.add_weight(shape=input_shape[-1:], initializer=start)

    def call(self, inputs):
        """Return the scaled maps."""
        return self.w * inputs

    def get_config(self):
        """Return the arguments of the constructor."""
        return {**super().get_config(), "start": self.start}


# %%
scaler = keras.Sequential([keras.Input(shape=(4, 4, 6)), ScaleMaps(start=0.5)])
with tempfile.TemporaryDirectory() as folder:
    scaler.save(Path(folder) / "scaler.keras")
    known = {"ScaleMaps": ScaleMaps}  # what Keras cannot know by itself
    again = keras.models.load_model(Path(folder) / "scaler.keras", known)

ones = np.ones((1, 4, 4, 6), dtype="float32")
print("Parameters:", scaler.count_params(), "for six maps of any size")
print("Output of ones:", float(scaler(ones)[0, 0, 0, 0]))
print("After saving and loading:", float(again(ones)[0, 0, 0, 0]))

# %% [markdown]
# Six weights, not 96: `shape=input_shape[-1:]` is one entry per map, and all pixels
# of a map **share** it.
#
# ## Counting LeNet-5
#
# Two numbers per layer. A **parameter** is a number that is trained. A **connection**
# joins one input, or the bias, to one output. A shared weight is one parameter with
# many connections.
#
# ### C1 and S2
#
# C1 has six 5 x 5 kernels, unpadded: the side shrinks to 32 - 5 + 1 = 28. Each of the
# 28 x 28 x 6 outputs has 25 inputs and a bias.
#
# S2 halves the side. It is *not* today's pooling: it **adds up** four inputs,
# multiplies by a trained $w$, adds a trained $b$, and squashes the result. Two
# parameters per map, five connections per output. (In a layer of your own the sum is
# four times the average, `4 * keras.ops.average_pool(inputs, 2, strides=2)`.)

# %%
counts = {
    "C1": (6 * 26, 6 * 26 * 28 * 28),
    "S2": (6 * 2, 6 * 5 * 14 * 14),
}
c1 = keras.Sequential([keras.Input(shape=(32, 32, 1)), layers.Conv2D(6, 5)])
print("C1, by hand and by Keras:", counts["C1"][0], c1.count_params(), c1.output_shape)
print("S2:", counts["S2"])

# %% [markdown]
# ### C3 and its table
#
# C3 has 16 maps of 10 x 10, because 14 - 5 + 1 = 10. Today each of them would see all
# six maps of S2. The authors gave a **table** instead. It keeps the number of
# connections down, and it forces "a break of symmetry": different maps get different
# inputs, and so learn different things.

# %%
TABLE = ["012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345"]
TABLE += ["0145", "0125", "0134", "1245", "0235", "012345"]

c3 = np.zeros((6, 16), dtype=int)
for column, seen in enumerate(TABLE):
    c3[[int(row) for row in seen], column] = 1

figure = plots.connections(
    c3,
    x_label="Map of C3",
    y_label="Map of S2",
    title="Each map of C3 sees three, four or six of the six maps",
    caption="A cross is a 5 x 5 kernel. 60 of 96 kernels exist.",
)
plots.show(figure)

# %%
kernels = int(c3.sum())
counts["C3"] = (25 * kernels + 16, (25 * kernels + 16) * 10 * 10)
full = 25 * 6 * 16 + 16
print(f"C3 with its table: {counts['C3'][0]:,} parameters; fully connected {full:,}")

# %% [markdown]
# The saving is 36 kernels of 25 weights: 900. (The biases belong to maps, not to
# kernels, and there are 16 either way.)
#
# ### S4, C5, F6
#
# S4 is like S2 on 16 maps. C5 has 120 maps that each see all 16 maps of 5 x 5. A 5 x 5
# kernel covers such a map, so the output is 5 - 5 + 1 = 1 pixel. That is a dense layer
# by another name. F6 is dense: 84 units.

# %%
counts["S4"] = (16 * 2, 16 * 5 * 5 * 5)
counts["C5"] = (120 * (16 * 25 + 1),) * 2
counts["F6"] = (84 * (120 + 1),) * 2
for name, (parameters, connections) in counts.items():
    print(f"{name}: {parameters:>7,} parameters {connections:>8,} connections")

# %% [markdown]
# ### The squashing function
#
# Behind C1 to F6 stands a curve that the paper calls sigmoidal. It is **not** the
# logistic function with values from 0 to 1, but a scaled tanh:
#
# $$f(a) = 1.7159 \, \tanh\left(\tfrac{2}{3} a\right).$$
#
# The factors make $f(1) = 1$ and $f(-1) = -1$: targets of ±1 lie where the curve still
# bends, not where it has gone flat.

# %%
a = np.linspace(-4, 4, 161)
curves = {
    "scaled tanh": (a, 1.7159 * np.tanh(2 * a / 3)),
    "tanh": (a, np.tanh(a)),
    "logistic": (a, 1 / (1 + np.exp(-a))),
}
figure = plots.lines(
    curves,
    x_label="Input a",
    y_label="Output f(a)",
    title="LeNet-5's sigmoid reaches 1.7, and passes through (1, 1)",
    marks={"f(1) = 1": (1, 1), "f(-1) = -1": (-1, -1)},
    caption="tanh ends at -1 and 1, the logistic function at 0 and 1.",
)
plots.show(figure)

# %% [markdown]
# ### Why 84? The output layer
#
# 84 = 7 x 12. For each class somebody **drew a bitmap** of 7 x 12 pixels, -1 or +1. F6
# learns to give the bitmap of the digit that it sees, and output $i$ measures how far
# it is off:
#
# $$y_i = \sum_{j=1}^{84} (x_j - w_{ij})^2.$$
#
# Such a unit is called an *RBF* (radial basis function) unit. A distance is an error:
# **the smallest output wins**, `argmin`. The bitmaps below follow that idea; they are
# drawn for this course and are not those of the paper.

# %%
BITMAPS = """
.#####. ...#... .#####. .#####. #....#. ####### ..####. ####### .#####. .#####.
##...## ..##... ##...## ##...## #....#. #...... .##.... #....## ##...## ##...##
#.....# .###... #.....# ......# #....#. #...... ##..... .....#. #.....# #.....#
#.....# ...#... ......# ......# #....#. #...... #...... .....#. #.....# #.....#
#.....# ...#... .....## .....## #....#. #####.. #...... ....##. ##...## ##...##
#.....# ...#... ....##. ..####. ####### ....##. ######. ....#.. .#####. .######
#.....# ...#... ...##.. .....## .....#. .....## ##...## ...##.. ##...## ......#
#.....# ...#... ..##... ......# .....#. ......# #.....# ...#... #.....# ......#
#.....# ...#... .##.... ......# .....#. ......# #.....# ...#... #.....# ......#
#.....# ...#... ##..... #.....# .....#. #.....# #.....# ..##... #.....# .....##
##...## ...#... #...... ##...## .....#. ##...## ##...## ..#.... ##...## ....##.
.#####. .#####. ####### .#####. .....#. .#####. .#####. ..#.... .#####. .####..
"""
rows = [line.split() for line in BITMAPS.split("\n") if line]
drawn = np.array([[[c == "#" for c in row[d]] for row in rows] for d in range(10)])
codes = np.where(drawn.reshape(10, 84), 1.0, -1.0)

# %%
figure = plots.gallery(
    {str(digit): codes[digit].reshape(12, 7) for digit in range(10)},
    title="Ten codes of 7 x 12, drawn by hand and never trained",
    value_label="Entry of the code (-1 or 1)",
    columns=5,
    caption="Codes of digits that look alike are close: 3 and 8 differ in 9 pixels.",
)
plots.show(figure)

# %%
rng = np.random.default_rng(SEED)
f6 = codes[3] + rng.normal(0, 0.6, 84)  # what F6 might give for a three
distances = np.square(f6 - codes).sum(axis=1)
print("Distances:", distances.round(0).astype(int))
print("argmin:", distances.argmin(), "- argmax:", distances.argmax())
counts["output"] = (0, 84 * 10)

# %% [markdown]
# `argmax` names the digit that looks *least* like it. Why codes at all? Shapes that
# look alike get codes that are close, which helps a program that reads whole words
# afterwards; and a code far from all ten says "no digit".
#
# The 840 numbers of the codes are **fixed** ("at least initially", says the paper): 840
# connections, no trained parameter. Now the sums:

# %%
total_parameters = sum(parameters for parameters, _ in counts.values())
total_connections = sum(connections for _, connections in counts.values())
results.report("lenet5-parameters", total_parameters)
results.report("lenet5-connections", total_connections)

# %%
figure = plots.new_figure(height=3.4)
axes = figure.add_subplot()
for column, name in enumerate(("parameters", "connections")):
    values = [row[column] for row in counts.values()]
    places = np.arange(len(counts)) + 0.4 * column - 0.2
    look = {"label": name, "hatch": "///" if column else None, "edgecolor": "white"}
    axes.barh(places, values, 0.38, color=plots.look(column).color, **look)
axes.set(xscale="log", xlim=(1, 1e6))
axes.set_yticks(range(len(counts)), list(counts))
axes.invert_yaxis()
axes.legend(loc="lower right")
title = "C1: 0.3 % of the parameters, 36 % of the connections"
plots.dress(axes, title=title, x="Number (logarithmic scale)", y="Layer")
alt = "Two bars per layer. C1 to S4 have far more connections than parameters; C5 "
alt += "and F6 have as many of one as of the other; the output has connections only."
plots.describe(figure, alt, "The output has 840 connections, none of them trained.")
plots.show(figure)

# %% [markdown]
# So **60,000 is right for 1998**. It is the network with the table, the 2-parameter
# subsampling, and fixed codes. Weight sharing makes the difference between 60,000 and
# 340,908.
#
# ## LeNet today
#
# Whoever says LeNet now means: full connection in C3 (2,416 in place of 1,516), max
# pooling without weights (0 in place of 12 and 32), ReLU for the scaled tanh, and a
# trained dense output (850 in place of 0). 60,000 + 900 - 44 + 850 = 61,706.


# %%
def modern_lenet():
    keras.utils.set_random_seed(SEED)
    return keras.Sequential(
        [
            keras.Input(shape=(32, 32, 1)),
            layers.Conv2D(6, 5, activation="relu", name="c1"),
            layers.MaxPooling2D(2, name="s2"),
            layers.Conv2D(16, 5, activation="relu", name="c3"),
            layers.MaxPooling2D(2, name="s4"),
            layers.Flatten(),
            layers.Dense(120, activation="relu", name="c5"),
            layers.Dense(84, activation="relu", name="f6"),
            layers.Dense(10, activation="softmax", name="classes"),
        ]
    )


# %%
model = modern_lenet()
results.report("lenet-modern-params", model.count_params())
title = "Nearly four of five parameters sit in c5"
caption = "The layers from input to output. Pooling and Flatten have none."
plots.show(plots.layer_sizes(model, title=title, caption=caption))


# %%
def train(network, images, labels):
    loss = "sparse_categorical_crossentropy"
    network.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    options = {"batch_size": 64, "epochs": EPOCHS, "verbose": 0}
    network.fit(images, labels, **options)
    return 100 * network.evaluate(x_test, y_test, batch_size=512, verbose=0)[1]


small = train(model, x_train, y_train)
results.report("lenet-12k-test-accuracy", small, source=digits.source)

everything = modern_lenet()
rows = slice(0, 2_000 if is_fast() else None)
full = train(everything, prepared(digits.x_train[rows]), digits.y_train[rows])
results.report("lenet-60k-test-accuracy", full, source=digits.source)

# %% [markdown]
# The same network, five epochs each: the difference is what five times as many images
# are worth, and five times as many updates with them. Now look inside. Each picture
# below is one map of the trained network.

# %%
four = x_test[np.argmax(y_test == 4)]
for name, title in (("c1", "C1 finds strokes"), ("c3", "C3 combines them")):
    words = {"title": title, "caption": "Maps of one four. Dark: a strong answer."}
    figure = plots.feature_maps(everything, name, four, count=16, **words)
    plots.show(figure, source=digits.source)

# %% [markdown]
# C1's maps still show the four, as strokes and edges of one direction or another. C3's
# maps have 10 x 10 pixels and are coarser: each answers to some part, in some place.
#
# ### A program in circulation
#
# A LeNet program that goes around on web pages is written for TensorFlow 1. Its network
# is the one above, with settings of its own: first weights from a *truncated normal*
# distribution (a bell curve of standard deviation 0.1, cut off at two of them), max
# pooling with padding `"same"`, and a penalty of 0.001 on large weights of the dense
# layers (L2, lesson 12). It trains with Adam at 0.001, in batches of 64, for 10 epochs.
# Here it is in Keras 3. Sides of 28 and 10 are even, so `"same"` pads nothing.


# %%
def ported_lenet():
    net = keras.Sequential([keras.Input(shape=(32, 32, 1))])
    normal = keras.initializers.TruncatedNormal
    shrink = keras.regularizers.L2(0.001 / 2)  # TensorFlow 1 halves its penalty
    for maps in (6, 16):
        start = normal(stddev=0.1)
        net.add(layers.Conv2D(maps, 5, activation="relu", kernel_initializer=start))
        net.add(layers.MaxPooling2D(2, padding="same"))
    net.add(layers.Flatten())
    for units, bend in ((120, "relu"), (84, "relu"), (10, "softmax")):
        options = {"kernel_initializer": normal(stddev=0.1), "activation": bend}
        net.add(layers.Dense(units, kernel_regularizer=shrink, **options))
    return net


ported = ported_lenet()
print("By layer:", [layer.count_params() for layer in ported.layers])
print(f"In all: {ported.count_params():,}")

# %% [markdown]
# ## After LeNet
#
# **AlexNet** (2012) has the same plan, larger: five convolutional and three dense
# layers, about 60 *million* parameters, on 1.2 million photographs. It has ReLU in
# place of tanh, and *dropout* in the dense layers: a random share of the units is
# switched off in training (lessons 08 and 09). Its images were *augmented*: shifted and
# mirrored crops, changed colors (lesson 12; LeNet-5, too, was trained on distorted
# digits). And it ran on two graphics cards that each held half of the maps. The halves
# see each other only in some layers: a connection table again, this time to save
# memory.
#
# **Small kernels.** Two 3 x 3 layers see 5 x 5 pixels with 18 weights per pair of maps
# in place of 25, and bend twice (VGG, 2014). **Inception** (2014) runs 1 x 1, 3 x 3,
# 5 x 5 and a 3 x 3 pool side by side, and uses 1 x 1 convolutions to shrink the depth
# first. **Depth** then passed 50 layers, once shortcuts around layers (ResNet, 2015)
# let gradients through. **Fully convolutional** networks drop the dense layers, where
# LeNet and AlexNet have nearly all of their parameters. Global average pooling takes
# their place, and any picture size fits; some put strided convolutions in the place of
# pooling, too.

# %%
direct = 5 * 5 * 192 * 32
bottleneck = 1 * 1 * 192 * 16 + 5 * 5 * 16 * 32
print(f"5 x 5 from 192 to 32 maps: {direct:,} weights")
print(f"through 16 maps by 1 x 1:  {bottleneck:,} weights")
print(f"Two 3 x 3 in place of one 5 x 5: {2 * 9 / 25:.0%} of the weights")

# %% [markdown]
# ## What people get wrong
#
# Sentences and lines of code in circulation. *Wrong* fails when run, *outdated* names
# something that is gone, *loose* is true under a condition that it does not state,
# *convention* means that both are used.
#
# - **wrong** · "LeNet-5 trains 60,840 parameters". The 840 numbers of the output are
#   fixed codes. 60,000 are trained.
# - **wrong** · "The largest output is the answer". Its outputs are distances: the
#   smallest is. For today's softmax head it is the largest.
# - **loose** · "LeNet-5 uses the sigmoid". A scaled tanh, which the paper calls
#   sigmoidal; not the logistic function.
# - **loose** · "LeNet is from 1994". Relatives were published in 1989 and compared in
#   1995; LeNet-5 was described in full in 1998.
# - **loose** · "Every layer has trainable parameters". True for S2 and S4 of 1998, with
#   w and b; a MaxPooling2D layer has none. Run below.
# - **wrong** · "10 x 10 x 6 becomes 5 x 5 x 16" (a comment in a copied program).
#   Pooling keeps the depth: 10 x 10 x **16**. Run below.
# - **outdated** · `tf.placeholder`, `tf.Session`, `tf.contrib`, and
#   `tf.nn.dropout(x, keep_prob=0.5)`: gone since TensorFlow 2. The last one now takes
#   `rate`, the share that is *dropped*. And `tf.rece_mean` never existed: a filter took
#   the "du" out of `reduce_mean`. Run below.
# - **wrong** · Labels from `os.listdir` without sorting. The order is that of the file
#   system, and may differ between training and test folders.
# - **wrong** · Batches of 64 with the rest dropped, or the mean of batch means. 16 of
#   10,000 images are never tested, or count four times.
# - **wrong** · A network that is built once, with `train=False`, and then trained:
#   dropout is not in it, and never runs.

# %%
for name in ("rece_mean", "contrib", "placeholder", "Session"):
    print(f"tf.{name}:", "exists" if hasattr(tf, name) else "AttributeError")
try:
    tf.nn.dropout(tf.ones(4), keep_prob=0.5)
except TypeError as error:
    print("keep_prob: TypeError,", str(error).split("()")[-1].strip())

print(
    "Parameters of s2 and s4:",
    [model.get_layer(n).count_params() for n in ("s2", "s4")],
)
for name in ("c3", "s4"):
    print(name, "gives", model.get_layer(name).output.shape[1:])


# %%
def built_once(train):
    inputs = keras.Input(shape=(84,))
    x = layers.Dropout(0.5)(inputs) if train else inputs
    return keras.Model(inputs, layers.Dense(10)(x))


steps = [type(layer).__name__ for layer in built_once(train=False).layers]
print("Built with train=False:", steps)

with tempfile.TemporaryDirectory() as folder:
    for part, order in (("train", "7203918456"), ("test", "0193847265")):
        for name in order:
            (Path(folder) / part / name).mkdir(parents=True)
    listings = [os.listdir(Path(folder) / part) for part in ("train", "test")]
print("os.listdir, training:", *listings[0])
print("os.listdir, test:    ", *listings[1])

# %% [markdown]
# On this computer the two listings may agree or not; nothing promises either. What it
# costs when a label is a position and not a name:

# %%
answers = everything.predict(x_test, batch_size=512, verbose=0).argmax(axis=1)
hits = answers == y_test
positions = {int(name): place for place, name in enumerate("7203918456")}
renamed = np.array([positions[answer] for answer in answers])
print(f"Labels by name:     {100 * hits.mean():.2f} % right")
print(f"Labels by position: {100 * np.mean(renamed == y_test):.2f} % right")

tail = len(hits) % 64
means = [hits[start : start + 64].mean() for start in range(0, len(hits), 64)]
print(f"All images:          {100 * hits.mean():.4f} %")
print(f"Tail of {tail} dropped:  {100 * hits[:-tail].mean():.4f} %")
print(f"Mean of batch means: {100 * np.mean(means):.4f} %")

# %% [markdown]
# Renamed, the very same network falls below 20 %. Nothing is broken but the names, and
# no training cures it. The other two slips change the last digits only, which is why
# they live so long.
#
# ## Summary
#
# - A layer of your own: weights in `build`, computation in `call`, arguments in
#   `get_config`.
# - Parameters are counted once; connections once per output. Sharing makes 340,908
#   connections out of 60,000 parameters.
# - LeNet-5 of 1998: a connection table, trained subsampling, a scaled tanh, fixed codes
#   and `argmin`. LeNet today: 61,706 parameters, ReLU, max pooling, softmax.
# - Nearly four of five parameters sit in the first dense layer. Later networks used
#   smaller kernels, 1 x 1 bottlenecks and more depth, and dropped the dense layers.
# - Take labels from names, count every test image once.
#
# ## Papers
#
# - Y. LeCun et al., *Backpropagation applied to handwritten zip code recognition*,
#   Neural Computation 1, 1989.
# - Y. LeCun et al., *Comparison of learning algorithms for handwritten digit
#   recognition*, ICANN 1995.
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-based learning applied to
#   document recognition*, Proceedings of the IEEE 86, 1998 (LeNet-5, table I is C3's).
# - A. Krizhevsky, I. Sutskever, G. Hinton, *ImageNet classification with deep
#   convolutional neural networks*, NeurIPS 2012.
# - M. Lin, Q. Chen, S. Yan, *Network in network*, arXiv:1312.4400, 2013 (1 x 1
#   convolutions, global average pooling).
# - K. Simonyan, A. Zisserman, *Very deep convolutional networks for large-scale image
#   recognition*, arXiv:1409.1556, 2014.
# - C. Szegedy et al., *Going deeper with convolutions*, CVPR 2015 (Inception).
# - J. Springenberg et al., *Striving for simplicity: the all convolutional net*,
#   arXiv:1412.6806, 2014.
# - K. He, X. Zhang, S. Ren, J. Sun, *Deep residual learning for image recognition*,
#   CVPR 2016.
