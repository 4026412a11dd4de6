"""All rules on one model: what applies becomes findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checkers.linting.data import DataFacts
from checkers.linting.report import LintFinding, LintReport
from checkers.linting.rule import NEEDS, SEVERITIES, Hit, Rule
from checkers.linting.rules import RULES
from checkers.linting.subject import Subject
from checkers.messages import find_message
from checkers.messages.sentences import say, say_list
from checkers.snapshot import ModelFacts
from checkers.verdict import LayerRef

__all__ = ["look"]

_LISTED = 8  # as many further layers are listed by number


def look(facts: ModelFacts, data: DataFacts | None, *, name: str) -> LintReport:
    """Return what the rules find.

    Args:
        facts: The model.
        data: The data; None leaves the rules about data out.
        name: What the report calls the model.
    """
    subject = Subject(facts, data)
    known = {"model"}
    if facts.compiled is not None:
        known.add("compile")
    if data is not None:
        known.add("data")
    asked = [one for one in RULES if one.needs in known]
    found: list[LintFinding] = []
    broken: list[str] = []
    for one in asked:
        try:
            found += _findings(one, subject)
        except Exception:
            broken.append(one.code)  # ours: it must not hide what the others find
    return LintReport(
        model=name,
        num_layers=len(facts.layers),
        num_rules=len(asked),
        findings=tuple(sorted(found, key=lambda f: SEVERITIES.index(f.severity))),
        waiting=tuple(need for need in NEEDS if need not in known),
        broken=tuple(broken),
    )


def _findings(one: Rule, subject: Subject) -> list[LintFinding]:
    """Return what a rule finds: at most one finding, with all its places."""
    hits = _distinct(one.look(subject))
    if not hits:
        return []
    first = hits[0]
    message = find_message(one.code)
    values = {key: _shown(value) for key, value in first.values.items()}
    places = {"where": _where(subject, first), "place": _within(subject, first)}
    sentence, why, step = message.fill({**values, **places})
    others = [hit.layers[0] for hit in hits[1:] if hit.layers]
    if others:
        sentence = f"{sentence} {_also(others)}"
    layers = dict.fromkeys(index for hit in hits for index in hit.layers)
    return [
        LintFinding(
            code=one.code,
            severity=one.severity,
            message=sentence,
            why=why,
            next=step,
            source=one.source,
            lesson=message.lesson,
            layers=tuple(_ref(subject, index) for index in layers),
            places=len(hits),
            values=values,
        )
    ]


def _distinct(hits: Any) -> list[Hit]:
    """Return hits, a shared layer once."""
    found: dict[Any, Hit] = {}
    for hit in hits:
        found.setdefault(hit.layers or (None, len(found)), hit)
    return list(found.values())


def _where(subject: Subject, hit: Hit) -> str:
    """Return which layer a sentence is about, as its first words."""
    if not hit.layers:
        return say("WHERE.model")
    return say("WHERE.named", **_named(subject, hit))


def _within(subject: Subject, hit: Hit) -> str:
    """Return the same for the middle of a sentence."""
    if not hit.layers:
        return say("WHERE.within_model")
    return say("WHERE.within", **_named(subject, hit))


def _named(subject: Subject, hit: Hit) -> dict[str, Any]:
    """Return number, kind and name of the layer to look at first."""
    layer = subject.model.layers[hit.layers[0]]
    return {"number": hit.layers[0] + 1, "kind": layer.kind, "name": layer.name}


def _also(others: Sequence[int]) -> str:
    """Return the sentence that names the further places."""
    listed = say_list(str(index + 1) for index in others[:_LISTED])
    rest = len(others) - _LISTED
    if rest > 0:
        return say("LINT.also_more", numbers=listed, count=rest)
    return say("LINT.also" if len(others) > 1 else "LINT.also_one", numbers=listed)


def _shown(value: Any) -> Any:
    """Return a shape as (28, 28, 1), any other value as it is."""
    if not isinstance(value, tuple):
        return value
    inside = ", ".join("None" if size is None else str(size) for size in value)
    return f"({inside},)" if len(value) == 1 else f"({inside})"


def _ref(subject: Subject, index: int) -> LayerRef:
    """Return a layer as the reader sees it."""
    layer = subject.model.layers[index]
    return LayerRef(index, layer.name, layer.kind)
