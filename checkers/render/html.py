"""A verdict as escaped HTML: no scripts, no outside files, light and dark themes.

Headings, captions and the order in the page are those in which a screen reader reads;
signs only repeat words. Everything that came from an answer is escaped. However long
a verdict is, its page stays below `LIMIT` bytes: what is as asked is folded, then
further findings are counted instead of told, then cells of the table are cut. A value
that a finding compares is cut last, and not below 2,000 characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from checkers.i18n import language_tag
from checkers.messages.sentences import say
from checkers.render.columns import clean
from checkers.render.folding import Fold, fold
from checkers.render.style import STYLE
from checkers.render.text import (
    MARKS,
    SHOWN,
    check_title,
    headline,
    in_order,
    shorten,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checkers.verdict import CheckResult, Finding, Row, Verdict

__all__ = ["LIMIT", "grid", "page", "render_html", "safe"]

LIMIT = 30_000  # bytes
_BOLD = 240  # characters; more than that in bold nobody can read
_NO_NUMBER = "—"


@dataclass(frozen=True)
class _Room:
    """How much of a verdict is told.

    Attributes:
        findings: Findings that are told.
        sentence: Characters of a finding's first sentence.
        other: Characters of any other sentence.
        rows: Rows of the layer table.
        cell: Characters of a cell.
    """

    findings: int = 60
    sentence: int = 8_000
    other: int = 8_000
    rows: int = 200
    cell: int = 2_000


_ROOMS = (
    _Room(),
    _Room(findings=20, rows=80, cell=400),
    _Room(findings=10, rows=40, cell=200),
    _Room(findings=5, other=2_400, rows=30, cell=120),
    _Room(findings=2, other=2_400, rows=20, cell=80),
    _Room(findings=1, other=2_400, rows=10, cell=80),
    _Room(findings=1, sentence=4_800, other=400, rows=0),
    _Room(findings=1, sentence=2_000, other=200, rows=0),
)


def render_html(verdict: Verdict) -> str:
    """Return the verdict as one `<section>` with its own style."""
    *roomy, last = _ROOMS
    for room in roomy:
        text = _verdict(verdict, room)
        if len(text.encode(errors="replace")) < LIMIT:
            return text
    return _verdict(verdict, last)


def page(label: str, content: str, tone: str = "") -> str:
    """Return content in the frame that verdicts, hints and solutions share.

    Args:
        label: What a screen reader calls the section.
        content: Escaped HTML.
        tone: A class for the section: "lw-good", "lw-bad" or "".
    """
    kind = f"lw {tone}".strip()
    return (
        f'<style>{STYLE}</style><section class="{kind}" lang="{language_tag()}" '
        f'aria-label="{safe(label)}">{content}</section>'
    )


def safe(text: str) -> str:
    """Return a text escaped, on one line."""
    return escape(clean(text))


def _verdict(verdict: Verdict, room: _Room) -> str:
    """Return the verdict with as much detail as there is room for."""
    tone = "lw-good" if verdict.passed else "lw-bad" if verdict.findings else ""
    label = headline(verdict)
    parts = [f"<h4>{_sign(verdict)} {_text(label, room.other)}</h4>"]
    if verdict.summary:
        parts.append(f"<p>{_text(verdict.summary, room.other)}</p>")
    parts.append(_findings(in_order(verdict.findings), room))
    if any(row.is_wrong for row in verdict.rows) and room.rows:
        parts.append(_table(verdict.rows, room))
    if verdict.checks and verdict.status != "not attempted":
        parts.append(_checks(verdict.checks, room))
    return page(label[:300], "".join(parts), tone)


def _text(text: str, limit: int) -> str:
    """Return a text escaped for an element; what is cut is counted."""
    return escape(shorten(clean(text), limit), quote=False)


def _sign(verdict: Verdict) -> str:
    """Return the sign in front of the headline; the words say the same."""
    if verdict.passed:
        return '<span class="lw-ok" aria-hidden="true">✓</span>'
    if verdict.findings:
        return '<span class="lw-no" aria-hidden="true">✗</span>'
    return '<span aria-hidden="true">–</span>'


def _findings(findings: Sequence[Finding], room: _Room) -> str:
    """Return the findings: the first ones open, the next ones to be unfolded."""
    told = findings[: room.findings]
    parts = [_finding(finding, room) for finding in told[:SHOWN]]
    more = "".join(_finding(finding, room) for finding in told[SHOWN:])
    if more:
        title = safe(say("LABEL.further", count=len(told) - SHOWN))
        parts.append(f"<details><summary>{title}</summary>{more}</details>")
    hidden = len(findings) - len(told)
    if hidden:
        parts.append(f"<p>{safe(say('LABEL.not_shown', count=hidden))}</p>")
    return "".join(parts)


def _finding(finding: Finding, room: _Room) -> str:
    """Return one finding: what, why, next, and its code for reports."""
    kind = ""
    message = _text(finding.message, room.sentence)
    if finding.is_note:
        kind, message = " lw-note", _labeled("LABEL.note", message, "lw-is-note")
    else:
        message = f'<span class="lw-no" aria-hidden="true">✗</span> {message}'
    weight = ' class="lw-short"' if len(finding.message) <= _BOLD else ""
    return (
        f'<div class="lw-item{kind}"><p{weight}>{message}</p>'
        f"<p>{_labeled('LABEL.why', _text(finding.why, room.other))}</p>"
        f"<p>{_labeled('LABEL.next', _text(finding.next, room.other))}</p>"
        f'<p class="lw-code">{safe(finding.code)}</p></div>'
    )


def _labeled(name: str, text: str, kind: str = "") -> str:
    """Return escaped text behind a label, with the marks of the language."""
    tag = f'<b class="{kind}">' if kind else "<b>"
    return say("FORM.labeled", label=f"{tag}{safe(say(name))}</b>", text=text)


def _table(rows: Sequence[Row], room: _Room) -> str:
    """Return the layer table; where it is too wide it scrolls, by keyboard too."""
    names = ["gets"] if any(row.inputs for row in rows) else []
    names += ["expected", "yours", "difference"]
    labels = [say(f"LABEL.{name}") for name in names]
    shown = fold(rows)
    lines = [_row(row, labels, room) for row in shown[: room.rows]]
    hidden = sum(
        row.count if isinstance(row, Fold) else 1 for row in shown[room.rows :]
    )
    if hidden:
        text = safe(say("ROW.not_shown", count=hidden))
        lines.append(
            f'<tr><th scope="row">…</th><td colspan="{len(labels)}">{text}</td></tr>'
        )
    caption = say("LABEL.layers")
    table = grid(caption, [say("LABEL.layer"), *labels], lines, "lw-layers")
    # A region that scrolls must be reachable by keyboard, and have a name.
    return (
        f'<div class="lw-scroll" tabindex="0" role="region" '
        f'aria-label="{safe(caption)}">{table}</div>'
    )


def _row(row: Row | Fold, labels: Sequence[str], room: _Room) -> str:
    """Return one line of the layer table; on a phone each cell carries its label."""
    sign = '<span class="lw-ok" aria-hidden="true">✓</span>'
    if isinstance(row, Fold):
        text = safe(say("ROW.folded", count=row.count))
        head = f'<th scope="row">{sign} {row.numbers}</th>'
        return f'<tr>{head}<td colspan="{len(labels)}">{text}</td></tr>'
    kind = ""
    if row.is_wrong:
        sign = '<span class="lw-no" aria-hidden="true">✗</span>'
        kind = ' class="lw-wrong"'
    texts = [row.expected, row.received, row.difference]
    texts = [row.inputs, *texts] if len(labels) > len(texts) else texts
    cells = "".join(
        f'<td data-l="{safe(say("FORM.heading", label=label))}">'
        f"{_text(text, room.cell)}</td>"
        for label, text in zip(labels, texts, strict=True)
    )
    number = safe(row.number) or _NO_NUMBER
    return f'<tr{kind}><th scope="row">{sign} {number}</th>{cells}</tr>'


def _checks(checks: Sequence[CheckResult], room: _Room) -> str:
    """Return the list of checks with their points."""
    lines = []
    for check in checks:
        tone = {"passed": "lw-ok", "failed": "lw-no"}.get(check.state, "")
        lines.append(
            f'<tr><td><span class="{tone}">{MARKS[check.state]} '
            f"{safe(say(f'STATE.{check.state}'))}</span></td>"
            f"<td>{check.points:g}/{check.max_points:g}</td>"
            f'<th scope="row">{_text(check_title(check), room.other)}</th></tr>'
        )
    heads = [say(f"LABEL.{name}") for name in ("result", "column_points", "check")]
    return grid(say("LABEL.checks"), heads, lines, "lw-checks")


def grid(caption: str, heads: Sequence[str], lines: Sequence[str], kind: str) -> str:
    """Return a table with its caption and heads."""
    head = "".join(f'<th scope="col">{safe(text)}</th>' for text in heads)
    return (
        f'<table class="{kind}"><caption>{safe(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )
