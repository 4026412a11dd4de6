"""From snapshot to verdict: a pure function, standard library only.

All rules run. A check that a rule found something for fails; one that could not be
looked at is skipped with the reason; a rule that raises makes the verdict *broken*,
which is our fault and costs nobody a point.
"""

from __future__ import annotations

import importlib
import importlib.util
import textwrap
from dataclasses import dataclass, field

from checkers.exercise import Check, Exercise
from checkers.i18n import translate
from checkers.key import Key
from checkers.messages import find_message
from checkers.messages.sentences import say, say_list
from checkers.parts import Model, Trained
from checkers.rules.base import Context, Found, Outcome, Rule
from checkers.snapshot import MissingFacts, OtherFacts, Snapshot
from checkers.tasks import find_exercise, split_id
from checkers.verdict import CheckResult, Finding, LayerRef, Row, Verdict

__all__ = ["find_key", "judge", "why_unusable"]


@dataclass
class _Sheet:
    """What has been written down while the rules run."""

    found: list[Found] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    untouched: set[str] = field(default_factory=set)

    def add(self, outcome: Outcome) -> None:
        """Add what one rule found; the first reason to skip a check stays."""
        for found in outcome.found:
            if any(_is_same_cause(found, other) for other in self.found):
                # One cause, one finding: the other checks could not be looked at.
                self.skipped.setdefault(found.check, say("SKIPPED.same_cause"))
            else:
                self.found.append(found)
        self.skipped = {**outcome.skipped, **self.skipped}
        self.rows = self.rows or outcome.rows


def judge(
    snapshot: Snapshot, *, exercise: Exercise | None = None, key: Key | None = None
) -> Verdict:
    """Return the verdict on one captured answer.

    Args:
        snapshot: What capture wrote down.
        exercise: The task half; found by the snapshot's id if not given.
        key: The key half; found by the exercise's id if not given.

    Raises:
        KeyError: If there is no such exercise.
    """
    exercise = exercise or find_exercise(snapshot.exercise)
    if snapshot.exercise != exercise.id:
        # The capture cell did not run: what it would replace is another answer.
        return _not_attempted(exercise, say("SUMMARY.other_exercise"))
    if set(snapshot.parts) != {part.name for part in exercise.parts}:
        return _broken(exercise, say("BROKEN.snapshot"))
    if all(isinstance(facts, MissingFacts) for facts in snapshot.parts.values()):
        return _not_attempted(exercise, say("SUMMARY.not attempted"))
    try:
        key = key or find_key(exercise.id)
        if key is None:
            return _later(exercise)
        key.validate(exercise)
    except Exception as error:
        return _broken(exercise, f"{type(error).__name__}: {error}")
    context = Context(exercise, snapshot)
    sheet = _Sheet()
    for rule in key.rules:
        _run(rule, context, sheet)
    attempted = {
        name
        for name, facts in snapshot.parts.items()
        if not isinstance(facts, MissingFacts)
    }
    if sheet.untouched and attempted <= sheet.untouched:
        return _not_attempted(exercise, say("SUMMARY.given"))
    try:
        return _conclude(context, sheet)
    except Exception as error:  # a message without its values: the author's error
        return _broken(exercise, f"{type(error).__name__}: {error}")


def find_key(exercise_id: str) -> Key | None:
    """Return the key of an exercise; None where no keys are installed."""
    if importlib.util.find_spec("checkers.keys") is None:
        return None
    slug, name = split_id(exercise_id)
    module = importlib.import_module(f"checkers.keys.{slug}")
    key: Key = getattr(module, name)
    return key


def _is_same_cause(found: Found, other: Found) -> bool:
    """Return True if two checks met the same obstacle."""
    is_same = (found.code, found.values, found.received) == (
        other.code,
        other.values,
        other.received,
    )
    return is_same and found.layer is other.layer is None


def _run(rule: Rule, context: Context, sheet: _Sheet) -> None:
    """Run one rule; what keeps it from running is written down."""
    facts = context.facts(rule.part)
    if isinstance(facts, MissingFacts):
        reason = say("SKIPPED.missing", part=rule.part)
        sheet.add(Outcome(skipped=dict.fromkeys(rule.checks, reason)))
        return
    if isinstance(facts, OtherFacts):
        if facts.reason == "capture_failed":
            text = facts.error.first_line if facts.error else "unknown"
            sheet.broken |= dict.fromkeys(rule.checks, f"capture: {text}")
            return
        if facts.reason not in _CODES:
            reason = f"no message for the reason {facts.reason!r}"
            sheet.broken |= dict.fromkeys(rule.checks, reason)
            return
        sheet.add(_unusable(rule, facts, sheet))
        return
    try:
        outcome = rule.run(context)
        sheet.add(outcome)
        if outcome.is_untouched:
            sheet.untouched.add(rule.part)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        sheet.broken |= dict.fromkeys(rule.checks, reason)


def _unusable(rule: Rule, facts: OtherFacts, sheet: _Sheet) -> Outcome:
    """Return one finding for an answer of the wrong kind; the rest is skipped."""
    reason = say("SKIPPED.unusable", part=rule.part)
    if any(found.values.get("part") == rule.part for found in sheet.found):
        return Outcome(skipped=dict.fromkeys(rule.checks, reason))
    first, *others = rule.checks
    code, values = why_unusable(facts, rule.part)
    found = Found(code, first, values, received=facts.type_name)
    return Outcome((found,), dict.fromkeys(others, reason))


def why_unusable(facts: OtherFacts, part: str) -> tuple[str, dict[str, str]]:
    """Return the code and the values of the message about an answer of a wrong kind."""
    values = {
        "part": part,
        "type_name": facts.type_name,
        "text": textwrap.shorten(facts.text, 80, placeholder="…"),
        "what": _what(facts),
        "error": facts.error.kind if facts.error else "",
        "error_text": facts.error.first_line if facts.error else "",
        "line": facts.error.line if facts.error else "",
    }
    return _CODES.get(facts.reason, "ANSWER.UNREADABLE"), values


def _what(facts: OtherFacts) -> str:
    """Return what was handed in: its type, and its text where that is readable."""
    text = facts.text.strip()
    if not text or "\n" in text or text.startswith(("<", "array(", "[array", "tf.")):
        return facts.type_name
    text = textwrap.shorten(text, 80, placeholder="…")
    return say("WHAT.with_text", type_name=facts.type_name, text=text)


_CODES = {
    "unreadable": "ANSWER.UNREADABLE",
    "not_a_model": "MODEL.NOT_A_MODEL",
    "trailing_comma": "MODEL.TRAILING_COMMA",
    "not_alone": "MODEL.NOT_ALONE",
    "no_super_init": "MODEL.NO_SUPER_INIT",
    "no_call": "MODEL.NO_CALL",
    "list_of_layers": "MODEL.LIST_OF_LAYERS",
    "class_not_instance": "MODEL.CLASS_NOT_INSTANCE",
    "empty_model": "MODEL.EMPTY",
    "layer_not_model": "MODEL.LAYER_NOT_MODEL",
    "tensor_not_model": "MODEL.TENSOR_NOT_MODEL",
    "history_not_model": "MODEL.HISTORY_NOT_MODEL",
    "image_generator": "MODEL.IMAGE_GENERATOR",
    "function_not_called": "MODEL.FUNCTION_NOT_CALLED",
    "not_a_number": "NUMBER.NOT_A_NUMBER",
    "number_bool": "NUMBER.BOOLEAN",
    "number_text": "NUMBER.IN_QUOTES",
    "number_comma": "NUMBER.DECIMAL_COMMA",
    "number_pair": "NUMBER.DECIMAL_COMMA",
    "number_percent": "NUMBER.PERCENT_SIGN",
    "number_several": "NUMBER.SEVERAL",
    "number_function": "NUMBER.NOT_CALLED",
    "number_symbolic": "NUMBER.SYMBOLIC",
    "number_complex": "NUMBER.COMPLEX",
    "not_a_letter": "CHOICE.NOT_A_LETTER",
    "not_values": "VALUES.NOT_VALUES",
    "values_function": "VALUES.NOT_CALLED",
    "values_generator": "VALUES.GENERATOR",
    "values_symbolic": "VALUES.SYMBOLIC",
    "values_complex": "VALUES.COMPLEX",
    "values_too_large": "VALUES.TOO_LARGE",
    "values_too_deep": "VALUES.NOT_VALUES",
    "not_a_function": "FUNCTION.NOT_A_FUNCTION",
    "function_class": "FUNCTION.CLASS",
    "function_result": "FUNCTION.RESULT_HANDED_IN",
    "function_text": "FUNCTION.NAME_IN_QUOTES",
    "function_comma": "FUNCTION.TRAILING_COMMA",
    "function_async": "FUNCTION.ASYNC",
    "function_generator": "FUNCTION.YIELDS",
    "not_a_callback": "CALLBACK.NOT_A_CALLBACK",
    "callback_class": "CALLBACK.CLASS",
    "callback_history": "CALLBACK.HISTORY",
    "several_callbacks": "CALLBACK.SEVERAL",
    "not_a_schedule": "SCHEDULE.NOT_A_SCHEDULE",
    "schedule_class": "SCHEDULE.CLASS",
    "schedule_callback": "SCHEDULE.CALLBACK",
    "schedule_optimizer": "SCHEDULE.OPTIMIZER",
    "schedule_number": "SCHEDULE.NUMBER",
    "schedule_function": "SCHEDULE.FUNCTION",
    "no_such_file": "TRAINED.NO_SUCH_FILE",
    "not_loadable": "TRAINED.NOT_LOADABLE",
    "weights_only": "TRAINED.WEIGHTS_ONLY",
    "wrong_output": "TRAINED.OUTPUT_SHAPE",
    "no_data": "TRAINED.NO_DATA",
    "does_not_predict": "TRAINED.DOES_NOT_PREDICT",
}


def _conclude(context: Context, sheet: _Sheet) -> Verdict:
    """Turn what was found into check results, points and a status."""
    exercise = context.exercise
    results: list[CheckResult] = []
    for check in exercise.checks:
        results.append(_result(check, sheet, results, context))
    findings = tuple(_finding(found, exercise) for found in sheet.found)
    max_points = sum(result.max_points for result in results)
    points = sum(result.points for result in results)
    status = _status(results, findings)
    summary = ""
    if status in ("broken",):
        summary = say("SUMMARY.broken")
    elif status == "could not check":
        summary = say("SUMMARY.stand_in")
    return Verdict(
        exercise=exercise.id,
        title=translate(exercise.title),
        status=status,
        points=round(min(max(points, 0.0), max_points), 2),
        max_points=round(max_points, 2),
        checks=tuple(results),
        findings=findings,
        rows=sheet.rows,
        summary=summary,
    )


def _result(
    check: Check, sheet: _Sheet, earlier: list[CheckResult], context: Context
) -> CheckResult:
    """Return the outcome of one check."""
    title, points = translate(check.title), float(check.points)
    if check.needs_real_data and context.snapshot.stand_in:
        # It leaves the maximum: stand-in data can neither pass nor fail it.
        reason = say("SKIPPED.stand_in")
        return CheckResult(check.name, title, "skipped", 0.0, 0.0, reason)
    if check.name in sheet.broken:
        reason = sheet.broken[check.name]
        return CheckResult(check.name, title, "broken", 0.0, points, reason)
    if any(found.check == check.name and not found.is_note for found in sheet.found):
        return CheckResult(check.name, title, "failed", 0.0, points)
    if check.name in sheet.skipped:
        reason = sheet.skipped[check.name]
        return CheckResult(check.name, title, "skipped", 0.0, points, reason)
    states = {result.name: result for result in earlier}
    for name in check.needs:
        if states[name].state != "passed":
            reason = say("SKIPPED.needs", needs=states[name].title)
            return CheckResult(check.name, title, "skipped", 0.0, points, reason)
    return CheckResult(check.name, title, "passed", points, points)


def _status(results: list[CheckResult], findings: tuple[Finding, ...]) -> str:
    """Return the status that follows from all checks."""
    states = {result.state for result in results}
    counted = [
        result for result in results if result.max_points > 0 or not result.reason
    ]
    if "broken" in states:
        return "broken"
    if not counted:
        return "could not check"
    if any(result.state != "passed" for result in counted):
        return "failed"
    return "passed with a note" if findings else "passed"


def _finding(found: Found, exercise: Exercise) -> Finding:
    """Put the sentences to a finding."""
    networks = [part for part in exercise.parts if isinstance(part, Model | Trained)]
    values = {
        "where": where(found.layer, found.values, is_one=len(networks) < 2),
        "expected": found.expected,
        "received": found.received,
        **found.values,
    }
    if values.get("line") == "":
        values["line"] = say("LABEL.no_line")
    message, why, after = find_message(found.code).fill(values)
    return Finding(
        code=found.code,
        check=found.check,
        message=message,
        why=why,
        next=after,
        layer=found.layer,
        expected=found.expected,
        received=found.received,
        is_note=found.is_note,
        part=str(found.values.get("part", "")),
    )


def where(
    layer: LayerRef | None, values: dict[str, object], *, is_one: bool = True
) -> str:
    """Return how a message names the place: by layer number, counted from 1.

    Args:
        layer: The layer, if one is meant.
        values: The finding's values, with the part and the numbers of several layers.
        is_one: False if the exercise has several networks: then the part is said too.
    """
    part, numbers = values.get("part"), values.get("numbers")
    of = "" if is_one or not part else "_of"
    if layer is not None and isinstance(numbers, str):
        listed = say_list(numbers.split(", "))
        return say(f"WHERE.layers{of}", part=part, numbers=listed, kind=layer.kind)
    if layer is not None and layer.index is not None:
        number = layer.index + 1
        return say(f"WHERE.layer{of}", part=part, number=number, kind=layer.kind)
    if layer is not None:
        return layer.kind
    return say("WHERE.part", part=part) if part else say("WHERE.model")


def _not_attempted(exercise: Exercise, summary: str) -> Verdict:
    """Return the verdict on an untouched stub: no points, and no blame."""
    checks = tuple(
        CheckResult(
            check.name, translate(check.title), "skipped", 0.0, float(check.points)
        )
        for check in exercise.checks
    )
    return Verdict(
        exercise.id,
        translate(exercise.title),
        "not attempted",
        0.0,
        exercise.points,
        checks,
        summary=summary,
    )


def _later(exercise: Exercise) -> Verdict:
    """Return the verdict of a copy without keys: nothing is decided here."""
    return Verdict(
        exercise.id,
        translate(exercise.title),
        "could not check",
        0.0,
        exercise.points,
        summary=say("GRADED.LATER"),
    )


def _broken(exercise: Exercise, reason: str) -> Verdict:
    """Return the verdict that reports a fault of ours."""
    checks = tuple(
        CheckResult(
            check.name,
            translate(check.title),
            "broken",
            0.0,
            float(check.points),
            reason,
        )
        for check in exercise.checks
    )
    return Verdict(
        exercise.id,
        translate(exercise.title),
        "broken",
        0.0,
        exercise.points,
        checks,
        summary=say("SUMMARY.broken"),
    )
