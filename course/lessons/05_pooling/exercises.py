# %% [markdown]
# # Pooling: exercises
#
# Six core exercises, 15 points, about 70 minutes; two with a star for the curious. This
# notebook trains nothing.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# Run them as often as you like. For a hint, run for example `pooling.pool2d.hint()`,
# then `pooling.pool2d.hint(2)`.

# %%
import keras
import numpy as np
from keras import layers
from scipy import ndimage

from checkers import pooling
from course import networks
from course.datasets import load
from course.gradients import numeric_gradient

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one
digits = load("mnist")
STAND_IN = digits.is_stand_in
x_test = digits.x_test[..., None].astype("float32") / 255
y_test = digits.y_test

# %% [markdown]
# ## Exercise 1 · How far does it see? (2 points)
#
# Two stacks of layers, each without padding. How many pixels of the input, along one
# axis, does **one number of the last map** depend on? Your numbers for `layers`,
# `window` and `dilation` are below.
#
# - `plain`: `layers` convolutions of 3 x 3, one after the other.
# - `mixed`, in this order:
#     1. `Conv2D(8, 3)`
#     2. `MaxPooling2D(2)`
#     3. `Conv2D(8, window)`
#     4. `Conv2D(8, 3, strides=2)`
#     5. `Conv2D(8, 3, dilation_rate=dilation)`
#
# *Strict:* the side in pixels, as a whole number. *Free:* by hand or with code.

# %%
pooling.receptive_field.parameters(PERSONAL_CODE)

# %% answer="pooling-receptive-field"
plain = None
mixed = None
### BEGIN SOLUTION
numbers = pooling.receptive_field.parameters(PERSONAL_CODE)
plain = 1 + 2 * numbers["layers"]
field, step = 1, 1
stack = [(3, 1, 1), (2, 2, 1), (numbers["window"], 1, 1), (3, 2, 1)]
for window, stride, dilation in [*stack, (3, 1, numbers["dilation"])]:
    field += (window - 1) * dilation * step
    step *= stride
mixed = field
### END SOLUTION

# %% [markdown] solution="pooling-receptive-field"
# Each 3 x 3 layer of the plain stack adds 2 pixels to the one that you start with. In
# the mixed stack the pool doubles the step, and the strided convolution doubles it
# again, **after** its own window is laid: 3, 4, then 4 + 2 (window - 1), then 4 more,
# then 2 x dilation x 4 more. How many filters there are does not matter.

# %% [markdown]
# ## Exercise 2 · Pooling by hand (3 points)
#
# Write `pool2d(x, size, stride, padding, kind)` for one map `x` of shape
# `(height, width)`, a float array. The window has `size` x `size` pixels and moves on
# by `stride` pixels, which may be less or more than `size`. `kind` is `"max"` or
# `"average"`.
#
# - `padding="valid"`: only windows that lie inside the map count. What is left over at
#   the right and at the bottom is dropped.
# - `padding="same"`: an axis of length $n$ gives $\lceil n / \text{stride} \rceil$
#   results. For that, $m = \max((\lceil n / \text{stride} \rceil - 1) \cdot
#   \text{stride} + \text{size} - n,\ 0)$ rows or columns of margin are added:
#   $\lfloor m / 2 \rfloor$ in front, the rest behind. **The margin never counts:**
#   maximum and average are taken over the real pixels of each window.
#
# *Strict:* the windows, and that margins never count. *Free:* loops or arrays.


# %% answer="pooling-pool2d"
def pool2d(x, size, stride, padding, kind):
    """Return the pooled map, an array of shape (rows, columns)."""
    ### BEGIN SOLUTION
    if padding == "same":
        ends = []
        for n in x.shape:
            missing = max((-(-n // stride) - 1) * stride + size - n, 0)
            ends.append((missing // 2, missing - missing // 2))
        x = np.pad(x, ends, constant_values=np.nan)
    pick = np.nanmax if kind == "max" else np.nanmean
    rows = range(0, x.shape[0] - size + 1, stride)
    columns = range(0, x.shape[1] - size + 1, stride)
    return np.array(
        [[pick(x[r : r + size, c : c + size]) for c in columns] for r in rows]
    )
    ### END SOLUTION


# %% [markdown] solution="pooling-pool2d"
# A margin of nan cannot be mistaken for a pixel. `np.nanmax` and `np.nanmean` leave it
# out, so no zero beats a negative value and none pulls an average down. `-(-n //
# stride)` rounds up. With `padding="same"` Keras's `MaxPooling2D` and
# `AveragePooling2D` give the same numbers.

# %% [markdown]
# ## Exercise 3 · A quarter of the numbers (2 points)
#
# Maps of shape 100 x 100 x 15 shall become 50 x 50 x 15: of each square of 2 x 2
# neighbors, only the largest number stays. Build `pool_net`, a model with this one
# layer. Then say how many parameters it has: `num_parameters`.
#
# *Strict:* input shape, windows, step, which value is kept. *Free:* names, the API.

# %% answer="pooling-source-pool"
pool_net = None
num_parameters = None
### BEGIN SOLUTION
pool_net = keras.Sequential([keras.Input(shape=(100, 100, 15)), layers.MaxPooling2D(2)])
num_parameters = pool_net.count_params()
### END SOLUTION

# %% [markdown] solution="pooling-source-pool"
# Without `strides` the window moves on by its own side, so windows touch and do not
# overlap. Each of the 15 maps is pooled on its own. There is nothing to learn: 0
# parameters. (A convolution with the same window and 15 filters would have 915.)

# %% [markdown]
# ## Exercise 4 · Build a field of view (3 points)
#
# Build `field_net` on 64 x 64 x 1 inputs. Its layers follow one pattern: convolution,
# pool, convolution, pool, … **convolution**. It begins and ends with a convolution.
#
# - Each convolution: `filters` filters of 3 x 3, ReLU, no padding.
# - Each pool: `MaxPooling2D(2)`.
# - As many of them as it takes until one number of the last map sees **`field` x
#   `field`** pixels of the input.
#
# Your numbers for `field` and `filters` are below.
#
# *Strict:* the pattern, windows, filters, ReLU, no padding. *Free:* names, initial
# values, the API.

# %%
pooling.field_stack.parameters(PERSONAL_CODE)

# %% answer="pooling-field-stack"
field_net = None
### BEGIN SOLUTION
asked = pooling.field_stack.parameters(PERSONAL_CODE)
field_net = keras.Sequential([keras.Input(shape=(64, 64, 1))])
field_net.add(layers.Conv2D(asked["filters"], 3, activation="relu"))
field, step = 3, 1
while field < asked["field"]:
    field_net.add(layers.MaxPooling2D(2))
    field, step = field + step, 2 * step
    field_net.add(layers.Conv2D(asked["filters"], 3, activation="relu"))
    field += 2 * step
### END SOLUTION

# %% [markdown] solution="pooling-field-stack"
# Field and step after each layer: convolution (3, 1), pool (4, 2), convolution (8, 2),
# pool (10, 4), convolution (18, 4), pool (22, 8), convolution (38, 8). Three
# convolutions see 18 pixels, four see 38. Without the pools, three see 7 and four see
# 9. With `padding="same"` the field would be as wide, but numbers near the edge would
# look at zeros.

# %% [markdown]
# ## Exercise 5 · Convolutions in place of pools (2 points)
#
# The cell below makes `pooled_net`. Build `strided_net`: the same network, with each
# `MaxPooling2D(2)` replaced by a **convolution** with `filters` filters, the same 2 x 2
# window, the same step of 2, ReLU and no padding. Then say by how much the number of
# parameters rises: `rise`.
#
# *Strict:* windows, strides, filters, ReLU, no padding. *Free:* names, initial values,
# the API.

# %%
filters = pooling.strided_stack.parameters(PERSONAL_CODE)["filters"]
pooled_net = keras.Sequential(
    [
        keras.Input(shape=(64, 64, 1)),
        layers.Conv2D(filters, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(filters, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(filters, 3, activation="relu"),
    ]
)
pooled_net.count_params()

# %% answer="pooling-strided-stack"
strided_net = None
rise = None
### BEGIN SOLUTION
strided_net = keras.Sequential(
    [
        keras.Input(shape=(64, 64, 1)),
        layers.Conv2D(filters, 3, activation="relu"),
        layers.Conv2D(filters, 2, strides=2, activation="relu"),
        layers.Conv2D(filters, 3, activation="relu"),
        layers.Conv2D(filters, 2, strides=2, activation="relu"),
        layers.Conv2D(filters, 3, activation="relu"),
    ]
)
rise = strided_net.count_params() - pooled_net.count_params()
### END SOLUTION

# %% [markdown] solution="pooling-strided-stack"
# Shapes and receptive field stay the same: only window and step decide them. Each new
# layer has 2 x 2 x filters weights per filter and one bias per filter, together 4 x
# filters² + filters; there are two of them. That is the price of a step that is
# learned.

# %% [markdown]
# ## Exercise 6 · How much shift does it forgive? (3 points)
#
# `digit_net` is a trained network with two 2 x 2 max pools; the cell below loads it.
# (Its weights come with the course, so you and your neighbor measure the same.) It is
# right on 95.7 % of the test digits, which are all centered. And if they are not?
#
# 1. Write `shift_right(images, pixels)` for images of shape `(batch, height, width,
#    channels)`: each picture moves to the right by 0 or more `pixels`. What leaves at
#    the right is lost, and **zeros** fill the columns at the left. Nothing comes back
#    at the other side.
# 2. Measure the accuracy, in percent, on all 10,000 test digits, shifted by 0, 1, 2, 3
#    and 4 pixels, and rotated with the given `rotate` by 0, 10, 20, 30 and 45 degrees.
#    `accuracies` is a dict with two lists of five numbers.
# 3. Which sentence fits your numbers? `reading` is its letter.
#
# *Strict:* zeros where nothing was, the given network, percent; 1 point is tolerated.
# *Free:* how you shift.

# %%
digit_net = networks.load("digits")


def rotate(images, degrees):
    """Turn each picture counterclockwise; zeros fill what was outside."""
    return ndimage.rotate(images, degrees, axes=(1, 2), reshape=False, order=1)


def accuracy(images):
    """Return the share of test digits that `digit_net` gets right, in percent."""
    predicted = digit_net.predict(images, batch_size=500, verbose=0).argmax(axis=1)
    return 100 * float(np.mean(predicted == y_test))


pooling.shifted_digits.choices(PERSONAL_CODE)


# %% answer="pooling-shifted-digits"
def shift_right(images, pixels):
    """Return the pictures moved to the right, an array of the same shape."""
    ### BEGIN SOLUTION
    moved = np.zeros_like(images)
    moved[:, :, pixels:] = images[:, :, : images.shape[2] - pixels]
    return moved
    ### END SOLUTION


accuracies = None  # {"shift": [five percentages], "rotation": [five percentages]}
reading = None  # a letter
### BEGIN SOLUTION
accuracies = {
    "shift": [accuracy(shift_right(x_test, pixels)) for pixels in range(5)],
    "rotation": [accuracy(rotate(x_test, angle)) for angle in (0, 10, 20, 30, 45)],
}
reading = pooling.shifted_digits.choices(PERSONAL_CODE).letter_of("one")
### END SOLUTION

# %% [markdown] solution="pooling-shifted-digits"
# One pixel costs about two points, two pixels cost many more, and at four more than
# half of the digits are lost. Two pools of 2 x 2 protect against about one pixel, not
# more: after both, a shift of 4 is a whole pixel of the last map, and the Dense layer's
# weights belong to places. Nothing in the network turns with the picture; it survives
# 10 degrees because a digit turned by 10 degrees looks much like one that was written
# so. (`images[:, :, :-pixels]` would be empty for 0 pixels.)

# %% [markdown]
# ## Exercise 7 ★ · Backward through a pool (4 bonus points)
#
# Write `pool_backward(x, delta, size, stride, kind)`. The forward pass was pooling
# without padding of the map `x`, and `delta` holds the gradient of the loss by each of
# its results. Return `dx`, the gradient by `x`.
#
# - `kind="max"`: all of `delta[r, c]` goes to the largest pixel of the window; among
#   equal ones to the **first**, counted row by row.
# - `kind="average"`: each of the $n$ pixels of the window gets $1/n$ of it.
# - Pixels in several windows collect from each of them. Pixels in no window get 0.
#
# Compare with `numeric_gradient(lambda x: (delta * pooled(x)).sum(), x)`; your `pool2d`
# can be `pooled`. All arrays are float64.


# %% answer="pooling-pool-backward"
def pool_backward(x, delta, size, stride, kind):
    """Return the gradient by x, an array shaped like x."""
    ### BEGIN SOLUTION
    dx = np.zeros_like(x)
    for r, c in np.ndindex(delta.shape):
        top, left = r * stride, c * stride
        if kind == "max":
            window = x[top : top + size, left : left + size]
            i, j = np.unravel_index(window.argmax(), window.shape)
            dx[top + i, left + j] += delta[r, c]
        else:
            dx[top : top + size, left : left + size] += delta[r, c] / size**2
    return dx
    ### END SOLUTION


# %% [markdown] solution="pooling-pool-backward"
# A small change of a pixel that is not the largest changes nothing: its slope is 0, and
# the largest has slope 1. At a tie the maximum has a kink, and any of the tied pixels
# would do. The first is a convention, and with it your numbers are those of Keras. In
# an average of $n$ pixels each has slope $1/n$.

# %% solution="pooling-pool-backward"
x = np.random.default_rng(0).normal(size=(7, 9))
delta = np.random.default_rng(1).normal(size=(3, 4))
for kind in ("max", "average"):
    dx = pool_backward(x, delta, 3, 2, kind)
    measured = numeric_gradient(
        lambda x, kind=kind: (delta * pool2d(x, 3, 2, "valid", kind)).sum(), x
    )
    print(kind, "largest difference:", np.abs(dx - measured).max())

# %% [markdown]
# ## Exercise 8 ★ · Backward through a convolution (4 bonus points)
#
# The forward pass is that of Keras for one map and one filter, without padding: `y =
# xcorr(x, w) + b`, with the `xcorr` of the next cell, which does not flip. `delta` is
# the gradient of the loss by `y`. Write `conv_backward(x, w, delta)` and return `dx,
# dw, db`: the gradients by `x`, by `w` and by the number `b`.
#
# *Strict:* this order; sums over all positions, not means. *Free:* loops or arrays.


# %%
def xcorr(x, w):
    """Slide w over x without flipping it; whole windows only."""
    views = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return np.einsum("rcij,ij->rc", views, w)


# %% answer="pooling-conv-backward"
def conv_backward(x, w, delta):
    """Return the gradients by x, w and b."""
    ### BEGIN SOLUTION
    height, width = w.shape
    margin = ((height - 1, height - 1), (width - 1, width - 1))
    dx = xcorr(np.pad(delta, margin), w[::-1, ::-1])
    dw = xcorr(x, delta)
    db = delta.sum()
    return dx, dw, db
    ### END SOLUTION


# %% [markdown] solution="pooling-conv-backward"
# The weight `w[i, j]` meets `x[r + i, c + j]` for every result `y[r, c]`, so its slope
# is a sum over all positions: `delta` slides over `x`. The pixel `x[p, q]` meets `w[p -
# r, q - c]`: where the result's place grows, the weight's falls. That is a **true**
# convolution of `delta` with `w`, over all places where they touch (*full*). The bias
# is added everywhere, so it gets the sum.

# %% solution="pooling-conv-backward"
rng = np.random.default_rng(2)
x, w, delta = rng.normal(size=(6, 7)), rng.normal(size=(3, 2)), rng.normal(size=(4, 6))
dx, dw, db = conv_backward(x, w, delta)
by_x = numeric_gradient(lambda x: (delta * xcorr(x, w)).sum(), x)
by_w = numeric_gradient(lambda w: (delta * xcorr(x, w)).sum(), w)
print("largest differences:", np.abs(dx - by_x).max(), np.abs(dw - by_w).max())
