"""Kinds of Keras layers: which properties matter and what Keras takes by default.

The one place that says what a layer *is* to the checker. Names and defaults are
those of Keras 3.15's public `get_config`; a test compares them with the real layers.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "ACTIVATION_KINDS",
    "DEFAULTS",
    "IDENTITY_KINDS",
    "MODE_KINDS",
    "OWN_CODE",
    "PRIMARY",
    "REQUIRED",
    "SAME_AS_POOL",
    "STRUCTURAL_OPERATIONS",
    "defaults_of",
    "owns_weights",
]

REQUIRED = object()
SAME_AS_POOL = object()

_KERNEL = {
    "activation": "linear",
    "use_bias": True,
    "kernel_regularizer": None,
    "bias_regularizer": None,
    "activity_regularizer": None,
    "kernel_constraint": None,
    "bias_constraint": None,
}
_CONV = {
    "filters": REQUIRED,
    "kernel_size": REQUIRED,
    "strides": 1,
    "padding": "valid",
    "dilation_rate": 1,
    "groups": 1,
    **_KERNEL,
}
_POOL = {"pool_size": 2, "strides": SAME_AS_POOL, "padding": "valid"}
_RATE = {"rate": REQUIRED}
_AFFINE = {
    "axis": -1,
    "epsilon": 0.001,
    "center": True,
    "scale": True,
    "beta_regularizer": None,
    "gamma_regularizer": None,
    "beta_constraint": None,
    "gamma_constraint": None,
}
_RECURRENT = {
    "units": REQUIRED,
    "activation": "tanh",
    "use_bias": True,
    "dropout": 0.0,
    "recurrent_dropout": 0.0,
    "return_sequences": False,
}

DEFAULTS: dict[str, dict[str, Any]] = {
    "Dense": {"units": REQUIRED, **_KERNEL},
    "Conv1D": _CONV,
    "Conv2D": _CONV,
    "Conv3D": _CONV,
    "Conv2DTranspose": {key: value for key, value in _CONV.items() if key != "groups"},
    "DepthwiseConv2D": {
        "kernel_size": REQUIRED,
        "depth_multiplier": 1,
        "strides": 1,
        "padding": "valid",
        "dilation_rate": 1,
        "activation": "linear",
        "use_bias": True,
    },
    "SeparableConv2D": {
        "filters": REQUIRED,
        "kernel_size": REQUIRED,
        "depth_multiplier": 1,
        "strides": 1,
        "padding": "valid",
        "dilation_rate": 1,
        "activation": "linear",
        "use_bias": True,
    },
    "Dropout": {**_RATE, "noise_shape": None},
    "AlphaDropout": {**_RATE, "noise_shape": None},
    "SpatialDropout1D": _RATE,
    "SpatialDropout2D": _RATE,
    "SpatialDropout3D": _RATE,
    "GaussianDropout": _RATE,
    "GaussianNoise": {"stddev": REQUIRED},
    "BatchNormalization": {"momentum": 0.99, **_AFFINE},
    "LayerNormalization": _AFFINE,
    "GroupNormalization": {"groups": 32, **_AFFINE},
    "UnitNormalization": {"axis": -1},
    "Normalization": {"axis": -1, "invert": False},
    "Rescaling": {"scale": REQUIRED, "offset": 0.0},
    **{f"MaxPooling{n}D": _POOL for n in (1, 2, 3)},
    **{f"AveragePooling{n}D": {**_POOL, "pool_size": REQUIRED} for n in (1, 2, 3)},
    **{f"GlobalMaxPooling{n}D": {"keepdims": False} for n in (1, 2, 3)},
    **{f"GlobalAveragePooling{n}D": {"keepdims": False} for n in (1, 2, 3)},
    "ZeroPadding2D": {"padding": 1},
    "UpSampling2D": {"size": 2, "interpolation": "nearest"},
    "Flatten": {},
    "Reshape": {"target_shape": REQUIRED},
    "Activation": {"activation": REQUIRED},
    "ReLU": {"max_value": None, "negative_slope": 0.0, "threshold": 0.0},
    "LeakyReLU": {"negative_slope": 0.3},
    "PReLU": {"shared_axes": None},
    "ELU": {"alpha": 1.0},
    "Softmax": {"axis": -1},
    "Add": {},
    "Subtract": {},
    "Multiply": {},
    "Average": {},
    "Maximum": {},
    "Minimum": {},
    "Concatenate": {"axis": -1},
    "RandomFlip": {"mode": "horizontal_and_vertical"},
    "RandomTranslation": {
        "height_factor": REQUIRED,
        "width_factor": REQUIRED,
        "fill_mode": "reflect",
    },
    "RandomRotation": {"factor": REQUIRED, "fill_mode": "reflect"},
    "RandomZoom": {"height_factor": REQUIRED, "width_factor": None},
    "RandomContrast": {"factor": REQUIRED},
    "RandomBrightness": {"factor": REQUIRED},
    "Embedding": {"input_dim": REQUIRED, "output_dim": REQUIRED},
    "SimpleRNN": _RECURRENT,
    "LSTM": {**_RECURRENT, "recurrent_activation": "sigmoid"},
    "GRU": {**_RECURRENT, "recurrent_activation": "sigmoid"},
}

# Layers that act while training and do nothing at inference, then layers that do
# something else in each mode.
MODE_KINDS = {
    "Dropout",
    "AlphaDropout",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "SpatialDropout3D",
    "GaussianDropout",
    "GaussianNoise",
    "RandomFlip",
    "RandomTranslation",
    "RandomRotation",
    "RandomZoom",
    "RandomContrast",
    "RandomBrightness",
}
# Layers whose whole effect is a function of each value (or of the last axis).
ACTIVATION_KINDS = {"Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "Lambda"}
# Layers without any effect on the values.
IDENTITY_KINDS = {"InputLayer", "Identity"}
# Operations that join or reshape tensors; a layer stands for each of them.
STRUCTURAL_OPERATIONS = {
    "Add",
    "Subtract",
    "Multiply",
    "Average",
    "Concatenate",
    "Reshape",
    "Mean",
    "Max",
    "Cast",
    "ConvertToTensor",
    "Identity",
}
# Name of a step that is made of operations of the learner's own.
OWN_CODE = "own code"
# The property that tells one layer of a kind from another: it weighs more when
# layers are aligned.
PRIMARY = {
    "Dense": "units",
    "Conv1D": "filters",
    "Conv2D": "filters",
    "Conv3D": "filters",
    "LSTM": "units",
    "GRU": "units",
    "SimpleRNN": "units",
    "Activation": "activation",
}


_SIGNS_OF_WEIGHTS = {"use_bias", "units", "filters", "input_dim", "shared_axes"}


def owns_weights(kind: str) -> bool:
    """Return True if layers of a kind have weights.

    Example:
        >>> owns_weights("Conv2D"), owns_weights("Dropout")
        (True, False)
    """
    names = set(DEFAULTS.get(kind, ()))
    return bool(names & (_SIGNS_OF_WEIGHTS | {"center"})) or kind == "Normalization"


def defaults_of(kind: str) -> dict[str, Any] | None:
    """Return the properties of a kind with their defaults; None if it is unknown.

    Example:
        >>> defaults_of("Flatten")
        {}
    """
    return DEFAULTS.get(kind)
