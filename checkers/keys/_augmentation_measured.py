"""Keys of exercises 6 and 7 of lesson 12: a learning curve, and a thousand images."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.messages.sentences import say
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.pictures import is_mirrored
from checkers.rules.trained import Accuracy, AtMostParams
from checkers.rules.values import ChoiceIs, Look
from checkers.snapshot import Facts, ModelFacts, TrainedFacts, ValueFacts
from checkers.tasks.augmentation import NUM_SEEDS, SIZES

__all__ = ["learning_curve", "thousand_images"]

# -- 6 · More data, or a better model? -----------------------------------------------
# Percent on the first 2,000 test images; a row per size, a column per seed 0, 1, 2.
# Both models are computed, not trained by chance: other machines may differ in a row
# or two of 2,000 that lie on a border.
CURVES: dict[str, tuple[tuple[float, ...], ...]] = {
    "linear": (
        (72.45, 74.85, 74.1),
        (75.8, 78.35, 77.45),
        (80.65, 81.0, 80.4),
        (82.2, 82.7, 81.6),
    ),
    "nearest": (
        (80.6, 79.6, 82.55),
        (83.65, 85.0, 84.7),
        (90.55, 91.2, 91.3),
        (94.0, 94.35, 93.5),
    ),
}
_SAME = 0.26  # points: five images of 2,000
_ALL_RIGHT = 99.9


def _table(value: Any) -> list[list[float]] | None:
    """Return four rows of three numbers; None for any other form."""
    if not isinstance(value, list) or len(value) != len(SIZES):
        return None
    rows = []
    for row in value:
        if not isinstance(row, list) or len(row) != NUM_SEEDS:
            return None
        if not all(isinstance(one, int | float) for one in row):
            return None
        rows.append([float(one) for one in row])
    return rows


def _is_near(one: Any, other: Any, slack: float = _SAME) -> bool:
    return all(
        abs(a - b) <= slack
        for row, others in zip(one, other, strict=True)
        for a, b in zip(row, others, strict=True)
    )


def _look_at_curves(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare both tables; the first one that differs is named."""
    del context
    assert isinstance(facts, ValueFacts)
    given = facts.value if isinstance(facts.value, dict) else {}
    for name, right in CURVES.items():
        if given.get(name) is None:
            about = {"part": "curves", "field": f"[{name!r}]"}
            yield Found("VALUES.FIELD_MISSING", "curves", about, expected=name)
            return
        code, received = _wrong_table(given, name, right)
        if code:
            about = {"part": "curves", "field": f"[{name!r}]"}
            yield Found(f"AUGMENTATION.{code}", "curves", about, received=received)
            return


def _wrong_table(given: dict[str, Any], name: str, right: Any) -> tuple[str, str]:
    """Return the code of what is wrong with one table, and what shows it."""
    value = given[name]
    table = _table(value)
    if table is None:
        return _other_form(value)
    if _is_near(table, right):
        return "", ""
    shown = f"{table[0][0]:.4g}"
    if all(0 <= one <= 1 for row in table for one in row):
        return "CURVE_FRACTIONS", shown
    if _is_near(table, [[100 - one for one in row] for row in right]):
        return "CURVE_OF_ERRORS", shown
    if _is_near(table, CURVES["linear" if name == "nearest" else "nearest"]):
        return "CURVES_CHANGED_PLACES", shown
    if name == "nearest" and min(map(min, table)) > _ALL_RIGHT:
        return "TRAINING_IMAGES_TESTED", shown
    if all(max(row) - min(row) < 1e-9 for row in table):
        return "NO_REPEATS", shown
    if _is_near(table, right, slack=5.0):
        place = next(
            (i, j)
            for i, row in enumerate(table)
            for j, one in enumerate(row)
            if abs(one - right[i][j]) > _SAME
        )
        return "OTHER_TEST_SET", f"{table[place[0]][place[1]]:.4g}"
    return "CURVE_OUTSIDE", shown


def _other_form(value: Any) -> tuple[str, str]:
    """Return the code for a table of another shape."""
    rows = value if isinstance(value, list) else [value]
    is_flat = all(isinstance(one, int | float) for one in rows)
    if is_flat and len(rows) == len(SIZES):
        return "NO_REPEATS", f"({len(rows)},)"
    widths = {len(row) if isinstance(row, list) else 1 for row in rows}
    shape = f"({len(rows)}, {widths.pop()})" if len(widths) == 1 else f"({len(rows)},)"
    if shape == f"({NUM_SEEDS}, {len(SIZES)})":
        return "CURVE_TURNED", shape
    return ("NO_REPEATS" if shape == f"({len(SIZES)}, 1)" else "CURVE_SHAPE"), shape


learning_curve = Key(
    exercise="augmentation-learning-curve",
    rules=(
        Look("curves", "curves", _look_at_curves),
        ChoiceIs(
            "reading",
            "reading",
            ("both",),
            (
                ("algorithm", "AUGMENTATION.ALGORITHM_ALONE"),
                ("data", "AUGMENTATION.DATA_ALONE"),
                ("same_gain", "AUGMENTATION.SAME_GAIN"),
            ),
        ),
    ),
    solution=N_(
        "curves = {name: [[accuracy(model, *training_rows(n, s)) for s in range(3)] "
        "for n in SIZES] for name, model in models.items()}.\n"
        "At each size the second model is ahead, by 7 to 12 points. But the first one "
        "with 20,000 images (82.2 %) is ahead of the second one with 500 (80.9 %)."
    ),
)

# -- 7 · A thousand images -----------------------------------------------------------
# The notebook trains the plain network on each set; its test accuracies, in percent,
# come with the data. One run of ours gave 92.43 and 91.67 on the first two sets.
PLAIN = ("set_1", "set_2", "set_3")
_PLAIN_RANGE = (88.0, 96.0)
_GAIN = 0.7
_PARAMS = 27_690
_TEST_COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)
_PARTS = ("first_model", "second_model", "third_model")
_LEAST = 0.8  # below it, something else than regularization is the matter


def _models(context: Context) -> list[TrainedFacts] | None:
    """Return the three trained models; None if one of them is not there."""
    found = [context.facts(part) for part in _PARTS]
    if not all(isinstance(one, TrainedFacts) and one.classes for one in found):
        return None
    return [one for one in found if isinstance(one, TrainedFacts)]


def _look_at_three(facts: Facts, context: Context) -> Iterable[Found]:
    """Require three networks that answer differently."""
    models = _models(context)
    if models is None:
        return
    answers = [one.classes.hits for one in models if one.classes]
    for at, other in ((0, 1), (0, 2), (1, 2)):
        if answers[at] == answers[other]:
            values = {"part": _PARTS[other], "other": _PARTS[at]}
            yield Found("AUGMENTATION.SAME_MODEL_TWICE", "three", values)
            return


@dataclass(frozen=True)
class _Gain:
    """The mean accuracy of three models must lie above that of the plain network."""

    check: str = "gain"
    part: str = _PARTS[0]

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the means; what was seen beside the score explains a miss."""
        models = _models(context)
        if models is None:
            reason = say("SKIPPED.unusable", part=", ".join(_PARTS))
            return Outcome(skipped={self.check: reason})
        shares = [100 * one.scores["accuracy"] for one in models]
        if min(shares) < 100 * _LEAST:
            return Outcome()  # told by another rule
        notes = models[0].notes
        plain: list[Any] = [notes.get(name) for name in PLAIN]
        low, high = _PLAIN_RANGE
        if not all(
            isinstance(one, int | float) and low <= one <= high for one in plain
        ):
            values = {"part": ", ".join(_PARTS)}
            return Outcome((Found("TRAINED.NO_BASELINE", self.check, values),))
        gains = [share - float(one) for share, one in zip(shares, plain, strict=True)]
        mean = sum(gains) / len(gains)
        if mean >= _GAIN - 1e-9:
            return Outcome()
        values = {
            "part": ", ".join(_PARTS),
            "gains": ", ".join(f"{gain:+.2f}" for gain in gains),
        }
        code = next(_reasons(models, gains), "GAIN_TOO_SMALL")
        expected = say("VALUE.at_least", limit=f"{_GAIN:+.1f}")
        name = f"AUGMENTATION.{code}"
        found = Found(name, self.check, values, None, expected, f"{mean:+.2f}")
        return Outcome((found,))


def _reasons(models: list[TrainedFacts], gains: list[float]) -> Iterator[str]:
    """Yield codes for a missed gain, the most certain first."""
    mean = sum(gains) / len(gains)
    if any(one.classes and is_mirrored(one.classes.other_inputs) for one in models):
        yield "TRAINED_ON_MIRRORED"
    if mean < 0 and any(_is_held_down(one.model) for one in models):
        yield "HELD_DOWN"
    if max(gains) >= _GAIN and sorted(gains)[1] < _GAIN / 2:
        yield "ONE_SET"
    if mean < -_GAIN:
        yield "WORSE_THAN_PLAIN"


def _is_held_down(model: ModelFacts) -> bool:
    """Return True for a network with heavy penalties or heavy dropout."""
    for layer in model.layers:
        rate = layer.config.get("rate")
        if isinstance(rate, int | float) and rate >= 0.6:
            return True
        text = str(layer.config.get("kernel_regularizer") or "")
        factors = [float(one) for one in re.findall(r"l2=([0-9.e+-]+)", text)]
        if any(factor >= 0.01 for factor in factors):
            return True
    return False


def _each_model() -> Iterator[Accuracy | AtMostParams | Look]:
    for part in _PARTS:
        yield Look("three", part, _look_at_three)
        yield AtMostParams("size", part, _PARAMS)
        yield Accuracy("gain", part, _LEAST, 10, counts=_TEST_COUNTS, pixels=(0.0, 1.0))


thousand_images = Key(
    exercise="augmentation-thousand-images",
    rules=(*_each_model(), _Gain()),
    solution=N_(
        "The plain network with RandomTranslation(0.07, 0.07) behind its input, 40 "
        "epochs on each of the three sets.\n"
        "Shifted digits are new pictures with a true label: that is what was missing."
    ),
)
