"""`course verify`: hold the invariants of the lessons, each failure with its fix."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape

from course.build.errors import BuildError
from course.build.notebook import Registry
from course.catalog import CatalogError, Lesson, find_lessons, load_catalog
from course.paths import is_clone, lessons_path, share_path
from course.verify.invariants import Invariant, lesson_invariants
from course.verify.problem import Problem
from course.verify.project import find_data_problems, find_pin_problems
from course.verify.running import begin
from course.verify.subject import Subject

if TYPE_CHECKING:
    from checkers.exercise import Exercise
    from checkers.verdict import Verdict

__all__ = ["command"]


@click.command()
@click.argument("lesson", default="all")
@click.option(
    "--no-run", is_flag=True, help="Skip what runs notebooks or answers (quick)."
)
@click.option(
    "--no-answers", is_flag=True, help="Skip the answers; `make test` judges them too."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Notebooks to run at the same time; with 1 the times shown mean something.",
)
def command(lesson: str, no_run: bool, no_answers: bool, jobs: int) -> None:
    """Verify LESSON (a number, a folder name or "all"): exit code 1 if it fails.

    Every failure names the file to edit or the command to run.
    """
    if not is_clone():
        raise click.ClickException(
            "An installed course has no scripts to verify. "
            "Next: run this in a clone of the project."
        )
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    try:
        lessons = find_lessons(lesson, load_catalog())
    except CatalogError as error:
        raise click.ClickException(str(error)) from error
    console = Console(highlight=False, soft_wrap=True)
    num_failed = _verify_project(console) if lesson == "all" else 0
    registry, key_problems = _exercises()
    subjects = [
        Subject(one, registry, key_problems, lessons_path(), share_path())
        for one in lessons
    ]
    skipped = {"notebooks", "answers"} if no_run else set()
    skipped |= {"answers"} if no_answers else set()
    pool = ThreadPoolExecutor(jobs)
    try:
        if not no_run and jobs > 1:
            begin(subjects, pool)
        for subject in subjects:
            num_failed += _verify_lesson(subject, skipped, console)
    finally:
        pool.shutdown(cancel_futures=True)
    if num_failed:
        console.print(f"[bold red]{num_failed} invariants do not hold.[/]")
        raise SystemExit(1)
    console.print(f"[bold green]All invariants hold[/] in {_count(lessons)}.")


def _exercises() -> tuple[Registry, dict[str, str]]:
    """Return all exercises, and what is wrong with their keys."""
    from checkers.judge import find_key
    from checkers.tasks import all_exercises

    registry = all_exercises()
    problems: dict[str, str] = {}
    for name, exercise in registry.items():
        try:
            key = find_key(name)
            if key is None:
                problems[name] = "it has no key."
            else:
                key.validate(exercise)
        except Exception as error:
            problems[name] = f"its key fails: {type(error).__name__}: {error}"
    return registry, problems


def _judge(exercise: "Exercise", text: str) -> "Verdict":
    """Judge a snapshot that a notebook left, in this process."""
    from checkers.judge import judge
    from checkers.snapshot import Snapshot

    return judge(Snapshot.from_json(text), exercise=exercise)


def _verify_project(console: Console) -> int:
    """Hold the invariants that belong to no lesson; return how many fail."""
    console.print("[bold]project[/]")
    pins = _report("9", "environment.yml equals the lock", _pins(), console)
    data = _report("9", "data sets have cards and hashes", _data(), console)
    return pins + data


def _pins() -> list[Problem]:
    return list(find_pin_problems(share_path()))


def _data() -> list[Problem]:
    return list(find_data_problems(share_path("data")))


def _verify_lesson(subject: Subject, skipped: set[str], console: Console) -> int:
    """Hold all invariants of one lesson; return how many fail."""
    console.print(f"[bold]{subject.lesson.folder}[/] {escape(subject.lesson.title)}")
    failed = 0
    for invariant in lesson_invariants(_judge):
        if invariant.runs in skipped:
            console.print(
                f"  [dim]- {invariant.number:>2}  {invariant.title}: not run[/]"
            )
            continue
        problems = _find(invariant, subject, console)
        failed += _report(invariant.number, invariant.title, problems, console)
    for name, seconds in subject.seconds.items():
        console.print(f"      [dim]{name} ran in {seconds:.0f} s (fast mode)[/]")
    return failed


def _find(invariant: Invariant, subject: Subject, console: Console) -> list[Problem]:
    """Return the problems of one invariant; show that it is being looked at."""
    try:
        with console.status(f"{invariant.number}  {invariant.title} …"):
            return list(invariant.find(subject))
    except BuildError as error:
        return [Problem(str(error.source), str(error), "see above")]


def _report(
    number: str, title: str, problems: Iterable[Problem], console: Console
) -> int:
    """Print one line, and one paragraph per problem; return 1 if there are any."""
    problems = list(problems)
    if not problems:
        console.print(f"  [green]✓[/] {number:>2}  {title}")
        return 0
    console.print(f"  [bold red]✗ {number:>2}  {title}[/] ({len(problems)})")
    for problem in problems:
        console.print(f"      {escape(problem.where)}: {escape(problem.what)}")
        console.print(f"      [cyan]Next:[/] {escape(problem.fix)}.")
    return 1


def _count(lessons: tuple[Lesson, ...]) -> str:
    return "1 lesson" if len(lessons) == 1 else f"{len(lessons)} lessons"
