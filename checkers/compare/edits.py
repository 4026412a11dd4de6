"""One difference between expected and found layers, and how much it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checkers.layers import (
    ACTIVATION_KINDS,
    OWN_CODE,
    PRIMARY,
    REQUIRED,
    SAME_AS_POOL,
    defaults_of,
    owns_weights,
)
from checkers.messages.sentences import say
from checkers.normalize import Node
from checkers.spec import LayerSpec, fits, show_value

__all__ = [
    "GAP",
    "Alignment",
    "Edit",
    "Pair",
    "cost_of",
    "describe_node",
    "differences",
    "wrong_properties",
]

GAP = 1.0  # a missing or an extra layer
_OTHER_KIND = 1.7  # less than one missing plus one extra
_OTHER_SORT = 1.9  # one of the two has weights, the other none
_IMPOSTOR = 0.6  # the learner's own class under the right name
_PRIMARY = 0.45  # another number of units or filters
_SETTING = 0.25  # any other property
_MOST = 0.95  # all wrong settings of one layer together: still that layer


@dataclass(frozen=True)
class Pair:
    """One line of the alignment; None on one side for a missing or extra layer."""

    expected: int | None
    found: int | None


@dataclass(frozen=True)
class Edit:
    """One difference.

    Attributes:
        what: missing, extra, moved, swapped, kind, impostor, property, wiring (gets
            something else), order (gets the right things in another order), shared
            (one layer where two are expected), unshared, late (the right activation,
            but not right after its layer), or outputs.
        expected: Position among the expected layers, if any.
        found: Position among the found layers, if any.
        name: The property that differs.
        before: For missing and moved: number of found layers in front of its place.
    """

    what: str
    expected: int | None = None
    found: int | None = None
    name: str = ""
    before: int = 0


@dataclass(frozen=True)
class Alignment:
    """Expected and found layers side by side, and all differences."""

    pairs: tuple[Pair, ...]
    edits: tuple[Edit, ...]


def wrong_properties(
    spec: LayerSpec, node: Node, free: frozenset[str]
) -> tuple[str, ...]:
    """Return the names of the properties that differ, the telling one first."""
    names = [
        name
        for name, value in spec.properties.items()
        if name not in free
        and f"{spec.kind}.{name}" not in free
        and not fits(value, node.properties.get(name))
        and not (name == "padding" and _needs_no_padding(node))
    ]
    given = {name: position for position, name in enumerate(spec.given)}
    return tuple(sorted(names, key=lambda name: given.get(name, len(given))))


def _needs_no_padding(node: Node) -> bool:
    """Return True where "same" adds nothing, so that it equals "valid".

    Source: TensorFlow's rule, padding = max((ceil(n / s) - 1) * s + k - n, 0).
    """
    size = node.properties.get("pool_size", node.properties.get("kernel_size"))
    axes = tuple(node.input_shape[1:-1])
    if size is None or node.properties.get("padding") not in ("same", "valid"):
        return False
    sizes, strides, rates = (
        value if isinstance(value, tuple) else (value,) * len(axes)
        for value in (
            size,
            node.properties.get("strides", 1),
            node.properties.get("dilation_rate", 1),
        )
    )
    added = [
        (-(-n // s) - 1) * s + (k - 1) * rate + 1 - n if n else (k - 1) * rate + 1 - s
        for n, k, s, rate in zip(axes, sizes, strides, rates, strict=True)
    ]
    return bool(axes) and all(pixels <= 0 for pixels in added)


def cost_of(spec: LayerSpec, node: Node, free: frozenset[str]) -> float:
    """Return how far a found layer is from an expected one."""
    if spec.kind != node.kind:
        is_same_sort = owns_weights(spec.kind) == node.has_weights
        return _OTHER_KIND if is_same_sort else _OTHER_SORT
    if not node.is_keras:
        return _IMPOSTOR
    names = wrong_properties(spec, node, free)
    primary = PRIMARY.get(spec.kind)
    cost = sum(_PRIMARY if name == primary else _SETTING for name in names)
    return min(cost, _MOST)


def differences(
    position: int, spec: LayerSpec, other: int, node: Node, free: frozenset[str]
) -> list[Edit]:
    """Return what differs between two aligned layers."""
    if spec.kind != node.kind:
        return [Edit("kind", position, other)]
    if not node.is_keras:
        return [Edit("impostor", position, other)]
    return [
        Edit("property", position, other, name)
        for name in wrong_properties(spec, node, free)
    ]


def describe_node(node: Node, given: tuple[str, ...] = ()) -> str:
    """Return a found layer as a learner would write it.

    Args:
        node: The found layer.
        given: Properties to show even if they have their default value.
    """
    written = node.layer.kind if node.layer else node.kind
    if node.kind == "Activation" != written and written in ACTIVATION_KINDS:
        return f"{written}()"  # as it was written: ReLU()
    if node.kind == OWN_CODE:
        return say("ROW.own_code")
    defaults: dict[str, Any] = defaults_of(node.kind) or {}
    shown = [
        f"{name}={show_value(value)}"
        for name, value in node.properties.items()
        if name in given
        or (name in defaults and not _is_default(defaults[name], value, node))
        or (name == "trainable" and value is False)
    ]
    return f"{node.kind}({', '.join(shown)})"


def _is_default(default: Any, value: Any, node: Node) -> bool:
    """Return True for a value that nobody had to write."""
    if default is REQUIRED:
        return False
    if default is SAME_AS_POOL:
        return fits(node.properties.get("pool_size"), value)
    return fits(default, value)
