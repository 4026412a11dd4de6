"""Draws tables that agree with summary figures: a Gaussian copula.

Correlated normal numbers give the order of the rows in each column; the published
quantiles give the values. So every column has its true distribution, and columns that
go together in the real table go together here.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["make_songs", "make_table"]

_SEED = 20200121


def make_table(summary: Mapping[str, Any]) -> "pd.DataFrame":
    """Return a table of numbers, some rows of which repeat an earlier one."""
    import numpy as np
    import pandas as pd

    random = np.random.RandomState(_SEED)  # its stream is frozen; default_rng's is not
    num_rows, num_repeats = summary["rows"], summary["repeated_rows"]
    columns = summary["columns"]
    scores = _correlated(random, num_rows - num_repeats, summary["correlations"])
    _bend(scores, summary)
    frame = pd.DataFrame(
        {
            name: _to_values(scores[:, i], summary["levels"], column)
            for i, (name, column) in enumerate(columns.items())
        }
    )
    repeats = np.sort(random.choice(len(frame), num_repeats, replace=False))
    order = np.sort(np.concatenate([np.arange(len(frame)), repeats]), kind="stable")
    return frame.iloc[order].reset_index(drop=True)


def make_songs(summary: Mapping[str, Any]) -> "pd.DataFrame":
    """Return songs: six genres, artists with several songs that are alike.

    As in the real table, some songs stand in several playlists, and five rows lack
    the names.
    """
    import numpy as np
    import pandas as pd

    random = np.random.RandomState(_SEED)
    genres = summary["genres"]
    genre = np.repeat(np.arange(len(genres)), [g["rows"] for g in genres.values()])
    artist = _artists(random, summary, genre)
    song = _songs(random, genre, summary["repeated_rows"])
    shared = np.sqrt(np.array(list(summary["artist_share"].values())))
    by_artist = _correlated(random, int(np.max(artist)) + 1, summary["correlations"])
    by_song = _correlated(random, len(genre), summary["correlations"])
    scores = shared * by_artist[artist] + np.sqrt(1 - shared**2) * by_song
    _bend(scores, summary)
    frame = pd.DataFrame(_names(random, list(genres.items()), genre, artist, song))
    for i, name in enumerate(summary["artist_share"]):
        values = np.empty(len(genre))
        for number, entry in enumerate(genres.values()):
            rows = genre == number
            values[rows] = _to_values(
                scores[rows, i], summary["levels"], entry["columns"][name]
            )
        frame[name] = values[song]
    missing = random.choice(len(genre), summary["rows_without_names"], replace=False)
    frame.loc[missing, ["track_name", "track_artist", "track_album_name"]] = np.nan
    return frame


def _correlated(
    random: "np.random.RandomState", num_rows: int, correlations: "list[list[float]]"
) -> "Floats":
    """Return normal numbers, shape (rows, columns), with these correlations."""
    import numpy as np

    root = np.linalg.cholesky(np.array(correlations))
    mixed: Floats = random.standard_normal((num_rows, len(root))) @ root.T
    return mixed


def _bend(scores: "Floats", summary: Mapping[str, Any]) -> None:
    """Let a part of the target's noise follow a curve in its two best predictors.

    A copula alone is straight: no network could beat linear regression on it. The
    share of the variance is the one that a flexible model gained on the real table.
    """
    import numpy as np

    target, share = summary["target"], summary["curved_share"]
    correlations = np.array(summary["correlations"])
    inputs = np.delete(np.arange(len(correlations)), target)
    best, second = inputs[np.argsort(-abs(correlations[inputs, target]))[:2]]
    curve = scores[:, best] ** 2 + 2 * scores[:, best] * scores[:, second]
    curve = (curve - curve.mean()) / curve.std()
    weights, *_ = np.linalg.lstsq(scores[:, inputs], scores[:, target], rcond=None)
    straight = scores[:, inputs] @ weights
    noise = scores[:, target] - straight
    kept = np.sqrt(max(0.0, 1 - share / noise.var()))
    scores[:, target] = straight + kept * noise - np.sqrt(share) * curve


def _to_values(
    scores: "Floats", levels: "list[float]", column: Mapping[str, Any]
) -> "Floats":
    """Give the row with the k-th smallest score the k-th value of the distribution."""
    import numpy as np

    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(len(scores)) + 0.5
    values = np.interp(ranks / len(scores), levels, column["quantiles"])
    rounded: Floats = np.round(values, column["places"])
    return rounded


def _artists(
    random: "np.random.RandomState", summary: Mapping[str, Any], genre: "NDArray[Any]"
) -> "NDArray[np.int64]":
    """Return the number of each row's artist; most stay within one genre."""
    import numpy as np

    counts = summary["entries_per_artist"]
    drawn = random.uniform(size=len(genre))
    sizes = np.interp(drawn, counts["levels"], counts["quantiles"])
    artist = np.repeat(np.arange(len(genre)), np.floor(sizes).astype(int))[: len(genre)]
    for number in np.unique(genre):
        rows = np.flatnonzero(genre == number)
        artist[rows] = random.permutation(artist[rows])
    return artist


def _songs(
    random: "np.random.RandomState", genre: "NDArray[Any]", num_repeats: int
) -> "NDArray[np.int64]":
    """Return for each row the row whose song it holds: itself, or one of its genre."""
    import numpy as np

    song = np.arange(len(genre))
    repeats = np.sort(random.choice(len(genre), num_repeats, replace=False))
    originals = np.setdiff1d(song, repeats)
    for number in np.unique(genre):
        mine = repeats[genre[repeats] == number]
        theirs = originals[genre[originals] == number]
        picked = np.sort(random.choice(theirs, len(mine), replace=False))
        # Half a genre away: never the same song twice in one playlist.
        song[mine] = np.roll(picked, len(mine) // 2)
    return song


def _names(
    random: "np.random.RandomState",
    genres: "list[tuple[str, Any]]",
    genre: "NDArray[Any]",
    artist: "NDArray[np.int64]",
    song: "NDArray[np.int64]",
) -> "dict[str, list[str]]":
    """Return the text columns; every name says that it is generated."""
    import numpy as np

    rows = np.arange(len(genre))
    starts = np.searchsorted(genre, np.arange(len(genres)))
    sizes = np.array([entry["rows"] for _, entry in genres])
    part = (rows - starts[genre]) * 4 // sizes[genre]
    album, playlist = artist[song] * 3 + song % 3, rows // 70
    year, month, day = 2020 - random.poisson(8, len(rows)) % 60, song % 12, song % 28
    return {
        "track_id": [f"standin-track-{i:05d}" for i in song],
        "track_name": [f"Stand-in song {i:05d}" for i in song],
        "track_artist": [f"Stand-in artist {i:05d}" for i in artist[song]],
        "track_album_id": [f"standin-album-{i:05d}" for i in album],
        "track_album_name": [f"Stand-in album {i:05d}" for i in album],
        "track_album_release_date": [
            f"{y}-{m + 1:02d}-{d + 1:02d}"
            for y, m, d in zip(year[song], month, day, strict=True)
        ],
        "playlist_name": [f"Stand-in playlist {i:03d}" for i in playlist],
        "playlist_id": [f"standin-playlist-{i:03d}" for i in playlist],
        "playlist_genre": [genres[i][0] for i in genre],
        "playlist_subgenre": [
            genres[g][1]["subgenres"][p] for g, p in zip(genre, part, strict=True)
        ],
    }
