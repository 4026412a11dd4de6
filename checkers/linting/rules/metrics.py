"""Metrics that do not measure what they seem to."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.linting.rule import Hit, rule
from checkers.linting.rules.losses import (
    BINARY,
    MULTI,
    REGRESSION,
    SPARSE,
    heads_with,
)
from checkers.linting.subject import Subject

_METRICS = "Keras manual, Accuracy metrics: keras.io/api/metrics/accuracy_metrics"
_ACCURACIES = frozenset(
    (
        *("accuracy", "binaryaccuracy", "categoricalaccuracy"),
        "sparsecategoricalaccuracy",
    )
)
_THRESHOLDS = frozenset(("binaryaccuracy", "precision", "recall", "auc"))


@rule("ACCURACY_ON_REGRESSION", "warning", _METRICS, needs="compile")
def accuracy_on_regression(subject: Subject) -> Iterator[Hit]:
    """A share of exact hits, for values that are never hit exactly."""
    for head, loss in heads_with(subject, REGRESSION):
        for metric in subject.metrics:
            if metric.name in _ACCURACIES and head.activation in ("linear", "relu"):
                yield Hit((), {"metric": metric.text, "loss": loss.text})


@rule("EXACT_ACCURACY", "warning", _METRICS, needs="compile")
def exact_accuracy(subject: Subject) -> Iterator[Hit]:
    """`keras.metrics.Accuracy()` compares probabilities with labels by ==."""
    for head, _ in heads_with(subject, MULTI | BINARY):
        for metric in subject.metrics:
            if metric.name == "accuracy" and metric.is_object and head.activation:
                yield Hit((), {"activation": head.activation})


@rule("WRONG_ACCURACY", "warning", _METRICS, needs="compile")
def wrong_accuracy(subject: Subject) -> Iterator[Hit]:
    """An accuracy for labels of another form than the loss takes."""
    for _, loss in heads_with(subject, MULTI):
        is_sparse = loss.name in SPARSE
        fitting = "sparse_categorical" if is_sparse else "categorical"
        wrong = {
            "binaryaccuracy",
            "categoricalaccuracy" if is_sparse else "sparsecategoricalaccuracy",
        }
        for metric in subject.metrics:
            if metric.name in wrong:
                values = {"metric": metric.text, "loss": loss.text}
                yield Hit((), {**values, "fitting": f"{fitting}_accuracy"})


@rule(
    "THRESHOLD_ON_LOGITS",
    "warning",
    f"{_METRICS}, BinaryAccuracy, argument threshold",
    needs="compile",
)
def threshold_on_logits(subject: Subject) -> Iterator[Hit]:
    """A threshold for probabilities, applied to raw scores."""
    for head, loss in heads_with(subject, BINARY):
        if not loss.from_logits or head.activation != "linear":
            continue
        for metric in subject.metrics:
            is_short = metric.name == "accuracy" and not metric.is_object
            is_meant = metric.name in _THRESHOLDS or (is_short and head.width == 1)
            # Keras takes 0.5 where nothing is said; for raw scores 0 is the middle.
            given = metric.settings.get("threshold", metric.settings.get("thresholds"))
            is_set = given not in (None, 0.5) or metric.settings.get("from_logits")
            if is_meant and not is_set:
                yield Hit((), {"metric": metric.text})
