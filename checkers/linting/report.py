"""What lint says about a model: frozen plain data with two faces."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from checkers.verdict import LayerRef

__all__ = ["LintFinding", "LintReport"]

FORMAT_VERSION = 1


@dataclass(frozen=True)
class LintFinding:
    """One known mistake, with all the places where it was found.

    Attributes:
        code: Code of the message, for example LINT.SOFTMAX_WITH_LOGITS.
        severity: error, warning or advice.
        message: What was found, with its numbers.
        why: Why it matters.
        next: What to do next.
        source: Where to read more.
        lesson: Slug of the lesson that treats it; "" if none does.
        layers: The layers that it is about, the one to look at first.
        places: How many times it was found.
        values: The numbers and names in the message.
    """

    code: str
    severity: str
    message: str
    why: str
    next: str
    source: str
    lesson: str = ""
    layers: tuple[LayerRef, ...] = ()
    places: int = 1
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LintReport:
    """All that lint found in one model.

    Attributes:
        model: Name or class of the model.
        num_layers: Number of its layers.
        num_rules: Number of rules that looked at it.
        findings: What was found, errors first.
        waiting: What the other rules wait for: "compile", "data".
        broken: Codes of rules that failed themselves; always empty, unless we erred.
    """

    model: str
    num_layers: int
    num_rules: int
    findings: tuple[LintFinding, ...] = ()
    waiting: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[LintFinding, ...]:
        """Findings that keep the model from doing what was meant."""
        return self._of("error")

    @property
    def warnings(self) -> tuple[LintFinding, ...]:
        """Findings that are rarely meant."""
        return self._of("warning")

    @property
    def advice(self) -> tuple[LintFinding, ...]:
        """Findings that are worth a look or a measurement."""
        return self._of("advice")

    @property
    def ok(self) -> bool:
        """True if there is neither an error nor a warning."""
        return not self.errors and not self.warnings

    def _of(self, severity: str) -> tuple[LintFinding, ...]:
        return tuple(one for one in self.findings if one.severity == severity)

    def to_text(self) -> str:
        """Return the report for terminals, logs and screen readers."""
        from checkers.linting.faces import report_text

        return report_text(self)

    def to_html(self) -> str:
        """Return the report as escaped HTML without scripts."""
        from checkers.linting.faces import report_html

        return report_html(self)

    def to_json(self) -> str:
        """Return the report as one line of JSON."""
        content = {"format_version": FORMAT_VERSION, "ok": self.ok, **asdict(self)}
        return json.dumps(content, ensure_ascii=False)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Let notebooks choose between the two faces."""
        return {"text/plain": self.to_text(), "text/html": self.to_html()}

    def __repr__(self) -> str:
        """Show the text face where no notebook is."""
        return self.to_text()
