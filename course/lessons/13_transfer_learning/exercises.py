# %% [markdown]
# # Transfer learning: exercises
#
# Nine core exercises, 22 points, about 75 minutes; one with a star for the curious.
# Number 9 trains a model and has a notebook of its own, `challenge`. This notebook
# trains for a few seconds, once.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# Run them as often as you like. For a hint, run for example
# `transfer_learning.frozen_head.hint()`, then `transfer_learning.frozen_head.hint(2)`.

# %%
import keras
import numpy as np
import tensorflow as tf
from keras import layers

from checkers import transfer_learning
from course import datasets, networks

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one
SEED = 0
keras.utils.set_random_seed(SEED)

photos = datasets.load("cifar10")
STAND_IN = photos.is_stand_in

# %% [markdown]
# `networks.backbone()` gives the blocks of the lesson with their trained weights:
# pictures of 32 x 32 x 3 **from 0 to 1** go in, maps of 4 x 4 x 128 come out.
# `networks.backbone(end="block2_pool")` stops at the layer of that name. Each call
# gives a model of its own.
#
# ## Exercise 1 · Case 1: a new head on frozen blocks (2 points)
#
# Forty pictures of frogs, horses, ships and trucks: few, and like the old ones. Build
# `frozen_net`: 32 x 32 x 3 pictures from 0 to 1, all blocks with their trained weights,
# **frozen**, one mean per map, and four probabilities.
#
# *Strict:* all blocks with trained weights, frozen; the head. *Free:* names, the API,
# whether the base is told `training=False`.

# %% answer="transfer-learning-frozen-head"
frozen_net = None
### BEGIN SOLUTION
base = networks.backbone()
base.trainable = False
frozen_net = keras.Sequential(
    [
        keras.Input(shape=(32, 32, 3)),
        base,
        layers.GlobalAveragePooling2D(),
        layers.Dense(4, activation="softmax"),
    ]
)
### END SOLUTION

# %% [markdown] solution="transfer-learning-frozen-head"
# 516 weights are left to train, for forty pictures. `base(x, training=False)` would
# switch the mode of `BatchNormalization`, and let the optimizer move every weight.

# %% [markdown]
# ## Exercise 2 · Case 2: keep the early blocks only (2 points)
#
# A hundred digits: few, and unlike the old pictures. They come as color pictures of
# 32 x 32 x 3, **with values from 0 to 255**. Build `early_net`, in this order:
#
# - what brings the values to the range that the blocks know;
# - blocks 1 to `blocks` (your number is below) with their trained weights, frozen, the
#   last one up to and including its pooling layer;
# - a fresh `Conv2D` with 64 maps, 3 x 3, padding `"same"` and ReLU;
# - one mean per map, and ten probabilities.
#
# *Strict:* where the blocks end, frozen, the scale of the input, the new layers.
# *Free:* names, the API, initial values of the new layers.

# %%
transfer_learning.early_blocks.parameters(PERSONAL_CODE)

# %% answer="transfer-learning-early-blocks"
early_net = None
### BEGIN SOLUTION
blocks = transfer_learning.early_blocks.parameters(PERSONAL_CODE)["blocks"]
early = networks.backbone(end=f"block{blocks}_pool")
early.trainable = False
early_net = keras.Sequential(
    [
        keras.Input(shape=(32, 32, 3)),
        layers.Rescaling(1 / 255),
        early,
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    ]
)
### END SOLUTION

# %% [markdown] solution="transfer-learning-early-blocks"
# Early blocks see edges and corners, which digits have as well. Late blocks see what
# tells a cat from a dog. Without `Rescaling` nothing would stop: the network would
# train, on features that mean little.

# %% [markdown]
# ## Exercise 3 · Cases 3 and 4: train everything, gently (2 points)
#
# Many pictures of digits, **from 0 to 1** this time. Build `tuned_net`: all blocks with
# their trained weights, one mean per map, ten probabilities, everything trainable.
# Compile it for labels that are whole numbers, with an optimizer of your choice and a
# learning rate of **at most 0.001**.
#
# *Strict:* trained weights, everything trainable, the head, loss and rate. *Free:*
# names, the API, optimizer, metrics.

# %% answer="transfer-learning-fine-tune"
tuned_net = None
### BEGIN SOLUTION
tuned_net = keras.Sequential(
    [
        keras.Input(shape=(32, 32, 3)),
        networks.backbone(),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    ]
)
adam = keras.optimizers.Adam(1e-4)
tuned_net.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
### END SOLUTION

# %% [markdown] solution="transfer-learning-fine-tune"
# The weights are a start, not a rule. A small rate lets them keep what is of use.

# %% [markdown]
# ## Exercise 4 · The second stage (3 points)
#
# `stage_one()` returns the network of exercise 1 after its first stage: blocks frozen,
# head trained, compiled with Adam at 0.001. Carry it on to the second stage:
#
# - the convolutions of **block 4** and the head train; everything else rests;
# - **every** `BatchNormalization` layer stays frozen;
# - the learning rate is **at most 0.0001**, and the change takes effect.
#
# You need not train. The blocks are `model.get_layer("backbone")`; the names of their
# layers start with `block1` to `block4`.
#
# *Strict:* which layers train, the trained weights, loss and rate. *Free:* how you
# select the layers, optimizer, metrics, further training.


# %%
def stage_one():
    """Return blocks at rest with a head that was trained on forty pictures."""
    labels = photos.y_train.reshape(-1)
    rows = np.concatenate([np.flatnonzero(labels == n)[:10] for n in (6, 7, 8, 9)])
    blocks = networks.backbone()
    blocks.trainable = False
    steps = [layers.GlobalAveragePooling2D(), layers.Dense(4, "softmax")]
    model = keras.Sequential([keras.Input(shape=(32, 32, 3)), blocks, *steps])
    adam = keras.optimizers.Adam(0.001)
    model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(photos.x_train[rows] / 255, labels[rows] - 6, epochs=2, verbose=0)
    return model


# %% answer="transfer-learning-two-stages"
model = None
### BEGIN SOLUTION
model = stage_one()
backbone = model.get_layer("backbone")
backbone.trainable = True
for each in backbone.layers:
    is_norm = isinstance(each, layers.BatchNormalization)
    each.trainable = each.name.startswith("block4") and not is_norm
adam = keras.optimizers.Adam(1e-5)
model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
### END SOLUTION

# %% [markdown] solution="transfer-learning-two-stages"
# What may move is read when the model is compiled. A frozen `BatchNormalization` keeps
# the mean and variance of 27,000 pictures, where a batch of 10 would put its own.

# %% [markdown]
# ## Exercise 5 · Several heads, one pass (2 points)
#
# You want to try several heads on one frozen base. Write
# `try_heads(base, heads, pictures)`: it returns a list with the outputs of each head,
# equal to `head(base(pictures))` **at inference** to 0.00001.
#
# The base is the large part. It may run at most once per 32 pictures: for 70 pictures
# three times, however many heads there are. Mind that this base adds noise to the
# pictures and normalizes by the batch while it *trains*.
#
# *Strict:* values, one array per head, the number of runs of the base. *Free:* how you
# loop; batches of 32 or more.


# %% answer="transfer-learning-heads-on-cache"
def try_heads(base, heads, pictures):
    """Return the outputs of every head, one array per head."""
    ### BEGIN SOLUTION
    features = base.predict(pictures, verbose=0)
    return [head.predict(features, verbose=0) for head in heads]
    ### END SOLUTION


# %% [markdown] solution="transfer-learning-heads-on-cache"
# A frozen base gives the same features in every epoch and for every head. That holds at
# inference only: with random flips or dropout on, a stored feature is one draw.

# %% [markdown]
# ## Exercise 6 · What the heads of VGG16 cost (2 points)
#
# VGG16 without its head gives 7 x 7 x 512. How many parameters does a Dense layer with
# one unit per class (your number is below) have
#
# - `with_mean`: behind `GlobalAveragePooling2D()`;
# - `with_flatten`: behind `Flatten()`?
#
# *Strict:* whole numbers, the head only. *Free:* by hand or with `count_params()`.

# %%
transfer_learning.head_sizes.parameters(PERSONAL_CODE)

# %% answer="transfer-learning-head-sizes"
with_mean = None
with_flatten = None
### BEGIN SOLUTION
classes = transfer_learning.head_sizes.parameters(PERSONAL_CODE)["classes"]
with_mean = (512 + 1) * classes
with_flatten = (7 * 7 * 512 + 1) * classes
### END SOLUTION

# %% [markdown] solution="transfer-learning-head-sizes"
# For 133 classes: 68,229 and 3,336,837. The base has 14,714,688 of its own.

# %% [markdown]
# ## Exercise 7 · That head as a model (2 points)
#
# Build `vgg_head` for 133 breeds of dogs: 7 x 7 x 512 goes in, one mean per map, 133
# probabilities of which one is right.
#
# *Strict:* input, pooling, units, activation, bias. *Free:* names, initial values, the
# API.

# %% answer="transfer-learning-vgg-head"
vgg_head = None
### BEGIN SOLUTION
vgg_head = keras.Sequential(
    [
        keras.Input(shape=(7, 7, 512)),
        layers.GlobalAveragePooling2D(),
        layers.Dense(133, activation="softmax"),
    ]
)
### END SOLUTION

# %% [markdown] solution="transfer-learning-vgg-head"
# A head on stored features is a model of its own. It trains in seconds, and is put
# behind the base when it is done.

# %% [markdown]
# ## Exercise 8 · Which strategy, in which case? (2 points)
#
# First, without looking back: in case 1 (few pictures, similar), by **how many
# percentage points** does the frozen backbone with a new head beat the same network
# from scratch? Your guess is never compared with anything.
#
# Then take the table of the lesson (its last printed form has all means). In each case
# find the best mean. Which strategies come **within two points** of it, the best one
# included? Answer with letters, for example `"AC"`; all four answers use the letters of
# one list. Last, pick the sentence that fits the table.
#
# *Strict:* two points or less below the best mean of the shipped table. *Free:* the
# guess; the order of letters.

# %%
for part in ("small_similar", "small_different", "large_similar", "large_different"):
    print(part)
    print(transfer_learning.case_by_case.choices(PERSONAL_CODE, part=part))
print("reading")
print(transfer_learning.case_by_case.choices(PERSONAL_CODE, part="reading"))

# %% answer="transfer-learning-case-by-case"
guessed_gain = None
small_similar = None
small_different = None
large_similar = None
large_different = None
reading = None  # a letter
### BEGIN SOLUTION
guessed_gain = 20
choices = transfer_learning.case_by_case.choices
letters = choices(PERSONAL_CODE, part="small_similar")
found = {}
for case, each in networks.facts("transfer")["cases"].items():
    means = {key: np.mean(values) for key, values in each["accuracy"].items()}
    near = [key for key in means if means[key] >= max(means.values()) - 2]
    found[case] = [letters.letter_of(key) for key in near]
small_similar, small_different = found["small-similar"], found["small-different"]
large_similar, large_different = found["large-similar"], found["large-different"]
reading = choices(PERSONAL_CODE, part="reading").letter_of("data")
### END SOLUTION

# %% [markdown] solution="transfer-learning-case-by-case"
# The frozen blocks are 3 and 12 points behind the best among photographs, 24 and 31
# among digits. "Few pictures, so freeze" gets most of the way on photographs and goes
# astray on digits: there fresh weights beat everything that was carried over. And
# differences below two points are a tie: with another seed the order may turn around.

# %% [markdown]
# ## Exercise 9 · Your own transfer, from split to test (5 points)
#
# This one is in the notebook `challenge`.

# %% [markdown]
# ## ★ Exercise 10 · Where does it look? (3 points)
#
# Write `grad_cam(base, head, picture, label)` after Selvaraju and others (2017). `base`
# turns one picture (height, width, 3) into maps $A_k$, `head` turns maps into scores;
# both take a batch. With $y$ the score of class `label`, $\alpha_k$ is the mean of
# $\partial y / \partial A_k$ over all positions, and the result is
#
# $$\mathrm{relu}\Big(\sum_k \alpha_k A_k\Big),$$
#
# an array with rows and columns of the maps, **nothing scaled**. `tf.GradientTape`
# differentiates; `tape.watch(maps)` tells it by what.
#
# *Strict:* two axes, values to 0.0001. *Free:* NumPy or TensorFlow, loops or arrays.


# %% answer="transfer-learning-grad-cam"
def grad_cam(base, head, picture, label):
    """Return the map of what speaks for a class, shape (rows, columns)."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        maps = base(picture[None])
        tape.watch(maps)
        score = head(maps)[0, label]
    weights = tape.gradient(score, maps).numpy()[0].mean(axis=(0, 1))
    return np.maximum(maps.numpy()[0] @ weights, 0)
    ### END SOLUTION


# %% [markdown] solution="transfer-learning-grad-cam"
# One weight per map, one sum per position. What speaks against the class is cut,
# because the picture should show what speaks for it.
