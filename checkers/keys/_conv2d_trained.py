"""Exercise 7 of lesson 06: a trained network, judged on images that it never saw."""

from __future__ import annotations

import math
from collections.abc import Iterable

from checkers.i18n import N_, translate
from checkers.key import Key
from checkers.normalize import normalize
from checkers.rules.base import Context, Found
from checkers.rules.values import Look
from checkers.snapshot import Facts, TrainedFacts, ValueFacts

__all__ = ["cifar_model"]

# Percent on the 10,000 test images, both trained on the first 10,000 training images,
# the best of 10 epochs, seeds 0 to 4; figures in the lesson's design.md.
_DENSE = 43.0
_LIMIT = _DENSE + 8.0
_ROWS = 10_000
_CHANCE = 10.0
# Points between one epoch's accuracy on 2,000 validation images and that on the test
# images: three standard deviations of the first, 1.1 points each.
_SAMPLING = 3.5
_SAME = 0.15


def _found(code: str, check: str, expected: str = "—", received: str = "—") -> Found:
    return Found(code, check, {"part": "model_file"}, None, expected, received)


def _look_at_network(facts: Facts, context: Context) -> Iterable[Found]:
    """Require at least one convolution, and ten outputs."""
    assert isinstance(facts, TrainedFacts)
    graph = normalize(facts.model) if facts.model.training else None
    kinds = {node.kind for node in graph.nodes} if graph else set()
    if not kinds & {"Conv2D", "SeparableConv2D", "DepthwiseConv2D"}:
        yield _found("CONV2D.NO_CONVOLUTION", "network")


def _look_at_score(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare with the dense network; name what scores as low as chance."""
    assert isinstance(facts, TrainedFacts)
    score = 100 * facts.scores["accuracy"]
    if facts.num_rows != _ROWS:
        yield _found("CONV2D.OTHER_ROWS", "score", f"{_ROWS:,}", f"{facts.num_rows:,}")
    elif not math.isfinite(score):
        values = {"part": "model_file", "metric": "accuracy"}
        yield Found("TRAINED.NOT_FINITE", "score", values, received=str(score))
    elif score < _LIMIT:
        code = "CONV2D.BELOW_LIMIT" if score > _CHANCE + 5 else "CONV2D.CHANCE"
        yield _found(code, "score", f"{_LIMIT:.1f}", f"{score:.1f}")


def _look_at_best(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare the model's accuracy with the best epoch's, not with the last one's."""
    assert isinstance(facts, ValueFacts)
    trained = context.facts("model_file")
    curve = facts.value if isinstance(facts.value, list) else []
    finite = [v for v in curve if isinstance(v, int | float) and math.isfinite(v)]
    if len(finite) < 2 or len(finite) != len(curve):
        received = str(len(finite)) if curve else translate(N_("no list"))
        values = {"part": "val_accuracy"}
        yield Found("CONV2D.NO_CURVE", "best", values, received=received)
        return
    scale = 1.0 if max(finite) > 1 else 100.0
    if not isinstance(trained, TrainedFacts):
        return
    noted = trained.notes.get("val_accuracy")
    best, last = scale * max(finite), scale * finite[-1]
    if isinstance(noted, int | float):
        score = 100 * noted
        if abs(score - best) <= _SAME:
            return
        code = "LAST_EPOCH" if abs(score - last) <= _SAME else "OTHER_EPOCH"
        yield _found(f"CONV2D.{code}", "best", f"{best:.1f}", f"{score:.1f}")
    elif abs(100 * trained.scores["accuracy"] - best) > _SAMPLING:
        score = 100 * trained.scores["accuracy"]
        yield _found("CONV2D.OTHER_EPOCH", "best", f"{best:.1f}", f"{score:.1f}")


def _look_at_own(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare the accuracy that the learner worked out with the measured one."""
    assert isinstance(facts, ValueFacts)
    trained = context.facts("model_file")
    if not isinstance(trained, TrainedFacts):
        return
    own, score = float(facts.value), 100 * trained.scores["accuracy"]
    if abs(own - score) <= _SAME:
        return
    if abs(100 * own - score) <= _SAME:
        code = "CONV2D.SHARE_FOR_PERCENT"
    elif abs(own - _CHANCE) <= 1.0 or abs(own - _CHANCE / 100) <= 0.01:
        code = "CONV2D.LABEL_COLUMN"
    else:
        code = "CONV2D.OTHER_ACCURACY"
    values = {"part": "check_accuracy"}
    yield Found(code, "own", values, None, f"{score:.2f}", f"{own:g}")


cifar_model = Key(
    exercise="conv2d-cifar-model",
    rules=(
        Look("network", "model_file", _look_at_network),
        Look("score", "model_file", _look_at_score),
        Look("best", "val_accuracy", _look_at_best),
        Look("own", "check_accuracy", _look_at_own),
    ),
    solution=N_(
        "Train the network of exercise 3 with Adam and batches of 64 for 10 epochs, "
        "with ModelCheckpoint(save_best_only=True, monitor='val_accuracy'), then load "
        "the file and compare predict(x_check).argmax(axis=1) with y_check[:, 0].\n"
        "Convolutions look for the same patterns everywhere, with one seventh of the "
        "parameters of the dense network."
    ),
)
