"""Put the top-level folders that users need into the wheel (a hatchling build hook).

An installed copy needs the same folders that a clone has at its top level. An editable
install must not copy them: it would show stale files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHARED = ("data", "notebooks", "solutions", "nbgrader_config.py", "requirements.lock")


class SharedFiles(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `course/_share/` to a standard wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files before a build; `version` is "standard" or "editable"."""
        if version == "editable":
            return
        for name in SHARED:
            source = Path(self.root, name)
            build_data["force_include"][str(source)] = f"course/_share/{name}"
