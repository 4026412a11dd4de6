"""Read the pinned versions of a lock made by `uv pip compile --universal`."""

from __future__ import annotations

import re

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["read_pins"]

_PIN = re.compile(r"^[A-Za-z0-9][^=\s]*==[^\\\n]+", re.MULTILINE)


def read_pins(text: str, *, python_version: str) -> dict[str, str]:
    """Return the locked versions for one Python version on this platform.

    Args:
        text: The content of a `requirements.lock`.
        python_version: Major and minor version, such as "3.12". A universal lock may
            pin two versions of a package for different Pythons.

    Returns:
        Versions by canonical package name.

    Example:
        >>> lock = '''numpy==2.4.6 ; python_full_version < '3.12'
        ... numpy==2.5.5 ; python_full_version >= '3.12'
        ... rich==15.0.0'''
        >>> read_pins(lock, python_version="3.11")
        {'numpy': '2.4.6', 'rich': '15.0.0'}
    """
    environment = {
        "python_version": python_version,
        "python_full_version": f"{python_version}.0",
    }
    pins: dict[str, str] = {}
    for line in _PIN.findall(text):
        requirement = Requirement(line.strip())
        if requirement.marker is None or requirement.marker.evaluate(environment):
            (specifier,) = requirement.specifier
            pins[canonicalize_name(requirement.name)] = specifier.version
    return pins
