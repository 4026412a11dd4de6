"""Translation of learner-facing sentences through gettext catalogs.

The language is `COURSE_LANG`, else the locale's; without a catalog for it the
English sentences of the code serve.
"""

from __future__ import annotations

import functools
import gettext
import os
from pathlib import Path

__all__ = ["N_", "language", "translate"]

_DOMAIN = "checkers"
_CATALOGS = Path(__file__).parent / "locale"


def N_(text: str) -> str:
    """Mark a sentence for extraction; it is translated when it is shown."""
    return text


def language() -> str:
    """Return the language asked for: `COURSE_LANG`, else LC_ALL, LC_MESSAGES, LANG."""
    for name in ("COURSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return value.split(".")[0]
    return "en"


def translate(text: str) -> str:
    """Return `text` in the language asked for."""
    return _catalog(language()).gettext(text) if text else ""


@functools.cache
def _catalog(code: str) -> gettext.NullTranslations:
    """Return the catalog of a language, or one that changes nothing."""
    return gettext.translation(_DOMAIN, _CATALOGS, [code], fallback=True)
