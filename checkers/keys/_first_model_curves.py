"""Tests of `first-model-read-curves` and `first-model-save-load`."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from checkers.i18n import N_, translate
from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.rules.base import Context, Found
from checkers.snapshot import Facts, ResultFacts, ValueFacts
from checkers.spec import show_value
from checkers.tasks.first_model import HISTORIES

__all__ = ["best_epochs", "diagnoses", "file_is_whole", "gaps", "model_is_same"]

DIAGNOSES = {"A": "overfit", "B": "rate too high", "C": "fine", "D": "underfit"}
# Codes speak of the curves: a verdict shows them, and must not show the word.
_SHAPES = {
    "overfit": "CURVES_PART",
    "rate too high": "CURVES_JUMP",
    "fine": "CURVES_END_LOW",
    "underfit": "CURVES_END_HIGH",
}
GAP_TOLERANCE = 1.01e-4  # the losses have four decimals
LARGEST_DIFFERENCE = 1e-6
_FEW = 2  # entries with a finding of their own
_TEXT = 40

Entry = Callable[[dict[str, list[float]]], float]
_CODE = "FIRST_MODEL."


def _lowest(curve: list[float]) -> int:
    return curve.index(min(curve))


def _best(run: dict[str, list[float]]) -> int:
    return _lowest(run["val_loss"])


def _gap_at(epoch: Callable[[dict[str, list[float]]], int]) -> Entry:
    return lambda run: run["val_loss"][epoch(run)] - run["loss"][epoch(run)]


_BEST_SLIPS: tuple[tuple[Entry, str], ...] = (
    (lambda run: len(run["val_loss"]) - 1, "LAST_EPOCH"),
    (lambda run: len(run["val_loss"]), "LAST_EPOCH"),
    (lambda run: _lowest(run["loss"]), "TRAINING_LOSS"),
    (lambda run: _best(run) + 1, "ONE_BASED"),
)
_GAP_SLIPS: tuple[tuple[Entry, str], ...] = (
    (lambda run: -_gap_at(_best)(run), "GAP_SIGN"),
    (_gap_at(lambda run: -1), "GAP_LAST_EPOCH"),
    (_gap_at(lambda run: _lowest(run["loss"])), "GAP_TRAINING_LOSS"),
    (lambda run: abs(_gap_at(_best)(run)), "GAP_SIGN"),
)


def best_epochs(facts: Facts, context: Context) -> Iterator[Found]:
    """Compare the best epochs; name the slip that explains all four."""
    del context
    yield from _compare(facts, "best_epochs", "best", _best, _BEST_SLIPS, 1e-9)


def gaps(facts: Facts, context: Context) -> Iterator[Found]:
    """Compare the gaps; name the slip that explains all four."""
    del context
    yield from _compare(facts, "gaps", "gap", _gap_at(_best), _GAP_SLIPS, GAP_TOLERANCE)


def diagnoses(facts: Facts, context: Context) -> Iterator[Found]:
    """Compare the four words; each wrong one is a finding."""
    del context
    part, check = "diagnoses", "diagnosis"
    answer = _entries(facts)
    for name, right in DIAGNOSES.items():
        given = answer.get(name)
        values = {"part": part, "run": name}
        if given is None:
            yield Found("VALUES.FIELD_MISSING", check, values, None, name)
            return
        word = str(given).strip().lower()
        if word not in DIAGNOSES.values():
            words = ", ".join(f'"{one}"' for one in sorted(DIAGNOSES.values()))
            yield Found(
                _CODE + "DIAGNOSIS_WORD", check, values, None, words, repr(given)
            )
        elif word != right:
            code = _CODE + _SHAPES[right]
            yield Found(code, check, values, received=f'"{word}"')


def _compare(
    facts: Facts,
    part: str,
    check: str,
    reference: Entry,
    slips: tuple[tuple[Entry, str], ...],
    tolerance: float,
) -> Iterator[Found]:
    """Compare one number per run."""
    answer = _entries(facts)
    for name in HISTORIES:
        if answer.get(name) is None:
            yield Found("VALUES.FIELD_MISSING", check, {"part": part}, None, name)
            return

    def agrees(entry: Entry, name: str) -> bool:
        given = answer[name]
        return isinstance(given, int | float) and (
            abs(given - entry(HISTORIES[name])) <= tolerance
        )

    wrong = [name for name in HISTORIES if not agrees(reference, name)]
    if not wrong:
        return
    first = wrong[0]
    values = {"part": part, "field": f"[{first!r}]", "run": first}
    for slip, code in slips:
        if all(agrees(slip, name) for name in HISTORIES):
            yield Found(_CODE + code, check, values, received=show_value(answer[first]))
            return
    # Where most are wrong there is one cause, and the first stands for all of them.
    for name in wrong if len(wrong) <= _FEW else wrong[:1]:
        yield _wrong_entry(part, check, name, answer[name])


def _wrong_entry(part: str, check: str, name: str, given: Any) -> Found:
    """Return the finding on one entry that is no number or another one."""
    field = f"[{name!r}]"
    if not isinstance(given, int | float) or isinstance(given, bool):
        values = {
            "part": part + field,
            "type_name": type(given).__name__,
            "text": textwrap.shorten(repr(given), _TEXT, placeholder=" …"),
        }
        return Found("NUMBER.NOT_A_NUMBER", check, values)
    values = {"part": part, "field": field, "run": name}
    return Found("VALUES.WRONG", check, values, received=show_value(given))


def _entries(facts: Facts) -> dict[str, Any]:
    """Return the answer by run; a list counts in the order of the runs."""
    assert isinstance(facts, ValueFacts)
    value = facts.value
    if isinstance(value, list) and len(value) == len(HISTORIES):
        return dict(zip(HISTORIES, value, strict=True))
    return value if isinstance(value, dict) else {}


def file_is_whole(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterator[Found]:
    """Look whether the whole model is in a .keras file at the given path."""
    del case, parameters
    if result.observed["is_keras_file"]:
        return
    files: list[str] = result.observed["files"]
    received = ", ".join(files) or translate(N_("no file"))
    code = "NO_FILE"
    if any(name.endswith(".weights.h5") for name in files):
        code = "WEIGHTS_ONLY"
    elif any(name.endswith((".hdf5", ".h5")) for name in files):
        code = "HDF5_PATH"
    yield Found(_CODE + code, "", expected="wine.keras", received=received)


def model_is_same(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterator[Found]:
    """Look whether a model came back that was read, and predicts the same."""
    del case, parameters
    seen = result.observed
    if result.kind == "NoneType":
        yield Found("FUNCTION.NO_RESULT", "")
    elif not seen["is_model"]:
        wanted = translate(N_("a Keras model"))
        received = result.kind or result.other
        yield Found("FUNCTION.OTHER_RESULT", "", expected=wanted, received=received)
    elif seen["is_same_object"]:
        yield Found(_CODE + "NOT_LOADED", "")
    elif "max_difference" not in seen:
        received = seen.get("error") or translate(N_("another shape"))
        yield Found(_CODE + "OTHER_OUTPUTS", "", received=received)
    elif not seen["max_difference"] <= LARGEST_DIFFERENCE:
        difference = f"{seen['max_difference']:.6g}"
        wanted = say("VALUE.at_most", limit="0.000001")
        yield Found(_CODE + "REINITIALIZED", "", {}, None, wanted, difference)
