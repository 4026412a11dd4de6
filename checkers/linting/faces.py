"""A lint report as text and as HTML, in the style of a verdict."""

from __future__ import annotations

from checkers.linting.report import LintFinding, LintReport
from checkers.messages.sentences import say, say_list
from checkers.render.columns import wrap
from checkers.render.html import page, safe

__all__ = ["report_html", "report_text"]

_WIDTH = 88
_MARKS = {"error": "✗", "warning": "!", "advice": "·"}
_TONES = {"error": "lw-no", "warning": "lw-no", "advice": "lw-is-note"}


def report_text(report: LintReport) -> str:
    """Return headline, findings and what was not looked at."""
    lines = wrap(_headline(report), _WIDTH)
    for finding in report.findings:
        mark = f"{_MARKS[finding.severity]} "
        lines += ["", *wrap(_label(finding), _WIDTH, first=mark, rest="  ")]
        for label, text in _details(finding):
            labeled = say("FORM.labeled", label=label, text=text)
            lines += wrap(labeled, _WIDTH, first="  ", rest="    ")
        lines.append(f"  {finding.code}")
    for text in _waiting(report):
        lines += ["", *wrap(text, _WIDTH)]
    return "\n".join(lines)


def report_html(report: LintReport) -> str:
    """Return the report as one `<section>`; signs only repeat words."""
    headline = _headline(report)
    parts = [f"<h4>{safe(headline)}</h4>", *map(_item, report.findings)]
    parts += [f"<p>{safe(text)}</p>" for text in _waiting(report)]
    tone = "lw-good" if report.ok else "lw-bad"
    return page(headline, "".join(parts), tone)


def _headline(report: LintReport) -> str:
    """Return one sentence with the counts."""
    counts = {
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "advice": len(report.advice),
    }
    return say(
        "LINT.headline" if report.findings else "LINT.nothing",
        model=report.model,
        layers=report.num_layers,
        rules=report.num_rules,
        **counts,
    )


def _label(finding: LintFinding) -> str:
    """Return severity and message."""
    label = say(f"LINT.{finding.severity}")
    return say("FORM.labeled", label=label, text=finding.message)


def _details(finding: LintFinding) -> list[tuple[str, str]]:
    """Return label and text of the lines below a message."""
    return [
        (say("LABEL.why"), finding.why),
        (say("LABEL.next"), finding.next),
        (say("LINT.source"), finding.source),
    ]


def _waiting(report: LintReport) -> list[str]:
    """Return what more could be looked at, and how."""
    texts = [say(f"LINT.waiting_{need}") for need in report.waiting]
    if report.broken:
        texts.append(say("LINT.broken", codes=say_list(report.broken)))
    return texts


def _item(finding: LintFinding) -> str:
    """Return one finding."""
    kind = "" if finding.severity == "error" else " lw-note"
    mark = f'<span aria-hidden="true">{_MARKS[finding.severity]}</span>'
    label = f'<span class="{_TONES[finding.severity]}">{mark} '
    label += (
        f"{safe(say('FORM.heading', label=say(f'LINT.{finding.severity}')))}</span>"
    )
    lines = "".join(
        f"<p><b>{safe(say('FORM.heading', label=name))}</b> {safe(text)}</p>"
        for name, text in _details(finding)
    )
    return (
        f'<div class="lw-item{kind}"><p class="lw-what">{label} '
        f"{safe(finding.message)}</p>{lines}"
        f'<p class="lw-code">{safe(finding.code)}</p></div>'
    )
