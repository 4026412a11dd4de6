"""Every learner-facing sentence: there, well formed, in the house's tone."""

import re
import string

import pytest

from checkers.messages import all_messages
from checkers.messages.sentences import SENTENCES

MESSAGES = all_messages()


def fields(text: str) -> set[str]:
    """Return the names between braces."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_is_a_message_complete_and_well_formed(message):
    assert re.fullmatch(r"[A-Z_]+\.[A-Z0-9_]+", message.code)
    for text in (message.sentence, message.why, message.next):
        assert text.strip() == text != ""
        assert text[-1] in ".?}", text
        assert all(name.isidentifier() for name in fields(text)), text


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_does_a_message_neither_blame_nor_praise(message):
    text = f"{message.sentence} {message.why} {message.next}".lower()
    for word in ("oops", "sorry", "unfortunately", "stupid", "well done", "great job"):
        assert word not in text


def test_can_every_sentence_be_filled():
    for text in SENTENCES.values():
        assert text.format_map(dict.fromkeys(fields(text), 1))
