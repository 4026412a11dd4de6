"""Opens files of a data set: reads them, checks them, says exactly what is wrong."""

import pickle
import tarfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course.datasets.canonical import (
    arrays_sha256,
    file_sha256,
    frame_sha256,
    to_arrays,
    to_frame,
)
from course.datasets.errors import (
    ChecksumError,
    ContentError,
    DamagedFileError,
    DatasetError,
    FolderError,
)
from course.datasets.manifest import DatasetSpec, Packaging
from course.datasets.pictures import IMAGE_READERS
from course.datasets.tables import TABLE_READERS

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Content = pd.DataFrame | Mapping[str, NDArray[np.uint8]]

__all__ = ["Opened", "content_sha256", "open_packaging"]

# What the readers of CSV, zip, gzip, tar, xls and pickle raise on a damaged file.
_DAMAGE = (
    EOFError,
    LookupError,
    ValueError,
    pickle.UnpicklingError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class Opened:
    """Content of a data set in canonical form, already verified."""

    content: "Content"
    recognized_by: str
    """`checksum` or `content`."""


def open_packaging(
    folder: Path, packaging: Packaging, spec: DatasetSpec, *, full: bool = False
) -> Opened:
    """Read and verify one packaging.

    A file that is known byte for byte needs no second look; any other is accepted
    when its content is the published one.

    Args:
        folder: Where the files lie.
        packaging: Which files, and how to read them.
        spec: What they should hold.
        full: Check the content even if all files are known.

    Raises:
        ContentError: If the files are damaged or hold something else.
        FolderError: If a file cannot be read for lack of permission or a disk fault.
    """
    paths = [folder / file.name for file in packaging.files]
    where = ", ".join(path.name for path in paths[:2]) + (" …" if paths[2:] else "")
    try:
        is_known = all(
            file_sha256(path) in file.sha256
            for path, file in zip(paths, packaging.files, strict=True)
        )
        content = _read(paths, packaging, spec, where)
    except DatasetError:
        raise
    except ImportError as error:
        raise ContentError(
            f"Expected the package {error.name} to read {where}. It is not installed.",
            next_step=f"run `pip install {error.name}`, or save the sheet as "
            f"{spec.name}.csv in the same folder and take the other file away.",
        ) from error
    except _DAMAGE as error:
        raise _damaged(where, folder, spec, error) from error
    except OSError as error:
        if error.errno is None:  # gzip reports damage as OSError
            raise _damaged(where, folder, spec, error) from error
        raise FolderError(
            f"Expected to read {where} in {folder}. Received: {error.strerror}.",
            next_step="give yourself the right to read the file, or copy it again.",
        ) from error
    if full or not is_known:
        _require_published(content, spec, f"{where} in {folder}")
    return Opened(content, "checksum" if is_known else "content")


def content_sha256(content: "Content") -> str:
    """Return the hash of canonical content, table or images."""
    if isinstance(content, Mapping):
        return arrays_sha256(content)
    return frame_sha256(content)


def _read(
    paths: list[Path], packaging: Packaging, spec: DatasetSpec, where: str
) -> "Content":
    if spec.kind == "table":
        raw = TABLE_READERS[packaging.reader](paths, packaging.member)
        return to_frame(raw, spec, where=where)
    return to_arrays(IMAGE_READERS[packaging.reader](paths), spec, where=where)


def _damaged(
    where: str, folder: Path, spec: DatasetSpec, error: Exception
) -> DamagedFileError:
    return DamagedFileError(
        f"Expected {where} in {folder} to hold {spec.name} from start to end. "
        f"Received a damaged or cut file ({type(error).__name__}: {error}).",
        next_step=f"delete it, then run `course data fetch {spec.name}`.",
    )


def _require_published(content: "Content", spec: DatasetSpec, where: str) -> None:
    received = content_sha256(content)
    if received == spec.content_sha256:
        return
    shape = "" if isinstance(content, Mapping) else f" with shape {content.shape}"
    raise ChecksumError(
        f"Expected the published {spec.name} {spec.shape}, content checksum "
        f"{spec.content_sha256}, in {where}. Received other content{shape}, "
        f"checksum {received}.",
        next_step=f"delete the file, then run `course data fetch {spec.name}`.",
    )
