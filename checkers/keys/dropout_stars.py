"""Lesson 09, dropout: the two starred exercises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checkers.i18n import N_, translate
from checkers.key import Key
from checkers.keys._dropout_masks import Masks, look_at_loss
from checkers.parts import Case
from checkers.rules.base import Found
from checkers.rules.functions import Each
from checkers.rules.values import Look
from checkers.snapshot import ResultFacts

__all__ = ["many_masks", "monte_carlo"]

# -- 7 · Several masks, one head -----------------------------------------------------

many_masks = Key(
    exercise="dropout-many-masks",
    rules=(
        Masks(),
        Look("loss", "many_masks", look_at_loss),
    ),
    solution=N_(
        "head = layers.Dense(1); outputs = [head(layers.Dropout(0.5)(hidden)) for _ in "
        "range(4)]; compile with loss_weights=[0.25] * 4.\n"
        "One head means one set of weights; four dropout calls mean four masks. At "
        "inference the four outputs are the same number."
    ),
)

# -- 8 · Monte Carlo dropout ---------------------------------------------------------

_SIGMAS = 5.0


def _look_at_form(seen: dict[str, Any]) -> Found | None:
    if seen["problem"]:
        code = {
            "pair": "DROPOUT.NOT_A_PAIR",
            "shape": "DROPOUT.WRONG_AXIS",
            "finite": "DROPOUT.NOT_FINITE",
        }[seen["problem"]]
        expected = seen["expected"]
        if seen["problem"] == "pair":
            expected = translate(N_("2 arrays"))
        return Found(code, "", {}, None, expected, seen["received"])
    return None


def _look_at_mean(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    seen = result.observed
    wrong = _look_at_form(seen)
    if wrong is not None:
        yield wrong
    elif seen["is_inference"]:
        yield Found("DROPOUT.PREDICT_DROPS_NOTHING", "")
    elif seen["is_spread_zero"] and case.args[2] > 1:
        yield Found("DROPOUT.ONE_PASS", "")
    elif seen["mean_sigmas"] > _SIGMAS:
        yield Found("DROPOUT.OTHER_MONTE_CARLO_MEAN", "")


def _look_at_spread(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    seen = result.observed
    wrong = _look_at_form(seen)
    if wrong is not None:
        yield wrong
    elif seen["is_inference"]:
        yield Found("DROPOUT.PREDICT_DROPS_NOTHING", "")
    elif seen["is_spread_zero"] and case.args[2] > 1:
        yield Found("DROPOUT.ONE_PASS", "")
    elif seen["is_variance"]:
        yield Found("DROPOUT.VARIANCE_FOR_SPREAD", "")
    elif seen["spread_sigmas"] > _SIGMAS:
        yield Found("DROPOUT.OTHER_SPREAD", "")


monte_carlo = Key(
    exercise="dropout-monte-carlo",
    rules=(
        Each("mean", "monte_carlo", _look_at_mean),
        Each("spread", "monte_carlo", _look_at_spread),
    ),
    solution=N_(
        "predictions = np.stack([model(x, training=True) for _ in range(passes)]); "
        "return predictions.mean(axis=0), predictions.std(axis=0).\n"
        "predict runs at inference, where nothing is dropped. The passes lie on axis 0."
    ),
)
