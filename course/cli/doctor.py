"""`course doctor`: check an installation."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from course.doctor import Finding, examine

__all__ = ["command"]

MARKS = {"ok": ("✓", "green"), "note": ("!", "yellow"), "problem": ("✗", "red")}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def command(as_json: bool) -> None:
    """Check this installation and explain every problem with the next step.

    The exit code is 1 if there is a problem; a note (!) is none.
    """
    findings = []
    for finding in examine():
        findings.append(finding)
        if not as_json:
            _show(finding)
    problems = sum(finding.state == "problem" for finding in findings)
    if as_json:
        report = {"format_version": 1, "problems": problems}
        report["findings"] = [asdict(finding) for finding in findings]  # type: ignore[assignment]
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        click.echo(_conclusion(problems))
    sys.exit(1 if problems else 0)


def _show(finding: Finding) -> None:
    """Print one finding, with its next step below."""
    mark, color = MARKS[finding.state]
    click.echo(f"{click.style(mark, fg=color)} {finding.check}: {finding.says}")
    if finding.next:
        click.echo(f"    Next: {finding.next}")


def _conclusion(problems: int) -> str:
    """Return the last line."""
    if problems:
        noun = "problem" if problems == 1 else "problems"
        return f"\n{problems} {noun}; the first one may be the cause of the others."
    return "\nEverything that the course needs is there."
