"""Make `.venv` with everything Layerwise needs, from `requirements.lock`.

`make setup` runs this; on Windows run `py scripts/setup.py`. Standard library only,
and readable by any Python 3.7 or later: the interpreter that starts it may be too old
or too new for TensorFlow, then a fitting one is looked for. Running it again is quick:
a stamp in `.venv` remembers what was installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "layerwise-setup.json"
VERSIONS = ((3, 12), (3, 13), (3, 11))  # the first one found is taken
NEEDED_BYTES = 5 * 10**9  # environment plus download cache, measured on Linux
PROBE = (
    "import ensurepip, json, struct, sys, venv;"
    "print(json.dumps([list(sys.version_info[:2]), struct.calcsize('P') * 8]))"
)

# uv names every package twice; the downloads alone show that it goes on.
NOISE = (" + ", " - ", " ~ ", "   Downloaded", " Downloaded")

# What a failed installation says, and the sentence for the reader. First match wins.
CAUSES = (
    (
        r"no space left|os error 28|disk quota|not enough space",
        "The disk is full. Next: free about 5 GB, then run the same command again.",
    ),
    (
        r"hash mismatch|do not match the hashes|hashes are required",
        "A downloaded file is not the one that requirements.lock names. Next: run the "
        "same command again; if it stays, a proxy or mirror changes the files: use "
        "another network or mirror.",
    ),
    (
        r"certificate|unknownissuer|ssl",
        "The connection to the package registry is not trusted. Next: behind a company "
        "proxy, set SSL_CERT_FILE and PIP_CERT to its certificate file, then run the "
        "same command again.",
    ),
    (
        r"dns|failed to fetch|error sending request|connect|timed? ?out|tunnel"
        r"|resolve host|newconnection|max retries|network|temporary failure|unreachable"
        r"|no matching distribution found for uv",
        "The package registry could not be reached. Next: check the network (behind a "
        "proxy set HTTPS_PROXY; for a mirror set UV_DEFAULT_INDEX and PIP_INDEX_URL), "
        "then run the same command again; finished downloads are kept.",
    ),
    (
        r"no wheels|no matching distribution|not compatible|unsupported platform"
        r"|doesn't have a",
        "A package has no build for this computer and Python. Next: use 64-bit "
        "Python 3.12 on Linux, on a Mac with an M-series chip, or on Windows.",
    ),
    (
        r"permission denied|os error 13|access is denied",
        "A folder may not be written. Next: run it as the owner of this folder, close "
        "programs that use .venv, and never mix in sudo.",
    ),
)


class SetupError(Exception):
    """A problem that the reader can solve; the text says how."""


def main() -> int:
    """Set up `.venv`; return the exit code."""
    start = time.monotonic()
    try:
        if is_current():
            say("Layerwise is set up in .venv (nothing to do).")
            return 0
        check_machine()
        install(find_python())
    except SetupError as error:
        print(f"\nSetup stopped. {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSetup stopped. Next: run it again; it goes on from here.")
        return 130
    say(f"Layerwise is set up in .venv ({time.monotonic() - start:.0f} s).")
    say(f"Next: {venv_program('course').relative_to(ROOT)} doctor")
    return 0


def is_current() -> bool:
    """Return True when `.venv` holds what the lock and the project ask for."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(stamp == wanted_stamp()) and venv_program("course").exists()


def wanted_stamp() -> dict[str, str]:
    """Return what the stamp of an up-to-date `.venv` says."""
    digest = hashlib.sha256()
    for path in (LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    # A virtual environment stops working when its folder is moved.
    return {"inputs": digest.hexdigest(), "folder": str(VENV)}


def check_machine() -> None:
    """Stop early where TensorFlow cannot be installed at all."""
    system, machine = platform.system(), platform.machine().lower()
    if system == "Darwin" and machine == "x86_64":
        raise SetupError(
            "TensorFlow 2.21 has no build for Macs with an Intel chip. Next: use a Mac "
            "with an M-series chip (with a Python built for it, not under Rosetta), "
            "Linux, Windows, or a hosted notebook service."
        )
    if system == "Windows" and machine not in ("amd64", "x86_64"):
        raise SetupError(
            "TensorFlow 2.21 has no build for Windows on ARM. Next: use WSL with an "
            "ARM Linux, or another computer."
        )
    free = shutil.disk_usage(str(ROOT)).free
    if free < NEEDED_BYTES and not VENV.exists():
        raise SetupError(
            f"The disk has {free / 1e9:.1f} GB free; the installation needs about "
            f"{NEEDED_BYTES / 1e9:.0f} GB. Next: free some space, then run it again."
        )


def find_python() -> str:
    """Return a Python that TensorFlow supports and that can make environments."""
    names = [f"python{major}.{minor}" for major, minor in VERSIONS]
    candidates = [sys.executable, *names, "python3", "python"]
    seen = {}
    for candidate in candidates:
        found = shutil.which(candidate) if candidate else None
        if found is None or os.path.realpath(found) in seen:
            continue
        answer = probe([found])
        if answer is None:
            fault = "cannot make virtual environments"
        elif tuple(answer[0]) not in VERSIONS:
            fault = f"{answer[0][0]}.{answer[0][1]}"
        elif answer[1] != 64:
            fault = f"{answer[1]} bit"
        else:
            return found
        seen[os.path.realpath(found)] = f"{found} ({fault})"
    found_windows = find_windows_python()
    if found_windows:
        return found_windows
    listed = ", ".join(seen.values()) or "no Python at all"
    raise SetupError(
        "Expected a 64-bit Python 3.11, 3.12 or 3.13 with its venv module. "
        f"Found: {listed}. Next: install Python 3.12 (python.org, your package "
        "manager, pyenv or conda; on Debian and Ubuntu also the package "
        "python3.12-venv), then run the same command again. To name one yourself: "
        "make setup PYTHON=/path/to/python3.12"
    )


def find_windows_python() -> str:
    """Ask the launcher of Windows for a fitting Python; "" if there is none."""
    launcher = shutil.which("py")
    for major, minor in VERSIONS if launcher else ():
        answer = probe([str(launcher), f"-{major}.{minor}"], PROBE_PATH)
        if answer is not None:
            return str(answer)
    return ""


PROBE_PATH = PROBE.split("print", 1)[0] + "print(json.dumps(sys.executable))"


def probe(command: list[str], code: str = PROBE) -> Any:
    """Run `code` in another Python and return its JSON answer, or None."""
    try:
        done = subprocess.run(
            [*command, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=True,
        )
        return json.loads(done.stdout.decode())
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def install(python: str) -> None:
    """Create `.venv`, install the locked packages, then the project itself."""
    if STAMP.exists():
        STAMP.unlink()
    make_venv(python)
    say("Installing the locked packages (about 700 MB the first time) ...")
    if not install_with_uv():
        say("uv did not succeed; trying pip, which is slower ...")
        pip("install", "--require-hashes", "-r", str(LOCK))
    say("Installing Layerwise itself from this folder ...")
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(json.dumps(wanted_stamp()), "utf-8")


def make_venv(python: str) -> None:
    """Create `.venv`, or keep one that still works and has a fitting version."""
    old = probe([str(venv_program("python"))])
    if old is not None and tuple(old[0]) in VERSIONS:
        return
    say(f"Making .venv with {python} ...")
    run([python, "-m", "venv", "--clear", str(VENV)])


def install_with_uv() -> bool:
    """Install uv and let it bring `.venv` in line with the lock; False if it cannot."""
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "uv.txt"
        pinned.write_text(lock_entry("uv"), "utf-8")
        pip("install", "--require-hashes", "--no-deps", "-r", str(pinned))
    command = [str(venv_program("uv")), "pip", "sync", "--require-hashes"]
    command += ["--python", str(venv_program("python")), str(LOCK)]
    environment = dict(os.environ)
    environment.setdefault("UV_HTTP_TIMEOUT", "300")
    try:
        run(command, environment)
    except SetupError as error:
        say(str(error).split(" Next: ", 1)[0])
        return False
    return True


def lock_entry(name: str) -> str:
    """Return the lines of the lock that pin one package, with its hashes."""
    pattern = rf"^{re.escape(name)}==[^\n]*(?:(?<=\\)\n[^\n]*)*"
    found = re.search(pattern, LOCK.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise SetupError(
            f"requirements.lock does not pin {name}. Next: get the file again with "
            "`git checkout requirements.lock`."
        )
    return found.group() + "\n"


def pip(*arguments: str) -> None:
    """Run pip of `.venv`."""
    python = str(venv_program("python"))
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    run([python, "-m", "pip", arguments[0], *quiet, *arguments[1:]])


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a command, show what it says, and explain it when it fails."""
    said = []
    with subprocess.Popen(
        command,
        cwd=str(ROOT),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            said.append(line)
            if not line.startswith(NOISE):
                print("  " + line, end="", flush=True)
    if process.returncode:
        raise SetupError(explain("".join(said)))


def explain(output: str) -> str:
    """Return the sentence that fits what a failed command printed."""
    for pattern, sentence in CAUSES:
        if re.search(pattern, output, re.IGNORECASE):
            return sentence
    return (
        "A step failed; its own message is above. Next: delete the folder .venv and "
        "run the same command again; if it stays, report that message."
    )


def venv_program(name: str) -> Path:
    """Return the path of a program of `.venv`."""
    if os.name == "nt":
        return VENV / "Scripts" / f"{name}.exe"
    return VENV / "bin" / name


def say(text: str) -> None:
    """Print one line at once, so that it stands before what a command prints."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
