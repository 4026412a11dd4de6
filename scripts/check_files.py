"""Check files by their content: TOML and YAML parse, and none is large.

python scripts/check_files.py [FILE ...]      default: every file git knows
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
LIMIT_BYTES = 500_000
# A catalog holds every sentence of the course beside its translation: text that grows
# with the lessons. The limit is there for data and pictures that slip in.
LIMIT_CATALOG_BYTES = 2_000_000
# Weights that the course has trained itself, each with a card in data/networks.
LIMIT_WEIGHTS_BYTES = 2_000_000
LIMITS = {
    ".po": LIMIT_CATALOG_BYTES,
    ".mo": LIMIT_CATALOG_BYTES,
    ".npz": LIMIT_WEIGHTS_BYTES,
}


def main(arguments: list[str]) -> int:
    """Check the given files, or all; return the exit code."""
    paths = [Path(name) for name in arguments] or tracked_files()
    problems = [text for path in paths if (text := problem_of(path))]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def tracked_files() -> list[Path]:
    """Return every file that git knows or would take."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def problem_of(path: Path) -> str:
    """Return what is wrong with one file, or ""."""
    size = path.stat().st_size
    limit = LIMITS.get(path.suffix, LIMIT_BYTES)
    if size > limit:
        return (
            f"{path}: {size:,} bytes; the limit is {limit:,}. Next: make it "
            "smaller, or let `course data fetch` download it."
        )
    try:
        if path.suffix == ".toml":
            tomllib.loads(path.read_text("utf-8"))
        elif path.suffix in (".yml", ".yaml"):
            yaml.safe_load(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, yaml.YAMLError) as error:
        return f"{path}: {error}. Next: correct the syntax there."
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
