# %% [markdown]
# # Batch normalization: challenge
#
# ## Exercise 4 · A number in place of nan (2 points)
#
# Train the network of exercise 3 on **raw** concrete, with **SGD**, and hand in the
# model with the weights of its **best epoch**.
#
# 1. Build the network: 8 inputs, one `BatchNormalization` before each of the four dense
#    layers (512, 512, 512 units with ReLU, then 1).
# 2. Train it on `x_train` and `y_train` with `validation_data=(x_val, y_val)` and the
#    loss `"mae"`. Do not scale the inputs yourself.
# 3. Keep the weights of the epoch with the lowest validation error. A callback of
#    lesson 01 does that.
# 4. Save the model. Hand in its path, and the list of validation errors by epoch.
#
# **What counts:** the network and the optimizer as stated (0.5); a validation MAE of at
# most **5.2 MPa** (1); the saved weights are those of the best epoch (0.5).
#
# Where 5.2 comes from: ten seeds of the solution reached 3.79 to 4.75 in 100 epochs;
# 5.2 is the worst of them plus 0.45. Always predicting the median costs 13.57.
#
# *Free:* learning rate, momentum of either kind, batch size, number of epochs. 100
# epochs take 10 to 30 seconds on two cores. Plan 15 minutes.

# %%
import keras
from keras import layers

from checkers import batch_norm
from course import datasets

SEED = 0
keras.utils.set_random_seed(SEED)

concrete = datasets.load("concrete")
STAND_IN = concrete.is_stand_in
split = datasets.concrete_split(concrete, seed=0)
x_train, y_train, x_val, y_val = split.x_train, split.y_train, split.x_val, split.y_val
print(f"{len(y_train)} rows to train on, {len(y_val)} to validate on")
print("Strict:", batch_norm.concrete_model.strict)

# %% answer="batch-norm-concrete-model"
model_file = None  # the path of your saved model
val_mae = None  # validation MAE by epoch: history.history["val_loss"]
### BEGIN SOLUTION
steps = [keras.Input(shape=(8,))]
for units in (512, 512, 512):
    steps += [layers.BatchNormalization(), layers.Dense(units, activation="relu")]
steps += [layers.BatchNormalization(), layers.Dense(1)]
model = keras.Sequential(steps)
model.compile(optimizer="sgd", loss="mae")
model_file = "concrete.keras"
best = keras.callbacks.ModelCheckpoint(model_file, save_best_only=True)
rows = {"validation_data": (x_val, y_val), "batch_size": 64}
history = model.fit(x_train, y_train, epochs=100, callbacks=[best], verbose=0, **rows)
val_mae = history.history["val_loss"]
### END SOLUTION

# %% [markdown] solution="batch-norm-concrete-model"
# `ModelCheckpoint` with `save_best_only=True` writes the file only when the validation
# error reaches a new low. `EarlyStopping(patience=100, restore_best_weights=True)` and
# a `model.save` after `fit` do the same. The last epoch is often 0.3 to 0.6 MPa worse
# than the best: with a fixed rate the error jumps to the end. Adam or standardized
# inputs reach similar errors without any batch normalization; here the task was to see
# this cure work.
