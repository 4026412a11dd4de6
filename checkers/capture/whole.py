"""Any Keras model as plain facts, outside any exercise.

Only the structure is read: no number goes through the model, whatever its size.
"""

from __future__ import annotations

from typing import Any

from checkers.capture.model import capture_model
from checkers.capture.quiet import quiet
from checkers.messages import find_message
from checkers.messages.sentences import say
from checkers.parts import Model
from checkers.snapshot import ModelFacts, OtherFacts

__all__ = ["read_model"]

_REASONS = {
    "trailing_comma": "MODEL.TRAILING_COMMA",
    "list_of_layers": "MODEL.LIST_OF_LAYERS",
    "class_not_instance": "MODEL.CLASS_NOT_INSTANCE",
    "empty_model": "MODEL.EMPTY",
    "layer_not_model": "MODEL.LAYER_NOT_MODEL",
    "tensor_not_model": "MODEL.TENSOR_NOT_MODEL",
    "history_not_model": "MODEL.HISTORY_NOT_MODEL",
    "function_not_called": "MODEL.FUNCTION_NOT_CALLED",
}


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
    inputs = examples or _remembered_inputs(model)
    knows_inputs = bool(getattr(model, "inputs", None))
    if _is_model(model) and not inputs and not knows_inputs and model.layers:
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
    """Return True for a model object; Keras is loaded wherever one exists."""
    import keras

    return isinstance(model, keras.Model)


def _remembered_inputs(model: Any) -> tuple[tuple[tuple[int, ...], str], ...]:
    """Return what a subclassed model was built on, by its public build settings."""
    if not getattr(model, "built", False) or not _is_model(model):
        return ()
    try:
        config = model.get_build_config() or {}
    except Exception:
        return ()
    shape = config.get("input_shape")
    shapes = [shape] if shape else list((config.get("shapes_dict") or {}).values())
    if shape and isinstance(shape[0], list | tuple):
        shapes = list(shape)
    if not all(isinstance(one, list | tuple) and one for one in shapes):
        return ()
    return tuple((tuple(one[1:]), "float32") for one in shapes)


def _other_text(facts: OtherFacts) -> str:
    """Return what was handed in instead of a model, and the next step."""
    message = find_message(_REASONS.get(facts.reason, "MODEL.NOT_A_MODEL"))
    values = {"part": "model", "type_name": facts.type_name, "text": facts.text}
    sentence, _, step = message.fill(values)
    return say("READ.other", sentence=sentence, next=step)
