"""Match a found graph with the expected one: branches, several inputs and outputs.

First each expected layer is paired with the found layer that is most like it, both in
its settings and in what stands around it. Then the connections of the pairs are
compared. A layer that stands elsewhere is one difference, not three.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from checkers.compare.edits import GAP, Alignment, Edit, Pair, cost_of, differences
from checkers.normalize import Graph
from checkers.spec import GraphSpec, ModelSpec

__all__ = ["match"]

_ROUNDS = 4  # how far around a layer its surroundings are looked at
_CONTEXT = 0.5  # what entirely other surroundings weigh, per side
_UNLIKE = 2 * GAP + 0.2  # from here on two layers have nothing to do with each other
# What these give does not depend on the order of their inputs; after a concatenation
# the next layer's weights are only sorted differently.
_UNORDERED = {"Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"}


@dataclass
class _Side:
    """One of the two graphs: what feeds each step, and what the step feeds."""

    inputs: list[tuple[int, ...]]
    outputs: tuple[int, ...]
    users: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Turn the edges around; an output feeds the outside, as -1, -2 …."""
        self.users = [[] for _ in self.inputs]
        for position, sources in enumerate(self.inputs):
            for source in sources:
                if source >= 0:
                    self.users[source].append(position)
        for place, source in enumerate(self.outputs):
            if source >= 0:
                self.users[source].append(-1 - place)


def match(spec: ModelSpec | GraphSpec, graph: Graph, free: frozenset[str]) -> Alignment:
    """Return the pairs with the least cost, and all differences.

    Args:
        spec: The expected model.
        graph: The found model in its normal form.
        free: Properties that are not compared.
    """
    expected = _Side([step.inputs for step in spec.steps], spec.output_steps)
    found = _Side([node.inputs for node in graph.nodes], graph.outputs)
    base = [
        [cost_of(step.layer, node, free) for node in graph.nodes] for step in spec.steps
    ]
    partner = _assign(_with_context(base, expected, found), len(graph.nodes))
    wiring = _Wiring(spec, graph, expected, found, partner)
    edits = [
        *_settings(spec, graph, partner, free),
        *wiring.edits(),
        *_unpaired(partner, wiring, len(graph.nodes)),
    ]
    edits.sort(key=lambda edit: _place(edit, partner))
    return Alignment(_pairs(partner, wiring, len(graph.nodes)), tuple(edits))


def _settings(
    spec: ModelSpec | GraphSpec,
    graph: Graph,
    partner: dict[int, int],
    free: frozenset[str],
) -> list[Edit]:
    """Return what differs between paired layers themselves."""
    edits: list[Edit] = []
    for position, other in partner.items():
        layer, node = spec.steps[position].layer, graph.nodes[other]
        edits += differences(position, layer, other, node, free)
    return edits


def _unpaired(partner: dict[int, int], wiring: _Wiring, num_found: int) -> list[Edit]:
    """Return the layers without a partner."""
    missing = [
        Edit("missing", position, before=wiring.place_of(position))
        for position in range(len(wiring.expected.inputs))
        if position not in partner
    ]
    used = set(partner.values())
    extra = [
        Edit("extra", found=other, before=other)
        for other in range(num_found)
        if other not in used
    ]
    return missing + extra


def _place(edit: Edit, partner: dict[int, int]) -> float:
    """Return where in the learner's model an edit stands."""
    if edit.found is not None:
        return float(edit.found)
    return edit.before - 0.5


def _pairs(
    partner: dict[int, int], wiring: _Wiring, num_found: int
) -> tuple[Pair, ...]:
    """Return all lines of the table in the learner's order, missing ones between."""
    owner = {other: position for position, other in partner.items()}
    lines = [
        (float(other), Pair(owner.get(other), other)) for other in range(num_found)
    ]
    for position in range(len(wiring.expected.inputs)):
        if position not in partner:
            lines.append((wiring.place_of(position) - 0.5, Pair(position, None)))
    return tuple(pair for _, pair in sorted(lines, key=lambda line: line[0]))


def _with_context(
    base: list[list[float]], expected: _Side, found: _Side
) -> list[list[float]]:
    """Return the costs of all pairs with what stands around them counted in."""
    costs = base
    for _ in range(_ROUNDS):
        costs = [
            [
                cost
                + _CONTEXT * _unlike(expected.inputs[i], found.inputs[j], costs)
                + _CONTEXT * _unlike(expected.users[i], found.users[j], costs)
                for j, cost in enumerate(row)
            ]
            for i, row in enumerate(base)
        ]
    return costs


def _unlike(
    wanted: tuple[int, ...] | list[int],
    given: tuple[int, ...] | list[int],
    costs: list[list[float]],
) -> float:
    """Return how far two sets of neighbors are apart, 0 to 1; pairs are greedy."""
    size = max(len(wanted), len(given))
    if not size:
        return 0.0
    left = list(given)
    total = float(size - min(len(wanted), len(given)))
    for position in wanted[: len(given)] if len(wanted) > len(given) else wanted:
        options = [(_neighbor_cost(position, other, costs), other) for other in left]
        cost, best = min(options)
        total += cost
        left.remove(best)
    return total / size


def _neighbor_cost(position: int, other: int, costs: list[list[float]]) -> float:
    """Return how far two neighbors are apart, 0 to 1; negative ones lie outside."""
    if position < 0 or other < 0:
        return 0.0 if position == other else 1.0
    return min(costs[position][other] / _UNLIKE, 1.0)


def _assign(costs: list[list[float]], num_found: int) -> dict[int, int]:
    """Return the partner of each expected layer that has one, at the least total.

    The Hungarian method on what each pair saves against leaving both alone.
    Source: Kuhn 1955; the shortest-augmenting-path form of Jonker and Volgenant 1987.
    """
    num_expected = len(costs)
    width = num_found + num_expected  # each expected layer may stay alone, at no gain
    gains = [
        [min(cost - _UNLIKE, 0.0) for cost in row] + [0.0] * num_expected
        for row in costs
    ]
    row_of = [-1] * width
    row_price, column_price = [0.0] * num_expected, [0.0] * width
    for row in range(num_expected):
        _augment(row, gains, row_of, row_price, column_price)
    return {
        row: column
        for column, row in sorted(enumerate(row_of[:num_found]), key=lambda at: at[1])
        if row >= 0 and gains[row][column] < 0
    }


def _augment(
    start: int,
    gains: list[list[float]],
    row_of: list[int],
    row_price: list[float],
    column_price: list[float],
) -> None:
    """Give one more row its column, and move others along the cheapest path."""
    width = len(row_of)
    distance = [float("inf")] * width
    came_from = [-1] * width
    done: list[int] = []
    row, column, reached = start, -1, 0.0
    while True:
        for other in range(width):
            if other in done:
                continue
            through = reached + gains[row][other] - row_price[row] - column_price[other]
            if through < distance[other]:
                distance[other], came_from[other] = through, column
        column = min(
            (other for other in range(width) if other not in done),
            key=distance.__getitem__,
        )
        reached = distance[column]
        if row_of[column] < 0:
            break
        done.append(column)
        row = row_of[column]
    row_price[start] += reached
    for other in done:
        column_price[other] += distance[other] - reached
        row_price[row_of[other]] += reached - distance[other]
    while column >= 0:
        previous = came_from[column]
        row_of[column] = start if previous < 0 else row_of[previous]
        column = previous


@dataclass
class _Wiring:
    """The connections of paired layers, by expected positions on both sides."""

    spec: ModelSpec | GraphSpec
    graph: Graph
    expected: _Side
    found: _Side
    partner: dict[int, int]
    bypassed: set[int] = field(default_factory=set)  # expected layers that moved

    def edits(self) -> list[Edit]:
        """Return moved layers first, then what is still connected otherwise."""
        edits: list[Edit] = []
        wrong = self._wrong()
        while len(wrong) > 1:
            best, left = self._best_bypass(wrong)
            if best is None:
                break
            self.bypassed.add(best)
            edits.append(self._moved(best))
            wrong = left
        return edits + [
            Edit(what, position, self.partner.get(position)) for position, what in wrong
        ]

    def place_of(self, position: int) -> int:
        """Return how many found layers stand in front of an expected one's place."""
        wanted, _ = self._anchors()
        sources = _through(self.expected.inputs[position], wanted)
        return max((self.partner.get(p, -1) for p in sources), default=-1) + 1

    def _best_bypass(
        self, wrong: list[tuple[int, str]]
    ) -> tuple[int | None, list[tuple[int, str]]]:
        """Return the layer without which most connections are right."""
        best: int | None = None
        left = wrong
        for position in self.partner:
            if position in self.bypassed or not self._is_simple(position):
                continue
            self.bypassed.add(position)
            rest = self._wrong()
            self.bypassed.remove(position)
            if len(rest) < min(len(left), len(wrong) - 1):
                best, left = position, rest
        return best, left

    def _is_simple(self, position: int) -> bool:
        """Return True for a layer with one input on both sides: it can be moved."""
        other = self.partner[position]
        return len(self.expected.inputs[position]) == len(self.found.inputs[other]) == 1

    def _moved(self, position: int) -> Edit:
        """Return the edit of a layer that stands elsewhere; neighbors are swapped."""
        other = self.partner[position]
        (source,), (given,) = self.expected.inputs[position], self.found.inputs[other]
        after = [
            self.partner.get(user)
            for user in self.expected.users[position]
            if user >= 0
        ]
        if given >= 0 and after == [given]:
            return Edit("swapped", self.expected.users[position][0], given)
        if source >= 0 and self.found.users[other] == [self.partner.get(source)]:
            return Edit("swapped", position, other)
        return Edit("moved", position, other, before=self.place_of(position))

    def _wrong(self) -> list[tuple[int, str]]:
        """Return the paired layers that get something else, with what is wrong."""
        wanted, given = self._anchors()
        wrong: list[tuple[int, str]] = []
        for position, other in self.partner.items():
            if position not in self.bypassed:
                what = self._difference(position, other, wanted, given)
                if what:
                    wrong.append((position, what))
        outputs = [_anchor(source, wanted) for source in self.expected.outputs]
        returned = [_anchor(source, given) for source in self.found.outputs]
        is_whole = all(p < 0 or p in self.partner for p in self.expected.outputs)
        if not is_whole:  # the layer that should join the outputs is missing itself
            outputs, returned = [sum(outputs, ())], [sum(returned, ())]
        owned = set(self.partner.values())
        if len(outputs) == len(returned):
            # An extra layer at the end is a finding of its own.
            for place, source in enumerate(self.found.outputs):
                is_extra = source >= 0 and source not in owned
                if is_extra and set(outputs[place]) & set(returned[place]):
                    returned[place] = outputs[place]
        if outputs != returned:
            wrong.append((self.expected.outputs[0], "outputs"))
        return wrong

    def _difference(
        self,
        position: int,
        other: int,
        wanted: list[tuple[int, ...]],
        given: list[tuple[int, ...]],
    ) -> str:
        """Return how the inputs of one pair differ; "" if they agree."""
        required, around = self._split(self.expected.inputs[position], wanted, True)
        received, through = self._split(self.found.inputs[other], given, False)
        lacking = Counter(required) - Counter(received)
        surplus = Counter(received) - Counter(required)
        # A missing or extra layer in between is a finding of its own: what stands
        # behind it may be there or not.
        if not (set(lacking) <= through and set(surplus) <= around):
            return "wiring"
        kind = self.spec.steps[position].layer.kind
        is_ordered = kind not in _UNORDERED or (
            kind == "Concatenate" and position in self.expected.outputs
        )
        is_whole = not around and not through
        return "order" if is_ordered and is_whole and required != received else ""

    def _split(
        self, sources: tuple[int, ...], anchors: list[tuple[int, ...]], is_ours: bool
    ) -> tuple[list[int], set[int]]:
        """Return the paired layers among sources, and what the others stand for."""
        owner = self.partner if is_ours else dict.fromkeys(self.partner.values())
        moved = self.bypassed if is_ours else {self.partner[p] for p in self.bypassed}
        direct: list[int] = []
        behind: set[int] = set()
        for source in sources:
            if source < 0 or (source in owner and source not in moved):
                direct += _anchor(source, anchors)
            elif source in moved:
                direct += anchors[source]
            else:
                behind |= set(anchors[source])
        return direct, behind

    def _anchors(self) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
        """Return for each step of both sides the nearest paired layers it gives on.

        A paired layer gives on itself; one without a partner, what feeds it. Both are
        named by expected positions.
        """
        owner = {found: position for position, found in self.partner.items()}
        wanted: list[tuple[int, ...]] = []
        for position, sources in enumerate(self.expected.inputs):
            is_fixed = position in self.partner and position not in self.bypassed
            wanted.append((position,) if is_fixed else _through(sources, wanted))
        given: list[tuple[int, ...]] = []
        for other, sources in enumerate(self.found.inputs):
            is_fixed = other in owner and owner[other] not in self.bypassed
            given.append((owner[other],) if is_fixed else _through(sources, given))
        return wanted, given


def _anchor(source: int, anchors: list[tuple[int, ...]]) -> tuple[int, ...]:
    """Return what stands for a source; the model's inputs stand for themselves."""
    return (source,) if source < 0 else anchors[source]


def _through(
    sources: tuple[int, ...], anchors: list[tuple[int, ...]]
) -> tuple[int, ...]:
    """Return what stands for all sources together, each once."""
    found = (anchor for source in sources for anchor in _anchor(source, anchors))
    return tuple(dict.fromkeys(found))
