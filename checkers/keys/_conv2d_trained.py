"""Exercise 7 of lesson 06: a trained network, judged on images that it never saw."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from checkers.i18n import N_, translate
from checkers.key import Key
from checkers.normalize import normalize
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.evaluation import bits_of
from checkers.rules.trained import Accuracy, MeasuredAccuracy
from checkers.rules.values import Look
from checkers.snapshot import Facts, TrainedFacts, ValueFacts

__all__ = ["cifar_model"]

# Percent on the 10,000 test images, both trained on the first 10,000 training images,
# the best of 10 epochs, seeds 0 and 1; figures in the lesson's design.md.
_DENSE = 41.0
_LIMIT = _DENSE + 8.0
_CHANCE = 10.0
_NUM_VAL = 2_000
# Of each class: validation images, which come first, plus 1,000 test images.
_VAL_COUNTS = (207, 190, 188, 208, 194, 212, 204, 209, 202, 186)
_SAME = 0.15  # points; fit and predict differ by rounding in a row or two


def _found(code: str, check: str, expected: str = "—", received: str = "—") -> Found:
    return Found(code, check, {"part": "model_file"}, None, expected, received)


def _look_at_network(facts: Facts, context: Context) -> Iterable[Found]:
    """Require at least one convolution, and ten outputs."""
    assert isinstance(facts, TrainedFacts)
    graph = normalize(facts.model) if facts.model.training else None
    kinds = {node.kind for node in graph.nodes} if graph else set()
    if not kinds & {"Conv2D", "SeparableConv2D", "DepthwiseConv2D"}:
        yield _found("CONV2D.NO_CONVOLUTION", "network")


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
    if not isinstance(trained, TrainedFacts) or trained.classes is None:
        return
    bits = bits_of(trained.classes.hits, trained.num_rows)[:_NUM_VAL]
    if len(bits) < _NUM_VAL:
        return
    scale = 1.0 if max(finite) > 1 else 100.0
    best, last = scale * max(finite), scale * finite[-1]
    score = 100 * sum(bits) / _NUM_VAL
    if abs(score - best) <= _SAME:
        return
    code = "LAST_EPOCH" if abs(score - last) <= _SAME else "OTHER_EPOCH"
    yield _found(f"CONV2D.{code}", "best", f"{best:.1f}", f"{score:.1f}")


@dataclass(frozen=True)
class _OwnAccuracy:
    """The accuracy that a learner worked out, with one mix-up of these labels."""

    measured: MeasuredAccuracy

    @property
    def part(self) -> str:
        """The number's part."""
        return self.measured.part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return self.measured.checks

    def run(self, context: Context) -> Outcome:
        """Compare; where (n, 1) was compared with (n,), say so."""
        outcome = self.measured.run(context)
        facts = context.facts(self.part)
        if not outcome.found or not isinstance(facts, ValueFacts):
            return outcome
        value = float(facts.value)
        if min(abs(value - _CHANCE), abs(100 * value - _CHANCE)) > 0.01:
            return outcome
        found = replace(outcome.found[0], code="CONV2D.LABEL_COLUMN")
        return replace(outcome, found=(found,))


cifar_model = Key(
    exercise="conv2d-cifar-model",
    rules=(
        Look("network", "model_file", _look_at_network),
        Accuracy(
            "score",
            "model_file",
            at_least=_LIMIT / 100,
            num_classes=10,
            counts=tuple(1_000 + count for count in _VAL_COUNTS),
            pixels=(0.0, 1.0),
            codes=(("TRAINED.ACCURACY", "CONV2D.BELOW_LIMIT"),),
        ),
        Look("best", "val_accuracy", _look_at_best),
        _OwnAccuracy(
            MeasuredAccuracy("own", "check_accuracy", "model_file", tolerance=0.05)
        ),
    ),
    solution=N_(
        "Train the network of exercise 3 with Adam and batches of 64 for 10 epochs, "
        "with ModelCheckpoint(save_best_only=True, monitor='val_accuracy'), then load "
        "the file and compare predict(x_check).argmax(axis=1) with y_check[:, 0].\n"
        "Convolutions look for the same patterns everywhere, with one seventh of the "
        "parameters of the dense network."
    ),
)
