"""Which trainable weights a gradient reaches, and where it stops.

The loss is a random projection of all outputs: a softmax under a sum loss would have
no gradient at all. The weights are the learner's first. A gradient that is not there
(`None`) is missing whatever the weights are; one that is merely zero is tried again on
random weights and in inference mode, so that a zero-initialized head, a dropout or a
bias right before a batch normalization does not hurt a right answer.
"""

from __future__ import annotations

from typing import Any

from checkers.capture.probes.inputs import Inputs
from checkers.capture.probes.watch import watched_calls

__all__ = ["measure_gradients"]

_TRIES = 3


def measure_gradients(inputs: Inputs, layers: list[Any]) -> dict[str, Any]:
    """Return the weights that no gradient reaches, and the layer where it stops.

    The caller puts the weights back.
    """
    weights = [
        weight for weight in inputs.model.trainable_variables if _is_float(weight)
    ]
    if not weights:
        return {"cut": [], "zero": [], "stops_at": None, "stops_after": None}
    names = _names(layers)
    first = _run(inputs, weights, seed=0, training=True)
    cut = [
        weight for weight, found in zip(weights, first, strict=True) if found is None
    ]
    zero = [
        weight for weight, found in zip(weights, first, strict=True) if found is False
    ]
    if zero and not _is_plain(inputs.model, layers):
        zero = _still_zero(inputs, zero)
    elif zero:
        zero = []  # Keras's own layers: then it is what these layers do
    at, after = _stop(inputs, layers, cut) if cut else (None, None)
    return {
        "cut": [names.get(id(weight), [None, weight.name]) for weight in cut],
        "zero": [names.get(id(weight), [None, weight.name]) for weight in zero],
        "stops_at": at,
        "stops_after": after,
    }


def _run(
    inputs: Inputs, weights: list[Any], *, seed: int, training: bool
) -> list[bool | None]:
    """Return per weight: True if a gradient reaches it, False if zero, None if cut."""
    import tensorflow as tf

    with tf.GradientTape(watch_accessed_variables=False) as tape:
        for weight in weights:
            tape.watch(weight.value)
        loss = _loss(inputs.model(inputs.draw(seed), training=training), seed)
    if loss is None:
        return [None] * len(weights)
    found = tape.gradient(loss, [weight.value for weight in weights])
    return [None if gradient is None else _is_felt(gradient) for gradient in found]


def _loss(outputs: Any, seed: int) -> Any:
    """Return a random projection of all float outputs; None if there is none."""
    import keras
    import numpy as np
    import tensorflow as tf

    rng = np.random.default_rng(seed)
    terms = []
    for output in keras.tree.flatten(outputs):
        if not keras.ops.is_tensor(output) or not output.dtype.is_floating:
            continue
        direction = rng.normal(size=output.shape).astype("float32")
        terms.append(tf.reduce_sum(tf.cast(output, tf.float32) * direction))
    return tf.add_n(terms) if terms else None


def _is_felt(gradient: Any) -> bool:
    """Return True unless all entries are zero; nan does arrive."""
    import numpy as np

    values = getattr(gradient, "values", gradient)  # of an embedding: the rows in use
    return bool(np.any(values.numpy() != 0))


def _still_zero(inputs: Inputs, zero: list[Any]) -> list[Any]:
    """Return the weights without any effect on random weights, in either mode.

    Where a gradient reaches the model's input, it has passed all layers; then a weight
    without one has none by the nature of its layer.
    """
    for seed in range(1, 1 + _TRIES):
        _randomize(inputs.model, seed)
        for training in (False, True):
            found = _run(inputs, zero, seed=seed, training=training)
            zero = [w for w, felt in zip(zero, found, strict=True) if not felt]
            if not zero or _reaches_input(inputs, seed):
                return []
    return zero


def _reaches_input(inputs: Inputs, seed: int) -> bool:
    """Return True if a gradient comes out at the other end of the model."""
    import keras
    import tensorflow as tf

    drawn = inputs.draw(seed)
    tensors = [one for one in keras.tree.flatten(drawn) if one.dtype.is_floating]
    if not tensors:
        return False
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        for tensor in tensors:
            tape.watch(tensor)
        loss = _loss(inputs.model(drawn, training=False), seed)
    found = [] if loss is None else tape.gradient(loss, tensors)
    return any(gradient is not None and _is_felt(gradient) for gradient in found)


def _randomize(model: Any, seed: int) -> None:
    """Give every trainable weight random values that keep signals of ordinary size."""
    import numpy as np

    rng = np.random.default_rng(seed)
    for weight in model.trainable_variables:
        shape = tuple(weight.shape)
        if not _is_float(weight):
            continue
        if len(shape) < 2:
            values = 0.5 + 0.5 * rng.normal(size=shape)
        else:
            values = rng.normal(size=shape) * np.sqrt(2 / max(1, np.prod(shape[:-1])))
        weight.assign(values)


def _stop(
    inputs: Inputs, layers: list[Any], cut: list[Any]
) -> tuple[int | None, int | None]:
    """Return the layer at which the gradient stops, or the one right before.

    Both None: it passes all layers, so the weights themselves are cut off.
    """
    import keras
    import tensorflow as tf

    drawn = inputs.draw(0)
    given = keras.tree.flatten(drawn)
    with (
        tf.GradientTape(persistent=True) as tape,
        # What comes out of a cut belongs to no tape unless it is handed to one.
        watched_calls(lambda one: tape.watch(one) if _is_float(one) else None) as calls,
    ):
        loss = _loss(inputs.model(drawn, training=True), 0)
    positions = {id(layer): index for index, layer in enumerate(layers)}
    steps = [call for call in calls if id(call.layer) in positions]
    owners = {id(layer) for layer in layers if _owns(layer, cut)}
    is_past, last = False, None
    for call in steps:
        is_first = all(any(one is own for own in given) for one in call.inputs)
        arrives = loss is not None and _comes(tape, loss, call.outputs)
        if is_past and not any(_is_float(one) for one in call.outputs):
            return positions[id(call.layer)], None  # whole numbers have no slope
        if is_past and not is_first and arrives:
            if not _comes(tape, loss, call.inputs):
                return positions[id(call.layer)], None
            break
        is_past = is_past or (id(call.layer) in owners and not arrives)
        last = call if is_past and not arrives else last
    return None, None if last is None else positions[id(last.layer)]


def _owns(layer: Any, weights: list[Any]) -> bool:
    return any(one is other for one in layer.weights for other in weights)


def _comes(tape: Any, loss: Any, tensors: list[Any]) -> bool:
    """Return True if a gradient comes to one of some tensors."""
    floats = [tensor for tensor in tensors if tensor.dtype.is_floating]
    return any(one is not None for one in tape.gradient(loss, floats))


def _is_plain(model: Any, layers: list[Any]) -> bool:
    """Return True if nothing but Keras's own code runs."""
    return _is_of_keras(type(model)) and all(
        _is_of_keras(type(layer))
        and type(layer).__name__ != "Lambda"
        and "call" not in vars(layer)
        and _is_of_keras(getattr(layer, "activation", None))
        for layer in layers
    )


def _is_of_keras(thing: Any) -> bool:
    if thing is None:
        return True
    module = getattr(thing, "__module__", None) or type(thing).__module__
    return str(module).split(".")[0] == "keras"


def _names(layers: list[Any]) -> dict[int, list[Any]]:
    """Return layer index and name of every weight, by the variable's id."""
    return {
        id(weight): [index, str(weight.path).rsplit("/", 1)[-1]]
        for index, layer in reversed(list(enumerate(layers)))
        for weight in layer.weights
    }


def _is_float(weight: Any) -> bool:
    return "float" in str(weight.dtype)
