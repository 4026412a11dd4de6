"""Exercise 8 of lesson 08: all thinned networks of a softmax layer, in plain Python."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from checkers.messages.sentences import say
from checkers.reference import plain
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.functions import failure, pairs_of
from checkers.rules.grids import Grid

__all__ = [
    "Sampled",
    "drops_weights",
    "ensemble",
    "kept_scale",
    "losses",
    "no_factor",
    "no_softmax",
    "scaled_for_exact",
    "shares_swapped",
    "unweighted",
]

Vector = list[float]
Matrix = list[list[float]]
Results = tuple[Vector, Vector, Vector]
_SIGMAS = 5.0


def softmax(z: Sequence[float]) -> Vector:
    """Return probabilities.

    Example:
        >>> softmax([0.0, 0.0])
        [0.5, 0.5]
    """
    top = max(z)
    powers = [math.exp(entry - top) for entry in z]
    return [power / sum(powers) for power in powers]


def logits(h: Sequence[float], w: Matrix, b: Vector) -> Vector:
    """Return h w + b."""
    return [
        bias + sum(entry * row[column] for entry, row in zip(h, w, strict=True))
        for column, bias in enumerate(b)
    ]


def thinned(
    h: Vector, w: Matrix, b: Vector, keep: float, *, factor: float | None = None
) -> Iterator[tuple[float, Vector]]:
    """Yield the probability of each mask, and the class probabilities under it."""
    scale = 1 / keep if factor is None else factor
    for mask in itertools.product((0, 1), repeat=len(h)):
        kept = sum(mask)
        chance = keep**kept * (1 - keep) ** (len(h) - kept)
        masked = [m * entry * scale for m, entry in zip(mask, h, strict=True)]
        yield chance, softmax(logits(masked, w, b))


def _mean(weighted: Iterator[tuple[float, Vector]]) -> Vector:
    """Return the weighted mean of vectors."""
    total: Vector = []
    for weight, vector in weighted:
        total = [t + weight * v for t, v in zip(total or [0.0] * len(vector), vector)]  # noqa: B905 - the first has no length yet
    return total


def _scaled(h: Vector, w: Matrix, b: Vector) -> Vector:
    return softmax(logits(h, w, b))


def ensemble(h: Vector, w: Matrix, b: Vector, keep: float, draws: int) -> Results:
    """Return the exact mean, the pass without masks, and the mean that is estimated."""
    exact = _mean(thinned(h, w, b, keep))
    return exact, _scaled(h, w, b), exact


# -- Wrong ways to the exact mean ------------------------------------------------------


def _instead(exact: Vector, h: Vector, w: Matrix, b: Vector) -> Results:
    return exact, _scaled(h, w, b), exact


def unweighted(h: Vector, w: Matrix, b: Vector, keep: float, draws: int) -> Results:
    """Give every mask the same weight."""
    share = 0.5 ** len(h)
    every = ((share, vector) for _, vector in thinned(h, w, b, keep))
    return _instead(_mean(every), h, w, b)


def losses(h: Vector, w: Matrix, b: Vector, keep: float, draws: int) -> Results:
    """Average -ln of the probabilities in place of the probabilities."""
    every = (
        (chance, [-math.log(entry) for entry in vector])
        for chance, vector in thinned(h, w, b, keep)
    )
    return _instead(_mean(every), h, w, b)


def log_mean(h: Vector, w: Matrix, b: Vector, keep: float, draws: int) -> Results:
    """Take the exponential of the mean loss."""
    mean = losses(h, w, b, keep, draws)[0]
    return _instead([math.exp(-entry) for entry in mean], h, w, b)


def scaled_for_exact(
    h: Vector, w: Matrix, b: Vector, keep: float, draws: int
) -> Results:
    """Average the logits, or the masks: the pass without masks once more."""
    return _instead(_scaled(h, w, b), h, w, b)


def no_factor(h: Vector, w: Matrix, b: Vector, keep: float, draws: int) -> Results:
    """Forget to divide what is kept."""
    return _instead(_mean(thinned(h, w, b, keep, factor=1.0)), h, w, b)


def shares_swapped(h: Vector, w: Matrix, b: Vector, keep: float, draws: int) -> Results:
    """Give a mask the probability of the opposite one."""
    scale = 1 / keep
    return _instead(_mean(thinned(h, w, b, 1 - keep, factor=scale)), h, w, b)


def no_softmax(h: Vector, w: Matrix, b: Vector, keep: float, draws: int) -> Results:
    """Return logits: their mean is the pass without masks."""
    plain_logits = logits(h, w, b)
    return plain_logits, plain_logits, plain_logits


def kept_scale(h: Vector, w: Matrix, b: Vector, keep: float, draws: int) -> Results:
    """Multiply by keep in the pass without masks, as vanilla dropout does."""
    exact = _mean(thinned(h, w, b, keep))
    return exact, _scaled([keep * entry for entry in h], w, b), exact


def drops_weights(h: Vector, w: Matrix, b: Vector, keep: float, draws: int) -> Results:
    """Drop each weight on its own: 2 to the number of weights masks."""
    columns = []
    for column, bias in enumerate(b):
        parts = [entry * row[column] / keep for entry, row in zip(h, w, strict=True)]
        sums = []
        for mask in itertools.product((0, 1), repeat=len(h)):
            kept = sum(mask)
            chance = keep**kept * (1 - keep) ** (len(h) - kept)
            total = sum(m * part for m, part in zip(mask, parts, strict=True))
            sums.append((chance, bias + total))
        columns.append(sums)
    every = (
        (math.prod(chance for chance, _ in one), softmax([z for _, z in one]))
        for one in itertools.product(*columns)
    )
    return _instead(_mean(every), h, w, b)


# -- The mean over drawn masks ---------------------------------------------------------


@dataclass(frozen=True)
class Sampled:
    """The third result must be a mean over random masks, within five standard errors.

    Attributes:
        check: Check that it decides.
        part: The function's part.
    """

    check: str
    part: str

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Look at all cases; where there are not three arrays, others tell why."""
        for case, result in pairs_of(context, self.part):
            value = result.value
            if failure(result) or not isinstance(value, list) or len(value) != 3:
                return Outcome(skipped={self.check: say("SKIPPED.same_cause")})
            h, w, b, keep, draws = plain(case.args)
            received = Grid.of(value[2])
            if received is not None and received.shape in ((1, len(b)), (len(b), 1)):
                received = received.squeezed()
            values = {"part": self.part, "case": case.label}
            if received is None or received.shape != (len(b),):
                shape = str(received.shape) if received else type(value[2]).__name__
                code = "BY_HAND.SAMPLED_SHAPE"
                wanted = str((len(b),))
                return Outcome((Found(code, self.check, values, None, wanted, shape),))
            code = _wrong_sample(received.entries, h, w, b, keep, draws)
            if code:
                mean = _mean(thinned(h, w, b, keep))
                texts = _text(mean), _text(received.entries)
                return Outcome((Found(code, self.check, values, None, *texts),))
        return Outcome()


def _wrong_sample(
    received: Sequence[float],
    h: Vector,
    w: Matrix,
    b: Vector,
    keep: float,
    draws: int,
) -> str:
    """Return the code of what is wrong with a sampled mean; "" if nothing is."""
    every = list(thinned(h, w, b, keep))
    if not all(map(math.isfinite, received)):
        return "BY_HAND.OTHER_SAMPLED"
    if _fits(received, iter(every), draws):
        mean = _mean(iter(every))
        same = all(abs(one - got) < 1e-9 for one, got in zip(mean, received))  # noqa: B905 - one length
        return "BY_HAND.NOT_SAMPLED" if same else ""
    if _same(received, _scaled(h, w, b)):
        return "BY_HAND.MASKS_AVERAGED"
    if any(_same(received, vector) for _, vector in every):
        return "BY_HAND.ONE_DRAW"
    thoughts: tuple[tuple[str, Callable[[], Iterator[tuple[float, Vector]]]], ...] = (
        ("SAMPLES_UNSCALED", lambda: thinned(h, w, b, keep, factor=1.0)),
        ("SAMPLES_SWAPPED", lambda: thinned(h, w, b, 1 - keep, factor=1 / keep)),
        ("SAMPLES_SWAPPED", lambda: thinned(h, w, b, 1 - keep)),
        ("SAMPLES_SWAPPED", lambda: thinned(h, w, b, 0.5, factor=1 / keep)),
    )
    for code, masks in thoughts:
        if _fits(received, masks(), draws):
            return f"BY_HAND.{code}"
    return "BY_HAND.OTHER_SAMPLED"


def _fits(
    received: Sequence[float], masks: Iterator[tuple[float, Vector]], draws: int
) -> bool:
    """Return True if a sampled mean is within five standard errors of its own."""
    every = list(masks)
    mean = _mean(iter(every))
    for at, center in enumerate(mean):
        spread = sum(chance * (vector[at] - center) ** 2 for chance, vector in every)
        error = math.sqrt(spread / draws)
        if not abs(received[at] - center) <= _SIGMAS * error + 1e-5:
            return False
    return True


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(math.isclose(a, b, abs_tol=1e-5) for a, b in zip(one, other))  # noqa: B905 - one length


def _text(vector: Sequence[float]) -> str:
    return "[" + ", ".join(f"{entry:.4g}" for entry in vector) + "]"
