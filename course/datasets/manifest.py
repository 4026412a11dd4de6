"""Reads `data/manifest.toml`: what the data sets are and where to get them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from course.datasets.errors import UnknownDatasetError
from course.paths import share_path

__all__ = [
    "ArraySpec",
    "Column",
    "DataFile",
    "DatasetSpec",
    "Download",
    "Packaging",
    "find_spec",
    "read_manifest",
]

FORMAT_VERSION = 1
_PLAIN_KEYS = (
    "title",
    "kind",
    "authors",
    "licence",
    "licence_note",
    "homepage",
    "content_sha256",
    "stand_in_sha256",
)


@dataclass(frozen=True)
class Column:
    """One column of a table, with its unit and the range of the real values."""

    name: str
    dtype: str
    """`float64`, `int64` or `text`."""
    unit: str
    low: float | None = None
    high: float | None = None
    places: int | None = None
    """Round half up to this many decimals; None keeps the digits of the file."""
    aliases: tuple[str, ...] = ()
    """Other spellings of the header, in lower case."""


@dataclass(frozen=True)
class ArraySpec:
    """One uint8 array of an image data set."""

    shape: tuple[int, ...]
    sha256: str
    """Hash of the array's bytes in C order."""


@dataclass(frozen=True)
class DataFile:
    """One file of a packaging."""

    name: str
    sha256: tuple[str, ...]
    """Hashes of all files known byte for byte; empty if none was published."""
    size_bytes: int
    """About; exact where `sha256` is given."""


@dataclass(frozen=True)
class Packaging:
    """One form in which a data set can lie on a disk."""

    id: str
    reader: str
    files: tuple[DataFile, ...]
    member: str | None = None
    """The file wanted from inside a zip."""

    @property
    def size_bytes(self) -> int:
        """Return the size of all files together, in bytes."""
        return sum(file.size_bytes for file in self.files)


@dataclass(frozen=True)
class Download:
    """One place from which a packaging can be fetched, one address per file."""

    packaging: Packaging
    urls: tuple[str, ...]
    is_official: bool


@dataclass(frozen=True)
class DatasetSpec:
    """Everything the manifest says about one data set."""

    name: str
    title: str
    kind: str
    """`table` or `images`."""
    card: Path
    authors: str
    licence: str
    """Short; `licence_note` has the rest."""
    licence_note: str
    homepage: str
    shape: tuple[int, ...]
    content_sha256: str
    stand_in_sha256: str
    packagings: tuple[Packaging, ...]
    downloads: tuple[Download, ...]
    columns: tuple[Column, ...] = ()
    arrays: Mapping[str, ArraySpec] | None = None
    class_names: tuple[str, ...] = ()


@cache
def read_manifest(path: Path | None = None) -> dict[str, DatasetSpec]:
    """Return all data sets by name.

    Args:
        path: Another manifest than the course's own; tests use it.

    Raises:
        ValueError: If the file has a format that this version does not know.
    """
    path = path or share_path("data", "manifest.toml")
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    version = content.pop("format_version", None)
    if version != FORMAT_VERSION:
        raise ValueError(
            f"Expected format_version = {FORMAT_VERSION} in {path.name}. "
            f"Received: {version}. Next: install the version of the course that "
            f"belongs to this manifest."
        )
    return {name: _to_spec(name, entry, path.parent) for name, entry in content.items()}


def find_spec(name: str) -> DatasetSpec:
    """Return the entry of one data set.

    Raises:
        UnknownDatasetError: If no data set has this name.
    """
    specs = read_manifest()
    if name not in specs:
        raise UnknownDatasetError(
            f"Expected one of {', '.join(specs)}. Received: {name!r}.",
            next_step="use one of these names.",
        )
    return specs[name]


def _to_spec(name: str, entry: Mapping[str, Any], folder: Path) -> DatasetSpec:
    packagings = {item["id"]: _to_packaging(item) for item in entry["packagings"]}
    arrays = {
        key: ArraySpec(tuple(item["shape"]), item["sha256"])
        for key, item in entry.get("arrays", {}).items()
    }
    plain = {key: entry[key] for key in _PLAIN_KEYS}
    return DatasetSpec(
        name=name,
        card=folder / entry["card"],
        shape=tuple(entry["shape"]),
        packagings=tuple(packagings.values()),
        downloads=tuple(
            Download(
                packagings[item["packaging"]], tuple(item["urls"]), item["official"]
            )
            for item in entry["downloads"]
        ),
        columns=tuple(_to_column(item) for item in entry.get("columns", ())),
        arrays=arrays or None,
        class_names=tuple(entry.get("class_names", ())),
        **plain,
    )


def _to_packaging(item: Mapping[str, Any]) -> Packaging:
    files = tuple(
        DataFile(file["name"], tuple(file["sha256"]), file["size_bytes"])
        for file in item["files"]
    )
    return Packaging(item["id"], item["reader"], files, item.get("member"))


def _to_column(item: Mapping[str, Any]) -> Column:
    return Column(**{**item, "aliases": tuple(item.get("aliases", ()))})
