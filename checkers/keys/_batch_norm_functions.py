"""Keys of exercises 2 and 9 of lesson 10: batch normalization by hand, both ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys import _batch_norm_passes as passes
from checkers.rules.gradients import Apart, GradientCheck
from checkers.rules.shared import Share, Shared

__all__ = ["backward", "forward"]

_CODE = "BATCHNORM."
Row = list[float]
Batch = list[Row]

# -- 2 · Both passes by hand -----------------------------------------------------------


def _slip(name: str, code: str) -> tuple[Callable[..., Any], str]:
    return partial(passes.forward, slip=name), _CODE + code


def _whole(name: str, code: str, check: str) -> tuple[Callable[..., Any], str, str]:
    return *_slip(name, code), check


def _is_training(*args: Any) -> bool:
    return bool(args[5])


def _is_inference(*args: Any) -> bool:
    return not args[5]


# What goes wrong in every output costs the first check; the thoughts that touch one
# mode or the moving statistics stand with their share.
_OUTPUT = (
    ("no_epsilon", "NO_EPSILON"),
    ("epsilon_outside", "EPSILON_OUTSIDE"),
    ("by_variance", "BY_VARIANCE"),
    ("no_scale", "NO_SCALE"),
    ("no_gamma", "NO_SCALE"),
    ("no_beta", "NO_SCALE"),
    ("swapped", "SCALE_SWAPPED"),
    ("center_scaled", "CENTER_SCALED"),
    ("not_centered", "NOT_CENTERED"),
    ("default_epsilon", "VALUE_WRITTEN_IN"),
    ("modes_swapped", "MODES_SWAPPED"),
)

forward = Key(
    exercise="batch-norm-forward",
    rules=(
        Shared(
            "normalize_batch",
            passes.forward,
            (
                Share(
                    "training",
                    _is_training,
                    result=0,
                    slips=(
                        _slip("unbiased_output", "UNBIASED"),
                        _slip("whole", "WHOLE_BATCH"),
                        _slip("moved_in_training", "MOVING_IN_TRAINING"),
                        _slip("given_in_training", "MOVING_IN_TRAINING"),
                    ),
                ),
                Share(
                    "inference",
                    _is_inference,
                    result=0,
                    slips=(
                        _slip("batch_at_test", "BATCH_AT_INFERENCE"),
                        _slip("always_moves_first", "MOVED_AT_INFERENCE"),
                    ),
                ),
                Share(
                    "moving",
                    result=(1, 2),
                    slips=(
                        _slip("momentum", "MOMENTUM_SWAPPED"),
                        _slip("unbiased_moving", "UNBIASED_MOVING"),
                        _slip("moving_spread", "MOVING_SPREAD"),
                        _slip("default_momentum", "VALUE_WRITTEN_IN"),
                        _slip("always_moves", "MOVED_AT_INFERENCE"),
                        _slip("never_moves", "NEVER_MOVES"),
                        _slip("only_mean_moves", "NEVER_MOVES"),
                        _slip("only_variance_moves", "NEVER_MOVES"),
                        _slip("replaced", "REPLACED"),
                        _slip("moving_order", "MOVING_ORDER"),
                        _slip("whole", "WHOLE_BATCH"),
                    ),
                ),
            ),
            slips=(
                *(_whole(name, code, "training") for name, code in _OUTPUT),
                _whole("always_training", "TRAINING_IGNORED", "inference"),
                _whole("unbiased", "UNBIASED", "training"),
                _whole("whole", "WHOLE_BATCH", "training"),
                _whole("moved_in_training", "MOVING_IN_TRAINING", "training"),
                _whole("always_moves_first", "MOVED_AT_INFERENCE", "moving"),
                _whole("always_moves", "MOVED_AT_INFERENCE", "moving"),
            ),
        ),
    ),
    solution=N_("""\
def normalize_batch(
    x, gamma, beta, moving_mean, moving_variance, training, momentum, epsilon
):
    mean, variance = moving_mean, moving_variance
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        moving_mean = momentum * moving_mean + (1 - momentum) * mean
        moving_variance = momentum * moving_variance + (1 - momentum) * variance
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, moving_mean, moving_variance

Both modes end in the same line; they differ in whose mean and variance it gets. The
names are bound anew, so the caller's arrays stay as they are."""),
)

# -- ★ 9 · The way back through a batch ------------------------------------------------


def _output(x: Batch, gamma: Row, beta: Row, epsilon: float) -> Batch:
    """Return the output of the forward pass in training."""
    nothing = [0.0] * len(gamma)
    return passes.forward(x, gamma, beta, nothing, nothing, True, 0.5, epsilon)[0]


def _input_slip(name: str, code: str) -> tuple[Callable[..., Any], str]:
    def gradient(dy: Batch, x: Batch, gamma: Row, beta: Row, epsilon: float) -> Any:
        return (passes.backward(dy, x, gamma, epsilon, slip=name),)

    return gradient, _CODE + code


def _scale_slip(gamma_slip: str, beta_slip: str, code: str) -> tuple[Any, str]:
    def gradients(dy: Batch, x: Batch, gamma: Row, beta: Row, epsilon: float) -> Any:
        first, _ = passes.scale_gradients(dy, x, gamma, epsilon, slip=gamma_slip)
        _, second = passes.scale_gradients(dy, x, gamma, epsilon, slip=beta_slip)
        return first, second

    return gradients, _CODE + code


def _gradients(check: str, judged: tuple[str, ...], slips: Any) -> GradientCheck:
    return GradientCheck(
        check,
        "backward",
        _output,
        ("dx", "dgamma", "dbeta"),
        (0, 1, 2),
        upstream=0,
        forward_args=(1, 2, 3, 4),
        slips=slips,
        judged=judged,
    )


backward = Key(
    exercise="batch-norm-backward",
    rules=(
        Apart(
            (
                _gradients(
                    "input",
                    ("dx",),
                    (
                        _input_slip("constants", "STATISTICS_CONSTANT"),
                        _input_slip("no_mean", "MEAN_CONSTANT"),
                        _input_slip("no_variance", "VARIANCE_CONSTANT"),
                        _input_slip("no_epsilon", "NO_EPSILON_BACK"),
                        _input_slip("epsilon_outside", "EPSILON_OUTSIDE"),
                        _input_slip("sums", "SUMS_FOR_MEANS"),
                        _input_slip("no_gamma", "GAMMA_NOT_ON_THE_WAY"),
                        _input_slip("unbiased", "UNBIASED"),
                    ),
                ),
                _gradients(
                    "scale",
                    ("dgamma", "dbeta"),
                    (
                        _scale_slip("means", "means", "MEANS_FOR_SUMS"),
                        _scale_slip("means", "", "MEANS_FOR_SUMS"),
                        _scale_slip("", "means", "MEANS_FOR_SUMS"),
                        _scale_slip("raw", "", "GAMMA_OF_RAW"),
                        _scale_slip("output", "", "GAMMA_OF_OUTPUT"),
                        _scale_slip("no_epsilon", "", "NO_EPSILON_BACK"),
                        _scale_slip("epsilon_outside", "", "EPSILON_OUTSIDE"),
                        _scale_slip("unbiased", "", "UNBIASED"),
                    ),
                ),
            )
        ),
    ),
    solution=N_("""\
def backward(dy, x, gamma, beta, epsilon):
    width = np.sqrt(x.var(axis=0) + epsilon)
    hat = (x - x.mean(axis=0)) / width
    dgamma = (dy * hat).sum(axis=0)
    dbeta = dy.sum(axis=0)
    shared = dy.mean(axis=0) + hat * (dy * hat).mean(axis=0)
    dx = gamma / width * (dy - shared)
    return dx, dgamma, dbeta

Each entry of x moves its output, the mean, and the variance: three terms. The last two
take out of dy what a shift or a stretch of the whole column would do, because the layer
undoes both. β itself appears nowhere."""),
)
