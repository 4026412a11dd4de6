"""Seeded splits of the tables into training and validation parts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.datasets.content import Source, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

__all__ = [
    "SPOTIFY_NUMBERS",
    "Split",
    "concrete_split",
    "spotify_split",
    "wine_split",
]

SPOTIFY_NUMBERS = (
    "danceability",
    "energy",
    "key",
    "loudness",
    "mode",
    "speechiness",
    "acousticness",
    "instrumentalness",
    "liveness",
    "valence",
    "tempo",
    "duration_ms",
)
"""The numeric inputs of the Spotify network, in the order of its first 12 inputs."""


@dataclass(frozen=True)
class Split:
    """A table cut into a training and a validation part.

    Shape:
        x_train, x_val: `(batch, features)`, float32.
        y_train, y_val: `(batch,)`, float32.
    """

    x_train: "Floats"
    y_train: "Floats"
    x_val: "Floats"
    y_val: "Floats"
    feature_names: tuple[str, ...]
    target_name: str
    train_rows: "Rows"
    """Positions of the training rows in the table's frame."""
    val_rows: "Rows"
    seed: int
    source: Source

    @property
    def is_stand_in(self) -> bool:
        """Return True when the rows were generated and not measured."""
        return self.source.is_stand_in


def wine_split(table: Table, seed: int = 0) -> Split:
    """Return red-wine's 11 raw inputs and its quality, 70 % for training.

    The table repeats 240 rows, so some wines stand on both sides.
    """
    return _sampled_split(table, target="quality", seed=seed)


def concrete_split(table: Table, seed: int = 0) -> Split:
    """Return concrete's 8 raw inputs and its strength in MPa, 70 % for training.

    The table repeats 25 rows, so a few mixes stand on both sides.
    """
    return _sampled_split(table, target="CompressiveStrength", seed=seed)


def _sampled_split(table: Table, *, target: str, seed: int) -> Split:
    """Cut by `frame.sample(frac=0.7, random_state=seed)`, the classic way."""
    frame = table.frame
    train = frame.sample(frac=0.7, random_state=seed)
    val = frame.drop(train.index)
    names = [name for name in frame.columns if name != target]
    return Split(
        x_train=train[names].to_numpy("float32"),
        y_train=train[target].to_numpy("float32"),
        x_val=val[names].to_numpy("float32"),
        y_val=val[target].to_numpy("float32"),
        feature_names=tuple(names),
        target_name=target,
        train_rows=train.index.to_numpy("int64"),
        val_rows=val.index.to_numpy("int64"),
        seed=seed,
        source=table.source,
    )


def spotify_split(table: Table, seed: int = 0, *, scaled: bool = True) -> Split:
    """Return Spotify's 18 inputs and the popularity / 100, 75 % of artists to train.

    No artist stands on both sides: songs of one artist are alike, and a network that
    has seen the artist looks better than it is. Rows without an artist are dropped.

    The inputs are the 12 of `SPOTIFY_NUMBERS`, then six zeros and ones for
    `playlist_genre` in the order edm, latin, pop, r&b, rap, rock.

    Args:
        table: What `load("spotify")` returned.
        seed: Decides which artists train.
        scaled: True brings each numeric input to mean 0 and standard deviation 1 on
            the training rows; validation rows use the same two numbers.
    """
    import numpy as np
    from sklearn.model_selection import GroupShuffleSplit

    frame = table.frame.dropna()
    cut = GroupShuffleSplit(n_splits=1, train_size=0.75, random_state=seed)
    train, val = next(cut.split(frame, groups=frame["track_artist"]))
    numbers = frame[list(SPOTIFY_NUMBERS)].to_numpy("float64")
    if scaled:
        numbers = _scaled(numbers, train)
    genres = sorted(frame["playlist_genre"].unique())
    one_hot = frame["playlist_genre"].to_numpy()[:, None] == np.array(genres, object)
    inputs = np.concatenate([numbers, one_hot], axis=1).astype("float32")
    target = frame["track_popularity"].to_numpy("float32") / np.float32(100)
    rows = frame.index.to_numpy("int64")
    return Split(
        x_train=inputs[train],
        y_train=target[train],
        x_val=inputs[val],
        y_val=target[val],
        feature_names=(*SPOTIFY_NUMBERS, *(f"genre_{name}" for name in genres)),
        target_name="track_popularity / 100",
        train_rows=rows[train],
        val_rows=rows[val],
        seed=seed,
        source=table.source,
    )


def _scaled(numbers: "NDArray[np.float64]", train: "Sequence[int]") -> "Floats":
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(numbers[train])
    scaled: Floats = scaler.transform(numbers)
    return scaled
