"""Snapshots out of executed notebooks, verdicts into them; and the judge's process."""

import copy
import json

import toy
from nbformat import from_dict
from nbgrader.utils import determine_grade

from course.grading.judging import judge_captured
from course.grading.neutralize import neutralize
from course.grading.outcomes import Judged
from course.grading.snapshots import MIME, Captured, read_captured, write_verdicts

SCRIPT = "<script>alert(1)</script>"


def verdict(points, **more):
    fixed = {"title": "A", "status": "failed", "text": "t", "html": "<p>t</p>"}
    return Judged(exercise="toy-a", points=points, max_points=2.0, **{**fixed, **more})


def executed(released, **values):
    content = copy.deepcopy(released.content)
    for name, value in values.items():
        data = {MIME: json.dumps({"value": value})}
        output = {"output_type": "display_data", "metadata": {}, "data": data}
        toy.cell_of(content, f"toy-{name}-capture")["outputs"].append(output)
    return content


def test_only_capture_cells_are_read(released):
    content = executed(released, a=42)
    forged = toy.cell_of(content, "toy-a-capture")["outputs"]
    toy.cell_of(content, "toy-b-answer")["outputs"] = forged
    first, second = read_captured(content, released, {"toy-b-answer": "It failed."})
    assert json.loads(first.snapshot) == {"value": 42}
    assert (second.snapshot, second.reason) == ("", "It failed.")


def test_two_snapshots_in_one_cell_go_to_a_person(released):
    content = executed(released, a=42)
    cell = toy.cell_of(content, "toy-a-capture")
    cell["outputs"] = cell["outputs"] * 2
    first, _ = read_captured(content, released, {})
    assert first.ambiguous
    assert judge_captured([first], released.points)[0].points is None


def test_verdicts_become_points_that_nbgrader_reads(released):
    content = executed(released, a=42)
    write_verdicts(content, [verdict(1.25)])
    cell = from_dict(toy.cell_of(content, "toy-a-check"))
    assert determine_grade(cell) == (1.25, 2.0)


def test_a_verdict_without_points_is_never_read_as_full_points(released):
    content = executed(released, a=42)
    write_verdicts(content, [verdict(None, reason="the judge broke")])
    cell = from_dict(toy.cell_of(content, "toy-a-check"))
    assert determine_grade(cell)[0] == 0
    assert cell.outputs[-1].ename == "CheckerBroken"


def test_snapshots_do_not_stay_in_the_graded_notebook(released):
    content = executed(released, a=42)
    write_verdicts(content, [verdict(2.0)])
    assert MIME + '"' not in json.dumps(content).replace(f"[{MIME}]", "")


def test_a_judge_that_breaks_leaves_no_points(released):
    captured = [Captured("toy-a", '{"value": 42}')]
    (judged,) = judge_captured(captured, released.points, worker=toy.BROKEN_JUDGE)
    assert judged.needs_person
    assert "broken on purpose" in judged.reason


def test_the_real_judge_refuses_what_is_no_snapshot(released):
    captured = [Captured("toy-a", '{"value": 42}')]
    (judged,) = judge_captured(captured, released.points)
    assert judged.needs_person
    assert "cannot be used" in judged.reason


def test_markup_of_students_is_taken_out():
    cell = toy.code("x", "x")
    png = "iVBORw0KGgo="
    cell["outputs"] = [
        {"output_type": "display_data", "data": {"text/html": SCRIPT}},
        {"output_type": "display_data", "data": {"image/svg+xml": SCRIPT}},
        {"output_type": "display_data", "data": {"image/png": f'"onerror="{SCRIPT}'}},
        {"output_type": "display_data", "data": {"image/png": png, "x/y": SCRIPT}},
        {"output_type": "stream", "name": "stdout", "text": "kept"},
    ]
    neutralize(cell)
    assert SCRIPT not in json.dumps(cell)
    assert cell["outputs"][3]["data"] == {"image/png": png}
    assert cell["outputs"][4]["text"] == "kept"
