"""Invariants 3 and 4: what the notebooks do when they run from top to bottom."""

import ast
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from course.results import results_in
from course.running.notebook import NotebookFailed, execute
from course.verify.problem import Problem
from course.verify.subject import Execution, Subject

if TYPE_CHECKING:
    from checkers.exercise import Exercise
    from checkers.verdict import Verdict

__all__ = [
    "Judge",
    "begin",
    "find_solution_problems",
    "find_untouched_problems",
    "run_notebook",
]

Judge = Callable[["Exercise", str], "Verdict"]
"""Judges a snapshot: the exercise, the snapshot as JSON."""

SNAPSHOT_MIME = "application/vnd.layerwise.snapshot+json"
ENVIRONMENT = {"COURSE_FAST": "1", "COURSE_GRADING": "1"}
TIMEOUT_S = 600


def find_untouched_problems(subject: Subject, judge: Judge) -> Iterator[Problem]:
    """Invariant 3: the release runs, nothing counts as attempted, nothing passes."""
    for name, ids in subject.lesson.notebook_ids().items():
        where = f"notebooks/{subject.lesson.folder}/{name}.ipynb"
        notebook = yield from _run(subject, "notebooks", name)
        for exercise in _declared(subject, ids) if notebook else ():
            fix = f"let its stub stay unfilled in {subject.source_name(f'{name}.py')}"
            verdict = _verdict(notebook, exercise, judge)
            if verdict is None:
                what = "its capture cell wrote no snapshot."
                yield Problem(f"{where}, {exercise.id}", what, fix)
            elif verdict.passed:
                what = "it is already solved in the untouched notebook."
                yield Problem(f"{where}, {exercise.id}", what, fix)
            elif verdict.status != "not attempted":
                what = f'expected "not attempted", received "{verdict.status}".'
                yield Problem(f"{where}, {exercise.id}", what, fix)
            yield from _check_cell_problems(where, notebook, exercise, 0.0)


def find_solution_problems(subject: Subject, judge: Judge) -> Iterator[Problem]:
    """Invariant 4: the notebooks run, our own solutions get full points.

    Figures that hang on no training, such as parameter counts, lie in their bands.
    """
    if subject.path_of("solutions", "lesson").is_file():
        notebook = yield from _run(subject, "solutions", "lesson")
        yield from _figure_problems(subject, "lesson", notebook)
    for name, ids in subject.lesson.notebook_ids().items():
        where = f"solutions/{subject.lesson.folder}/{name}.ipynb"
        notebook = yield from _run(subject, "solutions", name)
        yield from _figure_problems(subject, name, notebook)
        for exercise in _declared(subject, ids) if notebook else ():
            verdict = _verdict(notebook, exercise, judge)
            if verdict is None or not verdict.passed:
                found = "no snapshot" if verdict is None else verdict.to_text()
                yield Problem(
                    f"{where}, {exercise.id}",
                    f"our own solution does not pass: {found}",
                    f"correct the solution in {subject.source_name(f'{name}.py')}, "
                    f"or the key in checkers/keys/{subject.lesson.slug}.py",
                )
            # On stand-in data, checks that need real data leave the maximum.
            full = exercise.points if verdict is None else verdict.max_points
            yield from _check_cell_problems(where, notebook, exercise, full)


def begin(subjects: Iterable[Subject], pool: Executor) -> None:
    """Let a pool run the notebooks of some lessons, in the order of the invariants.

    Runs take a kernel each, so a pool of threads fills several processors.
    """
    for subject in subjects:
        names = tuple(subject.lesson.notebook_ids())
        wanted = [("notebooks", name) for name in names]
        wanted += [("solutions", name) for name in ("lesson", *names)]
        for target, name in wanted:
            notebook = subject.read(target, name)
            if notebook is not None:
                subject.begun[target, name] = pool.submit(run_notebook, notebook)


def run_notebook(notebook: NotebookNode) -> Execution:
    """Run a notebook in fast mode, in an empty folder."""
    start = time.monotonic()
    executed, failure = None, ""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            executed = execute(
                notebook, folder=Path(folder), env=ENVIRONMENT, timeout_s=TIMEOUT_S
            )
        except NotebookFailed as error:
            failure = str(error)
    return Execution(executed, failure, time.monotonic() - start)


def _run(
    subject: Subject, target: str, name: str
) -> Iterator[Problem] | Any:  # a generator that returns the executed notebook
    """Run one derivative; yield what stopped it, return the executed notebook."""
    where = f"{target}/{subject.lesson.folder}/{name}.ipynb"
    notebook = subject.read(target, name)
    if notebook is None:
        yield Problem(where, "it does not exist.", subject.rebuild())
        return None
    begun = subject.begun.get((target, name))
    found = begun.result() if begun else run_notebook(notebook)
    subject.seconds[f"{target}/{name}"] = found.seconds
    if found.failure:
        fix = f"correct {subject.source_name(f'{name}.py')} and {subject.rebuild()}"
        yield Problem(where, found.failure, fix)
    return found.notebook


def _figure_problems(
    subject: Subject, name: str, notebook: NotebookNode | None
) -> Iterator[Problem]:
    """Yield reported figures that were compared and lie outside their band."""
    for result in results_in(notebook) if notebook else ():
        if result.is_outside and result.reference:
            yield Problem(
                f"solutions/{subject.lesson.folder}/{name}.ipynb, {result.name}",
                f"expected {result.reference.band()}, received {result.value_text}.",
                f"correct {subject.source_name(f'{name}.py')}, or the band in "
                "course/references.toml",
            )


def _declared(subject: Subject, ids: tuple[str, ...]) -> list["Exercise"]:
    return [subject.registry[name] for name in ids if name in subject.registry]


def _verdict(
    notebook: NotebookNode, exercise: "Exercise", judge: Judge
) -> "Verdict | None":
    """Judge the snapshot that a capture cell left, None if it left none."""
    for output in _outputs(notebook, f"{exercise.id}-capture"):
        text = output.get("data", {}).get(SNAPSHOT_MIME)
        if text is not None:
            return judge(exercise, text if isinstance(text, str) else json.dumps(text))
    return None


def _check_cell_problems(
    where: str, notebook: NotebookNode, exercise: "Exercise", points: float
) -> Iterator[Problem]:
    """Yield what nbgrader would misread in a check cell."""
    outputs = _outputs(notebook, f"{exercise.id}-check")
    where = f"{where}, {exercise.id}-check"
    fix = "see checkers/exercise.py, grade()"
    if any(output.get("name") == "stderr" for output in outputs):
        yield Problem(where, "it writes to stderr; nbgrader gives 0 for that.", fix)
    results = [o for o in outputs if o.output_type == "execute_result"]
    text = results[-1].data.get("text/plain", "") if results else "nothing"
    value = _literal(text)
    if type(value) is not float:  # nbgrader gives full marks for most other types
        yield Problem(where, f"expected a builtin float, received {text}.", fix)
    elif value != points:
        yield Problem(where, f"expected {points:g} points, received {value:g}.", fix)


def _outputs(notebook: NotebookNode, cell_id: str) -> list[Any]:
    return [
        output
        for cell in notebook.cells
        if cell.id == cell_id
        for output in cell.outputs
    ]


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
