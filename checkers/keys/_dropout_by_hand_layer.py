"""Rules of exercise 4 of lesson 08: a dropout layer, forward and backward.

Dropout multiplies each entry with a number, so y / x is the slope that was really used.
The way back is held against that slope, not against the one that would have been right:
a forward pass without its factor costs one check, and the way back is judged apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.differences import shape_hint, show_shape
from checkers.rules.functions import failure, failure_found, pairs_of
from checkers.rules.grids import Grid

__all__ = ["HandMadeLayer"]

_CODE = "BY_HAND."
_CLOSE = 1e-4  # relative, so that float32 is right too
_SIGMAS = 5.0
_PROBLEMS = {
    "error": "FUNCTION.RAISES",
    "none": "FUNCTION.NO_RESULT",
    "kind": "FUNCTION.OTHER_RESULT",
}


@dataclass(frozen=True)
class HandMadeLayer:
    """The passes that the observer `dropout_layer` wrote down.

    Attributes:
        part: The class's part.
        forward: Check on the forward pass in training.
        backward: Check on the way back after it.
        inference: Check on both at inference.
    """

    part: str
    forward: str = "forward"
    backward: str = "backward"
    inference: str = "inference"

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.forward, self.backward, self.inference)

    def run(self, context: Context) -> Outcome:
        """Look at all cases; each check is told the first thing that is wrong."""
        found: dict[str, Found] = {}
        skipped: dict[str, str] = {}
        for case, result in pairs_of(context, self.part):
            code = failure(result, plain=False)
            if code:
                first = failure_found(code, self.forward, self.part, case, result)
                reason = say("SKIPPED.unusable", part=self.part)
                return Outcome((first,), dict.fromkeys(self.checks[1:], reason))
            missing = result.observed["missing"]
            if missing:
                values = {"part": self.part, "case": case.label}
                first = Found(_CODE + "NO_METHOD", self.forward, values)
                names = ", ".join(missing)
                first = Found(
                    first.code, first.check, values, None, "forward, backward", names
                )
                reason = say("SKIPPED.unusable", part=self.part)
                return Outcome((first,), dict.fromkeys(self.checks[1:], reason))
            look = _Look(self, case, result.observed["passes"])
            for one in look.found():
                found.setdefault(one.check, one)
            for check in look.lost:
                skipped[check] = say("SKIPPED.unusable", part=self.part)
        left = {check: why for check, why in skipped.items() if check not in found}
        ordered = [found[check] for check in self.checks if check in found]
        told: list[Found] = []
        for one in ordered:  # the same cause is told once
            same = one.code.startswith("FUNCTION.") and one.code in {
                other.code for other in told
            }
            if same:
                left[one.check] = say("SKIPPED.same_cause")
            else:
                told.append(one)
        return Outcome(tuple(told), left)


@dataclass
class _Look:
    """What is wrong with the passes of one case."""

    rule: HandMadeLayer
    case: Case
    passes: list[dict[str, Any]]
    lost: set[str] = field(default_factory=set)

    def found(self) -> Iterator[Found]:
        """Yield findings, pass by pass."""
        masks = []
        for one in self.passes:
            is_inference = one["name"] == "inference"
            check = self.rule.inference if is_inference else self.rule.forward
            x = _grid(one["x"])
            y = yield from self._result(one, "y", "forward", check, x)
            if y is None:
                self.lost |= set(self.rule.checks) - {check}
                return
            if is_inference:
                wrong = list(self._untouched(one, x, y))
                yield from wrong
                if not wrong:
                    yield from self._back(one, x, y, check)
            else:
                yield from self._thinned(x, y)
                masks.append([entry == 0 for entry in y.entries])
                yield from self._back(one, x, y, self.rule.backward)
            if one["backward"]["problem"]:
                self.lost |= {self.rule.inference, self.rule.backward}
                return
        if len(masks) == 2 and any(masks[0]) and masks[0] == masks[1]:
            yield self._found("ONE_MASK", self.rule.forward)

    def _result(
        self, one: dict[str, Any], name: str, method: str, check: str, like: Grid
    ) -> Any:
        """Yield why a result cannot be used; return it as a grid, or None."""
        facts = one[method]
        values = {
            "part": f"{self.rule.part}.{method}",
            "case": self.case.label,
            "error": facts["error"],
            "error_text": facts["text"],
            "line": facts["line"],
        }
        if facts["problem"]:
            code, received = (
                _PROBLEMS[facts["problem"]],
                facts["error"] or facts["kind"],
            )
            yield Found(code, check, values, None, say("VALUE.plain"), received)
            return None
        grid = Grid.of(one[name])
        if grid is None:
            code = "FUNCTION.OTHER_RESULT"
            yield Found(code, check, values, None, say("VALUE.plain"), facts["kind"])
            return None
        if facts["mutated"]:
            changed = "x" if method == "forward" else "dout"
            yield Found("FUNCTION.MUTATES", check, values | {"changed": changed})
        if grid.shape != like.shape:
            values["how"] = shape_hint(like.shape, grid.shape)
            shapes = show_shape(like.shape), show_shape(grid.shape)
            yield Found("FUNCTION.WRONG_SHAPE", check, values, None, *shapes)
            return None
        return grid

    def _thinned(self, x: Grid, y: Grid) -> Iterator[Found]:
        """Yield what is wrong with a forward pass in training."""
        rate, check = float(self.case.args[0]), self.rule.forward
        draws, zeros = len(y.entries), sum(entry == 0 for entry in y.entries)
        texts = f"{rate:.4g}", f"{zeros / draws:.4g}"
        if zeros == 0:
            yield self._found("NOTHING_DROPPED", check, *texts)
        elif _is_likely(1 - rate, zeros, draws):
            yield self._found("DROP_FOR_KEEP", check, *texts)
        elif not _is_likely(rate, zeros, draws):
            yield self._found("OTHER_SHARE", check, *texts)
        elif len({tuple(e == 0 for e in row.entries) for row in y.rows()}) == 1:
            yield self._found("ROWS_ALIKE", check)
        else:
            factor = 1 / (1 - rate)
            for slope in _slopes(x, y):
                if slope and not math.isclose(slope, factor, rel_tol=_CLOSE):
                    code = "NO_FACTOR" if _near(slope, 1.0) else "OTHER_FACTOR"
                    yield self._found(code, check, f"{factor:.4g}", f"{slope:.4g}")
                    return

    def _untouched(self, one: dict[str, Any], x: Grid, y: Grid) -> Iterator[Found]:
        """Yield what is wrong with a forward pass at inference."""
        check, rate = self.rule.inference, float(self.case.args[0])
        slopes = _slopes(x, y)
        if all(_near(slope, 1.0) for slope in slopes):
            return
        dropped = sum(slope == 0 for slope in slopes)
        if dropped:
            share = f"{dropped / len(slopes):.2g}"
            yield self._found("DROPS_AT_INFERENCE", check, "0", share)
        elif _all(slopes, 1 - rate) or _all(slopes, 1 / (1 - rate)):
            yield self._found("SCALES_AT_INFERENCE", check, "1", f"{slopes[0]:.4g}")
        else:
            yield self._found("OTHER_INFERENCE", check, "1", f"{slopes[0]:.4g}")

    def _back(
        self, one: dict[str, Any], x: Grid, y: Grid, check: str
    ) -> Iterator[Found]:
        """Yield what is wrong with a way back."""
        dout = _grid(one["dout"])
        dx = yield from self._result(one, "dx", "backward", check, dout)
        if dx is None:
            return
        slopes, mine = _slopes(x, y), _slopes(dout, dx)
        pairs = list(zip(slopes, mine, strict=True))
        if all(_near(received, slope) for slope, received in pairs):
            return
        code = self._reason(pairs, list(zip(y.entries, mine, strict=True)))
        if check == self.rule.inference and code != "OTHER_BACKWARD":
            code = "INFERENCE_BACKWARD"
        at = next(i for i, (slope, got) in enumerate(pairs) if not _near(got, slope))
        expected, received = f"{slopes[at]:.4g}", f"{mine[at]:.4g}"
        if code == "NO_FACTOR_BACK":
            received = f"{mine[at] / slopes[at]:.4g}"
            expected = "1"
        yield self._found(code, check, expected, received)

    def _reason(
        self, pairs: list[tuple[float, float]], outputs: list[tuple[float, float]]
    ) -> str:
        """Return the code of the thought that explains all slopes on the way back."""
        keep = 1 - float(self.case.args[0])
        thoughts: tuple[tuple[str, Callable[[float], float]], ...] = (
            ("NO_FACTOR_BACK", lambda slope: float(slope != 0)),
            ("BACK_UNTOUCHED", lambda slope: 1.0),
            ("BACK_UNMASKED", lambda slope: 1 / keep),
            ("FACTOR_TWICE", lambda slope: slope * slope),
            ("FACTOR_TWICE", lambda slope: slope / keep),
            ("TIMES_KEEP_BACK", lambda slope: slope * keep * keep),
            ("TIMES_KEEP_BACK", lambda slope: keep * float(slope != 0)),
        )
        for code, thought in thoughts:
            if all(_near(received, thought(slope)) for slope, received in pairs):
                return code
        if all(_near(received, output) for output, received in outputs):
            return "TIMES_OUTPUT"
        if any((slope == 0) != (received == 0) for slope, received in pairs):
            return "NEW_MASK"
        return "OTHER_BACKWARD"

    def _found(
        self, code: str, check: str, expected: str = "—", received: str = "—"
    ) -> Found:
        values = {"part": self.rule.part, "case": self.case.label}
        return Found(_CODE + code, check, values, None, expected, received)


def _grid(value: Any) -> Grid:
    """Return what the observer fed in, as a grid."""
    grid = Grid.of(value)
    assert grid is not None
    return grid


def _slopes(given: Grid, received: Grid) -> list[float]:
    """Return what each entry was multiplied with."""
    pairs = zip(given.entries, received.entries, strict=True)
    return [after / before for before, after in pairs]


def _near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_CLOSE, abs_tol=_CLOSE)


def _all(slopes: list[float], factor: float) -> bool:
    return all(_near(slope, factor) for slope in slopes)


def _is_likely(share: float, count: int, draws: int) -> bool:
    """Return True if a count is within five standard deviations of its mean."""
    sigma = math.sqrt(share * (1 - share) * draws)
    return abs(count - share * draws) <= _SIGMAS * sigma + 0.5
