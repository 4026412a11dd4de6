"""What the students of the demo hand in, as source text, by exercise and by idea.

Wrong ones carry the name of the mistake.
"""

__all__ = ["ANSWERS"]

SPOTIFY_NET = {
    "right": """
spotify_net = keras.Sequential([
    keras.Input(shape=(18,)),
    layers.Dense(128, activation="relu"),
    layers.Dropout(0.3),
    layers.Dense(64, activation="relu"),
    layers.Dropout(0.3),
    layers.Dense(1),
])
""",
    "functional": """
songs = keras.Input(shape=(18,), name="songs")
hidden = layers.Dropout(0.3)(layers.Dense(128, activation="relu")(songs))
hidden = layers.Dropout(0.3)(layers.Dense(64, activation="relu")(hidden))
spotify_net = keras.Model(songs, layers.Dense(1)(hidden), name="mine")
""",
    "activation_layers": """
spotify_net = keras.Sequential()
spotify_net.add(keras.Input((18,)))
for units in (128, 64):
    spotify_net.add(layers.Dense(units))
    spotify_net.add(layers.Activation("relu"))
    spotify_net.add(layers.Dropout(rate=0.1 + 0.2))
spotify_net.add(layers.Dense(1, activation="linear"))
""",
    "rate_is_keep": """
spotify_net = keras.Sequential([
    keras.Input(shape=(18,)),
    layers.Dense(128, activation="relu"),
    layers.Dropout(0.7),  # keep 70 %
    layers.Dense(64, activation="relu"),
    layers.Dropout(0.7),
    layers.Dense(1),
])
""",
    "only_one": """
spotify_net = keras.Sequential([
    keras.Input(shape=(18,)),
    layers.Dense(128, activation="relu"),
    layers.Dropout(0.3),
    layers.Dense(64, activation="relu"),
    layers.Dense(1),
])
""",
    "before": """
spotify_net = keras.Sequential([
    keras.Input(shape=(18,)),
    layers.Dropout(0.3),
    layers.Dense(128, activation="relu"),
    layers.Dropout(0.3),
    layers.Dense(64, activation="relu"),
    layers.Dense(1),
])
""",
    "on_output": """
spotify_net = keras.Sequential([
    keras.Input(shape=(18,)),
    layers.Dense(128, activation="relu"),
    layers.Dropout(0.3),
    layers.Dense(64, activation="relu"),
    layers.Dense(1),
    layers.Dropout(0.3),
])
""",
    "misspelled": """
spotify_net = keras.Sequential([
    keras.Input(shape=(18,)),
    layers.Dense(128, activation="relu"),
    layers.DropOut(0.3),
    layers.Dense(1),
])
""",
}

PICTURE_NETS = {
    "right": """
mnist_net = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Conv2D(64, 3, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Dropout(0.25),
    layers.Flatten(),
    layers.Dense(128, activation="relu"),
    layers.Dropout(0.5),
    layers.Dense(10, activation="softmax"),
])
cifar_net = keras.Sequential([
    keras.Input(shape=(32, 32, 3)),
    layers.Conv2D(16, 2, padding="same", activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 2, padding="same", activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(64, 2, padding="same", activation="relu"),
    layers.MaxPooling2D(2),
    layers.Dropout(0.3),
    layers.Flatten(),
    layers.Dense(500, activation="relu"),
    layers.Dropout(0.4),
    layers.Dense(10, activation="softmax"),
])
""",
    "rates_swapped": """
mnist_net = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Conv2D(64, 3, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Dropout(0.5),
    layers.Flatten(),
    layers.Dense(128, activation="relu"),
    layers.Dropout(0.25),
    layers.Dense(10, activation="softmax"),
])
cifar_net = None
""",
}

MAP_NET = {
    "right": """
map_net = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.SpatialDropout2D(0.2),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
""",
    "plain_dropout": """
map_net = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Dropout(0.2),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
""",
}

MANY_MASKS = {
    "right": """
songs = keras.Input(shape=(18,))
shared = layers.Dense(128, activation="relu")(songs)
head = layers.Dense(1)
many_masks = keras.Model(
    songs, [head(layers.Dropout(0.5)(shared)) for _ in range(4)]
)
many_masks.compile(optimizer="adam", loss=["mae"] * 4, loss_weights=[0.25] * 4)
""",
    "four_heads": """
songs = keras.Input(shape=(18,))
shared = layers.Dense(128, activation="relu")(songs)
many_masks = keras.Model(
    songs, [layers.Dense(1)(layers.Dropout(0.5)(shared)) for _ in range(4)]
)
many_masks.compile(optimizer="adam", loss=["mae"] * 4, loss_weights=[0.25] * 4)
""",
}

MONTE_CARLO = {
    "right": '''
def monte_carlo(model, x, passes):
    """Return mean and standard deviation of predictions with dropout on."""
    runs = np.array([np.asarray(model(x, training=True)) for _ in range(passes)])
    return runs.mean(axis=0), runs.std(axis=0)
''',
    "at_inference": '''
def monte_carlo(model, x, passes):
    """Return mean and standard deviation of predictions."""
    runs = np.array([np.asarray(model(x)) for _ in range(passes)])
    return runs.mean(axis=0), runs.std(axis=0)
''',
}

GAIN = {
    "right": """
guessed_gain = 0.02
measured_mae = 0.1920
measured_gain = 0.0029
reading = dropout.gain.choices(PERSONAL_CODE).letter_of("small")
""",
    "in_percent": """
guessed_gain = 5
measured_mae = 19.2
measured_gain = 0.29
reading = "A"
""",
}

SMALL_NET = {
    "right": """
guessed_change = 1.0
measured = {"without": 96.5, "with": 94.6}
explanation = dropout.small_net.choices(PERSONAL_CODE).letter_of("capacity")
""",
    "as_fractions": """
guessed_change = 0.01
measured = {"without": 0.965, "with": 0.946}
explanation = dropout.small_net.choices(PERSONAL_CODE).letter_of("capacity")
""",
}

ANSWERS = {
    "dropout-spotify-net": SPOTIFY_NET,
    "dropout-gain": GAIN,
    "dropout-small-net": SMALL_NET,
    "dropout-picture-nets": PICTURE_NETS,
    "dropout-map-net": MAP_NET,
    "dropout-many-masks": MANY_MASKS,
    "dropout-monte-carlo": MONTE_CARLO,
}
