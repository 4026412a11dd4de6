"""What was measured confirms what the structure says, or contradicts it.

Structure decides. These rules run where it found nothing: a layer whose settings are
right but which acts otherwise, a gradient that does not arrive, a weight that is frozen
by the model around its layer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checkers.layers import MODE_KINDS
from checkers.normalize import Graph, Node, normalize
from checkers.rules.base import Found
from checkers.rules.comparison import Comparison, merge
from checkers.snapshot import ErrorFacts, ModelFacts, ProbeFacts, Shape
from checkers.verdict import LayerRef

__all__ = ["compare_modes", "judge_probes", "stopped"]

_SIGMA = 5
# Half precision rounds 1 / 0.7 in the fourth digit.
_ROUNDING = 2e-3
# Weights that an optimizer moves by their nature; statistics and seeds it never does.
_LEARNED = {
    *("kernel", "bias", "gamma", "beta", "embeddings", "alpha"),
    *("depthwise_kernel", "pointwise_kernel", "recurrent_kernel"),
}
_ALPHA = -1.7580993408473766  # what AlphaDropout puts in place of a value


def compare_modes(seen: Comparison, owner: str) -> list[Found]:
    """Compare what is computed in training with what is computed at inference."""
    if seen.model.inference is None:
        return []
    inference = normalize(seen.model, training=False)
    if _steady(seen.usual) == _steady(inference):
        return []
    return [Found("MODEL.MODES_DIFFER", owner)]


def judge_probes(seen: Comparison, owner: str) -> list[Found]:
    """Return what the measurements contradict; the first kind of finding stands."""
    known = _Measured(seen, owner)
    for look in (
        known.raised,
        known.layers,
        known.outputs,
        known.trainable,
        known.gradients,
    ):
        found = look()
        if found:
            return found
    return []


def _steady(graph: Graph) -> list[tuple[str, int | None]]:
    """Return the steps that must be the same in both modes.

    A layer without weights may be made anew in each call.
    """
    return [
        (node.kind, node.index if node.has_weights else None)
        for node in graph.nodes
        if node.kind not in MODE_KINDS
    ]


def stopped(model: ModelFacts, error: ErrorFacts | None, check: str) -> Found:
    """Return the finding on a model that stops: at which layer, where that is known."""
    values = {
        "error": error.kind if error else "",
        "error_text": error.first_line if error else "",
        "line": error.line if error else "",
    }
    name = error.layer if error else ""
    for index, layer in enumerate(model.layers):
        if name and layer.name == name:
            ref = LayerRef(index, layer.name, layer.kind)
            return Found("LAYER.RAISES", check, values, ref)
    return Found("MODEL.RAISES", check, values)


@dataclass(frozen=True)
class _Measured:
    """The probes of one model beside its normal form."""

    seen: Comparison
    owner: str

    def raised(self) -> list[Found]:
        """Name the error of a forward pass."""
        forward = self._probe("forward")
        if forward is None or forward.error is None:
            return []
        return [stopped(self.seen.model, forward.error, self.owner)]

    def layers(self) -> list[Found]:
        """Compare each layer's behavior with its settings."""
        judges: dict[str, Callable[[Node, dict[str, Any]], tuple[str, str, str]]] = {
            "dropout": _noise,
            "statistics": _statistics,
            "augmentation": _augmentation,
        }
        found: list[Found] = []
        for probe in self.seen.model.probes:
            node = self._node(probe.layer)
            if probe.name not in judges or node is None or probe.error is not None:
                continue
            code, expected, received = judges[probe.name](node, probe.values)
            if code:
                one = Found(code, self.owner, {}, node.layer, expected, received)
                merge(found, one)
        return found

    def outputs(self) -> list[Found]:
        """Look at what the model returned."""
        forward = self._probe("forward")
        if forward is None:
            return []
        values = forward.values
        if not values["is_finite"]:
            return [Found("MODEL.NOT_FINITE", self.owner)]
        for expected, received in zip(
            self._output_shapes(), values["output_shapes"], strict=False
        ):
            if not _fits(expected, tuple(received)):
                shapes = _shape_text(expected), _shape_text(tuple(received))
                return [
                    Found("MODEL.OUTPUT_SHAPE", self.owner, {}, None, *shapes),
                ]
        if not self.seen.expects_repeatable:
            return []
        if not values["is_repeatable"]:
            return [Found("MODEL.NOT_REPEATABLE", self.owner)]
        if values["is_rowwise"] is False:
            return [Found("MODEL.MIXES_EXAMPLES", self.owner)]
        return []

    def trainable(self) -> list[Found]:
        """Compare what an optimizer would move with what the layers' switches say."""
        probe = self._probe("weights")
        if probe is None or probe.error is not None:
            return []
        found: list[Found] = []
        owners: dict[int, Node] = {}
        for node in self._layers_once():
            index = node.index or 0
            moved = set(probe.values["moved"][index])
            wants = bool(node.properties.get("trainable", True))
            odd = [
                weight.name
                for position, weight in enumerate(self.seen.model.layers[index].weights)
                if weight.name in _LEARNED and (position in moved) is not wants
            ]
            if odd:
                code = "BEHAVIOR.FROZEN" if wants else "BEHAVIOR.NOT_FROZEN"
                names = {"weights": ", ".join(odd)}
                merge(found, Found(code, self.owner, names, node.layer))
            for number in probe.values["variables"][index]:
                other = owners.setdefault(number, node)
                if other.index != node.index and other.layer is not None:
                    values = {"other": (other.index or 0) + 1, "kind": other.kind}
                    found.append(Found("BEHAVIOR.TIED", self.owner, values, node.layer))
                    break
        return found

    def gradients(self) -> list[Found]:
        """Name the layer at which the gradient stops, or the weights without one."""
        probe = self._probe("gradients")
        if probe is None or probe.error is not None:
            return []
        values = probe.values
        missing = [
            (index, name)
            for index, name in (*values["cut"], *values["zero"])
            if index is None or self._node(index) is not None
        ]
        if not missing:
            return []
        for place, code in (
            (values["stops_at"], "GRADIENT.STOPS_AT"),
            (values["stops_after"], "GRADIENT.STOPS_AFTER"),
        ):
            ref = self._ref(place)
            if ref is not None:
                count = {"num_weights": len(missing)}
                return [Found(code, self.owner, count, ref)]
        index = missing[0][0]
        names = ", ".join(name for where, name in missing if where == index)
        node = self._node(index)
        ref = None if node is None else node.layer
        return [Found("GRADIENT.NONE", self.owner, {"weights": names}, ref)]

    def _probe(self, name: str) -> ProbeFacts | None:
        """Return the probe of the whole model with some name."""
        for probe in self.seen.model.probes:
            if probe.name == name:
                return probe
        return None

    def _node(self, index: int | None) -> Node | None:
        """Return the step that runs a layer; None if the model does not use it."""
        if index is None:
            return None
        return next((n for n in self.seen.graph.nodes if n.index == index), None)

    def _ref(self, index: int | None) -> LayerRef | None:
        """Return how to name a layer, even one that has no effect on the values."""
        if index is None:
            return None
        layer = self.seen.model.layers[index]
        return LayerRef(index, layer.name, layer.kind)

    def _layers_once(self) -> list[Node]:
        """Return one step per layer."""
        nodes: dict[int, Node] = {}
        for node in self.seen.graph.nodes:
            if node.index is not None:
                nodes.setdefault(node.index, node)
        return list(nodes.values())

    def _output_shapes(self) -> list[Shape]:
        """Return the shapes that the model's layers say it returns."""
        trace = self.seen.model.inference
        if trace is None:
            return []
        return [
            trace.calls[source].output_shape
            if source >= 0
            else self.seen.model.inputs[-1 - source]
            for source in trace.outputs
        ]


Judged = tuple[str, str, str]
_FINE: Judged = ("", "", "")


def _noise(node: Node, values: dict[str, Any]) -> Judged:
    """Judge a dropout or noise layer, at 5 sigma."""
    if not values["is_identity_at_inference"]:
        return "BEHAVIOR.NOT_IDENTITY", "", ""
    if "std" in values:
        return _gaussian(node, values)
    rate = node.properties.get("rate")
    if not isinstance(rate, int | float):
        return _FINE
    sigma = math.sqrt(max(rate * (1 - rate), 1e-9) / values["draws"])
    if abs(values["zeros"] - rate) > _SIGMA * sigma + 1e-9:
        return "BEHAVIOR.DROP_RATE", f"{rate:g}", f"{values['zeros']:.2f}"
    if 0 < rate < 1:
        low, high = _kept(node.kind, float(rate))
        is_right = math.isclose(values["high"], high, rel_tol=_ROUNDING)
        if not is_right or abs(values["low"] - low) > _ROUNDING * max(1.0, abs(low)):
            return "BEHAVIOR.DROP_SCALE", f"{high:.3f}", f"{values['high']:.3f}"
    return _FINE


def _kept(kind: str, rate: float) -> tuple[float, float]:
    """Return what dropout makes of a one that it drops, and of one that it keeps."""
    if kind != "AlphaDropout":
        return 0.0, 1 / (1 - rate)
    scale = ((1 - rate) * (1 + rate * _ALPHA**2)) ** -0.5
    shift = -scale * _ALPHA * rate
    return scale * _ALPHA + shift, scale + shift


def _gaussian(node: Node, values: dict[str, Any]) -> Judged:
    """Judge noise by its mean and its spread; noise that multiplies spares zeros."""
    multiplies = node.kind == "GaussianDropout"
    setting = node.properties.get("rate" if multiplies else "stddev")
    if not isinstance(setting, int | float) or not 0 <= setting < (
        1 if multiplies else math.inf
    ):
        return _FINE
    std = math.sqrt(setting / (1 - setting)) if multiplies else float(setting)
    slack = _SIGMA * std / math.sqrt(values["draws"]) + _ROUNDING
    on_zeros = 0.0 if multiplies else std
    if (
        abs(values["mean"] - 1) > slack
        or abs(values["std"] - std) > slack
        or abs(values["std_on_zeros"] - on_zeros) > slack
    ):
        return "BEHAVIOR.NOISE", f"{std:.3f}", f"{values['std']:.3f}"
    return _FINE


def _statistics(node: Node, values: dict[str, Any]) -> Judged:
    """Judge whose mean and variance a batch normalization uses.

    Frozen, it uses the moving ones in training too: that is Keras's rule.
    """
    is_frozen = not node.properties.get("trainable", True)
    if values["training"] != ("moving" if is_frozen else "batch"):
        return "BEHAVIOR.BATCH_STATISTICS", "", ""
    if values["inference"] != "moving" or values["moves_at_inference"]:
        return "BEHAVIOR.MOVING_STATISTICS", "", ""
    momentum = 1.0 if is_frozen else node.properties.get("momentum")
    if not isinstance(momentum, int | float):
        return _FINE
    if abs(values["momentum"] - momentum) > 0.02 * (1 - momentum) + _ROUNDING:
        return "BEHAVIOR.MOMENTUM", f"{momentum:g}", f"{values['momentum']:.3g}"
    return _FINE


def _augmentation(node: Node, values: dict[str, Any]) -> Judged:
    """Judge a random picture layer: it acts in training and rests at inference."""
    if not values["is_identity_at_inference"]:
        return "BEHAVIOR.NOT_IDENTITY", "", ""
    if not values["acts_in_training"] and _has_effect(node):
        return "BEHAVIOR.RESTS", "", ""
    return _FINE


def _has_effect(node: Node) -> bool:
    """Return True if the settings of a random picture layer let it do something."""
    if node.kind == "RandomFlip":
        return True
    return any(
        _is_more_than_zero(value)
        for name, value in node.properties.items()
        if name.endswith("factor")
    )


def _is_more_than_zero(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_is_more_than_zero(one) for one in value)
    return isinstance(value, int | float) and value != 0


def _fits(expected: Shape, received: Shape) -> bool:
    """Return True if a measured shape is one that the layers allow."""
    if len(expected) != len(received) or (expected and received[0] is not None):
        return not expected and not received
    return all(
        size is None or size == found
        for size, found in zip(expected[1:], received[1:], strict=True)
    )


def _shape_text(shape: Shape) -> str:
    """Return a shape as Keras writes it."""
    return str(tuple(shape))
