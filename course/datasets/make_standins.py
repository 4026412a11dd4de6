"""Computes the summary figures from which stand-in tables are drawn.

    python -m course.datasets.make_standins

It needs the real data (COURSE_DATA or a network) and writes `data/standins/*.json`:
counts, quantiles, correlations. No row of the real data gets into the tree. Then it
prints the hash of each stand-in for the manifest.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from course.datasets.content import Table
from course.datasets.loading import load
from course.datasets.manifest import read_manifest
from course.datasets.opening import content_sha256
from course.datasets.splits import (
    SPOTIFY_NUMBERS,
    Split,
    concrete_split,
    spotify_split,
    wine_split,
)
from course.datasets.stand_ins import make_stand_in
from course.datasets.telling import say
from course.paths import share_path

LEVELS = [0, 0.002, 0.01, 0.025, *(i / 20 for i in range(1, 20)), 0.975, 0.99, 0.998, 1]
PLACES = {"density": 5, "chlorides": 3, "pH": 2, "volatile acidity": 2}
PLACES |= {"citric acid": 2, "sulphates": 2, "CompressiveStrength": 2}
WHOLE = {"quality", "Age", "free sulfur dioxide", "total sulfur dioxide"}
WHOLE |= {"track_popularity", "key", "mode", "duration_ms"}
SONG_PLACES = {"loudness": 3, "tempo": 3, "instrumentalness": 6, "speechiness": 4}


def main() -> None:
    """Write all summary files and print the hashes of the stand-ins."""
    _write("red-wine", _summary(load("red-wine", allow_stand_in=False)))
    _write("concrete", _summary(load("concrete", allow_stand_in=False)))
    _write("spotify", _song_summary(load("spotify", allow_stand_in=False)))
    for name, spec in read_manifest().items():
        say(f'{name}: stand_in_sha256 = "{content_sha256(make_stand_in(spec))}"')


def _summary(table: Table) -> dict[str, Any]:
    frame = table.frame
    split = wine_split(table) if "quality" in frame else concrete_split(table)
    return {
        "rows": len(frame),
        "repeated_rows": int(frame.duplicated().sum()),
        "target": len(frame.columns) - 1,
        "curved_share": _curved_share(split),
        "levels": LEVELS,
        "columns": {
            name: _column(frame[name], 0 if name in WHOLE else PLACES.get(name, 1))
            for name in frame.columns
        },
        "correlations": _correlations(frame.apply(_normal_scores)),
    }


def _song_summary(table: Table) -> dict[str, Any]:
    frame = table.frame
    names = ["track_popularity", *SPOTIFY_NUMBERS]
    grouped = frame.groupby("playlist_genre")
    scores = pd.concat([rows[names].apply(_normal_scores) for _, rows in grouped])
    scores = scores.loc[frame.index]
    songs = frame.drop_duplicates("track_id").dropna().index
    entries = frame.groupby("track_artist").size()
    return {
        "rows": len(frame),
        "repeated_rows": len(frame) - int(frame["track_id"].nunique()),
        "rows_without_names": int(frame["track_name"].isna().sum()),
        "target": 0,
        "curved_share": _curved_share(spotify_split(table)),
        "levels": LEVELS,
        "entries_per_artist": {
            "levels": LEVELS,
            "quantiles": [float(x) for x in entries.quantile(LEVELS)],
        },
        "artist_share": {
            name: _share(scores.loc[songs, name], frame.loc[songs, "track_artist"])
            for name in names
        },
        "correlations": _correlations(scores),
        "genres": {
            str(genre): {
                "rows": len(rows),
                "subgenres": sorted(rows["playlist_subgenre"].unique()),
                "columns": {
                    name: _column(
                        rows[name], 0 if name in WHOLE else SONG_PLACES.get(name, 3)
                    )
                    for name in names
                },
            }
            for genre, rows in grouped
        },
    }


def _curved_share(split: Split) -> float:
    """Return what boosted trees explain of the variance beyond a straight line."""
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.linear_model import LinearRegression

    models = (LinearRegression(), HistGradientBoostingRegressor(random_state=0))
    straight, flexible = (
        model.fit(split.x_train, split.y_train).score(split.x_val, split.y_val)
        for model in models
    )
    return round(max(0.0, float(flexible - straight)), 3)


def _column(values: "pd.Series[float]", places: int) -> dict[str, Any]:
    quantiles = [round(float(x), places + 1) for x in values.quantile(LEVELS)]
    return {"places": places, "quantiles": quantiles}


def _normal_scores(values: "pd.Series[float]") -> "pd.Series[float]":
    from scipy.special import ndtri

    scores: pd.Series[float] = ndtri((values.rank() - 0.5) / len(values))
    return scores


def _correlations(scores: "pd.DataFrame") -> list[list[float]]:
    return [[round(float(x), 3) for x in row] for row in np.corrcoef(scores.T)]


def _share(scores: "pd.Series[float]", artists: "pd.Series[str]") -> float:
    """Return the share of the variance that lies between artists (one-way ANOVA)."""
    groups = scores.groupby(artists)
    sizes, means = groups.size(), groups.mean()
    num_rows, num_groups = len(scores), len(sizes)
    within = float((scores - groups.transform("mean")).pow(2).sum())
    within /= num_rows - num_groups
    between = float((sizes * (means - scores.mean()) ** 2).sum()) / (num_groups - 1)
    typical = (num_rows - float((sizes**2).sum()) / num_rows) / (num_groups - 1)
    shared = max(0.0, (between - within) / typical)
    return round(shared / (shared + within), 3)


def _write(name: str, summary: dict[str, Any]) -> None:
    path: Path = share_path("data", "standins", f"{name}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_compact(summary) + "\n", encoding="utf-8")


def _compact(value: Any, indent: str = "") -> str:
    """Return JSON with one line per list of numbers."""
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    inner = indent + "  "
    lines = [f"{inner}{json.dumps(k)}: {_compact(v, inner)}" for k, v in value.items()]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


if __name__ == "__main__":
    main()
