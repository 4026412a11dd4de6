"""Do the lessons there are hold what `course verify` looks at?

What runs notebooks takes minutes per lesson and stands in `.ci/run`; here the smallest
lesson shows that the way is open.
"""

import pytest

from checkers.judge import judge
from checkers.snapshot import Snapshot
from checkers.tasks import all_exercises
from course.catalog import find_lessons, load_catalog
from course.paths import lessons_path, share_path
from course.verify.invariants import lesson_invariants
from course.verify.subject import Subject


def judge_snapshot(exercise, text):
    return judge(Snapshot.from_json(text), exercise=exercise)


LESSONS = load_catalog()
INVARIANTS = lesson_invariants(judge_snapshot)


def subject(lesson) -> Subject:
    return Subject(lesson, all_exercises(), {}, lessons_path(), share_path())


def by_title(invariant) -> str:
    return f"{invariant.number} {invariant.title}"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.folder)
@pytest.mark.parametrize(
    "invariant", [one for one in INVARIANTS if not one.runs], ids=by_title
)
def test_every_lesson_holds_the_quick_invariants(lesson, invariant):
    problems = [f"{p.where}: {p.what}" for p in invariant.find(subject(lesson))]
    assert problems == []


@pytest.mark.notebooks
@pytest.mark.parametrize(
    "invariant", [one for one in INVARIANTS if one.number in "34"], ids=by_title
)
def test_the_smallest_lesson_runs(invariant):
    (welcome,) = find_lessons("welcome", LESSONS)
    problems = [f"{p.where}: {p.what}" for p in invariant.find(subject(welcome))]
    assert problems == []
