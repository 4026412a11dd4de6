"""What is right in lesson 05, pooling.

Networks and numbers stand here; functions and measured accuracies have modules of
their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._pooling_functions import conv_backward, pool2d, pool_backward
from checkers.keys._pooling_measured import shifted_digits
from checkers.keys._pooling_stacks import field_stack, source_pool, strided_stack
from checkers.keys._pooling_windows import field_of
from checkers.rules.values import NumberIs, Slip

__all__ = [
    "conv_backward",
    "field_stack",
    "pool2d",
    "pool_backward",
    "receptive_field",
    "shifted_digits",
    "source_pool",
    "strided_stack",
]

Layers = list[tuple[int, int, int]]
_FILTERS = 8  # of each convolution in exercise 1, mentioned to be ignored


def _plain(parameters: dict[str, Any]) -> Layers:
    """Return window, stride and dilation of each layer of the plain stack."""
    return [(3, 1, 1)] * int(parameters["layers"])


def _mixed(parameters: dict[str, Any]) -> Layers:
    """Return window, stride and dilation of each layer of the mixed stack."""
    window, dilation = int(parameters["window"]), int(parameters["dilation"])
    return [(3, 1, 1), (2, 2, 1), (window, 1, 1), (3, 2, 1), (3, 1, dilation)]


def _right(layers: Layers) -> int:
    return field_of(layers)[0]


def _sum_of_windows(layers: Layers) -> int:
    return sum(window for window, _, _ in layers)


def _sum_of_wide_windows(layers: Layers) -> int:
    """Add windows, dilated ones with the pixels that they span."""
    return sum((window - 1) * dilation + 1 for window, _, dilation in layers)


def _without_strides(layers: Layers) -> int:
    return _right([(window, 1, dilation) for window, _, dilation in layers])


def _without_pool_stride(layers: Layers) -> int:
    return _right([layers[0], (2, 1, 1), *layers[2:]])


def _without_last_stride(layers: Layers) -> int:
    return _right([*layers[:3], (3, 1, 1), layers[4]])


def _without_dilation(layers: Layers) -> int:
    return _right([(window, stride, 1) for window, stride, _ in layers])


def _dilation_times_window(layers: Layers) -> int:
    """Multiply the window with the dilation, in place of window - 1."""
    return _right(
        [(window * dilation, stride, 1) for window, stride, dilation in layers]
    )


def _own_stride(layers: Layers) -> int:
    """Let each layer's own stride count for its own window."""
    field, step = 1, 1
    for window, stride, dilation in layers:
        step *= stride
        field += (window - 1) * dilation * step
    return field


def _area(layers: Layers) -> int:
    return _right(layers) ** 2


def _weights(layers: Layers, *, with_biases: bool) -> int:
    """Count the parameters of the convolutions, on one input channel."""
    total, channels = 0, 1
    for window, stride, _ in layers:
        if (window, stride) != (2, 2):
            total += _FILTERS * (window**2 * channels + with_biases)
            channels = _FILTERS
    return total


def _parameters(layers: Layers) -> int:
    return _weights(layers, with_biases=True)


def _weights_only(layers: Layers) -> int:
    return _weights(layers, with_biases=False)


def _kernel_numbers(layers: Layers) -> int:
    return sum(window**2 for window, _, _ in layers)


def _slips(
    stack: Callable[[dict[str, Any]], Layers],
    *named: tuple[Callable[[Layers], int], str],
) -> tuple[Slip, ...]:
    """Return slips that work a stack out in a wrong way."""

    def value(work: Callable[[Layers], int]) -> Callable[[dict[str, Any]], int]:
        return lambda parameters: work(stack(parameters))

    return tuple(Slip(value(work), f"POOLING.{code}") for work, code in named)


receptive_field = Key(
    exercise="pooling-receptive-field",
    rules=(
        NumberIs(
            "plain",
            "plain",
            lambda parameters: _right(_plain(parameters)),
            slips=_slips(
                _plain,
                (_sum_of_windows, "ADDS_WINDOWS"),
                (_area, "FIELD_AREA"),
                (_kernel_numbers, "FIELD_IS_PARAMETERS"),
                (_parameters, "FIELD_IS_PARAMETERS"),
                (_weights_only, "FIELD_IS_PARAMETERS"),
            ),
        ),
        NumberIs(
            "mixed",
            "mixed",
            lambda parameters: _right(_mixed(parameters)),
            slips=_slips(
                _mixed,
                (_without_strides, "STRIDES_IGNORED"),
                (_without_pool_stride, "FIELD_STRIDE"),
                (_without_last_stride, "FIELD_STRIDE"),
                (_without_dilation, "DILATION_IGNORED"),
                (_own_stride, "OWN_STRIDE"),
                (_dilation_times_window, "DILATED_WINDOW"),
                (_sum_of_windows, "ADDS_WINDOWS"),
                (_sum_of_wide_windows, "ADDS_WINDOWS"),
                (_area, "FIELD_AREA"),
                (_kernel_numbers, "FIELD_IS_PARAMETERS"),
                (_parameters, "FIELD_IS_PARAMETERS"),
                (_weights_only, "FIELD_IS_PARAMETERS"),
            ),
        ),
    ),
    solution=N_(
        "field, step = 1, 1\n"
        "for window, stride, dilation in stack:\n"
        "    field += (window - 1) * dilation * step\n"
        "    step *= stride\n"
        "Each 3 x 3 layer of the plain stack adds 2 pixels. In the other stack each "
        "layer's window counts in steps, and a stride makes the steps of all later "
        "layers longer."
    ),
)
