# %% [markdown]
# # Convolutional networks: exercises
#
# Eight core exercises, 22 points, about 75 minutes; two with a star for the curious.
# Number 7 trains a model and has a notebook of its own, `challenge`. This notebook
# trains nothing.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# You may run them as often as you like. For a hint, run for example
# `conv2d.functional.hint()`, then `conv2d.functional.hint(2)`.

# %%
import keras
from keras import layers

from checkers import conv2d

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one

# %% [markdown]
# ## Exercise 1 · The same network, functional (2 points)
#
# The next cell holds a small network as a `Sequential`. One layer, `mix`, stands in its
# list **twice**: it is one layer with one set of weights, called two times.
#
# Build the same network as `functional_net` with the functional API: begin with
# `inputs = keras.Input(...)`, end with `keras.Model(inputs, outputs)`. You may use new
# layers or those of `given`.
#
# *Strict:* the graph: layers, settings, order, and which weights are shared. *Free:*
# names, initial values.

# %%
mix = layers.Conv2D(8, 3, padding="same", activation="relu", name="mix")
given = keras.Sequential(
    [
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        mix,
        mix,
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]
)
given.summary()

# %% answer="conv2d-functional"
functional_net = None
### BEGIN SOLUTION
inputs = keras.Input(shape=(28, 28, 1))
mix = layers.Conv2D(8, 3, padding="same", activation="relu")
x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
x = mix(x)
x = mix(x)
x = layers.MaxPooling2D(2)(x)
x = layers.Flatten()(x)
functional_net = keras.Model(inputs, layers.Dense(10, activation="softmax")(x))
### END SOLUTION

# %% [markdown] solution="conv2d-functional"
# A call connects a layer to what it is called on. Two calls of one layer share its
# weights: 16,354 parameters, although the summary prints 584 twice. Two layers in its
# place would make 16,938.

# %% [markdown]
# ## Exercise 2 · A network for digits (3 points)
#
# Build and **compile** `mnist_net` on 28 x 28 x 1 inputs:
#
# - a convolution with 32 filters of 3 x 3 and ReLU, then one with 64 filters of 3 x 3
#   and ReLU, both without padding;
# - max pooling with windows of 2 x 2;
# - `Flatten`, a dense layer with 128 units and ReLU, and one with 10 units and softmax.
#
# The labels are whole numbers, 0 to 9. Choose the loss that fits them and this head.
# `count_params()` should say 1,199,882.
#
# *Strict:* layers, settings, order; the loss. *Free:* names, initial values, the API,
# optimizer, metrics.

# %% answer="conv2d-mnist-net"
mnist_net = None
### BEGIN SOLUTION
mnist_net = keras.Sequential(
    [
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
mnist_net.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
### END SOLUTION

# %% [markdown] solution="conv2d-mnist-net"
# 28, 26, 24, then 12 pixels: Flatten gives 12 x 12 x 64 = 9,216 numbers. 320 + 18,496 +
# 1,179,776 + 1,290 = 1,199,882. With padding "same" there would be 14 x 14 x 64 =
# 12,544 numbers and 1,625,866 parameters.

# %% [markdown]
# ## Exercise 3 · A network for small photographs (3 points)
#
# Build `cifar_net` on 32 x 32 x 3 inputs: three convolutions with 16, 32 and 64
# filters, each with a kernel of **2 x 2**, padding `"same"` and ReLU, and each followed
# by max pooling with windows of 2 x 2. Then `Flatten`, a dense layer with 500 units and
# ReLU, and one with 10 units and softmax. 528,054 parameters. (Lesson 09 adds dropout
# to this network and the last; their totals stay.)
#
# *Strict:* layers, settings, order. *Free:* names, initial values, the API.

# %% answer="conv2d-cifar-net"
cifar_net = None
### BEGIN SOLUTION
cifar_net = keras.Sequential([keras.Input(shape=(32, 32, 3))])
for filters in (16, 32, 64):
    cifar_net.add(layers.Conv2D(filters, 2, padding="same", activation="relu"))
    cifar_net.add(layers.MaxPooling2D(2))
cifar_net.add(layers.Flatten())
cifar_net.add(layers.Dense(500, activation="relu"))
cifar_net.add(layers.Dense(10, activation="softmax"))
### END SOLUTION

# %% [markdown] solution="conv2d-cifar-net"
# Padding "same" keeps 32, 16 and 8 pixels; each pool halves them. What is left is 4 x 4
# x 64 = 1,024 numbers. (A comment that goes around with this network says "4\*4\*16 =
# 1024"; that product is 256.)

# %% [markdown]
# ## Exercise 4 · Where the parameters are (2 points)
#
# Two numbers about the network of exercise 3.
#
# - `share`: how much of its 528,054 parameters does the layer Dense 500 hold? In
#   percent, with two decimals.
# - `gap_total`: put `GlobalAveragePooling2D` in the place of `Flatten`, and let the
#   hidden dense layer have `conv2d.dense_share.parameters(PERSONAL_CODE)["units"]`
#   units. How many parameters does this network have in all?
#
# *Strict:* percent with two decimals; a whole number. *Free:* the way you compute it.

# %% answer="conv2d-dense-share"
share = None
gap_total = None
### BEGIN SOLUTION
share = round(100 * 512_500 / 528_054, 2)
units = conv2d.dense_share.parameters(PERSONAL_CODE)["units"]
gap_total = 208 + 2_080 + 8_256 + units * (64 + 1) + 10 * (units + 1)
### END SOLUTION

# %% [markdown] solution="conv2d-dense-share"
# Dense 500 has 500 x (1,024 + 1) = 512,500 parameters, 97.05 % of all. Global average
# pooling hands on one number per map: 64 inputs in place of 1,024. With 500 units
# 48,054 parameters are left, one eleventh.

# %% [markdown]
# ## Exercise 5 · Which edit was it? (3 points)
#
# Somebody changed **one** thing in the network of exercise 3. Its total is now
# `conv2d.which_edit.parameters(PERSONAL_CODE)["total"]`. Which edit was it, and why has
# the total changed? Answer with two letters.

# %%
print("Total:", conv2d.which_edit.parameters(PERSONAL_CODE)["total"])
conv2d.which_edit.choices(PERSONAL_CODE, part="edit")

# %%
conv2d.which_edit.choices(PERSONAL_CODE, part="reason")

# %% answer="conv2d-which-edit"
edit = None  # a letter
reason = None  # a letter
### BEGIN SOLUTION
total = conv2d.which_edit.parameters(PERSONAL_CODE)["total"]
found = {304_054: "valid", 2_064_054: "no_pool", 144_054: "stride"}[total]
edit = conv2d.which_edit.choices(PERSONAL_CODE, part="edit").letter_of(found)
reasons = conv2d.which_edit.choices(PERSONAL_CODE, part="reason")
reason = reasons.letter_of("input")
### END SOLUTION

# %% [markdown] solution="conv2d-which-edit"
# Subtract 10,544 + 5,010 from the total: what is left belongs to Dense 500, and tells
# how many inputs it has. 576 are 3 x 3 x 64 (padding valid), 4,096 are 8 x 8 x 64 (no
# last pool), 256 are 2 x 2 x 64 (strides=2). No convolution has changed its count.

# %% [markdown]
# ## Exercise 6 · The loss that fits (3 points)
#
# Write `compile_for(model, y)`. The model is a classifier that ends either with a
# softmax or without an activation (its outputs are *logits*). The labels `y` are a
# NumPy array: either whole numbers, of shape `(n,)` or `(n, 1)`, or one-hot rows of
# shape `(n, classes)`, with at least three classes.
#
# Compile the model with the cross-entropy that fits head and labels, with **Adadelta**
# at the learning rate **1.0**, which the original program meant, and with the accuracy
# as a metric. Return the model.
#
# *Strict:* the loss, the optimizer with its learning rate; the model is returned.
# *Free:* how you find out which head and which labels these are.


# %% answer="conv2d-compile-for"
def compile_for(model, y):
    """Compile `model` for its head and for labels like `y`; return it."""
    ### BEGIN SOLUTION
    is_one_hot = y.ndim == 2 and y.shape[1] > 1
    has_softmax = model.layers[-1].activation is keras.activations.softmax
    if is_one_hot:
        loss = keras.losses.CategoricalCrossentropy(from_logits=not has_softmax)
    else:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=not has_softmax)
    optimizer = keras.optimizers.Adadelta(learning_rate=1.0)
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% [markdown] solution="conv2d-compile-for"
# Whole numbers go with the sparse loss, one-hot rows with the other; `from_logits` says
# whether the head leaves the softmax to the loss. `Adadelta()` without a rate means
# 0.001 in Keras 3 and hardly learns; the lesson shows both runs.

# %% [markdown]
# ## Exercise 7 · Eight points above the dense network (3 points)
#
# This one is in the notebook `challenge`.

# %% [markdown]
# ## Exercise 8 · A network for every size (3 points)
#
# Build `any_size_net`: it takes gray pictures (one channel) of any height and width;
# 28 x 28 and 40 x 40 are tried. It has at least one `Conv2D`, **no Flatten**, and
# returns ten probabilities per picture, an output of shape `(n, 10)`.
#
# *Strict:* both sizes, at least one Conv2D, no Flatten, ten probabilities. *Free:*
# everything else.

# %% answer="conv2d-any-size"
any_size_net = None
### BEGIN SOLUTION
any_size_net = keras.Sequential(
    [
        keras.Input(shape=(None, None, 1)),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(32, 3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    ]
)
### END SOLUTION

# %% [markdown] solution="conv2d-any-size"
# A convolution slides over whatever is there, and a global pooling layer leaves one
# number per map, whatever the size of the map. Only Flatten in front of a dense layer
# asks for a fixed number of places.

# %% [markdown]
# ## Exercise 9 ★ · Four branches (3 bonus points)
#
# An *Inception module* (GoogLeNet, 2014) does not choose a kernel size; it uses several
# side by side. Build `inception_net` on 28 x 28 x 192 inputs with four branches, **all
# called on the input**, all keeping 28 x 28:
#
# 1. a convolution with 64 filters of 1 x 1,
# 2. a convolution with 128 filters of 3 x 3,
# 3. a convolution with 32 filters of 5 x 5,
# 4. max pooling with windows of 3 x 3 and strides of 1.
#
# Padding is `"same"` and the activation of each convolution ReLU. `Concatenate` puts
# the results together in this order, along the channels: 416 maps.
#
# *Strict:* the branches in the stated order, all settings. *Free:* names, initial
# values.

# %% answer="conv2d-inception"
inception_net = None
### BEGIN SOLUTION
inputs = keras.Input(shape=(28, 28, 192))
same = {"padding": "same", "activation": "relu"}
one = layers.Conv2D(64, 1, **same)(inputs)
three = layers.Conv2D(128, 3, **same)(inputs)
five = layers.Conv2D(32, 5, **same)(inputs)
pooled = layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
joined = layers.Concatenate()([one, three, five, pooled])
inception_net = keras.Model(inputs, joined)
### END SOLUTION

# %% [markdown] solution="conv2d-inception"
# A pooling layer's strides are its window's size unless you say otherwise; here they
# must be 1, or the maps do not fit together. 387,296 parameters: 12,352 + 221,312 +
# 153,632 + 0.

# %% [markdown]
# ## Exercise 10 ★ · Narrow before wide (3 bonus points)
#
# The wide kernels of exercise 9 see all 192 channels, and that is expensive. A 1 x 1
# convolution can make the channels fewer first. Build `bottleneck_net`, the same module
# with three more convolutions of 1 x 1 (padding `"same"` and ReLU throughout):
#
# 1. 64 filters of 1 x 1, as before;
# 2. **96 filters of 1 x 1**, then 128 of 3 x 3;
# 3. **16 filters of 1 x 1**, then 32 of 5 x 5;
# 4. the pooling as before, then **32 filters of 1 x 1**.
#
# And `saving`: how many parameters fewer than the module of exercise 9 has it?
#
# *Strict:* the branches in the stated order, all settings; a whole number. *Free:*
# names, initial values.

# %% answer="conv2d-bottleneck"
bottleneck_net = None
saving = None
### BEGIN SOLUTION
inputs = keras.Input(shape=(28, 28, 192))
same = {"padding": "same", "activation": "relu"}
one = layers.Conv2D(64, 1, **same)(inputs)
three = layers.Conv2D(128, 3, **same)(layers.Conv2D(96, 1, **same)(inputs))
five = layers.Conv2D(32, 5, **same)(layers.Conv2D(16, 1, **same)(inputs))
pooled = layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
narrow = layers.Conv2D(32, 1, **same)(pooled)
joined = layers.Concatenate()([one, three, five, narrow])
bottleneck_net = keras.Model(inputs, joined)
saving = 387_296 - bottleneck_net.count_params()
### END SOLUTION

# %% [markdown] solution="conv2d-bottleneck"
# 163,696 parameters in place of 387,296: 223,600 saved, 58 %, with more layers than
# before. The 1 x 1 convolution behind the pooling layer makes 32 maps of its 192. A
# pool hands on all the maps that it gets: without it, each module of a stack would give
# the next one more.
