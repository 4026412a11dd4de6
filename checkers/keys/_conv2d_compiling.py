"""Exercise 6 of lesson 06: a function that compiles, judged by what its loss is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.parts import Case
from checkers.rules.base import Found
from checkers.rules.functions import Each
from checkers.snapshot import ResultFacts

__all__ = ["compile_for"]

_SPARSE, _ONE_HOT = "sparsecategoricalcrossentropy", "categoricalcrossentropy"
_CLOSE = 1e-3  # of a loss near 1, in float32
_RATE = 1.0


def _is_close(value: Any, wanted: float) -> bool:
    return isinstance(value, int | float) and math.isclose(
        value, wanted, rel_tol=_CLOSE, abs_tol=_CLOSE
    )


def _unusable(seen: dict[str, Any]) -> str:
    """Return why the result is no compiled model; "" if it is one."""
    if seen["is_none"]:
        return "CONV2D.NOT_RETURNED"
    if not seen["is_model"]:
        return "CONV2D.RETURNS_NO_MODEL"
    return "" if seen["is_compiled"] else "CONV2D.NOT_COMPILED"


def _look_at_loss(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    """Compare the loss on fixed logits with the cross-entropy, and name the mix-up."""
    seen = result.observed
    code = _unusable(seen)
    if code:
        yield Found(code, "")
        return
    loss, expected = seen["loss"], seen["expected"]
    if seen["loss_error"]:
        pair = (seen["form"] == "one_hot", seen["loss_name"])
        code = {
            (True, _SPARSE): "CONV2D.SPARSE_WITH_ONE_HOT",
            (False, _ONE_HOT): "CONV2D.ONE_HOT_LOSS",
        }.get(pair, "CONV2D.LOSS_RAISES")
        received = seen["loss_error"]
        yield Found(code, "", received=received)
    elif not _is_close(loss, expected):
        text = "nan" if loss is None else f"{loss:.4f}"
        right = f"{expected:.4f}"
        if _is_close(loss, seen["softmax_twice"]):
            code = "CONV2D.LOGITS_TWICE"
        elif seen["head"] == "logits" and seen["loss_name"] in (_SPARSE, _ONE_HOT):
            code = "CONV2D.LOGITS_AS_PROBABILITIES"
        else:
            code = "CONV2D.LOSS_VALUE"
        yield Found(code, "", {}, None, right, text)


def _look_at_optimizer(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    seen = result.observed
    code = _unusable(seen)
    if code:
        yield Found(code, "")
    elif seen["optimizer"] != "Adadelta":
        yield Found("CONV2D.NOT_ADADELTA", "", received=seen["optimizer"])
    elif not _is_close(seen["rate"], _RATE):
        rate = seen["rate"]
        code = "CONV2D.OTHER_RATE"
        if _is_close(1000 * (rate or 0), 1.0):
            code = "CONV2D.ADADELTA_DEFAULT"
        yield Found(code, "", {}, None, "1.0", f"{rate:g}" if rate else str(rate))


def _look_at_metric(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    seen = result.observed
    code = _unusable(seen)
    if code:
        yield Found(code, "")
    elif seen["text_weights"]:
        received = ", ".join(map(repr, seen["text_weights"]))
        yield Found("COMPILE.METRICS_AS_WEIGHTS", "", received=received)
    elif not any(_is_close(value, seen["accuracy"]) for value in seen["metrics"]):
        is_some = bool(seen["metrics"] or seen.get("metric_error"))
        yield Found("CONV2D.NO_ACCURACY" if is_some else "CONV2D.NO_METRIC", "")


compile_for = Key(
    exercise="conv2d-compile-for",
    rules=(
        Each("loss", "compile_for", _look_at_loss, plain=False),
        Each("optimizer", "compile_for", _look_at_optimizer, plain=False),
        Each("metric", "compile_for", _look_at_metric, plain=False),
    ),
    solution=N_(
        "Take CategoricalCrossentropy for one-hot labels, "
        "SparseCategoricalCrossentropy for whole ones, each with from_logits=True "
        "where the last layer has no softmax; "
        "keras.optimizers.Adadelta(learning_rate=1.0); metrics=['accuracy'].\n"
        "Keras 3 has 0.001 as the default rate of Adadelta; the program that the "
        "network comes from meant 1.0."
    ),
)
