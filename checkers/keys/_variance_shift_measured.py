"""Keys of exercises 2 and 6 of lesson 11: ratios measured, variances measured anew."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.messages.sentences import say
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.functions import failure, failure_found, pairs_of
from checkers.rules.grids import Grid
from checkers.snapshot import ResultFacts

__all__ = ["Observed", "ratios", "reestimate"]

_CODE = "VARSHIFT."
_NEAR = 2e-3  # relative; variances of 200 float32 rows
_ROUGH = 0.15  # relative; a variance with masks on is drawn, not computed
_MASKED = 0.25  # relative; the same, where averages still hold old values
_LIMIT = 0.1  # how far a ratio may be from 1
_OFF = 0.25  # how far a stored mean may be off, in standard deviations

Look = Callable[[ResultFacts], Iterable[Found]]


@dataclass(frozen=True)
class Observed:
    """Several checks on one function, by what was observed of its work.

    The first case that shows anything decides. A finding whose code is in `stops` is
    the cause of the rest: the other checks are skipped.

    Attributes:
        part: The function's part.
        checks: Names of the checks that it decides, the main one first.
        look: Gets a result, yields findings with their check.
        stops: Codes after which nothing else can be said.
        plain: False if only what was observed counts, not what was returned.
    """

    part: str
    checks: tuple[str, ...]
    look: Look
    stops: frozenset[str] = frozenset()
    plain: bool = True

    def run(self, context: Context) -> Outcome:
        """Look at all cases."""
        for case, result in pairs_of(context, self.part):
            code = failure(result, plain=self.plain)
            if code:
                found = failure_found(code, self.checks[0], self.part, case, result)
                return Outcome((found,), self._others(found))
            values = {"part": self.part, "case": case.label}
            found_here = tuple(
                replace(one, values={**values, **one.values})
                for one in self.look(result)
            )
            if found_here:
                cause = found_here[0]
                if cause.code in self.stops:
                    return Outcome((cause,), self._others(cause))
                return Outcome(found_here)
        return Outcome()

    def _others(self, found: Found) -> dict[str, str]:
        reason = say("SKIPPED.same_cause")
        return {name: reason for name in self.checks if name != found.check}


def _agree(received: Sequence[float], expected: Sequence[float], slack: float) -> bool:
    """Return True if numbers agree one by one, within a relative slack."""
    return len(received) == len(expected) and all(
        math.isclose(one, other, rel_tol=slack)
        for one, other in zip(received, expected, strict=True)
    )


def _show(values: Sequence[float]) -> str:
    """Return a few numbers as a learner would print them."""
    return ", ".join(f"{value:.3f}" for value in values)


# -- 2 · The shift ratio of every normalization --------------------------------------

_WRONG_WAYS = (
    ("upside_down", "UPSIDE_DOWN"),
    ("deviations", "DEVIATIONS"),
    ("root", "DEVIATIONS"),
    ("unit_ratios", "UNIT_RATIOS"),
    ("moving_mean", "MEAN_FOR_VARIANCE"),
    ("means", "MEAN_FOR_VARIANCE"),
    ("after_norm", "BEHIND_NORM"),
    ("no_axis", "NO_AXIS"),
)


def _look_at_ratios(result: ResultFacts) -> Iterable[Found]:
    """Yield what is wrong with the ratios, then what was changed on the way."""
    known = result.observed["ratios"]
    grids = [Grid.of(value) for value in result.value]
    count = len(known["expected"])
    for grid in grids:
        if grid is None or grid.shape != (count,):
            shape = result.kind if grid is None else str(grid.shape)
            yield _found("NOT_ONE_PER_NORM", "ratios", f"({count},)", shape)
            return
    lists = [list(grid.entries) for grid in grids if grid is not None]
    code = _ratio_code(lists, known, result.observed["changed"])
    if code:
        yield _found(code, "ratios", "—", _show(lists[0]))
    changed = set(result.observed["changed"])
    if changed and code != "DROPOUT_ON":
        yield _found("NETWORK_CHANGED", "unchanged", "—", ", ".join(sorted(changed)))


def _ratio_code(
    lists: Sequence[Sequence[float]], known: dict[str, Any], changed: Sequence[str]
) -> str:
    """Return the end of the code of wrong ratios; "" if they are right."""
    ways = [known["expected"], known["unbiased"]]
    if all(any(_agree(one, way, _NEAR) for way in ways) for one in lists):
        return ""
    if not all(map(math.isfinite, lists[0])):
        return "NOT_FINITE"
    first = lists[0]
    for name, code in _WRONG_WAYS:
        if _agree(first, known[name], _NEAR):
            return code
    if any("moving" in name for name in changed):
        return "DROPOUT_ON"
    if _agree(first, [1.0] * len(first), _NEAR):
        return "BATCH_VARIANCE"
    if not _agree(first, lists[1], 1e-6):  # two calls differ: masks were drawn
        is_batch = _agree(first, known["batch_over_off"], _ROUGH)
        return "BATCH_VARIANCE" if is_batch else "DROPOUT_ON"
    if _agree(first[:1], known["expected"][:1], _NEAR) and len(first) > 1:
        return "LATER_RATIOS"
    return "OTHER_RATIOS"


def _found(code: str, check: str, expected: str = "—", received: str = "—") -> Found:
    return Found(_CODE + code, check, expected=expected, received=received)


ratios = Key(
    exercise="variance-shift-ratios",
    rules=(
        Observed(
            "shift_ratios",
            ("ratios", "unchanged"),
            _look_at_ratios,
            frozenset({_CODE + "DROPOUT_ON", _CODE + "NOT_ONE_PER_NORM"}),
        ),
    ),
    solution=N_(
        "values = x; for each layer: if it is a BatchNormalization, append "
        "np.mean(layer.moving_variance) / np.mean(np.var(values, axis=0)); then values "
        "= layer(values, training=False).\n"
        "The numerator is what the layer stored while masks were drawn. The "
        "denominator is what it receives when they are not."
    ),
)

# -- 6 · Measure the variances anew --------------------------------------------------

_TRAINED = {"kernel", "bias"}
_SCALES = {"gamma", "beta"}


def _look_at_new(result: ResultFacts) -> Iterable[Found]:
    """Yield why variances do not fit, and what else is not as it was."""
    seen = result.observed
    if seen["other_model"]:
        yield _found("OTHER_MODEL", "variances")
        return
    changed = set(seen["changed"])
    if changed & _TRAINED:
        yield _found("RETRAINED", "kept")
    elif changed & _SCALES:
        yield _found("SCALES_RESET", "kept")
    code = _variance_code(seen)
    if code:
        yield _found(code, "variances", "—", _show(seen["train"]))
    if changed & (_TRAINED | _SCALES):
        return
    for name, ending in (
        ("rate", "RATE_LEFT"),
        ("momentum", "MOMENTUM_LEFT"),
        ("trainable", "FROZEN_LEFT"),
    ):
        if name in changed:
            yield _found(ending, "kept")
            return


def _variance_code(seen: dict[str, Any]) -> str:
    """Return the end of the code of statistics that do not fit; "" if they do."""
    if not seen["finite"]:
        return "NOT_FINITE"
    if _fits(seen["train"]):
        means = zip(seen["means"], seen["old_means"], strict=True)
        return "" if all(off < _OFF or old for off, old in means) else "MEAN_LOST"
    if all(seen["kept"]):
        return "NOTHING_STORED"
    if _fits(seen["val"]):
        return "VALIDATION_ROWS"
    if _agree(seen["at_once"], [1.0] * len(seen["at_once"]), 0.02):
        return "ALL_AT_ONCE"
    if _agree(seen["noisy"], [1.0] * len(seen["noisy"]), _MASKED):
        return "MASKS_STILL_ON"
    return "STILL_OFF"


def _fits(values: Sequence[float]) -> bool:
    return all(abs(value - 1) <= _LIMIT for value in values)


reestimate = Key(
    exercise="variance-shift-reestimate",
    rules=(
        Observed(
            "reestimate",
            ("variances", "kept"),
            _look_at_new,
            frozenset({_CODE + "OTHER_MODEL", _CODE + "RETRAINED"}),
            plain=False,
        ),
    ),
    solution=N_(
        "Set rate = 0 in each Dropout and momentum = 0 in each BatchNormalization, "
        "call model(split.x_train, training=True) once, put rates and momenta back.\n"
        "With momentum 0 nothing of the old averages stays. In training mode each "
        "layer normalizes with the batch, so the layers behind it see the right values "
        "at once."
    ),
)
