"""A verdict as text: for terminals, logs and screen readers.

Plain characters, no colors, no escape sequences; aligned at 80 columns and wider.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from checkers.messages.sentences import say
from checkers.render.columns import align, display_width, wrap
from checkers.render.folding import Fold, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checkers.verdict import CheckResult, Finding, Row, Verdict

__all__ = [
    "MARKS",
    "SHOWN",
    "WIDTH",
    "check_title",
    "heading",
    "headline",
    "in_order",
    "render_text",
    "shorten",
]

WIDTH = 80
SHOWN = 5  # findings with all their sentences; of the others only the first
_LONG_TABLE, _SHORT_CELL = 20_000, 300  # characters
MARKS = {"passed": "✓", "failed": "✗", "skipped": "–", "broken": "!"}


def render_text(verdict: Verdict, width: int = WIDTH) -> str:
    """Return headline, findings, layer table and checks, in reading order.

    Args:
        verdict: What to show.
        width: Columns of the terminal, at least 60.
    """
    lines = wrap(headline(verdict), width)
    if verdict.summary:
        lines += wrap(verdict.summary, width)
    findings = in_order(verdict.findings)
    for finding in findings[:SHOWN]:
        lines += ["", *_finding_lines(finding, width)]
    if findings[SHOWN:]:
        count = len(findings) - SHOWN
        lines += ["", heading("LABEL.further", count=count)]
        for finding in findings[SHOWN:]:
            lines += wrap(_labeled(finding), width, first="  - ", rest="    ")
    if any(row.is_wrong for row in verdict.rows):
        lines += ["", heading("LABEL.layers"), *_table_lines(verdict.rows, width)]
    if verdict.checks:
        lines += ["", heading("LABEL.checks")]
        lines += _check_lines(verdict.checks, width)
    return "\n".join(lines)


def headline(verdict: Verdict) -> str:
    """Return title, status and points in the learner's language."""
    points = f"{verdict.points:g}"
    return say(
        "FORM.headline",
        title=verdict.title,
        status=say(f"STATUS.{verdict.status}"),
        points=say("LABEL.points", points=points, max_points=f"{verdict.max_points:g}"),
    )


def heading(name: str, **values: Any) -> str:
    """Return a label with the mark that opens what follows it."""
    return say("FORM.heading", label=say(name, **values))


def labeled(name: str, text: str) -> str:
    """Return "Why: …"."""
    return say("FORM.labeled", label=say(name), text=text)


def check_title(check: CheckResult) -> str:
    """Return what a check looks at, and why it did not."""
    if not check.reason:
        return check.title
    return say("FORM.reason", title=check.title, reason=check.reason)


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Return what is wrong, then what is only a note."""
    return sorted(findings, key=lambda finding: finding.is_note)


def shorten(text: str, limit: int) -> str:
    """Return a text of at most `limit` characters, and how many are not shown."""
    if len(text) <= limit:
        return text
    return text[:limit] + say("LABEL.cut", count=f"{len(text) - limit:,}")


def _labeled(finding: Finding) -> str:
    """Return the first sentence; a note says that it is one."""
    return (
        labeled("LABEL.note", finding.message) if finding.is_note else finding.message
    )


def _finding_lines(finding: Finding, width: int) -> list[str]:
    """Return one finding: what, why, next."""
    lines = wrap(_labeled(finding), width)
    for name, text in (("LABEL.why", finding.why), ("LABEL.next", finding.next)):
        lines += wrap(labeled(name, text), width, first="  ", rest="    ")
    return lines


def _table_lines(rows: tuple[Row, ...], width: int) -> list[str]:
    """Return the aligned table; "gets" has a column where the model has branches."""
    has_inputs = any(row.inputs for row in rows)
    names = ["layer", *(["gets"] if has_inputs else [])]
    names += ["expected", "yours", "difference"]
    shown = fold(rows)
    cells = [[say(f"LABEL.{name}") for name in names]]
    for row in shown:
        if isinstance(row, Fold):
            continue
        inputs = [row.inputs] if has_inputs else []
        cells.append([row.number, *inputs, row.expected, row.received, row.difference])
    is_long = sum(map(len, itertools.chain(*cells))) > _LONG_TABLE
    if is_long:  # the findings above hold the values in full
        cells = [[shorten(cell, _SHORT_CELL) for cell in line] for line in cells]
    head, *aligned = align(cells, width - 4, fixed=1)
    lines = [f"    {line}" for line in head]
    indent = max(5, *(display_width(line[0]) for line in cells))
    for row in shown:
        if isinstance(row, Fold):
            text = say("ROW.folded", count=row.count)
            lines.append(f"  ✓ {row.numbers:<{indent}}  {text}")
            continue
        first, *others = aligned.pop(0)
        lines.append(f"  {'✗' if row.is_wrong else '✓'} {first}".rstrip())
        lines += [f"    {line}".rstrip() for line in others]
    return lines


def _check_lines(checks: Sequence[CheckResult], width: int) -> list[str]:
    """Return one line per check: state, points, title and why it was skipped."""
    states = [say(f"STATE.{check.state}") for check in checks]
    points = [f"{check.points:g}/{check.max_points:g}" for check in checks]
    widest = max(7, *(display_width(state) for state in states))
    longest = max(4, *(len(text) for text in points))
    lines = []
    for check, state, text in zip(checks, states, points, strict=True):
        gap = " " * (widest - display_width(state))
        first = f"  {MARKS[check.state]} {state}{gap}  {text:>{longest}}  "
        rest = " " * display_width(first)
        lines += wrap(check_title(check), width, first=first, rest=rest)
    return lines
