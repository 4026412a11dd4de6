"""Sentences outside findings: titles, summaries, labels."""

from __future__ import annotations

from typing import Any

from checkers.i18n import N_, translate

__all__ = ["SENTENCES", "say"]

SENTENCES = {
    "CAPTURED": N_("Captured: {what}."),
    "CAPTURED.MODEL": N_("{name}, a model with {layers} layers, {params} parameters"),
    "CAPTURED.FUNCTION": N_("{name}, called {calls} times"),
    "CAPTURED.NOTHING": N_("{name}, nothing yet"),
    "SOLUTION.LATER": N_(
        "This copy of the course holds no solutions: your answers are graded later."
    ),
    "GRADED.LATER": N_("Your answer is captured. It is graded later, by your teacher."),
    "STATUS.passed": N_("right"),
    "STATUS.passed with a note": N_("right, with a note"),
    "STATUS.failed": N_("not yet right"),
    "STATUS.not attempted": N_("not attempted"),
    "STATUS.could not check": N_("could not be checked"),
    "STATUS.broken": N_("the checker failed"),
    "STATE.passed": N_("passed"),
    "STATE.failed": N_("failed"),
    "STATE.skipped": N_("skipped"),
    "STATE.broken": N_("broken"),
    "SUMMARY.not attempted": N_(
        "Nothing to check yet. Fill in the answer cell, run it, then run this cell."
    ),
    "SUMMARY.given": N_(
        "This is the network that you were given; nothing was changed in it yet."
    ),
    "SUMMARY.other_exercise": N_(
        "The answer to this exercise is not captured. Run the answer cell, then the "
        "two cells below it."
    ),
    "SUMMARY.broken": N_(
        "The checker itself failed. This is our fault, not yours; it costs no points. "
        "Next: tell your teacher."
    ),
    "SUMMARY.stand_in": N_(
        "Stand-in data cannot decide this. Next: fetch the real data with "
        "`course data fetch`, run the notebook again."
    ),
    "SKIPPED.needs": N_("skipped, because “{needs}” comes first"),
    "SKIPPED.same_cause": N_("skipped, for the reason above"),
    "SKIPPED.missing": N_("skipped: {part} is not there yet"),
    "SKIPPED.unusable": N_("skipped: {part} could not be read"),
    "SKIPPED.no_layer": N_("skipped: there is no {kind} layer to look at"),
    "SKIPPED.stand_in": N_("skipped: stand-in data cannot decide it"),
    "WHERE.layer": N_("Layer {number} ({kind})"),
    "WHERE.layers": N_("Layers {numbers} ({kind})"),
    "WHERE.model": N_("The model"),
    "WHERE.part": N_("{part}"),
    "POSITION.first": N_("as the first layer"),
    "POSITION.after": N_("after layer {number} ({kind})"),
    "POSITION.behind": N_("after {before}"),
    "POSITION.between": N_("between {before} and {after}"),
    "SOURCE.input": N_("the input"),
    "SOURCE.inputs": N_("input {number}"),
    "SOURCE.layer": N_("layer {number} ({kind})"),
    "SOURCE.missing": N_("a {kind} layer that is missing"),
    "LABEL.expected": N_("expected"),
    "LABEL.yours": N_("yours"),
    "LABEL.difference": N_("difference"),
    "LABEL.layer": N_("layer"),
    "LABEL.why": N_("Why"),
    "LABEL.next": N_("Next"),
    "LABEL.points": N_("{points} of {max_points} points"),
    "LABEL.checks": N_("Checks"),
    "LABEL.layers": N_("Your model, layer by layer"),
    "LABEL.no_line": N_("the one that makes the layer or calls the model."),
    "LABEL.note": N_("Note"),
    "LABEL.hint": N_("Hint {number} of {total}: {text}"),
    "LABEL.next_hint": N_("For the next hint: hint({number})"),
    "ROW.missing": N_("missing"),
    "ROW.extra": N_("not asked for"),
    "ROW.moved": N_("in another place"),
    "ROW.same": N_("as asked"),
    "ROW.other_kind": N_("another layer"),
    "ROW.wiring": N_("gets something else"),
    "ROW.order": N_("gets its inputs in another order"),
    "ROW.shared": N_("the same layer again"),
    "ROW.unshared": N_("a layer of its own"),
    "ROW.outputs": N_("what the model returns"),
    "ROW.property": N_("{name}: expected {expected}"),
}


def say(key: str, **values: Any) -> str:
    """Return a sentence in the learner's language with the values put in."""
    return translate(SENTENCES[key]).format_map(values)
