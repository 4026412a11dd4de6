"""The letters of a choice, however they are written."""

from __future__ import annotations

import re
from typing import Any

from checkers.capture.data import NoPlainForm, to_plain
from checkers.i18n import translate

__all__ = ["letters_of"]

# Words between letters and in front of them: "A and C", "option B", "A und C".
_JOINING = {"AND", "UND", "ET", "Y", "OR", "OPTION", "ANSWER", "CHOICE", "LETTER"}
_LETTER_FIRST = re.compile(r"\s*[(\[]?\s*([A-Z])\s*[)\].:]")


def letters_of(answer: Any, choices: Any = None) -> str | None:
    """Return the chosen letters, sorted and each once: "A" or "AC".

    Args:
        answer: A text or a container of texts: "b", "A)", "A, C", {"A"}, ["A", "C"],
            or the text of an option.
        choices: The lettered options, if the option's own text may be given.

    Returns:
        None if no letter can be read; letters beyond the last option are kept, so
        that a verdict can name them.
    """
    try:
        plain = to_plain(answer, max_entries=200)
    except NoPlainForm:
        return None
    items = _texts(plain)
    if not items:
        return None
    found: set[str] = set()
    for item in items:
        letters = _from_text(item, choices)
        if letters is None:
            return None
        found |= letters
    return "".join(sorted(found))


def _texts(value: Any) -> list[str] | None:
    """Return the texts in a text or in a list; None if something else is inside."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        inner = [_texts(item) for item in value]
        if None not in inner:
            return [text for texts in inner if texts is not None for text in texts]
    return None


def _from_text(text: str, choices: Any) -> set[str] | None:
    """Return the letters in one text."""
    letter = _of_option(text, choices)
    if letter:
        return {letter}
    upper = text.upper()
    words = re.findall(r"\w+", upper)
    single = [word for word in words if len(word) == 1]
    if all(len(word) == 1 or word in _JOINING for word in words) and single:
        return set(single) if all(word.isalpha() for word in single) else None
    if len(words) == 1:
        return set(words[0]) if _is_row_of_letters(words[0], choices) else None
    first = _LETTER_FIRST.match(upper)
    return {first[1]} if first else None  # "B) because the mean is kept"


def _is_row_of_letters(word: str, choices: Any) -> bool:
    """Return True for "AC", False for a word such as "relu"."""
    last = 8 if choices is None else len(choices.options)
    return all(0 <= ord(letter) - 65 < last for letter in word)


def _of_option(text: str, choices: Any) -> str:
    """Return the letter of the option that was written out; "" if it is none."""
    wanted = _bare(text)
    for option in choices.options if choices is not None else ():
        letter: str = choices.letter_of(option.id)
        for known in (option.text, translate(option.text)):
            if wanted and wanted in (_bare(known), _bare(f"{letter} {known}")):
                return letter
    return ""


def _bare(text: str) -> str:
    """Return a text without case, punctuation and extra blanks."""
    return " ".join(re.findall(r"\w+", text.casefold()))
