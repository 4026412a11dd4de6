"""The course's data sets: real where they can be had, marked stand-ins elsewhere.

    from course.datasets import load, spotify_split

    table = load("spotify")
    split = spotify_split(table, seed=0)

Importing this package loads no pandas, NumPy or scikit-learn.
"""

from course.datasets.content import Card, Images, Source, Table, stand_in_note
from course.datasets.errors import DatasetError
from course.datasets.loading import load
from course.datasets.splits import (
    SPOTIFY_NUMBERS,
    Split,
    concrete_split,
    spotify_split,
    wine_split,
)

__all__ = [
    "SPOTIFY_NUMBERS",
    "Card",
    "DatasetError",
    "Images",
    "Source",
    "Split",
    "Table",
    "concrete_split",
    "load",
    "spotify_split",
    "stand_in_note",
    "wine_split",
]
