"""Reads images as they were packaged: npz, idx, and CIFAR-10's two archives."""

import gzip
import pickle
import tarfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from course.datasets.pickles import read_batch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.uint8]

__all__ = ["IMAGE_READERS", "read_idx", "read_npz"]

_BATCHES = (*(f"data_batch_{i}" for i in range(1, 6)), "test_batch")


def read_npz(paths: Sequence[Path]) -> dict[str, "Array"]:
    """Read arrays by name; parts of one array in several files are joined in order."""
    import numpy as np

    parts: dict[str, list[Array]] = {}
    for path in paths:
        with np.load(path, allow_pickle=False) as archive:
            for name in archive.files:
                parts.setdefault(name, []).append(archive[name])
    return {name: np.concatenate(arrays) for name, arrays in parts.items()}


def read_idx(paths: Sequence[Path]) -> dict[str, "Array"]:
    """Read four idx files in the order of the manifest, gzipped or not."""
    names = ("x_train", "y_train", "x_test", "y_test")
    return {name: _read_idx(path) for name, path in zip(names, paths, strict=True)}


def _read_idx(path: Path) -> "Array":
    """Read one idx file: 0 0 8 ndim, then ndim big-endian sizes, then the bytes."""
    import numpy as np

    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    if content[:3] != b"\x00\x00\x08":
        raise ValueError("not an idx file of bytes")
    num_axes = content[3]
    shape = np.frombuffer(content, ">i4", num_axes, 4)
    return np.frombuffer(content, np.uint8, -1, 4 + 4 * num_axes).reshape(shape)


def _read_pickle_tar(paths: Sequence[Path]) -> dict[str, "Array"]:
    with tarfile.open(paths[0]) as archive:
        batches = _members(archive, _BATCHES)
        return _join([read_batch(batches[name]) for name in _BATCHES])


def _read_pickle_folder(paths: Sequence[Path]) -> dict[str, "Array"]:
    batches = []
    for path in paths:
        with path.open("rb") as file:
            batches.append(read_batch(file))
    return _join(batches)


def _read_binary_tar(paths: Sequence[Path]) -> dict[str, "Array"]:
    names = tuple(f"{name}.bin" for name in _BATCHES)
    with tarfile.open(paths[0]) as archive:
        batches = _members(archive, names)
        return _join([_read_binary(batches[name].read()) for name in names])


def _read_binary(content: bytes) -> tuple["Array", "Array"]:
    """Read records of one label byte and 3 x 32 x 32 pixel bytes."""
    import numpy as np

    records = np.frombuffer(content, np.uint8).reshape(-1, 1 + 3 * 32 * 32)
    planes = records[:, 1:].reshape(-1, 3, 32, 32)
    return planes.transpose(0, 2, 3, 1), records[:, 0]


def _members(archive: tarfile.TarFile, names: Sequence[str]) -> Mapping[str, IO[bytes]]:
    """Return the wanted files of an archive; nothing is unpacked to the disk."""
    found = {}
    for member in archive:
        name = Path(member.name).name
        opened = archive.extractfile(member) if name in names else None
        if opened is not None:
            found[name] = opened
    missing = [name for name in names if name not in found]
    if missing:
        raise pickle.UnpicklingError(f"it lacks {', '.join(missing)}")
    return found


def _join(batches: Sequence[tuple["Array", "Array"]]) -> dict[str, "Array"]:
    import numpy as np

    *train, (x_test, y_test) = batches
    return {
        "x_train": np.concatenate([images for images, _ in train]),
        "y_train": np.concatenate([labels for _, labels in train]),
        "x_test": x_test,
        "y_test": y_test,
    }


IMAGE_READERS: dict[str, Callable[[Sequence[Path]], dict[str, "Array"]]] = {
    "npz": read_npz,
    "idx": read_idx,
    "cifar-pickle-tar": _read_pickle_tar,
    "cifar-binary-tar": _read_binary_tar,
    "cifar-pickle-folder": _read_pickle_folder,
}
