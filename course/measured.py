"""What the course measured on real data: `docs/results.json`.

One record holds the figures of one notebook run with one seed. Values are rounded as
their reference says, so that the file is the same from machines that differ in the
last bits. Nothing here depends on a machine's speed.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course.results import Result

__all__ = [
    "SCHEMA_VERSION",
    "Figure",
    "Record",
    "code_of",
    "digest_of",
    "read_records",
    "record_of",
    "versions",
    "write_records",
]

SCHEMA_VERSION = 1
PACKAGES = ("tensorflow", "keras", "numpy")
_PLAIN = 4  # decimals of a figure that has no reference


@dataclass(frozen=True)
class Figure:
    """One figure of one run; `value` None stands for nan or infinity."""

    name: str
    value: float | None
    seeds: tuple[int, ...] = ()


@dataclass(frozen=True)
class Record:
    """The figures of one notebook run.

    Attributes:
        lesson: Folder of the lesson.
        notebook: "lesson", "exercises" or "challenge".
        seed: What its seed line said.
        digest: Hash of its code, so that a changed notebook is run again.
        versions: Versions of Python and of the packages that compute.
        data: Content hash of each data set that it names.
        figures: What it reported, in order.
    """

    lesson: str
    notebook: str
    seed: int
    digest: str
    versions: dict[str, str]
    data: dict[str, str]
    figures: tuple[Figure, ...] = field(default=())

    @property
    def key(self) -> tuple[str, str, int]:
        """What there is one record for."""
        return self.lesson, self.notebook, self.seed


def versions() -> dict[str, str]:
    """Return the versions of Python, TensorFlow, Keras and NumPy."""
    found = {name: metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version(), **found}


def code_of(notebook: NotebookNode) -> str:
    """Return the code of a notebook, without its prose."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return "\n\n".join(cells)


def digest_of(notebook: NotebookNode) -> str:
    """Return the hash of a notebook's code; prose may change freely."""
    return hashlib.sha256(code_of(notebook).encode()).hexdigest()[:16]


def record_of(
    key: tuple[str, str, int],
    notebook: NotebookNode,
    results: Iterable[Result],
    data: Mapping[str, str],
) -> Record:
    """Return the record of a run.

    Args:
        key: Lesson, notebook and seed.
        notebook: The notebook as it ran.
        results: What it reported.
        data: Content hash of each data set by name.
    """
    return Record(
        *key,
        digest=digest_of(notebook),
        versions=versions(),
        data=dict(data),
        figures=tuple(_figure(result) for result in results),
    )


def _figure(result: Result) -> Figure:
    digits = result.reference.digits if result.reference else _PLAIN
    value = result.value
    if value is not None and math.isfinite(value):
        return Figure(result.name, round(value, digits), result.seeds)
    return Figure(result.name, None, result.seeds)


def read_records(path: Path) -> dict[tuple[str, str, int], Record]:
    """Return all records of a file by key; none where there is no file.

    Raises:
        ValueError: If the file is of another version.
    """
    if not path.is_file():
        return {}
    content = json.loads(path.read_text(encoding="utf-8"))
    if content.get("schema_version") != SCHEMA_VERSION:
        raise ValueError(
            f"Expected schema version {SCHEMA_VERSION} in {path}. "
            f"Received {content.get('schema_version')!r}. "
            "Next: delete the file and run `course results all`."
        )
    records = [_record(item) for item in content["records"]]
    return {record.key: record for record in records}


def _record(item: dict[str, Any]) -> Record:
    figures = tuple(
        Figure(one["name"], one["value"], tuple(one["seeds"]))
        for one in item["figures"]
    )
    return Record(**{**item, "figures": figures})


def write_records(path: Path, records: Sequence[Record]) -> None:
    """Write records in the order of their keys; a crash leaves the old file."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "records": [
            asdict(record) for record in sorted(records, key=lambda one: one.key)
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    fresh.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)
