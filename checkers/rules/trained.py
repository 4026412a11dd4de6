"""Rules on trained classifiers: how often they are right, how large they are.

A score that is missed has a cause, and causes are told apart by what was measured
beside the score: the same rows in other scales, what each class was taken for, whether
the classes are right but named otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from checkers.messages.sentences import say
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.evaluation import best_renaming, measured_otherwise
from checkers.snapshot import ClassFacts, ModelFacts, TrainedFacts, ValueFacts

__all__ = ["Accuracy", "AtMostParams", "MeasuredAccuracy"]

Limit = float | Callable[[dict[str, Any]], float]

_NEAR = 0.02  # share of rows below the limit that still counts as "that is it"
_WORDS = {
    "times_255": "INPUTS.times_255",
    "divided_by_255": "INPUTS.divided_by_255",
    "minus_1_to_1": "INPUTS.minus_1_to_1",
    "standardized": "INPUTS.standardized",
    "inverted": "INPUTS.inverted",
    "turned": "INPUTS.turned",
}


@dataclass(frozen=True)
class Accuracy:
    """A trained classifier must be right on a share of the rows.

    Attributes:
        check: Check that it decides.
        part: Its part, a `Trained` with the metric "accuracy".
        at_least: The share, 0 to 1; or what it is for the notes that came with the
            data: `lambda notes: notes["baseline"] + 0.08`.
        num_classes: How many classes there are.
        counts: Rows per class, if the key knows them; () if any will do.
        pixels: Smallest and largest input that the notebook prepares; () for any.
        codes: Codes of the lesson for a cause, in place of the general ones: pairs such
            as ("TRAINED.RENAMED", "LENET.FOLDER_LABELS").
    """

    check: str
    part: str
    at_least: Limit
    num_classes: int
    counts: tuple[int, ...] = ()
    pixels: tuple[float, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the share with the limit; the first cause explains a miss."""
        facts = context.facts(self.part)
        assert isinstance(facts, TrainedFacts)
        if facts.classes is None or "accuracy" not in facts.scores:
            return Outcome((self._found("TRAINED.NO_DATA", "", ""),))
        for code, expected, received, values in self._wrong(facts, facts.classes):
            return Outcome((self._found(code, expected, received, **values),))
        return Outcome()

    def _wrong(self, facts: TrainedFacts, seen: ClassFacts) -> Iterator[_Cause]:
        """Yield what is wrong, the cause before what follows from it."""
        share = facts.scores["accuracy"]
        yield from self._other_rows(facts, seen)
        if not seen.is_finite:
            yield "TRAINED.NOT_FINITE", "", "nan", {"metric": say("METRIC.output")}
        width = self.num_classes
        if seen.num_outputs != width and not (width == 2 and seen.num_outputs == 1):
            yield "TRAINED.NUM_CLASSES", str(width), str(seen.num_outputs), {}
        try:
            limit = (
                self.at_least(facts.notes) if callable(self.at_least) else self.at_least
            )
        except (KeyError, TypeError):
            yield "TRAINED.NO_BASELINE", "", "", {}
            return
        if share >= limit - 1e-12:
            return
        texts = say("VALUE.at_least", limit=percent(limit)), percent(share)
        yield from _other_inputs(seen, limit, texts)
        yield from _renamed(seen, limit, texts)
        yield from _lopsided(seen, facts.num_rows, texts)
        yield "TRAINED.ACCURACY", *texts, {}

    def _other_rows(self, facts: TrainedFacts, seen: ClassFacts) -> Iterator[_Cause]:
        """Yield that the data are not the ones that the notebook prepares."""
        counts = tuple(sum(row) for row in seen.confusion)[: self.num_classes]
        if self.counts and counts and counts != self.counts:
            rows = f"{sum(self.counts):,}", f"{facts.num_rows:,}"
            yield "TRAINED.OTHER_ROWS", *rows, {}
        if self.pixels and seen.input_range:
            near = zip(self.pixels, seen.input_range, strict=True)
            if not all(math.isclose(a, b, abs_tol=0.05) for a, b in near):
                expected, received = _span(self.pixels), _span(seen.input_range)
                yield "TRAINED.OTHER_PIXELS", expected, received, {}

    def _found(self, code: str, expected: str, received: str, **values: Any) -> Found:
        """Return a finding under the lesson's code, if it has one."""
        code = dict(self.codes).get(code, code)
        about = {"part": self.part, **values}
        return Found(code, self.check, about, None, expected, received)


_Cause = tuple[str, str, str, dict[str, Any]]


def _other_inputs(
    seen: ClassFacts, limit: float, texts: tuple[str, str]
) -> Iterator[_Cause]:
    """Yield that the network knows its task on inputs of another form."""
    given = seen.other_inputs.get("as_given", 0.0)
    others = {n: s for n, s in seen.other_inputs.items() if n in _WORDS}
    if not others:
        return
    name = max(others, key=lambda one: others[one])
    if others[name] >= limit - _NEAR and others[name] - given >= (limit - given) / 2:
        values = {"form": say(_WORDS[name]), "other_share": percent(others[name])}
        yield "TRAINED.OTHER_SCALE", *texts, values


def _renamed(
    seen: ClassFacts, limit: float, texts: tuple[str, str]
) -> Iterator[_Cause]:
    """Yield that the classes are told apart well, under other names."""
    names, share = best_renaming(seen.confusion)
    if share < limit - _NEAR:
        return
    changed = [(old, new) for old, new in enumerate(names) if old != new]
    if changed:
        true, called = changed[0]
        values = {"true": true, "called": called, "count": len(changed)}
        yield "TRAINED.RENAMED", *texts, {**values, "other_share": percent(share)}


def _lopsided(
    seen: ClassFacts, num_rows: int, texts: tuple[str, str]
) -> Iterator[_Cause]:
    """Yield one answer for all, a score of chance, or a class that is never said."""
    if not seen.confusion or not num_rows:
        return
    answers = [sum(column) for column in zip(*seen.confusion, strict=True)]
    rows = [sum(row) for row in seen.confusion]
    right = sum(row[place] for place, row in enumerate(seen.confusion))
    if max(answers) >= 0.99 * num_rows:
        said = answers.index(max(answers))
        yield "TRAINED.ONE_ANSWER", *texts, {"called": said}
    share = max(rows) / num_rows
    if right / num_rows <= share + 5 * math.sqrt(share * (1 - share) / num_rows):
        yield "TRAINED.CHANCE", *texts, {"share": percent(share)}
    never = [
        place for place, row in enumerate(rows) if row and answers[place] < 0.02 * row
    ]
    if never:
        yield "TRAINED.NEVER_SAID", *texts, {"called": never[0]}


@dataclass(frozen=True)
class AtMostParams:
    """A model may have only so many parameters.

    Attributes:
        check: Check that it decides.
        part: Its part: a `Trained` or a `Model`.
        limit: Greatest number of parameters, trained or not.
        code: Message code.
    """

    check: str
    part: str
    limit: int
    code: str = "TRAINED.TOO_MANY_PARAMS"

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the count with the limit."""
        facts = context.facts(self.part)
        model = facts.model if isinstance(facts, TrainedFacts) else facts
        assert isinstance(model, ModelFacts)
        if model.num_params <= self.limit:
            return Outcome()
        expected = say("VALUE.at_most", limit=f"{self.limit:,}")
        values = {"part": self.part}
        received = f"{model.num_params:,}"
        found = Found(self.code, self.check, values, None, expected, received)
        return Outcome((found,))


@dataclass(frozen=True)
class MeasuredAccuracy:
    """The number that a learner measured must be the accuracy of the model handed in.

    Attributes:
        check: Check that it decides.
        part: The number, in percent.
        model: The part with the model.
        tolerance: Percentage points; half a unit of the last digit that is asked for.
    """

    check: str
    part: str
    model: str
    tolerance: float = 0.005

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare; a number that another way of measuring gives has that name."""
        facts, number = context.facts(self.model), context.facts(self.part)
        if not isinstance(facts, TrainedFacts) or "accuracy" not in facts.scores:
            reason = say("SKIPPED.unusable", part=self.model)
            return Outcome(skipped={self.check: reason})
        assert isinstance(number, ValueFacts)
        received, right = float(number.value), 100 * facts.scores["accuracy"]
        if abs(received - right) <= self.tolerance + 1e-9:
            return Outcome()
        code, values = measured_otherwise(facts, received, self.tolerance)
        about = {"part": self.part, "model": self.model, **values}
        text = f"{received:.6g}"
        return Outcome((Found(code, self.check, about, received=text),))


def percent(share: float) -> str:
    """Return a share as a learner would write it.

    Example:
        >>> percent(0.97), percent(0.1135)
        ('97 %', '11.35 %')
    """
    return f"{round(100 * share, 2):g} %"


def _span(pair: tuple[float, ...]) -> str:
    """Return a range as text."""
    low, high = pair
    return say("VALUE.from_to", low=f"{low:g}", high=f"{high:g}")
