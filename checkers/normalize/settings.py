"""Settings of a layer in their shortest form, defaults filled in.

A ModelSpec states the same settings, so that the two can be compared one by one.
"""

from __future__ import annotations

from typing import Any

from checkers.layers import MODE_KINDS, REQUIRED, SAME_AS_POOL, defaults_of
from checkers.snapshot import CallFacts, LayerFacts
from checkers.spec import simplify

__all__ = ["from_behind", "settle"]

# Weights that no optimizer moves.
_STATISTICS = {"mean", "variance", "count", "seed_generator_state"}


def settle(layer: LayerFacts, call: CallFacts, mode: str) -> dict[str, Any]:
    """Return the settled properties of a layer."""
    learns = any(weight.name not in _STATISTICS for weight in layer.weights)
    found: dict[str, Any] = {
        # Freezing a layer without weights to train changes nothing.
        "trainable": layer.trainable or not learns,
        "switch": mode,
    }
    names = defaults_of(layer.kind) if layer.is_keras else layer.config
    for name, default in (names or {}).items():
        known = None if default in (REQUIRED, SAME_AS_POOL) else default
        found[name] = simplify(layer.config.get(name, known))
    if "activation" in found and layer.activation:
        found["activation"] = layer.activation
    if "strides" in found and found["strides"] is None:
        found["strides"] = found.get("pool_size")
    for name, value in found.items():
        if name == "padding" and isinstance(value, str):
            found[name] = value.lower()  # pooling layers keep "Same" as it was written
        elif name.endswith("_regularizer"):
            found[name] = None if _is_zero_penalty(value) else _one_penalty(value)
        elif name.endswith("factor"):
            found[name] = _symmetric(value)
    found = from_behind(found, call)
    if layer.kind in MODE_KINDS and found.get("noise_shape") is not None:
        found["noise_shape"] = _settled_noise(layer.config["noise_shape"], call)
    return found


def from_behind(properties: dict[str, Any], call: CallFacts) -> Any:
    """Return the properties with the axis counted from the last one, -1."""
    axis = properties.get("axis")
    rank = len(call.input_shapes[0]) if call.input_shapes else 0
    if isinstance(axis, int) and not isinstance(axis, bool) and axis >= 0 and rank:
        return {**properties, "axis": axis - rank}
    return properties


def _settled_noise(noise_shape: Any, call: CallFacts) -> Any:
    """Return None for a noise shape that draws one value per entry anyway."""
    shape = call.input_shapes[0] if call.input_shapes else ()
    if not isinstance(noise_shape, list) or len(noise_shape) != len(shape):
        return noise_shape
    pairs = zip(noise_shape, shape, strict=True)
    if all(noise is None or noise == size for noise, size in pairs):
        return None
    return tuple(noise_shape)


def _is_zero_penalty(value: Any) -> bool:
    """Return True for L1(0), L2(0.0) and the like."""
    if not isinstance(value, str) or "(" not in value:
        return False
    numbers = [
        part.split("=")[-1] for part in value.rstrip(")").split("(")[1].split(",")
    ]
    return all(number.strip() in ("0", "0.0") for number in numbers)


def _one_penalty(value: Any) -> Any:
    """Return L2(l2=0.01) for L1L2(l1=0, l2=0.01)."""
    if not isinstance(value, str) or not value.startswith("L1L2("):
        return value
    parts = [part.strip() for part in value[len("L1L2(") : -1].split(",")]
    used = [part for part in parts if float(part.split("=")[1]) != 0]
    if len(used) != 1:
        return value
    return f"{used[0].split('=')[0].upper()}({used[0]})"


def _symmetric(value: Any) -> Any:
    """Return 0.1 for the range (-0.1, 0.1), as augmentation layers take it."""
    if isinstance(value, tuple) and len(value) == 2 and value[0] == -value[1]:
        return value[1]
    return value
