"""Invariant 10: lengths, plots, headings and sections of what an author writes."""

import re
from collections.abc import Iterable, Iterator

from course.build.answer import AnswerProblem, find_regions
from course.build.script import ScriptCell
from course.verify.problem import Problem
from course.verify.subject import Subject

__all__ = ["count_words", "find_format_problems"]

MAX_CELLS = 40
MAX_CODE_LINES = 20
MIN_WORDS, MAX_WORDS = 1200, 2500
MIN_PLOTS = 4
MIN_ANSWER_LINES, MAX_ANSWER_LINES = 3, 15
SHORT_KINDS = "NCP"  # a number, a letter, a measured value: one line can be enough
SECTIONS = ("objectives", "out of scope", "prerequisites", "misconceptions")

_NOT_PROSE = re.compile(r"```.*?```|<!--.*?-->|\$\$.*?\$\$|\]\([^)]*\)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_POINTS = re.compile(r"\((\d+(?:\.\d+)?) (?:bonus )?points?\b")


def find_format_problems(subject: Subject) -> Iterator[Problem]:
    """Yield what is too long, too short or left out."""
    for name, cells in subject.scripts.items():
        yield from _length_problems(subject.source_name(f"{name}.py"), cells)
        yield from _heading_problems(subject, name, cells)
    if "lesson" in subject.scripts and not subject.lesson.short:
        where, cells = subject.source_name("lesson.py"), subject.scripts["lesson"]
        yield from _lesson_problems(where, cells)
    yield from _answer_problems(subject)
    yield from _design_problems(subject)


def count_words(cells: Iterable[ScriptCell]) -> int:
    """Return the number of words of prose: no code, no formulas, no addresses."""
    text = "\n".join(cell.source for cell in cells if cell.kind == "markdown")
    return len(_WORD.findall(_NOT_PROSE.sub(" ", text)))


def _length_problems(where: str, cells: tuple[ScriptCell, ...]) -> Iterator[Problem]:
    if len(cells) > MAX_CELLS:
        what = f"expected at most {MAX_CELLS} cells, found {len(cells)}."
        yield Problem(where, what, "join or drop cells; one idea each")
    for cell in cells:
        lines = len(cell.source.splitlines())
        # The two marker lines of an answer reach no learner.
        limit = MAX_CODE_LINES + (2 if cell.answer else 0)
        if cell.kind == "code" and lines > limit:
            yield Problem(
                where,
                f"the cell `{cell.first_line}` has {lines} lines, more than {limit}.",
                "split it, or move code into the package",
            )


def _heading_problems(
    subject: Subject, name: str, cells: tuple[ScriptCell, ...]
) -> Iterator[Problem]:
    """Yield exercises whose text states other points than its checks give."""
    text = ""
    for cell in cells:
        if cell.kind == "markdown" and cell.solution is None:
            text += cell.source
        exercise = subject.registry.get(cell.answer or "")
        if exercise is None:
            continue
        stated = [float(number) for number in _POINTS.findall(text)]
        if exercise.points not in stated:
            yield Problem(
                f"{subject.source_name(f'{name}.py')}, {exercise.id}",
                f"its text does not say ({exercise.points:g} points); found {stated}.",
                "state the points in the heading above the answer",
            )
        text = ""


def _lesson_problems(where: str, cells: tuple[ScriptCell, ...]) -> Iterator[Problem]:
    words = count_words(cells)
    if not MIN_WORDS <= words <= MAX_WORDS:
        what = f"expected {MIN_WORDS} to {MAX_WORDS} words of prose, found {words}."
        yield Problem(where, what, "write more, or shorten; `short = true` exempts")
    plots = sum(
        cell.source.count("plots.show(") for cell in cells if cell.kind == "code"
    )
    if plots < MIN_PLOTS:
        what = f"expected at least {MIN_PLOTS} plots.show(…), found {plots}."
        yield Problem(where, what, "show the idea in a plot")


def _answer_problems(subject: Subject) -> Iterator[Problem]:
    for name, cells in subject.scripts.items():
        for cell in cells:
            exercise = subject.registry.get(cell.answer or "")
            if exercise is None:
                continue
            given, written = _answer_lines(cell.source)
            low = 1 if exercise.kind in SHORT_KINDS else MIN_ANSWER_LINES
            if given + written < low or written > MAX_ANSWER_LINES:
                yield Problem(
                    f"{subject.source_name(f'{name}.py')}, {exercise.id}",
                    f"expected an answer of {low} to {MAX_ANSWER_LINES} lines, "
                    f"found {written} and {given} given.",
                    "give more of it above the solution, or ask for less",
                )


def _answer_lines(source: str) -> tuple[int, int]:
    """Count an answer cell's lines of code: those given, those a learner writes."""
    lines = [line.strip() for line in source.splitlines()]
    try:
        regions = find_regions(source)
    except AnswerProblem:
        return 0, len(lines)  # the build names the broken markers
    inside = {n for region in regions for n in range(region.start, region.stop + 1)}
    code = [n for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    written = sum(number in inside for number in code)
    return len(code) - written, written


def _design_problems(subject: Subject) -> Iterator[Problem]:
    path = subject.folder / "design.md"
    if not path.is_file():
        return
    text = path.read_text(encoding="utf-8").lower()
    headings = [line for line in text.splitlines() if line.startswith("#")]
    for section in SECTIONS:
        if not any(section in heading for heading in headings):
            where = subject.source_name("design.md")
            what = f'it has no section "{section}".'
            yield Problem(where, what, "write the section; a heading must name it")
