"""A Keras model as plain facts."""

from __future__ import annotations

import warnings
from typing import Any

from checkers.capture.activations import activation_of, learned_activation
from checkers.capture.inputs import input_shapes
from checkers.capture.kinds import kind_of, why_no_model
from checkers.capture.losses import loss_facts
from checkers.capture.plain import attributes_of, config_of, plain, shape_of
from checkers.capture.probes import probe_model
from checkers.capture.quiet import unchanged
from checkers.capture.recording import build, record_modes
from checkers.capture.stubs import short_text
from checkers.capture.trace import Record
from checkers.layers import defaults_of
from checkers.parts import Model
from checkers.snapshot import (
    CallFacts,
    Facts,
    LayerFacts,
    ModelFacts,
    OtherFacts,
    TraceFacts,
    WeightFacts,
)

__all__ = ["capture_model"]

_MAX_VALUES = 64
_MAX_MEASURED = 65_536  # of a larger weight, that many entries are measured


def capture_model(answer: Any, part: Model, *, probes: bool = True) -> Facts:
    """Return the facts of a model, or what else was handed in.

    Args:
        answer: What was handed in; afterwards it is as it was before.
        part: What the exercise says about its input.
        probes: False to read the structure only.
    """
    with unchanged(answer):
        return _read(answer, part, probes)


def _read(answer: Any, part: Model, probes: bool) -> Facts:
    """Read a model; the caller puts its state back."""
    reason = why_no_model(answer)
    if reason:
        return OtherFacts(reason, type(answer).__name__, short_text(answer))
    was_built = bool(answer.built)
    # A subclass with a `call` in raw TensorFlow may be built with layers that are not.
    is_ready = was_built and all(layer.built for layer in answer.layers)
    error = None if is_ready else build(answer, part)
    if not was_built and error is None and not answer.layers:
        return OtherFacts("empty_model", type(answer).__name__, "")
    records, trace_error = record_modes(answer, part) if error is None else ({}, None)
    error = error or trace_error
    layers = _ordered_layers(answer, records)
    by_base = {key for record in records.values() for key in record.bases}
    facts = [
        _layer_facts(layer, path, by_base=key in by_base)
        for key, (layer, path) in layers.items()
    ]
    positions = {key: index for index, key in enumerate(layers)}
    return ModelFacts(
        api=_api_of(answer),
        class_name=type(answer).__name__,
        inputs=input_shapes(answer, part),
        layers=tuple(facts),
        training=_trace_facts(records.get(True), positions),
        inference=_trace_facts(records.get(False), positions),
        compiled=_compile_facts(answer),
        probes=()
        if error or not probes
        else probe_model(answer, part, list(layers.values())),
        num_params=_count(answer, "weights"),
        num_trainable=_count(answer, "trainable_weights"),
        built_here=not was_built,
        error=error,
    )


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


def _layer_facts(layer: Any, path: tuple[str, ...], *, by_base: bool) -> LayerFacts:
    """Return what the checker needs to know of one layer."""
    kind, is_keras, base = kind_of(layer, by_base=by_base)
    return LayerFacts(
        name=str(layer.name),
        kind=kind,
        module=type(layer).__module__,
        is_keras=is_keras,
        base=base,
        config=config_of(layer) or attributes_of(layer, defaults_of(base)),
        activation=activation_of(layer, kind, is_keras=is_keras),
        path=path,
        trainable=bool(layer.trainable),
        weights=tuple(_weight_facts(weight) for weight in _weights_of(layer)),
        compute_dtype=str(layer.compute_dtype),
    )


def _weights_of(layer: Any) -> list[Any]:
    """Return a layer's own weights, without those of a layer that is its activation."""
    learned = learned_activation(layer)
    others = {id(one) for one in learned.weights} if learned is not None else set()
    return [one for one in _variables(layer.weights) if id(one) not in others]


def _variables(weights: Any) -> list[Any]:
    """Return what a layer calls its weights, without what is none."""
    import keras

    return [weight for weight in weights if isinstance(weight, keras.Variable)]


def _weight_facts(weight: Any) -> WeightFacts:
    """Return shape and a few numbers of one weight."""
    import numpy as np

    stored = np.asarray(weight.numpy())
    finite = bool(np.isfinite(stored).all())
    step = max(1, stored.size // _MAX_MEASURED)
    values = np.asarray(stored.reshape(-1)[::step], dtype="float64")
    return WeightFacts(
        name=str(weight.path).rsplit("/", 1)[-1],
        shape=shape_of(weight),
        trainable=bool(weight.trainable),
        is_constant=values.size > 1
        and finite
        and bool(np.ptp(values) == 0)
        and bool((stored == stored.flat[0]).all()),
        mean=float(values.mean()) if values.size and finite else 0.0,
        std=float(values.std()) if values.size and finite else 0.0,
        is_finite=finite,
        values=tuple(float(v) for v in values.flat)
        if finite and stored.size <= _MAX_VALUES
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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Keras warns of a lambda
            config = model.get_compile_config() or {}
    except Exception:
        config = {}
    optimizer = getattr(model, "optimizer", None)
    return {
        "optimizer": type(optimizer).__name__,
        "optimizer_settings": config_of(optimizer),
        "loss": loss_facts(getattr(model, "loss", None)),
        "loss_weights": plain(config.get("loss_weights")),
        "metrics": plain(config.get("metrics")),
        "optimizer_knows": _known_weights(model, optimizer),
    }


def _known_weights(model: Any, optimizer: Any) -> dict[str, int] | None:
    """Return of how many trainable weights an optimizer keeps numbers.

    Its variables are named after the weight that they belong to: "adam/" and
    "dense_kernel_momentum". None if it has none yet, or keeps none.
    """
    try:
        own = [v for v in optimizer.variables if len(v.shape)]  # no step count, no rate
        kept = [str(v.path).rsplit("/", 1)[-1] for v in own]
        weights = [str(w.path).replace("/", "_") for w in model.trainable_weights]
    except Exception:  # an optimizer or a weight of the learner's own
        return None
    if not kept:
        return None
    known = sum(any(k.startswith(f"{name}_") for k in kept) for name in weights)
    return {"known": known, "trainable": len(weights)}


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
    try:
        weights = _variables(getattr(model, which))
    except Exception:  # a layer of the learner's lists what is no weight
        return 0
    for weight in weights:
        size = 1
        for length in weight.shape:
            size *= int(length)
        total += size
    return total
