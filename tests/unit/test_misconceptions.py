"""The catalog of misconceptions: complete, readable, and nothing in it is dead."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from checkers import keys, linting, rules
from checkers.key import Key
from checkers.messages import Message, all_messages
from checkers.messages.sentences import SENTENCES
from checkers.rules.values import NumberIs, Slip
from checkers.tasks import all_exercises
from course.build.codes import (
    codes_by_exercise,
    codes_of,
    codes_of_rules,
    constants,
)
from course.build.misconceptions import misconceptions_page, readable
from course.catalog import load_catalog

ROOT = Path(__file__).parent.parent.parent
MESSAGES = all_messages()


def used_texts():
    """Return every text in the code of rules, keys and judge."""
    modules = [importlib.import_module("checkers.judge")]
    for package in (rules, keys, linting):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            modules.append(importlib.import_module(info.name))
    return constants(*map(vars, modules))


def test_can_some_verdict_give_every_code():
    reached = codes_of_rules().union(*codes_by_exercise().values())
    assert sorted(set(MESSAGES) - reached) == []


def test_has_every_code_that_is_used_a_message():
    shape = re.compile(r"[A-Z][A-Z0-9_]+\.[A-Z][A-Z0-9_]*[A-Z0-9]")
    used = {text for text in used_texts() if shape.fullmatch(text)}
    assert sorted(used - set(MESSAGES) - set(SENTENCES)) == []


def test_are_there_sixty_codes_that_a_verdict_can_give():
    assert len(set().union(*codes_by_exercise().values())) >= 60


def test_finds_the_walk_the_codes_of_a_rule_and_no_others():
    exercise = all_exercises()["welcome-first-number"]
    rule = NumberIs(
        "value", "first_number", 1, slips=(Slip(2, "WELCOME.AXES_COUNTED"),)
    )
    found = codes_of(exercise, Key(exercise.id, (rule,), ""))
    assert {"WELCOME.AXES_COUNTED", "NUMBER.WRONG", "NUMBER.NOT_A_NUMBER"} <= found
    assert not found & {"WELCOME.AXIS_FORGOTTEN", "MODEL.EMPTY", "LAYER.MISSING"}


def test_finds_the_walk_codes_that_are_put_together():
    found = codes_by_exercise()["first-model-read-curves"]
    assert {"FIRST_MODEL.ONE_BASED", "FIRST_MODEL.CURVES_JUMP"} <= found


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_reads_every_entry_without_an_answer(message):
    text = " ".join(readable(message))
    assert not re.search(r"[{}]", text)
    assert "'⟨" not in text


def test_stand_placeholders_for_a_place_and_for_values():
    message = Message(
        "DROPOUT.X", "{where} has {expected}, {run!r} {field}.", "{a_b}", ""
    )
    assert readable(message) == (
        "Layer 3 (Dropout) has ⟨expected⟩, ⟨run⟩ .",
        "⟨a b⟩",
        "",
    )


def test_lists_the_page_every_code_once_with_working_links():
    page = misconceptions_page(load_catalog(), all_exercises())
    codes = re.findall(r"^### (\S+)$", page.text, flags=re.M)
    assert sorted(codes) == sorted(MESSAGES)
    for target in set(re.findall(r"\]\(([^)#]+)\)", page.text)):
        assert (ROOT / page.path.parent / target).is_file(), target
    anchors = set(re.findall(r"\]\(#([^)]+)\)", page.text))
    titles = re.findall(r"^## (.+)$", page.text, flags=re.M)
    assert len(anchors) == len(titles)


def test_names_the_page_lesson_and_exercises_of_a_code():
    text = misconceptions_page(load_catalog(), all_exercises()).text
    entry = text.split("### DROPOUT.ONLY_ONE")[1].split("###")[0]
    assert "Lesson: [Dropout](../notebooks/09_dropout/lesson.ipynb)" in entry
    assert "[Two dropout layers](../notebooks/09_dropout/exercises.ipynb)" in entry
