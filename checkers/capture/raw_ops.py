"""Raw TensorFlow operations between the layers of a `call`, in the words of Keras.

`tf.nn.relu(self.dense(x))` runs on no symbolic Keras tensor. So the model's Python
code is traced once more, by `tf.function`, where every result knows its operation.
A stretch of operations on one tensor is named by what it does, like any activation;
the others become steps named after the Keras operation that does the same.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checkers.capture.activations import UNKNOWN, name_of
from checkers.capture.plain import shape_of
from checkers.layers import OWN_CODE

__all__ = ["RawOps"]

_KINDS = {
    "AddV2": "Add",
    "AddN": "Add",
    "Sub": "Subtract",
    "Mul": "Multiply",
    "RealDiv": "Divide",
    "ConcatV2": "Concatenate",
}
# Operations that only say something about a tensor's size: nothing flows through.
_SIZES = {"Shape", "Size", "Rank", "ShapeN"}
# Only the first input is data; the others are axes, shapes or paddings.
_ONE_INPUT = {
    "Reshape",
    "Mean",
    "Max",
    "Min",
    "Sum",
    "ExpandDims",
    "Transpose",
    "Tile",
    "Pad",
    "PadV2",
    "StridedSlice",
    "Slice",
    "GatherV2",
    "Cast",
    "Identity",
    "StopGradient",
}
_RENAMED = {"squeeze_dims": "axis"}  # as tf.raw_ops calls it
_MAX_OPERATIONS = 60  # one activation takes about ten


@dataclass(frozen=True)
class RawOps:
    """Finds out how a tensor came from those that are already recorded.

    Attributes:
        producer: Recorded tensor's id to its call.
        add: Appends a step: (name, settings, sources, input shapes, tensor) to index.
    """

    producer: dict[int, int]
    add: Callable[[str, dict[str, Any], tuple[int, ...], list[Any], Any], int]

    def source(self, tensor: Any) -> int | None:
        """Return the call that gives a tensor, added here if need be; None if none.

        A constant comes from no call.
        """
        known = self.producer.get(id(tensor))
        if known is not None or tensor.op.type in _SIZES:
            return known
        stretch = self._stretch(tensor)
        sources = {self.producer[id(origin)] for origin in stretch.origins}
        if len(sources) == 1:
            (source,) = sources
            name = stretch.activation(tensor)
            if name == "linear":
                self.producer[id(tensor)] = source
                return source
            if name != UNKNOWN:
                settings = {"activation": name}
                origin = stretch.origins[0]
                return self.add("Activation", settings, (source,), [origin], tensor)
            if stretch.draws:
                return self._own_code(tensor, stretch)
            if stretch.size > 1 and stretch.is_loose:
                # Nothing that Keras has a name or a layer for.
                origin = stretch.origins[0]
                return self.add(OWN_CODE, {}, (source,), [origin], tensor)
        return self._step(tensor) if sources else None

    def is_reshape(self, tensor: Any) -> bool:
        """Return True for one reshape, mean or maximum of a recorded tensor."""
        is_one = tensor.op.type in ("Reshape", "Mean", "Max")
        return is_one and id(tensor.op.inputs[0]) in self.producer

    def _own_code(self, tensor: Any, stretch: _Stretch) -> int:
        """Add dropout by hand as one step: its parts by themselves would say nothing.

        An activation in front of it is a step of its own.
        """
        for inner in stretch.tensors:
            before = self._stretch(inner)
            if before.draws or before.size == 0:
                continue
            if before.activation(inner) not in (UNKNOWN, "linear"):
                self.source(inner)
                rest = self._stretch(tensor)
                if len({self.producer[id(one)] for one in rest.origins}) == 1:
                    stretch = rest
                    break
        origin = stretch.origins[0]
        source = self.producer[id(origin)]
        return self.add(OWN_CODE, {}, (source,), [origin], tensor)

    def _step(self, tensor: Any) -> int | None:
        """Add one operation as a step of its own."""
        kind = tensor.op.type
        inputs = list(tensor.op.inputs)
        if kind in _ONE_INPUT:
            inputs = inputs[:1]
        pairs = [(self.source(one), one) for one in inputs]
        sources = tuple(source for source, _ in pairs if source is not None)
        if not sources:
            return None
        data = [one for source, one in pairs if source is not None]
        name = _KINDS.get(kind, kind)
        return self.add(name, _settings(tensor.op), sources, data, tensor)

    def _stretch(self, tensor: Any) -> _Stretch:
        """Return all operations between a tensor and what is recorded already."""
        operations: dict[int, str] = {}
        origins: dict[int, Any] = {}
        inner: list[Any] = []
        waiting = [tensor]
        while waiting:
            one = waiting.pop()
            if id(one) in self.producer:
                origins[id(one)] = one
            elif id(one.op) not in operations:
                operations[id(one.op)] = one.op.type
                inner.append(one)
                if one.op.type not in _SIZES:
                    waiting.extend(one.op.inputs)
        draws = any("Random" in kind for kind in operations.values())
        kinds = frozenset(operations.values())
        return _Stretch(
            tuple(origins.values()), len(operations), draws, tuple(inner), kinds
        )


@dataclass(frozen=True)
class _Stretch:
    """Operations between recorded tensors and a later one."""

    origins: tuple[Any, ...]
    size: int
    draws: bool  # random numbers
    tensors: tuple[Any, ...]  # in between, those nearest to the end first
    kinds: frozenset[str]

    @property
    def is_loose(self) -> bool:
        """True if no operation joins or reshapes, or is an activation by itself."""
        return not self.kinds & (_ONE_INPUT | set(_KINDS))

    def activation(self, tensor: Any) -> str:
        """Return the name of the activation that it is; "unknown" if it is none.

        All origins are the same tensor, given by one call.
        """
        import tensorflow as tf

        ranks = {origin.shape.rank for origin in self.origins}
        if self.size > _MAX_OPERATIONS or ranks != {tensor.shape.rank}:
            return UNKNOWN

        def run(values: Any) -> Any:
            # Results are kept by name: each access to an op makes a new tensor object.
            known = {origin.name: values for origin in self.origins}
            return _evaluate(tensor, known)

        with tf.init_scope():  # out of the trace: numbers, not symbols
            return name_of(run)


def _evaluate(tensor: Any, known: dict[str, Any]) -> Any:
    """Return the value of a traced tensor, one operation after the other.

    Raises whatever an operation raises on these values; the caller takes that for
    "no activation".
    """
    import tensorflow as tf

    if tensor.name in known:
        return known[tensor.name]
    fixed = tf.get_static_value(tensor)
    if fixed is not None:
        known[tensor.name] = tf.constant(fixed)
        return known[tensor.name]
    op = tensor.op
    names = [argument.name for argument in op.op_def.input_arg]
    values = [_evaluate(one, known) for one in op.inputs]
    if len(names) != len(values):  # an operation on a list of tensors
        raise NotImplementedError(op.type)
    run = getattr(tf.raw_ops, op.type)
    parameters = _parameters(run)
    attributes = {
        _RENAMED.get(attribute.name, attribute.name): op.get_attr(attribute.name)
        for attribute in op.op_def.attr
        if _RENAMED.get(attribute.name, attribute.name) in parameters[len(names) :]
    }
    results = run(**dict(zip(parameters, values, strict=False)), **attributes)
    if not isinstance(results, list | tuple):
        results = [results]
    for result, output in zip(results, op.outputs, strict=True):
        known[output.name] = result
    return known[tensor.name]


def _parameters(run: Callable[..., Any]) -> list[str]:
    """Return the names of an operation's arguments, its inputs first."""
    return [name for name in inspect.signature(run).parameters if name != "name"]


def _settings(op: Any) -> dict[str, Any]:
    """Return what the constants among an operation's inputs say, as Keras names it."""
    import tensorflow as tf

    constants = [tf.get_static_value(one) for one in op.inputs]
    numbers = [one.item() for one in constants if one is not None and one.size == 1]
    if op.type == "ConcatV2":
        return {"axis": int(constants[-1])} if constants[-1] is not None else {}
    if op.type in ("Mean", "Max", "Min", "Sum"):
        axis = None if constants[1] is None else constants[1].reshape(-1).tolist()
        return {"axis": axis, "keepdims": bool(op.get_attr("keep_dims"))}
    if op.type in ("MaxPool", "AvgPool"):
        return _pool_settings(op)
    if op.type == "Cast":
        return {"dtype": op.outputs[0].dtype.name}
    if op.type in ("AddV2", "Sub", "Mul", "RealDiv", "Maximum", "Minimum", "Pow"):
        return {"numbers": numbers}
    return {"shape": list(shape_of(op.outputs[0]))} if op.type == "Reshape" else {}


def _pool_settings(op: Any) -> dict[str, Any]:
    """Return a pool's window and stride; batch and channels have 1 in both."""
    form = op.get_attr("data_format").decode()
    places = [form.index(letter) for letter in "HW"]
    return {
        "pool_size": [op.get_attr("ksize")[place] for place in places],
        "strides": [op.get_attr("strides")[place] for place in places],
        "padding": op.get_attr("padding").decode().lower(),
        "data_format": "channels_last" if form == "NHWC" else "channels_first",
    }
