"""The class report and the feedback pages."""

import io
import json

import pytest
from rich.console import Console

from course.codes.roster import RosterError
from course.grading.feedback import render_feedback
from course.grading.outcomes import Finding, GradedNotebook, Judged, Refused
from course.grading.roster import find_mismatches, read_roster
from course.reports.class_report import summarize
from course.reports.files import write_report
from course.reports.terminal import show_report

SCRIPT = "<script>alert(1)</script>"


def judged(points, *codes, **more):
    findings = tuple(Finding(code, f"Sentence of {code}.") for code in codes)
    fixed = {"title": "First", "status": "failed", "text": "", "html": "<p>v</p>"}
    return Judged(
        "e-1", points=points, max_points=2.0, findings=findings, **fixed, **more
    )


def notebook(student, *verdicts, **more):
    return GradedNotebook(student, "exercises", {}, verdicts, **more)


OUTCOMES = [
    notebook("ben", judged(0.0, "A.B", "A.B", "C.D")),
    notebook("anna", judged(1.0, "A.B"), repairs=("Cell x was put back.",)),
    notebook("cleo", judged(None, reason="the judge broke")),
    notebook(SCRIPT, judged(2.0)),
    Refused("dan", "dan.ipynb", "The file is empty."),
]


@pytest.fixture
def report():
    return summarize(
        OUTCOMES,
        lesson="90_toy",
        title="Toy",
        points={"e-1": 2.0},
        titles={"e-1": "First"},
        data="Real data.",
        notes=["Look here."],
    )


def test_points_means_and_misconceptions(report):
    assert [row.student for row in report.students] == [SCRIPT, "anna", "ben", "cleo"]
    (column,) = report.columns
    assert (column.mean_points, column.num_passed) == (1.0, 1)
    counts = [(each.code, each.num_students) for each in report.misconceptions]
    assert counts == [("A.B", 2), ("C.D", 1)]
    assert report.students[3].points == {"e-1": None}


def test_the_terminal_shows_all_of_it(report):
    console = Console(width=100, file=io.StringIO())
    show_report(report, console)
    text = console.file.getvalue()
    for wanted in ("anna", "A.B", "Refused dan", "Grade by hand: cleo", "Look here."):
        assert wanted in text


def test_files_for_machines_and_people(report, tmp_path):
    page = write_report(report, tmp_path).read_text()
    assert SCRIPT not in page
    assert "Content-Security-Policy" in page
    plain = json.loads((tmp_path / "report.json").read_text())
    assert plain["students"][3]["points"] == {"e-1": None}
    lines = (tmp_path / "grades.csv").read_text().splitlines()
    assert lines[4] == "cleo,,0.0,2.0,True"


def test_a_feedback_page_is_escaped_and_about_one_student():
    page = render_feedback(
        [notebook("anna", judged(1.0), answers={"e-1": f"x = '{SCRIPT}'"})], "Toy"
    )
    assert SCRIPT not in page
    assert "x = " in page
    assert "1 of 2 points" in page


def test_what_waits_for_a_person_is_not_called_zero():
    page = render_feedback([notebook("cleo", judged(None, reason="secret"))], "Toy")
    assert "your teacher grades the rest by hand" in page
    assert "not graded yet" in page


def test_codes_of_others_are_named(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("id,name,code\nanna,A,anna-1\nben,B,ben-2\n")
    codes = read_roster(path)
    found = find_mismatches(
        [
            notebook("anna", judged(1.0, code="ben-2", takes_code=True)),
            notebook("ben", judged(1.0, code="ben-2", takes_code=True)),
            notebook("cleo", judged(1.0, code="", takes_code=True)),
        ],
        codes,
    )
    assert [each.sentence for each in found] == ["anna used the code of ben."]


def test_a_list_without_codes_is_refused(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("id,name\nanna,A\n")
    with pytest.raises(RosterError, match="course codes"):
        read_roster(path)
