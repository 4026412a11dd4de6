"""Stand-ins have the form of the real data, are always the same, and can be learned."""

import numpy as np
import pandas as pd
import pytest

from course.datasets import Table, load, wine_split
from course.datasets.manifest import find_spec
from course.datasets.opening import content_sha256
from course.datasets.stand_ins import make_stand_in, read_summary


@pytest.mark.parametrize(
    "name", ["red-wine", "spotify", "concrete", "mnist", "cifar10"]
)
def test_is_it_always_the_same(name: str) -> None:
    spec = find_spec(name)
    assert content_sha256(make_stand_in(spec)) == spec.stand_in_sha256


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_OFFLINE", "1")


@pytest.fixture(params=["red-wine", "spotify", "concrete"])
def table(request: pytest.FixtureRequest) -> Table:
    return load(request.param)


def test_has_a_table_the_real_form(table: Table) -> None:
    spec = find_spec(table.card.name)
    assert table.frame.shape == spec.shape
    for column in spec.columns:
        values = table.frame[column.name]
        assert str(values.dtype) == column.dtype.replace("text", "str")
        if column.low is not None and column.high is not None:
            assert column.low - 0.01 <= values.min()
            assert values.max() <= column.high + 0.01


def test_has_a_table_the_published_median(table: Table) -> None:
    summary = read_summary(table.card.name)
    if table.card.name == "spotify":
        return
    middle = summary["levels"].index(0.5)
    for name, column in summary["columns"].items():
        spread = column["quantiles"][-3] - column["quantiles"][2]
        expected = pytest.approx(column["quantiles"][middle], abs=0.05 * spread)
        assert table.frame[name].median() == expected


def test_repeat_tables_as_many_rows_as_the_real_ones() -> None:
    assert load("red-wine").frame.duplicated().sum() == 240
    assert load("concrete").frame.duplicated().sum() == 25


def test_look_songs_like_the_real_ones() -> None:
    songs = load("spotify").frame
    assert songs["playlist_genre"].value_counts().to_dict() == {
        "edm": 6043,
        "rap": 5746,
        "pop": 5507,
        "r&b": 5431,
        "latin": 5155,
        "rock": 4951,
    }
    assert songs.dropna().shape == (32_828, 23)
    assert songs["track_id"].nunique() == 28_356
    assert songs["playlist_subgenre"].nunique() == 24
    assert not songs.duplicated().any()
    per_artist = songs.groupby("track_artist").size()
    assert (per_artist > 1).mean() > 0.3
    names = songs["track_name"].dropna()
    assert names.str.startswith("Stand-in").all()


def test_are_songs_of_one_artist_alike() -> None:
    songs = load("spotify").frame.dropna().drop_duplicates("track_id")
    inside = songs.groupby("track_artist")["energy"].transform("std").dropna().mean()
    assert inside < 0.9 * songs["energy"].std()


def test_can_a_table_be_learned() -> None:
    split = wine_split(load("red-wine"))
    inputs = np.c_[split.x_train, np.ones(len(split.x_train))].astype("float64")
    weights, *_ = np.linalg.lstsq(inputs, split.y_train, rcond=None)
    predicted = np.c_[split.x_val, np.ones(len(split.x_val))] @ weights
    error = np.abs(predicted - split.y_val).mean()
    assert error < 0.9 * np.abs(np.median(split.y_train) - split.y_val).mean()


@pytest.mark.parametrize("name", ["mnist", "cifar10"])
def test_have_images_the_real_form_and_learnable_classes(name: str) -> None:
    images = load(name)
    spec = find_spec(name)
    assert spec.arrays is not None
    for key, expected in spec.arrays.items():
        array = getattr(images, key)
        assert (array.shape, array.dtype) == (expected.shape, np.uint8)
    labels = pd.Series(images.y_train.ravel()).value_counts()
    assert (labels > 5000 * 0.9).all()
    x, y = images.x_train[:4000].reshape(4000, -1), images.y_train[:4000].ravel()
    means = np.stack([x[y == k].mean(axis=0) for k in range(10)])
    tests = images.x_test[:500].reshape(500, -1).astype("float64")
    distance = (means**2).sum(axis=1) - 2 * tests @ means.T
    right = distance.argmin(axis=1) == images.y_test[:500].ravel()
    assert right.mean() > {"mnist": 0.6, "cifar10": 0.2}[name]
