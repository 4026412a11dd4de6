"""Train the two classic networks over several seeds and compare with their bands.

    python bench/reference_figures.py                  both, seeds 0 to 4
    python bench/reference_figures.py concrete --seeds 0 1

Prints the lowest validation MAE of each seed, the median, and the reference band of
`course/references.toml`. Needs the real data; refuses to run on stand-ins.
"""

import argparse
import statistics
import sys
from collections.abc import Callable, Iterator
from typing import Any

import keras
from keras import layers

from course import datasets
from course.results import references

Network = Callable[[], Any]


def spotify_net() -> Any:
    """Return the song network with its two dropout layers."""
    return keras.Sequential(
        [
            keras.Input((18,)),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(1),
        ]
    )


def concrete_net() -> Any:
    """Return the concrete network with batch normalization before each dense layer."""
    model = keras.Sequential([keras.Input((8,))])
    for units, activation in ((512, "relu"),) * 3 + ((1, None),):
        model.add(layers.BatchNormalization())
        model.add(layers.Dense(units, activation=activation))
    return model


def lowest(split: Any, network: Network, seed: int, **recipe: Any) -> float:
    """Return the lowest validation MAE of one training run."""
    keras.utils.set_random_seed(seed)
    model = network()
    model.compile(optimizer=recipe.pop("optimizer"), loss="mae")
    history = model.fit(
        split.x_train,
        split.y_train,
        validation_data=(split.x_val, split.y_val),
        verbose=0,
        **recipe,
    )
    return float(min(history.history["val_loss"]))


def measure(name: str, seeds: list[int]) -> Iterator[float]:
    """Yield the lowest validation MAE of each seed; the split has seed 0."""
    if name == "spotify":
        split = datasets.spotify_split(datasets.load("spotify"), seed=0)
        recipe = {"optimizer": "adam", "batch_size": 512, "epochs": 50}
        network: Network = spotify_net
    else:
        split = datasets.concrete_split(datasets.load("concrete"), seed=0)
        recipe = {"optimizer": "sgd", "batch_size": 64, "epochs": 100}
        network = concrete_net
    if split.is_stand_in:
        sys.exit("Only stand-in data are here. Next: set COURSE_DATA or fetch them.")
    for seed in seeds:
        yield lowest(split, network, seed, **recipe)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    names = {
        "spotify": "spotify-dropout-min-val-mae",
        "concrete": "concrete-bn-min-val-mae",
    }
    parser.add_argument("networks", nargs="*", help="spotify, concrete; default: both")
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    chosen = parser.parse_args()
    bands = references()
    for name in chosen.networks or list(names):
        found = list(measure(name, chosen.seeds))
        band = bands[names[name]]
        values = ", ".join(f"{value:.4f}" for value in found)
        median = statistics.median(found)
        word = "inside" if band.low <= median <= band.high else "OUTSIDE"
        print(f"{name}: seeds {chosen.seeds}: {values}")
        print(f"  median {median:.4f}, {word} the band {band.low} to {band.high}")


if __name__ == "__main__":
    main()
