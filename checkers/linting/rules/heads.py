"""The last layer and the loss: do they fit each other?"""

from __future__ import annotations

from collections.abc import Iterator

from checkers.linting.rule import Hit, rule
from checkers.linting.rules.losses import BINARY, MULTI, REGRESSION, heads_with
from checkers.linting.subject import DROPOUTS, Head, Subject

_LOSSES = "Keras manual, Probabilistic losses: keras.io/api/losses/probabilistic_losses"
# Their values are no probabilities: they leave 0 to 1.
_NO_PROBABILITY = frozenset(
    (
        *("relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "mish"),
        *("tanh", "softplus", "softsign", "exponential", "log_softmax"),
    )
)


def at(subject: Subject, head: Head) -> tuple[int, ...]:
    """Return the layer that a finding about an output points to."""
    for call in (head.call, head.base):
        if call is not None and call >= 0 and subject.layer(call) is not None:
            return (subject.index(call),)
    return ()


@rule(
    "SOFTMAX_WITH_LOGITS", "error", f"{_LOSSES}, argument from_logits", needs="compile"
)
def softmax_with_logits(subject: Subject) -> Iterator[Hit]:
    """The loss applies softmax or sigmoid once more."""
    for head, loss in heads_with(subject, MULTI | BINARY):
        if loss.from_logits and head.activation in ("softmax", "sigmoid"):
            yield Hit(
                at(subject, head), {"activation": head.activation, "loss": loss.text}
            )


@rule(
    "LOGITS_WITHOUT_FLAG", "error", f"{_LOSSES}, argument from_logits", needs="compile"
)
def logits_without_flag(subject: Subject) -> Iterator[Hit]:
    """The loss takes raw scores for probabilities."""
    for head, loss in heads_with(subject, MULTI | BINARY):
        is_one_class = loss.name in MULTI and head.width == 1
        if head.activation == "linear" and not loss.from_logits and not is_one_class:
            function = "sigmoid" if loss.name in BINARY else "softmax"
            yield Hit(at(subject, head), {"loss": loss.text, "function": function})


@rule("HEAD_NOT_PROBABILITY", "error", _LOSSES, needs="compile")
def head_not_probability(subject: Subject) -> Iterator[Hit]:
    """A cross-entropy needs probabilities, and the head's values are none."""
    for head, loss in heads_with(subject, MULTI | BINARY):
        if head.activation in _NO_PROBABILITY and not loss.from_logits:
            function = "sigmoid" if loss.name in BINARY else "softmax"
            values = {"activation": head.activation, "loss": loss.text}
            yield Hit(at(subject, head), {**values, "function": function})


@rule("ONE_CLASS_LOSS", "error", _LOSSES, needs="compile")
def one_class_loss(subject: Subject) -> Iterator[Hit]:
    """With a single class, a categorical cross-entropy has nothing to compare."""
    for head, loss in heads_with(subject, MULTI):
        if head.width == 1 and head.activation:
            yield Hit(at(subject, head), {"loss": loss.text})


@rule("SIGMOID_WITH_CATEGORICAL", "warning", _LOSSES, needs="compile")
def sigmoid_with_categorical(subject: Subject) -> Iterator[Hit]:
    """Classes that exclude each other, scored one by one."""
    for head, loss in heads_with(subject, MULTI):
        is_sigmoid = head.activation == "sigmoid" and not loss.from_logits
        if is_sigmoid and head.width != 1:
            yield Hit(at(subject, head), {"loss": loss.text, "width": head.width})


@rule("SOFTMAX_WITH_BINARY", "warning", _LOSSES, needs="compile")
def softmax_with_binary(subject: Subject) -> Iterator[Hit]:
    """Yes-or-no questions whose answers have to sum to 1."""
    for head, loss in heads_with(subject, BINARY):
        is_softmax = head.activation == "softmax" and not loss.from_logits
        if is_softmax and head.width != 1:
            yield Hit(at(subject, head), {"loss": loss.text, "width": head.width})


@rule(
    "SOFTMAX_WITH_REGRESSION",
    "warning",
    "Golik, Doetsch, Ney 2013, Cross-Entropy vs. Squared Error Training",
)
def softmax_with_regression(subject: Subject) -> Iterator[Hit]:
    """Class probabilities, trained with a loss for measured values."""
    for head, loss in heads_with(subject, REGRESSION):
        if head.activation == "softmax" and head.width != 1:
            yield Hit(at(subject, head), {"loss": loss.text, "width": head.width})


@rule(
    "RELU_ON_REGRESSION",
    "warning",
    "Goodfellow, Bengio, Courville 2016, Deep Learning, section 6.2.2",
)
def relu_on_regression(subject: Subject) -> Iterator[Hit]:
    """A head that can give no negative value, and no gradient below zero."""
    for head, loss in heads_with(subject, REGRESSION):
        if head.activation in ("relu", "relu6"):
            yield Hit(
                at(subject, head), {"loss": loss.text, "activation": head.activation}
            )


@rule(
    "BATCHNORM_ON_OUTPUT",
    "warning",
    "Radford, Metz, Chintala 2016, Unsupervised Representation Learning with DCGAN, "
    "section 3",
)
def batchnorm_on_output(subject: Subject) -> Iterator[Hit]:
    """What the model returns depends on the other rows of the batch."""
    for head, loss in heads_with(subject, MULTI | BINARY | REGRESSION):
        calls = [head.call]
        if subject.is_activation(head.call):
            calls.append(_source(subject, head.call))
        for call in calls:
            if subject.kind(call) == "BatchNormalization":
                yield Hit((subject.index(call),), {"loss": loss.text})


@rule(
    "DROPOUT_ON_OUTPUT",
    "warning",
    "Srivastava et al. 2014, Dropout, section 4: dropout acts on inputs and hidden "
    "units",
)
def dropout_on_output(subject: Subject) -> Iterator[Hit]:
    """The answer itself is dropped."""
    for head in subject.heads:
        if head.base is None:
            continue
        passed = list(head.passed)
        call = head.call
        while call != head.base:
            call = _source(subject, call)
            passed.append(call)
        for call in passed:
            layer = subject.layer(call)
            if layer and subject.kind(call) in DROPOUTS and layer.config.get("rate"):
                rate = layer.config["rate"]
                yield Hit((subject.index(call),), {"rate": f"{rate:g}"})


def _source(subject: Subject, call: int) -> int:
    """Return what feeds a call with one input."""
    source = subject.only_input(call)
    assert source is not None
    return source
