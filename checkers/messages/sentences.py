"""Sentences outside findings: titles, summaries, labels."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from checkers.i18n import N_, fill, translate
from checkers.messages.explaining import EXPLAINING

__all__ = ["SENTENCES", "say", "say_list"]

SENTENCES = {
    **EXPLAINING,
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
    "BROKEN.snapshot": N_("the snapshot belongs to another exercise"),
    "SKIPPED.needs": N_("skipped, because “{needs}” comes first"),
    "SKIPPED.same_cause": N_("skipped, for the reason above"),
    "SKIPPED.missing": N_("skipped: {part} is not there yet"),
    "SKIPPED.unusable": N_("skipped: {part} could not be read"),
    "SKIPPED.no_layer": N_("skipped: there is no {kind} layer to look at"),
    "SKIPPED.not_there": N_("skipped: the layer that it looks at is not there"),
    "SKIPPED.stand_in": N_("skipped: stand-in data cannot decide it"),
    "WHERE.layer": N_("Layer {number} ({kind})"),
    "WHERE.layers": N_("Layers {numbers} ({kind})"),
    "WHERE.layer_of": N_("{part}, layer {number} ({kind})"),
    "WHERE.layers_of": N_("{part}, layers {numbers} ({kind})"),
    "WHERE.model": N_("The model"),
    "WHERE.part": N_("{part}"),
    "POSITION.first": N_("at the start"),
    "POSITION.after": N_("after layer {number} ({kind})"),
    "POSITION.behind": N_("after {before}"),
    "POSITION.between": N_("between {before} and {after}"),
    "SIDE.before": N_("before it"),
    "SIDE.after": N_("after it"),
    "WHAT.with_text": N_("{type_name}: {text}"),
    "SOURCE.input": N_("the input"),
    "SOURCE.inputs": N_("input {number}"),
    "SOURCE.layer": N_("layer {number} ({kind})"),
    "SOURCE.missing": N_("a {kind} layer that is missing"),
    "LABEL.expected": N_("expected"),
    "LABEL.yours": N_("yours"),
    "LABEL.difference": N_("difference"),
    "LABEL.layer": N_("layer"),
    "LABEL.gets": N_("gets"),
    "LABEL.result": N_("result"),
    "LABEL.column_points": N_("points"),
    "LABEL.check": N_("check"),
    "LABEL.further": N_("Further differences ({count})"),
    "LABEL.not_shown": N_("And {count} more. Mend the ones above first."),
    "LABEL.cut": N_("… ({count} more characters)"),
    "LABEL.solution": N_("Solution"),
    "LABEL.why": N_("Why"),
    "LABEL.next": N_("Next"),
    "LABEL.points": N_("{points} of {max_points} points"),
    "LABEL.checks": N_("Checks"),
    "LABEL.layers": N_("Your model, layer by layer"),
    "LABEL.no_line": N_("the one that makes the layer or calls the model."),
    "LABEL.note": N_("Note"),
    "LABEL.hints": N_("Hints"),
    "LABEL.hint_title": N_("Hint {number} of {total}"),
    "LABEL.hint": N_("Hint {number} of {total}: {text}"),
    "LABEL.next_hint": N_("For the next hint: hint({number})"),
    "ROW.folded": N_("{count} layers as asked"),
    "ROW.not_shown": N_("{count} more layers"),
    "ROW.mode_off": N_("switched off in training"),
    "ROW.mode_on": N_("still on at inference"),
    "ROW.mode_normal": N_("rests at inference"),
    "ROW.kept": N_("differs"),
    "ROW.missing": N_("missing"),
    "ROW.extra": N_("not asked for"),
    "ROW.moved": N_("in another place"),
    "ROW.same": N_("as asked"),
    "ROW.other_kind": N_("another layer"),
    "ROW.own_code": N_("operations of your own"),
    "ROW.wiring": N_("gets something else"),
    "ROW.order": N_("gets its inputs in another order"),
    "ROW.shared": N_("the same layer again"),
    "ROW.unshared": N_("a layer of its own"),
    "ROW.outputs": N_("what the model returns"),
    "ROW.property": N_("{name}: expected {expected}"),
    "WHERE.named": N_("Layer {number} ({kind} “{name}”)"),
    "WHERE.within": N_("layer {number} ({kind} “{name}”)"),
    "WHERE.within_model": N_("the model"),
    "READ.no_input": N_(
        "Expected a model that says what it takes, received one that was never built. "
        "Next: begin with keras.Input(shape=...), or call the model once on data."
    ),
    "READ.cannot_call": N_(
        "Expected a model that can be called on its input; calling it gives {error}"
    ),
    "READ.other": N_("{sentence} Next: {next}"),
    "READ.no_rows": N_(
        "Expected data with rows: (inputs, targets), or inputs alone; received none."
    ),
    "READ.rows_differ": N_(
        "Expected as many targets as inputs, received rows: {rows}. "
        "Next: pass data=(inputs, targets)."
    ),
    "LINT.error": N_("Error"),
    "LINT.warning": N_("Warning"),
    "LINT.advice": N_("Advice"),
    "LINT.source": N_("Read more"),
    "LINT.headline": N_(
        "{model}: errors {errors}, warnings {warnings}, advice {advice} "
        "(layers {layers}, rules {rules})."
    ),
    "LINT.nothing": N_("{model}: nothing found (layers {layers}, rules {rules})."),
    "LINT.also_one": N_("The same at layer {numbers}."),
    "LINT.also": N_("The same at layers {numbers}."),
    "LINT.also_more": N_("The same at layers {numbers} and {count} more."),
    "LINT.scope_always": N_("at inference too"),
    "LINT.scope_call": N_("in model(x), though not in predict and evaluate"),
    "LINT.broken": N_(
        "These rules failed themselves, which is our fault, not your model's: {codes}."
    ),
    "LINT.waiting_compile": N_(
        "Not looked at: how the loss, the metrics and the optimizer fit. "
        "Next: compile the model."
    ),
    "LINT.waiting_data": N_(
        "Not looked at: labels, ranges and sizes of your data. "
        "Next: lint(model, data=(inputs, targets))."
    ),
    # How parts are put together; marks and order differ between languages.
    "FORM.headline": N_("{title}: {status}. {points}."),
    "FORM.heading": N_("{label}:"),
    "FORM.labeled": N_("{label}: {text}"),
    "FORM.reason": N_("{title} ({reason})"),
    "FORM.list": N_("{items}, {item}"),
    "FORM.clauses": N_("{items}; {item}"),
    "VALUE.from_to": N_("{low} to {high}"),
    "VALUE.or": N_("{items} or {item}"),
    "VALUE.range": N_("from {low} to {high}"),
    "VALUE.range_unit": N_("from {low} to {high} {unit}"),
    "VALUE.at_most": N_("at most {limit}"),
    "VALUE.at_least": N_("at least {limit}"),
    "INPUTS.times_255": N_("multiplied by 255"),
    "INPUTS.divided_by_255": N_("divided by 255"),
    "INPUTS.minus_1_to_1": N_("scaled to -1 to 1"),
    "INPUTS.standardized": N_("standardized"),
    "INPUTS.inverted": N_("inverted, dark for light"),
    "INPUTS.turned": N_("turned, rows for columns"),
    "METRIC.output": N_("network's output"),
    "VALUE.plain": N_("numbers or lists"),
    "VALUE.at": N_("{value} at {place}"),
    "VALUE.in_brackets": N_(" ({text})"),
    "VALUE.argument": N_("an argument"),
    "VALUE.rising": N_("fall"),
    "VALUE.falling": N_("rise"),
    "CASE.result": N_("{case}, result {name}"),
    # What a wrong shape has to do with the right one; they end a sentence.
    "SHAPE.transposed": N_(": rows and columns have changed places"),
    "SHAPE.extra_one": N_(": there is an extra axis of length 1"),
    "SHAPE.missing_one": N_(": an axis of length 1 is missing"),
    "SHAPE.extra": N_(": there is an axis too many"),
    "SHAPE.missing": N_(": an axis is missing"),
    "SHAPE.flat": N_(": all entries are in one row"),
    "SHAPE.one_number": N_(": a single number"),
    "FACTOR.rows": N_("N (the number of rows)"),
    "FACTOR.per_row": N_("1 / N (N rows)"),
    "FACTOR.unbiased": N_("N / (N - 1) (N rows)"),
    "FACTOR.biased": N_("(N - 1) / N (N rows)"),
    "FACTOR.root_rows": N_("the root of N (N rows)"),
    "FACTOR.entries": N_("N (the number of entries)"),
    "FACTOR.per_entry": N_("1 / N (N entries)"),
    "FACTOR.columns": N_("N (the number of columns)"),
    "FACTOR.per_column": N_("1 / N (N columns)"),
}


def say(key: str, **values: Any) -> str:
    """Return a sentence in the learner's language with the values put in."""
    return fill(translate(SENTENCES[key]), values)


def say_list(items: Iterable[str], *, form: str = "FORM.list") -> str:
    """Return items one after the other, with the marks of the learner's language.

    Example:
        >>> say_list(["a", "b", "c"], form="VALUE.or")
        'a or b or c'
    """
    first, *rest = [*items] or [""]
    return functools.reduce(
        lambda done, item: say(form, items=done, item=item), rest, first
    )
