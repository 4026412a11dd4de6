"""What a teacher wants to know of a graded class, as plain data.

Exercises and students by points, the misconceptions that most students share, and the
submissions that need a look. Four renderers read it: terminal, CSV, JSON, HTML.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from course.grading.outcomes import GradedNotebook, Outcome, Refused

__all__ = ["ClassReport", "ExerciseColumn", "Misconception", "StudentRow", "summarize"]


@dataclass(frozen=True)
class ExerciseColumn:
    """One exercise of the lesson over the whole class.

    Attributes:
        mean_points: Mean over the students who have automatic points; None if none has.
        num_passed: Students with full points.
        is_bonus: True for an exercise outside the pass mark.
    """

    exercise: str
    title: str
    max_points: float
    mean_points: float | None
    num_passed: int
    is_bonus: bool = False

    @property
    def heading(self) -> str:
        """Points to reach, with a star for a bonus exercise."""
        return f"/{self.max_points:g}" + (" ★" if self.is_bonus else "")


@dataclass(frozen=True)
class StudentRow:
    """One student's line of the gradebook.

    Attributes:
        points: Points by exercise id; None where a person must decide.
        statuses: Status in words by exercise id.
        total: Automatic points so far.
        needs_person: True if an exercise waits for a person.
        remarks: Repairs and failures, in sentences.
    """

    student: str
    points: dict[str, float | None]
    statuses: dict[str, str]
    total: float
    max_total: float
    needs_person: bool
    seconds: float
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Misconception:
    """A finding that students share.

    Attributes:
        code: For example `DROPOUT.RATE_IS_KEEP`.
        message: The sentence that the first of them saw.
        num_students: How many students have it at least once.
        exercises: In which exercises.
    """

    code: str
    message: str
    num_students: int
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class ClassReport:
    """The graded class.

    Attributes:
        data: Which data the answers were measured on, in a sentence.
        notes: What the teacher must know besides, in sentences.
        seconds: Wall time of the whole run.
    """

    lesson: str
    title: str
    columns: tuple[ExerciseColumn, ...]
    students: tuple[StudentRow, ...]
    misconceptions: tuple[Misconception, ...]
    refused: tuple[Refused, ...]
    data: str
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def max_points(self) -> float:
        """Points of all exercises but the bonus ones."""
        return sum(each.max_points for each in self.columns if not each.is_bonus)

    @property
    def total_heading(self) -> str:
        """Points to reach in total; bonus points come on top of them."""
        has_bonus = any(each.is_bonus for each in self.columns)
        return f"/{self.max_points:g}" + (" + ★" if has_bonus else "")

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"schema_version": 1, "max_points": self.max_points, **asdict(self)}


def summarize(
    outcomes: Sequence[Outcome],
    *,
    lesson: str,
    title: str,
    points: dict[str, float],
    titles: dict[str, str],
    data: str,
    bonus: Collection[str] = (),
    notes: Iterable[str] = (),
    seconds: float = 0.0,
) -> ClassReport:
    """Build the report from all outcomes of a run.

    Args:
        outcomes: Graded and refused notebooks, in any order.
        lesson: Folder name of the lesson.
        title: Its title.
        points: Full points by exercise id, in the lesson's order.
        titles: Exercise titles by id, where known.
        data: Which data the answers were measured on, in a sentence.
        bonus: Ids of exercises outside the pass mark.
        notes: Further sentences for the teacher.
        seconds: Wall time of the run.
    """
    graded = [each for each in outcomes if isinstance(each, GradedNotebook)]
    refused = [each for each in outcomes if isinstance(each, Refused)]
    students = tuple(_rows(graded, points, bonus))
    return ClassReport(
        lesson=lesson,
        title=title,
        columns=tuple(
            replace(
                _column(exercise, titles.get(exercise, exercise), full, students),
                is_bonus=exercise in bonus,
            )
            for exercise, full in points.items()
        ),
        students=students,
        misconceptions=tuple(_misconceptions(graded)),
        refused=tuple(sorted(refused, key=lambda each: (each.student, each.path))),
        data=data,
        notes=tuple(notes),
        seconds=seconds,
    )


def _rows(
    graded: Iterable[GradedNotebook], points: dict[str, float], bonus: Collection[str]
) -> Iterable[StudentRow]:
    """Yield one row per student, by name; a student may have two notebooks."""
    by_student: dict[str, list[GradedNotebook]] = defaultdict(list)
    for notebook in graded:
        by_student[notebook.student].append(notebook)
    for student, notebooks in sorted(by_student.items()):
        judged = {v.exercise: v for each in notebooks for v in each.judged}
        yield StudentRow(
            student=student,
            points={k: judged[k].points if k in judged else 0.0 for k in points},
            statuses={
                k: judged[k].status if k in judged else "not handed in" for k in points
            },
            total=round(sum(each.points for each in notebooks), 2),
            max_total=sum(full for key, full in points.items() if key not in bonus),
            needs_person=any(each.needs_person for each in notebooks),
            seconds=sum(each.seconds for each in notebooks),
            remarks=tuple(text for each in notebooks for text in _remarks(each)),
        )


def _remarks(notebook: GradedNotebook) -> list[str]:
    """Return repairs, failed cells and reasons for manual grading, in sentences."""
    by_hand = [f"{v.exercise}: {v.reason}" for v in notebook.judged if v.needs_person]
    return [*notebook.repairs, *notebook.problems, *by_hand]


def _column(
    exercise: str, title: str, full: float, students: Iterable[StudentRow]
) -> ExerciseColumn:
    """Sum one exercise up over the class."""
    reached = [p for row in students if (p := row.points[exercise]) is not None]
    mean = round(sum(reached) / len(reached), 2) if reached else None
    return ExerciseColumn(exercise, title, full, mean, reached.count(full))


def _misconceptions(graded: Iterable[GradedNotebook]) -> list[Misconception]:
    """Return the findings with codes, those shared by most students first."""
    students: dict[str, set[str]] = defaultdict(set)
    exercises: dict[str, set[str]] = defaultdict(set)
    sentence: dict[str, str] = {}
    for notebook in sorted(graded, key=lambda each: each.student):
        for verdict in notebook.judged:
            for finding in verdict.findings:
                if finding.code and verdict.status != "not attempted":
                    students[finding.code].add(notebook.student)
                    exercises[finding.code].add(verdict.exercise)
                    sentence.setdefault(finding.code, finding.message)
    found = [
        Misconception(code, sentence[code], len(who), tuple(sorted(exercises[code])))
        for code, who in students.items()
    ]
    return sorted(found, key=lambda each: (-each.num_students, each.code))
