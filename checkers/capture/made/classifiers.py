"""A small classifier that a learner's function compiles, and what its loss then is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checkers.capture.stubs import own_error

__all__ = ["make_classifier", "observe_classifier"]

_INPUTS = 4


def make_classifier(_: Path, *, seed: int, classes: int, head: str) -> Any:
    """Return a network that is not compiled.

    Args:
        seed: Of the weights.
        classes: Width of the last layer.
        head: "softmax", or "logits" for a last layer without an activation.
    """
    import keras
    import numpy as np

    activation = "softmax" if head == "softmax" else None
    model = keras.Sequential(
        [
            keras.Input((_INPUTS,)),
            keras.layers.Dense(6, activation="relu"),
            keras.layers.Dense(classes, activation=activation),
        ]
    )
    rng = np.random.default_rng(seed)
    # Small weights: Keras clips probabilities below 1e-7, and no logit may come near.
    weights = [rng.normal(scale=0.4, size=w.shape) for w in model.get_weights()]
    model.set_weights(weights)
    return model


def observe_classifier(result: Any, args: list[Any], folder: Path) -> dict[str, Any]:
    """Return what the compiled model's loss, metrics and optimizer are.

    Args:
        result: What the function returned.
        args: The model that it was given, and the labels.
        folder: Not needed.
    """
    import keras
    import numpy as np

    given, labels = args[0], np.asarray(args[1])
    is_model = isinstance(result, keras.Model)
    found: dict[str, Any] = {
        "is_none": result is None,
        "is_model": is_model,
        "is_compiled": bool(is_model and getattr(result, "compiled", False)),
        "head": _head(given),
        "form": _form(labels),
    }
    if not found["is_compiled"]:
        return found
    inputs = np.random.default_rng(2).normal(size=(len(labels), _INPUTS))
    inputs = inputs.astype("float32")
    outputs = np.asarray(given(inputs, training=False), "float64")
    found |= _references(outputs, labels, is_softmax=found["head"] == "softmax")
    found |= _loss(result, inputs, labels)
    found["optimizer"] = type(result.optimizer).__name__
    found["rate"] = _rate(result.optimizer)
    return found


def _head(model: Any) -> str:
    import keras

    is_softmax = model.layers[-1].activation is keras.activations.softmax
    return "softmax" if is_softmax else "logits"


def _form(labels: Any) -> str:
    if labels.ndim == 1:
        return "whole"
    return "one_hot" if labels.shape[1] > 1 else "column"


def _references(outputs: Any, labels: Any, *, is_softmax: bool) -> dict[str, Any]:
    """Return the right loss, that of a second softmax, and the accuracy."""
    import numpy as np

    is_one_hot = _form(labels) == "one_hot"
    classes = labels.argmax(axis=1) if is_one_hot else labels.reshape(-1)
    classes = classes.astype(int)
    rows = np.arange(len(classes))
    right = outputs if is_softmax else _softmax(outputs)
    return {
        "expected": float(-np.log(right[rows, classes]).mean()),
        "softmax_twice": float(-np.log(_softmax(right)[rows, classes]).mean()),
        "accuracy": float((outputs.argmax(axis=1) == classes).mean()),
    }


def _softmax(values: Any) -> Any:
    import numpy as np

    powers = np.exp(values - values.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _loss(model: Any, inputs: Any, labels: Any) -> dict[str, Any]:
    """Return loss and metrics, or what kept them from being computed."""
    import math

    import keras

    found: dict[str, Any] = {
        "loss": None,
        "loss_error": "",
        "loss_name": _name(_loss_config(model)),
        "metrics": [],
    }
    y = keras.ops.convert_to_tensor(labels)
    # Plain numbers: from the output of a softmax itself, Keras on TensorFlow takes the
    # logits back when a loss is told to expect them; no other backend does.
    y_pred = keras.ops.convert_to_tensor(
        keras.ops.convert_to_numpy(model(inputs, training=False))
    )
    found["text_weights"] = _text_weights(model)
    try:
        if found["text_weights"]:  # the metrics, in the place of the weights
            loss = float(keras.losses.get(model.loss)(y, y_pred))
        else:
            loss = float(model.compute_loss(x=inputs, y=y, y_pred=y_pred))
        found["loss"] = loss if math.isfinite(loss) else None
    except Exception as error:
        found["loss_error"] = own_error(error).message[:300] or "error"
    # The metrics are a choice of their own: a loss that stops says nothing of them.
    try:
        metrics = model.compute_metrics(inputs, y, y_pred)
        found["metrics"] = [
            float(value) for name, value in metrics.items() if name != "loss"
        ]
    except Exception as error:
        found["metric_error"] = own_error(error).message[:300] or "error"
    return found


def _loss_config(model: Any) -> Any:
    """Return how Keras describes the loss, None if it cannot: of a `partial`."""
    return _compile_config(model).get("loss")


def _text_weights(model: Any) -> list[str]:
    """Return what is text where `loss_weights` should hold numbers."""
    weights = _compile_config(model).get("loss_weights")
    weights = weights if isinstance(weights, list | tuple) else [weights]
    return [one for one in weights if isinstance(one, str)]


def _compile_config(model: Any) -> dict[str, Any]:
    try:
        return model.get_compile_config() or {}
    except Exception:
        return {}


def _name(loss: Any) -> str:
    """Return a loss's name in small letters without marks."""
    if isinstance(loss, dict):
        loss = loss.get("class_name") or loss.get("config")
    return str(loss or "").replace("_", "").lower()


def _rate(optimizer: Any) -> float | None:
    try:
        return float(optimizer.learning_rate)
    except Exception:  # a schedule of the learner's own
        return None
