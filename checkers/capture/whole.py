"""Any Keras model as plain facts, outside any exercise.

Only the structure is read: no number goes through the model, whatever its size.
"""

from __future__ import annotations

from typing import Any

from checkers.capture.kinds import why_no_model
from checkers.capture.model import capture_model
from checkers.capture.quiet import quiet
from checkers.judge import why_unusable
from checkers.messages import find_message
from checkers.messages.sentences import say
from checkers.parts import Model
from checkers.snapshot import ModelFacts, OtherFacts

__all__ = ["read_model"]


def read_model(
    model: Any, examples: tuple[tuple[tuple[int, ...], str], ...] = ()
) -> ModelFacts:
    """Return the facts of a model; the model stays as it is.

    Args:
        model: Any Keras model.
        examples: Shape without the batch axis and element type of each input, for a
            model that does not say by itself what it takes.

    Raises:
        TypeError: If it is no model; the text says what it looks like instead.
        ValueError: If nothing says what the model takes, or if it cannot be called.
    """
    is_model = _is_model(model)
    inputs = examples or (_remembered_inputs(model) if is_model else ())
    if is_model and not inputs and not getattr(model, "inputs", None):
        raise ValueError(say("READ.no_input"))
    part = Model(
        "model",
        inputs=tuple(shape for shape, _ in inputs) or (1,),
        dtype=tuple(dtype for _, dtype in inputs) or "float32",
    )
    with quiet():
        facts = capture_model(model, part, probes=False)
    if isinstance(facts, OtherFacts):
        raise TypeError(_other_text(facts))
    assert isinstance(facts, ModelFacts)
    if facts.error is not None:
        text = f"{facts.error.kind}: {facts.error.message}"
        raise ValueError(say("READ.cannot_call", error=text))
    return facts


def _is_model(model: Any) -> bool:
    """Return True for a model that can be asked; Keras is loaded for the messages."""
    import keras

    return isinstance(model, keras.Model) and not why_no_model(model)


def _remembered_inputs(model: Any) -> tuple[tuple[tuple[int, ...], str], ...]:
    """Return what a subclassed model was built on, by its public build settings."""
    try:
        config = model.get_build_config() or {}
    except Exception:
        return ()
    shapes = config.get("input_shape") or [*(config.get("shapes_dict") or {}).values()]
    if _is_shape(shapes):
        shapes = [shapes]
    if not isinstance(shapes, list | tuple) or not all(map(_is_shape, shapes)):
        return ()
    return tuple((tuple(shape[1:]), "float32") for shape in shapes)


def _is_shape(value: Any) -> bool:
    """Return True for a shape with its batch axis: (None, 28, 28)."""
    return (
        isinstance(value, list | tuple)
        and len(value) > 0
        and all(size is None or isinstance(size, int) for size in value)
    )


def _other_text(facts: OtherFacts) -> str:
    """Return what was handed in instead of a model, and the next step."""
    code, values = why_unusable(facts, "model")
    sentence, _, step = find_message(code).fill(values)
    return say("READ.other", sentence=sentence, next=step)
