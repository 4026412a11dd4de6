"""The least edit that turns the found layers into the expected ones, by name.

Layers are aligned, not compared by position, so that one missing layer is one
difference. Moved and swapped layers are recognized as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checkers.layers import PRIMARY, REQUIRED, SAME_AS_POOL, defaults_of
from checkers.normalize import Node
from checkers.spec import LayerSpec, fits, show_value

__all__ = [
    "Alignment",
    "Edit",
    "Pair",
    "align",
    "describe_node",
    "wrong_properties",
]

_GAP = 1.0  # a missing or an extra layer
_OTHER_KIND = 1.7  # less than one missing plus one extra
_IMPOSTOR = 0.6  # the learner's own class under the right name
_PRIMARY = 0.45  # another number of units or filters
_SETTING = 0.25  # any other property
_MOST = 0.95  # all wrong settings of one layer together: still that layer
_SWAP = 0.9


@dataclass(frozen=True)
class Pair:
    """One line of the alignment; None on one side for a missing or extra layer."""

    expected: int | None
    found: int | None


@dataclass(frozen=True)
class Edit:
    """One difference.

    Attributes:
        what: missing, extra, moved, swapped, kind, impostor or property.
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


def align(
    expected: tuple[LayerSpec, ...], found: tuple[Node, ...], free: frozenset[str]
) -> Alignment:
    """Return the alignment with the least cost.

    Args:
        expected: Expected layers, in order.
        found: Found steps, in order.
        free: Properties that are not compared: "momentum" or "Dropout.rate".
    """
    steps = _cheapest(expected, found, free)
    pairs: list[Pair] = []
    edits: list[Edit] = []
    for what, position, other in steps:
        if what == "swap":
            pairs += [Pair(position, other + 1), Pair(position + 1, other)]
            edits.append(Edit("swapped", position + 1, other))
        elif what == "missing":
            pairs.append(Pair(position, None))
            edits.append(Edit("missing", position, before=other))
        elif what == "extra":
            pairs.append(Pair(None, other))
            edits.append(Edit("extra", found=other, before=other))
        else:
            pairs.append(Pair(position, other))
            edits += _differences(position, other, expected, found, free)
    return Alignment(tuple(pairs), _with_moves(edits, expected, found, free))


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
    ]
    given = {name: position for position, name in enumerate(spec.given)}
    return tuple(sorted(names, key=lambda name: given.get(name, len(given))))


def _cost(spec: LayerSpec, node: Node, free: frozenset[str]) -> float:
    """Return how far a found layer is from an expected one."""
    if spec.kind != node.kind:
        return _OTHER_KIND
    if not node.is_keras:
        return _IMPOSTOR
    names = wrong_properties(spec, node, free)
    primary = PRIMARY.get(spec.kind)
    cost = sum(_PRIMARY if name == primary else _SETTING for name in names)
    return min(cost, _MOST)


def _cheapest(
    expected: tuple[LayerSpec, ...], found: tuple[Node, ...], free: frozenset[str]
) -> list[tuple[str, int, int]]:
    """Return the cheapest steps: (pair|missing|extra|swap, expected, found)."""
    rows, columns = len(expected), len(found)
    costs = [[_cost(spec, node, free) for node in found] for spec in expected]
    best: list[list[float]] = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    steps: list[list[str]] = [[""] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i == j == 0:
                continue
            options: list[tuple[float, int, str]] = []
            if i and j:
                options.append((best[i - 1][j - 1] + costs[i - 1][j - 1], 0, "pair"))
            if i > 1 and j > 1:
                crossed = costs[i - 1][j - 2] + costs[i - 2][j - 1]
                straight = costs[i - 1][j - 1] + costs[i - 2][j - 2]
                if crossed < min(straight, _GAP):
                    total = best[i - 2][j - 2] + crossed + _SWAP
                    options.append((total, 1, "swap"))
            if i:
                options.append((best[i - 1][j] + _GAP, 2, "missing"))
            if j:
                options.append((best[i][j - 1] + _GAP, 3, "extra"))
            best[i][j], _, steps[i][j] = min(options)
    return _walk_back(steps, rows, columns)


def _walk_back(
    steps: list[list[str]], rows: int, columns: int
) -> list[tuple[str, int, int]]:
    """Return the chosen steps from first to last."""
    chosen: list[tuple[str, int, int]] = []
    i, j = rows, columns
    moves = {"pair": (1, 1), "swap": (2, 2), "missing": (1, 0), "extra": (0, 1)}
    while i or j:
        what = steps[i][j]
        down, right = moves[what]
        i, j = i - down, j - right
        chosen.append((what, i, j))
    return chosen[::-1]


def _differences(
    position: int,
    other: int,
    expected: tuple[LayerSpec, ...],
    found: tuple[Node, ...],
    free: frozenset[str],
) -> list[Edit]:
    """Return what differs between two aligned layers."""
    spec, node = expected[position], found[other]
    if spec.kind != node.kind:
        return [Edit("kind", position, other)]
    if not node.is_keras:
        return [Edit("impostor", position, other)]
    return [
        Edit("property", position, other, name)
        for name in wrong_properties(spec, node, free)
    ]


def _with_moves(
    edits: list[Edit],
    expected: tuple[LayerSpec, ...],
    found: tuple[Node, ...],
    free: frozenset[str],
) -> tuple[Edit, ...]:
    """Return the edits with each missing layer that stands elsewhere as moved."""
    result = list(edits)
    for edit in edits:
        if edit.what != "missing" or edit.expected is None:
            continue
        spec = expected[edit.expected]
        matches = [
            other
            for other in result
            if other.what == "extra"
            and other.found is not None
            and found[other.found].kind == spec.kind
            and found[other.found].is_keras
            and not wrong_properties(spec, found[other.found], free)
        ]
        if matches:
            result.remove(matches[0])
            result[result.index(edit)] = Edit(
                "moved", edit.expected, matches[0].found, before=edit.before
            )
    return tuple(result)


def describe_node(node: Node, given: tuple[str, ...] = ()) -> str:
    """Return a found layer as a learner would write it.

    Args:
        node: The found layer.
        given: Properties to show even if they have their default value.
    """
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
