# %% [markdown]
# # Regularization and augmentation: challenge
#
# ## Exercise 7 · A thousand images (3 points)
#
# You have 1,000 labeled digits and get no more. The plain network below learns them by
# heart: 100 % of its training images, and about 92 % of the 10,000 test images. Make it
# generalize better, and show that this is no luck: with **one recipe on three sets** of
# 1,000 images.
#
# The notebook first trains the plain network on each of the three sets. Those three
# test accuracies are what you compare with. Then train a network of yours on each set,
# and hand in the three saved models.
#
# **What counts:** three different networks (0.5 points); no more parameters than the
# plain network's 27,690 (0.5); a test accuracy that lies, **on average over the three
# sets, at least 0.7 points** above the plain network's (2).
#
# In a run of ours on the first set, shifted images gained 3.2 points and dropout 1.0;
# mirrored images lost 5.6, a heavy penalty together with heavy dropout lost 7.2.
#
# *Strict:* three sets, the limit on parameters, inputs from 0 to 1. *Free:* everything
# that regularizes: layers, penalties, optimizer, epochs, pipeline. Plan 15 minutes.

# %%
import keras
import numpy as np
import tensorflow as tf
from keras import layers

from checkers import augmentation
from course import datasets, results

SEED = 0
keras.utils.set_random_seed(SEED)
tf.get_logger().setLevel("ERROR")  # several small models; it would tell of each

PERSONAL_CODE = ""  # your personal code, if your teacher gave you one

digits = datasets.load("mnist")
STAND_IN = digits.is_stand_in
EPOCHS = 40
print(f"{augmentation.thousand_images.title}: {EPOCHS} epochs on each set.")

# %% [markdown]
# `sets` holds three pairs of images and labels. `x_test` and `y_test` judge; they
# choose nothing.


# %%
def scaled(images):
    return images[..., None].astype("float32") / 255


def draw_set(seed):
    draw = np.random.default_rng(seed)
    rows = draw.choice(len(digits.x_train), 1_000, replace=False)
    return scaled(digits.x_train[rows]), digits.y_train[rows]


sets = [draw_set(seed) for seed in range(3)]
x_test, y_test = scaled(digits.x_test), digits.y_test


# %%
def plain_net(*in_front):
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            *in_front,
            layers.Conv2D(8, 5, strides=2, activation="relu"),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


# %%
def train(model, x_train, y_train, epochs=EPOCHS):
    options = {"metrics": ["accuracy"], "steps_per_execution": 32}  # only faster
    model.compile("adam", "sparse_categorical_crossentropy", **options)
    model.fit(x_train, y_train, batch_size=32, epochs=epochs, verbose=0)


def accuracy(model):
    named = model.predict(x_test, batch_size=1_000, verbose=0).argmax(axis=1)
    return 100 * float(np.mean(named == y_test))


plain = {}
for number, (x_train, y_train) in enumerate(sets, start=1):
    model = plain_net()
    train(model, x_train, y_train)
    plain[f"set_{number}"] = accuracy(model)
    print(f"Set {number}, plain network: {plain[f'set_{number}']:.2f} %")

# %% answer="augmentation-thousand-images"
first_model = None  # the path of a .keras file, trained on sets[0]
second_model = None  # trained on sets[1]
third_model = None  # trained on sets[2]
### BEGIN SOLUTION
files, reached = [], []
for number, (x_train, y_train) in enumerate(sets, start=1):
    shift = layers.RandomTranslation(0.07, 0.07, fill_mode="constant")
    model = plain_net(shift)
    train(model, x_train, y_train)
    files.append(f"digits_{number}.keras")
    model.save(files[-1])
    reached.append(accuracy(model))
first_model, second_model, third_model = files
### END SOLUTION

# %% [markdown] solution="augmentation-thousand-images"
# A digit that stands two pixels further left is a new picture with a true label, and
# each epoch brings 1,000 of them. That is worth more here than a penalty or dropout:
# those make the network simpler, the shift tells it something about digits. Too much of
# both holds the network down, and a mirrored digit teaches it something false.

# %% solution="augmentation-thousand-images"
gain = float(np.mean(reached)) - float(np.mean(list(plain.values())))
source = digits.source
results.report("thousand-images-gain", gain, unit="points", source=source)
