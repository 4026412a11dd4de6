"""Activations: missing, doubled, or in a place where they do harm."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.linting.rule import Hit, rule
from checkers.linting.subject import MIXING, Subject

_STACK = 3  # as many sigmoid layers in a row shrink a gradient to 1/64 or less


@rule(
    "SOFTMAX_ONE_UNIT",
    "error",
    "Goodfellow, Bengio, Courville 2016, Deep Learning, section 6.2.2.3",
)
def softmax_one_unit(subject: Subject) -> Iterator[Hit]:
    """Softmax over a single number is 1, whatever the number."""
    for position, call in enumerate(subject.calls):
        layer = subject.layer(position)
        if layer is None or subject.activation(position) != "softmax":
            continue
        if call.output_shape[-1:] == (1,):
            yield Hit((subject.index(position),))


@rule(
    "SOFTMAX_TWICE",
    "error",
    "Keras manual, softmax: keras.io/api/layers/activations",
)
def softmax_twice(subject: Subject) -> Iterator[Hit]:
    """The second softmax flattens what the first one found."""
    for first, second in _doubled(subject):
        if subject.activation(first) == subject.activation(second) == "softmax":
            yield Hit(_layers(subject, second, first))


@rule(
    "DOUBLE_ACTIVATION",
    "warning",
    "Keras manual, Layer activation functions: keras.io/api/layers/activations",
)
def double_activation(subject: Subject) -> Iterator[Hit]:
    """Two activations in a row."""
    for first, second in _doubled(subject):
        names = subject.activation(first), subject.activation(second)
        if names != ("softmax", "softmax"):
            values = {"first": names[0], "second": names[1]}
            yield Hit(_layers(subject, second, first), values)


def _doubled(subject: Subject) -> Iterator[tuple[int, int]]:
    """Yield pairs of calls in a row that both end with an activation."""
    for position in range(len(subject.calls)):
        if subject.activation(position) in ("", "linear"):
            continue
        after = subject.only_consumer(position)
        if after is None or not subject.is_activation(after):
            continue
        if subject.activation(after) not in ("", "linear"):
            yield position, after


def _layers(subject: Subject, *positions: int) -> tuple[int, ...]:
    """Return the layers of calls; operations have none."""
    return tuple(
        subject.index(position)
        for position in positions
        if subject.layer(position) is not None
    )


@rule(
    "HIDDEN_SOFTMAX",
    "warning",
    "Goodfellow, Bengio, Courville 2016, Deep Learning, section 6.2.2.3",
)
def hidden_softmax(subject: Subject) -> Iterator[Hit]:
    """Softmax between layers: units share out one sum of 1."""
    for position, call in enumerate(subject.calls):
        if subject.activation(position) != "softmax":
            continue
        after = subject.next_active(position)
        if after is not None and subject.kind(after) == "BatchNormalization":
            after = subject.next_active(after)
        layers = _layers(subject, position)
        if after is not None and subject.kind(after) in MIXING and layers:
            yield Hit(layers, {"width": call.output_shape[-1]})


@rule(
    "LINEAR_STACK",
    "warning",
    "Goodfellow, Bengio, Courville 2016, Deep Learning, section 6.1",
)
def linear_stack(subject: Subject) -> Iterator[Hit]:
    """Two linear layers in a row can do no more than one.

    A narrow layer between two wider ones is a low-rank map, and meant so.
    """
    for position, call, _ in subject.calls_of("Dense"):
        after = subject.next_active(position)
        if subject.activation(position) != "linear" or after is None:
            continue
        if subject.kind(after) != "Dense":
            continue
        shapes = call.input_shapes[0], call.output_shape
        before, middle, behind = (
            shape[-1] or 0 for shape in (*shapes, subject.calls[after].output_shape)
        )
        if middle >= min(before, behind):
            layers = subject.index(position), subject.index(after)
            yield Hit(layers, {"next": layers[1] + 1})


@rule(
    "SIGMOID_STACK",
    "warning",
    "Glorot, Bengio 2010, Understanding the Difficulty of Training Deep Feedforward "
    "Neural Networks, section 3",
)
def sigmoid_stack(subject: Subject) -> Iterator[Hit]:
    """Each sigmoid passes on at most a quarter of the gradient."""
    ends = {head.call for head in subject.heads}
    steps = {
        position: _next_sigmoid(subject, position)
        for position in range(len(subject.calls))
        if _is_hidden_sigmoid(subject, position) and position not in ends
    }
    starts = set(steps) - set(steps.values())
    for start in sorted(starts):
        chain = [start]
        while (after := steps.get(chain[-1])) is not None and after in steps:
            chain.append(after)
        layers = _layers(subject, *chain)
        if len(chain) >= _STACK and layers:
            share = f"1/{4 ** len(chain):,}"
            yield Hit(layers, {"count": len(chain), "share": share})


def _is_hidden_sigmoid(subject: Subject, position: int) -> bool:
    """Return True if a layer with weights ends with a sigmoid here."""
    if subject.activation(position) != "sigmoid":
        return False
    source = subject.only_input(position)
    return subject.kind(position) in MIXING or (
        source is not None and subject.kind(source) in MIXING
    )


def _next_sigmoid(subject: Subject, position: int) -> int | None:
    """Return the next sigmoid down the chain, one layer with weights further."""
    after = subject.next_active(position)
    if after is None or subject.kind(after) not in MIXING:
        return None
    if subject.activation(after) == "linear":
        after = subject.only_consumer(after)
    if after is None or subject.activation(after) != "sigmoid":
        return None
    return after
