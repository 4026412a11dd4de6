"""The least edit that turns a found chain of layers into the expected one.

Layers are aligned, not compared by position, so that one missing layer is one
difference. Moved and swapped layers are recognized as such.
"""

from __future__ import annotations

from checkers.compare.edits import (
    GAP,
    Alignment,
    Edit,
    Pair,
    cost_of,
    differences,
    wrong_properties,
)
from checkers.normalize import Node
from checkers.spec import LayerSpec

__all__ = ["align"]

_SWAP = 0.9


def align(
    expected: tuple[LayerSpec, ...], found: tuple[Node, ...], free: frozenset[str]
) -> Alignment:
    """Return the alignment with the least cost.

    Args:
        expected: Expected layers, in order.
        found: Found steps, in order.
        free: Properties that are not compared: "momentum" or "Dropout.rate".
    """
    if _are_equal(expected, found, free):  # the common case, without a search
        pairs = [Pair(position, position) for position in range(len(found))]
        return Alignment(tuple(pairs), ())
    moved = _one_move(expected, found, free)
    if moved is not None:
        return moved
    steps = _cheapest(expected, found, free)
    pairs = []
    edits: list[Edit] = []
    for what, position, other in steps:
        if what == "swap":
            pairs += [Pair(position, other + 1), Pair(position + 1, other)]
            edits.append(Edit("swapped", position + 1, other))
            crossed = ((position, other + 1), (position + 1, other))
            for place, node_place in crossed:
                spec, node = expected[place], found[node_place]
                edits += differences(place, spec, node_place, node, free)
        elif what == "missing":
            pairs.append(Pair(position, None))
            edits.append(Edit("missing", position, before=other))
        elif what == "extra":
            pairs.append(Pair(None, other))
            edits.append(Edit("extra", found=other, before=other))
        else:
            pairs.append(Pair(position, other))
            spec, node = expected[position], found[other]
            edits += differences(position, spec, other, node, free)
    return Alignment(tuple(pairs), _with_moves(edits, expected, found, free))


def _are_equal(
    expected: tuple[LayerSpec, ...], found: tuple[Node, ...], free: frozenset[str]
) -> bool:
    """Return True if every layer is as expected, one after the other."""
    return len(expected) == len(found) and not any(
        cost_of(spec, node, free) for spec, node in zip(expected, found, strict=True)
    )


def _one_move(
    expected: tuple[LayerSpec, ...], found: tuple[Node, ...], free: frozenset[str]
) -> Alignment | None:
    """Return the alignment if one layer, moved by two places or more, explains all."""
    size = len(found)
    kinds = sorted(node.kind for node in found)
    if size != len(expected) or kinds != sorted(spec.kind for spec in expected):
        return None
    pairs_apart = [cost_of(s, n, free) for s, n in zip(expected, found, strict=True)]
    if sum(cost > 0 for cost in pairs_apart) < 3:  # a move puts off all in between
        return None
    is_equal = [[not cost_of(spec, node, free) for node in found] for spec in expected]
    for source in range(size):
        rest = [other for other in range(size) if other != source]
        for place in range(size):
            order = [*rest[:place], source, *rest[place:]]
            is_far = abs(place - source) > 1
            if is_far and all(is_equal[p][other] for p, other in enumerate(order)):
                partner = {other: p for p, other in enumerate(order)}
                pairs = tuple(Pair(partner[other], other) for other in range(size))
                before = order[place - 1] + 1 if place else 0
                return Alignment(pairs, (Edit("moved", place, source, before=before),))
    return None


def _cheapest(
    expected: tuple[LayerSpec, ...], found: tuple[Node, ...], free: frozenset[str]
) -> list[tuple[str, int, int]]:
    """Return the cheapest steps: (pair|missing|extra|swap, expected, found)."""
    rows, columns = len(expected), len(found)
    costs = [[cost_of(spec, node, free) for node in found] for spec in expected]
    best: list[list[float]] = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    steps: list[list[str]] = [[""] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i == j == 0:
                continue
            options: list[tuple[float, int, str]] = []
            if i and j:
                options.append((best[i - 1][j - 1] + costs[i - 1][j - 1], 2, "pair"))
            if i > 1 and j > 1:
                crossed = costs[i - 1][j - 2] + costs[i - 2][j - 1]
                straight = costs[i - 1][j - 1] + costs[i - 2][j - 2]
                if crossed < min(straight, GAP):
                    total = best[i - 2][j - 2] + crossed + _SWAP
                    options.append((total, 3, "swap"))
            if i:
                options.append((best[i - 1][j] + GAP, 1, "missing"))
            if j:
                options.append((best[i][j - 1] + GAP, 0, "extra"))
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
