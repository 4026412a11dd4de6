"""What a check cell's outputs are worth to nbgrader, decided by nbgrader itself.

nbgrader fails open: what it cannot read counts as full points. And it fails shut: any
text on standard error counts as none. Our check cells end in a builtin float, and what
nbgrader would misread goes to a person.
"""

import math

import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

from course.grading.preprocessors import why_manual
from course.grading.snapshots import BROKEN

FULL = 4


def check_cell(*outputs, **nbgrader):
    cell = new_code_cell("grade(captured)", outputs=list(outputs))
    values = {"grade": True, "solution": False, "locked": True, "points": FULL}
    cell.metadata["nbgrader"] = {**values, "grade_id": "x-check", **nbgrader}
    return cell


def ends_in(text):
    data = {"text/plain": text}
    return new_output("execute_result", data=data, execution_count=1)


def error(name):
    return new_output("error", ename=name, evalue="why", traceback=[name])


VERDICT = new_output("display_data", data={"text/plain": "x", "text/html": "<p>x</p>"})
NOISE = new_output("stream", name="stderr", text="WARNING: TensorFlow says hello")


@pytest.mark.parametrize("points", [0.0, 0.5, 1.33, 3.0, 4.0])
def test_a_builtin_float_counts_as_it_is(points):
    cell = check_cell(VERDICT, ends_in(repr(points)))
    assert determine_grade(cell) == (points, FULL)
    assert why_manual(cell) == ""


@pytest.mark.parametrize(
    "text", ["np.float64(3.0)", "True", "'fail'", "-1", "nan", "None", "[1, 2]"]
)
def test_nbgrader_gives_full_points_for_what_it_cannot_read_and_we_do_not(text):
    cell = check_cell(VERDICT, ends_in(text))
    assert determine_grade(cell)[0] == FULL
    assert why_manual(cell)


@pytest.mark.parametrize("text", ["inf", "4.000000000000001", "5"])
def test_nbgrader_stops_at_too_many_points_and_we_ask_a_person(text):
    cell = check_cell(VERDICT, ends_in(text))
    with pytest.raises(ValueError, match="cannot be greater"):
        determine_grade(cell)
    assert why_manual(cell)


def test_nbgrader_gives_full_points_for_nothing_and_we_do_not():
    cell = check_cell(VERDICT)
    assert determine_grade(cell)[0] == FULL
    assert why_manual(cell)


def test_noise_before_the_result_costs_all_points():
    assert determine_grade(check_cell(NOISE, ends_in("4.0")))[0] == 0


def test_noise_in_the_capture_cell_costs_nothing():
    capture = new_code_cell("capture(model)", outputs=[NOISE])
    check = check_cell(VERDICT, ends_in("4.0"))
    assert [determine_grade(cell)[0] for cell in (check,)] == [4.0]
    assert "nbgrader" not in capture.metadata


def test_a_fault_of_the_checker_goes_to_a_person():
    cell = check_cell(error(BROKEN))
    assert determine_grade(cell)[0] == 0
    assert "why" in why_manual(cell)


def test_an_error_of_another_name_stays_a_zero():
    assert why_manual(check_cell(error("NameError"))) == ""


def test_an_answer_cell_cannot_ask_for_a_person():
    answer = check_cell(error(BROKEN), grade=False, solution=True, locked=False)
    assert why_manual(answer) == ""


def test_points_are_rounded_and_finite():
    assert math.isfinite(determine_grade(check_cell(ends_in("1.33")))[0])
