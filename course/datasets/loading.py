"""Loads a data set from the first place that has it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, overload

from course.datasets.content import Card, Images, Source, SourceKind, Table
from course.datasets.downloading import download
from course.datasets.errors import IncompleteError, NoRealDataError, OfflineError
from course.datasets.folders import (
    cache_folder,
    course_data_folder,
    find_packaging,
)
from course.datasets.manifest import DatasetSpec, find_spec
from course.datasets.opening import open_packaging
from course.datasets.stand_ins import make_stand_in
from course.datasets.telling import show_banner

if TYPE_CHECKING:
    import pandas as pd

    from course.datasets.opening import Content

__all__ = ["load", "locate"]


@overload
def load(
    name: Literal["red-wine", "spotify", "concrete"], *, allow_stand_in: bool = True
) -> Table: ...
@overload
def load(
    name: Literal["mnist", "cifar10"], *, allow_stand_in: bool = True
) -> Images: ...
@overload
def load(name: str, *, allow_stand_in: bool = True) -> Table | Images: ...
def load(name: str, *, allow_stand_in: bool = True) -> Table | Images:
    """Return a data set from COURSE_DATA, the cache, a download, or a stand-in.

    Whatever the place and the packaging, the content is the same bit for bit, except
    for a stand-in, which announces itself and marks what it returns.

    Args:
        name: `red-wine`, `spotify`, `concrete`, `mnist` or `cifar10`.
        allow_stand_in: False raises an error where a stand-in would be returned.

    Returns:
        A `Table` with `.frame`, or `Images` with `.x_train`, `.y_train`, `.x_test`,
        `.y_test`; both with `.source`, `.card` and `.is_stand_in`.

    Raises:
        DatasetError: If the name is unknown, or files are there but wrong, or a
            download fails halfway. The message says what to do.

    Example:
        table = load("red-wine")
        table.frame.shape  # (1599, 12)
    """
    spec = find_spec(name)
    found = locate(spec)
    if found is None:
        try:
            found = download(spec)
        except OfflineError as error:
            if not allow_stand_in:
                raise NoRealDataError(
                    f"Expected the real {name} data. {error.problem}",
                    next_step=error.next_step,
                ) from error
            show_banner(name, error.problem)
            source = Source("stand-in", None, "generated", name)
            return _wrap(make_stand_in(spec), spec, source)
    packaging = next(p for p in spec.packagings if p.id == found.packaging)
    opened = open_packaging(cast(Path, found.path), packaging, spec)
    return _wrap(opened.content, spec, found)


def locate(spec: DatasetSpec) -> Source | None:
    """Return where a data set lies on this machine, unread, or None.

    Raises:
        FolderError: If COURSE_DATA names no readable folder.
        IncompleteError: If COURSE_DATA has only some of its files.
    """
    chosen = course_data_folder()
    places: list[tuple[SourceKind, Path]] = []
    if chosen is not None:
        places.append(("COURSE_DATA", chosen))
    places.append(("cache", cache_folder() / spec.name))
    for kind, folder in places:
        try:
            packaging = find_packaging(folder, spec)
        except IncompleteError:
            if kind == "COURSE_DATA":
                raise
            continue  # the cache is ours: what it lacks is fetched again
        if packaging is not None:
            return Source(kind, folder, packaging.id, spec.name)
    return None


def _wrap(content: "Content", spec: DatasetSpec, source: Source) -> Table | Images:
    card = Card.from_spec(spec)
    if spec.kind == "table":
        return Table(cast("pd.DataFrame", content), source, card)
    return Images(
        **cast("dict[str, Any]", content),
        class_names=spec.class_names,
        source=source,
        card=card,
    )
