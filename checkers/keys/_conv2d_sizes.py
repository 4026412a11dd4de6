"""Exercise 8 of lesson 06: a network without Flatten, for pictures of several sizes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.normalize import normalize
from checkers.rules.base import Context, Found
from checkers.rules.values import Look
from checkers.snapshot import CallFacts, Facts, ModelFacts

__all__ = ["any_size"]

_PART = "any_size_net"
_CLASSES = 10
_ROUNDING = 1e-3  # how far ten probabilities may be from adding up to 1


def _found(code: str, check: str, received: str = "—", **values: Any) -> Found:
    return Found(code, check, {"part": _PART, **values}, received=received)


def _runs(facts: ModelFacts) -> list[dict[str, Any]]:
    """Return what the model gave on each size; [] if it was not run."""
    probe = next((one for one in facts.probes if one.name == "sizes"), None)
    return list(probe.values.get("runs", [])) if probe is not None else []


def _look_at_sizes(facts: Facts, context: Context) -> Iterable[Found]:
    """Name what keeps the model from running on both sizes; the cause first."""
    assert isinstance(facts, ModelFacts)
    if facts.error is not None:
        values = {
            "error": facts.error.kind,
            "error_text": facts.error.message,
            "line": facts.error.line,
        }
        yield _found("MODEL.RAISES", "sizes", **values)
        return
    runs = _runs(facts)
    refused = next((run for run in runs if "error" in run), None)
    is_declared = facts.api != "subclass" and not facts.built_here
    sides = facts.inputs[0][1:3] if is_declared else ()
    fixed = [size for size in sides if size is not None]
    if not runs:
        yield _found("CONV2D.NOT_RUN", "sizes")
    elif refused is not None:
        size = _size(refused)
        if fixed:
            received = str(tuple(facts.inputs[0][1:]))
            yield _found("CONV2D.FIXED_INPUT", "sizes", received, size=size)
        elif _kinds(facts) & {"Flatten", "Reshape"}:
            yield _found("CONV2D.FLATTEN_FIXES", "sizes", size=size)
        else:
            text = refused["error"]
            yield _found("CONV2D.STOPS_AT_SIZE", "sizes", text, size=size)
    else:
        odd = next((run for run in runs if not run["is_finite"]), None)
        if odd is not None:
            yield _found("CONV2D.POOLED_AWAY", "sizes", size=_size(odd))
        elif fixed:
            received = str(tuple(facts.inputs[0][1:]))
            yield replace(
                _found("CONV2D.DECLARED_SIZE", "sizes", received), is_note=True
            )


def _look_at_network(facts: Facts, context: Context) -> Iterable[Found]:
    """Require convolutions, no Flatten, and ten probabilities per picture."""
    assert isinstance(facts, ModelFacts)
    kinds = _kinds(facts)
    if not kinds & {"Conv2D", "SeparableConv2D"}:
        yield _found("CONV2D.NO_CONVOLUTION", "network")
    elif kinds & {"Flatten", "Reshape"}:
        kind = "Flatten" if "Flatten" in kinds else "Reshape"
        yield _found("CONV2D.HAS_FLATTEN", "network", kind)
    else:
        yield from _look_at_output(facts)


def _look_at_output(facts: ModelFacts) -> Iterable[Found]:
    ran = next((run for run in _runs(facts) if run.get("is_finite")), None)
    if ran is None:
        return  # the other check says why
    if ran["shape"] != [_CLASSES]:
        received = str(tuple(ran["shape"]))
        yield _found("CONV2D.NOT_TEN_NUMBERS", "network", received)
    elif ran["sum_error"] is None or ran["sum_error"] > _ROUNDING:
        yield _found("CONV2D.NO_PROBABILITIES", "network")


def _kinds(facts: ModelFacts) -> set[str]:
    """Return the kinds of layers that the model calls, as they are written."""
    if facts.training is None:
        return set()
    called = {call.layer for call in facts.training.calls if call.layer is not None}
    written = {facts.layers[index].base for index in called}
    kinds = written | {node.kind for node in normalize(facts).nodes}
    if "Flatten" not in written and not _joins_places(facts):
        kinds -= {"Flatten", "Reshape"}
    return kinds


def _joins_places(facts: ModelFacts) -> bool:
    """Return True unless each reshape only drops the axes that a global pool kept."""
    assert facts.training is not None
    reshapes = [
        call for call in facts.training.calls if _written_as(call, facts) == "Reshape"
    ]
    return not reshapes or any(
        set(shape[1:-1]) - {1} for call in reshapes for shape in call.input_shapes
    )


def _written_as(call: CallFacts, facts: ModelFacts) -> str:
    return call.operation if call.layer is None else facts.layers[call.layer].base


def _size(run: dict[str, Any]) -> str:
    height, width = run["size"][:2]
    return f"{height} x {width}"


any_size = Key(
    exercise="conv2d-any-size",
    rules=(
        Look("sizes", _PART, _look_at_sizes),
        Look("network", _PART, _look_at_network),
    ),
    solution=N_(
        "keras.Input(shape=(None, None, 1)), Conv2D(16, 3, relu), MaxPooling2D(2), "
        "Conv2D(32, 3, relu), GlobalAveragePooling2D(), Dense(10, softmax).\n"
        "A convolution slides over whatever is there. Only Flatten in front of a dense "
        "layer needs a fixed number of places."
    ),
)
