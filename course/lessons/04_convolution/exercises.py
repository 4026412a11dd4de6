# %% [markdown]
# # Convolution: exercises
#
# Seven core exercises, 18 points, about 70 minutes; one with a star for the curious.
# Nothing here trains.
#
# Below each answer stand two gray cells: one reads your answer, the other judges it.
# You may run them as often as you like. For a hint, run for example
# `convolution.xcorr1d.hint()`, then `convolution.xcorr1d.hint(2)`.

# %%
import math

import keras
import numpy as np
from keras import layers

from checkers import convolution

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one

# %% [markdown]
# ## Exercise 1 · Count a convolution (2 points)
#
# Write `conv_params(filters, size, depth, bias)`: the number of parameters of a
# convolution with that many filters of `size` x `size` on an input with `depth`
# channels. `bias` is True or False.
#
# Check yourself: 32 filters of 3 x 3 on 3 channels, with bias, have 896. 16 of 2 x 2
# on 3 channels have 208, and 6 of 5 x 5 on 1 channel have 156.
#
# *Strict:* the number for every layer, with and without bias. *Free:* how you compute
# it.


# %% answer="convolution-conv-params"
def conv_params(filters, size, depth, bias):
    """Return the number of parameters, a whole number."""
    ### BEGIN SOLUTION
    return filters * (size * size * depth + bias)
    ### END SOLUTION


# %% [markdown] solution="convolution-conv-params"
# One filter has `size * size` weights for each channel, and one bias: `True` counts as
# 1. Height and width of the image, stride and padding do not occur. The same kernel
# serves all places.

# %% [markdown]
# ## Exercise 2 · A window on a line (2 points)
#
# Write `xcorr1d(x, k, stride, pad)`, the cross-correlation of the lesson in one
# dimension. `x` has $M$ numbers, the kernel `k` has $K$. First `pad` zeros go to each
# end of `x`. Then the window starts at the left end and moves by `stride`; every window
# that fits gives one number. With stride 1, pad 0 is *narrow*, $K - 1$ is *wide*, and
# $(K - 1) / 2$ keeps the width *equal*.
#
# `xcorr1d(np.array([1, 2, 4, 7]), np.array([-1, 1]), 1, 0)` is `[1, 2, 3]`.
#
# *Strict:* the kernel as it is, every window that fits. *Free:* loops or NumPy, list or
# array.


# %% answer="convolution-xcorr1d"
def xcorr1d(x, k, stride, pad):
    """Return the cross-correlation of two arrays of one dimension."""
    ### BEGIN SOLUTION
    padded = np.pad(x, pad)
    starts = range(0, len(padded) - len(k) + 1, stride)
    return np.array([padded[start : start + len(k)] @ k for start in starts])
    ### END SOLUTION


# %% [markdown] solution="convolution-xcorr1d"
# The last window starts at `len(padded) - len(k)`, and a range ends one before its end.
# `@` multiplies entry by entry and adds up. `np.correlate(np.pad(x, pad), k,
# "valid")[::stride]` does the same; `np.convolve` turns the kernel round first.

# %% [markdown]
# ## Exercise 3 · How large is the map? (3 points)
#
# Write `out_size(size, kernel, stride, padding)`: the side of the map that Keras makes
# of an image with side `size`. `padding` is `"valid"` or `"same"`.
#
# The lesson has one formula for each padding; mind the rounding. 200 layers are tried,
# even kernels among them.
#
# *Strict:* the number that Keras has; 64 and 64.0 both count. *Free:* how you compute
# it.


# %% answer="convolution-out-size"
def out_size(size, kernel, stride, padding):
    """Return the side of the map."""
    ### BEGIN SOLUTION
    places = size if padding == "same" else size - kernel + 1
    return math.ceil(places / stride)
    ### END SOLUTION


# %% [markdown] solution="convolution-out-size"
# With stride 1 there are `size - kernel + 1` places inside, or `size` places with
# `"same"`. Every stride-th one is kept, the first included: that rounds up. For
# `"valid"`, `(size - kernel) // stride + 1` is the same number.

# %% [markdown]
# ## Exercise 4 · What Conv2D computes (3 points)
#
# Write `xcorr2d(image, kernels, bias)`, with stride 1 and no padding:
#
# - `image` has shape `(H, W, D)`: rows, columns, channels;
# - `kernels` has shape `(F, G, D, K)`: rows, columns, channels, filters. This is
#   Keras's order;
# - `bias` has `K` numbers, one per filter.
#
# The result has shape `(H - F + 1, W - G + 1, K)`. Loops are fine: the arrays are
# small.
#
# *Strict:* the kernel as it is, the order of the axes. *Free:* loops, NumPy or Keras.


# %% answer="convolution-xcorr2d"
def xcorr2d(image, kernels, bias):
    """Return one map per filter, filters last."""
    ### BEGIN SOLUTION
    F, G, _, K = kernels.shape
    H, W, _ = image.shape
    out = np.zeros((H - F + 1, W - G + 1, K))
    for i, j in np.ndindex(out.shape[:2]):
        window = image[i : i + F, j : j + G, :, None]
        out[i, j] = (window * kernels).sum(axis=(0, 1, 2)) + bias
    return out
    ### END SOLUTION


# %% [markdown] solution="convolution-xcorr2d"
# The sum runs over rows, columns **and channels**: local in space, full in depth. The
# bias is added once per filter, after the sum. The new axis at the end of the window
# lets one product serve all filters; a third loop does as well.

# %% [markdown]
# ## Exercise 5 · What sharing saves (3 points)
#
# A 32 x 32 x 3 image goes through a convolution with `filters` filters of 5 x 5. It is
# padded with 2 zeros on each side, so that each map has 32 x 32 places. Your number for
# `filters` is below. `counts` is a dict with four whole numbers, by name:
#
# - `"unshared"`: weights, if every place of every map had a kernel of its own;
# - `"shared"`: weights of the convolution;
# - `"with_biases"`: weights and biases of the convolution;
# - `"unshared_biases"`: biases alone, if every place of every map had its own.
#
# *Strict:* four whole numbers, by name. *Free:* how you compute them.

# %%
convolution.sharing.parameters(PERSONAL_CODE)

# %% answer="convolution-sharing"
counts = None  # {"unshared": …, "shared": …, "with_biases": …, "unshared_biases": …}
### BEGIN SOLUTION
filters = convolution.sharing.parameters(PERSONAL_CODE)["filters"]
window, places = 5 * 5 * 3, 32 * 32
counts = {
    "unshared": window * places * filters,
    "shared": window * filters,
    "with_biases": (window + 1) * filters,
    "unshared_biases": places * filters,
}
### END SOLUTION

# %% [markdown] solution="convolution-sharing"
# With 10 filters: 768,000 and 10,240 against 750 and 10. A much copied comparison sets
# 768,000 against 760: it counts the shared biases and forgets the other 10,240. Without
# the padding a map would have 28 x 28 places.

# %% [markdown]
# ## Exercise 6 · From 128 to 64 (3 points)
#
# Build `shrinking_net`, two `Conv2D` layers and nothing else, on 128 x 128 x 3 images:
#
# - the first has 32 filters of 3 x 3 and ReLU, and makes maps of **64 x 64**;
# - the second has 16 filters of 3 x 3 and ReLU, and its maps are **64 x 64** too.
#
# Strides and padding are for you to find. Then give `first_params`: how many parameters
# has the first layer? Compute it; `summary()` may confirm it.
#
# *Strict:* two layers, filters, kernel, ReLU, strides, padding, bias. *Free:* names,
# initial values, the API.

# %% answer="convolution-shrinking-net"
shrinking_net = None
first_params = None
### BEGIN SOLUTION
shrinking_net = keras.Sequential(
    [
        keras.Input(shape=(128, 128, 3)),
        layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
    ]
)
first_params = 32 * (3 * 3 * 3 + 1)
### END SOLUTION

# %% [markdown] solution="convolution-shrinking-net"
# $\lceil 128 / 2 \rceil = 64$ with `"same"`; `"valid"` would give
# $\lceil 126 / 2 \rceil = 63$. With the stride in the second layer the output has the
# same shape and the counts agree, but the first layer computes four times as many sums.
# Its 896 parameters do not depend on stride or padding.

# %% [markdown]
# ## Exercise 7 · Padding, and a digit that moves (2 points)
#
# 1. `pad`: how many zeros on **each** side keep the size, with stride 1 and a kernel
#    whose side is your `kernel_size`, printed below?
# 2. `rule`: a rule gives `pad` for a kernel of side $F$. Where does it come from, and
#    when does it hold? A letter.
# 3. `moved`: a digit moves three columns to the right; the stride is 1. What does the
#    map of one filter do? A letter.
#
# *Strict:* one number, one letter each. *Free:* how you find them.

# %%
print(convolution.padding_rule.parameters(PERSONAL_CODE))
print("rule:")
print(convolution.padding_rule.choices(PERSONAL_CODE, part="rule"))
print("moved:")
print(convolution.padding_rule.choices(PERSONAL_CODE, part="moved"))

# %% answer="convolution-padding-rule"
pad = None
rule = None  # a letter
moved = None  # a letter
### BEGIN SOLUTION
pad = (convolution.padding_rule.parameters(PERSONAL_CODE)["kernel_size"] - 1) // 2
rule = convolution.padding_rule.choices(PERSONAL_CODE, part="rule").letter_of("derived")
moved = convolution.padding_rule.choices(PERSONAL_CODE, part="moved").letter_of(
    "equivariant"
)
### END SOLUTION

# %% [markdown] solution="convolution-padding-rule"
# $H - F + 2P + 1 = H$ gives $P = (F - 1) / 2$, a whole number for odd $F$. For an even
# kernel and stride 1, `"same"` puts one zero more at the end. The map moves with the
# digit, because every place has the same weights: a convolution is *equivariant* under
# shifts. It is not invariant, and for rotations it is in general neither.

# %% [markdown]
# ## Exercise 8 ★ · True convolution (2 bonus points)
#
# Write `convolve2d(image, kernel)` for two arrays of two dimensions, the image of shape
# `(H, W)` and the kernel of shape `(F, G)`. The kernel is turned by 180° first, and the
# result is *wide*, with shape `(H + F - 1, W + G - 1)`: each overlap of at least one
# entry counts, as if zeros stood around the image.
#
# True convolution commutes: `convolve2d(a, b)` equals `convolve2d(b, a)`. So the
# "kernel" may be the larger one.
#
# *Strict:* true convolution, the wide size. *Free:* loops, NumPy, SciPy or Keras.


# %% answer="convolution-flip"
def convolve2d(image, kernel):
    """Return the wide true convolution of two arrays."""
    ### BEGIN SOLUTION
    F, G = kernel.shape
    padded = np.pad(image, ((F - 1, F - 1), (G - 1, G - 1)))
    out = np.zeros((image.shape[0] + F - 1, image.shape[1] + G - 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = (padded[i : i + F, j : j + G] * kernel[::-1, ::-1]).sum()
    return out
    ### END SOLUTION


# %% [markdown] solution="convolution-flip"
# A turn by 180° reverses both axes; one reversed axis is a mirror image, and a
# transpose is another thing again. With the turn the two arrays play the same part, and
# the result does not depend on which comes first. Without it, `f(a, b)` is `f(b, a)`
# turned by 180°: that is the cross-correlation that Keras computes.
