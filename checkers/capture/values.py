"""Numbers, letters and arrays as facts, each misunderstanding with its own reason."""

from __future__ import annotations

import re
from typing import Any

from checkers.capture.data import NoPlainForm, dtype_of, shape_of, to_plain
from checkers.capture.letters import letters_of
from checkers.capture.stubs import short_text
from checkers.snapshot import Facts, MissingFacts, OtherFacts, ValueFacts

__all__ = [
    "NoPlainForm",
    "capture_choice",
    "capture_number",
    "capture_values",
    "to_plain",
]

_NUMBER = re.compile(r"[+-]?\s*(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


def capture_number(answer: Any) -> Facts:
    """Return one number; arrays, lists and tensors with a single entry count as one."""
    try:
        value = to_plain(answer)
    except NoPlainForm as error:
        reasons = {
            "function": "number_function",
            "generator": "number_function",
            "symbolic": "number_symbolic",
            "complex": "number_complex",
            "too_large": "number_several",
        }
        return _other(reasons.get(error.reason, "not_a_number"), answer)
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool):
        return _other("number_bool", answer)
    if isinstance(value, int | float):
        return ValueFacts(value, type(answer).__name__)
    return _other(_why_no_number(answer, value), answer)


def capture_choice(answer: Any, choices: Any = None) -> Facts:
    """Return the letters that were chosen, sorted, as one text: "A" or "AC".

    Args:
        answer: What was handed in.
        choices: The options with their letters, as this student sees them.
    """
    if isinstance(answer, str) and not answer.strip():
        return MissingFacts()
    letters = letters_of(answer, choices)
    if letters is None:
        return _other("not_a_letter", answer)
    return ValueFacts(letters, type(answer).__name__)


def capture_values(answer: Any, fields: tuple[str, ...] = ()) -> Facts:
    """Return numbers in any container, or a dict of named values.

    Args:
        answer: What was handed in.
        fields: Names of a dict's entries, if the exercise asks for a dict.
    """
    named = _named(answer, fields) if fields else answer
    try:
        value = to_plain(named)
    except NoPlainForm as error:
        reason = f"values_{error.reason}" if error.reason else "not_values"
        return _other(reason, answer)
    return ValueFacts(value, type(answer).__name__, shape_of(answer), dtype_of(answer))


def _other(reason: str, answer: Any) -> OtherFacts:
    return OtherFacts(reason, type(answer).__name__, short_text(answer))


def _why_no_number(answer: Any, value: Any) -> str:
    """Return which misunderstanding something else than a number looks like."""
    if isinstance(value, str):
        text = value.strip().strip("'\"").strip()
        if text.endswith("%") and _NUMBER.fullmatch(text[:-1].strip()):
            return "number_percent"
        if _NUMBER.fullmatch(text):
            return "number_comma" if "," in text else "number_text"
        return "not_a_number"
    if not isinstance(value, list) or not value:
        return "not_a_number"
    if isinstance(answer, tuple) and [type(item) for item in value] == [int, int]:
        return "number_pair"  # x = 0,3
    is_numbers = all(isinstance(item, int | float | list) for item in value)
    return "number_several" if is_numbers else "not_a_number"


def _named(answer: Any, fields: tuple[str, ...]) -> Any:
    """Return a table or a named tuple as a dict, if it has entries of these names."""
    as_dict = getattr(answer, "_asdict", None)
    if isinstance(answer, tuple) and callable(as_dict):
        return as_dict()
    kind = f"{type(answer).__module__.split('.')[0]}.{type(answer).__name__}"
    if kind == "pandas.DataFrame" and set(fields) & set(map(str, answer.columns)):
        columns = {str(name): answer[name].tolist() for name in answer.columns}
        one_row = len(answer) == 1
        return {name: row[0] if one_row else row for name, row in columns.items()}
    if kind == "pandas.Series" and set(fields) & set(map(str, answer.index)):
        return answer.to_dict()
    return answer
