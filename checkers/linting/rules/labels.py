"""Labels, targets and the loss: do they fit each other?"""

from __future__ import annotations

from collections.abc import Iterator

from checkers.linting.data import ArrayFacts
from checkers.linting.rule import Hit, rule
from checkers.linting.rules.heads import at
from checkers.linting.rules.losses import (
    BINARY,
    MULTI,
    REGRESSION,
    SPARSE,
    heads_with,
)
from checkers.linting.settings import Named
from checkers.linting.subject import Head, Subject

_LOSSES = "Keras manual, Probabilistic losses: keras.io/api/losses/probabilistic_losses"
_REGRESSION = "Keras manual, Regression losses: keras.io/api/losses/regression_losses"
# Least and greatest value that a head can give.
_REACH = {
    "sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
    "relu": (0.0, float("inf")),
    "relu6": (0.0, 6.0),
    "softplus": (0.0, float("inf")),
    "exponential": (0.0, float("inf")),
}


def _with_targets(
    subject: Subject, losses: frozenset[str]
) -> Iterator[tuple[Head, Named, ArrayFacts]]:
    """Yield outputs, their losses and their targets."""
    for head, loss in heads_with(subject, losses):
        targets = subject.targets(head)
        if targets is not None:
            yield head, loss, targets


@rule("LABELS_OUT_OF_RANGE", "error", _LOSSES, needs="data")
def labels_out_of_range(subject: Subject) -> Iterator[Hit]:
    """A label for which the head has no unit."""
    for head, loss, targets in _with_targets(subject, SPARSE):
        least = 0 if loss.settings.get("ignore_class") is None else targets.low
        if head.width is None or head.width == 1 or targets.is_one_hot:
            continue
        if targets.high >= head.width or targets.low < least:
            yield Hit(
                at(subject, head),
                {
                    "width": head.width,
                    "last": head.width - 1,
                    "low": f"{targets.low:g}",
                    "high": f"{targets.high:g}",
                },
            )


@rule("ONE_HOT_WITH_SPARSE", "error", _LOSSES, needs="data")
def one_hot_with_sparse(subject: Subject) -> Iterator[Hit]:
    """Rows of zeros and a one, where the loss expects the label's number."""
    for head, loss, targets in _with_targets(subject, SPARSE):
        if targets.is_one_hot and len(targets.shape) == len(head.shape):
            yield Hit((), {"loss": loss.text, "shape": targets.shape})


@rule("NUMBERS_WITH_CATEGORICAL", "error", _LOSSES, needs="data")
def numbers_with_categorical(subject: Subject) -> Iterator[Hit]:
    """The label's number, where the loss expects a row of zeros and a one."""
    for head, loss, targets in _with_targets(subject, MULTI - SPARSE):
        if targets.width == 1 and head.width is not None and head.width > 1:
            values = {"loss": loss.text, "shape": targets.shape, "width": head.width}
            yield Hit(at(subject, head), values)


@rule("BINARY_LABELS", "error", _LOSSES, needs="data")
def binary_labels(subject: Subject) -> Iterator[Hit]:
    """Labels that are neither 0 nor 1 nor between."""
    for _, loss, targets in _with_targets(subject, BINARY):
        if targets.low < 0 or targets.high > 1:
            low, high = f"{targets.low:g}", f"{targets.high:g}"
            yield Hit((), {"loss": loss.text, "low": low, "high": high})


@rule("TARGETS_OUT_OF_REACH", "error", _REGRESSION, needs="data")
def targets_out_of_reach(subject: Subject) -> Iterator[Hit]:
    """Targets that no weights can reach, because the head's activation ends before."""
    for head, _, targets in _with_targets(subject, REGRESSION):
        low, high = _REACH.get(head.activation, (float("-inf"), float("inf")))
        if targets.low < low or targets.high > high:
            yield Hit(
                at(subject, head),
                {
                    "activation": head.activation,
                    "least": f"{low:g}",
                    "most": f"{high:g}".replace("inf", "∞"),
                    "low": f"{targets.low:g}",
                    "high": f"{targets.high:g}",
                },
            )


@rule("TARGET_SHAPE", "error", _REGRESSION, needs="data")
def target_shape(subject: Subject) -> Iterator[Hit]:
    """Targets of another width: Keras stretches one side without a word."""
    for head, _, targets in _with_targets(subject, REGRESSION | BINARY):
        if not _fits(head.shape, targets.shape):
            yield Hit(
                at(subject, head), {"output": head.shape[1:], "shape": targets.shape}
            )


def _fits(output: tuple[int | None, ...], targets: tuple[int, ...]) -> bool:
    """Return True if outputs and targets have one number for each other."""
    left, right = list(output[1:]), list(targets[1:])
    if len(left) == len(right) + 1 and left[-1] == 1:
        left.pop()
    if len(right) == len(left) + 1 and right[-1] == 1:
        right.pop()
    return len(left) == len(right) and all(
        a is None or a == b for a, b in zip(left, right, strict=True)
    )


@rule(
    "ONE_TARGET",
    "warning",
    "Goodfellow, Bengio, Courville 2016, Deep Learning, section 5.1.2",
    needs="data",
)
def one_target(subject: Subject) -> Iterator[Hit]:
    """All targets are the same."""
    for head in subject.heads:
        targets = subject.targets(head)
        if targets and targets.num_distinct == 1 and targets.shape[0] > 1:
            rows = f"{targets.shape[0]:,}"
            yield Hit((), {"value": f"{targets.low:g}", "rows": rows})
