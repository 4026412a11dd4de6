"""`python -m tests.field [exercise …] [--texts FILE]`: all cases, counted by group."""

from __future__ import annotations

import argparse
import collections
import contextlib
import os
import sys
import tempfile
from pathlib import Path

for name, value in (("TF_CPP_MIN_LOG_LEVEL", "3"), ("COURSE_LANG", "en")):
    os.environ.setdefault(name, value)
os.environ.setdefault("COURSE_CASE_SEED", "20240229")


def say(text: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{text}\n")


def main() -> int:
    """Run the cases and print the counts."""
    from tests.field.corpus import FOLDER, load_cases
    from tests.field.judged import check, complaints, unclear
    from tests.field.tasks import find, is_here, names_of

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exercises", nargs="*")
    parser.add_argument("--texts", help="write every verdict that is not right here")
    chosen = parser.parse_args()
    counts: collections.Counter[tuple[str, str, str]] = collections.Counter()
    texts, bad = [], 0
    for path in sorted(FOLDER.glob("*.txt")):
        if chosen.exercises and path.stem not in chosen.exercises:
            continue
        exercise, key = find(path.stem)
        for case in load_cases(path):
            if not is_here(case.data):
                continue
            where = f"{case.exercise}:{case.line} {case.outcome} · {case.title}"
            with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
                try:
                    verdict = check(case, exercise, key, names_of(case))
                    problems = complaints(case, verdict)
                    if not isinstance(verdict, str):
                        problems += unclear(verdict)
                        text = _short(verdict)
                    else:
                        text = verdict
                except Exception as error:
                    problems = [f"{type(error).__name__}: {str(error)[:300]}"]
                    text = ""
            texts.append(f"## {where}\n{text}\n")
            counts[case.exercise, case.outcome, "bad" if problems else "good"] += 1
            if problems:
                bad += 1
                say(f"{where}\n    " + "\n    ".join(problems))
                if text:
                    say("    | " + text.replace("\n", "\n    | "))
    if chosen.texts:
        Path(chosen.texts).write_text("\n".join(texts), encoding="utf-8")
    names = sorted({(one, two) for one, two, _ in counts})
    for one, two in names:
        good, wrong = counts[one, two, "good"], counts[one, two, "bad"]
        say(f"{one:32} {two:10} {good:4} of {good + wrong}")
    say(f"{sum(counts.values())} cases, {bad} not as they should be")
    return 1 if bad else 0


def _short(verdict) -> str:
    """Return the verdict's sentences without its table."""
    lines = [f"{verdict.status} {verdict.points:g}/{verdict.max_points:g}"]
    if verdict.summary:
        lines.append(verdict.summary)
    for finding in verdict.findings:
        lines.append(f"- [{finding.code}] {finding.message}")
        lines.append(f"    Why: {finding.why}")
        lines.append(f"    Next: {finding.next}")
    for result in verdict.checks:
        reason = f" ({result.reason})" if result.reason else ""
        lines.append(f"    {result.state}: {result.title}{reason}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
