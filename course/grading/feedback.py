"""One feedback page per student: verdicts, their own answers, nothing of others."""

from collections.abc import Sequence
from html import escape

from course.grading.outcomes import GradedNotebook, Judged
from course.reports.html_page import page

__all__ = ["render_feedback"]


def render_feedback(notebooks: Sequence[GradedNotebook], title: str) -> str:
    """Return a student's page for one lesson.

    Verdicts come from the judge's process with every text escaped; all else that a
    student wrote is escaped here. Outputs of the student's cells are not shown.

    Args:
        notebooks: All notebooks of one student, at least one.
        title: The lesson's title.
    """
    student = notebooks[0].student
    points = sum(each.points for each in notebooks)
    full = sum(each.max_points for each in notebooks)
    waiting = any(each.needs_person for each in notebooks)
    total = f"{points:g} of {full:g} points"
    if waiting:
        total += " so far; your teacher grades the rest by hand"
    parts = [f"<p><strong>{escape(student)}: {total}.</strong></p>"]
    for notebook in notebooks:
        parts += [_exercise(verdict, notebook) for verdict in notebook.judged]
        parts.append(_repairs(notebook))
    return page(f"Feedback: {title}", "\n".join(parts))


def _exercise(verdict: Judged, notebook: GradedNotebook) -> str:
    """Return one exercise: points, verdict, the answer as handed in."""
    points = "not graded yet" if verdict.points is None else f"{verdict.points:g}"
    answer = notebook.answers.get(verdict.exercise, "").strip()
    mark = '<p class="warning">Measured on stand-in data.</p>'
    return (
        f'<section id="{escape(verdict.exercise)}">'
        f"<h2>{escape(verdict.title)} ({points} of {verdict.max_points:g})</h2>"
        f"{mark if verdict.stand_in else ''}"
        f"{verdict.html}"
        f"<details><summary>Your answer</summary><pre>{escape(answer)}</pre></details>"
        "</section>"
    )


def _repairs(notebook: GradedNotebook) -> str:
    """Return what was put right before the notebook ran."""
    if not notebook.repairs:
        return ""
    items = "".join(f"<li>{escape(note)}</li>" for note in notebook.repairs)
    return f"<section><h2>Changes before grading</h2><ul>{items}</ul></section>"
