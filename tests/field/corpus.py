"""Answers as learners write them, in text files, with what the verdict has to say.

One file per exercise in `answers/`. The lines above the first case are run before
each case. A case begins with a line such as

    === wrong · both rates kept | layer 2,4 | code DROPOUT.RATE_IS_KEEP | says 0.3

and ends where the next one begins. Its code assigns the exercise's parts by name, as
a notebook cell does. The first word is the outcome:

    right      passed
    note       passed with a note
    fine       one of the two
    either     one of the two, or failed with what the demands say: the task's text
               leaves it open, so only a misleading verdict is a fault
    wrong      failed
    untouched  not attempted
    raises X   the learner's own code stops with X and never reaches the checker

The words behind a bar say more about the verdict's FIRST finding (a wrong answer has at
least one of them):

    layer 2,4     it points at one of these layers, as the learner counts them
    missing Flatten  it says that this kind of layer is missing
    code A.B,C.D  it has one of these codes
    says words    its message has these words (write `/` between alternatives)
    part name     it is about this part
    faults 2      the answer has two independent faults (one, unless stated), so the
                  verdict has at most so many findings
    data red-wine the real data set decides it
"""

from __future__ import annotations

import linecache
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "Case", "load_cases", "run"]

FOLDER = Path(__file__).parent / "answers"
OUTCOMES = {
    "right": ("passed",),
    "note": ("passed with a note",),
    "fine": ("passed", "passed with a note"),
    "either": ("passed", "passed with a note", "failed"),
    "wrong": ("failed",),
    "untouched": ("not attempted",),
    "raises": (),
}
_LISTS = {"layer": ",", "code": ",", "says": "\n", "missing": ",", "part": ","}


@dataclass(frozen=True)
class Case:
    """One answer with what the verdict has to say about it.

    Attributes:
        exercise: Exercise id, the name of the file.
        title: What this learner did.
        outcome: A key of `OUTCOMES`, which holds the statuses that it allows.
        code: The answer cell, the file's first lines above it.
        line: 1-based line of the case in its file.
        error: What the learner's own code raises, "" if nothing.
        demands: Demands on the first finding, by their word.
    """

    exercise: str
    title: str
    outcome: str
    code: str
    line: int
    error: str = ""
    demands: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def faults(self) -> int:
        """Number of independent faults in the answer."""
        return int(self.demands.get("faults", ("1",))[0])

    @property
    def data(self) -> str:
        """Name of the data set that decides it, "" if none does."""
        return self.demands.get("data", ("",))[0]


def load_cases(path: Path) -> list[Case]:
    """Return the cases of one file.

    Raises:
        ValueError: If a case is written wrongly.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [n for n, line in enumerate(lines) if line.startswith("===")]
    first = "\n".join(lines[: starts[0]])
    cases = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        body = "\n".join(lines[start + 1 : end])
        # Line numbers of the answer's errors are those of the file.
        code = first + "\n" * (start + 1 - first.count("\n")) + body + "\n"
        cases.append(_case(path.stem, lines[start], code, start + 1))
    return cases


def _case(exercise: str, header: str, code: str, line: int) -> Case:
    """Read the line that begins a case."""
    head, *demands = [part.strip() for part in header.lstrip("= ").split(" | ")]
    outcome, _, title = (part.strip() for part in head.partition("·"))
    outcome, _, error = outcome.partition(" ")
    found: dict[str, tuple[str, ...]] = {}
    for demand in demands:
        word, _, rest = demand.partition(" ")
        if word not in (*_LISTS, "faults", "data") or not rest:
            raise ValueError(f"{exercise}:{line}: {demand!r} is no demand.")
        values = tuple(value.strip() for value in rest.split(_LISTS.get(word, ",")))
        found[word] = (*found.get(word, ()), *values)
    if outcome not in OUTCOMES or not title:
        raise ValueError(f"{exercise}:{line}: {head!r} is no outcome with a title.")
    if outcome in ("wrong", "either") and not set(found) & set(_LISTS):
        raise ValueError(f"{exercise}:{line}: a wrong answer needs a demand.")
    return Case(exercise, title, outcome, code, line, error, found)


def run(case: Case, names: dict[str, Any]) -> dict[str, Any]:
    """Run the answer cell and return its names.

    Warnings are the learner's own business, so they are not shown.
    """
    filename = f"/tmp/ipykernel_7/{case.exercise}-{case.line}.py"
    lines = case.code.splitlines(keepends=True)
    linecache.cache[filename] = (len(case.code), None, lines, filename)
    found = {"__name__": "__main__", **names}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(case.code, filename, "exec"), found)
    return found
