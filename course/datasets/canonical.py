"""One form for the same data: names, types, rounding, and the hash of the content.

Two files hold the same data when this form is equal bit for bit, whatever separator,
compression, header spelling or number of digits they were written with.
"""

import hashlib
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.datasets.errors import ContentError, MissingColumnError
from course.datasets.manifest import Column, DatasetSpec

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "arrays_sha256",
    "file_sha256",
    "frame_sha256",
    "round_half_up",
    "to_arrays",
    "to_frame",
]

_REPLACE = "replace the file, or delete it and run `course data fetch {name}`."


def to_frame(raw: "pd.DataFrame", spec: DatasetSpec, *, where: str) -> "pd.DataFrame":
    """Return the canonical columns of a table, in order, named and typed.

    Columns that the manifest does not name are left out.

    Args:
        raw: The table as the file has it.
        spec: What the table should be.
        where: The file's name, for messages.

    Raises:
        MissingColumnError: If a column is not there under any known name.
        ContentError: If a cell is not a number where one belongs.
    """
    import pandas as pd

    found = {_key(str(name)): name for name in raw.columns}
    chosen = {column.name: _spelling(column, found) for column in spec.columns}
    missing = [name for name, key in chosen.items() if key is None]
    if missing:
        raise MissingColumnError(
            f"Expected the column(s) {', '.join(missing)} in {where}. Received: "
            f"{', '.join(map(str, raw.columns))}.",
            next_step=_REPLACE.format(name=spec.name),
        )
    try:
        return pd.DataFrame(
            {
                column.name: _to_column(raw[found[str(chosen[column.name])]], column)
                for column in spec.columns
            }
        )
    except (ValueError, TypeError, ArithmeticError) as error:
        raise ContentError(
            f"Expected numbers in the numeric columns of {where}. Received: {error}.",
            next_step=_REPLACE.format(name=spec.name),
        ) from error


def _spelling(column: Column, found: Mapping[str, object]) -> str | None:
    keys = (_key(name) for name in (column.name, *column.aliases))
    return next((key for key in keys if key in found), None)


def _key(name: str) -> str:
    """Return the letters and digits of a header: "Fly_Ash " and "FlyAsh" are one."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _to_column(values: "pd.Series[Any]", column: Column) -> "pd.Series[Any]":
    if column.dtype == "text":
        return values.astype("str")
    if column.places is not None:
        values = values.map(lambda value: round_half_up(value, column.places or 0))
    numbers = values.astype("float64")
    if column.dtype == "int64":
        if not (numbers == numbers.round()).all():
            raise ValueError(f"a fraction or a gap in the column {column.name}")
        return numbers.astype("int64")
    return numbers + 0.0  # turns -0.0 into 0.0


def round_half_up(value: object, places: int) -> float:
    """Return a number rounded half up on its shortest decimal text.

    NumPy rounds half to even on the binary value, which gives other digits in 74
    cells of the concrete table.

    Example:
        >>> round_half_up(133.95, 1), round_half_up(0.125, 2)
        (134.0, 0.13)
    """
    step = Decimal(1).scaleb(-places)
    return float(Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP))


def to_arrays(
    raw: Mapping[str, "NDArray[np.uint8]"], spec: DatasetSpec, *, where: str
) -> dict[str, "NDArray[np.uint8]"]:
    """Return the arrays in canonical order and shape.

    Labels may come as `(batch,)` or `(batch, 1)`; they get the shape of the manifest.

    Raises:
        ContentError: If an array is missing, or has another size or type.
    """
    import numpy as np

    arrays = {}
    for name, expected in (spec.arrays or {}).items():
        array = raw.get(name)
        size = int(np.prod(expected.shape))
        if array is None or array.dtype != np.uint8 or array.size != size:
            received = "nothing" if array is None else f"{array.dtype} {array.shape}"
            raise ContentError(
                f"Expected {name} as uint8 {expected.shape} in {where}. "
                f"Received: {received}.",
                next_step=_REPLACE.format(name=spec.name),
            )
        arrays[name] = np.ascontiguousarray(array.reshape(expected.shape))
    return arrays


def frame_sha256(frame: "pd.DataFrame") -> str:
    """Return the hash of a canonical table: names, types and every cell, in order.

    Numbers count as their 8 bytes (little endian), text as UTF-8 between separators,
    a missing text as a byte that no text contains.
    """
    import numpy as np

    digest = hashlib.sha256()
    for name in frame.columns:
        values = frame[name]
        is_text = values.dtype.kind not in "fi"
        digest.update(f"{name}\x1f{'text' if is_text else values.dtype}\x1e".encode())
        if is_text:
            cells = values.where(values.notna(), "\x00").tolist()
            digest.update("\x1f".join(cells).encode())
        else:
            code = "<f8" if values.dtype.kind == "f" else "<i8"
            digest.update(np.ascontiguousarray(values.to_numpy(), code).data)
    return digest.hexdigest()


def arrays_sha256(arrays: Mapping[str, "NDArray[np.uint8]"]) -> str:
    """Return the hash of a canonical image data set.

    It is the hash of one line per array: name, type, shape, hash of its bytes. So it
    can be checked against published hashes of the single arrays.
    """
    lines = [
        f"{name} {array.dtype} {array.shape} {hashlib.sha256(array.data).hexdigest()}\n"
        for name, array in arrays.items()
    ]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
