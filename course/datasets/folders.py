"""The folders that may hold data sets, and which packaging lies in them."""

import os
from pathlib import Path

from course.datasets.errors import FolderError, IncompleteError
from course.datasets.manifest import DatasetSpec, Packaging

__all__ = ["cache_folder", "course_data_folder", "find_packaging", "is_offline"]


def course_data_folder() -> Path | None:
    """Return the folder named by COURSE_DATA, or None if it is not set.

    Raises:
        FolderError: If it is set but does not name a readable folder.
    """
    chosen = os.environ.get("COURSE_DATA")
    if not chosen:
        return None
    folder = Path(chosen).expanduser()
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        raise FolderError(
            f"Expected COURSE_DATA to name a folder that can be read. Received: "
            f"{chosen} ({error.strerror}).",
            next_step="correct COURSE_DATA, or unset it to use cache and downloads.",
        ) from error
    return folder


def cache_folder() -> Path:
    """Return the folder for downloaded files; it need not exist.

    It is COURSE_CACHE if set, else the user's cache folder on this system.
    """
    chosen = os.environ.get("COURSE_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    import pooch

    return Path(pooch.os_cache("layerwise"))


def is_offline() -> bool:
    """Return True when COURSE_OFFLINE forbids downloads."""
    return os.environ.get("COURSE_OFFLINE", "").lower() not in {"", "0", "false", "no"}


def find_packaging(folder: Path, spec: DatasetSpec) -> Packaging | None:
    """Return the first packaging whose files all lie in a folder, or None.

    Raises:
        IncompleteError: If only some files of a packaging are there.
    """
    partial: Packaging | None = None
    for packaging in spec.packagings:
        there = [(folder / file.name).is_file() for file in packaging.files]
        if all(there):
            return packaging
        if any(there):
            partial = partial or packaging
    if partial is None:
        return None
    missing = [f.name for f in partial.files if not (folder / f.name).is_file()]
    raise IncompleteError(
        f"Expected all {len(partial.files)} files of {spec.name} in {folder}. "
        f"Missing: {', '.join(missing)}.",
        next_step="copy the missing files there, or take the others away.",
    )
