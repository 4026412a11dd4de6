"""Keys of exercises 7 and 8 of lesson 10: four questions, and a run of 60 updates."""

from __future__ import annotations

from collections.abc import Iterable

from checkers.i18n import N_
from checkers.key import Key
from checkers.rules.base import Context, Found
from checkers.rules.values import ChoiceIs, Committed, Look, NumberIs, Slip
from checkers.snapshot import Facts, ValueFacts
from checkers.spec import show_value

__all__ = ["short_run", "statements"]

_CODE = "BATCHNORM."

# -- 7 · Four questions ----------------------------------------------------------------


def _question(part: str, right: str, **slips: str) -> ChoiceIs:
    """Return the rule for one question, with the code behind each wrong option."""
    codes = tuple((option, _CODE + code) for option, code in slips.items())
    return ChoiceIs(part, part, (right,), codes)


statements = Key(
    exercise="batch-norm-statements",
    rules=(
        _question(
            "one_row",
            "moving",
            impossible="ONE_ROW_IMPOSSIBLE",
            last_batch="LAST_BATCH_COUNTS",
            untouched="SKIPPED_AT_INFERENCE",
        ),
        _question(
            "shuffling",
            "neighbors",
            not_needed="BATCHES_ALIKE",
            first_epoch="FIXED_AFTER_EPOCH",
            order="POSITION_COUNTS",
        ),
        _question(
            "gamma_beta",
            "trained",
            statistics="GAMMA_IS_STATISTIC",
            fixed="FIXED_AFTER_EPOCH",
            training_only="GAMMA_IN_TRAINING_ONLY",
        ),
        _question(
            "covariate_shift",
            "contested",
            proved="SHIFT_PROVED",
            no_help="SHIFT_DISPROVES",
            inputs="OTHER_SHIFT",
        ),
    ),
    solution=N_(
        "One row: the moving mean and variance are there for it. Shuffling: in "
        "training a row's output depends on its neighbors in the batch. γ and β: "
        "trained by gradient descent, to the last update. Covariate shift: the motive "
        "of 2015, contested since 2018; that training is faster is measured."
    ),
)

# -- 8 · Sixty updates -----------------------------------------------------------------
_BANDS = {
    "batches": (85.0, 100.0),
    "moving": (5.0, 25.0),
    "quick": (45.0, 80.0),
}


def _inside(value: float, name: str) -> bool:
    low, high = _BANDS[name]
    return low <= value <= high


def _look_at_accuracies(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare the three accuracies with what five seeds reached."""
    assert isinstance(facts, ValueFacts)
    given = facts.value if isinstance(facts.value, dict) else {}
    for name in _BANDS:
        if not isinstance(given.get(name), int | float):
            values = {"part": "measured", "field": f"[{name!r}]"}
            yield Found("VALUES.FIELD_MISSING", "measured", values, expected=name)
            return
    numbers = {name: float(given[name]) for name in _BANDS}
    wrong = [name for name in _BANDS if not _inside(numbers[name], name)]
    if not wrong:
        return
    code = "NOT_MEASURED"
    if all(0 <= number <= 1 for number in numbers.values()):
        code = "FRACTION_FOR_PERCENT"
    elif all(
        any(_inside(numbers[name], other) for other in _BANDS if other != name)
        for name in wrong
    ):
        code = "ACCURACIES_SWAPPED"
    name = wrong[0]
    values = {"part": "measured", "field": f"[{name!r}]"}
    received = show_value(numbers[name])
    yield Found(_CODE + code, "measured", values, received=received)


short_run = Key(
    exercise="batch-norm-short-run",
    rules=(
        Committed("guess", "guessed_accuracy"),
        Look("measured", "measured", _look_at_accuracies),
        NumberIs(
            "share",
            "initial_share",
            0.99**60,
            tolerance=0.0075,
            slips=(
                Slip(1 - 0.99**60, "BATCHNORM.SHARE_ARRIVED"),
                Slip(1 - 0.01 * 60, "BATCHNORM.SHARE_LINEAR"),
                Slip(0.01 * 60, "BATCHNORM.SHARE_LINEAR"),
                Slip(0.99**10, "BATCHNORM.SHARE_OF_EPOCHS"),
            ),
        ),
        ChoiceIs(
            "reason",
            "reason",
            ("not_arrived",),
            (
                ("overfitting", "BATCHNORM.CALLED_OVERFITTING"),
                ("bug", "BATCHNORM.CALLED_A_BUG"),
                ("untrained", "BATCHNORM.CALLED_UNTRAINED"),
            ),
        ),
        ChoiceIs(
            "cure",
            "cure",
            ("momentum",),
            (
                ("dropout", "BATCHNORM.CURED_BY_DROPOUT"),
                ("higher", "BATCHNORM.LONGER_MEMORY"),
                ("stop", "BATCHNORM.STOPS_EARLIER"),
            ),
        ),
    ),
    solution=N_(
        "0.99 to the power of 60 is 0.547: more than half of every moving average is "
        "still its initial value. The weights fit the statistics of their batches, and "
        "evaluate uses others. With momentum 0.9 less than 0.2 % is left, and the same "
        "run does well."
    ),
)
