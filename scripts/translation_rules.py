"""What every translated entry must keep of the English sentence.

`scripts/catalogs.py` asks `find_faults` about each entry of each catalog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["find_faults"]

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PAIRS = ("()", "[]", "{}", "（）", "“”", "《》", "【】")
# Words that are code, and names: a translation leaves them as they are.
_CODE = re.compile(
    r"`[^`]+`"  # in backquotes
    r"|[A-Za-z_]\w*(?:\.\w+)*\("  # a call
    r"|(?<![\w.])\.?[A-Za-z]\w*(?:\.[A-Za-z]\w*)+"  # keras.Input
    r"|(?<!\w)\.(?:keras|h5)\b"
    r"|\b[A-Za-z]\w*_\w+"  # y_val
    r"|\b[A-Za-z_]\w*="  # rate=0.3
    r"|\b[A-Za-z]+(?:[a-z][A-Z]|[A-Z]{2}|[a-z]\d)\w*"  # ReLU, MAE, MaxPooling2D
    r"|'[a-z_]+'"
)
_LAYERS = re.compile(r"(?<=[a-z,:(] )(?:Dense|Dropout|Flatten|Normalization|Keras)\b")
_FULL_WIDTH = "，。、；：？！（）"
_HAN = "\u4e00-\u9fff"
_LAST = {".": "。.", "?": "？", ":": "：", "!": "！"}
_CHINESE = (
    (f"[{_HAN}][A-Za-z0-9]|[A-Za-z0-9][{_HAN}]", "one space between {0}"),
    (f"[{_HAN}][,;:!?]|[,;:!?][{_HAN}]", "a full-width mark in {0}"),
    (rf"[{_HAN}]\.(?=\s|$)", "the full stop 。 in {0}"),
    (rf"[{_HAN}] ?\(|\)[{_HAN}]", "full-width brackets, or a space after code, in {0}"),
    (" [，。、；：？！）”]|[，。、；：？！（“] ", "no space beside the mark in {0}"),
    (f"[{_HAN}] [{_HAN}]", "no space inside Chinese, in {0}"),
)


def find_faults(sentence: str, translation: str, language: str) -> Iterator[str]:
    """Yield what is wrong with a translation, in a few words each.

    Args:
        sentence: The English sentence.
        translation: Its translation, not empty.
        language: Name of the catalog, such as "zh_CN".
    """
    yield from _placeholders(sentence, translation)
    yield from _brackets(sentence, translation)
    for strip, place in ((str.lstrip, 0), (str.rstrip, -1)):
        edges = [len(text) - len(strip(text)) for text in (sentence, translation)]
        # A full-width mark has its blank inside.
        if edges[0] != edges[1] and (edges[1] or translation[place] not in _FULL_WIDTH):
            yield "blanks at the beginning or the end differ"
    yield from _kept_words(sentence, translation)
    if language.startswith("zh"):
        yield from _chinese(sentence, translation)


def _placeholders(sentence: str, translation: str) -> Iterator[str]:
    """Compare what stands between braces, conversions and formats included."""
    wanted, given = (
        set(_PLACEHOLDER.findall(text)) for text in (sentence, translation)
    )
    if missing := sorted(wanted - given):
        yield f"{', '.join(missing)} is missing"
    if extra := sorted(given - wanted):
        yield f"{', '.join(extra)} is not in the sentence"


def _brackets(sentence: str, translation: str) -> Iterator[str]:
    """Look for brackets and quotes that do not close."""
    for opening, closing in _PAIRS:
        is_open = sentence.count(opening) != sentence.count(closing)
        if not is_open and translation.count(opening) != translation.count(closing):
            yield f"{opening} and {closing} do not match"
    for quote in ('"', "`"):
        if translation.count(quote) % 2:
            yield f"a {quote} is left open"


def _kept_words(sentence: str, translation: str) -> Iterator[str]:
    """Look for code, names and numbers that got lost."""
    plain = _PLACEHOLDER.sub(" ", sentence)
    given = _PLACEHOLDER.sub(" ", translation)
    for word in dict.fromkeys(_CODE.findall(plain) + _LAYERS.findall(plain)):
        if word not in given:
            yield f"{word} is missing"
    wanted, found = (dict.fromkeys(_NUMBER.findall(text)) for text in (plain, given))
    yield from (f"the number {n} is missing" for n in wanted if n not in found)
    yield from (f"{n} is not in the sentence" for n in found if n not in wanted)


def _chinese(sentence: str, translation: str) -> Iterator[str]:
    """Look at punctuation and spaces, by the rules at the top of the catalog."""
    text = _PLACEHOLDER.sub("\ue000", translation)  # neither Chinese nor Latin
    for pattern, wanted in _CHINESE:
        if match := re.search(pattern, text):
            yield f"expected {wanted.format(repr(match[0]))}"
    last = sentence[-1:]
    if translation[-1:] not in _LAST.get(last, translation[-1:]):
        yield f"expected {_LAST[last][0]} at the end"
    if last not in _LAST and translation[-1:] in "。？：！":
        yield "expected no mark at the end"
