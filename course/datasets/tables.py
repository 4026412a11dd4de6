"""Reads tables as they were packaged: CSV, CSV in gzip or zip, and Excel's .xls."""

import gzip
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TABLE_READERS", "read_csv", "read_xls"]


def read_csv(paths: Sequence[Path], member: str | None) -> "pd.DataFrame":
    """Read a comma or semicolon separated table with a header line.

    Only an empty cell and NA count as missing: a song may be called "None".
    """
    import pandas as pd

    content = _read_bytes(paths[0], member)
    header = content.split(b"\n", 1)[0]
    separator = ";" if header.count(b";") > header.count(b",") else ","
    return pd.read_csv(
        io.BytesIO(content), sep=separator, keep_default_na=False, na_values=["", "NA"]
    )


def read_xls(paths: Sequence[Path], member: str | None) -> "pd.DataFrame":
    """Read the first sheet of an Excel 97 workbook, UCI's form of concrete.

    pandas is about to drop its way to xlrd, so this calls xlrd itself.

    Raises:
        ValueError: If the workbook is damaged.
    """
    import pandas as pd
    import xlrd  # type: ignore[import-untyped]  # ships no types

    content = _read_bytes(paths[0], member)
    try:
        sheet = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
        sheet = sheet.sheet_by_index(0)
    except Exception as error:  # a damaged workbook trips xlrd in many ways
        raise ValueError(str(error)) from error
    header, *rows = (sheet.row_values(number) for number in range(sheet.nrows))
    return pd.DataFrame(rows, columns=[str(name) for name in header])


def _read_bytes(path: Path, member: str | None) -> bytes:
    if member is not None:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if Path(n).name == member]
            if not names:
                raise ValueError(f"no {member} in the zip")
            return archive.read(names[0])
    if path.suffix == ".gz":
        with gzip.open(path) as file:
            return file.read()
    return path.read_bytes()


TABLE_READERS: dict[str, Callable[[Sequence[Path], str | None], "pd.DataFrame"]] = {
    "csv": read_csv,
    "xls": read_xls,
}
