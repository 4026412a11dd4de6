"""Splits are seeded and disjoint; no artist is on both sides."""

import numpy as np
import pytest

from course.datasets import (
    SPOTIFY_NUMBERS,
    Split,
    Table,
    concrete_split,
    load,
    spotify_split,
    wine_split,
)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_OFFLINE", "1")


@pytest.fixture
def songs() -> Table:
    return load("spotify")


@pytest.mark.parametrize(
    ("name", "cut", "shapes"),
    [
        ("red-wine", wine_split, ((1119, 11), (480, 11))),
        ("concrete", concrete_split, ((721, 8), (309, 8))),
    ],
)
def test_is_a_table_cut_70_to_30(name: str, cut, shapes: tuple) -> None:
    table = load(name)
    split = cut(table, seed=3)
    assert (split.x_train.shape, split.x_val.shape) == shapes
    assert split.y_train.shape == shapes[0][:1]
    assert {a.dtype for a in (split.x_train, split.y_train, split.x_val)} == {
        np.dtype("float32")
    }
    rows = np.concatenate([split.train_rows, split.val_rows])
    assert sorted(rows) == list(range(len(table.frame)))
    expected = table.frame.sample(frac=0.7, random_state=3)
    assert split.train_rows.tolist() == expected.index.tolist()
    assert split.is_stand_in
    assert split.target_name not in split.feature_names


def same(first: Split, second: Split) -> bool:
    return np.array_equal(first.x_train, second.x_train)


def test_does_the_seed_decide(songs: Table) -> None:
    assert same(spotify_split(songs, 1), spotify_split(songs, 1))
    assert not same(spotify_split(songs, 1), spotify_split(songs, 2))
    wine = load("red-wine")
    assert same(wine_split(wine), wine_split(wine, seed=0))
    assert not same(wine_split(wine), wine_split(wine, seed=1))


@pytest.mark.parametrize("seed", [0, 7])
def test_is_no_artist_on_both_sides(seed: int, songs: Table) -> None:
    split = spotify_split(songs, seed)
    artists = songs.frame["track_artist"]
    train, val = (set(artists[rows]) for rows in (split.train_rows, split.val_rows))
    assert not train & val
    assert len(train) == pytest.approx(0.75 * len(train | val), abs=1)
    assert len(split.train_rows) + len(split.val_rows) == 32_828


def test_what_the_18_inputs_are(songs: Table) -> None:
    split = spotify_split(songs)
    genres = ("edm", "latin", "pop", "r&b", "rap", "rock")
    assert split.feature_names == (*SPOTIFY_NUMBERS, *(f"genre_{g}" for g in genres))
    one_hot = split.x_val[:, 12:]
    assert (one_hot.sum(axis=1) == 1).all()
    expected = songs.frame.loc[split.val_rows, "playlist_genre"]
    assert [genres[i] for i in one_hot.argmax(axis=1)] == expected.tolist()
    assert 0 <= split.y_train.min() < split.y_train.max() <= 1


def test_does_the_scaler_see_training_rows_only(songs: Table) -> None:
    split, raw = spotify_split(songs), spotify_split(songs, scaled=False)
    numbers = split.x_train[:, :12].astype("float64")
    assert np.abs(numbers.mean(axis=0)).max() < 1e-4
    assert np.abs(numbers.std(axis=0) - 1).max() < 1e-4
    assert np.abs(split.x_val[:, :12].mean(axis=0)).max() > 1e-3
    train = raw.x_train[:, :12].astype("float64")
    expected = (raw.x_val[:, :12] - train.mean(axis=0)) / train.std(axis=0)
    assert np.allclose(split.x_val[:, :12], expected, atol=1e-3)
