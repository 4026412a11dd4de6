"""Show a class report in a terminal."""

from collections import defaultdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course.reports.class_report import ClassReport, StudentRow

__all__ = ["show_report"]

TOP = 8  # misconceptions that fit a screen


def show_report(report: ClassReport, console: Console) -> None:
    """Print gradebook, misconceptions and what needs a look."""
    console.print(_gradebook(report))
    for number, column in enumerate(report.columns, start=1):
        console.print(f"{number:3}  {escape(column.title)}", highlight=False)
    if report.misconceptions:
        console.print(_misconceptions(report))
    for remark, students in _by_remark(report).items():
        console.print(f"{escape(', '.join(students))}: {escape(remark)}", style="dim")
    for refused in report.refused:
        console.print(
            f"[bold]Refused[/bold] {escape(refused.student)} "
            f"({escape(refused.path)}): {escape(refused.reason)}"
        )
    waiting = [row.student for row in report.students if row.needs_person]
    if waiting:
        console.print(
            f"[bold]Grade by hand:[/bold] {escape(', '.join(waiting))} "
            "(with nbgrader's formgrader, in the course directory)"
        )
    for note in report.notes:
        console.print(f"[bold]Note:[/bold] {escape(note)}")


def _by_remark(report: ClassReport) -> dict[str, list[str]]:
    """Return the students by remark: what happened to all is said once."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in report.students:
        for remark in row.remarks:
            found[remark].append(row.student)
    return found


def _gradebook(report: ClassReport) -> Table:
    """Return points per student and exercise, with the class's mean."""
    table = Table(
        title=f"{report.lesson} · {escape(report.title)}",
        caption=f"· not attempted   ? grade by hand   ★ bonus\n{escape(report.data)}",
    )
    table.add_column("Student")
    for number, column in enumerate(report.columns, start=1):
        table.add_column(f"{number}\n{column.heading}", justify="right")
    table.add_column(f"Total\n{report.total_heading}", justify="right", style="bold")
    for row in report.students:
        cells = [_cell(row, column.exercise) for column in report.columns]
        total = f"{row.total:g}" + ("+?" if row.needs_person else "")
        table.add_row(escape(row.student), *cells, total)
    table.add_section()
    means = [
        "" if column.mean_points is None else f"{column.mean_points:.1f}"
        for column in report.columns
    ]
    totals = [row.total for row in report.students]
    table.add_row("Mean", *means, f"{sum(totals) / max(len(totals), 1):.1f}")
    passed = [str(column.num_passed) for column in report.columns]
    table.add_row("Full points", *passed, "")
    return table


def _cell(row: StudentRow, exercise: str) -> str:
    """Return points, or a sign: ? for a person must decide, · for not attempted."""
    points = row.points[exercise]
    if points is None:
        return "?"
    if row.statuses[exercise] in ("not attempted", "not handed in"):
        return "·"
    return f"{points:g}"


def _misconceptions(report: ClassReport) -> Table:
    """Return the findings that most students share."""
    table = Table(title="Commonest misconceptions", title_justify="left")
    table.add_column("Students", justify="right")
    table.add_column("Code", overflow="fold")
    table.add_column("What they read", ratio=1)
    for each in report.misconceptions[:TOP]:
        table.add_row(str(each.num_students), each.code, escape(each.message))
    return table
