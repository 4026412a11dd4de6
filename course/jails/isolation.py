"""Which isolation this machine gives, found out by trying."""

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import get_args

import course
from course.jails.request import Kind

__all__ = ["NoIsolation", "choose", "why_not"]

TIMEOUT_S = 60
SOME_UID = 1_699_999_999  # as far from real users as those of kernels


class NoIsolation(RuntimeError):
    """This machine cannot lock students' code in; the message says why."""


def choose(asked: str = "auto") -> Kind:
    """Return the jail to use.

    Args:
        asked: "warm", "cold", or "auto" for the first of them that works here.

    Raises:
        NoIsolation: If none that was asked for works here; the message says why.
    """
    kinds: tuple[Kind, ...] = get_args(Kind)
    reasons = {}
    for kind in kinds:
        if asked in ("auto", kind):
            reasons[kind] = why_not(kind)
            if not reasons[kind]:
                return kind
    raise NoIsolation("; ".join(f"{kind} jail: {why}" for kind, why in reasons.items()))


@functools.cache
def why_not(kind: Kind) -> str:
    """Return why a kind of jail cannot be had here, in a line; "" if it can."""
    if sys.platform != "linux":
        return "it needs Linux namespaces"
    try:
        import py_landlock  # noqa: F401
        import pyseccomp  # noqa: F401
    except ImportError as error:
        return f"{error}; it comes with `make setup`, libseccomp with the system"
    except (OSError, RuntimeError) as error:
        return f"libseccomp cannot be loaded ({error})"
    return _try_warm() if kind == "warm" else _try_cold()


def _try_warm() -> str:
    """Make a warm jail's walls once, in a process of its own."""
    assert course.__file__ is not None
    paths = [str(Path(course.__file__).parents[1]), *filter(None, sys.path)]
    uid = [str(SOME_UID)] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="layerwise-probe-") as folder:
        command = [sys.executable, "-P", "-m", "course.jails.probe", folder, *uid]
        if uid:
            os.chmod(folder, 0o755)  # noqa: S103 - empty folders
        return _run(command, {"PYTHONPATH": os.pathsep.join(paths)})


def _try_cold() -> str:
    """Have bubblewrap make namespaces once."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return "bubblewrap is not installed (Debian: apt install bubblewrap)"
    walls = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    walls += ["--as-pid-1", "--size", "4096", "--tmpfs", "/tmp"]  # noqa: S108
    if os.geteuid() != 0:
        walls += ["--unshare-user"]
    binds = ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"]
    return _run([bwrap, *binds, *walls, "--", "true"], {"PATH": "/usr/bin:/bin"})


def _run(command: list[str], environment: dict[str, str]) -> str:
    """Return the last line of a failed command's errors; "" if it succeeds."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words, no shell
            command,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"trying it took longer than {TIMEOUT_S} seconds"
    lines = done.stderr.strip().splitlines()
    return (lines or [f"exit code {done.returncode}"])[-1] if done.returncode else ""
