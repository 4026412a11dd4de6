"""Rules on numbers, letters, arrays, callbacks and scores."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from checkers.i18n import translate
from checkers.messages.sentences import say
from checkers.parts import Number
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.grids import Grid
from checkers.snapshot import CallbackFacts, Facts, TrainedFacts, ValueFacts
from checkers.spec import fits, show_value

__all__ = [
    "CallbackIs",
    "ChoiceIs",
    "Committed",
    "FieldIs",
    "Look",
    "NumberIs",
    "Score",
    "Slip",
]

Expected = Any | Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Slip:
    """A wrong value that stands for a known thought.

    Attributes:
        value: The value, or what it is for given personal parameters.
        code: Message code.
    """

    value: Expected
    code: str


def _is_close(expected: Any, received: Any, tolerance: float) -> bool:
    """Return True if two values agree; numbers within an absolute tolerance."""
    numbers = (int, float)
    if isinstance(expected, numbers) and isinstance(received, numbers):
        return abs(expected - received) <= tolerance + 1e-12
    return fits(expected, received)


def _near_miss(expected: Any, received: float, tolerance: float) -> str:
    """Return the code of a right number in another form; "" for any other number."""
    if isinstance(expected, bool) or not isinstance(expected, int | float):
        return ""
    if expected == 0 or abs(expected) <= tolerance:
        return ""
    if _is_close(-expected, received, tolerance):
        return "NUMBER.SIGN"
    for factor in (100, 0.01):
        if _is_close(factor * expected, received, factor * tolerance):
            return "NUMBER.PERCENT"
    # Only where a digit of the right number is left: 1 is no 0.66 that was rounded.
    places = (place for place in range(-2, 6) if 10.0**-place <= abs(expected))
    if any(received == round(float(expected), place) for place in places):
        return "" if received == 0 else "NUMBER.ROUNDED"
    return ""


@dataclass(frozen=True)
class NumberIs:
    """A number must be a certain one.

    Attributes:
        check: Check that it decides.
        part: Its part.
        expected: The number, or what it is for given personal parameters.
        tolerance: Absolute tolerance, in the number's unit.
        slips: Wrong numbers that stand for known thoughts. Where two thoughts lead to
            one number, none is told.
        code: Code for all other wrong numbers.
    """

    check: str
    part: str
    expected: Expected
    tolerance: float = 0.0
    slips: tuple[Slip, ...] = ()
    code: str = "NUMBER.WRONG"

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the number."""
        facts = context.facts(self.part)
        assert isinstance(facts, ValueFacts)
        received = facts.value
        if _is_close(context.resolve(self.expected), received, self.tolerance):
            return Outcome()
        expected = context.resolve(self.expected)
        code = "NUMBER.NOT_FINITE" if not math.isfinite(received) else self.code
        if code == "NUMBER.WRONG":
            code = _near_miss(expected, received, self.tolerance) or code
        thoughts = {
            slip.code
            for slip in self.slips
            if _is_close(context.resolve(slip.value), received, self.tolerance)
        }
        if len(thoughts) == 1:  # of two that fit, either may be the learner's
            code = thoughts.pop()
        text = show_value(received)
        return Outcome((Found(code, self.check, {"part": self.part}, received=text),))


@dataclass(frozen=True)
class Committed:
    """A number must lie in the range that the part states; it is never compared."""

    check: str
    part: str

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Look whether the number is in its range."""
        facts = context.facts(self.part)
        assert isinstance(facts, ValueFacts)
        declared = next(p for p in context.exercise.parts if p.name == self.part)
        assert isinstance(declared, Number)
        low = -math.inf if declared.low is None else declared.low
        high = math.inf if declared.high is None else declared.high
        value = facts.value
        if not math.isfinite(value):
            about = {"part": self.part}
            return Outcome(
                (Found("NUMBER.NOT_FINITE", self.check, about, received=str(value)),)
            )
        if low <= value <= high and (not declared.whole or float(value).is_integer()):
            return Outcome()
        found = Found(
            "NUMBER.OUT_OF_RANGE",
            self.check,
            {"part": self.part},
            expected=_range(low, high, declared.unit),
            received=show_value(value),
        )
        return Outcome((found,))


def _range(low: float, high: float, unit: str) -> str:
    """Return a range in words, with the unit if there is one."""
    ends = {"low": f"{low:g}", "high": f"{high:g}"}
    if not unit:
        return say("VALUE.range", **ends)
    return say("VALUE.range_unit", **ends, unit=translate(unit))


@dataclass(frozen=True)
class ChoiceIs:
    """The chosen options must be these.

    Attributes:
        check: Check that it decides.
        part: Its part.
        right: Ids of all right options.
        slips: Option id to the code of the thought behind it.
    """

    check: str
    part: str
    right: tuple[str, ...]
    slips: tuple[tuple[str, str], ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Translate letters into option ids and compare."""
        facts = context.facts(self.part)
        assert isinstance(facts, ValueFacts)
        choices = context.exercise.choices(context.snapshot.code, part=self.part)
        chosen = [choices.id_of(letter) for letter in facts.value]
        values = {"part": self.part}
        if None in chosen or not chosen:
            letters = ", ".join(choices.letter_of(o.id) for o in choices.options)
            found = Found(
                "CHOICE.NO_SUCH_OPTION", self.check, values, None, letters, facts.value
            )
            return Outcome((found,))
        if set(chosen) == set(self.right):
            return Outcome()
        codes = [code for option, code in self.slips if option in chosen]
        if len(chosen) > 1 and not choices.multiple:
            code = "CHOICE.SEVERAL"
        elif codes:
            code = codes[0]
        else:
            is_part = set(chosen) < set(self.right)
            code = "CHOICE.INCOMPLETE" if is_part else "CHOICE.WRONG"
        return Outcome((Found(code, self.check, values, received=facts.value),))


@dataclass(frozen=True)
class FieldIs:
    """An entry of a dict answer, or the whole answer, must have a certain value.

    Attributes:
        check: Check that it decides.
        part: Its part.
        field: Name of the entry; "" for the whole answer.
        expected: The value, or what it is for given personal parameters.
        tolerance: Absolute tolerance for numbers.
        slips: Wrong values that stand for known thoughts.
    """

    check: str
    part: str
    field: str
    expected: Expected
    tolerance: float = 0.0
    slips: tuple[Slip, ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the entry."""
        facts = context.facts(self.part)
        assert isinstance(facts, ValueFacts)
        received = facts.value
        values = {"part": self.part, "field": f"[{self.field!r}]" if self.field else ""}
        if self.field:
            if not isinstance(received, dict) or received.get(self.field) is None:
                found = Found(
                    "VALUES.FIELD_MISSING", self.check, values, None, self.field
                )
                return Outcome((found,))
            received = received[self.field]
        expected = context.resolve(self.expected)
        if agree(expected, received, self.tolerance):
            return Outcome()
        code = next(
            (
                slip.code
                for slip in self.slips
                if agree(context.resolve(slip.value), received, self.tolerance)
            ),
            "VALUES.WRONG",
        )
        if code == "VALUES.WRONG":
            wanted, given = Grid.of(expected), Grid.of(received)
            if _differ_in_shape(wanted, given):
                shapes = [str(one.shape) for one in (wanted, given) if one is not None]
                found = Found(
                    "VALUES.SHAPE",
                    self.check,
                    values,
                    expected=shapes[0],
                    received=shapes[1],
                )
                return Outcome((found,))
            code = code if _is_finite(received) else "VALUES.NOT_FINITE"
        text = textwrap.shorten(str(received), 300, placeholder="…")
        return Outcome((Found(code, self.check, values, received=text),))


def _differ_in_shape(expected: Grid | None, received: Grid | None) -> bool:
    """Return True for an array of another shape; a single number has none."""
    return (
        expected is not None
        and received is not None
        and bool(expected.shape and received.shape)
        and expected.shape != received.shape
    )


def _is_finite(value: Any) -> bool:
    """Return True unless a number, or one in a nested list, is nan or infinite."""
    if isinstance(value, list | tuple):
        return all(map(_is_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def agree(expected: Any, received: Any, tolerance: float) -> bool:
    """Return True if nested lists agree entry by entry."""
    if isinstance(expected, list | tuple) and isinstance(received, list | tuple):
        return len(expected) == len(received) and all(
            agree(one, other, tolerance)
            for one, other in zip(expected, received, strict=True)
        )
    if isinstance(expected, str) and isinstance(received, str):
        return expected.strip().lower() == received.strip().lower()
    return _is_close(expected, received, tolerance)


@dataclass(frozen=True)
class CallbackIs:
    """A callback must be of a class, with certain settings.

    Attributes:
        check: Check that it decides.
        part: Its part.
        kind: Keras class name.
        settings: Setting name to expected value.
        codes: Setting name to the code of a wrong value.
    """

    check: str
    part: str
    kind: str
    settings: dict[str, Any]
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare class and settings."""
        facts = context.facts(self.part)
        assert isinstance(facts, CallbackFacts)
        if facts.kind != self.kind or not facts.is_keras:
            values = {"part": self.part}
            is_impostor = facts.kind == self.kind
            code = "CALLBACK.IMPOSTOR" if is_impostor else "CALLBACK.OTHER"
            found = Found(code, self.check, values, None, self.kind, facts.kind)
            return Outcome((found,))
        codes = dict(self.codes)
        wrong = tuple(
            Found(
                codes.get(name, "CALLBACK.SETTING"),
                self.check,
                {"part": self.part, "property": name},
                expected=show_value(expected),
                received=show_value(facts.settings.get(name)),
            )
            for name, expected in self.settings.items()
            if not fits(expected, facts.settings.get(name))
        )
        return Outcome(wrong)


@dataclass(frozen=True)
class Score:
    """A trained model must reach a score on the data that it was evaluated on.

    Attributes:
        check: Check that it decides.
        part: Its part.
        metric: "mae" (at most the limit) or "accuracy" (at least the limit).
        limit: The limit in the metric's unit; a function gets the notes that came
            with the data (for example {"baseline": 0.207}).
        code: Code when the limit is missed.
    """

    check: str
    part: str
    metric: str
    limit: float | Callable[[dict[str, Any]], float]
    code: str = "TRAINED.SCORE"

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Compare the score with the limit."""
        facts = context.facts(self.part)
        assert isinstance(facts, TrainedFacts)
        received = facts.scores[self.metric]
        limit = self.limit(facts.notes) if callable(self.limit) else self.limit
        values = {"part": self.part, "metric": self.metric}
        if not math.isfinite(received):
            text = f"{received}"
            found = Found("TRAINED.NOT_FINITE", self.check, values, received=text)
            return Outcome((found,))
        is_loss = self.metric == "mae"
        if (received <= limit) if is_loss else (received >= limit):
            return Outcome()
        form = "VALUE.at_most" if is_loss else "VALUE.at_least"
        return Outcome(
            (
                Found(
                    self.code,
                    self.check,
                    values,
                    expected=say(form, limit=f"{limit:.4g}"),
                    received=f"{received:.4g}",
                ),
            )
        )


@dataclass(frozen=True)
class Look:
    """A rule of an exercise's own: a pure function of facts and context.

    Attributes:
        check: Check that it decides.
        part: Its part.
        test: Gives a `Found` for everything that is wrong; one without a check gets
            that of this rule.
    """

    check: str
    part: str
    test: Callable[[Facts, Context], Iterable[Found]]

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.check,)

    def run(self, context: Context) -> Outcome:
        """Run the function."""
        found = self.test(context.facts(self.part), context)
        return Outcome(
            tuple(replace(one, check=one.check or self.check) for one in found)
        )
