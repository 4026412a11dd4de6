"""What a model really computes: its calls, recorded while it runs.

A model's `layers` list what it owns, not what it uses. So the model is called once
on a symbolic input, with `Layer.__call__` and `Operation.symbolic_call` watched.
Both are public; no private attribute of Keras is read. Nested models and blocks are
entered, so that the record shows the layers inside.

A `call` that uses raw TensorFlow cannot run on a symbolic input. Then its Python code
is traced by `tf.function`; where even that fails, one tiny run with numbers is watched.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from checkers.capture.activations import learned_activation
from checkers.capture.plain import plain_settings, shape_of
from checkers.capture.raw_ops import RawOps
from checkers.layers import DEFAULTS, MODE_KINDS, STRUCTURAL_OPERATIONS
from checkers.snapshot import Shape

__all__ = [
    "Call",
    "Record",
    "default_mode",
    "record_numbers",
    "record_operations",
    "record_symbolic",
    "taken_by",
]


@dataclass
class Call:
    """One call while it is being recorded.

    Attributes:
        layer: The layer object; None for an operation.
        operation: Class name of the operation.
        settings: Plain arguments of the operation.
        inputs: Indices of the calls that feed it; -1, -2 … are the model's inputs.
        training: The mode it ran in.
        path: Names of the models and blocks around it.
    """

    layer: Any
    operation: str
    settings: dict[str, Any]
    inputs: tuple[int, ...]
    training: bool | None
    input_shapes: tuple[Shape, ...]
    output_shape: Shape
    path: tuple[str, ...]


@dataclass
class Record:
    """All calls of one run, and which of them the model returns."""

    mode: bool | None
    symbolic: bool
    calls: list[Call] = field(default_factory=list)
    outputs: tuple[int, ...] = ()
    producer: dict[int, int] = field(default_factory=dict)
    kept: list[Any] = field(default_factory=list)  # keeps ids of tensors unique
    path: list[str] = field(default_factory=list)
    raw: RawOps | None = None  # where results know their TensorFlow operation
    bases: set[int] = field(default_factory=set)  # own layers whose base does the work

    def register_inputs(self, tensors: list[Any]) -> None:
        """Give the model's inputs the numbers -1, -2 and so on."""
        for position, tensor in enumerate(tensors):
            self.producer[id(tensor)] = -1 - position
            self.kept.append(tensor)

    def add(
        self,
        layer: Any,
        operation: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        outputs: Any,
    ) -> None:
        """Append one call."""
        tensors = _tensors((args, kwargs))
        results = _tensors(outputs)
        sources = tuple(self._source(tensor) for tensor in tensors)
        if not tensors and not self.symbolic:
            sources = (len(self.calls) - 1,)  # an array, by way of NumPy
        again = self._same_call(layer, sources)
        if again is not None:
            for tensor in results:
                self.producer[id(tensor)] = again
                self.kept.append(tensor)
            return
        self.calls.append(
            Call(
                layer=layer,
                operation="" if operation is None else type(operation).__name__,
                settings={}
                if operation is None
                else _settings(operation, args, kwargs),
                inputs=sources,
                training=_mode_of(layer, args, kwargs, self.mode),
                input_shapes=tuple(shape_of(tensor) for tensor in tensors),
                output_shape=shape_of(results[0]) if results else (),
                path=tuple(self.path),
            )
        )
        for tensor in results:
            self.producer[id(tensor)] = len(self.calls) - 1
            self.kept.append(tensor)

    def _same_call(self, layer: Any, sources: tuple[int, ...]) -> int | None:
        """Return an earlier call of the same layer on the same values.

        `where(dense(x) > 0, dense(x), 0)` computes one thing, not two. Layers that
        draw random numbers give another result each time.
        """
        kinds = {base.__name__ for base in type(layer).__mro__}
        if layer is None or kinds & MODE_KINDS:
            return None
        for number, call in enumerate(self.calls):
            if call.layer is layer and call.inputs == sources:
                return number
        return None

    def fresh(self, outputs: Any) -> Any:
        """Return a layer's results as tensors of their own.

        Dropout at inference gives back the very tensor that it was given.
        """
        if self.symbolic:
            return outputs
        import keras
        import tensorflow as tf

        return keras.tree.map_structure(
            lambda one: tf.identity(one) if id(one) in self.producer else one, outputs
        )

    def add_raw(
        self,
        name: str,
        settings: dict[str, Any],
        sources: tuple[int, ...],
        inputs: list[Any],
        output: Any,
    ) -> int:
        """Append one step of raw TensorFlow; return its number."""
        shapes = tuple(shape_of(tensor) for tensor in inputs)
        call = Call(
            None,
            name,
            settings,
            sources,
            None,
            shapes,
            shape_of(output),
            tuple(self.path),
        )
        self.calls.append(call)
        self.producer[id(output)] = len(self.calls) - 1
        self.kept.append(output)
        return len(self.calls) - 1

    def finish(self, outputs: Any) -> Record:
        """Note which calls the model returns."""
        self.outputs = tuple(self._source(tensor) for tensor in _tensors(outputs))
        self.kept.clear()
        self.raw = None
        return self

    def _source(self, tensor: Any) -> int:
        """Return the call that made a tensor; a run with numbers hides it: the last."""
        if self.raw is not None:
            source = self.raw.source(tensor)
            if source is not None:
                return source
        return self.producer.get(id(tensor), len(self.calls) - 1)


def record_symbolic(model: Any, inputs: Any, *, training: bool | None) -> Record:
    """Record `model.call` on symbolic inputs; None leaves the mode to each call.

    Raises whatever the model's own code raises.
    """
    record = Record(mode=training, symbolic=True)
    record.register_inputs(_tensors(inputs))
    with _watched(record):
        outputs = _call_inside(model, (inputs,), {"training": training})
    return record.finish(outputs)


def record_operations(
    model: Any, specs: list[Any], inputs: Any, *, training: bool
) -> Record:
    """Record `model.call` with the raw TensorFlow operations between its layers.

    Args:
        model: A built model.
        specs: One `tf.TensorSpec` per input.
        inputs: Turns the traced tensors into what the model takes.
        training: The mode.

    Raises whatever the model's own code raises.
    """
    import tensorflow as tf

    record = Record(mode=training, symbolic=False)
    record.raw = RawOps(record.producer, record.add_raw)

    def body(*tensors: Any) -> list[Any]:
        record.register_inputs(list(tensors))
        with _watched(record):
            outputs = _call_inside(
                model, (inputs(list(tensors)),), {"training": training}
            )
        record.finish(outputs)
        return []

    tf.function(body, autograph=False).get_concrete_function(*specs)
    return record


def record_numbers(model: Any, inputs: Any, *, training: bool) -> Record:
    """Record one run of `model` on small arrays; the caller restores its state."""
    record = Record(mode=training, symbolic=False)
    record.register_inputs(_tensors(inputs))
    with _watched(record):
        outputs = _call_inside(model, (inputs,), {"training": training})
    return record.finish(outputs)


@contextmanager
def _watched(record: Record) -> Iterator[None]:
    """Watch all layer calls and symbolic operations for the moment."""
    import keras

    layer_class, operation_class = keras.layers.Layer, keras.Operation
    layer_call = layer_class.__call__
    symbolic_call = operation_class.symbolic_call

    def watch_layer(self: Any, *args: Any, **kwargs: Any) -> Any:
        if not _concerns(record, (args, kwargs)):
            return layer_call(self, *args, **kwargs)
        return _run_layer(record, layer_call, self, args, kwargs)

    def watch_operation(self: Any, *args: Any, **kwargs: Any) -> Any:
        outputs = symbolic_call(self, *args, **kwargs)
        if not isinstance(self, layer_class) and record.symbolic:
            record.add(None, self, args, kwargs, outputs)
        return outputs

    layer_class.__call__ = watch_layer
    operation_class.symbolic_call = watch_operation
    try:
        yield
    finally:
        layer_class.__call__ = layer_call
        operation_class.symbolic_call = symbolic_call


def _run_layer(
    record: Record,
    layer_call: Callable[..., Any],
    layer: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    """Run one layer: enter containers, record the others."""
    import keras

    names, _ = _arguments_of(_code_of(layer))
    is_told = kwargs.get("training") is not None or "training" in names[: len(args)]
    if record.mode is not None and not is_told:
        # Keras hands the mode down to inner layers; here nobody else does.
        kwargs = taken_by(layer, {**kwargs, "training": record.mode})
    if isinstance(layer, keras.Model):
        with _inside(record, layer):
            if not layer.built and not record.symbolic:
                return layer_call(layer, *args, **kwargs)
            return _call_inside(layer, args, kwargs)
    if not _is_keras_layer(layer):
        entered, outputs = _try_inside(record, layer, args, kwargs)
        if entered:
            return outputs
    outputs = record.fresh(_call_leaf(record, layer_call, layer, args, kwargs))
    record.add(layer, None, args, kwargs, outputs)
    learned = learned_activation(layer)
    if learned is not None:
        record.add(learned, None, (outputs,), {}, outputs)
    return outputs


def _call_leaf(
    record: Record,
    layer_call: Callable[..., Any],
    layer: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    """Run a layer without recording what happens inside it.

    A built layer only needs its shapes worked out; that leaves no trace in it.
    """
    calls, record.calls = record.calls, []
    try:
        if record.symbolic and layer.built:
            return layer.compute_output_spec(*args, **taken_by(layer, kwargs))
        return layer_call(layer, *args, **kwargs)
    finally:
        record.calls = calls


def default_mode(layer: Any) -> bool:
    """Return True if a layer is in training mode unless it is told otherwise."""
    parameter = inspect.signature(_code_of(layer)).parameters.get("training")
    return parameter is not None and parameter.default is True


def _code_of(container: Any) -> Callable[..., Any]:
    """Return the Python code of a call; `@tf.function` would hide what it does."""
    call: Callable[..., Any] = container.call
    return getattr(call, "python_function", call)


def _arguments_of(call: Callable[..., Any]) -> tuple[tuple[str, ...], bool]:
    """Return the names of a call's arguments, and whether it takes any others."""
    function = getattr(call, "__func__", None)
    if function is None:
        return _signature(call)
    names, takes_any = _signature(function)
    return names[1:], takes_any  # without self


@functools.lru_cache(maxsize=1024)
def _signature(function: Callable[..., Any]) -> tuple[tuple[str, ...], bool]:
    """Return the names of a function's arguments, and whether it takes any others."""
    parameters = inspect.signature(function).parameters
    takes_any = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    return tuple(parameters), takes_any


def taken_by(container: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call; `training` only where `call` takes it."""
    names, takes_any = _arguments_of(_code_of(container))
    if "training" in names or takes_any:
        return kwargs
    return {key: value for key, value in kwargs.items() if key != "training"}


def _try_inside(
    record: Record, layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[bool, Any]:
    """Enter a layer class of the learner's, if Keras layers do its work.

    A class that only passes its input on, or computes by itself, stays one layer, so
    that an impostor named like a Keras layer is seen.
    """
    before = len(record.calls)
    producers = dict(record.producer)
    try:
        with _inside(record, layer), _base_watched(record, layer):
            if not layer.built:
                layer.build(*(shape_of(tensor) for tensor in _tensors(args)))
            outputs = _call_inside(layer, args, kwargs)
    except Exception:
        outputs = None
    inner = record.calls[before:]
    works_by_layers = outputs is not None and (
        any(call.layer is not None for call in inner)
        or _only_reshapes(record, layer, inner, outputs)
    )
    if not works_by_layers:
        del record.calls[before:]
        record.producer.clear()  # the same dict: others hold on to it
        record.producer.update(producers)
    return works_by_layers, outputs


def _only_reshapes(record: Record, layer: Any, inner: list[Call], outputs: Any) -> bool:
    """Return True for an own class that stands for one joining or reshaping step.

    Not if it has the name of a Keras layer: an impostor stays one layer.
    """
    if layer.weights or type(layer).__name__ in DEFAULTS:
        return False
    if record.raw is not None:
        return not inner and all(
            record.raw.is_reshape(one) for one in _tensors(outputs)
        )
    return len(inner) == 1 and inner[0].operation in STRUCTURAL_OPERATIONS


@contextmanager
def _base_watched(record: Record, layer: Any) -> Iterator[None]:
    """Watch `super().call(...)`: what the Keras base of an own class does.

    A class that only hands on to its base is as good as the base.
    """
    base: Any = next(
        (c for c in type(layer).__mro__ if _is_keras_class(c) and "call" in vars(c)),
        None,
    )
    if base is None or base.__name__ in ("Layer", "Model"):
        yield
        return
    base_call = base.call

    def watch_base(self: Any, *args: Any, **kwargs: Any) -> Any:
        calls, record.calls = record.calls, []
        try:
            outputs = base_call(self, *args, **kwargs)
        finally:
            record.calls = calls
        if self is layer:
            record.bases.add(id(layer))
            record.add(layer, None, args, kwargs, outputs)
        return outputs

    base.call = watch_base
    try:
        yield
    finally:
        base.call = base_call


@contextmanager
def _inside(record: Record, container: Any) -> Iterator[None]:
    """Note the name of a container while its inner layers are recorded."""
    record.path.append(str(container.name))
    try:
        yield
    finally:
        record.path.pop()


def _call_inside(container: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Run a container's own `call`, with `training` only where it takes one."""
    return _code_of(container)(*args, **taken_by(container, kwargs))


def _is_keras_layer(layer: Any) -> bool:
    return _is_keras_class(type(layer))


def _is_keras_class(kind: type) -> bool:
    return kind.__module__.split(".")[0] == "keras"


def _concerns(record: Record, values: Any) -> bool:
    """Return True if a call belongs to the run that is being recorded."""
    import keras

    if not record.symbolic:
        return True
    return any(isinstance(tensor, keras.KerasTensor) for tensor in _tensors(values))


def _mode_of(
    layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any], mode: bool | None
) -> bool | None:
    """Return the `training` a layer was called with; by default the model's mode."""
    if layer is None:
        return None
    given = kwargs.get("training")
    if given is None and len(args) > 1:
        names, _ = _arguments_of(_code_of(layer))
        bound = dict(zip(names, args, strict=False))
        given = bound.get("training")
    return mode if given is None else bool(given)


def _settings(
    operation: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> dict[str, Any]:
    """Return an operation's attributes and the plain numbers among its arguments."""
    numbers = [
        value
        for value in (*args, *kwargs.values())
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    found = {**plain_settings(operation), "numbers": numbers}
    if args and isinstance(args[0], int | float) and not isinstance(args[0], bool):
        found["number_first"] = True  # 255 / x is not x / 255
    return found


def _tensors(values: Any) -> list[Any]:
    """Return all tensors in a nested structure."""
    import keras

    return [
        value
        for value in keras.tree.flatten(values)
        if isinstance(value, keras.KerasTensor) or keras.ops.is_tensor(value)
    ]
