# %% [markdown]
# # 00 · Welcome
#
# *Ten minutes: how to run a lesson, check an answer, ask for a hint and read a
# verdict.*
#
# This course teaches how neural networks are built, trained and kept honest, with
# Keras, on real data. There are 14 lessons. **The core takes about 15 hours.**
# Exercises with a ★ are for the curious: nothing later needs them, and no mark depends
# on them.
#
# Every lesson has a notebook `lesson` to read and run, and a notebook `exercises` to
# answer. Some have a `challenge`, where you train a model of your own. Begin at 00 and
# go on in order; nothing is used before it is taught.
#
# ## Run a cell
#
# The gray boxes are *cells* with Python code. Click on one and press **Shift + Enter**.
# The output appears below it. Run the cells from top to bottom; after a restart (menu
# *Kernel*), begin at the top again.

# %%
import keras
import numpy as np

from checkers import welcome
from course import plots
from course.datasets import load

keras.utils.set_random_seed(0)  # the same random numbers on every run
print("It runs. Keras", keras.__version__)

# %% [markdown]
# ## Which data is in use
#
# The lessons use five public data sets. A loader looks for each one in the folder
# `COURSE_DATA`, then in its own cache, then it downloads it. Without a network it makes
# a small *stand-in* and says so loudly: every figure and result made from it is marked
# **STAND-IN DATA** and says nothing about the real data. `course data status` in a
# terminal lists all five; `course data fetch` gets them.

# %%
wine = load("red-wine")
print(wine.source.label())
print("stand-in data:", "yes" if wine.is_stand_in else "no")

# %% [markdown]
# ## Read a figure
#
# Every figure has a title, labels with units, and a text for readers who cannot see it.
# A line or bar is never told from another by its color alone.

# %%
alcohol = wine.frame["alcohol"]
good = wine.frame["quality"] >= 7
figure = plots.histograms(
    {"score 7 or more": alcohol[good], "score 6 or less": alcohol[~good]},
    label="Alcohol",
    unit="% by volume",
    title="Wines with a high score tend to hold more alcohol",
    bins=25,
    caption="Share of wines in each bin, for two groups of red wines.",
)
plots.show(figure, source=wine)

# %% [markdown]
# ## Check an answer
#
# An exercise asks for a variable: a number, a function, a model. The checker looks at
# what you made and gives a **verdict**. Here is one on a wrong answer. The task: *a
# model that takes 3 numbers and has one `Dense` layer with 2 units, without
# activation.*

# %%
try_me = keras.Sequential([keras.Input((3,)), keras.layers.Dense(5, activation="relu")])
welcome.try_me.check(try_me)

# %% [markdown]
# How to read it:
#
# - The **first line** has the status and the points. "Not yet right" is a state, not a
#   mark: check as often as you like.
# - Each **finding** says where, what was expected, what was received, why it matters,
#   and what to do next. Layers are numbered from 1, from input to output.
# - The **checks** are what the points are given for. A check can be *passed*, *failed*,
#   or *skipped* because something else comes first. If the checker itself breaks, it
#   says so; that is our fault and never costs you a point.
# - The **table** compares your model layer by layer.
#
# And on a right answer, written in another way. How you write a model is free; what it
# computes is checked.

# %%
inputs = keras.Input((3,))
outputs = keras.layers.Dense(2, name="my_layer")(inputs)
welcome.try_me.check(keras.Model(inputs, outputs))

# %% [markdown]
# An answer that you have not begun is "not attempted", not wrong:

# %%
welcome.try_me.check(None)

# %% [markdown]
# ## Ask for a hint
#
# There are three per exercise. The first one points, the third one nearly tells. The
# solution comes with an explanation; look at it when you are done, or truly stuck.

# %%
welcome.try_me.hint()

# %%
welcome.try_me.hint(2)

# %%
welcome.try_me.solution()

# %% [markdown]
# ## Where you are
#
# Each verdict adds one line to a file in your user folder: the exercise, the points,
# the date, and nothing of your answer. It stays when you install the course anew. The
# panel reads it; `course progress` in a terminal shows the same.

# %%
from course import progress

progress.panel()

# %% [markdown]
# ## Symbols
#
# All lessons link to this card. Come back when a sign is in your way.
#
# | sign | means | in Python |
# | --- | --- | --- |
# | $x_i$ | entry number i of x | `x[i]`, from 0 |
# | $\sum_{i=1}^{n} x_i$ | the sum $x_1 + x_2 + \dots + x_n$ | `x.sum()` |
# | $\frac1n \sum_i x_i$ | the mean of x | `x.mean()` |
# | $\lvert x \rvert$ | x without its sign | `abs(x)` |
# | $\hat y$ ("y hat") | what a model predicts for y | `model.predict(x)` |
# | $\max_i x_i$ | the largest entry | `x.max()` |
# | $\operatorname{argmax}_i x_i$ | *where* the largest entry is | `x.argmax()` |
# | $\partial L / \partial w$ | how fast L grows when only w grows | a slope, below |
# | $\nabla L$ | all these slopes in one list | |
# | $\sqrt{x}$, $e^x$, $\ln x$ | root, exponential, natural log | `np.log` |
# | $\mu$, $\sigma^2$, $\sigma$ | mean, variance, its root | `x.mean()`, `x.var()` |
# | $x \in [0, 1)$ | from 0 to 1, without 1 | `0 <= x < 1` |
# | $a \odot b$ | times, entry by entry | `a * b` |
#
# **Shapes.** An array has axes, and its *shape* lists their lengths. A table of 1,599
# wines with 11 columns has shape `(1599, 11)`. A batch of 32 gray images has `(32, 28,
# 28, 1)`: batch, height, width, channels, always in this order. Keras leaves the batch
# axis out of `Input` and writes `None` for "any number" in summaries. `(4,)` is the
# shape of 4 numbers in a row; without the comma, `(4)` is just 4.

# %%
x = np.array([3.0, 1.0, 4.0, 1.0, 5.0])
print("shape ", x.shape)
print("sum   ", x.sum(), "= 3 + 1 + 4 + 1 + 5")
print("argmax", x.argmax(), "because x[4] is the largest; counting begins at 0")

# %% [markdown]
# The sign $\partial$ deserves a picture. For $L(w) = (w - 2)^2$ the slope is
# $\frac{\partial L}{\partial w} = 2 (w - 2)$. A small step shows the same: how much
# does L change when w moves by 0.001?

# %%
w = np.linspace(-1, 5, 121)
figure = plots.new_figure()
axes = figure.subplots()
axes.plot(w, (w - 2) ** 2, color=plots.look(0).color, label="L(w)")
for i, at in enumerate((0.5, 2.0, 4.0), start=1):
    slope = ((at + 0.001 - 2) ** 2 - (at - 2) ** 2) / 0.001
    near = np.array([at - 0.8, at + 0.8])
    color, style, marker, _ = plots.look(i)
    line = (at - 2) ** 2 + slope * (near - at)
    axes.plot(near, line, style, color=color, label=f"w = {at}: slope {slope:.2f}")
    axes.plot(at, (at - 2) ** 2, marker, color=color)
axes.legend()

# %%
plots.dress(axes, title="A slope at three places", x="w", y="L(w)")
plots.describe(
    figure,
    "A parabola with its lowest point at w = 2. Tangents at w = 0.5, 2 and 4 have "
    "slopes of about -3, 0 and 4.",
    "Left of the lowest point the slope is negative, right of it positive, in it zero.",
)
plots.show(figure)

# %% [markdown]
# ## What people get wrong
#
# - "`check` needs my code to look like the solution." **Wrong.** Any writing that
#   computes the same is right; each task says what is strict and what is free.
# - "A seed makes everything repeatable, everywhere." **Loose.** On one machine, with
#   the same versions and from the top of the notebook.
# - "log means base 10." **Convention.** Here, in NumPy and in Keras it is the natural
#   one.
# - "The first layer is layer 0." **Convention.** Verdicts count layers from 1; Python
#   lists count from 0.
#
# ## Summary
#
# Run from the top. Check, read the finding, take a hint, check again. Look at the line
# that says which data is in use. Now open `exercises`: two easy ones.
#
# Sources: the [Keras documentation](https://keras.io/api/), and the notation of
# I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (MIT Press 2016), "Notation".
