"""What earlier runs have finished, so that a run that was stopped can go on.

One file per graded notebook, named by a hash of all that its result depends on. It is
written before the gradebook is: whatever moment a run is killed at, the next one finds
the result or grades again, and writes the gradebook anew either way.
"""

import functools
import hashlib
import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import checkers
import course
from course.grading.outcomes import Finding, GradedNotebook, Judged
from course.grading.submissions import Planned
from course.grading.task import Settings, files_beside

__all__ = ["Finished", "result_key"]

PACKAGES = ("checkers", "course/grading", "course/jails", "course/running")
SUFFIXES = {".py", ".mo", ".toml"}


class Finished:
    """A folder with results; use one per course directory."""

    def __init__(self, folder: Path) -> None:
        """Create the folder if need be; what half-written files it has are left."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    def find(self, planned: Planned, key: str) -> GradedNotebook | None:
        """Return the result of an equal submission, for this student; None if none.

        A file that cannot be read counts as none: then the notebook is graded again.
        """
        try:
            data = json.loads(self._path(key).read_text(encoding="utf-8"))
            graded = _from_dict(data)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        is_same = graded.key == key and graded.notebook == planned.release.name
        return replace(graded, student=planned.student) if is_same else None

    def keep(self, graded: GradedNotebook) -> None:
        """Write a result so that it is there as a whole or not at all."""
        path = self._path(graded.key)
        part = path.with_suffix(f".{os.getpid()}.part")
        with part.open("w", encoding="utf-8") as file:
            json.dump(asdict(graded), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def result_key(planned: Planned, settings: Settings, data: str) -> str:
    """Return a hash of everything that a result depends on.

    The seed of random cases is left out: any seed that was drawn after the student's
    code was fixed is as good.

    Args:
        planned: The submission and its release.
        settings: Of the run.
        data: Says which data the answers are measured on.
    """
    kept = replace(settings, case_seed=0)
    digest = hashlib.sha256()
    for part in (
        json.dumps(asdict(kept), sort_keys=True, default=str),
        data,
        planned.release.name,
        json.dumps(planned.release.content, sort_keys=True),
        _program(),
    ):
        _add(digest, part.encode())
    for path in (planned.path, *files_beside(planned)):
        _add(digest, b"" if path == planned.path else path.name.encode())
        _add(digest, path.read_bytes())
    return digest.hexdigest()


def _add(digest: Any, data: bytes) -> None:
    """Add one part; its length before it keeps neighbors apart."""
    digest.update(len(data).to_bytes(8, "big"))
    digest.update(data)


@functools.cache
def _program() -> str:
    """Return a hash of the code that runs and judges."""
    assert course.__file__ is not None
    assert checkers.__file__ is not None
    root = Path(course.__file__).parents[1]
    digest = hashlib.sha256(course.__version__.encode())
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in SUFFIXES:
                _add(digest, path.relative_to(root).as_posix().encode())
                _add(digest, path.read_bytes())
    return digest.hexdigest()


def _from_dict(data: dict[str, Any]) -> GradedNotebook:
    """Return the result that `keep` wrote."""
    judged = tuple(
        Judged(**{**each, "findings": tuple(Finding(**f) for f in each["findings"])})
        for each in data["judged"]
    )
    texts = {name: tuple(data[name]) for name in ("repairs", "problems")}
    return GradedNotebook(**{**data, **texts, "judged": judged})
