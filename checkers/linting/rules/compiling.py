"""Optimizer and learning rate."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.linting.rule import Hit, rule
from checkers.linting.settings import learning_rate
from checkers.linting.subject import Subject

_RATES = (
    "Bengio 2012, Practical Recommendations for Gradient-Based Training, section 3.1.1"
)
# Least and greatest rate that is in use, wide on purpose.
_ADAPTIVE = (1e-7, 0.1)
_RANGES = {
    "SGD": (1e-6, 2.0),
    **dict.fromkeys(("Adam", "AdamW", "Adamax", "Nadam", "RMSprop"), _ADAPTIVE),
}


def _rate(subject: Subject) -> tuple[str, float] | None:
    """Return optimizer and learning rate, where that is one number."""
    compiled = subject.model.compiled or {}
    rate = learning_rate(compiled)
    return None if rate is None else (str(compiled.get("optimizer")), rate)


@rule(
    "NOT_COMPILED",
    "advice",
    "Keras manual, Model training: keras.io/api/models/model_training_apis",
)
def not_compiled(subject: Subject) -> Iterator[Hit]:
    """Nothing says what the training minimizes."""
    if subject.model.compiled is None:
        yield Hit()


@rule("LEARNING_RATE_ZERO", "error", _RATES, needs="compile")
def learning_rate_zero(subject: Subject) -> Iterator[Hit]:
    """Steps of no length, or uphill."""
    found = _rate(subject)
    if found and found[1] <= 0:
        yield Hit((), {"optimizer": found[0], "rate": f"{found[1]:g}"})


@rule("LEARNING_RATE", "warning", _RATES, needs="compile")
def learning_rate_range(subject: Subject) -> Iterator[Hit]:
    """A rate far outside of what is in use."""
    found = _rate(subject)
    if found and found[1] > 0 and found[0] in _RANGES:
        optimizer, rate = found
        low, high = _RANGES[optimizer]
        if not low <= rate <= high * 1.0001:  # a rate is stored as float32
            values = {"optimizer": optimizer, "rate": f"{rate:g}"}
            yield Hit((), {**values, "low": f"{low:g}", "high": f"{high:g}"})


@rule(
    "ADADELTA_RATE",
    "warning",
    "Keras manual, Adadelta: keras.io/api/optimizers/adadelta; Zeiler 2012, ADADELTA",
    needs="compile",
)
def adadelta_rate(subject: Subject) -> Iterator[Hit]:
    """Keras's default is a thousandth of the paper's."""
    found = _rate(subject)
    if found and found[0] == "Adadelta" and 0 < found[1] <= 0.01:
        yield Hit((), {"rate": f"{found[1]:g}"})
