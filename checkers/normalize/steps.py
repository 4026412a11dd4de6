"""One recorded call as one node: layers and loose operations in the same words."""

from __future__ import annotations

from typing import Any

from checkers.layers import ACTIVATION_KINDS, DEFAULTS, OWN_CODE
from checkers.normalize.graph import Node
from checkers.normalize.settings import from_behind, settle
from checkers.snapshot import CallFacts, LayerFacts
from checkers.spec import simplify
from checkers.verdict import LayerRef

__all__ = ["as_own_step", "node_of"]

# Keras operations that are an activation, and layers whose plain operation does the
# same: keras.ops.relu(x) is relu wherever it stands.
_OPERATIONS = {
    "Relu": "relu",
    "Relu6": "relu6",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Softplus": "softplus",
    "Softsign": "softsign",
    "Silu": "silu",
    "Gelu": "gelu",
    "Elu": "elu",
    "Selu": "selu",
    "Exp": "exponential",
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
    "HardSigmoid": "hard_sigmoid",
    "LeakyRelu": "leaky_relu",
}
# Pools over windows: of TensorFlow, of keras.ops.
_POOLS = {"MaxPool": "MaxPooling", "AvgPool": "AveragePooling"}
_POOLS |= {"AveragePool": "AveragePooling"}


def node_of(call: CallFacts, layers: tuple[LayerFacts, ...], mode: str) -> Node:
    """Return one call in its normal form."""
    if call.layer is None:
        return _operation_node(call)
    layer = layers[call.layer]
    ref = LayerRef(call.layer, layer.name, layer.kind)
    properties = settle(layer, call, mode)
    kind = layer.kind
    activation = layer.activation
    is_own = not layer.is_keras and kind not in DEFAULTS
    is_own_activation = is_own and not layer.weights and activation
    if is_own_activation or (
        layer.is_keras and kind in ACTIVATION_KINDS and activation
    ):
        kind, properties = _activation(activation, properties)
    elif layer.is_keras and kind == "Reshape" and _flattens(call):
        kind, properties = "Flatten", _switches(properties)
    elif layer.is_keras and kind == "Dropout" and _drops_maps(call, properties):
        kind = f"SpatialDropout{len(properties['noise_shape']) - 2}D"
        properties = {**_switches(properties), "rate": properties["rate"]}
    start = {
        weight.name: weight.mean
        for weight in layer.weights
        if weight.is_constant and weight.name in ("kernel", "embeddings")
    }
    return Node(
        kind,
        properties,
        call.inputs,
        ref,
        call.layer,
        layer.is_keras or bool(is_own_activation),
        call.output_shape,
        start,
        bool(layer.weights),
        input_shape=call.input_shapes[0] if call.input_shapes else (),
    )


def _operation_node(call: CallFacts) -> Node:
    """Return an operation without a layer: an activation, or itself."""
    if call.operation == "Activation":
        name = call.settings["activation"]
    else:
        name = _OPERATIONS.get(call.operation)
    # maximum(x, 0) is relu, however it was written.
    if call.operation == "Maximum" and call.settings.get("numbers") in ([0], [0.0]):
        name = "relu"
    properties: dict[str, Any] = {"trainable": True, "switch": "normal"}
    pool, scale = _global_pool(call), _scale_of(call)
    if pool:
        kind, properties = pool, {**properties, "keepdims": False}
    elif scale is not None:
        kind, properties = "Rescaling", {**properties, "scale": scale, "offset": 0.0}
    elif name is None and call.operation == "Reshape" and _flattens(call):
        kind = "Flatten"
    elif call.operation in _POOLS and call.settings.get("pool_size") is not None:
        kind = f"{_POOLS[call.operation]}{len(call.output_shape) - 2}D"
        held = {**call.settings, "strides": call.settings.get("strides")}
        held["strides"] = held["strides"] or held["pool_size"]
        known = DEFAULTS[kind]
        properties |= {key: simplify(held.get(key, known[key])) for key in known}
    elif name is None:
        kind = call.operation
        properties |= {key: simplify(value) for key, value in call.settings.items()}
        properties = from_behind(properties, call)
    else:
        kind, properties = _activation(name, properties)
    ref = LayerRef(None, call.operation.lower(), call.operation)
    return Node(
        kind,
        properties,
        call.inputs,
        ref,
        is_keras=kind != OWN_CODE,
        output_shape=call.output_shape,
    )


def _global_pool(call: CallFacts) -> str:
    """Return the layer that a mean or maximum over all positions is; "" if none."""
    names = {"Mean": "GlobalAveragePooling", "Max": "GlobalMaxPooling"}
    rank = len(call.input_shapes[0]) if call.input_shapes else 0
    axes = call.settings.get("axis")
    if call.operation not in names or rank < 3 or call.settings.get("keepdims"):
        return ""
    listed = [
        axis
        for axis in (axes if isinstance(axes, list) else [axes])
        if isinstance(axis, int)
    ]
    if sorted(axis % rank for axis in listed) != list(range(1, rank - 1)):
        return ""
    return f"{names[call.operation]}{rank - 2}D"


def _scale_of(call: CallFacts) -> float | None:
    """Return the factor of x / 255 or x * 0.5 on an input of the model; else None."""
    numbers = call.settings.get("numbers")
    on_input = len(call.inputs) == 1 and call.inputs[0] < 0
    if not on_input or not isinstance(numbers, list) or len(numbers) != 1:
        return None
    number = numbers[0]
    if isinstance(number, bool) or not isinstance(number, int | float) or not number:
        return None
    if call.operation == "Multiply":
        return float(number)
    is_quotient = call.operation in ("TrueDivide", "Divide")
    return None if not is_quotient or "number_first" in call.settings else 1 / number


def _activation(name: str, properties: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return kind and properties of a standalone activation."""
    switches = _switches(properties)
    slope = slope_of(name)
    if slope is not None:
        return "LeakyReLU", {**switches, "negative_slope": slope}
    return "Activation", {**switches, "activation": name}


def as_own_step(activation: Any) -> tuple[str, dict[str, Any]]:
    """Return kind and properties of an activation that stands on its own."""
    return _activation(str(activation), {"trainable": True, "switch": "normal"})


def slope_of(activation: Any) -> float | None:
    """Return the slope of "leaky_relu" or "leaky_relu(0.1)"; None for any other."""
    name = str(activation)
    if name == "leaky_relu":
        return 0.2
    if not name.startswith("leaky_relu("):
        return None
    return float(name[len("leaky_relu(") : -1])


def _switches(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties that every node has."""
    return {key: properties[key] for key in ("trainable", "switch")}


def _drops_maps(call: CallFacts, properties: dict[str, Any]) -> bool:
    """Return True for a noise shape that drops whole maps: (None, 1, 1, channels)."""
    noise, shape = properties.get("noise_shape"), call.input_shapes[0]
    if not isinstance(noise, tuple) or len(noise) != len(shape) or len(noise) < 3:
        return False
    between = noise[1:-1]
    return noise[0] is None and set(between) == {1} and noise[-1] in (None, shape[-1])


def _flattens(call: CallFacts) -> bool:
    """Return True if a reshape makes one row per example."""
    return len(call.output_shape) == 2
