"""A verdict as escaped HTML: no scripts, no outside files, light and dark themes.

Colors only repeat what words and marks already say. The order in the page is the
reading order. Everything that came from an answer is escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from checkers.messages.sentences import say
from checkers.render.text import points_text, status_text

if TYPE_CHECKING:
    from checkers.verdict import CheckResult, Finding, Row, Verdict

__all__ = ["STYLE", "render_html"]

# JupyterLab says its theme on the body; elsewhere light-dark() follows the system.
STYLE = """
.lw-verdict{--ok:light-dark(#1b6e3c,#7fd6a0);--bad:light-dark(#a3341c,#ff9d85);
--soft:light-dark(#57606a,#a9b1ba);--line:light-dark(#d0d7de,#444c56);
color-scheme:light dark;font:14px/1.5 system-ui,sans-serif;max-width:58rem;
border:1px solid var(--line);border-left-width:5px;border-radius:6px;padding:.7rem 1rem;
margin:.3rem 0;color:light-dark(#1f2328,#e6edf3);background:light-dark(#fff,#161b22)}
[data-jp-theme-light="false"] .lw-verdict{color-scheme:dark}
[data-jp-theme-light="true"] .lw-verdict{color-scheme:light}
.lw-verdict.lw-good{border-left-color:var(--ok)}
.lw-verdict.lw-bad{border-left-color:var(--bad)}
.lw-verdict h4{margin:0 0 .4rem;font-size:15px}
.lw-verdict h5{margin:.8rem 0 .2rem;font-size:13px;color:var(--soft)}
.lw-verdict p{margin:.2rem 0}
.lw-verdict .lw-finding{margin:.6rem 0;padding-left:.7rem;
border-left:2px solid var(--line)}
.lw-verdict .lw-code{color:var(--soft);font:12px ui-monospace,monospace}
.lw-verdict .lw-scroll{overflow-x:auto}
.lw-verdict table{border-collapse:collapse;font:13px ui-monospace,monospace}
.lw-verdict th,.lw-verdict td{text-align:left!important;padding:.15rem .9rem .15rem 0;
border:0;border-bottom:1px solid var(--line);white-space:nowrap}
.lw-verdict .lw-wrong td{font-weight:600}
.lw-verdict .lw-ok{color:var(--ok)}.lw-verdict .lw-no{color:var(--bad)}
"""
_MARKS = {"passed": "✓", "failed": "✗", "skipped": "–", "broken": "!"}


def render_html(verdict: Verdict) -> str:
    """Return the verdict as one `<section>` with its own style."""
    tone = "lw-good" if verdict.passed else "lw-bad" if verdict.findings else ""
    label = f"{verdict.title}: {status_text(verdict)}. {points_text(verdict)}."
    parts = [
        f"<style>{STYLE}</style>",
        f'<section class="lw-verdict {tone}" aria-label="{escape(label)}">',
        f"<h4>{_mark(verdict)} {escape(label)}</h4>",
    ]
    if verdict.summary:
        parts.append(f"<p>{escape(verdict.summary)}</p>")
    parts += [_finding(finding) for finding in verdict.findings]
    if any(row.is_wrong for row in verdict.rows):
        parts.append(_table(verdict.rows))
    if verdict.checks and verdict.status != "not attempted":
        parts.append(_checks(verdict.checks))
    return "".join([*parts, "</section>"])


def _mark(verdict: Verdict) -> str:
    """Return the sign in front of the headline; the words say the same."""
    if verdict.passed:
        return '<span class="lw-ok" aria-hidden="true">✓</span>'
    if verdict.findings:
        return '<span class="lw-no" aria-hidden="true">✗</span>'
    return '<span aria-hidden="true">–</span>'


def _finding(finding: Finding) -> str:
    """Return one finding: what, why, next, and its code for reports."""
    label = f"<b>{escape(say('LABEL.note'))}:</b> " if finding.is_note else ""
    return (
        '<div class="lw-finding">'
        f"<p>{label}{escape(finding.message)}</p>"
        f"<p><b>{escape(say('LABEL.why'))}:</b> {escape(finding.why)}</p>"
        f"<p><b>{escape(say('LABEL.next'))}:</b> {escape(finding.next)}</p>"
        f'<p class="lw-code">{escape(finding.code)}</p></div>'
    )


def _table(rows: tuple[Row, ...]) -> str:
    """Return the layer table; it scrolls by keyboard where it is too wide."""
    caption = escape(say("LABEL.layers"))
    heads = "".join(
        f'<th scope="col">{escape(say(f"LABEL.{name}"))}</th>'
        for name in ("expected", "yours", "difference")
    )
    lines = "".join(_row(row) for row in rows)
    head = f'<tr><th scope="col">{escape(say("LABEL.layer"))}</th>{heads}</tr>'
    return (
        f'<h5>{caption}</h5><div class="lw-scroll" tabindex="0" role="region" '
        f'aria-label="{caption}"><table><thead>{head}</thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _row(row: Row) -> str:
    """Return one line of the layer table."""
    sign = (
        '<span class="lw-no">✗</span>'
        if row.is_wrong
        else '<span class="lw-ok">✓</span>'
    )
    cells = "".join(
        f"<td>{escape(text)}</td>"
        for text in (row.expected, row.received, row.difference)
    )
    kind = ' class="lw-wrong"' if row.is_wrong else ""
    return f'<tr{kind}><th scope="row">{escape(row.number)} {sign}</th>{cells}</tr>'


def _checks(checks: tuple[CheckResult, ...]) -> str:
    """Return the list of checks with their points."""
    lines = []
    for check in checks:
        tone = {"passed": "lw-ok", "failed": "lw-no"}.get(check.state, "")
        reason = f" ({escape(check.reason)})" if check.reason else ""
        lines.append(
            f'<tr><td class="{tone}">{_MARKS[check.state]} '
            f"{escape(say(f'STATE.{check.state}'))}</td>"
            f"<td>{check.points:g}/{check.max_points:g}</td>"
            f"<td>{escape(check.title)}{reason}</td></tr>"
        )
    heading = escape(say("LABEL.checks"))
    table = f"<table>{''.join(lines)}</table>"
    return f'<h5>{heading}</h5><div class="lw-scroll">{table}</div>'
