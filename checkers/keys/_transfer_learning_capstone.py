"""Exercise 8 of lesson 13: a transfer of the learner's own, from split to test."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.rules.base import Context, Found
from checkers.rules.trained import Accuracy, MeasuredAccuracy
from checkers.rules.values import Look, NumberIs, Slip
from checkers.snapshot import Facts, ValueFacts

__all__ = ["LIMIT", "capstone"]

POOL = 400
_LEAST_VAL = 50
_BASELINE = 25.0
LIMIT = 0.70
_GAP = 0.10


def _rows(facts: Facts) -> list[int] | None:
    """Return positions as whole numbers; None if these are none."""
    value = facts.value if isinstance(facts, ValueFacts) else None
    if not isinstance(value, list):
        return None
    if value and all(isinstance(one, bool) for one in value):
        return (
            [place for place, one in enumerate(value) if one]
            if len(value) == POOL
            else None
        )
    if not all(
        isinstance(one, int | float) and float(one).is_integer() for one in value
    ):
        return None
    return [int(one) for one in value]


def _found(code: str, part: str, received: str = "—", **values: Any) -> Found:
    return Found(
        f"TRANSFER_LEARNING.{code}",
        "split",
        {"part": part, **values},
        None,
        "—",
        received,
    )


def _look_at_split(facts: Facts, context: Context) -> Iterable[Found]:
    """Require two parts of the 400 pictures without a picture in both."""
    both = {name: _rows(context.facts(name)) for name in ("train_rows", "val_rows")}
    for part, rows in both.items():
        if not rows:
            yield _found("NO_POSITIONS", part)
            return
        outside = [one for one in rows if not 0 <= one < POOL]
        if outside:
            yield _found("OUTSIDE_POOL", part, str(outside[0]))
            return
        if len(set(rows)) < len(rows):
            yield _found("DRAWN_TWICE", part, str(len(rows) - len(set(rows))))
            return
    train, val = set(both["train_rows"] or ()), set(both["val_rows"] or ())
    if train & val:
        yield _found("NOT_DISJOINT", "val_rows", str(len(train & val)))
    elif len(val) < _LEAST_VAL:
        yield _found("FEW_VALIDATE", "val_rows", str(len(val)), least=_LEAST_VAL)
    elif len(train) < len(val):
        yield _found("FEW_TRAIN", "train_rows", str(len(train)))


def _curve(value: Any) -> list[float]:
    """Return a curve as shares from 0 to 1; [] if it is none."""
    if not isinstance(value, list) or len(value) < 2:
        return []
    if not all(isinstance(one, int | float) and math.isfinite(one) for one in value):
        return []
    scale = 100.0 if max(value) > 1 else 1.0
    return [one / scale for one in value]


def _look_at_reading(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare the two sentences with the curves that were handed in."""
    given = context.facts("curves")
    curves = given.value if isinstance(given, ValueFacts) else None
    curves = curves if isinstance(curves, dict) else {}
    train, val = (_curve(curves.get(name)) for name in ("accuracy", "val_accuracy"))
    if not train or len(train) != len(val):
        about = {"part": "curves"}
        yield Found("TRANSFER_LEARNING.NO_CURVES", "reading", about)
        return
    assert isinstance(facts, ValueFacts)
    choices = context.exercise.choices(context.snapshot.code, part="reading")
    chosen = {choices.id_of(letter) for letter in facts.value}
    top = max(val)
    best = val.index(top)
    lasts = {"best_last"} if val[-1] == top else {"best_earlier"}
    if val[-1] == top and best < len(val) - 1:
        lasts = {"best_last", "best_earlier"}  # a tie: both can be said
    gaps = [train[place] - val[place] for place, one in enumerate(val) if one == top]
    widths = {"gap" if gap > _GAP + 1e-9 else "no_gap" for gap in gaps}
    values = {"part": "reading", "best": best + 1, "epochs": len(val)}
    values |= {"gap": f"{100 * gaps[0]:.1f}"}
    epochs = chosen & {"best_last", "best_earlier"}
    spans = chosen & {"gap", "no_gap"}
    if len(chosen) != 2 or len(epochs) != 1 or len(spans) != 1:
        yield Found(
            "TRANSFER_LEARNING.TWO_SENTENCES", "reading", values, received=facts.value
        )
    elif not epochs <= lasts:
        yield Found(
            "TRANSFER_LEARNING.EPOCH_READ", "reading", values, received=facts.value
        )
    elif not spans <= widths:
        yield Found(
            "TRANSFER_LEARNING.GAP_READ", "reading", values, received=facts.value
        )


capstone = Key(
    exercise="transfer-learning-capstone",
    rules=(
        Look("split", "val_rows", _look_at_split),
        NumberIs(
            "baseline",
            "baseline",
            _BASELINE,
            tolerance=0.05,
            slips=(
                Slip(10.0, "TRANSFER_LEARNING.TEN_CLASSES"),
                Slip(100 / 6, "TRANSFER_LEARNING.SIX_CLASSES"),
                Slip(0.25, "TRANSFER_LEARNING.SHARE_FOR_PERCENT"),
            ),
        ),
        Look("reading", "reading", _look_at_reading),
        Accuracy(
            "score",
            "model_file",
            at_least=LIMIT,
            num_classes=4,
            counts=(1_000,) * 4,
            pixels=(0.0, 1.0),
            codes=(("TRAINED.ACCURACY", "TRANSFER_LEARNING.BELOW_LIMIT"),),
        ),
        MeasuredAccuracy("own", "test_accuracy", "model_file", tolerance=0.05),
    ),
    solution=N_(
        "Split a permutation of the 400 positions, 300 and 100. One answer for all is "
        "right for 25 % of the test pictures. Compute the frozen backbone's features "
        "once, train GlobalAveragePooling2D and Dense(4, softmax) on them with "
        "EarlyStopping(restore_best_weights=True), and save base and head as one "
        "model.\n"
        "The test pictures were looked at once, after everything was chosen."
    ),
)
