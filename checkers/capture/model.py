"""A Keras model as plain facts."""

from __future__ import annotations

import sys
from typing import Any

from checkers.capture.activations import activation_of
from checkers.capture.plain import config_of, plain, shape_of
from checkers.capture.probes import probe_model
from checkers.capture.quiet import unchanged
from checkers.capture.stubs import own_error, short_text
from checkers.capture.trace import Record, record_numbers, record_symbolic
from checkers.parts import Model
from checkers.snapshot import (
    CallFacts,
    ErrorFacts,
    Facts,
    LayerFacts,
    ModelFacts,
    OtherFacts,
    Shape,
    TraceFacts,
    WeightFacts,
)

__all__ = ["capture_model"]

_MAX_VALUES = 64


def capture_model(answer: Any, part: Model) -> Facts:
    """Return the facts of a model, or what else was handed in."""
    reason = _why_no_model(answer)
    if reason:
        return OtherFacts(reason, type(answer).__name__, short_text(answer))
    was_built = bool(answer.built)
    error = None if was_built else _build(answer, part)
    if not was_built and error is None and not answer.layers:
        return OtherFacts("empty_model", type(answer).__name__, "")
    records, trace_error = _trace(answer, part) if error is None else ({}, None)
    error = error or trace_error
    layers = _ordered_layers(answer, records)
    facts = [_layer_facts(layer, path) for layer, path in layers.values()]
    positions = {key: index for index, key in enumerate(layers)}
    return ModelFacts(
        api=_api_of(answer),
        class_name=type(answer).__name__,
        inputs=_input_shapes(answer, part),
        layers=tuple(facts),
        training=_trace_facts(records.get(True), positions),
        inference=_trace_facts(records.get(False), positions),
        compiled=_compile_facts(answer),
        probes=() if error else probe_model(answer, part, list(layers.values())),
        num_params=_count(answer, "weights"),
        num_trainable=_count(answer, "trainable_weights"),
        built_here=not was_built,
        error=error,
    )


def _why_no_model(answer: Any) -> str:
    """Return why this is no model; "" if it is one."""
    keras = sys.modules.get("keras")
    if isinstance(answer, tuple | list) and keras is not None:
        if isinstance(answer, tuple) and len(answer) == 1:
            is_one = isinstance(answer[0], keras.Model)
            return "trailing_comma" if is_one else "not_a_model"
        layers = [isinstance(item, keras.layers.Layer) for item in answer]
        return "list_of_layers" if layers and all(layers) else "not_a_model"
    if keras is None:
        return "not_a_model"
    if isinstance(answer, type):
        is_class = issubclass(answer, keras.Model | keras.layers.Layer)
        return "class_not_instance" if is_class else "not_a_model"
    if isinstance(answer, keras.Model):
        is_empty = isinstance(answer, keras.Sequential) and not answer.layers
        return "empty_model" if is_empty else ""
    for kind, reason in (
        (keras.layers.Layer, "layer_not_model"),
        (keras.KerasTensor, "tensor_not_model"),
        (keras.callbacks.History, "history_not_model"),
    ):
        if isinstance(answer, kind):
            return reason
    return "function_not_called" if callable(answer) else "not_a_model"


def _build(model: Any, part: Model) -> ErrorFacts | None:
    """Build an unbuilt model on the exercise's input: the one allowed change."""
    import keras

    try:
        if isinstance(model, keras.Sequential):
            model.build((None, *part.shapes[0]))
        else:
            # Symbolic: no number is computed, but every layer gets its weights.
            model(_symbolic_inputs(model, part))
    except Exception as error:
        try:
            model(_number_inputs(model, part))
        except Exception:
            return own_error(error)
    return None


def _trace(model: Any, part: Model) -> tuple[dict[bool, Record], ErrorFacts | None]:
    """Record both modes; where symbols fail, use numbers."""
    records: dict[bool, Record] = {}
    try:
        for mode in (True, False):
            inputs = _symbolic_inputs(model, part)
            records[mode] = record_symbolic(model, inputs, training=mode)
    except Exception:
        try:
            with unchanged(model):
                for mode in (True, False):
                    inputs = _number_inputs(model, part)
                    records[mode] = record_numbers(model, inputs, training=mode)
        except Exception as error:
            return {}, own_error(error)
    return records, None


def _symbolic_inputs(model: Any, part: Model) -> Any:
    """Return fresh symbolic inputs of the model's own shapes."""
    import keras

    tensors = [
        keras.Input(batch_shape=(None, *shape[1:]), dtype=dtype)
        for shape, dtype in _declared_inputs(model, part)
    ]
    return _as_taken(model, tensors)


def _number_inputs(model: Any, part: Model) -> Any:
    """Return small arrays of the model's own shapes."""
    import keras
    import numpy as np

    rng = np.random.default_rng(0)
    tensors = [
        keras.ops.convert_to_tensor(
            rng.normal(size=(2, *(size or 4 for size in shape[1:]))).astype(dtype)
        )
        for shape, dtype in _declared_inputs(model, part)
    ]
    return _as_taken(model, tensors)


def _as_taken(model: Any, tensors: list[Any]) -> Any:
    """Return inputs in the structure that the model takes: one, a list or a dict."""
    import keras

    if len(tensors) == 1 and not isinstance(getattr(model, "input", None), dict):
        return tensors[0]
    try:
        return keras.tree.pack_sequence_as(model.input, tensors)
    except Exception:  # a subclass has no declared structure
        return tensors


def _input_shapes(model: Any, part: Model) -> tuple[Shape, ...]:
    """Return the shapes of the model's inputs, or those that the exercise states."""
    return tuple(shape for shape, _ in _declared_inputs(model, part))


def _declared_inputs(model: Any, part: Model) -> list[tuple[Shape, str]]:
    """Return shape and element type of each input, by the model or by the exercise."""
    inputs = getattr(model, "inputs", None)
    if isinstance(inputs, list | tuple) and inputs:
        return [(shape_of(tensor), str(tensor.dtype)) for tensor in inputs]
    return [
        ((None, *shape), dtype)
        for shape, dtype in zip(part.shapes, part.dtypes, strict=True)
    ]


def _ordered_layers(
    model: Any, records: dict[bool, Record]
) -> dict[int, tuple[Any, tuple[str, ...]]]:
    """Return layers by id: in calling order, then those that are never called."""
    found: dict[int, tuple[Any, tuple[str, ...]]] = {}
    for record in records.values():
        for call in record.calls:
            if call.layer is not None:
                found.setdefault(id(call.layer), (call.layer, call.path))
    containers = {name for _, path in found.values() for name in path}
    for layer in getattr(model, "layers", ()):
        is_input = type(layer).__name__ == "InputLayer"
        if not is_input and layer.name not in containers:
            found.setdefault(id(layer), (layer, ()))
    return found


def _layer_facts(layer: Any, path: tuple[str, ...]) -> LayerFacts:
    """Return what the checker needs to know of one layer."""
    kind, is_keras, base = _kind_of(layer)
    return LayerFacts(
        name=str(layer.name),
        kind=kind,
        module=type(layer).__module__,
        is_keras=is_keras,
        base=base,
        config=config_of(layer),
        activation=activation_of(layer, kind),
        path=path,
        trainable=bool(layer.trainable),
        weights=tuple(_weight_facts(weight) for weight in layer.weights),
    )


def _kind_of(layer: Any) -> tuple[str, bool, str]:
    """Return class name, whether Keras's own code does the work, nearest Keras class.

    A subclass that overrides none of the methods that compute is as good as its base.
    """
    import keras

    cls = type(layer)
    if getattr(keras.layers, cls.__name__, None) is cls:
        return cls.__name__, True, cls.__name__
    for base in cls.__mro__[1:]:
        if getattr(keras.layers, base.__name__, None) is base:
            same = all(
                getattr(cls, name, None) is getattr(base, name, None)
                for name in ("call", "build", "__call__", "compute_output_shape")
            )
            is_base = same and base is not keras.layers.Layer
            return (base.__name__ if is_base else cls.__name__), is_base, base.__name__
    return cls.__name__, cls.__module__.split(".")[0] == "keras", ""


def _weight_facts(weight: Any) -> WeightFacts:
    """Return shape and a few numbers of one weight."""
    import numpy as np

    values = np.asarray(weight.numpy(), dtype="float64")
    finite = bool(np.isfinite(values).all())
    return WeightFacts(
        name=str(weight.path).rsplit("/", 1)[-1],
        shape=shape_of(weight),
        trainable=bool(weight.trainable),
        is_constant=values.size > 1 and finite and bool(np.ptp(values) == 0),
        mean=float(values.mean()) if values.size and finite else 0.0,
        std=float(values.std()) if values.size and finite else 0.0,
        is_finite=finite,
        values=tuple(float(v) for v in values.flat)
        if finite and values.size <= _MAX_VALUES
        else (),
    )


def _trace_facts(record: Record | None, positions: dict[int, int]) -> TraceFacts | None:
    """Return a record with layer indices in place of layer objects."""
    if record is None:
        return None
    calls = tuple(
        CallFacts(
            layer=None if call.layer is None else positions[id(call.layer)],
            operation=call.operation,
            settings=call.settings,
            inputs=call.inputs,
            training=call.training,
            input_shapes=call.input_shapes,
            output_shape=call.output_shape,
        )
        for call in record.calls
    )
    return TraceFacts(calls, record.outputs, record.symbolic)


def _compile_facts(model: Any) -> dict[str, Any] | None:
    """Return optimizer, loss and metrics by Keras's own public description."""
    if not getattr(model, "compiled", False):
        return None
    try:
        config = model.get_compile_config() or {}
    except Exception:
        config = {}
    optimizer = getattr(model, "optimizer", None)
    return {
        "optimizer": type(optimizer).__name__,
        "optimizer_settings": config_of(optimizer),
        "loss": plain(config.get("loss")),
        "loss_weights": plain(config.get("loss_weights")),
        "metrics": plain(config.get("metrics")),
    }


def _api_of(model: Any) -> str:
    """Return how the model was written."""
    import keras

    if isinstance(model, keras.Sequential):
        return "sequential"
    # A functional model lists its symbolic inputs; a plain subclass has none.
    return "functional" if getattr(model, "inputs", None) else "subclass"


def _count(model: Any, which: str) -> int:
    """Return the number of entries of all weights of one sort."""
    total = 0
    for weight in getattr(model, which):
        size = 1
        for length in weight.shape:
            size *= int(length)
        total += size
    return total
