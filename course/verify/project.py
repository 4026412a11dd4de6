"""Invariant 9: what belongs to no lesson. Pins equal the lock, data hashes match."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.verify.problem import Problem

__all__ = ["find_data_problems", "find_pin_problems"]

SHA256 = re.compile(r"^[0-9a-f]{64}$")


def find_pin_problems(root: Path) -> Iterator[Problem]:
    """Yield what does not fit between pyproject.toml, lock and environment.yml."""
    script = root / "scripts" / "lock.py"
    command = [sys.executable, str(script), "--check"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)  # noqa: S603 - our own script
    if done.returncode:
        for line in done.stderr.strip().splitlines():
            what, _, step = line.partition(" Next: ")
            fix = step.rstrip(".") or "run `python scripts/lock.py --check` by hand"
            yield Problem("environment.yml", what, fix)


def find_data_problems(folder: Path) -> Iterator[Problem]:
    """Yield data sets without card or hash.

    Args:
        folder: The project's `data` folder.
    """
    manifest = folder / "manifest.toml"
    with manifest.open("rb") as file:
        entries = tomllib.load(file)
    for name, entry in entries.items():
        if not isinstance(entry, dict):
            continue
        where = f"data/manifest.toml, {name}"
        card = entry.get("card", "")
        if not card or not (folder / card).is_file():
            what = f"its card {card or '?'} does not exist."
            yield Problem(where, what, f"write data/{card}")
        for key, value in _hashes(entry):
            if not SHA256.match(value):
                what = f"{key} = {value!r} is no sha256."
                yield Problem(where, what, "run `course data verify` and fill it in")


def _hashes(entry: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every hash of a manifest entry with its path."""
    for key, value in entry.items():
        here = f"{path}{key}"
        if isinstance(value, dict):
            yield from _hashes(value, f"{here}.")
        elif key.endswith("sha256"):
            values = value if isinstance(value, list) else [value]
            yield from ((here, str(one)) for one in values)
        elif isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, dict):
                    yield from _hashes(one, f"{here}[{number}].")
