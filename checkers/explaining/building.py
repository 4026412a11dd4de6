"""A model's facts as an explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from checkers.explaining.counts import why_none, why_so_many
from checkers.explaining.explanation import Explanation, ExplanationRow
from checkers.linting.subject import Subject
from checkers.messages.sentences import say, say_list
from checkers.snapshot import LayerFacts, ModelFacts

__all__ = ["explanation_of"]

_BYTES = 4  # of a float32


def explanation_of(facts: ModelFacts, *, name: str) -> Explanation:
    """Return the explanation of a model."""
    subject = Subject(facts)
    labels = _labels(subject)
    rows = (*_called(subject, labels), *_idle(subject))
    stored, frozen = _not_trained(facts)
    return Explanation(
        name=name,
        kind=facts.class_name,
        inputs=tuple(shape[1:] for shape in facts.inputs),
        outputs=tuple(_output(subject, labels, call) for call in subject.outputs),
        rows=rows,
        num_params=facts.num_params,
        num_trainable=facts.num_trainable,
        num_stored=stored,
        num_frozen=frozen,
        memory_bytes=_BYTES * facts.num_params,
        notes=tuple(_notes(facts, rows, stored, frozen)),
    )


def _labels(subject: Subject) -> list[str]:
    """Return the number of each call: that of its layer, or a letter."""
    labels, letters = [], 0
    for position in range(len(subject.calls)):
        if subject.layer(position) is None:
            round_, letter = divmod(letters, len(ascii_lowercase))
            labels.append(ascii_lowercase[letter] * (round_ + 1))
            letters += 1
        else:
            labels.append(str(subject.index(position) + 1))
    return labels


def _output(
    subject: Subject, labels: list[str], call: int
) -> tuple[str, tuple[int | None, ...]]:
    """Return where an output comes from, and its shape."""
    if call < 0:
        return _input_label(subject, call), subject.model.inputs[-1 - call][1:]
    return labels[call], subject.calls[call].output_shape[1:]


def _input_label(subject: Subject, source: int) -> str:
    """Return "input", or "input 2" where there are several."""
    if len(subject.model.inputs) == 1:
        return say("EXPLAIN.input")
    return say("EXPLAIN.input_number", number=-source)


def _called(subject: Subject, labels: list[str]) -> Iterator[ExplanationRow]:
    """Yield one row per call."""
    seen: set[int] = set()
    for position, call in enumerate(subject.calls):
        layer = subject.layer(position)
        sources = tuple(
            labels[one] if one >= 0 else _input_label(subject, one)
            for one in dict.fromkeys(call.inputs)
        )
        why, state, is_again = say(why_none(call.operation)), "", False
        if layer is not None:
            is_again = call.layer in seen
            seen.add(subject.index(position))
            why, state = _why(layer, labels[position], is_again=is_again)
        is_counted = layer is not None and not is_again
        yield ExplanationRow(
            number=labels[position],
            name=layer.name if layer else "",
            kind=layer.kind if layer else call.operation,
            path=layer.path if layer else (),
            sources=sources,
            receives=tuple(shape[1:] for shape in call.input_shapes),
            gives=call.output_shape[1:],
            num_params=layer.num_params if layer and is_counted else 0,
            num_trainable=_trainable(layer) if layer and is_counted else 0,
            why=why,
            state=state,
        )


def _why(layer: LayerFacts, label: str, *, is_again: bool) -> tuple[str, str]:
    """Return why a row has its count, and its state."""
    if is_again:
        return say("COUNT.shared", number=label), "shared"
    why = why_so_many(layer)
    if layer.weights and not layer.trainable:
        return say("COUNT.frozen", why=why), "frozen"
    return why, ""


def _idle(subject: Subject) -> Iterator[ExplanationRow]:
    """Yield a row for each layer that is never called."""
    for index, layer in enumerate(subject.model.layers):
        if index not in subject.used:
            yield ExplanationRow(
                number=str(index + 1),
                name=layer.name,
                kind=layer.kind,
                path=layer.path,
                sources=(),
                receives=(),
                gives=(),
                num_params=layer.num_params,
                num_trainable=_trainable(layer),
                why=say("COUNT.idle", why=why_so_many(layer)),
                state="idle",
            )


def _trainable(layer: LayerFacts) -> int:
    """Return the number of entries that the optimizer may change."""
    return layer.num_params - _fixed(layer)


def _fixed(layer: LayerFacts) -> int:
    """Return the number of entries that the optimizer may not change."""
    kept = tuple(weight for weight in layer.weights if not weight.trainable)
    return sum(_entries(weight.shape) for weight in kept)


def _entries(shape: tuple[int | None, ...]) -> int:
    size = 1
    for length in shape:
        size *= length or 0
    return size


def _not_trained(facts: ModelFacts) -> tuple[int, int]:
    """Return entries that are stored by a rule of their own, and frozen ones."""
    stored = sum(_fixed(layer) for layer in facts.layers if layer.trainable)
    frozen = sum(_fixed(layer) for layer in facts.layers if not layer.trainable)
    return stored, frozen


def _notes(
    facts: ModelFacts, rows: Iterable[ExplanationRow], stored: int, frozen: int
) -> Iterator[str]:
    """Yield what the table does not show by itself."""
    rows = tuple(rows)
    if stored:
        yield say("EXPLAIN.moving", count=f"{stored:,}")
    if frozen:
        numbers = _numbers(rows, "frozen")
        yield say("EXPLAIN.frozen", count=f"{frozen:,}", numbers=numbers)
    for state, key in (("shared", "EXPLAIN.shared"), ("idle", "EXPLAIN.idle")):
        numbers = _numbers(rows, state)
        if numbers:
            yield say(key, numbers=numbers)
    containers = dict.fromkeys(name for row in rows for name in row.path)
    if containers:
        yield say("EXPLAIN.nested", names=say_list(containers))
    own = facts.num_params - sum(row.num_params for row in rows)
    if own > 0:
        yield say("EXPLAIN.own", count=f"{own:,}")


def _numbers(rows: Iterable[ExplanationRow], state: str) -> str:
    """Return the numbers of the rows in a state, each once."""
    found = dict.fromkeys(row.number for row in rows if row.state == state)
    return say_list(found) if found else ""
