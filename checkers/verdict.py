"""What the judge says about one answer: frozen plain data with two faces.

A verdict renders as text and as escaped HTML, travels as JSON and gives the points
for the gradebook.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from checkers.codec import decode, encode

__all__ = [
    "STATUSES",
    "CheckResult",
    "CheckerBroken",
    "Finding",
    "LayerRef",
    "Row",
    "Verdict",
]

STATUSES = (
    "passed",
    "passed with a note",
    "failed",
    "not attempted",
    "could not check",
    "broken",
)
NO_VALUE = "—"


class CheckerBroken(RuntimeError):
    """The checker failed, not the learner. Graders route it to manual grading."""


@dataclass(frozen=True)
class LayerRef:
    """A layer of the answer as the learner sees it.

    Attributes:
        index: 0-based position among the layers of the answer; None for a layer
            that is missing.
        name: The layer's name, "" for a missing one.
        kind: Class name.
    """

    index: int | None
    name: str
    kind: str


@dataclass(frozen=True)
class Finding:
    """One thing that is not as asked, with its cause.

    Attributes:
        code: Code of the message, for example DROPOUT.RATE_IS_KEEP.
        check: Name of the check that it costs.
        message: Where, expected, received: one sentence.
        why: Why it matters.
        next: What to do next.
        layer: The layer it is about, if any.
        expected: Expected value as text; "—" where the verdict does not tell.
        received: Received value as text.
        is_note: True if the answer is right all the same.
        part: Name of the part it is about.
    """

    code: str
    check: str
    message: str
    why: str
    next: str
    layer: LayerRef | None = None
    expected: str = NO_VALUE
    received: str = NO_VALUE
    is_note: bool = False
    part: str = ""


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one declared check.

    Attributes:
        name: Its name.
        title: What it looks at.
        state: passed, failed, skipped or broken.
        points: Points that it gave.
        max_points: Points that it could give.
        reason: Why it was skipped or broken; "" otherwise.
    """

    name: str
    title: str
    state: str
    points: float
    max_points: float
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the aligned table *expected | yours | difference*.

    Attributes:
        number: 1-based number of the learner's layer; "" for a missing one.
        expected: Expected layer, or a dash.
        received: The learner's layer, or a dash.
        difference: What differs, in words.
        is_wrong: True if something does.
        inputs: Numbers of the layers that feed the learner's layer, where the model
            is not a chain; "" where it is.
    """

    number: str
    expected: str
    received: str
    difference: str
    is_wrong: bool
    inputs: str = ""


@dataclass(frozen=True)
class Verdict:
    """The judge's word on one answer.

    Attributes:
        exercise: Exercise id.
        title: Exercise title.
        status: One of `STATUSES`.
        points: Points reached, rounded to 0.01, between 0 and `max_points`.
        max_points: Points that can be reached.
        checks: Every declared check with its outcome.
        findings: What is not as asked, the cause first.
        rows: The layer table, for model exercises.
        summary: One sentence.
    """

    exercise: str
    title: str
    status: str
    points: float
    max_points: float
    checks: tuple[CheckResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: tuple[Row, ...] = ()
    summary: str = ""

    @property
    def passed(self) -> bool:
        """True if the answer is right, with or without a note."""
        return self.status in ("passed", "passed with a note")

    def raise_if_broken(self) -> None:
        """Raise `CheckerBroken` if this verdict reports a fault of the checker."""
        if self.status == "broken":
            reasons = [check.reason for check in self.checks if check.reason]
            raise CheckerBroken("; ".join(reasons) or self.summary)

    def to_text(self, width: int = 80) -> str:
        """Return the verdict for terminals, logs and screen readers.

        Args:
            width: Columns of the terminal.
        """
        from checkers.render.text import render_text

        return render_text(self, width)

    def to_html(self) -> str:
        """Return the verdict as escaped HTML without scripts."""
        from checkers.render.html import render_html

        return render_html(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Let notebooks choose between the two faces."""
        return {"text/plain": self.to_text(), "text/html": self.to_html()}

    def __repr__(self) -> str:
        """Show the text face where no notebook is."""
        return self.to_text()

    def to_json(self) -> str:
        """Return the verdict as one line of JSON."""
        return json.dumps(encode(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Verdict:
        """Read a verdict that `to_json` wrote; raises `CodecError` on other text."""
        verdict = decode(cls, json.loads(text), globals())
        assert isinstance(verdict, cls)
        return verdict
