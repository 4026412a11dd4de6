"""What grading finds out about a submission, as plain data."""

from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Finding", "GradedNotebook", "Judged", "Outcome", "Refused"]


@dataclass(frozen=True)
class Finding:
    """One thing that the checker says about an answer.

    Attributes:
        code: Misconception code, for example `DROPOUT.RATE_IS_KEEP`; "" if none.
        message: The learner's sentence.
    """

    code: str
    message: str


@dataclass(frozen=True)
class Judged:
    """The verdict on one exercise, as the judge's process handed it over.

    Attributes:
        points: None means that a person must decide; `reason` says why.
        status: The verdict's status in words: passed, failed, not attempted …
        text: The verdict for terminals and logs.
        html: The verdict as escaped HTML.
        code: Personal code under which the answer was captured.
        takes_code: True if the exercise depends on a personal code and was captured.
        stand_in: True if the answer was measured on stand-in data.
    """

    exercise: str
    title: str
    status: str
    points: float | None
    max_points: float
    text: str
    html: str
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    code: str = ""
    takes_code: bool = False
    stand_in: bool = False

    @property
    def needs_person(self) -> bool:
        """True if no automatic score could be given."""
        return self.points is None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class GradedNotebook:
    """One notebook of one student, run and judged.

    Attributes:
        notebook: Name without suffix, as in the release: `exercises`.
        content: The executed notebook in nbformat 4, verdicts in its check cells.
        answers: Source of each answer cell by exercise id.
        repairs: What was put right before running, in sentences.
        problems: Cells that failed or were taken out, in sentences.
        key: Hash of all that the result depends on, see `finished`; "" if unknown.
        from_earlier_run: True if it was not run again.
    """

    student: str
    notebook: str
    content: Any
    judged: tuple[Judged, ...]
    answers: dict[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    seconds: float = 0.0
    key: str = ""
    from_earlier_run: bool = False

    @property
    def points(self) -> float:
        """Automatic points; exercises that wait for a person count 0 so far."""
        return sum(verdict.points or 0.0 for verdict in self.judged)

    @property
    def max_points(self) -> float:
        """Points that the notebook can give."""
        return sum(verdict.max_points for verdict in self.judged)

    @property
    def needs_person(self) -> bool:
        """True if at least one exercise waits for a person."""
        return any(verdict.needs_person for verdict in self.judged)


@dataclass(frozen=True)
class Refused:
    """A submission that could not be graded, with the reason in a sentence."""

    student: str
    path: str
    reason: str


Outcome = GradedNotebook | Refused
