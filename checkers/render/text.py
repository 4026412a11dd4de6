"""A verdict as text: for terminals, logs and screen readers."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from checkers.messages.sentences import say

if TYPE_CHECKING:
    from checkers.verdict import Finding, Row, Verdict

__all__ = ["points_text", "render_text"]

_WIDTH = 88
_MARKS = {"passed": "✓", "failed": "✗", "skipped": "–", "broken": "!"}


def render_text(verdict: Verdict) -> str:
    """Return headline, findings, layer table and checks, in reading order."""
    lines = [f"{verdict.title}: {status_text(verdict)}. {points_text(verdict)}."]
    if verdict.summary:
        lines += textwrap.wrap(verdict.summary, _WIDTH)
    for finding in verdict.findings:
        lines += ["", *_finding_lines(finding)]
    if any(row.is_wrong for row in verdict.rows):
        lines += ["", say("LABEL.layers") + ":", *_table_lines(verdict.rows)]
    if verdict.checks:
        lines += ["", say("LABEL.checks") + ":"]
        for check in verdict.checks:
            points = f"{check.points:g}/{check.max_points:g}"
            state = say(f"STATE.{check.state}")
            reason = f" ({check.reason})" if check.reason else ""
            lines.append(
                f"  {_MARKS[check.state]} {state:<8} {points:>5}  {check.title}{reason}"
            )
    return "\n".join(lines)


def status_text(verdict: Verdict) -> str:
    """Return the status in the learner's language."""
    return say(f"STATUS.{verdict.status}")


def points_text(verdict: Verdict) -> str:
    """Return "2 of 3 points"."""
    return say(
        "LABEL.points",
        points=f"{verdict.points:g}",
        max_points=f"{verdict.max_points:g}",
    )


def _finding_lines(finding: Finding) -> list[str]:
    """Return one finding: what, why, next."""
    label = say("LABEL.note") + ": " if finding.is_note else ""
    lines = textwrap.wrap(label + finding.message, _WIDTH)
    for name, text in (("LABEL.why", finding.why), ("LABEL.next", finding.next)):
        lines += textwrap.wrap(
            f"{say(name)}: {text}",
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
        )
    return lines


def _table_lines(rows: tuple[Row, ...]) -> list[str]:
    """Return the aligned table."""
    names = ("layer", "expected", "yours", "difference")
    heads = tuple(say(f"LABEL.{name}") for name in names)
    cells = [
        heads,
        *((row.number, row.expected, row.received, row.difference) for row in rows),
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    marks = [" ", *("✗" if row.is_wrong else "✓" for row in rows)]
    return [
        f"  {mark} "
        + "  ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for mark, line in zip(marks, cells, strict=True)
    ]
