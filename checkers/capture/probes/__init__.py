"""Small numbers measured by running an answer.

    forward.py     one tiny forward pass in both modes, on the declared input
    gradients.py   which weights a gradient reaches, and where it stops
    noise.py       what dropout and noise layers do, and that they rest at inference
    statistics.py  which statistics a batch normalization uses
    augment.py     that augmentation acts in training only
    computed.py    what the model computes with drawn weights, where a task asks
    bends.py       how far the model is from a straight line, where a task asks
    weights.py     which weights are one and the same, and which may move
    multiplier.py  what a layer of the learner's own multiplies with, where a task asks
    sizes.py       inputs of several sizes, where an exercise states them
    inputs.py      random inputs that fit
    watch.py       what goes into and comes out of each layer

Each probe writes down what it saw and never whether that is right. All of them take a
few values only: a check with all probes stays well under a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from checkers.capture.probes.augment import is_augmentation, measure_augmentation
from checkers.capture.probes.bends import measure_bends
from checkers.capture.probes.computed import measure_computed
from checkers.capture.probes.forward import run_forward
from checkers.capture.probes.gradients import measure_gradients
from checkers.capture.probes.inputs import MAX_WORK, Inputs, work_of
from checkers.capture.probes.multiplier import measure_multiplier, own_layers
from checkers.capture.probes.noise import is_noise, measure_noise
from checkers.capture.probes.pictures import measure_pictures
from checkers.capture.probes.sizes import run_sizes
from checkers.capture.probes.statistics import is_batch_norm, measure_statistics
from checkers.capture.probes.watch import watched_calls
from checkers.capture.probes.weights import list_weights
from checkers.capture.stubs import own_error
from checkers.parts import Model
from checkers.snapshot import ProbeFacts

__all__ = ["probe_model"]

Layers = list[tuple[Any, tuple[str, ...]]]

_PER_LAYER: tuple[
    tuple[str, Callable[[Any], bool], Callable[[Any, Any], dict[str, Any]]], ...
] = (
    ("dropout", is_noise, measure_noise),
    ("statistics", is_batch_norm, measure_statistics),
    ("augmentation", is_augmentation, measure_augmentation),
)


def probe_model(model: Any, part: Model, layers: Layers) -> tuple[ProbeFacts, ...]:
    """Return all probes that fit the model.

    Weights, seeds and statistics are changed on the way; `capture_model` remembers the
    whole answer and puts it back, once for all its steps.

    Args:
        model: A built model.
        part: What the exercise says about its input.
        layers: The model's layers with the names of the containers around them.
    """
    return tuple(_all_probes(model, part, [layer for layer, _ in layers]))


def _all_probes(model: Any, part: Model, layers: list[Any]) -> list[ProbeFacts]:
    """Run the probes, those that change weights last."""
    found = [_guarded("weights", None, lambda: list_weights(model, layers))]
    try:
        inputs = Inputs(model, part, layers)
        work = work_of(inputs, layers)
    except Exception as error:
        return [*found, ProbeFacts("inputs", None, {}, own_error(error))]
    if work > MAX_WORK:
        return [*found, ProbeFacts("too_large", None, {"work": work})]
    with watched_calls() as calls:
        found.append(_guarded("forward", None, lambda: run_forward(inputs, calls)))
    if part.multiplies:
        for call in own_layers(calls):
            measured = partial(measure_multiplier, call)
            found.append(_guarded("multiplier", None, measured))
    if part.bends:
        found.append(_guarded("bends", None, lambda: measure_bends(inputs)))
    if part.sizes:
        found.append(_guarded("sizes", None, lambda: run_sizes(model, part)))
    if part.pictures:
        found.append(_guarded("pictures", None, lambda: measure_pictures(inputs)))
    seen = {id(call.layer): call.first_input for call in calls}
    for index, layer in enumerate(layers):
        for name, fits, measure in _PER_LAYER:
            if fits(layer):
                measured = partial(measure, layer, seen.get(id(layer)))
                found.append(_guarded(name, index, measured))
    if found[1].error is None:
        found.append(
            _guarded("gradients", None, lambda: measure_gradients(inputs, layers))
        )
    if part.is_computed:
        found.append(_guarded("computed", None, lambda: measure_computed(inputs)))
    return found


def _guarded(name: str, layer: int | None, measure: Callable[[], Any]) -> ProbeFacts:
    """Run one probe; an error becomes data."""
    try:
        return ProbeFacts(name, layer, measure())
    except Exception as error:
        return ProbeFacts(name, layer, {}, own_error(error))
