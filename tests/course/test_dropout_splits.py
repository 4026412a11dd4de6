"""Are the facts that the key keeps about the Spotify splits those of the data?"""

import numpy as np
import pytest

from checkers.keys.song_splits import ALL_TEMPO_MEAN, SONG_SPLITS
from checkers.tasks.dropout import spotify_model
from course.datasets import Table, load, spotify_split


@pytest.fixture(scope="module")
def songs() -> Table:
    table = load("spotify")
    if table.is_stand_in:
        pytest.skip("the real Spotify data are not here (COURSE_DATA)")
    return table


def test_does_every_personal_seed_have_its_facts() -> None:
    assert tuple(SONG_SPLITS) == spotify_model.personal["seed"]


@pytest.mark.parametrize("seed", [1, 25, 50])
def test_are_the_facts_those_of_the_data(songs: Table, seed: int) -> None:
    split, facts = spotify_split(songs, seed=seed), SONG_SPLITS[seed]
    tempo = songs.frame["tempo"].to_numpy()
    artists = songs.frame["track_artist"].to_numpy()
    baseline = np.mean(np.abs(split.y_val - np.median(split.y_train)))
    assert len(split.train_rows) == facts.training_rows
    assert len(split.val_rows) == facts.validation_rows
    assert tempo[split.train_rows].mean() == pytest.approx(facts.tempo_mean, abs=1e-3)
    assert float(baseline) == pytest.approx(facts.baseline, abs=1e-5)
    assert not set(artists[split.train_rows]) & set(artists[split.val_rows])


def test_is_the_mean_of_all_rows_none_of_a_split(songs: Table) -> None:
    mean = songs.frame.dropna()["tempo"].mean()
    assert mean == pytest.approx(ALL_TEMPO_MEAN, abs=1e-3)
    gaps = [abs(facts.tempo_mean - ALL_TEMPO_MEAN) for facts in SONG_SPLITS.values()]
    assert min(gaps) > 0.002
