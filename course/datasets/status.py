"""What lies where on this machine: the facts behind `course data status`."""

from dataclasses import dataclass
from pathlib import Path

from course.datasets.canonical import file_sha256
from course.datasets.errors import DatasetError
from course.datasets.loading import locate
from course.datasets.manifest import DatasetSpec
from course.datasets.opening import open_packaging

__all__ = ["Status", "inspect_dataset", "verify_dataset"]


@dataclass(frozen=True)
class Status:
    """The state of one data set on this machine."""

    name: str
    place: str
    """`COURSE_DATA`, `cache` or `stand-in`."""
    folder: Path | None
    packaging: str
    verified: str
    """`checksum`, `content`, `not yet` or `no`."""
    size_bytes: int
    licence: str
    problem: str = ""
    """What is wrong and what to do, or ""."""

    @property
    def is_stand_in(self) -> bool:
        """Return True when `load` would have to download or generate."""
        return self.place == "stand-in"

    def to_json(self) -> dict[str, object]:
        """Return the state as plain data."""
        folder = None if self.folder is None else str(self.folder)
        return {**vars(self), "folder": folder, "is_stand_in": self.is_stand_in}


def inspect_dataset(spec: DatasetSpec) -> Status:
    """Return where a data set lies; files known byte for byte count as verified."""
    return _inspect(spec, full=False)


def verify_dataset(spec: DatasetSpec) -> Status:
    """Return the same after reading the data and checking the whole content."""
    return _inspect(spec, full=True)


def _inspect(spec: DatasetSpec, *, full: bool) -> Status:
    try:
        source = locate(spec)
    except DatasetError as error:
        return Status(
            spec.name, "?", None, "", "no", 0, spec.licence, problem=str(error)
        )
    if source is None or source.path is None:
        return Status(spec.name, "stand-in", None, "generated", "", 0, spec.licence)
    packaging = next(p for p in spec.packagings if p.id == source.packaging)
    size_bytes, verified, problem = 0, "no", ""
    try:
        paths = [source.path / file.name for file in packaging.files]
        size_bytes = sum(path.stat().st_size for path in paths)
        if full:
            open_packaging(source.path, packaging, spec, full=True)
            verified = "content"
        else:
            known = all(
                file_sha256(path) in file.sha256
                for path, file in zip(paths, packaging.files, strict=True)
            )
            verified = "checksum" if known else "not yet"
    except DatasetError as error:
        problem = str(error)
    except OSError as error:
        problem = f"{error}. Next: give yourself the right to read the file."
    return Status(
        spec.name,
        source.kind,
        source.path,
        packaging.id,
        verified,
        size_bytes,
        spec.licence,
        problem,
    )
