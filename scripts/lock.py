"""Re-make `requirements.lock` and the pins of `environment.yml` (`make lock`).

    python scripts/lock.py           make both anew with the newest fitting versions
    python scripts/lock.py --check   fail if they do not fit pyproject.toml

The lock's header carries a digest of the dependency lists in `pyproject.toml`, so that
a changed list is noticed without a network.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from course.doctor.pins import read_pins

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = ROOT / "pyproject.toml"
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / "environment.yml"
OLDEST_PYTHON = "3.11"
CONDA_PYTHON = "3.12"
LAST_LINE = "      - --editable .\n"
PIN_LINE = re.compile(r"^(\s+- )([A-Za-z0-9_.-]+)==(\S+)(.*)$", re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Make or check the lock; return the exit code."""
    if arguments == ["--check"]:
        problems = find_problems()
        for problem in problems:
            print(f"{problem} Next: run `make lock`.", file=sys.stderr)
        return 1 if problems else 0
    if arguments:
        print("Usage: python scripts/lock.py [--check]", file=sys.stderr)
        return 2
    compile_lock()
    text = ENVIRONMENT.read_text("utf-8")
    ENVIRONMENT.write_text(with_pins(text, conda_pins()), "utf-8")
    print("Wrote requirements.lock and environment.yml. Next: make setup test")
    return 0


def compile_lock() -> None:
    """Let uv resolve all dependencies for every platform and Python version."""
    command = ["uv", "pip", "compile", "--quiet", "--upgrade", "--universal"]
    command += ["--python-version", OLDEST_PYTHON, "--generate-hashes"]
    command += ["--extra", "dev", "--no-annotate"]
    command += ["--custom-compile-command", f"make lock  # {digest_line()}"]
    command += ["--output-file", str(LOCK), str(PYPROJECT)]
    subprocess.run(command, check=True, cwd=ROOT)


def find_problems() -> list[str]:
    """Return what does not fit, one sentence each."""
    problems = []
    header = LOCK.read_text("utf-8").splitlines()[1]
    if not header.endswith(digest_line()):
        problems.append("requirements.lock was made for other dependency lists.")
    text = ENVIRONMENT.read_text("utf-8")
    pins = conda_pins()
    if with_pins(text, pins) != text:
        problems.append("environment.yml pins something else than requirements.lock.")
    named = {canonicalize_name(match[1]) for match in PIN_LINE.findall(text)}
    if unknown := sorted(named - set(pins)):
        problems.append(f"environment.yml names {', '.join(unknown)} without need.")
    return problems


def digest_line() -> str:
    """Return the digest of everything that the lock is made from."""
    content = tomllib.loads(PYPROJECT.read_text("utf-8"))
    project = content["project"]
    inputs = [
        project["requires-python"],
        sorted(project["dependencies"]),
        sorted(project["optional-dependencies"]["dev"]),
    ]
    digest = hashlib.sha256(json.dumps(inputs).encode()).hexdigest()
    return f"dependencies sha256:{digest[:16]}"


def conda_pins() -> dict[str, str]:
    """Return the locked versions of the direct dependencies, by canonical name."""
    content = tomllib.loads(PYPROJECT.read_text("utf-8"))
    direct = [Requirement(line).name for line in content["project"]["dependencies"]]
    locked = read_pins(LOCK.read_text("utf-8"), python_version=CONDA_PYTHON)
    return {canonicalize_name(name): locked[canonicalize_name(name)] for name in direct}


def with_pins(text: str, pins: dict[str, str]) -> str:
    """Return the text of `environment.yml` with a line for each of the given pins."""
    named = {canonicalize_name(match[1]) for match in PIN_LINE.findall(text)}
    missing = [f"      - {name}=={pins[name]}\n" for name in pins if name not in named]
    text = text.replace(LAST_LINE, "".join(missing) + LAST_LINE)

    def new_line(match: re.Match[str]) -> str:
        version = pins.get(canonicalize_name(match[2]), match[3])
        return f"{match[1]}{match[2]}=={version}{match[4]}"

    return PIN_LINE.sub(new_line, text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
