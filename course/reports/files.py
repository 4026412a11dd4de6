"""Write a class report as CSV and JSON for machines, and as a page for people."""

import csv
import json
from pathlib import Path

from course.reports.class_report import ClassReport
from course.reports.page import render_report

__all__ = ["write_report"]


def write_report(report: ClassReport, folder: Path) -> Path:
    """Write `grades.csv`, `report.json` and `index.html`; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    exercises = [column.exercise for column in report.columns]
    with (folder / "grades.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["student", *exercises, "total", "max_total", "needs_manual_grade"]
        )
        for row in report.students:
            points = ["" if row.points[e] is None else row.points[e] for e in exercises]
            writer.writerow(
                [row.student, *points, row.total, row.max_total, row.needs_person]
            )
    text = json.dumps(report.to_dict(), indent=1, ensure_ascii=False)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    page = folder / "index.html"
    page.write_text(render_report(report), encoding="utf-8")
    return page
