"""What a loader returns: a table or images, and where they came from."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from course.datasets.manifest import Column, DatasetSpec

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

__all__ = ["Card", "Images", "Source", "SourceKind", "Table", "stand_in_note"]

SourceKind = Literal["COURSE_DATA", "cache", "download", "stand-in"]


@dataclass(frozen=True)
class Source:
    """Where the data of one `load` came from."""

    kind: SourceKind
    path: Path | None
    """The folder that holds the files; None for a stand-in."""
    packaging: str
    """The id of the packaging in the manifest, or `generated`."""
    dataset: str

    @property
    def is_stand_in(self) -> bool:
        """Return True when the data were generated and not measured."""
        return self.kind == "stand-in"

    def label(self) -> str:
        """Return a short mark for plots and result lines; it names no folder."""
        if self.is_stand_in:
            return f"STAND-IN DATA for {self.dataset}"
        return f"{self.dataset}, real data ({self.kind}, {self.packaging})"


def stand_in_note(source: Source) -> str:
    """Return the sentence that marks a result made from a stand-in, or ""."""
    if not source.is_stand_in:
        return ""
    return (
        f"STAND-IN DATA: this was computed from generated data in place of "
        f"{source.dataset}; it says nothing about the real data set."
    )


@dataclass(frozen=True)
class Card:
    """The description of a data set."""

    name: str
    title: str
    authors: str
    licence: str
    homepage: str
    columns: tuple[Column, ...]
    path: Path

    @classmethod
    def from_spec(cls, spec: DatasetSpec) -> "Card":
        """Return the card of one manifest entry."""
        return cls(
            name=spec.name,
            title=spec.title,
            authors=spec.authors,
            licence=spec.licence,
            homepage=spec.homepage,
            columns=spec.columns,
            path=spec.card,
        )

    def text(self) -> str:
        """Return the whole card in Markdown."""
        return self.path.read_text(encoding="utf-8")

    def _repr_markdown_(self) -> str:
        return self.text()


@dataclass(frozen=True)
class Table:
    """A data set of rows and named columns."""

    frame: "pd.DataFrame"
    source: Source
    card: Card

    @property
    def is_stand_in(self) -> bool:
        """Return True when the rows were generated and not measured."""
        return self.source.is_stand_in


@dataclass(frozen=True)
class Images:
    """A data set of images with one class each, already split by its authors.

    Shape:
        x_train: `(batch, height, width)` or `(batch, height, width, channels)`, uint8.
        y_train: `(batch,)` for MNIST and `(batch, 1)` for CIFAR-10, uint8.
    """

    x_train: "Bytes"
    y_train: "Bytes"
    x_test: "Bytes"
    y_test: "Bytes"
    class_names: tuple[str, ...]
    source: Source
    card: Card

    @property
    def is_stand_in(self) -> bool:
        """Return True when the images were generated."""
        return self.source.is_stand_in
