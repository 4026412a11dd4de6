# %% [markdown]
# # Welcome: exercises
#
# Two easy exercises, 3 points, about five minutes.
#
# Write your answer in the cell that says `# your code here` and run it. Below it stand
# two gray cells: one reads your answer, the other judges it. You may run them as often
# as you like.

# %%
import keras

from checkers import welcome  # noqa: F401 - the gray cells use it

# %% [markdown]
# ## Exercise 1 · Count the numbers (1 point)
#
# A batch of gray images is an array of shape `(32, 28, 28, 1)`. How many numbers does
# it hold? (Shapes are on the [symbols card](lesson.ipynb#Symbols).)
#
# Stuck? Run `welcome.first_number.hint()` in a new cell.

# %% answer="welcome-first-number"
first_number = None
### BEGIN SOLUTION
first_number = 32 * 28 * 28 * 1
### END SOLUTION

# %% [markdown] solution="welcome-first-number"
# 25,088. One image holds 28 x 28 x 1 = 784 numbers, and there are 32 of them. Axis
# lengths multiply, because each axis repeats all that come after it.

# %% [markdown]
# ## Exercise 2 · One Dense layer (2 points)
#
# Build a model that takes 4 numbers per example and has one `Dense` layer with 3 units,
# without activation.
#
# *Strict:* the input, the number of units, no activation. *Free:* names, initial
# weights, the API you write it in.

# %% answer="welcome-one-layer"
one_layer = None
### BEGIN SOLUTION
one_layer = keras.Sequential(
    [
        keras.Input((4,)),
        keras.layers.Dense(3),
    ]
)
### END SOLUTION

# %% [markdown] solution="welcome-one-layer"
# `Input` says what goes in, the units of `Dense` say what comes out. Each of the 3
# units has 4 weights and a bias: 15 parameters.
