"""A class report as one static HTML page."""

from collections.abc import Iterable
from html import escape

from course.reports.class_report import ClassReport, StudentRow
from course.reports.html_page import page

__all__ = ["render_report"]


def render_report(report: ClassReport) -> str:
    """Return the page; every text in it is escaped."""
    parts = [
        f"<p>{escape(report.data)}</p>",
        *(f'<p class="warning">{escape(note)}</p>' for note in report.notes),
        "<h2>Gradebook</h2>",
        _gradebook(report),
        "<h2>Commonest misconceptions</h2>",
        _misconceptions(report),
        "<h2>Needs a look</h2>",
        _list(_looks(report)) or "<p>Nothing.</p>",
    ]
    return page(f"{report.lesson}: {report.title}", "\n".join(parts))


def _gradebook(report: ClassReport) -> str:
    """Return points per student and exercise."""
    heads = [f"{column.title} ({column.heading})" for column in report.columns]
    rows = [
        [
            row.student,
            *(_cell(row, column.exercise) for column in report.columns),
            f"{row.total:g}",
        ]
        for row in report.students
    ]
    means = [
        "" if column.mean_points is None else f"{column.mean_points:.1f}"
        for column in report.columns
    ]
    passed = [f"{column.num_passed} of {len(rows)}" for column in report.columns]
    return _table(
        ["Student", *heads, f"Total ({report.total_heading})"],
        [*rows, ["Mean", *means, ""], ["Full points", *passed, ""]],
    )


def _cell(row: StudentRow, exercise: str) -> str:
    """Return points, or the status where points alone would mislead."""
    points = row.points[exercise]
    status = row.statuses[exercise]
    if points is None or status in ("not attempted", "not handed in"):
        return status
    return f"{points:g}"


def _misconceptions(report: ClassReport) -> str:
    """Return the findings that students share."""
    if not report.misconceptions:
        return "<p>None.</p>"
    rows = [
        [str(each.num_students), each.code, each.message, ", ".join(each.exercises)]
        for each in report.misconceptions
    ]
    return _table(["Students", "Code", "What they read", "Exercises"], rows)


def _looks(report: ClassReport) -> Iterable[str]:
    """Yield refused submissions, then repairs and failures."""
    for refused in report.refused:
        yield f"Refused: {refused.student} ({refused.path}): {refused.reason}"
    for row in report.students:
        for remark in row.remarks:
            yield f"{row.student}: {remark}"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    """Return an HTML table; numbers are right-aligned."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    lines = "\n".join(
        "<tr>" + "".join(_field(text) for text in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _field(text: str) -> str:
    """Return one table field."""
    is_number = text.replace(".", "", 1).isdigit()
    return f"<td{' class=number' if is_number else ''}>{escape(text)}</td>"


def _list(texts: Iterable[str]) -> str:
    """Return an HTML list, or "" for no texts."""
    items = "\n".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""
