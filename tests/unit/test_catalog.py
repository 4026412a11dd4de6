"""Does the catalog read course.toml, and say what is wrong with it?"""

from pathlib import Path

import pytest

from course.catalog import CatalogError, Lesson, find_lessons, load_catalog

TEXT = """\
format_version = 1

[[lesson]]
folder = "01_first_model"
slug = "first_model"
title = "A first model"
lesson_minutes = 40
exercise_minutes = 60
points = 3
exercises = ["first-model-baseline"]

[[lesson]]
folder = "09_dropout"
slug = "dropout"
title = "Dropout"
lesson_minutes = 40
exercise_minutes = 60
points = 14
prerequisites = ["first_model"]
exercises = ["dropout-spotify-net", "dropout-gain"]
challenge = ["dropout-spotify-model"]
bonus = ["dropout-gain"]
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    path = tmp_path / "course.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_lessons_come_in_the_order_of_the_file(catalog):
    assert [lesson.slug for lesson in load_catalog(catalog)] == [
        "first_model",
        "dropout",
    ]


def test_a_lesson_knows_its_exercises_by_notebook(catalog):
    first, dropout = load_catalog(catalog)
    assert first.notebook_ids() == {"exercises": ("first-model-baseline",)}
    assert dropout.notebook_ids()["challenge"] == ("dropout-spotify-model",)
    assert dropout.exercise_ids == (
        "dropout-spotify-net",
        "dropout-gain",
        "dropout-spotify-model",
    )


def test_the_number_is_the_one_in_the_folder_name(catalog):
    assert [lesson.number for lesson in load_catalog(catalog)] == ["01", "09"]


@pytest.mark.parametrize("wanted", ["09", "9", "09_dropout", "dropout", "09_dropout/"])
def test_a_lesson_has_many_names(catalog, wanted):
    (found,) = find_lessons(wanted, load_catalog(catalog))
    assert found.folder == "09_dropout"


def test_all_means_all(catalog):
    lessons = load_catalog(catalog)
    assert find_lessons("all", lessons) == lessons


def test_an_unknown_lesson_is_answered_with_those_there_are(catalog):
    with pytest.raises(CatalogError, match="01_first_model, 09_dropout"):
        find_lessons("42", load_catalog(catalog))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("format_version = 1", "format_version = 2", "expected format_version = 1"),
        ("points = 3\n", "", "missing 1 required"),
        ("points = 3\n", "points = 3\npoint = 3\n", "unexpected keyword"),
        ('slug = "dropout"', 'slug = "drop"', "does not end in _drop"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name(catalog, old, new, problem):
    catalog.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogError, match=r"course\.toml") as caught:
        load_catalog(catalog)
    assert problem in str(caught.value)


def test_the_course_s_own_catalog_lists_the_folders_there_are():
    lessons = load_catalog()
    assert lessons == tuple(sorted(lessons, key=lambda lesson: lesson.folder))
    missing = [lesson.folder for lesson in lessons if not lesson.path.is_dir()]
    assert missing == []


def test_prerequisites_come_earlier():
    taught: set[str] = set()
    for lesson in load_catalog():
        assert set(lesson.prerequisites) <= taught, lesson.folder
        taught.add(lesson.slug)


def test_no_exercise_is_listed_twice():
    ids = [name for lesson in load_catalog() for name in lesson.exercise_ids]
    assert len(set(ids)) == len(ids)


def test_a_lesson_is_found_in_the_source_tree():
    lesson = Lesson("09_dropout", "dropout", "Dropout", 40, 60, 14)
    assert lesson.path.parts[-3:] == ("course", "lessons", "09_dropout")
