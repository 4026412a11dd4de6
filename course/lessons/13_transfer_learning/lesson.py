# %% [markdown]
# # Transfer learning
#
# *I have forty pictures. Everybody says: take a trained network and fine-tune it. Which
# layers do I keep, which do I freeze, and when would I be better off from scratch?*
#
# You will carry one small network over to new pictures in four ways and four
# situations, all on real data, and read off a table which way wins where. On the way
# you see what freezing does and what it does not, and where a network looks.
#
# Reading and running: about 45 minutes. You need lesson 06 (convolutional networks) and
# lesson 10 (batch normalization).

# %%
import warnings

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from sklearn.manifold import TSNE

from course import datasets, networks, plots, results
from course.networks import imagenet
from course.networks.source_classes import SOURCE_CLASSES, TARGET_CLASSES
from course.settings import is_fast

SEED = 0
keras.utils.set_random_seed(SEED)
tf.get_logger().setLevel("ERROR")  # many small models here; it would tell of each

photos = datasets.load("cifar10")
per_class, num_test, epochs = (10, 200, 8) if is_fast() else (10, 2000, 40)

# %% [markdown]
# ## A network that knows six things
#
# The **backbone** of this lesson has four blocks. Each has two 3 x 3 convolutions with
# `BatchNormalization` and ReLU; pooling follows the first three. We trained it on
# 27,000 pictures of CIFAR-10's first six classes (`course train-backbone` does it
# again), and it never saw one of the other four. The six are the **source classes**.
# Frog, horse, ship and truck are new to it, and they are what we want.


# %%
def part_of(images, labels, first, last, count):
    """Return up to `count` pictures from 0 to 1 of some labels, and labels from 0."""
    labels = labels.reshape(-1)
    rows = np.flatnonzero((labels >= first) & (labels <= last))[:count]
    return images[rows].astype("float32") / 255, labels[rows].astype("int64") - first


log = networks.facts("backbone")["log"]
history = {name: [row[name] for row in log] for name in ("accuracy", "val_accuracy")}
figure = plots.learning_curves(
    history,
    metric="accuracy",
    label="Accuracy",
    title="The backbone learns six classes in ten epochs",
    caption="Training accuracy is measured on moved and mirrored pictures.",
)
plots.show(figure, source=photos.source)

# %%
backbone = networks.load("backbone")
x_old, y_old = part_of(photos.x_test, photos.y_test, 0, 5, 3 * num_test)
x_test, y_test = part_of(photos.x_test, photos.y_test, 6, 9, num_test)
answers = backbone.predict(x_old, batch_size=250, verbose=0).argmax(axis=1)
accuracy = 100 * float(np.mean(answers == y_old))
print(f"On test pictures of its own six classes: {accuracy:.1f} % right")
results.report("backbone-test-accuracy", accuracy, source=photos.source)

calls = backbone.predict(x_test, batch_size=250, verbose=0).argmax(axis=1)
for label, name in enumerate(TARGET_CLASSES):
    counts = np.bincount(calls[y_test == label], minlength=6)
    most = counts.argmax()
    print(f"{name:6} is most often called {SOURCE_CLASSES[most]}", counts)

# %% [markdown]
# It has no word for a frog, so it uses one of its six. Look at which one it takes: the
# mistakes are not random. Something inside it must know what a truck shares with an
# automobile.
#
# ## What the features know
#
# Cut the six probabilities off. What is left turns a picture into 128 maps of 4 x 4;
# the mean of each map makes 128 numbers. Such numbers are called **features** of the
# picture. In 128 dimensions nobody can look around, so we project them to two:
#
# - **PCA** takes the two directions in which the points differ most. It is a shadow:
#   straight, and the same each time.
# - **t-SNE** moves points about until neighbors in 128 dimensions are neighbors in two.
#   It shows groups well. Distances between groups, and their sizes, mean nothing.


# %%
def two_main_directions(points):
    centered = points - points.mean(axis=0)
    return centered @ np.linalg.svd(centered, full_matrices=False)[2][:2].T


def neighbors_kept(points):
    near = TSNE(2, init="pca", perplexity=20, random_state=SEED, max_iter=500)
    return near.fit_transform(points)


few = 120 if is_fast() else 400
base = networks.backbone()
means = base.predict(x_test[:few], batch_size=250, verbose=0).mean(axis=(1, 2))
pixels = x_test[:few].reshape(few, -1)
views = {
    "Pixels, PCA": two_main_directions(pixels),
    "Features, PCA": two_main_directions(means),
    "Pixels, t-SNE": neighbors_kept(pixels),
    "Features, t-SNE": neighbors_kept(means),
}

# %%
groups = {
    view: {
        name: (points[y_test[:few] == label, 0], points[y_test[:few] == label, 1])
        for label, name in enumerate(TARGET_CLASSES)
    }
    for view, points in views.items()
}
figure = plots.clouds(
    groups,
    title="Four classes that the network never saw, before and after it",
    caption="Each point is a test picture. The axes of a projection have no unit.",
    alt="Four panels. Of the pixels, the four classes lie mixed in both views. Of the "
    "features, ship, truck, frog and horse lie in groups that overlap at the edges.",
)
plots.show(figure, source=photos.source)

# %% [markdown]
# The labels of these four classes were used for the colors and for nothing else. The
# groups were in the features already. That is why transfer works: a new classifier only
# has to draw lines between groups.
#
# ## Case 1: a new head, and nothing else
#
# Forty pictures, ten of each class. **Freezing** a layer takes its weights away from
# the optimizer: `base.trainable = False`. A **head** is what we put behind it.

# %%
x_all, y_all = part_of(photos.x_train, photos.y_train, 6, 9, None)
rng = np.random.default_rng(SEED)
rows = np.concatenate(
    [rng.permutation(np.flatnonzero(y_all == label))[:per_class] for label in range(4)]
)
x_few, y_few = x_all[rows], y_all[rows]


# %%
def with_head(blocks):
    steps = [layers.GlobalAveragePooling2D(), layers.Dense(4, activation="softmax")]
    return keras.Sequential([keras.Input(shape=(32, 32, 3)), blocks, *steps])


def num_trainable(model):
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


net = with_head(base)
print(f"all free: {num_trainable(net):,} trainable of {net.count_params():,}")
base.trainable = False
print(f"frozen:   {num_trainable(net):,} trainable of {net.count_params():,}")

# %% [markdown]
# A frozen base gives the same features for a picture in every epoch. So compute them
# **once**, keep them, and train the head on those. Such stored features are called
# **bottleneck features**. The result is the same as end to end; only the waiting is
# gone. Two things break it: augmentation, because each epoch should see other pictures,
# and a base in training mode, because its output then changes from call to call.


# %%
def trained(model, x, y, rate, epochs=epochs):
    model.compile(
        keras.optimizers.Adam(rate),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.fit(x, y, batch_size=10, epochs=epochs, verbose=0)
    return model


def accuracy_of(model, x=x_test):
    return 100 * float(
        np.mean(model.predict(x, 250, verbose=0).argmax(axis=1) == y_test)
    )


# %%
stored = base.predict(x_few, verbose=0)
head = trained(keras.Sequential(net.layers[1:]), stored, y_few, rate=3e-3)
gap = np.abs(head.predict(stored, verbose=0) - net.predict(x_few, verbose=0)).max()
print(f"head on stored features against end to end: they differ by {gap:.1e}")

fresh = keras.models.clone_model(networks.backbone())  # the same layers, new weights
scratch = trained(with_head(fresh), x_few, y_few, rate=1e-3)
print(f"frozen blocks, new head: {accuracy_of(net):.1f} %")
print(f"the same from scratch:   {accuracy_of(scratch):.1f} %; chance is 25 %")

# %% [markdown]
# ## What freezing is, and what it is not
#
# Two switches sound alike:
#
# - `layer.trainable = False` is about **weights**: the optimizer leaves them alone.
# - `layer(x, training=False)` is about the **mode**: `Dropout` drops nothing, and
#   `BatchNormalization` uses its moving statistics.
#
# In Keras they meet in one layer. A `BatchNormalization` with `trainable=False` uses
# its moving statistics *even when it is told* `training=True`. `Dropout` has no
# weights, and a frozen one drops as before.

# %%
features = stored.mean(axis=(1, 2))
for layer in (layers.BatchNormalization(), layers.Dropout(0.5)):
    layer.build(features.shape)
    for trainable in (True, False):
        layer.trainable = trainable
        change = np.abs(layer(features, training=True) - layer(features)).max()
        said = "acts as at inference" if change < 1e-6 else "acts as in training"
        print(f"{layer.name}, trainable={trainable}, training=True: {said}")

# %% [markdown]
# And the other way around: is a base that is called with `training=False` frozen? Train
# for one epoch and count the weights that moved.


# %%
def moved(model):
    """Train one epoch; return how many weights moved, and what Keras warned of."""
    learned = [weight for weight in model.weights if "moving" not in weight.path]
    before = [weight.numpy() for weight in learned]
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        model.fit(x_few, y_few, batch_size=10, verbose=0)
    pairs = zip(learned, before, strict=True)
    count = sum(np.count_nonzero(new.numpy() != old) for new, old in pairs)
    return count, [str(one.message) for one in said if "trainable" in str(one.message)]


def compiled(model, rate=1e-3):
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    return model


# %%
for trainable in (True, False):
    blocks = networks.backbone()
    blocks.trainable = trainable
    inputs = keras.Input(shape=(32, 32, 3))
    maps = blocks(inputs, training=False)
    outputs = layers.Dense(4, "softmax")(layers.GlobalAveragePooling2D()(maps))
    count, _ = moved(compiled(keras.Model(inputs, outputs)))
    print(f"training=False, trainable={trainable}: {count:,} weights moved")

# %% [markdown]
# So `training=False` does not freeze. Does it at least keep the mode? Guides recommend
# `base(x, training=False)` so that its normalizations stay at inference while the rest
# trains. Look at one normalization, in a functional model and in a subclass. In
# training mode its outputs have mean 0 over the batch.


# %%
class Kept(keras.Model):
    """One normalization that is told to stay at inference."""

    def __init__(self):
        """Make the layer."""
        super().__init__()
        self.norm = layers.BatchNormalization()

    def call(self, x):
        """Normalize by the stored statistics, whatever the mode."""
        return self.norm(x, training=False)


inputs = keras.Input(shape=features.shape[1:])
told = keras.Model(inputs, layers.BatchNormalization()(inputs, training=False))
for name, model in {"functional": told, "subclass": Kept()}.items():
    mean = float(np.mean(model(features, training=True)))
    print(f"{name:10} told training=False, model in training mode: mean {mean:.2f}")

# %% [markdown]
# In the functional model the mode of the *outer* call wins, and `fit` calls it in
# training mode (measured with Keras 3.15). In a subclass the line does what it says.
# What holds in both is `trainable = False` on the normalization.
#
# ## Fine-tuning in two stages
#
# **Fine-tuning** lets trained weights move on. Not at once: a fresh head is wrong about
# everything, and its large gradients would run through the blocks. So first the head,
# blocks frozen (stage one). Then some blocks thaw, with a learning rate ten to a
# hundred times smaller (stage two).
#
# And between the stages stands a trap. `compile` and the first `fit` settle which
# weights move. What thaws later stays where it is, until `compile` is called again.

# %%
blocks = networks.backbone()
blocks.trainable = False
two_stage = compiled(with_head(blocks))
counts = {"stage one": (num_trainable(two_stage), moved(two_stage)[0])}
blocks.trainable = True
count, told = moved(two_stage)
counts["thawed, not compiled"] = (num_trainable(two_stage), count)
print("What Keras says to that:", told[0][:78] if told else "nothing")
count, _ = moved(compiled(two_stage, 1e-4))
counts["thawed and compiled"] = (num_trainable(two_stage), count)

# %%
figure = plots.bar_compare(
    {
        f"{name}: {what}": number / 1000
        for name, pair in counts.items()
        for what, number in zip(("trainable", "moved"), pair, strict=True)
    },
    label="Weights",
    unit="thousands",
    title="Thawed weights move from the next compile on",
    digits=1,
    caption="Trainable: what the model says. Moved: what changed in one epoch of fit.",
)
plots.show(figure, source=photos.source)

# %% [markdown]
# In the middle pair nothing stops you, not even a warning: the summary says
# "trainable", the loss falls, and the blocks do not move.
#
# Should `BatchNormalization` thaw as well? With batches of ten it would normalize by
# ten pictures, and store what it saw. Try both, three times each.


# %%
def second_stage(seed, norms_frozen):
    """Return the test accuracy after both stages, all blocks thawed in the second."""
    keras.utils.set_random_seed(seed)
    blocks = networks.backbone()
    blocks.trainable = False
    model = with_head(blocks)
    head = keras.Sequential(model.layers[1:])
    trained(head, stored, y_few, rate=3e-3)
    blocks.trainable = True
    for each in blocks.layers:
        if isinstance(each, layers.BatchNormalization):
            each.trainable = not norms_frozen
    return accuracy_of(trained(model, x_few, y_few, 3e-4, epochs // 2))


# %%
seeds = range(SEED, SEED + (1 if is_fast() else 3))
outcome = {
    "norms frozen": [second_stage(seed, True) for seed in seeds],
    "norms thawed": [second_stage(seed, False) for seed in seeds],
    "stage one only": [accuracy_of(net)],
}
figure = plots.bar_compare(
    outcome,
    label="Test accuracy",
    unit="%",
    kind="dots",
    digits=1,
    title="Forty pictures: is the second stage worth it?",
    caption="All blocks thawed at 0.0003; one dot per seed.",
)
plots.show(figure, source=photos.source)

# %% [markdown]
# The second stage is worth a few points, and more with the normalizations frozen: the
# two rows of dots do not overlap. Ten pictures are a poor sample to normalize by.
#
# ## The four cases
#
# How much to keep depends on two questions: how many pictures do you have, and how like
# the old ones are they? Two answers each make four cases. We measured all of them with
# four strategies. *Similar* are the four classes of photographs; *different* are
# handwritten digits, padded to 32 x 32 and copied into three colors. *Few* are ten
# pictures per class, *many* are 4,000 in all.
#
# - **scratch**: the same network with fresh weights.
# - **frozen**: all blocks frozen, a new head.
# - **cut**: blocks 1 and 2 frozen, the others replaced by one fresh convolution.
# - **tune**: first a head, then everything trains.

# %%
table = networks.facts("transfer")
sizes = {"small": "Few", "large": "Many"}
cases = {
    f"{sizes[name.split('-')[0]]} pictures, {name.split('-')[1]}": case
    for name, case in table["cases"].items()
}
figure = plots.dot_panels(
    {name: case["accuracy"] for name, case in cases.items()},
    label="Test accuracy",
    unit="%",
    title="No strategy is best everywhere",
    caption="One mark per seed, the bar is their mean. Mind the scales: they differ.",
)
plots.show(figure, source=photos.source)
names = ("scratch", "frozen", "cut", "tune")
print(f"{'mean ± sd, in %':26}", *(f"{name:>13}" for name in names))
for name, case in cases.items():
    cells = (f"{np.mean(v):6.1f} ± {np.std(v):4.1f}" for v in case["accuracy"].values())
    print(f"{name:26}", *cells)

# %% [markdown]
# Read each row with its spread. Two strategies less than two points apart are a tie:
# with 2,000 test pictures and a few seeds this table cannot tell them apart. Learning
# rates were fixed beforehand for each strategy, the same in all cases; another rate may
# move a number.
#
# Then hold the table against the recipe that is usually given:
#
# - *Few, similar: freeze.* It gets most of the way, far ahead of scratch, for a few
#   hundred weights. Training everything, gently, was still about three points better.
# - *Few, different: keep the early blocks.* Not here. With ten digits of each class the
#   network from scratch beat everything that was carried over. A likely reason: digits
#   need few features, and those of photographs first have to be unlearned.
# - *Many, similar: tune.* Yes, more than ten points ahead of everything else.
# - *Many, different: from scratch.* It came second, and its seeds are far apart.
#   Trained weights are a better start even so.
#
# So the recipe is a place to begin, and a table of your own data decides. Pages also
# treat "many, different" as "many, similar". As a recipe that is fine here; as a
# statement it is **loose**: look at the frozen blocks in the two lower panels.
#
# ## How deep to thaw
#
# Between "frozen" and "tune" lie as many choices as there are blocks.

# %%
thawed = {int(count): values for count, values in table["thawed"].items()}
figure = plots.bar_compare(
    {f"{count} blocks": values for count, values in sorted(thawed.items())},
    label="Test accuracy",
    unit="%",
    kind="dots",
    digits=1,
    title="Few pictures, similar: thawing from the last block backward",
    caption="Dots are seeds. 0 blocks is the frozen backbone.",
)
plots.show(figure, source=photos.source)

# %% [markdown]
# The last two blocks bring about three points, the first two nothing that the seeds
# would show. Early features serve the new classes as they are.
#
# ## Where does it look?
#
# **Grad-CAM** asks a network which places of a picture speak for a class. Take the maps
# $A_k$ of the last block and the score $y$ of the class, before softmax. The mean of
# the gradient $\partial y / \partial A_k$ over all positions, $\alpha_k$, says how much
# map $k$ counts. The weighted sum, cut at 0, is a small picture:
#
# $$\mathrm{relu}\Big(\sum_k \alpha_k A_k\Big)$$


# %%
def looks_at(picture, label):
    last = backbone.get_layer("classes")
    with tf.GradientTape() as tape:
        maps = base(picture[None])
        tape.watch(maps)
        mean = tf.reduce_mean(maps, axis=(1, 2))
        score = (mean @ last.kernel + last.bias)[0, label]
    weights = tf.reduce_mean(tape.gradient(score, maps), axis=(1, 2))
    return np.maximum((maps[0] @ weights[0][:, None])[..., 0], 0)


# %%
right = np.flatnonzero(answers == y_old)
first_of_each = np.unique(y_old[right], return_index=True)[1]
pictures = []
for row in right[first_of_each][[0, 1, -2, -1]]:
    name = SOURCE_CLASSES[y_old[row]]
    heat = np.kron(looks_at(x_old[row], y_old[row]), np.ones((8, 8)))
    shade = (0.25 + 0.75 * heat / max(heat.max(), 1e-9))[..., None]
    pictures += [(name, x_old[row]), (f"what speaks for {name}", x_old[row] * shade)]
figure = plots.gallery(
    pictures,
    title="Grad-CAM on four test pictures",
    columns=4,
    caption="Bright places speak for the class; the maps have 4 x 4 positions only.",
    alt="Four test pictures, each beside a copy in which the positions of a 4 x 4 grid "
    "that speak for its class are bright and the others dark.",
)
plots.show(figure, source=photos.source)

# %% [markdown]
# Grad-CAM shows where the evidence lies, on a coarse grid, for one class. It does not
# show *why*, and a plausible picture proves nothing about the other 5,999.
#
# ## Networks that others trained
#
# `keras.applications` has networks trained on ImageNet, a million photographs of a
# thousand classes. `include_top=False` leaves the head off. Two things must fit: the
# size of the pictures, and their **scale**. Each family has a function
# `preprocess_input` of its own, and a wrong scale raises no error.

# %%
num_shown = 40 if is_fast() else 300
small_net = imagenet.mobilenet()
if small_net is not None:
    prepare = keras.applications.mobilenet.preprocess_input
    enlarge = layers.Resizing(224, 224)

    def imagenet_features(x, scale=prepare):
        large = np.array(enlarge(x * 255))  # a copy: some scale in place
        return small_net.predict(scale(large), 20, verbose=0).mean(axis=(1, 2))

    scales = {"its own scale": prepare, "pixels 0 to 1": lambda x: x / 255}
    for name, scale in scales.items():
        dense = keras.Sequential(
            [keras.Input(shape=(256,)), layers.Dense(4, "softmax")]
        )
        trained(dense, imagenet_features(x_few, scale), y_few, rate=3e-3)
        seen = dense.predict(imagenet_features(x_test[:num_shown], scale), verbose=0)
        share = 100 * np.mean(seen.argmax(axis=1) == y_test[:num_shown])
        print(f"MobileNet, {name}: {share:.1f} % of {num_shown} test pictures")

# %% [markdown]
# In our run the wrong scale cost a point (84.0 and 82.7 %), because the new head was
# trained on the same wrong features. Scale rightly in training and forget it later, and
# nothing fits any more. No error tells you.
#
# A classic recipe in circulation uses VGG16 for 133 breeds of dogs: features of
# 7 x 7 x 512, one mean per map, `Dense(133)`. Its page reports 46.65 %. The head has
# 68,229 parameters; with `Flatten` it would have 3,336,837. Parts of that recipe no
# longer run, or never were a good idea.

# %%
vgg = imagenet.vgg16() if not is_fast() else None
if vgg is not None:
    print(
        f"VGG16 without its head: {vgg.count_params():,} parameters, {vgg.output_shape}"
    )

for pool in (layers.GlobalAveragePooling2D(), layers.Flatten()):
    head = keras.Sequential([keras.Input(shape=(7, 7, 512)), pool, layers.Dense(133)])
    print(f"{pool.name}: {head.count_params():,} parameters")
    if "global" in pool.name:
        results.report("vgg-head-params", head.count_params())
try:
    keras.callbacks.ModelCheckpoint("best.hdf5")
except ValueError as error:
    print("best.hdf5:", str(error)[:90])

# %% [markdown]
# ## What people get wrong
#
# - *"Case 4 is identical to case 3."* **Loose.** One recipe can serve both; in the
#   table the strategies differ by case.
# - *"`training=False` freezes the base."* **Wrong.** It sets the mode; the weights of
#   every layer moved.
# - *"`base(x, training=False)` keeps its normalizations at inference."* **Loose.**
#   In a subclass it does; in a functional model `fit` overrides it. Freeze them.
# - *"A frozen layer acts as at inference."* **Loose.** True for `BatchNormalization` in
#   Keras. A frozen `Dropout` drops.
# - *"Set `trainable = True` and go on with `fit`."* **Wrong.** `compile` comes first.
# - *"`ModelCheckpoint('best.hdf5')`."* **Outdated.** Keras 3 wants `.keras`, or
#   `.weights.h5` with `save_weights_only=True`.
# - *"Take the features of each picture with `predict` in a loop."* **Loose.** It gives
#   the same numbers, and waits once per picture. Hand over the whole array.
# - *"Remove the last three layers of VGG16."* **Loose.** It depends on what you keep:
#   `include_top=False` removes `Flatten` and three Dense layers.
# - *"Choose the epoch on the test pictures, there are so few others."* **Wrong** since
#   lesson 01, and most tempting with forty pictures.
# - *"The head for VGG16 is `Flatten` and `Dense`."* **Convention.** One mean per map is
#   another, with a fiftieth of the weights.
#
# ## Summary
#
# A network that was trained on other pictures hands over features. With few pictures of
# a similar kind, freeze it and train a head on stored features: most of the gain for
# next to no time. Then train everything, gently: head first, the rest with a small
# rate, and `compile` after every change of `trainable`. With pictures of another kind,
# expect less from what is frozen. And measure, with several seeds, against the network
# from scratch: with a hundred digits it won.
#
# ## Papers
#
# - J. Yosinski, J. Clune, Y. Bengio, H. Lipson, "How transferable are features in deep
#   neural networks?", 2014.
# - K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
#   Recognition", 2014 (VGG16).
# - A. G. Howard and others, "MobileNets: Efficient Convolutional Neural Networks for
#   Mobile Vision Applications", 2017.
# - R. R. Selvaraju and others, "Grad-CAM: Visual Explanations from Deep Networks via
#   Gradient-based Localization", 2017.
# - L. van der Maaten, G. Hinton, "Visualizing Data using t-SNE", 2008.
# - A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009
#   (CIFAR-10).
