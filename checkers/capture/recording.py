"""The ways to record what a model computes, tried one after the other.

By symbols: the call on symbolic Keras tensors. By operations: as `tf.function` sees it,
with raw TensorFlow in between. By numbers: one tiny run.
"""

from __future__ import annotations

from typing import Any

from checkers.capture.inputs import (
    as_taken,
    declared_inputs,
    number_inputs,
    symbolic_inputs,
)
from checkers.capture.kinds import kind_of
from checkers.capture.limits import TooLarge, built_small
from checkers.capture.quiet import weights_unchanged
from checkers.capture.stubs import own_error
from checkers.capture.trace import (
    Record,
    default_mode,
    record_numbers,
    record_operations,
    record_symbolic,
    taken_by,
)
from checkers.layers import STRUCTURAL_OPERATIONS
from checkers.parts import Model
from checkers.snapshot import ErrorFacts

__all__ = ["build", "record_modes"]

Records = dict[bool, Record]


def build(model: Any, part: Model) -> ErrorFacts | None:
    """Build an unbuilt model on the exercise's input; `unchanged` undoes it."""
    import keras

    mode = taken_by(model, {"training": False})  # a call may insist on it
    with built_small():
        try:
            if isinstance(model, keras.Sequential) and not model.built:
                model.build((None, *part.shapes[0]))
            else:
                # With numbers: a layer that keeps a tensor when it is built, as
                # Normalization does, would keep one of a graph that is gone.
                model(number_inputs(model, part), **mode)
        except (TooLarge, RecursionError) as error:
            return own_error(error)
        except Exception as error:
            try:
                model(symbolic_inputs(model, part), **mode)
            except Exception:
                return own_error(error)
    return None


def record_modes(model: Any, part: Model) -> tuple[Records, ErrorFacts | None]:
    """Return a record per mode, by the first way that the model's code can take."""
    error: Exception | None = None
    for way in (_by_symbols, _by_operations, _by_numbers):
        try:
            with weights_unchanged(model):
                records = way(model, part)
        except Exception as caught:
            error = caught  # the last way runs as the learner's own call does
            continue
        if way is _by_symbols and any(_has_loose_steps(r) for r in records.values()):
            # keras.ops between the layers: only the other way can name what they do
            # together. Where it cannot be taken, this record serves.
            try:
                with weights_unchanged(model):
                    return _by_operations(model, part), None
            except Exception:
                return records, None
        return records, None
    assert error is not None
    return {}, own_error(error)


def _has_loose_steps(record: Record) -> bool:
    """Return True if some step is no Keras layer, nor a plain joining of tensors."""
    return any(
        call.operation not in STRUCTURAL_OPERATIONS
        if call.layer is None
        else not kind_of(call.layer)[1]
        for call in record.calls
    )


def _by_symbols(model: Any, part: Model) -> Records:
    """Record the call on symbolic Keras tensors.

    A functional model keeps `layer(x, training=True)` of its making, but whoever hands
    a mode to the whole model overrules it; so it is called once without one.
    """
    inputs = symbolic_inputs(model, part)
    modes: tuple[bool | None, ...] = (True, False)
    if getattr(model, "inputs", None):
        modes = (True, False, None)
    records = {mode: record_symbolic(model, inputs, training=mode) for mode in modes}
    kept = records.pop(None, None)
    if kept is not None:
        for record in records.values():
            _keep_switches(record, kept)
    return {mode: record for mode, record in records.items() if mode is not None}


def _keep_switches(record: Record, kept: Record) -> None:
    """Note the calls that stay on in training mode whatever the model is told."""
    if len(kept.calls) != len(record.calls):
        return
    for call, stored in zip(record.calls, kept.calls, strict=True):
        if call.layer is not stored.layer or call.layer is None:
            continue
        # A stored False is the default, too; augmentation layers have True for it.
        if stored.training and not default_mode(call.layer):
            call.training = True


def _by_operations(model: Any, part: Model) -> Records:
    """Record the call as `tf.function` sees it, with raw TensorFlow in between."""
    import tensorflow as tf

    specs = [
        tf.TensorSpec(shape, dtype) for shape, dtype in declared_inputs(model, part)
    ]

    def record(mode: bool) -> Record:
        return record_operations(
            model, specs, lambda tensors: as_taken(model, tensors), training=mode
        )

    return {mode: record(mode) for mode in (True, False)}


def _by_numbers(model: Any, part: Model) -> Records:
    """Record one tiny run with numbers."""
    inputs = number_inputs(model, part)
    return {
        mode: record_numbers(model, inputs, training=mode) for mode in (True, False)
    }
