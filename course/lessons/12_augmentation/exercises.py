# %% [markdown]
# # Regularization and augmentation: exercises
#
# Seven exercises, 19 points, about 75 minutes. Number 7 trains networks and has a
# notebook of its own, `challenge`. This one trains nothing; exercise 6 computes for
# about ten seconds.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# You may run them as often as you like. For a hint, run for example
# `augmentation.pipeline.hint()`, then `augmentation.pipeline.hint(2)`.

# %%
import keras
import numpy as np
import tensorflow as tf
from keras import layers

from checkers import augmentation
from course import datasets

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one
digits = datasets.load("mnist")
STAND_IN = digits.is_stand_in

# %% [markdown]
# ## Exercise 1 · One step with a penalty (3 points)
#
# The cost is the mean loss over $m$ training examples plus a penalty on the weights
# (not on the biases):
#
# $$C = C_0 + \frac{\lambda}{2m} \sum w^2 \quad\text{(L2)} \qquad\qquad
# C = C_0 + \frac{\lambda}{m} \sum |w| \quad\text{(L1)}$$
#
# Write one step of plain gradient descent for each. `w` has any number of rows and
# columns, `b` is a row of biases; `dw` and `db` are the slopes of $C_0$ alone; `lr` is
# the learning rate, `lam` is $\lambda$. Return the new weights and the new biases, in
# this order. Where a weight is exactly 0, take the slope of $|w|$ to be 0.
#
# Then say how to shrink all weights by the same factor per step when the optimizer is
# Adam. The cell shows the options; answer with a letter.
#
# *Strict:* both results in this order, the arguments unchanged. *Free:* loops or
# arrays.

# %%
augmentation.penalty_steps.choices(PERSONAL_CODE)


# %% answer="augmentation-penalty-steps"
def l2_step(w, b, dw, db, lr, lam, m):
    """Return weights and biases after one step with an L2 penalty."""
    ### BEGIN SOLUTION
    return w * (1 - lr * lam / m) - lr * dw, b - lr * db
    ### END SOLUTION


def l1_step(w, b, dw, db, lr, lam, m):
    """Return weights and biases after one step with an L1 penalty."""
    ### BEGIN SOLUTION
    return w - lr * lam / m * np.sign(w) - lr * dw, b - lr * db
    ### END SOLUTION


with_adam = None  # a letter
### BEGIN SOLUTION
with_adam = augmentation.penalty_steps.choices(PERSONAL_CODE).letter_of("adamw")
### END SOLUTION

# %% [markdown] solution="augmentation-penalty-steps"
# L2 takes a share of each weight, so large ones lose more; L1 takes the same amount
# from each, large or small. Both slopes belong to the weights before the step. Adam
# divides the whole slope, penalty included, by a scale of the weight's own; AdamW
# shrinks first and then lets Adam follow the data's slope alone.

# %% [markdown]
# ## Exercise 2 · What Keras adds to the loss (2 points)
#
# A layer has three weights:
# `augmentation.keras_penalty.parameters(PERSONAL_CODE)["weights"]`. It was made with
# `kernel_regularizer=keras.regularizers.L2(0.01)`. What does that add to the loss? And
# what is the slope of this penalty for the **first** weight?

# %%
weights = augmentation.keras_penalty.parameters(PERSONAL_CODE)["weights"]
weights

# %% answer="augmentation-keras-penalty"
penalty = None
slope = None
### BEGIN SOLUTION
penalty = 0.01 * sum(w**2 for w in weights)
slope = 2 * 0.01 * weights[0]
### END SOLUTION

# %% [markdown] solution="augmentation-keras-penalty"
# Keras's `L2(lam)` is lam times the sum of squares, without a ½; `tf.nn.l2_loss` has
# the ½. Both are conventions. Who copies a $\lambda$ from a book that writes
# $\lambda/2$ punishes twice as hard as the book.

# %% [markdown]
# ## Exercise 3 · Noise in front, a penalty inside (2 points)
#
# A network for the red wine of lesson 01, on 11 scaled inputs:
#
# ```python
# penalized_net = keras.Sequential(
#     [
#         keras.Input(shape=(11,)),
#         layers.Dense(32, activation="relu"),
#         layers.Dense(1),
#     ]
# )
# ```
#
# Add two things. Noise on the **inputs**, in training only: normally distributed, added
# to each input, standard deviation 0.2. And an L2 penalty with Keras's factor 0.001 on
# the **kernels** (the weights that multiply) of both Dense layers, not on their biases.
#
# *Strict:* places, noise, penalty, units, activations. *Free:* names, initial values,
# the API.

# %% answer="augmentation-penalized-net"
penalized_net = None
### BEGIN SOLUTION
l2 = keras.regularizers.L2(0.001)
penalized_net = keras.Sequential(
    [
        keras.Input(shape=(11,)),
        layers.GaussianNoise(0.2),
        layers.Dense(32, activation="relu", kernel_regularizer=l2),
        layers.Dense(1, kernel_regularizer=l2),
    ]
)
### END SOLUTION

# %% [markdown] solution="augmentation-penalized-net"
# `GaussianNoise` takes the standard deviation and rests at inference. A bias multiplies
# nothing; a penalty on it costs fit and smooths nothing. `activity_regularizer` would
# punish the *outputs* of a layer.

# %% [markdown]
# ## Exercise 4 · Two networks, two kinds of picture (3 points)
#
# The next cell makes the layers of two small networks: one for digits of 28 x 28 x 1,
# one for photographs of 32 x 32 x 3. Pixels run from 0 to 1.
#
# Build `digit_net` and `photo_net`: the input, then **augmentation**, then the given
# layers. In training, every picture is changed by a draw of its own:
#
# - both: shifted at random, in both directions, by up to a tenth of height and width;
# - additionally, what leaves a photograph's label true and a digit's not: left and
#   right are exchanged for about half of the **photographs**.
#
# At inference nothing happens to a picture. Use layers of Keras or write your own.
#
# *Strict:* shifts up to a tenth of the size; mirror images of photographs, never of
# digits; nothing at inference; the given layers. *Free:* which layers do it, names, the
# API.


# %%
def given_layers():
    return [
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]


digit_input = keras.Input(shape=(28, 28, 1))
photo_input = keras.Input(shape=(32, 32, 3))

# %% answer="augmentation-augmented-nets"
digit_net = None
photo_net = None
### BEGIN SOLUTION
shift = layers.RandomTranslation(0.1, 0.1)
digit_net = keras.Sequential([digit_input, shift, *given_layers()])

shift, mirror = layers.RandomTranslation(0.1, 0.1), layers.RandomFlip("horizontal")
photo_net = keras.Sequential([photo_input, shift, mirror, *given_layers()])
### END SOLUTION

# %% [markdown] solution="augmentation-augmented-nets"
# A mirrored 2 looks like a 5 and keeps the label 2: the network is taught something
# false. A mirrored frog is a frog. Random layers come before the first convolution,
# because it is the *picture* that varies, and Keras switches them on in `fit` only.

# %% [markdown]
# ## Exercise 5 · An input pipeline (3 points)
#
# Augmentation can also stand outside of the model, in the pipeline that makes the
# batches. Write two functions that return a `tf.data.Dataset` of pairs
# `(images, labels)`:
#
# - `training_batches(x, y, batch_size, augment)`: in each epoch another order of
#   **all** pictures, in batches, every picture augmented anew. `augment` is a layer
#   that changes images in training: `augment(images, training=True)`. While the
#   network works on one batch, the next one should be made (`prefetch`).
# - `validation_batches(x, y, batch_size)`: the pictures as they come, in batches.
#
# An epoch ends after each picture was there once; the last batch may be smaller.


# %% answer="augmentation-pipeline"
def training_batches(x, y, batch_size, augment):
    """Return shuffled batches of augmented images with their labels."""
    ### BEGIN SOLUTION
    data = tf.data.Dataset.from_tensor_slices((x, y))
    data = data.shuffle(len(x)).batch(batch_size)
    data = data.map(lambda images, labels: (augment(images, training=True), labels))
    return data.prefetch(tf.data.AUTOTUNE)
    ### END SOLUTION


def validation_batches(x, y, batch_size):
    """Return batches of images with their labels, in order."""
    ### BEGIN SOLUTION
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)
    ### END SOLUTION


# %% [markdown] solution="augmentation-pipeline"
# One data set of pairs keeps labels at their images through every shuffle. `shuffle`
# comes before `batch`, or whole batches change places; a `cache` would belong before
# the shuffle, never behind the augmentation. Outside of `fit` nobody tells a layer
# that this is training. Keras's random picture layers are on then by default, many
# others are off; so `training=True` is written out.

# %% [markdown]
# ## Exercise 6 · More data, or a better model? (3 points)
#
# The cell below has two models without any training by chance: `linear` fits a weighted
# sum per digit (least squares), `nearest` answers with the label of the most similar
# training image. `accuracy(model, x, y)` learns from `x`, `y` and returns the accuracy
# on `x_test`, `y_test` in percent. `training_rows(size, seed)` draws training images.
#
# Measure both for all of `SIZES` with the seeds 0, 1 and 2. `curves` has one table per
# model: **one row per size, one column per seed**, 4 x 3 numbers. The cell computes for
# about ten seconds. Then pick the sentence that fits the tables.
#
# *Strict:* percent; rows and columns; the same test images throughout. *Free:* loops or
# comprehensions.

# %%
SIZES = (500, 1_000, 5_000, 20_000)
x_all = digits.x_train.reshape(-1, 784).astype("float32") / 255
x_test, y_test = digits.x_test[:2_000].reshape(-1, 784) / 255, digits.y_test[:2_000]


def training_rows(size, seed):
    rows = np.random.default_rng(seed).permutation(len(x_all))[:size]
    return x_all[rows], digits.y_train[rows]


def linear(x, y, x_new):
    x, x_new = (
        np.c_[part, np.ones(len(part))].astype("float32") for part in (x, x_new)
    )
    targets = 2 * np.eye(10, dtype="float32")[y] - 1
    w = np.linalg.solve(x.T @ x + 10 * np.eye(785, dtype="float32"), x.T @ targets)
    return (x_new @ w).argmax(axis=1)


# %%
def nearest(x, y, x_new):
    distances = (x**2).sum(axis=1) - 2 * x_new.astype("float32") @ x.T
    return y[distances.argmin(axis=1)]


def accuracy(model, x, y):
    return 100 * float(np.mean(model(x, y, x_test) == y_test))


models = {"linear": linear, "nearest": nearest}
augmentation.learning_curve.choices(PERSONAL_CODE)

# %% answer="augmentation-learning-curve"
curves = None  # {"linear": 4 rows of 3 numbers, "nearest": 4 rows of 3 numbers}
reading = None  # a letter
### BEGIN SOLUTION
curves = {
    name: [[accuracy(model, *training_rows(n, s)) for s in range(3)] for n in SIZES]
    for name, model in models.items()
}
reading = augmentation.learning_curve.choices(PERSONAL_CODE).letter_of("both")
### END SOLUTION

# %% [markdown] solution="augmentation-learning-curve"
# With the same number of images, `nearest` is ahead by 7 to 12 points. But `linear`
# with 20,000 images (82.2 % on average) is ahead of `nearest` with 500 (80.9 %). Before
# you look for a better model, ask what more data would bring, and the other way round:
# a learning curve answers both. The three columns show that differences below a point
# or two at 500 images mean nothing.

# %% [markdown]
# ## Exercise 7 · A thousand images (3 points)
#
# This one is in the notebook `challenge`.
