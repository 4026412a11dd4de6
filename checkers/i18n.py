"""Translation of learner-facing sentences through gettext catalogs.

The language is `COURSE_LANG`, else the system's; without a catalog for it the English
sentences of the code serve. A sentence is marked with `N_` where it is written and
translated where it is shown, so that one process can speak several languages.
"""

from __future__ import annotations

import functools
import gettext
import os
import re
import string
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = [
    "LANGUAGE_VARIABLES",
    "N_",
    "fill",
    "language",
    "language_tag",
    "translate",
]

_DOMAIN = "checkers"
_PACKAGE = Path(__file__).parent
# The keys have catalogs of their own, which a release for marks leaves out with them.
_FOLDERS = (_PACKAGE / "locale", _PACKAGE / "keys" / "locale")
LANGUAGE_VARIABLES = ("COURSE_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_ENGLISH = {"c", "posix", "en"}
_FORMATTER = string.Formatter()
_HAN = re.compile("[\u4e00-\u9fff]")
_WIDE = re.compile("[\u4e00-\u9fff，。、；：？！（）“”]")
_TRADITIONAL = {"hant", "tw", "hk", "mo"}


def N_(text: str) -> str:
    """Mark a sentence for extraction; it is translated when it is shown."""
    return text


def translate(text: str, **values: Any) -> str:
    """Return a marked sentence in the language asked for, with the values put in.

    Args:
        text: What stands between the brackets of `N_`.
        **values: What its placeholders stand for; without any, braces are left alone.
    """
    translated = _catalog(language()).gettext(text) if text else ""
    return fill(translated, values) if values else translated


def fill(translated: str, values: Mapping[str, Any]) -> str:
    """Return a translated text with values put in.

    Chinese has one blank beside Latin letters and digits and none elsewhere, and only
    now is it known which of them a value begins and ends with.
    """
    if not _HAN.search(translated):
        return translated.format_map(values)
    pieces: list[str] = []
    for literal, name, form, conversion in _FORMATTER.parse(translated):
        pieces.append(literal)
        if name is not None:
            turn = f"!{conversion}" if conversion else ""
            field = f"{{{name}{turn}:{form}}}" if form else f"{{{name}{turn}}}"
            pieces.append(field.format_map(values))
    for place in range(1, len(pieces)):
        pieces[place - 1], pieces[place] = _join(pieces[place - 1], pieces[place])
    return "".join(pieces)


def language() -> str:
    """Return the language of the sentences: the name of a catalog, or "en".

    It is the first language of `COURSE_LANG` that there is, else of the first of
    `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` and `LANG` that is set, as in gettext.
    """
    for name in LANGUAGE_VARIABLES:
        value = os.environ.get(name, "")
        if value:
            return _choose(value)
    return _choose(_windows_language())


def language_tag() -> str:
    """Return the language as pages name it: "zh-CN"."""
    return language().replace("_", "-")


def _join(left: str, right: str) -> tuple[str, str]:
    """Return two neighbors with the blank between them that Chinese asks for."""
    before, after = left.rstrip(" ")[-1:], right.lstrip(" ")[:1]
    if not before or not after:
        return left, right
    if _WIDE.match(before) and _WIDE.match(after):
        return left.rstrip(" "), right.lstrip(" ")
    is_tight = left[-1] == before and right[0] == after
    if is_tight and (_HAN.match(before) or _HAN.match(after)):
        other = after if _HAN.match(before) else before
        if other.isalnum() or other in "'\"([{)]}_-":
            return left + " ", right
    return left, right


@functools.cache
def _choose(wanted: str) -> str:
    """Return the first of the languages in `wanted`, such as "de:zh_CN", that we have.

    "C", "POSIX" and English end the search: the code itself is English.
    """
    known = _known()
    for name in wanted.split(":"):
        for code in _codes(name):
            if code in known:
                return known[code]
            if code in _ENGLISH:
                return "en"
    return "en"


def _codes(name: str) -> Iterator[str]:
    """Yield the spellings of one language, the exact one first.

    Example:
        >>> list(_codes("de_AT.UTF-8")), list(_codes("zh-Hans")), list(_codes("zh_HK"))
        (['de_at', 'de'], ['zh_cn'], ['zh_tw'])
    """
    code = re.split("[.@]", name.strip())[0].replace("-", "_").lower()
    words = code.split("_")
    if words[0] == "zh":
        # What tells the two scripts apart is the script or the region.
        is_traditional = "hans" not in words and _TRADITIONAL & set(words)
        yield "zh_tw" if is_traditional else "zh_cn"
        return
    yield code
    if len(words) > 1:
        yield words[0]


@functools.cache
def _known() -> dict[str, str]:
    """Return the catalogs that are there: name in small letters to name."""
    found = _FOLDERS[0].glob(f"*/LC_MESSAGES/{_DOMAIN}.mo")
    return {path.parts[-3].lower(): path.parts[-3] for path in found}


def _windows_language() -> str:
    """Return the language of the desktop on Windows, which sets no variable."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return locale.windows_locale.get(number, "")


@functools.cache
def _catalog(code: str) -> gettext.NullTranslations:
    """Return the catalog of a language, or one that changes nothing."""
    catalog = gettext.NullTranslations()
    if code != "en":
        catalog = gettext.translation(_DOMAIN, _FOLDERS[0], [code])
        keys = gettext.translation(_DOMAIN, _FOLDERS[1], [code], fallback=True)
        catalog.add_fallback(keys)
    return catalog
