"""The real data, where COURSE_DATA names them: figures as published."""

import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from course.datasets import concrete_split, load, spotify_split, wine_split
from course.datasets.manifest import read_manifest
from course.datasets.status import verify_dataset

FOLDER = os.environ.get("COURSE_DATA")
pytestmark = pytest.mark.skipif(not FOLDER, reason="COURSE_DATA is not set")


@pytest.fixture(autouse=True)
def real(monkeypatch: pytest.MonkeyPatch, clean_machine: Path) -> None:
    monkeypatch.setenv("COURSE_DATA", str(FOLDER))
    monkeypatch.setenv("COURSE_OFFLINE", "1")


@pytest.mark.parametrize("name", list(read_manifest()))
def test_is_the_content_the_published_one(name: str) -> None:
    state = verify_dataset(read_manifest()[name])
    assert (state.verified, state.problem) == ("content", "")


@pytest.mark.parametrize("name", ["red-wine", "spotify", "concrete"])
def test_are_the_stated_ranges_the_real_ones(name: str) -> None:
    table = load(name)
    for column in table.card.columns:
        values = table.frame[column.name]
        if column.dtype != "text":
            assert (values.min(), values.max()) == (column.low, column.high)
            assert not values.isna().any()


def test_are_the_stated_faults_there() -> None:
    assert load("red-wine").frame.duplicated().sum() == 240
    assert load("concrete").frame.duplicated().sum() == 25
    songs = load("spotify").frame
    assert songs.isna().any(axis=1).sum() == 5
    assert songs["track_id"].nunique() == 28_356


def test_are_array_hashes_the_published_ones() -> None:
    import hashlib

    for name in ("mnist", "cifar10"):
        images, arrays = load(name), read_manifest()[name].arrays
        assert arrays is not None
        for key, expected in arrays.items():
            received = hashlib.sha256(getattr(images, key)).hexdigest()
            assert received == expected.sha256


def test_are_other_packagings_the_same_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = {name: load(name).frame for name in ("red-wine", "spotify", "concrete")}
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    tables["red-wine"].to_csv(tmp_path / "winequality-red.csv", sep=";", index=False)
    packed = (Path(str(FOLDER)) / "spotify.csv.gz").read_bytes()
    (tmp_path / "spotify_songs.csv").write_bytes(gzip.decompress(packed))
    names = "cement slag ash water superplastic coarseagg fineagg age strength"
    renamed = tables["concrete"].set_axis(names.split(), axis=1)
    renamed.to_csv(tmp_path / "concrete.csv", index=False)
    for name, frame in tables.items():
        other = load(name)
        assert other.source.path == tmp_path
        assert other.frame.equals(frame)


def test_what_a_constant_reaches() -> None:
    split = spotify_split(load("spotify"), seed=0)
    error = np.abs(split.y_val - np.median(split.y_train)).mean()
    assert error == pytest.approx(0.207, abs=0.0005)
    assert (len(split.x_train), len(split.x_val)) == (24_788, 8_040)


def test_how_many_rows_train() -> None:
    assert wine_split(load("red-wine")).x_train.shape == (1119, 11)
    assert concrete_split(load("concrete")).x_train.shape == (721, 8)
