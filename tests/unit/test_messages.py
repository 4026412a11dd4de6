"""Every learner-facing sentence: there, well formed, in the house's tone."""

import re
import string
from pathlib import Path

import pytest

from checkers.messages import all_messages
from checkers.messages.sentences import SENTENCES

MESSAGES = all_messages()
GOLDEN = Path(__file__).parent.parent / "goldens" / "messages.txt"


def fields(text: str) -> set[str]:
    """Return the names between braces."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_is_a_message_complete_and_well_formed(message):
    assert re.fullmatch(r"[A-Z][A-Z0-9_]*\.[A-Z0-9_]+", message.code)
    for text in (message.sentence, message.why, message.next):
        assert text.strip() == text != ""
        assert text[-1] in ".?}", text
        assert all(name.isidentifier() for name in fields(text)), text


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_does_a_message_neither_blame_nor_praise(message):
    text = f"{message.sentence} {message.why} {message.next}".lower()
    for word in ("oops", "sorry", "unfortunately", "stupid", "well done", "great job"):
        assert not re.search(rf"\b{word}\b", text)


def test_can_every_sentence_be_filled():
    for text in SENTENCES.values():
        assert text.format_map(dict.fromkeys(fields(text), 1))


def test_are_the_words_of_every_message_those_of_its_golden(update_goldens):
    """Is a changed sentence seen in review? Every code stands in this one file."""
    entries = []
    for code, message in MESSAGES.items():
        names = fields(" ".join((message.sentence, message.why, message.next)))
        sentence, why, after = message.fill({name: f"<{name}>" for name in names})
        entries.append(f"{code}\n  {sentence}\n  Why: {why}\n  Next: {after}\n")
    text = "\n".join(entries)
    if update_goldens:
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text
