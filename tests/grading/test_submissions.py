"""Finding and reading what students hand in."""

import json

import pytest
import toy

from course.grading.submissions import (
    UnreadableNotebook,
    find_submissions,
    plan,
    read_notebook,
)


def put(path, text="{}"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(found):
    return [(each.student, each.path.name) for each in found]


def test_students_are_named_by_folder_or_by_file(tmp_path):
    put(tmp_path / "anna" / "exercises.ipynb")
    put(tmp_path / "ben" / "90_toy" / "exercises.ipynb")
    put(tmp_path / "cleo.ipynb")
    found, refused = find_submissions([tmp_path], "90_toy")
    assert names(found) == [
        ("anna", "exercises.ipynb"),
        ("ben", "exercises.ipynb"),
        ("cleo", "cleo.ipynb"),
    ]
    assert refused == []


def test_other_lessons_walkthroughs_and_checkpoints_are_left_out(tmp_path):
    put(tmp_path / "anna" / "01_other" / "exercises.ipynb")
    put(tmp_path / "anna" / "90_toy" / "lesson.ipynb")
    put(tmp_path / "anna" / "90_toy" / ".ipynb_checkpoints" / "exercises.ipynb")
    assert find_submissions([tmp_path], "90_toy") == ([], [])


def test_single_notebooks_and_a_students_own_folder(tmp_path):
    single = put(tmp_path / "dan.ipynb")
    in_folder = put(tmp_path / "eva" / "exercises.ipynb")
    nested = put(tmp_path / "finn" / "90_toy" / "exercises.ipynb")
    found, _ = find_submissions([single, in_folder, nested], "90_toy")
    assert [each.student for each in found] == ["dan", "eva", "finn"]
    for own in ("eva", "finn"):
        found, _ = find_submissions([tmp_path / own], "90_toy")
        assert [(each.student, each.own_folder) for each in found] == [(own, True)]


def test_the_same_file_given_twice_counts_once(tmp_path):
    path = put(tmp_path / "dan.ipynb")
    assert len(find_submissions([path, tmp_path], "90_toy")[0]) == 1


def test_links_are_refused(tmp_path):
    put(tmp_path / "secret.txt")
    (tmp_path / "eve.ipynb").symlink_to(tmp_path / "secret.txt")
    found, refused = find_submissions([tmp_path], "90_toy")
    assert found == []
    assert "link" in refused[0].reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b'{"cells": [', "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        (b"[" * 100_000, "damaged"),
        (b'{"worksheets": []}', "no list of cells"),
        (b"[1, 2]", "no list of cells"),
    ],
)
def test_what_is_no_notebook_is_refused_with_a_reason(data, reason):
    with pytest.raises(UnreadableNotebook, match=reason):
        read_notebook(data)


def test_odd_cells_are_survived():
    cells = [{"cell_type": "code", "source": ["a", " = 1"]}, 7, {"source": 3}]
    content = read_notebook(json.dumps({"cells": cells}).encode())
    assert [cell["source"] for cell in content["cells"]] == ["a = 1", ""]


def test_a_renamed_notebook_is_known_by_its_content(released, tmp_path):
    handed = put(tmp_path / "in" / "my work.ipynb", json.dumps(released.content))
    found, _ = find_submissions([handed], "90_toy")
    planned, refused = plan(found, [released])
    assert [each.release.name for each in planned] == ["exercises"]
    assert refused == []


def test_a_foreign_notebook_is_refused(released, tmp_path):
    foreign = {"cells": [toy.code("print('hi')", "x")], "nbformat": 4}
    handed = put(tmp_path / "in" / "gail.ipynb", json.dumps(foreign))
    _, refused = plan(find_submissions([handed], "90_toy")[0], [released])
    assert "No cell of lesson 90_toy" in refused[0].reason


def test_of_two_copies_the_released_name_counts(released, tmp_path):
    text = json.dumps(released.content)
    put(tmp_path / "in" / "hal" / "exercises-Copy1.ipynb", text)
    put(tmp_path / "in" / "hal" / "exercises.ipynb", text)
    found, _ = find_submissions([tmp_path / "in"], "90_toy")
    planned, refused = plan(found, [released])
    assert [each.path.name for each in planned] == ["exercises.ipynb"]
    assert "handed in twice" in refused[0].reason
    assert refused[0].path.endswith("Copy1.ipynb")
