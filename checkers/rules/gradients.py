"""A gradient that was worked out by hand, beside a measured one.

The loss is the sum of the forward pass's results, weighted with the gradient that comes
in. It is measured as (loss(x + h) - loss(x - h)) / 2h, in float64, for one entry x at a
time, with h = 6e-6 · max(1, |x|): the cube root of the precision of a float64, where
rounding and curvature weigh the same. What is left of both is below 1e-6 of the largest
slope, which is the tolerance; float32 results get 2e-5.

Where the forward pass has a kink (ReLU at 0, a tie of a maximum), the slopes to the
left and to the right differ. Such an entry is left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checkers.messages.sentences import say
from checkers.parts import Array, Case
from checkers.reference import Reference, plain, results_of
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.differences import Compared, difference, shape_hint, show_shape
from checkers.rules.functions import failure, failure_found, pairs_of
from checkers.rules.grids import Grid, is_close, precision_of
from checkers.rules.results import show_number
from checkers.snapshot import ResultFacts

__all__ = ["Apart", "GradientCheck", "NoSlope", "numeric_gradients"]

STEP = 6e-6
TOLERANCE = 1e-6
# Slopes to both sides may differ by this share, and by this much: curvature does it.
_KINK, _BEND = 1e-3, 5e-5


class NoSlope(ValueError):
    """All entries of a case are at kinks: the author's error."""


@dataclass(frozen=True)
class GradientCheck:
    """Every gradient must be the measured slope.

    Attributes:
        check: Check that it decides.
        part: The backward function's part.
        forward: Gets the case's arguments (without the incoming gradient) and returns
            the result of the forward pass. Plain Python, or a `Reference`.
        names: Names of the arguments whose gradients are returned, in order.
        wrt: Positions of these arguments among the forward pass's.
        upstream: Position of the incoming gradient among the function's arguments;
            None if the forward pass is the loss itself.
        forward_args: Positions of the forward pass's arguments among the function's;
            all but `upstream` if not given.
        slips: Functions of all arguments that return wrong gradients, each with the
            code of the thought behind it; a slip counts if it explains all cases.
        judged: Names of the gradients that this check is about, where others of the
            same function have a check of their own (see `Apart`); all if not given.
            Slips then return these only.
    """

    check: str
    part: str
    forward: Callable[..., Any] | Reference
    names: tuple[str, ...]
    wrt: tuple[int, ...]
    upstream: int | None = 0
    forward_args: tuple[int, ...] | None = None
    slips: tuple[tuple[Callable[..., Any], str], ...] = ()
    judged: tuple[str, ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare all gradients on all cases."""
        pairs = pairs_of(context, self.part)
        received: list[list[Grid]] = []
        for case, result in pairs:
            code = failure(result)
            if code:
                found = failure_found(code, self.check, self.part, case, result)
                return Outcome((found,))
            grids, wrong = self._grids(case, result)
            if wrong is not None:
                return Outcome((wrong,))
            received.append(grids)
        measured = [self._measured(case) for case, _ in pairs]
        wrongs = self._of_judged(pairs, measured, received)
        if wrongs:
            return Outcome(wrongs)
        for case, result in pairs:
            if result.mutated:
                changed = "FUNCTION.MUTATES"
                one = failure_found(changed, self.check, self.part, case, result)
                return Outcome((one,))
        return Outcome()

    def _of_judged(
        self,
        pairs: Sequence[tuple[Case, ResultFacts]],
        measured: Sequence[Sequence[Grid]],
        received: Sequence[Sequence[Grid]],
    ) -> tuple[Found, ...]:
        """Compare the gradients that this check looks at: all, if none is named."""
        if not self.judged:
            return self._compare(pairs, measured, received)
        places = [self.names.index(name) for name in self.judged]
        mine = [[grids[place] for place in places] for grids in received]
        wrt = tuple(self.wrt[place] for place in places)
        only = replace(self, names=self.judged, wrt=wrt, judged=())
        wanted = [[grids[place] for place in places] for grids in measured]
        return only._compare(pairs, wanted, mine)

    def _grids(
        self, case: Case, result: ResultFacts
    ) -> tuple[list[Grid], Found | None]:
        """Return the gradients as grids, or the finding if there are none."""
        value = result.value
        if isinstance(value, dict):
            value = [value.get(name) for name in self.names]
        elif len(self.names) == 1 and not (
            result.kind in ("tuple", "list") and _is_pack(value)
        ):
            value = [value]
        about = {"part": self.part, "case": case.label}
        if not isinstance(value, list) or len(value) != len(self.names):
            count = len(value) if isinstance(value, list) else 1
            return [], Found(
                "FUNCTION.WRONG_COUNT",
                self.check,
                about,
                expected=str(len(self.names)),
                received=str(count),
            )
        grids = [Grid.of(one) for one in value]
        whole = [grid for grid in grids if grid is not None]
        if len(whole) < len(grids):
            return [], Found(
                "FUNCTION.OTHER_RESULT",
                self.check,
                about,
                expected=say("VALUE.plain"),
                received=repr(value[grids.index(None)])[:200],
            )
        return whole, None

    def _measured(self, case: Case, *, weighted: bool = True) -> list[Grid]:
        """Return the numeric gradients; nan at kinks."""
        places = self.forward_args or tuple(
            place for place in range(len(case.args)) if place != self.upstream
        )
        args = [case.args[place] for place in places]
        is_bare = self.upstream is None or not weighted
        weights = None if is_bare else case.args[self.upstream or 0]
        return numeric_gradients(self.forward, args, self.wrt, weights)

    def _compare(
        self,
        pairs: Sequence[tuple[Case, ResultFacts]],
        measured: Sequence[Sequence[Grid]],
        received: Sequence[Sequence[Grid]],
    ) -> tuple[Found, ...]:
        """Return one finding per cause."""
        found: list[Found] = []
        for number, name in enumerate(self.names):
            one = _Gradient(
                name,
                [grids[number] for grids in measured],
                [grids[number] for grids in received],
                pairs,
            )
            if not one.is_right:
                found.append(one.found(self.part, self.check))
        if not found:
            return ()
        swapped = self._swapped(measured, received)
        if swapped:
            values = {**found[0].values, "name": swapped[0], "other": swapped[1]}
            return (replace(found[0], code="GRADIENT.ORDER", values=values),)
        for slip, code in self.slips:
            if self._fits(slip, pairs, received):
                return (replace(found[0], code=code),)
        if self.upstream is not None:
            bare = [self._measured(case, weighted=False) for case, _ in pairs]
            # Where ones give 0, a result of zeros says nothing of what comes in.
            tells = any(one.largest > TOLERANCE for grids in bare for one in grids)
            if tells and all(
                _agree(one, mine)
                for grids, mines in zip(bare, received, strict=True)
                for one, mine in zip(grids, mines, strict=True)
            ):
                return (replace(found[0], code="GRADIENT.UPSTREAM"),)
        return _merged(found)

    def _swapped(
        self,
        measured: Sequence[Sequence[Grid]],
        received: Sequence[Sequence[Grid]],
    ) -> tuple[str, str] | None:
        """Return the names of two gradients that have changed places."""
        for one in range(len(self.names)):
            for other in range(one):
                if all(
                    _agree(grids[one], mine[other]) and _agree(grids[other], mine[one])
                    for grids, mine in zip(measured, received, strict=True)
                ):
                    return self.names[other], self.names[one]
        return None

    def _fits(
        self,
        slip: Callable[..., Any],
        pairs: Sequence[tuple[Case, ResultFacts]],
        received: Sequence[Sequence[Grid]],
    ) -> bool:
        """Return True if a wrong calculation gives what was received on all cases."""
        for (case, result), mine in zip(pairs, received, strict=True):
            try:
                wrong = slip(*plain(case.args))
            except (ArithmeticError, ValueError, LookupError, TypeError):
                return False
            wrong = wrong if isinstance(wrong, tuple) else (wrong,)
            grids = [Grid.of(one) for one in wrong]
            for grid, other in zip(grids, mine, strict=True):
                if grid is None or not is_close(grid, other, _slack(grid, result)):
                    return False
        return True


@dataclass(frozen=True)
class Apart:
    """Gradients of one function that have checks of their own.

        Apart((GradientCheck("input", ..., judged=("dx",)),
               GradientCheck("weights", ..., judged=("dw", "db"))))

    A function that gives no gradients at all is one cause and costs one check; so does
    a slip with the same code in both.

    Attributes:
        gradients: One rule per check, all on the same part, the first cause first.
    """

    gradients: tuple[GradientCheck, ...]

    @property
    def part(self) -> str:
        """The backward function's part."""
        return self.gradients[0].part

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return tuple(one.check for one in self.gradients)

    def run(self, context: Context) -> Outcome:
        """Compare; tell the same cause once."""
        found: list[Found] = []
        skipped: dict[str, str] = {}
        for rule in self.gradients:
            told = {one.code for one in found} - {"GRADIENT.WRONG"}
            for one in rule.run(context).found:
                if one.code in told:
                    skipped[rule.check] = say("SKIPPED.same_cause")
                else:
                    found.append(one)
        return Outcome(tuple(found), skipped)


class _Gradient:
    """One gradient on all cases."""

    def __init__(
        self,
        name: str,
        measured: Sequence[Grid],
        received: Sequence[Grid],
        pairs: Sequence[tuple[Case, ResultFacts]],
    ) -> None:
        """Compare each case."""
        self._name = name
        self._measured = list(measured)
        self._received = list(received)
        self._pairs = list(pairs)
        self._compared = [
            self._one(grid, mine, case, result)
            for grid, mine, (case, result) in zip(
                measured, received, pairs, strict=True
            )
        ]
        self.is_right = all(one is not None and one.is_right for one in self._compared)

    def _one(
        self, grid: Grid, mine: Grid, case: Case, result: ResultFacts
    ) -> Compared | None:
        """Return one comparison without kinks; None if the shapes differ."""
        if grid.shape != mine.shape:
            return None
        kept = [at for at, entry in enumerate(grid.entries) if not math.isnan(entry)]
        if not kept:
            raise NoSlope(f"Expected a case away from kinks, received {case.label!r}.")
        if len(kept) < len(grid.entries):
            grid, mine = (
                Grid((len(kept),), tuple(one.entries[at] for at in kept))
                for one in (grid, mine)
            )
        argument = next(
            (
                found
                for value in plain(case.args)
                if (found := Grid.of(value)) is not None and found.shape
            ),
            None,
        )
        return Compared(grid, mine, _slack(grid, result), argument)

    def found(self, part: str, check: str) -> Found:
        """Return what is wrong with this gradient."""
        place = next(
            at
            for at, one in enumerate(self._compared)
            if one is None or not one.is_right
        )
        case, one = self._pairs[place][0], self._compared[place]
        values: dict[str, Any] = {
            "part": part,
            "case": case.label,
            "name": self._name,
            "warning": "",
        }
        if one is None:
            expected = self._measured[place].shape
            received = self._received[place].shape
            values["how"] = shape_hint(expected, received)
            shapes = show_shape(expected), show_shape(received)
            return Found("GRADIENT.SHAPE", check, values, None, *shapes)
        at = next(
            at
            for at, (wanted, mine) in enumerate(
                zip(one.expected.entries, one.received.entries, strict=True)
            )
            if not abs(wanted - mine) <= one.tolerance
        )
        wanted, mine = one.expected.entries[at], one.received.entries[at]
        code, more = self._reason()
        return Found(
            code,
            check,
            values | more,
            expected=show_number(wanted),
            received=show_number(mine),
        )

    def _reason(self) -> tuple[str, dict[str, Any]]:
        """Return the code that explains all cases."""
        cases = [one for one in self._compared if one is not None]
        if len(cases) < len(self._compared):
            return "GRADIENT.WRONG", {}
        if not all(one.received.is_finite for one in cases):
            return "FUNCTION.NAN", {}
        if all(one.received.largest <= one.tolerance for one in cases):
            return "GRADIENT.ZERO", {}
        if _is_not_masked(cases):
            return "GRADIENT.NOT_MASKED", {}
        pattern = difference(cases)
        if pattern is not None and pattern.kind in ("SIGN", "FACTOR", "TRANSPOSED"):
            return f"GRADIENT.{pattern.kind}", pattern.values
        if _misses_term(cases):
            return "GRADIENT.TERM_MISSING", {}
        return "GRADIENT.WRONG", {}


def numeric_gradients(
    forward: Callable[..., Any] | Reference,
    args: Sequence[Any],
    wrt: Sequence[int],
    weights: Any = None,
) -> list[Grid]:
    """Return the slope of a forward pass by each entry of some arguments.

    Args:
        forward: The forward pass.
        args: Its arguments, as plain values or `Array`.
        wrt: Positions of the arguments to differentiate by.
        weights: What each entry of the result is multiplied with before all are
            summed: the incoming gradient. None for ones.

    Returns:
        One grid per argument; an entry at a kink is nan.
    """
    weight = None if weights is None else Grid.of(plain(weights))
    calls: list[tuple[Any, ...]] = [tuple(args)]
    steps: list[tuple[Grid, list[float]]] = []
    for place in wrt:
        grid = Grid.of(plain(args[place]))
        if grid is None:
            raise NoSlope(f"Expected numbers at position {place} of the case.")
        sizes = [STEP * max(1.0, abs(entry)) for entry in grid.entries]
        steps.append((grid, sizes))
        for at, size in enumerate(sizes):
            for sign in (1, -1):
                moved = list(grid.entries)
                moved[at] += sign * size
                value = _nested(Grid(grid.shape, tuple(moved)))
                kind = isinstance(args[place], Array)
                call = list(args)
                call[place] = Array(value) if kind else value
                calls.append(tuple(call))
    losses = [_loss(result, weight) for result in results_of(forward, calls)]
    center, moved_losses = losses[0], iter(losses[1:])
    found = []
    for grid, sizes in steps:
        slopes = tuple(
            _slope(center, next(moved_losses), next(moved_losses), size)
            for size in sizes
        )
        found.append(Grid(grid.shape, slopes))
    return found


def _loss(result: Any, weight: Grid | None) -> float:
    """Return the weighted sum of a result's entries."""
    grid = Grid.of(result)
    if grid is None:
        raise NoSlope("Expected numbers from the forward pass.")
    if weight is None:
        return math.fsum(grid.entries)
    if weight.shape != grid.shape:
        raise NoSlope(
            f"Expected an incoming gradient of shape {grid.shape}, "
            f"received {weight.shape}."
        )
    return math.fsum(map(_times, grid.entries, weight.entries))


def _slope(center: float, up: float, down: float, size: float) -> float:
    """Return the central difference; nan where the two sides differ."""
    right, left = (up - center) / size, (center - down) / size
    noise = 1e-13 * max(1.0, abs(center)) / size
    if abs(right - left) > _KINK * max(abs(right), abs(left)) + _BEND + noise:
        return math.nan
    return (up - down) / (2 * size)


def _is_not_masked(cases: Sequence[Compared]) -> bool:
    """Return True if all that is wrong should be 0, and something is."""
    seen = False
    for one in cases:
        for wanted, mine in zip(
            one.expected.entries, one.received.entries, strict=True
        ):
            if abs(wanted - mine) > one.tolerance:
                if abs(wanted) > one.tolerance:
                    return False
                seen = True
    return seen


def _misses_term(cases: Sequence[Compared]) -> bool:
    """Return True if what is wrong is wrong by what all entries of a column share.

    A mean, a variance or a sum acts on all entries of its axis: what its path adds to
    the gradient is the same along the axis, or follows the entry.
    """
    for one in cases:
        shape = one.expected.shape
        if len(shape) != 2 or shape[0] < 3:
            return False
    for one in cases:
        for column in zip(*(_rows(one.expected, one.received)), strict=True):
            rest = [wanted - mine for wanted, mine in column]
            if max(rest) - min(rest) > 10 * one.tolerance:
                return False
    return True


def _rows(expected: Grid, received: Grid) -> list[list[tuple[float, float]]]:
    """Return pairs of entries, row by row."""
    return [
        list(zip(wanted.entries, mine.entries, strict=True))
        for wanted, mine in zip(expected.rows(), received.rows(), strict=True)
    ]


def _merged(found: Sequence[Found]) -> tuple[Found, ...]:
    """Return findings, those with the same reason as one: one cause, one finding."""
    merged: dict[tuple[str, Any], Found] = {}
    for one in found:
        key = one.code, one.values.get("factor")
        if key in merged and one.code != "GRADIENT.SHAPE":
            names = f"{merged[key].values['name']}, {one.values['name']}"
            values = {**merged[key].values, "name": names}
            merged[key] = replace(merged[key], values=values)
        else:
            merged[(*key, len(merged)) if key in merged else key] = one  # type: ignore[index]
    return tuple(merged.values())


def _agree(measured: Grid, received: Grid) -> bool:
    """Return True if a gradient is the measured one, kinks left out."""
    if measured.shape != received.shape:
        return False
    slack = TOLERANCE * max(1.0, measured.largest) + 2e-5 * measured.largest
    return all(
        math.isnan(wanted) or abs(wanted - mine) <= slack
        for wanted, mine in zip(measured.entries, received.entries, strict=True)
    )


def _slack(grid: Grid, result: ResultFacts) -> float:
    """Return how far a gradient may be from the measured one."""
    precision = max(TOLERANCE, precision_of(result.dtypes, grid))
    return precision * max(1.0, grid.largest)


def _nested(grid: Grid) -> Any:
    """Return a grid as a nested list."""
    if not grid.shape:
        return grid.entries[0]
    return [_nested(row) for row in grid.rows()]


def _is_pack(value: Any) -> bool:
    """Return True for a list with one array inside: `return dx,`."""
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], list)


def _times(one: float, other: float) -> float:
    return one * other
