"""The names that notebooks and graders rely on."""

import checkers


def test_are_the_public_names_those_that_are_documented():
    assert sorted(checkers.__all__) == [
        "CheckerBroken",
        "Exercise",
        "Finding",
        "Snapshot",
        "SnapshotError",
        "Verdict",
        "all_exercises",
        "explain",
        "find_exercise",
        "judge",
        "lint",
    ]


def test_is_every_public_name_there():
    assert all(hasattr(checkers, name) for name in checkers.__all__)


def test_does_completion_offer_the_lessons():
    assert {"dropout", "batch_norm", "first_model", "welcome"} <= set(dir(checkers))


def test_is_an_unknown_lesson_an_attribute_error():
    assert not hasattr(checkers, "no_such_lesson")
