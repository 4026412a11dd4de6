"""Rebuilding a submission: whatever was done to it, answers and nothing else count."""

import toy

from course.grading.repair import repair


def sources(repaired):
    return [cell["source"] for cell in repaired.content["cells"]]


def ids(repaired):
    return [cell["id"] for cell in repaired.content["cells"]]


def test_an_untouched_release_stays_as_it_is(released):
    repaired = repair(toy.answered(released), released)
    assert repaired.content == released.content
    assert repaired.notes == ()


def test_answers_are_taken(released):
    repaired = repair(toy.answered(released, a="a = 42"), released)
    assert repaired.answers["toy-a"] == "a = 42"
    assert toy.cell_of(repaired.content, "toy-a-answer")["source"] == "a = 42"


def test_edited_checks_points_and_tags_are_put_back(released):
    handed = toy.answered(released, a="a = 1")
    check = toy.cell_of(handed, "toy-a-check")
    check["source"] = "2.0"
    check["metadata"]["nbgrader"]["points"] = 100
    check["metadata"]["tags"] = ["skip-execution"]
    repaired = repair(handed, released)
    assert toy.cell_of(repaired.content, "toy-a-check") == toy.cell_of(
        released.content, "toy-a-check"
    )
    assert len(repaired.notes) == 2


def test_deleted_cells_come_back(released):
    handed = toy.answered(released, a="a = 42")
    handed["cells"] = [toy.cell_of(handed, "toy-a-answer")]
    repaired = repair(handed, released)
    assert ids(repaired) == [cell["id"] for cell in released.content["cells"]]
    assert repaired.answers["toy-a"] == "a = 42"
    assert "toy-a-check was missing" in " ".join(repaired.notes)


def test_of_doubled_answers_the_last_filled_one_counts(released):
    handed = toy.answered(released, a="a = 1")
    at = handed["cells"].index(toy.cell_of(handed, "toy-a-answer"))
    second = {**handed["cells"][at], "source": "a = 42"}
    stub = {**handed["cells"][at], "source": "a = None\n...  # your code here"}
    handed["cells"][at + 1 : at + 1] = [second, stub]
    repaired = repair(handed, released)
    assert repaired.answers["toy-a"] == "a = 42"
    assert "more than once" in " ".join(repaired.notes)


def test_lost_ids_are_found_by_text(released):
    handed = toy.answered(released, a="a = None\na = 42")
    for cell in handed["cells"]:
        cell["metadata"] = {}
        cell.pop("id")
    repaired = repair(handed, released)
    assert repaired.answers["toy-a"] == "a = None\na = 42"
    assert ids(repaired) == [cell["id"] for cell in released.content["cells"]]


def test_own_code_runs_where_it_stood(released):
    handed = toy.answered(released, a="a = double(21)")
    at = handed["cells"].index(toy.cell_of(handed, "toy-a-answer"))
    handed["cells"].insert(at, toy.code("def double(n): return 2 * n", "mine"))
    repaired = repair(handed, released)
    order = sources(repaired)
    assert order.index("def double(n): return 2 * n") < order.index("a = double(21)")


def test_nothing_comes_between_capture_and_check(released):
    handed = toy.answered(released, a="a = 1")
    at = handed["cells"].index(toy.cell_of(handed, "toy-a-check"))
    handed["cells"].insert(at, toy.code("captured = forged", "mine"))
    order = ids(repair(handed, released))
    assert order.index("toy-a-check") == order.index("toy-a-capture") + 1


def test_an_answer_in_a_cell_of_its_own_counts(released):
    handed = toy.answered(released)
    handed["cells"].append(toy.code("b = 42", "mine"))
    repaired = repair(handed, released)
    order = sources(repaired)
    capture = toy.cell_of(released.content, "toy-b-capture")["source"]
    assert order.index("b = 42") < order.index(capture)
    assert "beside it were run" in " ".join(repaired.notes)


def test_an_edited_free_cell_runs_after_the_released_one(released):
    handed = toy.answered(released)
    toy.cell_of(handed, "toy-header")["source"] += "\nimport math"
    order = sources(repair(handed, released))
    assert order[1].endswith("import math")
    assert order[0] == released.content["cells"][0]["source"]


def test_a_retyped_answer_cell_is_code_again(released):
    handed = toy.answered(released, a="a = 42")
    toy.cell_of(handed, "toy-a-answer")["cell_type"] = "markdown"
    repaired = repair(handed, released)
    assert toy.cell_of(repaired.content, "toy-a-answer")["cell_type"] == "code"
    assert repaired.answers["toy-a"] == "a = 42"
