"""Personal parameters, shuffled options, hints."""

from collections import Counter

import pytest

from checkers.exercise import (
    Check,
    Choice,
    DeclarationError,
    Exercise,
    Number,
    Option,
)

OPTIONS = tuple(
    Option(name, f"text {name}") for name in ("one", "two", "three", "four")
)
EXERCISE = Exercise(
    id="toy-choice",
    title="A choice",
    kind="C",
    parts=(Choice("picked", options=OPTIONS),),
    checks=(Check("picked", 1, "the option"),),
    hints=("look", "look closer", "look there"),
    personal={"seed": tuple(range(1, 51))},
)
CODES = [f"student{n}-abc{n}" for n in range(400)]


def test_is_no_code_the_public_default():
    assert EXERCISE.parameters("") == {"seed": 1}


def test_do_parameters_follow_from_the_code_alone():
    assert [EXERCISE.parameters(code) for code in CODES] == [
        EXERCISE.parameters(code) for code in CODES
    ]


def test_do_codes_spread_over_all_values():
    counts = Counter(EXERCISE.parameters(code)["seed"] for code in CODES)
    assert len(counts) > 45


def test_does_every_student_get_all_options_in_an_order_of_their_own():
    orders = {tuple(o.id for o in EXERCISE.choices(code).options) for code in CODES}
    assert len(orders) == 24
    assert all(set(order) == {option.id for option in OPTIONS} for order in orders)


def test_do_letters_lead_back_to_options():
    choices = EXERCISE.choices(CODES[0])
    for option in OPTIONS:
        assert choices.id_of(choices.letter_of(option.id)) == option.id
        assert choices.id_of(choices.letter_of(option.id).lower()) == option.id


@pytest.mark.parametrize("letter", ["", "E", "AB", "?", "1"])
def test_is_no_option_behind_another_letter(letter):
    assert EXERCISE.choices().id_of(letter) is None


def test_do_hints_come_in_steps():
    assert "look closer" not in repr(EXERCISE.hint())
    assert "look closer" in repr(EXERCISE.hint(2))
    assert "look there" in repr(EXERCISE.hint(99))
    assert "hint(2)" in repr(EXERCISE.hint())


def test_has_an_exercise_without_choice_no_options():
    number = Exercise("toy-n", "", "N", (Number("x"),), (Check("a", 1, ""),), ())
    with pytest.raises(DeclarationError):
        number.choices()
