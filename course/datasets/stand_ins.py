"""Generated stand-ins for data sets that cannot be had: same form, other numbers.

They are made when they are asked for, always the same, from summary figures
(`data/standins/*.json`: quantiles and correlations, no rows), from scikit-learn's 8x8
digits, and from drawn shapes.
"""

import json
from typing import TYPE_CHECKING, Any

from course.datasets.canonical import to_arrays, to_frame
from course.datasets.manifest import DatasetSpec
from course.paths import share_path

if TYPE_CHECKING:
    from course.datasets.opening import Content

__all__ = ["make_stand_in", "read_summary"]


def make_stand_in(spec: DatasetSpec) -> "Content":
    """Return generated content with the columns, shapes and types of the real data."""
    where = "the stand-in"
    if spec.name == "mnist":
        from course.datasets.stand_in_digits import make_digits

        return to_arrays(make_digits(), spec, where=where)
    if spec.name == "cifar10":
        from course.datasets.stand_in_pictures import make_pictures

        return to_arrays(make_pictures(), spec, where=where)
    from course.datasets.stand_in_tables import make_songs, make_table

    make = make_songs if spec.name == "spotify" else make_table
    return to_frame(make(read_summary(spec.name)), spec, where=where)


def read_summary(name: str) -> dict[str, Any]:
    """Return the summary figures of a table, made by `make_standins.py`."""
    path = share_path("data", "standins", f"{name}.json")
    summary: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return summary
