"""Unpack what an LMS or a student has zipped, and trust nothing in it.

What lies in an archive is laid out as folders named after students, by the rule of
`owners`; zips that students handed in are unpacked into their folders. An entry
that leads out of the folder, is a link or a device, is too large, encrypted or damaged
is refused by its name, and the others are read all the same.
"""

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from course.grading.outcomes import Refused
from course.grading.owners import (
    LESSON_FOLDER,
    RELEASED_NAMES,
    is_ignored,
    name_from_lms,
    why_no_name,
)

__all__ = ["MAX_ENTRIES", "MAX_ENTRY_BYTES", "MAX_STUDENT_BYTES", "unpack_all"]

MAX_ENTRIES = 50_000
MAX_ENTRY_BYTES = 100_000_000  # one file of a student
MAX_STUDENT_BYTES = 300_000_000  # all that one student's own zip holds
MAX_ARCHIVE_BYTES = 8_000_000_000  # a class of a thousand, 8 MB each
MAX_PART_BYTES = 200  # of one name on a path; file systems take 255
CHUNK = 1024**2
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(RuntimeError, NotImplementedError, ValueError),  # encrypted, unknown method
)


class EntryRefused(ValueError):
    """One entry of an archive is not unpacked; the message says why."""


@dataclass
class _Archive:
    """One archive while it is unpacked.

    Attributes:
        name: What a teacher calls it.
        target: Where its files go.
        student: Owner of everything in it; "" if the entries say.
        left_bytes: What may still be written.
    """

    name: str
    target: Path
    student: str
    left_bytes: int
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, entry: str, student: str, reason: str) -> None:
        """Note that an entry, or with "" the whole archive, is left out."""
        where = f"{self.name}: {_shown(entry)}" if entry else self.name
        self.refused.append(Refused(student, where, reason))


def unpack_all(paths: Sequence[Path], folder: Path) -> tuple[list[Path], list[Refused]]:
    """Return the paths with folders in place of zips.

    Args:
        paths: Folders, notebooks and zips as a teacher gives them.
        folder: Empty folder for what is unpacked.
    """
    found: list[Path] = []
    refused: list[Refused] = []
    for path in paths:
        if path.is_dir():
            found.append(path)
            zips = [(each, _owner_in(path, each)) for each in _zips_below(path)]
        else:
            is_zip = path.suffix.lower() == ".zip"
            found += [] if is_zip else [path]
            zips = [(path, "")] if is_zip else []
        for each, student in zips:
            target = folder / str(len(found))
            target.mkdir()
            most = MAX_STUDENT_BYTES if student else MAX_ARCHIVE_BYTES
            archive = _Archive(str(each), target, student, most)
            _unpack(each, archive, each.stem)
            found.append(target)
            refused += archive.refused
    return found, refused


def _zips_below(folder: Path) -> list[Path]:
    """Return the zips in a folder: a class's, or what students handed in."""
    every = sorted(folder.rglob("*.zip"))
    return [
        path
        for path in every
        if path.is_file()
        and not path.is_symlink()
        and not is_ignored(path.relative_to(folder).parts)
    ]


def _owner_in(folder: Path, path: Path) -> str:
    """Return the student to whom a zip in a folder belongs; "" if its entries say."""
    parts = path.relative_to(folder).parts
    if len(parts) == 1 and name_from_lms(parts[0]) is None:
        return ""
    return _owner(parts, path.stem)[0]


def _unpack(source: Path | IO[bytes], archive: _Archive, stem: str) -> None:
    """Unpack one archive; its faults are noted, not raised."""
    owner = archive.student or stem
    try:
        with zipfile.ZipFile(source) as opened:
            entries = [one for one in opened.infolist() if not one.is_dir()]
            if len(entries) > MAX_ENTRIES:
                reason = (
                    f"It holds {len(entries):,} files; at most {MAX_ENTRIES:,} are "
                    "read. Next: hand it in in parts."
                )
                archive.refuse("", owner, reason)
                return
            top = "" if archive.student else _common_top(entries)
            for entry in entries:
                _take(opened, entry, archive, stem, top)
    except UNREADABLE as error:
        reason = f"It is damaged or no zip archive ({error}). Next: ask for it again."
        archive.refuse("", owner, reason)


def _take(
    opened: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    archive: _Archive,
    stem: str,
    top: str,
) -> None:
    """Unpack one entry, or note why not."""
    student = archive.student or stem
    try:
        parts = _parts(entry)
        if is_ignored(parts):
            return
        if archive.student:
            student, rest = archive.student, parts
        else:
            student, rest = _owner(parts[1:] if top else parts, stem)
            if reason := why_no_name(student):
                raise EntryRefused(f"Nobody can be called so. {reason}")
        if rest[-1].lower().endswith(".zip"):
            _take_zip(opened, entry, archive, student)
            return
        path = archive.target.joinpath(student, *rest)
        archive.left_bytes -= _write(opened, entry, path, archive.left_bytes)
    except EntryRefused as error:
        archive.refuse(entry.filename, student, str(error))
    except UNREADABLE as error:
        reason = f"It cannot be read: {error}. Next: ask for it again."
        archive.refuse(entry.filename, student, reason)


def _take_zip(
    opened: zipfile.ZipFile, entry: zipfile.ZipInfo, archive: _Archive, student: str
) -> None:
    """Unpack a student's own zip into the student's folder."""
    if archive.student:
        raise EntryRefused(
            "It is an archive in an archive in an archive. Next: ask for the notebook."
        )
    name = f"{archive.name}: {_shown(entry.filename)}"
    most = min(MAX_STUDENT_BYTES, archive.left_bytes)
    inner = _Archive(name, archive.target, student, most)
    with tempfile.TemporaryFile() as kept:
        inner.left_bytes -= _copy(opened, entry, kept, most)
        kept.seek(0)
        _unpack(kept, inner, student)
    archive.refused += inner.refused
    archive.left_bytes -= most - inner.left_bytes


def _copy(
    opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: IO[bytes], left_bytes: int
) -> int:
    """Unpack an entry and return its size; what its header says is not believed."""
    most, size = min(MAX_ENTRY_BYTES, left_bytes), 0
    with opened.open(entry) as source:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise EntryRefused(
                    f"It unpacks to more than {most / 1e6:,.0f} MB. Next: ask for the "
                    "notebook alone, with outputs cleared."
                )
            target.write(chunk)
    return size


def _write(
    opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, left_bytes: int
) -> int:
    """Unpack an entry into a new file and return its size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = path.open("xb")
    except FileExistsError:
        twice = "The archive has this file twice; the first counts."
        raise EntryRefused(twice) from None
    try:
        with file:
            return _copy(opened, entry, file, left_bytes)
    except BaseException:
        path.unlink()
        raise


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return the names on an entry's path.

    Raises:
        EntryRefused: If it leads elsewhere, is no regular file, or has an absurd name.
    """
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise EntryRefused("It is a link, not a file. Next: ask for the file itself.")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise EntryRefused("It is a device or a pipe, not a file.")
    if entry.flag_bits & 0x1:
        raise EntryRefused("It is encrypted. Next: ask for it without a password.")
    name = entry.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or ":" in parts[0]:
        raise EntryRefused("Its path leads out of the archive.")
    if any(
        not part.isprintable() or len(part.encode()) > MAX_PART_BYTES for part in parts
    ):
        raise EntryRefused("Its name is absurdly long, or has unprintable characters.")
    return parts


def _owner(parts: tuple[str, ...], stem: str) -> tuple[str, tuple[str, ...]]:
    """Return the student and the path below the student's folder."""
    for place, part in enumerate(parts):
        found = name_from_lms(part)
        if found is not None:
            student, rest = found
            return student, (*((rest,) if rest else ()), *parts[place + 1 :])
    if len(parts) > 1:
        return parts[0], parts[1:]
    name = Path(parts[0]).stem
    return (stem if name in RELEASED_NAMES else name), parts


def _common_top(entries: Sequence[zipfile.ZipInfo]) -> str:
    """Return the one folder around everything, if it names no student.

    It names none if what lies below it are folders again: `submitted/anna/…`.
    """
    paths = list(_readable_parts(entries))
    tops = {parts[0] for parts in paths}
    if len(tops) != 1 or name_from_lms(*tops) or any(len(parts) < 3 for parts in paths):
        return ""
    seconds = {parts[1] for parts in paths}
    # anna/09_dropout/exercises.ipynb: the lesson's folder is no student.
    return "" if all(map(LESSON_FOLDER.fullmatch, seconds)) else tops.pop()


def _readable_parts(entries: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[str, ...]]:
    """Yield the paths of entries that will be taken."""
    for entry in entries:
        try:
            parts = _parts(entry)
        except EntryRefused:
            continue
        if not is_ignored(parts):
            yield parts


def _shown(name: str) -> str:
    """Return an entry's name for people: short, and nothing unprintable in it."""
    text = "".join(one if one.isprintable() else "?" for one in name)
    return text if len(text) <= 80 else f"{text[:77]}..."
