"""An exercise as a learner's process knows it: the task half.

What is right stands in `checkers.keys`, which a release for marks does not contain.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checkers.i18n import translate
from checkers.messages.sentences import say
from checkers.parts import (
    Array,
    Callback,
    Case,
    Choice,
    Earlier,
    Function,
    Made,
    Model,
    Number,
    Option,
    Part,
    Schedule,
    Trained,
    Values,
)

if TYPE_CHECKING:
    from checkers.snapshot import Snapshot
    from checkers.verdict import Verdict

__all__ = [
    "Array",
    "Callback",
    "Case",
    "Check",
    "Choice",
    "DeclarationError",
    "Earlier",
    "Exercise",
    "Function",
    "Made",
    "Model",
    "Number",
    "Option",
    "Part",
    "Schedule",
    "Trained",
    "Values",
]

KINDS = {
    "M": "model",
    "F": "function",
    "N": "number",
    "C": "choice",
    "P": "predict, then measure",
    "T": "trained model",
    "A": "arrays",
}


class DeclarationError(ValueError):
    """An exercise is declared wrongly: the author's error, never the learner's."""


@dataclass(frozen=True)
class Check:
    """One named check with its points.

    Attributes:
        name: Short name; the check's id is `<exercise id>/<name>`.
        points: Points that it gives when it passes, in steps of 0.01.
        title: What it looks at, shown to the learner.
        needs: Names of earlier checks without which it cannot be looked at.
        needs_real_data: True if stand-in data cannot decide it.
    """

    name: str
    points: float
    title: str
    needs: tuple[str, ...] = ()
    needs_real_data: bool = False


@dataclass(frozen=True)
class Exercise:
    """One exercise of a lesson.

    Attributes:
        id: `<slug>-<name>`, for example `dropout-spotify-net`.
        title: Short title.
        kind: M, F, N, C, P, T or A (see `KINDS`).
        parts: What the learner hands in, in order.
        checks: What is looked at; their points add up to the exercise's.
        hints: Three hints in steps.
        strict: In words: what must be as stated.
        free: In words: what the learner may choose.
        personal: Names of personal parameters, each with its possible values; the
            first value is the public default.
        minutes: Time to plan for it.
        states: What the text states, so that a verdict may show it: "all"; "layers"
            (which there are, in which order); a kind ("Dense": there is such a layer,
            with all of its settings); a setting ("rate", "Dense.units").
    """

    id: str
    title: str
    kind: str
    parts: tuple[Part, ...]
    checks: tuple[Check, ...]
    hints: tuple[str, ...]
    strict: str = ""
    free: str = ""
    personal: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    minutes: int = 10
    states: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a contradictory declaration at import."""
        names = [check.name for check in self.checks]
        problems = [
            (self.kind not in KINDS, f"kind {self.kind!r} is none of {list(KINDS)}"),
            (not self.parts, "an exercise needs at least one part"),
            (not self.checks, "an exercise needs at least one check"),
            (len(set(names)) < len(names), f"check names repeat: {names}"),
            (any(check.points < 0 for check in self.checks), "points below 0"),
        ]
        for check in self.checks:
            earlier = names[: names.index(check.name)]
            late = set(check.needs) - set(earlier)
            problems.append((bool(late), f"{check.name} needs {late}, not declared"))
        for is_wrong, problem in problems:
            if is_wrong:
                raise DeclarationError(f"{self.id}: {problem}.")

    @property
    def points(self) -> float:
        """Points of all checks together."""
        return round(sum(check.points for check in self.checks), 2)

    @property
    def needs_code(self) -> bool:
        """True if the personal code changes what is asked or shown."""
        return bool(self.personal) or any(isinstance(p, Choice) for p in self.parts)

    def parameters(self, code: str = "") -> dict[str, Any]:
        """Return the personal parameters that follow from `code` alone.

        Args:
            code: The personal code, "" for the public default.

        Example:
            >>> part = Number("x")
            >>> e = Exercise("a-b", "A", "N", (part,), (Check("c", 1, ""),), (),
            ...              personal={"seed": (1, 2, 3)})
            >>> e.parameters("")
            {'seed': 1}
        """
        return {
            name: values[_draw(f"{code}|{self.id}|{name}", len(values)) if code else 0]
            for name, values in self.personal.items()
        }

    def choices(self, code: str = "", *, part: str = "") -> Choices:
        """Return the lettered options of a choice, in this student's order.

        Args:
            code: The personal code; the order follows from it.
            part: Name of the part, if the exercise has several choices.
        """
        found = [
            p
            for p in self.parts
            if isinstance(p, Choice) and (not part or p.name == part)
        ]
        if not found:
            raise DeclarationError(f"{self.id} has no choice {part!r}.")
        order = sorted(
            found[0].options,
            key=lambda option: _digest(f"{code}|{self.id}|{option.id}"),
        )
        return Choices(tuple(order), found[0].multiple)

    def capture(
        self,
        *answers: Any,
        code: str = "",
        data: Any = None,
        stand_in: bool = False,
        seed: int | None = None,
    ) -> Snapshot:
        """Write down what was handed in, as plain data. Never raises.

        Args:
            *answers: One value per part, in order.
            code: The personal code.
            data: Arrays that a trained model is evaluated on, inputs first.
            stand_in: True if the notebook works on built-in stand-in data.
            seed: Seed of the cases that functions are run on; a fresh one each time
                if neither it nor `COURSE_CASE_SEED` is given.
        """
        from checkers.capture import capture, show_captured

        snapshot = capture(
            self, answers, code=code, data=data, stand_in=stand_in, seed=seed
        )
        show_captured(snapshot)
        return snapshot

    def check(
        self,
        *answers: Any,
        code: str = "",
        data: Any = None,
        stand_in: bool = False,
        seed: int | None = None,
    ) -> Verdict:
        """Capture and judge in one step; the notebook shows the verdict."""
        from checkers.capture import capture
        from checkers.judge import judge
        from checkers.progress import record

        snapshot = capture(
            self, answers, code=code, data=data, stand_in=stand_in, seed=seed
        )
        verdict = judge(snapshot, exercise=self)
        record(verdict)
        return verdict

    def grade(self, snapshot: Snapshot) -> float:
        """Show the verdict and return its points for the gradebook.

        The last value of a graded cell must be a finite builtin float between 0 and
        the points: nbgrader gives full marks for almost anything else.

        Raises:
            CheckerBroken: If the checker itself failed. Graders mark the cell for
                manual grading, so that our fault is never a learner's zero.
        """
        from checkers.judge import judge
        from checkers.progress import record
        from checkers.show import show

        verdict = judge(snapshot, exercise=self)
        show(verdict)
        record(verdict)
        verdict.raise_if_broken()
        return verdict.points

    def hint(self, n: int | None = None) -> Hint:
        """Show the hints in steps: the first, or all up to number `n` (1-based)."""
        shown = max(1, min(n or 1, len(self.hints)))
        return Hint(tuple(map(translate, self.hints[:shown])), len(self.hints))

    def solution(self) -> Hint:
        """Show the solution, where the keys are installed."""
        from checkers.judge import find_key

        key = find_key(self.id)
        if key is None:
            return Hint((say("SOLUTION.LATER"),), 1)
        return Hint((translate(key.solution),), 1, title=say("LABEL.solution"))


@dataclass(frozen=True)
class Choices:
    """Options with their letters, as one student sees them."""

    options: tuple[Option, ...]
    multiple: bool = False

    def letter_of(self, option_id: str) -> str:
        """Return the letter in front of an option."""
        return chr(65 + [option.id for option in self.options].index(option_id))

    def id_of(self, letter: str) -> str | None:
        """Return the id of the option behind a letter, None if there is none."""
        position = ord(letter.upper()) - 65 if len(letter) == 1 else -1
        if 0 <= position < len(self.options):
            return self.options[position].id
        return None

    def __repr__(self) -> str:
        """Return one line per option."""
        return "\n".join(
            f"{chr(65 + position)}  {translate(option.text)}"
            for position, option in enumerate(self.options)
        )


@dataclass(frozen=True)
class Hint:
    """Text for the learner; shows itself without quotes.

    Attributes:
        texts: The hints so far, or the one text that there is.
        total: How many hints there are.
        title: What a single text is.
    """

    texts: tuple[str, ...]
    total: int
    title: str = ""

    def to_html(self) -> str:
        """Return the text as escaped HTML without scripts."""
        from checkers.render.hints import render_hint

        return render_hint(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Let notebooks choose between the two faces."""
        return {"text/plain": repr(self), "text/html": self.to_html()}

    def __repr__(self) -> str:
        """Return the numbered hints with the way to the next, or the single text."""
        if self.total == 1:
            return self.texts[0]
        lines = [
            say("LABEL.hint", number=number, total=self.total, text=text)
            for number, text in enumerate(self.texts, start=1)
        ]
        if len(self.texts) < self.total:
            lines.append(say("LABEL.next_hint", number=len(self.texts) + 1))
        return "\n".join(lines)


def _digest(text: str) -> str:
    """Return a stable hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _draw(text: str, count: int) -> int:
    """Return a number below `count` that follows from a text."""
    return int(_digest(text)[:12], 16) % count
