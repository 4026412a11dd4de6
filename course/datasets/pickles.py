"""Reads CIFAR-10's pickled batches without running what a pickle asks for.

`pickle.load` runs any code that a file names. A batch needs a dict, a list, bytes and
one array, so four names are enough; each stands for a class of ours that only keeps
what it is given.
"""

import pickle
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["read_batch"]


class _Dtype:
    """Stands for numpy.dtype: remembers the code of the type."""

    def __init__(self, code: str | bytes, *_: object) -> None:
        self.code = code.decode() if isinstance(code, bytes) else code

    def __setstate__(self, state: object) -> None:
        """Ignore byte order and flags: uint8 has none."""


class _Array:
    """Stands for numpy.ndarray: remembers shape, type and bytes."""

    shape: tuple[int, ...] = ()
    code = ""
    data = b""

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Keep `(version, shape, dtype, is_fortran, bytes)`, NumPy's own state."""
        _, self.shape, dtype, is_fortran, self.data = state
        self.code = dtype.code
        if is_fortran:
            raise pickle.UnpicklingError("an array in Fortran order")


def _reconstruct(*_: object) -> _Array:
    return _Array()


def _encode(text: str, encoding: str) -> bytes:
    return text.encode(encoding)


_ALLOWED = {
    ("numpy.core.multiarray", "_reconstruct"): _reconstruct,
    ("numpy._core.multiarray", "_reconstruct"): _reconstruct,
    ("numpy", "ndarray"): _Array,
    ("numpy", "dtype"): _Dtype,
    ("_codecs", "encode"): _encode,  # how Python 3 writes bytes in protocol 2
}


class _BatchUnpickler(pickle.Unpickler):
    """Knows the names above and refuses every other."""

    def find_class(self, module: str, name: str) -> Any:
        """Return our stand-in for an allowed name."""
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(
                f"it names {module}.{name}, which no image batch needs"
            ) from None


def read_batch(file: IO[bytes]) -> tuple["NDArray[np.uint8]", "NDArray[np.uint8]"]:
    """Return the images and labels of one batch file.

    Shape:
        images: `(batch, height=32, width=32, channels=3)`, uint8.
        labels: `(batch,)`, uint8.

    Raises:
        pickle.UnpicklingError: If the file holds anything but such a batch.
    """
    import numpy as np

    content = _BatchUnpickler(file, encoding="bytes").load()
    if not isinstance(content, dict):
        raise pickle.UnpicklingError("it holds no batch")
    pixels, labels = (
        content.get(name, content.get(name.decode())) for name in (b"data", b"labels")
    )
    if not isinstance(pixels, _Array) or pixels.code != "u1" or not pixels.data:
        raise pickle.UnpicklingError("it holds no uint8 array called data")
    if not isinstance(labels, list):
        raise pickle.UnpicklingError("it holds no list called labels")
    planes = np.frombuffer(pixels.data, np.uint8).reshape(-1, 3, 32, 32)
    return planes.transpose(0, 2, 3, 1), np.asarray(labels, np.uint8)
