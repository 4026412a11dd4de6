"""Key of exercise 4 of lesson 11: a layer that multiplies with uniform noise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.messages.sentences import say
from checkers.rules.base import Context, Found, Outcome
from checkers.snapshot import ModelFacts, ProbeFacts
from checkers.verdict import LayerRef

__all__ = ["Noise", "uniform_net"]

_PART = "uniform_net"
_CODE = "VARSHIFT."
_INPUTS, _UNITS = 11, 64
_SIGMAS = 5.0
_NOISE = 1e-12  # a smaller variance of ones is no noise
_EXACT = 1e-4  # float32 adds 1 to r and multiplies
_NEAR = 2e-4
_AROUND = {_CODE + "NO_RELU", _CODE + "OTHER_DENSE"}  # the noise can be judged


@dataclass(frozen=True)
class Noise:
    """The one layer of the learner's own, and the two dense layers around it."""

    part = _PART
    checks = ("noise", "rest", "network")

    def run(self, context: Context) -> Outcome:
        """Look at the model as a whole first, then at its noise."""
        facts = context.facts(self.part)
        assert isinstance(facts, ModelFacts)
        found = list(_look_at_model(facts))
        skipped = {}
        if any(one.code not in _AROUND for one in found):
            reason = say("SKIPPED.unusable", part=self.part)
            skipped = {name: reason for name in ("noise", "rest")}
        else:
            beta = context.parameters["beta"]
            found = [*_look_at_noise(facts, beta), *found]
            if found and found[0].code == _CODE + "WRONG_WAY_ROUND":
                skipped = {"rest": say("SKIPPED.same_cause")}
        about = {"part": self.part}
        named = (replace(one, values={**about, **one.values}) for one in found)
        return Outcome(tuple(named), skipped)


def _look_at_model(facts: ModelFacts) -> Iterable[Found]:
    """Yield what keeps the noise from being looked at."""
    error = facts.error or next((one.error for one in facts.probes if one.error), None)
    if error is not None:
        values = {
            "error": error.kind,
            "error_text": error.message,
            "line": error.line,
        }
        yield Found("MODEL.RAISES", "network", values)
        return
    shapes = [tuple(shape[1:]) for shape in facts.inputs]
    if shapes != [(_INPUTS,)]:
        name = say("SOURCE.input")
        values = {"input": name[:1].upper() + name[1:]}
        received = ", ".join(map(str, shapes))
        yield Found("INPUT.SHAPE", "network", values, None, f"({_INPUTS},)", received)
        return
    own = _own(facts)
    if not own:
        yield Found(_CODE + "NO_OWN_LAYER", "network")
        return
    here = [one for one in own if tuple(one["shape"]) == (_UNITS,)]
    noisy = [one for one in own if one.get("variance", 1.0) > _NOISE]
    if not here:
        yield Found(
            _CODE + "OTHER_PLACE",
            "network",
            {},
            _ref(facts, own[0]),
            str((_UNITS,)),
            str(tuple(own[0]["shape"])),
        )
    elif len(here) > 1 and len(noisy) != 1:
        received = ", ".join(one["kind"] for one in own)
        yield Found(_CODE + "SEVERAL_OWN", "network", received=received)
    elif "output_shape" in (one := _noise_layer(facts)):
        yield Found(
            _CODE + "OTHER_SHAPE",
            "network",
            {},
            _ref(facts, one),
            str((_UNITS,)),
            str(tuple(one["output_shape"])),
        )
    elif one["is_identity_at_inference"]:
        code = _network_code(facts)
        if code:
            yield Found(_CODE + code, "network")


def _look_at_noise(facts: ModelFacts, beta: float) -> Iterable[Found]:
    """Yield the first thing that is wrong in training, and what is at inference."""
    seen = _noise_layer(facts)
    ref = _ref(facts, seen)
    code, expected, received = _noise_code(seen, beta)
    if code == "NEVER_ON" and seen["is_random_at_inference"]:
        yield Found(_CODE + "WRONG_WAY_ROUND", "noise", {}, ref)
        return
    if code:
        yield Found(_CODE + code, "noise", {}, ref, expected, received)
    if not seen["is_identity_at_inference"]:
        is_random = seen["is_random_at_inference"]
        code = "ALWAYS_ON" if is_random else "CHANGES_AT_INFERENCE"
        yield Found(_CODE + code, "rest", {}, ref)


Judged = tuple[str, str, str]


def _noise_code(seen: dict[str, Any], beta: float) -> Judged:
    """Return what is wrong with the multiplier; ("", "", "") if nothing is."""
    variance, draws = beta**2 / 3, seen["draws"]
    numbers = [seen[name] for name in ("mean", "variance", "fourth", "low", "high")]
    if not all(math.isfinite(one) for one in numbers):
        return "NOT_FINITE", "", ""
    if seen["variance"] <= _NOISE:
        is_one = abs(seen["mean"] - 1) < _EXACT
        received = f"{seen['mean']:.3g}"
        return ("NEVER_ON" if is_one else "NO_DRAW"), "", received
    if seen["is_same_twice"]:
        return "FIXED_DRAW", "", ""
    if seen["is_shared_by_rows"] or seen["is_shared_by_units"]:
        return "SHARED_DRAW", "", ""
    if seen["is_fixed_in_fit"] is None:
        return "STOPS_IN_FIT", "", ""
    if seen["is_fixed_in_fit"]:
        return "FIXED_IN_FIT", "", ""
    scale = max(1.0, abs(seen["mean"]))
    if seen["size_on_zeros"] > _EXACT * scale:
        return "ADDED", "", ""
    mean_error = math.sqrt(seen["variance"] / draws)
    if abs(seen["mean"] - 1) > _SIGMAS * mean_error + _EXACT:
        return _mean_code(seen, beta)
    fourth = beta**4 / 5  # of a uniform distribution from -β to β
    error = math.sqrt((fourth - variance**2) / draws)
    values = f"{variance:.4g}", f"{seen['variance']:.4g}"
    if abs(seen["variance"] - variance) > _SIGMAS * error + _EXACT:
        is_gaussian = _is_bell(seen)
        if is_gaussian:
            return "NOT_UNIFORM", *values
        return "OTHER_SPREAD", *values
    edge = max(1 - beta - seen["low"], seen["high"] - 1 - beta)
    if edge > _EXACT:
        limits = f"{1 - beta:g} … {1 + beta:g}"
        return "NOT_UNIFORM", limits, f"{seen['low']:.3g} … {seen['high']:.3g}"
    if seen["fourth"] / seen["variance"] ** 2 < 1.5:  # uniform 1.8, two values 1
        return "NOT_UNIFORM", *values
    return "", "", ""


def _mean_code(seen: dict[str, Any], beta: float) -> Judged:
    """Return the thought behind a multiplier whose mean is not 1."""
    values = "1", f"{seen['mean']:.3g}"
    slack = 0.05 * beta
    if abs(seen["mean"] - 1 - beta / 2) < slack or abs(seen["mean"] - beta / 2) < slack:
        return "ONE_SIDED", *values
    if abs(seen["mean"]) < slack:
        return "WITHOUT_ONE", *values
    return "SCALED", *values


def _is_bell(seen: dict[str, Any]) -> bool:
    """Return True for a kurtosis above that of any bounded flat distribution."""
    return bool(seen["fourth"] / seen["variance"] ** 2 > 2.4)


def _own(facts: ModelFacts) -> list[dict[str, Any]]:
    """Return what was measured of each layer of the learner's own."""
    return [one.values for one in facts.probes if one.name == "multiplier"]


def _noise_layer(facts: ModelFacts) -> dict[str, Any]:
    """Return what was measured of the layer that should make the noise.

    Beside it a learner may have written a layer that draws nothing, such as a ReLU.
    """
    own = [one for one in _own(facts) if tuple(one["shape"]) == (_UNITS,)]
    return next((one for one in own if one.get("variance", 1.0) > _NOISE), own[0])


def _ref(facts: ModelFacts, seen: dict[str, Any]) -> LayerRef:
    """Return how to name the layer."""
    names = [layer.name for layer in facts.layers]
    index = names.index(seen["name"]) if seen["name"] in names else None
    return LayerRef(index, seen["name"], seen["kind"])


# -- the dense layers, worked out anew -----------------------------------------------


def _network_code(facts: ModelFacts) -> str:
    """Return the end of the code of what is wrong around the layer; "" if nothing."""
    probe: ProbeFacts | None = next(
        (one for one in facts.probes if one.name == "computed"), None
    )
    if probe is None or "too_large" in probe.values:
        return "OTHER_DENSE"
    by_shape = {
        tuple(weight["shape"]): weight["values"] for weight in probe.values["weights"]
    }
    shapes = [(_INPUTS, _UNITS), (_UNITS,), (_UNITS, 1), (1,)]
    if set(by_shape) != set(shapes) or len(probe.values["weights"]) != len(shapes):
        return "OTHER_DENSE"
    if facts.num_trainable != facts.num_params:
        return "OTHER_DENSE"
    kernel, bias, last, shift = (by_shape[shape] for shape in shapes)
    inputs, outputs = probe.values["inputs"][0], probe.values["outputs"][0]
    sums = [
        bias[unit]
        + sum(x * kernel[place * _UNITS + unit] for place, x in enumerate(inputs))
        for unit in range(_UNITS)
    ]
    if len(outputs) != 1:
        return "OTHER_DENSE"
    if _is_near(_head([max(0.0, one) for one in sums], last, shift), outputs[0]):
        return ""
    if _is_near(_head(sums, last, shift), outputs[0]):
        return "NO_RELU"
    return "OTHER_DENSE"


def _head(
    hidden: Sequence[float], last: Sequence[float], shift: Sequence[float]
) -> float:
    return shift[0] + sum(h * w for h, w in zip(hidden, last, strict=True))


def _is_near(expected: float, received: float) -> bool:
    return abs(expected - received) <= _NEAR * max(1.0, abs(expected))


uniform_net = Key(
    exercise="variance-shift-uniform-net",
    rules=(Noise(),),
    solution=N_(
        "class UniformDropout(layers.Layer), in call: if not training, return inputs; "
        "else r = keras.random.uniform(keras.ops.shape(inputs), -beta, beta, seed=self."
        "seed_generator) and return inputs * (1 + r).\n"
        "The multiplier has mean 1, so nothing has to be divided, and variance β²/3. "
        "Numbers of NumPy would be drawn once, when fit compiles the network."
    ),
)
